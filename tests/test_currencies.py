"""The decimals of each currency, against CLDR's data (as Babel carries it), with every difference named."""

from __future__ import annotations

from typing import Any

import pytest
from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_precision

from arledger import Money, UnknownName
from arledger.currencies import DIGITS_BY_CURRENCY, currency_digits

SMALL_COINS = "ISO counts two decimals; CLDR shows none, since coins that small are out of use"
WITHDRAWN = "ISO counted two decimals until it withdrew the code; CLDR shows none"

DIFFERENCES = {
    # code: (ISO 4217, CLDR, why)
    "AFN": (2, 0, SMALL_COINS),
    "ALL": (2, 0, SMALL_COINS),
    "IQD": (3, 0, "ISO counts 1,000 fils; CLDR shows none, since coins that small are out of use"),
    "IRR": (2, 0, SMALL_COINS),
    "KPW": (2, 0, SMALL_COINS),
    "LAK": (2, 0, SMALL_COINS),
    "LBP": (2, 0, SMALL_COINS),
    "MGA": (2, 0, "ISO counts two decimals for a fifth (the iraimbilanja); CLDR shows none"),
    "MMK": (2, 0, SMALL_COINS),
    "MRO": (2, 0, WITHDRAWN),
    "RSD": (2, 0, SMALL_COINS),
    "SLL": (2, 0, WITHDRAWN),
    "SOS": (2, 0, SMALL_COINS),
    "STD": (2, 0, WITHDRAWN),
    "SYP": (2, 0, SMALL_COINS),
    "YER": (2, 0, SMALL_COINS),
    "ZMK": (2, 0, WITHDRAWN),
}

UNKNOWN_TO_CLDR = {"XAD": "the Arab Monetary Fund's unit, in ISO 4217 since May 2025"}

NO_MONEY = {
    # what CLDR lists as in use, and why no charge can be in it
    "CNH": "no ISO 4217 code: the offshore name of CNY",
    "XAG": "silver: no minor unit",
    "XAU": "gold: no minor unit",
    "XBA": "a bond market unit: no minor unit",
    "XBB": "a bond market unit: no minor unit",
    "XBC": "a bond market unit: no minor unit",
    "XBD": "a bond market unit: no minor unit",
    "XDR": "special drawing rights: no minor unit",
    "XPD": "palladium: no minor unit",
    "XPT": "platinum: no minor unit",
    "XSU": "the sucre: no minor unit",
    "XTS": "the code for tests",
    "XUA": "the African Development Bank's unit: no minor unit",
    "XXX": "the code for no currency",
}


def territory_entries() -> list[tuple[str, Any, bool]]:
    """(code, last day as (year, month, day) or None, whether it is tender), for each currency of each territory."""
    return [
        (code, last, tender)
        for entries in get_global("territory_currencies").values()
        for code, _first, last, tender in entries
    ]


IN_USE = sorted({code for code, last, _tender in territory_entries() if last is None})
WITHDRAWN_SINCE_2010 = sorted(
    {code for code, last, tender in territory_entries() if last is not None and last >= (2010, 1, 1) and tender}
)


def test_digits_differ_from_cldr_only_where_a_reason_is_given() -> None:
    """Digits follow ISO 4217; where CLDR differs (IQD, MGA ...) the docs say so."""
    differences = {
        code: (digits, get_currency_precision(code))
        for code, digits in DIGITS_BY_CURRENCY.items()
        if get_currency_precision(code) != digits
    }
    assert differences == {code: (iso, cldr) for code, (iso, cldr, _why) in DIFFERENCES.items()}


def test_every_currency_is_one_that_cldr_knows() -> None:
    unknown = set(DIGITS_BY_CURRENCY) - set(Locale("en").currencies)
    assert unknown == set(UNKNOWN_TO_CLDR)


def test_every_currency_in_use_somewhere_is_known() -> None:
    assert "UYU" in IN_USE, "the data has entries without an end"
    assert {code for code in IN_USE if code not in DIGITS_BY_CURRENCY} == set(NO_MONEY)


def test_every_tender_withdrawn_since_2010_is_known() -> None:
    """Old charges are still collected."""
    assert "BYR" in WITHDRAWN_SINCE_2010, "the data has entries with an end"
    assert [code for code in WITHDRAWN_SINCE_2010 if code not in DIGITS_BY_CURRENCY] == []


@pytest.mark.parametrize(
    ("digits", "count"),
    [(0, 18), (2, 153), (3, 7), (4, 2)],
)
def test_how_many_currencies_have_so_many_digits(digits: int, count: int) -> None:
    """ISO 4217's List One of 1 January 2026 has 17, 139, 7 and 2; one and 14 are withdrawn."""
    assert list(DIGITS_BY_CURRENCY.values()).count(digits) == count


@pytest.mark.parametrize("code", sorted(NO_MONEY))
def test_what_has_no_minor_unit_is_no_money(code: str) -> None:
    with pytest.raises(UnknownName) as caught:
        Money("1", code)
    assert str(caught.value) == f"unknown currency {code!r}; pass an ISO 4217 code such as CAD"


@pytest.mark.parametrize(
    ("old", "new"),
    [("BGN", "EUR"), ("HRK", "EUR"), ("SLL", "SLE"), ("ZWL", "ZWG"), ("ANG", "XCG"), ("BYR", "BYN"), ("CUC", "CUP")],
)
def test_a_withdrawn_currency_is_another_than_its_successor(old: str, new: str) -> None:
    assert Money.from_minor(1, old) != Money.from_minor(1, new)


@pytest.mark.parametrize("code", sorted(DIGITS_BY_CURRENCY))
def test_the_smallest_amount_of_each_currency_is_its_minor_unit(code: str) -> None:
    digits = currency_digits(code)
    text = "1" if digits == 0 else "0." + "1".rjust(digits, "0")
    assert Money(text, code).minor == 1
    assert str(Money.from_minor(1, code)) == f"{text} {code}"
    assert Money(1, code).minor == 10**digits
