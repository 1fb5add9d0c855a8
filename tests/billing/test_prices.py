"""Amounts that change on dates: each until the next, nothing before the first."""

from __future__ import annotations

import copy
import pickle
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arledger import Money, Period, Price, Prices
from arledger.billing.prices import as_prices
from strategies import days, magnitudes, periods

AUG_1, SEP_16, OCT_1 = date(2026, 8, 1), date(2026, 9, 16), date(2026, 10, 1)
RENT = Price(Money(1000, "CAD"))
RISE = Price(Money(1100, "CAD"), since=SEP_16)
END = Price(Money(0, "CAD"), since=OCT_1)


@st.composite
def dated_prices(draw: st.DrawFn) -> list[Price]:
    """One to five prices from different days, in any order; often one since ever, often zero."""
    since = draw(st.lists(st.none() | days(), min_size=1, max_size=5, unique=True))
    return [Price(Money.from_minor(draw(st.just(0) | magnitudes()), "CAD"), since=day) for day in since]


def test_prices_by_example() -> None:
    found = Prices([END, RISE, RENT])
    assert found.prices == (RENT, RISE, END)
    assert found.currency == "CAD"
    assert [found.at(day) for day in (date.min, date(2026, 9, 15), SEP_16, date(2026, 9, 30), OCT_1, date.max)] == [
        RENT.amount,
        RENT.amount,
        RISE.amount,
        RISE.amount,
        END.amount,
        END.amount,
    ]


def test_before_the_first_price_there_is_nothing_to_pay() -> None:
    later = Prices([RISE])
    assert (later.at(SEP_16 - timedelta(days=1)), later.at(SEP_16)) == (Money.zero("CAD"), RISE.amount)
    assert Prices(Price(Money(500, "JPY"), since=SEP_16)).at(AUG_1) == Money.zero("JPY")


def test_money_is_one_price_for_all_time() -> None:
    assert Prices(Money(1000, "CAD")) == Prices(RENT) == Prices([RENT]) == Prices(iter([RENT]))
    assert Prices(Money(1000, "CAD")).prices == (RENT,)


def test_prices_that_are_made_are_taken_as_they_are() -> None:
    made = Prices([RENT, RISE])
    assert as_prices(made) is made
    assert as_prices([RISE, RENT]) == made
    assert as_prices(Money(1000, "CAD")) == as_prices(RENT) == Prices(RENT)


def test_the_order_that_prices_come_in_does_not_matter() -> None:
    found = {Prices(list(order)) for order in permutations([RENT, RISE, END])}
    assert found == {Prices((RENT, RISE, END))}


def test_a_price_from_the_first_day_of_the_calendar_comes_after_one_since_ever() -> None:
    """Whichever of them is given first."""
    first = Price(Money(5, "CAD"), since=date.min)
    assert Prices([first, RENT]) == Prices([RENT, first])
    assert Prices([first, RENT]).at(AUG_1) == first.amount


def test_reprs_read_back() -> None:
    names = {"Price": Price, "Prices": Prices, "Money": Money, "datetime": __import__("datetime")}
    assert repr(RISE) == "Price(amount=Money('1100.00', 'CAD'), since=datetime.date(2026, 9, 16))"
    assert repr(RENT) == "Price(amount=Money('1000.00', 'CAD'), since=None)"
    for value in (RISE, RENT, Prices([RENT, RISE])):
        assert eval(repr(value), names) == value


def test_prices_are_values() -> None:
    for value in (RENT, RISE, Prices([RENT, RISE])):
        again = pickle.loads(pickle.dumps(value))
        assert again == copy.copy(value) == copy.deepcopy(value) == value
        assert hash(again) == hash(value)
    assert Price(Money(1000, "CAD"), since=AUG_1) != RENT
    assert Price(Money(1000, "USD")) != RENT
    assert Prices([RENT, RISE]) != Prices([RENT])


def test_prices_have_no_order() -> None:
    with pytest.raises(TypeError):
        RENT < RISE  # type: ignore[operator]  # noqa: B015


def test_levels_by_example() -> None:
    """Cut at each price that begins inside; a price from the first day on cuts nothing."""
    found = Prices([RENT, RISE, END])
    assert found.levels(Period(AUG_1, SEP_16)) == [(Period(AUG_1, SEP_16), 1000_00)]
    assert found.levels(Period(SEP_16, OCT_1)) == [(Period(SEP_16, OCT_1), 1100_00)]
    assert found.levels(Period(AUG_1, date(2026, 10, 2))) == [
        (Period(AUG_1, SEP_16), 1000_00),
        (Period(SEP_16, OCT_1), 1100_00),
        (Period(OCT_1, date(2026, 10, 2)), 0),
    ]
    assert Prices([RISE]).levels(Period(AUG_1, OCT_1)) == [(Period(AUG_1, SEP_16), 0), (Period(SEP_16, OCT_1), 1100_00)]


@given(dated_prices(), days())
def test_the_price_on_a_day_is_that_of_the_latest_price_up_to_it(found: list[Price], day: date) -> None:
    held = [price for price in found if price.since is None or price.since <= day]
    latest = max(held, key=lambda price: (price.since is not None, price.since or date.min), default=None)
    assert Prices(found).at(day) == (latest.amount if latest else Money.zero("CAD"))


@given(dated_prices(), periods())
def test_levels_tile_the_stretch_and_have_one_price_each(found: list[Price], stretch: Period) -> None:
    prices = Prices(found)
    levels = prices.levels(stretch)
    assert [level.end for level, _ in levels[:-1]] == [level.start for level, _ in levels[1:]]
    assert (levels[0][0].start, levels[-1][0].end) == (stretch.start, stretch.end)
    for level, minor in levels:
        assert {prices.at(level.start + timedelta(days=n)).minor for n in range(level.days)} == {minor}
    begins = {price.since for price in found if price.since is not None and price.since in stretch}
    assert {level.start for level, _ in levels} == begins | {stretch.start}


@given(dated_prices(), st.data())
def test_any_order_makes_the_same_prices(found: list[Price], data: st.DataObject) -> None:
    again = Prices(data.draw(st.permutations(found)))
    assert again == Prices(found)
    assert hash(again) == hash(Prices(found))
