"""Bad amounts of fees, whatever they are composed of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from arledger import (
    ArledgerError,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    Percent,
    UnknownName,
    fee,
)
from arledger.fees.ground import Base
from bad_inputs.common import CENT, DOLLAR, OUT_OF_RANGE, RENT, TOO_LONG, BadInput
from bad_inputs.deposits import amounts

EXACT = "a float is inexact: pass str, int or Decimal"
AN_AMOUNT = "pass one such as fee.percent(5, of=fee.OWED)"
A_FLAT_ONE = "pass fee.flat(...) of it"
ROUNDINGS = "pass HALF_UP, HALF_EVEN, UP, DOWN or a CashStep"
FLAT, IN_DOLLARS = fee.flat(RENT), fee.flat(DOLLAR)
FIVE = fee.percent(5, of=fee.OWED)
A_DAY = fee.each_day(FLAT)
ABOVE, UP_TO_CENT, UP_TO_RENT = fee.Tier(FLAT), fee.Tier(FLAT, up_to=CENT), fee.Tier(FLAT, up_to=RENT)
NO_AMOUNTS: dict[str, Any] = {
    "None": None,
    "int": 50,
    "float": 50.0,
    "str": "50 CAD",
    "Percent": Percent(5),
    "list": [FLAT],
    "Tier": ABOVE,
    "Base": Base.OWED,
}
"""What is no amount of a fee, by its type; Money is none either, and has a hint of its own."""
NO_INTS: dict[str, Any] = {"None": None, "bool": True, "float": 5.0, "str": "5", "timedelta": timedelta(5)}
NO_VALUES: dict[str, Any] = {"None": None, "str": "x", "int": TOO_LONG, "float": 1.5, "dict": {}, "Money": RENT}
"""What is none of our own values."""


def row(noun: str, what: str, call: Callable[[], object], kind: type[ArledgerError], field: str, said: str) -> BadInput:
    return BadInput(f"{noun}: {what}", call, kind, field, said)


def no_amounts(noun: str, subject: str, call: Callable[[Any], object], field: str = "amount") -> list[BadInput]:
    """What is refused where an amount of a fee is meant."""
    hints = dict.fromkeys(NO_AMOUNTS, AN_AMOUNT) | {"Money": A_FLAT_ONE}
    return [
        BadInput(
            f"{noun}: {field} as {name}",
            lambda value=value: call(value),  # type: ignore[misc]
            InvalidType,
            field,
            f"{subject}: {field} is {name}, not FeeAmount; {hints[name]}",
        )
        for name, value in {**NO_AMOUNTS, "Money": RENT}.items()
    ]


def no_values(
    noun: str, subject: str, call: Callable[[Any], object], field: str, wanted: str, *, but: tuple[str, ...] = ()
) -> list[BadInput]:
    """What is refused where one of our own values is meant."""
    return [
        BadInput(
            f"{noun}: {field} as {name}",
            lambda value=value: call(value),  # type: ignore[misc]
            InvalidType,
            field,
            f"{subject}: {field} is {name}, {wanted}",
        )
        for name, value in NO_VALUES.items()
        if name not in but
    ]


def counts(noun: str, subject: str, field: str, call: Callable[[Any], object], *, least: int = 1) -> list[BadInput]:
    """What is refused as a number of days."""
    wrong = [
        row(noun, f"{field} as {name}", lambda value=value: call(value), InvalidType, field, message)  # type: ignore[misc]
        for name, value in NO_INTS.items()
        for message in (f"{subject}: {field} is {name}, not int; pass an int",)
    ]
    too_few = {least - 1: str(least - 1), -5: "-5", -TOO_LONG: "<int too long to print>"}
    return wrong + [
        row(
            noun,
            f"{field} of {text}",
            lambda value=value: call(value),  # type: ignore[misc]
            InvalidValue,
            field,
            f"{subject}: {field} is {text}; pass {least} or more",
        )
        for value, text in too_few.items()
    ]


def _percents(noun: str, call: Callable[[Any], object]) -> list[BadInput]:
    """What is refused as a percentage, whatever reads it."""
    kinds = "not str, int or Decimal"
    wrong: list[tuple[str, Any, type[ArledgerError], str]] = [
        ("a float", 0.05, InvalidType, f"percent is float, {kinds}; {EXACT}"),
        ("None", None, InvalidType, f"percent is None, {kinds}; pass text such as '12.34'"),
        ("a bool", True, InvalidType, f"percent is bool, {kinds}; pass text such as '12.34'"),
        ("Money", RENT, InvalidType, f"percent is Money, {kinds}; pass a plain number, such as '2.5'"),
        ("an endless number", Decimal("NaN"), InvalidValue, "percent NaN is no finite number"),
        ("a number beyond the range", 10**40, InvalidValue, f"percent is out of range; {OUT_OF_RANGE}"),
    ]
    return [
        row(noun, f"percent as {what}", lambda value=value: call(value), kind, "percent", message)  # type: ignore[misc]
        for what, value, kind, message in wrong
    ]


def _since(noun: str, subject: str, call: Callable[[Any], object]) -> list[BadInput]:
    """What is refused as the day from which days are counted."""
    words: list[tuple[Any, str, str]] = [
        ("Due", "'Due'", "did you mean due?"),
        ("graces", "'graces'", "did you mean grace?"),
        ("posted", "'posted'", "known are due, grace"),
        (None, "None", "known are due, grace"),
        (5, "5", "known are due, grace"),
        (["due"], "['due']", "did you mean due?"),
    ]
    return [
        row(
            noun,
            f"since {shown}",
            lambda value=value: call(value),  # type: ignore[misc]
            UnknownName,
            "since",
            f"{subject}: unknown since {shown}; {hint}",
        )
        for value, shown, hint in words
    ]


def _ladders(name: str, ladder: Any) -> list[BadInput]:
    """What is refused of the two ladders alike."""
    subject = f"fee.{name}"
    wrong: list[tuple[str, Any, tuple[Any, ...], type[ArledgerError], str, str]] = [
        ("no tiers", fee.RENT, (), InvalidValue, "tiers", "no tier for all above; pass a last one without up_to"),
        (
            "no last tier",
            fee.RENT,
            (UP_TO_CENT, UP_TO_RENT),
            InvalidValue,
            "tiers",
            "no tier for all above; pass a last one without up_to",
        ),
        (
            "overlapping tiers",
            fee.RENT,
            (UP_TO_RENT, UP_TO_CENT, ABOVE),
            InvalidValue,
            "tiers",
            (
                "the tier up to 0.01 CAD overlaps the one up to 900.00 CAD; "
                "pass tiers that rise, and only the last one without up_to"
            ),
        ),
        (
            "two tiers up to the same",
            fee.RENT,
            (UP_TO_CENT, UP_TO_CENT, ABOVE),
            InvalidValue,
            "tiers",
            (
                "the tier up to 0.01 CAD overlaps the one up to 0.01 CAD; "
                "pass tiers that rise, and only the last one without up_to"
            ),
        ),
        (
            "an endless tier between others",
            fee.RENT,
            (ABOVE, UP_TO_CENT, ABOVE),
            InvalidValue,
            "tiers",
            (
                "the tier up to 0.01 CAD overlaps the one up to None; "
                "pass tiers that rise, and only the last one without up_to"
            ),
        ),
        (
            "two tiers for all above",
            fee.RENT,
            (ABOVE, ABOVE),
            InvalidValue,
            "tiers",
            "two tiers for all above; keep the last one",
        ),
        (
            "tiers in two currencies",
            fee.RENT,
            (UP_TO_CENT, fee.Tier(IN_DOLLARS)),
            CurrencyMismatch,
            "tiers",
            "CAD and USD together",
        ),
        (
            "a bound in another currency",
            fee.RENT,
            (fee.Tier(FIVE, up_to=DOLLAR), ABOVE),
            CurrencyMismatch,
            "tiers",
            "CAD and USD together",
        ),
        ("an amount as tier", fee.RENT, (FLAT,), InvalidType, "tiers", "tiers is Flat, not Tier; pass a Tier"),
        ("None as tier", fee.RENT, (None, ABOVE), InvalidType, "tiers", "tiers is None, not Tier; pass a Tier"),
        ("a list of tiers", fee.RENT, ([ABOVE],), InvalidType, "tiers", "tiers is list, not Tier; pass a Tier"),
        ("the rent itself", RENT, (ABOVE,), InvalidType, "of", "of is Money, not Of; pass a base such as fee.RENT"),
        (
            "a base by its word",
            Base.RENT,
            (ABOVE,),
            InvalidType,
            "of",
            "of is Base, not Of; pass a base such as fee.RENT",
        ),
        (
            "a percentage of a base",
            FIVE,
            (ABOVE,),
            InvalidType,
            "of",
            "of is PercentOf, not Of; pass a base such as fee.RENT",
        ),
    ]
    return [
        row(subject, what, lambda base=base, tiers=tiers: ladder(base, *tiers), kind, field, f"{subject}: {message}")  # type: ignore[misc]
        for what, base, tiers, kind, field, message in wrong
    ]


def _choices(name: str, choose: Any) -> list[BadInput]:
    subject = f"fee.{name}"
    return [
        *no_amounts(subject, subject, lambda value: choose(FLAT, value), "amounts"),
        row(
            subject,
            "of one",
            lambda: choose(FLAT),
            InvalidValue,
            "amounts",
            f"{subject}: takes two amounts or more; pass another one",
        ),
        row(
            subject,
            "of none",
            choose,
            InvalidValue,
            "amounts",
            f"{subject}: takes two amounts or more; pass another one",
        ),
        row(
            subject,
            "of two currencies",
            lambda: choose(FLAT, FIVE, IN_DOLLARS + FIVE),
            CurrencyMismatch,
            "amounts",
            f"{subject}: CAD and USD together",
        ),
    ]


def _counts_already(subject: str, make: Callable[[Any], object]) -> list[BadInput]:
    """Amounts that count days, where they would be counted again."""
    nested = {
        "a day": A_DAY,
        "a month": fee.each_month(FLAT),
        "a year": fee.a_year(5),
        "from a day on": fee.from_day(3, FLAT),
        "a sum of such": FIVE + A_DAY,
    }
    return [
        row(
            subject,
            f"of an amount {what}",
            lambda amount=amount: make(amount),  # type: ignore[misc]
            InvalidValue,
            "amount",
            f"{subject}: the amount counts days itself; add the two, or take one of them",
        )
        for what, amount in nested.items()
    ]


any_fee: Any = fee
"""The namespace, for calls that no type checker lets through."""

ROWS = [
    # amounts
    *amounts("fee.flat", any_fee.flat, "fee.flat", "money"),
    *_percents("fee.percent", lambda value: fee.percent(value, of=fee.OWED)),
    row(
        "fee.percent",
        "negative",
        lambda: fee.percent(-5, of=fee.OWED),
        InvalidValue,
        "percent",
        "fee.percent: percent -5% is negative; pass 0 or more",
    ),
    *no_values(
        "fee.percent",
        "fee.percent",
        lambda value: any_fee.percent(5, of=value),
        "of",
        "not Of; pass a base such as fee.OWED",
    ),
    row(
        "fee.percent",
        "of a flat sum",
        lambda: any_fee.percent(5, of=FLAT),
        InvalidType,
        "of",
        "fee.percent: of is Flat, not Of; pass a base such as fee.OWED",
    ),
    *no_amounts("sum of fees", "sum of fees", lambda value: FLAT + value, "amounts"),
    row(
        "sum of fees",
        "of two currencies",
        lambda: FIVE + FLAT + IN_DOLLARS,
        CurrencyMismatch,
        "amounts",
        "sum of fees: CAD and USD together",
    ),
    *_choices("lesser_of", any_fee.lesser_of),
    *_choices("greater_of", any_fee.greater_of),
    # ladders
    *no_amounts("fee.Tier", "fee.Tier", any_fee.Tier),
    *(
        bad
        for bad in amounts("fee.Tier", lambda **given: any_fee.Tier(FLAT, **given), "fee.Tier", "up_to")
        if "None" not in bad.id
    ),
    row(
        "fee.Tier",
        "up to another currency",
        lambda: fee.Tier(FLAT, up_to=DOLLAR),
        CurrencyMismatch,
        "up_to",
        "fee.Tier: CAD and USD together",
    ),
    *_ladders("by_size", any_fee.by_size),
    *_ladders("by_part", any_fee.by_part),
    row(
        "fee.by_part",
        "a tier that counts days",
        lambda: fee.by_part(fee.RENT, UP_TO_CENT, fee.Tier(A_DAY)),
        InvalidValue,
        "tiers",
        "fee.by_part: a tier counts days; count the days of the whole: fee.each_day(fee.by_part(...))",
    ),
    # amounts that count days
    *counts("fee.from_day", "fee.from_day", "days", lambda value: fee.from_day(value, FLAT)),
    *no_amounts("fee.from_day", "fee.from_day", lambda value: fee.from_day(5, value)),
    *counts("fee.every", "fee.every", "days", lambda value: fee.every(value, FLAT)),
    *(
        bad
        for bad in counts("fee.every", "fee.every", "first", lambda value: fee.every(5, FLAT, first=value))
        if "None" not in bad.id
    ),
    *no_amounts("fee.every", "fee.every", lambda value: fee.every(5, value)),
    *no_amounts("fee.each_day", "fee.every", any_fee.each_day),
    *no_amounts("fee.each_further_day", "fee.every", any_fee.each_further_day),
    *no_amounts("fee.each_month", "fee.each_month", any_fee.each_month),
    *_since("fee.each_day", "fee.every", lambda value: fee.each_day(FLAT, since=value)),
    *_since("fee.each_further_day", "fee.every", lambda value: fee.each_further_day(FLAT, since=value)),
    *_since("fee.every", "fee.every", lambda value: fee.every(5, FLAT, since=value)),
    *_since("fee.each_month", "fee.each_month", lambda value: fee.each_month(FLAT, since=value)),
    *_since("fee.a_year", "fee.a_year", lambda value: fee.a_year(5, since=value)),
    *_counts_already("fee.every", lambda amount: fee.every(5, amount)),
    *_counts_already("fee.each_month", fee.each_month),
    *_percents("fee.a_year", fee.a_year),
    row(
        "fee.a_year",
        "negative",
        lambda: fee.a_year("-5"),
        InvalidValue,
        "percent",
        "rate: percent -5% is negative; pass 0 or more",
    ),
    *no_values(
        "fee.a_year",
        "fee.a_year",
        lambda value: fee.a_year(5, by=value),
        "by",
        "not an accrual convention; pass one such as accrual.ACTUAL_365",
    ),
]
