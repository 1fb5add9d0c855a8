"""Money that goes back to where it came from, against our will or by our own error.

The problem: a payment that was applied weeks ago comes back, whole or in part, for a reason that decides whether a fee
is due. The cases: the bank returns it (a ``Return``), we entered it in error (a ``Void``), a card holder contests it (a
``Chargeback``), and wins or loses (a ``WonBack``). The decision: each is an entry of its own about the payment, which
itself never changes; what it undoes is for replay to say.

Source: rules R40, R42 and R43.
"""

from __future__ import annotations

import datetime
from enum import Enum

import attrs

from arledger.checks import check_id, check_instance
from arledger.entries.fields import check_amount, check_event, check_optional_ids
from arledger.money import Money


class ReturnReason(Enum):
    """Why a payment came back. ``code`` of the Return is the network's own word, such as "R01"."""

    INSUFFICIENT_FUNDS = "insufficient_funds"
    UNCOLLECTED_FUNDS = "uncollected_funds"
    ACCOUNT_CLOSED = "account_closed"
    NO_ACCOUNT = "no_account"
    STOPPED = "stopped"
    NOT_AUTHORISED = "not_authorised"
    OTHER = "other"

    def __repr__(self) -> str:
        return f"ReturnReason.{self.name}"


def _check_part(amount: Money | None, subject: str) -> None:
    if amount is not None:
        check_amount(amount, subject, hint="pass None for all of it")


@attrs.frozen(order=False)
class Return:
    """A payment, or part of one, that the bank or the card network gave back.

    ``amount`` absent means all of it. ``on`` is the day on which it came back, ``posted`` its day in the books.

    >>> Return("N-1", "P-17", on=datetime.date(2026, 3, 7), reason=ReturnReason.INSUFFICIENT_FUNDS, code="R01").day
    datetime.date(2026, 3, 7)
    """

    id: str
    payment: str
    amount: Money | None = None
    on: datetime.date = attrs.field(kw_only=True)
    posted: datetime.date = attrs.field(default=attrs.Factory(lambda self: self.on, takes_self=True), kw_only=True)
    reason: ReturnReason = attrs.field(default=ReturnReason.OTHER, kw_only=True)
    code: str | None = attrs.field(default=None, kw_only=True)
    sequence: int | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_event(self, "return")
        subject = f"return {self.id}"
        check_id(self.payment, subject, "payment")
        _check_part(self.amount, subject)
        check_instance(self.reason, ReturnReason, subject, "reason", "pass a ReturnReason, such as .STOPPED")
        check_optional_ids(self, subject, "code")

    @property
    def day(self) -> datetime.date:
        """The day on which it counts."""
        return self.on


@attrs.frozen(order=False)
class Void:
    """A payment that we entered in error: undone in full, without a fee.

    >>> Void("V-1", "P-17", on=datetime.date(2026, 3, 4)).payment
    'P-17'
    """

    id: str
    payment: str
    on: datetime.date = attrs.field(kw_only=True)
    posted: datetime.date = attrs.field(default=attrs.Factory(lambda self: self.on, takes_self=True), kw_only=True)
    sequence: int | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_event(self, "void")
        check_id(self.payment, f"void {self.id}", "payment")

    @property
    def day(self) -> datetime.date:
        """The day on which it counts."""
        return self.on


@attrs.frozen(order=False)
class Chargeback:
    """A settled payment, or part of one, that its card holder had the network take back. It may be won back.

    >>> Chargeback("B-1", "P-17", Money("40", "CAD"), on=datetime.date(2026, 4, 2)).amount
    Money('40.00', 'CAD')
    """

    id: str
    payment: str
    amount: Money | None = None
    on: datetime.date = attrs.field(kw_only=True)
    posted: datetime.date = attrs.field(default=attrs.Factory(lambda self: self.on, takes_self=True), kw_only=True)
    code: str | None = attrs.field(default=None, kw_only=True)
    sequence: int | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_event(self, "chargeback")
        subject = f"chargeback {self.id}"
        check_id(self.payment, subject, "payment")
        _check_part(self.amount, subject)
        check_optional_ids(self, subject, "code")

    @property
    def day(self) -> datetime.date:
        """The day on which it counts."""
        return self.on


@attrs.frozen(order=False)
class WonBack:
    """A chargeback, or part of one, that was decided in our favour: its money is there again, from that day on.

    >>> WonBack("W-1", "B-1", on=datetime.date(2026, 5, 2)).chargeback
    'B-1'
    """

    id: str
    chargeback: str
    amount: Money | None = None
    on: datetime.date = attrs.field(kw_only=True)
    posted: datetime.date = attrs.field(default=attrs.Factory(lambda self: self.on, takes_self=True), kw_only=True)
    sequence: int | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_event(self, "won back")
        subject = f"won back {self.id}"
        check_id(self.chargeback, subject, "chargeback")
        _check_part(self.amount, subject)

    @property
    def day(self) -> datetime.date:
        """The day on which it counts."""
        return self.on
