"""Bad autopay: shares, agreements, and agreements of one account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from arledger import (
    Agreement,
    Agreements,
    ArledgerError,
    Category,
    Conflict,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    Percent,
    Share,
    pull,
    where,
)
from bad_inputs.common import CENT, DAY, DOLLAR, MOMENT, NO_DATE, NO_MOMENT, RENT, TOO_LONG, BadInput
from bad_inputs.deposits import LATER, amounts, days, names, of

EXACT_PART = "pass Fraction(1, 3), Percent(60), or 1 for all of it"
PART = "pass 0 to 1; 60% is Percent(60)"
LISTS_OF_SHARES = "pass a Fraction, a Percent, or a list of Share"
A_RULE = "not an amount rule; pass one such as pull.KEEP_PERCENT, or a function of your own"
FIXED_HERE, FIXED_THERE = {"rule": pull.FIXED, "stored": RENT}, {"rule": pull.FIXED, "stored": DOLLAR}
NO_RULES: dict[str, Any] = {"None": None, "str": "keep_percent", "int": 5, "Money": RENT, "Percent": Percent(5)}


def agreement(**given: Any) -> Agreement:
    """Agreement AP-1 of the first day, spoilt by what is given."""
    return Agreement(**{"id": "AP-1", "rule": pull.KEEP_PERCENT, "agreed": DAY, **given})


def share(**given: Any) -> Share:
    """A share of everything, spoilt by what is given."""
    return Share(**{"fraction": 1, **given})


def wrong_types(
    noun: str, make: Callable[..., object], subject: str, field: str, values: dict[str, Any], wanted: str
) -> list[BadInput]:
    """What is refused by its type."""
    return [
        of(noun, make, f"{field} as {name}", {field: value}, InvalidType, f"{subject}: {field} is {name}, {wanted}")
        for name, value in values.items()
    ]


def optional(rows: Sequence[BadInput]) -> list[BadInput]:
    """Rows of a field that may be left out."""
    return [row for row in rows if "None" not in row.id]


def _share(what: str, given: dict[str, Any], kind: type[ArledgerError], problem: str) -> BadInput:
    return of("share", share, what, given, kind, f"share: {problem}")


def _agreement(what: str, given: dict[str, Any], kind: type[ArledgerError], problem: str) -> BadInput:
    return of("agreement", agreement, what, given, kind, f"agreement AP-1: {problem}")


def _agreements(what: str, given: Any, kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return BadInput(f"agreements: {what}", lambda: Agreements(given), kind, field, message)


def two(first: Any, second: Any, **given: Any) -> list[Agreement]:
    """Agreements of two payers, with shares."""
    return [
        agreement(payer="ann", shares=first, **given),
        agreement(id="AP-2", payer="ben", shares=second, **given),
    ]


NO_PARTS: dict[str, Any] = {
    "None": None,
    "float": 0.6,
    "bool": True,
    "str": "60%",
    "Decimal": Decimal("0.6"),
    "Money": RENT,
    "list": [Fraction(1, 3)],
    "date": DAY,
}
OUTSIDE: dict[str, tuple[Any, str]] = {
    "2": (2, "2"),
    "60 as though it were percent": (60, "60"),
    "-1": (-1, "-1"),
    "101%": (Percent(101), "1.01"),
    "-0.5%": (Percent("-0.5"), "-0.005"),
    "four thirds": (Fraction(4, 3), "4/3"),
    "a number too long to print": (TOO_LONG, "beyond 1"),
    "a billion": (-(10**9), "beyond 1"),
}

SHARES = [
    *wrong_types("share", share, "share", "fraction", NO_PARTS, f"not Fraction or Percent; {EXACT_PART}"),
    *(
        _share(f"fraction of {what}", {"fraction": value}, InvalidValue, f"fraction is {text}; {PART}")
        for what, (value, text) in OUTSIDE.items()
    ),
    *wrong_types(
        "share",
        share,
        "share",
        "of",
        {"str": "rent", "list": [where.rent], "Category": Category.RENT, "int": 5, "bool": True},
        "not a selector; pass a selector such as where.rent",
    ),
    *(
        BadInput(
            f"agreement: the whole as {name}",
            lambda value=value: agreement(shares=value),  # type: ignore[misc]
            InvalidType,
            "fraction",
            f"share: fraction is {name}, not Fraction or Percent; {EXACT_PART}",
        )
        for name, value in NO_PARTS.items()
        if name not in ("None", "str", "list")
    ),
    *(
        BadInput(
            f"agreement: the whole as {what}",
            lambda value=value: agreement(shares=value),  # type: ignore[misc]
            InvalidValue,
            "fraction",
            f"share: fraction is {text}; {PART}",
        )
        for what, (value, text) in OUTSIDE.items()
    ),
    _agreement(
        "text for shares", {"shares": "60%"}, InvalidType, f"shares is str, not a list of Share; {LISTS_OF_SHARES}"
    ),
    _agreement(
        "bytes for shares", {"shares": b"60"}, InvalidType, f"shares is bytes, not a list of Share; {LISTS_OF_SHARES}"
    ),
    *(
        _agreement(
            f"{name} among shares",
            {"shares": [Share(1), value]},
            InvalidType,
            f"shares is {name}, not Share; pass a Share",
        )
        for name, value in {**NO_PARTS, "Fraction": Fraction(1, 3), "Percent": Percent(60)}.items()
    ),
]

AGREEMENTS = [
    _agreement(
        "a share that is never reached",
        {"shares": [Share(Percent(60)), Share(1, of=where.rent)]},
        InvalidValue,
        "shares: 100% of where.rent stands after 60% of everything, and is never reached; "
        "put the share of everything last",
    ),
    *names("agreement", agreement, "agreement", "id"),
    of(
        "agreement",
        agreement,
        "id as None",
        {"id": None},
        InvalidType,
        "agreement: id is None, not str; pass it as text",
    ),
    *wrong_types("agreement", agreement, "agreement AP-1", "rule", {**NO_RULES, "list": [pull.FIXED]}, A_RULE),
    *days("agreement", agreement, "agreement AP-1", "agreed"),
    *(
        row
        for field in ("until", "move_in", "move_out")
        for row in days("agreement", agreement, "agreement AP-1", field, or_none=True)
    ),
    *(row for field in ("payer", "method") for row in names("agreement", agreement, "agreement AP-1", field)),
    *optional(amounts("agreement", agreement, "agreement AP-1", "stored")),
    _agreement(
        "an end on its day",
        {"until": DAY},
        InvalidValue,
        "until 2026-03-01 is not after agreed 2026-03-01; until is the first day after it",
    ),
    _agreement(
        "an end before its day",
        {"until": date(2026, 2, 28)},
        InvalidValue,
        "until 2026-02-28 is not after agreed 2026-03-01; until is the first day after it",
    ),
    _agreement(
        "out before in",
        {"move_out": DAY, "move_in": LATER},
        InvalidValue,
        "move_out 2026-03-01 is before move_in 2026-09-01; pass the day of moving out",
    ),
    *(
        _agreement(
            f"{text} without a stored amount",
            {"stored": None, "rule": rule},
            InvalidValue,
            f"stored is None, and {text} reads it; pass stored=",
        )
        for rule, text in (
            (pull.FIXED, "fixed amount"),
            (pull.KEEP_UNCHANGED, "keep unchanged"),
            (pull.capped(pull.FIXED, RENT), "fixed amount, up to 900.00 CAD"),
            (pull.at_least(pull.KEEP_UNCHANGED, CENT), "keep unchanged, at least 0.01 CAD"),
            (pull.skipped_over(pull.FIXED, RENT), "fixed amount, nothing above 900.00 CAD"),
        )
    ),
    *(
        _agreement(
            f"a stored amount in another currency than {rule}",
            {"stored": DOLLAR, "rule": rule},
            CurrencyMismatch,
            "stored 1.00 USD for a rule in CAD",
        )
        for rule in (pull.capped(pull.FIXED, RENT), pull.at_least(pull.KEEP_PERCENT, RENT))
    ),
    *(
        BadInput(
            f"{noun}: {asked} of {what}",
            lambda call=call, value=value: call(value),  # type: ignore[misc]
            InvalidType,
            "day",
            f"{subject}: day is {problem}",
        )
        for noun, subject, asked, call in (
            ("agreement", "agreement AP-1", "whether it stands", agreement().stands_on),
            ("agreements", "agreements", "those", Agreements([agreement()]).on),
            ("agreements", "agreements", "the shares", Agreements([agreement()]).shares_on),
        )
        for what, (value, problem) in {
            "a moment": (MOMENT, f"datetime, not date; {NO_MOMENT}"),
            "text": ("2026-03-01", f"str, not date; {NO_DATE}"),
            "None": (None, f"None, not date; {NO_DATE}"),
        }.items()
    ),
]

OF_ALL = "pass shares of 100% at most"
TOGETHER = [
    *wrong_types(
        "agreements",
        lambda **given: Agreements(given["all"]),
        "agreements",
        "all",
        {"None": None, "int": 5, "str": "AP-1", "bytes": b"AP-1", "date": DAY},
        "not a list of Agreement; pass a list of Agreement",
    ),
    *(
        _agreements(
            f"{name} among them",
            [agreement(), value],
            InvalidType,
            "all",
            f"agreements: all is {name}, not Agreement; pass an Agreement",
        )
        for name, value in {"None": None, "str": "AP-1", "Share": Share(1), "list": [agreement()]}.items()
    ),
    _agreements(
        "an id twice",
        [agreement(), agreement(payer="ann")],
        Conflict,
        "id",
        "agreement AP-1: stands twice; keep one of them",
    ),
    _agreements(
        "one agreement twice",
        [agreement(), agreement()],
        Conflict,
        "id",
        "agreement AP-1: stands twice; keep one of them",
    ),
    _agreements(
        "two currencies",
        [agreement(**FIXED_HERE), agreement(id="AP-2", **FIXED_THERE)],
        CurrencyMismatch,
        "currency",
        "agreement AP-2: in USD, and AP-1 is in CAD; an account is in one currency",
    ),
    _agreements(
        "a rule in another currency",
        [agreement(rule=pull.capped(pull.KEEP_PERCENT, DOLLAR)), agreement(id="AP-2", **FIXED_HERE)],
        CurrencyMismatch,
        "currency",
        "agreement AP-2: in CAD, and AP-1 is in USD; an account is in one currency",
    ),
    *(
        _agreements(what, two(first, second), Conflict, "shares", f"agreements AP-1 and AP-2: {said}; {OF_ALL}")
        for what, first, second, said in (
            ("60% and 50%", Percent(60), Percent(50), "110% of everything"),
            ("everything twice", 1, None, "200% of everything"),
            ("two thirds and a half", Fraction(2, 3), Fraction(1, 2), "7/6 of everything"),
            ("a cent of a percent too much", Percent("66.67"), Percent("33.34"), "100.01% of everything"),
            (
                "rent at 60% and 50%",
                [Share(Percent(60), of=where.rent)],
                [Share(Percent(50), of=where.rent)],
                "110% of where.rent",
            ),
            (
                "60% and 50% of what other shares leave",
                [Share(Percent(10), of=where.code("B")), Share(Percent(60))],
                [Share(Percent(10), of=where.code("C")), Share(Percent(50))],
                "110% of everything else",
            ),
            (
                "rent at 60%, and everything at 50%",
                [Share(Percent(60), of=where.rent)],
                Percent(50),
                "110% of where.rent",
            ),
        )
    ),
    _agreements(
        "three of 40%",
        [agreement(id=f"AP-{payer}", payer=payer, shares=Percent(40)) for payer in "abc"],
        Conflict,
        "shares",
        f"agreements AP-a, AP-b and AP-c: 120% of everything; {OF_ALL}",
    ),
    _agreements(
        "120% from a day on",
        [
            agreement(payer="ann", shares=Percent(60)),
            agreement(id="AP-2", payer="ben", shares=Percent(60), agreed=LATER),
        ],
        Conflict,
        "shares",
        f"agreements AP-1 and AP-2: 120% of everything; {OF_ALL}",
    ),
    *(
        _agreements(
            f"two of {whose} for everything",
            [agreement(payer=payer, shares=Percent(60)), agreement(id="AP-2", payer=payer, shares=Percent(40))],
            Conflict,
            "payer",
            f"agreements AP-1 and AP-2: both are of {whose} and for everything; "
            "end one of them, or give them shares of other charges",
        )
        for payer, whose in (("ann", "ann"),)
    ),
    _agreements(
        "two of a payer for the rent",
        [
            agreement(payer="ann", shares=[Share(Percent(60), of=where.rent)]),
            agreement(id="AP-2", payer="ann", shares=[Share(Percent(40), of=where.rent)]),
        ],
        Conflict,
        "payer",
        "agreements AP-1 and AP-2: both are of ann and for where.rent; "
        "end one of them, or give them shares of other charges",
    ),
]

ROWS = [*SHARES, *AGREEMENTS, *TOGETHER]
