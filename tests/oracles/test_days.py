"""R27: frequencies against an oracle that walks from day to day, for every anchor; 100,000 periods and more.

Two stretches: forty years from 2000 on, with ten 29ths of February, and ten around 2100, which has none. Each test
counts the periods that it compared; a period is one comparison, however many questions are asked about it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from arledger import (
    LAST,
    DayOfMonth,
    Frequency,
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
from oracles import days
from oracles.days import ONE_DAY, walk
from samples import PART, samples

ANCHORS: list[DayOfMonth] = [*range(1, 32), LAST]
SECONDS: dict[int, list[DayOfMonth]] = {
    1: [2, 15, 16, 28, 31, LAST],
    2: [29],
    7: [22],
    10: [25],
    14: [28, 29],
    15: [16, 30, 31, LAST],
    16: [31],
    20: [30],
    26: [27],
    27: [28, 29, 31, LAST],
}
"""The second days of ``twice_a_month`` by the first: next to each other and far apart, and around February's end."""
MULTIPLES: dict[str, tuple[Callable[..., Frequency], dict[int, tuple[int, ...]]]] = {
    "quarterly": (quarterly, {1: (1, 4, 7, 10), 2: (2, 5, 8, 11), 3: (3, 6, 9, 12)}),
    "half_yearly": (half_yearly, {1: (1, 7), 2: (2, 8), 3: (3, 9), 4: (4, 10), 5: (5, 11), 6: (6, 12)}),
    "yearly": (yearly, {month: (month,) for month in range(1, 13)}),
}
"""Each constructor of periods of several months, with the months in which they start by the one that is passed."""
STRETCHES = [(2000, 40), (2095, 10)]
PROMISED = {
    "weekly": 14610 + 3652 - 2 * 7,
    "every_two_weeks": 14610 + 3652 - 2 * 14,
    "twice_a_month": 22 * (959 + 239),
    "monthly": 32 * (479 + 119),
    "quarterly": 32 * 3 * (159 + 39),
    "half_yearly": 32 * 6 * (79 + 19),
    "yearly": 32 * 12 * (39 + 9),
}
"""How many whole periods lie in the stretches: all frequencies of a name, each with a start more than periods."""


@cache
def monthly_days(first: date, end: date, anchor: DayOfMonth) -> list[date]:
    """The oracle's answer, walked for once: all that hangs on days of the month is picked from it."""
    return days.monthly_days(first, end, anchor)


def cases_of_weeks(name: str, first: date, end: date) -> Iterator[tuple[Frequency, list[date]]]:
    """Weeks from each weekday, or pairs of weeks from each day of two weeks in the middle of the stretch."""
    middle = date((first.year + end.year) // 2, 2, 20)
    if name == "weekly":
        for since in walk(middle, middle + 7 * ONE_DAY):
            yield weekly(since), days.weekly_days(first, end, since)
    else:
        for since in walk(middle, middle + 14 * ONE_DAY):
            yield every_two_weeks(since), days.days_of_every_other_week(first, end, since)


def cases_of_months(name: str, first: date, end: date) -> Iterator[tuple[Frequency, list[date]]]:
    """Months from each anchor, one or several at a time from each month."""
    for anchor in ANCHORS:
        starts = monthly_days(first, end, anchor)
        if name == "monthly":
            yield monthly(anchor), starts
        else:
            make, months_by_month = MULTIPLES[name]
            for month, months in months_by_month.items():
                yield make(anchor, month=month), days.in_months(starts, months)


def cases(name: str, first: date, end: date) -> Iterator[tuple[Frequency, list[date]]]:
    """Every frequency of a name, each with the days of a stretch on which the oracle sees a period start."""
    if name in {"weekly", "every_two_weeks"}:
        yield from cases_of_weeks(name, first, end)
    elif name == "twice_a_month":
        for one, seconds in SECONDS.items():
            for other in seconds:
                both = monthly_days(first, end, one) + monthly_days(first, end, other)
                yield twice_a_month(one, other), sorted(both)
    else:
        yield from cases_of_months(name, first, end)


def stretches() -> Iterator[tuple[date, date]]:
    """The stretches of years, or that part of them that was asked for; two years have a whole one from any anchor."""
    for year, years in STRETCHES:
        yield date(year, 1, 1), date(year + max(2, samples(years)), 1, 1)


@pytest.mark.parametrize("name", PROMISED)
def test_r27_periods_start_where_a_walk_over_the_days_sees_them_start(name: str) -> None:
    """R27: each date is made from its month and the anchor; a shorter month has its last day instead."""
    compared = 0
    for first, end in stretches():
        for frequency, starts in cases(name, first, end):
            tiles = [Period(start, following) for start, following in pairwise(starts)]
            assert list(periods_over(frequency, Period(starts[0], starts[-1]))) == tiles, frequency
            for number, tile in enumerate(tiles, frequency.number(starts[0])):
                assert frequency.start(number) == tile.start, (frequency, tile)
                assert frequency.number(tile.start) == number, (frequency, tile)
                assert period_at(frequency, tile.end - ONE_DAY) == tile, (frequency, tile)
                compared += 1
    assert PART != 1 or compared == PROMISED[name]


def test_as_many_comparisons_as_promised() -> None:
    """100,000 in all; each test counts that it made its own part of them."""
    assert sum(PROMISED.values()) >= 100_000


@pytest.mark.parametrize("name", PROMISED)
def test_periods_tile_time_without_gap_or_overlap(name: str) -> None:
    """Each period ends where the next one starts, and the first and the last hold the ends of the span."""
    for first, end in stretches():
        span = Period(first, end)
        for frequency, starts in cases(name, first, end):
            found = list(periods_over(frequency, span))
            assert [tile.end for tile in found[:-1]] == [tile.start for tile in found[1:]], frequency
            assert first in found[0], frequency
            assert end - ONE_DAY in found[-1], frequency
            assert len(found) == len(starts) + (starts[0] != first), frequency


@pytest.mark.parametrize("name", ["weekly", "every_two_weeks", "twice_a_month", "monthly"])
def test_each_day_is_in_the_period_of_its_number(name: str) -> None:
    """start(number(day)) <= day < start(number(day) + 1), and number(start(n)) == n, on each day of five years."""
    first, end = date(2096, 1, 1), date(2096 + samples(5), 1, 1)
    for frequency, starts in cases(name, first, end):
        passed = set(starts)
        number = frequency.number(first - ONE_DAY)
        for day in walk(first, end):
            number += day in passed
            assert frequency.number(day) == number, (frequency, day)
            assert frequency.start(number) <= day < frequency.start(number + 1), (frequency, day)


def test_the_oracle_by_example() -> None:
    assert days.monthly_days(date(2028, 1, 1), date(2028, 5, 1), 31) == [
        date(2028, 1, 31),
        date(2028, 2, 29),
        date(2028, 3, 31),
        date(2028, 4, 30),
    ]
    since = date(2026, 1, 8)
    assert days.days_of_every_other_week(date(2025, 12, 20), date(2026, 1, 30), since) == [
        date(2025, 12, 25),
        date(2026, 1, 8),
        date(2026, 1, 22),
    ]
    assert days.after_months(date(2026, 3, 31), -1, 31) == date(2026, 2, 28)


def test_the_oracle_shares_no_code() -> None:
    tree = ast.parse(Path(days.__file__).read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules == {"__future__", "collections.abc", "datetime"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
