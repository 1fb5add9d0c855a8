"""What is owed late, and since when: the late items of a position.

The problem: a fee for rent that was due on the 1st needs what was owed of it on each day since, as it stands now: less
what settles it, what is at the bank, what is disputed, and what money is there that settles nothing yet. The decision:
the charges that a rule is for are grouped as it says, and each group has a course, made from the applications that
stand. An application that was undone since counts as never made, so a payment that came back is, in retrospect, no
payment; until it came back it is one.

Money that is there, but settles nothing, is taken off what is owed from the oldest charge on, wherever it might settle
the charge: of the same payer or of nobody's, and not restricted to others (ours). So is money that a late fee or
interest took on its own day: they were worked out from what that money had left open, and where an order pays fees
before rent, a fee must not grow by being charged (ours).

Source: rules R34 and R35.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

import attrs

from arledger.allocation.bars import bars_between
from arledger.entries import Category, Charge, Dispute, disputed_minor
from arledger.fees.grace import first_day_of
from arledger.fees.ground import Course, Stretch
from arledger.fees.rule import BALANCE_EACH_PERIOD, EACH_CHARGE_ONCE, EACH_INVOICE_ONCE, LateFeeRule
from arledger.items import NO_MONEY, Context, incoming_of
from arledger.ledger.balances import free_money
from arledger.ledger.position import Position

Steps = list[tuple[int, int]]
"""What is owed from each day on, in the order of the days (ordinals), in minor units."""


@attrs.frozen(eq=False)
class Owing:
    """One charge that is late: what is payable and disputed of it, and its applications, by day."""

    charge: Charge
    applied: Sequence[tuple[int, int]]
    day: date
    on_hand: Sequence[tuple[int, int]] = ()
    """What is taken off for money that settles nothing, and the days from which on."""

    @cached_property
    def payable(self) -> int:
        """What is payable of it, in minor units."""
        return self.charge.amount.minor - sum(minor for _, minor in self.applied)

    @cached_property
    def disputed(self) -> int:
        """What of that is disputed."""
        return min(self.payable, disputed_minor(self.charge, self.day))

    @cached_property
    def taken_off(self) -> int:
        """What is taken off for money that settles nothing."""
        return sum(minor for _, minor in self.on_hand)

    @property
    def owed(self) -> int:
        """What is owed of it on the day."""
        return self.payable - self.disputed - self.taken_off

    def steps(self, since: int, settled: int = 0) -> Steps:
        """What was owed from a day on, and from each day on which that changed.

        Before the day on which it is ``settled``, what is owed on that day counts.
        """
        changes = {since, *(day for day, _ in self.applied), *(day for day, _ in self.on_hand)}
        dispute = self.charge.disputed
        if isinstance(dispute, Dispute):
            changes |= {day.toordinal() for day in (dispute.since, dispute.until) if day is not None}
        last = self.day.toordinal()
        days = sorted(day for day in changes if day == since or max(since, settled) < day)
        return [(day, self._owed_on(max(day, settled))) for day in days if day <= last]

    def _owed_on(self, day: int) -> int:
        left = self.charge.amount.minor - sum(minor for at, minor in (*self.applied, *self.on_hand) if at <= day)
        return max(0, left - disputed_minor(self.charge, date.fromordinal(day)))


@attrs.frozen(eq=False)
class LateItem:
    """What is assessed together: charges of one payer, the chief of them, and the day from which each counts."""

    chief: Charge
    owing: Sequence[tuple[Owing, date]]
    due: date
    first_day: date
    day: date
    taken_back: Sequence[str] = ()
    """The ids of the charges that would be assessed with these, had they not been reversed."""

    @property
    def payer(self) -> str | None:
        """Who owes it."""
        return self.chief.payer

    @property
    def charges(self) -> tuple[str, ...]:
        """The ids of its charges."""
        return tuple(owing.charge.id for owing, _ in self.owing)

    def sum_of(self, part: Callable[[Owing], int]) -> int:
        """A part of each of its charges, in all."""
        return sum(part(owing) for owing, _ in self.owing)

    @cached_property
    def owed(self) -> int:
        """What is owed on the day, in minor units."""
        return self.sum_of(lambda owing: owing.owed)

    @cached_property
    def own_course(self) -> Course:
        """The course without what else was past due."""
        return self.course([])

    def course(self, past_due: Steps) -> Course:
        """What was owed from the due date to the day, beside all that was past due.

        What was paid within the grace was paid in time: in its days, what was owed when it was over counts.
        """
        start, grace_over, last = self.due.toordinal(), self.first_day.toordinal(), self.day.toordinal()
        steps = added(owing.steps(since.toordinal(), grace_over) for owing, since in self.owing)
        changes = {day for day, _ in steps if start < day <= last}
        changes |= {day for day, _ in past_due if grace_over < day <= last}
        owed, all_owed = _Reader(steps), _Reader(past_due)
        return tuple(
            Stretch(first, following - 1, owed.at(first), all_owed.at(max(first, grace_over)))
            for first, following in pairwise([start, *sorted(changes), last + 1])
        )


class _Reader:
    """Reads steps day after day."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._place = 0
        self._owed = 0

    def at(self, day: int) -> int:
        """What was owed on a day, which is not before the one asked last."""
        while self._place < len(self._steps) and self._steps[self._place][0] <= day:
            self._owed = self._steps[self._place][1]
            self._place += 1
        return self._owed


@attrs.frozen(eq=False)
class LateAccount:
    """The charges of an account that are past due, the items that they make, and why the others count for nothing."""

    items: Sequence[LateItem]
    owing: Sequence[Owing]
    left_out: Sequence[tuple[str, str]]

    @cached_property
    def _by_payer(self) -> dict[str | None, list[Owing]]:
        found: dict[str | None, list[Owing]] = {}
        for owing in self.owing:
            found.setdefault(owing.charge.payer, []).append(owing)
        return found

    @cached_property
    def past_due(self) -> dict[str | None, int]:
        """All that each payer owes on the day, in minor units."""
        return {payer: sum(owing.owed for owing in owings) for payer, owings in self._by_payer.items()}

    @cached_property
    def past_due_steps(self) -> dict[str | None, Steps]:
        """All that each payer owed, from day to day."""
        return {
            payer: added(owing.steps(owing.charge.due.toordinal() + 1) for owing in owings)
            for payer, owings in self._by_payer.items()
        }


def late_account(rule: LateFeeRule, position: Position, payers: frozenset[str]) -> LateAccount:
    """What is late by a rule, in the order of the charges."""
    day, charges = position.as_of, position.view.charges
    context = Context(attrs.evolve(NO_MONEY, date=day), {charge.id: charge for charge in charges})
    flags = rule.eligible.flags(charges, context)
    applied: dict[int, list[tuple[int, int]]] = {}
    for _, place, on, minor in _standing(position):
        applied.setdefault(place, []).append((on, minor))
    key = _grouping(rule, context)
    late, left_out = [], []
    taken_back: dict[tuple[Any, ...], list[str]] = {}
    for place, charge in enumerate(charges):
        if place in position.reversed:
            taken_back.setdefault((charge.payer, *key(charge)), []).append(charge.id)
            continue
        owing = Owing(charge, applied.get(place, ()), day)
        reason = _why_not(charge, rule, day, payers, is_eligible=flags[place])
        if not reason:
            late.append(owing)
            reason = _in_grace(owing, rule)
        if reason and owing.payable:
            left_out.append((charge.id, reason))
    late = _with_money_on_hand(late, rule, position, context)
    grouped: dict[tuple[Any, ...], list[Owing]] = {}
    for owing in late:
        is_paid = rule.occurs is BALANCE_EACH_PERIOD and not owing.payable  # and so no part of a balance
        if not is_paid and not _in_grace(owing, rule):
            grouped.setdefault((owing.charge.payer, *key(owing.charge)), []).append(owing)
    items = [_item(owings, rule, day, taken_back.get(group, ())) for group, owings in grouped.items()]
    return LateAccount(items, late, left_out)


def _in_grace(owing: Owing, rule: LateFeeRule) -> str:
    """Why a charge is no part of a balance yet; nothing where it is, or where charges are not assessed as a balance."""
    if rule.occurs is not BALANCE_EACH_PERIOD:
        return ""
    first = first_day_of(rule.grace, owing.charge.due)
    return f"no fee before {first}" if owing.day < first else ""


def _why_not(charge: Charge, rule: LateFeeRule, day: date, payers: frozenset[str], *, is_eligible: bool) -> str:
    """Why a charge does not count; nothing where it does."""
    if not is_eligible:
        return "not eligible"
    if charge.payer is not None and charge.payer not in payers:
        return f"owed by {charge.payer}"
    if charge.due >= day:
        return f"due {charge.due}"
    if (rule.since is not None and charge.due < rule.since) or (rule.until is not None and charge.due >= rule.until):
        return "due when the rule was not in force"
    return ""


def _standing(position: Position) -> Iterator[tuple[int, int, int, int]]:
    """The applications that stand: the places of source and charge, the day, minor units."""
    minors = [minor for _, _, minor, _, _, _ in position.rows]
    for _, _, minor, _, reverses, _ in position.rows:
        if reverses >= 0:
            minors[reverses] += minor
    for minor, (source, charge, _, day, reverses, _) in zip(minors, position.rows, strict=True):
        if minor and reverses < 0:
            yield source, charge, day, minor


def _with_money_on_hand(late: list[Owing], rule: LateFeeRule, position: Position, context: Context) -> list[Owing]:
    """The same, less money that is on hand for them, from the oldest charge and the oldest money on."""
    money = position.view.money
    free = ((place, money[place].day.toordinal(), minor) for place, minor in free_money(position))
    on_hand = sorted([*free, *_taken_by_fees(rule, position)])
    if not on_hand:
        return late
    left = [minor for _, _, minor in on_hand]
    found = []
    for owing in late:
        taken = []
        open_minor = owing.owed
        for place, (source, day, _) in enumerate(on_hand):
            minor = min(left[place], open_minor)
            if not minor:
                continue
            fact = money[source]
            asked = attrs.evolve(context, incoming=incoming_of(fact, minor, position.as_of))
            if not bars_between(fact, owing.charge, open_minor + owing.disputed, asked, designated=False):
                taken.append((day, minor))
                open_minor -= minor
                left[place] -= minor
        found.append(attrs.evolve(owing, on_hand=tuple(taken)) if taken else owing)
    return found


def _taken_by_fees(rule: LateFeeRule, position: Position) -> Iterator[tuple[int, int, int]]:
    """What late fees and interest took of the money of their own day: the source, that day, the amount.

    Money that was designated was meant for the fee, and had left no less open of anything.
    """
    if rule.category is not Category.LATE_FEE:
        return
    for source, place, day, minor in _standing(position):
        fee = position.view.charges[place]
        is_made = fee.about is not None and fee.category in (Category.LATE_FEE, Category.INTEREST)
        if is_made and day == fee.posted.toordinal() and not position.view.money[source].designations:
            yield source, day, minor


def _grouping(rule: LateFeeRule, context: Context) -> Callable[[Charge], tuple[Any, ...]]:
    """What the charges that are assessed together have in common, besides the payer."""

    def key(charge: Charge) -> tuple[Any, ...]:
        parent = context.taxed(charge)
        if rule.occurs is EACH_CHARGE_ONCE:
            return (parent.due,)
        if rule.occurs is EACH_INVOICE_ONCE and parent.invoice is not None:
            return ("invoice", parent.invoice)
        return () if rule.occurs is BALANCE_EACH_PERIOD else ("charge", parent.id)

    return key


def _item(owings: list[Owing], rule: LateFeeRule, day: date, taken_back: Sequence[str]) -> LateItem:
    due = min(owing.charge.due for owing in owings)
    if rule.occurs is not BALANCE_EACH_PERIOD:
        counting = [(owing, owing.charge.due) for owing in owings]
        return LateItem(_chief(owings), counting, due, first_day_of(rule.grace, due), day, taken_back)
    counting = [(owing, first_day_of(rule.grace, owing.charge.due)) for owing in owings]
    return LateItem(_chief(owings), counting, due, min(first for _, first in counting), day)


def _chief(owings: Sequence[Owing]) -> Charge:
    """The charge that a fee is about: one of which something is owed, if there is one."""
    owed = [owing.charge for owing in owings if owing.owed]
    return min(owed or [owing.charge for owing in owings], key=_rank)


def _rank(charge: Charge) -> tuple[Any, ...]:
    """The chief of some charges: rent, then the greatest, then the first; a tax last."""
    is_tax = charge.category is Category.TAX and charge.about is not None
    return (is_tax, charge.category is not Category.RENT, -charge.amount.minor, charge.row[:5])


def added(parts: Iterable[Steps]) -> Steps:
    """The steps of all together."""
    changes: dict[int, int] = {}
    for steps in parts:
        before = 0
        for day, owed in steps:
            changes[day] = changes.get(day, 0) + owed - before
            before = owed
    found, owed = [], 0
    for day in sorted(changes):
        owed += changes[day]
        found.append((day, owed))
    return found
