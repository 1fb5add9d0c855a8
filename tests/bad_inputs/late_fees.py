"""Bad graces, limits and rules of late fees: what they must not be made of, and what does not fit together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from arledger import (
    BALANCE_EACH_PERIOD,
    ArledgerError,
    Category,
    CurrencyMismatch,
    FirstFeeAfter,
    FreeDays,
    FreeUntil,
    InvalidType,
    InvalidValue,
    LateFeeRule,
    Limit,
    Percent,
    UnknownName,
    fee,
    standard_late_fee,
)
from bad_inputs.common import CENT, DAY, DOLLAR, RENT, TOO_LONG, BadInput
from bad_inputs.deposits import EVE, amounts, days, names, of
from bad_inputs.fees import A_DAY, FIVE, FLAT, IN_DOLLARS, ROUNDINGS, counts, no_amounts, no_values, row

THE_BASES = "take what is owed, all that is past due, the charge or the monthly rent"
STEADY = "pass a flat sum, or a percentage of the rent or of the charge"


def rule(**given: Any) -> LateFeeRule:
    """5% of what is owed after 5 free days, spoilt by what is given."""
    return LateFeeRule(**{"amount": FIVE, "grace": FreeDays(5), **given})


def limit(**given: Any) -> Limit:
    """At most 900.00 CAD for a charge, spoilt by what is given."""
    return Limit(**{"amount": FLAT, "per": "charge", **given})


def settings(**given: Any) -> LateFeeRule:
    """The vendor's settings: 5% of what is owed, spoilt by what is given."""
    known: dict[str, Any] = {"base_fee_type": "percent_owed_total", "base_fee": Percent(5), "grace": FreeDays(5)}
    return standard_late_fee(**{**known, **given})


def _rule(what: str, given: dict[str, Any], kind: type[ArledgerError], message: str) -> BadInput:
    return of("late fee rule", rule, what, given, kind, f"late fee rule: {message}")


def _limit(what: str, given: dict[str, Any], kind: type[ArledgerError], message: str) -> BadInput:
    return of("limit", limit, what, given, kind, f"limit: {message}")


def _settings(what: str, given: dict[str, Any], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return row("standard late fee", what, lambda: settings(**given), kind, field, f"late fee: {message}")


def _graces(noun: str, make: Callable[..., object]) -> list[BadInput]:
    """What is no grace, in whatever takes one: above all a bare number."""
    wrong: dict[str, tuple[Any, str]] = {
        "a bare number": (
            5,
            "int, not a grace; pass FirstFeeAfter(5) for a fee from due + 5 on, or FreeDays(5) for one day later",
        ),
        "None": (None, "None, not a grace; pass one such as FreeDays(5)"),
        "text": ("5 days", "str, not a grace; pass one such as FreeDays(5)"),
        "a bool": (True, "bool, not a grace; pass one such as FreeDays(5)"),
        "a float": (5.0, "float, not a grace; pass one such as FreeDays(5)"),
        "a timedelta": (timedelta(5), "timedelta, not a grace; pass one such as FreeDays(5)"),
        "a kind of grace": (
            FirstFeeAfter,
            "the class FirstFeeAfter, not a grace; pass one of its values, such as FreeDays(5)",
        ),
    }
    return [
        of(noun, make, f"grace as {what}", {"grace": value}, InvalidType, f"late fee rule: grace is {problem}")
        for what, (value, problem) in wrong.items()
    ]


TWO_CURRENCIES: dict[str, dict[str, Any]] = {
    "a limit in another currency": {"amount": FLAT, "limits": limit(amount=IN_DOLLARS)},
    "limits in two currencies": {"limits": [limit(), limit(amount=IN_DOLLARS)]},
    "a least balance in another currency": {"amount": FLAT, "least": DOLLAR},
    "a limit and a least balance in two": {"limits": limit(), "least": DOLLAR},
}

ROWS = [
    # graces
    *counts("first fee after", "first fee after", "days", FirstFeeAfter),
    *counts("free days", "free days", "days", FreeDays, least=0),
    *no_values(
        "free days",
        "free days",
        lambda value: FreeDays(5, business_days=value),
        "business_days",
        "not BusinessDays; pass a BusinessDays",
        but=("None",),
    ),
    *no_values(
        "free until",
        "free until",
        FreeUntil,
        "day",
        "not a day of the month; pass 1 to 31, or LAST",
        but=("int",),
    ),
    *(
        row("free until", f"the {text}", lambda value=value: FreeUntil(value), InvalidValue, "day", message)  # type: ignore[misc]
        for value, text in ((0, "0"), (32, "32"), (-1, "-1"), (TOO_LONG, "<int too long to print>"))
        for message in (f"free until: day is {text}; pass 1 to 31, or LAST",)
    ),
    # limits
    *no_amounts("limit", "limit", lambda value: limit(amount=value)),
    *(
        _limit(f"per {shown}", {"per": value}, UnknownName, f"unknown per {shown}; {hint}")
        for value, shown, hint in (
            ("chage", "'chage'", "did you mean charge?"),
            ("month", "'month'", "known are charge, ever, period"),
            (None, "None", "known are charge, ever, period"),
            (3, "3", "known are charge, ever, period"),
        )
    ),
    *(
        _limit(f"of {amount}", {"amount": amount}, InvalidValue, f"{amount} changes from day to day; {STEADY}")
        for amount in (fee.OWED, fee.PAST_DUE, FIVE, A_DAY, fee.a_year(5), fee.from_day(3, FLAT), FLAT + FIVE)
    ),
    # rules
    *no_amounts("late fee rule", "late fee rule", lambda value: rule(amount=value)),
    *(
        _rule(f"of {amount}", {"amount": amount}, InvalidValue, f"{base} is no base of it; {THE_BASES}")
        for amount, base in (
            (fee.FACE, "the payment's face value"),
            (fee.percent(2, of=fee.BANK_COST), "the bank's own cost"),
            (FLAT + fee.lesser_of(FIVE, fee.FACE), "the payment's face value"),
            (fee.by_size(fee.FACE, fee.Tier(FLAT)), "the payment's face value"),
        )
    ),
    _rule(
        "a limit of the face value",
        {"limits": limit(amount=fee.FACE)},
        InvalidValue,
        f"the payment's face value is no base of it; {THE_BASES}",
    ),
    *_graces("late fee rule", rule),
    *_graces("standard late fee", settings),
    *no_values(
        "late fee rule",
        "late fee rule",
        lambda value: rule(occurs=value),
        "occurs",
        "not Occurrence; pass one such as EACH_CHARGE_ONCE",
    ),
    *no_values(
        "late fee rule",
        "late fee rule",
        lambda value: rule(limits=value),
        "limits",
        "not a list of Limit; pass a list of Limit",
        but=("dict",),
    ),
    *(
        _rule(
            f"{name} among the limits",
            {"limits": [limit(), value]},
            InvalidType,
            f"limits is {name}, not Limit; pass a Limit",
        )
        for name, value in {"None": None, "Money": RENT, "Flat": FLAT, "tuple": (FLAT, "charge")}.items()
    ),
    *(bad for bad in amounts("late fee rule", rule, "late fee rule", "least") if "None" not in bad.id),
    *no_values(
        "late fee rule",
        "late fee rule",
        lambda value: rule(eligible=value),
        "eligible",
        "not a selector; pass a selector such as where.rent",
    ),
    _rule(
        "eligible as a function",
        {"eligible": lambda charge: True},
        InvalidType,
        "eligible is function, not a selector; pass a selector such as where.rent",
    ),
    *(
        _rule(
            f"category {shown}",
            {"category": value},
            InvalidValue,
            f"category is {shown}; pass Category.LATE_FEE or Category.INTEREST",
        )
        for value, shown in (
            (Category.NSF_FEE, "Category.NSF_FEE"),
            (Category.FEE, "Category.FEE"),
            ("late_fee", "'late_fee'"),
            (None, "None"),
        )
    ),
    *names("late fee rule", rule, "late fee rule", "code"),
    *no_values(
        "late fee rule",
        "late fee rule",
        lambda value: rule(period=value),
        "period",
        "not a frequency; pass one such as monthly(1)",
    ),
    *days("late fee rule", rule, "late fee rule", "since", or_none=True),
    *days("late fee rule", rule, "late fee rule", "until", or_none=True),
    *(
        of(
            "late fee rule",
            rule,
            f"until {until}, since {DAY}",
            {"until": until, "since": DAY},
            InvalidValue,
            f"late fee rule: until {until} is not after since {DAY}; until is the first due date after the rule",
        )
        for until in (DAY, EVE)
    ),
    *(
        of(
            "late fee rule",
            rule,
            f"rounding as {name}",
            {"rounding": value},
            InvalidType,
            f"rounding is {name}, not a rounding; {ROUNDINGS}",
        )
        for name, value in {"None": None, "str": "half up", "int": 2, "Money": CENT}.items()
    ),
    *(
        row(
            "late fee rule",
            what,
            partial(rule, **given),
            CurrencyMismatch,
            "limits",
            "late fee rule: CAD and USD together",
        )
        for what, given in TWO_CURRENCIES.items()
    ),
    *(
        of(
            "late fee rule",
            rule,
            f"a balance, and {amount}",
            {"occurs": BALANCE_EACH_PERIOD, "amount": amount},
            InvalidValue,
            f"late fee rule: {amount} counts days, and a balance has none of its own; "
            "pass EACH_CHARGE_ONCE, whose fee grows with the days",
        )
        for amount in (A_DAY, FLAT + A_DAY, fee.a_year(5), fee.from_day(3, FLAT))
    ),
    # the vendor's settings
    *(
        _settings(
            f"{field} {shown}",
            {field: value},
            UnknownName,
            field,
            f"unknown {field} {shown}; {hint}",
        )
        for field, value, shown, hint in (
            ("base_fee_type", "percent_owed", "'percent_owed'", "did you mean percent_owed_total?"),
            ("base_fee_type", "flat", "'flat'", "known are flat_amount, percent_monthly_rent, percent_owed_total"),
            ("base_fee_type", None, "None", "known are flat_amount, percent_monthly_rent, percent_owed_total"),
            (
                "base_fee_type",
                "unlimited",
                "'unlimited'",
                "known are flat_amount, percent_monthly_rent, percent_owed_total",
            ),
            ("max_total_fee_type", "flat amount", "'flat amount'", "did you mean flat_amount?"),
            ("max_total_fee_type", None, "None", "known are flat_amount, percent_monthly_rent, unlimited"),
            (
                "max_total_fee_type",
                "percent_owed_total",
                "'percent_owed_total'",
                "known are flat_amount, percent_monthly_rent, unlimited",
            ),
        )
    ),
    *(
        _settings(
            f"{kind} of {name}",
            {"base_fee_type": kind, "base_fee": value},
            InvalidType,
            "base_fee",
            f"base_fee is {name}, not {wanted}",
        )
        for kind, name, value, wanted in (
            ("flat_amount", "Percent", Percent(5), "Money; pass Money for a flat amount"),
            ("flat_amount", "int", 50, "Money; pass Money for a flat amount"),
            ("percent_owed_total", "Money", RENT, "Percent; pass a Percent, such as Percent('5')"),
            ("percent_owed_total", "int", 5, "Percent; pass a Percent, such as Percent('5')"),
            ("percent_monthly_rent", "float", 0.05, "Percent; pass a Percent, such as Percent('5')"),
            ("percent_monthly_rent", "None", None, "Percent; pass a Percent, such as Percent('5')"),
        )
    ),
    *(
        _settings(
            f"a limit of {kind} and {name}",
            {"max_total_fee_type": kind, "max_total_fee": value},
            InvalidType,
            "max_total_fee",
            f"max_total_fee is {name}, not {wanted}",
        )
        for kind, name, value, wanted in (
            ("flat_amount", "None", None, "Money; pass Money for a flat amount"),
            ("flat_amount", "Percent", Percent(5), "Money; pass Money for a flat amount"),
            ("percent_monthly_rent", "Money", RENT, "Percent; pass a Percent, such as Percent('5')"),
            ("percent_monthly_rent", "None", None, "Percent; pass a Percent, such as Percent('5')"),
        )
    ),
    _settings(
        "an unlimited limit",
        {"max_total_fee": RENT},
        InvalidValue,
        "max_total_fee",
        "max_total_fee 900.00 CAD is unlimited; leave it out, or pass max_total_fee_type",
    ),
]
