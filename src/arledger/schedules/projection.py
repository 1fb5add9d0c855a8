"""What a schedule would do: its runs over the next year, when it ends, and why.

The problem: a payer asks when their plan is paid off, and a second piece of code that answers gives another last
payment than the one that is taken. The decision: a projection makes the runs themselves, one after another. It supposes
that each payment goes through before the next run, and that there are no invoices but those given, of which later dated
ones come at their date.

Source: rules R56 to R59; ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import takewhile

import attrs

from arledger.checks import check_date
from arledger.dates.months import months_after
from arledger.errors import InvalidValue
from arledger.money import Money, amount_text, money_of
from arledger.payers.invoices import InvoiceBalance, KnownPayments
from arledger.schedules.claims import by_invoice, checked_balances, claims_of, why_taken_off
from arledger.schedules.courses import Ending, check_schedule, courses_of, currency_of, endings_of, own_postings
from arledger.schedules.outcome import ScheduleRun
from arledger.schedules.postings import Posting, checked_postings
from arledger.schedules.run_days import days_from, following
from arledger.schedules.running import run_schedule
from arledger.schedules.schedule import Schedule
from arledger.tables import text_table

_MONTHS_OF_YEAR = 12


@attrs.frozen(order=False)
class ProjectedEnd:
    """An enrolment would have no run after that day, and why; ``association`` is its id."""

    association: str
    after: date
    why: str


@attrs.frozen(order=False)
class Projection:
    """The runs that a schedule would make from ``since`` on, up to and without ``until``, or to its end.

    ``ends`` has the enrolments that would end; the others go on beyond ``until``.
    """

    schedule: Schedule
    since: date
    until: date
    runs: tuple[ScheduleRun, ...]
    ends: tuple[ProjectedEnd, ...]
    currency: str | None

    @property
    def total(self) -> Money | None:
        """What all runs would pay; None where nothing that was given has a currency."""
        if self.currency is None:
            return None
        return money_of(sum(run.payment.amount.minor for run in self.runs if run.payment), self.currency)

    @property
    def ends_on(self) -> date | None:
        """The day after which nothing runs; None if the schedule goes on beyond ``until``."""
        if not self.schedule.enrolments or len(self.ends) < len(self.schedule.enrolments):
            return None
        return max(end.after for end in self.ends)

    def __str__(self) -> str:
        rows = []
        for run in self.runs:
            invoices = ", ".join(f"{line.invoice.number or line.invoice.id}" for line in run.lines if line.paid)
            left = [line.left.minor for line in run.lines]
            texts = [event.text for event in run.events if run.payment is None][:1]
            rows.append((str(run.run), _text(run.total), invoices, _left_text(left, run.currency), *(texts or [""])))
        rows.append(("total", _text(self.total), "", "", ""))
        header = ("run", f"paid{f' in {self.currency}' if self.currency else ''}", "invoices", "left", "why nothing")
        texts = [text_table(header, rows, right=(1, 3))]
        ended = {end.association: (str(end.after), end.why) for end in self.ends}
        goes_on = ("", f"goes on beyond {self.until}")
        of = [(one.id, *ended.get(one.id, goes_on)) for one in self.schedule.enrolments]
        if of:
            texts.append(text_table(("enrolment", "no run after", "why"), of))
        return "\n\n".join(texts)


def _text(money: Money | None) -> str:
    return "" if money is None else amount_text(money)


def _left_text(left: Sequence[int], currency: str | None) -> str:
    return amount_text(money_of(sum(left), currency)) if currency else ""


def project(
    schedule: Schedule,
    balances: InvoiceBalance | Iterable[InvoiceBalance],
    postings: Posting | Iterable[Posting],
    since: date,
    *,
    until: date | None = None,
) -> Projection:
    """What a schedule would do from a day on, up to and without ``until`` (absent: for a year), if all goes through.

    >>> from arledger import Association, DepositAccount, Enrolment, Invoice, monthly
    >>> schedule = Schedule("S-1", "Plan", payer="ana", account=DepositAccount("OP-1"), frequency=monthly(15),
    ...     first=date(2026, 3, 15), amount=Money("400", "USD"),
    ...     enrolments=Enrolment(Association("A-1", "ana", invoice="INV-7"), since=date(2026, 3, 1)))
    >>> balance = InvoiceBalance(invoice=Invoice("INV-7", date=date(2026, 1, 1)), outstanding=Money("1000", "USD"))
    >>> print(project(schedule, balance, [], date(2026, 3, 1)))
    run         paid in USD  invoices    left  why nothing
    ----------  -----------  --------  ------  -----------
    2026-03-15       400.00  INV-7     600.00
    2026-04-15       400.00  INV-7     200.00
    2026-05-15       200.00  INV-7       0.00
    total           1000.00
    <BLANKLINE>
    enrolment  no run after  why
    ---------  ------------  ----------------------------------------------
    A-1        2026-05-15    nothing is outstanding, and nothing on its way

    Refused: an end that is not after its beginning, and what ``run_schedule`` refuses.

    Source: rules R57 to R59; ours.
    """
    check_schedule(schedule, "project")
    subject = f"schedule {schedule.id}"
    check_date(since, subject, "since")
    last = months_after(since, _MONTHS_OF_YEAR) if until is None else until
    check_date(last, subject, "until")
    if last <= since:
        raise InvalidValue(
            f"{subject}: until {last} is not after since {since}",
            field="until",
            value=last,
            hint="until is the first day after it",
        )
    known = checked_postings(postings, subject)
    given = checked_balances(balances, subject)
    own = own_postings(schedule, known)
    currency = currency_of(schedule, claims_of(schedule.enrolments, given, known), given, own)
    runs: list[ScheduleRun] = []
    ends: dict[str, ProjectedEnd] = {}
    for day in takewhile(last.__gt__, days_from(schedule.frequency, schedule.first, since)):
        if schedule.enrolments and len(ends) == len(schedule.enrolments):
            break
        run = run_schedule(schedule, given, known, day)
        runs.append(run)
        known = (*known, *run.postings)
        given = _gone_through(given, known)
        for one in _ended_after(schedule, given, known, day):
            ends.setdefault(one.association, ProjectedEnd(one.association, day, one.why))
    return Projection(schedule, since, last, tuple(runs), tuple(ends[name] for name in sorted(ends)), currency)


def _ended_after(
    schedule: Schedule, balances: Sequence[InvoiceBalance], postings: Sequence[Posting], run: date
) -> tuple[Ending, ...]:
    """The enrolments that have no run after one, when all that it paid has gone through."""
    claims = claims_of(schedule.enrolments, balances, postings)
    own = own_postings(schedule, postings)
    currency = currency_of(schedule, claims, balances, own)
    courses = courses_of(schedule, claims, own, run, run, currency)
    return endings_of(schedule, courses, own, (), following(schedule.frequency, run))


def _gone_through(balances: Sequence[InvoiceBalance], postings: Sequence[Posting]) -> tuple[InvoiceBalance, ...]:
    """Balances as they are when all that is on its way has gone through; they name its payments."""
    of_invoice = by_invoice(postings)
    taken = [[one for one in of_invoice.get(balance.id, []) if why_taken_off(one, balance)] for balance in balances]
    new = {one.payment for ones in taken for one in ones}
    # most balances share what they know, and go on to share it
    knows = {id(before): before for before in (balance.knows for balance in balances)}
    then = {key: KnownPayments({*before, *new}) for key, before in knows.items()}
    settled = []
    for balance, ones in zip(balances, taken, strict=True):
        gone = balance.pending.minor + sum(one.amount.minor for one in ones)
        outstanding = money_of(max(0, balance.outstanding.minor - gone), balance.currency)
        settled.append(
            attrs.evolve(
                balance,
                outstanding=outstanding,
                pending=money_of(0, balance.currency),
                disputed=min(balance.disputed, outstanding),
                knows=then[id(balance.knows)],
            )
        )
    return tuple(settled)
