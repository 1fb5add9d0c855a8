"""Retries of pulls that came back. Rule R20."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from arledger import (
    OLDEST_FIRST,
    SETTLE_DUE,
    BusinessDays,
    Charge,
    Credit,
    CreditKind,
    Designation,
    Dispute,
    Ledger,
    Payment,
    Position,
    Retry,
    RetryRule,
    Return,
    ReturnReason,
    Void,
    draft_pulls,
    pull,
    repeated,
    replay,
    retry_pull,
)
from autopay_facts import JUNE, agreement, cad, drafted, paid, position_of, rent, run_of

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


def retried(*entries: Any, on: date = date(2026, 6, 10), payment: str = PULL, **more: Any) -> Retry:
    """What is presented again of June's pull, which came back on the 4th unless said."""
    given = entries or (rent(6), pulled(designations=[Designation("R-06", cad(1000))]), back("N"))
    return retry_pull(payment, position_of(*given, on=on), on=on, **more)


def test_a_retry_is_of_exactly_the_same_amount_for_the_same_parts() -> None:
    """R20: under an id of its own, on its day."""
    original = pulled(designations=[Designation("R-06", cad(1000))], method="ach")
    found = retried(rent(6), original, back("N"))
    assert found == Retry(
        PULL,
        1,
        Payment(
            f"{PULL}/retry1",
            cad(1000),
            received=date(2026, 6, 10),
            payer="A",
            method="ach",
            designations=[Designation("R-06", cad(1000))],
        ),
    )


def test_a_retry_settles_what_the_pull_would_have() -> None:
    """R20: though an older charge is open."""
    entries = [rent(5), rent(6), pulled(designations=[Designation("R-06", cad(1000))]), back("N")]
    again = retried(*entries).payment
    position = position_of(*entries, again, on=date(2026, 6, 10))
    assert {name: money.minor for name, money in position.open.items()} == {"R-05": 100000, "R-06": 0}


def test_a_retry_is_executed_on_a_business_day() -> None:
    """R20: a Sunday becomes Monday, which counts for the limit too; it is in the books from Sunday on."""
    sunday, days = date(2026, 6, 14), BusinessDays("following")
    again = retried(on=sunday, business_days=days).payment
    assert again is not None
    assert (again.received, again.posted) == (sunday + DAY, sunday)
    assert retried(on=sunday, business_days=days, rule=RetryRule(within_days=14)).payment is not None
    assert retried(on=sunday, business_days=days, rule=RetryRule(within_days=13)).reason == "it is over 13 days old"
    assert retried(on=sunday, rule=RetryRule(within_days=13)).payment is not None


def test_a_retry_is_posted_into_books_that_are_open() -> None:
    """R44."""
    books = Ledger("CAD", [rent(6), pulled(), back("N")], closed_through=date(2026, 6, 30))
    position = replay(books, by=OLDEST_FIRST, as_of=date(2026, 6, 10))
    again = retry_pull(PULL, position, on=date(2026, 6, 10)).payment
    assert again is not None
    assert (again.received, again.posted) == (date(2026, 6, 10), JULY)


def chain(times: int) -> list[Any]:
    """A pull that came back, and its retries that did."""
    found: list[Any] = [rent(6), pulled(), back("N-0")]
    for number in range(1, times + 1):
        name, on = f"{PULL}/retry{number}", JUNE + 10 * number * DAY
        found += [pulled(name, on=on), back(f"N-{number}", name, on + 3 * DAY)]
    return found


@pytest.mark.parametrize(
    ("times", "rule", "number", "reason"),
    [
        (0, None, 1, ""),
        (1, None, 2, ""),
        (2, None, 3, "it was presented as often as it may be: 3"),
        (2, RetryRule(most=3), 3, ""),
        (0, RetryRule(most=0), 1, "it was presented as often as it may be: 1"),
        (1, RetryRule(most=1), 2, "it was presented as often as it may be: 2"),
    ],
)
def test_twice_and_no_more(times: int, rule: RetryRule | None, number: int, reason: str) -> None:
    """R20: of the pull itself, or of its last retry, by whichever name it is asked for."""
    for name in (PULL, *(f"{PULL}/retry{one}" for one in range(1, times + 1))):
        found = retried(*chain(times), on=JULY, payment=name, rule=rule)
        assert (found.original, found.number, found.reason) == (PULL, number, reason)
        assert (found.payment is None) == bool(reason)
        if found.payment is not None:
            assert found.payment.id == f"{PULL}/retry{number}"


@pytest.mark.parametrize(("days", "reason"), [(180, ""), (181, "it is over 180 days old")])
def test_within_180_days_of_the_original(days: int, reason: str) -> None:
    """R20: also of a retry, from the first pull on."""
    assert retried(on=JUNE + days * DAY).reason == reason
    assert retried(*chain(1), on=JUNE + days * DAY).reason == reason


@pytest.mark.parametrize("reason", list(ReturnReason), ids=lambda reason: reason.value)
def test_only_for_lack_of_funds(reason: ReturnReason) -> None:
    """R20: insufficient or uncollected funds, unless the rule says otherwise."""
    given = [rent(6), pulled(), back("N", reason=reason)]
    lack = reason in (ReturnReason.INSUFFICIENT_FUNDS, ReturnReason.UNCOLLECTED_FUNDS)
    words = reason.value.replace("_", " ")
    assert retried(*given).reason == ("" if lack else f"it came back for another reason: {words}")
    assert retried(*given, rule=RetryRule(reasons=[reason])).reason == ""
    assert retried(*given, rule=RetryRule(reasons=())).payment is None


def test_what_did_not_come_back_is_not_presented_again() -> None:
    """R20: it stands, is at the bank, or its retry does; a void is no return."""
    assert retried(rent(6), pulled()).reason == f"{PULL} did not come back"
    again = pulled(f"{PULL}/retry1", on=date(2026, 6, 6))
    assert retried(*chain(0), again).reason == f"{PULL}/retry1 did not come back"
    assert retried(rent(6), pulled(), Void("V", PULL, on=JUNE)).reason == f"{PULL} did not come back"
    assert retried(*chain(0), on=date(2026, 6, 3)).reason == f"{PULL} did not come back"


def test_where_less_is_payable_now_a_new_draft_pulls_what_is_left() -> None:
    """R20: 300 were paid by hand since; the rent may also have been credited in full."""
    part = [Designation("R-06", cad(1000))]
    given = [rent(6), pulled(designations=part), back("N")]
    short = retried(*given, paid("P", 300, on=date(2026, 6, 8)))
    assert (short.payment, short.reason) == (None, "less is payable now: 700.00 CAD of R-06")
    nothing = retried(*given, paid("P", 1000, on=date(2026, 6, 8)))
    assert nothing.reason == "less is payable now: 0.00 CAD of R-06"
    assert retried(*given, paid("P", 300, on=date(2026, 6, 12))).reason == ""


def test_it_is_each_part_that_must_be_payable() -> None:
    """R20: the parking was credited; a selector, or a part without an amount, says nothing of how much."""
    parking = Charge("F-06", cad(50), due=JUNE)
    parts = [Designation("R-06", cad(1000)), Designation("F-06", cad(50))]
    wish = [Designation("F-06")]
    forgiven = Credit("K", cad(50), granted=date(2026, 6, 8), kind=CreditKind.WAIVER, designations=wish)
    given = [rent(6), parking, pulled(amount=1050, designations=parts), back("N")]
    assert retried(*given).reason == ""
    assert retried(*given, forgiven).reason == "less is payable now: 0.00 CAD of F-06"
    undesignated = [rent(6), parking, pulled(amount=1050), back("N"), forgiven]
    assert retried(*undesignated).reason == ""
    no_amount = [rent(6), parking, pulled(amount=1050, designations=wish), back("N"), forgiven]
    assert retried(*no_amount).reason == ""


def test_what_is_disputed_since_is_not_payable() -> None:
    """R20: 300 of the rent, since the 8th."""
    given = rent(6, disputed=Dispute(cad(300), since=date(2026, 6, 8)))
    pull_of_all = pulled(designations=[Designation("R-06", cad(1000))])
    assert retried(given, pull_of_all, back("N")).reason == "less is payable now: 700.00 CAD of R-06"


def test_why_another_payment_came_back_does_not_matter() -> None:
    """R20: a cheque that was stopped."""
    cheque = [paid("P", 1, "A"), back("N-9", "P", reason=ReturnReason.STOPPED)]
    assert retried(*chain(0), *cheque).reason == ""


def test_a_part_for_what_is_not_there_is_presented_again() -> None:
    """R13, R20: for an increase, which is no charge yet."""
    wish = [Designation("AGI-7@2026-06-01", cad(30))]
    assert retried(pulled(amount=30, designations=wish), back("N")).reason == ""


def test_a_retry_that_was_recorded_is_not_proposed_twice() -> None:
    """R20: it is at the bank, or settled, until it comes back."""
    position: Position = position_of(*chain(0), on=date(2026, 6, 10))
    first = retry_pull(PULL, position, on=date(2026, 6, 10)).payment
    assert first is not None
    entries = [*chain(0), first, back("N-1", first.id, date(2026, 6, 12))]
    assert retried(*entries, on=date(2026, 6, 11)).payment is None
    second = retried(*entries, on=date(2026, 6, 20)).payment
    assert second is not None
    assert second.id == f"{PULL}/retry2"


def test_what_was_drafted_anew_is_not_presented_again() -> None:
    """R20: a new draft of the period stands, also of a fixed amount, which has no parts to tell."""
    for rule in (pull.KEEP_PERCENT, pull.FIXED):
        one = agreement("A", rule, stored=1000)
        returned = [rent(6), *drafted(one, rent(6)).payments, Return("N", PULL, on=date(2026, 6, 4), reason=FUNDS)]
        tenth = date(2026, 6, 10)
        (anew,) = draft_pulls(one, position_of(*returned, on=tenth), repeated(run_of(), on=tenth)).payments
        assert anew.id == f"{PULL}#2"
        again = retry_pull(PULL, position_of(*returned, anew, on=tenth), on=tenth)
        assert (again.payment, again.reason) == (None, f"pulled again, as {PULL}#2")
        assert str(again) == f"{PULL} is not presented again: pulled again, as {PULL}#2"
    assert str(retry_pull(PULL, position_of(*returned, on=tenth), on=tenth)) == f"{PULL}/retry1: 1000.00 CAD on {tenth}"


def test_what_is_kept_for_a_part_that_is_not_due_is_not_payable() -> None:
    """R20: the rent is billed ahead, and waits until it is due; meanwhile A has paid it by hand."""
    ahead = rent(6, posted=date(2026, 5, 20))
    run = run_of(date(2026, 5, 28), offset_days=-4)
    given: dict[str, Any] = {"on": date(2026, 5, 30), "settle": SETTLE_DUE}
    (first,) = draft_pulls(agreement("A"), position_of(ahead, on=run.on, settle=SETTLE_DUE), run).payments
    returned = [ahead, first, Return("N", first.id, on=date(2026, 5, 29), reason=FUNDS)]
    assert retry_pull(first.id, position_of(*returned, **given), on=date(2026, 5, 30)).payment is not None
    by_hand = paid("P", 1000, "A", date(2026, 5, 29), designations=[Designation("R-06")])
    again = retry_pull(first.id, position_of(*returned, by_hand, **given), on=date(2026, 5, 30))
    assert (again.payment, again.reason) == (None, "less is payable now: 0.00 CAD of R-06")
