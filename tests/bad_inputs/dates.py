"""Bad periods, months and business days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from arledger import ArledgerError, BusinessDays, InvalidType, InvalidValue, Period, UnknownName, months_after
from bad_inputs.common import DAY, DOLLAR, MOMENT, NO_DATE, NO_MOMENT, RENT, TOO_LONG, BadInput

period: Any = Period
through: Any = Period.through
months: Any = months_after
business: Any = BusinessDays
OPEN: Any = BusinessDays("following")
MARCH = Period(DAY, date(2026, 4, 1))
FIRST_DAY_AFTER = "the end is the first day after the period"
DAYS = "pass 1 to 31, or LAST"
KNOWN = "known are following, modified_following, preceding"
WEEKDAYS = "pass weekdays from 0 (Monday) to 6 (Sunday)"
NO_ORDER = [Decimal("NaN"), Decimal(1)]
OUT_OF_RANGE = "the date is out of range; dates go from the year 1 to 9999"


def _row(what: str, start: object, end: object, kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return BadInput(f"period: {what}", lambda: period(start, end), kind, field, message)


def _day(what: str, day: Any, message: str) -> BadInput:
    return BadInput(f"period: {what}", lambda: day in MARCH, InvalidType, "day", message)


def _through(what: str, first: object, last: object, kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return BadInput(f"period through: {what}", lambda: through(first, last), kind, field, f"period: {message}")


def _months(what: str, day: object, count: object, field: str, message: str) -> BadInput:
    return BadInput(f"months_after: {what}", lambda: months(day, count), InvalidType, field, f"months: {message}")


def _far(what: str, day: date, count: int) -> BadInput:
    return BadInput(f"months_after: {what}", lambda: months(day, count), InvalidValue, "months", OUT_OF_RANGE)


def _anchor(what: str, anchor: object, kind: type[ArledgerError], message: str) -> BadInput:
    return BadInput(
        f"months_after: {what}", lambda: months(DAY, 1, anchor=anchor), kind, "anchor", f"months: anchor {message}"
    )


def _convention(what: str, convention: object, message: str) -> BadInput:
    message = f"business days: unknown convention {message}"
    return BadInput(f"business days: {what}", lambda: business(convention), UnknownName, "convention", message)


def _closed(field: str, what: str, values: object, kind: type[ArledgerError], message: str) -> BadInput:
    return BadInput(
        f"business days: {field}, {what}",
        lambda: business("following", **{field: values}),
        kind,
        field,
        f"business days: {message}",
    )


def _working(what: str, day: object, found: str, hint: str) -> list[BadInput]:
    message = f"business days: day is {found}, not date; {hint}"
    return [
        BadInput(f"business days: {what} to move", lambda: OPEN(day), InvalidType, "day", message),
        BadInput(f"business days: {what} to ask about", lambda: OPEN.is_open(day), InvalidType, "day", message),
    ]


def _beyond(convention: str, day: date) -> BadInput:
    return BadInput(
        f"business days: {convention} beyond the calendar",
        lambda: business(convention, holidays=[day])(day),
        InvalidValue,
        "day",
        OUT_OF_RANGE,
    )


ROWS = [
    _row(
        "backwards",
        DAY,
        DAY - timedelta(days=1),
        InvalidValue,
        "end",
        f"period: end 2026-02-28 is not after start 2026-03-01; {FIRST_DAY_AFTER}",
    ),
    _row(
        "of no day",
        DAY,
        DAY,
        InvalidValue,
        "end",
        f"period: end 2026-03-01 is not after start 2026-03-01; {FIRST_DAY_AFTER}",
    ),
    _row("from a moment", MOMENT, DAY, InvalidType, "start", f"period: start is datetime, not date; {NO_MOMENT}"),
    _row("to a moment", DAY, MOMENT, InvalidType, "end", f"period: end is datetime, not date; {NO_MOMENT}"),
    _row("from text", "2026-03-01", DAY, InvalidType, "start", f"period: start is str, not date; {NO_DATE}"),
    _row("to text", DAY, "2026-04-01", InvalidType, "end", f"period: end is str, not date; {NO_DATE}"),
    _row("from None", None, DAY, InvalidType, "start", f"period: start is None, not date; {NO_DATE}"),
    _row("without an end", DAY, None, InvalidType, "end", f"period: end is None, not date; {NO_DATE}"),
    _row("of so many days", DAY, 31, InvalidType, "end", f"period: end is int, not date; {NO_DATE}"),
    _day("a moment in it", MOMENT, f"period: day is datetime, not date; {NO_MOMENT}"),
    _day("text in it", "2026-03-05", f"period: day is str, not date; {NO_DATE}"),
    _day("None in it", None, f"period: day is None, not date; {NO_DATE}"),
    _day("a period in it", MARCH, f"period: day is Period, not date; {NO_DATE}"),
    _through(
        "the last day before the first",
        DAY,
        date(2026, 2, 28),
        InvalidValue,
        "last",
        "last 2026-02-28 is before first 2026-03-01; the last day is in the period",
    ),
    _through(
        "the end of the calendar",
        DAY,
        date.max,
        InvalidValue,
        "last",
        "last is the last day of the calendar; pass an earlier day",
    ),
    _through("from a moment", MOMENT, DAY, InvalidType, "first", f"first is datetime, not date; {NO_MOMENT}"),
    _through("to a moment", DAY, MOMENT, InvalidType, "last", f"last is datetime, not date; {NO_MOMENT}"),
    _through("from None", None, DAY, InvalidType, "first", f"first is None, not date; {NO_DATE}"),
    _through("without an end", DAY, None, InvalidType, "last", f"last is None, not date; {NO_DATE}"),
    _through("text", DAY, "2026-03-31", InvalidType, "last", f"last is str, not date; {NO_DATE}"),
    _through("so many days", DAY, 31, InvalidType, "last", f"last is int, not date; {NO_DATE}"),
    _months("after a moment", MOMENT, 1, "day", f"day is datetime, not date; {NO_MOMENT}"),
    _months("after None", None, 1, "day", f"day is None, not date; {NO_DATE}"),
    _months("after text", "2026-01-31", 1, "day", f"day is str, not date; {NO_DATE}"),
    _months("after a number", TOO_LONG, 1, "day", f"day is int, not date; {NO_DATE}"),
    _months("None for a number", DAY, None, "months", "months is None, not int; pass an int"),
    _months("a float of months", DAY, 1.0, "months", "months is float, not int; pass an int"),
    _months("a bool of months", DAY, True, "months", "months is bool, not int; pass an int"),
    _months("months as text", DAY, "1", "months", "months is str, not int; pass an int"),
    _months("a step for months", DAY, timedelta(31), "months", "months is timedelta, not int; pass an int"),
    _far("after the last month", date(9999, 12, 1), 1),
    _far("before the first month", date(1, 1, 31), -1),
    _far("too many to count", DAY, TOO_LONG),
    _far("too many to count back", DAY, -TOO_LONG),
    _anchor("an anchor of 0", 0, InvalidValue, f"is 0; {DAYS}"),
    _anchor("an anchor of 32", 32, InvalidValue, f"is 32; {DAYS}"),
    _anchor("an anchor too long to print", -TOO_LONG, InvalidValue, f"is <int too long to print>; {DAYS}"),
    _anchor("a bool anchor", True, InvalidType, f"is bool, not a day of the month; {DAYS}"),
    _anchor("a float anchor", 31.0, InvalidType, f"is float, not a day of the month; {DAYS}"),
    _anchor("a date for an anchor", DAY, InvalidType, f"is date, not a day of the month; {DAYS}"),
    _anchor("a misspelled anchor", "Last", InvalidType, f"is str, not a day of the month; {DAYS}"),
    _anchor("anchors", [1, 15], InvalidType, f"is list, not a day of the month; {DAYS}"),
    _convention("a misspelled convention", "Following", "'Following'; did you mean following?"),
    _convention(
        "a convention with a blank", "modified following", "'modified following'; did you mean modified_following?"
    ),
    _convention("an unknown convention", "nearest", f"'nearest'; {KNOWN}"),
    _convention("no convention", "", f"''; {KNOWN}"),
    _convention("None for a convention", None, f"None; {KNOWN}"),
    _convention("a bool for a convention", True, f"True; {KNOWN}"),
    _convention("a huge int for a convention", TOO_LONG, f"<int too long to print>; {KNOWN}"),
    _convention("a dict for a convention", {}, f"{{}}; {KNOWN}"),
    _closed("holidays", "None", None, InvalidType, "holidays is None, not a list of date; pass a list of date"),
    _closed("holidays", "a day", DAY, InvalidType, "holidays is date, not a list of date; pass a list of date"),
    _closed("holidays", "a period", MARCH, InvalidType, "holidays is Period, not a list of date; pass a list of date"),
    _closed(
        "holidays", "a huge int", TOO_LONG, InvalidType, "holidays is int, not a list of date; pass a list of date"
    ),
    _closed("holidays", "text", "2026-03-02", InvalidType, "holidays is str, not a list of date; pass a list of date"),
    _closed("holidays", "numbers without order", NO_ORDER, InvalidType, f"holidays is Decimal, not date; {NO_DATE}"),
    _closed("holidays", "money", [RENT, DOLLAR], InvalidType, f"holidays is Money, not date; {NO_DATE}"),
    _closed("holidays", "a moment", [DAY, MOMENT], InvalidType, f"holidays is datetime, not date; {NO_MOMENT}"),
    _closed("holidays", "text in it", [DAY, "2026-03-02"], InvalidType, f"holidays is str, not date; {NO_DATE}"),
    _closed("holidays", "None in it", [None, DAY], InvalidType, f"holidays is None, not date; {NO_DATE}"),
    _closed("holidays", "numbers in it", [2, 1], InvalidType, f"holidays is int, not date; {NO_DATE}"),
    _closed("holidays", "what has no hash", [[DAY]], InvalidType, f"holidays is list, not date; {NO_DATE}"),
    _closed("holidays", "a period in it", {MARCH}, InvalidType, f"holidays is Period, not date; {NO_DATE}"),
    _closed("weekend", "None", None, InvalidType, "weekend is None, not a list of weekdays; pass a list of weekdays"),
    _closed("weekend", "a number", 6, InvalidType, "weekend is int, not a list of weekdays; pass a list of weekdays"),
    _closed("weekend", "text", "56", InvalidType, "weekend is str, not a list of weekdays; pass a list of weekdays"),
    _closed(
        "weekend", "bytes", b"\5", InvalidType, "weekend is bytes, not a list of weekdays; pass a list of weekdays"
    ),
    _closed("weekend", "names of days", ["sunday"], InvalidValue, f"weekend is ('sunday',); {WEEKDAYS}"),
    _closed("weekend", "counted from 1", [6, 7], InvalidValue, f"weekend is (6, 7); {WEEKDAYS}"),
    _closed("weekend", "counted from the end", [-1], InvalidValue, f"weekend is (-1,); {WEEKDAYS}"),
    _closed("weekend", "a bool", [True], InvalidValue, f"weekend is (True,); {WEEKDAYS}"),
    _closed("weekend", "a bool after its int", [1, True], InvalidValue, f"weekend is (1, True); {WEEKDAYS}"),
    _closed("weekend", "a float after its int", [5, 5.0], InvalidValue, f"weekend is (5, 5.0); {WEEKDAYS}"),
    _closed(
        "weekend",
        "numbers without order",
        NO_ORDER,
        InvalidValue,
        f"weekend is (Decimal('NaN'), Decimal('1')); {WEEKDAYS}",
    ),
    _closed("weekend", "a float", [5.0], InvalidValue, f"weekend is (5.0,); {WEEKDAYS}"),
    _closed("weekend", "None in it", [None], InvalidValue, f"weekend is (None,); {WEEKDAYS}"),
    _closed("weekend", "what has no hash", [[5]], InvalidValue, f"weekend is ([5],); {WEEKDAYS}"),
    _closed("weekend", "a huge int", [TOO_LONG], InvalidValue, f"weekend is <tuple too long to print>; {WEEKDAYS}"),
    _closed(
        "weekend", "all days twice", [*range(7), 6], InvalidValue, "every day is a weekend; leave out the days of work"
    ),
    _closed("weekend", "all days", range(7), InvalidValue, "every day is a weekend; leave out the days of work"),
    *_working("None", None, "None", NO_DATE),
    *_working("a moment", MOMENT, "datetime", NO_MOMENT),
    *_working("text", "2026-03-01", "str", NO_DATE),
    *_working("a number", TOO_LONG, "int", NO_DATE),
    _beyond("following", date.max),
    _beyond("preceding", date.min),
]
