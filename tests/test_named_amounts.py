"""Named amounts that overlap: what was paid counts so that no more is paid than was named."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from account_facts import cad, owed, paid, placed, settles
from arledger import (
    NEWEST_FIRST,
    OLDEST_FIRST,
    Application,
    Category,
    Charge,
    Designation,
    Order,
    Selector,
    allocate,
    where,
)
from samples import samples

RENT, FEE, PARK = Category.RENT, Category.FEE, Category.FEATURE
CHARGES = [
    owed("rent", "90", 1, category=RENT),
    owed("fee", "90", 2, category=FEE),
    owed("parking", "90", 3, category=PARK),
]


def wish(to: str | Selector, amount: str) -> Designation:
    return Designation(to, cad(amount))


@pytest.mark.parametrize("applied", list(permutations([settles("P", "rent", "2"), settles("P", "fee", "3")])))
def test_what_two_named_amounts_speak_of_counts_for_the_one_that_has_nothing_else(
    applied: Sequence[Application],
) -> None:
    money = paid("P", "20", designations=[wish(where.rent | where.category(FEE), "4"), wish(where.rent, "1")])
    assert allocate(money, CHARGES, by=OLDEST_FIRST, applied=applied).lines == ()


def test_it_is_counted_elsewhere_through_a_third_one_too() -> None:
    wishes = [
        wish(where.rent | where.category(FEE), "3"),
        wish(where.category(FEE, PARK), "3"),
        wish(where.category(PARK), "3"),
    ]
    applied = [settles("P", "rent", "3"), settles("P", "fee", "3"), settles("P", "parking", "3")]
    money = paid("P", "20", designations=wishes)
    assert allocate(money, CHARGES, by=OLDEST_FIRST, applied=applied).lines == ()
    # parking got nothing yet: the second amount counts the fee, the first the rent, and the third is still due
    result = allocate(money, CHARGES, by=OLDEST_FIRST, applied=applied[:2])
    assert placed(result) == [("P", "parking", "3.00")]


def test_an_amount_of_one_charge_is_counted_before_one_of_a_selector() -> None:
    money = paid("P", "20", designations=[wish(where.rent, "5"), wish("rent", "4")])
    result = allocate(money, CHARGES, by=OLDEST_FIRST, applied=[settles("P", "rent", "4")])
    assert placed(result) == [("P", "rent", "5.00")]


SOME = st.sets(st.sampled_from([RENT, FEE, PARK]), min_size=1)
WISHES = st.lists(st.tuples(SOME, st.integers(1, 6)), min_size=2, max_size=4)
OWED = st.lists(
    st.tuples(st.sampled_from([RENT, FEE, PARK]), st.integers(1, 6), st.integers(1, 9)), min_size=1, max_size=4
)


@settings(max_examples=samples(600))
@given(WISHES, OWED, OWED, st.sampled_from([OLDEST_FIRST, NEWEST_FIRST]))
def test_however_often_money_is_asked_it_pays_no_more_than_was_named(
    wishes: list[tuple[set[Category], int]],
    first: list[tuple[Category, int, int]],
    second: list[tuple[Category, int, int]],
    by: Order,
) -> None:
    named = sum(amount for _, amount in wishes)
    money = paid(
        "P", "90", fund="trust", designations=[wish(where.category(*some), str(amount)) for some, amount in wishes]
    )
    lines: list[Application] = []
    charges: list[Charge] = []
    for batch in (first, second):
        for category, amount, due in batch:
            charges.append(owed(f"{len(charges)}", str(amount), due, category=category))
        lines += allocate(money, charges, by=by, applied=lines).lines
    assert sum(line.amount.minor for line in lines) <= named * 100
