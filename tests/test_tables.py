"""Plain text tables."""

from __future__ import annotations

import pytest

from arledger.tables import text_table


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert text_table(("id", "amount"), [("R-03", "1.00"), ("L", "1000000.00")], right=(1,)) == (
        "id        amount\n----  ----------\nR-03        1.00\nL     1000000.00"
    )


def test_no_blanks_stand_at_the_end_of_a_line() -> None:
    assert text_table(("a", "why"), [("xx", ""), ("", "y")]) == "a   why\n--  ---\nxx\n    y"


def test_a_table_of_no_rows_is_its_header() -> None:
    assert text_table(("a", "why"), []) == "a  why\n-  ---"


def test_cells_are_printed_as_text_and_rows_may_be_generated() -> None:
    assert text_table(("n",), ([str(n)] for n in (1, 22)), right=[0]) == " n\n--\n 1\n22"


@pytest.mark.parametrize("row", [("a",), ("a", "b", "c")])
def test_a_row_of_another_length_is_a_mistake(row: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="zip"):
        text_table(("one", "two"), [row])
