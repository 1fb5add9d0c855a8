"""The statement of a period: an opening balance, what moved it, a closing balance, and what each payment settled.

The problem: there are two Januaries, the one that the tenant was sent and the one that is known now, and a statement
that mixes them does not add up. The decision: a statement lies between two positions, each as known on whatever day was
asked for, and its lines are what the second has and the first has not. So opening and lines come to closing, always;
and what was posted late shows on the first statement that knows of it, on its own day.

A payment is on the statement once it is no longer at the bank: on the day on which it settled. Trust money is no part
of a balance, so what of it was applied is a line.

Source: rule R45; ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

import attrs

from arledger.checks import check_instance
from arledger.entries import Application, Credit, Payment, PaymentState, Reversal
from arledger.errors import InvalidValue
from arledger.ledger.books import Entry, effective_day, entry_name
from arledger.ledger.lives import Shift, reversed_minor
from arledger.ledger.position import Position
from arledger.money import Money, amount_text, money_of
from arledger.tables import text_table


@attrs.frozen(order=False)
class StatementLine:
    """One thing that moved the balance: so much more owed, or less (below zero).

    ``what`` is the kind of entry ("charge", "payment", "return"), ``id`` the entry's own, or of a reversal the charge's
    that it takes back, its taxes each on a line. ``settles`` says of a payment
    or credit which charges it settles as of the end, and how much of each.
    """

    on: date
    posted: date
    what: str
    id: str
    amount: Money
    balance: Money
    settles: Mapping[str, Money] = attrs.field(factory=dict)


@attrs.frozen(order=False)
class Statement:
    """What moved an account's balance between the ends of two days. Prints as a table."""

    since: date
    through: date
    opening: Money
    lines: tuple[StatementLine, ...]
    closing: Money
    pending: Mapping[str, Money]
    """What is still at the bank at the end, by the payment's id."""
    applications: tuple[Application, ...]
    """What was applied, and what was undone, that the first position did not have."""

    def __str__(self) -> str:
        rows = [("", "", "opening balance", "", amount_text(self.opening), "")]
        rows += [
            (
                str(line.on),
                line.what,
                line.id,
                amount_text(line.amount),
                amount_text(line.balance),
                ", ".join(f"{charge} {amount_text(money)}" for charge, money in line.settles.items()),
            )
            for line in self.lines
        ]
        rows.append(("", "", "closing balance", "", amount_text(self.closing), ""))
        return text_table(("on", "what", "id", "amount", "balance", "settles"), rows, right=(3, 4))


@attrs.frozen
class _Move:
    """What one entry does to a balance."""

    on: date
    turn: int
    what: str
    id: str
    minor: int
    posted: date
    nth: int = 0

    @property
    def key(self) -> tuple[str, str, date, int]:
        return self.what, self.id, self.on, self.nth


def statement_of(before: Position, after: Position) -> Statement:
    """The statement from the day after one position to the day of another.

    >>> from arledger import OLDEST_FIRST, Charge, Ledger, Money, Payment, replay
    >>> rent = Charge("rent", Money("900", "CAD"), due=date(2026, 1, 1))
    >>> books = Ledger("CAD", [rent, Payment("P-1", Money("400", "CAD"), received=date(2026, 1, 9))])
    >>> first, last = (replay(books, by=OLDEST_FIRST, as_of=day) for day in (date(2026, 1, 5), date(2026, 1, 31)))
    >>> print(statement_of(first, last))
    on          what     id                amount  balance  settles
    ----------  -------  ---------------  -------  -------  -----------
                         opening balance            900.00
    2026-01-09  payment  P-1              -400.00   500.00  rent 400.00
                         closing balance            500.00

    Refused: positions of two accounts or currencies, the later one first.

    Source: rule R45.
    """
    check_order_of_positions(before, after, "statement")
    earlier = {move.key: move for move in _moves(before)}
    later = {move.key: move for move in _moves(after)}
    moves = [move for key, move in later.items() if key not in earlier]
    moves += [attrs.evolve(move, minor=-move.minor) for key, move in earlier.items() if key not in later]
    moves += [
        attrs.evolve(move, minor=move.minor - earlier[key].minor)
        for key, move in later.items()
        if key in earlier and earlier[key].minor != move.minor
    ]
    balance = before.balance.minor
    lines = []
    for move in sorted(moves, key=lambda move: (move.on, move.turn, move.id, move.nth)):
        balance += move.minor
        is_source = move.what in ("payment", "credit")
        lines.append(
            StatementLine(
                move.on,
                move.posted,
                move.what,
                move.id,
                money_of(move.minor, after.currency),
                money_of(balance, after.currency),
                after.settles.get(move.id, MappingProxyType({})) if is_source else MappingProxyType({}),
            )
        )
    known = set(before.history)
    return Statement(
        before.as_of,
        after.as_of,
        before.balance,
        tuple(lines),
        after.balance,
        after.pending,
        tuple(line for line in after.history if line not in known),
    )


def check_order_of_positions(before: object, after: object, subject: str) -> None:
    """Refuse what are no two positions of one account, the earlier first."""
    for field, position in (("before", before), ("after", after)):
        check_instance(position, Position, subject, field, "pass what replay gave")
    assert isinstance(before, Position)
    assert isinstance(after, Position)
    if before.as_of > after.as_of:
        raise InvalidValue(
            f"{subject}: before is as of {before.as_of}, after as of {after.as_of}",
            field="as_of",
            value=after.as_of,
            hint="pass the earlier position first",
        )
    if before.currency != after.currency or not before.ledger.by_id.keys() <= after.ledger.by_id.keys():
        raise InvalidValue(
            f"{subject}: the two positions are not of one account",
            field="after",
            value=after,
            hint="pass positions of one ledger, or of what was recorded into it",
        )
    unknown = [entry for entry in before.ledger.entries if after.known < entry.posted <= before.known]
    if unknown:
        raise InvalidValue(
            f"{subject}: before knows {entry_name(unknown[0])}, posted {unknown[0].posted}, and after is as known on "
            f"{after.known}",
            field="known",
            value=after.known,
            hint="replay the second as known on the same day or later",
        )


def _moves(position: Position) -> Iterator[_Move]:
    """What moved the balance of a position, from nothing on."""
    view = position.view
    for place, charge in enumerate(view.charges):
        yield _Move(charge.posted, 0, "charge", charge.id, charge.amount.minor, charge.posted)
        if place in position.reversed:
            reversal = position.reversed[place]
            on, posted = max(reversal.on, charge.posted), max(reversal.posted, charge.posted)  # a tax may come later
            yield _Move(on, 1, "reversal", charge.id, -charge.amount.minor, posted)
    shown = set()
    for place, source in enumerate(view.money):
        if isinstance(source, Credit):
            yield _Move(source.granted, 2, "credit", source.id, -source.amount.minor, source.posted)
        elif source.fund == "operating" and not view.is_pending[place]:
            yield _Move(_settled_on(position, source), 3, "payment", source.id, -source.amount.minor, source.posted)
        else:
            continue
        shown.add(source.id)
    yield from _changes(position, shown)
    yield from _trust_moves(position)


def _settled_on(position: Position, payment: Payment) -> date:
    """The day on which a payment settled, or, where it never did, on which its money came."""
    life = position.view.lives.get(payment.id)
    if life is None or life.begins is None:
        return payment.received
    return next((day for day, state in life.states if state is PaymentState.SETTLED), life.begins)


def _changes(position: Position, shown: set[str]) -> Iterator[_Move]:
    """What went back, came back, was reversed or sent, of the money that is shown."""
    view = position.view
    for happening in view.happenings:
        entry: Entry
        if isinstance(happening, Shift):
            source, entry, turn, minor = happening.payment, happening.entry, 4, -happening.minor
        elif isinstance(happening, Reversal):
            source, entry, turn = happening.of, happening, 4
            at = view.money_places.get(source)
            minor = 0 if at is None else reversed_minor(happening, view.money[at], view.changes)
        else:
            source, entry, turn, minor = happening.payment, happening, 5, happening.amount.minor
        if source in shown:
            yield _Move(effective_day(entry), turn, _word(entry), entry.id, minor, entry.posted)


def _word(entry: Entry) -> str:
    return entry_name(entry).removesuffix(f" {entry.id}")


def _trust_moves(position: Position) -> Iterator[_Move]:
    """What of settled trust money was applied, and what of that was undone."""
    view = position.view
    times: dict[tuple[str, date], int] = {}
    for source_at, charge_at, minor, day, _, _ in position.rows:
        source = view.money[source_at]
        is_trust = isinstance(source, Payment) and source.fund == "trust"
        if is_trust and not view.is_pending[source_at]:
            on = date.fromordinal(day)
            name = f"{source.id} to {view.charges[charge_at].id}"
            times[name, on] = times.get((name, on), 0) + 1
            yield _Move(on, 6, "from trust", name, -minor, max(on, source.posted), times[name, on])
