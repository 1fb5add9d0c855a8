"""Why an account stands as it does: every application over time, with its reason.

The problem: "the payment of January came back in March, and now June is open?" must be answered line by line. The
decision: the story is data, worked out from the rows when it is first read: each application and each one that undid
one, what was left of the charge before and after, who decided it and on what occasion; then why each open charge is
open, and why money is unapplied. It prints as plain text tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from arledger.allocation.bars import is_bound
from arledger.allocation.explanation import (
    Why,
    leftovers_of,
    step_text,
    target_text,
    untouched_of,
    value_text,
)
from arledger.allocation.keys import column, explained
from arledger.allocation.ranking import Ranking
from arledger.allocation.records import Records, Step
from arledger.entries import Credit, Payment, PaymentState, PaymentStep, Return, WonBack
from arledger.items import NO_MONEY, Context, OpenItem, incoming_of
from arledger.ledger.balances import Balances
from arledger.ledger.books import Entry, entry_name
from arledger.ledger.placing import is_there
from arledger.ledger.rows import How, Occasion, Row
from arledger.money import Money, amount_text, money_of
from arledger.tables import text_table


@attrs.frozen(order=False)
class StoryLine:
    """One application, or one that undid one (its amount is then below zero), and why.

    ``before`` and ``after`` are what of the charge no money covered, be it settled or provisional.
    """

    on: date
    source: str
    charge: str
    amount: Money
    before: Money
    after: Money
    reason: str


@attrs.frozen(order=False)
class StoryRest:
    """A charge that is open, or money that is unapplied; how much, and why."""

    id: str
    amount: Money
    reason: str


@attrs.frozen(order=False)
class Story:
    """Why an account stands as it does. Prints as tables."""

    lines: tuple[StoryLine, ...]
    open: tuple[StoryRest, ...]
    unapplied: tuple[StoryRest, ...]

    def __str__(self) -> str:
        tables = []
        if self.lines:
            header = ("on", "money", "charge", "amount", "before", "after", "why")
            rows = [
                (
                    str(line.on),
                    line.source,
                    line.charge,
                    *map(amount_text, (line.amount, line.before, line.after)),
                    line.reason,
                )
                for line in self.lines
            ]
            tables.append(text_table(header, rows, right=(3, 4, 5)))
        for title, rests in (("open charge", self.open), ("money unapplied", self.unapplied)):
            if rests:
                rows_of_rests = [(rest.id, amount_text(rest.amount), rest.reason) for rest in rests]
                tables.append(text_table((title, "amount", "why"), rows_of_rests, right=(1,)))
        return "\n\n".join(tables) or "nothing happened"


def story_of(position: Balances) -> Story:
    """The reasons of a position, from its rows."""
    return Story(_lines(position), _open(position), _unapplied(position))


def _lines(position: Balances) -> tuple[StoryLine, ...]:
    view, currency = position.view, position.currency
    left = [charge.amount.minor for charge in view.charges]
    lines = []
    for row in sorted(position.rows, key=lambda row: row[3]):
        source, charge, minor, day, _, _ = row
        before = left[charge]
        left[charge] -= minor
        lines.append(
            StoryLine(
                date.fromordinal(day),
                view.money[source].id,
                view.charges[charge].id,
                money_of(minor, currency),
                money_of(before, currency),
                money_of(left[charge], currency),
                _reason(position, row),
            )
        )
    return tuple(lines)


def _reason(position: Balances, row: Row) -> str:
    source, charge, minor, day, _, why = row
    money = position.view.money[source]
    text = _occasion(position, why)
    if why.step is not None:
        text = _decided(position, why.step, charge)
        if why.how is How.SWEPT:
            text = f"swept, {text}"
    life = position.view.lives.get(money.id)
    if minor > 0 and life is not None and life.state_on(date.fromordinal(day)) is PaymentState.PENDING:
        text = f"provisionally, {text}"
    return text


def _occasion(position: Balances, why: Occasion) -> str:
    """What brought a row about that no order decided."""
    if why.how is How.FIXED or why.entry is None:
        return "posted before, held fixed"
    entry = position.ledger.by_id[why.entry]
    if why.how is not How.REAPPLIED:
        return _cause(entry)
    return f"as if never {'gone' if isinstance(entry, WonBack) else 'paid'}, {_cause(entry)}"


def _cause(entry: Entry) -> str:
    if isinstance(entry, Return):
        code = f" {entry.code}" if entry.code else ""
        return f"returned by {entry.id}: {entry.reason.value.replace('_', ' ')}{code}"
    if isinstance(entry, PaymentStep):
        return f"{entry.state.value} on {entry.on}"
    return f"by {entry_name(entry)}"


def _decided(position: Balances, step: Step, charge: int) -> str:
    """Who decided a row, and the values of the keys that ranked its charge."""
    text = step_text(step)
    if not isinstance(step.order, Ranking) or isinstance(_target(step), str) or not step.order.keys:
        return text
    values: Sequence[object]
    if step.reasons is None:
        fact = position.view.charges[charge]
        context = Context(NO_MONEY, {})
        values = [column(key, (fact,), (OpenItem(fact, fact.amount.minor),), context)[0] for key in step.order.keys]
    else:
        values = step.reasons.get(charge, (0, ()))[1]
    pairs = [explained(key, value, position.currency) for key, value in zip(step.order.keys, values, strict=False)]
    keys = ", ".join(f"{name} {value_text(value)}" for name, value in pairs)
    return f"{text}: {keys}" if keys else text


def _target(step: Step) -> object:
    return None if step.designation is None else step.designation.to


def _open(position: Balances) -> tuple[StoryRest, ...]:
    """Why each open charge is open."""
    untouched = untouched_of(_records(position), position.as_of)
    reasons = {rest.charge: "no money is left" if rest.why is Why.NO_MONEY else rest.reason for rest in untouched}
    found = []
    for item in position.items:
        reason = reasons.get(item.id, "")
        if item.payable_minor == 0:
            reason = "money at the bank covers it"
        elif item.pending_minor:
            reason = f"{amount_text(item.pending)} at the bank; the rest: {reason}"
        found.append(StoryRest(item.id, item.open, reason))
    return tuple(found)


def _unapplied(position: Balances) -> tuple[StoryRest, ...]:
    """Why money is unapplied."""
    reasons = {rest.source: rest.reason for rest in leftovers_of(_records(position), position.as_of)}
    found = []
    for source in position.view.money:
        for amounts, kind in ((position.unapplied, ""), (position.reserved, "waits"), (position.trust, "trust")):
            money = amounts.get(source.id)
            if money:
                reason = reasons.get(source.id, "")
                if kind == "waits":
                    reason = f"waits for {_waiting_for(position, source)}"
                elif source.designations and position.terms.designations == "only" and not is_bound(source):
                    reason = "the rest of designated money stays unapplied"
                elif not kind and not _is_swept(position, source):
                    reason = f"is not swept; {reason}"
                found.append(StoryRest(source.id, money, reason))
    return tuple(found)


def _is_swept(position: Balances, source: Payment | Credit) -> bool:
    terms = position.terms
    return terms.sweep_credits if isinstance(source, Credit) else terms.sweep_payments


def _waiting_for(position: Balances, source: Payment | Credit) -> str:
    context = Context(incoming_of(source, source.amount.minor, position.as_of), position.payable_charges)
    wishes = [wish for wish in source.designations if not is_there(wish, context)]
    return ", ".join(map(target_text, wishes))


def _records(position: Balances) -> Records:
    """What is open and what is unapplied, as a decision that has placed nothing."""
    view, terms = position.view, position.terms
    charges = [item.charge for item in position.items if item.payable_minor]
    payable = tuple(item.payable_minor for item in position.items if item.payable_minor)
    left = {source.id: position.left_of(source.id).minor for source in view.money}
    money = tuple(source for source in view.money if left[source.id])
    unapplied = tuple(left[source.id] for source in money)
    return Records(
        position.currency,
        terms.by,
        terms.designations,
        tuple(charges),
        money,
        (),
        payable,
        payable,
        unapplied,
        unapplied,
        (),
        (),
        (),
    )
