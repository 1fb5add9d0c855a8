"""Ageings of many accounts, for people and for other programs.

The decision: one table of all accounts, a row for each payer and category of an account in a currency, every open cent
in exactly one of its cells; then the totals of each currency, with the money that settles nothing beside them. CSV has
the rows, JSON both.

Source: rules R32 and R45; ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from arledger.interchange.ledger_results import Asked, asked_record
from arledger.interchange.reports import section
from arledger.interchange.results import (
    by_currency,
    record_text,
    rows_text,
)
from arledger.ledger.ageing import Ageing, AgeingRow
from arledger.money import amount_text, total

_ANY_CURRENCY = "CAD"  # of an ageing of nothing, which only names its buckets


@attrs.frozen(order=False)
class AccountAgeing:
    """The ageing of an account in one currency."""

    account: str
    ageing: Ageing


def ageings_text(outcomes: Sequence[AccountAgeing], asked: Asked, brackets: Sequence[int]) -> str:
    """What is open by age, and the totals, as tables."""
    header = _columns(asked, brackets)
    totals_header = ("currency", *header[4:], "unapplied", "pending")
    totals = [(of.currency, *_cells(of), *map(amount_text, (of.unapplied, of.pending))) for of in _totals(outcomes)]
    sections = [
        asked.days,
        section("still open, by age in days", header, _rows(outcomes), right=range(4, len(header))),
        section("totals", totals_header, totals, right=range(1, len(totals_header))),
    ]
    return "\n\n".join(sections) + "\n"


def ageings_csv(
    outcomes: Sequence[AccountAgeing], asked: Asked, brackets: Sequence[int], *, delimiter: str = ","
) -> str:
    """What is open by age: a header, and a row for each payer and category of an account."""
    return rows_text(_columns(asked, brackets), _rows(outcomes), delimiter)


def ageings_json(outcomes: Sequence[AccountAgeing], asked: Asked, brackets: Sequence[int]) -> str:
    """Everything: for each account its rows and what they come to, then the totals of all."""
    return record_text(
        {
            **asked_record(asked),
            "brackets": list(brackets),
            "accounts": [
                {
                    "account": of.account,
                    "currency": of.ageing.currency,
                    "rows": [_row_record(row, of.ageing) for row in of.ageing.rows],
                    "totals": _totals_record(of.ageing),
                }
                for of in outcomes
            ],
            "totals": [_totals_record(of) for of in _totals(outcomes)],
        }
    )


def _totals(outcomes: Iterable[AccountAgeing]) -> list[Ageing]:
    """The ageing of all accounts of each currency together."""
    parts = by_currency((outcome.ageing for outcome in outcomes), lambda ageing: ageing.currency)
    return [
        attrs.evolve(
            ageings[0],
            rows=tuple(row for ageing in ageings for row in ageing.rows),
            unapplied=total([ageing.unapplied for ageing in ageings], currency),
            pending=total([ageing.pending for ageing in ageings], currency),
        )
        for currency, ageings in parts
    ]


def _columns(asked: Asked, brackets: Sequence[int]) -> tuple[str, ...]:
    nothing = total([], _ANY_CURRENCY)
    labels = Ageing(asked.as_of, _ANY_CURRENCY, tuple(brackets), (), nothing, nothing).labels
    return "account", "currency", "payer", "category", "not due", *labels, "disputed", "total"


def _rows(outcomes: Iterable[AccountAgeing]) -> list[tuple[str, ...]]:
    return [
        (outcome.account, outcome.ageing.currency, row.payer or "", row.category.value, *_cells(row))
        for outcome in outcomes
        for row in outcome.ageing.rows
    ]


def _cells(of: AgeingRow | Ageing) -> tuple[str, ...]:
    """What is open, not due or by age, disputed, and in all."""
    return tuple(map(amount_text, (of.not_due, *of.buckets, of.disputed, of.total)))


def _row_record(row: AgeingRow, ageing: Ageing) -> dict[str, Any]:
    return {"payer": row.payer, "category": row.category.value, **_cells_record(row, ageing)}


def _totals_record(ageing: Ageing) -> dict[str, Any]:
    return {
        "currency": ageing.currency,
        **_cells_record(ageing, ageing),
        "unapplied": amount_text(ageing.unapplied),
        "pending": amount_text(ageing.pending),
    }


def _cells_record(of: AgeingRow | Ageing, ageing: Ageing) -> dict[str, Any]:
    buckets = zip(ageing.labels, of.buckets, strict=True)
    return {
        "not_due": amount_text(of.not_due),
        "buckets": [{"days": label, "amount": amount_text(money)} for label, money in buckets],
        "disputed": amount_text(of.disputed),
        "total": amount_text(of.total),
    }
