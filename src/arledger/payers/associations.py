"""What ties a payer to invoices that are addressed to nobody: clients, matters, single invoices.

The problem: a law firm's invoices know a client and a matter, and whoever pays them may be the client, a relative or
an insurer, for one matter and not for the next. The decision: an association names a payer and criteria, which together
narrow what it ties; several associations add up, and an invoice that fits several is seen once. An association never
crosses an address: what is addressed to somebody is theirs alone.

Source: rule R55; ClientPay's "Associations".
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import attrs

from arledger.checks import as_sorted, as_tuple, check_id, check_ids_differ, check_instance, check_tuple_of
from arledger.entries import Invoice
from arledger.entries.fields import check_optional_ids
from arledger.errors import InvalidValue

_CRITERIA = ("client", "matter", "number", "invoice")


class AssociationScope(Enum):
    """How far an association reaches: the narrowest of its criteria."""

    CLIENT = "client"
    MATTER = "matter"
    INVOICE = "invoice"

    def __repr__(self) -> str:
        return f"AssociationScope.{self.name}"


@attrs.frozen(order=False)
class Association:
    """A payer, and what they are tied to: all invoices of a client, of a matter, or one by its number or its id.

    >>> estate = Association("A-1", "ana", client="Roy", matter="estate")
    >>> estate.scope, str(estate)
    (AssociationScope.MATTER, 'client Roy, matter estate')

    Refused: no criterion at all, which would tie a payer to everybody's invoices.
    """

    id: str
    payer: str
    client: str | None = attrs.field(default=None, kw_only=True)
    matter: str | None = attrs.field(default=None, kw_only=True)
    number: str | None = attrs.field(default=None, kw_only=True)
    invoice: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "association")
        subject = f"association {self.id}"
        check_id(self.payer, subject, "payer")
        check_optional_ids(self, subject, *_CRITERIA)
        if not self._criteria:
            raise InvalidValue(
                f"{subject}: client, matter, number and invoice are all None",
                field="client",
                hint="pass one of them at least",
            )

    @property
    def _criteria(self) -> dict[str, str]:
        return {field: value for field in _CRITERIA if (value := getattr(self, field)) is not None}

    @property
    def scope(self) -> AssociationScope:
        """How far it reaches."""
        if self.number is not None or self.invoice is not None:
            return AssociationScope.INVOICE
        return AssociationScope.CLIENT if self.matter is None else AssociationScope.MATTER

    def ties(self, invoice: Invoice) -> bool:
        """Whether it ties its payer to an invoice: one that meets all criteria and is addressed to nobody else."""
        if invoice.payer not in (None, self.payer):
            return False
        given = {"client": invoice.client, "matter": invoice.matter, "number": invoice.number, "invoice": invoice.id}
        return all(given[field] == value for field, value in self._criteria.items())

    def __str__(self) -> str:
        return ", ".join(f"{field} {value}" for field, value in self._criteria.items())


def as_associations(associations: Association | Iterable[Association]) -> tuple[Association, ...]:
    """Associations as a tuple, by id; what is none is left for the check that follows."""
    return as_sorted(associations, Association)


def check_associations(associations: object, subject: str) -> None:
    """Refuse what is no tuple of associations, and an id twice."""
    check_tuple_of(associations, Association, subject, "associations")
    assert isinstance(associations, tuple)
    check_ids_differ(associations, "association")


def is_seen_by(payer: str | None, invoice: Invoice, associations: Iterable[Association] = ()) -> bool:
    """Whether an invoice is one of a payer's: addressed to them, or tied to them and addressed to nobody.

    ``payer`` None is the account's own, whose are the invoices that are addressed to nobody.

    >>> from datetime import date
    >>> invoice = Invoice("INV-7", date=date(2026, 3, 1), client="Roy", matter="estate")
    >>> is_seen_by("ana", invoice, [Association("A-1", "ana", client="Roy")]), is_seen_by("ben", invoice)
    (True, False)

    Source: rules R49 and R55.
    """
    check_instance(invoice, Invoice, "is_seen_by", "invoice")
    if invoice.payer == payer:
        return True
    return any(association.payer == payer and association.ties(invoice) for association in associations)


def seen_by(
    payer: str | None, invoices: Iterable[Invoice], associations: Iterable[Association] = ()
) -> tuple[Invoice, ...]:
    """The invoices of a payer, each once, the oldest first: by date, then by number, then by id."""
    known, given = as_associations(associations), as_tuple(invoices)
    check_associations(known, "seen_by")
    check_tuple_of(given, Invoice, "seen_by", "invoices")
    found = {invoice.id: invoice for invoice in given if is_seen_by(payer, invoice, known)}
    return tuple(sorted(found.values(), key=invoice_place))


def invoice_place(invoice: Invoice) -> tuple[object, ...]:
    """Where an invoice stands among others: by date, then by number (absent ones last), then by id.

    Numbers are text, and those of digits alone are compared as numbers, so that 9 stands before 10.
    """
    number = invoice.number
    if number is None:
        return (invoice.date, 2, 0, "", "", invoice.id)
    if number.isascii() and number.isdigit():
        digits = number.lstrip("0")  # compared by length first, since CPython reads no int of some thousand digits
        return (invoice.date, 0, len(digits), digits, number, invoice.id)
    return (invoice.date, 1, 0, "", number, invoice.id)
