"""The amounts that a fee is composed of, each by its name.

The problem: a lease's sentence should become code that reads as the sentence. The decision: one namespace of functions,
imported as a module so that it shadows nobody's variables, and one operator, ``+``:

>>> from arledger import Money, fee
>>> rule = fee.greater_of(fee.flat(Money("15", "USD")), fee.percent(5, of=fee.RENT))
>>> print(rule)
the greater of 15.00 USD and 5% of the monthly rent
>>> print(fee.flat(Money("30", "USD")) + fee.each_further_day(fee.flat(Money("10", "USD"))))
30.00 USD plus 10.00 USD for each further day

The bases, ``OWED``, ``PAST_DUE``, ``CHARGE``, ``RENT``, ``FACE`` and ``BANK_COST``, are amounts too: the whole of each.

Source: rule R38.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from arledger.billing.accrual import ACTUAL_365, Accrual
from arledger.fees.amounts import (
    FeeAmount,
    Flat,
    FromDay,
    Of,
    OneOf,
    PercentOf,
)
from arledger.fees.ground import Base
from arledger.fees.running import EachMonth, EveryDays, Since, YearlyRate
from arledger.fees.tiers import Tier, Tiered
from arledger.money import Money
from arledger.rates import Percent, RateTable

__all__ = [
    "BANK_COST",
    "CHARGE",
    "FACE",
    "OWED",
    "PAST_DUE",
    "RENT",
    "Tier",
    "a_year",
    "by_part",
    "by_size",
    "each_day",
    "each_further_day",
    "each_month",
    "every",
    "flat",
    "from_day",
    "greater_of",
    "lesser_of",
    "percent",
]

OWED = Of(Base.OWED)
"""What is owed of what the fee is for: payable, not disputed, less money that is there for it."""

PAST_DUE = Of(Base.PAST_DUE)
"""What is owed of all charges of the payer that are past due, those that were charged a fee before included."""

CHARGE = Of(Base.CHARGE)
"""The amount of what the fee is for as it was charged, whatever was paid since."""

RENT = Of(Base.RENT)
"""The monthly rent, which the caller gives."""

FACE = Of(Base.FACE)
"""The amount of the payment that came back."""

BANK_COST = Of(Base.BANK_COST)
"""What the bank charged for a payment that came back, which the caller gives."""


def flat(money: Money) -> FeeAmount:
    """The same sum, whatever is owed. Refused: a sum that is not positive."""
    return Flat(money)


def percent(percent: Percent | str | int | Decimal | Fraction, *, of: Of) -> FeeAmount:
    """So many percent of a base. Refused: a negative rate.

    >>> percent("1.5", of=OWED)
    fee.percent('1.5', of=fee.OWED)
    """
    return PercentOf(percent, of)


def lesser_of(*amounts: FeeAmount) -> FeeAmount:
    """The least of two amounts or more: the second caps the first."""
    return OneOf("lesser_of", "lesser", min, amounts)


def greater_of(*amounts: FeeAmount) -> FeeAmount:
    """The greatest of two amounts or more: the second is the least that is charged."""
    return OneOf("greater_of", "greater", max, amounts)


def by_size(of: Of, *tiers: Tier) -> FeeAmount:
    """The amount of the one tier that a base falls into.

    >>> ten, twenty = (flat(Money(amount, "USD")) for amount in ("10", "20"))
    >>> print(by_size(RENT, Tier(ten, up_to=Money("700", "USD")), Tier(twenty)))
    by the size of the monthly rent: up to 700.00 USD 10.00 USD, above 20.00 USD

    Refused: tiers that do not rise, no last tier for all above.
    """
    return Tiered("by_size", of, tiers)


def by_part(of: Of, *tiers: Tier) -> FeeAmount:
    """The sum of the amounts of all tiers that a base reaches, each on the part that falls into it.

    "10 on the first 500, and 5% above":

    >>> print(by_part(RENT, Tier(flat(Money("10", "USD")), up_to=Money("500", "USD")), Tier(percent(5, of=RENT))))
    by the part of the monthly rent: up to 500.00 USD 10.00 USD, above 5% of the monthly rent

    Refused: as ``by_size``, and a tier that counts days.
    """
    return Tiered("by_part", of, tiers)


def from_day(days: int, amount: FeeAmount) -> FeeAmount:
    """An amount that is nothing until it is so many days late, counted from the due date."""
    return FromDay(days, amount)


def each_day(amount: FeeAmount, *, since: Since = "grace") -> FeeAmount:
    """An amount for each day late, the first one included."""
    return EveryDays(1, amount, 1, since)


def each_further_day(amount: FeeAmount, *, since: Since = "grace") -> FeeAmount:
    """An amount for each day late but the first one."""
    return EveryDays(1, amount, 2, since)


def every(days: int, amount: FeeAmount, *, first: int | None = None, since: Since = "grace") -> FeeAmount:
    """An amount for every so many days late. ``first`` is the day on which it first falls (absent: day ``days``).

    >>> print(every(5, percent(5, of=OWED), since="due"))
    5% of what is owed for every 5 days since the due date
    """
    return EveryDays(days, amount, days if first is None else first, since)


def each_month(amount: FeeAmount, *, since: Since = "due") -> FeeAmount:
    """An amount for each month late that is complete: on the monthly returns of the due date, or of the first day."""
    return EachMonth(amount, since)


def a_year(
    rates: Percent | RateTable | str | int | Decimal | Fraction,
    *,
    by: Accrual = ACTUAL_365,
    since: Since = "due",
) -> FeeAmount:
    """Simple interest at so many percent a year of what is owed, day by day.

    ``by`` is how days are counted: ``accrual.ACTUAL_365``, ``ACTUAL_360``, ``ACTUAL_ACTUAL``, ``THIRTY_360`` or your
    own. Interest earns no interest. Refused: a negative rate.

    >>> a_year(8)
    fee.a_year('8')
    """
    table = rates if isinstance(rates, (Percent, RateTable)) else Percent(rates)
    return YearlyRate(table, by, since)
