"""What becomes of a deposit at the end of a lease.

The problem: a deposit may pay some of what is open and not the rest, earns interest to the last day, and what is left
of it must be back by a date in law, itemised. The decision: what is held becomes a payment, restricted to what the
policy lets a deposit cover; an order of application places it like any other money; what it leaves is the refund.

Source: rule R47.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from arledger import where
from arledger.allocation.decision import allocate
from arledger.allocation.named import OLDEST_FIRST
from arledger.allocation.order import Order
from arledger.allocation.outcome import Allocation
from arledger.billing.billing_type import days_after
from arledger.billing.holdings import DepositPolicy, Holding
from arledger.billing.interest import DepositInterest, deposit_interest
from arledger.checks import as_tuple, check_date, check_instance
from arledger.entries import Application, Category, Charge, Payment
from arledger.errors import InvalidValue
from arledger.money import Money, minor_text, total
from arledger.tables import text_table


@attrs.frozen(order=False)
class DepositSettlement:
    """What a deposit came to: interest, what it paid, and what goes back, by when. Prints itemised.

    ``payment`` is the released deposit as restricted money, to be added to the account; ``allocation`` is what it pays,
    and ``earlier`` what of it was applied before.
    """

    holding: str
    held: Money
    interest: DepositInterest
    payment: Payment
    allocation: Allocation
    refund: Money
    refund_by: date
    earlier: tuple[Application, ...] = ()

    @property
    def applied(self) -> Money:
        """What the deposit paid."""
        return self.payment.amount - self.refund

    def __str__(self) -> str:
        currency = self.held.currency
        rows = [("held", self.held), ("interest", self.interest.amount)]
        rows += [
            (f"less {line.charge}", -line.amount)
            if line.reverses is None
            else (f"back from {line.charge}", line.amount)
            for line in (*self.earlier, *self.allocation.lines)
        ]
        rows.append((f"refund by {self.refund_by}", self.refund))
        cells = [(what, minor_text(money.minor, currency)) for what, money in rows]
        return text_table((f"deposit {self.holding}", currency), cells, right=(1,))


def settle_deposit(
    holding: Holding,
    charges: Iterable[Charge],
    *,
    move_out: date,
    policy: DepositPolicy,
    by: Order = OLDEST_FIRST,
    applied: Iterable[Application] = (),
    interest_since: date | None = None,
) -> DepositSettlement:
    """Release a deposit on the day of moving out: with its interest, to what it may cover, the rest as a refund.

    ``charges`` are those of the account, ``applied`` what settles some of them already; ``by`` says what the deposit
    pays first. ``interest_since`` is the day from which interest is still to be added, as for ``deposit_interest``.

    >>> from arledger import Category, Percent, where
    >>> policy = DepositPolicy(rates=Percent(2), refund_window_days=30, covers=where.rent)
    >>> rent = Charge("R-11", Money("720", "CAD"), due=date(2026, 11, 1), category=Category.RENT)
    >>> held = Holding("D-1", Money("1500", "CAD"), date(2026, 5, 16))
    >>> print(settle_deposit(held, [rent], move_out=date(2026, 11, 16), policy=policy))
    deposit D-1               CAD
    --------------------  -------
    held                  1500.00
    interest                15.12
    less R-11             -720.00
    refund by 2026-12-16   795.12

    Refused: a holding of which nothing is held on the day.

    Source: rule R47.
    """
    check_instance(holding, Holding, "settlement", "holding")
    check_instance(policy, DepositPolicy, "settlement", "policy")
    subject = f"holding {holding.id}"
    check_date(move_out, subject, "move_out")
    if interest_since is not None:
        check_date(interest_since, subject, "interest_since")
    held = holding.on(move_out)
    if not held:
        raise InvalidValue(
            f"{subject}: nothing is held on {move_out}",
            field="move_out",
            value=move_out,
            hint="pass a day on which it is held",
        )
    interest = deposit_interest(holding, move_out, policy, since=interest_since)
    payment = Payment(
        f"{holding.id}/released@{move_out}",
        held + interest.amount,
        received=move_out,
        method="deposit",
        payer=holding.payer,
        restriction=~where.category(Category.DEPOSIT) if policy.covers is None else policy.covers,
    )
    before = as_tuple(applied)
    allocation = allocate(payment, charges, by=by, applied=before, currency=held.currency)
    return DepositSettlement(
        holding.id,
        held,
        interest,
        payment,
        allocation,
        total(allocation.unapplied.values(), held.currency),
        days_after(move_out, policy.refund_window_days),
        tuple(line for line in before if line.source == payment.id),
    )
