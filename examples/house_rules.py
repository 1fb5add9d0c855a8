"""A ladder of house rules, composed of the orders that arledger has.

The rules, as a property manager wrote them down:

1. A payment of exactly one charge's amount settles that charge.
2. Otherwise it first settles what is past due and no rent, oldest first.
3. Then the utilities of this month share, the same amount to each.
4. Then everything else by due date, and within a due date rent last.

Run it: python examples/house_rules.py
"""

from __future__ import annotations

from datetime import date

from arledger import (
    OLDEST_FIRST,
    OLDEST_FIRST_NON_RENT_PRIORITY,
    Category,
    Charge,
    Money,
    Payment,
    Ranking,
    Ties,
    allocate,
    exact_match_first,
    in_turn,
    only,
    where,
)

HOUSE_RULES = exact_match_first(
    in_turn(
        only(where.past_due & ~where.rent, OLDEST_FIRST),
        only(where.category(Category.UTILITY), Ranking(ties=Ties.EVENLY)),
        OLDEST_FIRST_NON_RENT_PRIORITY,
    )
)


def main() -> None:
    """Allocate two payments by the ladder, and say why."""
    charges = [
        Charge("L-02", Money("50.00", "CAD"), due=date(2026, 2, 6), category=Category.LATE_FEE),
        Charge("R-03", Money("1800.00", "CAD"), due=date(2026, 3, 5), category=Category.RENT),
        Charge("P-03", Money("120.00", "CAD"), due=date(2026, 3, 5), category=Category.FEATURE, code="PARK"),
        Charge("G-03", Money("60.00", "CAD"), due=date(2026, 3, 10), category=Category.UTILITY, code="GAS"),
        Charge("W-03", Money("86.40", "CAD"), due=date(2026, 3, 10), category=Category.UTILITY, code="WATER"),
    ]
    parking = Payment("M-1", Money("120.00", "CAD"), received=date(2026, 3, 2))
    transfer = Payment("M-2", Money("150.01", "CAD"), received=date(2026, 3, 3))
    print(HOUSE_RULES)
    print()
    print(allocate([parking, transfer], charges, by=HOUSE_RULES).explanation)


if __name__ == "__main__":
    main()
