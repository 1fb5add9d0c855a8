"""Rows of a CSV file, by the names of their columns.

The problem: an export has a byte-order mark, other columns than one needs, blank rows at its end, a comma inside an
amount, bytes of another encoding. The cases: what changes no value (a mark, a blank row, the order of the columns, the
case of their names, a column that nobody asked for) is accepted; what could move a value into another column (a row
with a cell too many, a quotation mark left open, a column twice) is refused. The decision: ``read_rows`` gives the rows
that have their shape, a ``Problem`` for each that has not, and the names of the columns that it left out.

Rows are numbered as a spreadsheet numbers them: the header is row 1, blank rows count, and a cell of several lines is
one row.

Source: ours; RFC 4180 for the quotation marks.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

import attrs

from arledger.checks import check_instance, type_name
from arledger.errors import ArledgerError, InvalidType, InvalidValue
from arledger.interchange.cells import check_characters
from arledger.interchange.problems import Problem, problem_of

_MARK = "\ufeff"
_LIKELY_DELIMITERS = (",", ";", "\t", "|")


@attrs.frozen(order=False)
class CsvRow:
    """One row: its number, and the text of each column that was asked for."""

    number: int
    cells: Mapping[str, str]


@attrs.frozen(order=False)
class _Header:
    """The first row that is not blank, and what is asked of it."""

    file: str
    number: int
    cells: Sequence[str]
    required: Sequence[str]
    known: Sequence[str]

    @property
    def names(self) -> list[str]:
        """The columns as they are known here: in lower case, with single blanks between words."""
        return [" ".join(cell.split()).lower() for cell in self.cells]

    def problems(self, delimiter: str) -> Iterator[Problem]:
        """What is wrong with it; where it cannot be read at all, nothing but that."""
        for name in self.names:
            try:
                check_characters(name)
            except ArledgerError as error:
                yield self._problem("", f"the column {problem_of(error)}", error.hint)
                return
        likely = [other for other in _LIKELY_DELIMITERS if other != delimiter and other in self.cells[0]]
        if len(self.cells) == 1 and likely:
            yield self._problem("", "the header is a single column", f"the delimiter seems to be {likely[0]!r}")
            return
        for name in self.known:
            times = self.names.count(name)
            if times > 1:
                yield self._problem(name, f"stands {times} times in the header", "keep one of them")
            elif not times and name in self.required:
                yield self._problem(name, "there is no such column", self._missing_hint(name))

    def _missing_hint(self, name: str) -> str:
        others = (other for other in self.names if other not in self.known)
        meant = next((other for other in others if nearest_column(other, [name])), None)
        return f"name the column {meant!r} so" if meant else "add it to the header"

    def _problem(self, column: str, what: str, hint: str) -> Problem:
        return Problem(self.file, self.number, column, what, hint)


@attrs.frozen(order=False)
class Sheet:
    """What a file holds: its rows, what is wrong with the others, and the columns that were left out.

    ``columns`` are those asked for, in the file's order. If the header is wrong there is nothing but its problems.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[CsvRow, ...]
    problems: tuple[Problem, ...]
    ignored_columns: tuple[str, ...]


def read_rows(
    lines: Iterable[str], *, file: str, required: Sequence[str], optional: Sequence[str], delimiter: str = ","
) -> Sheet:
    r"""The rows of a file, from its lines (a text stream opened with ``newline=""``, or any iterable of lines).

    >>> read_rows(["id,memo\n", "R-03,late\n"], file="a.csv", required=["id"], optional=[]).rows
    (CsvRow(number=2, cells={'id': 'R-03'}),)

    A stream opened with ``errors="surrogateescape"`` has each row of undecodable bytes reported; with any other, the
    first of them ends the reading.
    """
    _check_lines(lines)
    check_delimiter(delimiter)
    problems: list[Problem] = []
    records = _records(lines, delimiter, file, problems)
    number, cells = next(records, (1, []))
    if not problems and not cells:
        hint = f"write a header with the columns {', '.join(required)}"
        problems.append(Problem(file, number, "", "there is no header", hint))
    header = _Header(file, number, cells, required, (*required, *optional))
    if not problems:
        problems.extend(header.problems(delimiter))
    if problems:
        return Sheet(file, (), (), tuple(problems), ())
    names = header.names
    wanted = [(place, name) for place, name in enumerate(names) if name in header.known]
    rows = []
    for number, record in records:
        if len(record) == len(names):
            rows.append(CsvRow(number, {name: record[place] for place, name in wanted}))
        else:
            problems.append(_ragged(file, number, len(record), len(names), delimiter))
    ignored = (name or f"(column {place})" for place, name in enumerate(names, 1) if name not in header.known)
    return Sheet(file, tuple(name for _, name in wanted), tuple(rows), tuple(problems), tuple(ignored))


def nearest_column(name: str, known: Sequence[str]) -> str | None:
    """The column that a misspelled name was meant to be, if one is near.

    >>> nearest_column("dispted", ["amount", "disputed"])
    'disputed'
    """
    near = get_close_matches(name, known, n=1, cutoff=0.75)
    return near[0] if near else None


def check_delimiter(delimiter: object) -> None:
    """Refuse what is no single character, or has a meaning of its own in CSV."""
    if isinstance(delimiter, str) and len(delimiter) == 1 and delimiter not in '"\r\n\0':
        return
    raise InvalidValue(
        f"delimiter {delimiter!r} is no character that can stand between cells",
        field="delimiter",
        value=delimiter,
        hint="pass one character, such as ; or a tab",
    )


def _check_lines(lines: object) -> None:
    if isinstance(lines, (str, bytes)) or not isinstance(lines, Iterable):
        raise InvalidType(
            f"rows: lines is {type_name(lines)}, not an iterable of lines",
            field="lines",
            value=lines,
            hint="pass an open text file, or io.StringIO(text)",
        )


def _records(
    lines: Iterable[str], delimiter: str, file: str, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with its number; those that are no CSV become problems."""
    reader = csv.reader(_without_mark(lines), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            hint = "close each quotation mark, and double those inside a cell"
            problems.append(Problem(file, number, "", f"is no CSV row ({error})", hint))
        except UnicodeDecodeError as error:
            # a stream decodes ahead of what it gives, so the bytes may stand further down
            what = f"from here on there are bytes that are no {error.encoding.upper()}"
            problems.append(Problem(file, number, "", what, "save the file as CSV in UTF-8"))
            return
        else:
            if record is None:
                return
            if any(not cell.isspace() for cell in record if cell):
                yield number, record


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    """The lines without a byte-order mark before the first."""
    for place, line in enumerate(lines):
        check_instance(line, str, "rows", "lines", "open the file as text")
        yield line if place else line.removeprefix(_MARK)


def _ragged(file: str, number: int, found: int, wanted: int, delimiter: str) -> Problem:
    what = f"has {found} cell{'s' if found > 1 else ''}, the header has {wanted}"
    if found > wanted:
        return Problem(file, number, "", what, f"put quotation marks around a cell that holds {delimiter!r}")
    return Problem(file, number, "", what, "write every cell, the empty ones too")
