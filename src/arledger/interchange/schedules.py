"""Schedules from a TOML file.

The decision: the fields of ``Schedule`` under their own names; how often it runs as everywhere (``repeats``, and
``start`` where periods start on another day than ``first``); how much by ``amount`` or ``instalments``; and each
enrolment names an association of the file beside it, with its own end.

Source: rules R56, R58 and R60; ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from arledger.dates.frequency import Frequency
from arledger.errors import Conflict, InvalidValue, UnknownName, did_you_mean
from arledger.interchange.common_settings import (
    FREQUENCIES,
    FREQUENCY_HINT,
    SumReader,
    currency_setting,
    frequency_of,
    made_plainly,
    plainly,
    start_setting,
)
from arledger.interchange.settings import (
    Table,
    day_setting,
    read_settings,
    text_setting,
    whole_number_setting,
    word_setting,
)
from arledger.payers.associations import Association
from arledger.schedules import ends
from arledger.schedules.accounts import DepositAccount
from arledger.schedules.ending import Counting, EndRule
from arledger.schedules.enrolments import Enrolment
from arledger.schedules.plans import Instalments, equal_instalments, instalments
from arledger.schedules.schedule import Schedule

_ENDS: Mapping[str, EndRule] = {
    "within_a_year": ends.WITHIN_A_YEAR,
    "when_paid": ends.WHEN_PAID,
    "never": ends.NEVER,
}
_COUNTINGS: Mapping[str, Counting] = {"paid": "paid", "attempted": "attempted"}
_FUNDS = {"operating": "operating", "trust": "trust"}
_END_RULES = ("after_runs", "after_total", "on")
_END_HINT = (
    'write "within a year", "when paid", "never", { after_runs = 12 }, { after_total = 2000 } or { on = 2027-01-15 }'
)
_PLAN_HINT = "write { total = 1000, times = 3 } or { amount = 250, times = 4 }"


def read_schedules(text: str, associations: Iterable[Association], *, file: str = "schedules") -> tuple[Schedule, ...]:
    """Schedules, from the text of a TOML file that has [[schedules]].

    >>> from arledger import Association
    >>> (schedule,) = read_schedules('''
    ... currency = "USD"
    ... [[schedules]]
    ... id = "S-1"
    ... name = "Monthly"
    ... payer = "ana"
    ... account = "OP-1"
    ... repeats = "monthly"
    ... first = 2026-03-15
    ... amount = 400
    ... enrolments = [{ association = "A-1", since = 2026-03-01 }]
    ... ''', [Association("A-1", "ana", client="Roy")])
    >>> print(schedule)
    S-1 Monthly: ana pays up to 400.00 USD a run into OP-1, by monthly(15) from 2026-03-15 on

    Refused, all at once, with ``SettingErrors``: what is no TOML, what is missing, what nobody knows, an association
    that is not there, what the library refuses.
    """
    known = {association.id: association for association in associations}
    return read_settings(text, file, lambda table: _schedules(table, known))


def _schedules(table: Table, known: Mapping[str, Association]) -> tuple[Schedule, ...] | None:
    sums = SumReader(table.optional("currency", currency_setting))
    if not table.has("schedules"):
        table.note("schedules", InvalidValue("is missing", hint="write [[schedules]] before each"))
    found = []
    places: dict[str, str] = {}
    for inner in table.tables("schedules"):
        schedule = _schedule(inner, sums, known)
        if schedule is not None:
            first = places.setdefault(schedule.id, inner.place)
            if first != inner.place:
                inner.note("id", Conflict(f"is that of {first} too", hint="give each an id of its own"))
            found.append(schedule)
    sums.check_currency(table, "without sums, schedules are")
    return None if table.is_wrong() else tuple(found)


def _schedule(table: Table, sums: SumReader, known: Mapping[str, Association]) -> Schedule | None:
    first = table.required("first", day_setting)
    values = {
        "id": table.required("id", text_setting),
        "name": table.required("name", text_setting),
        "payer": table.required("payer", text_setting),
        "account": _account(table),
        "frequency": _frequency(table, first),
        "first": first,
        "amount": _amount(table, sums),
        "enrolments": [_enrolment(inner, sums, known) for inner in table.tables("enrolments")],
        "method": table.optional("method", text_setting),
        "message": table.optional("message", text_setting),
        "until": table.optional("until", day_setting),
    }
    return made_plainly(table, Schedule, values, {"frequency": "repeats"})


def _account(table: Table) -> DepositAccount | None:
    """The firm's account: its id, or a table that says its fund too."""
    if not isinstance(table.settings.get("account"), dict):
        return table.required("account", lambda value: DepositAccount(text_setting(value)))
    inner = table.table("account")
    assert inner is not None
    values = {"id": inner.required("id", text_setting), "fund": inner.optional("fund", word_setting(_FUNDS))}
    return made_plainly(inner, DepositAccount, values)


def _frequency(table: Table, first: Any) -> Frequency | None:
    """How often: periods start where they are said to, or else on the day of the first run."""
    make = table.required("repeats", word_setting(FREQUENCIES, FREQUENCY_HINT))
    start = table.optional("start", start_setting)
    if make is None or (start is None and first is None):
        for name in ("second", "month"):  # what they mean is not to be known
            table.has(name)
        return None
    return frequency_of(table, make, first if start is None else start)


def _amount(table: Table, sums: SumReader) -> Any:
    """The most of a run, or the instalments of a plan; None where there is neither."""
    if table.has("amount") and table.has("instalments"):
        table.note("instalments", Conflict("stands beside amount", hint="keep one of them"))
    inner = table.table("instalments")
    return table.optional("amount", sums.money) if inner is None else _instalments(inner, sums)


def _instalments(table: Table, sums: SumReader) -> Instalments | None:
    named = [name for name in ("total", "amount") if table.has(name)]
    times = table.required("times", whole_number_setting)
    if len(named) != 1:
        problem = "says no amount" if not named else "says both a total and an amount"
        table.note("", InvalidValue(problem, hint=_PLAN_HINT))
        return None
    money = table.optional(named[0], sums.money)
    table.end()
    if table.is_wrong():
        return None
    make: Callable[..., Instalments] = instalments if named[0] == "total" else equal_instalments
    field = "money" if named[0] == "total" else "amount"
    return plainly(table, make, {field: money, "n": times}, {"n": "times", field: named[0]})


def _enrolment(table: Table, sums: SumReader, known: Mapping[str, Association]) -> Enrolment | None:
    def association_setting(value: Any) -> Association:
        name = text_setting(value)
        if name not in known:
            hint = did_you_mean(name, known) if known else "write it into the file of associations"
            raise UnknownName(f"there is no association {name}", hint=hint)
        return known[name]

    values = {
        "association": table.required("association", association_setting),
        "since": table.required("since", day_setting),
        "ends": _end(table, sums),
    }
    return made_plainly(table, Enrolment, values)


def _end(table: Table, sums: SumReader) -> EndRule | None:
    """When an enrolment ends: by a word, or by a table that counts or has a day."""
    if not isinstance(table.settings.get("ends"), dict):
        return table.optional("ends", word_setting(_ENDS, _END_HINT))
    inner = table.table("ends")
    assert inner is not None
    named = [name for name in _END_RULES if inner.has(name)]
    counting = inner.optional("counting", word_setting(_COUNTINGS))
    if len(named) != 1:
        inner.note("", InvalidValue("says no end" if not named else "says several ends", hint=_END_HINT))
        return None
    (name,) = named
    if name == "on":
        if counting is not None:
            inner.note("counting", Conflict("stands beside a day", hint="leave it out"))
        return made_plainly(inner, ends.on, {"day": inner.optional(name, day_setting)}, {"day": name})
    if name == "after_runs":
        given: dict[str, Any] = {"n": inner.optional(name, whole_number_setting), "counting": counting}
        return made_plainly(inner, ends.after_runs, given, {"n": name})
    given = {"total": inner.optional(name, sums.money), "counting": counting}
    return made_plainly(inner, ends.after_total, given, {"total": name})
