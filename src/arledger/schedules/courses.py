"""How far the enrolments of a schedule are: the course of each at a run, and whether it has ended.

The problem: a plan ends by what is paid, a year by its days, a total by the postings, and a schedule that was cancelled
ends them all. The decision: at each run one course is made for each enrolment, and one function says what holds it: the
schedule's own end first, then the enrolment's rule. It is asked before the run, for what may be paid, and again after
it, for what the run has brought to its end.

Source: rules R58 and R59.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from arledger.checks import check_instance
from arledger.errors import CurrencyMismatch
from arledger.payers.invoices import InvoiceBalance
from arledger.schedules.claims import Claim
from arledger.schedules.ending import Course, Verdict, verdict_of
from arledger.schedules.enrolments import Enrolment
from arledger.schedules.plans import Instalments, still_to_pay
from arledger.schedules.postings import Posting
from arledger.schedules.schedule import Schedule


@attrs.frozen(order=False)
class Ending:
    """An enrolment has no run after this one, and why; ``association`` is its id.

    ``is_news`` says whether it has come to its end with this run. An end by what is paid is news at each run that finds
    it, since what comes back revives it.
    """

    association: str
    why: str
    is_news: bool = False


def currency_of(
    schedule: Schedule, claims: Sequence[Claim], balances: Sequence[InvoiceBalance], own: Sequence[Posting]
) -> str | None:
    """The currency of a run: that of the schedule's sums, of its invoices, of its postings; or of all, if it is one."""
    currency = schedule.currency
    for claim in claims:
        found = claim.balance.currency
        if currency not in (None, found):
            raise CurrencyMismatch(
                f"schedule {schedule.id}: invoice {claim.balance.id} is in {found}, and the run is in {currency}",
                field="balances",
                value=claim.balance.outstanding,
                hint="make a schedule for each currency",
            )
        currency = found
    for posting in own:
        if currency not in (None, posting.amount.currency):
            raise CurrencyMismatch(
                f"posting {posting.id}: {posting.amount}, and schedule {schedule.id} is in {currency}",
                field="postings",
                value=posting.amount,
            )
        currency = posting.amount.currency
    if currency is None and len({balance.currency for balance in balances}) == 1:
        return balances[0].currency
    return currency


def own_postings(schedule: Schedule, postings: Sequence[Posting]) -> tuple[Posting, ...]:
    """The postings of a schedule's runs, in the order of the runs."""
    own = [(posting.run, posting.id, posting) for posting in postings if posting.schedule == schedule.id]
    return tuple(posting for _, _, posting in sorted(own, key=lambda one: one[:2]))


def courses_of(
    schedule: Schedule, claims: Sequence[Claim], own: Sequence[Posting], run: date, on: date, currency: str | None
) -> tuple[Course, ...]:
    """The course of each enrolment at a run, in their order."""
    return tuple(_course(enrolment, claims, own, run, on, currency) for enrolment in schedule.enrolments)


def _course(
    enrolment: Enrolment, claims: Sequence[Claim], own: Sequence[Posting], run: date, on: date, currency: str | None
) -> Course:
    association = enrolment.association
    claimed = [claim for claim in claims if any(one.id == association.id for one in claim.enrolments)]
    postings = tuple(posting for posting in own if posting.association == association.id)
    return Course(
        association=association,
        since=enrolment.since,
        run=run,
        on=on,
        currency=currency,
        outstanding_minor=sum(claim.outstanding_minor for claim in claimed),
        pending_minor=sum(claim.pending_minor for claim in claimed),
        is_known=bool(claimed) or any(posting.stands for posting in postings),
        postings=postings,
    )


@attrs.frozen
class Budget:
    """The most of one run, in minor units (None: no limit), in words; and why there is no run any more, if so."""

    minor: int | None
    words: str
    ended: str = ""


def budget_of(schedule: Schedule, own: Sequence[Posting]) -> Budget:
    """What a run may pay by the schedule's amount, after the runs before."""
    amount = schedule.amount
    if amount is None:
        return Budget(None, "")
    if not isinstance(amount, Instalments):
        return Budget(amount.minor, schedule.amount_text)
    paid: dict[date | None, int] = {}
    for posting in own:
        if posting.stands:
            paid[posting.run] = paid.get(posting.run, 0) + posting.amount.minor
    places = still_to_pay(amount, paid.values())
    if not places:
        return Budget(0, str(amount), f"all of {amount} are paid")
    return Budget(
        amount.amounts[places[0]].minor, f"instalment {places[0] + 1} of {amount.count}: {amount.amounts[places[0]]}"
    )


def verdicts_of(schedule: Schedule, courses: Sequence[Course], own: Sequence[Posting]) -> list[Verdict]:
    """Of each enrolment, whether it has ended, and what it may still take."""
    exhausted = budget_of(schedule, own).ended
    found = []
    for enrolment, course in zip(schedule.enrolments, courses, strict=True):
        if schedule.until is not None and course.on >= schedule.until:
            found.append(Verdict(f"the schedule is cancelled from {schedule.until} on"))
        elif exhausted:
            found.append(Verdict(exhausted))
        else:
            subject = f"schedule {schedule.id}: enrolment {enrolment.id}"
            found.append(verdict_of(enrolment.end_rule, course, subject))
    return found


def endings_of(
    schedule: Schedule, courses: Sequence[Course], own: Sequence[Posting], made: Sequence[Posting], then: date
) -> tuple[Ending, ...]:
    """The enrolments that have no run after one, by the courses that it found and the postings that it made.

    ``then`` is the day of the next run.
    """
    after = [_after(course, made, then) for course in courses]
    still_open = [attrs.evolve(course, outstanding_minor=max(1, course.outstanding_minor)) for course in courses]
    before = verdicts_of(schedule, still_open, own)
    ended = verdicts_of(schedule, after, (*own, *made))
    return tuple(
        Ending(course.association.id, verdict.ended, is_news=not earlier.ended)
        for course, earlier, verdict in zip(courses, before, ended, strict=True)
        if verdict.ended
    )


def _after(course: Course, made: Sequence[Posting], then: date) -> Course:
    new = [posting for posting in made if posting.association == course.association.id]
    return attrs.evolve(
        course,
        run=then,
        on=max(course.on, then),
        pending_minor=course.pending_minor + sum(posting.amount.minor for posting in new if posting.stands),
        is_known=course.is_known or any(posting.stands for posting in new),
        postings=(*course.postings, *new),
    )


def check_schedule(schedule: object, subject: str) -> None:
    """Refuse what is no schedule."""
    check_instance(schedule, Schedule, subject, "schedule")
