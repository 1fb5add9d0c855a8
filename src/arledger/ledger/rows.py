"""What a fold goes by, and what it leaves behind: the terms of a replay, and its rows with their reasons."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import attrs

from arledger.allocation.order import Order
from arledger.allocation.records import Designations, Step
from arledger.ledger.events import SettleRule


class ReturnRule(Enum):
    """What a payment that goes back does to what other money settles: nothing, or as if it had never been."""

    REOPEN = "reopen"
    REAPPLY = "reapply"

    def __repr__(self) -> str:
        return self.name


REOPEN = ReturnRule.REOPEN
"""What came back re-opens exactly what its payment had settled, and moves nothing else."""
REAPPLY = ReturnRule.REAPPLY
"""From the day of the return on, everything stands as if the payment had never been."""


@attrs.frozen
class Terms:
    """How a ledger is replayed."""

    by: Order
    settle: SettleRule
    returns: ReturnRule
    designations: Designations
    sweep_credits: bool
    sweep_payments: bool


class How(Enum):
    """How a row came about."""

    PLACED = "when it came"
    SWEPT = "swept"
    FIXED = "held fixed"
    UNDONE = "taken back"
    REAPPLIED = "reapplied"

    def __repr__(self) -> str:
        return f"How.{self.name}"


@attrs.frozen(eq=False)
class Occasion:
    """The reason of a row: how, by which step of an order or which designation, because of which entry."""

    how: How
    step: Step | None = None
    entry: str | None = None


Row = tuple[int, int, int, int, int, Occasion]
"""Source, charge (places), minor units (below zero where taken back), day, the row that it reverses or -1, why."""


def standing_on(day: int, rows: Iterable[Row]) -> dict[tuple[int, int], int]:
    """What stands between each source and charge, by their places, after the rows up to a day."""
    found: dict[tuple[int, int], int] = {}
    for source, charge, minor, on, _, _ in rows:
        if on <= day:
            found[source, charge] = found.get((source, charge), 0) + minor
    return {pair: minor for pair, minor in found.items() if minor}
