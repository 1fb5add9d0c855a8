"""One piece of money at a time: its designations first, then the order with the rest.

The way of all money that the fast walk of ``decision`` cannot serve, and that walk's oracle. ``decision`` serves all
money of one call by it, ``ledger`` the money of one moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import attrs

from arledger.allocation.bars import is_bound, reach, targets
from arledger.allocation.desk import Desk
from arledger.allocation.order import Order
from arledger.allocation.pool import Proposal, ask
from arledger.allocation.records import AllocationRow, Designations, Served, Step
from arledger.entries import Credit, Designation, Payment
from arledger.items import Context, incoming_of


@attrs.define(eq=False)
class Serving:
    """Places money on a desk by an order, and keeps the rows, who decided them, and how designations fared."""

    by: Order
    desk: Desk
    rows: list[AllocationRow] = attrs.field(factory=list)
    steps: list[Step] = attrs.field(factory=list)
    served: list[Served] = attrs.field(factory=list)

    def serve(
        self,
        place: int,
        source: Payment | Credit,
        unapplied: int,
        designations: Designations,
        earlier: Mapping[str, int],
        on: date | None = None,
    ) -> None:
        """Place what is left of one payment or credit, on its own day or a later one.

        ``earlier`` is what charges got of it before, by the charge's id.
        """
        left = unapplied
        bound = is_bound(source)
        if source.designations and (bound or designations != "ignore"):
            left = self._serve_designations(place, source, left, earlier, on)
            if designations == "only":
                return
        if bound or not left:
            return
        pool = reach(self.desk, source, designated=False, on=on)
        self._take(place, ask(self.by, incoming_of(source, left, on), pool), None)

    def _serve_designations(
        self, place: int, source: Payment | Credit, unapplied: int, earlier: Mapping[str, int], on: date | None
    ) -> int:
        """Serve each designation within its amount, those that name one first; the money that is left after."""
        left = unapplied
        context = Context(incoming_of(source, source.amount.minor, on), self.desk.by_id)
        for designation, most in designations_due(source, earlier, context):
            granted = left if most is None else min(most, left)
            pool = reach(self.desk, source, designated=True, on=on)
            incoming = incoming_of(source, granted, on)
            inside = pool.among(targets(designation, pool.room, self.desk, pool.context(incoming)))
            if not granted or not inside.room:
                proposals = []
            elif isinstance(designation.to, str):
                proposals = [
                    Proposal(self.by, {at: min(room, granted) for at, room in inside.room.items()}, reasons={})
                ]
            else:
                proposals = ask(self.by, incoming, inside)
            taken = self._take(place, proposals, designation)
            self.served.append(Served(place, designation, granted, taken))
            left -= taken
        return left

    def _take(self, place: int, proposals: Iterable[Proposal], designation: Designation | None) -> int:
        """Write the rows of proposals; how much they took in all."""
        taken = 0
        for proposal in proposals:
            step = len(self.steps)
            self.steps.append(Step(proposal.order, proposal.trail, designation, proposal.reasons))
            for charge, minor in proposal.taken.items():
                self.rows.append((place, charge, minor, step))
                self.desk.open[charge] -= minor
                taken += minor
        return taken


def designations_due(
    source: Payment | Credit, earlier: Mapping[str, int], context: Context
) -> list[tuple[Designation, int | None]]:
    """The designations, those that name an amount first, each with what earlier applications left of it."""
    named = [wish for wish in source.designations if wish.amount is not None]
    due = [wish.amount.minor for wish in named if wish.amount is not None]
    if earlier:
        reckoning = _Reckoning([_named_by(wish, earlier, context) for wish in named], dict(earlier))
        # those of a single charge are reckoned first: what it got was for it before it was for a selector
        for place in sorted(range(len(named)), key=lambda at: not isinstance(named[at].to, str)):
            due[place] -= reckoning.count(place, due[place])
    others = [designation for designation in source.designations if designation.amount is None]
    return [*zip(named, due, strict=True), *((designation, None) for designation in others)]


@attrs.define(eq=False)
class _Reckoning:
    """Which of several named amounts what charges got was for, where the amounts overlap: as much as can be counted.

    What two amounts might count is counted for the one that has nothing else, so that no more is paid than was named.
    """

    charges: list[list[str]]
    """The charges that each named amount speaks of."""
    unused: dict[str, int]
    used: dict[tuple[int, str], int] = attrs.field(factory=dict)

    def count(self, place: int, most: int) -> int:
        """Count as much as can be for a named amount; what was counted for those before it stays as much."""
        counted = 0
        while counted < most and (part := self._count(place, most - counted, set())):
            counted += part
        return counted

    def _count(self, place: int, most: int, tried: set[int]) -> int:
        """Count some, if need be by counting elsewhere for another amount; how much."""
        tried.add(place)
        for charge in self.charges[place]:
            part = min(most, self.unused[charge])
            self.unused[charge] -= part
            if not part:
                part = self._give_way(charge, most, tried)
            if part:
                self.used[place, charge] = self.used.get((place, charge), 0) + part
                return part
        return 0

    def _give_way(self, charge: str, most: int, tried: set[int]) -> int:
        """Count what a charge got for another amount elsewhere; how much."""
        for (other, of), used in list(self.used.items()):
            if of == charge and used and other not in tried:
                part = self._count(other, min(most, used), tried)
                if part:
                    self.used[other, charge] -= part
                    return part
        return 0


def _named_by(designation: Designation, charges: Iterable[str], context: Context) -> list[str]:
    """Those of the charge ids that a designation speaks of; a selector knows only those among the charges."""
    if isinstance(designation.to, str):
        return [charge for charge in charges if charge == designation.to]
    known = sorted((context.charges[charge] for charge in charges if charge in context.charges), key=lambda c: c.row)
    flags = designation.to.flags(known, context)
    return [charge.id for charge, flag in zip(known, flags, strict=True) if flag]
