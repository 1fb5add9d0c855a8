"""Bad amounts, currencies, roundings and arithmetic."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from arledger import (
    DOWN,
    HALF_EVEN,
    HALF_UP,
    UP,
    CashStep,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    Money,
    UnknownName,
    total,
)
from bad_inputs.common import CENT, DOLLAR, OUT_OF_RANGE, RENT, SURROGATE, TOO_LONG, BadInput

made: Any = Money  # untyped, since most of these calls would not pass a type checker
cash_step: Any = CashStep


def _type(what: str, amount: object, hint: str = "pass text such as '12.34'", name: str = "") -> BadInput:
    name = name or type(amount).__name__
    message = f"amount is {name}, not str, int or Decimal; {hint}"
    return BadInput(f"money: {what}", lambda: made(amount, "CAD"), InvalidType, "amount", message)


def _value(what: str, amount: object, message: str) -> BadInput:
    return BadInput(f"money: {what}", lambda: made(amount, "CAD"), InvalidValue, "amount", message)


def _text(what: str, amount: str, hint: str) -> BadInput:
    return _value(what, amount, f"amount {amount!r} is no plain decimal number; {hint}")


def _currency(what: str, currency: object, kind: Any, message: str) -> BadInput:
    return BadInput(f"money: {what}", lambda: made("1", currency), kind, "currency", message)


def _mixed(sign: str, operate: Callable[[Any, Any], object]) -> BadInput:
    message = f"900.00 CAD {sign} 1.00 USD: two currencies; convert one of them first"
    return BadInput(
        f"money: {sign} of two currencies", lambda: operate(RENT, DOLLAR), CurrencyMismatch, "currency", message
    )


def _no_money(sign: str, operate: Callable[[Any, Any], object], other: object) -> BadInput:
    name = "None" if other is None else type(other).__name__
    message = f"Money {sign} {name}; pass Money on both sides"
    return BadInput(f"money: {sign} {name}", lambda: operate(RENT, other), InvalidType, "other", message)


FLOAT = "a float is inexact: pass str, int or Decimal"
ISO = "pass an ISO 4217 code such as CAD"
ISO_CODE = "pass an ISO 4217 code such as 'CAD'"
PLAIN = "write a number such as 12.34"
LETTERS = "write the number without a currency sign or letters, such as 12.34"
DIGITS = "write the number with the digits 0 to 9, without a currency sign, such as 12.34"
THOUSANDS = "write the number without thousands separators, such as 1234.56"
COMMA = "write a point for the decimals, such as 12.34"
EXPONENT = "write the number without an exponent"
BLANKS = "write the number without blanks around it"
PARENTHESES = "parentheses are not read as a minus; write a plain number such as 12.34"
BOTH_SIDES_OF_THE_POINT = "write digits before and after the point, such as 0.50"
SHORTER = "write at most 40 digits before the point, and after it"
ROUNDINGS = "pass HALF_UP, HALF_EVEN, UP, DOWN or a CashStep"
GIVES = "a rounding takes (numerator, denominator) and gives an int"
RATIO = "pass a Fraction"
DIVISION = "split_evenly() loses no cent, times() takes a Fraction, over() gives a ratio"


class Odd(float):
    """A float by another name, as of numpy."""


ROWS = [
    _type("a float", 12.34, FLOAT),
    _type("a whole float", 12.0, FLOAT),
    _type("a float that is no number", float("nan"), FLOAT),
    _type("a float that is infinite", float("inf"), FLOAT),
    _type("a kind of float", Odd(1), FLOAT),
    _type("a bool", True),
    _type("None", None, name="None"),
    _type("a Fraction", Fraction(1, 2)),
    _type("bytes", b"12.34"),
    _type("a list", ["12.34"]),
    _type("a complex number", 1j),
    _type("money already", RENT, "it is Money already"),
    _value("NaN", Decimal("NaN"), "amount NaN is no finite number"),
    _value("signalling NaN", Decimal("sNaN"), "amount sNaN is no finite number"),
    _value("infinity", Decimal("Infinity"), "amount Infinity is no finite number"),
    _value("minus infinity", Decimal("-Infinity"), "amount -Infinity is no finite number"),
    _value("an absurd exponent", Decimal("1E+999999"), f"amount is out of range; {OUT_OF_RANGE}"),
    _value("an absurd negative exponent", Decimal("1E-999999"), f"amount is out of range; {OUT_OF_RANGE}"),
    _value("a decimal of a million digits", Decimal("1" * 10**6), f"amount is out of range; {OUT_OF_RANGE}"),
    _value("a huge int", 10**40, f"amount is out of range; {OUT_OF_RANGE}"),
    _value("an int too long to print", TOO_LONG, f"amount is out of range; {OUT_OF_RANGE}"),
    _value("a negative int too long to print", -TOO_LONG, f"amount is out of range; {OUT_OF_RANGE}"),
    _value("finer than its currency", "12.345", "amount 12.345 has 3 decimals, CAD allows 2; pass rounding="),
    _value("a fine Decimal", Decimal("1E-3"), "amount 0.001 has 3 decimals, CAD allows 2; pass rounding="),
    BadInput(
        "money: a fraction of a yen",
        lambda: made("1.5", "JPY"),
        InvalidValue,
        "amount",
        "amount 1.5 has 1 decimal, JPY allows 0; pass rounding=",
    ),
    BadInput(
        "money: a fourth decimal of a dinar",
        lambda: made("1.2345", "KWD"),
        InvalidValue,
        "amount",
        "amount 1.2345 has 4 decimals, KWD allows 3; pass rounding=",
    ),
    _text("no text", "", PLAIN),
    _text("blank text", "  \n", PLAIN),
    _text("blanks around the number", " 12.34", BLANKS),
    _text("a line break after the number", "12.34\n", BLANKS),
    _text("a dash", "-", PLAIN),
    _text("two points", "1.2.3", PLAIN),
    _text("two signs", "--1", PLAIN),
    _text("a minus behind", "12.34-", PLAIN),
    _text("a plus", "+12.34", "write the number without a plus"),
    _text("a percentage", "12%", PLAIN),
    _text("words", "twelve", LETTERS),
    _text("NaN in text", "NaN", LETTERS),
    _text("infinity in text", "Infinity", LETTERS),
    _text("hexadecimal", "0x10", LETTERS),
    _text("a dollar sign", "$12.34", LETTERS),
    _text("a currency code", "12.34 CAD", LETTERS),
    _text("a euro sign", "€12.34", DIGITS),
    _text("digits of another script", "١٢", DIGITS),
    _text("a typographic minus", "\u221212.34", DIGITS),
    _text("lone surrogate", "1\udcff", DIGITS),
    _text("parentheses for a negative", "(12.34)", PARENTHESES),
    _text("parentheses and a currency sign", "($12.34)", PARENTHESES),
    _text("an exponent", "1e3", EXPONENT),
    _text("a signed exponent", "-1.5E+3", EXPONENT),
    _text("thousands separated by commas", "1,234.56", THOUSANDS),
    _text("thousands separated by blanks", "1 234,56", THOUSANDS),
    _text("thousands separated by no-break spaces", "1\u00a0234.56", THOUSANDS),
    _text("thousands separated by apostrophes", "1'234'567", THOUSANDS),
    _text("thousands separated by typographic apostrophes", "1\u2019234.50", THOUSANDS),
    _text("thousands separated by points", "1.234.567,89", THOUSANDS),
    _text("thousands separated by underscores", "1_000", THOUSANDS),
    _text("lakhs", "12,34,567.00", THOUSANDS),
    _text("negative with thousands separators", "-1,234", THOUSANDS),
    _text("a decimal comma", "12,34", COMMA),
    _text("a decimal comma without a whole", ",5", COMMA),
    _text("nothing before the point", ".50", BOTH_SIDES_OF_THE_POINT),
    _text("nothing after the point", "12.", BOTH_SIDES_OF_THE_POINT),
    _text("41 digits before the point", "1" * 41, SHORTER),
    _text("41 digits after the point", "0." + "1" * 41, SHORTER),
    _value(
        "a megabyte of digits",
        "1" * 10**6,
        f"amount '{'1' * 59}... (1000002 characters) is no plain decimal number; {SHORTER}",
    ),
    _value(
        "a megabyte of letters",
        "x" * 10**6,
        f"amount '{'x' * 59}... (1000002 characters) is no plain decimal number; {LETTERS}",
    ),
    _currency("an unknown currency", "XYZ", UnknownName, f"unknown currency 'XYZ'; {ISO}"),
    _currency("no currency", "", UnknownName, f"unknown currency ''; {ISO}"),
    _currency("a lower-case currency", "cad", UnknownName, "unknown currency 'cad'; write CAD"),
    _currency("a currency in mixed case", "Jpy", UnknownName, "unknown currency 'Jpy'; write JPY"),
    _currency("a currency with blanks", "CAD ", UnknownName, f"unknown currency 'CAD '; {ISO}"),
    _currency("a currency by its sign", "$", UnknownName, f"unknown currency '$'; {ISO}"),
    _currency("gold", "XAU", UnknownName, f"unknown currency 'XAU'; {ISO}"),
    _currency("the code for no currency", "XXX", UnknownName, f"unknown currency 'XXX'; {ISO}"),
    _currency("a surrogate for a currency", SURROGATE, UnknownName, rf"unknown currency 'a\udcff'; {ISO}"),
    _currency("a long currency", "C" * 99, UnknownName, f"unknown currency '{'C' * 59}... (101 characters); {ISO}"),
    _currency("a currency that is None", None, InvalidType, f"money: currency is None, not str; {ISO_CODE}"),
    _currency("a currency by its number", 124, InvalidType, f"money: currency is int, not str; {ISO_CODE}"),
    _currency("a currency that cannot be hashed", [], InvalidType, f"money: currency is list, not str; {ISO_CODE}"),
    BadInput(
        "money: minor units as text",
        lambda: made.from_minor("12", "CAD"),
        InvalidType,
        "minor",
        "money: minor is str, not int; pass an int",
    ),
    BadInput(
        "money: minor units as a float",
        lambda: made.from_minor(12.0, "CAD"),
        InvalidType,
        "minor",
        "money: minor is float, not int; pass an int",
    ),
    BadInput(
        "money: minor units as a bool",
        lambda: made.from_minor(True, "CAD"),
        InvalidType,
        "minor",
        "money: minor is bool, not int; pass an int",
    ),
    BadInput(
        "money: minor units as a Decimal",
        lambda: made.from_minor(Decimal(12), "CAD"),
        InvalidType,
        "minor",
        "money: minor is Decimal, not int; pass an int",
    ),
    BadInput(
        "money: minor units too long to print",
        lambda: made.from_minor(TOO_LONG, "CAD"),
        InvalidValue,
        "minor",
        f"amount is out of range; {OUT_OF_RANGE}",
    ),
    BadInput(
        "money: minor units of an unknown currency",
        lambda: made.from_minor(1, "usd"),
        UnknownName,
        "currency",
        "unknown currency 'usd'; write USD",
    ),
    BadInput(
        "money: zero of an unknown currency",
        lambda: made.zero("XYZ"),
        UnknownName,
        "currency",
        f"unknown currency 'XYZ'; {ISO}",
    ),
    _mixed("+", operator.add),
    _mixed("-", operator.sub),
    _mixed("<", operator.lt),
    _mixed("<=", operator.le),
    _mixed(">", operator.gt),
    _mixed(">=", operator.ge),
    _mixed("over", Money.over),
    _no_money("+", operator.add, 1),
    _no_money("+", operator.add, None),
    _no_money("+", operator.add, "1.00"),
    _no_money("-", operator.sub, Decimal("1.00")),
    _no_money("<", operator.lt, 0),
    _no_money("<=", operator.le, 0.5),
    _no_money(">", operator.gt, 0),
    _no_money(">=", operator.ge, "0"),
    _no_money("over", Money.over, 2),
    BadInput(
        "money: sum() without a start",
        lambda: sum([made("1", "CAD")]),
        InvalidType,
        "other",
        "int + Money; sum with total(moneys, currency)",
    ),
    BadInput(
        "money: a number less money",
        lambda: 1 - made("1", "CAD"),
        InvalidType,
        "other",
        "int - Money; pass Money on both sides",
    ),
    BadInput("money: over a number", lambda: made("1", "CAD") / 2, InvalidType, "other", f"Money / int; {DIVISION}"),
    BadInput("money: over money", lambda: made("1", "CAD") / CENT, InvalidType, "other", f"Money / Money; {DIVISION}"),
    BadInput("money: floor division", lambda: made("1", "CAD") // 2, InvalidType, "other", f"Money / int; {DIVISION}"),
    BadInput(
        "money: the ratio to zero",
        lambda: RENT.over(Money.zero("CAD")),
        InvalidValue,
        "other",
        "ratio over zero; pass an amount other than zero",
    ),
    *(
        BadInput(
            f"money: times a {name}",
            lambda factor=factor: RENT * factor,  # type: ignore[misc]
            InvalidType,
            "factor",
            f"factor is {name}, not int; use times(ratio, rounding=) for a ratio",
        )
        for name, factor in {
            "float": 1.5,
            "bool": True,
            "Fraction": Fraction(1, 2),
            "Decimal": Decimal("1.5"),
            "Money": CENT,
            "str": "2",
            "None": None,
        }.items()
    ),
    BadInput(
        "money: a factor out of range",
        lambda: RENT * 10**40,
        InvalidValue,
        "factor",
        f"amount is out of range; {OUT_OF_RANGE}",
    ),
    BadInput(
        "money: a factor too long to print",
        lambda: TOO_LONG * RENT,
        InvalidValue,
        "factor",
        f"amount is out of range; {OUT_OF_RANGE}",
    ),
    *(
        BadInput(
            f"money: a ratio that is a {name}",
            lambda ratio=ratio: made("1", "CAD").times(ratio, rounding=HALF_UP),  # type: ignore[misc]
            InvalidType,
            "ratio",
            f"ratio is {name}, not int, Fraction or Decimal; {RATIO}",
        )
        for name, ratio in {"float": 0.13, "bool": True, "str": "0.13", "None": None, "Money": CENT}.items()
    ),
    BadInput(
        "money: a ratio that is no number",
        lambda: RENT.times(Decimal("NaN"), rounding=HALF_UP),
        InvalidValue,
        "ratio",
        "ratio NaN is no finite number",
    ),
    BadInput(
        "money: a ratio of an absurd exponent",
        lambda: RENT.times(Decimal("1E+999999"), rounding=HALF_UP),
        InvalidValue,
        "ratio",
        f"ratio is out of range; {OUT_OF_RANGE}",
    ),
    BadInput(
        "money: a ratio too long to print",
        lambda: RENT.times(TOO_LONG, rounding=HALF_UP),
        InvalidValue,
        "amount",
        f"amount is out of range; {OUT_OF_RANGE}",
    ),
    BadInput(
        "money: a ratio without a rounding",
        lambda: made("1", "CAD").times(Fraction(1, 3), rounding=None),
        InvalidType,
        "rounding",
        f"rounding is None, not a rounding; {ROUNDINGS}",
    ),
    BadInput(
        "money: a rounding by its name",
        lambda: made("1", "CAD").times(Fraction(1, 3), rounding="HALF_UP"),
        InvalidType,
        "rounding",
        f"rounding is str, not a rounding; {ROUNDINGS}",
    ),
    BadInput(
        "money: a rounding that an exact amount would not need",
        lambda: made("1.00", "CAD", rounding=2),
        InvalidType,
        "rounding",
        f"rounding is int, not a rounding; {ROUNDINGS}",
    ),
    BadInput(
        "money: a rounding that gives a float",
        lambda: made("12.345", "CAD", rounding=operator.truediv),
        InvalidType,
        "rounding",
        f"rounding gave float, not int; {GIVES}",
    ),
    BadInput(
        "money: a rounding that gives nothing",
        lambda: made("12.345", "CAD", rounding=lambda numerator, denominator: None),
        InvalidType,
        "rounding",
        f"rounding gave None, not int; {GIVES}",
    ),
    BadInput(
        "money: a rounding out of range",
        lambda: made("12.345", "CAD", rounding=lambda numerator, denominator: TOO_LONG),
        InvalidValue,
        "amount",
        f"amount is out of range; {OUT_OF_RANGE}",
    ),
    BadInput(
        "money: a cash step in another currency",
        lambda: made("12.34", "CAD", rounding=CashStep(DOLLAR)),
        CurrencyMismatch,
        "rounding",
        "cash step 1.00 USD for an amount in CAD; pass a step in CAD",
    ),
    BadInput(
        "money: times a ratio to a cash step in another currency",
        lambda: RENT.times(1, rounding=CashStep(DOLLAR)),
        CurrencyMismatch,
        "rounding",
        "cash step 1.00 USD for an amount in CAD; pass a step in CAD",
    ),
    BadInput(
        "cash step: zero",
        lambda: CashStep(Money.zero("CAD")),
        InvalidValue,
        "step",
        "cash step: step 0.00 CAD is not positive; pass Money above 0",
    ),
    BadInput(
        "cash step: negative",
        lambda: CashStep(-CENT),
        InvalidValue,
        "step",
        "cash step: step -0.01 CAD is not positive; pass Money above 0",
    ),
    BadInput(
        "cash step: a number",
        lambda: cash_step(5),
        InvalidType,
        "step",
        "cash step: step is int, not Money; pass a Money",
    ),
    BadInput(
        "cash step: no mode",
        lambda: cash_step(CENT, None),
        InvalidType,
        "mode",
        f"mode is None, not a rounding; {ROUNDINGS}",
    ),
    BadInput(
        "rounding: a denominator of zero",
        lambda: HALF_UP(1, 0),
        InvalidValue,
        "denominator",
        "denominator is 0; pass an int above 0",
    ),
    BadInput(
        "rounding: a negative denominator",
        lambda: HALF_EVEN(1, -2),
        InvalidValue,
        "denominator",
        "denominator is -2; pass an int above 0",
    ),
    BadInput(
        "rounding: a denominator too long to print",
        lambda: HALF_EVEN(1, -TOO_LONG),
        InvalidValue,
        "denominator",
        "denominator is <int too long to print>; pass an int above 0",
    ),
    BadInput(
        "rounding: a float for a numerator",
        lambda: UP(1.5, 2),  # type: ignore[arg-type]
        InvalidType,
        "numerator",
        "numerator is float, not int; pass two ints",
    ),
    BadInput(
        "rounding: a Fraction for a denominator",
        lambda: DOWN(1, Fraction(1, 2)),  # type: ignore[arg-type]
        InvalidType,
        "denominator",
        "denominator is Fraction, not int; pass two ints",
    ),
    BadInput(
        "total: not a list",
        lambda: total(5, "CAD"),  # type: ignore[arg-type]
        InvalidType,
        "moneys",
        "total: moneys is int, not Iterable; pass a list of Money",
    ),
    BadInput(
        "total: of a single amount",
        lambda: total(RENT, "CAD"),  # type: ignore[arg-type]
        InvalidType,
        "moneys",
        "total: moneys is Money, not Iterable; pass a list of Money",
    ),
    BadInput(
        "total: of numbers",
        lambda: total([1, 2], "CAD"),  # type: ignore[list-item]
        InvalidType,
        "other",
        "Money + int; pass Money on both sides",
    ),
    BadInput(
        "total: of text",
        lambda: total("12", "CAD"),  # type: ignore[arg-type]
        InvalidType,
        "other",
        "Money + str; pass Money on both sides",
    ),
    BadInput(
        "total: of two currencies",
        lambda: total([RENT, DOLLAR], "CAD"),
        CurrencyMismatch,
        "currency",
        "900.00 CAD + 1.00 USD: two currencies; convert one of them first",
    ),
    BadInput(
        "total: of an unknown currency",
        lambda: total([], "XYZ"),
        UnknownName,
        "currency",
        f"unknown currency 'XYZ'; {ISO}",
    ),
]
