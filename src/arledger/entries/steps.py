"""Where a payment is on its way: its states, and which may follow which.

The problem: a card payment succeeds at once, a bank debit is under way for days and then settles or comes back, and a
settled one can still come back weeks later. The decision: the state of a payment is no field of it but what the entries
about it say. A ``PaymentStep`` records that it was scheduled, sent, settled, rejected or cancelled; a ``Return``, a
``Void`` and a ``Chargeback`` are entries of their own. ``NEXT_STATES`` is the one table of what may follow what.

Source: rules R42 and R43.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

import attrs

from arledger.checks import check_date, check_id, check_instance
from arledger.entries.fields import check_event
from arledger.errors import InvalidValue


class PaymentState(Enum):
    """Where a payment is.

    SCHEDULED is a plan and no money yet. PENDING money is at the bank: it is applied provisionally, and counts as paid
    on the day it was received, unless it comes back. SETTLED money is there. The others give no money: RETURNED (by the
    bank), REJECTED (never accepted), VOIDED (our own error), CANCELLED (before it was sent), CHARGED_BACK (by a card
    holder, and may be won back).
    """

    SCHEDULED = "scheduled"
    PENDING = "pending"
    SETTLED = "settled"
    RETURNED = "returned"
    REJECTED = "rejected"
    VOIDED = "voided"
    CANCELLED = "cancelled"
    CHARGED_BACK = "charged_back"

    def __repr__(self) -> str:
        return f"PaymentState.{self.name}"


NEXT_STATES: Mapping[PaymentState | None, tuple[PaymentState, ...]] = MappingProxyType(
    {
        None: (PaymentState.SCHEDULED, PaymentState.PENDING, PaymentState.SETTLED, PaymentState.REJECTED),
        PaymentState.SCHEDULED: (
            PaymentState.PENDING,
            PaymentState.SETTLED,
            PaymentState.REJECTED,
            PaymentState.CANCELLED,
        ),
        PaymentState.PENDING: (
            PaymentState.SETTLED,
            PaymentState.RETURNED,
            PaymentState.REJECTED,
            PaymentState.VOIDED,
            PaymentState.CANCELLED,
        ),
        PaymentState.SETTLED: (PaymentState.RETURNED, PaymentState.VOIDED, PaymentState.CHARGED_BACK),
        PaymentState.CHARGED_BACK: (PaymentState.SETTLED,),
        PaymentState.RETURNED: (),
        PaymentState.REJECTED: (),
        PaymentState.VOIDED: (),
        PaymentState.CANCELLED: (),
    }
)
"""The states that may follow each; None is before the first. CHARGED_BACK is followed by SETTLED when it is won."""

RECORDED_AS = MappingProxyType(
    {
        PaymentState.RETURNED: "a Return",
        PaymentState.VOIDED: "a Void",
        PaymentState.CHARGED_BACK: "a Chargeback",
    }
)
"""The states that entries of their own lead to."""


def _derived_id(step: PaymentStep) -> str:
    check_id(step.payment, "payment step", "payment")
    check_instance(step.state, PaymentState, "payment step", "state", "pass a PaymentState, such as .SETTLED")
    check_date(step.on, "payment step", "on")
    return f"{step.payment}/{step.state.value}@{step.on}"


@attrs.frozen(order=False)
class PaymentStep:
    """A payment was scheduled, sent, settled, rejected or cancelled, on a day.

    A payment of which no step is recorded is settled when it is received. One with steps is pending from the day on
    which it is received until a step says otherwise; a scheduled one is no money until it is pending or settled.

    >>> PaymentStep("P-17", PaymentState.SETTLED, on=datetime.date(2026, 3, 5)).id
    'P-17/settled@2026-03-05'

    Refused: a state that an entry of its own leads to (a Return, a Void, a Chargeback).
    """

    payment: str
    state: PaymentState
    on: datetime.date = attrs.field(kw_only=True)
    id: str = attrs.field(default=attrs.Factory(_derived_id, takes_self=True), kw_only=True)
    posted: datetime.date = attrs.field(default=attrs.Factory(lambda self: self.on, takes_self=True), kw_only=True)
    sequence: int | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_event(self, "payment step")
        subject = f"payment step {self.id}"
        check_id(self.payment, subject, "payment")
        check_instance(self.state, PaymentState, subject, "state", "pass a PaymentState, such as .SETTLED")
        if self.state in RECORDED_AS:
            raise InvalidValue(
                f"{subject}: {self.state.value} is no step of its own",
                field="state",
                value=self.state,
                hint=f"record {RECORDED_AS[self.state]}",
            )

    @property
    def day(self) -> datetime.date:
        """The day on which it counts."""
        return self.on
