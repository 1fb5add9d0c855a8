"""Each open item is in exactly one class, with the reason: rules R10, R12 and R13."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from arledger import (
    Agreement,
    AutopayPolicy,
    AutopayRun,
    Category,
    Charge,
    Designation,
    Dispute,
    IncreaseState,
    ItemClass,
    Payment,
    PaymentState,
    PaymentStep,
    PendingIncrease,
    Percent,
    Period,
    Reversal,
    autopay_run,
    classify,
    include,
    monthly,
    pull,
)
from autopay_facts import AGREED, JUNE, agreement, cad, charge, late_fee, paid, position_of, rent, run_of

MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)
DAY = timedelta(days=1)
NEW_WHY = "posted after the agreement of 2026-01-15"
NEW_FEATURE = "first charged after the agreement of 2026-01-15"


def seen(
    *entries: Any,
    by: Agreement | None = None,
    run: AutopayRun | None = None,
    policy: AutopayPolicy | None = None,
    increases: Any = (),
) -> dict[str, tuple[str, str]]:
    """The class and the reason of each open item."""
    chosen = run_of() if run is None else run
    position = position_of(*entries, on=chosen.on)
    items = classify(position, agreement("A") if by is None else by, chosen, policy, increases=increases)
    return {item.id: (item.item_class.value, item.why) for item in items}


def class_of(given: Charge, **more: Any) -> tuple[str, str]:
    """The class and the reason of one charge."""
    return seen(given, **more)[given.id]


def of(category: Category, **more: Any) -> Charge:
    """A charge of June of a category."""
    return charge("X", 10, category, **more)


@pytest.mark.parametrize("category", [Category.RENT, Category.FEATURE], ids=str)
def test_the_service_is_current_or_in_arrears_by_its_period(category: Category) -> None:
    """R10: of the period served, of an earlier one, or of a later one."""
    assert class_of(of(category)) == ("current", "of the period served")
    assert class_of(of(category, due=date(2026, 6, 30), posted=JUNE)) == ("current", "of the period served")
    assert class_of(of(category, due=date(2026, 5, 31), posted=MAY)) == ("arrears", "of an earlier period")
    assert class_of(of(category, due=JULY, posted=JUNE)) == ("held", "of a later period")


def test_a_charge_is_of_the_period_that_it_is_for_and_not_of_its_due_date() -> None:
    """R10: billed in advance and due in May, or late and due in July; what says nothing goes by its due date."""
    june, july = Period(JUNE, JULY), Period(JULY, date(2026, 8, 1))
    assert class_of(rent(5, period=june))[0] == "current"
    assert class_of(rent(7, period=june, posted=JUNE))[0] == "current"
    assert class_of(rent(6, period=july)) == ("held", "of a later period")
    part = Period(date(2026, 5, 20), date(2026, 6, 10))
    assert class_of(rent(6, period=part, posted=MAY))[0] == "arrears"


@pytest.mark.parametrize(
    ("category", "usual", "recurring"),
    [
        (Category.UTILITY, "new", "current"),
        (Category.ADJUSTMENT, "one_time_adjustment", "current"),
        (Category.FEE, "new", "current"),
        (Category.OTHER, "new", "current"),
        (Category.DEPOSIT, "deposit", "deposit"),
        (Category.LATE_FEE, "new", "new"),
        (Category.NSF_FEE, "new", "new"),
        (Category.INTEREST, "new", "new"),
    ],
    ids=str,
)
def test_what_recurs_is_regular_but_never_a_deposit_or_a_penalty(
    category: Category, usual: str, recurring: str
) -> None:
    """R10, R12: recurring adjustments on features are current anyway."""
    assert class_of(of(category))[0] == usual
    assert class_of(of(category, recurring=True))[0] == recurring


def test_the_reasons_of_what_is_not_regular() -> None:
    """R10: a deposit, a one-time adjustment; new is what was posted after the day of the agreement."""
    assert class_of(of(Category.DEPOSIT)) == ("deposit", "a deposit")
    assert class_of(of(Category.ADJUSTMENT)) == ("one_time_adjustment", "an adjustment that does not recur")
    assert class_of(late_fee()) == ("new", NEW_WHY)
    assert class_of(late_fee(posted=AGREED + DAY)) == ("new", NEW_WHY)
    assert class_of(late_fee(posted=AGREED)) == ("other", "of no other class")
    assert class_of(late_fee(posted=AGREED - DAY)) == ("other", "of no other class")


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (rent(6), "current"),
        (rent(5), "arrears"),
        (of(Category.DEPOSIT), "deposit"),
        (of(Category.ADJUSTMENT), "one_time_adjustment"),
        (of(Category.ADJUSTMENT, recurring=True), "current"),
        (late_fee(), "new"),
    ],
    ids=["rent", "arrears", "deposit", "adjustment", "recurring adjustment", "late fee"],
)
def test_a_tax_is_classed_as_what_it_taxes(about: Charge, expected: str) -> None:
    """R10: a tax on rent is as the rent, in the period of its own dates."""
    tax = charge("T", "5", Category.TAX, about.due, about=about.id)
    assert class_of(about)[0] == expected
    assert seen(about, tax)["T"][0] == expected


def test_a_tax_on_a_settled_rent_is_still_as_the_rent() -> None:
    """R10: the rent was paid by hand, and is no open item any more."""
    tax = charge("T", "50", Category.TAX, about="R-06")
    found = seen(rent(6), tax, paid("P", 1000, designations=[Designation("R-06")]))
    assert found == {"T": ("current", "of the period served")}


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        (date(2026, 5, 1), ("arrears", "of an earlier period")),
        (date(2026, 5, 2), ("current", "billed after the run of 2026-05-01")),
        (JUNE, ("current", "billed after the run of 2026-05-01")),
    ],
    ids=["on the day of the previous run", "the day after", "on the day"],
)
def test_a_difference_billed_after_the_previous_run_is_current(posted: date, expected: tuple[str, str]) -> None:
    """R10: a re-draft difference since the last run."""
    assert class_of(rent(4, 20, posted=posted)) == expected
    assert class_of(of(Category.UTILITY, recurring=True, due=date(2026, 4, 1), posted=posted)) == expected


def test_without_a_previous_run_what_is_of_an_earlier_period_is_in_arrears() -> None:
    first = AutopayRun(JUNE, Period(JUNE, JULY), None, monthly(1))
    assert class_of(rent(4, posted=JUNE), run=first) == ("arrears", "of an earlier period")


def test_the_previous_run_is_moved_by_the_offset_too() -> None:
    """R10: the run of 28 May serves June; a difference of April that was billed on 28 April waited for it, or not."""
    run = autopay_run(monthly(1), date(2026, 5, 28), offset_days=-4)
    assert run.previous == date(2026, 4, 27)
    assert class_of(rent(4, posted=date(2026, 4, 28)), run=run)[0] == "current"
    assert class_of(rent(4, posted=date(2026, 4, 27)), run=run)[0] == "arrears"


def test_what_is_disputed_in_full_is_held_and_what_is_disputed_in_part_is_not() -> None:
    """R10: a part that is disputed is not offered."""
    assert class_of(rent(6, disputed=True)) == ("held", "disputed")
    assert class_of(rent(6, disputed=Dispute(until=JUNE)))[0] == "current"
    assert class_of(rent(6, disputed=Dispute(until=JUNE + DAY))) == ("held", "disputed")
    (item,) = classify(position_of(rent(6, disputed=Dispute(cad(400)))), agreement("A"), run_of())
    assert (item.item_class, item.payable_minor, str(item.payable)) == (ItemClass.CURRENT, 60000, "600.00 CAD")


def test_a_disputed_rest_is_held_and_one_under_way_is_not() -> None:
    """R10, R15: 600 paid of 1000, of which 400 are disputed, leave nothing else; at the bank, nothing to hold."""
    given = rent(6, disputed=Dispute(cad(400)))
    assert seen(given, paid("P", 600))["R-06"] == ("held", "disputed")
    at_the_bank = PaymentStep("P", PaymentState.PENDING, on=JUNE)
    assert seen(rent(6), paid("P", 1000), at_the_bank)["R-06"] == ("current", "of the period served")


def test_anothers_charge_is_held() -> None:
    """R10: a named payer's; what is the account's own is everybody's, and its own only where none is named."""
    assert class_of(rent(6, payer="B")) == ("held", "owed by B")
    assert class_of(rent(6, payer="A"))[0] == "current"
    assert class_of(rent(6, payer="A"), by=agreement(None)) == ("held", "owed by A")
    assert class_of(rent(6), by=agreement(None))[0] == "current"


def test_the_first_class_that_fits() -> None:
    """R10: disputed before another payer's, that before the period of the move-in, that before a later period."""
    policy = AutopayPolicy(excludes_first=True)
    july = agreement("A", move_in=date(2026, 7, 20))
    later: dict[str, Any] = {"posted": JUNE, "due": JULY}
    assert class_of(of(Category.DEPOSIT, **later, payer="B", disputed=True), by=july, policy=policy)[1] == "disputed"
    assert class_of(of(Category.DEPOSIT, **later, payer="B"), by=july, policy=policy)[1] == "owed by B"
    first = "of the period of the move-in, which is left out"
    assert class_of(of(Category.DEPOSIT, **later), by=july, policy=policy)[1] == first
    assert class_of(of(Category.DEPOSIT, **later), by=july)[1] == "of a later period"


def test_the_period_of_the_move_in_is_held_if_the_policy_leaves_it_out() -> None:
    """R17: the stub's charges stay held, of all classes; with other fees they are paid after all."""
    one = agreement("A", move_in=date(2026, 5, 20))
    stub, deposit = rent(5, 380), charge("D", 500, Category.DEPOSIT, date(2026, 5, 31))
    april = rent(4, 10)
    held = "of the period of the move-in, which is left out"
    found = seen(stub, deposit, april, rent(6), by=one, policy=AutopayPolicy(excludes_first=True))
    assert found["R-05"] == found["D"] == ("held", held)
    assert (found["R-04"][0], found["R-06"][0]) == ("arrears", "current")
    assert seen(stub, by=one)["R-05"][0] == "arrears"
    paying_all = AutopayPolicy(excludes_first=True, includes=include.OTHER_FEES)
    assert seen(stub, by=one, policy=paying_all)["R-05"][0] == "arrears"
    assert seen(stub, policy=AutopayPolicy(excludes_first=True))["R-05"][0] == "arrears"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (pull.KEEP_PERCENT, ("current", "of the period served")),
        (pull.KEEP_UNCHANGED, ("new", NEW_FEATURE)),
        (pull.capped(pull.KEEP_UNCHANGED, cad(900)), ("new", NEW_FEATURE)),
        (pull.FIXED, ("current", "of the period served")),
        (pull.RECURRING_ONLY, ("current", "of the period served")),
    ],
    ids=str,
)
def test_a_feature_added_later_is_new_to_rules_that_keep_their_base(rule: Any, expected: tuple[str, str]) -> None:
    """R10: current under keep percent, new under keep unchanged."""
    by = agreement("A", rule, 1, stored=1000)
    parking = of(Category.FEATURE, code="PARK")
    assert seen(rent(1), rent(6), parking, by=by)["X"] == expected


def test_a_feature_is_as_new_as_its_first_charge() -> None:
    """R10: parking since January is in the base; another code, or another category, is not; rent always is."""
    by = agreement("A", pull.KEEP_UNCHANGED, 1, stored=1000)
    first = Charge("F-01", cad(50), due=AGREED, category=Category.FEATURE, code="PARK")
    entries = [rent(1), first, of(Category.FEATURE, code="PARK")]
    assert seen(*entries, by=by)["X"][0] == "current"
    assert seen(*entries[:2], of(Category.FEATURE, code="PET"), by=by)["X"] == ("new", NEW_FEATURE)
    assert seen(*entries[:2], of(Category.UTILITY, code="PARK", recurring=True), by=by)["X"] == ("new", NEW_FEATURE)
    later = Charge("F-01", cad(50), due=AGREED + DAY, category=Category.FEATURE, code="PARK")
    assert seen(rent(1), later, entries[2], by=by)["X"][0] == "new"
    assert seen(rent(1), of(Category.RENT, code="GARAGE"), by=by)["X"][0] == "current"


def test_an_agreement_before_the_first_bill_keeps_what_is_on_it() -> None:
    """R10: made in January, first billed in May: the parking of May is in the base, that of June is not."""
    by = agreement("A", pull.KEEP_UNCHANGED, 1, stored=1000)
    old = charge("F-05", 50, Category.FEATURE, MAY, code="PARK")
    assert seen(rent(5), old, of(Category.FEATURE, code="PARK"), by=by)["X"][0] == "current"
    assert seen(rent(5), of(Category.FEATURE, code="PARK"), by=by)["X"] == ("new", NEW_FEATURE)
    assert class_of(of(Category.FEATURE, code="PARK"), by=by)[0] == "current"


def test_a_tax_on_a_new_feature_is_new() -> None:
    """R10: as what it taxes."""
    by = agreement("A", pull.KEEP_UNCHANGED, 1, stored=1000)
    tax = charge("T", 5, Category.TAX, about="X")
    assert seen(rent(1), of(Category.FEATURE, code="PARK"), tax, by=by)["T"] == ("new", NEW_FEATURE)


def increase(name: str = "AGI-7", **more: Any) -> PendingIncrease:
    """An increase of 30 from June on."""
    return PendingIncrease(name, cad(30), **{"effective": JUNE, **more})


def test_pending_increases_are_a_class_of_their_own() -> None:
    """R13: those that are pending and begin with the period served or before, in the order of their days."""
    given = [
        increase("Z", effective=MAY),
        increase("B"),
        increase("A"),
        increase("later", effective=JUNE + DAY),
        increase("agreed", state=IncreaseState.AGREED),
        increase("refused", state=IncreaseState.REFUSED),
    ]
    found = seen(rent(6), increases=given)
    assert list(found) == ["R-06", "A@2026-06-01", "B@2026-06-01", "Z@2026-06-01"]
    assert found["Z@2026-06-01"] == ("pending_increase", "not agreed to yet")


def test_an_increase_that_is_billed_is_the_charge_and_no_increase() -> None:
    """R13: a host that billed it without having said so does not pull it twice."""
    billed = charge("AGI-7@2026-06-01", 30, Category.RENT)
    assert seen(billed, increases=increase()) == {"AGI-7@2026-06-01": ("current", "of the period served")}


def test_items_are_in_the_order_of_a_draft() -> None:
    """R19: by class, then due date, day of posting, sequence (absent ones last) and id."""
    given = [
        of(Category.DEPOSIT),
        charge("c", 1, Category.RENT),
        charge("b", 1, Category.RENT, sequence=2),
        charge("d", 1, Category.RENT, sequence=1),
        charge("e", 1, Category.RENT, posted=MAY),
        charge("a", 1, Category.RENT, date(2026, 6, 2), posted=MAY),
        charge("f", 1, Category.RENT),
        charge("g", 1, Category.RENT, sequence=0),
        rent(5),
        rent(4),
        late_fee(),
        charge("H", 1, Category.OTHER, MAY, payer="B"),
        charge("other", 1, Category.FINE, AGREED),
        charge("adj", 1, Category.ADJUSTMENT, MAY),
    ]
    expected = ["R-04", "R-05", "e", "g", "d", "b", "c", "f", "a", "X", "adj", "L-05", "other", "AGI-7@2026-06-01", "H"]
    assert list(seen(*given, increases=increase())) == expected


def test_settled_and_reversed_charges_are_no_items() -> None:
    """R10: what is settled is no open item; its class matters to rules alone."""
    assert seen(rent(6), paid("P", 1000)) == {}
    assert seen(rent(6), Reversal("V", "R-06", on=JUNE)) == {}


def test_an_item_says_what_was_charged_what_is_payable_and_whose_share_it_is() -> None:
    by = agreement("A", part=Percent(60))
    position = position_of(rent(6), rent(5, payer="B"), Payment("P", cad(250), received=JUNE, payer="A"))
    current, others = classify(position, by, run_of())
    assert (current.id, current.amount_minor, current.payable_minor) == ("R-06", 100000, 75000)
    assert (current.share, others.share) == (Fraction(3, 5), Fraction(0))


def test_the_position_is_replayed_to_the_day_of_the_run() -> None:
    """One snapshot: as of the day, whatever day it is of."""
    late = paid("P", 1000, on=JUNE + DAY)
    position = position_of(rent(6), late, on=date(2026, 6, 20))
    assert [item.payable_minor for item in classify(position, agreement("A"), run_of())] == [100000]
