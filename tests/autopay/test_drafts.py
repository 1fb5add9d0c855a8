"""Drafts: parts, what is held back and why, limits, days and payments. Rules R14, R16, R19 and R21."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from arledger import (
    OLDEST_FIRST,
    Agreements,
    AutopayPolicy,
    BusinessDays,
    Category,
    Designation,
    Dispute,
    Draft,
    ItemClass,
    Ledger,
    Part,
    PaymentState,
    PaymentStep,
    PendingIncrease,
    Percent,
    Reversal,
    Share,
    draft_pulls,
    include,
    pull,
    replay,
    where,
)
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
    position_of,
    rent,
    run_of,
)

SUNDAY = date(2026, 11, 1)
PARKING = charge("F-06", 60, Category.FEATURE)
DEPOSIT = charge("D-1", 20, Category.DEPOSIT)


def limited(*entries: Any, by: Any = None, **policy: Any) -> Any:
    """The drafts by keep percent, under a policy."""
    given = entries or (rent(6, 600), PARKING, DEPOSIT)
    return drafted(agreement("A") if by is None else by, *given, policy=AutopayPolicy(**policy))


# parts and what is held back


def test_the_parts_of_a_draft_and_the_payment_that_it_becomes() -> None:
    """R19: the payment is designated to its parts, and is of the payer and by the method of the agreement."""
    (found,) = limited(by=agreement("A", method="ach"), includes=include.DEPOSITS).drafts
    assert found.parts == (
        Part("F-06", ItemClass.CURRENT, cad(60)),
        Part("R-06", ItemClass.CURRENT, cad(600)),
        Part("D-1", ItemClass.DEPOSIT, cad(20)),
    )
    payment = found.payment
    assert payment is not None
    assert (payment.id, payment.amount, payment.payer, payment.method) == (
        "AP-A/pull@2026-06-01",
        cad(680),
        "A",
        "ach",
    )
    assert payment.designations == (
        Designation("F-06", cad(60)),
        Designation("R-06", cad(600)),
        Designation("D-1", cad(20)),
    )
    assert (payment.received, payment.posted, found.execute_on, found.payer) == (JUNE, JUNE, JUNE, "A")


def test_what_is_settled_of_the_current_charges_is_no_part() -> None:
    """R15, R19: A paid the parking in full; B's part of the rent is what it was."""
    by_hand = paid("P", 60, "A", designations=[Designation("F-06")])
    drafts = drafted(of_two(first=50), rent(6, 600), PARKING, by_hand)
    assert parts(drafts) == {"A": [("R-06", "270.00")], "B": [("R-06", "330.00")]}


def test_what_is_reversed_is_no_base_of_anything() -> None:
    """R11: a rent that was billed twice, and reversed; 60% of the other one."""
    twice = [rent(6), charge("R-66", 1000, Category.RENT), Reversal("V", "R-66", on=JUNE)]
    assert amounts(drafted(agreement("A", part=Percent(60)), *twice)) == ["600.00"]


def test_each_payers_own_part_is_placed_first() -> None:
    """R19: of the rent 60/40, of the parking 60/40; and the odd cent where it is."""
    drafts = drafted(of_two(), rent(6, "100.01"), charge("X", "0.01", Category.FEATURE))
    assert amounts(drafts) == ["60.01", "40.01"]
    assert parts(drafts) == {"A": [("R-06", "60.01")], "B": [("R-06", "40.00"), ("X", "0.01")]}


@pytest.mark.parametrize(
    ("entry", "amount", "reason"),
    [
        (rent(5), "1000.00", "arrears are not included"),
        (DEPOSIT, "20.00", "deposits are not included"),
        (charge("ADJ", 5, Category.ADJUSTMENT), "5.00", "one-time adjustments are not included"),
        (late_fee(), "50.00", "new charges are not included"),
        (charge("O", 5, Category.FINE, date(2026, 1, 2)), "5.00", "other charges are not included"),
        (rent(7, posted=JUNE), "1000.00", "of a later period"),
        (charge("B-1", 5, Category.RENT, payer="B"), "5.00", "owed by B"),
        (rent(6, disputed=True), "1000.00", "disputed"),
    ],
)
def test_why_an_item_is_held_back(entry: Any, amount: str, reason: str) -> None:
    """R19: every item has its reason; nothing of it is pulled."""
    drafts = drafted(agreement("A"), entry)
    assert amounts(drafts) == ["0.00"]
    assert held(drafts) == [(entry.id, amount, reason)]
    assert drafts.drafts[0].reason == "there is nothing to pull"


def test_whose_part_is_held_back() -> None:
    """R19: each agreement's own, by its share; what is disputed or of no share is nobody's."""
    thirds = [agreement(payer, part=Fraction(1, 3)) for payer in "AB"]
    drafts = drafted(thirds, rent(5), rent(6, disputed=True))
    assert [[(one.charge, str(one.amount.amount), one.agreement) for one in draft.held] for draft in drafts.drafts] == [
        [("R-05", "333.34", "AP-A")],
        [("R-05", "333.33", "AP-B")],
    ]
    assert [(one.charge, str(one.amount.amount), one.reason, one.agreement) for one in drafts.unclaimed] == [
        ("R-05", "333.33", "no agreement has a share of the rest of it", None),
        ("R-06", "1000.00", "disputed", None),
    ]


def test_a_part_that_is_disputed_is_nobodys() -> None:
    """R10, R19: 900 of 1000 are shared, a third each; the hundred is disputed, and 300 nobody takes."""
    thirds = [agreement(payer, pull.FULL_BALANCE, Fraction(1, 3)) for payer in "AB"]
    drafts = drafted(thirds, rent(6, disputed=Dispute(cad(100))))
    assert amounts(drafts) == ["300.00", "300.00"]
    assert held(drafts) == [
        ("R-06", "100.00", "disputed"),
        ("R-06", "300.00", "no agreement has a share of the rest of it"),
    ]


def test_what_two_say_of_one_item_that_neither_may_pay() -> None:
    """R19: both reasons, in the order of the alphabet."""
    policy = AutopayPolicy(excludes_first=True)
    both = [agreement("A", part=Percent(50), move_in=date(2026, 6, 20)), agreement("B", part=Percent(50))]
    drafts = drafted(both, charge("C-1", 5, Category.RENT, payer="C"), policy=policy)
    assert held(drafts) == [("C-1", "5.00", "owed by C")]
    named = drafted(both, charge("A-1", 5, Category.RENT, payer="A"), policy=policy)
    assert held(named) == [
        ("A-1", "2.50", "the period of the move-in is left out"),
        ("A-1", "2.50", "of the period of the move-in, which is left out and owed by A"),
    ]


def test_nothing_is_payable_and_there_is_nothing_to_hold() -> None:
    drafts = drafted(agreement("A"))
    assert (amounts(drafts), held(drafts), drafts.payments, drafts.total) == (["0.00"], [], (), cad(0))
    assert drafts.drafts[0].reason == "there is nothing to pull"
    assert drafted([], rent(6)).unclaimed[0].reason == "no agreement has a share of it"


def test_what_is_at_the_bank_is_neither_pulled_nor_held() -> None:
    """R15: 400 of 1000 are under way; 600 are payable."""
    pending = PaymentStep("P", PaymentState.PENDING, on=JUNE)
    drafts = drafted(agreement("A", part=Percent(50)), rent(6), paid("P", 400), pending)
    assert amounts(drafts) == ["500.00"]
    assert held(drafts) == [("R-06", "100.00", "no agreement has a share of the rest of it")]


# limits


@pytest.mark.parametrize(
    ("limit", "expected", "reasons"),
    [
        (680, {"A": [("F-06", "60.00"), ("R-06", "600.00"), ("D-1", "20.00")]}, []),
        (670, {"A": [("F-06", "60.00"), ("R-06", "600.00"), ("D-1", "10.00")]}, [("D-1", "10.00")]),
        (660, {"A": [("F-06", "60.00"), ("R-06", "600.00")]}, [("D-1", "20.00")]),
        (100, {"A": [("F-06", "60.00"), ("R-06", "40.00")]}, [("R-06", "560.00"), ("D-1", "20.00")]),
        (1, {"A": [("F-06", "1.00")]}, [("F-06", "59.00"), ("R-06", "600.00"), ("D-1", "20.00")]),
    ],
)
def test_a_limit_cuts_from_the_last_part_up(limit: int, expected: Any, reasons: Any) -> None:
    """R16, R19."""
    drafts = limited(limit=cad(limit), includes=include.DEPOSITS)
    assert parts(drafts) == expected
    assert [one[:2] for one in held(drafts)] == reasons
    assert {one[2] for one in held(drafts)} <= {f"over the limit of {cad(limit)}"}


@pytest.mark.parametrize(
    ("limit", "processor", "amount"),
    [(500, 400, "400.00"), (400, 500, "400.00"), (None, 400, "400.00"), (400, None, "400.00"), (900, 800, "660.00")],
)
def test_of_two_limits_the_lower_counts(limit: int | None, processor: int | None, amount: str) -> None:
    """R16: the policy's and the processor's."""
    given = {"limit": limit, "processor_limit": processor}
    policy = {field: cad(value) for field, value in given.items() if value is not None}
    assert amounts(limited(**policy)) == [amount]


def test_above_a_limit_a_pull_may_be_skipped() -> None:
    """R16: by choice; at the limit it is pulled."""
    skipped = limited(limit=cad("659.99"), skips_over_limit=True)
    assert (amounts(skipped), skipped.drafts[0].reason) == (["0.00"], "over the limit of 659.99 CAD")
    assert skipped.drafts[0].payment is None
    assert held(skipped)[0] == ("F-06", "60.00", "over the limit of 659.99 CAD")
    assert amounts(limited(limit=cad(660), skips_over_limit=True)) == ["660.00"]


@pytest.mark.parametrize(("least", "amount"), [("660", "660.00"), ("660.01", "0.00"), ("1", "660.00")])
def test_a_pull_below_the_least_is_left_out(least: str, amount: str) -> None:
    """R16: a smaller pull is not worth it; its items are held with that reason."""
    drafts = limited(least=cad(least))
    assert amounts(drafts) == [amount]
    assert (drafts.drafts[0].reason == f"less than {cad(least)}") == (amount == "0.00")


def test_the_least_comes_after_the_limits_and_touches_no_fixed_amount() -> None:
    """R11, R16: 660 that a rule caps at 50 are less than 60; an empty pull has a reason of its own."""
    capped = pull.capped(pull.KEEP_PERCENT, cad(50))
    assert limited(by=agreement("A", capped), least=cad(60)).drafts[0].reason == "less than 60.00 CAD"
    fixed = agreement("A", pull.FIXED, stored=10)
    assert amounts(limited(by=fixed, least=cad(60))) == ["10.00"]
    assert limited(DEPOSIT, least=cad(60)).drafts[0].reason == "there is nothing to pull"


def test_limits_of_a_rule_and_of_a_policy_together() -> None:
    """R16: first the agreed maximum, then the limit; each has its reason."""
    one = agreement("A", pull.capped(pull.KEEP_PERCENT, cad(640)))
    drafts = limited(by=one, limit=cad(630))
    assert held(drafts)[0] == (
        "R-06",
        "30.00",
        "over the agreed maximum of 640.00 CAD; over the limit of 630.00 CAD",
    )
    lower = limited(by=agreement("A", pull.capped(pull.KEEP_PERCENT, cad(600))), limit=cad(630))
    assert held(lower)[0] == ("R-06", "60.00", "over the agreed maximum of 600.00 CAD")
    skips = agreement("A", pull.skipped_over(pull.KEEP_PERCENT, cad(640)))
    assert limited(by=skips, limit=cad(100), skips_over_limit=True).drafts[0].reason == "over 640.00 CAD"


def test_a_limit_of_a_fixed_amount() -> None:
    """R11, R16: the most that is pulled of it; it has no parts to cut."""
    fixed = agreement("A", pull.FIXED, stored=700)
    drafts = limited(by=fixed, limit=cad(500))
    assert (amounts(drafts), drafts.drafts[0].parts) == (["500.00"], ())
    skipped = limited(by=fixed, limit=cad(500), skips_over_limit=True)
    assert (amounts(skipped), skipped.drafts[0].reason) == (["0.00"], "over the limit of 500.00 CAD")


def test_what_a_limit_holds_back_never_moves_to_another() -> None:
    """R16: B pulls its own 264, whatever A's limit or least leaves."""
    assert amounts(limited(by=of_two(), limit=cad(300))) == ["300.00", "264.00"]
    assert amounts(limited(by=of_two(), least=cad(300))) == ["396.00", "0.00"]


# rounding


def test_all_drafts_are_the_exact_sum_rounded_once() -> None:
    """R14: two divisions of an odd cent each are one cent, and not two."""
    halves = [agreement("A", part=[Share(Fraction(1, 2), of=where.rent), Share(Fraction(1, 2))])]
    assert amounts(drafted(halves, rent(6, "0.01"), charge("X", "0.01", Category.FEATURE))) == ["0.01"]
    apart = [
        agreement("A", part=[Share(Fraction(1, 2), of=where.rent), Share(0)]),
        agreement("B", part=[Share(0, of=where.rent), Share(Fraction(1, 2))]),
    ]
    drafts = drafted(apart, rent(6, "0.01"), charge("X", "0.01", Category.FEATURE))
    assert amounts(drafts) == ["0.01", "0.00"]
    assert held(drafts) == [("X", "0.01", "rounding")]


def test_no_payer_pays_more_than_its_sum_rounded_up() -> None:
    """R14: half of three cents, each shared with another, is two cents at most; the third goes to who has room."""
    halves = {"X": "AB", "Y": "AC", "Z": "AD"}
    four = [
        agreement(
            payer, part=[Share(Fraction(payer in both, 2), of=where.charge(name)) for name, both in halves.items()]
        )
        for payer in "ABCD"
    ]
    drafts = drafted(four, *(charge(name, "0.01", Category.FEATURE) for name in "XYZ"))
    assert parts(drafts) == {"A": [("X", "0.01"), ("Y", "0.01")], "B": [], "C": [], "D": [("Z", "0.01")]}
    assert held(drafts) == []
    assert [draft.reason for draft in drafts.drafts] == ["", "rounding", "rounding", ""]


def test_a_cent_too_many_that_nobody_has_room_for_is_left_by_rounding() -> None:
    """R14: the third cent is half A's, and nobody else's."""
    halves = {"X": "AB", "Y": "AC", "Z": "A"}
    three = [
        agreement(payer, part=[Share(Fraction(payer in two, 2), of=where.charge(name)) for name, two in halves.items()])
        for payer in "ABC"
    ]
    drafts = drafted(three, *(charge(name, "0.01", Category.FEATURE) for name in "XYZ"))
    assert parts(drafts) == {"A": [("X", "0.01"), ("Y", "0.01")], "B": [], "C": []}
    assert held(drafts) == [("Z", "0.01", "rounding")]


# days


@pytest.mark.parametrize(
    ("convention", "day"),
    [("following", date(2026, 11, 2)), ("preceding", date(2026, 10, 30)), ("modified_following", date(2026, 11, 2))],
)
def test_the_execution_moves_and_the_run_does_not(convention: Any, day: date) -> None:
    """R10, R21: a Sunday; the id is of the period all the same, and it is in the books from the run on."""
    policy = AutopayPolicy(business_days=BusinessDays(convention))
    (found,) = drafted(agreement("A"), rent(11), on=SUNDAY, policy=policy).drafts
    assert found.payment is not None
    assert (found.execute_on, found.payment.received, found.payment.posted) == (day, day, min(day, SUNDAY))
    assert found.payment.id == "AP-A/pull@2026-11-01"


def test_a_draft_is_posted_into_books_that_are_open() -> None:
    """R44: May's run is made in June, when May is closed."""
    books = Ledger("CAD", [rent(6)], closed_through=date(2026, 6, 30))
    position = replay(books, by=OLDEST_FIRST, as_of=JUNE)
    (payment,) = draft_pulls(agreement("A"), position, run_of()).payments
    assert (payment.received, payment.posted) == (JUNE, date(2026, 7, 1))


def test_the_snapshot_is_of_the_day_of_the_run() -> None:
    """One snapshot: what comes later is not in it, and the fingerprint tells whether the account has changed."""
    entries = [rent(6), paid("P", 300, on=date(2026, 6, 9))]
    drafts = draft_pulls(agreement("A"), position_of(*entries, on=date(2026, 6, 20)), run_of())
    assert amounts(drafts) == ["1000.00"]
    assert drafts.position.as_of == JUNE
    assert drafts.position.fingerprint == position_of(*entries).fingerprint
    assert (drafts.run, drafts.policy, drafts.currency) == (run_of(), AutopayPolicy(), "CAD")


def test_an_item_that_is_posted_after_the_day_is_not_seen() -> None:
    assert amounts(drafted(agreement("A"), rent(6, posted=date(2026, 6, 2)))) == ["0.00"]


def test_a_draft_states_what_was_agreed_and_what_is_pulled_apart() -> None:
    """R18: a run never changes an agreement."""
    kept = agreement("A", pull.KEEP_UNCHANGED, stored=500)
    found: Draft = drafted(kept, rent(6, 300)).drafts[0]
    assert (found.agreed, found.amount, found.agreement) == (cad(500), cad(300), kept)
    assert drafted(agreement("A"), rent(6)).drafts[0].agreed is None


def test_agreements_in_any_form_and_order() -> None:
    """R14: one, many, or all of an account as a value; the drafts are in the order of payers."""
    both = of_two()
    expected = drafted(both, rent(6))
    for given in (tuple(both), Agreements(both), reversed(both), (one for one in both)):
        again = drafted(given, rent(6))
        assert again.drafts == expected.drafts
    assert drafted(both[0], rent(6)).drafts == drafted([both[0]], rent(6)).drafts
    assert [payment.payer for payment in expected.payments] == ["A", "B"]
    assert expected.total == cad(1000)


def test_all_parts_and_all_that_is_held_are_what_is_payable() -> None:
    """R19: of a busy account; and the pending increases."""
    entries = [
        rent(5),
        rent(6, disputed=Dispute(cad(100))),
        rent(7, posted=JUNE),
        PARKING,
        DEPOSIT,
        late_fee(),
        charge("B-1", 70, Category.RENT, payer="B"),
        paid("P", 33, "A", date(2026, 5, 20), designations=[Designation("R-06")]),
    ]
    drafts = drafted(
        of_two(pull.capped(pull.FULL_BALANCE, cad(500)), 55),
        *entries,
        increases=[PendingIncrease("AGI-7", cad(30), effective=JUNE)],
    )
    in_parts = sum(part.amount.minor for draft in drafts.drafts for part in draft.parts)
    in_all = in_parts + sum(one.amount.minor for one in drafts.held)
    assert in_all == (1000 + 1000 + 1000 + 60 + 20 + 50 + 70 - 33 + 30) * 100
    assert in_parts == drafts.total.minor == 100000
