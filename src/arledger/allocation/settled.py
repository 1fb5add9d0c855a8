"""What earlier applications have settled already.

The problem: a host calls ``allocate`` each day with the applications that it stored the days before, some of them
undone since. The cases: an application of a charge or a source that is not in this call still counts on its other side;
a counter-application takes back what it reverses; sums above a charge or a payment mean that the stored facts are
wrong. The decision: net sums, checked before any money is placed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from arledger.checks import type_name
from arledger.entries import Application, Charge, Credit, Payment
from arledger.errors import Conflict, CurrencyMismatch, InvalidType
from arledger.money import minor_text


@attrs.frozen(eq=False)
class Settled:
    """Net minor units of earlier applications, by charge and by source, and by charge within each source."""

    by_charge: Mapping[str, int]
    by_source: Mapping[str, int]
    within_source: Mapping[str, Mapping[str, int]]


def settled_by(applied: Sequence[Application], currency: str) -> Settled:
    """The net sums of applications in one currency; the first that cannot be raises."""
    made = _by_id(applied, currency)
    undone: dict[str, int] = {}
    by_charge: dict[str, int] = {}
    by_source: dict[str, int] = {}
    within: dict[str, dict[str, int]] = {}
    for application in applied:
        minor = application.amount.minor
        if application.reverses is not None:
            _check_reversal(application, made, undone)
            minor = -minor
        source, charge = application.source, application.charge
        by_charge[charge] = by_charge.get(charge, 0) + minor
        by_source[source] = by_source.get(source, 0) + minor
        inner = within.setdefault(source, {})
        inner[charge] = inner.get(charge, 0) + minor
    return Settled(by_charge, by_source, within)


def left_of(facts: Iterable[Charge | Payment | Credit], settled: Mapping[str, int]) -> list[int]:
    """What is left of each fact after what was settled; below zero raises ``Conflict``."""
    left = []
    for fact in facts:
        minor = fact.amount.minor - settled.get(fact.id, 0)
        if minor < 0:
            kind = type(fact).__name__.lower()
            text = minor_text(settled[fact.id], fact.amount.currency)
            raise Conflict(
                f"{kind} {fact.id}: applications of {text} exceed its {fact.amount}",
                field="applied",
                value=fact.id,
                hint="reverse what is too much",
            )
        left.append(minor)
    return left


def _by_id(applied: Sequence[Application], currency: str) -> dict[str, Application]:
    made: dict[str, Application] = {}
    for application in applied:
        if type(application) is not Application:
            raise InvalidType(
                f"applied holds {type_name(application)}, not Application",
                field="applied",
                value=application,
                hint="pass applications, such as the lines of an earlier allocation",
            )
        if application.amount.currency != currency:
            raise CurrencyMismatch(
                f"application {application.id}: in {application.amount.currency}, where the facts are in {currency}",
                field="applied",
                value=application.amount,
                hint="allocate each currency by itself",
            )
        if application.id in made:
            raise Conflict(
                f"application {application.id}: stands twice",
                field="applied",
                value=application.id,
                hint="pass it once, or give the second an id= of its own",
            )
        made[application.id] = application
    return made


def _check_reversal(counter: Application, made: Mapping[str, Application], undone: dict[str, int]) -> None:
    """Refuse a counter-application of nothing known, of another pair, or of more than was applied."""
    assert counter.reverses is not None
    original = made.get(counter.reverses)
    if original is None or original.reverses is not None:
        raise Conflict(
            f"application {counter.id}: reverses {counter.reverses}, which is not among those applied",
            field="applied",
            value=counter.reverses,
            hint="pass the application that it reverses too",
        )
    if (original.source, original.charge) != (counter.source, counter.charge):
        raise Conflict(
            f"application {counter.id}: of {counter.source} to {counter.charge}, "
            f"but it reverses one of {original.source} to {original.charge}",
            field="applied",
            value=counter.reverses,
            hint="a counter-application names the same source and charge",
        )
    undone[original.id] = undone.get(original.id, 0) + counter.amount.minor
    if undone[original.id] > original.amount.minor:
        text = minor_text(undone[original.id], original.amount.currency)
        raise Conflict(
            f"application {original.id}: reversals of {text} exceed its {original.amount}",
            field="applied",
            value=counter.id,
            hint="reverse at most its amount",
        )
