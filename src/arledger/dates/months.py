"""Months, and the day of the month that something hangs on.

The problem: a month has 28 to 31 days. Whoever bills from 31 January by adding a month to the last bill's date bills on
28 February, and then on the 28th for ever. The decision: the anchor (a day from 1 to 31, or "last") is kept apart from
the dates, and each date is made anew from its month and the anchor: in a shorter month it is the last day there is.

This is the one module that knows dateutil, and loads it where a date is made.

Source: rule R27; Kill Bill's issues 127 and 2133, where anchors drifted.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from arledger.checks import check_date, check_int, shown, type_name
from arledger.errors import InvalidType, InvalidValue

DayOfMonth = int | Literal["last"]
"""A day of the month to hang on: 1 to 31, or "last". A month without that day has its last one instead."""

LAST: Final = "last"
"""The last day of each month."""

_MONTHS = 12
_LONGEST = 31
_FIRST_MONTH = 1 * _MONTHS
_LAST_MONTH = 9999 * _MONTHS + _MONTHS - 1


def months_after(day: date, months: int, *, anchor: DayOfMonth | None = None) -> date:
    """The date so many months after ``day`` (before it, if negative), on the anchor (the day's own, if none is given).

    Pass the anchor of the first date to each of the later ones, and nothing drifts:

    >>> months_after(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    >>> months_after(date(2026, 2, 28), 1, anchor=31), months_after(date(2026, 2, 28), 1)
    (datetime.date(2026, 3, 31), datetime.date(2026, 3, 28))
    """
    check_date(day, "months", "day")
    check_int(months, "months", "months")
    if anchor is not None:
        check_day_of_month(anchor, "months", "anchor")
    month = month_of(day) + months
    return day_in_month(month, day.day if anchor is None else anchor, field="months", value=months)


def month_of(day: date) -> int:
    """The month that a day is in, as a number that grows by one a month."""
    return day.year * _MONTHS + day.month - 1


def day_in_month(month: int, anchor: DayOfMonth, *, field: str = "month", value: object = None) -> date:
    """The day of a month (by its number) that an anchor names; the last one, where the month is shorter.

    ``field`` and ``value`` are what a caller made the month of, for the refusal of one beyond the calendar.

    >>> day_in_month(month_of(date(2028, 2, 10)), 31)
    datetime.date(2028, 2, 29)
    """
    from dateutil.relativedelta import relativedelta

    if not _FIRST_MONTH <= month <= _LAST_MONTH:
        raise beyond_calendar(field, month if value is None else value)
    year, place = divmod(month, _MONTHS)
    return date(year, place + 1, 1) + relativedelta(day=day_number(anchor))


def day_number(anchor: DayOfMonth) -> int:
    """An anchor as the day that it is in the longest month."""
    return _LONGEST if anchor == LAST else anchor


def check_day_of_month(anchor: object, subject: str, field: str) -> None:
    """Refuse what is no day of a month."""
    if anchor == LAST:
        return
    if type(anchor) is not int:
        raise InvalidType(
            f"{subject}: {field} is {type_name(anchor)}, not a day of the month",
            field=field,
            value=anchor,
            hint="pass 1 to 31, or LAST",
        )
    if not 1 <= anchor <= _LONGEST:
        raise InvalidValue(
            f"{subject}: {field} is {shown(anchor)}", field=field, value=anchor, hint="pass 1 to 31, or LAST"
        )


def beyond_calendar(field: str, value: object) -> InvalidValue:
    """The refusal of what would need a date before the year 1 or after the year 9999."""
    return InvalidValue("the date is out of range", field=field, value=value, hint="dates go from the year 1 to 9999")
