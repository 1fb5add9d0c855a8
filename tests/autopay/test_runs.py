"""Runs: the day, and the one period that it serves. Rules R10, R27 and R28."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from arledger import (
    AutopayRun,
    BillingPolicy,
    BillingType,
    Frequency,
    InvalidValue,
    Lease,
    LeaseItem,
    Period,
    autopay_run,
    draft_pulls,
    every_two_weeks,
    lease_run,
    monthly,
    proration,
    quarterly,
    repeated,
    twice_a_month,
)
from autopay_facts import JUNE, agreement, amounts, cad, drafted, paid, parts, position_of, rent, run_of

MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)


def days_of(run: AutopayRun) -> tuple[str, str]:
    """The period served, and the day of the run before."""
    return str(run.period), str(run.previous)


@pytest.mark.parametrize(
    ("on", "offset", "period", "previous"),
    [
        (JUNE, 0, "2026-06-01 up to 2026-07-01", "2026-05-01"),
        (date(2026, 5, 28), -4, "2026-06-01 up to 2026-07-01", "2026-04-27"),
        (date(2026, 6, 5), 4, "2026-06-01 up to 2026-07-01", "2026-05-05"),
        (date(2026, 7, 1), 30, "2026-06-01 up to 2026-07-01", "2026-05-31"),
        (date(2026, 1, 1), 0, "2026-01-01 up to 2026-02-01", "2025-12-01"),
    ],
)
def test_a_run_serves_the_period_that_starts_so_many_days_before(
    on: date, offset: int, period: str, previous: str
) -> None:
    """R10, R28: the offset is after the period's start, or before it if negative; of the previous run too."""
    assert days_of(autopay_run(monthly(1), on, offset_days=offset)) == (period, previous)


@pytest.mark.parametrize(
    ("cycles", "on", "period", "previous"),
    [
        (monthly(31), date(2026, 2, 28), "2026-02-28 up to 2026-03-31", "2026-01-31"),
        (every_two_weeks(date(2026, 5, 18)), JUNE, "2026-06-01 up to 2026-06-15", "2026-05-18"),
        (twice_a_month(1, 15), date(2026, 6, 15), "2026-06-15 up to 2026-07-01", "2026-06-01"),
        (quarterly(1), date(2026, 4, 1), "2026-04-01 up to 2026-07-01", "2026-01-01"),
    ],
    ids=repr,
)
def test_periods_of_any_frequency(cycles: Frequency, on: date, period: str, previous: str) -> None:
    """R27."""
    assert days_of(autopay_run(cycles, on)) == (period, previous)


def lease(**more: Any) -> Lease:
    """A lease from 20 August 2026 on."""
    return Lease("L-1", **{"move_in": date(2026, 8, 20), "items": [LeaseItem("rent", cad(1000))], **more})


def billing(cycle: Any = None, **more: Any) -> BillingPolicy:
    """Billed monthly from the 1st on, spoilt by what is given."""
    kind = BillingType("monthly", monthly(1) if cycle is None else cycle, **more)
    return BillingPolicy(types=kind, proration=proration.ACTUAL)


@pytest.mark.parametrize(
    ("on", "period", "previous"),
    [
        (date(2026, 8, 20), "2026-08-01 up to 2026-09-01", "None"),
        (date(2026, 9, 1), "2026-09-01 up to 2026-10-01", "2026-08-20"),
        (date(2026, 10, 1), "2026-10-01 up to 2026-11-01", "2026-09-01"),
    ],
)
def test_the_first_run_of_a_lease_counts_from_the_move_in(on: date, period: str, previous: str) -> None:
    """R10, R28: the stub is served on the day of the move-in, and no run was before it."""
    assert days_of(lease_run(lease(), billing(), on)) == (period, previous)


@pytest.mark.parametrize(
    ("offset", "runs"),
    [
        (-4, [("2026-08-16", "None"), ("2026-08-28", "2026-08-16"), ("2026-09-27", "2026-08-28")]),
        (2, [("2026-08-22", "None"), ("2026-09-03", "2026-08-22"), ("2026-10-03", "2026-09-03")]),
    ],
)
def test_the_runs_of_a_lease_with_an_offset(offset: int, runs: list[tuple[str, str]]) -> None:
    """R28: days before the start, or after it."""
    policy = billing(bill_offset_days=10, autopay_offset_days=offset)
    found = [lease_run(lease(), policy, date.fromisoformat(on)) for on, _ in runs]
    assert [str(run.previous) for run in found] == [previous for _, previous in runs]
    assert [run.period.start.month for run in found] == [8, 9, 10]


def test_cycles_that_begin_with_the_lease() -> None:
    """R27: of a lease from the 20th, each period is from a 20th to the next; the first one has no run before it."""
    policy = billing(monthly)
    first, second = (lease_run(lease(), policy, date(2026, month, 20)) for month in (8, 9))
    assert days_of(first) == ("2026-08-20 up to 2026-09-20", "None")
    assert days_of(second) == ("2026-09-20 up to 2026-10-20", "2026-08-20")
    with pytest.raises(InvalidValue, match=r"serves no billing period; pass 2026-08-20 or 2026-09-20"):
        lease_run(lease(), policy, date(2026, 9, 1))


def test_autopay_of_a_lease_whose_cycle_begins_with_it() -> None:
    """R10, R27: the rent from the 20th on is current, and the period before it in arrears."""
    run = lease_run(lease(), billing(monthly), date(2026, 9, 20))
    first, second = (Period(date(2026, month, 20), date(2026, month + 1, 20)) for month in (8, 9))
    entries = [rent(8, 900, period=first, posted=date(2026, 8, 20)), rent(9, period=second, posted=date(2026, 9, 10))]
    drafts = draft_pulls(agreement("A"), position_of(*entries, on=run.on), run)
    assert parts(drafts) == {"A": [("R-09", "1000.00")]}
    assert [(one.charge, one.reason) for one in drafts.held] == [("R-08", "arrears are not included")]
    assert [payment.id for payment in drafts.payments] == ["AP-A/pull@2026-09-20"]


@pytest.mark.parametrize(
    ("move_in", "on", "previous"),
    [
        (date(2026, 8, 1), date(2026, 8, 1), "None"),
        (date(2026, 8, 1), date(2026, 9, 1), "2026-08-01"),
        (date(2026, 8, 31), date(2026, 8, 31), "None"),
        (date(2026, 8, 31), date(2026, 9, 1), "2026-08-31"),
    ],
)
def test_move_ins_at_the_ends_of_a_month(move_in: date, on: date, previous: str) -> None:
    assert str(lease_run(lease(move_in=move_in), billing(), on).previous) == previous


def test_the_runs_after_the_move_out_serve_periods_too() -> None:
    """R17: what is left open is still pulled, unless the policy or the agreement ends it."""
    left = lease(move_out=date(2026, 9, 15))
    assert lease_run(left, billing(), date(2026, 9, 1)).period.start == date(2026, 9, 1)
    after = [lease_run(left, billing(), day) for day in (date(2026, 10, 1), date(2026, 11, 1))]
    assert [str(run.previous) for run in after] == ["2026-09-01", "2026-10-01"]


def test_no_run_is_before_the_move_in() -> None:
    """R28: July has a first of the month too, and the lease no July."""
    with pytest.raises(InvalidValue, match=r"serves no billing period; pass 2026-08-20 or 2026-09-01"):
        lease_run(lease(), billing(), JULY)


def test_a_run_that_is_repeated_serves_the_same_period_on_a_later_day() -> None:
    """R10: for a day that was missed, or what came back; the run before stays the one before."""
    later = repeated(run_of(), on=date(2026, 6, 15))
    assert (later.on, later.period, later.previous) == (date(2026, 6, 15), run_of().period, MAY)
    assert repeated(run_of(), on=JUNE) == run_of()
    assert repeated(run_of(), on=date(2026, 8, 3)).period.start == JUNE
    drafts = draft_pulls(agreement("A"), position_of(rent(6)), later)
    assert [(payment.id, payment.received) for payment in drafts.payments] == [
        ("AP-A/pull@2026-06-01", date(2026, 6, 15))
    ]


def test_a_difference_that_is_billed_after_a_run_waits_for_the_next_one() -> None:
    """R10: June's rent was 20 too low, found on the 10th; July's run takes it as current, August's as arrears."""
    difference = rent(6, 20, posted=date(2026, 6, 10))
    july = drafted(agreement("A"), difference, rent(7), on=JULY)
    assert parts(july) == {"A": [("R-06", "20.00"), ("R-07", "1000.00")]}
    assert [str(part.item_class.value) for part in july.drafts[0].parts] == ["current", "current"]
    august = drafted(agreement("A"), difference, rent(7), paid("P", 1000), rent(8), on=date(2026, 8, 1))
    assert amounts(august)[0] == "1000.00"
