"""Bad fees for returned payments: lines, schedules, what the bank charged; and bad tolerances for small balances."""

from __future__ import annotations

from datetime import date
from typing import Any

from arledger import (
    OLDEST_FIRST,
    ArledgerError,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    Ledger,
    NsfFee,
    NsfSchedule,
    Return,
    ReturnReason,
    UnknownName,
    fee,
    nsf_fees,
    replay,
    small_balance_credits,
)
from arledger.fees.nsf import FOR_LACK_OF_FUNDS
from bad_inputs.common import CENT, DAY, DOLLAR, RENT, SURROGATE, TOO_LONG, BadInput, payment
from bad_inputs.deposits import EVE, LATER, amounts, days, names, of
from bad_inputs.fees import A_DAY, FIVE, FLAT, IN_DOLLARS, ROUNDINGS, no_amounts, no_values, row

BACK = Return("N-1", "P-17", on=LATER, reason=ReturnReason.INSUFFICIENT_FUNDS)
ACCOUNT = replay(Ledger("CAD", [payment(), BACK]), by=OLDEST_FIRST, as_of=LATER)
OF_THE_COST = fee.greater_of(fee.flat(CENT), fee.BANK_COST)
THE_BASES = "take the payment's face value or the bank's own cost"
REASONS = "pass ReturnReason values, such as .STOPPED"
STOPPED = ReturnReason.STOPPED


def line(**given: Any) -> NsfFee:
    """900.00 CAD for any method, spoilt by what is given."""
    return NsfFee(**{"amount": FLAT, **given})


def schedule(**given: Any) -> NsfSchedule:
    """A schedule of that line, spoilt by what is given."""
    return NsfSchedule(**{"lines": line(), **given})


def fees(**given: Any) -> object:
    """The fee of what came back, spoilt by what is given."""
    return nsf_fees(**{"schedule": schedule(), "position": ACCOUNT, **given})


def written_off(**given: Any) -> object:
    """What of the account is too small to pursue, spoilt by what is given."""
    return small_balance_credits(**{"position": ACCOUNT, "tolerance": CENT, "on": LATER, **given})


def _line(what: str, given: dict[str, Any], kind: type[ArledgerError], message: str) -> BadInput:
    return of("nsf fee", line, what, given, kind, f"nsf fee: {message}")


def _overlap(what: str, one: NsfFee, other: NsfFee) -> BadInput:
    message = f"nsf schedule: ({one}) overlaps ({other}); a return has one fee; part them by method, reason or day"
    return row("nsf schedule", what, lambda: schedule(lines=[one, other]), InvalidValue, "lines", message)


def _costs(what: str, costs: Any, kind: type[ArledgerError], message: str) -> BadInput:
    return of("nsf fees", fees, f"bank_costs, {what}", {"bank_costs": costs}, kind, f"nsf fees: {message}")


ROWS = [
    # lines
    *no_amounts("nsf fee", "nsf fee", lambda value: line(amount=value)),
    *(
        bad
        for bad in no_amounts("nsf fee", "nsf fee", lambda value: line(from_second=value), "from_second")
        if "None" not in bad.id
    ),
    *(
        _line(f"{field} of {base}", {field: amount}, InvalidValue, f"{base} is no base of it; {THE_BASES}")
        for field in ("amount", "from_second")
        for amount, base in ((FIVE, "what is owed"), (fee.RENT, "the monthly rent"), (FLAT + fee.CHARGE, "the charge"))
    ),
    *(
        _line(
            f"{field} that counts days",
            {field: A_DAY},
            InvalidValue,
            f"{A_DAY} counts days, and a return has none; pass an amount that stays the same",
        )
        for field in ("amount", "from_second")
    ),
    _line("amounts in two currencies", {"from_second": IN_DOLLARS}, CurrencyMismatch, "CAD and USD together"),
    *(
        _line(
            f"methods as {name}",
            {"methods": value},
            InvalidType,
            f"methods is {name}, not a list of str; pass a list of str",
        )
        for name, value in {"None": None, "int": 17, "bool": True}.items()
    ),
    _line("a number among the methods", {"methods": ["ach", 17]}, InvalidType, "methods is int, not str; pass str(17)"),
    _line("an empty method", {"methods": ""}, InvalidValue, "methods is empty; pass a non-empty str"),
    _line(
        "a method with blanks",
        {"methods": [" ach"]},
        InvalidValue,
        "methods ' ach' has blanks around it; pass it without them",
    ),
    _line(
        "a method that is no text",
        {"methods": SURROGATE},
        InvalidValue,
        r"methods 'a\udcff' is no valid text; decode it from its bytes without surrogateescape",
    ),
    *(
        _line(
            f"reasons as {name}",
            {"reasons": value},
            InvalidType,
            f"reasons is {name}, not a list of ReturnReason; {REASONS}",
        )
        for name, value in {"None": None, "int": TOO_LONG, "str": "stopped"}.items()
    ),
    _line(
        "a word among the reasons",
        {"reasons": [STOPPED, "stopped"]},
        InvalidType,
        "reasons is str, not ReturnReason; pass a ReturnReason",
    ),
    _line("no reasons", {"reasons": []}, InvalidValue, "no reasons; pass at least one"),
    *days("nsf fee", line, "nsf fee", "since", or_none=True),
    *days("nsf fee", line, "nsf fee", "until", or_none=True),
    *(
        _line(
            f"until {until}, since {DAY}",
            {"until": until, "since": DAY},
            InvalidValue,
            f"until {until} is not after since {DAY}; until is the first day after the line",
        )
        for until in (DAY, EVE)
    ),
    # schedules
    *no_values(
        "nsf schedule",
        "nsf schedule",
        lambda value: schedule(lines=value),
        "lines",
        "not a list of NsfFee; pass a list of NsfFee",
        but=("dict",),
    ),
    *(
        of(
            "nsf schedule",
            schedule,
            f"{name} among the lines",
            {"lines": [line(), value]},
            InvalidType,
            f"nsf schedule: lines is {name}, not NsfFee; pass a NsfFee",
        )
        for name, value in {"None": None, "Money": RENT, "Flat": FLAT, "tuple": (FLAT, "ach")}.items()
    ),
    _overlap("the same line twice", line(), line()),
    _overlap("two lines for any method", line(), line(amount=OF_THE_COST)),
    _overlap("two lines for a method", line(methods=["ach", "check"]), line(methods="check")),
    _overlap("two lines for a reason", line(reasons=STOPPED), line(reasons=[*FOR_LACK_OF_FUNDS, STOPPED])),
    _overlap("two lines on a day", line(until=LATER), line(since=date(2026, 8, 31))),
    _overlap("an open line and a later one", line(), line(since=LATER)),
    *names("nsf schedule", schedule, "nsf schedule", "code"),
    *(
        of(
            "nsf schedule",
            schedule,
            f"rounding as {name}",
            {"rounding": value},
            InvalidType,
            f"rounding is {name}, not a rounding; {ROUNDINGS}",
        )
        for name, value in {"None": None, "str": "half up", "int": 2, "Money": CENT}.items()
    ),
    of(
        "nsf schedule",
        schedule,
        "lines in two currencies",
        {"lines": [line(methods="ach"), line(amount=IN_DOLLARS, methods="check")]},
        CurrencyMismatch,
        "nsf schedule: CAD and USD together",
    ),
    # what came back
    *no_values(
        "nsf fees", "nsf fees", lambda value: fees(schedule=value), "schedule", "not NsfSchedule; pass a NsfSchedule"
    ),
    *no_values(
        "nsf fees", "nsf fees", lambda value: fees(position=value), "position", "not Position; pass what replay gave"
    ),
    of(
        "nsf fees",
        fees,
        "a schedule in another currency",
        {"schedule": schedule(lines=line(amount=IN_DOLLARS))},
        CurrencyMismatch,
        "nsf fees: a schedule in USD for an account in CAD",
    ),
    *(
        _costs(
            f"as {name}",
            value,
            InvalidType,
            f"bank_costs is {name}, not a mapping; pass a dict of costs by the return's id",
        )
        for name, value in {"list": [CENT], "Money": CENT, "int": TOO_LONG, "str": "0.01"}.items()
    ),
    _costs("of a payment", {"P-17": CENT}, UnknownName, "there is no return P-17; known are N-1"),
    _costs("of a misspelled return", {"N1": CENT}, UnknownName, "there is no return N1; did you mean N-1?"),
    *(
        _costs(
            f"of {name}",
            {"N-1": value},
            InvalidType,
            f"bank_costs is {name}, not Money; pass Money, zero where the bank charged nothing",
        )
        for name, value in {"None": None, "float": 0.01, "str": "0.01", "Flat": FLAT}.items()
    ),
    _costs("in another currency", {"N-1": DOLLAR}, CurrencyMismatch, "1.00 USD for N-1 of an account in CAD"),
    _costs("below zero", {"N-1": -CENT}, InvalidValue, "-0.01 CAD for N-1 is negative; pass 0 or more"),
    row(
        "nsf fees",
        "a schedule that reads what the bank charged, without it",
        lambda: fees(schedule=schedule(lines=line(amount=OF_THE_COST))),
        InvalidValue,
        "bank_costs",
        "nsf fees: what the bank charged for N-1 is not known; pass it in bank_costs=, zero where it charged nothing",
    ),
    # small balances
    *no_values(
        "small balances",
        "small balances",
        lambda value: written_off(position=value),
        "position",
        "not Position; pass what replay gave",
    ),
    *amounts("small balances", written_off, "small balances", "tolerance"),
    *days("small balances", written_off, "small balances", "on"),
    of(
        "small balances",
        written_off,
        "a tolerance in another currency",
        {"tolerance": DOLLAR},
        CurrencyMismatch,
        "small balances: tolerance 1.00 USD for an account in CAD",
    ),
]
