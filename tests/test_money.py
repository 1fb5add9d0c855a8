"""Money by example: what it reads, how it prints, how it rounds, what it refuses to be."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any

import attrs
import pytest

from arledger import (
    DOWN,
    HALF_EVEN,
    HALF_UP,
    UP,
    ArledgerError,
    CashStep,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    Money,
    Rounding,
    RoundingMode,
    total,
)
from arledger.currencies import currency_digits
from arledger.money import minor_text, money_of

FIVE_CENTS = Money("0.05", "CAD")
LARGEST = "9" * 40
OUT_OF_RANGE = "amount is out of range; at most 40 digits stand before the point, and as many after it"


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("12.34", "CAD", 1234),
        ("12.3", "CAD", 1230),
        ("12", "CAD", 1200),
        ("-12.34", "CAD", -1234),
        ("-0.05", "CAD", -5),
        ("-0", "CAD", 0),
        ("0", "CAD", 0),
        ("007.50", "CAD", 750),
        ("12.3400", "CAD", 1234),  # no finer than a cent, whatever zeros follow
        ("1234", "JPY", 1234),
        ("1234.0", "JPY", 1234),
        ("1.234", "KWD", 1234),
        ("1.2345", "CLF", 12345),
        (12, "CAD", 1200),
        (-12, "JPY", -12),
        (0, "KWD", 0),
        (Decimal("12.34"), "CAD", 1234),
        (Decimal("-12.3"), "CAD", -1230),
        (Decimal("1E+3"), "CAD", 100000),
        (Decimal("1.2E-1"), "CAD", 12),
        (Decimal("12.3400"), "CAD", 1234),
        (Decimal("-0.00"), "CAD", 0),
        (Decimal("0E+999999999999"), "CAD", 0),
        (Decimal("0E-999999999999"), "CAD", 0),
        (LARGEST, "CAD", 10**42 - 100),
        (10**40 - 1, "CAD", 10**42 - 100),
        (Decimal(LARGEST), "CAD", 10**42 - 100),
        ("0.01" + "0" * 38, "CAD", 1),
    ],
)
def test_what_an_amount_comes_to_in_minor_units(amount: str | int | Decimal, currency: str, minor: int) -> None:
    money = Money(amount, currency)
    assert (money.minor, money.currency) == (minor, currency)
    assert type(money.minor) is int


@pytest.mark.parametrize(
    ("minor", "currency", "amount", "text"),
    [
        (1234, "CAD", Decimal("12.34"), "12.34"),
        (-1234, "CAD", Decimal("-12.34"), "-12.34"),
        (5, "CAD", Decimal("0.05"), "0.05"),
        (-5, "CAD", Decimal("-0.05"), "-0.05"),
        (0, "CAD", Decimal("0.00"), "0.00"),
        (100, "CAD", Decimal("1.00"), "1.00"),
        (1234, "JPY", Decimal(1234), "1234"),
        (-7, "JPY", Decimal(-7), "-7"),
        (1, "KWD", Decimal("0.001"), "0.001"),
        (12345, "CLF", Decimal("1.2345"), "1.2345"),
        (2**53 + 1, "CAD", Decimal("90071992547409.93"), "90071992547409.93"),
    ],
)
def test_how_minor_units_read_and_print(minor: int, currency: str, amount: Decimal, text: str) -> None:
    money = Money.from_minor(minor, currency)
    assert money.amount.as_tuple() == amount.as_tuple()
    assert str(money) == f"{text} {currency}"
    assert repr(money) == f"Money({text!r}, {currency!r})"
    assert minor_text(minor, currency) == text


def test_zero_is_the_only_amount_that_is_zero_and_falsy() -> None:
    assert Money.zero("CAD") == Money("0.00", "CAD")
    assert [(money.is_zero, bool(money)) for money in (Money.zero("CAD"), FIVE_CENTS, -FIVE_CENTS)] == [
        (True, False),
        (False, True),
        (False, True),
    ]


def test_arithmetic_within_one_currency() -> None:
    a, b = Money("12.34", "CAD"), Money("0.66", "CAD")
    assert a + b == Money("13.00", "CAD")
    assert b - a == Money("-11.68", "CAD")
    assert a * 3 == Money("37.02", "CAD")
    assert 3 * a == Money("37.02", "CAD")
    assert a * -1 == -a == Money("-12.34", "CAD")
    assert abs(-a) == abs(a) == a
    assert a.over(b) == Fraction(1234, 66)
    assert (-a).over(b) == Fraction(-1234, 66)


def test_comparison_within_one_currency() -> None:
    less, more = Money("0.99", "CAD"), Money("1.00", "CAD")
    same = Money("0.990", "CAD")
    assert [less < more, less <= more, less > more, less >= more] == [True, True, False, False]
    assert [more < less, more <= less, more > less, more >= less] == [False, False, True, True]
    assert [less < same, less <= same, less > same, less >= same] == [False, True, False, True]
    assert sorted([more, less]) == [less, more]


@pytest.mark.parametrize(
    "other", [0, 1234, "12.34", Decimal("12.34"), None, Money("12.34", "USD"), Money("12.35", "CAD")]
)
def test_equality_with_anything_else_is_simply_false(other: object) -> None:
    money = Money("12.34", "CAD")
    assert (money == other) is False
    assert (other == money) is False
    assert money != other


def test_equal_amounts_are_one_key() -> None:
    assert {Money("0.10", "CAD"): "a", Money("0.1", "CAD"): "b"} == {Money(Decimal("0.100"), "CAD"): "b"}
    assert len({Money("1", "CAD"), Money("1", "USD"), Money("2", "CAD")}) == 3


def test_a_cent_and_a_yen_differ() -> None:
    assert Money.from_minor(5, "CAD") != Money.from_minor(5, "JPY")


def test_money_cannot_be_changed() -> None:
    money: Any = Money("12.34", "CAD")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        money.minor = 1
    with pytest.raises(AttributeError):
        money.note = "x"
    assert money == Money("12.34", "CAD")


@pytest.mark.parametrize("money", [Money("-12.34", "CAD"), Money("7", "JPY"), Money.zero("KWD")])
def test_money_survives_pickle_copy_and_repr(money: Money) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(money, protocol)) == money
    assert copy.copy(money) == copy.deepcopy(money) == money
    assert eval(repr(money)) == money


def test_sums() -> None:
    """`sum()` starts at the int 0, so `total(moneys, currency)` is the sum."""
    assert total([], "CAD") == Money.zero("CAD")
    assert total((Money(text, "CAD") for text in ("1.10", "2.20", "-0.30")), "CAD") == Money("3.00", "CAD")
    untyped: Any = [Money("1", "CAD")]
    with pytest.raises(InvalidType) as caught:
        sum(untyped)
    assert str(caught.value) == "int + Money; sum with total(moneys, currency)"
    with pytest.raises(CurrencyMismatch) as mixed:
        total([Money("1", "CAD"), Money("1", "USD")], "CAD")
    assert str(mixed.value) == "1.00 CAD + 1.00 USD: two currencies; convert one of them first"


ROUNDED = [
    # numerator, denominator, HALF_UP, HALF_EVEN, UP, DOWN
    (0, 1, 0, 0, 0, 0),
    (4, 2, 2, 2, 2, 2),
    (1, 2, 1, 0, 1, 0),
    (3, 2, 2, 2, 2, 1),
    (5, 2, 3, 2, 3, 2),
    (7, 2, 4, 4, 4, 3),
    (1, 3, 0, 0, 1, 0),
    (2, 3, 1, 1, 1, 0),
    (21, 10, 2, 2, 3, 2),
    (29, 10, 3, 3, 3, 2),
    (2 * 10**18 + 1, 2, 10**18 + 1, 10**18, 10**18 + 1, 10**18),
    (2**54 + 3, 2, 2**53 + 2, 2**53 + 2, 2**53 + 2, 2**53 + 1),
]


@pytest.mark.parametrize(("numerator", "denominator", "half_up", "half_even", "up", "down"), ROUNDED)
def test_rounding_modes(numerator: int, denominator: int, half_up: int, half_even: int, up: int, down: int) -> None:
    """Rounding to the nearest whole unit, or away from or towards zero; negative amounts mirror positive ones."""
    expected = {HALF_UP: half_up, HALF_EVEN: half_even, UP: up, DOWN: down}
    for mode, whole in expected.items():
        assert mode(numerator, denominator) == whole
        assert mode(-numerator, denominator) == -whole
        assert type(mode(numerator, denominator)) is int


def test_rounding_modes_have_names_and_are_values() -> None:
    modes = [HALF_UP, HALF_EVEN, UP, DOWN]
    assert [repr(mode) for mode in modes] == ["HALF_UP", "HALF_EVEN", "UP", "DOWN"]
    assert [mode.name for mode in modes] == ["HALF_UP", "HALF_EVEN", "UP", "DOWN"]
    assert len(set(modes)) == 4
    assert [pickle.loads(pickle.dumps(mode)) for mode in modes] == modes


@pytest.mark.parametrize(
    ("amount", "currency", "rounding", "minor"),
    [
        ("12.345", "CAD", HALF_UP, 1235),
        ("12.345", "CAD", HALF_EVEN, 1234),
        ("12.341", "CAD", UP, 1235),
        ("12.349", "CAD", DOWN, 1234),
        ("-12.345", "CAD", HALF_UP, -1235),
        ("-12.341", "CAD", UP, -1235),
        ("-12.349", "CAD", DOWN, -1234),
        (Decimal("1.5"), "JPY", HALF_UP, 2),
        (Decimal("0.0005"), "KWD", HALF_UP, 1),
        ("0.00000000000000000000000000000000000001", "CAD", UP, 1),
        ("12.34", "CAD", UP, 1234),
        (12, "CAD", UP, 1200),
    ],
)
def test_an_amount_finer_than_its_currency_is_rounded_as_told(
    amount: str | int | Decimal, currency: str, rounding: Rounding, minor: int
) -> None:
    assert Money(amount, currency, rounding=rounding).minor == minor


@pytest.mark.parametrize(
    ("amount", "mode", "rounded"),
    [
        ("12.32", HALF_UP, "12.30"),
        ("12.325", HALF_UP, "12.35"),
        ("12.33", HALF_UP, "12.35"),
        ("12.35", HALF_UP, "12.35"),
        ("12.325", HALF_EVEN, "12.30"),
        ("12.375", HALF_EVEN, "12.40"),
        ("12.31", UP, "12.35"),
        ("12.34", DOWN, "12.30"),
        ("-12.33", HALF_UP, "-12.35"),
        ("0.02", HALF_UP, "0.00"),
        ("0.03", HALF_UP, "0.05"),
    ],
)
def test_cash_steps(amount: str, mode: RoundingMode, rounded: str) -> None:
    """Rounding to a cash step such as 0.05: when money is made, and by `times`, of exact amounts too."""
    step = CashStep(FIVE_CENTS, mode)
    assert Money(amount, "CAD", rounding=step) == Money(rounded, "CAD")
    if len(amount.partition(".")[2]) == 2:
        assert Money(amount, "CAD").times(1, rounding=step) == Money(rounded, "CAD")


def test_a_cash_step_is_half_up_unless_said_and_is_a_value() -> None:
    step = CashStep(FIVE_CENTS)
    assert step == CashStep(FIVE_CENTS, HALF_UP) != CashStep(FIVE_CENTS, UP)
    assert repr(step) == "CashStep(step=Money('0.05', 'CAD'), mode=HALF_UP)"
    assert eval(repr(step)) == step
    assert pickle.loads(pickle.dumps(step)) == step
    assert step(1234, 1) == 1235
    assert Money("1234", "JPY", rounding=CashStep(Money("10", "JPY"))) == Money("1230", "JPY")


@pytest.mark.parametrize(
    ("ratio", "rounding", "minor"),
    [
        (Fraction(12, 31), HALF_UP, 38710),
        (Fraction(12, 31), DOWN, 38709),
        (Fraction(-12, 31), HALF_UP, -38710),
        (Decimal("0.13"), HALF_UP, 13000),
        (Decimal("0E+999"), HALF_UP, 0),
        (2, HALF_UP, 200000),
        (0, UP, 0),
        (Fraction(1, 3), UP, 33334),
        (Fraction(1, 7**60), UP, 1),
    ],
)
def test_a_ratio_of_money_is_rounded_once(ratio: int | Fraction | Decimal, rounding: Rounding, minor: int) -> None:
    assert Money("1000", "CAD").times(ratio, rounding=rounding).minor == minor


def test_any_function_of_two_ints_is_a_rounding() -> None:
    def always_one(numerator: int, denominator: int) -> int:
        return 1

    assert Money("12.345", "CAD", rounding=always_one).minor == 1
    assert Money("12.34", "CAD", rounding=always_one).minor == 1


def test_the_largest_amount_and_the_first_beyond_it() -> None:
    largest = Money(LARGEST, "CAD") + Money("0.99", "CAD")
    assert largest.minor == 10**42 - 1
    assert Money.from_minor(10**42 - 1, "CAD") == largest
    assert Money.from_minor(1 - 10**42, "CAD") == -largest
    assert eval(repr(largest)) == largest
    beyond: list[Callable[[], Money]] = [
        lambda: Money.from_minor(10**42, "CAD"),
        lambda: Money.from_minor(-(10**42), "CAD"),
        lambda: Money.from_minor(10**40, "JPY"),
        lambda: Money(10**40, "CAD"),
        lambda: Money(-(10**40), "CAD"),
        lambda: Money(Decimal(10) ** 40, "CAD"),
        lambda: Money(LARGEST + ".995", "CAD", rounding=HALF_UP),
        lambda: Money(10**39, "CAD") * 10,
        lambda: Money(10**39, "CAD").times(10, rounding=UP),
    ]
    for make in beyond:
        with pytest.raises(InvalidValue) as caught:
            make()
        assert str(caught.value) == OUT_OF_RANGE


def test_how_fine_a_decimal_may_be() -> None:
    assert Money(Decimal("1E-40"), "CAD", rounding=UP).minor == 1
    assert Money(Decimal("0." + "0" * 39 + "1" * 80), "CAD", rounding=UP).minor == 1
    for finer in (Decimal("1E-41"), Decimal("0." + "1" * 81)):
        with pytest.raises(InvalidValue) as caught:
            Money(finer, "CAD", rounding=UP)
        assert str(caught.value) == OUT_OF_RANGE


def test_int_likes_are_no_amounts() -> None:
    class Coin(IntEnum):
        DIME = 10

    with pytest.raises(InvalidType) as caught:
        Money(Coin.DIME, "CAD")
    assert str(caught.value) == "amount is Coin, not str, int or Decimal; pass text such as '12.34'"


def test_errors_carry_what_was_wrong() -> None:
    with pytest.raises(ArledgerError) as caught:
        Money("12.345", "CAD")
    assert (caught.value.field, caught.value.value, caught.value.hint) == ("amount", "12.345", "pass rounding=")
    with pytest.raises(CurrencyMismatch) as mixed:
        total([Money("1", "CAD"), Money("1", "USD")], "CAD")
    assert (mixed.value.field, mixed.value.value, mixed.value.hint) == ("currency", "USD", "convert one of them first")


def test_kernels_wrap_their_ints() -> None:
    assert money_of(1234, "CAD") == Money("12.34", "CAD")
    assert hash(money_of(1234, "CAD")) == hash(Money("12.34", "CAD"))
    assert currency_digits("CAD") == 2
