"""How an exact ratio becomes a whole number of minor units.

The problem: a third of a dollar is no number of cents, and who rounds how is a matter of contract. The decision: exact
ratios inside, rounded once, by a value that the caller names. A rounding is any function of a numerator and a
denominator; ours mirror negative amounts, so that a credit rounds as the charge that it undoes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import attrs

from arledger.checks import shown, type_name
from arledger.errors import InvalidType, InvalidValue


class Rounding(Protocol):
    """How an exact ratio becomes a whole number of minor units: any ``(numerator, denominator) -> int``.

    The denominator is above 0. ``HALF_UP``, ``HALF_EVEN``, ``UP``, ``DOWN`` and ``CashStep`` are ours.
    """

    def __call__(self, numerator: int, denominator: int, /) -> int:
        """The ratio as a whole number."""
        ...


@attrs.frozen(repr=False)
class RoundingMode:
    """A named rounding to the nearest whole unit, or away from or towards zero. Negative amounts mirror positive ones.

    Called with a numerator and a denominator above 0, ints both.

    >>> [HALF_UP(5, 2), HALF_EVEN(5, 2), UP(21, 10), DOWN(29, 10), HALF_UP(-5, 2)]
    [3, 2, 3, 2, -3]
    """

    name: str
    _magnitude: Callable[[int, int], int]

    def __call__(self, numerator: int, denominator: int, /) -> int:
        """The ratio as a whole number."""
        if type(numerator) is not int or type(denominator) is not int or denominator <= 0:
            raise _no_ratio(numerator, denominator)
        magnitude = self._magnitude(abs(numerator), denominator)
        return -magnitude if numerator < 0 else magnitude

    def __repr__(self) -> str:
        return self.name


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def _half_even(numerator: int, denominator: int) -> int:
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2))


def _up(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)


def _down(numerator: int, denominator: int) -> int:
    return numerator // denominator


HALF_UP = RoundingMode("HALF_UP", _half_up)
HALF_EVEN = RoundingMode("HALF_EVEN", _half_even)
UP = RoundingMode("UP", _up)
DOWN = RoundingMode("DOWN", _down)


def check_rounding(rounding: object, field: str) -> None:
    """Refuse what is no rounding."""
    if not callable(rounding):
        raise InvalidType(
            f"{field} is {type_name(rounding)}, not a rounding",
            field=field,
            value=rounding,
            hint="pass HALF_UP, HALF_EVEN, UP, DOWN or a CashStep",
        )


def _no_ratio(numerator: object, denominator: object) -> InvalidType | InvalidValue:
    for field, value in (("numerator", numerator), ("denominator", denominator)):
        if type(value) is not int:
            return InvalidType(
                f"{field} is {type_name(value)}, not int", field=field, value=value, hint="pass two ints"
            )
    return InvalidValue(
        f"denominator is {shown(denominator)}", field="denominator", value=denominator, hint="pass an int above 0"
    )
