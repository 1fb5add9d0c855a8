"""How the days of a part of a period are counted, and over how many.

The problem: a month from the 20th costs 12/31, 12/30.5, 11/30 or 144/365 of its price, and each is right in some
contract. The cases: the days of the month itself, a month of fixed length, months of 30 days by one rule or another, a
year in equal parts, a year that knows leap years; and no proration at all. The decision: a method is any function of a
stretch, the whole unit that it is a part of, and how many such units a year has by name; it gives the days that it
counts and the days that it divides by, exactly. It never sees a whole unit: that costs the whole (rule R24).

The units are months, weeks, two weeks or half-months (12, 52, 26 or 24 a year). A period of several months is counted
month by month. The methods that divide by a month of 30 or 30.5 days speak of months only, and refuse others.

A method whose parts of a unit always sum to the whole says so by ``adds_up``. Of these here only ``ACTUAL`` does.

Source: rules R22 to R24; the vendor's "Proration Method", whose five are NONE, ACTUAL, STANDARD, THIRTY_DAYS_MONTH and
ANNUAL; the others are practice elsewhere.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

import attrs

from arledger.amounts import exact_amount
from arledger.checks import check_range, name_of, type_name
from arledger.dates.months import month_of
from arledger.dates.period import Period
from arledger.errors import InvalidType, InvalidValue
from arledger.rates import number_repr, number_text

__all__ = [
    "ACTUAL",
    "ACTUAL_ACTUAL",
    "ANNUAL",
    "NONE",
    "STANDARD",
    "THIRTY_360",
    "THIRTY_DAYS_MONTH",
    "DayCount",
    "FixedDivisor",
    "Proration",
]

_MONTHS_OF_YEAR = 12
_THIRTY = 30
_DAYS_OF_YEAR = 365


@attrs.frozen(order=False)
class DayCount:
    """So many days over so many: what a method makes of a stretch.

    >>> DayCount(12, 31).share
    Fraction(12, 31)

    Refused: a negative number of days, a divisor that is not above 0, a float.
    """

    days: int | Fraction
    divisor: int | Fraction

    def __attrs_post_init__(self) -> None:
        for field in ("days", "divisor"):
            value = getattr(self, field)
            if type(value) is not int and not isinstance(value, Fraction):
                raise InvalidType(
                    f"day count: {field} is {type_name(value)}, not int or Fraction",
                    field=field,
                    value=value,
                    hint="pass an exact number",
                )
            check_range(value, f"day count: {field}", field)
        if self.days < 0:
            raise InvalidValue(f"day count: days is {self.days}", field="days", value=self.days, hint="pass 0 or more")
        if self.divisor <= 0:
            raise InvalidValue(
                f"day count: divisor is {self.divisor}", field="divisor", value=self.divisor, hint="pass more than 0"
            )

    @property
    def share(self) -> Fraction:
        """The part of the whole, and never more than the whole."""
        return min(Fraction(self.days) / self.divisor, Fraction(1))


class Proration(Protocol):
    """How a part of a period is counted: any ``(stretch, unit, per_year) -> DayCount``.

    ``stretch`` is a part of ``unit``, never all of it; ``per_year`` is how many such units a year has by name: 12 for a
    month, 52 for a week, 26 for two, 24 for half a month. A longer stretch must not count for less. A method may say
    ``adds_up = True`` (the parts of a unit sum to the whole) and ``months_only = True`` (it serves no other unit).
    """

    def __call__(self, stretch: Period, unit: Period, per_year: int, /) -> DayCount:
        """The days that count, and what they are divided by."""
        ...


@attrs.frozen(repr=False)
class _NoProration:
    """Any day of a period costs the whole period."""

    adds_up = False

    def __call__(self, _stretch: Period, unit: Period, _per_year: int, /) -> DayCount:
        return DayCount(unit.days, unit.days)

    def __repr__(self) -> str:
        return "proration.NONE"


@attrs.frozen(repr=False)
class _Actual:
    """The days of the stretch over those of the unit."""

    adds_up = True

    def __call__(self, stretch: Period, unit: Period, _per_year: int, /) -> DayCount:
        return DayCount(stretch.days, unit.days)

    def __repr__(self) -> str:
        return "proration.ACTUAL"


def _as_divisor(days: str | int | Decimal | Fraction) -> Fraction:
    if isinstance(days, Fraction):
        check_range(days, "divisor", "divisor")
        return days
    return exact_amount(days, "divisor")


@attrs.frozen(repr=False)
class FixedDivisor:
    """The days of the stretch over a month of so many days, whatever the month: 30, or the vendor's 30.5.

    For months only. A part never costs more than the month, so of a divisor of 30 the 31st day is free.

    >>> FixedDivisor("30.5"), FixedDivisor(30)
    (proration.STANDARD, proration.FixedDivisor('30'))
    """

    divisor: Fraction = attrs.field(converter=_as_divisor)
    adds_up = False
    months_only = True

    def __attrs_post_init__(self) -> None:
        if self.divisor <= 0:
            text = number_text(self.divisor)
            raise InvalidValue(
                f"fixed divisor: divisor is {text}", field="divisor", value=self.divisor, hint="pass days above 0"
            )

    def __call__(self, stretch: Period, _unit: Period, per_year: int, /) -> DayCount:
        """The days of the stretch over the divisor."""
        check_unit(self, per_year)
        return DayCount(stretch.days, self.divisor)

    def __repr__(self) -> str:
        if self == STANDARD:
            return "proration.STANDARD"
        return f"proration.FixedDivisor({number_repr(self.divisor)})"


@attrs.frozen(repr=False)
class _ThirtyDaysMonth:
    """Days from a start to the 30th, both counted, over 30; a month's 31st is its 30th (rule R23)."""

    adds_up = False
    months_only = True

    def __call__(self, stretch: Period, _unit: Period, per_year: int, /) -> DayCount:
        check_unit(self, per_year)
        return DayCount(sum(_days_to_thirtieth(part) for part in _by_calendar_month(stretch)), _THIRTY)

    def __repr__(self) -> str:
        return "proration.THIRTY_DAYS_MONTH"


@attrs.frozen(repr=False)
class _Annual:
    """The days of the stretch over an equal part of 365 days, in leap years too."""

    adds_up = False

    def __call__(self, stretch: Period, _unit: Period, per_year: int, /) -> DayCount:
        return DayCount(stretch.days, Fraction(_DAYS_OF_YEAR, per_year))

    def __repr__(self) -> str:
        return "proration.ANNUAL"


@attrs.frozen(repr=False)
class _ActualActual:
    """Each day over an equal part of the year that it is in, of 365 or 366 days."""

    adds_up = False

    def __call__(self, stretch: Period, _unit: Period, per_year: int, /) -> DayCount:
        years = years_of(stretch)
        return DayCount(stretch.days, stretch.days / (years * per_year))

    def __repr__(self) -> str:
        return "proration.ACTUAL_ACTUAL"


@attrs.frozen(repr=False)
class _Thirty360:
    """Months of 30 days: the 31st, and the last day of February, count as the 30th."""

    adds_up = False
    months_only = True

    def __call__(self, stretch: Period, _unit: Period, per_year: int, /) -> DayCount:
        check_unit(self, per_year)
        last = stretch.end - timedelta(days=1)
        months = month_of(last) - month_of(stretch.start)
        return DayCount(months * _THIRTY + _thirtieth(last) - _thirtieth(stretch.start) + 1, _THIRTY)

    def __repr__(self) -> str:
        return "proration.THIRTY_360"


def years_of(stretch: Period) -> Fraction:
    """A stretch in years, each day being a 365th or a 366th of the year that it is in.

    >>> years_of(Period(date(2027, 12, 31), date(2028, 1, 2))) == Fraction(1, 365) + Fraction(1, 366)
    True
    """
    years, start = Fraction(0), stretch.start
    while start < stretch.end:
        days_of_year = _DAYS_OF_YEAR + isleap(start.year)
        left_of_year = days_of_year - start.timetuple().tm_yday + 1
        days = min(left_of_year, (stretch.end - start).days)
        years += Fraction(days, days_of_year)
        start += timedelta(days=days)
    return years


def _by_calendar_month(stretch: Period) -> list[Period]:
    """The parts of a stretch that are in one calendar month each."""
    parts: list[Period] = []
    start = stretch.start
    while True:
        left = monthrange(start.year, start.month)[1] - start.day + 1
        if left >= (stretch.end - start).days:
            return [*parts, Period(start, stretch.end)]
        end = start + timedelta(days=left)
        parts.append(Period(start, end))
        start = end


def _days_to_thirtieth(stretch: Period) -> int:
    """The days of a stretch within a calendar month: to its last day, or, once that is the 30th, to the 30th."""
    first, last = stretch.start.day, stretch.start.day + stretch.days - 1
    full = min(_THIRTY, monthrange(stretch.start.year, stretch.start.month)[1])
    return last - first + 1 if last < full else max(1, full - first + 1)


def _thirtieth(day: date) -> int:
    """The number of a day in a month of 30."""
    is_last_of_february = day.month == 2 and day.day == monthrange(day.year, 2)[1]
    return _THIRTY if is_last_of_february else min(day.day, _THIRTY)


def check_unit(method: Proration, per_year: int, field: str = "by") -> None:
    """Refuse a method that divides by a month (it says so by ``months_only``), where the unit is no month."""
    if per_year != _MONTHS_OF_YEAR and getattr(method, "months_only", False):
        raise InvalidValue(
            f"{name_of(method)}: a month's divisor over weeks or half-months",
            field=field,
            value=method,
            hint="pass proration.ACTUAL or proration.ANNUAL",
        )


def check_proration(method: object, subject: str, field: str) -> None:
    """Refuse what is no proration method."""
    if not callable(method):
        raise InvalidType(
            f"{subject}: {field} is {type_name(method)}, not a proration method",
            field=field,
            value=method,
            hint="pass one such as proration.ACTUAL",
        )


NONE: Proration = _NoProration()
"""NONE of the vendor: any day of a period costs the whole period, at the price of its first day."""

ACTUAL: Proration = _Actual()
"""ACTUAL of the vendor: over the days of the month, the week or the half-month itself."""

STANDARD: Proration = FixedDivisor("30.5")
"""STANDARD of the vendor: over 30.5 days. ``FixedDivisor(30)`` is the same over 30."""

THIRTY_DAYS_MONTH: Proration = _ThirtyDaysMonth()
"""30 DAYS MONTH of the vendor: the days to the 30th, over 30 (rule R23)."""

ANNUAL: Proration = _Annual()
"""ANNUAL of the vendor: the amount of a year over 365, in leap years too (rule R22: the vendor's 356 is a slip)."""

ACTUAL_ACTUAL: Proration = _ActualActual()
"""A year that knows leap years: each day over the 365 or 366 of its year."""

THIRTY_360: Proration = _Thirty360()
"""30/360: twelve months of 30 days, the last day of February being the 30th."""
