"""What allocate takes: one or many, lists or generators, nothing at all; and what it refuses."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from account_facts import cad, day, given, granted, left, owed, paid, placed, settles, still_open
from arledger import (
    EVENLY,
    NEWEST_FIRST,
    OLDEST_FIRST,
    PRO_RATA,
    RENT_LAST,
    Charge,
    Conflict,
    Credit,
    CurrencyMismatch,
    Designation,
    InvalidType,
    InvalidValue,
    Money,
    Order,
    OrderError,
    Payment,
    UnknownName,
    allocate,
    in_turn,
)
from arledger.allocation.decision import verified_balances
from arledger.entries import Application

CHARGES = [owed("A", "30", 1), owed("B", "20", 2)]
ORDERS: list[Order] = [OLDEST_FIRST, NEWEST_FIRST, RENT_LAST, PRO_RATA, EVENLY, in_turn(OLDEST_FIRST)]
untyped: Any = allocate


class TestMoney:
    """One piece of money, many, or none."""

    @pytest.mark.parametrize("money", [paid("P", "40"), granted("P", "40")])
    def test_one(self, money: Payment | Credit) -> None:
        assert given(allocate(money, CHARGES, by=OLDEST_FIRST)) == {"A": "30.00", "B": "10.00"}

    def test_many_of_both_kinds(self) -> None:
        result = allocate([paid("P", "10"), granted("K", "25")], CHARGES, by=OLDEST_FIRST)
        assert placed(result) == [("K", "A", "25.00"), ("P", "A", "5.00"), ("P", "B", "5.00")]

    def test_a_generator_of_money_and_one_of_charges(self) -> None:
        money = (paid(f"P-{number}", "20") for number in range(2))
        assert placed(allocate(money, (charge for charge in CHARGES), by=OLDEST_FIRST)) == [
            ("P-0", "A", "20.00"),
            ("P-1", "A", "10.00"),
            ("P-1", "B", "10.00"),
        ]

    @pytest.mark.parametrize("by", ORDERS)
    def test_none(self, by: Order) -> None:
        result = allocate([], CHARGES, by=by)
        assert (result.lines, still_open(result), result.unapplied) == ((), {"A": "30.00", "B": "20.00"}, {})

    @pytest.mark.parametrize("by", ORDERS)
    def test_none_owed(self, by: Order) -> None:
        result = allocate(paid("P", "40"), [], by=by)
        assert (result.lines, left(result), result.open) == ((), {"P": "40.00"}, {})

    @pytest.mark.parametrize("by", ORDERS)
    def test_all_settled(self, by: Order) -> None:
        result = allocate(paid("P", "40"), CHARGES[:1], by=by, applied=[settles("P-0", "A", "30")])
        assert (result.lines, left(result)) == ((), {"P": "40.00"})

    @pytest.mark.parametrize("by", ORDERS)
    def test_exactly_what_is_owed(self, by: Order) -> None:
        result = allocate(paid("P", "50"), CHARGES, by=by)
        assert (result.total_open, result.total_unapplied) == (cad("0"), cad("0"))
        assert sorted(placed(result)) == [("P", "A", "30.00"), ("P", "B", "20.00")]

    @pytest.mark.parametrize("by", ORDERS)
    def test_a_cent_more_and_a_cent_less(self, by: Order) -> None:
        more, less = (allocate(paid("P", amount), CHARGES, by=by) for amount in ("50.01", "49.99"))
        assert (more.total_open.minor, more.total_unapplied.minor) == (0, 1)
        assert (less.total_open.minor, less.total_unapplied.minor) == (1, 0)

    def test_a_payment_that_just_settles_a_charge_leaves_the_next_to_the_next(self) -> None:
        result = allocate([paid("P-1", "30"), paid("P-2", "20"), paid("P-3", "1")], CHARGES, by=OLDEST_FIRST)
        assert placed(result) == [("P-1", "A", "30.00"), ("P-2", "B", "20.00")]
        assert left(result) == {"P-1": "0.00", "P-2": "0.00", "P-3": "1.00"}

    def test_money_is_served_by_date_then_credits_then_sequence_then_id(self) -> None:
        money: list[Payment | Credit] = [
            paid("P-9", "1", 5),
            paid("P-10", "1", 5),
            paid("P-3", "1", 5, sequence=2),
            paid("P-4", "1", 5, sequence=1),
            granted("K-2", "1", 5),
            granted("K-1", "1", 6),
            paid("P-5", "1", 4, posted=day(9)),
        ]
        served = ["P-5", "K-2", "P-4", "P-3", "P-10", "P-9", "K-1"]
        for given_order in (money, money[::-1], money[3:] + money[:3]):
            result = allocate(given_order, CHARGES, by=OLDEST_FIRST)
            assert [line.source for line in result.lines] == served
            assert list(result.unapplied) == served

    @pytest.mark.parametrize("by", ORDERS)
    def test_the_order_of_the_input_does_not_matter(self, by: Order) -> None:
        charges = [*CHARGES, owed("C", "10", 1), owed("D", "10", 1, sequence=1)]
        money: list[Payment | Credit] = [paid("P-1", "12.34"), granted("K-1", "20.01"), paid("P-2", "9.99", 4)]
        outcomes = {
            allocate(some, shuffled, by=by)
            for some in permutations(money)
            for shuffled in (charges, charges[::-1], charges[1:] + charges[:1])
        }
        assert len(outcomes) == 1

    @pytest.mark.parametrize("by", ORDERS)
    def test_special_facts_change_nothing_where_they_bar_nothing(self, by: Order) -> None:
        """The fast walk serves plain facts only; the other one serves all, and agrees."""
        money, charges = paid("P", "33.33"), [*CHARGES, owed("C", "15", 1)]
        plain = allocate(money, charges, by=by)
        wished = [money, paid("P-X", "0.01", 9, designations=[Designation("none")])]
        other = allocate(wished, charges, by=by)
        assert (other.lines, other.open) == (plain.lines, plain.open)


class TestCurrency:
    """One currency a call, taken from the facts where it is not said."""

    def test_it_is_that_of_the_facts(self) -> None:
        yen = Charge("A", Money("30", "JPY"), due=day(1))
        result = allocate([], [yen], by=OLDEST_FIRST)
        assert (result.currency, result.total_open, result.total_unapplied) == (
            "JPY",
            Money(30, "JPY"),
            Money(0, "JPY"),
        )
        result = allocate(Payment("P", Money("7", "JPY"), received=day(1)), [], by=OLDEST_FIRST)
        assert (result.currency, result.total_unapplied) == ("JPY", Money(7, "JPY"))

    @pytest.mark.parametrize("by", ORDERS)
    def test_it_is_needed_where_there_are_no_facts(self, by: Order) -> None:
        result = allocate([], [], by=by, currency="KWD")
        assert (result.currency, result.total_open) == ("KWD", Money("0.000", "KWD"))
        assert (result.lines, result.open, result.unapplied) == ((), {}, {})
        with pytest.raises(InvalidValue) as caught:
            allocate([], [], by=by)
        assert str(caught.value) == "allocate: no facts to take a currency from; pass currency="
        assert caught.value.field == "currency"

    def test_it_may_be_said_and_must_be_that_of_the_facts(self) -> None:
        assert allocate(paid("P", "1"), CHARGES, by=OLDEST_FIRST, currency="CAD").currency == "CAD"
        with pytest.raises(CurrencyMismatch) as caught:
            allocate(paid("P", "1"), CHARGES, by=OLDEST_FIRST, currency="USD")
        assert str(caught.value) == "charge A: in CAD, where others are in USD; allocate each currency by itself"

    def test_an_unknown_one_is_refused(self) -> None:
        with pytest.raises(UnknownName, match="unknown currency 'XYZ'; pass an ISO 4217 code such as CAD"):
            allocate([], [], by=OLDEST_FIRST, currency="XYZ")

    def test_two_among_the_facts_are_refused(self) -> None:
        cases: list[tuple[str, Payment | Credit]] = [
            ("payment", Payment("P", Money("1", "USD"), received=day(1))),
            ("credit", Credit("P", Money("1", "USD"), granted=day(1))),
        ]
        for kind, money in cases:
            with pytest.raises(CurrencyMismatch) as caught:
                allocate(money, CHARGES, by=OLDEST_FIRST)
            assert str(caught.value) == f"{kind} P: in USD, where others are in CAD; allocate each currency by itself"
            assert (caught.value.field, caught.value.value) == ("currency", "USD")

    def test_two_among_the_charges_are_refused(self) -> None:
        charges = [*CHARGES, Charge("C", Money("1", "EUR"), due=day(9))]
        with pytest.raises(CurrencyMismatch, match=r"^charge C: in EUR, where others are in CAD"):
            allocate([], charges, by=OLDEST_FIRST)


class TestIds:
    """ids are unique over all facts of a call."""

    @pytest.mark.parametrize(
        ("money", "charges", "named"),
        [
            ([paid("P", "1")], [owed("A", "1"), owed("A", "2")], "charge A"),
            ([paid("P", "1"), paid("P", "1", 6)], [owed("A", "1")], "payment P"),
            ([paid("P", "1"), granted("P", "1")], [owed("A", "1")], "payment P"),
            ([granted("A", "1")], [owed("A", "1")], "credit A"),
            ([paid("A", "1")], [owed("A", "1")], "payment A"),
        ],
    )
    def test_one_twice_is_refused(self, money: list[Payment | Credit], charges: list[Charge], named: str) -> None:
        with pytest.raises(Conflict) as caught:
            allocate(money, charges, by=OLDEST_FIRST)
        assert str(caught.value) == (
            f"{named}: its id stands twice; ids are unique over all charges, payments and credits"
        )
        assert (caught.value.field, caught.value.value) == ("id", named.split()[1])

    def test_the_same_fact_twice_is_refused_too(self) -> None:
        charge = owed("A", "1")
        with pytest.raises(Conflict, match="charge A: its id stands twice"):
            allocate([], [charge, charge], by=OLDEST_FIRST)


class Flat(Charge):
    """A charge of another class: what it overrides the fast walk would not see."""


class TestTypes:
    """What is no fact, no list of facts, no order and no mode is refused by name."""

    @pytest.mark.parametrize(
        ("money", "charges", "message"),
        [
            (None, CHARGES, "allocate: money is None; pass a list of Credit or Payment"),
            (40, CHARGES, "allocate: money is int; pass a list of Credit or Payment"),
            ("P", CHARGES, "allocate: money holds str, not Credit or Payment; pass a list of Credit or Payment"),
            (CHARGES[0], CHARGES, "allocate: money is Charge; pass a list of Credit or Payment"),
            (
                [paid("P", "1"), CHARGES[0]],
                [],
                "allocate: money holds Charge, not Credit or Payment; pass a list of Credit or Payment",
            ),
            ([], CHARGES[0], "allocate: charges is Charge; pass a list of Charge"),
            ([], None, "allocate: charges is None; pass a list of Charge"),
            ([], {"A": CHARGES[0]}, "allocate: charges holds str, not Charge; pass a list of Charge"),
            ([], [paid("P", "1")], "allocate: charges holds Payment, not Charge; pass a list of Charge"),
            (
                [],
                [Flat("A", cad("1"), due=day(1))],
                "allocate: charges holds Flat, not Charge; pass a list of Charge",
            ),
        ],
    )
    def test_facts(self, money: object, charges: object, message: str) -> None:
        with pytest.raises(InvalidType) as caught:
            untyped(money, charges, by=OLDEST_FIRST)
        assert str(caught.value) == message
        assert caught.value.field == message.split()[1]

    def test_applications(self) -> None:
        with pytest.raises(InvalidType) as caught:
            untyped([], CHARGES, by=OLDEST_FIRST, applied=settles("P", "A", "1"))
        assert str(caught.value) == "allocate: applied is Application; pass a list of Application"

    @pytest.mark.parametrize(
        ("by", "message"),
        [
            (
                "oldest-first",
                "allocate: str is no order; pass an order such as OLDEST_FIRST; NAMED_ORDERS has them by name",
            ),
            (None, "allocate: None is no order; pass an order such as OLDEST_FIRST, or a function (incoming, items)"),
        ],
    )
    def test_orders(self, by: object, message: str) -> None:
        with pytest.raises(InvalidType) as caught:
            untyped(paid("P", "1"), CHARGES, by=by)
        assert str(caught.value) == message

    def test_modes(self) -> None:
        with pytest.raises(InvalidValue) as caught:
            untyped(paid("P", "1"), CHARGES, by=OLDEST_FIRST, designations="last")
        assert str(caught.value) == "allocate: unknown designations 'last'; pass only, first or ignore"


class TestBalances:
    """The rows of a decision are verified before anything is made of them."""

    def test_of_sound_rows(self) -> None:
        rows = [(0, 0, 30, 0), (0, 1, 5, 0), (1, 1, 15, 0)]
        assert verified_balances(rows, [30, 25], [35, 20], OLDEST_FIRST, "CAD") == ([0, 5], [0, 5])
        assert verified_balances([], [], [], OLDEST_FIRST, "CAD") == ([], [])

    @pytest.mark.parametrize(
        ("rows", "worst"),
        [
            ([(0, 0, 31, 0)], "-0.01"),
            ([(0, 0, 20, 0), (0, 1, 18, 0)], "-0.03"),
            ([(0, 0, 0, 0)], "0.00"),
            ([(0, 0, 5, 0), (0, 0, -5, 0)], "-0.05"),
        ],
    )
    def test_of_impossible_rows(self, rows: list[tuple[int, int, int, int]], worst: str) -> None:
        with pytest.raises(OrderError) as caught:
            verified_balances(rows, [30, 25], [35, 20], OLDEST_FIRST, "CAD")
        assert str(caught.value) == (
            f"order Ranking(due_date): its rows do not balance, by {worst}; "
            "this is a fault of arledger: please report it"
        )


def test_an_application_made_by_allocate_is_like_one_made_by_hand() -> None:
    line = allocate(paid("P", "1"), CHARGES, by=OLDEST_FIRST).lines[0]
    assert line == Application("P", "A", cad("1"), day(5))
    assert (line.posted, line.reverses) == (day(5), None)
