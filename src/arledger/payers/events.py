"""What happened, for a host to tell people of.

The problem: somebody waits for an e-mail when a bank debit went through, and somebody else when it did not. The
decision: what happened is a value, and whom it is told to, and how, is the host's.

Source: rules R53 and R59; RapidWorks's confirmations, ClientPay's notification "Error-Failed AutoPay".
"""

from __future__ import annotations

from datetime import date
from enum import Enum

import attrs

from arledger.money import Money


class EventKind(Enum):
    """What happened."""

    CONFIRMED = "confirmed"
    """A payment was submitted, and has its transaction id."""
    PENDING = "pending"
    """It is at the bank."""
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    """It came back, or was never accepted."""
    NOTHING_DUE = "nothing_due"
    """A schedule ran, and nothing was payable."""
    AUTOPAY_FAILED = "autopay_failed"
    """A schedule ran, and could take nothing; the vendor's "Error-Failed AutoPay"."""
    ENDED = "ended"
    """A schedule, or one of its enrolments, has come to its end."""

    def __repr__(self) -> str:
        return f"EventKind.{self.name}"


@attrs.frozen(order=False)
class Event:
    """Something that happened on a day: to a payment, a schedule or an enrolment, whose id ``about`` is.

    >>> print(Event(EventKind.NOTHING_DUE, date(2026, 3, 15), "S-1", "nothing is payable"))
    2026-03-15 S-1 nothing due: nothing is payable
    """

    kind: EventKind
    on: date
    about: str
    text: str = ""
    amount: Money | None = None

    def __str__(self) -> str:
        what = f"{self.on} {self.about} {self.kind.value.replace('_', ' ')}"
        if self.amount is not None:
            what += f" {self.amount}"
        return f"{what}: {self.text}" if self.text else what
