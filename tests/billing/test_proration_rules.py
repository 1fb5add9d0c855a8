"""The rules of proration (R22 to R25) and their worked rows (C1 to C5, C8), to the cent.

Each number is recomputed by hand from its rule; the docstring, or the line itself, says how.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from arledger import (
    DOWN,
    HALF_UP,
    LAST,
    UP,
    CashStep,
    FixedDivisor,
    Frequency,
    InvalidValue,
    Money,
    Period,
    Price,
    Proration,
    every_two_weeks,
    half_yearly,
    monthly,
    per_diem,
    prorate,
    quarterly,
    twice_a_month,
    weekly,
    yearly,
)
from arledger.billing.proration import (
    ACTUAL,
    ACTUAL_ACTUAL,
    ANNUAL,
    NONE,
    STANDARD,
    THIRTY_360,
    THIRTY_DAYS_MONTH,
)

AUG_1, AUG_16, SEP_1, OCT_1 = date(2026, 8, 1), date(2026, 8, 16), date(2026, 9, 1), date(2026, 10, 1)
OVER_30 = FixedDivisor(30)
MONTHS_ONLY = (STANDARD, OVER_30, THIRTY_DAYS_MONTH, THIRTY_360)
METHODS = (NONE, ACTUAL, ANNUAL, ACTUAL_ACTUAL, *MONTHS_ONLY)
MONDAY = date(2026, 8, 3)


def cad(amount: str | int) -> Money:
    return Money(amount, "CAD")


def prices(first: str | int, *later: tuple[date, str | int]) -> list[Price]:
    """An amount since ever, and others from their days."""
    return [Price(cad(first)), *(Price(cad(amount), since=since) for since, amount in later)]


def days(first: date, last: date) -> Period:
    """R24: both ends count."""
    return Period.through(first, last)


def cost(price: Any, stretch: Period, by: Proration, cycle: Frequency | None = None, **given: Any) -> str:
    """What a stretch costs, in plain decimals; a price that is a number is in CAD."""
    made = cad(price) if isinstance(price, (int, str)) else price
    return str(prorate(made, stretch, by=by, cycle=cycle, **given).amount.amount)


def test_C1_in_on_20_August_by_the_days_of_the_month() -> None:
    """C1: 1000 x 12/31; the daily rate first, 32.26 x 12."""
    stretch = days(date(2026, 8, 20), date(2026, 8, 31))
    assert cost(1000, stretch, ACTUAL) == "387.10"
    assert cost(1000, stretch, ACTUAL, daily_rate=HALF_UP) == "387.12"


def test_C2_in_on_21_July_by_the_days_of_the_month() -> None:
    """C2: 800 x 11/31."""
    assert cost(800, days(date(2026, 7, 21), date(2026, 7, 31)), ACTUAL) == "283.87"


def test_C3_in_on_18_November_and_out_on_the_16th_over_30() -> None:
    """C3: 600 x 13/30, and 1350 x 16/30, the day of the move-out counted."""
    assert cost(600, days(date(2026, 11, 18), date(2026, 11, 30)), OVER_30) == "260.00"
    assert cost(1350, days(AUG_1, AUG_16), OVER_30) == "720.00"


@pytest.mark.parametrize(("day", "of_30"), [(8, 23), (25, 6), (29, 2), (30, 1), (31, 1)])
def test_C4_thirty_days_month_from_a_day_of_31(day: int, of_30: int) -> None:
    """C4: the days from a start to the 30th, over 30; at least one."""
    whole = Period(AUG_1, SEP_1)
    count = THIRTY_DAYS_MONTH(Period(date(2026, 8, day), SEP_1), whole, 12)
    assert (count.days, count.divisor) == (of_30, 30)


def test_C4_thirty_days_month_from_a_day_of_28() -> None:
    """C4: from 25 to 28 February are 4 days; of 29 in a leap year 5."""
    for year, of_30 in ((2026, 4), (2028, 5)):
        month = Period(date(year, 2, 1), date(year, 3, 1))
        assert THIRTY_DAYS_MONTH(Period(date(year, 2, 25), month.end), month, 12).days == of_30


@pytest.mark.parametrize(
    ("by", "amount"),
    [
        (NONE, "1000.00"),
        (ACTUAL, "774.19"),  # 24/31
        (STANDARD, "786.89"),  # 24/30.5
        (OVER_30, "800.00"),
        (THIRTY_DAYS_MONTH, "766.67"),  # 23/30
        (ANNUAL, "789.04"),  # x 12 / 365 x 24
    ],
    ids=repr,
)
def test_C5_from_8_to_31_August_by_each_method(by: Proration, amount: str) -> None:
    """C5: 1000 a month, from 8 to 31 August; R22: the methods by name."""
    assert cost(1000, days(date(2026, 8, 8), date(2026, 8, 31)), by) == amount


@pytest.mark.parametrize(
    ("by", "amount"),
    [
        (STANDARD, "1049.18"),  # + 100 x 15/30.5; two stubs would come to 1032.79
        (ACTUAL, "1050.00"),
        (THIRTY_DAYS_MONTH, "1050.00"),
        (ANNUAL, "1049.32"),  # + 100 x 12 / 365 x 15
        (NONE, "1000.00"),
    ],
    ids=repr,
)
def test_C8_a_rise_inside_a_fully_occupied_month(by: Proration, amount: str) -> None:
    """C8, R24: whole(old) + (new - old) x days left / divisor."""
    rise = prices(1000, (date(2026, 9, 16), 1100))
    assert cost(rise, Period(SEP_1, OCT_1), by) == amount


def test_R22_none_costs_the_whole_for_any_day_at_the_price_of_its_first() -> None:
    assert cost(1000, days(AUG_16, AUG_16), NONE) == "1000.00"
    assert cost(1000, days(date(2026, 8, 31), SEP_1), NONE) == "2000.00"
    rise = prices(1000, (AUG_16, 1100))
    assert cost(rise, days(date(2026, 8, 15), date(2026, 8, 31)), NONE) == "1000.00"
    assert cost(rise, days(AUG_16, date(2026, 8, 31)), NONE) == "1100.00"
    assert cost([Price(cad(1000), since=AUG_16)], Period(AUG_1, SEP_1), NONE) == "1000.00"


def test_R22_the_divisor_of_standard_is_a_parameter() -> None:
    """The same 24 days over 30.5, 30, 29 and 365/12."""
    stretch = days(date(2026, 8, 8), date(2026, 8, 31))
    assert FixedDivisor("30.5") == STANDARD != OVER_30
    divisors: Iterable[Any] = ("30.5", 30, "29", Fraction(365, 12))
    assert [cost(1000, stretch, FixedDivisor(d)) for d in divisors] == ["786.89", "800.00", "827.59", "789.04"]


@pytest.mark.parametrize(
    ("by", "year", "amount"),
    [
        (ANNUAL, 2027, "328.77"),  # x 12 / 365 x 10
        (ANNUAL, 2028, "328.77"),  # 365 in leap years too: 366 would give 327.87, the seed's 356 gives 337.08
        (ACTUAL_ACTUAL, 2027, "328.77"),
        (ACTUAL_ACTUAL, 2028, "327.87"),  # x 12 / 366 x 10
        (ACTUAL, 2027, "357.14"),  # 10/28
        (ACTUAL, 2028, "344.83"),  # 10/29
    ],
)
def test_R22_a_year_has_365_days_unless_it_is_leap_aware(by: Proration, year: int, amount: str) -> None:
    """R22: 365 in leap years too; peers also have a leap-aware year."""
    assert cost(1000, days(date(year, 2, 10), date(year, 2, 19)), by) == amount


def test_R22_a_leap_aware_stretch_over_new_year_counts_each_day_in_its_year() -> None:
    """12,000 a year: 4 days over 365 and 4 over 366."""
    stretch = days(date(2027, 12, 28), date(2028, 1, 4))
    assert cost(1000, stretch, ACTUAL_ACTUAL, monthly(15)) == "262.65"


@pytest.mark.parametrize(
    ("first", "last", "of_30"),
    [
        (date(2026, 2, 15), date(2026, 2, 28), 16),
        (date(2028, 2, 15), date(2028, 2, 28), 14),  # the 29th is the last day
        (date(2028, 2, 15), date(2028, 2, 29), 16),
        (date(2026, 2, 28), date(2026, 2, 28), 1),
        (date(2026, 8, 20), date(2026, 8, 30), 11),
        (date(2026, 8, 20), date(2026, 8, 31), 11),
        (date(2026, 8, 31), date(2026, 8, 31), 1),
    ],
)
def test_R22_30_360_has_the_last_day_of_February_as_the_30th(first: date, last: date, of_30: int) -> None:
    """30/360, where the last day of February counts as the 30th, and a 31st does."""
    assert prorate(cad(1000), days(first, last), by=THIRTY_360).exact == Fraction(100_000 * of_30, 30)


@pytest.mark.parametrize(
    ("first", "last", "of_30"),
    [
        (date(2026, 8, 1), date(2026, 8, 29), 29),
        (date(2026, 8, 1), date(2026, 8, 30), 30),
        (date(2026, 8, 2), date(2026, 8, 31), 29),
        (date(2026, 8, 8), date(2026, 8, 30), 23),
        (date(2026, 8, 8), date(2026, 8, 31), 23),
        (date(2026, 8, 30), date(2026, 8, 31), 1),
        (date(2026, 9, 2), date(2026, 9, 30), 29),
        (date(2026, 2, 2), date(2026, 2, 28), 27),
        (date(2026, 2, 28), date(2026, 2, 28), 1),
    ],
)
def test_R23_days_from_a_to_b(first: date, last: date, of_30: int) -> None:
    """R23: b - a + 1 while b < min(30, days in month), else from(a); so a month's 31st is its 30th."""
    assert prorate(cad(1000), days(first, last), by=THIRTY_DAYS_MONTH).exact == Fraction(100_000 * of_30, 30)


def test_R23_a_move_out_on_the_31st_counts_30() -> None:
    """And so does one on the 30th; out on the 29th are 29 thirtieths."""
    found = [cost(1000, days(AUG_1, date(2026, 8, day)), THIRTY_DAYS_MONTH) for day in (29, 30, 31)]
    assert found == ["966.67", "1000.00", "1000.00"]


@pytest.mark.parametrize("by", METHODS, ids=repr)
@pytest.mark.parametrize("month", [date(2026, 2, 1), date(2028, 2, 1), date(2026, 4, 1), AUG_1], ids=str)
def test_R24_a_whole_period_is_never_prorated(by: Proration, month: date) -> None:
    assert cost(1000, Period(month, monthly(1).start(monthly(1).number(month) + 1)), by) == "1000.00"


def test_R24_a_part_never_exceeds_the_whole() -> None:
    """29 and 30 of 31 days over 28; the share is 1 at most."""
    for last in (29, 30):
        part = prorate(cad(1000), days(AUG_1, date(2026, 8, last)), by=FixedDivisor(28)).parts[0]
        assert (part.days, part.share, part.exact) == (last, Fraction(1), Fraction(100_000))


def test_R24_a_stretch_over_several_periods_each_by_its_own_divisor() -> None:
    """12/31 of January, all of February, 9/31 of March."""
    stretch = days(date(2026, 1, 20), date(2026, 3, 9))
    assert cost(1000, stretch, ACTUAL) == "1677.42"
    assert [part.divisor for part in prorate(cad(1000), stretch, by=ACTUAL).parts] == [31, 28, 31]
    assert cost(1000, stretch, STANDARD) == "1688.52"  # 1000 + 21/30.5


def test_R24_rounded_once_at_the_end() -> None:
    """387.0968 + 392.8571 = 779.9539; each by itself would be 387.10 + 392.86 = 779.96."""
    result = prorate(cad(1000), days(date(2026, 1, 20), date(2026, 2, 11)), by=ACTUAL)
    assert str(result.amount.amount) == "779.95"
    assert result.exact == Fraction(1200000, 31) + Fraction(1100000, 28)


def test_R24_both_ends_count_and_the_day_of_the_move_out_can_be_left_out() -> None:
    """16 or 15 days of 31."""
    assert cost(1000, Period.through(AUG_1, AUG_16), ACTUAL) == "516.13"
    assert cost(1000, Period(AUG_1, AUG_16), ACTUAL) == "483.87"


@pytest.mark.parametrize(
    ("by", "daily_rate", "amount"),
    [
        (ACTUAL, HALF_UP, "387.12"),  # 32.26 x 12
        (ACTUAL, DOWN, "387.00"),  # 32.25 x 12
        (STANDARD, HALF_UP, "393.48"),  # 32.79 x 12
        (STANDARD, DOWN, "393.36"),  # 32.78 x 12
        (ANNUAL, HALF_UP, "394.56"),  # 32.88 x 12
        (ACTUAL, CashStep(cad("0.05")), "387.00"),  # 32.25 x 12
        (NONE, HALF_UP, "1000.00"),
    ],
)
def test_R24_the_daily_rate_first_is_a_choice(by: Proration, daily_rate: Any, amount: str) -> None:
    assert cost(1000, days(date(2026, 8, 20), date(2026, 8, 31)), by, daily_rate=daily_rate) == amount


def test_R24_the_daily_rate_first_leaves_whole_periods_whole_and_parts_below_them() -> None:
    assert cost(1000, Period(AUG_1, SEP_1), ACTUAL, daily_rate=UP) == "1000.00"
    assert cost("0.10", days(date(2026, 8, 20), date(2026, 8, 31)), ACTUAL, daily_rate=UP) == "0.10"  # not 0.12


@pytest.mark.parametrize(
    ("price", "by", "amount"),
    [
        (prices(1100, (date(2026, 9, 16), 1000)), STANDARD, "1050.82"),  # 1100 - 100 x 15/30.5
        (prices(1000, (date(2026, 9, 11), 1100), (date(2026, 9, 21), 1150)), STANDARD, "1081.97"),
        (prices(1000, (date(2026, 9, 11), 1100), (date(2026, 9, 21), 1150)), OVER_30, "1083.33"),
        (prices(1000, (date(2026, 9, 30), 1100)), THIRTY_DAYS_MONTH, "1003.33"),  # one thirtieth of the rise
        (prices(1000, (SEP_1, 1100)), STANDARD, "1100.00"),  # on the first day: nothing of the old
        (prices(1000, (OCT_1, 1100)), STANDARD, "1000.00"),  # on the day after: nothing of the new
    ],
)
def test_R24_a_change_inside_a_fully_occupied_month(price: list[Price], by: Proration, amount: str) -> None:
    """R24: whole(old) + (new - old) x days left / divisor, for each change."""
    assert cost(price, Period(SEP_1, OCT_1), by) == amount


def test_R24_a_change_inside_a_month_that_is_occupied_in_part() -> None:
    """In on the 11th, 100 more from the 16th: 1000 x 20/30.5 + 100 x 15/30.5."""
    rise = prices(1000, (date(2026, 9, 16), 1100))
    assert cost(rise, days(date(2026, 9, 11), date(2026, 9, 30)), STANDARD) == "704.92"


def test_R24_a_change_on_the_first_of_a_month_is_that_months_price() -> None:
    """12/31 of 1000, and 1100 whole."""
    result = prorate(prices(1000, (SEP_1, 1100)), Period(date(2026, 8, 20), OCT_1), by=ACTUAL)
    assert str(result.amount.amount) == "1487.10"
    assert [part.before.minor for part in result.parts] == [0, 0]


def test_R24_a_price_of_zero_ends_a_stretch() -> None:
    """Given up on the 16th: 15 days; taken again on the 25th: 7 days more, and nothing is owed for the gap."""
    given_up, again = (AUG_16, 0), (date(2026, 8, 25), 1000)
    whole = Period(AUG_1, SEP_1)
    assert cost(prices(1000, given_up), whole, ACTUAL) == "483.87"
    assert cost(prices(1000, given_up), whole, STANDARD) == "491.80"
    assert cost(prices(1000, given_up, again), whole, STANDARD) == "721.31"  # 22/30.5
    assert cost(prices(1000, given_up), days(AUG_16, date(2026, 8, 31)), NONE) == "0.00"


def test_R24_anchored_months() -> None:
    """From the 15th to the 14th: 26 of 31 days; by 30 DAYS MONTH 11 to the 30th of August and 14 of September."""
    stretch = days(date(2026, 8, 20), date(2026, 9, 14))
    assert cost(1000, stretch, ACTUAL, monthly(15)) == "838.71"
    assert cost(1000, stretch, STANDARD, monthly(15)) == "852.46"
    assert cost(1000, stretch, THIRTY_DAYS_MONTH, monthly(15)) == "833.33"
    assert cost(1000, Period(date(2026, 1, 31), date(2026, 2, 28)), ACTUAL, monthly(31)) == "1000.00"
    assert cost(1000, days(date(2026, 2, 28), date(2026, 3, 29)), ACTUAL, monthly(LAST)) == "967.74"  # 30/31


@pytest.mark.parametrize("by", MONTHS_ONLY, ids=repr)
@pytest.mark.parametrize("cycle", [weekly(MONDAY), every_two_weeks(MONDAY), twice_a_month(1, 16)], ids=repr)
@pytest.mark.parametrize("last", [MONDAY, date(2026, 8, 9)], ids=str)
def test_R24_month_divisors_are_refused_for_weeks_and_half_months(by: Proration, cycle: Frequency, last: date) -> None:
    """R24: for periods of whole months only, else refused; whole weeks too."""
    with pytest.raises(InvalidValue) as caught:
        prorate(cad(700), days(MONDAY, last), by=by, cycle=cycle)
    hint = "pass proration.ACTUAL or proration.ANNUAL"
    assert str(caught.value) == f"{by!r}: a month's divisor over weeks or half-months; {hint}"
    assert (caught.value.field, caught.value.value) == ("by", by)


@pytest.mark.parametrize(
    ("cycle", "price", "by", "amount"),
    [
        (weekly(MONDAY), 700, ACTUAL, "300.00"),  # 3/7
        (every_two_weeks(MONDAY), 1400, ACTUAL, "300.00"),  # 3/14
        (twice_a_month(1, 16), 1000, ACTUAL, "200.00"),  # 3/15: 1 to 15 August
        (weekly(MONDAY), 700, ANNUAL, "299.18"),  # x 52 / 365 x 3
        (every_two_weeks(MONDAY), 1400, ANNUAL, "299.18"),  # x 26 / 365 x 3
        (twice_a_month(1, 16), 1000, ANNUAL, "197.26"),  # x 24 / 365 x 3
        (weekly(MONDAY), 700, NONE, "700.00"),
        (monthly(1), 3100, ACTUAL, "300.00"),
    ],
    ids=repr,
)
def test_R24_weeks_and_half_months(cycle: Frequency, price: int, by: Proration, amount: str) -> None:
    """R24: ACTUAL over 7, 14 or the period's days, ANNUAL by 52, 26 and 24; from Monday 3 to Wednesday 5 August."""
    assert cost(price, days(MONDAY, date(2026, 8, 5)), by, cycle) == amount


def test_R24_a_half_month_has_its_own_days() -> None:
    """5 of the 16 days from 16 to 31 August; 5 of 13 in February."""
    assert cost(1000, days(AUG_16, date(2026, 8, 20)), ACTUAL, twice_a_month(1, 16)) == "312.50"
    assert cost(1000, days(date(2026, 2, 16), date(2026, 2, 20)), ACTUAL, twice_a_month(1, 16)) == "384.62"


@pytest.mark.parametrize(
    ("cycle", "price", "by", "amount"),
    [
        (quarterly(1), 3000, ACTUAL, "1387.10"),  # 12/31 of August, September
        (quarterly(1), 3000, STANDARD, "1393.44"),
        (half_yearly(1), 6000, ACTUAL, "1387.10"),
        (yearly(1), 12000, ACTUAL, "1387.10"),
        (quarterly(1), 1000, ACTUAL, "462.37"),  # 333.33 and a third
        (quarterly(1), 3000, NONE, "3000.00"),
        (quarterly(1, month=3), 3000, NONE, "6000.00"),  # June to August, September to November
        (yearly(1), 12000, NONE, "12000.00"),
    ],
    ids=repr,
)
def test_R24_for_k_months_the_amount_over_k_is_the_monthly_amount(
    cycle: Frequency, price: int, by: Proration, amount: str
) -> None:
    """R24: from 20 August to 30 September; NONE knows whole periods only."""
    assert cost(price, Period(date(2026, 8, 20), OCT_1), by, cycle) == amount


def test_R24_a_quarter_that_is_no_multiple_of_three_is_still_the_whole() -> None:
    result = prorate(cad(1000), Period(date(2026, 7, 1), OCT_1), by=STANDARD, cycle=quarterly(1))
    assert result.exact == 100_000
    assert [part.exact for part in result.parts] == [Fraction(100_000, 3)] * 3


def test_R25_per_diem_services_by_the_days_price() -> None:
    """10 days at 45.50; 5 at 45.50 and 5 at 47.00; the price of zero is no day's."""
    stretch = days(date(2026, 8, 7), AUG_16)
    rise = prices("45.50", (date(2026, 8, 12), "47.00"))
    stay = prices("45.50", (date(2026, 8, 12), 0), (date(2026, 8, 14), "45.50"))
    assert [str(per_diem(price, stretch).amount) for price in (cad("45.50"), rise, stay)] == [
        "455.00 CAD",
        "462.50 CAD",
        "364.00 CAD",
    ]
