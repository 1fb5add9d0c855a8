"""Rows by the names of their columns: what is accepted, how rows are numbered, and what a caller may not pass."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arledger import InvalidType, InvalidValue
from arledger.interchange.csv_rows import CsvRow, Sheet, check_delimiter, nearest_column, read_rows
from arledger.interchange.problems import Problem


def read(text: str, delimiter: str = ",") -> Sheet:
    lines = io.StringIO(text, newline="")
    return read_rows(lines, file="f.csv", required=["id", "amount"], optional=["memo"], delimiter=delimiter)


@pytest.mark.parametrize(
    "text",
    [
        "id,amount\nR,5\n",
        "\ufeffid,amount\nR,5\n",
        '\ufeff"id","amount"\nR,5\n',
        "id,amount\r\nR,5\r\n",
        "id,amount\rR,5\r",
        "id,amount\nR,5",
        " ID , Amount\nR,5\n",
        '"i\nd",id,amount\nx,R,5\n',
    ],
)
def test_what_changes_no_value_is_accepted(text: str) -> None:
    sheet = read(text)
    assert sheet.rows == (CsvRow(2, {"id": "R", "amount": "5"}),)
    assert sheet.problems == ()


def test_columns_stand_in_any_order_and_those_unknown_are_left_out() -> None:
    sheet = read("Unit No,amount,,memo,id,Unit  no\n1,5,x,late,R,2\n")
    assert sheet.rows == (CsvRow(2, {"amount": "5", "memo": "late", "id": "R"}),)
    assert sheet.columns == ("amount", "memo", "id")
    assert sheet.ignored_columns == ("unit no", "(column 3)", "unit no")


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    """The header is row 1, blank rows count, and a cell of several lines is one row."""
    sheet = read('\n  , \nid,amount,x\n\nR,5,"a\nb\nc"\n,,\nS,6,\n   ,,\nT,7\n')
    assert [row.number for row in sheet.rows] == [5, 7]
    assert sheet.problems == (
        Problem("f.csv", 9, "", "has 2 cells, the header has 3", "write every cell, the empty ones too"),
    )


def test_a_header_alone_is_a_file_without_rows() -> None:
    assert read("id,amount\n") == Sheet("f.csv", ("id", "amount"), (), (), ())


def test_a_wrong_header_says_nothing_of_columns_or_rows() -> None:
    sheet = read("id,amonut,x\nR,5\n")
    hint = "name the column 'amonut' so"
    assert sheet == Sheet("f.csv", (), (), (Problem("f.csv", 1, "amount", "there is no such column", hint),), ())


@pytest.mark.parametrize("delimiter", [";", "\t", "|", "·", " "])
def test_other_delimiters(delimiter: str) -> None:
    assert read("id,amount\nR,5\n".replace(",", delimiter), delimiter).rows[0].cells == {"id": "R", "amount": "5"}


def test_a_comma_that_should_have_been_told_is_named() -> None:
    (problem,) = read("id,amount\nR,5\n", ";").problems
    assert (problem.what, problem.hint) == ("the header is a single column", "the delimiter seems to be ','")


@pytest.mark.parametrize("delimiter", ["", ";;", '"', "\n", "\r", "\0", None, 7])
def test_delimiters_that_can_be_none(delimiter: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        check_delimiter(delimiter)
    assert str(caught.value) == (
        f"delimiter {delimiter!r} is no character that can stand between cells; pass one character, such as ; or a tab"
    )


@pytest.mark.parametrize(("lines", "name"), [("id,amount\n", "str"), (b"id", "bytes"), (None, "None"), (7, "int")])
def test_what_is_no_iterable_of_lines(lines: object, name: str) -> None:
    with pytest.raises(InvalidType) as caught:
        read_rows(lines, file="f.csv", required=["id"], optional=[])  # type: ignore[arg-type]
    assert str(caught.value) == (
        f"rows: lines is {name}, not an iterable of lines; pass an open text file, or io.StringIO(text)"
    )


def test_lines_of_bytes_are_refused() -> None:
    with pytest.raises(InvalidType) as caught:
        read_rows(io.BytesIO(b"id\n"), file="f.csv", required=["id"], optional=[])  # type: ignore[arg-type]
    assert str(caught.value) == "rows: lines is bytes, not str; open the file as text"


@pytest.mark.parametrize("before", ["", "id,amount\n" + "R,5\n" * 5000])
def test_bytes_that_the_stream_itself_refuses_end_the_reading(before: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(before.encode() + b"\xff,6\n"), encoding="utf-8", newline="")
    sheet = read_rows(stream, file="f.csv", required=["id", "amount"], optional=[])
    (problem,) = sheet.problems
    assert problem.row == len(sheet.rows) + (2 if before else 1)
    assert problem.what == "from here on there are bytes that are no UTF-8"
    assert problem.hint == "save the file as CSV in UTF-8"


@pytest.mark.parametrize(
    ("name", "near"), [("dispted", "disputed"), ("amounts", "amount"), ("date", None), ("memo", None)]
)
def test_the_nearest_column(name: str, near: str | None) -> None:
    assert nearest_column(name, ["amount", "disputed", "due"]) == near


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5), st.sampled_from([",", ";", "\t", "|"]))
def test_written_rows_read_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "f.csv")
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter=delimiter).writerows([("id", "amount"), *rows])
        with path.open(encoding="utf-8", newline="") as lines:
            sheet = read_rows(lines, file="f.csv", required=["id", "amount"], optional=[], delimiter=delimiter)
    written = [(number, pair) for number, pair in enumerate(rows, 2) if any(cell.strip() for cell in pair)]
    assert [(row.number, (row.cells["id"], row.cells["amount"])) for row in sheet.rows] == written
