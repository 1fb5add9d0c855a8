"""Orders that are wrong, each in its own way: the core must refuse them, or a law must catch them.

``REFUSED`` pairs an order with the message that the core refuses it with, on the case that ``refusal_case`` gives.
``CAUGHT`` pairs one with what it claims and the name of the law that catches it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, NamedTuple

from arledger import Charge, Incoming, Money, OpenItem, Payment, Ties
from arledger.allocation.pool import Pool, Proposal

DAY = date(2026, 3, 1)


def refusal_case() -> tuple[Payment, list[Charge]]:
    """10.00 of ann's, two charges that it may pay, and one of bob's."""
    charges = [
        Charge("C-1", Money("6.00", "CAD"), due=DAY),
        Charge("C-2", Money("7.00", "CAD"), due=DAY),
        Charge("C-3", Money("8.00", "CAD"), due=DAY, payer="bob"),
    ]
    return Payment("P-1", Money("10.00", "CAD"), received=DAY, payer="ann"), charges


def over_applies(incoming: Incoming, items: Sequence[OpenItem]) -> Any:
    return {items[0].id: items[0].offered_minor + 1}


def overspends(incoming: Incoming, items: Sequence[OpenItem]) -> Any:
    return {item.id: item.offered_minor for item in items}


def takes_back(incoming: Incoming, items: Sequence[OpenItem]) -> Any:
    return {items[0].id: -1, items[1].id: 1}


def in_floats(incoming: Incoming, items: Sequence[OpenItem]) -> Any:
    return {item.id: incoming.minor / len(items) for item in items}


def in_bools(incoming: Incoming, items: Sequence[OpenItem]) -> Any:
    return {item.id: bool(item.offered_minor) for item in items}


def in_money(incoming: Incoming, items: Sequence[OpenItem]) -> Any:
    return {items[0].id: items[0].open}


def in_decimals(incoming: Incoming, items: Sequence[OpenItem]) -> Any:
    return {items[0].id: Decimal(1)}


def of_a_stranger(incoming: Incoming, items: Sequence[OpenItem]) -> Any:
    return {"C-9": 1}


def of_another_payer(incoming: Incoming, items: Sequence[OpenItem]) -> Any:
    return {"C-3": 1}


def by_item(incoming: Incoming, items: Sequence[OpenItem]) -> Any:
    return {items[0]: 1}


def as_a_list(incoming: Incoming, items: Sequence[OpenItem]) -> Any:
    return [(items[0].id, 1)]


def as_nothing(incoming: Incoming, items: Sequence[OpenItem]) -> Any:
    return None


def that_fails(incoming: Incoming, items: Sequence[OpenItem]) -> Any:
    return {item.id: {"rent": 1}[str(item.charge.code)] for item in items}


class WithProposals:
    """Looks like an order of ours, and pays whom it likes."""

    def proposals(self, incoming: Incoming, pool: Pool) -> list[Proposal]:
        return [Proposal(self, dict(pool.widened().room))]

    def __call__(self, incoming: Incoming, items: Sequence[OpenItem]) -> Any:
        return {"C-3": incoming.minor}

    def __repr__(self) -> str:
        return "WithProposals()"


NOT_OFFERED = "was not offered for payment P-1; propose only charges among the items"
BOUNDS = "propose from 0 to item.offered_minor"
INTS = "propose ints of minor units"
MAPPING = "return {charge id: minor units}"

REFUSED: list[tuple[Any, str]] = [
    (over_applies, f"proposed 6.01 for charge C-1, which was offered 6.00; {BOUNDS}"),
    (overspends, "proposed 13.00 of payment P-1, which has 10.00; propose at most incoming.minor in all"),
    (takes_back, f"proposed -0.01 for charge C-1, which was offered 6.00; {BOUNDS}"),
    (in_floats, f"proposed float for charge C-1, not int; {INTS}"),
    (in_bools, f"proposed bool for charge C-1, not int; {INTS}"),
    (in_money, f"proposed Money for charge C-1, not int; {INTS}"),
    (in_decimals, f"proposed Decimal for charge C-1, not int; {INTS}"),
    (of_a_stranger, f"charge C-9 {NOT_OFFERED}"),
    (of_another_payer, f"charge C-3 {NOT_OFFERED}"),
    (as_a_list, f"proposed list, not a mapping; {MAPPING}"),
    (as_nothing, f"proposed None, not a mapping; {MAPPING}"),
    (that_fails, "failed on payment P-1 with KeyError: 'None'"),
    (WithProposals(), f"charge C-3 {NOT_OFFERED}"),
]


def drops_the_last_cent(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    return {items[0].id: min(incoming.minor, items[0].offered_minor) - 1}


def ignores_the_second(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    given, left = {}, incoming.minor
    for item in (*items[:1], *items[2:]):
        given[item.id] = min(left, item.offered_minor)
        left -= given[item.id]
    return given


def _poured(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    """Item after item, as they stand."""
    given, left = {}, incoming.minor
    for item in items:
        given[item.id] = min(left, item.offered_minor)
        left -= given[item.id]
    return given


def in_the_order_of_a_set(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    known = {item.id: item for item in items}
    return _poured(incoming, [known[name] for name in set(known)])


def by_hash(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    return _poured(incoming, sorted(items, key=lambda item: hash(item.id)))


def at_random(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    return _poured(incoming, random.sample(items, len(items)))


def with_a_memory() -> Callable[[Incoming, Sequence[OpenItem]], dict[str, int]]:
    """Every second call goes the other way."""
    calls = count()

    def turning(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
        return _poured(incoming, items if next(calls) % 2 else items[::-1])

    return turning


def by_where_it_lies() -> Callable[[Incoming, Sequence[OpenItem]], dict[str, int]]:
    """The charge objects that it saw last come first: the facts of another call, though equal, come out otherwise."""
    seen: list[Charge] = []

    def lying(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
        new = [item.charge for item in items if not any(item.charge is charge for charge in seen)]
        seen.extend(new)
        known_before = len(seen) > len(new)
        return _poured(incoming, items[::-1] if new and known_before else items)

    return lying


def lowers_the_charge(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    object.__setattr__(items[0].charge, "amount", Money.from_minor(1, incoming.currency))
    return _poured(incoming, items)


def relabels_the_charge(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    object.__setattr__(items[-1].charge, "code", "SEEN")
    return _poured(incoming, items)


def largest_open_first(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    return _poured(incoming, sorted(items, key=lambda item: -item.offered_minor))


def newest_on_even_days(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    return _poured(incoming, items if incoming.date.day % 2 else items[::-1])


def large_money_to_the_newest(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    return _poured(incoming, items if incoming.minor < 50 else items[::-1])


def half_of_each(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    given, left = {}, incoming.minor
    for item in items:
        given[item.id] = min(left, -(-item.offered_minor // 2))
        left -= given[item.id]
    for item in items:
        more = min(left, item.offered_minor - given[item.id])
        given[item.id] += more
        left -= more
    return given


def odd_cents_to_the_first(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    """All that flooring leaves goes to one charge: with three of them, that is up to two units too much."""
    offered = [item.offered_minor for item in items]
    minor = min(incoming.minor, sum(offered))
    parts = [minor * each // sum(offered) for each in offered]
    left = minor - sum(parts)
    for place, each in enumerate(offered):
        more = min(left, each - parts[place])
        parts[place] += more
        left -= more
    return {item.id: part for item, part in zip(items, parts, strict=True)}


def even_but_for_two_units(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    """Round after round of two units each."""
    given = {item.id: 0 for item in items}
    left = min(incoming.minor, sum(item.offered_minor for item in items), 400)
    while left:
        for item in items:
            more = min(2, left, item.offered_minor - given[item.id])
            given[item.id] += more
            left -= more
    return given


class Caught(NamedTuple):
    """An order that is wrong, what it claims, and the law that catches it; or another, where it breaks two."""

    make: Callable[[], Any]
    law: str
    claims: dict[str, Any] = {}  # noqa: RUF012  # read only
    or_law: str = ""


def the(order: Any) -> Callable[[], Any]:
    """An order that needs no making."""
    return lambda: order


TOTAL = {"exhaustive": True, "total": True}

CAUGHT: dict[str, Caught] = {
    "drops the last cent": Caught(the(drops_the_last_cent), "exhaustion", {"exhaustive": True}),
    "ignores the second": Caught(the(ignores_the_second), "exhaustion", {"exhaustive": True}),
    "in the order of a set": Caught(the(in_the_order_of_a_set), "hash seed"),
    "by hash": Caught(the(by_hash), "hash seed"),
    "at random": Caught(the(at_random), "same again"),
    "with a memory": Caught(with_a_memory, "same again"),
    "by where it lies": Caught(by_where_it_lies, "input order"),
    "lowers the charge": Caught(the(lowers_the_charge), "inputs unchanged"),
    "relabels the charge": Caught(the(relabels_the_charge), "inputs unchanged"),
    "largest open first, called total": Caught(the(largest_open_first), "in parts", TOTAL),
    "newest on even days, called total": Caught(the(newest_on_even_days), "one after another", TOTAL, "in parts"),
    "large money to the newest, called total": Caught(the(large_money_to_the_newest), "in parts", TOTAL),
    "half of each, called total": Caught(the(half_of_each), "one after another", TOTAL, "in parts"),
    "odd cents to the first, called pro rata": Caught(
        the(odd_cents_to_the_first), "shares in proportion", {"ties": Ties.PRO_RATA}
    ),
    "even but for two units, called even": Caught(the(even_but_for_two_units), "even shares", {"ties": Ties.EVENLY}),
    "over-applies": Caught(the(over_applies), "proposals"),
    "fails": Caught(the(that_fails), "proposals"),
}
