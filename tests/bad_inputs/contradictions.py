"""Entries that contradict each other: about nothing, from before it, twice, too much. Replay refuses them."""

from __future__ import annotations

from datetime import date

from arledger import (
    ArledgerError,
    Conflict,
    Designation,
    InvalidValue,
    Money,
    PaymentState,
    Refund,
    Transfer,
    Void,
)
from arledger.ledger.books import Entry
from bad_inputs.common import BadInput, charge, credit, payment
from bad_inputs.ledgers import END, FREE, PENDING, SETTLED, position
from ledger_facts import charged_back, returned, reversal, step, won_back


def _entry(what: str, entries: list[Entry], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    """Entries that contradict the ledger of charge R-03 and payment P-17 of 900.00 CAD, of 1 March."""
    return BadInput(f"contradiction: {what}", lambda: position(*entries), kind, field, message)


def refund(name: str, of: str, amount: str, on: int = 9) -> Refund:
    """So much of a payment is sent back."""
    return Refund(name, of, Money(amount, "CAD"), on=date(2026, 3, on))


def transferred(name: str, of: str, amount: str, on: int = 9) -> Transfer:
    """So much of a payment moves to another account."""
    return Transfer(name, of, Money(amount, "CAD"), on=date(2026, 3, on), to="A-2")


GONE = [charged_back("B-1", "P-17", 5, "40")]
ROWS = [
    # about nothing, or the wrong thing
    *(
        _entry(
            f"{what} of an unknown payment",
            [entry],
            Conflict,
            "payment",
            f"{name}: there is no payment P-99; record it too",
        )
        for what, name, entry in (
            ("a step", "payment step P-99/settled@2026-03-05", step("P-99", SETTLED, 5)),
            ("a return", "return N-1", returned("N-1", "P-99", 5)),
            ("a void", "void V-1", Void("V-1", "P-99", on=END)),
            ("a chargeback", "chargeback B-1", charged_back("B-1", "P-99", 5)),
            ("a refund", "refund F-1", refund("F-1", "P-99", "1")),
            ("a transfer", "transfer T-1", transferred("T-1", "P-99", "1")),
        )
    ),
    _entry(
        "a win of an unknown chargeback",
        [won_back("W-1", "B-9", 5)],
        Conflict,
        "chargeback",
        "won back W-1: there is no chargeback B-9; record it too",
    ),
    _entry(
        "a win of a payment",
        [won_back("W-1", "P-17", 5)],
        Conflict,
        "chargeback",
        "won back W-1: payment P-17 is no chargeback; name a chargeback",
    ),
    _entry(
        "a win of a return",
        [returned("N-1", "P-17", 4), won_back("W-1", "N-1", 5)],
        Conflict,
        "chargeback",
        "won back W-1: return N-1 is no chargeback; name a chargeback",
    ),
    _entry(
        "a return of a charge",
        [returned("N-1", "R-03", 5)],
        Conflict,
        "payment",
        "return N-1: charge R-03 is no payment; name a payment",
    ),
    _entry(
        "a return of a credit",
        [credit(), returned("N-1", "K-1", 5)],
        Conflict,
        "payment",
        "return N-1: credit K-1 is no payment; name a payment",
    ),
    _entry(
        "a refund of a credit",
        [credit(), refund("F-1", "K-1", "1")],
        Conflict,
        "payment",
        "refund F-1: credit K-1 is no payment; name a payment",
    ),
    _entry(
        "a step of a charge",
        [step("R-03", SETTLED, 5)],
        Conflict,
        "payment",
        "payment step R-03/settled@2026-03-05: charge R-03 is no payment; name a payment",
    ),
    _entry(
        "a reversal of nothing",
        [reversal("X-1", "R-99", 5)],
        Conflict,
        "of",
        "reversal X-1: there is no charge or credit R-99; record it too",
    ),
    _entry(
        "a reversal of a payment",
        [reversal("X-1", "P-17", 5)],
        Conflict,
        "of",
        "reversal X-1: payment P-17 is no charge or credit; name a charge or credit",
    ),
    # before it
    _entry(
        "a return before the payment",
        [returned("N-1", "P-17", date(2026, 2, 28))],
        InvalidValue,
        "on",
        "return N-1: on 2026-02-28, and payment P-17 is of 2026-03-01; pass that day or a later one",
    ),
    _entry(
        "settled before it was received",
        [step("P-17", SETTLED, date(2026, 2, 28))],
        InvalidValue,
        "on",
        "payment step P-17/settled@2026-02-28: on 2026-02-28, and payment P-17 is of 2026-03-01; "
        "pass that day or a later one",
    ),
    _entry(
        "a win before the chargeback",
        [*GONE, won_back("W-1", "B-1", 4)],
        InvalidValue,
        "on",
        "won back W-1: on 2026-03-04, and chargeback B-1 is of 2026-03-05; pass that day or a later one",
    ),
    _entry(
        "a reversal before the charge exists",
        [charge(id="R-04", due=END, posted=date(2026, 3, 9)), reversal("X-1", "R-04", 8)],
        InvalidValue,
        "on",
        "reversal X-1: on 2026-03-08, and charge R-04 is of 2026-03-09; pass that day or a later one",
    ),
    _entry(
        "a return posted before the payment",
        [payment(id="P-18", posted=date(2026, 3, 20)), returned("N-1", "P-18", 5)],
        InvalidValue,
        "posted",
        "return N-1: posted 2026-03-05, and payment P-18 was posted 2026-03-20; post it on that day or later",
    ),
    _entry(
        "a reversal posted before the credit",
        [credit(posted=date(2026, 3, 20)), reversal("X-1", "K-1", 5)],
        InvalidValue,
        "posted",
        "reversal X-1: posted 2026-03-05, and credit K-1 was posted 2026-03-20; post it on that day or later",
    ),
    # twice, and too much
    _entry(
        "a return twice",
        [returned("N-1", "P-17", 5), returned("N-2", "P-17", 6)],
        Conflict,
        "state",
        "return N-2: payment P-17 is returned on 2026-03-06, and cannot become returned; after returned comes nothing",
    ),
    _entry(
        "a return above what is left",
        [returned("N-1", "P-17", 5, "500"), returned("N-2", "P-17", 6, "400.01")],
        Conflict,
        "amount",
        "return N-2: of 400.01, and 400.00 of payment P-17 is left; pass at most what is left",
    ),
    _entry(
        "a chargeback above what is left",
        [returned("N-1", "P-17", 5, "500"), charged_back("B-1", "P-17", 6, "500")],
        Conflict,
        "amount",
        "chargeback B-1: of 500.00, and 400.00 of payment P-17 is left; pass at most what is left",
    ),
    _entry(
        "a return after a refund",
        [*FREE, refund("F-1", "P-18", "100"), returned("N-1", "P-18", 10)],
        Conflict,
        "amount",
        "return N-1: of 900.00 of payment P-18, of which 100.00 was refunded or transferred; "
        "record 800.00 as given back, and charge the rest to whoever got the refund",
    ),
    _entry(
        "a return after a refund of all",
        [*FREE, refund("F-1", "P-18", "900"), returned("N-1", "P-18", 10)],
        Conflict,
        "amount",
        "return N-1: of 900.00 of payment P-18, of which 900.00 was refunded or transferred; "
        "charge it to whoever got the refund",
    ),
    _entry(
        "a void after a transfer",
        [*FREE, transferred("T-1", "P-18", "1"), Void("V-1", "P-18", on=END)],
        Conflict,
        "amount",
        "void V-1: of 900.00 of payment P-18, of which 1.00 was refunded or transferred; "
        "record 899.00 as given back, and charge the rest to whoever got the refund",
    ),
    _entry(
        "more won than was charged back",
        [*GONE, won_back("W-1", "B-1", 6, "40.01")],
        Conflict,
        "amount",
        "won back W-1: of 40.01, and 40.00 of chargeback B-1 is left; pass at most what is left",
    ),
    _entry(
        "won twice",
        [*GONE, won_back("W-1", "B-1", 6), won_back("W-2", "B-1", 7)],
        Conflict,
        "amount",
        "won back W-2: nothing of chargeback B-1 is left; record each part once",
    ),
    _entry(
        "won after the payment was returned",
        [*GONE, returned("N-1", "P-17", 6), won_back("W-1", "B-1", 7)],
        Conflict,
        "state",
        "won back W-1: payment P-17 is returned on 2026-03-07, and cannot become settled; after returned comes nothing",
    ),
    _entry(
        "a refund of money at the bank",
        [*FREE, step("P-18", PENDING, 2), refund("F-1", "P-18", "1")],
        Conflict,
        "payment",
        "refund F-1: payment P-18 is pending on 2026-03-09; only settled money can leave",
    ),
    _entry(
        "a refund of what was returned",
        [*FREE, returned("N-1", "P-18", 5), refund("F-1", "P-18", "1")],
        Conflict,
        "payment",
        "refund F-1: payment P-18 is returned on 2026-03-09; only settled money can leave",
    ),
    _entry(
        "a refund of a payment that was never sent",
        [*FREE, step("P-18", PaymentState.SCHEDULED, 2), refund("F-1", "P-18", "1")],
        Conflict,
        "payment",
        "refund F-1: payment P-18 is scheduled on 2026-03-09; only settled money can leave",
    ),
    _entry(
        "refunds above the payment",
        [*FREE, refund("F-1", "P-18", "500"), refund("F-2", "P-18", "500", 10)],
        Conflict,
        "amount",
        "refund F-2: of 500.00 CAD, and 400.00 of payment P-18 is left; pass at most what of it is unapplied",
    ),
    _entry(
        "a refund of what is applied",
        [refund("F-1", "P-17", "1")],
        Conflict,
        "amount",
        "refund F-1: of 1.00 CAD, and 0.00 of payment P-17 is unapplied on 2026-03-09; "
        "pass at most what of it is unapplied",
    ),
    _entry(
        "a transfer of more than is unapplied",
        [
            payment(
                id="P-18",
                amount=Money("10", "CAD"),
                designations=[Designation("R-03", Money("4", "CAD"))],
                sequence=1,
            ),
            transferred("T-1", "P-18", "7"),
        ],
        Conflict,
        "amount",
        "transfer T-1: of 7.00 CAD, and 6.00 of payment P-18 is unapplied on 2026-03-09; "
        "pass at most what of it is unapplied",
    ),
    _entry(
        "a charge reversed twice",
        [reversal("X-1", "R-03", 5), reversal("X-2", "R-03", 6)],
        Conflict,
        "of",
        "reversal X-2: nothing of charge R-03 is left; reverse it once",
    ),
    _entry(
        "a part of a charge reversed",
        [reversal("X-1", "R-03", 5, "1")],
        InvalidValue,
        "amount",
        "reversal X-1: 1.00 CAD of charge R-03, which is reversed whole or not at all; "
        "grant a Credit for a part of a charge",
    ),
    _entry(
        "a credit reversed twice",
        [credit(), reversal("X-1", "K-1", 5), reversal("X-2", "K-1", 6)],
        Conflict,
        "of",
        "reversal X-2: nothing of credit K-1 is left; reverse it once",
    ),
    _entry(
        "more of a credit than is left",
        [credit(), reversal("X-1", "K-1", 5, "500"), reversal("X-2", "K-1", 6, "500")],
        Conflict,
        "of",
        "reversal X-2: of 500.00, and 400.00 of credit K-1 is left; reverse it once",
    ),
]
