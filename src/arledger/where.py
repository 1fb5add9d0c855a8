"""Selectors: which charges a rule, a designation or a restriction speaks of.

The problem: "all rent but that of invoice 17" must be a value that prints, compares, pickles and composes, and must not
be a lambda. The cases: what a charge is (category, code, tags), where it belongs (invoice, payer), when it is due
(against a fixed date, or against the money's), and what the user's own function says. The decision: one namespace,
imported as a module so that it shadows nobody's variables, and three operators:

>>> from arledger import where
>>> where.rent & ~where.invoice("17")
where.rent & ~where.invoice('17')

A tax counts as what it taxes: ``category``, ``code`` and ``tagged`` select a tax with its own values and also with
those of the charge that it is about, where that is among the charges of the call (rule R3).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Literal

import attrs

from arledger.checks import check_date, check_id, check_instance, name_of, text_of, type_name
from arledger.entries import Category, Charge, SelectionContext, Selector
from arledger.errors import ArledgerError, InvalidType, InvalidValue, OrderError

__all__ = [
    "category",
    "charge",
    "code",
    "due_by",
    "invoice",
    "is_due",
    "matching",
    "past_due",
    "payer",
    "rent",
    "tagged",
]


class _Composable:
    """The three operators, and the answer for a single charge."""

    __slots__ = ()

    @property
    def reads_date(self) -> bool:
        """Whether its answer depends on the money's date."""
        return False

    def flags(self, charges: Sequence[Charge], context: SelectionContext, /) -> list[bool]:
        """Which of the charges it selects, one flag a charge."""
        raise NotImplementedError

    def selects(self, charge: Charge, context: SelectionContext, /) -> bool:
        """Whether it selects this one charge."""
        return self.flags((charge,), context)[0]

    def __and__(self, other: Selector, /) -> Selector:
        return _joined("&", self, other)

    def __or__(self, other: Selector, /) -> Selector:
        return _joined("|", self, other)

    def __rand__(self, other: Selector, /) -> Selector:
        return _joined("&", other, self)

    def __ror__(self, other: Selector, /) -> Selector:
        return _joined("|", other, self)

    def __invert__(self) -> Selector:
        return _Not(self)

    def __bool__(self) -> bool:
        raise InvalidType(
            f"{self!r} is neither true nor false", field="selector", value=self, hint="compose selectors with & | ~"
        )


@attrs.frozen(repr=False, order=False)
class _Joined(_Composable):
    """All of the parts ("&"), or any of them ("|")."""

    sign: Literal["&", "|"]
    parts: tuple[Selector, ...]

    @property
    def reads_date(self) -> bool:
        return any(part.reads_date for part in self.parts)

    def flags(self, charges: Sequence[Charge], context: SelectionContext, /) -> list[bool]:
        join = all if self.sign == "&" else any
        columns = [_checked_flags(part, charges, context) for part in self.parts]
        return [join(flags) for flags in zip(*columns, strict=True)]

    def __repr__(self) -> str:
        # & binds before |, so only an | inside an & needs its parentheses
        inside = [
            f"({part!r})" if isinstance(part, _Joined) and self.sign == "&" else repr(part) for part in self.parts
        ]
        return f" {self.sign} ".join(inside)


def _checked_flags(part: Selector, charges: Sequence[Charge], context: SelectionContext) -> list[bool]:
    """The flags of a part, which may be a selector of the user's own: one a charge."""
    flags = part.flags(charges, context)
    if len(flags) != len(charges):
        raise OrderError(
            f"selector {part!r}: gave {len(flags)} flags for {len(charges)} charges",
            field="selector",
            value=part,
            hint="give one flag a charge",
        )
    return flags


def _joined(sign: Literal["&", "|"], first: object, second: object) -> Selector:
    parts: list[Selector] = []
    for part in (first, second):
        if not isinstance(part, Selector):
            raise InvalidType(
                f"{type_name(part)} is no selector",
                field="selector",
                value=part,
                hint="wrap a function in where.matching(...)" if callable(part) else "pass one such as where.rent",
            )
        parts.extend(part.parts if isinstance(part, _Joined) and part.sign == sign else (part,))
    return _Joined(sign, tuple(parts))


@attrs.frozen(repr=False, order=False)
class _Not(_Composable):
    part: Selector

    @property
    def reads_date(self) -> bool:
        return self.part.reads_date

    def flags(self, charges: Sequence[Charge], context: SelectionContext, /) -> list[bool]:
        return [not flag for flag in self.part.flags(charges, context)]

    def __invert__(self) -> Selector:
        return self.part

    def __repr__(self) -> str:
        return f"~({self.part!r})" if isinstance(self.part, _Joined) else f"~{self.part!r}"


@attrs.frozen(repr=False, order=False)
class _OneOf(_Composable):
    """The charges whose field of that name has one of the values."""

    field: Literal["id", "invoice", "payer"]
    values: tuple[str, ...]

    def flags(self, charges: Sequence[Charge], _context: SelectionContext, /) -> list[bool]:
        field, values = self.field, self.values
        return [getattr(charge, field) in values for charge in charges]

    def __repr__(self) -> str:
        return f"where.{'charge' if self.field == 'id' else self.field}({', '.join(map(repr, self.values))})"


@attrs.frozen(repr=False, order=False)
class _Described(_Composable):
    """The charges whose field of that name has one of the values, and the taxes on them."""

    field: Literal["category", "code"]
    values: tuple[str, ...] | tuple[Category, ...]

    def flags(self, charges: Sequence[Charge], context: SelectionContext, /) -> list[bool]:
        field, values = self.field, self.values
        return [
            getattr(charge, field) in values
            or (charge.about is not None and getattr(context.taxed(charge), field) in values)
            for charge in charges
        ]

    def __repr__(self) -> str:
        if self.values == (Category.RENT,):
            return "where.rent"
        return f"where.{self.field}({', '.join(map(repr, self.values))})"


@attrs.frozen(repr=False, order=False)
class _Tagged(_Composable):
    tags: tuple[str, ...]

    def flags(self, charges: Sequence[Charge], context: SelectionContext, /) -> list[bool]:
        tags = self.tags
        return [any(tag in tags for tag in (*charge.tags, *context.taxed(charge).tags)) for charge in charges]

    def __repr__(self) -> str:
        return f"where.tagged({', '.join(map(repr, self.tags))})"


@attrs.frozen(repr=False, order=False)
class _DueBy(_Composable):
    day: datetime.date

    def flags(self, charges: Sequence[Charge], _context: SelectionContext, /) -> list[bool]:
        day = self.day
        return [charge.due <= day for charge in charges]

    def __repr__(self) -> str:
        return f"where.due_by({self.day!r})"


@attrs.frozen(repr=False, order=False)
class _DueOnTheDay(_Composable):
    """Due before the money's date, or on it."""

    name: str
    on_it_too: bool

    @property
    def reads_date(self) -> bool:
        return True

    def flags(self, charges: Sequence[Charge], context: SelectionContext, /) -> list[bool]:
        day = context.date
        return [charge.due < day or (self.on_it_too and charge.due == day) for charge in charges]

    def __repr__(self) -> str:
        return f"where.{self.name}"


@attrs.frozen(repr=False, order=False)
class _Matching(_Composable):
    function: Callable[[Charge], bool]

    def flags(self, charges: Sequence[Charge], _context: SelectionContext, /) -> list[bool]:
        return [self._asked(charge) for charge in charges]

    def _asked(self, charge: Charge) -> bool:
        try:
            return bool(self.function(charge))
        except ArledgerError:
            raise
        except Exception as error:
            raise OrderError(
                f"selector {self!r}: failed on charge {charge.id} with {type_name(error)}: {text_of(error)}",
                field="selector",
                value=self,
            ) from error

    def __repr__(self) -> str:
        return f"where.matching({name_of(self.function)})"


def category(*categories: Category) -> Selector:
    """Charges of one of these categories, and the taxes on them.

    >>> category(Category.LATE_FEE, Category.NSF_FEE)
    where.category(Category.LATE_FEE, Category.NSF_FEE)
    """
    _check_some(categories, "category")
    for value in categories:
        check_instance(value, Category, "where.category", "category", "pass a Category, such as Category.RENT")
    return _Described("category", tuple(known for known in Category if known in categories))


def code(*codes: str) -> Selector:
    """Charges with one of the user's own codes, and the taxes on them."""
    return _Described("code", _texts(codes, "code"))


def invoice(*invoices: str) -> Selector:
    """Charges of one of these invoices, by the invoice's id."""
    return _OneOf("invoice", _texts(invoices, "invoice"))


def invoice_named(selector: Selector) -> str | None:
    """The one invoice that a selector names and that is all it names; None of any other.

    >>> invoice_named(invoice("INV-7")), invoice_named(code("PARK"))
    ('INV-7', None)
    """
    if isinstance(selector, _OneOf) and selector.field == "invoice" and len(selector.values) == 1:
        return selector.values[0]
    return None


def payer(*payers: str) -> Selector:
    """Charges that one of these payers owes."""
    return _OneOf("payer", _texts(payers, "payer"))


def charge(*charges: str) -> Selector:
    """These charges, by id."""
    return _OneOf("id", _texts(charges, "charge"))


def tagged(*tags: str) -> Selector:
    """Charges with at least one of these tags, and the taxes on them."""
    return _Tagged(_texts(tags, "tagged"))


def due_by(day: datetime.date) -> Selector:
    """Charges due on that day or before."""
    check_date(day, "where.due_by", "day")
    return _DueBy(day)


def matching(function: Callable[[Charge], bool]) -> Selector:
    """Charges of which the function says so. It must read nothing but the charge.

    >>> matching(lambda charge: charge.amount.minor > 100_00)
    where.matching(<lambda>)
    """
    if not callable(function):
        raise InvalidType(
            f"where.matching: function is {type_name(function)}, not callable",
            field="function",
            value=function,
            hint="pass a function of a charge",
        )
    return _Matching(function)


def _texts(values: tuple[str, ...], name: str) -> tuple[str, ...]:
    _check_some(values, name)
    for value in values:
        check_id(value, f"where.{name}", name)
    return tuple(sorted(set(values)))


def _check_some(values: tuple[object, ...], name: str) -> None:
    if not values:
        raise InvalidValue(f"where.{name}: nothing to select", field=name, value=values, hint="pass at least one")


rent: Selector = category(Category.RENT)
"""Rent, the service itself, and the taxes on it (rule R3)."""

past_due: Selector = _DueOnTheDay("past_due", on_it_too=False)
"""Charges due before the money's date."""

is_due: Selector = _DueOnTheDay("is_due", on_it_too=True)
"""Charges due on the money's date or before."""
