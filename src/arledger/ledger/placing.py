"""Who gets the money of one moment.

The problem: most accounts are plain and their order is a ranking that reads nothing but the charge; for them a replay
must not look at every open charge for each payment. The cases: a total ranking over plain facts (no payers, bars,
wishes, disputes, taxes) keeps the open charges in a heap, the first rank on top; everything else is served as in
``allocate``, on a desk of what is open at the moment. The decision: two placers with one interface; the general one is
the oracle of the other.

Both read and lower the room at charges that the fold keeps, and write rows as the fold keeps them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from heapq import heappop, heappush
from typing import Protocol

import attrs

from arledger.allocation.bars import is_bound
from arledger.allocation.desk import Desk, desk_of
from arledger.allocation.keys import Reads, column
from arledger.allocation.order import Order
from arledger.allocation.ranking import Ranking, Ties, ordered
from arledger.allocation.records import Designations, Reason, Step
from arledger.allocation.serving import Serving, designations_due
from arledger.entries import Category, Charge, Credit, Designation, Payment
from arledger.items import NO_MONEY, Context, incoming_of
from arledger.ledger.rows import How, Occasion, Row


class Placer(Protocol):
    """What gives money to charges."""

    def notice(self, charge: int) -> None:
        """A charge may be paid from now on, or the room at it was changed by others."""

    def has_room(self) -> bool:
        """Whether anything is open at all."""
        ...

    def place(
        self,
        source: int,
        left: int,
        day: int,
        how: How,
        designations: Designations,
        earlier: Mapping[int, int],
        rows: list[Row],
        /,
    ) -> int:
        """Place what is left of one source on a day, write the rows, and give what is left then.

        ``earlier`` is what the source settles already, by charge.
        """
        ...


@attrs.define(eq=False)
class HeapPlacer:
    """A total ranking over plain facts: the open charges in a heap by rank."""

    room: list[int]
    ranks: Sequence[int]
    """The rank of each charge, by its place."""
    by_rank: Sequence[int]
    placed: Occasion
    swept: Occasion
    heap: list[int] = attrs.field(factory=list)
    inside: set[int] = attrs.field(factory=set)

    def notice(self, charge: int) -> None:
        """Put it on the heap, if it is not there."""
        if charge not in self.inside:
            self.inside.add(charge)
            heappush(self.heap, self.ranks[charge])

    def has_room(self) -> bool:
        """Whether the heap holds an open charge; settled ones on top are dropped."""
        heap, room, by_rank = self.heap, self.room, self.by_rank
        while heap and room[by_rank[heap[0]]] <= 0:
            self.inside.discard(by_rank[heappop(heap)])
        return bool(heap)

    def place(
        self,
        source: int,
        left: int,
        day: int,
        how: How,
        _designations: Designations,
        _earlier: Mapping[int, int],
        rows: list[Row],
        /,
    ) -> int:
        """The first rank until it is settled, then the next."""
        heap, room, by_rank = self.heap, self.room, self.by_rank
        occasion = self.swept if how is How.SWEPT else self.placed
        while left and heap:
            charge = by_rank[heap[0]]
            minor = room[charge]
            minor = min(minor, left)
            if minor > 0:
                room[charge] -= minor
                left -= minor
                rows.append((source, charge, minor, day, -1, occasion))
            if room[charge] <= 0:
                self.inside.discard(by_rank[heappop(heap)])
        return left


def heap_placer(by: Ranking, charges: Sequence[Charge], room: list[int]) -> HeapPlacer:
    """The placer of plain facts."""
    context = Context(NO_MONEY, {})
    by_rank = ordered(by, charges, [column(key, charges, (), context) for key in by.keys])
    ranks = [0] * len(charges)
    for rank, charge in enumerate(by_rank):
        ranks[charge] = rank
    step = Step(by)
    return HeapPlacer(room, ranks, by_rank, Occasion(How.PLACED, step), Occasion(How.SWEPT, step))


def is_plain(by: Order, facts: Sequence[Charge | Payment | Credit]) -> bool:
    """Whether a heap can serve them: plain facts, and a total ranking that reads nothing but the charge."""
    if not (type(by) is Ranking and by.reads is Reads.CHARGE and by.ties is Ties.IN_SEQUENCE and not by.refuses):
        return False
    return not any(fact.row[7] for fact in facts)


@attrs.define(eq=False)
class DeskPlacer:
    """Any order over any facts: a desk of what is open, made anew when that has changed from outside."""

    by: Order
    charges: Sequence[Charge]
    money: Sequence[Payment | Credit]
    room: list[int]
    places: Mapping[str, int]
    """The place of each charge, by its id."""
    pending_on: Callable[[int], Mapping[int, int]]
    """What money at the bank covers of each charge on a day."""
    existing: dict[str, Charge] = attrs.field(factory=dict)
    open: set[int] = attrs.field(factory=set)
    serving: Serving | None = None
    desk_places: list[int] = attrs.field(factory=list)
    pending: Mapping[int, int] = attrs.field(factory=dict)

    def notice(self, charge: int) -> None:
        """Let it be seen, and the next desk be made anew."""
        self.existing[self.charges[charge].id] = self.charges[charge]
        self.open.add(charge)
        self.serving = None

    def has_room(self) -> bool:
        """Whether some charge may be open."""
        return bool(self.open)

    def place(
        self,
        source: int,
        left: int,
        day: int,
        how: How,
        designations: Designations,
        earlier: Mapping[int, int],
        rows: list[Row],
        /,
    ) -> int:
        """Serve it as in an allocation; what waits for targets that are not there yet is kept from the order."""
        money = self.money[source]
        on = date.fromordinal(day)
        got = {self.charges[charge].id: minor for charge, minor in earlier.items() if minor}
        granted = left
        if money.designations and (designations != "ignore" or is_bound(money)):
            waiting = reserved(money, left, got, Context(incoming_of(money, left, on), self.existing))
            granted -= waiting.named
            if waiting.is_open_ended:
                designations = "only"
        serving = self._serving_on(day)
        serving.serve(source, money, granted, designations, got, on)
        occasions = [
            Occasion(how, attrs.evolve(step, reasons=self._by_charge(step)) if step.reasons else step)
            for step in serving.steps
        ]
        for _, at, minor, step in serving.rows:
            charge = self.desk_places[at]
            self.room[charge] -= minor
            left -= minor
            if not self.room[charge]:
                self.open.discard(charge)
            rows.append((source, charge, minor, day, -1, occasions[step]))
        serving.rows.clear()
        serving.steps.clear()
        serving.served.clear()
        return left

    def _by_charge(self, step: Step) -> dict[int, Reason]:
        """The reasons of a step, by the places of charges in the ledger."""
        return {self.desk_places[at]: reason for at, reason in (step.reasons or {}).items()}

    def _serving_on(self, day: int) -> Serving:
        """What serves money on a day: the same as before, unless something has changed from outside."""
        pending = self.pending_on(day)
        if pending != self.pending:
            self.serving, self.pending = None, pending
        if self.serving is None:
            self.serving = Serving(self.by, self._desk())
        return self.serving

    def _desk(self) -> Desk:
        """The open charges, and what open taxes are about."""
        self.open = {charge for charge in self.open if self.room[charge] > 0}
        wanted = set(self.open)
        for charge in self.open:
            wanted.update(self._parents(charge))
        self.desk_places = sorted(wanted)
        pending = self.pending
        return desk_of(
            [self.charges[charge] for charge in self.desk_places],
            [max(0, self.room[charge]) for charge in self.desk_places],
            known=self.existing,
            pending={at: pending[charge] for at, charge in enumerate(self.desk_places) if charge in pending},
        )

    def _parents(self, charge: int) -> list[int]:
        """What a tax is about, through taxes on taxes, as far as it exists."""
        found: list[int] = []
        fact = self.charges[charge]
        while fact.category is Category.TAX and fact.about in self.existing:
            place = self.places[fact.about]
            if place in found:
                break  # a ring, which the desk refuses
            found.append(place)
            fact = self.charges[place]
        return found


@attrs.frozen(eq=False)
class Reserve:
    """What of money is kept for targets that are not there yet: named amounts, and whether all of the rest is."""

    named: int
    is_open_ended: bool


def reserved(source: Payment | Credit, left: int, earlier: Mapping[str, int], context: Context) -> Reserve:
    """What of the money that is left waits for charges that do not exist yet, by the designations of its source."""
    named, is_open_ended = 0, False
    for designation, most in designations_due(source, earlier, context):
        if is_there(designation, context):
            continue
        if most is None:
            is_open_ended = True
        else:
            named += most
    return Reserve(min(named, left), is_open_ended)


def is_there(designation: Designation, context: Context) -> bool:
    """Whether some charge that a designation speaks of exists."""
    if isinstance(designation.to, str):
        return designation.to in context.charges
    return any(designation.to.flags(tuple(context.charges.values()), context))
