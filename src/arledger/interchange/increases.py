"""Increases that are pending, agreed or refused, from the rows of a CSV file.

The decision: the fields of ``PendingIncrease`` under their own names, one row an increase, whose state changes in place
as the tenant agrees or refuses; what was pulled for it stays in the ledger.

Source: rule R13; ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, partial

import attrs

from arledger.autopay.increases import IncreaseState, PendingIncrease
from arledger.interchange.cells import currency_of, date_of, id_of, sum_of, words_of
from arledger.interchange.csv_rows import read_rows
from arledger.interchange.problems import RowErrors, by_place
from arledger.interchange.row_reader import Form, Ids, RowReader
from arledger.money import Money

INCREASE_COLUMNS = {
    "account": "the id of the account",
    "increase": "an id of its own within the account",
    "amount": "what it adds to a period, a plain number above 0, such as 30.00",
    "currency": "an ISO 4217 code, such as CAD",
    "effective": "the day from which it counts, YYYY-MM-DD",
}
"""The columns that a file of increases must have, and what each holds."""

OPTIONAL_INCREASE_COLUMNS = {
    "state": "pending (where empty), agreed or refused",
    "code": "your own word for the charges that it becomes",
}
"""The columns that a file of increases may have."""

_FORM = Form(INCREASE_COLUMNS | OPTIONAL_INCREASE_COLUMNS, {"pass rounding=": "round it first"})


@attrs.frozen(order=False)
class IncreaseRow:
    """An increase, and whose it is."""

    account: str
    increase: PendingIncrease
    row: int

    @property
    def currency(self) -> str:
        """The currency of its amount."""
        return self.increase.amount.currency


@attrs.frozen(order=False, eq=False)
class IncreaseFile:
    """What a file of increases says, in its order."""

    file: str
    columns: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    rows: tuple[IncreaseRow, ...]

    def of(self, account: str, currency: str) -> tuple[PendingIncrease, ...]:
        """Those of an account."""
        return tuple(self._by_account.get((account, currency), ()))

    @cached_property
    def _by_account(self) -> Mapping[tuple[str, str], list[PendingIncrease]]:
        found: dict[tuple[str, str], list[PendingIncrease]] = {}
        for row in self.rows:
            found.setdefault((row.account, row.currency), []).append(row.increase)
        return found


def read_increases(lines: Iterable[str], *, file: str = "increases", delimiter: str = ",") -> IncreaseFile:
    r"""The increases, from the lines of a CSV file with the columns of ``INCREASE_COLUMNS``.

    >>> header = "account,increase,amount,currency,effective\n"
    >>> read_increases([header, "A-1,AGI-7,30,CAD,2026-06-01\n"]).of("A-1", "CAD")[0].state
    IncreaseState.PENDING

    Refused, all at once, with ``RowErrors``: what cannot be read, an amount that is not positive, an id twice.
    """
    sheet = read_rows(
        lines,
        file=file,
        required=list(INCREASE_COLUMNS),
        optional=list(OPTIONAL_INCREASE_COLUMNS),
        delimiter=delimiter,
    )
    problems = list(sheet.problems)
    rows: list[IncreaseRow] = []
    ids = Ids("increase")
    for row in sheet.rows:
        reader = RowReader(file, row, _FORM)
        account = reader.required("account", id_of)
        increase = _increase(reader)
        ids.note(reader, account)
        if not reader.problems:
            assert account is not None
            rows.append(IncreaseRow(account, increase, row.number))
        problems.extend(reader.problems)
    if problems:
        raise RowErrors(by_place(problems, sheet.columns))
    return IncreaseFile(file, sheet.columns, sheet.ignored_columns, tuple(rows))


def _increase(row: RowReader) -> PendingIncrease:
    currency = row.required("currency", currency_of)
    amount: Money | None = row.required("amount", partial(sum_of, currency=currency))
    values = {
        "id": row.required("increase", id_of),
        "amount": amount,
        "effective": row.required("effective", date_of),
        "state": row.optional("state", words_of(IncreaseState, "state")),
        "code": row.optional("code", id_of),
    }
    return row.made(PendingIncrease, "increase", currency, values, needs=("id", "amount", "effective"))
