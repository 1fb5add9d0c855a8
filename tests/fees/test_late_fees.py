"""The worked rows of late fees (D1 to D11), and of returned payments with computed fees (E1 to E3), to the cent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from account_facts import cad
from arledger import (
    OLDEST_FIRST,
    REAPPLY,
    RENT_FIRST,
    REOPEN,
    SETTLE_DUE,
    Category,
    Charge,
    Entry,
    FeeAmount,
    FirstFeeAfter,
    FreeDays,
    Ledger,
    Limit,
    NsfFee,
    NsfSchedule,
    PaymentState,
    PaymentStep,
    ReturnRule,
    fee,
    nsf_fees,
    record,
    replay,
)
from fees.facts import (
    FEB_1,
    FIVE_PERCENT,
    JAN_1,
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
    sums,
)
from ledger_facts import some

NSF = NsfSchedule(NsfFee(amount=flat("25")))


def test_D1_thirty_then_ten_a_day_at_most_fifty_a_month() -> None:
    """D1, Rentec: 30, 40, 50, 50."""
    rule = rule_of(flat("30") + fee.each_further_day(flat("10")), limits=Limit(flat("50"), per="period"))
    assert sums(rule, [rent()], [jan(6), jan(7), jan(8), jan(9)]) == ["30.00", "40.00", "50.00", "50.00"]


def test_D2_twenty_then_nine_a_day_at_most_the_rent() -> None:
    """D2, QuikStor: rent 50; 20, 29, 38, 47, 50, 50."""
    rule = rule_of(flat("20") + fee.each_further_day(flat("9")), limits=Limit(fee.RENT, per="charge"))
    days = [jan(6), jan(7), jan(8), jan(9), jan(10), jan(11)]
    expected = ["20.00", "29.00", "38.00", "47.00", "50.00", "50.00"]
    assert sums(rule, [rent(amount="50")], days, rent=cad("50")) == expected


@pytest.mark.parametrize(
    ("daily", "expected"),
    [(fee.each_day, ["55.00", "60.00"]), (fee.each_further_day, ["50.00", "55.00"])],
    ids=["with that day's 5", "without"],
)
def test_D3_whether_the_first_late_day_counts_is_said(
    daily: Callable[[FeeAmount], FeeAmount], expected: list[str]
) -> None:
    """D3: flat 50 and 5 a day: on the first late day 55, or 50 and then 55."""
    assert sums(rule_of(flat("50") + daily(flat("5"))), [rent()], [jan(6), jan(7)]) == expected


@pytest.mark.parametrize(("amount", "expected"), [("400", "25.00"), ("1000", "50.00")])
def test_D4_the_greater_of_five_percent_and_twenty_five(amount: str, expected: str) -> None:
    """D4: rent 400: 25; rent 1000: 50. A limit cannot say so: below 500 it would be less than 25."""
    rule = rule_of(fee.greater_of(fee.percent(5, of=fee.RENT), flat("25")))
    assert proposed(assessed(rule, [rent(amount=amount)], jan(6), rent=cad(amount))) == {"R-01": expected}


@pytest.mark.parametrize(("amount", "expected"), [("200", "15.00"), ("1000", "50.00")])
def test_D5_fifteen_or_five_percent_from_five_days_late_once(amount: str, expected: str) -> None:
    """D5, North Carolina 42-46: nothing on day 4; 15 or 50 on day 5, and nothing after it."""
    amounts = fee.greater_of(flat("15"), fee.percent(5, of=fee.RENT))
    for rule in (rule_of(fee.from_day(5, amounts), grace=FreeDays(0)), rule_of(amounts, grace=FirstFeeAfter(5))):
        days = [jan(5), jan(6), jan(7), jan(31)]
        assert sums(rule, [rent(amount=amount)], days, rent=cad(amount)) == ["0.00", expected, expected, expected]


def test_D6_a_month_whose_limit_is_reached() -> None:
    """D6: at most 50 a month, and 50 was charged already: nothing."""
    rule = rule_of(FIVE_PERCENT, limits=Limit(flat("50"), per="period"))
    charged = late_fee("F", "50", jan(10), about="R-00")
    assessment = assessed(rule, [rent(due=jan(5)), charged], jan(20))
    assert (proposed(assessment), assessment.items[0].reason) == ({}, "the limit is reached")
    assert assessment.items[0].total == cad("50")


@pytest.mark.parametrize(("owed", "expected"), [("75", {}), ("99.99", {}), ("100", {"R-01": "5.00"})])
def test_D7_a_least_balance(owed: str, expected: dict[str, str]) -> None:
    """D7: least balance 100, owes 75: nothing."""
    assert proposed(assessed(rule_of(FIVE_PERCENT, least=cad("100")), [rent(amount=owed)], jan(6))) == expected


def test_D8_levels_of_dunning() -> None:
    """D8, Tryton: debt 100, fee 10 on day 5, 15% on day 10 of what was owed at first: 110, then 125."""
    rule = rule_of(fee.from_day(5, flat("10")) + fee.from_day(10, fee.percent(15, of=fee.CHARGE)), grace=FreeDays(0))
    debt = rent(amount="100")
    ledger, nightly = nights(rule, [debt], jan(2), jan(31))
    assert nightly == {jan(6): "10.00", jan(11): "15.00"}
    for day, owed in ((jan(5), "100"), (jan(6), "110"), (jan(10), "110"), (jan(11), "125"), (jan(31), "125")):
        assert replay(ledger, by=OLDEST_FIRST, as_of=day).total_open == cad(owed)


def test_D9_each_charge_is_assessed_once() -> None:
    """D9: 5% of what is owed; January's and February's rent of 1000 unpaid: 50 and 50, not 100 or 102.50."""
    rents = [rent(), rent("R-02", due=FEB_1)]
    _, nightly = nights(rule_of(FIVE_PERCENT), rents, JAN_1, date(2026, 2, 28))
    assert nightly == {jan(6): "50.00", feb(6): "50.00"}


def test_D10_what_is_owed() -> None:
    """D10, R34: 25.00, of 500: rent 1000 less 200 unapplied and 300 at the bank; nothing for the others.

    The 200 came before the rent and are asked no more; the 300 are applied provisionally.
    """
    entries: list[Entry] = [
        rent(),
        Charge("U-01", cad("400"), due=JAN_1, category=Category.UTILITY, disputed=True),
        Charge("D-01", cad("500"), due=JAN_1, category=Category.DEPOSIT),
        late_fee("L-01", "50", JAN_1, about="R-00"),
        pay("P-1", "200", date(2025, 12, 20)),
        pay("P-2", "300", jan(3), method="ach"),
        PaymentStep("P-2", PaymentState.PENDING, on=jan(3)),
    ]
    terms: dict[str, Any] = {"by": RENT_FIRST, "settle": SETTLE_DUE, "sweep_payments": False}
    position = replay(Ledger("CAD", entries), as_of=jan(6), **terms)
    assert (some(position.unapplied), some(position.pending)) == ({"P-1": "200.00"}, {"P-2": "300.00"})
    assessment = assessed(rule_of(FIVE_PERCENT), entries, jan(6), **terms)
    assert proposed(assessment) == {"R-01": "25.00"}
    (item,) = assessment.items
    amounts = [str(money.amount) for money in (item.payable, item.disputed, item.on_hand, item.owed)]
    assert (item.charges, amounts) == (("R-01", "U-01"), ["1100.00", "400.00", "200.00", "500.00"])
    assert assessment.left_out == (("D-01", "not eligible"), ("L-01", "not eligible"))


def test_D11_a_payment_that_had_averted_a_fee_comes_back() -> None:
    """D11, R34: on the 6th nothing; returned on the 7th: a late fee of 50, once, NSF 25, and 1075 is owed."""
    entries: list[Entry] = [
        rent(),
        pay("P-1", "1000", JAN_1, method="ach"),
        PaymentStep("P-1", PaymentState.PENDING, on=JAN_1),
    ]
    rule = rule_of(flat("50"))
    assert sums(rule, entries, [jan(5), jan(6)]) == ["0.00", "0.00"]
    ledger = Ledger("CAD", [*entries, came_back("N-1", "P-1", jan(7))])
    returned = nsf_fees(NSF, replay(ledger, by=OLDEST_FIRST, as_of=jan(7)))
    assert [(charge.about, charge.amount, charge.due) for charge in returned.charges] == [("N-1", cad("25"), jan(7))]
    ledger = record(ledger, returned.charges)
    assert replay(ledger, by=OLDEST_FIRST, as_of=jan(7)).total_open == cad("1025")
    ledger, nightly = nights(rule, ledger.entries, jan(7), jan(11))
    assert nightly == {jan(7): "50.00"}
    position = replay(ledger, by=OLDEST_FIRST, as_of=jan(7))
    assert some(position.open) == {"R-01": "1000.00", "N-1/nsf_fee": "25.00", "R-01/late_fee@2026-01-07": "50.00"}
    assert position.total_open == cad("1075")


def test_D11_the_fee_of_the_return_is_no_ground_for_another_one() -> None:
    """No fee of a fee arises unless it is asked for."""
    entries: list[Entry] = [rent(), pay("P-1", "1000", JAN_1), came_back("N-1", "P-1", jan(7))]
    position = replay(Ledger("CAD", entries), by=OLDEST_FIRST, as_of=jan(7))
    _, nightly = nights(rule_of(flat("50")), [*entries, *nsf_fees(NSF, position).charges], jan(7), jan(20))
    assert nightly == {jan(7): "50.00"}


def with_nsf_fees(entries: list[Entry], schedule: NsfSchedule, on: date, by: ReturnRule) -> Ledger:
    """The entries, and the fees that are proposed for what came back by a day."""
    ledger = Ledger("CAD", entries)
    position = replay(ledger, by=OLDEST_FIRST, as_of=on, returns=by)
    again = record(ledger, nsf_fees(schedule, position).charges)
    assert nsf_fees(schedule, replay(again, by=OLDEST_FIRST, as_of=on, returns=by)).charges == ()
    return again


def test_E1_a_payment_comes_back_and_costs_a_computed_fee() -> None:
    """E1, R40, R41: open are 1000, 14.50, 100 and the fee 15: 1,129.50."""
    entries: list[Entry] = [
        Charge("rent", cad("1000"), due=JAN_1, sequence=1),
        Charge("insurance", cad("14.50"), due=JAN_1, sequence=2),
        Charge("late fee", cad("100"), due=JAN_1, sequence=3),
        pay("P", "1050", feb(6)),
        came_back("N", "P", feb(10)),
    ]
    ledger = with_nsf_fees(entries, NsfSchedule(NsfFee(amount=flat("15"))), feb(10), REOPEN)
    position = replay(ledger, by=OLDEST_FIRST, as_of=feb(10))
    assert some(position.open) == {"rent": "1000.00", "insurance": "14.50", "late fee": "100.00", "N/nsf_fee": "15.00"}
    assert position.total_open == cad("1129.50")


def two_rents() -> list[Entry]:
    """The facts of E2."""
    return [
        rent("jan"),
        rent("feb", due=FEB_1),
        pay("P1", "1000", jan(3)),
        pay("P2", "1000", feb(3)),
        came_back("N1", "P1", feb(6)),
    ]


@pytest.mark.parametrize(
    ("returns", "expected", "late"),
    [
        (REOPEN, {"jan": "1000.00", "N1/nsf_fee": "25.00"}, {"jan": "50.00"}),
        (REAPPLY, {"feb": "1000.00", "N1/nsf_fee": "25.00"}, {"feb": "50.00"}),
    ],
)
def test_E2_a_return_with_computed_fees(returns: ReturnRule, expected: dict[str, str], late: dict[str, str]) -> None:
    """E2, R40, R41: and a late fee for what is open again, and for nothing else."""
    ledger = with_nsf_fees(two_rents(), NSF, feb(6), returns)
    assert some(replay(ledger, by=OLDEST_FIRST, as_of=feb(6), returns=returns).open) == expected
    assert proposed(assessed(rule_of(FIVE_PERCENT), ledger, feb(6), returns=returns)) == late


@pytest.mark.parametrize("returns", [REOPEN, REAPPLY])
def test_E3_money_of_the_same_day_pays_the_computed_fee_too(returns: ReturnRule) -> None:
    """E3: and P3 of 1025, also on 6 February: nothing open, nothing unapplied, and nothing is late."""
    ledger = with_nsf_fees([*two_rents(), pay("P3", "1025", feb(6))], NSF, feb(6), returns)
    position = replay(ledger, by=OLDEST_FIRST, as_of=feb(6), returns=returns)
    assert (some(position.open), some(position.unapplied)) == ({}, {})
    assert proposed(assessed(rule_of(FIVE_PERCENT), ledger, feb(6), returns=returns)) == {}
