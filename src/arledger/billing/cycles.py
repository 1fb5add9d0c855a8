"""The billing periods of a lease, each with its dates.

The problem: "which bills, and when" has as many answers as there are leases, and a bill for a stub is due before its
tenant has the keys if its dates are taken from the cycle alone. The decision: a cycle is a period of the lease's
frequency with four dates: its first day, the day on which its bill is made, the due date, and the day on which autopay
runs. Where the lease begins inside a period, that period's dates count from the move-in (ours).

Source: rules R26 to R28.
"""

from __future__ import annotations

from datetime import date

import attrs

from arledger.billing.billing_type import days_after
from arledger.billing.lease import Lease
from arledger.billing.policy import BillingPolicy, check_rounding_offset
from arledger.checks import check_date, check_instance
from arledger.dates.frequency import Frequency, period_at, periods_over
from arledger.dates.months import day_in_month, month_of
from arledger.dates.period import Period, overlap
from arledger.errors import InvalidValue


@attrs.frozen(order=False)
class BillCycle:
    """A billing period of a lease, and its dates.

    ``occupied`` are the days of it that are billed; None if the lease has none in it. ``start`` is the first of them.
    ``due`` is that of a bill made on ``bill_run``. ``term_start`` is when the lease's term starts (rule R26).
    """

    period: Period
    occupied: Period | None
    start: date
    bill_run: date
    due: date
    autopay_run: date
    term_start: date


def term_start(move_in: date, rounding_offset_days: int) -> date:
    """When a term starts: on the 1st of the month, if the move-in is on a day up to the offset, else on the next 1st.

    Billing begins at the move-in all the same: the days before the term are a stub.

    >>> term_start(date(2026, 8, 1), 1), term_start(date(2026, 8, 2), 1), term_start(date(2026, 8, 3), 5)
    (datetime.date(2026, 8, 1), datetime.date(2026, 9, 1), datetime.date(2026, 8, 1))

    Refused: an offset that is not 1 to 31.

    Source: rule R26, the vendor's "Rounding Offset".
    """
    check_date(move_in, "term", "move_in")
    check_rounding_offset(rounding_offset_days, "term")
    return day_in_month(month_of(move_in) + (move_in.day > rounding_offset_days), 1)


def lease_start(lease: Lease, policy: BillingPolicy) -> date:
    """When a lease's term starts under a policy."""
    offset = policy.rounding_offset_days
    return lease.move_in if offset is None else term_start(lease.move_in, offset)


def frequency_of(lease: Lease, policy: BillingPolicy) -> Frequency:
    """How often a lease is billed under a policy, and from which day."""
    kind = policy.billing_type(lease.billing_type, f"lease {lease.id}")
    return kind.frequency(lease_start(lease, policy))


def billing_cycles(lease: Lease, span: Period, policy: BillingPolicy) -> tuple[BillCycle, ...]:
    """The billing periods of a lease that have a day of the span, with their dates.

    >>> from arledger import BillingType, LeaseItem, Money, monthly, proration
    >>> lease = Lease("L-1", move_in=date(2026, 8, 20), items=[LeaseItem("rent", Money("1000", "CAD"))])
    >>> monthly_ahead = BillingType("monthly", monthly(1), due=2, bill_offset_days=10)
    >>> policy = BillingPolicy(types=monthly_ahead, proration=proration.ACTUAL)
    >>> for cycle in billing_cycles(lease, Period(date(2026, 8, 1), date(2026, 10, 1)), policy):
    ...     print(cycle.start, cycle.bill_run, cycle.due, cycle.autopay_run)
    2026-08-20 2026-08-10 2026-08-22 2026-08-20
    2026-09-01 2026-08-22 2026-09-03 2026-09-01
    """
    _check(lease, policy, "billing_cycles")
    check_instance(span, Period, "billing_cycles", "span")
    billed = overlap(span, lease.stay(counts_move_out=policy.counts_move_out))
    if billed is None:
        return ()
    return tuple(_cycle(lease, period, policy) for period in periods_over(frequency_of(lease, policy), billed))


def cycle_of(lease: Lease, period: Period, policy: BillingPolicy) -> BillCycle:
    """The cycle of one billing period of a lease.

    Refused: a period that is none of the lease's.
    """
    _check(lease, policy, "bill")
    check_instance(period, Period, "bill", "period")
    right = period_at(frequency_of(lease, policy), period.start)
    if period != right:
        raise InvalidValue(
            f"lease {lease.id}: {period} is no billing period of it",
            field="period",
            value=period,
            hint=f"pass {right}",
        )
    return _cycle(lease, period, policy)


def due_date(lease: Lease, cycle: BillCycle, policy: BillingPolicy, invoiced: date) -> date:
    """When the bill of a cycle is due, if it is made on another day than planned."""
    return policy.billing_type(lease.billing_type, f"lease {lease.id}").due_date(cycle.start, invoiced)


def _check(lease: Lease, policy: BillingPolicy, subject: str) -> None:
    check_instance(lease, Lease, subject, "lease")
    check_instance(policy, BillingPolicy, subject, "policy")


def _cycle(lease: Lease, period: Period, policy: BillingPolicy) -> BillCycle:
    kind = policy.billing_type(lease.billing_type, f"lease {lease.id}")
    occupied = overlap(period, lease.stay(counts_move_out=policy.counts_move_out))
    start = period.start if occupied is None else occupied.start
    bill_run = days_after(start, -kind.bill_offset_days)
    return BillCycle(
        period=period,
        occupied=occupied,
        start=start,
        bill_run=bill_run,
        due=kind.due_date(start, bill_run),
        autopay_run=days_after(start, kind.autopay_offset_days),
        term_start=lease_start(lease, policy),
    )
