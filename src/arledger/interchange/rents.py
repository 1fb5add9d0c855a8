"""The monthly rents of accounts, from the rows of a CSV export.

The problem: "5% of the monthly rent" needs the rent, which no ledger has: a charge of rent may be for half a month, or
raised since. The decision: whoever asks for such fees passes the rents, one for each account and currency.

Source: rule R33; ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import attrs

from arledger.checks import shown
from arledger.interchange.cells import currency_of, id_of, sum_of
from arledger.interchange.csv_rows import read_rows
from arledger.interchange.problems import Problem, RowErrors, by_place
from arledger.interchange.row_reader import Form, RowReader
from arledger.money import Money

RENT_COLUMNS = {
    "account": "the id of the account",
    "currency": "an ISO 4217 code, such as CAD",
    "rent": "the monthly rent, a plain number above 0, such as 1234.56",
}
"""The columns that a file of rents must have, and what each holds."""

_FORM = Form(RENT_COLUMNS, {"pass rounding=": "round it first"})


@attrs.frozen(order=False, eq=False)
class Rents:
    """What a file of rents says: the rent of each account and currency."""

    file: str
    columns: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    by_account: Mapping[tuple[str, str], Money]


def read_rents(lines: Iterable[str], *, file: str = "rents", delimiter: str = ",") -> Rents:
    r"""The rents, from the lines of a CSV file with the columns of ``RENT_COLUMNS``.

    >>> read_rents(["account,currency,rent\n", "A-1,CAD,900\n"]).by_account["A-1", "CAD"]
    Money('900.00', 'CAD')

    Refused, all at once, with ``RowErrors``: what cannot be read, a rent that is not positive, an account twice.
    """
    sheet = read_rows(lines, file=file, required=list(RENT_COLUMNS), optional=[], delimiter=delimiter)
    problems = list(sheet.problems)
    rents: dict[tuple[str, str], Money] = {}
    rows: dict[tuple[str, str], int] = {}
    for row in sheet.rows:
        reader = RowReader(file, row, _FORM)
        account = reader.required("account", id_of)
        currency = reader.required("currency", currency_of)
        rent = reader.required("rent", partial(sum_of, currency=currency))
        if account is not None and currency is not None:
            key = (account, currency)
            if key in rows:
                what = f"{shown(account)} has a rent in {currency} already in row {rows[key]}"
                reader.problems.append(Problem(file, row.number, "account", what, "keep one of them"))
            rows.setdefault(key, row.number)
            if rent is not None:
                rents.setdefault(key, rent)
        problems.extend(reader.problems)
    if problems:
        raise RowErrors(by_place(problems, sheet.columns))
    return Rents(file, sheet.columns, sheet.ignored_columns, rents)
