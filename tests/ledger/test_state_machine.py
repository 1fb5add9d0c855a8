"""R41 to R45: a bookkeeper at work, against the naive model.

The machine keeps books from day to day: it records charges, payments, credits and what befalls them, some of them found
late, closes months, and tries what cannot be. What it may do it knows from its own notes, which are a few dicts; what
the books come to it asks the shadow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

import attrs
import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from arledger import (
    REAPPLY,
    REOPEN,
    SETTLE_DUE,
    SETTLE_POSTED,
    ArledgerError,
    Category,
    Charge,
    Chargeback,
    Conflict,
    Credit,
    CreditKind,
    Designation,
    Entry,
    InvalidValue,
    Ledger,
    Money,
    Payment,
    PaymentState,
    PaymentStep,
    Refund,
    Return,
    Reversal,
    Void,
    WonBack,
    record,
    refundable,
)
from ledger.shadow import Shadow
from ledger.test_shadow import picture_of
from ledger_cases import FIRST_DAY, ORDERS, Case
from samples import samples

T = TypeVar("T")
MINORS = st.sampled_from([100, 50, 1, 3, 300, 1017])
BACK = st.integers(0, 20)
PLACES = st.integers(0, 30)
PAYERS = st.sampled_from([None, None, "ann"])


def cad(minor: int) -> Money:
    return Money.from_minor(minor, "CAD")


class Bookkeeper(RuleBasedStateMachine):
    """What may be done is done, and agrees with the shadow; what may not is refused, and changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.case = Case(Ledger("CAD"))
        self.today = FIRST_DAY + timedelta(5)
        self.count = 0
        self.left: dict[str, int] = {}
        """What of each payment or credit did not go back."""
        self.sent: dict[str, int] = {}
        self.pending: set[str] = set()
        self.last: dict[str, date] = {}
        """The last day on which something befell a payment."""
        self.contested: dict[str, tuple[str, int]] = {}
        self.owed: dict[str, Charge] = {}
        """The charges that are not reversed."""

    @property
    def ledger(self) -> Ledger:
        return self.case.ledger

    @initialize(
        by=st.sampled_from(list(ORDERS.values())),
        settle=st.sampled_from([SETTLE_POSTED, SETTLE_DUE]),
        returns=st.sampled_from([REOPEN, REAPPLY]),
        designations=st.sampled_from(["only", "first", "ignore"]),
        switches=st.tuples(st.booleans(), st.booleans()),
    )
    def open_books(self, by: Any, settle: Any, returns: Any, designations: Any, switches: tuple[bool, bool]) -> None:
        self.case = Case(self.ledger, by, settle, returns, designations, *switches)
        for minor in (300, 100):
            self.charge(minor, -9, Category.RENT, None, 0)
            self.payment(minor + 17, 3, None, minor == 100, None)

    # notes and books

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}-{self.count}"

    def earlier(self, back: int) -> date:
        return max(FIRST_DAY, self.today - timedelta(back))

    def keep(self, *entries: Entry) -> None:
        """Record what may be; all of it is accepted."""
        self.case = replace(self.case, ledger=record(self.ledger, entries))
        self.case.replay(self.today)

    def refused(self, kind: type[ArledgerError], make: Callable[[], Entry]) -> None:
        """What may not be is refused, by recording it or when it is replayed; the books are as they were."""
        before = self.case.replay(self.today)
        with pytest.raises(kind):
            replace(self.case, ledger=record(self.ledger, make())).replay(self.today + timedelta(400))
        assert self.case.replay(self.today) == before
        assert self.case.replay(self.today).history == before.history

    def gone(self, name: str, minor: int, on: date) -> None:
        self.left[name] -= minor
        self.last[name] = on

    def some(self, names: Sequence[T], place: int) -> T:
        return names[place % len(names)]

    def takeable(self) -> list[str]:
        """The payments of which something may still go back."""
        return [name for name in self.last if self.left[name] > self.sent.get(name, 0)]

    def credits_left(self) -> list[str]:
        return [name for name, minor in self.left.items() if minor and name not in self.last]

    # what may be

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        self.today += timedelta(days)

    @rule(minor=MINORS, due=st.integers(-20, 15), category=st.sampled_from(Category), payer=PAYERS, place=PLACES)
    def charge(self, minor: int, due: int, category: Category, payer: str | None, place: int) -> None:
        about = None
        if self.owed and category in (Category.TAX, Category.LATE_FEE):
            about = self.some(list(self.owed), place)
        charge = Charge(
            self.name("C"),
            cad(minor),
            due=self.today + timedelta(due),
            posted=self.today,
            category=category,
            payer=payer,
            about=about,
        )
        self.owed[charge.id] = charge
        self.keep(charge)

    @rule(minor=MINORS, back=BACK, payer=PAYERS, is_pending=st.booleans(), to=st.none() | PLACES)
    def payment(self, minor: int, back: int, payer: str | None, is_pending: bool, to: int | None) -> None:
        name, on = self.name("P"), self.earlier(back)
        wishes = [] if to is None else [Designation(f"C-{to}", cad(1 + minor // 2) if to % 2 else None)]
        paid = Payment(name, cad(minor), received=on, posted=self.today, payer=payer, designations=wishes)
        self.left[name], self.last[name] = minor, on
        self.keep(paid)
        if is_pending:
            self.pending.add(name)
            self.keep(PaymentStep(name, PaymentState.PENDING, on=on, posted=self.today))

    @rule(minor=MINORS, back=BACK, kind=st.sampled_from(CreditKind), place=PLACES)
    def credit(self, minor: int, back: int, kind: CreditKind, place: int) -> None:
        name = self.name("K")
        wishes = [Designation(f"C-{place}")] if kind in (CreditKind.WAIVER, CreditKind.WRITE_OFF) else []
        self.left[name] = minor
        self.keep(
            Credit(name, cad(minor), granted=self.earlier(back), posted=self.today, kind=kind, designations=wishes)
        )

    @precondition(lambda self: self.pending)
    @rule(place=PLACES, back=BACK, state=st.sampled_from([PaymentState.SETTLED, PaymentState.REJECTED]))
    def step(self, place: int, back: int, state: PaymentState) -> None:
        name = self.some(sorted(self.pending), place)
        on = max(self.last[name], self.earlier(back))
        self.pending.discard(name)
        self.gone(name, self.left[name] if state is PaymentState.REJECTED else 0, on)
        self.keep(PaymentStep(name, state, on=on, posted=self.today))

    @precondition(lambda self: self.takeable())
    @rule(
        place=PLACES,
        back=BACK,
        part=st.none() | MINORS,
        kind=st.sampled_from(["return", "void", "chargeback", "chargeback"]),
    )
    def go_back(self, place: int, back: int, part: int | None, kind: str) -> None:
        name = self.some(self.takeable(), place)
        on = max(self.last[name], self.earlier(back))
        most = self.left[name] - self.sent.get(name, 0)
        minor = min(part or most, most)
        entry: Entry
        if kind == "void" and not self.sent.get(name):
            minor, entry = self.left[name], Void(self.name("V"), name, on=on, posted=self.today)
        elif kind == "chargeback" and name not in self.pending:
            entry = Chargeback(self.name("B"), name, cad(minor), on=on, posted=self.today)
            self.contested[entry.id] = name, minor
        else:
            entry = Return(self.name("N"), name, cad(minor), on=on, posted=self.today)
        self.gone(name, minor, on)
        if not self.left[name]:
            self.pending.discard(name)
        self.keep(entry)

    @precondition(lambda self: self.contested)
    @rule(place=PLACES)
    def win_back(self, place: int) -> None:
        chargeback = self.some(list(self.contested), place)
        name, minor = self.contested.pop(chargeback)
        entry = WonBack(self.name("W"), chargeback, on=self.today, posted=self.today)
        was_returned = any(isinstance(e, (Return, Void)) and e.payment == name for e in self.ledger.changes)
        if was_returned and not self.left[name]:
            self.refused(Conflict, lambda: entry)  # what the bank has back nobody wins
            return
        self.left[name] += minor
        self.last[name] = self.today
        self.keep(entry)
        self.refused(Conflict, lambda: WonBack(self.name("W"), chargeback, cad(1), on=self.today))
        self.today += timedelta(1)  # what goes back on a day goes before what is won on it
        self.last[name] = self.today

    @precondition(lambda self: self.owed)
    @rule(place=PLACES)
    def reverse_charge(self, place: int) -> None:
        name = self.some(list(self.owed), place)
        gone = {name}
        for _ in self.owed:
            gone |= {tax.id for tax in self.owed.values() if tax.category is Category.TAX and tax.about in gone}
        for other in gone:
            del self.owed[other]
        self.keep(Reversal(self.name("X"), name, on=self.today))
        self.refused(Conflict, lambda: Reversal(self.name("X"), name, on=self.today))

    @precondition(lambda self: self.credits_left())
    @rule(place=PLACES, part=MINORS)
    def reverse_credit(self, place: int, part: int) -> None:
        name = self.some(self.credits_left(), place)
        minor = min(part, self.left[name])
        self.left[name] -= minor
        self.keep(Reversal(self.name("X"), name, cad(minor), on=self.today))
        over = cad(self.left[name] + 1)
        self.refused(Conflict, lambda: Reversal(self.name("X"), name, over, on=self.today))

    @precondition(lambda self: any(self.left[name] for name in self.last))
    @rule(place=PLACES, part=MINORS)
    def refund(self, place: int, part: int) -> None:
        """At most what is unapplied; all that follows is posted later, and cannot make it wrong any more."""
        name = self.some([name for name in self.last if self.left[name]], place)
        self.today += timedelta(1)
        position = self.case.replay(self.today)
        most = refundable(position, name).minor
        assert most <= self.left[name] - self.sent.get(name, 0)
        assert not most or name not in self.pending
        is_busy = any(line.source == name and line.on == self.today for line in position.history)
        over = self.left[name] if is_busy else most  # what is swept at the end of a day is there when money is sent
        self.refused(Conflict, lambda: Refund(self.name("F"), name, cad(over + 1), on=self.today))
        if most:
            minor = min(part, most)
            self.sent[name] = self.sent.get(name, 0) + minor
            self.keep(Refund(self.name("F"), name, cad(minor), on=self.today))
            self.today += timedelta(1)

    @rule(back=st.integers(1, 40))
    def close(self, back: int) -> None:
        day = self.today - timedelta(back)
        if self.ledger.closed_through is None or day > self.ledger.closed_through:
            self.case = replace(self.case, ledger=attrs.evolve(self.ledger, closed_through=day))

    # what may not be

    @rule(place=PLACES, kind=st.sampled_from(["again", "other", "closed", "gone", "gone", "nothing"]))
    def try_what_may_not_be(self, place: int, kind: str) -> None:
        tries = {
            "again": self.the_same_again,
            "other": self.other_content,
            "closed": self.into_closed_books,
            "gone": self.more_than_there_is,
            "nothing": self.about_nothing,
        }
        tries[kind](place)

    def the_same_again(self, place: int) -> None:
        entry = self.some(self.ledger.entries, place)
        assert record(self.ledger, entry) is self.ledger
        assert record(self.ledger, [attrs.evolve(entry), *self.ledger.entries]) == self.ledger

    def other_content(self, place: int) -> None:
        entry = self.some(self.ledger.entries, place)
        self.refused(Conflict, lambda: attrs.evolve(entry, sequence=77))

    def into_closed_books(self, place: int) -> None:
        closed = self.ledger.closed_through
        if closed is not None:
            self.refused(InvalidValue, lambda: Charge(self.name("C"), cad(1), due=closed - timedelta(place)))

    def more_than_there_is(self, place: int) -> None:
        """Of a payment that went back nothing goes back again, and nothing is sent."""
        gone = [name for name in self.last if not self.left[name]]
        entries: list[Callable[[str], Entry]] = [
            lambda name: Return(self.name("N"), name, on=self.today),
            lambda name: Void(self.name("V"), name, on=self.today),
            lambda name: Chargeback(self.name("B"), name, cad(1), on=self.today),
            lambda name: Refund(self.name("F"), name, cad(1), on=self.today),
            lambda name: PaymentStep(name, PaymentState.PENDING, on=self.today, posted=self.today),
        ]
        if gone:
            self.refused(Conflict, lambda: self.some(entries, place)(self.some(gone, place)))

    def about_nothing(self, place: int) -> None:
        kinds: tuple[Any, ...] = (Return, Void, Reversal)
        self.refused(Conflict, lambda: self.some(kinds, place)(self.name("Z"), "nobody", on=self.today))

    # what it comes to

    @rule(back=st.integers(0, 60), known=st.none() | st.integers(0, 60))
    def look_back(self, back: int, known: int | None) -> None:
        """As of any day, as known on any later one."""
        day = self.today - timedelta(back)
        on = None if known is None else day + timedelta(known)
        (theirs,) = Shadow(self.case, on or self.today + timedelta(1)).pictures([day])
        assert picture_of(self.case.replay(day, on)) == theirs

    @invariant()
    def the_shadow_agrees(self) -> None:
        (theirs,) = Shadow(self.case, self.today).pictures([self.today])
        assert picture_of(self.case.replay(self.today)) == theirs


Bookkeeper.TestCase.settings = hypothesis.settings(
    max_examples=samples(100),
    stateful_step_count=30,
    deadline=None,
    phases=set(hypothesis.Phase) - {hypothesis.Phase.explain},
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.filter_too_much],
)
TestBookkeeper = Bookkeeper.TestCase
