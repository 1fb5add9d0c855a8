"""Pulls: their ids, what becomes of them, notice and suspension. Rules R17, R20 and R21."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import pytest

from arledger import (
    OLDEST_FIRST,
    Agreement,
    AutopayPolicy,
    BusinessDays,
    Category,
    Chargeback,
    Designation,
    Draft,
    Ledger,
    Payment,
    PaymentState,
    PaymentStep,
    Percent,
    Return,
    ReturnReason,
    Share,
    Void,
    draft_pulls,
    include,
    pull,
    record,
    repeated,
    replay,
    where,
)
from arledger.autopay.wanted import AmountRule
from autopay_facts import JUNE, agreement, amounts, cad, charge, drafted, held, of_two, paid, position_of, rent, run_of

JULY = date(2026, 7, 1)
SUNDAY = date(2026, 11, 1)
PULL = "AP-A/pull@2026-06-01"
FUNDS = ReturnReason.INSUFFICIENT_FUNDS
DAY = timedelta(days=1)


def pulled(name: str = PULL, amount: int = 1000, on: date = JUNE, **more: Any) -> Payment:
    """A pull of A."""
    return paid(name, amount, "A", on, **more)


def back(name: str, payment: str = PULL, on: date = date(2026, 6, 4), reason: ReturnReason = FUNDS) -> Return:
    """A pull that came back."""
    return Return(name, payment, on=on, reason=reason)


def draft(*entries: Any, on: date = JUNE, by: Agreement | None = None, **policy: Any) -> Draft:
    """The draft of A."""
    one = agreement("A") if by is None else by
    return drafted(one, *entries, on=on, policy=AutopayPolicy(**policy)).drafts[0]


def id_of(found: Draft) -> str | None:
    """The id of its payment."""
    return None if found.payment is None else found.payment.id


# ids


def test_the_id_of_a_pull_is_of_its_agreement_and_its_period() -> None:
    """R19: not of the day of the run; drafting twice proposes the same."""
    assert id_of(draft(rent(6))) == id_of(draft(rent(6))) == PULL
    early = draft_pulls(agreement("A"), position_of(rent(6, posted=date(2026, 5, 28))), run_of(date(2026, 5, 28), -4))
    assert id_of(early.drafts[0]) == PULL


def test_what_was_pulled_is_not_pulled_again() -> None:
    """R17: also while it is at the bank, and where it was for less."""
    assert draft(rent(6), pulled()).reason == f"pulled before, as {PULL}"
    pending = PaymentStep(PULL, PaymentState.PENDING, on=JUNE)
    assert draft(rent(6), pulled(amount=100), pending).reason == f"pulled before, as {PULL}"
    scheduled = PaymentStep(PULL, PaymentState.SCHEDULED, on=JUNE)
    assert draft(rent(6), pulled(on=date(2026, 6, 3)), scheduled).reason == f"pulled before, as {PULL}"


def test_what_executes_on_a_later_day_is_known_to_the_run_all_the_same() -> None:
    """R15, R17: run on a Sunday, received on Monday, and run again; also by an agreement that replaced the first."""
    rent_due = rent(11)
    first = draft(rent_due, on=SUNDAY, business_days=BusinessDays("following"))
    assert first.payment is not None
    assert first.payment.received == date(2026, 11, 2)
    again = drafted(agreement("A"), rent_due, first.payment, on=SUNDAY)
    assert again.drafts[0].reason == "pulled before, as AP-A/pull@2026-11-01"
    assert held(again) == []  # nothing of it is payable, since the pull is on its way

    replaced = attrs.evolve(agreement("A"), id="AP-2")
    assert amounts(drafted(replaced, rent_due, first.payment, on=SUNDAY)) == ["0.00"]
    scheduled = PaymentStep(first.payment.id, PaymentState.SCHEDULED, on=SUNDAY)
    assert amounts(drafted(replaced, rent_due, first.payment, scheduled, on=SUNDAY)) == ["0.00"]
    cancelled_one = PaymentStep(first.payment.id, PaymentState.CANCELLED, on=SUNDAY)
    assert amounts(drafted(replaced, rent_due, first.payment, scheduled, cancelled_one, on=SUNDAY)) == ["1000.00"]


def test_a_pull_that_is_on_its_way_for_what_is_settled_meanwhile() -> None:
    """R15: somebody pays the rent by hand, before the pull for it is sent."""
    first = draft(rent(11), on=SUNDAY, business_days=BusinessDays("following"))
    by_hand = paid("P", 1000, "B", SUNDAY)
    again = drafted(agreement("A"), rent(11), first.payment, by_hand, on=SUNDAY)
    assert amounts(again) == ["0.00"]
    assert held(again) == []


def test_what_a_limit_held_back_is_for_nobody_else_when_the_run_is_repeated() -> None:
    """R16: A pulled 1000 of 1020; B's 480 came back, B paid 240 by hand, and is asked for the other 240."""
    parking = charge("K-06", 300, Category.FEATURE, code="PARK")
    both = [
        agreement("A", part=[Share(1, of=where.code("PARK")), Share(Percent(60))]),
        agreement("B", part=[Share(0, of=where.code("PARK")), Share(Percent(40))]),
    ]
    limited = AutopayPolicy(limit=cad(1000))
    first = drafted(both, rent(6, 1200), parking, policy=limited)
    assert amounts(first) == ["1000.00", "480.00"]
    by_hand = paid("P", 240, "B", date(2026, 6, 5), designations=[Designation("R-06")])
    entries = [rent(6, 1200), parking, *first.payments, back("N", "AP-B/pull@2026-06-01"), by_hand]
    tenth = date(2026, 6, 10)
    again = draft_pulls(both, position_of(*entries, on=tenth), repeated(run_of(), on=tenth), limited)
    assert amounts(again) == ["0.00", "240.00"]
    assert held(again) == [("R-06", "20.00", "pulled before, as AP-A/pull@2026-06-01")]


@pytest.mark.parametrize(
    "ending",
    [
        [back("N")],
        [Void("V", PULL, on=JUNE)],
        [PaymentStep(PULL, PaymentState.PENDING, on=JUNE), PaymentStep(PULL, PaymentState.REJECTED, on=JUNE + DAY)],
        [PaymentStep(PULL, PaymentState.SCHEDULED, on=JUNE), PaymentStep(PULL, PaymentState.CANCELLED, on=JUNE)],
    ],
    ids=["returned", "voided", "rejected", "cancelled"],
)
def test_what_came_to_nothing_may_be_pulled_again_under_a_number(ending: list[Any]) -> None:
    """R20: a new draft is no retry; its id is the next one that is free."""
    run = repeated(run_of(), on=date(2026, 6, 10))
    position = position_of(rent(6), pulled(), *ending, on=run.on)
    (found,) = draft_pulls(agreement("A"), position, run).drafts
    assert id_of(found) == f"{PULL}#2"
    second = [pulled(f"{PULL}#2", on=date(2026, 6, 10)), back("N-2", f"{PULL}#2", date(2026, 6, 12))]
    later = repeated(run, on=date(2026, 6, 15))
    position = position_of(rent(6), pulled(), *ending, *second, on=later.on)
    assert id_of(draft_pulls(agreement("A"), position, later).drafts[0]) == f"{PULL}#3"
    standing = position_of(rent(6), pulled(), *ending, second[0], on=later.on)
    assert draft_pulls(agreement("A"), standing, later).drafts[0].reason == f"pulled before, as {PULL}#2"


@pytest.mark.parametrize("rule", [pull.KEEP_PERCENT, pull.KEEP_UNCHANGED, pull.FULL_BALANCE], ids=str)
def test_a_run_that_is_repeated_asks_each_for_what_it_was_asked_before(rule: AmountRule) -> None:
    """R20: A's half was pulled and stands; B's came back, and is B's half again, and no half of what is left."""
    both = of_two(rule, first=50, stored=500)
    first = drafted(both, rent(6))
    entries = [rent(6), *first.payments, back("N", "AP-B/pull@2026-06-01")]
    run = repeated(run_of(), on=date(2026, 6, 10))
    again = draft_pulls(both, position_of(*entries, on=run.on), run)
    assert amounts(again) == ["0.00", "500.00"]
    assert [payment.id for payment in again.payments] == ["AP-B/pull@2026-06-01#2"]


def test_what_was_charged_back_stands() -> None:
    """R17: a payer who disputes a pull is not pulled again by the same run."""
    given = [rent(6), pulled(), Chargeback("C", PULL, on=date(2026, 6, 9))]
    run = repeated(run_of(), on=date(2026, 6, 10))
    (found,) = draft_pulls(agreement("A"), position_of(*given, on=run.on), run).drafts
    assert found.reason == f"pulled before, as {PULL}"


def test_pulls_of_other_agreements_and_periods_do_not_count() -> None:
    """R17: AP-A is not AP-AA, and May is not June."""
    others = [pulled("AP-AA/pull@2026-06-01", 1), pulled("AP-A/pull@2026-05-01", 1), pulled("P", 1)]
    found = draft(rent(6), *others)
    assert (id_of(found), str(found.amount.amount)) == (PULL, "997.00")


def test_a_payment_that_is_posted_later_is_not_known_yet() -> None:
    """As known on a day: recorded on the 5th, the run of the 1st could not know of it."""
    books = Ledger("CAD", [rent(6), pulled(posted=date(2026, 6, 5))])
    position = replay(books, by=OLDEST_FIRST, as_of=JUNE, known=JUNE)
    found = draft_pulls(agreement("A"), position, run_of()).drafts[0]
    assert (found.reason, str(found.amount)) == ("", "1000.00 CAD")


# the first and the last period


@pytest.mark.parametrize(
    ("move_in", "move_out", "reason", "ends"),
    [
        (date(2026, 6, 30), None, "the period of the move-in is left out", False),
        (JUNE, None, "the period of the move-in is left out", False),
        (date(2026, 5, 31), None, "", False),
        (JULY, None, "", False),
        (None, date(2026, 6, 30), "the period of the move-out is left out, and the agreement ends", True),
        (None, JUNE, "the period of the move-out is left out, and the agreement ends", True),
        (None, date(2026, 5, 2), "the period of the move-out is left out, and the agreement ends", True),
        (None, JULY, "", False),
        (JUNE, date(2026, 6, 30), "the period of the move-in is left out", False),
    ],
)
def test_the_first_and_the_last_period_are_left_out(
    move_in: date | None, move_out: date | None, reason: str, ends: bool
) -> None:
    """R17: by the days of the move; no known move-out, no last period."""
    one = agreement("A", move_in=move_in, move_out=move_out)
    found = draft(rent(6), by=one, excludes_first=True, excludes_last=True)
    assert (found.reason, found.ends, found.payment is None) == (reason, ends, bool(reason))
    assert draft(rent(6), by=one).reason == ""


def test_other_fees_do_not_lift_the_first_period() -> None:
    """R17: the run of the stub pulls nothing; the next one pays it."""
    one = agreement("A", move_in=date(2026, 6, 20))
    policy: dict[str, Any] = {"excludes_first": True, "includes": include.OTHER_FEES}
    assert draft(rent(6), by=one, **policy).reason == "the period of the move-in is left out"
    assert str(draft(rent(6), rent(7), on=JULY, by=one, **policy).amount) == "2000.00 CAD"


def test_a_fixed_amount_has_a_first_and_a_last_period_too() -> None:
    """R11: lifecycle and limits touch it."""
    one = agreement("A", pull.FIXED, stored=500, move_in=JUNE)
    found = draft(rent(6), by=one, excludes_first=True)
    assert (str(found.amount), found.payment) == ("0.00 CAD", None)


def test_agreements_that_end_with_a_run() -> None:
    """R17: the draft says so, and the agreement itself is the host's to end."""
    one = agreement("A", move_out=date(2026, 6, 15))
    assert draft(rent(6), by=one, excludes_last=True).ends
    assert not draft(rent(6), by=one).ends
    assert one.stands_on(JULY)


# suspension


def months(*states: str) -> list[Any]:
    """The pulls of January and so on: "back", "settled", "charged back", "at the bank"."""
    found: list[Any] = []
    for month, state in enumerate(states, start=1):
        name = f"AP-A/pull@2026-{month:02}-01"
        on = date(2026, month, 20)
        found.append(pulled(name, 1, on))
        if state == "back":
            found.append(back(f"N-{month}", name, on + DAY))
        if state == "charged back":
            found.append(Chargeback(f"C-{month}", name, on=on + DAY))
        if state == "at the bank":
            found.append(PaymentStep(name, PaymentState.PENDING, on=on))
        if state == "void":
            found.append(Void(f"V-{month}", name, on=on))
    return found


@pytest.mark.parametrize(
    ("states", "after", "reason"),
    [
        (["back", "back"], 2, "suspended: pulls that came back in a row: 2"),
        (["back", "back", "back"], 2, "suspended: pulls that came back in a row: 3"),
        (["settled", "back"], 1, "suspended: pulls that came back in a row: 1"),
        (["back", "settled", "back"], 2, ""),
        (["back", "back", "settled"], 2, ""),
        (["back", "charged back", "back"], 2, ""),
        (["back", "at the bank", "back"], 2, "suspended: pulls that came back in a row: 2"),
        (["back", "void", "back"], 2, "suspended: pulls that came back in a row: 2"),
        (["back"], 2, ""),
        ([], 1, ""),
        (["back"] * 4, None, ""),
    ],
)
def test_pulls_that_came_back_suspend_an_agreement(states: list[str], after: int | None, reason: str) -> None:
    """R20: the last ones, one after another; one that settled begins anew."""
    found = draft(*months(*states), rent(6), suspends_after=after)
    assert found.reason == reason
    assert (found.payment is None) == bool(reason)


def test_a_new_agreement_is_not_suspended_for_what_came_back_before() -> None:
    """R20: made on 1 March under the same id."""
    entries = [*months("back", "back"), rent(6)]
    assert draft(*entries, suspends_after=2).reason == "suspended: pulls that came back in a row: 2"
    assert draft(*entries, by=agreement("A", agreed=date(2026, 3, 1)), suspends_after=2).reason == ""
    on_the_day = agreement("A", agreed=date(2026, 2, 20))
    assert draft(*entries, by=on_the_day, suspends_after=1).reason == "suspended: pulls that came back in a row: 1"


def test_retries_that_came_back_count() -> None:
    """R20: the pull and its retry are two."""
    again = pulled(f"{PULL}/retry1", on=date(2026, 6, 10))
    given = [rent(6), rent(7), pulled(), back("N"), again, back("N-2", again.id, date(2026, 6, 12))]
    assert draft(*given, on=JULY, suspends_after=2).reason == "suspended: pulls that came back in a row: 2"


# notice


@pytest.mark.parametrize(
    ("stored", "earlier", "notice"),
    [
        (None, None, True),
        (1000, None, False),
        (900, None, True),
        (None, 1000, False),
        (None, 900, True),
        (1000, 1000, False),
        (1000, 900, True),
        (900, 1000, True),
    ],
)
def test_notice_is_due_where_the_amount_varies(stored: int | None, earlier: int | None, notice: bool) -> None:
    """R21: it is another than the stored one, or than that of the pull before; and where there is neither."""
    more: dict[str, Any] = {} if stored is None else {"stored": stored}
    before = [] if earlier is None else [pulled("AP-A/pull@2026-05-01", earlier, date(2026, 5, 1)), rent(5, earlier)]
    found = draft(*before, rent(6), by=agreement("A", **more))
    assert str(found.amount) == "1000.00 CAD"
    assert found.notice_by == (date(2026, 5, 22) if notice else None)


def test_a_pull_after_the_day_is_none_before() -> None:
    """R21: May's is to be repeated, and June's of another amount was pulled already."""
    entries = [rent(4), rent(5), rent(6, 900), pulled("AP-A/pull@2026-04-01", 1000, date(2026, 4, 1))]
    later = pulled("AP-A/pull@2026-06-01", 900, JUNE)
    run = run_of(date(2026, 5, 1))
    (found,) = draft_pulls(agreement("A"), position_of(*entries, later), run).drafts
    assert (str(found.amount), found.notice_by) == ("1000.00 CAD", None)


def test_it_is_the_last_pull_before_that_counts() -> None:
    """R21: April's was of another amount; a later one is none before."""
    april = pulled("AP-A/pull@2026-04-01", 900, date(2026, 4, 1))
    may = pulled("AP-A/pull@2026-05-01", 1000, date(2026, 5, 1))
    entries = [rent(4, 900), rent(5), rent(6)]
    assert draft(*entries, april, may).notice_by is None
    assert draft(*entries, may, pulled("AP-A/pull@2026-04-01", 900, date(2026, 5, 20))).notice_by == date(2026, 5, 22)


@pytest.mark.parametrize(
    ("policy", "notice"),
    [
        ({}, date(2026, 5, 22)),
        ({"notice_days": 10}, date(2026, 5, 22)),
        ({"notice_days": 0}, JUNE),
        ({"notice_days": None}, None),
        ({"notice_range": (cad(1000), cad(1000))}, None),
        ({"notice_range": [cad(900), cad(1100)]}, None),
        ({"notice_range": (cad("1000.01"), cad(1100))}, date(2026, 5, 22)),
        ({"notice_range": (cad(1), cad("999.99"))}, date(2026, 5, 22)),
    ],
)
def test_how_long_before_and_for_which_amounts(policy: dict[str, Any], notice: date | None) -> None:
    """R21: 10 days unless agreed otherwise; amounts of an agreed range need none."""
    assert draft(rent(6), **policy).notice_by == notice


def test_notice_is_before_the_execution_and_of_no_empty_pull() -> None:
    """R21: counted from the day on which the money moves."""
    moved = draft(rent(11), on=SUNDAY, business_days=BusinessDays("following"))
    assert (moved.execute_on, moved.notice_by) == (date(2026, 11, 2), date(2026, 10, 23))
    assert draft().notice_by is None


@pytest.mark.parametrize(
    "limit", [None, AutopayPolicy(limit=cad(300))], ids=["in full", "what a limit holds back is no one else's"]
)
def test_a_repeated_run_asks_for_what_the_first_asked(limit: AutopayPolicy | None) -> None:
    """R14, R16: 60/40 of 1000, of which nobody's 300 are paid: 420 and 280; A was pulled, and B's comes later."""
    entries = [rent(6), paid("P", 300, designations=[Designation("R-06")])]
    first = drafted(of_two(), *entries, policy=limit)
    assert amounts(first) == (["420.00", "280.00"] if limit is None else ["300.00", "280.00"])
    second = JUNE + DAY
    position = position_of(*entries, first.payments[0], on=second)
    again = draft_pulls(of_two(), position, repeated(run_of(), on=second), limit)
    assert amounts(again) == ["0.00", "280.00"]


@pytest.mark.parametrize("rule", [pull.KEEP_PERCENT, pull.FULL_BALANCE, pull.FIXED], ids=str)
def test_an_agreement_that_replaced_another_is_not_pulled_for_the_same_period(rule: AmountRule) -> None:
    """R15: under a new id, on the day after."""
    one = agreement("A", rule, Percent(60), stored=600)
    (first,) = drafted(one, rent(6)).payments
    other = attrs.evolve(one, id="AP-2")
    position = position_of(rent(6), first, on=JUNE + DAY)
    (draft_again,) = draft_pulls(other, position, repeated(run_of(), on=JUNE + DAY)).drafts
    assert (str(draft_again.amount), draft_again.payment) == ("0.00 CAD", None)


def test_what_was_set_free_of_a_pull_is_no_pull() -> None:
    """R20, R21: it neither ends a row of returns nor changes from when notice is due."""
    returned = [back("N-1"), back("N-2", "AP-A/pull@2026-05-01", date(2026, 5, 4))]
    free = paid(f"{PULL}/free@2026-06-20", 30, "A", date(2026, 6, 20))
    entries = [rent(7), pulled(), pulled("AP-A/pull@2026-05-01", on=date(2026, 5, 1)), *returned, free]
    found = drafted(agreement("A"), *entries, on=JULY, policy=AutopayPolicy(suspends_after=2))
    assert found.drafts[0].reason == "suspended: pulls that came back in a row: 2"
    settled = [rent(5), pulled(on=date(2026, 5, 1), name="AP-A/pull@2026-05-01"), rent(6), free]
    assert drafted(agreement("A"), *settled, on=JUNE).drafts[0].notice_by is None


def test_what_is_not_known_yet_has_the_same_id() -> None:
    """R20: the books of the day are closed, so that the pull is known from the next day on; its id is refused twice."""
    books = Ledger("CAD", [rent(6)], closed_through=JUNE)
    terms = {"by": OLDEST_FIRST, "as_of": JUNE, "known": JUNE}
    (first,) = draft_pulls(agreement("A"), replay(books, **terms), run_of()).payments  # type: ignore[arg-type]
    assert first.posted == JUNE + DAY
    books = record(books, [first])
    (again,) = draft_pulls(agreement("A"), replay(books, **terms), run_of()).payments  # type: ignore[arg-type]
    assert again == first


def test_an_agreement_that_ends_says_so_though_it_was_pulled() -> None:
    """R17: the move-out came to light after the pull."""
    one = agreement("A", move_out=date(2026, 6, 20))
    position = position_of(rent(6), pulled(), on=JUNE + DAY)
    (found,) = draft_pulls(one, position, repeated(run_of(), on=JUNE + DAY), AutopayPolicy(excludes_last=True)).drafts
    assert (found.reason, found.ends) == ("the period of the move-out is left out, and the agreement ends", True)
