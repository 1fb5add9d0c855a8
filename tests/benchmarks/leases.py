"""Leases to bill: a rent that rises, parking with a tax and a discount, a deposit, and move-ins over a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from arledger import (
    AdjustmentPolicy,
    Bill,
    BillingPolicy,
    BillingType,
    Category,
    Lease,
    LeaseAdjustment,
    LeaseDeposit,
    LeaseItem,
    Money,
    Percent,
    Period,
    Price,
    Tax,
    TaxPolicy,
    draft_bill,
    monthly,
    periods_over,
    proration,
)

POLICY = BillingPolicy(
    types=BillingType("monthly", monthly(1), due=2, bill_offset_days=10),
    proration=proration.ACTUAL,
    adjustments=AdjustmentPolicy(["DISC"]),
    taxes=TaxPolicy([Tax("GST", Percent(5), codes=["PARK"])]),
)


def months(year: int, years: int) -> list[Period]:
    """The months of so many years."""
    return list(periods_over(monthly(1), Period(date(year, 1, 1), date(year + years, 1, 1))))


def cad(amount: str) -> Money:
    return Money(amount, "CAD")


def leases(count: int) -> list[Lease]:
    """So many leases, none of which ends."""
    return [
        Lease(
            f"L-{number}",
            move_in=date(2026, 1, 1 + number % 28),
            items=[
                LeaseItem("rent", [Price(cad("1000")), Price(cad("1100"), since=date(2026, 9, 16))], code="RENT"),
                LeaseItem(
                    "parking", Price(cad("120"), since=date(2026, 5, 10)), category=Category.FEATURE, code="PARK"
                ),
            ],
            adjustments=[
                LeaseAdjustment(
                    "loyal", Percent(-10), code="DISC", since=date(2026, 6, 1), recurring=True, item="parking"
                )
            ],
            deposits=[LeaseDeposit("deposit", cad("1000"))],
        )
        for number in range(count)
    ]


def bills_of(some: Sequence[Lease], periods: Sequence[Period]) -> list[Bill]:
    """Every bill of the leases over the periods."""
    return [draft_bill(lease, period, POLICY) for lease in some for period in periods]
