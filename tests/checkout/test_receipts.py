"""Submitting, receipts and what is told of them, followed through the ledger. Rule R53."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from account_facts import cad, day, paid
from arledger import (
    OUTSTANDING,
    Association,
    Bearer,
    BillingTeam,
    Channel,
    ContactKind,
    EventKind,
    Payment,
    PaymentState,
    PaymentStep,
    PaymentTypes,
    Percent,
    Portal,
    Position,
    ProcessingFee,
    Quote,
    Readdressed,
    Receipt,
    RefusalKind,
    Return,
    RunBy,
    access,
    fee,
    followed,
    readdress,
    receipt_events,
    submit,
    wallet,
)
from ledger_facts import charged_back, returned, step, won_back
from portal_facts import (
    asked,
    card,
    care,
    contact,
    invoice,
    later,
    outstanding,
    policy,
    portal,
    refused,
    said,
    standing,
    submitted,
)

FEE = ProcessingFee(fee.percent(2, of=fee.FACE), types="credit_card", borne_by=Bearer.PAYER)
PLACE = portal(invoice(number="7"), policy=policy(fees=FEE, authorisation="I authorise it."), account="unit 4")
POSITION = standing(care(amount="100"))
SPLIT = {"card-ana": Percent(60), "bank-ana": Percent(40)}
BY_CARD, BY_BANK = asked(["INV-1"], POSITION, PLACE), asked(["INV-1"], POSITION, PLACE, paying="bank-ana")
BY_BOTH = asked(["INV-1"], POSITION, PLACE, paying=SPLIT)
CARD_TOLD, BANK_TOLD = "credit card ending in 4242", "bank account ending in 6789"


def test_r53_a_quote_states_everything_to_be_verified() -> None:
    """R53: method, amounts, fee and who bears it, and the authorisation."""
    assert str(BY_BOTH).splitlines() == [
        "invoice, 2026-03-09  payable     CAD",
        "-------------------  -------  ------",
        "7                     100.00  100.00",
        "amount                        100.00",
        "",
        "from                           CAD  processing fee  borne by  charged",
        "---------------------------  -----  --------------  --------  -------",
        "bank account ending in 6789  40.00                              40.00",
        "credit card ending in 4242   60.00            1.20  payer       61.20",
        "total                                                          101.20",
        "",
        "I authorise it.",
    ]
    assert "I authorise" not in str(asked(["INV-1"], POSITION))


def test_r51_the_date_is_given_and_nobody_chooses_it() -> None:
    assert (BY_CARD.on, BY_CARD.payments[0].received) == (day(9), day(9))
    tomorrow = asked(["INV-1"], later(POSITION, on=10), PLACE)
    assert (tomorrow.on, tomorrow.payments[0].received) == (day(10), day(10))


def test_r53_a_card_payment_is_settled_at_once() -> None:
    receipt = submitted(BY_CARD, POSITION, PLACE)
    assert receipt.entries == BY_CARD.payments
    assert receipt.states == ((BY_CARD.id, PaymentState.SETTLED),)
    assert receipt.state is PaymentState.SETTLED
    assert outstanding(later(POSITION, *receipt.entries), invoice()) == {"INV-1": ("0.00", "0.00")}


def test_r53_a_bank_debit_is_pending_and_nothing_is_payable_until_it_fails() -> None:
    receipt = submitted(BY_BANK, POSITION, PLACE)
    pending = PaymentStep(BY_BANK.id, PaymentState.PENDING, on=day(9))
    assert receipt.entries == (*BY_BANK.payments, pending)
    after = later(POSITION, *receipt.entries)
    assert outstanding(after, invoice()) == {"INV-1": ("100.00", "0.00")}
    failed = later(after, step(BY_BANK.id, PaymentState.REJECTED, 10), on=10)
    assert outstanding(failed, invoice()) == {"INV-1": ("100.00", "100.00")}
    assert asked(["INV-1"], failed, PLACE).amount == cad("100")


def test_r53_a_payment_is_of_its_payer_by_its_type_and_for_its_invoice() -> None:
    (payment,) = BY_CARD.payments
    assert (payment.payer, payment.method, payment.amount) == ("ana", "credit_card", cad("100"))
    assert payment.id == BY_CARD.id == asked(["INV-1"], POSITION, PLACE).id
    assert BY_CARD.id.startswith("Q-")
    assert len({BY_CARD.id, BY_BANK.id, BY_BOTH.id, asked({"INV-1": cad("1")}, POSITION, PLACE).id}) == 4


def test_r53_a_receipt_says_who_paid_what_for_whom_and_by_what() -> None:
    """R53: payer, resident, transaction, date, kinds of methods with their last digits, invoices, fee, total."""
    receipt = submitted(BY_BOTH, POSITION, PLACE)
    assert str(receipt).splitlines() == [
        "receipt T-1, 2026-03-09: pending",
        "payer ana",
        "for unit 4",
        "",
        "invoice            CAD",
        "--------------  ------",
        "7               100.00",
        "amount          100.00",
        "processing fee    1.20",
        "total           101.20",
        "",
        "from                           CAD  processing fee  borne by  charged",
        "---------------------------  -----  --------------  --------  -------",
        "bank account ending in 6789  40.00                              40.00",
        "credit card ending in 4242   60.00            1.20  payer       61.20",
        "total                                                          101.20",
        "",
        "I authorise it.",
    ]
    assert (receipt.payer, receipt.account, receipt.on, receipt.transaction) == ("ana", "unit 4", day(9), "T-1")
    assert (receipt.amount, receipt.total) == (cad("100"), cad("101.20"))
    assert (receipt.lines, receipt.legs) == (BY_BOTH.lines, BY_BOTH.legs)


def test_r53_a_receipt_leaves_out_what_there_is_not() -> None:
    own = portal(
        invoice(payer=None),
        people=(),
        contacts=contact(payer=None, kind=ContactKind.SELF),
        methods=card(None, id="M-1"),
    )
    receipt = submitted(asked(["INV-1"], POSITION, own, paying="M-1"), POSITION, own)
    assert receipt.payer is None
    assert str(receipt).splitlines()[:7] == [
        "receipt T-1, 2026-03-09: settled",
        "",
        "invoice     CAD",
        "-------  ------",
        "INV-1    100.00",
        "amount   100.00",
        "total    100.00",
    ]
    assert "authorise" not in str(receipt)


ACH, CARD = f"{BY_BOTH.id}/1", f"{BY_BOTH.id}/2"
PENDING, SETTLED = PaymentState.PENDING, PaymentState.SETTLED


@pytest.mark.parametrize(
    ("entries", "states", "state"),
    [
        ([], (PENDING, SETTLED), PENDING),
        ([step(ACH, SETTLED, 11)], (SETTLED, SETTLED), SETTLED),
        ([step(ACH, PaymentState.REJECTED, 11)], (PaymentState.REJECTED, SETTLED), PaymentState.REJECTED),
        ([step(ACH, SETTLED, 11), returned("N", ACH, 12)], (PaymentState.RETURNED, SETTLED), PaymentState.RETURNED),
        ([charged_back("B", CARD, 11)], (PENDING, PaymentState.CHARGED_BACK), PaymentState.CHARGED_BACK),
        ([charged_back("B", CARD, 11), won_back("W", "B", 12)], (PENDING, SETTLED), PENDING),
        ([returned("N", ACH, 11, "15")], (PENDING, SETTLED), PENDING),
        ([step(ACH, SETTLED, 20)], (PENDING, SETTLED), PENDING),
    ],
)
def test_r53_a_receipt_of_several_legs_is_followed_through_the_ledger(
    entries: list[Any], states: tuple[PaymentState, ...], state: PaymentState
) -> None:
    """R53: what came back shows first, then what is under way; settled only if all is."""
    receipt = submitted(BY_BOTH, POSITION, PLACE)
    after = later(POSITION, *receipt.entries, *entries, on=15)
    now = followed(receipt, after)
    assert now.states == tuple(zip((ACH, CARD), states, strict=True))
    assert now.state is state
    assert attrs.evolve(now, states=receipt.states) == receipt
    assert str(now).splitlines()[0] == f"receipt T-1, 2026-03-09: {state.value.replace('_', ' ')}"


def test_r53_what_is_not_recorded_stays_as_it_was() -> None:
    receipt = submitted(BY_BOTH, POSITION, PLACE)
    assert followed(receipt, POSITION) == receipt
    assert receipt_events(receipt, POSITION) == receipt_events(receipt)


def told(receipt: Receipt, position: Position | None = None) -> list[str]:
    """The events of a receipt, as they are told."""
    return [str(event) for event in receipt_events(receipt, position)]


CONFIRMED = "2026-03-09 T-1 confirmed 101.20 CAD"
AT_THE_BANK = f"2026-03-09 T-1 pending 40.00 CAD: {BANK_TOLD}"


@pytest.mark.parametrize(
    ("entries", "more"),
    [
        ([], []),
        ([step(ACH, SETTLED, 11)], [f"2026-03-11 T-1 succeeded 40.00 CAD: {BANK_TOLD}"]),
        ([step(ACH, PaymentState.REJECTED, 11)], [f"2026-03-11 T-1 failed 40.00 CAD: {BANK_TOLD}: rejected"]),
        (
            [step(ACH, SETTLED, 11), returned("N", ACH, 12), charged_back("B", CARD, 11)],
            [
                f"2026-03-11 T-1 succeeded 40.00 CAD: {BANK_TOLD}",
                f"2026-03-11 T-1 failed 60.00 CAD: {CARD_TOLD}: charged back",
                f"2026-03-12 T-1 failed 40.00 CAD: {BANK_TOLD}: returned",
            ],
        ),
        (
            [charged_back("B", CARD, 11), won_back("W", "B", 12)],
            [
                f"2026-03-11 T-1 failed 60.00 CAD: {CARD_TOLD}: charged back",
                f"2026-03-12 T-1 succeeded 60.00 CAD: {CARD_TOLD}",
            ],
        ),
        ([step(ACH, SETTLED, 20)], []),
    ],
)
def test_r53_events_are_told_in_the_order_of_their_days(entries: list[Any], more: list[str]) -> None:
    """R53: confirmed at once; a bank debit is pending, and then succeeds or fails; none is told before its day."""
    receipt = submitted(BY_BOTH, POSITION, PLACE)
    after = later(POSITION, *receipt.entries, *entries, on=15)
    assert told(receipt) == [CONFIRMED, AT_THE_BANK]
    assert told(receipt, after) == [CONFIRMED, AT_THE_BANK, *more]


@pytest.mark.parametrize("paying", ["card-ana", "bank-ana", SPLIT])
def test_r53_what_was_told_stays_told_so_that_a_host_tells_only_what_is_new(paying: Any) -> None:
    """R53: every later list of events begins with the earlier one, whatever befalls the payments."""
    receipt = submitted(asked(["INV-1"], POSITION, PLACE, paying=paying), POSITION, PLACE)
    known, before = later(POSITION, *receipt.entries), receipt_events(receipt)
    ids = [payment.id for payment in receipt.quote.payments]
    befalls = [
        [returned(f"N-{name}", name, 12, "10") for name in ids],
        [returned(f"M-{name}", name, 14) for name in ids],
    ]
    for entries in befalls:
        known = later(known, *entries, on=15)
        now = receipt_events(receipt, known)
        assert now[: len(before)] == before
        before = now
    failed = [event for event in before if event.kind is EventKind.FAILED]
    assert {event.text.rpartition(": ")[2] for event in failed} == {"a part came back"}
    assert sum(event.amount.minor for event in failed if event.amount) == receipt.amount.minor
    assert [str(event.amount) for event in failed if event.on.day == 12] == ["10.00 CAD"] * len(ids)
    assert "succeeded" not in [event.kind.value for event in before]


def test_r53_in_closed_books_a_payment_is_posted_on_the_first_open_day() -> None:
    """R44: and counts from the day on which it was made."""
    position = standing(care(amount="100"), closed_through=day(12))
    receipt = submitted(asked(["INV-1"], position, PLACE, paying="bank-ana"), position, PLACE)
    assert {entry.posted for entry in receipt.entries} == {day(13)}
    after = later(position, *receipt.entries)
    assert outstanding(after, invoice()) == {"INV-1": ("100.00", "0.00")}


def resubmitted(
    position: Position = POSITION, place: Portal = PLACE, found: Quote = BY_CARD
) -> list[tuple[RefusalKind, str]]:
    """Why a quote is not submitted."""
    return said(submit(found, position, place, transaction="T-2"))


TWICE = [(RefusalKind.SUBMITTED, "the quote was submitted before")]
CHANGED = [(RefusalKind.CHANGED, "the account has changed since the quote was made")]


@pytest.mark.parametrize("found", [BY_CARD, BY_BANK, BY_BOTH])
def test_r53_nothing_is_submitted_twice(found: Quote) -> None:
    """R53: neither on the day, nor later, nor when a leg alone was recorded, nor when it failed."""
    entries = submitted(found, POSITION, PLACE).entries
    after = later(POSITION, *entries)
    assert resubmitted(after, found=found) == TWICE
    assert resubmitted(later(after, on=20), found=found) == TWICE
    assert resubmitted(later(POSITION, found.payments[-1]), found=found) == TWICE
    back = [Return(f"N-{one.id}", one.id, on=day(9)) for one in found.payments]
    assert resubmitted(later(after, *back), found=found) == TWICE
    again = asked(["INV-1"], later(after, *back), PLACE)
    assert again.id != found.id
    assert isinstance(submit(again, later(after, *back), PLACE, transaction="T-2"), Receipt)


@pytest.mark.parametrize(("number", "text"), [(10, "2026-03-10"), (8, "2026-03-08")])
def test_r53_a_quote_is_of_its_day(number: int, text: str) -> None:
    assert resubmitted(later(POSITION, on=number)) == [
        (RefusalKind.LATE, f"the quote is of 2026-03-09, and it is {text}")
    ]


@pytest.mark.parametrize(
    "entry",
    [
        care("C-9", "1"),
        care("C-9", "1", "INV-9", payer="ben"),
        paid("P-9", "1", 9, payer="ben"),
        paid("P-9", "1", 2),
    ],
)
def test_r53_a_new_entry_changes_the_account(entry: Any) -> None:
    """R53: the fingerprint differs, whomever the entry is about."""
    assert resubmitted(later(POSITION, entry)) == CHANGED


def of_ana(step: Any, **given: Any) -> Portal:
    """The portal after a step with ana's card."""
    return attrs.evolve(PLACE, methods=step(PLACE.methods, "card-ana", **given))


DISABLED = attrs.evolve(PLACE, contacts=[access.disable(contact()), contact("ben")])
TYPES = PaymentTypes(accepted=["ach", "credit_card"], resident_portal="ach")


@pytest.mark.parametrize(
    ("place", "reasons"),
    [
        (of_ana(wallet.disable), [(RefusalKind.METHOD_UNUSABLE, "card-ana: method disabled")]),
        (of_ana(wallet.delete), [(RefusalKind.METHOD_UNUSABLE, "card-ana: method deleted")]),
        (of_ana(wallet.edit, nickname="Ana"), CHANGED),
        (DISABLED, [(RefusalKind.NO_ACCESS, "K-ana: access is disabled")]),
        (
            attrs.evolve(PLACE, invoices=invoice(payer="ben")),
            [(RefusalKind.NOT_THEIRS, "INV-1: there is no such invoice")],
        ),
        (attrs.evolve(PLACE, invoices=invoice(number="8")), CHANGED),
        (attrs.evolve(PLACE, policy=policy(authorisation="I authorise it.")), CHANGED),
        (attrs.evolve(PLACE, policy=policy(fees=FEE)), CHANGED),
        (
            attrs.evolve(PLACE, policy=policy(run_by=RunBy.BILLING_TEAM)),
            [(RefusalKind.RUN_BY_OTHERS, "K-ana: payments are run by the billing team")],
        ),
        (
            attrs.evolve(PLACE, types=TYPES),
            [(RefusalKind.TYPE_NOT_TAKEN, "credit_card: is not taken in the resident portal")],
        ),
    ],
)
def test_r53_a_change_of_what_was_quoted_is_refused(place: Portal, reasons: list[Any]) -> None:
    """R53, R54: a method, an access, an address, the policy; the reason is that of now."""
    assert resubmitted(place=place) == reasons


@pytest.mark.parametrize(
    "place",
    [
        attrs.evolve(PLACE, methods=wallet.make_default(PLACE.methods, "card-ana")),
        attrs.evolve(PLACE, methods=wallet.disable(PLACE.methods, "card-ben")),
        attrs.evolve(
            PLACE, contacts=[access.change_email(contact(), "new@example.org"), access.disable(contact("ben"))]
        ),
        attrs.evolve(PLACE, associations=Association("A-1", "ben", client="Roy")),
        attrs.evolve(PLACE, invoices=[invoice(number="7"), invoice("INV-9", "ben")]),
        attrs.evolve(PLACE, types=attrs.evolve(TYPES, resident_portal=("credit_card",))),
        attrs.evolve(PLACE, types=TYPES, channel=Channel.OFFICE),
    ],
)
def test_r53_what_the_quote_does_not_rest_on_may_change(place: Portal) -> None:
    assert isinstance(submit(BY_CARD, POSITION, place, transaction="T-1"), Receipt)


def test_r53_everything_that_is_outstanding_is_asked_again() -> None:
    """R51, R53: a new invoice changes what the whole is."""
    whole = asked(OUTSTANDING, POSITION, PLACE)
    more = attrs.evolve(PLACE, invoices=[invoice(number="7"), invoice("INV-9", number="9")])
    assert resubmitted(later(POSITION, care("C-9", "1", "INV-9")), more, whole) == CHANGED
    assert isinstance(submit(whole, POSITION, more, transaction="T-1"), Receipt)


def test_r49_a_quote_of_an_invoice_that_was_re_addressed_is_refused() -> None:
    position = standing(care(amount="100", payer="ana"))
    found = asked(["INV-1"], position)
    moved = readdress(invoice(), position, to="ben", on=day(9))
    assert isinstance(moved, Readdressed)
    after = later(position, *moved.entries)
    there = portal(moved.invoice)
    assert resubmitted(after, there, found) == [(RefusalKind.NOT_THEIRS, "INV-1: there is no such invoice")]
    assert refused(["INV-1"], after, there, by=BillingTeam("ana"))[0][0] is RefusalKind.NOT_THEIRS
    assert asked(["INV-1"], after, there, by="K-ben", paying="card-ben").amount == cad("100")


def test_r49_while_a_portals_payment_is_at_the_bank_its_invoice_stays_where_it_is() -> None:
    after = later(POSITION, *submitted(BY_BANK, POSITION, PLACE).entries)
    assert said(readdress(invoice(), after, to="ben", on=day(9))) == [
        (RefusalKind.UNDER_WAY, "INV-1: a payment on it is at the bank")
    ]


def test_r54_the_billing_teams_payment_is_the_payers() -> None:
    """R54: the same payment as the payer's own, but for its id."""
    found = asked(["INV-1"], POSITION, PLACE, by=BillingTeam("ana"))
    (mine,), (theirs,) = found.payments, BY_CARD.payments
    assert isinstance(mine, Payment)
    assert attrs.evolve(mine, id=theirs.id) == theirs
    assert mine.id != theirs.id
    assert (found.lines, found.legs, found.total) == (BY_CARD.lines, BY_CARD.legs, BY_CARD.total)
