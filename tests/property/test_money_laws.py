"""The laws of money. The quoted sentences are the rules that each class checks.

Two oracles share no code with the library: `decimal` (its quantize, with a context wide enough to be exact) and
`fractions` (the definition of each rounding as a bound on a difference).
"""

from __future__ import annotations

import copy
import decimal
import math
import operator
import pickle
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

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
    RoundingMode,
    total,
)
from strategies import currencies, magnitudes, minors, modes, money_pairs, moneys, ratios

DIGITS = {"CAD": 2, "USD": 2, "JPY": 0, "KWD": 3, "CLF": 4}
DECIMAL_MODES = {
    HALF_UP: decimal.ROUND_HALF_UP,
    HALF_EVEN: decimal.ROUND_HALF_EVEN,
    UP: decimal.ROUND_UP,
    DOWN: decimal.ROUND_DOWN,
}
WIDE = decimal.Context(prec=400, Emin=decimal.MIN_EMIN, Emax=decimal.MAX_EMAX)
HOSTILE = decimal.Context(
    prec=1,
    rounding=decimal.ROUND_UP,
    Emin=0,
    Emax=0,
    traps=[decimal.Inexact, decimal.Rounded, decimal.Subnormal, decimal.InvalidOperation, decimal.FloatOperation],
)
COMPARISONS: list[Callable[[Any, Any], bool]] = [operator.lt, operator.le, operator.gt, operator.ge]
SIGN_BY_OPERATOR: dict[Callable[[Any, Any], Any], str] = {
    operator.add: "+",
    operator.sub: "-",
    operator.lt: "<",
    operator.le: "<=",
    operator.gt: ">",
    operator.ge: ">=",
    Money.over: "over",
}


def decimals() -> st.SearchStrategy[Decimal]:
    """Decimals of up to 18 digits and 24 decimals, many of them finer than any currency."""
    return st.builds(lambda minor, digits: Decimal(minor).scaleb(-digits, WIDE), minors(), st.integers(0, 24))


def outcome(make: Callable[[], Money]) -> tuple[Money | None, ArledgerError]:
    """The money, or why there is none; anything but an ``ArledgerError`` escapes."""
    try:
        return make(), ArledgerError("none")
    except ArledgerError as error:
        return None, error


class TestMoneyIsExact:
    """Money is a whole number of minor units with a currency."""

    @given(minors(), currencies())
    def test_text_reads_back(self, minor: int, currency: str) -> None:
        money = Money.from_minor(minor, currency)
        text = str(money).removesuffix(f" {currency}")
        assert Money(text, currency) == money
        assert Money(money.amount, currency) == money
        assert text == format(money.amount, "f")

    @given(minors(), currencies())
    def test_the_amount_is_the_minor_units_over_a_power_of_ten(self, minor: int, currency: str) -> None:
        money = Money.from_minor(minor, currency)
        assert Fraction(money.amount) == Fraction(minor, 10 ** DIGITS[currency])
        exponent = money.amount.as_tuple().exponent
        assert exponent == -DIGITS[currency]

    @given(decimals(), currencies())
    def test_an_amount_is_refused_exactly_when_it_is_finer_than_the_minor_unit(
        self, amount: Decimal, currency: str
    ) -> None:
        """An amount finer than the minor unit is refused unless the caller names a rounding."""
        exact = Fraction(amount) * 10 ** DIGITS[currency]
        for given_as in (amount, format(amount, "f")):
            if exact.denominator == 1:
                assert Money(given_as, currency).minor == exact
            else:
                with pytest.raises(InvalidValue, match=r"decimals?, [A-Z]{3} allows [0-4]; pass rounding=$"):
                    Money(given_as, currency)

    @given(moneys())
    def test_repr_round_trips(self, money: Money) -> None:
        assert eval(repr(money), {"Money": Money}) == money

    @given(moneys())
    def test_money_pickles_and_copies(self, money: Money) -> None:
        again = pickle.loads(pickle.dumps(money))
        assert again == copy.copy(money) == copy.deepcopy(money) == money
        assert hash(again) == hash(money)
        assert (again.minor, again.currency) == (money.minor, money.currency)


class TestNothingAmbient:
    """Nothing ambient: no decimal context."""

    @given(decimals(), currencies(), modes())
    def test_a_hostile_decimal_context_changes_nothing(
        self, amount: Decimal, currency: str, mode: RoundingMode
    ) -> None:
        text = format(amount, "f")
        expected = Money(text, currency, rounding=mode)
        with decimal.localcontext(HOSTILE):
            money = Money(amount, currency, rounding=mode)
            assert money == expected == Money(text, currency, rounding=mode)
            assert money.amount.as_tuple() == expected.amount.as_tuple()
            assert str(money) == str(expected)
            assert money.times(amount, rounding=mode) == expected.times(Fraction(text), rounding=mode)
            with pytest.raises(ArledgerError):
                Money(amount, "XXX")

    @given(decimals())
    def test_the_refusal_of_a_fine_amount_prints_it_in_full(self, amount: Decimal) -> None:
        text = format(amount, "f")
        assume(Fraction(text).denominator != 1)
        with decimal.localcontext(HOSTILE), pytest.raises(InvalidValue) as caught:
            Money(amount, "JPY")
        decimals_ = len(text.partition(".")[2])
        plural = "" if decimals_ == 1 else "s"
        assert str(caught.value) == f"amount {text} has {decimals_} decimal{plural}, JPY allows 0; pass rounding="


class TestArithmetic:
    """`+ - neg abs` and comparison within one currency; `*` by an int only."""

    @given(money_pairs(), minors())
    def test_money_adds_as_its_minor_units_do(self, pair: tuple[Money, Money], third: int) -> None:
        a, b = pair
        c = Money.from_minor(third, a.currency)
        assert (a + b).minor == a.minor + b.minor
        assert (a - b).minor == a.minor - b.minor
        assert a + b == b + a
        assert (a + b) + c == a + (b + c)
        assert a + Money.zero(a.currency) == a
        assert a - a == Money.zero(a.currency)
        assert (a - b) + b == a
        assert a + -b == a - b
        assert {(a + b).currency, (a - b).currency, (-a).currency, abs(a).currency, (a * 2).currency} == {a.currency}

    @given(moneys(), st.integers(-1000, 1000))
    def test_a_factor_is_repeated_addition(self, money: Money, factor: int) -> None:
        assert (money * factor).minor == money.minor * factor
        assert money * factor == factor * money
        assert money * 3 == money + money + money
        assert money * 0 == Money.zero(money.currency)

    @given(moneys())
    def test_the_absolute_amount(self, money: Money) -> None:
        assert abs(money) == abs(-money) == max(money, -money)
        opposite = -money
        assert -opposite == money

    @given(st.lists(minors(), max_size=8), currencies())
    def test_the_total_is_the_sum(self, units: list[int], currency: str) -> None:
        assert total([Money.from_minor(unit, currency) for unit in units], currency).minor == sum(units)

    @given(money_pairs())
    def test_the_ratio_of_two_is_a_fraction(self, pair: tuple[Money, Money]) -> None:
        a, b = pair
        assume(b)
        ratio = a.over(b)
        assert type(ratio) is Fraction
        assert ratio * b.minor == a.minor
        assert b.times(ratio, rounding=DOWN) == b.times(ratio, rounding=UP) == a


class TestOrder:
    """Comparison within one currency; equality with anything else is simply False."""

    @given(money_pairs())
    def test_money_compares_as_its_minor_units_do(self, pair: tuple[Money, Money]) -> None:
        a, b = pair
        for compare in [*COMPARISONS, operator.eq, operator.ne]:
            assert compare(a, b) is compare(a.minor, b.minor)

    @given(st.lists(minors(), max_size=8))
    def test_sorting_is_total(self, units: list[int]) -> None:
        found = sorted(Money.from_minor(unit, "CAD") for unit in units)
        assert [money.minor for money in found] == sorted(units)

    @given(money_pairs())
    def test_equal_money_hashes_alike(self, pair: tuple[Money, Money]) -> None:
        a, b = pair
        assert (a == b) is (a.minor == b.minor)
        again = Money.from_minor(a.minor, a.currency)
        assert again == a
        assert hash(again) == hash(a)

    @given(moneys())
    def test_zero_is_falsy_as_in_decimal(self, money: Money) -> None:
        assert bool(money) is bool(money.amount) is not money.is_zero

    @given(moneys(), st.one_of(st.integers(), st.text(), st.none(), st.decimals(allow_nan=False), st.floats()))
    def test_money_never_equals_what_is_no_money(self, money: Money, other: object) -> None:
        assert (money == other) is False
        assert money != other
        same_number: object = money.minor
        assert (money == same_number) is False


class TestOneCurrency:
    """CurrencyMismatch otherwise."""

    @given(minors(), minors(), st.permutations(["CAD", "USD", "JPY", "KWD", "CLF"]))
    def test_no_operator_mixes_currencies(self, one: int, other: int, found: list[str]) -> None:
        a, b = Money.from_minor(one, found[0]), Money.from_minor(other, found[1])
        assert a != b
        for operate, sign in SIGN_BY_OPERATOR.items():
            with pytest.raises(CurrencyMismatch) as caught:
                operate(a, b)
            assert str(caught.value) == f"{a} {sign} {b}: two currencies; convert one of them first"
            assert caught.value.value == b.currency

    @given(moneys(), st.sampled_from([1, 0, 1.5, "1.00", Decimal("1.00"), Fraction(1), True, None, [1], ()]))
    def test_no_operator_takes_what_is_no_money(self, money: Money, other: Any) -> None:
        for operate, sign in SIGN_BY_OPERATOR.items():
            with pytest.raises(InvalidType) as caught:
                operate(money, other)
            name = "None" if other is None else type(other).__name__
            assert str(caught.value) == f"Money {sign} {name}; pass Money on both sides"
        reflected: list[Callable[[Any, Any], Any]] = [operator.sub, *COMPARISONS]
        for operate in reflected:
            with pytest.raises(InvalidType):
                operate(other, money)


class TestRounding:
    """A ratio is exact inside a function (int or Fraction) and rounded once, at its end."""

    @given(ratios(), modes())
    @example(Fraction(1, 2), HALF_EVEN)
    @example(Fraction(3, 2), HALF_EVEN)
    @example(Fraction(2 * 10**18 + 1, 2), HALF_UP)
    @example(Fraction(2**54 + 1, 2), HALF_EVEN)
    def test_rounding_agrees_with_decimal(self, ratio: Fraction, mode: RoundingMode) -> None:
        """Only where the ratio is a decimal: halves, tenths, twentieths, hundredths and whole ones."""
        scaled = ratio * 10**18
        ratio = Fraction(round(scaled), 10**18)
        exact = WIDE.divide(Decimal(ratio.numerator), Decimal(ratio.denominator))
        expected = exact.quantize(Decimal(1), rounding=DECIMAL_MODES[mode], context=WIDE)
        assert mode(ratio.numerator, ratio.denominator) == expected

    @given(ratios())
    def test_half_up_is_within_a_half_and_halves_go_away_from_zero(self, ratio: Fraction) -> None:
        whole = HALF_UP(ratio.numerator, ratio.denominator)
        assert abs(whole - ratio) <= Fraction(1, 2)
        if abs(whole - ratio) == Fraction(1, 2):
            assert abs(whole) > abs(ratio)

    @given(ratios())
    def test_half_even_is_within_a_half_and_halves_go_to_even(self, ratio: Fraction) -> None:
        whole = HALF_EVEN(ratio.numerator, ratio.denominator)
        assert whole == round(ratio)
        assert abs(whole - ratio) <= Fraction(1, 2)
        if abs(whole - ratio) == Fraction(1, 2):
            assert whole % 2 == 0

    @given(ratios())
    def test_up_and_down_enclose_the_ratio(self, ratio: Fraction) -> None:
        up, down = (mode(ratio.numerator, ratio.denominator) for mode in (UP, DOWN))
        assert down == math.trunc(ratio)
        assert abs(down) <= abs(ratio) <= abs(up) < abs(ratio) + 1
        assert (up == down) is (ratio.denominator == 1)
        assert up * ratio >= 0

    @given(ratios(), modes())
    def test_negative_amounts_mirror_positive_ones(self, ratio: Fraction, mode: RoundingMode) -> None:
        assert mode(-ratio.numerator, ratio.denominator) == -mode(ratio.numerator, ratio.denominator)

    @given(ratios(), modes(), magnitudes())
    def test_a_ratio_rounds_the_same_in_any_terms(self, ratio: Fraction, mode: RoundingMode, factor: int) -> None:
        scaled = mode(ratio.numerator * factor, ratio.denominator * factor)
        assert scaled == mode(ratio.numerator, ratio.denominator)

    @given(st.tuples(ratios(), ratios()), modes())
    def test_a_larger_ratio_never_rounds_to_less(self, pair: tuple[Fraction, Fraction], mode: RoundingMode) -> None:
        less, more = sorted(pair)
        assert mode(less.numerator, less.denominator) <= mode(more.numerator, more.denominator)

    @given(minors(), modes())
    def test_a_whole_number_stays(self, whole: int, mode: RoundingMode) -> None:
        assert mode(whole, 1) == whole

    @given(decimals(), currencies(), modes())
    def test_a_fine_amount_rounds_as_decimal_quantizes(
        self, amount: Decimal, currency: str, mode: RoundingMode
    ) -> None:
        unit = Decimal(1).scaleb(-DIGITS[currency])
        expected = amount.quantize(unit, rounding=DECIMAL_MODES[mode], context=WIDE)
        assert Money(amount, currency, rounding=mode).amount == expected
        assert Money(format(amount, "f"), currency, rounding=mode).amount == expected

    @given(moneys(), ratios(), modes())
    def test_times_rounds_the_exact_product(self, money: Money, ratio: Fraction, mode: RoundingMode) -> None:
        exact = money.minor * ratio
        result = money.times(ratio, rounding=mode)
        assert result.minor == mode(exact.numerator, exact.denominator)
        assert result.currency == money.currency


class TestCashSteps:
    """A rounding to a cash step such as 0.05."""

    @given(moneys(), st.sampled_from([1, 5, 10, 25, 100]), modes())
    def test_cash_is_the_nearest_whole_number_of_steps(self, money: Money, step: int, mode: RoundingMode) -> None:
        cash = money.times(1, rounding=CashStep(Money.from_minor(step, money.currency), mode))
        quotient = WIDE.divide(Decimal(money.minor), Decimal(step))
        steps = quotient.quantize(Decimal(1), rounding=DECIMAL_MODES[mode], context=WIDE)
        assert cash.minor == steps * step
        assert abs(cash.minor - money.minor) < step

    @given(decimals(), currencies(), st.sampled_from([5, 10, 25]))
    def test_a_fine_amount_is_rounded_to_the_step_once(self, amount: Decimal, currency: str, step: int) -> None:
        exact = Fraction(amount) * 10 ** DIGITS[currency]
        cash = Money(amount, currency, rounding=CashStep(Money.from_minor(step, currency)))
        assert cash.minor % step == 0
        assert abs(cash.minor - exact) <= Fraction(step, 2)
        assert cash == Money(format(amount, "f"), currency, rounding=CashStep(Money.from_minor(step, currency)))

    @given(moneys(), st.sampled_from([5, 10, 25]), modes())
    def test_cash_stays_cash(self, money: Money, step: int, mode: RoundingMode) -> None:
        rounding = CashStep(Money.from_minor(step, money.currency), mode)
        cash = money.times(1, rounding=rounding)
        assert cash.times(1, rounding=rounding) == cash


class TestNoInexactNumberGetsIn:
    """float, bool, NaN, infinity, absurd exponents and unknown currencies are refused with the reason."""

    @given(st.floats(), currencies())
    def test_no_float_is_an_amount(self, amount: Any, currency: str) -> None:
        with pytest.raises(InvalidType) as caught:
            Money(amount, currency)
        assert str(caught.value) == (
            "amount is float, not str, int or Decimal; a float is inexact: pass str, int or Decimal"
        )
        with pytest.raises(InvalidType, match=r"^ratio is float, not int, Fraction or Decimal; pass a Fraction$"):
            Money.zero(currency).times(amount, rounding=UP)

    @given(st.text(), st.text(alphabet="0123456789.,-+eE ()$'_", max_size=12), st.text(max_size=4))
    def test_text_is_read_exactly_or_refused(self, any_text: str, number_like: str, currency: str) -> None:
        for text in (any_text, number_like):
            money, error = outcome(lambda text=text: Money(text, "CAD", rounding=UP))  # type: ignore[misc]
            if money is None:
                assert (error.field, error.value) == ("amount", text)
                assert error.hint
            else:
                assert set(text) <= set("-0123456789.")
                assert abs(money.minor) - 1 < abs(Fraction(text) * 100) <= abs(money.minor)
        money, error = outcome(lambda: Money("1", currency))
        assert money or (error.field, error.value) == ("currency", currency)

    @given(st.decimals(), modes())
    def test_a_decimal_is_read_exactly_or_refused(self, amount: Decimal, mode: RoundingMode) -> None:
        money, error = outcome(lambda: Money(amount, "CAD", rounding=mode))
        if money is None:
            assert not amount.is_finite() or abs(amount.adjusted()) >= 40
            assert error.value is amount
        else:
            assert abs(money.minor - Fraction(amount) * 100) < 1
