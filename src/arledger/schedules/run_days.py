"""The days on which a schedule runs.

The problem: a job that runs "on the 15th" is started on the 16th, or before the schedule has begun, and must neither
take the money of another run nor invent one. The decision: a schedule runs on the first day of each period of its
frequency, from its own first day on; any other day is refused, with the run days before and after it.

Source: rule R56; ClientPay's "date of the first payment/query".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from arledger.checks import check_date
from arledger.dates.frequency import Frequency, check_frequency, period_at, period_of
from arledger.errors import InvalidValue


def check_starts(frequency: Frequency, first: date, subject: str) -> None:
    """Refuse a first day on which no period of the frequency starts."""
    check_frequency(frequency, subject)
    check_date(first, subject, "first")
    period = period_at(frequency, first)
    if period.start != first:
        raise InvalidValue(
            f"{subject}: first {first} is no day of {frequency!r}",
            field="first",
            value=first,
            hint=f"pass {period.start} or {period.end}",
        )


def check_run_day(frequency: Frequency, first: date, day: date, subject: str, field: str) -> None:
    """Refuse a day on which nothing runs: one before the first, or one between two."""
    check_date(day, subject, field)
    if day < first:
        raise InvalidValue(
            f"{subject}: {day} is before the first run on {first}",
            field=field,
            value=day,
            hint=f"pass {first} or a later run day",
        )
    period = period_at(frequency, day)
    if period.start != day:
        raise InvalidValue(
            f"{subject}: {day} is no run day", field=field, value=day, hint=f"pass {period.start} or {period.end}"
        )


def following(frequency: Frequency, day: date) -> date:
    """The run day after a run day."""
    return period_at(frequency, day).end


def days_from(frequency: Frequency, first: date, since: date) -> Iterator[date]:
    """The run days from the first one on that are not before a day."""
    number = frequency.number(max(first, since))
    if frequency.start(number) < since:
        number += 1
    while True:
        yield period_of(frequency, number).start
        number += 1
