"""Who sees and pays which invoices: written from the words of rules R49 and R55 alone, on plain text.

R49: a payer sees and pays only invoices that are addressed to them. A contact acts for a payer; the resident
themself also for what is addressed to nobody. Only who is active sees, with the level "read" or "billing"; only who
has "billing" pays.

R55: an association ties a payer to invoices that are addressed to nobody: its criteria narrow, several add up.
"""

from __future__ import annotations

from typing import NamedTuple


class Document(NamedTuple):
    """An invoice; empty is absent."""

    name: str
    addressee: str
    client: str
    matter: str
    number: str


class Tie(NamedTuple):
    """An association; empty criteria are absent."""

    payer: str
    client: str
    matter: str
    number: str
    name: str


class Person(NamedTuple):
    """A contact; an empty payer is the account itself."""

    payer: str
    is_resident: bool
    level: str
    state: str


def sees(person: Person, document: Document, ties: list[Tie]) -> bool:
    """Whether somebody sees an invoice."""
    if person.state != "active" or person.level == "none":
        return False
    if document.addressee:
        return document.addressee == person.payer
    if person.is_resident or not person.payer:
        return True
    for tie in ties:
        if tie.payer != person.payer:
            continue
        narrowed = (
            (tie.client, document.client),
            (tie.matter, document.matter),
            (tie.number, document.number),
            (tie.name, document.name),
        )
        if all(wanted in ("", found) for wanted, found in narrowed):
            return True
    return False


def pays(person: Person, document: Document, ties: list[Tie]) -> bool:
    """Whether somebody may pay an invoice, if something of it is payable."""
    return person.level == "billing" and sees(person, document, ties)
