"""Applications that are given: posted already, and not to be decided again.

The problem: a host that has told a payer "your 1000 paid March" must be able to keep it told, whatever is found out
later. The cases: an application holds its room at the charge and its part of the payment from the first day on, also
before its own day, else money that comes in between would take its place; one that was taken back holds them until
that day; one that was corrected away holds nothing. The decision: what stands of each charge and of each payment is
followed over the days, and at any moment the most that will ever stand from then on is held.

Source: ours (rule R44).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import attrs

from arledger.allocation.settled import settled_by
from arledger.entries import Application, Charge, Credit, Payment
from arledger.errors import Conflict
from arledger.ledger.books import Ledger, entry_name
from arledger.ledger.events import View
from arledger.ledger.rows import Row
from arledger.money import minor_text

HeldRow = tuple[int, int, int, int, int, str]
"""Source, charge (places), minor units (below zero where taken back), day, the row that it reverses or -1, its id."""
Hold = tuple[int | None, int | None, int, int]  # source, charge (places, where they are there), minor units, day
Freed = Mapping[int, Sequence[tuple[int, int]]]  # by day: the places of charges or sources, and what is free again


@attrs.frozen(eq=False)
class Held:
    """Given applications as rows, and what they hold of charges and money: at first, and what is freed on which day."""

    rows: Sequence[HeldRow] = ()
    charges: Mapping[int, int] = attrs.field(factory=dict)
    money: Mapping[int, int] = attrs.field(factory=dict)
    charges_freed: Freed = attrs.field(factory=dict)
    money_freed: Freed = attrs.field(factory=dict)
    beyond: Sequence[Hold] = ()
    """Given applications that are no rows: of money or to charges that are not there on the day of the view."""

    def left_on(self, day: int, rows: Sequence[Row]) -> dict[int, int]:
        """What is left at a moment of a day of each given application, by the place of its row among all rows.

        What was taken back on an earlier day than that of its application was taken from those before it.
        """
        left = {at: row[2] for at, row in enumerate(self.rows) if row[4] < 0}
        early: dict[tuple[int, int], int] = {}
        for source, charge, minor, on, reverses, _ in rows:
            if reverses in left and on <= day:
                left[reverses] += minor
                if rows[reverses][3] > day:
                    early[source, charge] = early.get((source, charge), 0) - minor
        for at in sorted(left, key=lambda at: (rows[at][3], at), reverse=True) if early else ():
            source, charge, _, on, _, _ = rows[at]
            part = min(left[at], early.get((source, charge), 0)) if on <= day else 0
            if part:
                left[at] -= part
                early[source, charge] -= part
        return left

    def standing(self, sources: Collection[int], left: Mapping[int, int]) -> Held:
        """What is held where of these sources only so much was ever given as is left of each row, by its place."""
        places: dict[int, int] = {}
        rows: list[HeldRow] = []
        for at, (source, charge, minor, day, reverses, name) in enumerate(self.rows):
            part = minor if source not in sources else left.get(at, 0)
            if part:
                places[at] = len(rows)
                rows.append((source, charge, part, day, places.get(reverses, -1), name))
        return _held(rows, self.beyond)


NOTHING_HELD = Held()


def _held(rows: Sequence[HeldRow], beyond: Sequence[Hold]) -> Held:
    """What given rows hold of charges and of money, and those that are beyond the view of either."""
    holds = [*(row[:4] for row in rows), *beyond]
    charges, charges_freed = _spans((charge, day, minor) for _, charge, minor, day in holds)
    money, money_freed = _spans((source, day, minor) for source, _, minor, day in holds)
    return Held(rows, charges, money, charges_freed, money_freed, beyond)


def held_of(fixed: Sequence[Application], ledger: Ledger, view: View) -> Held:
    """What given applications hold in a view, those not known on its day left out; impossible ones raise."""
    known = sorted(
        (application for application in fixed if application.posted <= view.known),
        key=lambda application: (application.reverses is not None, application.on, application.id),
    )
    settled_by(known, ledger.currency)
    rows: list[HeldRow] = []
    beyond: list[Hold] = []
    places: dict[str, int] = {}
    for application in known:
        for field, name, kinds in (
            ("source", application.source, (Payment, Credit)),
            ("charge", application.charge, (Charge,)),
        ):
            fact = ledger.by_id.get(name)
            if not isinstance(fact, kinds):
                wanted = " or ".join(kind.__name__.lower() for kind in kinds)
                problem = "is not in the ledger" if fact is None else f"is no {wanted}"
                raise Conflict(
                    f"application {application.id}: its {field} {name} {problem}",
                    field="fixed",
                    value=name,
                    hint="record it too" if fact is None else f"name a {wanted}",
                )
        source, charge = view.money_places.get(application.source), view.charge_places.get(application.charge)
        minor = application.amount.minor if application.reverses is None else -application.amount.minor
        if source is None or charge is None:
            beyond.append((source, charge, minor, application.on.toordinal()))
            continue
        reverses = -1 if application.reverses is None else places[application.reverses]
        places[application.id] = len(rows)
        rows.append((source, charge, minor, application.on.toordinal(), reverses, application.id))
    _check_times([*(row[:4] for row in rows), *beyond], view)
    return _held(rows, beyond)


def _check_times(holds: Iterable[Hold], view: View) -> None:
    """Refuse what exceeds its charge or its source on some day."""
    charges: dict[int, list[tuple[int, int]]] = {}
    money: dict[int, list[tuple[int, int]]] = {}
    for source, charge, minor, day in holds:
        for place, moves_of in ((charge, charges), (source, money)):
            if place is not None:
                moves_of.setdefault(place, []).append((day, minor))
    for facts, moves in ((view.charges, charges), (view.money, money)):
        for place, changes in moves.items():
            fact = facts[place]
            for day, standing in _standing(changes):
                if standing > fact.amount.minor:
                    text = minor_text(standing, view.currency)
                    raise Conflict(
                        f"{entry_name(fact)}: given applications of {text} exceed its {fact.amount} "
                        f"on {date.fromordinal(day)}",
                        field="fixed",
                        value=fact.id,
                        hint="reverse what is too much",
                    )


def most_standing(changes: Iterable[tuple[int, int]]) -> int:
    """The most that stands at the end of any day."""
    return max(standing for _, standing in _standing(changes))


def _standing(changes: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What stands at the end of each day on which something changes."""
    by_day: dict[int, int] = {}
    for day, minor in changes:
        by_day[day] = by_day.get(day, 0) + minor
    standing, found = 0, []
    for day in sorted(by_day):
        standing += by_day[day]
        found.append((day, standing))
    return found


def _spans(moves: Iterable[tuple[int | None, int, int]]) -> tuple[dict[int, int], dict[int, list[tuple[int, int]]]]:
    """For each place the most that will ever stand, and on which days how much less of it is still to come."""
    by_place: dict[int, list[tuple[int, int]]] = {}
    for place, day, minor in moves:
        if place is not None:
            by_place.setdefault(place, []).append((day, minor))
    first: dict[int, int] = {}
    freed: dict[int, list[tuple[int, int]]] = {}
    for place, changes in by_place.items():
        most = 0
        drops: list[tuple[int, int]] = []
        for day, standing in reversed(_standing(changes)):
            most = max(most, standing)
            drops.append((day, most))
        first[place] = before = most
        for day, after in reversed(drops):
            if after < before:
                freed.setdefault(day, []).append((place, before - after))
                before = after
    return first, freed
