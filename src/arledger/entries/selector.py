"""What a designation or a restriction may name charges by; ``arledger.where`` makes them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from arledger.checks import type_name
from arledger.entries.charge import Charge
from arledger.errors import InvalidType


class SelectionContext(Protocol):
    """What a selector may know besides the charges: the money's date, and what a tax is about."""

    @property
    def date(self) -> datetime.date:
        """The money's date."""
        ...

    def taxed(self, charge: Charge, /) -> Charge:
        """What a tax is about; any other charge is itself."""
        ...


@runtime_checkable
class Selector(Protocol):
    """A choice of charges, made with ``arledger.where``, and composed with ``& | ~``."""

    @property
    def reads_date(self) -> bool:
        """Whether its answer depends on the money's date."""
        ...

    def flags(self, charges: Sequence[Charge], context: SelectionContext, /) -> list[bool]:
        """Which of the charges it selects, one flag a charge."""
        ...

    def selects(self, charge: Charge, context: SelectionContext, /) -> bool:
        """Whether it selects this one charge."""
        ...

    def __and__(self, other: Selector, /) -> Selector: ...

    def __or__(self, other: Selector, /) -> Selector: ...

    def __invert__(self) -> Selector: ...


def check_selector(
    selector: object, subject: str, field: str = "selector", hint: str = "pass a selector such as where.rent"
) -> None:
    """Refuse what is no selector."""
    if not isinstance(selector, Selector):
        raise InvalidType(
            f"{subject}: {field} is {type_name(selector)}, not a selector", field=field, value=selector, hint=hint
        )
