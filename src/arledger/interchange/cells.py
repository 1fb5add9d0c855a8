"""From the text of one cell to a value.

The problem: a spreadsheet writes the same day as 2026-03-04, 3/4/2026 or 04/03/2026, and the same category as LATE_FEE
or "Late fee". The cases: text that has one meaning is read (the case of a word, the sign between its parts); text that
could mean two things, or that says less than it seems to, is refused with what would be right. The decision: a day is
YYYY-MM-DD and nothing else, a number is plain, a word is one of those known. One function a kind of cell, each from
text to a value, raising what the library raises everywhere.

Source: ours.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import TypeVar

from arledger.checks import check_id, shown
from arledger.currencies import currency_digits
from arledger.entries import Category
from arledger.errors import InvalidValue, UnknownName, did_you_mean
from arledger.money import Money

E = TypeVar("E", bound=Enum)

ANY_CURRENCY = "CLF"
"""Of four decimals: where a file says no currency, its amounts are only read as numbers."""

_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = r"(?:[T ].*)?"
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/. ]?)([0-9]{1,2})\2([0-9]{1,2})" + _TIME)
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})" + _TIME)
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_UNDECODED = re.compile(r"[\ud800-\udfff]")  # what bytes that are no UTF-8 become under "surrogateescape"


def check_characters(text: str) -> None:
    """Refuse text that was not decoded, or that holds characters which are none to a reader."""
    if _UNDECODED.search(text):
        raise InvalidValue(
            f"{shown(text)} holds bytes that are no UTF-8",
            field="text",
            value=text,
            hint="save the file as CSV in UTF-8",
        )
    control = _CONTROL.search(text)
    if control:
        raise InvalidValue(
            f"{shown(text)} holds the control character {control[0]!r}",
            field="text",
            value=text,
            hint="write plain text on one line",
        )


def id_of(text: str) -> str:
    """An id as it stands.

    >>> id_of("R-03")
    'R-03'
    """
    check_id(text, "cell", "id")
    return text


def date_of(text: str) -> date:
    """A day written YYYY-MM-DD.

    >>> date_of("03/04/2026")
    Traceback (most recent call last):
        ...
    arledger.errors.InvalidValue: '03/04/2026' is no ISO date; write 2026-03-04 or 2026-04-03
    """
    match = _ISO_DATE.fullmatch(text)
    if match is None:
        raise InvalidValue(f"{shown(text)} is no ISO date", field="date", value=text, hint=_date_hint(text))
    year, month, day = (int(part) for part in match.groups())
    known = _day(year, month, day)
    if known is None:
        raise InvalidValue(
            f"{shown(text)} is no day of the calendar", field="date", value=text, hint=_calendar(year, month)
        )
    return known


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _calendar(year: int, month: int) -> str:
    if year == 0:
        return "years begin at 0001"
    if not 1 <= month <= 12:
        return "months go from 01 to 12"
    return f"the days of {year:04}-{month:02} go from 01 to {monthrange(year, month)[1]}"


def _date_hint(text: str) -> str:
    """The ISO dates that a date written in another way could be: with the month first, then with the day first."""
    bare = text.strip()
    meanings: list[date | None] = []
    if match := _YEAR_FIRST.fullmatch(bare):
        # without signs between its parts, only eight digits say where the month ends
        if match[2] or len(match[3] + match[4]) == 4:
            meanings = [_day(int(match[1]), int(match[3]), int(match[4]))]
    elif match := _YEAR_LAST.fullmatch(bare):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        meanings = [_day(year, first, second), _day(year, second, first)]
    days = list(dict.fromkeys(str(day) for day in meanings if day is not None))
    return f"write {' or '.join(days)}" if days else "write YYYY-MM-DD, such as 2026-03-31"


def whole_number_of(text: str) -> int:
    """A whole number in plain digits.

    >>> whole_number_of("-3")
    -3
    """
    if _WHOLE_NUMBER.fullmatch(text) is None:
        raise InvalidValue(
            f"{shown(text)} is no whole number", field="number", value=text, hint="write up to 18 digits, such as 3"
        )
    return int(text)


def currency_of(text: str) -> str:
    """An ISO 4217 code."""
    currency_digits(text)
    return text


def category_of(text: str) -> Category:
    """A category by its name, in any case, with "_", "-" or a blank between words.

    >>> category_of("Late fee")
    Category.LATE_FEE
    """
    return words_of(Category, "category")(text)


def sum_of(text: str, currency: str | None) -> Money:
    """A sum: a plain number above 0, of a currency; where that is not known, only read as a number.

    >>> sum_of("12.5", "CAD")
    Money('12.50', 'CAD')
    """
    money = Money(text, currency or ANY_CURRENCY)
    if money.minor <= 0:
        what = shown(text) if currency is None else money
        raise InvalidValue(f"{what} is not positive", field="sum", value=money, hint="write a number above 0")
    return money


def flag_of(text: str) -> bool:
    """Yes or no, also written true or false, in any case."""
    flags = {"yes": True, "true": True, "no": False, "false": False}
    word = word_of(text)
    if word not in flags:
        raise InvalidValue(f"{shown(text)} is neither yes nor no", field="flag", value=text, hint="write yes or no")
    return flags[word]


def words_of(kind: type[E], noun: str = "word") -> Callable[[str], E]:
    """What reads one word of a closed set, in any case; ``noun`` is what an unknown one is told as.

    >>> words_of(Category, "category")("Late fee")
    Category.LATE_FEE
    """
    known = {one.value: one for one in kind}

    def value_of(text: str) -> E:
        word = word_of(text)
        if word not in known:
            raise UnknownName(f"unknown {noun} {shown(text)}", field=noun, value=text, hint=did_you_mean(word, known))
        return known[word]

    return value_of


def word_of(text: str) -> str:
    """A word of a closed set as the sets here write it: lower case, "_" between its parts.

    >>> word_of("Write-off")
    'write_off'
    """
    return "_".join(re.split(r"[-_\s]+", text.strip().lower()))
