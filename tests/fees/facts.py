"""Rules, accounts and nights in few words, and what was proposed as few words, for the tests of fees.

Amounts are in Canadian dollars unless they say otherwise; the rent of January 2026 is what is late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from account_facts import cad
from arledger import (
    OLDEST_FIRST,
    Assessment,
    Category,
    Charge,
    FeeAmount,
    FreeDays,
    Ground,
    LateFeeRule,
    Ledger,
    Payment,
    Return,
    ReturnReason,
    assess,
    fee,
    record,
    replay,
)
from arledger.fees.ground import Base, Stretch

JAN_1, FEB_1, MAR_1 = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
ONE_DAY = timedelta(days=1)


def jan(day: int) -> date:
    """That day of January 2026."""
    return date(2026, 1, day)


def feb(day: int) -> date:
    """That day of February 2026."""
    return date(2026, 2, day)


def flat(amount: str) -> FeeAmount:
    """So many Canadian dollars, whatever is owed."""
    return fee.flat(cad(amount))


FIVE_PERCENT = fee.percent(5, of=fee.OWED)


def rent(name: str = "R-01", amount: str = "1000", due: date = JAN_1, **given: Any) -> Charge:
    """A rent, of January unless another day is given."""
    return Charge(name, cad(amount), due=due, **{"category": Category.RENT, **given})


def late_fee(name: str, amount: str, due: date, about: str = "R-01", **given: Any) -> Charge:
    """A fee that was charged for being late."""
    return Charge(name, cad(amount), due=due, **{"category": Category.LATE_FEE, "about": about, **given})


def pay(name: str, amount: str, received: date, **given: Any) -> Payment:
    """A payment."""
    return Payment(name, cad(amount), received=received, **given)


def rule_of(amount: FeeAmount, **given: Any) -> LateFeeRule:
    """A rule whose first fee for what is due on the 1st arises on the 6th, unless another grace is given."""
    return LateFeeRule(**{"amount": amount, "grace": FreeDays(4), **given})


def assessed(rule: LateFeeRule, entries: Ledger | Iterable[Any], on: date, **given: Any) -> Assessment:
    """What a rule makes of these entries on a day; ``rent`` and ``payers`` are the rule's, the rest the replay's."""
    terms = {key: given.pop(key) for key in ("rent", "payers") if key in given}
    closed = given.pop("closed_through", None)
    ledger = entries if isinstance(entries, Ledger) else Ledger("CAD", entries, closed_through=closed)
    return assess(rule, replay(ledger, **{"by": OLDEST_FIRST, "as_of": on, **given}), on=on, **terms)


def proposed(assessment: Assessment) -> dict[str, str]:
    """What is proposed, by what it is about."""
    assert len({charge.about for charge in assessment.charges}) == len(assessment.charges)
    return {str(charge.about): str(charge.amount.amount) for charge in assessment.charges}


def reasons(assessment: Assessment) -> dict[str, str]:
    """Why nothing is proposed for what is assessed."""
    return {item.about: item.reason for item in assessment.items}


def days(first: date, last: date) -> Iterator[date]:
    """The days from one to another, both included."""
    while first <= last:
        yield first
        first += ONE_DAY


def nights(
    rule: LateFeeRule, entries: Iterable[Any], first: date, last: date, **given: Any
) -> tuple[Ledger, dict[date, str]]:
    """Each night from one day to another, recording what is proposed: the ledger, and the sum of each such night."""
    ledger, found = Ledger("CAD", entries), {}
    for day in days(first, last):
        assessment = assessed(rule, ledger, day, **given)
        if assessment.charges:
            found[day] = str(assessment.total.amount)
            ledger = record(ledger, assessment.charges)
    return ledger, found


def sums(rule: LateFeeRule, entries: Iterable[Any], on: Iterable[date], **given: Any) -> list[str]:
    """All that was charged by the end of each of these days, where each was assessed and recorded."""
    ledger, found, so_far = Ledger("CAD", entries), [], cad("0")
    for day in on:
        assessment = assessed(rule, ledger, day, **given)
        so_far += assessment.total
        ledger = record(ledger, assessment.charges)
        found.append(str(so_far.amount))
    return found


def ground(
    owed: int = 100_000,
    *,
    due: date = JAN_1,
    first_day: date | None = None,
    day: date = date(2026, 1, 10),
    then: Mapping[date, int] | None = None,
    **bases: int | Fraction,
) -> Ground:
    """What is owed from the due date on, and ``then`` from other days on; other bases by their names."""
    changes = {due: owed, **(then or {})}
    starts = sorted(start for start in changes if start <= day)
    ends = [start - ONE_DAY for start in starts[1:]] + [day]
    course = [
        Stretch(start.toordinal(), end.toordinal(), changes[start], changes[start] + 500)
        for start, end in zip(starts, ends, strict=True)
    ]
    known: dict[Base, int | Fraction] = {Base.OWED: course[-1].owed, Base.PAST_DUE: course[-1].past_due}
    known |= {Base[name.upper()]: minor for name, minor in bases.items()}
    return Ground("CAD", known, due, due + 5 * ONE_DAY if first_day is None else first_day, day, tuple(course))


def came_back(name: str, payment: str, on: date, amount: str | None = None) -> Return:
    """A payment, or so much of it, comes back for lack of funds."""
    return Return(name, payment, None if amount is None else cad(amount), on=on, reason=ReturnReason.INSUFFICIENT_FUNDS)
