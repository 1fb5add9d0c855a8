"""The laws of splits: a sum alone cannot tell a good split from a bad one, so quota, equal treatment and prefixes too.

Oracles: every split of a small total is tried (by weight); units are handed out one by one (evenly); Fractions say
what is exact (all three).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import accumulate, pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from arledger import Money, split_by_weight, split_cumulatively, split_evenly
from arledger.apportion import by_weight, cumulatively, evenly
from strategies import magnitudes, minors, moneys, near, weights

Split = Callable[[int, list[int]], list[int]]


def proportional_splits() -> st.SearchStrategy[Split]:
    """The two kernels that split in proportion to weights."""
    return st.sampled_from([by_weight, cumulatively])


def quotas(units: int, found: list[int]) -> list[Fraction]:
    """The exact share of each weight."""
    return [Fraction(units * weight, sum(found)) for weight in found]


def all_splits(units: int, parts: int) -> list[tuple[int, ...]]:
    """Every way to write a number as so many ints from 0 on, in order."""
    if parts == 1:
        return [(units,)]
    return [(first, *rest) for first in range(units + 1) for rest in all_splits(units - first, parts - 1)]


def largest_remainder(units: int, found: list[int]) -> list[int]:
    """The method of Hamilton as a book states it: floors, then one unit each to the largest fractional parts."""
    exact = quotas(units, found)
    parts = [math.floor(quota) for quota in exact]
    queue = sorted((-(quota - math.floor(quota)), position) for position, quota in enumerate(exact))
    for _, position in queue[: units - sum(parts)]:
        parts[position] += 1
    return parts


def round_after_round(units: int, ceilings: list[int]) -> list[int]:
    """One unit at a time, round after round, to each part that is not full."""
    parts = [0] * len(ceilings)
    while units:
        for position, ceiling in enumerate(ceilings):
            if units and parts[position] < ceiling:
                parts[position] += 1
                units -= 1
    return parts


def water_level(units: int, ceilings: list[int]) -> list[int]:
    """The same at any size: the highest level all parts can be filled to, then one more each to the earlier."""
    low, high = 0, max(ceilings, default=0)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(middle, ceiling) for ceiling in ceilings) <= units:
            low = middle
        else:
            high = middle - 1
    parts = [min(low, ceiling) for ceiling in ceilings]
    for position, ceiling in enumerate(ceilings):
        if sum(parts) < units and ceiling > low:
            parts[position] += 1
    return parts


@st.composite
def units_and_ceilings(draw: st.DrawFn) -> tuple[int, list[int]]:
    """Ceilings in tiers, and no more units than they hold; often all of them, or one less."""
    tier = draw(st.sampled_from([st.integers(0, 4), st.integers(0, 10**4), near(2**53), st.integers(0, 10**18)]))
    ceilings = draw(st.lists(tier, min_size=1, max_size=9))
    held = sum(ceilings)
    return draw(st.one_of(st.integers(0, held), st.just(held), st.just(max(0, held - 1)))), ceilings


class TestNoUnitIsLost:
    """All conserve the total."""

    @given(minors(), weights(), proportional_splits())
    def test_proportional_parts_sum_to_the_whole(self, units: int, found: list[int], split: Split) -> None:
        parts = split(units, found)
        assert sum(parts) == units
        assert len(parts) == len(found)

    @given(units_and_ceilings())
    def test_even_parts_sum_to_the_whole(self, case: tuple[int, list[int]]) -> None:
        units, ceilings = case
        parts = evenly(units, ceilings)
        assert sum(parts) == units
        assert len(parts) == len(ceilings)

    @given(moneys(), st.integers(1, 40))
    def test_money_in_parts_sums_to_the_whole(self, money: Money, count: int) -> None:
        parts = split_evenly(money, count)
        assert sum(part.minor for part in parts) == money.minor
        assert {part.currency for part in parts} == {money.currency}
        assert len(parts) == count
        magnitudes_ = [abs(part.minor) for part in parts]
        assert magnitudes_ == sorted(magnitudes_, reverse=True)
        assert magnitudes_[0] - magnitudes_[-1] <= 1


class TestQuota:
    """Each part is its exact quota rounded down or up."""

    @given(minors(), weights())
    def test_each_part_by_weight_is_its_quota_rounded_down_or_up(self, units: int, found: list[int]) -> None:
        for part, quota in zip(by_weight(units, found), quotas(units, found), strict=True):
            assert math.floor(quota) <= part <= math.ceil(quota)

    @given(minors(), weights())
    def test_each_cumulative_part_is_within_one_unit_of_its_quota(self, units: int, found: list[int]) -> None:
        for part, quota in zip(cumulatively(units, found), quotas(units, found), strict=True):
            assert abs(part - quota) < 1

    @given(minors(), weights(), proportional_splits())
    def test_no_weight_no_part(self, units: int, found: list[int], split: Split) -> None:
        for part, weight in zip(split(units, found), found, strict=True):
            assert weight or part == 0
            assert part * units >= 0

    @given(weights(), magnitudes(), proportional_splits())
    def test_an_exact_split_is_left_exact(self, found: list[int], factor: int, split: Split) -> None:
        assert split(sum(found) * factor, found) == [weight * factor for weight in found]


class TestEqualTreatment:
    """Equal weights differ by one unit at most, and ties go to the earlier."""

    @given(magnitudes(0), weights())
    def test_equal_weights_differ_by_one_at_most_and_the_earlier_is_not_smaller(
        self, units: int, found: list[int]
    ) -> None:
        parts = by_weight(units, found)
        for i, weight in enumerate(found):
            for j in range(i + 1, len(found)):
                if found[j] == weight:
                    assert 0 <= parts[i] - parts[j] <= 1

    @given(magnitudes(0), weights())
    def test_a_larger_weight_never_gets_less(self, units: int, found: list[int]) -> None:
        pairs = sorted(zip(found, by_weight(units, found), strict=True))
        for (less, part_of_less), (more, part_of_more) in pairwise(pairs):
            assert part_of_less <= part_of_more or less == more

    @given(magnitudes(0), weights())
    def test_where_no_remainders_are_equal_the_order_of_weights_does_not_matter(
        self, units: int, found: list[int]
    ) -> None:
        remainders = [units * weight % sum(found) for weight in found]
        assume(len(set(remainders)) == len(remainders))
        backwards = by_weight(units, found[::-1])
        assert backwards[::-1] == by_weight(units, found)


class TestPrefixes:
    """Each prefix of the parts is the exact prefix rounded half up: fair over time."""

    @given(magnitudes(0), weights())
    def test_each_prefix_is_the_exact_one_rounded_half_up(self, units: int, found: list[int]) -> None:
        parts = cumulatively(units, found)
        for given_so_far, exact in zip(accumulate(parts), accumulate(quotas(units, found)), strict=True):
            assert given_so_far == math.floor(exact + Fraction(1, 2))

    @given(magnitudes(0), weights(), weights())
    def test_what_comes_later_changes_nothing_before(self, units: int, found: list[int], later: list[int]) -> None:
        """In units a weight: the past of a stretch does not depend on how its future is cut."""
        whole = sum(found) + sum(later)
        assume(whole)
        at_once = cumulatively(units, [*found, sum(later)])
        cut_up = cumulatively(units, [*found, *later])
        assert cut_up[: len(found)] == at_once[: len(found)]

    @given(magnitudes(0), weights())
    def test_a_stretch_cut_in_two_keeps_its_part(self, units: int, found: list[int]) -> None:
        doubled = cumulatively(units, [half for weight in found for half in (weight, weight)])
        merged = [first + second for first, second in zip(doubled[::2], doubled[1::2], strict=True)]
        assert merged == cumulatively(units, found)


class TestScaleAndMirror:
    """Only proportions count, and negative units mirror positive ones."""

    @given(minors(), weights(), magnitudes(), proportional_splits())
    def test_scaled_weights_split_alike(self, units: int, found: list[int], factor: int, split: Split) -> None:
        assert split(units, [weight * factor for weight in found]) == split(units, found)

    @given(minors(), weights(), proportional_splits())
    def test_negative_units_mirror_positive_ones(self, units: int, found: list[int], split: Split) -> None:
        assert split(-units, found) == [-part for part in split(units, found)]

    @given(moneys(), weights(most=6), magnitudes())
    def test_fractions_split_as_ints_in_the_same_proportion(self, money: Money, found: list[int], by: int) -> None:
        fractions = [Fraction(weight, by) for weight in found]
        assert split_by_weight(money, fractions) == split_by_weight(money, found)
        assert split_cumulatively(money, fractions) == split_cumulatively(money, found)
        mixed = [fraction if fraction.denominator > 1 else int(fraction) for fraction in fractions]
        assert split_by_weight(money, mixed) == split_by_weight(money, found)

    @given(
        moneys(),
        st.lists(
            st.tuples(st.integers(0, 9), st.sampled_from([1, 2, 3, 4, 5, 6, 7, 11])), min_size=1, max_size=5
        ).filter(lambda pairs: any(numerator for numerator, _ in pairs)),
    )
    def test_fractions_of_different_denominators_keep_their_proportion(
        self, money: Money, pairs: list[tuple[int, int]]
    ) -> None:
        fractions = [Fraction(numerator, denominator) for numerator, denominator in pairs]
        common = 2**2 * 3 * 5 * 7 * 11
        ints = [common // denominator * numerator for numerator, denominator in pairs]
        assert [part.minor for part in split_by_weight(money, fractions)] == by_weight(money.minor, ints)
        assert [part.minor for part in split_cumulatively(money, fractions)] == cumulatively(money.minor, ints)


class TestByWeightAgainstOracles:
    """Largest remainder; ties to the earlier."""

    @given(st.integers(0, 9), st.lists(st.integers(0, 6), min_size=1, max_size=4).filter(any))
    def test_of_all_splits_it_is_the_closest_to_the_quotas(self, units: int, found: list[int]) -> None:
        """Of every split of the units, the one with the least sum of squared errors; of equals, the earlier first."""
        exact = quotas(units, found)

        def error(parts: tuple[int, ...]) -> Fraction:
            return sum(((part - quota) ** 2 for part, quota in zip(parts, exact, strict=True)), Fraction())

        splits = all_splits(units, len(found))
        least = min(map(error, splits))
        closest = max(parts for parts in splits if error(parts) == least)
        assert tuple(by_weight(units, found)) == closest

    @given(magnitudes(0), weights(most=40))
    def test_it_is_the_method_of_largest_remainders(self, units: int, found: list[int]) -> None:
        assert by_weight(units, found) == largest_remainder(units, found)

    @given(magnitudes(0), st.integers(1, 60))
    def test_equal_weights_are_a_plain_division(self, units: int, count: int) -> None:
        share, odd = divmod(units, count)
        assert by_weight(units, [7] * count) == [share + 1] * odd + [share] * (count - odd)


class TestEvenlyAgainstOracles:
    """The outcome of giving one unit at a time, round after round, to each part that is not full."""

    @given(st.lists(st.integers(0, 12), min_size=1, max_size=8))
    def test_small_splits_are_those_of_one_unit_at_a_time(self, ceilings: list[int]) -> None:
        for units in range(sum(ceilings) + 1):
            assert evenly(units, ceilings) == round_after_round(units, ceilings)

    def test_every_split_of_up_to_four_small_parts(self) -> None:
        cases = 0
        for size in range(1, 5):
            for code in range(5**size):
                ceilings = [code // 5**position % 5 for position in range(size)]
                for units in range(sum(ceilings) + 1):
                    assert evenly(units, ceilings) == round_after_round(units, ceilings)
                    cases += 1
        assert cases == 6640

    @given(units_and_ceilings())
    def test_splits_of_any_size_fill_to_one_level(self, case: tuple[int, list[int]]) -> None:
        units, ceilings = case
        assert evenly(units, ceilings) == water_level(units, ceilings)

    @given(units_and_ceilings())
    def test_no_part_is_above_its_ceiling_and_open_parts_are_level(self, case: tuple[int, list[int]]) -> None:
        units, ceilings = case
        parts = evenly(units, ceilings)
        for part, ceiling in zip(parts, ceilings, strict=True):
            assert 0 <= part <= ceiling
            if part < ceiling:
                assert part >= max(parts) - 1

    @given(units_and_ceilings())
    def test_one_more_unit_lowers_no_part(self, case: tuple[int, list[int]]) -> None:
        units, ceilings = case
        assume(units < sum(ceilings))
        before, after = evenly(units, ceilings), evenly(units + 1, ceilings)
        assert all(more >= less for less, more in zip(before, after, strict=True))


class TestInputsAreLeftAlone:
    """A split changes nothing that it was given."""

    @given(minors(), weights())
    def test_weights_and_ceilings_stay(self, units: int, found: list[int]) -> None:
        before = list(found)
        by_weight(units, found)
        cumulatively(units, found)
        evenly(min(abs(units), sum(found)), found)
        assert found == before
