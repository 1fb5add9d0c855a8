"""Amounts as they come: text, ints and Decimals, read exactly or refused with what would be right.

The problem: exports write 1,234.56, $5, (12.00) or 1e3, and a reader that guesses is wrong in silence. The decision:
one plain notation, digits with a point and an optional minus, and for each other notation a hint that names it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from arledger.checks import check_range, shown, type_name
from arledger.errors import InvalidType, InvalidValue

_PLAIN_DECIMAL = re.compile(r"(-?)([0-9]{1,40})(?:\.([0-9]{1,40}))?")
_HINTS_BY_PATTERN = [
    (re.compile(pattern, re.DOTALL), hint)
    for pattern, hint in (
        (r"-?[0-9]{41,}(\.[0-9]*)?|-?[0-9]+\.[0-9]{41,}", "write at most 40 digits before the point, and after it"),
        (r"\(.*\)", "parentheses are not read as a minus; write a plain number such as 12.34"),
        (r"[+-]?[0-9.]+[eE][+-]?[0-9]+", "write the number without an exponent"),
        (r"\+[0-9]+(\.[0-9]+)?", "write the number without a plus"),
        (
            r"-?[0-9]{1,3}([,.'_\u2019\s][0-9]{2,3})*[,.'_\u2019\s][0-9]{3}([.,][0-9]+)?",
            "write the number without thousands separators, such as 1234.56",
        ),
        (r"-?[0-9]*,[0-9]+", "write a point for the decimals, such as 12.34"),
        (r"-?\.[0-9]+|-?[0-9]+\.", "write digits before and after the point, such as 0.50"),
        (r".*[^\x00-\x7f].*", "write the number with the digits 0 to 9, without a currency sign, such as 12.34"),
        (r".*[A-Za-z$].*", "write the number without a currency sign or letters, such as 12.34"),
    )
]


def exact_amount(amount: Any, field: str = "amount") -> Fraction:
    """An amount (or a number of another name) as the ratio that it is, or the reason why it is none."""
    if type(amount) is int:
        check_range(amount, field, field)
        return Fraction(amount)
    if isinstance(amount, Decimal):
        return exact_decimal(amount, field)
    if isinstance(amount, str):
        return _exact_text(amount, field)
    hint = "pass text such as '12.34'"
    if isinstance(amount, float):
        hint = "a float is inexact: pass str, int or Decimal"
    elif type_name(amount) == "Money":
        hint = "it is Money already" if field == "amount" else "pass a plain number, such as '2.5'"
    raise InvalidType(f"{field} is {type_name(amount)}, not str, int or Decimal", field=field, value=amount, hint=hint)


def exact_decimal(number: Decimal, field: str) -> Fraction:
    """A Decimal as the ratio that it is."""
    check_range(number, field, field)
    return Fraction(number)


def _exact_text(text: str, field: str) -> Fraction:
    match = _PLAIN_DECIMAL.fullmatch(text)
    if match is None:
        raise InvalidValue(
            f"{field} {shown(text)} is no plain decimal number", field=field, value=text, hint=_text_hint(text)
        )
    sign, whole, decimals = match[1], match[2], match[3] or ""
    return Fraction(int(sign + whole + decimals), 10 ** len(decimals))


def _text_hint(text: str) -> str:
    """What would be right in place of an amount that is written in some other way."""
    bare = text.strip()
    if bare != text and _PLAIN_DECIMAL.fullmatch(bare):
        return "write the number without blanks around it"
    for pattern, hint in _HINTS_BY_PATTERN:
        if pattern.fullmatch(bare):
            return hint
    return "write a number such as 12.34"
