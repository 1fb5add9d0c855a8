"""The history of a position as applications: what was applied, and what undid it.

The decision: a row becomes an ``Application`` whose id follows from what it says, as in an allocation; what undid one
names it in ``reverses``. Its day in the books is the first on which all that it came about by was in them. Given
applications stand as they were given.
"""

from __future__ import annotations

from datetime import date

from arledger.entries import Application, application_id
from arledger.ledger.balances import Balances
from arledger.ledger.books import free_id
from arledger.ledger.rows import How
from arledger.money import money_of


def history_of(position: Balances) -> tuple[Application, ...]:
    """Every row as an application, day after day."""
    given = {application.id: application for application in position.fixed}
    taken = set(given)
    made: list[Application] = []
    for row in position.rows:
        why = row[5]
        if why.how is How.FIXED:
            assert why.entry is not None
            made.append(given[why.entry])
        else:
            made.append(_application(position, row, made, taken))
    return tuple(sorted(made, key=lambda application: application.on))


def _application(position: Balances, row: tuple, made: list[Application], taken: set[str]) -> Application:  # type: ignore[type-arg]
    source_at, charge_at, minor, day, reverses, why = row
    source, charge, on = position.view.money[source_at], position.view.charges[charge_at], date.fromordinal(day)
    posted = max(on, source.posted, charge.posted)
    if why.entry is not None:
        posted = max(posted, position.ledger.by_id[why.entry].posted)
    original = made[reverses] if reverses >= 0 else None
    if original is None:
        name = application_id(source.id, charge.id, on)
    else:
        name, posted = f"{original.id}/undone@{on}", max(posted, original.posted)
    name = free_id(name, taken)
    taken.add(name)
    return Application(
        source.id,
        charge.id,
        money_of(abs(minor), position.currency),
        on,
        reverses=original and original.id,
        id=name,
        posted=posted,
    )
