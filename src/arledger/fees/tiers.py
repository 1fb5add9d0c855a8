"""Ladders of amounts: by the size of a base, or part by part.

The problem: "12 a day up to 700 of rent, 20 above" takes one step of the ladder, "10 on the first 500 and 5% above" all
of them that are reached, and a table of numbers does not say which is meant. The decision: two functions make the two
ladders of the same tiers, each with any amount; tiers that overlap, or leave a size without an amount, are refused.

Source: rule R38.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

import attrs

from arledger.checks import as_tuple, check_instance
from arledger.entries.fields import check_amount
from arledger.errors import InvalidValue
from arledger.fees.amounts import FeeAmount, Of, Worked, check_currencies, check_fee_amount, inside, summed, worked_out
from arledger.fees.ground import Base, Ground
from arledger.money import Money


def _as_tiers(tiers: Iterable[Tier]) -> tuple[Tier, ...]:
    return as_tuple(tiers)


@attrs.frozen(order=False)
class Tier:
    """A step of a ladder: an amount for a size up to so much, that included; without ``up_to``, for all above.

    >>> from arledger import Money, fee
    >>> fee.Tier(fee.flat(Money("12", "USD")), up_to=Money("700", "USD")).up_to
    Money('700.00', 'USD')
    """

    amount: FeeAmount
    up_to: Money | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_fee_amount(self.amount, "fee.Tier")
        if self.up_to is not None:
            check_amount(self.up_to, "fee.Tier", "up_to")
            check_currencies([self.amount, self.up_to], "fee.Tier", "up_to")


@attrs.frozen(repr=False)
class Tiered(FeeAmount):
    """The amount of the tier that a base falls into; or, part by part, the amounts of all tiers that it reaches.

    By part, each tier's amount is worked out on the part of the base that falls into it.
    """

    name: str
    of: Of
    tiers: tuple[Tier, ...] = attrs.field(converter=_as_tiers)

    def __attrs_post_init__(self) -> None:
        subject = f"fee.{self.name}"
        check_instance(self.of, Of, subject, "of", "pass a base such as fee.RENT")
        for tier in self.tiers:
            check_instance(tier, Tier, subject, "tiers")
        if not self.tiers or self.tiers[-1].up_to is not None:
            raise InvalidValue(
                f"{subject}: no tier for all above",
                field="tiers",
                value=self.tiers,
                hint="pass a last one without up_to",
            )
        bounds = [tier.up_to for tier in self.tiers[:-1]]
        check_currencies([*self.parts, *bounds], subject, "tiers")
        for earlier, later in pairwise(bounds):
            if earlier is None or later is None or later <= earlier:
                raise InvalidValue(
                    f"{subject}: the tier up to {later} overlaps the one up to {earlier}",
                    field="tiers",
                    value=self.tiers,
                    hint="pass tiers that rise, and only the last one without up_to",
                )
        if bounds and bounds[-1] is None:
            raise InvalidValue(
                f"{subject}: two tiers for all above", field="tiers", value=self.tiers, hint="keep the last one"
            )
        if self.by_part and self.counts_days:
            raise InvalidValue(
                f"{subject}: a tier counts days",
                field="tiers",
                value=self.tiers,
                hint="count the days of the whole: fee.each_day(fee.by_part(...))",
            )

    @property
    def is_list(self) -> bool:
        """A ladder is."""
        return True

    @property
    def by_part(self) -> bool:
        """Whether each tier is worked out on its own part."""
        return self.name == "by_part"

    @property
    def parts(self) -> tuple[FeeAmount, ...]:
        """What it is composed of."""
        return tuple(tier.amount for tier in self.tiers)

    @property
    def reads(self) -> frozenset[Base]:
        """What it is worked out from."""
        return self.of.reads.union(*(part.reads for part in self.parts))

    @property
    def currency(self) -> str | None:
        """The currency of its amounts and bounds."""
        sums = (*self.parts, *(tier.up_to for tier in self.tiers))
        return next((part.currency for part in sums if part is not None and part.currency is not None), None)

    def worked(self, ground: Ground, /) -> Worked:
        """What it comes to, and its steps."""
        size = self.of.worked(ground)
        if self.by_part:
            steps = self._by_part(ground, size.minor)
        else:
            tier = next(tier for tier in self.tiers if tier.up_to is None or size.minor <= tier.up_to.minor)
            steps = [worked_out(tier.amount, ground)]
        return summed(self, steps, beside=(size,))

    def _by_part(self, ground: Ground, size: Fraction) -> list[Worked]:
        steps, reached = [], Fraction(0)
        for tier in self.tiers:
            end = size if tier.up_to is None else min(size, Fraction(tier.up_to.minor))
            if end > reached:
                steps.append(worked_out(tier.amount, ground.with_base(self.of.base, end - reached)))
                reached = end
        return steps

    def __str__(self) -> str:
        by = "part" if self.by_part else "size"
        return f"by the {by} of {self.of}: {', '.join(map(_tier_text, self.tiers))}"

    def __repr__(self) -> str:
        return f"fee.{self.name}({', '.join([repr(self.of), *map(_tier_repr, self.tiers)])})"


def _tier_text(tier: Tier) -> str:
    return f"up to {tier.up_to} {inside(tier.amount)}" if tier.up_to is not None else f"above {inside(tier.amount)}"


def _tier_repr(tier: Tier) -> str:
    more = "" if tier.up_to is None else f", up_to={tier.up_to!r}"
    return f"fee.Tier({tier.amount!r}{more})"
