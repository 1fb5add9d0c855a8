"""Orders made of orders, and orders of users: what each passes on, and what it may not."""

from __future__ import annotations

import pickle
from collections import UserDict
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import pytest

from account_facts import (
    cad,
    day,
    from_the_back,
    given,
    left,
    owed,
    paid,
    placed,
    poured,
    settles,
    tax,
)
from arledger import (
    EVENLY,
    EXACT_MATCH_FIRST,
    LARGEST_FIRST,
    NEWEST_FIRST,
    OLDEST_FIRST,
    PRO_RATA,
    Category,
    Charge,
    Designation,
    Dispute,
    Incoming,
    InvalidValue,
    OpenItem,
    Order,
    OrderError,
    Payment,
    Period,
    Ranking,
    Ties,
    allocate,
    any_payer,
    attribute,
    due_date,
    exact_match_first,
    in_turn,
    only,
    shared,
    where,
)
from arledger.allocation.pool import PooledOrder
from arledger.checks import name_of

PARK = where.code("PARK")
BOUNDS = "propose from 0 to item.offered_minor"


def account() -> list[Charge]:
    return [
        owed("A", "30", 1, code="RENT"),
        owed("B", "20", 2, code="PARK"),
        owed("C", "10", 3, code="PARK"),
        owed("D", "40", 4, code="RENT"),
    ]


class TestOnly:
    """The order, over the charges that the selector takes."""

    def test_the_rest_of_the_money_stays(self) -> None:
        result = allocate(paid("P", "50"), account(), by=only(PARK, NEWEST_FIRST))
        assert (list(given(result).items()), left(result)) == ([("C", "10.00"), ("B", "20.00")], {"P": "20.00"})

    def test_an_order_of_a_user_is_offered_no_more(self) -> None:
        assert given(allocate(paid("P", "50"), account(), by=only(PARK, poured))) == {"B": "20.00", "C": "10.00"}

    def test_nothing_selected_is_nothing_paid(self) -> None:
        for order in (OLDEST_FIRST, poured):
            assert allocate(paid("P", "50"), account(), by=only(where.code("LOCK"), order)).lines == ()

    def test_a_tax_goes_with_what_it_taxes(self) -> None:
        charges = [owed("R", "100", 2, code="PARK"), tax("T", "10", "R", 1), tax("U", "1", "T", 1), owed("Z", "5", 1)]
        assert given(allocate(paid("P", "200"), charges, by=only(where.charge("R"), OLDEST_FIRST))) == {
            "R": "100.00",
            "T": "10.00",
            "U": "1.00",
        }
        assert allocate(paid("P", "200"), charges, by=only(where.charge("T", "U"), OLDEST_FIRST)).lines == ()

    def test_it_is_asked_on_the_moneys_date(self) -> None:
        money = [paid("P-1", "50", 2), paid("P-2", "50", 3)]
        result = allocate(money, account(), by=only(where.past_due, OLDEST_FIRST))
        assert placed(result) == [("P-1", "A", "30.00"), ("P-2", "B", "20.00")]

    def test_one_inside_another_narrows(self) -> None:
        by = only(PARK, only(where.due_by(day(2)), OLDEST_FIRST))
        assert given(allocate(paid("P", "99"), account(), by=by)) == {"B": "20.00"}


class TestInTurn:
    """The first order, then the next with what is left."""

    def test_what_the_first_leaves_goes_to_the_next(self) -> None:
        by = in_turn(only(PARK, NEWEST_FIRST), OLDEST_FIRST)
        assert placed(allocate(paid("P", "65"), account(), by=by)) == [
            ("P", "C", "10.00"),
            ("P", "B", "20.00"),
            ("P", "A", "30.00"),
            ("P", "D", "5.00"),
        ]

    def test_the_next_is_not_asked_where_nothing_is_left(self) -> None:
        def refusing(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
            raise AssertionError

        assert given(allocate(paid("P", "65"), account(), by=in_turn(OLDEST_FIRST, refusing))) == {
            "A": "30.00",
            "B": "20.00",
            "C": "10.00",
            "D": "5.00",
        }

    def test_the_next_sees_what_is_left_of_money_and_items(self) -> None:
        seen: list[object] = []

        def looking(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
            seen.append((incoming.minor, [(item.id, item.offered_minor) for item in items]))
            return {"A": 1000}

        allocate(paid("P", "95"), account(), by=in_turn(looking, only(PARK, OLDEST_FIRST), looking, looking))
        rest = [("B", 2000), ("C", 1000)]
        assert seen == [
            (9500, [("A", 3000), *rest, ("D", 4000)]),
            (5500, [("A", 2000), ("D", 4000)]),
            (4500, [("A", 1000), ("D", 4000)]),
        ]

    def test_a_charge_may_be_paid_in_several_turns(self) -> None:
        def a_cent(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
            return {items[0].id: 1}

        result = allocate(paid("P", "0.05"), account(), by=in_turn(a_cent, a_cent, OLDEST_FIRST))
        assert [(line.id, line.amount.minor) for line in result.lines] == [
            ("P>A@2026-03-05", 1),
            ("P>A@2026-03-05#2", 1),
            ("P>A@2026-03-05#3", 3),
        ]

    def test_turns_inside_turns(self) -> None:
        by = in_turn(in_turn(only(PARK, OLDEST_FIRST), only(where.charge("D"), OLDEST_FIRST)), OLDEST_FIRST)
        assert list(given(allocate(paid("P", "75"), account(), by=by)).items()) == [
            ("B", "20.00"),
            ("C", "10.00"),
            ("D", "40.00"),
            ("A", "5.00"),
        ]


class TestExactMatchFirst:
    """An item that is open for exactly this money, else the order."""

    @pytest.mark.parametrize(
        ("amount", "lines"),
        [
            ("30", {"A": "30.00"}),
            ("20", {"B": "20.00"}),
            ("40", {"D": "40.00"}),
            ("19.99", {"A": "19.99"}),
            ("20.01", {"A": "20.01"}),
            ("50", {"A": "30.00", "B": "20.00"}),
        ],
    )
    def test_else_the_order(self, amount: str, lines: dict[str, str]) -> None:
        assert given(allocate(paid("P", amount), account(), by=EXACT_MATCH_FIRST)) == lines

    def test_the_oldest_of_several(self) -> None:
        charges = [owed("A", "20", 3), owed("B", "20", 2), owed("C", "10", 1)]
        assert given(allocate(paid("P", "20"), charges, by=exact_match_first(LARGEST_FIRST))) == {"B": "20.00"}

    def test_what_is_open_counts_and_not_the_amount(self) -> None:
        by = exact_match_first(OLDEST_FIRST)
        result = allocate(paid("P", "15"), account(), by=by, applied=[settles("P-0", "D", "25")])
        assert given(result) == {"D": "15.00"}
        result = allocate(paid("P", "40"), account(), by=by, applied=[settles("P-0", "D", "25")])
        assert given(result) == {"A": "30.00", "B": "10.00"}

    def test_what_is_left_of_the_money_counts(self) -> None:
        result = allocate(paid("P", "50"), account(), by=EXACT_MATCH_FIRST, applied=[settles("P", "Z", "10")])
        assert given(result) == {"D": "40.00"}

    def test_a_charge_with_the_taxes_on_it_is_one_item(self) -> None:
        charges = [owed("Z", "100", 1), owed("R", "100", 2), tax("T", "13", "R", 2), tax("U", "2", "T", 2)]
        assert given(allocate(paid("P", "115"), charges, by=EXACT_MATCH_FIRST)) == {
            "R": "100.00",
            "T": "13.00",
            "U": "2.00",
        }
        assert given(allocate(paid("P", "100"), charges, by=EXACT_MATCH_FIRST)) == {"Z": "100.00"}
        assert given(allocate(paid("P", "13"), charges, by=EXACT_MATCH_FIRST)) == {"Z": "13.00"}

    def test_what_is_offered_counts_where_it_is_disputed(self) -> None:
        charges = [owed("A", "30", 1), owed("B", "20", 2, disputed=Dispute(cad("5")))]
        assert given(allocate(paid("P", "15"), charges, by=EXACT_MATCH_FIRST)) == {"B": "15.00"}

    def test_it_falls_back_on_an_order_of_a_user(self) -> None:
        assert given(allocate(paid("P", "45"), account(), by=exact_match_first(from_the_back))) == {
            "C": "5.00",
            "D": "40.00",
        }


class TestShared:
    """Shares between groups, and an order inside each."""

    def test_in_proportion_to_what_is_open(self) -> None:
        by = shared(among="code", ties=Ties.PRO_RATA, then=NEWEST_FIRST)
        result = allocate(paid("P", "50"), account(), by=by)
        assert placed(result) == [("P", "D", "35.00"), ("P", "C", "10.00"), ("P", "B", "5.00")]

    def test_evenly_as_far_as_a_group_can_take_it(self) -> None:
        by = shared(among="code", ties=Ties.EVENLY, then=OLDEST_FIRST)
        assert given(allocate(paid("P", "50"), account(), by=by)) == {"A": "25.00", "B": "20.00", "C": "5.00"}
        assert given(allocate(paid("P", "80"), account(), by=by)) == {
            "A": "30.00",
            "D": "20.00",
            "B": "20.00",
            "C": "10.00",
        }

    def test_enough_money_pays_all(self) -> None:
        by = shared(among="code", ties=Ties.PRO_RATA, then=OLDEST_FIRST)
        result = allocate(paid("P", "101"), account(), by=by)
        assert (result.total_open, left(result)) == (cad("0"), {"P": "1.00"})

    def test_odd_cents_go_to_the_group_of_the_oldest(self) -> None:
        charges = [owed("A", "1", 2, code="X"), owed("B", "1", 1, code="Y")]
        by = shared(among="code", ties=Ties.PRO_RATA, then=OLDEST_FIRST)
        assert given(allocate(paid("P", "0.01"), charges, by=by)) == {"B": "0.01"}
        assert given(allocate(paid("P", "0.03"), charges, by=by)) == {"B": "0.02", "A": "0.01"}

    def test_charges_without_the_field_are_one_group(self) -> None:
        charges = [owed("A", "10", 1), owed("B", "10", 2), owed("C", "20", 3, invoice="17")]
        by = shared(among="invoice", ties=Ties.EVENLY, then=OLDEST_FIRST)
        assert given(allocate(paid("P", "24"), charges, by=by)) == {"A": "10.00", "B": "2.00", "C": "12.00"}

    def test_a_tax_is_of_the_group_of_what_it_taxes(self) -> None:
        charges = [owed("R", "100", code="X"), tax("T", "10", "R", code="Y"), owed("Z", "110", code="Y")]
        by = shared(among="code", ties=Ties.PRO_RATA, then=OLDEST_FIRST)
        assert given(allocate(paid("P", "110"), charges, by=by)) == {"R": "50.00", "T": "5.00", "Z": "55.00"}

    @pytest.mark.parametrize(
        ("field", "values"),
        [
            ("about", ("A", "B")),
            ("category", (Category.FINE, Category.COST)),
            ("invoice", ("17", "18")),
            ("period", (Period(day(1), day(2)), Period(day(2), day(3)))),
        ],
    )
    def test_among_any_field(self, field: str, values: tuple[object, object]) -> None:
        one, other = values
        charges = [
            owed("C", "10", 1, **{field: one}),
            owed("D", "10", 2, **{field: one}),
            owed("E", "10", 3, **{field: other}),
        ]
        by = shared(among=field, ties=Ties.EVENLY, then=OLDEST_FIRST)
        assert given(allocate(paid("P", "10"), charges, by=by)) == {"C": "5.00", "E": "5.00"}

    def test_what_an_order_inside_does_not_place_stays(self) -> None:
        by = shared(among="code", ties=Ties.EVENLY, then=only(PARK, OLDEST_FIRST))
        result = allocate(paid("P", "20"), account(), by=by)
        assert (given(result), left(result)) == ({"B": "10.00"}, {"P": "10.00"})

    def test_shares_inside_shares(self) -> None:
        inside = shared(among="invoice", ties=Ties.EVENLY, then=OLDEST_FIRST)
        by = shared(among="code", ties=Ties.EVENLY, then=inside)
        charges = [
            owed("A", "10", 1, code="X", invoice="17"),
            owed("B", "10", 2, code="X", invoice="18"),
            owed("C", "10", 3, code="Y", invoice="17"),
        ]
        assert given(allocate(paid("P", "12"), charges, by=by)) == {"A": "3.00", "B": "3.00", "C": "6.00"}

    def test_an_order_of_a_user_gets_its_share_only(self) -> None:
        seen = []

        def looking(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
            seen.append((incoming.minor, [item.id for item in items]))
            return {}

        allocate(paid("P", "10"), account(), by=shared(among="code", ties=Ties.PRO_RATA, then=looking))
        assert seen == [(700, ["A", "D"]), (300, ["B", "C"])]

    def test_a_group_without_a_share_is_not_asked(self) -> None:
        def refusing(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
            assert incoming.minor
            return {items[0].id: incoming.minor}

        by = shared(among="code", ties=Ties.EVENLY, then=refusing)
        assert given(allocate(paid("P", "0.01"), account(), by=by)) == {"A": "0.01"}


COMPOSITIONS: list[tuple[Any, str]] = [
    (only(PARK, OLDEST_FIRST), "only(where.code('PARK'), Ranking(due_date))"),
    (in_turn(OLDEST_FIRST, poured), "in_turn(Ranking(due_date), poured)"),
    (exact_match_first(poured), "exact_match_first(poured)"),
    (
        shared(among="code", ties=Ties.EVENLY, then=PRO_RATA),
        "shared(among='code', ties=Ties.EVENLY, then=Ranking(ties=Ties.PRO_RATA))",
    ),
    (any_payer(only(PARK, poured)), "any_payer(only(where.code('PARK'), poured))"),
]


@pytest.mark.parametrize(("order", "text"), COMPOSITIONS, ids=[text for _, text in COMPOSITIONS])
def test_a_composition_is_a_value(order: Any, text: str) -> None:
    assert repr(order) == text
    again = pickle.loads(pickle.dumps(order))
    assert (again, hash(again)) == (order, hash(order))
    with pytest.raises(AttributeError):
        order.then = OLDEST_FIRST


def test_compositions_of_nothing_are_refused() -> None:
    with pytest.raises(InvalidValue, match="in_turn: no order; pass at least one order"):
        in_turn()
    with pytest.raises(InvalidValue, match="shared: groups in sequence share nothing"):
        shared(among="code", ties=Ties.IN_SEQUENCE, then=OLDEST_FIRST)


class TestCalledAsFunctions:
    """Each order of ours is a plain callable too, bound to the items that it is given."""

    INCOMING = Incoming(id="P", kind="payment", minor=45_00, currency="CAD", date=day(5), payer="ann")

    @pytest.mark.parametrize(
        ("order", "answer"),
        [
            (OLDEST_FIRST, {"A": 3000, "B": 1500}),
            (NEWEST_FIRST, {"D": 4000, "C": 500}),
            (only(PARK, OLDEST_FIRST), {"B": 2000, "C": 1000}),
            (in_turn(only(PARK, PRO_RATA), OLDEST_FIRST), {"B": 2000, "C": 1000, "A": 1500}),
            (exact_match_first(NEWEST_FIRST), {"D": 4000, "C": 500}),
            (shared(among="code", ties=Ties.EVENLY, then=OLDEST_FIRST), {"A": 2250, "B": 2000, "C": 250}),
            (any_payer(poured), {"A": 3000, "B": 1500}),
        ],
    )
    def test_over_items(self, order: Order, answer: dict[str, int]) -> None:
        items = [OpenItem(charge, charge.amount.minor) for charge in account()]
        assert order(self.INCOMING, items) == answer
        assert order(self.INCOMING, items[::-1]) == answer

    def test_what_is_pending_or_disputed_is_not_paid(self) -> None:
        items = [
            OpenItem(owed("A", "30", 1), 3000, pending_minor=1000, disputed_minor=500),
            OpenItem(owed("B", "20", 2), 2000, pending_minor=1500, disputed_minor=500),
            OpenItem(owed("C", "10", 3), 1000),
        ]
        assert OLDEST_FIRST(self.INCOMING, items) == {"A": 1500, "C": 1000}
        assert poured(self.INCOMING, items) == only(where.charge("A", "B", "C"), poured)(self.INCOMING, items) | {
            "B": 0
        }

    def test_payers_are_the_callers_business(self) -> None:
        items = [OpenItem(owed("A", "30", 1, payer="bob"), 3000)]
        assert OLDEST_FIRST(self.INCOMING, items) == {"A": 3000}

    def test_a_charge_in_several_turns_is_added_up(self) -> None:
        def a_cent(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
            return {items[0].id: 1}

        items = [OpenItem(charge, charge.amount.minor) for charge in account()]
        assert in_turn(a_cent, a_cent, only(PARK, a_cent))(self.INCOMING, items) == {"A": 2, "B": 1}

    def test_no_items_no_answer(self) -> None:
        assert EVENLY(self.INCOMING, []) == {}

    def test_an_order_of_a_user_can_hand_on_to_one_of_ours(self) -> None:
        def by_size(incoming: Incoming, items: Sequence[OpenItem]) -> Mapping[str, int]:
            return (NEWEST_FIRST if incoming.minor > 50_00 else OLDEST_FIRST)(incoming, items)

        result = allocate([paid("P-1", "45", 5), paid("P-2", "50.01", 6)], account(), by=by_size)
        assert placed(result) == [
            ("P-1", "A", "30.00"),
            ("P-1", "B", "15.00"),
            ("P-2", "B", "0.01"),
            ("P-2", "C", "10.00"),
            ("P-2", "D", "40.00"),
        ]

    def test_an_order_without_proposals_is_no_order_of_ours(self) -> None:
        with pytest.raises(NotImplementedError):
            PooledOrder()(self.INCOMING, [])


class TestOrdersOfUsers:
    """Any callable of that shape is an order, and what it proposes is verified each time."""

    def test_lines_stand_in_canonical_order(self) -> None:
        result = allocate(paid("P", "75"), account(), by=from_the_back)
        assert placed(result) == [("P", "A", "5.00"), ("P", "B", "20.00"), ("P", "C", "10.00"), ("P", "D", "40.00")]

    def test_zeros_are_no_lines(self) -> None:
        assert placed(allocate(paid("P", "5"), account(), by=poured)) == [("P", "A", "5.00")]

    def test_any_mapping_is_an_answer(self) -> None:
        by = allocate(paid("P", "5"), account(), by=lambda incoming, items: UserDict({"C": 500}))
        assert given(by) == {"C": "5.00"}

    def test_one_is_asked_once_for_each_money_and_not_where_nothing_is_offered(self) -> None:
        asked: list[str] = []

        def asking(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
            asked.append(incoming.id)
            return poured(incoming, items)

        money = [paid("P-1", "99", 5), paid("P-2", "1", 6), paid("P-3", "1", 7)]
        allocate(money, account(), by=asking, applied=[settles("P-0", "D", "0.50")])
        assert asked == ["P-1", "P-2"]

    def test_one_knows_the_money(self) -> None:
        seen: list[Incoming] = []

        def looking(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
            seen.append(incoming)
            return {}

        wish = Designation("Z")
        money = paid("P", "9", 6, payer="ann", method="card", designations=[wish])
        allocate(money, account(), by=looking, designations="first", applied=[settles("P", "X", "2")])
        assert seen == [
            Incoming(
                id="P",
                kind="payment",
                minor=700,
                currency="CAD",
                date=day(6),
                payer="ann",
                method="card",
                designations=(wish,),
            )
        ]

    REFUSED: ClassVar[list[tuple[Any, str, object]]] = [
        (None, "proposed None, not a mapping; return {charge id: minor units}", None),
        (
            {"Z": 1},
            "charge Z was not offered for payment P; propose only charges among the items",
            "Z",
        ),
        ({7: 1}, "charge 7 was not offered for payment P; propose only charges among the items", 7),
        (
            {"B": 1, "S": 1},
            "charge S was not offered for payment P; propose only charges among the items",
            "S",
        ),
        ({"B": 1.0}, "proposed float for charge B, not int; propose ints of minor units", 1.0),
        ({"B": True}, "proposed bool for charge B, not int; propose ints of minor units", True),
        (
            {"B": -1},
            "proposed -0.01 for charge B, which was offered 20.00; propose from 0 to item.offered_minor",
            -1,
        ),
        (
            {"B": 2001},
            "proposed 20.01 for charge B, which was offered 20.00; propose from 0 to item.offered_minor",
            2001,
        ),
        (
            {"B": 10**9999},
            f"proposed <int too long to print> for charge B, which was offered 20.00; {BOUNDS}",
            10**9999,
        ),
        (
            {"A": 3000, "B": 2000, "C": 1},
            "proposed 50.01 of payment P, which has 50.00; propose at most incoming.minor in all",
            5001,
        ),
    ]

    @pytest.mark.parametrize(("answer", "message", "value"), REFUSED, ids=[message for _, message, _ in REFUSED])
    def test_a_wrong_proposal_is_refused(self, answer: Any, message: str, value: object) -> None:
        def wrong(incoming: Incoming, items: Sequence[OpenItem]) -> Any:
            return answer

        wrong.__qualname__ = "wrong"
        with pytest.raises(OrderError) as caught:
            allocate(paid("P", "50"), [*account(), owed("S", "1")], by=wrong, applied=[settles("P-0", "S", "1")])
        assert str(caught.value) == f"order wrong: {message}"
        assert (caught.value.field, caught.value.value) == ("order", value)

    def test_exactly_the_money_and_exactly_what_is_offered_are_allowed(self) -> None:
        result = allocate(paid("P", "50"), account(), by=lambda incoming, items: {"A": 3000, "B": 2000, "C": 0})
        assert given(result) == {"A": "30.00", "B": "20.00"}

    def test_one_inside_a_composition_is_verified_against_its_own_offer(self) -> None:
        def greedy(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
            return {"A": 100}

        greedy.__qualname__ = "greedy"
        with pytest.raises(OrderError, match=r"^order greedy: charge A was not offered for payment P"):
            allocate(paid("P", "50"), account(), by=only(PARK, greedy))
        with pytest.raises(OrderError, match=r"^order greedy: proposed 1\.00 for charge A, which was offered 0\.50"):
            allocate(paid("P", "50"), account(), by=in_turn(greedy, greedy), applied=[settles("P-0", "A", "28.50")])

    def test_one_that_fails_is_named_with_the_money(self) -> None:
        def failing(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
            raise ZeroDivisionError("no cents")

        failing.__qualname__ = "failing"
        with pytest.raises(OrderError) as caught:
            allocate(paid("P", "50"), account(), by=failing)
        assert str(caught.value) == "order failing: failed on payment P with ZeroDivisionError: no cents"
        assert (caught.value.field, caught.value.value) == ("order", failing)
        assert isinstance(caught.value.__cause__, ZeroDivisionError)

    def test_an_error_of_arledger_passes_through(self) -> None:
        def refusing(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
            attribute("")
            return {}

        with pytest.raises(ValueError, match="attribute: name is empty; pass a non-empty str"):
            allocate(paid("P", "50"), account(), by=refusing)

    def test_an_order_has_a_name(self) -> None:
        class Quiet:
            def __repr__(self) -> str:
                return "Quiet()"

            def __call__(self, incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
                return {}

        assert [name_of(order) for order in (poured, Quiet(), OLDEST_FIRST)] == [
            "poured",
            "Quiet()",
            "Ranking(due_date)",
        ]


def test_money_for_one_call_may_be_ranked_by_several_orders() -> None:
    """Ranks that are kept for one ranking serve no other."""
    by = in_turn(only(PARK, Ranking(due_date.descending)), only(~PARK, Ranking(due_date)))
    money: list[Payment] = [paid("P-1", "25", 5), paid("P-2", "25", 5), paid("P-3", "25", 6)]
    assert placed(allocate(money, account(), by=by)) == [
        ("P-1", "C", "10.00"),
        ("P-1", "B", "15.00"),
        ("P-2", "B", "5.00"),
        ("P-2", "A", "20.00"),
        ("P-3", "A", "10.00"),
        ("P-3", "D", "15.00"),
    ]
