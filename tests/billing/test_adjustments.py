"""Lease adjustments: R30, one-time or recurring, in money or percent, up or down, from a date; and their taxes, R31."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from arledger import (
    HALF_EVEN,
    BillingType,
    Category,
    Charge,
    Credit,
    CreditKind,
    Designation,
    LeaseAdjustment,
    Percent,
    Period,
    Price,
    Tax,
    draft_bill,
    proration,
    quarterly,
    weekly,
)
from lease_facts import (
    GST,
    SEP_1,
    SEP_16,
    SEPTEMBER,
    bills_of,
    cad,
    facts,
    feature,
    issued,
    lease,
    less,
    lines,
    month,
    policy,
    rent,
    sep,
    signed,
    taxed,
)

AUTUMN = Period(date(2026, 8, 1), date(2026, 12, 1))
PST = Tax("PST", Percent(10), codes="RENT", on_top_of="GST")


def by_month(*adjustments: LeaseAdjustment, **given: Any) -> list[str | None]:
    """What the first of these adjustments comes to in August, September, October and November."""
    one = lease(rent(), feature("parking"), adjustments=adjustments, **given)
    return [lines(bill).get(adjustments[0].id) for bill in bills_of(one, policy(), AUTUMN)]


class TestWhen:
    """R30: one-time or recurring, from a date."""

    def test_R30_one_that_happens_once_is_in_the_period_of_its_day(self) -> None:
        for since in (SEP_1, SEP_16, sep(30)):
            assert by_month(less("off", -100, since=since)) == [None, "-100.00", None, None]

    def test_one_that_happens_once_is_never_prorated(self) -> None:
        assert by_month(less("off", -100, since=sep(20)), move_in=SEP_16) == ["-100.00", None, None]

    @pytest.mark.parametrize(
        ("since", "expected"),
        [
            (date(2026, 1, 1), ["-100.00", None]),
            (sep(15), ["-100.00", None]),
            (date(2026, 10, 1), [None, "-100.00"]),
            (date(2026, 10, 31), [None, "-100.00"]),
            (date(2026, 11, 1), [None, "-100.00"]),
        ],
        ids=str,
    )
    def test_one_before_the_move_in_comes_with_the_first_bill_and_one_after_the_move_out_with_the_last(
        self, since: date, expected: list[str | None]
    ) -> None:
        """A stay from 16 September to 5 October; a cleaning after it is on the final bill."""
        assert by_month(less("off", -100, since=since), move_in=SEP_16, move_out=date(2026, 10, 5)) == expected

    @pytest.mark.parametrize(
        ("since", "until", "expected"),
        [
            (SEP_1, None, [None, "-100.00", "-100.00", "-100.00"]),
            (SEP_16, None, [None, "-50.00", "-100.00", "-100.00"]),
            (date(2026, 1, 1), date(2026, 10, 1), ["-100.00", "-100.00", None, None]),
            (date(2026, 1, 1), SEP_16, ["-100.00", "-50.00", None, None]),
            (sep(11), sep(17), [None, "-20.00", None, None]),
            (date(2026, 12, 1), None, [None, None, None, None]),
        ],
        ids=str,
    )
    def test_R30_a_recurring_one_is_prorated_like_a_monthly_item(
        self, since: date, until: date | None, expected: list[str | None]
    ) -> None:
        assert by_month(less("off", -100, since=since, until=until, recurring=True)) == expected

    def test_R30_a_recurring_one_that_is_not_proratable_is_whole_in_each_period(self) -> None:
        off = less("off", -100, since=sep(11), until=date(2026, 10, 2), recurring=True, proratable=False)
        assert by_month(off) == [None, "-100.00", "-100.00", None]

    def test_a_recurring_one_follows_the_stay(self) -> None:
        off = less("off", -100, since=date(2026, 1, 1), recurring=True)
        assert by_month(off, move_in=SEP_16, move_out=date(2026, 11, 15)) == ["-50.00", "-100.00", "-50.00"]

    def test_a_recurring_amount_is_per_month_in_a_quarter_and_per_period_in_weeks(self) -> None:
        off = less("off", -7, since=date(2026, 1, 1), recurring=True)
        one = lease(rent("70", per="period"), adjustments=[off])
        for cycle, expected in ((quarterly(1), "-21.00"), (weekly(SEP_1), "-7.00")):
            bill = bills_of(one, policy(types=BillingType("any", cycle)), month(9))[0]
            assert lines(bill)["off"] == expected


class TestOfWhat:
    """R30: in money or percent; of an item, of all rent, or of the lease."""

    @pytest.mark.parametrize(
        ("change", "item", "expected"),
        [
            (cad(-50), None, {"x": "-50.00"}),
            (cad(50), None, {"x": "50.00"}),
            (cad(-50), "parking", {"x": "-50.00"}),
            (cad(50), "parking", {"x": "50.00"}),
            (Percent(-10), "parking", {"x": "-12.00"}),
            (Percent("2.5"), "parking", {"x": "3.00"}),
            (Percent(-10), None, {"x/rent": "-100.00", "x/care": "-30.00"}),
            (Percent("2.5"), None, {"x/rent": "25.00", "x/care": "7.50"}),
            (Percent(-100), "care", {"x": "-300.00"}),
        ],
        ids=str,
    )
    def test_R30_money_and_percentages_of_an_item_of_all_rent_and_of_the_lease(
        self, change: Any, item: str | None, expected: dict[str, str]
    ) -> None:
        items = [rent(), feature("parking"), feature("care", "300", category=Category.RENT)]
        bill = draft_bill(lease(*items, adjustments=[less("x", change, item=item)]), SEPTEMBER, policy())
        assert lines(bill) == {"rent": "1000.00", "parking": "120.00", "care": "300.00", **expected}

    def test_a_percentage_is_of_what_the_item_costs_in_the_period(self) -> None:
        """10% of 15 days of the rent; and of a per diem, of the rent as it rises, of a quarter."""
        off = less("off", Percent(-10), since=sep(20), item="rent")
        assert lines(draft_bill(lease(move_in=SEP_16, adjustments=[off]), SEPTEMBER, policy()))["off"] == "-50.00"
        rises = [Price(cad(1000)), Price(cad(1100), since=SEP_16)]
        for item, expected in ((rent("40", per="day"), "-120.00"), (rent(rises), "-105.00")):
            assert lines(draft_bill(lease(item, adjustments=[off]), SEPTEMBER, policy()))["off"] == expected
        (bill,) = bills_of(lease(adjustments=[off]), policy(types=BillingType("q", quarterly(1))), month(9))
        assert lines(bill)["off"] == "-300.00"

    def test_a_recurring_percentage_is_of_what_the_item_costs_in_its_days(self) -> None:
        """From the 16th, the rent having risen on the 11th: 10% of 15/30 of 1100.00."""
        off = less("off", Percent(-10), since=SEP_16, recurring=True, item="rent")
        rises = [Price(cad(1000)), Price(cad(1100), since=sep(11))]
        assert lines(draft_bill(lease(rent(rises), adjustments=[off]), SEPTEMBER, policy()))["off"] == "-55.00"

    def test_a_recurring_percentage_that_is_not_proratable_is_of_the_whole_period(self) -> None:
        off = less("off", Percent(-10), since=SEP_16, recurring=True, proratable=False, item="rent")
        assert lines(draft_bill(lease(adjustments=[off]), SEPTEMBER, policy()))["off"] == "-100.00"

    def test_a_percentage_is_rounded_by_the_policys_rounding(self) -> None:
        one = lease(rent("0.50"), adjustments=[less("off", Percent(-5), item="rent")])
        assert lines(draft_bill(one, SEPTEMBER, policy()))["off"] == "-0.03"
        assert lines(draft_bill(one, SEPTEMBER, policy(rounding=HALF_EVEN)))["off"] == "-0.02"

    def test_what_changes_nothing_in_the_period_has_no_line(self) -> None:
        one = lease(rent(Price(cad(1000), since=date(2026, 10, 1))), feature("parking"))
        for adjustment in (less("off", Percent(-10), item="rent"), less("off", Percent("0.001"), item="parking")):
            changed = lease(*one.items, adjustments=[adjustment])
            assert lines(draft_bill(changed, SEPTEMBER, policy())) == {"parking": "120.00"}

    def test_a_stretch_with_another_method(self) -> None:
        """STANDARD: 15 days of 30.5, of the reduction as of the rent."""
        off = less("off", -100, since=SEP_16, recurring=True)
        bill = draft_bill(lease(adjustments=[off]), SEPTEMBER, policy(proration=proration.STANDARD))
        assert lines(bill) == {"rent": "1000.00", "off": "-49.18"}


class TestAdjustmentsAsFacts:
    """A reduction is a Credit that names what it reduces; a rise is a charge."""

    def test_a_reduction_of_an_item(self) -> None:
        off = less("off", -100, item="rent", kind=CreditKind.CONCESSION, recurring=True)
        bill = draft_bill(lease(rent(payer="ann"), adjustments=[off], payer="bob"), SEPTEMBER, policy())
        assert bill.credits == (
            Credit(
                "L-1/2026-09-01/off",
                cad(100),
                granted=SEP_1,
                kind=CreditKind.CONCESSION,
                category=Category.ADJUSTMENT,
                code="DISC",
                payer="ann",
                designations=[Designation("L-1/2026-09-01/rent")],
            ),
        )

    def test_a_reduction_of_the_lease_names_no_charge(self) -> None:
        bill = draft_bill(lease(adjustments=[less("off", -100)], payer="bob"), SEPTEMBER, policy())
        assert [(credit.designations, credit.payer) for credit in bill.credits] == [((), "bob")]

    def test_a_reduction_of_all_rent_names_each_item(self) -> None:
        items = [rent(), feature("care", "300", category=Category.RENT, payer="ann")]
        bill = draft_bill(lease(*items, adjustments=[less("off", Percent(-10))]), SEPTEMBER, policy())
        assert [(credit.designations[0].to, credit.payer) for credit in bill.credits] == [
            ("L-1/2026-09-01/rent", None),
            ("L-1/2026-09-01/care", "ann"),
        ]

    def test_a_reduction_of_an_item_that_costs_nothing_reduces_nothing_else(self) -> None:
        free = rent(Price(cad(1000), since=date(2026, 10, 1)))
        bill = draft_bill(lease(free, adjustments=[less("off", -100, item="rent")]), SEPTEMBER, taxed())
        assert signed(facts(bill)) == {"off": "-100.00"}
        assert bill.credits[0].designations == (Designation("L-1/2026-09-01/rent"),)

    @pytest.mark.parametrize("recurring", [True, False])
    def test_a_rise_is_a_charge(self, *, recurring: bool) -> None:
        rise = less("pet", 30, code="EXTRA", item="rent", recurring=recurring, payer="eve")
        bill = draft_bill(lease(rent(payer="ann"), adjustments=[rise]), SEPTEMBER, policy())
        assert bill.charges[1] == Charge(
            "L-1/2026-09-01/pet",
            cad(30),
            due=SEP_1,
            category=Category.ADJUSTMENT,
            code="EXTRA",
            payer="eve",
            period=SEPTEMBER,
            recurring=recurring,
        )

    def test_the_bill_is_what_it_charges_less_what_it_takes_off(self) -> None:
        one = lease(adjustments=[less("off", -100), less("on", 30)])
        assert draft_bill(one, SEPTEMBER, policy()).total == cad(930)


class TestTheirTaxes:
    """R31: a credit on the parent carries its tax in proportion, and all of it when it is credited in full."""

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            (cad(-100), {"off": "-100.00", "off/GST": "-5.00", "off/PST": "-10.50"}),
            (Percent(-50), {"off": "-500.00", "off/GST": "-25.00", "off/PST": "-52.50"}),
            (Percent(-60), {"off": "-600.00", "off/GST": "-30.00", "off/PST": "-63.00"}),
            (Percent(-100), {"off": "-1000.00", "off/GST": "-50.00", "off/PST": "-105.00"}),
            (cad(-1200), {"off": "-1200.00", "off/GST": "-50.00", "off/PST": "-105.00"}),
            (cad("-0.10"), {"off": "-0.10", "off/GST": "-0.01", "off/PST": "-0.01"}),
            (cad("-0.01"), {"off": "-0.01"}),
        ],
        ids=str,
    )
    def test_R31_a_reduction_takes_its_part_of_each_tax_and_never_more_than_all(
        self, change: Any, expected: dict[str, str]
    ) -> None:
        bill = draft_bill(lease(adjustments=[less("off", change, item="rent")]), SEPTEMBER, taxed(GST, PST))
        assert issued(bill) == {"rent": "1000.00", "rent/GST": "50.00", "rent/PST": "105.00", **expected}

    def test_R31_the_tax_of_a_reduction_is_a_credit_on_the_tax(self) -> None:
        off = less("off", -100, item="rent", kind=CreditKind.CONCESSION)
        bill = draft_bill(lease(rent(payer="ann"), adjustments=[off]), SEPTEMBER, taxed())
        assert bill.credits[1] == Credit(
            "L-1/2026-09-01/off/GST",
            cad(5),
            granted=SEP_1,
            kind=CreditKind.CONCESSION,
            category=Category.TAX,
            code="GST",
            payer="ann",
            designations=[Designation("L-1/2026-09-01/rent/GST")],
        )

    def test_R31_reductions_that_sum_to_the_item_take_all_of_its_taxes_to_the_cent(self) -> None:
        """Three of 333.33, 333.33 and 333.34: of the 50.00 they take 16.67, 16.66 and 16.67."""
        three = [
            less("a", "-333.33", item="rent"),
            less("b", "-333.33", item="rent"),
            less("c", "-333.34", item="rent"),
        ]
        bill = draft_bill(lease(adjustments=three), SEPTEMBER, taxed())
        found = {name: amount for name, amount in issued(bill).items() if name.endswith("/GST")}
        assert found == {"rent/GST": "50.00", "a/GST": "-16.67", "b/GST": "-16.66", "c/GST": "-16.67"}
        assert bill.total == cad(0)

    def test_the_order_of_reductions_on_the_lease_does_not_matter(self) -> None:
        """Whose is the odd cent does not depend on where an adjustment stands."""
        three = [less(name, "-0.10", item="rent") for name in ("a", "b", "c")]
        drafts = [draft_bill(lease(adjustments=order), SEPTEMBER, taxed()) for order in permutations(three)]
        assert {tuple(sorted(issued(bill).items())) for bill in drafts} == {
            (
                *(("a", "-0.10"), ("a/GST", "-0.01"), ("b", "-0.10"), ("c", "-0.10"), ("c/GST", "-0.01")),
                *(("rent", "1000.00"), ("rent/GST", "50.00")),
            )
        }

    def test_a_reduction_of_all_rent_takes_the_taxes_of_each_item(self) -> None:
        items = [rent(), feature("care", "300", category=Category.RENT), feature("parking", code="RENT")]
        one = lease(*items, adjustments=[less("off", Percent(-10))])
        assert issued(draft_bill(one, SEPTEMBER, taxed()))["off/rent/GST"] == "-5.00"
        assert {name for name in issued(draft_bill(one, SEPTEMBER, taxed())) if name.startswith("off/")} == {
            *("off/rent", "off/rent/GST", "off/care"),
        }

    def test_a_reduction_of_the_lease_takes_no_tax(self) -> None:
        bill = draft_bill(lease(adjustments=[less("off", -100)]), SEPTEMBER, taxed())
        assert issued(bill) == {"rent": "1000.00", "rent/GST": "50.00", "off": "-100.00"}

    def test_a_rise_is_taxed_by_its_own_code_and_takes_nothing_of_the_items_taxes(self) -> None:
        extra = Tax("GST", Percent(5), codes=["RENT", "EXTRA"])
        rises = [less("more", 100, item="rent", code="EXTRA"), less("also", Percent(10), item="rent")]
        bill = draft_bill(lease(adjustments=rises), SEPTEMBER, taxed(extra))
        assert issued(bill) == {
            "rent": "1000.00",
            "rent/GST": "50.00",
            "more": "100.00",
            "more/GST": "5.00",
            "also": "100.00",
        }
        assert [charge.about for charge in bill.charges if charge.category is Category.TAX] == [
            "L-1/2026-09-01/rent",
            "L-1/2026-09-01/more",
        ]

    def test_a_rise_and_a_reduction_of_one_item_do_not_disturb_each_other(self) -> None:
        both = [less("more", 100, item="rent"), less("off", Percent(-100), item="rent")]
        found = issued(draft_bill(lease(adjustments=both), SEPTEMBER, taxed()))
        assert found["off/GST"] == "-50.00"
        assert "more/GST" not in found
