"""What a stretch of time costs, and why.

The problem: a tenant moves in on the 20th, the rent rises on the 16th, and both must come to the cent that the contract
means, on every machine. The decision, in four sentences. Each unit of the cycle (a month, a week, a half-month) that is
occupied from its first day to its last costs its whole price. Of any other, the method counts the days. A price that
changes inside a unit costs the old one and, from the day of the change, the difference; so a fully occupied month is
whole(old) + (new - old) x days left / divisor, and no day is billed twice. All of it is exact, and rounded once, at the
end (or the daily rate first, where the contract says so).

Source: rules R22 to R25.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

import attrs

from arledger.billing.prices import Price, Prices, as_prices
from arledger.billing.proration import NONE, DayCount, Proration, check_proration, check_unit
from arledger.checks import answer_of, check_instance, name_of
from arledger.dates.frequency import Frequency, check_frequency, monthly, periods_over
from arledger.dates.period import Period, overlap
from arledger.money import Money, minor_text, money_of, rounded
from arledger.rates import number_text
from arledger.rounding import HALF_UP, Rounding, check_rounding
from arledger.tables import text_table

_FINER = 100
"""Exact amounts print with two more decimals than their currency has."""


@attrs.frozen(order=False)
class ProratedPart:
    """One step of a prorated amount: a stretch, and what is owed for it.

    ``price`` is that of a whole unit (a month of a quarter, rounded to be shown). Where it changes inside a unit, the
    part from the change on is owed for the difference to the price ``before`` (zero elsewhere), so that no day is
    billed twice. ``share`` is days over divisor, at most 1. ``exact`` is in minor units, and may be negative.
    ``daily`` is the rounded price of a day (less that of the price before), where the daily rate is rounded first.
    """

    stretch: Period
    price: Money
    before: Money
    days: int | Fraction
    divisor: int | Fraction
    share: Fraction
    exact: Fraction
    daily: Money | None = None


@attrs.frozen(order=False)
class Prorated:
    """What a stretch costs: the amount, and each part of it. Prints as a table."""

    amount: Money
    parts: tuple[ProratedPart, ...]

    @property
    def exact(self) -> Fraction:
        """The sum of the parts in minor units, before rounding."""
        return sum((part.exact for part in self.parts), Fraction(0))

    @property
    def formula(self) -> str:
        """The amount as a formula, on one line.

        >>> from arledger import proration
        >>> rise = [Price(Money("1000", "CAD")), Price(Money("1100", "CAD"), since=date(2026, 9, 16))]
        >>> prorate(rise, Period(date(2026, 9, 1), date(2026, 10, 1)), by=proration.STANDARD).formula
        '1000.00 + (1100.00 - 1000.00) x 15/30.5'
        """
        return " + ".join(map(_term, self.parts)) or "nothing"

    def __str__(self) -> str:
        currency = self.amount.currency
        rows = [
            (
                str(part.stretch.start),
                str(part.stretch.end),
                number_text(part.days),
                "" if part.daily is not None else number_text(part.divisor),
                _price_text(part),
                _exact_text(part.exact, currency),
            )
            for part in self.parts
        ]
        total = ("rounded", "", "", "", "", minor_text(self.amount.minor, currency))
        return text_table(("from", "up to", "days", "over", "of", "comes to"), [*rows, total], right=(2, 3, 4, 5))


def prorate(
    price: Money | Price | Iterable[Price] | Prices,
    stretch: Period,
    *,
    by: Proration,
    cycle: Frequency | None = None,
    rounding: Rounding = HALF_UP,
    daily_rate: Rounding | None = None,
) -> Prorated:
    """What a stretch costs at a price a period, and why.

    ``price`` is that of one period of the ``cycle`` (absent: the calendar month), or prices that change on dates.
    ``stretch`` is half-open; where its last day counts too, ``Period.through(first, last)`` makes it. ``daily_rate``
    rounds the price of a day first (a variant that some contracts have), and then multiplies.

    >>> from arledger import proration
    >>> print(prorate(Money("1000", "CAD"), Period(date(2026, 8, 20), date(2026, 9, 1)), by=proration.ACTUAL))
    from        up to       days  over       of  comes to
    ----------  ----------  ----  ----  -------  --------
    2026-08-20  2026-09-01    12    31  1000.00  387.0968
    rounded                                        387.10

    Refused: a method that divides by a month, over weeks or half-months; a negative price; a stretch that is no Period.

    Source: rules R22 to R24.
    """
    prices = as_prices(price)
    check_instance(stretch, Period, "prorate", "stretch")
    if cycle is None:
        cycle = monthly(1)
    check_frequency(cycle, "prorate", "cycle")
    check_proration(by, "prorate", "by")
    check_unit(by, (cycle.in_months or cycle).per_year)
    check_rounding(rounding, "rounding")
    if daily_rate is not None:
        check_rounding(daily_rate, "daily_rate")
    steps = _whole_periods(prices, stretch, cycle) if by == NONE else _counted(prices, stretch, cycle, by)
    return _prorated([_part(*step, daily_rate, prices.currency) for step in steps], rounding, prices.currency)


def per_diem(
    price: Money | Price | Iterable[Price] | Prices, stretch: Period, *, rounding: Rounding = HALF_UP
) -> Prorated:
    """What a stretch costs at a price a day: each day the price that it has.

    >>> per_diem(Money("45.50", "USD"), Period(date(2026, 3, 1), date(2026, 3, 11))).amount
    Money('455.00', 'USD')

    Source: rule R25, ALIS's per-diem services.
    """
    prices = as_prices(price)
    check_instance(stretch, Period, "per_diem", "stretch")
    currency = prices.currency
    parts = [
        ProratedPart(
            part,
            money_of(minor, currency),
            money_of(0, currency),
            part.days,
            1,
            Fraction(part.days),
            Fraction(minor * part.days),
        )
        for part, minor in prices.levels(stretch)
        if minor
    ]
    return _prorated(parts, rounding, currency)


_Step = tuple[Period, DayCount, Fraction, Fraction]
"""A stretch, what is counted of it, the price of its unit, and the price that was counted for it already."""


def _whole_periods(prices: Prices, stretch: Period, cycle: Frequency) -> Iterator[_Step]:
    """Each period that is touched, as a whole, at the first price that it has."""
    for period in periods_over(cycle, stretch):
        piece = overlap(period, stretch)
        assert piece is not None
        first = next(((part, minor) for part, minor in prices.levels(piece) if minor), None)
        if first is not None:
            part, minor = first
            yield Period(part.start, piece.end), DayCount(period.days, period.days), Fraction(minor), Fraction(0)


def _counted(prices: Prices, stretch: Period, cycle: Frequency, by: Proration) -> Iterator[_Step]:
    """Each unit that is touched: its whole price, or so many days of it; and each change of price inside it."""
    units = cycle.in_months or cycle
    in_period = Fraction(units.per_year, cycle.per_year)
    for unit in periods_over(units, stretch):
        piece = overlap(unit, stretch)
        assert piece is not None
        before, left = Fraction(0), Fraction(1)
        most = left
        levels = prices.levels(piece)
        for place, (part, minor) in enumerate(levels):
            price = minor / in_period
            if price and price != before:
                rest = Period(part.start, _end_of_run(levels, place))
                count = _count(rest, unit, units.per_year, by)
                if not before:  # a run of days with a price: all runs of a unit together are no more than the unit
                    most = min(count.share, left)
                    left -= most
                yield rest, _at_most(most, count), price, before
            before = price


def _end_of_run(levels: list[tuple[Period, int]], place: int) -> date:
    """Where a price stops being followed by another: at a price of zero, or at the end."""
    for part, minor in levels[place:]:
        if not minor:
            return part.start
    return levels[-1][0].end


def _count(stretch: Period, unit: Period, per_year: int, by: Proration) -> DayCount:
    if stretch == unit:
        return DayCount(unit.days, unit.days)
    count = answer_of(by, stretch, unit, per_year, subject=f"proration {name_of(by)}:", field="by")
    check_instance(count, DayCount, f"proration {name_of(by)}", "by", "give a DayCount(days, divisor)")
    return count


def _at_most(share: Fraction, count: DayCount) -> DayCount:
    """A count, cut to a share of the whole."""
    return count if count.share <= share else DayCount(share * count.divisor, count.divisor)


def _part(
    stretch: Period, count: DayCount, price: Fraction, before: Fraction, daily_rate: Rounding | None, currency: str
) -> ProratedPart:
    """A step as a part: its share of the price, less that of the price which was counted already."""
    shown, shown_before = (money_of(rounded(amount, HALF_UP, currency), currency) for amount in (price, before))
    if daily_rate is None or count.share == 1:
        exact, daily = (price - before) * count.share, None
    else:
        # the price of a day, rounded up, may come to more than the price of the whole
        rate, rate_before = (rounded(amount / count.divisor, daily_rate, currency) for amount in (price, before))
        exact = Fraction(min(price, rate * count.days) - min(before, rate_before * count.days))
        change = rate - rate_before
        daily = money_of(change, currency) if exact == change * count.days else None
    return ProratedPart(stretch, shown, shown_before, count.days, count.divisor, count.share, exact, daily)


def _prorated(parts: list[ProratedPart], rounding: Rounding, currency: str) -> Prorated:
    exact = sum((part.exact for part in parts), Fraction(0))
    return Prorated(money_of(rounded(exact, rounding, currency), currency), tuple(parts))


def _term(part: ProratedPart) -> str:
    """A part as a term of the formula."""
    days, divisor = number_text(part.days), number_text(part.divisor)
    if part.daily is not None:
        return f"{minor_text(part.daily.minor, part.daily.currency)} x {days}"
    price = minor_text(part.price.minor, part.price.currency)
    if part.before:
        price = f"({price} - {minor_text(part.before.minor, part.before.currency)})"
    if part.share == 1:
        return price
    if divisor == "1":
        return f"{price} x {days}"
    return f"{price} x {days}/({divisor})" if "/" in divisor else f"{price} x {days}/{divisor}"


def _price_text(part: ProratedPart) -> str:
    if part.daily is not None:
        return f"{minor_text(part.daily.minor, part.daily.currency)} a day"
    price = minor_text(part.price.minor, part.price.currency)
    return f"{price} less {minor_text(part.before.minor, part.before.currency)}" if part.before else price


def _exact_text(exact: Fraction, currency: str) -> str:
    """Exact minor units in major units, with two more decimals where they are no whole number."""
    if exact.denominator == 1:
        return minor_text(exact.numerator, currency)
    finer = abs(exact) * _FINER
    whole, rest = divmod(HALF_UP(finer.numerator, finer.denominator), _FINER)
    text = minor_text(whole, currency)
    point = "" if "." in text else "."
    return f"{'-' if exact < 0 else ''}{text}{point}{rest:02}"
