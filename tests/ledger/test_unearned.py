"""Late fees about charges of which nothing was payable on their day."""

from __future__ import annotations

import pytest

from account_facts import cad, day, granted, owed, paid
from arledger import Category, Credit, CreditKind, Designation, PaymentState, unearned_fees
from ledger_facts import returned, reversal, standing, step

LATE = Category.LATE_FEE
RENT = owed("rent", "100", category=Category.RENT)
FEE = owed("fee", "50", 10, category=LATE, about="rent", code="LATE", payer="ann")
FOUND = paid("O", "100", 3, posted=day(20))


def test_a_fee_of_which_a_payment_took_the_ground_is_credited_in_full() -> None:
    assert unearned_fees(standing([RENT, FEE, FOUND])) == (
        Credit(
            "fee/unearned",
            cad("50"),
            granted=day(10),
            posted=day(20),
            category=LATE,
            code="LATE",
            payer="ann",
            designations=[Designation("fee")],
        ),
    )


@pytest.mark.parametrize(
    ("amount", "received", "is_unearned"),
    [("100", 10, True), ("100", 11, False), ("99.99", 3, False)],
    ids=["on the day of the fee", "a day later", "a cent short"],
)
def test_it_is_what_was_payable_at_the_end_of_the_fees_day_that_counts(
    amount: str, received: int, is_unearned: bool
) -> None:
    assert bool(unearned_fees(standing([RENT, FEE, paid("O", amount, received)]))) is is_unearned


def test_money_at_the_bank_counts_as_paid() -> None:
    entries = [RENT, FEE, FOUND, step("O", PaymentState.PENDING, 3, posted=day(20))]
    assert len(unearned_fees(standing(entries))) == 1


def test_money_that_came_back_takes_no_ground_from_a_fee() -> None:
    """Whether it came back before the fee, on its day or later: the rent was not paid."""
    for on in (9, 10, 12):
        assert unearned_fees(standing([RENT, FEE, paid("O", "100", 3), returned("N", "O", on)])) == ()


def test_money_that_came_back_in_part_does_not_either_and_other_money_does() -> None:
    entries = [RENT, FEE, paid("O", "100", 3), returned("N", "O", 12, "1")]
    assert unearned_fees(standing(entries)) == ()
    assert len(unearned_fees(standing([*entries, paid("Q", "100", 2)]))) == 1


def test_a_waiver_that_found_the_fee_paid_is_not_granted_twice() -> None:
    """The fee was paid before it was waived, so the waiver is unapplied; with a credit of 50 it would be 100."""
    entries = [
        RENT,
        FEE,
        paid("P", "150", 15),
        granted("W", "50", 17, kind=CreditKind.WAIVER, designations=[Designation("fee")]),
    ]
    assert len(unearned_fees(standing([*entries[:3], paid("O", "100", 3, posted=day(20))]))) == 1
    assert unearned_fees(standing([*entries, paid("O", "100", 3, posted=day(20))])) == ()


def test_a_charge_that_was_reversed_earns_no_fee_from_that_day_on() -> None:
    assert [len(unearned_fees(standing([RENT, FEE, reversal("X", "rent", on)]))) for on in (10, 11)] == [1, 0]


@pytest.mark.parametrize(
    "fee",
    [
        owed("fee", "50", 10, category=LATE),
        owed("fee", "50", 10, category=LATE, about="gone"),
        owed("fee", "50", 10, category=Category.NSF_FEE, about="rent"),
    ],
    ids=["about nothing", "about what is not here", "no late fee"],
)
def test_other_fees_are_left_alone(fee: object) -> None:
    assert unearned_fees(standing([RENT, fee, FOUND])) == ()


def test_a_fee_that_was_reversed_is_left_alone() -> None:
    assert unearned_fees(standing([RENT, FEE, FOUND, reversal("X", "fee", 12)])) == ()


def test_what_was_waived_already_is_not_credited_again() -> None:
    waiver = Credit(
        "W", cad("30"), granted=day(11), kind=CreditKind.WAIVER, designations=[Designation("fee", cad("30"))]
    )
    (credit,) = unearned_fees(standing([RENT, FEE, FOUND, waiver]))
    assert credit.amount == cad("20")
    full = Credit("W", cad("50"), granted=day(11), kind=CreditKind.WAIVER, designations=[Designation("fee")])
    assert unearned_fees(standing([RENT, FEE, FOUND, full])) == ()


def test_once_the_credit_is_in_the_ledger_none_is_proposed() -> None:
    """Also where it was spent on something else, as a host may have designated it."""
    entries = [RENT, FEE, FOUND]
    (credit,) = unearned_fees(standing(entries))
    assert unearned_fees(standing([*entries, credit])) == ()
    assert unearned_fees(standing([*entries, granted("fee/unearned", "1", 25)])) == ()


@pytest.mark.parametrize(
    ("posted", "closed_through", "expected"),
    [(None, None, 20), (25, None, 25), (None, 27, 28), (25, 27, 28), (29, 27, 29), (5, None, 10)],
)
def test_it_is_posted_on_an_open_day(posted: int | None, closed_through: int | None, expected: int) -> None:
    closed = None if closed_through is None else day(closed_through)
    position = standing([RENT, FEE, FOUND], closed_through=closed)
    (credit,) = unearned_fees(position, posted=None if posted is None else day(posted))
    assert (credit.posted, credit.granted) == (day(expected), day(10))


def test_several_fees_each_have_their_credit() -> None:
    second = owed("fee 2", "25", 12, category=LATE, about="rent")
    found = unearned_fees(standing([RENT, second, FEE, FOUND]))
    assert [credit.id for credit in found] == ["fee/unearned", "fee 2/unearned"]


def test_a_fee_of_closed_books_was_earned_on_the_day_on_which_it_was_due() -> None:
    """Due on the 5th, and posted on the 12th, the first open day: paid on the 8th, the rent had earned it."""
    fee = owed("fee", "50", 5, posted=day(12), category=LATE, about="rent")
    assert unearned_fees(standing([RENT, fee, paid("O", "100", 8)])) == ()
    (credit,) = unearned_fees(standing([RENT, fee, paid("O", "100", 4)]))
    assert (credit.granted, credit.posted) == (day(12), day(12))


def test_a_fee_that_falls_due_later_was_earned_on_the_day_on_which_it_was_posted() -> None:
    fee = owed("fee", "50", 20, posted=day(10), category=LATE, about="rent")
    assert unearned_fees(standing([RENT, fee, paid("O", "100", 15)])) == ()
