"""Short words for portals: invoices, people, what they pay with, and what comes of it.

Days are days of March 2026, and today is the 9th. Somebody called ana logs in as the contact K-ana, and has saved the
methods bank-ana and card-ana.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from account_facts import cad, day
from arledger import (
    OLDEST_FIRST,
    AccessLevel,
    BillingTeam,
    Charge,
    CheckoutPolicy,
    Contact,
    ContactState,
    Invoice,
    Ledger,
    MethodKind,
    PaymentMethod,
    Portal,
    Position,
    Quote,
    Receipt,
    Refusal,
    RefusalKind,
    Refused,
    invoice_balances,
    quote,
    record,
    replay,
    submit,
)

TODAY = day(9)
Actor = str | BillingTeam


def invoice(name: str = "INV-1", payer: str | None = "ana", on: int = 1, **given: Any) -> Invoice:
    """An invoice, addressed to ana."""
    return Invoice(name, date=day(on), payer=payer, **given)


def care(name: str = "C-1", amount: str = "900", of: str | None = "INV-1", due: int = 1, **given: Any) -> Charge:
    """A charge of an invoice, of no payer."""
    return Charge(name, cad(amount), due=day(due), invoice=of, **given)


def contact(name: str = "ana", **given: Any) -> Contact:
    """A contact of a payer, who may see and pay."""
    known = {"email": f"{name}@example.org", "access": AccessLevel.BILLING, "state": ContactState.ACTIVE}
    return Contact(given.pop("id", f"K-{name}"), **{"payer": name, **known, **given})


def bank(payer: str | None = "ana", **given: Any) -> PaymentMethod:
    """A bank account that a payer has saved."""
    known: dict[str, Any] = {"payer": payer, "last_four": "6789"}
    return PaymentMethod(given.pop("id", f"bank-{payer}"), MethodKind.BANK_ACCOUNT, **{**known, **given})


def card(payer: str | None = "ana", **given: Any) -> PaymentMethod:
    """A credit card that a payer has saved."""
    known: dict[str, Any] = {"payer": payer, "last_four": "4242"}
    return PaymentMethod(given.pop("id", f"card-{payer}"), MethodKind.CREDIT_CARD, **{**known, **given})


def portal(*invoices: Invoice, people: Iterable[str] = ("ana", "ben"), **given: Any) -> Portal:
    """A portal of some people, each with a bank account and a card; of invoice INV-1, if no other is given."""
    known = {
        "contacts": [contact(one) for one in people],
        "methods": [make(one) for one in people for make in (bank, card)],
    }
    return Portal(**{"invoices": invoices or invoice(), **known, **given})


def standing(*entries: Any, on: int = 9, **terms: Any) -> Position:
    """What entries come to at the end of a day, oldest first."""
    books = Ledger("CAD", entries, closed_through=terms.pop("closed_through", None))
    return replay(books, **{"by": OLDEST_FIRST, "as_of": day(on), **terms})


def asked(
    wanted: Any, position: Position, where: Portal | None = None, by: Actor = "K-ana", paying: Any = "card-ana"
) -> Quote:
    """A quote that is made."""
    found = quote(wanted, position, portal() if where is None else where, by=by, paying=paying)
    assert isinstance(found, Quote), str(found)
    return found


def refused(
    wanted: Any, position: Position, where: Portal | None = None, by: Actor = "K-ana", paying: Any = "card-ana"
) -> list[tuple[RefusalKind, str]]:
    """The refusals of a quote that is not made, by their kinds and as they are said."""
    return said(quote(wanted, position, portal() if where is None else where, by=by, paying=paying))


def said(result: object) -> list[tuple[RefusalKind, str]]:
    """What was refused, by its kind and as it is said."""
    reasons = (result,) if isinstance(result, Refusal) else getattr(result, "reasons", None)
    assert isinstance(result, (Refusal, Refused)), result
    assert reasons
    return [(reason.kind, str(reason)) for reason in reasons]


def submitted(found: Quote, position: Position, where: Portal | None = None) -> Receipt:
    """The receipt T-1 of a quote that is submitted."""
    receipt = submit(found, position, portal() if where is None else where, transaction="T-1")
    assert isinstance(receipt, Receipt), str(receipt)
    return receipt


def later(position: Position, *entries: Any, on: int = 9) -> Position:
    """The position of a day, after more entries were recorded."""
    terms = position.terms
    return replay(
        record(position.ledger, entries),
        by=terms.by,
        as_of=day(on),
        settle=terms.settle,
        returns=terms.returns,
        designations=terms.designations,
        sweep_credits=terms.sweep_credits,
        sweep_payments=terms.sweep_payments,
    )


def lines(found: Quote) -> dict[str, str]:
    """How much is paid of each invoice."""
    return {line.invoice: str(line.amount.amount) for line in found.lines}


def legs(found: Quote) -> dict[str, str]:
    """How much is paid by each method."""
    return {leg.method: str(leg.amount.amount) for leg in found.legs}


def outstanding(position: Position, *invoices: Invoice) -> dict[str, tuple[str, str]]:
    """What is outstanding of invoices, and what is payable of them."""
    return {
        balance.id: (str(balance.outstanding.amount), str(balance.payable.amount))
        for balance in invoice_balances(position, invoices)
    }


def policy(**given: Any) -> CheckoutPolicy:
    """A policy that differs in something."""
    return CheckoutPolicy(**given)
