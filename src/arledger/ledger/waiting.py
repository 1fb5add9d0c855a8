"""The queue of money that is left: credits before payments, and when each was last asked.

The decision: money is asked again only if something became payable since, so the queue keeps for each source the number
of changes there had been when it was asked.
"""

from __future__ import annotations

from bisect import insort

import attrs

from arledger.ledger.events import PLACE_BITS, PLACE_MASK


@attrs.define(eq=False)
class Waiting:
    """Sources with money left, in the order of a sweep: each a number that sorts by kind, and then by place."""

    codes: list[int] = attrs.field(factory=list)
    inside: set[int] = attrs.field(factory=set)
    asked: dict[int, int] = attrs.field(factory=dict)

    def add(self, source: int, kind: int) -> None:
        """Have a source wait; its kind is 0 for credits and 1 for payments."""
        if source not in self.inside:
            self.inside.add(source)
            insort(self.codes, kind << PLACE_BITS | source)

    def at(self, turn: int) -> int | None:
        """The source whose turn it is; None after the last."""
        return self.codes[turn] & PLACE_MASK if turn < len(self.codes) else None

    def drop_empty(self, turns: int, left: list[int]) -> None:
        """Forget those of the first so many that have nothing left."""
        kept = []
        for code in self.codes[:turns]:
            if left[code & PLACE_MASK] > 0:
                kept.append(code)
            else:
                self.inside.discard(code & PLACE_MASK)
        self.codes[:turns] = kept
