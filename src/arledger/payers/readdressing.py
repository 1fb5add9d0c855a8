"""An invoice that is to be paid by somebody else.

The problem: somebody wants to pay an invoice that was made out to another payer, and a system that rewrites whose
charges they are changes what past payments did. The decision: what is payable moves, what was paid stays. The open part
of each charge that was the old payer's is credited and charged anew to the new one; charges of no payer are anybody's,
and nothing happens to them. While a payment on it is at the bank, nothing moves.

Source: rule R49; ALIS's "Options > Edit" of an invoice. How the books record it is ours.
"""

from __future__ import annotations

from datetime import date

import attrs

from arledger.checks import check_date, check_id, check_instance
from arledger.entries import Charge, Credit, CreditKind, Designation, Dispute, Invoice
from arledger.items import OpenItem
from arledger.ledger.books import free_id, open_day
from arledger.ledger.position import Position
from arledger.ledger.timeline import replayed_to
from arledger.payers.invoices import items_by_invoice
from arledger.payers.refusals import Refusal, RefusalKind


@attrs.frozen(order=False)
class Readdressed:
    """An invoice with its new payer, and the entries that move what is payable, to be recorded."""

    invoice: Invoice
    entries: tuple[Charge | Credit, ...] = ()


def readdress(invoice: Invoice, position: Position, *, to: str | None, on: date) -> Readdressed | Refusal:
    """The invoice addressed to somebody else (None: to the account itself), and the entries for it; or why not.

    >>> from arledger import OLDEST_FIRST, Ledger, Money, Payment, replay
    >>> invoice = Invoice("INV-7", date=date(2026, 3, 1), payer="ana")
    >>> care = Charge("C-3", Money("900", "USD"), due=date(2026, 3, 31), payer="ana", invoice="INV-7")
    >>> paid = Payment("P-1", Money("400", "USD"), received=date(2026, 3, 31), payer="ana")
    >>> position = replay(Ledger("USD", [care, paid]), by=OLDEST_FIRST, as_of=date(2026, 4, 2))
    >>> moved = readdress(invoice, position, to="ben", on=date(2026, 4, 2))
    >>> [(entry.id, str(entry.amount), entry.payer) for entry in moved.entries]
    [('C-3/moved@2026-04-02', '500.00 USD', None), ('C-3/of ben', '500.00 USD', 'ben')]

    What moves is due on the day of the move, if it was due before: its new payer is late by themselves. The invoice's
    own due date stays.

    Source: rule R49.
    """
    subject = "readdress"
    check_instance(invoice, Invoice, subject, "invoice")
    check_instance(position, Position, subject, "position", "pass what replay gave")
    if to is not None:
        check_id(to, f"invoice {invoice.id}", "to")
    check_date(on, f"invoice {invoice.id}", "on")
    if to == invoice.payer:
        return Readdressed(invoice)
    position = replayed_to(position, on)
    items = items_by_invoice(position, [invoice])[invoice.id]
    if any(item.pending_minor for item in items):
        return Refusal(RefusalKind.UNDER_WAY, "a payment on it is at the bank", about=invoice.id)
    moving = [item for item in items if item.charge.payer is not None and item.open_minor]
    anew = {item.id: _id_for(item, to, position) for item in moving}
    entries: list[Charge | Credit] = []
    for item in moving:
        entries += [_credited(item, position, on), _charged(item, position, to, on, anew)]
    return Readdressed(attrs.evolve(invoice, payer=to), tuple(entries))


def _id_for(item: OpenItem, to: str | None, position: Position) -> str:
    return free_id(f"{item.id}/of {'the account' if to is None else to}", position.ledger.by_id)


def _credited(item: OpenItem, position: Position, on: date) -> Credit:
    """What takes the open part off the charge: nobody's money, so that it reaches any payer's charge.

    It counts from the day on which the new charge exists, which in closed books is the first open day.
    """
    return Credit(
        free_id(f"{item.id}/moved@{on}", position.ledger.by_id),
        item.open,
        granted=open_day(position.ledger, on),
        kind=CreditKind.ADJUSTMENT,
        category=item.charge.category,
        code=item.charge.code,
        designations=[Designation(item.id, item.open)],
    )


def _charged(item: OpenItem, position: Position, to: str | None, on: date, anew: dict[str, str]) -> Charge:
    """The same charge, of what was open, on the new payer, who is not late yet; a tax goes with what it taxes."""
    posted = open_day(position.ledger, on)
    charge, disputed = item.charge, item.charge.disputed
    if isinstance(disputed, Dispute) and disputed.amount is not None:
        disputed = attrs.evolve(disputed, amount=min(disputed.amount, item.open))
    return attrs.evolve(
        charge,
        id=anew[item.id],
        amount=item.open,
        payer=to,
        due=max(charge.due, posted),
        posted=posted,
        about=None if charge.about is None else anew.get(charge.about, charge.about),
        disputed=disputed,
    )
