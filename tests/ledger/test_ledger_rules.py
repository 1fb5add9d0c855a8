"""The worked rows of the ledger over time (E1 to E7), and the rules that they come from, to the cent.

Fees are charges that are added by hand: replay creates none.
"""

from __future__ import annotations

from datetime import date

import pytest

from account_facts import cad
from arledger import (
    NEWEST_FIRST,
    OLDEST_FIRST,
    REAPPLY,
    REOPEN,
    SETTLE_DUE,
    SETTLE_POSTED,
    Category,
    Charge,
    Credit,
    CreditKind,
    Designation,
    Dispute,
    Ledger,
    Payment,
    PaymentState,
    PaymentStep,
    Position,
    Refund,
    Return,
    ReturnReason,
    ReturnRule,
    Reversal,
    SettleRule,
    Void,
    aged,
    corrections,
    record,
    refundable,
    replay,
    roll_forward,
    transfer,
    unearned_fees,
)
from ledger_facts import moves, some, standing

JAN_1, FEB_1, MAR_1, APR_1 = (date(2026, month, 1) for month in (1, 2, 3, 4))
JAN_4, JAN_10, JAN_31 = (date(2026, 1, number) for number in (4, 10, 31))
FEB_3, FEB_5, FEB_6, FEB_10, FEB_20 = (date(2026, 2, number) for number in (3, 5, 6, 10, 20))
RENT = Category.RENT


def rent(name: str, due: date, amount: str = "1000") -> Charge:
    return Charge(name, cad(amount), due=due, category=RENT)


def nsf_fee(amount: str, on: date) -> Charge:
    return Charge("nsf", cad(amount), due=on, category=Category.NSF_FEE)


def pay(name: str, amount: str, on: date, posted: date | None = None) -> Payment:
    return Payment(name, cad(amount), received=on, posted=posted or on)


def test_E1_a_payment_comes_back_and_opens_all_that_it_had_settled() -> None:
    """E1, R41: the payment of A1 comes back, with a fee of 15."""
    entries = [
        Charge("rent", cad("1000"), due=JAN_1, sequence=1),
        Charge("insurance", cad("14.50"), due=JAN_1, sequence=2),
        Charge("late fee", cad("100"), due=JAN_1, sequence=3),
        pay("P", "1050", FEB_6),
    ]
    before = standing(entries, FEB_6)
    assert some(before.open) == {"late fee": "64.50"}
    after = standing([*entries, Return("N", "P", on=FEB_10), nsf_fee("15", FEB_10)], FEB_10)
    assert some(after.open) == {"rent": "1000.00", "insurance": "14.50", "late fee": "100.00", "nsf": "15.00"}
    assert (after.total_open, some(after.unapplied)) == (cad("1129.50"), {})


def two_rents() -> list[Charge | Payment | Return]:
    """The facts of E2."""
    return [
        rent("jan", JAN_1),
        rent("feb", FEB_1),
        pay("P1", "1000", date(2026, 1, 3)),
        pay("P2", "1000", FEB_3),
        Return("N1", "P1", on=FEB_6),
        nsf_fee("25", FEB_6),
    ]


@pytest.mark.parametrize(
    ("returns", "expected"),
    [(REOPEN, {"jan": "1000.00", "nsf": "25.00"}), (REAPPLY, {"feb": "1000.00", "nsf": "25.00"})],
)
def test_E2_a_return_moves_no_other_money_unless_that_is_chosen(returns: ReturnRule, expected: dict[str, str]) -> None:
    """E2, R41: under REAPPLY everything stands as if P1 had never been."""
    position = standing(two_rents(), FEB_6, returns=returns)
    assert some(position.open) == expected
    assert some(position.unapplied) == {}


@pytest.mark.parametrize("returns", [REOPEN, REAPPLY])
def test_E3_money_of_the_same_day_settles_what_the_return_opened(returns: ReturnRule) -> None:
    """E3: and P3 of 1025 in cash, also on 6 February."""
    position = standing([*two_rents(), pay("P3", "1025", FEB_6)], FEB_6, returns=returns)
    assert (some(position.open), some(position.unapplied)) == ({}, {})


def test_E4_money_settles_what_existed_on_its_day() -> None:
    """E4: newest first, and yet the payment of 10 January pays c1, for c2 was posted on 1 June."""
    entries = [rent("c1", JAN_1, "100"), rent("c2", date(2026, 6, 1), "100"), pay("P", "100", JAN_10)]
    position = standing(entries, date(2026, 6, 30), by=NEWEST_FIRST)
    assert some(position.open) == {"c2": "100.00"}


@pytest.mark.parametrize(
    ("settle", "sweep_payments", "on_26_march", "on_1_april"),
    [
        (SETTLE_POSTED, True, ("500.00", "0.00"), ("500.00", "0.00")),
        (SETTLE_DUE, True, ("1000.00", "500.00"), ("500.00", "0.00")),
        (SETTLE_POSTED, False, ("1000.00", "500.00"), ("1000.00", "500.00")),
    ],
    ids=["SETTLE_POSTED", "SETTLE_DUE", "no sweep of payments"],
)
def test_E5_what_is_left_waits_for_the_next_rent(
    settle: SettleRule, sweep_payments: bool, on_26_march: tuple[str, str], on_1_april: tuple[str, str]
) -> None:
    """E5: 1500 on 25 March over March's 1000; April's 1000 is posted on 26 March and due on 1 April."""
    april = Charge("apr", cad("1000"), due=APR_1, posted=date(2026, 3, 26), category=RENT)
    entries = [rent("mar", MAR_1), april, pay("P", "1500", date(2026, 3, 25))]
    for as_of, expected in ((date(2026, 3, 26), on_26_march), (APR_1, on_1_april)):
        position = standing(entries, as_of, settle=settle, sweep_payments=sweep_payments)
        assert (str(position.open["apr"].amount), str(position.unapplied["P"].amount)) == expected
        assert not position.open["mar"]


def january() -> Ledger:
    """The facts of E6, but for the payment that was found late."""
    fee = Charge("fee", cad("50"), due=JAN_10, category=Category.LATE_FEE, about="rent")
    return Ledger("CAD", [rent("rent", JAN_1), fee, pay("P2", "1050", FEB_5)], closed_through=JAN_31)


def at(ledger: Ledger, as_of: date, known: date) -> Position:
    return replay(ledger, by=OLDEST_FIRST, as_of=as_of, known=known)


FOUND = pay("P0", "1000", JAN_4, posted=FEB_20)


def test_E6_there_are_two_januaries() -> None:
    """E6, R44: as of 31 January as known then, and as known on 20 February."""
    ledger = record(january(), FOUND)
    assert at(ledger, JAN_31, JAN_31).total_open == cad("1050")
    assert at(ledger, JAN_31, FEB_20).total_open == cad("50")


def test_E6_corrections_are_posted_on_an_open_day_and_effective_on_the_right_one() -> None:
    """E6, R44: P2 to the rent is reversed, P0 settles it from 4 January, 50 on the fee is proposed."""
    ledger = record(january(), FOUND)
    before, after = at(ledger, FEB_20, date(2026, 2, 19)), at(ledger, FEB_20, FEB_20)
    assert some(before.unapplied) == {}
    assert some(after.unapplied) == {"P2": "1000.00"}
    found = corrections(before, after)
    assert [(line.source, line.charge, line.amount, line.on, line.posted) for line in found.applications] == [
        ("P0", "rent", cad("1000"), JAN_4, FEB_20)
    ]
    assert [(line.source, line.charge, line.amount, line.on, line.posted) for line in found.reversals] == [
        ("P2", "rent", cad("1000"), FEB_5, FEB_20)
    ]
    assert found.reversals[0].reverses == "P2>rent@2026-02-05"
    (credit,) = found.credits
    assert (credit.amount, credit.granted, credit.posted) == (cad("50"), JAN_10, FEB_20)
    assert credit.designations == (Designation("fee"),)
    assert all(posted > JAN_31 for posted in [*(line.posted for line in found.lines), credit.posted])


def test_E6_the_proposed_credit_is_recorded_once_and_frees_the_money_on_the_fee() -> None:
    """E6: with the credit, P2's 1050 is unapplied, and nothing more is proposed."""
    ledger = record(january(), FOUND)
    (credit,) = corrections(at(ledger, FEB_20, date(2026, 2, 19)), at(ledger, FEB_20, FEB_20)).credits
    mended = at(record(ledger, credit), FEB_20, FEB_20)
    assert some(mended.unapplied) == {"P2": "1050.00"}
    assert mended.total_open == cad("0")
    assert unearned_fees(mended) == ()
    assert corrections(mended, mended).credits == ()


def test_E6_what_was_posted_can_be_held_fixed() -> None:
    """E6: held fixed, P2 keeps both charges, and P0 stays unapplied."""
    ledger = record(january(), FOUND)
    before = at(ledger, FEB_20, date(2026, 2, 19))
    fixed = replay(ledger, by=OLDEST_FIRST, as_of=FEB_20, known=FEB_20, fixed=before.history)
    assert some(fixed.unapplied) == {"P0": "1000.00"}
    assert set(fixed.history) == set(before.history)
    assert corrections(before, fixed).lines == ()


@pytest.mark.parametrize(("concession_on", "expected"), [(5, "0"), (1, "300")])
def test_E7_a_concession_after_the_payment_leaves_nothing_to_refund(concession_on: int, expected: str) -> None:
    """E7, R43: a refund is of a payment's own unapplied money, never of a credit."""
    may = [date(2026, 5, number) for number in range(1, 7)]
    entries = [
        rent("rent", may[0]),
        pay("P", "1000", may[0]),
        Credit("K", cad("300"), granted=may[concession_on - 1], kind=CreditKind.CONCESSION),
    ]
    position = standing(entries, may[5])
    assert refundable(position, "P") == cad(expected)
    assert refundable(position, "K") == cad("0")


def test_R8_a_disputed_charge_is_settled_only_where_it_is_designated() -> None:
    disputed = Charge("c", cad("100"), due=JAN_1, disputed=True)
    free, wished = pay("P1", "60", JAN_4), Payment("P2", cad("30"), received=JAN_4, designations=[Designation("c")])
    position = standing([disputed, free, wished], JAN_31)
    assert (some(position.open), some(position.unapplied)) == ({"c": "70.00"}, {"P1": "60.00"})


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(JAN_4, "60.00"), (JAN_10, "60.00"), (JAN_31, "60.00"), (FEB_1, "0.00")],
    ids=["before it", "on its first day", "on its last day", "on the day on which it is over"],
)
def test_R8_only_the_disputed_amount_waits_from_its_first_day_to_its_last(as_of: date, expected: str) -> None:
    """40 of 100 is paid while 60 is disputed; on the first day after the dispute the rest of the money follows."""
    dispute = Dispute(cad("60"), since=JAN_4, until=FEB_1)
    entries = [Charge("c", cad("100"), due=JAN_1, disputed=dispute), pay("P", "100", JAN_4)]
    assert str(standing(entries, as_of).open["c"].amount) == expected


def test_R8_money_of_a_day_before_the_dispute_pays_all() -> None:
    dispute = Dispute(cad("60"), since=JAN_10)
    entries = [Charge("c", cad("100"), due=JAN_1, disputed=dispute), pay("P", "100", JAN_4)]
    assert some(standing(entries, JAN_31).open) == {}


def test_R8_what_is_disputed_is_aged_apart() -> None:
    dispute = Dispute(cad("60"), since=JAN_4, until=FEB_1)
    charge = Charge("c", cad("100"), due=JAN_1, disputed=dispute)
    during, after = (aged(standing([charge], as_of)) for as_of in (JAN_31, FEB_1))
    assert (str(during.disputed.amount), [str(money.amount) for money in during.buckets]) == (
        "60.00",
        ["40.00", "0.00", "0.00", "0.00"],
    )
    assert (str(after.disputed.amount), [str(money.amount) for money in after.buckets]) == (
        "0.00",
        ["0.00", "100.00", "0.00", "0.00"],
    )


@pytest.mark.parametrize(
    "entry",
    [
        Return("X", "P", on=FEB_6, reason=ReturnReason.INSUFFICIENT_FUNDS, code="R01"),
        Void("X", "P", on=FEB_6),
    ],
)
def test_R40_what_comes_back_creates_no_charge(entry: Return | Void) -> None:
    """R40: fees are apart; a void reverses in full without one, and so does a return until one is charged."""
    position = standing([rent("jan", JAN_1), pay("P", "1000", JAN_4), entry], FEB_6)
    assert [charge.id for charge in position.charges] == ["jan"]
    assert (some(position.open), some(position.unapplied)) == ({"jan": "1000.00"}, {})


def test_R40_a_cancelled_payment_leaves_nothing_behind() -> None:
    entries = [
        rent("jan", JAN_1),
        pay("P", "1000", JAN_4),
        PaymentStep("P", PaymentState.PENDING, on=JAN_4),
        PaymentStep("P", PaymentState.CANCELLED, on=JAN_10),
    ]
    position = standing(entries, JAN_31)
    assert [charge.id for charge in position.charges] == ["jan"]
    assert (position.total_open, some(position.pending)) == (cad("1000"), {})


def test_R40_a_card_that_was_declined_at_once_was_never_a_payment() -> None:
    declined = PaymentStep("P", PaymentState.REJECTED, on=JAN_4)
    position = standing([rent("jan", JAN_1), pay("P", "1000", JAN_4), declined], JAN_31)
    assert (position.money, position.history) == ((), ())
    assert position.states == {"P": PaymentState.REJECTED}
    assert position.total_open == cad("1000")


def test_R41_unapplied_money_settles_what_was_opened_dated_the_return() -> None:
    """R41: P1 comes back; what P2 had left goes to January's rent, on the day of the return."""
    entries = [rent("jan", JAN_1), pay("P1", "1000", JAN_4), pay("P2", "300", FEB_3), Return("N", "P1", on=FEB_6)]
    position = standing(entries, FEB_6)
    assert moves(position.history) == ["4 P1>jan 1000.00", "6 P1>jan -1000.00", "6 P2>jan 300.00"]


def test_R42_a_bank_debit_is_pending_then_settled_and_may_still_come_back() -> None:
    entries = [
        rent("jan", JAN_1),
        pay("P", "1000", JAN_4),
        PaymentStep("P", PaymentState.PENDING, on=JAN_4),
        PaymentStep("P", PaymentState.SETTLED, on=JAN_10),
        Return("N", "P", on=FEB_20, code="R10"),
    ]
    seen = []
    for as_of in (JAN_4, JAN_10, FEB_20):
        position = standing(entries, as_of)
        seen.append((position.states["P"].value, str(position.total_open.amount), str(position.item("jan").payable)))
    assert seen == [
        ("pending", "1000.00", "0.00 CAD"),
        ("settled", "0.00", "0.00 CAD"),
        ("returned", "1000.00", "1000.00 CAD"),
    ]


def test_R42_a_card_payment_settles_at_once() -> None:
    settled = PaymentStep("P", PaymentState.SETTLED, on=JAN_4)
    assert standing([rent("jan", JAN_1), pay("P", "1000", JAN_4), settled], JAN_4).total_open == cad("0")


def test_R43_an_opening_balance_is_a_charge_with_its_original_due_date() -> None:
    """R43: it ages from its due date of November, and can be paid from the day on which it was taken over."""
    opening = Charge("opening", cad("700"), due=date(2025, 11, 1), posted=FEB_1)
    entries = [opening, rent("jan", JAN_1), pay("P1", "200", JAN_4), pay("P2", "1000", FEB_3)]
    assert some(standing(entries, JAN_31).open) == {"jan": "800.00"}
    position = standing(entries, FEB_3)
    assert some(position.open) == {"jan": "500.00"}
    ageing = aged(standing(entries, FEB_1))
    assert dict(zip(ageing.labels, ageing.buckets, strict=True)) == {
        "0-30": cad("0"),
        "31-60": cad("800"),
        "61-90": cad("0"),
        "over 90": cad("700"),
    }


def test_R43_a_recovery_after_a_write_off_reverses_so_much_of_the_write_off() -> None:
    written_off = Credit("W", cad("1000"), granted=JAN_31, kind=CreditKind.WRITE_OFF, designations=[Designation("jan")])
    entries = [rent("jan", JAN_1), written_off, Reversal("X", "W", cad("400"), on=FEB_6), pay("P", "400", FEB_6)]
    position = standing(entries, FEB_6)
    assert moves(position.history) == ["31 W>jan 1000.00", "6 W>jan -400.00", "6 P>jan 400.00"]
    assert (some(position.open), some(position.unapplied)) == ({}, {})
    control = roll_forward(standing(entries, JAN_31), position)
    assert (control.cash, control.undone, control.gone_back) == (cad("400"), cad("400"), cad("400"))


def test_R43_a_charge_is_reversed_with_the_taxes_on_it_and_its_money_is_free() -> None:
    tax = Charge("tax", cad("130"), due=JAN_1, category=Category.TAX, about="jan")
    entries = [rent("jan", JAN_1), tax, pay("P", "565", JAN_4), Reversal("X", "jan", on=FEB_6)]
    position = standing(entries, FEB_6)
    assert (some(position.open), some(position.unapplied)) == ({}, {"P": "565.00"})


def test_R43_a_transfer_is_a_pair_of_entries_in_two_ledgers() -> None:
    source = pay("P", "1200", JAN_4)
    left, came = transfer(source, cad("150"), id="T", on=JAN_10, to="unit 12")
    here = standing([rent("jan", JAN_1), source, left], JAN_31)
    there = standing([rent("storage", JAN_1, "100"), came], JAN_31)
    assert some(here.unapplied) == {"P": "50.00"}
    assert (some(there.open), some(there.unapplied)) == ({}, {"T": "50.00"})


def test_R43_a_refund_takes_unapplied_money_out() -> None:
    entries = [rent("jan", JAN_1), pay("P", "1200", JAN_4), Refund("F", "P", cad("150"), on=JAN_10)]
    position = standing(entries, JAN_31)
    assert (some(position.unapplied), refundable(position, "P")) == ({"P": "50.00"}, cad("50"))
    assert position.balance == cad("-50")


def test_R44_what_is_posted_later_is_not_known_before() -> None:
    """R44: an entry counts on its own day, once the day on which it was posted is known."""
    entries = [rent("jan", JAN_1), pay("P", "1000", JAN_4, posted=FEB_20), Return("N", "P", on=FEB_6, posted=FEB_20)]
    seen = {
        (as_of, known): str(standing(entries, as_of, known=known).total_open.amount)
        for as_of in (JAN_31, FEB_6)
        for known in (JAN_31, FEB_20)
    }
    assert seen == {
        (JAN_31, JAN_31): "1000.00",
        (JAN_31, FEB_20): "0.00",
        (FEB_6, JAN_31): "1000.00",
        (FEB_6, FEB_20): "1000.00",
    }


def test_R45_control_explains_every_cent_and_keeps_balances_apart() -> None:
    """R45: opening receivable + charges - credits - cash - write-offs + un-applied = closing."""
    entries = [
        rent("jan", JAN_1),
        rent("feb", FEB_1),
        Charge("deposit", cad("500"), due=FEB_1, category=Category.DEPOSIT),
        pay("P1", "1000", JAN_4),
        Credit("K", cad("100"), granted=FEB_3, designations=[Designation("feb")]),
        Credit("W", cad("50"), granted=FEB_3, kind=CreditKind.WRITE_OFF, designations=[Designation("feb")]),
        Return("N", "P1", on=FEB_6),
        Payment("P2", cad("600"), received=FEB_10, designations=[Designation("deposit", cad("500"))]),
        Payment("P3", cad("80"), received=FEB_10, designations=[Designation("mar")]),
        Payment("P4", cad("70"), received=FEB_10, fund="trust", designations=[Designation("mar")]),
        pay("P5", "60", FEB_10),
        PaymentStep("P5", PaymentState.PENDING, on=FEB_10),
    ]
    control = roll_forward(standing(entries, JAN_31), standing(entries, FEB_20))
    assert (control.receivable.opening, control.receivable.closing) == (cad("0"), cad("1850"))
    assert (control.charges, control.credits, control.write_offs) == (cad("1500"), cad("100"), cad("50"))
    assert (control.cash, control.undone) == (cad("500"), cad("1000"))
    assert {line.name: str(line.closing.amount) for line in control.apart} == {
        "unapplied": "100.00",
        "reserved": "80.00",
        "trust": "70.00",
        "deposits": "500.00",
        "pending": "60.00",
    }
    assert control.unexplained == (cad("0"), cad("0"))
