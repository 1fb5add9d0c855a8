"""The cases that laws are tried on.

An ``Account`` is what one call of ``allocate`` is given, without the order. It prints as code that can be pasted into a
test: only what differs from the defaults, since the smallest account that breaks a law is small for being read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import attrs

from arledger.allocation.records import Designations
from arledger.entries import Category, Charge, Credit, CreditKind, Designation, Payment

T = TypeVar("T")


def _as_charges(charges: Iterable[Charge]) -> tuple[Charge, ...]:
    return tuple(charges)


def _as_money(money: Iterable[Payment | Credit]) -> tuple[Payment | Credit, ...]:
    return tuple(money)


@attrs.frozen(order=False)
class Account:
    """Charges, the money that is to settle them, and what is to become of designated money."""

    charges: tuple[Charge, ...] = attrs.field(converter=_as_charges)
    money: tuple[Payment | Credit, ...] = attrs.field(converter=_as_money)
    designations: Designations = "only"

    def __str__(self) -> str:
        lines = ["charges = [", *(f"    {code_of(charge)}," for charge in self.charges), "]"]
        lines += ["money = [", *(f"    {code_of(source)}," for source in self.money), "]"]
        if self.designations != "only":
            lines.append(f"designations = {self.designations!r}")
        return "\n".join(lines)


def code_of(fact: Charge | Credit | Payment) -> str:
    """A fact as code that makes it, without what is absent or follows from the rest."""
    required = ("id", "amount")
    derived = {"posted": fact.due if isinstance(fact, Charge) else fact.day}
    parts = [repr(getattr(fact, name)) for name in required]
    for field in attrs.fields(type(fact)):
        value = getattr(fact, field.name)
        if field.init and field.name not in required and value != derived.get(field.name, field.default):
            parts.append(f"{field.name}={value!r}")
    return f"{type(fact).__name__}({', '.join(parts)})"


def plain_of(account: Account) -> Account:
    """The account without bars and wishes: no payers, designations, restrictions, disputes, trust money, shared taxes.

    What promises of total and shared orders are about: on it, who is paid is the order's decision alone.
    """
    return Account(tuple(map(_plain_charge, account.charges)), tuple(map(_plain_money, account.money)))


def _plain_charge(charge: Charge) -> Charge:
    about = None if charge.category is Category.TAX else charge.about
    return attrs.evolve(charge, payer=None, disputed=False, about=about)


def _plain_money(source: Payment | Credit) -> Payment | Credit:
    if isinstance(source, Credit):
        kind = CreditKind.ADJUSTMENT if source.forgives else source.kind
        return attrs.evolve(source, payer=None, designations=(), kind=kind)
    return attrs.evolve(source, payer=None, designations=(), restriction=None, fund="operating")


def rebuilt(account: Account, name: Callable[[str], str]) -> Account:
    """The same account from new facts, made in the opposite order, each id passed through ``name``."""

    def charge_again(charge: Charge) -> Charge:
        about = None if charge.about is None else name(charge.about)
        return attrs.evolve(charge, id=name(charge.id), about=about)

    def source_again(source: Payment | Credit) -> Payment | Credit:
        wishes = [
            Designation(name(wish.to) if isinstance(wish.to, str) else wish.to, wish.amount)
            for wish in source.designations
        ]
        return attrs.evolve(source, id=name(source.id), designations=wishes)

    return attrs.evolve(
        account,
        charges=_backwards(charge_again(charge) for charge in reversed(account.charges)),
        money=_backwards(source_again(source) for source in reversed(account.money)),
    )


def _backwards(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(reversed(tuple(values)))
