"""Facts in few words, and outcomes as few words, for the tests of allocation.

Amounts are in Canadian dollars; dates are days of March 2026 unless they are written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from arledger import Allocation, Application, Category, Charge, Credit, Incoming, Money, OpenItem, Payment


def day(number: int) -> date:
    """That day of March 2026."""
    return date(2026, 3, number)


def cad(amount: str) -> Money:
    """So many Canadian dollars."""
    return Money(amount, "CAD")


def owed(name: str, amount: str, due: int = 1, **given: Any) -> Charge:
    """A charge."""
    return Charge(name, cad(amount), due=day(due), **given)


def tax(name: str, amount: str, about: str, due: int = 1, **given: Any) -> Charge:
    """A tax on another charge."""
    return owed(name, amount, due, category=Category.TAX, about=about, **given)


def paid(name: str, amount: str, received: int = 5, **given: Any) -> Payment:
    """A payment."""
    return Payment(name, cad(amount), received=day(received), **given)


def granted(name: str, amount: str, on: int = 5, **given: Any) -> Credit:
    """A credit."""
    return Credit(name, cad(amount), granted=day(on), **given)


def settles(source: str, charge: str, amount: str, on: int = 2, **given: Any) -> Application:
    """An earlier application."""
    return Application(source, charge, cad(amount), day(on), **given)


def placed(allocation: Allocation) -> list[tuple[str, str, str]]:
    """The lines: which money, to which charge, how much."""
    return [(line.source, line.charge, str(line.amount.amount)) for line in allocation.lines]


def given(allocation: Allocation) -> dict[str, str]:
    """What the lines of one piece of money gave to each charge, in their order."""
    assert len(allocation.money) == 1
    return {line.charge: str(line.amount.amount) for line in allocation.lines}


def left(allocation: Allocation) -> dict[str, str]:
    """What stays unapplied of each source."""
    return {name: str(money.amount) for name, money in allocation.unapplied.items()}


def still_open(allocation: Allocation) -> dict[str, str]:
    """What stays open of each charge."""
    return {name: str(money.amount) for name, money in allocation.open.items()}


def poured(incoming: Incoming, items: Iterable[OpenItem]) -> dict[str, int]:
    """An order of a user: item after item, as they are offered."""
    amounts, minor = {}, incoming.minor
    for item in items:
        amounts[item.id] = min(minor, item.offered_minor)
        minor -= amounts[item.id]
    return amounts


def from_the_back(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    """An order of a user: the last item first."""
    return poured(incoming, items[::-1])
