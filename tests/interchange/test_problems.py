"""Problems print as a line each, and travel together in one error."""

from __future__ import annotations

import copy
import pickle

import pytest

from arledger import ArledgerError
from arledger.interchange.problems import Problem, RowErrors, by_place, problem_of

BAD_AMOUNT = Problem("charges.csv", 7, "amount", "'1,200.00' is no plain decimal number", "write 1200.00")
BAD_ROW = Problem("charges.csv", 9, "", "has 2 cells, the header has 6")


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (BAD_AMOUNT, "charges.csv, row 7, column amount: '1,200.00' is no plain decimal number; write 1200.00"),
        (BAD_ROW, "charges.csv, row 9: has 2 cells, the header has 6"),
    ],
)
def test_a_problem_as_text(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_all_problems_stand_in_one_error() -> None:
    error = RowErrors(iter([BAD_AMOUNT, BAD_ROW]))
    assert error.problems == (BAD_AMOUNT, BAD_ROW)
    assert error.value == error.problems
    assert str(error) == f"2 problems in the rows:\n{BAD_AMOUNT}\n{BAD_ROW}"
    assert str(RowErrors([BAD_ROW])) == f"1 problem in the rows:\n{BAD_ROW}"
    assert isinstance(error, ArledgerError)
    assert isinstance(error, ValueError)


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))])
def test_the_error_copies_and_pickles(copied: object) -> None:
    assert callable(copied)
    error = copied(RowErrors([BAD_AMOUNT]))
    assert type(error) is RowErrors
    assert error.problems == (BAD_AMOUNT,)
    assert str(error) == str(RowErrors([BAD_AMOUNT]))


def test_what_an_error_says_without_its_hint() -> None:
    assert problem_of(ArledgerError("a; b", hint="c")) == "a; b"
    assert problem_of(ArledgerError("a; b")) == "a; b"


def test_problems_by_row_and_then_by_column_as_they_stand() -> None:
    problems = [Problem("f", row, column, "wrong") for row, column in [(3, "b"), (2, "b"), (2, "a"), (2, ""), (3, "a")]]
    found = by_place(problems, ["b", "a"])
    assert [(problem.row, problem.column) for problem in found] == [(2, ""), (2, "b"), (2, "a"), (3, "b"), (3, "a")]
