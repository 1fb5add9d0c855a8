"""A billing policy from a TOML file.

The decision: the fields of ``BillingPolicy`` and of what it is made of, under their own names or the vendor's; methods,
roundings and frequencies by their names in words.

Source: ours; the settings are those of the vendor's "Billing Policy", "Lease Adjustments" and "Product Tax".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from arledger.billing import proration
from arledger.billing.billing_type import BillingType, DueAfterInvoice, DueAfterStart, DueOnDay, DueRule
from arledger.billing.policy import AdjustmentPolicy, BillingPolicy
from arledger.billing.proration import FixedDivisor, Proration
from arledger.billing.taxes import Tax, TaxPolicy
from arledger.dates.frequency import Frequency
from arledger.dates.months import LAST, DayOfMonth
from arledger.errors import Conflict, InvalidValue
from arledger.interchange.cells import word_of
from arledger.interchange.common_settings import (
    FREQUENCIES,
    FREQUENCY_HINT,
    ROUNDINGS,
    beside_start,
    business_days_of,
    day_of_month_setting,
    frequency_of,
    rates_of,
    start_setting,
)
from arledger.interchange.settings import (
    Table,
    flag_setting,
    number_setting,
    read_settings,
    text_setting,
    texts_setting,
    whole_number_setting,
    word_setting,
)
from arledger.rounding import HALF_UP

_PRORATIONS = {
    "none": proration.NONE,
    "actual": proration.ACTUAL,
    "standard": proration.STANDARD,
    "30_days_month": proration.THIRTY_DAYS_MONTH,
    "annual": proration.ANNUAL,
    "actual_actual": proration.ACTUAL_ACTUAL,
    "30_360": proration.THIRTY_360,
}
_LEASE_START = "lease_start"
_CONFIRMATIONS = {"automatic": "automatic", "manual": "manual"}


def read_billing_policy(text: str, *, file: str = "policy") -> BillingPolicy:
    """A billing policy, from the text of a TOML file.

    >>> policy = read_billing_policy('''
    ... proration = "actual"
    ... types = [{ name = "monthly", period = "monthly", start = 1 }]
    ... taxes = [{ code = "GST", codes = ["RENT"], percent = 5 }]
    ... ''')
    >>> policy.types[0].cycle, policy.taxes.taxes[0].code
    (monthly(1), 'GST')

    Refused, all at once, with ``SettingErrors``: what is no TOML, what is missing, what nobody knows, what the library
    refuses.
    """
    return read_settings(text, file, _policy)


def _policy(table: Table) -> BillingPolicy | None:
    values = {
        **billing_fields(table),
        "adjustments": table.optional("adjustment_codes", _adjustments),
        "taxes": _taxes(table),
    }
    return table.made(BillingPolicy, values)


def billing_fields(table: Table) -> dict[str, Any]:
    """What a table says of billing, adjustments and taxes apart; None where it says nothing."""
    if table.lacks("types"):
        table.note("types", InvalidValue("is missing", hint="write [[types]] before each"))
    return {
        "types": [_type(kind) for kind in table.tables("types")] if table.has("types") else None,
        "proration": table.required("proration", _proration),
        "rounding": table.optional("rounding", word_setting(ROUNDINGS)),
        "daily_rate": table.optional("daily_rate", word_setting(ROUNDINGS)),
        "rounding_offset_days": table.optional("rounding_offset_days", whole_number_setting),
        "confirmation": table.optional("confirmation", word_setting(_CONFIRMATIONS)),
        "counts_move_out": table.optional("counts_move_out", flag_setting),
    }


def _adjustments(value: Any) -> AdjustmentPolicy:
    codes = texts_setting(value)
    return AdjustmentPolicy(codes)


def _proration(value: Any) -> Proration:
    """A method by its name, or the divisor of a month by its number."""
    if isinstance(value, str):
        text = value.replace("/", " ")
        if word_of(text) in _PRORATIONS or not text.strip()[:1].isdigit():
            return word_setting(_PRORATIONS)(text)
    return FixedDivisor(number_setting(value))


def _type(table: Table) -> BillingType | None:
    make = table.required("period", word_setting(FREQUENCIES, FREQUENCY_HINT))
    start = table.required("start", _start)
    if make is None or start is None:
        for name in ("second", "month"):  # what they mean is not to be known
            table.has(name)
    values = {
        "name": table.required("name", text_setting),
        "cycle": None if make is None or start is None else _cycle(table, make, start),
        "due": _due(table),
        "bill_offset_days": table.optional("bill_offset_days", whole_number_setting),
        "autopay_offset_days": table.optional("autopay_offset_days", whole_number_setting),
        "business_days": business_days_of(table),
    }
    return table.made(BillingType, values)


def _start(value: Any) -> date | DayOfMonth:
    """Where cycles start: a day of the month, "last", a day, or "lease start"."""
    if isinstance(value, str):
        return word_setting({LAST: LAST, _LEASE_START: _LEASE_START})(value)  # type: ignore[return-value]
    return start_setting(value)


def _cycle(table: Table, make: Callable[..., Frequency], start: date | DayOfMonth) -> Any:
    """The frequency that the settings make; or what makes one of each lease's start."""
    if start != _LEASE_START:
        hint = 'write a day such as 2026-01-05, on which weeks start, or "lease start"'
        return frequency_of(table, make, start, hint=hint)
    for name in beside_start(table, make):
        table.note(name, Conflict('stands beside start = "lease start"', hint="leave it out"))
    return make


def _due(table: Table) -> DueRule | None:
    """The one due rule that the settings name."""
    rules: dict[str, Callable[[Any], DueRule]] = {
        "due_offset_days": lambda value: DueAfterStart(whole_number_setting(value)),
        "due_days_after_invoice": lambda value: DueAfterInvoice(whole_number_setting(value)),
        "due_on_day": lambda value: DueOnDay(day_of_month_setting(value)),
    }
    named = [name for name in rules if table.has(name)]
    for name in named[1:]:
        table.note(name, Conflict(f"stands beside {named[0]}", hint="keep one of them"))
    return table.optional(named[0], rules[named[0]]) if named else None


def _taxes(table: Table) -> TaxPolicy | None:
    taxes = taxes_of(table)
    rounding = table.optional("tax_rounding", word_setting(ROUNDINGS))
    if table.is_wrong():
        return None
    return table.optional("taxes", lambda _: TaxPolicy(taxes, rounding=rounding or HALF_UP))  # type: ignore[arg-type]


def taxes_of(table: Table) -> list[Tax | None]:
    """The taxes under ``taxes``."""
    return [_tax(tax) for tax in table.tables("taxes")]


def _tax(table: Table) -> Tax | None:
    rates = rates_of(table)
    values = {
        "code": table.required("code", text_setting),
        "rates": rates,
        "codes": table.required("codes", texts_setting),
        "on_top_of": table.optional("on_top_of", texts_setting),
    }
    return table.made(Tax, values)
