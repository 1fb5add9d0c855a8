"""Payment methods: what each is, when it can be used, the one default, and the steps of the wallet. Rule R50."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from account_facts import day
from arledger import (
    Conflict,
    MethodKind,
    MethodState,
    PaymentMethod,
    PaymentMethods,
    Refusal,
    RefusalKind,
    method_for_pulls,
    wallet,
)
from arledger.payers.methods import why_not_usable
from portal_facts import TODAY, bank, card

BANK, CARD = bank(is_default=True), card()
SAVED = PaymentMethods([BANK, CARD, bank("ben", is_default=True)])


@pytest.mark.parametrize(
    ("kind", "payment_type", "at_once", "text"),
    [
        (MethodKind.BANK_ACCOUNT, "ach", False, "bank account ending in 6789"),
        (MethodKind.CREDIT_CARD, "credit_card", True, "credit card ending in 6789"),
        (MethodKind.DEBIT_CARD, "debit_card", True, "debit card ending in 6789"),
    ],
)
def test_r50_the_kinds_of_methods(kind: MethodKind, payment_type: str, at_once: bool, text: str) -> None:
    """R50: bank account, credit card, debit card; a card settles at once, a bank account is debited in days."""
    method = PaymentMethod("M-1", kind, last_four="6789")
    assert (method.payment_type, kind.settles_at_once, str(method)) == (payment_type, at_once, text)
    assert repr(kind) == f"MethodKind.{kind.name}"
    named = attrs.evolve(method, nickname="Ana Roy")
    assert str(named) == f"{kind.value.replace('_', ' ')} Ana Roy"


@pytest.mark.parametrize(
    ("given", "on", "reason"),
    [
        ({}, TODAY, None),
        ({"expires": TODAY}, TODAY, None),
        ({"expires": day(8)}, TODAY, "method expired on 2026-03-08"),
        ({"expires": day(8)}, day(8), None),
        ({"state": MethodState.DISABLED}, TODAY, "method disabled"),
        ({"state": MethodState.DELETED}, TODAY, "method deleted"),
        ({"state": MethodState.DISABLED, "expires": day(8)}, TODAY, "method disabled"),
    ],
)
def test_r50_only_an_active_method_that_is_not_expired_can_pay(
    given: dict[str, Any], on: date, reason: str | None
) -> None:
    expected = None if reason is None else Refusal(RefusalKind.METHOD_UNUSABLE, reason, about="card-ana")
    assert why_not_usable(card(**given), on) == expected


def test_r50_methods_are_one_set_by_id() -> None:
    assert PaymentMethods([CARD, BANK]) == PaymentMethods(iter((BANK, CARD))) == PaymentMethods([BANK, CARD])
    assert list(PaymentMethods([CARD, BANK])) == [BANK, CARD]
    assert PaymentMethods(CARD).all == (CARD,)
    assert PaymentMethods().all == ()
    assert SAVED.method("card-ana") is CARD


def test_r50_at_most_one_default_a_payer_and_each_payer_their_own() -> None:
    assert SAVED.default_of("ana") == BANK
    assert SAVED.default_of("ben") == bank("ben", is_default=True)
    assert SAVED.default_of(None) is None
    with pytest.raises(Conflict, match="both are the default of ana"):
        PaymentMethods([BANK, card(is_default=True)])
    own = PaymentMethod("M-0", MethodKind.DEBIT_CARD, last_four="1111", is_default=True)
    with pytest.raises(Conflict, match="both are the default of the account"):
        PaymentMethods([own, attrs.evolve(own, id="M-9")])


def test_r50_a_payer_sees_their_own_methods_that_are_not_deleted() -> None:
    saved = PaymentMethods(
        [*SAVED, card(id="M-x", state=MethodState.DELETED), card(id="M-y", state=MethodState.DISABLED)]
    )
    assert [one.id for one in saved.of("ana")] == ["M-y", "bank-ana", "card-ana"]
    assert saved.of("carl") == ()


def test_r50_editing_changes_nickname_address_and_expiry_and_nothing_else() -> None:
    """R50: another number is another method; what is left out stays."""
    edited = wallet.edit(SAVED, "card-ana", nickname="Ana", billing_address="1 Main St", expires=day(31))
    assert edited.method("card-ana") == attrs.evolve(CARD, nickname="Ana", billing_address="1 Main St", expires=day(31))
    again = wallet.edit(edited, "card-ana", nickname="Roy")
    assert again.method("card-ana") == attrs.evolve(edited.method("card-ana"), nickname="Roy")
    assert wallet.edit(SAVED, "card-ana") == SAVED
    assert [one for one in edited if one.id != "card-ana"] == [one for one in SAVED if one.id != "card-ana"]
    disabled = wallet.disable(SAVED, "card-ana")
    assert wallet.edit(disabled, "card-ana", nickname="Ana").method("card-ana").state is MethodState.DISABLED


def test_r50_active_and_disabled_and_back() -> None:
    """R50: a disabled default keeps its mark."""
    disabled = wallet.disable(SAVED, "bank-ana")
    assert disabled.method("bank-ana") == attrs.evolve(BANK, state=MethodState.DISABLED)
    assert disabled.default_of("ana") == disabled.method("bank-ana")
    assert wallet.disable(disabled, "bank-ana") == disabled
    assert wallet.enable(disabled, "bank-ana") == SAVED
    assert wallet.enable(SAVED, "bank-ana") == SAVED


@pytest.mark.parametrize("first", [wallet.enable, wallet.disable])
def test_r50_a_method_is_deleted_for_good(first: Any) -> None:
    """R50: either may be deleted; a default that is deleted is none; nothing comes back."""
    gone = wallet.delete(first(SAVED, "bank-ana"), "bank-ana")
    assert gone.method("bank-ana") == attrs.evolve(BANK, state=MethodState.DELETED, is_default=False)
    assert gone.default_of("ana") is None
    assert gone.default_of("ben") is not None
    for step in (wallet.enable, wallet.disable, wallet.delete, wallet.make_default, wallet.edit):
        with pytest.raises(Conflict) as caught:
            step(gone, "bank-ana")
        assert str(caught.value) == "method bank-ana: is deleted, for good; add it as a new one"


def test_r50_another_default_takes_the_mark_from_the_one_before() -> None:
    moved = wallet.make_default(SAVED, "card-ana")
    assert moved.default_of("ana") == attrs.evolve(CARD, is_default=True)
    assert moved.method("bank-ana") == attrs.evolve(BANK, is_default=False)
    assert moved.default_of("ben") == SAVED.default_of("ben")
    assert wallet.make_default(moved, "card-ana") == moved
    first = wallet.make_default(PaymentMethods(CARD), "card-ana")
    assert first.default_of("ana") == attrs.evolve(CARD, is_default=True)


def test_r50_a_method_is_added_and_a_new_default_is_the_only_one() -> None:
    plain = wallet.add(SAVED, card(id="M-2"))
    assert plain == PaymentMethods([*SAVED, card(id="M-2")])
    new = wallet.add(SAVED, card(id="M-2", is_default=True))
    assert new.default_of("ana") == card(id="M-2", is_default=True)
    assert not new.method("bank-ana").is_default
    assert new.default_of("ben") == SAVED.default_of("ben")
    with pytest.raises(Conflict, match="stands twice"):
        wallet.add(SAVED, BANK)


def test_r50_a_recurring_pull_takes_the_default_or_the_method_that_was_named() -> None:
    assert method_for_pulls(SAVED, "ana", TODAY) == BANK
    assert method_for_pulls(SAVED, "ana", TODAY, named="card-ana") == CARD
    assert method_for_pulls(SAVED, None, TODAY) == Refusal(RefusalKind.METHOD_UNUSABLE, "no default method")
    not_theirs = Refusal(RefusalKind.NOT_THEIRS, "the method is not theirs", about="bank-ben")
    assert method_for_pulls(SAVED, "ana", TODAY, named="bank-ben") == not_theirs


def test_r50_nothing_is_pulled_by_a_disabled_default_until_it_is_enabled() -> None:
    disabled = wallet.disable(SAVED, "bank-ana")
    held = Refusal(RefusalKind.METHOD_UNUSABLE, "method disabled", about="bank-ana")
    assert method_for_pulls(disabled, "ana", TODAY) == held
    assert method_for_pulls(wallet.enable(disabled, "bank-ana"), "ana", TODAY) == BANK
    expired = PaymentMethods(card(is_default=True, expires=day(8)))
    assert method_for_pulls(expired, "ana", day(8)) == card(is_default=True, expires=day(8))
    assert isinstance(method_for_pulls(expired, "ana", TODAY), Refusal)


def test_states_of_methods_print_as_they_are_written() -> None:
    assert repr(MethodState.DELETED) == "MethodState.DELETED"
