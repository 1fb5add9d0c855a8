"""Bad frequencies of one's own, and a date and a month at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import attrs

from arledger import (
    ArledgerError,
    InvalidType,
    InvalidValue,
    Period,
    half_yearly,
    monthly,
    period_at,
    periods_over,
    prorate,
    proration,
    quarterly,
    yearly,
)
from bad_inputs.common import DAY, MOMENT, NO_DATE, NO_MOMENT, RENT, TOO_LONG, BadInput

MARCH = Period(DAY, date(2026, 4, 1))
MAKE: list[Callable[..., Any]] = [quarterly, half_yearly, yearly]


@attrs.frozen
class TenDays:
    """Every ten days, spoilt by what is given."""

    per_year: Any = 36
    in_months: Any = None
    days: Any = 10
    first: Any = DAY

    def start(self, number: int, /) -> Any:
        return self.first if not isinstance(self.first, date) else self.first + timedelta(days=self.days * number)

    def number(self, day: date, /) -> int:
        return (day - DAY).days // 10


def _own(what: str, spoilt: TenDays, kind: type[ArledgerError], field: str, message: str) -> list[BadInput]:
    """Asked for its periods, for one of them, and for a proration over it."""

    def row(subject: str, where: str, call: Callable[[], object]) -> BadInput:
        return BadInput(f"{subject}: a cycle of one's own, {what}", call, kind, field, f"{subject}: {where}: {message}")

    return [
        row("periods_over", "frequency", lambda: list(periods_over(spoilt, MARCH))),
        row("period_at", "frequency", lambda: period_at(spoilt, DAY)),
        row("prorate", "cycle", lambda: prorate(RENT, MARCH, by=proration.ACTUAL, cycle=spoilt)),
    ]


def _first(what: str, first: Any, kind: type[ArledgerError], message: str) -> BadInput:
    spoilt = TenDays(first=first)
    call: Callable[[], object] = lambda: list(periods_over(spoilt, MARCH))  # noqa: E731
    return BadInput(f"periods_over: starts with {what}", call, kind, "start", f"periods_over: start is {message}")


def _month_beside_a_date(make: Callable[..., Any]) -> BadInput:
    name = make.__name__
    message = f"{name}: month 5 beside a date; leave it out"
    return BadInput(f"{name}: a month beside a date", lambda: make(DAY, month=5), InvalidValue, "month", message)


PERIODS_A_YEAR = "pass how many periods a year has, 1 or more"
ROWS = [
    *_own("no int a year", TenDays(per_year=36.5), InvalidType, "per_year", "per_year is float, not int; pass an int"),
    *_own("None a year", TenDays(per_year=None), InvalidType, "per_year", "per_year is None, not int; pass an int"),
    *_own("none a year", TenDays(per_year=0), InvalidValue, "per_year", f"per_year is 0; {PERIODS_A_YEAR}"),
    *_own(
        "less than none a year",
        TenDays(per_year=-TOO_LONG),
        InvalidValue,
        "per_year",
        f"per_year is <int too long to print>; {PERIODS_A_YEAR}",
    ),
    *_own(
        "its months in text",
        TenDays(in_months="monthly"),
        InvalidType,
        "in_months",
        "in_months is str, not a frequency; pass one such as monthly(1), or None",
    ),
    *_own(
        "its months a function",
        TenDays(in_months=monthly),
        InvalidType,
        "in_months",
        "in_months is function, not a frequency; pass one such as monthly(1), or None",
    ),
    _first("text", "2026-03-01", InvalidType, f"str, not date; {NO_DATE}"),
    _first("None", None, InvalidType, f"None, not date; {NO_DATE}"),
    _first("a moment", MOMENT, InvalidType, f"datetime, not date; {NO_MOMENT}"),
    BadInput(
        "period: of a frequency that goes backwards",
        lambda: list(periods_over(TenDays(days=-10), MARCH)),
        InvalidValue,
        "end",
        "period: end 2026-02-19 is not after start 2026-03-01; the end is the first day after the period",
    ),
    *map(_month_beside_a_date, MAKE),
]
