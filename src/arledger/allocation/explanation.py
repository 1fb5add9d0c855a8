"""Why the money went where it went.

The problem: "tenants who paid still show rent due, since the payment went to fees, and nobody can see why". The cases:
each line has an order, a rank and key values, or a designation; each charge that got nothing has a bar, or a rank that
the money did not reach; money that stays unapplied has a wish that could not be met, a bar, or nothing left to pay. The
decision: the explanation is data, worked out from the records when it is first read, and prints as plain text tables.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import attrs

from arledger.allocation.bars import bars_between, is_bound, targets
from arledger.allocation.compositions import crosses_payers
from arledger.allocation.desk import Desk, desk_of
from arledger.allocation.keys import explained
from arledger.allocation.pool import Pool, PooledOrder
from arledger.allocation.ranking import Ranking, Ties, ranked_for
from arledger.allocation.records import Reason, Records, Served, Step
from arledger.checks import name_of, text_of
from arledger.entries import Charge, Credit, Designation, Payment
from arledger.items import Context, incoming_of
from arledger.money import Money, amount_text, minor_text, money_of
from arledger.tables import text_table


class Why(Enum):
    """The kind of a reason for a charge that got nothing, or for money that stays unapplied."""

    SETTLED = "settled before"
    NO_MONEY = "no money to place"
    BARRED = "no money may pay it"
    RAN_OUT = "the money did not reach it"
    PASSED_OVER = "the order passed it over"
    DESIGNATED = "designated money"
    NOTHING_OPEN = "nothing is open that it may pay"
    LEFT_OVER = "the order placed no more"

    def __repr__(self) -> str:
        return f"Why.{self.name}"


@attrs.frozen(order=False)
class ExplainedLine:
    """One line of an allocation, and why.

    ``step`` says who decided it: an order, or a designation. ``rank`` (from 1) and ``keys`` (names and values) are
    those of a ranking; None and empty where it was not one. ``before`` and ``after`` are the charge's open balance.
    """

    source: str
    charge: str
    amount: Money
    on: datetime.date
    step: str
    rank: int | None
    keys: tuple[tuple[str, Any], ...]
    before: Money
    after: Money


@attrs.frozen(order=False)
class Untouched:
    """A charge that got nothing, and why."""

    charge: str
    open: Money
    why: Why
    reason: str


@attrs.frozen(order=False)
class Leftover:
    """Money that stays unapplied, and why."""

    source: str
    amount: Money
    why: Why
    reason: str


@attrs.frozen(order=False)
class Explanation:
    """Why each line is what it is, why other charges got nothing, and why money stays unapplied. Prints as tables."""

    lines: tuple[ExplainedLine, ...]
    untouched: tuple[Untouched, ...]
    unapplied: tuple[Leftover, ...]

    def __str__(self) -> str:
        tables = []
        if self.lines:
            header = ("money", "charge", "amount", "open before", "open after", "rank", "why")
            tables.append(text_table(header, map(_line_cells, self.lines), right=(2, 3, 4, 5)))
        if self.untouched:
            rows = [(untouched.charge, amount_text(untouched.open), untouched.reason) for untouched in self.untouched]
            tables.append(text_table(("charge without money", "open", "why"), rows, right=(1,)))
        if self.unapplied:
            rows = [(leftover.source, amount_text(leftover.amount), leftover.reason) for leftover in self.unapplied]
            tables.append(text_table(("money unapplied", "amount", "why"), rows, right=(1,)))
        return "\n\n".join(tables) or "nothing was placed"


def _line_cells(line: ExplainedLine) -> tuple[str, ...]:
    keys = ", ".join(f"{name} {value_text(value)}" for name, value in line.keys)
    return (
        line.source,
        line.charge,
        amount_text(line.amount),
        amount_text(line.before),
        amount_text(line.after),
        "" if line.rank is None else str(line.rank),
        f"{line.step}: {keys}" if keys else line.step,
    )


def value_text(value: object) -> str:
    """The value of a key as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else text_of(value)


def explanation_of(records: Records) -> Explanation:
    """The reasons of a decision, from its records."""
    return Explanation(_lines(records), untouched_of(records), leftovers_of(records))


def _lines(records: Records) -> tuple[ExplainedLine, ...]:
    currency = records.currency
    open_minor = list(records.open_before)
    reasons = [_reasons(step, records) for step in records.steps]
    lines = []
    for source, charge, minor, at in records.rows:
        before = open_minor[charge]
        open_minor[charge] -= minor
        step = records.steps[at]
        rank, values = reasons[at].get(charge, (None, ()))
        keys = step.order.keys if isinstance(step.order, Ranking) and values else ()
        lines.append(
            ExplainedLine(
                records.money[source].id,
                records.charges[charge].id,
                money_of(minor, currency),
                records.money[source].day,
                step_text(step),
                rank,
                tuple(explained(key, value, currency) for key, value in zip(keys, values, strict=True)),
                money_of(before, currency),
                money_of(open_minor[charge], currency),
            )
        )
    return tuple(lines)


def _reasons(step: Step, records: Records) -> Mapping[int, Reason]:
    """A step's ranks and key values; those of the plain walk follow from the charges alone."""
    if step.reasons is not None or not records.rows:
        return step.reasons or {}
    assert isinstance(step.order, Ranking)
    pool = Pool(desk_of(records.charges, records.open_before), {})
    return ranked_for(step.order, pool, incoming_of(records.money[0], records.unapplied_before[0])).reasons()


def step_text(step: Step) -> str:
    """Who decided a line, from the outermost in."""
    parts = []
    if step.designation is not None:
        parts.append(f"designated to {target_text(step.designation)}")
        if isinstance(step.designation.to, str):
            return parts[0]
    parts.extend(step.trail)
    if isinstance(step.order, Ranking):
        parts.append("ranked" if step.order.ties is Ties.IN_SEQUENCE else f"ranked, ties {step.order.ties.value}")
    elif not isinstance(step.order, PooledOrder):
        parts.append(f"by {name_of(step.order)}")
    return ", ".join(parts)


def target_text(designation: Designation) -> str:
    """What money is designated to, as people read it."""
    return designation.to if isinstance(designation.to, str) else repr(designation.to)


def untouched_of(records: Records, on: datetime.date | None = None) -> tuple[Untouched, ...]:
    """The charges that got nothing, and why: on each money's own day, or all on a later one."""
    touched = {charge for _, charge, _, _ in records.rows}
    sources = [source for source, minor in zip(records.money, records.unapplied_before, strict=True) if minor]
    left = {source.id for source, minor in zip(records.money, records.unapplied_after, strict=True) if minor}
    desk = desk_of(records.charges, records.open_before)
    contexts = [Context(incoming_of(source, source.amount.minor, on), desk.by_id) for source in sources]
    crosses = crosses_payers(records.by)
    found = []
    for place, charge in enumerate(records.charges):
        if place in touched:
            continue
        open_minor = records.open_before[place]
        if not open_minor:
            why, reason = Why.SETTLED, Why.SETTLED.value
        elif not sources:
            why, reason = Why.NO_MONEY, Why.NO_MONEY.value
        else:
            pairs = list(zip(sources, contexts, strict=True))
            bars = [_bars(source, charge, open_minor, context, records, crosses=crosses) for source, context in pairs]
            why, reason = _why_untouched(bars, [source.id in left for source in sources])
        found.append(Untouched(charge.id, money_of(open_minor, records.currency), why, reason))
    return tuple(found)


def _why_untouched(bars: Sequence[Sequence[str]], left: Sequence[bool]) -> tuple[Why, str]:
    """The reason for a charge with money around: its bars for each source, and whether that source has money left."""
    if all(bars):
        texts = sorted({text for some in bars for text in some})
        return Why.BARRED, f"{Why.BARRED.value}: {'; '.join(texts)}"
    if any(is_left and not some for some, is_left in zip(bars, left, strict=True)):
        return Why.PASSED_OVER, Why.PASSED_OVER.value
    return Why.RAN_OUT, Why.RAN_OUT.value


def _bars(
    source: Payment | Credit, charge: Charge, open_minor: int, context: Context, records: Records, *, crosses: bool
) -> list[str]:
    """Why this money could not reach this charge in this decision, be it by designation or by the order."""
    is_designated = not _ignores_designations(source, records)
    ways = []
    if is_designated and any(_names(designation, charge, context) for designation in source.designations):
        ways.append(bars_between(source, charge, open_minor, context, designated=True))
    if not (is_bound(source) or (is_designated and records.designations == "only")):
        ways.append(bars_between(source, charge, open_minor, context, designated=False, any_payer=crosses))
    return min(ways, key=len, default=[f"{source.id} is for what it is designated to"])


def _ignores_designations(source: Payment | Credit, records: Records) -> bool:
    return not source.designations or (records.designations == "ignore" and not is_bound(source))


def _names(designation: Designation, charge: Charge, context: Context) -> bool:
    if isinstance(designation.to, str):
        return designation.to == charge.id
    return designation.to.selects(charge, context)


def leftovers_of(records: Records, on: datetime.date | None = None) -> tuple[Leftover, ...]:
    """The money that stays unapplied, and why: on its own day, or on a later one."""
    desk = desk_of(records.charges, records.open_after)
    crosses = crosses_payers(records.by)
    found = []
    for place, source in enumerate(records.money):
        left = records.unapplied_after[place]
        if left:
            served = [served for served in records.served if served.source == place]
            context = Context(incoming_of(source, source.amount.minor, on), desk.by_id)
            why, reason = _why_left(source, served, desk, records, context, crosses=crosses)
            found.append(Leftover(source.id, money_of(left, records.currency), why, reason))
    return tuple(found)


def _why_left(
    source: Payment | Credit, served: Sequence[Served], desk: Desk, records: Records, context: Context, *, crosses: bool
) -> tuple[Why, str]:
    currency = records.currency
    wishes = [_wish_text(source, wish, desk, context, currency) for wish in served if wish.taken < wish.granted]
    if is_bound(source):
        kind = "trust money" if isinstance(source, Payment) else f"a {source.kind.value.replace('_', '-')}"
        return Why.DESIGNATED, "; ".join([*wishes, f"{kind} pays only what it is designated to"])
    if served and records.designations == "only":
        return Why.DESIGNATED, "; ".join([*wishes, "the rest of designated money stays unapplied"])
    bars = [
        bars_between(source, charge, minor, context, designated=False, any_payer=crosses)
        for charge, minor in zip(records.charges, records.open_after, strict=True)
        if minor
    ]
    if not all(bars):
        return Why.LEFT_OVER, "; ".join([*wishes, Why.LEFT_OVER.value])
    texts = sorted({text for some in bars for text in some})
    reason = f"{Why.NOTHING_OPEN.value} ({'; '.join(texts)})" if texts else Why.NOTHING_OPEN.value
    return Why.NOTHING_OPEN, "; ".join([*wishes, reason])


def _wish_text(source: Payment | Credit, wish: Served, desk: Desk, context: Context, currency: str) -> str:
    """Why a designation's targets took less than it was granted."""
    target = target_text(wish.designation)
    took = f"{minor_text(wish.taken, currency)} of {minor_text(wish.granted, currency)} for {target}"
    places = targets(wish.designation, range(len(desk.charges)), desk, context)
    if not places:
        return f"{took}: no such charge here"
    bars = {
        place: bars_between(source, desk.charges[place], desk.open[place], context, designated=True) for place in places
    }
    if any(desk.open[place] and not bars[place] for place in places):
        return f"{took}: the order placed no more"
    texts = sorted({text for place in places if desk.open[place] for text in bars[place]})
    return f"{took}: barred, {'; '.join(texts)}" if texts else f"{took}: settled"
