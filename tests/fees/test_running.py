"""Amounts that grow (R38): by days, by steps of days, by months, and by a yearly rate under each day count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from account_facts import cad
from arledger import (
    Accrual,
    AccrualSegment,
    FeeAmount,
    FirstFeeAfter,
    FreeDays,
    Ground,
    InvalidValue,
    Limit,
    Percent,
    Period,
    Rate,
    RateTable,
    accrual,
    fee,
)
from arledger.fees.assessment import step_rows
from fees.facts import FIVE_PERCENT, JAN_1, assessed, feb, flat, ground, jan, nights, pay, rent, rule_of, sums

TEN = flat("10")
ONE_PERCENT = fee.percent(1, of=fee.OWED)


def comes_to(amount: FeeAmount, at: Ground) -> Fraction:
    return amount.worked(at).minor


@pytest.mark.parametrize(
    ("amount", "on_5", "on_6", "on_7", "on_10", "on_16"),
    [
        (fee.each_day(TEN), 0, 1, 2, 5, 11),
        (fee.each_day(TEN, since="due"), 4, 5, 6, 9, 15),
        (fee.each_further_day(TEN), 0, 0, 1, 4, 10),
        (fee.each_further_day(TEN, since="due"), 3, 4, 5, 8, 14),
        (fee.every(5, TEN), 0, 0, 0, 1, 2),
        (fee.every(5, TEN, since="due"), 0, 1, 1, 1, 3),
        (fee.every(5, TEN, first=1), 0, 1, 1, 1, 3),
        (fee.every(5, TEN, first=2, since="due"), 1, 1, 1, 2, 3),
        (fee.every(7, TEN, first=11), 0, 0, 0, 0, 1),
        (fee.every(400, TEN), 0, 0, 0, 0, 0),
    ],
)
def test_R38_how_often_an_amount_falls(
    amount: FeeAmount, on_5: int, on_6: int, on_7: int, on_10: int, on_16: int
) -> None:
    """Due on the 1st, the first fee on the 6th: that day is 1 since the grace, and 5 since the due date."""
    times = [comes_to(amount, ground(day=jan(day))) / 1000 for day in (5, 6, 7, 10, 16)]
    assert times == [on_5, on_6, on_7, on_10, on_16]


def test_R38_an_amount_falls_on_what_was_owed_at_the_end_of_its_day() -> None:
    """1% a day of 1000, of 400 from the 8th on, of nothing on the 10th and 11th, and of 100 after that."""
    then = {jan(8): 40_000, jan(10): 0, jan(12): 10_000}
    worked = fee.each_day(ONE_PERCENT).worked(ground(day=jan(13), then=then))
    assert step_rows(worked, "CAD") == [
        ("1% of what is owed for each day", "30.00"),
        ("  2 times 1% of what is owed", "20.00"),
        ("    what is owed", "1000.00"),
        ("  2 times 1% of what is owed", "8.00"),
        ("    what is owed", "400.00"),
        ("  2 times 1% of what is owed", "2.00"),
        ("    what is owed", "100.00"),
    ]
    assert comes_to(fee.each_day(TEN), ground(day=jan(13), then=then)) == 6000
    assert comes_to(fee.every(2, fee.PAST_DUE), ground(day=jan(9), then=then)) == 100_500 + 40_500


def test_R38_a_step_of_days_that_falls_once_is_no_multiple() -> None:
    worked = fee.every(5, FIVE_PERCENT, since="due").worked(ground(day=jan(9)))
    assert step_rows(worked, "CAD") == [
        ("5% of what is owed for every 5 days since the due date", "50.00"),
        ("  5% of what is owed", "50.00"),
        ("    what is owed", "1000.00"),
    ]
    worked = fee.each_day(fee.lesser_of(TEN, FIVE_PERCENT)).worked(ground(day=jan(7)))
    assert worked.steps[0].text == "2 times (the lesser of 10.00 CAD and 5% of what is owed)"


def test_R38_parts_that_count_days_stand_beside_each_other() -> None:
    """30, then 10 a day, and 1% for every five days since the due date."""
    amount = flat("30") + fee.each_further_day(TEN) + fee.every(5, ONE_PERCENT, since="due")
    assert [comes_to(amount, ground(day=jan(day))) for day in (6, 7, 11)] == [4000, 5000, 10_000]
    assert comes_to(fee.lesser_of(amount, flat("45")), ground(day=jan(7))) == 4500


def test_R38_a_ladder_chooses_the_amount_a_day() -> None:
    """12 a day up to 700 of rent, 20 above."""
    tiers = fee.Tier(flat("12"), up_to=cad("700")), fee.Tier(flat("20"))
    for amount in (
        fee.each_day(fee.by_size(fee.RENT, *tiers)),
        fee.by_size(fee.RENT, *(fee.Tier(fee.each_day(tier.amount), up_to=tier.up_to) for tier in tiers)),
    ):
        assert [comes_to(amount, ground(day=jan(8), rent=size)) for size in (70_000, 70_001)] == [3600, 6000]


@pytest.mark.parametrize(
    ("due", "falls"),
    [
        (date(2026, 1, 15), ["2026-02-15", "2026-03-15", "2026-04-15"]),
        (date(2026, 1, 28), ["2026-02-28", "2026-03-28", "2026-04-28"]),
        (date(2026, 1, 30), ["2026-02-28", "2026-03-30", "2026-04-30"]),
        (date(2026, 1, 31), ["2026-02-28", "2026-03-31", "2026-04-30"]),
        (date(2026, 2, 28), ["2026-03-28", "2026-04-28", "2026-05-28"]),
        (date(2027, 11, 30), ["2027-12-30", "2028-01-30", "2028-02-29"]),
    ],
)
def test_R38_the_monthly_returns_of_a_day(due: date, falls: list[str]) -> None:
    """On its day of the month, or on the last one of a shorter month, without drifting."""
    by_due = fee.each_month(TEN)
    by_grace = fee.each_month(TEN, since="grace")
    for number, day in enumerate(map(date.fromisoformat, falls), 1):
        eve = date.fromordinal(day.toordinal() - 1)
        for on, times in ((eve, number - 1), (day, number)):
            assert comes_to(by_due, ground(due=due, day=on)) == times * 1000
            start = date.fromordinal(due.toordinal() - 5)
            assert comes_to(by_grace, ground(due=start, first_day=due, day=on)) == times * 1000


def test_R38_a_month_is_charged_on_what_is_owed_when_it_is_complete() -> None:
    then = {feb(1): 50_000, date(2026, 2, 2): 10_000, date(2026, 3, 1): 0}
    worked = fee.each_month(ONE_PERCENT).worked(ground(day=date(2026, 3, 31), then=then))
    assert step_rows(worked, "CAD") == [
        ("1% of what is owed for each month since the due date", "5.00"),
        ("  1% of what is owed", "5.00"),
        ("    what is owed", "500.00"),
    ]


def thirds(held: Period, cuts: Sequence[date], /) -> Sequence[AccrualSegment]:
    """A user's own day count: whatever the time, a third of a year for each stretch of it."""
    edges = [held.start, *cuts, held.end]
    return [AccrualSegment(Period(start, end), Fraction(1, 3), "a third") for start, end in pairwise(edges)]


@pytest.mark.parametrize(
    ("by", "due", "day", "years", "counted"),
    [
        (accrual.ACTUAL_365, JAN_1, date(2026, 3, 15), Fraction(1, 5), "73/365 days"),
        (accrual.ACTUAL_365, date(2028, 1, 1), date(2028, 3, 14), Fraction(1, 5), "73/365 days"),
        (accrual.ACTUAL_360, JAN_1, date(2026, 2, 6), Fraction(1, 10), "36/360 days"),
        (
            accrual.ACTUAL_ACTUAL,
            date(2027, 10, 20),
            date(2028, 3, 2),
            Fraction(1, 5) + Fraction(1, 6),
            "134 days, of 365 or 366",
        ),
        (accrual.THIRTY_360, jan(31), date(2026, 4, 30), Fraction(1, 4), "90/360 days of 30 a month"),
        (accrual.THIRTY_360, jan(31), date(2026, 3, 1), Fraction(31, 360), "31/360 days of 30 a month"),
        (accrual.WHOLE_MONTHS, jan(31), date(2026, 3, 30), Fraction(1, 12), "1/12 months"),
        (accrual.both_ends(accrual.ACTUAL_365), JAN_1, date(2026, 3, 14), Fraction(1, 5), "73/365 days"),
        (accrual.after_days(73, accrual.ACTUAL_365), JAN_1, date(2026, 3, 15), Fraction(1, 5), "73/365 days"),
        (thirds, JAN_1, jan(2), Fraction(1, 3), "a third"),
    ],
)
def test_R38_a_rate_a_year_under_each_day_count(
    by: Accrual, due: date, day: date, years: Fraction, counted: str
) -> None:
    """Simple: what is owed, times the rate, times the part of a year from the due date to the day."""
    worked = fee.a_year(10, by=by).worked(ground(due=due, day=day))
    assert worked.minor == 10_000 * years
    assert [step.text for step in worked.steps] == [f"1000.00 from {due} at 10%, {counted}"]


def test_R38_a_rate_that_needs_more_days_gives_nothing_before() -> None:
    amount = fee.a_year(10, by=accrual.after_days(73, accrual.ACTUAL_365))
    assert comes_to(amount, ground(day=date(2026, 3, 14))) == 0
    assert comes_to(fee.a_year(10, by=accrual.WHOLE_MONTHS), ground(day=jan(31))) == 0


def test_R38_the_days_of_grace_earn_interest_unless_it_counts_from_when_they_are_over() -> None:
    """Due on the 1st, a first fee on the 6th: on the 7th, 6 days since the due date, or 2 since the grace."""
    at = ground(36_500, day=jan(7))
    assert comes_to(fee.a_year(10), at) == 10 * 6
    assert comes_to(fee.a_year(10, since="grace"), at) == 10 * 2
    assert comes_to(fee.a_year(10, since="grace"), ground(36_500, day=jan(5))) == 0
    assert comes_to(fee.a_year(10, since="grace"), ground(36_500, day=jan(6))) == 10
    assert comes_to(fee.a_year(10), ground(36_500, day=JAN_1)) == 0


def test_R38_a_table_of_rates() -> None:
    """73 days at 5% before the change, 73 at 7% from it on."""
    rates = RateTable([Rate(Percent(5)), Rate(Percent(7), since=date(2026, 7, 1))])
    at = ground(due=date(2026, 4, 19), day=date(2026, 9, 12))
    worked = fee.a_year(rates).worked(at)
    assert [(step.text, int(step.minor)) for step in worked.steps] == [
        ("1000.00 from 2026-04-19 at 5%, 73/365 days", 1000),
        ("1000.00 from 2026-07-01 at 7%, 73/365 days", 1400),
    ]
    assert worked.minor == 2400
    assert len(fee.a_year(rates).worked(ground(due=date(2026, 4, 19), day=date(2026, 7, 1))).steps) == 1
    assert len(fee.a_year(rates).worked(ground(due=date(2026, 7, 1), day=date(2026, 7, 2))).steps) == 1


def test_R38_interest_is_on_what_is_owed_from_each_day_to_the_next() -> None:
    """73 days on 1000, 73 on 400, none on nothing; what is paid on a day earns nothing from that day on."""
    then = {date(2026, 3, 15): 40_000, date(2026, 5, 27): 0}
    worked = fee.a_year(10).worked(ground(day=date(2026, 12, 31), then=then))
    assert [(step.text, int(step.minor)) for step in worked.steps] == [
        ("1000.00 from 2026-01-01 at 10%, 73/365 days", 2000),
        ("400.00 from 2026-03-15 at 10%, 73/365 days", 800),
    ]


def test_R38_a_day_without_a_rate_is_refused_where_something_is_owed() -> None:
    amount = fee.a_year(RateTable(Rate(Percent(5), since=feb(1))))
    message = r"^fee.a_year: no rate on 2026-01-01; begin the table earlier, or with a rate of 0$"
    with pytest.raises(InvalidValue, match=message):
        amount.worked(ground(day=feb(2)))
    assert comes_to(amount, ground(0, day=feb(2), then={feb(1): 36_500})) == 5
    ended = fee.a_year(RateTable(Rate(Percent(5), until=jan(3))))
    assert comes_to(ended, ground(36_500, day=jan(3))) == 10
    with pytest.raises(InvalidValue, match="no rate on 2026-01-03"):
        ended.worked(ground(day=jan(4)))


def test_R38_a_payment_in_between_lowers_what_falls_after_it_and_not_before() -> None:
    """1% a day of 1000; 500 is paid on the 8th; the rest on the 11th, on which day a late fee comes too late."""
    entries = [rent(), pay("P-1", "500", jan(8)), pay("P-2", "500", jan(11))]
    _, nightly = nights(rule_of(fee.each_day(ONE_PERCENT)), entries, JAN_1, jan(20))
    assert nightly == {jan(6): "10.00", jan(7): "10.00", jan(8): "5.00", jan(9): "5.00", jan(10): "5.00"}


def test_R38_what_is_paid_within_the_grace_was_paid_in_time() -> None:
    """Caught up with from the due date on, and yet on 400: 600 were paid in the days of grace."""
    entries = [rent(), pay("P-1", "600", jan(4))]
    for amount, expected in (
        (fee.each_day(ONE_PERCENT, since="due"), "20.00"),
        (fee.every(5, ONE_PERCENT, since="due"), "4.00"),
        (fee.a_year("36.5"), "2.00"),
    ):
        assert str(assessed(rule_of(amount), entries, jan(6)).total.amount) == expected


def test_R38_what_is_paid_within_the_grace_makes_no_stretch_of_its_own() -> None:
    (item,) = assessed(rule_of(fee.a_year("36.5")), [rent(), pay("P-1", "600", jan(4))], jan(8)).items
    assert item.worked is not None
    assert [step.text for step in item.worked.steps] == ["400.00 from 2026-01-01 at 36.5%, 7/365 days"]


def test_R38_money_that_comes_on_the_first_day_of_a_fee_came_in_time_for_it() -> None:
    entries = [rent(), pay("P-1", "600", jan(6))]
    assert sums(rule_of(fee.each_day(ONE_PERCENT)), entries, [jan(6), jan(7)]) == ["4.00", "8.00"]
    assert sums(rule_of(fee.each_day(ONE_PERCENT, since="due")), entries, [jan(6), jan(7)]) == ["20.00", "24.00"]


def test_R38_a_month_and_a_limit_over_month_ends() -> None:
    """10 a day, at most 50 a month: what passed January's limit is not made up for in February."""
    rule = rule_of(fee.each_day(TEN), grace=FreeDays(0), limits=Limit(flat("50"), per="period"))
    _, nightly = nights(rule, [rent(due=jan(25))], jan(25), feb(28))
    paid = {jan(day): "10.00" for day in range(26, 31)} | {feb(day): "10.00" for day in range(1, 6)}
    assert nightly == paid


def test_R38_a_run_that_was_missed_does_not_matter_to_what_grows() -> None:
    rule = rule_of(flat("30") + fee.each_further_day(TEN), grace=FirstFeeAfter(5))
    assert sums(rule, [rent()], [jan(6), jan(7), jan(20)]) == ["30.00", "40.00", "170.00"]
    assert sums(rule, [rent()], [jan(20)]) == ["170.00"]


def half_days(held: Period, cuts: Sequence[date]) -> list[AccrualSegment]:
    """A convention of one's own."""
    return [AccrualSegment(held, Fraction(1, 2), "half")]


def test_R38_a_convention_of_ones_own_is_named_in_the_sentence() -> None:
    """By its name: the address of a function is another one in each run."""
    assert str(fee.a_year(8, by=half_days)) == "8% a year of what is owed, by half_days"
    both = accrual.both_ends(accrual.after_days(9, half_days))
    assert str(fee.a_year(8, by=both)) == "8% a year of what is owed, by half_days, from 9 days on, both ends counted"
