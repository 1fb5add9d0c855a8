"""The cells of one row, read one by one, and what is wrong with them.

The problem: a row may have several things wrong with it, some in a cell (a date that could be two), some in the row as
a whole (targets that name more than the payment), and whoever wrote it wants all of them in the words of the file. The
decision: a ``RowReader`` reads each cell and notes a ``Problem`` for what it cannot read; the fact is then made by the
library itself, and what the library refuses is told by column, mended with a stand-in, and tried again until nothing is
left to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

import attrs

from arledger.checks import shown
from arledger.entries import Designation
from arledger.errors import ArledgerError, InvalidValue
from arledger.interchange.cells import check_characters
from arledger.interchange.csv_rows import CsvRow
from arledger.interchange.problems import Problem, problem_of
from arledger.interchange.targets import designation_of
from arledger.money import Money
from arledger.rounding import UP

V = TypeVar("V")

_STAND_IN_ID = "\0"  # no cell may hold it, so that no other column names it by chance
_STAND_IN_DAY = date(2000, 1, 1)
_NO_CURRENCY = "CAD"  # where a row has none, its amounts are only read to see whether they are numbers
_STAND_INS: Mapping[str, Any] = {
    **dict.fromkeys(("id", "payment", "chargeback", "of", "to"), _STAND_IN_ID),
    **dict.fromkeys(("due", "received", "granted", "on", "posted", "agreed", "effective"), _STAND_IN_DAY),
    "designations": (Designation(_STAND_IN_ID),),
}


@attrs.frozen(order=False)
class Form:
    """What the columns of a file hold, and the library's hints in the words of whoever writes the file."""

    holds: Mapping[str, str]
    hints: Mapping[str, str]


@attrs.define(order=False, eq=False)
class RowReader:
    """Reads the cells of one row, and notes what is wrong with them."""

    file: str
    row: CsvRow
    form: Form
    problems: list[Problem] = attrs.Factory(list)

    def cell(self, column: str) -> str | None:
        """The cell's text; None if there is no such column, or only blanks in it."""
        text = self.row.cells.get(column, "")
        return text if text.strip() else None

    def require(self, column: str, holds: str = "") -> None:
        """Note an empty cell; ``holds`` is what belongs there, if it is not what the column holds anywhere."""
        if self.cell(column) is None:
            self.note(column, InvalidValue("is empty", hint=f"write {holds or self.form.holds[column]}"))

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
        self.require(column)
        return self.optional(column, value_of)

    def amount(self, currency: str | None) -> Money | None:
        """The row's amount; None if there is none, or if it is wrong, or its currency."""
        amount = self.optional("amount", _amount_reader(currency))
        return None if currency is None else amount

    def designations(self, currency: str | None) -> tuple[Designation, ...] | None:
        """The targets of the row's money, each of them read; None if there is none that can be."""
        text = self.optional("for", str)
        if text is None:
            return None
        designations = []
        for part in text.split(";"):
            try:
                designations.append(designation_of(part, _amount_reader(currency)))
            except ArledgerError as error:
                self.note("for", error, within=f"{shown(part.strip())}: ")
        return tuple(designations) or None

    def made(
        self,
        kind: Callable[..., V],
        word: str,
        currency: str | None,
        values: Mapping[str, Any],
        needs: Iterable[str],
    ) -> V:
        """The fact that the values make; where the library refuses one, it is noted and another stands in for it.

        ``needs`` are the fields that the fact cannot be made without: those whose cells are wrong have a stand-in too.
        """
        stand_ins = {**_STAND_INS, "amount": Money(1, currency or _NO_CURRENCY)}
        needed = {name: stand_ins[name] for name in needs}
        given = {name: value for name, value in values.items() if value is not None}
        while True:
            if "amount" not in given:
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
        hint = self.form.hints.get(error.hint, error.hint)
        if hint.startswith("pass "):
            hint = f"write {hint.removeprefix('pass ')}"
        self.problems.append(Problem(self.file, self.row.number, column, within + what, hint))


@attrs.define(eq=False, order=False)
class Ids:
    """The ids that stand in a column, each with its row; within an account, one may stand only once."""

    column: str
    rows: dict[tuple[str, str], int] = attrs.Factory(dict)

    def note(self, row: RowReader, account: str | None) -> None:
        """Note an id that stands in another row of the account already."""
        name = row.cell(self.column)
        if account is None or name is None:
            return
        first = self.rows.setdefault((account, name), row.row.number)
        if first != row.row.number:
            what = f"{shown(name)} stands already in row {first}"
            hint = f"give each {self.column} of an account an id of its own"
            row.note(self.column, InvalidValue(what, hint=hint))


def _amount_reader(currency: str | None) -> Callable[[str], Money]:
    """What reads an amount of the row's currency; of an unknown one, whatever its decimals."""
    if currency is None:
        return lambda text: Money(text, _NO_CURRENCY, rounding=UP)
    return lambda text: Money(text, currency)
