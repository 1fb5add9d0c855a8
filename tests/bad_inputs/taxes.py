"""Bad taxes, and bad inputs of what is taken and credited by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from arledger import (
    ArledgerError,
    Conflict,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    Money,
    Percent,
    Tax,
    TaxPolicy,
    UnknownName,
    tax_credits,
    taxes_on,
)
from arledger.checks import type_name
from bad_inputs.common import CENT, RENT, BadInput, charge, credit, payment

TEXT = "pass it as text"
ROUNDING = "pass HALF_UP, HALF_EVEN, UP, DOWN or a CashStep"
LIST = "pass a list of codes"
GST = Tax("GST", Percent(5), codes="RENT")
TAXES = TaxPolicy([GST])
ITS_TAX = charge(id="R-03/GST", amount=Money("45", "CAD"), about="R-03")

ring: Any = TaxPolicy
taken: Any = taxes_on
credited: Any = tax_credits


def _half(_numerator: int, _denominator: int, /) -> Any:
    """A rounding that gives a float."""
    return 0.5


def _row(
    noun: str, what: str, call: Callable[[], object], error: type[ArledgerError], field: str, message: str
) -> BadInput:
    return BadInput(f"{noun}: {what}", call, error, field, message)


def _tax(what: str, given: dict[str, Any], error: type[ArledgerError], problem: str) -> BadInput:
    """Tax GST on the rent with something wrong in it: the first field that is given."""
    field = next(iter(given))
    whole = {"code": "GST", "rates": Percent(5), "codes": ["RENT"], **given}
    return _row("tax", what, lambda: Tax(**whole), error, field, f"tax{'' if field == 'code' else ' GST'}: {problem}")


def _codes(field: str) -> list[BadInput]:
    bad: list[tuple[str, Any, type[ArledgerError], str]] = [
        ("None", None, InvalidType, f"is None, not a list of codes; {LIST}"),
        ("a number", 3, InvalidType, f"is int, not a list of codes; {LIST}"),
        ("a list of numbers", [4010], InvalidType, "is int, not str; pass str(4010)"),
        ("a list with None", ["RENT", None], InvalidType, f"is None, not str; {TEXT}"),
        ("what has no hash", [["RENT"]], InvalidType, f"is list, not str; {TEXT}"),
        ("an empty code", "", InvalidValue, "is empty; pass a non-empty str"),
    ]
    return [_tax(f"{field} is {what}", {field: codes}, error, f"{field} {wrong}") for what, codes, error, wrong in bad]


def on_top(code: str, *others: str) -> Tax:
    """A tax on top of others."""
    return Tax(code, Percent(5), codes="RENT", on_top_of=others)


def _taxes(what: str, taxes: object, error: type[ArledgerError], field: str, message: str) -> BadInput:
    return _row("tax policy", what, lambda: ring(taxes), error, field, message)


def _ring(what: str, taxes: list[Tax], told: str) -> BadInput:
    message = f"tax policy: {told}; taxes on top of each other have an end"
    return _taxes(what, taxes, InvalidValue, "on_top_of", message)


TAX = [
    _tax("no code", {"code": None}, InvalidType, f"code is None, not str; {TEXT}"),
    _tax("a code that is a number", {"code": 5}, InvalidType, "code is int, not str; pass str(5)"),
    _tax("an empty code", {"code": " "}, InvalidValue, "code is empty; pass a non-empty str"),
    *_codes("codes"),
    *_codes("on_top_of"),
    _tax("on no charge", {"codes": []}, InvalidValue, "falls on no charge; pass the codes of charges"),
    *(
        _taxes(
            f"taxes is {type_name(taxes)}",
            taxes,
            InvalidType,
            "taxes",
            f"tax policy: taxes is {type_name(taxes)}, not a list of Tax; pass a list of Tax",
        )
        for taxes in (None, "GST", 5, Percent(5))
    ),
    _taxes("taxes with None", [None], InvalidType, "taxes", "tax policy: taxes is None, not Tax; pass a Tax"),
    _taxes("taxes by code", {"GST": GST}, InvalidType, "taxes", "tax policy: taxes is str, not Tax; pass a Tax"),
    _taxes("a tax twice", [GST, GST], Conflict, "taxes", "tax policy: tax GST stands twice"),
    _taxes(
        "on top of an unknown tax",
        [GST, on_top("QST", "GTS")],
        UnknownName,
        "on_top_of",
        "tax QST: on top of GTS, which is no tax of the policy; did you mean GST?",
    ),
    _taxes(
        "on top of a tax of nobody's",
        [on_top("QST", "zzz")],
        UnknownName,
        "on_top_of",
        "tax QST: on top of zzz, which is no tax of the policy; known are QST",
    ),
    _ring("on top of itself", [on_top("GST", "GST")], "GST is on top of GST"),
    _ring("a ring of two", [on_top("A", "B"), on_top("B", "A")], "A is on top of B is on top of A"),
    _ring(
        "a ring of three",
        [on_top("A", "B"), on_top("B", "C"), on_top("C", "A"), GST],
        "A is on top of B is on top of C is on top of A",
    ),
    *(
        _row(
            "tax policy",
            f"rounding is {type_name(rounding)}",
            lambda rounding=rounding: TaxPolicy([GST], rounding=rounding),  # type: ignore[misc]
            InvalidType,
            "rounding",
            f"rounding is {type_name(rounding)}, not a rounding; {ROUNDING}",
        )
        for rounding in (None, "HALF_UP", 2)
    ),
]


def _on(what: str, given: tuple[object, object], error: type[ArledgerError], field: str, message: str) -> BadInput:
    return _row("taxes on a charge", what, lambda: taken(*given), error, field, message)


def _off(what: str, given: dict[str, Any], error: type[ArledgerError], message: str, field: str = "") -> BadInput:
    """Credit K-1 of a cent on charge R-03 of 900.00 with a tax, and something wrong."""
    whole = {"credit": credit(amount=CENT), "charge": charge(), "taxes": [ITS_TAX], **given}
    field = field or next(iter(given))
    return _row("tax credits", what, lambda: credited(**whole), error, field, message)


def _not(field: str, name: str, *values: object) -> list[BadInput]:
    message = "tax credits: {} is {}, not {}; pass a {}"
    return [
        _off(
            f"{field} is {type_name(value)}",
            {field: value},
            InvalidType,
            message.format(field, type_name(value), name, name),
        )
        for value in values
    ]


TAXED = [
    _on("no charge", (None, TAXES), InvalidType, "charge", "taxes: charge is None, not Charge; pass a Charge"),
    _on("a credit", (credit(), TAXES), InvalidType, "charge", "taxes: charge is Credit, not Charge; pass a Charge"),
    _on("no policy", (charge(), None), InvalidType, "policy", "taxes: policy is None, not TaxPolicy; pass a TaxPolicy"),
    _on("a tax", (charge(), GST), InvalidType, "policy", "taxes: policy is Tax, not TaxPolicy; pass a TaxPolicy"),
    _on(
        "a rounding that gives a float",
        (charge(code="RENT"), TaxPolicy([GST], rounding=_half)),
        InvalidType,
        "rounding",
        "rounding gave float, not int; a rounding takes (numerator, denominator) and gives an int",
    ),
    _on(
        "beyond all amounts",
        (charge(code="RENT", amount=Money(10**39, "CAD")), TaxPolicy([Tax("GST", Percent(10**9), codes="RENT")])),
        InvalidValue,
        "amount",
        "amount is out of range; at most 40 digits stand before the point, and as many after it",
    ),
    *_not("credit", "Credit", None, payment(), ITS_TAX),
    *_not("charge", "Charge", None, "R-03", credit()),
    *(
        _off(
            f"{field} is {type_name(value)}",
            {field: value},
            InvalidType,
            f"tax credits: {field} is {type_name(value)}, not a list of {name}; pass a list of {name}",
        )
        for field, name, other in (("taxes", "Charge", ITS_TAX), ("earlier", "Credit", credit()))
        for value in (None, "R-03/GST", 5, other)
    ),
    _off("taxes with None", {"taxes": [None]}, InvalidType, "tax credits: taxes is None, not Charge; pass a Charge"),
    _off("taxes with a policy", {"taxes": [GST]}, InvalidType, "tax credits: taxes is Tax, not Charge; pass a Charge"),
    _off(
        "earlier payments",
        {"earlier": [payment()]},
        InvalidType,
        "tax credits: earlier is Payment, not Credit; pass a Credit",
    ),
    _off(
        "a tax on another charge",
        {"taxes": [ITS_TAX, charge(id="R-04/GST", about="R-04")]},
        InvalidValue,
        "tax credits: charge R-04/GST is not about R-03; leave it out",
    ),
    _off(
        "above the charge",
        {"credit": credit(amount=RENT + CENT)},
        InvalidValue,
        "tax credits: credits of 900.01 CAD on charge R-03 of 900.00 CAD; credit at most its amount",
    ),
    _off(
        "above the charge with earlier ones",
        {"credit": credit(), "earlier": [credit(id="K-0", amount=CENT)]},
        InvalidValue,
        "tax credits: credits of 900.01 CAD on charge R-03 of 900.00 CAD; credit at most its amount",
    ),
    _off(
        "in another currency",
        {"credit": credit(amount=Money("1", "USD"))},
        CurrencyMismatch,
        "0.00 CAD + 1.00 USD: two currencies; convert one of them first",
        "currency",
    ),
]

ROWS = [*TAX, *TAXED]
