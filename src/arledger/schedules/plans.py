"""Payment plans: a debt in parts, each of an amount that is known from the start.

The problem: 1,000 in three payments of 333.33 leaves a cent that is never paid, or one that is paid too much. The
cases: so much, so many times; or a total in so many parts. The decision: ``Instalments`` are the amounts themselves,
whose sum is the total to the cent; of a total, the first payments take the odd cents.

A plan is met by what was paid, not by counting: a payment takes its instalment off the list, and one that comes back
puts it on again. So a plan whose first payment came back after the second one went through still comes to its total.

Source: rule R60.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

import attrs

from arledger.apportion import split_evenly
from arledger.checks import as_tuple, check_int, check_tuple, shown
from arledger.entries.fields import check_amount
from arledger.errors import CurrencyMismatch, InvalidValue
from arledger.money import Money, money_of

_MOST = 10_000  # more is an amount that was passed by mistake


def _as_amounts(amounts: Money | Iterable[Money]) -> tuple[Money, ...]:
    return (amounts,) if isinstance(amounts, Money) else as_tuple(amounts)


@attrs.frozen(order=False)
class Instalments:
    """The amounts of a payment plan, in the order in which they are paid.

    >>> print(Instalments([Money("500", "USD"), Money("250", "USD"), Money("250", "USD")]))
    3 instalments, 1000.00 USD in all

    Refused: none at all, an amount that is not positive, two currencies.
    """

    amounts: tuple[Money, ...] = attrs.field(converter=_as_amounts)

    def __attrs_post_init__(self) -> None:
        subject = "instalments"
        check_tuple(self.amounts, subject, "amounts", "Money")
        if not self.amounts:
            raise InvalidValue(f"{subject}: there are none", field="amounts", value=(), hint="pass at least one amount")
        for amount in self.amounts:
            check_amount(amount, subject, "amounts")
            if amount.currency != self.currency:
                raise CurrencyMismatch(
                    f"{subject}: {amount} beside amounts in {self.currency}", field="amounts", value=amount
                )

    @property
    def currency(self) -> str:
        """The currency of all amounts."""
        return self.amounts[0].currency

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.amounts)

    @property
    def total(self) -> Money:
        """What they come to."""
        return money_of(sum(amount.minor for amount in self.amounts), self.currency)

    @property
    def sums_minor(self) -> list[int]:
        """What the first one, the first two, and so on come to, in minor units."""
        return list(accumulate(amount.minor for amount in self.amounts))

    def __str__(self) -> str:
        if len(set(self.amounts)) == 1:
            return f"{_counted(self.count)} of {self.amounts[0]}"
        return f"{_counted(self.count)}, {self.total} in all"


def _counted(count: int) -> str:
    return "1 instalment" if count == 1 else f"{count} instalments"


def instalments(money: Money, n: int) -> Instalments:
    """A total in so many parts that differ by a cent at most; the first ones take the odd cents.

    >>> [str(amount) for amount in instalments(Money("1000", "USD"), 3).amounts]
    ['333.34 USD', '333.33 USD', '333.33 USD']

    Refused: more parts than there are cents.

    Source: rule R60.
    """
    subject = "instalments"
    check_amount(money, subject, "money")
    _check_count(n, subject)
    if n > money.minor:
        raise InvalidValue(
            f"{subject}: {money} in {n} parts leaves some with nothing",
            field="n",
            value=n,
            hint=f"pass {money.minor} at most",
        )
    return Instalments(split_evenly(money, n))


def equal_instalments(amount: Money, n: int) -> Instalments:
    """The same amount, so many times.

    >>> print(equal_instalments(Money("250", "USD"), 4))
    4 instalments of 250.00 USD

    Source: rule R60.
    """
    check_amount(amount, "equal instalments")
    _check_count(n, "equal instalments")
    return Instalments((amount,) * n)


def _check_count(n: object, subject: str) -> None:
    check_int(n, subject, "n")
    assert isinstance(n, int)
    if not 1 <= n <= _MOST:
        hint = "pass at least 1" if n < 1 else f"pass at most {_MOST}"
        raise InvalidValue(f"{subject}: n is {shown(n)}", field="n", value=n, hint=hint)


def still_to_pay(plan: Instalments, paid: Iterable[int]) -> list[int]:
    """The places of the instalments that are still to be paid, after payments of so many minor units, in their order.

    A payment takes off the first instalment of exactly its amount. A smaller one (less was payable) takes off the first
    that is not below it; what it lacks is not made up for.

    >>> thirds = instalments(Money("10.00", "USD"), 3)
    >>> still_to_pay(thirds, [334]), still_to_pay(thirds, [333]), still_to_pay(thirds, [100])
    ([1, 2], [0, 2], [1, 2])
    """
    left = {place: amount.minor for place, amount in enumerate(plan.amounts)}
    for minor in paid:
        exact = (place for place, amount in left.items() if amount == minor)
        larger = (place for place, amount in left.items() if amount > minor)
        for place in (*exact, *larger, *left)[:1]:
            del left[place]
    return list(left)
