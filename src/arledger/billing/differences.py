"""What is left to bill: the difference between what lines come to and what was issued for them.

The problem: a bill that is run twice bills twice, and a correction worked out by hand is wrong by a cent or by a tax.
The decision: what was issued is sorted by the line that its id names and by who owes it; for each line the difference
to its amount becomes one fact, a charge where more is owed and a credit where less is, numbered after those before it.
What was issued for a line that is there no more, or for another payer, is taken back.

Source: rules R29 and R31.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs

from arledger.billing.lines import Line
from arledger.billing.prorated import Prorated
from arledger.checks import as_tuple, check_tuple, type_name
from arledger.dates.period import Period
from arledger.entries import Category, Charge, Credit, Designation
from arledger.errors import Conflict, CurrencyMismatch, InvalidType, InvalidValue
from arledger.money import Money, money_of

_GONE = "no longer owed"
_A_NUMBER = re.compile("[2-9]|[1-9][0-9]{1,8}")


@attrs.frozen(order=False)
class BillLine:
    """What one thing comes to in the period, what of it was billed already, and the fact that makes up for the rest.

    ``amount`` and ``billed`` are negative for a reduction. ``fact`` is None where nothing is left to bill. ``prorated``
    is the explanation of an amount that was worked out from days.
    """

    id: str
    amount: Money
    billed: Money
    reason: str
    fact: Charge | Credit | None
    prorated: Prorated | None

    @property
    def difference(self) -> Money:
        """What is left to bill: above zero a charge, below zero a credit."""
        return self.amount - self.billed


@attrs.frozen
class BillDates:
    """The dates of what a bill issues: the day of it, when it is due, and what it is for."""

    on: datetime.date
    due: datetime.date
    period: Period


Issued = dict[tuple[str, str | None], list[Charge | Credit]]
"""What was issued for each line, by the line's id and by who owes it."""


def issued_of(billed: Iterable[Charge | Credit], bill_id: str, currency: str) -> Issued:
    """What was issued for a bill, checked and sorted by line and payer."""
    facts = as_tuple(billed)
    check_tuple(facts, f"bill {bill_id}", "billed", "Charge or Credit")
    for fact in facts:
        if not isinstance(fact, (Charge, Credit)):
            raise InvalidType(
                f"bill {bill_id}: billed holds {type_name(fact)}, not Charge or Credit",
                field="billed",
                value=fact,
                hint="pass the charges and credits of earlier bills of the period",
            )
    issued: Issued = {}
    # in the order in which they were issued, whatever the order of the input: #2 before #10
    in_order = sorted(facts, key=lambda fact: (len(fact.id), fact.id))
    for before, fact in zip([None, *in_order], in_order, strict=False):
        if before is not None and before.id == fact.id:
            raise Conflict(f"bill {bill_id}: billed {fact.id} stands twice", field="billed", value=fact.id)
        if not fact.id.startswith(f"{bill_id}/"):
            raise InvalidValue(
                f"bill {bill_id}: billed {fact.id} is of another lease or period",
                field="billed",
                value=fact.id,
                hint=f"pass those whose ids begin with {bill_id}/",
            )
        if fact.amount.currency != currency:
            raise CurrencyMismatch(
                f"bill {bill_id}: billed {fact.id} in {fact.amount.currency}, the lease is in {currency}",
                field="billed",
                value=fact.amount.currency,
            )
        issued.setdefault((fact.id.partition("#")[0], fact.payer), []).append(fact)
    _check_numbers({fact.id for fact in facts}, bill_id)
    return issued


def _check_numbers(ids: Collection[str], bill_id: str) -> None:
    """Refuse a line's #3 without its #2, since what is missing would be billed again; and any number that is none."""
    for name in sorted(ids):
        first, sign, number = name.partition("#")
        if not sign:
            continue
        if not _A_NUMBER.fullmatch(number):
            raise InvalidValue(
                f"bill {bill_id}: billed {name} has no id that a bill gives",
                field="billed",
                value=name,
                hint="pass the ids as they were issued",
            )
        before = first if number == "2" else f"{first}#{int(number) - 1}"
        if before not in ids:
            raise Conflict(
                f"bill {bill_id}: billed {name} without {before}",
                field="billed",
                value=name,
                hint="pass all that was issued for the period",
            )


def _gone(name: tuple[str, str | None], issued: Issued) -> Line:
    """A line that was billed, and that the period no longer has, or that another owes: it comes to nothing."""
    line_id, payer = name
    charge = next((fact for fact in issued[name] if isinstance(fact, Charge)), None)
    if charge is not None:
        return Line(line_id, 0, _GONE, charge.category, charge.code, payer, about=charge.about)
    # what is taken back of a tax is about what the tax is about, and any other reduction is an adjustment
    first = issued[name][0]
    assert isinstance(first, Credit)
    targets = {designation.to for designation in first.designations}
    charges = [fact for line in issued.values() for fact in line if isinstance(fact, Charge)]
    reduced = next((fact for fact in charges if fact.id in targets), None)
    if reduced is not None and reduced.category is Category.TAX:
        return Line(line_id, 0, _GONE, Category.TAX, reduced.code, payer, about=reduced.about)
    return Line(line_id, 0, _GONE, Category.ADJUSTMENT, first.code, payer)


def bill_lines(lines: Sequence[Line], issued: Issued, dates: BillDates, currency: str) -> tuple[BillLine, ...]:
    """Each line with what is left to bill of it; what was issued for others is taken back."""
    there = {(line.id, line.payer) for line in lines}
    gone = [_gone(name, issued) for name in issued if name not in there]
    found: list[BillLine] = []
    facts_of: dict[str, list[Charge | Credit]] = {}
    for (name, _), facts in issued.items():
        facts_of.setdefault(name, []).extend(facts)
    for line in (*lines, *gone):
        own = issued.get((line.id, line.payer), [])
        before = sum(fact.amount.minor if isinstance(fact, Charge) else -fact.amount.minor for fact in own)
        fact = None
        if line.minor != before:
            fact = _fact(line, money_of(line.minor - before, currency), own, facts_of, dates)
            facts_of.setdefault(line.id, []).append(fact)
        amount, billed = money_of(line.minor, currency), money_of(before, currency)
        found.append(BillLine(line.id, amount, billed, line.reason, fact, line.prorated))
    return tuple(found)


def _fact(
    line: Line,
    difference: Money,
    own: Sequence[Charge | Credit],
    facts_of: Mapping[str, Sequence[Charge | Credit]],
    dates: BillDates,
) -> Charge | Credit:
    """The charge or credit that makes up for a difference; the second one of a line has an id that ends in #2."""
    earlier = len(facts_of.get(line.id, []))
    name = f"{line.id}#{earlier + 1}" if earlier else line.id
    if difference.minor > 0:
        return Charge(
            name,
            difference,
            due=dates.due,
            posted=dates.on,
            category=line.category,
            code=line.code,
            payer=line.payer,
            about=None if line.about is None else (_charges(facts_of.get(line.about, [])) or [line.about])[-1],
            period=dates.period,
            recurring=line.recurring,
        )
    targets = _charges(own)
    if line.reduces is not None:
        targets += _charges(facts_of.get(line.reduces, [])) or [line.reduces]
    return Credit(
        name,
        -difference,
        granted=dates.on,
        kind=line.kind,
        category=line.category,
        code=line.code,
        payer=line.payer,
        designations=[Designation(target) for target in targets],
    )


def _charges(facts: Iterable[Charge | Credit]) -> list[str]:
    """The ids of the charges among facts."""
    return [fact.id for fact in facts if isinstance(fact, Charge)]
