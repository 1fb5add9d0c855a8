"""Proposed entries as cells of a file of entries, so that they can be added to the file that they came from.

The problem: what a command proposes is recorded by adding its rows to the file of entries, and a row whose columns do
not fit below the others is worse than none. The decision: an entry becomes cells by the names of columns; the own
columns of the file are kept, and those that it lacks are told.

Source: ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from arledger.entries import Payment, PaymentStep
from arledger.interchange.entry_rows import ENTRY_COLUMNS
from arledger.interchange.results import rows_text
from arledger.interchange.targets import designation_text
from arledger.money import amount_text

Cells = Mapping[str, str]
"""The cells of a row that are not empty, by their columns."""

PROPOSED_COLUMNS = (*ENTRY_COLUMNS, "posted", "category", "payer", "method", "for", "of")
"""The columns of proposed entries: those of a file of entries with charges and payments."""


def payment_cells(account: str, payment: Payment) -> Cells:
    """The cells of a payment. Refused: a target that cannot be written."""
    return _filled(
        account=account,
        kind="payment",
        id=payment.id,
        on=str(payment.received),
        amount=amount_text(payment.amount),
        currency=payment.amount.currency,
        posted=str(payment.posted),
        payer=payment.payer or "",
        method=payment.method or "",
        **{"for": "; ".join(map(designation_text, payment.designations))},
    )


def step_cells(account: str, step: PaymentStep, currency: str) -> Cells:
    """The cells of a step of a payment."""
    return _filled(
        account=account,
        kind=step.state.value,
        id=step.id,
        on=str(step.on),
        currency=currency,
        posted=str(step.posted),
        of=step.payment,
    )


def _filled(**cells: str) -> Cells:
    return {column: cell for column, cell in cells.items() if cell}


def columns_lacking(rows: Iterable[Cells], columns: Collection[str]) -> list[str]:
    """The columns that a file lacks for some rows; the day in the books only where it is another."""
    found = {name for row in rows for name, cell in row.items() if name != "posted" or cell != row["on"]}
    return [name for name in PROPOSED_COLUMNS if name in found and name not in columns]


def cells_text(rows: Iterable[Cells], columns: Sequence[str], *, delimiter: str = ",") -> str:
    """A header and the rows, as a file of entries with these columns has them."""
    return rows_text(columns, ([row.get(column, "") for column in columns] for row in rows), delimiter)
