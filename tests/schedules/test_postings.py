"""R57, R59: postings, their states, and what may follow what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from arledger import NEXT_POSTING_STATES, Conflict, InvalidValue, PostingState, step_posting
from arledger.schedules.postings import posting_id
from schedules.facts import posting

DAY = date(2026, 3, 17)
MAY_FOLLOW = {
    "queued": {"pending", "incomplete", "posted", "removed", "failed"},
    "pending": {"incomplete", "posted", "removed", "failed"},
    "incomplete": {"pending", "posted", "removed", "failed"},
    "posted": {"failed"},
    "removed": {"failed"},
    "failed": set[str](),
}


def in_state(state: PostingState) -> Any:
    return posting("N-1", "INV-1", 10, state=state, posted=DAY if state.needs_day else None)


@pytest.mark.parametrize("before", PostingState)
@pytest.mark.parametrize("after", PostingState)
def test_a_posting_goes_on_as_the_table_says(before: PostingState, after: PostingState) -> None:
    """R57: what was posted fails when its payment comes back, and what failed is over."""
    day = DAY if after.needs_day else None
    if after.value in MAY_FOLLOW[before.value]:
        found = step_posting(in_state(before), after, posted=day)
        assert (found.state, found.posted) == (after, day)
        assert after in NEXT_POSTING_STATES[before]
        return
    with pytest.raises(Conflict, match=rf"^posting N-1: cannot be {after.value} after {before.value}; "):
        step_posting(in_state(before), after, posted=day)


def test_what_may_follow_is_said() -> None:
    with pytest.raises(Conflict, match=r"; it can be failed$"):
        step_posting(in_state(PostingState.POSTED), PostingState.QUEUED)
    with pytest.raises(Conflict, match=r"; it can be incomplete or posted or removed or failed$"):
        step_posting(in_state(PostingState.PENDING), PostingState.QUEUED)


@pytest.mark.parametrize("state", PostingState)
def test_a_day_belongs_to_what_is_posted_or_handled_by_hand(state: PostingState) -> None:
    wrong = None if state.needs_day else DAY
    hint = "pass the day of it" if state.needs_day else "leave it out"
    with pytest.raises(InvalidValue, match=rf"^posting N-1: is {state.value}, and posted is {wrong}; {hint}$"):
        posting("N-1", "INV-1", 10, state=state, posted=wrong)


def test_a_run_is_of_a_schedule() -> None:
    with pytest.raises(InvalidValue, match=r"^posting N-1: association is None, and schedule is S-1; pass schedule=, "):
        posting("N-1", "INV-1", 10, schedule="S-1", run=DAY)
    with pytest.raises(InvalidValue, match=r"^posting N-1: run is 2026-03-17, and schedule is None; pass schedule=, "):
        posting("N-1", "INV-1", 10, run=DAY)


def test_two_payments_of_two_invoices_never_share_an_id() -> None:
    assert posting_id("P>1", "I") != posting_id("P", "1>I")


@pytest.mark.parametrize("state", PostingState)
def test_all_but_what_failed_stands(state: PostingState) -> None:
    assert repr(state) == f"PostingState.{state.name}"
    assert in_state(state).stands == (state is not PostingState.FAILED)
