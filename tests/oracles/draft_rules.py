"""What the oracle of autopay drafts knows of amount rules: what each wants of the items that are not held.

Source: rules R11, R12 and R16, as written.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from oracles.draft_items import COMPOSED, NOTHING, ORDER, Books, Item, Rule, mode_of


class Wish(NamedTuple):
    """What a rule asks for."""

    wants: dict[str, Fraction]
    loose: int = 0
    most: int | None = None
    skips: int | None = None
    paid_counts: frozenset[str] = frozenset()


def wish_of(rule: Rule, items: Sequence[Item], books: Books, stored: int) -> Wish:
    """R11, R12: what a rule wants of the items that are not held."""
    name = rule[0]
    if name in COMPOSED:
        return composed(rule, wish_of(rule[1], items, books, stored), items)
    if name == "fixed":
        return Wish({}, stored)
    takes = {"recurring": ["arrears", "current"], "some more": ["current"], "half of all": ORDER[:-1]}
    parts = {"percent": rule[-1], "half of all": Fraction(1, 2)}
    wants, room, by_amount = dict[str, Fraction](), Fraction(stored), set[str]()
    for item in items:
        if name in {"keep percent", "keep unchanged"}:
            is_base = item.kind == "current" or (item.kind == "arrears" and name == "keep unchanged")
            if not is_base and item.kind not in books.boxes:
                continue
            want = item.share * item.base
            if name == "keep percent" and is_base:
                want = item.share * (item.charge.amount.minor - books.disputed.get(item.charge.id, 0))
                by_amount.add(item.charge.id)
            if is_base and name == "keep unchanged" and not books.policy.includes.pays_everything:
                want = min(want, room)
                room -= want
        elif item.kind in takes.get(name, ORDER[:6]):
            base = item.payable if name == "half of all" else item.base
            want = item.share * base * parts.get(name, Fraction(1))
        else:
            continue
        wants[item.charge.id] = want
    return Wish(wants, 7 if name == "some more" else 0, paid_counts=frozenset(by_amount))


def composed(rule: Rule, inner: Wish, items: Sequence[Item]) -> Wish:
    """A rule with a maximum or a minimum around it; of two maxima the lower counts."""
    name, _, limit = rule
    if name == "capped":
        return inner._replace(most=limit if inner.most is None else min(limit, inner.most))
    if name == "skipped over":
        return inner._replace(skips=limit if inner.skips is None else min(limit, inner.skips))
    return raised(inner, items, limit, is_fixed=mode_of(rule) == "fixed")


def raised(wish: Wish, items: Sequence[Item], least: int, *, is_fixed: bool) -> Wish:
    """R16: raised from the first item on, to the share of what is payable of what the rule takes."""
    lack = least - sum(wish.wants.values(), Fraction(wish.loose))
    if is_fixed:
        return wish._replace(loose=max(least, wish.loose))
    for item in items:
        if lack > 0 and item.charge.id in wish.wants:
            more = min(lack, max(NOTHING, item.share * item.base - wish.wants[item.charge.id]))
            wish.wants[item.charge.id] += more
            lack -= more
    return wish
