"""Who may see and pay what, where: all that a quote is checked against, besides the account itself.

The problem: whether somebody may pay an invoice with a card depends on a dozen facts that change between the moment
that they look at it and the moment that they press a button. The decision: a ``Portal`` is those facts as one value,
checked together; a quote is made from it, and made again when it is submitted.

Source: rules R48 to R50, R54 and R55.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from arledger.checkout.policy import FLEXIBLE, CheckoutPolicy, RunBy
from arledger.checks import check_id, check_instance
from arledger.entries import Invoice
from arledger.entries.fields import check_optional_ids
from arledger.errors import InvalidValue
from arledger.ledger.position import Position
from arledger.payers.associations import Association, as_associations, check_associations, is_seen_by
from arledger.payers.contacts import Contact, Contacts, why_not_pay, why_not_see
from arledger.payers.invoices import InvoiceBalance, checked_invoices, invoice_balances
from arledger.payers.methods import PaymentMethod, PaymentMethods
from arledger.payers.payment_types import Channel, PaymentTypes, Takes
from arledger.payers.refusals import Refusal, RefusalKind


@attrs.frozen
class BillingTeam:
    """The company's own people, who act for a payer with the methods that the payer has saved.

    ``payer`` None is the account's own.
    """

    payer: str | None = None

    def __attrs_post_init__(self) -> None:
        check_optional_ids(self, "billing team", "payer")

    def __str__(self) -> str:
        return f"the billing team for {'the account' if self.payer is None else self.payer}"


Actor = str | BillingTeam
"""Who acts: a contact, by its id, or the billing team."""


def _as_invoices(invoices: Invoice | Iterable[Invoice]) -> tuple[Invoice, ...]:
    return checked_invoices(invoices, "portal")


def _as_contacts(contacts: Contacts | Contact | Iterable[Contact]) -> Contacts:
    return contacts if isinstance(contacts, Contacts) else Contacts(contacts)


def _as_methods(methods: PaymentMethods | PaymentMethod | Iterable[PaymentMethod]) -> PaymentMethods:
    return methods if isinstance(methods, PaymentMethods) else PaymentMethods(methods)


@attrs.frozen(order=False, kw_only=True)
class Portal:
    """Where an account is paid: its invoices, the people and their methods, and the policy.

    - ``account`` is the resident or customer, as receipts name them.
    - ``types`` are the types of payment that the company takes (None: all); ``channel`` is where payers make a payment.
    - ``takes`` is what the account takes. Absent: by its returned payments, see ``takes_of``.

    >>> from datetime import date
    >>> Portal(invoices=[Invoice("INV-7", date=date(2026, 3, 1))]).policy == FLEXIBLE
    True

    Refused: an id twice; two logins of a payer where the policy has one; cash equivalents only, without types.
    """

    invoices: tuple[Invoice, ...] = attrs.field(converter=_as_invoices)
    contacts: Contacts = attrs.field(factory=Contacts, converter=_as_contacts)
    methods: PaymentMethods = attrs.field(factory=PaymentMethods, converter=_as_methods)
    associations: tuple[Association, ...] = attrs.field(default=(), converter=as_associations)
    policy: CheckoutPolicy = FLEXIBLE
    types: PaymentTypes | None = None
    channel: Channel = Channel.RESIDENT_PORTAL
    takes: Takes | None = None
    account: str | None = None

    def __attrs_post_init__(self) -> None:
        check_associations(self.associations, "portal")
        check_instance(self.policy, CheckoutPolicy, "portal", "policy")
        for field, kind in (("types", PaymentTypes), ("takes", Takes)):
            if getattr(self, field) is not None:
                check_instance(getattr(self, field), kind, "portal", field)
        if self.takes is Takes.CASH_EQUIVALENTS and self.types is None:
            raise InvalidValue(
                "portal: takes cash equivalents only, and has no types that say which they are",
                field="types",
                value=self.takes,
                hint="pass types=PaymentTypes(...)",
            )
        check_instance(self.channel, Channel, "portal", "channel", "pass a Channel, such as Channel.RESIDENT_PORTAL")
        check_optional_ids(self, "portal", "account")
        if self.policy.one_login_a_payer:
            self.contacts.check_one_login("portal")

    def payers_of(self, by: Actor) -> tuple[str | None, ...]:
        """Whose invoices and methods somebody acts with; the first is the payer of their payments.

        Refused: an unknown contact (``UnknownName``).
        """
        if isinstance(by, BillingTeam):
            return (by.payer,)
        contact = self.contacts.contact(by, "portal")
        return (contact.payer, None) if contact.is_self and contact.payer is not None else (contact.payer,)

    def channel_of(self, by: Actor) -> Channel:
        """Where somebody pays: the billing team at the office, where all is taken that the company accepts."""
        return Channel.OFFICE if isinstance(by, BillingTeam) else self.channel

    def invoices_of(self, by: Actor) -> tuple[Invoice, ...]:
        """The invoices of the payers that somebody acts for, the oldest first, be they allowed to see them or not."""
        payers = self.payers_of(by)
        return tuple(
            invoice
            for invoice in self.invoices
            if any(is_seen_by(payer, invoice, self.associations) for payer in payers)
        )

    def why_not_see(self, by: Actor) -> Refusal | None:
        """Why somebody may see nothing at all; None if they may see their invoices. The billing team always may."""
        return None if isinstance(by, BillingTeam) else why_not_see(self.contacts.contact(by, "portal"))

    def why_not_pay(self, by: Actor) -> Refusal | None:
        """Why somebody may pay nothing at all; None if they may pay their invoices."""
        if isinstance(by, BillingTeam):
            if self.policy.run_by is RunBy.PAYERS:
                return Refusal(RefusalKind.RUN_BY_OTHERS, "payments are run by the payers")
            return None
        refusal = why_not_pay(self.contacts.contact(by, "portal"))
        if refusal is None and self.policy.run_by is RunBy.BILLING_TEAM:
            return Refusal(RefusalKind.RUN_BY_OTHERS, "payments are run by the billing team", about=by)
        return refusal


def check_actor(by: object) -> None:
    """Refuse what is neither the id of a contact nor the billing team."""
    if not isinstance(by, BillingTeam):
        check_id(by, "checkout", "by")


def shown_invoices(portal: Portal, position: Position, *, by: Actor) -> tuple[InvoiceBalance, ...] | Refusal:
    """What somebody sees: the balances of their invoices, the oldest first; or why they see nothing.

    >>> from datetime import date
    >>> from arledger import OLDEST_FIRST, AccessLevel, Charge, ContactState, Ledger, Money, replay
    >>> portal = Portal(
    ...     invoices=[Invoice("INV-7", date=date(2026, 3, 1), payer="ana"),
    ...               Invoice("INV-8", date=date(2026, 3, 1), payer="ben")],
    ...     contacts=[Contact("C-1", payer="ana", email="ana@example.org", access=AccessLevel.READ,
    ...                       state=ContactState.ACTIVE)])
    >>> charges = [Charge(f"R-{of}", Money("900", "CAD"), due=date(2026, 3, 1), invoice=f"INV-{of}") for of in (7, 8)]
    >>> position = replay(Ledger("CAD", charges), by=OLDEST_FIRST, as_of=date(2026, 3, 9))
    >>> [balance.id for balance in shown_invoices(portal, position, by="C-1")]
    ['INV-7']

    Source: rules R49, R52 and R55.
    """
    check_instance(portal, Portal, "shown_invoices", "portal")
    check_actor(by)
    refusal = portal.why_not_see(by)
    return invoice_balances(position, portal.invoices_of(by)) if refusal is None else refusal
