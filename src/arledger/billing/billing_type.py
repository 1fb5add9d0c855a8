"""Billing types: how often a lease is billed, from which day, and on which days the bill runs, is due and is pulled.

The problem: "monthly, due on the first" leaves open when the bill is made, when autopay runs, and what "the first" is
for a lease that began on the 20th. The decision: a billing type is a value with a frequency (or, for cycles that begin
with the lease, what makes one of the lease's start), a rule for the due date, and two offsets in days. Each cycle then
has four dates, worked out from its first day.

Source: rules R27, R28 and R32; the vendor's "Available Billing Types" and ALIS's invoice due date.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Protocol

import attrs

from arledger.checks import answer_of, check_date, check_id, check_instance, check_int, check_range, shown, type_name
from arledger.dates.frequency import Frequency, check_frequency, is_frequency
from arledger.dates.months import DayOfMonth, beyond_calendar, check_day_of_month, day_in_month, month_of
from arledger.dates.workdays import BusinessDays
from arledger.errors import InvalidType, InvalidValue


class DueRule(Protocol):
    """When a bill is due: any ``(start, invoiced) -> date``, from its cycle's first day and the day it is made."""

    def __call__(self, start: date, invoiced: date, /) -> date:
        """The due date."""
        ...


@attrs.frozen
class DueAfterStart:
    """So many days after the cycle's first day: the vendor's "Payment Due Offset" (rule R28).

    >>> DueAfterStart(4)(date(2026, 3, 1), date(2026, 2, 20))
    datetime.date(2026, 3, 5)
    """

    days: int = 0

    def __attrs_post_init__(self) -> None:
        _check_days(self.days, "due after start", "days")

    def __call__(self, start: date, _invoiced: date, /) -> date:
        """The due date."""
        check_date(start, "due after start", "start")
        return days_after(start, self.days)


@attrs.frozen
class DueAfterInvoice:
    """So many days after the day of the bill (rule R32).

    >>> DueAfterInvoice(30)(date(2026, 3, 1), date(2026, 2, 20))
    datetime.date(2026, 3, 22)
    """

    days: int

    def __attrs_post_init__(self) -> None:
        _check_days(self.days, "due after invoice", "days")

    def __call__(self, _start: date, invoiced: date, /) -> date:
        """The due date."""
        check_date(invoiced, "due after invoice", "invoiced")
        return days_after(invoiced, self.days)


@attrs.frozen
class DueOnDay:
    """A day of the month: the first such day on which, or after which, the bill is made (rule R32).

    >>> DueOnDay(15)(date(2026, 3, 1), date(2026, 3, 1)), DueOnDay(15)(date(2026, 3, 1), date(2026, 3, 16))
    (datetime.date(2026, 3, 15), datetime.date(2026, 4, 15))
    """

    day: DayOfMonth

    def __attrs_post_init__(self) -> None:
        check_day_of_month(self.day, "due on day", "day")

    def __call__(self, _start: date, invoiced: date, /) -> date:
        """The due date."""
        check_date(invoiced, "due on day", "invoiced")
        month = month_of(invoiced)
        this_month = day_in_month(month, self.day)
        return this_month if invoiced <= this_month else day_in_month(month + 1, self.day)


def _as_due_rule(due: DueRule | int) -> DueRule:
    return DueAfterStart(due) if isinstance(due, int) else due


@attrs.frozen(order=False)
class BillingType:
    """One of a policy's "Available Billing Types".

    - ``cycle`` is the vendor's "Billing Period" and "Billing Cycle Lease Start Date": a frequency, ``monthly(1)``;
      or one of the functions that make it (``monthly``), for cycles that begin with the lease.
    - ``due`` is the "Payment Due Offset", in days after the cycle's start; or a rule such as ``DueOnDay(15)``.
    - ``bill_offset_days`` is the "Bill Execution Day Offset": the bill runs so many days before the cycle starts.
    - ``autopay_offset_days`` is the "Autopay Execution Day Offset": after the cycle's start, or before it if negative.
    - ``business_days`` moves due dates that fall on a day on which nobody works. Absent: nothing moves.

    >>> from arledger import monthly
    >>> BillingType("monthly", monthly(1), due=4, bill_offset_days=10).due
    DueAfterStart(days=4)

    Refused: a bill run after its autopay run (``InvalidValue``).
    """

    name: str
    cycle: Frequency | Callable[[date], Frequency]
    due: DueRule = attrs.field(factory=DueAfterStart, converter=_as_due_rule, kw_only=True)
    bill_offset_days: int = attrs.field(default=0, kw_only=True)
    autopay_offset_days: int = attrs.field(default=0, kw_only=True)
    business_days: BusinessDays | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id(self.name, "billing type", "name")
        subject = f"billing type {self.name}"
        if not is_frequency(self.cycle) and not callable(self.cycle):
            raise InvalidType(
                f"{subject}: cycle is {type_name(self.cycle)}, not a frequency",
                field="cycle",
                value=self.cycle,
                hint="pass monthly(1), or monthly for cycles that begin with the lease",
            )
        if not callable(self.due):
            raise InvalidType(
                f"{subject}: due is {type_name(self.due)}, not a due rule",
                field="due",
                value=self.due,
                hint="pass a number of days, or a rule such as DueOnDay(15)",
            )
        _check_days(self.bill_offset_days, subject, "bill_offset_days")
        check_int(self.autopay_offset_days, subject, "autopay_offset_days")
        check_range(self.autopay_offset_days, f"{subject}: autopay_offset_days", "autopay_offset_days")
        if self.autopay_offset_days < -self.bill_offset_days:
            raise InvalidValue(
                f"{subject}: the bill runs {self.bill_offset_days} days before the cycle starts, "
                f"after the autopay run {-self.autopay_offset_days} days before it",
                field="autopay_offset_days",
                value=self.autopay_offset_days,
                hint=f"pass at least {-self.bill_offset_days}, or a larger bill_offset_days",
            )
        if self.business_days is not None:
            check_instance(self.business_days, BusinessDays, subject, "business_days")

    def frequency(self, lease_start: date) -> Frequency:
        """The frequency of a lease that starts on that day."""
        if is_frequency(self.cycle):
            return self.cycle
        assert callable(self.cycle)
        subject = f"billing type {self.name}"
        made = answer_of(self.cycle, lease_start, subject=f"{subject}: cycle", field="cycle")
        check_frequency(made, subject, "cycle")
        return made

    def due_date(self, start: date, invoiced: date) -> date:
        """When the bill of a cycle that starts on a day, made on another, is due: never before it is made."""
        subject = f"billing type {self.name}"
        due = answer_of(self.due, start, invoiced, subject=f"{subject}: due", field="due")
        check_date(due, subject, "due")
        due = max(due, invoiced)
        if self.business_days is None:
            return due
        moved = self.business_days(due)
        return moved if moved >= invoiced else attrs.evolve(self.business_days, convention="following")(due)


def days_after(day: date, days: int) -> date:
    """A day so many days later, or earlier if negative."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise beyond_calendar("days", days) from None


def _check_days(days: object, subject: str, field: str) -> None:
    check_int(days, subject, field)
    assert isinstance(days, int)
    check_range(days, f"{subject}: {field}", field)
    if days < 0:
        raise InvalidValue(f"{subject}: {field} is {shown(days)}", field=field, value=days, hint="pass 0 or more days")
