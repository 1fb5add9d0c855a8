"""From which day on a fee may arise.

The problem: "5 days of grace" is due + 5 to some and due + 6 to others, so a bare number would be wrong for half of
those who write it. The cases: the day of the first fee is named, the free days are named, or the last free day of the
month is. The decision: a grace is one of these by name, or any function of the due date that gives the first day of a
fee; a number is refused.

Source: rule R36: first fee on due + n (DoorLoop, Rentec, Apartments.com), after n free days (Buildium, Innago,
eRentPayment, Promas).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

import attrs

from arledger.checks import answer_of, check_date, check_instance, check_int, name_of, shown, type_name
from arledger.dates.months import DayOfMonth, beyond_calendar, check_day_of_month, day_in_month, month_of
from arledger.dates.workdays import BusinessDays
from arledger.errors import InvalidType, InvalidValue
from arledger.fees.amounts import check_days, counted
from arledger.fees.running import ordinal


class Grace(Protocol):
    """When a fee may arise: any ``(due) -> first day of a fee``, which is after the due date."""

    def __call__(self, due: date, /) -> date:
        """The first day on which a fee may arise."""
        ...


@attrs.frozen
class FirstFeeAfter(Grace):
    """The first fee arises so many days after the due date: 4 after the 1st is the 5th.

    >>> FirstFeeAfter(4)(date(2026, 1, 1))
    datetime.date(2026, 1, 5)
    """

    days: int

    def __attrs_post_init__(self) -> None:
        check_days(self.days, "first fee after", "days")

    def __call__(self, due: date, /) -> date:
        """The first day on which a fee may arise."""
        return _later(due, self.days)

    def __str__(self) -> str:
        return f"from {counted(self.days, 'day')} after the due date on"


@attrs.frozen
class FreeDays(Grace):
    """So many days after the due date are free, and the first fee arises on the next: 4 after the 1st is the 6th.

    With ``business_days``, only working days are counted.

    >>> FreeDays(4)(date(2026, 1, 1))
    datetime.date(2026, 1, 6)
    """

    days: int
    business_days: BusinessDays | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_int(self.days, "free days", "days")
        if self.days < 0:
            raise InvalidValue(
                f"free days: days is {shown(self.days)}", field="days", value=self.days, hint="pass 0 or more"
            )
        if self.business_days is not None:
            check_instance(self.business_days, BusinessDays, "free days", "business_days")

    def __call__(self, due: date, /) -> date:
        """The first day on which a fee may arise."""
        if self.business_days is None:
            return _later(due, self.days + 1)
        day, left = due, self.days
        while left:
            day = _later(day, 1)
            left -= self.business_days.is_open(day)
        return _later(day, 1)

    def __str__(self) -> str:
        if not self.days:
            return "from the day after the due date on"
        kind = "free day" if self.business_days is None else "free working day"
        return f"after {counted(self.days, kind)}"


@attrs.frozen
class FreeUntil(Grace):
    """A day of the month is the last free one, and the first fee arises on the next.

    What is due after it has until that day of the next month.

    >>> FreeUntil(5)(date(2026, 1, 1)), FreeUntil(5)(date(2026, 1, 5)), FreeUntil(5)(date(2026, 1, 20))
    (datetime.date(2026, 1, 6), datetime.date(2026, 1, 6), datetime.date(2026, 2, 6))
    """

    day: DayOfMonth

    def __attrs_post_init__(self) -> None:
        check_day_of_month(self.day, "free until", "day")

    def __call__(self, due: date, /) -> date:
        """The first day on which a fee may arise."""
        last = day_in_month(month_of(due), self.day)
        return _later(last if last >= due else day_in_month(month_of(due) + 1, self.day), 1)

    def __str__(self) -> str:
        day = "last day" if isinstance(self.day, str) else ordinal(self.day)
        return f"after the {day} of the month"


NO_GRACE = FreeDays(0)
"""The first fee arises on the day after the due date."""


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise beyond_calendar("days", days) from None


def check_grace(grace: object, subject: str) -> None:
    """Refuse what is no grace; above all a bare number, which has two meanings."""
    if callable(grace) and not isinstance(grace, type):
        return
    hint = "pass one such as FreeDays(5)"
    given = type_name(grace)
    if isinstance(grace, type):
        given, hint = f"the class {grace.__name__}", "pass one of its values, such as FreeDays(5)"
    if type(grace) is int:
        hint = f"pass FirstFeeAfter({grace}) for a fee from due + {grace} on, or FreeDays({grace}) for one day later"
    raise InvalidType(f"{subject}: grace is {given}, not a grace", field="grace", value=grace, hint=hint)


def first_day_of(grace: Grace, due: date) -> date:
    """The first day of a fee, by a grace that may be anybody's: after the due date."""
    subject = f"grace {name_of(grace)}:"
    day = answer_of(grace, due, subject=subject, field="grace")
    check_date(day, subject.removesuffix(":"), "day")
    if day <= due:
        raise InvalidValue(
            f"{subject} gave {day} for what is due on {due}", field="grace", value=grace, hint="give a later day"
        )
    return day
