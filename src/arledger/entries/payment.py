"""Money that comes in, credits, and what they are for."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from enum import Enum
from typing import Literal

import attrs

from arledger.checks import as_tuple, check_date, check_id, check_instance, check_tuple, shown
from arledger.entries.charge import Category
from arledger.entries.fields import (
    Row,
    check_amount,
    check_optional_ids,
    check_sequence,
    row_of,
)
from arledger.entries.selector import Selector, check_selector
from arledger.errors import CurrencyMismatch, InvalidValue
from arledger.money import Money, money_of

Fund = Literal["operating", "trust"]


class CreditKind(Enum):
    """Why a credit was granted. A waiver or a write-off forgives a named charge, and never reduces another."""

    CONCESSION = "concession"
    WAIVER = "waiver"
    ADJUSTMENT = "adjustment"
    WRITE_OFF = "write_off"
    DEPOSIT_INTEREST = "deposit_interest"

    def __repr__(self) -> str:
        return f"CreditKind.{self.name}"


def _as_designations(designations: Iterable[Designation]) -> tuple[Designation, ...]:
    return as_tuple(designations)


@attrs.frozen(order=False)
class Designation:
    """The payer's word on what money is for: a charge, by its id, or charges, by a selector; and how much, if said.

    >>> Designation("R-03", Money("500", "CAD"))
    Designation(to='R-03', amount=Money('500.00', 'CAD'))
    """

    to: str | Selector
    amount: Money | None = None

    def __attrs_post_init__(self) -> None:
        if isinstance(self.to, str):
            check_id(self.to, "designation", "to")
        else:
            check_selector(self.to, "designation", "to", "pass a charge's id, or a selector such as where.code('PARK')")
        if self.amount is not None:
            check_amount(self.amount, "designation")


def _check_designations(designations: object, amount: Money, subject: str) -> None:
    check_tuple(designations, subject, "designations", "Designation")
    assert isinstance(designations, tuple)
    named = 0
    for designation in designations:
        check_instance(designation, Designation, subject, "designations")
        if designation.amount is not None:
            if designation.amount.currency != amount.currency:
                raise CurrencyMismatch(
                    f"{subject}: designation of {designation.amount} from money in {amount.currency}",
                    field="designations",
                    value=designation.amount,
                )
            named += designation.amount.minor
    if named > amount.minor:
        sum_named = money_of(named, amount.currency)
        raise InvalidValue(
            f"{subject}: designations of {sum_named} from {amount}",
            field="designations",
            value=sum_named,
            hint="name at most its amount",
        )


@attrs.frozen(order=False)
class Payment:
    """Money received, or on its way.

    ``payer`` is whose money it is: it settles that payer's charges and those of no payer. ``designations`` say what it
    is for (a wish, served first); ``restriction`` is a selector of all that it may ever pay (a bar, never crossed).
    Money of the "trust" ``fund`` is only applied where it is designated.

    >>> Payment("P-17", Money("1820.00", "CAD"), received=datetime.date(2026, 3, 3)).fund
    'operating'

    Refused: an amount that is not positive, designations that name more than the amount, an unknown fund.
    """

    id: str
    amount: Money
    received: datetime.date = attrs.field(kw_only=True)
    posted: datetime.date = attrs.field(
        default=attrs.Factory(lambda self: self.received, takes_self=True), kw_only=True
    )
    method: str | None = attrs.field(default=None, kw_only=True)
    payer: str | None = attrs.field(default=None, kw_only=True)
    designations: tuple[Designation, ...] = attrs.field(default=(), converter=_as_designations, kw_only=True)
    restriction: Selector | None = attrs.field(default=None, kw_only=True)
    fund: Fund = attrs.field(default="operating", kw_only=True)
    sequence: int | None = attrs.field(default=None, kw_only=True)
    row: Row = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "payment")
        subject = f"payment {self.id}"
        check_amount(self.amount, subject, hint="money that goes back is a Return or a Refund")
        check_date(self.received, subject, "received")
        check_date(self.posted, subject, "posted")
        check_optional_ids(self, subject, "method", "payer")
        _check_designations(self.designations, self.amount, subject)
        if self.restriction is not None:
            check_selector(self.restriction, subject, "restriction", "pass a selector such as where.invoice('A')")
        if self.fund not in ("operating", "trust"):
            raise InvalidValue(
                f"{subject}: unknown fund {shown(self.fund)}",
                field="fund",
                value=self.fund,
                hint="pass operating or trust",
            )
        check_sequence(self.sequence, subject)
        special = bool(
            self.payer is not None or self.designations or self.restriction is not None or self.fund == "trust"
        )
        row = row_of(self.day, 1, self.sequence, self.id, self.amount, special=special)
        object.__setattr__(self, "row", row)

    @property
    def day(self) -> datetime.date:
        """The day on which it counts: the one on which it was received."""
        return self.received


@attrs.frozen(order=False)
class Credit:
    """A reduction of what is owed that is no cash: a concession, a waiver, an adjustment, a write-off, interest.

    Served like a payment, and before the payments of its day. ``payer`` is whose debt it reduces (None: the account's
    own; but where it names its target, it reaches any payer's charge, since a credit is nobody's money). A waiver or a
    write-off must name its target, and what the target cannot take stays unapplied.

    >>> Credit("K-1", Money("50", "CAD"), granted=datetime.date(2026, 3, 3), kind=CreditKind.WAIVER)
    Traceback (most recent call last):
        ...
    arledger.errors.InvalidValue: credit K-1: a waiver names no target; pass designations=[Designation(...)]
    """

    id: str
    amount: Money
    granted: datetime.date = attrs.field(kw_only=True)
    posted: datetime.date = attrs.field(default=attrs.Factory(lambda self: self.granted, takes_self=True), kw_only=True)
    kind: CreditKind = attrs.field(default=CreditKind.ADJUSTMENT, kw_only=True)
    category: Category = attrs.field(default=Category.OTHER, kw_only=True)
    code: str | None = attrs.field(default=None, kw_only=True)
    payer: str | None = attrs.field(default=None, kw_only=True)
    designations: tuple[Designation, ...] = attrs.field(default=(), converter=_as_designations, kw_only=True)
    sequence: int | None = attrs.field(default=None, kw_only=True)
    row: Row = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "credit")
        subject = f"credit {self.id}"
        check_amount(self.amount, subject)
        check_date(self.granted, subject, "granted")
        check_date(self.posted, subject, "posted")
        check_instance(self.kind, CreditKind, subject, "kind", "pass a CreditKind, such as CreditKind.WAIVER")
        check_instance(self.category, Category, subject, "category", "pass a Category, such as Category.RENT")
        check_optional_ids(self, subject, "code", "payer")
        _check_designations(self.designations, self.amount, subject)
        if self.forgives and not self.designations:
            raise InvalidValue(
                f"{subject}: a {self.kind.value.replace('_', '-')} names no target",
                field="designations",
                value=self.designations,
                hint="pass designations=[Designation(...)]",
            )
        check_sequence(self.sequence, subject)
        special = bool(self.payer is not None or self.designations)
        row = row_of(self.day, 0, self.sequence, self.id, self.amount, special=special)
        object.__setattr__(self, "row", row)

    @property
    def day(self) -> datetime.date:
        """The day on which it counts: the one on which it was granted."""
        return self.granted

    @property
    def forgives(self) -> bool:
        """Whether it forgives a named charge (a waiver, a write-off), and may reduce no other."""
        return self.kind in (CreditKind.WAIVER, CreditKind.WRITE_OFF)
