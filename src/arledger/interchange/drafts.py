"""What a run of autopay pulls from many accounts, for people and for other programs.

The problem: a clerk looks at what is to be pulled and why not more, a bank file is made of it, and a ledger records it;
and what was recorded must not be pulled again. The decision: a table of all accounts with the totals of each currency,
and behind it, if asked for, each account's explanation; CSV with the columns of a file of entries, so that the rows can
be added to the file that they came from; and everything as JSON.

Source: rules R19 to R21; ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from arledger.autopay.draft import Draft, Drafts, HeldBack, Part, Step
from arledger.autopay.runs import AutopayRun
from arledger.checks import said
from arledger.entries import Designation, Payment
from arledger.fees.assessment import full_text
from arledger.interchange.autopay_policies import AutopaySettings
from arledger.interchange.entry_cells import Cells, cells_text, payment_cells
from arledger.interchange.entry_rows import ENTRY_COLUMNS
from arledger.interchange.ledger_results import Asked, asked_record
from arledger.interchange.reports import section, totals_section
from arledger.interchange.results import amount_record, by_currency, record_text, totals_record
from arledger.money import Money, amount_text, total

PULL_COLUMNS = (*ENTRY_COLUMNS, "posted", "category", "payer", "method", "for")
"""The columns of pulls: those of a file of entries with charges and payments; of a payment, the category is empty."""

_TABLE = ("account", "agreement", "payer", "agreed", "pull", "currency", "execute on", "notice by", "why nothing")


@attrs.frozen(order=False, eq=False)
class AccountDrafts:
    """What a run pulls from the payers of an account in one currency."""

    account: str
    drafts: Drafts


@attrs.frozen(order=False)
class DraftTotals:
    """What the accounts of one currency come to: what is pulled, and what is held back of what could have been."""

    pulled: Money
    held_back: Money


def draft_totals(outcomes: Iterable[AccountDrafts]) -> list[DraftTotals]:
    """The totals of all accounts, a currency each, sorted by its code."""
    parts = by_currency((outcome.drafts for outcome in outcomes), lambda drafts: drafts.currency)
    return [
        DraftTotals(
            pulled=total([drafts.total for drafts in all_drafts], currency),
            held_back=total([one.amount for drafts in all_drafts for one in drafts.held], currency),
        )
        for currency, all_drafts in parts
    ]


def pulls_text(
    settings: AutopaySettings,
    run: AutopayRun,
    outcomes: Sequence[AccountDrafts],
    asked: Asked,
    *,
    explain: bool = False,
) -> str:
    """What is pulled, and the totals, as tables; explained, if asked for."""
    sections = [
        asked.days,
        f"autopay for {run.period}; included: {settings.policy.includes}",
        section("proposed", _TABLE, _rows(outcomes), right=[3, 4]),
        totals_section(draft_totals(outcomes)),
    ]
    if explain:
        sections += [
            f"account {outcome.account}, {outcome.drafts.currency}\n\n{outcome.drafts.explanation}"
            for outcome in outcomes
        ]
    return "\n\n".join(sections) + "\n"


def _rows(outcomes: Iterable[AccountDrafts]) -> list[Sequence[str]]:
    return [
        (
            outcome.account,
            draft.agreement.id,
            draft.payer or "",
            "" if draft.agreed is None else amount_text(draft.agreed),
            amount_text(draft.amount),
            draft.amount.currency,
            str(draft.execute_on),
            "" if draft.notice_by is None else str(draft.notice_by),
            draft.reason,
        )
        for outcome in outcomes
        for draft in outcome.drafts.drafts
    ]


def payments_text(
    outcomes: Iterable[AccountDrafts], columns: Sequence[str] = PULL_COLUMNS, *, delimiter: str = ","
) -> str:
    """A header and a row for each pull, as a file of entries with these columns has it.

    Refused: a pull for a charge whose id cannot be written as a target.
    """
    return cells_text(pull_cells(outcomes), columns, delimiter=delimiter)


def pull_cells(outcomes: Iterable[AccountDrafts]) -> list[Cells]:
    """The pulls, as cells of a file of entries."""
    return [payment_cells(of.account, payment) for of in outcomes for payment in of.drafts.payments]


def pulls_json(settings: AutopaySettings, run: AutopayRun, outcomes: Sequence[AccountDrafts], asked: Asked) -> str:
    """Everything: for each account what is pulled, of what, every step that led there, and what was held back."""
    how = asked_record(asked)
    return record_text(
        {
            "on": how.pop("as_of"),
            "period": {"start": str(run.period.start), "end": str(run.period.end)},
            "previous": None if run.previous is None else str(run.previous),
            **how,
            "included": str(settings.policy.includes),
            "accounts": [_account_record(outcome) for outcome in outcomes],
            "totals": [totals_record(totals) for totals in draft_totals(outcomes)],
        }
    )


def _account_record(outcome: AccountDrafts) -> dict[str, Any]:
    drafts = outcome.drafts
    (totals,) = draft_totals([outcome])
    return {
        "account": outcome.account,
        "currency": drafts.currency,
        "fingerprint": drafts.position.fingerprint,
        "drafts": [_draft_record(draft) for draft in drafts.drafts],
        "unclaimed": [_held_record(one) for one in drafts.unclaimed],
        "left_out": [{"agreement": agreement, "reason": reason} for agreement, reason in drafts.left_out],
        "totals": totals_record(totals),
    }


def _draft_record(draft: Draft) -> dict[str, Any]:
    currency = draft.amount.currency
    return {
        "agreement": draft.agreement.id,
        "payer": draft.payer,
        "rule": said(draft.agreement.rule),
        "agreed": None if draft.agreed is None else amount_text(draft.agreed),
        **amount_record(draft.amount),
        "execute_on": str(draft.execute_on),
        "notice_by": None if draft.notice_by is None else str(draft.notice_by),
        "reason": draft.reason,
        "ends": draft.ends,
        "parts": [_part_record(part) for part in draft.parts],
        "held": [_held_record(one) for one in draft.held],
        "steps": [_step_record(step, currency) for step in draft.steps],
        "method": draft.method,
        "payment": None if draft.payment is None else _payment_record(draft.payment),
    }


def _part_record(part: Part) -> dict[str, Any]:
    return {"charge": part.charge, "class": part.item_class.value, "amount": amount_text(part.amount)}


def _held_record(held: HeldBack) -> dict[str, Any]:
    return {"charge": held.charge, "amount": amount_text(held.amount), "reason": held.reason}


def _step_record(step: Step, currency: str) -> dict[str, Any]:
    return {
        "what": step.what,
        "change": full_text(step.change, currency),
        "comes_to": full_text(step.comes_to, currency),
    }


def _payment_record(payment: Payment) -> dict[str, Any]:
    return {
        "id": payment.id,
        **amount_record(payment.amount),
        "received": str(payment.received),
        "posted": str(payment.posted),
        "payer": payment.payer,
        "method": payment.method,
        "designations": [_designation_record(designation) for designation in payment.designations],
    }


def _designation_record(designation: Designation) -> dict[str, Any]:
    return {"to": designation.to, "amount": None if designation.amount is None else amount_text(designation.amount)}
