"""Designations: the payer's word on what money is for, served before the order, within its bars."""

from __future__ import annotations

from itertools import permutations

import pytest

from account_facts import cad, from_the_back, given, granted, left, owed, paid, placed, settles, still_open
from arledger import (
    LARGEST_FIRST,
    NEWEST_FIRST,
    OLDEST_FIRST,
    PRO_RATA,
    Category,
    Charge,
    Credit,
    CreditKind,
    Designation,
    Payment,
    Selector,
    allocate,
    any_payer,
    where,
)
from arledger.allocation.records import Designations

PARK, RENT = where.code("PARK"), where.rent


def wish(to: str | Selector, amount: str | None = None) -> Designation:
    return Designation(to, None if amount is None else cad(amount))


def account() -> list[Charge]:
    return [
        owed("A", "100", 1, category=Category.RENT),
        owed("B", "40", 2, code="PARK"),
        owed("C", "60", 3, code="PARK"),
    ]


class TestModes:
    """What becomes of designated money that its targets cannot take."""

    MONEY = paid("P", "70", designations=[wish("B")])

    @pytest.mark.parametrize(
        ("mode", "lines", "rest"),
        [
            ("only", {"B": "40.00"}, "30.00"),
            ("first", {"B": "40.00", "A": "30.00"}, "0.00"),
            ("ignore", {"A": "70.00"}, "0.00"),
        ],
    )
    def test_of_a_payment(self, mode: Designations, lines: dict[str, str], rest: str) -> None:
        result = allocate(self.MONEY, account(), by=OLDEST_FIRST, designations=mode)
        assert (given(result), left(result)) == (lines, {"P": rest})

    def test_only_is_the_default(self) -> None:
        assert given(allocate(self.MONEY, account(), by=OLDEST_FIRST)) == {"B": "40.00"}

    @pytest.mark.parametrize("mode", ["only", "first"])
    def test_money_that_is_used_up_goes_nowhere_else(self, mode: Designations) -> None:
        money = paid("P", "30", designations=[wish("B")])
        assert given(allocate(money, account(), by=OLDEST_FIRST, designations=mode)) == {"B": "30.00"}

    @pytest.mark.parametrize("mode", ["only", "first", "ignore"])
    def test_money_without_a_wish_is_served_by_the_order(self, mode: Designations) -> None:
        assert given(allocate(paid("P", "70"), account(), by=NEWEST_FIRST, designations=mode)) == {
            "C": "60.00",
            "B": "10.00",
        }

    @pytest.mark.parametrize("mode", ["only", "first", "ignore"])
    def test_trust_money_goes_only_where_it_is_designated(self, mode: Designations) -> None:
        money = paid("P", "70", designations=[wish("B")], fund="trust")
        result = allocate(money, account(), by=OLDEST_FIRST, designations=mode)
        assert (given(result), left(result)) == ({"B": "40.00"}, {"P": "30.00"})

    @pytest.mark.parametrize("mode", ["only", "first", "ignore"])
    def test_trust_money_without_a_wish_stays(self, mode: Designations) -> None:
        result = allocate(paid("P", "70", fund="trust"), account(), by=OLDEST_FIRST, designations=mode)
        assert (result.lines, left(result)) == ((), {"P": "70.00"})

    @pytest.mark.parametrize("mode", ["only", "first", "ignore"])
    @pytest.mark.parametrize("kind", [CreditKind.WAIVER, CreditKind.WRITE_OFF])
    def test_a_waiver_and_a_write_off_reduce_nothing_else(self, kind: CreditKind, mode: Designations) -> None:
        money = granted("K", "70", kind=kind, designations=[wish("B")])
        result = allocate(money, account(), by=OLDEST_FIRST, designations=mode)
        assert (given(result), left(result)) == ({"B": "40.00"}, {"K": "30.00"})

    @pytest.mark.parametrize("kind", [CreditKind.CONCESSION, CreditKind.ADJUSTMENT, CreditKind.DEPOSIT_INTEREST])
    def test_another_credit_follows_the_mode(self, kind: CreditKind) -> None:
        money = granted("K", "70", kind=kind, designations=[wish("B")])
        modes: tuple[Designations, ...] = ("only", "first", "ignore")
        outcomes = [given(allocate(money, account(), by=OLDEST_FIRST, designations=mode)) for mode in modes]
        assert outcomes == [{"B": "40.00"}, {"B": "40.00", "A": "30.00"}, {"A": "70.00"}]


class TestAmounts:
    """Designations that name an amount come first, each within it."""

    def test_a_named_amount_is_a_ceiling(self) -> None:
        result = allocate(paid("P", "70", designations=[wish("B", "25")]), account(), by=OLDEST_FIRST)
        assert (given(result), left(result)) == ({"B": "25.00"}, {"P": "45.00"})

    def test_named_amounts_come_before_those_without(self) -> None:
        money = paid("P", "50", designations=[wish("A"), wish("B", "25"), wish("C", "10")])
        result = allocate(money, account(), by=OLDEST_FIRST)
        assert placed(result) == [("P", "B", "25.00"), ("P", "C", "10.00"), ("P", "A", "15.00")]

    def test_those_alike_are_served_as_they_stand(self) -> None:
        money = paid("P", "50", designations=[wish("B"), wish("A"), wish("C")])
        assert placed(allocate(money, account(), by=OLDEST_FIRST)) == [("P", "B", "40.00"), ("P", "A", "10.00")]

    def test_the_same_charge_may_stand_twice(self) -> None:
        money = paid("P", "70", designations=[wish("A", "20"), wish("A", "30")])
        result = allocate(money, account(), by=OLDEST_FIRST)
        assert [(line.id, str(line.amount)) for line in result.lines] == [
            ("P>A@2026-03-05", "20.00 CAD"),
            ("P>A@2026-03-05#2", "30.00 CAD"),
        ]

    def test_a_named_amount_is_paid_up_to_what_is_open(self) -> None:
        money = paid("P", "70", designations=[wish("B", "50"), wish("C", "20")])
        result = allocate(money, account(), by=OLDEST_FIRST)
        assert (given(result), left(result)) == ({"B": "40.00", "C": "20.00"}, {"P": "10.00"})

    def test_what_a_named_amount_leaves_goes_to_the_next_without_one(self) -> None:
        money = paid("P", "70", designations=[wish("A"), wish("B", "60")])
        assert placed(allocate(money, account(), by=OLDEST_FIRST)) == [("P", "B", "40.00"), ("P", "A", "30.00")]

    def test_money_used_up_before_is_not_there_to_be_granted(self) -> None:
        money = paid("P", "70", designations=[wish("B", "40")])
        result = allocate(money, account(), by=OLDEST_FIRST, applied=[settles("P", "Z", "55")])
        assert (given(result), left(result)) == ({"B": "15.00"}, {"P": "0.00"})


class TestSelectors:
    """Several charges under one selector are paid by the order."""

    @pytest.mark.parametrize(
        ("by", "lines"),
        [
            (OLDEST_FIRST, {"B": "40.00", "C": "10.00"}),
            (NEWEST_FIRST, {"C": "50.00"}),
            (PRO_RATA, {"B": "20.00", "C": "30.00"}),
            (from_the_back, {"C": "50.00"}),
        ],
    )
    def test_by_that_order(self, by: object, lines: dict[str, str]) -> None:
        result = allocate(paid("P", "50", designations=[wish(PARK)]), account(), by=by)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        assert given(result) == lines

    def test_within_the_named_amount(self) -> None:
        money = paid("P", "100", designations=[wish(PARK, "50"), wish(RENT, "20")])
        result = allocate(money, account(), by=NEWEST_FIRST)
        assert (given(result), left(result)) == ({"C": "50.00", "A": "20.00"}, {"P": "30.00"})

    def test_that_select_nothing_pay_nothing(self) -> None:
        result = allocate(paid("P", "50", designations=[wish(where.code("LOCK"))]), account(), by=OLDEST_FIRST)
        assert (result.lines, left(result)) == ((), {"P": "50.00"})

    def test_are_asked_on_the_moneys_date(self) -> None:
        money = paid("P", "70", 2, designations=[wish(where.past_due)])
        assert given(allocate(money, account(), by=LARGEST_FIRST)) == {"A": "70.00"}
        money = paid("P", "150", 3, designations=[wish(where.past_due)])
        assert given(allocate(money, account(), by=NEWEST_FIRST)) == {"B": "40.00", "A": "100.00"}


class TestEarlierApplications:
    """What earlier applications left of a named amount."""

    def test_they_use_up_the_named_amount(self) -> None:
        money = paid("P", "70", designations=[wish("A", "50")])
        result = allocate(money, account(), by=OLDEST_FIRST, applied=[settles("P", "A", "30")])
        assert (given(result), left(result)) == ({"A": "20.00"}, {"P": "20.00"})

    def test_those_of_other_money_do_not(self) -> None:
        money = paid("P", "70", designations=[wish("A", "50")])
        result = allocate(money, account(), by=OLDEST_FIRST, applied=[settles("P-0", "A", "30")])
        assert given(result) == {"A": "50.00"}

    def test_those_to_other_charges_do_not(self) -> None:
        money = paid("P", "70", designations=[wish("A", "50")])
        result = allocate(money, account(), by=OLDEST_FIRST, applied=[settles("P", "B", "10")])
        assert given(result) == {"A": "50.00"}

    def test_one_that_was_undone_does_not(self) -> None:
        money = paid("P", "70", designations=[wish("A", "50")])
        applied = [settles("P", "A", "30", id="L"), settles("P", "A", "30", reverses="L")]
        assert given(allocate(money, account(), by=OLDEST_FIRST, applied=applied)) == {"A": "50.00"}

    def test_more_than_the_named_amount_leaves_none_of_it(self) -> None:
        money = paid("P", "70", designations=[wish("A", "50"), wish("B")])
        result = allocate(money, account(), by=OLDEST_FIRST, applied=[settles("P", "A", "60")])
        assert (given(result), left(result)) == ({"B": "10.00"}, {"P": "0.00"})

    def test_an_application_uses_up_one_wish_only(self) -> None:
        money = paid("P", "70", designations=[wish("A", "30"), wish("A", "30")])
        result = allocate(money, account(), by=OLDEST_FIRST, applied=[settles("P", "A", "40")])
        assert (given(result), left(result)) == ({"A": "20.00"}, {"P": "10.00"})

    def test_of_a_selector_any_of_its_charges(self) -> None:
        money = paid("P", "90", designations=[wish(PARK, "70")])
        applied = [settles("P", "B", "15"), settles("P", "C", "20"), settles("P", "A", "5")]
        result = allocate(money, account(), by=OLDEST_FIRST, applied=applied)
        assert (given(result), left(result)) == ({"B": "25.00", "C": "10.00"}, {"P": "15.00"})

    def test_to_a_charge_not_in_this_call_count_for_a_wish_that_names_it(self) -> None:
        money = paid("P", "90", designations=[wish("Z", "70"), wish("A", "20")])
        result = allocate(money, account(), by=OLDEST_FIRST, applied=[settles("P", "Z", "70")])
        assert (given(result), left(result)) == ({"A": "20.00"}, {"P": "0.00"})

    def test_to_a_charge_not_in_this_call_count_for_no_selector(self) -> None:
        money = paid("P", "90", designations=[wish(PARK, "70")])
        result = allocate(money, account(), by=OLDEST_FIRST, applied=[settles("P", "Z", "30")])
        assert given(result) == {"B": "40.00", "C": "20.00"}

    def test_their_order_does_not_matter_where_wishes_overlap(self) -> None:
        money = paid("P", "100", designations=[wish(PARK, "30"), wish("C", "30")])
        applied = [settles("P", "B", "30"), settles("P", "C", "30")]
        outcomes = [
            allocate(money, account(), by=OLDEST_FIRST, applied=shuffled).lines for shuffled in permutations(applied)
        ]
        assert outcomes == [(), ()]


class TestBars:
    """A designation crosses neither a payer nor a restriction, but a dispute it does."""

    def test_another_payers_charge_stays_unpaid(self) -> None:
        charges = [owed("A", "100", payer="bob"), owed("B", "40")]
        money = paid("P", "70", payer="ann", designations=[wish("A")])
        result = allocate(money, charges, by=OLDEST_FIRST)
        assert (result.lines, left(result)) == ((), {"P": "70.00"})

    def test_nor_does_any_payer_let_a_wish_cross(self) -> None:
        charges = [owed("A", "100", payer="bob"), owed("B", "40", payer="bob")]
        money = paid("P", "70", payer="ann", designations=[wish("A"), wish(where.payer("bob"))])
        assert allocate(money, charges, by=any_payer(OLDEST_FIRST)).lines == ()

    def test_a_selector_takes_the_payers_own_and_nobodys_only(self) -> None:
        charges = [owed(f"A-{payer}", "10", payer=payer, code="PARK") for payer in ("ann", "bob", None)]
        money = paid("P", "70", payer="ann", designations=[wish(PARK)])
        assert given(allocate(money, charges, by=OLDEST_FIRST)) == {"A-None": "10.00", "A-ann": "10.00"}

    def test_money_of_no_payer_does_not_reach_a_payers_charge_even_by_name(self) -> None:
        money = paid("P", "70", designations=[wish("A")])
        assert allocate(money, [owed("A", "100", payer="bob")], by=OLDEST_FIRST).lines == ()

    def test_a_credit_of_no_payer_reaches_any_payers_charge_that_it_names(self) -> None:
        charges = [owed("A", "100", payer="bob"), owed("B", "40", payer="ann", code="PARK")]
        money = granted("K", "120", designations=[wish("A"), wish(PARK)])
        result = allocate(money, charges, by=OLDEST_FIRST)
        assert given(result) == {"A": "100.00", "B": "20.00"}

    def test_a_credit_of_a_payer_does_not(self) -> None:
        charges = [owed("A", "100", payer="bob")]
        money = granted("K", "120", payer="ann", designations=[wish("A")])
        assert allocate(money, charges, by=OLDEST_FIRST).lines == ()

    def test_a_credit_of_no_payer_without_a_wish_does_not(self) -> None:
        assert allocate(granted("K", "120"), [owed("A", "100", payer="bob")], by=OLDEST_FIRST).lines == ()

    def test_what_a_credits_wish_leaves_stays_off_other_payers_charges(self) -> None:
        charges = [owed("A", "100", payer="bob"), owed("B", "40", payer="ann"), owed("C", "5")]
        money = granted("K", "120", designations=[wish("A")])
        result = allocate(money, charges, by=OLDEST_FIRST, designations="first")
        assert (given(result), left(result)) == ({"A": "100.00", "C": "5.00"}, {"K": "15.00"})

    def test_a_restriction_bars_a_wish(self) -> None:
        money = paid("P", "70", restriction=PARK, designations=[wish("A"), wish("B")])
        result = allocate(money, account(), by=OLDEST_FIRST)
        assert (given(result), left(result)) == ({"B": "40.00"}, {"P": "30.00"})

    def test_a_restriction_bars_the_rest_of_designated_money_too(self) -> None:
        money = paid("P", "120", restriction=PARK, designations=[wish("C")])
        result = allocate(money, account(), by=OLDEST_FIRST, designations="first")
        assert (given(result), left(result)) == ({"C": "60.00", "B": "40.00"}, {"P": "20.00"})

    def test_a_disputed_charge_is_paid_where_it_is_designated(self) -> None:
        charges = [owed("A", "100", disputed=True), owed("B", "40")]
        money = paid("P", "120", designations=[wish("A")])
        assert given(allocate(money, charges, by=OLDEST_FIRST)) == {"A": "100.00"}
        assert still_open(allocate(money, charges, by=OLDEST_FIRST, designations="ignore")) == {
            "A": "100.00",
            "B": "0.00",
        }

    def test_a_wish_for_a_settled_charge_pays_nothing(self) -> None:
        money = paid("P", "120", designations=[wish("B")])
        result = allocate(money, account(), by=OLDEST_FIRST, applied=[settles("P-0", "B", "40")])
        assert (result.lines, left(result)) == ((), {"P": "120.00"})


def test_each_piece_of_money_has_its_own_wishes() -> None:
    money: list[Payment | Credit] = [
        paid("P-1", "30", 5, designations=[wish("C")]),
        paid("P-2", "30", 6, designations=[wish("B")]),
        paid("P-3", "30", 7),
        granted("K-1", "30", 7, designations=[wish("C")]),
    ]
    result = allocate(money, account(), by=OLDEST_FIRST)
    assert placed(result) == [
        ("P-1", "C", "30.00"),
        ("P-2", "B", "30.00"),
        ("K-1", "C", "30.00"),
        ("P-3", "A", "30.00"),
    ]
