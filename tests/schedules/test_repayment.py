"""R60: repayment agreements on arrears: whether they are kept, by what was paid."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from arledger import (
    LAST,
    OLDEST_FIRST,
    Charge,
    Conflict,
    CurrencyMismatch,
    Designation,
    InvalidValue,
    Ledger,
    Payment,
    PaymentState,
    PaymentStep,
    Position,
    RepaymentAgreement,
    RepaymentStanding,
    RepaymentState,
    Return,
    Reversal,
    UnknownName,
    equal_instalments,
    instalments,
    monthly,
    repayment_state,
    replay,
    twice_a_month,
)
from schedules.facts import usd

AGREED, FIRST = date(2026, 3, 20), date(2026, 4, 1)
ENTRIES = (
    Charge("R-01", usd(600), due=date(2026, 1, 1)),
    Charge("R-02", usd(400), due=date(2026, 2, 1)),
    Charge("R-04", usd(500), due=FIRST),
)


def agreement(**more: Any) -> RepaymentAgreement:
    """1,000 of two charges in four parts of 250, from 1 April on, spoilt by what is given."""
    given = {
        "id": "RA-1",
        "charges": ["R-01", "R-02"],
        "instalments": equal_instalments(usd(250), 4),
        "frequency": monthly(1),
        "first": FIRST,
        "agreed": AGREED,
    }
    return RepaymentAgreement(**{**given, **more})


def pay(name: str, amount: int, on: date, *to: str, **more: Any) -> Payment:
    """Money for the arrears, or for what is named."""
    return Payment(
        name, usd(amount), received=on, designations=[Designation(one) for one in to or ("R-01", "R-02")], **more
    )


def position(*entries: Any, on: date) -> Position:
    return replay(Ledger("USD", [*ENTRIES, *entries]), by=OLDEST_FIRST, as_of=on)


def state(*entries: Any, on: date, **more: Any) -> RepaymentState:
    return repayment_state(agreement(**more), position(*entries, on=on))


def test_before_the_first_instalment_it_is_kept() -> None:
    found = state(on=date(2026, 3, 31))
    assert (found.standing, found.is_kept, repr(found.standing)) == (
        RepaymentStanding.KEPT,
        True,
        "RepaymentStanding.KEPT",
    )
    assert (found.due, found.paid) == (usd(0), usd(0))
    assert (found.next_day, found.next_amount) == (FIRST, usd(250))
    assert str(found) == "RA-1 on 2026-03-31: kept, 0.00 USD paid of 0.00 USD due; 250.00 USD on 2026-04-01"


@pytest.mark.parametrize(
    ("paid_on", "on", "grace", "broken"),
    [
        (date(2026, 4, 1), date(2026, 4, 1), 0, None),
        (date(2026, 4, 2), date(2026, 4, 1), 0, date(2026, 4, 1)),
        (date(2026, 4, 2), date(2026, 4, 2), 0, None),
        (date(2026, 4, 9), date(2026, 4, 5), 5, None),
        (date(2026, 4, 9), date(2026, 4, 6), 5, date(2026, 4, 6)),
        (date(2026, 4, 6), date(2026, 4, 6), 5, None),
        (date(2026, 4, 1), date(2026, 5, 3), 0, date(2026, 5, 1)),
        (date(2026, 4, 1), date(2026, 5, 3), 5, None),
    ],
)
def test_it_is_kept_while_what_has_fallen_due_is_paid(paid_on: date, on: date, grace: int, broken: date | None) -> None:
    """R60: at the end of each day, so many days of grace after the instalment's."""
    found = state(pay("P-1", 250, paid_on), on=on, grace_days=grace)
    assert found.broken_since == broken
    assert found.standing is (RepaymentStanding.BROKEN if broken else RepaymentStanding.KEPT)
    assert found.is_kept == (broken is None)


def test_a_broken_one_says_since_when_and_what_lacks() -> None:
    found = state(pay("P-1", 300, FIRST), on=date(2026, 6, 10), grace_days=5)
    assert str(found) == (
        "RA-1 on 2026-06-10: broken since 2026-05-06, 300.00 USD paid of 750.00 USD due; 200.00 USD on 2026-05-01"
    )
    assert (found.next_day, found.next_amount, found.on) == (date(2026, 5, 1), usd(200), date(2026, 6, 10))


def test_one_that_catches_up_is_kept_again() -> None:
    late = [pay("P-1", 250, FIRST), pay("P-2", 250, date(2026, 5, 20))]
    assert [state(*late, on=date(2026, 5, day)).is_kept for day in (1, 19, 20)] == [False, False, True]


def test_money_at_the_bank_counts_and_what_came_back_does_not() -> None:
    """R60."""
    sent = [pay("P-1", 250, FIRST, method="ach"), PaymentStep("P-1", PaymentState.PENDING, on=FIRST)]
    assert state(*sent, on=FIRST).is_kept
    back = Return("N-1", "P-1", on=date(2026, 4, 8))
    assert [state(*sent, back, on=date(2026, 4, day)).is_kept for day in (7, 8)] == [True, False]


def test_what_was_paid_before_is_no_part_of_it() -> None:
    """R60: neither when it stands, nor when it comes back."""
    before = pay("P-0", 100, date(2026, 3, 19))
    assert state(before, on=FIRST).paid == usd(0)
    on_the_day = pay("P-1", 250, AGREED)
    assert state(before, on_the_day, on=FIRST).paid == usd(250)
    back = Return("N-1", "P-0", on=date(2026, 3, 25))
    found = state(before, back, on_the_day, on=FIRST)
    assert (found.paid, found.is_kept) == (usd(250), True)


def test_only_what_is_paid_on_its_charges_counts() -> None:
    assert state(pay("P-1", 500, FIRST, "R-04"), on=FIRST).paid == usd(0)
    assert state(Reversal("V-1", "R-04", on=FIRST), on=FIRST).paid == usd(0)


def test_a_charge_that_is_reversed_counts_as_paid() -> None:
    """What of it was payable when it was agreed; what is gone since."""
    gone = Reversal("V-1", "R-02", on=date(2026, 4, 20))
    assert state(gone, on=date(2026, 4, 30)).paid == usd(400)
    partly = Payment("P-0", usd(100), received=date(2026, 3, 1), designations=[Designation("R-02")])
    assert state(partly, gone, on=date(2026, 4, 30)).paid == usd(300)
    assert state(pay("P-1", 100, AGREED, "R-02"), gone, on=date(2026, 4, 30)).paid == usd(400)
    before = Reversal("V-1", "R-02", on=date(2026, 3, 10))
    assert state(before, on=date(2026, 4, 30)).paid == usd(0)


def test_a_charge_of_the_day_of_the_agreement_is_part_of_it() -> None:
    """Its whole amount was payable when it was agreed."""
    fee = Charge("L-03", usd(50), due=AGREED)
    gone = Reversal("V-1", "L-03", on=FIRST)
    assert state(fee, gone, on=FIRST, charges=["R-01", "L-03"]).paid == usd(50)


def test_it_is_fulfilled_when_all_is_paid() -> None:
    """R60: all instalments, or all that was owed."""
    all_of_it = [pay("P-1", 600, FIRST, "R-01"), pay("P-2", 400, date(2026, 4, 2), "R-02")]
    found = state(*all_of_it, on=date(2026, 4, 2))
    assert (found.standing, found.is_kept, found.next_day, found.next_amount) == (
        RepaymentStanding.FULFILLED,
        True,
        None,
        None,
    )
    assert str(found) == "RA-1 on 2026-04-02: fulfilled, 1000.00 USD paid of 250.00 USD due"
    part = equal_instalments(usd(50), 2)
    assert state(pay("P-1", 99, FIRST), on=FIRST, instalments=part).standing is RepaymentStanding.KEPT
    assert state(pay("P-1", 100, FIRST), on=FIRST, instalments=part).standing is RepaymentStanding.FULFILLED
    more = equal_instalments(usd(300), 4)
    assert state(*all_of_it, on=date(2026, 9, 1), instalments=more).standing is RepaymentStanding.FULFILLED


def test_instalments_fall_due_by_the_frequency() -> None:
    """R60: twice a month may mean the last day; month-ends do not drift."""
    of = agreement(frequency=twice_a_month(15, LAST), first=date(2026, 4, 15))
    assert [of.day_of(place) for place in range(4)] == [
        date(2026, 4, 15),
        date(2026, 4, 30),
        date(2026, 5, 15),
        date(2026, 5, 31),
    ]
    thirds = agreement(instalments=instalments(usd(1000), 3), frequency=monthly(31), first=date(2026, 4, 30))
    days = (date(2026, 4, 29), date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 29), date(2027, 1, 1))
    assert [str(thirds.due_by(day).amount) for day in days] == ["0.00", "333.34", "666.67", "666.67", "1000.00"]


def test_the_state_of_another_day() -> None:
    """As it was, or will be if nothing comes."""
    at = position(pay("P-1", 250, FIRST), on=date(2026, 4, 10))
    of = agreement()
    assert [repayment_state(of, at, day).is_kept for day in (AGREED, FIRST, date(2026, 5, 1))] == [True, True, False]
    assert repayment_state(of, at, date(2026, 3, 31)).paid == usd(0)


def test_it_says_what_it_is_for() -> None:
    of = agreement(charges=["R-02", "R-01", "R-02"])
    assert of.charges == ("R-01", "R-02")
    assert str(of) == "RA-1: 4 instalments of 250.00 USD for R-01, R-02, by monthly(1) from 2026-04-01 on"


def test_an_agreement_is_for_the_charges_of_its_payer() -> None:
    ben = Charge("R-05", usd(5), due=FIRST, payer="ben")
    with pytest.raises(Conflict, match=r"^repayment agreement RA-1: charge R-05 is owed by ben; make an agreement of "):
        state(ben, on=FIRST, charges=["R-05"])
    assert state(ben, on=FIRST, charges=["R-01", "R-05"], payer="ben").paid == usd(0)
    with pytest.raises(UnknownName, match=r"there is no charge R-09"):
        state(on=FIRST, charges=["R-09"])


def test_an_agreement_is_in_the_currency_of_the_account() -> None:
    cad = replay(Ledger("CAD"), by=OLDEST_FIRST, as_of=FIRST)
    with pytest.raises(CurrencyMismatch, match=r"^repayment agreement RA-1: in USD, for an account in CAD$"):
        repayment_state(agreement(), cad)


def test_there_is_no_state_before_the_agreement() -> None:
    with pytest.raises(InvalidValue, match=r"2026-03-19 is before it was agreed on 2026-03-20; pass that day or a "):
        state(on=date(2026, 3, 19))
