"""Rates in percent, exactly, and tables of them that have one rate for each day that they cover."""

from __future__ import annotations

import copy
import operator
import pickle
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arledger import Percent, Rate, RateTable
from arledger.rates import as_rate_table, number_text
from strategies import days, minors, ratios

JAN_1, JUL_1, OCT_1 = date(2026, 1, 1), date(2026, 7, 1), date(2026, 10, 1)
EVER = Rate(Percent(5))
SUMMER = Rate(Percent("0.11"), since=JUL_1, until=OCT_1)
AUTUMN = Rate(Percent("0.09"), since=OCT_1)
NAMES = {
    "Percent": Percent,
    "Rate": Rate,
    "RateTable": RateTable,
    "Fraction": Fraction,
    "datetime": __import__("datetime"),
}


def decimals() -> st.SearchStrategy[Decimal]:
    """Percentages of either sign with up to 12 decimals."""
    return st.builds(lambda minor, places: Decimal(minor).scaleb(-places), minors(), st.integers(0, 12))


@st.composite
def tables(draw: st.DrawFn) -> list[Rate]:
    """One to five rates that follow each other; the first may be since ever, the last may end."""
    edges: list[Any] = sorted(draw(st.lists(days(), min_size=1, max_size=6, unique=True)))
    edges = [draw(st.sampled_from([None, edges[0]])), *edges[1:]]
    last = draw(st.none() | st.just(edges[-1] + timedelta(days=40) if edges[-1] else days()))
    percents = [Percent(draw(st.integers(0, 9))) for _ in edges]
    found = [
        Rate(percent, since=since, until=draw(st.sampled_from([None, until])))
        for percent, (since, until) in zip(percents, pairwise([*edges, None]), strict=True)
    ]
    return [*found[:-1], Rate(percents[-1], since=edges[-1], until=last if isinstance(last, date) else None)]


@pytest.mark.parametrize(
    ("given_as", "fraction"),
    [
        ("9.975", Fraction(399, 4000)),
        (5, Fraction(1, 20)),
        ("0", Fraction(0)),
        (Decimal("0.11"), Fraction(11, 10_000)),
        (Decimal("1E+1"), Fraction(1, 10)),
        (Fraction(100, 3), Fraction(1, 3)),
        ("-2.50", Fraction(-1, 40)),
        (150, Fraction(3, 2)),
    ],
)
def test_a_percentage_is_exact(given_as: Any, fraction: Fraction) -> None:
    assert Percent(given_as).fraction == fraction
    assert type(Percent(given_as).fraction) is Fraction


@pytest.mark.parametrize(
    ("percent", "shown", "written"),
    [
        (Percent("5"), "5%", "Percent('5')"),
        (Percent("2.50"), "2.5%", "Percent('2.5')"),
        (Percent(Decimal("1E+2")), "100%", "Percent('100')"),
        (Percent(Fraction(100, 3)), "100/3%", "Percent(Fraction(100, 3))"),
        (Percent(Fraction(-1, 7)), "-1/7%", "Percent(Fraction(-1, 7))"),
        (Percent(Fraction(1, 8)), "0.125%", "Percent('0.125')"),
        (Percent("-0.05"), "-0.05%", "Percent('-0.05')"),
    ],
    ids=str,
)
def test_a_percentage_as_it_is_shown(percent: Percent, shown: str, written: str) -> None:
    assert (str(percent), repr(percent)) == (shown, written)
    assert eval(repr(percent), NAMES) == percent


@given(decimals())
def test_a_percentage_in_decimals_is_a_hundredth_of_it(number: Decimal) -> None:
    percent = Percent(number)
    assert percent.fraction * 100 == Fraction(number)
    assert percent == Percent(format(number, "f")) == Percent(Fraction(number)) == eval(repr(percent), NAMES)
    assert hash(percent) == hash(Percent(Fraction(number)))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(61, 2), "30.5"),
        (Fraction(365, 12), "365/12"),
        (Fraction(-12), "-12"),
        (0, "0"),
        (1200, "1200"),
        (Fraction(1, 20), "0.05"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(7, 250), "0.028"),
        (Fraction(10, 1), "10"),
        (Fraction(1001, 1000), "1.001"),
        (Fraction(-1, 3), "-1/3"),
    ],
)
def test_a_number_as_people_read_it(number: Fraction | int, text: str) -> None:
    assert number_text(number) == text


@given(ratios())
def test_a_number_reads_back_and_has_decimals_exactly_if_they_end(number: Fraction) -> None:
    text = number_text(number)
    assert Fraction(text) == number
    ends = 10**40 % number.denominator == 0  # and more decimals than that nobody reads
    assert ("/" in text) is not ends
    assert "." not in text or text[-1] != "0"
    assert text.removeprefix("-")[0] != "."


def test_a_table_by_example() -> None:
    """R46: dated rates; none before the first, none after the last one's end."""
    table = RateTable([AUTUMN, SUMMER])
    assert table.rates == (SUMMER, AUTUMN)
    assert [table.at(day) for day in (JAN_1, date(2026, 6, 30), JUL_1, date(2026, 9, 30), OCT_1, date.max)] == [
        None,
        None,
        SUMMER.percent,
        SUMMER.percent,
        AUTUMN.percent,
        AUTUMN.percent,
    ]
    ended = RateTable(SUMMER)
    assert [ended.at(day) for day in (date(2026, 9, 30), OCT_1, date.max)] == [SUMMER.percent, None, None]


def test_a_rate_without_an_end_ends_where_the_next_one_begins() -> None:
    table = RateTable([EVER, AUTUMN])
    assert (table.at(date.min), table.at(date(2026, 9, 30)), table.at(OCT_1)) == (
        Percent(5),
        Percent(5),
        AUTUMN.percent,
    )


def test_a_percentage_is_a_table_of_one_rate_for_all_time() -> None:
    table = RateTable(Percent(5))
    assert table == RateTable(EVER) == RateTable([EVER]) == RateTable(iter([EVER]))
    assert {table.at(day) for day in (date.min, JAN_1, date.max)} == {Percent(5)}
    assert table.changes == ()


def test_a_rate_of_zero_is_no_gap() -> None:
    table = RateTable([Rate(Percent(0), since=JAN_1, until=JUL_1), SUMMER])
    assert (table.at(JAN_1), table.at(JUL_1)) == (Percent(0), SUMMER.percent)


def test_the_days_on_which_rates_change() -> None:
    assert RateTable([SUMMER, AUTUMN]).changes == (JUL_1, OCT_1)
    assert RateTable([EVER, SUMMER]).changes == (JUL_1, OCT_1)
    assert RateTable(Rate(Percent(5), until=OCT_1)).changes == (OCT_1,)


def test_the_order_that_rates_come_in_does_not_matter() -> None:
    first = Rate(Percent(5), until=JUL_1)
    assert {RateTable(list(order)) for order in permutations([first, SUMMER, AUTUMN])} == {
        RateTable((first, SUMMER, AUTUMN))
    }


def test_a_rate_from_the_first_day_of_the_calendar_comes_after_one_since_ever() -> None:
    """Whichever of them is given first."""
    first = Rate(Percent(7), since=date.min)
    assert RateTable([first, EVER]) == RateTable([EVER, first])
    assert RateTable([first, EVER]).at(JAN_1) == Percent(7)


def test_a_table_that_is_made_is_taken_as_it_is() -> None:
    table = RateTable([SUMMER, AUTUMN])
    assert as_rate_table(table) is table
    assert as_rate_table([AUTUMN, SUMMER]) == table
    assert as_rate_table(Percent(5)) == as_rate_table(EVER) == RateTable(EVER)


def test_a_rate_as_it_is_shown() -> None:
    shown = [str(rate) for rate in (EVER, AUTUMN, SUMMER, Rate(Percent(Fraction(1, 3)), until=JUL_1))]
    assert shown == [
        "5%",
        "0.09% from 2026-10-01",
        "0.11% from 2026-07-01 up to 2026-10-01",
        "1/3% up to 2026-07-01",
    ]
    assert repr(SUMMER) == (
        "Rate(percent=Percent('0.11'), since=datetime.date(2026, 7, 1), until=datetime.date(2026, 10, 1))"
    )


@given(tables(), days())
def test_the_rate_on_a_day_is_that_of_the_one_rate_that_covers_it(rates: list[Rate], day: date) -> None:
    """One rate for each day that the table covers."""
    ends = [later.since for later in rates[1:]] + [rates[-1].until]
    covering = [
        rate.percent
        for rate, end in zip(rates, ends, strict=True)
        if (rate.since is None or rate.since <= day) and (end is None or day < end)
    ]
    assert RateTable(rates).at(day) == (covering[0] if covering else None)
    assert len(covering) <= 1


@given(tables(), st.data())
def test_any_order_makes_the_same_table(rates: list[Rate], data: st.DataObject) -> None:
    table, again = RateTable(rates), RateTable(data.draw(st.permutations(rates)))
    assert again == table
    assert hash(again) == hash(table)
    assert eval(repr(table), NAMES) == table


@given(tables(), days())
def test_the_rate_changes_only_on_the_days_of_change(rates: list[Rate], day: date) -> None:
    table = RateTable(rates)
    if table.at(day) != table.at(day - timedelta(days=1)):
        assert day in table.changes


@given(tables())
def test_rates_are_values(rates: list[Rate]) -> None:
    table = RateTable(rates)
    for value in (table, rates[0], rates[0].percent):
        again = pickle.loads(pickle.dumps(value))
        assert again == copy.copy(value) == copy.deepcopy(value) == value
        assert hash(again) == hash(value)


def test_different_rates_are_not_equal() -> None:
    assert Percent(5) != Percent("5.0001")
    fraction: object = Fraction(1, 20)
    assert Percent(5) != fraction
    assert len({EVER, SUMMER, AUTUMN, Rate(Percent(5), since=JAN_1), Rate(Percent(5), until=JAN_1)}) == 5


@pytest.mark.parametrize("values", [(Percent(5), Percent(6)), (EVER, SUMMER)], ids=str)
def test_rates_have_no_order(values: Any) -> None:
    with pytest.raises(TypeError):
        operator.lt(*values)
