"""The oracle of what a fee comes to: it walks the days, and asks each what falls on it or what it earns.

Amounts are nested tuples that begin with a word. No month is added to anything, no days are subtracted.

Source: rules R36 and R38, as written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any, Protocol

from oracles.days import ONE_DAY, is_anchor, walk
from oracles.days_counted import days_of_year

Amount = tuple[Any, ...]
Bases = Mapping[str, Fraction | int]
Rates = Sequence[tuple[date | None, Fraction]]
"""The days from which they hold (at first: since ever), in order, and parts of one."""


class Item(Protocol):
    """What is late, day by day."""

    due: date
    first_day: date

    def bases(self, day: date) -> Bases:
        """What percentages are of, at the end of a day; in the grace, as when it was over."""
        ...

    def owed_on(self, day: date) -> bool:
        """Whether something was owed at the end of a day."""
        ...


@cache
def first_day(grace: tuple[Any, ...], due: date) -> date:
    """R36: the first day of a fee: so many days after the due date, after free ones, or after a day of the month."""
    name, number, *closed = grace
    day = due
    if name == "until":
        while not is_anchor(day, number):
            day += ONE_DAY
        return day + ONE_DAY
    passed = 0
    while passed < number:
        day += ONE_DAY
        passed += not (closed and (day.weekday() in closed[0] or day in closed[1]))
    return day if name == "after" else day + ONE_DAY


@cache
def start_of_period(period: tuple[Any, ...], day: date) -> date:
    """The first day of the month from a day of it, or of the week from a weekday, that a day is in."""
    name, anchor = period
    while not (is_anchor(day, anchor) if name == "month" else day.weekday() == anchor):
        day -= ONE_DAY
    return day


def worth(amount: Amount, item: Item, day: date, bases: Bases | None = None) -> Fraction:
    """R38: what an amount comes to at the end of a day, exactly."""
    name, *parts = amount
    return Fraction(WORTH[name](item, day, item.bases(day) if bases is None else bases, *parts))


def _by_size(item: Item, day: date, now: Bases, base: str, *tiers: Any) -> Fraction:
    """The one tier that a base falls into."""
    return next(worth(part, item, day, now) for top, part in tiers if top is None or now[base] <= top)


def _by_part(item: Item, day: date, now: Bases, base: str, *tiers: Any) -> Fraction:
    """The sum of the tiers that a base reaches, each on the part that falls into it."""
    found, bottom = Fraction(0), 0
    for top, part in tiers:
        inside = (now[base] if top is None else min(top, now[base])) - bottom
        if inside > 0:
            found += worth(part, item, day, {**now, base: inside})
        bottom = bottom if top is None else top
    return found


def _from_day(item: Item, day: date, now: Bases, days: int, part: Amount) -> Fraction:
    """Nothing until it is so many days late, the due date not counted, and owed on that day."""
    late = list(walk(item.due + ONE_DAY, day + ONE_DAY))[days - 1 :]
    return worth(part, item, day, now) if any(map(item.owed_on, late)) else Fraction(0)


def _every(item: Item, day: date, _now: Bases, step: int, part: Amount, first: int, since: str) -> Fraction:
    """Once for each day on which it falls."""
    begin = item.due + ONE_DAY if since == "due" else item.first_day
    falls, following = [], first
    for number, on in enumerate(walk(begin, day + ONE_DAY), 1):  # a day's number
        if number == following:
            falls.append(on)
            following += step
    return _on_each(falls, item, part)


def _each_month(item: Item, day: date, _now: Bases, part: Amount, since: str) -> Fraction:
    """Once on each monthly return of the due date, or of the first day of a fee."""
    origin = item.due if since == "due" else item.first_day
    returns = [on for on in walk(origin + ONE_DAY, day + ONE_DAY) if is_anchor(on, origin.day)]
    return _on_each(returns, item, part)


def _on_each(days: list[date], item: Item, part: Amount) -> Fraction:
    """An amount on each of some days at whose ends something was owed; days with the same bases are asked once."""
    some = [item.bases(on) for on in days]
    same = Counter((now["owed"], now["past due"]) for now in some if now["owed"])
    alike = {(now["owed"], now["past due"]): now for now in some}
    return sum((worth(part, item, item.due, alike[key]) * times for key, times in same.items()), Fraction(0))


def _a_year(item: Item, day: date, _now: Bases, rates: Rates, by: str, since: str) -> Fraction:
    """What the nights earned, from the due date on or from the one before the first day of a fee."""
    origin = item.due if since == "due" else item.first_day - ONE_DAY
    return earned(by, rates, list(walk(origin, day)), lambda on: int(item.bases(on)["owed"]))


WORTH: dict[str, Callable[..., Fraction | int]] = {
    "flat": lambda _item, _day, _now, minor: minor,
    "percent": lambda _item, _day, now, rate, base: rate * now[base],
    "plus": lambda item, day, now, *parts: sum(worth(part, item, day, now) for part in parts),
    "lesser": lambda item, day, now, *parts: min(worth(part, item, day, now) for part in parts),
    "greater": lambda item, day, now, *parts: max(worth(part, item, day, now) for part in parts),
    "by size": _by_size,
    "by part": _by_part,
    "from day": _from_day,
    "every": _every,
    "each month": _each_month,
    "a year": _a_year,
}


def earned(by: str, rates: Rates, days: list[date], owed: Callable[[date], int]) -> Fraction:
    """R38: what a rate earns over the nights that follow some days, on what was owed at the end of each."""
    kind, _, inner = by.partition(" of ")
    if kind == "both ends":  # the last day counts too, on what was owed before it
        last = days[-1] if days else None
        return earned(inner, rates, [*days, last + ONE_DAY], lambda on: owed(min(on, last))) if last else Fraction(0)
    if kind.isdigit():  # nothing for what was owed for less
        return earned(inner, rates, days, owed) if len(days) >= int(kind) else Fraction(0)
    if kind == "months":
        anchors = [day for day in [*days, days[-1] + ONE_DAY] if is_anchor(day, days[0].day)] if days else []
        return sum((owed(start) * rates[_rate(rates, start)][1] / 12 for start, _ in pairwise(anchors)), Fraction(0))
    each = Counter((owed(day), _rate(rates, day), *_part_of_year(kind, day)) for day in days)
    return sum(
        (minor * rates[place][1] * Fraction(part, year) * times for (minor, place, part, year), times in each.items()),
        Fraction(0),
    )


def _rate(rates: Rates, day: date) -> int:
    """The place of the rate of a day."""
    return [place for place, (since, _) in enumerate(rates) if since is None or since <= day][-1]


def _part_of_year(kind: str, day: date) -> tuple[int, int]:
    """The part of a year that the night after a day is: days over days."""
    if kind == "actual":
        return 1, days_of_year(day.year)
    if kind == "30/360":
        places = [30 * (12 * on.year + on.month) + min(on.day, 30) for on in (day, day + ONE_DAY)]
        return places[1] - places[0], 360
    return 1, int(kind.removeprefix("over "))
