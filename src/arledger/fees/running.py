"""Amounts that grow with the days: a day, a step of days, a month, or a rate a year by days.

The problem: "10 a day" must say whether the first late day counts, "5% for each 5 days" from when they are counted, and
interest by which day count; and what is paid in part in between must lower what is taken after it, and not before. The
decision: an amount that recurs is worked out on what was owed at the end of each day on which it falls, and a yearly
rate on what was owed from each day to the next. Days are numbered from the first day on which a fee may arise
(``since="grace"``: that day is 1) or from the due date (``since="due"``: the day after it is 1, and the days of grace
are caught up with when they are over).

Source: rule R38.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, get_args

import attrs

from arledger.billing.accrual import ACTUAL_365, Accrual, check_accrual, segments_of
from arledger.checks import said, shown, text_of
from arledger.dates.months import month_of, months_after
from arledger.dates.period import Period
from arledger.errors import InvalidValue, UnknownName, did_you_mean
from arledger.fees.amounts import Counting, FeeAmount, Worked, check_days, check_fee_amount, inside, summed, worked_out
from arledger.fees.ground import Base, Course, Ground
from arledger.money import minor_text
from arledger.rates import RateTable, as_rate_table, number_repr

Since = Literal["grace", "due"]
"""From when days are counted: the first day on which a fee may arise, or the due date."""

_SINCE = get_args(Since)
_SINCE_TEXT = {"grace": "", "due": " since the due date"}


def check_since(since: object, subject: str) -> None:
    """Refuse what is no day to count from."""
    if since not in _SINCE:
        raise UnknownName(
            f"{subject}: unknown since {shown(since)}",
            field="since",
            value=since,
            hint=did_you_mean(text_of(since), _SINCE),
        )


def _check_recurring(amount: FeeAmount, subject: str) -> None:
    check_fee_amount(amount, subject)
    if amount.counts_days:
        raise InvalidValue(
            f"{subject}: the amount counts days itself",
            field="amount",
            value=amount,
            hint="add the two, or take one of them",
        )


@attrs.frozen(repr=False)
class EveryDays(Counting):
    """An amount that falls on day ``first`` and every ``days`` days after it, on what was owed at the end of each."""

    days: int
    amount: FeeAmount
    first: int
    since: Since

    def __attrs_post_init__(self) -> None:
        check_days(self.days, "fee.every", "days")
        check_days(self.first, "fee.every", "first")
        _check_recurring(self.amount, "fee.every")
        check_since(self.since, "fee.every")

    def worked(self, ground: Ground, /) -> Worked:
        """What it comes to, and its steps."""
        before = (ground.first_day - timedelta(days=1) if self.since == "grace" else ground.due).toordinal()
        steps = []
        for stretch in ground.owed_stretches:
            times = self._falls(stretch.last - before) - self._falls(stretch.first - 1 - before)
            if times:
                steps.append(_times(times, self.amount, ground.on(stretch)))
        return summed(self, steps)

    def _falls(self, number: int) -> int:
        """How often it has fallen by the end of the day of that number."""
        return max(0, (number - self.first) // self.days + 1)

    def __str__(self) -> str:
        since = _SINCE_TEXT[self.since]
        if self.days == 1:
            each = {1: "each day", 2: "each further day"}.get(self.first, f"each day from the {ordinal(self.first)} on")
            return f"{inside(self.amount)} for {each}{since}"
        first = "" if self.first == self.days else f" from day {self.first} on"
        return f"{inside(self.amount)} for every {self.days} days{first}{since}"

    def __repr__(self) -> str:
        first = "" if self.first == self.days else f", first={self.first}"
        since = "" if self.since == "grace" else f", since={self.since!r}"
        return f"fee.every({self.days}, {self.amount!r}{first}{since})"


def ordinal(number: int) -> str:
    """A number in its place: 1st, 2nd, 3rd, 11th.

    >>> [ordinal(number) for number in (1, 2, 3, 11, 22)]
    ['1st', '2nd', '3rd', '11th', '22nd']
    """
    is_teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _times(times: int, amount: FeeAmount, ground: Ground) -> Worked:
    """An amount so many times."""
    step = worked_out(amount, ground)
    return step if times == 1 else Worked(f"{times} times {inside(amount)}", step.minor * times, step.steps)


@attrs.frozen(repr=False)
class EachMonth(Counting):
    """An amount that falls on each monthly return of a day, on what was owed at the end of it."""

    amount: FeeAmount
    since: Since

    def __attrs_post_init__(self) -> None:
        _check_recurring(self.amount, "fee.each_month")
        check_since(self.since, "fee.each_month")

    def worked(self, ground: Ground, /) -> Worked:
        """What it comes to, and its steps."""
        origin = ground.due if self.since == "due" else ground.first_day
        most = month_of(ground.day) - month_of(origin)
        days = [months_after(origin, number).toordinal() for number in range(1, most + 1)]
        steps = []
        for stretch in ground.owed_stretches:
            times = sum(stretch.first <= day <= stretch.last for day in days)
            if times:
                steps.append(_times(times, self.amount, ground.on(stretch)))
        return summed(self, steps)

    def __str__(self) -> str:
        return f"{inside(self.amount)} for each month{_SINCE_TEXT[self.since]}"

    def __repr__(self) -> str:
        since = "" if self.since == "due" else f", since={self.since!r}"
        return f"fee.each_month({self.amount!r}{since})"


@attrs.frozen(repr=False)
class YearlyRate(FeeAmount):
    """Simple interest at a yearly rate on what is owed, its days counted by a convention."""

    rates: RateTable = attrs.field(converter=as_rate_table)
    by: Accrual
    since: Since

    def __attrs_post_init__(self) -> None:
        check_accrual(self.by, "fee.a_year", "by")
        check_since(self.since, "fee.a_year")

    @property
    def reads(self) -> frozenset[Base]:
        """What it is worked out from."""
        return frozenset({Base.OWED})

    @property
    def counts_days(self) -> bool:
        """Whether it grows from day to day."""
        return True

    def worked(self, ground: Ground, /) -> Worked:
        """What it comes to, and its steps."""
        origin = ground.due if self.since == "due" else ground.first_day - timedelta(days=1)
        if origin >= ground.day:
            return Worked(self, Fraction(0))
        held = Period(origin, ground.day)
        changes = {day for stretch in ground.course if (day := date.fromordinal(stretch.first)) < held.end}
        changes |= set(self.rates.changes)
        cuts = sorted(day for day in changes if held.start < day <= held.end)
        day_before = held.end - timedelta(days=1)  # where the last day counts, it is on what was owed before it
        steps = []
        for segment in segments_of(self.by, held, cuts):
            start = segment.period.start
            owed = _owed_on(min(start, day_before), ground.course)
            if owed:
                percent = self.rates.at(start)
                if percent is None:
                    raise InvalidValue(
                        f"fee.a_year: no rate on {start}",
                        field="rates",
                        value=start,
                        hint="begin the table earlier, or with a rate of 0",
                    )
                text = f"{minor_text(owed, ground.currency)} from {start} at {percent}, {segment.counted}"
                steps.append(Worked(text, owed * percent.fraction * segment.years))
        return summed(self, steps)

    def __str__(self) -> str:
        rates = ", ".join(map(str, self.rates.rates))
        since = "" if self.since == "due" else " since the grace is over"
        return f"{rates} a year of what is owed, {said(self.by)}{since}"

    def __repr__(self) -> str:
        one = self.rates.rates[0]
        is_single = len(self.rates.rates) == 1 and one.since is None and one.until is None
        rates = number_repr(one.percent.fraction * 100) if is_single else repr(self.rates)
        by = "" if self.by == ACTUAL_365 else f", by={self.by!r}"
        since = "" if self.since == "due" else f", since={self.since!r}"
        return f"fee.a_year({rates}{by}{since})"


def _owed_on(day: date, course: Course) -> int:
    at = day.toordinal()
    return next(stretch.owed for stretch in course if stretch.first <= at <= stretch.last)
