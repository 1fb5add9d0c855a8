"""Facts about who may see and pay, from the rows of CSV files: invoices, contacts, saved methods, associations.

The problem: four short lists that a host exports, of one shape: a row a fact, an id, and the fields of the fact. The
decision: a ``Kind`` says which columns a list has and how each is read, and one function reads them all. What cannot be
read is told by row and column; what the library refuses of a row is told once its cells can be read; and what is said
twice, with the row where it stands first.

Source: rules R48 to R50 and R55; ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

import attrs

from arledger.entries import Invoice
from arledger.errors import ArledgerError, InvalidValue
from arledger.interchange.cells import date_of, flag_of, id_of, words_of
from arledger.interchange.csv_rows import read_rows
from arledger.interchange.problems import RowErrors, by_place, problem_of
from arledger.interchange.row_reader import Form, Ids, RowReader
from arledger.payers.associations import Association
from arledger.payers.contacts import AccessLevel, Contact, ContactKind, ContactState
from arledger.payers.methods import MethodKind, MethodState, PaymentMethod

F = TypeVar("F")

ACCOUNT = "account"

# The library's hints speak to a programmer; these say the same to whoever writes the file.
_HINTS = {
    "pass rounding=": "round it first",
    "pass payer=, or kind=ContactKind.SELF for the account's own": "write the payer, or self as the kind",
    "pass schedule=, association= and run=, or none of them": "write schedule, association and run, or none of them",
}


@attrs.frozen(eq=False)
class Column:
    """A column: what it holds, the field that it becomes, and what reads a cell of it."""

    holds: str
    read: Callable[[str], Any] = id_of
    field: str = ""
    is_required: bool = False


@attrs.frozen(eq=False)
class Kind(Generic[F]):
    """A list of facts: what one is called, what makes it, and its columns by their names, that of its id first.

    ``has_accounts`` says whether ids are of their account, and not of the whole file; then there is a column for it.
    """

    word: str
    make: Callable[..., F]
    columns: Mapping[str, Column]
    has_accounts: bool = True

    @property
    def required(self) -> dict[str, str]:
        """The columns that a file must have, and what each holds."""
        own = {name: column.holds for name, column in self.columns.items() if column.is_required}
        return {ACCOUNT: "the id of the account", **own} if self.has_accounts else own

    @property
    def optional(self) -> dict[str, str]:
        """The columns that a file may have, and what each holds."""
        return {name: column.holds for name, column in self.columns.items() if not column.is_required}

    @property
    def holds(self) -> dict[str, str]:
        """What each column holds, the required ones first."""
        return self.required | self.optional


INVOICES = Kind(
    "invoice",
    Invoice,
    {
        "invoice": Column("an id of its own within the account", field="id", is_required=True),
        "date": Column("the day of the invoice, YYYY-MM-DD", date_of, is_required=True),
        "number": Column("its number, as people know it"),
        "due": Column("the day on which it is due", date_of),
        "payer": Column("whom it is addressed to, if not the account itself"),
        "client": Column("the client, for associations"),
        "matter": Column("the matter, for associations"),
    },
)
"""The columns of invoices."""

CONTACTS = Kind(
    "contact",
    Contact,
    {
        "contact": Column("an id of its own within the account", field="id", is_required=True),
        "payer": Column("whose invoices they act for"),
        "kind": Column("self, family, guardian, guarantor, company or other", words_of(ContactKind)),
        "email": Column("the address that they log in by"),
        "access": Column("none (where empty), read or billing", words_of(AccessLevel)),
        "state": Column("not invited (where empty), invited, active or disabled", words_of(ContactState)),
    },
)
"""The columns of contacts."""

METHODS = Kind(
    "method",
    PaymentMethod,
    {
        "method": Column("an id of its own within the account", field="id", is_required=True),
        "kind": Column("bank account, credit card or debit card", words_of(MethodKind), is_required=True),
        "last_four": Column("the last four digits of its number", is_required=True),
        "payer": Column("whose it is, if not the account's"),
        "nickname": Column("the payer's own name for it"),
        "billing_address": Column("the address that goes with it"),
        "expires": Column("the last day on which a card is good, YYYY-MM-DD", date_of),
        "state": Column("active (where empty), disabled or deleted", words_of(MethodState)),
        "default": Column("yes for the one that recurring pulls take", flag_of, field="is_default"),
    },
)
"""The columns of saved methods."""

ASSOCIATIONS = Kind(
    "association",
    Association,
    {
        "association": Column("an id of its own", field="id", is_required=True),
        "payer": Column("who is tied", is_required=True),
        "client": Column("to all invoices of a client"),
        "matter": Column("to those of a matter"),
        "number": Column("to one, by its number"),
        "invoice": Column("to one, by its id"),
    },
    has_accounts=False,
)
"""The columns of associations, which are of no account."""


@attrs.frozen(order=False)
class FactOf(Generic[F]):
    """A fact, the account that it is of, and its row; of no account, where the file has none."""

    account: str
    fact: F
    row: int


@attrs.frozen(order=False, eq=False)
class FactFile(Generic[F]):
    """What a list of facts says, in its order."""

    file: str
    columns: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    rows: tuple[FactOf[F], ...]

    def of(self, account: str) -> tuple[F, ...]:
        """Those of an account."""
        return self._by_account.get(account, ())

    @property
    def all(self) -> tuple[F, ...]:
        """All of them."""
        return tuple(row.fact for row in self.rows)

    @cached_property
    def _by_account(self) -> Mapping[str, tuple[F, ...]]:
        found: dict[str, list[F]] = {}
        for row in self.rows:
            found.setdefault(row.account, []).append(row.fact)
        return {account: tuple(facts) for account, facts in found.items()}


def read_list(kind: Kind[F], lines: Iterable[str], *, file: str = "", delimiter: str = ",") -> FactFile[F]:
    r"""The facts of a list, from the lines of a CSV file with the columns of its kind.

    >>> header = "account,method,kind,last_four,default\n"
    >>> read_list(METHODS, [header, "A-1,M-1,bank account,6789,yes\n"]).of("A-1")[0].is_default
    True

    Refused, all at once, with ``RowErrors``: what cannot be read, what the library refuses, an id twice.
    """
    name = file or f"{kind.word}s"
    sheet = read_rows(lines, file=name, required=list(kind.required), optional=list(kind.optional), delimiter=delimiter)
    form = Form(kind.holds, _HINTS)
    problems = list(sheet.problems)
    rows: list[FactOf[F]] = []
    ids = Ids(next(iter(kind.columns)))
    for row in sheet.rows:
        reader = RowReader(name, row, form)
        account = reader.required(ACCOUNT, id_of) if kind.has_accounts else ""
        fact = _fact(kind, reader)
        ids.note(reader, account)
        if not reader.problems:
            assert account is not None
            assert fact is not None
            rows.append(FactOf(account, fact, row.number))
        problems.extend(reader.problems)
    if problems:
        raise RowErrors(by_place(problems, sheet.columns))
    return FactFile(name, sheet.columns, sheet.ignored_columns, tuple(rows))


def _fact(kind: Kind[F], reader: RowReader) -> F | None:
    """The fact of a row; None if a cell, or all together, is wrong."""
    values, column_of = {}, {}
    for name, column in kind.columns.items():
        field = column.field or name
        column_of[field] = name
        value = (reader.required if column.is_required else reader.optional)(name, column.read)
        if value is not None:
            values[field] = value
    if reader.problems:
        return None
    try:
        return kind.make(**values)
    except ArledgerError as error:
        column_name = column_of.get(error.field, next(iter(kind.columns)))
        name = next(iter(values.values()))  # the first column is that of the id
        what = problem_of(error).removeprefix(f"{kind.word} {name}: ").replace(" None", " empty")
        reader.note(column_name, InvalidValue(what, hint=error.hint))
        return None
