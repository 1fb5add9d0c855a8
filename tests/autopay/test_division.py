"""The kernel of a run, by golden numbers and against brute force over all small cases: rules R14, R15 and R19."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from math import floor

import pytest

from arledger.autopay.division import (
    by_shares,
    cut_from_the_last,
    lowered_beside,
    lowered_to,
    placed,
    rounded_divisions,
)

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
AMOUNTS = [Fraction(0), THIRD, HALF, Fraction(1), Fraction(5, 3)]
"""Exact amounts of all sorts: nothing, whole, half and neither."""


def exact(*amounts: int | str) -> list[Fraction]:
    """Amounts as fractions."""
    return [Fraction(amount) for amount in amounts]


def half_up(amount: Fraction) -> int:
    """The whole number nearest to it, a half upwards."""
    return floor(amount + HALF)


def fairest(amounts: list[Fraction], units: int) -> list[int]:
    """Of all ways to round each amount down or up to so many units, the nearest; ties favour the earlier payer."""
    ways = [way for way in product(*((floor(one), floor(one) + 1) for one in amounts)) if sum(way) == units]

    def far(way: Iterable[int]) -> tuple[Fraction, list[int]]:
        apart = [(part - amount) ** 2 for part, amount in zip(way, amounts, strict=True)]
        return sum(apart, Fraction(0)), [-part for part in way]

    return list(min(ways, key=far))


@pytest.mark.parametrize(
    ("amounts", "ceiling", "paid", "lowered", "left"),
    [
        (exact(600, 400), 1000, exact(0, 0), exact(600, 400), exact(0, 0)),
        (exact(600, 400), 1000, exact(70, 0), exact(600, 400), exact(70, 0)),
        (exact(600, 400), 800, exact(0, 0), exact(480, 320), exact(0, 0)),
        (exact(500, 500), 500, exact(500, 0), exact(0, 500), exact(0, 0)),
        (exact(600, 400), 900, exact(100, 0), exact(500, 400), exact(0, 0)),
        (exact(600, 400), 900, exact(250, 0), exact(500, 400), exact(150, 0)),
        (exact(600, 400), 800, exact(100, 0), exact("4000/9", "3200/9"), exact(0, 0)),
        (exact(600, 400), 900, exact(300, 300), exact(550, 350), exact(250, 250)),
        (exact(600, 400), 900, exact(600, 300), exact("1600/3", "1100/3"), exact("1600/3", "800/3")),
        (exact(600, 400), 100, exact(900, 0), exact(0, 100), exact(300, 0)),
        (exact(600, 400), 0, exact(0, 0), exact(0, 0), exact(0, 0)),
        (exact(0, 0), 0, exact(5, 5), exact(0, 0), exact(5, 5)),
        ([], 0, [], [], []),
    ],
)
def test_amounts_are_lowered_by_what_each_paid_and_then_in_proportion(
    amounts: list[Fraction], ceiling: int, paid: list[Fraction], lowered: list[Fraction], left: list[Fraction]
) -> None:
    """R15: what was paid comes off first, by at most the excess; what is not needed may lower elsewhere."""
    assert lowered_to(amounts, ceiling, paid) == (lowered, left)


def test_lowering_over_all_small_cases() -> None:
    """R15: the ceiling is reached exactly, none rises, each has paid for what was lowered of it before others lose."""
    for amounts, ceiling, paid in product(product(AMOUNTS, repeat=3), range(4), product((0, 1), repeat=3)):
        lowered, left = lowered_to(amounts, ceiling, paid)
        whole = sum(amounts)
        assert sum(lowered) == min(whole, ceiling)
        mine = [min(Fraction(own), amount) for own, amount in zip(paid, amounts, strict=True)]
        used = [own - rest for own, rest in zip(paid, left, strict=True)]
        excess = max(Fraction(0), whole - ceiling)
        assert sum(used) == min(sum(mine), excess)
        for amount, now, own, off in zip(amounts, lowered, mine, used, strict=True):
            assert 0 <= off <= own
            assert 0 <= now <= amount - off
            if sum(mine) >= excess:  # nobody loses more than what he paid
                assert now == amount - off
                assert off * sum(mine) == own * excess
            else:  # the rest of each shrinks alike
                assert now * (whole - sum(mine)) == (amount - own) * ceiling


@pytest.mark.parametrize(
    ("divisions", "parts"),
    [
        ([exact("100000/3", "100000/3", "100000/3")], [[33334, 33333, 33333]]),
        ([exact("100000/3", "100000/3")], [[33334, 33333]]),
        ([exact("1/3", "2/3")], [[0, 1]]),
        ([exact("1/2", "1/2")], [[1, 0]]),
        ([exact("1/2")], [[1]]),
        ([exact("1/2"), exact("1/2")], [[1], [0]]),
        ([exact("1/2"), exact("1/2"), exact("1/2")], [[1], [0], [1]]),
        ([exact("1/3"), exact("1/3"), exact("1/3")], [[0], [1], [0]]),
        ([exact("1/3", "1/3"), exact("2/3", "2/3")], [[1, 0], [1, 0]]),
        ([exact("5/2", "5/2", 1), exact("1/4", "1/4", "1/2")], [[3, 2, 1], [0, 0, 1]]),
        ([[], exact(7)], [[], [7]]),
        ([], []),
    ],
)
def test_divisions_are_rounded_once_all_together(divisions: list[list[Fraction]], parts: list[list[int]]) -> None:
    """R14: all parts are the exact sum, half up; the odd unit to the largest remainder, ties to the first payer."""
    assert rounded_divisions(divisions) == parts


def test_rounding_over_all_small_cases() -> None:
    """R14: each division is the nearest of all ways to round it; the sum up to each is rounded half up."""
    for one, other in product(product(AMOUNTS, repeat=3), product(AMOUNTS, repeat=2)):
        first, second = rounded_divisions([one, other])
        assert sum(first) == half_up(sum(one, Fraction(0)))
        assert sum(first) + sum(second) == half_up(sum(one, Fraction(0)) + sum(other))
        assert first == fairest(list(one), sum(first))
        assert second == fairest(list(other), sum(second))


@pytest.mark.parametrize(
    ("totals", "wants", "payable", "rows"),
    [
        ([60, 40], [exact(60, 40)], [100], [[60, 40]]),
        ([60, 40], [exact(30, 20), exact(30, 20)], [50, 50], [[30, 20], [30, 20]]),
        ([0, 50], [exact(25, 25), exact(25, 25)], [0, 50], [[0, 0], [0, 50]]),
        ([50, 50], [exact(60, 40), exact(0, 0)], [50, 50], [[30, 20], [20, 30]]),
        ([30, 20], [exact(30, 20), exact(30, 20)], [50, 50], [[30, 20], [0, 0]]),
        ([40, 0], [exact(30, 20), exact(30, 20)], [50, 50], [[30, 0], [10, 0]]),
        ([0, 60], [exact(30, 20), exact(30, 20)], [50, 50], [[0, 40], [0, 20]]),
        ([34, 33], [exact("100/3", "100/3")], [67], [[34, 33]]),
        ([1, 2], [exact("1/2", "1/2"), exact("1/2", "3/2")], [1, 2], [[1, 0], [0, 2]]),
        ([5], [exact(9)], [5], [[5]]),
        ([], [], [], []),
    ],
)
def test_whole_amounts_are_placed_on_the_items_each_payers_own_part_first(
    totals: list[int], wants: list[list[Fraction]], payable: list[int], rows: list[list[int]]
) -> None:
    """R19: in the order of the items; what finds no room in its own part goes to what is left of any."""
    assert placed(totals, wants, payable) == rows


def test_placing_over_all_small_cases() -> None:
    """R14, R19: each total is placed in full, no item gets more than is payable of it."""
    rows_of_wants = list(product(AMOUNTS[:4], repeat=2))
    for payable, wants in product(product(range(3), repeat=2), product(rows_of_wants, repeat=2)):
        for totals in product(range(3), repeat=2):
            if sum(totals) > sum(payable):
                continue
            rows = placed(totals, wants, payable)
            assert [sum(column) for column in zip(*rows, strict=True)] == list(totals)
            assert all(sum(row) <= most for row, most in zip(rows, payable, strict=True))
            assert all(part >= 0 for row in rows for part in row)
            own = [[int(want) for want in row] for row in wants]
            whole = all(want.denominator == 1 for row in wants for want in row)
            room = all(sum(row) <= most for row, most in zip(own, payable, strict=True))
            if whole and room and [sum(column) for column in zip(*own, strict=True)] == list(totals):
                assert rows == own


@pytest.mark.parametrize(
    ("units", "shares", "parts"),
    [
        (100000, exact("1/3", "1/3"), [33334, 33333]),
        (100000, exact("1/3", "1/3", "1/3"), [33334, 33333, 33333]),
        (101, exact("1/2", "1/2"), [51, 50]),
        (101, exact("1/2"), [51]),
        (100, exact("1/3"), [33]),
        (100, exact("3/5", "2/5"), [60, 40]),
        (5, exact(0, 1), [0, 5]),
        (5, [], []),
        (0, exact("1/2", "1/2"), [0, 0]),
    ],
)
def test_shares_that_may_leave_something_to_nobody(units: int, shares: list[Fraction], parts: list[int]) -> None:
    """R14: the parts of all are the sum of the shares, half up; odd units as everywhere."""
    assert by_shares(units, shares) == parts


def test_shares_over_all_small_cases() -> None:
    for units, shares in product(range(8), product(exact(0, "1/3", "1/4", "1/2"), repeat=2)):
        amounts = [units * share for share in shares]
        assert by_shares(units, shares) == fairest(amounts, half_up(sum(amounts, Fraction(0))))


@pytest.mark.parametrize(
    ("parts", "most", "cut"),
    [
        ([600, 60, 20], 620, [600, 20, 0]),
        ([600, 60, 20], 600, [600, 0, 0]),
        ([600, 60, 20], 599, [599, 0, 0]),
        ([600, 60, 20], 680, [600, 60, 20]),
        ([600, 60, 20], 999, [600, 60, 20]),
        ([600, 60, 20], 0, [0, 0, 0]),
        ([], 5, []),
    ],
)
def test_parts_are_cut_from_the_last_one_up(parts: list[int], most: int, cut: list[int]) -> None:
    """R16, R19."""
    assert cut_from_the_last(parts, most) == cut


def test_nothing_is_left_where_there_is_less_than_nothing() -> None:
    """R15: more money is on hand than anything is payable; of it all some was pulled before."""
    wants = [Fraction(60), Fraction(40)]
    nothing = [Fraction(0), Fraction(0)]
    assert lowered_beside(wants, -5, [0, 0], pulled=[0, 0], pulled_in_all=0) == (nothing, nothing)
    assert lowered_beside(wants, -5, [0, 0], pulled=[3, 0], pulled_in_all=3) == (nothing, nothing)
    assert lowered_beside(wants, -5, [0, 0], pulled=[50, 0], pulled_in_all=50)[0] == nothing
    assert lowered_beside(wants, 1, [0, 0], pulled=[60, 0], pulled_in_all=60)[0] == [
        Fraction(0),
        Fraction(1),
    ]
