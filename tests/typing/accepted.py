"""What must type-check: the public API as user code writes it. Read by mypy and pyright, never run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, assert_type

from arledger import (
    HALF_UP,
    OLDEST_FIRST,
    Allocation,
    Application,
    CashStep,
    Category,
    Charge,
    Context,
    Credit,
    CreditKind,
    Designation,
    Dispute,
    Explanation,
    Incoming,
    Key,
    Money,
    OpenItem,
    Order,
    Payment,
    Period,
    Ranking,
    Rounding,
    Selector,
    Taxes,
    Ties,
    allocate,
    any_payer,
    attribute,
    due_date,
    exact_match_first,
    first,
    in_order,
    in_turn,
    last,
    only,
    shared,
    split_by_weight,
    total,
    where,
)

cad = Money("12.34", "CAD")
assert_type(cad + Money(1, "CAD"), Money)
assert_type(-cad * 2, Money)
assert_type(cad.minor, int)
assert_type(cad.amount, Decimal)
assert_type(cad.over(cad), Fraction)
assert_type(cad.times(Fraction(1, 3), rounding=HALF_UP), Money)
assert_type(cad.times(1, rounding=CashStep(Money("0.05", "CAD"))), Money)
assert_type(total([cad, cad], "CAD"), Money)
assert_type(split_by_weight(cad, [1, Fraction(1, 3)]), tuple[Money, ...])


def to_tens(numerator: int, denominator: int, /) -> int:
    """A user's own rounding."""
    return numerator // (denominator * 10) * 10


rounding: Rounding = to_tens

rent = Charge(
    "R-03",
    Money("1800", "CAD"),
    due=date(2026, 3, 1),
    category=Category.RENT,
    period=Period(date(2026, 3, 1), date(2026, 4, 1)),
    disputed=Dispute(Money("40", "CAD"), since=date(2026, 3, 5)),
    tags=["north", "tower"],
    attributes={"rate": Fraction(1, 10), "security": "first"},
)
assert_type(rent.tags, tuple[str, ...])
assert_type(rent.posted, date)

paid = Payment(
    "P-17",
    Money("1820", "CAD"),
    received=date(2026, 3, 3),
    designations=[Designation("R-03", Money("500", "CAD")), Designation(where.code("PARK"))],
    restriction=where.rent | where.invoice("17") & ~where.past_due,
)
waived = Credit(
    "K-1", Money("5", "CAD"), granted=date(2026, 3, 3), kind=CreditKind.WAIVER, designations=(Designation("R-03"),)
)
selector: Selector = where.matching(lambda charge: charge.amount > Money("10", "CAD"))


def newest_half(incoming: Incoming, items: Sequence[OpenItem]) -> Mapping[str, int]:
    """A user's own order."""
    return {items[-1].id: min(incoming.minor, items[-1].offered_minor) // 2}


def by_length(item: OpenItem, context: Context) -> Any:
    """A user's own key."""
    return len(item.id), context.date


key: Key = by_length
orders: list[Order] = [
    OLDEST_FIRST,
    newest_half,
    Ranking(first(where.past_due), last(where.rent), due_date, ties=Ties.PRO_RATA, taxes=Taxes.TAX_FIRST),
    Ranking(by_length, attribute("rate").descending),
    Ranking(in_order(where.rent, where.tagged("north"), rest="refuse")),
    in_turn(only(where.rent, newest_half), any_payer(exact_match_first(OLDEST_FIRST))),
    shared(among="invoice", ties=Ties.EVENLY, then=newest_half),
]

result = allocate([paid, waived], (rent,), by=newest_half, applied=[], designations="first")
assert_type(result, Allocation)
assert_type(result.lines, tuple[Application, ...])
assert_type(result.unapplied, Mapping[str, Money])
assert_type(result.by_charge["R-03"].before, Money)
assert_type(result.explanation, Explanation)
assert_type(allocate(paid, [rent], by=OLDEST_FIRST).total_open, Money)
