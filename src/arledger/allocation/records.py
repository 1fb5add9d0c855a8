"""What a decision leaves behind: rows of ints, and what they were made of.

An allocation is read in many ways, and most of them never; so the decision keeps only what cannot be derived again.
Sources and charges are spoken of by their place in canonical order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

import attrs

from arledger.allocation.order import Order
from arledger.checks import shown
from arledger.entries import Application, Charge, Credit, Designation, Payment
from arledger.errors import InvalidValue

Designations = Literal["only", "first", "ignore"]
DESIGNATION_MODES = get_args(Designations)
"""What may become of designated money that its targets cannot take."""


AllocationRow = tuple[int, int, int, int]  # the places of source and charge, minor units, the place of the step
Reason = tuple[int, tuple[Any, ...]]  # the rank, from 1, and the values of the ranking's keys


@attrs.frozen(eq=False)
class Step:
    """Who decided rows, and the way there through compositions; a designation where one was served.

    ``reasons`` are those of each charge where the order is a ranking; None where they follow from the charges alone.
    """

    order: Order
    trail: tuple[str, ...] = ()
    designation: Designation | None = None
    reasons: Mapping[int, Reason] | None = None


@attrs.frozen(eq=False)
class Served:
    """A designation of one source: what it was granted of the money, and what its targets took, in minor units."""

    source: int
    designation: Designation
    granted: int
    taken: int


@attrs.frozen(repr=False, order=False)
class Records:
    """The whole of a decision, in compact form."""

    currency: str
    by: Order
    designations: Designations
    charges: tuple[Charge, ...]
    money: tuple[Payment | Credit, ...]
    applied: tuple[Application, ...]
    open_before: tuple[int, ...]
    open_after: tuple[int, ...]
    unapplied_before: tuple[int, ...]
    unapplied_after: tuple[int, ...]
    rows: tuple[AllocationRow, ...]
    steps: tuple[Step, ...] = attrs.field(eq=False)
    served: tuple[Served, ...] = attrs.field(eq=False)


def check_designations(designations: object, subject: str) -> None:
    """Refuse what is no word on designated money."""
    if designations not in DESIGNATION_MODES:
        raise InvalidValue(
            f"{subject}: unknown designations {shown(designations)}",
            field="designations",
            value=designations,
            hint="pass only, first or ignore",
        )
