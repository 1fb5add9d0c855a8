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
