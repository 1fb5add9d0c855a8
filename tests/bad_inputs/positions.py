"""Bad questions to a position: unknown names, bad brackets, and two positions that are not of one account."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from arledger import (
    OLDEST_FIRST,
    ArledgerError,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    Ledger,
    UnknownName,
    aged,
    corrections,
    refundable,
    replay,
    roll_forward,
    statement_of,
    unearned_fees,
)
from bad_inputs.common import DAY, DOLLAR, MOMENT, NO_DATE, NO_MOMENT, BadInput, application, charge
from bad_inputs.ledgers import BOOKS, END, OTHER_CURRENCY, position

REPLAYED = "pass what replay gave"
BRACKETS = "pass the last days of the buckets, such as (30, 60, 90)"
POSTED_SO_FAR = "pass a Position, or the applications posted so far"
TWO_ACCOUNTS = "the two positions are not of one account; pass positions of one ledger, or of what was recorded into it"
CLOSED = Ledger("CAD", [charge()], closed_through=END)
NOTHING_IN_DOLLARS = replay(Ledger("USD"), by=OLDEST_FIRST, as_of=DAY)

asked_for: Any = refundable
unearned: Any = unearned_fees
BETWEEN: list[tuple[str, str, Any]] = [
    ("statement", "statement", statement_of),
    ("roll-forward", "control", roll_forward),
]


def _of(
    noun: str, what: str, call: Callable[[], object], kind: type[ArledgerError], field: str, message: str
) -> BadInput:
    return BadInput(f"{noun}: {what}", call, kind, field, message)


def ask(name: Any) -> object:
    """What is open of a charge."""
    return position().item(name)


def correct(**given: Any) -> object:
    """Corrections, spoilt by what is given."""
    return corrections(**{"before": [], "after": position(), **given})


def age(**given: Any) -> object:
    """An ageing, spoilt by what is given."""
    return aged(**{"position": position(), **given})


ROWS = [
    *(
        _of("position", f"asked about {what}", partial(ask, value), kind, "charge", f"position: {message}")
        for what, value, kind, message in (
            ("an unknown charge", "R-04", UnknownName, "there is no charge R-04 on 2026-03-31; did you mean R-03?"),
            ("no charge of its own", "zzz", UnknownName, "there is no charge zzz on 2026-03-31; known are R-03"),
            ("a number", 3, InvalidType, "charge is int, not str; pass str(3)"),
            ("a list", ["R-03"], InvalidType, "charge is list, not str; pass it as text"),
            ("a charge itself", charge(), InvalidType, "charge is Charge, not str; pass it as text"),
        )
    ),
    _of(
        "position",
        "asked for what an unknown charge was on a day",
        lambda: position().payable_on("R-04", DAY),
        UnknownName,
        "charge",
        "position: there is no charge R-04 on 2026-03-31; did you mean R-03?",
    ),
    *(
        _of("refundable", what, partial(asked_for, *given), kind, field, f"refundable: {message}")
        for what, given, kind, field, message in (
            ("of a ledger", (BOOKS, "P-17"), InvalidType, "position", f"position is Ledger, not Position; {REPLAYED}"),
            (
                "of an unknown payment",
                (position(), "P-18"),
                UnknownName,
                "payment",
                "there is no payment P-18 on 2026-03-31; did you mean P-17?",
            ),
            ("of a number", (position(), 17), InvalidType, "payment", "payment is int, not str; pass str(17)"),
            ("of a list", (position(), ["P-17"]), InvalidType, "payment", "payment is list, not str; pass it as text"),
        )
    ),
    *(
        _of("corrections", what, partial(correct, **given), kind, field, message)
        for what, given, kind, field, message in (
            (
                "to a ledger",
                {"after": BOOKS},
                InvalidType,
                "after",
                f"corrections: after is Ledger, not Position; {REPLAYED}",
            ),
            (
                "from a ledger",
                {"before": BOOKS},
                InvalidType,
                "before",
                f"corrections: before is Ledger, not a list of Application; {POSTED_SO_FAR}",
            ),
            (
                "from ids",
                {"before": ["P-17>R-03@2026-03-01"]},
                InvalidType,
                "before",
                "corrections: before is str, not Application; pass an Application",
            ),
            (
                "from another currency",
                {"before": [application(amount=DOLLAR)]},
                CurrencyMismatch,
                "applied",
                f"application P-17>R-03@2026-03-01: {OTHER_CURRENCY}",
            ),
            (
                "posted at a moment",
                {"posted": MOMENT},
                InvalidType,
                "posted",
                f"corrections: posted is datetime, not date; {NO_MOMENT}",
            ),
            (
                "posted in closed books",
                {"posted": DAY, "after": position(ledger=CLOSED)},
                InvalidValue,
                "posted",
                "corrections: posted 2026-03-01, and the books are closed through 2026-03-31; pass 2026-04-01 or later",
            ),
        )
    ),
    *(
        _of(
            "unearned fees",
            what,
            partial(unearned, **given),
            InvalidType,
            field,
            f"unearned fees: {message}",
        )
        for what, given, field, message in (
            ("of a ledger", {"position": BOOKS}, "position", f"position is Ledger, not Position; {REPLAYED}"),
            (
                "posted on text",
                {"position": position(), "posted": "today"},
                "posted",
                f"posted is str, not date; {NO_DATE}",
            ),
        )
    ),
    *(
        _of("ageing", what, partial(age, **given), kind, next(iter(given)), f"aged: {message}")
        for what, given, kind, message in (
            ("of a ledger", {"position": BOOKS}, InvalidType, f"position is Ledger, not Position; {REPLAYED}"),
            ("brackets as a number", {"brackets": 30}, InvalidType, f"brackets is int, not a list of int; {BRACKETS}"),
            ("brackets as text", {"brackets": "30"}, InvalidType, f"brackets is str, not a list of int; {BRACKETS}"),
            ("a float bracket", {"brackets": [30.0]}, InvalidType, "brackets is float, not int; pass an int"),
            ("a bool bracket", {"brackets": [True]}, InvalidType, "brackets is bool, not int; pass an int"),
            ("no brackets", {"brackets": []}, InvalidValue, f"brackets () do not rise; {BRACKETS}"),
            ("brackets that fall", {"brackets": [60, 30]}, InvalidValue, f"brackets (60, 30) do not rise; {BRACKETS}"),
            ("a bracket twice", {"brackets": [30, 30]}, InvalidValue, f"brackets (30, 30) do not rise; {BRACKETS}"),
            ("a negative bracket", {"brackets": [-1, 30]}, InvalidValue, f"brackets (-1, 30) do not rise; {BRACKETS}"),
            ("an unknown basis", {"basis": "posted"}, InvalidValue, "unknown basis 'posted'; pass due or invoice"),
            ("no basis", {"basis": None}, InvalidValue, "unknown basis None; pass due or invoice"),
            ("ids for invoices", {"invoices": ["17"]}, InvalidType, "invoices is str, not Invoice; pass an Invoice"),
            (
                "a number for invoices",
                {"invoices": 17},
                InvalidType,
                "invoices is int, not a list of Invoice; pass a list of Invoice",
            ),
        )
    ),
    *(
        _of(noun, what, partial(between, *pair), kind, field, f"{subject}: {message}")
        for noun, subject, between in BETWEEN
        for what, pair, kind, field, message in (
            (
                "from a ledger",
                (BOOKS, position()),
                InvalidType,
                "before",
                f"before is Ledger, not Position; {REPLAYED}",
            ),
            ("to a history", (position(), ()), InvalidType, "after", f"after is tuple, not Position; {REPLAYED}"),
            (
                "the later position first",
                (position(), position(as_of=DAY)),
                InvalidValue,
                "as_of",
                "before is as of 2026-03-31, after as of 2026-03-01; pass the earlier position first",
            ),
            (
                "of two accounts",
                (position(), position(ledger=CLOSED)),
                InvalidValue,
                "after",
                TWO_ACCOUNTS,
            ),
            (
                "of two currencies",
                (NOTHING_IN_DOLLARS, position()),
                InvalidValue,
                "after",
                TWO_ACCOUNTS,
            ),
        )
    ),
]
