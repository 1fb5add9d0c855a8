"""Bad frequencies: how often something comes again, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from arledger import (
    LAST,
    ArledgerError,
    InvalidType,
    InvalidValue,
    Period,
    every_two_weeks,
    half_yearly,
    monthly,
    period_at,
    periods_over,
    quarterly,
    twice_a_month,
    weekly,
    yearly,
)
from bad_inputs.common import DAY, MOMENT, NO_DATE, NO_MOMENT, TOO_LONG, BadInput

WEEKS: list[Callable[[Any], Any]] = [weekly, every_two_weeks]
MONTHS: list[Callable[..., Any]] = [quarterly, half_yearly, yearly]
EACH: list[Any] = [weekly(DAY), every_two_weeks(DAY), twice_a_month(1, 15), monthly(31), quarterly(1), yearly(LAST)]
MARCH = Period(DAY, date(2026, 4, 1))
DAYS = "pass 1 to 31, or LAST"
OUT_OF_RANGE = "the date is out of range; dates go from the year 1 to 9999"
NO_FREQUENCY = "not a frequency; pass one such as monthly(1)"
ANCHOR_TYPES: dict[str, Any] = {"None": None, "bool": True, "float": 31.0, "str": "31", "list": [1], "Period": MARCH}
"""What is no day of the month, by the name of its type."""

at: Any = period_at
over: Any = periods_over
twice: Any = twice_a_month


def _anchor(subject: str, field: str, call: Callable[[Any], object]) -> list[BadInput]:
    """The same of each argument that is a day of the month."""

    def row(what: str, day: Any, kind: type[ArledgerError], message: str) -> BadInput:
        return BadInput(f"{subject}: {field}, {what}", lambda: call(day), kind, field, f"{subject}: {field} {message}")

    wrong_types = [
        row(f"a {name}", value, InvalidType, f"is {name}, not a day of the month; {DAYS}")
        for name, value in ANCHOR_TYPES.items()
    ]
    return [
        *wrong_types,
        row("a misspelled LAST", "LAST", InvalidType, f"is str, not a day of the month; {DAYS}"),
        row("of 0", 0, InvalidValue, f"is 0; {DAYS}"),
        row("below 0", -1, InvalidValue, f"is -1; {DAYS}"),
        row("of 32", 32, InvalidValue, f"is 32; {DAYS}"),
        row("too long to print", TOO_LONG, InvalidValue, f"is <int too long to print>; {DAYS}"),
    ]


def _moment(make: Callable[[Any], object], field: str) -> BadInput:
    name = make.__name__
    message = f"{name}: {field} is datetime, not date; {NO_MOMENT}"
    return BadInput(f"{name}: a moment", lambda: make(MOMENT), InvalidType, field, message)


def _since(make: Callable[[Any], object], what: str, since: object, found: str) -> BadInput:
    name = make.__name__
    message = f"{name}: since is {found}, not date; {NO_DATE}"
    return BadInput(f"{name}: {what}", lambda: make(since), InvalidType, "since", message)


def _month(make: Callable[..., object], what: str, month: object, kind: type[ArledgerError], wrong: str) -> BadInput:
    name = make.__name__
    return BadInput(f"{name}: {what}", lambda: make(1, month=month), kind, "month", f"{name}: month {wrong}")


def _second(what: str, first: object, second: object) -> BadInput:
    return BadInput(
        f"twice_a_month: {what}",
        lambda: twice(first, second),
        InvalidValue,
        "second",
        f"twice_a_month: second {second} is not after first {first} in February; "
        "pass two days that differ in each month, the earlier one first",
    )


def _number(frequency: Any, what: str, number: object, found: str) -> BadInput:
    message = f"frequency: number is {found}, not int; pass an int"
    return BadInput(f"{frequency}: {what}", lambda: frequency.start(number), InvalidType, "number", message)


def _day(frequency: Any, what: str, day: object, found: str, hint: str) -> list[BadInput]:
    message = f"frequency: day is {found}, not date; {hint}"
    return [
        BadInput(f"{frequency}: {what}", lambda: frequency.number(day), InvalidType, "day", message),
        BadInput(f"period_at: {what} in {frequency}", lambda: at(frequency, day), InvalidType, "day", message),
    ]


def _no_frequency(what: str, frequency: object, found: str) -> list[BadInput]:
    return [
        BadInput(f"{name}: {what}", call, InvalidType, "frequency", f"{name}: frequency is {found}, {NO_FREQUENCY}")
        for name, call in (
            ("period_at", lambda: at(frequency, DAY)),
            ("periods_over", lambda: over(frequency, MARCH)),
        )
    ]


def _no_span(what: str, span: object, found: str) -> BadInput:
    message = f"periods_over: span is {found}, not Period; pass a Period"
    return BadInput(f"periods_over: {what}", lambda: over(monthly(1), span), InvalidType, "span", message)


def _beyond(what: str, call: Callable[[], object]) -> BadInput:
    return BadInput(f"beyond the calendar: {what}", call, InvalidValue, "number", OUT_OF_RANGE)


def _too_far(frequency: Any, what: str, number: int) -> BadInput:
    return _beyond(f"{frequency}, {what}", lambda: frequency.start(number))


ROWS = [
    *(_moment(make, "since") for make in WEEKS),
    *(_moment(make, "day") for make in (monthly, *MONTHS)),
    _moment(twice, "first"),
    *(_since(make, "text", "2026-03-01", "str") for make in WEEKS),
    *(_since(make, "None", None, "None") for make in WEEKS),
    *(_since(make, "a day of the month", 1, "int") for make in WEEKS),
    *(_since(make, "the last day", LAST, "str") for make in WEEKS),
    *(_since(make, "a period", MARCH, "Period") for make in WEEKS),
    *_anchor("monthly", "day", monthly),
    *(row for make in MONTHS for row in _anchor(make.__name__, "day", make)),
    *_anchor("twice_a_month", "first", twice),
    *(row for row in _anchor("twice_a_month", "second", lambda day: twice(1, day)) if "None" not in row.id),
    BadInput(
        "twice_a_month: a date for the second",
        lambda: twice(DAY, date(2026, 3, 15)),
        InvalidType,
        "second",
        f"twice_a_month: second is date, not a day of the month; {DAYS}",
    ),
    BadInput(
        "twice_a_month: a moment for the second",
        lambda: twice(1, MOMENT),
        InvalidType,
        "second",
        f"twice_a_month: second is datetime, not a day of the month; {DAYS}",
    ),
    _second("one day twice", 15, 15),
    _second("the later day first", 15, 10),
    _second("the last day first", LAST, 15),
    _second("the last day twice", LAST, LAST),
    _second("days that are one in February", 28, 29),
    _second("days that are one in each February", 29, 30),
    _second("the 28th and the last day", 28, LAST),
    _second("the 31st and the last day", 31, LAST),
    *(_month(make, "a month of 0", 0, InvalidValue, "is 0; pass 1 to 12") for make in MONTHS),
    *(_month(make, "a month of 13", 13, InvalidValue, "is 13; pass 1 to 12") for make in MONTHS),
    *(_month(make, "a month below 0", -1, InvalidValue, "is -1; pass 1 to 12") for make in MONTHS),
    *(
        _month(make, "a month too long", TOO_LONG, InvalidValue, "is <int too long to print>; pass 1 to 12")
        for make in MONTHS
    ),
    *(_month(make, "a bool for a month", True, InvalidType, "is bool, not int; pass an int") for make in MONTHS),
    *(_month(make, "a float for a month", 2.0, InvalidType, "is float, not int; pass an int") for make in MONTHS),
    *(_month(make, "text for a month", "May", InvalidType, "is str, not int; pass an int") for make in MONTHS),
    *(_month(make, "a date for a month", DAY, InvalidType, "is date, not int; pass an int") for make in MONTHS),
    *(_number(frequency, "None for a number", None, "None") for frequency in EACH),
    *(_number(frequency, "a bool for a number", True, "bool") for frequency in EACH),
    *(_number(frequency, "a float for a number", 1.0, "float") for frequency in EACH),
    *(_number(frequency, "text for a number", "1", "str") for frequency in EACH),
    *(_number(frequency, "a day for a number", DAY, "date") for frequency in EACH),
    *(row for frequency in EACH for row in _day(frequency, "None for a day", None, "None", NO_DATE)),
    *(row for frequency in EACH for row in _day(frequency, "a moment", MOMENT, "datetime", NO_MOMENT)),
    *(row for frequency in EACH for row in _day(frequency, "text for a day", "2026-03-01", "str", NO_DATE)),
    *(row for frequency in EACH for row in _day(frequency, "a number for a day", TOO_LONG, "int", NO_DATE)),
    *_no_frequency("None", None, "None"),
    *_no_frequency("a name", "monthly", "str"),
    *_no_frequency("a day of the month", 31, "int"),
    *_no_frequency("a constructor", monthly, "function"),
    *_no_frequency("a step between days", timedelta(days=7), "timedelta"),
    *_no_frequency("a range", range(3), "range"),
    *_no_frequency("a class of frequencies", type(monthly(1)), "type"),
    _no_span("None for a span", None, "None"),
    _no_span("a day for a span", DAY, "date"),
    _no_span("two days for a span", (DAY, DAY), "tuple"),
    _beyond("more than a timedelta holds", lambda: every_two_weeks(DAY).start(10**8)),
    _beyond("after the last day", lambda: weekly(date.max).start(1)),
    _beyond("before the first day", lambda: every_two_weeks(date.min).start(-1)),
    _beyond("a period that the calendar cuts off", lambda: period_at(weekly(DAY), date.max)),
    _beyond("a period that began before the calendar", lambda: period_at(every_two_weeks(DAY), date.min)),
    _beyond("a span whose last period is cut off", lambda: list(periods_over(weekly(DAY), Period(DAY, date.max)))),
    *(_too_far(frequency, "too many to count", TOO_LONG) for frequency in EACH),
    *(_too_far(frequency, "too many to count back", -TOO_LONG) for frequency in EACH),
    _beyond("the month before the first", lambda: monthly(1).start(11)),
    _beyond("the month after the last", lambda: monthly(1).start(120_000)),
    _beyond("the half-month before the first", lambda: twice_a_month(1).start(23)),
    _beyond("the half-month after the last", lambda: twice_a_month(1).start(240_000)),
    _beyond("the year 0", lambda: yearly(1).start(0)),
    _beyond("the year 10000", lambda: yearly(LAST, month=12).start(10_000)),
    _beyond("a year that the calendar cuts off", lambda: period_at(yearly(1), date.max)),
    _beyond("a month that began before the calendar", lambda: period_at(monthly(2), date.min)),
    _beyond("months, the last cut off", lambda: list(periods_over(monthly(1), Period(date(9999, 12, 1), date.max)))),
    _beyond("months, the first cut off", lambda: list(periods_over(monthly(2), Period(date.min, DAY)))),
]
