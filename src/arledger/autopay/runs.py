"""A run of autopay: the day, and the one billing period that it serves.

The problem: a job that runs "on the 1st" pulls twice when it is started twice, and nothing when the 1st is a Sunday or
the lease began on the 20th. The decision: a run serves exactly one period, the one whose start and offset come to the
run's day; a day that serves none is refused. Weekends move the execution, never the run.

Source: rules R10, R27 and R28; the vendor's "Autopay Execution Day Offset".
"""

from __future__ import annotations

from datetime import date

import attrs

from arledger.billing.billing_type import days_after
from arledger.billing.cycles import cycle_of, frequency_of
from arledger.billing.lease import Lease
from arledger.billing.policy import BillingPolicy
from arledger.checks import check_date, check_instance, check_int, check_range
from arledger.dates.frequency import Frequency, check_frequency, period_at
from arledger.dates.period import Period, overlap
from arledger.entries import Charge
from arledger.errors import InvalidValue


@attrs.frozen(order=False)
class AutopayRun:
    """A day on which autopay runs, and the period that it serves; made by ``autopay_run`` or ``lease_run``.

    ``previous`` is the day of the run before, which served the period before; None where there was none. ``cycles``
    are the periods of the account, so that each charge is known to be of one. ``repeated`` makes the same run of
    a later day.
    """

    on: date
    period: Period
    previous: date | None
    cycles: Frequency

    def __attrs_post_init__(self) -> None:
        subject = "autopay run"
        check_date(self.on, subject, "on")
        check_instance(self.period, Period, subject, "period")
        if self.previous is not None:
            check_date(self.previous, subject, "previous")
            if self.previous >= self.on:
                raise InvalidValue(
                    f"{subject}: previous {self.previous} is not before {self.on}",
                    field="previous",
                    value=self.previous,
                    hint="pass the day of the run before",
                )
        check_frequency(self.cycles, subject, "cycles")
        right = period_at(self.cycles, self.period.start)
        if self.period != right:
            raise InvalidValue(
                f"{subject}: {self.period} is no period of its cycles",
                field="period",
                value=self.period,
                hint=f"pass {right}",
            )


def autopay_run(cycles: Frequency, on: date, *, offset_days: int = 0) -> AutopayRun:
    """The run of a day over periods that follow the calendar: it serves the one that starts ``offset_days`` before.

    >>> from arledger import monthly
    >>> print(autopay_run(monthly(1), date(2026, 5, 28), offset_days=-4).period)
    2026-06-01 up to 2026-07-01

    Refused: a day that serves no period (``InvalidValue``), with the days before and after it that serve one.
    """
    subject = "autopay run"
    check_frequency(cycles, subject, "cycles")
    check_date(on, subject, "on")
    check_int(offset_days, subject, "offset_days")
    check_range(offset_days, f"{subject}: offset_days", "offset_days")
    start = days_after(on, -offset_days)
    period = period_at(cycles, start)
    if period.start != start:
        nearest = [days_after(day, offset_days) for day in (period.start, period.end)]
        raise _serves_none(subject, on, nearest)
    before = period_at(cycles, days_after(period.start, -1))
    return AutopayRun(on, period, days_after(before.start, offset_days), cycles)


def lease_run(lease: Lease, policy: BillingPolicy, on: date) -> AutopayRun:
    """The run of a day over the billing periods of a lease; that of its first one counts from the move-in.

    >>> from arledger import BillingType, LeaseItem, Money, monthly, proration
    >>> lease = Lease("L-1", move_in=date(2026, 8, 20), items=[LeaseItem("rent", Money("1000", "CAD"))])
    >>> policy = BillingPolicy(types=BillingType("monthly", monthly(1)), proration=proration.ACTUAL)
    >>> lease_run(lease, policy, date(2026, 9, 1)).previous
    datetime.date(2026, 8, 20)

    Refused: a day that serves no period of the lease.
    """
    subject = f"lease {lease.id}" if isinstance(lease, Lease) else "autopay run"
    check_instance(lease, Lease, subject, "lease")
    check_instance(policy, BillingPolicy, subject, "policy", "pass the policy that the lease is billed by")
    check_date(on, subject, "on")
    cycles = frequency_of(lease, policy)
    offset = policy.billing_type(lease.billing_type, subject).autopay_offset_days
    stay = lease.stay(counts_move_out=policy.counts_move_out)
    period = period_at(cycles, max(days_after(on, -offset), stay.start))
    cycle = cycle_of(lease, period, policy)
    if cycle.autopay_run != on:
        following = cycle_of(lease, period_at(cycles, period.end), policy)
        raise _serves_none(subject, on, [cycle.autopay_run, following.autopay_run])
    before = period_at(cycles, days_after(period.start, -1))
    lived_in = overlap(before, stay) is not None or before.start >= stay.start
    return AutopayRun(on, period, cycle_of(lease, before, policy).autopay_run if lived_in else None, cycles)


def repeated(run: AutopayRun, *, on: date) -> AutopayRun:
    """The same run on a later day: where its day was missed, or to draft anew what came back.

    What was pulled for its period and stands is not pulled again.

    >>> from arledger import monthly
    >>> print(repeated(autopay_run(monthly(1), date(2026, 6, 1)), on=date(2026, 6, 15)).period)
    2026-06-01 up to 2026-07-01

    Refused: a day before that of the run.
    """
    check_instance(run, AutopayRun, "repeated", "run", "pass what autopay_run gave")
    check_date(on, "repeated", "on")
    if on < run.on:
        raise InvalidValue(
            f"repeated: {on} is before the run of {run.on}", field="on", value=on, hint="pass that day or a later one"
        )
    return attrs.evolve(run, on=on)


def _serves_none(subject: str, on: date, nearest: list[date]) -> InvalidValue:
    days = " or ".join(str(day) for day in nearest)
    return InvalidValue(
        f"{subject}: autopay on {on} serves no billing period", field="on", value=on, hint=f"pass {days}"
    )


def day_of_charge(charge: Charge) -> date:
    """The day by which a charge is of a period."""
    return charge.due if charge.period is None else charge.period.start
