"""Positions in few words, and what stands in them as few words, for the tests of the ledger over time.

Facts come from ``account_facts``; days are days of March 2026 unless they are dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from account_facts import cad, day
from arledger import (
    OLDEST_FIRST,
    Application,
    Chargeback,
    Ledger,
    Money,
    PaymentState,
    PaymentStep,
    Position,
    Refund,
    Return,
    Reversal,
    WonBack,
    replay,
)


def as_day(on: int | date) -> date:
    """A day of March 2026, or any date."""
    return day(on) if isinstance(on, int) else on


def standing(entries: Iterable[Any], as_of: int | date = 31, **given: Any) -> Position:
    """What these entries come to at the end of that day; oldest first unless something else is given."""
    ledger = Ledger("CAD", entries, closed_through=given.pop("closed_through", None))
    return replay(ledger, **{"by": OLDEST_FIRST, "as_of": as_day(as_of), **given})


def step(payment: str, state: PaymentState, on: int | date, **given: Any) -> PaymentStep:
    """A payment is in that state from that day on."""
    return PaymentStep(payment, state, on=as_day(on), **given)


def returned(name: str, payment: str, on: int | date, amount: str | None = None, **given: Any) -> Return:
    """The payment, or so much of it, comes back."""
    return Return(name, payment, part(amount), on=as_day(on), **given)


def charged_back(name: str, payment: str, on: int | date, amount: str | None = None, **given: Any) -> Chargeback:
    """The payment, or so much of it, is charged back."""
    return Chargeback(name, payment, part(amount), on=as_day(on), **given)


def won_back(name: str, chargeback: str, on: int | date, amount: str | None = None, **given: Any) -> WonBack:
    """The chargeback, or so much of it, is won."""
    return WonBack(name, chargeback, part(amount), on=as_day(on), **given)


def reversal(name: str, of: str, on: int | date, amount: str | None = None, **given: Any) -> Reversal:
    """The charge or credit is taken back."""
    return Reversal(name, of, part(amount), on=as_day(on), **given)


def refund(name: str, payment: str, amount: str, on: int | date, **given: Any) -> Refund:
    """So much of the payment is sent back."""
    return Refund(name, payment, cad(amount), on=as_day(on), **given)


def part(amount: str | None) -> Money | None:
    """So many dollars, or all of it."""
    return None if amount is None else cad(amount)


def some(moneys: Mapping[str, Money]) -> dict[str, str]:
    """Those that are not zero, as text."""
    return {name: str(money.amount) for name, money in moneys.items() if money}


def moves(applications: Iterable[Application]) -> list[str]:
    """Applications as text: the day of the month, the pair, the amount; below zero where one undoes another."""
    return [
        f"{line.on.day} {line.source}>{line.charge} {'-' if line.reverses else ''}{line.amount.amount}"
        for line in applications
    ]
