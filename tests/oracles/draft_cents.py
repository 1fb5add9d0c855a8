"""How the oracle of autopay drafts counts: single cents are given to whoever lacks most, and exact wants brought down.

Source: rules R14 and R15, as written.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from oracles.draft_items import NOTHING

HALF = Fraction(1, 2)


def hand_out(exact: Sequence[Fraction], cents: int) -> list[int]:
    """So many cents, one at a time: each to whoever lacks most, ties to the first."""
    found = [0] * len(exact)
    for _ in range(cents):
        lacks = [amount - got for amount, got in zip(exact, found, strict=True)]
        found[lacks.index(max(lacks))] += 1
    return found


def whole(exact: Fraction) -> int:
    """The cents of an exact amount, counted: half a cent is one."""
    cents = 0
    while cents + HALF <= exact:
        cents += 1
    return cents


def brought_down(wants: list[Fraction], most: int, paid: list[Fraction]) -> list[Fraction]:
    """Wants of at most so much; what each has paid comes off first. What was used of it is taken out of ``paid``."""
    over = sum(wants, NOTHING) - most
    if over <= 0:
        return wants
    used = [min(want, own) for want, own in zip(wants, paid, strict=True)]
    together = sum(used, NOTHING)
    for place, own in enumerate(used):
        if together > over:
            used[place] = own / together * over
        paid[place] -= used[place]
    left = [want - own for want, own in zip(wants, used, strict=True)]
    still = sum(left, NOTHING)
    return [want / still * most for want in left] if still > most else left


def off_the_end(wants: dict[str, Fraction], off: Fraction) -> Fraction:
    """Take so much from the last item up; what was left to take."""
    for name in reversed(wants):
        gone = min(off, wants[name])
        wants[name] -= gone
        off -= gone
    return off
