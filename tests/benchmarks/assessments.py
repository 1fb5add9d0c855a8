"""Accounts that are late, to be assessed by a rule that runs on."""

from __future__ import annotations

import random
from datetime import date

from arledger import (
    EACH_CHARGE_APART,
    Assessment,
    Category,
    Charge,
    FreeDays,
    LateFeeRule,
    Ledger,
    Limit,
    Money,
    Payment,
    Position,
    assess,
    fee,
)

FIRST_DAY = date(2025, 1, 1).toordinal()
RUNNING = LateFeeRule(
    amount=fee.flat(Money("30", "CAD")) + fee.each_further_day(fee.percent(1, of=fee.OWED)),
    grace=FreeDays(5),
    occurs=EACH_CHARGE_APART,
    limits=Limit(fee.flat(Money("200", "CAD")), per="charge"),
)
INTEREST = LateFeeRule(
    amount=fee.a_year(8), grace=FreeDays(0), occurs=EACH_CHARGE_APART, category=Category.INTEREST, code="INT"
)


def late_ledger(entries: int) -> Ledger:
    """So many entries of 400 days: three charges for each two payments, which pay two thirds of them."""
    drawn = random.Random(20261122)
    charges = [
        Charge(
            f"C{number:05}",
            Money.from_minor(drawn.randint(1_000, 200_000), "CAD"),
            due=date.fromordinal(FIRST_DAY + drawn.randrange(400)),
            category=Category.RENT if number % 2 else Category.UTILITY,
        )
        for number in range(entries * 3 // 5)
    ]
    payments = [
        Payment(
            f"P{number:05}",
            Money.from_minor(drawn.randint(1_000, 200_000), "CAD"),
            received=date.fromordinal(FIRST_DAY + drawn.randrange(400)),
        )
        for number in range(entries * 2 // 5)
    ]
    return Ledger("CAD", [*charges, *payments])


def assessed(position: Position, rule: LateFeeRule = RUNNING) -> Assessment:
    """What a rule proposes on the position's day."""
    return assess(rule, position, on=position.as_of)
