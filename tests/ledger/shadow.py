"""A second opinion on replay: the ledger day by day, stage by stage, in the simplest possible Python.

It knows entries and nothing of how arledger folds them. Everything is a dict of ints or a list, nothing is kept in
order or carried over, and all money that is left is asked again whenever anything differs from when it was last asked.
What one piece of money settles at one moment is sorted out by hand where facts are plain and the order total, and is a
call of ``allocate`` with all that is settled already where not. REAPPLY is told as it is stated: the whole ledger is
gone through once more, in a world where the money that went back never was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import attrs

from arledger import (
    NEWEST_FIRST,
    OLDEST_FIRST,
    REAPPLY,
    RENT_LAST,
    SETTLE_DUE,
    Application,
    Category,
    Charge,
    Context,
    Credit,
    Dispute,
    Entry,
    Incoming,
    Money,
    Payment,
    Refund,
    Reversal,
    Transfer,
    WonBack,
    allocate,
)
from ledger.courses import NEVER, Course, by_number, course_of
from ledger_cases import Case

Source = Payment | Credit
Sent = Refund | Transfer

RANKS: list[tuple[object, Callable[[Charge], Any]]] = [
    (OLDEST_FIRST, lambda charge: charge.due),
    (NEWEST_FIRST, lambda charge: -charge.due.toordinal()),
    (RENT_LAST, lambda charge: (charge.category is Category.RENT, charge.due)),
]
"""What total orders sort by, before posted date, sequence and id."""


@dataclass
class Line:
    """So much of a source settles a charge, from a day on; ``undone`` is what was taken back of it."""

    source: str
    charge: str
    minor: int
    on: date
    undone: int = 0

    @property
    def stands(self) -> int:
        return self.minor - self.undone


@dataclass
class Picture:
    """What an account comes to at the end of a day, in minor units."""

    open: dict[str, int]
    pending: dict[str, int]
    unapplied: dict[str, int]
    reserved: dict[str, int]
    trust: dict[str, int]
    history: Counter[tuple[Any, ...]]


class Shadow:
    """An account that is gone through once, as far as it was known on a day."""

    def __init__(
        self, case: Case, known: date, net: Mapping[str, int] | None = None, end: tuple[Any, ...] | None = None
    ) -> None:
        entries = [entry for entry in case.ledger.entries if entry.posted <= known]
        self.case, self.known, self.end = case, known, end
        self.world = net
        """Of each payment what there is of it in a world where nothing goes back; None in our own."""
        by_id = {entry.id: entry for entry in entries}
        self.charges = [entry for entry in entries if isinstance(entry, Charge)]
        self.charges.sort(key=lambda charge: (charge.due, charge.posted, by_number(charge)))
        self.courses: dict[str, Course] = {}
        self.sources: list[Source] = []
        self.happenings: list[tuple[date, int, tuple[bool, int, str], Any, int]] = []
        for entry in entries:
            if isinstance(entry, Payment):
                about = [
                    change
                    for change in entries
                    if getattr(change, "payment", None) == entry.id
                    or (isinstance(change, WonBack) and getattr(by_id[change.chargeback], "payment", "") == entry.id)
                ]
                moves = [change for change in about if not isinstance(change, (Refund, Transfer))]
                course = self.courses[entry.id] = course_of(entry, moves)
                if course.begins < NEVER:
                    self.sources.append(entry)
                    self.happen(course.begins, 3, entry)
                    for change, minor in course.moves:
                        early = 1 if course.begins < change.on else 4  # type: ignore[union-attr]
                        self.happen(change.on, 5 if minor > 0 else early, change, minor)  # type: ignore[union-attr]
                    for change in about:
                        if isinstance(change, (Refund, Transfer)):
                            self.happen(change.on, 6, change)
            elif isinstance(entry, Credit):
                self.sources.append(entry)
                self.happen(entry.granted, 2, entry)
            elif isinstance(entry, Charge):
                self.happen(self.payable_from(entry), 0, entry)
            elif isinstance(entry, Reversal):
                of = by_id[entry.of]
                self.happen(entry.on, 4 if isinstance(of, Credit) and of.granted == entry.on else 1, entry)
        self.sources.sort(key=lambda money: (self.begins(money), isinstance(money, Payment), by_number(money)))
        self.happenings.sort(key=lambda happening: happening[:3])
        self.lines: list[Line] = []
        self.undone: list[tuple[str, str, int, date]] = []
        self.net: dict[str, int] = {}
        self.payable: dict[str, Charge] = {}
        self.reversed: dict[str, date] = {}
        self.last_asked: dict[str, tuple[Any, ...]] = {}

    def happen(self, day: date, stage: int, entry: Any, minor: int = 0) -> None:
        self.happenings.append((day, stage, by_number(entry), entry, minor))

    def payable_from(self, charge: Charge) -> date:
        return max(charge.posted, charge.due) if self.case.settle is SETTLE_DUE else charge.posted

    def begins(self, source: Source) -> date:
        return source.granted if isinstance(source, Credit) else self.courses[source.id].begins

    # what stands

    def left(self, source: str) -> int:
        return self.net[source] - sum(line.stands for line in self.lines if line.source == source)

    def room(self, charge: Charge) -> int:
        if charge.id in self.reversed:
            return 0
        return charge.amount.minor - sum(line.stands for line in self.lines if line.charge == charge.id)

    def standing(self) -> Counter[tuple[str, str]]:
        found: Counter[tuple[str, str]] = Counter()
        for line in self.lines:
            found[line.source, line.charge] += line.stands
        return found

    # the days

    def days(self) -> list[date]:
        """Every day on which anything may differ from the day before."""
        found = {happening[0] for happening in self.happenings}
        for charge in self.charges:
            found |= {charge.due, charge.due + timedelta(1)}
            if isinstance(charge.disputed, Dispute):
                found |= {day for day in (charge.disputed.since, charge.disputed.until) if day}
        return sorted(found)

    def pictures(self, wanted: Iterable[date]) -> list[Picture]:
        """What it comes to at the end of each of these days."""
        days, found = self.days(), []
        for as_of in sorted(wanted):
            while days and days[0] <= as_of:
                self.live(days.pop(0))
            found.append(self.picture(as_of))
        return found

    def live(self, day: date) -> bool:
        """Go through a day; whether the end was reached."""
        for happening in self.happenings:
            if happening[0] == day:
                self.take(*happening)
                if happening[:3] == self.end:
                    return True
        for source in sorted(self.sources, key=lambda money: isinstance(money, Payment)):
            if source.id in self.net:
                self.sweep(source, day)
        return False

    def take(self, day: date, stage: int, number: tuple[bool, int, str], entry: Any, minor: int) -> None:
        if isinstance(entry, Charge):
            self.payable[entry.id] = entry
        elif isinstance(entry, (Payment, Credit)):
            self.net[entry.id] = (self.world or {}).get(entry.id, entry.amount.minor)
            self.ask(entry, day, self.case.designations)
        elif isinstance(entry, (Refund, Transfer)):
            self.change(entry.payment, -entry.amount.minor, day)
        elif isinstance(entry, Reversal):
            self.reverse(entry, day)
        elif self.world is None:
            source = next(money for money in self.sources if any(e is entry for e, _ in self.moves(money)))
            self.change(source.id, minor, day)
            if self.case.returns is REAPPLY:
                self.reapply(day, (day, stage, number))
            elif minor > 0:
                self.ask(source, day, self.case.designations)

    def moves(self, source: Source) -> list[tuple[Entry, int]]:
        return [] if isinstance(source, Credit) else self.courses[source.id].moves

    def change(self, source: str, minor: int, day: date) -> None:
        """More or less of a source; what is short is taken of its last lines first."""
        self.net[source] += minor
        short = -self.left(source)
        if short > 0:
            self.undo([line for line in self.lines if line.source == source], short, day)

    def undo(self, lines: list[Line], minor: int, day: date) -> None:
        for line in reversed(lines):
            part = min(minor, line.stands)
            if part > 0:
                line.undone += part
                minor -= part
                self.undone.append((line.source, line.charge, part, day))

    def reverse(self, reversal: Reversal, day: date) -> None:
        if reversal.of in self.net:
            others = [other for *_, other, _ in self.happenings if isinstance(other, Reversal)]
            named = sum(other.amount.minor for other in others if other.of == reversal.of and other.amount)
            credit = next(money for money in self.sources if money.id == reversal.of)
            self.change(credit.id, -(reversal.amount.minor if reversal.amount else credit.amount.minor - named), day)
            return
        gone = {reversal.of}
        for _ in self.charges:
            gone |= {tax.id for tax in self.charges if tax.category is Category.TAX and tax.about in gone}
        for charge in self.charges:
            if charge.id in gone and charge.id not in self.reversed:
                self.reversed[charge.id] = day
                self.undo([line for line in self.lines if line.charge == charge.id], charge.amount.minor, day)

    def reapply(self, day: date, end: tuple[Any, ...]) -> None:
        """Stand as a world does in which only what there is of each payment by now ever came."""
        net = {source.id: source.amount.minor for source in self.sources}
        for happening in self.happenings:
            for source in self.sources:
                for entry, minor in self.moves(source):
                    if happening[:3] <= end and happening[3] is entry:
                        net[source.id] += minor
        other = Shadow(self.case, self.known, net, end)
        for today in other.days():
            if other.live(today):
                break
        ours, theirs = self.standing(), other.standing()
        for pair in ours | theirs:
            excess = ours[pair] - theirs[pair]
            if excess > 0:
                self.undo([line for line in self.lines if (line.source, line.charge) == pair], excess, day)
            elif excess < 0:
                self.lines.append(Line(*pair, -excess, day))

    # who gets it

    def sweep(self, source: Source, day: date) -> None:
        case = self.case
        if case.sweep_credits if isinstance(source, Credit) else case.sweep_payments:
            self.ask(source, day, case.designations)
        elif source.designations and (case.designations != "ignore" or is_bound(source)):
            self.ask(source, day, "only")

    def ask(self, source: Source, day: date, mode: Any) -> None:
        """Place what is left of a source, unless nothing has changed on the day since it was last asked."""
        left, rooms = self.left(source.id), self.rooms()
        if left <= 0 or not any(rooms.values()) or self.last_asked.get(source.id) == (day, left, rooms):
            return
        self.place(source, left, rooms, day, mode)
        self.last_asked[source.id] = (day, self.left(source.id), self.rooms())

    def rooms(self) -> dict[str, int]:
        return {name: self.room(charge) for name, charge in self.payable.items()}

    def place(self, source: Source, left: int, rooms: dict[str, int], day: date, mode: Any) -> None:
        """Have lines for what a source settles at the moment."""
        facts: list[Charge | Source] = [*self.payable.values(), source]
        ranks = [rank for order, rank in RANKS if order == self.case.by]
        if ranks and not any(is_special(fact) for fact in facts):
            for charge in sorted(self.payable.values(), key=lambda c: (ranks[0](c), c.posted, by_number(c))):
                part = min(left, rooms[charge.id])
                left -= part
                if part:
                    self.lines.append(Line(source.id, charge.id, part, day))
            return
        kept, is_open_ended = self.waiting(source, left, day, self.payable)
        spoken_for = source.amount.minor - left + kept
        settled = Counter({(source.id, "elsewhere"): spoken_for})
        for (name, charge_id), minor in self.standing().items():
            if name == source.id:
                settled[name, charge_id] += minor
                settled[name, "elsewhere"] -= minor
        for charge_id, charge in self.payable.items():
            settled["others", charge_id] = charge.amount.minor - rooms[charge_id] - settled[source.id, charge_id]
        allocation = allocate(
            attrs.evolve(source, granted=day) if isinstance(source, Credit) else attrs.evolve(source, received=day),
            self.payable.values(),
            by=self.case.by,
            applied=[
                Application(name, charge_id, self.money(minor), day, id=f"{name} {charge_id}")
                for (name, charge_id), minor in settled.items()
                if minor
            ],
            designations="only" if is_open_ended and mode == "first" else mode,
        )
        self.lines += [Line(line.source, line.charge, line.amount.minor, day) for line in allocation.lines]

    def waiting(self, source: Source, left: int, day: date, payable: Mapping[str, Charge]) -> tuple[int, bool]:
        """What of the money is for charges that are not there yet, and whether all of the rest is."""
        if self.case.designations == "ignore" and not is_bound(source):
            return 0, False
        kind: Any = "credit" if isinstance(source, Credit) else "payment"
        money = Incoming(id=source.id, kind=kind, minor=left, currency=source.amount.currency, date=day)
        context = Context(money, payable)
        named, is_open_ended = 0, False
        for wish in source.designations:
            if isinstance(wish.to, str):
                is_there = wish.to in payable
            else:
                is_there = any(wish.to.selects(charge, context) for charge in payable.values())
            if not is_there and wish.amount is None:
                is_open_ended = True
            elif not is_there and wish.amount is not None:
                named += wish.amount.minor
        return min(named, left), is_open_ended

    def money(self, minor: int) -> Money:
        return Money.from_minor(minor, self.case.ledger.currency)

    # what it comes to

    def picture(self, day: date) -> Picture:
        charges = [charge for charge in self.charges if charge.posted <= day]
        at_bank = {name for name, course in self.courses.items() if course.is_pending(day)}
        covered = Counter[str]()
        for line in self.lines:
            covered[line.charge] += line.stands * (line.source in at_bank)
        found = Picture({}, {}, {}, {}, {}, Counter())
        found.open = {charge.id: self.room(charge) + covered[charge.id] for charge in charges}
        for source in self.sources:
            if source.id not in self.net:
                continue
            left, is_trust = self.left(source.id), isinstance(source, Payment) and source.fund == "trust"
            found.unapplied[source.id] = 0
            if source.id in at_bank:
                found.pending[source.id] = self.net[source.id]
            elif is_trust:
                found.trust[source.id] = left
            else:
                kept, is_open_ended = self.waiting(source, left, day, self.payable)
                found.reserved[source.id] = left if is_open_ended else kept
                found.unapplied[source.id] = left - found.reserved[source.id]
        signs = [((line.source, line.charge, line.on), line.minor) for line in self.lines]
        signs += [((source, charge, on), -minor) for source, charge, minor, on in self.undone]
        if self.case.returns is REAPPLY:  # which of a day's lines are undone and made again is not said
            for key, minor in signs:
                found.history[key] += minor
        else:
            found.history.update((*key, minor) for key, minor in signs)
        found.pending, found.trust, found.reserved = map(some, (found.pending, found.trust, found.reserved))
        found.history = Counter({key: count for key, count in found.history.items() if count})
        return found


def some(minors: dict[str, int]) -> dict[str, int]:
    """Those that are not zero."""
    return {name: minor for name, minor in minors.items() if minor}


def is_bound(source: Source) -> bool:
    """Whether money pays nothing but what it was designated to."""
    return source.forgives if isinstance(source, Credit) else source.fund == "trust"


def is_special(fact: Charge | Source) -> bool:
    """Whether a fact has anything that a sorted list does not serve."""
    if isinstance(fact, Charge):
        is_tax = fact.category is Category.TAX and fact.about is not None
        return bool(fact.payer or fact.disputed or is_tax)
    bars = isinstance(fact, Payment) and (fact.restriction is not None or fact.fund == "trust")
    return bool(fact.payer or fact.designations or bars)
