"""What must not type-check of payers and checkout. An ignore that is not needed is an error."""

from __future__ import annotations

from arledger import (
    AccessLevel,
    Association,
    CheckoutPolicy,
    Contact,
    Invoice,
    InvoiceBalance,
    Money,
    PaymentMethod,
    PaymentMethods,
    Portal,
    Position,
    Quote,
    Receipt,
    access,
    followed,
    invoice_balances,
    method_for_pulls,
    quote,
    readdress,
    submit,
    wallet,
)


def refused(
    position: Position, portal: Portal, invoice: Invoice, method: PaymentMethod, contact: Contact, amount: Money
) -> None:
    """Each line is misuse that a type checker finds before a test does."""
    Contact("K-1", "ana")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    PaymentMethod("M-1", "bank_account", last_four="6789")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Association("A-1", "ana", "Roy")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    InvoiceBalance(invoice, amount)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    CheckoutPolicy(amounts="exact")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Portal(invoices="INV-1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    access.invite(contact, level=AccessLevel.READ)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    access.invite(contact, level="read", authorised=True)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    wallet.edit(PaymentMethods(method), "M-1", last_four="1234")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    wallet.disable(method, "M-1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    method_for_pulls(PaymentMethods(), "ana", "today")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    invoice_balances(position, "INV-1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    readdress(invoice, position, to="ben")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    readdress(invoice, position, to="ben", on=position.as_of).invoice  # type: ignore[union-attr]  # noqa: B018  # pyright: ignore[reportAttributeAccessIssue]
    quote(["INV-1"], position, portal, by="K-1", paying=method)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    quote(["INV-1"], position, portal, by=contact, paying="M-1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    quote(["INV-1"], position, portal, by="K-1", paying="M-1").lines  # type: ignore[union-attr]  # noqa: B018  # pyright: ignore[reportAttributeAccessIssue]


def followed_wrongly(found: Quote, receipt: Receipt, position: Position, portal: Portal) -> None:
    """A quote is no receipt, and a submission needs its transaction."""
    followed(found, position)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    submit(receipt, position, portal, transaction="T-1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    submit(found, position, portal)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    receipt.transaction = "T-2"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
