"""Bills drafted anew: what was issued is taken off, line by line, and a change bills its difference. R29 to R31.

A redraft is given all that the drafts before it issued. The second fact of a line has an id that ends in #2.
"""

from __future__ import annotations

from datetime import date
from itertools import permutations

import attrs
import pytest

from arledger import (
    Bill,
    BillingPolicy,
    BillingType,
    Category,
    Charge,
    Credit,
    CreditKind,
    Designation,
    Lease,
    LeaseDeposit,
    Percent,
    Price,
    Rate,
    Tax,
    draft_bill,
    monthly,
    proration,
)
from lease_facts import (
    GST,
    SEP_16,
    SEPTEMBER,
    cad,
    facts,
    feature,
    issued,
    lease,
    less,
    lines,
    policy,
    rent,
    sep,
    taxed,
)

RISES = [Price(cad(1000)), Price(cad(1100), since=SEP_16)]
Fact = Charge | Credit


def drafts(*changes: Lease | BillingPolicy, by: BillingPolicy | None = None) -> list[Bill]:
    """The drafts of September: of the first lease, then one after each change of the lease or of the policy."""
    one, by = lease(), by or policy()
    found: list[Bill] = []
    for change in changes:
        if isinstance(change, Lease):
            one = change
        else:
            by = change
        found.append(draft_bill(one, SEPTEMBER, by, billed=facts(*found)))
    return found


def told(*changes: Lease | BillingPolicy, by: BillingPolicy | None = None) -> list[dict[str, str]]:
    """What each of these drafts issues."""
    return [issued(bill) for bill in drafts(*changes, by=by)]


def named(fact: Fact) -> list[object]:
    """What a credit says it is for, without the lease and the period."""
    assert isinstance(fact, Credit)
    return [str(designation.to).removeprefix("L-1/2026-09-01/") for designation in fact.designations]


class TestNothingChanged:
    """Drafting is idempotent."""

    ONE = lease(
        feature("parking", code="RENT"),
        rent(RISES),
        adjustments=[less("off", Percent(-10), item="rent"), less("all", -7), less("more", 30, code="EXTRA")],
        deposits=[LeaseDeposit("deposit", cad(500), since=SEP_16)],
    )

    def test_a_draft_of_what_was_issued_is_empty(self) -> None:
        first, again = drafts(self.ONE, self.ONE, by=taxed())
        assert facts(again) == []
        assert again.total == cad(0)
        assert lines(again) == lines(first)
        assert [line.billed for line in again.lines] == [line.amount for line in again.lines]

    def test_the_order_of_what_was_billed_does_not_matter(self) -> None:
        """Of three drafts, in every order; not even for whose about a tax is, or for what a credit names first."""
        dearer = attrs.evolve(self.ONE, items=[rent(1200)], adjustments=[], deposits=[])
        dearest = attrs.evolve(dearer, items=[rent(1300)])
        billed = facts(*drafts(lease(), dearer, dearest, by=taxed()))
        assert len(billed) == 6
        for one in (lease(), lease(rent(1400)), lease(feature("parking"))):
            found = {tuple(facts(draft_bill(one, SEPTEMBER, taxed(), billed=order))) for order in permutations(billed)}
            assert len(found) == 1

    def test_the_tenth_fact_of_a_line_comes_after_the_second(self) -> None:
        """A credit names the charges of its line in the order in which they were issued."""
        *_, bill = drafts(*(lease(rent(1000 + n)) for n in range(10)), lease(rent(900)))
        assert named(bill.credits[0]) == ["rent", *(f"rent#{n}" for n in range(2, 11))]
        assert issued(bill) == {"rent#11": "-109.00"}

    def test_a_part_of_the_lines_may_have_been_billed(self) -> None:
        first = draft_bill(self.ONE, SEPTEMBER, taxed())
        half = facts(first)[::2]
        rest = draft_bill(self.ONE, SEPTEMBER, taxed(), billed=half)
        assert {fact.id for fact in facts(rest)} == {fact.id for fact in facts(first)} - {fact.id for fact in half}


class TestTheStayChanges:
    """A mid-month change bills each day once."""

    def test_a_move_out_that_turns_up_moves_and_goes_away(self) -> None:
        """10, 20 and 30 of 30 days."""
        stays = [lease(), lease(move_out=sep(10)), lease(move_out=sep(20)), lease()]
        assert told(*stays) == [
            {"rent": "1000.00"},
            {"rent#2": "-666.67"},
            {"rent#3": "333.34"},
            {"rent#4": "333.33"},
        ]

    def test_the_credit_of_an_earlier_move_out_names_the_charge_and_its_tax_too(self) -> None:
        _, bill = drafts(lease(rent(payer="ann")), lease(rent(payer="ann"), move_out=sep(10)), by=taxed())
        assert bill.credits == (
            Credit(
                "L-1/2026-09-01/rent#2",
                cad("666.67"),
                granted=sep(1),
                category=Category.RENT,
                code="RENT",
                payer="ann",
                designations=[Designation("L-1/2026-09-01/rent")],
            ),
            Credit(
                "L-1/2026-09-01/rent/GST#2",
                cad("33.33"),
                granted=sep(1),
                category=Category.TAX,
                code="GST",
                payer="ann",
                designations=[Designation("L-1/2026-09-01/rent/GST")],
            ),
        )

    def test_the_charge_of_a_later_move_out_is_for_the_days_that_are_occupied_now(self) -> None:
        *_, bill = drafts(lease(move_out=sep(10)), lease(move_out=sep(20)))
        assert [charge.period for charge in bill.charges] == [bill.cycle.occupied]
        assert str(bill.cycle.occupied) == "2026-09-01 up to 2026-09-21"

    def test_an_earlier_move_in_bills_the_days_before(self) -> None:
        assert told(lease(move_in=sep(21)), lease(move_in=SEP_16), lease()) == [
            {"rent": "333.33"},
            {"rent#2": "166.67"},
            {"rent#3": "500.00"},
        ]

    def test_a_stay_that_leaves_the_period_takes_all_of_it_back(self) -> None:
        """The deposit, too; the discount comes back as a charge."""
        one = lease(
            adjustments=[less("off", -100, item="rent")], deposits=[LeaseDeposit("deposit", cad(500), since=sep(1))]
        )
        gone = attrs.evolve(one, move_in=date(2026, 10, 3), adjustments=[], deposits=[])
        first, bill = drafts(one, gone, by=taxed())
        assert issued(bill) == {
            "rent#2": "-1000.00",
            "rent/GST#2": "-50.00",
            "off#2": "100.00",
            "off/GST#2": "5.00",
            "deposit#2": "-500.00",
        }
        assert first.total + bill.total == cad(0)
        assert {line.reason for line in bill.lines} == {"no longer owed"}
        assert {charge.period for charge in bill.charges} == {SEPTEMBER}


class TestItemsChange:
    """A re-draft after a change yields only the difference."""

    def test_a_price_that_rises_and_falls(self) -> None:
        assert told(lease(), lease(rent(RISES)), lease(rent(900)), by=taxed()) == [
            {"rent": "1000.00", "rent/GST": "50.00"},
            {"rent#2": "50.00", "rent/GST#2": "2.50"},
            {"rent#3": "-150.00", "rent/GST#3": "-7.50"},
        ]

    def test_a_difference_names_what_it_is_a_difference_of(self) -> None:
        """A tax that rises is about the charge that it rises with; a credit names all charges of its line, in order."""
        _, rise, fall = drafts(lease(), lease(rent(RISES)), lease(rent(900)), by=taxed())
        assert [charge.about for charge in rise.charges] == [None, "L-1/2026-09-01/rent#2"]
        assert [named(credit) for credit in fall.credits] == [["rent", "rent#2"], ["rent/GST", "rent/GST#2"]]

    def test_an_item_that_goes_away_is_credited_with_its_tax(self) -> None:
        parking = feature("parking", code="RENT", payer="ann")
        _, bill = drafts(lease(rent(), parking), lease(), by=taxed())
        assert issued(bill) == {"parking#2": "-120.00", "parking/GST#2": "-6.00"}
        assert [(credit.category, credit.code, credit.payer, named(credit)) for credit in bill.credits] == [
            (Category.FEATURE, "RENT", "ann", ["parking"]),
            (Category.TAX, "GST", "ann", ["parking/GST"]),
        ]

    def test_an_item_that_comes_later_is_all_that_is_billed(self) -> None:
        parking = feature("parking", [Price(cad(120), since=sep(11))], code="RENT")
        assert told(lease(), lease(rent(), parking), by=taxed())[1] == {"parking": "80.00", "parking/GST": "4.00"}

    def test_an_item_that_goes_and_comes_again(self) -> None:
        both = lease(rent(), feature("parking", code="RENT"))
        *_, bill = drafts(both, lease(), both, by=taxed())
        assert issued(bill) == {"parking#3": "120.00", "parking/GST#3": "6.00"}
        assert bill.charges[1].about == "L-1/2026-09-01/parking#3"

    def test_a_deposit_that_is_raised_and_then_found_to_be_held(self) -> None:
        amounts = [LeaseDeposit("d", cad(amount), since=sep(1)) for amount in (500, 600)]
        held = LeaseDeposit("d", cad(600), held_since=date(2025, 1, 1))
        found = told(*(lease(deposits=[deposit]) for deposit in (*amounts, held)))
        assert found == [{"rent": "1000.00", "d": "500.00"}, {"d#2": "100.00"}, {"d#3": "-600.00"}]


class TestAdjustmentsChange:
    """R30, after the bill."""

    def test_a_discount_that_is_added_lowered_and_removed(self) -> None:
        changes = [lease(adjustments=[less("off", amount, item="rent")]) for amount in (-100, -60)]
        assert told(lease(), *changes, lease(), by=taxed()) == [
            {"rent": "1000.00", "rent/GST": "50.00"},
            {"off": "-100.00", "off/GST": "-5.00"},
            {"off#2": "40.00", "off/GST#2": "2.00"},
            {"off#3": "60.00", "off/GST#3": "3.00"},
        ]

    def test_R31_a_tax_that_comes_back_is_about_what_it_taxes(self) -> None:
        """A tax is a charge about its parent, also where a discount that had lowered it is lowered or removed."""
        changes = [lease(adjustments=[less("off", amount, item="rent")]) for amount in (-100, -60)]
        for found in (drafts(*changes, lease(), by=taxed())[1:], drafts(lease(), changes[0], lease(), by=taxed())[2:]):
            for bill in found:
                taxes = [charge for charge in bill.charges if charge.category is Category.TAX]
                assert [tax.about for tax in taxes] == ["L-1/2026-09-01/rent"]

    def test_a_discount_that_grows_names_the_rent(self) -> None:
        changes = [lease(adjustments=[less("off", amount, item="rent", kind=kind)]) for amount, kind in GROWS]
        *_, bill = drafts(*changes, by=taxed())
        assert issued(bill) == {"off#2": "-50.00", "off/GST#2": "-2.50"}
        assert [named(credit) for credit in bill.credits] == [["rent"], ["rent/GST"]]
        assert [credit.kind for credit in bill.credits] == [CreditKind.CONCESSION] * 2

    def test_a_rise_that_becomes_a_discount_and_a_rise_again(self) -> None:
        rise, off = (lease(adjustments=[less("x", amount, item="rent")]) for amount in (100, -50))
        by = taxed(Tax("GST", Percent(5), codes=["RENT", "DISC"]))
        first, second, third = drafts(rise, off, rise, by=by)
        assert issued(first) == {"rent": "1000.00", "rent/GST": "50.00", "x": "100.00", "x/GST": "5.00"}
        assert issued(second) == {"x#2": "-150.00", "x/GST#2": "-7.50"}
        assert [named(credit) for credit in second.credits] == [["x", "rent"], ["x/GST", "rent/GST"]]
        assert issued(third) == {"x#3": "150.00", "x/GST#3": "7.50"}
        assert third.charges[1].about == "L-1/2026-09-01/x#3"

    def test_a_reduction_of_a_rent_that_changes_follows_it(self) -> None:
        off = less("off", Percent(-10), item="rent")
        found = told(lease(adjustments=[off]), lease(rent(1100), adjustments=[off]), by=taxed())
        assert found[1] == {"rent#2": "100.00", "rent/GST#2": "5.00", "off#2": "-10.00", "off/GST#2": "-0.50"}


GROWS = [(-100, CreditKind.ADJUSTMENT), (-150, CreditKind.CONCESSION)]


class TestThePolicyChanges:
    """R31: rates are dated; what a law changes after the bill is billed as a difference, too."""

    def test_a_tax_rate_that_changes(self) -> None:
        later = Tax("GST", [Rate(Percent(5)), Rate(Percent(7), since=sep(1))], codes="RENT")
        assert told(lease(), taxed(later), by=taxed())[1] == {"rent/GST#2": "20.00"}
        fallen = drafts(lease(), taxed(GST), by=taxed(later))[1]
        assert issued(fallen) == {"rent/GST#2": "-20.00"}
        assert named(fallen.credits[0]) == ["rent/GST"]

    def test_the_difference_of_a_rate_is_about_the_charge_that_was_issued(self) -> None:
        later = Tax("GST", Percent(7), codes="RENT")
        *_, bill = drafts(lease(), taxed(later), by=taxed())
        assert bill.charges[0].about == "L-1/2026-09-01/rent"

    def test_a_tax_that_comes_and_goes(self) -> None:
        found = drafts(lease(), taxed(), policy(), by=policy())
        assert [issued(bill) for bill in found[1:]] == [{"rent/GST": "50.00"}, {"rent/GST#2": "-50.00"}]
        assert found[1].charges[0].about == "L-1/2026-09-01/rent"

    def test_another_method_of_proration(self) -> None:
        stub = lease(move_in=date(2026, 9, 21))
        assert told(stub, policy(proration=proration.STANDARD)) == [{"rent": "333.33"}, {"rent#2": "-5.46"}]


class TestDays:
    """``on`` is the day of the draft: its charges and credits are posted on it, and none of them is due before it."""

    BY = policy(types=BillingType("monthly", monthly(1), due=4, bill_offset_days=10))

    @pytest.mark.parametrize(("on", "due"), [(2, 5), (12, 12)])
    def test_a_difference_is_posted_on_the_day_of_its_draft(self, on: int, due: int) -> None:
        first = draft_bill(lease(), SEPTEMBER, self.BY)
        more = draft_bill(lease(rent(RISES)), SEPTEMBER, self.BY, billed=facts(first), on=sep(on))
        assert [(charge.posted, charge.due, charge.period) for charge in more.charges] == [
            (sep(on), sep(due), SEPTEMBER)
        ]
        less_ = draft_bill(lease(rent(900)), SEPTEMBER, self.BY, billed=facts(first, more), on=sep(30))
        assert [(credit.granted, credit.posted) for credit in less_.credits] == [(sep(30), sep(30))]

    def test_what_was_issued_keeps_its_days(self) -> None:
        first = draft_bill(lease(), SEPTEMBER, self.BY)
        again = draft_bill(lease(), SEPTEMBER, self.BY, billed=facts(first), on=sep(30))
        assert facts(again) == []


def test_a_redraft_prints_what_was_billed_before() -> None:
    """The whole of it: a move-out after the bill, a discount removed, a fee added, parking as it was."""
    before = lease(rent(), feature("parking", "120", proratable=False), adjustments=[less("off", -100, item="rent")])
    after = lease(*before.items, adjustments=[less("cleaning", 75, code="EXTRA")], move_out=sep(12))
    assert str(drafts(before, after, by=taxed())[-1]) == (
        """\
final bill L-1/2026-09-01, confirmed: 2026-09-01 up to 2026-10-01, due 2026-09-01

line      amount  billed before  to bill  why
--------  ------  -------------  -------  ---------------
rent      400.00        1000.00  -600.00  1000.00 x 12/30
rent/GST   20.00          50.00   -30.00  5% of 400.00
parking   120.00         120.00     0.00  120.00
cleaning   75.00           0.00    75.00  75.00
off         0.00        -100.00   100.00  no longer owed
off/GST     0.00          -5.00     5.00  no longer owed
total                            -450.00"""
    )
