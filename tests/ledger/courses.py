"""What became of each payment, for the shadow: read from the entries about it, by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from arledger import Chargeback, Entry, Payment, PaymentState, PaymentStep, Return, WonBack

NEVER = date.max
ENDS = (PaymentState.REJECTED, PaymentState.CANCELLED)
STEPS = (PaymentState.SCHEDULED, PaymentState.PENDING, PaymentState.SETTLED)


@dataclass
class Course:
    """What became of a payment: its states by day, from when there is money, and what goes or comes back."""

    begins: date = NEVER
    states: list[tuple[date, PaymentState]] = field(default_factory=list)
    moves: list[tuple[Entry, int]] = field(default_factory=list)

    def enter(self, day: date, state: PaymentState) -> None:
        self.states.append((day, state))
        if state in (PaymentState.PENDING, PaymentState.SETTLED):
            self.begins = min(self.begins, day)

    def is_pending(self, day: date) -> bool:
        past = [state for since, state in self.states if since <= day]
        return bool(past) and past[-1] is PaymentState.PENDING


def by_number(entry: Any) -> tuple[bool, int, str]:
    """The host's number, where there is one, then the id."""
    return entry.sequence is None, entry.sequence or 0, entry.id


def turn(entry: Any) -> int:
    """As entries about one payment must follow each other on a day."""
    if isinstance(entry, PaymentStep) and entry.state not in ENDS:
        return STEPS.index(entry.state)
    return 4 if isinstance(entry, WonBack) else 3


def course_of(payment: Payment, changes: Iterable[Entry]) -> Course:
    """The life of a payment; what was refunded or transferred is no part of it."""
    entries: list[Any] = sorted(changes, key=lambda entry: (entry.on, turn(entry), by_number(entry)))
    course = Course()
    if (state := state_at_first(payment, entries)) is not None:
        course.enter(payment.received, state)
    left, contested = payment.amount.minor, dict[str, int]()
    for entry in entries:
        if isinstance(entry, PaymentStep) and entry.state not in ENDS:
            course.enter(entry.on, entry.state)
            continue
        minor = -left
        if isinstance(entry, WonBack):
            minor = entry.amount.minor if entry.amount else contested[entry.chargeback]
            contested[entry.chargeback] -= minor
        elif isinstance(entry, (Return, Chargeback)):
            minor = -(entry.amount.minor if entry.amount else left)
            contested[entry.id] = -minor
        left += minor
        if course.begins <= entry.on:
            course.moves.append((entry, minor))
        if minor > 0:
            course.enter(entry.on, PaymentState.SETTLED)
        elif not left:
            course.enter(entry.on, PaymentState.RETURNED)
    return course


def state_at_first(payment: Payment, entries: list[Any]) -> PaymentState | None:
    """Settled where no step says otherwise; at the bank until its first step, but where that is a plan or at once."""
    first = next((entry for entry in entries if isinstance(entry, PaymentStep)), None)
    if first is None:
        return PaymentState.SETTLED
    if first.state is PaymentState.SCHEDULED:
        return None
    return PaymentState.PENDING if first.state is PaymentState.PENDING or first.on > payment.received else None
