"""The host's side of a simulated account: its books, the applications that it has posted, and its conventions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Literal

import attrs

from arledger import (
    REAPPLY,
    REOPEN,
    SETTLE_DUE,
    SETTLE_POSTED,
    Application,
    Charge,
    Credit,
    CreditKind,
    Ledger,
    Money,
    Order,
    Payment,
    Position,
    ReturnRule,
    SettleRule,
    record,
    replay,
)
from arledger.ledger.books import Entry
from drawn_accounts import pick, shuffled
from lives.notes import Mark, Move, Owed, Source

Happening = Callable[["Account"], None]


@attrs.frozen
class Rules:
    """How a host decides its account, for all of its life."""

    name: str
    by: Order
    settle: SettleRule
    returns: ReturnRule
    designations: Literal["only", "first", "ignore"]
    sweep_credits: bool
    sweep_payments: bool
    holds_fixed: bool
    """Whether what was applied stays so; else the host posts corrections to what would be decided now."""


def drawn_rules(random: Random, orders: Mapping[str, Order]) -> Rules:
    """Some of all conventions."""
    name = pick(random, *orders)
    return Rules(
        name,
        orders[name],
        pick(random, SETTLE_POSTED, SETTLE_POSTED, SETTLE_DUE),
        pick(random, REOPEN, REOPEN, REOPEN, REOPEN, REAPPLY),
        pick(random, "only", "first", "first", "ignore"),
        bool(random.randrange(4)),
        bool(random.randrange(4)),
        not random.randrange(3),
    )


@attrs.define(eq=False)
class Account:
    """An account, its host, and what the simulator noted of both."""

    random: Random
    mixing: Random | None
    """What shuffles all that is handed over, which must not matter."""
    rules: Rules
    is_plain: bool
    """Whether nobody is named, nothing designated, disputed or taxed, so that the plainest way of deciding serves."""
    today: date
    ledger: Ledger
    posted: list[Application] = attrs.field(factory=list)
    """The applications in the books of the host."""
    agenda: dict[date, list[Happening]] = attrs.field(factory=dict)
    """What is to happen on which day."""
    evening: list[Happening] = attrs.field(factory=list)
    """What sends money away, once nothing else happens on the day."""
    owed: dict[str, Owed] = attrs.field(factory=dict)
    sources: dict[str, Source] = attrs.field(factory=dict)
    charged_returns: set[str] = attrs.field(factory=set)
    """The returns for which a fee was charged."""
    happened: Counter[str] = attrs.field(factory=Counter)
    told: list[str] = attrs.field(factory=list)
    """What was proposed since the last month's end."""
    position: Position | None = None
    """That of the last month's end."""
    billed_minor: int = 1
    """What the last bill came to."""
    _new: list[Entry] = attrs.field(factory=list)
    _numbered: int = 0
    _sent_on: date = date.min

    def chance(self, *, one_in: int) -> bool:
        """True once in so many times."""
        return not self.random.randrange(one_in)

    def name(self, prefix: str) -> str:
        """The next id, which sorts after those before it."""
        self._numbered += 1
        return f"{prefix}{self._numbered:04}"

    def money(self, minor: int) -> Money:
        """An amount in the account's currency."""
        return Money.from_minor(minor, self.ledger.currency)

    def part(self, minor: int) -> int:
        """Some of an amount: anything from one minor unit to all of it."""
        return 1 + self.random.randrange(minor) if self.random.randrange(4) else minor

    def later(self, days: int, happening: Happening) -> None:
        """Have something happen so many days from now, at least one."""
        self.agenda.setdefault(self.today + timedelta(days=max(1, days)), []).append(happening)

    def posting(self, booked: date = date.min) -> date:
        """Today, or, where the last month is still open, sometimes its last day: a late entry.

        Nothing goes before what it is about, nor before money that was sent away by what was known.
        """
        last_month = self.today.replace(day=1) - timedelta(days=1)
        first_open = self.ledger.first_open_day or date.min
        if max(booked, first_open, self._sent_on + timedelta(days=1)) <= last_month and self.chance(one_in=2):
            self.happened["posted late into an open month"] += 1
            return last_month
        return self.today

    def effective(self, since: date, posted: date) -> date:
        """The day on which something counts: mostly that of its posting, else one up to 70 days back."""
        if since >= posted or not self.chance(one_in=4):
            return max(since, posted)
        back = 1 + self.random.randrange(min(70, (posted - since).days))
        first_open = self.ledger.first_open_day
        is_closed = first_open is not None and posted - timedelta(days=back) < first_open
        self.happened["backdated into closed books" if is_closed else "backdated"] += 1
        return posted - timedelta(days=back)

    def enter(self, *entries: Entry) -> None:
        """Have entries recorded, by the evening at the latest."""
        self._new += entries

    def owe(self, *charges: Charge) -> None:
        """Record charges."""
        for charge in charges:
            self.owed[charge.id] = Owed(
                charge.id,
                charge.amount.minor,
                charge.posted,
                charge.payer,
                charge.category.value,
                charge.code,
                charge.about,
            )
        self.enter(*charges)

    def grant(self, *granted: Credit) -> None:
        """Record credits."""
        for credit in granted:
            self.sources[credit.id] = Source(
                credit.id,
                credit.amount.minor,
                credit.granted,
                credit.posted,
                is_credit=True,
                is_write_off=credit.kind is CreditKind.WRITE_OFF,
                payer=credit.payer,
                targets=tuple(wish.to for wish in credit.designations if isinstance(wish.to, str)),
                came=Mark(credit.granted, credit.posted),
                settled=Mark(credit.granted, credit.posted),
                changed=credit.granted,
                booked=credit.posted,
            )
        self.enter(*granted)

    def receive(self, payment: Payment, *, state: str = "settled") -> Source:
        """Record a payment, in the state in which it begins."""
        mark = Mark(payment.received, payment.posted)
        source = Source(
            payment.id,
            payment.amount.minor,
            payment.received,
            payment.posted,
            in_trust=payment.fund == "trust",
            method=payment.method or "",
            payer=payment.payer,
            state=state,
            came=None if state == "scheduled" else mark,
            settled=mark if state == "settled" else None,
            changed=payment.received,
            booked=payment.posted,
        )
        self.sources[source.id] = source
        self.enter(payment)
        return source

    def move(self, source: Source, minor: int, mark: Mark, *, is_sent: bool = False) -> None:
        """Note that money of a source moved."""
        source.moves.append(Move(mark, minor, is_sent))
        source.changed = max(source.changed, mark.on + timedelta(days=not is_sent))
        source.booked = max(source.booked, mark.posted)
        if is_sent:
            self._sent_on = mark.posted

    def flush(self) -> None:
        """Record what is new, in whatever order."""
        if self._new:
            self.ledger = record(self.ledger, shuffled(self.mixing, self._new))
            self._new.clear()

    def replay(self, as_of: date, known: date | None = None, **other: Any) -> Position:
        """What the books come to by the rules of the host."""
        self.flush()
        rules = self.rules
        terms: dict[str, Any] = {
            "by": rules.by,
            "settle": rules.settle,
            "returns": rules.returns,
            "designations": rules.designations,
            "sweep_credits": rules.sweep_credits,
            "sweep_payments": rules.sweep_payments,
            "fixed": shuffled(self.mixing, self.posted) if rules.holds_fixed else (),
            **other,
        }
        return replay(self.ledger, as_of=as_of, known=known, **terms)

    def of_money(self, *states: str, is_credit: bool = False) -> list[Source]:
        """Payments (or credits) in these states of which something is left, the latest last."""
        found = self.sources.values()
        return [some for some in found if some.state in states and some.is_credit is is_credit and some.left > 0]

    def one_of(self, some: Sequence[Any]) -> Any:
        """One of the latest two dozen, or None where there is none."""
        latest = some[-24:]
        return pick(self.random, *latest) if latest else None

    def open_items(self) -> list[str]:
        """What was open at the last month's end, and was not reversed since."""
        items = () if self.position is None else self.position.items
        return [item.id for item in items if self.owed[item.id].reversed is None]
