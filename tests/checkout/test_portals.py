"""Portals: whose invoices somebody acts with, who sees them, and who may run a payment. Rules R49, R54 and R55."""

from __future__ import annotations

from typing import Any

import pytest

from account_facts import day
from arledger import (
    EXACT,
    FLEXIBLE,
    AccessLevel,
    Amounts,
    Association,
    BillingTeam,
    CheckoutPolicy,
    Conflict,
    ContactKind,
    Contacts,
    ContactState,
    InvoiceStatus,
    PaymentMethods,
    Refusal,
    RefusalKind,
    RunBy,
    access,
    shown_invoices,
    with_status,
)
from arledger.checkout.portal import Actor
from portal_facts import (
    asked,
    bank,
    card,
    care,
    contact,
    invoice,
    lines,
    policy,
    portal,
    refused,
    standing,
)

ANA, BEN, NOBODY = invoice("A-1", "ana"), invoice("B-1", "ben"), invoice("N-1", None, client="Roy")
OWED = standing(care("C-1", "100", "A-1"), care("C-2", "20", "B-1"), care("C-3", "3", "N-1"))
SELF = contact("ana", kind=ContactKind.SELF)


def shown(by: Actor = "K-ana", **given: Any) -> list[str]:
    """The ids of the invoices that somebody sees."""
    found = shown_invoices(portal(BEN, ANA, NOBODY, **given), OWED, by=by)
    assert isinstance(found, tuple), str(found)
    return [balance.id for balance in found]


def test_r49_a_payer_sees_what_is_addressed_to_them_and_nothing_else() -> None:
    assert (shown("K-ana"), shown("K-ben")) == (["A-1"], ["B-1"])


def test_r49_a_self_contact_also_sees_the_accounts_own() -> None:
    """R49: the resident, by themself or as a payer of their own."""
    assert shown(contacts=SELF) == ["A-1", "N-1"]
    assert shown(contacts=contact("ana", payer=None, kind=ContactKind.SELF)) == ["N-1"]
    where = portal(ANA, NOBODY, contacts=SELF, methods=[bank(), card(None, id="own")])
    assert where.payers_of("K-ana") == ("ana", None)
    found = asked(["A-1", "N-1"], OWED, where, paying="own")
    assert (lines(found), found.payer) == ({"A-1": "100.00", "N-1": "3.00"}, "ana")
    assert asked(["N-1"], OWED, where, paying="bank-ana").payer == "ana"


def test_r55_an_association_shows_invoices_of_nobody_once() -> None:
    ties = [Association("A-1", "ana", client="Roy"), Association("A-2", "ana", invoice="N-1")]
    assert shown(associations=ties) == ["A-1", "N-1"]
    assert shown("K-ben", associations=ties) == ["B-1"]
    assert shown(contacts=SELF, associations=ties) == ["A-1", "N-1"]
    assert shown(associations=Association("A-1", "ana", invoice="B-1")) == ["A-1"]


def test_r54_the_billing_team_acts_for_a_payer_whatever_access_they_have() -> None:
    """R54: with the payer's invoices and the methods that the payer has saved."""
    disabled = access.disable(contact())
    assert shown(BillingTeam("ana"), contacts=disabled) == ["A-1"]
    assert shown(BillingTeam(), people=()) == ["N-1"]
    where = portal(ANA, BEN, NOBODY, contacts=disabled)
    found = asked(["A-1"], OWED, where, by=BillingTeam("ana"), paying="bank-ana")
    assert (found.payer, found.by) == ("ana", BillingTeam("ana"))
    assert refused(["B-1"], OWED, where, by=BillingTeam("ana"), paying="bank-ben") == [
        (RefusalKind.NOT_THEIRS, "B-1: there is no such invoice"),
        (RefusalKind.NOT_THEIRS, "bank-ben: there is no such method"),
    ]
    assert [str(BillingTeam(payer)) for payer in ("ana", None)] == [
        "the billing team for ana",
        "the billing team for the account",
    ]


@pytest.mark.parametrize("run_by", RunBy)
def test_r54_who_runs_it_changes_who_may_and_never_how_much(run_by: RunBy) -> None:
    where = portal(ANA, policy=policy(run_by=run_by))
    actors: list[Actor] = ["K-ana", BillingTeam("ana")]
    by_payers = [(RefusalKind.RUN_BY_OTHERS, "payments are run by the payers")]
    by_team = [(RefusalKind.RUN_BY_OTHERS, "K-ana: payments are run by the billing team")]
    may = {
        RunBy.ANYONE: (None, None),
        RunBy.PAYERS: (None, by_payers),
        RunBy.BILLING_TEAM: (by_team, None),
    }[run_by]
    for by, reasons in zip(actors, may, strict=True):
        if reasons is None:
            assert lines(asked(["A-1"], OWED, where, by=by)) == {"A-1": "100.00"}
        else:
            assert refused(["A-1"], OWED, where, by=by) == reasons
        assert isinstance(shown_invoices(where, OWED, by=by), tuple)
    assert repr(run_by) == f"RunBy.{run_by.name}"


def test_r54_whoever_may_not_pay_at_all_is_told_that_first() -> None:
    """R49, R54: also where the billing team runs the payments."""
    where = portal(ANA, contacts=contact(access=AccessLevel.READ), policy=policy(run_by=RunBy.BILLING_TEAM))
    assert refused(["A-1"], OWED, where) == [(RefusalKind.READ_ONLY, "K-ana: may see invoices, and not pay")]
    assert isinstance(shown_invoices(where, OWED, by="K-ana"), tuple)


@pytest.mark.parametrize("state", ContactState)
def test_r49_nothing_is_shown_to_whoever_is_not_active(state: ContactState) -> None:
    found = shown_invoices(portal(ANA, contacts=contact(state=state)), OWED, by="K-ana")
    if state is ContactState.ACTIVE:
        assert isinstance(found, tuple)
    else:
        assert isinstance(found, Refusal)
        assert found.kind is RefusalKind.NO_ACCESS


def test_r52_what_is_shown_can_be_filtered_by_status() -> None:
    found = shown_invoices(portal(ANA, NOBODY, contacts=SELF), OWED, by="K-ana")
    assert isinstance(found, tuple)
    assert len(with_status(found, InvoiceStatus.UNPAID)) == 2
    assert with_status(found, InvoiceStatus.PAID) == ()


def test_r52_one_login_a_payer_where_the_policy_has_it() -> None:
    """R49, R52: a second one may be there, disabled."""
    two = [contact(), contact(id="K-2", email="other@example.org")]
    assert len(list(portal(contacts=two).contacts)) == 2
    with pytest.raises(Conflict, match="both log in for ana"):
        portal(contacts=two, policy=EXACT)
    assert portal(contacts=[two[0], access.disable(two[1])], policy=EXACT).policy is EXACT


def test_r49_a_portal_is_the_same_in_whatever_order_its_parts_are_given() -> None:
    ties = [Association("A-1", "ana", client="Roy"), Association("A-2", "ben", client="Roy")]
    people, methods = [contact(), contact("ben")], [bank(), card()]
    one = portal(ANA, BEN, contacts=people, methods=methods, associations=ties)
    other = portal(BEN, ANA, contacts=people[::-1], methods=methods[::-1], associations=ties[::-1])
    checked = portal(BEN, ANA, contacts=Contacts(people), methods=PaymentMethods(methods), associations=iter(ties))
    assert one == other == checked
    assert portal(contacts=contact(), methods=bank()).methods.all == (bank(),)


def test_r51_r52_the_two_portals_are_policies() -> None:
    """R51, R52: ALIS's is flexible and may split, RapidWorks's is exact, by one method and one login."""
    assert CheckoutPolicy() == FLEXIBLE
    assert (FLEXIBLE.amounts, FLEXIBLE.splits, FLEXIBLE.one_login_a_payer) == (Amounts.FLEXIBLE, True, False)
    assert (EXACT.amounts, EXACT.splits, EXACT.one_login_a_payer) == (Amounts.EXACT, False, True)
    assert repr(Amounts.EXACT) == "Amounts.EXACT"
    assert FLEXIBLE.currency is None


def test_r49_invoices_that_begin_later_are_not_shown_yet() -> None:
    where = portal(ANA, invoice("A-2", on=20))
    position = standing(care("C-1", "100", "A-1"), care("C-2", "20", "A-2", due=20))
    found = shown_invoices(where, position, by="K-ana")
    assert isinstance(found, tuple)
    assert [balance.id for balance in found] == ["A-1"]
    assert day(9) == found[0].as_of
