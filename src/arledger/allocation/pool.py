"""What one piece of money may pay, and how an order is asked about it.

The problem: an order may be ours, a composition of ours, or a user's function, and some compositions look further than
the rest (``any_payer`` reaches other payers' charges). The decision: a ``Pool`` holds the room that this money has at
each charge, and beside it the room that it would have if payers were no bar. A composition passes on a narrower, wider
or smaller pool; a leaf proposes minor units by charge, and each proposal is verified against the pool that its own
leaf was offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from arledger.allocation.desk import Desk, desk_of
from arledger.allocation.order import Order
from arledger.allocation.records import Reason
from arledger.checks import name_of, text_of, type_name
from arledger.entries import Charge
from arledger.errors import ArledgerError, OrderError
from arledger.items import Context, Incoming, OpenItem
from arledger.money import minor_text

Room = dict[int, int]  # minor units by the charge's place on the desk, in canonical order, none of them zero


@attrs.frozen(eq=False)
class Pool:
    """The room that one piece of money has at each charge; ``beyond`` the room at other payers' charges."""

    desk: Desk
    room: Room
    beyond: Room = attrs.field(factory=dict)
    held: Room = attrs.field(factory=dict)
    """What is disputed of the charges, and so not offered."""

    def items(self) -> list[OpenItem]:
        """The room as open items, in canonical order."""
        held = self.held
        return [
            self.desk.item(place, minor + held.get(place, 0), held.get(place, 0)) for place, minor in self.room.items()
        ]

    def widened(self) -> Pool:
        """With the charges of other payers too."""
        if not self.beyond:
            return self
        return attrs.evolve(self, room=dict(sorted({**self.room, **self.beyond}.items())), beyond={})

    def among(self, places: Iterable[int]) -> Pool:
        """Only these charges."""
        kept = set(places)
        return attrs.evolve(
            self,
            room={place: minor for place, minor in self.room.items() if place in kept},
            beyond={place: minor for place, minor in self.beyond.items() if place in kept},
        )

    def less(self, taken: Mapping[int, int]) -> Pool:
        """With what was taken gone from the room."""
        return attrs.evolve(self, room=_less(self.room, taken), beyond=_less(self.beyond, taken))

    def context(self, incoming: Incoming) -> Context:
        """What keys and selectors may know besides the items."""
        return Context(incoming, self.desk.by_id)


def _less(room: Room, taken: Mapping[int, int]) -> Room:
    rest = {place: minor - taken.get(place, 0) for place, minor in room.items()}
    return {place: minor for place, minor in rest.items() if minor}


@attrs.frozen(eq=False)
class Proposal:
    """What one leaf of an order gives to which charges, its reasons, and the way to it through the compositions."""

    order: Order
    taken: Mapping[int, int]
    reasons: Mapping[int, Reason] = attrs.field(factory=dict)
    trail: tuple[str, ...] = ()

    def under(self, step: str) -> Proposal:
        """The same, one composition further out."""
        return attrs.evolve(self, trail=(step, *self.trail))


class PooledOrder:
    """An order of ours: it proposes from a pool, so that its compositions can look further than their items.

    A class and no protocol: what it proposes is verified no further, so no order may pass for one by its looks.
    """

    __slots__ = ()

    def proposals(self, incoming: Incoming, pool: Pool, /) -> list[Proposal]:
        """What to give to which charges, in the order of giving."""
        raise NotImplementedError

    def __call__(self, incoming: Incoming, items: Sequence[OpenItem], /) -> dict[str, int]:
        """What each of these items gets of this money."""
        return answer(self, incoming, items)


def ask(order: Order, incoming: Incoming, pool: Pool) -> list[Proposal]:
    """What an order proposes for this money, verified."""
    if isinstance(order, PooledOrder):
        return order.proposals(incoming, pool)
    items = pool.items()
    if not items:
        return []
    try:
        proposed = order(incoming, items)
    except ArledgerError:
        raise
    except Exception as error:
        problem = f"failed on {incoming.kind} {incoming.id} with {type_name(error)}: {text_of(error)}"
        raise OrderError(f"order {name_of(order)}: {problem}", field="order", value=order) from error
    return [verified(order, proposed, incoming, pool)]


def answer(order: PooledOrder, incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    """An order of ours as a plain callable: its proposals over just these items."""
    ranked = sorted((item for item in items if item.offered_minor), key=lambda item: item.charge.row)
    charges: list[Charge] = [item.charge for item in ranked]
    desk = desk_of(charges, (item.open_minor for item in ranked))
    pool = Pool(
        desk,
        {place: item.offered_minor for place, item in enumerate(ranked)},
        held={place: item.open_minor - item.offered_minor for place, item in enumerate(ranked)},
    )
    given: dict[str, int] = {}
    for proposal in order.proposals(incoming, pool):
        for place, minor in proposal.taken.items():
            given[charges[place].id] = given.get(charges[place].id, 0) + minor
    return given


def verified(order: Order, proposed: object, incoming: Incoming, pool: Pool) -> Proposal:
    """The proposal of a user's order, or ``OrderError``: only what was offered, within bounds, within the money."""
    name = name_of(order)
    if not isinstance(proposed, Mapping):
        raise OrderError(
            f"order {name}: proposed {type_name(proposed)}, not a mapping",
            field="order",
            value=proposed,
            hint="return {charge id: minor units}",
        )
    taken: dict[int, int] = {}
    for charge, minor in proposed.items():
        place = pool.desk.places.get(charge) if isinstance(charge, str) else None
        if place is None or place not in pool.room:
            raise OrderError(
                f"order {name}: charge {text_of(charge)} was not offered for {incoming.kind} {incoming.id}",
                field="order",
                value=charge,
                hint="propose only charges among the items",
            )
        _verify_amount(name, charge, minor, pool.room[place], incoming)
        if minor:
            taken[place] = minor
    verify_sum(name, taken, incoming)
    return Proposal(order, dict(sorted(taken.items())))


def verify_sum(name: str, taken: Mapping[int, int], incoming: Incoming) -> None:
    """Refuse proposals of more than the money."""
    proposed = sum(taken.values())
    if proposed > incoming.minor:
        text, given = (minor_text(minor, incoming.currency) for minor in (proposed, incoming.minor))
        raise OrderError(
            f"order {name}: proposed {text} of {incoming.kind} {incoming.id}, which has {given}",
            field="order",
            value=proposed,
            hint="propose at most incoming.minor in all",
        )


def _verify_amount(name: str, charge: str, minor: object, offered: int, incoming: Incoming) -> None:
    if type(minor) is not int:
        raise OrderError(
            f"order {name}: proposed {type_name(minor)} for charge {charge}, not int",
            field="order",
            value=minor,
            hint="propose ints of minor units",
        )
    if not 0 <= minor <= offered:
        text, most = (_amount_text(amount, incoming.currency) for amount in (minor, offered))
        raise OrderError(
            f"order {name}: proposed {text} for charge {charge}, which was offered {most}",
            field="order",
            value=minor,
            hint="propose from 0 to item.offered_minor",
        )


def _amount_text(minor: int, currency: str) -> str:
    try:
        return minor_text(minor, currency)
    except ValueError:  # CPython prints no int of more than some thousand digits
        return text_of(minor)
