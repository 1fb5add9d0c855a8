"""What oracles speak of: an account to decide on, what came of it, and what selectors mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from arledger import Allocation, Application, Category, Charge, Credit, Order, Payment, Selector, allocate, where
from arledger.allocation.records import Designations

Source = Payment | Credit
Meaning = tuple[str, tuple[str, ...]]

MEANINGS: Mapping[Selector, Meaning] = {
    where.rent: ("category", ("rent",)),
    where.category(Category.LATE_FEE, Category.UTILITY): ("category", ("late_fee", "utility")),
    where.category(Category.TAX): ("category", ("tax",)),
    where.code("PARK"): ("code", ("PARK",)),
    where.code("SERV", "FEE"): ("code", ("SERV", "FEE")),
    where.invoice("I1"): ("invoice", ("I1",)),
    where.invoice("I2", "I3"): ("invoice", ("I2", "I3")),
    where.past_due: ("past due", ()),
}
"""The selectors that accounts are drawn with, each in words that oracles evaluate by themselves."""
SELECTORS = tuple(MEANINGS)


@dataclass(frozen=True)
class Account:
    """The arguments of one call."""

    charges: tuple[Charge, ...]
    money: tuple[Source, ...]
    applied: tuple[Application, ...] = ()
    designations: Designations = "only"


@dataclass(frozen=True)
class Outcome:
    """What each source pays of each charge, what stays open and what stays unapplied, all in minor units."""

    paid: dict[tuple[str, str], int]
    open: dict[str, int]
    unapplied: dict[str, int]


def allocated(account: Account, by: Order) -> Allocation:
    """What arledger decides."""
    return allocate(account.money, account.charges, by=by, applied=account.applied, designations=account.designations)


def outcome_of(allocation: Allocation) -> Outcome:
    """An allocation as oracles state it; read from its public views."""
    paid: dict[tuple[str, str], int] = {}
    for line in allocation.lines:
        pair = (line.source, line.charge)
        paid[pair] = paid.get(pair, 0) + line.amount.minor
    return Outcome(
        paid,
        {name: money.minor for name, money in allocation.open.items()},
        {name: money.minor for name, money in allocation.unapplied.items()},
    )
