"""Bad ledgers: entries that contradict each other, bad terms of a replay, and bad questions to a position."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from arledger import (
    OLDEST_FIRST,
    REOPEN,
    ArledgerError,
    Category,
    Conflict,
    CurrencyMismatch,
    Incoming,
    InvalidType,
    InvalidValue,
    Ledger,
    Money,
    OpenItem,
    OrderError,
    PaymentState,
    PaymentStep,
    Position,
    Refund,
    Return,
    UnknownName,
    Void,
    record,
    replay,
)
from arledger.ledger.books import Entry
from bad_inputs.common import (
    DAY,
    DOLLAR,
    MOMENT,
    NO_DATE,
    NO_MOMENT,
    BadInput,
    application,
    charge,
    credit,
    payment,
)
from ledger_facts import returned

END = date(2026, 3, 31)
PENDING, SETTLED = PaymentState.PENDING, PaymentState.SETTLED
ENTRIES = "pass a list of Charge, Payment, Credit, Return and the like"
OTHER_CURRENCY = "in USD, where the facts are in CAD; allocate each currency by itself"
KINDS = "pass Charge, Payment, Credit, Return and the like"
ORDER = "pass an order such as OLDEST_FIRST, or a function (incoming, items)"
REVERSES_IT = "an entry never changes: record one that reverses it, and a new one under an id of its own"
BOOKS = Ledger("CAD", [charge(), payment()], closed_through=date(2026, 2, 28))


def _ledger(what: str, call: Callable[[], object], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return BadInput(f"ledger: {what}", call, kind, field, message)


def made(**given: Any) -> Ledger:
    """A ledger of charge R-03, spoilt by what is given."""
    make: Any = Ledger
    return make(**{"currency": "CAD", "entries": [charge()], **given})  # type: ignore[no-any-return]


def position(*entries: Entry, **given: Any) -> Position:
    """What charge R-03 and payment P-17, and these entries, come to on 31 March, spoilt by what is given."""
    ledger = Ledger("CAD", [charge(), payment(), *entries])
    return replay(**{"ledger": ledger, "by": OLDEST_FIRST, "as_of": END, **given})


def _replay(what: str, given: dict[str, Any], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return BadInput(f"replay: {what}", lambda: position(**given), kind, field, f"replay: {message}")


def _of(
    noun: str, what: str, call: Callable[[], object], kind: type[ArledgerError], field: str, message: str
) -> BadInput:
    return BadInput(f"{noun}: {what}", call, kind, field, message)


def greedy(_incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    """An order that gives a cent more than is offered."""
    return {item.id: item.offered_minor + 1 for item in items}


def recorded(**given: Any) -> Ledger:
    """A ledger with more recorded into it, spoilt by what is given."""
    return record(**{"ledger": BOOKS, "entries": [], **given})


FREE: list[Entry] = [payment(id="P-18", received=date(2026, 3, 2))]
"""A second payment, of which nothing is applied."""
NO_CURRENCY = "unknown currency 'CAX'; pass an ISO 4217 code such as CAD"

LEDGERS = [
    _ledger("an unknown currency", lambda: made(currency="CAX"), UnknownName, "currency", NO_CURRENCY),
    _ledger(
        "a number for entries",
        lambda: made(entries=5),
        InvalidType,
        "entries",
        f"ledger: entries is int, not a list of entries; {ENTRIES}",
    ),
    _ledger(
        "an id for entries",
        lambda: made(entries="R-03"),
        InvalidType,
        "entries",
        f"ledger: entries is str, not a list of entries; {ENTRIES}",
    ),
    _ledger(
        "a single entry",
        lambda: made(entries=charge()),
        InvalidType,
        "entries",
        f"ledger: entries is Charge, not a list of entries; {ENTRIES}",
    ),
    _ledger(
        "ids for entries",
        lambda: made(entries=["R-03"]),
        InvalidType,
        "entries",
        f"ledger: entries holds str, which is no entry; {KINDS}",
    ),
    _ledger(
        "None among entries",
        lambda: made(entries=[charge(), None]),
        InvalidType,
        "entries",
        f"ledger: entries holds None, which is no entry; {KINDS}",
    ),
    _ledger(
        "applications among entries",
        lambda: made(entries=[application()]),
        InvalidType,
        "entries",
        "ledger: entries holds Application, which is no entry; pass applications to replay as fixed=",
    ),
    _ledger(
        "an id with two contents",
        lambda: made(entries=[charge(), charge(amount=Money("1", "CAD"))]),
        Conflict,
        "id",
        f"charge R-03: the ledger has that id with other content; {REVERSES_IT}",
    ),
    _ledger(
        "a charge and a void of one id",
        lambda: made(entries=[charge(), Void("R-03", "P-17", on=DAY)]),
        Conflict,
        "id",
        f"void R-03: the ledger has that id with other content; {REVERSES_IT}",
    ),
    *(
        _ledger(
            f"{what} in another currency",
            partial(made, entries=[entry]),
            CurrencyMismatch,
            "amount",
            f"{name}: in USD, and the ledger is in CAD; keep a ledger for each currency",
        )
        for what, name, entry in (
            ("a charge", "charge R-03", charge(amount=DOLLAR)),
            ("a part of a return", "return N-1", Return("N-1", "P-17", DOLLAR, on=DAY)),
            ("a refund", "refund F-1", Refund("F-1", "P-17", DOLLAR, on=DAY)),
        )
    ),
    _ledger(
        "closed through a moment",
        lambda: made(closed_through=MOMENT),
        InvalidType,
        "closed_through",
        f"ledger: closed_through is datetime, not date; {NO_MOMENT}",
    ),
    _ledger(
        "closed through text",
        lambda: made(closed_through="2026-02-28"),
        InvalidType,
        "closed_through",
        f"ledger: closed_through is str, not date; {NO_DATE}",
    ),
    _ledger(
        "closed for ever",
        lambda: made(closed_through=date.max),
        InvalidValue,
        "closed_through",
        "ledger: no day comes after closed_through 9999-12-31; pass the last day that is closed",
    ),
]

RECORDED = [
    _of(
        "record",
        "into no ledger",
        lambda: recorded(ledger=[charge()]),
        InvalidType,
        "ledger",
        "record: ledger is list, not Ledger; pass a Ledger",
    ),
    _of(
        "record",
        "a number",
        lambda: recorded(entries=5),
        InvalidType,
        "entries",
        f"ledger: entries is int, not a list of entries; {ENTRIES}",
    ),
    _of(
        "record",
        "an application",
        lambda: recorded(entries=[application()]),
        InvalidType,
        "entries",
        "ledger: entries holds Application, which is no entry; pass applications to replay as fixed=",
    ),
    _of(
        "record",
        "other content under a known id",
        lambda: recorded(entries=charge(code="X")),
        Conflict,
        "id",
        f"charge R-03: the ledger has that id with other content; {REVERSES_IT}",
    ),
    _of(
        "record",
        "another kind under a known id",
        lambda: recorded(entries=credit(id="R-03", posted=END)),
        Conflict,
        "id",
        f"credit R-03: the ledger has that id with other content; {REVERSES_IT}",
    ),
    _of(
        "record",
        "two contents at once",
        lambda: recorded(entries=[credit(), credit(code="X")]),
        Conflict,
        "id",
        f"credit K-1: the ledger has that id with other content; {REVERSES_IT}",
    ),
    _of(
        "record",
        "in another currency",
        lambda: recorded(entries=credit(amount=DOLLAR)),
        CurrencyMismatch,
        "amount",
        "credit K-1: in USD, and the ledger is in CAD; keep a ledger for each currency",
    ),
    *(
        _of(
            "record",
            f"{what} in closed books",
            partial(recorded, entries=entry),
            InvalidValue,
            "posted",
            f"{name}: posted {entry.posted}, and the books are closed through 2026-02-28; "
            "pass posted=2026-03-01 or later",
        )
        for what, name, entry in (
            ("a charge", "charge R-02", charge(id="R-02", due=date(2026, 2, 28))),
            ("a payment", "payment P-16", payment(id="P-16", posted=date(2026, 2, 1))),
            ("a credit", "credit K-1", credit(posted=date(2026, 2, 28))),
            ("a return", "return N-1", returned("N-1", "P-17", 5, posted=date(2026, 2, 28))),
            ("a step", "payment step P-17/settled@2026-02-27", PaymentStep("P-17", SETTLED, on=date(2026, 2, 27))),
        )
    ),
]

REPLAYS = [
    _replay("no ledger", {"ledger": [charge()]}, InvalidType, "ledger", "ledger is list, not Ledger; pass a Ledger"),
    _replay(
        "an order by name",
        {"by": "oldest-first"},
        InvalidType,
        "order",
        "str is no order; pass an order such as OLDEST_FIRST; NAMED_ORDERS has them by name",
    ),
    _replay("no order", {"by": None}, InvalidType, "order", f"None is no order; {ORDER}"),
    *(
        _replay(f"{field} as {name}", {field: value}, InvalidType, field, f"{field} is {name}, not date; {hint}")
        for field in ("as_of", "known")
        for name, value, hint in (
            ("datetime", MOMENT, NO_MOMENT),
            ("str", "2026-03-31", NO_DATE),
            ("int", 20260331, NO_DATE),
        )
    ),
    _replay("as of no day", {"as_of": None}, InvalidType, "as_of", f"as_of is None, not date; {NO_DATE}"),
    _replay(
        "a rule of settling by name",
        {"settle": "posted"},
        InvalidType,
        "settle",
        "settle is str, not SettleRule; pass SETTLE_POSTED or SETTLE_DUE",
    ),
    _replay(
        "a rule of returns by name",
        {"returns": "reopen"},
        InvalidType,
        "returns",
        "returns is str, not ReturnRule; pass REOPEN or REAPPLY",
    ),
    _replay(
        "the rules taken for each other",
        {"settle": REOPEN},
        InvalidType,
        "settle",
        "settle is ReturnRule, not SettleRule; pass SETTLE_POSTED or SETTLE_DUE",
    ),
    _replay(
        "an unknown mode of designations",
        {"designations": "last"},
        InvalidValue,
        "designations",
        "unknown designations 'last'; pass only, first or ignore",
    ),
    _replay(
        "a list of modes",
        {"designations": ["only"]},
        InvalidValue,
        "designations",
        "unknown designations ['only']; pass only, first or ignore",
    ),
    *(
        _replay(
            f"{field} as {name}", {field: value}, InvalidType, field, f"{field} is {name}, not bool; pass True or False"
        )
        for field in ("sweep_credits", "sweep_payments")
        for name, value in (("int", 1), ("str", "no"), ("None", None))
    ),
    _replay(
        "a number for fixed",
        {"fixed": 5},
        InvalidType,
        "fixed",
        "fixed is int, not a list of Application; pass a list of Application",
    ),
    _replay(
        "one application for fixed",
        {"fixed": application()},
        InvalidType,
        "fixed",
        "fixed is Application, not a list of Application; pass a list of Application",
    ),
    _replay(
        "ids for fixed",
        {"fixed": ["P-17>R-03@2026-03-01"]},
        InvalidType,
        "fixed",
        "fixed is str, not Application; pass an Application",
    ),
    _of(
        "replay",
        "a fixed application in another currency",
        lambda: position(fixed=[application(amount=DOLLAR)]),
        CurrencyMismatch,
        "applied",
        "application P-17>R-03@2026-03-01: in USD, where the facts are in CAD; allocate each currency by itself",
    ),
    _of(
        "replay",
        "a fixed application of nothing known",
        lambda: position(fixed=[application(source="P-99")]),
        Conflict,
        "fixed",
        "application P-99>R-03@2026-03-01: its source P-99 is not in the ledger; record it too",
    ),
    _of(
        "replay",
        "a fixed application to nothing known",
        lambda: position(fixed=[application(charge="R-99")]),
        Conflict,
        "fixed",
        "application P-17>R-99@2026-03-01: its charge R-99 is not in the ledger; record it too",
    ),
    _of(
        "replay",
        "fixed applications above a charge",
        lambda: position(
            *FREE, fixed=[application(), application(source="P-18", amount=Money("1", "CAD"), on=date(2026, 3, 2))]
        ),
        Conflict,
        "fixed",
        "charge R-03: given applications of 901.00 exceed its 900.00 CAD on 2026-03-02; reverse what is too much",
    ),
    _of(
        "replay",
        "a fixed application twice",
        lambda: position(fixed=[application(), application()]),
        Conflict,
        "applied",
        "application P-17>R-03@2026-03-01: stands twice; pass it once, or give the second an id= of its own",
    ),
    _of(
        "replay",
        "a fixed application that reverses nothing given",
        lambda: position(fixed=[application(reverses="A-1", id="A-2")]),
        Conflict,
        "applied",
        "application A-2: reverses A-1, which is not among those applied; pass the application that it reverses too",
    ),
    _of(
        "replay",
        "an order that gives too much",
        lambda: position(by=greedy),
        OrderError,
        "order",
        "order greedy: proposed 900.01 for charge R-03, which was offered 900.00; propose from 0 to item.offered_minor",
    ),
    _of(
        "replay",
        "taxes about each other",
        lambda: position(
            charge(id="T-1", category=Category.TAX, about="T-2"), charge(id="T-2", category=Category.TAX, about="T-1")
        ),
        Conflict,
        "about",
        "charge T-1: its tax is about itself, through T-2; a tax is about what it taxes",
    ),
]

ROWS = [*LEDGERS, *RECORDED, *REPLAYS]
