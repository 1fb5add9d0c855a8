"""What an order of application is.

The decision: any callable that is shown the money and the items it may pay, and answers with minor units by charge id.
It needs no base class and no registration; what it answers is verified each time, so a wrong order raises
``OrderError`` and never corrupts a result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from arledger.checks import type_name
from arledger.errors import InvalidType
from arledger.items import Incoming, OpenItem


class Order(Protocol):
    """Who is paid, and how much: ``(incoming, items) -> {charge id: minor units}``.

    ``items`` are the open items that this money may pay, in the canonical order (due, posted, sequence, id), each with
    ``offered_minor`` above zero. The answer's amounts are ints from 0 to what is offered, and sum to at most
    ``incoming.minor``.

    >>> def oldest_half(incoming, items):
    ...     return {items[0].id: min(incoming.minor, items[0].offered_minor) // 2} if items else {}
    """

    def __call__(self, incoming: Incoming, items: Sequence[OpenItem], /) -> Mapping[str, int]:
        """What each charge gets of this money."""
        ...


def check_order(order: object, subject: str) -> None:
    """Refuse what is no order of application."""
    if not callable(order):
        raise InvalidType(
            f"{subject}: {type_name(order)} is no order",
            field="order",
            value=order,
            hint="pass an order such as OLDEST_FIRST; NAMED_ORDERS has them by name"
            if isinstance(order, str)
            else "pass an order such as OLDEST_FIRST, or a function (incoming, items)",
        )
