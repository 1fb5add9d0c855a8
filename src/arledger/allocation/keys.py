"""What a ranking sorts by.

The problem: "oldest first, but rent last, and fees before interest" mixes dates, amounts, categories and the host's own
fields, each in its own direction. The decision: a key is a frozen value that gives an item's value in a context; a
ranking sorts by its keys from the first to the last. Selectors enter only through ``first``, ``last`` and ``in_order``,
since a bare boolean would sort the wrong way round. No key of ours reads what is open: else paying in two parts could
end in another way than paying at once.

A plain function ``(item, context) -> value`` is a key too, asked anew for each piece of money, since it may read it.
Where a value is absent (None), the item comes last in either direction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import Any, Literal, Protocol, TypeGuard

import attrs

from arledger.checks import check_id, shown, text_of, type_name
from arledger.entries import Charge, Selector, check_selector
from arledger.errors import ArledgerError, InvalidType, InvalidValue, OrderError, UnknownName, did_you_mean
from arledger.items import Context, OpenItem
from arledger.money import money_of

GROUPINGS = ("about", "category", "code", "invoice", "payer", "period")
"""The fields of a charge that can group charges."""


class Reads(IntEnum):
    """What the values of a key depend on: how often a ranking must be made anew."""

    CHARGE = 0  # the charge alone, and what it is a tax on
    CHARGES = 1  # other charges of the call too
    DATE = 2
    MONEY = 3


class Key(Protocol):
    """What a ranking sorts by: the value of an item, of a type that compares with its like."""

    def __call__(self, item: OpenItem, context: Context, /) -> Any:
        """The value of one item."""
        ...


class _Key:
    """A key of ours: reads a whole column of charges at once, which is fast, and single items through it."""

    __slots__ = ()

    @property
    def reads(self) -> Reads:
        """What its values depend on."""
        return Reads.CHARGE

    def values(self, charges: Sequence[Charge], context: Context, /) -> list[Any]:
        """The value of each charge."""
        raise NotImplementedError

    def __call__(self, item: OpenItem, context: Context, /) -> Any:
        """The value of one item."""
        return self.values((item.charge,), context)[0]


@attrs.frozen(repr=False, order=False)
class _Column(_Key):
    """A key with a direction: ascending, and ``.descending``. ``read`` is a function of charges and context."""

    text: str
    read: Callable[[Sequence[Charge], Context], list[Any]]
    is_descending: bool = False
    reads_others: bool = False

    @property
    def reads(self) -> Reads:
        return Reads.CHARGES if self.reads_others else super().reads

    @property
    def descending(self) -> _Column:
        """The same key, the highest first; charges without a value still come last."""
        return attrs.evolve(self, is_descending=True)

    def values(self, charges: Sequence[Charge], context: Context, /) -> list[Any]:
        return self.read(charges, context)

    def __repr__(self) -> str:
        return f"{self.text}.descending" if self.is_descending else self.text


def _due_dates(charges: Sequence[Charge], _context: Context) -> list[Any]:
    return [charge.due for charge in charges]


def _posted_dates(charges: Sequence[Charge], _context: Context) -> list[Any]:
    return [charge.posted for charge in charges]


def _amounts(charges: Sequence[Charge], _context: Context) -> list[Any]:
    return [charge.amount.minor for charge in charges]


def _parent_dues(charges: Sequence[Charge], context: Context) -> list[Any]:
    known = context.charges
    return [known.get(charge.about or "", charge).due for charge in charges]


@attrs.frozen
class _GroupDues:
    field: str

    def __call__(self, charges: Sequence[Charge], context: Context) -> list[Any]:
        earliest: dict[Any, Any] = {}
        for charge in context.charges.values():
            group = getattr(charge, self.field)
            earliest[group] = min(earliest.get(group, charge.due), charge.due)
        groups = ((charge, getattr(charge, self.field)) for charge in charges)
        return [charge.due if group is None else earliest[group] for charge, group in groups]


@attrs.frozen
class _Attributes:
    name: str

    def __call__(self, charges: Sequence[Charge], _context: Context) -> list[Any]:
        return [charge.attribute(self.name) for charge in charges]


due_date = _Column("due_date", _due_dates)
"""The day on which a charge is due."""
posted_date = _Column("posted_date", _posted_dates)
"""The day from which a charge exists."""
amount = _Column("amount", _amounts)
"""The charge's own amount, never what is open of it."""
parent_due = _Column("parent_due", _parent_dues, reads_others=True)
"""The due date of the charge that this one is about, or its own where there is none."""


def group_due(field: str) -> _Column:
    """The earliest due date among all charges that share the field: a whole invoice ranks by its oldest charge.

    ``field`` is one of "about", "category", "code", "invoice", "payer", "period". A charge without it ranks by its
    own due date.
    """
    check_grouping(field, "group_due")
    return _Column(f"group_due({field!r})", _GroupDues(field), reads_others=True)


def attribute(name: str) -> _Column:
    """The host's own attribute of that name; charges without it come last, in either direction.

    >>> attribute("rate").descending
    attribute('rate').descending
    """
    check_id(name, "attribute", "name")
    return _Column(f"attribute({name!r})", _Attributes(name))


@attrs.frozen(repr=False, order=False)
class _Selected(_Key):
    """Whether a selector takes it: those first, or those last."""

    selector: Selector
    is_descending: bool

    @property
    def reads(self) -> Reads:
        return Reads.DATE if self.selector.reads_date else Reads.CHARGE

    def values(self, charges: Sequence[Charge], context: Context, /) -> list[Any]:
        return self.selector.flags(charges, context)

    def __repr__(self) -> str:
        return f"{'first' if self.is_descending else 'last'}({self.selector!r})"


def first(selector: Selector) -> _Selected:
    """The selected charges before all others."""
    check_selector(selector, "first")
    return _Selected(selector, is_descending=True)


def last(selector: Selector) -> _Selected:
    """The selected charges after all others."""
    check_selector(selector, "last")
    return _Selected(selector, is_descending=False)


@attrs.frozen(repr=False, order=False)
class _InOrder(_Key):
    """The place, from 1, of the first selector that takes it; the rest come after the last."""

    selectors: tuple[Selector, ...]
    rest: Literal["last", "refuse"]

    @property
    def reads(self) -> Reads:
        return Reads.DATE if any(selector.reads_date for selector in self.selectors) else Reads.CHARGE

    def values(self, charges: Sequence[Charge], context: Context, /) -> list[Any]:
        places = [len(self.selectors) + 1] * len(charges)
        for place, selector in reversed(list(enumerate(self.selectors, start=1))):
            for position, flag in enumerate(selector.flags(charges, context)):
                if flag:
                    places[position] = place
        return places

    def refuse_rest(self, charges: Sequence[Charge], context: Context) -> None:
        """Refuse charges that no selector takes."""
        for charge, place in zip(charges, self.values(charges, context), strict=True):
            if place > len(self.selectors):
                raise OrderError(
                    f"charge {charge.id}: no selector of in_order takes it",
                    field="rest",
                    value=charge.id,
                    hint="add a selector that does, or pass rest='last'",
                )

    def __repr__(self) -> str:
        rest = "" if self.rest == "last" else f", rest={self.rest!r}"
        return f"in_order({', '.join(map(repr, self.selectors))}{rest})"


def in_order(*selectors: Selector, rest: Literal["last", "refuse"] = "last") -> _InOrder:
    """What the first selector takes, then what the second takes, and so on; the rest last.

    With ``rest="refuse"`` an open charge that no selector takes raises ``OrderError``: a new category must then be
    given its place before any money is placed.
    """
    if not selectors:
        raise InvalidValue("in_order: no selector", field="selectors", value=selectors, hint="pass at least one")
    for selector in selectors:
        check_selector(selector, "in_order")
    if rest not in ("last", "refuse"):
        raise InvalidValue(
            f"in_order: unknown rest {shown(rest)}", field="rest", value=rest, hint="pass last or refuse"
        )
    return _InOrder(selectors, rest)


def check_grouping(field: object, subject: str) -> None:
    """Refuse what is no field that groups charges."""
    if field not in GROUPINGS:
        raise UnknownName(
            f"{subject}: charges cannot be grouped by {shown(field)}",
            field="field",
            value=field,
            hint=did_you_mean(field if isinstance(field, str) else "", GROUPINGS),
        )


def check_key(key: object) -> None:
    """Refuse what is no key of a ranking."""
    if isinstance(key, Selector):
        raise InvalidType(
            f"ranking: {key!r} is a selector, not a key", field="keys", value=key, hint="pass first(...) or last(...)"
        )
    if not callable(key):
        raise InvalidType(
            f"ranking: {type_name(key)} is no key",
            field="keys",
            value=key,
            hint="pass a key such as due_date, or a function (item, context)",
        )


def reads_of(key: Key) -> Reads:
    """What the key depends on; of a user's function, everything."""
    return key.reads if isinstance(key, _Key) else Reads.MONEY


def descends(key: Key) -> bool:
    """Whether the key's highest values come first."""
    return isinstance(key, (_Column, _Selected)) and key.is_descending


def refuse_rest(keys: Iterable[Key], charges: Sequence[Charge], context: Context) -> None:
    """Refuse charges for which an ``in_order`` among the keys has no place."""
    for key in keys:
        if refuses(key):
            key.refuse_rest(charges, context)


def refuses(key: Key) -> TypeGuard[_InOrder]:
    """Whether the key may refuse a charge."""
    return isinstance(key, _InOrder) and key.rest == "refuse"


def column(key: Key, charges: Sequence[Charge], items: Iterable[OpenItem], context: Context) -> list[Any]:
    """The key's value for each charge; a user's function is asked item by item."""
    if isinstance(key, _Key):
        return key.values(charges, context)
    return [_asked(key, item, context) for item in items]


def _asked(key: Key, item: OpenItem, context: Context) -> Any:
    try:
        return key(item, context)
    except ArledgerError:
        raise
    except Exception as error:
        raise OrderError(
            f"key {key_name(key)}: failed on charge {item.id} with {type_name(error)}: {text_of(error)}",
            field="keys",
            value=key,
        ) from error


def explained(key: Key, value: Any, currency: str) -> tuple[str, Any]:
    """The name and the value of a key as an explanation has them: an amount as Money, a place by its selector."""
    if isinstance(key, _InOrder):
        return "in_order", repr(key.selectors[value - 1]) if value <= len(key.selectors) else "the rest"
    if isinstance(key, _Column) and key.read is _amounts:
        value = money_of(value, currency)
    return key_name(key), value


def key_name(key: Key) -> str:
    """The key as an explanation prints it."""
    return repr(key) if isinstance(key, _Key) else str(getattr(key, "__qualname__", repr(key)))
