"""The oracle of deposits: it walks the days that a deposit is held, and asks each of them what it earns.

A day earns what is held at its end, interest aside, at the rate of that day, over the days of a year. Under whole
months a month earns as its first day says, and months end where a walk over the calendar meets their first day's
number again. Days in a row are one segment until a rate or a balance changes on one of them; what that comes to is
summed day by day. No time is subtracted from another, and no month is added to anything.

What is released comes out of what was paid before it comes out of interest.

Source: rules R46 and R47, as written.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from oracles.days import ONE_DAY, is_anchor, walk
from oracles.days_counted import days_of_year


class Deposit(NamedTuple):
    """A deposit, what became of it, and the rates of the law."""

    since: date
    paid: int
    entries: list[tuple[date, str, int]]
    """Days, "top_up", "interest" or "released", and minor units; top-ups of a day before its releases."""
    rates: list[tuple[date | None, Fraction]]
    """The days from which they hold (at first: since ever), in order, and parts of one."""


class Earned(NamedTuple):
    """What a segment earned, in exact minor units."""

    first: date
    end: date
    exact: Fraction


Convention = Callable[[Deposit, date, date], list[Earned]]


def held(deposit: Deposit, day: date) -> int:
    """R47: held = paid + top-ups + interest - released."""
    if day < deposit.since:
        return 0
    return deposit.paid + sum(
        -minor if kind == "released" else minor for on, kind, minor in deposit.entries if on <= day
    )


def principal(deposit: Deposit, day: date) -> int:
    """What earns: what is held, interest aside."""
    found = deposit.paid
    for on, kind, minor in deposit.entries:
        if on <= day and kind == "top_up":
            found += minor
        elif on <= day and kind == "released":
            found = max(0, found - minor)
    return found


def rate(deposit: Deposit, day: date) -> Fraction:
    """The rate of a day."""
    return [percent for since, percent in deposit.rates if since is None or since <= day][-1]


def changes(deposit: Deposit) -> set[date]:
    """The days on which a rate begins or a balance moves; interest is none of it."""
    begin = {since for since, _ in deposit.rates if since is not None}
    return begin | {on for on, kind, _ in deposit.entries if kind != "interest"}


def over_365(deposit: Deposit, first: date, end: date) -> list[Earned]:
    """R46: simple, actual/365, by rate segment."""
    return _by_the_day(deposit, first, end, lambda _year: 365)


def leap_aware(deposit: Deposit, first: date, end: date) -> list[Earned]:
    """R46: each day over the 365 or 366 of its year."""
    return _by_the_day(deposit, first, end, days_of_year)


def whole_months(deposit: Deposit, first: date, end: date) -> list[Earned]:
    """R46: whole months only, counted from the day it was paid, each a twelfth of a year."""
    begins = [day for day in walk(deposit.since, end + ONE_DAY) if is_anchor(day, deposit.since.day)]
    changing, found = changes(deposit), list[Earned]()
    before = first
    for start, stop in pairwise(begins):
        if start < first:
            continue
        earned = Earned(start, stop, principal(deposit, start) * rate(deposit, start) / 12)
        changed = any(day in changing for day in walk(before + ONE_DAY, start + ONE_DAY))
        _add(found, earned, goes_on=not changed)
        before = start
    return found


def both_ends(inner: Convention) -> Convention:
    """R46: both ends counted; the last day on what was held before it."""

    def convention(deposit: Deposit, first: date, end: date) -> list[Earned]:
        before = [entry for entry in deposit.entries if entry[0] != end]
        return inner(deposit._replace(entries=before), first, end + ONE_DAY)

    return convention


def at_least(days: int, inner: Convention) -> Convention:
    """R46: a least holding time, counted from the day it was paid."""
    return lambda deposit, first, end: inner(deposit, first, end) if len(list(walk(deposit.since, end))) >= days else []


def _by_the_day(deposit: Deposit, first: date, end: date, days: Callable[[int], int]) -> list[Earned]:
    changing, found, daily = changes(deposit), list[Earned](), Fraction(0)
    for day in walk(first, end):
        if day == first or day in changing or (day.month, day.day) == (1, 1):  # as the day before, else
            daily = principal(deposit, day) * rate(deposit, day) / days(day.year)
        _add(found, Earned(day, day + ONE_DAY, daily), goes_on=day not in changing)
    return found


def _add(found: list[Earned], earned: Earned, *, goes_on: bool) -> None:
    """One more day or month: of the last segment, or of a new one."""
    if found and goes_on:
        last = found.pop()
        earned = Earned(last.first, earned.end, last.exact + earned.exact)
    found.append(earned)
