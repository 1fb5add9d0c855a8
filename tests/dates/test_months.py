"""Months: what is made from a month and an anchor never drifts (R27)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import arledger.dates
from arledger import LAST, DayOfMonth, InvalidValue, months_after
from arledger.dates.months import day_in_month, day_number, month_of
from oracles.days import after_months, walk

ANCHORS: list[DayOfMonth] = [*range(1, 32), LAST]


def test_r27_the_31st_never_drifts_to_the_28th() -> None:
    """R27: day 31 gives 31 January, 28 February, 31 March."""
    first = date(2026, 1, 31)
    assert [months_after(first, months) for months in range(6)] == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
        date(2026, 5, 31),
        date(2026, 6, 30),
    ]


@pytest.mark.parametrize("anchor", [31, LAST])
def test_r27_from_one_date_to_the_next_with_the_anchor_of_the_first(anchor: DayOfMonth) -> None:
    """R27: the anchor is kept apart from the dates; without it February's day would stay."""
    found = [date(2026, 1, 31)]
    for _ in range(14):
        found.append(months_after(found[-1], 1, anchor=anchor))
    assert [day.day for day in found] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31]
    assert months_after(months_after(date(2026, 1, 31), 1), 1) == date(2026, 3, 28)


@pytest.mark.parametrize(
    ("year", "last"),
    [(2026, 28), (2028, 29), (1900, 28), (2000, 29), (2100, 28), (2400, 29), (4, 29), (9996, 29)],
)
def test_february_ends_as_its_year_has_it(year: int, last: int) -> None:
    """Every fourth year is a leap year; of the centuries, only every fourth one."""
    february = date(year, 2, last)
    for anchor in (29, 30, 31, LAST):
        assert months_after(date(year, 1, 1), 1, anchor=anchor) == february
    assert months_after(date(year, 1, 29), 1) == february
    assert months_after(date(year, 1, 28), 1) == date(year, 2, 28)
    assert months_after(date(year, 3, 31), -1) == february


@pytest.mark.parametrize(
    ("day", "months", "anchor", "expected"),
    [
        (date(2026, 3, 31), -1, None, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, None, date(2025, 12, 15)),
        (date(2026, 12, 15), 1, None, date(2027, 1, 15)),
        (date(2026, 1, 15), -13, None, date(2024, 12, 15)),
        (date(2028, 2, 29), 12, None, date(2029, 2, 28)),
        (date(2028, 2, 29), -12, None, date(2027, 2, 28)),
        (date(2028, 2, 29), 48, None, date(2032, 2, 29)),
        (date(2028, 2, 29), 12, LAST, date(2029, 2, 28)),
        (date(2029, 2, 28), 36, LAST, date(2032, 2, 29)),
        (date(2029, 2, 28), 36, None, date(2032, 2, 28)),
        (date(2026, 2, 28), 0, None, date(2026, 2, 28)),
        (date(2026, 3, 10), 0, 31, date(2026, 3, 31)),
        (date(2026, 3, 10), 0, LAST, date(2026, 3, 31)),
        (date(2026, 3, 10), 1, 1, date(2026, 4, 1)),
        (date(2026, 12, 31), 2, 30, date(2027, 2, 28)),
        (date(2026, 7, 4), 1200, None, date(2126, 7, 4)),
    ],
)
def test_months_after_by_example(day: date, months: int, anchor: DayOfMonth | None, expected: date) -> None:
    assert months_after(day, months, anchor=anchor) == expected


def test_the_first_and_the_last_month_of_the_calendar() -> None:
    assert months_after(date(1, 2, 28), -1, anchor=LAST) == date(1, 1, 31)
    assert months_after(date(9999, 11, 30), 1, anchor=31) == date.max
    assert months_after(date.min, 12 * 9999 - 1) == date(9999, 12, 1)
    assert months_after(date.max, -(12 * 9999 - 1)) == date(1, 1, 31)
    assert (months_after(date.min, 0), months_after(date.max, 0)) == (date.min, date.max)
    for day, months in [(date.max, 1), (date.min, -1), (date.max, 10**30), (date.min, -(10**30))]:
        with pytest.raises(InvalidValue):
            months_after(day, months)


@pytest.mark.parametrize("anchor", ANCHORS)
def test_walking_over_the_days_comes_to_the_same_date(anchor: DayOfMonth) -> None:
    for day in walk(date(2027, 12, 27), date(2028, 4, 2)):
        for months in range(-3, 15):
            assert months_after(day, months, anchor=anchor) == after_months(day, months, anchor), (day, months)


@given(st.dates(date(1890, 1, 1), date(2110, 1, 1)), st.integers(-50, 50))
def test_from_anywhere_walking_comes_to_the_same_date(day: date, months: int) -> None:
    assert months_after(day, months) == after_months(day, months, day.day)
    assert months_after(day, months, anchor=LAST) == after_months(day, months, "last")


@given(
    st.dates(date(1000, 1, 1), date(8999, 1, 1)),
    st.integers(-5000, 5000),
    st.integers(-5000, 5000),
    st.sampled_from(ANCHORS),
)
def test_months_add_up_on_one_anchor(day: date, one: int, other: int, anchor: DayOfMonth) -> None:
    """In two steps or in one: nothing drifts where the anchor is handed on."""
    there = months_after(day, one, anchor=anchor)
    assert months_after(there, other, anchor=anchor) == months_after(day, one + other, anchor=anchor)


def test_months_are_numbered_in_their_order() -> None:
    firsts = [day for day in walk(date(1999, 12, 1), date(2002, 1, 1)) if day.day == 1]
    numbers = [month_of(day) for day in firsts]
    assert numbers == list(range(numbers[0], numbers[0] + 25))
    assert [day_in_month(number, 1) for number in numbers] == firsts
    assert all(month_of(day) == month_of(day.replace(day=1)) for day in walk(date(2000, 1, 1), date(2001, 1, 1)))


def test_last_is_the_31st_of_the_longest_month() -> None:
    assert [day_number(anchor) for anchor in ANCHORS] == [*range(1, 32), 31]
    assert LAST == "last"


def test_no_day_of_the_year_is_asked_of_dateutil() -> None:
    """Of its ``yearday`` the versions that are allowed disagree: 366 in a leap year is 30 December in 2.9."""
    folder = Path(arledger.dates.__file__).parent
    sources = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}
    assert "dateutil" in sources["months.py"]
    assert [name for name, source in sources.items() if "yearday" in source] == []
