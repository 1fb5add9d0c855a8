"""The charges of one call, in canonical order, and what is open of each of them.

Charges are spoken of by their place in the canonical order (due, posted, sequence, id), since ints are what the kernels
sort and add. A tax and what it taxes are one item to an order: the desk knows which charge leads each item (rule R3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from arledger.entries import Category, Charge
from arledger.errors import Conflict
from arledger.items import OpenItem


@attrs.define(eq=False)
class Desk:
    """Charges in canonical order; ``open`` of each is lowered as money is placed."""

    charges: Sequence[Charge]
    open: list[int]
    by_id: dict[str, Charge]
    places: dict[str, int]
    leads: list[int]
    """For each charge the place of the one that leads its item: itself, or what it is a tax on."""
    members: dict[int, list[int]]
    """For each lead the places of its item: itself, and then the taxes on it."""
    barred: list[int]
    """The places of charges that some payer owes, or that are disputed: not all money may pay them."""
    pending: Mapping[int, int] = attrs.field(factory=dict)
    """What money at the bank covers of charges, by place: it is open of them, and may not be paid again."""
    ranked: dict[int, tuple[Any, Any]] = attrs.field(factory=dict)
    """What rankings have made of these charges, by the identity of the ranking, with the moment that it holds for."""

    def item(self, place: int, payable: int, disputed: int = 0) -> OpenItem:
        """A charge as orders and keys see it, with so much payable."""
        pending = self.pending.get(place, 0)
        return OpenItem(self.charges[place], payable + pending, pending, disputed)

    def item_room(self, room: dict[int, int]) -> dict[int, int]:
        """How much room there is at each item, by its lead."""
        sums: dict[int, int] = {}
        leads = self.leads
        for place, minor in room.items():
            lead = leads[place]
            sums[lead] = sums.get(lead, 0) + minor
        return sums


def desk_of(
    charges: Sequence[Charge],
    open_minor: Iterable[int],
    *,
    known: dict[str, Charge] | None = None,
    pending: Mapping[int, int] | None = None,
) -> Desk:
    """The desk for charges that stand in canonical order; taxes that are about each other in a circle are refused.

    ``known`` are all charges that rules may look at, by id, where the desk holds only some of them.
    """
    places = {charge.id: place for place, charge in enumerate(charges)}
    leads = _leads(charges, places)
    members: dict[int, list[int]] = {lead: [lead] for place, lead in enumerate(leads) if place == lead}
    for place, lead in enumerate(leads):
        if place != lead:
            members[lead].append(place)
    barred = [place for place, charge in enumerate(charges) if charge.payer is not None or charge.disputed]
    by_id = {charge.id: charge for charge in charges} if known is None else known
    return Desk(charges, list(open_minor), by_id, places, leads, members, barred, pending or {})


def _leads(charges: Sequence[Charge], places: dict[str, int]) -> list[int]:
    leads = list(range(len(charges)))
    for place, charge in enumerate(charges):
        seen = {place}
        lead = place
        while charges[lead].category is Category.TAX and (parent := places.get(charges[lead].about or "")) is not None:
            if parent in seen:
                raise Conflict(
                    f"charge {charge.id}: its tax is about itself, through {charges[lead].id}",
                    field="about",
                    value=charge.about,
                    hint="a tax is about what it taxes",
                )
            seen.add(parent)
            lead = parent
        leads[place] = lead
    return leads
