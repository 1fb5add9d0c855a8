"""Short words for accounts with autopay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from arledger import (
    OLDEST_FIRST,
    Agreement,
    AutopayPolicy,
    AutopayRun,
    Category,
    Charge,
    Drafts,
    Ledger,
    Money,
    Payment,
    PendingIncrease,
    Percent,
    Position,
    Share,
    autopay_run,
    draft_pulls,
    monthly,
    pull,
    replay,
)
from arledger.autopay.wanted import AmountRule

CURRENCY = "CAD"
AGREED = date(2026, 1, 15)
JUNE = date(2026, 6, 1)


def cad(amount: str | int) -> Money:
    """So many dollars."""
    return Money(amount, CURRENCY)


def rent(month: int, amount: str | int = 1000, **more: Any) -> Charge:
    """The rent of a month, due on the 1st."""
    return Charge(f"R-{month:02}", cad(amount), due=date(2026, month, 1), category=Category.RENT, **more)


def charge(name: str, amount: str | int, category: Category, due: date = JUNE, **more: Any) -> Charge:
    """Any charge."""
    return Charge(name, cad(amount), due=due, category=category, **more)


def late_fee(amount: str | int = 50, **more: Any) -> Charge:
    """A late fee of May."""
    return charge("L-05", amount, Category.LATE_FEE, date(2026, 5, 8), **more)


def paid(name: str, amount: str | int, payer: str | None = None, on: date = JUNE, **more: Any) -> Payment:
    """Money received."""
    return Payment(name, cad(amount), received=on, payer=payer, **more)


def agreement(
    payer: str | None,
    rule: AmountRule = pull.KEEP_PERCENT,
    part: Fraction | Percent | int | Sequence[Share] | None = None,
    **more: Any,
) -> Agreement:
    """An agreement whose id is of its payer."""
    if "stored" in more:
        more["stored"] = cad(more["stored"])
    return Agreement(f"AP-{payer or '0'}", rule, agreed=more.pop("agreed", AGREED), payer=payer, shares=part, **more)


def of_two(rule: AmountRule = pull.KEEP_PERCENT, first: int = 60, **more: Any) -> list[Agreement]:
    """The agreements of A and B, at so many percent and the rest; ``stored`` is what both store."""
    return [agreement("A", rule, Percent(first), **more), agreement("B", rule, Percent(100 - first), **more)]


def run_of(on: date = JUNE, offset_days: int = 0) -> AutopayRun:
    """The run of a day over calendar months."""
    return autopay_run(monthly(1), on, offset_days=offset_days)


def position_of(*entries: Any, on: date = JUNE, **terms: Any) -> Position:
    """What entries come to, oldest first."""
    return replay(Ledger(CURRENCY, list(entries)), by=OLDEST_FIRST, as_of=on, **terms)


def drafted(
    agreements: Iterable[Agreement] | Agreement,
    *entries: Any,
    on: date = JUNE,
    policy: AutopayPolicy | None = None,
    increases: Iterable[PendingIncrease] = (),
    **terms: Any,
) -> Drafts:
    """The drafts of a run by calendar months."""
    return draft_pulls(agreements, position_of(*entries, on=on, **terms), run_of(on), policy, increases=increases)


def amounts(drafts: Drafts) -> list[str]:
    """What is pulled, in major units, in the order of the payers."""
    return [str(draft.amount.amount) for draft in drafts.drafts]


def parts(drafts: Drafts) -> dict[str, list[tuple[str, str]]]:
    """The parts of each payer."""
    return {
        draft.payer or "": [(part.charge, str(part.amount.amount)) for part in draft.parts] for draft in drafts.drafts
    }


def held(drafts: Drafts) -> list[tuple[str, str, str]]:
    """What is held back, with the reasons."""
    return [(one.charge, str(one.amount.amount), one.reason) for one in drafts.held]


def days_before(day: date, days: int) -> date:
    """So many days before."""
    return day - timedelta(days=days)
