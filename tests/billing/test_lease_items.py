"""What the items and deposits of a lease come to on its bills: R25, and R22 to R24 through whole bills."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from arledger import (
    HALF_UP,
    UP,
    Bill,
    BillingType,
    BillKind,
    Category,
    Charge,
    Frequency,
    Holding,
    Lease,
    LeaseDeposit,
    LeaseItem,
    Money,
    Percent,
    Period,
    Price,
    Proration,
    Tax,
    draft_bill,
    half_yearly,
    monthly,
    proration,
    quarterly,
    twice_a_month,
    weekly,
    yearly,
)
from lease_facts import (
    SEP_16,
    SEPTEMBER,
    bills_of,
    cad,
    feature,
    issued,
    lease,
    lines,
    month,
    policy,
    rent,
    sep,
    taxed,
)

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
RISE = [Price(cad(1000)), Price(cad(1100), since=SEP_16)]


def september(one: Lease, **given: Any) -> Bill:
    """The bill of September."""
    return draft_bill(one, SEPTEMBER, policy(**given))


class TestTheUnitOfAPrice:
    """R25: only what is proratable is: transactions never, monthly services by day, per diems by the day's price."""

    @pytest.mark.parametrize(
        ("item", "whole", "half", "one_day"),
        [
            (rent(), "1000.00", "500.00", "33.33"),
            (rent(per="period"), "1000.00", "500.00", "33.33"),
            (rent("45.50", per="day"), "1365.00", "682.50", "45.50"),
            (rent(proratable=False), "1000.00", "1000.00", "1000.00"),
            (rent(per="period", proratable=False), "1000.00", "1000.00", "1000.00"),
            (rent("45.50", per="day", proratable=False), "1365.00", "682.50", "45.50"),
        ],
        ids=["month", "period", "day", "month, whole", "period, whole", "day, always by the day"],
    )
    def test_R25_each_unit_over_a_month_half_a_month_and_a_day(
        self, item: LeaseItem, whole: str, half: str, one_day: str
    ) -> None:
        stays = [(sep(1), None), (SEP_16, None), (date(2026, 1, 1), sep(1))]
        bills = [september(lease(item, move_in=move_in, move_out=move_out)) for move_in, move_out in stays]
        assert [lines(bill) for bill in bills] == [{"rent": whole}, {"rent": half}, {"rent": one_day}]

    @pytest.mark.parametrize(
        ("cycle", "per_month", "per_period"),
        [
            (monthly(1), ["387.10", "1000.00"], ["387.10", "1000.00"]),
            (quarterly(1), ["1387.10", "3000.00"], ["462.37", "1000.00"]),
            (half_yearly(1), ["4387.10"], ["731.18"]),
            (yearly(1), ["4387.10"], ["365.59"]),
        ],
        ids=repr,
    )
    def test_R24_months_and_periods_of_several_months(
        self, cycle: Frequency, per_month: list[str], per_period: list[str]
    ) -> None:
        """R24: for k months the amount over k is the monthly amount; in from 20 August, a whole month is whole."""
        one = {per: lease(rent(per=per), move_in=date(2026, 8, 20)) for per in ("month", "period")}
        by = policy(types=BillingType("any", cycle))
        span = Period(date(2026, 8, 1), date(2027, 1, 1))
        for per, expected in (("month", per_month), ("period", per_period)):
            assert [lines(bill)["rent"] for bill in bills_of(one[per], by, span)][: len(expected)] == expected

    def test_R22_a_quarter_by_each_month_with_its_own_divisor(self) -> None:
        """12 days of August over 30.5, and September."""
        by = policy(types=BillingType("q", quarterly(1)), proration=proration.STANDARD)
        (bill,) = bills_of(lease(move_in=date(2026, 8, 20)), by, month(8))
        assert lines(bill) == {"rent": "1393.44"}
        assert bill.lines[0].reason == "1000.00 x 12/30.5 + 1000.00"

    def test_R24_weeks_and_half_months_have_prices_per_period(self) -> None:
        """In on Thursday 20 August: 4 of 7 days, and 12 of the 17 from the 15th."""
        for cycle, expected in ((weekly(date(2026, 8, 3)), "40.00"), (twice_a_month(1, 15), "49.41")):
            one = lease(rent("70", per="period"), move_in=date(2026, 8, 20))
            first, second, *_ = bills_of(one, policy(types=BillingType("any", cycle)), YEAR)
            assert (lines(first), lines(second)) == ({"rent": expected}, {"rent": "70.00"})

    def test_R25_a_per_diem_goes_with_any_cycle_and_method(self) -> None:
        for cycle in (monthly(1), weekly(sep(1)), quarterly(1)):
            one = lease(rent("45.50", per="day"), move_in=sep(2), move_out=sep(4))
            by = policy(types=BillingType("any", cycle), proration=proration.NONE)
            (bill,) = bills_of(one, by, YEAR)
            assert lines(bill) == {"rent": "136.50"}

    @pytest.mark.parametrize(
        ("method", "expected"),
        [
            (proration.NONE, "1000.00"),
            (proration.ACTUAL, "774.19"),
            (proration.STANDARD, "786.89"),
            (proration.FixedDivisor(30), "800.00"),
            (proration.THIRTY_DAYS_MONTH, "766.67"),
            (proration.ANNUAL, "789.04"),
        ],
        ids=repr,
    )
    def test_C5_the_policys_method_prorates(self, method: Proration, expected: str) -> None:
        """C5: 1000, 8 to 31 August."""
        bill = draft_bill(lease(move_in=date(2026, 8, 8)), month(8), policy(proration=method))
        assert lines(bill) == {"rent": expected}

    def test_C1_the_daily_rate_may_be_rounded_first_and_lines_by_any_rounding(self) -> None:
        """C1: 1000, in on 20 August: 387.10, or 12 days at 32.26."""
        one = lease(move_in=date(2026, 8, 20))
        assert lines(draft_bill(one, month(8), policy())) == {"rent": "387.10"}
        assert lines(draft_bill(one, month(8), policy(daily_rate=HALF_UP))) == {"rent": "387.12"}
        two = lease(rent("100"), feature("daily", "0.01", per="day"), move_in=date(2026, 8, 20))
        assert lines(draft_bill(two, month(8), policy(rounding=UP))) == {"rent": "38.71", "daily": "0.12"}

    def test_amounts_have_the_digits_of_their_currency(self) -> None:
        for currency, expected in (("JPY", "387"), ("KWD", "387.097")):
            one = lease(rent(Money(1000, currency)), move_in=date(2026, 8, 20))
            assert lines(draft_bill(one, month(8), policy())) == {"rent": expected}


class TestPricesThatChange:
    """Amounts effective from dates; R24 where one changes inside a month."""

    @pytest.mark.parametrize(
        ("method", "expected"), [(proration.STANDARD, "1049.18"), (proration.ACTUAL, "1050.00")], ids=repr
    )
    def test_C8_a_rent_that_rises_inside_a_month(self, method: Proration, expected: str) -> None:
        """C8: 1000 becomes 1100 from the 16th of a month of 30 days, occupied throughout."""
        assert lines(september(lease(rent(RISE)), proration=method)) == {"rent": expected}

    def test_the_months_about_a_change_have_one_price_each(self) -> None:
        bills = bills_of(lease(rent(RISE)), policy(), Period(date(2026, 8, 1), date(2026, 11, 1)))
        assert [lines(bill)["rent"] for bill in bills] == ["1000.00", "1050.00", "1100.00"]

    def test_what_is_not_proratable_costs_the_price_of_its_first_day(self) -> None:
        assert lines(september(lease(rent(RISE, proratable=False)))) == {"rent": "1000.00"}

    def test_a_per_diem_has_each_days_price(self) -> None:
        daily = rent([Price(cad(40)), Price(cad("45.50"), since=sep(11))], per="day")
        assert lines(september(lease(daily))) == {"rent": "1310.00"}

    @pytest.mark.parametrize(
        ("prices", "expected"),
        [
            ([Price(cad(120), since=sep(11))], "80.00"),
            ([Price(cad(120)), Price(cad(0), since=sep(11))], "40.00"),
            ([Price(cad(120), since=sep(6)), Price(cad(0), since=sep(16))], "40.00"),
            ([Price(cad(120)), Price(cad(0), since=sep(6)), Price(cad(60), since=sep(21))], "40.00"),
            ([Price(cad(120), since=sep(1))], "120.00"),
        ],
        ids=["begins", "ends", "begins and ends", "ends and comes again", "begins with the month"],
    )
    def test_an_item_that_begins_or_ends_inside_a_month(self, prices: list[Price], expected: str) -> None:
        assert lines(september(lease(rent(), feature("parking", prices))))["parking"] == expected

    @pytest.mark.parametrize(
        "prices",
        [[Price(cad(120), since=date(2026, 10, 1))], [Price(cad(120)), Price(cad(0), since=date(2026, 9, 1))]],
        ids=["later", "earlier"],
    )
    def test_an_item_without_a_day_in_the_month_has_no_line(self, prices: list[Price]) -> None:
        assert lines(september(lease(rent(), feature("parking", prices)))) == {"rent": "1000.00"}

    def test_what_is_not_proratable_and_begins_inside_a_month_costs_the_whole(self) -> None:
        prices = [Price(cad(120), since=sep(29))]
        assert lines(september(lease(feature("parking", prices, proratable=False)))) == {"parking": "120.00"}


class TestItemsAsCharges:
    """An item is a charge of its category and code, of its payer, for the days that are billed."""

    def test_the_whole_charge(self) -> None:
        one = lease(feature("parking", "60", code="PARK", payer="ann"), move_in=SEP_16)
        types = BillingType("monthly", monthly(1), due=4, bill_offset_days=10)
        assert september(one, types=types).charges == (
            Charge(
                "L-1/2026-09-01/parking",
                cad("30"),
                due=sep(20),
                posted=sep(6),
                category=Category.FEATURE,
                code="PARK",
                payer="ann",
                period=Period(SEP_16, date(2026, 10, 1)),
                recurring=True,
            ),
        )

    def test_each_item_has_its_payer_else_the_leases(self) -> None:
        items = [rent(), feature("parking", payer="bob"), feature("locker")]
        for payer in (None, "agency"):
            bill = draft_bill(lease(*items, payer=payer), SEPTEMBER, taxed(Tax("T", Percent(5), codes=["RENT"])))
            assert {charge.id.partition("/2026-09-01/")[2]: charge.payer for charge in bill.charges} == {
                "rent": payer,
                "rent/T": payer,
                "parking": "bob",
                "locker": payer,
            }

    def test_a_tax_is_its_items_payers(self) -> None:
        bill = draft_bill(lease(rent(payer="bob"), payer="ann"), SEPTEMBER, taxed())
        assert [(charge.category, charge.payer, charge.recurring) for charge in bill.charges] == [
            (Category.RENT, "bob", True),
            (Category.TAX, "bob", True),
        ]

    def test_lines_stand_in_the_leases_order_each_before_its_taxes(self) -> None:
        items = [feature("parking", code="RENT"), rent(), feature("locker")]
        bill = draft_bill(lease(*items), SEPTEMBER, taxed())
        assert list(lines(bill)) == ["parking", "parking/GST", "rent", "rent/GST", "locker"]


class TestDeposits:
    """R29, R47: a deposit is charged once, or opens as a holding where it is held already."""

    @pytest.mark.parametrize(
        ("since", "charged_in"),
        [
            (None, [8]),
            (date(2026, 1, 1), [8]),
            (date(2026, 8, 31), [8]),
            (date(2026, 9, 1), [9]),
            (date(2026, 10, 10), [10]),
            (date(2026, 10, 31), [10]),
            (date(2026, 11, 1), []),
        ],
        ids=str,
    )
    def test_a_deposit_is_charged_whole_and_once(self, since: date | None, charged_in: list[int]) -> None:
        """With the first bill, or with that of the period in which ``since`` is; never after the last one."""
        deposit = LeaseDeposit("deposit", cad(500), since=since)
        one = lease(deposits=[deposit], move_in=date(2026, 8, 20), move_out=date(2026, 10, 10))
        bills = bills_of(one, policy(), YEAR)
        found = {bill.cycle.period.start.month: lines(bill).get("deposit") for bill in bills}
        assert found == {number: "500.00" if number in charged_in else None for number in (8, 9, 10)}

    def test_a_deposit_as_a_charge(self) -> None:
        deposit = LeaseDeposit("deposit", cad(500), code="SEC", payer="bob")
        one = lease(deposits=[deposit], move_in=SEP_16, payer="ann")
        assert september(one).charges[1] == Charge(
            "L-1/2026-09-01/deposit",
            cad(500),
            due=SEP_16,
            category=Category.DEPOSIT,
            code="SEC",
            payer="bob",
            period=Period(SEP_16, date(2026, 10, 1)),
        )

    def test_a_deposit_is_the_leases_payers_and_taxed_by_its_code(self) -> None:
        one = lease(deposits=[LeaseDeposit("key", cad(20), code="RENT")], move_in=sep(1), payer="ann")
        bill = draft_bill(one, SEPTEMBER, taxed())
        assert issued(bill) == {"rent": "1000.00", "rent/GST": "50.00", "key": "20.00", "key/GST": "1.00"}
        assert [(charge.payer, charge.recurring) for charge in bill.charges[2:]] == [("ann", False)] * 2

    def test_R29_one_that_is_held_already_is_not_charged_and_opens_as_a_holding(self) -> None:
        held = LeaseDeposit("deposit", cad(500), held_since=date(2024, 5, 1))
        other = LeaseDeposit("pet", cad(100), held_since=date(2025, 5, 1), payer="bob")
        asked = LeaseDeposit("key", cad(20))
        one = lease(deposits=[held, asked, other], move_in=SEP_16, payer="ann")
        first, second = bills_of(one, policy(), Period(sep(1), date(2026, 10, 2)))
        assert (first.kind, second.kind) == (BillKind.ZERO_CYCLE, BillKind.REGULAR)
        assert first.holdings == (
            Holding("L-1/deposit", cad(500), date(2024, 5, 1), payer="ann"),
            Holding("L-1/pet", cad(100), date(2025, 5, 1), payer="bob"),
        )
        assert second.holdings == ()
        assert lines(first) == {"rent": "500.00", "key": "20.00"}
