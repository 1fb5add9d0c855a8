"""Settings from TOML files, with every mistake told at once.

The problem: a lease or a policy is written by hand, and whoever wrote it wants all that is wrong in one go, by the name
of the setting, with what would be right. The cases: a setting that is missing, misspelled, of the wrong type, or
refused by the library. The decision: a ``Table`` is read key by key; each key that nobody asked for is a mistake, with
the nearest known one as a hint. A number with decimals is read exactly as it is written, so that ``1000.10`` is safe.

Places are written as in TOML, entries of a list counted from 1: ``items[2].price``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

import attrs

from arledger.checks import check_text, shown, type_name
from arledger.errors import ArledgerError, InvalidType, InvalidValue, UnknownName, did_you_mean
from arledger.interchange.cells import word_of
from arledger.interchange.problems import problem_of

V = TypeVar("V")
T = TypeVar("T")

# The library's hints speak to a programmer; these say the same to whoever writes the file.
_HINTS = {
    "pass rounding=": "round it first",
    "pass 1 to 31, or LAST": 'write 1 to 31, or "last"',
    "pass recurring=True, or leave out until": "write recurring = true, or leave out until",
    "pass proration.ACTUAL or proration.ANNUAL": 'write "actual" or "annual"',
    "a reduction is a LeaseAdjustment": "write a reduction under [[adjustments]]",
    'pass per="period" and the price of one period': 'write per = "period" and the price of one period',
}


@attrs.frozen(order=False)
class Mistake:
    """One thing wrong in a file of settings. ``place`` is empty where the file as a whole is wrong.

    >>> print(Mistake("lease.toml", "items[2].price", "is missing", "write it"))
    lease.toml, items[2].price: is missing; write it
    """

    file: str
    place: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, {self.place}" if self.place else self.file
        return f"{place}: {self.what}" + (f"; {self.hint}" if self.hint else "")


class SettingErrors(ArledgerError, ValueError):
    """Settings that could not be read: all mistakes together, a line for each."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        count = "1 mistake" if len(self.mistakes) == 1 else f"{len(self.mistakes)} mistakes"
        super().__init__("\n".join([f"{count} in the settings:", *map(str, self.mistakes)]), value=self.mistakes)

    def __reduce__(self) -> tuple[Callable[..., SettingErrors], tuple[Any, ...]]:
        # an exception is copied by calling its class with its text, and this one is made from its mistakes
        return (SettingErrors, (self.mistakes,))


def read_settings(text: str, file: str, read: Callable[[Table], V | None]) -> V:
    """What a TOML text says, as ``read`` understands its top table; ``SettingErrors`` if anything is wrong.

    ``read`` gives None only where it has noted a mistake.
    """
    if not isinstance(text, str):
        raise InvalidType(
            f"{file}: text is {type_name(text)}, not str", field="text", value=text, hint="pass the text of the file"
        )
    mistakes: list[Mistake] = []
    try:
        check_text(text, "text", "text")
        table = Table(file, "", tomllib.loads(text, parse_float=Decimal), mistakes)
    except ArledgerError:
        raise SettingErrors([Mistake(file, "", "holds bytes that are no UTF-8", "save it in UTF-8")]) from None
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, and a number or a nesting beyond all measure
        what = str(error)
        hint = "write numbers without thousands separators, texts in quotation marks, and lists as [[items]]"
        raise SettingErrors([Mistake(file, "", f"is no TOML: {what[:1].lower()}{what[1:]}", hint)]) from None
    value = read(table)
    table.end()
    if mistakes:
        raise SettingErrors(mistakes)
    assert value is not None
    return value


@attrs.define(order=False, eq=False)
class Table:
    """A table of settings that is being read: each key once; mistakes are noted, and None stands for what is wrong.

    ``partial``: it says a part of what it is of, and what it does not say is said elsewhere. Tables in it are whole.
    """

    file: str
    place: str
    settings: Mapping[str, Any]
    mistakes: list[Mistake]
    asked: dict[str, None] = attrs.Factory(dict)
    partial: bool = False

    def has(self, key: str) -> bool:
        """Whether the setting is there; it counts as known."""
        self.asked[key] = None
        return key in self.settings

    def optional(self, key: str, value_of: Callable[[Any], V]) -> V | None:
        """A setting's value; None if there is none, or a wrong one."""
        if not self.has(key):
            return None
        try:
            return value_of(self.settings[key])
        except ArledgerError as error:
            self.note(key, error)
            return None

    def required(self, key: str, value_of: Callable[[Any], V]) -> V | None:
        """As ``optional``; and a setting that is lacking is a mistake."""
        return self.needed(key, value_of) if self.lacks(key) else self.optional(key, value_of)

    def needed(self, key: str, value_of: Callable[[Any], V]) -> V | None:
        """As ``optional``; and a setting that another one here cannot be without is missing, if it is not there."""
        if not self.has(key):
            self.note(key, InvalidValue("is missing", hint="write it"))
            return None
        return self.optional(key, value_of)

    def lacks(self, key: str) -> bool:
        """Whether a setting that must be there is not."""
        return not self.has(key) and not self.partial

    def table(self, key: str) -> Table | None:
        """The table under a key; None if there is none."""
        if not self.has(key):
            return None
        inner = self.settings[key]
        if not isinstance(inner, dict):
            self.note(key, InvalidType(f"is {_kind(inner)}, not a table", hint="write it as { setting = value }"))
            return None
        return self.inside(key, inner)

    def inside(self, key: str, settings: Mapping[str, Any]) -> Table:
        """A table under a key, of these settings."""
        return Table(self.file, self._within(key), settings, self.mistakes)

    def tables(self, key: str) -> list[Table]:
        """The tables of a list under a key; a single table is a list of one."""
        if not self.has(key):
            return []
        entries = self.settings[key]
        if isinstance(entries, dict):
            entries = [entries]
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            hint = "write them as [{ setting = value }]" if self.place else f"write [[{key}]] before each"
            self.note(key, InvalidType(f"is {_kind(entries)}, not a list of tables", hint=hint))
            return []
        return [self.inside(f"{key}[{number}]", entry) for number, entry in enumerate(entries, 1)]

    def made(self, kind: Callable[..., V], values: Mapping[str, Any]) -> V | None:
        """What the values make; None if one of them is wrong, or the library refuses them together."""
        self.end()
        if self.is_wrong():
            return None
        try:
            return kind(**{name: value for name, value in values.items() if value is not None})
        except ArledgerError as error:
            self.note(error.field if error.field in self.asked else "", error)
            return None

    def is_wrong(self, key: str = "") -> bool:
        """Whether anything in this table or below it is wrong; with a key, anything under that."""
        place = self._within(key) if key else self.place
        return any(_is_within(mistake.place, place) for mistake in self.mistakes)

    def end(self) -> None:
        """Note the keys that nobody asked for."""
        known = list(self.asked)
        for key in self.settings:
            if key not in known:
                self.note(key, UnknownName("is no setting here", hint=did_you_mean(key, known)))
                self.asked[key] = None

    def note(self, key: str, error: ArledgerError) -> None:
        """Keep what is wrong with a setting, in the words of whoever writes a file."""
        hint = _HINTS.get(error.hint, error.hint)
        if hint.startswith("pass "):
            hint = f"write {hint.removeprefix('pass ')}"
        place = self._within(key) if key else self.place
        self.mistakes.append(Mistake(self.file, place, problem_of(error).removeprefix(f"{key} "), hint))

    def _within(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key


def _is_within(place: str, outer: str) -> bool:
    return not outer or place == outer or place.startswith((f"{outer}.", f"{outer}["))


def text_setting(value: Any) -> str:
    """Text."""
    return _of_type(value, str, "text", "write it in quotation marks")


def day_setting(value: Any) -> date:
    """A day, written without quotation marks: 2026-03-31."""
    if isinstance(value, datetime):
        raise InvalidType("is a moment, not a day", hint="write a day such as 2026-03-31")
    return _of_type(value, date, "a day", "write a day such as 2026-03-31, without quotation marks")


def whole_number_setting(value: Any) -> int:
    """A whole number."""
    if isinstance(value, bool):
        raise InvalidType("is true or false, not a whole number", hint="write a number such as 3")
    return _of_type(value, int, "a whole number", "write a number such as 3")


def flag_setting(value: Any) -> bool:
    """True or false."""
    return _of_type(value, bool, "true or false", "write true or false")


def number_setting(value: Any) -> str | int | Decimal:
    """A number, as such or as text."""
    if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool):
        return value
    raise InvalidType(f"is {_kind(value)}, not a number", hint="write a number such as 1000.00")


def texts_setting(value: Any) -> list[str]:
    """A list of texts."""
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return value
    raise InvalidType(f"is {_kind(value)}, not a list of texts", hint='write a list such as ["RENT", "PARK"]')


def days_setting(value: Any) -> list[date]:
    """A list of days."""
    if not isinstance(value, list):
        raise InvalidType(f"is {_kind(value)}, not a list of days", hint="write a list such as [2026-12-25]")
    return [day_setting(entry) for entry in value]


def word_setting(known: Mapping[str, T], hint: str = "") -> Callable[[Any], T]:
    """What reads one word of a closed set, in any case, with "_", "-" or a blank between its parts.

    ``hint`` is what to say of an unknown word, where the nearest known one would mislead.
    """

    def value_of(value: Any) -> T:
        word = word_of(text_setting(value))
        if word not in known:
            raise UnknownName(f"unknown word {shown(value)}", hint=hint or did_you_mean(word, known))
        return known[word]

    return value_of


def _of_type(value: Any, kind: type[V], what: str, hint: str) -> V:
    if not isinstance(value, kind):
        raise InvalidType(f"is {_kind(value)}, not {what}", hint=hint)
    return value


def _kind(value: Any) -> str:
    """What a TOML value is, in words."""
    if isinstance(value, (bool, int, Decimal)):
        return str(value).lower()
    for kind, word in ((str, "text"), (date, "a day"), (list, "a list"), (dict, "a table")):
        if isinstance(value, kind):
            return word
    return type_name(value)
