"""Amounts and days as people of a country read them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arledger import Money, currency_digits, date_text, money_text
from arledger.currencies import DIGITS_BY_CURRENCY

NBSP, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "text"),
    [
        ("1234.5", "CAD", "en_CA", "$1,234.50"),
        ("1234.5", "CAD", "fr_CA", f"1{NBSP}234,50{NBSP}$"),
        ("1234.5", "CAD", "fr-CA", f"1{NBSP}234,50{NBSP}$"),
        ("1234.5", "CAD", "en_US", "CA$1,234.50"),
        ("1234.5", "EUR", "de_DE", f"1.234,50{NBSP}€"),
        ("-5", "USD", "en_US", "-$5.00"),
        ("0", "USD", "en_US", "$0.00"),
        ("1234", "JPY", "en_US", "¥1,234"),
        ("1.234", "KWD", "en_US", "KWD1.234"),
    ],
)
def test_an_amount_is_written_as_its_readers_write_it(amount: str, currency: str, locale: str, text: str) -> None:
    assert money_text(Money(amount, currency), locale=locale) == text


@pytest.mark.parametrize("currency", ["IQD", "MGA", "CLF"])
def test_no_decimal_is_lost_where_cldr_has_fewer(currency: str) -> None:
    smallest = Money.from_minor(1, currency)
    text = money_text(smallest, locale="en_US")
    assert text.endswith("0." + "1".rjust(currency_digits(currency), "0"))


@given(minor=st.integers(-(10**15), 10**15), currency=st.sampled_from(sorted(DIGITS_BY_CURRENCY)))
def test_what_is_written_has_every_digit(minor: int, currency: str) -> None:
    money = Money.from_minor(minor, currency)
    text = money_text(money, locale="en_US")
    number = re.search(r"[0-9,]+(?:\.([0-9]+))?\Z", text)
    assert number is not None
    assert Decimal(number[0].replace(",", "")) == abs(money.amount)
    assert text.startswith("-") == (minor < 0)
    assert len(number[1] or "") == currency_digits(currency)


def test_a_day_is_written_as_its_readers_write_it() -> None:
    day = date(2026, 3, 9)
    assert [date_text(day, locale="en_CA", style=style) for style in ("short", "medium", "long", "full")] == [
        "2026-03-09",
        "Mar 9, 2026",
        "March 9, 2026",
        "Monday, March 9, 2026",
    ]
    assert date_text(day, locale="fr_CA", style="long") == "9 mars 2026"


def test_no_digit_depends_on_the_decimal_context_of_the_host() -> None:
    with localcontext() as context:
        context.prec = 3
        assert money_text(Money("1234567.89", "CAD"), locale="en_CA") == "$1,234,567.89"
    assert money_text(Money.from_minor(10**38, "CAD"), locale="en_CA") == f"$1{',000' * 12}.00"
