"""How long a sum was held, in years: the conventions of simple interest.

The problem: 184 days are 184/365 of a year, or six whole months, or nothing, if interest is due only after a year; laws
and leases name one of these. The decision: a convention is any function that cuts the time of a holding at the days on
which its rate or its balance changes, and gives each segment its part of a year. Two functions change a convention:
``both_ends`` counts the last day too, ``after_days`` gives nothing to what was held for less.

Source: rule R46; ResMan for actual/365 by rate segment, the others by the names of practice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any, Protocol

import attrs

from arledger.billing.proration import years_of
from arledger.checks import answer_of, as_tuple, check_instance, check_int, name_of, said, shown, type_name
from arledger.dates.months import beyond_calendar, month_of, months_after
from arledger.dates.period import Period
from arledger.errors import InvalidType, InvalidValue

__all__ = [
    "ACTUAL_360",
    "ACTUAL_365",
    "ACTUAL_ACTUAL",
    "THIRTY_360",
    "WHOLE_MONTHS",
    "Accrual",
    "AccrualSegment",
    "after_days",
    "both_ends",
]


@attrs.frozen(order=False)
class AccrualSegment:
    """Time at one rate on one balance: its part of a year, and how that was counted, in words."""

    period: Period
    years: Fraction
    counted: str

    def __attrs_post_init__(self) -> None:
        subject = "accrual segment"
        check_instance(self.period, Period, subject, "period")
        years: object = self.years
        if type(years) is not int and not isinstance(years, Fraction):
            raise InvalidType(
                f"{subject}: years is {type_name(years)}, not Fraction",
                field="years",
                value=years,
                hint="pass an exact number",
            )
        if self.years < 0:
            raise InvalidValue(
                f"{subject}: years is {shown(self.years)}", field="years", value=self.years, hint="pass 0 or more"
            )
        check_instance(self.counted, str, subject, "counted", "say how it was counted")


class Accrual(Protocol):
    """How the time of a holding is counted: any ``(held, cuts) -> segments``.

    ``held`` is the whole time since the deposit was paid; ``cuts`` are the days inside it, in order, on which the rate
    or the balance changes or up to which interest was given before, and its end, if the rate changes on it. Segments
    follow each other, and each earns at the rate and on the balance of its first day; so one that counts days ends
    where a cut is.
    """

    def __call__(self, held: Period, cuts: Sequence[date], /) -> Sequence[AccrualSegment]:
        """The segments."""
        ...


@attrs.frozen(repr=False)
class _ActualOver:
    """Each day is the same part of a year, in leap years too."""

    days_of_year: int

    def __call__(self, held: Period, cuts: Sequence[date], /) -> Sequence[AccrualSegment]:
        over = self.days_of_year
        return [
            AccrualSegment(part, Fraction(part.days, over), f"{part.days}/{over} days") for part in _cut(held, cuts)
        ]

    def __repr__(self) -> str:
        return f"accrual.ACTUAL_{self.days_of_year}"

    def __str__(self) -> str:
        return f"by days over {self.days_of_year}"


@attrs.frozen(repr=False)
class _Thirty360:
    """Months of 30 days, and a year of 360: the 31st of a month counts as its 30th."""

    def __call__(self, held: Period, cuts: Sequence[date], /) -> Sequence[AccrualSegment]:
        found = []
        for part in _cut(held, cuts):
            days = _day_of_360(part.end) - _day_of_360(part.start)
            found.append(AccrualSegment(part, Fraction(days, 360), f"{days}/360 days of 30 a month"))
        return found

    def __repr__(self) -> str:
        return "accrual.THIRTY_360"

    def __str__(self) -> str:
        return "by months of 30 days over 360"


@attrs.frozen(repr=False)
class _ActualActual:
    """Each day is a 365th or a 366th of the year that it is in."""

    def __call__(self, held: Period, cuts: Sequence[date], /) -> Sequence[AccrualSegment]:
        return [AccrualSegment(part, years_of(part), f"{part.days} days, of 365 or 366") for part in _cut(held, cuts)]

    def __repr__(self) -> str:
        return "accrual.ACTUAL_ACTUAL"

    def __str__(self) -> str:
        return "by days over 365 or 366"


@attrs.frozen(repr=False)
class _WholeMonths:
    """Each whole month from the first day on is a twelfth of a year, at the rate and balance of its first day."""

    def __call__(self, held: Period, cuts: Sequence[date], /) -> Sequence[AccrualSegment]:
        # month n begins n months after the first day: counted from there each time, so that nothing drifts
        most = month_of(held.end) - month_of(held.start)
        starts = [months_after(held.start, n) for n in range(most + 1)]
        starts = [day for day in starts if day <= held.end]
        edges = [starts[0], *(_first_from(cut, starts) for cut in cuts), starts[-1]]
        return [
            AccrualSegment(Period(start, end), Fraction(months, 12), f"{months}/12 months")
            for start, end in pairwise(sorted(set(edges)))
            if (months := starts.index(end) - starts.index(start))
        ]

    def __repr__(self) -> str:
        return "accrual.WHOLE_MONTHS"

    def __str__(self) -> str:
        return "by whole months"


@attrs.frozen(repr=False)
class _BothEnds:
    inner: Accrual

    def __call__(self, held: Period, cuts: Sequence[date], /) -> Sequence[AccrualSegment]:
        if held.end == date.max:
            raise beyond_calendar("held", held)
        return self.inner(Period(held.start, held.end + timedelta(days=1)), cuts)

    def __repr__(self) -> str:
        return f"accrual.both_ends({self.inner!r})"

    def __str__(self) -> str:
        return f"{said(self.inner)}, both ends counted"


@attrs.frozen(repr=False)
class _AfterDays:
    days: int
    inner: Accrual

    def __call__(self, held: Period, cuts: Sequence[date], /) -> Sequence[AccrualSegment]:
        return self.inner(held, cuts) if held.days >= self.days else []

    def __repr__(self) -> str:
        return f"accrual.after_days({shown(self.days)}, {self.inner!r})"

    def __str__(self) -> str:
        return f"{said(self.inner)}, from {shown(self.days)} days on"


def both_ends(convention: Accrual) -> Accrual:
    """The same convention, the day of the release counted too, at its own rate and on what was held before it.

    Where interest is added or paid out in between, pass the day after as the next ``since``: that day is counted.

    >>> held = Period(date(2026, 5, 16), date(2026, 11, 16))
    >>> both_ends(ACTUAL_365)(held, [])[0].counted
    '185/365 days'
    """
    check_accrual(convention, "both_ends", "convention")
    return _BothEnds(convention)


def after_days(days: int, convention: Accrual) -> Accrual:
    """The same convention for what was held at least so many days; nothing for what was held for less."""
    check_int(days, "after_days", "days")
    if days < 1:
        raise InvalidValue(f"after_days: days is {shown(days)}", field="days", value=days, hint="pass 1 or more")
    check_accrual(convention, "after_days", "convention")
    return _AfterDays(days, convention)


def check_accrual(convention: object, subject: str, field: str) -> None:
    """Refuse what is no accrual convention."""
    if not callable(convention):
        raise InvalidType(
            f"{subject}: {field} is {type_name(convention)}, not an accrual convention",
            field=field,
            value=convention,
            hint="pass one such as accrual.ACTUAL_365",
        )


def segments_of(by: Accrual, held: Period, cuts: list[date]) -> tuple[AccrualSegment, ...]:
    """What a convention makes of the time, which may be anybody's."""
    segments = as_tuple(answer_of(by, held, cuts, subject=f"accrual {name_of(by)}:", field="accrual"))
    given: Any = segments  # whatever it is
    wrong = [part for part in given if not isinstance(part, AccrualSegment)] if type(given) is tuple else [given]
    if wrong:
        raise InvalidType(
            f"accrual gave {type_name(wrong[0])}, not a list of AccrualSegment",
            field="accrual",
            value=by,
            hint="a convention takes (held, cuts) and gives its segments",
        )
    reached = held.start
    for part in segments:
        if part.period.start < reached:
            raise InvalidValue(
                f"accrual gave a segment from {part.period.start}, where {reached} was reached",
                field="accrual",
                value=by,
                hint="segments follow each other from the first day on",
            )
        reached = part.period.end
    return segments


def _cut(held: Period, cuts: Sequence[date]) -> list[Period]:
    inside = [cut for cut in cuts if cut < held.end]
    return [Period(start, end) for start, end in pairwise([held.start, *inside, held.end])]


def _day_of_360(day: date) -> int:
    return month_of(day) * 30 + min(day.day, 30)


def _first_from(cut: date, starts: Sequence[date]) -> date:
    """The first month that begins on a day or after it; the last one, if none does."""
    return next((day for day in starts if day >= cut), starts[-1])


ACTUAL_365: Accrual = _ActualOver(365)
"""Days over 365, in leap years too."""

ACTUAL_360: Accrual = _ActualOver(360)
"""Days over 360, as commercial interest is often counted."""

THIRTY_360: Accrual = _Thirty360()
"""Months of 30 days over 360, the 31st of a month being its 30th (30E/360)."""

ACTUAL_ACTUAL: Accrual = _ActualActual()
"""Days over the 365 or 366 of their year."""

WHOLE_MONTHS: Accrual = _WholeMonths()
"""Whole months over 12; what is left of a month earns nothing."""
