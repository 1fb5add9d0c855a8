"""What is wrong with rows that were read, and where.

The problem: a file with nine bad rows that is refused at the first of them takes nine attempts to mend. The decision:
reading collects a ``Problem`` for each cell or row that is wrong, each with its place and with what would be right, and
only then stops, with one ``RowErrors`` that carries them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs

from arledger.errors import ArledgerError


@attrs.frozen(order=False)
class Problem:
    """One thing wrong in a file.

    ``row`` counts as a spreadsheet does: the header is row 1. ``column`` is empty where the row as a whole is wrong.

    >>> print(Problem("charges.csv", 7, "amount", "'12,50' is no plain decimal number", "write a point"))
    charges.csv, row 7, column amount: '12,50' is no plain decimal number; write a point
    """

    file: str
    row: int
    column: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, row {self.row}" + (f", column {self.column}" if self.column else "")
        return f"{place}: {self.what}" + (f"; {self.hint}" if self.hint else "")


class RowErrors(ArledgerError, ValueError):
    """Rows that could not be read: all their problems together, a line for each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        super().__init__("\n".join([f"{count} in the rows:", *map(str, self.problems)]), value=self.problems)

    def __reduce__(self) -> tuple[Callable[..., RowErrors], tuple[Any, ...]]:
        # an exception is copied by calling its class with its text, and this one is made from its problems
        return (RowErrors, (self.problems,))


def problem_of(error: ArledgerError) -> str:
    """What an error says is wrong, without its hint.

    >>> problem_of(ArledgerError("amount -1.00 CAD is not positive", hint="pass an amount above 0"))
    'amount -1.00 CAD is not positive'
    """
    return str(error).removesuffix(f"; {error.hint}") if error.hint else str(error)


def by_place(problems: Iterable[Problem], columns: Sequence[str]) -> list[Problem]:
    """A file's problems by row and, within a row, those of the whole row first, then by column as they stand there."""
    places = {column: place for place, column in enumerate(columns)}
    return sorted(problems, key=lambda problem: (problem.row, places.get(problem.column, -1)))
