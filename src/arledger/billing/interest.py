"""What a deposit earns.

The problem: the rate of a deposit changes by law from year to year, its balance with each top-up, and an auditor wants
to see each step. The decision: the time of the holding is cut wherever rate or balance changes, each segment is simple
interest on the balance of its first day, rounded by itself, and all segments are part of the result. Interest earns no
interest.

Source: rule R46; ResMan's worked example (2400, 86 days at 0.11% and 304 at 0.09%).
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import attrs

from arledger.billing.accrual import segments_of
from arledger.billing.holdings import DepositPolicy, Holding, HoldingKind
from arledger.checks import check_date, check_instance
from arledger.dates.period import Period
from arledger.entries import Category, Credit, CreditKind
from arledger.errors import InvalidValue
from arledger.money import Money, minor_text, money_of, rounded, total
from arledger.rates import Percent
from arledger.tables import text_table


@attrs.frozen(order=False)
class InterestSegment:
    """Interest over time at one rate on one balance. ``exact`` is in minor units, ``amount`` rounded."""

    period: Period
    principal: Money
    percent: Percent
    years: Fraction
    counted: str
    exact: Fraction
    amount: Money


@attrs.frozen(order=False)
class DepositInterest:
    """What a holding earned from a day up to another, and each segment of it. Prints as a table."""

    holding: str
    amount: Money
    segments: tuple[InterestSegment, ...]

    def __str__(self) -> str:
        rows = [
            (
                str(segment.period.start),
                str(segment.period.end),
                minor_text(segment.principal.minor, segment.principal.currency),
                str(segment.percent),
                segment.counted,
                minor_text(segment.amount.minor, segment.amount.currency),
            )
            for segment in self.segments
        ]
        rows.append(("total", "", "", "", "", minor_text(self.amount.minor, self.amount.currency)))
        return text_table(("from", "up to", "held", "a year", "counted", "interest"), rows, right=(2, 3, 5))


def deposit_interest(
    holding: Holding, until: date, policy: DepositPolicy, *, since: date | None = None
) -> DepositInterest:
    """What a holding earns up to a day, which earns nothing itself (see ``accrual.both_ends``).

    ``since`` is the day from which it earns (absent: the last day on which interest was added to the holding, else the
    day on which it was paid); where interest was paid out instead, pass the last ``until``.

    >>> from arledger import Rate, RateTable
    >>> rates = RateTable([Rate(Percent("0.11")), Rate(Percent("0.09"), since=date(2026, 3, 28))])
    >>> policy = DepositPolicy(rates=rates, refund_window_days=30)
    >>> print(deposit_interest(Holding("D-1", Money("2400", "USD"), date(2026, 1, 1)), date(2027, 1, 26), policy))
    from        up to          held  a year  counted       interest
    ----------  ----------  -------  ------  ------------  --------
    2026-01-01  2026-03-28  2400.00   0.11%  86/365 days       0.62
    2026-03-28  2027-01-26  2400.00   0.09%  304/365 days      1.80
    total                                                      2.42

    Refused: a day before ``since``; a table without a rate on the first day of a segment.

    Source: rule R46.
    """
    check_instance(holding, Holding, "deposit interest", "holding")
    check_instance(policy, DepositPolicy, "deposit interest", "policy")
    subject = f"holding {holding.id}"
    check_date(until, subject, "until")
    begin = _last_interest(holding, until) if since is None else since
    check_date(begin, subject, "since")
    if begin < holding.since or until < begin:
        raise InvalidValue(
            f"{subject}: interest from {begin} up to {until}, and held since {holding.since}",
            field="since" if begin < holding.since else "until",
            value=begin if begin < holding.since else until,
            hint="pass days in their order, none before it was paid",
        )
    currency = holding.paid.currency
    segments = [] if until == begin else _segments(holding, begin, until, policy)
    return DepositInterest(holding.id, total((segment.amount for segment in segments), currency), tuple(segments))


def interest_credit(interest: DepositInterest, *, on: date, payer: str | None = None) -> Credit | None:
    """Interest that is paid out as a credit on the account, where it is not added to the holding; None for nothing."""
    check_instance(interest, DepositInterest, "interest credit", "interest")
    check_date(on, "interest credit", "on")
    if not interest.amount:
        return None
    return Credit(
        f"{interest.holding}/interest@{on}",
        interest.amount,
        granted=on,
        kind=CreditKind.DEPOSIT_INTEREST,
        category=Category.INTEREST,
        payer=payer,
    )


def _last_interest(holding: Holding, until: date) -> date:
    """The last day, by then, up to which interest was added; or the one on which the deposit was paid."""
    days = [entry.on for entry in holding.entries if entry.kind is HoldingKind.INTEREST and entry.on <= until]
    return days[-1] if days else holding.since


def _segments(holding: Holding, begin: date, until: date, policy: DepositPolicy) -> list[InterestSegment]:
    """The segments from ``begin`` on. A convention hears of all of the time, since it may count from its start."""
    if policy.rates is None:
        return []
    held = Period(holding.since, until)
    moves = {entry.on for entry in holding.entries if entry.kind is not HoldingKind.INTEREST} - {held.end}
    cuts = sorted(day for day in {*policy.rates.changes, *moves, begin} if held.start < day <= held.end)
    day_before = held.end - timedelta(days=1)  # where the last day counts, it is on what was held before it
    found = []
    for segment in segments_of(policy.accrual, held, cuts):
        if segment.period.start < begin:
            continue
        percent = policy.rates.at(segment.period.start)
        if percent is None:
            raise InvalidValue(
                f"holding {holding.id}: no rate on {segment.period.start}",
                field="rates",
                value=segment.period.start,
                hint="begin the table earlier, or with a rate of 0",
            )
        principal = money_of(holding.principal_minor(min(segment.period.start, day_before)), holding.paid.currency)
        exact = principal.minor * percent.fraction * segment.years
        amount = money_of(rounded(exact, policy.rounding, principal.currency), principal.currency)
        found.append(InterestSegment(segment.period, principal, percent, segment.years, segment.counted, exact, amount))
    return found
