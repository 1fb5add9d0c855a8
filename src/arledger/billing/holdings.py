"""Deposits that are held, and the policy that they are held by.

The problem: a deposit is no income but money owed back, and what is held of it changes: it is topped up, earns
interest, is released in part. The decision: a ``Holding`` is what was paid and when, and the entries since; what is
held on a day follows from them, and is never below zero.

Source: rules R46 and R47; the vendor's "Deposits Policy".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

import attrs

from arledger.billing.accrual import ACTUAL_365, Accrual, check_accrual
from arledger.billing.lease import Lease, LeaseDeposit
from arledger.checks import as_tuple, check_date, check_id, check_instance, check_int, check_tuple_of, shown
from arledger.entries import Category, Charge, Selector, check_selector
from arledger.entries.fields import check_amount, check_optional_ids
from arledger.errors import Conflict, CurrencyMismatch, InvalidValue
from arledger.money import Money, money_of
from arledger.rates import Percent, Rate, RateTable, as_rate_table
from arledger.rounding import HALF_UP, Rounding, check_rounding


class HoldingKind(Enum):
    """What happened to a deposit that is held. Only RELEASED lowers it."""

    TOP_UP = "top_up"
    INTEREST = "interest"
    RELEASED = "released"

    def __repr__(self) -> str:
        return f"HoldingKind.{self.name}"


@attrs.frozen(order=False)
class HoldingEntry:
    """A top-up, interest that was added, or a release, on a day."""

    kind: HoldingKind
    amount: Money
    on: date

    def __attrs_post_init__(self) -> None:
        check_instance(self.kind, HoldingKind, "holding entry", "kind", "pass a HoldingKind")
        check_amount(self.amount, "holding entry", "amount")
        check_date(self.on, "holding entry", "on")


def _as_entries(entries: Iterable[HoldingEntry]) -> tuple[HoldingEntry, ...]:
    found = as_tuple(entries)
    if isinstance(found, tuple) and all(isinstance(entry, HoldingEntry) for entry in found):
        return tuple(sorted(found, key=_place))
    return found


def _place(entry: HoldingEntry) -> tuple[date, int, int]:
    """Day after day, and within one what lowers it last; so that the same history is the same holding."""
    return entry.on, list(HoldingKind).index(entry.kind), entry.amount.minor


@attrs.frozen(order=False)
class Holding:
    """A deposit that was paid, and what became of it since.

    >>> held = Holding("D-1", Money("1500", "CAD"), date(2026, 5, 16))
    >>> held.on(date(2026, 5, 15)), held.on(date(2026, 5, 16))
    (Money('0.00', 'CAD'), Money('1500.00', 'CAD'))

    Refused: an entry before the deposit was paid, or in another currency; releases of more than is held.
    """

    id: str
    paid: Money
    since: date
    entries: tuple[HoldingEntry, ...] = attrs.field(default=(), converter=_as_entries, kw_only=True)
    payer: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "holding")
        subject = f"holding {self.id}"
        check_amount(self.paid, subject, "paid")
        check_date(self.since, subject, "since")
        check_tuple_of(self.entries, HoldingEntry, subject, "entries")
        check_optional_ids(self, subject, "payer")
        for entry in self.entries:
            if entry.amount.currency != self.paid.currency:
                raise CurrencyMismatch(
                    f"{subject}: {entry.amount} to a deposit in {self.paid.currency}",
                    field="entries",
                    value=entry.amount,
                )
            if entry.on < self.since:
                raise InvalidValue(
                    f"{subject}: an entry on {entry.on}, and held since {self.since}",
                    field="entries",
                    value=entry.on,
                    hint="pass entries since it was paid",
                )
            if self._held_minor(entry.on) < 0:
                raise Conflict(
                    f"{subject}: more is released than held on {entry.on}",
                    field="entries",
                    value=entry.amount,
                    hint="release at most what is held",
                )

    def on(self, day: date) -> Money:
        """What is held at the end of a day: paid, topped up and earned, less released."""
        return money_of(self._held_minor(day), self.paid.currency)

    def principal_minor(self, day: date) -> int:
        """What is held of it without interest, which earns none itself; in minor units, at the end of a day.

        What is released comes out of it first, and out of interest once nothing else is left.
        """
        check_date(day, f"holding {self.id}", "day")
        if day < self.since:
            return 0
        minor = self.paid.minor
        for entry in self.entries:
            if entry.on <= day and entry.kind is HoldingKind.TOP_UP:
                minor += entry.amount.minor
            elif entry.on <= day and entry.kind is HoldingKind.RELEASED:
                minor = max(0, minor - entry.amount.minor)
        return minor

    def _held_minor(self, day: date) -> int:
        check_date(day, f"holding {self.id}", "day")
        paid = self.paid.minor if day >= self.since else 0
        added = self._sum(day, HoldingKind.TOP_UP) + self._sum(day, HoldingKind.INTEREST)
        return paid + added - self._sum(day, HoldingKind.RELEASED)

    def _sum(self, day: date, kind: HoldingKind) -> int:
        return sum(entry.amount.minor for entry in self.entries if entry.kind is kind and entry.on <= day)

    def __str__(self) -> str:
        return f"deposit {self.id}, {self.paid} since {self.since}"


def _as_table(rates: RateTable | Percent | Rate | Iterable[Rate] | None) -> RateTable | None:
    return None if rates is None else as_rate_table(rates)


@attrs.frozen(order=False, kw_only=True)
class DepositPolicy:
    """The vendor's "Deposits Policy".

    - ``rates`` is the "Annual Interest Rate": a Percent, or a table of dated ones. Absent: no interest.
    - ``accrual`` says how time is counted; each segment of one rate and balance is rounded.
    - ``refund_window_days`` is the "Security Refund Window": the refund is due so many days after the move-out.
    - ``covers`` is a selector of what a deposit may pay at the end. Absent: anything of its payer but deposits.

    >>> from arledger import Percent
    >>> DepositPolicy(rates=Percent(2), refund_window_days=30).accrual
    accrual.ACTUAL_365
    """

    refund_window_days: int
    rates: RateTable | None = attrs.field(default=None, converter=_as_table)
    accrual: Accrual = ACTUAL_365
    covers: Selector | None = None
    rounding: Rounding = HALF_UP

    def __attrs_post_init__(self) -> None:
        subject = "deposit policy"
        check_int(self.refund_window_days, subject, "refund_window_days")
        if self.refund_window_days < 0:
            raise InvalidValue(
                f"{subject}: refund_window_days is {shown(self.refund_window_days)}",
                field="refund_window_days",
                value=self.refund_window_days,
                hint="pass 0 or more days",
            )
        check_accrual(self.accrual, subject, "accrual")
        if self.covers is not None:
            check_selector(self.covers, subject, "covers")
        check_rounding(self.rounding, "rounding")


def opening_holding(lease: Lease, deposit: LeaseDeposit) -> Holding:
    """The holding of a deposit that was held already when its lease was taken over."""
    assert deposit.held_since is not None
    return Holding(f"{lease.id}/{deposit.id}", deposit.amount, deposit.held_since, payer=deposit.payer or lease.payer)


def top_up(holding: Holding, rent_before: Money, rent_after: Money, *, due: date) -> Charge | None:
    """The charge that raises a deposit by the percent by which the rent rose; None if it did not rise.

    >>> held = Holding("D-1", Money("1500", "CAD"), date(2026, 5, 16))
    >>> top_up(held, Money("1000", "CAD"), Money("1025", "CAD"), due=date(2027, 5, 1)).amount
    Money('37.50', 'CAD')

    Once it is paid, add it to the holding as a ``HoldingEntry`` of the kind TOP_UP.

    Source: rule R47.
    """
    check_instance(holding, Holding, "top-up", "holding")
    for field, rent in (("rent_before", rent_before), ("rent_after", rent_after)):
        check_amount(rent, "top-up", field)
    check_date(due, "top-up", "due")
    if due < holding.since:
        raise InvalidValue(
            f"top-up: due {due}, and held since {holding.since}",
            field="due",
            value=due,
            hint="pass a day on which it is held",
        )
    principal = money_of(holding.principal_minor(due), holding.paid.currency)
    amount = principal.times((rent_after - rent_before).over(rent_before), rounding=HALF_UP)
    if amount.minor <= 0:
        return None
    return Charge(f"{holding.id}/top-up@{due}", amount, due=due, category=Category.DEPOSIT, payer=holding.payer)
