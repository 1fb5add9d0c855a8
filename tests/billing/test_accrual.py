"""R46: the conventions by which the time of a holding is counted, alone, composed, and of a user."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, pairwise

import pytest

from account_facts import cad
from arledger import (
    Accrual,
    AccrualSegment,
    DepositInterest,
    DepositPolicy,
    Holding,
    HoldingEntry,
    HoldingKind,
    Percent,
    Period,
    Rate,
    RateTable,
    accrual,
    deposit_interest,
)
from arledger.billing.accrual import ACTUAL_365, ACTUAL_ACTUAL, WHOLE_MONTHS, after_days, both_ends

JAN_1, MAY_16, NOV_16 = date(2026, 1, 1), date(2026, 5, 16), date(2026, 11, 16)
HALF = Period(MAY_16, NOV_16)
"""184 days, and six months."""
EACH: list[Accrual] = [
    ACTUAL_365,
    ACTUAL_ACTUAL,
    WHOLE_MONTHS,
    both_ends(ACTUAL_365),
    both_ends(ACTUAL_ACTUAL),
    after_days(183, ACTUAL_365),
    after_days(184, ACTUAL_365),
    after_days(183, both_ends(ACTUAL_365)),
    both_ends(after_days(183, ACTUAL_365)),
]


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


def counted(convention: Accrual, start: date, end: date, *cuts: date) -> list[tuple[str, str, Fraction]]:
    """Each segment: its period, how it was counted, and its part of a year."""
    segments = convention(Period(start, end), cuts)
    return [(str(segment.period), segment.counted, segment.years) for segment in segments]


def earned(accrues: Accrual, until: date, *rates: Rate, since: date = MAY_16, entries: object = ()) -> DepositInterest:
    """What 1200.00 CAD earn."""
    held = Holding("D-1", cad("1200"), since, entries=entries)  # type: ignore[arg-type]
    policy = DepositPolicy(rates=RateTable(rates), refund_window_days=30, accrual=accrues)
    return deposit_interest(held, until, policy)


def amounts(interest: DepositInterest) -> list[tuple[str, str, str]]:
    return [(str(part.period), str(part.percent), str(part.amount.amount)) for part in interest.segments]


def test_actual_365_counts_days_over_365() -> None:
    assert counted(ACTUAL_365, MAY_16, NOV_16) == [("2026-05-16 up to 2026-11-16", "184/365 days", Fraction(184, 365))]


def test_actual_365_makes_more_than_a_year_of_a_leap_year() -> None:
    assert counted(ACTUAL_365, day(1, 1, 2028), day(1, 1, 2029)) == [
        ("2028-01-01 up to 2029-01-01", "366/365 days", Fraction(366, 365))
    ]


def test_actual_actual_makes_one_year_of_each_year() -> None:
    for year, days in ((2026, 365), (2028, 366), (2000, 366), (2100, 365)):
        ((_, words, years),) = counted(ACTUAL_ACTUAL, day(1, 1, year), day(1, 1, year + 1))
        assert (words, years) == (f"{days} days, of 365 or 366", Fraction(1))


def test_actual_actual_gives_each_day_to_its_own_year() -> None:
    assert counted(ACTUAL_ACTUAL, day(12, 30, 2027), day(1, 2, 2028)) == [
        ("2027-12-30 up to 2028-01-02", "3 days, of 365 or 366", Fraction(2, 365) + Fraction(1, 366))
    ]
    assert counted(ACTUAL_ACTUAL, day(12, 31, 2028), day(1, 3, 2029)) == [
        ("2028-12-31 up to 2029-01-03", "3 days, of 365 or 366", Fraction(1, 366) + Fraction(2, 365))
    ]


@pytest.mark.parametrize("convention", [ACTUAL_365, ACTUAL_ACTUAL], ids=repr)
def test_days_are_cut_where_the_rate_or_the_balance_changes(convention: Accrual) -> None:
    cuts = [day(5, 17), day(8, 1), day(11, 15)]
    parts = [period for period, _, _ in counted(convention, MAY_16, NOV_16, *cuts)]
    assert parts == [
        "2026-05-16 up to 2026-05-17",
        "2026-05-17 up to 2026-08-01",
        "2026-08-01 up to 2026-11-15",
        "2026-11-15 up to 2026-11-16",
    ]
    assert [years for _, _, years in counted(convention, MAY_16, NOV_16, *cuts)] == [
        Fraction(days, 365) for days in (1, 76, 106, 1)
    ]


@pytest.mark.parametrize(
    ("start", "end", "last", "months"),
    [
        (MAY_16, NOV_16, NOV_16, 6),
        (MAY_16, day(11, 17), NOV_16, 6),
        (MAY_16, day(11, 15), day(10, 16), 5),
        (MAY_16, day(6, 16), day(6, 16), 1),
        (day(1, 31), day(2, 28), day(2, 28), 1),
        (day(1, 31), day(3, 30), day(2, 28), 1),
        (day(1, 31), day(3, 31), day(3, 31), 2),
        (day(1, 31), day(4, 30), day(4, 30), 3),
        (day(1, 30), day(3, 1), day(2, 28), 1),
        (day(1, 31, 2028), day(3, 1, 2028), day(2, 29, 2028), 1),
        (day(2, 28), day(3, 28), day(3, 28), 1),
        (day(2, 29, 2028), day(2, 28, 2029), day(2, 28, 2029), 12),
        (day(2, 29, 2028), day(2, 28, 2032), day(1, 29, 2032), 47),
        (day(2, 29, 2028), day(2, 29, 2032), day(2, 29, 2032), 48),
        (day(12, 31, 2027), day(1, 31, 2028), day(1, 31, 2028), 1),
    ],
)
def test_whole_months_count_from_the_first_day(start: date, end: date, last: date, months: int) -> None:
    """A month that has no such day ends on its last one, and nothing drifts."""
    assert counted(WHOLE_MONTHS, start, end) == [(f"{start} up to {last}", f"{months}/12 months", Fraction(months, 12))]


@pytest.mark.parametrize(
    ("start", "end"),
    [(MAY_16, day(6, 15)), (MAY_16, day(5, 17)), (day(1, 31), day(2, 27)), (day(1, 31, 2028), day(2, 28, 2028))],
)
def test_less_than_a_month_earns_nothing(start: date, end: date) -> None:
    assert counted(WHOLE_MONTHS, start, end) == []
    assert counted(WHOLE_MONTHS, start, end, start + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("cuts", "months"),
    [
        ([day(8, 16)], [(MAY_16, day(8, 16), 3), (day(8, 16), NOV_16, 3)]),
        ([day(8, 15)], [(MAY_16, day(8, 16), 3), (day(8, 16), NOV_16, 3)]),
        ([day(8, 17)], [(MAY_16, day(9, 16), 4), (day(9, 16), NOV_16, 2)]),
        ([day(5, 17)], [(MAY_16, day(6, 16), 1), (day(6, 16), NOV_16, 5)]),
        ([day(8, 1), day(8, 2), day(8, 16)], [(MAY_16, day(8, 16), 3), (day(8, 16), NOV_16, 3)]),
        ([day(10, 16)], [(MAY_16, day(10, 16), 5), (day(10, 16), NOV_16, 1)]),
        ([day(10, 17)], [(MAY_16, NOV_16, 6)]),
    ],
)
def test_a_month_is_never_cut(cuts: list[date], months: list[tuple[date, date, int]]) -> None:
    """Each whole month at the rate and balance of its first day."""
    assert counted(WHOLE_MONTHS, MAY_16, NOV_16, *cuts) == [
        (f"{start} up to {end}", f"{number}/12 months", Fraction(number, 12)) for start, end, number in months
    ]


def test_a_change_in_what_is_left_of_a_month_changes_nothing() -> None:
    whole = counted(WHOLE_MONTHS, MAY_16, day(12, 1))
    assert counted(WHOLE_MONTHS, MAY_16, day(12, 1), day(11, 20)) == whole
    assert [period for period, _, _ in whole] == ["2026-05-16 up to 2026-11-16"]


def test_month_ends_are_cut_at_month_ends() -> None:
    """Held from the 31st: months begin on 28 February, 31 March, 30 April."""
    assert [(period, words) for period, words, _ in counted(WHOLE_MONTHS, day(1, 31), day(5, 31), day(3, 1))] == [
        ("2026-01-31 up to 2026-03-31", "2/12 months"),
        ("2026-03-31 up to 2026-05-31", "2/12 months"),
    ]
    assert [period for period, _, _ in counted(WHOLE_MONTHS, day(1, 31), day(5, 31), day(2, 28))] == [
        "2026-01-31 up to 2026-02-28",
        "2026-02-28 up to 2026-05-31",
    ]


def test_a_rate_changes_in_the_middle_of_a_month_under_whole_months() -> None:
    """2% from 16 May, 5% from 1 August: the month from 16 July is one of 2%, the next one of 5%."""
    interest = earned(WHOLE_MONTHS, NOV_16, Rate(Percent(2)), Rate(Percent(5), since=day(8, 1)))
    assert amounts(interest) == [
        ("2026-05-16 up to 2026-08-16", "2%", "6.00"),
        ("2026-08-16 up to 2026-11-16", "5%", "15.00"),
    ]
    assert interest.amount == cad("21.00")


def test_a_balance_changes_in_the_middle_of_a_month_under_whole_months() -> None:
    entries = [
        HoldingEntry(HoldingKind.TOP_UP, cad("1200"), day(8, 1)),
        HoldingEntry(HoldingKind.RELEASED, cad("600"), day(8, 10)),
    ]
    interest = earned(WHOLE_MONTHS, NOV_16, Rate(Percent(2)), entries=entries)
    assert [str(part.principal.amount) for part in interest.segments] == ["1200.00", "1800.00"]
    assert amounts(interest) == [
        ("2026-05-16 up to 2026-08-16", "2%", "6.00"),
        ("2026-08-16 up to 2026-11-16", "2%", "9.00"),
    ]


def test_both_ends_count_the_last_day_too() -> None:
    assert counted(both_ends(ACTUAL_365), MAY_16, NOV_16, day(8, 1)) == [
        ("2026-05-16 up to 2026-08-01", "77/365 days", Fraction(77, 365)),
        ("2026-08-01 up to 2026-11-17", "108/365 days", Fraction(108, 365)),
    ]
    ((_, _, years),) = counted(both_ends(ACTUAL_ACTUAL), day(12, 31, 2027), day(1, 1, 2028))
    assert years == Fraction(1, 365) + Fraction(1, 366)


def test_where_the_last_day_counts_it_has_its_own_rate() -> None:
    """And earns on what was held before it, whatever is released on it."""
    rates = [Rate(Percent(2)), Rate(Percent(5), since=NOV_16)]
    for on, held in ((day(11, 15), ["1200.00", "1.00", "1.00"]), (NOV_16, ["1200.00", "1200.00"])):
        entries = [HoldingEntry(HoldingKind.RELEASED, cad("1199"), on)]
        interest = earned(both_ends(ACTUAL_365), NOV_16, *rates, entries=entries)
        assert [str(part.principal.amount) for part in interest.segments] == held
        assert (str(interest.segments[-1].percent), interest.segments[-1].period.days) == ("5%", 1)


def test_both_ends_may_complete_a_month() -> None:
    """16 May to 15 November, both counted, are six months."""
    assert counted(WHOLE_MONTHS, MAY_16, day(11, 15))[0][1] == "5/12 months"
    assert counted(both_ends(WHOLE_MONTHS), MAY_16, day(11, 15))[0][1] == "6/12 months"
    assert counted(both_ends(WHOLE_MONTHS), MAY_16, day(6, 14)) == []


@pytest.mark.parametrize("days", [1, 183, 184])
def test_what_was_held_long_enough_earns_from_its_first_day(days: int) -> None:
    for inner in (ACTUAL_365, ACTUAL_ACTUAL, WHOLE_MONTHS):
        assert after_days(days, inner)(HALF, [day(8, 1)]) == inner(HALF, [day(8, 1)]) != []


def test_what_was_held_for_less_earns_nothing() -> None:
    for inner in (ACTUAL_365, ACTUAL_ACTUAL, WHOLE_MONTHS):
        assert list(after_days(185, inner)(HALF, [day(8, 1)])) == []


def test_the_outer_one_decides_which_days_the_inner_one_sees() -> None:
    """184 days, or 185 with both ends: at least 185 days were held only if the last one counts."""
    assert counted(after_days(185, both_ends(ACTUAL_365)), MAY_16, NOV_16) == []
    ((_, words, _),) = counted(both_ends(after_days(185, ACTUAL_365)), MAY_16, NOV_16)
    assert words == "185/365 days"
    ((_, words, _),) = counted(after_days(184, both_ends(ACTUAL_365)), MAY_16, NOV_16)
    assert words == "185/365 days"


def test_conventions_by_what_they_pay() -> None:
    """1200.00 at 2% from 16 May to 16 November 2026."""
    paid = [earned(convention, NOV_16, Rate(Percent(2))).amount for convention in EACH]
    assert [str(money.amount) for money in paid] == [
        *("12.10", "12.10", "12.00", "12.16", "12.16", "12.10", "12.10", "12.16", "12.16")
    ]
    assert earned(after_days(185, ACTUAL_365), NOV_16, Rate(Percent(2))).amount == cad("0")
    leap = [earned(by, day(7, 1, 2028), Rate(Percent(2)), since=day(1, 1, 2028)).amount for by in EACH[:3]]
    assert leap == [cad("11.97"), cad("11.93"), cad("12.00")]


def whole_years(held: Period, cuts: Sequence[date]) -> list[AccrualSegment]:
    """A user's own: whole years from the first day, each at its first day's rate and balance."""
    starts = [held.start.replace(year=held.start.year + n) for n in range(held.days // 365 + 1)]
    return [
        AccrualSegment(Period(start, end), Fraction(1), "a whole year")
        for start, end in pairwise(starts)
        if end <= held.end
    ]


def test_a_convention_may_be_any_function() -> None:
    rates = (Rate(Percent(2)), Rate(Percent(5), since=day(6, 1, 2027)))
    interest = earned(whole_years, day(12, 31, 2029), *rates)
    assert amounts(interest) == [
        ("2026-05-16 up to 2027-05-16", "2%", "24.00"),
        ("2027-05-16 up to 2028-05-16", "2%", "24.00"),
        ("2028-05-16 up to 2029-05-16", "5%", "60.00"),
    ]
    assert {part.counted for part in interest.segments} == {"a whole year"}
    assert earned(whole_years, day(5, 15, 2027), *rates).segments == ()
    assert len(earned(both_ends(whole_years), day(5, 15, 2027), *rates).segments) == 1
    assert earned(after_days(2000, whole_years), day(12, 31, 2029), *rates).segments == ()


def test_a_convention_is_shown_the_held_time_and_the_changes_inside_it() -> None:
    """In order, each once: none of its first day or from before it, and none for interest that was added."""
    seen: list[object] = []

    def watching(held: Period, cuts: Sequence[date]) -> Sequence[AccrualSegment]:
        seen.extend((held, list(cuts)))
        return ACTUAL_365(held, cuts)

    rates = [
        Rate(Percent(9)),
        *(Rate(Percent(1), since=on) for on in (JAN_1, MAY_16, day(6, 1), day(8, 1), day(12, 1))),
    ]
    entries = [
        HoldingEntry(HoldingKind.RELEASED, cad("1"), day(7, 1)),
        HoldingEntry(HoldingKind.TOP_UP, cad("1"), day(6, 1)),
        HoldingEntry(HoldingKind.TOP_UP, cad("1"), MAY_16),
        HoldingEntry(HoldingKind.INTEREST, cad("1"), day(9, 1)),
    ]
    held = Holding("D-1", cad("1200"), MAY_16, entries=entries)
    policy = DepositPolicy(rates=RateTable(rates), refund_window_days=30, accrual=watching)
    deposit_interest(held, NOV_16, policy, since=MAY_16)
    assert seen == [HALF, [day(6, 1), day(7, 1), day(8, 1)]]


@pytest.mark.parametrize("convention", [ACTUAL_365, ACTUAL_ACTUAL, WHOLE_MONTHS], ids=repr)
def test_time_may_end_with_the_calendar(convention: Accrual) -> None:
    (segment,) = convention(Period(date(9999, 11, 30), date.max), [])
    assert segment.period.start == date(9999, 11, 30)
    assert segment.years == {31: Fraction(31, 365), 30: Fraction(1, 12)}[segment.period.days]


@pytest.mark.parametrize(
    ("convention", "text"),
    [
        (ACTUAL_365, "accrual.ACTUAL_365"),
        (ACTUAL_ACTUAL, "accrual.ACTUAL_ACTUAL"),
        (WHOLE_MONTHS, "accrual.WHOLE_MONTHS"),
        (both_ends(ACTUAL_365), "accrual.both_ends(accrual.ACTUAL_365)"),
        (after_days(365, WHOLE_MONTHS), "accrual.after_days(365, accrual.WHOLE_MONTHS)"),
        (
            after_days(90, both_ends(ACTUAL_ACTUAL)),
            "accrual.after_days(90, accrual.both_ends(accrual.ACTUAL_ACTUAL))",
        ),
    ],
)
def test_reprs_read_back(convention: Accrual, text: str) -> None:
    assert repr(convention) == text
    assert eval(text, {"accrual": accrual}) == convention


@pytest.mark.parametrize("convention", EACH, ids=repr)
def test_conventions_are_values(convention: Accrual) -> None:
    again = pickle.loads(pickle.dumps(convention))
    assert again == copy.deepcopy(convention) == convention
    assert hash(again) == hash(convention)
    assert again(HALF, [day(8, 1)]) == convention(HALF, [day(8, 1)])


def test_conventions_differ() -> None:
    assert [pair for pair in combinations(EACH, 2) if pair[0] == pair[1]] == []
    assert both_ends(ACTUAL_365) == both_ends(ACTUAL_365) != both_ends(WHOLE_MONTHS)
    assert after_days(3, ACTUAL_365) == after_days(3, ACTUAL_365) != after_days(4, ACTUAL_365)


def test_segments_are_values() -> None:
    segment = AccrualSegment(HALF, Fraction(1, 2), "six months")
    assert pickle.loads(pickle.dumps(segment)) == segment == AccrualSegment(HALF, Fraction(2, 4), "six months")
    assert hash(segment) == hash(AccrualSegment(HALF, Fraction(1, 2), "six months"))
    assert segment != AccrualSegment(HALF, Fraction(1, 2), "half a year")
