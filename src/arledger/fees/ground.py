"""What a fee is worked out from, on one day.

The problem: "5% of what is owed" needs what is owed on a day, "10 a day" needs the days on which something was, and
interest needs both, day after day. The decision: a ``Ground`` has the bases in minor units and the course of what was
owed, cut into stretches in which it stays the same, so that an amount is worked out once a stretch and not once a day.

Source: rules R34 and R38.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cached_property

import attrs

from arledger.errors import InvalidValue


class Base(Enum):
    """What a percentage is taken of; the value is what a sentence calls it."""

    OWED = "what is owed"
    PAST_DUE = "all that is past due"
    CHARGE = "the charge"
    RENT = "the monthly rent"
    FACE = "the payment's face value"
    BANK_COST = "the bank's own cost"


TIMELESS = frozenset({Base.CHARGE, Base.RENT, Base.FACE, Base.BANK_COST})
"""The bases that stay the same from day to day."""

LATE_BASES = frozenset({Base.OWED, Base.PAST_DUE, Base.CHARGE, Base.RENT})
"""The bases that a late charge has."""

RETURN_BASES = frozenset({Base.FACE, Base.BANK_COST})
"""The bases that a returned payment has."""


@attrs.frozen
class Stretch:
    """The days from ``first`` to ``last``, both counted, at whose ends so much was owed, in minor units.

    Days are ordinals, as ``date.toordinal`` gives them.
    """

    first: int
    last: int
    owed: int
    past_due: int


Course = tuple[Stretch, ...]
"""What was owed over time: stretches that follow each other."""


@attrs.frozen(eq=False)
class Ground:
    """What a fee is worked out from: the bases in minor units, the days that it is counted from, and the course.

    ``due`` is the day from which days late are counted, ``first_day`` the first on which a fee may arise, ``day`` the
    one on which it is worked out. ``course`` has what was owed from ``due`` to ``day``.
    """

    currency: str
    bases: Mapping[Base, int | Fraction]
    due: date
    first_day: date
    day: date
    course: Course = ()

    def of(self, base: Base) -> Fraction:
        """A base in minor units; one that was not given is refused."""
        if base not in self.bases:
            field = {Base.RENT: "rent", Base.BANK_COST: "bank_costs"}.get(base, "base")
            hint = f"pass {field}=" if base in (Base.RENT, Base.BANK_COST) else "take a percentage of another base"
            raise InvalidValue(f"fee: {base.value} is not known", field=field, value=base, hint=hint)
        return Fraction(self.bases[base])

    def with_base(self, base: Base, minor: int | Fraction) -> Ground:
        """The same with another value of one base."""
        return attrs.evolve(self, bases={**self.bases, base: minor})

    def on(self, stretch: Stretch) -> Ground:
        """The same, as it was in a stretch."""
        bases = {**self.bases, Base.OWED: stretch.owed, Base.PAST_DUE: stretch.past_due}
        return attrs.evolve(self, bases=bases)

    @cached_property
    def owed_stretches(self) -> tuple[Stretch, ...]:
        """The stretches in which something was owed."""
        return tuple(stretch for stretch in self.course if stretch.owed > 0)
