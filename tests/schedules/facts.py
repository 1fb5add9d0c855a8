"""Short words for schedules, invoices, balances and postings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from arledger import (
    Association,
    DepositAccount,
    Enrolment,
    Invoice,
    InvoiceBalance,
    Money,
    Posting,
    Schedule,
    ScheduleRun,
    monthly,
    run_schedule,
)

FIRST = date(2026, 3, 15)
SINCE = date(2026, 3, 1)
OPERATING, TRUST = DepositAccount("OP-1"), DepositAccount("TR-1", "trust")


def usd(amount: str | int) -> Money:
    """So many dollars."""
    return Money(amount, "USD")


def client(name: str = "A-1", **more: Any) -> Association:
    """Ana's association with the client Roy."""
    return Association(name, "ana", **{"client": "Roy", **more})


def plan_of(invoice: str, name: str = "A-2") -> Association:
    """Ana's association with one invoice."""
    return Association(name, "ana", invoice=invoice)


def enrolled(association: Association | None = None, since: date = SINCE, **more: Any) -> Enrolment:
    """An enrolment since the beginning."""
    return Enrolment(client() if association is None else association, since=since, **more)


def schedule(**more: Any) -> Schedule:
    """Schedule S-1 of Ana's, on the 15th of each month, of the client Roy's invoices, spoilt by what is given."""
    given = {
        "id": "S-1",
        "name": "Monthly",
        "payer": "ana",
        "account": OPERATING,
        "frequency": monthly(15),
        "first": FIRST,
        "enrolments": enrolled(),
    }
    return Schedule(**{**given, **more})


def capped(amount: str | int = 400, **more: Any) -> Schedule:
    """The same, up to an amount a run."""
    return schedule(amount=usd(amount), **more)


def invoice(name: str, day: date = date(2026, 1, 10), **more: Any) -> Invoice:
    """An invoice of the client Roy's."""
    return Invoice(name, date=day, **{"client": "Roy", **more})


def balance(
    of: str | Invoice, outstanding: str | int, *, as_of: date | None = date(2026, 3, 14), **more: Any
) -> InvoiceBalance:
    """What is outstanding of an invoice, as of the day before the first run."""
    found = invoice(of) if isinstance(of, str) else of
    moneys: dict[str, Any] = {name: usd(more.pop(name)) for name in ("pending", "disputed", "amount") if name in more}
    return InvoiceBalance(invoice=found, outstanding=usd(outstanding), as_of=as_of, **moneys, **more)


def two_invoices(**more: Any) -> list[InvoiceBalance]:
    """An older one of 300, and one of 250."""
    return [
        balance(invoice("INV-1"), 300, **more),
        balance(invoice("INV-2", date(2026, 2, 10)), 250),
    ]


def posting(name: str, of: str, amount: str | int, **more: Any) -> Posting:
    """A posting of a payment that was made by hand."""
    return Posting(name, usd(amount), payment=f"P-{name}", invoice=of, **more)


def own(run: date, of: str, amount: str | int, association: str = "A-1", **more: Any) -> Posting:
    """A posting of a run of S-1."""
    payment = more.pop("payment", f"S-1/run@{run}")
    return Posting(
        f"{payment}>{of}",
        usd(amount),
        payment=payment,
        invoice=of,
        schedule="S-1",
        association=association,
        run=run,
        **more,
    )


def run(
    of: Schedule, balances: Iterable[InvoiceBalance], postings: Iterable[Posting] = (), on: date = FIRST, **more: Any
) -> ScheduleRun:
    """A run, on the first day."""
    return run_schedule(of, balances, postings, on, **more)


def paid(made: ScheduleRun) -> dict[str, str]:
    """What is paid of each invoice, in major units."""
    return {line.invoice.id: str(line.paid.amount) for line in made.lines if line.paid}


def amounts(made: ScheduleRun) -> list[str]:
    """What is paid of each invoice, in the order of the lines."""
    return [str(line.paid.amount) for line in made.lines]


def told(made: ScheduleRun) -> list[str]:
    """What is to be told, in words."""
    return [str(event) for event in made.events]


def sound(made: ScheduleRun) -> ScheduleRun:
    """A run whose sums are those of its parts."""
    in_lines = sum(line.paid.minor for line in made.lines)
    standing = [one for one in made.postings if one.stands]
    assert in_lines == sum(one.amount.minor for one in standing)
    assert in_lines == (0 if made.payment is None else made.payment.amount.minor)
    if made.payment is not None:
        named = [(repr(one.to), one.amount) for one in made.payment.designations]
        assert named == [(f"where.invoice({one.invoice!r})", one.amount) for one in made.postings]
        assert all(one.payment == made.payment.id for one in made.postings)
    for line in made.lines:
        off = sum(one.amount.minor for one in line.subtracted)
        assert line.outstanding.minor - off == line.payable.minor >= line.paid.minor >= 0
        assert bool(line.why) == (line.paid < line.payable or not line.payable)
    assert (made.payment is None) == any(event.kind.value in ("nothing_due", "autopay_failed") for event in made.events)
    return made
