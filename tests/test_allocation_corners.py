"""Corners that a change of a single sign would turn without anybody noticing; each was found by changing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from arledger import (
    EVENLY,
    OLDEST_FIRST,
    Application,
    Category,
    Charge,
    Conflict,
    Credit,
    Designation,
    Incoming,
    Money,
    OpenItem,
    OrderError,
    Payment,
    Ranking,
    allocate,
    any_payer,
    exact_match_first,
    in_order,
    in_turn,
    only,
    where,
)
from arledger.allocation.decision import verified_balances

JAN, FEB, MARCH, MAY = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 5, 1)


def cad(amount: int) -> Money:
    return Money(amount, "CAD")


def owed(name: str, amount: int, due: date = JAN, category: Category = Category.OTHER) -> Charge:
    return Charge(name, cad(amount), due=due, category=category)


def test_what_a_turn_took_beyond_the_payer_is_gone_for_the_next() -> None:
    charges = [Charge("A", cad(30), due=JAN, payer="x"), Charge("B", cad(30), due=FEB, payer="x")]
    by = in_turn(any_payer(only(where.charge("A"), OLDEST_FIRST)), any_payer(OLDEST_FIRST))
    result = allocate(Payment("P", cad(50), received=MARCH), charges, by=by)
    assert [(line.charge, line.amount) for line in result.lines] == [("A", cad(30)), ("B", cad(20))]


def test_a_function_in_a_composition_sees_what_is_open_and_what_is_held() -> None:
    seen: list[tuple[int, int]] = []

    def look(incoming: Incoming, items: Sequence[OpenItem]) -> Mapping[str, int]:
        seen.extend((item.open_minor, item.offered_minor) for item in items)
        return {}

    item = OpenItem(owed("A", 100), 8000, disputed_minor=3000)
    in_turn(look)(Incoming(id="P", kind="payment", minor=9000, currency="CAD", date=MARCH), [item])
    assert seen == [(8000, 5000)]


def test_a_selector_that_reads_the_date_works_wherever_one_may_stand() -> None:
    charges = [owed("old", 30), owed("young", 30, MAY)]
    wish = Designation(where.past_due, cad(40))
    money = Payment("P", cad(90), received=MARCH, restriction=where.is_due, designations=[wish])
    made = Application("P", "old", cad(10), FEB)
    result = allocate(money, charges, by=OLDEST_FIRST, applied=[made], designations="first")
    assert [(line.charge, line.amount) for line in result.lines] == [("old", cad(20))]
    assert str(result.explanation).splitlines()[-1] == (
        "P                 60.00  20.00 of 30.00 for where.past_due: settled; "
        "nothing is open that it may pay (restricted to where.is_due)"
    )
    assert result.explanation.untouched[0].reason == "no money may pay it: restricted to where.is_due"


def test_a_selector_that_takes_a_tax_along_works_wherever_one_may_stand() -> None:
    charges = [
        owed("rent", 30, category=Category.RENT),
        Charge("tax", cad(3), due=JAN, category=Category.TAX, about="rent"),
        owed("fee", 10),
    ]
    wish = Designation(where.rent, cad(40))
    money = Payment("P", cad(90), received=MARCH, restriction=where.rent, designations=[wish])
    made = Application("P", "tax", cad(3), FEB)
    result = allocate(money, charges, by=OLDEST_FIRST, applied=[made], designations="first")
    assert [(line.charge, line.amount) for line in result.lines] == [("rent", cad(30))]
    (leftover,) = result.explanation.unapplied
    assert leftover.reason == (
        "30.00 of 37.00 for where.rent: settled; nothing is open that it may pay (restricted to where.rent)"
    )
    assert {left.charge: left.reason for left in result.explanation.untouched} == {
        "tax": "settled before",
        "fee": "no money may pay it: restricted to where.rent",
    }


def test_a_designation_to_several_charges_leaves_what_all_of_them_did_not_take() -> None:
    charges = [owed("A", 10), owed("B", 10, FEB), owed("C", 50, MARCH)]
    money = Payment("P", cad(40), received=MARCH, designations=[Designation(where.charge("A", "B"))])
    result = allocate(money, charges, by=OLDEST_FIRST, designations="first")
    assert [(line.charge, line.amount) for line in result.lines] == [("A", cad(10)), ("B", cad(10)), ("C", cad(20))]


def test_a_credit_of_nobody_that_names_anothers_charge_is_not_explained_as_barred() -> None:
    charges = [Charge("A", cad(10), due=JAN, payer="x"), Charge("B", cad(10), due=JAN, payer="x")]
    credit = Credit("K", cad(30), granted=MARCH, designations=[Designation(where.payer("x"), cad(30))])
    result = allocate(credit, charges, by=only(where.charge("A"), OLDEST_FIRST))
    assert [left.reason for left in result.explanation.untouched] == ["the order passed it over"]
    assert result.explanation.unapplied[0].reason.startswith(
        "10.00 of 30.00 for where.payer('x'): the order placed no more"
    )


def test_a_disputed_charge_that_is_settled_holds_nothing_back() -> None:
    charges = [Charge("A", cad(10), due=JAN, disputed=True), owed("B", 10)]
    made = Application("X", "A", cad(10), FEB)
    result = allocate(Payment("P", cad(10), received=MARCH), charges, by=OLDEST_FIRST, applied=[made])
    assert [line.charge for line in result.lines] == ["B"]


@pytest.mark.parametrize("by", [OLDEST_FIRST, in_turn(OLDEST_FIRST)], ids=["walked", "served"])
def test_a_rank_stays_when_those_before_it_are_settled(by: Ranking) -> None:
    charges = [owed("A", 10), owed("B", 10, FEB)]
    money = [Payment("P", cad(10), received=MARCH), Payment("Q", cad(10), received=MAY)]
    lines = allocate(money, charges, by=by).explanation.lines
    assert [(line.charge, line.rank) for line in lines] == [("A", 1), ("B", 2)]


def test_taxes_in_a_ring_are_found_from_outside_of_it() -> None:
    ring = [
        Charge(name, cad(1), due=JAN, category=Category.TAX, about=about)
        for name, about in (("A", "B"), ("B", "C"), ("C", "B"))
    ]
    with pytest.raises(Conflict) as caught:
        allocate(Payment("P", cad(1), received=MARCH), ring, by=OLDEST_FIRST)
    assert caught.value.field == "about"


@pytest.mark.parametrize("wrap", [lambda by: by, in_turn], ids=["walked", "served"])
def test_refusing_the_rest_asks_about_what_a_fee_is_about(wrap: type) -> None:
    rent = owed("rent", 10, category=Category.RENT)
    fee = Charge("fee", cad(5), due=JAN, category=Category.LATE_FEE, about="rent")
    by = wrap(Ranking(in_order(where.rent, where.category(Category.FINE), rest="refuse")))
    with pytest.raises(OrderError) as caught:
        allocate(Payment("P", cad(1), received=MARCH), [rent, fee], by=by)
    assert (caught.value.field, caught.value.value) == ("rest", "fee")
    dated = wrap(Ranking(in_order(where.past_due, rest="refuse")))
    with pytest.raises(OrderError) as caught:
        allocate(Payment("P", cad(1), received=MARCH), [rent, owed("young", 5, MAY)], by=dated)
    assert caught.value.value == "young"


def test_rows_that_do_not_balance_are_refused_and_name_the_order() -> None:
    with pytest.raises(OrderError) as caught:
        verified_balances([(0, 0, 700, 0)], [500], [900], EVENLY, "CAD")
    assert (caught.value.field, caught.value.value) == ("order", EVENLY)
    assert str(caught.value) == (
        "order Ranking(ties=Ties.EVENLY): its rows do not balance, by -2.00; "
        "this is a fault of arledger: please report it"
    )


def test_exactly_this_money_takes_the_item_whose_lead_is_older() -> None:
    """R3: an item ranks where its lead does, though the tax on the younger one may be older than both."""
    charges = [
        owed("younger", 90, MARCH, Category.RENT),
        Charge("tax", cad(10), due=JAN, category=Category.TAX, about="younger"),
        owed("older", 100, FEB),
    ]
    result = allocate(Payment("P", cad(100), received=MAY), charges, by=exact_match_first(OLDEST_FIRST))
    assert [line.charge for line in result.lines] == ["older"]


def test_earlier_money_counts_for_a_named_charge_before_it_counts_for_a_selector() -> None:
    """R4: A had its 10 and B the selector's 10; so nothing of either wish is left to pay, and A gets no more."""
    charges = [owed("A", 50), owed("B", 50, FEB)]
    wishes = [Designation(where.charge("A", "B"), cad(10)), Designation("A", cad(10))]
    money = Payment("P", cad(30), received=MARCH, designations=wishes)
    made = [Application("P", "A", cad(10), MARCH), Application("P", "B", cad(10), MARCH)]
    assert allocate(money, charges, by=OLDEST_FIRST, applied=made).lines == ()


def test_of_two_ways_to_a_charge_the_one_with_fewer_bars_is_explained() -> None:
    """Designated, it is barred by payer and restriction; by an order that crosses payers, by the restriction alone."""
    young = Charge("young", cad(10), due=MAY, payer="bob")
    money = Payment("P", cad(10), received=MARCH, restriction=where.is_due, designations=[Designation("young")])
    result = allocate(money, [young], by=any_payer(OLDEST_FIRST), designations="first")
    assert result.lines == ()
    (untouched,) = result.explanation.untouched
    assert untouched.reason == "no money may pay it: restricted to where.is_due"
