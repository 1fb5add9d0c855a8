"""Deposits for the laws: what was paid, what became of it, at which rates, and what is open when it is settled.

Each is drawn as the plain values of the oracle, and made into the library's own from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import NamedTuple

import attrs

from arledger import (
    HALF_UP,
    Accrual,
    Application,
    Category,
    Charge,
    DepositPolicy,
    Dispute,
    Holding,
    HoldingEntry,
    HoldingKind,
    Money,
    Percent,
    Rate,
    RateTable,
    Rounding,
    Selector,
    where,
)
from arledger.billing.accrual import ACTUAL_365
from oracles import interest_by_day
from oracles.days import ONE_DAY, is_anchor, walk
from oracles.interest_by_day import Deposit

COVERS: dict[str, tuple[Selector | None, Callable[[Charge], bool]]] = {
    "anything": (None, lambda charge: True),
    "rent": (where.rent, lambda charge: charge.category is Category.RENT),
    "all but NSF": (~where.category(Category.NSF_FEE), lambda charge: charge.category is not Category.NSF_FEE),
    "rent and damage": (
        where.rent | where.code("DAMAGE"),
        lambda charge: charge.category is Category.RENT or charge.code == "DAMAGE",
    ),
}
PERCENTS = [Fraction(text) for text in ("0", "0.09", "0.11", "1", "2", "5.25", "1/3", "12", "250")]
STRETCHES = [(date(2022, 1, 1), date(2030, 1, 1)), (date(2098, 1, 1), date(2102, 1, 1))]


class Case(NamedTuple):
    """A deposit, and the days between which it earns."""

    deposit: Deposit
    first: date
    end: date


def draw_case(rng: Random) -> Case:
    """A deposit with up to four entries and as many changes of rate, many of them where something else happens."""
    since = _near(rng, rng.choice(STRETCHES))
    end = since + timedelta(days=rng.choice((0, 1, 28, 31, 90, 365, 366, *(rng.randint(1, 800) for _ in range(6)))))
    edges = [since, end, *(day for day in walk(since, end) if is_anchor(day, since.day))]

    def some_day(least: date) -> date:
        return max(least, rng.choice(edges) + timedelta(days=rng.choice((-1, 0, 0, 1, rng.randint(-40, 40)))))

    rates: list[tuple[date | None, Fraction]] = [(since if rng.random() < 0.2 else None, rng.choice(PERCENTS) / 100)]
    begins = {some_day(since + ONE_DAY) for _ in range(rng.randrange(4))}
    rates += [(day, rng.choice(PERCENTS) / 100) for day in sorted(begins)]
    paid = rng.choice((1, 150_000, rng.randint(1, 10**6), rng.randint(1, 10**15)))
    entries, left = list[tuple[date, str, int]](), paid
    for day in sorted(some_day(since) for _ in range(rng.randrange(5))):
        kind = rng.choice(("top_up", "interest", "released", "released") if left else ("top_up", "interest"))
        minor = rng.choice((left, rng.randint(1, left))) if kind == "released" else rng.randint(1, 10**5)
        left += -minor if kind == "released" else minor
        entries.append((day, kind, minor))
    entries.sort(key=lambda entry: (entry[0], entry[1] == "released"))
    return Case(
        Deposit(since, paid, entries, rates), since if rng.random() < 0.7 else rng.choice(edges[:1] + edges[2:]), end
    )


def _near(rng: Random, stretch: tuple[date, date]) -> date:
    """A day of the stretch: half of them about an end of a month."""
    day = stretch[0] + timedelta(days=rng.randrange((stretch[1] - stretch[0]).days))
    return day if rng.random() < 0.5 else day.replace(day=1) + timedelta(days=rng.randint(-4, 1))


def holding_of(deposit: Deposit, rng: Random | None = None) -> Holding:
    """The same deposit as arledger takes it; its entries shuffled, if there is chance."""
    entries = [HoldingEntry(HoldingKind(kind), cad(minor), on) for on, kind, minor in deposit.entries]
    if rng is not None:
        rng.shuffle(entries)
    return Holding("D-1", cad(deposit.paid), deposit.since, entries=entries)


def policy_of(deposit: Deposit, by: Accrual = ACTUAL_365, rounding: Rounding = HALF_UP) -> DepositPolicy:
    """Its rates, as arledger takes them."""
    rates = [Rate(Percent(fraction * 100), since=since) for since, fraction in deposit.rates]
    return DepositPolicy(rates=RateTable(rates), accrual=by, rounding=rounding, refund_window_days=30)


def cad(minor: int) -> Money:
    return Money.from_minor(minor, "CAD")


class Settling(NamedTuple):
    """What is on the account of a deposit that is settled."""

    holding: Holding
    charges: list[Charge]
    applied: list[Application]
    policy: DepositPolicy
    covers: Callable[[Charge], bool]


def draw_settling(rng: Random, case: Case) -> Settling:
    """A deposit of some payer, up to six charges of anyone, some disputed or paid in part, and what it may cover."""
    charges, applied = list[Charge](), list[Application]()
    for number in range(rng.randrange(7)):
        minor = rng.choice((1, rng.randint(1, case.deposit.paid), rng.randint(1, 10**6)))
        dispute = Dispute(cad(rng.randint(1, minor)), since=rng.choice((None, case.end, case.end + ONE_DAY)))
        charge = Charge(
            f"C-{number}",
            cad(minor),
            due=case.end - timedelta(days=rng.randint(-9, 40)),
            category=rng.choice((Category.RENT, Category.RENT, Category.FEE, Category.NSF_FEE)),
            code=rng.choice((None, "DAMAGE")),
            payer=rng.choice((None, None, "ann", "bob")),
            disputed=rng.choice((False, False, False, True, dispute)),
        )
        charges.append(charge)
        if rng.random() < 0.3:
            applied.append(Application("P-0", charge.id, cad(rng.randint(1, minor)), case.deposit.since))
    selector, covers = COVERS[rng.choice(list(COVERS))]
    holding = attrs.evolve(holding_of(case.deposit), payer=rng.choice((None, "ann")))
    return Settling(holding, charges, applied, attrs.evolve(policy_of(case.deposit), covers=selector), covers)


def may_pay(settling: Settling, charge: Charge, on: date) -> int:
    """What a deposit may pay of a charge: what is open and undisputed, if it is covered and not another payer's."""
    open_minor = charge.amount.minor - sum(line.amount.minor for line in settling.applied if line.charge == charge.id)
    if not settling.covers(charge) or charge.payer not in {None, settling.holding.payer}:
        return 0
    if isinstance(charge.disputed, Dispute):
        lasts = charge.disputed.since is None or charge.disputed.since <= on
        assert charge.disputed.amount is not None
        return max(0, open_minor - charge.disputed.amount.minor * lasts)
    return 0 if charge.disputed else open_minor


SHAPES = (
    *("no time", "more than a year", "a 29th of February", "several rates", "a rate inside", "a rate on the last day"),
    *("top_up", "interest", "released", "an entry on the first day", "an entry on the last day", "all is released"),
    *("two entries a day", "from a 31st", "from a later day", "a change on a month's first day"),
)


def shapes_of(case: Case) -> Iterator[str]:
    """What a case has, of the shapes."""
    deposit, days = case.deposit, list(walk(case.first, case.end))
    begins, moves = [since for since, _ in deposit.rates[1:]], [on for on, _, _ in deposit.entries]
    flags = {
        "no time": not days,
        "more than a year": len(days) > 366,
        "a 29th of February": any((day.month, day.day) == (2, 29) for day in days),
        "several rates": len(begins) > 0,
        "a rate inside": any(day in days[1:] for day in begins),
        "a rate on the last day": case.end in begins,
        "an entry on the first day": case.first in moves,
        "an entry on the last day": case.end in moves,
        "all is released": any(interest_by_day.principal(deposit, day) == 0 for day in moves),
        "two entries a day": len(set(moves)) < len(moves),
        "from a 31st": case.first.day == 31,
        "from a later day": case.first > deposit.since,
        "a change on a month's first day": any(
            is_anchor(day, case.first.day) for day in days[1:] if day in interest_by_day.changes(deposit)
        ),
    }
    yield from {kind for _, kind, _ in deposit.entries} | {shape for shape, flag in flags.items() if flag}
