"""Orders that a user might write, and that are right: the laws must raise no alarm about them.

Each is written in its own manner: a loop, a sort, a class with a memory of nothing, a wrapper around ours, a split.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from arledger import OLDEST_FIRST, Category, Incoming, OpenItem, in_turn, only, where
from arledger.apportion import by_weight


def latest_first(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    """Total and exhaustive: the canonical order, backwards."""
    given = {}
    left = incoming.minor
    for item in reversed(items):
        given[item.id] = min(left, item.offered_minor)
        left -= given[item.id]
    return given


def in_proportion(incoming: Incoming, items: Sequence[OpenItem]) -> Mapping[str, int]:
    """Exhaustive, shared: every item its part of what is offered."""
    offered = [item.offered_minor for item in items]
    return dict(zip((item.id for item in items), by_weight(min(incoming.minor, sum(offered)), offered), strict=True))


class RentOnly:
    """Pays rent, the dearest first, and nothing else."""

    def __call__(self, incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
        rents = [item for item in items if item.charge.category is Category.RENT]
        left, given = incoming.minor, {}
        for item in sorted(rents, key=lambda rent: (-rent.charge.amount.minor, rent.charge.row)):
            if left:
                given[item.id] = min(left, item.offered_minor)
                left -= given[item.id]
        return given


def whole_charges_only(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    """Settles what it can settle whole, and leaves the rest of the money alone: not exhaustive, and says so."""
    left, given = incoming.minor, {}
    for item in items:
        if item.offered_minor <= left:
            given[item.id] = item.offered_minor
            left -= item.offered_minor
    return given


def rent_by_hand_then_ours(incoming: Incoming, items: Sequence[OpenItem]) -> Mapping[str, int]:
    """A function around an order of ours."""
    return in_turn(only(where.rent, OLDEST_FIRST), latest_first)(incoming, items)
