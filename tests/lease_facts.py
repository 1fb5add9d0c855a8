"""Leases, policies and bills in few words, for the tests of billing.

Amounts are in Canadian dollars and dates in 2026 unless they are written out. Lease L-1 costs 1000.00 a month from
1 January on, by the item ``rent`` with the code RENT.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from arledger import (
    AdjustmentPolicy,
    Bill,
    BillingPolicy,
    BillingType,
    Category,
    Charge,
    Credit,
    Lease,
    LeaseAdjustment,
    LeaseItem,
    Money,
    Percent,
    Period,
    Tax,
    TaxPolicy,
    billing_cycles,
    draft_bill,
    monthly,
    proration,
)

SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))
SEP_1, SEP_16 = date(2026, 9, 1), date(2026, 9, 16)
GST = Tax("GST", Percent(5), codes="RENT")


def cad(amount: str | int) -> Money:
    """So many Canadian dollars."""
    return Money(amount, "CAD")


def sep(day: int) -> date:
    """That day of September 2026, a month of 30 days that begins on a Tuesday."""
    return date(2026, 9, day)


def month(number: int) -> Period:
    """That month of 2026, not December."""
    return Period(date(2026, number, 1), date(2026, number + 1, 1))


def rent(amount: Any = "1000", **given: Any) -> LeaseItem:
    """The item that is the rent: an amount, or prices."""
    return LeaseItem("rent", cad(amount) if isinstance(amount, (str, int)) else amount, **{"code": "RENT", **given})


def feature(name: str, amount: Any = "120", **given: Any) -> LeaseItem:
    """An item beside the rent."""
    prices = cad(amount) if isinstance(amount, (str, int)) else amount
    return LeaseItem(name, prices, **{"category": Category.FEATURE, **given})


def less(name: str, change: Any, **given: Any) -> LeaseAdjustment:
    """An adjustment on 1 September, by a code that the policy allows: an amount, or a percentage."""
    change = cad(change) if isinstance(change, (str, int)) else change
    return LeaseAdjustment(name, change, **{"code": "DISC", "since": SEP_1, **given})


def lease(*items: LeaseItem, **given: Any) -> Lease:
    """Lease L-1 with these items, or with the rent alone."""
    return Lease(**{"id": "L-1", "move_in": date(2026, 1, 1), "items": items or [rent()], **given})


def policy(**given: Any) -> BillingPolicy:
    """Bills by the month, due on the 1st, prorated by the days of the month."""
    return BillingPolicy(
        **{
            "types": BillingType("monthly", monthly(1)),
            "proration": proration.ACTUAL,
            "adjustments": AdjustmentPolicy(["DISC", "EXTRA"]),
            **given,
        }
    )


def taxed(*taxes: Tax, **given: Any) -> BillingPolicy:
    """The same with taxes: these, or 5% on the rent."""
    return policy(taxes=TaxPolicy(taxes or [GST]), **given)


def facts(*bills: Bill) -> list[Charge | Credit]:
    """All that these bills issued."""
    found: list[Charge | Credit] = []
    for bill in bills:
        found += [*bill.charges, *bill.credits]
    return found


def lines(bill: Bill) -> dict[str, str]:
    """What each line comes to, by its name, whatever was billed of it."""
    return {bill.line_name(line): str(line.amount.amount) for line in bill.lines}


def signed(found: Iterable[Charge | Credit]) -> dict[str, str]:
    """Facts by what stands in their ids behind the lease and the period; a credit is below zero."""
    amounts = {fact.id: fact.amount if isinstance(fact, Charge) else -fact.amount for fact in found}
    return {name.split("/", 2)[2]: str(amount.amount) for name, amount in amounts.items()}


def issued(bill: Bill) -> dict[str, str]:
    """What a bill issues, as ``signed`` has it."""
    return signed(facts(bill))


def bills_of(one: Lease, by: BillingPolicy, span: Period) -> list[Bill]:
    """The bills of all cycles of a lease in a span, none billed before."""
    return [draft_bill(one, cycle.period, by) for cycle in billing_cycles(one, span, by)]
