"""Bad entries about payments, charges and credits: steps, returns, chargebacks, reversals, refunds, transfers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from arledger import (
    ArledgerError,
    Chargeback,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    Money,
    PaymentState,
    PaymentStep,
    Refund,
    Return,
    Reversal,
    Transfer,
    Void,
    WonBack,
    transfer,
)
from bad_inputs.common import (
    CENT,
    DAY,
    DOLLAR,
    MOMENT,
    NO_DATE,
    NO_MOMENT,
    NO_VALID_TEXT,
    OUT_OF_RANGE,
    RENT,
    SURROGATE,
    TOO_LONG,
    BadInput,
    charge,
    credit,
    payment,
)

TEXT = "pass it as text"
EMPTY = "pass a non-empty str"
MONEY = "pass Money, such as Money('12.34', 'CAD')"
STATE = "pass a PaymentState, such as .SETTLED"
REASON = "pass a ReturnReason, such as .STOPPED"
ABOVE = "pass an amount above 0"
ALL = "pass None for all of it"

MADE: dict[str, tuple[Callable[..., object], dict[str, Any]]] = {
    "payment step": (PaymentStep, {"payment": "P-17", "state": PaymentState.SETTLED}),
    "return": (Return, {"payment": "P-17"}),
    "void": (Void, {"payment": "P-17"}),
    "chargeback": (Chargeback, {"payment": "P-17"}),
    "won back": (WonBack, {"chargeback": "B-1"}),
    "reversal": (Reversal, {"of": "R-03"}),
    "refund": (Refund, {"payment": "P-17", "amount": CENT}),
    "transfer": (Transfer, {"payment": "P-17", "amount": CENT, "to": "A-2"}),
}
"""Each kind of entry, and what of it is good."""
TARGETS = {"won back": "chargeback", "reversal": "of"}
PARTS = ("return", "chargeback", "won back", "reversal")
SUMS = ("refund", "transfer")


def _spoilt(noun: str, what: str, given: dict[str, Any], kind: type[ArledgerError], message: str) -> BadInput:
    make, good = MADE[noun]
    fields = {"id": "N-1", "on": DAY, **good, **given}
    return BadInput(f"{noun}: {what}", lambda: make(**fields), kind, next(iter(given)), message)


def _ids() -> list[BadInput]:
    """What is refused as the id of any of them."""
    uuid = UUID(int=7)
    bad: list[tuple[str, object, type[ArledgerError], str]] = [
        ("an int id", 17, InvalidType, "is int, not str; pass str(17)"),
        ("a UUID id", uuid, InvalidType, f"is UUID, not str; pass str({uuid!r})"),
        ("an id of None", None, InvalidType, f"is None, not str; {TEXT}"),
        ("an empty id", "", InvalidValue, f"is empty; {EMPTY}"),
        ("an id with blanks around it", "N-1 ", InvalidValue, "'N-1 ' has blanks around it; pass it without them"),
        ("an id that is no text", SURROGATE, InvalidValue, NO_VALID_TEXT),
    ]
    return [
        _spoilt(noun, what, {"id": value}, kind, f"{noun}: id {problem}")
        for noun in MADE
        for what, value, kind, problem in bad
    ]


def _targets() -> list[BadInput]:
    """What is refused as the entry that any of them is about."""
    bad: list[tuple[str, object, type[ArledgerError], str]] = [
        ("an int", 17, InvalidType, "is int, not str; pass str(17)"),
        ("None", None, InvalidType, f"is None, not str; {TEXT}"),
        ("an empty id", "", InvalidValue, f"is empty; {EMPTY}"),
        ("the payment itself", payment(), InvalidType, f"is Payment, not str; {TEXT}"),
    ]
    return [
        _spoilt(noun, f"{field} as {what}", {field: value}, kind, f"{noun} N-1: {field} {problem}")
        for noun in MADE
        for field in [TARGETS.get(noun, "payment")]
        for what, value, kind, problem in bad
    ]


def _days() -> list[BadInput]:
    """What is refused as their days."""
    bad: list[tuple[str, object, str]] = [
        ("datetime", MOMENT, NO_MOMENT),
        ("str", "2026-03-01", NO_DATE),
        ("None", None, NO_DATE),
    ]
    return [
        _spoilt(
            noun, f"{field} as {name}", {field: value}, InvalidType, f"{noun} N-1: {field} is {name}, not date; {hint}"
        )
        for noun in MADE
        for field in ("on", "posted")
        for name, value, hint in bad
    ]


def _sequences() -> list[BadInput]:
    """What is refused as a sequence."""
    rows = []
    for noun in MADE:
        for name, value in {"str": "1", "bool": True}.items():
            message = f"{noun} N-1: sequence is {name}, not int; pass an int"
            rows.append(_spoilt(noun, f"sequence as {name}", {"sequence": value}, InvalidType, message))
        message = f"{noun} N-1: sequence is out of range; {OUT_OF_RANGE}"
        rows.append(_spoilt(noun, "sequence out of range", {"sequence": TOO_LONG}, InvalidValue, message))
    return rows


def _amounts() -> list[BadInput]:
    """What is refused as an amount: of a part, where None means all, and of what is sent."""
    rows = []
    for noun in (*PARTS, *SUMS):
        hint = ALL if noun in PARTS else ABOVE
        bad: list[tuple[str, object, type[ArledgerError], str]] = [
            ("no amount", Money.zero("CAD"), InvalidValue, f"amount 0.00 CAD is not positive; {hint}"),
            ("a negative amount", -CENT, InvalidValue, f"amount -0.01 CAD is not positive; {hint}"),
            ("a float amount", 9.5, InvalidType, f"amount is float, not Money; {MONEY}"),
            ("an amount as text", "9.50", InvalidType, f"amount is str, not Money; {MONEY}"),
        ]
        if noun in SUMS:
            bad.append(("an amount of None", None, InvalidType, f"amount is None, not Money; {MONEY}"))
        rows += [
            _spoilt(noun, what, {"amount": value}, kind, f"{noun} N-1: {problem}") for what, value, kind, problem in bad
        ]
    return rows


def _step(what: str, given: dict[str, Any], kind: type[ArledgerError], message: str) -> BadInput:
    """A step whose id is derived from what it says."""
    fields = {"payment": "P-17", "state": PaymentState.SETTLED, "on": DAY, **given}
    make: Any = PaymentStep
    return BadInput(f"payment step without an id: {what}", lambda: make(**fields), kind, next(iter(given)), message)


def _moved(what: str, given: dict[str, Any], kind: type[ArledgerError], message: str) -> BadInput:
    """A transfer of a payment of 900.00 CAD, received on 1 March."""
    fields = {"payment": payment(), "amount": RENT, "id": "T-1", "on": DAY, "to": "A-2", **given}
    make: Any = transfer
    return BadInput(f"transferring: {what}", lambda: make(**fields), kind, next(iter(given)), message)


ENTRIES_OF_THEIR_OWN = {
    PaymentState.RETURNED: ("returned", "a Return"),
    PaymentState.VOIDED: ("voided", "a Void"),
    PaymentState.CHARGED_BACK: ("charged_back", "a Chargeback"),
}

ROWS = [
    *_ids(),
    *_targets(),
    *_days(),
    *_sequences(),
    *_amounts(),
    # payment steps and their states
    _spoilt(
        "payment step",
        "a state by name",
        {"state": "settled"},
        InvalidType,
        f"payment step N-1: state is str, not PaymentState; {STATE}",
    ),
    _spoilt(
        "payment step",
        "no state",
        {"state": None},
        InvalidType,
        f"payment step N-1: state is None, not PaymentState; {STATE}",
    ),
    *(
        _step(
            f"{word} is no step",
            {"state": state},
            InvalidValue,
            f"payment step P-17/{word}@2026-03-01: {word} is no step of its own; record {entry}",
        )
        for state, (word, entry) in ENTRIES_OF_THEIR_OWN.items()
    ),
    _step("an int payment", {"payment": 17}, InvalidType, "payment step: payment is int, not str; pass str(17)"),
    _step("an empty payment", {"payment": ""}, InvalidValue, f"payment step: payment is empty; {EMPTY}"),
    _step(
        "a state by name", {"state": "settled"}, InvalidType, f"payment step: state is str, not PaymentState; {STATE}"
    ),
    _step("on a moment", {"on": MOMENT}, InvalidType, f"payment step: on is datetime, not date; {NO_MOMENT}"),
    _step("on text", {"on": "2026-03-01"}, InvalidType, f"payment step: on is str, not date; {NO_DATE}"),
    # what returns and chargebacks carry
    _spoilt(
        "return",
        "a reason by name",
        {"reason": "insufficient_funds"},
        InvalidType,
        f"return N-1: reason is str, not ReturnReason; {REASON}",
    ),
    _spoilt(
        "return", "no reason", {"reason": None}, InvalidType, f"return N-1: reason is None, not ReturnReason; {REASON}"
    ),
    *(
        _spoilt(noun, f"a code {what}", {"code": value}, kind, f"{noun} N-1: code {problem}")
        for noun in ("return", "chargeback")
        for what, value, kind, problem in (
            ("as an int", 1, InvalidType, "is int, not str; pass str(1)"),
            ("that is empty", "", InvalidValue, f"is empty; {EMPTY}"),
        )
    ),
    # transfers
    _spoilt("transfer", "to an int", {"to": 2}, InvalidType, "transfer N-1: to is int, not str; pass str(2)"),
    _spoilt("transfer", "to nowhere", {"to": ""}, InvalidValue, f"transfer N-1: to is empty; {EMPTY}"),
    _moved(
        "an id for the payment",
        {"payment": "P-17"},
        InvalidType,
        "transfer: payment is str, not Payment; pass a Payment",
    ),
    _moved("a credit", {"payment": credit()}, InvalidType, "transfer: payment is Credit, not Payment; pass a Payment"),
    _moved("a charge", {"payment": charge()}, InvalidType, "transfer: payment is Charge, not Payment; pass a Payment"),
    _moved(
        "more than the payment",
        {"amount": Money("900.01", "CAD")},
        InvalidValue,
        "transfer T-1: 900.01 CAD of payment P-17 of 900.00 CAD; pass at most what of it is unapplied",
    ),
    _moved(
        "another currency",
        {"amount": DOLLAR},
        CurrencyMismatch,
        "transfer T-1: in USD, and payment P-17 is in CAD",
    ),
    _moved("a number", {"amount": 40}, InvalidType, f"transfer T-1: amount is int, not Money; {MONEY}"),
    _moved(
        "before it was received",
        {"on": date(2026, 2, 28)},
        InvalidValue,
        "transfer T-1: on 2026-02-28, and payment P-17 was received on 2026-03-01; pass a day on which it is there",
    ),
    _moved("on a moment", {"on": MOMENT}, InvalidType, f"transfer T-1: on is datetime, not date; {NO_MOMENT}"),
    _moved("posted on text", {"posted": "today"}, InvalidType, f"transfer T-1: posted is str, not date; {NO_DATE}"),
    _moved("an int id", {"id": 1}, InvalidType, "transfer: id is int, not str; pass str(1)"),
    _moved("to an int", {"to": 2}, InvalidType, "transfer T-1: to is int, not str; pass str(2)"),
]
