"""Increases that are not agreed to yet, and the money that is reserved for them.

The problem: a landlord has applied for an above-guideline increase, and charges nothing until it is granted; but who
pays nothing until then owes months of it at once. The cases: a policy may have autopay take it already; granted, it is
rent; refused, the money is the payer's. The decision: an increase is a value outside the ledger. What is pulled for it
is designated to the charge that it would become, and the ledger keeps it reserved until that charge is there.

Source: rule R13; the vendor's "Include Pending AGI Charges".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum

import attrs

from arledger.checks import as_tuple, check_date, check_id, check_instance, check_tuple_of
from arledger.dates.period import Period
from arledger.entries import Category, Charge, Credit, Payment, Transfer, transfer
from arledger.entries.fields import check_amount, check_optional_ids
from arledger.errors import Conflict
from arledger.ledger.balances import left_at_the_bank
from arledger.ledger.books import free_id, open_day
from arledger.ledger.position import Position
from arledger.ledger.timeline import replayed_to
from arledger.money import Money, money_of


class IncreaseState(Enum):
    """Where an increase is."""

    PENDING = "pending"
    AGREED = "agreed"
    REFUSED = "refused"

    def __repr__(self) -> str:
        return f"IncreaseState.{self.name}"


@attrs.frozen(order=False)
class PendingIncrease:
    """An increase of the rent that a payer has not agreed to yet, or has, or has refused.

    ``amount`` is what it adds to a billing period (the month, where periods are months), from the first period on that
    starts on ``effective`` or later.

    >>> PendingIncrease("AGI-7", Money("30", "CAD"), effective=date(2026, 6, 1)).state
    IncreaseState.PENDING
    """

    id: str
    amount: Money
    effective: date = attrs.field(kw_only=True)
    state: IncreaseState = attrs.field(default=IncreaseState.PENDING, kw_only=True)
    code: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "increase")
        subject = f"increase {self.id}"
        check_amount(self.amount, subject)
        check_date(self.effective, subject, "effective")
        check_instance(self.state, IncreaseState, subject, "state", "pass an IncreaseState, such as .AGREED")
        check_optional_ids(self, subject, "code")

    def is_for(self, period: Period) -> bool:
        """Whether it adds to a period."""
        check_instance(period, Period, f"increase {self.id}", "period")
        return self.effective <= period.start


def increase_charge(
    increase: PendingIncrease, period: Period, *, due: date | None = None, posted: date | None = None
) -> Charge:
    """The rent that an increase adds to a period, to be billed once it is agreed; due on the first day unless said.

    Money that was pulled for it is designated to its id, and settles it as soon as it is recorded.

    >>> june = Period(date(2026, 6, 1), date(2026, 7, 1))
    >>> increase_charge(PendingIncrease("AGI-7", Money("30", "CAD"), effective=date(2026, 6, 1)), june).id
    'AGI-7@2026-06-01'

    Refused: a period that begins before the increase.
    """
    check_instance(increase, PendingIncrease, "increase_charge", "increase")
    if not increase.is_for(period):
        raise Conflict(
            f"increase {increase.id}: {period} begins before {increase.effective}",
            field="period",
            value=period,
            hint="pass a period from that day on",
        )
    first = period.start if due is None else due
    return Charge(
        f"{increase.id}@{period.start}",
        increase.amount,
        due=first,
        posted=first if posted is None else posted,
        category=Category.RENT,
        code=increase.code,
        period=period,
        recurring=True,
    )


def reserved_for(position: Position, target: str) -> dict[str, int]:
    """What payments keep for a charge that is not there yet, in minor units by the payment's id; also from the bank."""
    kept = ((source.id, _kept_for(position, source, target)) for source in position.money)
    return {source: minor for source, minor in kept if minor}


def _kept_for(position: Position, source: Payment | Credit, target: str) -> int:
    """What one payment keeps for a charge."""
    named = [designation.amount for designation in source.designations if designation.to == target]
    if not named:
        return 0
    kept = position.reserved.get(source.id)
    minor = left_at_the_bank(position, source.id) if kept is None else kept.minor
    return min(minor, sum(minor if amount is None else amount.minor for amount in named))


def release(
    position: Position, increases: PendingIncrease | Iterable[PendingIncrease], *, on: date, account: str
) -> tuple[Transfer | Payment, ...]:
    """Entries that set free what was reserved for increases that are refused; to be recorded in the same ledger.

    What a payment keeps is moved to a payment of the same payer that is designated to nothing, of the account itself.
    Once that is recorded, nothing is reserved, so nothing is released twice.

    >>> from arledger import Designation, Ledger, OLDEST_FIRST, replay
    >>> wish = [Designation("AGI-7@2026-06-01")]
    >>> pulled = Payment("P-1", Money("30", "CAD"), received=date(2026, 6, 1), designations=wish)
    >>> refused = PendingIncrease("AGI-7", Money("30", "CAD"), effective=date(2026, 6, 1), state=IncreaseState.REFUSED)
    >>> position = replay(Ledger("CAD", [pulled]), by=OLDEST_FIRST, as_of=date(2026, 8, 1))
    >>> [entry.id for entry in release(position, refused, on=date(2026, 8, 1), account="A-1")]
    ['P-1/released@2026-08-01', 'P-1/free@2026-08-01']

    Refused: an increase that is not refused (``Conflict``).
    """
    check_instance(position, Position, "release", "position", "pass what replay gave")
    check_date(on, "release", "on")
    check_id(account, "release", "account")
    given = (increases,) if isinstance(increases, PendingIncrease) else as_tuple(increases)
    check_tuple_of(given, PendingIncrease, "release", "increases")
    for increase in given:
        if increase.state is not IncreaseState.REFUSED:
            raise Conflict(
                f"increase {increase.id}: is {increase.state.value}, and its money stays reserved",
                field="increases",
                value=increase,
                hint="release what is refused",
            )
    position = replayed_to(position, on)
    of_these = re.compile(rf"({'|'.join(re.escape(one.id) for one in given)})@[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}\Z")
    found: list[Transfer | Payment] = []
    for source in position.money:
        targets = {to.to for to in source.designations if isinstance(to.to, str) and of_these.match(to.to)}
        kept = sum(_kept_for(position, source, target) for target in targets)
        free = min(kept, position.reserved[source.id].minor) if source.id in position.reserved else 0
        if free and isinstance(source, Payment):
            amount = money_of(free, position.currency)
            posted = open_day(position.ledger, on)
            out, free_as = (free_id(f"{source.id}/{word}@{on}", position.ledger.by_id) for word in ("released", "free"))
            left, came = transfer(source, amount, id=out, on=on, to=account, posted=posted)
            found += [left, attrs.evolve(came, id=free_as)]
    return tuple(found)
