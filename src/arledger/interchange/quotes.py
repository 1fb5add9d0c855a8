"""Quotes and receipts, for people and for other programs.

The decision: a table of the account's invoices with what is quoted below it; CSV with the rows that submitting the
quote adds to a file of entries; and everything as JSON.

Source: rules R51 to R53; ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from arledger.checkout.legs import QuoteLeg
from arledger.checkout.quotes import Quote
from arledger.checkout.receipts import Receipt
from arledger.entries import Payment
from arledger.interchange.entry_cells import Cells, payment_cells, step_cells
from arledger.interchange.results import record_text
from arledger.money import amount_text
from arledger.payers.invoices import InvoiceBalance, balances_text


def quote_text(account: str, quote: Quote, balances: Iterable[InvoiceBalance]) -> str:
    """What may be seen, and what is quoted of it."""
    title = f"account {account}, quote {quote.id}"
    return "\n\n".join([title, balances_text(balances, quote.on), str(quote)]) + "\n"


def receipt_cells(account: str, receipt: Receipt) -> list[Cells]:
    """The entries of a receipt, as cells of a file of entries."""
    currency = receipt.total.currency
    return [
        payment_cells(account, entry) if isinstance(entry, Payment) else step_cells(account, entry, currency)
        for entry in receipt.entries
    ]


def quote_json(account: str, quote: Quote, balances: Iterable[InvoiceBalance]) -> str:
    """Everything: the invoices that may be seen, and what is quoted of them."""
    return record_text(
        {
            "account": account,
            "quote": quote.id,
            "on": str(quote.on),
            "by": str(quote.by),
            "payer": quote.payer,
            "currency": quote.currency,
            "invoices": [_balance_record(balance, quote) for balance in balances],
            "lines": [
                {
                    "invoice": line.invoice,
                    "number": line.number,
                    "payable": amount_text(line.payable),
                    "amount": amount_text(line.amount),
                }
                for line in quote.lines
            ],
            "legs": [_leg_record(leg) for leg in quote.legs],
            "amount": amount_text(quote.amount),
            "prepayment": amount_text(quote.prepayment),
            "fee": amount_text(quote.fee),
            "total": amount_text(quote.total),
            "authorisation": quote.authorisation,
            "payments": [dict(payment_cells(account, payment)) for payment in quote.payments],
            "fingerprint": quote.fingerprint,
        }
    )


def _balance_record(balance: InvoiceBalance, quote: Quote) -> dict[str, Any]:
    return {
        "invoice": balance.id,
        "number": balance.invoice.number,
        "date": str(balance.invoice.date),
        "due": None if balance.invoice.due is None else str(balance.invoice.due),
        "status": balance.status.value,
        "overdue": balance.is_overdue(quote.on),
        "amount": amount_text(balance.amount),
        "outstanding": amount_text(balance.outstanding),
        "pending": amount_text(balance.pending),
        "disputed": amount_text(balance.disputed),
        "payable": amount_text(balance.payable),
    }


def _leg_record(leg: QuoteLeg) -> dict[str, Any]:
    return {
        "method": leg.method,
        "label": leg.label,
        "type": leg.payment_type,
        "amount": amount_text(leg.amount),
        "fee": amount_text(leg.fee),
        "borne_by": None if leg.borne_by is None else leg.borne_by.value,
        "total": amount_text(leg.total),
    }
