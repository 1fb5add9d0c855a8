"""Rankings: keys, then a rule for ties.

The problem: every payment plan, lease and statute has its own order of application, and an enum of orders never has the
one that is needed. The cases: some orders are total (oldest first), some share between charges of the same rank (in
proportion, or evenly), and a tax must go along with what it taxes. The decision: a ``Ranking`` is a few keys, a rule
for the charges that the keys leave equal, and a rule for what an item of charge and tax gets:

    Ranking(first(where.past_due), last(where.rent), due_date, ties=Ties.PRO_RATA)

Money goes to the first rank until it is settled, then to the next. A ranking is made once a call where its keys read
only the charges, once a date where they read the money's date, and for each piece of money otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import groupby
from typing import Any

import attrs

from arledger.allocation.desk import Desk
from arledger.allocation.keys import (
    Key,
    Reads,
    check_key,
    column,
    descends,
    due_date,
    key_name,
    reads_of,
    refuse_rest,
    refuses,
)
from arledger.allocation.pool import Pool, PooledOrder, Proposal, Room
from arledger.allocation.records import Reason
from arledger.apportion import by_weight, evenly
from arledger.checks import check_instance
from arledger.entries import Charge
from arledger.errors import ArledgerError, OrderError
from arledger.items import Incoming

Ranks = list[list[int]]  # places of leads, the first rank first; several in a rank share


class Ties(Enum):
    """What happens to items that all keys leave equal.

    IN_SEQUENCE: one after the other, by posted date, sequence and id. PRO_RATA: in proportion to what is open of them,
    by largest remainder. EVENLY: the same to each, as far as it can take it. Odd units go to the earlier.
    """

    IN_SEQUENCE = "in sequence"
    PRO_RATA = "pro rata"
    EVENLY = "evenly"

    def __repr__(self) -> str:
        return f"Ties.{self.name}"


class Taxes(Enum):
    """How money is shared between a charge and the taxes on it, which are one item to a ranking (rule R3)."""

    PRO_RATA = "pro rata"
    CHARGE_FIRST = "charge first"
    TAX_FIRST = "tax first"

    def __repr__(self) -> str:
        return f"Taxes.{self.name}"


@attrs.frozen(init=False, repr=False, order=False)
class Ranking(PooledOrder):
    """An order of application: who is paid first, by keys, and what ties do.

    >>> Ranking(due_date.descending, ties=Ties.EVENLY)
    Ranking(due_date.descending, ties=Ties.EVENLY)

    Refused with ``InvalidType``: a key that is not callable, a selector without ``first`` or ``last`` around it.
    """

    keys: tuple[Key, ...]
    ties: Ties
    taxes: Taxes
    reads: Reads = attrs.field(init=False, eq=False)
    """What its keys depend on: how often it must be made anew."""
    refuses: bool = attrs.field(init=False, eq=False)
    """Whether a key of it may refuse a charge that it has no place for."""

    def __init__(self, *keys: Key, ties: Ties = Ties.IN_SEQUENCE, taxes: Taxes = Taxes.PRO_RATA) -> None:
        for key in keys:
            check_key(key)
        check_instance(ties, Ties, "ranking", "ties", "pass a rule for ties, such as Ties.PRO_RATA")
        check_instance(taxes, Taxes, "ranking", "taxes", "pass a rule for taxes, such as Taxes.TAX_FIRST")
        self.__attrs_init__(keys, ties, taxes)  # pyright: ignore[reportAttributeAccessIssue]
        object.__setattr__(self, "reads", max((reads_of(key) for key in keys), default=Reads.CHARGE))
        object.__setattr__(self, "refuses", any(refuses(key) for key in keys))

    def proposals(self, incoming: Incoming, pool: Pool, /) -> list[Proposal]:
        """Rank after rank until the money is gone."""
        desk = pool.desk
        if self.refuses:
            leads = sorted({desk.leads[place] for place in pool.room})
            refuse_rest(self.keys, [desk.charges[lead] for lead in leads], pool.context(incoming))
        return [walk(self, ranked_for(self, pool, incoming), incoming.minor, pool)]

    def __repr__(self) -> str:
        parts = [key_name(key) for key in self.keys]
        if self.ties is not Ties.IN_SEQUENCE:
            parts.append(f"ties={self.ties!r}")
        if self.taxes is not Taxes.PRO_RATA:
            parts.append(f"taxes={self.taxes!r}")
        return f"Ranking({', '.join(parts)})"


@attrs.frozen(eq=False)
class Ranked:
    """The ranks of items, each spoken of by its lead, and the values of the keys that made them."""

    ranks: Ranks
    values: dict[int, tuple[Any, ...]]

    def reasons(self) -> dict[int, Reason]:
        """The rank and the values of every item."""
        return {lead: (rank, self.values[lead]) for rank, leads in enumerate(self.ranks, start=1) for lead in leads}


def ranked_for(ranking: Ranking, pool: Pool, incoming: Incoming) -> Ranked:
    """The ranks of items, made anew only when something that the keys read has changed.

    Where they may be used again, all open items of the desk are ranked; else only those of the pool.
    """
    desk = pool.desk
    if ranking.reads is Reads.MONEY:
        leads = sorted({desk.leads[place] for place in pool.room})
        return _ranked(ranking, leads, pool, incoming)
    moment = incoming.date if ranking.reads is Reads.DATE else None
    known = desk.ranked.get(id(ranking))
    if known is None or known[0] != moment:
        leads = sorted({desk.leads[place] for place, minor in enumerate(desk.open) if minor})
        known = desk.ranked[id(ranking)] = (moment, _ranked(ranking, leads, pool, incoming))
    return known[1]


def _ranked(ranking: Ranking, leads: Sequence[int], pool: Pool, incoming: Incoming) -> Ranked:
    desk = pool.desk
    charges = [desk.charges[lead] for lead in leads]
    items = []  # only a user's function asks for them
    if ranking.reads is Reads.MONEY:
        items = [desk.item(lead, desk.open[lead]) for lead in leads]
    columns = [column(key, charges, items, pool.context(incoming)) for key in ranking.keys]
    values = list(zip(*columns, strict=True)) if columns else [()] * len(leads)
    order = ordered(ranking, charges, columns)
    if ranking.ties is Ties.IN_SEQUENCE:
        ranks = [[leads[position]] for position in order]
    else:
        tied = groupby(order, key=values.__getitem__)
        ranks = [[leads[position] for position in positions] for _, positions in tied]
    return Ranked(ranks, dict(zip(leads, values, strict=True)))


def ordered(ranking: Ranking, charges: Sequence[Charge], columns: Sequence[list[Any]]) -> list[int]:
    """The positions of charges, given in canonical order, by the columns of a ranking's keys, then in sequence."""
    order = list(range(len(charges)))
    pairs = list(zip(ranking.keys, columns, strict=True))
    if pairs and pairs[-1][0] == due_date:
        pairs.pop()  # the canonical order is by due date, then in sequence: it is there already
    else:
        order.sort(key=[charge.row[1:5] for charge in charges].__getitem__)
    for key, values in reversed(pairs):
        _sort(order, key, values)
    return order


def _sort(order: list[int], key: Key, values: list[Any]) -> None:
    """A stable sort by one key; absent values stay last in either direction."""
    down = descends(key)
    try:
        if None in values:
            present = sorted({value for value in values if value is not None}, reverse=down)
            places = {value: place for place, value in enumerate(present)}
            values, down = [len(places) if value is None else places[value] for value in values], False
        order.sort(key=values.__getitem__, reverse=down)
    except ArledgerError:
        raise
    except Exception as error:  # the values of a user's key may fail to compare in any way
        kinds = ", ".join(sorted({type(value).__name__ for value in values if value is not None}))
        raise OrderError(
            f"key {key_name(key)}: its values do not compare ({kinds})",
            field="keys",
            value=key,
            hint="give one type of value for all charges",
        ) from error


def walk(ranking: Ranking, ranked: Ranked, minor: int, pool: Pool) -> Proposal:
    """What the items of each rank get of so many minor units, the first rank first, and why."""
    desk, room, left = pool.desk, pool.room, minor
    item_room = desk.item_room(room)
    taken: Room = {}
    reasons: dict[int, Reason] = {}
    for rank, leads in enumerate(ranked.ranks, start=1):
        if not left:
            break
        sums = [item_room.get(lead, 0) for lead in leads]
        if not any(sums):
            continue
        for lead, share in zip(leads, shares(ranking.ties, left, sums), strict=True):
            if share:
                parts = _within_item(ranking.taxes, share, desk, lead, room)
                taken.update(parts)
                reasons.update(dict.fromkeys(parts, (rank, ranked.values[lead])))
        left -= min(left, sum(sums))
    return Proposal(ranking, taken, reasons)


def shares(ties: Ties, minor: int, sums: list[int]) -> list[int]:
    """What each of several gets of so many minor units: all that it can take, or its share by the rule for ties."""
    if sum(sums) <= minor:
        return sums
    return evenly(minor, sums) if ties is Ties.EVENLY else by_weight(minor, sums)


def _within_item(taxes: Taxes, minor: int, desk: Desk, lead: int, room: Room) -> Room:
    """What a charge and the taxes on it get of their item's share."""
    members = [member for member in desk.members[lead] if member in room]
    if taxes is Taxes.PRO_RATA:
        parts = by_weight(minor, [room[member] for member in members])
        return {member: part for member, part in zip(members, parts, strict=True) if part}
    if taxes is Taxes.TAX_FIRST:
        members = [*(member for member in members if member != lead), *(m for m in members if m == lead)]
    taken: Room = {}
    for member in members:
        part = min(minor, room[member])
        if part:
            taken[member] = part
        minor -= part
    return taken
