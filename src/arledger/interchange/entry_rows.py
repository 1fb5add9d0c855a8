"""Entries of all kinds from the rows of one CSV export.

The problem: a history is one list (charges, payments, what came back, what was taken back), and each kind of entry says
something else. The cases: a cell that a kind cannot do without (the payment that came back), a cell that it has no use
for (the category of a refund; whoever filled it meant something that nobody would read), an id that need not be there
(of a payment's step). The decision: one column says the kind, and one table says of each kind which columns it needs
and which it may have; any other cell of its row must be empty. One column, ``on``, is the day on which an entry counts:
the due date of a charge, the day of anything else.

``read_entries`` gives what it could read and never raises for a row; ``ledgers_of`` (in ``ledgers``) raises for all.

Source: rules R43 and R44; ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from arledger.checks import shown
from arledger.entries import (
    Category,
    Charge,
    Chargeback,
    Credit,
    CreditKind,
    Payment,
    PaymentState,
    PaymentStep,
    Refund,
    Return,
    ReturnReason,
    Reversal,
    Transfer,
    Void,
    WonBack,
)
from arledger.errors import InvalidValue, UnknownName, did_you_mean
from arledger.interchange.cells import (
    category_of,
    currency_of,
    date_of,
    flag_of,
    id_of,
    whole_number_of,
    word_of,
    words_of,
)
from arledger.interchange.csv_rows import read_rows
from arledger.interchange.facts import Read, read_facts
from arledger.interchange.row_reader import Form, RowReader
from arledger.ledger.books import Entry

ENTRY_COLUMNS = {
    "account": "the id of the account",
    "kind": "what it is, such as charge, payment or return",
    "id": "an id of its own within the account",
    "on": "the day on which it counts, YYYY-MM-DD; of a charge, the day on which it is due",
    "amount": "a plain number above 0, such as 1234.56",
    "currency": "an ISO 4217 code, such as CAD",
}
"""The columns that a file of entries must have, and what each holds."""

OPTIONAL_ENTRY_COLUMNS = {
    "posted": "its day in the books, if not the same; of a charge, the day from which it exists",
    "category": "what it is for, such as rent, feature, utility, late_fee or tax; other where empty",
    "code": "your own word for what it is; of a return, the bank's",
    "invoice": "the invoice that it stands on",
    "payer": "who owes it or whose money it is, if not the account's",
    "about": "the id of the charge that a tax or fee belongs to",
    "disputed": "yes or no",
    "method": "how it was paid",
    "for": "targets such as R-03=500.00; code:PARK; invoice:17",
    "fund": "operating (where empty) or trust",
    "of": "the id of the entry that this one is about",
    "reason": "why it came back, such as insufficient_funds; other where empty",
    "to": "the id of the account that money moves to",
    "sequence": "a whole number that decides ties",
}
"""The columns that a file of entries may have."""

_FORM = Form(
    ENTRY_COLUMNS | OPTIONAL_ENTRY_COLUMNS,
    {
        "pass rounding=": "round it first",
        "a reduction is a Credit with a positive amount": "a reduction is a row of kind credit",
        "money that goes back is a Return or a Refund": "money that goes back is a row of kind return or refund",
        "pass None for all of it": "leave it empty for all of it",
    },
)


_CELLS: Mapping[str, Callable[[str], Any]] = {
    "id": id_of,
    "on": date_of,
    "posted": date_of,
    "category": category_of,
    "code": id_of,
    "invoice": id_of,
    "payer": id_of,
    "about": id_of,
    "disputed": flag_of,
    "method": id_of,
    "fund": word_of,
    "of": id_of,
    "reason": words_of(ReturnReason, "reason"),
    "to": id_of,
    "sequence": whole_number_of,
}
"""How the text of each cell is read; an amount and the targets of money need the row's currency too."""

_COLUMNS = (*_CELLS, "amount", "for")


@attrs.frozen(order=False, eq=False)
class _Kind:
    """One kind of entry: what makes it, which columns it needs and may have, and the fields of another name there."""

    make: Callable[..., Entry]
    word: str
    needs: tuple[str, ...]
    takes: tuple[str, ...]
    fields: Mapping[str, str] = attrs.field(factory=dict)
    given: Mapping[str, Any] = attrs.field(factory=dict)
    """The fields that the kind itself says."""
    asks: Mapping[str, str] = attrs.field(factory=dict)
    """What a column holds that is more to the point than what it holds anywhere."""

    def field(self, column: str) -> str:
        """The field that a column fills."""
        return self.fields.get(column, column)


def _charge(*needs: str, **asks: str) -> _Kind:
    takes = ("posted", "category", "code", "invoice", "payer", "about", "disputed", "sequence")
    return _Kind(Charge, "charge", ("id", "on", "amount", *needs), takes, {"on": "due"}, asks=asks)


def _credit(kind: CreditKind, *needs: str) -> _Kind:
    takes = ("posted", "category", "code", "payer", "for", "sequence")
    fields = {"on": "granted", "for": "designations"}
    return _Kind(Credit, "credit", ("id", "on", "amount", *needs), takes, fields, {"kind": kind})


def _step(state: PaymentState) -> _Kind:
    fields, asks = {"of": "payment"}, {"of": "the id of the payment"}
    return _Kind(
        PaymentStep, "payment step", ("of", "on"), ("id", "posted", "sequence"), fields, {"state": state}, asks
    )


def _change(
    make: Callable[..., Entry], word: str, *needs: str, takes: Iterable[str] = (), of: str = "payment"
) -> _Kind:
    asks = {"of": "the id of the charge or credit" if of == "of" else f"the id of the {of}"}
    return _Kind(make, word, ("id", "of", "on", *needs), ("posted", "sequence", *takes), {"of": of}, asks=asks)


_KINDS: Mapping[str, _Kind] = {
    "charge": _charge(),
    "opening_balance": _charge("posted", posted="the day on which it was brought in, YYYY-MM-DD"),
    "payment": _Kind(
        Payment,
        "payment",
        ("id", "on", "amount"),
        ("posted", "method", "payer", "for", "fund", "sequence"),
        {"on": "received", "for": "designations"},
    ),
    "credit": _credit(CreditKind.ADJUSTMENT),
    "adjustment": _credit(CreditKind.ADJUSTMENT),
    "concession": _credit(CreditKind.CONCESSION),
    "waiver": _credit(CreditKind.WAIVER, "for"),
    "write_off": _credit(CreditKind.WRITE_OFF, "for"),
    "deposit_interest": _credit(CreditKind.DEPOSIT_INTEREST),
    "scheduled": _step(PaymentState.SCHEDULED),
    "pending": _step(PaymentState.PENDING),
    "settled": _step(PaymentState.SETTLED),
    "rejected": _step(PaymentState.REJECTED),
    "cancelled": _step(PaymentState.CANCELLED),
    "return": _change(Return, "return", takes=("amount", "reason", "code")),
    "void": _change(Void, "void"),
    "chargeback": _change(Chargeback, "chargeback", takes=("amount", "code")),
    "won_back": _change(WonBack, "won back", takes=("amount",), of="chargeback"),
    "reversal": _change(Reversal, "reversal", takes=("amount",), of="of"),
    "refund": _change(Refund, "refund", "amount"),
    "transfer": _change(Transfer, "transfer", "amount", "to"),
}

ENTRY_KINDS = tuple(_KINDS)
"""The kinds of entries, as the column ``kind`` has them; a credit is an adjustment."""


def read_entries(lines: Iterable[str], *, file: str = "entries", delimiter: str = ",") -> Read[Entry]:
    r"""Entries of all kinds, from the lines of a CSV file with the columns of ``ENTRY_COLUMNS``.

    >>> header = "account,kind,id,on,amount,currency,of\n"
    >>> read = read_entries([header, "A-1,return,N-1,2026-03-07,,CAD,P-17\n", "A-1,void,V-1,2026-03-08,5,CAD,P-18\n"])
    >>> read.facts[0].fact.payment
    'P-17'
    >>> print(read.problems[0])
    entries, row 3, column amount: a row of kind void has none; leave it empty
    """
    sheet = read_rows(
        lines, file=file, required=list(ENTRY_COLUMNS), optional=list(OPTIONAL_ENTRY_COLUMNS), delimiter=delimiter
    )
    return read_facts(sheet, _FORM, _entry)


def _entry(row: RowReader) -> Entry | None:
    currency = row.required("currency", currency_of)
    name = row.required("kind", _kind_of)
    if name is None:
        row.require("on")
        for column in _COLUMNS:
            _value(row, column, currency)
        return None
    kind = _KINDS[name]
    values = dict(kind.given)
    for column in _COLUMNS:
        if column in kind.needs:
            row.require(column, kind.asks.get(column, ""))
        elif column not in kind.takes:
            if row.cell(column) is not None:
                row.note(column, InvalidValue(f"a row of kind {name} has none", hint="leave it empty"))
            continue
        values[kind.field(column)] = _value(row, column, currency)
    return row.made(kind.make, kind.word, currency, values, needs=map(kind.field, kind.needs))


def _value(row: RowReader, column: str, currency: str | None) -> Any:
    if column == "amount":
        return row.amount(currency)
    return row.designations(currency) if column == "for" else row.optional(column, _CELLS[column])


def _kind_of(text: str) -> str:
    kind = word_of(text)
    if kind not in _KINDS:
        hint = did_you_mean(kind, _KINDS)
        if any(kind == category.value for category in Category):
            hint = f"write kind charge, and {kind} as its category"
        raise UnknownName(f"unknown kind {shown(text)}", field="kind", value=text, hint=hint)
    return kind
