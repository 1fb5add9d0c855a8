"""What is owed late (R34): payable of what is past due, less what is disputed, less money that is there for it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from account_facts import cad
from arledger import (
    EACH_CHARGE_APART,
    EACH_CHARGE_ONCE,
    OLDEST_FIRST,
    Category,
    Charge,
    Chargeback,
    Credit,
    CreditKind,
    Designation,
    Dispute,
    Entry,
    Ledger,
    PaymentState,
    PaymentStep,
    Return,
    Reversal,
    Void,
    WonBack,
    fee,
    replay,
    where,
)
from fees.facts import (
    FEB_1,
    FIVE_PERCENT,
    JAN_1,
    MAR_1,
    assessed,
    came_back,
    feb,
    flat,
    jan,
    late_fee,
    nights,
    pay,
    proposed,
    rent,
    rule_of,
)

FIVE = rule_of(FIVE_PERCENT)
ONCE, APART = EACH_CHARGE_ONCE, EACH_CHARGE_APART
ANYTHING = where.category(*Category)
UNSWEPT: dict[str, Any] = {"sweep_payments": False, "sweep_credits": False}
"""Money that came before a charge is not asked again, and stays unapplied."""


def utility(name: str = "U-01", amount: str = "100", due: date = JAN_1, **given: Any) -> Charge:
    return Charge(name, cad(amount), due=due, **{"category": Category.UTILITY, **given})


def under_way(payment: str, on: date) -> PaymentStep:
    return PaymentStep(payment, PaymentState.PENDING, on=on)


@pytest.mark.parametrize(
    ("received", "expected"), [(3, {}), (5, {}), (6, {}), (7, {jan(6): "50.00"})], ids=lambda value: str(value)
)
def test_R34_a_payment_under_way_is_paid_on_the_day_received(received: int, expected: dict[date, str]) -> None:
    entries = [rent(), pay("P-1", "1000", jan(received)), under_way("P-1", jan(received))]
    settled = PaymentStep("P-1", PaymentState.SETTLED, on=jan(15))
    for more in ([], [settled]):
        assert nights(FIVE, [*entries, *more], JAN_1, jan(20))[1] == expected


def test_R34_what_is_under_way_and_settles_nothing_is_money_on_hand() -> None:
    entries = [rent(), pay("P-1", "300", date(2025, 12, 30)), under_way("P-1", date(2025, 12, 30))]
    (item,) = assessed(FIVE, entries, jan(6), **UNSWEPT).items
    assert (item.payable, item.on_hand, item.owed, item.proposed) == (
        cad("1000"),
        cad("300"),
        cad("700"),
        cad("35"),
    )


@pytest.mark.parametrize(
    "back",
    [
        came_back("N-1", "P-1", jan(9)),
        Return("N-1", "P-1", on=jan(9)),
        Void("N-1", "P-1", on=jan(9)),
        Chargeback("N-1", "P-1", on=jan(9)),
    ],
    ids=["for lack of funds", "for another reason", "a void", "a chargeback"],
)
def test_R34_a_fee_that_was_averted_is_charged_when_the_payment_comes_back_once(back: Entry) -> None:
    assert nights(FIVE, [rent(), pay("P-1", "1000", jan(3)), back], JAN_1, jan(31))[1] == {jan(9): "50.00"}


def test_R34_a_payment_that_the_bank_refuses_averts_nothing() -> None:
    refused = PaymentStep("P-1", PaymentState.REJECTED, on=jan(9))
    entries = [rent(), pay("P-1", "1000", jan(3)), under_way("P-1", jan(3)), refused]
    assert nights(FIVE, entries, JAN_1, jan(31))[1] == {jan(9): "50.00"}


def test_R34_what_grows_is_caught_up_with_when_a_payment_comes_back() -> None:
    """In retrospect it was no payment: 30 on the 6th, and 10 for each of the 7th to the 9th."""
    rule = rule_of(flat("30") + fee.each_further_day(flat("10")))
    entries = [rent(), pay("P-1", "1000", jan(3)), came_back("N-1", "P-1", jan(9))]
    assert nights(rule, entries, JAN_1, jan(11))[1] == {jan(9): "60.00", jan(10): "10.00", jan(11): "10.00"}


def test_R34_a_payment_that_comes_back_in_parts() -> None:
    """5% of 300, then of 500; and of nothing more when 400 are paid again and come back too."""
    entries = [
        rent(),
        pay("P-1", "1000", jan(3)),
        came_back("N-1", "P-1", jan(9), "300"),
        came_back("N-2", "P-1", jan(12), "200"),
        pay("P-2", "400", jan(14)),
        came_back("N-3", "P-2", jan(17)),
    ]
    assert nights(FIVE, entries, JAN_1, jan(31))[1] == {jan(9): "15.00", jan(12): "10.00"}


def test_R34_a_payment_that_was_charged_back_and_won() -> None:
    """While it was away, the rent was owed; assessed only after it is there again, nothing is."""
    entries = [
        rent(),
        pay("P-1", "1000", jan(3)),
        Chargeback("B-1", "P-1", on=jan(9)),
        WonBack("W-1", "B-1", on=jan(15)),
    ]
    assert nights(FIVE, entries, JAN_1, jan(31))[1] == {jan(9): "50.00"}
    assert nights(FIVE, entries, jan(15), jan(31))[1] == {}


@pytest.mark.parametrize(
    ("disputed", "expected"),
    [
        (True, {}),
        (Dispute(cad("400")), {jan(6): "30.00"}),
        (Dispute(until=jan(9)), {jan(9): "50.00"}),
        (Dispute(cad("400"), until=jan(9)), {jan(6): "30.00", jan(9): "20.00"}),
        (Dispute(since=jan(6)), {}),
        (Dispute(since=jan(7)), {jan(6): "50.00"}),
    ],
)
def test_R34_what_is_disputed_is_not_owed(disputed: bool | Dispute, expected: dict[date, str]) -> None:
    assert nights(FIVE, [rent(disputed=disputed)], JAN_1, jan(20))[1] == expected


def test_R34_a_fee_a_day_rests_while_all_is_disputed() -> None:
    disputed = Dispute(since=jan(8), until=jan(10))
    _, nightly = nights(rule_of(fee.each_day(flat("10"))), [rent(disputed=disputed)], JAN_1, jan(11))
    assert list(nightly) == [jan(6), jan(7), jan(10), jan(11)]


def test_R34_what_was_paid_of_a_disputed_charge_comes_off_what_is_not_disputed() -> None:
    entries = [rent(disputed=Dispute(cad("400"))), pay("P-1", "500", jan(2), designations=[Designation("R-01")])]
    (item,) = assessed(FIVE, entries, jan(6)).items
    assert (item.payable, item.disputed, item.owed) == (cad("500"), cad("400"), cad("100"))
    entries = [*entries, pay("P-2", "300", jan(3), designations=[Designation("R-01")])]
    assert assessed(FIVE, entries, jan(6)).items == ()


def test_R34_the_portions_of_other_payers() -> None:
    """Each payer's by itand only those who are asked; the account's own is."""
    agency = rent("R-02", "600", payer="agency")
    entries = [rent(amount="400"), agency, rent("R-03", "100", payer="ann")]
    found = assessed(FIVE, entries, jan(6))
    assert proposed(found) == {"R-01": "20.00"}
    assert found.left_out == (("R-02", "owed by agency"), ("R-03", "owed by ann"))
    found = assessed(FIVE, entries, jan(6), payers=["agency"])
    assert [(charge.about, charge.payer, str(charge.amount)) for charge in found.charges] == [
        ("R-01", None, "20.00 CAD"),
        ("R-02", "agency", "30.00 CAD"),
    ]
    assert found.left_out == (("R-03", "owed by ann"),)


def test_R34_money_on_hand_is_taken_off_the_oldest() -> None:
    """1200 that settle nothing: nothing is owed of January, and 800 of February."""
    entries = [rent(), rent("R-02", due=FEB_1), pay("P-1", "1200", date(2025, 12, 1))]
    found = assessed(FIVE, entries, feb(6), **UNSWEPT)
    assert proposed(found) == {"R-02": "40.00"}
    assert [(item.about, item.on_hand) for item in found.items] == [("R-02", cad("200"))]


@pytest.mark.parametrize(
    ("money", "owed"),
    [
        (pay("P-1", "300", date(2025, 12, 1)), {"R-01": "700.00", "U-01": "100.00"}),
        (pay("P-1", "300", date(2025, 12, 1), payer="ann"), {"R-01": "700.00", "U-01": "100.00"}),
        (pay("P-1", "1300", date(2025, 12, 1)), {"U-01": "100.00"}),
        (pay("P-1", "1300", date(2025, 12, 1), payer="ann"), {}),
        (
            pay("P-1", "300", date(2025, 12, 1), restriction=where.category(Category.UTILITY)),
            {"R-01": "1000.00", "U-01": "100.00"},
        ),
        (
            pay("P-1", "300", date(2025, 12, 1), payer="ann", restriction=where.category(Category.UTILITY)),
            {"R-01": "1000.00"},
        ),
        (pay("P-1", "300", date(2025, 12, 1), fund="trust"), {"R-01": "1000.00", "U-01": "100.00"}),
        (
            pay("P-1", "300", date(2025, 12, 1), designations=[Designation("R-09")]),
            {"R-01": "1000.00", "U-01": "100.00"},
        ),
        (Credit("K-1", cad("300"), granted=date(2025, 12, 1)), {"R-01": "700.00", "U-01": "100.00"}),
        (
            Credit(
                "K-1",
                cad("300"),
                granted=date(2025, 12, 1),
                kind=CreditKind.WAIVER,
                designations=[Designation("U-01")],
            ),
            {"R-01": "1000.00"},
        ),
    ],
    ids=[
        "nobody's",
        "ann's",
        "nobody's, which does not reach what ann owes",
        "ann's, which does",
        "restricted to what ann owes, and nobody's",
        "ann's, restricted to the utility",
        "of a trust",
        "kept for what is not there yet",
        "a credit",
        "what is left of a waiver",
    ],
)
def test_R34_money_on_hand_counts_where_it_might_settle_something(money: Any, owed: dict[str, str]) -> None:
    """Rent that is the account's own, and a utility of ann's."""
    entries = [rent(), utility(due=jan(2), payer="ann"), money]
    found = assessed(FIVE, entries, jan(10), payers=["ann"], **UNSWEPT)
    assert {item.about: str(item.owed.amount) for item in found.items} == owed


def test_R34_money_on_hand_is_there_from_its_own_day_on() -> None:
    """1% a day of 1000, and of 400 from the 8th on, though nothing settles anything."""
    rule = rule_of(fee.each_day(fee.percent(1, of=fee.OWED)))
    blocked = pay("P-1", "600", jan(8), designations=[Designation("U-02")])
    entries: list[Entry] = [rent(), utility("U-02", "1", jan(9), posted=jan(2)), blocked]
    position = replay(Ledger("CAD", entries), by=OLDEST_FIRST, as_of=jan(9))
    assert position.unapplied["P-1"] == cad("599")
    assert nights(rule, entries, JAN_1, jan(9))[1][jan(8)] == "4.01"


def test_R34_without_deposits_and_fees_of_lateness_unless_asked() -> None:
    names = {category: f"{category.value}-1" for category in Category}
    entries = [Charge(name, cad("100"), due=JAN_1, category=category) for category, name in names.items()]
    found = assessed(rule_of(FIVE_PERCENT, occurs=APART), entries, jan(6))
    barred = {Category.LATE_FEE, Category.NSF_FEE, Category.INTEREST, Category.DEPOSIT}
    assert {item.about for item in found.items} == {names[category] for category in Category if category not in barred}
    assert dict(found.left_out) == {names[category]: "not eligible" for category in barred}
    asked = assessed(rule_of(FIVE_PERCENT, occurs=APART, eligible=ANYTHING), entries, jan(6))
    assert {item.about for item in asked.items} == set(names.values())


def test_R34_a_tax_counts_as_what_it_is_on() -> None:
    """Of rent it is assessed with the rent; of a late fee it is left out, as the fee is."""
    entries = [
        rent(),
        Charge("T-1", cad("50"), due=JAN_1, category=Category.TAX, about="R-01"),
        late_fee("F-1", "40", JAN_1, about="R-00"),
        Charge("T-2", cad("2"), due=JAN_1, category=Category.TAX, about="F-1"),
    ]
    for occurs in (ONCE, APART):
        found = assessed(rule_of(FIVE_PERCENT, occurs=occurs), entries, jan(6))
        assert proposed(found) == {"R-01": "52.50"}
        assert found.items[0].charges == ("R-01", "T-1")
        assert found.left_out == (("F-1", "not eligible"), ("T-2", "not eligible"))


def test_R34_what_is_not_there_or_not_due_yet() -> None:
    entries = [rent(), rent("R-02", due=FEB_1, posted=jan(2)), rent("R-03", due=MAR_1), utility(due=jan(6))]
    found = assessed(FIVE, entries, jan(6))
    assert proposed(found) == {"R-01": "50.00"}
    assert found.left_out == (("U-01", "due 2026-01-06"), ("R-02", "due 2026-02-01"))


def test_R34_a_charge_that_was_reversed_is_not_owed() -> None:
    entries = [rent(), utility(), Reversal("X-1", "R-01", on=jan(4))]
    assert proposed(assessed(FIVE, entries, jan(6))) == {"U-01": "5.00"}


def test_the_due_dates_that_a_rule_is_for() -> None:
    """From the first, that included, up to the last, that excluded."""
    entries = [rent(f"R-{day:02}", due=jan(day)) for day in (4, 5, 6, 7, 8)]
    rule = rule_of(FIVE_PERCENT, since=jan(5), until=jan(7))
    found = assessed(rule, entries, jan(20))
    assert set(proposed(found)) == {"R-05", "R-06"}
    assert {reason for _, reason in found.left_out} == {"due when the rule was not in force"}
    assert str(rule).endswith(", of what is due from 2026-01-05 on, of what is due before 2026-01-07")
    assert set(proposed(assessed(rule_of(FIVE_PERCENT, since=jan(7)), entries, jan(20)))) == {"R-07", "R-08"}
    assert set(proposed(assessed(rule_of(FIVE_PERCENT, until=jan(5)), entries, jan(20)))) == {"R-04"}
