"""What of each invoice a run may pay: its balance, less what is on its way and not in it yet.

The problem: the balances of another system are as old as its last export. What was paid since is in them or is not, and
a run that guesses pays twice. The decision: of each invoice a run takes off what the balance itself says is at the bank
or disputed, then every posting that the balance cannot know of: what is not posted yet always, what was posted or
handled by hand while that is after the balance's day, what failed never. A posting whose payment the balance names is
in it. Of a balance without a day nobody knows what is in it: all but what failed comes off, and the line says so.
Nothing goes below zero, and where in doubt less is paid, and later, never twice.

Source: rule R57.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from arledger.checks import as_tuple, check_tuple_of
from arledger.errors import Conflict, CurrencyMismatch
from arledger.money import Money, money_of
from arledger.payers.associations import AssociationScope, invoice_place
from arledger.payers.invoices import InvoiceBalance
from arledger.schedules.enrolments import Enrolment
from arledger.schedules.postings import Posting, PostingState

_SCOPES = tuple(AssociationScope)
"""From the widest to the narrowest."""


@attrs.frozen(order=False)
class Subtracted:
    """So much was taken off what is outstanding of an invoice, and why; ``about`` is the posting, if it is one."""

    amount: Money
    why: str
    about: str | None = None

    def __str__(self) -> str:
        return f"{self.amount} {self.why if self.about is None else f'{self.why} ({self.about})'}"


@attrs.frozen(eq=False)
class Claim:
    """An invoice that is enrolled, by some enrolments, the narrowest first; and what of it may be paid."""

    balance: InvoiceBalance
    enrolments: tuple[Enrolment, ...]
    subtracted: tuple[Subtracted, ...]
    payable_minor: int
    outstanding_minor: int
    """What is outstanding, less what was posted since."""
    pending_minor: int
    """What is on its way, at the bank or as a posting."""


def checked_balances(balances: InvoiceBalance | Iterable[InvoiceBalance], subject: str) -> tuple[InvoiceBalance, ...]:
    """Balances, those of the oldest invoices first. Refused: what is none, and an invoice twice."""
    found = (balances,) if isinstance(balances, InvoiceBalance) else as_tuple(balances)
    check_tuple_of(found, InvoiceBalance, subject, "balances", "pass what invoice_balances gave, or your own")
    ids: set[str] = set()
    for balance in found:
        if balance.id in ids:
            raise Conflict(
                f"invoice {balance.id}: has two balances", field="balances", value=balance.id, hint="keep one of them"
            )
        ids.add(balance.id)
    return tuple(sorted(found, key=lambda balance: invoice_place(balance.invoice)))


def by_invoice(postings: Iterable[Posting]) -> dict[str, list[Posting]]:
    """Postings by the invoices that they are for."""
    found: dict[str, list[Posting]] = {}
    for posting in postings:
        found.setdefault(posting.invoice, []).append(posting)
    return found


def claims_of(
    enrolments: Sequence[Enrolment], balances: Sequence[InvoiceBalance], postings: Sequence[Posting]
) -> list[Claim]:
    """The claims of all invoices that an enrolment ties to its payer, each once, the oldest first."""
    placed = sorted(enrolments, key=_breadth)
    of_invoice = by_invoice(postings)
    found = []
    for balance in balances:
        tied = tuple(one for one in placed if one.association.ties(balance.invoice))
        if tied:
            found.append(_claim(balance, tied, of_invoice.get(balance.id, [])))
    return found


def _breadth(enrolment: Enrolment) -> tuple[int, str]:
    """The narrowest scope first, then the id."""
    return (-_SCOPES.index(enrolment.association.scope), enrolment.id)


def _claim(balance: InvoiceBalance, enrolments: tuple[Enrolment, ...], postings: Sequence[Posting]) -> Claim:
    left = balance.outstanding.minor
    subtracted: list[Subtracted] = []

    def take_off(minor: int, why: str, about: str | None = None) -> None:
        nonlocal left
        taken = min(minor, left)
        if taken:
            subtracted.append(Subtracted(money_of(taken, balance.currency), why, about))
            left -= taken

    take_off(balance.pending.minor, "at the bank")
    take_off(balance.payable.minor - balance.offered.minor, "disputed")
    on_its_way, posted = balance.pending.minor, 0
    for posting in postings:
        why = why_taken_off(posting, balance)
        if why:
            if posting.amount.currency != balance.currency:
                raise CurrencyMismatch(
                    f"posting {posting.id}: {posting.amount} for invoice {balance.id} in {balance.currency}",
                    field="postings",
                    value=posting.amount,
                )
            take_off(posting.amount.minor, why, posting.id)
            if posting.state.needs_day:
                posted += posting.amount.minor
            else:
                on_its_way += posting.amount.minor
    return Claim(balance, enrolments, tuple(subtracted), left, max(0, balance.outstanding.minor - posted), on_its_way)


def why_taken_off(posting: Posting, balance: InvoiceBalance) -> str:
    """Why a posting of an invoice comes off its balance; empty if it does not."""
    if posting.state is PostingState.FAILED or posting.payment in balance.knows:
        return ""
    if not posting.state.needs_day:
        return str(posting.state.value)
    assert posting.posted is not None
    if balance.as_of is not None and posting.posted <= balance.as_of:
        return ""
    return f"{posting.state.value} on {posting.posted}"
