"""Decisions as laws look at them: what was decided, that it was refused, and what barred money from a charge.

The bars are written down here a second time, from the rules and not from the code that keeps them, since a law that
asked the same code would always agree with it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from arledger.allocation.compositions import crosses_payers
from arledger.allocation.decision import allocate
from arledger.allocation.order import Order
from arledger.allocation.outcome import Allocation
from arledger.entries import Application, Charge, Credit, CreditKind, Designation, Dispute, Payment
from arledger.errors import ArledgerError
from arledger.items import Context
from arledger.money import minor_text
from arledger.testing.cases import Account


class Refused(Exception):
    """The core, or the order itself, refused the decision on an account."""

    def __init__(self, account: Account, error: ArledgerError) -> None:
        super().__init__(account, error)
        self.account = account
        self.error = error


def decided(order: Order, account: Account, applied: Iterable[Application] = ()) -> Allocation:
    """The allocation of an account; ``Refused`` where there is none."""
    try:
        return allocate(
            account.money, account.charges, by=order, designations=account.designations, applied=tuple(applied)
        )
    except ArledgerError as error:
        raise Refused(account, error) from error


def cents(minor: int, result: Allocation) -> str:
    """So many minor units, in words."""
    return f"{minor_text(minor, result.currency)} {result.currency}"


def is_bound(source: Payment | Credit) -> bool:
    """Whether money pays only what it is designated to: trust money, a waiver, a write-off."""
    if isinstance(source, Credit):
        return source.kind in (CreditKind.WAIVER, CreditKind.WRITE_OFF)
    return source.fund == "trust"


def undisputed(charge: Charge, open_minor: int, day: datetime.date) -> int:
    """What is open of a charge and not contested on the day, in minor units."""
    dispute = charge.disputed
    if isinstance(dispute, Dispute):
        begun = dispute.since is None or dispute.since <= day
        ended = dispute.until is not None and dispute.until <= day
        contested = charge.amount if dispute.amount is None else dispute.amount
        return max(0, open_minor - contested.minor) if begun and not ended else open_minor
    return 0 if dispute else open_minor


def is_wished(source: Payment | Credit, charge: Charge, context: Context, account: Account) -> bool:
    """Whether money is designated to a charge, and designations count."""
    if account.designations == "ignore" and not is_bound(source):
        return False
    return any(_names(wish, charge, context) for wish in source.designations)


def _names(wish: Designation, charge: Charge, context: Context) -> bool:
    return wish.to == charge.id if isinstance(wish.to, str) else wish.to.selects(charge, context)


def bar_between(
    order: Order, source: Payment | Credit, charge: Charge, context: Context, account: Account
) -> str | None:
    """What keeps this money from this charge altogether, in words."""
    wished = is_wished(source, charge, context, account)
    if not wished and is_bound(source):
        return "it pays only what it is designated to (trust money, a waiver, a write-off)"
    if not wished and source.designations and account.designations == "only":
        return "designated money stays with its targets"
    restriction = source.restriction if isinstance(source, Payment) else None
    if restriction is not None and not restriction.selects(charge, context):
        return f"it is restricted to {restriction!r}"
    if charge.payer not in (None, source.payer):
        credits_anyone = isinstance(source, Credit) and source.payer is None and wished
        crosses = crosses_payers(order) and (not source.designations or account.designations != "only")
        if not (credits_anyone or crosses):
            return f"that is owed by {charge.payer}"
    return None
