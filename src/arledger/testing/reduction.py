"""From an account that breaks a law to a small one that still does.

The problem: an account that was drawn has five charges with a dozen fields each, and amounts of eighteen digits; what
breaks the law is two of them and a cent. The decision: try what is simpler, fact by fact and field by field, and keep
it where the law still breaks, until nothing simpler does. What a user's own strategy drew is only ever left out, since
nobody but the user knows what else their order may be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

import attrs

from arledger.entries import Charge, Credit, Payment
from arledger.errors import ArledgerError
from arledger.money import Money
from arledger.testing.cases import Account

MOST_TRIES = 3000
"""After so many tries the smallest account so far is good enough."""

Fact = Charge | Credit | Payment
T = TypeVar("T")


def smallest(account: Account, breaks: Callable[[Account], bool], *, leaves_out_only: bool) -> Account:
    """The smallest account that can be found from this one on which the law still breaks."""
    tries = 0
    found = True
    while found and tries < MOST_TRIES:
        found = False
        for simpler in _simpler(account, leaves_out_only=leaves_out_only):
            tries += 1
            if breaks(simpler):
                account, found = simpler, True
                break
    return account


def _simpler(account: Account, *, leaves_out_only: bool) -> Iterator[Account]:
    """Accounts that are a step simpler, the longest steps first."""
    for field in ("charges", "money"):
        facts = getattr(account, field)
        for place in range(len(facts) if len(facts) > 1 else 0):
            yield _with(account, field, facts[:place] + facts[place + 1 :])
    if leaves_out_only:
        return
    if account.designations != "only":
        yield attrs.evolve(account, designations="only")
    for field in ("charges", "money"):
        facts = getattr(account, field)
        for place, fact in enumerate(facts):
            for other in _simpler_facts(fact, _first_day(account)):
                yield _with(account, field, _replaced(facts, place, other))
    yield from _smaller(account)


def _with(account: Account, field: str, facts: Any) -> Account:
    changes: dict[str, Any] = {field: facts}
    return attrs.evolve(account, **changes)


def _first_day(account: Account) -> Any:
    return min(charge.due for charge in account.charges)


def _replaced(values: Sequence[T], place: int, value: T) -> tuple[T, ...]:
    return (*values[:place], value, *values[place + 1 :])


def _simpler_facts(fact: Fact, first_day: Any) -> Iterator[Any]:
    """The fact with one of its fields absent, or on the first day."""
    own_day = "due" if isinstance(fact, Charge) else "granted" if isinstance(fact, Credit) else "received"
    for field in attrs.fields(type(fact)):
        value = getattr(fact, field.name)
        simple = field.default
        if field.name == own_day:
            simple = first_day
        elif field.name == "posted":
            simple = getattr(fact, own_day)
        if field.init and field.name not in ("id", "amount") and value != simple:
            changes = {field.name: simple}
            if field.name == own_day and fact.posted == value:
                changes["posted"] = simple
            yield from _valid(partial(attrs.evolve, fact, **changes))
    if not isinstance(fact, Charge):
        for place in range(len(fact.designations)):
            wishes = fact.designations[:place] + fact.designations[place + 1 :]
            yield from _valid(partial(attrs.evolve, fact, designations=wishes))


def _smaller(account: Account) -> Iterator[Account]:
    """Smaller amounts: of all facts of one amount, of one fact, of a charge and of money by as much."""
    minors = {fact.amount.minor for fact in (*account.charges, *account.money)}
    for minor in sorted(minors, reverse=True):
        for less in sorted({1, 2, 3, minor // 10**6, minor // 100, minor // 2, minor - 1}):
            if 0 < less < minor:
                yield from _valid(partial(_with_amounts, account, minor, less))
                for fact in (*account.charges, *account.money):
                    if fact.amount.minor == minor:
                        yield from _valid(partial(_lowered, account, (fact.id,), fact, less))
                for charge in account.charges:
                    for source in account.money if charge.amount.minor == minor else ():
                        pair = (charge.id, source.id)
                        yield from _valid(partial(_lowered, account, pair, charge, less))


def _with_amounts(account: Account, minor: int, less: int) -> Account:
    """With another amount wherever there was this one."""
    ids = [fact.id for fact in (*account.charges, *account.money) if fact.amount.minor == minor]
    fact = next(fact for fact in (*account.charges, *account.money) if fact.amount.minor == minor)
    return _lowered(account, ids, fact, less)


def _lowered(account: Account, ids: Sequence[str], fact: Fact, less: int) -> Account:
    """With the amounts of these facts lower by what the fact has more than ``less``."""
    by = fact.amount.minor - less

    def lower(one: Any) -> Any:
        if one.id not in ids:
            return one
        return attrs.evolve(one, amount=Money.from_minor(one.amount.minor - by, one.amount.currency))

    return attrs.evolve(account, charges=map(lower, account.charges), money=map(lower, account.money))


def _valid(make: Callable[[], T]) -> Iterator[T]:
    """What can be made, or nothing where the facts refuse it."""
    try:
        yield make()
    except ArledgerError:
        return
