"""A receipt on paper: as text, and as HTML.

The problem: a payer wants a receipt in their own language and form, and the host's page, mail and PDF each want it in
another. The decision: what a receipt says is one list of lines, made once; text and HTML are two ways to write it. The
words are a value that a host may translate; amounts and days are written by a locale.

Source: rule R53; ALIS's "Download Receipt".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from types import MappingProxyType

import attrs

from arledger.checkout.processing import Bearer
from arledger.checkout.receipts import Receipt
from arledger.checks import check_id, check_instance
from arledger.entries import PaymentState
from arledger.money import Money
from arledger.tables import text_table
from arledger.text.amounts import date_text, known_locale, money_text

_STATES = MappingProxyType({state: state.value.replace("_", " ").capitalize() for state in PaymentState})


@attrs.frozen(kw_only=True)
class ReceiptWords:
    """The words of a receipt, in English unless given in another language; ``states`` may be some of them.

    Refused: a word that is no text.
    """

    receipt: str = "Receipt"
    transaction: str = "Transaction"
    date: str = "Date"
    payer: str = "Payer"
    account: str = "For"
    state: str = "State"
    invoice: str = "Invoice"
    amount: str = "Amount"
    method: str = "Paid by"
    fee: str = "Processing fee"
    fee_of_company: str = "Processing fee, borne by us"
    total: str = "Total"
    states: Mapping[PaymentState, str] = attrs.field(default=_STATES)

    def __attrs_post_init__(self) -> None:
        subject = "receipt words"
        check_instance(self.states, Mapping, subject, "states", "pass a word for each PaymentState")
        object.__setattr__(self, "states", MappingProxyType({**_STATES, **self.states}))
        words = [(field.name, getattr(self, field.name)) for field in attrs.fields(ReceiptWords)][:-1]
        for field, word in (*words, *(("states", word) for word in self.states.values())):
            check_id(word, subject, field)


ENGLISH = ReceiptWords()
"""The words of a receipt in English."""

Lines = Sequence[tuple[str, str]]


@attrs.frozen
class _Written:
    """What a receipt says: facts, what was paid, by what, and the text that was agreed to."""

    title: str
    facts: Lines
    invoices: Lines
    methods: Lines
    authorisation: str


def receipt_text(receipt: Receipt, *, locale: str, words: ReceiptWords = ENGLISH) -> str:
    """A receipt as plain text.

    Refused: an unknown locale (``UnknownName``).
    """
    written = _written(receipt, locale, words)
    texts = [
        written.title,
        "\n".join(f"{name}: {value}" for name, value in written.facts),
        text_table((words.invoice, words.amount), written.invoices, right=(1,)),
        text_table((words.method, words.amount), written.methods, right=(1,)),
    ]
    if written.authorisation:
        texts.append(written.authorisation)
    return "\n\n".join(texts) + "\n"


def receipt_html(receipt: Receipt, *, locale: str, words: ReceiptWords = ENGLISH) -> str:
    """A receipt as an HTML section, without styles: a heading, a list, two tables, a paragraph; all text escaped.

    Refused: an unknown locale (``UnknownName``).
    """
    written = _written(receipt, locale, words)
    language = known_locale(locale, "receipt_html").language
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in written.facts)
    parts = [
        f'<section class="receipt" lang="{language}">',
        f"<h1>{escape(written.title)}</h1>",
        f"<dl>{facts}</dl>",
        _html_table((words.invoice, words.amount), written.invoices),
        _html_table((words.method, words.amount), written.methods),
    ]
    if written.authorisation:
        parts.append(f"<p>{escape(written.authorisation)}</p>")
    return "\n".join([*parts, "</section>"]) + "\n"


def _written(receipt: Receipt, locale: str, words: ReceiptWords) -> _Written:
    check_instance(receipt, Receipt, "receipt", "receipt", "pass what submit gave")
    check_instance(words, ReceiptWords, "receipt", "words")

    def money(amount: Money) -> str:
        return money_text(amount, locale=locale)

    facts = [(words.transaction, receipt.transaction), (words.date, date_text(receipt.on, locale=locale, style="long"))]
    facts += [
        (name, value) for name, value in ((words.payer, receipt.payer), (words.account, receipt.account)) if value
    ]
    facts.append((words.state, words.states[receipt.state]))
    invoices = [(line.number or line.invoice, money(line.amount)) for line in receipt.lines]
    invoices.append((words.amount, money(receipt.amount)))
    methods = []
    for leg in receipt.legs:
        methods.append((leg.label, money(leg.amount)))
        if leg.borne_by is not None:
            methods.append((words.fee if leg.borne_by is Bearer.PAYER else words.fee_of_company, money(leg.fee)))
    methods.append((words.total, money(receipt.total)))
    return _Written(words.receipt, facts, invoices, methods, receipt.quote.authorisation)


def _html_table(header: Iterable[str], rows: Iterable[tuple[str, str]]) -> str:
    heading = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = "".join(f"<tr><td>{escape(name)}</td><td>{escape(value)}</td></tr>" for name, value in rows)
    return f"<table><thead><tr>{heading}</tr></thead><tbody>{body}</tbody></table>"
