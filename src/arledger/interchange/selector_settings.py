"""Which charges a rule is for, from a table of settings: by categories and codes, some of them or all but some.

Source: ours.
"""

from __future__ import annotations

from typing import Any

from arledger import where
from arledger.checks import check_id
from arledger.entries import Category, Selector
from arledger.errors import InvalidValue
from arledger.interchange.common_settings import category_setting
from arledger.interchange.settings import Table, texts_setting

SELECTOR_KEYS = ("only_categories", "not_categories", "only_codes", "not_codes")
"""The settings that say which charges count."""


def charges_of(table: Table, unless_said: Selector) -> Selector | None:
    """What counts: some categories, or else ``unless_said``; and of them some codes, or all but some.

    None where a table says nothing of it.
    """
    only = table.optional("only_categories", _categories)
    but = table.optional("not_categories", _categories)
    codes = table.optional("only_codes", _codes)
    no_codes = table.optional("not_codes", _codes)
    if (only, but, codes, no_codes) == (None, None, None, None):
        return None
    selector = unless_said if only is None else where.category(*only)
    if but is not None:
        selector &= ~where.category(*but)
    if codes is not None:
        selector &= where.code(*codes)
    if no_codes is not None:
        selector &= ~where.code(*no_codes)
    return selector


def _categories(value: Any) -> list[Category]:
    return [category_setting(name) for name in _some(texts_setting(value))]


def _codes(value: Any) -> list[str]:
    codes = _some(texts_setting(value))
    for code in codes:
        check_id(code, "codes", "code")
    return codes


def _some(texts: list[str]) -> list[str]:
    if not texts:
        raise InvalidValue("is empty", hint="write at least one, or leave it out")
    return texts
