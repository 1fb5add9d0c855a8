"""What allocation costs at the least: the loop that every company writes by hand.

It sorts two lists of tuples, walks them once and appends (source, charge, amount). It checks nothing, explains nothing
and knows no currency. On ints it is the measure of the budgets; the same code runs on Decimals and on py-moneyed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

Amount = TypeVar("Amount", bound=Any)


def bare_loop(
    charges: Sequence[tuple[int, int, Amount]], payments: Sequence[tuple[int, int, Amount]]
) -> list[tuple[int, int, Amount]]:
    """Oldest first, over rows of (day, id, amount)."""
    charges = sorted(charges)
    payments = sorted(payments)
    lines = []
    at = 0
    open_amount = charges[0][2]
    for _, source, paid in payments:
        left = paid
        while left and at < len(charges):
            amount = min(left, open_amount)
            lines.append((source, charges[at][1], amount))
            left -= amount
            open_amount -= amount
            if not open_amount:
                at += 1
                if at < len(charges):
                    open_amount = charges[at][2]
    return lines
