"""Balances that are too small to pursue.

The problem: 0.03 that is left of a bill keeps an account open for years, and a system that drops it in silence is off
by it forever. The decision: a tolerance proposes write-off credits, one for each charge, which the host records or does
not; nothing is ever dropped.

Source: rule R39.
"""

from __future__ import annotations

from datetime import date

from arledger.checks import check_date, check_instance
from arledger.entries import Credit, CreditKind, Designation
from arledger.entries.fields import check_amount
from arledger.errors import CurrencyMismatch
from arledger.ledger.books import open_day
from arledger.ledger.position import Position
from arledger.ledger.timeline import replayed_to
from arledger.money import Money, money_of


def small_balance_credits(position: Position, *, tolerance: Money, on: date) -> tuple[Credit, ...]:
    """Write-off credits for all that is past due, if it is not more than the tolerance in all; else none.

    An account is small as a whole, so that many small charges are not dropped one by one. Nothing is written off while
    money is there or under way that may settle it, nor what is disputed.

    >>> from arledger import OLDEST_FIRST, Charge, Ledger, Payment, replay
    >>> rent = Charge("R-01", Money("900.03", "CAD"), due=date(2026, 1, 1))
    >>> paid = Payment("P-1", Money("900", "CAD"), received=date(2026, 1, 1))
    >>> position = replay(Ledger("CAD", [rent, paid]), by=OLDEST_FIRST, as_of=date(2026, 1, 31))
    >>> [(credit.id, str(credit.amount)) for credit in small_balance_credits(
    ...     position, tolerance=Money("0.05", "CAD"), on=date(2026, 1, 31))]
    [('R-01/small_balance@2026-01-31', '0.03 CAD')]

    Refused: a tolerance that is not positive, or in another currency.

    Source: rule R39.
    """
    subject = "small balances"
    check_instance(position, Position, subject, "position", "pass what replay gave")
    check_amount(tolerance, subject, "tolerance")
    check_date(on, subject, "on")
    if tolerance.currency != position.currency:
        raise CurrencyMismatch(
            f"{subject}: tolerance {tolerance} for an account in {position.currency}",
            field="tolerance",
            value=tolerance,
        )
    position = replayed_to(position, on)
    items = [item for item in position.items if item.charge.due < on]
    is_disputed = any(item.disputed_minor for item in items)
    on_hand = any(position.unapplied.values()) or any(position.reserved.values()) or any(position.pending.values())
    if is_disputed or on_hand or sum(item.open_minor for item in items) > tolerance.minor:
        return ()
    return tuple(
        Credit(
            f"{item.id}/small_balance@{on}",
            money_of(item.open_minor, position.currency),
            granted=on,
            posted=open_day(position.ledger, on),
            kind=CreditKind.WRITE_OFF,
            category=item.charge.category,
            code=item.charge.code,
            payer=item.charge.payer,
            designations=[Designation(item.id)],
        )
        for item in items
    )
