"""Periods: half-open, of at least one day, and civil."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arledger import InvalidType, InvalidValue, Period
from arledger.dates.period import overlap
from strategies import days, periods

MARCH = Period(date(2026, 3, 1), date(2026, 4, 1))


def test_a_period_by_example() -> None:
    assert (MARCH.days, str(MARCH)) == (31, "2026-03-01 up to 2026-04-01")
    assert repr(MARCH) == "Period(start=datetime.date(2026, 3, 1), end=datetime.date(2026, 4, 1))"
    assert date(2026, 2, 28) not in MARCH
    assert date(2026, 3, 1) in MARCH
    assert date(2026, 3, 31) in MARCH
    assert date(2026, 4, 1) not in MARCH


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        (date(2024, 2, 1), date(2024, 3, 1), 29),
        (date(2026, 2, 1), date(2026, 3, 1), 28),
        (date(2025, 12, 31), date(2026, 1, 1), 1),
        (date.min, date.max, 3652058),
    ],
)
def test_how_many_days(start: date, end: date, length: int) -> None:
    assert Period(start, end).days == length


@given(periods())
def test_a_period_holds_as_many_days_as_it_says(period: Period) -> None:
    around = [period.start + timedelta(days=n) for n in range(-3, period.days + 4)]
    inside = [day for day in around if day in period]
    assert len(inside) == period.days >= 1
    assert (inside[0], inside[-1]) == (period.start, period.end - timedelta(days=1))


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), MARCH),
        (date(2026, 3, 1), date(2026, 3, 1), Period(date(2026, 3, 1), date(2026, 3, 2))),
        (date(2025, 12, 31), date(2026, 1, 1), Period(date(2025, 12, 31), date(2026, 1, 2))),
        (date(2028, 2, 1), date(2028, 2, 29), Period(date(2028, 2, 1), date(2028, 3, 1))),
        (date.min, date(9999, 12, 30), Period(date.min, date.max)),
    ],
)
def test_through_counts_both_ends(first: date, last: date, period: Period) -> None:
    assert Period.through(first, last) == period


@given(days(), st.integers(0, 90))
def test_through_has_the_first_day_and_the_last_and_none_beyond(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    period = Period.through(first, last)
    assert first in period
    assert last in period
    assert first - timedelta(days=1) not in period
    assert last + timedelta(days=1) not in period
    assert period.days == length + 1


@pytest.mark.parametrize(
    ("start", "end", "common"),
    [
        (date(2026, 3, 20), date(2026, 5, 1), Period(date(2026, 3, 20), date(2026, 4, 1))),
        (date(2026, 2, 10), date(2026, 3, 2), Period(date(2026, 3, 1), date(2026, 3, 2))),
        (date(2026, 3, 10), date(2026, 3, 11), Period(date(2026, 3, 10), date(2026, 3, 11))),
        (date(2025, 1, 1), date(2027, 1, 1), MARCH),
        (date(2026, 3, 1), date(2026, 4, 1), MARCH),
        (date(2026, 3, 31), date(2026, 4, 2), Period(date(2026, 3, 31), date(2026, 4, 1))),
        (date(2026, 4, 1), date(2026, 5, 1), None),
        (date(2026, 2, 1), date(2026, 3, 1), None),
        (date(2025, 3, 1), date(2025, 4, 1), None),
    ],
)
def test_an_overlap_by_example(start: date, end: date, common: Period | None) -> None:
    assert overlap(MARCH, Period(start, end)) == common


@given(periods(), periods())
def test_an_overlap_has_the_days_that_are_in_both(one: Period, other: Period) -> None:
    days_of = [{period.start + timedelta(days=n) for n in range(period.days)} for period in (one, other)]
    both = sorted(days_of[0] & days_of[1])
    assert overlap(one, other) == (Period.through(both[0], both[-1]) if both else None)
    assert overlap(other, one) == overlap(one, other)
    assert overlap(one, one) == one


@given(days(), st.lists(st.integers(1, 40), min_size=1, max_size=5))
def test_consecutive_periods_tile_time(start: date, lengths: list[int]) -> None:
    """Half-open, so that consecutive periods tile time and its length is a plain difference."""
    edges = [start]
    for length in lengths:
        edges.append(edges[-1] + timedelta(days=length))
    tiles = [Period(first, last) for first, last in pairwise(edges)]
    assert [tile.days for tile in tiles] == lengths
    for n in range(-1, sum(lengths) + 1):
        day = start + timedelta(days=n)
        assert sum(day in tile for tile in tiles) == (0 <= n < sum(lengths))


@given(days(), days())
def test_a_period_ends_after_it_starts(start: date, end: date) -> None:
    if start < end:
        assert Period(start, end).days == (end - start).days
    else:
        with pytest.raises(InvalidValue) as caught:
            Period(start, end)
        assert str(caught.value) == (
            f"period: end {end} is not after start {start}; the end is the first day after the period"
        )


@given(periods())
def test_periods_are_values(period: Period) -> None:
    again = Period(period.start, period.end)
    assert again == period
    assert hash(again) == hash(period)
    assert pickle.loads(pickle.dumps(period)) == copy.deepcopy(period) == period
    assert Period(period.start, period.end + timedelta(days=1)) != period


def test_periods_have_no_order() -> None:
    with pytest.raises(TypeError):
        Period(date(2026, 4, 1), date(2026, 5, 1)) > MARCH  # type: ignore[operator]  # noqa: B015


def test_a_moment_is_in_no_period() -> None:
    with pytest.raises(InvalidType) as caught:
        assert datetime(2026, 3, 5, tzinfo=UTC) in MARCH
    assert str(caught.value) == ("period: day is datetime, not date; pass its .date() in the time zone of the books")


def test_a_date_of_a_subclass_is_a_date() -> None:
    """As test frameworks that freeze the clock put in the place of date."""

    class FrozenDate(date):
        pass

    assert Period(FrozenDate(2026, 3, 1), FrozenDate(2026, 4, 1)) == MARCH
    assert FrozenDate(2026, 3, 5) in MARCH
