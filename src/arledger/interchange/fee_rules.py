"""A late fee rule from a TOML file.

The problem: a lease says what it costs to be late in a sentence, and whoever runs the ledger wants that sentence in a
file, without a line of Python. The decision: the fields of ``LateFeeRule`` under their own names; an amount is a table
of words that nest (see ``fee_amounts``), a grace says in its name what it counts, and what counts is said by
categories and codes. The vendor's four settings stand in place of an amount and its limit.

Source: rules R33 to R38; the vendor's "Late Fee Tab".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from arledger.dates.frequency import Frequency, monthly
from arledger.dates.workdays import BusinessDays
from arledger.entries import Category
from arledger.errors import Conflict, InvalidType, InvalidValue
from arledger.fees.amounts import FeeAmount
from arledger.fees.grace import NO_GRACE, FirstFeeAfter, FreeDays, FreeUntil, Grace
from arledger.fees.rule import (
    BALANCE_EACH_PERIOD,
    EACH_CHARGE_APART,
    EACH_CHARGE_ONCE,
    EACH_INVOICE_ONCE,
    NOT_LATE_CHARGES,
    LateFeeRule,
    Limit,
    standard_late_fee,
)
from arledger.interchange.common_settings import (
    FREQUENCIES,
    FREQUENCY_HINT,
    ROUNDINGS,
    currency_setting,
    day_of_month_setting,
    made_plainly,
    percent_setting,
    period_of,
    plainly,
    weekend_setting,
)
from arledger.interchange.fee_amounts import LATE_WORDS, AmountReader
from arledger.interchange.selector_settings import charges_of
from arledger.interchange.settings import (
    Table,
    day_setting,
    days_setting,
    read_settings,
    text_setting,
    whole_number_setting,
    word_setting,
)
from arledger.money import Money
from arledger.rates import Percent

_OCCURS = {
    "each_charge_once": EACH_CHARGE_ONCE,
    "each_charge_apart": EACH_CHARGE_APART,
    "each_invoice_once": EACH_INVOICE_ONCE,
    "balance_each_period": BALANCE_EACH_PERIOD,
}
_CATEGORIES = {"late_fee": Category.LATE_FEE, "interest": Category.INTEREST}
_MONTH = "month"
_PER = {"charge": "charge", "period": "period", _MONTH: _MONTH, "ever": "ever"}
_GRACES: dict[str, Callable[[Any], Grace]] = {
    "free_days": lambda value: FreeDays(whole_number_setting(value)),
    "first_fee_after_days": lambda value: FirstFeeAfter(whole_number_setting(value)),
    "free_until_day": lambda value: FreeUntil(day_of_month_setting(value)),
}
_WORKING_DAYS = "free_working_days"
_WORKING = ("holidays", "weekend")
_GRACE_HINT = 'write one such as { free_days = 5 }, { first_fee_after_days = 5 } or { free_until_day = 5 }, or "none"'
_PERIOD_HINT = 'write it as { repeats = "weekly", start = 2026-01-05 }'
_BASE_FEE_TYPES = {kind: kind for kind in ("percent_owed_total", "percent_monthly_rent", "flat_amount")}
_MAX_TOTAL_FEE_TYPES = {kind: kind for kind in ("percent_monthly_rent", "flat_amount", "unlimited")}
_VENDORS = ("base_fee_type", "base_fee", "max_total_fee_type", "max_total_fee")


def read_late_fee_rule(text: str, *, file: str = "rule") -> LateFeeRule:
    """A late fee rule, from the text of a TOML file.

    >>> rule = read_late_fee_rule('''
    ... currency = "USD"
    ... grace = { free_days = 5 }
    ... amount = { lesser_of = [{ flat = 50 }, { percent = 5, of = "owed" }] }
    ... ''')
    >>> print(rule)
    the lesser of 50.00 USD and 5% of what is owed, after 5 free days, once for all that is due on one day

    Refused, all at once, with ``SettingErrors``: what is no TOML, what is missing, what nobody knows, what the library
    refuses.
    """
    return read_settings(text, file, _rule)


def _rule(table: Table) -> LateFeeRule | None:
    amounts = AmountReader(table.optional("currency", currency_setting), LATE_WORDS)
    values = late_fee_fields(table, amounts)
    amounts.check_currency(table)
    return made_plainly(table, LateFeeRule, values)


def late_fee_fields(table: Table, amounts: AmountReader) -> dict[str, Any]:
    """What a table says of late fees; None where it says nothing."""
    amount, limits = _amount(table, amounts)
    period = _period(table)
    if table.has("limits"):
        limits = [*(limits or []), *(_limit(limit, amounts, period) for limit in table.tables("limits"))]
    return {
        "amount": amount,
        "grace": _grace(table),
        "occurs": table.optional("occurs", word_setting(_OCCURS)),
        "limits": limits,
        "least": table.optional("least", amounts.money),
        "eligible": charges_of(table, NOT_LATE_CHARGES),
        "category": table.optional("category", word_setting(_CATEGORIES)),
        "code": table.optional("code", text_setting),
        "period": period,
        "since": table.optional("since", day_setting),
        "until": table.optional("until", day_setting),
        "rounding": table.optional("rounding", word_setting(ROUNDINGS)),
    }


def _amount(table: Table, amounts: AmountReader) -> tuple[FeeAmount | None, list[Limit | None] | None]:
    """The amount, and the limits that come with it: of its own setting, or of the vendor's."""
    given = [key for key in _VENDORS if table.has(key)]
    if not given:
        return (amounts.under(table, "amount") if table.has("amount") or table.lacks("amount") else None), None
    if table.has("amount"):
        table.note(given[0], Conflict("stands beside amount", hint="keep one of them"))
        return None, None
    return _standard(table, amounts)


def _standard(table: Table, amounts: AmountReader) -> tuple[FeeAmount | None, list[Limit | None] | None]:
    """What the vendor's settings come to: an amount, and the limit on it."""
    base, most = _base_fee(table, amounts), _max_total_fee(table, amounts)
    if any(table.is_wrong(key) for key in _VENDORS):
        return None, None
    rule = limited = None
    if base is not None:
        rule = plainly(table, standard_late_fee, {**base, "grace": NO_GRACE}, {"": "base_fee"})
    if most is not None and (base is None or rule is not None):
        of = base or {"base_fee_type": "percent_monthly_rent", "base_fee": Percent(0)}  # any: the limit alone counts
        limited = plainly(table, standard_late_fee, {**of, **most, "grace": NO_GRACE}, {"": "max_total_fee"})
    return None if rule is None else rule.amount, None if limited is None else list(limited.limits)


def _base_fee(table: Table, amounts: AmountReader) -> dict[str, Any] | None:
    """The vendor's base fee and its type, which make no sense one without the other; None where they are not said."""
    if not (table.has("base_fee_type") or table.has("base_fee") or table.lacks("base_fee_type")):
        return None
    kind = table.needed("base_fee_type", word_setting(_BASE_FEE_TYPES))
    return {"base_fee_type": kind, "base_fee": _fee_of(table, kind, "base_fee", amounts)}


def _max_total_fee(table: Table, amounts: AmountReader) -> dict[str, Any] | None:
    """The vendor's limit and its type; None where they are not said."""
    if table.has("max_total_fee") and not table.has("max_total_fee_type"):
        table.note("max_total_fee_type", InvalidValue("is missing", hint="write it"))
    kind = table.optional("max_total_fee_type", word_setting(_MAX_TOTAL_FEE_TYPES))
    most: dict[str, Any] = {"max_total_fee_type": kind}
    if kind == "unlimited":
        if table.has("max_total_fee"):
            table.note("max_total_fee", Conflict("stands beside an unlimited total", hint="leave it out"))
    elif kind is not None:
        most["max_total_fee"] = _fee_of(table, kind, "max_total_fee", amounts)
    return None if kind is None else most


def _fee_of(table: Table, kind: str | None, key: str, amounts: AmountReader) -> Money | Percent | None:
    """The number beside a type of fee: a sum, or so many percent."""
    if kind is None:  # what the number means is not to be known
        table.has(key)
        return None
    return table.needed(key, amounts.money) if kind == "flat_amount" else table.needed(key, percent_setting)


def _limit(table: Table, amounts: AmountReader, period: Frequency | None) -> Limit | None:
    per = table.required("per", word_setting(_PER))
    if per == _MONTH:
        if period not in (None, monthly(1)):
            table.note("per", Conflict("the period of the rule is no calendar month", hint='write "period"'))
        per = "period"
    return made_plainly(table, Limit, {"amount": amounts.amount(table), "per": per}, {"amount": ""})


def _grace(table: Table) -> Grace | None:
    """The grace that the one setting in its table names; a bare number is refused, since it has two meanings."""
    value = table.settings.get("grace")
    if type(value) is int:
        table.has("grace")
        hint = (
            f"write {{ first_fee_after_days = {value} }} for a fee from due + {value} on, or {{ free_days = {value} }} "
            "for one day later"
        )
        table.note("grace", InvalidType(f"is {value}, which has two meanings", hint=hint))
        return None
    if value is None or isinstance(value, str):
        if table.lacks("grace"):
            table.note("grace", InvalidValue("is missing", hint=_GRACE_HINT))
        return table.optional("grace", word_setting({"none": NO_GRACE}, _GRACE_HINT))
    inner = table.table("grace")
    return None if inner is None else _named_grace(inner)


def _named_grace(table: Table) -> Grace | None:
    named = [name for name in (*_GRACES, _WORKING_DAYS) if table.has(name)]
    for name in named[1:]:
        table.note(name, Conflict(f"stands beside {named[0]}", hint="keep one of them"))
    if not named and not set(table.settings) - set(table.asked):
        table.note("", InvalidValue("says no grace", hint=_GRACE_HINT))
    if len(named) != 1:
        for key in _WORKING:
            table.has(key)
        table.end()
        return None
    name = named[0]
    if name in _GRACES:
        for key in filter(table.has, _WORKING):
            table.note(key, Conflict(f"stands beside {name}", hint=f"write {_WORKING_DAYS}, or leave it out"))
        return made_plainly(table, _GRACES[name], {"value": table.settings[name]}, {"": name})
    values = {
        "days": table.required(name, whole_number_setting),
        "holidays": table.optional("holidays", days_setting),
        "weekend": table.optional("weekend", weekend_setting),
    }
    return made_plainly(table, _free_working_days, values, {"": name})


def _free_working_days(days: int, **working: Any) -> Grace:
    return FreeDays(days, business_days=BusinessDays("following", **working))


def _period(table: Table) -> Frequency | None:
    """How often, by a word, or by a table with the start of the periods."""
    value = table.settings.get("period")
    if value is None or isinstance(value, str):
        make = table.optional("period", word_setting(FREQUENCIES, FREQUENCY_HINT))
        if make is None:
            return None
        try:
            return make(1)
        except InvalidType:
            table.note("period", InvalidValue("has no start", hint=_PERIOD_HINT))
            return None
    inner = table.table("period")
    if inner is None:
        return None
    period = period_of(inner)
    inner.end()
    return period
