"""R56 to R59: what a schedule would do is what its runs do."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

from arledger import InvalidValue, Posting, PostingState, ends, project, run_schedule, step_posting
from arledger.payers.invoices import KnownPayments
from samples import samples
from schedules.facts import (
    FIRST,
    balance,
    capped,
    client,
    enrolled,
    invoice,
    own,
    paid,
    plan_of,
    posting,
    run,
    schedule,
    two_invoices,
    usd,
)
from schedules.lives import START, Life

MARCH = date(2026, 3, 1)


@pytest.mark.parametrize("part", range(2))
def test_a_projection_equals_the_runs_that_it_projects(part: int) -> None:
    """A host that passes on each posting at once, and whose balances are of the day before, sees the same payments."""
    for seed in range(part, samples(120), 2):
        life = Life(seed)
        of, until = life.schedule, START + timedelta(days=200)
        balances = [life.balance(one, START) for one in life.invoices]
        found = project(of, balances, [], START, until=until)
        postings: list[Posting] = []
        owed = {one.id: one for one in balances}
        for expected in found.runs:
            made = run_schedule(of, owed.values(), postings, expected.run)
            assert made.payment == expected.payment
            assert [(line.paid, line.payable) for line in made.lines] == [
                (line.paid, line.payable) for line in expected.lines
            ]
            day = made.run
            for one in made.postings:
                postings.append(step_posting(one, PostingState.POSTED, posted=day))
                before = owed[one.invoice]
                owed[one.invoice] = attrs.evolve(before, outstanding=before.outstanding - one.amount)
            owed = {name: attrs.evolve(one, as_of=day) for name, one in owed.items()}
        days = [made.run for made in found.runs]
        if found.ends_on is None:
            assert not days or life.rhythm.runs_on(days[-1])
        else:
            assert found.ends_on == days[-1]
            day = days[-1] + timedelta(days=1)
            while not life.rhythm.runs_on(day):
                day += timedelta(days=1)
            settled = [one for one in owed.values() if not one.pending]
            if len(settled) == len(owed):
                assert run_schedule(of, settled, postings, day).payment is None


def test_what_is_on_its_way_goes_through_before_the_next_run() -> None:
    """R58: so that a plan that is being paid ends."""
    of = capped(100, enrolments=enrolled(plan_of("INV-1")))
    waiting = [posting("N-1", "INV-1", 50)]
    found = project(of, balance("INV-1", 300, pending=100, as_of=None), waiting, MARCH)
    assert [(made.run.month, str(made.total)) for made in found.runs] == [(3, "100.00 USD"), (4, "50.00 USD")]
    assert [(end.after.month, end.why) for end in found.ends] == [(4, "nothing is outstanding, and nothing on its way")]
    first = run(of, [balance("INV-1", 300, pending=100, as_of=None)], waiting)
    assert first == found.runs[0]


def test_invoices_come_at_their_date() -> None:
    later = balance(invoice("INV-9", date(2026, 4, 20)), 70)
    found = project(schedule(), [balance("INV-1", 10), later], [], MARCH, until=date(2026, 7, 1))
    assert [paid(made) for made in found.runs] == [{"INV-1": "10.00"}, {}, {"INV-9": "70.00"}, {}]


def test_what_is_disputed_stays_so() -> None:
    of = capped(60, enrolments=enrolled(plan_of("INV-1")))
    found = project(of, balance("INV-1", 100, disputed=30), [], MARCH, until=date(2026, 7, 1))
    assert [paid(made) for made in found.runs] == [{"INV-1": "60.00"}, {"INV-1": "10.00"}, {}, {}]
    assert found.ends == ()


def test_a_projection_goes_from_a_day_up_to_another() -> None:
    """From the first run on; for a year, unless said."""
    of = capped(1, enrolments=enrolled(ends=ends.NEVER))
    days = [made.run for made in project(of, balance("INV-1", 1000), [], MARCH).runs]
    assert (days[0], days[-1], len(days)) == (FIRST, date(2027, 2, 15), 12)
    from_now = project(of, balance("INV-1", 1000), [], date(2026, 4, 15), until=date(2026, 6, 15))
    assert [made.run for made in from_now.runs] == [date(2026, 4, 15), date(2026, 5, 15)]
    between = project(of, balance("INV-1", 1000), [], date(2026, 4, 16), until=date(2026, 6, 16))
    assert [made.run for made in between.runs] == [date(2026, 5, 15), date(2026, 6, 15)]
    assert project(of, balance("INV-1", 1000), [], date(2026, 1, 1), until=date(2026, 2, 1)).runs == ()


def test_balances_that_share_what_they_know_go_on_to_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The balances of a position all name its payments: they are gone through once a run, not once a balance."""
    shared = KnownPayments(f"P-{number}" for number in range(30))
    balances = [balance(f"INV-{number:02}", 5, knows=shared) for number in range(40)]
    checked: list[KnownPayments] = []
    monkeypatch.setattr(KnownPayments, "__attrs_post_init__", lambda self: checked.append(self))
    runs = project(capped(7), balances, [], MARCH).runs
    assert len(runs) == 12
    assert len(checked) <= len(runs)


def test_a_projection_ends_after_it_begins() -> None:
    with pytest.raises(InvalidValue, match=r"^schedule S-1: until 2026-03-01 is not after since 2026-03-01; "):
        project(schedule(), [], [], MARCH, until=MARCH)


def test_a_run_that_was_made_is_told_as_such() -> None:
    made = own(FIRST, "INV-1", 100)
    found = project(capped(100), balance("INV-1", 300), [made], FIRST, until=date(2026, 5, 1))
    assert [paid(one) for one in found.runs] == [{}, {"INV-1": "100.00"}]


def test_what_has_ended_has_no_run() -> None:
    of = schedule(enrolments=enrolled(ends=ends.on(date(2026, 3, 10))))
    found = project(of, two_invoices(), [], MARCH)
    assert [paid(made) for made in found.runs] == [{}]
    assert [(end.after, end.why) for end in found.ends] == [(FIRST, "it ended on 2026-03-10")]


def test_a_projection_prints_as_a_table() -> None:
    of = capped(
        400,
        enrolments=[enrolled(client()), enrolled(plan_of("INV-9"), ends=ends.after_runs(1))],
    )
    balances = [*two_invoices(), balance(invoice("INV-9", date(2026, 3, 20), client="Ash", number="9"), 40)]
    assert (
        str(project(of, balances, [], MARCH, until=date(2026, 7, 1)))
        == """\
run         paid in USD  invoices        left  why nothing
----------  -----------  ------------  ------  ------------------
2026-03-15       400.00  INV-1, INV-2  190.00
2026-04-15       190.00  INV-2, 9        0.00
2026-05-15         0.00                  0.00  nothing is payable
2026-06-15         0.00                  0.00  nothing is payable
total            590.00

enrolment  no run after  why
---------  ------------  -------------------------
A-1                      goes on beyond 2026-07-01
A-2        2026-04-15    1 run paid"""
    )
    empty = project(schedule(enrolments=[]), [], [], MARCH, until=date(2026, 4, 1))
    assert (empty.total, empty.currency, empty.ends_on) == (None, None, None)
    assert (
        str(empty)
        == """\
run         paid  invoices  left  why nothing
----------  ----  --------  ----  -------------------
2026-03-15                        nothing is enrolled
total"""
    )
    assert project(of, balances, [], MARCH).total == usd(590)
