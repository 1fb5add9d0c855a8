"""Splits by example."""

from __future__ import annotations

from collections import UserList
from fractions import Fraction

import pytest

from arledger import InvalidValue, Money, split_by_weight, split_cumulatively, split_evenly
from arledger.apportion import by_weight, cumulatively, evenly


def test_A6_eight_dollars_in_three() -> None:
    """A6: split 8.00 in three: 2.67, 2.67, 2.66."""
    expected = tuple(Money(text, "CAD") for text in ("2.67", "2.67", "2.66"))
    assert split_evenly(Money("8.00", "CAD"), 3) == expected
    assert split_by_weight(Money("8.00", "CAD"), [1, 1, 1]) == expected


def test_A6_five_cents_at_70_to_30_and_30_to_70() -> None:
    """A6: 5 cents 70/30 and 30/70: 4 + 1; 2 + 3."""
    five = Money("0.05", "CAD")
    assert [part.minor for part in split_by_weight(five, [70, 30])] == [4, 1]
    assert [part.minor for part in split_by_weight(five, [30, 70])] == [2, 3]


@pytest.mark.parametrize(
    ("units", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (1, [1, 1, 1], [1, 0, 0]),
        (0, [1, 2, 3], [0, 0, 0]),
        (10, [0, 1, 0], [0, 10, 0]),
        (1, [0, 1], [0, 1]),
        (7, [3], [7]),
        (10, [1, 2, 4], [1, 3, 6]),  # quotas 1.43, 2.86, 5.71: the two odd units to .86 and .71
        (5, [2, 1, 1], [3, 1, 1]),  # quotas 2.5, 1.25, 1.25: the odd unit to .5, not to the largest weight as such
        (3, [5, 5, 2], [1, 1, 1]),  # quotas 1.25, 1.25, 0.5: the smallest weight has the largest remainder
        (-100, [1, 1, 1], [-34, -33, -33]),
        (-5, [30, 70], [-2, -3]),
        (2**53 + 1, [1, 1], [2**52 + 1, 2**52]),
    ],
)
def test_by_weight(units: int, weights: list[int], parts: list[int]) -> None:
    assert by_weight(units, weights) == parts


@pytest.mark.parametrize(
    ("units", "weights", "parts"),
    [
        (7, [1, 1, 2], [2, 2, 3]),  # prefixes 1.75, 3.5, 7
        (10, [1, 1, 1, 1], [3, 2, 3, 2]),  # 2.5, 5, 7.5, 10: halves up
        (100, [1, 1, 1], [33, 34, 33]),
        (1, [1, 1, 1], [0, 1, 0]),
        (1, [1, 1], [1, 0]),
        (0, [1, 2], [0, 0]),
        (5, [0, 1, 0, 1], [0, 3, 0, 2]),
        (-10, [1, 1, 1, 1], [-3, -2, -3, -2]),
        (120000, [31, 28, 31], [41333, 37334, 41333]),
    ],
)
def test_cumulatively(units: int, weights: list[int], parts: list[int]) -> None:
    assert cumulatively(units, weights) == parts


@pytest.mark.parametrize(
    ("units", "ceilings", "parts"),
    [
        (10, [2, 9, 9], [2, 4, 4]),
        (10, [9, 2, 9], [4, 2, 4]),
        (11, [9, 2, 9], [5, 2, 4]),
        (10, [9, 9, 9], [4, 3, 3]),
        (11, [9, 9, 9], [4, 4, 3]),
        (2, [9, 9, 9], [1, 1, 0]),
        (0, [9, 9], [0, 0]),
        (18, [9, 9], [9, 9]),
        (17, [9, 9], [9, 8]),
        (6, [1, 2, 3], [1, 2, 3]),
        (5, [3, 1, 2], [2, 1, 2]),
        (4, [0, 4, 0], [0, 4, 0]),
        (4, [2, 2, 2], [2, 1, 1]),
        (0, [], []),
        (7, [7], [7]),
        (2**53 + 1, [2**53, 2**53], [2**52 + 1, 2**52]),
    ],
)
def test_evenly(units: int, ceilings: list[int], parts: list[int]) -> None:
    assert evenly(units, ceilings) == parts


def test_weights_may_be_fractions() -> None:
    thirds = [Fraction(1, 3), Fraction(1, 6), Fraction(1, 2)]
    assert [part.minor for part in split_by_weight(Money("1.00", "CAD"), thirds)] == [33, 17, 50]
    assert [part.minor for part in split_cumulatively(Money("1.00", "CAD"), thirds)] == [33, 17, 50]
    assert [part.minor for part in split_by_weight(Money("1.00", "CAD"), [1, Fraction(1, 2), 0])] == [67, 33, 0]


def test_any_sequence_of_weights_will_do() -> None:
    money = Money("0.05", "CAD")
    assert (
        split_by_weight(money, (70, 30)) == split_by_weight(money, UserList([70, 30])) == split_by_weight(money, [7, 3])
    )
    assert split_by_weight(money, range(1, 3)) == split_by_weight(money, [1, 2])


@pytest.mark.parametrize("currency", ["CAD", "JPY", "KWD"])
def test_parts_are_in_the_currency_of_the_whole(currency: str) -> None:
    money = Money.from_minor(10, currency)
    assert split_evenly(money, 4) == tuple(Money.from_minor(part, currency) for part in (3, 3, 2, 2))
    assert split_by_weight(money, [1, 3]) == tuple(Money.from_minor(part, currency) for part in (3, 7))
    assert split_cumulatively(money, [1, 3]) == tuple(Money.from_minor(part, currency) for part in (3, 7))


def test_as_many_parts_as_there_may_be_and_one_more() -> None:
    parts = split_evenly(Money("1", "JPY"), 1_000_000)
    assert len(parts) == 1_000_000
    assert (parts[0].minor, parts[-1].minor) == (1, 0)
    assert split_evenly(Money("5", "JPY"), 1) == (Money("5", "JPY"),)
    with pytest.raises(InvalidValue) as caught:
        split_evenly(Money("1", "JPY"), 1_000_001)
    assert str(caught.value) == "split: parts is 1000001; pass at most 1000000"
