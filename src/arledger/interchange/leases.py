"""A lease from a TOML file.

The problem: a clerk has a lease on paper and wants its bills. The decision: one file a lease, with the fields of
``Lease`` under their own names; amounts are plain numbers in the lease's ``currency``, a change is an amount or ends in
"%".

Source: ours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from arledger.billing.lease import Lease, LeaseAdjustment, LeaseDeposit, LeaseItem
from arledger.billing.prices import Price
from arledger.entries import CreditKind
from arledger.errors import Conflict, InvalidValue
from arledger.interchange.common_settings import category_setting, currency_setting, money_reader
from arledger.interchange.settings import (
    Table,
    day_setting,
    flag_setting,
    number_setting,
    read_settings,
    text_setting,
    word_setting,
)
from arledger.money import Money
from arledger.rates import Percent

_KINDS = {"adjustment": CreditKind.ADJUSTMENT, "concession": CreditKind.CONCESSION}
_PER = {"month": "month", "period": "period", "day": "day"}


def read_lease(text: str, *, file: str = "lease") -> Lease:
    """A lease, from the text of a TOML file.

    >>> lease = read_lease('''
    ... id = "L-1"
    ... currency = "CAD"
    ... move_in = 2026-08-20
    ... items = [{ id = "rent", code = "RENT", price = 1000.00 }]
    ... ''')
    >>> lease.items[0].prices.at(lease.move_in)
    Money('1000.00', 'CAD')

    Refused, all at once, with ``SettingErrors``: what is no TOML, what is missing, what nobody knows, what the library
    refuses.
    """
    return read_settings(text, file, _lease)


def _lease(table: Table) -> Lease | None:
    currency = table.required("currency", currency_setting)
    money = money_reader(currency)
    if not table.has("items"):
        table.note("items", InvalidValue("is missing", hint="write [[items]] before each"))
    values = {
        "id": table.required("id", text_setting),
        "move_in": table.required("move_in", day_setting),
        "move_out": table.optional("move_out", day_setting),
        "payer": table.optional("payer", text_setting),
        "billing_type": table.optional("billing_type", text_setting),
        "items": [_item(item, money) for item in table.tables("items")],
        "adjustments": [_adjustment(adjustment, money) for adjustment in table.tables("adjustments")],
        "deposits": [_deposit(deposit, money) for deposit in table.tables("deposits")],
    }
    return table.made(Lease, values)


def _item(table: Table, money: Callable[[Any], Money]) -> LeaseItem | None:
    if table.has("price") and table.has("prices"):
        table.note("prices", Conflict("stands beside price", hint="keep one of them"))
    if table.has("prices"):
        prices: Any = [_price(price, money) for price in table.tables("prices")]
    else:
        prices = table.required("price", money)
    values = {
        "id": table.required("id", text_setting),
        "prices": prices,
        "category": table.optional("category", category_setting),
        "code": table.optional("code", text_setting),
        "per": table.optional("per", word_setting(_PER)),
        "proratable": table.optional("proratable", flag_setting),
        "payer": table.optional("payer", text_setting),
    }
    return table.made(LeaseItem, values)


def _price(table: Table, money: Callable[[Any], Money]) -> Price | None:
    return table.made(Price, {"amount": table.required("amount", money), "since": table.optional("since", day_setting)})


def _adjustment(table: Table, money: Callable[[Any], Money]) -> LeaseAdjustment | None:
    def change(value: Any) -> Money | Percent:
        text = number_setting(value)
        return Percent(text[:-1].strip()) if isinstance(text, str) and text.endswith("%") else money(text)

    values = {
        "id": table.required("id", text_setting),
        "change": table.required("change", change),
        "code": table.required("code", text_setting),
        "since": table.required("since", day_setting),
        "until": table.optional("until", day_setting),
        "recurring": table.optional("recurring", flag_setting),
        "proratable": table.optional("proratable", flag_setting),
        "item": table.optional("item", text_setting),
        "kind": table.optional("kind", word_setting(_KINDS)),
        "payer": table.optional("payer", text_setting),
    }
    return table.made(LeaseAdjustment, values)


def _deposit(table: Table, money: Callable[[Any], Money]) -> LeaseDeposit | None:
    values = {
        "id": table.required("id", text_setting),
        "amount": table.required("amount", money),
        "since": table.optional("since", day_setting),
        "held_since": table.optional("held_since", day_setting),
        "code": table.optional("code", text_setting),
        "payer": table.optional("payer", text_setting),
    }
    return table.made(LeaseDeposit, values)
