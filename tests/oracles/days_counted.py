"""The oracle of proration: it walks the days of a stretch, and asks each of them what it adds to the bill.

It goes backwards, from the last day to the first. So what is counted when it reaches a day is always what a stretch
from that day on would count, and each day costs its own price times what it adds: a price that changes needs no rule
of its own. The units of a cycle are found by walking, too. No length of a month is looked up, no month is added to
anything, and no days are subtracted but those of a year and of the unit itself.

Source: rules R22 to R25, as written.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from oracles.days import ONE_DAY, is_anchor, walk

Adds = Callable[[date, date | None], int]
"""What a day adds to the days counted, given the day after it that was counted just before; None for the last day."""

Over = Callable[[date, int, int], Fraction]
"""What one counted day is divided by, given the days of the unit and how many units a year has by name."""

Round = Callable[[Fraction], int]
PriceOf = Callable[[date], int]
"""The price of a period on a day, in minor units; zero where there is none."""
Prices = dict[date, int]
"""The same, asked once for each day of a stretch."""


class Cycle(NamedTuple):
    """Where the periods of a cycle start, and its units: the months of a quarter, or the periods themselves."""

    periods: list[date]
    units: list[date]
    units_a_period: int
    units_a_year: int


class Counted(NamedTuple):
    """What was counted of a unit: days, and their share of it."""

    days: int | Fraction
    share: Fraction


NOTHING = Counted(0, Fraction(0))


def one_each(_day: date, _following: date | None) -> int:
    """R22: each day is a day."""
    return 1


def last_two_of_31_are_one(day: date, following: date | None) -> int:
    """R23: the days to the 30th count, and a 31st is its month's 30th: whoever has both has one."""
    return 0 if day.day == 30 and following is not None and following.day == 31 else 1


def steps_of_30_360(day: date, following: date | None) -> int:
    """R22: months of 30 days; the 31st, and the last day of February, stand where the 30th does."""
    if following is None:
        return 1
    places = [
        30 * (12 * one.year + one.month) + (30 if one.month == 2 and is_anchor(one, "last") else min(one.day, 30))
        for one in (day, following)
    ]
    return places[1] - places[0]


@cache
def days_of_year(year: int) -> int:
    """365 or 366."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def fixed(days: Fraction) -> Over:
    """So many days, whatever the unit."""
    return lambda _day, _days_of_unit, _per_year: days


def days_of_unit(_day: date, days: int, _per_year: int) -> Fraction:
    """R22, ACTUAL: over the days in the month; R24: over 7 or 14, or the days of the half-month."""
    return Fraction(days)


def part_of_365(_day: date, _days: int, per_year: int) -> Fraction:
    """R22, ANNUAL: the amount of a year over 365, in leap years too; by 12, 52, 26 or 24."""
    return Fraction(365, per_year)


def part_of_its_year(day: date, _days: int, per_year: int) -> Fraction:
    """R22: the leap-aware year."""
    return Fraction(days_of_year(day.year), per_year)


METHODS: dict[str, tuple[Adds, Over]] = {
    "ACTUAL": (one_each, days_of_unit),
    "STANDARD": (one_each, fixed(Fraction(61, 2))),
    "THIRTY_DAYS_MONTH": (last_two_of_31_are_one, fixed(Fraction(30))),
    "ANNUAL": (one_each, part_of_365),
    "ACTUAL_ACTUAL": (one_each, part_of_its_year),
    "THIRTY_360": (steps_of_30_360, fixed(Fraction(30))),
    "over 30": (one_each, fixed(Fraction(30))),
    "over 28": (one_each, fixed(Fraction(28))),
    "over 365/12": (one_each, fixed(Fraction(365, 12))),
}
"""All but NONE, which counts no days."""
MONTHS_ONLY = {"STANDARD", "THIRTY_DAYS_MONTH", "THIRTY_360", "over 30", "over 28", "over 365/12"}


def counted_back(method: str, run: Sequence[date], unit: Sequence[date], per_year: int) -> list[Counted]:
    """What each end of a run of days counts for: from each of its days to the last; and nothing, after the last.

    R24: the unit itself, from its first day to its last, is never prorated, and a part never exceeds the whole.
    """
    adds, over = METHODS[method]
    days, share, following = 0, Fraction(0), None
    found = [NOTHING]
    for day in reversed(run):
        added = adds(day, following)
        days, following = days + added, day
        if added:
            share += added / over(day, len(unit), per_year)
        found.append(Counted(days, min(share, Fraction(1))))
    if len(run) == len(unit):
        found[-1] = Counted(len(unit), Fraction(1))
    return found[::-1]


def exact(
    method: str, first: date, end: date, price: PriceOf, cycle: Cycle, daily_rate: Round | None = None
) -> Fraction:
    """What the days from the first up to the end cost, in minor units."""
    prices = {day: price(day) for day in walk(first, end)}
    if method == "NONE":
        return Fraction(sum(_whole_periods(prices, cycle.periods)))
    total = Fraction(0)
    for unit in _touched(cycle.units, first, end):
        left = Fraction(1)  # R24: the parts of a unit together are no more than the unit
        for run in _runs(unit, prices):
            counts = counted_back(method, run, unit, cycle.units_a_year)
            most = min(counts[0].share, left)
            left -= most
            total += _run_costs([_cut(counted, most) for counted in counts], run, prices, cycle, daily_rate)
    return total


def _cut(counted: Counted, most: Fraction) -> Counted:
    """A count of no more than a share of the unit; of as many days less."""
    if counted.share <= most:
        return counted
    return Counted(counted.days * most / counted.share, most)


def by_the_day(first: date, end: date, price: PriceOf) -> int:
    """R25: per-diem services by the day's price."""
    return sum(price(day) for day in walk(first, end))


def _run_costs(
    counts: list[Counted], run: list[date], prices: Prices, cycle: Cycle, daily_rate: Round | None
) -> Fraction:
    """What days in a row cost, each at its own price: what it adds, less what the days after it had added already."""

    def cost(units: int, counted: Counted) -> Fraction:
        of_unit = Fraction(units, cycle.units_a_period)  # R24: for k months the amount over k is the monthly amount
        if daily_rate is None or counted.share in {0, 1}:
            return of_unit * counted.share
        return min(of_unit, Fraction(daily_rate(of_unit * counted.share / counted.days) * counted.days))

    total, since = Fraction(0), 0
    for place in range(1, len(run) + 1):
        units = prices[run[since]]
        if place == len(run) or prices[run[place]] != units:  # days of one price add as one
            total += cost(units, counts[since]) - cost(units, counts[place])
            since = place
    return total


def _whole_periods(prices: Prices, starts: list[date]) -> list[int]:
    """R22, NONE: the whole, at the price of the first day that has one."""
    periods = _touched(starts, min(prices), max(prices) + ONE_DAY)
    return [next((prices[day] for day in period if prices.get(day)), 0) for period in periods]


def _runs(unit: list[date], prices: Prices) -> list[list[date]]:
    """The days of a unit that have a price, in runs without a day between them."""
    runs: list[list[date]] = [[]]
    for day in unit:
        if prices.get(day):
            runs[-1].append(day)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _touched(starts: list[date], first: date, end: date) -> list[list[date]]:
    """The days of each unit that has a day of the stretch."""
    found = []
    place = bisect_right(starts, first) - 1
    while starts[place] < end:
        found.append(list(walk(starts[place], starts[place + 1])))
        place += 1
    return found


def months(days: Sequence[date], anchor: int | str, in_months: Sequence[int] = range(1, 13)) -> Cycle:
    """Periods of as many months as pass between the months (1 to 12) in which they start; the units are months."""
    units = [day for day in days if is_anchor(day, anchor)]
    return Cycle([day for day in units if day.month in in_months], units, 12 // len(in_months), 12)


def weeks(days: Sequence[date], since: date, count: int) -> Cycle:
    """Periods of some weeks, counted from a day among the days."""
    same = [day for day in days if day.weekday() == since.weekday()]
    starts = same[same.index(since) % count :: count]
    return Cycle(starts, starts, 1, 52 // count)


def half_months(days: Sequence[date], first: int | str, second: int | str) -> Cycle:
    """Two periods a month."""
    starts = [day for day in days if is_anchor(day, first) or is_anchor(day, second)]
    return Cycle(starts, starts, 1, 24)


def half_up(number: Fraction) -> int:
    """The nearest whole number; halves go up. Nothing here is negative."""
    return math.floor(number + Fraction(1, 2))


def half_even(number: Fraction) -> int:
    """The nearest whole number; of two the even one."""
    return min(math.floor(number), math.ceil(number), key=lambda whole: (abs(whole - number), whole % 2))


def down(number: Fraction) -> int:
    """The whole number below."""
    return math.floor(number)


def up(number: Fraction) -> int:
    """The whole number above."""
    return math.ceil(number)


def units_of(starts: list[date]) -> list[list[date]]:
    """The days of each unit, from the starts of all of them."""
    return [list(walk(first, end)) for first, end in pairwise(starts)]
