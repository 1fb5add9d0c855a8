"""R55, R56: schedules as values: who pays what, when, and into which account."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from arledger import (
    LAST,
    Conflict,
    CurrencyMismatch,
    EndRule,
    Enrolment,
    Frequency,
    InvalidValue,
    ends,
    instalments,
    monthly,
    twice_a_month,
    weekly,
)
from schedules.facts import FIRST, TRUST, balance, capped, client, enrolled, plan_of, run, schedule, usd


def test_a_schedule_says_what_it_does() -> None:
    """R56."""
    assert str(schedule()) == (
        "S-1 Monthly: ana pays all that is outstanding into OP-1, by monthly(15) from 2026-03-15 on"
    )
    assert str(schedule(amount=instalments(usd(100), 3), until=date(2026, 9, 1))) == (
        "S-1 Monthly: ana pays 3 instalments, 100.00 USD in all into OP-1, by monthly(15) from 2026-03-15 on, "
        "cancelled from 2026-09-01 on"
    )


def test_enrolments_stand_by_the_ids_of_their_associations() -> None:
    of = schedule(enrolments=[enrolled(client("A-2")), enrolled(client("A-1"))])
    assert [one.id for one in of.enrolments] == ["A-1", "A-2"]
    assert pickle.loads(pickle.dumps(of)) == of


@pytest.mark.parametrize(
    ("enrolment", "rule"),
    [
        (enrolled(), ends.WITHIN_A_YEAR),
        (enrolled(client(matter="estate")), ends.WITHIN_A_YEAR),
        (enrolled(plan_of("INV-1")), ends.WHEN_PAID),
        (enrolled(client(number="7")), ends.WHEN_PAID),
        (enrolled(plan_of("INV-1"), ends=ends.NEVER), ends.NEVER),
    ],
    ids=str,
)
def test_an_enrolment_ends_by_its_own_rule_or_by_its_scope(enrolment: Enrolment, rule: EndRule) -> None:
    """R58: a client or a matter for a year, an invoice when it is paid."""
    assert enrolment.end_rule == rule


@pytest.mark.parametrize(
    ("frequency", "first"),
    [
        (monthly(31), date(2026, 2, 28)),
        (twice_a_month(15, LAST), date(2026, 2, 28)),
        (twice_a_month(15, LAST), date(2026, 3, 15)),
        (weekly(date(2026, 3, 2)), date(2026, 3, 16)),
    ],
    ids=repr,
)
def test_the_first_day_is_one_of_the_frequency(frequency: Frequency, first: date) -> None:
    """R56, R60: twice a month may mean the last day."""
    assert schedule(frequency=frequency, first=first).first == first


def test_a_first_day_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(InvalidValue, match=r"pass 2026-02-28 or 2026-03-15$"):
        schedule(frequency=twice_a_month(15, LAST), first=date(2026, 3, 14))


def test_twice_a_month_runs_on_the_last_day() -> None:
    """R60."""
    of = capped(
        100, frequency=twice_a_month(15, LAST), first=date(2026, 2, 15), enrolments=enrolled(since=date(2026, 2, 1))
    )
    days = [date(2026, 2, 15), date(2026, 2, 28), date(2026, 3, 15), date(2026, 3, 31)]
    made = [run(of, [balance("INV-1", 1000, as_of=None)], [], day) for day in days]
    assert [one.payment.id for one in made if one.payment] == [f"S-1/run@{day}" for day in days]


def test_invoices_are_not_paid_into_trust() -> None:
    """R56: the account and what would be paid into it are named."""
    assert schedule(account=TRUST, enrolments=[]).account.fund == "trust"
    with pytest.raises(
        InvalidValue, match=r"^schedule S-1: pays invoices of A-1 into TR-1, a trust account; "
    ) as caught:
        schedule(account=TRUST)
    assert caught.value.value == TRUST


def test_a_payer_enrols_their_own_associations_once() -> None:
    """R55."""
    with pytest.raises(Conflict, match=r"^schedule S-1: A-1 is enrolled twice; keep one of them$"):
        schedule(enrolments=[enrolled(), enrolled()])
    with pytest.raises(Conflict, match=r"^schedule S-1: A-1 is an association of ana, and ben pays; "):
        schedule(payer="ben")


def test_the_sums_of_a_schedule_are_in_one_currency() -> None:
    assert capped().currency == schedule(amount=instalments(usd(9), 3)).currency == "USD"
    assert schedule(enrolments=enrolled(ends=ends.after_total(usd(9)))).currency == "USD"
    assert schedule().currency is None
    from arledger import Money

    with pytest.raises(CurrencyMismatch, match=r"^schedule S-1: 9.00 CAD beside amounts in USD$"):
        capped(enrolments=enrolled(ends=ends.after_total(Money("9", "CAD"))))


def test_a_schedule_runs_from_its_first_day_on() -> None:
    """R56: a run before the first date is refused, and so is a day between two runs, with those around it."""
    with pytest.raises(InvalidValue, match=r"2026-02-15 is before the first run on 2026-03-15; pass 2026-03-15 or a "):
        run(schedule(), [], [], date(2026, 2, 15))
    with pytest.raises(InvalidValue, match=r"^schedule S-1: 2026-04-01 is no run day; pass 2026-03-15 or 2026-04-15$"):
        run(schedule(), [], [], date(2026, 4, 1))
    assert run(schedule(), [], [], FIRST).run == FIRST
