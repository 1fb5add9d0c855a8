"""People who may see and pay: contacts, their access, and its state.

The problem: a daughter may see her father's invoices and another may pay them; a resident pays their own; somebody who
moved on must not pay any more, while what they authorised to be pulled goes on. The decision: a contact stands for one
payer (of type Self also for the account's own), with a level of access and the state of it. What may follow what is
one table, and the steps are functions that give the contact as it is then.

Source: rule R49; ALIS's "Access" tab, RapidWorks's "Send Payment Portal Activation Link".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from types import MappingProxyType

import attrs

from arledger.checks import as_sorted, check_id, check_ids_differ, check_instance, check_tuple_of, shown
from arledger.entries.fields import check_optional_ids
from arledger.errors import Conflict, InvalidValue, UnknownName, did_you_mean
from arledger.payers.refusals import Refusal, RefusalKind


class ContactKind(Enum):
    """What a contact is to the resident or customer. SELF is the resident themself."""

    SELF = "self"
    FAMILY = "family"
    GUARDIAN = "guardian"
    GUARANTOR = "guarantor"
    COMPANY = "company"
    OTHER = "other"

    def __repr__(self) -> str:
        return f"ContactKind.{self.name}"


class AccessLevel(Enum):
    """What a contact may do: nothing, see invoices, or see and pay them."""

    NONE = "none"
    READ = "read"
    BILLING = "billing"

    def __repr__(self) -> str:
        return f"AccessLevel.{self.name}"


class ContactState(Enum):
    """Where the access of a contact is."""

    NOT_INVITED = "not_invited"
    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"

    def __repr__(self) -> str:
        return f"ContactState.{self.name}"


NEXT_ACCESS: Mapping[ContactState, tuple[ContactState, ...]] = MappingProxyType(
    {
        ContactState.NOT_INVITED: (ContactState.INVITED,),
        ContactState.INVITED: (ContactState.INVITED, ContactState.ACTIVE, ContactState.DISABLED),
        ContactState.ACTIVE: (ContactState.INVITED, ContactState.DISABLED),
        ContactState.DISABLED: (ContactState.INVITED,),
    }
)
"""The states of access that may follow each; to invite again resends the invitation."""


@attrs.frozen(order=False)
class Contact:
    """A person who may see and pay invoices of one payer.

    ``payer`` is whose invoices they act for: those addressed to that payer; a contact of the kind SELF also acts for
    the account's own, which are addressed to nobody. ``email`` is the name that they log in by.

    >>> Contact("C-1", payer="rosa", kind=ContactKind.SELF, email="rosa@example.org").state
    ContactState.NOT_INVITED

    Refused: no payer where the kind is not SELF; an e-mail without "@"; an invitation without an e-mail.
    """

    id: str
    payer: str | None = attrs.field(default=None, kw_only=True)
    kind: ContactKind = attrs.field(default=ContactKind.OTHER, kw_only=True)
    email: str | None = attrs.field(default=None, kw_only=True)
    access: AccessLevel = attrs.field(default=AccessLevel.NONE, kw_only=True)
    state: ContactState = attrs.field(default=ContactState.NOT_INVITED, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "contact")
        subject = f"contact {self.id}"
        check_optional_ids(self, subject, "payer", "email")
        check_instance(self.kind, ContactKind, subject, "kind", "pass a ContactKind, such as ContactKind.SELF")
        check_instance(self.access, AccessLevel, subject, "access", "pass an AccessLevel, such as AccessLevel.BILLING")
        check_instance(self.state, ContactState, subject, "state", "pass a ContactState, such as ContactState.ACTIVE")
        if self.payer is None and self.kind is not ContactKind.SELF:
            raise InvalidValue(
                f"{subject}: payer is None, and its kind is {self.kind.value}",
                field="payer",
                hint="pass payer=, or kind=ContactKind.SELF for the account's own",
            )
        if self.email is not None and "@" not in self.email:
            raise InvalidValue(
                f"{subject}: email {shown(self.email)} has no @",
                field="email",
                value=self.email,
                hint="pass an address",
            )
        if self.email is None and self.state is not ContactState.NOT_INVITED:
            raise InvalidValue(
                f"{subject}: email is None, and its access is {self.state.value}",
                field="email",
                hint="pass the one they log in by",
            )

    @property
    def login(self) -> str | None:
        """The name that they log in by, in one spelling."""
        return None if self.email is None else self.email.casefold()

    @property
    def is_self(self) -> bool:
        """Whether it is the resident themself."""
        return self.kind is ContactKind.SELF


def why_not_see(contact: Contact) -> Refusal | None:
    """Why a contact may see no invoice at all; None if they may see those of their payer."""
    if contact.state is not ContactState.ACTIVE:
        return Refusal(RefusalKind.NO_ACCESS, f"access is {contact.state.value.replace('_', ' ')}", about=contact.id)
    if contact.access is AccessLevel.NONE:
        return Refusal(RefusalKind.NO_ACCESS, "has no access to invoices", about=contact.id)
    return None


def why_not_pay(contact: Contact) -> Refusal | None:
    """Why a contact may pay no invoice at all; None if they may pay those of their payer."""
    if contact.access is AccessLevel.READ and contact.state is ContactState.ACTIVE:
        return Refusal(RefusalKind.READ_ONLY, "may see invoices, and not pay", about=contact.id)
    return why_not_see(contact)


def _as_contacts(contacts: Contact | Iterable[Contact]) -> tuple[Contact, ...]:
    return as_sorted(contacts, Contact)


@attrs.frozen(order=False)
class Contacts:
    """The contacts of an account, by id, checked together: one portal identity a customer, by e-mail.

    >>> ana = Contact("C-1", payer="ana", email="a@example.org")
    >>> Contacts([ana, Contact("C-2", payer="ana", email="A@example.org")])
    Traceback (most recent call last):
        ...
    arledger.errors.Conflict: contacts C-1 and C-2: both log in for ana as a@example.org; keep one of them

    Refused: an id twice; one e-mail twice for one payer; two contacts of the kind SELF for one payer.
    """

    all: tuple[Contact, ...] = attrs.field(default=(), converter=_as_contacts)

    def __attrs_post_init__(self) -> None:
        check_tuple_of(self.all, Contact, "contacts", "all")
        check_ids_differ(self.all, "contact")
        logins: dict[tuple[str | None, str], Contact] = {}
        residents: dict[str | None, Contact] = {}
        for contact in self.all:
            if contact.login is not None:
                other = logins.setdefault((contact.payer, contact.login), contact)
                if other is not contact:
                    whose = _name(contact.payer)
                    raise Conflict(
                        f"contacts {other.id} and {contact.id}: both log in for {whose} as {contact.login}",
                        field="email",
                        value=contact.email,
                        hint="keep one of them",
                    )
            if contact.is_self:
                other = residents.setdefault(contact.payer, contact)
                if other is not contact:
                    raise Conflict(
                        f"contacts {other.id} and {contact.id}: both are {_name(contact.payer)} themself",
                        field="kind",
                        value=contact.kind,
                        hint="keep one of them, or give the other another kind",
                    )

    def __iter__(self) -> Iterator[Contact]:
        return iter(self.all)

    def contact(self, name: str, subject: str) -> Contact:
        """The contact with that id; unknown ones raise ``UnknownName``."""
        check_id(name, subject, "contact")
        found = next((contact for contact in self.all if contact.id == name), None)
        if found is None:
            hint = did_you_mean(name, [contact.id for contact in self.all]) if self.all else "pass contacts"
            raise UnknownName(f"{subject}: there is no contact {name}", field="contact", value=name, hint=hint)
        return found

    def check_one_login(self, subject: str) -> None:
        """Refuse a payer with two contacts that are invited or active: only one login is supported."""
        known: dict[str | None, Contact] = {}
        for contact in self.all:
            if contact.state in (ContactState.INVITED, ContactState.ACTIVE):
                other = known.setdefault(contact.payer, contact)
                if other is not contact:
                    raise Conflict(
                        f"{subject}: contacts {other.id} and {contact.id} both log in for {_name(contact.payer)}",
                        field="contacts",
                        value=contact.id,
                        hint="disable one of them: a payer has one login",
                    )


def _name(payer: str | None) -> str:
    return "the account" if payer is None else payer
