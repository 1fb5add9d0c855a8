"""The rules of application (R1 to R8) and their worked rows (A1 to A10), to the cent.

Each row is recomputed by hand from its rule; the rule book (docs/reference/rules.md) tells the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from arledger import (
    EVENLY,
    LARGEST_FIRST,
    NEWEST_FIRST,
    OLDEST_FIRST,
    OLDEST_FIRST_NON_RENT_PRIORITY,
    PAST_DUE_FIRST_RENT_LAST,
    RENT_LAST,
    Allocation,
    Category,
    Charge,
    Credit,
    Designation,
    Dispute,
    Money,
    Order,
    Payment,
    Ranking,
    Ties,
    Why,
    allocate,
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
    shared,
    split_by_weight,
    split_evenly,
    where,
)

JAN_1, FEB_1, FEB_6 = date(2026, 1, 1), date(2026, 2, 1), date(2026, 2, 6)
RENT, OTHER = Category.RENT, Category.OTHER


def cad(amount: str | int) -> Money:
    return Money(amount, "CAD")


def charge(
    name: str, amount: str | int, due: date = JAN_1, category: Category = OTHER, *, code: str | None = None, at: int = 0
) -> Charge:
    """A charge; ``at`` is its sequence, where a row says "in this order"."""
    return Charge(name, cad(amount), due=due, category=category, code=code, sequence=at)


def pay(amount: str | int, on: date = FEB_6) -> Payment:
    return Payment("P", cad(amount), received=on)


def paid(result: Allocation) -> dict[str, str]:
    """What each charge got, in the order of the lines; a charge may get several."""
    amounts: dict[str, Money] = {}
    for line in result.lines:
        amounts[line.charge] = amounts.get(line.charge, cad(0)) + line.amount
    return {name: str(amount.amount) for name, amount in amounts.items()}


def left_open(result: Allocation) -> dict[str, str]:
    return {name: str(amount.amount) for name, amount in result.open.items() if amount}


def settle(amount: str | int, charges: Iterable[Charge], by: Order, on: date = FEB_6) -> dict[str, str]:
    return paid(allocate(pay(amount, on), charges, by=by))


def test_A1_in_the_order_given_rent_insurance_late_fee() -> None:
    """A1: 1,050 over rent 1000, insurance 14.50, late fee 100, in that order (R1: within a date, the sequence)."""
    charges = [charge("rent", 1000, at=1), charge("insurance", "14.50", at=2), charge("late fee", 100, at=3)]
    result = allocate(pay(1050), charges, by=OLDEST_FIRST)
    assert paid(result) == {"rent": "1000.00", "insurance": "14.50", "late fee": "35.50"}
    assert left_open(result) == {"late fee": "64.50"}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (OLDEST_FIRST, {"rent 1": "1000.00", "parking": "20.00"}),
        (RENT_LAST, {"parking": "50.00", "late fee": "40.00", "rent 1": "930.00"}),
        (OLDEST_FIRST_NON_RENT_PRIORITY, {"parking": "50.00", "rent 1": "970.00"}),
    ],
    ids=["oldest first", "rent last", "oldest first with non-rent priority"],
)
def test_A2_the_three_orders_of_the_settings(by: Order, expected: dict[str, str]) -> None:
    """A2, R1: 1,020 over rent and parking of 1 January, rent of 1 February, a late fee of 6 February."""
    charges = [
        charge("rent 1", 1000, JAN_1, RENT, at=1),
        charge("parking", 50, JAN_1, Category.FEATURE, at=2),
        charge("rent 2", 1000, FEB_1, RENT, at=3),
        charge("late fee", 40, FEB_6, Category.LATE_FEE, at=4),
    ]
    assert settle(1020, charges, by) == expected


def test_A3_credits_behave_as_payments_and_may_name_a_target() -> None:
    """A3, R4: a credit of 100 for the rent and one of 200 for nothing in particular; non-rent priority."""
    rent = charge("rent", 1000, JAN_1, RENT)
    parking = charge("parking", 250, JAN_1, Category.FEATURE)
    to_rent = Credit("K1", cad(100), granted=FEB_1, designations=[Designation("rent")])
    free = Credit("K2", cad(200), granted=FEB_1)
    result = allocate([free, to_rent], [rent, parking], by=OLDEST_FIRST_NON_RENT_PRIORITY)
    assert [(line.source, line.charge, str(line.amount.amount)) for line in result.lines] == [
        ("K1", "rent", "100.00"),
        ("K2", "parking", "200.00"),
    ]
    assert left_open(result) == {"rent": "900.00", "parking": "50.00"}


def test_A4_rent_last_within_a_month() -> None:
    """A4, R1, R3: 600 over rent 800, pet 25, late fee 35, water 40; the pet is a feature, so it is no rent."""
    charges = [
        charge("rent", 800, JAN_1, RENT, at=1),
        charge("pet", 25, JAN_1, Category.FEATURE, at=2),
        charge("late fee", 35, JAN_1, Category.LATE_FEE, at=3),
        charge("water", 40, JAN_1, Category.UTILITY, at=4),
    ]
    result = allocate(pay(600), charges, by=RENT_LAST)
    assert paid(result) == {"pet": "25.00", "late fee": "35.00", "water": "40.00", "rent": "500.00"}
    assert left_open(result) == {"rent": "300.00"}


def test_A5_largest_first() -> None:
    """A5: 1,000 over rent 1000, parking 200, utilities 75, insurance 15: the rent is paid, 290 stay open."""
    charges = [charge("insurance", 15), charge("parking", 200), charge("rent", 1000), charge("utilities", 75)]
    result = allocate(pay(1000), charges, by=LARGEST_FIRST)
    assert paid(result) == {"rent": "1000.00"}
    assert result.total_open == cad(290)


def test_A6_splits_lose_no_cent() -> None:
    """A6: 8.00 in three; 5 cents 70/30 and 30/70."""
    assert [part.minor for part in split_evenly(cad(8), 3)] == [267, 267, 266]
    assert [part.minor for part in split_by_weight(cad("0.05"), [70, 30])] == [4, 1]
    assert [part.minor for part in split_by_weight(cad("0.05"), [30, 70])] == [2, 3]


def test_A7_a_statute_of_homeowners_associations() -> None:
    """A7: delinquent assessment, current assessment, attorney, other cost, fines, other; 600 are paid."""
    assessment = where.code("ASSESSMENT")
    statute = Ranking(
        in_order(
            assessment & where.past_due,
            assessment,
            where.code("ATTORNEY"),
            where.category(Category.COST),
            where.category(Category.FINE),
        )
    )
    charges = [
        charge("fines", 100, JAN_1, Category.FINE),
        charge("delinquent", 300, JAN_1, RENT, code="ASSESSMENT"),
        charge("current", 200, FEB_6, RENT, code="ASSESSMENT"),
        charge("attorney", 150, JAN_1, Category.COST, code="ATTORNEY"),
    ]
    result = allocate(pay(600), charges, by=statute)
    assert paid(result) == {"delinquent": "300.00", "current": "200.00", "attorney": "100.00"}
    assert left_open(result) == {"attorney": "50.00", "fines": "100.00"}


def test_A8_a_tax_goes_with_what_it_taxes() -> None:
    """A8, R3: rent 1000 and its tax 130 are one item, in proportion; 565 by rent last."""
    charges = [
        charge("rent", 1000, JAN_1, RENT),
        Charge("tax", cad(130), due=JAN_1, category=Category.TAX, about="rent"),
        charge("late fee", 50, JAN_1, Category.LATE_FEE),
    ]
    assert settle(565, charges, RENT_LAST) == {"late fee": "50.00", "rent": "455.75", "tax": "59.25"}


def test_A9_a_bill_split_with_an_agency() -> None:
    """A9, R6: the agency's rent 700, the tenant's rent 300 and late fee 25; the tenant pays 400, the agency 725."""
    charges = [
        Charge("agency's rent", cad(700), due=JAN_1, category=RENT, payer="agency"),
        Charge("tenant's rent", cad(300), due=JAN_1, category=RENT, payer="tenant"),
        Charge("late fee", cad(25), due=JAN_1, category=Category.LATE_FEE, payer="tenant"),
    ]
    money = [
        Payment("T", cad(400), received=FEB_1, payer="tenant"),
        Payment("A", cad(725), received=FEB_1, payer="agency"),
    ]
    result = allocate(money, charges, by=OLDEST_FIRST)
    assert paid(result) == {"agency's rent": "700.00", "late fee": "25.00", "tenant's rent": "300.00"}
    assert result.unapplied == {"T": cad(75), "A": cad(25)}
    crossing = allocate(money, charges, by=any_payer(OLDEST_FIRST))
    assert crossing.total_open == cad(0)
    assert crossing.total_unapplied == cad(100)


class TestA10TrustMoney:
    """A10, R7: invoices A 800 (older) and B 500, operating money 200, trust money 1000 for matter A."""

    charges = (
        Charge("A", cad(800), due=JAN_1, invoice="A"),
        Charge("B", cad(500), due=FEB_1, invoice="B"),
    )
    operating = Payment("O", cad(200), received=FEB_1)

    def trust(self, *targets: str) -> Payment:
        wishes = [Designation(target) for target in targets]
        return Payment(
            "T", cad(1000), received=FEB_6, fund="trust", restriction=where.invoice("A"), designations=wishes
        )

    def test_A10_trust_money_is_never_applied_by_itself(self) -> None:
        for mode in ("only", "first", "ignore"):
            result = allocate([self.operating, self.trust()], self.charges, by=OLDEST_FIRST, designations=mode)
            assert left_open(result) == {"A": "600.00", "B": "500.00"}
            assert result.unapplied["T"] == cad(1000)

    def test_A10_designated_to_its_matter_it_pays_no_more_than_its_balance(self) -> None:
        result = allocate([self.operating, self.trust("A")], self.charges, by=OLDEST_FIRST)
        assert left_open(result) == {"B": "500.00"}
        assert result.unapplied == {"O": cad(0), "T": cad(400)}

    def test_A10_designated_to_another_matter_it_is_barred_and_says_so(self) -> None:
        result = allocate([self.operating, self.trust("B")], self.charges, by=OLDEST_FIRST)
        assert left_open(result) == {"A": "600.00", "B": "500.00"}
        (leftover,) = result.explanation.unapplied
        assert (leftover.source, leftover.amount, leftover.why) == ("T", cad(1000), Why.DESIGNATED)
        assert leftover.reason == (
            "0.00 of 1000.00 for B: barred, restricted to where.invoice('A'); "
            "trust money pays only what it is designated to"
        )


def test_R1_rent_last_pays_old_rent_after_new_charges_that_are_none() -> None:
    """R1: all non-rent, oldest to newest, then all rent, oldest to newest."""
    charges = [
        charge("rent 1", 100, JAN_1, RENT),
        charge("rent 2", 100, FEB_1, RENT),
        charge("fee", 10, FEB_6, Category.FEE),
        charge("water", 20, FEB_1, Category.UTILITY),
    ]
    assert list(settle(230, charges, RENT_LAST)) == ["water", "fee", "rent 1", "rent 2"]


def test_R2_within_a_date_the_order_is_posted_sequence_id() -> None:
    """R2: ties on the due date end in the posted date, then the sequence (absent last), then the id as text."""
    charges = [
        Charge("9", cad(1), due=FEB_1, posted=JAN_1),
        Charge("10", cad(1), due=FEB_1, posted=JAN_1),
        Charge("z", cad(1), due=FEB_1, posted=JAN_1, sequence=7),
        Charge("y", cad(1), due=FEB_1, posted=JAN_1, sequence=8),
        Charge("a", cad(1), due=FEB_1),
    ]
    assert list(settle(5, charges, OLDEST_FIRST)) == ["z", "y", "10", "9", "a"]


def test_R3_deposits_features_and_fees_are_no_rent() -> None:
    """R3: rent is the service itself; parking is a feature, and a deposit is no rent either."""
    charges = [
        charge("rent", 100, JAN_1, RENT),
        charge("deposit", 50, FEB_1, Category.DEPOSIT),
        charge("locker", 5, FEB_6, Category.FEATURE),
    ]
    assert list(settle(155, charges, RENT_LAST)) == ["deposit", "locker", "rent"]


@pytest.mark.parametrize(("mode", "left", "parking_open"), [("only", 40, 90), ("first", 0, 50)])
def test_R4_what_a_target_leaves_over_stays_or_goes_on_where_asked(mode: str, left: int, parking_open: int) -> None:
    """R4: 100 for a rent of 60: the other 40 stay unapplied, or go on to the order."""
    charges = [charge("rent", 60, JAN_1, RENT), charge("parking", 90, JAN_1, Category.FEATURE)]
    money = Payment("P", cad(100), received=FEB_1, designations=[Designation("rent")])
    result = allocate(money, charges, by=OLDEST_FIRST, designations=mode)  # type: ignore[arg-type]
    assert result.unapplied["P"] == cad(left)
    assert result.open["parking"] == cad(parking_open)


def test_R5_a_debit_is_a_charge_and_carries_no_target() -> None:
    """R5: a positive adjustment is a charge, settled as any other; there is nothing on it to name a target with."""
    debit = charge("debit", 30, JAN_1, Category.ADJUSTMENT)
    assert settle(30, [debit, charge("rent", 100, FEB_1, RENT)], OLDEST_FIRST) == {"debit": "30.00"}
    assert not hasattr(debit, "designations")


def test_R6_crossing_payers_is_explicit() -> None:
    """R6: money of X settles X's charges and those of no named payer, and no other's unless the order says so."""
    charges = [
        Charge("y's", cad(10), due=JAN_1, payer="y"),
        Charge("x's", cad(10), due=FEB_1, payer="x"),
        Charge("nobody's", cad(10), due=FEB_6),
    ]
    money = Payment("P", cad(30), received=FEB_6, payer="x")
    assert paid(allocate(money, charges, by=OLDEST_FIRST)) == {"x's": "10.00", "nobody's": "10.00"}
    assert list(paid(allocate(money, charges, by=any_payer(OLDEST_FIRST)))) == ["y's", "x's", "nobody's"]


def test_R7_a_restriction_bars_everything_else_whatever_the_order() -> None:
    """R7: a subsidy for the rent pays nothing else, not where the order would, and not where it is designated."""
    charges = [charge("fee", 10, JAN_1, Category.FEE), charge("rent", 100, FEB_1, RENT)]
    for by in (OLDEST_FIRST, EVENLY, any_payer(RENT_LAST)):
        subsidy = Payment("S", cad(50), received=FEB_6, restriction=where.rent)
        assert paid(allocate(subsidy, charges, by=by)) == {"rent": "50.00"}
    wished = Payment("S", cad(50), received=FEB_6, restriction=where.rent, designations=[Designation("fee")])
    assert paid(allocate(wished, charges, by=OLDEST_FIRST, designations="first")) == {"rent": "50.00"}


def test_R8_a_disputed_charge_is_paid_only_where_designated() -> None:
    """R8: disputed in whole, in part, and only from a day up to another."""
    whole = Charge("whole", cad(100), due=JAN_1, disputed=True)
    part = Charge("part", cad(100), due=JAN_1, disputed=Dispute(cad(30), since=FEB_1, until=FEB_6))
    assert settle(500, [whole, part], OLDEST_FIRST, on=FEB_1) == {"part": "70.00"}
    assert settle(500, [whole, part], OLDEST_FIRST, on=FEB_6) == {"part": "100.00"}
    named = Payment("P", cad(150), received=FEB_1, designations=[Designation("whole"), Designation("part")])
    assert paid(allocate(named, [whole, part], by=OLDEST_FIRST)) == {"whole": "100.00", "part": "50.00"}


class TestLaddersByComposition:
    """Orders of the books, each by composition alone."""

    def test_past_and_current_by_rent_and_non_rent(self) -> None:
        """Past non-rent, past rent, current non-rent, current rent: 100 + 1000 + 20 + 30 of 1000."""
        charges = [
            charge("current rent", 1000, FEB_6, RENT),
            charge("current water", 20, FEB_6, Category.UTILITY),
            charge("past rent", 1000, JAN_1, RENT),
            charge("past fee", 100, FEB_1, Category.FEE),
        ]
        expected = {"past fee": "100.00", "past rent": "1000.00", "current water": "20.00", "current rent": "30.00"}
        assert settle(1150, charges, PAST_DUE_FIRST_RENT_LAST, on=FEB_6) == expected
        assert settle(1150, charges, Ranking(first(where.past_due), last(where.rent), due_date)) == expected

    kinds = in_order(where.category(Category.FEE), where.category(Category.INTEREST), where.rent)
    instalments = tuple(
        Charge(f"{kind.value} {number}", cad(amount), due=due, category=kind, invoice=str(number))
        for number, due in ((1, JAN_1), (2, FEB_1))
        for kind, amount in ((Category.FEE, 5), (Category.INTEREST, 10), (RENT, 100))
    )

    def test_horizontally_an_instalment_whole_then_the_next(self) -> None:
        by = Ranking(group_due("invoice"), self.kinds)
        expected = {"fee 1": "5.00", "interest 1": "10.00", "rent 1": "100.00", "fee 2": "5.00", "interest 2": "4.00"}
        assert settle(124, self.instalments, by) == expected

    def test_vertically_a_category_over_all_instalments_then_the_next(self) -> None:
        by = Ranking(self.kinds, group_due("invoice"))
        expected = {"fee 1": "5.00", "fee 2": "5.00", "interest 1": "10.00", "interest 2": "10.00", "rent 1": "94.00"}
        assert settle(124, self.instalments, by) == expected

    def test_interest_late_fee_cost_assessment(self) -> None:
        """By category, in the order of the name: 160 pay 10 + 40 + 110 of 700."""
        by = Ranking(
            in_order(
                where.category(Category.INTEREST),
                where.category(Category.LATE_FEE),
                where.category(Category.COST),
                where.code("ASSESSMENT"),
                rest="refuse",
            ),
            due_date,
        )
        charges = [
            charge("assessment", 500, JAN_1, RENT, code="ASSESSMENT"),
            charge("cost", 150, FEB_1, Category.COST),
            charge("late fee", 40, FEB_1, Category.LATE_FEE),
            charge("interest", 10, FEB_6, Category.INTEREST),
        ]
        assert settle(160, charges, by) == {"interest": "10.00", "late fee": "40.00", "cost": "110.00"}

    def test_due_then_less_secured_then_dearer_then_older_then_in_proportion(self) -> None:
        """A ladder of the law: A and B are due, unsecured, at 9 percent and of one day: 2 to 1."""
        by = Ranking(
            first(where.is_due), attribute("security"), attribute("rate").descending, due_date, ties=Ties.PRO_RATA
        )

        def debt(name: str, amount: int, due: date, security: int, rate: int) -> Charge:
            return Charge(name, cad(amount), due=due, attributes={"security": security, "rate": rate})

        charges = [
            debt("not due", 100, date(2026, 12, 1), 0, 20),
            debt("secured", 100, JAN_1, 1, 20),
            debt("cheaper", 100, JAN_1, 0, 8),
            debt("younger", 100, FEB_1, 0, 9),
            debt("A", 200, JAN_1, 0, 9),
            debt("B", 100, JAN_1, 0, 9),
        ]
        assert settle(100, charges, by) == {"A": "66.67", "B": "33.33"}
        assert list(settle(700, charges, by)) == ["A", "B", "younger", "cheaper", "secured", "not due"]

    def test_exact_amount_first(self) -> None:
        charges = [charge("old", 100, JAN_1), charge("exact", 70, FEB_1), charge("exact too", 70, FEB_6)]
        by = exact_match_first(NEWEST_FIRST)
        assert settle(70, charges, by) == {"exact": "70.00"}
        assert settle(71, charges, by) == {"exact too": "70.00", "exact": "1.00"}

    def test_one_type_evenly_another_oldest_first(self) -> None:
        """Assessments share evenly: 20, 40, 40; then late fees, the oldest first."""
        by = in_turn(only(where.rent, EVENLY), only(where.category(Category.LATE_FEE), OLDEST_FIRST))
        charges = [
            charge("small", 20, JAN_1, RENT),
            charge("middle", 90, FEB_1, RENT),
            charge("large", 90, FEB_6, RENT),
            charge("late fee 1", 15, FEB_1, Category.LATE_FEE),
            charge("late fee 2", 15, FEB_6, Category.LATE_FEE),
            charge("water", 10, JAN_1, Category.UTILITY),
        ]
        assert settle(100, charges, by) == {"small": "20.00", "middle": "40.00", "large": "40.00"}
        assert settle(220, charges, by)["late fee 2"] == "5.00"
        assert allocate(pay(300), charges, by=by).open["water"] == cad(10)

    def test_split_evenly_per_type_and_oldest_first_inside(self) -> None:
        """Each type gets the same: utilities take 30 of 40, the fees fill up with 30, rent the other 40."""
        by = shared(among="category", ties=Ties.EVENLY, then=OLDEST_FIRST)
        charges = [
            charge("rent 1", 35, JAN_1, RENT),
            charge("rent 2", 100, FEB_1, RENT),
            charge("fee", 30, JAN_1, Category.FEE),
            charge("water", 500, JAN_1, Category.UTILITY),
        ]
        assert settle(110, charges, by) == {"rent 1": "35.00", "rent 2": "5.00", "fee": "30.00", "water": "40.00"}
