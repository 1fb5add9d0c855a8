"""The fold: a ledger's events, day after day, and who gets the money.

The problem: a payment of the 4th is found on the 20th, another comes back after two later ones, and both change what
every day since comes to. The decision: nothing is carried over. All events are gone through in one order, whatever the
order in which they were recorded, and give rows: so much of this money settles that charge on this day, or is taken
back. Money is placed when it comes; when something has become payable since it was last asked, a sweep at the end of
the day asks it again. A row never changes: what is undone has a row of its own.

The cases. Money that goes back is taken from what is unapplied of its payment first, then from its applications, the
last one first. Under REAPPLY what stands is then changed into what a world without that money would have, on that day.
Applications that are given ("fixed") keep their room at charge and money from the first day to the last.

Source: rules R41 and R43; ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import attrs

from arledger.allocation.bars import is_bound
from arledger.allocation.ranking import Ranking
from arledger.allocation.records import Designations
from arledger.entries import Charge, Credit, Payment, Refund, Reversal, Transfer
from arledger.errors import Conflict, OrderError
from arledger.ledger.books import entry_name
from arledger.ledger.events import PLACE_BITS, PLACE_MASK, STAGE_BITS, STAGE_MASK, Stage, View
from arledger.ledger.held import Held, most_standing
from arledger.ledger.lives import Shift, reversed_minor
from arledger.ledger.lookups import money_to_come, net_after, rows_to_watch, turns_at_bank
from arledger.ledger.placing import DeskPlacer, Placer, heap_placer, is_plain
from arledger.ledger.rows import How, Occasion, ReturnRule, Row, Terms, standing_on
from arledger.ledger.waiting import Waiting
from arledger.money import minor_text


@attrs.define(eq=False)
class Fold:
    """The state of a ledger while its events are gone through."""

    view: View
    terms: Terms
    held: Held
    was_enough: Callable[[Refund | Transfer], bool]
    """Whether there was enough for a refund or transfer when it was posted, though it turns out that there is not."""
    world: Sequence[int] | None = None
    """In the worlds of REAPPLY: what of each payment is there at all; nothing goes back in them."""
    rows: list[Row] = attrs.field(factory=list)
    room: list[int] = attrs.field(init=False)
    """What may newly be applied to each charge; below zero never."""
    left: list[int] = attrs.field(init=False)
    """What may newly be applied of each source; 0 before it is there."""
    net: list[int] = attrs.field(init=False)
    """What of each source is there at all: its amount, less what went back or was sent."""
    undone: dict[int, int] = attrs.field(factory=dict)
    """What of a row is taken back, by its place."""
    reversed: dict[int, Reversal] = attrs.field(factory=dict)
    """The charges that are reversed, and by what."""
    placer: Placer = attrs.field(init=False)
    _arrived: list[bool] = attrs.field(init=False)
    _payable: list[bool] = attrs.field(init=False)
    _waiting: Waiting = attrs.field(factory=Waiting)
    _is_held: bool = attrs.field(init=False)
    _spoken_for: dict[int, int] = attrs.field(init=False)
    """What given applications will still take of each source."""
    _short: dict[int, str] = attrs.field(factory=dict)
    """The sources of which more is held than is there, and the entry that took it."""
    _late: list[tuple[int, str]] = attrs.field(factory=list)
    """Given applications of a day after their charge was reversed, by their places, and what reversed it."""
    _coming: dict[tuple[int, int], int] = attrs.field(init=False)
    """Where applications are given: what of a source will still come back on a day."""
    _changes: int = 1
    """Counts what became payable, so that money is asked again only after a change."""
    _turns: list[tuple[int, int, bool]] = attrs.field(init=False)
    """When payments go to the bank and leave it, the next last."""
    _at_bank: set[int] = attrs.field(factory=set)
    _by_source: dict[int, list[int]] = attrs.field(init=False)
    _by_charge: dict[int, list[int]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        view, held = self.view, self.held
        charges, money = view.charges, view.money
        self.room = [charge.row[5] for charge in charges]
        self.left = [0] * len(money)
        self.net = [source.row[5] for source in money] if self.world is None else list(self.world)
        self._arrived = [False] * len(money)
        self._payable = [False] * len(charges)
        self._by_source, self._by_charge = rows_to_watch(view)
        self._turns = turns_at_bank(view)
        self._is_held = bool(held.rows or held.beyond)
        self._spoken_for = dict(held.money)
        self._coming = money_to_come(view) if self._is_held else {}
        for charge, minor in held.charges.items():
            self.room[charge] -= minor
        facts: list[Charge | Payment | Credit] = [*charges, *money]
        by = self.terms.by
        if is_plain(by, facts):
            assert isinstance(by, Ranking)
            self.placer = heap_placer(by, charges, self.room)
        else:
            self.placer = DeskPlacer(by, charges, money, self.room, view.charge_places, self._pending_on)
        for source, charge, minor, day, reverses, name in held.rows:
            self._add(source, charge, minor, day, Occasion(How.FIXED, entry=name), reverses)

    def run(self, until: int | None = None) -> None:
        """Go through the events, all or only those before one of them."""
        today = 0
        charge_stage, credit_stage, payment_stage, tick = map(int, _PLAIN_STAGES)
        notice, payable = self.placer.notice, self._payable
        for place, event in enumerate(self.view.events):
            slot = event >> PLACE_BITS  # parts_of, written out: this loop is the hot one
            day, stage, at = slot >> STAGE_BITS, slot & STAGE_MASK, event & PLACE_MASK
            if day != today:
                self._end(today)
                today = day
                if self._is_held:
                    self._release(day)
            if place == until:
                return
            if stage == charge_stage:
                payable[at] = True
                self._changes += 1
                notice(at)
            elif credit_stage <= stage <= payment_stage:
                self._arrive(at, day)
            elif stage != tick:
                self._happen(at, day, place)
            else:
                self._changes += 1
        self._end(today)
        self._verify()

    def _end(self, day: int) -> None:
        """End a day: undo what is not covered any longer, and sweep."""
        for source, entry in list(self._short.items()):
            self._cover(source, day, entry)
        if self._waiting.codes:
            self._sweep(day)

    def _arrive(self, source: int, day: int) -> None:
        """Money comes: what of it is not spoken for is placed."""
        self._arrived[source] = True
        self.left[source] = self.net[source]
        if self._is_held:
            self.left[source] -= self._spoken_for.get(source, 0)
        if self.left[source] > 0:
            self._place(source, day, How.PLACED, self.terms.designations)

    def _place(self, source: int, day: int, how: How, designations: Designations) -> None:
        """Ask the order about what is left of a source."""
        self._waiting.asked[source] = self._changes
        is_watched = self._by_charge or source in self._by_source
        earlier = self._settled_by(source, day) if is_watched and self.view.money[source].designations else _NOTHING
        first = len(self.rows)
        left = self.left[source] = self.placer.place(
            source, self.left[source], day, how, designations, earlier, self.rows
        )
        if is_watched:
            for place in range(first, len(self.rows)):
                self._watch(place)
        if left > 0:
            self._wait(source)

    def _wait(self, source: int) -> None:
        """Have money that is left asked again, if it may be."""
        if self.left[source] > 0 and self._sweeps(source) is not None:
            self._waiting.add(source, self.view.money[source].row[1])

    def _sweep(self, day: int) -> None:
        """Ask again the money that is left, where something became payable since it was asked."""
        waiting, turn = self._waiting, 0
        while self.placer.has_room() and (source := waiting.at(turn)) is not None:
            turn += 1
            designations = self._sweeps(source)
            if self.left[source] > 0 and waiting.asked[source] != self._changes and designations is not None:
                self._place(source, day, How.SWEPT, designations)
        waiting.drop_empty(turn, self.left)

    def _sweeps(self, source: int) -> Designations | None:
        """How a source is swept: as all money, or only for what it was designated to; None where not at all."""
        money, terms = self.view.money[source], self.terms
        if terms.sweep_payments if money.row[1] else terms.sweep_credits:
            return terms.designations
        return "only" if money.designations and (terms.designations != "ignore" or is_bound(money)) else None

    def _release(self, day: int) -> None:
        """Free what given applications hold no longer."""
        for charge, minor in self.held.charges_freed.get(day, ()):
            if charge not in self.reversed:
                self.room[charge] += minor
                self._reopen(charge)
        for source, minor in self.held.money_freed.get(day, ()):
            self._spoken_for[source] -= minor
            if self._arrived[source]:
                self._free(source, minor)
        for at, entry in self._late:
            if self.rows[at][3] == day:
                self._take_back([at], self.rows[at][2], day, entry)
                self.room[self.rows[at][1]] = 0

    def _free(self, source: int, minor: int) -> None:
        """Money of a source is free again (or gone, below zero), and what is left is asked at the end of the day."""
        self.left[source] += minor
        self._waiting.asked[source] = 0
        self._wait(source)

    def _reopen(self, charge: int) -> None:
        """Let a charge be paid again, if it may be paid at all."""
        if self._payable[charge] and charge not in self.reversed:
            self._changes += 1
            self.placer.notice(charge)

    def _happen(self, at: int, day: int, place: int) -> None:
        """Something goes back, comes back, is taken back or sent."""
        happening = self.view.happenings[at]
        if isinstance(happening, Shift):
            entry = happening.entry
            payment = self.view.money_places[happening.payment]
            if self.world is None:
                has_moved = self._shift(payment, happening.minor, day, entry.id)
                if self.terms.returns is ReturnRule.REAPPLY:
                    if has_moved or happening.minor > 0 or not self._is_held:
                        self._reapply(place, day, entry.id)
                elif happening.minor > 0 and self.left[payment] > 0:
                    self._place(payment, day, How.PLACED, self.terms.designations)
        elif isinstance(happening, Reversal):
            self._reverse(happening, day)
        else:
            self._send(happening, day)

    def _shift(self, source: int, minor: int, day: int, entry: str) -> bool:
        """Money goes back, out of what is unapplied and then out of its last applications; or it comes again.

        Whether applications had to be undone: where given ones say so already, they need not.
        """
        self.net[source] += minor
        if minor > 0 and self._is_held:
            self._coming[source, day] -= minor
        self._free(source, minor)
        self._changes += 1
        return self._cover(source, day, entry)

    def _cover(self, source: int, day: int, entry: str) -> bool:
        """Undo what stands of a source beyond what of it is there.

        A given application of a later day may find its money come back by then, so it is looked at on that day.
        """
        excess = self._excess(source, day)
        if excess > 0:
            rows = [place for place in self._by_source[source] if self.rows[place][3] <= day]
            self._take_back(rows, excess, day, entry)
        if self.left[source] < 0:
            self._short[source] = entry
        else:
            self._short.pop(source, None)
        return excess > 0

    def _excess(self, source: int, day: int) -> int:
        """What stands of a source, at a moment of a day, beyond what of it is there."""
        if not self._is_held:
            return -self.left[source]
        rows = (self.rows[place] for place in self._by_source[source])
        there = self.net[source] + self._coming.get((source, day), 0)
        return sum(minor for _, _, minor, on, _, _ in rows if on <= day) - there

    def _take_back(self, rows: Iterable[int], minor: int, day: int, entry: str, how: How = How.UNDONE) -> None:
        """Undo so much of these rows, the last of them first; their money and their room are free again."""
        for place in sorted(rows, key=lambda at: (self.rows[at][3], at), reverse=True):
            source, charge, applied, on, reverses, _ = self.rows[place]
            part = min(minor, applied - self.undone.get(place, 0)) if reverses < 0 else 0
            if part > 0:
                self._add(source, charge, -part, max(day, on), Occasion(how, entry=entry), place)
                if self._arrived[source]:
                    self._free(source, part)
                else:
                    self._spoken_for[source] -= part
                self.room[charge] += part
                self._reopen(charge)
                minor -= part

    def _reverse(self, reversal: Reversal, day: int) -> None:
        credit = self.view.money_places.get(reversal.of)
        if credit is not None:
            part = reversed_minor(reversal, self.view.money[credit], self.view.changes)
            self._shift(credit, -part, day, reversal.id)
            return
        for charge in self.view.with_taxes(self.view.charge_places[reversal.of]):
            if charge not in self.reversed:
                self.reversed[charge] = reversal
                rows = self._by_charge[charge]
                self._late += [(at, reversal.id) for at in rows if self.rows[at][3] > day]
                rows = [at for at in rows if self.rows[at][3] <= day]
                self._take_back(rows, self.view.charges[charge].row[5], day, reversal.id)
                self.room[charge] = 0
                if self._payable[charge]:
                    self.placer.notice(charge)

    def _send(self, entry: Refund | Transfer, day: int) -> None:
        """Money leaves: out of what is unapplied; what was known only later gives way to it."""
        source = self.view.money_places[entry.payment]
        self.net[source] -= entry.amount.minor
        self.left[source] -= entry.amount.minor
        short = self._excess(source, day)
        if short > 0 and self.world is None and not self.was_enough(entry):
            unapplied = minor_text(max(0, entry.amount.minor - short), self.view.currency)
            raise Conflict(
                f"{entry_name(entry)}: of {entry.amount}, and {unapplied} of payment {entry.payment} is unapplied "
                f"on {entry.on}",
                field="amount",
                value=entry.amount,
                hint="pass at most what of it is unapplied",
            )
        self._cover(source, day, entry.id)

    def _reapply(self, place: int, day: int, entry: str) -> None:
        """Change what stands into what a world has in which only the net of each payment ever came.

        Given applications stand in that world as they stand here.
        """
        view = self.view
        net = net_after(view, place)
        fewer = {place for place, source in enumerate(view.money) if net[place] < source.row[5]}
        other = Fold(
            view, self.terms, self.held.standing(fewer, self.held.left_on(day, self.rows)), self.was_enough, net
        )
        other.run(until=place)
        wanted, standing = standing_on(day, other.rows), standing_on(day, self.rows)
        rows_of: dict[tuple[int, int], list[int]] = {}
        for at, (source, charge, _, _, _, _) in enumerate(self.rows):
            rows_of.setdefault((source, charge), []).append(at)
        for pair in sorted(standing):
            excess = standing[pair] - wanted.get(pair, 0)
            if excess > 0:
                self._take_back(rows_of[pair], excess, day, entry, How.REAPPLIED)
        for pair in sorted(wanted):
            missing = wanted[pair] - standing.get(pair, 0)
            if missing > 0:
                source, charge = pair
                self._add(source, charge, missing, day, Occasion(How.REAPPLIED, entry=entry))
                self.left[source] -= missing
                self.room[charge] -= missing
                self.placer.notice(charge)

    def _settled_by(self, source: int, day: int) -> dict[int, int]:
        """What each charge has of a source on a day; of given applications, the most that it will have from then on."""
        moves: dict[int, list[tuple[int, int]]] = {}
        for place in self._by_source[source]:
            _, charge, minor, on, _, _ = self.rows[place]
            moves.setdefault(charge, []).append((max(on, day), minor))
        return {charge: most_standing(some) for charge, some in moves.items()}

    def _pending_on(self, day: int) -> dict[int, int]:
        """What money at the bank covers of each charge at the moment."""
        while self._turns and self._turns[-1][0] <= day:
            _, source, is_pending = self._turns.pop()
            (self._at_bank.add if is_pending else self._at_bank.discard)(source)
        found: dict[int, int] = {}
        for source in sorted(self._at_bank):
            for charge, minor in self._settled_by(source, day).items():
                if minor:
                    found[charge] = found.get(charge, 0) + minor
        return found

    def _add(self, source: int, charge: int, minor: int, day: int, why: Occasion, reverses: int = -1) -> None:
        place = len(self.rows)
        self.rows.append((source, charge, minor, day, reverses, why))
        if reverses >= 0 and day <= self.view.as_of.toordinal():  # what is taken back only later stands until then
            self.undone[reverses] = self.undone.get(reverses, 0) - minor
        self._watch(place)

    def _watch(self, place: int) -> None:
        """Keep the place of a row that may be looked for."""
        source, charge, _, _, _, _ = self.rows[place]
        if source in self._by_source:
            self._by_source[source].append(place)
        if charge in self._by_charge:
            self._by_charge[charge].append(place)

    def _verify(self) -> None:
        """Refuse what no order may do, whoever wrote it."""
        if min(self.room, default=0) < 0 or (not self._is_held and min(self.left, default=0) < 0):
            raise OrderError(
                f"order {self.terms.by!r}: its rows do not balance",
                field="order",
                value=self.terms.by,
                hint="this is a fault of arledger: please report it",
            )


_NOTHING: dict[int, int] = {}
_PLAIN_STAGES = (Stage.CHARGE, Stage.CREDIT, Stage.PAYMENT, Stage.TICK)
