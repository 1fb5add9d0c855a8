"""When an enrolment ends: the rules, each by its name.

One namespace of values and functions, imported as a module so that it shadows nobody's variables:

>>> from arledger import ends
>>> print(ends.after_total(Money("2000", "USD")))
after 2000.00 USD paid

A rule of your own is any function of the course that ``EndRule`` describes:

>>> def pauses_in_december(course):
...     return Money("0", "USD") if course.run.month == 12 else None

Source: rule R58.
"""

from __future__ import annotations

from datetime import date

from arledger.money import Money
from arledger.schedules.ending import (
    AfterRuns,
    AfterTotal,
    Counting,
    EndRule,
    Never,
    OnDate,
    WhenPaid,
    WithinAYear,
)

__all__ = ["NEVER", "WHEN_PAID", "WITHIN_A_YEAR", "after_runs", "after_total", "on"]

WITHIN_A_YEAR = WithinAYear()
"""The last run is before the day a year after the enrolment."""

WHEN_PAID = WhenPaid()
"""When nothing is outstanding of its invoices, and nothing on its way; a payment that comes back revives it."""

NEVER = Never()
"""When the schedule is cancelled."""


def after_runs(n: int, counting: Counting = "paid") -> EndRule:
    """After so many runs that paid something; with "attempted", after so many attempts, failed ones too."""
    return AfterRuns(n, counting)


def on(day: date) -> EndRule:
    """On a day, the first one without a run."""
    return OnDate(day)


def after_total(total: Money, counting: Counting = "paid") -> EndRule:
    """When so much is paid, to the cent; with "attempted", what failed counts too."""
    return AfterTotal(total, counting)
