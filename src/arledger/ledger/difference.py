"""Corrections: what brings the applications that a host has posted to those that a position has.

The problem: a payment is found late, or comes back, and much of what was posted since would now be decided in another
way; but posted applications are never rewritten, and the month may be closed. The decision: what stands between each
source and charge is compared day by day. Where too much was applied on a day, applications are reversed, effective on
that day; where too little, new ones are made; no other line is needed, so there are none. All of it is posted on an
open day. The ids are derived from both sides, so that posting the same corrections twice fails on the host's unique
key.

Source: rule R44; ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import attrs

from arledger.allocation.settled import settled_by
from arledger.checks import as_tuple, check_date, check_instance, check_tuple_of
from arledger.entries import Application, Credit, application_id
from arledger.errors import InvalidValue
from arledger.ledger.books import free_id
from arledger.ledger.position import Position
from arledger.ledger.unearned import last_day_of_books, unearned_fees
from arledger.money import money_of
from arledger.tables import text_table

Moves = Mapping[tuple[str, str, date], int]
"""What was applied, less what was undone, by source, charge and day."""


@attrs.frozen(order=False)
class Corrections:
    """What to post: new applications, those that reverse others, and credits for fees that turn out unearned.

    Prints as a table.
    """

    applications: tuple[Application, ...]
    reversals: tuple[Application, ...]
    credits: tuple[Credit, ...] = ()

    @property
    def lines(self) -> tuple[Application, ...]:
        """All applications in an order in which to post them: what is reversed first, so that there is room."""
        made = {line.id for line in self.applications}
        return (
            *(line for line in self.reversals if line.reverses not in made),
            *self.applications,
            *(line for line in self.reversals if line.reverses in made),
        )

    def __bool__(self) -> bool:
        return bool(self.applications or self.reversals or self.credits)

    def __str__(self) -> str:
        header = ("what", "money", "charge", "amount", "effective", "posted", "id")
        rows = [
            (
                "apply" if line.reverses is None else "reverse",
                line.source,
                line.charge,
                str(line.amount.amount),
                str(line.on),
                str(line.posted),
                line.id,
            )
            for line in self.lines
        ]
        rows += [
            (
                "credit",
                credit.id,
                str(credit.designations[0].to),
                str(credit.amount.amount),
                str(credit.granted),
                str(credit.posted),
                credit.id,
            )
            for credit in self.credits
        ]
        return text_table(header, rows, right=(3,)) if rows else "nothing to correct"


def corrections(
    before: Position | Iterable[Application], after: Position, *, posted: date | None = None
) -> Corrections:
    """What to post so that the applications of ``before`` come to those of ``after``: as few lines as can be.

    ``before`` is a position, or the applications that the host has posted. Every line is effective on the day on which
    it should have been, and ``posted`` on the day given (absent: the last day in the books that ``after`` knows), but
    never in closed books.

    >>> from arledger import OLDEST_FIRST, Charge, Ledger, Money, Payment, record, replay
    >>> rent = Charge("rent", Money("900", "CAD"), due=date(2026, 1, 1))
    >>> books = Ledger("CAD", [rent, Payment("P-2", Money("900", "CAD"), received=date(2026, 1, 9))])
    >>> then = replay(books, by=OLDEST_FIRST, as_of=date(2026, 1, 31))
    >>> found = Payment("P-1", Money("900", "CAD"), received=date(2026, 1, 4), posted=date(2026, 2, 20))
    >>> now = replay(record(books, found), by=OLDEST_FIRST, as_of=date(2026, 1, 31))
    >>> [(line.source, str(line.amount), str(line.on), str(line.posted)) for line in corrections(then, now).lines]
    [('P-2', '900.00 CAD', '2026-01-09', '2026-02-20'), ('P-1', '900.00 CAD', '2026-01-04', '2026-02-20')]

    Refused: applications that contradict each other (``Conflict``), a day of posting in closed books.

    Source: rule R44.
    """
    check_instance(after, Position, "corrections", "after", "pass what replay gave")
    history = before.history if isinstance(before, Position) else as_tuple(before)
    check_tuple_of(history, Application, "corrections", "before", "pass a Position, or the applications posted so far")
    settled_by(history, after.currency)
    day = _posting_day(after, posted)
    wanted, standing = _moves(after.history), _moves(history)
    amounts = {key: wanted.get(key, 0) - standing.get(key, 0) for key in {*wanted, *standing}}
    taken = {application.id for application in history}
    mark = _mark(history, after)
    made = []
    for (source, charge, on), minor in sorted(amounts.items()):
        if minor > 0:
            name = free_id(f"{application_id(source, charge, on)}~{mark}", taken)
            taken.add(name)
            made.append(Application(source, charge, money_of(minor, after.currency), on, id=name, posted=max(day, on)))
    room = _reversible([*history, *made])
    reversals: list[Application] = []
    for (source, charge, on), minor in sorted(amounts.items()):
        if minor < 0:
            reversals += _reversals(room[source, charge], -minor, on, day, mark, taken)
    return Corrections(tuple(made), tuple(reversals), unearned_fees(after, posted=day))


def _posting_day(after: Position, posted: date | None) -> date:
    first = after.ledger.first_open_day
    if posted is None:
        return last_day_of_books(after)
    check_date(posted, "corrections", "posted")
    if first is not None and posted < first:
        raise InvalidValue(
            f"corrections: posted {posted}, and the books are closed through {after.ledger.closed_through}",
            field="posted",
            value=posted,
            hint=f"pass {first} or later",
        )
    return posted


def _moves(history: Iterable[Application]) -> Moves:
    found: dict[tuple[str, str, date], int] = {}
    for line in history:
        key = line.source, line.charge, line.on
        found[key] = found.get(key, 0) + (line.amount.minor if line.reverses is None else -line.amount.minor)
    return found


def _mark(history: Iterable[Application], after: Position) -> str:
    """What tells these corrections from any others."""
    digest = hashlib.sha256(after.fingerprint.encode())
    for name in sorted(line.id for line in history):
        digest.update(f"\n{name}".encode())
    return digest.hexdigest()[:12]


def _reversible(lines: Iterable[Application]) -> dict[tuple[str, str], list[tuple[Application, int]]]:
    """The applications of each pair, with what of each is not reversed."""
    left: dict[str, int] = {}
    by_pair: dict[tuple[str, str], list[Application]] = {}
    for line in lines:
        if line.reverses is None:
            left[line.id] = left.get(line.id, 0) + line.amount.minor
            by_pair.setdefault((line.source, line.charge), []).append(line)
        else:
            left[line.reverses] = left.get(line.reverses, 0) - line.amount.minor
    return {pair: [(line, left[line.id]) for line in some] for pair, some in by_pair.items()}


def _reversals(
    room: list[tuple[Application, int]], minor: int, on: date, day: date, mark: str, taken: set[str]
) -> Sequence[Application]:
    """Reversals of so much of a pair, effective on a day: of that day's applications first, then of the latest.

    Applications of later days come last: only where all earlier ones were reversed by what was posted already.
    """
    found = []
    order = sorted(range(len(room)), key=lambda at: (room[at][0].on <= on, room[at][0].on, room[at][0].id))
    for at in reversed(order):
        line, left = room[at]
        part = min(minor, left)
        if part:
            room[at] = (line, left - part)
            minor -= part
            name = free_id(f"{line.id}/undone@{on}~{mark}", taken)
            taken.add(name)
            amount = money_of(part, line.amount.currency)
            posted = max(day, on, line.posted)
            found.append(Application(line.source, line.charge, amount, on, reverses=line.id, id=name, posted=posted))
    return found
