"""What rules see: open items, the money at hand, and their context."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arledger import (
    Category,
    Charge,
    Conflict,
    Context,
    Credit,
    Designation,
    Incoming,
    Money,
    OpenItem,
    Payment,
    where,
)
from arledger.items import incoming_of
from strategies import accounts, credits_, magnitudes, payments

DUE = date(2026, 3, 1)
RENT = Charge("R-03", Money("900", "CAD"), due=DUE, category=Category.RENT)


def charge(name: str, category: Category = Category.TAX, about: str | None = None) -> Charge:
    return Charge(name, Money("9", "CAD"), due=DUE, category=category, about=about)


def context_of(*charges: Charge) -> Context:
    incoming = Incoming(id="P-17", kind="payment", minor=1, currency="CAD", date=date(2026, 3, 5))
    return Context(incoming, {found.id: found for found in charges})


class TestOpenItems:
    """`open` (amount less settled applications), `pending` (provisional ones), `payable` = open - pending."""

    def test_by_example(self) -> None:
        item = OpenItem(RENT, 80000, pending_minor=30000, disputed_minor=4000)
        assert (item.id, item.charge) == ("R-03", RENT)
        assert (item.open_minor, item.pending_minor, item.payable_minor, item.offered_minor) == (
            80000,
            30000,
            50000,
            46000,
        )
        assert [item.open, item.pending, item.payable] == [Money(text, "CAD") for text in ("800", "300", "500")]
        assert OpenItem(RENT, 5) == OpenItem(RENT, 5, 0, 0) != OpenItem(RENT, 6)
        assert pickle.loads(pickle.dumps(item)) == item

    @given(magnitudes(0), magnitudes(0), magnitudes(0))
    def test_orders_are_offered_payable_less_what_is_disputed_and_never_less_than_nothing(
        self, open_minor: int, pending: int, disputed: int
    ) -> None:
        item = OpenItem(RENT, open_minor, pending, disputed)
        assert item.payable_minor == open_minor - pending
        assert item.offered_minor == max(0, open_minor - pending - disputed)
        assert item.payable == item.open - item.pending


class TestIncoming:
    """`incoming` has id, kind, minor, currency, date, payer, method, designations."""

    def test_of_a_payment(self) -> None:
        wish = Designation("R-03")
        payment = Payment(
            "P-17",
            Money("900", "CAD"),
            received=DUE,
            posted=date(2026, 4, 1),
            method="ach",
            payer="ann",
            designations=[wish],
            fund="trust",
        )
        assert incoming_of(payment, 7) == Incoming(
            id="P-17",
            kind="payment",
            minor=7,
            currency="CAD",
            date=DUE,
            payer="ann",
            method="ach",
            designations=(wish,),
            fund="trust",
        )

    def test_of_a_credit(self) -> None:
        wish = Designation(where.rent)
        credit = Credit(
            "K-1", Money("5", "JPY"), granted=DUE, posted=date(2026, 4, 1), payer="ann", designations=[wish]
        )
        assert incoming_of(credit, 3) == Incoming(
            id="K-1",
            kind="credit",
            minor=3,
            currency="JPY",
            date=DUE,
            payer="ann",
            method=None,
            designations=(wish,),
            fund="operating",
        )

    @given(st.one_of(payments(), credits_()), magnitudes())
    def test_its_amount_is_what_is_to_be_placed_now(self, source: Payment | Credit, minor: int) -> None:
        incoming = incoming_of(source, minor)
        assert incoming.amount == Money.from_minor(minor, "CAD")
        assert incoming.date.toordinal() == source.row[0]
        assert (incoming.kind == "payment") is isinstance(source, Payment)


class TestTaxed:
    """A tax and what it taxes are one item to an order (R3)."""

    def test_R3_a_tax_is_what_it_taxes(self) -> None:
        tax = charge("T-1", about="R-03")
        assert context_of(RENT, tax).taxed(tax) is RENT

    def test_R3_a_tax_on_a_tax_is_what_the_first_one_taxes(self) -> None:
        tax, surtax = charge("T-1", about="R-03"), charge("T-2", about="T-1")
        assert context_of(surtax, tax, RENT).taxed(surtax) is RENT

    def test_R3_a_tax_whose_parent_is_not_there_is_itself(self) -> None:
        tax, surtax = charge("T-1", about="R-03"), charge("T-2", about="T-1")
        assert context_of(tax).taxed(tax) is tax
        assert context_of(tax, surtax).taxed(surtax) is tax
        lone = charge("T-3")
        assert context_of(lone, RENT).taxed(lone) is lone

    def test_R3_what_is_no_tax_is_itself_whatever_it_is_about(self) -> None:
        late = charge("L-02", Category.LATE_FEE, about="R-03")
        tax = charge("T-1", about="L-02")
        assert context_of(late, RENT).taxed(late) is late
        assert context_of(late, RENT, tax).taxed(tax) is late

    @pytest.mark.parametrize("size", [2, 3])
    def test_R3_taxes_in_a_ring_are_refused(self, size: int) -> None:
        ring = [charge(f"T-{n}", about=f"T-{(n + 1) % size}") for n in range(size)]
        outside = charge("T-9", about="T-1")
        context = context_of(*ring, outside)
        with pytest.raises(Conflict) as caught:
            context.taxed(ring[0])
        assert str(caught.value) == "charge T-0: about leads back to itself; name the charge that is taxed"
        assert (caught.value.field, caught.value.value) == ("about", "T-1")
        with pytest.raises(Conflict) as from_outside:
            context.taxed(outside)
        assert str(from_outside.value) == "charge T-1: about leads back to itself; name the charge that is taxed"

    @given(accounts())
    def test_R3_following_taxes_ends_at_no_tax_or_at_one_whose_parent_is_not_there(self, found: list[Charge]) -> None:
        context = context_of(*found)
        for member in found:
            end = context.taxed(member)
            assert context.taxed(end) is end
            if member.category is not Category.TAX or member.about not in context.charges:
                assert end is member
            else:
                assert end is context.taxed(context.charges[str(member.about)])

    def test_the_context_knows_the_day_of_the_money(self) -> None:
        assert context_of().date == date(2026, 3, 5)
