"""Bills, for people and for other programs.

The problem: a bill is read by a clerk, posted by a ledger, and comes back when the next one is drafted. The decision:
its tables for people; its charges and its credits as two CSV files with the columns that ``read_charges`` and
``read_money`` read, so that what was billed can be paid (``arledger allocate``) and billed against; and everything as
JSON.

Source: ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from arledger.billing.bills import Bill
from arledger.billing.differences import BillLine
from arledger.entries import Charge, Credit
from arledger.interchange.facts import CHARGE_COLUMNS, MONEY_COLUMNS
from arledger.interchange.results import (
    rows_text,
)
from arledger.money import amount_text

BILL_CHARGE_COLUMNS = (*CHARGE_COLUMNS, "posted", "code", "payer", "about")
"""The columns of charges: those that a file of charges must have, and what bills know besides."""

BILL_CREDIT_COLUMNS = (*MONEY_COLUMNS, "kind", "payer", "for")
"""The columns of credits: those that a file of money must have, and what bills know besides."""


def bills_text(bills: Iterable[Bill], *, explain: bool = False) -> str:
    """Bills as tables; with the days of each prorated line, if asked for."""
    sections = []
    for bill in bills:
        sections.append(str(bill))
        if explain:
            prorated = [line for line in bill.lines if line.prorated is not None]
            sections += [f"{bill.line_name(line)}, prorated\n\n{line.prorated}" for line in prorated]
    return "\n\n".join(sections) + "\n"


def bill_charges_text(bills: Iterable[Bill], *, delimiter: str = ",") -> str:
    """The charges of bills as CSV, the lease as their account."""
    return rows_text(
        BILL_CHARGE_COLUMNS, [_charge_row(bill, fact) for bill in bills for fact in bill.charges], delimiter
    )


def bill_credits_text(bills: Iterable[Bill], *, delimiter: str = ",") -> str:
    """The credits of bills as CSV, the lease as their account."""
    return rows_text(
        BILL_CREDIT_COLUMNS, [_credit_row(bill, fact) for bill in bills for fact in bill.credits], delimiter
    )


def bills_json(bills: Iterable[Bill]) -> str:
    """Everything that bills say."""
    return json.dumps({"bills": [_bill_record(bill) for bill in bills]}, indent=2, ensure_ascii=False) + "\n"


def _charge_row(bill: Bill, charge: Charge) -> tuple[str, ...]:
    return (
        bill.lease,
        charge.id,
        str(charge.due),
        amount_text(charge.amount),
        charge.amount.currency,
        charge.category.value,
        str(charge.posted),
        charge.code or "",
        charge.payer or "",
        charge.about or "",
    )


def _credit_row(bill: Bill, credit: Credit) -> tuple[str, ...]:
    return (
        bill.lease,
        credit.id,
        str(credit.granted),
        amount_text(credit.amount),
        credit.amount.currency,
        "credit",
        credit.payer or "",
        "; ".join(f"charge:{designation.to}" for designation in credit.designations),
    )


def _bill_record(bill: Bill) -> dict[str, Any]:
    cycle = bill.cycle
    return {
        "id": bill.id,
        "lease": bill.lease,
        "kind": bill.kind.name.lower(),
        "state": bill.state.value,
        "currency": bill.currency,
        "start": str(cycle.period.start),
        "end": str(cycle.period.end),
        "bill_run": str(cycle.bill_run),
        "due": str(bill.due),
        "autopay_run": str(cycle.autopay_run),
        "lines": [_line_record(line) for line in bill.lines],
        "charges": [_charge_record(charge) for charge in bill.charges],
        "credits": [_credit_record(credit) for credit in bill.credits],
        "total": amount_text(bill.total),
        "holdings": [
            {"id": holding.id, "amount": amount_text(holding.paid), "since": str(holding.since)}
            for holding in bill.holdings
        ],
    }


def _charge_record(charge: Charge) -> dict[str, Any]:
    period = charge.period
    return {
        "id": charge.id,
        "amount": amount_text(charge.amount),
        "due": str(charge.due),
        "posted": str(charge.posted),
        "category": charge.category.value,
        "code": charge.code,
        "payer": charge.payer,
        "about": charge.about,
        "period": None if period is None else {"start": str(period.start), "end": str(period.end)},
        "recurring": charge.recurring,
    }


def _credit_record(credit: Credit) -> dict[str, Any]:
    return {
        "id": credit.id,
        "amount": amount_text(credit.amount),
        "granted": str(credit.granted),
        "posted": str(credit.posted),
        "kind": credit.kind.value,
        "category": credit.category.value,
        "code": credit.code,
        "payer": credit.payer,
        "designations": [str(designation.to) for designation in credit.designations],
    }


def _line_record(line: BillLine) -> dict[str, Any]:
    fact = line.fact
    parts = line.prorated.parts if line.prorated is not None else ()
    return {
        "id": line.id,
        "amount": amount_text(line.amount),
        "billed_before": amount_text(line.billed),
        "to_bill": amount_text(line.difference),
        "reason": line.reason,
        "charge": fact.id if isinstance(fact, Charge) else None,
        "credit": fact.id if isinstance(fact, Credit) else None,
        "parts": [
            {
                "start": str(part.stretch.start),
                "end": str(part.stretch.end),
                "days": str(part.days),
                "over": str(part.divisor),
                "price": amount_text(part.price),
                "price_before": amount_text(part.before),
                "share": str(part.share),
            }
            for part in parts
        ],
    }
