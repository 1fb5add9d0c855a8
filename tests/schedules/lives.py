"""Random lives of schedules: runs that are made late or twice, postings that wander, payments that come back.

A life is drawn from its seed alone, by seeded ``randrange``, whose numbers are the same in every version of Python. Its
host passes on each posting when it likes, keeps the balances of each day, and gives a run balances of some days ago,
with their day or without it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple, TypeVar

import attrs

from arledger import (
    LAST,
    NEXT_POSTING_STATES,
    Association,
    EndRule,
    Enrolment,
    Frequency,
    Invoice,
    InvoiceBalance,
    Money,
    Posting,
    PostingState,
    Schedule,
    ScheduleRun,
    ends,
    every_two_weeks,
    failed_run,
    instalments,
    monthly,
    run_schedule,
    step_posting,
    twice_a_month,
    weekly,
)
from oracles.schedules import Bill, Note, Plan, Run, Tie
from schedules.facts import OPERATING, sound

T = TypeVar("T")
START = date(2027, 12, 20)
"""So that years of lives begin and end around 29 February."""
MOST_RUNS = 6


def cents(minor: int) -> Money:
    return Money.from_minor(minor, "USD")


class Rhythm(NamedTuple):
    """A frequency, and the same as a question about a day."""

    frequency: Frequency
    runs_on: Callable[[date], bool]


def _is_last(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


RHYTHMS = (
    Rhythm(monthly(15), lambda day: day.day == 15),
    Rhythm(monthly(30), lambda day: day.day == 30 or (day.month == 2 and _is_last(day))),
    Rhythm(twice_a_month(15, LAST), lambda day: day.day == 15 or _is_last(day)),
    Rhythm(weekly(START), lambda day: (day - START).days % 7 == 0),
    Rhythm(every_two_weeks(START), lambda day: (day - START).days % 14 == 0),
)
ENDS: tuple[tuple[str, ...], ...] = (("year",), ("paid",), ("never",), ("runs",), ("on",), ("total",))


class Life:
    """One schedule, its invoices and its host."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed).randrange
        self.saw: Counter[str] = Counter()
        self.compared = 0
        self.rhythm = self.one_of(RHYTHMS)
        self.invoices = [self.invoice(place) for place in range(2 + self.draw(5))]
        self.cents = {one.id: 5 + self.draw(90) for one in self.invoices}
        self.ties: list[Tie] = []
        enrolments = [self.enrolment(place) for place in range(1 + self.draw(3))]
        amount = self.amount()
        until = START + timedelta(days=40 + self.draw(200)) if not self.draw(8) else None
        first = START + timedelta(days=self.draw(40))
        while not self.rhythm.runs_on(first):
            first += timedelta(days=1)
        self.schedule = Schedule(
            "S-1",
            "A life",
            payer="ana",
            account=OPERATING,
            frequency=self.rhythm.frequency,
            first=first,
            amount=None if amount is None else cents(amount) if isinstance(amount, int) else instalments(*amount),
            enrolments=enrolments,
            until=until,
        )
        parts = None
        if isinstance(amount, tuple):
            whole, n = amount[0].minor, amount[1]
            parts = tuple(whole // n + (place < whole % n) for place in range(n))
        self.plan = Plan(
            "S-1", tuple(self.ties), self.rhythm.runs_on, amount if isinstance(amount, int) else parts, until
        )
        self.postings: dict[str, Posting] = {}
        self.posted_on: dict[str, date] = {}
        self.failed_on: dict[str, date] = {}
        self.runs: list[ScheduleRun] = []

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[self.draw(len(choices))]

    def chance(self, one_in: int) -> bool:
        return not self.draw(one_in)

    def invoice(self, place: int) -> Invoice:
        return Invoice(
            f"I-{place}",
            date=START + timedelta(days=self.draw(90) - 30),
            number=self.one_of([None, str(self.draw(12)), f"N-{self.draw(9)}"]),
            payer=self.one_of([None, None, "ana", "ben"]),
            client=self.one_of(["Roy", "Roy", "Roy", "Ash"]),
            matter=self.one_of([None, "estate", "tax"]),
        )

    def enrolment(self, place: int) -> Enrolment:
        like = self.one_of(self.invoices)
        agree: dict[str, str] = self.one_of(
            [
                {"client": "Roy"},
                {"client": "Roy"},
                {"client": "Roy", "matter": "estate"},
                {"invoice": like.id},
                {"number": like.number or "1"},
            ]
        )
        kind = self.one_of(ENDS)[0]
        counting: Any = self.one_of(["paid", "attempted"])
        n, total = 1 + self.draw(5), 10 + self.draw(150)
        since = START + timedelta(days=self.draw(60) - 30)
        last = START + timedelta(days=30 + self.draw(150))
        if kind == "year":
            since = self.one_of([START - timedelta(days=300), date(2027, 2, 28), date(2024, 2, 29), since])
        rules: dict[str, tuple[EndRule, tuple[Any, ...]]] = {
            "year": (ends.WITHIN_A_YEAR, ("year",)),
            "paid": (ends.WHEN_PAID, ("paid",)),
            "never": (ends.NEVER, ("never",)),
            "runs": (ends.after_runs(n, counting), ("runs", n, counting)),
            "on": (ends.on(last), ("on", last)),
            "total": (ends.after_total(cents(total), counting), ("total", total, counting)),
        }
        rule, end = rules[kind]
        is_plan = "invoice" in agree or "number" in agree
        is_absent = kind == ("paid" if is_plan else "year") and self.chance(2)
        name = f"A-{9 - place}"
        self.ties.append(Tie(name, "ana", agree, since, end))
        return Enrolment(Association(name, "ana", **agree), since=since, ends=None if is_absent else rule)

    def amount(self) -> int | tuple[Money, int] | None:
        kind = self.draw(4)
        if kind == 0:
            return None
        return (cents(20 + self.draw(120)), 1 + self.draw(6)) if kind == 1 else 5 + self.draw(70)

    def live(self) -> Life:
        """Day after day, up to so many runs."""
        day, waiting = START, list[tuple[date, date]]()
        while len(self.runs) < MOST_RUNS and day < START + timedelta(days=400):
            self.step_all(day)
            self.pay_by_hand(day)
            if day >= self.schedule.first and self.rhythm.runs_on(day):
                waiting.append((day, day + timedelta(days=self.draw(20) if self.chance(6) else 0)))
            for run, on in list(waiting):
                if on == day:
                    waiting.remove((run, on))
                    self.make(run, day)
            day += timedelta(days=1)
        return self

    def in_books(self, name: str, day: date) -> int:
        """What is outstanding of an invoice in the other system's books at the end of a day."""
        posted = [
            one.amount.minor
            for one in self.postings.values()
            if one.invoice == name
            and self.posted_on.get(one.id, date.max) <= day < self.failed_on.get(one.id, date.max)
        ]
        return self.cents[name] - sum(posted)

    def step_all(self, day: date) -> None:
        """Each posting may go on, and a payment may come back."""
        for one in sorted(self.postings.values(), key=lambda one: one.id):
            following = NEXT_POSTING_STATES[one.state]
            if not following or not self.chance(60 if one.state.needs_day else 5):
                continue
            state = self.one_of(following)
            if state is PostingState.FAILED:
                if not one.state.needs_day and not self.chance(2):
                    continue
                self.saw["came back" if one.state.needs_day else "declined later"] += 1
                for other in [other for other in self.postings.values() if other.payment == one.payment]:
                    if other.stands and (other is one or not self.chance(6)):
                        self.postings[other.id] = step_posting(other, state)
                        self.failed_on[other.id] = day
            elif self.postings[one.id].stands:
                posted = day if state.needs_day else None
                self.postings[one.id] = step_posting(one, state, posted=posted)
                self.posted_on |= {one.id: day} if posted else {}
                self.saw[state.value] += 1

    def left_of(self, name: str) -> int:
        """What is truly left of an invoice, when all that is on its way goes through."""
        return self.cents[name] - sum(
            one.amount.minor for one in self.postings.values() if one.invoice == name and one.stands
        )

    def pay_by_hand(self, day: date) -> None:
        """Somebody pays something, by hand or by another schedule, and its posting is known at once."""
        one = self.one_of(self.invoices)
        if not self.chance(30) or self.left_of(one.id) <= 0:
            return
        name = f"H-{len(self.postings)}"
        amount = cents(1 + self.draw(self.left_of(one.id)))
        made = Posting(f"{name}>{one.id}", amount, payment=name, invoice=one.id)
        if self.chance(3):
            made = attrs.evolve(made, schedule="S-9", association="A-9", run=day)
        self.postings[made.id] = made
        self.saw["paid otherwise"] += 1

    def balance(self, of: Invoice, day: date) -> InvoiceBalance:
        """The balance of an invoice, some days old, and perhaps with what it reckons with."""
        seen = max(START, day - timedelta(days=self.draw(12)))
        outstanding, pending, knows = self.in_books(of.id, seen), 0, []
        for one in sorted(self.postings.values(), key=lambda one: one.id):
            if one.invoice != of.id or not self.chance(4):
                continue
            if one.posted is not None and one.posted <= seen:
                knows.append(one.payment)
            elif one.stands and one.posted is None and pending + one.amount.minor <= outstanding:
                pending += one.amount.minor
                knows.append(one.payment)
        disputed = self.draw(outstanding - pending + 1) if outstanding > pending and self.chance(10) else 0
        as_of = seen if self.draw(4) else None
        self.saw["without a day" if as_of is None else "late" if seen < day else "of the day"] += 1
        return InvoiceBalance(
            invoice=of,
            outstanding=cents(outstanding),
            amount=cents(self.cents[of.id]),
            pending=cents(pending),
            disputed=cents(disputed),
            as_of=as_of,
            knows=knows,
        )

    def make(self, run: date, on: date) -> None:
        """Make a run, compare it, and record what came of it."""
        balances = [self.balance(one, on) for one in self.invoices]
        self.compare(balances, run, on)
        if self.chance(3):
            again = run_schedule(self.schedule, balances, self.postings.values(), on, run_of=run)
            if self.runs[-1].payment is not None:
                assert again.payment is None, "twice"
                assert again.postings == ()
            elif self.runs[-1].postings:
                self.saw["made again after it failed"] += 1
                self.compare(balances, run, on)
        for one in self.invoices:
            assert self.left_of(one.id) >= 0, f"{one.id} is overpaid"

    def compare(self, balances: Sequence[InvoiceBalance], run: date, on: date) -> None:
        """A run beside the oracle's."""
        postings = list(self.postings.values())
        made = sound(run_schedule(self.schedule, balances, postings, on, run_of=run))
        if self.chance(4):
            other = run_schedule(self.schedule, balances[::-1], postings[::-1], on, run_of=run)
            assert made == other, "the order of the input"
            self.saw["the other way round"] += 1
        oracle = Run(self.plan, [_bill(one) for one in balances], [_note(one) for one in postings], run, on)
        found = {one.invoice: (one.association, one.amount.minor) for one in made.postings}
        assert found == oracle.paid
        assert {one.association for one in made.ended} == oracle.over_after()
        self.compared += 2 + len(made.lines)
        self.saw["a run that pays" if found else "a run that pays nothing"] += 1
        self.saw["a run that was missed"] += on > run
        if made.payment is not None and self.chance(8):
            self.saw["declined"] += 1
            made = sound(failed_run(made, "declined"))
        assert not {one.id for one in made.postings} & set(self.postings), "an id twice"
        self.postings |= {one.id: one for one in made.postings}
        rules = {tie.name: tie.end[0] for tie in self.ties}
        whys = {"the ": "cancelled", "all ": "instalments"}
        self.saw.update(f"ended: {whys.get(one.why[:4], rules[one.association])}" for one in made.ended if one.is_news)
        before = {one.association for run in self.runs for one in run.ended}
        self.saw["revived"] += any(one.association in before for one in made.postings)
        self.check_ends(made)
        self.runs.append(made)

    def check_ends(self, made: ScheduleRun) -> None:
        """Each enrolment stops as its rule says, by what stands after each run."""
        for tie in self.ties:
            own = [one for one in self.postings.values() if one.schedule == "S-1" and one.association == tie.name]
            if tie.end[0] in ("runs", "total"):
                counted = [one for one in own if tie.end[2] == "attempted" or one.stands]
                what = {one.payment for one in counted} if tie.end[2] == "attempted" else {one.run for one in counted}
                came_to = len(what) if tie.end[0] == "runs" else sum(one.amount.minor for one in counted)
                assert came_to <= tie.end[1]
                self.saw[f"{tie.end[0]} met"] += came_to == tie.end[1]
            paid = any(one.association == tie.name for one in made.postings)
            if tie.end[0] == "on":
                assert not paid or made.on < tie.end[1]
            if tie.end[0] == "year":
                assert not paid or (made.on - tie.since).days < 366
            assert not paid or tie.since <= made.run
        assert made.payment is None or self.schedule.until is None or made.on < self.schedule.until


def _bill(of: InvoiceBalance) -> Bill:
    one = of.invoice
    moneys = (of.outstanding.minor, of.pending.minor, of.disputed.minor)
    return Bill(one.id, one.date, one.number, one.payer, one.client, one.matter, *moneys, of.as_of, frozenset(of.knows))


def _note(one: Posting) -> Note:
    of_run = (one.schedule, one.association, one.run)
    return Note(*of_run, one.invoice, one.payment, one.amount.minor, one.state.value, one.posted)
