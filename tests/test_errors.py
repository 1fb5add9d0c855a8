"""The kinds of error: what each is, what it carries, and that every one says so."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest

import arledger
from arledger import (
    ArledgerError,
    Conflict,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    OrderError,
    UnknownName,
)
from arledger.checks import (
    check_date,
    check_id,
    check_instance,
    check_int,
    check_range,
    check_text,
    shown,
    text_of,
    type_name,
)
from arledger.errors import did_you_mean

BUILTINS = {
    InvalidValue: ValueError,
    InvalidType: TypeError,
    UnknownName: LookupError,
    CurrencyMismatch: ValueError,
    Conflict: ValueError,
    OrderError: ValueError,
}


def test_every_kind_is_also_a_builtin() -> None:
    """Each kind is also a ValueError, TypeError or LookupError."""
    kinds = {
        kind
        for kind in vars(arledger).values()
        if isinstance(kind, type) and issubclass(kind, ArledgerError) and kind is not ArledgerError
    }
    assert kinds >= set(BUILTINS)
    for kind in kinds:
        assert issubclass(kind, (ValueError, TypeError, LookupError)), kind
        assert kind.__doc__
    for kind, builtin in BUILTINS.items():
        assert kind.__bases__ == (ArledgerError, builtin)


@pytest.mark.parametrize("kind", [ArledgerError, *BUILTINS])
def test_an_error_carries_its_evidence(kind: type[ArledgerError]) -> None:
    """Carries `field`, `value` and a `hint`."""
    error = kind("charge R-03: amount is wrong", field="amount", value=3, hint="pass Money")
    assert str(error) == "charge R-03: amount is wrong; pass Money"
    assert (error.field, error.value, error.hint) == ("amount", 3, "pass Money")
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(again) is kind
        assert str(again) == str(error)
        assert (again.field, again.value, again.hint) == ("amount", 3, "pass Money")


def test_an_error_may_have_nothing_to_add() -> None:
    error = ArledgerError("it is wrong")
    assert str(error) == "it is wrong"
    assert (error.field, error.value, error.hint) == ("", None, "")


@pytest.mark.parametrize(
    ("name", "known", "hint"),
    [
        ("rent-lst", ["rent-last", "rent-first", "evenly"], "did you mean rent-last?"),
        ("zzz", ["rent-last", "evenly"], "known are evenly, rent-last"),
        ("zzz", [], "known are "),
        ("evenly", ("evenly",), "did you mean evenly?"),
    ],
)
def test_did_you_mean(name: str, known: Sequence[str], hint: str) -> None:
    assert did_you_mean(name, known) == hint


@pytest.mark.parametrize(("value", "name"), [(None, "None"), (1, "int"), (True, "bool"), ("", "str"), ([], "list")])
def test_type_names(value: object, name: str) -> None:
    assert type_name(value) == name


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "'a'"),
        ("x" * 78, "'" + "x" * 78 + "'"),
        ("x" * 79, "'" + "x" * 59 + "... (81 characters)"),
        (10**79, "1" + "0" * 79),
        (10**80, "1" + "0" * 59 + "... (81 characters)"),
        pytest.param(10**9999, "<int too long to print>", id="an int too long to print"),
        ("\ud800", r"'\ud800'"),
    ],
)
def test_values_are_shown_short_and_always(value: object, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        ("x" * 99, "x" * 99),
        (10**80, "1" + "0" * 80),
        (ValueError("no"), "no"),
        pytest.param(10**9999, "<int too long to print>", id="an int too long to print"),
    ],
)
def test_text_is_cut_nowhere(value: object, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize("good", ["R-03", "10", "ä", "a b", "日本", "\N{GRINNING FACE}", "a\nb"])
def test_good_ids(good: str) -> None:
    check_id(good, "charge")
    check_text(good, "charge: id", "id")


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ("", "charge: id is empty; pass a non-empty str"),
        (" \n", "charge: id is empty; pass a non-empty str"),
        (" a", "charge: id ' a' has blanks around it; pass it without them"),
        ("a\n", r"charge: id 'a\n' has blanks around it; pass it without them"),
        (
            "a\udcff",
            r"charge: id 'a\udcff' is no valid text; decode it from its bytes without surrogateescape",
        ),
    ],
)
def test_bad_ids(bad: str, problem: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        check_id(bad, "charge")
    assert str(caught.value) == problem
    assert (caught.value.field, caught.value.value) == ("id", bad)


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (None, "charge: payer is None, not str; pass it as text"),
        (True, "charge: payer is bool, not str; pass it as text"),
        (1.5, "charge: payer is float, not str; pass it as text"),
        (b"a", "charge: payer is bytes, not str; pass it as text"),
        (["a"], "charge: payer is list, not str; pass it as text"),
        (7, "charge: payer is int, not str; pass str(7)"),
        (10**40 - 1, f"charge: payer is int, not str; pass str({'9' * 40})"),
        (10**40, "charge: payer is int, not str; pass it as text"),
        (-(10**40), "charge: payer is int, not str; pass it as text"),
        pytest.param(10**9999, "charge: payer is int, not str; pass it as text", id="an int too long to print"),
        (
            UUID(int=7),
            "charge: payer is UUID, not str; pass str(UUID('00000000-0000-0000-0000-000000000007'))",
        ),
    ],
)
def test_ids_of_other_types(bad: object, problem: str) -> None:
    with pytest.raises(InvalidType) as caught:
        check_id(bad, "charge", "payer")
    assert str(caught.value) == problem
    assert (caught.value.field, caught.value.value) == ("payer", bad)


def test_checks_that_pass_say_nothing() -> None:
    check_int(3, "charge", "sequence")
    check_instance("a", str, "charge", "code")
    check_range(10**40 - 1, "charge", "sequence")
    check_range(Fraction(1, 10**40), "charge", "attributes")
    check_date(date(2026, 1, 1), "charge", "due")


def test_an_instance_check_names_what_it_wants() -> None:
    with pytest.raises(InvalidType) as caught:
        check_instance(3, str, "charge R-1", "code")
    assert str(caught.value) == "charge R-1: code is int, not str; pass a str"
    with pytest.raises(InvalidType) as hinted:
        check_instance(3, str, "charge R-1", "code", "pass its text")
    assert str(hinted.value) == "charge R-1: code is int, not str; pass its text"
