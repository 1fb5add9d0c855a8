"""What money may pay: its payer, its restriction, its fund, and disputes, whatever the order."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from account_facts import cad, day, from_the_back, given, granted, left, owed, paid, placed, poured, settles, still_open
from arledger import (
    EVENLY,
    EXACT_MATCH_FIRST,
    NEWEST_FIRST,
    OLDEST_FIRST,
    PRO_RATA,
    Category,
    Charge,
    Dispute,
    Incoming,
    OpenItem,
    Order,
    Ranking,
    Ties,
    allocate,
    any_payer,
    due_date,
    exact_match_first,
    in_turn,
    only,
    shared,
    where,
)
from arledger.allocation.compositions import crosses_payers

ORDERS: list[Order] = [OLDEST_FIRST, NEWEST_FIRST, PRO_RATA, EVENLY, EXACT_MATCH_FIRST, poured, from_the_back]


def split_bill() -> list[Charge]:
    return [owed("ann-1", "30", 1, payer="ann"), owed("bob-1", "20", 2, payer="bob"), owed("all-1", "10", 3)]


class TestPayers:
    """Money of a payer settles that payer's charges and nobody's; crossing is explicit."""

    @pytest.mark.parametrize("by", ORDERS)
    @pytest.mark.parametrize(
        ("payer", "unpaid"),
        [("ann", ["bob-1"]), ("bob", ["ann-1"]), (None, ["ann-1", "bob-1"]), ("eve", ["ann-1", "bob-1"])],
    )
    def test_no_order_crosses(self, by: Order, payer: str | None, unpaid: list[str]) -> None:
        result = allocate(paid("P", "100", payer=payer), split_bill(), by=by)
        assert [name for name, open_ in result.open.items() if open_] == unpaid

    def test_money_of_no_payer_pays_charges_of_no_payer_only(self) -> None:
        result = allocate(paid("P", "100"), split_bill(), by=OLDEST_FIRST)
        assert (given(result), left(result)) == ({"all-1": "10.00"}, {"P": "90.00"})

    def test_any_payer_crosses(self) -> None:
        result = allocate(paid("P", "55", payer="bob"), split_bill(), by=any_payer(OLDEST_FIRST))
        assert given(result) == {"ann-1": "30.00", "bob-1": "20.00", "all-1": "5.00"}

    def test_a_credit_crosses_by_it_too(self) -> None:
        assert given(allocate(granted("K", "55"), split_bill(), by=any_payer(NEWEST_FIRST))) == {
            "all-1": "10.00",
            "bob-1": "20.00",
            "ann-1": "25.00",
        }

    def test_an_order_of_a_user_is_offered_what_it_may_pay_and_no_more(self) -> None:
        seen: list[list[str]] = []

        def looking(incoming: Incoming, items: Any) -> dict[str, int]:
            seen.append([item.id for item in items])
            return {}

        money = paid("P", "100", payer="bob")
        allocate(money, split_bill(), by=looking)
        allocate(money, split_bill(), by=any_payer(looking))
        assert seen == [["bob-1", "all-1"], ["ann-1", "bob-1", "all-1"]]

    AT_DEPTH: ClassVar[list[tuple[Order, dict[str, str]]]] = [
        (in_turn(OLDEST_FIRST, any_payer(OLDEST_FIRST)), {"bob-1": "20.00", "all-1": "10.00", "ann-1": "15.00"}),
        (only(where.payer("ann"), any_payer(OLDEST_FIRST)), {"ann-1": "30.00"}),
        (any_payer(only(where.payer("ann"), OLDEST_FIRST)), {"ann-1": "30.00"}),
        (
            in_turn(only(where.payer("bob"), OLDEST_FIRST), only(where.payer("ann"), in_turn(any_payer(poured)))),
            {"bob-1": "20.00", "ann-1": "25.00"},
        ),
        (
            shared(among="payer", ties=Ties.EVENLY, then=any_payer(OLDEST_FIRST)),
            {"ann-1": "17.50", "bob-1": "17.50", "all-1": "10.00"},
        ),
        (
            shared(among="payer", ties=Ties.EVENLY, then=in_turn(OLDEST_FIRST, any_payer(OLDEST_FIRST))),
            {"ann-1": "17.50", "bob-1": "17.50", "all-1": "10.00"},
        ),
        (shared(among="payer", ties=Ties.EVENLY, then=OLDEST_FIRST), {"bob-1": "20.00", "all-1": "10.00"}),
        (exact_match_first(any_payer(NEWEST_FIRST)), {"all-1": "10.00", "bob-1": "20.00", "ann-1": "15.00"}),
        (
            any_payer(shared(among="payer", ties=Ties.PRO_RATA, then=OLDEST_FIRST)),
            {"ann-1": "22.50", "bob-1": "15.00", "all-1": "7.50"},
        ),
        (any_payer(any_payer(OLDEST_FIRST)), {"ann-1": "30.00", "bob-1": "15.00"}),
    ]

    @pytest.mark.parametrize(("by", "lines"), AT_DEPTH, ids=[repr(by) for by, _ in AT_DEPTH])
    def test_any_payer_counts_at_any_depth(self, by: Order, lines: dict[str, str]) -> None:
        result = allocate(paid("P", "45", payer="bob"), split_bill(), by=by)
        assert given(result) == lines

    def test_exact_match_crosses_only_inside_any_payer(self) -> None:
        money = paid("P", "30", payer="bob")
        assert given(allocate(money, split_bill(), by=EXACT_MATCH_FIRST)) == {"bob-1": "20.00", "all-1": "10.00"}
        assert given(allocate(money, split_bill(), by=any_payer(EXACT_MATCH_FIRST))) == {"ann-1": "30.00"}

    @pytest.mark.parametrize(
        ("by", "crosses"),
        [
            (OLDEST_FIRST, False),
            (poured, False),
            (any_payer(poured), True),
            (in_turn(OLDEST_FIRST, NEWEST_FIRST), False),
            (in_turn(OLDEST_FIRST, any_payer(NEWEST_FIRST)), True),
            (only(where.rent, OLDEST_FIRST), False),
            (only(where.rent, any_payer(OLDEST_FIRST)), True),
            (exact_match_first(OLDEST_FIRST), False),
            (exact_match_first(in_turn(any_payer(OLDEST_FIRST))), True),
            (shared(among="code", ties=Ties.EVENLY, then=OLDEST_FIRST), False),
            (shared(among="code", ties=Ties.EVENLY, then=any_payer(OLDEST_FIRST)), True),
        ],
    )
    def test_whether_an_order_crosses_is_known(self, by: Order, crosses: bool) -> None:
        assert crosses_payers(by) is crosses


class TestRestrictions:
    """A restriction bars everything else, whatever the order."""

    @pytest.mark.parametrize("by", [*ORDERS, any_payer(OLDEST_FIRST)])
    def test_no_order_crosses_one(self, by: Order) -> None:
        charges = [owed("A", "10", 1), owed("B", "10", 2, invoice="17"), owed("C", "10", 3)]
        result = allocate(paid("P", "30", restriction=where.invoice("17")), charges, by=by)
        assert (given(result), left(result)) == ({"B": "10.00"}, {"P": "20.00"})

    def test_one_bars_other_payers_charges_beside_the_payer(self) -> None:
        charges = [owed("A", "10", payer="bob", code="X"), owed("B", "10", payer="bob"), owed("C", "10", code="X")]
        money = paid("P", "30", payer="ann", restriction=where.code("X"))
        assert given(allocate(money, charges, by=OLDEST_FIRST)) == {"C": "10.00"}
        assert given(allocate(money, charges, by=any_payer(OLDEST_FIRST))) == {"A": "10.00", "C": "10.00"}

    def test_one_is_asked_on_the_moneys_date(self) -> None:
        charges = [owed("A", "10", 3), owed("B", "10", 4)]
        money = [paid("P-1", "30", 3, restriction=where.is_due), paid("P-2", "30", 4, restriction=where.is_due)]
        assert placed(allocate(money, charges, by=NEWEST_FIRST)) == [("P-1", "A", "10.00"), ("P-2", "B", "10.00")]

    def test_one_that_takes_nothing_leaves_all_money(self) -> None:
        result = allocate(paid("P", "30", restriction=where.code("X")), [owed("A", "10")], by=OLDEST_FIRST)
        assert (result.lines, left(result)) == ((), {"P": "30.00"})


class TestDisputes:
    """What is disputed on the money's date is not offered."""

    @pytest.mark.parametrize("by", [*ORDERS, any_payer(OLDEST_FIRST)])
    def test_a_disputed_charge_is_not_paid(self, by: Order) -> None:
        charges = [owed("A", "10", 1, disputed=True), owed("B", "10", 2)]
        assert given(allocate(paid("P", "30"), charges, by=by)) == {"B": "10.00"}

    @pytest.mark.parametrize("by", [*ORDERS, any_payer(OLDEST_FIRST)])
    def test_of_an_amount_the_rest_is_paid(self, by: Order) -> None:
        charges = [owed("A", "10", 1, disputed=Dispute(cad("4"))), owed("B", "10", 2)]
        result = allocate(paid("P", "30"), charges, by=by)
        assert still_open(result) == {"A": "4.00", "B": "0.00"}

    @pytest.mark.parametrize(
        ("received", "paid_then"), [(3, "10.00"), (4, "0.00"), (5, "0.00"), (6, "10.00"), (7, "10.00")]
    )
    def test_it_lasts_from_since_up_to_and_without_until(self, received: int, paid_then: str) -> None:
        charges = [owed("A", "10", disputed=Dispute(since=day(4), until=day(6)))]
        result = allocate(paid("P", "30", received), charges, by=OLDEST_FIRST)
        assert given(result).get("A", "0.00") == paid_then

    def test_each_money_is_judged_on_its_own_date(self) -> None:
        charges = [owed("A", "10", disputed=Dispute(until=day(6))), owed("B", "10", 2)]
        money = [paid("P-1", "8", 5), paid("P-2", "8", 6)]
        assert placed(allocate(money, charges, by=OLDEST_FIRST)) == [("P-1", "B", "8.00"), ("P-2", "A", "8.00")]

    def test_what_is_settled_already_does_not_shrink_the_dispute(self) -> None:
        charges = [owed("A", "10", disputed=Dispute(cad("4")))]
        result = allocate(paid("P", "30"), charges, by=OLDEST_FIRST, applied=[settles("P-0", "A", "5")])
        assert given(result) == {"A": "1.00"}
        result = allocate(paid("P", "30"), charges, by=OLDEST_FIRST, applied=[settles("P-0", "A", "7")])
        assert result.lines == ()

    def test_a_disputed_charge_of_another_payer_is_held_back_from_any_payer_too(self) -> None:
        charges = [
            owed("A", "10", payer="bob", disputed=Dispute(cad("4"))),
            owed("B", "10", payer="bob", disputed=True),
        ]
        result = allocate(paid("P", "30", payer="ann"), charges, by=any_payer(OLDEST_FIRST))
        assert given(result) == {"A": "6.00"}

    def test_an_order_of_a_user_sees_what_is_disputed(self) -> None:
        seen: list[OpenItem] = []

        def looking(incoming: Incoming, items: Any) -> dict[str, int]:
            seen.extend(items)
            return {}

        charges = [owed("A", "10", disputed=Dispute(cad("4"))), owed("B", "10", disputed=True), owed("C", "10")]
        allocate(paid("P", "30"), charges, by=looking, applied=[settles("P-0", "A", "5")])
        assert [(item.id, item.open_minor, item.disputed_minor, item.offered_minor) for item in seen] == [
            ("A", 500, 400, 100),
            ("C", 1000, 0, 1000),
        ]

    def test_shares_are_in_proportion_to_what_is_offered(self) -> None:
        charges = [owed("A", "10", disputed=Dispute(cad("5"))), owed("B", "10"), owed("C", "5")]
        assert given(allocate(paid("P", "10"), charges, by=PRO_RATA)) == {"A": "2.50", "B": "5.00", "C": "2.50"}


def test_bars_do_not_disturb_the_canonical_order() -> None:
    """Charges that some bar is about are looked at apart, and put back where they belong."""
    charges = [
        owed("A", "1", 1),
        owed("B", "1", 2, payer="ann"),
        owed("C", "1", 3),
        owed("D", "1", 4, disputed=Dispute(cad("0.50"))),
        owed("E", "1", 5),
    ]
    result = allocate(paid("P", "9", payer="ann"), charges, by=poured)
    assert list(given(result).items()) == [("A", "1.00"), ("B", "1.00"), ("C", "1.00"), ("D", "0.50"), ("E", "1.00")]


def test_a_subsidy_pays_its_own_part_of_the_rent_only() -> None:
    charges = [
        owed("R-tenant", "300", category=Category.RENT),
        owed("R-agency", "700", category=Category.RENT, payer="agency"),
        owed("P", "50", category=Category.FEATURE, payer="agency"),
    ]
    money = paid("S", "800", payer="agency", restriction=where.rent & where.payer("agency"))
    result = allocate(money, charges, by=Ranking(due_date))
    assert (given(result), left(result)) == ({"R-agency": "700.00"}, {"S": "100.00"})
