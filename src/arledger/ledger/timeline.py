"""Replay: from the facts of an account to what they come to as of a day.

Source: rules R41 to R44.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from arledger.allocation.compositions import reads_date
from arledger.allocation.order import Order, check_order
from arledger.allocation.records import Designations, check_designations
from arledger.checks import as_tuple, check_date, check_instance, check_tuple_of
from arledger.entries import Application, Refund, Transfer
from arledger.ledger.books import Ledger
from arledger.ledger.events import SETTLE_POSTED, SettleRule, due_ticks, view_of
from arledger.ledger.fold import Fold
from arledger.ledger.held import NOTHING_HELD, held_of
from arledger.ledger.lives import check_changes
from arledger.ledger.position import Position
from arledger.ledger.rows import REOPEN, ReturnRule, Row, Terms


def replay(
    ledger: Ledger,
    *,
    by: Order,
    as_of: date,
    known: date | None = None,
    settle: SettleRule = SETTLE_POSTED,
    returns: ReturnRule = REOPEN,
    designations: Designations = "only",
    sweep_credits: bool = True,
    sweep_payments: bool = True,
    fixed: Iterable[Application] = (),
) -> Position:
    """What a ledger comes to at the end of a day, whatever the order in which it was recorded.

    ``by`` is the order of application, asked anew for each day's money. ``known`` leaves out what was posted later:
    "31 January as known then" has both days the same, "as known today" has none. ``settle`` says when a charge may be
    paid, ``returns`` what a payment that goes back does to others, ``designations`` is as in ``allocate``, and the two
    switches say whether money that is left is asked again when something becomes payable. ``fixed`` are applications
    posted already, which then never move.

    >>> from arledger import OLDEST_FIRST, Charge, Money, Payment, Return
    >>> rent = Charge("R-03", Money("900", "CAD"), due=date(2026, 3, 1))
    >>> paid = Payment("P-17", Money("1000", "CAD"), received=date(2026, 3, 3))
    >>> books = Ledger("CAD", [rent, paid, Return("N-1", "P-17", on=date(2026, 3, 7))])
    >>> replay(books, by=OLDEST_FIRST, as_of=date(2026, 3, 6)).balance
    Money('-100.00', 'CAD')
    >>> [(line.id, str(line.amount)) for line in replay(books, by=OLDEST_FIRST, as_of=date(2026, 3, 7)).history]
    [('P-17>R-03@2026-03-03', '900.00 CAD'), ('P-17>R-03@2026-03-03/undone@2026-03-07', '900.00 CAD')]

    Refused: an entry about one that is not there, an impossible step, a refund of what is applied (``Conflict``); an
    order that proposes what is not allowed (``OrderError``).

    Source: rules R41 to R44.
    """
    check_instance(ledger, Ledger, "replay", "ledger")
    check_order(by, "replay")
    check_date(as_of, "replay", "as_of")
    if known is not None:
        check_date(known, "replay", "known")
    check_instance(settle, SettleRule, "replay", "settle", "pass SETTLE_POSTED or SETTLE_DUE")
    check_instance(returns, ReturnRule, "replay", "returns", "pass REOPEN or REAPPLY")
    check_designations(designations, "replay")
    for field, switch in (("sweep_credits", sweep_credits), ("sweep_payments", sweep_payments)):
        check_instance(switch, bool, "replay", field, "pass True or False")
    given = as_tuple(fixed)
    check_tuple_of(given, Application, "replay", "fixed")
    check_changes(ledger)
    last = max([as_of, *(line.posted for line in (*ledger.entries, *given))]) if known is None else known
    terms = Terms(by, settle, returns, designations, sweep_credits, sweep_payments)
    return _position(ledger, as_of, last, terms, tuple(sorted(given, key=lambda application: application.id)))


def replayed_to(position: Position, day: date) -> Position:
    """The same ledger, on the same terms and as far as it was known, as of another day."""
    if day == position.as_of:
        return position
    return _position(position.ledger, day, position.known, position.terms, position.fixed)


def _position(
    ledger: Ledger,
    as_of: date,
    known: date,
    terms: Terms,
    fixed: tuple[Application, ...],
    *,
    is_probe: bool = False,
) -> Position:
    ticks = due_ticks(ledger.charges) if reads_date(terms.by) else []
    ticks += [application.on.toordinal() for application in fixed]
    view = view_of(ledger, as_of, known, settle=terms.settle, ticks=ticks)
    held = held_of(fixed, ledger, view) if fixed else NOTHING_HELD

    def was_enough(entry: Refund | Transfer) -> bool:
        """Whether there was enough when it was posted.

        Where nothing was posted since, there was not; but in a view that leaves out entries, they may be what it is
        short of, so it gives way there.
        """
        if not any(fact.posted > entry.posted for facts in (view.charges, view.money, view.changes) for fact in facts):
            return not is_probe and any(fact.posted > known for fact in ledger.entries)
        _position(ledger, entry.on, entry.posted, terms, fixed, is_probe=True)
        return True

    fold = Fold(view, terms, held, was_enough)
    fold.run()
    rows = _until(fold.rows, as_of.toordinal()) if fixed else fold.rows
    return Position(ledger, as_of, known, terms, fixed, view, tuple(rows), tuple(fold.net), fold.reversed)


def _until(rows: list[Row], last: int) -> list[Row]:
    """The rows up to a day; given applications of later days hold their room, and are no part of the position."""
    places: dict[int, int] = {}
    kept: list[Any] = []
    for place, (source, charge, minor, day, reverses, why) in enumerate(rows):
        if day <= last:
            places[place] = len(kept)
            kept.append((source, charge, minor, day, places.get(reverses, -1), why))
    return kept
