"""Cuts an account on which two opinions differ down to what matters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import attrs

from arledger import ArledgerError, Charge, Money
from oracles.account import Account

_PLAINER = ("payer", "code", "invoice", "sequence", "restriction", "about")
_MOST_STEPS = 300


def smallest(account: Account, differs: Callable[[Account], bool]) -> Account:
    """An account that still differs, and of which, as a rule, nothing more can be taken away."""
    found = account
    for _ in range(_MOST_STEPS):
        smaller = next((one for one in _smaller(found) if _still(one, differs)), None)
        if smaller is None:
            break
        found = smaller
    return found


def _still(account: Account, differs: Callable[[Account], bool]) -> bool:
    try:
        return differs(account)
    except (ArledgerError, LookupError):
        return False  # taken apart too far: facts that no longer go together


def _smaller(account: Account) -> Iterator[Account]:
    """First with a fact less, then with a plainer one, then with a smaller amount."""
    for way in (_gone, _plainer, _lesser):
        for money in _with(account.money, way):
            yield replace(account, money=money)
        for charges in _with(account.charges, way):
            yield replace(account, charges=charges)
        for applied in _with(account.applied, way):
            yield replace(account, applied=applied)


def _with(facts: tuple[Any, ...], way: Callable[[Any], Iterator[tuple[Any, ...]]]) -> Iterator[tuple[Any, ...]]:
    """The facts with one of them replaced in some way."""
    for place, fact in enumerate(facts):
        for put in way(fact):
            yield *facts[:place], *put, *facts[place + 1 :]


def _gone(_fact: Any) -> Iterator[tuple[Any, ...]]:
    yield ()


def _plainer(fact: Any) -> Iterator[tuple[Any, ...]]:
    changes: list[dict[str, Any]] = [{name: None} for name in _PLAINER if getattr(fact, name, None) is not None]
    if isinstance(fact, Charge):
        changes += [{"disputed": False}] if fact.disputed else []
        changes += [{"attributes": ()}] if fact.attributes else []
        changes += [{"posted": fact.due}] if fact.posted != fact.due else []
    wishes: tuple[Any, ...] = getattr(fact, "designations", ())
    changes += [{"designations": (*wishes[:place], *wishes[place + 1 :])} for place in range(len(wishes))]
    return _changed(fact, changes)


def _lesser(fact: Any) -> Iterator[tuple[Any, ...]]:
    minor = fact.amount.minor
    amounts = {1, minor // 1000, minor // 2, minor - 1 if minor < 100 else 0} - {0, minor}
    return _changed(fact, [{"amount": Money.from_minor(less, fact.amount.currency)} for less in sorted(amounts)])


def _changed(fact: Any, changes: list[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for change in changes:
        try:
            yield (attrs.evolve(fact, **change),)
        except ArledgerError:
            continue
