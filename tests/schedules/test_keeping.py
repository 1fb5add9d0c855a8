"""R60: while a repayment agreement is kept its charges take no late fee, and autopay adds the instalment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from arledger import (
    OLDEST_FIRST,
    Agreement,
    AutopayPolicy,
    AutopayRun,
    Category,
    Charge,
    CurrencyMismatch,
    Designation,
    Dispute,
    Draft,
    Drafts,
    FreeDays,
    InvalidType,
    InvalidValue,
    LateFeeRule,
    Ledger,
    Money,
    Payment,
    PaymentState,
    PaymentStep,
    Percent,
    Position,
    PullView,
    RepaymentAgreement,
    Wanted,
    assess,
    autopay_run,
    draft_pulls,
    equal_instalments,
    fee,
    instalments,
    monthly,
    pull,
    record,
    repeated,
    replay,
    spared,
    with_instalment,
)
from arledger.autopay.wanted import AmountRule, facts_of
from schedules.facts import usd
from schedules.test_repayment import agreement, pay

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)
AGREED = date(2026, 1, 1)
RULE = LateFeeRule(amount=fee.flat(usd(50)), grace=FreeDays(5))


def rent(month: int, amount: int = 500, **more: Any) -> Charge:
    return Charge(f"R-{month:02}", usd(amount), due=date(2026, month, 1), category=Category.RENT, **more)


ARREARS = (rent(1, 600), rent(2, 400))


def position(*entries: Any, on: date = APRIL) -> Position:
    return replay(Ledger("USD", [*ARREARS, *entries]), by=OLDEST_FIRST, as_of=on)


def fees(agreements: RepaymentAgreement | list[RepaymentAgreement], *entries: Any, on: date = APRIL) -> list[str]:
    """The charges that late fees would be about."""
    at = position(*entries, on=on)
    return sorted(str(one.about) for one in assess(spared(RULE, agreements, at), at, on=on).charges)


def test_arrears_that_are_paid_off_take_no_late_fee() -> None:
    """R60."""
    assert fees([]) == ["R-01", "R-02"]
    assert fees(agreement(), on=date(2026, 3, 31)) == []
    assert fees(agreement()) == ["R-01", "R-02"]
    assert fees(agreement(), pay("P-1", 250, APRIL)) == []
    assert fees(agreement(), pay("P-1", 250, APRIL), on=date(2026, 5, 2)) == ["R-01", "R-02"]


def test_other_charges_take_one_all_the_same() -> None:
    assert fees(agreement(charges=["R-01"])) == ["R-01", "R-02"]
    assert fees(agreement(charges=["R-01"]), pay("P-1", 250, APRIL)) == ["R-02"]


def test_each_agreement_spares_its_own() -> None:
    broken = agreement(charges=["R-01"])
    later = agreement(id="RA-2", charges=["R-02"], agreed=date(2026, 4, 2), first=MAY)
    kept = agreement(id="RA-2", charges=["R-02"], agreed=date(2026, 4, 1), first=MAY)
    assert fees([broken, later]) == ["R-01", "R-02"]
    assert fees([broken, kept]) == ["R-01"]


def test_a_tax_is_spared_with_what_it_taxes() -> None:
    """R3, R60."""
    tax = Charge("T-01", usd(30), due=date(2026, 1, 1), category=Category.TAX, about="R-01")
    other = Charge("T-02", usd(30), due=date(2026, 2, 1), category=Category.TAX, about="R-02")
    apart = LateFeeRule(amount=fee.percent(10, of=fee.OWED), grace=FreeDays(5))
    at = position(tax, other, on=date(2026, 3, 31))
    of = assess(spared(apart, agreement(charges=["R-01"]), at), at, on=at.as_of).charges
    assert [(one.about, str(one.amount)) for one in of] == [("R-02", "43.00 USD")]


def test_a_rule_that_spares_nothing_is_the_rule() -> None:
    assert spared(RULE, [], position()) is RULE
    assert spared(RULE, agreement(), position()) is RULE


def rule_of(
    inner: AmountRule = pull.KEEP_PERCENT, *entries: Any, on: date = APRIL, of: RepaymentAgreement | None = None
) -> AmountRule:
    """A rule with the instalments of the arrears."""
    return with_instalment(inner, of or agreement(), position(*entries, on=on))


def drafted(
    inner: AmountRule,
    *entries: Any,
    on: date = APRIL,
    of: RepaymentAgreement | None = None,
    parts: Mapping[str, Any] | None = None,
    **more: Any,
) -> list[Draft]:
    """What is pulled, by one payer or by several with their shares."""
    rule = rule_of(inner, *entries, on=on, of=of)
    agreements = [
        Agreement(f"AP-{payer}", rule, agreed=AGREED, payer=payer or None, shares=share, **more)
        for payer, share in (parts or {"": None}).items()
    ]
    run = autopay_run(monthly(1), on)
    return list(draft_pulls(agreements, position(*entries, on=on), run, AutopayPolicy(notice_days=None)).drafts)


def parts_of(draft: Draft) -> dict[str, str]:
    return {part.charge: str(part.amount.amount) for part in draft.parts}


@pytest.mark.parametrize(
    "inner", [pull.KEEP_PERCENT, pull.FULL_BALANCE, pull.RECURRING_ONLY, pull.percent_of_balance(Percent(100))], ids=str
)
def test_autopay_adds_the_instalment(inner: AmountRule) -> None:
    """R60: of the arrears the instalment, of everything else what the rule asks for."""
    (draft,) = drafted(inner, rent(4))
    assert parts_of(draft) == {"R-01": "250.00", "R-04": "500.00"}
    assert [(one.charge, str(one.amount), one.reason) for one in draft.held] == [
        ("R-01", "350.00 USD", "no more is due of RA-1"),
        ("R-02", "400.00 USD", "no more is due of RA-1"),
    ]


def test_a_stored_amount_is_for_everything_else() -> None:
    """R60: the stored amount is not eaten up by the arrears."""
    (draft,) = drafted(pull.KEEP_UNCHANGED, rent(4), stored=usd(450))
    assert parts_of(draft) == {"R-01": "250.00", "R-04": "450.00"}


def test_what_is_behind_is_caught_up_and_what_was_paid_comes_off() -> None:
    """R60: exactly what the instalments due by the run's day are behind."""
    assert parts_of(drafted(pull.FULL_BALANCE, rent(5), on=MAY)[0]) == {"R-01": "500.00", "R-05": "500.00"}
    (draft,) = drafted(pull.FULL_BALANCE, rent(5), pay("P-1", 300, APRIL), on=MAY)
    assert parts_of(draft) == {"R-01": "200.00", "R-05": "500.00"}
    assert parts_of(drafted(pull.FULL_BALANCE, rent(5), pay("P-1", 600, APRIL), on=MAY)[0]) == {"R-05": "500.00"}
    at_the_bank = [pay("P-1", 450, APRIL, "R-01"), PaymentStep("P-1", PaymentState.PENDING, on=APRIL)]
    assert parts_of(drafted(pull.FULL_BALANCE, rent(5), *at_the_bank, on=MAY)[0]) == {"R-01": "50.00", "R-05": "500.00"}


def test_a_later_instalment_goes_on_to_the_next_charge() -> None:
    (draft,) = drafted(pull.FULL_BALANCE, on=date(2026, 6, 1))
    assert parts_of(draft) == {"R-01": "600.00", "R-02": "150.00"}


def test_each_payer_takes_their_share_of_the_instalment() -> None:
    """R14, R60."""
    found = drafted(pull.FULL_BALANCE, rent(4), parts={"ana": Percent(60), "ben": Percent(40)})
    assert [parts_of(draft) for draft in found] == [
        {"R-01": "150.00", "R-04": "300.00"},
        {"R-01": "100.00", "R-04": "200.00"},
    ]
    thirds = drafted(pull.FULL_BALANCE, rent(4), parts=dict.fromkeys(("ana", "ben", "cleo"), Fraction(1, 3)))
    assert sum(draft.amount.minor for draft in thirds) == 75_000
    of_arrears = sum(part.amount.minor for draft in thirds for part in draft.parts if part.charge == "R-01")
    assert abs(of_arrears - 25_000) <= 1  # whole cents are placed so that each payer's sum is right


@pytest.mark.parametrize(("n", "of_ben"), [(4, "300.00 USD"), (1, "600.00 USD")])
@pytest.mark.parametrize("is_at_the_bank", [True, False])
def test_a_run_that_is_repeated_asks_each_payer_for_their_own_part_still(
    n: int, of_ben: str, is_at_the_bank: bool
) -> None:
    """R14, R60: ana's part was pulled; ben's came back, and is drafted anew."""
    of = agreement(instalments=instalments(usd(1000), n))
    books = Ledger("USD", [*ARREARS, rent(4)])
    run = autopay_run(monthly(1), APRIL)

    def pulled(at: Position, run: AutopayRun) -> Drafts:
        rule = with_instalment(pull.FULL_BALANCE, of, at)
        ana = Agreement("AP-ana", rule, agreed=AGREED, payer="ana", shares=Percent(60))
        ben = Agreement("AP-ben", rule, agreed=AGREED, payer="ben", shares=Percent(40))
        return draft_pulls([ana, ben], at, run, AutopayPolicy(notice_days=None))

    of_ana = pulled(replay(books, by=OLDEST_FIRST, as_of=APRIL), run).payments[0]
    steps = [PaymentStep(of_ana.id, PaymentState.PENDING, on=APRIL)] if is_at_the_bank else []
    later = date(2026, 4, 10)
    after = replay(record(books, [of_ana, *steps]), by=OLDEST_FIRST, as_of=later)
    again = pulled(after, repeated(run, on=later))
    assert [str(draft.amount) for draft in again.drafts] == ["0.00 USD", of_ben]


def test_a_pull_that_is_recorded_and_not_sent_yet_counts_as_paid() -> None:
    books = Ledger("USD", [*ARREARS, rent(5)])
    sent_later = Payment("AP-1/pull@2026-04-01", usd(250), received=APRIL, designations=[Designation("R-01", usd(250))])
    books = record(books, [sent_later, PaymentStep(sent_later.id, PaymentState.SCHEDULED, on=APRIL)])
    at = replay(books, by=OLDEST_FIRST, as_of=MAY)
    rule = with_instalment(pull.FULL_BALANCE, agreement(), at)
    run = autopay_run(monthly(1), MAY)
    (draft,) = draft_pulls(Agreement("AP-2", rule, agreed=AGREED), at, run, AutopayPolicy(notice_days=None)).drafts
    assert parts_of(draft) == {"R-01": "250.00", "R-05": "500.00"}


def test_what_is_disputed_of_the_arrears_is_not_pulled() -> None:
    disputed = Charge("R-03", usd(300), due=date(2026, 3, 1), category=Category.RENT, disputed=Dispute(usd(200)))
    of = agreement(charges=["R-03"], instalments=equal_instalments(usd(150), 2))
    (draft,) = drafted(pull.FULL_BALANCE, disputed, of=of)
    assert parts_of(draft)["R-03"] == "100.00"
    half = agreement(charges=["R-03"], instalments=equal_instalments(usd(75), 4))
    assert parts_of(drafted(pull.FULL_BALANCE, disputed, of=half)[0])["R-03"] == "75.00"


def test_before_the_agreement_the_rule_is_the_rule() -> None:
    later = agreement(agreed=date(2026, 4, 2), first=MAY)
    (draft,) = drafted(pull.FULL_BALANCE, rent(4), of=later)
    assert parts_of(draft) == {"R-01": "600.00", "R-02": "400.00", "R-04": "500.00"}
    same_day = agreement(agreed=APRIL, first=MAY)
    assert parts_of(drafted(pull.FULL_BALANCE, rent(4), of=same_day)[0]) == {"R-04": "500.00"}


def test_what_the_rule_says_besides_is_kept() -> None:
    (draft,) = drafted(pull.capped(pull.KEEP_PERCENT, usd(600)), rent(4))
    assert str(draft.amount) == "600.00 USD"
    capped = rule_of(pull.capped(pull.KEEP_UNCHANGED, usd(600)))
    facts = facts_of(capped)
    assert (facts.reads_stored, facts.keeps_base, facts.takes_items, facts.currency) == (True, True, True, "USD")
    assert str(capped) == "keep unchanged, up to 600.00 USD, and the instalments of RA-1"


def test_the_rule_is_asked_about_everything_else_only() -> None:
    seen: list[str] = []

    def asked(view: PullView) -> Wanted:
        seen.extend(item.id for item in view.items)
        return Wanted({}, undesignated_minor=7, cut={"R-04": "not now"})

    (draft,) = drafted(asked, rent(4))
    assert seen == ["R-04"]
    assert parts_of(draft) == {"R-01": "250.00"}
    assert str(draft.amount) == "250.07 USD"
    assert {one.charge: one.reason for one in draft.held}["R-04"] == "not now"


def test_an_instalment_is_for_items() -> None:
    """A fixed amount is for no charge in particular."""
    with pytest.raises(InvalidValue, match=r"^with instalment: fixed amount is for no charge in particular; "):
        rule_of(pull.FIXED)
    with pytest.raises(InvalidType, match=r"^with instalment: rule is str, not an amount rule; pass one such as "):
        rule_of("keep_percent")  # type: ignore[arg-type]


def test_an_instalment_is_in_the_currency_of_the_rule_and_the_account() -> None:
    with pytest.raises(CurrencyMismatch, match=r"^with instalment: instalments in USD, beside CAD$"):
        rule_of(pull.capped(pull.FULL_BALANCE, Money("5", "CAD")))
    with pytest.raises(CurrencyMismatch, match=r"^with instalment: instalments in USD, beside CAD$"):
        with_instalment(pull.FULL_BALANCE, agreement(), replay(Ledger("CAD"), by=OLDEST_FIRST, as_of=APRIL))
