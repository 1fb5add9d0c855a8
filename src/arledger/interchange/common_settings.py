"""Settings that files of several kinds have in common: sums, rates, roundings, frequencies, categories, business days.

Source: ours; the frequencies are those of the vendor's "Billing Policy".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

import attrs

from arledger.billing import accrual
from arledger.billing.accrual import Accrual
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
from arledger.dates.workdays import BusinessDays
from arledger.entries import Category
from arledger.errors import ArledgerError, Conflict, InvalidType, InvalidValue
from arledger.interchange.cells import ANY_CURRENCY, category_of
from arledger.interchange.problems import problem_of
from arledger.interchange.settings import (
    Table,
    day_setting,
    days_setting,
    number_setting,
    text_setting,
    texts_setting,
    whole_number_setting,
    word_setting,
)
from arledger.money import Money
from arledger.rates import Percent, Rate, RateTable
from arledger.rounding import DOWN, HALF_EVEN, HALF_UP, UP

V = TypeVar("V")

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
_CONVENTIONS = {name: name for name in ("following", "preceding", "modified_following")}
ACCRUALS: dict[str, Accrual] = {
    "actual_365": accrual.ACTUAL_365,
    "actual_360": accrual.ACTUAL_360,
    "actual_actual": accrual.ACTUAL_ACTUAL,
    "30_360": accrual.THIRTY_360,
    "whole_months": accrual.WHOLE_MONTHS,
}
_SUBJECT = re.compile(
    r"(fee\.\w+|late fee rule|limit|free until|free days|first fee after|business days|nsf fee|nsf schedule|rate|"
    r"(autopay|allocation|billing|adjustment|tax|deposit|checkout) policy|payment types|processing fee): |"
    r"^(instalments|(schedule|enrolment|deposit account) .*?): "
)

# The library's hints speak to a programmer; these say the same to whoever writes the file.
_HINTS = {
    "pass rounding=": "round it first",
    "leave them out, or pass Amounts.FLEXIBLE": 'leave them out, or write amounts = "flexible"',
    "pass a non-empty str": "write a text that is not empty",
    "count the days of the whole: fee.each_day(fee.by_part(...))": "count the days of the whole: each_day = "
    "{ by_part = ... }",
    "pass EACH_CHARGE_ONCE, whose fee grows with the days": 'write occurs = "each charge once", whose fee grows with '
    "the days",
}


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
        return Money(number_setting(value), currency or ANY_CURRENCY)

    return money


@attrs.define(eq=False, order=False)
class SumReader:
    """Reads sums of one currency; remembers whether it read any."""

    currency: str | None
    has_sums: bool = attrs.field(default=False, init=False)

    def money(self, value: Any) -> Money:
        """A sum."""
        self.has_sums = True
        return money_reader(self.currency)(value)

    def check_currency(self, table: Table, without: str = "percentages alone are") -> None:
        """Note a currency that is missing, and one that no sum is in.

        What is made without sums would not know it, and would be for the accounts of all currencies.
        """
        if self.has_sums and "currency" not in table.settings:
            table.note("currency", InvalidValue("is missing", hint="write that of the sums here, such as USD"))
        if not self.has_sums and self.currency is not None and not table.is_wrong():
            hint = f"leave it out: {without} for accounts in any currency"
            table.note("currency", InvalidValue("there is no sum here that would be in it", hint=hint))


def business_days_of(table: Table) -> BusinessDays | None:
    """What becomes of days on which banks are closed, from the table ``business_days``; None if there is none."""
    inner = table.table("business_days")
    if inner is None:
        return None
    values = {
        "convention": inner.required("convention", word_setting(_CONVENTIONS)),
        "holidays": inner.optional("holidays", days_setting),
        "weekend": inner.optional("weekend", weekend_setting),
    }
    return inner.made(BusinessDays, values)


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


def period_of(table: Table) -> Frequency | None:
    """The frequency of a table that has ``repeats`` and ``start``, which is the 1st where it is left out."""
    make = table.required("repeats", word_setting(FREQUENCIES, FREQUENCY_HINT))
    start = table.optional("start", start_setting)
    if make is None or table.is_wrong():
        for name in ("second", "month"):  # what they mean is not to be known
            table.has(name)
        return None
    return frequency_of(table, make, 1 if start is None else start)


def beside_start(table: Table, make: Callable[..., Frequency]) -> dict[str, Any]:
    """What stands beside the start of a frequency."""
    more = {
        "second": table.optional("second", start_setting) if make is twice_a_month else None,
        "month": table.optional("month", whole_number_setting) if make in {quarterly, half_yearly, yearly} else None,
    }
    return {name: value for name, value in more.items() if value is not None}


def accrual_setting(value: Any) -> Accrual:
    """How the days of a rate a year are counted: "actual/365"."""
    return word_setting(ACCRUALS)(text_setting(value).replace("/", " "))


def rate_of(table: Table) -> Rate | None:
    """A dated rate."""
    values = {
        "percent": table.required("percent", percent_setting),
        "since": table.optional("since", day_setting),
        "until": table.optional("until", day_setting),
    }
    return table.made(Rate, values)


def rates_of(table: Table) -> RateTable | Percent | None:
    """One rate, under ``percent``; or dated ones, under ``rates``."""
    if not table.has("rates"):
        return table.required("percent", percent_setting)
    if table.has("percent"):
        table.note("rates", Conflict("stands beside percent", hint="keep one of them"))
    rates: Any = [rate_of(rate) for rate in table.tables("rates")]
    return None if table.is_wrong() else table.optional("rates", lambda _: RateTable(rates))


def made_plainly(
    table: Table, kind: Callable[..., V], values: Mapping[str, Any], keys: Mapping[str, str] | None = None
) -> V | None:
    """As ``Table.made``; what the library refuses is told without its own names, as ``plainly`` does."""
    table.end()
    return None if table.is_wrong() else plainly(table, kind, values, keys)


def plainly(
    table: Table, kind: Callable[..., V], values: Mapping[str, Any], keys: Mapping[str, str] | None = None
) -> V | None:
    """What the values make; None if the library refuses them, which is told without its own names.

    ``keys`` are the settings that fields of another name stand under; of any other field, the one under "".
    """
    try:
        return kind(**{name: value for name, value in values.items() if value is not None})
    except ArledgerError as error:
        note_plainly(table, error, keys)
        return None


def note_plainly(table: Table, error: ArledgerError, keys: Mapping[str, str] | None = None) -> None:
    """Note what the library refused, without its own names; ``keys`` are as in ``plainly``."""
    known = {**{key: key for key in table.settings}, **(keys or {})}
    what = _SUBJECT.sub("", problem_of(error), count=1).removeprefix(f"{error.field} ")
    plain = InvalidValue(what, hint=_HINTS.get(error.hint, error.hint))
    table.note(known.get(error.field, known.get("", "")), plain)
