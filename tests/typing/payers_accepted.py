"""What must type-check of payers and checkout, as user code writes it. Read by mypy and pyright, never run."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import assert_type

from arledger import (
    OUTSTANDING,
    AccessLevel,
    Association,
    AssociationScope,
    BillingTeam,
    Charge,
    CheckoutPolicy,
    Contact,
    Contacts,
    Credit,
    Event,
    Invoice,
    InvoiceBalance,
    InvoiceStatus,
    Money,
    PaymentMethod,
    PaymentMethods,
    PaymentTypes,
    Percent,
    Portal,
    Position,
    ProcessingFee,
    Quote,
    Readdressed,
    Receipt,
    Refusal,
    RefusalKind,
    Refused,
    Takes,
    access,
    followed,
    invoice_balances,
    method_for_pulls,
    quote,
    readdress,
    receipt_events,
    seen_by,
    shown_invoices,
    submit,
    takes_of,
    wallet,
    why_not_taken,
    with_status,
)


def contacts(contact: Contact) -> None:
    """Steps give contacts; one or many make ``Contacts``."""
    assert_type(access.invite(contact, level=AccessLevel.READ, authorised=True, email="a@b"), Contact)
    assert_type(access.activate(contact), Contact)
    assert_type(access.disable(contact), Contact)
    assert_type(access.change_email(contact, "a@b"), Contact)
    assert_type(Contacts(contact).contact("K-1", "host"), Contact)
    assert_type(Contacts([contact]).all, tuple[Contact, ...])
    assert_type(contact.payer, str | None)


def methods(method: PaymentMethod, saved: PaymentMethods, day: date) -> None:
    """Steps give methods; a pull gives a method or a refusal."""
    assert_type(wallet.add(PaymentMethods(method), method), PaymentMethods)
    assert_type(wallet.edit(saved, "M-1", nickname="Ana", expires=day), PaymentMethods)
    assert_type(wallet.make_default(saved, "M-1").default_of(None), PaymentMethod | None)
    assert_type(wallet.delete(saved, "M-1").of("ana"), tuple[PaymentMethod, ...])
    assert_type(method_for_pulls(saved, "ana", day), PaymentMethod | Refusal)
    assert_type(method_for_pulls(saved, None, day, named="M-1"), PaymentMethod | Refusal)


def invoices(position: Position, invoice: Invoice, tie: Association, types: PaymentTypes) -> None:
    """One invoice or many; balances and what they are filtered by."""
    balances = invoice_balances(position, invoice)
    assert_type(balances, tuple[InvoiceBalance, ...])
    assert_type(with_status(balances, InvoiceStatus.UNPAID, overdue_on=date(2026, 3, 9)), tuple[InvoiceBalance, ...])
    assert_type(balances[0].payable, Money)
    assert_type(seen_by(None, [invoice], [tie]), tuple[Invoice, ...])
    assert_type(tie.scope, AssociationScope)
    assert_type(takes_of(position, types), Takes)
    assert_type(why_not_taken("ach", types), Refusal | None)
    moved = readdress(invoice, position, to=None, on=date(2026, 3, 9))
    if isinstance(moved, Readdressed):
        assert_type(moved.entries, tuple[Charge | Credit, ...])
    else:
        assert_type(moved.kind, RefusalKind)


def checkout(
    position: Position, invoice: Invoice, method: PaymentMethod, contact: Contact, amount: Money, fee: ProcessingFee
) -> None:
    """Whatever is wanted and paid with, a quote is one or is refused; and so is what is submitted."""
    portal = Portal(invoices=invoice, contacts=contact, methods=method, policy=CheckoutPolicy(fees=fee))
    quote(["INV-1"], position, portal, by=BillingTeam("ana"), paying={"M-1": amount, "M-2": amount})
    quote({"INV-1": amount}, position, portal, by="K-1", paying={"M-1": Percent(60), "M-2": Percent(40)})
    quote({"INV-1": None}, position, portal, by="K-1", paying={"M-1": Fraction(1, 2), "M-2": Fraction(1, 2)})
    found = quote(OUTSTANDING, position, portal, by="K-1", paying="M-1")
    assert_type(found, Quote | Refused)
    assert_type(shown_invoices(portal, position, by="K-1"), tuple[InvoiceBalance, ...] | Refusal)
    if isinstance(found, Quote):
        receipt = submit(found, position, portal, transaction="T-1")
        assert_type(receipt, Receipt | Refused)
        if isinstance(receipt, Receipt):
            assert_type(followed(receipt, position), Receipt)
            assert_type(receipt_events(receipt), tuple[Event, ...])
            assert_type(receipt.total, Money)
    else:
        assert_type(found.reasons, tuple[Refusal, ...])
