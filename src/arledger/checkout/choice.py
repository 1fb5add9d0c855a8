"""What somebody chose to pay: which invoices, and how much of each.

The problem: "pay outstanding", "pay these two" and "pay 200 of this one" are three buttons for one thing, and each has
its own way to take too much. The decision: a choice becomes lines, one for each invoice, with what is payable of it and
what is paid; whatever may not be paid is a refusal with its reason, all of them at once.

Source: rules R49, R51 and R52.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

import attrs

from arledger.checkout.policy import Amounts, CheckoutPolicy
from arledger.checks import as_tuple, check_id, check_instance, check_tuple
from arledger.errors import Conflict, CurrencyMismatch
from arledger.money import Money
from arledger.payers.invoices import InvoiceBalance
from arledger.payers.refusals import Refusal, RefusalKind


class Everything(Enum):
    """The one choice that names no invoice."""

    OUTSTANDING = "outstanding"

    def __repr__(self) -> str:
        return self.name


OUTSTANDING = Everything.OUTSTANDING
"""Everything that is outstanding, less what is at the bank and what is disputed."""

Choice = Everything | str | Iterable[str] | Mapping[str, Money | None]
"""OUTSTANDING; one invoice or some, by their ids; or how much of each (None: all that is payable)."""


@attrs.frozen(order=False)
class QuoteLine:
    """An invoice, what is payable of it, and what is paid of it; more only where the rest is a prepayment."""

    invoice: str
    number: str | None
    payable: Money
    amount: Money

    @property
    def applied(self) -> Money:
        """What of the amount is for the invoice itself."""
        return min(self.amount, self.payable)


def checked_choice(choice: Any) -> Everything | tuple[tuple[str, Money | None], ...]:
    """A choice as pairs of an invoice and an amount. Refused: what is none, an invoice twice."""
    if isinstance(choice, Everything):
        return choice
    if isinstance(choice, Mapping):
        pairs: Any = tuple(choice.items())
    else:
        ids = (choice,) if isinstance(choice, str) else as_tuple(choice)
        check_tuple(ids, "quote", "wanted", "ids of invoices", "pass OUTSTANDING, ids, or amounts by id")
        pairs = tuple((name, None) for name in ids)
    seen: set[str] = set()
    for name, amount in pairs:
        check_id(name, "quote", "wanted")
        if name in seen:
            raise Conflict(f"quote: invoice {name} stands twice", field="wanted", value=name, hint="name it once")
        seen.add(name)
        if amount is not None:
            check_instance(amount, Money, f"quote: invoice {name}", "amount", "pass Money, or None for all of it")
    return tuple(sorted(pairs, key=lambda pair: str(pair[0])))


def lines_of(
    choice: Everything | Sequence[tuple[str, Money | None]], seen: Sequence[InvoiceBalance], policy: CheckoutPolicy
) -> tuple[list[QuoteLine], list[Refusal]]:
    """The lines of a choice among the invoices that somebody sees, the oldest first; and what is refused of it."""
    if isinstance(choice, Everything):
        is_exact = policy.amounts is Amounts.EXACT
        pairs = [(balance.id, balance.payable if is_exact else balance.offered) for balance in seen]
        chosen: dict[str, Money | None] = {name: money for name, money in pairs if money}
        if not chosen:
            return [], [Refusal(RefusalKind.NOTHING_PAYABLE, "nothing is outstanding")]
    else:
        chosen = dict(choice)
        if not chosen:
            return [], [Refusal(RefusalKind.NOTHING_PAYABLE, "no invoice is chosen")]
    balances = {balance.id: balance for balance in seen}
    refusals = [
        Refusal(RefusalKind.NOT_THEIRS, "there is no such invoice", about=name)
        for name in chosen
        if name not in balances
    ]
    lines = []
    for name, balance in balances.items():
        if name not in chosen:
            continue
        amount = chosen[name]
        paid = balance.payable if amount is None else amount
        refusal = _why_not(balance, paid, policy)
        if refusal is None:
            lines.append(QuoteLine(name, balance.invoice.number, balance.payable, paid))
        else:
            refusals.append(refusal)
    return lines, refusals


def _why_not(balance: InvoiceBalance, amount: Money, policy: CheckoutPolicy) -> Refusal | None:
    """Why so much may not be paid of an invoice; None if it may."""
    if amount.currency != balance.currency:
        raise CurrencyMismatch(
            f"quote: {amount} of invoice {balance.id} in {balance.currency}", field="wanted", value=amount
        )
    if not balance.payable:
        status = balance.status.value.replace("_", " ")
        return Refusal(RefusalKind.NOTHING_PAYABLE, f"nothing is payable: it is {status}", about=balance.id)
    if amount.minor <= 0:
        return Refusal(RefusalKind.NOT_POSITIVE, f"{amount} is no amount to pay", about=balance.id)
    if policy.amounts is Amounts.EXACT and amount != balance.payable:
        return Refusal(RefusalKind.NOT_EXACT, f"{amount} is not exactly {balance.payable}", about=balance.id)
    if amount > balance.payable and not policy.prepayments:
        reason = f"{amount} is over the {balance.payable} that is payable"
        return Refusal(RefusalKind.OVER_PAYABLE, reason, about=balance.id)
    return None
