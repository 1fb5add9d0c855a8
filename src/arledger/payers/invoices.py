"""What is open of an invoice: its balance, its status, and what may be paid of it.

The problem: a portal shows "unpaid" for an invoice that was paid by bank debit yesterday, and takes the money twice;
a law firm's balances come from another system and are as old as its last export. The decision: an ``InvoiceBalance``
is a value of its own, read from a position or given by a host, which knows what is outstanding, what of it is at the
bank, and of which day it is. A status follows from it and is never stored; overdue is a flag beside it.

Source: rules R51, R52 and R57; RapidWorks's list of invoices and its filter by status.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from functools import cached_property

import attrs

from arledger.checks import (
    as_tuple,
    check_date,
    check_id,
    check_ids_differ,
    check_instance,
    check_tuple,
    check_tuple_of,
)
from arledger.entries import Invoice, PaymentState
from arledger.errors import CurrencyMismatch, InvalidValue
from arledger.items import OpenItem
from arledger.ledger.position import Position
from arledger.money import Money, amount_text, money_of
from arledger.payers.associations import invoice_place
from arledger.payers.promises import Promised, promises_of
from arledger.tables import text_table


class InvoiceStatus(Enum):
    """Where an invoice is. Whether it is overdue is another matter: see ``InvoiceBalance.is_overdue``."""

    UNPAID = "unpaid"
    PART_PAID = "part_paid"
    PENDING = "pending"
    """All that is outstanding is at the bank."""
    PAID = "paid"
    VOID = "void"
    """All its charges were taken back."""

    def __repr__(self) -> str:
        return f"InvoiceStatus.{self.name}"


def _as_ids(ids: Iterable[str]) -> tuple[str, ...]:
    found = as_tuple(ids)
    return tuple(sorted(found)) if isinstance(found, tuple) and all(isinstance(one, str) for one in found) else found


@attrs.frozen
class KnownPayments:
    """The payments that a balance reckons with, by their ids; one value for the balances of many invoices.

    >>> "P-1" in KnownPayments(["P-2", "P-1"])
    True
    """

    ids: tuple[str, ...] = attrs.field(default=(), converter=_as_ids)

    def __attrs_post_init__(self) -> None:
        check_tuple(self.ids, "invoice balance", "knows", "ids of payments")
        for payment in self.ids:
            check_id(payment, "invoice balance", "knows")

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __contains__(self, payment: object) -> bool:
        return payment in self._ids

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self.ids)


def _as_known(knows: KnownPayments | Iterable[str]) -> KnownPayments:
    return knows if isinstance(knows, KnownPayments) else KnownPayments(knows)


@attrs.frozen(order=False, kw_only=True)
class InvoiceBalance:
    """What is open of an invoice.

    ``outstanding`` is what is not settled, ``pending`` what of it money at the bank covers, ``disputed`` what of it is
    contested. ``amount`` is all that was invoiced (absent: what is outstanding). ``as_of`` is the day of the balance;
    None where nobody knows it. ``knows`` are the ids of the payments that it reckons with already, whatever became of
    them.

    >>> invoice = Invoice("INV-7", date=date(2026, 3, 1), number="7", due=date(2026, 3, 31))
    >>> balance = InvoiceBalance(invoice=invoice, outstanding=Money("300", "USD"), pending=Money("100", "USD"))
    >>> balance.payable, balance.status, balance.is_overdue(date(2026, 4, 1))
    (Money('200.00', 'USD'), InvoiceStatus.PART_PAID, True)

    Refused: amounts below zero, two currencies, more pending or disputed than outstanding, more outstanding than
    invoiced.
    """

    invoice: Invoice
    outstanding: Money
    amount: Money = attrs.field(default=attrs.Factory(lambda self: self.outstanding, takes_self=True))
    pending: Money = attrs.field(default=attrs.Factory(lambda self: _zero_of(self.outstanding), takes_self=True))
    disputed: Money = attrs.field(default=attrs.Factory(lambda self: _zero_of(self.outstanding), takes_self=True))
    as_of: date | None = None
    is_void: bool = False
    knows: KnownPayments = attrs.field(factory=KnownPayments, converter=_as_known, repr=False)

    def __attrs_post_init__(self) -> None:
        check_instance(self.invoice, Invoice, "invoice balance", "invoice")
        subject = f"invoice {self.invoice.id}"
        for field in ("outstanding", "amount", "pending", "disputed"):
            money = getattr(self, field)
            check_instance(money, Money, subject, field, "pass Money, such as Money('12.34', 'CAD')")
            if money.currency != self.outstanding.currency:
                raise CurrencyMismatch(
                    f"{subject}: {field} {money} of a balance in {self.outstanding.currency}", field=field, value=money
                )
            if money.minor < 0:
                raise InvalidValue(
                    f"{subject}: {field} {money} is below zero",
                    field=field,
                    value=money,
                    hint="pass 0 or more; what was paid too much is no part of an invoice",
                )
        for field, most in (("pending", "outstanding"), ("disputed", "outstanding"), ("outstanding", "amount")):
            if getattr(self, field) > getattr(self, most):
                raise InvalidValue(
                    f"{subject}: {field} {getattr(self, field)} is over {most} {getattr(self, most)}",
                    field=field,
                    value=getattr(self, field),
                    hint=f"pass at most what is {most if most == 'outstanding' else 'invoiced'}",
                )
        if self.as_of is not None:
            check_date(self.as_of, subject, "as_of")
        check_instance(self.is_void, bool, subject, "is_void", "pass True or False")
        if self.is_void and self.outstanding:
            raise InvalidValue(
                f"{subject}: is void, and {self.outstanding} is outstanding",
                field="is_void",
                value=self.is_void,
                hint="nothing is outstanding of a void invoice",
            )

    @property
    def id(self) -> str:
        """The invoice's id."""
        return self.invoice.id

    @property
    def currency(self) -> str:
        """The currency of its amounts."""
        return self.outstanding.currency

    @property
    def payable(self) -> Money:
        """What may be paid: outstanding, less what is at the bank."""
        return self.outstanding - self.pending

    @property
    def offered(self) -> Money:
        """What is paid where nobody chose the invoice: payable, less what is disputed."""
        return money_of(max(0, self.payable.minor - self.disputed.minor), self.currency)

    @property
    def status(self) -> InvoiceStatus:
        """Where it is, by its amounts."""
        if self.is_void:
            return InvoiceStatus.VOID
        if not self.outstanding:
            return InvoiceStatus.PAID
        if not self.payable:
            return InvoiceStatus.PENDING
        return InvoiceStatus.UNPAID if self.payable == self.amount else InvoiceStatus.PART_PAID

    def is_overdue(self, on: date) -> bool:
        """Whether its due date is past, and something of it is payable. What is at the bank counts as paid."""
        check_date(on, f"invoice {self.id}", "on")
        return self.invoice.due is not None and self.invoice.due < on and bool(self.payable)


def _zero_of(money: Money) -> Money:
    # a wrong ``outstanding`` is refused by its own name a moment later
    return money_of(0, money.currency) if isinstance(money, Money) else money


def _as_invoices(invoices: Invoice | Iterable[Invoice]) -> tuple[Invoice, ...]:
    return (invoices,) if isinstance(invoices, Invoice) else as_tuple(invoices)


def checked_invoices(invoices: Invoice | Iterable[Invoice], subject: str) -> tuple[Invoice, ...]:
    """Invoices, the oldest first. Refused: what is none, and an id twice."""
    found = _as_invoices(invoices)
    check_tuple_of(found, Invoice, subject, "invoices")
    check_ids_differ(found, "invoice")
    return tuple(sorted(found, key=invoice_place))


def items_by_invoice(position: Position, invoices: Iterable[Invoice]) -> dict[str, tuple[OpenItem, ...]]:
    """The charges of each invoice that its payer may pay, settled ones too, in canonical order; by the invoice's id.

    Money that is promised to a charge, see ``promises_of``, has paid it, or is under way to it.
    """
    return _items(position, invoices, promises_of(position).to)


def _items(
    position: Position, invoices: Iterable[Invoice], promised: Mapping[str, Promised]
) -> dict[str, tuple[OpenItem, ...]]:
    payers = {invoice.id: invoice.payer for invoice in invoices}
    found: dict[str, list[OpenItem]] = {name: [] for name in payers}
    for charge in position.charges:
        if charge.invoice in payers and charge.payer in (None, payers[charge.invoice]):
            found[charge.invoice].append(_less(position.item(charge.id), promised.get(charge.id)))
    return {name: tuple(items) for name, items in found.items()}


def _less(item: OpenItem, promised: Promised | None) -> OpenItem:
    """A charge, as if the money that is promised to it had settled it, or were pending on it."""
    if promised is None:
        return item
    open_minor = max(0, item.open_minor - promised.settled)
    return attrs.evolve(
        item,
        open_minor=open_minor,
        pending_minor=min(open_minor, item.pending_minor + promised.under_way),
        disputed_minor=min(open_minor, item.disputed_minor),
    )


def invoice_balances(position: Position, invoices: Invoice | Iterable[Invoice]) -> tuple[InvoiceBalance, ...]:
    """The balances of invoices by a position, the oldest first.

    An invoice comes to its charges: those of no payer, and those of the payer that it is addressed to. Invoices that
    the account has no charge of are left out, and so are charges of no invoice.

    >>> from arledger import OLDEST_FIRST, Charge, Ledger, Payment, replay
    >>> invoice = Invoice("INV-7", date=date(2026, 3, 1), due=date(2026, 3, 31))
    >>> rent = Charge("R-03", Money("900", "CAD"), due=date(2026, 3, 31), posted=date(2026, 3, 1), invoice="INV-7")
    >>> paid = Payment("P-1", Money("400", "CAD"), received=date(2026, 3, 9))
    >>> print(balances_text(invoice_balances(replay(Ledger("CAD", [rent, paid]), by=OLDEST_FIRST,
    ...     as_of=date(2026, 4, 1)), invoice), date(2026, 4, 1)))
    invoice  date        due         status     overdue  invoiced  outstanding  pending  payable
    -------  ----------  ----------  ---------  -------  --------  -----------  -------  -------
    INV-7    2026-03-01  2026-03-31  part paid  yes        900.00       500.00     0.00   500.00

    Source: rules R51 and R52.
    """
    check_instance(position, Position, "invoice_balances", "position", "pass what replay gave")
    known = checked_invoices(invoices, "invoice_balances")
    promises = promises_of(position)
    items = _items(position, known, promises.to)
    # of those that are only scheduled, or of a later day, some take nothing off these balances
    come = {name for name, state in position.states.items() if state is not PaymentState.SCHEDULED}
    knows = KnownPayments(come | promises.not_sent)
    charges = position.charges
    gone = {charges[place].id for place in position.reversed}
    return tuple(_balance(position, one, items[one.id], gone, knows) for one in known if items[one.id])


def _balance(
    position: Position, invoice: Invoice, items: Iterable[OpenItem], gone: Container[str], knows: KnownPayments
) -> InvoiceBalance:
    standing = [item for item in items if item.id not in gone]

    def money(minor: int) -> Money:
        return money_of(minor, position.currency)

    return InvoiceBalance(
        invoice=invoice,
        amount=money(sum(item.charge.amount.minor for item in standing)),
        outstanding=money(sum(item.open_minor for item in standing)),
        pending=money(sum(item.pending_minor for item in standing)),
        disputed=money(sum(item.payable_minor - item.offered_minor for item in standing)),
        as_of=position.as_of,
        is_void=not standing,
        knows=knows,
    )


def with_status(
    balances: Iterable[InvoiceBalance], *statuses: InvoiceStatus, overdue_on: date | None = None
) -> tuple[InvoiceBalance, ...]:
    """The balances in one of some statuses (none named: in any); of them the overdue ones, if a day is given.

    Source: rule R52.
    """
    found = as_tuple(balances)
    check_tuple_of(found, InvoiceBalance, "with_status", "balances")
    for status in statuses:
        check_instance(status, InvoiceStatus, "with_status", "statuses", "pass an InvoiceStatus, such as .UNPAID")
    return tuple(
        balance
        for balance in found
        if (not statuses or balance.status in statuses) and (overdue_on is None or balance.is_overdue(overdue_on))
    )


def balances_text(balances: Iterable[InvoiceBalance], on: date) -> str:
    """Balances as a table, with the overdue ones of a day marked."""
    header = ("invoice", "date", "due", "status", "overdue", "invoiced", "outstanding", "pending", "payable")
    rows = [
        (
            balance.invoice.number or balance.id,
            str(balance.invoice.date),
            "" if balance.invoice.due is None else str(balance.invoice.due),
            balance.status.value.replace("_", " "),
            "yes" if balance.is_overdue(on) else "",
            *map(amount_text, (balance.amount, balance.outstanding, balance.pending, balance.payable)),
        )
        for balance in balances
    ]
    return text_table(header, rows, right=(5, 6, 7, 8))
