"""What returned payments cost, from a TOML file.

The decision: the fields of ``NsfSchedule`` and ``NsfFee`` under their own names, a line of the schedule being an
entry of ``fees``; amounts are tables of words (see ``fee_amounts``), of the payment's face value and of what the bank
charged.

Source: rule R40; the vendor's "NSF Fee Tab".
"""

from __future__ import annotations

from typing import Any

from arledger.entries import ReturnReason
from arledger.errors import InvalidValue
from arledger.fees.amounts import FeeAmount
from arledger.fees.nsf import NsfFee, NsfSchedule
from arledger.interchange.common_settings import ROUNDINGS, currency_setting, made_plainly
from arledger.interchange.fee_amounts import RETURN_WORDS, AmountReader
from arledger.interchange.settings import (
    Table,
    day_setting,
    read_settings,
    text_setting,
    texts_setting,
    word_setting,
)

_REASONS = {reason.value: reason for reason in ReturnReason}


def read_nsf_schedule(text: str, *, file: str = "schedule") -> NsfSchedule:
    """A schedule of fees for returned payments, from the text of a TOML file.

    >>> schedule = read_nsf_schedule('''
    ... currency = "USD"
    ... fees = [{ amount = { flat = 25 }, from_second = { flat = 35 }, methods = ["check"] }]
    ... ''')
    >>> print(schedule.lines[0])
    25.00 USD, from the second return on 35.00 USD, for check, for insufficient funds or uncollected funds

    Refused, all at once, with ``SettingErrors``: what is no TOML, what is missing, what nobody knows, what the library
    refuses.
    """
    return read_settings(text, file, _schedule)


def _schedule(table: Table) -> NsfSchedule | None:
    amounts = AmountReader(table.optional("currency", currency_setting), RETURN_WORDS)
    values = nsf_fields(table, amounts)
    amounts.check_currency(table)
    return made_plainly(table, NsfSchedule, values, {"lines": "fees"})


def nsf_fields(table: Table, amounts: AmountReader) -> dict[str, Any]:
    """What a table says of returned payments; None where it says nothing."""
    if table.lacks("fees"):
        table.note("fees", InvalidValue("is missing", hint="write [[fees]] before each"))
    return {
        "lines": [_fee(line, amounts) for line in table.tables("fees")] if table.has("fees") else None,
        "code": table.optional("code", text_setting),
        "rounding": table.optional("rounding", word_setting(ROUNDINGS)),
    }


def _fee(table: Table, amounts: AmountReader) -> NsfFee | None:
    from_second: FeeAmount | None = amounts.under(table, "from_second") if table.has("from_second") else None
    values = {
        "amount": amounts.under(table, "amount"),
        "from_second": from_second,
        "methods": table.optional("methods", texts_setting),
        "reasons": table.optional("reasons", _reasons),
        "since": table.optional("since", day_setting),
        "until": table.optional("until", day_setting),
    }
    return made_plainly(table, NsfFee, values)


def _reasons(value: Any) -> list[ReturnReason]:
    return [word_setting(_REASONS)(reason) for reason in texts_setting(value)]
