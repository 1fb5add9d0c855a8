"""The oracle of late fees and interest: it walks the days from the due date on, and asks each of them.

Each day says for itself what was owed at its end, whether an amount falls on it, and what a year's rate earns on it.
Nothing is cut into stretches, no month is added to anything, and no days are subtracted. Money that was undone by the
day of asking was never there. What is asked is plain data: amounts of a rule are nested tuples that begin with a word.

Source: rules R33 to R38, as written.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from oracles.days import ONE_DAY, walk
from oracles.fee_amounts_by_day import Amount, Bases, first_day, start_of_period, worth

Taken = tuple[tuple[date, int], ...]
"""Days, and minor units that count from each of them on."""


class Charge(NamedTuple):
    """Something owed, with the day on which it was reversed, and what was credited of it as unearned."""

    id: str
    minor: int
    due: date
    posted: date
    kind: str
    payer: str | None
    about: str | None
    code: str | None
    invoice: str | None
    dispute: tuple[int, date, date] | None
    reversed: date | None
    unearned: int


class Money(NamedTuple):
    """A payment or credit, and what of it came back."""

    id: str
    minor: int
    day: date
    is_credit: bool
    payer: str | None
    only: str | None
    """The one kind of charge that it may pay, and the taxes on it."""
    at_bank: tuple[date, date] | None
    """The days on which it is under way, the second excluded; it counts all the same."""
    back: Taken


class Applied(NamedTuple):
    """What settled a charge from a day on, and what of that was undone."""

    money: str
    charge: str
    minor: int
    day: date
    undone: Taken


class Account(NamedTuple):
    """All that is recorded."""

    charges: Sequence[Charge]
    money: Sequence[Money]
    applied: Sequence[Applied]
    first_open: date
    """The first day of open books."""


class Rule(NamedTuple):
    """A rule in words and numbers."""

    amount: Amount
    grace: tuple[Any, ...]
    occurs: str
    limits: tuple[tuple[Amount, str], ...]
    least: int
    kinds: tuple[str, ...]
    """The kinds of charges that count; all but these, where the first is "not"."""
    category: str
    code: str | None
    period: tuple[Any, ...]
    since: date
    until: date
    rounding: str


class Late(NamedTuple):
    """What is assessed together, and what it comes to."""

    about: str
    charges: tuple[str, ...]
    payer: str | None
    due: date
    first_day: date
    days_late: int
    payable: int
    disputed: int
    on_hand: int
    owed: int
    exact: Fraction | None
    """What the rule comes to on the day, limits a period aside; None where it was not asked."""
    total: int
    charged: int
    left: tuple[int, ...]
    """What is left of each limit."""
    proposed: int
    why: str
    """Why it is nothing: "grace", "least", "limit", "before", "zero"."""


class Fee(NamedTuple):
    """What was charged under a rule."""

    about: str | None
    payer: str | None
    day: date
    """The day for which it was charged; it may be posted later."""
    posted: date
    minor: int


ROUND: dict[str, Callable[[Fraction], int]] = {
    "half up": lambda exact: math.floor(exact + Fraction(1, 2)),
    "half even": round,
    "up": math.ceil,
    "down": math.floor,
}


class Books:
    """What an account comes to at the end of a day."""

    def __init__(self, account: Account, day: date) -> None:
        self.account, self.day = account, day
        there = [charge for charge in account.charges if charge.posted <= day]
        self.charges = sorted(there, key=lambda charge: (charge.due, charge.posted, charge.id))
        self.by_id = {charge.id: charge for charge in there}
        self.settled: dict[str, list[tuple[date, int]]] = {charge.id: [] for charge in there}
        free = {money.id: money.minor - _by(day, money.back) for money in account.money if money.day <= day}
        for applied in account.applied:
            if applied.day <= day:
                minor = applied.minor - _by(day, applied.undone)
                self.settled[applied.charge].append((applied.day, minor))
                free[applied.money] -= minor
        self.money = {money.id: money for money in account.money}
        self.free = [(money, free[money.id]) for money in account.money if free.get(money.id)]
        self._owed: dict[tuple[str, Taken], dict[date, int]] = {}

    def turn(self, money: Money) -> tuple[Any, ...]:
        """Where money stands among all money."""
        return money.day, not money.is_credit, money.id

    def taxed(self, charge: Charge) -> Charge:
        """R3: a tax counts as what it taxes."""
        while charge.kind == "tax" and charge.about in self.by_id:
            charge = self.by_id[str(charge.about)]
        return charge

    def is_reversed(self, charge: Charge) -> bool:
        """Whether it was taken back by the day; the taxes on a charge go with it."""
        gone = self.taxed(charge).reversed
        return gone is not None and gone <= self.day

    def is_of(self, charge: Charge, kinds: Sequence[str]) -> bool:
        """Whether it is, or taxes, one of the kinds."""
        return charge.kind in kinds or self.taxed(charge).kind in kinds

    def payable(self, charge: Charge) -> int:
        """R34: open less pending: money at the bank counts."""
        return charge.minor - _by(self.day, self.settled[charge.id])

    def owed(self, charge: Charge, taken: Taken) -> dict[date, int]:
        """R34: what was owed of a charge at the end of each day from its due date on."""
        key = charge.id, taken
        if key not in self._owed:
            less = [*self.settled[charge.id], *taken]
            self._owed[key] = {
                day: max(0, charge.minor - _by(day, less) - disputed(charge, day))
                for day in walk(charge.due, self.day + ONE_DAY)
            }
        return self._owed[key]


def _by(day: date, taken: Sequence[tuple[date, int]]) -> int:
    """All that counts by a day."""
    return sum(minor for since, minor in taken if since <= day)


def disputed(charge: Charge, day: date) -> int:
    """How much of a charge is contested on a day."""
    return charge.dispute[0] if charge.dispute and charge.dispute[1] <= day < charge.dispute[2] else 0


class Run:
    """One run of a rule over an account: what it proposes counts toward the limits of what follows."""

    def __init__(self, books: Books, rule: Rule, payers: Sequence[str], rent: int) -> None:
        self.books, self.rule, self.day, self.rent = books, rule, books.day, rent
        self._past_due: dict[tuple[str | None, date], int] = {}
        self.left_out: list[str] = []
        self.late: list[Charge] = []
        for charge in books.charges:
            if not books.is_reversed(charge):
                counts = self._counts(charge, payers)
                if counts:
                    self.late.append(charge)
                if books.payable(charge) and (not counts or self._waits(charge)):
                    self.left_out.append(charge.id)
        self.taken = self._money_on_hand()
        self.owed = {charge.id: books.owed(charge, self.taken[charge.id]) for charge in self.late}
        self.fees = [
            Fee(fee.about, fee.payer, min(fee.due, fee.posted), fee.posted, fee.minor - fee.unearned)
            for fee in books.account.charges
            if (fee.kind, fee.code) == (rule.category, rule.code) and fee.reversed is None
        ]
        self.posted = max(self.day, books.account.first_open)
        self.found = list(self._found())

    def _counts(self, charge: Charge, payers: Sequence[str]) -> bool:
        """R34: past due, of the payers asked for and of the kinds that count, by a rule that is in force."""
        rule = self.rule
        is_kind = self.books.is_of(charge, rule.kinds) is (rule.kinds[0] != "not")
        return (
            is_kind
            and charge.payer in {None, *payers}
            and charge.due < self.day
            and rule.since <= charge.due < rule.until
        )

    def _waits(self, charge: Charge) -> bool:
        """R35: whether a charge is no part of a balance yet, being in its grace."""
        return self.rule.occurs == "balance" and self.day < first_day(self.rule.grace, charge.due)

    def _money_on_hand(self) -> dict[str, Taken]:
        """R34: less unapplied money, from the oldest charge on, where it might settle it."""
        on_hand = sorted(self._on_hand(), key=lambda part: (*self.books.turn(part[0]), part[1]))
        free = [minor for _, _, minor in on_hand]
        found: dict[str, Taken] = {}
        for charge in self.late:
            left = max(0, self.books.payable(charge) - disputed(charge, self.day))
            taken = []
            for place, (money, day, _) in enumerate(on_hand):
                may_pay = charge.payer in {None, money.payer}
                if money.only is not None:
                    may_pay &= self.books.is_of(charge, [money.only])
                minor = min(left, free[place]) if may_pay else 0
                if minor:
                    taken.append((day, minor))
                    left -= minor
                    free[place] -= minor
            found[charge.id] = tuple(taken)
        return found

    def _on_hand(self) -> Iterator[tuple[Money, date, int]]:
        """R34: what is unapplied, and what late fees and interest took of the undesignated money of their own day."""
        for money, left in self.books.free:
            yield money, money.day, left
        for of in self.books.account.applied if self.rule.category == "late_fee" else ():
            fee, money = self.books.by_id.get(of.charge), self.books.money[of.money]
            if fee is None or fee.kind not in {"late_fee", "interest"} or fee.about is None:
                continue
            if fee.posted == of.day and not of.money.endswith("/unearned"):
                yield money, of.day, of.minor - _by(self.day, of.undone)

    def past_due(self, payer: str | None, day: date) -> int:
        """What a payer owes at the end of a day, of all that was past due on it."""
        key = payer, day
        if key not in self._past_due:
            late = [charge for charge in self.late if charge.payer == payer and charge.due < day]
            self._past_due[key] = sum(self.owed[charge.id][day] for charge in late)
        return self._past_due[key]

    def _together(self) -> Iterator[list[Charge]]:
        """R35: what is assessed together: of one day, each apart, of an invoice, or all; a tax with what it taxes."""
        groups: dict[tuple[Any, ...], list[Charge]] = {}
        for charge in self.late:
            is_paid = self.rule.occurs == "balance" and not self.books.payable(charge)
            if not is_paid and not self._waits(charge):
                groups.setdefault(self._group(charge), []).append(charge)
        yield from groups.values()

    def _group(self, charge: Charge) -> tuple[Any, ...]:
        parent = self.books.taxed(charge)
        key: dict[str, Any] = {
            "day": parent.due,
            "apart": parent.id,
            "invoice": parent.invoice or ("alone", parent.id),
            "balance": None,
        }
        return charge.payer, key[self.rule.occurs]

    def taken_back(self, beside: Charge) -> list[str]:
        """What would be assessed together with a charge, had it not been reversed."""
        gone = [charge for charge in self.books.charges if self.books.is_reversed(charge)]
        return [charge.id for charge in gone if self._group(charge) == self._group(beside)]

    def _found(self) -> Iterator[Late]:
        """R34: a late fee is charged while something is owed; interest also for what has been paid since."""
        is_interest = self.rule.category == "interest"
        for charges in self._together():
            item = Item(self, charges)
            if item.now_owed or (is_interest and item.was_owed()):
                late = item.late()
                if late.proposed:
                    self.fees.append(Fee(late.about, late.payer, self.day, self.posted, late.proposed))
                if late.owed or late.proposed:
                    yield late


class Item:
    """What is assessed together, day by day."""

    def __init__(self, run: Run, charges: list[Charge]) -> None:
        self.run, self.rule, self.day = run, run.rule, run.day
        self.due = min(charge.due for charge in charges)
        self.counts = {charge.id: charge.due for charge in charges}
        if self.rule.occurs == "balance":
            self.counts = {charge.id: first_day(self.rule.grace, charge.due) for charge in charges}
        self.charges, self.payer = charges, charges[0].payer
        self.first_day = first_day(self.rule.grace, self.due)
        books = run.books
        self.payable = sum(books.payable(charge) for charge in charges)
        self.disputed = sum(min(books.payable(charge), disputed(charge, self.day)) for charge in charges)
        self.on_hand = sum(_by(self.day, run.taken[charge.id]) for charge in charges)
        self.now_owed = self.payable - self.disputed - self.on_hand
        self.whole = sum(charge.minor for charge in charges)
        self._bases: dict[date, Bases] = {}

    def bases(self, day: date) -> Bases:
        """What percentages are of, at the end of a day; in the grace, as when it was over."""
        if day not in self._bases:
            run, at = self.run, max(day, self.first_day)
            owed = sum(run.owed[charge.id][at] for charge in self.charges if self.counts[charge.id] <= day)
            past_due = run.past_due(self.payer, at)
            self._bases[day] = {"owed": owed, "past due": past_due, "charge": self.whole, "rent": run.rent}
        return self._bases[day]

    def owed_on(self, day: date) -> bool:
        """Whether something was owed at the end of a day."""
        return self.bases(day)["owed"] > 0

    def was_owed(self) -> bool:
        """Whether something was owed when the grace was over, or since."""
        return self.first_day <= self.day and any(map(self.owed_on, walk(self.due, self.day + ONE_DAY)))

    def late(self) -> Late:
        """What it comes to."""
        run, rule, day = self.run, self.rule, self.day
        about = [charge.id for charge in self.charges]
        own = [fee for fee in run.fees if fee.payer == self.payer]
        period = start_of_period(rule.period, run.posted)
        in_period = sum(fee.minor for fee in own if start_of_period(rule.period, fee.posted) == period)
        names = [*about, *run.taken_back(self.charges[0])]
        charged = sum(fee.minor for fee in run.fees if fee.about in names)
        if rule.occurs == "balance":
            period = start_of_period(rule.period, day)
            charged = sum(fee.minor for fee in own if start_of_period(rule.period, fee.day) == period)
        before = {"charge": charged, "period": in_period}
        before["ever"] = sum(fee.minor for fee in run.fees if fee.payer == self.payer)
        why, exact, total, proposed, left = "", None, 0, 0, list[int]()
        if day < self.first_day:
            why = "grace"
        elif run.past_due(self.payer, day) < rule.least:
            why = "least"
        else:
            exact = worth(rule.amount, self, day)
            total = ROUND[rule.rounding](self._within_the_periods(exact))
            left = [max(0, self._most(amount) - before[scope]) for amount, scope in rule.limits]
            proposed = max(0, min([total - charged, *left]))
            why = "" if proposed else "limit" if total > charged else "before" if charged else "zero"
        chief = min(self.charges, key=self._rank)
        return Late(
            about=chief.id,
            charges=tuple(about),
            payer=self.payer,
            due=self.due,
            first_day=self.first_day,
            days_late=len(list(walk(self.due, day))),
            payable=self.payable,
            disputed=self.disputed,
            on_hand=self.on_hand,
            owed=self.now_owed,
            exact=exact,
            total=total,
            charged=charged,
            left=tuple(left),
            proposed=proposed,
            why=why,
        )

    def _rank(self, charge: Charge) -> tuple[Any, ...]:
        """The chief is owed, is no tax, is rent, is the greatest, is the first."""
        is_paid = not self.run.owed[charge.id][self.day]
        is_tax = charge.kind == "tax" and charge.about is not None
        return (is_paid, is_tax, charge.kind != "rent", -charge.minor, charge.due, charge.posted, charge.id)

    def _most(self, amount: Amount) -> int:
        """A limit, in whole minor units."""
        return math.floor(worth(amount, self, self.day))

    def _within_the_periods(self, exact: Fraction) -> Fraction:
        """R37: what passed the limit of a period is not made up for in the next."""
        limits = [self._most(amount) for amount, scope in self.rule.limits if scope == "period"]
        if not limits or self.rule.occurs == "balance":
            return exact
        found = reached = Fraction(0)
        for day in walk(self.first_day, self.day + ONE_DAY):
            period = self.rule.period
            if day == self.day or start_of_period(period, day + ONE_DAY) == day + ONE_DAY:
                by_now = worth(self.rule.amount, self, day)
                found += min(Fraction(min(limits)), max(Fraction(0), by_now - reached))
                reached = max(reached, by_now)
        return min(exact, found)
