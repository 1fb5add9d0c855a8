"""Amounts and days as the people of a country read them.

The problem: ``1234.50 CAD`` is how a program writes an amount; a payer in Montréal reads ``1 234,50 $`` and one in
Toronto ``$1,234.50``. The decision: a locale is an argument, always, and Babel knows what it means; how many decimals a
currency has is ours to say, by ISO 4217, since an amount must not lose one on its way to paper.

Source: ours; the forms are those of CLDR.
"""

from __future__ import annotations

from datetime import date
from decimal import Context, localcontext
from typing import TYPE_CHECKING, Literal

from arledger.checks import LARGEST_EXPONENT, check_date, check_instance, shown
from arledger.currencies import currency_digits
from arledger.errors import UnknownName, did_you_mean
from arledger.money import Money

if TYPE_CHECKING:
    from babel import Locale

DateStyle = Literal["short", "medium", "long", "full"]

_CONTEXT = Context(prec=2 * LARGEST_EXPONENT)
_STYLES = ("short", "medium", "long", "full")


def known_locale(name: str, subject: str) -> Locale:
    """The locale of that name, such as "fr_CA"; an unknown one raises ``UnknownName``."""
    from babel import Locale, UnknownLocaleError

    check_instance(name, str, subject, "locale", 'pass a name such as "fr_CA"')
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise UnknownName(
            f"{subject}: unknown locale {shown(name)}", field="locale", value=name, hint='pass one such as "fr_CA"'
        ) from None


def money_text(money: Money, *, locale: str) -> str:
    """An amount as people read it, with all decimals of its currency.

    >>> money_text(Money("1234.5", "CAD"), locale="en_CA"), money_text(Money("1234", "JPY"), locale="en_US")
    ('$1,234.50', '¥1,234')

    Refused: an unknown locale (``UnknownName``).
    """
    from babel.numbers import parse_pattern

    check_instance(money, Money, "money_text", "money")
    known = known_locale(locale, "money_text")
    digits = currency_digits(money.currency)
    pattern = parse_pattern(known.currency_formats["standard"].pattern)
    pattern.frac_prec = (digits, digits)
    with localcontext(_CONTEXT):  # never that of the host, which may lose digits
        return str(pattern.apply(money.amount, known, currency=money.currency, currency_digits=False))


def date_text(day: date, *, locale: str, style: DateStyle = "medium") -> str:
    """A day as people read it.

    >>> date_text(date(2026, 3, 9), locale="en_CA", style="long"), date_text(date(2026, 3, 9), locale="fr_CA")
    ('March 9, 2026', '9 mars 2026')

    Refused: an unknown locale or style.
    """
    from babel.dates import format_date

    check_date(day, "date_text", "day")
    known = known_locale(locale, "date_text")
    if style not in _STYLES:
        raise UnknownName(
            f"date_text: unknown style {shown(style)}",
            field="style",
            value=style,
            hint=did_you_mean(str(style), _STYLES),
        )
    return format_date(day, format=style, locale=known)
