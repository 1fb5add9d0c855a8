"""Rankings and their keys: what sorts, in which direction, what ties do, and how often keys are asked."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

import pytest

from account_facts import cad, day, given, granted, left, owed, paid, placed, settles, tax
from arledger import (
    DUE_THEN_DEARER,
    EVENLY,
    LARGEST_FIRST,
    NAMED_ORDERS,
    NEWEST_FIRST,
    OLDEST_FIRST,
    OLDEST_FIRST_NON_RENT_PRIORITY,
    PAST_DUE_FIRST_RENT_LAST,
    PRO_RATA,
    RENT_FIRST,
    RENT_LAST,
    SMALLEST_FIRST,
    Category,
    Charge,
    Conflict,
    Context,
    Credit,
    InvalidType,
    InvalidValue,
    Key,
    OpenItem,
    Order,
    OrderError,
    Payment,
    Period,
    Ranking,
    Taxes,
    Ties,
    UnknownName,
    allocate,
    amount,
    attribute,
    due_date,
    first,
    group_due,
    in_order,
    last,
    parent_due,
    posted_date,
    where,
)
from arledger.allocation.keys import _Key

ENOUGH = paid("P", "1000000", 10)
SHUFFLED = ["C", "A", "D", "B"]


def ranked(charges: list[Charge], *keys: Key, money: Payment = ENOUGH) -> str:
    """The ids of charges as a ranking by these keys pays them."""
    return "".join(given(allocate(money, charges, by=Ranking(*keys))))


def no_matter(item: OpenItem, context: Context) -> int:
    """A key to which all items are equal."""
    return 0


class TestColumns:
    """The keys with a direction."""

    def test_due_date(self) -> None:
        charges = [owed("A", "1", 3), owed("B", "1", 1), owed("C", "1", 2)]
        assert (ranked(charges, due_date), ranked(charges, due_date.descending)) == ("BCA", "ACB")

    def test_posted_date(self) -> None:
        charges = [owed("A", "1", 1, posted=day(9)), owed("B", "1", 5), owed("C", "1", 9, posted=day(7))]
        assert (ranked(charges, posted_date), ranked(charges, posted_date.descending)) == ("BCA", "ACB")

    def test_amount(self) -> None:
        charges = [owed("A", "3"), owed("B", "1"), owed("C", "2")]
        assert (ranked(charges, amount), ranked(charges, amount.descending)) == ("BCA", "ACB")

    def test_amount_is_the_charges_own_and_never_what_is_open(self) -> None:
        charges = [owed("A", "30"), owed("B", "20")]
        result = allocate(paid("P", "9"), charges, by=LARGEST_FIRST, applied=[settles("P-0", "A", "29")])
        assert list(given(result).items()) == [("A", "1.00"), ("B", "8.00")]
        result = allocate(paid("P", "9"), charges, by=SMALLEST_FIRST, applied=[settles("P-0", "A", "29")])
        assert given(result) == {"B": "9.00"}

    def test_parent_due_is_that_of_the_charge_it_is_about(self) -> None:
        charges = [
            owed("A", "1", 9, about="C"),
            owed("B", "1", 4),
            owed("C", "1", 2),
            owed("D", "1", 3, about="unknown"),
        ]
        assert ranked(charges, parent_due, due_date) == "CADB"
        assert ranked(charges, parent_due.descending, due_date) == "BDCA"

    def test_parent_due_knows_settled_parents(self) -> None:
        charges = [owed("A", "1", 9, about="C"), owed("B", "1", 4), owed("C", "1", 2)]
        result = allocate(paid("P", "9"), charges, by=Ranking(parent_due), applied=[settles("P-0", "C", "1")])
        assert list(given(result)) == ["A", "B"]

    def test_group_due_is_the_earliest_of_the_group(self) -> None:
        charges = [
            owed("A", "1", 9, invoice="17"),
            owed("B", "1", 4),
            owed("C", "1", 2, invoice="17"),
            owed("D", "1", 3, invoice="18"),
            owed("E", "1", 5),
        ]
        assert ranked(charges, group_due("invoice")) == "CADBE"
        assert ranked(charges, group_due("invoice"), amount, due_date.descending) == "ACDBE"
        assert ranked(charges, group_due("invoice").descending, due_date) == "EBDCA"

    def test_group_due_knows_settled_charges_of_the_group(self) -> None:
        charges = [owed("A", "1", 9, invoice="17"), owed("B", "1", 4), owed("C", "1", 2, invoice="17")]
        by = Ranking(group_due("invoice"))
        result = allocate(paid("P", "9"), charges, by=by, applied=[settles("P-0", "C", "1")])
        assert list(given(result)) == ["A", "B"]

    @pytest.mark.parametrize(
        ("field", "values"),
        [
            ("about", ("x", "y")),
            ("category", (Category.FINE, Category.COST)),
            ("code", ("x", "y")),
            ("invoice", ("x", "y")),
            ("period", (Period(day(1), day(2)), Period(day(2), day(3)))),
        ],
    )
    def test_group_due_of_every_field(self, field: str, values: tuple[object, object]) -> None:
        one, other = values
        charges = [
            owed("A", "1", 1, **{field: one}),
            owed("B", "1", 2, **{field: other}),
            owed("C", "1", 3, **{field: one}),
        ]
        assert ranked(charges, group_due(field)) == "ACB"

    def test_group_due_of_payers(self) -> None:
        charges = [owed("A", "1", 1, payer="ann"), owed("B", "1", 2), owed("C", "1", 3, payer="ann")]
        assert ranked(charges, group_due("payer"), money=paid("P", "9", payer="ann")) == "ACB"

    def test_an_unknown_grouping_is_refused_with_its_neighbour(self) -> None:
        with pytest.raises(UnknownName, match=r"cannot be grouped by 'invoices'; did you mean invoice\?"):
            group_due("invoices")

    def test_attribute_ascending_and_descending_with_the_absent_last(self) -> None:
        charges = [
            owed("A", "1", 1),
            owed("B", "1", 2, attributes={"rate": 3}),
            owed("C", "1", 3, attributes={"rate": 5, "other": 1}),
            owed("D", "1", 4, attributes={"other": 9}),
        ]
        assert ranked(charges, attribute("rate")) == "BCAD"
        assert ranked(charges, attribute("rate").descending) == "CBAD"

    def test_attributes_equal_in_value_are_tied(self) -> None:
        charges = [
            owed("A", "1", 3, attributes={"rate": Decimal("5.0")}),
            owed("B", "1", 2, attributes={"rate": 5}),
            owed("C", "1", 1, attributes={"rate": Fraction(5)}),
            owed("D", "1", 4, attributes={"rate": Fraction(9, 2)}),
            owed("E", "1", 1),
        ]
        assert ranked(charges, attribute("rate"), due_date) == "DCBAE"
        assert ranked(charges[:4], attribute("rate"), due_date) == "DCBA"

    def test_attributes_of_text_sort_as_text(self) -> None:
        charges = [owed(name, "1", attributes={"grade": grade}) for name, grade in [("A", "9"), ("B", "10")]]
        assert ranked(charges, attribute("grade")) == "BA"

    @pytest.mark.parametrize("third", [{}, {"rate": 7}])
    def test_attributes_of_mixed_types_are_refused(self, third: dict[str, int]) -> None:
        charges = [
            owed("A", "1", attributes={"rate": 3}),
            owed("B", "1", attributes={"rate": "3"}),
            owed("C", "1", attributes=third),
        ]
        with pytest.raises(OrderError) as caught:
            allocate(ENOUGH, charges, by=Ranking(attribute("rate").descending))
        assert str(caught.value) == (
            "key attribute('rate').descending: its values do not compare (int, str); "
            "give one type of value for all charges"
        )
        assert (caught.value.field, caught.value.value) == ("keys", attribute("rate").descending)

    @pytest.mark.parametrize("key", [due_date, posted_date, amount, parent_due, group_due("code"), attribute("rate")])
    def test_a_key_and_its_descending_differ_and_print(self, key: Any) -> None:
        assert key.descending != key
        assert key.descending.descending == key.descending
        assert repr(key.descending) == f"{key!r}.descending"
        assert pickle.loads(pickle.dumps(key.descending)) == key.descending

    def test_a_key_gives_the_value_of_one_item(self) -> None:
        charge = owed("A", "3", 2, attributes={"rate": 7})
        item, context = OpenItem(charge, 100), Context(ENOUGH_SEEN, {"A": charge})
        keys: list[Key] = [due_date, amount, attribute("rate"), attribute("none"), first(where.rent), group_due("code")]
        assert [key(item, context) for key in keys] == [day(2), 300, 7, None, False, day(2)]

    def test_a_key_without_values_is_no_key_of_ours(self) -> None:
        charge = owed("A", "1")
        with pytest.raises(NotImplementedError):
            _Key()(OpenItem(charge, 100), Context(ENOUGH_SEEN, {"A": charge}))

    def test_keys_sort_from_the_first_to_the_last(self) -> None:
        charges = [owed("A", "2", 1), owed("B", "1", 2), owed("C", "2", 2), owed("D", "1", 1)]
        assert ranked(charges, amount, due_date) == "DBAC"
        assert ranked(charges, due_date, amount) == "DABC"
        assert ranked(charges, amount.descending, due_date.descending) == "CABD"

    def test_directions_mix(self) -> None:
        charges = [owed("A", "2", 1), owed("B", "1", 2), owed("C", "2", 2), owed("D", "1", 1)]
        assert ranked(charges, amount.descending, due_date) == "ACDB"


ENOUGH_SEEN: Any = ENOUGH


class TestSelected:
    """Selectors enter a ranking through first, last and in_order."""

    CHARGES: ClassVar[list[Charge]] = [
        owed("A", "1", 1, category=Category.RENT),
        owed("B", "1", 2, code="PARK"),
        owed("C", "1", 3, category=Category.RENT),
        owed("D", "1", 4, code="LOCK"),
    ]

    def test_first_and_last(self) -> None:
        assert ranked(self.CHARGES, first(where.rent)) == "ACBD"
        assert ranked(self.CHARGES, last(where.rent)) == "BDAC"

    def test_in_order(self) -> None:
        assert ranked(self.CHARGES, in_order(where.code("LOCK"), where.rent)) == "DACB"

    def test_in_order_takes_the_first_selector_that_fits(self) -> None:
        late = where.due_by(day(3))
        assert ranked(self.CHARGES, in_order(~late, where.rent, late)) == "DACB"
        assert ranked(self.CHARGES, in_order(late, where.rent, ~late)) == "ABCD"

    def test_in_order_that_refuses_the_rest(self) -> None:
        by = Ranking(in_order(where.rent, where.code("PARK"), rest="refuse"))
        with pytest.raises(OrderError) as caught:
            allocate(ENOUGH, self.CHARGES, by=by)
        assert str(caught.value) == (
            "charge D: no selector of in_order takes it; add a selector that does, or pass rest='last'"
        )
        assert (caught.value.field, caught.value.value) == ("rest", "D")

    def test_refuses_even_what_the_money_would_not_reach(self) -> None:
        by = Ranking(in_order(where.rent, where.code("PARK"), rest="refuse"))
        with pytest.raises(OrderError, match="charge D: no selector"):
            allocate(paid("P", "0.01"), self.CHARGES, by=by)

    def test_refuses_nothing_that_is_settled(self) -> None:
        by = Ranking(in_order(where.rent, where.code("PARK"), rest="refuse"))
        result = allocate(ENOUGH, self.CHARGES, by=by, applied=[settles("P-0", "D", "1")])
        assert list(given(result)) == ["A", "C", "B"]

    def test_refuses_nothing_where_no_money_is_left(self) -> None:
        by = Ranking(in_order(where.rent, rest="refuse"))
        money = paid("P", "1")
        assert allocate([], self.CHARGES, by=by).lines == ()
        assert allocate(money, self.CHARGES, by=by, applied=[settles("P", "Z", "1")]).lines == ()

    def test_refuses_with_ties_that_share_too(self) -> None:
        by = Ranking(in_order(where.rent, where.code("PARK"), rest="refuse"), ties=Ties.EVENLY)
        with pytest.raises(OrderError, match="charge D: no selector"):
            allocate(ENOUGH, self.CHARGES, by=by)
        assert list(given(allocate(ENOUGH, self.CHARGES[:3], by=by))) == ["A", "C", "B"]

    def test_refuses_nothing_that_this_money_may_not_pay(self) -> None:
        by = Ranking(in_order(where.rent, rest="refuse"))
        charges = [*self.CHARGES[::2], owed("E", "1", payer="bob")]
        assert list(given(allocate(paid("P", "9", payer="ann"), charges, by=by))) == ["A", "C"]

    def test_each_of_several_may_refuse(self) -> None:
        refusing = in_order(where.rent, where.code("PARK"), rest="refuse")
        for keys in ((due_date, refusing), (in_order(where.rent), refusing), (refusing, in_order(where.rent))):
            with pytest.raises(OrderError, match="charge D: no selector"):
                allocate(ENOUGH, self.CHARGES, by=Ranking(*keys))
            with pytest.raises(OrderError, match="charge D: no selector"):
                allocate(ENOUGH, self.CHARGES, by=Ranking(*keys, ties=Ties.EVENLY))

    def test_a_tax_has_the_place_of_what_it_taxes(self) -> None:
        charges = [owed("A", "1", 1, code="PARK"), tax("B", "1", "A", 1), owed("C", "1", 2)]
        by = Ranking(in_order(where.code("PARK"), where.due_by(day(9)), rest="refuse"))
        assert list(given(allocate(ENOUGH, charges, by=by))) == ["A", "B", "C"]
        refusing = Ranking(in_order(where.code("PARK"), where.charge("C"), rest="refuse"))
        assert list(given(allocate(ENOUGH, charges, by=refusing))) == ["A", "B", "C"]

    def test_an_order_of_nothing_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match="in_order: no selector; pass at least one"):
            in_order()
        rest: Any = "first"
        with pytest.raises(InvalidValue, match="in_order: unknown rest 'first'; pass last or refuse"):
            in_order(where.rent, rest=rest)

    def test_they_print_as_written(self) -> None:
        assert (
            repr(Ranking(first(where.rent), last(where.past_due))) == "Ranking(first(where.rent), last(where.past_due))"
        )
        assert repr(in_order(where.rent, where.is_due)) == "in_order(where.rent, where.is_due)"
        assert repr(in_order(where.rent, rest="refuse")) == "in_order(where.rent, rest='refuse')"

    def test_they_compare_by_value(self) -> None:
        assert first(where.rent) == first(where.category(Category.RENT))
        assert first(where.rent) != last(where.rent)
        assert in_order(where.rent) != in_order(where.rent, rest="refuse")


class TestDates:
    """Keys that read the money's date are asked again for each date."""

    def test_past_due_and_is_due_at_the_boundary(self) -> None:
        charges = [owed("A", "1", 4), owed("B", "1", 5), owed("C", "1", 6)]
        newest_past_due = (first(where.past_due), due_date.descending)
        assert [ranked(charges, *newest_past_due, money=paid("P", "9", on)) for on in (4, 5, 6, 7)] == [
            "CBA",
            "ACB",
            "BAC",
            "CBA",
        ]
        newest_due = (first(where.is_due), due_date.descending)
        assert [ranked(charges, *newest_due, money=paid("P", "9", on)) for on in (3, 4, 5, 6)] == [
            "CBA",
            "ACB",
            "BAC",
            "CBA",
        ]

    @pytest.mark.parametrize("key", [first(where.past_due), in_order(where.past_due), last(~where.past_due)])
    def test_ranked_anew_for_each_date(self, key: Key) -> None:
        charges = [owed("A", "5", 4), owed("B", "5", 5)]
        money = [paid("P-1", "2", 4), paid("P-2", "2", 5), paid("P-3", "2", 5), paid("P-4", "2", 6)]
        result = allocate(money, charges, by=Ranking(key, due_date.descending))
        assert placed(result) == [
            ("P-1", "B", "2.00"),
            ("P-2", "A", "2.00"),
            ("P-3", "A", "2.00"),
            ("P-4", "B", "2.00"),
        ]

    def test_credits_of_a_date_come_before_its_payments(self) -> None:
        charges = [owed("A", "5", 4), owed("B", "5", 5)]
        money: list[Payment | Credit] = [
            paid("P-1", "2", 5),
            granted("K-1", "4", 5),
            granted("K-2", "2", 6),
            paid("P-0", "1", 4),
        ]
        result = allocate(money, charges, by=OLDEST_FIRST)
        assert placed(result) == [
            ("P-0", "A", "1.00"),
            ("K-1", "A", "4.00"),
            ("P-1", "B", "2.00"),
            ("K-2", "B", "2.00"),
        ]


class TestFunctions:
    """A function is a key too, asked for each piece of money."""

    def test_it_ranks(self) -> None:
        charges = [owed("A", "1", 1), owed("B", "1", 2), owed("C", "1", 3)]
        assert ranked(charges, lambda item, context: -ord(item.id)) == "CBA"

    def test_it_sees_the_item_and_the_money_each_time(self) -> None:
        seen: list[tuple[str, int, str, int, date, list[str]]] = []

        def looking(item: OpenItem, context: Context) -> int:
            incoming = context.incoming
            seen.append((item.id, item.open_minor, incoming.id, incoming.minor, context.date, sorted(context.charges)))
            return 0

        charges = [owed("A", "1", 1), owed("B", "1", 2), owed("C", "1", 3)]
        money = [paid("P-1", "1.50", 5), paid("P-2", "0.20", 6)]
        result = allocate(money, charges, by=Ranking(looking), applied=[settles("P-0", "A", "1")])
        known = ["A", "B", "C"]
        assert seen == [
            ("B", 100, "P-1", 150, day(5), known),
            ("C", 100, "P-1", 150, day(5), known),
            ("C", 50, "P-2", 20, day(6), known),
        ]
        assert placed(result) == [("P-1", "B", "1.00"), ("P-1", "C", "0.50"), ("P-2", "C", "0.20")]

    def test_it_is_asked_only_of_what_the_money_may_pay(self) -> None:
        seen = []
        charges = [owed("A", "1", payer="bob"), owed("B", "1")]
        allocate(ENOUGH, charges, by=Ranking(lambda item, context: seen.append(item.id)))
        assert seen == ["B"]

    def test_its_absent_values_come_last(self) -> None:
        values: dict[str, int | None] = {"A": None, "B": 2, "C": 1, "D": None}
        charges = [owed(name, "1", number) for number, name in enumerate("ABCD", 1)]
        assert ranked(charges, lambda item, context: values[item.id]) == "CBAD"

    def test_items_that_it_leaves_equal_share(self) -> None:
        charges = [owed("A", "30", 1), owed("B", "10", 2), owed("C", "10", 3)]
        by = Ranking(lambda item, context: item.id == "C", ties=Ties.PRO_RATA)
        assert given(allocate(paid("P", "10"), charges, by=by)) == {"A": "7.50", "B": "2.50"}

    def test_one_that_fails_is_named_with_its_charge(self) -> None:
        def failing(item: OpenItem, context: Context) -> int:
            return {"A": 1}[item.id]

        with pytest.raises(OrderError) as caught:
            allocate(ENOUGH, [owed("A", "1"), owed("B", "1")], by=Ranking(failing))
        name = "TestFunctions.test_one_that_fails_is_named_with_its_charge.<locals>.failing"
        assert str(caught.value) == f"key {name}: failed on charge B with KeyError: 'B'"
        assert (caught.value.field, caught.value.value) == ("keys", failing)
        assert isinstance(caught.value.__cause__, KeyError)

    def test_an_error_of_arledger_passes_through_it(self) -> None:
        def adding(item: OpenItem, context: Context) -> object:
            return attribute("")

        with pytest.raises(ValueError, match="attribute: name is empty; pass a non-empty str"):
            allocate(ENOUGH, [owed("A", "1")], by=Ranking(adding))

    def test_an_error_of_arledger_passes_through_its_values(self) -> None:
        with pytest.raises(InvalidType, match=r"where\.rent is neither true nor false"):
            allocate(ENOUGH, [owed("A", "1"), owed("B", "1")], by=Ranking(lambda item, context: Untrue()))

    @pytest.mark.parametrize("value", [lambda item: {1: 2}, lambda item: 1 if item.id == "A" else "1", lambda item: 1j])
    def test_values_that_do_not_compare_are_refused(self, value: Callable[[OpenItem], object]) -> None:
        def giving(item: OpenItem, context: Context) -> object:
            return value(item)

        giving.__qualname__ = "giving"
        with pytest.raises(OrderError, match=r"^key giving: its values do not compare \(") as caught:
            allocate(ENOUGH, [owed("A", "1"), owed("B", "1")], by=Ranking(giving))
        assert isinstance(caught.value.__cause__, TypeError)

    def test_it_is_a_key_of_one_item_alone(self) -> None:
        assert ranked([owed("A", "1")], lambda item, context: object()) == "A"


class Untrue:
    """A value that compares with an error of arledger's own."""

    def __lt__(self, other: object) -> bool:
        return bool(where.rent)


class TestTies:
    """What items get that all keys leave equal."""

    CHARGES: ClassVar[list[Charge]] = [owed("A", "30", 1), owed("B", "20", 1), owed("C", "10", 2)]

    @pytest.mark.parametrize(
        ("ties", "lines"),
        [
            (Ties.IN_SEQUENCE, {"A": "25.01"}),
            (Ties.PRO_RATA, {"A": "15.01", "B": "10.00"}),
            (Ties.EVENLY, {"A": "12.51", "B": "12.50"}),
        ],
    )
    def test_within_a_rank(self, ties: Ties, lines: dict[str, str]) -> None:
        assert given(allocate(paid("P", "25.01"), self.CHARGES, by=Ranking(due_date, ties=ties))) == lines

    @pytest.mark.parametrize("ties", Ties)
    def test_a_later_rank_waits(self, ties: Ties) -> None:
        assert given(allocate(paid("P", "52"), self.CHARGES, by=Ranking(due_date, ties=ties))) == {
            "A": "30.00",
            "B": "20.00",
            "C": "2.00",
        }

    def test_without_keys_all_share(self) -> None:
        assert given(allocate(paid("P", "25"), self.CHARGES, by=PRO_RATA)) == {"A": "12.50", "B": "8.33", "C": "4.17"}
        assert given(allocate(paid("P", "25"), self.CHARGES, by=EVENLY)) == {"A": "8.34", "B": "8.33", "C": "8.33"}

    def test_evenly_as_far_as_each_can_take_it(self) -> None:
        assert given(allocate(paid("P", "45"), self.CHARGES, by=EVENLY)) == {"A": "17.50", "B": "17.50", "C": "10.00"}

    def test_in_proportion_to_what_is_open(self) -> None:
        result = allocate(paid("P", "8"), self.CHARGES, by=PRO_RATA, applied=[settles("P-0", "A", "20")])
        assert given(result) == {"A": "2.00", "B": "4.00", "C": "2.00"}

    def test_odd_cents_go_to_the_earlier(self) -> None:
        charges = [owed(name, "1", 3 - number) for number, name in enumerate("ABC")]
        assert given(allocate(paid("P", "0.02"), charges, by=PRO_RATA)) == {"C": "0.01", "B": "0.01"}
        assert given(allocate(paid("P", "0.02"), charges, by=EVENLY)) == {"C": "0.01", "B": "0.01"}

    def test_shares_of_two_payments_are_no_share_of_their_sum(self) -> None:
        charges = [owed("A", "0.10"), owed("B", "0.05")]
        twice = allocate([paid("P-1", "0.01"), paid("P-2", "0.01")], charges, by=PRO_RATA)
        assert placed(twice) == [("P-1", "A", "0.01"), ("P-2", "A", "0.01")]
        assert given(allocate(paid("P", "0.02"), charges, by=PRO_RATA)) == {"A": "0.01", "B": "0.01"}

    def test_in_sequence_is_by_posted_sequence_and_id(self) -> None:
        charges = [
            owed("9", "1", 5),
            owed("A", "1", 5),
            owed("10", "1", 5),
            owed("B", "1", 5, sequence=2),
            owed("C", "1", 5, sequence=-1),
            owed("D", "1", 5, posted=day(2)),
            owed("E", "1", 5, posted=day(7), sequence=0),
        ]
        for by in (OLDEST_FIRST, NEWEST_FIRST, Ranking()):
            assert list(given(allocate(ENOUGH, charges, by=by))) == ["D", "C", "B", "10", "9", "A", "E"]

    def test_without_keys_due_dates_do_not_count(self) -> None:
        charges = [owed("A", "1", 5, posted=day(2)), owed("B", "1", 4, posted=day(3))]
        assert ranked(charges) == "AB"
        assert ranked(charges, due_date) == "BA"
        assert ranked(charges, due_date.descending) == "AB"
        assert ranked(charges, amount) == "AB"

    def test_due_date_need_not_be_the_last_key(self) -> None:
        charges = [owed("A", "2", 2), owed("B", "1", 2), owed("C", "2", 1)]
        assert ranked(charges, due_date, amount) == "CBA"


NAMED: list[tuple[Order, str]] = [
    (OLDEST_FIRST, "BACDE"),
    (RENT_LAST, "BCEAD"),
    (OLDEST_FIRST_NON_RENT_PRIORITY, "BCAED"),
    (RENT_FIRST, "ADBCE"),
    (NEWEST_FIRST, "DEACB"),
    (LARGEST_FIRST, "DBACE"),
    (SMALLEST_FIRST, "ECABD"),
    (PAST_DUE_FIRST_RENT_LAST, "BCAED"),
    (DUE_THEN_DEARER, "CBAED"),
]


@pytest.mark.parametrize(("by", "expected"), NAMED, ids=[repr(by) for by, _ in NAMED])
def test_the_named_orders(by: Order, expected: str) -> None:
    charges = [
        owed("A", "3", 2, category=Category.RENT),
        owed("B", "4", 1),
        owed("C", "2", 2, attributes={"rate": 5}),
        owed("D", "5", 4, category=Category.RENT),
        owed("E", "1", 4, attributes={"rate": 9}),
    ]
    assert "".join(given(allocate(paid("P", "99", 3), charges, by=by))) == expected


def test_named_orders_are_listed_by_their_names() -> None:
    assert {name: repr(named.order) for name, named in NAMED_ORDERS.items()} == {
        "oldest-first": "Ranking(due_date)",
        "rent-last": "Ranking(last(where.rent), due_date)",
        "oldest-first-non-rent-priority": "Ranking(due_date, last(where.rent))",
        "rent-first": "Ranking(first(where.rent), due_date)",
        "newest-first": "Ranking(due_date.descending)",
        "largest-first": "Ranking(amount.descending)",
        "smallest-first": "Ranking(amount)",
        "pro-rata": "Ranking(ties=Ties.PRO_RATA)",
        "evenly": "Ranking(ties=Ties.EVENLY)",
        "past-due-first-rent-last": "Ranking(first(where.past_due), last(where.rent), due_date)",
        "due-then-dearer": ("Ranking(first(where.is_due), attribute('rate').descending, due_date, ties=Ties.PRO_RATA)"),
        "exact-match-first": "exact_match_first(Ranking(due_date))",
    }
    assert all(named.name == name and named.summary for name, named in NAMED_ORDERS.items())


class TestValues:
    """A ranking is a value."""

    def test_equal_where_keys_and_ties_and_taxes_are(self) -> None:
        assert Ranking(due_date) == OLDEST_FIRST
        assert hash(Ranking(due_date)) == hash(OLDEST_FIRST)
        assert Ranking(due_date, ties=Ties.EVENLY) != OLDEST_FIRST
        assert Ranking(due_date, taxes=Taxes.TAX_FIRST) != OLDEST_FIRST
        assert Ranking(due_date, amount) != Ranking(amount, due_date)

    def test_it_prints_as_written(self) -> None:
        by = Ranking(due_date, no_matter, ties=Ties.PRO_RATA, taxes=Taxes.CHARGE_FIRST)
        assert repr(by) == "Ranking(due_date, no_matter, ties=Ties.PRO_RATA, taxes=Taxes.CHARGE_FIRST)"
        assert repr(Ranking()) == "Ranking()"

    def test_it_pickles_with_what_it_knows_of_its_keys(self) -> None:
        by = Ranking(first(where.past_due), in_order(where.rent, rest="refuse"), ties=Ties.EVENLY)
        again = pickle.loads(pickle.dumps(by))
        assert (again, again.reads, again.refuses) == (by, by.reads, True)

    def test_one_that_was_pickled_ranks_alike(self) -> None:
        charges = [owed("A", "1", 5, posted=day(2)), owed("B", "1", 4, posted=day(3))]
        again = pickle.loads(pickle.dumps(OLDEST_FIRST))
        assert allocate(ENOUGH, charges, by=again) == allocate(ENOUGH, charges, by=OLDEST_FIRST)

    def test_it_is_frozen(self) -> None:
        with pytest.raises(AttributeError):
            OLDEST_FIRST.keys = ()  # type: ignore[misc]

    def test_what_is_no_key_is_refused(self) -> None:
        name: Any = "due_date"
        with pytest.raises(InvalidType, match="ranking: str is no key; pass a key such as due_date"):
            Ranking(name)

    def test_a_selector_without_first_or_last_is_refused(self) -> None:
        with pytest.raises(InvalidType) as caught:
            Ranking(where.rent)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        assert str(caught.value) == "ranking: where.rent is a selector, not a key; pass first(...) or last(...)"


class TestTaxes:
    """A tax and what it taxes are one item to a ranking."""

    ITEM: ClassVar[list[Charge]] = [owed("R", "100", 3), tax("T", "10", "R", 1), owed("Z", "50", 2)]

    @pytest.mark.parametrize(
        ("taxes", "lines"),
        [
            (Taxes.PRO_RATA, {"R": "49.99", "T": "5.00"}),
            (Taxes.CHARGE_FIRST, {"R": "54.99"}),
            (Taxes.TAX_FIRST, {"T": "10.00", "R": "44.99"}),
        ],
    )
    def test_what_the_pair_gets_is_shared(self, taxes: Taxes, lines: dict[str, str]) -> None:
        by = Ranking(due_date, taxes=taxes)
        result = allocate(paid("P", "104.99"), self.ITEM, by=by)
        assert given(result) == {"Z": "50.00", **lines}

    def test_the_pair_ranks_where_the_charge_does(self) -> None:
        assert list(given(allocate(paid("P", "160"), self.ITEM, by=OLDEST_FIRST))) == ["Z", "R", "T"]
        assert list(given(allocate(paid("P", "160"), self.ITEM, by=NEWEST_FIRST))) == ["R", "T", "Z"]

    @pytest.mark.parametrize("taxes", Taxes)
    def test_enough_money_pays_all_of_it(self, taxes: Taxes) -> None:
        result = allocate(paid("P", "161"), self.ITEM, by=Ranking(due_date, taxes=taxes))
        assert (given(result), left(result)) == ({"Z": "50.00", "R": "100.00", "T": "10.00"}, {"P": "1.00"})

    def test_ties_are_shared_between_items(self) -> None:
        charges = [owed("R", "100"), tax("T", "20", "R"), owed("S", "60")]
        assert given(allocate(paid("P", "90"), charges, by=PRO_RATA)) == {"R": "50.00", "T": "10.00", "S": "30.00"}
        assert given(allocate(paid("P", "60"), charges, by=EVENLY)) == {"R": "25.00", "T": "5.00", "S": "30.00"}

    def test_a_tax_on_a_tax_is_of_the_same_item(self) -> None:
        charges = [owed("R", "100", 3), tax("T", "10", "R", 2), tax("U", "5", "T", 1)]
        by = {taxes: Ranking(due_date, taxes=taxes) for taxes in Taxes}
        money = paid("P", "11.50")
        assert given(allocate(money, charges, by=by[Taxes.PRO_RATA])) == {"R": "10.00", "T": "1.00", "U": "0.50"}
        assert given(allocate(money, charges, by=by[Taxes.CHARGE_FIRST])) == {"R": "11.50"}
        assert given(allocate(money, charges, by=by[Taxes.TAX_FIRST])) == {"U": "5.00", "T": "6.50"}

    def test_several_taxes_come_in_canonical_order(self) -> None:
        charges = [owed("R", "1", 1), tax("U", "5", "R", 3), tax("T", "5", "R", 2), tax("S", "5", "R", 3)]
        by = Ranking(due_date, taxes=Taxes.TAX_FIRST)
        assert list(given(allocate(paid("P", "99"), charges, by=by))) == ["T", "S", "U", "R"]
        by = Ranking(due_date, taxes=Taxes.CHARGE_FIRST)
        assert list(given(allocate(paid("P", "99"), charges, by=by))) == ["R", "T", "S", "U"]

    def test_a_settled_charge_still_gives_its_tax_a_place(self) -> None:
        result = allocate(paid("P", "55"), self.ITEM, by=NEWEST_FIRST, applied=[settles("P-0", "R", "100")])
        assert list(given(result).items()) == [("T", "10.00"), ("Z", "45.00")]

    def test_where_the_charge_is_absent_a_tax_is_its_own_item(self) -> None:
        charges = [tax("T", "10", "gone", 1), owed("Z", "50", 2)]
        assert list(given(allocate(paid("P", "55"), charges, by=OLDEST_FIRST)).items()) == [
            ("T", "10.00"),
            ("Z", "45.00"),
        ]

    def test_a_tax_on_another_payers_charge_ranks_with_it_all_the_same(self) -> None:
        charges = [owed("R", "100", 3, payer="bob"), tax("T", "10", "R", 1), owed("Z", "50", 2)]
        result = allocate(paid("P", "55"), charges, by=OLDEST_FIRST)
        assert list(given(result).items()) == [("Z", "50.00"), ("T", "5.00")]

    def test_another_category_about_a_charge_is_no_tax(self) -> None:
        charges = [owed("R", "100", 3), owed("L", "10", 1, about="R", category=Category.LATE_FEE)]
        assert list(given(allocate(paid("P", "15"), charges, by=OLDEST_FIRST)).items()) == [
            ("L", "10.00"),
            ("R", "5.00"),
        ]

    def test_a_disputed_charge_leaves_its_tax_to_be_paid(self) -> None:
        charges = [owed("R", "100", 1, disputed=True), tax("T", "10", "R", 1), owed("Z", "50", 2)]
        result = allocate(paid("P", "55"), charges, by=OLDEST_FIRST)
        assert list(given(result).items()) == [("T", "10.00"), ("Z", "45.00")]

    def test_taxes_about_each_other_are_refused(self) -> None:
        charges = [tax("S", "1", "U"), tax("T", "1", "S"), tax("U", "1", "T")]
        with pytest.raises(Conflict) as caught:
            allocate(ENOUGH, charges, by=OLDEST_FIRST)
        assert str(caught.value) == "charge S: its tax is about itself, through T; a tax is about what it taxes"
        assert (caught.value.field, caught.value.value) == ("about", "U")

    def test_a_function_that_is_a_key_sees_the_charge_and_not_its_taxes(self) -> None:
        seen = []
        allocate(ENOUGH, self.ITEM, by=Ranking(lambda item, context: seen.append((item.id, item.open_minor))))
        assert seen == [("Z", 5000), ("R", 10000)]

    def test_cents_of_the_pair_by_largest_remainder(self) -> None:
        charges = [owed("R", "1000"), tax("T", "130", "R")]
        assert given(allocate(paid("P", "515"), charges, by=OLDEST_FIRST)) == {"R": "455.75", "T": "59.25"}
        assert given(allocate(paid("P", "0.01"), charges, by=OLDEST_FIRST)) == {"R": "0.01"}


@pytest.mark.parametrize("by", [OLDEST_FIRST, RENT_LAST, PAST_DUE_FIRST_RENT_LAST, LARGEST_FIRST])
def test_paying_in_parts_is_paying_at_once(by: Order) -> None:
    charges = [
        owed(f"C-{n}", f"{7 * n % 11 + 1}.{n}0", n % 4 + 1, category=Category.RENT if n % 3 else Category.FEE)
        for n in range(8)
    ]
    parts = [paid(f"P-{n}", "3.17") for n in range(5)]
    at_once = allocate(paid("P", "15.85"), charges, by=by)
    assert allocate(parts, charges, by=by).open == at_once.open
    assert at_once.total_open == cad("36.95")
