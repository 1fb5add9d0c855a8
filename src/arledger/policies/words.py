"""Values of settings, as people read them.

The problem: ``DueAfterStart(days=4)`` and ``accrual.ACTUAL_365`` are Python, and whoever compares a policy with a lease
reads English. The decision: what has words of its own says them; the rest has them here.

Source: ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any

from arledger.allocation.named import NAMED_ORDERS
from arledger.billing.billing_type import BillingType, DueAfterInvoice, DueAfterStart, DueOnDay
from arledger.billing.proration import STANDARD, FixedDivisor
from arledger.billing.taxes import Tax
from arledger.checks import name_of
from arledger.dates.frequency import is_frequency
from arledger.dates.workdays import BusinessDays
from arledger.money import Money
from arledger.rates import RateTable, number_text

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CONSTANT = re.compile(r"(?:proration\.)?([A-Z][A-Z0-9_]*)")
_DATE = re.compile(r"datetime\.date\((\d+), (\d+), (\d+)\)")


def words_of(value: Any) -> str:
    """A value in words.

    >>> from arledger import RENT_LAST, SETTLE_DUE, monthly, proration
    >>> words_of(None), words_of(True), words_of(RENT_LAST), words_of(SETTLE_DUE), words_of(proration.ACTUAL)
    ('none', 'yes', 'rent-last', 'due', 'actual')
    >>> words_of((BillingType("monthly", monthly(1), due=4, bill_offset_days=10),))
    'monthly: monthly(1), billed 10 days before its start, due 4 days after its start'
    """
    if value is None or value in ((), ""):
        return "none"
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return _joined(value)
    for kind, words in _WORDS.items():
        if isinstance(value, kind):
            return words(value)
    named = next((name for name, known in NAMED_ORDERS.items() if known.order == value), None)
    return named or _own_words(value)


def _joined(values: tuple[Any, ...]) -> str:
    """Values in words: a range of sums, or a list, of which the parts may have commas of their own."""
    texts = list(map(words_of, values))
    if all(isinstance(value, Money) for value in values):
        return " to ".join(texts)
    return ("; " if any(", " in text for text in texts) else ", ").join(texts)


def _own_words(value: object) -> str:
    """What a value calls itself; a constant of ours as words."""
    has_words = type(value).__str__ is not object.__str__
    text = str(value) if has_words else name_of(value)
    constant = _CONSTANT.fullmatch(text)
    if constant:
        return constant[1].lower().replace("_", " ")
    return _DATE.sub(lambda day: str(date(int(day[1]), int(day[2]), int(day[3]))), text)


def _enum_words(value: Enum) -> str:
    return str(value.value).replace("_", " ")


def _type_words(kind: BillingType) -> str:
    """A billing type, with the days of its bill, its due date and its pull where they are not those of its start."""
    cycle = f"{_own_words(kind.cycle)}{'' if is_frequency(kind.cycle) else ' from the start of the lease'}"
    days = [
        ("billed", _after(-kind.bill_offset_days)),
        ("due", "" if kind.due == DueAfterStart() else words_of(kind.due)),
        ("pulled", _after(kind.autopay_offset_days)),
        ("moved to the", "" if kind.business_days is None else words_of(kind.business_days)),
    ]
    return ", ".join([f"{kind.name}: {cycle}", *(f"{what} {when}" for what, when in days if when)])


def _after(days: int, what: str = "its start") -> str:
    """So many days after something, or before it; nothing where it is on the day."""
    count = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return f"{count} {'after' if days > 0 else 'before'} {what}" if days else ""


def _tax_words(tax: Tax) -> str:
    more = f" and on {', '.join(tax.on_top_of)}" if tax.on_top_of else ""
    return f"{tax.code} {words_of(tax.rates)} on {', '.join(tax.codes)}{more}"


def _business_words(days: BusinessDays) -> str:
    closed = [*(_WEEKDAYS[day] for day in days.weekend), *map(str, days.holidays)]
    return f"{days.convention.replace('_', ' ')} business day, closed on {', '.join(closed) if closed else 'no day'}"


_WORDS: dict[type, Callable[[Any], str]] = {
    Enum: _enum_words,
    BillingType: _type_words,
    DueAfterStart: lambda due: _after(due.days),
    DueAfterInvoice: lambda due: _after(due.days, "the bill") or "with the bill",
    DueOnDay: lambda due: f"on day {due.day} of the month" if isinstance(due.day, int) else "on the last of the month",
    FixedDivisor: lambda divisor: (
        "standard" if divisor == STANDARD else f"a month of {number_text(divisor.divisor)} days"
    ),
    Tax: _tax_words,
    RateTable: lambda table: ", ".join(map(str, table.rates)),
    BusinessDays: _business_words,
}
