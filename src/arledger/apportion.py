"""Splits of a whole number of units in which no unit is lost.

The problem: 8.00 over three people is no 2.67 each. The cases: shares that should be fair to each other, in proportion
to weights; equal shares, perhaps each with a ceiling; parts that follow each other in time, where what was given so far
should always be the rounded exact amount. The decision: three splits on ints, each conserving the total to the unit,
each exact in between (no float, no Decimal), and one function a split that takes Money.

- ``by_weight``: largest remainder. Each part is its exact quota rounded down or up; the odd units go to the largest
  remainders, ties to the earlier. Fair across charges and payers.
- ``evenly``: parts that differ by one unit at most, the odd units to the earlier; with ceilings, what a full part
  cannot take goes to the others.
- ``cumulatively``: each prefix of the parts is the rounded exact prefix. Fair over time: instalments never run ahead
  of what is owed by more than half a unit.

Source: ours; the methods of Hamilton (largest remainder) and of cumulative rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from math import lcm

from arledger.checks import check_instance, check_int, shown, type_name
from arledger.errors import InvalidType, InvalidValue
from arledger.money import Money, money_of
from arledger.rounding import HALF_UP

Weight = int | Fraction

_MOST_PARTS = 1_000_000  # more is an amount passed by mistake, and would fill the memory


def split_by_weight(money: Money, weights: Sequence[Weight]) -> tuple[Money, ...]:
    """Parts in proportion to ``weights`` (ints or Fractions, none negative, not all zero), by largest remainder.

    >>> split_by_weight(Money("0.05", "CAD"), [70, 30])
    (Money('0.04', 'CAD'), Money('0.01', 'CAD'))
    """
    return _wrapped(money, by_weight(_minor(money), _integers(weights)))


def split_evenly(money: Money, parts: int) -> tuple[Money, ...]:
    """So many parts that differ by one minor unit at most, the larger ones first.

    >>> [str(part) for part in split_evenly(Money("8.00", "CAD"), 3)]
    ['2.67 CAD', '2.67 CAD', '2.66 CAD']
    """
    check_int(parts, "split", "parts")
    if not 1 <= parts <= _MOST_PARTS:
        hint = "pass at least 1" if parts < 1 else f"pass at most {_MOST_PARTS}"
        raise InvalidValue(f"split: parts is {shown(parts)}", field="parts", value=parts, hint=hint)
    return _wrapped(money, by_weight(_minor(money), [1] * parts))


def split_cumulatively(money: Money, weights: Sequence[Weight]) -> tuple[Money, ...]:
    """Parts in proportion to ``weights`` so that every prefix is the exact prefix rounded half up.

    >>> [part.minor for part in split_cumulatively(Money("0.10", "CAD"), [1, 1, 1, 1])]
    [3, 2, 3, 2]
    """
    return _wrapped(money, cumulatively(_minor(money), _integers(weights)))


def by_weight(units: int, weights: Sequence[int]) -> list[int]:
    """The kernel of ``split_by_weight``: ints that sum to ``units``. Negative units mirror positive ones.

    >>> by_weight(100, [1, 1, 1])
    [34, 33, 33]
    """
    whole = sum(weights)
    magnitude = abs(units)
    parts = [magnitude * weight // whole for weight in weights]
    odd = magnitude - sum(parts)
    if odd:
        neediest = sorted(range(len(weights)), key=lambda i: -(magnitude * weights[i] % whole))
        for i in neediest[:odd]:
            parts[i] += 1
    return parts if units >= 0 else [-part for part in parts]


def evenly(units: int, ceilings: Sequence[int]) -> list[int]:
    """Equal parts of ``units``, none above its ceiling; what a full part cannot take goes to the others.

    The outcome of giving one unit at a time, round after round, to each part that is not full. ``units`` is at most
    the sum of the ceilings.

    >>> evenly(10, [2, 9, 9])
    [2, 4, 4]
    """
    parts = [0] * len(ceilings)
    rising = sorted(range(len(ceilings)), key=ceilings.__getitem__)
    left = units
    for count, i in enumerate(rising):
        share = left // (len(rising) - count)
        if ceilings[i] > share:
            open_parts = sorted(rising[count:])
            odd = left - share * len(open_parts)
            for position, j in enumerate(open_parts):
                parts[j] = share + (position < odd)
            return parts
        parts[i] = ceilings[i]
        left -= ceilings[i]
    return parts


def cumulatively(units: int, weights: Sequence[int]) -> list[int]:
    """The kernel of ``split_cumulatively``: differences of rounded exact prefixes.

    >>> cumulatively(7, [1, 1, 2])
    [2, 2, 3]
    """
    whole = sum(weights)
    prefixes = [HALF_UP(units * weight, whole) for weight in accumulate(weights)]
    return [after - before for before, after in zip([0, *prefixes], prefixes, strict=False)]


def _minor(money: Money) -> int:
    check_instance(money, Money, "split", "money")
    return money.minor


def _wrapped(money: Money, parts: list[int]) -> tuple[Money, ...]:
    return tuple(money_of(part, money.currency) for part in parts)


def _integers(weights: Sequence[Weight]) -> list[int]:
    """Weights as ints in the same proportion; refused are floats, negative ones, and none above zero."""
    if not isinstance(weights, Sequence):
        raise InvalidType(
            f"split: weights is {type_name(weights)}, not a list of weights",
            field="weights",
            value=weights,
            hint="pass a list of ints or Fractions",
        )
    for position, weight in enumerate(weights):
        if type(weight) is not int and not isinstance(weight, Fraction):
            raise InvalidType(
                f"split: weight {position} is {type_name(weight)}, not int or Fraction",
                field="weights",
                value=weight,
                hint="pass ints or Fractions",
            )
        if weight < 0:
            raise InvalidValue(
                f"split: weight {position} is {shown(weight)}",
                field="weights",
                value=weight,
                hint="pass none below 0",
            )
    if not any(weights):
        raise InvalidValue(
            "split: no weight is above 0", field="weights", value=tuple(weights), hint="pass at least one above 0"
        )
    scale = lcm(*(Fraction(weight).denominator for weight in weights))
    return [int(weight * scale) for weight in weights]
