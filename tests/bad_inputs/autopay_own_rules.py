"""Bad autopay: what amount rules of the user's must not answer."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from arledger import ArledgerError, InvalidValue, OrderError, Percent, PullView, Wanted, pull
from bad_inputs.autopay import agreement
from bad_inputs.autopay_drafts import drafts, row
from bad_inputs.common import CENT, RENT, BadInput

asked: Any = Wanted
"""The value, with fields that no type checker lets through."""
MAPPING = "not a mapping; return exact minor units by the item's id, or Wanted"
EXACT_UNITS = "return ints or Fractions of minor units"
HALF = "return 0 to 45000, its share of what was charged"


def failing(_view: PullView) -> Mapping[str, Fraction]:
    raise ZeroDivisionError("no share of nothing")


def _rule(what: str, answer: Any, message: str, kind: type[ArledgerError] = OrderError) -> BadInput:
    """What a rule of the user's answers."""

    def own(view: PullView, /) -> Any:
        return answer(view) if callable(answer) else answer

    own.__qualname__ = "own"
    given = {"agreements": agreement(rule=own, shares=Percent(50))}
    return row(f"own rule: {what}", drafts, given, kind, "rule", f"agreement AP-1: {message}")


def _composed(what: str, answer: Any, message: str) -> BadInput:
    """What a rule of the user's answers to the rule that is composed of it."""

    def own(view: PullView, /) -> Any:
        return answer

    own.__qualname__ = "own"
    given = {"agreements": agreement(rule=pull.at_least(own, CENT))}
    return row(f"own rule: composed, {what}", drafts, given, OrderError, "rule", message)


ANSWERS: dict[str, tuple[Any, str]] = {
    "answers None": (None, f"own returned None, {MAPPING}"),
    "answers Money": (RENT, f"own returned Money, {MAPPING}"),
    "answers an int": (90000, f"own returned int, {MAPPING}"),
    "answers a list": (["R-03"], f"own returned list, {MAPPING}"),
    "answers pairs": ([("R-03", 5)], f"own returned list, {MAPPING}"),
    "answers items that are no mapping": (asked([("R-03", 5)]), f"own returned list, {MAPPING}"),
    "wants a float": ({"R-03": 45000.0}, f"own wants float of R-03; {EXACT_UNITS}"),
    "wants Money": ({"R-03": CENT}, f"own wants Money of R-03; {EXACT_UNITS}"),
    "wants True": ({"R-03": True}, f"own wants bool of R-03; {EXACT_UNITS}"),
    "wants None": ({"R-03": None}, f"own wants None of R-03; {EXACT_UNITS}"),
    "wants a Decimal": ({"R-03": Decimal(5)}, f"own wants Decimal of R-03; {EXACT_UNITS}"),
    "wants text": ({"R-03": "5"}, f"own wants str of R-03; {EXACT_UNITS}"),
    "wants less than nothing": ({"R-03": -1}, "own wants -1 of R-03; return 0 or more"),
    "wants less than nothing, exactly": ({"R-03": Fraction(-1, 3)}, "own wants -1/3 of R-03; return 0 or more"),
    "wants more than its share": ({"R-03": 45001}, f"own wants 45001 of R-03; {HALF}"),
    "wants a little more than its share": ({"R-03": Fraction(90001, 2)}, f"own wants 90001/2 of R-03; {HALF}"),
    "wants an unknown item": ({"R-04": 5}, "own wants R-04, which it may not pay; return ids of view.items"),
    "wants an item by no id": ({3: 5}, "own wants 3, which it may not pay; return ids of view.items"),
    **{
        f"wants {field} of {shown}": (
            asked(**{field: value}),
            f"own wants {shown} minor units; pass ints of 0 or more",
        )
        for field in ("undesignated_minor", "most_minor", "skips_over_minor")
        for shown, value in {"-1": -1, "True": True, "1.5": 1.5, "'5'": "5", "Money('0.01', 'CAD')": CENT}.items()
    },
    "wants no undesignated_minor": (
        asked(undesignated_minor=None),
        "own wants None for no item in particular; pass an int of 0 or more",
    ),
    "asks of_amounts in an int": (asked(of_amounts=5), "own wants of_amounts as int; pass the items' ids"),
    "asks of_amounts in text": (asked(of_amounts="R-03"), "own wants of_amounts as str; pass the items' ids"),
    "cuts None": (asked(cut=None), "own wants cut as None; pass reasons by the item's id, as text"),
    "cuts a list": (asked(cut=["R-03"]), "own wants cut as ['R-03']; pass reasons by the item's id, as text"),
    "cuts for no text": (
        asked(cut={"R-03": 5}),
        "own wants cut as {'R-03': 5}; pass reasons by the item's id, as text",
    ),
}

ROWS = [
    *(_rule(what, answer, message) for what, (answer, message) in ANSWERS.items()),
    _rule(
        "fails",
        failing,
        "rule failed on the items of 2026-03-01 with ZeroDivisionError: no share of nothing",
        InvalidValue,
    ),
    _rule(
        "reads what is not there",
        lambda view: {item.id: item.open_minor for item in view.items},
        "rule failed on the items of 2026-03-01 with AttributeError: 'PullItem' object has no attribute 'open_minor'",
        InvalidValue,
    ),
    *(
        _composed(what, answer, f"rule: own {problem}")
        for what, answer, problem in (
            ("answers None", None, f"returned None, {MAPPING}"),
            ("answers a list", ["R-03"], f"returned list, {MAPPING}"),
            ("wants text", {"R-03": "5"}, f"wants str of R-03; {EXACT_UNITS}"),
            ("wants less than nothing", {"R-03": -5}, "wants -5 of R-03; return 0 or more"),
            ("wants most_minor of text", asked(most_minor="5"), "wants '5' minor units; pass ints of 0 or more"),
        )
    ),
    _composed(
        "wants an unknown item",
        {"R-04": 5},
        "agreement AP-1: own, at least 0.01 CAD wants R-04, which it may not pay; return ids of view.items",
    ),
]
