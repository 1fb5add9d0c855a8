"""Orders made of the oracle's orders: each composition in the fewest words that say what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from arledger import Charge
from oracles.closed_form import OracleOrder, Rooms, Share, Sight


def only(selected: Callable[[Charge], bool], inner: OracleOrder) -> OracleOrder:
    """The order over the items whose lead is selected."""

    def order(sight: Sight) -> Rooms:
        def kept(rooms: Rooms) -> Rooms:
            book = sight.book
            return {name: room for name, room in rooms.items() if selected(book.charges[book.lead[name]])}

        return inner(replace(sight, near=kept(sight.near), beyond=kept(sight.beyond)))

    return order


def in_turn(*inner: OracleOrder) -> OracleOrder:
    """One order after the other, each with what the ones before it left of the money and of the charges."""

    def order(sight: Sight) -> Rooms:
        whole: Rooms = {}
        for one in inner:
            near = {name: room - whole.get(name, 0) for name, room in sight.near.items()}
            beyond = {name: room - whole.get(name, 0) for name, room in sight.beyond.items()}
            left = sight.minor - sum(whole.values())
            near, beyond = ({name: room for name, room in rooms.items() if room} for rooms in (near, beyond))
            for name, minor in one(replace(sight, minor=left, near=near, beyond=beyond)).items() if left else ():
                whole[name] = whole.get(name, 0) + minor
        return whole

    return order


def any_payer(inner: OracleOrder) -> OracleOrder:
    """The order, as if no charge had a payer (R6: crossing is explicit)."""
    return lambda sight: inner(replace(sight, near={**sight.near, **sight.beyond}, beyond={}))


def shared(field: str, share: Share, inner: OracleOrder, *, crossing: bool = False) -> OracleOrder:
    """Shares between the groups of items with one value of a field, the oldest group first, and an order in each.

    ``crossing`` says that the inner order reaches other payers' charges, which then count in their group's share.
    """

    def order(sight: Sight) -> Rooms:
        book = sight.book
        rooms = {**sight.near, **sight.beyond} if crossing else sight.near
        groups: dict[object, list[str]] = {}
        for name in sorted(rooms, key=book.age.__getitem__):
            groups.setdefault(getattr(book.charges[book.lead[name]], field), []).append(name)
        sums = [sum(rooms[name] for name in names) for names in groups.values()]
        given: Rooms = {}
        for names, part in zip(groups.values(), share(min(sight.minor, sum(sums)), sums) if sums else [], strict=True):
            near, beyond = (
                {name: room for name, room in some.items() if name in names} for some in (sight.near, sight.beyond)
            )
            given |= inner(replace(sight, minor=part, near=near, beyond=beyond))
        return given

    return order
