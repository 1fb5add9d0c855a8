"""The laws of selectors: a Boolean algebra that prints, compares and pickles; a tax counts as what it taxes."""

from __future__ import annotations

import datetime
import pickle
from collections.abc import Callable
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from arledger import Category, Charge, Context, Incoming, Selector, where
from strategies import accounts, days, primitive_selectors, selectors

NAMES = {"where": where, "Category": Category, "datetime": datetime}


def context_of(charges: list[Charge], day: date) -> Context:
    incoming = Incoming(id="P-1", kind="payment", minor=1, currency="CAD", date=day)
    return Context(incoming, {charge.id: charge for charge in charges})


def taxed(charge: Charge, charges: list[Charge]) -> Charge:
    """What a tax is about, and what that is about, by the definition."""
    parents = [parent for parent in charges if parent.id == charge.about]
    return taxed(parents[0], charges) if charge.category is Category.TAX and parents else charge


class TestBooleanAlgebra:
    """Composed with `& | ~`."""

    @given(selectors(), selectors(), selectors(), accounts(), days())
    def test_the_operators_are_and_or_not(
        self, a: Selector, b: Selector, c: Selector, charges: list[Charge], day: date
    ) -> None:
        context = context_of(charges, day)

        def flags(selector: Selector) -> list[bool]:
            return selector.flags(charges, context)

        in_a, in_b = flags(a), flags(b)
        assert flags(a & b) == [x and y for x, y in zip(in_a, in_b, strict=True)]
        assert flags(a | b) == [x or y for x, y in zip(in_a, in_b, strict=True)]
        assert flags(~a) == [not x for x in in_a]
        assert flags(~(a & b)) == flags(~a | ~b)
        assert flags(~(a | b)) == flags(~a & ~b)
        assert flags(~~a) == in_a
        assert flags(a & (b | c)) == flags(a & b | a & c)
        assert flags(a | b & c) == flags((a | b) & (a | c))
        assert not any(flags(a & ~a))
        assert all(flags(a | ~a))

    @given(selectors(), selectors(), selectors())
    def test_composition_is_associative_and_double_negation_is_nothing(
        self, a: Selector, b: Selector, c: Selector
    ) -> None:
        assert (a & b) & c == a & (b & c)
        assert (a | b) | c == a | (b | c)
        assert ~~a == a

    @given(selectors(), accounts(), days())
    def test_one_charge_is_selected_as_among_many(self, a: Selector, charges: list[Charge], day: date) -> None:
        context = context_of(charges, day)
        flags = a.flags(charges, context)
        assert flags == [a.selects(charge, context) for charge in charges]
        assert a.flags(charges[::-1], context) == flags[::-1]
        assert a.flags([], context) == []

    @given(selectors(), accounts(), days(), days())
    def test_a_selector_that_does_not_read_the_date_answers_the_same_on_any(
        self, a: Selector, charges: list[Charge], day: date, other: date
    ) -> None:
        flags = a.flags(charges, context_of(charges, day))
        assert a.reads_date or a.flags(charges, context_of(charges, other)) == flags

    @given(selectors(), selectors())
    def test_a_composition_reads_the_date_if_a_part_does(self, a: Selector, b: Selector) -> None:
        assert (a & b).reads_date is (a | b).reads_date is (a.reads_date or b.reads_date)
        assert (~a).reads_date is a.reads_date


class TestValues:
    """Frozen, printable, sets kept as sorted tuples, since a frozenset's repr depends on the hash seed."""

    @given(selectors())
    def test_repr_evaluates_to_an_equal_selector(self, a: Selector) -> None:
        again = eval(repr(a), dict(NAMES))
        assert again == a
        assert hash(again) == hash(a)
        assert repr(again) == repr(a)

    @given(selectors())
    def test_selectors_pickle(self, a: Selector) -> None:
        again = pickle.loads(pickle.dumps(a))
        assert again == a
        assert repr(again) == repr(a)

    @given(st.lists(st.text("abc", min_size=1, max_size=2), min_size=1, max_size=5), st.data())
    def test_neither_the_order_of_values_nor_repetition_matters(self, texts: list[str], data: st.DataObject) -> None:
        makers: list[Callable[..., Selector]] = [where.code, where.invoice, where.payer, where.charge, where.tagged]
        shuffled = data.draw(st.permutations(texts + texts))
        for make in makers:
            assert make(*shuffled) == make(*texts)
            assert repr(make(*shuffled)) == f"where.{make.__name__}({', '.join(map(repr, sorted(set(texts))))})"

    @given(st.lists(st.sampled_from(Category), min_size=1, max_size=5), st.data())
    def test_neither_the_order_of_categories_nor_repetition_matters(
        self, found: list[Category], data: st.DataObject
    ) -> None:
        shuffled = data.draw(st.permutations(found + found))
        assert where.category(*shuffled) == where.category(*found)
        assert repr(where.category(*shuffled)) == repr(where.category(*found))


class TestWhatIsSelected:
    """`category`, `code` and `tagged` select a tax with its own values and also with those of what it is about (R3)."""

    @given(accounts(), st.lists(st.sampled_from(Category), min_size=1, max_size=3), days())
    def test_R3_a_tax_counts_as_its_own_category_and_as_what_it_taxes(
        self, charges: list[Charge], wanted: list[Category], day: date
    ) -> None:
        expected = [bool({charge.category, taxed(charge, charges).category} & set(wanted)) for charge in charges]
        assert where.category(*wanted).flags(charges, context_of(charges, day)) == expected

    @given(accounts(), st.lists(st.sampled_from(["RENT", "PARK", "it's"]), min_size=1, max_size=2), days())
    def test_R3_codes_likewise(self, charges: list[Charge], wanted: list[str], day: date) -> None:
        expected = [bool({charge.code, taxed(charge, charges).code} & set(wanted)) for charge in charges]
        assert where.code(*wanted).flags(charges, context_of(charges, day)) == expected

    @given(accounts(), st.lists(st.sampled_from(["subsidised", "old", "weekly"]), min_size=1, max_size=2), days())
    def test_R3_tags_likewise(self, charges: list[Charge], wanted: list[str], day: date) -> None:
        expected = [bool({*charge.tags, *taxed(charge, charges).tags} & set(wanted)) for charge in charges]
        assert where.tagged(*wanted).flags(charges, context_of(charges, day)) == expected

    @given(accounts(), st.sets(st.sampled_from(["ann", "bob", "17", "18", "C-1"]), min_size=1, max_size=3), days())
    def test_a_charge_belongs_to_its_own_payer_and_invoice_only(
        self, charges: list[Charge], wanted: set[str], day: date
    ) -> None:
        context = context_of(charges, day)
        assert where.payer(*wanted).flags(charges, context) == [charge.payer in wanted for charge in charges]
        assert where.invoice(*wanted).flags(charges, context) == [charge.invoice in wanted for charge in charges]
        assert where.charge(*wanted).flags(charges, context) == [charge.id in wanted for charge in charges]

    @given(accounts(), days(), days())
    def test_due_dates_against_a_fixed_day_and_against_the_moneys(
        self, charges: list[Charge], fixed: date, day: date
    ) -> None:
        context = context_of(charges, day)
        assert where.due_by(fixed).flags(charges, context) == [charge.due <= fixed for charge in charges]
        assert where.past_due.flags(charges, context) == [charge.due < day for charge in charges]
        assert where.is_due.flags(charges, context) == where.due_by(day).flags(charges, context)

    @given(accounts(), primitive_selectors(), days())
    def test_a_function_of_the_charge_selects_as_it_says(
        self, charges: list[Charge], other: Selector, day: date
    ) -> None:
        context = context_of(charges, day)
        chosen = set(map(id, (charge for charge in charges if other.selects(charge, context))))
        matching = where.matching(lambda charge: id(charge) in chosen)
        assert matching.flags(charges, context) == other.flags(charges, context)
