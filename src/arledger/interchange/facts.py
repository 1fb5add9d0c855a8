"""Charges and money from the rows of a CSV export.

The problem: an accountant's export has thousands of rows and some of them are wrong, and what was wrong must be said in
the accountant's words (a file, a row, a column), all of it at once. The cases: a cell that cannot be read (an amount
with a thousands separator, a date that could be two), a row whose cells are fine and which cannot be (a charge about
itself, targets that name more than the payment), a row that has several of these. The decision: every cell is read, the
fact is then made by the library itself, and what the library refuses is told by column, mended with a stand-in, and
tried again until nothing is left to tell; a row with a problem gives no fact.

``read_charges`` and ``read_money`` give what they could read and never raise for a row; ``accounts_of`` (in
``accounts``) raises for all the rows of both together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Generic, TypeVar

import attrs

from arledger.checks import shown
from arledger.entries import Charge, Credit, Designation, Payment
from arledger.errors import ArledgerError, InvalidValue, UnknownName, did_you_mean
from arledger.interchange.cells import (
    category_of,
    check_characters,
    currency_of,
    date_of,
    flag_of,
    id_of,
    whole_number_of,
    word_of,
)
from arledger.interchange.csv_rows import CsvRow, Sheet, read_rows
from arledger.interchange.problems import Problem, by_place, problem_of
from arledger.interchange.targets import designation_of
from arledger.money import Money
from arledger.rounding import UP

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

F_co = TypeVar("F_co", covariant=True)
V = TypeVar("V")

# The library's hints speak to a programmer; these say the same to whoever writes the file.
_HINTS = {
    "pass rounding=": "round it first",
    "a reduction is a Credit with a positive amount": "a reduction is a row of kind credit among the money",
    "money that goes back is a Return or a Refund": "money that goes back is no row here",
}
_STAND_IN_ID = "\0"  # no cell may hold it, so that no other column names it by chance
_NO_CURRENCY = "CAD"  # where a row has none, its amounts are only read to see whether they are numbers


@attrs.frozen(order=False)
class FactRow(Generic[F_co]):
    """A fact, whose it is, and the row that it stands in."""

    account: str
    fact: F_co
    row: int


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
    return _read(sheet, _charge)


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
    return _read(sheet, _payment_or_credit)


def _read(sheet: Sheet, fact_of: Callable[[_RowReader], F_co]) -> Read[F_co]:
    facts: list[FactRow[F_co]] = []
    problems = list(sheet.problems)
    ids = []
    for row in sheet.rows:
        reader = _RowReader(sheet.file, row)
        account = reader.required("account", id_of)
        fact = fact_of(reader)
        fact_id = reader.cell("id")
        if account is not None and fact_id is not None:
            ids.append((row.number, account, fact_id))
        if account is not None and not reader.problems:
            facts.append(FactRow(account, fact, row.number))
        problems.extend(reader.problems)
    in_place = by_place(problems, sheet.columns)
    return Read(sheet.file, sheet.columns, tuple(facts), tuple(in_place), sheet.ignored_columns, tuple(ids))


def _charge(row: _RowReader) -> Charge:
    currency = row.required("currency", currency_of)
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
    )


def _payment_or_credit(row: _RowReader) -> Payment | Credit:
    currency = row.required("currency", currency_of)
    kind = row.optional("kind", _kind_of)
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
        return row.made(Payment, "payment", currency, values | {"received": received, "method": method, "fund": fund})
    for column in ("method", "fund"):
        if row.cell(column) is not None:
            row.note(column, InvalidValue(f"a credit has no {column}", hint="leave it empty, or write kind payment"))
    return row.made(Credit, "credit", currency, values | {"granted": received})


def _kind_of(text: str) -> str:
    kind = word_of(text)
    if kind not in ("payment", "credit"):
        hint = did_you_mean(kind, ("payment", "credit"))
        raise UnknownName(f"unknown kind {shown(text)}", field="kind", value=text, hint=hint)
    return kind


@attrs.define(order=False, eq=False)
class _RowReader:
    """Reads the cells of one row, and notes what is wrong with them."""

    file: str
    row: CsvRow
    problems: list[Problem] = attrs.Factory(list)

    def cell(self, column: str) -> str | None:
        """The cell's text; None if there is no such column, or only blanks in it."""
        text = self.row.cells.get(column, "")
        return text if text.strip() else None

    def optional(self, column: str, value_of: Callable[[str], V]) -> V | None:
        """The cell's value; None if there is none, or a wrong one."""
        text = self.cell(column)
        if text is None:
            return None
        try:
            check_characters(text)
            return value_of(text)
        except ArledgerError as error:
            self.note(column, error)
            return None

    def required(self, column: str, value_of: Callable[[str], V]) -> V | None:
        """As ``optional``; and an empty cell is noted."""
        if self.cell(column) is None:
            self.note(column, InvalidValue("is empty", hint=f"write {(CHARGE_COLUMNS | MONEY_COLUMNS)[column]}"))
        return self.optional(column, value_of)

    def amount(self, currency: str | None) -> Money | None:
        """The row's amount; None if it is wrong, or its currency."""
        amount = self.required("amount", _amount_reader(currency))
        return None if currency is None else amount

    def designations(self, currency: str | None) -> tuple[Designation, ...] | None:
        """The targets of the row's money, each of them read."""
        text = self.optional("for", str)
        if text is None:
            return None
        designations = []
        for part in text.split(";"):
            try:
                designations.append(designation_of(part, _amount_reader(currency)))
            except ArledgerError as error:
                self.note("for", error, within=f"{shown(part.strip())}: ")
        return tuple(designations)

    def made(self, kind: Callable[..., V], word: str, currency: str | None, values: Mapping[str, Any]) -> V:
        """The fact that the values make; where the library refuses one, it is noted and another stands in for it."""
        day = date(2000, 1, 1)
        stand_ins = {"id": _STAND_IN_ID, "due": day, "received": day, "granted": day}
        needed: dict[str, Any] = {name: value for name, value in stand_ins.items() if name in values}
        given = {name: value for name, value in values.items() if value is not None}
        while True:
            if "amount" not in given:
                needed["amount"] = Money(1, currency or _NO_CURRENCY)
                given.pop("designations", None)  # whether they name too much is not to be known
            try:
                return kind(**{**needed, **given})
            except ArledgerError as error:
                column = "for" if error.field == "designations" else error.field
                self.note(column, error, subject=f"{word} {given.get('id', _STAND_IN_ID)}: ")
                del given[error.field]

    def note(self, column: str, error: ArledgerError, *, subject: str = "", within: str = "") -> None:
        """Keep what is wrong, without the words that the row and the column say already."""
        what = problem_of(error).removeprefix(subject)
        what = what.removeprefix("cell: id ").removeprefix("designation: ").removeprefix(f"{column} ")
        hint = _HINTS.get(error.hint, error.hint)
        if hint.startswith("pass "):
            hint = f"write {hint.removeprefix('pass ')}"
        self.problems.append(Problem(self.file, self.row.number, column, within + what, hint))


def _amount_reader(currency: str | None) -> Callable[[str], Money]:
    """What reads an amount of the row's currency; of an unknown one, whatever its decimals."""
    if currency is None:
        return lambda text: Money(text, _NO_CURRENCY, rounding=UP)
    return lambda text: Money(text, currency)
