"""Taxes: R31, which they fall on, what of, at which rate, and what becomes of them when their parent is credited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from arledger import (
    DOWN,
    HALF_EVEN,
    HALF_UP,
    UP,
    CashStep,
    Category,
    Charge,
    Credit,
    CreditKind,
    Designation,
    InvalidValue,
    Money,
    Percent,
    Period,
    Rate,
    Rounding,
    Tax,
    TaxPolicy,
    draft_bill,
    tax_credits,
    taxes_on,
)
from lease_facts import GST, SEPTEMBER, cad, facts, feature, lease, lines, month, policy, rent
from strategies import magnitudes, modes

DUE = date(2026, 3, 1)
QST = Tax("QST", Percent("9.975"), codes="RENT")
ON_GST = Tax("QST", Percent("9.975"), codes="RENT", on_top_of="GST")


def owed(amount: str | Money = "1000", **given: object) -> Charge:
    """Charge R-03 with the code RENT."""
    money = cad(amount) if isinstance(amount, str) else amount
    return Charge(**{"id": "R-03", "amount": money, "due": DUE, "code": "RENT", **given})  # type: ignore[arg-type]


def taxes(charge: Charge, *found: Tax, rounding: Rounding = HALF_UP) -> dict[str | None, str]:
    """Each tax on a charge, by its code."""
    return {tax.code: str(tax.amount.amount) for tax in taxes_on(charge, TaxPolicy(found, rounding=rounding))}


class TestWhatTheyAreTakenOf:
    """R31: rates by charge code; several may stack or compound."""

    def test_R31_taxes_stack_each_on_the_charge_alone(self) -> None:
        assert taxes(owed(), GST, QST) == {"GST": "50.00", "QST": "99.75"}

    def test_R31_a_compound_tax_is_on_top_of_another(self) -> None:
        """9.975% of 1050.00 is 104.73750."""
        assert taxes(owed(), GST, ON_GST) == {"GST": "50.00", "QST": "104.74"}

    def test_R31_a_tax_may_be_on_top_of_several_and_those_of_others(self) -> None:
        a, b = Tax("A", Percent(10), codes="RENT"), Tax("B", Percent(20), codes="RENT", on_top_of=["A"])
        both = Tax("C", Percent(10), codes="RENT", on_top_of=["A", "B"])
        of_b = Tax("D", Percent(10), codes="RENT", on_top_of="B")
        assert taxes(owed("100"), a, b, both, of_b) == {"A": "10.00", "B": "22.00", "C": "13.20", "D": "12.20"}

    def test_a_tax_that_does_not_fall_on_the_charge_is_not_taxed_either(self) -> None:
        parking = Tax("GST", Percent(5), codes="PARK")
        assert taxes(owed(), parking, ON_GST) == {"QST": "99.75"}

    def test_what_is_on_top_of_a_tax_twice_taxes_it_once(self) -> None:
        assert taxes(owed(), GST, Tax("QST", Percent(10), codes="RENT", on_top_of=["GST", "GST"])) == {
            "GST": "50.00",
            "QST": "105.00",
        }

    @pytest.mark.parametrize(
        ("code", "expected"),
        [("RENT", {"GST": "50.00"}), ("PARK", {"GST": "50.00"}), ("rent", {}), ("CARE", {}), (None, {})],
    )
    def test_R31_a_tax_falls_on_the_charges_with_its_codes(self, code: str | None, expected: dict[str, str]) -> None:
        both = Tax("GST", Percent(5), codes=["RENT", "PARK"])
        assert taxes(owed(code=code), both) == expected

    def test_one_tax_is_a_policy_and_so_is_none(self) -> None:
        assert TaxPolicy(GST) == TaxPolicy([GST])
        assert taxes_on(owed(), TaxPolicy()) == ()

    @given(st.permutations([GST, ON_GST, Tax("X", Percent(3), codes="RENT", on_top_of=["QST"])]))
    def test_the_order_of_the_taxes_does_not_matter(self, found: Sequence[Tax]) -> None:
        """Each is taken after those that it is on top of, wherever it stands."""
        assert taxes(owed(), *found) == {"GST": "50.00", "QST": "104.74", "X": "33.14"}


class TestRates:
    """R31: dated, the rate on the start of the charge's period."""

    RISES = Tax("GST", [Rate(Percent(5)), Rate(Percent(7), since=date(2026, 9, 1))], codes="RENT")
    ENDS = Tax("GST", [Rate(Percent(5), since=date(2026, 8, 1), until=date(2026, 10, 1))], codes="RENT")

    @pytest.mark.parametrize(
        ("first", "expected"),
        [((2026, 8, 31), "50.00"), ((2026, 9, 1), "70.00"), ((2026, 9, 2), "70.00"), ((2026, 8, 1), "50.00")],
    )
    def test_R31_the_rate_is_that_of_the_first_day_of_the_period(
        self, first: tuple[int, int, int], expected: str
    ) -> None:
        """Whenever it is due, and whenever the period ends."""
        period = Period(date(*first), date(2026, 10, 1))
        for due in (date(2026, 1, 1), date(2026, 12, 31)):
            assert taxes(owed(due=due, period=period), self.RISES) == {"GST": expected}

    @pytest.mark.parametrize(("move_in", "expected"), [(4, "25.00"), (16, "35.00"), (17, "32.67")])
    def test_R31_a_stub_has_the_rate_of_its_own_first_day(self, move_in: int, expected: str) -> None:
        """The period of its charge is what is billed, from the move-in on; the rate changes on the 16th."""
        rises = Tax("GST", [Rate(Percent(5)), Rate(Percent(7), since=date(2026, 9, 16))], codes="RENT")
        stay = lease(move_in=date(2026, 9, move_in), move_out=date(2026, 9, 18 if move_in == 4 else 30))
        assert lines(draft_bill(stay, SEPTEMBER, policy(taxes=TaxPolicy(rises))))["rent/GST"] == expected

    @pytest.mark.parametrize(("due", "expected"), [((2026, 8, 31), "50.00"), ((2026, 9, 1), "70.00")])
    def test_a_charge_without_a_period_has_the_rate_of_its_due_date(
        self, due: tuple[int, int, int], expected: str
    ) -> None:
        assert taxes(owed(due=date(*due)), self.RISES) == {"GST": expected}

    @pytest.mark.parametrize(
        ("number", "expected"), [(7, {}), (8, {"GST": "50.00"}), (9, {"GST": "50.00"}), (10, {}), (11, {})]
    )
    def test_a_day_without_a_rate_has_no_tax(self, number: int, expected: dict[str, str]) -> None:
        assert taxes(owed(period=month(number)), self.ENDS) == expected

    def test_a_tax_that_comes_to_nothing_is_left_out(self) -> None:
        assert taxes(owed(), Tax("GST", Percent(0), codes="RENT")) == {}
        assert taxes(owed("0.09"), GST) == {}
        assert taxes(owed("0.10"), GST) == {"GST": "0.01"}


class TestRounding:
    """Rounded per line."""

    @pytest.mark.parametrize(
        ("amount", "rounding", "expected"),
        [
            (cad("0.50"), HALF_UP, "0.03"),
            (cad("0.50"), HALF_EVEN, "0.02"),
            (cad("0.50"), DOWN, "0.02"),
            (cad("0.41"), UP, "0.03"),
            (cad("10.20"), CashStep(cad("0.05")), "0.50"),
            (Money(110, "JPY"), HALF_UP, "6"),
            (Money("0.110", "KWD"), HALF_EVEN, "0.006"),
        ],
        ids=repr,
    )
    def test_R31_a_line_is_rounded_once_by_the_policys_rounding(
        self, amount: Money, rounding: Rounding, expected: str
    ) -> None:
        """5% of 50 cents is two and a half."""
        assert taxes(owed(amount), GST, rounding=rounding) == {"GST": expected}

    def test_a_compound_tax_is_of_the_tax_as_it_was_rounded(self) -> None:
        """5% of 10 cents is half a cent, rounded to one; half of 11 cents is 6, and half of 10.5 would be 5."""
        half = Tax("HALF", Percent(50), codes="RENT", on_top_of="GST")
        assert taxes(owed("0.10"), GST, half) == {"GST": "0.01", "HALF": "0.06"}

    def test_lines_are_rounded_one_by_one(self) -> None:
        """Three lines of 0.10 owe a cent each, though 5% of 0.30 is one and a half."""
        stalls = [feature(f"stall {n}", "0.10", code="RENT") for n in range(3)]
        bill = draft_bill(lease(*stalls), SEPTEMBER, policy(taxes=TaxPolicy(GST)))
        assert [charge.amount for charge in bill.charges if charge.category is Category.TAX] == [cad("0.01")] * 3


class TestTheTaxAsACharge:
    """R31: a tax is a charge of its own about its parent."""

    def test_R31_it_has_the_dates_the_payer_and_the_period_of_its_parent(self) -> None:
        parent = owed(
            posted=date(2026, 2, 20),
            category=Category.RENT,
            invoice="17",
            payer="ann",
            period=month(3),
            recurring=True,
            disputed=True,
            tags=["north"],
            attributes={"rate": 5},
            sequence=3,
        )
        (tax,) = taxes_on(parent, TaxPolicy(GST))
        assert tax == Charge(
            "R-03/GST",
            cad("50"),
            due=DUE,
            posted=date(2026, 2, 20),
            category=Category.TAX,
            code="GST",
            invoice="17",
            payer="ann",
            about="R-03",
            period=month(3),
            recurring=True,
            tags=["north"],
            attributes={"rate": 5},
            sequence=3,
        )

    def test_two_taxes_never_share_an_id(self) -> None:
        """Tax C on charge A/B, and tax B/C on charge A; and names that look like escapes."""
        pairs = [("A/B", "C"), ("A", "B/C"), ("A", "B%2FC"), ("A", "B#C"), ("A", "B%23C"), ("A", "B>C")]
        ids = [
            taxes_on(owed(id=charge), TaxPolicy(Tax(code, Percent(5), codes="RENT")))[0].id for charge, code in pairs
        ]
        assert ids == ["A/B/C", "A/B%2FC", "A/B%252FC", "A/B%23C", "A/B%2523C", "A/B%3EC"]

    def test_a_bill_takes_the_same_taxes(self) -> None:
        by = TaxPolicy([ON_GST, GST], rounding=HALF_EVEN)
        bill = draft_bill(lease(rent("987.65")), SEPTEMBER, policy(taxes=by))
        parent, *found = bill.charges
        assert set(found) == set(taxes_on(parent, by))


def off(amount: str | Money, name: str = "K-1", **given: object) -> Credit:
    """A credit on R-03."""
    money = cad(amount) if isinstance(amount, str) else amount
    return Credit(name, money, granted=date(2026, 3, 9), designations=[Designation("R-03")], **given)  # type: ignore[arg-type]


class TestCredits:
    """R31: a credit on the parent carries its tax in proportion; voiding the parent voids the tax."""

    BOTH = taxes_on(owed(), TaxPolicy([GST, QST]))

    @pytest.mark.parametrize(
        ("amount", "expected"),
        [
            ("100", {"GST": "5.00", "QST": "9.98"}),
            ("1000", {"GST": "50.00", "QST": "99.75"}),
            ("0.10", {"GST": "0.01", "QST": "0.01"}),
            ("0.06", {"QST": "0.01"}),
            ("0.01", {}),
        ],
    )
    def test_R31_the_same_part_of_each_tax_as_of_the_charge(self, amount: str, expected: dict[str, str]) -> None:
        found = tax_credits(off(amount), owed(), self.BOTH)
        assert {credit.code: str(credit.amount.amount) for credit in found} == expected

    def test_R31_the_credit_of_a_tax_is_the_credit_but_for_what_it_takes_off(self) -> None:
        waiver = off("100", kind=CreditKind.WAIVER, posted=date(2026, 3, 10), payer="ann", sequence=2)
        (found, _) = tax_credits(waiver, owed(), self.BOTH)
        assert found == attrs.evolve(
            waiver,
            id="K-1/R-03%2FGST",
            amount=cad("5"),
            category=Category.TAX,
            code="GST",
            designations=[Designation("R-03/GST")],
        )

    def test_earlier_credits_count(self) -> None:
        """Each of three credits of 0.10 is worth half a cent of GST: they take 0.01, 0.00 and 0.01."""
        gst = taxes_on(owed(), TaxPolicy(GST))
        three = [off("0.10", f"K-{n}") for n in range(3)]
        found = [tax_credits(three[n], owed(), gst, earlier=iter(three[:n])) for n in range(3)]
        assert [[str(credit.amount.amount) for credit in some] for some in found] == [["0.01"], [], ["0.01"]]

    def test_credits_above_the_charge_are_refused_to_the_cent(self) -> None:
        first, rest = off("400"), off("600", "K-2")
        assert tax_credits(rest, owed(), self.BOTH, earlier=[first])
        with pytest.raises(InvalidValue, match=r"credits of 1000\.01 CAD on charge R-03 of 1000\.00 CAD"):
            tax_credits(off("600.01", "K-2"), owed(), self.BOTH, earlier=[first])

    @st.composite
    @staticmethod
    def splits(draw: DrawFn) -> tuple[Charge, list[int]]:
        """A charge, and minor units that sum to its amount."""
        minor = draw(magnitudes())
        cuts = draw(st.lists(st.integers(1, minor), max_size=5))
        parts = [after - before for before, after in pairwise(sorted({0, *cuts, minor}))]
        return owed(Money.from_minor(minor, "CAD")), draw(st.permutations(parts))

    @given(splits(), modes(), st.permutations([GST, ON_GST, Tax("HST", Percent("33.4"), codes="RENT")]))
    def test_R31_credits_for_all_of_a_charge_take_all_of_its_taxes_to_the_cent(
        self, split: tuple[Charge, list[int]], mode: Rounding, found: Sequence[Tax]
    ) -> None:
        """However they are cut, and in whatever order; and on the way there they are never half a cent off."""
        charge, parts = split
        taxed = taxes_on(charge, TaxPolicy(found, rounding=mode))
        granted = [off(Money.from_minor(part, "CAD"), f"K-{n}") for n, part in enumerate(parts)]
        taken = dict.fromkeys((tax.id for tax in taxed), 0)
        for place, credit in enumerate(granted):
            for one in tax_credits(credit, charge, taxed, earlier=granted[:place]):
                assert one.amount.minor > 0
                taken[str(one.designations[0].to)] += one.amount.minor
            for tax in taxed:
                exact = Fraction(tax.amount.minor * sum(parts[: place + 1]), charge.amount.minor)
                assert abs(taken[tax.id] - exact) <= Fraction(1, 2)
        assert taken == {tax.id: tax.amount.minor for tax in taxed}

    def test_the_taxes_of_a_bill_are_credited_so(self) -> None:
        """A charge of a bill that is forgiven by hand takes its tax along, and nothing of the bill stays."""
        bill = draft_bill(lease(), SEPTEMBER, policy(taxes=TaxPolicy([GST, ON_GST])))
        parent, *found = bill.charges
        forgiven = Credit("W", parent.amount, granted=DUE, designations=[Designation(parent.id)])
        granted = [forgiven, *tax_credits(forgiven, parent, found)]
        assert [credit.amount for credit in granted] == [fact.amount for fact in facts(bill)]
