"""R47: what becomes of a deposit at the end: what it pays, what goes back, by when; whatever else is on the account."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import attrs
import pytest

from account_facts import cad
from arledger import (
    EVENLY,
    NEWEST_FIRST,
    OLDEST_FIRST,
    RENT_FIRST,
    Application,
    Category,
    Charge,
    DepositPolicy,
    DepositSettlement,
    Dispute,
    Holding,
    HoldingEntry,
    HoldingKind,
    Incoming,
    OpenItem,
    Order,
    Payment,
    Percent,
    allocate,
    any_payer,
    deposit_interest,
    settle_deposit,
    where,
)

MAY_16, SEP_1, NOV_16 = date(2026, 5, 16), date(2026, 9, 1), date(2026, 11, 16)
HELD = Holding("D-1", cad("1500"), MAY_16)
PLAIN = DepositPolicy(refund_window_days=30)
POLICY = attrs.evolve(PLAIN, rates=Percent(2))


def owed(name: str, amount: str, due: date = NOV_16, category: Category = Category.RENT, **given: Any) -> Charge:
    return Charge(name, cad(amount), due=due, category=category, **given)


RENT, OLD, NSF = owed("rent", "720"), owed("old", "300", SEP_1), owed("nsf", "25", SEP_1, Category.NSF_FEE)


def settle(*charges: Charge, holding: Holding = HELD, policy: DepositPolicy = PLAIN, **given: Any) -> DepositSettlement:
    return settle_deposit(holding, charges, **{"move_out": NOV_16, "policy": policy, **given})


def pays(settlement: DepositSettlement) -> dict[str, str]:
    return {line.charge: str(line.amount.amount) for line in settlement.allocation.lines}


def stays_open(settlement: DepositSettlement) -> dict[str, str]:
    return {name: str(money.amount) for name, money in settlement.allocation.open.items() if money}


def test_where_nothing_is_open_all_of_it_goes_back() -> None:
    settlement = settle(policy=POLICY)
    assert (settlement.applied, settlement.refund) == (cad("0"), cad("1515.12"))
    assert settlement.allocation.lines == ()
    assert str(settlement) == (
        "deposit D-1               CAD\n"
        "--------------------  -------\n"
        "held                  1500.00\n"
        "interest                15.12\n"
        "refund by 2026-12-16  1515.12"
    )


def test_where_all_is_settled_already_all_of_it_goes_back() -> None:
    settlement = settle(RENT, applied=[Application("P-1", "rent", cad("720"), NOV_16)])
    assert (settlement.applied, settlement.refund) == (cad("0"), cad("1500"))


def test_where_it_may_cover_nothing_that_is_open_all_of_it_goes_back() -> None:
    settlement = settle(NSF, policy=attrs.evolve(PLAIN, covers=where.rent))
    assert (settlement.refund, stays_open(settlement)) == (cad("1500"), {"nsf": "25.00"})


def test_without_a_selector_it_may_cover_anything() -> None:
    assert pays(settle(RENT, OLD, NSF)) == {"old": "300.00", "nsf": "25.00", "rent": "720.00"}


def test_a_deposit_smaller_than_what_is_open_leaves_the_rest_open() -> None:
    settlement = settle(RENT, OLD, NSF, holding=Holding("D-1", cad("400"), MAY_16), policy=POLICY)
    assert pays(settlement) == {"nsf": "25.00", "old": "300.00", "rent": "79.03"}
    assert stays_open(settlement) == {"rent": "640.97"}
    assert (settlement.held, settlement.applied, settlement.refund) == (cad("400"), cad("404.03"), cad("0"))
    assert str(settlement) == (
        "deposit D-1               CAD\n"
        "--------------------  -------\n"
        "held                   400.00\n"
        "interest                 4.03\n"
        "less nsf               -25.00\n"
        "less old              -300.00\n"
        "less rent              -79.03\n"
        "refund by 2026-12-16     0.00"
    )


def test_what_was_applied_before_counts_as_settled() -> None:
    """In part: only the rest is open. Undone: all of it is, again."""
    applied = Application("P-1", "rent", cad("700"), NOV_16)
    undone = Application("P-1", "rent", cad("700"), NOV_16, reverses=applied.id)
    assert pays(settle(RENT, OLD, applied=[applied])) == {"old": "300.00", "rent": "20.00"}
    assert pays(settle(RENT, OLD, applied=iter([applied, undone]))) == {"old": "300.00", "rent": "720.00"}


@pytest.mark.parametrize(
    ("by", "paid"),
    [
        (OLDEST_FIRST, {"nsf": "25.00", "old": "300.00", "rent": "75.00"}),
        (NEWEST_FIRST, {"rent": "400.00"}),
        (RENT_FIRST, {"old": "300.00", "rent": "100.00"}),
        (EVENLY, {"nsf": "25.00", "old": "187.50", "rent": "187.50"}),
    ],
    ids=["oldest first", "newest first", "rent first", "evenly"],
)
def test_an_order_says_what_it_pays_first(by: Order, paid: dict[str, str]) -> None:
    settlement = settle(RENT, OLD, NSF, holding=Holding("D-1", cad("400"), MAY_16), by=by)
    assert list(pays(settlement).items()) == list(paid.items())
    assert settlement.allocation.by == by


def test_the_oldest_debt_comes_first_unless_said() -> None:
    assert settle(RENT, OLD).allocation.by == OLDEST_FIRST


def test_an_order_of_a_user_may_keep_money_back() -> None:
    """What no charge takes is refunded."""

    def half(incoming: Incoming, items: Sequence[OpenItem]) -> Mapping[str, int]:
        return {item.id: item.offered_minor // 2 for item in items}

    settlement = settle(RENT, OLD, by=half)
    assert (pays(settlement), settlement.refund) == ({"old": "150.00", "rent": "360.00"}, cad("990"))


def test_interest_that_was_added_before_is_held_and_earned_once() -> None:
    """R46, R47: 8.88 up to 1 September and 6.25 since. Each is rounded, so a cent more than at once."""
    early = deposit_interest(HELD, SEP_1, POLICY).amount
    added = attrs.evolve(HELD, entries=[HoldingEntry(HoldingKind.INTEREST, early, SEP_1)])
    settlement = settle(RENT, holding=added, policy=POLICY)
    assert (early, settlement.held, settlement.interest.amount) == (cad("8.88"), cad("1508.88"), cad("6.25"))
    assert settlement.interest.segments[0].period.start == SEP_1
    assert settlement.refund == cad("795.13")


def test_interest_that_was_paid_out_is_not_paid_again() -> None:
    settlement = settle(RENT, policy=POLICY, interest_since=SEP_1)
    assert (settlement.held, settlement.interest.amount) == (cad("1500"), cad("6.25"))
    assert settlement.refund == cad("786.25")


def test_a_policy_without_rates_pays_no_interest() -> None:
    settlement = settle(RENT)
    assert (settlement.interest.amount, settlement.interest.segments) == (cad("0"), ())
    assert settlement.payment.amount == settlement.held == cad("1500")
    assert str(settlement).splitlines()[3] == "interest                 0.00"


def test_top_ups_and_releases_up_to_the_last_day_are_counted() -> None:
    entries = [
        HoldingEntry(HoldingKind.TOP_UP, cad("100"), SEP_1),
        HoldingEntry(HoldingKind.RELEASED, cad("600"), NOV_16),
        HoldingEntry(HoldingKind.RELEASED, cad("1"), date(2026, 11, 17)),
    ]
    settlement = settle(RENT, holding=attrs.evolve(HELD, entries=entries))
    assert (settlement.held, settlement.refund) == (cad("1000"), cad("280"))


def test_on_the_day_on_which_it_was_paid_it_goes_back_without_interest() -> None:
    settlement = settle(policy=POLICY, move_out=MAY_16)
    assert (settlement.interest.amount, settlement.refund) == (cad("0"), cad("1500"))


OURS, ANNS, BOBS = owed("ours", "10"), owed("ann's", "20", payer="ann"), owed("bob's", "40", payer="bob")


@pytest.mark.parametrize(
    ("payer", "paid"),
    [
        ("ann", {"ann's": "20.00", "ours": "10.00"}),
        ("bob", {"bob's": "40.00", "ours": "10.00"}),
        ("carl", {"ours": "10.00"}),
        (None, {"ours": "10.00"}),
    ],
)
def test_a_deposit_pays_what_its_payer_owes_and_what_is_nobodys(payer: str | None, paid: dict[str, str]) -> None:
    """R6: the agency's rent is not the tenant's to pay."""
    settlement = settle(OURS, ANNS, BOBS, holding=attrs.evolve(HELD, payer=payer))
    assert pays(settlement) == paid
    assert settlement.payment.payer == payer
    assert settlement.allocation.total_open == cad("70") - settlement.applied


def test_an_order_for_any_payer_crosses_payers_and_not_what_it_may_cover() -> None:
    restricted = attrs.evolve(PLAIN, covers=where.payer("bob") | where.rent)
    nsf = owed("bob's nsf", "5", category=Category.NSF_FEE, payer="ann")
    settlement = settle(OURS, ANNS, BOBS, nsf, policy=restricted, by=any_payer(OLDEST_FIRST))
    assert pays(settlement) == {"ann's": "20.00", "bob's": "40.00", "ours": "10.00"}
    assert stays_open(settlement) == {"bob's nsf": "5.00"}


@pytest.mark.parametrize(
    ("disputed", "paid"),
    [
        (True, {"old": "300.00"}),
        (Dispute(cad("700")), {"old": "300.00", "rent": "20.00"}),
        (Dispute(since=date(2026, 11, 17)), {"old": "300.00", "rent": "720.00"}),
        (Dispute(until=NOV_16), {"old": "300.00", "rent": "720.00"}),
        (Dispute(since=NOV_16), {"old": "300.00"}),
    ],
    ids=["all of it", "a part", "not yet", "no longer", "since that day"],
)
def test_what_is_disputed_on_the_day_is_not_paid_but_refunded(disputed: bool | Dispute, paid: dict[str, str]) -> None:
    """R8: a disputed charge is not paid behind the payer's back."""
    settlement = settle(attrs.evolve(RENT, disputed=disputed), OLD)
    assert pays(settlement) == paid
    assert settlement.refund == cad("1500") - sum(map(cad, paid.values()), cad("0"))


def test_a_tax_is_covered_with_what_it_taxes() -> None:
    """R3: rent and its tax are one item, and the tax on a fee is no rent."""
    fee = owed("fee", "50", category=Category.FEE)
    taxes = [owed(f"tax on {about}", "10", category=Category.TAX, about=about) for about in ("rent", "fee")]
    settlement = settle(RENT, fee, *taxes, policy=attrs.evolve(PLAIN, covers=where.rent))
    assert pays(settlement) == {"rent": "720.00", "tax on rent": "10.00"}


def test_selectors_are_asked_on_the_day_of_moving_out() -> None:
    late = owed("late", "5", date(2026, 11, 17))
    settlement = settle(RENT, OLD, late, policy=attrs.evolve(PLAIN, covers=where.is_due))
    assert pays(settlement) == {"old": "300.00", "rent": "720.00"}


@pytest.mark.parametrize(
    ("move_out", "window", "by"),
    [
        (NOV_16, 30, date(2026, 12, 16)),
        (NOV_16, 0, NOV_16),
        (date(2026, 12, 15), 30, date(2027, 1, 14)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
        (date(2028, 2, 15), 21, date(2028, 3, 7)),
        (date(2027, 2, 15), 21, date(2027, 3, 8)),
        (date(9999, 12, 1), 30, date.max),
    ],
)
def test_the_refund_is_due_so_many_days_after_the_move_out(move_out: date, window: int, by: date) -> None:
    settlement = settle(move_out=move_out, policy=DepositPolicy(refund_window_days=window))
    assert settlement.refund_by == by
    assert f"refund by {by}" in str(settlement)


def test_the_payment_placed_again_pays_the_same() -> None:
    """It is added to the account: any allocation of it comes to what was settled, and applied lines pay it off."""
    settlement = settle(RENT, OLD, policy=POLICY)
    again = allocate(settlement.payment, [RENT, OLD], by=OLDEST_FIRST)
    assert again == settlement.allocation
    stored = allocate(settlement.payment, [RENT, OLD], by=OLDEST_FIRST, applied=settlement.allocation.lines)
    assert (stored.lines, stored.total_unapplied, stored.total_open) == ((), settlement.refund, cad("0"))


def test_the_payment_says_what_it_is() -> None:
    holding = attrs.evolve(HELD, payer="ann")
    settlement = settle(holding=holding, policy=attrs.evolve(POLICY, covers=where.rent))
    assert settlement.payment == Payment(
        "D-1/released@2026-11-16",
        cad("1515.12"),
        received=NOV_16,
        method="deposit",
        payer="ann",
        restriction=where.rent,
    )
    assert settlement.allocation.money == (settlement.payment,)


def test_interest_is_that_of_the_holding_up_to_the_move_out() -> None:
    assert settle(policy=POLICY).interest == deposit_interest(HELD, NOV_16, POLICY)


def test_charges_may_come_in_any_iterable() -> None:
    assert settle_deposit(HELD, iter([RENT, OLD]), move_out=NOV_16, policy=PLAIN) == settle(OLD, RENT)


def test_settlements_are_values() -> None:
    settlement = settle(RENT, NSF, policy=attrs.evolve(POLICY, covers=where.rent))
    assert pickle.loads(pickle.dumps(settlement)) == settlement
    assert settlement != settle(RENT, policy=attrs.evolve(POLICY, covers=where.rent))


def test_why_a_charge_stays_open_is_explained() -> None:
    settlement = settle(RENT, NSF, policy=attrs.evolve(PLAIN, covers=where.rent))
    (untouched,) = settlement.allocation.explanation.untouched
    assert untouched.charge == "nsf"
    assert "restricted to where.rent" in untouched.reason


def test_a_deposit_settled_again_shows_what_it_paid_before() -> None:
    first = settle(RENT, policy=POLICY)
    again = settle(RENT, OLD, policy=POLICY, applied=first.allocation.lines)
    assert (pays(again), again.applied, again.refund) == ({"old": "300.00"}, cad("1020"), cad("495.12"))
    undone = Application(first.payment.id, "rent", cad("720"), NOV_16, reverses=first.allocation.lines[0].id)
    assert str(settle(OLD, policy=POLICY, applied=[*first.allocation.lines, undone])) == (
        "deposit D-1               CAD\n"
        "--------------------  -------\n"
        "held                  1500.00\n"
        "interest                15.12\n"
        "less rent             -720.00\n"
        "back from rent         720.00\n"
        "less old              -300.00\n"
        "refund by 2026-12-16  1215.12"
    )
