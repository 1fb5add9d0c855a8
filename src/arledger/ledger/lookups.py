"""What a fold looks up of its view before it begins: whose rows to keep at hand, and what the days will bring."""

from __future__ import annotations

from arledger.entries import PaymentState, Reversal
from arledger.ledger.events import Stage, View, parts_of
from arledger.ledger.lives import Shift


def money_to_come(view: View) -> dict[tuple[int, int], int]:
    """What of each source comes back on each day."""
    found: dict[tuple[int, int], int] = {}
    for happening in view.happenings:
        if isinstance(happening, Shift) and happening.minor > 0:
            key = view.money_places[happening.payment], happening.entry.on.toordinal()
            found[key] = found.get(key, 0) + happening.minor
    return found


def turns_at_bank(view: View) -> list[tuple[int, int, bool]]:
    """The days on which the states of payments change, by source, and whether it is then at the bank; latest first."""
    found = [
        (day.toordinal(), view.money_places[payment], state is PaymentState.PENDING)
        for payment, life in view.lives.items()
        if payment in view.money_places
        for day, state in life.states
    ]
    return sorted(found, key=lambda turn: turn[0])[::-1]


def rows_to_watch(view: View) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """The sources and charges whose rows may be looked for: those that something may undo, and those with wishes."""
    sources: dict[int, list[int]] = {
        view.money_places[payment]: [] for payment in view.lives if payment in view.money_places
    }
    sources.update((place, []) for place, source in enumerate(view.money) if source.row[7] and source.designations)
    charges: dict[int, list[int]] = {}
    for change in view.changes:
        if isinstance(change, Reversal):
            if change.of in view.money_places:
                sources[view.money_places[change.of]] = []
            else:
                charges.update((charge, []) for charge in view.with_taxes(view.charge_places[change.of]))
    return sources, charges


def net_after(view: View, place: int) -> list[int]:
    """What of each source is there after an event, by all that went back or came back until then."""
    net = [source.row[5] for source in view.money]
    for event in view.events[: place + 1]:
        _, stage, at = parts_of(event)
        happening = view.happenings[at] if stage in _HAPPENING else None
        if isinstance(happening, Shift):
            net[view.money_places[happening.payment]] += happening.minor
    return net


_HAPPENING = (Stage.GO_BACK, Stage.COME_BACK, Stage.GO_BACK_AT_ONCE, Stage.SEND)
