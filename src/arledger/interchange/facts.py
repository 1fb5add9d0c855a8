"""Charges and money from the rows of a CSV export.

The problem: an accountant's export has thousands of rows and some of them are wrong, and what was wrong must be said in
the accountant's words (a file, a row, a column), all of it at once. The cases: a cell that cannot be read (an amount
with a thousands separator, a date that could be two), a row whose cells are fine and which cannot be (a charge about
itself, targets that name more than the payment), a row that has several of these. The decision: a ``RowReader`` reads
every row to its end, and a row with a problem gives no fact.

``read_charges`` and ``read_money`` give what they could read and never raise for a row; ``accounts_of`` (in
``accounts``) raises for all the rows of both together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from arledger.checks import shown
from arledger.entries import Charge, Credit, Payment
from arledger.errors import InvalidValue, UnknownName, did_you_mean
from arledger.interchange.cells import category_of, currency_of, date_of, flag_of, id_of, whole_number_of, word_of
from arledger.interchange.csv_rows import Sheet, read_rows
from arledger.interchange.problems import Problem, by_place
from arledger.interchange.row_reader import Form, RowReader

if TYPE_CHECKING:
    from arledger.ledger.books import Entry

CHARGE_COLUMNS = {
    "account": "the id of the account",
    "id": "an id of its own within the account",
    "due": "a day, YYYY-MM-DD",
    "amount": "a plain number above 0, such as 1234.56",
    "currency": "an ISO 4217 code, such as CAD",
    "category": "what it is for, such as rent, feature, utility, late_fee or tax",
}
"""The columns that a file of charges must have, and what each holds."""

OPTIONAL_CHARGE_COLUMNS = {
    "posted": "the day from which it exists, if not its due date",
    "code": "your own word for what it is",
    "invoice": "the invoice that it stands on",
    "payer": "who owes it, if not the account",
    "about": "the id of the charge that a tax or fee belongs to",
    "disputed": "yes or no",
    "sequence": "a whole number that decides ties",
}
"""The columns that a file of charges may have."""

MONEY_COLUMNS = {
    "account": "the id of the account",
    "id": "an id of its own within the account",
    "received": "a day, YYYY-MM-DD",
    "amount": "a plain number above 0, such as 1234.56",
    "currency": "an ISO 4217 code, such as CAD",
}
"""The columns that a file of money must have."""

OPTIONAL_MONEY_COLUMNS = {
    "kind": "payment (where empty) or credit",
    "method": "how it was paid",
    "payer": "whose money it is, if not the account's",
    "for": "targets such as R-03=500.00; code:PARK; invoice:17",
    "fund": "operating (where empty) or trust",
    "sequence": "a whole number that decides ties",
}
"""The columns that a file of money may have."""

F_co = TypeVar("F_co", bound="Entry", covariant=True)

_FORM = Form(
    CHARGE_COLUMNS | MONEY_COLUMNS,
    {
        "pass rounding=": "round it first",
        "a reduction is a Credit with a positive amount": "a reduction is a row of kind credit among the money",
        "money that goes back is a Return or a Refund": "money that goes back is no row here",
    },
)


@attrs.frozen(order=False)
class FactRow(Generic[F_co]):
    """A fact, whose it is, and the row that it stands in; the row's currency, if not that of the fact's amount."""

    account: str
    fact: F_co
    row: int
    currency: str = attrs.field(
        default=attrs.Factory(lambda self: self.fact.amount.currency, takes_self=True), kw_only=True
    )


@attrs.frozen(order=False)
class Read(Generic[F_co]):
    """What a file says.

    ``columns`` and ``facts`` in the file's order, ``problems`` by row and column, ``ignored_columns`` those left out
    since nothing here has their name; ``ids`` has (row, account, id) of every row that names both, also of those with
    a problem.
    """

    file: str
    columns: tuple[str, ...]
    facts: tuple[FactRow[F_co], ...]
    problems: tuple[Problem, ...]
    ignored_columns: tuple[str, ...]
    ids: tuple[tuple[int, str, str], ...]


def read_charges(lines: Iterable[str], *, file: str = "charges", delimiter: str = ",") -> Read[Charge]:
    r"""Charges, from the lines of a CSV file with the columns of ``CHARGE_COLUMNS``.

    >>> read = read_charges(["account,id,due,amount,currency,category\n", "A-1,R-03,2026-03-01,900,CAD,rent\n"])
    >>> read.facts[0].fact.amount
    Money('900.00', 'CAD')
    """
    sheet = read_rows(
        lines, file=file, required=list(CHARGE_COLUMNS), optional=list(OPTIONAL_CHARGE_COLUMNS), delimiter=delimiter
    )
    return read_facts(sheet, _FORM, _charge)


def read_money(lines: Iterable[str], *, file: str = "money", delimiter: str = ",") -> Read[Payment | Credit]:
    r"""Payments and credits, from the lines of a CSV file with the columns of ``MONEY_COLUMNS``.

    A credit is an adjustment: other kinds of credit have terms that no column here says.

    >>> read = read_money(["account,id,received,amount,currency,for\n", "A-1,P-17,2026-03-03,1e3,CAD,R-03\n"])
    >>> print(read.problems[0])
    money, row 2, column amount: '1e3' is no plain decimal number; write the number without an exponent
    """
    sheet = read_rows(
        lines, file=file, required=list(MONEY_COLUMNS), optional=list(OPTIONAL_MONEY_COLUMNS), delimiter=delimiter
    )
    return read_facts(sheet, _FORM, _payment_or_credit)


def read_facts(sheet: Sheet, form: Form, fact_of: Callable[[RowReader], F_co | None]) -> Read[F_co]:
    """What a sheet says, as ``fact_of`` understands a row; it gives None only where it has noted a problem."""
    facts: list[FactRow[F_co]] = []
    problems = list(sheet.problems)
    ids = []
    for row in sheet.rows:
        reader = RowReader(sheet.file, row, form)
        account = reader.required("account", id_of)
        fact = fact_of(reader)
        fact_id = reader.cell("id")
        if not reader.problems:
            assert fact is not None
            assert account is not None
            fact_id = fact.id  # which may be derived
            facts.append(FactRow(account, fact, row.number, currency=row.cells["currency"]))
        if account is not None and fact_id is not None:
            ids.append((row.number, account, fact_id))
        problems.extend(reader.problems)
    in_place = by_place(problems, sheet.columns)
    return Read(sheet.file, sheet.columns, tuple(facts), tuple(in_place), sheet.ignored_columns, tuple(ids))


def _charge(row: RowReader) -> Charge:
    currency = row.required("currency", currency_of)
    row.require("amount")
    return row.made(
        Charge,
        "charge",
        currency,
        {
            "id": row.required("id", id_of),
            "amount": row.amount(currency),
            "due": row.required("due", date_of),
            "category": row.required("category", category_of),
            "posted": row.optional("posted", date_of),
            "code": row.optional("code", id_of),
            "invoice": row.optional("invoice", id_of),
            "payer": row.optional("payer", id_of),
            "about": row.optional("about", id_of),
            "disputed": row.optional("disputed", flag_of),
            "sequence": row.optional("sequence", whole_number_of),
        },
        needs=("id", "amount", "due"),
    )


def _payment_or_credit(row: RowReader) -> Payment | Credit:
    currency = row.required("currency", currency_of)
    kind = row.optional("kind", _kind_of)
    row.require("amount")
    values: dict[str, Any] = {
        "id": row.required("id", id_of),
        "amount": row.amount(currency),
        "payer": row.optional("payer", id_of),
        "designations": row.designations(currency),
        "sequence": row.optional("sequence", whole_number_of),
    }
    received = row.required("received", date_of)
    method = row.optional("method", id_of)
    fund = row.optional("fund", word_of)
    if kind != "credit":
        values |= {"received": received, "method": method, "fund": fund}
        return row.made(Payment, "payment", currency, values, needs=("id", "amount", "received"))
    for column in ("method", "fund"):
        if row.cell(column) is not None:
            row.note(column, InvalidValue(f"a credit has no {column}", hint="leave it empty, or write kind payment"))
    values["granted"] = received
    return row.made(Credit, "credit", currency, values, needs=("id", "amount", "granted"))


def _kind_of(text: str) -> str:
    kind = word_of(text)
    if kind not in ("payment", "credit"):
        hint = did_you_mean(kind, ("payment", "credit"))
        raise UnknownName(f"unknown kind {shown(text)}", field="kind", value=text, hint=hint)
    return kind
