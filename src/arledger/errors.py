"""What can go wrong, and how arledger says so.

A caller who made a mistake needs four things: what kind of mistake it is (to catch it), which value and which field
(to find it), and what would be right (to mend it). So every error here is an ``ArledgerError`` that carries ``field``,
``value`` and ``hint``, and is also the built-in error that a Python programmer would expect for it. Messages are in
lower case, name the id of the fact they speak of, and end in the hint:

>>> from arledger import Money
>>> Money("12.345", "CAD")
Traceback (most recent call last):
    ...
arledger.errors.InvalidValue: amount 12.345 has 3 decimals, CAD allows 2; pass rounding=

Business outcomes (money left over, a charge that stays open) are no errors: they are fields of a result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


class ArledgerError(Exception):
    """The base of every error that arledger raises.

    ``field`` is the name of the argument or column that is wrong, ``value`` what was given, ``hint`` what would be
    right (empty where the message says it all). The text of the error is the problem and the hint, after a semicolon.
    """

    def __init__(self, problem: str, *, field: str = "", value: Any = None, hint: str = "") -> None:
        super().__init__(f"{problem}; {hint}" if hint else problem)
        self.field = field
        self.value = value
        self.hint = hint


class InvalidValue(ArledgerError, ValueError):
    """A value of the right type that cannot be: an empty id, a negative amount, a period that ends before it starts."""


class InvalidType(ArledgerError, TypeError):
    """A value of a type that is refused: a float for money, a bool for an int, a datetime for a date."""


class UnknownName(ArledgerError, LookupError):
    """A name that stands for nothing: an unknown currency, order, category or charge."""


class CurrencyMismatch(ArledgerError, ValueError):
    """Two currencies where one is needed."""


class Conflict(ArledgerError, ValueError):
    """Facts that contradict each other: an id twice, applications above the amount of their charge."""


class OrderError(ArledgerError, ValueError):
    """An order of application proposed what is not allowed, or could not rank what it was given."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The hint for a misspelled name: its nearest neighbour, or else all that is known.

    >>> did_you_mean("rent-lst", ["rent-last", "rent-first", "evenly"])
    'did you mean rent-last?'
    >>> did_you_mean("zzz", ["rent-last", "evenly"])
    'known are evenly, rent-last'
    """
    from difflib import get_close_matches  # only a mistake needs it

    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(names)}"
