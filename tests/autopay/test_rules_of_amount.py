"""The amount rules and what they are composed of: rules R9, R11, R14 to R16, by golden numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

from arledger import (
    OLDEST_FIRST,
    AutopayPolicy,
    Category,
    Charge,
    Designation,
    Dispute,
    Includes,
    ItemClass,
    Ledger,
    Money,
    PendingIncrease,
    Percent,
    Share,
    draft_pulls,
    include,
    pull,
    replay,
    where,
)
from arledger.autopay.wanted import AmountRule
from autopay_facts import (
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
    run_of,
)

DEPOSIT = charge("D-1", 500, Category.DEPOSIT)
PARKING = charge("F-06", 50, Category.FEATURE, code="PARK")
INCREASE = PendingIncrease("AGI-7", cad(30), effective=JUNE)
LOWER = "over the agreed maximum of 900.00 CAD"
TENTH = pull.percent_of_balance(Percent(10))
EVERYTHING = include.OTHER_FEES | include.DEPOSITS
ACCOUNT = [rent(5, 300), rent(6), PARKING, DEPOSIT, charge("ADJ", 40, Category.ADJUSTMENT), late_fee()]
"""Arrears of 300, 1000 and 50 of June, and 590 of what is not regular."""


def pulled(rule: AmountRule, *entries: Any, includes: Includes = include.NOTHING, part: Any = 1, **more: Any) -> str:
    """What one agreement pulls of an account, where its policy includes so much."""
    given = entries or ACCOUNT
    policy = AutopayPolicy(includes=includes, **more)
    one = agreement("A", rule, part, stored=500)
    (amount,) = amounts(drafted(one, *given, policy=policy, increases=[INCREASE]))
    return amount


@pytest.mark.parametrize(
    ("includes", "amount"),
    [
        (include.NOTHING, "1050.00"),
        (include.DEPOSITS, "1550.00"),
        (include.LEASE_ADJUSTMENTS, "1090.00"),
        (include.NEW_CHARGES, "1100.00"),
        (include.PENDING_INCREASES, "1080.00"),
        (include.NEGATIVE_CHARGES, "1050.00"),
        (include.classes(ItemClass.ARREARS), "1350.00"),
        (include.classes(ItemClass.CURRENT), "1050.00"),
        (include.OTHER_FEES, "1470.00"),
        (EVERYTHING, "1970.00"),
    ],
    ids=str,
)
def test_keep_percent_takes_what_is_current_and_what_is_included(includes: Includes, amount: str) -> None:
    """R11, R12: the share of every current charge, and of each class ticked, nothing counted twice."""
    assert pulled(pull.KEEP_PERCENT, includes=includes) == amount


@pytest.mark.parametrize(
    ("includes", "amount"),
    [
        (include.NOTHING, "500.00"),
        (include.DEPOSITS, "1000.00"),
        (include.NEW_CHARGES, "600.00"),
        (include.PENDING_INCREASES, "530.00"),
        (include.OTHER_FEES, "1470.00"),
        (EVERYTHING, "1970.00"),
    ],
    ids=str,
)
def test_keep_unchanged_takes_the_stored_amount_and_what_is_included(includes: Includes, amount: str) -> None:
    """R11, R12: parking is new here, since it was added later; with other fees nothing is a ceiling."""
    assert pulled(pull.KEEP_UNCHANGED, rent(1), paid("P", 1000), *ACCOUNT, includes=includes) == amount


@pytest.mark.parametrize("includes", [include.NOTHING, EVERYTHING], ids=str)
def test_the_other_rules_ask_no_policy_what_to_include(includes: Includes) -> None:
    """R11: the whole balance, a part of it, what recurs, and a fixed amount."""
    assert pulled(pull.FULL_BALANCE, includes=includes) == "1940.00"
    assert pulled(pull.percent_of_balance(Percent(50)), includes=includes) == "970.00"
    assert pulled(pull.percent_of_balance(Percent(0)), includes=includes) == "0.00"
    assert pulled(pull.RECURRING_ONLY, includes=includes) == "1350.00"
    assert pulled(pull.FIXED, includes=includes) == "500.00"


@pytest.mark.parametrize(
    ("rule", "amount"),
    [
        (pull.KEEP_PERCENT, "630.00"),
        (pull.KEEP_UNCHANGED, "500.00"),
        (pull.FULL_BALANCE, "1164.00"),
        (pull.percent_of_balance(Percent(50)), "582.00"),
        (pull.RECURRING_ONLY, "810.00"),
        (pull.FIXED, "500.00"),
    ],
    ids=str,
)
def test_each_rule_at_a_share_of_sixty_percent(rule: AmountRule, amount: str) -> None:
    """R9: a fixed amount has no share, and a stored one is no part of anything."""
    assert pulled(rule, part=Percent(60)) == amount


def test_keep_unchanged_fills_its_items_in_the_order_of_a_draft() -> None:
    """R19: arrears first, then what is current; what is above the stored amount is held, from the last up."""
    one = agreement("A", pull.KEEP_UNCHANGED, 1, stored=1100)
    drafts = drafted(one, rent(5, 300), rent(6), rent(1), paid("P", 1000))
    assert parts(drafts) == {"A": [("R-05", "300.00"), ("R-06", "800.00")]}
    assert held(drafts) == [("R-06", "200.00", "more than the stored amount")]


def test_a_feature_added_later_by_both_modes() -> None:
    """R10: keep percent takes the parking; keep unchanged holds it, unless new charges are included."""
    entries = [rent(1), paid("P", 1000), rent(6), PARKING]
    assert parts(drafted(agreement("A"), *entries)) == {"A": [("F-06", "50.00"), ("R-06", "1000.00")]}
    kept = agreement("A", pull.KEEP_UNCHANGED, stored=1050)
    drafts = drafted(kept, *entries)
    assert parts(drafts) == {"A": [("R-06", "1000.00")]}
    assert held(drafts) == [("F-06", "50.00", "new charges are not included")]
    included = drafted(kept, *entries, policy=AutopayPolicy(includes=include.NEW_CHARGES))
    assert parts(included) == {"A": [("R-06", "1000.00"), ("F-06", "50.00")]}


def test_what_is_paid_of_the_current_charges_lowers_keep_percent_once() -> None:
    """R15: 400 paid by nobody in particular leave 600; both shrink in proportion."""
    assert amounts(drafted(of_two(), rent(6), paid("P", 400))) == ["360.00", "240.00"]


@pytest.mark.parametrize(
    ("by_hand", "pulls"),
    [(100, ["500.00", "400.00"]), (600, ["0.00", "400.00"]), (700, ["0.00", "300.00"]), (1000, ["0.00", "0.00"])],
)
def test_what_a_payer_paid_by_hand_lowers_that_payer_first(by_hand: int, pulls: list[str]) -> None:
    """R15: by at most what is over; what A paid beyond its share lowers the others after all."""
    assert amounts(drafted(of_two(), rent(6), paid("P", by_hand, "A"))) == pulls


def test_what_both_paid_by_hand() -> None:
    """R15: 150 of A and 250 of B come off each; of a share in less than all, only what is over."""
    assert amounts(drafted(of_two(), rent(6), paid("P", 150, "A"), paid("Q", 250, "B"))) == ["450.00", "150.00"]
    thirds = [agreement(payer, part=Fraction(1, 3)) for payer in "AB"]
    assert amounts(drafted(thirds, rent(6), paid("P", 400, "A"))) == ["266.67", "333.33"]


def test_shares_by_charge_with_a_payment_by_hand() -> None:
    """R9, R15: parking is all A's, the rent 60/40; what A paid of the rent comes off the rent, not the parking."""
    both = [
        agreement("A", part=[Share(1, of=where.code("PARK")), Share(Percent(60))]),
        agreement("B", part=[Share(0, of=where.code("PARK")), Share(Percent(40))]),
    ]
    drafts = drafted(both, rent(6), PARKING)
    assert parts(drafts) == {"A": [("F-06", "50.00"), ("R-06", "600.00")], "B": [("R-06", "400.00")]}
    by_hand = paid("P", 100, "A", designations=[Designation("R-06")])
    assert parts(drafted(both, rent(6), PARKING, by_hand)) == {
        "A": [("F-06", "50.00"), ("R-06", "500.00")],
        "B": [("R-06", "400.00")],
    }
    for_parking = paid("P", 50, "A", designations=[Designation("F-06")])
    assert parts(drafted(both, rent(6), PARKING, for_parking)) == {
        "A": [("R-06", "600.00")],
        "B": [("R-06", "400.00")],
    }
    bs = paid("P", 50, "B", designations=[Designation("F-06")])
    assert amounts(drafted(both, rent(6), PARKING, bs)) == ["600.00", "400.00"]


def test_the_first_share_that_fits_counts_and_what_none_fits_is_not_paid() -> None:
    """R9: by charge."""
    one = agreement("A", pull.FULL_BALANCE, [Share(Fraction(1, 2), of=where.rent), Share(1, of=where.code("PARK"))])
    drafts = drafted(one, rent(6), PARKING, DEPOSIT)
    assert parts(drafts) == {"A": [("F-06", "50.00"), ("R-06", "500.00")]}
    assert held(drafts) == [
        ("R-06", "500.00", "no agreement has a share of the rest of it"),
        ("D-1", "500.00", "no agreement has a share of it"),
    ]


def test_a_named_payers_charge_is_taken_by_the_share_of_its_payer() -> None:
    """R10: B's locker is nobody else's; 40% of it is B's share, and the rest is left."""
    locker = charge("F-06", 50, Category.FEATURE, payer="B")
    drafts = drafted(of_two(), rent(6), locker)
    assert parts(drafts) == {"A": [("R-06", "600.00")], "B": [("F-06", "20.00"), ("R-06", "400.00")]}
    assert held(drafts) == [("F-06", "30.00", "owed by B")]


def test_a_partial_dispute_leaves_the_rest() -> None:
    """R10, R11: 400 of 1000 disputed; 600 are shared, by both modes.

    Once A has paid 100, A's part of the 600 is lowered by it (R15), and B's is not.
    """
    given = rent(6, disputed=Dispute(cad(400)))
    for rule in (pull.KEEP_PERCENT, pull.KEEP_UNCHANGED):
        drafts = drafted(of_two(rule, stored=1000), given)
        assert amounts(drafts) == ["360.00", "240.00"]
        assert held(drafts) == [("R-06", "400.00", "disputed")]
    by_hand = drafted(of_two(), given, paid("P", 100, "A"))
    assert amounts(by_hand) == ["260.00", "240.00"]


def test_fixed_beside_keep_percent() -> None:
    """R9, R15: a fixed amount is lowered by nothing, and lowers nobody."""
    both = [agreement("A", pull.FIXED, stored=700), agreement("B", part=Percent(60))]
    drafts = drafted(both, rent(6))
    assert amounts(drafts) == ["700.00", "600.00"]
    assert parts(drafts) == {"A": [], "B": [("R-06", "600.00")]}
    assert held(drafts) == [("R-06", "400.00", "fixed amount is for no charge in particular")]
    whole = drafted([agreement("A", pull.FIXED, stored=700), agreement("B")], rent(6), paid("P", 50, "A"))
    assert amounts(whole) == ["700.00", "950.00"]


def test_fixed_with_a_share_says_what_it_leaves_of_it() -> None:
    """R19: absent shares of a fixed amount are everything, so that all is left by it."""
    drafts = drafted(agreement("A", pull.FIXED, stored=700), rent(6))
    assert held(drafts) == [("R-06", "1000.00", "fixed amount is for no charge in particular")]


@pytest.mark.parametrize(
    ("rule", "amount", "why"),
    [
        (pull.capped(pull.FULL_BALANCE, cad(1000)), "1000.00", "over the agreed maximum of 1000.00 CAD"),
        (
            pull.capped(pull.capped(pull.FULL_BALANCE, cad(900)), cad(1000)),
            "900.00",
            "over the agreed maximum of 900.00 CAD",
        ),
        (
            pull.capped(pull.capped(pull.FULL_BALANCE, cad(1000)), cad(900)),
            "900.00",
            "over the agreed maximum of 900.00 CAD",
        ),
        (pull.skipped_over(pull.FULL_BALANCE, cad(1000)), "0.00", "over 1000.00 CAD"),
        (pull.skipped_over(pull.skipped_over(pull.FULL_BALANCE, cad(1940)), cad(1000)), "0.00", "over 1000.00 CAD"),
        (pull.skipped_over(pull.skipped_over(pull.FULL_BALANCE, cad(1000)), cad(1940)), "0.00", "over 1000.00 CAD"),
        (pull.skipped_over(pull.capped(pull.FULL_BALANCE, cad(500)), cad(1939)), "0.00", "over 1939.00 CAD"),
    ],
    ids=str,
)
def test_a_rule_with_a_maximum(rule: AmountRule, amount: str, why: str) -> None:
    """R11, R16: of two maxima the lower; above it that is pulled, or nothing; the last item shows why."""
    drafts = drafted(agreement("A", rule), *ACCOUNT)
    assert amounts(drafts) == [amount]
    assert drafts.held[-1].reason == why


def test_what_is_not_above_the_maximum_is_pulled_whole() -> None:
    """R16: to the cent."""
    for rule in (pull.capped(pull.FULL_BALANCE, cad(1940)), pull.skipped_over(pull.FULL_BALANCE, cad(1940))):
        drafts = drafted(agreement("A", rule), *ACCOUNT)
        assert (amounts(drafts), held(drafts)) == (["1940.00"], [])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (pull.at_least(TENTH, cad(250)), [("R-05", "150.00"), ("R-06", "100.00")]),
        (pull.at_least(TENTH, cad(130)), [("R-05", "30.00"), ("R-06", "100.00")]),
        (pull.at_least(TENTH, cad(131)), [("R-05", "31.00"), ("R-06", "100.00")]),
        (pull.at_least(TENTH, cad(420)), [("R-05", "300.00"), ("R-06", "120.00")]),
        (pull.at_least(TENTH, cad(9000)), [("R-05", "300.00"), ("R-06", "1000.00")]),
        (pull.at_least(pull.KEEP_PERCENT, cad(1200)), [("R-06", "1000.00")]),
        (pull.capped(pull.at_least(TENTH, cad(250)), cad(200)), [("R-05", "150.00"), ("R-06", "50.00")]),
    ],
    ids=str,
)
def test_a_minimum_is_raised_from_the_first_item_on(rule: AmountRule, expected: list[tuple[str, str]]) -> None:
    """R11: as far as the share of what the rule takes allows; 10% of 300 and of 1000 are 30 and 100."""
    assert parts(drafted(agreement("A", rule), rent(5, 300), rent(6)))["A"] == expected


def test_a_minimum_of_a_share() -> None:
    """R11: no more than the share: half of 1000, raised to at most 500."""
    rule = pull.at_least(TENTH, cad(600))
    assert amounts(drafted(agreement("A", rule, Fraction(1, 2)), rent(6))) == ["500.00"]
    less = pull.at_least(TENTH, cad(200))
    assert amounts(drafted(agreement("A", less, Fraction(1, 2)), rent(6))) == ["200.00"]


def test_a_minimum_of_what_was_paid_in_part_raises_nothing_above_what_is_payable() -> None:
    """R11: keep percent asks for 1000, of which 700 are paid; the minimum is of what is asked for."""
    rule = pull.at_least(pull.KEEP_PERCENT, cad(1200))
    assert amounts(drafted(agreement("A", rule), rent(6), paid("P", 700))) == ["300.00"]


@pytest.mark.parametrize(("minimum", "amount"), [(300, "500.00"), (500, "500.00"), (800, "800.00")])
def test_a_minimum_of_a_fixed_amount_is_the_least_in_any_case(minimum: int, amount: str) -> None:
    """R9, R11: no balance lowers it."""
    rule = pull.at_least(pull.FIXED, cad(minimum))
    assert amounts(drafted(agreement("A", rule, stored=500), rent(6, 100))) == [amount]


@pytest.mark.parametrize(("most", "amount"), [(400, "400.00"), (500, "500.00")])
def test_a_maximum_of_a_fixed_amount(most: int, amount: str) -> None:
    """R16."""
    drafts = drafted(agreement("A", pull.capped(pull.FIXED, cad(most)), stored=500), rent(6))
    assert amounts(drafts) == [amount]


def test_compositions_keep_what_is_known_of_their_rule() -> None:
    """A minimum of keep percent still lowers by what its payer paid; one of keep unchanged still has its share."""
    rule = pull.capped(pull.at_least(pull.skipped_over(pull.KEEP_PERCENT, cad(9000)), cad(1)), cad(9000))
    assert amounts(drafted(of_two(rule, first=50), rent(6), paid("P", 500, "A"))) == ["0.00", "500.00"]
    kept = pull.capped(pull.KEEP_UNCHANGED, cad(9000))
    both = [agreement(payer, kept, stored=stored) for payer, stored in (("A", 750), ("B", 250))]
    assert amounts(drafted(both, rent(6, 800))) == ["600.00", "200.00"]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (pull.KEEP_PERCENT, "keep percent"),
        (pull.KEEP_UNCHANGED, "keep unchanged"),
        (pull.FIXED, "fixed amount"),
        (pull.FULL_BALANCE, "full balance"),
        (pull.percent_of_balance(Percent("33.3")), "33.3% of the balance"),
        (pull.percent_of_balance(Percent(100)), "full balance"),
        (pull.RECURRING_ONLY, "recurring charges only"),
        (pull.capped(pull.FULL_BALANCE, cad(1)), "full balance, up to 1.00 CAD"),
        (pull.skipped_over(pull.FULL_BALANCE, cad(1)), "full balance, nothing above 1.00 CAD"),
        (pull.at_least(pull.KEEP_PERCENT, cad(1)), "keep percent, at least 1.00 CAD"),
    ],
)
def test_rules_in_words(rule: AmountRule, text: str) -> None:
    assert str(rule) == text


def test_rules_are_values() -> None:
    assert pull.capped(pull.FIXED, cad(5)) == pull.capped(pull.FIXED, cad(5)) != pull.capped(pull.FIXED, cad(6))
    assert pull.percent_of_balance(Percent(100)) == pull.FULL_BALANCE
    assert len({pull.KEEP_PERCENT, pull.KEEP_UNCHANGED, pull.FIXED, pull.RECURRING_ONLY, pull.FULL_BALANCE}) == 5


@pytest.mark.parametrize(
    ("currency", "amount", "expected"),
    [("JPY", "100000", ["33334", "33333", "33333"]), ("KWD", "1.000", ["0.334", "0.333", "0.333"])],
)
def test_thirds_of_other_currencies(currency: str, amount: str, expected: list[str]) -> None:
    """R14: in whole units of the currency, of none or of three decimals."""
    due = Charge("R-06", Money(amount, currency), due=JUNE, category=Category.RENT)
    position = replay(Ledger(currency, [due]), by=OLDEST_FIRST, as_of=JUNE)
    thirds = [agreement(payer, part=Fraction(1, 3)) for payer in "ABC"]
    drafts = draft_pulls(thirds, position, run_of())
    assert [str(draft.amount.amount) for draft in drafts.drafts] == expected
    assert drafts.total == Money(amount, currency)
    assert [payment.amount.currency for payment in drafts.payments] == [currency] * 3


def test_a_minimum_and_what_a_stored_amount_cuts() -> None:
    """R16, R19: what is raised to its whole share is no longer cut; what is raised in part is. By a cent, too."""
    both = [rent(5, 400), rent(6, 400)]
    kept = agreement("A", pull.at_least(pull.KEEP_UNCHANGED, cad(700)), Percent(100), stored=300)
    found = drafted(kept, *both)
    assert parts(found) == {"A": [("R-05", "400.00"), ("R-06", "300.00")]}
    assert held(found) == [("R-06", "100.00", "more than the stored amount")]
    cent_more = agreement("A", pull.at_least(pull.KEEP_UNCHANGED, cad("300.01")), stored=300)
    assert amounts(drafted(cent_more, *both)) == ["300.01"]
    assert amounts(drafted(attrs.evolve(kept, rule=pull.at_least(pull.KEEP_UNCHANGED, cad(900))), *both)) == ["800.00"]


def test_a_limit_is_a_reason_for_what_it_cut_and_for_nothing_else() -> None:
    """R19: it cuts June, and not May."""
    half = agreement("A", pull.percent_of_balance(Percent(50)))
    asks = "50% of the balance asks for less"
    limited = drafted(half, rent(5, 400), rent(6, 400), policy=AutopayPolicy(limit=cad(300)))
    assert held(limited) == [("R-05", "200.00", asks), ("R-06", "300.00", f"{asks}; over the limit of 300.00 CAD")]


def test_a_pull_of_a_cent_is_less_than_the_least() -> None:
    """R16."""
    policy = AutopayPolicy(least=cad("0.02"))
    assert amounts(drafted(agreement("A"), rent(6, "0.01"), policy=policy)) == ["0.00"]
    assert amounts(drafted(agreement("A"), rent(6, "0.02"), policy=policy)) == ["0.02"]
