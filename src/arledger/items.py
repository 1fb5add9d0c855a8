"""What a rule sees: the open items, the money at hand, and what is around them.

The problem: a charge has no balance of its own, yet every rule (an order of application, an ageing, an autopay draft)
asks how much of it is still open. The decision: ``OpenItem`` is a charge with what is open of it at one moment,
``Incoming`` is what an order may know of the money, and ``Context`` holds that money and all charges of the call, so
that a key can look at a parent or at an invoice even when they are settled. All three are made by arledger and read by
rules; amounts are ints of minor units, since rules propose ints.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal

import attrs

from arledger.entries import Category, Charge, Credit, Designation, Fund, Payment
from arledger.errors import Conflict
from arledger.money import Money, money_of


@attrs.frozen(order=False)
class OpenItem:
    """A charge, and what is open of it.

    ``open_minor`` is the amount less settled applications, ``pending_minor`` what provisional money at the bank
    covers, ``disputed_minor`` what the payer contests on the day. ``payable`` is open less pending; ``offered_minor``,
    what an order may pay of it, is payable less disputed.

    >>> item = OpenItem(Charge("R-03", Money("900", "CAD"), due=datetime.date(2026, 3, 1)), 90000, disputed_minor=4000)
    >>> item.id, item.offered_minor, item.open
    ('R-03', 86000, Money('900.00', 'CAD'))
    """

    charge: Charge
    open_minor: int
    pending_minor: int = 0
    disputed_minor: int = 0

    @property
    def id(self) -> str:
        """The charge's id."""
        return self.charge.id

    @property
    def payable_minor(self) -> int:
        """Open less pending, in minor units."""
        return self.open_minor - self.pending_minor

    @property
    def offered_minor(self) -> int:
        """What an order may pay of it, in minor units: payable less disputed, and never below zero."""
        return max(0, self.payable_minor - self.disputed_minor)

    @property
    def open(self) -> Money:
        """The amount less settled applications."""
        return money_of(self.open_minor, self.charge.amount.currency)

    @property
    def pending(self) -> Money:
        """What provisional money covers."""
        return money_of(self.pending_minor, self.charge.amount.currency)

    @property
    def payable(self) -> Money:
        """Open less pending."""
        return money_of(self.payable_minor, self.charge.amount.currency)


@attrs.frozen(order=False, kw_only=True)
class Incoming:
    """The money that an order is asked to place: so many minor units of one payment or credit.

    ``minor`` is what is to be placed now, which may be less than the payment (a designation, an earlier application).
    ``date`` is the day on which it was received or granted; in a replay, the day on which it is placed.
    """

    id: str
    kind: Literal["payment", "credit"]
    minor: int
    currency: str
    date: datetime.date
    payer: str | None = None
    method: str | None = None
    designations: tuple[Designation, ...] = ()
    fund: Fund = "operating"

    @property
    def amount(self) -> Money:
        """What is to be placed now, as Money."""
        return money_of(self.minor, self.currency)


def incoming_of(source: Payment | Credit, minor: int, on: datetime.date | None = None) -> Incoming:
    """So many minor units of a payment or credit, as an order sees them, on its own day or a later one."""
    day = source.day if on is None else on
    if isinstance(source, Credit):
        return Incoming(
            id=source.id,
            kind="credit",
            minor=minor,
            currency=source.amount.currency,
            date=day,
            payer=source.payer,
            designations=source.designations,
        )
    return Incoming(
        id=source.id,
        kind="payment",
        minor=minor,
        currency=source.amount.currency,
        date=day,
        payer=source.payer,
        method=source.method,
        designations=source.designations,
        fund=source.fund,
    )


NO_MONEY = Incoming(id="none", kind="payment", minor=0, currency="XXX", date=datetime.date.min)
"""The money of a context in which nothing reads it: rankings that read only the charges are made without any."""


@attrs.frozen(order=False, eq=False)
class Context:
    """What a key or a selector may know besides the item: the money, its date, and all charges of the call by id."""

    incoming: Incoming
    charges: Mapping[str, Charge]

    @property
    def date(self) -> datetime.date:
        """The money's date."""
        return self.incoming.date

    def taxed(self, charge: Charge) -> Charge:
        """What a tax is about, through taxes on taxes, as far as it is among the charges; any other charge is itself.

        A tax and what it taxes are one item to an order. Taxes about each other in a ring are refused (``Conflict``).
        Source: ours (rule R3).
        """
        passed: set[str] = set()
        while charge.category is Category.TAX and charge.about is not None and charge.about in self.charges:
            if charge.id in passed:
                raise Conflict(
                    f"charge {charge.id}: about leads back to itself",
                    field="about",
                    value=charge.about,
                    hint="name the charge that is taxed",
                )
            passed.add(charge.id)
            charge = self.charges[charge.about]
        return charge
