"""``allocate`` against the oracles: the same minor units to the same charges, 5,000 times an order, 100,000 in all.

Each test draws its accounts from a seed of its own and counts what it compared. A difference is cut down to the
smallest account that shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

import pytest

from arledger import (
    EVENLY,
    NAMED_ORDERS,
    NEWEST_FIRST,
    OLDEST_FIRST,
    PRO_RATA,
    Category,
    Charge,
    Incoming,
    OpenItem,
    Order,
    OrderError,
    Ranking,
    Taxes,
    Ties,
    allocate,
    amount,
    any_payer,
    attribute,
    due_date,
    exact_match_first,
    first,
    group_due,
    in_order,
    in_turn,
    last,
    only,
    parent_due,
    posted_date,
    shared,
    where,
)
from oracles import brute_force, closed_form, compositions, units
from oracles.account import Account, Outcome, allocated, outcome_of
from oracles.generate import FEATURES, draw_account, features_of
from oracles.smallest import smallest
from samples import samples

FOCUSES: dict[str, tuple[frozenset[str], int]] = {
    "R1 R2 R5": (frozenset(), 1000),
    "R3": (frozenset({"taxes"}), 1000),
    "R4": (frozenset({"credits", "designations"}), 1250),
    "R6": (frozenset({"payers", "credits", "designations"}), 1000),
    "R7": (frozenset({"restrictions", "trust", "designations"}), 1000),
    "R8": (frozenset({"disputes", "designations"}), 1000),
    "R4 again": (frozenset({"designations", "applied"}), 1000),
    "R1 to R8": (FEATURES, 2000),
}
"""What accounts are drawn with, by the rules that it is there for, and how many of them for each order."""
UNITS = 600
SPLITS = 1500
PATHS = 600
CALLS = 600
COMPOSED = 700


def differences(
    seed: str,
    count: int,
    draw: Callable[[Random], Account],
    ours: Callable[[Account], object],
    theirs: Callable[[Account], object],
) -> int:
    """Compare two opinions on so many accounts; how many were compared. The first difference fails, at its smallest."""
    rng = Random(seed)
    compared = 0
    for _ in range(samples(count)):
        account = draw(rng)
        if ours(account) != theirs(account):
            worst = smallest(account, lambda one: ours(one) != theirs(one))
            pytest.fail(f"{worst}\narledger: {ours(worst)}\noracle:   {theirs(worst)}")
        compared += 1
    return compared


def by(order: Order) -> Callable[[Account], Outcome]:
    """What arledger decides under an order."""
    return lambda account: outcome_of(allocated(account, order))


@pytest.mark.parametrize("focus", FOCUSES)
@pytest.mark.parametrize("name", NAMED_ORDERS)
def test_r1_to_r8_named_orders_against_the_closed_form(name: str, focus: str) -> None:
    """R1 to R8: each named order as the rules state it, at any size and with everything that a fact can hold."""
    features, count = FOCUSES[focus]
    compared = differences(
        f"{name} {focus}",
        count,
        lambda rng: draw_account(rng, features),
        by(NAMED_ORDERS[name].order),
        lambda account: closed_form.decide(account, closed_form.NAMED[name]),
    )
    assert compared == samples(count)


@pytest.mark.parametrize("name", units.COMPARED)
def test_r1_r2_r6_r7_r8_a_unit_at_a_time(name: str) -> None:
    """R1, R2, R6, R7, R8: ordered rankings and equal shares are what handing out single units comes to."""
    compared = differences(
        f"units {name}",
        UNITS,
        lambda rng: draw_account(
            rng,
            {"payers", "restrictions", "disputes", "credits"},
            largest=rng.choice((5, 20, 20, 200)),
            money=3,
        ),
        by(NAMED_ORDERS[name].order),
        lambda account: units.unit_by_unit(account, name),
    )
    assert compared == samples(UNITS)


@pytest.mark.parametrize("name", brute_force.NAMES)
def test_r3_r6_the_best_of_all_splits(name: str) -> None:
    """R3, R6: shares between charges, and between a charge and its taxes, are the best that there are."""
    compared = differences(
        f"splits {name}",
        SPLITS,
        lambda rng: draw_account(rng, {"payers", "taxes"}, largest=rng.choice((3, 6, 9)), charges=4, money=2),
        by(NAMED_ORDERS[name].order),
        lambda account: brute_force.best_of_all_splits(account, name),
    )
    assert compared == samples(SPLITS)


PLAIN: dict[str, Ranking] = {
    **{
        name: named.order
        for name, named in NAMED_ORDERS.items()
        if isinstance(named.order, Ranking) and name not in {"past-due-first-rent-last", "due-then-dearer"}
    },
    "by posted date, the newest first": Ranking(posted_date.descending),
    "by rate, then smallest": Ranking(attribute("rate"), amount),
    "by code": Ranking(in_order(where.code("PARK"), where.code("FEE") | where.rent), due_date),
    "by category, none forgotten": Ranking(in_order(where.rent, ~where.rent, rest="refuse"), due_date.descending),
    "by category, one forgotten": Ranking(in_order(where.rent, where.category(Category.TAX), rest="refuse")),
    "by invoice": Ranking(group_due("invoice"), parent_due, first(where.code("SERV")), taxes=Taxes.TAX_FIRST),
    "by due date in the middle": Ranking(last(where.invoice("I1")), due_date, amount.descending),
}


def rows_by(order: Order) -> Callable[[Account], object]:
    """The very rows that a decision ends in, or its refusal."""

    def rows(account: Account) -> object:
        try:
            result = allocated(account, order)
        except OrderError as refused:
            return str(refused)
        return [row[:3] for row in result.rows], result.open_after, result.unapplied_after

    return rows


@pytest.mark.parametrize("name", PLAIN)
def test_r1_r2_the_fast_walk_and_the_general_way_end_in_the_same_rows(name: str) -> None:
    """R1, R2: plain facts under a total ranking are walked once; served one by one they give the same rows."""
    ranking = PLAIN[name]
    compared = differences(
        f"paths {name}",
        PATHS,
        lambda rng: draw_account(rng, {"applied", "credits"}),
        rows_by(ranking),
        rows_by(in_turn(ranking)),
    )
    assert compared == samples(PATHS)


def called(ranking: Ranking) -> Order:
    """A ranking as a function of the user's would call it."""

    def order(incoming: Incoming, items: Iterable[OpenItem]) -> dict[str, int]:
        return ranking(incoming, list(items)[::-1])

    return order


@pytest.mark.parametrize("name", [name for name, named in NAMED_ORDERS.items() if isinstance(named.order, Ranking)])
@pytest.mark.parametrize("features", [FEATURES - {"taxes"}, frozenset({"taxes"})], ids=["R4 R6 R7 R8", "R3"])
def test_r1_to_r8_a_ranking_called_as_a_function(name: str, features: frozenset[str]) -> None:
    """R1 to R8: called with items, a ranking gives what it gives as an order; in whatever order the items come.

    A tax whose parent is not among the items stands for itself, so taxes are drawn with one payment and without bars.
    """
    ranking = NAMED_ORDERS[name].order
    assert isinstance(ranking, Ranking)
    most = 1 if "taxes" in features else 100
    compared = differences(
        f"called {name} {sorted(features)}",
        CALLS,
        lambda rng: first_money_of(draw_account(rng, features), most),
        by(ranking),
        by(called(ranking)),
    )
    assert compared == samples(CALLS)


def first_money_of(account: Account, most: int) -> Account:
    """An account with no more than so much of its money."""
    return replace(account, money=account.money[:most])


def coded(charge: Charge) -> bool:
    """What ``where.code("PARK")`` takes of charges that lead their item."""
    return charge.code == "PARK"


_OLDEST, _NEWEST = closed_form.OLDEST_FIRST, closed_form.NAMED["newest-first"]
_PRO_RATA, _EVENLY = closed_form.NAMED["pro-rata"], closed_form.NAMED["evenly"]
_rent = closed_form.is_rent
_in_proportion, _to_a_level = closed_form.in_proportion, closed_form.to_a_level

COMPOSITIONS: dict[str, tuple[Order, closed_form.OracleOrder]] = {
    "only rent": (only(where.rent, OLDEST_FIRST), compositions.only(_rent, _OLDEST)),
    "only a code, pro rata": (only(where.code("PARK"), PRO_RATA), compositions.only(coded, _PRO_RATA)),
    "rent evenly, then the newest": (
        in_turn(only(where.rent, EVENLY), NEWEST_FIRST),
        compositions.in_turn(compositions.only(_rent, _EVENLY), _NEWEST),
    ),
    "exact match, else pro rata": (exact_match_first(PRO_RATA), closed_form.exact_match_first(_PRO_RATA)),
    "any payer": (any_payer(OLDEST_FIRST), compositions.any_payer(_OLDEST)),
    "own first, then any payer": (
        in_turn(only(where.rent, OLDEST_FIRST), exact_match_first(any_payer(EVENLY))),
        compositions.in_turn(
            compositions.only(_rent, _OLDEST), closed_form.exact_match_first(compositions.any_payer(_EVENLY))
        ),
    ),
    "any payer, exact match": (
        any_payer(exact_match_first(only(where.rent, NEWEST_FIRST))),
        compositions.any_payer(closed_form.exact_match_first(compositions.only(_rent, _NEWEST))),
    ),
    "invoices pro rata": (
        shared(among="invoice", ties=Ties.PRO_RATA, then=OLDEST_FIRST),
        compositions.shared("invoice", _in_proportion, _OLDEST),
    ),
    "categories evenly, pro rata inside": (
        shared(among="category", ties=Ties.EVENLY, then=PRO_RATA),
        compositions.shared("category", _to_a_level, _PRO_RATA),
    ),
    "payers pro rata, any payer inside": (
        shared(among="payer", ties=Ties.PRO_RATA, then=in_turn(NEWEST_FIRST, any_payer(OLDEST_FIRST))),
        compositions.shared(
            "payer",
            _in_proportion,
            compositions.in_turn(_NEWEST, compositions.any_payer(_OLDEST)),
            crossing=True,
        ),
    ),
    "shares within shares, of rent": (
        only(
            where.rent,
            shared(among="code", ties=Ties.EVENLY, then=shared(among="invoice", ties=Ties.EVENLY, then=EVENLY)),
        ),
        compositions.only(
            _rent, compositions.shared("code", _to_a_level, compositions.shared("invoice", _to_a_level, _EVENLY))
        ),
    ),
}


@pytest.mark.parametrize("name", COMPOSITIONS)
def test_r3_r6_compositions_against_their_own_words(name: str) -> None:
    """R3, R6: what is composed of orders does what its parts say, one after the other or side by side."""
    order, oracle = COMPOSITIONS[name]
    compared = differences(
        f"composed {name}", COMPOSED, draw_account, by(order), lambda account: closed_form.decide(account, oracle)
    )
    assert compared == samples(COMPOSED)


def test_the_oracles_know_every_named_order() -> None:
    """R1: a new name needs a second opinion."""
    assert set(closed_form.NAMED) == set(NAMED_ORDERS)


def test_as_many_comparisons_as_promised() -> None:
    """5,000 comparisons an order and 100,000 in all; each test counts that it made its own part of them."""
    an_order = sum(count for _, count in FOCUSES.values())
    assert an_order >= 5_000
    others = UNITS * len(units.COMPARED) + SPLITS * len(brute_force.NAMES) + COMPOSED * len(COMPOSITIONS)
    assert an_order * len(NAMED_ORDERS) + others >= 100_000


@pytest.mark.parametrize("focus", FOCUSES)
def test_what_is_drawn_has_what_it_is_drawn_for(focus: str) -> None:
    """An oracle agrees on what it never sees: every feature is in a fair part of the accounts, and money moves."""
    features, promised = FOCUSES[focus]
    count = max(500, samples(promised))  # fewer would not tell
    rng = Random(f"census {focus}")
    seen: dict[str, int] = {}
    moved = 0
    for _ in range(count):
        account = draw_account(rng, features)
        moved += bool(allocate(account.money, account.charges, by=OLDEST_FIRST, applied=account.applied).lines)
        for feature in features_of(account):
            seen[feature] = seen.get(feature, 0) + 1
    assert moved > count / 2
    rare = {"many charges": 200}
    wanted = features | {"ties", "equal amounts", "large amounts", "none", "many charges"}
    wanted |= {"taxes on taxes"} if "taxes" in features else set()
    wanted |= {"disputed amounts"} if "disputes" in features else set()
    wanted |= {"counter-applications"} if "applied" in features else set()
    assert {feature for feature in wanted if seen.get(feature, 0) < count / rare.get(feature, 40)} == set()
