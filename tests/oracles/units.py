"""The oracle that moves one minor unit at a time.

Each unit goes to the first charge, by the order, that still has room for it; under EVENLY to the one that has got the
least of this money so far. Nothing is summed, shared or skipped ahead, so it is slow, and has no way to lose a unit.
It knows payers, restrictions, disputes and credits, but no taxes (what a pair gets is shared, not handed out), no
designations and no earlier applications.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cmp_to_key

from arledger import Category, Charge, Credit, Dispute, Payment
from oracles.account import MEANINGS, Account, Outcome, Source

Compare = Callable[[Charge, Charge, date], int]
"""Below zero where the first of two charges comes first on a day, above zero where the second does."""


def _sign(is_first: bool, is_second: bool) -> int:
    return is_second - is_first


def _earlier(a: date, b: date) -> int:
    return (a - b).days


def _rent_last(a: Charge, b: Charge) -> int:
    return _sign(a.category is not Category.RENT, b.category is not Category.RENT)


def _past_due(a: Charge, b: Charge, day: date) -> int:
    return _sign(a.due < day, b.due < day)


def in_sequence(a: Charge, b: Charge) -> int:
    """R2: posted date, sequence (none comes last), id."""
    if a.posted != b.posted:
        return _earlier(a.posted, b.posted)
    if a.sequence is None or b.sequence is None:
        none = _sign(a.sequence is not None, b.sequence is not None)
        if none:
            return none
    elif a.sequence != b.sequence:
        return a.sequence - b.sequence
    return -1 if a.id < b.id else 1


EVENLY = "evenly"

COMPARED: dict[str, Compare] = {
    "oldest-first": lambda a, b, _: _earlier(a.due, b.due),
    "rent-last": lambda a, b, _: _rent_last(a, b) or _earlier(a.due, b.due),
    "oldest-first-non-rent-priority": lambda a, b, _: _earlier(a.due, b.due) or _rent_last(a, b),
    "rent-first": lambda a, b, _: -_rent_last(a, b) or _earlier(a.due, b.due),
    "newest-first": lambda a, b, _: -_earlier(a.due, b.due),
    "largest-first": lambda a, b, _: b.amount.minor - a.amount.minor,
    "smallest-first": lambda a, b, _: a.amount.minor - b.amount.minor,
    "past-due-first-rent-last": lambda a, b, day: _past_due(a, b, day) or _rent_last(a, b) or _earlier(a.due, b.due),
    EVENLY: lambda _a, _b, _day: 0,
}


def unit_by_unit(account: Account, name: str) -> Outcome:
    """What the named order does, a unit at a time."""
    left = {charge.id: charge.amount.minor for charge in account.charges}
    unapplied: dict[str, int] = {}
    paid: dict[tuple[str, str], int] = {}
    for source in sorted(account.money, key=cmp_to_key(_served_before)):
        day = _day(source)
        compare = COMPARED[name]

        def before(a: Charge, b: Charge, compare: Compare = compare, day: date = day) -> int:
            return compare(a, b, day) or in_sequence(a, b)

        queue = sorted(account.charges, key=cmp_to_key(before))
        room = {charge.id: left[charge.id] - _kept_back(source, charge, day) for charge in queue}
        got = dict.fromkeys(room, 0)
        units = source.amount.minor
        while units:
            takers = [charge.id for charge in queue if room[charge.id] > 0]
            if not takers:
                break
            taker = min(takers, key=got.__getitem__) if name == EVENLY else takers[0]
            for balance in (room, left):
                balance[taker] -= 1
            got[taker] += 1
            units -= 1
        unapplied[source.id] = units
        paid |= {(source.id, charge): units for charge, units in got.items() if units}
    return Outcome(paid, left, unapplied)


def _day(source: Source) -> date:
    return source.received if isinstance(source, Payment) else source.granted


def _served_before(a: Source, b: Source) -> int:
    """Date, credits before payments, sequence (none comes last), id."""
    days = _earlier(_day(a), _day(b)) or _sign(isinstance(a, Credit), isinstance(b, Credit))
    if days:
        return days
    if (a.sequence is None) != (b.sequence is None):
        return 1 if a.sequence is None else -1
    if a.sequence is not None and b.sequence is not None and a.sequence != b.sequence:
        return a.sequence - b.sequence
    return -1 if a.id < b.id else 1


def _kept_back(source: Source, charge: Charge, day: date) -> int:
    """R6, R7, R8: how much of a charge this money may not pay: all of it, what is disputed, or nothing."""
    if charge.payer not in {None, source.payer}:
        return charge.amount.minor
    if isinstance(source, Payment) and source.restriction is not None:
        what, values = MEANINGS[source.restriction]
        if what == "past due":
            is_meant = charge.due < day
        else:
            field = {"category": charge.category.value, "code": charge.code, "invoice": charge.invoice}[what]
            is_meant = field in values
        if not is_meant:
            return charge.amount.minor
    dispute = charge.disputed
    if isinstance(dispute, Dispute):
        if dispute.since is not None and day < dispute.since:
            return 0
        if dispute.until is not None and day >= dispute.until:
            return 0
        return charge.amount.minor if dispute.amount is None else dispute.amount.minor
    return charge.amount.minor if dispute else 0
