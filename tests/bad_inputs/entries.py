"""Bad facts: charges, payments, credits, designations, disputes, applications, invoices, and taxes in a ring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from arledger import (
    ArledgerError,
    Category,
    Conflict,
    Context,
    CreditKind,
    CurrencyMismatch,
    Designation,
    Dispute,
    Incoming,
    InvalidType,
    InvalidValue,
    Invoice,
    Money,
    where,
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
    application,
    charge,
    credit,
    dispute,
    payment,
)

designation: Any = Designation
invoice: Any = Invoice
Made = Callable[..., object]

EMPTY = "pass a non-empty str"
TEXT = "pass it as text"
MONEY = "pass Money, such as Money('12.34', 'CAD')"
CATEGORY = "pass a Category, such as Category.RENT"
KIND = "pass a CreditKind, such as CreditKind.WAIVER"
EXACT = "pass str, int, Decimal or Fraction"
WISH = "pass a charge's id, or a selector such as where.code('PARK')"
BAR = "pass a selector such as where.invoice('A')"
TARGET = "pass designations=[Designation(...)]"
MILLION = Money("1000000", "CAD")

FACTS: dict[str, tuple[Made, str]] = {
    "charge": (charge, "charge R-03"),
    "payment": (payment, "payment P-17"),
    "credit": (credit, "credit K-1"),
}
DATES = {"charge": "due", "payment": "received", "credit": "granted"}


def _row(
    noun: str, what: str, call: Callable[[], object], kind: type[ArledgerError], field: str, message: str
) -> BadInput:
    return BadInput(f"{noun}: {what}", call, kind, field, message)


def _of(make: Made, noun: str, what: str, given: dict[str, Any], kind: type[ArledgerError], message: str) -> BadInput:
    return BadInput(f"{noun}: {what}", lambda: make(**given), kind, next(iter(given)), message)


def _charge(what: str, given: dict[str, Any], kind: type[ArledgerError], problem: str) -> BadInput:
    return _of(charge, "charge", what, given, kind, f"charge R-03: {problem}")


def _payment(what: str, given: dict[str, Any], kind: type[ArledgerError], problem: str) -> BadInput:
    return _of(payment, "payment", what, given, kind, f"payment P-17: {problem}")


def _credit(what: str, given: dict[str, Any], kind: type[ArledgerError], problem: str) -> BadInput:
    return _of(credit, "credit", what, given, kind, f"credit K-1: {problem}")


def _ids() -> list[BadInput]:
    """What is refused as the id of a charge, a payment and a credit alike."""
    uuid = UUID(int=7)
    bad: list[tuple[str, object, type[ArledgerError], str]] = [
        ("an int id", 17, InvalidType, "is int, not str; pass str(17)"),
        ("a UUID id", uuid, InvalidType, f"is UUID, not str; pass str({uuid!r})"),
        ("an id of None", None, InvalidType, f"is None, not str; {TEXT}"),
        ("an id of bytes", b"R-03", InvalidType, f"is bytes, not str; {TEXT}"),
        ("a float id", 17.0, InvalidType, f"is float, not str; {TEXT}"),
        ("an id too long to print", TOO_LONG, InvalidType, f"is int, not str; {TEXT}"),
        ("an empty id", "", InvalidValue, f"is empty; {EMPTY}"),
        ("a blank id", " \t", InvalidValue, f"is empty; {EMPTY}"),
        ("an id with blanks around it", " R-03", InvalidValue, "' R-03' has blanks around it; pass it without them"),
        ("an id that is no text", SURROGATE, InvalidValue, NO_VALID_TEXT),
    ]
    return [
        _of(make, noun, what, {"id": value}, kind, f"{noun}: id {problem}")
        for noun, (make, _) in FACTS.items()
        for what, value, kind, problem in bad
    ]


def _amounts() -> list[BadInput]:
    """What is refused as their amount."""
    hints = {
        "charge": "a reduction is a Credit with a positive amount",
        "payment": "money that goes back is a Return or a Refund",
        "credit": "pass an amount above 0",
    }
    rows = []
    for noun, (make, subject) in FACTS.items():
        bad: list[tuple[str, object, type[ArledgerError], str]] = [
            ("no amount", Money.zero("CAD"), InvalidValue, f"amount 0.00 CAD is not positive; {hints[noun]}"),
            ("a negative amount", -CENT, InvalidValue, f"amount -0.01 CAD is not positive; {hints[noun]}"),
            ("an amount without a currency", "900.00", InvalidType, f"amount is str, not Money; {MONEY}"),
            ("a float amount", 900.0, InvalidType, f"amount is float, not Money; {MONEY}"),
            ("an amount of None", None, InvalidType, f"amount is None, not Money; {MONEY}"),
        ]
        rows += [
            _of(make, noun, what, {"amount": value}, kind, f"{subject}: {problem}")
            for what, value, kind, problem in bad
        ]
    return rows


def _dates() -> list[BadInput]:
    """What is refused as their dates."""
    rows = []
    for noun, (make, subject) in FACTS.items():
        for field in (DATES[noun], "posted"):
            for name, value, hint in (
                ("datetime", MOMENT, NO_MOMENT),
                ("str", "2026-03-01", NO_DATE),
                ("None", None, NO_DATE),
            ):
                message = f"{subject}: {field} is {name}, not date; {hint}"
                rows.append(_of(make, noun, f"{field} as {name}", {field: value}, InvalidType, message))
    return rows


def _optional_texts() -> list[BadInput]:
    """What is refused where a name may stand."""
    fields = {
        "charge": ["code", "invoice", "payer", "about"],
        "payment": ["method", "payer"],
        "credit": ["code", "payer"],
    }
    return [
        _of(make, noun, f"{field} {what}", {field: value}, kind, f"{subject}: {field} {problem}")
        for noun, (make, subject) in FACTS.items()
        for field in fields[noun]
        for what, value, kind, problem in (
            ("as an int", 7, InvalidType, "is int, not str; pass str(7)"),
            ("empty", "", InvalidValue, f"is empty; {EMPTY}"),
            ("no text", SURROGATE, InvalidValue, NO_VALID_TEXT),
        )
    ]


def _sequences() -> list[BadInput]:
    """What is refused as a sequence."""
    rows = []
    for noun, (make, subject) in FACTS.items():
        for name, value in {"str": "1", "bool": True, "float": 1.0}.items():
            message = f"{subject}: sequence is {name}, not int; pass an int"
            rows.append(_of(make, noun, f"sequence as {name}", {"sequence": value}, InvalidType, message))
        message = f"{subject}: sequence is out of range; {OUT_OF_RANGE}"
        rows.append(_of(make, noun, "sequence out of range", {"sequence": TOO_LONG}, InvalidValue, message))
    return rows


def _designations() -> list[BadInput]:
    """What is refused as the designations of a payment and a credit alike."""
    wish = Designation("R-03", Money("900.01", "CAD"))
    halves = [Designation("R-03", RENT), Designation("R-04", CENT)]
    in_dollars = [Designation("R-03", DOLLAR)]
    wished = "not a list of Designation; pass a list of Designation"
    bad: list[tuple[str, object, type[ArledgerError], str]] = [
        (
            "designations above the money",
            [wish],
            InvalidValue,
            "designations of 900.01 CAD from 900.00 CAD; name at most its amount",
        ),
        (
            "designations that sum to more",
            halves,
            InvalidValue,
            "designations of 900.01 CAD from 900.00 CAD; name at most its amount",
        ),
        (
            "a designation in another currency",
            in_dollars,
            CurrencyMismatch,
            "designation of 1.00 USD from money in CAD",
        ),
        ("a number for designations", 5, InvalidType, f"designations is int, {wished}"),
        ("None for designations", None, InvalidType, f"designations is None, {wished}"),
        ("a single designation", wish, InvalidType, f"designations is Designation, {wished}"),
        ("an id for designations", "R-03", InvalidType, f"designations is str, {wished}"),
        (
            "a list of ids for designations",
            ["R-03"],
            InvalidType,
            "designations is str, not Designation; pass a Designation",
        ),
        (
            "a selector among designations",
            [where.rent],
            InvalidType,
            "designations is _Described, not Designation; pass a Designation",
        ),
    ]
    return [
        _of(make, noun, what, {"designations": value}, kind, f"{subject}: {problem}")
        for noun, (make, subject) in FACTS.items()
        if noun != "charge"
        for what, value, kind, problem in bad
    ]


def _application(what: str, given: dict[str, Any], kind: type[ArledgerError], problem: str) -> BadInput:
    return _of(application, "application", what, given, kind, problem)


def _invoice(what: str, given: dict[str, Any], kind: type[ArledgerError], problem: str) -> BadInput:
    return BadInput(
        f"invoice: {what}", lambda: invoice(**{"id": "17", "date": DAY, **given}), kind, next(iter(given)), problem
    )


def _ring() -> object:
    """Two taxes, each on the other."""
    taxes = {
        name: charge(id=name, category=Category.TAX, about=about) for name, about in (("T-1", "T-2"), ("T-2", "T-1"))
    }
    incoming = Incoming(id="P-17", kind="payment", minor=1, currency="CAD", date=DAY)
    return where.rent.flags(list(taxes.values()), Context(incoming, taxes))


ROWS = [
    *_ids(),
    *_amounts(),
    *_dates(),
    *_optional_texts(),
    *_sequences(),
    *_designations(),
    # charges
    _charge("about itself", {"about": "R-03"}, InvalidValue, "about is its own id; name the charge it belongs to"),
    _charge("a category by name", {"category": "rent"}, InvalidType, f"category is str, not Category; {CATEGORY}"),
    _charge("no category", {"category": None}, InvalidType, f"category is None, not Category; {CATEGORY}"),
    _charge("a period as two dates", {"period": (DAY, DAY)}, InvalidType, "period is tuple, not Period; pass a Period"),
    _charge("recurring as a number", {"recurring": 1}, InvalidType, "recurring is int, not bool; pass True or False"),
    _charge("recurring as text", {"recurring": "no"}, InvalidType, "recurring is str, not bool; pass True or False"),
    _charge(
        "disputed as text",
        {"disputed": "yes"},
        InvalidType,
        "disputed is str, not Dispute; pass True, False or a Dispute",
    ),
    _charge(
        "disputed as None",
        {"disputed": None},
        InvalidType,
        "disputed is None, not Dispute; pass True, False or a Dispute",
    ),
    _charge(
        "disputed as Money",
        {"disputed": CENT},
        InvalidType,
        "disputed is Money, not Dispute; pass True, False or a Dispute",
    ),
    _charge(
        "a dispute above the charge",
        {"disputed": Dispute(Money("900.01", "CAD"))},
        InvalidValue,
        "disputed 900.01 CAD of a charge of 900.00 CAD; pass at most the charge's amount",
    ),
    _charge(
        "a dispute in another currency",
        {"disputed": Dispute(DOLLAR)},
        CurrencyMismatch,
        "disputed 1.00 USD of a charge in CAD",
    ),
    _charge("a single tag", {"tags": "old"}, InvalidType, "tags is str, not a list of str; pass a list of str"),
    _charge("tags as a number", {"tags": 5}, InvalidType, "tags is int, not a list of str; pass a list of str"),
    _charge("tags as None", {"tags": None}, InvalidType, "tags is None, not a list of str; pass a list of str"),
    _charge("a number among tags", {"tags": ["old", 5]}, InvalidType, "tags is int, not str; pass str(5)"),
    _charge("a tag that cannot be hashed", {"tags": [["old"]]}, InvalidType, f"tags is list, not str; {TEXT}"),
    _charge("an empty tag", {"tags": ["old", ""]}, InvalidValue, f"tags is empty; {EMPTY}"),
    _charge("a tag that is no text", {"tags": [SURROGATE]}, InvalidValue, f"tags {NO_VALID_TEXT}"),
    _charge(
        "a float attribute",
        {"attributes": {"rate": 0.5}},
        InvalidType,
        f"attribute rate is float, not a str or an exact number; {EXACT}",
    ),
    _charge(
        "a bool attribute",
        {"attributes": {"new": True}},
        InvalidType,
        f"attribute new is bool, not a str or an exact number; {EXACT}",
    ),
    _charge(
        "a None attribute",
        {"attributes": {"rate": None}},
        InvalidType,
        f"attribute rate is None, not a str or an exact number; {EXACT}",
    ),
    _charge(
        "a date for an attribute",
        {"attributes": {"since": DAY}},
        InvalidType,
        f"attribute since is date, not a str or an exact number; {EXACT}",
    ),
    _charge(
        "an attribute that cannot be hashed",
        {"attributes": {"rate": [1]}},
        InvalidType,
        f"attribute rate is list, not a str or an exact number; {EXACT}",
    ),
    _charge(
        "NaN for an attribute",
        {"attributes": {"rate": Decimal("NaN")}},
        InvalidValue,
        "attribute rate NaN is no finite number",
    ),
    _charge(
        "infinity for an attribute",
        {"attributes": {"rate": Decimal("-Infinity")}},
        InvalidValue,
        "attribute rate -Infinity is no finite number",
    ),
    _charge(
        "signalling NaN for an attribute",
        {"attributes": {"rate": Decimal("sNaN")}},
        InvalidValue,
        "attribute rate sNaN is no finite number",
    ),
    *(
        _charge(
            f"an attribute that is a {what}",
            {"attributes": {"rate": value}},
            InvalidValue,
            f"attribute rate is out of range; {OUT_OF_RANGE}",
        )
        for what, value in {
            "huge int": 10**40,
            "number too long to print": -TOO_LONG,
            "huge Decimal": Decimal("1E+999999"),
            "tiny Decimal": Decimal("1E-999999"),
            "Decimal of too many digits": Decimal("1." + "1" * 80),
            "huge Fraction": Fraction(10**41, 3),
            "Fraction too fine": Fraction(1, 10**40 + 1),
        }.items()
    ),
    _charge(
        "an attribute that is no text",
        {"attributes": {"note": SURROGATE}},
        InvalidValue,
        f"attribute note {NO_VALID_TEXT}",
    ),
    _charge(
        "an attribute twice", {"attributes": [("rate", 1), ("rate", 1)]}, InvalidValue, "attribute rate stands twice"
    ),
    _charge(
        "an attribute twice, as a number and as text",
        {"attributes": [("rate", 1), ("rate", "1")]},
        InvalidValue,
        "attribute rate stands twice",
    ),
    _charge("an attribute without a name", {"attributes": {"": 1}}, InvalidValue, f"attributes is empty; {EMPTY}"),
    _charge(
        "an attribute named by a number", {"attributes": {1: 1}}, InvalidType, "attributes is int, not str; pass str(1)"
    ),
    _charge(
        "an attribute alone",
        {"attributes": [("rate",)]},
        InvalidType,
        "attributes holds tuple, not a pair; pass a dict of names and values",
    ),
    _charge(
        "an attribute of three",
        {"attributes": [("rate", 1, 2)]},
        InvalidType,
        "attributes holds tuple, not a pair; pass a dict of names and values",
    ),
    _charge(
        "an empty attribute",
        {"attributes": [()]},
        InvalidType,
        "attributes holds tuple, not a pair; pass a dict of names and values",
    ),
    _charge(
        "attributes as names",
        {"attributes": ["rate"]},
        InvalidType,
        "attributes holds str, not a pair; pass a dict of names and values",
    ),
    _charge(
        "attributes as a number",
        {"attributes": 5},
        InvalidType,
        "attributes is int, not a list of pairs of a name and a value; pass a list of pairs of a name and a value",
    ),
    _charge(
        "attributes as text",
        {"attributes": "rate=5"},
        InvalidType,
        "attributes is str, not a list of pairs of a name and a value; pass a list of pairs of a name and a value",
    ),
    # payments
    _payment("an unknown fund", {"fund": "escrow"}, InvalidValue, "unknown fund 'escrow'; pass operating or trust"),
    _payment("a fund in capitals", {"fund": "Trust"}, InvalidValue, "unknown fund 'Trust'; pass operating or trust"),
    _payment("a fund of None", {"fund": None}, InvalidValue, "unknown fund None; pass operating or trust"),
    _payment(
        "a fund that cannot be hashed",
        {"fund": ["trust"]},
        InvalidValue,
        "unknown fund ['trust']; pass operating or trust",
    ),
    _payment(
        "a fund too long to print",
        {"fund": TOO_LONG},
        InvalidValue,
        "unknown fund <int too long to print>; pass operating or trust",
    ),
    _payment("restricted to an id", {"restriction": "R-03"}, InvalidType, f"restriction is str, not a selector; {BAR}"),
    _payment(
        "restricted to a category",
        {"restriction": Category.RENT},
        InvalidType,
        f"restriction is Category, not a selector; {BAR}",
    ),
    _payment(
        "restricted by a function",
        {"restriction": lambda found: True},
        InvalidType,
        f"restriction is function, not a selector; {BAR}",
    ),
    _payment(
        "restricted by a selector not called",
        {"restriction": where.invoice},
        InvalidType,
        f"restriction is function, not a selector; {BAR}",
    ),
    # credits
    _credit("a kind by name", {"kind": "waiver"}, InvalidType, f"kind is str, not CreditKind; {KIND}"),
    _credit("no kind", {"kind": None}, InvalidType, f"kind is None, not CreditKind; {KIND}"),
    _credit("a category by name", {"category": "rent"}, InvalidType, f"category is str, not Category; {CATEGORY}"),
    _row(
        "credit",
        "a waiver without a target",
        lambda: credit(kind=CreditKind.WAIVER),
        InvalidValue,
        "designations",
        f"credit K-1: a waiver names no target; {TARGET}",
    ),
    _row(
        "credit",
        "a write-off without a target",
        lambda: credit(kind=CreditKind.WRITE_OFF, designations=[]),
        InvalidValue,
        "designations",
        f"credit K-1: a write-off names no target; {TARGET}",
    ),
    # designations
    _row(
        "designation",
        "to an int",
        lambda: designation(17),
        InvalidType,
        "to",
        f"designation: to is int, not a selector; {WISH}",
    ),
    _row(
        "designation",
        "to nothing",
        lambda: designation(None),
        InvalidType,
        "to",
        f"designation: to is None, not a selector; {WISH}",
    ),
    _row(
        "designation",
        "to an empty id",
        lambda: designation(""),
        InvalidValue,
        "to",
        f"designation: to is empty; {EMPTY}",
    ),
    _row(
        "designation",
        "to what is no text",
        lambda: designation(SURROGATE),
        InvalidValue,
        "to",
        f"designation: to {NO_VALID_TEXT}",
    ),
    _row(
        "designation",
        "to a charge itself",
        lambda: designation(charge()),
        InvalidType,
        "to",
        f"designation: to is Charge, not a selector; {WISH}",
    ),
    _row(
        "designation",
        "to a list of ids",
        lambda: designation(["R-03"]),
        InvalidType,
        "to",
        f"designation: to is list, not a selector; {WISH}",
    ),
    _row(
        "designation",
        "to the namespace of selectors",
        lambda: designation(where),
        InvalidType,
        "to",
        f"designation: to is module, not a selector; {WISH}",
    ),
    _row(
        "designation",
        "of a number",
        lambda: designation("R-03", 5),
        InvalidType,
        "amount",
        f"designation: amount is int, not Money; {MONEY}",
    ),
    _row(
        "designation",
        "of nothing",
        lambda: designation("R-03", Money.zero("CAD")),
        InvalidValue,
        "amount",
        "designation: amount 0.00 CAD is not positive; pass an amount above 0",
    ),
    # disputes
    _of(dispute, "dispute", "of a number", {"amount": 40}, InvalidType, f"dispute: amount is int, not Money; {MONEY}"),
    _of(
        dispute,
        "dispute",
        "of a negative amount",
        {"amount": -CENT},
        InvalidValue,
        "dispute: amount -0.01 CAD is not positive; pass an amount above 0",
    ),
    _of(
        dispute,
        "dispute",
        "since a moment",
        {"since": MOMENT},
        InvalidType,
        f"dispute: since is datetime, not date; {NO_MOMENT}",
    ),
    _of(
        dispute,
        "dispute",
        "until text",
        {"until": "2026-03-01"},
        InvalidType,
        f"dispute: until is str, not date; {NO_DATE}",
    ),
    _of(
        dispute,
        "dispute",
        "ending before it begins",
        {"until": date(2026, 2, 28), "since": DAY},
        InvalidValue,
        "dispute: until 2026-02-28 is not after since 2026-03-01; until is the first day after the dispute",
    ),
    _of(
        dispute,
        "dispute",
        "ending as it begins",
        {"until": DAY, "since": DAY},
        InvalidValue,
        "dispute: until 2026-03-01 is not after since 2026-03-01; until is the first day after the dispute",
    ),
    _row(
        "dispute",
        "asked about a moment",
        lambda: Dispute(since=DAY).lasts_on(MOMENT),
        InvalidType,
        "day",
        f"dispute: day is datetime, not date; {NO_MOMENT}",
    ),
    # applications
    _application("an int source", {"source": 17}, InvalidType, "application: source is int, not str; pass str(17)"),
    _application("an empty charge", {"charge": ""}, InvalidValue, f"application: charge is empty; {EMPTY}"),
    _application(
        "a charge itself", {"charge": charge()}, InvalidType, f"application: charge is Charge, not str; {TEXT}"
    ),
    _application("an int id", {"id": 17}, InvalidType, "application: id is int, not str; pass str(17)"),
    _application("an empty id", {"id": ""}, InvalidValue, f"application: id is empty; {EMPTY}"),
    _application(
        "an int source of one with an id",
        {"source": 17, "id": "A-1"},
        InvalidType,
        "application A-1: source is int, not str; pass str(17)",
    ),
    _application(
        "an empty charge of one with an id",
        {"charge": "", "id": "A-1"},
        InvalidValue,
        f"application A-1: charge is empty; {EMPTY}",
    ),
    _application("on a moment", {"on": MOMENT}, InvalidType, f"application: on is datetime, not date; {NO_MOMENT}"),
    _application(
        "on a number too long to print", {"on": TOO_LONG}, InvalidType, f"application: on is int, not date; {NO_DATE}"
    ),
    _application(
        "on text, of one with an id",
        {"on": "2026-03-01", "id": "A-1"},
        InvalidType,
        f"application A-1: on is str, not date; {NO_DATE}",
    ),
    _application(
        "posted at a moment",
        {"posted": MOMENT},
        InvalidType,
        f"application P-17>R-03@2026-03-01: posted is datetime, not date; {NO_MOMENT}",
    ),
    _application(
        "a float amount",
        {"amount": 9.5},
        InvalidType,
        f"application P-17>R-03@2026-03-01: amount is float, not Money; {MONEY}",
    ),
    _application(
        "a negative amount",
        {"amount": -RENT},
        InvalidValue,
        "application P-17>R-03@2026-03-01: amount -900.00 CAD is not positive; "
        "an application is undone by one that reverses it",
    ),
    _application(
        "reversing a number", {"reverses": 17}, InvalidType, "application: reverses is int, not str; pass str(17)"
    ),
    _application("reversing nothing", {"reverses": ""}, InvalidValue, f"application: reverses is empty; {EMPTY}"),
    _application(
        "reversing a number, of one with an id",
        {"reverses": 17, "id": "A-1"},
        InvalidType,
        "application A-1: reverses is int, not str; pass str(17)",
    ),
    # invoices
    _invoice("an int id", {"id": 17}, InvalidType, "invoice: id is int, not str; pass str(17)"),
    _invoice("an empty id", {"id": ""}, InvalidValue, f"invoice: id is empty; {EMPTY}"),
    _invoice("dated a moment", {"date": MOMENT}, InvalidType, f"invoice 17: date is datetime, not date; {NO_MOMENT}"),
    _invoice("due on text", {"due": "2026-03-31"}, InvalidType, f"invoice 17: due is str, not date; {NO_DATE}"),
    *(
        _invoice(f"an int {field}", {field: 7}, InvalidType, f"invoice 17: {field} is int, not str; pass str(7)")
        for field in ("number", "payer", "client", "matter")
    ),
    # contexts
    _row(
        "tax",
        "about each other in a ring",
        _ring,
        Conflict,
        "about",
        "charge T-1: about leads back to itself; name the charge that is taxed",
    ),
]
