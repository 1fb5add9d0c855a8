"""From a quote to a receipt: submitting, and what became of it.

The problem: a button that is pressed twice pays twice, one that is pressed the next day pays what is not owed any more,
and a receipt says "successful" of a bank debit that came back. The decision: ``submit`` makes the quote again, from the
account and the portal as they are now, and goes on only if it is the same to the cent. What it gives is a receipt with
the entries to record; the state of each payment is then read from the account, and events follow from it.

Source: rule R53; ALIS's receipt, RapidWorks's confirmations.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import attrs

from arledger.checkout.choice import QuoteLine
from arledger.checkout.legs import QuoteLeg
from arledger.checkout.portal import Portal
from arledger.checkout.quotes import Quote, Refused, legs_text, quoted
from arledger.checks import check_id, check_instance
from arledger.entries import Chargeback, Payment, PaymentState, PaymentStep, Return
from arledger.ledger.books import open_day
from arledger.ledger.position import Position
from arledger.money import Money, amount_text, money_of
from arledger.payers.events import Event, EventKind
from arledger.payers.refusals import Refusal, RefusalKind
from arledger.tables import text_table

_UNDER_WAY = (PaymentState.SCHEDULED, PaymentState.PENDING)
_CAME_BACK = (PaymentState.RETURNED, PaymentState.CHARGED_BACK)


@attrs.frozen(order=False)
class Receipt:
    """What was paid. Prints as a receipt.

    ``transaction`` is the host's own id of it, ``account`` the resident or customer. ``entries`` are to be recorded in
    the ledger: the payments, and the steps of those that are under way. ``states`` are those of the payments, by id.
    """

    transaction: str
    quote: Quote
    account: str | None
    entries: tuple[Payment | PaymentStep, ...] = attrs.field(repr=False)
    states: tuple[tuple[str, PaymentState], ...]

    @property
    def payer(self) -> str | None:
        """Whose money it is."""
        return self.quote.payer

    @property
    def on(self) -> datetime.date:
        """The day of the payment."""
        return self.quote.on

    @property
    def lines(self) -> tuple[QuoteLine, ...]:
        """The invoices, with their amounts."""
        return self.quote.lines

    @property
    def legs(self) -> tuple[QuoteLeg, ...]:
        """The methods, with their amounts and fees."""
        return self.quote.legs

    @property
    def amount(self) -> Money:
        """What was paid to the account."""
        return self.quote.amount

    @property
    def total(self) -> Money:
        """What the payer paid in all."""
        return self.quote.total

    @property
    def state(self) -> PaymentState:
        """Where it is: as the first of its payments that came back; else under way while one is; else settled."""
        states = [state for _, state in self.states]
        came_back = next((state for state in states if state not in (*_UNDER_WAY, PaymentState.SETTLED)), None)
        under_way = next((state for state in states if state in _UNDER_WAY), None)
        return came_back or under_way or PaymentState.SETTLED

    def __str__(self) -> str:
        currency = self.quote.currency
        heading = [f"receipt {self.transaction}, {self.on}: {self.state.value.replace('_', ' ')}"]
        heading += [f"{what} {name}" for what, name in (("payer", self.payer), ("for", self.account)) if name]
        rows = [(line.number or line.invoice, amount_text(line.amount)) for line in self.lines]
        rows.append(("amount", amount_text(self.amount)))
        if self.quote.fee:
            rows.append(("processing fee", amount_text(self.quote.fee)))
        rows.append(("total", amount_text(self.total)))
        texts = [
            "\n".join(heading),
            text_table(("invoice", currency), rows, right=(1,)),
            legs_text(self.legs, currency),
        ]
        if self.quote.authorisation:
            texts.append(self.quote.authorisation)
        return "\n\n".join(texts)


def submit(quote: Quote, position: Position, portal: Portal, *, transaction: str) -> Receipt | Refused:
    """Pay what was quoted, on the same day, if nothing has changed since; or why not.

    ``position`` and ``portal`` are those of now; ``transaction`` is the host's own id of the payment. Record the
    entries of the receipt: a second submission is then refused, and so are their ids.

    >>> from arledger import (OLDEST_FIRST, AccessLevel, Charge, Contact, ContactState, Invoice, Ledger, MethodKind,
    ...                       PaymentMethod, quote, record, replay)
    >>> portal = Portal(
    ...     invoices=Invoice("INV-7", date=datetime.date(2026, 3, 1), payer="ana"),
    ...     contacts=Contact("C-1", payer="ana", email="ana@example.org", access=AccessLevel.BILLING,
    ...                      state=ContactState.ACTIVE),
    ...     methods=PaymentMethod("M-1", MethodKind.BANK_ACCOUNT, payer="ana", last_four="6789"))
    >>> care = Charge("R-3", Money("900", "CAD"), due=datetime.date(2026, 3, 1), invoice="INV-7")
    >>> books = Ledger("CAD", [care])
    >>> position = replay(books, by=OLDEST_FIRST, as_of=datetime.date(2026, 3, 9))
    >>> asked = quote(["INV-7"], position, portal, by="C-1", paying="M-1")
    >>> receipt = submit(asked, position, portal, transaction="T-1")
    >>> receipt.state, str(receipt.total)
    (PaymentState.PENDING, '900.00 CAD')
    >>> after = replay(record(books, receipt.entries), by=OLDEST_FIRST, as_of=datetime.date(2026, 3, 9))
    >>> print(submit(asked, after, portal, transaction="T-2"))
    the quote was submitted before

    Source: rule R53.
    """
    check_instance(quote, Quote, "submit", "quote", "pass what quote gave")
    check_instance(position, Position, "submit", "position", "pass what replay gave")
    check_instance(portal, Portal, "submit", "portal")
    check_id(transaction, "submit", "transaction")
    refusal = _why_not(quote, position)
    if refusal is not None:
        return Refused((refusal,))
    again = quoted(quote.wanted, quote.parts, position, portal, quote.by)
    if isinstance(again, Refused):
        return again
    if again != quote:
        return Refused((Refusal(RefusalKind.CHANGED, "the account has changed since the quote was made"),))
    states = [
        (payment.id, PaymentState.SETTLED if leg.settles_at_once else PaymentState.PENDING)
        for payment, leg in zip(quote.payments, quote.legs, strict=True)
    ]
    steps = tuple(
        PaymentStep(name, state, on=quote.on, posted=open_day(position.ledger, quote.on))
        for name, state in states
        if state is PaymentState.PENDING
    )
    return Receipt(transaction, quote, portal.account, (*quote.payments, *steps), tuple(states))


def _why_not(quote: Quote, position: Position) -> Refusal | None:
    if any(payment.id in position.ledger.by_id for payment in quote.payments):
        return Refusal(RefusalKind.SUBMITTED, "the quote was submitted before")
    if position.as_of != quote.on:
        return Refusal(RefusalKind.LATE, f"the quote is of {quote.on}, and it is {position.as_of}")
    return None


def followed(receipt: Receipt, position: Position) -> Receipt:
    """The receipt with the states that its payments have by a position; those that are not recorded stay.

    Source: rule R53.
    """
    check_instance(receipt, Receipt, "followed", "receipt", "pass what submit gave")
    check_instance(position, Position, "followed", "position", "pass what replay gave")
    states = tuple((name, position.states.get(name, state)) for name, state in receipt.states)
    return attrs.evolve(receipt, states=states)


def receipt_events(receipt: Receipt, position: Position | None = None) -> tuple[Event, ...]:
    """All that is to be told of a payment, in the order of its days: of its submission, and of what a position knows.

    The same event is the same value, so that a host tells only of those that it has not told of yet.

    >>> print(Event(EventKind.SUCCEEDED, datetime.date(2026, 3, 12), "T-1", "bank account ending in 6789"))
    2026-03-12 T-1 succeeded: bank account ending in 6789

    Source: rule R53; RapidWorks's e-mails.
    """
    check_instance(receipt, Receipt, "receipt_events", "receipt", "pass what submit gave")
    found = [Event(EventKind.CONFIRMED, receipt.on, receipt.transaction, "", receipt.total)]
    for payment, leg in zip(receipt.quote.payments, receipt.legs, strict=True):
        if not leg.settles_at_once:
            found.append(Event(EventKind.PENDING, receipt.on, receipt.transaction, leg.label, leg.amount))
        if position is not None:
            check_instance(position, Position, "receipt_events", "position", "pass what replay gave")
            found += _later(receipt, payment, leg, position)
    return tuple(sorted(found, key=lambda event: event.on))


def _later(receipt: Receipt, payment: Payment, leg: QuoteLeg, position: Position) -> Iterator[Event]:
    """What became of a payment after it was submitted, as far as the position knows."""
    life = position.view.lives.get(payment.id)
    if life is None:
        return
    for day, state in life.states[1:] if leg.settles_at_once else life.states:  # what settled at once was confirmed
        if day <= position.as_of and state not in (*_UNDER_WAY, *_CAME_BACK):
            is_settled = state is PaymentState.SETTLED
            text = leg.label if is_settled else f"{leg.label}: {state.value.replace('_', ' ')}"
            kind = EventKind.SUCCEEDED if is_settled else EventKind.FAILED
            yield Event(kind, day, receipt.transaction, text, leg.amount)
    for shift in life.shifts:
        if shift.minor < 0 and isinstance(shift.entry, (Return, Chargeback)):
            amount = money_of(-shift.minor, leg.amount.currency)
            state = PaymentState.RETURNED if isinstance(shift.entry, Return) else PaymentState.CHARGED_BACK
            how = state.value.replace("_", " ") if amount == leg.amount else "a part came back"
            yield Event(EventKind.FAILED, shift.entry.on, receipt.transaction, f"{leg.label}: {how}", amount)
