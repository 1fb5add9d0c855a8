"""Frequencies: each constructor by example, as values, and the laws that any of them keeps (R27)."""

from __future__ import annotations

import copy
import datetime
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arledger import (
    LAST,
    DayOfMonth,
    Frequency,
    InvalidValue,
    Period,
    every_two_weeks,
    half_yearly,
    monthly,
    period_at,
    periods_over,
    quarterly,
    twice_a_month,
    weekly,
    yearly,
)
from arledger.dates.frequency import period_of

ANCHORS: list[DayOfMonth] = [*range(1, 32), LAST]
MONDAY = date(2026, 1, 5)
ONE_DAY = timedelta(days=1)
BY_REPR: dict[str, Frequency] = {
    "weekly(datetime.date(2026, 1, 5))": weekly(MONDAY),
    "every_two_weeks(datetime.date(2026, 1, 5))": every_two_weeks(MONDAY),
    "twice_a_month(1, 15)": twice_a_month(1, 15),
    "twice_a_month(10, 25)": twice_a_month(10),
    "twice_a_month(15, 'last')": twice_a_month(LAST),
    "monthly(31)": monthly(31),
    "monthly('last')": monthly(LAST),
    "quarterly(1, month=1)": quarterly(1),
    "quarterly(15, month=2)": quarterly(date(2026, 5, 15)),
    "half_yearly('last', month=6)": half_yearly(LAST, month=12),
    "yearly(29, month=2)": yearly(date(2028, 2, 29)),
}
CONSTRUCTORS = {
    make.__name__: make for make in (weekly, every_two_weeks, twice_a_month, monthly, quarterly, half_yearly, yearly)
}


@cache
def frequencies() -> st.SearchStrategy[Frequency]:
    """Frequencies of every kind."""
    anchors, months = st.sampled_from(ANCHORS), st.integers(1, 12)
    since = st.dates(date(1990, 1, 1), date(2040, 1, 1))
    second: st.SearchStrategy[DayOfMonth] = st.sampled_from([28, 29, 30, 31, LAST])
    return st.one_of(
        since.map(weekly),
        since.map(every_two_weeks),
        anchors.map(twice_a_month),
        st.builds(twice_a_month, st.integers(1, 27), second),
        anchors.map(monthly),
        *(
            st.builds(lambda anchor, month, make=make: make(anchor, month=month), anchors, months)
            for make in (quarterly, half_yearly, yearly)
        ),
    )


def some_days() -> st.SearchStrategy[date]:
    """Days far enough from the calendar's ends."""
    return st.dates(date(3, 1, 1), date(9997, 12, 31))


def days_from(frequency: Frequency, day: date, count: int) -> list[str]:
    """So many first days of periods, from that of the period which a day is in."""
    number = frequency.number(day)
    return [str(frequency.start(n)) for n in range(number, number + count)]


def test_r27_the_31st_is_the_last_day_of_shorter_months() -> None:
    """R27: day 31 gives 31 January, 28 February, 31 March; never the 28th again."""
    found = days_from(monthly(31), date(2026, 1, 31), 6)
    assert found == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        (weekly(MONDAY), ["2026-01-26", "2026-02-02", "2026-02-09"]),
        (weekly(date(2030, 5, 4)), ["2026-01-31", "2026-02-07", "2026-02-14"]),
        (every_two_weeks(MONDAY), ["2026-01-19", "2026-02-02", "2026-02-16"]),
        (every_two_weeks(date(2026, 1, 12)), ["2026-01-26", "2026-02-09", "2026-02-23"]),
        (twice_a_month(1, 15), ["2026-01-15", "2026-02-01", "2026-02-15"]),
        (twice_a_month(15, LAST), ["2026-01-31", "2026-02-15", "2026-02-28"]),
        (twice_a_month(14, 29), ["2026-01-29", "2026-02-14", "2026-02-28"]),
        (monthly(1), ["2026-01-01", "2026-02-01", "2026-03-01"]),
        (monthly(30), ["2026-01-30", "2026-02-28", "2026-03-30"]),
        (monthly(LAST), ["2026-01-31", "2026-02-28", "2026-03-31"]),
        (quarterly(1), ["2026-01-01", "2026-04-01", "2026-07-01"]),
        (quarterly(31, month=2), ["2025-11-30", "2026-02-28", "2026-05-31"]),
        (half_yearly(15, month=3), ["2025-09-15", "2026-03-15", "2026-09-15"]),
        (half_yearly(LAST, month=8), ["2025-08-31", "2026-02-28", "2026-08-31"]),
        (yearly(29, month=2), ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28"]),
        (yearly(1), ["2026-01-01", "2027-01-01", "2028-01-01"]),
    ],
    ids=repr,
)
def test_the_first_days_of_periods_by_example(frequency: Frequency, expected: list[str]) -> None:
    assert days_from(frequency, date(2026, 1, 31), len(expected)) == expected


def test_periods_of_weeks_are_numbered_from_the_day_that_was_given() -> None:
    for make in (weekly, every_two_weeks):
        assert make(MONDAY).start(0) == MONDAY
        assert (make(MONDAY).number(MONDAY), make(MONDAY).number(MONDAY - ONE_DAY)) == (0, -1)


def test_periods_of_months_are_numbered_from_the_year_0() -> None:
    """So that a number is the same for whatever anchor, and the year itself for a yearly one."""
    for anchor in ANCHORS:
        assert monthly(anchor).start(2026 * 12 + 2).replace(day=1) == date(2026, 3, 1)
        assert yearly(anchor, month=7).start(2026).replace(day=1) == date(2026, 7, 1)
        assert quarterly(anchor, month=2).start(2026 * 4 + 1).replace(day=1) == date(2026, 5, 1)
        assert half_yearly(anchor, month=2).start(2026 * 2 + 1).replace(day=1) == date(2026, 8, 1)
        assert twice_a_month(anchor).start((2026 * 12 + 2) * 2).replace(day=1) == date(2026, 3, 1)
        assert twice_a_month(anchor).start((2026 * 12 + 2) * 2 + 1).replace(day=1) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("make", "per_year", "in_months"),
    [
        (weekly, 52, None),
        (every_two_weeks, 26, None),
        (twice_a_month, 24, None),
        (monthly, 12, monthly(5)),
        (quarterly, 4, monthly(5)),
        (half_yearly, 2, monthly(5)),
        (yearly, 1, monthly(5)),
    ],
)
def test_what_a_frequency_says_of_itself(
    make: Callable[[date], Frequency], per_year: int, in_months: Frequency | None
) -> None:
    frequency = make(MONDAY)
    assert isinstance(frequency, Frequency)
    assert (frequency.per_year, frequency.in_months) == (per_year, in_months)


@pytest.mark.parametrize("day", range(1, 32))
def test_with_one_day_the_other_is_15_days_from_it(day: int) -> None:
    first, second = (day, day + 15) if day <= 15 else (day - 15, day)
    assert twice_a_month(day) == twice_a_month(first, second)
    assert twice_a_month(date(2026, 1, day)) == twice_a_month(day)
    assert len(set(days_from(twice_a_month(day), date(2026, 2, 28), 60))) == 60


def test_with_the_last_day_the_other_is_the_15th() -> None:
    assert twice_a_month(LAST) == twice_a_month(15, LAST)
    assert twice_a_month(LAST) != twice_a_month(31) == twice_a_month(16, 31)


@pytest.mark.parametrize("first", ANCHORS)
def test_two_days_that_differ_in_each_february_are_taken_and_no_others(first: DayOfMonth) -> None:
    for second in ANCHORS:
        starts_in_february = [28 if day == LAST else min(day, 28) for day in (first, second)]
        if starts_in_february[0] < starts_in_february[1]:
            assert repr(twice_a_month(first, second)) == f"twice_a_month({first!r}, {second!r})"
        else:
            with pytest.raises(InvalidValue):
                twice_a_month(first, second)


@pytest.mark.parametrize("day", [date(2026, 1, 31), date(2028, 2, 29), date(2026, 11, 30), date(2026, 6, 1)])
def test_a_date_gives_the_day_and_the_month(day: date) -> None:
    assert monthly(day) == monthly(day.day)
    assert twice_a_month(day) == twice_a_month(day.day)
    for make in (quarterly, half_yearly, yearly):
        assert make(day) == make(day.day, month=day.month)
        assert period_at(make(day), day).start == day


def test_any_month_in_which_periods_start_names_them() -> None:
    for month in range(1, 13):
        assert repr(quarterly(7, month=month)) == f"quarterly(7, month={[1, 2, 3][(month - 1) % 3]})"
        assert repr(half_yearly(7, month=month)) == f"half_yearly(7, month={[1, 2, 3, 4, 5, 6][(month - 1) % 6]})"
        assert repr(yearly(7, month=month)) == f"yearly(7, month={month})"
    assert quarterly(7) == quarterly(7, month=1) == quarterly(7, month=10) != quarterly(7, month=3)


@pytest.mark.parametrize("text", BY_REPR)
def test_a_repr_is_the_call_that_makes_it(text: str) -> None:
    frequency = BY_REPR[text]
    assert repr(frequency) == text
    assert eval(text, {**CONSTRUCTORS, "datetime": datetime}) == frequency


def test_frequencies_are_values() -> None:
    found = list(BY_REPR.values())
    for place, frequency in enumerate(found):
        assert [frequency == other for other in found] == [n == place for n in range(len(found))]
        again = pickle.loads(pickle.dumps(frequency))
        assert again == copy.copy(frequency) == copy.deepcopy(frequency) == frequency
        assert (hash(again), repr(again)) == (hash(frequency), repr(frequency))
        with pytest.raises(AttributeError):
            frequency.per_year = 1  # type: ignore[misc]
    assert len(set(found)) == len(found)
    assert weekly(MONDAY) != weekly(MONDAY + 7 * ONE_DAY)


@given(frequencies(), some_days())
def test_a_day_is_in_the_period_of_its_number(frequency: Frequency, day: date) -> None:
    """start(number(day)) <= day < start(number(day) + 1), and number(start(n)) == n."""
    number = frequency.number(day)
    assert frequency.start(number) <= day < frequency.start(number + 1)
    assert frequency.number(frequency.start(number)) == number
    assert frequency.number(frequency.start(number + 1) - ONE_DAY) == number
    tile = Period(frequency.start(number), frequency.start(number + 1))
    assert period_at(frequency, day) == period_of(frequency, number) == tile
    assert day in tile


@given(frequencies(), some_days(), st.integers(1, 400))
def test_the_periods_over_a_span_are_those_with_a_day_of_it(frequency: Frequency, day: date, length: int) -> None:
    span = Period(day, day + timedelta(days=length))
    found = list(periods_over(frequency, span))
    assert all(one.end == next_one.start for one, next_one in pairwise(found))
    assert day in found[0]
    assert span.end - ONE_DAY in found[-1]


@given(frequencies(), some_days())
def test_a_whole_period_is_the_only_one_over_it(frequency: Frequency, day: date) -> None:
    period = period_at(frequency, day)
    assert list(periods_over(frequency, period)) == [period]


def test_periods_are_made_as_they_are_asked_for() -> None:
    """A span up to the end of the calendar costs nothing, and its first periods can be had."""
    found = periods_over(monthly(1), Period(date(2026, 1, 1), date.max))
    assert [period.days for period in islice(found, 3)] == [31, 28, 31]


def test_the_first_and_the_last_whole_period_of_the_calendar() -> None:
    assert period_at(monthly(1), date.min) == Period(date.min, date(1, 2, 1))
    assert period_at(yearly(31, month=12), date(9999, 12, 30)) == Period(date(9998, 12, 31), date.max)
    assert period_at(weekly(date.min), date.min) == Period(date.min, date(1, 1, 8))
    assert period_at(weekly(date.max), date.max - ONE_DAY) == Period(date.max - 7 * ONE_DAY, date.max)
    assert monthly(2).number(date.min) == monthly(2).number(date(1, 1, 2)) - 1
    assert yearly(1).number(date.max) == 9999


@dataclass(frozen=True)
class EveryTenDays:
    """A frequency of one's own: periods of ten days from 1 January 2026 on."""

    per_year: int = 36
    in_months: Frequency | None = None

    def start(self, number: int, /) -> date:
        return date(2026, 1, 1) + timedelta(days=10 * number)

    def number(self, day: date, /) -> int:
        return (day - date(2026, 1, 1)).days // 10


def test_a_frequency_of_ones_own() -> None:
    """One's own frequency is any object of that shape."""
    own = EveryTenDays()
    assert isinstance(own, Frequency)
    assert period_at(own, date(2025, 12, 31)) == Period(date(2025, 12, 22), date(2026, 1, 1))
    found = periods_over(own, Period(date(2026, 1, 10), date(2026, 1, 12)))
    assert [str(period.start) for period in found] == ["2026-01-01", "2026-01-11"]
