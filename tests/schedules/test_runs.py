"""R57 to R59: what a run proposes, what it tells, and what becomes of it when it is made twice, late or in vain."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from arledger import (
    Conflict,
    Designation,
    InvalidValue,
    MethodKind,
    PaymentMethod,
    PaymentMethods,
    Posting,
    PostingState,
    ScheduleRun,
    UnknownName,
    ends,
    failed_run,
    method_for_pulls,
    wallet,
    where,
)
from schedules.facts import (
    FIRST,
    amounts,
    balance,
    capped,
    enrolled,
    invoice,
    own,
    paid,
    plan_of,
    posting,
    run,
    schedule,
    sound,
    told,
    two_invoices,
    usd,
)

NEXT, THIRD = date(2026, 4, 15), date(2026, 5, 15)
CARD = PaymentMethod("M-1", MethodKind.CREDIT_CARD, payer="ana", last_four="4242", is_default=True)
BANK = PaymentMethod("M-2", MethodKind.BANK_ACCOUNT, payer="ana", last_four="6789")
METHODS = PaymentMethods([CARD, BANK])


def test_a_run_proposes_one_payment_and_its_postings() -> None:
    """R59."""
    made = sound(run(capped(400), two_invoices()))
    payment = made.payment
    assert payment is not None
    assert (payment.id, payment.amount, payment.received) == ("S-1/run@2026-03-15", usd(400), FIRST)
    assert (payment.payer, payment.fund, payment.method) == ("ana", "operating", None)
    assert payment.designations == (
        Designation(where.invoice("INV-1"), usd(300)),
        Designation(where.invoice("INV-2"), usd(100)),
    )
    assert made.postings[1] == Posting(
        "S-1/run@2026-03-15>INV-2",
        usd(100),
        payment=payment.id,
        invoice="INV-2",
        schedule="S-1",
        association="A-1",
        run=FIRST,
    )
    assert made.events == ()


def test_a_run_twice_takes_nothing() -> None:
    """R57: while one of its postings stands, the run was made."""
    made = run(capped(400), two_invoices())
    again = sound(run(capped(400), two_invoices(), made.postings))
    assert again.payment is None
    assert again.postings == ()
    words = "the run of 2026-03-15 was made, as S-1/run@2026-03-15"
    assert told(again) == [f"2026-03-15 S-1 nothing due: {words}"]
    assert [line.why for line in again.lines] == ["nothing is payable", words]
    first_failed = attrs.evolve(made.postings[0], state=PostingState.FAILED)
    assert run(capped(400), two_invoices(), [first_failed, made.postings[1]]).payment is None


def test_a_run_that_failed_is_made_again_under_the_next_number() -> None:
    """R59."""
    made = failed_run(run(capped(400), two_invoices()), "insufficient funds")
    again = sound(run(capped(400), two_invoices(), made.postings))
    assert again.payment is not None
    assert again.payment.id == "S-1/run@2026-03-15#2"
    assert [one.id for one in again.postings] == [f"S-1/run@2026-03-15#2>INV-{n}" for n in (1, 2)]
    third = sound(run(capped(400), two_invoices(), [*made.postings, *failed_run(again, "again").postings]))
    assert third.payment is not None
    assert third.payment.id == "S-1/run@2026-03-15#3"


def test_a_run_that_a_balance_reckons_with_was_made_though_no_posting_says_so() -> None:
    known = balance("INV-1", 900, knows=["S-1/run@2026-03-15"])
    made = sound(run(capped(400), [known]))
    assert told(made) == ["2026-03-15 S-1 nothing due: the run of 2026-03-15 was made, as S-1/run@2026-03-15"]
    gone = own(FIRST, "INV-1", 400, state=PostingState.FAILED)
    assert paid(run(capped(400), [known], [gone])) == {"INV-1": "400.00"}
    numbered = balance("INV-1", 900, knows=["S-1/run@2026-03-15", "S-1/run@2026-03-15#2"])
    assert run(capped(400), [numbered], [gone]).payment is None
    other_runs = balance("INV-1", 900, knows=["S-1/run@2026-02-15", "S-1/run@2026-03-150", "S-2/run@2026-03-15"])
    assert paid(run(capped(400), [other_runs])) == {"INV-1": "400.00"}


def test_a_run_that_was_missed_is_made_later() -> None:
    """R57: it is the run of its day, and the money is received on the later one."""
    made = sound(run(capped(400), two_invoices(), [], date(2026, 3, 20), run_of=FIRST))
    assert made.payment is not None
    assert (made.payment.id, made.payment.received) == ("S-1/run@2026-03-15", date(2026, 3, 20))
    assert (made.run, made.on, made.postings[0].run) == (FIRST, date(2026, 3, 20), FIRST)
    assert str(made).startswith("S-1: run of 2026-03-15, made on 2026-03-20, 400.00 USD as S-1/run@2026-03-15\n")
    assert run(capped(400), two_invoices(), made.postings, date(2026, 3, 25), run_of=FIRST).payment is None


def test_a_run_may_be_named_on_its_own_day() -> None:
    assert run(capped(400), two_invoices(), [], FIRST, run_of=FIRST) == run(capped(400), two_invoices(), [], FIRST)


def test_a_run_is_not_made_before_its_day() -> None:
    with pytest.raises(
        InvalidValue, match=r"^schedule S-1: 2026-04-14 is before the run of 2026-04-15; pass that day "
    ):
        run(schedule(), [], [], date(2026, 4, 14), run_of=NEXT)
    with pytest.raises(
        InvalidValue, match=r"^schedule S-1: 2026-03-14 is before the first run on 2026-03-15; "
    ) as caught:
        run(schedule(), [], [], NEXT, run_of=date(2026, 3, 14))
    assert caught.value.field == "run_of"


def test_ends_count_by_the_day_on_which_a_missed_run_is_made() -> None:
    """R58: nobody's money is taken after their word has ended, nor for an enrolment that came after the run."""
    for of in (schedule(until=date(2026, 3, 20)), schedule(enrolments=enrolled(ends=ends.on(date(2026, 3, 20))))):
        assert paid(run(of, [balance("INV-1", 10)], [], date(2026, 3, 19), run_of=FIRST)) == {"INV-1": "10.00"}
        assert paid(run(of, [balance("INV-1", 10)], [], date(2026, 3, 20), run_of=FIRST)) == {}
    over = run(schedule(until=date(2026, 4, 20)), [balance("INV-1", 10)], [], date(2026, 5, 1), run_of=FIRST)
    assert [one.association for one in over.ended] == ["A-1"]  # also where the next run's day is past
    late = schedule(enrolments=enrolled(since=date(2026, 3, 16)))
    made = run(late, [balance("INV-1", 10)], [], date(2026, 3, 20), run_of=FIRST)
    assert [line.why for line in made.lines] == ["A-1: enrolled from 2026-03-16 on"]
    assert told(made) == ["2026-03-20 S-1 nothing due: A-1: enrolled from 2026-03-16 on"]
    assert paid(run(schedule(enrolments=enrolled(since=FIRST)), [balance("INV-1", 10)])) == {"INV-1": "10.00"}


def test_a_balance_of_a_later_day_is_refused() -> None:
    """R57: what was posted since is not in it, whatever its day says."""
    late = balance("INV-1", 500, as_of=date(2026, 3, 16))
    told = (
        r"^schedule S-1: the balance of invoice INV-1 is of 2026-03-16, after 2026-03-15; "
        r"pass balances of the day, or of an earlier one$"
    )
    with pytest.raises(InvalidValue, match=told) as caught:
        run(capped(400), [late])
    assert (caught.value.field, caught.value.value) == ("balances", date(2026, 3, 16))
    assert run(capped(400), [balance("INV-1", 500, as_of=date(2026, 3, 15))]).payment is not None


def test_nothing_payable_is_told_as_nothing_due() -> None:
    """R59."""
    assert told(run(schedule(), [balance("INV-1", 0)])) == ["2026-03-15 S-1 nothing due: nothing is payable"]
    assert told(run(schedule(enrolments=[]), [balance("INV-1", 9)])) == [
        "2026-03-15 S-1 nothing due: nothing is enrolled"
    ]
    assert [line.why for line in run(schedule(), [balance("INV-1", 0)]).lines] == ["nothing is outstanding"]


def test_a_schedule_that_is_cancelled_takes_nothing() -> None:
    """R58."""
    of = schedule(until=NEXT)
    made = run(of, two_invoices())
    assert made.payment is not None
    assert told(made) == [
        "2026-03-15 S-1/A-1 ended: the schedule is cancelled from 2026-04-15 on",
        "2026-03-15 S-1 ended: all that was enrolled has ended",
    ]
    assert made.is_last
    later = sound(run(of, two_invoices(), [], NEXT))
    assert told(later) == ["2026-04-15 S-1 nothing due: A-1: the schedule is cancelled from 2026-04-15 on"]
    assert [line.why for line in later.lines] == ["A-1: the schedule is cancelled from 2026-04-15 on"] * 2


def test_the_method_is_the_named_one_or_the_default() -> None:
    """R50: the type of the payment is the method's."""
    for of, kind, name in ((schedule(), "credit_card", "M-1"), (schedule(method="M-2"), "ach", "M-2")):
        made = run(of, two_invoices(), methods=METHODS)
        assert made.payment is not None
        assert (made.payment.method, made.method) == (kind, name)
        assert f"as S-1/run@2026-03-15 by {name}\n" in str(made)
    assert run(schedule(), two_invoices()).method is None
    with pytest.raises(UnknownName, match=r"there is no method M-9"):
        run(schedule(method="M-9"), two_invoices(), methods=METHODS)


@pytest.mark.parametrize(
    ("methods", "why"),
    [
        (wallet.disable(METHODS, "M-1"), "M-1: method disabled"),
        (wallet.delete(METHODS, "M-1"), "no default method"),
        (PaymentMethods(), "no default method"),
        (wallet.edit(METHODS, "M-1", expires=date(2026, 3, 14)), "M-1: method expired on 2026-03-14"),
    ],
)
def test_a_method_that_cannot_pay_takes_nothing(methods: PaymentMethods, why: str) -> None:
    """R50, R59: autopay failed, of what would have been paid."""
    made = sound(run(capped(400), two_invoices(), methods=methods))
    assert (made.payment, made.postings) == (None, ())
    assert told(made) == [f"2026-03-15 S-1 autopay failed 400.00 USD: {why}"]
    assert [line.why for line in made.lines] == [why, why]
    nothing = run(capped(400), [balance("INV-1", 0)], methods=methods)
    assert [event.kind.value for event in nothing.events] == ["nothing_due"]


def test_a_named_method_of_somebody_else_takes_nothing() -> None:
    others = PaymentMethods([attrs.evolve(BANK, payer="ben")])
    assert told(run(schedule(method="M-2"), two_invoices(), methods=others)) == [
        f"2026-03-15 S-1 autopay failed 550.00 USD: {method_for_pulls(others, 'ana', FIRST, named='M-2')}"
    ]


def test_a_declined_payment_fails_its_postings() -> None:
    """R59: the vendor's "Error-Failed AutoPay"."""
    made = run(capped(400), [*two_invoices(), balance(invoice("INV-3", date(2026, 3, 1)), 5)])
    gone = sound(failed_run(made, "insufficient funds"))
    assert told(gone) == ["2026-03-15 S-1 autopay failed 400.00 USD: insufficient funds"]
    assert [(one.id, one.state) for one in gone.postings] == [(one.id, PostingState.FAILED) for one in made.postings]
    assert amounts(gone) == ["0.00", "0.00", "0.00"]
    assert [line.why for line in gone.lines] == [*["insufficient funds"] * 2, "up to 400.00 USD a run"]
    assert gone.total == usd(0)
    with pytest.raises(
        Conflict, match=r"^schedule S-1: the run of 2026-03-15 pays nothing that could fail; pass a run "
    ):
        failed_run(gone, "again")


def test_what_ends_with_a_run_does_not_if_it_fails() -> None:
    """R58, R59: unless attempts count."""

    def ended(made: ScheduleRun) -> list[str]:
        return [one.why for one in made.ended]

    once = run(schedule(enrolments=enrolled(ends=ends.after_runs(1))), two_invoices())
    assert ended(once) == ["1 run paid"]
    assert ended(failed_run(once, "declined")) == []
    attempt = run(schedule(enrolments=enrolled(ends=ends.after_runs(1, "attempted"))), two_invoices())
    assert ended(failed_run(attempt, "declined")) == ["1 run attempted"]
    assert told(failed_run(attempt, "declined"))[1:] == [
        "2026-03-15 S-1/A-1 ended: 1 run attempted",
        "2026-03-15 S-1 ended: all that was enrolled has ended",
    ]


def test_an_end_is_told_once_and_that_of_a_plan_whenever_it_is_found_paid() -> None:
    """R58: what is paid may come back."""
    of = schedule(enrolments=[enrolled(ends=ends.after_runs(1)), enrolled(plan_of("INV-9"))])
    balances = [balance("INV-1", 100), balance(invoice("INV-9", client="Ash"), 50)]
    first = run(of, balances)
    assert [str(event) for event in first.events] == ["2026-03-15 S-1/A-1 ended: 1 run paid"]
    assert not first.is_last
    posted = [attrs.evolve(one, state=PostingState.POSTED, posted=FIRST) for one in first.postings]
    later = [balance("INV-1", 0), balance(invoice("INV-9", client="Ash"), 0, as_of=FIRST)]
    for day in (NEXT, THIRD):
        assert told(run(of, later, posted, day)) == [
            f"{day} S-1 nothing due: A-1: 1 run paid; A-2: nothing is outstanding, and nothing on its way",
            f"{day} S-1/A-2 ended: nothing is outstanding, and nothing on its way",
            f"{day} S-1 ended: all that was enrolled has ended",
        ]


def test_a_run_prints_as_a_table_with_its_reasons() -> None:
    balances = [balance(invoice("INV-1", number="17"), 300, pending=100), balance("INV-2", 250, as_of=None)]
    made = run(capped(400), balances, [posting("N-1", "INV-2", 30)])
    assert (
        str(made)
        == """\
S-1: run of 2026-03-15, 400.00 USD as S-1/run@2026-03-15
invoice  date        under  outstanding  payable    paid  why not more
-------  ----------  -----  -----------  -------  ------  -----------------------------------------------
17       2026-01-10  A-1         300.00   200.00  200.00
INV-2    2026-01-10  A-1         250.00   220.00  200.00  up to 400.00 USD a run; the balance has no date
total                            550.00   420.00  400.00"""
    )
    assert made.explanation.endswith("""\
invoice  taken off  why          posting
-------  ---------  -----------  -------
17          100.00  at the bank
INV-2        30.00  queued       N-1

enrolment  of what                                                        no run after this, since
---------  -------------------------------------------------------------  ------------------------
A-1        client Roy, since 2026-03-01, ends within a year of its start""")
    assert made.lines[1].left == usd(20)
    nothing = run(schedule(enrolments=[]), [])
    assert str(nothing) == "S-1: run of 2026-03-15\n2026-03-15 S-1 nothing due: nothing is enrolled"
    assert nothing.explanation == f"{nothing.schedule}\n\n{nothing}"
    assert not nothing.is_last
