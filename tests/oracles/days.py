"""The oracle of recurring days: it walks from one day to the next, and asks each what it is.

What a day says of itself decides: its place in the month, its month, its weekday, and whether tomorrow is in another
month. No month is added to anything and no length of a month is known, so nothing can drift. Working days are found by
walking, too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta

Anchor = int | str
"""A day of the month, 1 to 31, or "last"."""

ONE_DAY = timedelta(days=1)


def walk(first: date, end: date) -> Iterator[date]:
    """The days from the first up to, and without, the end."""
    day = first
    while day < end:
        yield day
        day += ONE_DAY


def is_anchor(day: date, anchor: Anchor) -> bool:
    """Whether it is the day of its month that the anchor names, or the last of a month that has no such day."""
    if day.day == anchor:
        return True
    is_last = (day + ONE_DAY).month != day.month
    return is_last and (anchor == "last" or (isinstance(anchor, int) and day.day < anchor))


def monthly_days(first: date, end: date, anchor: Anchor) -> list[date]:
    """The days of a stretch that the anchor names, one of each month."""
    return [day for day in walk(first, end) if is_anchor(day, anchor)]


def in_months(days: Collection[date], months: Collection[int]) -> list[date]:
    """Those of the days that are in some months of the year (1 to 12)."""
    return [day for day in days if day.month in months]


def weekly_days(first: date, end: date, since: date) -> list[date]:
    """The days of a stretch that have the weekday of ``since``."""
    return [day for day in walk(first, end) if day.weekday() == since.weekday()]


def days_of_every_other_week(first: date, end: date, since: date) -> list[date]:
    """Every other of those days, ``since`` (a day of the stretch) among them."""
    found = weekly_days(first, end, since)
    return found[found.index(since) % 2 :: 2]


def after_months(day: date, months: int, anchor: Anchor) -> date:
    """The anchor's day in the month that is reached by walking over so many ends of a month, backwards if negative."""
    step = ONE_DAY if months > 0 else -ONE_DAY
    crossed = 0
    while crossed < abs(months):
        crossed += (day + step).month != day.month
        day += step
    while day.day != 1:
        day -= ONE_DAY
    while not is_anchor(day, anchor):
        day += ONE_DAY
    return day


def working_day(day: date, convention: str, is_open: Callable[[date], bool]) -> date:
    """The working day that a day becomes."""
    later = earlier = day
    while not is_open(later):
        later += ONE_DAY
    while not is_open(earlier):
        earlier -= ONE_DAY
    if convention == "preceding":
        return earlier
    crossed = any(is_anchor(passed, "last") for passed in walk(day, later))
    return earlier if convention == "modified_following" and crossed else later
