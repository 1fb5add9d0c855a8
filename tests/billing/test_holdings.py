"""R47: what is held of a deposit over time, how it is topped up; and R46: from when it earns, and what is paid out."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations

import attrs
import pytest

from account_facts import cad
from arledger import (
    DOWN,
    HALF_EVEN,
    HALF_UP,
    UP,
    CashStep,
    Category,
    Charge,
    Conflict,
    Credit,
    CreditKind,
    DepositInterest,
    DepositPolicy,
    Holding,
    HoldingEntry,
    HoldingKind,
    Lease,
    LeaseDeposit,
    LeaseItem,
    Money,
    Percent,
    Rate,
    RateTable,
    RoundingMode,
    accrual,
    deposit_interest,
    interest_credit,
    top_up,
    where,
)
from arledger.billing.holdings import opening_holding

MAY_16, NOV_16 = date(2026, 5, 16), date(2026, 11, 16)
POLICY = DepositPolicy(rates=Percent(2), refund_window_days=30)


def added(amount: str, on: date) -> HoldingEntry:
    return HoldingEntry(HoldingKind.TOP_UP, cad(amount), on)


def credited(amount: str, on: date) -> HoldingEntry:
    return HoldingEntry(HoldingKind.INTEREST, cad(amount), on)


def released(amount: str, on: date) -> HoldingEntry:
    return HoldingEntry(HoldingKind.RELEASED, cad(amount), on)


def held(*entries: HoldingEntry, paid: str = "1500", payer: str | None = None) -> Holding:
    return Holding("D-1", cad(paid), MAY_16, entries=entries, payer=payer)


def days(interest: DepositInterest) -> list[tuple[str, str, int]]:
    """Each segment: its first day, what was held, and how many days."""
    return [(str(part.period.start), str(part.principal.amount), part.period.days) for part in interest.segments]


HISTORY = (
    added("37.50", date(2026, 6, 1)),
    credited("9.99", date(2026, 7, 1)),
    released("500", date(2026, 8, 1)),
    added("0.01", date(2026, 8, 1)),
)


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date.min, "0"),
        (date(2026, 5, 15), "0"),
        (MAY_16, "1500"),
        (date(2026, 5, 31), "1500"),
        (date(2026, 6, 1), "1537.50"),
        (date(2026, 6, 30), "1537.50"),
        (date(2026, 7, 1), "1547.49"),
        (date(2026, 7, 31), "1547.49"),
        (date(2026, 8, 1), "1047.50"),
        (date.max, "1047.50"),
    ],
)
def test_what_is_held_at_the_end_of_a_day(day: date, amount: str) -> None:
    assert held(*HISTORY).on(day) == cad(amount)


def test_nothing_earns_before_it_was_paid() -> None:
    assert [held().principal_minor(day) for day in (date(2026, 5, 15), MAY_16)] == [0, 150_000]


def test_entries_may_come_in_any_order() -> None:
    """The same history is the same holding, also of one day."""
    for entries in permutations(HISTORY):
        assert held(*entries) == held(*HISTORY)
        assert [entry.on for entry in held(*entries).entries] == [entry.on for entry in HISTORY]


def test_entries_may_be_any_iterable() -> None:
    assert Holding("D-1", cad("1500"), MAY_16, entries=iter(HISTORY)) == held(*HISTORY)


def test_all_of_it_may_be_released() -> None:
    gone = held(added("100", date(2026, 6, 1)), released("1600", date(2026, 8, 1)))
    assert gone.on(date(2026, 7, 31)) == cad("1600")
    assert gone.on(date(2026, 8, 1)) == cad("0")


def test_interest_that_was_added_may_be_released_too() -> None:
    assert held(credited("15", date(2026, 7, 1)), released("1515", date(2026, 8, 1))).on(NOV_16) == cad("0")


def test_what_is_released_comes_out_of_interest_last() -> None:
    """Nothing is held below zero, so that nothing earns less than nothing; and a later top-up earns in full."""
    gone = held(credited("15", date(2026, 7, 1)), released("1510", date(2026, 8, 1)), added("100", date(2026, 9, 1)))
    assert gone.on(date(2026, 8, 1)) == cad("5")
    assert days(deposit_interest(gone, NOV_16, POLICY)) == [
        ("2026-07-01", "1500.00", 31),
        ("2026-08-01", "0.00", 31),
        ("2026-09-01", "100.00", 76),
    ]


def test_a_day_ends_with_all_its_entries() -> None:
    """What is topped up on a day may be released on it, and a deposit on the day on which it was paid."""
    for entries in permutations([added("100", MAY_16), released("1600", MAY_16)]):
        assert held(*entries).on(MAY_16) == cad("0")


def test_no_more_is_released_than_is_held_on_that_day() -> None:
    """Also where a later top-up would make up for it."""
    with pytest.raises(Conflict) as caught:
        held(released("1500.01", date(2026, 6, 1)), added("100", date(2026, 6, 2)))
    assert str(caught.value) == ("holding D-1: more is released than held on 2026-06-01; release at most what is held")


def test_holdings_are_values() -> None:
    one = held(*HISTORY, payer="ann")
    assert pickle.loads(pickle.dumps(one)) == one
    assert hash(held(*HISTORY, payer="ann")) == hash(one)
    assert one != held(*HISTORY)
    assert one != attrs.evolve(one, entries=HISTORY[:3])
    assert str(one) == "deposit D-1, 1500.00 CAD since 2026-05-16"


def test_kinds_and_entries_read_back() -> None:
    assert eval(repr(HoldingKind.RELEASED), {"HoldingKind": HoldingKind}) is HoldingKind.RELEASED
    assert repr(released("1", MAY_16)) == (
        "HoldingEntry(kind=HoldingKind.RELEASED, amount=Money('1.00', 'CAD'), on=datetime.date(2026, 5, 16))"
    )
    assert [kind.value for kind in HoldingKind] == ["top_up", "interest", "released"]


def test_a_policy_is_a_value_with_the_usual_defaults() -> None:
    plain = DepositPolicy(refund_window_days=0)
    assert (plain.rates, plain.accrual, plain.covers, plain.rounding) == (None, accrual.ACTUAL_365, None, HALF_UP)
    assert DepositPolicy(rates=Percent(2), refund_window_days=30) == POLICY
    assert DepositPolicy(rates=Rate(Percent(2)), refund_window_days=30) == POLICY
    assert DepositPolicy(rates=[Rate(Percent(2))], refund_window_days=30) == POLICY
    assert DepositPolicy(rates=RateTable([Rate(Percent(2))]), refund_window_days=30) == POLICY
    covering = attrs.evolve(POLICY, covers=where.rent)
    assert pickle.loads(pickle.dumps(covering)) == covering != POLICY


@pytest.mark.parametrize(
    ("before", "after", "amount"),
    [
        ("1000", "1025", "37.50"),
        ("1000", "1000.01", "0.02"),
        ("1000", "2000", "1500.00"),
        ("900", "1000", "166.67"),
        ("0.01", "0.04", "4500.00"),
    ],
)
def test_a_top_up_is_the_percent_by_which_the_rent_rose(before: str, after: str, amount: str) -> None:
    charge = top_up(held(), cad(before), cad(after), due=date(2027, 5, 1))
    assert charge is not None
    assert str(charge.amount.amount) == amount


def test_a_top_up_is_rounded_once_halves_up() -> None:
    rise = [cad("1000"), cad("1005")]
    amounts = [top_up(held(paid=paid), *rise, due=NOV_16) for paid in ("1", "2.99", "3")]
    assert [charge and charge.amount.minor for charge in amounts] == [1, 1, 2]


@pytest.mark.parametrize("after", ["1000", "999.99", "0.01"])
def test_no_rise_no_charge(after: str) -> None:
    assert top_up(held(), cad("1000"), cad(after), due=date(2027, 5, 1)) is None


def test_a_rise_of_less_than_half_a_cent_is_no_charge() -> None:
    assert top_up(held(paid="1"), cad("1000"), cad("1004.99"), due=NOV_16) is None


def test_a_top_up_is_of_what_is_held_without_interest_on_its_due_date() -> None:
    """Those before it and on its day are counted, interest is not."""
    history = held(*HISTORY)
    rise = [cad("100"), cad("110")]
    due = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)]
    charges = [top_up(history, *rise, due=day) for day in due]
    assert [charge and str(charge.amount.amount) for charge in charges] == ["150.00", "153.75", "153.75", "103.75"]


def test_nothing_is_topped_up_where_nothing_is_held() -> None:
    assert top_up(held(released("1500", NOV_16)), cad("1000"), cad("1100"), due=NOV_16) is None


def test_a_top_up_is_a_charge_of_the_depositor() -> None:
    charge = top_up(held(payer="ann"), cad("1000"), cad("1025"), due=date(2027, 5, 1))
    assert charge == Charge(
        "D-1/top-up@2027-05-01", cad("37.50"), due=date(2027, 5, 1), category=Category.DEPOSIT, payer="ann"
    )
    nobodys = top_up(held(), cad("1000"), cad("1025"), due=date(2027, 5, 1))
    assert nobodys is not None
    assert nobodys.payer is None


def test_once_paid_a_top_up_is_an_entry_and_earns() -> None:
    topped = held(added("37.50", date(2026, 8, 1)))
    assert days(deposit_interest(topped, NOV_16, POLICY)) == [
        ("2026-05-16", "1500.00", 77),
        ("2026-08-01", "1537.50", 107),
    ]


def test_what_is_released_earns_up_to_its_day() -> None:
    """Without that day: a release on the last one changes nothing."""
    left = held(released("500", date(2026, 8, 1)), released("1000", NOV_16))
    assert days(deposit_interest(left, NOV_16, POLICY)) == [
        ("2026-05-16", "1500.00", 77),
        ("2026-08-01", "1000.00", 107),
    ]


def test_an_entry_of_the_first_day_cuts_nothing() -> None:
    assert days(deposit_interest(held(added("100", MAY_16)), NOV_16, POLICY)) == [("2026-05-16", "1600.00", 184)]


def test_a_deposit_earns_from_the_day_on_which_it_was_paid() -> None:
    assert days(deposit_interest(held(), NOV_16, POLICY)) == [("2026-05-16", "1500.00", 184)]


def test_or_from_the_last_day_on_which_interest_was_added() -> None:
    """R46: interest that was added earns none itself."""
    twice = [credited("7.00", date(2026, 9, 1)), credited("3.00", date(2026, 7, 1))]
    for entries in permutations([*twice, added("50", date(2026, 10, 1))]):
        assert days(deposit_interest(held(*entries), NOV_16, POLICY)) == [
            ("2026-09-01", "1500.00", 30),
            ("2026-10-01", "1550.00", 46),
        ]


def test_interest_that_is_added_later_is_not_there_yet() -> None:
    later = held(credited("7.00", date(2026, 9, 1)), credited("3.00", NOV_16))
    assert days(deposit_interest(later, date(2026, 10, 1), POLICY)) == [("2026-09-01", "1500.00", 30)]


def test_or_from_the_day_that_is_named() -> None:
    """Interest that was paid out leaves no entry behind."""
    assert days(deposit_interest(held(), NOV_16, POLICY, since=date(2026, 9, 1))) == [("2026-09-01", "1500.00", 76)]
    paid = held(credited("7.00", date(2026, 9, 1)))
    assert days(deposit_interest(paid, NOV_16, POLICY, since=MAY_16)) == [("2026-05-16", "1500.00", 184)]


def test_year_after_year_interest_is_what_it_would_have_been_at_once() -> None:
    """R46: simple. Added at each year's end, or all of it at the end of the third."""
    start, end = date(2025, 1, 1), date(2028, 1, 1)
    once = Holding("D-1", cad("1000"), start)
    yearly: list[HoldingEntry] = []
    for year in (2026, 2027, 2028):
        so_far = attrs.evolve(once, entries=yearly)
        interest = deposit_interest(so_far, date(year, 1, 1), POLICY)
        yearly.append(HoldingEntry(HoldingKind.INTEREST, interest.amount, date(year, 1, 1)))
    assert [str(entry.amount.amount) for entry in yearly] == ["20.00", "20.00", "20.00"]
    assert attrs.evolve(once, entries=yearly).on(end) == cad("1000") + deposit_interest(once, end, POLICY).amount


def test_nothing_is_earned_up_to_the_first_day() -> None:
    for interest in (
        deposit_interest(held(), MAY_16, POLICY),
        deposit_interest(held(), NOV_16, POLICY, since=NOV_16),
        deposit_interest(held(), NOV_16, DepositPolicy(refund_window_days=30)),
    ):
        assert (interest.holding, interest.amount, interest.segments) == ("D-1", cad("0"), ())
    assert str(deposit_interest(held(), MAY_16, POLICY)) == (
        "from   up to  held  a year  counted  interest\n"
        "-----  -----  ----  ------  -------  --------\n"
        "total                                    0.00"
    )


def test_a_rate_of_zero_is_a_segment_of_nothing() -> None:
    rates = RateTable([Rate(Percent(0)), Rate(Percent(2), since=date(2026, 8, 1))])
    interest = deposit_interest(held(), NOV_16, DepositPolicy(rates=rates, refund_window_days=30))
    assert [str(part.amount.amount) for part in interest.segments] == ["0.00", "8.79"]


@pytest.mark.parametrize(
    ("rounding", "minors"), [(HALF_UP, [3, 1]), (HALF_EVEN, [2, 0]), (UP, [3, 1]), (DOWN, [2, 0])], ids=str
)
def test_each_segment_is_rounded_as_the_policy_says(rounding: RoundingMode, minors: list[int]) -> None:
    """Of 2.5 and 0.5 cents."""
    rates = RateTable([Rate(Percent(5)), Rate(Percent(1), since=MAY_16 + timedelta(days=50))])
    policy = DepositPolicy(rates=rates, refund_window_days=30, rounding=rounding)
    interest = deposit_interest(held(paid="3.65"), MAY_16 + timedelta(days=100), policy)
    assert [part.exact for part in interest.segments] == [Fraction(5, 2), Fraction(1, 2)]
    assert [part.amount.minor for part in interest.segments] == minors
    assert interest.amount.minor == sum(minors)


def test_interest_may_be_paid_in_cash_steps() -> None:
    policy = attrs.evolve(POLICY, rounding=CashStep(cad("0.05")))
    assert deposit_interest(held(), NOV_16, policy).amount == cad("15.10")


def test_interest_is_in_the_currency_of_the_deposit() -> None:
    yen = Holding("D-1", Money(150_000, "JPY"), MAY_16)
    assert deposit_interest(yen, NOV_16, POLICY).amount == Money(1512, "JPY")
    assert str(deposit_interest(yen, NOV_16, POLICY)).splitlines()[2].split() == [
        *("2026-05-16", "2026-11-16", "150000", "2%", "184/365", "days", "1512")
    ]


def test_interest_is_paid_out_as_a_credit() -> None:
    interest = deposit_interest(held(), NOV_16, POLICY)
    assert interest_credit(interest, on=date(2026, 12, 1), payer="ann") == Credit(
        "D-1/interest@2026-12-01",
        cad("15.12"),
        granted=date(2026, 12, 1),
        kind=CreditKind.DEPOSIT_INTEREST,
        category=Category.INTEREST,
        payer="ann",
    )
    nobodys = interest_credit(interest, on=NOV_16)
    assert nobodys is not None
    assert (nobodys.payer, nobodys.granted) == (None, NOV_16)


def test_no_interest_no_credit() -> None:
    assert interest_credit(deposit_interest(held(), MAY_16, POLICY), on=NOV_16) is None
    assert interest_credit(deposit_interest(held(paid="0.01"), NOV_16, POLICY), on=NOV_16) is None


@pytest.mark.parametrize(("named", "payer"), [("bob", "bob"), (None, "ann")])
def test_a_deposit_that_a_lease_brings_along_opens_as_a_holding(named: str | None, payer: str) -> None:
    """Of its own payer, else of the lease's."""
    lease = Lease("L-1", move_in=NOV_16, items=[LeaseItem("rent", cad("1000"))], payer="ann")
    deposit = LeaseDeposit("security", cad("1500"), held_since=MAY_16, payer=named)
    assert opening_holding(lease, deposit) == Holding("L-1/security", cad("1500"), MAY_16, payer=payer)
