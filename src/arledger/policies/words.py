"""Values of settings, as people read them.

The problem: ``DueAfterStart(days=4)`` and ``accrual.ACTUAL_365`` are Python, and whoever compares a policy with a lease
reads English. The decision: what has words of its own says them; the rest has them here.

Source: ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any

from arledger.allocation.named import NAMED_ORDERS
from arledger.billing.billing_type import BillingType, DueAfterInvoice, DueAfterStart, DueOnDay
from arledger.billing.taxes import Tax
from arledger.checks import name_of
from arledger.dates.workdays import BusinessDays
from arledger.money import Money
from arledger.rates import RateTable

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMESPACES = ("proration.",)


def words_of(value: Any) -> str:
    """A value in words.

    >>> from arledger import RENT_LAST, SETTLE_DUE, monthly, proration
    >>> words_of(None), words_of(True), words_of(RENT_LAST), words_of(SETTLE_DUE), words_of(proration.ACTUAL)
    ('none', 'yes', 'rent-last', 'due', 'actual')
    >>> words_of((BillingType("monthly", monthly(1), due=4, bill_offset_days=10),))
    'monthly: monthly(1), due 4 days after the start, billed 10 days before it, pulled on it'
    """
    if value is None or value == ():
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return _pair_text(value) if all(isinstance(one, Money) for one in value) else "; ".join(map(words_of, value))
    for kind, words in _WORDS.items():
        if isinstance(value, kind):
            return words(value)
    named = next((name for name, of in NAMED_ORDERS.items() if of.order is value or of.order == value), None)
    return named or _own_words(value)


def _own_words(value: Any) -> str:
    """What a value calls itself; constants of ours without the name of their module, and in lower case."""
    has_words = type(value).__str__ is not object.__str__
    text = str(value) if has_words else name_of(value)
    for namespace in _NAMESPACES:
        text = text.removeprefix(namespace)
    return text.lower().replace("_", " ") if text.isupper() or text.replace("_", "").isupper() else text


def _pair_text(pair: tuple[Money, ...]) -> str:
    return " to ".join(map(str, pair))
