"""What money may pay.

The problem: a subsidy may pay only its own part of the rent, a family does not owe the agency's part, trust money
moves only where it was told to, and a disputed charge is not paid behind the payer's back. The cases: the payer (rule
R6), the restriction and the fund (rule R7), the dispute (rule R8). The decision: bars are looked at before any order is
asked, so that no order, right or wrong, can cross one.

Source: 24 CFR 982.451(b)(4) for the agency's part; a law firm's payment portal for trust money; ours for the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from arledger.allocation.desk import Desk
from arledger.allocation.pool import Pool, Room
from arledger.entries import Charge, Credit, Designation, Payment, disputed_minor
from arledger.items import Context, incoming_of


def is_bound(source: Payment | Credit) -> bool:
    """Whether money pays nothing but what it is designated to: trust money, a waiver, a write-off."""
    return source.forgives if isinstance(source, Credit) else source.fund == "trust"


def owes(charge: Charge, source: Payment | Credit, *, designated: bool) -> bool:
    """Whether a charge is its payer's own, or nobody's; a credit of no payer reaches any charge that it names."""
    if charge.payer is None or charge.payer == source.payer:
        return True
    return designated and isinstance(source, Credit) and source.payer is None


def reach(desk: Desk, source: Payment | Credit, *, designated: bool, on: date | None = None) -> Pool:
    """The pool of a payment or credit: what is open of the charges that no bar keeps it from.

    A dispute holds back what is contested on the money's date, unless the charge is designated.
    """
    incoming = incoming_of(source, source.amount.minor, on)
    room: Room = {place: minor for place, minor in enumerate(desk.open) if minor}
    beyond: Room = {}
    held: Room = {}
    for place in desk.barred:
        charge = desk.charges[place]
        minor = room.pop(place, 0)
        if charge.disputed and not designated:
            held[place] = min(minor, disputed_minor(charge, incoming.date))
            minor -= held[place]
        if minor:
            (room if owes(charge, source, designated=designated) else beyond)[place] = minor
    if desk.barred:
        room = dict(sorted(room.items()))
    pool = Pool(desk, room, {} if designated else beyond, held)
    restriction = None if isinstance(source, Credit) else source.restriction
    if restriction is None:
        return pool
    places = [*room, *pool.beyond]
    flags = restriction.flags([desk.charges[place] for place in places], pool.context(incoming))
    return pool.among(place for place, flag in zip(places, flags, strict=True) if flag)


def targets(designation: Designation, places: Iterable[int], desk: Desk, context: Context) -> list[int]:
    """Those of the charges that a designation speaks of."""
    candidates = list(places)
    if isinstance(designation.to, str):
        return [place for place in candidates if desk.charges[place].id == designation.to]
    flags = designation.to.flags([desk.charges[place] for place in candidates], context)
    return [place for place, flag in zip(candidates, flags, strict=True) if flag]


def bars_between(
    source: Payment | Credit,
    charge: Charge,
    open_minor: int,
    context: Context,
    *,
    designated: bool,
    any_payer: bool = False,
) -> list[str]:
    """Why this money may not pay what is open of this charge, in words; nothing where it may."""
    bars = []
    if not any_payer and not owes(charge, source, designated=designated):
        bars.append(f"owed by {charge.payer}")
    restriction = None if isinstance(source, Credit) else source.restriction
    if restriction is not None and not restriction.selects(charge, context):
        bars.append(f"restricted to {restriction!r}")
    if not designated and disputed_minor(charge, context.date) >= open_minor:
        bars.append("disputed")
    return bars
