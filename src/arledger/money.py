"""Exact money: a whole number of minor units and a currency.

The problem: amounts come as text, as Decimals, as ints, and as floats that are already wrong; they are added by the
thousand and must balance to the cent. The cases: a currency has 0, 2, 3 or 4 decimals (ISO 4217); an amount may be
finer than its currency, and somebody must say how to round it; cash is paid in steps of five cents. The decision:
``Money`` holds an int of minor units, takes text, int or Decimal, refuses floats and refuses to round unless told how.
Kernels elsewhere check the currency once, work on ``.minor``, and wrap the outcome again.

Source: ours; ISO 4217 for the digits.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Never, NoReturn

import attrs

from arledger.amounts import exact_amount, exact_decimal
from arledger.checks import LARGEST_EXPONENT, answer_of, check_instance, check_int, name_of, out_of_range, type_name
from arledger.currencies import DIGITS_BY_CURRENCY, currency_digits
from arledger.errors import CurrencyMismatch, InvalidType, InvalidValue
from arledger.rounding import HALF_UP, Rounding, check_rounding


@attrs.frozen(init=False, repr=False, order=False)
class Money:
    """An exact amount in one currency.

    ``amount`` is in major units, as text, int or Decimal: ``Money("12.34", "CAD")``. A float is refused, since it is
    inexact before it arrives; so is an amount finer than the currency, unless ``rounding`` says how to round it.
    Amounts add, subtract and compare within one currency (``CurrencyMismatch`` otherwise), equal nothing but the same
    amount in the same currency, and are falsy at zero.

    >>> Money("12.34", "CAD") + Money(1, "CAD")
    Money('13.34', 'CAD')
    >>> from arledger import HALF_EVEN
    >>> Money("12.345", "CAD", rounding=HALF_EVEN).minor
    1234
    >>> Money("0.10", "CAD") == Money("0.1", "CAD")
    True
    """

    minor: int
    """The amount as a whole number of minor units (cents)."""
    currency: str
    """The ISO 4217 code."""

    def __init__(self, amount: str | int | Decimal, currency: str, *, rounding: Rounding | None = None) -> None:
        digits = currency_digits(currency)
        exact = exact_amount(amount) * 10**digits
        if rounding is not None:
            minor = rounded(exact, rounding, currency)
        elif exact.denominator == 1:
            minor = exact.numerator
        else:
            raise _too_fine(amount, currency, digits)
        _set_minor(self, minor)
        _set_currency(self, currency)

    @classmethod
    def from_minor(cls, minor: int, currency: str) -> Money:
        """So many minor units: ``Money.from_minor(1234, "CAD")`` is 12.34.

        >>> Money.from_minor(1234, "JPY")
        Money('1234', 'JPY')
        """
        check_int(minor, "money", "minor")
        currency_digits(currency)
        return money_of(_in_range(minor, currency, "minor"), currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Nothing, in a currency."""
        return cls.from_minor(0, currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact whatever the decimal context."""
        return Decimal(self._text())

    @property
    def is_zero(self) -> bool:
        """Whether the amount is zero."""
        return self.minor == 0

    def times(self, ratio: int | Fraction | Decimal, *, rounding: Rounding) -> Money:
        """This amount times an exact ratio, rounded once.

        >>> Money("1000", "CAD").times(Fraction(12, 31), rounding=HALF_UP)
        Money('387.10', 'CAD')
        """
        if type(ratio) is not int and not isinstance(ratio, (Fraction, Decimal)):
            raise InvalidType(
                f"ratio is {type_name(ratio)}, not int, Fraction or Decimal",
                field="ratio",
                value=ratio,
                hint="pass a Fraction",
            )
        if isinstance(ratio, Decimal):
            ratio = exact_decimal(ratio, "ratio")
        return money_of(rounded(self.minor * Fraction(ratio), rounding, self.currency), self.currency)

    def over(self, other: Money) -> Fraction:
        """The exact ratio of this amount to another in the same currency; over zero it is refused."""
        denominator = self._same_currency(other, "over")
        if denominator == 0:
            raise InvalidValue("ratio over zero", field="other", value=other, hint="pass an amount other than zero")
        return Fraction(self.minor, denominator)

    def __add__(self, other: Money) -> Money:
        return money_of(self.minor + self._same_currency(other, "+"), self.currency)

    def __radd__(self, other: Never) -> NoReturn:
        raise InvalidType(
            f"{type_name(other)} + Money", field="other", value=other, hint="sum with total(moneys, currency)"
        )

    def __sub__(self, other: Money) -> Money:
        return money_of(self.minor - self._same_currency(other, "-"), self.currency)

    def __rsub__(self, other: Never) -> NoReturn:
        raise InvalidType(f"{type_name(other)} - Money", field="other", value=other, hint="pass Money on both sides")

    def __mul__(self, factor: int) -> Money:
        if type(factor) is not int:
            raise InvalidType(
                f"factor is {type_name(factor)}, not int",
                field="factor",
                value=factor,
                hint="use times(ratio, rounding=) for a ratio",
            )
        return money_of(_in_range(self.minor * factor, self.currency, "factor"), self.currency)

    __rmul__ = __mul__

    def __truediv__(self, other: Never) -> NoReturn:
        raise InvalidType(
            f"Money / {type_name(other)}",
            field="other",
            value=other,
            hint="split_evenly() loses no cent, times() takes a Fraction, over() gives a ratio",
        )

    __floordiv__ = __truediv__

    def __neg__(self) -> Money:
        return money_of(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return money_of(abs(self.minor), self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same_currency(other, "<")

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same_currency(other, "<=")

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same_currency(other, ">")

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same_currency(other, ">=")

    def __str__(self) -> str:
        return f"{self._text()} {self.currency}"

    def __repr__(self) -> str:
        return f"Money({self._text()!r}, {self.currency!r})"

    def _text(self) -> str:
        return minor_text(self.minor, self.currency)

    def _same_currency(self, other: Money, sign: str) -> int:
        if not isinstance(other, Money):
            raise InvalidType(
                f"Money {sign} {type_name(other)}", field="other", value=other, hint="pass Money on both sides"
            )
        if self.currency != other.currency:
            raise CurrencyMismatch(
                f"{self} {sign} {other}: two currencies",
                field="currency",
                value=other.currency,
                hint="convert one of them first",
            )
        return other.minor


_new_money = object.__new__
_set_minor = Money.minor.__set__  # type: ignore[attr-defined]  # the slot's descriptor
_set_currency = Money.currency.__set__  # type: ignore[attr-defined]


def money_of(minor: int, currency: str) -> Money:
    """Money from parts that are known to be right: what kernels wrap their ints with. Checks nothing."""
    money = _new_money(Money)
    _set_minor(money, minor)
    _set_currency(money, currency)
    return money


def minor_text(minor: int, currency: str) -> str:
    """Minor units as plain text in major units.

    >>> minor_text(-5, "CAD"), minor_text(1234, "JPY")
    ('-0.05', '1234')
    """
    digits = DIGITS_BY_CURRENCY[currency]
    if digits == 0:
        return str(minor)
    whole, rest = divmod(abs(minor), 10**digits)
    return f"{'-' if minor < 0 else ''}{whole}.{rest:0{digits}}"


def amount_text(money: Money) -> str:
    """An amount as plain text in major units, with the decimals of its currency and without its code.

    >>> amount_text(Money("12.3", "CAD"))
    '12.30'
    """
    return minor_text(money.minor, money.currency)


def total(moneys: Iterable[Money], currency: str) -> Money:
    """The sum of amounts in one currency; of none it is zero.

    >>> total([Money("1.10", "CAD"), Money("2.20", "CAD")], "CAD")
    Money('3.30', 'CAD')
    """
    check_instance(moneys, Iterable, "total", "moneys", "pass a list of Money")
    return sum(moneys, Money.zero(currency))


@attrs.frozen
class CashStep:
    """A rounding to a whole number of cash steps, such as five cents, by a mode (half up unless said).

    >>> Money("12.32", "CAD").times(1, rounding=CashStep(Money("0.05", "CAD")))
    Money('12.30', 'CAD')
    """

    step: Money
    mode: Rounding = HALF_UP

    def __attrs_post_init__(self) -> None:
        check_instance(self.step, Money, "cash step", "step")
        if self.step.minor <= 0:
            raise InvalidValue(
                f"cash step: step {self.step} is not positive", field="step", value=self.step, hint="pass Money above 0"
            )
        check_rounding(self.mode, "mode")

    def __call__(self, numerator: int, denominator: int, /) -> int:
        """The ratio as a whole number of minor units that is a multiple of the step."""
        return self.step.minor * self.mode(numerator, denominator * self.step.minor)


def rounded(exact: Fraction, rounding: Rounding, currency: str) -> int:
    """An exact number of minor units as a whole one, by a rounding that may be anybody's.

    >>> rounded(Fraction(12000_00, 31), HALF_UP, "CAD")
    38710
    """
    check_rounding(rounding, "rounding")
    if isinstance(rounding, CashStep) and rounding.step.currency != currency:
        raise CurrencyMismatch(
            f"cash step {rounding.step} for an amount in {currency}",
            field="rounding",
            value=rounding,
            hint=f"pass a step in {currency}",
        )
    asked = f"rounding {name_of(rounding)}"
    minor = answer_of(rounding, exact.numerator, exact.denominator, subject=asked, field="rounding")
    if type(minor) is not int:
        raise InvalidType(
            f"rounding gave {type_name(minor)}, not int",
            field="rounding",
            value=rounding,
            hint="a rounding takes (numerator, denominator) and gives an int",
        )
    return _in_range(minor, currency, "amount")


def _in_range(minor: int, currency: str, field: str) -> int:
    """The minor units, if they are an amount that text could have given."""
    if abs(minor) >= 10 ** (LARGEST_EXPONENT + DIGITS_BY_CURRENCY[currency]):
        raise out_of_range("amount", field, minor)
    return minor


def _too_fine(amount: str | int | Decimal, currency: str, digits: int) -> InvalidValue:
    text = format(amount, "f") if isinstance(amount, Decimal) else str(amount)
    decimals = len(text.partition(".")[2])
    return InvalidValue(
        f"amount {text} has {decimals} decimal{'s' * (decimals != 1)}, {currency} allows {digits}",
        field="amount",
        value=amount,
        hint="pass rounding=",
    )
