"""What an order may promise beyond what every order keeps: functions that look for a breach, in words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from arledger.allocation.order import Order
from arledger.allocation.ranking import Ranking, Ties
from arledger.entries import Credit, Payment
from arledger.items import Context, OpenItem, incoming_of
from arledger.money import money_of
from arledger.testing.cases import Account
from arledger.testing.decisions import bar_between, cents, decided, is_wished, undisputed


def not_exhausted(order: Order, account: Account) -> str | None:
    """Money left, and a charge that it may pay."""
    result = decided(order, account)
    charges = {charge.id: charge for charge in account.charges}
    for source in account.money:
        left = result.unapplied[source.id]
        context = Context(incoming_of(source, source.amount.minor), charges)
        for charge in account.charges if left else ():
            if is_wished(source, charge, context, account) or bar_between(order, source, charge, context, account):
                continue
            offered = undisputed(charge, result.open[charge.id].minor, context.date)
            if offered:
                return (
                    f"{left} of {source.id} stays unapplied, though it may pay {cents(offered, result)} of {charge.id}"
                )
    return None


def begun_before_settled(order: Order, account: Account) -> str | None:
    """Two charges that are both paid in part."""
    result = decided(order, account)
    left = {charge.id: charge.amount.minor for charge in account.charges}
    for name, movement in result.by_source.items():
        for line in movement.lines:
            left[line.charge] -= line.amount.minor
        begun = [charge.id for charge in account.charges if 0 < left[charge.id] < charge.amount.minor]
        if len(begun) > 1:
            return f"after {name}, {' and '.join(begun)} are both paid in part"
    return None


def parts_differ(order: Order, account: Account) -> str | None:
    """A payment that leads elsewhere in two parts."""
    whole = account.money[0]
    at_once = decided(order, attrs.evolve(account, money=(whole,)))
    minor, currency = whole.amount.minor, whole.amount.currency
    for first in sorted({1, minor // 2, minor - 1} - {0, minor}):
        pieces = [
            attrs.evolve(whole, id=f"{whole.id}/{number}", amount=money_of(part, currency))
            for number, part in enumerate((first, minor - first), start=1)
        ]
        in_parts = decided(order, attrs.evolve(account, money=pieces))
        for name, left in at_once.open.items():
            if in_parts.open[name] != left:
                parts = f"{cents(first, at_once)} and then {cents(minor - first, at_once)}"
                return f"{whole.amount} leaves {left} of {name} open; {parts} leave {in_parts.open[name]}"
    return None


def calls_differ(order: Order, account: Account) -> str | None:
    """Money that leads elsewhere in two calls."""
    at_once = decided(order, account)
    for cut in range(1, len(at_once.money)):
        first = decided(order, attrs.evolve(account, money=at_once.money[:cut]))
        second = decided(order, attrs.evolve(account, money=at_once.money[cut:]), first.lines)
        if (*first.lines, *second.lines) != at_once.lines:
            names = ", ".join(source.id for source in at_once.money[:cut])
            return f"to place {names} in a call before the rest leads elsewhere than one call for all"
    return None


def off_proportion(order: Order, account: Account) -> str | None:
    """A share that is not in proportion."""
    return _shares_off(order, account, Ties.PRO_RATA)


def off_even(order: Order, account: Account) -> str | None:
    """A share that is not even."""
    return _shares_off(order, account, Ties.EVENLY)


def _shares_off(order: Order, account: Account, ties: Ties) -> str | None:
    source = account.money[0]
    result = decided(order, attrs.evolve(account, money=(source,)))
    begun: str | None = None
    for ids, open_minor in _tied(order, account, source):
        taken = [result.by_charge[name].before.minor - result.by_charge[name].after.minor for name in ids]
        if begun is not None and any(taken):
            return f"{source.id} pays {ids[0]}, while {begun}, of an earlier rank, is not settled"
        for name, share, exact in zip(ids, taken, _exact_shares(ties, sum(taken), open_minor), strict=True):
            if abs(share - exact) >= 1:
                return f"{name} gets {cents(share, result)}; its exact share is {exact} minor units"
        if sum(taken) < sum(open_minor):
            begun = ids[0]
    return None


def _tied(order: Order, account: Account, source: Payment | Credit) -> list[tuple[list[str], list[int]]]:
    """The ids and open amounts of charges that share: those that a ranking's keys leave equal, the first rank first.

    In an order that is no ranking all charges do.
    """
    keys = order.keys if isinstance(order, Ranking) else ()
    result = decided(order, attrs.evolve(account, money=(_all_of(account, source),)))
    charges = {charge.id: charge for charge in account.charges}
    context = Context(incoming_of(source, source.amount.minor), charges)
    groups: dict[tuple[object, ...], tuple[list[str], list[int]]] = {}
    for line in result.lines:
        charge = charges[line.charge]
        item = OpenItem(charge, charge.amount.minor)
        ids, open_minor = groups.setdefault(tuple(key(item, context) for key in keys), ([], []))
        ids.append(charge.id)
        open_minor.append(charge.amount.minor)
    return list(groups.values())


def _all_of(account: Account, source: Payment | Credit) -> Payment | Credit:
    """The same money, as much of it as all charges come to: it shows the order of the ranks."""
    owed = sum(charge.amount.minor for charge in account.charges)
    return attrs.evolve(source, amount=money_of(owed, source.amount.currency))


def _exact_shares(ties: Ties, minor: int, open_minor: Sequence[int]) -> list[Fraction]:
    if ties is Ties.PRO_RATA:
        return [Fraction(minor * each, sum(open_minor)) for each in open_minor]
    left, level = Fraction(minor), Fraction(0)
    for place, each in enumerate(sorted(open_minor)):
        level = min(Fraction(each), left / (len(open_minor) - place))
        if level < each:
            break
        left -= each
    return [min(Fraction(each), level) for each in open_minor]
