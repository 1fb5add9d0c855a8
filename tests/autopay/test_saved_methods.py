"""Drafts by the methods that payers have saved. Rule R50."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from arledger import (
    Agreement,
    AutopayPolicy,
    BusinessDays,
    Designation,
    Draft,
    InvalidType,
    MethodKind,
    Payment,
    PaymentMethod,
    PaymentMethods,
    Percent,
    Return,
    ReturnReason,
    UnknownName,
    draft_pulls,
    retry_pull,
    wallet,
)
from autopay_facts import JUNE, agreement, cad, of_two, position_of, rent, run_of

SATURDAY = date(2026, 8, 1)


def checking(payer: str | None = "A", **more: Any) -> PaymentMethod:
    """A bank account."""
    return PaymentMethod(f"M-{payer}", MethodKind.BANK_ACCOUNT, payer=payer, last_four="6789", **more)


def card(payer: str | None = "A", **more: Any) -> PaymentMethod:
    """A credit card."""
    return PaymentMethod(f"K-{payer}", MethodKind.CREDIT_CARD, payer=payer, last_four="4242", **more)


def drafted_by(methods: PaymentMethods | None, by: Agreement | None = None, **policy: Any) -> Draft:
    """The draft of A on 1 June."""
    one = agreement("A") if by is None else by
    return draft_pulls(one, position_of(rent(6)), run_of(), AutopayPolicy(**policy), methods=methods).drafts[0]


def test_R50_the_default_serves_recurring_pulls_and_its_type_is_the_method_of_the_payment() -> None:
    saved = PaymentMethods([checking(), card(is_default=True)])
    draft = drafted_by(saved)
    assert draft.payment is not None
    assert (draft.amount.minor, draft.payment.method, draft.method) == (100000, "credit_card", "K-A")


def test_R50_a_named_method_goes_before_the_default() -> None:
    draft = drafted_by(PaymentMethods([checking(), card(is_default=True)]), agreement("A", method="M-A"))
    assert draft.payment is not None
    assert draft.payment.method == "ach"


def test_R50_without_saved_methods_an_agreements_method_is_any_word() -> None:
    draft = drafted_by(None, agreement("A", method="direct debit"))
    assert draft.payment is not None
    assert (draft.payment.method, draft.method) == ("direct debit", None)


@pytest.mark.parametrize("named", [None, "M-A"])
def test_R50_a_disabled_default_keeps_its_mark_and_drafts_on_it_are_held(named: str | None) -> None:
    saved = wallet.disable(PaymentMethods(checking(is_default=True)), "M-A")
    default = saved.default_of("A")
    assert default is not None
    assert default.id == "M-A"
    draft = drafted_by(saved, agreement("A", method=named))
    assert (draft.amount.minor, draft.payment, draft.reason) == (0, None, "held: method disabled")
    assert draft.method is None
    assert [(one.charge, one.amount.minor, one.reason) for one in draft.held] == [
        ("R-06", 100000, "held: method disabled")
    ]


def test_R50_after_the_default_is_deleted_nothing_is_pulled() -> None:
    saved = PaymentMethods(checking(is_default=True))
    assert drafted_by(wallet.delete(saved, "M-A")).reason == "held: no default method"
    named = agreement("A", method="M-A")
    assert drafted_by(wallet.delete(saved, "M-A"), named).reason == "held: method deleted"


def test_R50_a_pull_is_held_where_the_card_expires_before_its_execution() -> None:
    saved = PaymentMethods(card(is_default=True, expires=date(2026, 8, 2)))
    banks = AutopayPolicy(business_days=BusinessDays("following"))
    august = position_of(rent(8), on=SATURDAY)
    drafts = draft_pulls(agreement("A"), august, run_of(SATURDAY), banks, methods=saved)
    assert drafts.drafts[0].reason == "held: method expired on 2026-08-02"
    later = draft_pulls(agreement("A"), august, run_of(SATURDAY), AutopayPolicy(), methods=saved)
    assert later.drafts[0].amount.minor == 100000


def test_R50_a_method_of_somebody_else_is_not_taken() -> None:
    saved = PaymentMethods(checking("B", is_default=True))
    assert drafted_by(saved, agreement("A", method="M-B")).reason == "held: the method is not theirs"


def test_R50_a_held_draft_leaves_the_other_payers_part_as_it_is() -> None:
    saved = wallet.disable(PaymentMethods([checking("A", is_default=True), checking("B", is_default=True)]), "M-A")
    drafts = draft_pulls(of_two(), position_of(rent(6)), run_of(), methods=saved)
    assert [draft.amount.minor for draft in drafts.drafts] == [0, 40000]


def test_R50_an_account_of_its_own_has_a_default_too() -> None:
    saved = PaymentMethods(checking(None, is_default=True))
    own = Agreement("AP-0", agreement("A").rule, agreed=JUNE, shares=Percent(50))
    draft = drafted_by(saved, own)
    assert draft.amount.minor == 50000


def test_a_named_method_that_is_not_there_is_refused() -> None:
    saved = PaymentMethods(checking())
    with pytest.raises(UnknownName, match=r"^agreement AP-A: there is no method M-B; did you mean M-A") as told:
        drafted_by(saved, agreement("A", method="M-B"))
    assert told.value.field == "method"


def test_what_are_no_saved_methods_are_refused() -> None:
    with pytest.raises(InvalidType, match=r"^draft_pulls: methods is list, not PaymentMethods; pass a PaymentMethods$"):
        drafted_by([checking()])  # type: ignore[arg-type]  # so it is meant


def test_R50_a_pull_is_not_presented_again_by_a_method_that_cannot_pay() -> None:
    pulled = Payment("AP-A/pull@2026-06-01", cad(1000), received=JUNE, payer="A", designations=[Designation("R-06")])
    back = Return("N-1", pulled.id, on=date(2026, 6, 4), reason=ReturnReason.INSUFFICIENT_FUNDS)
    position = position_of(rent(6), pulled, back, on=date(2026, 6, 9))
    saved = wallet.disable(PaymentMethods(checking()), "M-A")
    day = date(2026, 6, 9)
    held = retry_pull(pulled.id, position, on=day, method=saved.method("M-A"))
    assert (held.payment, held.reason) == (None, "held: method disabled")
    again = retry_pull(pulled.id, position, on=day, method=checking())
    assert again.payment is not None
    with pytest.raises(InvalidType, match=r"^retry: method is str, not PaymentMethod; pass a PaymentMethod$"):
        retry_pull(pulled.id, position, on=day, method="M-A")  # type: ignore[arg-type]  # so it is meant
