"""How what several payers want of the same items becomes whole amounts of each: the kernel of a run.

The problem: the wants of all payers together may come to more than is payable, exact shares have odd cents, and each
cent must be of an item that its payer agreed to pay, none of it twice. The cases: items that the same payers share in
the same parts are one division, whose sum is all that matters (who paid what of them by hand is the payers' affair);
items of other shares are divisions of their own. The decision: exact amounts are lowered to what is payable first,
division by division; then they are rounded once, all together; then whole amounts are placed on the items, each payer's
own part first.

Everything here is about minor units: ints, and Fractions where amounts are exact. Payers are numbered in their order.

Source: rules R14, R15 and R19.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

from arledger.rounding import HALF_UP

Exact = list[Fraction]
N = TypeVar("N", int, Fraction)


def lowered_to(amounts: Sequence[Fraction], ceiling: int, paid: Sequence[Fraction | int]) -> tuple[Exact, Exact]:
    """Amounts that come to a ceiling at most: first less what each paid, by the excess at most; then in proportion.

    Also what is left of what each paid, which may lower it elsewhere.

    >>> [int(amount) for amount in lowered_to([Fraction(500), Fraction(500)], 500, [500, 0])[0]]
    [0, 500]
    >>> [int(amount) for amount in lowered_to([Fraction(600), Fraction(400)], 800, [0, 0])[0]]
    [480, 320]
    """
    excess = sum(amounts) - ceiling
    left = [Fraction(minor) for minor in paid]
    if excess <= 0:
        return list(amounts), left
    off = [min(amount, own) for amount, own in zip(amounts, left, strict=True)]
    if sum(off) > excess:
        off = [one * excess / sum(off) for one in off]
    lowered = [amount - one for amount, one in zip(amounts, off, strict=True)]
    rest = sum(lowered)
    if rest > ceiling:
        lowered = [amount * ceiling / rest for amount in lowered]
    return lowered, [own - one for own, one in zip(left, off, strict=True)]


def lowered_beside(
    amounts: Sequence[Fraction],
    ceiling: int,
    paid: Sequence[Fraction | int],
    *,
    pulled: Sequence[int],
    pulled_in_all: int,
) -> tuple[Exact, Exact]:
    """As ``lowered_to``, where a run is repeated: what each was asked for at first, less what was pulled of it since.

    ``amounts`` are what is wanted as though nothing had been pulled, the ceiling what there is by now.

    >>> first, _ = lowered_beside([Fraction(600), Fraction(400)], 400, [0, 0], pulled=[600, 0], pulled_in_all=600)
    >>> [int(amount) for amount in first]
    [0, 400]
    """
    at_first, left = lowered_to(amounts, max(0, ceiling + pulled_in_all), paid)
    since = [max(Fraction(0), amount - own) for amount, own in zip(at_first, pulled, strict=True)]
    return lowered_to(since, max(0, ceiling), [0] * len(since))[0], left


def rounded_divisions(divisions: Sequence[Sequence[Fraction]]) -> list[list[int]]:
    """Whole amounts of each payer in each division; all together, they are the exact sum rounded half up.

    In a division, the odd units go to the largest remainders, ties to the earlier payer.

    >>> rounded_divisions([[Fraction(100000, 3)] * 3])
    [[33334, 33333, 33333]]
    """
    found, before = [], Fraction(0)
    for amounts in divisions:
        after = before + sum(amounts)
        units = _half_up(after) - _half_up(before)
        found.append(_rounded(amounts, units))
        before = after
    return found


def _half_up(exact: Fraction) -> int:
    return HALF_UP(exact.numerator, exact.denominator)


def _rounded(amounts: Sequence[Fraction], units: int) -> list[int]:
    """Amounts rounded down, and the odd units to the largest remainders."""
    parts = [int(amount) for amount in amounts]
    neediest = sorted(range(len(parts)), key=lambda place: parts[place] - amounts[place])
    for place in neediest[: units - sum(parts)]:
        parts[place] += 1
    return parts


def spread(
    totals: Sequence[Fraction], wants: Sequence[Sequence[Fraction]], payable: Sequence[int]
) -> list[list[Fraction]]:
    """Which payer pays how much of which item of a division, exactly: a row for each item.

    ``wants`` has a row for each item too. Each payer's total goes to what it wants of the items, from the first on, and
    what finds no room there goes to what is left of any. The totals are at most what is payable.
    """
    return _laid(totals, [lowered_to(row, most, [0] * len(row))[0] for row, most in _each(wants, payable)], payable)


def placed(totals: Sequence[int], wants: Sequence[Sequence[Fraction]], payable: Sequence[int]) -> list[list[int]]:
    """As ``spread``, in whole units.

    >>> placed([60, 40], [[Fraction(30), Fraction(20)], [Fraction(30), Fraction(20)]], [50, 50])
    [[30, 20], [30, 20]]
    >>> placed([0, 50], [[Fraction(25), Fraction(25)], [Fraction(25), Fraction(25)]], [0, 50])
    [[0, 0], [0, 50]]
    """
    fitting = [lowered_to(row, most, [0] * len(row))[0] for row, most in _each(wants, payable)]
    return _laid(totals, [_rounded(row, _half_up(sum(row, Fraction(0)))) for row in fitting], payable)


def _each(wants: Sequence[Sequence[Fraction]], payable: Sequence[int]) -> Iterator[tuple[Sequence[Fraction], int]]:
    return zip(wants, payable, strict=True)


def _laid(totals: Sequence[N], own: Sequence[Sequence[N]], payable: Sequence[int]) -> list[list[N]]:
    """Totals on items: each payer's own part of each first, then what is left of any."""
    left = list(totals)
    found, room = [], []
    for row, most in zip(own, payable, strict=True):
        parts = [min(part, total) for part, total in zip(row, left, strict=True)]
        left = [total - part for total, part in zip(left, parts, strict=True)]
        found.append(parts)
        room.append(most - sum(parts))
    for item, parts in enumerate(found):
        for payer, total in enumerate(left):
            more = min(total, room[item])
            parts[payer] += more
            room[item] -= more
            left[payer] -= more
    return found


def by_shares(units: int, shares: Sequence[Fraction]) -> list[int]:
    """The whole amounts of shares that may leave something to nobody; odd units as in ``rounded_divisions``.

    >>> by_shares(100000, [Fraction(1, 3), Fraction(1, 3)])
    [33334, 33333]
    """
    amounts = [units * share for share in shares]
    return _rounded(amounts, _half_up(sum(amounts, Fraction(0))))


def cut_from_the_last(parts: Sequence[int], most: int) -> list[int]:
    """Parts that come to at most so much: cut from the last one up.

    >>> cut_from_the_last([600, 60, 20], 620)
    [600, 20, 0]
    """
    left, found = most, []
    for part in parts:
        found.append(min(part, left))
        left -= found[-1]
    return found
