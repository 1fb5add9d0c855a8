"""Settings that files of several kinds have in common: amounts, rates, roundings, frequencies, categories.

Source: ours; the frequencies are those of the vendor's "Billing Policy".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from arledger.currencies import currency_digits
from arledger.dates.frequency import (
    Frequency,
    every_two_weeks,
    half_yearly,
    monthly,
    quarterly,
    twice_a_month,
    weekly,
    yearly,
)
from arledger.dates.months import LAST, DayOfMonth
from arledger.entries import Category
from arledger.errors import ArledgerError, InvalidType
from arledger.interchange.cells import category_of
from arledger.interchange.settings import (
    Table,
    day_setting,
    number_setting,
    text_setting,
    texts_setting,
    whole_number_setting,
    word_setting,
)
from arledger.money import Money
from arledger.rates import Percent, Rate
from arledger.rounding import DOWN, HALF_EVEN, HALF_UP, UP

ROUNDINGS = {"half_up": HALF_UP, "half_even": HALF_EVEN, "up": UP, "down": DOWN}
FREQUENCIES: dict[str, Callable[..., Frequency]] = {
    "weekly": weekly,
    "every_two_weeks": every_two_weeks,
    "twice_a_month": twice_a_month,
    "monthly": monthly,
    "quarterly": quarterly,
    "half_yearly": half_yearly,
    "yearly": yearly,
    # other words for the same
    "fortnightly": every_two_weeks,
    "biweekly": every_two_weeks,
    "semi_monthly": twice_a_month,
    "semi_annually": half_yearly,
    "annually": yearly,
}
FREQUENCY_HINT = "write weekly, every two weeks, twice a month, monthly, quarterly, half yearly or yearly"
_WEEKS = (weekly, every_two_weeks)
_WEEKDAYS = {
    day: number
    for number, day in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_ANY_CURRENCY = "CLF"  # of four decimals: where a file has no currency, amounts are only read as numbers


def currency_setting(value: Any) -> str:
    """A currency by its code."""
    code = text_setting(value)
    currency_digits(code)
    return code


def category_setting(value: Any) -> Category:
    """A category by its name."""
    return category_of(text_setting(value))


def percent_setting(value: Any) -> Percent:
    """A rate in percent: 5, or "5%"."""
    number = number_setting(value)
    return Percent(number.removesuffix("%").rstrip() if isinstance(number, str) else number)


def money_reader(currency: str | None) -> Callable[[Any], Money]:
    """What reads an amount of the file's currency."""

    def money(value: Any) -> Money:
        return Money(number_setting(value), currency or _ANY_CURRENCY)

    return money


def weekend_setting(value: Any) -> list[int]:
    """Weekdays, by their names."""
    return [word_setting(_WEEKDAYS)(day) for day in texts_setting(value)]


def day_of_month_setting(value: Any) -> DayOfMonth:
    """A day of the month, or "last"."""
    last: dict[str, DayOfMonth] = {LAST: LAST}
    return word_setting(last)(value) if isinstance(value, str) else whole_number_setting(value)


def start_setting(value: Any) -> date | DayOfMonth:
    """Where periods start: a day of the month, "last", or a day."""
    return day_setting(value) if isinstance(value, date) else day_of_month_setting(value)


def frequency_of(
    table: Table,
    make: Callable[..., Frequency],
    start: date | DayOfMonth,
    *,
    hint: str = "write a day such as 2026-01-05, on which weeks start",
) -> Frequency | None:
    """The frequency of that name and start; ``second`` and ``month`` stand beside it, where it has them."""
    given = beside_start(table, make)
    if make in _WEEKS and not isinstance(start, date):
        table.note("start", InvalidType("is no day", hint=hint))
        return None
    try:
        return make(start, **given)
    except ArledgerError as error:
        table.note(error.field if error.field in given else "start", error)
        return None


def beside_start(table: Table, make: Callable[..., Frequency]) -> dict[str, Any]:
    """What stands beside the start of a frequency."""
    more = {
        "second": table.optional("second", start_setting) if make is twice_a_month else None,
        "month": table.optional("month", whole_number_setting) if make in {quarterly, half_yearly, yearly} else None,
    }
    return {name: value for name, value in more.items() if value is not None}


def rate_of(table: Table) -> Rate | None:
    """A dated rate."""
    values = {
        "percent": table.required("percent", percent_setting),
        "since": table.optional("since", day_setting),
        "until": table.optional("until", day_setting),
    }
    return table.made(Rate, values)
