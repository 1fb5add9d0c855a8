"""Bad splits."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from arledger import ArledgerError, InvalidType, InvalidValue, split_by_weight, split_cumulatively, split_evenly
from bad_inputs.common import CENT, RENT, TOO_LONG, BadInput

evenly: Any = split_evenly
SPLITS: dict[str, Callable[[Any, Any], object]] = {
    "by weight": split_by_weight,
    "cumulatively": split_cumulatively,
}
LIST = "pass a list of ints or Fractions"
INTS = "pass ints or Fractions"
NONE_BELOW = "pass none below 0"
SOME_ABOVE = "split: no weight is above 0; pass at least one above 0"


def _parts(what: str, parts: object, kind: type[ArledgerError], message: str) -> BadInput:
    return BadInput(f"split evenly: {what}", lambda: evenly(RENT, parts), kind, "parts", message)


def _weights(what: str, weights: Callable[[], object], kind: type[ArledgerError], message: str) -> list[BadInput]:
    return [
        BadInput(
            f"split {name}: {what}",
            lambda split=split: split(RENT, weights()),  # type: ignore[misc]
            kind,
            "weights",
            message,
        )
        for name, split in SPLITS.items()
    ]


ROWS = [
    _parts("no parts", 0, InvalidValue, "split: parts is 0; pass at least 1"),
    _parts("parts below 0", -3, InvalidValue, "split: parts is -3; pass at least 1"),
    _parts(
        "parts too long to print", -TOO_LONG, InvalidValue, "split: parts is <int too long to print>; pass at least 1"
    ),
    _parts("more parts than memory holds", 10**30, InvalidValue, f"split: parts is {10**30}; pass at most 1000000"),
    _parts("parts as a float", 3.0, InvalidType, "split: parts is float, not int; pass an int"),
    _parts("parts as text", "3", InvalidType, "split: parts is str, not int; pass an int"),
    _parts("parts as a bool", True, InvalidType, "split: parts is bool, not int; pass an int"),
    _parts("parts as a list", [1, 1, 1], InvalidType, "split: parts is list, not int; pass an int"),
    _parts("parts as None", None, InvalidType, "split: parts is None, not int; pass an int"),
    BadInput(
        "split evenly: of a number",
        lambda: evenly(800, 3),
        InvalidType,
        "money",
        "split: money is int, not Money; pass a Money",
    ),
    *(
        BadInput(
            f"split {name}: of text",
            lambda split=split: split("8.00", [1, 1]),  # type: ignore[misc]
            InvalidType,
            "money",
            "split: money is str, not Money; pass a Money",
        )
        for name, split in SPLITS.items()
    ),
    *_weights("no weights", list, InvalidValue, SOME_ABOVE),
    *_weights("only zero weights", lambda: [0, 0, Fraction(0)], InvalidValue, SOME_ABOVE),
    *_weights("a number for weights", lambda: 3, InvalidType, f"split: weights is int, not a list of weights; {LIST}"),
    *_weights("None for weights", lambda: None, InvalidType, f"split: weights is None, not a list of weights; {LIST}"),
    *_weights("a set of weights", lambda: {1, 2}, InvalidType, f"split: weights is set, not a list of weights; {LIST}"),
    *_weights("a dict", lambda: {"a": 1}, InvalidType, f"split: weights is dict, not a list of weights; {LIST}"),
    *_weights(
        "an iterator", lambda: iter([1]), InvalidType, f"split: weights is list_iterator, not a list of weights; {LIST}"
    ),
    *_weights("text", lambda: "70", InvalidType, f"split: weight 0 is str, not int or Fraction; {INTS}"),
    *_weights(
        "a float weight", lambda: [1, 0.3], InvalidType, f"split: weight 1 is float, not int or Fraction; {INTS}"
    ),
    *_weights("a bool weight", lambda: [True, 1], InvalidType, f"split: weight 0 is bool, not int or Fraction; {INTS}"),
    *_weights("a None weight", lambda: [1, None], InvalidType, f"split: weight 1 is None, not int or Fraction; {INTS}"),
    *_weights("a Money weight", lambda: [CENT], InvalidType, f"split: weight 0 is Money, not int or Fraction; {INTS}"),
    *_weights("a negative weight", lambda: [2, -1], InvalidValue, f"split: weight 1 is -1; {NONE_BELOW}"),
    *_weights(
        "a negative Fraction",
        lambda: [Fraction(-1, 3)],
        InvalidValue,
        f"split: weight 0 is Fraction(-1, 3); {NONE_BELOW}",
    ),
    *_weights(
        "a negative weight too long to print",
        lambda: [1, -TOO_LONG],
        InvalidValue,
        f"split: weight 1 is <int too long to print>; {NONE_BELOW}",
    ),
]
