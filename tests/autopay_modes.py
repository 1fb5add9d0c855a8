"""Amount rules in words and numbers, as they are drawn and as the oracle reads them, and what arledger has for them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from arledger import ItemClass, Money, Percent, PullView, Wanted, pull
from arledger.autopay.wanted import AmountRule

Rule = tuple[Any, ...]
"""An amount rule in words and numbers: its name, and what it is made of."""

MODES: tuple[Rule, ...] = (
    ("keep percent",),
    ("keep percent",),
    ("keep unchanged",),
    ("keep unchanged",),
    ("fixed",),
    ("percent", Fraction(1)),
    ("percent", Fraction(1, 3)),
    ("recurring",),
    ("half of all",),
    ("some more",),
)
STORED = ("keep unchanged", "fixed")


def cad(minor: int) -> Money:
    """So many cents."""
    return Money.from_minor(minor, "CAD")


def half_of_all(view: PullView) -> dict[str, Fraction]:
    """A rule of one's own: half the share of whatever is payable."""
    return {item.id: item.share * item.payable_minor / 2 for item in view.items}


def some_more(view: PullView) -> Wanted:
    """A rule of one's own: the share of what is current, and seven cents for nothing in particular."""
    return Wanted(view.by_payable(ItemClass.CURRENT), undesignated_minor=7)


def rule_of(plain: Rule) -> AmountRule:
    """The rule that the words are for."""
    name, *parts = plain
    if name in {"capped", "skipped over", "at least"}:
        compose = {"capped": pull.capped, "skipped over": pull.skipped_over, "at least": pull.at_least}[name]
        return compose(rule_of(parts[0]), cad(parts[1]))
    if name == "percent":
        return pull.percent_of_balance(Percent(parts[0] * 100))
    named: dict[str, AmountRule] = {
        "keep percent": pull.KEEP_PERCENT,
        "keep unchanged": pull.KEEP_UNCHANGED,
        "fixed": pull.FIXED,
        "recurring": pull.RECURRING_ONLY,
        "half of all": half_of_all,
        "some more": some_more,
    }
    return named[name]


def mode_of(plain: Rule) -> str:
    """The word of the rule inside."""
    while plain[0] in {"capped", "skipped over", "at least"}:
        plain = plain[1]
    return str(plain[0])
