"""What allocations came to, for other programs: CSV and JSON.

The problem: the next program must read every cent as it was decided. The decision: amounts are text in major units,
each with its currency beside it, days are YYYY-MM-DD, keys and rows stand in a fixed order, and lines end in a line
feed, so that the same decision is the same bytes anywhere. CSV has a row for each application; JSON has everything,
also what stays open and unapplied, and why.

Source: ours.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

import attrs

from arledger.allocation.explanation import Leftover, Untouched
from arledger.allocation.outcome import Allocation
from arledger.interchange.accounts import AccountFacts
from arledger.money import Money, amount_text, total

T = TypeVar("T")

APPLICATION_COLUMNS = ("account", "source", "charge", "amount", "currency", "on")
"""The columns of an application."""


@attrs.frozen(order=False, eq=False)
class AccountOutcome:
    """The facts of an account in one currency, and the allocation that was decided of them."""

    facts: AccountFacts
    allocation: Allocation


@attrs.frozen(order=False)
class CurrencyTotals:
    """What the accounts of one currency come to: charges are applied or open, money is applied or unapplied."""

    charges: Money
    money: Money
    applied: Money
    open: Money
    unapplied: Money


def application_rows(outcome: AccountOutcome) -> list[tuple[str, ...]]:
    """The applications of an account, each as text in ``APPLICATION_COLUMNS``."""
    return [
        (outcome.facts.account, line.source, line.charge, amount_text(line.amount), line.amount.currency, str(line.on))
        for line in outcome.allocation.lines
    ]


def totals_of(outcomes: Iterable[AccountOutcome]) -> list[CurrencyTotals]:
    """The totals of all accounts, a currency each, sorted by its code."""
    return [_totals(*inside) for inside in by_currency(outcomes, lambda outcome: outcome.facts.currency)]


def by_currency(outcomes: Iterable[T], currency_of: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    """What accounts came to, the currencies sorted."""
    found: dict[str, list[T]] = {}
    for outcome in outcomes:
        found.setdefault(currency_of(outcome), []).append(outcome)
    return sorted(found.items())


def _totals(currency: str, outcomes: Sequence[AccountOutcome]) -> CurrencyTotals:
    return CurrencyTotals(
        charges=total([charge.amount for outcome in outcomes for charge in outcome.facts.charges], currency),
        money=total([source.amount for outcome in outcomes for source in outcome.facts.money], currency),
        applied=total([line.amount for outcome in outcomes for line in outcome.allocation.lines], currency),
        open=total([outcome.allocation.total_open for outcome in outcomes], currency),
        unapplied=total([outcome.allocation.total_unapplied for outcome in outcomes], currency),
    )


def csv_text(outcomes: Iterable[AccountOutcome], *, delimiter: str = ",") -> str:
    """A header and a row for each application."""
    return rows_text(APPLICATION_COLUMNS, (row for outcome in outcomes for row in application_rows(outcome)), delimiter)


def rows_text(columns: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str) -> str:
    """Rows as CSV under a header, lines ending in a line feed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def json_text(outcomes: Sequence[AccountOutcome], *, order: str, designations: str) -> str:
    """Everything: for each account its applications, balances, totals and explanation, then the totals of all."""
    record = {
        "order": order,
        "designations": designations,
        "accounts": [_account_record(outcome) for outcome in outcomes],
        "totals": [totals_record(totals) for totals in totals_of(outcomes)],
    }
    return record_text(record)


def record_text(record: dict[str, Any]) -> str:
    """A record as JSON."""
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def _account_record(outcome: AccountOutcome) -> dict[str, Any]:
    allocation = outcome.allocation
    (totals,) = totals_of([outcome])
    return {
        "account": outcome.facts.account,
        "currency": outcome.facts.currency,
        "applications": [
            {
                "id": line.id,
                "source": line.source,
                "charge": line.charge,
                **amount_record(line.amount),
                "on": str(line.on),
            }
            for line in allocation.lines
        ],
        "open": [{"charge": charge, **amount_record(left)} for charge, left in allocation.open.items()],
        "unapplied": [{"source": source, **amount_record(left)} for source, left in allocation.unapplied.items()],
        "totals": totals_record(totals),
        "explanation": _explanation_record(outcome),
    }


def _explanation_record(outcome: AccountOutcome) -> dict[str, Any]:
    explanation = outcome.allocation.explanation
    return {
        "lines": [
            {
                "source": line.source,
                "charge": line.charge,
                **amount_record(line.amount),
                "on": str(line.on),
                "step": line.step,
                "rank": line.rank,
                "keys": [{"name": name, "value": _plain(value)} for name, value in line.keys],
                "before": amount_text(line.before),
                "after": amount_text(line.after),
            }
            for line in explanation.lines
        ],
        "untouched": [
            {"charge": left.charge, **amount_record(left.open), "why": _why(left), "reason": left.reason}
            for left in explanation.untouched
        ],
        "unapplied": [
            {"source": left.source, **amount_record(left.amount), "why": _why(left), "reason": left.reason}
            for left in explanation.unapplied
        ],
    }


def _why(left: Untouched | Leftover) -> str:
    return left.why.name.lower()


def amount_record(money: Money) -> dict[str, str]:
    """An amount, with its currency beside it."""
    return {"amount": amount_text(money), "currency": money.currency}


def totals_record(totals: attrs.AttrsInstance) -> dict[str, str]:
    """Totals as text, a field each, after their currency."""
    amounts: dict[str, Money] = attrs.asdict(totals, recurse=False)
    currency = next(iter(amounts.values())).currency
    return {"currency": currency, **{name: amount_text(money) for name, money in amounts.items()}}


def _plain(value: object) -> object:
    """A key's value as JSON can hold it: itself, or as text."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
