"""Ageing: how long what is open has been open.

The problem: an ageing that nets prepayments into its buckets, or counts a disputed charge as overdue, sends the wrong
letters. The decision: every open cent is in exactly one place: disputed, not yet due, or the bracket of its age in
days; by payer and category; and money that is unapplied or at the bank stands beside the buckets, never in them.

Source: rules R32 and R45.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, get_args

import attrs

from arledger.checks import as_tuple, check_instance, check_int, check_tuple, check_tuple_of, shown
from arledger.entries import Category, Invoice
from arledger.errors import InvalidValue
from arledger.ledger.position import Position
from arledger.money import Money, amount_text, money_of, total
from arledger.tables import text_table

AgeingBasis = Literal["due", "invoice"]
AGEING_BASES = get_args(AgeingBasis)
"""What an age may count from: the due date, or the invoice's date."""


@attrs.frozen(order=False)
class AgeingRow:
    """What one payer owes in one category: each cent in one place."""

    payer: str | None
    category: Category
    not_due: Money
    buckets: tuple[Money, ...]
    """One for each bracket, and the last for whatever is older."""
    disputed: Money

    @property
    def total(self) -> Money:
        """All that is open."""
        return total([self.not_due, *self.buckets, self.disputed], self.not_due.currency)


@attrs.frozen(order=False)
class Ageing:
    """An ageing as of a day. Prints as a table.

    ``unapplied`` is money that is settled and not applied (reserved money included), ``pending`` what is at the bank.
    """

    as_of: date
    currency: str
    brackets: tuple[int, ...]
    rows: tuple[AgeingRow, ...]
    unapplied: Money
    pending: Money

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the buckets, such as "31-60"."""
        starts = [0, *(days + 1 for days in self.brackets)]
        spans = [f"{start}-{end}" for start, end in zip(starts, self.brackets, strict=False)]
        return (*spans, f"over {self.brackets[-1]}")

    @property
    def not_due(self) -> Money:
        """What is not due yet, in all."""
        return total([row.not_due for row in self.rows], self.currency)

    @property
    def buckets(self) -> tuple[Money, ...]:
        """Each bucket, in all."""
        return tuple(
            total([row.buckets[at] for row in self.rows], self.currency) for at in range(len(self.brackets) + 1)
        )

    @property
    def disputed(self) -> Money:
        """What is disputed, in all."""
        return total([row.disputed for row in self.rows], self.currency)

    @property
    def total(self) -> Money:
        """All that is open."""
        return total([row.total for row in self.rows], self.currency)

    def __str__(self) -> str:
        header = ("payer", "category", "not due", *self.labels, "disputed", "total")
        rows = [
            (
                row.payer or "",
                row.category.value,
                *map(amount_text, (row.not_due, *row.buckets, row.disputed, row.total)),
            )
            for row in self.rows
        ]
        rows.append(("", "total", *map(amount_text, (self.not_due, *self.buckets, self.disputed, self.total))))
        return text_table(header, rows, right=range(2, len(header)))


def aged(
    position: Position,
    *,
    brackets: Iterable[int] = (30, 60, 90),
    basis: AgeingBasis = "due",
    invoices: Iterable[Invoice] = (),
) -> Ageing:
    """What is open, by age in days, payer and category.

    ``brackets`` are the last days of all buckets but the last: (30, 60, 90) makes 0-30, 31-60, 61-90 and over 90. An
    age counts from the ``basis``: "due", or "invoice", the date of the charge's invoice among ``invoices`` (a charge
    without one ages from its due date). What is of a later day than the position's is not due yet.

    >>> from arledger import OLDEST_FIRST, Charge, Ledger, Money, replay
    >>> rent = Charge("rent", Money("900", "CAD"), due=date(2026, 1, 1), category=Category.RENT)
    >>> ageing = aged(replay(Ledger("CAD", [rent]), by=OLDEST_FIRST, as_of=date(2026, 2, 15)))
    >>> dict(zip(ageing.labels, map(str, ageing.buckets)))
    {'0-30': '0.00 CAD', '31-60': '900.00 CAD', '61-90': '0.00 CAD', 'over 90': '0.00 CAD'}

    Refused: brackets that do not rise, an unknown basis.

    Source: rules R32 and R45.
    """
    check_instance(position, Position, "aged", "position", "pass what replay gave")
    ends = as_tuple(brackets)
    _check_brackets(ends)
    if basis not in AGEING_BASES:
        raise InvalidValue(
            f"aged: unknown basis {shown(basis)}", field="basis", value=basis, hint="pass due or invoice"
        )
    known = as_tuple(invoices)
    check_tuple_of(known, Invoice, "aged", "invoices")
    dates = {invoice.id: invoice.date for invoice in known} if basis == "invoice" else {}
    cells: dict[tuple[str | None, Category], list[int]] = {}
    for item in position.items:
        start = dates.get(item.charge.invoice or "", item.charge.due)
        row = cells.setdefault((item.charge.payer, item.charge.category), [0] * (len(ends) + 3))
        row[-1] += item.disputed_minor
        row[_bucket(start, position.as_of, ends)] += item.open_minor - item.disputed_minor
    order = list(Category)
    rows = [
        _row(payer, category, minors, position.currency)
        for (payer, category), minors in sorted(
            cells.items(), key=lambda cell: (cell[0][0] is not None, cell[0][0] or "", order.index(cell[0][1]))
        )
    ]
    free = [*position.unapplied.values(), *position.reserved.values()]
    return Ageing(
        position.as_of,
        position.currency,
        ends,
        tuple(rows),
        total(free, position.currency),
        total(position.pending.values(), position.currency),
    )


def _check_brackets(ends: Sequence[object]) -> None:
    check_tuple(ends, "aged", "brackets", "int", "pass the last days of the buckets, such as (30, 60, 90)")
    for end in ends:
        check_int(end, "aged", "brackets")
    days = [end for end in ends if isinstance(end, int)]
    if not days or any(later <= earlier for earlier, later in zip([-1, *days], days, strict=False)):
        raise InvalidValue(
            f"aged: brackets {shown(ends)} do not rise",
            field="brackets",
            value=ends,
            hint="pass the last days of the buckets, such as (30, 60, 90)",
        )


def _bucket(start: date, as_of: date, ends: Sequence[int]) -> int:
    """The place of an item's cell in its row: not due, then the buckets."""
    age = (as_of - start).days
    if age < 0:
        return 0
    return 1 + sum(end < age for end in ends)


def _row(payer: str | None, category: Category, minors: Sequence[int], currency: str) -> AgeingRow:
    not_due, *buckets, disputed = (money_of(minor, currency) for minor in minors)
    return AgeingRow(payer, category, not_due, tuple(buckets), disputed)
