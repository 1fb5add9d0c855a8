"""What the laws of proration draw from: methods, every cycle that each serves, and stretches of their time.

Cycles have every anchor, stretches begin and end where units do or near it, and the years include leap ones and 2100.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from hypothesis import strategies as st

from arledger import (
    LAST,
    DayOfMonth,
    FixedDivisor,
    Frequency,
    Money,
    Period,
    Price,
    Proration,
    every_two_weeks,
    half_yearly,
    monthly,
    period_at,
    proration,
    quarterly,
    twice_a_month,
    weekly,
    yearly,
)
from strategies import magnitudes

METHODS: list[Proration] = [
    proration.NONE,
    proration.ACTUAL,
    proration.STANDARD,
    proration.THIRTY_DAYS_MONTH,
    proration.ANNUAL,
    proration.ACTUAL_ACTUAL,
    proration.THIRTY_360,
    FixedDivisor(30),
    FixedDivisor(28),
]
COUNTING = METHODS[1:]
"""NONE counts no days."""
_ANCHORS: list[DayOfMonth] = [1, 15, 28, 29, 30, 31, LAST, *range(2, 28)]


class Case(NamedTuple):
    """Part of a cycle's time."""

    stretch: Period
    cycle: Frequency


def says(by: Proration, what: str) -> bool:
    """Whether a method says this of itself."""
    return getattr(by, what, False) is True


@cache
def years() -> st.SearchStrategy[date]:
    """Days of the years around two leap years, and around 2100, which is none."""
    return st.dates(date(2023, 1, 1), date(2028, 12, 31)) | st.dates(date(2099, 11, 1), date(2100, 4, 30))


@cache
def month_cycles() -> st.SearchStrategy[Frequency]:
    """Months, and several of them, from every day of the month."""
    anchors = st.sampled_from(_ANCHORS)
    several = [st.builds(make, anchors, month=st.integers(1, 12)) for make in (quarterly, half_yearly, yearly)]
    return anchors.map(monthly) | st.one_of(several)


@cache
def other_cycles() -> st.SearchStrategy[Frequency]:
    """Weeks, two weeks and half-months."""
    halves = [(1, 16), (1, 2), (5, 20), (16, 31), (27, 30)]
    twice = [twice_a_month(first, second) for first, second in halves] + [twice_a_month(15, LAST)]
    return years().map(weekly) | years().map(every_two_weeks) | st.sampled_from(twice)


def cycles(by: Proration) -> st.SearchStrategy[Frequency]:
    """Those that a method serves."""
    return month_cycles() if says(by, "months_only") else month_cycles() | other_cycles()


def units_of(cycle: Frequency) -> Frequency:
    """R24: for k months the month, otherwise the period itself."""
    return cycle.in_months or cycle


@st.composite
def units(draw: st.DrawFn, by: Proration) -> Case:
    """One whole unit of a cycle: a month, a week, two of them or half a month."""
    cycle = draw(cycles(by))
    return Case(period_at(units_of(cycle), draw(years())), cycle)


@st.composite
def stretches(draw: st.DrawFn, by: Proration, most: int = 70) -> Case:
    """Stretches that begin and end at the edges of units, a day or two beside them, or anywhere."""
    unit, cycle = draw(units(by))
    edge = st.sampled_from([unit.start, unit.end, period_at(units_of(cycle), unit.end).end])
    day = edge | st.builds(lambda day, n: day + timedelta(days=n), edge, st.integers(-2, 2) | st.integers(-30, most))
    start = draw(day)
    end = draw(day.filter(lambda found: found > start) | st.integers(1, most).map(lambda n: start + timedelta(days=n)))
    return Case(Period(start, end), cycle)


@st.composite
def parts(draw: st.DrawFn, by: Proration) -> Case:
    """A part of one unit, never all of it."""
    unit, cycle = draw(units(by))
    first = draw(st.integers(0, unit.days - 1))
    days = draw(st.integers(1, min(unit.days - first, unit.days - 1)))
    start = unit.start + timedelta(days=first)
    return Case(Period(start, start + timedelta(days=days)), cycle)


def priced(minor: int, since: date | None = None, currency: str = "CAD") -> Price:
    """So many minor units, from a day on."""
    return Price(Money.from_minor(minor, currency), since=since)


@st.composite
def price_lists(draw: st.DrawFn, stretch: Period, least: int = 0) -> list[Price]:
    """A price since ever, and up to three from days of the stretch or from just beside it."""
    day = st.integers(-1, stretch.days).map(lambda n: stretch.start + timedelta(days=n))
    since = sorted(draw(st.lists(day, max_size=3, unique=True)))
    some = magnitudes() if least else magnitudes() | st.just(0)
    return [priced(draw(some)), *(priced(draw(some), day) for day in since)]
