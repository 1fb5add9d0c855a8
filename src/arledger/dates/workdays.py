"""What becomes of a day on which banks and offices are closed.

The problem: a payment that falls on a Sunday is pulled on some other day, and contracts differ on which. The cases: the
next working day (following), the one before (preceding), or the next unless that is in another month, then the one
before (modified following). The decision: one frozen value with the convention, the holidays as data and the days of
the weekend; called with a day, it gives the day that it becomes. arledger knows no country's holidays.

Source: the business-day conventions of ISDA's definitions, by their common names.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

import attrs

from arledger.checks import as_tuple, check_date, check_tuple, shown, text_of
from arledger.dates.months import beyond_calendar, month_of
from arledger.errors import InvalidValue, UnknownName, did_you_mean

Convention = Literal["following", "preceding", "modified_following"]

_CONVENTIONS = ("following", "preceding", "modified_following")
_DAYS_OF_WEEK = 7


def _as_days(days: Iterable[date]) -> tuple[date, ...]:
    return as_tuple(days)


def _as_weekdays(weekdays: Iterable[int]) -> tuple[int, ...]:
    return as_tuple(weekdays)


@attrs.frozen
class BusinessDays:
    """A business-day convention over holidays: called with a day, it gives the working day that the day becomes.

    ``convention`` is "following", "preceding" or "modified_following". ``weekend`` has the weekdays on which nobody
    works, Monday being 0 (absent: Saturday and Sunday).

    >>> closed = BusinessDays("modified_following", holidays=[date(2026, 5, 29)])
    >>> closed(date(2026, 5, 30)), closed(date(2026, 6, 6))
    (datetime.date(2026, 5, 28), datetime.date(2026, 6, 8))

    Refused: an unknown convention, a weekend of seven days, a holiday that is no date.
    """

    convention: Convention
    holidays: tuple[date, ...] = attrs.field(default=(), converter=_as_days, kw_only=True)
    weekend: tuple[int, ...] = attrs.field(default=(5, 6), converter=_as_weekdays, kw_only=True)
    _closed: frozenset[date] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.convention not in _CONVENTIONS:
            raise UnknownName(
                f"business days: unknown convention {shown(self.convention)}",
                field="convention",
                value=self.convention,
                hint=did_you_mean(text_of(self.convention), _CONVENTIONS),
            )
        check_tuple(self.holidays, "business days", "holidays", "date")
        for holiday in self.holidays:
            check_date(holiday, "business days", "holidays")
        check_tuple(self.weekend, "business days", "weekend", "weekdays")
        if not all(type(day) is int and 0 <= day < _DAYS_OF_WEEK for day in self.weekend):
            raise InvalidValue(
                f"business days: weekend is {shown(self.weekend)}",
                field="weekend",
                value=self.weekend,
                hint="pass weekdays from 0 (Monday) to 6 (Sunday)",
            )
        if len(set(self.weekend)) == _DAYS_OF_WEEK:
            raise InvalidValue(
                "business days: every day is a weekend",
                field="weekend",
                value=self.weekend,
                hint="leave out the days of work",
            )
        object.__setattr__(self, "_closed", frozenset(self.holidays))
        object.__setattr__(self, "holidays", tuple(sorted(self._closed)))
        object.__setattr__(self, "weekend", tuple(sorted(set(self.weekend))))

    def __call__(self, day: date, /) -> date:
        """The working day that a day becomes; a working day is itself."""
        check_date(day, "business days", "day")
        if self.convention == "preceding":
            return self._next_open(day, -1)
        following = self._next_open(day, 1)
        if self.convention == "modified_following" and month_of(following) != month_of(day):
            return self._next_open(day, -1)
        return following

    def is_open(self, day: date) -> bool:
        """Whether it is a working day."""
        check_date(day, "business days", "day")
        return day.weekday() not in self.weekend and day not in self._closed

    def _next_open(self, day: date, step: int) -> date:
        found = day
        while not self.is_open(found):
            try:
                found += timedelta(days=step)
            except OverflowError:
                raise beyond_calendar("day", day) from None
        return found
