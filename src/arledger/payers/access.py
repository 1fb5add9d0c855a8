"""The steps of a contact's access, each by its name.

One namespace of functions, imported as a module: each takes a contact and gives it as it is then.

>>> from arledger import access
>>> rosa = Contact("C-1", payer="rosa", email="rosa@example.org")
>>> active = access.activate(access.invite(rosa, level=AccessLevel.BILLING, authorised=True))
>>> active.state, access.disable(active).state
(ContactState.ACTIVE, ContactState.DISABLED)

Whoever's access is disabled pays nothing in the portal any more; what they authorised to be pulled goes on until the
agreement itself is ended.

Source: rule R49; ALIS's "Send Invite", RapidWorks's activation link.
"""

from __future__ import annotations

from typing import Any

import attrs

from arledger.checks import check_instance
from arledger.errors import Conflict
from arledger.payers.contacts import NEXT_ACCESS, AccessLevel, Contact, ContactState

__all__ = ["activate", "change_email", "disable", "invite"]


def invite(contact: Contact, *, level: AccessLevel, authorised: bool, email: str | None = None) -> Contact:
    """A contact who was sent an invitation, or was sent it again; ``email`` confirms or replaces the address.

    ``authorised`` is the word of whoever invites that the contact may see the resident's information. Refused, without
    it (``Conflict``); a contact without an e-mail.
    """
    check_instance(contact, Contact, "invite", "contact")
    check_instance(authorised, bool, f"contact {contact.id}", "authorised", "pass True or False")
    if not authorised:
        raise Conflict(
            f"contact {contact.id}: is not authorised to see the resident's information",
            field="authorised",
            value=authorised,
            hint="confirm it, or do not invite them",
        )
    address = contact.email if email is None else email
    return _stepped(contact, ContactState.INVITED, access=level, email=address)


def activate(contact: Contact) -> Contact:
    """A contact who accepted the invitation and registered. Refused: one who was not invited, or is disabled."""
    return _stepped(contact, ContactState.ACTIVE)


def disable(contact: Contact) -> Contact:
    """A contact whose access has ended; an invitation opens it again."""
    return _stepped(contact, ContactState.DISABLED)


def change_email(contact: Contact, email: str) -> Contact:
    """A contact with another address to log in by; whatever their access is, it stays."""
    check_instance(contact, Contact, "change_email", "contact")
    return attrs.evolve(contact, email=email)


def _stepped(contact: Contact, state: ContactState, **changes: Any) -> Contact:
    check_instance(contact, Contact, "access", "contact")
    if state not in NEXT_ACCESS[contact.state]:
        following = " or ".join(after.value.replace("_", " ") for after in NEXT_ACCESS[contact.state])
        raise Conflict(
            f"contact {contact.id}: cannot be {state.value} after {contact.state.value.replace('_', ' ')}",
            field="state",
            value=contact.state,
            hint=f"it can be {following}",
        )
    return attrs.evolve(contact, state=state, **changes)
