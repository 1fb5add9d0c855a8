"""What autopay takes besides the regular part: the check boxes of a policy, as values that compose with ``|``.

The problem: six check boxes of which some imply others are a row of booleans that nobody can reason about. The
decision: what is included is a choice of item classes, and two things that are no classes: that nothing is a ceiling,
and which credits lower a pull. Each box is such a value, and boxes are joined:

>>> from arledger import include
>>> print(include.DEPOSITS | include.NEW_CHARGES)
deposits and new charges
>>> include.boxes(deposits=True, new_positive_charges=True) == include.DEPOSITS | include.NEW_CHARGES
True

Source: rule R12; the vendor's "Include ..." settings.
"""

from __future__ import annotations

from arledger.autopay.classes import Includes, ItemClass
from arledger.checks import check_instance

__all__ = [
    "DEPOSITS",
    "LEASE_ADJUSTMENTS",
    "NEGATIVE_CHARGES",
    "NEW_CHARGES",
    "NOTHING",
    "OTHER_FEES",
    "PENDING_INCREASES",
    "boxes",
    "classes",
]

NOTHING = Includes()
"""Only the regular part."""

DEPOSITS = Includes((ItemClass.DEPOSIT,))
"""The box "Include Deposit Charges"."""

PENDING_INCREASES = Includes((ItemClass.PENDING_INCREASE,))
"""The box "Include Pending AGI Charges": increases that are not agreed to yet; the money stays reserved for them."""

LEASE_ADJUSTMENTS = Includes((ItemClass.ONE_TIME_ADJUSTMENT,), nets_adjustments=True)
"""The box "Include Lease Adjustments": one-time ones, of which those that are unapplied credits lower the pull."""

NEW_CHARGES = Includes((ItemClass.NEW,))
"""The box "Include New Positive Charges": what was posted after the agreement, and is in no base of it."""

NEGATIVE_CHARGES = Includes(nets_adjustments=True, nets_credits=True)
"""The box "Include Other Negative Charges": unapplied credits lower the pull."""

OTHER_FEES = (
    PENDING_INCREASES
    | LEASE_ADJUSTMENTS
    | Includes((ItemClass.ARREARS, ItemClass.NEW, ItemClass.OTHER), pays_everything=True)
)
"""The box "Include Other Fees and Charges": all that can be paid, as though increases and adjustments were ticked too,
and with no stored amount as a ceiling. Deposits are left out, unless they are joined to it (ours)."""


def classes(*chosen: ItemClass) -> Includes:
    """A choice of classes of one's own."""
    return Includes(chosen)


def boxes(
    *,
    deposits: bool = False,
    pending_increases: bool = False,
    lease_adjustments: bool = False,
    other_fees: bool = False,
    new_positive_charges: bool = False,
    other_negative_charges: bool = False,
) -> Includes:
    """What a row of stored check boxes includes, for hosts that have them so."""
    found = NOTHING
    for field, ticked, value in (
        ("deposits", deposits, DEPOSITS),
        ("pending_increases", pending_increases, PENDING_INCREASES),
        ("lease_adjustments", lease_adjustments, LEASE_ADJUSTMENTS),
        ("other_fees", other_fees, OTHER_FEES),
        ("new_positive_charges", new_positive_charges, NEW_CHARGES),
        ("other_negative_charges", other_negative_charges, NEGATIVE_CHARGES),
    ):
        check_instance(ticked, bool, "boxes", field, "pass True or False")
        if ticked:
            found |= value
    return found
