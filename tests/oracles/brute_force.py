"""The oracle that tries every split of a small total.

What a split by largest remainder is, in words: every part is its exact quota rounded down or up; those rounded up are
the ones with the largest remainders; of equal remainders, the earlier. Each of these is a number that a split can be
judged by; the best of all splits that there are is the right one. It shares between the charges of a rank, and between
a charge and the taxes on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import groupby
from math import ceil, floor
from typing import Any

from arledger import Category, Charge, Credit
from oracles.account import Account, Outcome


def splits(units: int, rooms: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Every way to hand out so many units, no part above its room."""
    if not rooms:
        if not units:
            yield ()
        return
    for part in range(min(units, rooms[0]) + 1):
        for rest in splits(units - part, rooms[1:]):
            yield part, *rest


@cache
def best_split(units: int, weights: tuple[int, ...]) -> tuple[int, ...]:
    """The split that the definition of the largest remainder asks for."""
    quotas = [Fraction(units * weight, sum(weights)) for weight in weights]

    def badness(parts: tuple[int, ...]) -> tuple[int, Fraction, list[int]]:
        pairs = list(zip(parts, quotas, strict=True))
        out_of_quota = sum(part not in {floor(quota), ceil(quota)} for part, quota in pairs)
        remainders_met = sum((quota - floor(quota) for part, quota in pairs if part > quota), Fraction(0))
        return out_of_quota, -remainders_met, [-part for part in parts]

    return min(splits(units, weights), key=badness)


def _rank_of(name: str, charge: Charge, day: date) -> tuple[Any, ...]:
    if name == "pro-rata":
        return ()
    if name == "oldest-first":
        return charge.due, *_sequence(charge)
    assert name == "due-then-dearer"
    rate = charge.attribute("rate")
    assert not isinstance(rate, str)
    ladder = (2, 0) if rate is None else (1, -rate)
    return charge.due > day, *ladder, charge.due


def _sequence(charge: Charge) -> tuple[Any, ...]:
    return charge.posted, charge.sequence is None, charge.sequence or 0, charge.id


NAMES = ("pro-rata", "due-then-dearer", "oldest-first")


def best_of_all_splits(account: Account, name: str) -> Outcome:
    """What the named order does, by trying; for payers and taxes, and without any other feature."""
    charges = {charge.id: charge for charge in account.charges}
    left = {charge.id: charge.amount.minor for charge in account.charges}
    unapplied: dict[str, int] = {}
    paid: dict[tuple[str, str], int] = {}

    def root(charge: Charge) -> Charge:
        parent = charges.get(charge.about or "") if charge.category is Category.TAX else None
        return charge if parent is None else root(parent)

    def day(source: Any) -> date:
        found: date = source.granted if isinstance(source, Credit) else source.received
        return found

    for source in sorted(
        account.money, key=lambda s: (day(s), not isinstance(s, Credit), s.sequence is None, s.sequence or 0, s.id)
    ):
        units = source.amount.minor
        mine = [c for c in account.charges if left[c.id] and c.payer in {None, source.payer}]
        mine.sort(
            key=lambda charge: (charge.about is not None and root(charge) != charge, charge.due, *_sequence(charge))
        )
        roots = sorted({root(charge).id for charge in mine}, key=lambda name_: _sequence(charges[name_]))
        ranks = {lead: _rank_of(name, charges[lead], day(source)) for lead in roots}
        for _, leads in groupby(sorted(roots, key=ranks.__getitem__), ranks.__getitem__):
            groups = [[charge.id for charge in mine if root(charge).id == lead] for lead in leads]
            rooms = tuple(sum(left[charge] for charge in group) for group in groups)
            placed = min(units, sum(rooms))
            units -= placed
            for group, part in zip(groups, best_split(placed, rooms), strict=True):
                for charge, minor in zip(group, best_split(part, tuple(left[c] for c in group)), strict=True):
                    left[charge] -= minor
                    if minor:
                        paid[source.id, charge] = minor
        unapplied[source.id] = units
    return Outcome(paid, left, unapplied)
