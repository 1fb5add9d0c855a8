"""Contacts: what each access lets them do, its steps, and what must not stand together. Rule R49."""

from __future__ import annotations

from itertools import product

import pytest

from arledger import (
    AccessLevel,
    Conflict,
    Contact,
    ContactKind,
    Contacts,
    ContactState,
    Refusal,
    RefusalKind,
    access,
)
from arledger.payers.contacts import NEXT_ACCESS, why_not_pay, why_not_see
from autopay_facts import agreement, amounts, drafted, rent
from portal_facts import bank, care, contact, portal, refused, standing

NOT_INVITED = Contact("K-1", payer="ana", email="Ana@Example.org")


def test_r49_a_contact_begins_without_access() -> None:
    assert (NOT_INVITED.access, NOT_INVITED.state) == (AccessLevel.NONE, ContactState.NOT_INVITED)
    assert (NOT_INVITED.kind, NOT_INVITED.is_self) == (ContactKind.OTHER, False)


def test_r49_a_login_is_the_email_in_one_spelling() -> None:
    assert NOT_INVITED.login == "ana@example.org"
    assert Contact("K-1", payer="ana").login is None


def test_r49_an_invitation_is_accepted_and_its_access_ends_and_opens_again() -> None:
    """R49: invited, active, disabled; an invitation opens what was disabled."""
    invited = access.invite(NOT_INVITED, level=AccessLevel.READ, authorised=True)
    assert (invited.state, invited.access, invited.email) == (
        ContactState.INVITED,
        AccessLevel.READ,
        "Ana@Example.org",
    )
    active = access.activate(invited)
    assert (active.state, active.access) == (ContactState.ACTIVE, AccessLevel.READ)
    disabled = access.disable(active)
    assert (disabled.state, disabled.access, disabled.email) == (ContactState.DISABLED, AccessLevel.READ, active.email)
    again = access.invite(disabled, level=AccessLevel.BILLING, authorised=True)
    assert (again.state, again.access) == (ContactState.INVITED, AccessLevel.BILLING)
    assert access.disable(invited).state is ContactState.DISABLED


def test_r49_an_invitation_is_sent_again_and_may_change_address_and_level() -> None:
    for state in (ContactState.INVITED, ContactState.ACTIVE):
        again = access.invite(contact(state=state), level=AccessLevel.READ, authorised=True, email="new@example.org")
        assert (again.state, again.email, again.access) == (ContactState.INVITED, "new@example.org", AccessLevel.READ)


def test_r49_an_email_is_confirmed_by_the_invitation() -> None:
    bare = Contact("K-1", payer="ana")
    invited = access.invite(bare, level=AccessLevel.READ, authorised=True, email="ana@example.org")
    assert invited.email == "ana@example.org"
    assert bare.email is None


@pytest.mark.parametrize("state", ContactState)
def test_r49_another_email_leaves_the_access_as_it_is(state: ContactState) -> None:
    changed = access.change_email(contact(state=state), "new@example.org")
    assert changed == contact(state=state, email="new@example.org")


STEPS = {
    ContactState.INVITED: lambda one: access.invite(one, level=AccessLevel.BILLING, authorised=True),
    ContactState.ACTIVE: access.activate,
    ContactState.DISABLED: access.disable,
}


@pytest.mark.parametrize(("state", "to"), list(product(ContactState, STEPS)))
def test_r49_one_table_says_what_may_follow(state: ContactState, to: ContactState) -> None:
    allowed = {
        (ContactState.NOT_INVITED, ContactState.INVITED),
        (ContactState.INVITED, ContactState.INVITED),
        (ContactState.INVITED, ContactState.ACTIVE),
        (ContactState.INVITED, ContactState.DISABLED),
        (ContactState.ACTIVE, ContactState.INVITED),
        (ContactState.ACTIVE, ContactState.DISABLED),
        (ContactState.DISABLED, ContactState.INVITED),
    }
    assert (to in NEXT_ACCESS[state]) == ((state, to) in allowed)
    if (state, to) in allowed:
        assert STEPS[to](contact(state=state)).state is to
    else:
        with pytest.raises(Conflict):
            STEPS[to](contact(state=state))


def test_r49_nobody_is_invited_without_a_word_that_they_are_authorised() -> None:
    with pytest.raises(Conflict) as caught:
        access.invite(NOT_INVITED, level=AccessLevel.READ, authorised=False)
    assert caught.value.field == "authorised"


@pytest.mark.parametrize(("state", "level"), list(product(ContactState, AccessLevel)))
def test_r49_only_an_active_contact_sees_and_only_billing_pays(state: ContactState, level: AccessLevel) -> None:
    """R49, R54: each state with each level; a refusal has its kind, its reason, and whom it is about."""
    one = contact(state=state, access=level)
    to_see, to_pay = why_not_see(one), why_not_pay(one)
    if state is not ContactState.ACTIVE:
        said = {"not_invited": "access is not invited", "invited": "access is invited"}
        expected = Refusal(RefusalKind.NO_ACCESS, said.get(state.value, "access is disabled"), about="K-ana")
        assert to_see == to_pay == expected
    elif level is AccessLevel.NONE:
        assert to_see == to_pay == Refusal(RefusalKind.NO_ACCESS, "has no access to invoices", about="K-ana")
    else:
        assert to_see is None
        read = Refusal(RefusalKind.READ_ONLY, "may see invoices, and not pay", about="K-ana")
        assert to_pay == (None if level is AccessLevel.BILLING else read)


def test_r49_contacts_are_one_set_by_id() -> None:
    one, two = contact("ben"), contact("ana")
    assert Contacts([one, two]) == Contacts([two, one]) == Contacts(iter((one, two)))
    assert list(Contacts([one, two])) == [two, one]
    assert Contacts(one).all == (one,)
    assert Contacts().all == ()
    assert Contacts([one, two]).contact("K-ben", "test") is one


def test_r49_one_email_may_log_in_for_several_payers_and_none_for_many() -> None:
    """R49: one identity a customer; a daughter may be a contact for two parents."""
    assert len(list(Contacts([contact("ana", email="a@b"), contact("ben", email="a@b")]))) == 2
    assert len(list(Contacts([Contact("K-1", payer="ana"), Contact("K-2", payer="ana")]))) == 2
    assert len(list(Contacts([contact(email="a@b"), contact(id="K-2", email="b@b")]))) == 2


def test_r49_a_payer_has_one_contact_that_is_the_resident_themself() -> None:
    both = [contact("ana", kind=ContactKind.SELF), contact("ben", kind=ContactKind.SELF)]
    assert all(one.is_self for one in Contacts(both))
    own = Contact("K-0", kind=ContactKind.SELF)
    assert [one.payer for one in Contacts([*both, own])] == [None, "ana", "ben"]
    with pytest.raises(Conflict, match="both are the account themself"):
        Contacts([own, Contact("K-1", kind=ContactKind.SELF)])
    with pytest.raises(Conflict, match="both log in for the account"):
        Contacts([Contact("K-0", kind=ContactKind.SELF, email="a@b"), _account_contact("A@b")])


def _account_contact(email: str) -> Contact:
    return Contact("K-1", kind=ContactKind.SELF, email=email)


@pytest.mark.parametrize("other", ContactState)
def test_r49_one_login_counts_those_who_are_invited_or_active(other: ContactState) -> None:
    """R49: only one login is supported for a customer, where the policy says so."""
    both = Contacts([contact(), contact(id="K-2", email="other@example.org", state=other), contact("ben")])
    if other in (ContactState.INVITED, ContactState.ACTIVE):
        with pytest.raises(Conflict, match="K-2 and K-ana both log in for ana"):
            both.check_one_login("test")
    else:
        both.check_one_login("test")


def test_r49_a_disabled_contact_pays_no_more_and_what_they_authorised_is_still_pulled() -> None:
    """R49: access is one thing, a standing agreement another."""
    gone = access.disable(contact("A"))
    place = portal(people=["A"], contacts=gone)
    assert refused(["INV-1"], standing(care()), place, by="K-A", paying="card-A") == [
        (RefusalKind.NO_ACCESS, "K-A: access is disabled")
    ]
    assert place.methods.method("bank-A") == bank("A")
    assert amounts(drafted(agreement("A"), rent(6))) == ["1000.00"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (ContactKind.SELF, "ContactKind.SELF"),
        (AccessLevel.READ, "AccessLevel.READ"),
        (ContactState.ACTIVE, "ContactState.ACTIVE"),
        (RefusalKind.LATE, "RefusalKind.LATE"),
    ],
)
def test_kinds_and_states_print_as_they_are_written(value: object, text: str) -> None:
    assert repr(value) == text
