"""What becomes of a day on which nobody works, against an oracle that walks from day to day."""

from __future__ import annotations

import copy
import datetime
import pickle
from datetime import date, timedelta
from functools import cache
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from arledger import BusinessDays
from arledger.dates.workdays import Convention
from oracles.days import walk, working_day
from strategies import FIRST_DAY, days

FOLLOWING: Convention = "following"
PRECEDING: Convention = "preceding"
MODIFIED: Convention = "modified_following"
CONVENTIONS: tuple[Convention, ...] = get_args(Convention)
NEW_YEAR = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2)]
"""Wednesday to Friday; the weekend comes after."""


@cache
def holidays() -> st.SearchStrategy[list[date]]:
    """Single holidays, or some weeks of them at a stretch."""
    stretch = st.builds(lambda day, length: list(walk(day, day + timedelta(days=length))), days(), st.integers(1, 70))
    return st.one_of(st.lists(days(), max_size=20), stretch)


@cache
def weekends() -> st.SearchStrategy[list[int]]:
    """No weekend, one as it is common, or any days but all."""
    any_days = st.lists(st.integers(0, 6), unique=True, max_size=6)
    return st.one_of(st.sampled_from([[], [5, 6], [4, 5], [6]]), any_days)


@cache
def conventions() -> st.SearchStrategy[Convention]:
    """One of the three."""
    return st.sampled_from(CONVENTIONS)


def business_days() -> st.SearchStrategy[BusinessDays]:
    """Conventions over holidays and weekends."""
    return st.builds(BusinessDays, conventions(), holidays=holidays(), weekend=weekends())


@pytest.mark.parametrize(
    ("day", "following", "preceding", "modified"),
    [
        ("2026-05-28", "2026-05-28", "2026-05-28", "2026-05-28"),
        ("2026-05-29", "2026-06-01", "2026-05-28", "2026-05-28"),
        ("2026-05-30", "2026-06-01", "2026-05-28", "2026-05-28"),
        ("2026-05-31", "2026-06-01", "2026-05-28", "2026-05-28"),
        ("2026-06-06", "2026-06-08", "2026-06-05", "2026-06-08"),
        ("2026-08-01", "2026-08-03", "2026-07-31", "2026-08-03"),
        ("2026-02-28", "2026-03-02", "2026-02-27", "2026-02-27"),
        ("2026-01-31", "2026-02-02", "2026-01-30", "2026-01-30"),
    ],
)
def test_the_three_conventions_by_example(day: str, following: str, preceding: str, modified: str) -> None:
    """Friday 29 May 2026 is a holiday; modified following turns back only at the end of a month."""
    expected = {FOLLOWING: following, PRECEDING: preceding, MODIFIED: modified}
    for convention in CONVENTIONS:
        found = BusinessDays(convention, holidays=[date(2026, 5, 29)])(date.fromisoformat(day))
        assert str(found) == expected[convention], convention


@pytest.mark.parametrize(
    ("day", "following", "preceding", "modified"),
    [
        ("2025-12-30", "2025-12-30", "2025-12-30", "2025-12-30"),
        ("2025-12-31", "2026-01-05", "2025-12-30", "2025-12-30"),
        ("2026-01-01", "2026-01-05", "2025-12-30", "2026-01-05"),
        ("2026-01-04", "2026-01-05", "2025-12-30", "2026-01-05"),
    ],
)
def test_holidays_over_the_new_year(day: str, following: str, preceding: str, modified: str) -> None:
    expected = {FOLLOWING: following, PRECEDING: preceding, MODIFIED: modified}
    for convention in CONVENTIONS:
        assert str(BusinessDays(convention, holidays=NEW_YEAR)(date.fromisoformat(day))) == expected[convention]


def test_a_weekend_of_friday_and_saturday() -> None:
    friday = date(2026, 3, 6)
    assert BusinessDays(FOLLOWING, weekend=[4, 5])(friday) == date(2026, 3, 8)
    assert BusinessDays(PRECEDING, weekend=[4, 5])(friday) == date(2026, 3, 5)
    closed = BusinessDays(FOLLOWING, weekend=[4, 5])
    week = walk(date(2026, 3, 2), date(2026, 3, 9))
    assert [closed.is_open(day) for day in week] == [True, True, True, True, False, False, True]


def test_without_a_weekend_only_holidays_are_closed() -> None:
    always = BusinessDays(FOLLOWING, weekend=[])
    assert all(always(day) == day for day in walk(FIRST_DAY, FIRST_DAY + timedelta(days=60)))
    assert BusinessDays(FOLLOWING, weekend=[], holidays=NEW_YEAR)(date(2025, 12, 31)) == date(2026, 1, 3)


def test_absent_a_weekend_is_saturday_and_sunday() -> None:
    closed = BusinessDays(PRECEDING)
    assert [closed.is_open(day) for day in walk(date(2026, 3, 2), date(2026, 3, 9))] == [True] * 5 + [False] * 2
    assert closed == BusinessDays(PRECEDING, weekend=[6, 5])


def test_a_month_that_is_closed_as_a_whole_is_left_backwards() -> None:
    """No day of the month is open, so modified following finds none: it takes the last one before, in another month."""
    february = list(walk(date(2026, 2, 1), date(2026, 3, 1)))
    closed = BusinessDays(MODIFIED, holidays=february)
    assert {closed(day) for day in february} == {date(2026, 1, 30)}
    assert {BusinessDays(FOLLOWING, holidays=february)(day) for day in february} == {date(2026, 3, 2)}


def test_the_same_month_of_another_year_is_another_month() -> None:
    closed = BusinessDays(MODIFIED, holidays=list(walk(date(2026, 3, 16), date(2027, 3, 11))))
    assert closed(date(2026, 3, 16)) == date(2026, 3, 13)


def test_the_ends_of_the_calendar() -> None:
    """The last day of the calendar is a Friday, the first a Monday."""
    assert BusinessDays(FOLLOWING)(date.max) == BusinessDays(MODIFIED)(date.max) == date.max
    assert BusinessDays(PRECEDING)(date.min) == date.min
    assert BusinessDays(PRECEDING, holidays=[date.max])(date.max) == date(9999, 12, 30)
    assert BusinessDays(MODIFIED, holidays=[date.min])(date.min) == date(1, 1, 2)


@given(business_days(), days())
def test_a_walk_over_the_days_comes_to_the_same_one(closed: BusinessDays, day: date) -> None:
    assert closed(day) == working_day(
        day, closed.convention, lambda one: one.weekday() not in closed.weekend and one not in closed.holidays
    )


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("weekend", [(), (5, 6), (4, 5), (0, 1, 2, 3, 4, 6)])
def test_a_walk_agrees_on_each_day_of_two_years(convention: Convention, weekend: tuple[int, ...]) -> None:
    found = [*NEW_YEAR, date(2026, 5, 29), *walk(date(2026, 7, 20), date(2026, 9, 10)), date(2027, 2, 26)]
    closed = BusinessDays(convention, holidays=found, weekend=weekend)
    for day in walk(date(2025, 12, 1), date(2027, 12, 1)):
        expected = working_day(day, convention, lambda one: one.weekday() not in weekend and one not in found)
        assert closed(day) == expected, day


@given(business_days(), days())
def test_a_working_day_is_itself_and_twice_is_once(closed: BusinessDays, day: date) -> None:
    found = closed(day)
    assert closed.is_open(found)
    assert closed(found) == found
    assert (found == day) is closed.is_open(day)


@given(holidays(), weekends(), days())
def test_following_is_never_before_the_day_nor_preceding_after_it(
    closed: list[date], weekend: list[int], day: date
) -> None:
    following, preceding, modified = (
        BusinessDays(convention, holidays=closed, weekend=weekend)(day)
        for convention in (FOLLOWING, PRECEDING, MODIFIED)
    )
    assert following >= day >= preceding
    assert modified in {following, preceding}
    between = walk(preceding + timedelta(days=1), following)
    assert not any(BusinessDays(FOLLOWING, holidays=closed, weekend=weekend).is_open(one) for one in between)


@given(holidays(), weekends(), days())
def test_modified_following_stays_in_the_month(closed: list[date], weekend: list[int], day: date) -> None:
    """Unless the whole month is closed."""
    modified = BusinessDays(MODIFIED, holidays=closed, weekend=weekend)
    month = [one for n in range(-31, 32) if (one := day + timedelta(days=n)).replace(day=1) == day.replace(day=1)]
    assume(any(modified.is_open(one) for one in month))
    assert modified(day) in month


@given(holidays(), weekends())
def test_the_order_of_the_holidays_is_nothing(closed: list[date], weekend: list[int]) -> None:
    one = BusinessDays(FOLLOWING, holidays=closed, weekend=weekend)
    for other in (
        BusinessDays(FOLLOWING, holidays=closed[::-1], weekend=weekend[::-1]),
        BusinessDays(FOLLOWING, holidays=set(closed), weekend=frozenset(weekend)),
        BusinessDays(FOLLOWING, holidays=[*closed, *closed], weekend=iter([*weekend, *weekend])),
    ):
        assert other == one
        assert (hash(other), repr(other)) == (hash(one), repr(one))
    assert one.holidays == tuple(sorted(set(closed)))
    assert one.weekend == tuple(sorted(weekend))


@given(business_days(), days())
def test_conventions_are_values(closed: BusinessDays, day: date) -> None:
    again = pickle.loads(pickle.dumps(closed))
    assert again == copy.copy(closed) == copy.deepcopy(closed) == closed
    assert (hash(again), repr(again), again(day)) == (hash(closed), repr(closed), closed(day))
    assert eval(repr(closed), {"BusinessDays": BusinessDays, "datetime": datetime}) == closed


def test_what_differs_is_not_equal() -> None:
    one = BusinessDays(FOLLOWING, holidays=NEW_YEAR)
    others = [
        BusinessDays(PRECEDING, holidays=NEW_YEAR),
        BusinessDays(FOLLOWING, holidays=NEW_YEAR[1:]),
        BusinessDays(FOLLOWING, holidays=NEW_YEAR, weekend=[6]),
        BusinessDays(FOLLOWING),
    ]
    assert [other for other in others if other == one] == []
    assert len({one, *others}) == 5


def test_a_convention_by_its_repr() -> None:
    assert repr(BusinessDays(PRECEDING, holidays=[date(2026, 1, 1)])) == (
        "BusinessDays(convention='preceding', holidays=(datetime.date(2026, 1, 1),), weekend=(5, 6))"
    )
