"""The ledger: the immutable facts of one account, in one currency.

The problem: a host stores entries in whatever order they are found, some of them twice, some of them weeks after the
month was closed, and must never rewrite one. The decision: a ``Ledger`` is a set of entries by id. Recording gives a
new ledger; the same entry again changes nothing, another one under a known id is refused, and so is a new one that
would be posted into closed books. What the entries come to is for ``replay`` to say.

Source: rules R43 and R44; ours.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import TypeVar

import attrs

from arledger.checks import check_date, check_instance, type_name
from arledger.currencies import currency_digits
from arledger.entries import (
    Charge,
    Chargeback,
    Credit,
    Payment,
    PaymentStep,
    Refund,
    Return,
    Reversal,
    Transfer,
    Void,
    WonBack,
)
from arledger.errors import Conflict, CurrencyMismatch, InvalidType, InvalidValue

Entry = Charge | Credit | Payment | PaymentStep | Return | Void | Chargeback | WonBack | Reversal | Refund | Transfer
"""Whatever a ledger holds."""

Change = PaymentStep | Return | Void | Chargeback | WonBack | Reversal | Refund | Transfer
"""An entry about another entry."""

_ENTRIES = frozenset(
    {Charge, Credit, Payment, PaymentStep, Return, Void, Chargeback, WonBack, Reversal, Refund, Transfer}
)
_MONEY = frozenset({Payment, Credit})
_ID, _ROW = attrgetter("id"), attrgetter("row")
F = TypeVar("F", bound="Charge | Payment | Credit")


def entry_name(entry: Entry) -> str:
    """An entry as messages call it.

    >>> entry_name(Void("V-1", "P-17", on=date(2026, 3, 4)))
    'void V-1'
    """
    return f"{_WORDS[type(entry)]} {entry.id}"


_WORDS: dict[type, str] = {
    Charge: "charge",
    Credit: "credit",
    Payment: "payment",
    PaymentStep: "payment step",
    Return: "return",
    Void: "void",
    Chargeback: "chargeback",
    WonBack: "won back",
    Reversal: "reversal",
    Refund: "refund",
    Transfer: "transfer",
}


def effective_day(entry: Entry) -> date:
    """The day on which an entry counts: a charge from the day on which it is posted, any other on its own day."""
    return entry.posted if isinstance(entry, Charge) else entry.day


def _by_id(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    given: object = entries
    if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        raise InvalidType(
            f"ledger: entries is {type_name(entries)}, not a list of entries",
            field="entries",
            value=entries,
            hint="pass a list of Charge, Payment, Credit, Return and the like",
        )
    found = list(entries)
    for entry in found:
        if type(entry) not in _ENTRIES:
            raise InvalidType(
                f"ledger: entries holds {type_name(entry)}, which is no entry",
                field="entries",
                value=entry,
                hint="pass applications to replay as fixed="
                if type_name(entry) == "Application"
                else "pass Charge, Payment, Credit, Return and the like",
            )
    found.sort(key=_ID)
    kept: list[Entry] = []
    for entry in found:
        if kept and kept[-1].id == entry.id:
            if kept[-1] != entry:
                raise _other_content(entry)
        else:
            kept.append(entry)
    return tuple(kept)


def _other_content(entry: Entry) -> Conflict:
    return Conflict(
        f"{entry_name(entry)}: the ledger has that id with other content",
        field="id",
        value=entry.id,
        hint="an entry never changes: record one that reverses it, and a new one under an id of its own",
    )


@attrs.frozen(order=False, repr=False)
class Ledger:
    """The entries of one account in one currency, in any order; equal where the same entries are in it.

    ``closed_through`` is the last day of the books that is closed: nothing new is posted on it or before.

    >>> from arledger import Money
    >>> rent = Charge("R-03", Money("900", "CAD"), due=date(2026, 3, 1))
    >>> Ledger("CAD", [rent, rent])
    <Ledger in CAD: 1 entry>

    Refused: an entry in another currency (``CurrencyMismatch``), one id with two contents (``Conflict``), an entry
    about an entry that is not there, an impossible step of a payment (``Conflict``, when it is replayed).
    """

    currency: str
    entries: tuple[Entry, ...] = attrs.field(default=(), converter=_by_id)
    closed_through: date | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        currency_digits(self.currency)
        if self.closed_through is not None:
            check_date(self.closed_through, "ledger", "closed_through")
            if self.closed_through == date.max:
                raise InvalidValue(
                    f"ledger: no day comes after closed_through {self.closed_through}",
                    field="closed_through",
                    value=self.closed_through,
                    hint="pass the last day that is closed",
                )
        for entry in self.entries:
            amount = getattr(entry, "amount", None)
            if amount is not None and amount.currency != self.currency:
                raise CurrencyMismatch(
                    f"{entry_name(entry)}: in {amount.currency}, and the ledger is in {self.currency}",
                    field="amount",
                    value=amount,
                    hint="keep a ledger for each currency",
                )

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """The entries by their ids."""
        return MappingProxyType({entry.id: entry for entry in self.entries})

    @cached_property
    def charges(self) -> tuple[Charge, ...]:
        """The charges, in canonical order (due, posted, sequence, id)."""
        return _in_rows([entry for entry in self.entries if type(entry) is Charge])

    @cached_property
    def money(self) -> tuple[Payment | Credit, ...]:
        """The payments and credits, in canonical order (day, credits first, sequence, id)."""
        return _in_rows([entry for entry in self.entries if type(entry) in _MONEY])  # type: ignore[misc]

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The entries about other entries, by id."""
        return tuple(entry for entry in self.entries if isinstance(entry, Change))

    @property
    def first_open_day(self) -> date | None:
        """The first day on which something new may be posted; None where nothing is closed."""
        return None if self.closed_through is None else self.closed_through + timedelta(days=1)

    def __repr__(self) -> str:
        count = "1 entry" if len(self.entries) == 1 else f"{len(self.entries)} entries"
        closed = "" if self.closed_through is None else f", closed through {self.closed_through}"
        return f"<Ledger in {self.currency}: {count}{closed}>"


def _in_rows(facts: Sequence[F]) -> tuple[F, ...]:
    return tuple(sorted(facts, key=_ROW))


def open_day(ledger: Ledger, day: date) -> date:
    """The first day from that one on in whose books something new may be posted."""
    first = ledger.first_open_day
    return day if first is None else max(day, first)


def reversed_ids(ledger: Ledger, known: date = date.max) -> set[str]:
    """The ids of the charges and credits that are reversed, as far as it was posted by a day."""
    return {change.of for change in ledger.changes if isinstance(change, Reversal) and change.posted <= known}


def record(ledger: Ledger, entries: Entry | Iterable[Entry]) -> Ledger:
    """The ledger with one entry more, or many; those that it holds already change nothing.

    Recording copies the ledger, so record many at once.

    >>> from arledger import Money
    >>> rent = Charge("R-03", Money("900", "CAD"), due=date(2026, 3, 1))
    >>> books = Ledger("CAD", [rent], closed_through=date(2026, 3, 31))
    >>> record(books, Payment("P-17", Money("900", "CAD"), received=date(2026, 3, 3), posted=date(2026, 4, 2)))
    <Ledger in CAD: 2 entries, closed through 2026-03-31>

    Refused: what ``Ledger`` refuses, and a new entry that is posted in closed books.
    """
    check_instance(ledger, Ledger, "record", "ledger")
    new = _by_id([entries] if isinstance(entries, Entry) else entries)
    known = ledger.by_id
    added = []
    for entry in new:
        held = known.get(entry.id)
        if held is None:
            added.append(entry)
            _check_open(ledger, entry)
        elif held != entry:
            raise _other_content(entry)
    return attrs.evolve(ledger, entries=(*ledger.entries, *added)) if added else ledger


def _check_open(ledger: Ledger, entry: Entry) -> None:
    if ledger.closed_through is not None and entry.posted <= ledger.closed_through:
        raise InvalidValue(
            f"{entry_name(entry)}: posted {entry.posted}, and the books are closed through {ledger.closed_through}",
            field="posted",
            value=entry.posted,
            hint=f"pass posted={ledger.first_open_day} or later",
        )


def free_id(stem: str, taken: Container[str]) -> str:
    """An id that is not taken: the stem, or the stem with the first number from 2 on that is free."""
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}#{number}"
    return name
