"""The sections of a company's policy, from tables of settings: what one scope says of each.

The decision: the settings of a section are those of its own file, read by the same functions; a table says as little
as one field. What is not said is left out of what is read, since another scope may say it.

Source: rules R12, R16 to R40, R46 to R48 and R51 to R54; the vendor's "Policies: Finance".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from arledger import where
from arledger.allocation.named import NAMED_ORDERS
from arledger.checkout.policy import Amounts, RunBy
from arledger.checkout.processing import Bearer, ProcessingFee
from arledger.entries import Category, Selector
from arledger.errors import InvalidValue, UnknownName
from arledger.fees import fee
from arledger.interchange.autopay_policies import autopay_fields, replay_fields
from arledger.interchange.billing_policies import billing_fields, taxes_of
from arledger.interchange.common_settings import (
    ROUNDINGS,
    accrual_setting,
    made_plainly,
    rates_of,
)
from arledger.interchange.fee_amounts import LATE_WORDS, RETURN_WORDS, AmountReader
from arledger.interchange.fee_rules import late_fee_fields
from arledger.interchange.nsf_schedules import nsf_fields
from arledger.interchange.selector_settings import charges_of
from arledger.interchange.settings import (
    Table,
    flag_setting,
    text_setting,
    texts_setting,
    whole_number_setting,
    word_setting,
)

_AMOUNTS = {amounts.value: amounts for amounts in Amounts}
_RUN_BY = {run_by.value: run_by for run_by in RunBy}
_BEARERS = {bearer.value: bearer for bearer in Bearer}
_TYPES = ("accepted", "resident_portal", "prospect_portal", "cash_equivalent")
_WORDS = {"late_fee": LATE_WORDS, "nsf": RETURN_WORDS, "checkout": {"face": fee.FACE}}
"""What amounts of a section may be a percentage of."""

_CURRENCY = "write it before the sections, once for all of them"
_ELSEWHERE: Mapping[str, Mapping[str, str]] = {
    "autopay": {
        **dict.fromkeys(
            ("order", "settle", "returns", "designations", "sweep_credits", "sweep_payments"),
            "write it under [allocation]",
        ),
        "cycle": "write autopay_offset_days under [[billing.types]]",
    },
    "billing": {
        "adjustment_codes": "write it as codes under [adjustments]",
        "taxes": "write it under [tax]",
        "tax_rounding": "write it as rounding under [tax]",
    },
}
"""The settings of a section's own file that stand elsewhere in a company's policy."""


def section_settings(table: Table, name: str, currency: str | None) -> tuple[dict[str, Any], bool]:
    """What a table says of a section, by its fields, and whether there is a sum in it; read to its end."""
    table.partial = True
    amounts = AmountReader(currency, _WORDS.get(name, {}))
    fields = _READERS[name](table, amounts)
    for key, hint in {"currency": _CURRENCY, **_ELSEWHERE.get(name, {})}.items():
        if key in table.settings:
            table.note(key, UnknownName("is no setting here", hint=hint))
            table.has(key)
    table.end()
    return fields, amounts.has_sums


def _said(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What of it is said."""
    return {field: value for field, value in fields.items() if value is not None}


def _allocation(table: Table, _: AmountReader) -> dict[str, Any]:
    said = _said(replay_fields(table))
    return said | ({"order": NAMED_ORDERS[said["order"]].order} if "order" in said else {})


def _autopay(table: Table, sums: AmountReader) -> dict[str, Any]:
    said = _said(autopay_fields(table, sums))
    boxes = {f"include.{name}": ticked for name, ticked in said.pop("boxes", {}).items()}
    return boxes | said | ({"notice_days": said["notice_days"][0]} if "notice_days" in said else {})


def _billing(table: Table, _: AmountReader) -> dict[str, Any]:
    return _said(billing_fields(table))


def _adjustments(table: Table, _: AmountReader) -> dict[str, Any]:
    return _said({"codes": table.optional("codes", texts_setting)})


def _tax(table: Table, _: AmountReader) -> dict[str, Any]:
    taxes = taxes_of(table) if table.has("taxes") else None
    return _said({"taxes": taxes, "rounding": table.optional("rounding", word_setting(ROUNDINGS))})


def _late_fee(table: Table, amounts: AmountReader) -> dict[str, Any]:
    return _said(late_fee_fields(table, amounts))


def _nsf(table: Table, amounts: AmountReader) -> dict[str, Any]:
    return _said(nsf_fields(table, amounts))


def _deposit(table: Table, _: AmountReader) -> dict[str, Any]:
    fields = {
        "refund_window_days": table.optional("refund_window_days", whole_number_setting),
        "rates": rates_of(table),
        "accrual": table.optional("accrual", accrual_setting),
        "covers": _covers(table),
        "rounding": table.optional("rounding", word_setting(ROUNDINGS)),
    }
    return _said(fields)


def _covers(table: Table) -> Selector | None:
    """What a deposit may pay at the end."""
    inner = table.table("covers")
    if inner is None:
        return None
    selector = charges_of(inner, ~where.category(Category.DEPOSIT))
    inner.end()
    if selector is None and not inner.is_wrong():
        inner.note("", InvalidValue("says nothing", hint='write one such as { only_categories = ["rent"] }'))
    return selector


def _payment_types(table: Table, _: AmountReader) -> dict[str, Any]:
    types = {field: table.optional(field, texts_setting) for field in _TYPES}
    return _said({**types, "cash_only_after": table.optional("cash_only_after", whole_number_setting)})


def _checkout(table: Table, amounts: AmountReader) -> dict[str, Any]:
    fields = {
        "amounts": table.optional("amounts", word_setting(_AMOUNTS)),
        "prepayments": table.optional("prepayments", flag_setting),
        "splits": table.optional("splits", flag_setting),
        "run_by": table.optional("run_by", word_setting(_RUN_BY)),
        "one_login_a_payer": table.optional("one_login_a_payer", flag_setting),
        "fees": [_processing_fee(line, amounts) for line in table.tables("fees")] if table.has("fees") else None,
        "authorisation": table.optional("authorisation", text_setting),
    }
    return _said(fields)


def _processing_fee(table: Table, amounts: AmountReader) -> ProcessingFee | None:
    values = {
        "amount": amounts.under(table, "amount"),
        "types": table.optional("types", texts_setting),
        "borne_by": table.required("borne_by", word_setting(_BEARERS)),
    }
    return made_plainly(table, ProcessingFee, values)


_READERS: Mapping[str, Callable[[Table, AmountReader], dict[str, Any]]] = {
    "allocation": _allocation,
    "autopay": _autopay,
    "billing": _billing,
    "adjustments": _adjustments,
    "tax": _tax,
    "late_fee": _late_fee,
    "nsf": _nsf,
    "deposit": _deposit,
    "payment_types": _payment_types,
    "checkout": _checkout,
}
