"""Balances of invoices and postings, from the rows of CSV files, and postings as rows again.

The problem: a law firm's system exports what is outstanding of each invoice, and takes back what was paid of it. The
decision: two more lists of the shape of those in ``portal_rows``; a file of balances is of all clients, and a file of
postings has a row for each, whose state changes in place.

Source: rules R57 and R59; ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from arledger.entries import Invoice
from arledger.errors import ArledgerError, InvalidValue
from arledger.interchange.cells import currency_of, date_of, words_of
from arledger.interchange.portal_rows import INVOICES, Column, Kind
from arledger.interchange.results import rows_text
from arledger.money import Money, amount_text
from arledger.payers.invoices import InvoiceBalance
from arledger.schedules.postings import Posting, PostingState

_AMOUNTS = ("outstanding", "amount", "pending", "disputed")


def _money(values: dict[str, Any], column: str) -> Money | None:
    """The amount in a column; what is wrong with it is told of that column."""
    text = values.pop(column, None)
    if text is None:
        return None
    try:
        return Money(text, values["currency"])
    except ArledgerError as error:
        what = str(error).removesuffix(f"; {error.hint}").removeprefix("amount ")
        hint = "round it first" if error.hint == "pass rounding=" else error.hint
        raise InvalidValue(what, field=column, value=text, hint=hint) from None


def _balance(**values: Any) -> InvoiceBalance:
    amounts = {column: _money(values, column) for column in _AMOUNTS}
    del values["currency"]
    as_of: date | None = values.pop("as_of", None)
    given: dict[str, Any] = {column: money for column, money in amounts.items() if money is not None}
    return InvoiceBalance(invoice=Invoice(**values), as_of=as_of, **given)


def _posting(**values: Any) -> Posting:
    amount = _money(values, "amount")
    del values["currency"]
    return Posting(amount=amount, **values)  # type: ignore[arg-type]  # a file without one is refused before


BALANCES = Kind(
    "invoice",
    _balance,
    {
        **INVOICES.columns,
        "outstanding": Column("what is not settled of it, a plain number such as 300.00", str, is_required=True),
        "currency": Column("an ISO 4217 code, such as USD", currency_of, is_required=True),
        "amount": Column("what was invoiced; where empty, what is outstanding", str),
        "pending": Column("what of it is at the bank", str),
        "disputed": Column("what of it is contested", str),
        "as_of": Column("the day of the balance, YYYY-MM-DD; without it, all postings are taken off", date_of),
    },
    has_accounts=False,
)
"""The columns of balances: those of invoices, and what is open of each."""

POSTINGS = Kind(
    "posting",
    _posting,
    {
        "posting": Column("an id of its own", field="id", is_required=True),
        "invoice": Column("the id of the invoice", is_required=True),
        "amount": Column("a plain number above 0, such as 200.00", str, is_required=True),
        "currency": Column("an ISO 4217 code, such as USD", currency_of, is_required=True),
        "payment": Column("the id of the payment", is_required=True),
        "schedule": Column("the id of the schedule; empty for a payment by hand"),
        "association": Column("the id of the association"),
        "run": Column("the day of the run", date_of),
        "state": Column("queued (where empty), pending, incomplete, posted, removed or failed", words_of(PostingState)),
        "posted": Column("the day on which it was posted or handled by hand", date_of),
    },
    has_accounts=False,
)
"""The columns of postings."""


def columns_lacking(postings: Iterable[Posting], columns: Sequence[str]) -> list[str]:
    """The columns that a file of postings lacks for some: without the run that a row is of, it would be made again.

    A file without any column is not there, and lacks nothing; a state that is not written is queued.
    """
    cells = [_cells(posting) for posting in postings] if columns else []
    found = {name for row in cells for name, cell in row.items() if cell and (name, cell) != ("state", "queued")}
    return [name for name in POSTINGS.holds if name in found and name not in columns]


def postings_text(postings: Iterable[Posting], columns: Sequence[str] = (), *, delimiter: str = ",") -> str:
    """A header and a row for each posting, as a file of postings with these columns has it."""
    header = list(columns or POSTINGS.holds)
    rows = (_cells(posting) for posting in postings)
    return rows_text(header, ([row.get(column, "") for column in header] for row in rows), delimiter)


def _cells(posting: Posting) -> dict[str, str]:
    return {
        "posting": posting.id,
        "invoice": posting.invoice,
        "amount": amount_text(posting.amount),
        "currency": posting.amount.currency,
        "payment": posting.payment,
        "schedule": posting.schedule or "",
        "association": posting.association or "",
        "run": "" if posting.run is None else str(posting.run),
        "state": posting.state.value,
        "posted": "" if posting.posted is None else str(posting.posted),
    }
