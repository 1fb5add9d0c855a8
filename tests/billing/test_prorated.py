"""What ``prorate`` and ``per_diem`` give: a rounded amount, its parts, and both of them printed."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from arledger import (
    DOWN,
    HALF_UP,
    UP,
    CashStep,
    DayCount,
    FixedDivisor,
    Money,
    Period,
    Price,
    Prices,
    ProratedPart,
    per_diem,
    prorate,
    quarterly,
)
from arledger.billing.proration import ACTUAL, ACTUAL_ACTUAL, ANNUAL, NONE, STANDARD

IN_AUGUST = Period(date(2026, 8, 20), date(2026, 9, 1))
TO_OCTOBER = Period(date(2026, 8, 20), date(2026, 10, 1))
RISE = [Price(Money(1000, "CAD")), Price(Money(1100, "CAD"), since=date(2026, 9, 16))]


def test_a_move_in_and_a_rise_printed() -> None:
    """R24: 12 days, a whole month, and the difference for the 15 days that are left of it."""
    assert str(prorate(RISE, TO_OCTOBER, by=STANDARD)) == (
        """\
from        up to       days  over                    of  comes to
----------  ----------  ----  ----  --------------------  --------
2026-08-20  2026-09-01    12  30.5               1000.00  393.4426
2026-09-01  2026-10-01    30    30               1000.00   1000.00
2026-09-16  2026-10-01    15  30.5  1100.00 less 1000.00   49.1803
rounded                                                    1442.62"""
    )


def test_a_reduction_by_parts_of_a_year_printed() -> None:
    """R22: over 365/12; what a reduction takes off is negative."""
    lower = [Price(Money("1100.50", "CAD")), Price(Money(900, "CAD"), since=date(2026, 9, 11))]
    assert str(prorate(lower, Period(date(2026, 9, 1), date(2026, 10, 2)), by=ANNUAL)) == (
        """\
from        up to       days    over                   of   comes to
----------  ----------  ----  ------  -------------------  ---------
2026-09-01  2026-10-01    30      30              1100.50    1100.50
2026-09-11  2026-10-01    20  365/12  900.00 less 1100.50  -131.8356
2026-10-01  2026-10-02     1  365/12               900.00    29.5890
rounded                                                       998.25"""
    )


def test_yen_printed() -> None:
    """No decimals: exact amounts have two, whole ones none."""
    stretch = Period(date(2027, 12, 28), date(2028, 2, 1))
    assert str(prorate(Money(100_000, "JPY"), stretch, by=ACTUAL_ACTUAL)) == (
        """\
from        up to       days    over      of  comes to
----------  ----------  ----  ------  ------  --------
2027-12-28  2028-01-01     4  365/12  100000  13150.68
2028-01-01  2028-02-01    31      31  100000    100000
rounded                                         113151"""
    )


def test_a_price_a_day_printed() -> None:
    """R25: over one day each; a price of zero has no row."""
    stay = [
        Price(Money("45.50", "CAD")),
        Price(Money(0, "CAD"), since=date(2026, 8, 12)),
        Price(Money(47, "CAD"), since=date(2026, 8, 14)),
    ]
    assert str(per_diem(stay, Period(date(2026, 8, 7), date(2026, 8, 17)))) == (
        """\
from        up to       days  over     of  comes to
----------  ----------  ----  ----  -----  --------
2026-08-07  2026-08-12     5     1  45.50    227.50
2026-08-14  2026-08-17     3     1  47.00    141.00
rounded                                      368.50"""
    )


def test_nothing_to_pay_printed() -> None:
    result = prorate([Price(Money(1000, "CAD"), since=date(2027, 1, 1))], IN_AUGUST, by=NONE)
    assert (result.amount, result.parts, result.formula) == (Money.zero("CAD"), (), "nothing")
    assert result.exact == 0
    assert str(result).splitlines()[2:] == ["rounded                             0.00"]


@pytest.mark.parametrize(
    ("price", "stretch", "by", "formula"),
    [
        (RISE, TO_OCTOBER, STANDARD, "1000.00 x 12/30.5 + 1000.00 + (1100.00 - 1000.00) x 15/30.5"),
        (RISE, IN_AUGUST, ANNUAL, "1000.00 x 12/(365/12)"),
        (RISE, TO_OCTOBER, NONE, "1000.00 + 1000.00"),
        (Money(100_000, "JPY"), IN_AUGUST, ACTUAL, "100000 x 12/31"),
    ],
)
def test_an_amount_as_a_formula(price: Any, stretch: Period, by: Any, formula: str) -> None:
    assert prorate(price, stretch, by=by).formula == formula


def test_a_part_that_comes_to_the_whole_is_the_whole_in_the_formula() -> None:
    """R24: 29 of 31 days over 28; the difference of a change likewise."""
    august = Period(date(2026, 8, 1), date(2026, 8, 30))
    assert prorate(Money(1000, "CAD"), august, by=FixedDivisor(28)).formula == "1000.00"
    rise = [Price(Money(1000, "CAD")), Price(Money(1100, "CAD"), since=date(2026, 8, 2))]
    assert prorate(rise, august, by=FixedDivisor(28)).formula == "1000.00 + (1100.00 - 1000.00)"


def test_a_price_a_day_as_a_formula() -> None:
    assert per_diem(Money("45.50", "CAD"), IN_AUGUST).formula == "45.50 x 12"


def test_the_parts_say_what_is_counted() -> None:
    """Of the month of a quarter the price is rounded to be shown, and the exact amount is exact."""
    result = prorate(Money(1000, "CAD"), IN_AUGUST, by=STANDARD, cycle=quarterly(1))
    assert result.parts == (
        ProratedPart(
            stretch=IN_AUGUST,
            price=Money("333.33", "CAD"),
            before=Money.zero("CAD"),
            days=12,
            divisor=Fraction(61, 2),
            share=Fraction(24, 61),
            exact=Fraction(100_000, 3) * Fraction(24, 61),
        ),
    )


def test_none_shows_the_days_that_the_price_is_for() -> None:
    """The whole month's, whatever part of it was touched."""
    part = prorate(Money(1000, "CAD"), IN_AUGUST, by=NONE).parts[0]
    assert (part.stretch, part.days, part.divisor) == (IN_AUGUST, 31, 31)
    assert part.share == 1


def test_results_are_values() -> None:
    result, again = (prorate(RISE, TO_OCTOBER, by=STANDARD) for _ in range(2))
    assert result == again == pickle.loads(pickle.dumps(result)) == copy.deepcopy(result)
    assert hash(result) == hash(again)
    assert result != prorate(RISE, TO_OCTOBER, by=ACTUAL)


def test_prices_that_are_made_already_are_taken_as_they_are() -> None:
    made = Prices(RISE)
    assert prorate(made, TO_OCTOBER, by=ACTUAL) == prorate(RISE, TO_OCTOBER, by=ACTUAL)
    assert per_diem(made, TO_OCTOBER) == per_diem(RISE[::-1], TO_OCTOBER)
    assert prorate(RISE[1], TO_OCTOBER, by=ACTUAL).amount == Money(550, "CAD")


def test_a_day_count_has_a_share_that_is_never_more_than_the_whole() -> None:
    assert [DayCount(*count).share for count in ((12, 31), (0, 31), (31, 30))] == [Fraction(12, 31), 0, 1]
    assert DayCount(Fraction(1, 2), Fraction(61, 2)).share == Fraction(1, 61)
    assert DayCount(1, 2) == DayCount(Fraction(1), Fraction(2)) != DayCount(2, 4)


@pytest.mark.parametrize(
    ("price", "given", "amount"),
    [
        (Money(100_000, "JPY"), {}, "38710 JPY"),
        (Money("100.000", "KWD"), {}, "38.710 KWD"),
        (Money("1000.0000", "CLF"), {}, "387.0968 CLF"),
        (Money(1000, "CAD"), {"rounding": DOWN}, "387.09 CAD"),
        (Money(1000, "CAD"), {"rounding": CashStep(Money("0.25", "CAD"))}, "387.00 CAD"),
        (Money(100_000, "JPY"), {"rounding": CashStep(Money(100, "JPY"), UP)}, "38800 JPY"),
        (Money(100_000, "JPY"), {"daily_rate": HALF_UP}, "38712 JPY"),  # 3226 x 12
    ],
)
def test_amounts_are_rounded_to_their_currency_or_as_said(price: Money, given: dict[str, Any], amount: str) -> None:
    """100,000 minor units or 1000 of a major one, 12/31 of them."""
    assert str(prorate(price, IN_AUGUST, by=ACTUAL, **given).amount) == amount
