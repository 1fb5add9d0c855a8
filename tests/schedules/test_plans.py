"""R60: payment plans: an amount so many times, or a total in parts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arledger import Instalments, Money, PostingState, ends, equal_instalments, instalments, project
from arledger.schedules.plans import still_to_pay
from schedules.facts import FIRST, balance, enrolled, own, paid, run, schedule, told, usd

APRIL, MAY = date(2026, 4, 15), date(2026, 5, 15)


@given(st.integers(1, 10**7), st.integers(1, 60))
def test_instalments_come_to_the_total_and_the_first_take_the_odd_cents(minor: int, n: int) -> None:
    """R60: largest remainder."""
    if n > minor:
        return
    found = [one.minor for one in instalments(Money.from_minor(minor, "USD"), n).amounts]
    assert sum(found) == minor
    assert found == sorted(found, reverse=True)
    assert max(found) - min(found) <= 1


def test_instalments_of_an_amount() -> None:
    """R60."""
    assert equal_instalments(usd(250), 4) == Instalments([usd(250)] * 4)
    assert (equal_instalments(usd(250), 4).total, equal_instalments(usd(250), 4).count) == (usd(1000), 4)


def test_instalments_say_what_they_are() -> None:
    assert str(equal_instalments(usd(250), 1)) == "1 instalment of 250.00 USD"
    assert str(instalments(usd(100), 3)) == "3 instalments, 100.00 USD in all"
    assert Instalments(usd(5)) == Instalments([usd(5)])


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ([], [0, 1, 2]),
        ([500], [1, 2]),
        ([100], [0, 2]),
        ([100, 500], [2]),
        ([80], [1, 2]),
        ([80, 100], [2]),
        ([600], [1, 2]),
        ([500, 100, 100], []),
        ([500, 100, 100, 100], []),
        ([80, 80, 80], []),
    ],
)
def test_a_payment_takes_its_instalment_off_the_list(taken: list[int], left: list[int]) -> None:
    """R60: exactly its own, or the first that is larger; one that is above all takes the first."""
    plan = Instalments([Money.from_minor(minor, "USD") for minor in (500, 100, 100)])
    assert still_to_pay(plan, taken) == left


def test_a_smaller_payment_takes_off_the_first_that_is_not_below_it() -> None:
    plan = Instalments([Money.from_minor(minor, "USD") for minor in (100, 500, 700)])
    assert still_to_pay(plan, [300]) == [0, 2]


def test_each_run_pays_its_instalment_and_the_plan_is_over_after_the_last() -> None:
    """R60: the k-th run that pays takes the k-th one."""
    of = schedule(amount=instalments(usd(100), 3), enrolments=enrolled(ends=ends.NEVER))
    found = project(of, balance("INV-1", 1000), [], FIRST)
    assert [str(made.total) for made in found.runs] == ["33.34 USD", "33.33 USD", "33.33 USD"]
    assert [made.lines[0].why for made in found.runs] == [
        "instalment 1 of 3: 33.34 USD",
        "instalment 2 of 3: 33.33 USD",
        "instalment 3 of 3: 33.33 USD",
    ]
    assert [(end.after, end.why) for end in found.ends] == [(MAY, "all of 3 instalments, 100.00 USD in all are paid")]


def test_a_run_that_failed_has_not_paid_its_instalment() -> None:
    """R60: the next run takes it."""
    of = schedule(amount=instalments(usd(100), 3))
    gone = own(FIRST, "INV-1", "33.34", state=PostingState.FAILED)
    assert paid(run(of, [balance("INV-1", 1000)], [gone], APRIL)) == {"INV-1": "33.34"}


def test_what_came_back_is_paid_again_to_the_cent() -> None:
    """R60: the first one came back after the second went through; the total is still the total."""
    of = schedule(amount=instalments(usd(100), 3))
    postings = [
        own(FIRST, "INV-1", "33.34", state=PostingState.FAILED),
        own(APRIL, "INV-1", "33.33", state=PostingState.POSTED, posted=APRIL),
    ]
    found = project(of, balance("INV-1", "966.67", as_of=APRIL), postings, MAY)
    assert [str(made.total) for made in found.runs] == ["33.34 USD", "33.33 USD"]


def test_instalments_of_several_invoices_are_of_the_run() -> None:
    of = schedule(amount=equal_instalments(usd(50), 2))
    balances = [balance("INV-1", 30), balance("INV-2", 90)]
    first = run(of, balances)
    assert paid(first) == {"INV-1": "30.00", "INV-2": "20.00"}
    assert paid(run(of, balances, first.postings, APRIL)) == {"INV-2": "50.00"}


def test_a_plan_that_is_paid_takes_nothing_and_revives_with_what_comes_back() -> None:
    """R58, R60."""
    of = schedule(amount=equal_instalments(usd(50), 1))
    made = own(FIRST, "INV-1", 50, state=PostingState.POSTED, posted=FIRST)
    later = run(of, [balance("INV-1", 90)], [made], APRIL)
    assert told(later) == ["2026-04-15 S-1 nothing due: A-1: all of 1 instalment of 50.00 USD are paid"]
    back = own(FIRST, "INV-1", 50, state=PostingState.FAILED)
    assert paid(run(of, [balance("INV-1", 90)], [back], APRIL)) == {"INV-1": "50.00"}
