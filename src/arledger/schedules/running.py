"""A run of a schedule: which invoices it pays, how much of each, and what becomes of it when it fails.

The problem: a run pays the oldest invoice twice when it is started twice, or when yesterday's payment is not in the
balance yet; it pays 2,100 of an agreed 2,000; and when the card is declined, nobody is told. The decision: a run is a
function of the schedule, the balances of the day and all postings so far. It pays from the oldest invoice on until its
amount is met, each as far as it is payable and its enrolment goes, and proposes one payment with a posting for each
invoice, whose ids follow from the schedule and the day of the run. A run that was made takes nothing; one that failed
may be made again, under the next number.

Source: rules R56 to R59; ClientPay's "Auto-Pay".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import attrs

from arledger import where
from arledger.checks import check_date, check_id, check_instance
from arledger.entries import Designation, Payment
from arledger.errors import Conflict, InvalidValue
from arledger.ledger.books import free_id
from arledger.money import Money, money_of
from arledger.payers.events import Event, EventKind
from arledger.payers.invoices import InvoiceBalance
from arledger.payers.methods import PaymentMethod, PaymentMethods, method_for_pulls
from arledger.payers.refusals import Refusal
from arledger.schedules.claims import Claim, checked_balances, claims_of
from arledger.schedules.courses import (
    Budget,
    budget_of,
    check_schedule,
    courses_of,
    currency_of,
    endings_of,
    own_postings,
    verdicts_of,
)
from arledger.schedules.ending import Course, Verdict
from arledger.schedules.outcome import RunLine, ScheduleRun
from arledger.schedules.postings import Posting, PostingState, checked_postings, posting_id
from arledger.schedules.run_days import check_run_day, following
from arledger.schedules.schedule import Schedule
from arledger.schedules.spending import lines_of, why_idle


def run_schedule(
    schedule: Schedule,
    balances: InvoiceBalance | Iterable[InvoiceBalance],
    postings: Posting | Iterable[Posting],
    on: date,
    *,
    methods: PaymentMethods | None = None,
    run_of: date | None = None,
) -> ScheduleRun:
    """What a schedule pays on a day: the run of that day, or of an earlier one that was missed (``run_of``).

    ``balances`` may be of any invoices: those that are enrolled are picked. ``postings`` are all that there are, of
    other schedules and of payments by hand too. With ``methods``, a method that cannot pay on the day takes nothing.
    Dates of ends and of cancelling count by the day on which the run is made.

    >>> from arledger import Association, DepositAccount, Enrolment, Invoice, InvoiceBalance, Money, monthly
    >>> schedule = Schedule("S-1", "Monthly", payer="ana", account=DepositAccount("OP-1"), frequency=monthly(15),
    ...     first=date(2026, 3, 15), amount=Money("400", "USD"),
    ...     enrolments=Enrolment(Association("A-1", "ana", client="Roy"), since=date(2026, 3, 1)))
    >>> older, newer = (Invoice(f"INV-{month}", date=date(2026, month, 1), client="Roy") for month in (1, 2))
    >>> balances = [InvoiceBalance(invoice=newer, outstanding=Money("250", "USD"), as_of=date(2026, 3, 14)),
    ...             InvoiceBalance(invoice=older, outstanding=Money("300", "USD"), pending=Money("100", "USD"))]
    >>> print(run_schedule(schedule, balances, [], date(2026, 3, 15)))
    S-1: run of 2026-03-15, 400.00 USD as S-1/run@2026-03-15
    invoice  date        under  outstanding  payable    paid  why not more
    -------  ----------  -----  -----------  -------  ------  -----------------------
    INV-1    2026-01-01  A-1         300.00   200.00  200.00  the balance has no date
    INV-2    2026-02-01  A-1         250.00   250.00  200.00  up to 400.00 USD a run
    total                            550.00   450.00  400.00

    Refused: a day on which nothing runs, or before the first run, a balance of a later day (``InvalidValue``); an
    invoice with two balances, a posting twice (``Conflict``); two currencies; a method that is not there
    (``UnknownName``).

    Source: rules R57 to R59.
    """
    check_schedule(schedule, "run_schedule")
    subject = f"schedule {schedule.id}"
    run = _run_day(schedule, on, run_of, subject)
    if methods is not None:
        check_instance(methods, PaymentMethods, subject, "methods", "pass PaymentMethods([...])")
    known = checked_postings(postings, subject)
    given = checked_balances(balances, subject)
    _check_days(given, on, subject)
    claims = claims_of(schedule.enrolments, given, known)
    own = own_postings(schedule, known)
    currency = currency_of(schedule, claims, given, own)
    courses = courses_of(schedule, claims, own, run, on, currency)
    verdicts = verdicts_of(schedule, courses, own)
    made = _made_before(schedule, run, own, claims)
    budget = Budget(0, f"the run of {run} was made, as {made}") if made else budget_of(schedule, own)
    lines = lines_of(schedule, claims, courses, verdicts, budget, on)
    draft = ScheduleRun(schedule, on, run, None, (), lines, (), (), currency, courses=courses, before=own)
    if not any(line.paid for line in lines):
        why = budget.words if made else _why_nothing(schedule, courses, verdicts, lines)
        return _with_endings(draft, Event(EventKind.NOTHING_DUE, on, schedule.id, why))
    method = (
        None
        if methods is None
        else method_for_pulls(methods, schedule.payer, on, named=schedule.method, subject=subject)
    )
    if isinstance(method, Refusal):
        event = Event(EventKind.AUTOPAY_FAILED, on, schedule.id, str(method), _sum(lines))
        return _with_endings(attrs.evolve(draft, lines=_unpaid(lines, str(method))), event)
    name = free_id(run_id(schedule, run), {posting.payment for posting in known})
    payment = _payment(schedule, name, lines, on, method)
    postings, saved = _postings(schedule, name, lines, run), None if method is None else method.id
    return _with_endings(attrs.evolve(draft, payment=payment, postings=postings, method=saved))


def failed_run(run: ScheduleRun, reason: str) -> ScheduleRun:
    """A run whose payment was declined: it takes nothing, its postings failed, and "autopay failed" is to be told.

    ``reason`` is the gateway's. The postings are kept: the run may be made again, under the next number.

    Refused: a run that pays nothing (``Conflict``).

    Source: rule R59; ClientPay's notification "Error-Failed AutoPay".
    """
    check_instance(run, ScheduleRun, "failed_run", "run", "pass what run_schedule gave")
    subject = f"schedule {run.schedule.id}"
    check_id(reason, subject, "reason")
    if run.payment is None:
        raise Conflict(
            f"{subject}: the run of {run.run} pays nothing that could fail",
            field="run",
            value=run,
            hint="pass a run with a payment",
        )
    postings = tuple(attrs.evolve(posting, state=PostingState.FAILED) for posting in run.postings)
    event = Event(EventKind.AUTOPAY_FAILED, run.on, run.schedule.id, reason, run.payment.amount)
    taken_back = attrs.evolve(run, payment=None, postings=postings, lines=_unpaid(run.lines, reason))
    return _with_endings(taken_back, event)


def run_id(schedule: Schedule, run: date) -> str:
    """The id of the payment of a run, the first time that it is made."""
    return f"{schedule.id}/run@{run}"


def _run_day(schedule: Schedule, on: date, run_of: date | None, subject: str) -> date:
    """The day of the run that is made on a day."""
    check_date(on, subject, "on")
    if run_of is None:
        check_run_day(schedule.frequency, schedule.first, on, subject, "on")
        return on
    check_run_day(schedule.frequency, schedule.first, run_of, subject, "run_of")
    if on < run_of:
        raise InvalidValue(
            f"{subject}: {on} is before the run of {run_of}",
            field="on",
            value=on,
            hint="pass that day or a later one",
        )
    return run_of


def _check_days(balances: Iterable[InvoiceBalance], on: date, subject: str) -> None:
    """Refuse balances that are of a later day: what was posted since is not in them, whatever their day says."""
    for balance in balances:
        if balance.as_of is not None and balance.as_of > on:
            raise InvalidValue(
                f"{subject}: the balance of invoice {balance.id} is of {balance.as_of}, after {on}",
                field="balances",
                value=balance.as_of,
                hint="pass balances of the day, or of an earlier one",
            )


def _made_before(schedule: Schedule, run: date, own: Sequence[Posting], claims: Sequence[Claim]) -> str:
    """The id of the payment by which a run was made; empty if it was not, or failed.

    Also where no posting of it is given, but a balance reckons with it.
    """
    of_run = [posting for posting in own if posting.run == run]
    standing = sorted(posting.payment for posting in of_run if posting.stands)
    gone = {posting.payment for posting in of_run}
    stem = run_id(schedule, run)
    known = {
        name
        for knows in {id(claim.balance.knows): claim.balance.knows for claim in claims}.values()  # most share one
        for name in knows
        if name == stem or name.startswith(f"{stem}#")
    }
    return next(iter([*standing, *sorted(known - gone)]), "")


def _unpaid(lines: Sequence[RunLine], reason: str) -> tuple[RunLine, ...]:
    """The lines of a run that took nothing."""
    return tuple(
        attrs.evolve(line, paid=money_of(0, line.paid.currency), why=reason) if line.paid else line for line in lines
    )


def _sum(lines: Sequence[RunLine]) -> Money:
    """What is paid in all; of at least one line."""
    return money_of(sum(line.paid.minor for line in lines), lines[0].paid.currency)


def _payment(
    schedule: Schedule, name: str, lines: Sequence[RunLine], on: date, method: PaymentMethod | None
) -> Payment:
    paid = [line for line in lines if line.paid]
    return Payment(
        name,
        _sum(paid),
        received=on,
        method=None if method is None else method.payment_type,
        payer=schedule.payer,
        designations=[Designation(where.invoice(line.invoice.id), line.paid) for line in paid],
        fund=schedule.account.fund,
    )


def _postings(schedule: Schedule, name: str, lines: Sequence[RunLine], run: date) -> tuple[Posting, ...]:
    return tuple(
        Posting(
            posting_id(name, line.invoice.id),
            line.paid,
            payment=name,
            invoice=line.invoice.id,
            schedule=schedule.id,
            association=line.association,
            run=run,
        )
        for line in lines
        if line.paid
    )


def _why_nothing(
    schedule: Schedule, courses: Sequence[Course], verdicts: Sequence[Verdict], lines: Sequence[RunLine]
) -> str:
    """Why a run pays nothing."""
    if not schedule.enrolments:
        return "nothing is enrolled"
    names = [enrolment.id for enrolment in schedule.enrolments]
    idle = [why_idle(course, verdict) for course, verdict in zip(courses, verdicts, strict=True)]
    if all(idle):
        return "; ".join(f"{name}: {why}" for name, why in zip(names, idle, strict=True))
    return "nothing is payable" if lines else "there is no invoice"


def _with_endings(run: ScheduleRun, *events: Event) -> ScheduleRun:
    """A run with what has ended after it, and with what is to be told."""
    schedule = run.schedule
    then = following(schedule.frequency, run.run)
    ended = endings_of(schedule, run.courses, run.before, run.postings, then)
    news = [Event(EventKind.ENDED, run.on, f"{schedule.id}/{one.association}", one.why) for one in ended if one.is_news]
    if news and len(ended) == len(schedule.enrolments):
        news.append(Event(EventKind.ENDED, run.on, schedule.id, "all that was enrolled has ended"))
    return attrs.evolve(run, events=(*events, *news), ended=ended)
