"""The laws of orders, for every order that arledger names and for what can be composed of them.

The design: conservation of each payment and each charge; nothing negative, nothing over-applied; no bar crossed; input
order does not matter; inputs are unchanged. For exhaustive orders: money stays unapplied only if nothing permitted is
payable. For totally ordered rankings: a later rank is paid only when every earlier one is settled, and paying x then y
is paying x + y. Where ties are shared: each share within one unit of its exact proportion.

A law that nothing breaks proves little, so wrong orders are here too, each with the law that must catch it.
"""

from __future__ import annotations

from typing import Any

import hypothesis
import pytest
from hypothesis import given

from arledger import (
    EVENLY,
    NAMED_ORDERS,
    NEWEST_FIRST,
    OLDEST_FIRST,
    PRO_RATA,
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
from arledger.testing import (
    DETERMINISTIC,
    LAWS,
    Account,
    Law,
    LawBroken,
    check_order,
    laws_of,
    strategies,
)
from property import sound_orders, wrong_orders
from samples import samples

SETTINGS = hypothesis.settings(DETERMINISTIC, max_examples=samples(60))

RENT_AND_THE_REST = in_order(where.rent, ~where.rent, rest="refuse")

RANKINGS: dict[str, Ranking] = {
    f"{name}, {ties.value}, taxes {taxes.value}": Ranking(*keys, ties=ties, taxes=taxes)
    for ties in Ties
    for taxes in Taxes
    for name, keys in {
        "no keys": (),
        "rent last, by due date": (last(where.rent), due_date),
        "by rate": (attribute("rate").descending, first(where.past_due)),
    }.items()
} | {
    "every key of ours": Ranking(
        RENT_AND_THE_REST, first(where.tagged("old")), group_due("invoice"), parent_due, posted_date.descending, amount
    ),
    "a user's key": Ranking(lambda item, context: (item.charge.code or "", -item.charge.amount.minor)),
}

COMPOSITIONS: dict[str, tuple[Order, bool]] = {
    "only": (only(where.rent | where.tagged("old"), PRO_RATA), False),
    "in_turn": (in_turn(only(where.rent, EVENLY), NEWEST_FIRST), True),
    "exact_match_first": (exact_match_first(PRO_RATA), True),
    "shared pro rata": (shared(among="category", ties=Ties.PRO_RATA, then=OLDEST_FIRST), True),
    "shared evenly": (shared(among="invoice", ties=Ties.EVENLY, then=PRO_RATA), True),
    "any_payer": (any_payer(OLDEST_FIRST), True),
    "any_payer deep": (in_turn(only(where.rent, OLDEST_FIRST), exact_match_first(any_payer(EVENLY))), True),
    "any_payer in shares": (shared(among="code", ties=Ties.EVENLY, then=any_payer(OLDEST_FIRST)), True),
    "a user's order inside": (any_payer(in_turn(sound_orders.RentOnly(), sound_orders.latest_first)), True),
}

SOUND: dict[str, tuple[Order, dict[str, Any]]] = {
    "latest first": (sound_orders.latest_first, {"exhaustive": True, "total": True}),
    "in proportion": (sound_orders.in_proportion, {"exhaustive": True, "ties": Ties.PRO_RATA}),
    "rent only": (sound_orders.RentOnly(), {}),
    "whole charges only": (sound_orders.whole_charges_only, {}),
    "rent by hand, then ours": (sound_orders.rent_by_hand_then_ours, {"exhaustive": True}),
}

ORDERS: list[tuple[str, Order, tuple[Law, ...]]] = [
    *((name, named.order, laws_of(named.order, exhaustive=True)) for name, named in NAMED_ORDERS.items()),
    *((name, order, laws_of(order)) for name, order in RANKINGS.items()),
    *((name, order, laws_of(order, exhaustive=exhaustive)) for name, (order, exhaustive) in COMPOSITIONS.items()),
    *((name, order, laws_of(order, **claims)) for name, (order, claims) in SOUND.items()),
]


@pytest.mark.parametrize("law", LAWS.values(), ids=list(LAWS))
def test_law(law: Law) -> None:
    """Each law, for every order that is to keep it."""
    keepers = [order for _, order, laws in ORDERS if law in laws]
    assert len(keepers) >= 4

    @SETTINGS
    @given(strategies.accounts())
    def holds(account: Account) -> None:
        for order in keepers:
            law(order, account)

    holds()


@pytest.mark.parametrize("named", NAMED_ORDERS.values(), ids=list(NAMED_ORDERS))
def test_no_alarm_about_a_named_order(named: Any) -> None:
    check_order(named.order, exhaustive=True, settings=hypothesis.settings(DETERMINISTIC, max_examples=samples(50)))


@pytest.mark.parametrize("name", SOUND)
def test_no_alarm_about_a_sound_order(name: str) -> None:
    order, claims = SOUND[name]
    check_order(order, settings=SETTINGS, **claims)


@pytest.mark.parametrize("name", NAMED_ORDERS)
def test_a_named_order_keeps_the_laws_of_its_kind(name: str) -> None:
    """Total: ties in sequence, and keys that read neither date nor open amount."""
    kinds = {law.of for law in laws_of(NAMED_ORDERS[name].order)} - {"every"}
    expected = {
        "pro-rata": {"exhaustive", "pro rata"},
        "evenly": {"exhaustive", "evenly"},
        "due-then-dearer": {"exhaustive", "pro rata"},
        "past-due-first-rent-last": {"exhaustive"},
        "exact-match-first": set(),
    }
    assert kinds == expected.get(name, {"exhaustive", "total"})


def test_what_is_said_goes_before_what_is_known() -> None:
    names = {law.name for law in laws_of(OLDEST_FIRST, exhaustive=False, total=False, ties=Ties.EVENLY)}
    assert "exhaustion" not in names
    assert "in parts" not in names
    assert "even shares" in names


@pytest.mark.parametrize(("order", "message"), wrong_orders.REFUSED, ids=lambda value: getattr(value, "__name__", None))
def test_a_wrong_order_is_refused(order: Any, message: str) -> None:
    """A wrong order raises OrderError; it never corrupts a result."""
    money, charges = wrong_orders.refusal_case()
    name = getattr(order, "__qualname__", None) or repr(order)
    with pytest.raises(OrderError) as caught:
        allocate(money, charges, by=order)
    assert str(caught.value) == f"order {name}: {message}"
    assert caught.value.field == "order"


def test_an_order_that_proposes_by_item_is_refused() -> None:
    money, charges = wrong_orders.refusal_case()
    with pytest.raises(OrderError, match=r"^order by_item: charge OpenItem\(.*\) was not offered for payment P-1; "):
        allocate(money, charges, by=wrong_orders.by_item)


@pytest.mark.parametrize("name", wrong_orders.CAUGHT)
def test_a_wrong_order_is_caught_by_its_law(name: str) -> None:
    wrong = wrong_orders.CAUGHT[name]
    with pytest.raises(LawBroken) as caught:
        check_order(wrong.make(), **wrong.claims)
    assert caught.value.law in {LAWS[law] for law in (wrong.law, wrong.or_law) if law}
    assert str(caught.value).startswith(f"{_name_of(caught.value.order)} breaks the law {caught.value.law.name!r}: ")


def _name_of(order: Any) -> str:
    return str(order.__qualname__)
