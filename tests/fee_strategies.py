"""What the laws of fees draw from: amounts composed of all that there is, graces, limits, rules, and accounts for them.

An amount may be ``rising``: then it never falls where more is owed, so that no ladder by size is among its parts, whose
higher tier may be the lower amount. Sums are in Canadian dollars.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from arledger import (
    BALANCE_EACH_PERIOD,
    DOWN,
    HALF_EVEN,
    HALF_UP,
    LAST,
    OLDEST_FIRST,
    UP,
    BusinessDays,
    CashStep,
    Category,
    Charge,
    FeeAmount,
    FirstFeeAfter,
    FreeDays,
    FreeUntil,
    Grace,
    LateFeeRule,
    Ledger,
    Limit,
    Money,
    Occurrence,
    Percent,
    Rate,
    RateTable,
    accrual,
    fee,
    monthly,
    quarterly,
    weekly,
    where,
)
from ledger_cases import DAYS, FIRST_DAY, Case
from ledger_strategies import FEATURES, draw_case

BASES = (fee.OWED, fee.PAST_DUE, fee.CHARGE, fee.RENT)
RENT = Money("12", "CAD")
"""The monthly rent, where a rule reads it."""

_PERCENTS: tuple[str | int | Fraction, ...] = (0, 1, "1.5", 5, "0.37", 100, Fraction(100, 3))
_DAY_COUNTS = (
    accrual.ACTUAL_365,
    accrual.ACTUAL_360,
    accrual.THIRTY_360,
    accrual.ACTUAL_ACTUAL,
    accrual.WHOLE_MONTHS,
    accrual.both_ends(accrual.ACTUAL_365),
    accrual.after_days(9, accrual.ACTUAL_365),
)
_RATES = (
    Percent(0),
    Percent(8),
    Percent("180"),
    RateTable([Rate(Percent(5)), Rate(Percent(90), since=FIRST_DAY + timedelta(days=20))]),
)


@cache
def sums() -> SearchStrategy[Money]:
    """Small ones, which meet what is owed."""
    return st.integers(1, 3000).map(lambda minor: Money.from_minor(minor, "CAD"))


@cache
def simple_amounts() -> SearchStrategy[FeeAmount]:
    """Flat sums, percentages and bases."""
    return st.one_of(
        sums().map(fee.flat),
        st.builds(lambda percent, of: fee.percent(percent, of=of), st.sampled_from(_PERCENTS), st.sampled_from(BASES)),
        st.sampled_from(BASES),
    )


@st.composite
def tiers(draw: DrawFn, amounts: SearchStrategy[FeeAmount]) -> list[fee.Tier]:
    """One to three, that rise."""
    bounds = sorted(draw(st.sets(st.integers(1, 3000), max_size=2)))
    found = [fee.Tier(draw(amounts), up_to=Money.from_minor(bound, "CAD")) for bound in bounds]
    return [*found, fee.Tier(draw(amounts))]


def _composed(inner: SearchStrategy[FeeAmount], *, rising: bool) -> SearchStrategy[FeeAmount]:
    few = st.lists(inner, min_size=2, max_size=3)
    kinds = [
        st.builds(lambda one, other: one + other, inner, inner),
        few.map(lambda amounts: fee.lesser_of(*amounts)),
        few.map(lambda amounts: fee.greater_of(*amounts)),
    ]
    if not rising:
        kinds.append(st.builds(lambda of, steps: fee.by_size(of, *steps), st.sampled_from(BASES), tiers(inner)))
    return st.one_of(kinds)


@cache
def still_amounts(*, rising: bool = False) -> SearchStrategy[FeeAmount]:
    """Amounts that count no days, composed to some depth."""

    def composed(inner: SearchStrategy[FeeAmount]) -> SearchStrategy[FeeAmount]:
        by_part = st.builds(lambda of, steps: fee.by_part(of, *steps), st.sampled_from(BASES), tiers(inner))
        return st.one_of(_composed(inner, rising=rising), by_part)

    return st.recursive(simple_amounts(), composed, max_leaves=4)


@cache
def _growing(*, rising: bool) -> SearchStrategy[FeeAmount]:
    """Amounts that grow from day to day, each by itself."""
    still, since = still_amounts(rising=rising), st.sampled_from(["grace", "due"])
    days = st.integers(1, 12)
    return st.one_of(
        st.builds(lambda amount, start: fee.each_day(amount, since=start), still, since),
        st.builds(lambda amount, start: fee.each_further_day(amount, since=start), still, since),
        st.builds(
            lambda step, amount, first, start: fee.every(step, amount, first=first, since=start),
            days,
            still,
            st.none() | days,
            since,
        ),
        st.builds(lambda amount, start: fee.each_month(amount, since=start), still, since),
        st.builds(
            lambda rate, by, start: fee.a_year(rate, by=by, since=start),
            st.sampled_from(_RATES),
            st.sampled_from(_DAY_COUNTS),
            since,
        ),
        st.builds(fee.from_day, st.integers(1, 20), still),
    )


@cache
def fee_amounts(*, rising: bool = False) -> SearchStrategy[FeeAmount]:
    """Any amount, composed of all that there is."""
    leaves = st.one_of(still_amounts(rising=rising), _growing(rising=rising))

    def composed(inner: SearchStrategy[FeeAmount]) -> SearchStrategy[FeeAmount]:
        return st.one_of(_composed(inner, rising=rising), st.builds(fee.from_day, st.integers(1, 20), inner))

    return st.recursive(leaves, composed, max_leaves=3)


@cache
def graces() -> SearchStrategy[Grace]:
    """Each by its name; a few days, or up to a day of the month."""
    closed = BusinessDays("following", holidays=[FIRST_DAY + timedelta(days=3)])
    return st.one_of(
        st.integers(1, 8).map(FirstFeeAfter),
        st.integers(0, 7).map(FreeDays),
        st.integers(0, 4).map(lambda days: FreeDays(days, business_days=closed)),
        st.sampled_from([FreeUntil(5), FreeUntil(31), FreeUntil(LAST)]),
    )


@cache
def limits(*, scopes: Sequence[Any] = ("charge", "period", "ever")) -> SearchStrategy[list[Limit]]:
    """Up to two; of a flat sum or of the rent."""
    amounts = st.one_of(
        sums().map(fee.flat),
        st.sampled_from([fee.RENT, fee.percent(Fraction(100, 3), of=fee.RENT)]),
        st.just(fee.lesser_of(fee.RENT, fee.flat(Money("5", "CAD")))),
    )
    one = st.builds(lambda amount, per: Limit(amount, per=per), amounts, st.sampled_from(scopes))
    return st.sampled_from([0, 1, 1, 2]).flatmap(lambda number: st.lists(one, min_size=number, max_size=number))


@st.composite
def rules(draw: DrawFn, /, amounts: SearchStrategy[FeeAmount] | None = None, **given: Any) -> LateFeeRule:
    """Rules whose fees have a code of their own; some fields given."""
    amount = draw(st.one_of(still_amounts(), fee_amounts()) if amounts is None else amounts)
    occurrences = [each for each in Occurrence if each is not BALANCE_EACH_PERIOD or not amount.counts_days]
    drawn: dict[str, Any] = {
        "amount": amount,
        "grace": draw(graces()),
        "occurs": draw(st.sampled_from(occurrences)),
        "limits": draw(limits()),
        "least": draw(st.sampled_from([None, None, Money("5", "CAD")])),
        "category": draw(st.sampled_from([Category.LATE_FEE, Category.LATE_FEE, Category.INTEREST])),
        "code": "OURS",
        "period": draw(st.sampled_from([monthly(1), monthly(1), monthly(LAST), weekly(FIRST_DAY), quarterly(1)])),
        "rounding": draw(st.sampled_from([HALF_UP, HALF_EVEN, UP, DOWN, CashStep(Money("0.05", "CAD"))])),
    }
    if draw(st.integers(0, 3)) == 3:
        drawn["eligible"] = draw(st.sampled_from([where.rent, where.payer("ann"), ~where.rent]))
        drawn["since"] = draw(st.sampled_from([None, FIRST_DAY + timedelta(days=9)]))
        drawn["until"] = draw(st.sampled_from([None, FIRST_DAY + timedelta(days=40)]))
    return LateFeeRule(**{**drawn, **given})


@st.composite
def unpaid(draw: DrawFn, most: int = 4) -> list[Charge]:
    """Charges of one payer that nobody pays: rent and others, some with taxes, on an invoice or on one day."""
    found: list[Charge] = []
    for number in range(draw(st.integers(1, most))):
        parent = draw(st.sampled_from([None, None, *(charge.id for charge in found)]))
        kinds = [Category.RENT, Category.UTILITY, Category.FEE, Category.TAX]
        due = FIRST_DAY + timedelta(days=draw(st.sampled_from([0, 0, 1, 5, 12, 19, 31])))
        found.append(
            Charge(
                f"C-{number + 1}",
                Money.from_minor(draw(st.integers(1, 4000)), "CAD"),
                due=due,
                posted=min(due, FIRST_DAY),
                category=Category.TAX if parent is not None else draw(st.sampled_from(kinds)),
                about=parent,
                invoice=draw(st.sampled_from([None, None, "I-1"])),
            )
        )
    return found


@cache
def accounts() -> SearchStrategy[Case]:
    """Ledgers with whatever may befall them but wishes, by seeds, so that few are almost empty; or nothing is paid."""
    drawn = _seeds().map(lambda seed: draw_case(Random(seed), FEATURES - {"wishes"}, {"oldest first": OLDEST_FIRST}))
    whatever = drawn.filter(lambda case: case.ledger.currency == "CAD")
    return st.one_of(whatever, whatever, unpaid().map(lambda charges: Case(Ledger("CAD", charges))))


@cache
def nights(first: date, days: int, most: int) -> SearchStrategy[list[date]]:
    """So many days of a stretch of time, or fewer, in their order."""

    def drawn(seed: int) -> list[date]:
        chance = Random(seed)
        numbers = chance.sample(range(days), chance.randint(1, most))
        return [first + timedelta(days=number) for number in sorted(numbers)]

    return _seeds().map(drawn)


@cache
def assessed_days() -> SearchStrategy[date]:
    """Days on which some of a drawn account is late."""
    return st.integers(9, DAYS + 29).map(lambda number: FIRST_DAY + timedelta(days=number))


@cache
def _seeds() -> SearchStrategy[int]:
    return st.integers(0, 10**9)
