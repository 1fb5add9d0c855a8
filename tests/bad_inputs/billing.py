"""Bad due rules, billing types, policies of bills and term starts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from arledger import (
    AdjustmentPolicy,
    ArledgerError,
    BillingPolicy,
    BillingType,
    Conflict,
    DayCount,
    DueAfterInvoice,
    DueAfterStart,
    DueOnDay,
    InvalidType,
    InvalidValue,
    Percent,
    Period,
    Tax,
    UnknownName,
    every_two_weeks,
    monthly,
    proration,
    term_start,
    twice_a_month,
    weekly,
)
from arledger.checks import type_name
from bad_inputs.common import DAY, MOMENT, NO_DATE, NO_MOMENT, NO_VALID_TEXT, SURROGATE, TOO_LONG, BadInput
from bad_inputs.common import OUT_OF_RANGE as TOO_MANY_DIGITS

EMPTY = "pass a non-empty str"
TEXT = "pass it as text"
RULE = "pass a number of days, or a rule such as DueOnDay(15)"
ANCHOR = "pass 1 to 31, or LAST"
FREQUENCY = "pass monthly(1), or monthly for cycles that begin with the lease"
TERM = "pass the last day of a month, 1 to 31, on which a move-in starts the term in that month"
BY_ANY = "pass proration.ACTUAL or proration.ANNUAL"
ROUNDING = "pass HALF_UP, HALF_EVEN, UP, DOWN or a CashStep"
OUT_OF_RANGE = "the date is out of range; dates go from the year 1 to 9999"

MONTHLY = BillingType("monthly", monthly(1))
after_start: Any = DueAfterStart
after_invoice: Any = DueAfterInvoice
on_day: Any = DueOnDay
starts: Any = term_start
allowed: Any = AdjustmentPolicy


def _kind(what: str, given: dict[str, Any], error: type[ArledgerError], problem: str) -> BadInput:
    """Billing type m, by the month, with something wrong in it: the first field that is given."""
    field = next(iter(given))
    subject = "billing type" if field == "name" else "billing type m"
    whole = {"name": "m", "cycle": monthly(1), **given}
    return BadInput(f"billing type: {what}", lambda: BillingType(**whole), error, field, f"{subject}: {problem}")


def _policy(what: str, given: dict[str, Any], error: type[ArledgerError], problem: str) -> BadInput:
    """A policy of monthly bills with something wrong in it: the first field that is given."""
    field = next(iter(given))
    whole = {"types": MONTHLY, "proration": proration.ACTUAL, **given}
    return BadInput(f"billing policy: {what}", lambda: BillingPolicy(**whole), error, field, problem)


def _due(
    subject: str, what: str, call: Callable[[], object], error: type[ArledgerError], field: str, wrong: str
) -> BadInput:
    return BadInput(f"{subject}: {what}", call, error, field, f"{subject}: {field} {wrong}")


def _counted(make: Callable[[Any], Any], subject: str) -> list[BadInput]:
    """A rule that counts days."""
    bad: list[tuple[str, Any, type[ArledgerError], str]] = [
        ("days below 0", -1, InvalidValue, "is -1; pass 0 or more days"),
        ("days too long to print", -TOO_LONG, InvalidValue, f"is out of range; {TOO_MANY_DIGITS}"),
        ("no days", None, InvalidType, "is None, not int; pass an int"),
        ("a bool of days", True, InvalidType, "is bool, not int; pass an int"),
        ("a float of days", 4.0, InvalidType, "is float, not int; pass an int"),
        ("days as text", "4", InvalidType, "is str, not int; pass an int"),
    ]
    far = BadInput(
        f"{subject}: beyond the calendar", lambda: make(10**12)(DAY, DAY), InvalidValue, "days", OUT_OF_RANGE
    )

    def row(what: str, days: Any, error: type[ArledgerError], wrong: str) -> BadInput:
        return _due(subject, what, lambda: make(days), error, "days", wrong)

    return [*(row(*one) for one in bad), far]


def _asked(rule: Any, subject: str, field: str) -> list[BadInput]:
    """A rule that is asked about no day."""
    bad = [("a moment", MOMENT, NO_MOMENT), ("text", "2026-03-01", NO_DATE), ("None", None, NO_DATE)]

    def row(what: str, day: object, hint: str) -> BadInput:
        wrong = f"is {type_name(day)}, not date; {hint}"
        return _due(subject, f"asked with {what}", lambda: rule(day, day), InvalidType, field, wrong)

    return [row(*one) for one in bad]


def _anchored(what: str, day: object, error: type[ArledgerError], wrong: str) -> BadInput:
    return _due("due on day", what, lambda: on_day(day), error, "day", f"{wrong}; {ANCHOR}")


DUE_RULES = [
    *_counted(after_start, "due after start"),
    *_counted(after_invoice, "due after invoice"),
    *_asked(DueAfterStart(4), "due after start", "start"),
    *_asked(DueAfterInvoice(4), "due after invoice", "invoiced"),
    *_asked(DueOnDay(15), "due on day", "invoiced"),
    _anchored("0", 0, InvalidValue, "is 0"),
    _anchored("32", 32, InvalidValue, "is 32"),
    _anchored("a misspelled LAST", "LAST", InvalidType, "is str, not a day of the month"),
    _anchored("None", None, InvalidType, "is None, not a day of the month"),
    _anchored("a bool", True, InvalidType, "is bool, not a day of the month"),
    BadInput(
        "due on day: beyond the calendar",
        lambda: on_day(15)(date(9999, 12, 20), date(9999, 12, 20)),
        InvalidValue,
        "month",
        OUT_OF_RANGE,
    ),
]


def _names() -> list[BadInput]:
    uuid = UUID(int=7)
    bad: list[tuple[str, object, type[ArledgerError], str]] = [
        ("an int", 17, InvalidType, "is int, not str; pass str(17)"),
        ("a UUID", uuid, InvalidType, f"is UUID, not str; pass str({uuid!r})"),
        ("None", None, InvalidType, f"is None, not str; {TEXT}"),
        ("a list", ["m"], InvalidType, f"is list, not str; {TEXT}"),
        ("empty", "", InvalidValue, f"is empty; {EMPTY}"),
        ("with blanks around it", " m", InvalidValue, "' m' has blanks around it; pass it without them"),
        ("no text", SURROGATE, InvalidValue, NO_VALID_TEXT),
    ]
    return [_kind(f"name is {what}", {"name": name}, error, f"name {wrong}") for what, name, error, wrong in bad]


def _after_autopay(what: str, bill: int, autopay: int, before: str, least: str) -> BadInput:
    """A bill run after its autopay run (R28)."""
    return _kind(
        f"a bill run after its autopay run, {what}",
        {"autopay_offset_days": autopay, "bill_offset_days": bill},
        InvalidValue,
        f"the bill runs {bill} days before the cycle starts, after the autopay run {before} days before it; "
        f"pass at least {least}, or a larger bill_offset_days",
    )


def _no_days(field: str) -> list[BadInput]:
    bad: list[tuple[str, object]] = [("None", None), ("a bool", True), ("a float", 10.0), ("text", "10")]
    return [
        _kind(f"{field} is {what}", {field: days}, InvalidType, f"{field} is {type_name(days)}, not int; pass an int")
        for what, days in [*bad, ("a Decimal", Decimal(10))]
    ]


def _not(field: str, rest: str, *values: object) -> list[BadInput]:
    """Values of a billing type that are of no right kind."""
    return [
        _kind(
            f"{field} is {type_name(value)}", {field: value}, InvalidType, f"{field} is {type_name(value)}, not {rest}"
        )
        for value in values
    ]


TYPES = [
    *_names(),
    *_not("cycle", f"a frequency; {FREQUENCY}", None, "monthly", 30, True, 1.5, [monthly(1)], DAY, MONTHLY),
    *_not("due", f"a due rule; {RULE}", None, "15", 4.0, DAY, [4], Decimal(4)),
    *_not("business_days", "BusinessDays; pass a BusinessDays", "following", False, [DAY]),
    *_no_days("bill_offset_days"),
    *_no_days("autopay_offset_days"),
    BadInput(
        "billing type: due before the cycle",
        lambda: BillingType("m", monthly(1), due=-1),
        InvalidValue,
        "days",
        "due after start: days is -1; pass 0 or more days",
    ),
    BadInput(
        "billing type: a bool for the days after which it is due",
        lambda: BillingType("m", monthly(1), due=True),
        InvalidType,
        "days",
        "due after start: days is bool, not int; pass an int",
    ),
    _kind(
        "a bill run after the start",
        {"bill_offset_days": -1},
        InvalidValue,
        "bill_offset_days is -1; pass 0 or more days",
    ),
    _after_autopay("by a day", 10, -11, "11", "-10"),
    _after_autopay("on the start", 0, -1, "1", "0"),
    _kind(
        "an autopay run too long before the start to print",
        {"autopay_offset_days": -TOO_LONG},
        InvalidValue,
        f"autopay_offset_days is out of range; {TOO_MANY_DIGITS}",
    ),
]


def _wrong(field: str, rest: str, *values: object) -> list[BadInput]:
    """Values of a policy that are of no right kind."""
    return [
        _policy(
            f"{field} is {type_name(value)}",
            {field: value},
            InvalidType,
            f"billing policy: {field} is {type_name(value)}, not {rest}",
        )
        for value in values
    ]


def _no_rounding(field: str) -> list[BadInput]:
    return [
        _policy(
            f"{field} is {type_name(value)}",
            {field: value},
            InvalidType,
            f"{field} is {type_name(value)}, not a rounding; {ROUNDING}",
        )
        for value in ("HALF_UP", 2, 0.05, False)
    ]


class Mine:
    """A user's method of proration that says it divides by a month."""

    months_only = True

    def __call__(self, _stretch: Period, _unit: Period, _per_year: int, /) -> DayCount:
        return DayCount(1, 30)

    def __repr__(self) -> str:
        return "mine"


def _months_only() -> list[BadInput]:
    """A month's divisor over weeks or half-months (R24)."""
    cycles = {"weeks": weekly(DAY), "two weeks": every_two_weeks(DAY), "half-months": twice_a_month(1, 15)}
    return [
        _policy(
            f"a month's divisor over {what}",
            {"proration": Mine(), "types": [MONTHLY, BillingType("w", cycle)]},
            InvalidValue,
            f"mine: a month's divisor over weeks or half-months; {BY_ANY}",
        )
        for what, cycle in cycles.items()
    ]


def _offsets() -> list[BadInput]:
    """The rounding offset of a policy, and of a term (R26)."""
    bad: list[tuple[str, Any, type[ArledgerError], str]] = [
        ("0", 0, InvalidValue, f"is 0; {TERM}"),
        ("below 0", -1, InvalidValue, f"is -1; {TERM}"),
        ("32", 32, InvalidValue, f"is 32; {TERM}"),
        ("too long to print", TOO_LONG, InvalidValue, f"is <int too long to print>; {TERM}"),
        ("a bool", True, InvalidType, "is bool, not int; pass an int"),
        ("a float", 1.0, InvalidType, "is float, not int; pass an int"),
        ("text", "1", InvalidType, "is str, not int; pass an int"),
    ]
    return [row for one in bad for row in _offset(*one)]


def _offset(what: str, days: Any, error: type[ArledgerError], wrong: str) -> list[BadInput]:
    field = "rounding_offset_days"
    return [
        _policy(f"{field} {what}", {field: days}, error, f"billing policy: {field} {wrong}"),
        BadInput(f"term start: {field} {what}", lambda: starts(DAY, days), error, field, f"term: {field} {wrong}"),
    ]


def _move_in(what: str, day: object, hint: str) -> BadInput:
    message = f"term: move_in is {type_name(day)}, not date; {hint}"
    return BadInput(f"term start: {what} for a move-in", lambda: starts(day, 1), InvalidType, "move_in", message)


def _codes(what: str, codes: object, error: type[ArledgerError], wrong: str) -> BadInput:
    message = f"adjustment policy: codes {wrong}"
    return BadInput(f"adjustment policy: {what}", lambda: allowed(codes), error, "codes", message)


POLICIES = [
    *_wrong("types", "a list of BillingType; pass a list of BillingType", None, "monthly", 3, monthly(1)),
    _policy(
        "types with None",
        {"types": [None]},
        InvalidType,
        "billing policy: types is None, not BillingType; pass a BillingType",
    ),
    _policy(
        "types with a frequency",
        {"types": [twice_a_month(1, 15)]},
        InvalidType,
        "billing policy: types is _HalfMonths, not BillingType; pass a BillingType",
    ),
    _policy("no billing type", {"types": []}, InvalidValue, "billing policy: no billing type; pass at least one"),
    BadInput(
        "billing policy: a billing type twice",
        lambda: BillingPolicy(types=[MONTHLY, BillingType("monthly", weekly)], proration=proration.ACTUAL),
        Conflict,
        "types",
        "billing policy: billing type monthly stands twice",
    ),
    *_wrong("proration", "a proration method; pass one such as proration.ACTUAL", None, "ACTUAL", 30, True),
    *_months_only(),
    *_no_rounding("rounding"),
    *_no_rounding("daily_rate"),
    *_offsets(),
    *(
        _policy(
            f"confirmation {what}",
            {"confirmation": value},
            UnknownName,
            f"billing policy: unknown confirmation {wrong}",
        )
        for what, value, wrong in (
            ("misspelled", "automatically", "'automatically'; did you mean automatic?"),
            ("unknown", "by hand", "'by hand'; known are automatic, manual"),
            ("None", None, "None; known are automatic, manual"),
            ("a bool", True, "True; known are automatic, manual"),
            ("a list", [], "[]; known are automatic, manual"),
            ("too long to print", TOO_LONG, "<int too long to print>; known are automatic, manual"),
        )
    ),
    *_wrong("adjustments", "AdjustmentPolicy; pass an AdjustmentPolicy", None, "DISC", ["DISC"]),
    *_wrong("taxes", "TaxPolicy; pass a TaxPolicy", None, Tax("GST", Percent(5), codes="RENT"), []),
    *_wrong("counts_move_out", "bool; pass True or False", None, 1, "yes"),
    _move_in("a moment", MOMENT, NO_MOMENT),
    _move_in("text", "2026-08-01", NO_DATE),
    _move_in("None", None, NO_DATE),
    BadInput("term start: after the calendar", lambda: starts(date.max, 1), InvalidValue, "month", OUT_OF_RANGE),
    _codes("None", None, InvalidType, "is None, not a list of codes; pass a list of codes"),
    _codes("one code", "DISC", InvalidType, "is str, not a list of codes; pass a list of codes"),
    _codes("a number", 3, InvalidType, "is int, not a list of codes; pass a list of codes"),
    _codes("a code of None", [None], InvalidType, f"is None, not str; {TEXT}"),
    _codes("a code that is a number", ["DISC", 4010], InvalidType, "is int, not str; pass str(4010)"),
    _codes("what has no hash", [["DISC"]], InvalidType, f"is list, not str; {TEXT}"),
    _codes("an empty code", ["DISC", ""], InvalidValue, f"is empty; {EMPTY}"),
]

ROWS = [*DUE_RULES, *TYPES, *POLICIES]
