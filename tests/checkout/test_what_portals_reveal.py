"""What a reason must not tell: whether something that is another's is there at all. Rules R49, R54 and R55."""

from __future__ import annotations

from typing import Any

import pytest

from account_facts import cad, paid
from arledger import (
    EXACT,
    FLEXIBLE,
    OUTSTANDING,
    Association,
    BillingTeam,
    CheckoutPolicy,
    ContactState,
    CurrencyMismatch,
    Money,
    Percent,
    RefusalKind,
    RunBy,
    wallet,
)
from arledger.checkout.portal import Actor
from portal_facts import asked, bank, card, care, contact, invoice, lines, portal, refused, standing

MINE, THEIRS, NOBODYS = invoice("MINE"), invoice("OTHER", "ben"), invoice("OTHER", None, client="Roy")
OWED = care("C-1", "100", "MINE"), care("C-2", "20", "OTHER"), care("C-3", "7", "OTHER", payer="ben")
THERE = standing(*OWED), portal(MINE, THEIRS)
NOT_THERE = standing(OWED[0]), portal(MINE)
HIDDEN = [
    THERE,
    (standing(*OWED), portal(MINE, NOBODYS)),
    (standing(*OWED), portal(MINE, NOBODYS, associations=Association("A-1", "ben", client="Roy"))),
    (standing(*OWED), portal(MINE)),
    (standing(*OWED, paid("P-1", "900", 2)), portal(MINE, THEIRS)),
    (standing(OWED[0]), portal(MINE, THEIRS)),
]
ACTORS: list[Actor] = ["K-ana", BillingTeam("ana")]


@pytest.mark.parametrize("hidden", HIDDEN[:4] + HIDDEN[5:])
@pytest.mark.parametrize("by", ACTORS)
@pytest.mark.parametrize("amount", [None, "1", "20", "900", "0", "-1"])
@pytest.mark.parametrize("rules", [FLEXIBLE, EXACT, CheckoutPolicy(prepayments=True)])
def test_r49_anothers_invoice_and_one_that_is_not_there_are_refused_in_the_same_words(
    hidden: Any, by: Actor, amount: str | None, rules: CheckoutPolicy
) -> None:
    """R49, R54: whatever is asked of it, alone or beside one's own, there or not, paid or not."""
    position, place = hidden
    known = portal(*place.invoices, associations=place.associations, policy=rules)
    plain = portal(MINE, policy=rules)
    for wanted in ({"OTHER": amount}, {"MINE": None, "OTHER": amount}):
        given = {name: None if one is None else cad(one) for name, one in wanted.items()}
        found = refused(given, position, known, by=by)
        assert found == refused(given, NOT_THERE[0], plain, by=by)
        assert found == [(RefusalKind.NOT_THEIRS, "OTHER: there is no such invoice")]


def test_r49_another_currency_is_misuse_of_ones_own_invoice_only() -> None:
    dollar = Money("1", "USD")
    for position, place in HIDDEN:
        if position.total_open == cad("0"):
            continue
        assert refused({"OTHER": dollar}, position, place)[0] == (
            RefusalKind.NOT_THEIRS,
            "OTHER: there is no such invoice",
        )
        with pytest.raises(CurrencyMismatch):
            refused({"MINE": dollar}, position, place)


def test_r49_everything_outstanding_is_ones_own() -> None:
    for position, place in HIDDEN[:4]:
        assert lines(asked(OUTSTANDING, position, place)) == {"MINE": "100.00"}
    only_theirs = standing(*OWED[1:]), portal(MINE, THEIRS)
    assert refused(OUTSTANDING, *only_theirs) == [(RefusalKind.NOTHING_PAYABLE, "nothing is outstanding")]


@pytest.mark.parametrize("step", [wallet.enable, wallet.disable, wallet.delete])
def test_r50_anothers_method_and_one_that_is_not_there_are_refused_in_the_same_words(step: Any) -> None:
    """R50, R54: in whatever state it is."""
    place = portal(MINE, methods=step(portal().methods, "card-ben"))
    without = portal(MINE, methods=[bank(), card()])
    for paying in ("card-ben", {"card-ana": Percent(50), "card-ben": Percent(50)}):
        found = refused(["MINE"], THERE[0], place, paying=paying)
        assert found == refused(["MINE"], THERE[0], without, paying=paying)
        assert found == [(RefusalKind.NOT_THEIRS, "card-ben: there is no such method")]


@pytest.mark.parametrize("run_by", [RunBy.PAYERS, RunBy.BILLING_TEAM])
def test_r54_whoever_may_not_pay_learns_nothing_of_what_they_asked_for(run_by: RunBy) -> None:
    """R54: the one reason, whatever was asked for."""
    by: Actor = "K-ana" if run_by is RunBy.BILLING_TEAM else BillingTeam("ana")
    for place in (portal(MINE, THEIRS, policy=CheckoutPolicy(run_by=run_by)),):
        reasons = [
            refused(one, THERE[0], place, by=by, paying="none") for one in (["MINE"], ["OTHER"], ["X"], OUTSTANDING)
        ]
        assert all(one == reasons[0] and len(one) == 1 for one in reasons)


def test_r54_a_reason_names_nobody_else() -> None:
    """R54: neither a payer, nor a contact, nor a method that is not one's own."""
    wanted = {"OTHER": None, "MINE": cad("101"), "X": None}
    for found in (
        refused(wanted, *THERE, paying={"bank-ben": Percent(50), "card-ana": Percent(50)}),
        refused(wanted, THERE[0], portal(MINE, THEIRS, contacts=contact(state=ContactState.DISABLED))),
    ):
        for _, text in found:
            assert "ben" not in text.replace("bank-ben", "")
