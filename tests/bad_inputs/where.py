"""Bad selectors."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from arledger import ArledgerError, Category, Context, Incoming, InvalidType, InvalidValue, OrderError, where
from bad_inputs.common import DAY, MOMENT, NO_DATE, NO_MOMENT, NO_VALID_TEXT, SURROGATE, TOO_LONG, BadInput, charge

untyped: Any = where
EMPTY = "pass a non-empty str"
TEXT = "pass it as text"
SOME = "nothing to select; pass at least one"
CATEGORY = "pass a Category, such as Category.RENT"
COMPOSE = "compose selectors with & | ~"
WRAP = "wrap a function in where.matching(...)"
ONE = "pass one such as where.rent"
FUNCTION = "pass a function of a charge"


def _row(what: str, call: Callable[[], object], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return BadInput(f"where: {what}", call, kind, field, message)


def _is_late(found: object) -> bool:
    return True


def _reads_rate(found: Any) -> bool:
    return bool(found.rate)


def _fails(error: Exception) -> Callable[[object], bool]:
    def function(found: object) -> bool:
        raise error

    return function


def _asked(function: Callable[[Any], bool]) -> object:
    """Charge R-03 asked whether a function selects it."""
    context = Context(Incoming(id="P-17", kind="payment", minor=1, currency="CAD", date=DAY), {})
    return where.matching(function).selects(charge(), context)


def _texts(name: str) -> list[BadInput]:
    make: Callable[..., object] = getattr(where, name)
    subject = f"where.{name}: {name}"
    return [
        _row(f"no {name}", make, InvalidValue, name, f"where.{name}: {SOME}"),
        _row(
            f"an int for {name}", lambda: make("a", 17), InvalidType, name, f"{subject} is int, not str; pass str(17)"
        ),
        _row(f"None for {name}", lambda: make(None), InvalidType, name, f"{subject} is None, not str; {TEXT}"),
        _row(f"a list for {name}", lambda: make(["a", "b"]), InvalidType, name, f"{subject} is list, not str; {TEXT}"),
        _row(f"an empty {name}", lambda: make("a", ""), InvalidValue, name, f"{subject} is empty; {EMPTY}"),
        _row(f"no text for {name}", lambda: make(SURROGATE), InvalidValue, name, f"{subject} {NO_VALID_TEXT}"),
    ]


def _truth(what: str, call: Callable[[], object], text: str) -> BadInput:
    return _row(what, call, InvalidType, "selector", f"{text} is neither true nor false; {COMPOSE}")


def _operand(what: str, call: Callable[[], object], name: str, hint: str = ONE) -> BadInput:
    return _row(what, call, InvalidType, "selector", f"{name} is no selector; {hint}")


ROWS = [
    *(row for name in ("code", "invoice", "payer", "charge", "tagged") for row in _texts(name)),
    _row("no category", untyped.category, InvalidValue, "category", f"where.category: {SOME}"),
    _row(
        "a category by name",
        lambda: untyped.category("rent"),
        InvalidType,
        "category",
        f"where.category: category is str, not Category; {CATEGORY}",
    ),
    _row(
        "a list of categories",
        lambda: untyped.category([Category.RENT]),
        InvalidType,
        "category",
        f"where.category: category is list, not Category; {CATEGORY}",
    ),
    _row(
        "None among categories",
        lambda: untyped.category(Category.RENT, None),
        InvalidType,
        "category",
        f"where.category: category is None, not Category; {CATEGORY}",
    ),
    _row(
        "due by a moment",
        lambda: where.due_by(MOMENT),
        InvalidType,
        "day",
        f"where.due_by: day is datetime, not date; {NO_MOMENT}",
    ),
    _row(
        "due by text",
        lambda: untyped.due_by("2026-03-01"),
        InvalidType,
        "day",
        f"where.due_by: day is str, not date; {NO_DATE}",
    ),
    _row(
        "due by nothing",
        lambda: untyped.due_by(None),
        InvalidType,
        "day",
        f"where.due_by: day is None, not date; {NO_DATE}",
    ),
    _row(
        "matching nothing",
        lambda: untyped.matching(None),
        InvalidType,
        "function",
        f"where.matching: function is None, not callable; {FUNCTION}",
    ),
    _row(
        "matching text",
        lambda: untyped.matching("rent"),
        InvalidType,
        "function",
        f"where.matching: function is str, not callable; {FUNCTION}",
    ),
    _row(
        "matching a selector",
        lambda: untyped.matching(where.rent),
        InvalidType,
        "function",
        f"where.matching: function is _Described, not callable; {FUNCTION}",
    ),
    _row(
        "a function that fails",
        lambda: _asked(_fails(KeyError("rate"))),
        OrderError,
        "selector",
        "selector where.matching(_fails.<locals>.function): failed on charge R-03 with KeyError: 'rate'",
    ),
    _row(
        "a function that reads what is not there",
        lambda: _asked(_reads_rate),
        OrderError,
        "selector",
        "selector where.matching(_reads_rate): failed on charge R-03 with AttributeError: "
        "'Charge' object has no attribute 'rate'",
    ),
    _row(
        "a function that fails with a number too long to print",
        lambda: _asked(_fails(ValueError(TOO_LONG))),
        OrderError,
        "selector",
        "selector where.matching(_fails.<locals>.function): failed on charge R-03 with ValueError: "
        "<ValueError too long to print>",
    ),
    _row(
        "a function that refuses in our words",
        lambda: _asked(_fails(InvalidValue("it is wrong", field="rate", value=1))),
        InvalidValue,
        "rate",
        "it is wrong",
    ),
    _truth("composed with and", lambda: untyped.rent and where.past_due, "where.rent"),
    _truth("composed with or", lambda: untyped.past_due or where.rent, "where.past_due"),
    _truth("negated with not", lambda: not untyped.due_by(DAY), "where.due_by(datetime.date(2026, 3, 1))"),
    _truth("asked by if", lambda: 1 if ~untyped.rent else 2, "~where.rent"),
    _truth("a composition asked by if", lambda: bool(where.rent & where.is_due), "where.rent & where.is_due"),
    _operand("and a function", lambda: operator.and_(where.rent, _is_late), "function", WRAP),
    _operand("or a lambda", lambda: operator.or_(where.rent, lambda found: True), "function", WRAP),
    _operand("a lambda and", lambda: operator.and_(lambda found: True, where.rent), "function", WRAP),
    _operand("a selector that was not called", lambda: operator.and_(where.rent, where.code), "function", WRAP),
    _operand("and a bool", lambda: operator.and_(where.rent, True), "bool"),
    _operand("a bool or", lambda: operator.or_(True, where.rent), "bool"),
    _operand("and text", lambda: operator.and_(where.rent, "R-03"), "str"),
    _operand("or None", lambda: operator.or_(where.rent, None), "None"),
    _operand("None or", lambda: operator.or_(None, where.rent), "None"),
    _operand("or a category", lambda: operator.or_(where.rent, Category.FEE), "Category"),
    _operand("and a charge", lambda: operator.and_(~where.rent, charge()), "Charge"),
    _operand("a composition and a number", lambda: operator.and_(where.rent & where.is_due, 5), "int"),
    _operand("a set and", lambda: operator.and_({1}, where.rent), "set"),
]
