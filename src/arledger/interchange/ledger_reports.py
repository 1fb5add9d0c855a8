"""What replays came to, for people: plain text tables.

The problem: whoever replays a history asks first what is open, then where money is that settles nothing: free, kept for
a target that is not there yet, in trust, or at the bank; then whether it balances, and then why. The decision: a table
for each of these in that order, with no row of nothing in them, and behind them, if asked for, the story of each
account.

Source: rule R45; ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from arledger.interchange.ledger_results import AccountPosition, Asked, disputed_of, position_totals
from arledger.interchange.reports import section, totals_section
from arledger.ledger.position import Position
from arledger.money import Money, amount_text

_OPEN_COLUMNS = ("account", "charge", "due", "open", "pending", "disputed", "currency")


def positions_text(outcomes: Sequence[AccountPosition], asked: Asked, *, explain: bool = False) -> str:
    """What is open, unapplied, reserved, in trust and pending, and the totals; explained, if asked for."""
    sections = [asked.days, section("still open", _OPEN_COLUMNS, _open_rows(outcomes), right=[3, 4, 5])]
    for name in ("unapplied", "reserved", "trust", "pending"):
        header = ("account", "source", "date", name, "currency")
        sections.append(section(name, header, _money_rows(outcomes, name), right=[3]))
    sections.append(totals_section(position_totals(outcomes)))
    if explain:
        sections += [
            f"account {outcome.account}, {outcome.position.currency}\n\n{outcome.position.explanation}"
            for outcome in outcomes
        ]
    return "\n\n".join(sections) + "\n"


def _open_rows(outcomes: Iterable[AccountPosition]) -> list[Sequence[str]]:
    return [
        (
            outcome.account,
            item.id,
            str(item.charge.due),
            *map(amount_text, (item.open, item.pending, disputed_of(item))),
            outcome.position.currency,
        )
        for outcome in outcomes
        for item in outcome.position.items
    ]


def _money_rows(outcomes: Iterable[AccountPosition], name: str) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = []
    for outcome in outcomes:
        amounts = _amounts(outcome.position, name)
        for source in outcome.position.money:
            left = amounts.get(source.id)
            if left:
                rows.append((outcome.account, source.id, str(source.day), amount_text(left), left.currency))
    return rows


def _amounts(position: Position, name: str) -> Mapping[str, Money]:
    amounts: Mapping[str, Money] = getattr(position, name)
    return amounts
