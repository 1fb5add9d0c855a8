"""Receipts as text and as HTML. Rule R53."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest

from arledger import (
    OLDEST_FIRST,
    Bearer,
    BillingTeam,
    Charge,
    CheckoutPolicy,
    InvalidType,
    Invoice,
    Ledger,
    MethodKind,
    Money,
    PaymentMethod,
    PaymentState,
    Percent,
    Portal,
    ProcessingFee,
    Receipt,
    ReceiptWords,
    Refused,
    fee,
    quote,
    receipt_html,
    receipt_text,
    replay,
    submit,
)
from arledger.checkout.legs import Paying

DAY = date(2026, 3, 9)
CARD_FEE = ProcessingFee(fee.percent("2.9", of=fee.FACE), types="credit_card", borne_by=Bearer.PAYER)
AGREED = "I agree <to this> & that."


def receipt(paying: Paying = "M-2", fees: ProcessingFee = CARD_FEE, authorisation: str = AGREED) -> Receipt:
    """A receipt for 900.00 of invoice 7 and 100.00 of one without a number."""
    portal = Portal(
        invoices=[Invoice("INV-7", date=DAY, number="7"), Invoice("INV-8", date=DAY)],
        methods=[
            PaymentMethod("M-1", MethodKind.BANK_ACCOUNT, last_four="6789", nickname="Rosa"),
            PaymentMethod("M-2", MethodKind.CREDIT_CARD, last_four="4242"),
        ],
        policy=CheckoutPolicy(fees=fees, authorisation=authorisation),
        account="Rosa <Marsh>",
    )
    charges = [
        Charge("R-7", Money("900", "CAD"), due=DAY, invoice="INV-7"),
        Charge("R-8", Money("100", "CAD"), due=DAY, invoice="INV-8"),
    ]
    position = replay(Ledger("CAD", charges), by=OLDEST_FIRST, as_of=DAY)
    asked = quote(["INV-7", "INV-8"], position, portal, by=BillingTeam(), paying=paying)
    assert not isinstance(asked, Refused)
    paid = submit(asked, position, portal, transaction="T-1")
    assert not isinstance(paid, Refused)
    return paid


TEXT = """\
Receipt

Transaction: T-1
Date: March 9, 2026
For: Rosa <Marsh>
State: Settled

Invoice     Amount
-------  ---------
7          $900.00
INV-8      $100.00
Amount   $1,000.00

Paid by                        Amount
--------------------------  ---------
credit card ending in 4242  $1,000.00
Processing fee                 $29.00
Total                       $1,029.00

I agree <to this> & that.
"""


def test_R53_a_receipt_as_text() -> None:
    assert receipt_text(receipt(), locale="en_CA") == TEXT


def test_R53_a_fee_of_the_company_is_a_line_and_no_part_of_the_total() -> None:
    ours = attrs.evolve(CARD_FEE, borne_by=Bearer.COMPANY)
    text = receipt_text(receipt(fees=ours), locale="en_CA")
    assert "Processing fee, borne by us     $29.00" in text
    assert "Total                        $1,000.00" in text


def test_R53_a_receipt_in_another_language() -> None:
    words = ReceiptWords(
        receipt="Reçu",
        transaction="Opération",
        date="Date",
        payer="Payeur",
        account="Pour",
        state="État",
        invoice="Facture",
        amount="Montant",
        method="Payé par",
        fee="Frais",
        fee_of_company="Frais à notre charge",
        total="Total",
        states={PaymentState.PENDING: "À la banque"},
    )
    text = receipt_text(receipt("M-1", authorisation=""), locale="fr_CA", words=words)
    assert text.startswith("Reçu\n\nOpération: T-1\nDate: 9 mars 2026\nPour: Rosa <Marsh>\nÉtat: À la banque\n")
    assert "bank account Rosa  1\u00a0000,00\u00a0$" in text
    assert text.endswith("1\u00a0000,00\u00a0$\n")


class Cells(HTMLParser):
    """Reads the text of the cells, and sees that tags close in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data)


def test_R53_the_html_says_what_the_text_says_and_escapes_it() -> None:
    paid = receipt({"M-1": Percent(60), "M-2": Percent(40)})
    page = receipt_html(paid, locale="en_CA")
    assert page.startswith('<section class="receipt" lang="en">\n<h1>Receipt</h1>')
    assert "Rosa &lt;Marsh&gt;" in page
    assert "I agree &lt;to this&gt; &amp; that." in page
    reader = Cells()
    reader.feed(page)
    assert reader.open == []
    written = receipt_text(paid, locale="en_CA")
    for text in reader.texts:
        assert text in written
    assert [text for text in reader.texts if text.startswith("$")] == [
        "$900.00",
        "$100.00",
        "$1,000.00",
        "$600.00",
        "$400.00",
        "$11.60",
        "$1,011.60",
    ]
    assert "State: Pending" in written


def test_R53_a_receipt_without_a_text_to_agree_to_ends_with_its_tables() -> None:
    assert receipt_text(receipt(authorisation=""), locale="en_CA") == TEXT.removesuffix(f"\n{AGREED}\n")
    assert "<p>" not in receipt_html(receipt(authorisation=""), locale="en_CA")


def test_R53_the_payer_is_named_where_there_is_one() -> None:
    paid = receipt()
    named = attrs.evolve(paid, quote=attrs.evolve(paid.quote, payer="ana"))
    assert "\nPayer: ana\nFor: Rosa" in receipt_text(named, locale="en_CA")


def test_R53_words_that_are_not_given_are_english() -> None:
    """R53: also those of the states that a translation leaves out."""
    words = ReceiptWords(receipt="Reçu", states={PaymentState.SETTLED: "Réglé"})
    assert "State: Pending" in receipt_text(receipt("M-1"), locale="fr_CA", words=words)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"total": 5}, "receipt words: total is int, not str; "),
        ({"receipt": None}, "receipt words: receipt is None, not str; "),
        ({"states": {PaymentState.SETTLED: None}}, "receipt words: states is None, not str; "),
        ({"states": "settled"}, "receipt words: states is str, not Mapping; "),
    ],
)
def test_words_that_are_no_text_are_refused(given: Any, what: str) -> None:
    with pytest.raises(InvalidType, match=f"^{what}"):
        ReceiptWords(**given)
