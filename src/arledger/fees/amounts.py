"""Amounts that a fee is composed of.

The problem: leases and statutes say "the lesser of 50 and 5%", "10 on the first 500 and 5% above", "30, then 10 a day",
and a rule with a field for each of them has fields for none of the next. The decision: an amount is a small frozen
value that works itself out on a ``Ground``; bases, flat sums and percentages are amounts, and so is what is composed of
amounts. Each prints as the part of a sentence, and shows its steps with their numbers. Nothing is rounded here.

Whoever needs another amount derives it from ``FeeAmount``. ``arledger.fee`` makes those that are here.

Source: rule R38.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import attrs

from arledger.checks import check_instance, check_int, shown, text_of, type_name
from arledger.entries.fields import check_amount
from arledger.errors import ArledgerError, CurrencyMismatch, InvalidType, InvalidValue
from arledger.fees.ground import Base, Ground
from arledger.money import Money
from arledger.rates import Percent, check_rate, number_repr


@attrs.frozen(order=False)
class Worked:
    """An amount as it was worked out: exactly, in minor units, with the steps below it.

    ``what`` is the amount itself, or a text that says more of it.
    """

    what: FeeAmount | str
    minor: Fraction
    steps: tuple[Worked, ...] = ()

    @property
    def text(self) -> str:
        """The amount in words."""
        return str(self.what)


class FeeAmount:
    """An amount of a fee: what works it out, and what it is composed of.

    Derive from it for an amount of your own: ``worked`` gives the steps, ``str`` the part of a sentence. ``parts`` are
    the amounts that it is composed of; ``reads`` the bases that it needs; ``counts_days`` says whether it grows from
    day to day while the same is owed. It must never fall from a day to the next while the same is owed.
    """

    __slots__ = ()

    @property
    def parts(self) -> tuple[FeeAmount, ...]:
        """The amounts that it is composed of."""
        return ()

    @property
    def reads(self) -> frozenset[Base]:
        """The bases that it is worked out from."""
        return frozenset().union(*(part.reads for part in self.parts))

    @property
    def counts_days(self) -> bool:
        """Whether it grows from day to day while the same is owed."""
        return any(part.counts_days for part in self.parts)

    @property
    def is_list(self) -> bool:
        """Whether its text is a list, which stands in brackets inside another text."""
        return False

    @property
    def currency(self) -> str | None:
        """The currency of the sums in it; None where there is none."""
        return currency_of(self.parts)

    def worked(self, ground: Ground, /) -> Worked:
        """The amount on a ground, and its steps."""
        raise NotImplementedError

    def __add__(self, other: FeeAmount, /) -> FeeAmount:
        check_fee_amount(other, "sum of fees", "amounts")
        return Plus((*_summands(self), *_summands(other)))


def _summands(amount: FeeAmount) -> tuple[FeeAmount, ...]:
    return amount.parts if isinstance(amount, Plus) else (amount,)


def worked_out(amount: FeeAmount, ground: Ground) -> Worked:
    """What an amount comes to, which may be anybody's: a negative one is refused."""
    try:
        found = amount.worked(ground)
    except ArledgerError:
        raise
    except Exception as error:
        raise InvalidValue(
            f"fee amount {amount!r}: failed with {type_name(error)}: {text_of(error)}", field="amount", value=amount
        ) from error
    if not isinstance(found, Worked):
        raise InvalidType(
            f"fee amount {amount!r}: gave {type_name(found)}, not Worked",
            field="amount",
            value=amount,
            hint="give the text, the minor units as a Fraction, and the steps",
        )
    minor: object = found.minor
    if type(minor) is not int and not isinstance(minor, Fraction):
        raise InvalidType(
            f"fee amount {amount!r}: gave minor {type_name(minor)}, not Fraction",
            field="amount",
            value=amount,
            hint="give an exact number of minor units",
        )
    if found.minor.numerator < 0:
        raise InvalidValue(
            f"fee amount {amount!r}: gave {shown(found.minor)}", field="amount", value=amount, hint="give 0 or more"
        )
    return found


def summed(amount: FeeAmount, steps: Iterable[Worked], *, beside: tuple[Worked, ...] = ()) -> Worked:
    """An amount as the sum of its steps; those ``beside`` are shown before them, and count for nothing."""
    found = tuple(steps)
    return Worked(amount, sum((step.minor for step in found), Fraction(0)), (*beside, *found))


def inside(amount: FeeAmount) -> str:
    """The text of an amount inside another: a sum, a choice or a ladder in brackets."""
    return f"({amount})" if amount.is_list else str(amount)


def check_fee_amount(amount: object, subject: str, field: str = "amount") -> None:
    """Refuse what is no amount of a fee."""
    hint = "pass fee.flat(...) of it" if isinstance(amount, Money) else "pass one such as fee.percent(5, of=fee.OWED)"
    check_instance(amount, FeeAmount, subject, field, hint)


def currency_of(amounts: Iterable[FeeAmount | Money | None]) -> str | None:
    """The currency of the sums among some amounts; None where there is none."""
    return next((amount.currency for amount in amounts if amount is not None and amount.currency is not None), None)


def check_currencies(amounts: Iterable[FeeAmount | Money | None], subject: str, field: str) -> None:
    """Refuse amounts in two currencies."""
    found = [amount.currency for amount in amounts if amount is not None and amount.currency is not None]
    for currency in found:
        if currency != found[0]:
            raise CurrencyMismatch(f"{subject}: {found[0]} and {currency} together", field=field, value=currency)


@attrs.frozen(repr=False)
class Of(FeeAmount):
    """A base itself, as an amount: "what is owed"."""

    base: Base

    @property
    def reads(self) -> frozenset[Base]:
        """What it is worked out from."""
        return frozenset({self.base})

    def worked(self, ground: Ground, /) -> Worked:
        """What it comes to, and its steps."""
        return Worked(self, ground.of(self.base))

    def __str__(self) -> str:
        return self.base.value

    def __repr__(self) -> str:
        return f"fee.{self.base.name}"


@attrs.frozen(repr=False)
class Flat(FeeAmount):
    """The same sum whatever is owed."""

    money: Money

    def __attrs_post_init__(self) -> None:
        check_amount(self.money, "fee.flat", "money")

    @property
    def currency(self) -> str | None:
        """Its currency."""
        return self.money.currency

    def worked(self, _ground: Ground, /) -> Worked:
        """What it comes to, and its steps."""
        return Worked(self, Fraction(self.money.minor))

    def __str__(self) -> str:
        return str(self.money)

    def __repr__(self) -> str:
        return f"fee.flat({self.money!r})"


def as_percent(percent: Any) -> Any:
    """A Percent of whatever makes one."""
    return percent if isinstance(percent, Percent) else Percent(percent)


@attrs.frozen(repr=False)
class PercentOf(FeeAmount):
    """So many percent of a base."""

    percent: Percent = attrs.field(converter=as_percent)
    of: Of

    def __attrs_post_init__(self) -> None:
        check_rate(self.percent, "fee.percent")
        check_instance(self.of, Of, "fee.percent", "of", "pass a base such as fee.OWED")

    @property
    def reads(self) -> frozenset[Base]:
        """What it is worked out from."""
        return self.of.reads

    def worked(self, ground: Ground, /) -> Worked:
        """What it comes to, and its steps."""
        base = self.of.worked(ground)
        return Worked(self, base.minor * self.percent.fraction, (base,))

    def __str__(self) -> str:
        return f"{self.percent} of {self.of}"

    def __repr__(self) -> str:
        return f"fee.percent({number_repr(self.percent.fraction * 100)}, of={self.of!r})"


@attrs.frozen(repr=False)
class Plus(FeeAmount):
    """The sum of amounts."""

    amounts: tuple[FeeAmount, ...]

    def __attrs_post_init__(self) -> None:
        check_currencies(self.amounts, "sum of fees", "amounts")

    @property
    def parts(self) -> tuple[FeeAmount, ...]:
        """What it is composed of."""
        return self.amounts

    @property
    def is_list(self) -> bool:
        """A sum is."""
        return True

    def worked(self, ground: Ground, /) -> Worked:
        """What it comes to, and its steps."""
        steps = tuple(worked_out(part, ground) for part in self.amounts)
        return summed(self, steps)

    def __str__(self) -> str:
        return " plus ".join(map(inside, self.amounts))

    def __repr__(self) -> str:
        return " + ".join(map(repr, self.amounts))


@attrs.frozen(repr=False)
class OneOf(FeeAmount):
    """The least of some amounts, or the greatest."""

    name: str
    word: str
    choose: Callable[[Iterable[Fraction]], Fraction] = attrs.field(eq=False)
    amounts: tuple[FeeAmount, ...]

    def __attrs_post_init__(self) -> None:
        subject = f"fee.{self.name}"
        for part in self.amounts:
            check_fee_amount(part, subject, "amounts")
        if len(self.amounts) < _A_PAIR:
            raise InvalidValue(
                f"{subject}: takes two amounts or more", field="amounts", value=self.amounts, hint="pass another one"
            )
        check_currencies(self.amounts, subject, "amounts")

    @property
    def is_list(self) -> bool:
        """A choice is."""
        return True

    @property
    def parts(self) -> tuple[FeeAmount, ...]:
        """What it is composed of."""
        return self.amounts

    def worked(self, ground: Ground, /) -> Worked:
        """What it comes to, and its steps."""
        steps = tuple(worked_out(part, ground) for part in self.amounts)
        return Worked(self, self.choose(step.minor for step in steps), steps)

    def __str__(self) -> str:
        *first, last = map(inside, self.amounts)
        return f"the {self.word} of {', '.join(first)} and {last}"

    def __repr__(self) -> str:
        return f"fee.{self.name}({', '.join(map(repr, self.amounts))})"


_A_PAIR = 2


class Counting(FeeAmount):
    """What is made of another amount by counting days."""

    __slots__ = ()
    amount: FeeAmount

    @property
    def parts(self) -> tuple[FeeAmount, ...]:
        """What it is composed of."""
        return (self.amount,)

    @property
    def counts_days(self) -> bool:
        """Whether it grows from day to day."""
        return True


@attrs.frozen(repr=False)
class FromDay(Counting):
    """An amount that is nothing before so many days late."""

    days: int
    amount: FeeAmount

    def __attrs_post_init__(self) -> None:
        check_days(self.days, "fee.from_day", "days")
        check_fee_amount(self.amount, "fee.from_day")

    def worked(self, ground: Ground, /) -> Worked:
        """What it comes to, and its steps."""
        owed_late = [stretch.last - ground.due.toordinal() for stretch in ground.owed_stretches]
        days_late = max(owed_late, default=0)  # what was paid since got no later
        if days_late < self.days:
            return Worked(f"{self}: {counted(days_late, 'day')} late", Fraction(0))
        step = worked_out(self.amount, ground)
        return Worked(self, step.minor, (step,))

    def __str__(self) -> str:
        return f"{inside(self.amount)} from {counted(self.days, 'day')} late on"

    def __repr__(self) -> str:
        return f"fee.from_day({self.days}, {self.amount!r})"


def counted(number: int, noun: str) -> str:
    """A number of things in words: 1 day, 2 days."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def check_days(days: object, subject: str, field: str) -> None:
    """Refuse what is no number of days from 1 up."""
    check_int(days, subject, field)
    assert isinstance(days, int)
    if days < 1:
        raise InvalidValue(f"{subject}: {field} is {shown(days)}", field=field, value=days, hint="pass 1 or more")
