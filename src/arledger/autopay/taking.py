"""One agreement on its way through a run: what its rule wants, verified, then what is pulled, and why no more.

Source: rules R11, R16 and R19.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from arledger.autopay.agreements import Agreement, Share
from arledger.autopay.classes import ItemClass
from arledger.autopay.division import cut_from_the_last
from arledger.autopay.draft import Step
from arledger.autopay.policy import AutopayPolicy
from arledger.autopay.pulls import method_of, pulled_before, why_no_pull
from arledger.autopay.rules import filled
from arledger.autopay.snapshot import Snapshot
from arledger.autopay.wanted import PullItem, PullView, Wanted, Wants, checked_wanted, facts_of, words_of, wrong_want
from arledger.checks import answer_of
from arledger.errors import OrderError
from arledger.money import money_of
from arledger.payers.methods import PaymentMethod


@attrs.define(eq=False)
class Taking:
    """One agreement on its way through a run: what it wants, then what it pulls, and why it is no more."""

    agreement: Agreement
    items: tuple[PullItem, ...]
    wanted: Wanted
    currency: str
    wants: Wants
    """What is wanted of each item, exactly, in the order of a draft."""
    reason: str
    """Why nothing is pulled at all, where it is so."""
    ends: bool = False
    pulled_before: str | None = None
    """The pull that was made for the period. What is wanted beside it is for nobody else to pay."""
    method: PaymentMethod | None = None
    """The saved method that is charged, where one is known that can pay."""
    parts: dict[str, int] = attrs.field(factory=dict)
    before_limits: dict[str, int] = attrs.field(factory=dict)
    """The parts, as they were before the limits."""
    undesignated: int = 0
    steps: list[Step] = attrs.field(factory=list)
    reasons: dict[str, list[str]] = attrs.field(factory=dict)
    """Why less of an item is pulled than the agreement's share of it."""

    @property
    def wanted_sum(self) -> Fraction:
        """What the rule wants of all items."""
        return sum((Fraction(want) for want in self.wanted.items.values()), Fraction(0))

    @property
    def amount(self) -> int:
        """What is pulled, in minor units."""
        return sum(self.parts.values()) + self.undesignated

    def cut_of(self, name: str) -> int:
        """What the limits cut of an item."""
        return self.before_limits.get(name, 0) - self.parts.get(name, 0)

    def note(self, what: str, comes_to: Fraction) -> None:
        """Keep a step, if it changed anything, or is the first; ``comes_to`` is what is for items."""
        comes_to += self.undesignated
        before = self.steps[-1].comes_to if self.steps else Fraction(0)
        if comes_to != before or not self.steps:
            self.steps.append(Step(what, comes_to - before, comes_to))

    def lower(self, by: Fraction, what: str) -> Fraction:
        """Lower what is wanted, from the last item up; what was left over."""
        whole = sum(self.wants.values(), Fraction(0))
        lowered = filled(self.wants, max(Fraction(0), whole - by))
        for name, want in self.wants.items():
            if lowered[name] < want:
                self.reasons.setdefault(name, []).append(what)
        self.wants = lowered
        comes_to = sum(lowered.values(), Fraction(0))
        self.note(what, comes_to)
        return by - (whole - comes_to)

    def cut(self, most: int, what: str) -> None:
        """Cut what is pulled, from the last part up."""
        if self.amount <= most:
            return
        parts = dict(zip(self.parts, cut_from_the_last(list(self.parts.values()), most), strict=True))
        for name, minor in self.parts.items():
            if parts[name] < minor:
                self.reasons.setdefault(name, []).append(what)
        self.parts = {name: minor for name, minor in parts.items() if minor}
        self.undesignated = min(self.undesignated, most - sum(parts.values()))
        self.note(what, Fraction(sum(self.parts.values())))

    def limit(self, policy: AutopayPolicy) -> None:
        """The limits of one pull, and the least of one."""
        wanted, currency = self.wanted, self.currency
        self.before_limits = dict(self.parts)
        if self.pulled_before is not None:
            self.skip(f"pulled before, as {self.pulled_before}")
        if wanted.skips_over_minor is not None and self.amount > wanted.skips_over_minor:
            self.skip(f"over {money_of(wanted.skips_over_minor, currency)}")
        if wanted.most_minor is not None:
            self.cut(wanted.most_minor, f"over the agreed maximum of {money_of(wanted.most_minor, currency)}")
        if policy.most is not None and self.amount > policy.most.minor:
            if policy.skips_over_limit:
                self.skip(f"over the limit of {policy.most}")
            self.cut(policy.most.minor, f"over the limit of {policy.most}")
        takes_items = facts_of(self.agreement.rule).takes_items
        if policy.least is not None and takes_items and 0 < self.amount < policy.least.minor:
            self.skip(f"less than {policy.least}")

    def skip(self, why: str) -> None:
        """Pull nothing."""
        self.cut(0, why)
        self.reason = why


def taking_of(snapshot: Snapshot, agreement: Agreement, shares: Sequence[Share]) -> Taking:
    """What an agreement's rule wants of the snapshot, verified."""
    items = snapshot.seen_by(agreement, shares)
    currency = snapshot.position.currency
    method = method_of(snapshot, agreement)
    reason, ends = why_no_pull(snapshot, agreement, method)
    wanted, wants = Wanted(), {}
    if not reason:
        view = PullView(
            items=tuple(item for item in items if _may_take(item, snapshot.policy)),
            includes=snapshot.policy.includes,
            currency=currency,
            on=snapshot.run.on,
            stored_minor=None if agreement.stored is None else agreement.stored.minor,
        )
        answer = answer_of(agreement.rule, view, subject=f"agreement {agreement.id}: rule", field="rule")
        wanted = checked_wanted(answer, agreement.rule, f"agreement {agreement.id}")
        wants = _checked_wants(wanted, view, agreement)
    taking = Taking(agreement, items, wanted, currency, wants, reason, ends, undesignated=wanted.undesignated_minor)
    taking.method = method if isinstance(method, PaymentMethod) else None
    taking.pulled_before = None if reason else pulled_before(snapshot, agreement)
    for name, why in wanted.cut.items():
        taking.reasons[name] = [why]
    taking.note(words_of(agreement.rule), sum(wants.values(), Fraction(0)))
    return taking


def _may_take(item: PullItem, policy: AutopayPolicy) -> bool:
    """Whether a rule may ask for an item."""
    if item.item_class is ItemClass.PENDING_INCREASE:
        return ItemClass.PENDING_INCREASE in policy.includes.classes
    return item.item_class is not ItemClass.HELD


def _checked_wants(wanted: Wanted, view: PullView, agreement: Agreement) -> Wants:
    """What is wanted of each item, in the order of a draft; nothing is more than the share of what was charged."""
    items = {item.id: item for item in view.items}
    for name, want in wanted.items.items():
        if name not in items:
            raise _wrong(agreement, f"{name}, which it may not pay", "return ids of view.items")
        most = items[name].share * items[name].amount_minor
        if want > most:
            raise _wrong(agreement, f"{want} of {name}", f"return 0 to {most}, its share of what was charged")
    return {item.id: Fraction(wanted.items[item.id]) for item in view.items if wanted.items.get(item.id)}


def _wrong(agreement: Agreement, what: str, hint: str) -> OrderError:
    return wrong_want(agreement.rule, f"agreement {agreement.id}", what, hint)
