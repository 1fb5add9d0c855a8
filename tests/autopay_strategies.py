"""Accounts with autopay, drawn from ``random``: what is owed, what was paid, who agreed to what, and what is included.

Amounts are a few cents, so that they meet, and every share leaves a remainder. Agreements are drawn column by column,
one for each kind of charges, so that no charge is shared by more than the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, reduce
from operator import or_
from random import Random
from typing import Any, NamedTuple, TypeVar

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from arledger import (
    OLDEST_FIRST,
    PRO_RATA,
    RENT_LAST,
    SETTLE_DUE,
    SETTLE_POSTED,
    Agreement,
    AutopayPolicy,
    AutopayRun,
    BusinessDays,
    Category,
    Charge,
    Credit,
    CreditKind,
    Designation,
    Dispute,
    Drafts,
    Entry,
    Includes,
    IncreaseState,
    ItemClass,
    Ledger,
    Money,
    Payment,
    PaymentState,
    PaymentStep,
    PendingIncrease,
    Period,
    Position,
    Return,
    Reversal,
    Share,
    Void,
    autopay_run,
    draft_pulls,
    include,
    monthly,
    only,
    replay,
    weekly,
    where,
)
from arledger.dates.frequency import period_at
from autopay_modes import MODES, STORED, Rule, cad, mode_of, rule_of

T = TypeVar("T")
BOXES = (
    include.DEPOSITS,
    include.PENDING_INCREASES,
    include.LEASE_ADJUSTMENTS,
    include.OTHER_FEES,
    include.NEW_CHARGES,
    include.NEGATIVE_CHARGES,
    include.classes(ItemClass.ARREARS),
    include.classes(ItemClass.OTHER, ItemClass.CURRENT),
)
PLANS: tuple[tuple[Fraction, ...], ...] = (
    (Fraction(1),),
    (Fraction(3, 5), Fraction(2, 5)),
    (Fraction(1, 2), Fraction(1, 2)),
    (Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)),
    (Fraction(1, 3), Fraction(1, 3)),
    (Fraction(3333, 10000), Fraction(6667, 10000)),
    (Fraction(2, 7), Fraction(1, 7), Fraction(4, 7)),
    (Fraction(1, 4),),
)
GROUPS = (where.rent, where.code("PARK"), ~(where.rent | where.code("PARK")))
PAYERS = (None, "A", "B", "C")
ONCE = (
    (Category.DEPOSIT, False),
    (Category.ADJUSTMENT, False),
    (Category.ADJUSTMENT, True),
    (Category.LATE_FEE, False),
    (Category.LATE_FEE, True),
    (Category.FEE, False),
    (Category.UTILITY, False),
    (Category.UTILITY, True),
    (Category.TAX, False),
)


class Case(NamedTuple):
    """An account, those who agreed to pay it, and the run that is drafted."""

    ledger: Ledger
    terms: dict[str, Any]
    run: AutopayRun
    agreements: tuple[Agreement, ...]
    rules: dict[str, Rule]
    """The rule of each agreement, in words."""
    policy: AutopayPolicy
    increases: tuple[PendingIncrease, ...]

    def position(self, on: date | None = None, ledger: Ledger | None = None) -> Position:
        """What the account comes to on a day: that of the run, unless said."""
        return replay(self.ledger if ledger is None else ledger, as_of=on or self.run.on, **self.terms)

    def drafts(self, position: Position | None = None) -> Drafts:
        """What the run proposes."""
        known = self.position() if position is None else position
        return draft_pulls(self.agreements, known, self.run, self.policy, increases=self.increases)


def later(day: date, days: int) -> date:
    """So many days later."""
    return day + timedelta(days=days)


class Draw:
    """One case in the making."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.cycles = random.choice((monthly(1), monthly(1), monthly(15), weekly(date(2026, 6, 1))))
        self.offset = random.choice((0, 0, 0, -4, 3))
        periods = [period_at(self.cycles, date(2026, 6, 17))]
        for _ in range(2):
            periods.insert(0, period_at(self.cycles, later(periods[0].start, -1)))
        self.periods = [*periods, period_at(self.cycles, periods[-1].end)]
        self.served = periods[-1]
        self.run = autopay_run(self.cycles, later(self.served.start, self.offset), offset_days=self.offset)
        self.charges: list[Charge] = []
        self.entries: list[Entry] = []

    def chance(self, percent: int) -> bool:
        """So often in a hundred."""
        return self.random.randrange(100) < percent

    def pick(self, values: Sequence[T]) -> T:
        """One of them."""
        return self.random.choice(values)

    def amount(self) -> Money:
        """Round ones that meet, and odd ones."""
        return cad(self.pick((100, 100, 50, 10, 1, *self.random.sample(range(2, 130), 3))))

    def day(self) -> date:
        """A day of the run's, or before."""
        return later(self.run.on, -self.pick((0, 0, 1, self.random.randint(0, 45))))

    def case(self) -> Case:
        """The whole of it."""
        for place, period in enumerate(self.periods):
            self.bill(place, period)
        for number in range(self.pick((0, 1, 2, 3))):
            category, recurring = self.pick(ONCE)
            self.charge(f"X{number}", category, later(self.day(), self.pick((0, 0, 20))), recurring=recurring)
        increases = self.increases()
        agreements, rules = self.agree()
        for number in range(self.pick((0, 0, 1, 1, 2, 3))):
            self.receive(f"P{number}", increases)
        for number in range(self.pick((0, 0, 1, 2))):
            self.credit(f"M{number}")
        for agreement in agreements:
            if self.chance(40):
                self.pulled(agreement)
        if self.chance(10):
            gone = self.pick(self.charges)
            self.entries.append(Reversal("V", gone.id, on=max(gone.posted, self.day())))
        sweeps = self.chance(50)
        terms = {
            "by": self.pick((OLDEST_FIRST, OLDEST_FIRST, RENT_LAST, PRO_RATA, only(where.rent, OLDEST_FIRST))),
            "sweep_payments": sweeps,
            "sweep_credits": sweeps and self.chance(50),
            "settle": self.pick((SETTLE_POSTED, SETTLE_POSTED, SETTLE_DUE)),
        }
        ledger = Ledger("CAD", [*self.charges, *self.entries])
        return Case(ledger, terms, self.run, agreements, rules, self.policy(), increases)

    def bill(self, place: int, period: Period) -> None:
        """What a period comes to: rent, parking, taxes on them, water."""
        due = later(period.start, self.pick((0, 0, 0, 2)))
        if place in (1, 2) or self.chance(50):
            self.charge(f"R{place}", Category.RENT, due, period=self.pick((None, None, period)))
        if self.chance(40 if place else 20):
            self.charge(f"K{place}", Category.FEATURE, due, code=self.pick(("PARK", "PARK", "PET")))
        if self.chance(30) and self.charges:
            parent = self.charges[-1]
            self.charge(f"T{place}", Category.TAX, later(due, self.pick((0, 0, 40))), about=parent.id)
        if self.chance(20):
            self.charge(f"W{place}", self.pick((Category.UTILITY, Category.ADJUSTMENT)), due, recurring=True)

    def charge(self, name: str, category: Category, due: date, **more: Any) -> None:
        """A charge: of a payer or of all, disputed or not, posted in time or late."""
        posted = later(due, self.pick((0, 0, 0, -10)))
        if self.chance(15) and self.run.previous is not None:
            posted = later(self.run.previous, self.pick((0, 1, 5)))
        amount = self.amount()
        disputed: Any = False
        if self.chance(12):
            part = cad(self.random.randint(1, amount.minor))
            since, until = self.pick((None, self.run.on)), self.pick((None, None, later(self.run.on, 1), self.run.on))
            disputed = self.pick((True, Dispute(part), Dispute(part, since, None if until == since else until)))
        payer = self.pick((None, None, None, None, None, None, None, None, None, "A", "B", "Z"))
        sequence = self.pick((None, None, 1, 2))
        self.charges.append(
            Charge(
                name,
                amount,
                due=due,
                posted=posted,
                category=category,
                payer=payer,
                disputed=disputed,
                sequence=sequence,
                **more,
            )
        )

    def increases(self) -> tuple[PendingIncrease, ...]:
        """Up to two; pending or not, from this period on or a later one; one of them may be billed already."""
        found = []
        for number in range(self.pick((0, 0, 1, 2))):
            effective = self.pick((self.served.start, self.periods[0].start, self.periods[-1].start))
            state = self.pick(
                (IncreaseState.PENDING, IncreaseState.PENDING, IncreaseState.PENDING, IncreaseState.AGREED)
            )
            found.append(PendingIncrease(f"I{number}", self.amount(), effective=effective, state=state))
            if self.chance(8):
                self.charge(f"I{number}@{self.served.start}", Category.RENT, self.served.start)
        return tuple(found)

    def receive(self, name: str, increases: Sequence[PendingIncrease]) -> None:
        """A payment by hand: settled, at the bank or back; for anything, or for something."""
        amount, more, day = self.amount(), dict[str, Any](), self.day()
        if self.chance(35):
            targets = [charge.id for charge in self.charges] + 4 * [
                f"{one.id}@{self.served.start}" for one in increases
            ]
            part = self.pick((None, None, cad(self.random.randint(1, amount.minor))))
            more["designations"] = [Designation(self.pick(targets), part)] if targets else []
        if self.chance(10):
            more["restriction"] = self.pick((where.rent, where.code("PARK")))
        if self.chance(8) and not more.get("designations"):
            more["fund"] = "trust"
        self.entries.append(Payment(name, amount, received=day, payer=self.pick((None, "A", "A", "B", "Z")), **more))
        self.go(name, day, self.pick(("settles", "settles", "at the bank", "at the bank", "arrives", "comes back")))

    def go(self, name: str, day: date, way: str) -> None:
        """What becomes of a payment."""
        steps = {
            "at the bank": [PaymentState.PENDING],
            "arrives": [PaymentState.PENDING, PaymentState.SETTLED],
            "is rejected": [PaymentState.REJECTED],
            "is cancelled": [PaymentState.SCHEDULED, PaymentState.CANCELLED],
        }
        for number, state in enumerate(steps.get(way, [])):
            self.entries.append(PaymentStep(name, state, on=later(day, number)))
        if way == "comes back":
            self.entries.append(Return(f"N{name}", name, on=later(day, self.pick((0, 1, 9)))))
        elif way == "is voided":
            self.entries.append(Void(f"N{name}", name, on=day))

    def credit(self, name: str) -> None:
        """A credit: of a payer or of all; for anything, for a charge, or for none that is there."""
        kind = self.pick((CreditKind.ADJUSTMENT, CreditKind.CONCESSION, CreditKind.WAIVER))
        target = self.pick((*(charge.id for charge in self.charges), "elsewhere"))
        wishes = [Designation(target)] if kind is CreditKind.WAIVER or self.chance(20) else []
        category = self.pick((Category.ADJUSTMENT, Category.OTHER))
        more: dict[str, Any] = {
            "kind": kind,
            "category": category,
            "designations": wishes,
            "payer": self.pick((None, None, "A")),
        }
        self.entries.append(Credit(name, self.amount(), granted=self.day(), **more))

    def pulled(self, agreement: Agreement) -> None:
        """Pulls by the agreement before: of earlier periods, and of this one."""
        ways = ("settles", "settles", "comes back", "at the bank", "is rejected", "is cancelled", "is voided")
        for period in (*self.periods[:2], *([self.served] if self.chance(40) else [])):
            name, day = f"{agreement.id}/pull@{period.start}", min(later(period.start, self.offset), self.run.on)
            for number in range(self.pick((0, 1, 1, 2))):
                taken = f"{name}{('', '/retry1', '#2')[number * self.pick((1, 2))]}"
                stored = agreement.stored or self.amount()
                self.entries.append(
                    Payment(taken, self.pick((stored, self.amount())), received=day, payer=agreement.payer)
                )
                self.go(taken, day, self.pick(ways))

    def agree(self) -> tuple[tuple[Agreement, ...], dict[str, Rule]]:
        """One agreement, or those of two or three payers."""
        payers = self.random.sample(PAYERS, self.pick((1, 2, 2, 3, 3)))
        names = {f"AP-{payer or '0'}": payer for payer in payers}
        columns = [self.column(len(payers)) for _ in GROUPS]
        ways = ("whole", "whole", "whole", "by charge", "by charge", "twice", "absent")
        way = self.pick(ways)
        mode = self.pick(MODES)
        found, rules = [], {}
        for number, (name, payer) in enumerate(names.items()):
            inner = mode if self.chance(70) else self.pick(MODES)
            shares: list[Share] | None = [Share(columns[0][number])]
            if way == "absent" and (len(payers) > 1 or self.chance(50)):
                inner, shares = ("keep unchanged",), None
            elif way == "by charge":
                shares = [Share(column[number], of) for column, of in zip(columns, GROUPS, strict=True)]
                self.random.shuffle(shares)
            rule = self.composed(inner)
            drawn = self.agreement(name, payer, rule, shares)
            if way == "twice" and inner[0] != "fixed":
                drawn = attrs.evolve(drawn, shares=[Share(columns[0][number], where.rent)])
                rules[f"{name}/2"] = again = self.composed(("keep percent",))
                found.append(self.agreement(f"{name}/2", payer, again, [Share(columns[1][number], ~where.rent)]))
            found.append(drawn)
            rules[name] = rule
        return tuple(found), rules

    def column(self, payers: int) -> list[Fraction]:
        """The part of each payer in one kind of charges."""
        plan = self.pick([plan for plan in PLANS if len(plan) >= payers or self.chance(10)])
        parts = [*plan, Fraction(0), Fraction(0)][:payers]
        self.random.shuffle(parts)
        return parts

    def composed(self, rule: Rule) -> Rule:
        """A rule as it is, or with a maximum or a minimum around it."""
        while self.chance(18):
            rule = (self.pick(("capped", "skipped over", "at least")), rule, self.pick((20, 100, 150)))
        return rule

    def agreement(self, name: str, payer: str | None, rule: Rule, shares: list[Share] | None) -> Agreement:
        """An agreement of before the account began, of lately, or of a day to come."""
        lately = [later(one.start, 3) for one in self.periods[: self.pick((2, 2, 3))]]
        agreed = self.pick((date(2025, 1, 1), date(2025, 1, 1), *lately))
        stored = cad(self.pick((100, 50, self.random.randint(1, 200))))
        days = [*(None,) * 10, *(later(one.start, 9) for one in self.periods[1:3])]
        move_in, move_out = self.pick(days), self.pick(days)
        return Agreement(
            name,
            rule_of(rule),
            agreed=agreed,
            until=self.pick((*(None,) * 10, max(later(agreed, 1), self.run.on), date(2027, 1, 1))),
            payer=payer,
            method=self.pick((None, "ach")),
            shares=shares,
            stored=stored if mode_of(rule) in STORED or self.chance(30) else None,
            move_in=move_in,
            move_out=None if move_in is not None and move_out is not None and move_out < move_in else move_out,
        )

    def policy(self) -> AutopayPolicy:
        """What is included, limits, and the days."""
        boxes = self.random.sample(BOXES, self.pick((0, 0, 1, 1, 2, 3)))
        limits = [None, None, None, cad(60), cad(self.random.randint(5, 150))]
        return AutopayPolicy(
            includes=reduce(or_, boxes, Includes()),
            excludes_first=self.chance(30),
            excludes_last=self.chance(30),
            limit=self.pick(limits),
            processor_limit=self.pick(limits),
            skips_over_limit=self.chance(30),
            least=self.pick((None, None, cad(5))),
            business_days=self.pick((None, BusinessDays("following", holidays=[self.run.on]))),
            notice_days=self.pick((10, 3, None)),
            notice_range=self.pick((None, (cad(1), cad(self.random.randint(2, 90))))),
            suspends_after=self.pick((None, 1, 2)),
        )


@cache
def cases() -> SearchStrategy[Case]:
    """Whole cases, by seeds, so that few are almost empty."""
    return st.integers(0, 10**9).map(lambda seed: Draw(Random(seed)).case())
