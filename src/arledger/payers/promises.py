"""Money that is promised to a charge, and has not settled it yet.

The problem: an invoice that was paid before it was due is still open where charges are paid when they fall due, and a
pull of the 5th that stands in the books on the 2nd has taken nothing yet; a portal that looks at what is open takes
both a second time. The cases: money that has come and is kept until its target is due, and payments that are scheduled,
or of a later day. The decision: what they are designated to is counted as paid, or as under way, for whoever pays
invoices; the ledger itself is not touched.

Source: rules R51 and R57; ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from arledger.allocation.bars import is_bound, owes
from arledger.allocation.serving import designations_due
from arledger.entries import Charge, Credit, Designation, Payment, PaymentState
from arledger.items import NO_MONEY, Context
from arledger.ledger.balances import known_payments, left_at_the_bank
from arledger.ledger.position import Position

_NOT_SENT = (None, PaymentState.SCHEDULED)


@attrs.frozen
class Promised:
    """What is promised to a charge, in minor units: settled money, and money at the bank or not sent yet."""

    settled: int = 0
    under_way: int = 0


@attrs.frozen
class Promises:
    """What is promised to each charge, by its id; and the payments that are not sent yet and promise something."""

    to: Mapping[str, Promised]
    not_sent: frozenset[str]


def promises_of(position: Position) -> Promises:
    """All that is promised. What a selector names is promised to those of its charges that are due first."""
    given: dict[str, Promised] = {}
    not_sent: set[str] = set()
    if position.terms.designations == "ignore":
        return Promises(given, frozenset())
    charges = sorted(position.charges, key=lambda charge: charge.due)
    payable = position.payable_charges
    waiting = [charge for charge in charges if charge.id not in payable]
    context = Context(
        attrs.evolve(NO_MONEY, currency=position.currency, date=position.as_of),
        {charge.id: charge for charge in position.charges},
    )
    room: dict[str, int] = {}
    for source, designation, most, held in _wishes(position, context):
        minor = held.settled + held.under_way if most is None else most
        is_sent = position.states.get(source.id) not in _NOT_SENT or isinstance(source, Credit)
        for charge in _named(designation, waiting if is_sent else charges, context):
            if not owes(charge, source, designated=True):
                continue
            left = room.setdefault(charge.id, position.item(charge.id).payable_minor)
            settled = min(held.settled, minor, left)
            under_way = min(held.under_way, minor - settled, left - settled)
            if settled or under_way:
                minor, room[charge.id] = minor - settled - under_way, left - settled - under_way
                held.settled, held.under_way = held.settled - settled, held.under_way - under_way
                before = given.get(charge.id, Promised())
                given[charge.id] = Promised(before.settled + settled, before.under_way + under_way)
                not_sent |= set() if is_sent else {source.id}
    return Promises(given, frozenset(not_sent))


@attrs.define(eq=False)
class _Held:
    """What is left to promise of a source."""

    settled: int
    under_way: int


def _wishes(position: Position, context: Context) -> list[tuple[Payment | Credit, Designation, int | None, _Held]]:
    """The designations of money that has settled nothing with all of it; those that name a charge come first."""
    found = []
    for source in (*position.money, *_not_sent(position)):
        held = _held(position, source)
        if source.designations and (held.settled or held.under_way):
            found += [
                (source, designation, most, held)
                for designation, most in designations_due(source, _settled_by(position, source), context)
            ]
    return sorted(found, key=lambda wish: not isinstance(wish[1].to, str))


def _not_sent(position: Position) -> Iterable[Payment]:
    """Payments that are known, and have not come."""
    come = position.settles
    return [one for one in known_payments(position) if one.id not in come and position.states.get(one.id) in _NOT_SENT]


def _held(position: Position, source: Payment | Credit) -> _Held:
    """What settled money of a source waits for what it is designated to, and what of it is on its way."""
    if source.id not in position.settles:
        return _Held(0, source.amount.minor)
    if position.terms.designations == "only" or is_bound(source):
        settled = position.left_of(source.id).minor
    else:
        settled = position.reserved[source.id].minor if source.id in position.reserved else 0
    return _Held(settled, left_at_the_bank(position, source.id))


def _settled_by(position: Position, source: Payment | Credit) -> dict[str, int]:
    return {charge: money.minor for charge, money in position.settles.get(source.id, {}).items()}


def _named(designation: Designation, charges: Sequence[Charge], context: Context) -> list[Charge]:
    """Those of the charges that a designation speaks of."""
    if isinstance(designation.to, str):
        return [charge for charge in charges if charge.id == designation.to]
    flags = designation.to.flags(charges, context)
    return [charge for charge, flag in zip(charges, flags, strict=True) if flag]
