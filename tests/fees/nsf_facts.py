"""Schedules, returned payments and what they cost in few words, for the tests of the fees for them.

Days are days of March 2026; amounts are in Canadian dollars.
"""

from __future__ import annotations

from typing import Any

from account_facts import cad, owed, paid
from arledger import Category, FeeAmount, NsfFee, NsfFees, NsfSchedule, ReturnReason, fee, nsf_fees
from ledger_facts import returned, standing

FUNDS, UNCOLLECTED, STOPPED = ReturnReason.INSUFFICIENT_FUNDS, ReturnReason.UNCOLLECTED_FUNDS, ReturnReason.STOPPED
RENT = owed("rent", "1000", category=Category.RENT)


def flat(amount: str) -> FeeAmount:
    return fee.flat(cad(amount))


def line(amount: str = "25", **given: Any) -> NsfFee:
    return NsfFee(amount=flat(amount), **given)


def bounced(name: str, amount: str = "900", on: int = 7, reason: ReturnReason = FUNDS, **given: Any) -> list[Any]:
    """A payment of the 3rd that came back on that day."""
    return [paid(f"P-{name}", amount, 3, **given), returned(f"N-{name}", f"P-{name}", on, reason=reason)]


def amounts(found: NsfFees) -> dict[str, str]:
    """What is proposed for each return."""
    return {str(charge.about): str(charge.amount.amount) for charge in found.charges}


def cost(schedule: NsfSchedule | NsfFee, *facts: list[Any], **given: Any) -> dict[str, str]:
    """What the returns among those facts cost at the end of March."""
    of = schedule if isinstance(schedule, NsfSchedule) else NsfSchedule(schedule)
    return amounts(nsf_fees(of, standing([RENT, *(fact for some in facts for fact in some)]), **given))
