"""Accounts with many invoices, quoted as a whole, and paid by a schedule."""

from __future__ import annotations

import random
from datetime import date, timedelta

from arledger import (
    OLDEST_FIRST,
    OUTSTANDING,
    Association,
    BillingTeam,
    Charge,
    DepositAccount,
    Enrolment,
    Invoice,
    InvoiceBalance,
    Ledger,
    MethodKind,
    Money,
    Payment,
    PaymentMethod,
    Portal,
    Position,
    Quote,
    Schedule,
    ScheduleRun,
    invoice_balances,
    monthly,
    quote,
    replay,
    run_schedule,
)

FIRST = date(2025, 1, 1)
TODAY = date(2026, 3, 15)
SCHEDULE = Schedule(
    "S-1",
    "Monthly",
    payer="ana",
    account=DepositAccount("OP-1"),
    frequency=monthly(15),
    first=TODAY,
    amount=Money("50000", "USD"),
    enrolments=Enrolment(Association("A-1", "ana", client="Roy"), since=date(2026, 3, 1)),
)


def portal_of(invoices: int) -> tuple[Portal, Position]:
    """An account with so many invoices of a charge each, and a tenth as many payments; and where it is paid."""
    drawn = random.Random(invoices)
    documents = [
        Invoice(f"I{number:05}", date=FIRST + timedelta(days=number % 400), number=str(number), client="Roy")
        for number in range(invoices)
    ]
    charges = [
        Charge(
            f"C{invoice.id}",
            Money.from_minor(drawn.randint(1_000, 90_000), "USD"),
            due=invoice.date,
            invoice=invoice.id,
        )
        for invoice in documents
    ]
    payments = [
        Payment(
            f"P{number:05}",
            Money.from_minor(drawn.randint(1_000, 90_000), "USD"),
            received=FIRST + timedelta(days=drawn.randrange(400)),
        )
        for number in range(invoices // 10)
    ]
    method = PaymentMethod("M-1", MethodKind.BANK_ACCOUNT, last_four="6789")
    position = replay(Ledger("USD", [*charges, *payments]), by=OLDEST_FIRST, as_of=TODAY)
    return Portal(invoices=documents, methods=method), position


def quoted(portal: Portal, position: Position) -> Quote:
    """A quote of all that is outstanding."""
    found = quote(OUTSTANDING, position, portal, by=BillingTeam(), paying="M-1")
    assert isinstance(found, Quote)
    return found


def balances_of(portal: Portal, position: Position) -> tuple[InvoiceBalance, ...]:
    """What is open of each invoice."""
    return invoice_balances(position, portal.invoices)


def run_of(balances: tuple[InvoiceBalance, ...]) -> ScheduleRun:
    """A run over all of them."""
    return run_schedule(SCHEDULE, balances, [], TODAY)
