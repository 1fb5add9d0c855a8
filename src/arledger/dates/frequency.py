"""How often something comes again, as periods that follow each other without gap or overlap.

The problem: "every month on the 31st" is no number of days, and a list of dates that is made by adding to the last one
drifts, skips or bills a day twice. The cases: weeks, counted from a day; months, one or several at a time, on a day of
the month; two days of each month. The decision: a frequency is a frozen value that numbers its periods. It gives the
first day of the period with a number, later for each higher number, and each period ends where the next one starts: so
they tile time by construction. One's own frequency is any object of that shape.

Source: rule R27, the vendor's "Billing Period" and "Billing Cycle".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Protocol, TypeGuard, runtime_checkable

import attrs

from arledger.checks import check_date, check_instance, check_int, shown, type_name
from arledger.dates.months import (
    LAST,
    DayOfMonth,
    beyond_calendar,
    check_day_of_month,
    day_in_month,
    day_number,
    month_of,
)
from arledger.dates.period import Period
from arledger.errors import InvalidType, InvalidValue

_DAYS_OF_WEEK = 7
_MONTHS_OF_YEAR = 12
_SHORTEST_MONTH = 28
_HALF_MONTH = 15


@runtime_checkable
class Frequency(Protocol):
    """How often something comes again. Make one with ``monthly(1)`` and its siblings, or write your own.

    ``per_year`` is how many periods a year has by name: 52, 26, 24, 12, 4, 2 or 1. ``in_months`` has the months that
    a period is made of, as a frequency of its own; None if it is made of no whole months.
    """

    @property
    def per_year(self) -> int:
        """How many periods a year has by name."""
        ...

    @property
    def in_months(self) -> Frequency | None:
        """The months that its periods are made of; None where they are made of weeks or half-months."""
        ...

    def start(self, number: int, /) -> date:
        """The first day of the period with that number; a higher number starts later."""
        ...

    def number(self, day: date, /) -> int:
        """The number of the period that a day is in."""
        ...


@attrs.frozen(repr=False)
class _Weeks:
    """Periods of some weeks, one of which starts on ``since``."""

    weeks: int
    since: date

    @property
    def per_year(self) -> int:
        return 52 // self.weeks

    @property
    def in_months(self) -> Frequency | None:
        return None

    def start(self, number: int, /) -> date:
        check_int(number, "frequency", "number")
        try:
            return self.since + timedelta(days=number * self.weeks * _DAYS_OF_WEEK)
        except OverflowError:
            raise beyond_calendar("number", number) from None

    def number(self, day: date, /) -> int:
        check_date(day, "frequency", "day")
        return (day - self.since).days // (self.weeks * _DAYS_OF_WEEK)

    def __repr__(self) -> str:
        return f"{'weekly' if self.weeks == 1 else 'every_two_weeks'}({self.since!r})"


@attrs.frozen(repr=False)
class _Months:
    """Periods of some whole months, each from the anchor on; with ``month`` (from 1) among the months they start in."""

    months: int
    day: DayOfMonth
    month: int = 1

    @property
    def per_year(self) -> int:
        return _MONTHS_OF_YEAR // self.months

    @property
    def in_months(self) -> Frequency:
        return self if self.months == 1 else _Months(1, self.day)

    def start(self, number: int, /) -> date:
        check_int(number, "frequency", "number")
        month = number * self.months + self.month - 1
        return day_in_month(month, self.day, field="number", value=number)

    def number(self, day: date, /) -> int:
        check_date(day, "frequency", "day")
        month = month_of(day)
        if day < day_in_month(month, self.day):
            month -= 1
        return (month - self.month + 1) // self.months

    def __repr__(self) -> str:
        name = _NAMES_BY_MONTHS[self.months]
        return f"{name}({self.day!r})" if self.months == 1 else f"{name}({self.day!r}, month={self.month})"


@attrs.frozen(repr=False)
class _HalfMonths:
    """Two periods a month, from one anchor and from another, later one."""

    first: DayOfMonth
    second: DayOfMonth

    @property
    def per_year(self) -> int:
        return 24

    @property
    def in_months(self) -> Frequency | None:
        return None

    def start(self, number: int, /) -> date:
        check_int(number, "frequency", "number")
        month, half = divmod(number, 2)
        return day_in_month(month, self.second if half else self.first, field="number", value=number)

    def number(self, day: date, /) -> int:
        check_date(day, "frequency", "day")
        month = month_of(day)
        passed = [day >= day_in_month(month, anchor) for anchor in (self.first, self.second)]
        return 2 * month + sum(passed) - 1

    def __repr__(self) -> str:
        return f"twice_a_month({self.first!r}, {self.second!r})"


_OURS = (_Weeks, _Months, _HalfMonths)
_NAMES_BY_MONTHS = {1: "monthly", 3: "quarterly", 6: "half_yearly", 12: "yearly"}


def weekly(since: date) -> Frequency:
    """Every week, on the weekday of ``since``.

    >>> weekly(date(2026, 1, 5)).start(1)
    datetime.date(2026, 1, 12)
    """
    return _weeks(1, since, "weekly")


def every_two_weeks(since: date) -> Frequency:
    """Every other week, counted from ``since``, in both directions."""
    return _weeks(2, since, "every_two_weeks")


def twice_a_month(first: DayOfMonth | date, second: DayOfMonth | None = None) -> Frequency:
    """Two periods a month: from one day of it, and from a later one.

    With one day only, the other is 15 days from it. Two days that are one and the same in February are refused.

    >>> twice_a_month(1, 15), twice_a_month(10), twice_a_month(15, LAST)
    (twice_a_month(1, 15), twice_a_month(10, 25), twice_a_month(15, 'last'))
    """
    day = _anchor_of(first, "twice_a_month", "first")
    if second is None:
        number = day_number(day)
        if day == LAST:
            return _HalfMonths(_HALF_MONTH, LAST)
        return _HalfMonths(*sorted((number, number + _HALF_MONTH if number <= _HALF_MONTH else number - _HALF_MONTH)))
    check_day_of_month(second, "twice_a_month", "second")
    if min(day_number(day), _SHORTEST_MONTH) >= min(day_number(second), _SHORTEST_MONTH):
        raise InvalidValue(
            f"twice_a_month: second {second} is not after first {day} in February",
            field="second",
            value=second,
            hint="pass two days that differ in each month, the earlier one first",
        )
    return _HalfMonths(day, second)


def monthly(day: DayOfMonth | date) -> Frequency:
    """Every month from a day of it: 1 to 31, ``LAST``, or that of a date.

    >>> [str(monthly(31).start(number)) for number in range(2026 * 12, 2026 * 12 + 3)]
    ['2026-01-31', '2026-02-28', '2026-03-31']
    """
    return _Months(1, _anchor_of(day, "monthly", "day"))


def quarterly(day: DayOfMonth | date, *, month: int | None = None) -> Frequency:
    """Every three months from a day of the month; ``month`` is one of those in which they start (absent: January).

    A date gives both the day and the month: ``quarterly(date(2026, 2, 15))``.

    >>> quarterly(date(2026, 5, 15))
    quarterly(15, month=2)
    """
    return _months(3, day, month, "quarterly")


def half_yearly(day: DayOfMonth | date, *, month: int | None = None) -> Frequency:
    """Every six months; see ``quarterly``."""
    return _months(6, day, month, "half_yearly")


def yearly(day: DayOfMonth | date, *, month: int | None = None) -> Frequency:
    """Every year; see ``quarterly``."""
    return _months(12, day, month, "yearly")


def period_of(frequency: Frequency, number: int) -> Period:
    """The period with that number."""
    return Period(frequency.start(number), frequency.start(number + 1))


def period_at(frequency: Frequency, day: date) -> Period:
    """The period that a day is in.

    >>> print(period_at(monthly(31), date(2026, 3, 1)))
    2026-02-28 up to 2026-03-31
    """
    check_frequency(frequency, "period_at")
    period = period_of(frequency, frequency.number(day))
    _check_number(frequency, day, period)
    return period


def periods_over(frequency: Frequency, span: Period) -> Iterator[Period]:
    """The periods that have a day of the span, whole, in their order.

    >>> [str(period) for period in periods_over(monthly(1), Period(date(2026, 1, 20), date(2026, 2, 2)))]
    ['2026-01-01 up to 2026-02-01', '2026-02-01 up to 2026-03-01']
    """
    check_frequency(frequency, "periods_over")
    check_instance(span, Period, "periods_over", "span")
    return _periods_over(frequency, span)


def _periods_over(frequency: Frequency, span: Period) -> Iterator[Period]:
    number = frequency.number(span.start)
    start = frequency.start(number)
    check_date(start, "periods_over", "start")
    period = Period(start, frequency.start(number + 1))
    _check_number(frequency, span.start, period)
    yield period
    while period.end < span.end:
        number += 1
        period = Period(period.end, frequency.start(number + 1))
        yield period


def _check_number(frequency: Frequency, day: date, period: Period) -> None:
    """Refuse a frequency of the user's own that gives a day the number of a period without it."""
    if day not in period:
        raise InvalidValue(
            f"frequency {frequency!r}: gives {day} the number of {period}, which has not that day",
            field="number",
            value=frequency,
            hint="start(number(day)) is the last start up to the day",
        )


def is_frequency(value: object) -> TypeGuard[Frequency]:
    """Whether it is a frequency: one of ours, or any object of that shape."""
    # ours are asked first: to ask a Protocol takes longer than the rest of a short bill
    return isinstance(value, _OURS) or (isinstance(value, Frequency) and not isinstance(value, type))


def check_frequency(frequency: object, subject: str, field: str = "frequency") -> None:
    """Refuse what is no frequency."""
    if not is_frequency(frequency):
        raise InvalidType(
            f"{subject}: {field} is {type_name(frequency)}, not a frequency",
            field=field,
            value=frequency,
            hint="pass one such as monthly(1)",
        )
    if isinstance(frequency, _OURS):
        return
    check_int(frequency.per_year, f"{subject}: {field}", "per_year")
    if frequency.per_year < 1:
        raise InvalidValue(
            f"{subject}: {field}: per_year is {shown(frequency.per_year)}",
            field="per_year",
            value=frequency.per_year,
            hint="pass how many periods a year has, 1 or more",
        )
    if frequency.in_months is not None and not is_frequency(frequency.in_months):
        raise InvalidType(
            f"{subject}: {field}: in_months is {type_name(frequency.in_months)}, not a frequency",
            field="in_months",
            value=frequency.in_months,
            hint="pass one such as monthly(1), or None",
        )


def _weeks(weeks: int, since: date, subject: str) -> Frequency:
    check_date(since, subject, "since")
    return _Weeks(weeks, since)


def _months(months: int, day: DayOfMonth | date, month: int | None, subject: str) -> Frequency:
    anchor = _anchor_of(day, subject, "day")
    if month is not None and isinstance(day, date):
        raise InvalidValue(
            f"{subject}: month {shown(month)} beside a date", field="month", value=month, hint="leave it out"
        )
    if month is None:
        month = day.month if isinstance(day, date) else 1
    check_int(month, subject, "month")
    if not 1 <= month <= _MONTHS_OF_YEAR:
        raise InvalidValue(f"{subject}: month is {shown(month)}", field="month", value=month, hint="pass 1 to 12")
    return _Months(months, anchor, (month - 1) % months + 1)


def _anchor_of(day: DayOfMonth | date, subject: str, field: str) -> DayOfMonth:
    """The day of the month that was given, as such or as the day of a date."""
    if isinstance(day, (date, datetime)):
        check_date(day, subject, field)
        return day.day
    check_day_of_month(day, subject, field)
    return day
