"""Charges and credits that are taken back, and money that leaves an account by our own will.

The problem: a charge was wrong, a written-off debt is paid after all, a prepayment is sent back, or moves to another
account. The decision: a ``Reversal`` takes back a charge (with the taxes on it) or a credit; a ``Refund`` and a
``Transfer`` take unapplied money of one payment, never a credit, and never what is still at the bank.

Source: rules R31 and R43.
"""

from __future__ import annotations

import datetime

import attrs

from arledger.checks import check_id, check_instance
from arledger.entries.fields import check_amount, check_event
from arledger.entries.payment import Payment
from arledger.errors import CurrencyMismatch, InvalidValue
from arledger.money import Money


@attrs.frozen(order=False)
class Reversal:
    """A charge or a credit that is taken back: what had paid the charge is unapplied, what the credit settled re-opens.

    The taxes on a charge go with it. ``amount`` is for credits: so much of it (absent: all of it); when a debt that was
    written off is paid after all, reverse so much of the write-off. A part of a charge is taken back by a Credit.

    >>> Reversal("X-1", "R-03", on=datetime.date(2026, 3, 4)).of
    'R-03'
    """

    id: str
    of: str
    amount: Money | None = None
    on: datetime.date = attrs.field(kw_only=True)
    posted: datetime.date = attrs.field(default=attrs.Factory(lambda self: self.on, takes_self=True), kw_only=True)
    sequence: int | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_event(self, "reversal")
        subject = f"reversal {self.id}"
        check_id(self.of, subject, "of")
        if self.amount is not None:
            check_amount(self.amount, subject, hint="pass None for all of it")

    @property
    def day(self) -> datetime.date:
        """The day on which it counts."""
        return self.on


@attrs.frozen(order=False)
class Refund:
    """Money of one payment that is sent back to whoever paid it: at most what of it is settled and unapplied.

    >>> Refund("F-1", "P-17", Money("40", "CAD"), on=datetime.date(2026, 3, 9)).payment
    'P-17'
    """

    id: str
    payment: str
    amount: Money
    on: datetime.date = attrs.field(kw_only=True)
    posted: datetime.date = attrs.field(default=attrs.Factory(lambda self: self.on, takes_self=True), kw_only=True)
    sequence: int | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_event(self, "refund")
        subject = f"refund {self.id}"
        check_id(self.payment, subject, "payment")
        check_amount(self.amount, subject)

    @property
    def day(self) -> datetime.date:
        """The day on which it counts."""
        return self.on


@attrs.frozen(order=False)
class Transfer:
    """Money of one payment that moves to another account: at most what of it is settled and unapplied.

    ``to`` is the id of the other account, in whose ledger a payment stands for it; ``transfer`` makes the pair.
    """

    id: str
    payment: str
    amount: Money
    on: datetime.date = attrs.field(kw_only=True)
    to: str = attrs.field(kw_only=True)
    posted: datetime.date = attrs.field(default=attrs.Factory(lambda self: self.on, takes_self=True), kw_only=True)
    sequence: int | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_event(self, "transfer")
        subject = f"transfer {self.id}"
        check_id(self.payment, subject, "payment")
        check_amount(self.amount, subject)
        check_id(self.to, subject, "to")

    @property
    def day(self) -> datetime.date:
        """The day on which it counts."""
        return self.on


def transfer(
    payment: Payment,
    amount: Money,
    *,
    id: str,  # noqa: A002  # the field of that name
    on: datetime.date,
    to: str,
    posted: datetime.date | None = None,
) -> tuple[Transfer, Payment]:
    """The two entries of money that moves to another account: what leaves this one, and the payment in the other.

    The payment keeps payer, method, restriction and fund; what it was designated to stays behind with its charges.

    >>> paid = Payment("P-17", Money("900", "CAD"), received=datetime.date(2026, 3, 3))
    >>> left, came = transfer(paid, Money("40", "CAD"), id="T-1", on=datetime.date(2026, 3, 9), to="A-2")
    >>> came.id, came.amount, came.received
    ('T-1', Money('40.00', 'CAD'), datetime.date(2026, 3, 9))

    Refused: more than the payment, or a day before it was received.
    """
    check_instance(payment, Payment, "transfer", "payment")
    leaving = Transfer(id, payment.id, amount, on=on, to=to, posted=on if posted is None else posted)
    if amount.currency != payment.amount.currency:
        raise CurrencyMismatch(
            f"transfer {id}: in {amount.currency}, and payment {payment.id} is in {payment.amount.currency}",
            field="amount",
            value=amount,
        )
    if amount > payment.amount:
        raise InvalidValue(
            f"transfer {id}: {amount} of payment {payment.id} of {payment.amount}",
            field="amount",
            value=amount,
            hint="pass at most what of it is unapplied",
        )
    if on < payment.received:
        raise InvalidValue(
            f"transfer {id}: on {on}, and payment {payment.id} was received on {payment.received}",
            field="on",
            value=on,
            hint="pass a day on which it is there",
        )
    coming = attrs.evolve(payment, id=id, amount=amount, received=on, posted=leaving.posted, designations=())
    return leaving, coming
