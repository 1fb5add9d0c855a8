"""When an enrolment ends: what a rule sees of it, what it answers, and the rules as values.

The problem: "for a year", "until it is paid", "four payments", "until 2,000 is collected": each decides after a run
whether there is a next one, a sum must be met to the cent, and what has failed may count or not. The decision: a rule
is any callable that is given a ``Course``, what there is of one enrolment at a run, and answers why it has ended; or
how much it may still take; or nothing at all, while it simply goes on. The end is found anew at each run, so what came
back revives a plan that was paid.

Source: rule R58; the counts are ours.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, Protocol, get_args

import attrs

from arledger.checks import answer_of, check_date, check_int, said, shown, text_of, type_name
from arledger.dates.months import months_after
from arledger.entries.fields import check_amount
from arledger.errors import CurrencyMismatch, InvalidType, InvalidValue, UnknownName, did_you_mean
from arledger.money import Money, money_of
from arledger.payers.associations import Association
from arledger.schedules.postings import Posting

Counting = Literal["paid", "attempted"]
"""What counts: what was paid and has not come back, or failed attempts too."""

_COUNTINGS = get_args(Counting)
_MONTHS_OF_YEAR = 12


@attrs.frozen(order=False, kw_only=True)
class Course:
    """What an end rule sees of one enrolment at a run.

    ``since`` is the day of the enrolment, ``run`` the run's day and ``on`` the day on which it is made, later if it was
    missed. ``outstanding_minor`` is what is outstanding of the association's invoices, less what was posted since;
    ``pending_minor`` what of it is on its way. ``is_known`` says whether any of its invoices is known, or was.
    ``postings`` are those of the schedule for the association, failed ones too, in the order of their runs.
    """

    association: Association
    since: date
    run: date
    on: date
    currency: str | None
    outstanding_minor: int
    pending_minor: int
    is_known: bool
    postings: tuple[Posting, ...] = ()

    def runs(self, counting: Counting = "paid") -> int:
        """How many runs have paid something that stands; with "attempted", how many payments were attempted."""
        if counting == "attempted":
            return len({posting.payment for posting in self.postings})
        return len({posting.run for posting in self.postings if posting.stands})

    def taken_minor(self, counting: Counting = "paid") -> int:
        """What has been paid and stands, in minor units; with "attempted", what failed too."""
        return sum(posting.amount.minor for posting in self.postings if posting.stands or counting == "attempted")

    def __str__(self) -> str:
        return f"the run of {self.run}"


class EndRule(Protocol):
    """When an enrolment ends: any ``(course) -> str | Money | None``. ``ends`` has ours.

    Text says why it has ended; ``Money`` is the most that it may take in this run; None is that it goes on.
    """

    def __call__(self, course: Course, /) -> str | Money | None:
        """Why it has ended, or what it may still take, or None."""
        ...


@attrs.frozen
class Verdict:
    """What an end rule answered: why the enrolment has ended (empty while it goes on), and what it may still take."""

    ended: str = ""
    most_minor: int | None = None


def verdict_of(rule: EndRule, course: Course, subject: str) -> Verdict:
    """What an end rule says of a course, verified."""
    answer: object = answer_of(rule, course, subject=f"{subject}: ends", field="ends")
    if isinstance(answer, Money):
        if course.currency not in (None, answer.currency):
            raise CurrencyMismatch(
                f"{subject}: ends gave {answer}, for invoices in {course.currency}", field="ends", value=answer
            )
        if answer.minor < 0:
            raise InvalidValue(
                f"{subject}: ends gave {answer}", field="ends", value=answer, hint="give why it has ended, as text"
            )
        return Verdict(most_minor=answer.minor)
    if answer is None:
        return Verdict()
    if not isinstance(answer, str) or not answer:
        raise InvalidType(
            f"{subject}: ends gave {shown(answer)}",
            field="ends",
            value=answer,
            hint="give None while it goes on, Money for what it may still take, or why it has ended, as text",
        )
    return Verdict(ended=answer)


def check_end_rule(rule: object, subject: str) -> None:
    """Refuse what cannot be asked when it ends."""
    if not callable(rule) or isinstance(rule, type):
        raise InvalidType(
            f"{subject}: ends is {type_name(rule)}, not an end rule",
            field="ends",
            value=rule,
            hint="pass one such as ends.NEVER or ends.after_runs(12), or a function of your own",
        )


def end_words(rule: Callable[..., object]) -> str:
    """An end rule as texts print it."""
    return said(rule)


@attrs.frozen
class WithinAYear:
    """Runs go on for a year: the last one is before the day a year after the enrolment."""

    def __call__(self, course: Course, /) -> str | None:
        """Why it has ended, from that day on."""
        last = months_after(course.since, _MONTHS_OF_YEAR)
        return f"a year from {course.since} was over on {last}" if course.on >= last else None

    def __str__(self) -> str:
        return "within a year of its start"


@attrs.frozen
class WhenPaid:
    """A payment plan: it ends when nothing is outstanding and nothing on its way; what comes back revives it.

    While no invoice of it is known, it goes on.
    """

    def __call__(self, course: Course, /) -> str | None:
        """Why it has ended, while nothing is outstanding."""
        is_paid = course.is_known and not course.outstanding_minor and not course.pending_minor
        return "nothing is outstanding, and nothing on its way" if is_paid else None

    def __str__(self) -> str:
        return "when nothing is outstanding or on its way"


@attrs.frozen
class Never:
    """Runs go on until the schedule is cancelled."""

    def __call__(self, course: Course, /) -> None:
        """It goes on."""

    def __str__(self) -> str:
        return "when it is cancelled"


@attrs.frozen
class AfterRuns:
    """So many runs. Refused: less than one."""

    n: int
    counting: Counting = "paid"

    def __attrs_post_init__(self) -> None:
        check_int(self.n, "after runs", "n")
        if self.n < 1:
            raise InvalidValue(f"after runs: n is {shown(self.n)}", field="n", value=self.n, hint="pass at least 1")
        _check_counting(self.counting, "after runs")

    def __call__(self, course: Course, /) -> str | None:
        """Why it has ended, after so many."""
        made = course.runs(self.counting)
        return f"{_runs_text(made)} {_done(self.counting)}" if made >= self.n else None

    def __str__(self) -> str:
        return f"after {_runs_text(self.n)} {_done(self.counting)}"


@attrs.frozen
class OnDate:
    """Runs go on until a day, the first one without a run."""

    day: date

    def __attrs_post_init__(self) -> None:
        check_date(self.day, "ends on", "day")

    def __call__(self, course: Course, /) -> str | None:
        """Why it has ended, from that day on."""
        return f"it ended on {self.day}" if course.on >= self.day else None

    def __str__(self) -> str:
        return f"on {self.day}"


@attrs.frozen
class AfterTotal:
    """A total, to the cent: the last run takes only what is left of it. Refused: an amount that is not positive."""

    total: Money
    counting: Counting = "paid"

    def __attrs_post_init__(self) -> None:
        check_amount(self.total, "after total", "total")
        _check_counting(self.counting, "after total")

    def __call__(self, course: Course, /) -> str | Money:
        """What is left of it; or why it has ended, when nothing is."""
        left = self.total.minor - course.taken_minor(self.counting)
        return money_of(left, self.total.currency) if left > 0 else f"{self.total} {_done(self.counting)}"

    def __str__(self) -> str:
        return f"after {self.total} {_done(self.counting)}"


def _check_counting(counting: object, subject: str) -> None:
    if counting not in _COUNTINGS:
        raise UnknownName(
            f"{subject}: unknown counting {shown(counting)}",
            field="counting",
            value=counting,
            hint=did_you_mean(text_of(counting), _COUNTINGS),
        )


def _done(counting: Counting) -> str:
    return "paid" if counting == "paid" else "attempted"


def _runs_text(count: int) -> str:
    return "1 run" if count == 1 else f"{count} runs"
