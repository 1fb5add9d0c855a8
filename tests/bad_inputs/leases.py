"""Bad leases and their parts: items, adjustments and deposits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from arledger import (
    ArledgerError,
    Category,
    Conflict,
    CreditKind,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    Lease,
    LeaseAdjustment,
    LeaseDeposit,
    LeaseItem,
    Money,
    Percent,
    Price,
    UnknownName,
)
from arledger.checks import type_name
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
)

Made = Callable[..., object]

EMPTY = "pass a non-empty str"
TEXT = "pass it as text"
MONEY = "pass Money, such as Money('12.34', 'CAD')"
CATEGORY = "pass a Category, such as Category.FEATURE"
KIND = "pass a CreditKind, such as CreditKind.CONCESSION"
FORGIVES = "grant it as a Credit on the charge that it forgives"
UNIQUE = "ids are unique over the items, adjustments and deposits of a lease"
CHANGE = "pass Money('-50', 'CAD') or Percent(-10)"
OFF = Money("-50", "CAD")
STALL = LeaseItem("rent", RENT)


def item(**given: Any) -> LeaseItem:
    """Item rent of 900.00 CAD, spoilt by what is given."""
    return LeaseItem(**{"id": "rent", "prices": RENT, **given})


def change(**given: Any) -> LeaseAdjustment:
    """Adjustment off of -50.00 CAD, spoilt by what is given."""
    return LeaseAdjustment(**{"id": "off", "change": OFF, "code": "DISC", "since": DAY, **given})


def deposit(**given: Any) -> LeaseDeposit:
    """Deposit key of 900.00 CAD, spoilt by what is given."""
    return LeaseDeposit(**{"id": "key", "amount": RENT, **given})


def lease(**given: Any) -> Lease:
    """Lease L-1 with item rent, spoilt by what is given."""
    return Lease(**{"id": "L-1", "move_in": DAY, "items": [STALL], **given})


PARTS: dict[str, tuple[Made, str]] = {
    "lease": (lease, "lease L-1"),
    "lease item": (item, "lease item rent"),
    "lease adjustment": (change, "lease adjustment off"),
    "lease deposit": (deposit, "lease deposit key"),
}


def _of(noun: str, what: str, given: dict[str, Any], error: type[ArledgerError], problem: str) -> BadInput:
    """A lease or a part of it with something wrong: the first field that is given."""
    make, subject = PARTS[noun]
    field = next(iter(given))
    subject = noun if field == "id" else subject  # the id that it has is none
    return BadInput(f"{noun}: {what}", lambda: make(**given), error, field, f"{subject}: {problem}")


def _ids() -> list[BadInput]:
    """What is refused as the id of a lease and of its parts alike."""
    uuid = UUID(int=7)
    bad: list[tuple[str, object, type[ArledgerError], str]] = [
        ("an int for an id", 17, InvalidType, "is int, not str; pass str(17)"),
        ("a UUID for an id", uuid, InvalidType, f"is UUID, not str; pass str({uuid!r})"),
        ("no id", None, InvalidType, f"is None, not str; {TEXT}"),
        ("a list for an id", ["L-1"], InvalidType, f"is list, not str; {TEXT}"),
        ("an id too long to print", TOO_LONG, InvalidType, f"is int, not str; {TEXT}"),
        ("an empty id", "", InvalidValue, f"is empty; {EMPTY}"),
        ("an id with blanks around it", "L-1 ", InvalidValue, "'L-1 ' has blanks around it; pass it without them"),
        ("an id that is no text", SURROGATE, InvalidValue, NO_VALID_TEXT),
    ]
    return [
        _of(noun, what, {"id": value}, error, f"id {problem}") for noun in PARTS for what, value, error, problem in bad
    ]


def _optional_ids() -> list[BadInput]:
    """What is refused as a code, a payer, an item or a billing type that is named."""
    fields = {
        "lease": ["payer", "billing_type"],
        "lease item": ["code", "payer"],
        "lease adjustment": ["code", "payer", "item"],
        "lease deposit": ["code", "payer"],
    }
    return [
        row
        for noun, named in fields.items()
        for field in named
        for row in (
            _of(noun, f"{field} is an int", {field: 4010}, InvalidType, f"{field} is int, not str; pass str(4010)"),
            _of(noun, f"{field} is empty", {field: " "}, InvalidValue, f"{field} is empty; {EMPTY}"),
            _of(noun, f"{field} is a bool", {field: False}, InvalidType, f"{field} is bool, not str; {TEXT}"),
        )
    ]


def _dates() -> list[BadInput]:
    """What is refused as a day of a lease or of a part of it."""
    fields: list[tuple[str, str, dict[str, Any]]] = [
        ("lease", "move_in", {}),
        ("lease", "move_out", {}),
        ("lease adjustment", "since", {}),
        ("lease adjustment", "until", {"recurring": True}),
        ("lease deposit", "since", {}),
        ("lease deposit", "held_since", {}),
    ]
    bad = [("a moment", MOMENT, NO_MOMENT), ("text", "2026-03-01", NO_DATE), ("a number", 20260301, NO_DATE)]
    return [
        *(
            _of(
                noun,
                f"{field} is {what}",
                {field: day, **given},
                InvalidType,
                f"{field} is {type_name(day)}, not date; {hint}",
            )
            for noun, field, given in fields
            for what, day, hint in bad
        ),
        _of("lease", "no move-in", {"move_in": None}, InvalidType, f"move_in is None, not date; {NO_DATE}"),
        _of("lease adjustment", "no day", {"since": None}, InvalidType, f"since is None, not date; {NO_DATE}"),
    ]


def _flags() -> list[BadInput]:
    """What is refused as yes or no."""
    fields = [("lease item", "proratable"), ("lease adjustment", "recurring"), ("lease adjustment", "proratable")]
    bad: list[tuple[str, object, str]] = [("None", None, "None"), ("1", 1, "int"), ("'no'", "no", "str")]
    return [
        _of(noun, f"{field} is {what}", {field: value}, InvalidType, f"{field} is {name}, not bool; pass True or False")
        for noun, field in fields
        for what, value, name in bad
    ]


def _lists() -> list[BadInput]:
    """What is refused as the items, the adjustments or the deposits of a lease."""
    fields = {
        "items": (LeaseItem, deposit()),
        "adjustments": (LeaseAdjustment, STALL),
        "deposits": (LeaseDeposit, STALL),
    }
    whole = [("None", None), ("text", "rent"), ("an int", 3)]
    inside: list[tuple[str, Any]] = [("None", [None]), ("text", ["rent"]), ("names", {"rent": STALL})]
    rows = []
    for field, (kind, other) in fields.items():
        name = kind.__name__
        rows += [
            _of(
                "lease",
                f"{field} is {what}",
                {field: value},
                InvalidType,
                f"{field} is {type_name(value)}, not a list of {name}; pass a list of {name}",
            )
            for what, value in (*whole, ("one of another kind", other))
        ]
        rows += [
            _of(
                "lease",
                f"{field} with {what}",
                {field: values},
                InvalidType,
                f"{field} is {type_name(next(iter(values)))}, not {name}; pass a {name}",
            )
            for what, values in (*inside, ("one of another kind", [other]))
        ]
    return rows


def _twice(what: str, name: str, **given: Any) -> BadInput:
    return BadInput(
        f"lease: an id twice, {what}",
        lambda: lease(**given),
        Conflict,
        "id",
        f"lease L-1: id {name} stands twice; {UNIQUE}",
    )


def _mixed(what: str, name: str, **given: Any) -> BadInput:
    return BadInput(
        f"lease: two currencies, {what}",
        lambda: lease(**given),
        CurrencyMismatch,
        "currency",
        f"lease L-1: {name} is in USD, others are in CAD; make a lease for each currency",
    )


def _prices(what: str, prices: object, error: type[ArledgerError], field: str, message: str) -> BadInput:
    return BadInput(f"lease item: prices, {what}", lambda: item(prices=prices), error, field, message)


LEASES = [
    _of("lease", "no item", {"items": []}, InvalidValue, "has no item; pass at least one"),
    _of(
        "lease",
        "a move-out before the move-in",
        {"move_out": date(2026, 2, 28)},
        InvalidValue,
        "move_out 2026-02-28 is before move_in 2026-03-01; pass the day of moving out",
    ),
    _twice("of items", "rent", items=[STALL, item(prices=CENT)]),
    _twice("of an item and an adjustment", "rent", adjustments=[change(id="rent")]),
    _twice("of an item and a deposit", "rent", deposits=[deposit(id="rent")]),
    _twice("of adjustments", "off", adjustments=[change(), change(recurring=True)]),
    _twice("of an adjustment and a deposit", "off", adjustments=[change()], deposits=[deposit(id="off")]),
    _twice("of deposits", "key", deposits=[deposit(), deposit(amount=CENT)]),
    _mixed("of items", "stall", items=[STALL, item(id="stall", prices=DOLLAR)]),
    _mixed("of an item and a deposit", "key", deposits=[deposit(amount=DOLLAR)]),
    _mixed("of an item and an adjustment", "off", adjustments=[change(change=-DOLLAR)]),
    BadInput(
        "lease: an adjustment of an unknown item",
        lambda: lease(adjustments=[change(item="rend")]),
        UnknownName,
        "item",
        "lease L-1: adjustment off of an unknown item rend; did you mean rent?",
    ),
    BadInput(
        "lease: an adjustment of a deposit",
        lambda: lease(adjustments=[change(item="key")], deposits=[deposit()]),
        UnknownName,
        "item",
        "lease L-1: adjustment off of an unknown item key; known are rent",
    ),
]

NO_PRICES = "prices: prices is str, not a list of Price; pass Money, or a list of Price"

_PRICES: list[tuple[str, object, type[ArledgerError], str, str]] = [
    ("no price", [], InvalidValue, "prices", "prices: no price; pass Money or a list of Price"),
    ("text", "900.00", InvalidType, "prices", NO_PRICES),
    ("an amount in a list", [RENT], InvalidType, "prices", "prices: prices is Money, not Price; pass a Price"),
    ("below 0", OFF, InvalidValue, "amount", "price: amount -50.00 CAD is negative; a reduction is a LeaseAdjustment"),
]

ITEMS = [
    *(
        _of("lease item", f"per is {what}", {"per": value}, UnknownName, f"unknown per {problem}")
        for what, value, problem in (
            ("misspelled", "monthly", "'monthly'; did you mean month?"),
            ("unknown", "week", "'week'; known are day, month, period"),
            ("None", None, "None; known are day, month, period"),
            ("a number", 30, "30; known are day, month, period"),
            ("a list", ["day"], "['day']; did you mean day?"),
            ("too long to print", TOO_LONG, "<int too long to print>; known are day, month, period"),
        )
    ),
    *(
        _of(
            "lease item",
            f"category is {what}",
            {"category": value},
            InvalidType,
            f"category is {type_name(value)}, not Category; {CATEGORY}",
        )
        for what, value in (("text", "rent"), ("None", None), ("a kind of credit", CreditKind.WAIVER))
    ),
    *(_prices(*row) for row in _PRICES),
]

ADJUSTMENTS = [
    *(
        _of(
            "lease adjustment",
            f"a change by {what}",
            {"change": value},
            InvalidType,
            f"change is {type_name(value)}, not Money or Percent; {CHANGE}",
        )
        for what, value in (
            ("None", None),
            ("a float", -0.1),
            ("text", "-10%"),
            ("an int", -10),
            ("a price", Price(RENT)),
        )
    ),
    _of(
        "lease adjustment",
        "a change by no money",
        {"change": Money("0", "CAD")},
        InvalidValue,
        "changes nothing; pass a change other than zero",
    ),
    _of(
        "lease adjustment",
        "a change by no percent",
        {"change": Percent(0)},
        InvalidValue,
        "changes nothing; pass a change other than zero",
    ),
    _of(
        "lease adjustment",
        "an end of what happens once",
        {"until": date(2026, 4, 1)},
        InvalidValue,
        "has an end, and happens once; pass recurring=True, or leave out until",
    ),
    *(
        _of(
            "lease adjustment",
            f"an end {what}",
            {"until": until, "recurring": True},
            InvalidValue,
            f"until {until} is not after since 2026-03-01; until is the first day without it",
        )
        for what, until in (("on its first day", DAY), ("before its first day", date(2026, 2, 1)))
    ),
    *(
        _of(
            "lease adjustment",
            f"kind is {what}",
            {"kind": value},
            InvalidType,
            f"kind is {type_name(value)}, not CreditKind; {KIND}",
        )
        for what, value in (("text", "concession"), ("None", None), ("a category", Category.RENT))
    ),
    _of(
        "lease adjustment",
        "a waiver",
        {"kind": CreditKind.WAIVER},
        InvalidValue,
        f"a waiver is no lease adjustment; {FORGIVES}",
    ),
    _of(
        "lease adjustment",
        "a write-off",
        {"kind": CreditKind.WRITE_OFF},
        InvalidValue,
        f"a write-off is no lease adjustment; {FORGIVES}",
    ),
]

DEPOSITS = [
    *(
        _of(
            "lease deposit",
            f"amount is {what}",
            {"amount": value},
            InvalidType,
            f"amount is {type_name(value)}, not Money; {MONEY}",
        )
        for what, value in (("None", None), ("an int", 500), ("text", "500"), ("a price", Price(RENT)))
    ),
    *(
        _of(
            "lease deposit",
            f"amount is {what}",
            {"amount": value},
            InvalidValue,
            f"amount {value} is not positive; pass an amount above 0",
        )
        for what, value in (("zero", Money("0", "CAD")), ("negative", OFF))
    ),
    _of(
        "lease deposit",
        "held already and charged",
        {"since": DAY, "held_since": DAY},
        InvalidValue,
        "is held already, and charged from 2026-03-01; pass since or held_since",
    ),
]

ROWS = [*_ids(), *_optional_ids(), *_dates(), *_flags(), *_lists(), *LEASES, *ITEMS, *ADJUSTMENTS, *DEPOSITS]
