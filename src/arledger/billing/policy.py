"""How bills are made, as one frozen value.

The problem: a billing system's settings are a page of check boxes whose names say little of what they do. The decision:
each setting is a field with a value that does it; the names of the page stand in the docstrings.

Source: rules R22 to R32; the vendor's "Billing Policy", "Lease Adjustments" and "Product Tax".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import attrs

from arledger.billing.billing_type import BillingType
from arledger.billing.proration import Proration, check_proration, check_unit
from arledger.billing.taxes import TaxPolicy
from arledger.checks import as_tuple, check_id, check_instance, check_int, check_tuple, check_tuple_of, shown, text_of
from arledger.dates.frequency import is_frequency
from arledger.errors import Conflict, InvalidValue, UnknownName, did_you_mean
from arledger.rounding import HALF_UP, Rounding, check_rounding

Confirmation = Literal["automatic", "manual"]

_CONFIRMATIONS = ("automatic", "manual")
_LONGEST_MONTH = 31


def _as_codes(codes: Iterable[str]) -> tuple[str, ...]:
    return as_tuple(codes)


@attrs.frozen(order=False)
class AdjustmentPolicy:
    """The vendor's "Lease Adjustments": the codes that are allowed for adjustments of a lease; no other is.

    >>> AdjustmentPolicy(["DISC", "GOODWILL"])
    AdjustmentPolicy(codes=('DISC', 'GOODWILL'))
    """

    codes: tuple[str, ...] = attrs.field(default=(), converter=_as_codes)

    def __attrs_post_init__(self) -> None:
        check_tuple(self.codes, "adjustment policy", "codes", "codes")
        for code in self.codes:
            check_id(code, "adjustment policy", "codes")


def _as_types(types: BillingType | Iterable[BillingType]) -> tuple[BillingType, ...]:
    return (types,) if isinstance(types, BillingType) else as_tuple(types)


@attrs.frozen(order=False, kw_only=True)
class BillingPolicy:
    """How the bills of leases are made.

    - ``types`` are the vendor's "Available Billing Types"; a lease picks one by its name.
    - ``proration`` is the "Proration Method": ``proration.NONE``, ``ACTUAL``, ``STANDARD``, ``THIRTY_DAYS_MONTH``,
      ``ANNUAL``, or another. ``rounding`` rounds each line once; ``daily_rate`` rounds the price of a day first.
    - ``rounding_offset_days`` is the "Rounding Offset", about the term's start: see ``term_start``. Absent: the term
      starts at the move-in.
    - ``confirmation`` is the "Confirmation Method": "automatic" bills are confirmed as drafted, "manual" ones wait.
    - ``adjustments`` are the "Lease Adjustments", ``taxes`` the "Product Tax".
    - ``counts_move_out`` says whether the day of moving out is paid (HUD's rules leave it out).

    >>> from arledger import monthly, proration
    >>> policy = BillingPolicy(types=BillingType("monthly", monthly(1)), proration=proration.ACTUAL)
    >>> policy.confirmation
    'automatic'

    Refused: no billing type, a name twice, a month's divisor over weeks or half-months, a rounding offset of 0.
    """

    types: tuple[BillingType, ...] = attrs.field(converter=_as_types)
    proration: Proration
    rounding: Rounding = HALF_UP
    daily_rate: Rounding | None = None
    rounding_offset_days: int | None = None
    confirmation: Confirmation = "automatic"
    adjustments: AdjustmentPolicy = attrs.field(factory=AdjustmentPolicy)
    taxes: TaxPolicy = attrs.field(factory=TaxPolicy)
    counts_move_out: bool = True

    def __attrs_post_init__(self) -> None:
        subject = "billing policy"
        check_tuple_of(self.types, BillingType, subject, "types")
        if not self.types:
            raise InvalidValue(f"{subject}: no billing type", field="types", value=self.types, hint="pass at least one")
        names = [kind.name for kind in self.types]
        for place, name in enumerate(names):
            if name in names[:place]:
                raise Conflict(f"{subject}: billing type {name} stands twice", field="types", value=name)
        check_proration(self.proration, subject, "proration")
        for kind in self.types:
            if is_frequency(kind.cycle):
                check_unit(self.proration, (kind.cycle.in_months or kind.cycle).per_year, "proration")
        check_rounding(self.rounding, "rounding")
        if self.daily_rate is not None:
            check_rounding(self.daily_rate, "daily_rate")
        if self.rounding_offset_days is not None:
            check_rounding_offset(self.rounding_offset_days, subject)
        if self.confirmation not in _CONFIRMATIONS:
            raise UnknownName(
                f"{subject}: unknown confirmation {shown(self.confirmation)}",
                field="confirmation",
                value=self.confirmation,
                hint=did_you_mean(text_of(self.confirmation), _CONFIRMATIONS),
            )
        check_instance(self.adjustments, AdjustmentPolicy, subject, "adjustments")
        check_instance(self.taxes, TaxPolicy, subject, "taxes")
        check_instance(self.counts_move_out, bool, subject, "counts_move_out", "pass True or False")

    def billing_type(self, name: str | None, subject: str) -> BillingType:
        """The billing type of that name, or the only one there is."""
        names = [kind.name for kind in self.types]
        if name is None and len(names) > 1:
            raise InvalidValue(
                f"{subject}: names no billing type",
                field="billing_type",
                value="",
                hint=f"name one of {', '.join(sorted(names))}",
            )
        if name is not None and name not in names:
            raise UnknownName(
                f"{subject}: unknown billing type {name}",
                field="billing_type",
                value=name,
                hint=did_you_mean(name, names),
            )
        return self.types[0 if name is None else names.index(name)]


def check_rounding_offset(days: object, subject: str) -> None:
    """Refuse what is no day of a month up to which a term starts on its 1st."""
    check_int(days, subject, "rounding_offset_days")
    assert isinstance(days, int)
    if not 1 <= days <= _LONGEST_MONTH:
        raise InvalidValue(
            f"{subject}: rounding_offset_days is {shown(days)}",
            field="rounding_offset_days",
            value=days,
            hint="pass the last day of a month, 1 to 31, on which a move-in starts the term in that month",
        )
