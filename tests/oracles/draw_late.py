"""Accounts that are late, and rules for them, as plain data: drawn from ``random``, since there must be many of them.

Due dates lie close together and are often the same; what is paid comes before the grace is over, after it, in part, in
two halves, and comes back. What a rule is made of is drawn node by node, two or three deep.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from oracles.fee_amounts_by_day import Amount
from oracles.fees_by_day import Account, Charge, Money, Rule

ALWAYS = date.max
NEVER = date.min
BASES = ("owed", "owed", "owed", "past due", "charge", "rent")
CONVENTIONS = ("over 365", "over 365", "over 360", "actual", "30/360", "months")
SPAN = 75
"""Days over which an account goes."""
FEES = ("late_fee", "interest")


def days_later(day: date, days: int) -> date:
    """So many days later."""
    return day + timedelta(days=days)


class Draw:
    """One account in the making."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.chance = random.random
        year, month = random.choice((2025, 2026, 2027)), random.choice((1, 2, 7, 11, 12))
        self.first = date(year, month, random.choice((1, 1, 20)))
        self.payers = (None, None, None, "ann", "bob") if self.chance() < 0.3 else (None,)
        self.is_disputed = self.chance() < 0.4
        self.charges: list[Charge] = []
        self.money: list[Money] = []

    def day(self, most: int = SPAN) -> date:
        """One of the days."""
        return days_later(self.first, self.random.randrange(most))

    def account(self) -> Account:
        """The whole of it; what settles what is not known yet."""
        is_small = self.chance() < 0.15
        for _ in range(1 if is_small else self.random.randint(2, 5)):
            self.bill()
        for number in range(0 if is_small else self.random.randint(6, 16)):
            self.charge(f"W{number}", self.day(60), "utility", self.random.randint(1_00, 400_00))
        if self.chance() < 0.3:
            self.charge("D", self.first, "deposit", 1000_00)
        owed = list(self.charges)
        for number in range(self.random.choice((0, 1, 1, 2, 3))):
            self.fee(f"F{number}", self.random.choice(owed))
        for charge in owed:
            self.pay(charge)
        for number in range(self.random.choice((0, 0, 1, 2))):
            self.receive(f"P{number}", self.random.randint(1_00, 900_00), self.day(), None)
        first_open = self.day() if self.chance() < 0.2 else NEVER
        return Account(tuple(self.charges), tuple(self.money), (), first_open)

    def bill(self) -> None:
        """A month: rent, parking and its tax, mostly due on one day."""
        month = len(self.charges)
        due, invoice = self.day(60), self.random.choice((None, f"I{month}"))
        payer = self.random.choice(self.payers)
        rent = self.random.choice((1000_00, 1000_00, 800_00, self.random.randint(1, 2000_00)))
        self.charge(f"R{month}", due, "rent", rent, invoice=invoice, payer=payer)
        if self.chance() < 0.6:
            later = days_later(due, self.random.choice((0, 0, 0, 4)))
            minor = self.random.choice((1000_00, 100_00, 35_33))
            self.charge(f"K{month}", later, "feature", minor, invoice=invoice, payer=self.random.choice((None, payer)))
            if self.chance() < 0.6:
                later = days_later(later, self.random.choice((0, 0, 0, 3)))
                self.charge(f"T{month}", later, "tax", 5_01, about=f"K{month}", payer=self.charges[-1].payer)

    def charge(self, name: str, due: date, kind: str, minor: int, **other: Any) -> None:
        """A charge, disputed for a while, reversed later, or neither."""
        posted = days_later(due, self.random.choice((-10, -1, 0, 0, 0, 6)))
        plain: dict[str, Any] = {"payer": None, "about": None, "code": None, "invoice": None, "unearned": 0}
        dispute, gone = None, None
        if self.is_disputed and self.chance() < 0.35:
            since = self.random.choice((NEVER, days_later(due, self.random.randint(-3, 30))))
            until = self.random.choice((ALWAYS, days_later(max(due, since), self.random.randint(1, 40))))
            dispute = (self.random.choice((minor, self.random.randint(1, minor))), since, until)
        if kind != "tax" and self.chance() < 0.06:
            gone = days_later(max(due, posted), self.random.randint(0, 30))
        plain |= {"dispute": dispute, "reversed": gone, **other}
        self.charges.append(Charge(name, minor, due, posted, kind, **plain))

    def fee(self, name: str, about: Charge) -> None:
        """What was charged before: it stands, was reversed, or was credited as unearned, whole or in part."""
        due, minor = days_later(about.due, self.random.randint(1, 40)), self.random.choice((10_00, 25_00, 50_00))
        kind, code = self.random.choice(("late_fee", "late_fee", "interest")), self.random.choice((None, None, "LATE"))
        gone = days_later(due, self.random.randint(0, 9)) if self.chance() < 0.15 else None
        unearned = self.random.choice((minor, 5_00)) if gone is None and self.chance() < 0.2 else 0
        self.charges.append(
            Charge(name, minor, due, due, kind, about.payer, about.id, code, None, None, gone, unearned)
        )
        if unearned:
            self.money.append(Money(f"{name}/unearned", unearned, due, True, about.payer, None, None, ()))

    def pay(self, charge: Charge) -> None:
        """What is paid for a charge: nothing, all of it, a part, two halves or too much, early, in time or late."""
        way = self.random.choice(("nothing", "nothing", "nothing", "all", "part", "part", "halves", "too much"))
        day = days_later(charge.due, self.random.choice((-6, 0, 1, 2, 3, 4, 5, 6, 9, 12, 17, 25, 33)))
        minors = {
            "nothing": [],
            "all": [charge.minor],
            "part": [self.random.randint(1, charge.minor)],
            "halves": [charge.minor // 2 + 1] * 2,
            "too much": [charge.minor + 150_00],
        }[way]
        for number, minor in enumerate(minors):
            name = f"P{charge.id}{number}"
            self.receive(name, minor, days_later(day, number * self.random.randint(0, 20)), charge.payer)

    def receive(self, name: str, minor: int, day: date, payer: str | None) -> None:
        """A payment or a concession; some may pay one kind of charge only, and some comes back."""
        is_credit = self.chance() < 0.15
        back: tuple[tuple[date, int], ...] = ()
        if not is_credit and self.chance() < 0.25:
            gone = self.random.choice((minor, minor, minor, self.random.randint(1, minor)))
            back = ((days_later(day, self.random.choice((0, 2, 5, 9, 30))), gone),)
        only = self.random.choice(("rent", "utility")) if not is_credit and self.chance() < 0.12 else None
        at_bank = None
        if not is_credit and self.chance() < 0.3:  # what comes back settles no more
            arrived = ALWAYS if back or self.chance() < 0.5 else days_later(day, self.random.randint(1, 6))
            at_bank = (day, arrived)
        self.money.append(Money(name, minor, day, is_credit, payer, only, at_bank, back))


def drawn_rule(random: Random, occurs: str, days: Sequence[date]) -> Rule:
    """A rule of any shape, for accounts that are looked at on some days."""
    since = days_later(days[0], -random.randint(20, 60)) if random.random() < 0.1 else NEVER
    until = days_later(days[0], random.randint(-15, 40)) if random.random() < 0.1 else ALWAYS
    depth = random.choice((0, 0, 1, 1, 1, 2, 2, 3))
    return Rule(
        amount=drawn_amount(random, depth, days if occurs != "balance" else ()),
        grace=drawn_grace(random),
        occurs=occurs,
        limits=tuple(drawn_limit(random) for _ in range(random.choice((0, 0, 0, 1, 1, 2)))),
        least=random.choice((0, 0, 0, 0, 50_00, 500_00, 1000_00, 1000_00)),
        kinds=random.choice(
            (("not", *FEES, "nsf_fee", "deposit"),) * 4 + (("rent",), ("not", "deposit"), ("utility", "tax"))
        ),
        category=random.choice(("late_fee", "late_fee", "interest")),
        code=random.choice((None, None, "LATE")),
        period=random.choice((*(("month", 1),) * 3, ("month", 31), ("month", 15), ("week", 2), ("week", 6))),
        since=since,
        until=until,
        rounding=random.choice(("half up", "half up", "half even", "up", "down")),
    )


def drawn_grace(random: Random) -> tuple[Any, ...]:
    """A grace by each of its names."""
    holidays = (date(2026, 1, 1), date(2026, 7, 3), date(2027, 12, 27))
    graces: list[tuple[Any, ...]] = [
        *(("after", random.randint(1, 10)), ("free", random.randint(0, 10)), ("free", 0)),
        *(("free", random.randint(1, 5), (5, 6), holidays), ("until", random.choice((5, 10, 30, "last")))),
    ]
    return random.choice(graces)


def drawn_limit(random: Random) -> tuple[Amount, str]:
    """The most for a charge, a period, or ever."""
    flat: Amount = ("flat", random.choice((15_00, 40_00, 75_00, 120_00)))
    part: Amount = ("percent", Fraction(random.choice((7, 25, 100)), 300), random.choice(("rent", "charge")))
    amount: Amount = random.choice((flat, flat, part, ("lesser", flat, part)))
    return amount, random.choice(("charge", "period", "period", "ever"))


def drawn_amount(random: Random, depth: int, days: Sequence[date]) -> Amount:
    """An amount so many nodes deep, that counts days where it may be looked at on some."""
    if not depth:
        return _drawn_leaf(random, days)
    kinds = ["plus", "lesser", "greater", "by size", "by part", "by part"]
    kind = random.choice([*kinds, "from day", "every", "every", "each month"] if days else kinds)
    if kind in {"plus", "lesser", "greater"}:
        more = random.choice((2, 2, 3))
        return (kind, *(drawn_amount(random, random.randrange(depth), days) for _ in range(more)))
    if kind == "from day":
        return (kind, random.choice((1, 5, 15, 30)), drawn_amount(random, depth - 1, days))
    if kind == "every":
        part = drawn_amount(random, depth - 1, ())
        since, step = random.choice(("grace", "due")), random.choice((1, 1, 1, 2, 5, 7))
        return (kind, step, part, random.choice((1, 2, step)), since)
    if kind == "each month":
        return (kind, drawn_amount(random, depth - 1, ()), random.choice(("grace", "due")))
    tops: Sequence[int | None] = sorted(random.sample((50, 50_00, 100_00, 500_00, 999_99, 1000_00), 2))
    tops = tops[-random.randint(1, 2) :]
    inside = days if kind == "by size" else ()
    tiers = [(top, drawn_amount(random, random.randrange(depth), inside)) for top in (*tops, None)]
    return (kind, random.choice(BASES), *tiers)


def _drawn_leaf(random: Random, days: Sequence[date]) -> Amount:
    """A sum, a percentage, or, where days may be counted, a rate a year."""
    if days and random.random() < 0.25:
        return drawn_interest(random, days)
    if random.random() < 0.45:
        return ("flat", random.choice((5_00, 9_99, 10_00, 25_00, 50_00)))
    return ("percent", Fraction(random.choice((1, 3, 10, 10, 15, 200)), 200), random.choice(BASES))


def drawn_interest(random: Random, days: Sequence[date]) -> Amount:
    """A rate a year, or a table of rates that change about the days, by any way of counting days."""
    changes = {
        days_later(random.choice(days), random.choice((-40, -12, -1, 0, 0, 1))) for _ in range(random.randrange(4))
    }
    rates = [(since, Fraction(random.choice((0, 1, 8, 18, 30)), 100)) for since in (None, *sorted(changes))]
    by = random.choice(CONVENTIONS)
    for wrapped in ("both ends", f"{random.choice((10, 40))}"):
        by = f"{wrapped} of {by}" if random.random() < 0.2 else by
    return ("a year", tuple(rates), by, random.choice(("due", "due", "grace")))
