"""Bad proration methods, and what cannot be prorated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from arledger import (
    ArledgerError,
    CashStep,
    CurrencyMismatch,
    DayCount,
    FixedDivisor,
    InvalidType,
    InvalidValue,
    Money,
    Period,
    Price,
    monthly,
    per_diem,
    prorate,
    proration,
    weekly,
)
from bad_inputs.common import DAY, DOLLAR, OUT_OF_RANGE, RENT, TOO_LONG, BadInput

count: Any = DayCount
divisor: Any = FixedDivisor
PART = Period(date(2026, 8, 20), date(2026, 9, 1))
WEEKS = weekly(date(2026, 8, 3))
EXACT = "pass an exact number"
FLOAT = "a float is inexact: pass str, int or Decimal"
TEXT = "pass text such as '12.34'"
LIST = "pass Money, or a list of Price"
METHOD = "pass one such as proration.ACTUAL"
CYCLE = "pass one such as monthly(1)"
ROUNDINGS = "pass HALF_UP, HALF_EVEN, UP, DOWN or a CashStep"
GIVES = "a rounding takes (numerator, denominator) and gives an int"
OF_ANOTHER = "cash step 1.00 USD for an amount in CAD; pass a step in CAD"
BEYOND = "the date is out of range; dates go from the year 1 to 9999"


class Own:
    """A method of one's own that gives what it is told to."""

    def __init__(self, given: object) -> None:
        self.given = given

    def __call__(self, *_: object) -> Any:
        return self.given

    def __repr__(self) -> str:
        return "mine"


class Failing(Own):
    """One that fails with what it is given."""

    def __call__(self, *_: object) -> Any:
        raise self.given  # type: ignore[misc]  # an error


class OfMonths(Own):
    """One that serves months only."""

    months_only = True


class OwnCycle:
    """A frequency of one's own, from which something is wrong."""

    per_year = 12
    in_months = None

    def __init__(self, start: object = None, number: object = 24_319) -> None:
        self.starts, self.numbered = start, number

    def start(self, number: int) -> Any:
        return monthly(1).start(number) if self.starts is None else self.starts

    def number(self, _day: date) -> Any:
        return self.numbered


def _count(what: str, days: object, over: object, kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return BadInput(f"day count: {what}", lambda: count(days, over), kind, field, f"day count: {message}")


def _divisor(what: str, days: object, kind: type[ArledgerError], message: str) -> BadInput:
    return BadInput(f"fixed divisor: {what}", lambda: divisor(days), kind, "divisor", message)


def _too_long(what: str, days: object) -> BadInput:
    return _divisor(what, days, InvalidValue, f"divisor is out of range; {OUT_OF_RANGE}")


def _prorate(what: str, kind: type[ArledgerError], field: str, message: str, **given: Any) -> BadInput:
    said: dict[str, Any] = {"price": RENT, "stretch": PART, "by": proration.ACTUAL, **given}
    return BadInput(f"prorate: {what}", lambda: prorate(**said), kind, field, message)


def _per_diem(what: str, kind: type[ArledgerError], field: str, message: str, **given: Any) -> BadInput:
    said: dict[str, Any] = {"price": RENT, "stretch": PART, **given}
    return BadInput(f"per_diem: {what}", lambda: per_diem(**said), kind, field, message)


def _no_method(what: str, by: object, name: str) -> BadInput:
    return _prorate(what, InvalidType, "by", f"prorate: by is {name}, not a proration method; {METHOD}", by=by)


def _no_count(what: str, given: object, name: str) -> BadInput:
    message = f"proration mine: by is {name}, not DayCount; give a DayCount(days, divisor)"
    return _prorate(f"a method that gives {what}", InvalidType, "by", message, by=Own(given))


def _no_cycle(what: str, cycle: object, name: str) -> BadInput:
    return _prorate(what, InvalidType, "cycle", f"prorate: cycle is {name}, not a frequency; {CYCLE}", cycle=cycle)


def _no_stretch(what: str, stretch: object, name: str) -> list[BadInput]:
    return [
        _prorate(
            what, InvalidType, "stretch", f"prorate: stretch is {name}, not Period; pass a Period", stretch=stretch
        ),
        _per_diem(
            what, InvalidType, "stretch", f"per_diem: stretch is {name}, not Period; pass a Period", stretch=stretch
        ),
    ]


def _no_prices(what: str, found: object, name: str) -> list[BadInput]:
    message = f"prices: prices is {name}, not a list of Price; {LIST}"
    return [
        _prorate(f"{what} for a price", InvalidType, "prices", message, price=found),
        _per_diem(f"{what} for a price", InvalidType, "prices", message, price=found),
    ]


def _rounding(what: str, rounding: object, kind: type[ArledgerError], field: str, message: str) -> list[BadInput]:
    return [
        _prorate(f"rounded by {what}", kind, field, message, rounding=rounding),
        _per_diem(f"rounded by {what}", kind, field, message, rounding=rounding),
    ]


def _gives(given: object) -> Callable[[int, int], Any]:
    return lambda _numerator, _denominator: given


ROWS = [
    _count("a float of days", 12.0, 31, InvalidType, "days", f"days is float, not int or Fraction; {EXACT}"),
    _count(
        "days that are no number", float("nan"), 31, InvalidType, "days", f"days is float, not int or Fraction; {EXACT}"
    ),
    _count("a bool of days", True, 31, InvalidType, "days", f"days is bool, not int or Fraction; {EXACT}"),
    _count("days as text", "12", 31, InvalidType, "days", f"days is str, not int or Fraction; {EXACT}"),
    _count("a Decimal of days", Decimal(12), 31, InvalidType, "days", f"days is Decimal, not int or Fraction; {EXACT}"),
    _count("no days given", None, 31, InvalidType, "days", f"days is None, not int or Fraction; {EXACT}"),
    _count("negative days", -1, 31, InvalidValue, "days", "days is -1; pass 0 or more"),
    _count("a negative part of a day", Fraction(-1, 3), 31, InvalidValue, "days", "days is -1/3; pass 0 or more"),
    _count("a float divisor", 12, 30.5, InvalidType, "divisor", f"divisor is float, not int or Fraction; {EXACT}"),
    _count("a bool divisor", 12, True, InvalidType, "divisor", f"divisor is bool, not int or Fraction; {EXACT}"),
    _count("no divisor given", 12, None, InvalidType, "divisor", f"divisor is None, not int or Fraction; {EXACT}"),
    _count(
        "a period for a divisor", 12, PART, InvalidType, "divisor", f"divisor is Period, not int or Fraction; {EXACT}"
    ),
    _count("over zero", 12, 0, InvalidValue, "divisor", "divisor is 0; pass more than 0"),
    _count("over zero of a Fraction", 0, Fraction(0), InvalidValue, "divisor", "divisor is 0; pass more than 0"),
    _count("a negative divisor", 12, Fraction(-61, 2), InvalidValue, "divisor", "divisor is -61/2; pass more than 0"),
    _count("days too long to print", TOO_LONG, 1, InvalidValue, "days", f"days is out of range; {OUT_OF_RANGE}"),
    _count(
        "negative days too long to print", -TOO_LONG, 1, InvalidValue, "days", f"days is out of range; {OUT_OF_RANGE}"
    ),
    _count(
        "an absurd denominator", Fraction(1, TOO_LONG), 1, InvalidValue, "days", f"days is out of range; {OUT_OF_RANGE}"
    ),
    _count(
        "a divisor too long to print", 1, -TOO_LONG, InvalidValue, "divisor", f"divisor is out of range; {OUT_OF_RANGE}"
    ),
    _divisor("a float", 30.5, InvalidType, f"divisor is float, not str, int or Decimal; {FLOAT}"),
    _divisor(
        "a float that is no number", float("nan"), InvalidType, f"divisor is float, not str, int or Decimal; {FLOAT}"
    ),
    _divisor("a bool", True, InvalidType, f"divisor is bool, not str, int or Decimal; {TEXT}"),
    _divisor("None", None, InvalidType, f"divisor is None, not str, int or Decimal; {TEXT}"),
    _divisor("a list", [30], InvalidType, f"divisor is list, not str, int or Decimal; {TEXT}"),
    _divisor("zero", 0, InvalidValue, "fixed divisor: divisor is 0; pass days above 0"),
    _divisor("negative", "-30.5", InvalidValue, "fixed divisor: divisor is -30.5; pass days above 0"),
    _divisor("a negative fraction", Fraction(-1, 3), InvalidValue, "fixed divisor: divisor is -1/3; pass days above 0"),
    _divisor("NaN", Decimal("NaN"), InvalidValue, "divisor NaN is no finite number"),
    _divisor("infinity", Decimal("Infinity"), InvalidValue, "divisor Infinity is no finite number"),
    _divisor(
        "words",
        "thirty",
        InvalidValue,
        "divisor 'thirty' is no plain decimal number; "
        "write the number without a currency sign or letters, such as 12.34",
    ),
    _too_long("an int too long to print", TOO_LONG),
    _too_long("a Fraction too long to print", Fraction(TOO_LONG, 7)),
    _too_long("an absurd denominator", Fraction(1, 10**41)),
    _too_long("an absurd exponent", Decimal("1E-999999")),
    *_no_prices("None", None, "None"),
    *_no_prices("a number", 1000, "int"),
    *_no_prices("a float", 1000.0, "float"),
    *_no_prices("text", "1000", "str"),
    *_no_prices("bytes", b"1000", "bytes"),
    *_no_prices("a day", DAY, "date"),
    *_no_prices("the class of prices", Price, "type"),
    *_no_stretch("no stretch", None, "None"),
    *_no_stretch("a day for a stretch", DAY, "date"),
    *_no_stretch("a pair for a stretch", (PART.start, PART.end), "tuple"),
    *_no_stretch("days for a stretch", 12, "int"),
    *_no_stretch("the class of periods", Period, "type"),
    _no_method("no method", None, "None"),
    _no_method("a method by name", "ACTUAL", "str"),
    _no_method("a divisor for a method", 30, "int"),
    _no_method("a count for a method", DayCount(12, 31), "DayCount"),
    _no_count("None", None, "None"),
    _no_count("a float", 12 / 31, "float"),
    _no_count("an int", 12, "int"),
    _no_count("a bool", True, "bool"),
    _no_count("a Fraction", Fraction(12, 31), "Fraction"),
    _no_count("a pair", (12, 31), "tuple"),
    _no_count("the class of counts", DayCount, "type"),
    _prorate(
        "a method that fails",
        InvalidValue,
        "by",
        "proration mine: failed on 2026-08-20 up to 2026-09-01 with KeyError: 'august'",
        by=Failing(KeyError("august")),
    ),
    _prorate(
        "the class of divisors for a method",
        InvalidValue,
        "by",
        "proration FixedDivisor: failed on 2026-08-20 up to 2026-09-01 with TypeError: "
        "FixedDivisor.__init__() takes 2 positional arguments but 4 were given",
        by=FixedDivisor,
    ),
    _prorate(
        "a method that makes an inexact count",
        InvalidType,
        "days",
        f"day count: days is float, not int or Fraction; {EXACT}",
        by=lambda stretch, _unit, _per_year: count(stretch.days * 1.0, 30),
    ),
    _prorate(
        "a method for months only, over weeks",
        InvalidValue,
        "by",
        "mine: a month's divisor over weeks or half-months; pass proration.ACTUAL or proration.ANNUAL",
        by=OfMonths(DayCount(1, 2)),
        cycle=WEEKS,
    ),
    _no_cycle("a cycle by name", "monthly", "str"),
    _no_cycle("a number for a cycle", 12, "int"),
    _no_cycle("a function for a cycle", monthly, "function"),
    _no_cycle("a day for a cycle", DAY, "date"),
    _no_cycle("a stretch for a cycle", PART, "Period"),
    _no_cycle("an object for a cycle", object(), "object"),
    _no_cycle("the class of cycles", OwnCycle, "type"),
    _prorate(
        "a cycle that never comes again",
        InvalidValue,
        "end",
        "period: end 2026-08-01 is not after start 2026-08-01; the end is the first day after the period",
        cycle=OwnCycle(start=date(2026, 8, 1)),
    ),
    _prorate(
        "a cycle of no number",
        InvalidType,
        "number",
        "frequency: number is None, not int; pass an int",
        cycle=OwnCycle(number=None),
    ),
    _prorate(
        "at the end of the calendar", InvalidValue, "number", BEYOND, stretch=Period(date(9999, 12, 20), date.max)
    ),
    _prorate(
        "at the end of the last week",
        InvalidValue,
        "number",
        BEYOND,
        stretch=Period(date(9999, 12, 20), date.max),
        cycle=WEEKS,
    ),
    _prorate(
        "before the first month from the 15th",
        InvalidValue,
        "number",
        BEYOND,
        stretch=Period(date.min, date(1, 1, 3)),
        cycle=monthly(15),
    ),
    _prorate(
        "an amount out of range",
        InvalidValue,
        "amount",
        f"amount is out of range; {OUT_OF_RANGE}",
        price=Money(10**40 - 1, "CAD"),
        stretch=Period(date(2026, 1, 1), date(2026, 3, 1)),
    ),
    *_rounding("nothing", None, InvalidType, "rounding", f"rounding is None, not a rounding; {ROUNDINGS}"),
    *_rounding("a name", "HALF_UP", InvalidType, "rounding", f"rounding is str, not a rounding; {ROUNDINGS}"),
    *_rounding("a number of digits", 2, InvalidType, "rounding", f"rounding is int, not a rounding; {ROUNDINGS}"),
    *_rounding("a step of another currency", CashStep(DOLLAR), CurrencyMismatch, "rounding", OF_ANOTHER),
    *_rounding(
        "a function that gives a float", _gives(1.0), InvalidType, "rounding", f"rounding gave float, not int; {GIVES}"
    ),
    *_rounding(
        "a function that gives None", _gives(None), InvalidType, "rounding", f"rounding gave None, not int; {GIVES}"
    ),
    *_rounding(
        "a function that gives too much",
        _gives(10**42),
        InvalidValue,
        "amount",
        f"amount is out of range; {OUT_OF_RANGE}",
    ),
    _prorate(
        "a daily rate rounded by a name",
        InvalidType,
        "daily_rate",
        f"daily_rate is str, not a rounding; {ROUNDINGS}",
        daily_rate="HALF_UP",
    ),
    _prorate(
        "a daily rate rounded to a bool",
        InvalidType,
        "rounding",
        f"rounding gave bool, not int; {GIVES}",
        daily_rate=_gives(True),
    ),
]
