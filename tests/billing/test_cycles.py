"""Billing types and the cycles of leases: R26 to R28, R32, and rows C6 and C7."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from arledger import (
    LAST,
    BillCycle,
    BillingType,
    BusinessDays,
    DueAfterInvoice,
    DueAfterStart,
    DueOnDay,
    DueRule,
    Frequency,
    InvalidValue,
    Lease,
    Period,
    billing_cycles,
    draft_bill,
    every_two_weeks,
    half_yearly,
    monthly,
    proration,
    quarterly,
    term_start,
    twice_a_month,
    weekly,
    yearly,
)
from lease_facts import feature, lease, month, policy

AUG_20, SEP_1, MAR_1 = date(2026, 8, 20), date(2026, 9, 1), date(2026, 3, 1)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
MARCH = month(3)


def cycles(one: Lease, kind: BillingType, span: Period = YEAR, **given: object) -> list[BillCycle]:
    """The cycles of a lease under one billing type."""
    return list(billing_cycles(one, span, policy(types=kind, **given)))


def march(**given: object) -> BillCycle:
    """The cycle of March of a lease that runs throughout, by a monthly billing type with these offsets."""
    (found,) = cycles(lease(), BillingType("monthly", monthly(1), **given), MARCH)  # type: ignore[arg-type]
    return found


def spelt(found: list[BillCycle]) -> list[str]:
    """Each cycle's period, and the days of it that are billed where they are not all."""
    return [
        f"{cycle.period.start} {cycle.period.end}"
        + (f", billed {cycle.occupied}" if cycle.occupied not in {None, cycle.period} else "")
        for cycle in found
    ]


class TestTermStart:
    """R26: a move-in on a day up to the offset starts the term on the 1st of this month, a later one on the next."""

    @pytest.mark.parametrize(
        ("move_in", "offset", "starts"),
        [
            ((2026, 8, 1), 1, (2026, 8, 1)),
            ((2026, 8, 2), 1, (2026, 9, 1)),
            ((2026, 8, 3), 5, (2026, 8, 1)),
            ((2026, 8, 5), 5, (2026, 8, 1)),
            ((2026, 8, 6), 5, (2026, 9, 1)),
            ((2026, 8, 31), 30, (2026, 9, 1)),
            ((2026, 8, 31), 31, (2026, 8, 1)),
            ((2026, 12, 2), 1, (2027, 1, 1)),
            ((2026, 2, 28), 28, (2026, 2, 1)),
        ],
    )
    def test_C6_the_term_starts_on_a_first(
        self, move_in: tuple[int, int, int], offset: int, starts: tuple[int, int, int]
    ) -> None:
        """C6: offset 1, in on 1 and 2 August; offset 5, in on 3 August; and the days about them."""
        assert term_start(date(*move_in), offset) == date(*starts)

    def test_C6_billing_begins_at_the_move_in_all_the_same(self) -> None:
        """C6: offset 5, in on 3 August: the term from the 1st, billed from the 3rd."""
        found = cycles(lease(move_in=date(2026, 8, 3)), BillingType("m", monthly), month(8), rounding_offset_days=5)
        assert spelt(found) == ["2026-08-01 2026-09-01, billed 2026-08-03 up to 2026-09-01"]

    def test_R26_the_days_before_the_term_are_a_stub(self) -> None:
        found = cycles(lease(move_in=AUG_20), BillingType("m", monthly), rounding_offset_days=1)
        assert spelt(found)[:2] == [
            "2026-08-01 2026-09-01, billed 2026-08-20 up to 2026-09-01",
            "2026-09-01 2026-10-01",
        ]

    def test_R26_weeks_are_counted_from_the_term_in_both_directions(self) -> None:
        """The term starts on Tuesday 1 September; the move-in is on the Thursday of the week of 18 August."""
        found = cycles(lease(move_in=AUG_20), BillingType("w", weekly), rounding_offset_days=1)
        assert spelt(found)[:3] == [
            "2026-08-18 2026-08-25, billed 2026-08-20 up to 2026-08-25",
            "2026-08-25 2026-09-01",
            "2026-09-01 2026-09-08",
        ]

    def test_R26_the_offset_moves_no_cycle_that_has_days_of_its_own(self) -> None:
        for offset in (None, 1, 31):
            found = cycles(lease(move_in=AUG_20), BillingType("m", monthly(15)), rounding_offset_days=offset)
            assert spelt(found)[0] == "2026-08-15 2026-09-15, billed 2026-08-20 up to 2026-09-15"


class TestDueRules:
    """R28: due = cycle start + payment due offset. R32: a day of the month, or days after the invoice date."""

    def test_C7_due_on_the_15th(self) -> None:
        """C7: ALIS due day 15, invoices of 1 March and 1 April."""
        rule = DueOnDay(15)
        assert rule(MAR_1, MAR_1) == date(2026, 3, 15)
        assert rule(date(2026, 4, 1), date(2026, 4, 1)) == date(2026, 4, 15)

    @pytest.mark.parametrize(
        ("rule", "start", "invoiced", "due"),
        [
            (DueAfterStart(), "2026-03-01", "2026-02-20", "2026-03-01"),
            (DueAfterStart(4), "2026-03-01", "2026-02-20", "2026-03-05"),
            (DueAfterStart(10), "2026-02-25", "2026-02-25", "2026-03-07"),
            (DueAfterInvoice(0), "2026-03-01", "2026-02-20", "2026-02-20"),
            (DueAfterInvoice(30), "2026-03-01", "2026-02-20", "2026-03-22"),
            (DueOnDay(15), "2026-03-01", "2026-03-15", "2026-03-15"),
            (DueOnDay(15), "2026-03-01", "2026-03-16", "2026-04-15"),
            (DueOnDay(15), "2027-01-01", "2026-12-16", "2027-01-15"),
            (DueOnDay(1), "2026-03-01", "2026-03-01", "2026-03-01"),
            (DueOnDay(31), "2026-02-01", "2026-02-10", "2026-02-28"),
            (DueOnDay(31), "2026-02-01", "2026-02-28", "2026-02-28"),
            (DueOnDay(31), "2028-02-01", "2028-02-10", "2028-02-29"),
            (DueOnDay(31), "2026-04-01", "2026-04-30", "2026-04-30"),
            (DueOnDay(31), "2026-05-01", "2026-05-01", "2026-05-31"),
            (DueOnDay(30), "2026-02-01", "2026-01-31", "2026-02-28"),
            (DueOnDay(LAST), "2026-02-01", "2026-02-28", "2026-02-28"),
            (DueOnDay(LAST), "2026-04-01", "2026-03-31", "2026-03-31"),
        ],
        ids=repr,
    )
    def test_R28_R32_the_rules_by_example(self, rule: DueRule, start: str, invoiced: str, due: str) -> None:
        assert rule(date.fromisoformat(start), date.fromisoformat(invoiced)) == date.fromisoformat(due)

    def test_a_number_of_days_is_the_offset_of_the_vendor(self) -> None:
        assert BillingType("m", monthly(1), due=4) == BillingType("m", monthly(1), due=DueAfterStart(4))
        assert BillingType("m", monthly(1)).due == DueAfterStart(0)

    @pytest.mark.parametrize(
        ("due", "expected"),
        [
            (3, (2026, 3, 4)),
            (DueAfterInvoice(30), (2026, 3, 21)),
            (DueOnDay(15), (2026, 3, 15)),
            (DueOnDay(20), (2026, 2, 20)),
            (lambda start, invoiced: start + (start - invoiced), (2026, 3, 11)),
        ],
        ids=["after start", "after invoice", "on day 15", "on day 20", "a user's own"],
    )
    def test_R32_a_rule_is_asked_with_the_cycles_start_and_the_day_of_its_bill(
        self, due: int | DueRule, expected: tuple[int, int, int]
    ) -> None:
        """The bill of March runs on 19 February, ten days ahead."""
        assert march(due=due, bill_offset_days=10).due == date(*expected)

    @pytest.mark.parametrize(
        ("convention", "due", "moved"),
        [
            ("following", 0, (2026, 3, 2)),
            ("preceding", 0, (2026, 3, 2)),
            ("modified_following", 27, (2026, 3, 30)),
            ("modified_following", 30, (2026, 3, 30)),
            ("following", 30, (2026, 4, 1)),
            ("following", 1, (2026, 3, 2)),
        ],
    )
    def test_business_days_move_the_due_date_and_nothing_else(
        self, convention: str, due: int, moved: tuple[int, int, int]
    ) -> None:
        """1 and 28 March are no working days, 31 March is a holiday; and nothing is due before its bill is made."""
        closed = BusinessDays(convention, holidays=[date(2026, 3, 31)])  # type: ignore[arg-type]
        found = march(due=due, business_days=closed)
        assert found.due == date(*moved)
        assert (found.start, found.bill_run, found.autopay_run) == (MAR_1, MAR_1, MAR_1)


class TestOffsets:
    """R28: bill run = cycle start - bill execution offset; autopay run = cycle start + autopay offset, signed."""

    @pytest.mark.parametrize(
        ("bill", "autopay", "bill_run", "autopay_run"),
        [
            (0, 0, (2026, 3, 1), (2026, 3, 1)),
            (10, 0, (2026, 2, 19), (2026, 3, 1)),
            (0, 5, (2026, 3, 1), (2026, 3, 6)),
            (10, 5, (2026, 2, 19), (2026, 3, 6)),
            (10, -3, (2026, 2, 19), (2026, 2, 26)),
            (10, -10, (2026, 2, 19), (2026, 2, 19)),
            (40, 40, (2026, 1, 20), (2026, 4, 10)),
        ],
    )
    def test_R28_the_runs_of_a_cycle(
        self, bill: int, autopay: int, bill_run: tuple[int, int, int], autopay_run: tuple[int, int, int]
    ) -> None:
        found = march(bill_offset_days=bill, autopay_offset_days=autopay)
        assert (found.bill_run, found.autopay_run) == (date(*bill_run), date(*autopay_run))

    def test_the_dates_of_a_stub_count_from_the_move_in(self) -> None:
        kind = BillingType("m", monthly(1), due=2, bill_offset_days=10, autopay_offset_days=-1)
        stub, whole = cycles(lease(move_in=AUG_20, move_out=date(2026, 9, 30)), kind)
        assert stub == BillCycle(
            month(8), Period(AUG_20, SEP_1), AUG_20, date(2026, 8, 10), date(2026, 8, 22), date(2026, 8, 19), AUG_20
        )
        assert whole == BillCycle(
            month(9), month(9), SEP_1, date(2026, 8, 22), date(2026, 9, 3), date(2026, 8, 31), AUG_20
        )

    def test_the_dates_of_a_last_cycle_count_from_its_own_first_day(self) -> None:
        kind = BillingType("m", monthly(1), due=2)
        (last,) = cycles(lease(move_out=date(2026, 9, 9)), kind, month(9))
        assert (last.start, last.due, last.occupied) == (SEP_1, date(2026, 9, 3), Period(SEP_1, date(2026, 9, 10)))


FIRST_CYCLES: list[tuple[Frequency | Callable[[date], Frequency], list[str]]] = [
    (monthly(1), ["2026-08-01 2026-09-01, billed 2026-08-20 up to 2026-09-01", "2026-09-01 2026-10-01"]),
    (monthly(20), ["2026-08-20 2026-09-20", "2026-09-20 2026-10-20"]),
    (
        monthly(31),
        [
            "2026-07-31 2026-08-31, billed 2026-08-20 up to 2026-08-31",
            "2026-08-31 2026-09-30",
            "2026-09-30 2026-10-31",
            "2026-10-31 2026-11-30",
        ],
    ),
    (monthly(LAST), ["2026-07-31 2026-08-31, billed 2026-08-20 up to 2026-08-31", "2026-08-31 2026-09-30"]),
    (
        weekly(date(2026, 8, 3)),
        ["2026-08-17 2026-08-24, billed 2026-08-20 up to 2026-08-24", "2026-08-24 2026-08-31", "2026-08-31 2026-09-07"],
    ),
    (
        every_two_weeks(date(2026, 8, 3)),
        ["2026-08-17 2026-08-31, billed 2026-08-20 up to 2026-08-31", "2026-08-31 2026-09-14"],
    ),
    (
        twice_a_month(1, 15),
        ["2026-08-15 2026-09-01, billed 2026-08-20 up to 2026-09-01", "2026-09-01 2026-09-15", "2026-09-15 2026-10-01"],
    ),
    (quarterly(1), ["2026-07-01 2026-10-01, billed 2026-08-20 up to 2026-10-01", "2026-10-01 2027-01-01"]),
    (quarterly(1, month=2), ["2026-08-01 2026-11-01, billed 2026-08-20 up to 2026-11-01", "2026-11-01 2027-02-01"]),
    (half_yearly(1), ["2026-07-01 2027-01-01, billed 2026-08-20 up to 2027-01-01"]),
    (yearly(1), ["2026-01-01 2027-01-01, billed 2026-08-20 up to 2027-01-01"]),
    (monthly, ["2026-08-20 2026-09-20", "2026-09-20 2026-10-20"]),
    (weekly, ["2026-08-20 2026-08-27", "2026-08-27 2026-09-03"]),
    (every_two_weeks, ["2026-08-20 2026-09-03", "2026-09-03 2026-09-17"]),
    (twice_a_month, ["2026-08-20 2026-09-05", "2026-09-05 2026-09-20"]),
    (quarterly, ["2026-08-20 2026-11-20", "2026-11-20 2027-02-20"]),
    (half_yearly, ["2026-08-20 2027-02-20"]),
    (yearly, ["2026-08-20 2027-08-20"]),
]


class TestCycles:
    """R27: a policy holds several billing types, and a lease picks one of them."""

    @pytest.mark.parametrize(
        ("cycle", "expected"), FIRST_CYCLES, ids=[getattr(cycle, "__name__", repr(cycle)) for cycle, _ in FIRST_CYCLES]
    )
    def test_R27_the_first_cycles_of_a_lease_from_20_august(
        self, cycle: Frequency | Callable[[date], Frequency], expected: list[str]
    ) -> None:
        found = cycles(lease(move_in=AUG_20), BillingType("any", cycle))
        assert spelt(found)[: len(expected)] == expected

    def test_R27_a_lease_that_starts_on_a_31st_never_drifts(self) -> None:
        found = cycles(lease(move_in=date(2026, 1, 31)), BillingType("m", monthly))
        assert [str(cycle.start) for cycle in found[:4]] == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]

    def test_R27_a_lease_picks_its_billing_type_by_name(self) -> None:
        kinds = [BillingType("monthly", monthly(1)), BillingType("weekly", weekly, due=3)]
        one = lease(feature("bed", "70", per="period"), move_in=AUG_20)
        both = policy(types=kinds)
        for name, day, due in (("monthly", SEP_1, AUG_20), ("weekly", date(2026, 8, 27), date(2026, 8, 23))):
            picked = Lease(one.id, move_in=one.move_in, items=one.items, billing_type=name)
            first = billing_cycles(picked, YEAR, both)[0]
            assert (first.period.end, first.due) == (day, due)

    @pytest.mark.parametrize(
        ("first", "end", "starts"),
        [
            ((2026, 1, 1), (2026, 8, 20), []),
            ((2026, 8, 1), (2026, 8, 21), ["2026-08-20"]),
            ((2026, 9, 15), (2026, 9, 16), ["2026-09-01"]),
            ((2026, 8, 31), (2026, 9, 2), ["2026-08-20", "2026-09-01"]),
            ((2026, 10, 10), (2026, 10, 20), ["2026-10-01"]),
            ((2026, 10, 11), (2027, 10, 11), []),
            ((2026, 1, 1), (2027, 1, 1), ["2026-08-20", "2026-09-01", "2026-10-01"]),
        ],
    )
    def test_the_cycles_that_have_a_day_of_the_span_and_of_the_stay(
        self, first: tuple[int, int, int], end: tuple[int, int, int], starts: list[str]
    ) -> None:
        """A stay from 20 August to 10 October, over spans before, about, inside and after it."""
        one = lease(move_in=AUG_20, move_out=date(2026, 10, 10))
        found = cycles(one, BillingType("m", monthly(1)), Period(date(*first), date(*end)))
        assert [str(cycle.start) for cycle in found] == starts

    def test_a_cycle_is_whole_wherever_the_span_cuts_it(self) -> None:
        kind = BillingType("m", monthly(1))
        assert cycles(lease(), kind, Period(date(2026, 3, 10), date(2026, 3, 12))) == cycles(lease(), kind, MARCH)

    @pytest.mark.parametrize(
        ("move_out", "counts", "ends"),
        [
            ((2026, 9, 10), True, (2026, 9, 11)),
            ((2026, 9, 10), False, (2026, 9, 10)),
            ((2026, 9, 30), True, (2026, 10, 1)),
            ((2026, 9, 30), False, (2026, 9, 30)),
            ((2026, 9, 1), True, (2026, 9, 2)),
            ((2026, 9, 1), False, (2026, 9, 1)),
        ],
    )
    def test_R24_the_move_out_day_counts_unless_it_is_left_out(
        self, move_out: tuple[int, int, int], counts: bool, ends: tuple[int, int, int]
    ) -> None:
        one = lease(move_in=AUG_20, move_out=date(*move_out))
        last = cycles(one, BillingType("m", monthly(1)), counts_move_out=counts)[-1]
        assert last.occupied is not None
        assert last.occupied.end == date(*ends)

    def test_without_a_move_out_it_goes_on(self) -> None:
        far = Period(date(2126, 1, 1), date(2127, 1, 1))
        assert len(cycles(lease(), BillingType("m", monthly(1)), far)) == 12

    def test_a_cycle_without_a_day_of_the_stay_has_the_dates_of_its_first_day(self) -> None:
        one = lease(move_in=AUG_20, move_out=date(2026, 9, 30))
        kind = BillingType("m", monthly(1), due=2, bill_offset_days=10)
        for number in (7, 10):
            found = draft_bill(one, month(number), policy(types=kind)).cycle
            start = date(2026, number, 1)
            assert (found.occupied, found.start) == (None, start)
            assert (found.bill_run, found.due) == (start - timedelta(days=10), start + timedelta(days=2))

    @pytest.mark.parametrize("cycle", [weekly(SEP_1), every_two_weeks(SEP_1), twice_a_month(1, 15)], ids=repr)
    def test_R24_a_months_divisor_is_refused_over_weeks_and_half_months(self, cycle: Frequency) -> None:
        """At once; and where cycles begin with the lease, when they are known."""
        ours = [proration.STANDARD, proration.FixedDivisor(30), proration.THIRTY_DAYS_MONTH, proration.THIRTY_360]
        one = lease(feature("bed", "70", per="period"), move_in=AUG_20)
        for method in ours:
            message = re.escape(f"{method!r}: a month's divisor over weeks or half-months; pass proration.ACTUAL or")
            with pytest.raises(InvalidValue, match=message):
                policy(types=BillingType("any", cycle), proration=method)
            by = policy(types=BillingType("any", lambda _start: cycle), proration=method)
            (first, *_) = billing_cycles(one, YEAR, by)
            with pytest.raises(InvalidValue, match=message):
                draft_bill(one, first.period, by)

    def test_a_users_own_frequency_makes_cycles(self) -> None:
        """Ten days at a time: any object of that shape."""

        class Decades:
            per_year = 36
            in_months = None

            def start(self, number: int, /) -> date:
                return date(2026, 1, 1) + timedelta(days=10 * number)

            def number(self, day: date, /) -> int:
                return (day - date(2026, 1, 1)).days // 10

        one = lease(feature("bed", "70", per="period"), move_in=date(2026, 1, 5), move_out=date(2026, 1, 20))
        by = policy(types=BillingType("ten days", Decades()), proration=proration.ACTUAL)
        found = billing_cycles(one, YEAR, by)
        assert [str(cycle.occupied) for cycle in found] == [
            "2026-01-05 up to 2026-01-11",
            "2026-01-11 up to 2026-01-21",
        ]
        assert [str(draft_bill(one, cycle.period, by).total.amount) for cycle in found] == ["42.00", "70.00"]
