"""What allocations came to, for people: plain text tables.

The problem: whoever runs an allocation asks first what was settled, then what is left on either side, then whether it
balances, and then why. The decision: four tables in that order, with nothing in them that is zero, and behind them, if
asked for, the explanation of each account.

Source: ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import attrs

from arledger.interchange.results import (
    APPLICATION_COLUMNS,
    AccountOutcome,
    application_rows,
    totals_of,
    totals_record,
)
from arledger.money import amount_text
from arledger.tables import text_table


def report_text(outcomes: Sequence[AccountOutcome], *, explain: bool = False) -> str:
    """The applications, what stays open, what stays unapplied and the totals; explained, if asked for."""
    applied = [row for outcome in outcomes for row in application_rows(outcome)]
    sections = [
        section("applied", APPLICATION_COLUMNS, applied, right=[3]),
        section("still open", ("account", "charge", "due", "open", "currency"), _open_rows(outcomes), right=[3]),
        section(
            "unapplied", ("account", "source", "date", "unapplied", "currency"), _unapplied_rows(outcomes), right=[3]
        ),
        totals_section(totals_of(outcomes)),
    ]
    if explain:
        sections += [
            f"account {outcome.facts.account}, {outcome.facts.currency}\n\n{outcome.allocation.explanation}"
            for outcome in outcomes
        ]
    return "\n\n".join(sections) + "\n"


def section(title: str, header: Sequence[str], rows: Sequence[Sequence[str]], *, right: Collection[int]) -> str:
    """A table under its title; where there are no rows, a line that says so."""
    return f"{title}\n\n{text_table(header, rows, right=right)}" if rows else f"{title}: nothing"


def _open_rows(outcomes: Iterable[AccountOutcome]) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = []
    for outcome in outcomes:
        due = {charge.id: charge.due for charge in outcome.facts.charges}
        for charge, left in outcome.allocation.open.items():
            if left:
                rows.append((outcome.facts.account, charge, str(due[charge]), amount_text(left), left.currency))
    return rows


def _unapplied_rows(outcomes: Iterable[AccountOutcome]) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = []
    for outcome in outcomes:
        days = {source.id: str(source.day) for source in outcome.facts.money}
        for source, left in outcome.allocation.unapplied.items():
            if left:
                rows.append((outcome.facts.account, source, days[source], amount_text(left), left.currency))
    return rows


def totals_section(totals: Sequence[attrs.AttrsInstance]) -> str:
    """The totals of each currency under their names."""
    records = [totals_record(of_currency) for of_currency in totals]
    header = list(records[0]) if records else []
    return section("totals", header, [list(record.values()) for record in records], right=range(1, len(header)))
