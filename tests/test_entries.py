"""The facts: what they hold, derive, normalise and keep, and the canonical order of their rows."""

from __future__ import annotations

import copy
import datetime
import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import arledger
from arledger import (
    Application,
    Category,
    Charge,
    Credit,
    CreditKind,
    Designation,
    Dispute,
    Invoice,
    Money,
    Payment,
    where,
)
from arledger.entries import application_id, application_of, disputed_minor
from strategies import applications, charges, credits_, days, payments

RENT = Money("900.00", "CAD")
DUE = date(2026, 3, 1)
DAY = timedelta(days=1)
Facts = Charge | Payment | Credit | Application


def a_charge(**given: Any) -> Charge:
    return Charge(**{"id": "R-03", "amount": RENT, "due": DUE, **given})


def a_payment(**given: Any) -> Payment:
    return Payment(**{"id": "P-17", "amount": RENT, "received": DUE, **given})


def a_credit(**given: Any) -> Credit:
    return Credit(**{"id": "K-1", "amount": RENT, "granted": DUE, **given})


def facts() -> st.SearchStrategy[Facts]:
    """Any fact with an amount."""
    return st.one_of(charges(), payments(), credits_(), applications())


class TestDefaults:
    """Only the first columns are required, and the rest are keywords."""

    def test_of_a_charge(self) -> None:
        charge = Charge("R-03", RENT, due=DUE)
        assert attrs.asdict(charge, recurse=False) == {
            "id": "R-03",
            "amount": RENT,
            "due": DUE,
            "posted": DUE,
            "category": Category.OTHER,
            "code": None,
            "invoice": None,
            "payer": None,
            "about": None,
            "period": None,
            "recurring": False,
            "disputed": False,
            "tags": (),
            "attributes": (),
            "sequence": None,
            "row": (DUE.toordinal(), DUE.toordinal(), True, 0, "R-03", 90000, "CAD", False),
        }

    def test_of_a_payment(self) -> None:
        payment = Payment("P-17", RENT, received=DUE)
        assert attrs.asdict(payment, recurse=False) == {
            "id": "P-17",
            "amount": RENT,
            "received": DUE,
            "posted": DUE,
            "method": None,
            "payer": None,
            "designations": (),
            "restriction": None,
            "fund": "operating",
            "sequence": None,
            "row": (DUE.toordinal(), 1, True, 0, "P-17", 90000, "CAD", False),
        }

    def test_of_a_credit(self) -> None:
        credit = Credit("K-1", RENT, granted=DUE)
        assert attrs.asdict(credit, recurse=False) == {
            "id": "K-1",
            "amount": RENT,
            "granted": DUE,
            "posted": DUE,
            "kind": CreditKind.ADJUSTMENT,
            "category": Category.OTHER,
            "code": None,
            "payer": None,
            "designations": (),
            "sequence": None,
            "row": (DUE.toordinal(), 0, True, 0, "K-1", 90000, "CAD", False),
        }

    def test_of_an_application(self) -> None:
        application = Application("P-17", "R-03", RENT, DUE)
        assert attrs.asdict(application, recurse=False) == {
            "source": "P-17",
            "charge": "R-03",
            "amount": RENT,
            "on": DUE,
            "reverses": None,
            "id": "P-17>R-03@2026-03-01",
            "posted": DUE,
        }

    def test_of_an_invoice(self) -> None:
        assert attrs.asdict(Invoice("17", date=DUE)) == {
            "id": "17",
            "date": DUE,
            "number": None,
            "due": None,
            "payer": None,
            "client": None,
            "matter": None,
        }

    def test_of_a_dispute_and_a_designation(self) -> None:
        assert attrs.asdict(Dispute()) == {"amount": None, "since": None, "until": None}
        assert attrs.asdict(Designation("R-03")) == {"to": "R-03", "amount": None}

    @pytest.mark.parametrize(
        "call",
        [
            lambda: Charge("R-03", RENT, DUE),  # type: ignore[call-arg]
            lambda: Payment("P-17", RENT, DUE),  # type: ignore[call-arg]
            lambda: Credit("K-1", RENT, DUE),  # type: ignore[call-arg]
            lambda: Invoice("17", DUE),  # type: ignore[call-arg]
            lambda: Application("P-17", "R-03", RENT, DUE, "x"),  # type: ignore[call-arg]
        ],
    )
    def test_the_rest_are_keywords(self, call: Callable[[], object]) -> None:
        with pytest.raises(TypeError, match="positional argument"):
            call()

    def test_a_posted_date_of_its_own(self) -> None:
        later = DUE + 5 * DAY
        assert a_charge(posted=later).posted == a_payment(posted=later).posted == a_credit(posted=later).posted == later
        assert Application("P-17", "R-03", RENT, DUE, posted=later).posted == later


class TestClosedSets:
    """A closed set, for rules to speak of."""

    def test_categories(self) -> None:
        assert [category.value for category in Category] == [
            "rent",
            "feature",
            "utility",
            "deposit",
            "adjustment",
            "late_fee",
            "nsf_fee",
            "fee",
            "tax",
            "interest",
            "cost",
            "fine",
            "other",
        ]
        assert repr(Category.LATE_FEE) == "Category.LATE_FEE"
        assert all(category.name.lower() == category.value for category in Category)

    def test_kinds_of_credit(self) -> None:
        assert [kind.value for kind in CreditKind] == [
            "concession",
            "waiver",
            "adjustment",
            "write_off",
            "deposit_interest",
        ]
        assert repr(CreditKind.WRITE_OFF) == "CreditKind.WRITE_OFF"

    @pytest.mark.parametrize("kind", CreditKind)
    def test_a_waiver_or_write_off_names_its_target(self, kind: CreditKind) -> None:
        forgives = kind in (CreditKind.WAIVER, CreditKind.WRITE_OFF)
        assert a_credit(kind=kind, designations=[Designation("R-03")]).forgives is forgives
        if not forgives:
            assert a_credit(kind=kind).forgives is False


class TestNormalised:
    """What a fact keeps of what it was given."""

    def test_tags_are_sorted_and_single(self) -> None:
        assert a_charge(tags=["b", "a", "b"]).tags == ("a", "b")
        assert a_charge(tags=iter(["b", "a"])) == a_charge(tags=("a", "b"))

    def test_attributes_are_sorted_pairs(self) -> None:
        """`attributes`: sorted pairs of strings and numbers for the host's own keys (security, rate)."""
        given = {"security": "none", "rate": Fraction(1, 8), "grade": 3, "cap": Decimal("0.5")}
        charge = a_charge(attributes=given)
        assert charge.attributes == (
            ("cap", Decimal("0.5")),
            ("grade", 3),
            ("rate", Fraction(1, 8)),
            ("security", "none"),
        )
        assert a_charge(attributes=list(given.items())) == charge
        assert [charge.attribute(name) for name in ("rate", "grade", "none")] == [Fraction(1, 8), 3, None]
        assert a_charge().attribute("rate") is None

    def test_the_widest_attributes(self) -> None:
        edge: dict[str, int | Decimal | Fraction] = {
            "a": 10**40 - 1,
            "b": 1 - 10**40,
            "c": Decimal("1E-40"),
            "d": Fraction(1, 10**40),
        }
        assert dict(a_charge(attributes=edge).attributes) == edge

    def test_designations_are_a_tuple(self) -> None:
        wishes = [Designation("R-03", Money("1", "CAD")), Designation(where.rent)]
        assert a_payment(designations=wishes).designations == tuple(wishes)
        assert a_credit(designations=iter(wishes)).designations == tuple(wishes)

    def test_designations_may_name_all_of_the_money_and_no_more(self) -> None:
        halves = [Designation("R-03", Money("450", "CAD")), Designation("R-04", Money("450", "CAD"))]
        assert len(a_payment(designations=halves).designations) == 2
        assert len(a_payment(designations=[*halves, Designation("R-05")]).designations) == 3

    def test_a_dispute_may_be_of_all_of_the_charge(self) -> None:
        assert disputed_minor(a_charge(disputed=Dispute(RENT)), DUE) == 90000

    def test_both_funds(self) -> None:
        assert [a_payment(fund=fund).fund for fund in ("operating", "trust")] == ["operating", "trust"]


class TestDisputes:
    """`disputed` is a bool or a Dispute (`until` exclusive)."""

    @pytest.mark.parametrize(
        ("disputed", "expected"),
        [
            (False, [0, 0, 0, 0]),
            (True, [90000] * 4),
            (Dispute(), [90000] * 4),
            (Dispute(Money("40", "CAD")), [4000] * 4),
            (Dispute(since=DUE), [0, 90000, 90000, 90000]),
            (Dispute(until=DUE + DAY), [90000, 90000, 0, 0]),
            (Dispute(Money("40", "CAD"), DUE, DUE + DAY), [0, 4000, 0, 0]),
            (Dispute(Money("40", "CAD"), DUE, DUE + 2 * DAY), [0, 4000, 4000, 0]),
        ],
    )
    def test_what_is_disputed_the_day_before_and_three_days_on(
        self, disputed: bool | Dispute, expected: list[int]
    ) -> None:
        charge = a_charge(disputed=disputed)
        assert [disputed_minor(charge, DUE + n * DAY) for n in range(-1, 3)] == expected

    @given(charges(), days())
    def test_no_more_is_disputed_than_is_owed(self, charge: Charge, day: date) -> None:
        assert 0 <= disputed_minor(charge, day) <= charge.amount.minor
        if isinstance(charge.disputed, Dispute):
            assert (disputed_minor(charge, day) > 0) is charge.disputed.lasts_on(day)


class TestRows:
    """A total order, always: (sequence, id): an optional int (absent sorts last), then the id as text."""

    def test_a_row_holds_what_kernels_read(self) -> None:
        charge = a_charge(posted=DUE - DAY, sequence=7, amount=Money("5", "JPY"))
        assert charge.row == (DUE.toordinal(), DUE.toordinal() - 1, False, 7, "R-03", 5, "JPY", False)
        assert a_payment(sequence=0).row == (DUE.toordinal(), 1, False, 0, "P-17", 90000, "CAD", False)
        assert a_credit(sequence=-1).row == (DUE.toordinal(), 0, False, -1, "K-1", 90000, "CAD", False)

    def test_charges_stand_by_due_posted_sequence_and_id(self) -> None:
        in_order = [
            a_charge(id="z", due=DUE - DAY),
            a_charge(id="y", posted=DUE - DAY),
            a_charge(id="x", sequence=-5),
            a_charge(id="w", sequence=0),
            a_charge(id="u", sequence=3),
            a_charge(id="v", sequence=3),
            a_charge(id="10"),
            a_charge(id="9"),
            a_charge(id="a", posted=DUE + DAY),
            a_charge(id="0", due=DUE + DAY, posted=DUE - 9 * DAY),
        ]
        backwards = in_order[::-1]
        assert sorted(backwards, key=lambda charge: charge.row) == in_order

    def test_money_stands_by_date_credits_first_then_sequence_and_id(self) -> None:
        in_order: list[Payment | Credit] = [
            a_payment(id="z", received=DUE - DAY),
            a_credit(id="k2", sequence=2),
            a_credit(id="k1"),
            a_payment(id="p2", sequence=1),
            a_payment(id="p1"),
            a_credit(id="a", granted=DUE + DAY),
        ]
        backwards = in_order[::-1]
        assert sorted(backwards, key=lambda money: money.row) == in_order

    @pytest.mark.parametrize(
        ("given", "special"),
        [
            ({}, False),
            ({"payer": "ann"}, True),
            ({"disputed": True}, True),
            ({"disputed": Dispute(since=DUE)}, True),
            ({"category": Category.TAX}, False),
            ({"category": Category.TAX, "about": "R-01"}, True),
            ({"category": Category.LATE_FEE, "about": "R-01"}, False),
            ({"invoice": "17", "code": "RENT", "tags": ["a"], "recurring": True}, False),
        ],
    )
    def test_charges_that_the_fast_walk_cannot_serve(self, given: dict[str, Any], special: bool) -> None:
        assert a_charge(**given).row[-1] is special

    @pytest.mark.parametrize(
        ("given", "special"),
        [
            ({}, False),
            ({"method": "ach", "sequence": 1}, False),
            ({"payer": "ann"}, True),
            ({"designations": [Designation("R-03")]}, True),
            ({"restriction": where.rent}, True),
            ({"fund": "trust"}, True),
        ],
    )
    def test_payments_that_the_fast_walk_cannot_serve(self, given: dict[str, Any], special: bool) -> None:
        assert a_payment(**given).row[-1] is special

    @pytest.mark.parametrize(
        ("given", "special"),
        [
            ({}, False),
            ({"kind": CreditKind.CONCESSION, "code": "PROMO"}, False),
            ({"payer": "ann"}, True),
            ({"designations": [Designation("R-03")]}, True),
        ],
    )
    def test_credits_that_the_fast_walk_cannot_serve(self, given: dict[str, Any], special: bool) -> None:
        assert a_credit(**given).row[-1] is special

    @given(payments(), credits_())
    def test_money_counts_on_the_day_it_was_received_or_granted(self, payment: Payment, credit: Credit) -> None:
        assert (payment.day, credit.day) == (payment.received, credit.granted)
        assert (payment.row[0], credit.row[0]) == (payment.day.toordinal(), credit.day.toordinal())

    @given(st.lists(charges(), min_size=2, max_size=6))
    def test_rows_order_as_the_rule_says(self, found: list[Charge]) -> None:
        def rule(charge: Charge) -> tuple[Any, ...]:
            number = (0, charge.sequence) if charge.sequence is not None else (1, 0)
            return charge.due, charge.posted, number, charge.id

        by_row = sorted(found, key=lambda charge: charge.row[:5])
        assert [rule(charge) for charge in by_row] == sorted(map(rule, found))


class TestValues:
    """Facts are immutable; they compare, hash, copy and pickle."""

    @given(facts())
    def test_a_fact_pickles_and_copies(self, fact: Facts) -> None:
        again = pickle.loads(pickle.dumps(fact))
        assert again == copy.copy(fact) == copy.deepcopy(fact) == fact
        assert hash(again) == hash(fact)
        assert attrs.evolve(fact) == fact
        if not isinstance(fact, Application):
            assert again.row == attrs.evolve(fact).row == fact.row

    @given(facts())
    def test_repr_round_trips(self, fact: Facts) -> None:
        assert eval(repr(fact), {**vars(arledger), "datetime": datetime}) == fact

    @given(facts())
    def test_a_fact_cannot_be_changed(self, fact: Any) -> None:
        for field in attrs.fields(type(fact)):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(fact, field.name, None)

    @given(charges())
    def test_another_amount_is_another_charge_with_its_own_row(self, charge: Charge) -> None:
        more = attrs.evolve(charge, amount=charge.amount + Money.from_minor(1, "CAD"))
        assert more != charge
        assert more.row[5] == charge.row[5] + 1

    def test_facts_have_no_order(self) -> None:
        """`order=False`: ranking is a policy."""
        for fact in (a_charge(), a_payment(), a_credit(), Invoice("17", date=DUE), Dispute(), Designation("R-03")):
            with pytest.raises(TypeError):
                fact < copy.copy(fact)  # type: ignore[operator]  # noqa: B015

    def test_facts_are_those_of_their_kind(self) -> None:
        charge: object = a_charge(id="1")
        assert charge != a_payment(id="1")
        assert len({a_charge(), a_charge(), a_payment()}) == 2

    def test_a_fact_prints_the_same_under_any_hash_seed(self) -> None:
        """The same input gives the same output on every machine, forever."""
        code = (
            "from datetime import date; from arledger import Charge, Money, where\n"
            "print(Charge('a', Money(1, 'CAD'), due=date(2026, 1, 1), tags={'x', 'y', 'z', 'w'},"
            " attributes={'k': 1, 'b': 2}), where.tagged(*{'x', 'y', 'z', 'w'}) | where.code(*{'p', 'q', 'r'}))"
        )
        printed = {
            subprocess.run(
                [sys.executable, "-c", code],
                env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
                capture_output=True,
                check=True,
                text=True,
            ).stdout
            for seed in ("0", "1", "2")
        }
        assert len(printed) == 1
        assert "tags=('w', 'x', 'y', 'z')" in printed.pop()


class TestApplicationIds:
    """An application's id is derived where absent."""

    @pytest.mark.parametrize(
        ("source", "charge", "expected"),
        [
            ("P-17", "L-02", "P-17>L-02@2026-03-01"),
            ("a>b", "c", "a%3Eb>c@2026-03-01"),
            ("a", "b>c", "a>b%3Ec@2026-03-01"),
            ("100%", "c", "100%25>c@2026-03-01"),
            ("a%3Eb", "c", "a%253Eb>c@2026-03-01"),
            ("a@b", "c@d", "a@b>c@d@2026-03-01"),
        ],
    )
    def test_by_example(self, source: str, charge: str, expected: str) -> None:
        assert application_id(source, charge, DUE) == expected
        assert Application(source, charge, RENT, DUE).id == expected

    def test_one_that_reverses_is_named_after_what_it_undoes(self) -> None:
        first = Application("P-17", "R-03", RENT, DUE)
        undone = Application("P-17", "R-03", RENT, DUE + DAY, reverses=first.id)
        assert undone.id == "P-17>R-03@2026-03-01/undone@2026-03-02"
        assert undone.reverses == first.id

    @given(applications())
    def test_what_kernels_make_is_what_the_checks_would_have_let_through(self, checked: Application) -> None:
        made = application_of(checked.source, checked.charge, checked.amount, checked.on, "A-1")
        expected = Application(checked.source, checked.charge, checked.amount, checked.on, id="A-1")
        assert made == expected
        assert repr(made) == repr(expected)
        assert hash(made) == hash(expected)
        assert pickle.loads(pickle.dumps(made)) == expected

    def test_one_given_is_kept(self) -> None:
        assert Application("P-17", "R-03", RENT, DUE, id="A-1").id == "A-1"

    @given(*[st.text("ab>%35E@", min_size=1, max_size=6) for _ in range(4)], days(), days())
    def test_two_pairs_of_source_and_charge_never_share_one(
        self, a: str, b: str, c: str, d: str, on: date, other: date
    ) -> None:
        same = (a, b, on) == (c, d, other)
        assert (application_id(a, b, on) == application_id(c, d, other)) is same
        # the nearest misses: the same text, cut elsewhere
        if (a + ">" + b, d) != (a, b + ">" + d):
            assert application_id(a + ">" + b, d, on) != application_id(a, b + ">" + d, on)
