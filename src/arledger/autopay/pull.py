"""How much to pull: the amount rules, each by its name.

One namespace of values and functions, imported as a module so that it shadows nobody's variables; functions compose:

>>> from arledger import Money, pull
>>> print(pull.capped(pull.FULL_BALANCE, Money("1000", "USD")))
full balance, up to 1000.00 USD

A rule of your own is any function of the view that ``AmountRule`` describes:

>>> from arledger import PullView, where
>>> def utilities_only(view: PullView):
...     return {item.id: item.share * item.base_minor for item in view.items if item.charge.code == "WATER"}

Source: rules R9, R11 and R16.
"""

from __future__ import annotations

from arledger.autopay.rules import (
    AtLeast,
    Capped,
    FixedAmount,
    KeepPercent,
    KeepUnchanged,
    PercentOfBalance,
    RecurringOnly,
    SkippedOver,
)
from arledger.autopay.wanted import AmountRule
from arledger.money import Money
from arledger.rates import Percent

__all__ = [
    "FIXED",
    "FULL_BALANCE",
    "KEEP_PERCENT",
    "KEEP_UNCHANGED",
    "RECURRING_ONLY",
    "at_least",
    "capped",
    "percent_of_balance",
    "skipped_over",
]

KEEP_PERCENT = KeepPercent()
"""The share of every current charge as it now is; and of what the policy includes."""

KEEP_UNCHANGED = KeepUnchanged()
"""The stored amount; less, where the share of the regular charges that is payable is less."""

FIXED = FixedAmount()
"""The stored amount, whatever the balance."""

FULL_BALANCE = PercentOfBalance(Percent(100))
"""The share of all that is payable, whatever the policy includes."""

RECURRING_ONLY = RecurringOnly()
"""The share of the regular charges that is payable, of earlier periods too, whatever the policy includes."""


def percent_of_balance(percent: Percent) -> AmountRule:
    """So many percent of the share of all that is payable. Refused: what is not 0% to 100%."""
    return PercentOfBalance(percent)


def capped(rule: AmountRule, most: Money) -> AmountRule:
    """A rule, up to a maximum: what is above it is held back, from the last part up."""
    return Capped(rule, most)


def skipped_over(rule: AmountRule, most: Money) -> AmountRule:
    """A rule that pulls nothing at all where it would pull more than that."""
    return SkippedOver(rule, most)


def at_least(rule: AmountRule, minimum: Money) -> AmountRule:
    """A rule, and at least so much, as far as the share of what the rule takes allows."""
    return AtLeast(rule, minimum)
