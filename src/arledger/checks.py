"""What a single value must be, said once.

Every fact and every reader refuses the same things in the same words: an id that is no text, a datetime where a civil
date is meant (it carries a time zone's doubts with it), a bool that would pass for the int 1. Each function returns
nothing and raises on the first thing wrong; ``subject`` names the fact in the message ("charge R-03"). Whatever is
given, the refusal itself never fails: ``shown`` prints even what has no text, such as an int of 5,000 digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from arledger.errors import ArledgerError, Conflict, InvalidType, InvalidValue

LARGEST_EXPONENT = 40  # a number beyond it is a mistake, and would fill the memory or could not be printed
_LARGEST = 10**LARGEST_EXPONENT
_LONGEST_SHOWN = 80
T = TypeVar("T")

_SURROGATE = re.compile(r"[\ud800-\udfff]")


def type_name(value: object) -> str:
    """The type of a value as messages print it."""
    return "None" if value is None else type(value).__name__


def shown(value: object) -> str:
    """A value as messages quote it: its repr, cut where it is long.

    >>> shown("x" * 5000)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx... (5002 characters)"
    """
    try:
        text = repr(value)
    except ValueError:  # CPython prints no int of more than some thousand digits
        return f"<{type_name(value)} too long to print>"
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 20]}... ({len(text)} characters)"


def text_of(value: object) -> str:
    """A value as messages and tables print it: its text, cut nowhere.

    >>> text_of(10**5000)
    '<int too long to print>'
    """
    try:
        return str(value)
    except ValueError:
        return f"<{type_name(value)} too long to print>"


def name_of(function: object) -> str:
    """A function or callable value as messages print it: a function's own name, a value's repr."""
    return str(getattr(function, "__qualname__", None) or repr(function))


def said(function: object) -> str:
    """A function or callable value as a sentence says it: in its own words, or by its name."""
    has_words = type(function).__str__ is not object.__str__
    return str(function) if has_words else f"by {name_of(function)}"


def check_text(value: str, subject: str, field: str) -> None:
    """Refuse text with a lone surrogate in it: no file and no database would take it.

    Here, as in ``check_range``, ``subject`` is all that the message says of the place ("charge R-03: attribute rate").
    """
    if _SURROGATE.search(value):
        raise InvalidValue(
            f"{subject} {shown(value)} is no valid text",
            field=field,
            value=value,
            hint="decode it from its bytes without surrogateescape",
        )


def check_id(value: object, subject: str, field: str = "id") -> None:
    """Refuse what is no non-empty text without blanks around it."""
    if not isinstance(value, str):
        is_number = type(value) is int and abs(value) < _LARGEST
        is_key = is_number or type(value).__name__ == "UUID"  # by name: the uuid module is slow to import
        hint = f"pass str({value!r})" if is_key else "pass it as text"
        raise InvalidType(f"{subject}: {field} is {type_name(value)}, not str", field=field, value=value, hint=hint)
    if not value or value != value.strip():
        problem = "is empty" if not value.strip() else f"{shown(value)} has blanks around it"
        hint = "pass a non-empty str" if not value.strip() else "pass it without them"
        raise InvalidValue(f"{subject}: {field} {problem}", field=field, value=value, hint=hint)
    if not value.isascii():
        check_text(value, f"{subject}: {field}", field)


def check_date(value: object, subject: str, field: str) -> None:
    """Refuse what is no civil date; a datetime is none."""
    hint = "pass a datetime.date"
    if isinstance(value, datetime):
        hint = "pass its .date() in the time zone of the books"
    elif isinstance(value, date):
        return
    raise InvalidType(f"{subject}: {field} is {type_name(value)}, not date", field=field, value=value, hint=hint)


def check_span(value: Any, subject: str, hint: str, first: str = "since") -> None:
    """Refuse a value with days that are no dates, or with an ``until`` that is not after its ``first`` day."""
    start, until = getattr(value, first), value.until
    for field, day in ((first, start), ("until", until)):
        if day is not None:
            check_date(day, subject, field)
    if start is not None and until is not None and until <= start:
        raise InvalidValue(
            f"{subject}: until {until} is not after {first} {start}", field="until", value=until, hint=hint
        )


def check_int(value: object, subject: str, field: str) -> None:
    """Refuse what is no int; a bool is none."""
    if type(value) is not int:
        raise InvalidType(
            f"{subject}: {field} is {type_name(value)}, not int", field=field, value=value, hint="pass an int"
        )


def check_instance(value: object, kind: type[Any], subject: str, field: str, hint: str = "") -> None:
    """Refuse what is no instance of ``kind``."""
    if not isinstance(value, kind):
        raise InvalidType(
            f"{subject}: {field} is {type_name(value)}, not {kind.__name__}",
            field=field,
            value=value,
            hint=hint or f"pass {'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}",
        )


def answer_of(function: Callable[..., T], *arguments: object, subject: str, field: str) -> T:
    """What a function of the user's gives; what it fails with becomes an error that names it, the cause kept."""
    try:
        return function(*arguments)
    except ArledgerError:
        raise
    except Exception as error:
        raise InvalidValue(
            f"{subject} failed on {text_of(arguments[0])} with {type_name(error)}: {text_of(error)}",
            field=field,
            value=function,
        ) from error


def as_tuple(values: Iterable[T]) -> tuple[T, ...]:
    """A list or other iterable as a tuple; what is none is left for ``check_tuple`` to refuse by name."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        return values  # type: ignore[return-value]  # refused by the check that follows
    return tuple(values)


def as_texts(texts: str | Iterable[str]) -> tuple[str, ...]:
    """One text or some as a tuple; what is neither is left for ``check_tuple`` to refuse by name."""
    return (texts,) if isinstance(texts, str) else as_tuple(texts)


def as_text_set(texts: str | Iterable[str]) -> tuple[str, ...]:
    """As ``as_texts``, sorted and each once, so that a set of texts prints the same everywhere."""
    found = as_texts(texts)
    is_of_texts = isinstance(found, tuple) and all(isinstance(one, str) for one in found)
    return tuple(sorted(set(found))) if is_of_texts else found


class HasId(Protocol):
    """A fact with an id."""

    @property
    def id(self) -> str:
        """The id."""
        ...


I = TypeVar("I", bound=HasId)  # noqa: E741  # of an id


def as_sorted(values: I | Iterable[I], kind: type[I]) -> tuple[I, ...]:
    """One fact of a kind, or some, as a tuple by their ids; what is none is left for ``check_tuple_of`` to refuse."""
    given = (values,) if isinstance(values, kind) else as_tuple(values)  # type: ignore[arg-type]  # then it is no fact
    if isinstance(given, tuple) and all(isinstance(one, kind) for one in given):
        return tuple(sorted(given, key=lambda one: one.id))
    return given


def check_ids_differ(facts: Iterable[HasId], noun: str) -> None:
    """Refuse an id that stands twice."""
    seen: set[str] = set()
    for fact in facts:
        if fact.id in seen:
            raise Conflict(f"{noun} {fact.id}: stands twice", field="id", value=fact.id, hint="keep one of them")
        seen.add(fact.id)


def check_tuple(values: object, subject: str, field: str, item: str, hint: str = "") -> None:
    """Refuse what the converters could not make a tuple of."""
    if not isinstance(values, tuple):
        raise InvalidType(
            f"{subject}: {field} is {type_name(values)}, not a list of {item}",
            field=field,
            value=values,
            hint=hint or f"pass a list of {item}",
        )


def check_tuple_of(values: object, kind: type[Any], subject: str, field: str, hint: str = "") -> None:
    """Refuse what is no tuple of instances of ``kind``."""
    check_tuple(values, subject, field, kind.__name__, hint)
    assert isinstance(values, tuple)
    for value in values:
        check_instance(value, kind, subject, field)


def out_of_range(subject: str, field: str, value: object) -> InvalidValue:
    """The refusal of a number that is too long to be meant."""
    return InvalidValue(
        f"{subject} is out of range",
        field=field,
        value=value,
        hint=f"at most {LARGEST_EXPONENT} digits stand before the point, and as many after it",
    )


def check_range(number: int | Decimal | Fraction, subject: str, field: str) -> None:
    """Refuse a number of absurd length, and a Decimal that is no finite number."""
    if isinstance(number, Decimal):
        if not number.is_finite():
            raise InvalidValue(f"{subject} {number} is no finite number", field=field, value=number)
        far = bool(number) and not -LARGEST_EXPONENT <= number.adjusted() < LARGEST_EXPONENT
        if far or len(number.as_tuple().digits) > 2 * LARGEST_EXPONENT:
            raise out_of_range(subject, field, number)
    elif abs(number.numerator) >= _LARGEST * number.denominator or number.denominator > _LARGEST:
        raise out_of_range(subject, field, number)
