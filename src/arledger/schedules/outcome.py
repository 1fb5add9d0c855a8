"""What a run of a schedule comes to: a payment, its postings, a line for each invoice, and what is to be told.

Source: rule R59.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from arledger.entries import Invoice, Payment
from arledger.money import Money, amount_text, money_of
from arledger.payers.events import Event
from arledger.schedules.claims import Subtracted
from arledger.schedules.courses import Ending
from arledger.schedules.ending import Course
from arledger.schedules.postings import Posting
from arledger.schedules.schedule import Schedule
from arledger.tables import text_table


@attrs.frozen(order=False)
class RunLine:
    """An invoice of a run.

    ``outstanding`` less all that was ``subtracted`` is ``payable``; ``why`` says why not all of that is ``paid``, and
    ``flag`` what to be wary of. ``association`` is the id of the one that it is paid under, or would be.
    """

    invoice: Invoice
    association: str
    outstanding: Money
    subtracted: tuple[Subtracted, ...]
    payable: Money
    paid: Money
    why: str = ""
    flag: str = ""

    @property
    def left(self) -> Money:
        """What stays payable of it."""
        return self.payable - self.paid


@attrs.frozen(order=False)
class ScheduleRun:
    """What a schedule pays in one run, and why not more.

    ``run`` is the day that the run is of, and ``on`` the day on which it is made. ``payment`` and ``postings`` are
    proposals for the host to record; there is no payment where nothing is paid, and ``events`` then says why.
    ``method`` is the id of the saved method that is charged, where saved methods are known. Of what is not paid, each
    of the ``lines`` says why. ``ended`` are the enrolments that have no run after this one.
    """

    schedule: Schedule
    on: date
    run: date
    payment: Payment | None
    postings: tuple[Posting, ...]
    lines: tuple[RunLine, ...]
    events: tuple[Event, ...]
    ended: tuple[Ending, ...]
    currency: str | None
    courses: tuple[Course, ...] = attrs.field(repr=False)
    """How far each enrolment was before the run."""
    before: tuple[Posting, ...] = attrs.field(repr=False)
    """The postings of the schedule that there were before the run."""
    method: str | None = None

    @property
    def total(self) -> Money | None:
        """What is paid; None where nothing that was given has a currency."""
        if self.payment is not None:
            return self.payment.amount
        return None if self.currency is None else money_of(0, self.currency)

    @property
    def is_last(self) -> bool:
        """Whether all that was enrolled has ended with it, or before."""
        return bool(self.ended) and len(self.ended) == len(self.schedule.enrolments)

    @property
    def explanation(self) -> str:
        """What was taken off each invoice, and when each enrolment ends."""
        texts = [str(self.schedule), str(self)]
        rows = [
            (_name(line.invoice), amount_text(one.amount), one.why, one.about or "")
            for line in self.lines
            for one in line.subtracted
        ]
        if rows:
            texts.append(text_table(("invoice", "taken off", "why", "posting"), rows, right=(1,)))
        ended = {one.association: one.why for one in self.ended}
        if self.schedule.enrolments:
            of = [(one.id, one.words, ended.get(one.id, "")) for one in self.schedule.enrolments]
            texts.append(text_table(("enrolment", "of what", "no run after this, since"), of))
        return "\n\n".join(texts)

    def __str__(self) -> str:
        late = "" if self.on == self.run else f", made on {self.on}"
        heading = f"{self.schedule.id}: run of {self.run}{late}"
        if self.payment is not None:
            heading += f", {self.payment.amount} as {self.payment.id}{f' by {self.method}' if self.method else ''}"
        texts = [heading, *map(str, self.events)]
        if self.lines:
            texts.append(lines_text(self.lines))
        return "\n".join(texts)


def lines_text(lines: Sequence[RunLine]) -> str:
    """The lines of a run as a table, with what they come to."""
    header = ("invoice", "date", "under", "outstanding", "payable", "paid", "why not more")
    rows = [
        (
            _name(line.invoice),
            str(line.invoice.date),
            line.association,
            *map(amount_text, (line.outstanding, line.payable, line.paid)),
            "; ".join(text for text in (line.why, line.flag) if text),
        )
        for line in lines
    ]
    currency = lines[0].outstanding.currency
    sums = [
        amount_text(money_of(sum(money.minor for money in column), currency))
        for column in zip(*((line.outstanding, line.payable, line.paid) for line in lines), strict=True)
    ]
    return text_table(header, [*rows, ("total", "", "", *sums, "")], right=(3, 4, 5))


def _name(invoice: Invoice) -> str:
    return invoice.number or invoice.id
