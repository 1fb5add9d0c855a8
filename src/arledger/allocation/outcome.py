"""What an allocation came to.

The problem: a nightly run reads two totals of a million allocations, a screen reads every line of one. The decision:
an ``Allocation`` keeps compact rows of ints, and its views (lines, balances, explanation) are built from them when they
are first read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from arledger.allocation.records import Records
from arledger.entries import Application, Charge, Credit, Payment, application_of, escaped_id
from arledger.money import Money, minor_text, money_of

if TYPE_CHECKING:
    from arledger.allocation.explanation import Explanation


@attrs.frozen(order=False)
class Movement:
    """A balance before the decision, the applications that moved it, and the balance after."""

    before: Money
    lines: tuple[Application, ...]
    after: Money


@attrs.frozen(repr=False, order=False)
class Allocation(Records):
    """The outcome of one decision: applications, what stays unapplied, what stays open, and why.

    Made by ``allocate``. Two allocations are equal when they decided the same of the same facts.
    """

    @cached_property
    def lines(self) -> tuple[Application, ...]:
        """The new applications: money after money, and within it as ranked; those of a function in canonical order."""
        currency = self.currency
        charges = [(charge.id, escaped_id(charge.id), charge.amount) for charge in self.charges]
        money = [(source.id, f"{escaped_id(source.id)}>", f"@{source.day}", source.day) for source in self.money]
        lines = []
        for source_at, charge_at, minor, _ in self.rows:
            source, prefix, suffix, day = money[source_at]
            charge, escaped, whole = charges[charge_at]
            amount = whole if whole.minor == minor else money_of(minor, currency)
            lines.append(application_of(source, charge, amount, day, f"{prefix}{escaped}{suffix}"))
        if self.applied or len(self.steps) > 1:  # within one step no pair stands twice
            lines = _numbered(lines, {application.id for application in self.applied})
        return tuple(lines)

    @cached_property
    def open(self) -> Mapping[str, Money]:
        """What stays open of every charge, zero included, by the charge's id."""
        return self._balances(self.charges, self.open_after)

    @cached_property
    def unapplied(self) -> Mapping[str, Money]:
        """What stays unapplied of every payment and credit, zero included, by its id."""
        return self._balances(self.money, self.unapplied_after)

    @property
    def total_open(self) -> Money:
        """What stays open in all."""
        return money_of(sum(self.open_after), self.currency)

    @property
    def total_unapplied(self) -> Money:
        """What stays unapplied in all."""
        return money_of(sum(self.unapplied_after), self.currency)

    @cached_property
    def by_charge(self) -> Mapping[str, Movement]:
        """Each charge's open balance before, the lines that settle it, and its open balance after."""
        lines = _grouped(self.lines, (line.charge for line in self.lines))
        return self._movements(self.charges, self.open_before, lines, self.open_after)

    @cached_property
    def by_source(self) -> Mapping[str, Movement]:
        """Each payment's and credit's unapplied money before, the lines that it pays, and its unapplied money after."""
        lines = _grouped(self.lines, (line.source for line in self.lines))
        return self._movements(self.money, self.unapplied_before, lines, self.unapplied_after)

    @cached_property
    def explanation(self) -> Explanation:
        """Why each line is what it is, why other charges got nothing, and why money stays unapplied."""
        from arledger.allocation.explanation import explanation_of  # few allocations are ever explained

        return explanation_of(self)

    def _balances(self, facts: Iterable[Charge | Payment | Credit], balances: Iterable[int]) -> Mapping[str, Money]:
        currency = self.currency
        pairs = zip(facts, balances, strict=True)
        return MappingProxyType({fact.id: money_of(minor, currency) for fact, minor in pairs})

    def _movements(
        self,
        facts: Iterable[Charge | Payment | Credit],
        before: Iterable[int],
        lines: Mapping[str, Sequence[Application]],
        after: Iterable[int],
    ) -> Mapping[str, Movement]:
        currency = self.currency
        return MappingProxyType(
            {
                fact.id: Movement(money_of(first, currency), tuple(lines.get(fact.id, ())), money_of(last, currency))
                for fact, first, last in zip(facts, before, after, strict=True)
            }
        )

    def __repr__(self) -> str:
        open_text, unapplied_text = (
            minor_text(sum(balances), self.currency) for balances in (self.open_after, self.unapplied_after)
        )
        lines = "1 line" if len(self.rows) == 1 else f"{len(self.rows)} lines"
        return f"<Allocation in {self.currency}: {lines}, {open_text} open, {unapplied_text} unapplied>"


def _numbered(lines: Iterable[Application], known: set[str]) -> list[Application]:
    """The lines with ids that are not known yet: a further one of a pair on one day ends in #2, #3 and so on."""
    numbered = []
    for line in lines:
        name, number = line.id, 1
        while name in known:
            number += 1
            name = f"{line.id}#{number}"
        known.add(name)
        numbered.append(line if name == line.id else attrs.evolve(line, id=name))
    return numbered


def _grouped(lines: Iterable[Application], groups: Iterable[str]) -> dict[str, list[Application]]:
    grouped: dict[str, list[Application]] = {}
    for line, group in zip(lines, groups, strict=True):
        grouped.setdefault(group, []).append(line)
    return grouped
