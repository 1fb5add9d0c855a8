"""A law firm's client with three matters, and a capped monthly run over a year.

The firm's own system keeps the balances. Each month it says what is outstanding of each invoice, the run says what is
paid of which, and the postings go back; some of them are posted only after the next export, and one payment comes back.

- Ana pays up to 900.00 on the 15th: all invoices of the client Roy for a year; those of a second client's estate until
  2,000.00 is paid; and one old invoice of a third client until it is paid off.
- What was paid and is not in a balance yet is taken off it, so that nothing is paid twice.

Run it: python examples/law_firm.py
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from arledger import (
    Association,
    DepositAccount,
    Enrolment,
    Invoice,
    InvoiceBalance,
    MethodKind,
    Money,
    PaymentMethod,
    PaymentMethods,
    Posting,
    PostingState,
    Schedule,
    ends,
    monthly,
    months_after,
    project,
    run_schedule,
    step_posting,
    total,
    wallet,
)

FIRST = date(2026, 1, 15)
SCHEDULE = Schedule(
    "S-1",
    "Ana, monthly",
    payer="ana",
    account=DepositAccount("OP-1"),
    frequency=monthly(15),
    first=FIRST,
    amount=Money("900", "USD"),
    enrolments=[
        Enrolment(Association("A-1", "ana", client="Roy"), since=date(2026, 1, 2)),
        Enrolment(
            Association("A-2", "ana", client="Lund", matter="estate"),
            since=date(2026, 1, 2),
            ends=ends.after_total(Money("2000", "USD")),
        ),
        Enrolment(Association("A-3", "ana", number="977"), since=date(2026, 1, 2)),
    ],
)
CARD = PaymentMethods(PaymentMethod("M-1", MethodKind.CREDIT_CARD, payer="ana", last_four="4242", is_default=True))


def usd(amount: str) -> Money:
    """So many dollars."""
    return Money(amount, "USD")


def invoices() -> dict[Invoice, Money]:
    """Every invoice of the year, with what was invoiced."""
    old = Invoice("I-977", number="977", date=date(2025, 9, 30), client="Okafor", matter="will")
    found = {old: usd("1250.00")}
    for month in range(1, 13):
        found[
            Invoice(f"I-{month}R", number=f"{1000 + month}", date=date(2026, month, 1), client="Roy", matter="lease")
        ] = usd("310.00")
    for month in (2, 5, 8):
        name = Invoice(
            f"I-{month}D", number=f"{2000 + month}", date=date(2026, month, 10), client="Roy", matter="divorce"
        )
        found[name] = usd("840.00")
    for month in (1, 4, 7):
        name = Invoice(
            f"I-{month}E", number=f"{3000 + month}", date=date(2026, month, 3), client="Lund", matter="estate"
        )
        found[name] = usd("1000.00")
    return found


def exported(on: date, postings: Sequence[Posting]) -> list[InvoiceBalance]:
    """What the firm's system says is outstanding: it knows the postings that were posted before the day."""
    balances = []
    for invoice, amount in invoices().items():
        if invoice.date > on:
            continue
        known = [one for one in postings if one.invoice == invoice.id and one.posted and one.posted < on]
        outstanding = amount - total([one.amount for one in known], "USD")
        if outstanding:
            as_of = on - timedelta(days=1)
            balances.append(InvoiceBalance(invoice=invoice, outstanding=outstanding, amount=amount, as_of=as_of))
    return balances


def stepped(
    postings: Iterable[Posting], payment: str, state: PostingState, posted: date | None = None
) -> list[Posting]:
    """The postings, those of a payment in another state."""
    return [step_posting(one, state, posted=posted) if one.payment == payment else one for one in postings]


def main() -> None:
    """The year."""
    print(SCHEDULE)
    for enrolment in SCHEDULE.enrolments:
        print(f"  {enrolment}")
    postings: list[Posting] = []
    methods = CARD
    for month in range(12):
        day = months_after(FIRST, month)
        if day == date(2026, 6, 15):
            methods = wallet.disable(CARD, "M-1")
        run = run_schedule(SCHEDULE, exported(day, postings), postings, day, methods=methods)
        print(f"\n{run}")
        postings += run.postings
        methods = CARD
        if run.payment is None:
            continue
        if day.month == 3:  # it comes back a week later
            postings = stepped(postings, run.payment.id, PostingState.FAILED)
            print("    the payment of March comes back, and its postings fail")
        elif day.month == 9:  # the clerk is on leave: posted after the next run
            print("    the postings of September wait until November")
        else:
            postings = stepped(postings, run.payment.id, PostingState.POSTED, day + timedelta(days=2))
        if day.month == 10:
            postings = stepped(postings, "S-1/run@2026-09-15", PostingState.POSTED, date(2026, 11, 2))
    for client in ("Roy", "Lund", "Okafor"):
        own = {invoice.id: amount for invoice, amount in invoices().items() if invoice.client == client}
        paid = total([one.amount for one in postings if one.invoice in own and one.stands], "USD")
        print(f"\n{client}: {paid} paid of {total(own.values(), 'USD')}", end="")
    print("\n\nWhat would have come of it, had nothing gone wrong, as a projection from the first day on:\n")
    everything = [InvoiceBalance(invoice=one, outstanding=amount) for one, amount in invoices().items()]
    print(project(SCHEDULE, everything, [], FIRST))


if __name__ == "__main__":
    main()
