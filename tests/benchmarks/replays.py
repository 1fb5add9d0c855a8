"""Ledgers to replay, and how much memory that takes."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import attrs

from arledger import OLDEST_FIRST, Charge, Ledger, Order, Payment, Position, Return, replay

LAST_DAY = date(2027, 1, 1)


def ledger_of(charges: Sequence[Charge], payments: Sequence[Payment]) -> Ledger:
    """The ledger of these facts."""
    return Ledger("CAD", [*charges, *payments])


def with_returns(ledger: Ledger, every: int) -> Ledger:
    """The same, with every so-manieth payment come back a week later."""
    returns = [
        Return(f"N-{source.id}", source.id, on=source.day + timedelta(days=7)) for source in ledger.money[::every]
    ]
    return attrs.evolve(ledger, entries=(*ledger.entries, *returns))


def unread(ledger: Ledger, copies: int) -> Iterator[Ledger]:
    """Copies of a ledger from which nothing was read yet, so that nothing is kept of an earlier replay."""
    return iter([attrs.evolve(ledger) for _ in range(copies)])


def replayed(ledger: Ledger, by: Order = OLDEST_FIRST) -> Position:
    """The whole of a ledger."""
    return replay(ledger, by=by, as_of=LAST_DAY)


def memory_of(ledger: Ledger) -> float:
    """The most memory that a replay and its balance take at a time, in bytes."""
    tracemalloc.start()
    try:
        assert replayed(attrs.evolve(ledger)).total_open.minor >= 0
        return float(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()
