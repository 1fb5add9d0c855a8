"""The oracle for accounts of any size: the rules R1 to R8 as a book would state them.

Money is served by date, credits before payments, then in sequence. What one piece of money may pay is worked out from
the payer, the restriction and the dispute; an order is a function of that sight. Named orders are tuples to sort by;
what is shared is shared by quotas that are Fractions, or up to a level that a search finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import groupby, product
from typing import Any

from arledger import Category, Charge, Credit, CreditKind, Designation, Dispute, Payment, Selector
from oracles.account import MEANINGS, Account, Outcome, Source

Rooms = dict[str, int]


class Book:
    """The charges of a call: what leads each of them (R3), and who comes first where all else is equal (R2)."""

    def __init__(self, charges: Iterable[Charge]) -> None:
        self.charges = {charge.id: charge for charge in charges}
        self.lead = {name: self._taxed(charge).id for name, charge in self.charges.items()}
        in_sequence = sorted(self.charges.values(), key=sequence_of)
        self.turn = {charge.id: turn for turn, charge in enumerate(in_sequence)}
        oldest = sorted(in_sequence, key=lambda charge: charge.due)
        self.age = {charge.id: age for age, charge in enumerate(oldest)}

    def _taxed(self, charge: Charge) -> Charge:
        """R3: a tax counts as what it taxes, where that is in the call."""
        if charge.category is Category.TAX and charge.about in self.charges:
            return self._taxed(self.charges[charge.about])
        return charge

    def names(self, to: str | Selector, charge: Charge, day: date) -> bool:
        """Whether a designation or a restriction speaks of a charge."""
        if isinstance(to, str):
            return charge.id == to
        what, values = MEANINGS[to]
        lead = self.charges[self.lead[charge.id]]
        if what == "category":
            return charge.category.value in values or lead.category.value in values
        if what == "code":
            return charge.code in values or lead.code in values
        if what == "invoice":
            return charge.invoice in values
        assert what == "past due"
        return charge.due < day


def sequence_of(charge: Charge) -> tuple[date, float, str]:
    """R2: posted date, sequence (none comes last), id."""
    return charge.posted, float("inf") if charge.sequence is None else charge.sequence, charge.id


@dataclass(frozen=True)
class Sight:
    """What one piece of money sees: how much it may pay of which charges, and of those that other payers owe."""

    book: Book
    day: date
    minor: int
    near: Rooms
    beyond: Rooms

    def items(self) -> dict[str, list[str]]:
        """The charges that it may pay by what leads them: the lead, then the taxes by age."""
        found: dict[str, list[str]] = {}
        for name in sorted(self.near, key=lambda name: (self.book.lead[name] != name, self.book.age[name])):
            found.setdefault(self.book.lead[name], []).append(name)
        return found


OracleOrder = Callable[[Sight], Rooms]
SortKey = Callable[[Charge, date], tuple[Any, ...]]
Share = Callable[[int, list[int]], list[int]]


def in_proportion(units: int, weights: list[int]) -> list[int]:
    """Largest remainder: exact quotas rounded down, then a unit each to the largest remainders, ties to the earlier."""
    whole = sum(weights)
    if units == whole:
        return weights
    quotas = [Fraction(units * weight, whole) for weight in weights]
    parts = [int(quota) for quota in quotas]
    short = units - sum(parts)
    neediest = sorted((part - quota, place) for place, (part, quota) in enumerate(zip(parts, quotas, strict=True)))
    for _, place in neediest[:short]:
        parts[place] += 1
    return parts


def to_a_level(units: int, rooms: list[int]) -> list[int]:
    """The same to each as far as it can take it: the highest level that the units fill, odd units to the earlier."""
    low, high = 0, max(rooms)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(middle, room) for room in rooms) <= units:
            low = middle
        else:
            high = middle - 1
    parts = [min(low, room) for room in rooms]
    odd = units - sum(parts)
    for place, room in enumerate(rooms):
        if odd and room > low:
            parts[place] += 1
            odd -= 1
    return parts


def ranked(key: SortKey, share: Share | None = None) -> OracleOrder:
    """Items by a key of what leads them, then in sequence; those of one key share, where a way to share is given."""

    def order(sight: Sight) -> Rooms:
        book, items = sight.book, sight.items()
        keys = {lead: key(book.charges[lead], sight.day) for lead in items}
        queue = sorted(items, key=lambda lead: (keys[lead], book.turn[lead]))
        ranks = [[lead] for lead in queue] if share is None else [list(g) for _, g in groupby(queue, keys.__getitem__)]
        given: Rooms = {}
        left = sight.minor
        for rank in ranks:
            rooms = [sum(sight.near[name] for name in items[lead]) for lead in rank]
            units = min(left, sum(rooms))
            parts = [units] if share is None or len(rank) == 1 else share(units, rooms)
            for lead, part in zip(rank, parts, strict=True):
                names = items[lead]
                given |= zip(names, in_proportion(part, [sight.near[name] for name in names]), strict=True)
            left -= units
        return given

    return order


def exact_match_first(then: OracleOrder) -> OracleOrder:
    """The oldest item that is open for exactly this money, else the order."""

    def order(sight: Sight) -> Rooms:
        items = sight.items()
        for lead in sorted(items, key=sight.book.age.__getitem__):
            if sum(sight.near[name] for name in items[lead]) == sight.minor:
                return {name: sight.near[name] for name in items[lead]}
        return then(sight)

    return order


def is_rent(charge: Charge) -> bool:
    """R3: the product type service; a tax has been taken for what it taxes before."""
    return charge.category is Category.RENT


def dearer(charge: Charge, day: date) -> tuple[Any, ...]:
    """Due before not due, the highest rate first and none last, the oldest first."""
    rate = dict(charge.attributes).get("rate")
    assert not isinstance(rate, str)
    return charge.due > day, rate is None, 0 if rate is None else -rate, charge.due


OLDEST_FIRST = ranked(lambda charge, _: (charge.due,))

NAMED: dict[str, OracleOrder] = {
    "oldest-first": OLDEST_FIRST,
    "rent-last": ranked(lambda charge, _: (is_rent(charge), charge.due)),
    "oldest-first-non-rent-priority": ranked(lambda charge, _: (charge.due, is_rent(charge))),
    "rent-first": ranked(lambda charge, _: (not is_rent(charge), charge.due)),
    "newest-first": ranked(lambda charge, _: (-charge.due.toordinal(),)),
    "largest-first": ranked(lambda charge, _: (-charge.amount.minor,)),
    "smallest-first": ranked(lambda charge, _: (charge.amount.minor,)),
    "pro-rata": ranked(lambda _charge, _day: (), in_proportion),
    "evenly": ranked(lambda _charge, _day: (), to_a_level),
    "past-due-first-rent-last": ranked(lambda charge, day: (charge.due >= day, is_rent(charge), charge.due)),
    "due-then-dearer": ranked(dearer, in_proportion),
    "exact-match-first": exact_match_first(OLDEST_FIRST),
}


def decide(account: Account, order: OracleOrder) -> Outcome:
    """What the rules make of an account under an order."""
    return _Decision(account, order).outcome()


class _Decision:
    def __init__(self, account: Account, order: OracleOrder) -> None:
        self.account, self.order = account, order
        self.book = Book(account.charges)
        self.open = {charge.id: charge.amount.minor for charge in account.charges}
        self.left = {source.id: source.amount.minor for source in account.money}
        self.earlier: dict[str, Rooms] = {source.id: {} for source in account.money}
        for application in account.applied:
            minor = application.amount.minor if application.reverses is None else -application.amount.minor
            if application.charge in self.open:
                self.open[application.charge] -= minor
            if application.source in self.left:
                self.left[application.source] -= minor
                used = self.earlier[application.source]
                used[application.charge] = used.get(application.charge, 0) + minor
        self.paid: dict[tuple[str, str], int] = {}

    def outcome(self) -> Outcome:
        for source in sorted(self.account.money, key=served_by):
            self.serve(source)
        return Outcome(self.paid, self.open, self.left)

    def serve(self, source: Source) -> None:
        """R4: first what is designated; then, where that may be, the order. R7: bound money pays nothing else."""
        bound = is_bound(source)
        mode = "only" if bound else self.account.designations
        if source.designations and mode != "ignore":
            for designation, most in self.wishes(source):
                self.serve_wish(source, designation, most)
        if not bound and (mode != "only" or not source.designations):
            self.take(source, self.order(self.sight(source, self.left[source.id], designated=False)))

    def serve_wish(self, source: Source, designation: Designation, most: int | None) -> None:
        left = self.left[source.id]
        sight = self.sight(source, left if most is None else min(most, left), designated=True)
        charges = self.book.charges
        near = {
            name: room for name, room in sight.near.items() if self.book.names(designation.to, charges[name], sight.day)
        }
        if isinstance(designation.to, str):
            self.take(source, {name: min(room, sight.minor) for name, room in near.items()})
        else:
            self.take(source, self.order(replace(sight, near=near)))

    def wishes(self, source: Source) -> Iterable[tuple[Designation, int | None]]:
        """Those that name an amount, less what was applied to their targets before; then the others, as written.

        A charge that is named by its id counts for that before it counts for a selector. Each in its turn counts as
        much as can be without those before it counting less.
        """
        named = [designation for designation in source.designations if designation.amount is not None]
        turns = sorted(range(len(named)), key=lambda place: not isinstance(named[place].to, str))
        for place, designation in enumerate(named):
            turn = turns.index(place)
            before, after = ([named[at] for at in turns[:end]] for end in (turn, turn + 1))
            counted = self.countable(source, after) - self.countable(source, before)
            yield designation, minor_of(designation) - counted
        for designation in source.designations:
            if designation.amount is None:
                yield designation, None

    def countable(self, source: Source, named: Sequence[Designation]) -> int:
        """How much of what was applied before some named amounts can count: by the theorem of Hall and König.

        Whatever amounts are taken as full, the others count at most what their charges got; the least of these is it.
        """
        earlier = self.earlier[source.id]
        meant = [{name for name in earlier if self.is_meant(source, designation, name)} for designation in named]
        bounds = []
        for full in product((True, False), repeat=len(named)):
            amounts = sum(minor_of(designation) for designation, is_full in zip(named, full, strict=True) if is_full)
            charges = set().union(*(names for names, is_full in zip(meant, full, strict=True) if not is_full))
            bounds.append(amounts + sum(earlier[name] for name in charges))
        return min(bounds)

    def is_meant(self, source: Source, designation: Designation, name: str) -> bool:
        charge = self.book.charges.get(name)
        return designation.to == name if charge is None else self.book.names(designation.to, charge, day_of(source))

    def sight(self, source: Source, minor: int, *, designated: bool) -> Sight:
        """R6, R7, R8: what this money may pay of each charge, and what it could if payers were no bar."""
        near: Rooms = {}
        beyond: Rooms = {}
        day = day_of(source)
        restriction = source.restriction if isinstance(source, Payment) else None
        for charge in self.account.charges:
            room = self.open[charge.id]
            if charge.disputed and not designated:
                room -= disputed_on(charge, day)
            if room <= 0 or (restriction is not None and not self.book.names(restriction, charge, day)):
                continue
            if charge.payer is None or charge.payer == source.payer:
                near[charge.id] = room
            elif designated:
                if isinstance(source, Credit) and source.payer is None:
                    near[charge.id] = room
            else:
                beyond[charge.id] = room
        return Sight(self.book, day, minor, near, beyond)

    def take(self, source: Source, given: Rooms) -> None:
        for name, minor in given.items():
            if minor:
                pair = source.id, name
                self.paid[pair] = self.paid.get(pair, 0) + minor
                self.open[name] -= minor
                self.left[source.id] -= minor


def minor_of(designation: Designation) -> int:
    return 0 if designation.amount is None else designation.amount.minor


def day_of(source: Source) -> date:
    """The day on which money counts."""
    return source.granted if isinstance(source, Credit) else source.received


def served_by(source: Source) -> tuple[date, bool, bool, int, str]:
    """Date, credits before payments, sequence (none comes last), id."""
    return day_of(source), isinstance(source, Payment), source.sequence is None, source.sequence or 0, source.id


def is_bound(source: Source) -> bool:
    """R7: trust money moves only where it was told to; a waiver or a write-off forgives only what it names."""
    if isinstance(source, Credit):
        return source.kind in {CreditKind.WAIVER, CreditKind.WRITE_OFF}
    return source.fund == "trust"


def disputed_on(charge: Charge, day: date) -> int:
    """R8: what the payer contests of a charge on a day; the last day of a dispute is the one before ``until``."""
    dispute = charge.disputed
    if not isinstance(dispute, Dispute):
        return charge.amount.minor if dispute else 0
    starts, ends = dispute.since or date.min, dispute.until or date.max
    if not starts <= day < ends:
        return 0
    return (dispute.amount or charge.amount).minor
