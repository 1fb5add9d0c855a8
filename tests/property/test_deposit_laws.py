"""The laws of deposits (R46, R47), against an oracle that walks from day to day and shares no code with the library.

Two stretches of years: with 29ths of February, and around 2100, which has none. Each test draws from a seed of its own
and counts what it compared.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random

import attrs
import pytest

from arledger import (
    DOWN,
    EVENLY,
    HALF_EVEN,
    HALF_UP,
    NEWEST_FIRST,
    OLDEST_FIRST,
    PRO_RATA,
    RENT_LAST,
    UP,
    Accrual,
    DepositInterest,
    DepositPolicy,
    RateTable,
    Rounding,
    deposit_interest,
    settle_deposit,
)
from arledger.billing.accrual import ACTUAL_365, ACTUAL_ACTUAL, WHOLE_MONTHS, after_days, both_ends
from drawn_deposits import SHAPES, Case, Settling, draw_case, draw_settling, holding_of, may_pay, policy_of, shapes_of
from oracles import days_counted, interest_by_day
from oracles.days import ONE_DAY, is_anchor, walk
from oracles.interest_by_day import Convention, Deposit, at_least, leap_aware, over_365, whole_months
from samples import PART, samples

BY: dict[str, tuple[Accrual, Convention]] = {
    "ACTUAL_365": (ACTUAL_365, over_365),
    "ACTUAL_ACTUAL": (ACTUAL_ACTUAL, leap_aware),
    "WHOLE_MONTHS": (WHOLE_MONTHS, whole_months),
    "both ends, ACTUAL_365": (both_ends(ACTUAL_365), interest_by_day.both_ends(over_365)),
    "both ends, ACTUAL_ACTUAL": (both_ends(ACTUAL_ACTUAL), interest_by_day.both_ends(leap_aware)),
    "both ends, WHOLE_MONTHS": (both_ends(WHOLE_MONTHS), interest_by_day.both_ends(whole_months)),
    "after 90 days, ACTUAL_365": (after_days(90, ACTUAL_365), at_least(90, over_365)),
    "both ends, after 90 days, WHOLE_MONTHS": (
        both_ends(after_days(90, WHOLE_MONTHS)),
        interest_by_day.both_ends(at_least(90, whole_months)),
    ),
}
DAILY = ("ACTUAL_365", "ACTUAL_ACTUAL")
ROUNDINGS: list[tuple[Rounding, Callable[[Fraction], int]]] = [
    (HALF_UP, days_counted.half_up),
    (HALF_EVEN, days_counted.half_even),
    (UP, days_counted.up),
    (DOWN, days_counted.down),
]
ORDERS = (OLDEST_FIRST, NEWEST_FIRST, RENT_LAST, EVENLY, PRO_RATA)
PROMISED = {name: 800 if name in {"ACTUAL_365", "ACTUAL_ACTUAL", "WHOLE_MONTHS"} else 300 for name in BY}
"""How many deposits are drawn for each convention."""
LAWS = 200
"""And how many for each law."""


def earned(case: Case, policy: DepositPolicy) -> DepositInterest:
    return deposit_interest(holding_of(case.deposit), case.end, policy, since=case.first)


def cases(test: str) -> Iterator[tuple[Random, Case]]:
    """As many cases as a law is promised, each with the chance that drew it."""
    rng = Random(test)
    for _ in range(samples(LAWS)):
        yield rng, draw_case(rng)


def unmoved(cases: Iterable[tuple[Random, Case]]) -> Iterator[tuple[Random, Case]]:
    """The same without the entries of the last day and after: where that day counts, it is on what was held before."""
    for rng, case in cases:
        entries = [entry for entry in case.deposit.entries if entry[0] < case.end]
        yield rng, case._replace(deposit=case.deposit._replace(entries=entries))


@pytest.mark.parametrize("name", BY)
def test_interest_is_what_the_days_earn(name: str) -> None:
    """R46: each segment's days, its exact interest and what it is rounded to; and their sum."""
    rng = Random(f"interest {name}")
    compared = 0
    ours, theirs = BY[name]
    for _ in range(samples(PROMISED[name])):
        case = draw_case(rng)
        rounding, rounded = rng.choice(ROUNDINGS)
        interest = earned(case, policy_of(case.deposit, ours, rounding))
        # a deposit that is not held for a day earns nothing, whatever counts
        expected = theirs(case.deposit, case.first, case.end) if case.first < case.end else []
        assert [(part.period.start, part.period.end, part.exact, part.amount.minor) for part in interest.segments] == [
            (*part, rounded(part.exact)) for part in expected
        ], case
        assert interest.amount.minor == sum(rounded(part.exact) for part in expected), case
        compared += 1
    assert PART != 1 or compared == PROMISED[name]


@pytest.mark.parametrize("name", BY)
def test_a_segment_is_simple_interest_on_what_is_held_on_its_first_day(name: str) -> None:
    """R46: principal times rate times years; the parts that are shown are those that were multiplied."""
    for _, case in unmoved(cases(f"parts {name}")):
        for part in earned(case, policy_of(case.deposit, BY[name][0])).segments:
            assert part.principal.minor == interest_by_day.principal(case.deposit, part.period.start)
            assert part.percent.fraction == interest_by_day.rate(case.deposit, part.period.start)
            assert part.exact == part.principal.minor * part.percent.fraction * part.years
            assert part.years > 0


@pytest.mark.parametrize("name", ["ACTUAL_365", "ACTUAL_ACTUAL", "WHOLE_MONTHS"])
def test_segments_tile_the_held_time(name: str) -> None:
    """They follow each other from the first day to the last, or to less than a month before it."""
    for _, case in cases(f"tiles {name}"):
        periods = [part.period for part in earned(case, policy_of(case.deposit, BY[name][0])).segments]
        assert all(one.end == other.start for one, other in pairwise(periods))
        begin, end = (periods[0].start, periods[-1].end) if periods else (case.first, case.first)
        if name == "WHOLE_MONTHS":
            anchor = case.deposit.since.day
            assert not any(is_anchor(day, anchor) for day in walk(case.first, begin))
            assert not periods or not any(is_anchor(day, anchor) for day in walk(end + ONE_DAY, case.end + ONE_DAY))
        else:
            assert (begin, end) == (case.first, case.end)
        assert case.first <= begin <= end <= case.end


@pytest.mark.parametrize("name", DAILY)
def test_no_segment_crosses_a_change(name: str) -> None:
    for _, case in cases(f"changes {name}"):
        changes = interest_by_day.changes(case.deposit)
        for part in earned(case, policy_of(case.deposit, BY[name][0])).segments:
            assert not any(day in changes for day in walk(part.period.start + ONE_DAY, part.period.end))


@pytest.mark.parametrize("name", DAILY)
def test_time_that_is_cut_anywhere_earns_the_same(name: str) -> None:
    """R46: simple. Up to a day, and from it on, is the whole, before rounding."""
    for rng, case in cases(f"cut {name}"):
        policy = policy_of(case.deposit, BY[name][0])
        middle = case.first + timedelta(days=rng.randint(0, (case.end - case.first).days))
        parts = [earned(case._replace(end=middle), policy), earned(case._replace(first=middle), policy)]
        whole = earned(case, policy)
        assert sum(part.exact for one in parts for part in one.segments) == sum(part.exact for part in whole.segments)


@pytest.mark.parametrize("name", BY)
def test_interest_is_never_negative_and_one_more_day_never_earns_less(name: str) -> None:
    for rng, case in unmoved(cases(f"one more day {name}")):
        policy = policy_of(case.deposit, BY[name][0], rng.choice(ROUNDINGS)[0])
        less = earned(case, policy)
        assert all(part.amount.minor >= 0 for part in less.segments)
        assert earned(case._replace(end=case.end + ONE_DAY), policy).amount >= less.amount


@pytest.mark.parametrize("name", BY)
def test_a_higher_rate_never_earns_less(name: str) -> None:
    for rng, case in cases(f"higher rate {name}"):
        place = rng.randrange(len(case.deposit.rates))
        rates = list(case.deposit.rates)
        rates[place] = (rates[place][0], rates[place][1] + rng.choice((1, Fraction(1, 7), 100)) / Fraction(100))
        by, rounding = BY[name][0], rng.choice(ROUNDINGS)[0]
        higher = policy_of(case.deposit._replace(rates=rates), by, rounding)
        assert earned(case, higher).amount >= earned(case, policy_of(case.deposit, by, rounding)).amount


@pytest.mark.parametrize("name", [name for name in BY if not name.startswith("both ends")])
def test_both_ends_count_one_day_more(name: str) -> None:
    """Where nothing changes on it: up to a day, both ends counted, is up to the next day."""
    for _, case in unmoved(cases(f"both ends {name}")):
        if case.first < case.end:
            by = BY[name][0]
            counted = earned(case, policy_of(case.deposit, both_ends(by)))
            assert counted == earned(case._replace(end=case.end + ONE_DAY), policy_of(case.deposit, by))


def test_what_is_held_is_what_came_in_less_what_was_released() -> None:
    """R47: held = paid + top-ups + interest - released, on each day."""
    compared = 0
    for _, case in cases("held"):
        holding = holding_of(case.deposit)
        days = {case.deposit.since, case.end, *(on for on, _, _ in case.deposit.entries)}
        for day in {day + timedelta(days=step) for day in days for step in (-1, 0, 1)}:
            assert holding.on(day).minor == interest_by_day.held(case.deposit, day)
            compared += 1
    assert PART != 1 or compared >= 5 * LAWS


def test_the_order_of_entries_and_rates_does_not_matter() -> None:
    for rng, case in cases("order"):
        policy = policy_of(case.deposit)
        assert policy.rates is not None
        rates = list(policy.rates.rates)
        rng.shuffle(rates)
        shuffled = holding_of(case.deposit, rng)
        again = deposit_interest(shuffled, case.end, attrs.evolve(policy, rates=RateTable(rates)), since=case.first)
        assert again == earned(case, policy)
        assert all(shuffled.on(on) == holding_of(case.deposit).on(on) for on, _, _ in case.deposit.entries)


def settlings(test: str) -> Iterator[tuple[Random, Case, Settling]]:
    """Deposits of which something is held, with what is on their account."""
    for rng, case in cases(test):
        if interest_by_day.held(case.deposit, case.end):
            yield rng, case, draw_settling(rng, case)


def test_a_deposit_pays_all_that_it_may_and_the_rest_goes_back() -> None:
    """R47: refund due = held - applied, where held has its interest; what is not covered stays open."""
    compared = 0
    for rng, case, settling in settlings("settlement"):
        settlement = settle_deposit(
            settling.holding,
            settling.charges,
            move_out=case.end,
            policy=settling.policy,
            by=rng.choice(ORDERS),
            applied=settling.applied,
            interest_since=case.first,
        )
        room = {charge.id: may_pay(settling, charge, case.end) for charge in settling.charges}
        money = interest_by_day.held(case.deposit, case.end) + sum(
            days_counted.half_up(part.exact) for part in over_365(case.deposit, case.first, case.end)
        )
        assert settlement.applied.minor == min(money, sum(room.values()))
        assert settlement.refund.minor == money - settlement.applied.minor
        assert settlement.refund + settlement.applied == settlement.held + settlement.interest.amount
        for charge, movement in settlement.allocation.by_charge.items():
            assert 0 <= movement.before.minor - movement.after.minor <= room[charge]
        assert settlement.refund_by == case.end + timedelta(days=30)
        compared += 1
    assert compared >= samples(LAWS) * 2 // 3


def test_the_order_of_charges_does_not_matter() -> None:
    for rng, case, settling in settlings("charges"):
        again = list(settling.charges), list(settling.applied)
        for facts in again:
            rng.shuffle(facts)
        by = rng.choice(ORDERS)
        one, other = (
            settle_deposit(
                settling.holding,
                charges,
                move_out=case.end,
                policy=settling.policy,
                by=by,
                applied=applied,
                interest_since=case.first,
            )
            for charges, applied in ((settling.charges, settling.applied), again)
        )
        assert one == other


def test_what_is_drawn_has_what_it_is_drawn_for() -> None:
    """An oracle agrees on what it never sees: each shape of a deposit is a fair part of the cases."""
    rng, count = Random("census"), 500
    seen: dict[str, int] = {}
    for _ in range(count):
        for shape in shapes_of(draw_case(rng)):
            seen[shape] = seen.get(shape, 0) + 1
    assert {shape for shape in SHAPES if seen.get(shape, 0) < count / 40} == set()


def test_as_many_comparisons_as_promised() -> None:
    """A few thousand; each test counts that it made its own part of them."""
    assert sum(PROMISED.values()) >= 3500


def test_the_oracle_by_example() -> None:
    """R46: 86 days at 0.11% and 304 at 0.09%; R47: 184 days at 2%, or six whole months."""
    resman = Deposit(
        date(2026, 1, 1), 240_000, [], [(None, Fraction(11, 10_000)), (date(2026, 3, 28), Fraction(9, 10_000))]
    )
    parts = over_365(resman, date(2026, 1, 1), date(2027, 1, 26))
    assert [days_counted.half_up(part.exact) for part in parts] == [62, 180]
    held = Deposit(date(2026, 5, 16), 150_000, [], [(None, Fraction(2, 100))])
    assert over_365(held, held.since, date(2026, 11, 16))[0].exact == Fraction(150_000 * 2 * 184, 100 * 365)
    assert whole_months(held, held.since, date(2026, 11, 17))[0] == (held.since, date(2026, 11, 16), Fraction(1500))


def test_the_oracle_shares_no_code() -> None:
    tree = ast.parse(Path(interest_by_day.__file__).read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imports = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert modules | imports <= {
        *("__future__", "collections.abc", "datetime", "fractions", "itertools", "typing"),
        *("oracles.days", "oracles.days_counted"),
    }
