"""R46: interest that is given again and again, and functions of one's own that fail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from account_facts import cad
from arledger import (
    Accrual,
    AccrualSegment,
    DayCount,
    DepositPolicy,
    Holding,
    InvalidValue,
    Percent,
    Period,
    accrual,
    deposit_interest,
    prorate,
    proration,
)

HELD = Holding("D-1", cad("3650"), date(2025, 1, 1))
MARCH = Period(date(2026, 3, 1), date(2026, 4, 1))


def earned(convention: Accrual, until: date, since: date | None = None) -> str:
    policy = DepositPolicy(rates=Percent(2), refund_window_days=30, accrual=convention)
    return str(deposit_interest(HELD, until, policy, since=since).amount)


def test_a_least_holding_time_counts_from_the_day_it_was_paid() -> None:
    """So that the last days of a deposit that was held for years are not lost since interest was given before."""
    a_year = accrual.after_days(365, accrual.ACTUAL_365)
    assert earned(a_year, date(2025, 12, 31)) == "0.00 CAD"
    assert earned(a_year, date(2026, 1, 1)) == "73.00 CAD"
    assert earned(a_year, date(2026, 1, 11), since=date(2026, 1, 1)) == "2.00 CAD"


def test_whole_months_count_from_the_day_it_was_paid() -> None:
    assert earned(accrual.WHOLE_MONTHS, date(2025, 3, 15)) == "12.17 CAD"
    assert earned(accrual.WHOLE_MONTHS, date(2025, 4, 1), since=date(2025, 3, 1)) == "6.08 CAD"


@pytest.mark.parametrize("since", [date(2025, 1, 1), date(2025, 7, 1), date(2025, 12, 31)])
def test_interest_up_to_a_day_and_from_it_on_is_interest_on_all_days(since: date) -> None:
    before, after = earned(accrual.ACTUAL_365, since), earned(accrual.ACTUAL_365, date(2026, 1, 1), since=since)
    assert cad(before.removesuffix(" CAD")) + cad(after.removesuffix(" CAD")) == cad("73.00")


def failing(held: Period, cuts: Sequence[date]) -> Sequence[AccrualSegment]:
    raise ZeroDivisionError("no days")


def failing_too(stretch: Period, unit: Period, per_year: int) -> DayCount:
    raise KeyError("may")


def test_a_convention_that_fails_is_named_with_its_cause() -> None:
    with pytest.raises(InvalidValue) as caught:
        earned(failing, date(2026, 1, 1))
    assert str(caught.value) == (
        "accrual failing: failed on 2025-01-01 up to 2026-01-01 with ZeroDivisionError: no days"
    )
    assert (caught.value.field, caught.value.value) == ("accrual", failing)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_a_method_that_fails_is_named_with_its_cause() -> None:
    with pytest.raises(InvalidValue) as caught:
        prorate(cad("1000"), Period(date(2026, 3, 2), date(2026, 4, 1)), by=failing_too)
    assert str(caught.value) == "proration failing_too: failed on 2026-03-02 up to 2026-04-01 with KeyError: 'may'"
    assert isinstance(caught.value.__cause__, KeyError)
    assert prorate(cad("1000"), MARCH, by=failing_too).amount == cad("1000")  # a whole month asks nobody


def test_what_a_method_refuses_is_its_own_refusal() -> None:
    with pytest.raises(InvalidValue) as caught:
        proration.STANDARD(Period(date(2026, 3, 2), date(2026, 3, 4)), Period(date(2026, 3, 2), date(2026, 3, 9)), 52)
    assert str(caught.value) == (
        "proration.STANDARD: a month's divisor over weeks or half-months; pass proration.ACTUAL or proration.ANNUAL"
    )
