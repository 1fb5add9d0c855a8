"""Late charges that a rule proposes for many accounts, for people and for other programs.

The problem: a clerk looks at what is proposed and why, and a ledger records it; and what was recorded must not be
proposed again. The decision: a table of all accounts with the totals of each currency, and behind it, if asked for,
each account's explanation; CSV with the columns of a file of entries, so that the rows can be added to the file that
they came from; and everything as JSON.

Source: rules R33 to R35; ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from arledger.entries import Charge
from arledger.fees.amounts import Worked
from arledger.fees.assessment import AssessedItem, Assessment, full_text
from arledger.fees.rule import LateFeeRule
from arledger.interchange.entry_rows import ENTRY_COLUMNS
from arledger.interchange.ledger_results import Asked, asked_record
from arledger.interchange.reports import section, totals_section
from arledger.interchange.results import amount_record, by_currency, record_text, rows_text, totals_record
from arledger.money import Money, amount_text, total

PROPOSED_COLUMNS = (*ENTRY_COLUMNS, "posted", "category", "code", "payer", "about")
"""The columns of proposed charges: those that a file of entries must have, and what late charges know besides."""

_TABLE = ("account", "charge", "payer", "days late", "owed", "charged before", "proposed", "currency")


@attrs.frozen(order=False, eq=False)
class AccountAssessment:
    """What a rule proposes for an account in one currency."""

    account: str
    assessment: Assessment


@attrs.frozen(order=False)
class AssessmentTotals:
    """What the accounts of one currency come to: what is owed late, what was charged for it, and what is proposed."""

    owed: Money
    charged: Money
    proposed: Money


def assessment_totals(outcomes: Iterable[AccountAssessment]) -> list[AssessmentTotals]:
    """The totals of all accounts, a currency each, sorted by its code."""
    parts = by_currency((outcome.assessment for outcome in outcomes), lambda assessment: assessment.currency)
    return [_totals(currency, assessments) for currency, assessments in parts]


def _totals(currency: str, assessments: Sequence[Assessment]) -> AssessmentTotals:
    items = [item for assessment in assessments for item in assessment.items]
    return AssessmentTotals(
        owed=total([item.owed for item in items], currency),
        charged=total([item.charged for item in items], currency),
        proposed=total([assessment.total for assessment in assessments], currency),
    )


def assessments_text(
    rule: LateFeeRule, outcomes: Sequence[AccountAssessment], asked: Asked, *, explain: bool = False
) -> str:
    """What is proposed, and the totals, as tables; explained, if asked for."""
    sections = [
        asked.days,
        str(rule),
        section("proposed", _TABLE, _rows(outcomes), right=[3, 4, 5, 6]),
        totals_section(assessment_totals(outcomes)),
    ]
    if explain:
        sections += [
            f"account {outcome.account}, {outcome.assessment.currency}\n\n{outcome.assessment.explanation}"
            for outcome in outcomes
        ]
    return "\n\n".join(sections) + "\n"


def _rows(outcomes: Iterable[AccountAssessment]) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = []
    for outcome in outcomes:
        items = {item.about: item for item in outcome.assessment.items}
        for charge in outcome.assessment.charges:
            item = items[charge.about or ""]
            amounts = map(amount_text, (item.owed, item.charged, charge.amount))
            rows.append(
                (outcome.account, charge.id, charge.payer or "", str(item.days_late), *amounts, charge.amount.currency)
            )
    return rows


def proposed_text(outcomes: Iterable[AccountAssessment], *, delimiter: str = ",") -> str:
    """A header and a row for each proposed charge, as a file of entries has it."""
    rows = (_charge_row(of.account, charge) for of in outcomes for charge in of.assessment.charges)
    return rows_text(PROPOSED_COLUMNS, rows, delimiter)


def _charge_row(account: str, charge: Charge) -> tuple[str, ...]:
    return (
        account,
        "charge",
        charge.id,
        str(charge.due),
        amount_text(charge.amount),
        charge.amount.currency,
        str(charge.posted),
        charge.category.value,
        charge.code or "",
        charge.payer or "",
        charge.about or "",
    )


def assessments_json(rule: LateFeeRule, outcomes: Sequence[AccountAssessment], asked: Asked) -> str:
    """Everything: for each account what is proposed, every step that led there, and what was left out."""
    how = asked_record(asked)
    return record_text(
        {
            "on": how.pop("as_of"),
            **how,
            "rule": str(rule),
            "accounts": [_account_record(outcome) for outcome in outcomes],
            "totals": [totals_record(totals) for totals in assessment_totals(outcomes)],
        }
    )


def _account_record(outcome: AccountAssessment) -> dict[str, Any]:
    assessment = outcome.assessment
    (totals,) = assessment_totals([outcome])
    return {
        "account": outcome.account,
        "currency": assessment.currency,
        "charges": [_charge_record(charge) for charge in assessment.charges],
        "items": [_item_record(item) for item in assessment.items],
        "left_out": [{"charge": charge, "reason": reason} for charge, reason in assessment.left_out],
        "totals": totals_record(totals),
    }


def _charge_record(charge: Charge) -> dict[str, Any]:
    return {
        "id": charge.id,
        **amount_record(charge.amount),
        "due": str(charge.due),
        "posted": str(charge.posted),
        "category": charge.category.value,
        "code": charge.code,
        "payer": charge.payer,
        "about": charge.about,
    }


def _item_record(item: AssessedItem) -> dict[str, Any]:
    return {
        "about": item.about,
        "charges": list(item.charges),
        "payer": item.payer,
        "due": str(item.due),
        "first_day": str(item.first_day),
        "days_late": item.days_late,
        "payable": amount_text(item.payable),
        "disputed": amount_text(item.disputed),
        "on_hand": amount_text(item.on_hand),
        "owed": amount_text(item.owed),
        "steps": None if item.worked is None else _step_record(item.worked, item.owed.currency),
        "total": amount_text(item.total),
        "charged": amount_text(item.charged),
        "limits": [
            {"limit": limit.limit, "charged": amount_text(limit.charged), "left": amount_text(limit.left)}
            for limit in item.limits
        ],
        "proposed": amount_text(item.proposed),
        "reason": item.reason,
    }


def _step_record(worked: Worked, currency: str) -> dict[str, Any]:
    return {
        "text": worked.text,
        "amount": full_text(worked.minor, currency),
        "steps": [_step_record(step, currency) for step in worked.steps],
    }
