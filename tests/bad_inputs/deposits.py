"""Bad deposits: accrual conventions, holdings and their entries, and the policies that they are held by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from arledger import (
    AccrualSegment,
    ArledgerError,
    Conflict,
    CurrencyMismatch,
    DepositPolicy,
    Holding,
    HoldingEntry,
    HoldingKind,
    InvalidType,
    InvalidValue,
    Money,
    Percent,
    Period,
    Rate,
    where,
)
from arledger.billing.accrual import ACTUAL_365, after_days, both_ends
from bad_inputs.common import (
    CENT,
    DAY,
    DOLLAR,
    MOMENT,
    NO_DATE,
    NO_MOMENT,
    NO_VALID_TEXT,
    RENT,
    SURROGATE,
    TOO_LONG,
    BadInput,
    charge,
)

EXACT = "pass an exact number"
SAID = "say how it was counted"
EVE, LATER = date(2026, 2, 28), date(2026, 9, 1)
MONEY = "pass Money, such as Money('12.34', 'CAD')"
POSITIVE = "pass an amount above 0"
CONVENTION = "not an accrual convention; pass one such as accrual.ACTUAL_365"
HELD = Holding("D-1", RENT, DAY)
NO_DATES: dict[str, tuple[Any, str]] = {
    "a moment": (MOMENT, f"datetime, not date; {NO_MOMENT}"),
    "text": ("2026-03-01", f"str, not date; {NO_DATE}"),
    "a number": (TOO_LONG, f"int, not date; {NO_DATE}"),
    "a bool": (True, f"bool, not date; {NO_DATE}"),
    "days": ([DAY], f"list, not date; {NO_DATE}"),
}
"""What is no day, and how it is refused."""
NO_MONEY: dict[str, tuple[Any, type[ArledgerError], str]] = {
    "None": (None, InvalidType, f"is None, not Money; {MONEY}"),
    "text": ("900.00", InvalidType, f"is str, not Money; {MONEY}"),
    "a float": (900.0, InvalidType, f"is float, not Money; {MONEY}"),
    "a number": (TOO_LONG, InvalidType, f"is int, not Money; {MONEY}"),
    "a percentage": (Percent(2), InvalidType, f"is Percent, not Money; {MONEY}"),
    "nothing": (Money.zero("CAD"), InvalidValue, f"0.00 CAD is not positive; {POSITIVE}"),
    "a reduction": (-CENT, InvalidValue, f"-0.01 CAD is not positive; {POSITIVE}"),
}
NO_NAMES: dict[str, tuple[Any, type[ArledgerError], str]] = {
    "a number": (17, InvalidType, "is int, not str; pass str(17)"),
    "a number too long to print": (TOO_LONG, InvalidType, "is int, not str; pass it as text"),
    "a bool": (True, InvalidType, "is bool, not str; pass it as text"),
    "bytes": (b"D-1", InvalidType, "is bytes, not str; pass it as text"),
    "empty": ("", InvalidValue, "is empty; pass a non-empty str"),
    "blanks": (" D-1", InvalidValue, "' D-1' has blanks around it; pass it without them"),
    "no text": (SURROGATE, InvalidValue, NO_VALID_TEXT),
}


def entry(**given: Any) -> HoldingEntry:
    """A top-up of a cent on the first day, spoilt by what is given."""
    return HoldingEntry(**{"kind": HoldingKind.TOP_UP, "amount": CENT, "on": DAY, **given})


def released(amount: Money, on: date) -> HoldingEntry:
    return entry(kind=HoldingKind.RELEASED, amount=amount, on=on)


def segment(**given: Any) -> AccrualSegment:
    """Half a year, spoilt by what is given."""
    return AccrualSegment(**{"period": Period(DAY, LATER), "years": Fraction(1, 2), "counted": "half a year", **given})


def holding(**given: Any) -> Holding:
    """Holding D-1 of 900.00 CAD, spoilt by what is given."""
    return Holding(**{"id": "D-1", "paid": RENT, "since": DAY, **given})


def policy(**given: Any) -> DepositPolicy:
    """A policy of 2% a year, spoilt by what is given."""
    return DepositPolicy(**{"rates": Percent(2), "refund_window_days": 30, **given})


def of(
    noun: str, make: Callable[..., object], what: str, given: dict[str, Any], kind: type[ArledgerError], message: str
) -> BadInput:
    return BadInput(f"{noun}: {what}", lambda: make(**given), kind, next(iter(given)), message)


def days(noun: str, make: Callable[..., object], subject: str, field: str, *, or_none: bool = False) -> list[BadInput]:
    """What is refused as a day."""
    bad = NO_DATES if or_none else {**NO_DATES, "None": (None, f"None, not date; {NO_DATE}")}
    return [
        of(noun, make, f"{field} as {what}", {field: value}, InvalidType, f"{subject}: {field} is {problem}")
        for what, (value, problem) in bad.items()
    ]


def amounts(noun: str, make: Callable[..., object], subject: str, field: str) -> list[BadInput]:
    """What is refused as an amount."""
    return [
        of(noun, make, f"{field} as {what}", {field: value}, kind, f"{subject}: {field} {problem}")
        for what, (value, kind, problem) in NO_MONEY.items()
    ]


def names(noun: str, make: Callable[..., object], subject: str, field: str) -> list[BadInput]:
    """What is refused as a name."""
    return [
        of(noun, make, f"{field} as {what}", {field: value}, kind, f"{subject}: {field} {problem}")
        for what, (value, kind, problem) in NO_NAMES.items()
    ]


def _conventions(noun: str, make: Callable[[Any], object], subject: str, field: str) -> list[BadInput]:
    """What is refused as an accrual convention."""
    bad = {"None": None, "str": "ACTUAL_365", "int": 365, "Percent": Percent(2), "bool": True, "list": [ACTUAL_365]}
    return [
        BadInput(
            f"{noun}: {field} as {name}",
            lambda value=value: make(value),  # type: ignore[misc]
            InvalidType,
            field,
            f"{subject}: {field} is {name}, {CONVENTION}",
        )
        for name, value in bad.items()
    ]


def _segment(what: str, given: dict[str, Any], kind: type[ArledgerError], problem: str) -> BadInput:
    return of("accrual segment", segment, what, given, kind, f"accrual segment: {problem}")


def _least(what: str, days: Any, kind: type[ArledgerError], problem: str) -> BadInput:
    message = f"after_days: days is {problem}"
    return BadInput(f"after_days: {what}", lambda: after_days(days, ACTUAL_365), kind, "days", message)


def _held_on(what: str, day: Any, problem: str) -> BadInput:
    return BadInput(f"held on: {what}", lambda: HELD.on(day), InvalidType, "day", f"holding D-1: day is {problem}")


def _policy(what: str, given: dict[str, Any], kind: type[ArledgerError], message: str) -> BadInput:
    return of("deposit policy", policy, what, given, kind, message)


def _entries(what: str, entries: object, kind: type[ArledgerError], problem: str) -> BadInput:
    return of("holding", holding, f"entries, {what}", {"entries": entries}, kind, f"holding D-1: {problem}")


WINDOW = "refund_window_days"
NEXT_YEAR = Rate(Percent(2), since=date(2027, 1, 1))
SPRING = Rate(Percent(2), until=date(2026, 6, 1))
ENTRY = "pass a HoldingEntry"
ENTRIES = "not a list of HoldingEntry; pass a list of HoldingEntry"

ROWS = [
    # conventions
    *_conventions("both_ends", both_ends, "both_ends", "convention"),
    *_conventions("after_days", lambda convention: after_days(90, convention), "after_days", "convention"),
    *_conventions("deposit policy", lambda convention: policy(accrual=convention), "deposit policy", "accrual"),
    *(
        _least(f"{name} of days", days, InvalidType, f"{name}, not int; pass an int")
        for name, days in {"None": None, "bool": True, "float": 90.0, "str": "90", "timedelta": timedelta(90)}.items()
    ),
    _least("no days", 0, InvalidValue, "0; pass 1 or more"),
    _least("days below 0", -1, InvalidValue, "-1; pass 1 or more"),
    _least("days too long to print", -TOO_LONG, InvalidValue, "<int too long to print>; pass 1 or more"),
    *(
        _segment(f"period as {name}", {"period": value}, InvalidType, f"period is {name}, not Period; pass a Period")
        for name, value in {"None": None, "tuple": (DAY, LATER), "date": DAY}.items()
    ),
    *(
        _segment(f"years as {name}", {"years": value}, InvalidType, f"years is {name}, not Fraction; {EXACT}")
        for name, value in {"None": None, "float": 0.5, "bool": True, "str": "1/2", "Decimal": Decimal("0.5")}.items()
    ),
    _segment("years below 0", {"years": Fraction(-1, 2)}, InvalidValue, "years is Fraction(-1, 2); pass 0 or more"),
    *(
        _segment(f"counted as {name}", {"counted": value}, InvalidType, f"counted is {name}, not str; {SAID}")
        for name, value in {"None": None, "int": 184}.items()
    ),
    # entries of a holding
    *(
        of(
            "holding entry",
            entry,
            f"kind as {name}",
            {"kind": value},
            InvalidType,
            f"holding entry: kind is {name}, not HoldingKind; pass a HoldingKind",
        )
        for name, value in {"str": "top_up", "None": None, "int": 1, "bool": True, "EnumType": HoldingKind}.items()
    ),
    *amounts("holding entry", entry, "holding entry", "amount"),
    *days("holding entry", entry, "holding entry", "on"),
    # holdings
    of("holding", holding, "id as None", {"id": None}, InvalidType, "holding: id is None, not str; pass it as text"),
    *names("holding", holding, "holding", "id"),
    *names("holding", holding, "holding D-1", "payer"),
    *amounts("holding", holding, "holding D-1", "paid"),
    *days("holding", holding, "holding D-1", "since"),
    _entries("None", None, InvalidType, f"entries is None, {ENTRIES}"),
    _entries("a single one", entry(), InvalidType, f"entries is HoldingEntry, {ENTRIES}"),
    _entries("text", "top-up", InvalidType, f"entries is str, {ENTRIES}"),
    _entries("a number", TOO_LONG, InvalidType, f"entries is int, {ENTRIES}"),
    *(
        _entries(f"{name} among them", [entry(), value], InvalidType, f"entries is {name}, not HoldingEntry; {ENTRY}")
        for name, value in {"None": None, "Money": CENT, "tuple": (CENT, DAY), "Charge": charge(), "str": ""}.items()
    ),
    _entries(
        "in another currency",
        [entry(amount=DOLLAR)],
        CurrencyMismatch,
        "1.00 USD to a deposit in CAD",
    ),
    _entries(
        "before it was paid",
        [entry(), entry(on=EVE)],
        InvalidValue,
        "an entry on 2026-02-28, and held since 2026-03-01; pass entries since it was paid",
    ),
    _entries(
        "a release of more than is held",
        [released(RENT + CENT, LATER)],
        Conflict,
        "more is released than held on 2026-09-01; release at most what is held",
    ),
    _entries(
        "releases that sum to more",
        [released(CENT, LATER), released(RENT, DAY)],
        Conflict,
        "more is released than held on 2026-09-01; release at most what is held",
    ),
    _entries(
        "a release before what makes up for it",
        [released(RENT + CENT, DAY), entry(on=LATER)],
        Conflict,
        "more is released than held on 2026-03-01; release at most what is held",
    ),
    *(_held_on(what, value, problem) for what, (value, problem) in NO_DATES.items()),
    _held_on("None", None, f"None, not date; {NO_DATE}"),
    # policies
    *(
        _policy(
            f"{WINDOW} as {name}",
            {WINDOW: value},
            InvalidType,
            f"deposit policy: {WINDOW} is {name}, not int; pass an int",
        )
        for name, value in {"None": None, "bool": False, "float": 30.0, "str": "30", "timedelta": timedelta(30)}.items()
    ),
    _policy("a window below 0", {WINDOW: -1}, InvalidValue, f"deposit policy: {WINDOW} is -1; pass 0 or more days"),
    _policy(
        "a window too long to print",
        {WINDOW: -TOO_LONG},
        InvalidValue,
        f"deposit policy: {WINDOW} is <int too long to print>; pass 0 or more days",
    ),
    *(
        _policy(
            f"covers as {name}",
            {"covers": value},
            InvalidType,
            f"deposit policy: covers is {name}, not a selector; pass a selector such as where.rent",
        )
        for name, value in {
            "str": "rent",
            "bool": True,
            "list": [where.rent],
            "Charge": charge(),
            "function": entry,
        }.items()
    ),
    *(
        _policy(
            f"rounding as {name}",
            {"rounding": value},
            InvalidType,
            f"rounding is {name}, not a rounding; pass HALF_UP, HALF_EVEN, UP, DOWN or a CashStep",
        )
        for name, value in {"None": None, "str": "HALF_UP", "int": 2, "Money": CENT}.items()
    ),
    *(
        _policy(
            f"rates as {name}",
            {"rates": value},
            InvalidType,
            f"rate table: rates is {name}, not a list of Rate; pass a Percent, or a list of Rate",
        )
        for name, value in {"float": 0.02, "str": "2", "int": 2, "bool": True, "Money": CENT}.items()
    ),
    *(
        _policy(
            f"rates as a list of {name}",
            {"rates": [NEXT_YEAR, value]},
            InvalidType,
            f"rate table: rates is {name}, not Rate; pass a Rate",
        )
        for name, value in {"Percent": Percent(2), "None": None, "float": 0.02, "tuple": (DAY, Percent(2))}.items()
    ),
    _policy("no rate in its table", {"rates": []}, InvalidValue, "rate table: no rates; pass at least one"),
    _policy(
        "rates of which one day has two",
        {"rates": [SPRING, Rate(Percent(3), since=DAY)]},
        InvalidValue,
        "rate table: 2% up to 2026-06-01 overlaps 3% from 2026-03-01; a day has one rate",
    ),
    _policy(
        "rates with a gap between them",
        {"rates": [SPRING, NEXT_YEAR]},
        InvalidValue,
        "rate table: no rate from 2026-06-01 up to 2027-01-01; leave out until, or write a rate of 0 in between",
    ),
]
