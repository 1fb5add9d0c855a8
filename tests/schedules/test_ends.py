"""R58: when an enrolment ends, by each rule, and by a rule of one's own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from arledger import (
    Course,
    CurrencyMismatch,
    EndRule,
    InvalidType,
    InvalidValue,
    Money,
    Posting,
    PostingState,
    ends,
    project,
)
from schedules.facts import (
    FIRST,
    SINCE,
    balance,
    capped,
    client,
    enrolled,
    own,
    paid,
    plan_of,
    run,
    schedule,
    sound,
    usd,
)

MARCH, APRIL, MAY = (date(2026, month, 15) for month in (3, 4, 5))
GONE: dict[str, Any] = {"state": PostingState.FAILED}


def course(*postings: Posting, on: date = FIRST, since: date = SINCE, left: int = 100, **more: Any) -> Course:
    """A course with something outstanding."""
    given: dict[str, Any] = {"currency": "USD", "pending_minor": 0, "is_known": True, **more}
    return Course(association=client(), since=since, run=on, on=on, outstanding_minor=left, postings=postings, **given)


@pytest.mark.parametrize(
    ("since", "last", "after"),
    [
        (date(2026, 3, 15), date(2027, 3, 14), date(2027, 3, 15)),
        (date(2028, 2, 29), date(2029, 2, 27), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 27), date(2028, 2, 28)),
    ],
)
def test_a_year_ends_before_its_day_comes_again(since: date, last: date, after: date) -> None:
    """R58: the last run is before the start and a year, leap years too."""
    assert ends.WITHIN_A_YEAR(course(on=last, since=since)) is None
    assert ends.WITHIN_A_YEAR(course(on=after, since=since)) == f"a year from {since} was over on {after}"


def test_a_client_is_paid_for_a_year() -> None:
    """R58: twelve runs, and the schedule has ended."""
    found = project(capped(5), balance("INV-1", 1000), [], date(2026, 3, 1), until=date(2028, 1, 1))
    assert (len(found.runs), found.runs[-1].run) == (12, date(2027, 2, 15))
    assert found.runs[-1].is_last


def test_a_date_is_the_first_day_without_a_run() -> None:
    rule = ends.on(APRIL)
    assert rule(course(on=date(2026, 4, 14))) is None
    assert rule(course(on=APRIL)) == "it ended on 2026-04-15"


def test_runs_count_what_paid_or_what_was_attempted() -> None:
    """R58: a run is made once, however often it is attempted."""
    postings = [
        own(MARCH, "INV-1", 10),
        own(MARCH, "INV-2", 10),
        own(APRIL, "INV-1", 10, **GONE),
        own(APRIL, "INV-1", 10, payment="S-1/run@2026-04-15#2"),
        own(MAY, "INV-1", 10, **GONE),
    ]
    assert course(own(MARCH, "INV-1", 10), own(MARCH, "INV-1", 10, payment="S-1/run@2026-03-15#2")).runs() == 1
    found = course(*postings)
    assert (found.runs(), found.runs("attempted")) == (2, 4)
    assert ends.after_runs(2)(found) == "2 runs paid"
    assert ends.after_runs(3)(found) is None
    assert ends.after_runs(4, "attempted")(found) == "4 runs attempted"
    assert ends.after_runs(5, "attempted")(found) is None


def test_a_total_counts_what_was_paid_or_what_was_attempted() -> None:
    found = course(own(MARCH, "INV-1", 60), own(APRIL, "INV-1", 30, **GONE))
    assert ends.after_total(usd(100))(found) == usd(40)
    assert ends.after_total(usd(100), "attempted")(found) == usd(10)
    assert ends.after_total(usd(60))(found) == "60.00 USD paid"
    assert ends.after_total(usd(90), "attempted")(found) == "90.00 USD attempted"


def test_a_total_that_is_just_enough_holds_nothing_back() -> None:
    of = schedule(enrolments=enrolled(ends=ends.after_total(usd(100))))
    made = sound(run(of, [balance("INV-1", 100), balance("INV-2", 5)]))
    assert [line.why for line in made.lines] == ["", "only 0.00 USD is left of A-1, which ends after 100.00 USD paid"]


def test_what_came_back_counts_no_more() -> None:
    """R58: a total goes on where its payment came back, unless attempts count."""
    back = own(MARCH, "INV-1", 100, **GONE)
    for counting, expected in (("paid", {"INV-1": "100.00"}), ("attempted", {})):
        rule = ends.after_total(usd(100), counting)  # type: ignore[arg-type]  # each is one of the two
        assert paid(run(schedule(enrolments=enrolled(ends=rule)), [balance("INV-1", 500)], [back], APRIL)) == expected


@pytest.mark.parametrize(
    ("left", "pending", "is_known", "is_over"),
    [(0, 0, True, True), (1, 0, True, False), (0, 1, True, False), (0, 0, False, False)],
)
def test_a_plan_ends_when_nothing_is_outstanding_and_nothing_on_its_way(
    left: int, pending: int, is_known: bool, is_over: bool
) -> None:
    """R58."""
    answer = ends.WHEN_PAID(course(left=left, pending_minor=pending, is_known=is_known))
    assert answer == ("nothing is outstanding, and nothing on its way" if is_over else None)


def _plan(*balances: Any, postings: Any = (), on: date = APRIL) -> list[str]:
    made = run(schedule(enrolments=enrolled(plan_of("INV-1"))), balances, postings, on)
    return [one.association for one in made.ended]


def test_a_plan_follows_the_balance_and_the_postings() -> None:
    """R58: what waits keeps it going, what is posted ends it, what came back revives it."""
    waiting = own(MARCH, "INV-1", 100, "A-2")
    posted = own(MARCH, "INV-1", 100, "A-2", state=PostingState.POSTED, posted=MARCH)
    back = own(MARCH, "INV-1", 100, "A-2", **GONE)
    stale, fresh = balance("INV-1", 100), balance("INV-1", 0, as_of=MARCH)
    assert _plan(stale, postings=[waiting]) == []
    assert _plan(stale, postings=[posted]) == ["A-2"]
    assert _plan(fresh, postings=[posted]) == ["A-2"]
    assert _plan(fresh, postings=[waiting]) == []
    assert _plan(balance("INV-1", 100, pending=100)) == []
    assert _plan(stale, postings=[back]) == []
    assert _plan(balance("INV-1", 0)) == ["A-2"]


def test_a_plan_whose_invoice_is_not_there_goes_on_until_it_has_paid() -> None:
    assert _plan() == []
    assert _plan(postings=[own(MARCH, "INV-1", 100, "A-2", state=PostingState.POSTED, posted=MARCH)]) == ["A-2"]
    assert _plan(postings=[own(MARCH, "INV-1", 100, "A-2", **GONE)]) == []


def test_a_plan_waits_for_an_invoice_of_a_later_day() -> None:
    later = balance(client_invoice := "INV-1", 100)
    assert client_invoice == later.id
    assert _plan(later, on=MARCH) == []


def test_each_enrolment_ends_by_its_own_rule() -> None:
    """R58."""
    of = capped(
        10,
        enrolments=[
            enrolled(client("A-1"), ends=ends.after_runs(2)),
            enrolled(plan_of("INV-9"), ends=ends.NEVER),
        ],
    )
    found = project(of, [balance("INV-1", 100)], [], date(2026, 3, 1), until=date(2026, 7, 1))
    assert [str(made.total) for made in found.runs] == ["10.00 USD", "10.00 USD", "0.00 USD", "0.00 USD"]
    assert [(end.association, end.after, end.why) for end in found.ends] == [("A-1", APRIL, "2 runs paid")]
    assert found.ends_on is None


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (ends.WITHIN_A_YEAR, "within a year of its start"),
        (ends.WHEN_PAID, "when nothing is outstanding or on its way"),
        (ends.NEVER, "when it is cancelled"),
        (ends.after_runs(1), "after 1 run paid"),
        (ends.after_runs(4, "attempted"), "after 4 runs attempted"),
        (ends.on(APRIL), "on 2026-04-15"),
        (ends.after_total(usd(2000), "attempted"), "after 2000.00 USD attempted"),
    ],
    ids=str,
)
def test_an_end_says_when_it_is(rule: EndRule, words: str) -> None:
    assert str(enrolled(ends=rule)) == f"A-1: client Roy, since 2026-03-01, ends {words}"


def december_off(course: Course) -> Money | None:
    """Nothing in April, which stands for a month off."""
    return usd(0) if course.run.month == 4 else None


def test_a_rule_of_ones_own_may_pause() -> None:
    of = schedule(enrolments=enrolled(ends=december_off))
    assert paid(run(of, [balance("INV-1", 10)])) == {"INV-1": "10.00"}
    made = run(of, [balance("INV-1", 10)], [], APRIL)
    assert made.payment is None
    assert made.lines[0].why == "only 0.00 USD is left of A-1, which ends by december_off"
    assert made.ended == ()


def test_a_rule_of_ones_own_may_end() -> None:
    of = schedule(enrolments=enrolled(ends=lambda course: "enough" if course.taken_minor() >= 500 else None))
    assert [one.why for one in run(of, [balance("INV-1", 5)]).ended] == ["enough"]
    assert run(of, [balance("INV-1", 4)]).ended == ()


def boom(course: Course) -> None:
    """A rule that fails."""
    raise RuntimeError("boom")


@pytest.mark.parametrize(
    ("rule", "kind", "message"),
    [
        (lambda course: "", InvalidType, "ends gave ''; give None while it goes on, "),
        (lambda course: True, InvalidType, "ends gave True; give None while it goes on, "),
        (lambda course: 0, InvalidType, "ends gave 0; give None while it goes on, "),
        (lambda course: usd(-1), InvalidValue, "ends gave -1.00 USD; give why it has ended, as text"),
        (lambda course: Money("1", "CAD"), CurrencyMismatch, "ends gave 1.00 CAD, for invoices in USD"),
        (boom, InvalidValue, "ends failed on the run of 2026-03-15 with RuntimeError: boom"),
    ],
)
def test_what_a_rule_of_ones_own_answers_is_checked(rule: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        run(schedule(enrolments=enrolled(ends=rule)), [balance("INV-1", 10)])
    assert str(caught.value).startswith(f"schedule S-1: enrolment A-1: {message}")


def test_a_rule_of_ones_own_sees_what_is_on_its_way() -> None:
    """At the bank by the balance, and as postings; and what is outstanding, less what was posted since."""
    seen: list[tuple[int, int]] = []

    def look(course: Course) -> None:
        seen.append((course.outstanding_minor, course.pending_minor))

    postings = [
        own(MARCH, "INV-1", 30),
        own(MARCH, "INV-2", 20, state=PostingState.POSTED, posted=date(2026, 4, 1)),
    ]
    run(
        schedule(enrolments=enrolled(ends=look)),
        [balance("INV-1", 100, pending=10), balance("INV-2", 200)],
        postings,
        APRIL,
    )
    assert seen[0] == (28_000, 4_000)
    assert seen[-1] == (28_000, 28_000)  # and what the run itself has sent on its way
