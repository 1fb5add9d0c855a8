"""Civil dates and stretches of them.

The problem: billing stretches that include their last day collide with the next one's first, and every caller counts
days in another way. The decision: a ``Period`` is half-open, from its start up to and without its end, so that
consecutive periods tile time and its length is a plain difference. Dates are civil: no clock, no time zone.
"""

from __future__ import annotations

from datetime import date, timedelta

import attrs

from arledger.checks import check_date
from arledger.errors import InvalidValue


@attrs.frozen(order=False)
class Period:
    """The days from ``start`` up to, and without, ``end``. A period has at least one day.

    >>> march = Period(date(2026, 3, 1), date(2026, 4, 1))
    >>> march.days, date(2026, 3, 31) in march, date(2026, 4, 1) in march
    (31, True, False)
    """

    start: date
    end: date

    def __attrs_post_init__(self) -> None:
        check_date(self.start, "period", "start")
        check_date(self.end, "period", "end")
        if self.end <= self.start:
            raise InvalidValue(
                f"period: end {self.end} is not after start {self.start}",
                field="end",
                value=self.end,
                hint="the end is the first day after the period",
            )

    @classmethod
    def through(cls, first: date, last: date) -> Period:
        """The days from the first to the last, both counted.

        >>> Period.through(date(2026, 3, 1), date(2026, 3, 31)) == Period(date(2026, 3, 1), date(2026, 4, 1))
        True
        """
        check_date(first, "period", "first")
        check_date(last, "period", "last")
        if last < first:
            raise InvalidValue(
                f"period: last {last} is before first {first}",
                field="last",
                value=last,
                hint="the last day is in the period",
            )
        if last == date.max:
            raise InvalidValue(
                "period: last is the last day of the calendar", field="last", value=last, hint="pass an earlier day"
            )
        return cls(first, last + timedelta(days=1))

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    def __contains__(self, day: date) -> bool:
        check_date(day, "period", "day")
        return self.start <= day < self.end

    def __str__(self) -> str:
        return f"{self.start} up to {self.end}"


def overlap(one: Period, other: Period) -> Period | None:
    """The days that are in both, or None.

    >>> print(overlap(Period(date(2026, 3, 1), date(2026, 4, 1)), Period(date(2026, 3, 20), date(2026, 5, 1))))
    2026-03-20 up to 2026-04-01
    """
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Period(start, end) if start < end else None
