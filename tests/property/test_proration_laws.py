"""The laws of proration, for each method over every cycle that it serves. The quoted sentences are rules R22 to R25."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arledger import (
    ArledgerError,
    DayCount,
    Frequency,
    InvalidType,
    Money,
    Period,
    Price,
    Prorated,
    Proration,
    RoundingMode,
    monthly,
    per_diem,
    period_at,
    periods_over,
    prorate,
    proration,
)
from arledger.dates.period import overlap
from drawn_stretches import (
    COUNTING,
    METHODS,
    cycles,
    month_cycles,
    parts,
    price_lists,
    priced,
    says,
    stretches,
    units,
    units_of,
    years,
)
from strategies import currencies, magnitudes, modes, near

FOUR_CENTURIES = timedelta(days=146_097)
ONE_DAY = timedelta(days=1)

each_method = pytest.mark.parametrize("by", METHODS, ids=repr)
each_that_counts = pytest.mark.parametrize("by", COUNTING, ids=repr)
few = settings(max_examples=20)
"""For each of the methods."""


def exact(price: Any, stretch: Period, by: Proration, cycle: Frequency) -> Fraction:
    return prorate(price, stretch, by=by, cycle=cycle).exact


def cut(data: st.DataObject, stretch: Period) -> list[Period]:
    """A stretch in parts that tile it."""
    inner = st.integers(1, max(1, stretch.days - 1)).map(lambda n: stretch.start + timedelta(days=n))
    edges = {stretch.start, *data.draw(st.lists(inner, max_size=4)), stretch.end}
    return [Period(start, end) for start, end in pairwise(sorted(edges))]


class TestWholeAndParts:
    """A whole period is never prorated, and a part never exceeds the whole."""

    @few
    @given(st.data(), magnitudes())
    @each_method
    def test_a_whole_period_costs_the_whole(self, by: Proration, data: st.DataObject, minor: int) -> None:
        cycle = data.draw(cycles(by))
        period = period_at(cycle, data.draw(years()))
        result = prorate(priced(minor), period, by=by, cycle=cycle)
        assert result.exact == result.amount.minor == minor

    @few
    @given(st.data(), magnitudes())
    @each_method
    def test_no_part_exceeds_the_whole_or_is_negative(self, by: Proration, data: st.DataObject, minor: int) -> None:
        stretch, cycle = data.draw(parts(by))
        result = prorate(priced(minor), stretch, by=by, cycle=cycle)
        in_period = 1 if by == proration.NONE else units_of(cycle).per_year // cycle.per_year
        (part,) = result.parts
        assert 0 < part.share <= 1
        assert result.exact == part.exact == Fraction(minor, in_period) * part.share

    @given(st.data(), magnitudes())
    @pytest.mark.parametrize("by", [by for by in METHODS if says(by, "adds_up")], ids=repr)
    def test_parts_of_a_unit_sum_to_the_whole(self, by: Proration, data: st.DataObject, minor: int) -> None:
        """A method whose parts of a unit always sum to the whole says so by ``adds_up``."""
        unit, cycle = data.draw(units(by))
        found = [exact(priced(minor), part, by, cycle) for part in cut(data, unit)]
        assert sum(found) == exact(priced(minor), unit, by, cycle)
        assert sum(found) * units_of(cycle).per_year == minor * cycle.per_year

    @pytest.mark.parametrize("by", [by for by in METHODS if not says(by, "adds_up")], ids=repr)
    def test_no_other_method_claims_what_it_does_not_keep(self, by: Proration) -> None:
        """Two parts of some month that do not sum to it; of those here only ``ACTUAL`` adds up."""
        assert by != proration.ACTUAL
        sums = set()
        for month in periods_over(monthly(1), Period(date(2027, 1, 1), date(2029, 1, 1))):
            for middle in _days(month)[1:]:
                halves = (Period(month.start, middle), Period(middle, month.end))
                sums.add(sum(exact(priced(100), half, by, monthly(1)) for half in halves))
        assert sums - {Fraction(100)}


class TestEachDayOnce:
    """A change inside a unit costs the old price, and from its day on the difference: no day is billed twice."""

    @few
    @given(st.data(), magnitudes())
    @each_method
    def test_one_more_day_never_costs_less(self, by: Proration, data: st.DataObject, minor: int) -> None:
        stretch, cycle = data.draw(stretches(by))
        least = exact(priced(minor), stretch, by, cycle)
        assert exact(priced(minor), Period(stretch.start - ONE_DAY, stretch.end), by, cycle) >= least
        assert exact(priced(minor), Period(stretch.start, stretch.end + ONE_DAY), by, cycle) >= least

    @few
    @given(st.data())
    @each_that_counts
    def test_one_more_day_at_any_prices_before_or_at_rising_ones_after(
        self, by: Proration, data: st.DataObject
    ) -> None:
        stretch, cycle = data.draw(stretches(by))
        prices = data.draw(price_lists(stretch))
        earlier = Period(stretch.start - ONE_DAY, stretch.end)
        assert exact(prices, earlier, by, cycle) >= exact(prices, stretch, by, cycle)
        amounts = sorted(price.amount for price in prices)
        rising = [Price(amount, since=price.since) for amount, price in zip(amounts, prices, strict=True)]
        longer = Period(stretch.start, stretch.end + ONE_DAY)
        assert exact(rising, longer, by, cycle) >= exact(rising, stretch, by, cycle)

    @few
    @given(st.data())
    @each_method
    def test_changing_prices_cost_something_between_the_least_and_the_most_of_them(
        self, by: Proration, data: st.DataObject
    ) -> None:
        stretch, cycle = data.draw(stretches(by))
        prices = data.draw(price_lists(stretch, least=1))
        held = [price.amount.minor for price in prices]
        least, most = (exact(priced(minor), stretch, by, cycle) for minor in (min(held), max(held)))
        assert least <= exact(prices, stretch, by, cycle) <= most

    @few
    @given(st.data(), magnitudes())
    @each_method
    def test_a_price_split_into_equal_prices_changes_nothing(
        self, by: Proration, data: st.DataObject, minor: int
    ) -> None:
        stretch, cycle = data.draw(stretches(by))
        day = stretch.start + timedelta(days=data.draw(st.integers(-1, stretch.days)))
        split = [priced(minor), priced(minor, day)]
        assert prorate(split, stretch, by=by, cycle=cycle) == prorate(priced(minor), stretch, by=by, cycle=cycle)

    @settings(max_examples=50)
    @given(st.data())
    def test_by_the_days_of_the_unit_the_sum_is_day_by_day(self, data: st.DataObject) -> None:
        """R22: ACTUAL is amount / days in the month x days, each day at its price."""
        stretch, cycle = data.draw(stretches(proration.ACTUAL))
        prices = data.draw(price_lists(stretch))
        days = [Period(day, day + ONE_DAY) for day in _days(stretch)]
        assert exact(prices, stretch, proration.ACTUAL, cycle) == sum(
            exact(prices, day, proration.ACTUAL, cycle) for day in days
        )

    @few
    @given(st.data())
    @each_that_counts
    def test_a_change_inside_a_fully_occupied_unit(self, by: Proration, data: st.DataObject) -> None:
        """R24: whole(old) + (new - old) x days left / divisor."""
        unit, cycle = data.draw(units(by))
        rest = Period(unit.start + timedelta(days=data.draw(st.integers(1, unit.days - 1))), unit.end)
        old, new = data.draw(magnitudes()), data.draw(magnitudes() | near(10**6))
        left = by(rest, unit, units_of(cycle).per_year)
        in_unit = Fraction(cycle.per_year, units_of(cycle).per_year)
        share = min(Fraction(left.days) / left.divisor, Fraction(1))
        cost = exact([priced(old), priced(new, rest.start)], unit, by, cycle)
        assert cost == (old + (new - old) * share) * in_unit

    @few
    @given(st.data(), magnitudes())
    @each_that_counts
    def test_a_price_of_zero_ends_what_is_owed(self, by: Proration, data: st.DataObject, minor: int) -> None:
        stretch, cycle = data.draw(stretches(by))
        end = stretch.start + timedelta(days=data.draw(st.integers(1, stretch.days)))
        ended = [priced(minor), priced(0, end)]
        cost = exact(priced(minor), Period(stretch.start, end), by, cycle)
        assert exact(ended, stretch, by, cycle) == cost


class TestRoundedOnce:
    """All of it is exact, and rounded once, at the end."""

    @few
    @given(st.data(), modes(), currencies())
    @each_method
    def test_the_amount_is_the_exact_sum_rounded(
        self, by: Proration, data: st.DataObject, mode: RoundingMode, currency: str
    ) -> None:
        stretch, cycle = data.draw(stretches(by))
        price = priced(data.draw(magnitudes()), None, currency)
        result = prorate(price, stretch, by=by, cycle=cycle, rounding=mode)
        assert result.amount == Money.from_minor(mode(*result.exact.as_integer_ratio()), currency)
        nearest = prorate(price, stretch, by=by, cycle=cycle)
        assert nearest.exact == result.exact
        assert abs(nearest.amount.minor - result.exact) <= Fraction(1, 2)

    @few
    @given(st.data())
    @each_method
    def test_several_periods_are_the_exact_sum_of_their_parts(self, by: Proration, data: st.DataObject) -> None:
        """A stretch over several periods: each by its own divisor, whole ones whole, rounded once at the end."""
        stretch, cycle = data.draw(stretches(by, most=200))
        prices = data.draw(price_lists(stretch))
        pieces = [overlap(period, stretch) for period in periods_over(cycle, stretch)]
        assert exact(prices, stretch, by, cycle) == sum(exact(prices, piece, by, cycle) for piece in pieces if piece)

    @few
    @given(st.data(), magnitudes(), modes())
    @each_that_counts
    def test_the_daily_rate_first_differs_by_less_than_a_minor_unit_a_day(
        self, by: Proration, data: st.DataObject, minor: int, mode: RoundingMode
    ) -> None:
        """Rounding the daily rate first is a real variant: whole days of a whole rate, and still no more than all."""
        stretch, cycle = data.draw(parts(by))
        plain = prorate(priced(minor), stretch, by=by, cycle=cycle)
        by_day = prorate(priced(minor), stretch, by=by, cycle=cycle, daily_rate=mode)
        days = plain.parts[0].days
        assert abs(by_day.exact - plain.exact) < days
        of_unit = Fraction(minor * cycle.per_year, units_of(cycle).per_year)
        assert by_day.exact == of_unit or (by_day.exact < of_unit and by_day.exact % days == 0)

    @given(st.data(), currencies())
    def test_a_price_a_day_is_the_sum_of_the_days(self, data: st.DataObject, currency: str) -> None:
        """Per-diem services by the day's price."""
        stretch, _ = data.draw(stretches(proration.NONE))
        later = stretch.start + timedelta(days=data.draw(st.integers(0, stretch.days)))
        prices = [priced(data.draw(magnitudes()), None, currency), priced(data.draw(magnitudes(0)), later, currency)]
        whole = per_diem(prices, stretch)
        assert whole.exact == sum(prices[day >= later].amount.minor for day in _days(stretch)) == whole.amount.minor


class TestScaleAndTime:
    """Nothing depends on the size of an amount, or on the century."""

    @few
    @given(st.data(), st.integers(0, 10**6))
    @each_method
    def test_scaled_prices_cost_as_much_more(self, by: Proration, data: st.DataObject, factor: int) -> None:
        stretch, cycle = data.draw(stretches(by))
        prices = data.draw(price_lists(stretch, least=1))
        scaled = [priced(price.amount.minor * factor, price.since) for price in prices]
        assert exact(scaled, stretch, by, cycle) == exact(prices, stretch, by, cycle) * factor

    @few
    @given(st.data())
    @each_method
    def test_four_hundred_years_later_nothing_is_different(self, by: Proration, data: st.DataObject) -> None:
        cycle = data.draw(month_cycles())
        start = data.draw(years())
        stretch = Period(start, start + timedelta(days=data.draw(st.integers(1, 100))))
        prices = data.draw(price_lists(stretch))
        later = [Price(price.amount, since=price.since and price.since + FOUR_CENTURIES) for price in prices]
        shifted = Period(stretch.start + FOUR_CENTURIES, stretch.end + FOUR_CENTURIES)
        assert exact(later, shifted, by, cycle) == exact(prices, stretch, by, cycle)


class TestOnesOwnMethod:
    """A method is any function of a stretch, the whole unit, and how many such units a year has by name."""

    @few
    @given(st.data())
    @each_that_counts
    def test_a_function_is_served_as_ours_are(self, by: Proration, data: st.DataObject) -> None:
        stretch, cycle = data.draw(stretches(by))
        prices = data.draw(price_lists(stretch))
        asked: list[tuple[Period, Period, int]] = []

        def own(stretch: Period, unit: Period, per_year: int) -> DayCount:
            asked.append((stretch, unit, per_year))
            return by(stretch, unit, per_year)

        assert _parts(prorate(prices, stretch, by=own, cycle=cycle)) == _parts(
            prorate(prices, stretch, by=by, cycle=cycle)
        )
        for part, unit, per_year in asked:
            assert overlap(part, unit) == part != unit
            assert unit == period_at(units_of(cycle), part.start)
            assert per_year == units_of(cycle).per_year

    @given(st.data(), magnitudes(), st.integers(0, 60), st.fractions(Fraction(1, 100), 60))
    def test_whatever_it_counts_never_exceeds_the_whole(
        self, data: st.DataObject, minor: int, days: int, divisor: Fraction
    ) -> None:
        stretch, cycle = data.draw(parts(proration.ACTUAL))
        of_unit = Fraction(minor * cycle.per_year, units_of(cycle).per_year)
        cost = exact(priced(minor), stretch, lambda *_: DayCount(days, divisor), cycle)
        assert cost == of_unit * min(Fraction(days) / divisor, Fraction(1))

    @given(st.data(), st.none() | st.integers() | st.floats() | st.fractions() | st.text() | st.tuples(st.integers()))
    def test_what_is_no_day_count_is_refused(self, data: st.DataObject, bad: Any) -> None:
        stretch, cycle = data.draw(parts(proration.ACTUAL))
        own: Callable[..., Any] = lambda *_: bad  # noqa: E731
        with pytest.raises(InvalidType) as caught:
            prorate(priced(1000), stretch, by=own, cycle=cycle)
        assert (caught.value.field, caught.value.hint) == ("by", "give a DayCount(days, divisor)")
        assert caught.value.value is bad

    @given(st.integers() | st.floats() | st.fractions(), st.integers() | st.fractions() | st.booleans())
    @example(0, 0)
    @example(-1, 1)
    @example(1, True)
    def test_a_day_count_is_exact_and_not_negative_or_refused(self, days: Any, divisor: Any) -> None:
        exact_ones = type(days) in {int, Fraction} and type(divisor) in {int, Fraction}
        if exact_ones and days >= 0 and divisor > 0:
            assert DayCount(days, divisor).share == min(Fraction(days) / divisor, 1)
        else:
            with pytest.raises(ArledgerError):
                DayCount(days, divisor)


def _parts(result: Prorated) -> list[tuple[Period, Fraction, Fraction]]:
    return [(part.stretch, part.share, part.exact) for part in result.parts]


def _days(stretch: Period) -> list[date]:
    return [stretch.start + timedelta(days=n) for n in range(stretch.days)]
