"""Schedules from a TOML file, and everything that can be wrong with one."""

from __future__ import annotations

from datetime import date

import pytest

from arledger import (
    LAST,
    Association,
    DepositAccount,
    Enrolment,
    Money,
    Schedule,
    SettingErrors,
    ends,
    equal_instalments,
    instalments,
    monthly,
    read_schedules,
    twice_a_month,
    weekly,
)
from arledger.dates.frequency import Frequency
from arledger.schedules.ending import EndRule

FIRST, SINCE = date(2026, 3, 15), date(2026, 3, 1)
CLIENT, INVOICE = Association("A-1", "ana", client="Roy"), Association("A-2", "ana", invoice="I-9")
OF_BEN = Association("A-3", "ben", client="Roy")
KNOWN = [CLIENT, INVOICE, OF_BEN]
BASE = """\
currency = "USD"
[[schedules]]
id = "S-1"
name = "Monthly"
payer = "ana"
account = "OP-1"
"""


def read(text: str) -> Schedule:
    """The one schedule of a file that has the base."""
    (schedule,) = read_schedules(BASE + text, KNOWN)
    return schedule


def made(**more: object) -> Schedule:
    """The schedule of the base, with more."""
    given = {"payer": "ana", "account": DepositAccount("OP-1"), "frequency": monthly(15), "first": FIRST}
    return Schedule("S-1", "Monthly", **{**given, **more})  # type: ignore[arg-type]  # as each test gives them


def mistakes(text: str) -> list[str]:
    """What is told of a file."""
    with pytest.raises(SettingErrors) as told:
        read_schedules(text, KNOWN, file="f")
    return list(map(str, told.value.mistakes))


def test_every_setting_is_a_field() -> None:
    assert read(
        """
repeats = "monthly"
first = 2026-03-15
amount = 400
method = "M-1"
message = "Thank you."
until = 2027-01-01
enrolments = [{ association = "A-1", since = 2026-03-01 }, { association = "A-2", since = 2026-03-01 }]
"""
    ) == made(
        amount=Money("400", "USD"),
        method="M-1",
        message="Thank you.",
        until=date(2027, 1, 1),
        enrolments=[Enrolment(CLIENT, since=SINCE), Enrolment(INVOICE, since=SINCE)],
    )


@pytest.mark.parametrize(
    ("text", "frequency", "first"),
    [
        ('repeats = "monthly"\nfirst = 2026-03-15', monthly(15), FIRST),
        ('repeats = "weekly"\nfirst = 2026-03-15', weekly(FIRST), FIRST),
        ('repeats = "monthly"\nstart = "last"\nfirst = 2026-03-31', monthly(LAST), date(2026, 3, 31)),
        ('repeats = "twice a month"\nfirst = 2026-03-15', twice_a_month(15), FIRST),
        (
            'repeats = "twice a month"\nstart = 15\nsecond = "last"\nfirst = 2026-03-31',
            twice_a_month(15, LAST),
            date(2026, 3, 31),
        ),
    ],
)
def test_R60_how_often_it_runs(text: str, frequency: Frequency, first: date) -> None:
    schedule = read(f"{text}\namount = 1\n")
    assert (schedule.frequency, schedule.first) == (frequency, first)


@pytest.mark.parametrize(
    ("ending", "rule"),
    [
        ('"within a year"', ends.WITHIN_A_YEAR),
        ('"When paid"', ends.WHEN_PAID),
        ('"never"', ends.NEVER),
        ("{ after_runs = 12 }", ends.after_runs(12)),
        ('{ after_runs = 12, counting = "attempted" }', ends.after_runs(12, "attempted")),
        ("{ after_total = 2000.50 }", ends.after_total(Money("2000.50", "USD"))),
        ('{ after_total = 2000, counting = "paid" }', ends.after_total(Money("2000", "USD"), "paid")),
        ("{ on = 2027-01-15 }", ends.on(date(2027, 1, 15))),
    ],
)
def test_R58_when_an_enrolment_ends(ending: str, rule: EndRule) -> None:
    enrolment = f'[{{ association = "A-1", since = 2026-03-01, ends = {ending} }}]'
    schedule = read(f'repeats = "monthly"\nfirst = 2026-03-15\namount = 1\nenrolments = {enrolment}\n')
    assert schedule.enrolments == (Enrolment(CLIENT, since=SINCE, ends=rule),)


def test_R60_instalments_of_a_total_or_of_an_amount() -> None:
    start = 'repeats = "monthly"\nfirst = 2026-03-15\n'
    thirds = read(f"{start}instalments = {{ total = 1000, times = 3 }}\n")
    assert thirds.amount == instalments(Money("1000", "USD"), 3)
    quarters = read(f"{start}instalments = {{ amount = 250, times = 4 }}\n")
    assert quarters.amount == equal_instalments(Money("250", "USD"), 4)


def test_R56_an_account_with_its_fund() -> None:
    text = BASE.replace('"OP-1"', '{ id = "OP-1", fund = "operating" }').removeprefix('currency = "USD"\n')
    (schedule,) = read_schedules(f'{text}repeats = "monthly"\nfirst = 2026-03-15\n', KNOWN)
    assert schedule == made()


ENROLMENT = '[{ association = "A-1", since = 2026-03-01 }]'
RUNS = 'repeats = "monthly"\nfirst = 2026-03-15\n'
END = 'write "within a year", "when paid", "never", { after_runs = 12 }, { after_total = 2000 } or { on = 2027-01-15 }'
ANY_CURRENCY = "leave it out: without sums, schedules are for accounts in any currency"
PLAN = "write { total = 1000, times = 3 } or { amount = 250, times = 4 }"


def with_end(ending: str) -> str:
    """A file whose one enrolment ends so."""
    return f'{BASE}{RUNS}amount = 1\nenrolments = [{{ association = "A-1", since = 2026-03-01, ends = {ending} }}]\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["f, schedules: is missing; write [[schedules]] before each"]),
        (
            '[[schedules]]\nid = "S-1"\n',
            [
                "f, schedules[1].first: is missing; write it",
                "f, schedules[1].name: is missing; write it",
                "f, schedules[1].payer: is missing; write it",
                "f, schedules[1].account: is missing; write it",
                "f, schedules[1].repeats: is missing; write it",
            ],
        ),
        (f"{BASE}{RUNS}amount = 1\namonut = 2\n", ["f, schedules[1].amonut: is no setting here; did you mean amount?"]),
        (f"{BASE}{RUNS}amount = 0\n", ["f, schedules[1].amount: 0.00 USD is not positive; write an amount above 0"]),
        (
            f'{BASE}{RUNS}amount = 1\nenrolments = [{{ association = "A-9", since = 2026-03-01 }}]\n',
            ["f, schedules[1].enrolments[1].association: there is no association A-9; did you mean A-3?"],
        ),
        (
            f'{BASE}{RUNS}amount = 1\nenrolments = [{{ association = "A-3", since = 2026-03-01 }}]\n',
            ["f, schedules[1].enrolments: A-3 is an association of ben, and ana pays; enrol associations of the payer"],
        ),
        (
            f'{BASE}repeats = "monthly"\nstart = 1\nfirst = 2026-03-15\namount = 1\n',
            ["f, schedules[1].first: 2026-03-15 is no day of monthly(1); write 2026-03-01 or 2026-04-01"],
        ),
        (
            BASE.replace('"OP-1"', '{ id = "T-1", fund = "trust" }') + f"{RUNS}amount = 1\nenrolments = {ENROLMENT}\n",
            ["f, schedules[1].account: pays invoices of A-1 into T-1, a trust account; write an operating account"],
        ),
        (
            BASE.replace('"OP-1"', '{ id = "T-1", fund = "trusted" }') + f"{RUNS}amount = 1\n",
            ["f, schedules[1].account.fund: unknown word 'trusted'; did you mean trust?"],
        ),
        (
            f"{BASE}{RUNS}amount = 1\ninstalments = {{ total = 10, times = 2 }}\n",
            ["f, schedules[1].instalments: stands beside amount; keep one of them"],
        ),
        (f"{BASE}{RUNS}instalments = {{ times = 2 }}\n", [f"f, schedules[1].instalments: says no amount; {PLAN}"]),
        (
            f"{BASE}{RUNS}instalments = {{ total = 1, amount = 1, times = 2 }}\n",
            [f"f, schedules[1].instalments: says both a total and an amount; {PLAN}"],
        ),
        (
            f"{BASE}{RUNS}instalments = {{ total = 0.01, times = 2 }}\n",
            ["f, schedules[1].instalments.times: 0.01 USD in 2 parts leaves some with nothing; write 1 at most"],
        ),
        (with_end('"whenever"'), [f"f, schedules[1].enrolments[1].ends: unknown word 'whenever'; {END}"]),
        (with_end("{}"), [f"f, schedules[1].enrolments[1].ends: says no end; {END}"]),
        (
            with_end("{ after_runs = 2, on = 2027-01-01 }"),
            [f"f, schedules[1].enrolments[1].ends: says several ends; {END}"],
        ),
        (
            with_end('{ on = 2027-01-01, counting = "paid" }'),
            ["f, schedules[1].enrolments[1].ends.counting: stands beside a day; leave it out"],
        ),
        (
            with_end('{ after_runs = 2, counting = "pade" }'),
            ["f, schedules[1].enrolments[1].ends.counting: unknown word 'pade'; did you mean paid?"],
        ),
        (
            f'{BASE}{RUNS}amount = 1\n[[schedules]]\nid = "S-1"\nname = "b"\npayer = "ben"\naccount = "OP-1"\n{RUNS}',
            ["f, schedules[2].id: is that of schedules[1] too; give each an id of its own"],
        ),
        (
            f"{BASE}{RUNS}amount = 1\n".removeprefix('currency = "USD"\n'),
            ["f, currency: is missing; write that of the sums here, such as USD"],
        ),
        (
            f"{BASE}{RUNS}",
            [f"f, currency: there is no sum here that would be in it; {ANY_CURRENCY}"],
        ),
    ],
)
def test_what_is_wrong_is_told_by_its_place(text: str, told: list[str]) -> None:
    assert mistakes(text) == told


def test_without_associations_none_is_near() -> None:
    with pytest.raises(SettingErrors) as told:
        read_schedules(f"{BASE}{RUNS}amount = 1\nenrolments = {ENROLMENT}\n", [])
    assert str(told.value.mistakes[0]).endswith("there is no association A-1; write it into the file of associations")
