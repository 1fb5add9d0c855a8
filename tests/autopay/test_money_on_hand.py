"""Credits, unapplied payments and money at the bank lower what is pulled. Rules R12 and R15, by golden numbers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from arledger import (
    Agreement,
    AutopayPolicy,
    Category,
    Credit,
    CreditKind,
    Designation,
    Drafts,
    Includes,
    PaymentState,
    PaymentStep,
    PendingIncrease,
    Percent,
    Refund,
    Share,
    include,
    pull,
    where,
)
from autopay_facts import (
    AGREED,
    JUNE,
    agreement,
    amounts,
    cad,
    charge,
    drafted,
    held,
    late_fee,
    of_two,
    paid,
    parts,
    rent,
)

MAY_20 = date(2026, 5, 20)
NETS_ALL = AutopayPolicy(includes=include.NEGATIVE_CHARGES)
NETS_ADJUSTMENTS = AutopayPolicy(includes=include.LEASE_ADJUSTMENTS)
UNSWEPT: dict[str, Any] = {"sweep_payments": False, "sweep_credits": False}
"""Money that came before its charges stays where it is."""


def credit(amount: int | str, category: Category | None = None, **more: Any) -> Credit:
    """A credit of May, which is applied to nothing."""
    if category is not None:
        more["category"] = category
    return Credit("K-1", cad(amount), granted=MAY_20, kind=CreditKind.CONCESSION, **more)


def pulled(*entries: Any, policy: AutopayPolicy | None = None, **more: Any) -> list[str]:
    """What A and B pull at 60/40, money left where it is."""
    return amounts(drafted(of_two(), *entries, policy=policy, **UNSWEPT, **more))


@pytest.mark.parametrize(
    ("includes", "plain", "adjustment"),
    [
        (include.NOTHING, ["600.00", "400.00"], ["600.00", "400.00"]),
        (include.LEASE_ADJUSTMENTS, ["600.00", "400.00"], ["540.00", "360.00"]),
        (include.NEGATIVE_CHARGES, ["540.00", "360.00"], ["540.00", "360.00"]),
        (Includes(nets_credits=True), ["540.00", "360.00"], ["600.00", "400.00"]),
        (include.OTHER_FEES, ["600.00", "400.00"], ["540.00", "360.00"]),
        (include.DEPOSITS, ["600.00", "400.00"], ["600.00", "400.00"]),
    ],
    ids=str,
)
def test_unapplied_credits_lower_by_share_as_far_as_they_are_included(
    includes: Includes, plain: list[str], adjustment: list[str]
) -> None:
    """R12: adjustments with the box of adjustments, all others with that of negative charges."""
    policy = AutopayPolicy(includes=includes)
    assert pulled(rent(6), credit(100), policy=policy) == plain
    assert pulled(rent(6), credit(100, Category.ADJUSTMENT), policy=policy) == adjustment


def test_a_payers_own_credit_lowers_that_payer_in_full() -> None:
    """R12: of nobody's by share; of a payer without an agreement, nobody."""
    assert pulled(rent(6), credit(100, payer="B"), policy=NETS_ALL) == ["600.00", "300.00"]
    assert pulled(rent(6), credit(100, payer="C"), policy=NETS_ALL) == ["600.00", "400.00"]


def test_a_credit_is_lowered_by_the_share_of_what_is_pulled() -> None:
    """R12: the parking is all A's: of 1250 A pays 850 and B 400, so of a credit of 125 they lose 85 and 40."""
    both = [
        agreement("A", part=[Share(1, of=where.code("PARK")), Share(Percent(60))]),
        agreement("B", part=[Share(0, of=where.code("PARK")), Share(Percent(40))]),
    ]
    parking = charge("F-06", 250, Category.FEATURE, code="PARK")
    drafts = drafted(both, rent(6), parking, credit(125), policy=NETS_ALL, **UNSWEPT)
    assert amounts(drafts) == ["765.00", "360.00"]


def test_a_credit_is_used_once_where_payers_pay_other_charges() -> None:
    """R12: A the parking, B the rent: of 100 they lose 20 and 80, and not 100 each."""
    both = [
        agreement("A", part=[Share(1, of=where.code("PARK"))]),
        agreement("B", part=[Share(1, of=where.rent)]),
    ]
    entries = [rent(6), charge("F-06", 250, Category.FEATURE, code="PARK"), credit(100)]
    assert amounts(drafted(both, *entries, policy=NETS_ALL, **UNSWEPT)) == ["230.00", "920.00"]


def test_a_payers_own_credit_is_used_once_by_two_agreements() -> None:
    """R12: first by the one whose id is first; what is left of it by the other."""
    both = [
        agreement("A", part=[Share(1, of=where.code("PARK"))]),
        Agreement("AP-B", pull.KEEP_PERCENT, agreed=AGREED, payer="A", shares=[Share(1, of=where.rent)]),
    ]
    entries = [rent(6), charge("F-06", 50, Category.FEATURE, code="PARK"), credit(80, payer="A")]
    assert amounts(drafted(both, *entries, policy=NETS_ALL, **UNSWEPT)) == ["0.00", "970.00"]


def test_a_credit_beside_rules_that_ask_for_other_items() -> None:
    """R12: A pays 60% of the rent, B 40% of that and of a deposit; of a credit each loses its share."""
    both = [agreement("A", part=Percent(60)), agreement("B", pull.FULL_BALANCE, Percent(40))]
    entries = [rent(6), charge("D-1", 500, Category.DEPOSIT), credit(150)]
    assert amounts(drafted(both, *entries, policy=NETS_ALL, **UNSWEPT)) == ["510.00", "540.00"]


def test_a_credit_of_which_only_a_part_has_payers() -> None:
    """R12: a third of it lowers who pays a third."""
    drafts = drafted(agreement("A", part=Fraction(1, 3)), rent(6, 900), credit(90), policy=NETS_ALL, **UNSWEPT)
    assert amounts(drafts) == ["270.00"]


def test_a_credit_above_what_is_pulled_leaves_nothing_to_pull() -> None:
    """R12: and is not carried to another payer."""
    drafts = drafted(of_two(), rent(6), credit(700, payer="A"), policy=NETS_ALL, **UNSWEPT)
    assert amounts(drafts) == ["0.00", "400.00"]
    assert drafts.drafts[0].reason == "unapplied credit K-1"
    assert held(drafts) == [("R-06", "600.00", "unapplied credit K-1")]


def test_credits_lower_from_the_last_item_up() -> None:
    """R12, R19: first the deposit, then the rent."""
    deposit = charge("D-1", 80, Category.DEPOSIT)
    policy = AutopayPolicy(includes=include.DEPOSITS | include.NEGATIVE_CHARGES)
    drafts = drafted(agreement("A"), rent(6), deposit, credit(100), policy=policy, **UNSWEPT)
    assert parts(drafts) == {"A": [("R-06", "980.00")]}
    assert held(drafts) == [("R-06", "20.00", "unapplied credit K-1"), ("D-1", "80.00", "unapplied credit K-1")]


def test_what_a_credit_settles_lowers_nothing_twice() -> None:
    """R12: one that is applied has lowered what is payable."""
    assert amounts(drafted(of_two(), rent(6), credit(100), policy=NETS_ALL)) == ["540.00", "360.00"]
    assert amounts(drafted(of_two(), rent(6), credit(100))) == ["540.00", "360.00"]


def test_a_credit_that_is_bound_to_a_charge_of_its_own_lowers_nothing() -> None:
    """R12: a waiver forgives a named charge, and never another."""
    waiver = Credit("K-1", cad(50), granted=MAY_20, kind=CreditKind.WAIVER, designations=[Designation("L-99")])
    assert pulled(rent(6), waiver, policy=NETS_ALL) == ["600.00", "400.00"]


def test_credits_do_not_touch_a_fixed_amount() -> None:
    """R11: only lifecycle and limits do."""
    drafts = drafted(agreement("A", pull.FIXED, stored=500), rent(6), credit(100), policy=NETS_ALL, **UNSWEPT)
    assert amounts(drafts) == ["500.00"]


def test_a_payers_own_money_lowers_from_the_last_item_up() -> None:
    """R12: whatever the policy includes."""
    entries = [rent(6), charge("X", 50, Category.FEATURE), paid("P", 70, "A", MAY_20)]
    drafts = drafted(agreement("A"), *entries, **UNSWEPT)
    assert parts(drafts) == {"A": [("R-06", "980.00")]}
    assert held(drafts)[-1][1:] == ("50.00", "money on hand of its payer")


def test_more_money_than_is_pulled_lowers_others_by_the_ceiling() -> None:
    """R15: 700 of A leave nothing of A's 600, and 300 of all that is payable."""
    assert pulled(rent(6), paid("P", 700, "A", MAY_20)) == ["0.00", "300.00"]


def test_money_of_nobody_or_of_a_third_party_lowers_all_in_proportion() -> None:
    """R15: the drafts of all are at most what is payable less all that is unapplied."""
    third = drafted(of_two(), rent(6), paid("P", 100, "C", MAY_20), **UNSWEPT)
    assert amounts(third) == ["540.00", "360.00"]
    assert held(third) == [("R-06", "60.00", "money on hand"), ("R-06", "40.00", "money on hand")]
    assert pulled(rent(6), paid("P", 100, None, MAY_20)) == ["540.00", "360.00"]


def test_a_ceiling_that_is_not_reached_lowers_nobody() -> None:
    """R15: 40% has no payer, so that 400 on hand are of that part."""
    one = agreement("A", part=Percent(60))
    assert amounts(drafted(one, rent(6), paid("P", 400, "C", MAY_20), **UNSWEPT)) == ["600.00"]
    assert amounts(drafted(one, rent(6), paid("P", 401, "C", MAY_20), **UNSWEPT)) == ["599.00"]


def test_what_a_paid_by_hand_and_the_money_of_another_together() -> None:
    """R15: 100 of A are applied, and 90 of C are not: first A by 100, then both in proportion to 810."""
    by_hand = paid("P", 100, "A", designations=[Designation("R-06")])
    entries = [rent(6), by_hand, paid("Q", 90, "C", MAY_20)]
    assert pulled(*entries) == ["450.00", "360.00"]
    assert pulled(*entries, charge("X", 30, Category.LATE_FEE)) == ["450.00", "360.00"]


def test_what_a_paid_of_a_charge_that_is_not_pulled_lowers_nothing() -> None:
    """R15: a late fee that A paid by hand is no part of the rent."""
    fee = [late_fee(), paid("P", 50, "A", designations=[Designation("L-05")])]
    assert amounts(drafted(of_two(), rent(6), *fee)) == ["600.00", "400.00"]


def test_what_is_left_of_a_payment_by_hand_lowers_over_the_whole_account() -> None:
    """R15: A paid 300 of the rent, of which nothing is over there; 100 on hand lower A alone, while that lasts."""
    both = [
        agreement("A", part=[Share(Percent(30), of=where.rent), Share(Percent(60))]),
        agreement("B", part=[Share(Percent(30), of=where.rent), Share(Percent(40))]),
    ]
    entries = [rent(6), charge("X", 100, Category.FEATURE), paid("P", 300, "A", designations=[Designation("R-06")])]
    assert amounts(drafted(both, *entries)) == ["360.00", "340.00"]
    on_hand = paid("Q", 150, "C", MAY_20)
    drafts = drafted(both, *entries, on_hand, **UNSWEPT)
    assert amounts(drafts) == ["310.00", "340.00"]
    steps = [(step.what, int(step.change)) for step in drafts.drafts[0].steps]
    assert steps == [("keep percent", 36000), ("paid by its payer before", -5000)]


def test_money_that_is_not_free_lowers_nothing() -> None:
    """R12, R13: restricted, in trust, designated to what is not there yet, or gone again."""
    whole = ["600.00", "400.00"]
    restricted = paid("P", 100, "A", MAY_20, restriction=where.code("PARK"))
    trust = paid("P", 100, "A", MAY_20, fund="trust")
    reserved = paid("P", 100, "A", MAY_20, designations=[Designation("R-12")])
    for given in (restricted, trust, reserved):
        assert pulled(rent(6), given) == whole
    refunded = Refund("F", "P", cad(100), on=date(2026, 5, 25))
    assert pulled(rent(6), paid("P", 100, "A", MAY_20), refunded) == whole


def test_what_is_at_the_bank_is_never_pulled_twice() -> None:
    """R15: applied or not, it is as good as money on hand until it comes back."""
    pending = PaymentStep("P", PaymentState.PENDING, on=MAY_20)
    assert pulled(rent(6), paid("P", 100, "A", MAY_20), pending) == ["500.00", "400.00"]
    applied = PaymentStep("P", PaymentState.PENDING, on=JUNE)
    assert amounts(drafted(of_two(), rent(6), paid("P", 100, "A"), applied)) == ["500.00", "400.00"]
    assert amounts(drafted(of_two(), rent(6), paid("P", 100), applied)) == ["540.00", "360.00"]


def test_money_on_hand_of_two_agreements_of_one_payer_is_used_once() -> None:
    """R12: first by the one whose id is first; what is left of it by the other."""
    parking = charge("F-06", 50, Category.FEATURE, code="PARK")
    first = agreement("A", part=[Share(1, of=where.code("PARK"))])
    second = Agreement("AP-B", pull.KEEP_PERCENT, agreed=AGREED, payer="A", shares=[Share(1, of=where.rent)])
    drafts = drafted([first, second], rent(6), parking, paid("P", 80, "A", MAY_20), **UNSWEPT)
    assert amounts(drafts) == ["0.00", "970.00"]


def test_keep_unchanged_is_lowered_by_the_payers_own_money_too() -> None:
    """R11, R12: the stored 500, less 120."""
    one = agreement("A", pull.KEEP_UNCHANGED, stored=500)
    assert amounts(drafted(one, rent(6), paid("P", 120, "A", MAY_20), **UNSWEPT)) == ["380.00"]


def test_an_increase_is_no_ceiling_for_money_on_hand() -> None:
    """R13, R15: 1030 in all, less 100 of nobody's."""
    increase = PendingIncrease("AGI-7", cad(30), effective=JUNE)
    policy = AutopayPolicy(includes=include.PENDING_INCREASES)
    drafts: Drafts = drafted(
        of_two(), rent(6), paid("P", 100, None, MAY_20), policy=policy, increases=[increase], **UNSWEPT
    )
    assert amounts(drafts) == ["558.00", "372.00"]


def test_all_that_a_payer_has_on_hand_lowers_from_the_last_item_up() -> None:
    """R12, R19: 60 and 40 lower June, and are no reason for May."""
    half = agreement("A", pull.percent_of_balance(Percent(50)))
    early = [paid("P", 60, "A", date(2026, 4, 20)), paid("Q", 40, "A", date(2026, 4, 21))]
    found = drafted(half, rent(5, 400), rent(6, 400), *early, **UNSWEPT)
    assert parts(found) == {"A": [("R-05", "200.00"), ("R-06", "100.00")]}
    asks = "50% of the balance asks for less"
    assert held(found) == [("R-05", "200.00", asks), ("R-06", "300.00", f"{asks}; money on hand of its payer")]


def test_what_a_payer_has_paid_of_several_divisions() -> None:
    """R15: 100 of the rent, which is shared, and 20 of the parking, which is A's."""
    parking = charge("K-06", 50, Category.FEATURE, code="PARK")
    both = [
        agreement("A", part=[Share(1, of=where.code("PARK")), Share(Percent(60))]),
        agreement("B", part=[Share(0, of=where.code("PARK")), Share(Percent(40))]),
    ]
    of_rent = paid("P", 100, "A", designations=[Designation("R-06")])
    of_parking = paid("Q", 20, "A", designations=[Designation("K-06")])
    ana, ben = drafted(both, rent(6), parking, of_rent, of_parking).drafts
    assert [(step.what, step.change) for step in ana.steps] == [
        ("keep percent", Fraction(65000)),
        ("paid by its payer before", Fraction(-12000)),
    ]
    assert (ana.amount, ben.amount) == (cad(530), cad(400))


def test_a_stored_amount_that_a_minimum_lifted_is_no_reason() -> None:
    """R19: stored 600, at least 1000; of 1000 the payer has 250 on hand."""
    lifted = agreement("A", pull.at_least(pull.KEEP_UNCHANGED, cad(1000)), stored=600)
    found = drafted(lifted, rent(6), paid("P", 250, "A", MAY_20), **UNSWEPT)
    assert amounts(found) == ["750.00"]
    assert held(found) == [("R-06", "250.00", "money on hand of its payer")]
