"""A quote: what somebody is about to pay, to the cent, before they do.

The problem: between "Verify Payment" and "Submit Payment" a bank debit may have gone out, a fee may have been charged
or a card deleted, and the button pays what was true before. The decision: a ``Quote`` states everything, the invoices
and their amounts, the methods, the fees and who bears them, and the text that is agreed to; it carries the fingerprint
of the account, and its payments have ids that follow from it. Nothing is changed by it: see ``submit``.

Source: rules R49 to R54.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import deque
from collections.abc import Iterator, Sequence

import attrs

from arledger import where
from arledger.allocation.decision import allocate
from arledger.checkout.choice import Choice, Everything, QuoteLine, checked_choice, lines_of
from arledger.checkout.legs import Parts, Paying, QuoteLeg, amounts_by_method, checked_parts, leg_of, why_not_by
from arledger.checkout.portal import Actor, Portal, check_actor
from arledger.checkout.processing import Bearer
from arledger.checks import check_instance
from arledger.entries import Application, Designation, Payment
from arledger.errors import CurrencyMismatch
from arledger.items import OpenItem
from arledger.ledger.books import free_id, open_day
from arledger.ledger.position import Position
from arledger.money import Money, amount_text, money_of, total
from arledger.payers.invoices import invoice_balances, items_by_invoice
from arledger.payers.payment_types import Takes, takes_of
from arledger.payers.refusals import Refusal, RefusalKind
from arledger.tables import text_table

_ID_DIGITS = 16


@attrs.frozen
class Refused:
    """Why a payment cannot be made: all reasons at once. Prints as them, a line each."""

    reasons: tuple[Refusal, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.reasons))


@attrs.frozen(order=False)
class Quote:
    """What is about to be paid, and by what. Prints as it is to be verified.

    ``on`` is the day of the payment, which nobody chooses. ``amount`` is what the invoices get, ``fee`` what processing
    costs the payer, ``total`` both. ``payments`` are what the legs would become; ``id`` is the id of the quote, from
    which theirs follow. ``authorisation`` is the text that is agreed to by submitting.
    """

    id: str
    by: Actor
    payer: str | None
    on: datetime.date
    lines: tuple[QuoteLine, ...]
    legs: tuple[QuoteLeg, ...]
    payments: tuple[Payment, ...]
    authorisation: str
    fingerprint: str = attrs.field(repr=False)
    wanted: Everything | tuple[tuple[str, Money | None], ...] = attrs.field(repr=False)
    parts: Parts = attrs.field(repr=False)

    @property
    def currency(self) -> str:
        """The currency of its amounts."""
        return self.lines[0].amount.currency

    @property
    def amount(self) -> Money:
        """What is paid to the account."""
        return total([line.amount for line in self.lines], self.currency)

    @property
    def prepayment(self) -> Money:
        """What of the amount is more than is payable; what becomes of it is for the account's terms to say."""
        return self.amount - total([line.applied for line in self.lines], self.currency)

    @property
    def fee(self) -> Money:
        """What processing costs the payer, beside the amount."""
        return total([leg.fee for leg in self.legs if leg.borne_by is Bearer.PAYER], self.currency)

    @property
    def total(self) -> Money:
        """What the payer pays in all."""
        return self.amount + self.fee

    def __str__(self) -> str:
        rows = [
            (line.number or line.invoice, amount_text(line.payable), amount_text(line.amount)) for line in self.lines
        ]
        rows.append(("amount", "", amount_text(self.amount)))
        texts = [text_table((f"invoice, {self.on}", "payable", self.currency), rows, right=(1, 2))]
        texts.append(legs_text(self.legs, self.currency))
        if self.authorisation:
            texts.append(self.authorisation)
        return "\n\n".join(texts)


def legs_text(legs: Sequence[QuoteLeg], currency: str) -> str:
    """What is paid by which method, with fees and who bears them, as a table."""
    rows = [
        (
            leg.label,
            amount_text(leg.amount),
            amount_text(leg.fee) if leg.fee else "",
            "" if leg.borne_by is None else leg.borne_by.value,
            amount_text(leg.total),
        )
        for leg in legs
    ]
    if len(legs) > 1:
        rows.append(("total", "", "", "", amount_text(total([leg.total for leg in legs], currency))))
    return text_table(("from", currency, "processing fee", "borne by", "charged"), rows, right=(1, 2, 4))


def quote(wanted: Choice, position: Position, portal: Portal, *, by: Actor, paying: Paying) -> Quote | Refused:
    """What somebody would pay on the day of a position; or why not, all reasons at once.

    ``wanted`` is OUTSTANDING, invoices by their ids, or an amount for each; ``by`` the id of a contact, or
    ``BillingTeam``; ``paying`` the id of a saved method, or several with their amounts or parts.

    >>> from arledger import (OLDEST_FIRST, AccessLevel, Charge, Contact, ContactState, Invoice, Ledger, MethodKind,
    ...                       PaymentMethod, replay)
    >>> portal = Portal(
    ...     invoices=Invoice("INV-7", date=datetime.date(2026, 3, 1), payer="ana"),
    ...     contacts=Contact("C-1", payer="ana", email="ana@example.org", access=AccessLevel.BILLING,
    ...                      state=ContactState.ACTIVE),
    ...     methods=PaymentMethod("M-1", MethodKind.BANK_ACCOUNT, payer="ana", last_four="6789"))
    >>> care = Charge("R-3", Money("900", "CAD"), due=datetime.date(2026, 3, 1), invoice="INV-7")
    >>> position = replay(Ledger("CAD", [care]), by=OLDEST_FIRST, as_of=datetime.date(2026, 3, 9))
    >>> print(quote({"INV-7": Money("400", "CAD")}, position, portal, by="C-1", paying="M-1"))
    invoice, 2026-03-09  payable     CAD
    -------------------  -------  ------
    INV-7                 900.00  400.00
    amount                        400.00
    <BLANKLINE>
    from                            CAD  processing fee  borne by  charged
    ---------------------------  ------  --------------  --------  -------
    bank account ending in 6789  400.00                             400.00
    >>> print(quote(["INV-8"], position, portal, by="C-1", paying="M-1"))
    INV-8: there is no such invoice

    Refused, as misuse: an unknown contact (``UnknownName``), another currency, also of a fee, an invoice twice, parts
    that are not the whole.

    Source: rules R49 to R54.
    """
    check_instance(position, Position, "quote", "position", "pass what replay gave")
    check_instance(portal, Portal, "quote", "portal")
    check_actor(by)
    if portal.policy.currency not in (None, position.currency):
        raise CurrencyMismatch(
            f"quote: fees in {portal.policy.currency} for an account in {position.currency}",
            field="portal",
            value=portal.policy,
        )
    return quoted(checked_choice(wanted), checked_parts(paying), position, portal, by)


def quoted(
    choice: Everything | tuple[tuple[str, Money | None], ...],
    parts: Parts,
    position: Position,
    portal: Portal,
    by: Actor,
) -> Quote | Refused:
    """As ``quote``, of a choice and of parts that are checked."""
    refusal = portal.why_not_pay(by)
    if refusal is not None:
        return Refused((refusal,))
    lines, refusals = lines_of(choice, invoice_balances(position, portal.invoices_of(by)), portal.policy)
    if len(parts) > 1 and not portal.policy.splits:
        refusals.append(Refusal(RefusalKind.NOT_SPLIT, "a payment is by one method"))
    refusals += _why_not_by(parts, position, portal, by)
    if refusals:
        return Refused(tuple(refusals))
    amounts = amounts_by_method(parts, total([line.amount for line in lines], position.currency))
    if isinstance(amounts, Refusal):
        return Refused((amounts,))
    legs = tuple(
        leg_of(portal.methods.method(name), amount, portal.policy.fees, position.as_of)
        for name, amount in amounts.items()
    )
    payer = portal.payers_of(by)[0]
    name = _quote_id(by, lines, legs, position)
    return Quote(
        id=name,
        by=by,
        payer=payer,
        on=position.as_of,
        lines=tuple(lines),
        legs=legs,
        payments=tuple(_payments(name, payer, lines, legs, position, portal)),
        authorisation=portal.policy.authorisation,
        fingerprint=position.fingerprint,
        wanted=choice,
        parts=parts,
    )


def _why_not_by(parts: Parts, position: Position, portal: Portal, by: Actor) -> Iterator[Refusal]:
    takes = portal.takes
    if takes is None:
        takes = Takes.ANYTHING if portal.types is None else takes_of(position, portal.types)
    for name, _ in parts:
        refusal = why_not_by(
            name,
            portal.methods,
            portal.payers_of(by),
            position.as_of,
            types=portal.types,
            channel=portal.channel_of(by),
            takes=takes,
        )
        if refusal is not None:
            yield refusal


def _quote_id(by: Actor, lines: Sequence[QuoteLine], legs: Sequence[QuoteLeg], position: Position) -> str:
    """An id that follows from the account and from what is paid: another quote of the same has the same."""
    text = repr((position.fingerprint, by, tuple(lines), tuple(legs)))
    return f"Q-{hashlib.sha256(text.encode()).hexdigest()[:_ID_DIGITS]}"


def _payments(
    name: str,
    payer: str | None,
    lines: Sequence[QuoteLine],
    legs: Sequence[QuoteLeg],
    position: Position,
    portal: Portal,
) -> Iterator[Payment]:
    """What each leg would become: a payment designated to the charges that it pays, from the first line on.

    One that is all prepayment is for the last invoice, of which nothing is left to pay: it stays unapplied.
    """
    items = items_by_invoice(position, portal.invoices)
    left = deque(part for line in lines for part in _charges_paid(line, items[line.invoice], payer, position))
    for number, leg in enumerate(legs, 1):
        designations, room = [], leg.amount.minor
        while left and room:
            charge, minor = left.popleft()
            taken = min(minor, room)
            room -= taken
            designations.append(Designation(charge, money_of(taken, position.currency)))
            if minor > taken:
                left.appendleft((charge, minor - taken))
        yield Payment(
            name if len(legs) == 1 else f"{name}/{number}",
            leg.amount,
            received=position.as_of,
            posted=open_day(position.ledger, position.as_of),
            method=leg.payment_type,
            payer=payer,
            designations=designations or [Designation(where.invoice(lines[-1].invoice))],
        )


def _charges_paid(
    line: QuoteLine, items: Sequence[OpenItem], payer: str | None, position: Position
) -> list[tuple[str, int]]:
    """What a line pays of each charge of its invoice, by the charge's id, so that it settles just what it says.

    Of a part, the account's order of application says which charges it pays. What the order leaves goes to the charges
    from the first on, and what is contested of them comes last.
    """
    rooms = {item.id: item.payable_minor for item in items if item.payable_minor}
    left = line.applied.minor
    if left == sum(rooms.values()):
        return list(rooms.items())
    found = _by_order(line.applied, items, payer, position)
    left -= sum(found.values())
    for most in ({item.id: item.offered_minor for item in items}, rooms):
        for charge, minor in most.items():
            taken = min(left, minor - found.get(charge, 0))
            if taken > 0:
                found[charge] = found.get(charge, 0) + taken
                left -= taken
    return [(charge, found[charge]) for charge in rooms if found.get(charge)]


def _by_order(money: Money, items: Sequence[OpenItem], payer: str | None, position: Position) -> dict[str, int]:
    """What the order of application pays of some charges with so much."""
    settled = [(item, item.charge.amount.minor - item.payable_minor) for item in items]
    before, quoted_now = (free_id(name, position.ledger.by_id) for name in ("settled", "quoted"))
    applied = [
        Application(before, item.id, money_of(minor, position.currency), position.as_of)
        for item, minor in settled
        if minor
    ]
    payment = Payment(quoted_now, money, received=position.as_of, payer=payer)
    result = allocate(payment, [item.charge for item in items], by=position.terms.by, applied=applied)
    found: dict[str, int] = {}
    for one in result.lines:
        found[one.charge] = found.get(one.charge, 0) + one.amount.minor
    return found
