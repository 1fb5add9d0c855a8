"""Repayment agreements: arrears that are paid off in instalments, and whether the promise is kept.

The problem: somebody who owes three months agrees to pay them off in parts. While they do, their arrears take no late
fee and autopay takes the instalment with the rent; when they stop, both end, on a day that everybody can name. The
decision: an agreement is a frozen value that names its charges, its instalments and their days. Whether it is kept is
read from the position: what was paid of these charges since it was made, money at the bank included, must be at least
what has fallen due. Nothing is stored, so a payment that comes back breaks it, and one that catches up mends it.

What counts as paid is what stands: a payment made before the agreement that comes back later is no part of it, neither
way. A charge that is reversed counts as paid.

Source: rule R60; the details are ours.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

import attrs

from arledger.billing.billing_type import days_after
from arledger.checks import (
    as_text_set,
    check_date,
    check_id,
    check_instance,
    check_int,
    check_range,
    check_tuple,
    shown,
)
from arledger.dates.frequency import Frequency
from arledger.entries import Charge
from arledger.entries.fields import check_optional_ids
from arledger.errors import Conflict, CurrencyMismatch, InvalidValue
from arledger.ledger.position import Position
from arledger.ledger.timeline import replayed_to
from arledger.money import Money, money_of
from arledger.schedules.plans import Instalments
from arledger.schedules.run_days import check_starts


@attrs.frozen(order=False)
class RepaymentAgreement:
    """Arrears, by the ids of their charges, and the instalments that pay them off.

    ``agreed`` is the day of the agreement, ``first`` that of the first instalment; the others follow by ``frequency``.
    ``payer`` is who owes the charges (None: the account's own, or nobody). ``grace_days`` is how late an instalment may
    be paid.

    >>> from arledger import instalments, monthly
    >>> print(RepaymentAgreement("RA-1", ["R-01", "R-02"], instalments(Money("1000", "USD"), 4), frequency=monthly(1),
    ...     first=date(2026, 4, 1), agreed=date(2026, 3, 20)))
    RA-1: 4 instalments of 250.00 USD for R-01, R-02, by monthly(1) from 2026-04-01 on

    Refused: no charges; a first instalment on a day that the frequency has not, or before the agreement.
    """

    id: str
    charges: tuple[str, ...] = attrs.field(converter=as_text_set)
    instalments: Instalments
    frequency: Frequency = attrs.field(kw_only=True)
    first: date = attrs.field(kw_only=True)
    agreed: date = attrs.field(kw_only=True)
    payer: str | None = attrs.field(default=None, kw_only=True)
    grace_days: int = attrs.field(default=0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "repayment agreement")
        subject = f"repayment agreement {self.id}"
        check_tuple(self.charges, subject, "charges", "ids")
        if not self.charges:
            raise InvalidValue(f"{subject}: names no charge", field="charges", value=(), hint="pass their ids")
        for charge in self.charges:
            check_id(charge, subject, "charges")
        check_instance(self.instalments, Instalments, subject, "instalments", "pass what instalments(...) gave")
        check_starts(self.frequency, self.first, subject)
        check_date(self.agreed, subject, "agreed")
        if self.first < self.agreed:
            raise InvalidValue(
                f"{subject}: first {self.first} is before agreed {self.agreed}",
                field="first",
                value=self.first,
                hint="pass the day of the first instalment",
            )
        check_optional_ids(self, subject, "payer")
        check_int(self.grace_days, subject, "grace_days")
        check_range(self.grace_days, f"{subject}: grace_days", "grace_days")
        if self.grace_days < 0:
            raise InvalidValue(
                f"{subject}: grace_days is {shown(self.grace_days)}",
                field="grace_days",
                value=self.grace_days,
                hint="pass 0 or more",
            )

    def day_of(self, place: int) -> date:
        """The day of an instalment, counted from 0."""
        return self.frequency.start(self.frequency.number(self.first) + place)

    def due_by(self, day: date) -> Money:
        """What has fallen due by a day, the day included.

        >>> from arledger import instalments, monthly
        >>> RepaymentAgreement("RA-1", "R-01", instalments(Money("1000", "USD"), 3), frequency=monthly(1),
        ...     first=date(2026, 4, 1), agreed=date(2026, 3, 20)).due_by(date(2026, 5, 31))
        Money('666.67', 'USD')
        """
        check_date(day, f"repayment agreement {self.id}", "day")
        amounts = self.instalments.amounts
        due = sum(amount.minor for place, amount in enumerate(amounts) if self.day_of(place) <= day)
        return money_of(due, self.instalments.currency)

    def __str__(self) -> str:
        return (
            f"{self.id}: {self.instalments} for {', '.join(self.charges)}, by {self.frequency!r} from {self.first} on"
        )


class RepaymentStanding(Enum):
    """Whether a repayment agreement is kept."""

    KEPT = "kept"
    BROKEN = "broken"
    FULFILLED = "fulfilled"
    """All instalments are paid, or nothing is payable of its charges."""

    def __repr__(self) -> str:
        return f"RepaymentStanding.{self.name}"


@attrs.frozen(order=False)
class RepaymentState:
    """Where a repayment agreement is on a day.

    ``due`` is what has fallen due by the day, grace apart, and ``paid`` what was paid since the agreement.
    ``next_amount`` is what is still to be paid of the earliest instalment that is not paid, whose day is ``next_day``:
    past days are of instalments that are late. ``broken_since`` is the day on which the grace of that one was over.
    """

    agreement: RepaymentAgreement
    on: date
    due: Money
    paid: Money
    standing: RepaymentStanding
    next_day: date | None
    next_amount: Money | None
    broken_since: date | None

    @property
    def is_kept(self) -> bool:
        """Whether it is kept, or was to its end."""
        return self.standing is not RepaymentStanding.BROKEN

    def __str__(self) -> str:
        text = f"{self.agreement.id} on {self.on}: {self.standing.value}"
        if self.broken_since is not None:
            text += f" since {self.broken_since}"
        text += f", {self.paid} paid of {self.due} due"
        return text if self.next_day is None else f"{text}; {self.next_amount} on {self.next_day}"


def repayment_state(agreement: RepaymentAgreement, position: Position, on: date | None = None) -> RepaymentState:
    """Whether a repayment agreement is kept on a day (absent: that of the position).

    >>> from arledger import OLDEST_FIRST, Charge, Ledger, Payment, instalments, monthly, replay
    >>> owed = Charge("R-01", Money("1000", "USD"), due=date(2026, 1, 1))
    >>> paid = Payment("P-1", Money("250", "USD"), received=date(2026, 4, 3))
    >>> agreement = RepaymentAgreement("RA-1", "R-01", instalments(Money("1000", "USD"), 4), frequency=monthly(1),
    ...     first=date(2026, 4, 1), agreed=date(2026, 3, 20), grace_days=5)
    >>> position = replay(Ledger("USD", [owed, paid]), by=OLDEST_FIRST, as_of=date(2026, 5, 6))
    >>> print(repayment_state(agreement, position))
    RA-1 on 2026-05-06: broken since 2026-05-06, 250.00 USD paid of 500.00 USD due; 250.00 USD on 2026-05-01

    Refused: a day before the agreement, an unknown charge (``UnknownName``), another payer's (``Conflict``), another
    currency.

    Source: rule R60.
    """
    check_instance(agreement, RepaymentAgreement, "repayment_state", "agreement")
    subject = f"repayment agreement {agreement.id}"
    check_instance(position, Position, subject, "position", "pass what replay gave")
    day = position.as_of if on is None else on
    check_date(day, subject, "on")
    if day < agreement.agreed:
        raise InvalidValue(
            f"{subject}: {day} is before it was agreed on {agreement.agreed}",
            field="on",
            value=day,
            hint="pass that day or a later one",
        )
    position = replayed_to(position, day)
    paid = paid_since(agreement, position)
    overdue = agreement.due_by(days_after(day, -agreement.grace_days)).minor
    place = next((place for place, sum_ in enumerate(agreement.instalments.sums_minor) if sum_ > paid), None)
    payable = sum(position.item(charge).payable_minor for charge in agreement.charges)

    def state(standing: RepaymentStanding, following: int | None = None) -> RepaymentState:
        currency = position.currency
        next_day = None if following is None else agreement.day_of(following)
        is_broken = next_day is not None and standing is RepaymentStanding.BROKEN
        lack = None if following is None else agreement.instalments.sums_minor[following] - paid
        return RepaymentState(
            agreement=agreement,
            on=day,
            due=agreement.due_by(day),
            paid=money_of(paid, currency),
            standing=standing,
            next_day=next_day,
            next_amount=None if lack is None else money_of(lack, currency),
            broken_since=days_after(next_day, agreement.grace_days) if is_broken and next_day else None,
        )

    if place is None or not payable:
        return state(RepaymentStanding.FULFILLED)
    return state(RepaymentStanding.KEPT if paid >= overdue else RepaymentStanding.BROKEN, place)


def paid_since(agreement: RepaymentAgreement, position: Position) -> int:
    """What was paid of the charges of an agreement since it was made, and stands, in minor units."""
    subject = f"repayment agreement {agreement.id}"
    if agreement.instalments.currency != position.currency:
        raise CurrencyMismatch(
            f"{subject}: in {agreement.instalments.currency}, for an account in {position.currency}",
            field="position",
            value=position,
        )
    charges = {name: position.item(name).charge for name in agreement.charges}
    for charge in charges.values():
        if charge.payer not in (None, agreement.payer):
            raise Conflict(
                f"{subject}: charge {charge.id} is owed by {charge.payer}",
                field="charges",
                value=charge.id,
                hint="make an agreement of each payer",
            )
    made = {line.id: line for line in position.history if line.charge in charges}
    found = sum(
        line.amount.minor if line.reverses is None else -line.amount.minor
        for line in made.values()
        if (line if line.reverses is None else made[line.reverses]).on >= agreement.agreed
    )
    gone = [position.charges[place] for place in position.reversed]
    return found + sum(_payable_when(agreement, charge, position) for charge in gone if charge.id in charges)


def _payable_when(agreement: RepaymentAgreement, charge: Charge, position: Position) -> int:
    """What was payable of a charge when the agreement was made, before the money of its day."""
    if charge.posted >= agreement.agreed:
        return charge.amount.minor
    return position.payable_on(charge.id, days_after(agreement.agreed, -1)).minor
