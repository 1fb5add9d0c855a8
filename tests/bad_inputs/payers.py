"""Bad payers: contacts and their access, saved methods, payment types, associations, invoices and their balances."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from arledger import (
    AccessLevel,
    ArledgerError,
    Association,
    Conflict,
    Contact,
    ContactKind,
    Contacts,
    ContactState,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    InvoiceBalance,
    InvoiceStatus,
    MethodKind,
    MethodState,
    PaymentMethod,
    PaymentMethods,
    PaymentTypes,
    UnknownName,
    access,
    invoice_balances,
    method_for_pulls,
    readdress,
    seen_by,
    takes_of,
    wallet,
    why_not_taken,
    with_status,
)
from arledger.payers.associations import is_seen_by
from arledger.payers.methods import why_not_usable
from bad_inputs.autopay import wrong_types
from bad_inputs.common import CENT, DAY, DOLLAR, MOMENT, NO_MOMENT, RENT, BadInput
from bad_inputs.deposits import MONEY, days, names, of
from portal_facts import bank, card, care, contact, invoice, standing

KEEP = "keep one of them"
POSITION = standing(care())
SAVED = PaymentMethods([bank(is_default=True), card()])
GONE = wallet.delete(SAVED, "card-ana")
ANA = contact()
NO_POSITION = "not Position; pass what replay gave"
CHOICES: dict[str, Any] = {"str": "active", "bool": True, "int": 1}


def _person(**given: Any) -> Contact:
    """Contact K-1 of ana, spoilt by what is given."""
    return Contact(**{"id": "K-1", "payer": "ana", "email": "ana@example.org", **given})


def _method(**given: Any) -> PaymentMethod:
    """Card M-1, spoilt by what is given."""
    return PaymentMethod(**{"id": "M-1", "kind": MethodKind.CREDIT_CARD, "last_four": "4242", **given})


def _tie(**given: Any) -> Association:
    """Association A-1 of ana to a client, spoilt by what is given."""
    return Association(**{"id": "A-1", "payer": "ana", "client": "Roy", **given})


def _balance(**given: Any) -> InvoiceBalance:
    """The balance of invoice INV-1, spoilt by what is given."""
    return InvoiceBalance(**{"invoice": invoice(), "outstanding": RENT, **given})


def row(what: str, call: Callable[[], object], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    """A call that is refused."""
    return BadInput(what, call, kind, field, message)


def _contact(what: str, given: dict[str, Any], kind: type[ArledgerError], problem: str) -> BadInput:
    return of("contact", _person, what, given, kind, f"contact K-1: {problem}")


CONTACTS = [
    *names("contact", _person, "contact", "id"),
    *(one for field in ("payer", "email") for one in names("contact", _person, "contact K-1", field)),
    *(
        one
        for field, noun, example in (
            ("kind", "a ContactKind", "ContactKind.SELF"),
            ("access", "an AccessLevel", "AccessLevel.BILLING"),
            ("state", "a ContactState", "ContactState.ACTIVE"),
        )
        for one in wrong_types(
            "contact",
            _person,
            "contact K-1",
            field,
            {**CHOICES, "None": None},
            f"not {noun.split()[1]}; pass {noun}, such as {example}",
        )
    ),
    _contact(
        "nobody's, and not the resident",
        {"payer": None},
        InvalidValue,
        "payer is None, and its kind is other; pass payer=, or kind=ContactKind.SELF for the account's own",
    ),
    _contact(
        "an e-mail that is none",
        {"email": "ana.example.org"},
        InvalidValue,
        "email 'ana.example.org' has no @; pass an address",
    ),
    *(
        _contact(
            f"{state.value} without an e-mail",
            {"email": None, "state": state},
            InvalidValue,
            f"email is None, and its access is {state.value}; pass the one they log in by",
        )
        for state in (ContactState.INVITED, ContactState.ACTIVE, ContactState.DISABLED)
    ),
]

AS_ONE_LOGIN = "both log in for ana as ana@example.org"
TOGETHER = [
    *wrong_types(
        "contacts",
        lambda **given: Contacts(given["all"]),
        "contacts",
        "all",
        {"None": None, "str": "K-1", "int": 5},
        "not a list of Contact; pass a list of Contact",
    ),
    row(
        "contacts: a method among them",
        lambda: Contacts([ANA, card()]),  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "all",
        "contacts: all is PaymentMethod, not Contact; pass a Contact",
    ),
    row(
        "contacts: an id twice",
        lambda: Contacts([ANA, contact("ben", id="K-ana")]),
        Conflict,
        "id",
        f"contact K-ana: stands twice; {KEEP}",
    ),
    row(
        "contacts: one login twice",
        lambda: Contacts([ANA, contact(id="K-2", email="ANA@example.org")]),
        Conflict,
        "email",
        f"contacts K-2 and K-ana: {AS_ONE_LOGIN}; {KEEP}",
    ),
    row(
        "contacts: one login twice for the account",
        lambda: Contacts([_own("K-1", ContactKind.SELF), _own("K-2", ContactKind.SELF)]),
        Conflict,
        "email",
        f"contacts K-1 and K-2: both log in for the account as a@b; {KEEP}",
    ),
    row(
        "contacts: two who are the resident",
        lambda: Contacts([_self("K-1", "ana"), _self("K-2", "ana")]),
        Conflict,
        "kind",
        "contacts K-1 and K-2: both are ana themself; keep one of them, or give the other another kind",
    ),
    row(
        "contacts: two who are the account",
        lambda: Contacts([_self("K-1", None), _self("K-2", None)]),
        Conflict,
        "kind",
        "contacts K-1 and K-2: both are the account themself; keep one of them, or give the other another kind",
    ),
    row(
        "contacts: a name that is none",
        lambda: Contacts(ANA).contact("", "portal"),
        InvalidValue,
        "contact",
        "portal: contact is empty; pass a non-empty str",
    ),
    row(
        "contacts: unknown",
        lambda: Contacts(ANA).contact("K-anna", "portal"),
        UnknownName,
        "contact",
        "portal: there is no contact K-anna; did you mean K-ana?",
    ),
    row(
        "contacts: unknown, where there are none",
        lambda: Contacts().contact("K-ana", "portal"),
        UnknownName,
        "contact",
        "portal: there is no contact K-ana; pass contacts",
    ),
    *(
        row(
            f"contacts: two who may log in, one {state.value}",
            lambda state=state: Contacts([ANA, contact(id="K-2", email="a@b", state=state)]).check_one_login("portal"),  # type: ignore[misc]
            Conflict,
            "contacts",
            "portal: contacts K-2 and K-ana both log in for ana; disable one of them: a payer has one login",
        )
        for state in (ContactState.INVITED, ContactState.ACTIVE)
    ),
]


def _own(name: str, kind: ContactKind) -> Contact:
    return Contact(name, kind=kind, email="a@b")


def _self(name: str, payer: str | None) -> Contact:
    return Contact(name, payer=payer, kind=ContactKind.SELF)


def _invite(**given: Any) -> Contact:
    """An invitation of ana, spoilt by what is given."""
    known = {"contact": ANA, "level": AccessLevel.READ, "authorised": True, **given}
    return access.invite(known.pop("contact"), **known)


NO_CONTACT = "not Contact; pass a Contact"
STEPS: dict[str, Callable[..., object]] = {
    "access: to invite": lambda one: _invite(contact=one),
    "access: to activate": access.activate,
    "access: to disable": access.disable,
    "access: to change the e-mail of": lambda one: access.change_email(one, "a@b"),
}
SUBJECTS = dict(zip(STEPS, ("invite", "access", "access", "change_email"), strict=True))
NEXT = {
    ContactState.NOT_INVITED: "invited",
    ContactState.INVITED: "invited or active or disabled",
    ContactState.ACTIVE: "invited or disabled",
    ContactState.DISABLED: "invited",
}
ACCESS = [
    *(
        row(
            f"{what} {name}",
            lambda step=step, value=value: step(value),  # type: ignore[misc]
            InvalidType,
            "contact",
            f"{SUBJECTS[what]}: contact is {name}, {NO_CONTACT}",
        )
        for what, step in STEPS.items()
        for name, value in {"None": None, "str": "K-ana", "PaymentMethod": card()}.items()
    ),
    row(
        "access: an invitation of somebody who is not authorised",
        lambda: _invite(authorised=False),
        Conflict,
        "authorised",
        "contact K-ana: is not authorised to see the resident's information; confirm it, or do not invite them",
    ),
    *wrong_types(
        "access",
        _invite,
        "contact K-ana",
        "authorised",
        {"None": None, "str": "yes", "int": 1},
        "not bool; pass True or False",
    ),
    row(
        "access: an invitation to a level that is none",
        lambda: _invite(level="read"),
        InvalidType,
        "access",
        "contact K-ana: access is str, not AccessLevel; pass an AccessLevel, such as AccessLevel.BILLING",
    ),
    row(
        "access: an invitation without an e-mail",
        lambda: _invite(contact=Contact("K-1", payer="ana")),
        InvalidValue,
        "email",
        "contact K-1: email is None, and its access is invited; pass the one they log in by",
    ),
    row(
        "access: an e-mail that is none",
        lambda: access.change_email(ANA, "nowhere"),
        InvalidValue,
        "email",
        "contact K-ana: email 'nowhere' has no @; pass an address",
    ),
    *(
        row(
            f"access: {to} after {state.value}",
            lambda step=step, state=state: step(contact(state=state)),  # type: ignore[misc]
            Conflict,
            "state",
            f"contact K-ana: cannot be {to} after {state.value.replace('_', ' ')}; it can be {NEXT[state]}",
        )
        for step, to, states in (
            (access.activate, "active", (ContactState.NOT_INVITED, ContactState.ACTIVE, ContactState.DISABLED)),
            (access.disable, "disabled", (ContactState.NOT_INVITED, ContactState.DISABLED)),
        )
        for state in states
    ),
]

FOUR = "are not four digits; pass the last four digits of its number, and never more of it"
METHODS = [
    *names("method", _method, "method", "id"),
    *(
        one
        for field in ("payer", "nickname", "billing_address", "last_four")
        for one in names("method", _method, "method M-1", field)
    ),
    *wrong_types(
        "method",
        _method,
        "method M-1",
        "kind",
        {"None": None, "str": "bank_account", "MethodState": MethodState.ACTIVE},
        "not MethodKind; pass a MethodKind, such as MethodKind.BANK_ACCOUNT",
    ),
    *wrong_types(
        "method",
        _method,
        "method M-1",
        "state",
        {**CHOICES, "None": None},
        "not MethodState; pass a MethodState, such as MethodState.ACTIVE",
    ),
    *wrong_types(
        "method",
        _method,
        "method M-1",
        "is_default",
        {"None": None, "str": "yes", "int": 1},
        "not bool; pass True or False",
    ),
    *(
        of(
            "method",
            _method,
            f"last digits {value}",
            {"last_four": value},
            InvalidValue,
            f"method M-1: last_four {value!r} {FOUR}",
        )
        for value in ("123", "12345", "12 4", "12a4", "١٢٣٤", "12.4", "4242424242424242")
    ),
    *days("method", _method, "method M-1", "expires", or_none=True),
    row(
        "method: a bank account that expires",
        lambda: _method(kind=MethodKind.BANK_ACCOUNT, expires=DAY),
        InvalidValue,
        "expires",
        "method M-1: a bank account that expires; leave it out",
    ),
    of(
        "method",
        _method,
        "a default that is deleted",
        {"is_default": True, "state": MethodState.DELETED},
        InvalidValue,
        "method M-1: is deleted, and the default; a deleted method is no default",
    ),
    row(
        "method: whether text can be used",
        lambda: why_not_usable("M-1", DAY),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "method",
        "method: method is str, not PaymentMethod; pass a PaymentMethod",
    ),
    row(
        "method: whether it can be used at a moment",
        lambda: why_not_usable(card(), MOMENT),
        InvalidType,
        "on",
        f"method card-ana: on is datetime, not date; {NO_MOMENT}",
    ),
]

NO_METHODS = "not PaymentMethods; pass a PaymentMethods"
ON_ONE: dict[str, Callable[..., object]] = {
    "edit": wallet.edit,
    "disable": wallet.disable,
    "enable": wallet.enable,
    "delete": wallet.delete,
    "make_default": wallet.make_default,
}
WALLETS = [
    *wrong_types(
        "methods",
        lambda **given: PaymentMethods(given["all"]),
        "methods",
        "all",
        {"None": None, "str": "M-1", "int": 5},
        "not a list of PaymentMethod; pass a list of PaymentMethod",
    ),
    row(
        "methods: a contact among them",
        lambda: PaymentMethods([card(), ANA]),  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "all",
        "methods: all is Contact, not PaymentMethod; pass a PaymentMethod",
    ),
    row(
        "methods: an id twice",
        lambda: PaymentMethods([card(), bank(id="card-ana")]),
        Conflict,
        "id",
        f"method card-ana: stands twice; {KEEP}",
    ),
    row(
        "methods: two defaults of a payer",
        lambda: PaymentMethods([bank(is_default=True), card(is_default=True)]),
        Conflict,
        "is_default",
        f"methods bank-ana and card-ana: both are the default of ana; {KEEP}",
    ),
    row(
        "methods: two defaults, one of them disabled",
        lambda: PaymentMethods([bank(is_default=True), card(is_default=True, state=MethodState.DISABLED)]),
        Conflict,
        "is_default",
        f"methods bank-ana and card-ana: both are the default of ana; {KEEP}",
    ),
    row(
        "methods: two defaults of the account",
        lambda: PaymentMethods([bank(None, is_default=True), card(None, is_default=True)]),
        Conflict,
        "is_default",
        f"methods bank-None and card-None: both are the default of the account; {KEEP}",
    ),
    row(
        "methods: unknown",
        lambda: SAVED.method("card-anna"),
        UnknownName,
        "method",
        "methods: there is no method card-anna; did you mean card-ana?",
    ),
    row(
        "methods: unknown, where there are none",
        lambda: PaymentMethods().method("card-ana"),
        UnknownName,
        "method",
        "methods: there is no method card-ana; there are none yet",
    ),
    row(
        "methods: a name that is none",
        lambda: SAVED.method(""),
        InvalidValue,
        "method",
        "methods: method is empty; pass a non-empty str",
    ),
    row(
        "methods: a pull by one that is not there",
        lambda: method_for_pulls(SAVED, "ana", DAY, named="M-9"),
        UnknownName,
        "method",
        "method_for_pulls: there is no method M-9; known are bank-ana, card-ana",
    ),
    row(
        "methods: a pull from no methods",
        lambda: method_for_pulls([card()], "ana", DAY),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "methods",
        f"method_for_pulls: methods is list, {NO_METHODS}",
    ),
    row(
        "methods: a pull at a moment",
        lambda: method_for_pulls(SAVED, "ana", MOMENT),
        InvalidType,
        "on",
        f"method bank-ana: on is datetime, not date; {NO_MOMENT}",
    ),
    row(
        "wallet: a contact is added",
        lambda: wallet.add(SAVED, ANA),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "method",
        "wallet: method is Contact, not PaymentMethod; pass a PaymentMethod",
    ),
    row(
        "wallet: added to a list",
        lambda: wallet.add([card()], bank()),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "methods",
        f"wallet: methods is list, {NO_METHODS}",
    ),
    row(
        "wallet: one that is there is added",
        lambda: wallet.add(SAVED, bank()),
        Conflict,
        "id",
        f"method bank-ana: stands twice; {KEEP}",
    ),
    row(
        "wallet: one that is deleted is added again",
        lambda: wallet.add(GONE, card()),
        Conflict,
        "id",
        f"method card-ana: stands twice; {KEEP}",
    ),
    row(
        "wallet: a bank account gets an expiry",
        lambda: wallet.edit(SAVED, "bank-ana", expires=DAY),
        InvalidValue,
        "expires",
        "method bank-ana: a bank account that expires; leave it out",
    ),
    row(
        "wallet: an empty nickname",
        lambda: wallet.edit(SAVED, "bank-ana", nickname=""),
        InvalidValue,
        "nickname",
        "method bank-ana: nickname is empty; pass a non-empty str",
    ),
    *(
        one
        for name, step in ON_ONE.items()
        for one in (
            row(
                f"wallet: {name} of a deleted method",
                lambda step=step: step(GONE, "card-ana"),  # type: ignore[misc]
                Conflict,
                "method",
                "method card-ana: is deleted, for good; add it as a new one",
            ),
            row(
                f"wallet: {name} of one that is not there",
                lambda step=step: step(SAVED, "card-anna"),  # type: ignore[misc]
                UnknownName,
                "method",
                "wallet: there is no method card-anna; did you mean card-ana?",
            ),
            row(
                f"wallet: {name} in a list",
                lambda step=step: step([card()], "card-ana"),  # type: ignore[misc]
                InvalidType,
                "methods",
                f"wallet: methods is list, {NO_METHODS}",
            ),
        )
    ),
]


def _types(**given: Any) -> PaymentTypes:
    """Cash and checks, spoilt by what is given."""
    return PaymentTypes(**{**given, "accepted": given.get("accepted", ["cash", "check"])})


SETS = ("accepted", "resident_portal", "prospect_portal", "cash_equivalent")
A_LIST = "not a list of str; pass a list of str"
TYPES = [
    *(
        one
        for field in SETS
        for one in (
            *wrong_types(
                "payment types", _types, "payment types", field, {"None": None, "int": 5, "bytes": b"ach"}, A_LIST
            ),
            row(
                f"payment types: {field} with a number in it",
                lambda field=field: _types(**{field: [17]}),  # type: ignore[misc]
                InvalidType,
                field,
                f"payment types: {field} is int, not str; pass str(17)",
            ),
            row(
                f"payment types: {field} with an empty one in it",
                lambda field=field: _types(**{field: ""}),  # type: ignore[misc]
                InvalidValue,
                field,
                f"payment types: {field} is empty; pass a non-empty str",
            ),
        )
    ),
    *(
        of(
            "payment types",
            _types,
            f"{field} has one that is not accepted",
            {field: ["cash", "wire"]},
            InvalidValue,
            f"payment types: {field} has wire, which is not accepted; add it to accepted, or leave it out",
        )
        for field in SETS[1:]
    ),
    *wrong_types(
        "payment types",
        _types,
        "payment types",
        "cash_only_after",
        {"str": "2", "bool": True, "float": 2.0},
        "not int; pass an int",
    ),
    *(
        of(
            "payment types",
            _types,
            f"cash equivalents only after {number} returns",
            {"cash_only_after": number},
            InvalidValue,
            f"payment types: cash_only_after is {number}; pass how many returns, 1 or more",
        )
        for number in (0, -1)
    ),
    row(
        "payment types: what text takes",
        lambda: takes_of("position", _types()),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "position",
        f"takes_of: position is str, {NO_POSITION}",
    ),
    row(
        "payment types: what an account takes of a list",
        lambda: takes_of(POSITION, ["cash"]),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "types",
        "takes_of: types is list, not PaymentTypes; pass a PaymentTypes",
    ),
    *(
        row(f"payment types: {what}", lambda given=given: _not_taken(**given), kind, field, f"why_not_taken: {said}")  # type: ignore[misc]
        for what, given, kind, field, said in (
            ("taken of no kind", {"kind": ""}, InvalidValue, "kind", "kind is empty; pass a non-empty str"),
            (
                "taken by a list",
                {"types": ["cash"]},
                InvalidType,
                "types",
                "types is list, not PaymentTypes; pass a PaymentTypes",
            ),
            (
                "taken in text",
                {"channel": "office"},
                InvalidType,
                "channel",
                "channel is str, not Channel; pass a Channel, such as Channel.OFFICE",
            ),
            (
                "taken by an account of text",
                {"takes": "anything"},
                InvalidType,
                "takes",
                "takes is str, not Takes; pass a Takes, such as Takes.ANYTHING",
            ),
        )
    ),
]


def _not_taken(**given: Any) -> object:
    known = {"kind": "cash", "types": _types(), **given}
    return why_not_taken(known.pop("kind"), known.pop("types"), **known)


TIES = [
    *names("association", _tie, "association", "id"),
    *(
        one
        for field in ("payer", "client", "matter", "number", "invoice")
        for one in names("association", _tie, "association A-1", field)
    ),
    of(
        "association",
        _tie,
        "of no payer",
        {"payer": None},
        InvalidType,
        "association A-1: payer is None, not str; pass it as text",
    ),
    of(
        "association",
        _tie,
        "without criteria",
        {"client": None},
        InvalidValue,
        "association A-1: client, matter, number and invoice are all None; pass one of them at least",
    ),
    *wrong_types(
        "associations",
        lambda **given: seen_by("ana", [], given["associations"]),
        "seen_by",
        "associations",
        {"None": None, "str": "A-1", "int": 5},
        "not a list of Association; pass a list of Association",
    ),
    row(
        "associations: an invoice among them",
        lambda: seen_by("ana", [], [_tie(), invoice()]),  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "associations",
        "seen_by: associations is Invoice, not Association; pass an Association",
    ),
    row(
        "associations: an id twice",
        lambda: seen_by("ana", [], [_tie(), _tie(payer="ben")]),
        Conflict,
        "id",
        f"association A-1: stands twice; {KEEP}",
    ),
    row(
        "associations: whether text is seen",
        lambda: is_seen_by("ana", "INV-1"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "invoice",
        "is_seen_by: invoice is str, not Invoice; pass an Invoice",
    ),
]

NO_LIST = "not a list of Invoice; pass a list of Invoice"
PARTS = ("amount", "pending", "disputed")
BALANCES = [
    *wrong_types(
        "invoice balance",
        _balance,
        "invoice balance",
        "invoice",
        {"None": None, "str": "INV-1", "Money": RENT},
        "not Invoice; pass an Invoice",
    ),
    *(
        one
        for field in ("outstanding", *PARTS)
        for one in (
            *wrong_types(
                "invoice balance",
                _balance,
                "invoice INV-1",
                field,
                {"None": None, "str": "900", "float": 900.0},
                f"not Money; {MONEY}",
            ),
            of(
                "invoice balance",
                _balance,
                f"{field} below zero",
                {field: -CENT},
                InvalidValue,
                f"invoice INV-1: {field} -0.01 CAD is below zero; "
                "pass 0 or more; what was paid too much is no part of an invoice",
            ),
        )
    ),
    *(
        of(
            "invoice balance",
            _balance,
            f"{field} in another currency",
            {field: DOLLAR},
            CurrencyMismatch,
            f"invoice INV-1: {field} 1.00 USD of a balance in CAD",
        )
        for field in PARTS
    ),
    *(
        of(
            "invoice balance",
            _balance,
            f"more {field} than outstanding",
            {field: RENT + CENT},
            InvalidValue,
            f"invoice INV-1: {field} 900.01 CAD is over outstanding 900.00 CAD; pass at most what is outstanding",
        )
        for field in ("pending", "disputed")
    ),
    row(
        "invoice balance: more outstanding than invoiced",
        lambda: _balance(amount=CENT),
        InvalidValue,
        "outstanding",
        "invoice INV-1: outstanding 900.00 CAD is over amount 0.01 CAD; pass at most what is invoiced",
    ),
    *days("invoice balance", _balance, "invoice INV-1", "as_of", or_none=True),
    *wrong_types(
        "invoice balance",
        _balance,
        "invoice balance",
        "knows",
        {"None": None, "str": "P-1", "int": 5},
        "not a list of ids of payments; pass a list of ids of payments",
    ),
    of(
        "invoice balance",
        _balance,
        "a number that it knows",
        {"knows": [17]},
        InvalidType,
        "invoice balance: knows is int, not str; pass str(17)",
    ),
    *wrong_types(
        "invoice balance",
        _balance,
        "invoice INV-1",
        "is_void",
        {"None": None, "str": "yes", "int": 1},
        "not bool; pass True or False",
    ),
    of(
        "invoice balance",
        _balance,
        "void, and outstanding",
        {"is_void": True},
        InvalidValue,
        "invoice INV-1: is void, and 900.00 CAD is outstanding; nothing is outstanding of a void invoice",
    ),
    row(
        "invoice balance: overdue at a moment",
        lambda: _balance().is_overdue(MOMENT),
        InvalidType,
        "on",
        f"invoice INV-1: on is datetime, not date; {NO_MOMENT}",
    ),
    row(
        "invoice balances: of no position",
        lambda: invoice_balances("position", invoice()),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "position",
        f"invoice_balances: position is str, {NO_POSITION}",
    ),
    *wrong_types(
        "invoice balances",
        lambda **given: invoice_balances(POSITION, given["invoices"]),
        "invoice_balances",
        "invoices",
        {"None": None, "str": "INV-1", "int": 5},
        NO_LIST,
    ),
    row(
        "invoice balances: a contact among the invoices",
        lambda: invoice_balances(POSITION, [invoice(), ANA]),  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "invoices",
        "invoice_balances: invoices is Contact, not Invoice; pass an Invoice",
    ),
    row(
        "invoice balances: an id twice",
        lambda: invoice_balances(POSITION, [invoice(), invoice(payer="ben")]),
        Conflict,
        "id",
        f"invoice INV-1: stands twice; {KEEP}",
    ),
    *wrong_types(
        "invoice balances",
        lambda **given: with_status(given["balances"]),
        "with_status",
        "balances",
        {"None": None, "str": "INV-1", "int": 5},
        "not a list of InvoiceBalance; pass a list of InvoiceBalance",
    ),
    row(
        "invoice balances: an invoice among the balances",
        lambda: with_status([invoice()]),  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "balances",
        "with_status: balances is Invoice, not InvoiceBalance; pass an InvoiceBalance",
    ),
    row(
        "invoice balances: a status in text",
        lambda: with_status([_balance()], InvoiceStatus.PAID, "unpaid"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "statuses",
        "with_status: statuses is str, not InvoiceStatus; pass an InvoiceStatus, such as .UNPAID",
    ),
    row(
        "invoice balances: overdue on text",
        lambda: with_status([_balance()], overdue_on="2026-03-09"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "on",
        "invoice INV-1: on is str, not date; pass a datetime.date",
    ),
]


def _moved(**given: Any) -> object:
    """An invoice moved to ben, spoilt by what is given."""
    known = {"invoice": invoice(), "position": POSITION, "to": "ben", "on": date(2026, 3, 9), **given}
    return readdress(known.pop("invoice"), known.pop("position"), **known)


READDRESSING = [
    *wrong_types(
        "readdress", _moved, "readdress", "invoice", {"None": None, "str": "INV-1"}, "not Invoice; pass an Invoice"
    ),
    *wrong_types("readdress", _moved, "readdress", "position", {"None": None, "str": "today"}, NO_POSITION),
    *names("readdress", _moved, "invoice INV-1", "to"),
    *days("readdress", _moved, "invoice INV-1", "on"),
]

ROWS = [*CONTACTS, *TOGETHER, *ACCESS, *METHODS, *WALLETS, *TYPES, *TIES, *BALANCES, *READDRESSING]
