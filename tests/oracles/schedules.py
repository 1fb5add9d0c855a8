"""The oracle of schedules: it walks through days and hands out single cents.

Nothing of it is shared with the package: a world is plain tuples and ints. Days are asked one after another whether
they are a run day and whether a year is over; of a run, each cent looks for the oldest invoice that may still take it.

Source: rules R55 to R60, as written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

ON_ITS_WAY = ("queued", "pending", "incomplete")


class Bill(NamedTuple):
    """An invoice with its balance: whose it is, and how many cents are left."""

    name: str
    day: date
    number: str | None
    payer: str | None
    client: str | None
    matter: str | None
    outstanding: int
    pending: int
    disputed: int
    as_of: date | None
    knows: frozenset[str]


class Note(NamedTuple):
    """A posting."""

    schedule: str | None
    enrolment: str | None
    run: date | None
    invoice: str
    payment: str
    cents: int
    state: str
    posted: date | None


class Tie(NamedTuple):
    """An enrolment: the payer, what must agree of an invoice, since when, and how it ends."""

    name: str
    payer: str
    agree: dict[str, str]
    since: date
    end: tuple[Any, ...]


class Plan(NamedTuple):
    """A schedule: on which days it runs, and how much each time (None, a cap, or a list of instalments)."""

    name: str
    ties: tuple[Tie, ...]
    runs_on: Callable[[date], bool]
    amount: int | tuple[int, ...] | None
    cancelled: date | None


def oldest_first(bill: Bill) -> tuple[Any, ...]:
    """By date, then by number (as a number, where it is one; none comes last), then by name."""
    if bill.number is None:
        return (bill.day, 2, 0, "", bill.name)
    if bill.number.isdigit():
        return (bill.day, 0, int(bill.number), bill.number, bill.name)
    return (bill.day, 1, 0, bill.number, bill.name)


def is_tied(tie: Tie, bill: Bill) -> bool:
    """Whether an enrolment is of an invoice."""
    if bill.payer is not None and bill.payer != tie.payer:
        return False
    has = {"client": bill.client, "matter": bill.matter, "number": bill.number, "invoice": bill.name}
    return all(has[what] == value for what, value in tie.agree.items())


def is_missing(note: Note, bill: Bill) -> bool:
    """Whether a posting is not yet in a balance."""
    if note.invoice != bill.name or note.state == "failed" or note.payment in bill.knows:
        return False
    if note.state in ON_ITS_WAY or bill.as_of is None:
        return True
    assert note.posted is not None
    return note.posted > bill.as_of


def free_cents(bill: Bill, notes: Iterable[Note]) -> int:
    """What of an invoice nobody has paid or contested, counted down to nothing."""
    left = bill.outstanding - bill.pending - bill.disputed
    for note in notes:
        if is_missing(note, bill):
            left -= note.cents
    return max(left, 0)


def year_is_over(since: date, on: date) -> bool:
    """Whether a year has passed; one from 29 February is over on the 28th of the next."""
    if on <= since:
        return False
    month, day = since.month, since.day
    if (month, day) == (2, 29):
        day = 28
    return on >= date(since.year + 1, month, day)


def breadth(tie: Tie) -> tuple[int, str]:
    """A plan for one invoice first, then a matter, then a client."""
    if "invoice" in tie.agree or "number" in tie.agree:
        return (0, tie.name)
    return (1 if "matter" in tie.agree else 2, tie.name)


class Run:
    """A run, cent by cent."""

    def __init__(self, plan: Plan, bills: Sequence[Bill], notes: Sequence[Note], run: date, on: date) -> None:
        self.plan, self.notes, self.run, self.on = plan, list(notes), run, on
        self.bills = sorted(bills, key=oldest_first)
        self.own = [note for note in notes if note.schedule == plan.name]
        self.is_made = any(note.run == run and note.state != "failed" for note in self.own)
        self.paid: dict[str, tuple[str, int]] = {}
        """The enrolment and the cents, by invoice."""
        if not self.is_made:
            self.hand_out()

    def hand_out(self) -> None:
        """Cent after cent to the oldest invoice that may take one."""
        purse = self.purse()
        takers = {bill.name: self.taker(bill) for bill in self.bills}
        free = {bill.name: free_cents(bill, self.notes) for bill in self.bills}
        room = {tie.name: self.room(tie) for tie in self.plan.ties}
        while purse:
            for bill in self.bills:
                tie = takers[bill.name]
                if tie and bill.day <= self.on and free[bill.name] and room[tie.name]:
                    break
            else:
                return
            _, before = self.paid.get(bill.name, ("", 0))
            self.paid[bill.name] = (tie.name, before + 1)
            free[bill.name] -= 1
            room[tie.name] -= 1
            purse -= 1

    def purse(self) -> int:
        """The most of this run."""
        if self.plan.amount is None:
            return 10**9
        if isinstance(self.plan.amount, int):
            return self.plan.amount
        left = self.instalments_left()
        return left[0] if left else 0

    def instalments_left(self) -> list[int]:
        """The instalments that no run has paid: each strikes out its own amount, or the first that is larger."""
        assert isinstance(self.plan.amount, tuple)
        left = list(self.plan.amount)
        for run in sorted({note.run for note in self.own if note.run and note.state != "failed"}):
            took = sum(note.cents for note in self.own if note.run == run and note.state != "failed")
            for place, cents in enumerate(left):
                if cents == took:
                    left.pop(place)
                    break
            else:
                for place, cents in enumerate(left):
                    if cents > took:
                        left.pop(place)
                        break
                else:
                    del left[:1]
        return left

    def taker(self, bill: Bill) -> Tie | None:
        """The enrolment that an invoice is paid under."""
        for tie in sorted(self.plan.ties, key=breadth):
            if is_tied(tie, bill) and tie.since <= self.run and not self.is_over(tie, self.on):
                return tie
        return None

    def notes_of(self, tie: Tie) -> list[Note]:
        """The postings of an enrolment, those of this run too, once there are any."""
        new = [
            Note(self.plan.name, name, self.run, invoice, "this run", cents, "queued", None)
            for invoice, (name, cents) in self.paid.items()
        ]
        return [note for note in (*self.own, *new) if note.enrolment == tie.name]

    def room(self, tie: Tie) -> int:
        """The cents that an enrolment may still take."""
        if tie.end[0] != "total":
            return 10**9
        left: int = tie.end[1]
        for note in self.notes_of(tie):
            if tie.end[2] == "attempted" or note.state != "failed":
                left -= note.cents
        return max(0, left)

    def is_over(self, tie: Tie, on: date) -> bool:
        """Whether an enrolment has come to its end."""
        if self.plan.cancelled is not None and on >= self.plan.cancelled:
            return True
        if isinstance(self.plan.amount, tuple) and not self.instalments_left():
            return True
        kind = tie.end[0]
        if kind == "year":
            return year_is_over(tie.since, on)
        if kind == "on":
            last: date = tie.end[1]
            return on >= last
        if kind == "total":
            return self.room(tie) == 0
        return (kind == "runs" and self.has_run(tie)) or (kind == "paid" and self.is_paid_off(tie))

    def has_run(self, tie: Tie) -> bool:
        """Whether an enrolment has had all its runs."""
        most: int = tie.end[1]
        notes = self.notes_of(tie)
        if tie.end[2] == "attempted":
            return len({note.payment for note in notes}) >= most
        return len({note.run for note in notes if note.state != "failed"}) >= most

    def is_paid_off(self, tie: Tie) -> bool:
        """Whether nothing is left of a plan's invoices, and nothing on its way."""
        notes = self.notes_of(tie)
        bills = [bill for bill in self.bills if is_tied(tie, bill)]
        new = [note for note in notes if note.payment == "this run"]
        for bill in bills:
            missing = [note for note in (*self.notes, *new) if is_missing(note, bill)]
            if bill.pending or any(note.state in ON_ITS_WAY for note in missing):
                return False
            if bill.outstanding > sum(note.cents for note in missing):
                return False
        return bool(bills) or any(note.state != "failed" for note in notes)

    def over_after(self) -> set[str]:
        """The enrolments that have no run after this one."""
        then = self.run + timedelta(days=1)
        while not self.plan.runs_on(then):
            then += timedelta(days=1)
        if isinstance(self.plan.amount, tuple):
            new = [
                Note(self.plan.name, name, self.run, invoice, "this run", cents, "queued", None)
                for invoice, (name, cents) in self.paid.items()
            ]
            self.own, kept = [*self.own, *new], self.own
            exhausted = not self.instalments_left()
            self.own = kept
            if exhausted:
                return {tie.name for tie in self.plan.ties}
        return {tie.name for tie in self.plan.ties if self.is_over(tie, max(self.on, then))}
