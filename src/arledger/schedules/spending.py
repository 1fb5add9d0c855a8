"""How the money of a run goes to its invoices: from the oldest on, until its amount is met.

The problem: one amount is for all invoices of a run, each enrolment may have a total of its own, and an invoice that
two enrolments tie must be paid once. The decision: an invoice is paid under the narrowest enrolment that goes on (a
plan for one invoice before the client's, then by id), oldest to newest by date and number. The last one is paid in
part, and whatever is not paid has its reason.

Source: rule R57; ClientPay's "oldest to newest up until the specified amount is met". Under which enrolment is ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import attrs

from arledger.money import money_of
from arledger.schedules.claims import Claim
from arledger.schedules.courses import Budget
from arledger.schedules.ending import Course, Verdict, end_words
from arledger.schedules.outcome import RunLine
from arledger.schedules.schedule import Schedule

_NO_DATE = "the balance has no date"


@attrs.define
class _Room:
    """What an enrolment may still take in a run, in minor units (None: no limit); or why it takes nothing."""

    name: str
    words: str
    idle: str
    minor: int | None

    def take(self, minor: int) -> None:
        if self.minor is not None:
            self.minor -= minor


def lines_of(
    schedule: Schedule,
    claims: Sequence[Claim],
    courses: Sequence[Course],
    verdicts: Sequence[Verdict],
    budget: Budget,
    on: date,
) -> tuple[RunLine, ...]:
    """What is paid of each invoice, the oldest first, and why not more."""
    rooms = {
        one.id: _Room(one.id, end_words(one.end_rule), why_idle(course, verdict), verdict.most_minor)
        for one, course, verdict in zip(schedule.enrolments, courses, verdicts, strict=True)
    }
    left = budget
    found = []
    for claim in claims:
        room = _room_of(claim, rooms)
        paid, why = _paid(claim, room, left, on)
        room.take(paid)
        if left.minor is not None:
            left = attrs.evolve(left, minor=left.minor - paid)
        found.append(_line(claim, room.name, paid, why))
    return tuple(found)


def why_idle(course: Course, verdict: Verdict) -> str:
    """Why nothing is paid under an enrolment; empty if it may pay."""
    if verdict.ended:
        return verdict.ended
    return f"enrolled from {course.since} on" if course.since > course.run else ""


def _room_of(claim: Claim, rooms: Mapping[str, _Room]) -> _Room:
    """That of the narrowest enrolment that may pay; where there is none, of the narrowest."""
    tied = [rooms[enrolment.id] for enrolment in claim.enrolments]
    return next((room for room in tied if not room.idle), tied[0])


def _paid(claim: Claim, room: _Room, left: Budget, on: date) -> tuple[int, str]:
    """What is paid of an invoice, in minor units, and why not more."""
    balance, paid, why = claim.balance, claim.payable_minor, ""
    if not paid:
        return 0, "nothing is payable" if balance.outstanding else "nothing is outstanding"
    if room.idle:
        return 0, f"{room.name}: {room.idle}"
    if balance.invoice.date > on:
        return 0, f"it is of {balance.invoice.date}"
    if room.minor is not None and room.minor < paid:
        paid = room.minor
        why = f"only {money_of(paid, balance.currency)} is left of {room.name}, which ends {room.words}"
    if left.minor is not None and left.minor < paid:
        paid, why = left.minor, left.words
    return paid, why


def _line(claim: Claim, name: str, paid: int, why: str) -> RunLine:
    balance = claim.balance
    return RunLine(
        invoice=balance.invoice,
        association=name,
        outstanding=balance.outstanding,
        subtracted=claim.subtracted,
        payable=money_of(claim.payable_minor, balance.currency),
        paid=money_of(paid, balance.currency),
        why=why,
        flag=_NO_DATE if balance.as_of is None else "",
    )
