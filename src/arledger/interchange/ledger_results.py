"""What replays came to, for other programs: CSV and JSON.

The decision: CSV has the history, a row for each application and each one that undid one; JSON has everything that a
position says, why it says so, and the fingerprint of what it was made from. Amounts, days and the order of rows and
keys are as in ``results``.

Source: rule R45; ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from arledger.allocation.records import Designations
from arledger.entries import Application, Charge
from arledger.interchange.results import (
    amount_record,
    by_currency,
    record_text,
    rows_text,
    totals_record,
)
from arledger.items import OpenItem
from arledger.ledger.events import SettleRule
from arledger.ledger.position import Position
from arledger.ledger.rows import ReturnRule
from arledger.money import Money, amount_text, money_of, total

HISTORY_COLUMNS = ("account", "id", "source", "charge", "amount", "currency", "on", "posted", "reverses")
"""The columns of a history."""


@attrs.frozen(order=False)
class Asked:
    """How ledgers were replayed, the order by its name."""

    order: str
    as_of: date
    known: date
    settle: SettleRule
    returns: ReturnRule
    designations: Designations
    sweep_credits: bool
    sweep_payments: bool

    @property
    def days(self) -> str:
        """The two days, for a title."""
        return f"as of {self.as_of}, as known on {self.known}"


@attrs.frozen(order=False, eq=False)
class AccountPosition:
    """What the ledger of an account in one currency came to."""

    account: str
    position: Position


@attrs.frozen(order=False)
class PositionTotals:
    """What the accounts of one currency come to.

    Charges (those that are reversed left out) are applied or open; settled money is applied, unapplied, reserved or in
    trust; ``pending`` is what is still at the bank; and the balance is what is open, less unapplied and reserved.
    """

    charges: Money
    money: Money
    applied: Money
    open: Money
    unapplied: Money
    reserved: Money
    trust: Money
    pending: Money
    balance: Money


def position_totals(outcomes: Iterable[AccountPosition]) -> list[PositionTotals]:
    """The totals of all accounts, a currency each, sorted by its code."""
    parts = by_currency((outcome.position for outcome in outcomes), lambda position: position.currency)
    return [_totals(currency, positions) for currency, positions in parts]


def _totals(currency: str, positions: Sequence[Position]) -> PositionTotals:
    def all_of(amounts: Iterable[Mapping[str, Money]]) -> Money:
        return total([money for of in amounts for money in of.values()], currency)

    pending = all_of(position.pending for position in positions)
    there = money_of(sum(sum(position.net) for position in positions), currency)
    return PositionTotals(
        charges=total([charge.amount for position in positions for charge in _standing(position)], currency),
        money=there - pending,
        applied=all_of(
            charges
            for position in positions
            for source, charges in position.settles.items()
            if source not in position.pending
        ),
        open=total([position.total_open for position in positions], currency),
        unapplied=all_of(position.unapplied for position in positions),
        reserved=all_of(position.reserved for position in positions),
        trust=all_of(position.trust for position in positions),
        pending=pending,
        balance=total([position.balance for position in positions], currency),
    )


def _standing(position: Position) -> list[Charge]:
    """The charges that are not reversed."""
    return [charge for place, charge in enumerate(position.charges) if place not in position.reversed]


def history_text(outcomes: Iterable[AccountPosition], *, delimiter: str = ",") -> str:
    """A header and a row for each application, and for each one that undid one."""
    rows = (_history_row(outcome.account, line) for outcome in outcomes for line in outcome.position.history)
    return rows_text(HISTORY_COLUMNS, rows, delimiter)


def _history_row(account: str, line: Application) -> tuple[str, ...]:
    return (
        account,
        line.id,
        line.source,
        line.charge,
        amount_text(line.amount),
        line.amount.currency,
        str(line.on),
        str(line.posted),
        line.reverses or "",
    )


def positions_json(outcomes: Sequence[AccountPosition], asked: Asked) -> str:
    """Everything: for each account its balances, history, totals, explanation and fingerprint, then all totals."""
    return record_text(
        {
            **asked_record(asked),
            "accounts": [_account_record(outcome) for outcome in outcomes],
            "totals": [totals_record(totals) for totals in position_totals(outcomes)],
        }
    )


def asked_record(asked: Asked) -> dict[str, Any]:
    """How ledgers were replayed, as JSON can hold it."""
    record = attrs.asdict(asked)
    days = {"as_of": str(asked.as_of), "known": str(asked.known)}
    return {**record, **days, "settle": asked.settle.value, "returns": asked.returns.value}


def _account_record(outcome: AccountPosition) -> dict[str, Any]:
    position = outcome.position
    (totals,) = position_totals([outcome])
    return {
        "account": outcome.account,
        "currency": position.currency,
        "fingerprint": position.fingerprint,
        "open": [_item_record(position.item(charge)) for charge in position.open],
        "unapplied": _records("source", position.unapplied),
        "reserved": _records("source", position.reserved),
        "trust": _records("source", position.trust),
        "pending": _records("source", position.pending),
        "deposits": _records("charge", position.deposits),
        "states": [{"source": payment, "state": state.value} for payment, state in position.states.items()],
        "settles": [
            {"source": source, **record}
            for source, charges in position.settles.items()
            for record in _records("charge", charges)
        ],
        "history": [
            {
                "id": line.id,
                "source": line.source,
                "charge": line.charge,
                **amount_record(line.amount),
                "on": str(line.on),
                "posted": str(line.posted),
                "reverses": line.reverses,
            }
            for line in position.history
        ],
        "totals": totals_record(totals),
        "explanation": _explanation_record(position),
    }


def _item_record(item: OpenItem) -> dict[str, Any]:
    charge = item.charge
    return {
        "charge": charge.id,
        **amount_record(item.open),
        "due": str(charge.due),
        "category": charge.category.value,
        "payer": charge.payer,
        "pending": amount_text(item.pending),
        "disputed": amount_text(disputed_of(item)),
    }


def disputed_of(item: OpenItem) -> Money:
    """What of a charge is open and disputed."""
    return money_of(item.disputed_minor, item.charge.amount.currency)


def _records(name: str, amounts: Mapping[str, Money]) -> list[dict[str, Any]]:
    return [{name: of, **amount_record(money)} for of, money in amounts.items()]


def _explanation_record(position: Position) -> dict[str, Any]:
    story = position.explanation
    return {
        "lines": [
            {
                "on": str(line.on),
                "source": line.source,
                "charge": line.charge,
                **amount_record(line.amount),
                "before": amount_text(line.before),
                "after": amount_text(line.after),
                "reason": line.reason,
            }
            for line in story.lines
        ],
        "open": [{"charge": rest.id, **amount_record(rest.amount), "reason": rest.reason} for rest in story.open],
        "unapplied": [
            {"source": rest.id, **amount_record(rest.amount), "reason": rest.reason} for rest in story.unapplied
        ],
    }
