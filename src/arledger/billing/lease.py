"""A lease, as far as bills read it.

The problem: what a month costs depends on who lives there since when, on amounts that change on dates, on discounts and
extras for a time, and on deposits. The decision: a ``Lease`` is a frozen value of what was agreed: recurring items with
their prices, adjustments to them, deposits, and the days of moving in and out. A change makes another lease
(``attrs.evolve``); nothing in it says what was billed.

The words serve other contracts too: a resident's services in senior living, a retainer, a subscription.

Source: rules R25, R29 and R30; ALIS's services (per month by day, per diem, transactions), the vendor's lease charges.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Literal

import attrs

from arledger.billing.prices import Prices, as_prices
from arledger.checks import as_tuple, check_date, check_id, check_instance, check_tuple_of, shown, text_of, type_name
from arledger.dates.period import Period
from arledger.entries import Category, CreditKind
from arledger.entries.fields import check_amount, check_optional_ids
from arledger.errors import Conflict, CurrencyMismatch, InvalidType, InvalidValue, UnknownName, did_you_mean
from arledger.money import Money
from arledger.rates import Percent

Per = Literal["month", "period", "day"]

_PER = ("month", "period", "day")


@attrs.frozen(order=False)
class LeaseItem:
    """What a lease charges again and again: the service itself, or one of its features.

    ``prices`` is Money, or a list of ``Price`` with the days from which they hold; a price of zero ends the item.
    ``per`` says of what it is the price: a "month" (the default; a quarter then costs three), a billing "period" of
    whatever length, or a "day" (a per diem). What is not ``proratable`` costs the whole for any day of a period.

    >>> LeaseItem("parking", Money("120", "CAD"), category=Category.FEATURE, code="PARK").per
    'month'
    """

    id: str
    prices: Prices = attrs.field(converter=as_prices)
    category: Category = attrs.field(default=Category.RENT, kw_only=True)
    code: str | None = attrs.field(default=None, kw_only=True)
    per: Per = attrs.field(default="month", kw_only=True)
    proratable: bool = attrs.field(default=True, kw_only=True)
    payer: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "lease item")
        subject = f"lease item {self.id}"
        _check_described(self, subject)
        if self.per not in _PER:
            raise UnknownName(
                f"{subject}: unknown per {shown(self.per)}",
                field="per",
                value=self.per,
                hint=did_you_mean(text_of(self.per), _PER),
            )
        check_instance(self.proratable, bool, subject, "proratable", "pass True or False")


@attrs.frozen(order=False)
class LeaseAdjustment:
    """A change of what a lease charges, by one of the policy's codes: once, or in each period from a day on.

    ``change`` is Money or a Percent, and negative for a reduction, which becomes a Credit. A percentage is of the item
    that ``item`` names, or of all rent. ``since`` is its day (of a recurring one: the first), ``until`` the first day
    without it. Recurring ones are prorated like a monthly item unless ``proratable`` is False; one that happens once
    never is.

    >>> off = LeaseAdjustment("loyalty", Percent(-10), code="DISC", since=date(2026, 9, 1), recurring=True, item="rent")
    >>> off.is_reduction
    True
    """

    id: str
    change: Money | Percent
    code: str = attrs.field(kw_only=True)
    since: date = attrs.field(kw_only=True)
    until: date | None = attrs.field(default=None, kw_only=True)
    recurring: bool = attrs.field(default=False, kw_only=True)
    proratable: bool = attrs.field(default=True, kw_only=True)
    item: str | None = attrs.field(default=None, kw_only=True)
    kind: CreditKind = attrs.field(default=CreditKind.ADJUSTMENT, kw_only=True)
    payer: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "lease adjustment")
        subject = f"lease adjustment {self.id}"
        _check_change(self.change, subject)
        check_id(self.code, subject, "code")
        check_date(self.since, subject, "since")
        for field in ("recurring", "proratable"):
            check_instance(getattr(self, field), bool, subject, field, "pass True or False")
        if self.until is not None:
            check_date(self.until, subject, "until")
            if not self.recurring:
                raise InvalidValue(
                    f"{subject}: has an end, and happens once",
                    field="until",
                    value=self.until,
                    hint="pass recurring=True, or leave out until",
                )
            if self.until <= self.since:
                raise InvalidValue(
                    f"{subject}: until {self.until} is not after since {self.since}",
                    field="until",
                    value=self.until,
                    hint="until is the first day without it",
                )
        check_optional_ids(self, subject, "item", "payer")
        check_instance(self.kind, CreditKind, subject, "kind", "pass a CreditKind, such as CreditKind.CONCESSION")
        if self.kind in (CreditKind.WAIVER, CreditKind.WRITE_OFF):
            raise InvalidValue(
                f"{subject}: a {self.kind.value.replace('_', '-')} is no lease adjustment",
                field="kind",
                value=self.kind,
                hint="grant it as a Credit on the charge that it forgives",
            )

    @property
    def is_reduction(self) -> bool:
        """Whether it lowers what is owed."""
        return (self.change.minor if isinstance(self.change, Money) else self.change.fraction) < 0


@attrs.frozen(order=False)
class LeaseDeposit:
    """A deposit that a lease asks for, once: with its first bill, or with that of the period in which ``since`` is.

    ``held_since`` says that it is held already, since that day (a lease taken over from elsewhere): it is then not
    charged, and opens as a holding.
    """

    id: str
    amount: Money
    since: date | None = attrs.field(default=None, kw_only=True)
    held_since: date | None = attrs.field(default=None, kw_only=True)
    code: str | None = attrs.field(default=None, kw_only=True)
    payer: str | None = attrs.field(default=None, kw_only=True)
    category: Category = attrs.field(default=Category.DEPOSIT, init=False)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "lease deposit")
        subject = f"lease deposit {self.id}"
        check_amount(self.amount, subject)
        for field in ("since", "held_since"):
            if getattr(self, field) is not None:
                check_date(getattr(self, field), subject, field)
        if self.since is not None and self.held_since is not None:
            raise InvalidValue(
                f"{subject}: is held already, and charged from {self.since}",
                field="since",
                value=self.since,
                hint="pass since or held_since",
            )
        _check_described(self, subject)


def _as_items(items: Iterable[LeaseItem]) -> tuple[LeaseItem, ...]:
    return as_tuple(items)


def _as_adjustments(adjustments: Iterable[LeaseAdjustment]) -> tuple[LeaseAdjustment, ...]:
    return as_tuple(adjustments)


def _as_deposits(deposits: Iterable[LeaseDeposit]) -> tuple[LeaseDeposit, ...]:
    return as_tuple(deposits)


@attrs.frozen(order=False)
class Lease:
    """What was agreed: who lives there from when to when, and what it costs. Dates are civil, both days included.

    ``billing_type`` names one of the policy's (absent: the policy has just one). ``payer`` owes what no item or deposit
    gives to another payer (absent: the account's own).

    >>> lease = Lease("L-1", move_in=date(2026, 8, 20), items=[LeaseItem("rent", Money("1000", "CAD"), code="RENT")])
    >>> lease.currency
    'CAD'

    Refused: no item, an id twice, two currencies, a move-out before the move-in, an adjustment of an unknown item.
    """

    id: str
    move_in: date = attrs.field(kw_only=True)
    move_out: date | None = attrs.field(default=None, kw_only=True)
    items: tuple[LeaseItem, ...] = attrs.field(converter=_as_items, kw_only=True)
    adjustments: tuple[LeaseAdjustment, ...] = attrs.field(default=(), converter=_as_adjustments, kw_only=True)
    deposits: tuple[LeaseDeposit, ...] = attrs.field(default=(), converter=_as_deposits, kw_only=True)
    payer: str | None = attrs.field(default=None, kw_only=True)
    billing_type: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "lease")
        subject = f"lease {self.id}"
        check_date(self.move_in, subject, "move_in")
        if self.move_out is not None:
            check_date(self.move_out, subject, "move_out")
            if self.move_out < self.move_in:
                raise InvalidValue(
                    f"{subject}: move_out {self.move_out} is before move_in {self.move_in}",
                    field="move_out",
                    value=self.move_out,
                    hint="pass the day of moving out",
                )
        for field, kind in (("items", LeaseItem), ("adjustments", LeaseAdjustment), ("deposits", LeaseDeposit)):
            check_tuple_of(getattr(self, field), kind, subject, field)
        if not self.items:
            raise InvalidValue(f"{subject}: has no item", field="items", value=self.items, hint="pass at least one")
        check_optional_ids(self, subject, "payer", "billing_type")
        self._check_ids(subject)
        self._check_currency(subject)

    @property
    def currency(self) -> str:
        """The one currency of all its amounts."""
        return self.items[0].prices.currency

    def stay(self, *, counts_move_out: bool = True) -> Period:
        """The days that it is billed for: from the move-in to the move-out, which may be left out."""
        if self.move_out is None or self.move_out == date.max:
            return Period(self.move_in, date.max)
        end = self.move_out + timedelta(days=1) if counts_move_out else self.move_out
        if end == self.move_in:
            raise InvalidValue(
                f"lease {self.id}: moves in and out on {self.move_in}, and the move-out day does not count",
                field="move_out",
                value=self.move_out,
                hint="pass a later move_out",
            )
        return Period(self.move_in, end)

    def _check_ids(self, subject: str) -> None:
        parts: list[LeaseItem | LeaseAdjustment | LeaseDeposit] = [*self.items, *self.adjustments, *self.deposits]
        ids = [part.id for part in parts]
        for place, name in enumerate(ids):
            if name in ids[:place]:
                raise Conflict(
                    f"{subject}: id {name} stands twice",
                    field="id",
                    value=name,
                    hint="ids are unique over the items, adjustments and deposits of a lease",
                )
        items = [item.id for item in self.items]
        for adjustment in self.adjustments:
            if adjustment.item is not None and adjustment.item not in items:
                raise UnknownName(
                    f"{subject}: adjustment {adjustment.id} of an unknown item {adjustment.item}",
                    field="item",
                    value=adjustment.item,
                    hint=did_you_mean(adjustment.item, items),
                )

    def _check_currency(self, subject: str) -> None:
        currencies: list[tuple[str, str]] = [(item.id, item.prices.currency) for item in self.items]
        currencies += [(deposit.id, deposit.amount.currency) for deposit in self.deposits]
        currencies += [
            (adjustment.id, adjustment.change.currency)
            for adjustment in self.adjustments
            if isinstance(adjustment.change, Money)
        ]
        for name, currency in currencies:
            if currency != self.currency:
                raise CurrencyMismatch(
                    f"{subject}: {name} is in {currency}, others are in {self.currency}",
                    field="currency",
                    value=currency,
                    hint="make a lease for each currency",
                )


def _check_described(part: Any, subject: str) -> None:
    """What items and deposits have in common."""
    check_instance(part.category, Category, subject, "category", "pass a Category, such as Category.FEATURE")
    check_optional_ids(part, subject, "code", "payer")


def _check_change(change: object, subject: str) -> None:
    if not isinstance(change, (Money, Percent)):
        raise InvalidType(
            f"{subject}: change is {type_name(change)}, not Money or Percent",
            field="change",
            value=change,
            hint="pass Money('-50', 'CAD') or Percent(-10)",
        )
    if not (change.minor if isinstance(change, Money) else change.fraction):
        raise InvalidValue(
            f"{subject}: changes nothing", field="change", value=change, hint="pass a change other than zero"
        )
