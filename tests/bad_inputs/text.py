"""Bad locales, styles and values to be written for people."""

from __future__ import annotations

from typing import Any

from arledger import InvalidType, UnknownName, date_text, money_text, receipt_html, receipt_text
from bad_inputs.common import DAY, MOMENT, NO_DATE, NO_MOMENT, RENT, BadInput

FOUR_STYLES = "known are full, long, medium, short"
NO_RECEIPT: Any = "T-1"
NO_TEXT: Any = 5
NO_STYLE: Any = "longish"
ANY_STYLE: Any = "zzz"

ROWS = [
    BadInput(
        "money text: no money",
        lambda: money_text(NO_TEXT, locale="en_CA"),
        InvalidType,
        "money",
        "money_text: money is int, not Money; pass a Money",
    ),
    *(
        BadInput(
            f"money text: locale {locale!r}",
            lambda locale=locale: money_text(RENT, locale=locale),  # type: ignore[misc]  # its type is that of the row
            UnknownName,
            "locale",
            f'money_text: unknown locale {locale!r}; pass one such as "fr_CA"',
        )
        for locale in ("xx_YY", "", "fr_", "english", "en_CA_x_y_z")
    ),
    BadInput(
        "money text: a locale that is no text",
        lambda: money_text(RENT, locale=NO_TEXT),
        InvalidType,
        "locale",
        'money_text: locale is int, not str; pass a name such as "fr_CA"',
    ),
    BadInput(
        "date text: a moment",
        lambda: date_text(MOMENT, locale="en_CA"),
        InvalidType,
        "day",
        f"date_text: day is datetime, not date; {NO_MOMENT}",
    ),
    BadInput(
        "date text: no day",
        lambda: date_text(NO_TEXT, locale="en_CA"),
        InvalidType,
        "day",
        f"date_text: day is int, not date; {NO_DATE}",
    ),
    BadInput(
        "date text: a locale",
        lambda: date_text(DAY, locale="xx"),
        UnknownName,
        "locale",
        "date_text: unknown locale 'xx'; pass one such as \"fr_CA\"",
    ),
    BadInput(
        "date text: a misspelled style",
        lambda: date_text(DAY, locale="en_CA", style=NO_STYLE),
        UnknownName,
        "style",
        "date_text: unknown style 'longish'; did you mean long?",
    ),
    BadInput(
        "date text: a style that nobody knows",
        lambda: date_text(DAY, locale="en_CA", style=ANY_STYLE),
        UnknownName,
        "style",
        f"date_text: unknown style 'zzz'; {FOUR_STYLES}",
    ),
    BadInput(
        "receipt text: no receipt",
        lambda: receipt_text(NO_RECEIPT, locale="en_CA"),
        InvalidType,
        "receipt",
        "receipt: receipt is str, not Receipt; pass what submit gave",
    ),
    BadInput(
        "receipt html: no receipt",
        lambda: receipt_html(NO_RECEIPT, locale="en_CA"),
        InvalidType,
        "receipt",
        "receipt: receipt is str, not Receipt; pass what submit gave",
    ),
]
