"""Runs the catalogue: every bad input is refused with its own error, and nothing else ever escapes."""

from __future__ import annotations

import pickle
import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest

from arledger import ArledgerError
from arledger.checks import type_name
from bad_inputs.common import BadInput

MODULES = sorted(
    module.name
    for module in pkgutil.iter_modules([str(Path(__file__).parent)])
    if module.name != "common" and not module.name.startswith("test_")
)
ROWS: list[BadInput] = [row for name in MODULES for row in import_module(f"bad_inputs.{name}").ROWS]
SMALLEST_SIZE = 4549
TYPE_NAMES = {"Category", "Charge", "Money", "None", "fee.Tier:"}
"""With which a message may begin, capitals and all."""


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_a_bad_input_is_refused_in_these_words(row: BadInput) -> None:
    """A catalogue with each error's kind, field and message; nothing else ever escapes."""
    with pytest.raises(Exception) as caught:  # noqa: PT011  # the kind is asserted below, exactly
        row.call()
    error = caught.value
    assert type(error) is row.kind, f"{type(error).__name__}: {error}"
    assert isinstance(error, ArledgerError)
    assert isinstance(error, (ValueError, TypeError, LookupError))
    assert str(error) == row.message
    assert error.field == row.field
    assert error.hint == "" or row.message.endswith(f"; {error.hint}")
    assert error.value is not None or "None" in row.message
    wrong_type = re.search(r" is (\w+), not ", row.message)
    if wrong_type:
        assert wrong_type[1] == type_name(error.value)


def test_the_catalogue_names_each_row_once() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS)


def test_each_row_is_named_after_its_noun() -> None:
    assert [row.id for row in ROWS if ": " not in row.id] == []


def test_the_catalogue_only_grows() -> None:
    assert len(ROWS) >= SMALLEST_SIZE


def test_every_message_is_lower_case_and_says_what_is_wrong() -> None:
    """Lower-case messages that name the id."""
    for row in ROWS:
        start = row.message.split(" ", 1)[0]
        assert start == start.lower() or start in TYPE_NAMES, row.message
        assert not row.message.endswith("."), row.message


def test_an_error_survives_pickle_with_its_evidence() -> None:
    row = next(row for row in ROWS if row.id == "money: finer than its currency")
    with pytest.raises(row.kind) as caught:
        row.call()
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.field, again.value, again.hint) == (row.message, row.field, "12.345", "pass rounding=")
