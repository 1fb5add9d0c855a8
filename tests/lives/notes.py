"""What the simulator knows of what it recorded, in dates and ints: what arledger says is held against it.

It shares no code with arledger. Everything is asked as of a day, and as far as it was known on a day.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import attrs


class Mark(NamedTuple):
    """Something that counts from a day, and is in the books from another."""

    on: date
    posted: date

    def holds(self, as_of: date, known: date) -> bool:
        """Whether it counts, and is known of."""
        return self.on <= as_of and self.posted <= known


class Move(NamedTuple):
    """Money of a source that went back (below zero), came again, or was sent away (below zero too)."""

    mark: Mark
    minor: int
    is_sent: bool


@attrs.define(eq=False)
class Owed:
    """A charge."""

    id: str
    minor: int
    posted: date
    payer: str | None
    category: str
    code: str | None
    about: str | None
    """The charge that it taxes, or the one (or the return) that it is a fee for."""
    reversed: Mark | None = None

    @property
    def is_deposit(self) -> bool:
        """Whether it is held for the payer."""
        return self.category == "deposit"

    @property
    def is_late_fee(self) -> bool:
        """Whether it is charged for being late."""
        return self.category == "late_fee"

    @property
    def tax_of(self) -> str | None:
        """The charge that it taxes."""
        return self.about if self.category == "tax" else None

    def is_there(self, as_of: date, known: date) -> bool:
        """Whether it exists."""
        return self.posted <= min(as_of, known)

    def is_reversed(self, as_of: date, known: date) -> bool:
        """Whether it was taken back."""
        return self.reversed is not None and self.reversed.holds(as_of, known)


@attrs.define(eq=False)
class Source:
    """A payment or a credit."""

    id: str
    minor: int
    day: date
    posted: date
    is_credit: bool = False
    is_write_off: bool = False
    in_trust: bool = False
    method: str = ""
    payer: str | None = None
    targets: tuple[str, ...] = ()
    state: str = "settled"
    """Where it is by the latest entry: scheduled, pending, settled, contested, or over."""
    came: Mark | None = None
    """When its money first counted, be it provisional."""
    settled: Mark | None = None
    moves: list[Move] = attrs.field(factory=list)
    changed: date = date.min
    """No further entry about it may be of an earlier day."""
    booked: date = date.min
    """Nor be posted before this one."""

    @property
    def left(self) -> int:
        """What neither went back nor was sent, by the latest entry."""
        return self.minor + sum(move.minor for move in self.moves)

    @property
    def sent(self) -> int:
        """What was refunded or transferred."""
        return -sum(move.minor for move in self.moves if move.is_sent)

    def is_there(self, as_of: date, known: date) -> bool:
        """Whether its money counts, be it provisional."""
        return self.came is not None and self.came.holds(as_of, known) and self.posted <= known

    def is_pending(self, as_of: date, known: date) -> bool:
        """Whether it is under way, and some of it did not come back yet."""
        is_settled = self.settled is not None and self.settled.holds(as_of, known)
        return self.is_there(as_of, known) and not is_settled and self.net(as_of, known) > 0

    def net(self, as_of: date, known: date) -> int:
        """What is there at all."""
        return self.minor + self.moved(as_of, known)

    def moved(self, as_of: date, known: date, *, is_sent: bool | None = None) -> int:
        """What moved, all or only what was sent, or only what was not."""
        moves = [move for move in self.moves if move.mark.holds(as_of, known)]
        return sum(move.minor for move in moves if is_sent is None or move.is_sent is is_sent)
