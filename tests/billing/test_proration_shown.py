"""How prorations print: methods, formulas, tables; and what a daily rate and a cap do to them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from account_facts import cad
from arledger import (
    DOWN,
    HALF_UP,
    UP,
    DayCount,
    FixedDivisor,
    InvalidValue,
    Money,
    Period,
    Price,
    Proration,
    monthly,
    per_diem,
    prorate,
    proration,
    quarterly,
    twice_a_month,
)

AUGUST, SEPTEMBER = Period(date(2026, 8, 1), date(2026, 9, 1)), Period(date(2026, 9, 1), date(2026, 10, 1))
FROM_THE_20TH = Period(date(2026, 8, 20), date(2026, 9, 1))
RISE = [Price(cad("1000")), Price(cad("1100"), since=date(2026, 9, 16))]


@pytest.mark.parametrize(
    ("method", "text"),
    [
        (proration.NONE, "proration.NONE"),
        (proration.ACTUAL, "proration.ACTUAL"),
        (proration.STANDARD, "proration.STANDARD"),
        (proration.THIRTY_DAYS_MONTH, "proration.THIRTY_DAYS_MONTH"),
        (proration.ANNUAL, "proration.ANNUAL"),
        (proration.ACTUAL_ACTUAL, "proration.ACTUAL_ACTUAL"),
        (proration.THIRTY_360, "proration.THIRTY_360"),
        (FixedDivisor("30.5"), "proration.STANDARD"),
        (FixedDivisor(30), "proration.FixedDivisor('30')"),
        (FixedDivisor(Fraction(365, 12)), "proration.FixedDivisor(Fraction(365, 12))"),
    ],
)
def test_a_method_prints_as_it_is_written(method: Proration, text: str) -> None:
    assert repr(method) == text
    assert eval(text, {"proration": proration, "Fraction": Fraction}) == method


@pytest.mark.parametrize("method", [proration.STANDARD, proration.THIRTY_DAYS_MONTH, proration.THIRTY_360])
def test_what_serves_months_only_says_its_name_where_it_is_asked_for_weeks(method: Proration) -> None:
    with pytest.raises(InvalidValue) as caught:
        method(FROM_THE_20TH, AUGUST, 52)
    assert str(caught.value) == (
        f"{method!r}: a month's divisor over weeks or half-months; pass proration.ACTUAL or proration.ANNUAL"
    )
    assert caught.value.value is method


def test_any_days_of_a_unit_count_as_all_of_it_where_there_is_no_proration() -> None:
    assert proration.NONE(FROM_THE_20TH, AUGUST, 12) == DayCount(31, 31)


def test_divisors_below_a_day_are_divisors() -> None:
    assert DayCount(1, Fraction(1, 2)).share == 1
    assert FixedDivisor(Fraction(1, 2)).divisor == Fraction(1, 2)


def test_a_daily_rate_that_is_rounded_first_is_what_the_formula_says() -> None:
    """C1: 32.26 x 12 = 387.12, where 1000 x 12/31 is 387.10."""
    cost = prorate(cad("1000"), FROM_THE_20TH, by=proration.ACTUAL, daily_rate=HALF_UP)
    assert (cost.amount, cost.formula, cost.parts[0].daily) == (cad("387.12"), "32.26 x 12", cad("32.26"))
    assert str(cost) == (
        "from        up to       days  over           of  comes to\n"
        "----------  ----------  ----  ----  -----------  --------\n"
        "2026-08-20  2026-09-01    12        32.26 a day    387.12\n"
        "rounded                                            387.12"
    )


def test_a_daily_rate_of_a_change_is_the_difference_of_both() -> None:
    cost = prorate(RISE, SEPTEMBER, by=proration.STANDARD, daily_rate=HALF_UP)
    assert [part.daily for part in cost.parts] == [None, cad("3.28")]
    assert (cost.formula, cost.amount) == ("1000.00 + 3.28 x 15", cad("1049.20"))


def test_a_daily_rate_never_comes_to_more_than_the_whole() -> None:
    """R24: rounded up, 30 days of 33.34 are 1000.20; a part never exceeds the whole."""
    thirty = Period(date(2026, 8, 1), date(2026, 8, 31))
    cost = prorate(cad("1000"), thirty, by=FixedDivisor("30.1"), daily_rate=UP)
    assert (cost.amount, cost.parts[0].daily) == (cad("996.90"), cad("33.23"))
    cost = prorate(Money(1000, "JPY"), thirty, by=FixedDivisor("30.1"), daily_rate=UP)
    assert (cost.amount, cost.parts[0].daily, cost.formula) == (Money(1000, "JPY"), None, "1000 x 30/30.1")


def test_a_daily_rate_that_comes_to_nothing_is_shown_as_such() -> None:
    cost = prorate(Money(10, "JPY"), FROM_THE_20TH, by=proration.ACTUAL, daily_rate=DOWN)
    assert (cost.amount, cost.formula) == (Money(0, "JPY"), "0 x 12")
    assert "0 a day" in str(cost)


def test_a_part_that_reaches_the_whole_is_the_whole() -> None:
    thirty = Period(date(2026, 8, 1), date(2026, 8, 31))
    for daily_rate in (None, HALF_UP):
        cost = prorate(cad("1000"), thirty, by=FixedDivisor(28), daily_rate=daily_rate)
        assert (cost.amount, cost.formula) == (cad("1000"), "1000.00")


def test_the_parts_of_a_unit_together_are_no_more_than_the_unit() -> None:
    """R24: a day without a price inside a month must not make the month dearer."""
    prices = [Price(cad("1000")), Price(cad("0"), since=date(2026, 8, 16)), Price(cad("1000"), since=date(2026, 8, 17))]
    cost = prorate(prices, AUGUST, by=FixedDivisor(28))
    assert (cost.amount, [part.days for part in cost.parts]) == (cad("1000"), [15, 13])
    assert cost.formula == "1000.00 x 15/28 + 1000.00 x 13/28"
    risen = [*prices, Price(cad("1280"), since=date(2026, 8, 25))]
    cost = prorate(risen, AUGUST, by=FixedDivisor(28))
    assert cost.formula == "1000.00 x 15/28 + 1000.00 x 13/28 + (1280.00 - 1000.00) x 7/28"
    again = [*prices, Price(cad("0"), since=date(2026, 8, 25)), Price(cad("1000"), since=date(2026, 8, 26))]
    assert prorate(again, AUGUST, by=FixedDivisor(28)).amount == cad("1000")
    assert prorate(again, AUGUST, by=FixedDivisor(30)).amount == cad("966.67")


def test_amounts_below_a_minor_unit_print_without_a_sign() -> None:
    day = Period(date(2026, 8, 20), date(2026, 8, 21))
    assert str(prorate(cad("0.10"), day, by=proration.ACTUAL)).splitlines()[2].endswith(" 0.0032")
    assert str(prorate(cad("0.31"), day, by=proration.ANNUAL)).splitlines()[2].endswith(" 0.0102")
    falls = [Price(cad("0.31")), Price(cad("0.01"), since=date(2026, 8, 31))]
    assert str(prorate(falls, AUGUST, by=proration.ACTUAL)).splitlines()[3].endswith("-0.0097")


@pytest.mark.parametrize(("minor", "text"), [(1, "0.0050"), (3, "0.0150"), (25, "0.1250")])
def test_halves_and_quarters_print_with_two_more_decimals(minor: int, text: str) -> None:
    half = Period(date(2026, 2, 1), date(2026, 2, 15))
    assert str(prorate(Money.from_minor(minor, "CAD"), half, by=proration.ACTUAL)).splitlines()[2].endswith(f" {text}")


def test_a_price_a_day_has_no_price_before_it() -> None:
    cost = per_diem(cad("45.50"), FROM_THE_20TH)
    (part,) = cost.parts
    assert (part.before, part.share, part.divisor, cost.formula) == (cad("0"), Fraction(12), 1, "45.50 x 12")


def test_what_lies_beyond_the_calendar_is_told_by_what_was_asked() -> None:
    beyond = 9999 * 12 + 12
    for frequency, number in (
        (monthly(31), beyond),
        (quarterly(1), beyond // 3),
        (twice_a_month(1, 15), 2 * beyond + 1),
    ):
        with pytest.raises(InvalidValue) as caught:
            frequency.start(number)
        assert (caught.value.field, caught.value.value) == ("number", number)
