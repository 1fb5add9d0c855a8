"""Rates in percent, and tables of them that change over time.

The problem: 0.09 may be nine percent or nine hundredths of one, a float of it is inexact, and a table of dated rates
with a hole in it earns nothing in silence. The decision: a rate is a ``Percent``, exact, and no amount; a table of
dated rates is a value that is checked once for gaps and overlaps, and then has one rate for each day that it covers.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import attrs

from arledger.amounts import exact_amount
from arledger.checks import (
    LARGEST_EXPONENT,
    as_tuple,
    check_date,
    check_instance,
    check_range,
    check_span,
    check_tuple_of,
)
from arledger.errors import InvalidValue


@attrs.frozen(init=False, repr=False, order=False)
class Percent:
    """So many percent, exactly: of text, an int, a Decimal or a Fraction. A float is refused.

    >>> Percent("9.975").fraction
    Fraction(399, 4000)
    >>> Percent(5), Percent(Fraction(100, 3))
    (Percent('5'), Percent(Fraction(100, 3)))
    """

    fraction: Fraction
    """The rate as a part of one: 5% is 1/20."""

    def __init__(self, percent: str | int | Decimal | Fraction) -> None:
        if isinstance(percent, Fraction):
            check_range(percent, "percent", "percent")
            exact = percent
        else:
            exact = exact_amount(percent, "percent")
        object.__setattr__(self, "fraction", exact / 100)

    def __str__(self) -> str:
        return f"{number_text(self.fraction * 100)}%"

    def __repr__(self) -> str:
        return f"Percent({number_repr(self.fraction * 100)})"


def number_text(number: Fraction | int) -> str:
    """An exact number as people read it: in decimals if it has an end, else as a fraction.

    >>> number_text(Fraction(61, 2)), number_text(Fraction(365, 12)), number_text(Fraction(-12))
    ('30.5', '365/12', '-12')
    """
    exact = Fraction(number)
    rest, decimals = exact.denominator, 0
    while rest % 10 == 0:
        rest, decimals = rest // 10, decimals + 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest, decimals = rest // prime, decimals + 1
    if rest != 1 or decimals > LARGEST_EXPONENT:  # more decimals than are read
        return str(exact)
    sign, digits = "-" if exact < 0 else "", str(abs(exact.numerator) * 10**decimals // exact.denominator)
    if not decimals:
        return sign + digits
    digits = digits.rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def number_repr(number: Fraction) -> str:
    """An exact number as code that reads back: text where it has an end, else a Fraction.

    >>> number_repr(Fraction(61, 2)), number_repr(Fraction(365, 12))
    ("'30.5'", 'Fraction(365, 12)')
    """
    text = number_text(number)
    return repr(number) if "/" in text else repr(text)


@attrs.frozen(order=False)
class Rate:
    """A rate from a day on (absent: since ever), up to and without another (absent: until the next one of its table).

    >>> Rate(Percent("0.11"), since=date(2026, 1, 1))
    Rate(percent=Percent('0.11'), since=datetime.date(2026, 1, 1), until=None)
    """

    percent: Percent
    since: date | None = attrs.field(default=None, kw_only=True)
    until: date | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_instance(self.percent, Percent, "rate", "percent", "pass a Percent, such as Percent('2.5')")
        check_rate(self.percent, "rate")
        check_span(self, "rate", "until is the first day after the rate")

    def __str__(self) -> str:
        since = f" from {self.since}" if self.since else ""
        return f"{self.percent}{since}" + (f" up to {self.until}" if self.until else "")


def check_rate(percent: Percent, subject: str) -> None:
    """Refuse a rate below zero."""
    if percent.fraction < 0:
        raise InvalidValue(
            f"{subject}: percent {percent} is negative", field="percent", value=percent, hint="pass 0 or more"
        )


def _as_rates(rates: Percent | Rate | Iterable[Rate]) -> tuple[Rate, ...]:
    if isinstance(rates, Percent):
        return (Rate(rates),)
    if isinstance(rates, Rate):
        return (rates,)
    found = as_tuple(rates)
    if isinstance(found, tuple) and all(isinstance(rate, Rate) for rate in found):
        return tuple(sorted(found, key=lambda rate: (rate.since is not None, rate.since or date.min)))
    return found


@attrs.frozen(order=False)
class RateTable:
    """Rates that follow each other without gap or overlap. A single Percent is a table of one rate for all time.

    >>> table = RateTable([Rate(Percent("5")), Rate(Percent("7"), since=date(2026, 7, 1))])
    >>> table.at(date(2026, 6, 30)), table.at(date(2026, 7, 1))
    (Percent('5'), Percent('7'))

    Refused: no rates, a gap, an overlap. Where nothing is charged for a while, that is a rate of 0.
    """

    rates: tuple[Rate, ...] = attrs.field(converter=_as_rates)

    def __attrs_post_init__(self) -> None:
        check_tuple_of(self.rates, Rate, "rate table", "rates", "pass a Percent, or a list of Rate")
        if not self.rates:
            raise InvalidValue("rate table: no rates", field="rates", value=self.rates, hint="pass at least one")
        for earlier, later in pairwise(self.rates):
            _check_next(earlier, later)

    def at(self, day: date) -> Percent | None:
        """The rate on a day; None before the first one and after the last one."""
        check_date(day, "rate table", "day")
        found = None
        for rate in self.rates:
            if rate.since is None or rate.since <= day:
                found = rate
        return None if found is None or (found.until is not None and found.until <= day) else found.percent

    @property
    def changes(self) -> tuple[date, ...]:
        """The days on which a rate begins or ends."""
        days = {day for rate in self.rates for day in (rate.since, rate.until) if day is not None}
        return tuple(sorted(days))


def as_rate_table(rates: RateTable | Percent | Rate | Iterable[Rate]) -> RateTable:
    """A table of whatever makes one."""
    return rates if isinstance(rates, RateTable) else RateTable(rates)


def _check_next(earlier: Rate, later: Rate) -> None:
    if later.since is None or earlier.since == later.since or (earlier.until or later.since) > later.since:
        raise InvalidValue(
            f"rate table: {earlier} overlaps {later}", field="rates", value=later, hint="a day has one rate"
        )
    if earlier.until is not None and earlier.until < later.since:
        raise InvalidValue(
            f"rate table: no rate from {earlier.until} up to {later.since}",
            field="rates",
            value=later,
            hint="leave out until, or write a rate of 0 in between",
        )
