"""Bad checkouts: policies and fees, portals, quotes and what is submitted."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs

from account_facts import cad
from arledger import (
    EXACT,
    Amounts,
    ArledgerError,
    Association,
    Bearer,
    BillingTeam,
    CheckoutPolicy,
    Conflict,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    Percent,
    Portal,
    ProcessingFee,
    Takes,
    UnknownName,
    fee,
    followed,
    quote,
    receipt_events,
    shown_invoices,
    submit,
)
from bad_inputs.autopay import wrong_types
from bad_inputs.common import DOLLAR, NO_VALID_TEXT, RENT, SURROGATE, BadInput
from bad_inputs.deposits import names, of
from bad_inputs.payers import KEEP, NO_LIST, NO_POSITION, row
from portal_facts import asked, bank, card, care, contact, invoice, portal, standing, submitted

POSITION = standing(care())
PLACE = portal()
QUOTE = asked(["INV-1"], POSITION)
RECEIPT = submitted(QUOTE, POSITION)
FLAT = fee.flat(cad("1"))


def _policy(**given: Any) -> CheckoutPolicy:
    return CheckoutPolicy(**given)


def _fee(**given: Any) -> ProcessingFee:
    """A dollar that the payer bears, spoilt by what is given."""
    return ProcessingFee(**{"amount": FLAT, "borne_by": Bearer.PAYER, **given})


def _portal(**given: Any) -> Portal:
    """A portal of one invoice, spoilt by what is given."""
    return Portal(**{"invoices": invoice(), **given})


def _quote(**given: Any) -> object:
    """A quote of invoice INV-1 by ana's card, spoilt by what is given."""
    known = {"wanted": ["INV-1"], "position": POSITION, "portal": PLACE, "by": "K-ana", "paying": "card-ana", **given}
    return quote(known.pop("wanted"), known.pop("position"), known.pop("portal"), **known)


def _submit(**given: Any) -> object:
    """The quote submitted, spoilt by what is given."""
    known = {"quote": QUOTE, "position": POSITION, "portal": PLACE, "transaction": "T-1", **given}
    return submit(known.pop("quote"), known.pop("position"), known.pop("portal"), **known)


def _asked(what: str, given: dict[str, Any], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return row(f"quote: {what}", lambda: _quote(**given), kind, field, f"quote: {message}")


BOOLS = {"None": None, "str": "yes", "int": 1}
A_BOOL = "not bool; pass True or False"
POLICIES = [
    *wrong_types(
        "checkout policy",
        _policy,
        "checkout policy",
        "amounts",
        {"None": None, "str": "exact", "bool": True},
        "not Amounts; pass Amounts.FLEXIBLE or Amounts.EXACT",
    ),
    *(
        one
        for field in ("prepayments", "splits", "one_login_a_payer")
        for one in wrong_types("checkout policy", _policy, "checkout policy", field, BOOLS, A_BOOL)
    ),
    *wrong_types(
        "checkout policy",
        _policy,
        "checkout policy",
        "run_by",
        {"None": None, "str": "anyone", "Amounts": Amounts.EXACT},
        "not RunBy; pass a RunBy, such as RunBy.ANYONE",
    ),
    *wrong_types(
        "checkout policy",
        _policy,
        "checkout policy",
        "fees",
        {"None": None, "str": "2.9%", "int": 5},
        "not a list of ProcessingFee; pass a list of ProcessingFee",
    ),
    of(
        "checkout policy",
        _policy,
        "an amount among the fees",
        {"fees": [_fee(), RENT]},
        InvalidType,
        "checkout policy: fees is Money, not ProcessingFee; pass a ProcessingFee",
    ),
    of(
        "checkout policy",
        _policy,
        "fees in two currencies",
        {"fees": [_fee(types="ach"), _fee(amount=fee.flat(DOLLAR))]},
        CurrencyMismatch,
        "checkout policy: CAD and USD together",
    ),
    *wrong_types(
        "checkout policy",
        _policy,
        "checkout policy",
        "authorisation",
        {"None": None, "bytes": b"I agree", "int": 5},
        "not str; pass the text, or leave it out",
    ),
    of(
        "checkout policy",
        _policy,
        "an authorisation that is no text",
        {"authorisation": SURROGATE},
        InvalidValue,
        f"checkout policy: authorisation {NO_VALID_TEXT}",
    ),
    of(
        "checkout policy",
        _policy,
        "prepayments of exact amounts",
        {"prepayments": True, "amounts": Amounts.EXACT},
        Conflict,
        "checkout policy: prepayments are taken beside exact amounts; leave them out, or pass Amounts.FLEXIBLE",
    ),
    *(
        of(
            "checkout policy",
            _policy,
            f"two fees for {name}",
            {"fees": fees},
            Conflict,
            f"checkout policy: two fees for {name}; {KEEP}",
        )
        for name, fees in {
            "ach": [_fee(types="ach"), _fee(types=["credit_card", "ach"])],
            "cash": [_fee(types=["cash", "cash"])],
            "any other type": [_fee(), _fee(borne_by=Bearer.COMPANY)],
        }.items()
    ),
]


FEES = [
    *wrong_types(
        "processing fee",
        _fee,
        "processing fee",
        "amount",
        {"None": None, "str": "2.9%", "Percent": Percent(3)},
        "not FeeAmount; pass one such as fee.percent(5, of=fee.OWED)",
    ),
    of(
        "processing fee",
        _fee,
        "a sum of money",
        {"amount": RENT},
        InvalidType,
        "processing fee: amount is Money, not FeeAmount; pass fee.flat(...) of it",
    ),
    of(
        "processing fee",
        _fee,
        "a part of what is owed",
        {"amount": fee.percent(5, of=fee.OWED)},
        InvalidValue,
        "processing fee: what is owed is no base of it; take the payment's face value",
    ),
    of(
        "processing fee",
        _fee,
        "a sum for each day",
        {"amount": fee.each_day(FLAT)},
        InvalidValue,
        f"processing fee: {fee.each_day(FLAT)} counts days, and a payment has none; pass an amount that stays the same",
    ),
    *wrong_types(
        "processing fee",
        _fee,
        "processing fee",
        "borne_by",
        {"None": None, "str": "payer", "bool": True},
        "not Bearer; pass Bearer.PAYER or Bearer.COMPANY",
    ),
    *wrong_types(
        "processing fee",
        _fee,
        "processing fee",
        "types",
        {"None": None, "int": 5},
        "not a list of str; pass a list of str",
    ),
    of(
        "processing fee",
        _fee,
        "a number among the types",
        {"types": [17]},
        InvalidType,
        "processing fee: types is int, not str; pass str(17)",
    ),
    of(
        "processing fee",
        _fee,
        "an empty type",
        {"types": ""},
        InvalidValue,
        "processing fee: types is empty; pass a non-empty str",
    ),
]

PORTALS = [
    *wrong_types("portal", _portal, "portal", "invoices", {"None": None, "str": "INV-1", "int": 5}, NO_LIST),
    of(
        "portal",
        _portal,
        "a contact among the invoices",
        {"invoices": [contact()]},
        InvalidType,
        "portal: invoices is Contact, not Invoice; pass an Invoice",
    ),
    of(
        "portal",
        _portal,
        "an invoice twice",
        {"invoices": [invoice(), invoice(payer="ben")]},
        Conflict,
        f"invoice INV-1: stands twice; {KEEP}",
    )._replace(field="id"),
    *(
        row(
            f"portal: {field} as {name}",
            lambda field=field, value=value: _portal(**{field: value}),  # type: ignore[misc]
            InvalidType,
            "all",
            f"{field}: all is {name}, not a list of {noun}; pass a list of {noun}",
        )
        for field, noun in (("contacts", "Contact"), ("methods", "PaymentMethod"))
        for name, value in {"None": None, "str": "K-ana", "int": 5}.items()
    ),
    row(
        "portal: two defaults",
        lambda: _portal(methods=[bank(is_default=True), card(is_default=True)]),
        Conflict,
        "is_default",
        f"methods bank-ana and card-ana: both are the default of ana; {KEEP}",
    ),
    *wrong_types(
        "portal",
        _portal,
        "portal",
        "associations",
        {"None": None, "str": "A-1", "int": 5},
        "not a list of Association; pass a list of Association",
    ),
    row(
        "portal: an association twice",
        lambda: _portal(associations=[Association("A-1", one, client="Roy") for one in ("ana", "ben")]),
        Conflict,
        "id",
        f"association A-1: stands twice; {KEEP}",
    ),
    *wrong_types(
        "portal",
        _portal,
        "portal",
        "policy",
        {"None": None, "str": "exact", "Amounts": Amounts.EXACT},
        "not CheckoutPolicy; pass a CheckoutPolicy",
    ),
    *wrong_types(
        "portal", _portal, "portal", "types", {"list": ["ach"], "str": "ach"}, "not PaymentTypes; pass a PaymentTypes"
    ),
    *wrong_types("portal", _portal, "portal", "takes", {"bool": False, "str": "nothing"}, "not Takes; pass a Takes"),
    *wrong_types(
        "portal",
        _portal,
        "portal",
        "channel",
        {"None": None, "str": "office"},
        "not Channel; pass a Channel, such as Channel.RESIDENT_PORTAL",
    ),
    *names("portal", _portal, "portal", "account"),
    row(
        "portal: two logins where there is one",
        lambda: _portal(contacts=[contact(), contact(id="K-2", email="a@b")], policy=EXACT),
        Conflict,
        "contacts",
        "portal: contacts K-2 and K-ana both log in for ana; disable one of them: a payer has one login",
    ),
    row(
        "portal: cash equivalents that nobody names",
        lambda: _portal(takes=Takes.CASH_EQUIVALENTS),
        InvalidValue,
        "types",
        "portal: takes cash equivalents only, and has no types that say which they are; pass types=PaymentTypes(...)",
    ),
    *names("billing team", BillingTeam, "billing team", "payer"),
]

PARTS = "pass Money for each, or Percent or Fraction for each"
WHOLE = "the parts are not the whole; pass parts above 0 that come to 100%"
SHOWN: dict[str, Callable[..., object]] = {
    "shown": lambda by: shown_invoices(PLACE, POSITION, by=by),
    "quoted": lambda by: _quote(by=by),
}
QUOTES = [
    *wrong_types("quote", _quote, "quote", "position", {"None": None, "str": "today"}, NO_POSITION),
    *wrong_types("quote", _quote, "quote", "portal", {"None": None, "list": [PLACE]}, "not Portal; pass a Portal"),
    *wrong_types(
        "quote",
        _quote,
        "quote",
        "wanted",
        {"None": None, "int": 5, "bytes": b"INV-1", "Money": RENT},
        "not a list of ids of invoices; pass OUTSTANDING, ids, or amounts by id",
    ),
    _asked(
        "an invoice in a list",
        {"wanted": [invoice()]},
        InvalidType,
        "wanted",
        "wanted is Invoice, not str; pass it as text",
    ),
    _asked("a number wanted", {"wanted": {17: RENT}}, InvalidType, "wanted", "wanted is int, not str; pass str(17)"),
    _asked("an empty id wanted", {"wanted": ""}, InvalidValue, "wanted", "wanted is empty; pass a non-empty str"),
    _asked(
        "an invoice twice",
        {"wanted": ["INV-1", "INV-1"]},
        Conflict,
        "wanted",
        "invoice INV-1 stands twice; name it once",
    ),
    *(
        _asked(
            f"an amount as {name}",
            {"wanted": {"INV-1": value}},
            InvalidType,
            "amount",
            f"invoice INV-1: amount is {name}, not Money; pass Money, or None for all of it",
        )
        for name, value in {"str": "900", "int": 900, "float": 9.0, "Percent": Percent(60)}.items()
    ),
    _asked(
        "another currency",
        {"wanted": {"INV-1": DOLLAR}},
        CurrencyMismatch,
        "wanted",
        "1.00 USD of invoice INV-1 in CAD",
    ),
    _asked(
        "fees in another currency",
        {"portal": attrs.evolve(PLACE, policy=_policy(fees=_fee(amount=fee.flat(DOLLAR))))},
        CurrencyMismatch,
        "portal",
        "fees in USD for an account in CAD",
    ),
    *(
        row(f"quote: {what} to {name}", lambda call=call, by=by: call(by), kind, "by", f"checkout: by {said}")  # type: ignore[misc]
        for what, call in SHOWN.items()
        for name, by, kind, said in (
            ("None", None, InvalidType, "is None, not str; pass it as text"),
            ("a contact", contact(), InvalidType, "is Contact, not str; pass it as text"),
            ("nobody", "", InvalidValue, "is empty; pass a non-empty str"),
        )
    ),
    *(
        row(
            f"quote: {what} to somebody unknown",
            lambda call=call: call("K-anna"),  # type: ignore[misc]
            UnknownName,
            "contact",
            "portal: there is no contact K-anna; did you mean K-ana?",
        )
        for what, call in SHOWN.items()
    ),
    row(
        "quote: shown in no portal",
        lambda: shown_invoices([invoice()], POSITION, by="K-ana"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "portal",
        "shown_invoices: portal is list, not Portal; pass a Portal",
    ),
    row(
        "quote: shown of no position",
        lambda: shown_invoices(PLACE, None, by="K-ana"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        InvalidType,
        "position",
        f"invoice_balances: position is None, {NO_POSITION}",
    ),
]
PAYING = [
    *wrong_types(
        "quote",
        _quote,
        "quote",
        "paying",
        {"None": None, "list": ["card-ana"], "PaymentMethod": card(), "int": 5},
        "not a method; pass the id of a method, or several with their amounts or percentages",
    ),
    _asked("an empty method", {"paying": ""}, InvalidValue, "paying", "paying is empty; pass a non-empty str"),
    _asked("no method", {"paying": {}}, InvalidValue, "paying", "no method; pass the id of one"),
    _asked(
        "a number as a method", {"paying": {17: RENT}}, InvalidType, "paying", "paying is int, not str; pass str(17)"
    ),
    *(
        _asked(
            f"a part as {name}",
            {"paying": {"card-ana": value}},
            InvalidType,
            "paying",
            f"the part of card-ana is {name}; {PARTS}",
        )
        for name, value in {"None": None, "int": 1, "float": 0.6, "str": "60%", "bool": True}.items()
    ),
    _asked(
        "amounts beside parts",
        {"paying": {"bank-ana": Percent(60), "card-ana": cad("40")}},
        InvalidType,
        "paying",
        f"the part of card-ana is Money; {PARTS}",
    ),
    *(
        _asked(what, {"paying": parts}, InvalidValue, "paying", WHOLE)
        for what, parts in {
            "parts of 99%": {"bank-ana": Percent(60), "card-ana": Percent(39)},
            "parts of 101%": {"bank-ana": Percent(60), "card-ana": Percent(41)},
            "a part of nothing": {"bank-ana": Percent(100), "card-ana": Percent(0)},
            "a part below nothing": {"bank-ana": Fraction(3, 2), "card-ana": Fraction(-1, 2)},
            "a half": {"card-ana": Fraction(1, 2)},
        }.items()
    ),
    _asked(
        "a part in another currency",
        {"paying": {"bank-ana": cad("899"), "card-ana": DOLLAR}},
        CurrencyMismatch,
        "paying",
        "a part of 1.00 USD of 900.00 CAD",
    ),
]

SUBMITTED = [
    *wrong_types(
        "submit",
        _submit,
        "submit",
        "quote",
        {"None": None, "str": QUOTE.id, "Receipt": RECEIPT},
        "not Quote; pass what quote gave",
    ),
    *wrong_types("submit", _submit, "submit", "position", {"None": None, "str": "today"}, NO_POSITION),
    *wrong_types("submit", _submit, "submit", "portal", {"None": None, "list": [PLACE]}, "not Portal; pass a Portal"),
    *names("submit", _submit, "submit", "transaction"),
    of(
        "submit",
        _submit,
        "no transaction",
        {"transaction": None},
        InvalidType,
        "submit: transaction is None, not str; pass it as text",
    ),
    *(
        one
        for name, call in (("followed", followed), ("receipt_events", receipt_events))
        for one in (
            row(
                f"receipt: {name} of a quote",
                lambda call=call: call(QUOTE, POSITION),  # type: ignore[misc]
                InvalidType,
                "receipt",
                f"{name}: receipt is Quote, not Receipt; pass what submit gave",
            ),
            row(
                f"receipt: {name} to no position",
                lambda call=call: call(RECEIPT, "today"),  # type: ignore[misc]
                InvalidType,
                "position",
                f"{name}: position is str, {NO_POSITION}",
            ),
        )
    ),
]

ROWS = [*POLICIES, *FEES, *PORTALS, *QUOTES, *PAYING, *SUBMITTED]
