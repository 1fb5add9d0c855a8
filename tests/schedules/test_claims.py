"""R55, R57: which invoices a run pays, what comes off each of them, and in which order."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from arledger import (
    OLDEST_FIRST,
    SETTLE_DUE,
    Association,
    Charge,
    Conflict,
    CurrencyMismatch,
    Invoice,
    InvoiceBalance,
    Ledger,
    Money,
    Payment,
    PaymentState,
    PaymentStep,
    PostingState,
    ends,
    invoice_balances,
    record,
    replay,
)
from schedules.facts import (
    FIRST,
    amounts,
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
    sound,
    usd,
)

BEFORE, AFTER = date(2026, 3, 10), date(2026, 3, 14)
AS_OF = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("as_of", "more", "payable"),
    [
        (AS_OF, {"state": PostingState.QUEUED}, "60.00"),
        (AS_OF, {"state": PostingState.PENDING}, "60.00"),
        (AS_OF, {"state": PostingState.INCOMPLETE}, "60.00"),
        (AS_OF, {"state": PostingState.FAILED}, "100.00"),
        (AS_OF, {"state": PostingState.POSTED, "posted": AFTER}, "60.00"),
        (AS_OF, {"state": PostingState.REMOVED, "posted": AFTER}, "60.00"),
        (AS_OF, {"state": PostingState.POSTED, "posted": AS_OF}, "100.00"),
        (AS_OF, {"state": PostingState.POSTED, "posted": BEFORE}, "100.00"),
        (AS_OF, {"state": PostingState.REMOVED, "posted": BEFORE}, "100.00"),
        (None, {"state": PostingState.QUEUED}, "60.00"),
        (None, {"state": PostingState.POSTED, "posted": BEFORE}, "60.00"),
        (None, {"state": PostingState.REMOVED, "posted": AFTER}, "60.00"),
        (None, {"state": PostingState.FAILED}, "100.00"),
    ],
)
def test_what_is_not_in_the_balance_comes_off(as_of: date | None, more: dict[str, Any], payable: str) -> None:
    """R57: what waits always; what was posted while that is after the balance's day; what failed never."""
    made = sound(run(schedule(), [balance("INV-1", 100, as_of=as_of)], [posting("N-1", "INV-1", 40, **more)]))
    assert amounts(made) == [payable]
    assert made.lines[0].flag == ("the balance has no date" if as_of is None else "")


@pytest.mark.parametrize("state", [PostingState.QUEUED, PostingState.PENDING, PostingState.FAILED])
@pytest.mark.parametrize("as_of", [None, AS_OF])
def test_what_the_balance_knows_is_in_it(as_of: date | None, state: PostingState) -> None:
    """R57: whatever its state."""
    known = balance("INV-1", 100, as_of=as_of, knows=["P-N-1"])
    assert amounts(run(schedule(), [known], [posting("N-1", "INV-1", 40, state=state)])) == ["100.00"]


def test_a_line_says_what_came_off() -> None:
    postings = [
        posting("N-1", "INV-1", 20, state=PostingState.POSTED, posted=AFTER),
        posting("N-2", "INV-1", 500, schedule="S-9", association="A-9", run=BEFORE),
        posting("N-3", "INV-2", 20),
    ]
    made = sound(run(schedule(), [balance("INV-1", 300, pending=100, disputed=30, as_of=AS_OF)], postings))
    (line,) = made.lines
    assert [str(one) for one in line.subtracted] == [
        "100.00 USD at the bank",
        "30.00 USD disputed",
        "20.00 USD posted on 2026-03-14 (N-1)",
        "150.00 USD queued (N-2)",
    ]
    assert (line.payable, line.why) == (usd(0), "nothing is payable")


def test_a_plan_is_over_when_all_was_posted_though_the_balance_is_older() -> None:
    """R57, R58: each of the postings comes off what is outstanding."""
    twice = [posting(name, "INV-1", 150, state=PostingState.POSTED, posted=AFTER) for name in ("N-1", "N-2")]
    plan = schedule(enrolments=enrolled(Association("A-1", "ana", invoice="INV-1"), since=BEFORE))
    made = sound(run(plan, [balance("INV-1", 300, as_of=AS_OF)], twice))
    assert [one.association for one in made.ended] == ["A-1"]
    assert sound(run(plan, [balance("INV-1", 300, as_of=AS_OF)], twice[:1])).total == usd(150)


def test_invoices_are_paid_oldest_to_newest_by_date_and_number() -> None:
    """R57: 9 before 10, numbers before words, none last."""
    day = date(2026, 1, 10)
    in_order = [
        invoice("Z", date(2026, 1, 9)),
        invoice("Y", day, number="9"),
        invoice("X", day, number="10"),
        invoice("W", day, number="B-1"),
        invoice("V", day),
    ]
    for mixed in list(permutations([balance(one, 10) for one in in_order]))[::17]:
        made = sound(run(capped(35), mixed))
        assert list(paid(made).items()) == [("Z", "10.00"), ("Y", "10.00"), ("X", "10.00"), ("W", "5.00")]
        assert [line.why for line in made.lines] == ["", "", "", *["up to 35.00 USD a run"] * 2]


def test_only_what_is_enrolled_is_paid() -> None:
    """R55: an association narrows, also what is addressed to its payer; what is another's is never paid."""
    balances = [
        balance(invoice("INV-1"), 10),
        balance(invoice("INV-2", payer="ana"), 20),
        balance(invoice("INV-3", payer="ben"), 40),
        balance(invoice("INV-4", client="Ash", payer="ana"), 80),
        balance(invoice("INV-5", matter="estate"), 160),
    ]
    assert paid(run(schedule(), balances)) == {"INV-1": "10.00", "INV-2": "20.00", "INV-5": "160.00"}
    estate = schedule(enrolments=enrolled(client(matter="estate")))
    assert paid(run(estate, balances)) == {"INV-5": "160.00"}
    both = schedule(enrolments=[enrolled(client(matter="estate")), enrolled(plan_of("INV-4"))])
    assert paid(run(both, balances)) == {"INV-4": "80.00", "INV-5": "160.00"}


def test_an_invoice_is_seen_once_under_the_narrowest_enrolment_that_goes_on() -> None:
    """R55, R58: a plan before a matter before a client; what has ended, or has not begun, gives way."""
    estate = balance(invoice("INV-1", matter="estate"), 100)
    three = [
        enrolled(client("A-1")),
        enrolled(client("A-2", matter="estate")),
        enrolled(plan_of("INV-1", "A-3"), ends=ends.after_total(usd(30))),
    ]
    made = sound(run(schedule(enrolments=three), [estate]))
    assert [(one.association, str(one.amount)) for one in made.postings] == [("A-3", "30.00 USD")]
    before = own(date(2026, 3, 15), "INV-1", 30, "A-3", state=PostingState.POSTED, posted=AS_OF)
    later = sound(run(schedule(enrolments=three), [estate], [before], date(2026, 4, 15)))
    assert [(one.association, str(one.amount)) for one in later.postings] == [("A-2", "100.00 USD")]
    three[1] = enrolled(client("A-2", matter="estate"), since=date(2026, 6, 1))
    later = sound(run(schedule(enrolments=three), [estate], [before], date(2026, 4, 15)))
    assert [one.association for one in later.postings] == ["A-1"]


def test_two_associations_alike_pay_under_the_first_of_them() -> None:
    both = [enrolled(client("A-2")), enrolled(client("A-1"))]
    assert [one.association for one in run(schedule(enrolments=both), [balance("INV-1", 10)]).postings] == ["A-1"]


def test_an_invoice_is_paid_from_its_date_on() -> None:
    """R58: new invoices slot in at their place when they come."""
    balances = [balance(invoice("INV-9", date(2026, 3, 16)), 50), balance("INV-1", 100)]
    made = sound(run(capped(140), balances))
    assert paid(made) == {"INV-1": "100.00"}
    assert made.lines[1].why == "it is of 2026-03-16"
    assert paid(run(capped(140), balances, [], date(2026, 4, 15))) == {"INV-1": "100.00", "INV-9": "40.00"}
    assert paid(run(capped(140), balances, [], date(2026, 3, 16), run_of=FIRST)) == {
        "INV-1": "100.00",
        "INV-9": "40.00",
    }
    same_day = balance(invoice("INV-9", FIRST), 50)
    assert paid(run(schedule(), [same_day])) == {"INV-9": "50.00"}


def test_nothing_goes_below_zero() -> None:
    twice = [posting("N-1", "INV-1", 80), posting("N-2", "INV-1", 80)]
    made = sound(run(schedule(), [balance("INV-1", 100)], twice))
    assert [str(one.amount) for one in made.lines[0].subtracted] == ["80.00 USD", "20.00 USD"]
    assert made.payment is None


def test_what_is_disputed_is_not_taken() -> None:
    assert amounts(sound(run(schedule(), [balance("INV-1", 100, disputed=100)]))) == ["0.00"]


def test_balances_of_a_position_know_its_payments() -> None:
    """R57, F1: a payment of a run that is in the ledger is in its balances, at the bank or settled."""
    old = Invoice("INV-1", date=date(2026, 1, 10), client="Roy")
    new = Invoice("INV-2", date=date(2026, 2, 10), client="Roy")
    charges = [
        Charge("C-1", usd(300), due=date(2026, 2, 10), invoice="INV-1"),
        Charge("C-2", usd(250), due=date(2026, 3, 10), invoice="INV-2"),
    ]
    books = Ledger("USD", [*charges, Payment("P-0", usd(100), received=date(2026, 3, 14))])
    books = record(books, PaymentStep("P-0", PaymentState.PENDING, on=date(2026, 3, 14)))
    balances = invoice_balances(replay(books, by=OLDEST_FIRST, as_of=FIRST), [old, new])
    made = sound(run(capped(400), balances))
    assert paid(made) == {"INV-1": "200.00", "INV-2": "200.00"}
    assert made.payment is not None
    books = record(books, [made.payment, PaymentStep(made.payment.id, PaymentState.PENDING, on=FIRST)])
    day = date(2026, 4, 15)
    balances = invoice_balances(replay(books, by=OLDEST_FIRST, as_of=day), [old, new])
    assert [str(one.payable) for one in balances] == ["0.00 USD", "50.00 USD"]
    later = sound(run(capped(400), balances, made.postings, day))
    assert paid(later) == {"INV-2": "50.00"}


def test_an_invoice_that_is_not_due_is_paid_once() -> None:
    """R57: where money reaches a charge only once it is due, a payment waits for it, and is not made again."""
    owed = Charge("C-1", usd(300), due=date(2026, 6, 30), posted=date(2026, 1, 10), invoice="INV-1")
    books, made = Ledger("USD", [owed]), []
    for day in (FIRST, date(2026, 4, 15), date(2026, 5, 15)):
        balances = invoice_balances(replay(books, by=OLDEST_FIRST, as_of=day, settle=SETTLE_DUE), invoice("INV-1"))
        made.append(sound(run(schedule(), balances, (), day)))
        books = record(books, [one for one in [made[-1].payment] if one is not None])
    assert [paid(one) for one in made] == [{"INV-1": "300.00"}, {}, {}]


@pytest.mark.parametrize(("state", "as_of"), [(PaymentState.SCHEDULED, FIRST), (PaymentState.PENDING, AFTER)])
def test_a_payment_of_a_later_day_than_the_balance_comes_off(state: PaymentState, as_of: date) -> None:
    """R57: what is recorded, and sent only later, or after the day of the balance, is not paid by another schedule."""
    books = Ledger("USD", [Charge("C-1", usd(300), due=date(2026, 2, 10), invoice="INV-1")])
    first = sound(run(schedule(), invoice_balances(replay(books, by=OLDEST_FIRST, as_of=FIRST), invoice("INV-1"))))
    assert first.payment is not None
    books = record(books, [first.payment, PaymentStep(first.payment.id, state, on=FIRST)])
    balances = invoice_balances(replay(books, by=OLDEST_FIRST, as_of=as_of), invoice("INV-1"))
    assert paid(sound(run(schedule(id="S-2"), balances, first.postings))) == {}


def test_an_invoice_has_one_balance() -> None:
    with pytest.raises(Conflict, match=r"^invoice INV-1: has two balances; keep one of them$"):
        run(schedule(), [balance("INV-1", 10), balance("INV-1", 20)])


def test_a_posting_stands_once() -> None:
    with pytest.raises(Conflict, match=r"^posting N-1: stands twice; keep one of them$"):
        run(schedule(), [], [posting("N-1", "INV-1", 10)] * 2)


def test_a_run_is_in_one_currency() -> None:
    cad = InvoiceBalance(invoice=invoice("INV-2"), outstanding=Money("10", "CAD"))
    with pytest.raises(
        CurrencyMismatch, match=r"^schedule S-1: invoice INV-2 is in CAD, and the run is in USD; make a "
    ):
        run(schedule(), [balance("INV-1", 10), cad])
    with pytest.raises(
        CurrencyMismatch, match=r"^schedule S-1: invoice INV-2 is in CAD, and the run is in USD; make a "
    ):
        run(capped(), [cad])
    with pytest.raises(CurrencyMismatch, match=r"^posting N-1: 10.00 USD for invoice INV-2 in CAD$"):
        run(schedule(), [cad], [posting("N-1", "INV-2", 10)])
    with pytest.raises(
        CurrencyMismatch, match=r"^posting S-1/run@2026-03-15>INV-7: 10.00 USD, and schedule S-1 is in "
    ):
        run(schedule(), [cad], [own(FIRST, "INV-7", 10)], date(2026, 4, 15))
    elsewhere = InvoiceBalance(invoice=invoice("INV-2", client="Ash"), outstanding=Money("10", "CAD"))
    assert run(schedule(), [balance("INV-1", 10), elsewhere]).currency == "USD"


@pytest.mark.parametrize(
    ("balances", "postings", "currency"),
    [([], [], None), ([balance(invoice("INV-2", client="Ash"), 5)], [], "USD"), ([], [own(FIRST, "INV-7", 10)], "USD")],
)
def test_a_run_of_nothing_has_the_currency_of_what_is_given(
    balances: list[InvoiceBalance], postings: list[Any], currency: str | None
) -> None:
    made = run(schedule(), balances, postings, date(2026, 4, 15))
    assert (made.currency, made.total) == (currency, None if currency is None else usd(0))
    assert [event.text for event in made.events] == ["there is no invoice"]


def test_an_association_of_numbers_is_a_plan() -> None:
    """R58."""
    of = schedule(enrolments=enrolled(Association("A-1", "ana", number="17")))
    made = sound(run(of, [balance(invoice("INV-1", number="17"), 10), balance(invoice("INV-2", number="18"), 10)]))
    assert paid(made) == {"INV-1": "10.00"}
