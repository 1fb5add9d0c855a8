"""The amount of a fee, from a table of settings.

The problem: "the lesser of 50 and 5% of what is owed" is composed of amounts, and a file of settings has no operators.
The decision: an amount is a table that has exactly one of the words below, which says what it is; what it is composed
of stands in that word's value, so that amounts nest as deeply as a lease's sentence does:
``{ lesser_of = [{ flat = 50 }, { percent = 5, of = "owed" }] }``.

Source: rule R38; ours.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import attrs

from arledger.errors import Conflict, InvalidValue
from arledger.fees import fee
from arledger.fees.amounts import FeeAmount, Of
from arledger.interchange.common_settings import SumReader, accrual_setting, made_plainly, percent_setting, rate_of
from arledger.interchange.settings import Table, whole_number_setting, word_setting
from arledger.rates import RateTable

LATE_WORDS: Mapping[str, Of] = {"owed": fee.OWED, "past_due": fee.PAST_DUE, "charge": fee.CHARGE, "rent": fee.RENT}
"""What a late charge may be a percentage of."""

RETURN_WORDS: Mapping[str, Of] = {"face": fee.FACE, "bank_cost": fee.BANK_COST}
"""What a fee for a returned payment may be a percentage of."""

SUCH_AS = 'write one such as { flat = 50 } or { percent = 5, of = "owed" }'
"""The hint where an amount is missing."""

_SINCE = {"grace": "grace", "due": "due"}
_DEEPEST = 20
_BESIDE = ("of", "since", "amount", "first", "days", "tiers")


@attrs.define(eq=False, order=False)
class AmountReader(SumReader):
    """Reads amounts of one currency, of the bases that the file may name; remembers whether it read any sum."""

    words: Mapping[str, Of]

    def under(self, table: Table, key: str) -> FeeAmount | None:
        """The amount that stands under a key."""
        if not table.has(key):
            table.note(key, InvalidValue("is missing", hint=SUCH_AS))
            return None
        if not isinstance(table.settings[key], dict):
            table.note(key, InvalidValue("is no amount of a fee", hint=SUCH_AS))
            return None
        inner = table.table(key)
        assert inner is not None
        return self.amount(inner)

    def amount(self, table: Table) -> FeeAmount | None:
        """The amount that a table says; whatever else stands in the table has been asked for before."""
        if table.place.count(".") > _DEEPEST:
            table.note("", InvalidValue("is composed too deeply", hint=f"compose at most {_DEEPEST} amounts in a row"))
            return None
        named = [word for word in _WORDS if table.has(word)]
        if len(named) == 1:
            return _WORDS[named[0]](self, table, named[0])
        if named:
            for word in named[1:]:
                table.note(word, Conflict(f"stands beside {named[0]}", hint="write plus, lesser_of or greater_of"))
            return None
        for key in _BESIDE:  # what they mean is not to be known
            table.has(key)
        if not set(table.settings) - set(table.asked):
            table.note("", InvalidValue("says no amount", hint=SUCH_AS))
        table.end()
        return None


def _made(table: Table, word: str, kind: Callable[..., FeeAmount], values: Mapping[str, Any]) -> FeeAmount | None:
    return made_plainly(table, kind, values, {"by": "days", "": word})


def _flat(reader: AmountReader, table: Table, word: str) -> FeeAmount | None:
    return _made(table, word, fee.flat, {"money": table.required(word, reader.money)})


def _percent(reader: AmountReader, table: Table, word: str) -> FeeAmount | None:
    values = {
        "percent": table.required(word, percent_setting),
        "of": table.required("of", word_setting(reader.words)),
    }
    return _made(table, word, fee.percent, values)


def _all_of(reader: AmountReader, table: Table, word: str) -> FeeAmount | None:
    base = table.required(word, word_setting(reader.words))
    table.end()
    return base


def _several(reader: AmountReader, table: Table, word: str) -> FeeAmount | None:
    amounts = [reader.amount(inner) for inner in table.tables(word)]
    if len(amounts) < 2 and not table.is_wrong():
        table.note(word, InvalidValue("takes two amounts or more", hint="write another one"))
    return _made(table, word, lambda amounts: _SEVERAL[word](*amounts), {"amounts": amounts})


def _recurring(reader: AmountReader, table: Table, word: str) -> FeeAmount | None:
    return _made(table, word, _RECURRING[word], {"amount": reader.under(table, word), **_since(table)})


def _every_days(reader: AmountReader, table: Table, word: str) -> FeeAmount | None:
    values = {
        "days": table.required(word, whole_number_setting),
        "amount": reader.under(table, "amount"),
        "first": table.optional("first", whole_number_setting),
        **_since(table),
    }
    return _made(table, word, fee.every, values)


def _from_day(reader: AmountReader, table: Table, word: str) -> FeeAmount | None:
    values = {"days": table.required(word, whole_number_setting), "amount": reader.under(table, "amount")}
    return _made(table, word, fee.from_day, values)


def _a_year(_: AmountReader, table: Table, word: str) -> FeeAmount | None:
    if word == "percent_a_year":
        rates: Any = table.required(word, percent_setting)
    else:
        rates = [rate_of(rate) for rate in table.tables(word)]
        rates = None if table.is_wrong() else table.optional(word, lambda _rates: RateTable(rates))
    values = {"rates": rates, "by": table.optional("days", accrual_setting), **_since(table)}
    return _made(table, word, fee.a_year, values)


def _tiered(reader: AmountReader, table: Table, word: str) -> FeeAmount | None:
    if not table.has("tiers"):
        table.note("tiers", InvalidValue("is missing", hint="write it as [{ up_to = 500, amount = { flat = 10 } }]"))
    values = {
        "of": table.required(word, word_setting(reader.words)),
        "tiers": [_tier(reader, tier) for tier in table.tables("tiers")],
    }
    ladder = fee.by_size if word == "by_size" else fee.by_part
    return _made(table, word, lambda of, tiers: ladder(of, *tiers), values)


def _tier(reader: AmountReader, table: Table) -> fee.Tier | None:
    values = {"amount": reader.under(table, "amount"), "up_to": table.optional("up_to", reader.money)}
    return made_plainly(table, fee.Tier, values)


def _since(table: Table) -> dict[str, str | None]:
    return {"since": table.optional("since", word_setting(_SINCE))}


def _sum_of(*amounts: FeeAmount) -> FeeAmount:
    return reduce(operator.add, amounts)


_SEVERAL: Mapping[str, Callable[..., FeeAmount]] = {
    "plus": _sum_of,
    "lesser_of": fee.lesser_of,
    "greater_of": fee.greater_of,
}
_RECURRING: Mapping[str, Callable[..., FeeAmount]] = {
    "each_day": fee.each_day,
    "each_further_day": fee.each_further_day,
    "each_month": fee.each_month,
}
_WORDS: Mapping[str, Callable[[AmountReader, Table, str], FeeAmount | None]] = {
    "flat": _flat,
    "percent": _percent,
    "all_of": _all_of,
    **dict.fromkeys(_SEVERAL, _several),
    **dict.fromkeys(_RECURRING, _recurring),
    "every_days": _every_days,
    "percent_a_year": _a_year,
    "rates_a_year": _a_year,
    "from_day": _from_day,
    "by_size": _tiered,
    "by_part": _tiered,
}
"""What an amount may be: the one word that its table must have, and what reads the table."""
