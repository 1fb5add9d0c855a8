"""What the oracle of autopay drafts sees of an account: each item, what is payable of it, and of what class it is.

Source: rules R10 and R13, as written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from arledger import (
    SETTLE_DUE,
    Agreement,
    AutopayPolicy,
    AutopayRun,
    Category,
    Charge,
    Credit,
    IncreaseState,
    Payment,
    PaymentState,
    PendingIncrease,
    Position,
)
from arledger.items import NO_MONEY, Context

Rule = tuple[Any, ...]
"""An amount rule in words and numbers: its name, and what it is made of."""
Cents = dict[str, int]
ORDER = ["arrears", "current", "deposit", "one_time_adjustment", "new", "other", "pending_increase", "held"]
COMPOSED = {"capped", "skipped over", "at least"}
NOTHING = Fraction(0)


class Item(NamedTuple):
    """A charge, or what an increase would become, as one agreement sees it."""

    charge: Charge
    kind: str
    share: Fraction
    payable: int
    base: int
    """What shares are taken of: what is payable, and what was pulled of it for the period already."""
    why: str


class Books:
    """What all agreements see of an account on the day of a run."""

    def __init__(
        self, position: Position, run: AutopayRun, policy: AutopayPolicy, increases: Sequence[PendingIncrease]
    ) -> None:
        self.position, self.run, self.policy = position, run, policy
        self.boxes = [one.value for one in policy.includes.classes]
        self.open = {item.id: item for item in position.items}
        self.payable: Cents = {name: item.open_minor - item.pending_minor for name, item in self.open.items()}
        self.increases = list(self.not_agreed_to(increases))
        self.payable |= {charge.id: charge.amount.minor for charge in self.increases}
        waiting = [name for name in self.payable if not self.is_there(name)]
        self.kept: dict[str, Cents] = {name: self.kept_for(name) for name in waiting}
        for name, kept in self.kept.items():
            self.payable[name] = max(0, self.payable[name] - sum(kept.values()))
        self.later = list(self.sent_later())
        for name in self.payable:
            gone = sum(self.taken(source, name) for source in self.later)
            self.payable[name] = max(0, self.payable[name] - gone)
        self.disputed: Cents = {name: min(self.payable[name], item.disputed_minor) for name, item in self.open.items()}
        known = {charge.id: charge for charge in (*position.charges, *self.increases)}
        self.context = Context(NO_MONEY, known)
        regular = [charge for charge in position.charges if self.recurs(charge)]
        self.first_posted: dict[tuple[Category, str | None], date] = {}
        for charge in sorted(regular, key=lambda charge: charge.posted):
            self.first_posted.setdefault((charge.category, charge.code), charge.posted)

    def not_agreed_to(self, increases: Sequence[PendingIncrease]) -> Iterator[Charge]:
        """The rent that pending increases would add to the period, unless it is charged by now."""
        start = self.run.period.start
        for one in sorted(increases, key=lambda one: (one.effective, one.id)):
            name = f"{one.id}@{start}"
            if one.state is IncreaseState.PENDING and one.effective <= start and name not in self.position.open:
                yield Charge(name, one.amount, due=start, category=Category.RENT, code=one.code, recurring=True)

    def kept_for(self, name: str) -> Cents:
        """What payments keep for a charge that is not there, or may not be paid yet; also from the bank."""
        found: Cents = {}
        for source in self.position.money:
            left = self.left_of(source)
            if source.id not in self.position.pending:
                kept = self.position.reserved.get(source.id)
                left = kept.minor if kept else 0
            for wish in source.designations:
                if wish.to == name:
                    part = left if wish.amount is None else min(left, wish.amount.minor)
                    found[source.id] = found.get(source.id, 0) + part
                    left -= part
        return found

    def left_of(self, source: Payment | Credit) -> int:
        """What of money settles nothing, free or kept; also from the bank."""
        at_bank = self.position.pending.get(source.id)
        if at_bank is None:
            return self.position.left_of(source.id).minor
        return at_bank.minor - sum(minor.minor for minor in self.position.settles[source.id].values())

    def free(self, source: Payment | Credit) -> int:
        """What of money settles nothing and might settle anything; also from the bank."""
        left = self.left_of(source)
        if isinstance(source, Credit) and source.forgives:
            return 0
        if isinstance(source, Payment) and (source.fund == "trust" or source.restriction is not None):
            return 0
        if source.id not in self.position.pending:
            return self.position.unapplied[source.id].minor
        for wish in source.designations:
            if not self.is_there(str(wish.to)):
                left -= left if wish.amount is None else min(left, wish.amount.minor)
        return left

    def pulled(self, name: str) -> int:
        """What was pulled of an item for the period before, where the run is repeated."""
        return sum(self.taken(source, name) for source in self.payments() if self.is_of_period(source))

    def is_of_period(self, source: Payment) -> bool:
        """Whether it was pulled for the period."""
        return source.id.rpartition("/pull@")[2].startswith(str(self.run.period.start))

    def payments(self) -> list[Payment]:
        """The payments that are there, and the pulls that are recorded and sent only later."""
        there = [source for source in self.position.money if isinstance(source, Payment)]
        return there + self.later

    def taken(self, source: Payment, name: str) -> int:
        """What a payment takes of a charge, sent or not, or keeps for it."""
        if source in self.later:
            return sum(wish.amount.minor for wish in source.designations if wish.to == name and wish.amount)
        settled = self.position.settles[source.id].get(name)
        return settled.minor if settled else self.kept.get(name, {}).get(source.id, 0)

    def sent_later(self) -> Iterator[Payment]:
        """Pulls that are known, and are no money yet."""
        for source in self.position.ledger.money:
            state = self.position.states.get(source.id)
            is_pull = isinstance(source, Payment) and "/pull@" in source.id and source.posted <= self.position.known
            if is_pull and state in {None, PaymentState.SCHEDULED}:
                yield source  # type: ignore[misc]  # a payment, as was asked

    def is_there(self, name: str) -> bool:
        """Whether money may reach a charge by now."""
        waits = self.position.terms.settle is SETTLE_DUE
        return any(
            charge.id == name and (not waits or charge.due <= self.position.as_of) for charge in self.position.charges
        )

    @staticmethod
    def recurs(charge: Charge) -> bool:
        """Whether it is rent, a feature, or recurs and is no deposit, fee for being late, or interest."""
        if charge.category.value in {"rent", "feature"}:
            return True
        return charge.recurring and charge.category.value not in {"deposit", "late_fee", "nsf_fee", "interest"}

    def root(self, charge: Charge) -> Charge:
        """A tax counts as what it taxes."""
        while charge.category.value == "tax" and charge.about in self.context.charges:
            charge = self.context.charges[str(charge.about)]
        return charge

    def came_late(self, charge: Charge) -> bool:
        """Whether it was posted after the run before."""
        return self.run.previous is not None and charge.posted > self.run.previous

    def items(self, agreement: Agreement, rule: Rule, shares: Sequence[tuple[Fraction, Any]]) -> list[Item]:
        """All that the agreement sees, in the order of a draft."""
        found = []
        for place, charge in enumerate([*self.position.charges, *self.increases]):
            in_period = self.run.period.start <= day_of(charge) < self.run.period.end or self.came_late(charge)
            if charge.id in self.payable or (place not in self.position.reversed and in_period):
                kind, why = self.kind(charge, agreement, rule)
                share = NOTHING
                if charge.payer in {None, agreement.payer} and mode_of(rule) != "fixed":
                    fitting = [part for part, of in shares if of is None or of.selects(charge, self.context)]
                    share = fitting[0] if fitting else share
                payable = self.payable.get(charge.id, 0) - self.disputed.get(charge.id, 0)
                base = payable + self.pulled(charge.id) if payable else 0
                found.append(Item(charge, kind, share, payable, base, why))
        found.sort(key=lambda item: item.charge.id)
        found.sort(key=lambda item: item.charge.sequence if item.charge.sequence is not None else 10**9)
        found.sort(key=lambda item: (ORDER.index(item.kind), item.charge.due, item.charge.posted))
        return found

    def kind(self, charge: Charge, agreement: Agreement, rule: Rule) -> tuple[str, str]:
        """R10: the first class that fits; and of what is held, in a word why."""
        held = next(self.why_held(charge, agreement), "")
        if held:
            return "held", held
        root = self.root(charge)
        found = "new" if charge.posted > agreement.agreed else "other"
        if charge in self.increases:
            found = "pending_increase"
        elif self.recurs(root):
            is_late = day_of(charge) < self.run.period.start and not self.came_late(charge)
            is_new = mode_of(rule) == "keep unchanged" and self.is_added(root, agreement)
            found = "new" if is_new else "arrears" if is_late else "current"
        elif root.category.value in {"deposit", "adjustment"}:
            found = "deposit" if root.category.value == "deposit" else "one_time_adjustment"
        return found, ""

    def why_held(self, charge: Charge, agreement: Agreement) -> Iterator[str]:
        """Why the agreement may not pay it: the first that fits."""
        policy, cycles = self.policy, self.run.cycles
        if 0 < self.payable.get(charge.id, 0) == self.disputed.get(charge.id, 0):
            yield "disputed"
        if charge.payer not in {None, agreement.payer}:
            yield "owed by"
        first = agreement.move_in if policy.excludes_first and not policy.includes.pays_everything else None
        if first is not None and cycles.number(day_of(charge)) == cycles.number(first):
            yield "of the period of the move-in"
        if day_of(charge) >= self.run.period.end:
            yield "of a later period"

    def is_added(self, charge: Charge, agreement: Agreement) -> bool:
        """Whether its kind was first charged after the agreement, or after the first bill, where that came later."""
        base = max(agreement.agreed, min(self.first_posted.values(), default=agreement.agreed))
        first = self.first_posted.get((charge.category, charge.code), base)
        return charge.category.value != "rent" and first > base


def day_of(charge: Charge) -> date:
    """The day by which a charge is of a period."""
    return charge.period.start if charge.period else charge.due


def mode_of(rule: Rule) -> str:
    """The rule inside of all that is composed around it."""
    while rule[0] in COMPOSED:
        rule = rule[1]
    return str(rule[0])
