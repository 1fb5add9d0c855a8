"""A ledger with the terms on which it is replayed, and the orders that ledgers are drawn with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from arledger import (
    EVENLY,
    NEWEST_FIRST,
    OLDEST_FIRST,
    PAST_DUE_FIRST_RENT_LAST,
    PRO_RATA,
    RENT_LAST,
    REOPEN,
    SETTLE_POSTED,
    Application,
    Entry,
    Ledger,
    Order,
    Position,
    ReturnRule,
    SettleRule,
    any_payer,
    exact_match_first,
    in_turn,
    only,
    replay,
    where,
)
from arledger.allocation.records import Designations
from property.sound_orders import latest_first

FIRST_DAY = date(2026, 1, 12)
DAYS = 60
LAST_DAY = FIRST_DAY + timedelta(DAYS + 30)
"""No entry is later, and none is posted later."""

TOTAL: dict[str, Order] = {"oldest first": OLDEST_FIRST, "rent last": RENT_LAST, "newest first": NEWEST_FIRST}
"""Orders that a heap can serve."""
ORDERS: dict[str, Order] = {
    **TOTAL,
    "pro rata": PRO_RATA,
    "evenly": EVENLY,
    "past due first, rent last": PAST_DUE_FIRST_RENT_LAST,
    "exact match first": exact_match_first(OLDEST_FIRST),
    "any payer": any_payer(RENT_LAST),
    "a function": latest_first,
    "rent, then the rest": in_turn(only(where.rent, PRO_RATA), any_payer(NEWEST_FIRST)),
}


@dataclass(frozen=True)
class Case:
    """A ledger, and how it is replayed."""

    ledger: Ledger
    by: Order = OLDEST_FIRST
    settle: SettleRule = SETTLE_POSTED
    returns: ReturnRule = REOPEN
    designations: Designations = "only"
    sweep_credits: bool = True
    sweep_payments: bool = True

    @property
    def terms(self) -> dict[str, Any]:
        """What replay is told besides the ledger and the days."""
        names = ("by", "settle", "returns", "designations", "sweep_credits", "sweep_payments")
        return {name: getattr(self, name) for name in names}

    def replay(
        self, as_of: date = LAST_DAY, known: date | None = None, fixed: Sequence[Application] = (), **terms: Any
    ) -> Position:
        """Its position."""
        return replay(self.ledger, as_of=as_of, known=known, fixed=fixed, **{**self.terms, **terms})

    def holding(self, *entries: Entry, closed: date | None = None) -> Case:
        """The same with these entries only."""
        return replace(self, ledger=Ledger(self.ledger.currency, entries, closed_through=closed))

    def without(self, *entries: Entry) -> Case:
        """The same, less these entries."""
        return self.holding(*(entry for entry in self.ledger.entries if entry not in entries))

    def with_more(self, *entries: Entry) -> Case:
        """The same, and these."""
        return self.holding(*self.ledger.entries, *entries, closed=self.ledger.closed_through)
