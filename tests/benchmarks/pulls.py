"""Accounts with autopay: two payers each, and twelve open items."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date

from arledger import (
    OLDEST_FIRST,
    Agreement,
    Agreements,
    AutopayPolicy,
    Category,
    Charge,
    Drafts,
    Ledger,
    Money,
    Payment,
    Percent,
    Position,
    autopay_run,
    draft_pulls,
    include,
    monthly,
    pull,
    replay,
)

ITEMS = 12
RUN_DAY = date(2026, 6, 1)
RUN = autopay_run(monthly(1), RUN_DAY)
POLICY = AutopayPolicy(includes=include.DEPOSITS | include.NEW_CHARGES, limit=Money("5000", "CAD"), suspends_after=3)
AGREEMENTS = Agreements(
    Agreement(f"AP-{payer}", pull.KEEP_PERCENT, agreed=date(2026, 1, 15), payer=payer, shares=Percent(part))
    for payer, part in (("A", 60), ("B", 40))
)
_CATEGORIES = (Category.RENT, Category.FEATURE, Category.DEPOSIT, Category.LATE_FEE, Category.ADJUSTMENT)


def charges_of(number: int) -> list[Charge]:
    """The charges of an account: some of the month, some older, of five categories."""
    drawn = random.Random(number)
    return [
        Charge(
            f"C{place:02}",
            Money.from_minor(drawn.randint(1_000, 200_000), "CAD"),
            due=date(2026, 6 if place % 2 else 5, 1),
            category=_CATEGORIES[place % len(_CATEGORIES)],
        )
        for place in range(ITEMS)
    ]


def payments_of(number: int) -> list[Payment]:
    """A payment of each payer, of a part of a charge."""
    drawn = random.Random(number)
    return [
        Payment(f"P-{payer}", Money.from_minor(drawn.randint(100, 900), "CAD"), received=date(2026, 5, 20), payer=payer)
        for payer in ("A", "B")
    ]


def positions_of(accounts: int) -> list[Position]:
    """So many accounts on the day of the run, with all twelve items open and nothing read of any."""
    return [
        replay(Ledger("CAD", [*charges_of(number), *payments_of(number)]), by=OLDEST_FIRST, as_of=RUN_DAY)
        for number in range(accounts)
    ]


def drafted(positions: Iterable[Position]) -> list[Drafts]:
    """What the run pulls of each."""
    return [draft_pulls(AGREEMENTS, position, RUN, POLICY) for position in positions]
