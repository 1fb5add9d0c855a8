"""R22 to R25: ``prorate``, ``per_diem`` and each method alone, against an oracle that walks from day to day.

Two stretches of years: with 29ths of February, and around 2100, which has none. Each test draws from a seed of its own
and counts what it compared, in exact fractions of a minor unit and in the rounded amount.
"""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from arledger import (
    DOWN,
    HALF_EVEN,
    HALF_UP,
    LAST,
    UP,
    DayOfMonth,
    FixedDivisor,
    Frequency,
    Money,
    Period,
    Price,
    Proration,
    Rounding,
    every_two_weeks,
    half_yearly,
    monthly,
    per_diem,
    prorate,
    proration,
    quarterly,
    twice_a_month,
    weekly,
    yearly,
)
from oracles import days_counted
from oracles.days import ONE_DAY, walk
from oracles.days_counted import METHODS, MONTHS_ONLY, Cycle, Round
from samples import PART, samples

BY: dict[str, Proration] = {
    "NONE": proration.NONE,
    "ACTUAL": proration.ACTUAL,
    "STANDARD": proration.STANDARD,
    "THIRTY_DAYS_MONTH": proration.THIRTY_DAYS_MONTH,
    "ANNUAL": proration.ANNUAL,
    "ACTUAL_ACTUAL": proration.ACTUAL_ACTUAL,
    "THIRTY_360": proration.THIRTY_360,
    "over 30": FixedDivisor(30),
    "over 28": FixedDivisor("28"),
    "over 365/12": FixedDivisor(Fraction(365, 12)),
}
ROUNDINGS: list[tuple[Rounding, Round]] = [
    (HALF_UP, days_counted.half_up),
    (HALF_EVEN, days_counted.half_even),
    (UP, days_counted.up),
    (DOWN, days_counted.down),
]
ANCHORS: list[DayOfMonth] = [*range(1, 32), LAST]
PAIRS: list[tuple[DayOfMonth, DayOfMonth]] = [
    (1, 2),
    (1, 15),
    (1, 16),
    (5, 20),
    (13, 28),
    (15, LAST),
    (16, 31),
    (27, 30),
]
STRETCHES = [(date(2022, 1, 1), date(2030, 1, 1)), (date(2098, 1, 1), date(2102, 1, 1))]
KINDS = ("monthly", "of several months", "weekly", "every two weeks", "twice a month")
PROMISED = {"monthly": 1200, "of several months": 700, "weekly": 500, "every two weeks": 500, "twice a month": 700}
"""How many stretches are drawn of each kind of cycle for each method that serves it."""
DAILY_RATES = 300
PER_DIEMS = 2000
KERNELS = [(name, anchor) for name in METHODS for anchor in ((1, 14, 30, LAST) if name in MONTHS_ONLY else (1, 31))]
"""Each method with days of the month from which months are tried in full."""
PARTS_OF_A_MONTH = 28 * 29 // 2 - 1
MONTHS = 12 + 2
"""Those of a leap year, and two about the end of February 2100."""


class Case(NamedTuple):
    """What is asked of both."""

    first: date
    end: date
    prices: list[tuple[date | None, int]]
    """The days from which they hold, in order, and minor units."""


@cache
def cycles(kind: str) -> list[tuple[Frequency, Cycle, date, date]]:
    """The frequencies of a kind, each with the oracle's own cycle, and the days between which to draw."""
    return [
        (frequency, cycle, first, end)
        for first, end in STRETCHES
        for frequency, cycle in _cycles(kind, list(walk(first - 400 * ONE_DAY, end + 400 * ONE_DAY)))
    ]


def _cycles(kind: str, days: list[date]) -> Iterator[tuple[Frequency, Cycle]]:
    if kind == "monthly":
        for anchor in ANCHORS:
            yield monthly(anchor), days_counted.months(days, anchor)
    elif kind == "of several months":
        for anchor in (1, 15, 29, 30, 31, LAST):
            yield quarterly(anchor, month=2), days_counted.months(days, anchor, (2, 5, 8, 11))
            yield half_yearly(anchor, month=9), days_counted.months(days, anchor, (3, 9))
            yield yearly(anchor), days_counted.months(days, anchor, (1,))
    elif kind == "twice a month":
        for pair in PAIRS:
            yield twice_a_month(*pair), days_counted.half_months(days, *pair)
    else:
        count, make = (1, weekly) if kind == "weekly" else (2, every_two_weeks)
        for since in days[500 : 500 + 7 * count]:
            yield make(since), days_counted.weeks(days, since, count)


def draw_case(rng: Random, starts: list[date], first: date, end: date) -> Case:
    """A stretch that often starts or ends where a unit does, or a day from there, and one to four prices about it."""
    place = rng.randrange(bisect_right(starts, first), bisect_right(starts, end))
    start = _near(rng, starts, place)
    stop = _near(rng, starts, place + rng.choice((0, 1, 1, 1, 2, 3)))
    if stop <= start:
        stop = start + timedelta(days=rng.randint(1, 40))
    inside = [rng.randrange(1, max(2, (stop - start).days)) for _ in range(3)]
    edges = [start, *[start + timedelta(days=n) for n in inside], *starts[place - 1 : place + 4]]
    changes = {rng.choice((0, 0, 1, -1)) * ONE_DAY + rng.choice(edges) for _ in range(rng.choice((0, 1, 1, 2, 3, 3)))}
    amounts = [
        rng.choice((0, 1000_00, 1000_00, rng.randint(0, 60), rng.randint(1, 10**6), rng.randint(1, 10**15)))
        for _ in range(4)
    ]
    if rng.random() < 0.15:  # given up, and taken again some days later
        given_up = start + timedelta(days=rng.randint(1, 5))
        changes, amounts = (
            {given_up, given_up + timedelta(days=rng.randint(1, 4))},
            [amounts[3] or 500_00, 0, amounts[2]],
        )
    since = None if rng.random() < 0.8 else min([start, *changes]) - ONE_DAY * rng.choice((1, 20))
    return Case(start, stop, [(since, amounts[0]), *zip(sorted(changes), amounts[1:], strict=False)])


def _near(rng: Random, starts: list[date], place: int) -> date:
    day = starts[place]
    return day if rng.random() < 0.3 else _moved(rng, day)


def _moved(rng: Random, day: date) -> date:
    return day + timedelta(days=rng.choice((-2, -1, 1, 2, rng.randint(-30, 30), rng.randint(-30, 30))))


def price_of(case: Case) -> Callable[[date], int]:
    """The price on a day, by looking through all of them."""

    def price(day: date) -> int:
        found = 0
        for since, minor in case.prices:
            if since is None or since <= day:
                found = minor
        return found

    return price


def ours(case: Case) -> tuple[list[Price], Period]:
    """The same prices and stretch as arledger takes them."""
    prices = [Price(Money.from_minor(minor, "CAD"), since=since) for since, minor in case.prices]
    return prices, Period(case.first, case.end)


def pairs() -> list[tuple[str, str]]:
    """Each kind of cycle with each method that serves it."""
    return [(kind, name) for kind in KINDS for name in BY if name not in MONTHS_ONLY or kind in KINDS[:2]]


@pytest.mark.parametrize(("kind", "name"), pairs())
def test_r22_r23_r24_amounts_are_what_the_days_add(kind: str, name: str) -> None:
    """R22, R23, R24: whole units whole, parts by the method, one or several prices, rounded once."""
    rng = Random(f"{kind} {name}")
    compared = 0
    for _ in range(samples(PROMISED[kind])):
        frequency, cycle, first, end = rng.choice(cycles(kind))
        case = draw_case(rng, cycle.units, first, end)
        rounding, theirs = rng.choice(ROUNDINGS)
        prices, stretch = ours(case)
        result = prorate(prices, stretch, by=BY[name], cycle=frequency, rounding=rounding)
        exact = days_counted.exact(name, case.first, case.end, price_of(case), cycle)
        assert (result.exact, result.amount.minor) == (exact, theirs(exact)), (frequency, rounding, case)
        compared += 1
    assert PART != 1 or compared == PROMISED[kind]


@pytest.mark.parametrize("name", [name for name in BY if name not in {"NONE", "ACTUAL_ACTUAL"}])
def test_r24_the_daily_rate_first(name: str) -> None:
    """R24: rounding the daily rate first is a choice; what comes to the whole is still the whole.

    Left out where a year has no one daily rate, and NONE, which has none at all.
    """
    rng = Random(f"daily rate {name}")
    compared = 0
    for _ in range(samples(DAILY_RATES)):
        frequency, cycle, first, end = rng.choice(cycles("monthly") + cycles("of several months"))
        case = draw_case(rng, cycle.units, first, end)
        daily_rate, theirs = rng.choice(ROUNDINGS)
        prices, stretch = ours(case)
        result = prorate(prices, stretch, by=BY[name], cycle=frequency, daily_rate=daily_rate)
        exact = days_counted.exact(name, case.first, case.end, price_of(case), cycle, theirs)
        assert (result.exact, result.amount.minor) == (exact, days_counted.half_up(exact)), (
            frequency,
            daily_rate,
            case,
        )
        compared += 1
    assert PART != 1 or compared == DAILY_RATES


def test_r25_a_price_a_day_is_the_sum_of_the_days() -> None:
    """R25: per-diem services by the day's price."""
    rng = Random("per diem")
    compared = 0
    for _ in range(samples(PER_DIEMS)):
        _, cycle, first, end = rng.choice(cycles("monthly"))
        case = draw_case(rng, cycle.units, first, end)
        result = per_diem(*ours(case))
        assert result.amount.minor == result.exact == days_counted.by_the_day(case.first, case.end, price_of(case)), (
            case
        )
        compared += 1
    assert PART != 1 or compared == PER_DIEMS


@pytest.mark.parametrize(("name", "anchor"), KERNELS)
def test_r22_r23_every_part_of_every_month(name: str, anchor: DayOfMonth) -> None:
    """R22, R23: the days and the share of each stretch inside each month, by the method itself."""
    compared = 0
    units = list(months_from(anchor))[: samples(MONTHS)]
    for unit in units:
        whole = Period(unit[0], unit[-1] + ONE_DAY)
        for last in range(len(unit)):
            counts = days_counted.counted_back(name, unit[: last + 1], unit, 12)
            for first in range(last == len(unit) - 1, last + 1):
                count = BY[name](Period.through(unit[first], unit[last]), whole, 12)
                assert (count.days, count.share) == counts[first], (unit[first], unit[last], whole)
                compared += 1
    assert compared >= PARTS_OF_A_MONTH * len(units)
    assert PART != 1 or len(units) == MONTHS


def months_from(anchor: DayOfMonth) -> Iterator[list[date]]:
    """The days of the months from an anchor: the twelve that begin in 2028, and two with days of February 2100."""
    for first, end in ((date(2028, 1, 1), date(2029, 1, 1)), (date(2100, 1, 10), date(2100, 3, 10))):
        starts = days_counted.months(list(walk(first, end + 31 * ONE_DAY)), anchor).units
        yield from days_counted.units_of(starts[: bisect_left(starts, end) + 1])


def test_as_many_comparisons_as_promised() -> None:
    """100,000 in all; each test counts that it made its own part of them."""
    drawn = sum(PROMISED[kind] for kind, _ in pairs()) + PER_DIEMS
    assert drawn >= 25_000
    assert drawn + len(KERNELS) * MONTHS * PARTS_OF_A_MONTH >= 100_000


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_drawn_has_what_it_is_drawn_for(kind: str) -> None:
    """An oracle agrees on what it never sees: each shape of a stretch and of its prices is a fair part of the cases."""
    count = 500
    rng = Random(f"census {kind}")
    seen: dict[str, int] = {}
    for _ in range(count):
        _, cycle, first, end = rng.choice(cycles(kind))
        for shape in shapes_of(draw_case(rng, cycle.units, first, end), cycle):
            seen[shape] = seen.get(shape, 0) + 1
    least = {shape: count / (100 if shape == "a 31st" else 40) for shape in SHAPES}
    assert {shape: seen.get(shape, 0) for shape in SHAPES if seen.get(shape, 0) < least[shape]} == {}


SHAPES = {
    "one unit, in part": "a part of one unit",
    "one whole unit": "from its first day to its last",
    "several units": "more than one",
    "a change inside a whole unit": "a price begins in a unit that is wholly in the stretch",
    "a change on a first day": "a price begins where a unit does",
    "a gap": "a price, none, and a price again, in one unit",
    "equal prices": "a price that begins and changes nothing",
    "no price at first": "the first day has none",
    "a 31st": "the last day is one",
    "an end of February": "the stretch has the last day of one",
}


def shapes_of(case: Case, cycle: Cycle) -> Iterator[str]:
    """What a case has, of the shapes."""
    inside = [unit for unit in days_counted.units_of(cycle.units) if unit[0] < case.end and unit[-1] >= case.first]
    whole = [unit for unit in inside if unit[0] >= case.first and unit[-1] < case.end]
    changes = {since for since, _ in case.prices[1:] if since and case.first < since < case.end}
    prices = [price_of(case)(day) for day in walk(case.first, case.end)]
    flags = [bool(price) for price in prices]
    yield "several units" if len(inside) > 1 else "one whole unit" if whole else "one unit, in part"
    if any(change in unit[1:] for change in changes for unit in whole):
        yield "a change inside a whole unit"
    if any(change == unit[0] for change in changes for unit in inside):
        yield "a change on a first day"
    if any("10" in text and "1" in text[text.index("10") + 1 :] for text in map(price_marks(case), inside)):
        yield "a gap"
    if any(one == other for (_, one), (since, other) in pairwise(case.prices) if since in changes):
        yield "equal prices"
    if not flags[0] and any(flags):
        yield "no price at first"
    if (case.end - ONE_DAY).day == 31:
        yield "a 31st"
    if any(day.month == 2 and (day + ONE_DAY).month == 3 for day in walk(case.first, case.end)):
        yield "an end of February"


def price_marks(case: Case) -> Callable[[list[date]], str]:
    """The days of a unit that are in the stretch, each as 1 where it has a price, and as 0."""
    price = price_of(case)
    return lambda unit: "".join("1" if price(day) else "0" for day in unit if case.first <= day < case.end)


def test_the_oracle_by_example() -> None:
    """Rows C1, C4, C5 and C8 of the rules, and 30/360 about a February."""
    august, september = list(walk(date(2026, 8, 1), date(2026, 9, 1))), list(walk(date(2026, 9, 1), date(2026, 10, 1)))
    assert days_counted.counted_back("ACTUAL", august[19:], august, 12)[0] == (12, Fraction(12, 31))
    backwards = [count.days for count in days_counted.counted_back("THIRTY_DAYS_MONTH", august[1:], august, 12)]
    assert (backwards[6], backwards[27:30]) == (23, [2, 1, 1])
    cycle = days_counted.months(august + september + [date(2026, 10, 1)], 1)
    part = [
        days_counted.half_up(days_counted.exact(name, august[7], september[0], lambda _: 1000_00, cycle))
        for name in ("NONE", "ACTUAL", "STANDARD", "over 30", "THIRTY_DAYS_MONTH", "ANNUAL")
    ]
    assert part == [1000_00, 774_19, 786_89, 800_00, 766_67, 789_04]
    rise = [
        days_counted.half_up(
            days_counted.exact(
                name, september[0], date(2026, 10, 1), lambda day: 1000_00 if day < september[15] else 1100_00, cycle
            )
        )
        for name in ("STANDARD", "ACTUAL")
    ]
    assert rise == [1049_18, 1050_00]
    unit = list(walk(date(2026, 2, 15), date(2026, 3, 15)))
    thirty_360 = [count.days for count in days_counted.counted_back("THIRTY_360", unit[:-1], unit, 12)]
    assert (thirty_360[0], thirty_360[12:15]) == (29, [17, 14, 13])


def test_the_oracle_shares_no_code() -> None:
    tree = ast.parse(Path(days_counted.__file__).read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imports = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert modules | imports <= {
        *("__future__", "bisect", "collections.abc", "datetime", "fractions", "functools", "itertools", "math"),
        *("typing", "oracles.days"),
    }
