"""Amounts that change on dates.

The problem: a rent of 1000 becomes 1100 on the 16th, and a parking stall is added on the 3rd and given up in May; bills
of the past must stay what they were. The decision: a price is an amount and the day from which it holds, and the prices
of a thing are the sorted tuple of them, each until the next. Before the first there is nothing to pay; a price of zero
ends a stretch, so that a thing which is given up and taken again has two of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

import attrs

from arledger.checks import as_tuple, check_date, check_instance, check_tuple_of
from arledger.dates.period import Period
from arledger.errors import CurrencyMismatch, InvalidValue
from arledger.money import Money


@attrs.frozen(order=False)
class Price:
    """An amount, and the day from which it holds (absent: since ever). Zero ends what was to be paid.

    >>> Price(Money("1100", "CAD"), since=date(2026, 9, 16))
    Price(amount=Money('1100.00', 'CAD'), since=datetime.date(2026, 9, 16))
    """

    amount: Money
    since: date | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_instance(self.amount, Money, "price", "amount", "pass Money, such as Money('12.34', 'CAD')")
        if self.amount.minor < 0:
            raise InvalidValue(
                f"price: amount {self.amount} is negative",
                field="amount",
                value=self.amount,
                hint="a reduction is a LeaseAdjustment",
            )
        if self.since is not None:
            check_date(self.since, "price", "since")


def _as_prices(prices: Money | Price | Iterable[Price]) -> tuple[Price, ...]:
    if isinstance(prices, Money):
        return (Price(prices),)
    if isinstance(prices, Price):
        return (prices,)
    found = as_tuple(prices)
    if isinstance(found, tuple) and all(isinstance(price, Price) for price in found):
        return tuple(sorted(found, key=lambda price: (price.since is not None, price.since or date.min)))
    return found


@attrs.frozen(order=False)
class Prices:
    """The prices of one thing, each until the next, in one currency. A single Money is one price for all time.

    >>> rent = Prices([Price(Money("1000", "CAD")), Price(Money("1100", "CAD"), since=date(2026, 9, 16))])
    >>> rent.at(date(2026, 9, 15)), rent.at(date(2026, 9, 16))
    (Money('1000.00', 'CAD'), Money('1100.00', 'CAD'))

    Refused: no price, two prices from one day, two currencies.
    """

    prices: tuple[Price, ...] = attrs.field(converter=_as_prices)

    def __attrs_post_init__(self) -> None:
        check_tuple_of(self.prices, Price, "prices", "prices", "pass Money, or a list of Price")
        if not self.prices:
            raise InvalidValue(
                "prices: no price", field="prices", value=self.prices, hint="pass Money or a list of Price"
            )
        for earlier, later in pairwise(self.prices):
            if earlier.since == later.since:
                when = f"from {later.since}" if later.since else "since ever"
                raise InvalidValue(
                    f"prices: {earlier.amount} and {later.amount} {when}",
                    field="prices",
                    value=later,
                    hint="a day has one price",
                )
            if earlier.amount.currency != later.amount.currency:
                raise CurrencyMismatch(
                    f"prices: {earlier.amount}, then {later.amount}", field="prices", value=later.amount
                )

    @property
    def currency(self) -> str:
        """The currency of all of them."""
        return self.prices[0].amount.currency

    def at(self, day: date) -> Money:
        """The price on a day; zero before the first one."""
        check_date(day, "prices", "day")
        held = [price.amount for price in self.prices if price.since is None or price.since <= day]
        return held[-1] if held else Money.zero(self.currency)

    def levels(self, stretch: Period) -> list[tuple[Period, int]]:
        """The parts of a stretch with one price each, and that price in minor units; zero is one, too."""
        changes = {price.since for price in self.prices if price.since is not None and price.since in stretch}
        edges = [*sorted({stretch.start, *changes}), stretch.end]
        return [(Period(start, end), self.at(start).minor) for start, end in pairwise(edges)]


def as_prices(prices: Prices | Money | Price | Iterable[Price]) -> Prices:
    """The prices of whatever makes them."""
    return prices if isinstance(prices, Prices) else Prices(prices)
