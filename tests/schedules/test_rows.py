"""The worked rows of schedules, F1 and F2, under their ids."""

from __future__ import annotations

from datetime import date

import pytest

from arledger import EndRule, PostingState, ends, project, step_posting
from schedules.facts import FIRST, balance, capped, enrolled, paid, posting, run, schedule, sound, two_invoices, usd


def test_f1_up_to_an_amount_with_what_is_at_the_bank_taken_off() -> None:
    """F1, R57: an older invoice of 300 with 100 pending, the next of 250; up to 400 pays 200 and 200."""
    made = sound(run(capped(400), two_invoices(pending=100)))
    assert paid(made) == {"INV-1": "200.00", "INV-2": "200.00"}
    assert made.total == usd(400)


def test_f1_all_that_is_outstanding() -> None:
    """F1: all of it pays 200 and 250."""
    made = sound(run(schedule(), two_invoices(pending=100)))
    assert paid(made) == {"INV-1": "200.00", "INV-2": "250.00"}


@pytest.mark.parametrize(("most", "expected"), [(400, ["200.00", "200.00"]), (None, ["200.00", "250.00"])])
def test_f1_what_is_queued_counts_as_what_is_at_the_bank(most: int | None, expected: list[str]) -> None:
    """F1: the same 100 as a posting that waits, of any schedule."""
    of = schedule() if most is None else capped(most)
    assert list(paid(sound(run(of, two_invoices(), [posting("N-1", "INV-1", 100)]))).values()) == expected


def _two_thousand() -> EndRule:
    return ends.after_total(usd(2000))


def test_f2_a_total_counts_what_the_schedule_itself_paid() -> None:
    """F2, R58: 500 is paid already, then 500 a month until 2,000: four runs, 2,500 in all."""
    plan = capped(500, enrolments=enrolled(ends=_two_thousand()))
    owed, postings, runs = 10_000 - 500, [posting("N-0", "INV-1", 500, state=PostingState.POSTED, posted=FIRST)], []
    for month in range(3, 9):
        day = date(2026, month, 15)
        made = sound(run(plan, [balance("INV-1", owed, as_of=day)], postings, day))
        runs.append(made)
        postings += [step_posting(one, PostingState.POSTED, posted=day) for one in made.postings]
        owed -= 0 if made.payment is None else 500
    assert [str(made.total) for made in runs] == ["500.00 USD"] * 4 + ["0.00 USD"] * 2
    assert 10_000 - owed == 2500
    assert [one.why for one in runs[3].ended] == ["2000.00 USD paid"]


def test_f2_as_it_is_projected() -> None:
    """F2: the projection has the same four runs, and the day on which it ends."""
    plan = capped(500, enrolments=enrolled(ends=_two_thousand()))
    found = project(plan, balance("INV-1", 9500), [], date(2026, 3, 1))
    assert [str(made.run) for made in found.runs] == ["2026-03-15", "2026-04-15", "2026-05-15", "2026-06-15"]
    assert (found.total, found.ends_on) == (usd(2000), date(2026, 6, 15))


def test_f2_a_total_is_met_to_the_cent() -> None:
    """R58: the last run takes only what is left of it, and says so."""
    plan = capped(600, enrolments=enrolled(ends=_two_thousand()))
    found = project(plan, balance("INV-1", 9500), [], date(2026, 3, 1))
    assert [str(made.total) for made in found.runs] == ["600.00 USD"] * 3 + ["200.00 USD"]
    assert found.runs[-1].lines[0].why == "only 200.00 USD is left of A-1, which ends after 2000.00 USD paid"
