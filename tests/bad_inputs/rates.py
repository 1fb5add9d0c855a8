"""Bad percentages, rates and tables of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from arledger import ArledgerError, InvalidType, InvalidValue, Percent, Rate, RateTable
from bad_inputs.common import DAY, MOMENT, NO_DATE, NO_MOMENT, OUT_OF_RANGE, RENT, SURROGATE, TOO_LONG, BadInput

percent: Any = Percent
rate: Any = Rate
table: Any = RateTable
FIVE = Percent(5)
JULY, OCTOBER = date(2026, 7, 1), date(2026, 10, 1)
FLOAT = "a float is inexact: pass str, int or Decimal"
TEXT = "pass text such as '12.34'"
PLAIN = "write a number such as 12.34"
A_PERCENT = "pass a Percent, such as Percent('2.5')"
ONE_RATE = "a day has one rate"
NO_GAP = "leave out until, or write a rate of 0 in between"


class Odd(float):
    """A float by another name, as of numpy."""


def _percent(what: str, value: object, kind: type[ArledgerError], message: str) -> BadInput:
    return BadInput(f"percent: {what}", lambda: percent(value), kind, "percent", f"percent {message}")


def _no_number(what: str, value: object, name: str, hint: str = TEXT) -> BadInput:
    return _percent(what, value, InvalidType, f"is {name}, not str, int or Decimal; {hint}")


def _too_long(what: str, value: object) -> BadInput:
    return _percent(what, value, InvalidValue, f"is out of range; {OUT_OF_RANGE}")


def _text(what: str, value: str, hint: str = PLAIN) -> BadInput:
    return _percent(what, value, InvalidValue, f"{value!r} is no plain decimal number; {hint}")


def _rate(
    what: str, kind: type[ArledgerError], field: str, message: str, value: object = FIVE, **days: Any
) -> BadInput:
    return BadInput(f"rate: {what}", lambda: rate(value, **days), kind, field, f"rate: {message}")


def _no_day(field: str, what: str, value: object, name: str, hint: str = NO_DATE) -> BadInput:
    message = f"{field} is {name}, not date; {hint}"
    return _rate(f"{field} {what}", InvalidType, field, message, **{field: value})


def _table(what: str, rates: object, kind: type[ArledgerError], message: str) -> BadInput:
    return BadInput(f"rate table: {what}", lambda: table(rates), kind, "rates", f"rate table: {message}")


def _day(what: str, day: object, name: str, hint: str = NO_DATE) -> BadInput:
    return BadInput(
        f"rate table: {what}",
        lambda: table(FIVE).at(day),
        InvalidType,
        "day",
        f"rate table: day is {name}, not date; {hint}",
    )


ROWS = [
    _no_number("a float", 5.0, "float", FLOAT),
    _no_number("a float that is no number", float("nan"), "float", FLOAT),
    _no_number("a float that is infinite", float("inf"), "float", FLOAT),
    _no_number("a kind of float", Odd(5), "Odd", FLOAT),
    _no_number("a bool", True, "bool"),
    _no_number("None", None, "None"),
    _no_number("bytes", b"5", "bytes"),
    _no_number("a list", [5], "list"),
    _no_number("a percentage already", FIVE, "Percent"),
    _no_number("money", RENT, "Money", "pass a plain number, such as '2.5'"),
    _percent("NaN", Decimal("NaN"), InvalidValue, "NaN is no finite number"),
    _percent("signalling NaN", Decimal("sNaN"), InvalidValue, "sNaN is no finite number"),
    _percent("infinity", Decimal("-Infinity"), InvalidValue, "-Infinity is no finite number"),
    _too_long("a huge int", 10**40),
    _too_long("an int too long to print", TOO_LONG),
    _too_long("an absurd exponent", Decimal("1E+999999")),
    _too_long("an absurd negative exponent", Decimal("1E-999999")),
    _too_long("a huge Fraction", Fraction(-(10**40))),
    _too_long("a Fraction too long to print", Fraction(TOO_LONG, 3)),
    _too_long("a Fraction over an absurd denominator", Fraction(1, 10**40 + 1)),
    _too_long("a Fraction over a denominator too long to print", Fraction(1, TOO_LONG)),
    _text("no text", ""),
    _text("a percent sign", "5%"),
    _text("a percent sign after a blank", "5 %"),
    _text("a decimal comma", "2,5", "write a point for the decimals, such as 12.34"),
    _text("an exponent", "1e-2", "write the number without an exponent"),
    _text("a ratio", "1/3"),
    _text("words", "five", "write the number without a currency sign or letters, such as 12.34"),
    _text("blanks around it", " 5", "write the number without blanks around it"),
    _percent(
        "a lone surrogate",
        SURROGATE,
        InvalidValue,
        r"'a\udcff' is no plain decimal number; "
        "write the number with the digits 0 to 9, without a currency sign, such as 12.34",
    ),
    _rate("a number", InvalidType, "percent", f"percent is int, not Percent; {A_PERCENT}", value=5),
    _rate(
        "a Fraction", InvalidType, "percent", f"percent is Fraction, not Percent; {A_PERCENT}", value=Fraction(1, 20)
    ),
    _rate("a float", InvalidType, "percent", f"percent is float, not Percent; {A_PERCENT}", value=0.05),
    _rate("text", InvalidType, "percent", f"percent is str, not Percent; {A_PERCENT}", value="5"),
    _rate("None", InvalidType, "percent", f"percent is None, not Percent; {A_PERCENT}", value=None),
    _rate(
        "the class of percentages", InvalidType, "percent", f"percent is type, not Percent; {A_PERCENT}", value=Percent
    ),
    _rate("negative", InvalidValue, "percent", "percent -1% is negative; pass 0 or more", value=Percent(-1)),
    _rate(
        "a negative fraction",
        InvalidValue,
        "percent",
        "percent -1/3% is negative; pass 0 or more",
        value=Percent(Fraction(-1, 3)),
    ),
    _no_day("since", "a moment", MOMENT, "datetime", NO_MOMENT),
    _no_day("since", "as text", "2026-01-01", "str"),
    _no_day("since", "a year", 2026, "int"),
    _no_day("since", "a false value", False, "bool"),
    _no_day("since", "empty text", "", "str"),
    _no_day("until", "a moment", MOMENT, "datetime", NO_MOMENT),
    _no_day("until", "as text", "2026-12-31", "str"),
    _no_day("until", "a false value", 0, "int"),
    _rate(
        "ends where it begins",
        InvalidValue,
        "until",
        "until 2026-03-01 is not after since 2026-03-01; until is the first day after the rate",
        since=DAY,
        until=DAY,
    ),
    _rate(
        "backwards",
        InvalidValue,
        "until",
        "until 2026-03-01 is not after since 2026-07-01; until is the first day after the rate",
        since=JULY,
        until=DAY,
    ),
    _table("no rates", [], InvalidValue, "no rates; pass at least one"),
    _table("a generator of none", iter(()), InvalidValue, "no rates; pass at least one"),
    _table("None", None, InvalidType, "rates is None, not a list of Rate; pass a Percent, or a list of Rate"),
    _table("a number", 5, InvalidType, "rates is int, not a list of Rate; pass a Percent, or a list of Rate"),
    _table("text", "5", InvalidType, "rates is str, not a list of Rate; pass a Percent, or a list of Rate"),
    _table(
        "the class of rates", Rate, InvalidType, "rates is type, not a list of Rate; pass a Percent, or a list of Rate"
    ),
    _table(
        "of a table",
        RateTable(FIVE),
        InvalidType,
        "rates is RateTable, not a list of Rate; pass a Percent, or a list of Rate",
    ),
    _table("of percentages", [FIVE], InvalidType, "rates is Percent, not Rate; pass a Rate"),
    _table("of None", [None], InvalidType, "rates is None, not Rate; pass a Rate"),
    _table("of a rate and a number", [Rate(FIVE), 7], InvalidType, "rates is int, not Rate; pass a Rate"),
    _table("of names", {"summer": Rate(FIVE)}, InvalidType, "rates is str, not Rate; pass a Rate"),
    _table(
        "a gap",
        [Rate(FIVE, since=DAY, until=JULY), Rate(FIVE, since=OCTOBER)],
        InvalidValue,
        f"no rate from 2026-07-01 up to 2026-10-01; {NO_GAP}",
    ),
    _table(
        "a gap between rates out of order",
        [Rate(FIVE, since=OCTOBER), Rate(FIVE, until=JULY)],
        InvalidValue,
        f"no rate from 2026-07-01 up to 2026-10-01; {NO_GAP}",
    ),
    _table(
        "an overlap",
        [Rate(FIVE, until=OCTOBER), Rate(Percent("0.5"), since=JULY)],
        InvalidValue,
        f"5% up to 2026-10-01 overlaps 0.5% from 2026-07-01; {ONE_RATE}",
    ),
    _table(
        "two rates from one day",
        [Rate(FIVE, since=JULY), Rate(Percent(7), since=JULY, until=OCTOBER)],
        InvalidValue,
        f"5% from 2026-07-01 overlaps 7% from 2026-07-01 up to 2026-10-01; {ONE_RATE}",
    ),
    _table(
        "two rates since ever",
        [Rate(FIVE), Rate(FIVE)],
        InvalidValue,
        f"5% overlaps 5%; {ONE_RATE}",
    ),
    _day("a moment", MOMENT, "datetime", NO_MOMENT),
    _day("a day as text", "2026-03-01", "str"),
    _day("None for a day", None, "None"),
]
