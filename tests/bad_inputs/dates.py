"""Bad periods."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from arledger import ArledgerError, InvalidType, InvalidValue, Period
from bad_inputs.common import DAY, MOMENT, NO_DATE, NO_MOMENT, BadInput

period: Any = Period
MARCH = Period(DAY, date(2026, 4, 1))
FIRST_DAY_AFTER = "the end is the first day after the period"


def _row(what: str, start: object, end: object, kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return BadInput(f"period: {what}", lambda: period(start, end), kind, field, message)


def _day(what: str, day: Any, message: str) -> BadInput:
    return BadInput(f"period: {what}", lambda: day in MARCH, InvalidType, "day", message)


ROWS = [
    _row(
        "backwards",
        DAY,
        DAY - timedelta(days=1),
        InvalidValue,
        "end",
        f"period: end 2026-02-28 is not after start 2026-03-01; {FIRST_DAY_AFTER}",
    ),
    _row(
        "of no day",
        DAY,
        DAY,
        InvalidValue,
        "end",
        f"period: end 2026-03-01 is not after start 2026-03-01; {FIRST_DAY_AFTER}",
    ),
    _row("from a moment", MOMENT, DAY, InvalidType, "start", f"period: start is datetime, not date; {NO_MOMENT}"),
    _row("to a moment", DAY, MOMENT, InvalidType, "end", f"period: end is datetime, not date; {NO_MOMENT}"),
    _row("from text", "2026-03-01", DAY, InvalidType, "start", f"period: start is str, not date; {NO_DATE}"),
    _row("to text", DAY, "2026-04-01", InvalidType, "end", f"period: end is str, not date; {NO_DATE}"),
    _row("from None", None, DAY, InvalidType, "start", f"period: start is None, not date; {NO_DATE}"),
    _row("without an end", DAY, None, InvalidType, "end", f"period: end is None, not date; {NO_DATE}"),
    _row("of so many days", DAY, 31, InvalidType, "end", f"period: end is int, not date; {NO_DATE}"),
    _day("a moment in it", MOMENT, f"period: day is datetime, not date; {NO_MOMENT}"),
    _day("text in it", "2026-03-05", f"period: day is str, not date; {NO_DATE}"),
    _day("None in it", None, f"period: day is None, not date; {NO_DATE}"),
    _day("a period in it", MARCH, f"period: day is Period, not date; {NO_DATE}"),
]
