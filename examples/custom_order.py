"""An order of application of your own: whole charges only.

Some landlords never part-pay a charge: a receipt says "water, paid in full" or says nothing. No ranking can express
that, so it is a plain function. It is shown the money and the open items, oldest first, and answers with minor units
(cents) by charge id. arledger checks every answer before it uses it.

Run it: python examples/custom_order.py
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from arledger import Category, Charge, Incoming, Money, OpenItem, Payment, allocate


def whole_charges_only(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    """The oldest charge that the money covers, then the next; a charge is paid in full or not at all."""
    left = incoming.minor
    given: dict[str, int] = {}
    for item in items:
        if item.offered_minor <= left:
            given[item.id] = item.offered_minor
            left -= item.offered_minor
    return given


def main() -> None:
    """Allocate one payment by it, and say why."""
    charges = [
        Charge("L-02", Money("50.00", "CAD"), due=date(2026, 2, 6), category=Category.LATE_FEE),
        Charge("R-03", Money("1800.00", "CAD"), due=date(2026, 3, 1), category=Category.RENT),
        Charge("W-03", Money("86.40", "CAD"), due=date(2026, 3, 10), category=Category.UTILITY),
    ]
    paid = Payment("P-17", Money("1820.00", "CAD"), received=date(2026, 3, 3))
    result = allocate(paid, charges, by=whole_charges_only)
    print(result.explanation)


if __name__ == "__main__":
    main()
