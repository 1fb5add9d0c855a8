"""What the laws of bills draw from: leases, the policies that serve them, and what may become of both.

Everything happens over a winter with a leap February. Names are few and awkward, so that the ids made of them would
collide if they could; an item may have the name of a tax. Methods that divide by a month go with cycles of months only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from arledger import (
    LAST,
    AdjustmentPolicy,
    BillingPolicy,
    BillingType,
    BusinessDays,
    CashStep,
    Category,
    CreditKind,
    DueAfterInvoice,
    DueOnDay,
    DueRule,
    Frequency,
    Lease,
    LeaseAdjustment,
    LeaseDeposit,
    LeaseItem,
    Money,
    Percent,
    Period,
    Price,
    Proration,
    Rate,
    Rounding,
    Tax,
    TaxPolicy,
    every_two_weeks,
    half_yearly,
    monthly,
    period_at,
    proration,
    quarterly,
    twice_a_month,
    weekly,
    yearly,
)
from arledger.billing.cycles import frequency_of
from arledger.billing.lease import Per
from strategies import currencies, magnitudes, modes, payers

Cycle = Frequency | Callable[[date], Frequency]

FIRST_DAY = date(2027, 11, 3)
"""The days drawn are the 200 from here on."""
IN_MONTHS: list[Cycle] = [
    *(monthly(1), monthly(15), monthly(31), monthly(LAST), quarterly(1), quarterly(31, month=2), half_yearly(1)),
    *(yearly(1), monthly, quarterly, half_yearly),
]
IN_WEEKS: list[Cycle] = [
    *(weekly(FIRST_DAY), every_two_weeks(FIRST_DAY), twice_a_month(1, 15), twice_a_month(15, LAST)),
    *(weekly, every_two_weeks, twice_a_month),
]
DUE: list[DueRule | int] = [0, 4, DueAfterInvoice(30), DueOnDay(15), DueOnDay(LAST)]
FOR_ANY: list[Proration] = [proration.NONE, proration.ACTUAL, proration.ANNUAL, proration.ACTUAL_ACTUAL]
FOR_MONTHS: list[Proration] = [
    *(proration.STANDARD, proration.FixedDivisor(30), proration.FixedDivisor(28)),
    *(proration.THIRTY_DAYS_MONTH, proration.THIRTY_360),
]
CODES = ["RENT", "PARK", "DISC", "EXTRA"]
"""Of items, and the last two of adjustments; taxes fall on any of them."""


@cache
def days() -> SearchStrategy[date]:
    """A day of that winter."""
    return st.integers(0, 199).map(lambda number: FIRST_DAY + timedelta(days=number))


@cache
def _days_or_none() -> SearchStrategy[date | None]:
    return st.none() | days()


@st.composite
def billing_types(draw: DrawFn, cycles: Sequence[Cycle] = (*IN_MONTHS, *IN_WEEKS)) -> BillingType:
    """A billing type with offsets."""
    bill = draw(st.integers(0, 40))
    return BillingType(
        "any",
        draw(st.sampled_from(cycles)),
        due=draw(st.sampled_from(DUE)),
        bill_offset_days=bill,
        autopay_offset_days=draw(st.integers(-bill, 40)),
        business_days=draw(
            st.sampled_from([None, None, BusinessDays("following"), BusinessDays("modified_following")])
        ),
    )


@st.composite
def tax_policies(draw: DrawFn) -> TaxPolicy:
    """Up to three taxes, on top of each other or not, in any order."""
    found: list[Tax] = []
    for code in ("GST", "QST", "PST")[: draw(st.integers(0, 3))]:
        rate = draw(st.sampled_from([Percent(5), Percent("9.975"), Percent(0), Percent(100)]))
        rates = [Rate(rate), Rate(Percent(7), since=draw(days()))] if draw(st.booleans()) else [Rate(rate)]
        below = draw(st.lists(st.sampled_from([tax.code for tax in found]), unique=True)) if found else []
        codes = draw(st.just(["RENT"]) | st.lists(st.sampled_from(CODES), min_size=1, unique=True))
        found.append(Tax(code, rates, codes=codes, on_top_of=below))
    return TaxPolicy(draw(st.permutations(found)), rounding=draw(modes()))


@st.composite
def policies(draw: DrawFn, kind: BillingType, currency: str, method: Proration | None = None) -> BillingPolicy:
    """A policy with one billing type."""
    methods = FOR_ANY if kind.cycle in IN_WEEKS else FOR_ANY + FOR_MONTHS
    step = CashStep(Money.from_minor(5, currency))
    roundings: SearchStrategy[Rounding] = modes() | st.just(step)
    return BillingPolicy(
        types=kind,
        proration=draw(st.sampled_from(methods)) if method is None else method,
        rounding=draw(roundings),
        daily_rate=draw(st.none() | modes()) if method is None else None,
        rounding_offset_days=draw(st.sampled_from([None, None, 1, 15, 31])),
        confirmation=draw(st.sampled_from(["automatic", "manual"])),
        adjustments=AdjustmentPolicy(CODES[2:]),
        taxes=draw(tax_policies()),
        counts_move_out=draw(st.booleans()),
    )


@st.composite
def prices(draw: DrawFn, currency: str, minor: SearchStrategy[int] | None = None) -> list[Price]:
    """One to three prices from different days on, some of them zero."""
    units = magnitudes(0) if minor is None else minor
    since = draw(st.lists(_days_or_none(), min_size=1, max_size=3, unique=True))
    return [Price(Money.from_minor(draw(units), currency), since=day) for day in since]


@st.composite
def items(draw: DrawFn, name: str, kind: BillingType, currency: str) -> LeaseItem:
    """A recurring item with a price that goes with the cycle."""
    units: list[Per] = ["period", "day"] if kind.cycle in IN_WEEKS else ["month", "period", "day"]
    return LeaseItem(
        name,
        draw(prices(currency)),
        category=draw(st.sampled_from([Category.RENT, Category.RENT, Category.FEATURE])),
        code=draw(st.sampled_from([None, *CODES[:2]])),
        per=draw(st.sampled_from(units)),
        proratable=draw(st.sampled_from([True, True, False])),
        payer=draw(payers()),
    )


@st.composite
def adjustments(draw: DrawFn, name: str, of: Sequence[LeaseItem], currency: str) -> LeaseAdjustment:
    """An adjustment of one of the items, of all rent or of the lease."""
    minor = draw(magnitudes()) * draw(st.sampled_from([1, -1, -1]))
    percent = st.sampled_from([Percent(-100), Percent(-50), Percent("-33.3"), Percent(-10), Percent("2.5")])
    since, recurring = draw(st.just(FIRST_DAY) | days()), draw(st.booleans())
    return LeaseAdjustment(
        name,
        draw(st.just(Money.from_minor(minor, currency)) | percent),
        code=draw(st.sampled_from(CODES[2:])),
        since=since,
        until=since + timedelta(days=draw(st.integers(1, 90))) if recurring and draw(st.booleans()) else None,
        recurring=recurring,
        proratable=draw(st.booleans()),
        item=draw(st.sampled_from([None, *(item.id for item in of)])),
        kind=draw(st.sampled_from([CreditKind.ADJUSTMENT, CreditKind.CONCESSION])),
        payer=draw(payers()),
    )


@st.composite
def deposits(draw: DrawFn, name: str, currency: str) -> LeaseDeposit:
    """A deposit that is asked for at once or later, or that is held."""
    since = draw(_days_or_none())
    return LeaseDeposit(
        name,
        Money.from_minor(draw(magnitudes()), currency),
        since=since,
        held_since=date(2026, 5, 1) if since is None and draw(st.booleans()) else None,
        code=draw(st.sampled_from([None, "RENT", "SEC"])),
        payer=draw(payers()),
    )


def _some(draw: DrawFn, least: int, *names: str) -> list[str]:
    """Some of the names, in any order."""
    return draw(st.lists(st.sampled_from(names), min_size=least, max_size=3, unique=True))


@st.composite
def leases(draw: DrawFn, kind: BillingType, currency: str, move_in: date | None = None) -> Lease:
    """A lease of some months."""
    first = draw(days()) if move_in is None else move_in
    found = [draw(items(name, kind, currency)) for name in _some(draw, 1, "rent", "GST", "a/b", "a%2Fb", "a#2")]
    changes = [draw(adjustments(name, found, currency)) for name in _some(draw, 0, "off", "QST", "off#2", "rent/GST")]
    return Lease(
        "L/1",
        move_in=first,
        move_out=first + timedelta(days=draw(st.integers(1, 200))) if draw(st.booleans()) else None,
        items=found,
        adjustments=changes,
        deposits=[draw(deposits(name, currency)) for name in _some(draw, 0, "deposit", "key")],
        payer=draw(payers()),
    )


class Case(NamedTuple):
    """A lease, the policy that it is billed by, and one of its billing periods."""

    lease: Lease
    policy: BillingPolicy
    period: Period


@st.composite
def cases(draw: DrawFn, cycles: Sequence[Cycle] = (*IN_MONTHS, *IN_WEEKS)) -> Case:
    """A lease under a policy, and a period of the stay; now and then one before it or after it."""
    kind, currency = draw(billing_types(cycles)), draw(currencies())
    policy, lease = draw(policies(kind, currency)), draw(leases(kind, currency))
    return Case(lease, policy, draw(periods_of(lease, policy)))


@st.composite
def periods_of(draw: DrawFn, lease: Lease, policy: BillingPolicy) -> Period:
    """A billing period near the beginning of a stay."""
    return period_at(
        frequency_of(lease, policy), lease.move_in + timedelta(days=draw(st.just(0) | st.integers(-20, 150)))
    )


@st.composite
def lives(draw: DrawFn) -> list[Case]:
    """A lease and its policy as they change, and one period that stays a period of it.

    The billing type and the currency stay; so does the move-in where the cycles begin with it.
    """
    first = draw(cases())
    kind, currency = first.policy.types[0], first.lease.currency
    found = [first]
    for _ in range(draw(st.integers(1, 3))):
        lease, policy, _period = found[-1]
        changed = draw(st.sampled_from(["lease", "policy", "both", "move-out", "back"]))
        if changed in {"lease", "both"}:
            move_in = lease.move_in if callable(kind.cycle) else None
            lease = draw(leases(kind, currency, move_in))
        if changed in {"policy", "both"}:
            offset = first.policy.rounding_offset_days  # the cycles may hang on it
            policy = attrs.evolve(draw(policies(kind, currency)), rounding_offset_days=offset)
        if changed == "move-out":
            lease = attrs.evolve(lease, move_out=lease.move_in + timedelta(days=draw(st.integers(1, 200))))
        if changed == "back":
            lease, policy, _period = draw(st.sampled_from(found))
        found.append(Case(lease, policy, first.period))
    return found
