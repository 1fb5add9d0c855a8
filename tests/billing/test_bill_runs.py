"""Bills over a span, corrections that change more than an amount, and what no days are counted of."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from account_facts import cad
from arledger import (
    AdjustmentPolicy,
    BillingPolicy,
    BillingType,
    BusinessDays,
    Category,
    Charge,
    Conflict,
    Credit,
    DepositPolicy,
    DueAfterInvoice,
    DueOnDay,
    Holding,
    InvalidValue,
    Lease,
    LeaseAdjustment,
    LeaseDeposit,
    LeaseItem,
    Percent,
    Period,
    Price,
    Tax,
    TaxPolicy,
    draft_bill,
    draft_bills,
    monthly,
    period_at,
    prorate,
    proration,
    quarterly,
    settle_deposit,
)

AUG_20, SEP_1, OCT_1, DEC_1 = date(2026, 8, 20), date(2026, 9, 1), date(2026, 10, 1), date(2026, 12, 1)
AUTUMN, SEPTEMBER = Period(AUG_20, DEC_1), Period(SEP_1, OCT_1)
MONTHLY, THOUSAND = monthly(1), cad("1000")
GST = TaxPolicy([Tax("GST", Percent(5), codes=["RENT", "SUR"])])


def lease(*items: LeaseItem, **given: Any) -> Lease:
    return Lease("L-1", **{"move_in": AUG_20, "items": items or (rent(),), **given})


def rent(price: Any = THOUSAND, **given: Any) -> LeaseItem:
    return LeaseItem("rent", price, code="RENT", **given)


def policy(cycle: Any = MONTHLY, **given: Any) -> BillingPolicy:
    kind = BillingType("any", cycle, **{name: given.pop(name) for name in ("due", "business_days") if name in given})
    codes = AdjustmentPolicy(["DISC", "SUR"])
    return BillingPolicy(**{"types": kind, "proration": proration.ACTUAL, "adjustments": codes, **given})


def less(change: Any, **given: Any) -> LeaseAdjustment:
    return LeaseAdjustment("off", **{"change": change, "code": "DISC", "since": SEP_1, **given})


def amounts(lease: Lease, by: BillingPolicy, period: Period = SEPTEMBER, **given: Any) -> dict[str, str]:
    bill = draft_bill(lease, period, by, **given)
    return {bill.line_name(line): str(line.amount.amount) for line in bill.lines}


def facts(*bills: Any) -> list[Charge | Credit]:
    return [fact for bill in bills for fact in (*bill.charges, *bill.credits)]


def test_the_bills_of_a_span_are_those_of_its_periods() -> None:
    bills = draft_bills(lease(), AUTUMN, policy())
    assert [bill.id for bill in bills] == ["L-1/2026-08-01", "L-1/2026-09-01", "L-1/2026-10-01", "L-1/2026-11-01"]
    assert list(bills) == [draft_bill(lease(), bill.cycle.period, policy()) for bill in bills]
    assert draft_bills(lease(), Period(date(2026, 1, 1), date(2026, 8, 1)), policy()) == ()


def test_each_bill_of_a_span_takes_off_its_own() -> None:
    issued = facts(*draft_bills(lease(), AUTUMN, policy()))
    assert facts(*draft_bills(lease(), AUTUMN, policy(), billed=reversed(issued))) == []


def test_a_period_after_the_move_out_is_credited_where_it_was_billed() -> None:
    issued = facts(*draft_bills(lease(), AUTUMN, policy()))
    left = lease(move_out=date(2026, 9, 15))
    bills = draft_bills(left, AUTUMN, policy(), billed=issued)
    assert [(bill.id, str(bill.total.amount)) for bill in bills] == [
        ("L-1/2026-08-01", "0.00"),
        ("L-1/2026-09-01", "-500.00"),
        ("L-1/2026-10-01", "-1000.00"),
        ("L-1/2026-11-01", "-1000.00"),
    ]
    assert len(draft_bills(left, AUTUMN, policy())) == 2


def test_what_was_billed_for_a_period_that_is_none_any_more_is_refused() -> None:
    """With cycles from the lease's start, another move-in makes other periods: it would be billed again in silence."""
    by = policy(cycle=monthly)
    issued = facts(*draft_bills(lease(), SEPTEMBER, by))
    moved = lease(move_in=date(2026, 8, 25))
    with pytest.raises(InvalidValue) as caught:
        draft_bills(moved, SEPTEMBER, by, billed=issued)
    assert str(caught.value) == (
        "lease L-1: billed L-1/2026-08-20/rent is of no billing period of it any more; "
        "credit it by itself, and leave it out"
    )
    other = attrs.evolve(issued[0], id="L-1/opening/rent")
    assert draft_bills(lease(), SEPTEMBER, by, billed=[other]) == draft_bills(lease(), SEPTEMBER, by)


def test_another_payer_is_billed_and_the_first_is_credited() -> None:
    first = draft_bill(lease(payer="ann"), SEPTEMBER, policy(taxes=GST))
    second = draft_bill(lease(payer="bob"), SEPTEMBER, policy(taxes=GST), billed=facts(first))
    assert [(fact.id, fact.payer, str(fact.amount.amount)) for fact in second.charges] == [
        ("L-1/2026-09-01/rent#2", "bob", "1000.00"),
        ("L-1/2026-09-01/rent/GST#2", "bob", "50.00"),
    ]
    assert second.charges[1].about == "L-1/2026-09-01/rent#2"
    assert [(fact.id, fact.payer, fact.designations[0].to) for fact in second.credits] == [
        ("L-1/2026-09-01/rent#3", "ann", "L-1/2026-09-01/rent"),
        ("L-1/2026-09-01/rent/GST#3", "ann", "L-1/2026-09-01/rent/GST"),
    ]
    issued = facts(first, second)
    assert facts(draft_bill(lease(payer="bob"), SEPTEMBER, policy(taxes=GST), billed=issued)) == []
    back = draft_bill(lease(payer="ann"), SEPTEMBER, policy(taxes=GST), billed=issued)
    assert [(fact.id, fact.payer) for fact in back.charges] == [
        ("L-1/2026-09-01/rent#4", "ann"),
        ("L-1/2026-09-01/rent/GST#4", "ann"),
    ]


def test_facts_of_a_line_with_a_gap_among_them_are_refused() -> None:
    (one,) = draft_bill(lease(), SEPTEMBER, policy()).charges
    for ids, found, missing in ((["#2"], "#2", ""), (["", "#3"], "#3", "#2"), (["", "#2", "#10"], "#10", "#9")):
        issued = [attrs.evolve(one, id=f"{one.id}{end}") for end in ids]
        with pytest.raises(Conflict) as caught:
            draft_bill(lease(), SEPTEMBER, policy(), billed=issued)
        assert str(caught.value) == (
            f"bill L-1/2026-09-01: billed {one.id}{found} without {one.id}{missing}; "
            "pass all that was issued for the period"
        )
    whole = [attrs.evolve(one, id=f"{one.id}{end}", amount=cad("100")) for end in ("", "#2", "#3")]
    assert [fact.id for fact in draft_bill(lease(), SEPTEMBER, policy(), billed=whole).charges] == [f"{one.id}#4"]


@pytest.mark.parametrize("end", ["#x", "#0", "#1", "#", "#2.5", "#02", f"#{9:0>9}", "#2" + "0" * 5000, "#\u0663"])
def test_an_id_that_no_bill_gives_is_refused(end: str) -> None:
    (one,) = draft_bill(lease(), SEPTEMBER, policy()).charges
    odd = attrs.evolve(one, id=f"{one.id}{end}")
    with pytest.raises(InvalidValue) as caught:
        draft_bill(lease(), SEPTEMBER, policy(), billed=[odd])
    assert str(caught.value) == (
        f"bill L-1/2026-09-01: billed {odd.id} has no id that a bill gives; pass the ids as they were issued"
    )


def test_what_was_billed_of_other_leases_is_left_alone() -> None:
    other = facts(*draft_bills(attrs.evolve(lease(), id="L-2"), AUTUMN, policy()))
    assert draft_bills(lease(), AUTUMN, policy(), billed=other) == draft_bills(lease(), AUTUMN, policy())


@pytest.mark.parametrize(
    ("given", "on", "due"),
    [
        ({"due": DueAfterInvoice(30)}, (2026, 11, 20), (2026, 12, 20)),
        ({"due": DueOnDay(15)}, (2026, 9, 16), (2026, 10, 15)),
        ({"due": 4}, (2026, 9, 20), (2026, 9, 20)),
        ({"due": 4}, (2026, 8, 20), (2026, 9, 5)),
        ({"business_days": BusinessDays("following")}, (2026, 9, 19), (2026, 9, 21)),
        ({"business_days": BusinessDays("preceding")}, (2026, 9, 19), (2026, 9, 21)),
        ({"due": 18, "business_days": BusinessDays("preceding")}, (2026, 9, 1), (2026, 9, 18)),
    ],
)
def test_a_bill_is_due_by_its_rule_from_the_day_it_is_made(
    given: dict[str, Any], on: tuple[int, int, int], due: tuple[int, int, int]
) -> None:
    """R32; and never before that day, nor on one on which nobody works."""
    bill = draft_bill(lease(), SEPTEMBER, policy(**given), on=date(*on))
    assert (bill.due, bill.charges[0].due, bill.charges[0].posted) == (date(*due), date(*due), date(*on))
    assert f"due {bill.due}" in str(bill)


def test_what_no_days_are_counted_of_costs_its_whole_period() -> None:
    """A price a month is that of three, in a quarter; not that of the months which are touched."""
    stay = lease(rent(), rent_of("flat", proratable=False), move_in=date(2026, 8, 20))
    quarter = period_at(quarterly(1), AUG_20)
    assert amounts(stay, policy(quarterly(1)), quarter) == {"rent": "1387.10", "flat": "3000.00"}
    assert amounts(stay, policy(quarterly(1), proration=proration.NONE), quarter) == {
        "rent": "3000.00",
        "flat": "3000.00",
    }


def rent_of(name: str, **given: Any) -> LeaseItem:
    return LeaseItem(name, cad("1000"), **given)


def test_a_percentage_of_what_no_days_are_counted_of_begins_with_a_period() -> None:
    """So that two halves of a month are not two months, and a free month is no dearer than the month."""
    rises = [Price(cad("1000")), Price(cad("1100"), since=date(2026, 9, 16))]
    for by, item in ((policy(proration=proration.NONE), rent(rises)), (policy(), rent(rises, proratable=False))):
        free = less(Percent(-100), since=date(2026, 9, 16), recurring=True)
        assert amounts(lease(item, adjustments=[free]), by) == {"rent": "1000.00"}
        assert amounts(lease(item, adjustments=[free]), by, period_at(monthly(1), OCT_1)) == {
            "rent": "1100.00",
            "off/rent": "-1100.00",
        }
        halves = [
            less(Percent(-10), recurring=True, until=date(2026, 9, 16)),
            attrs.evolve(less(Percent(-10), recurring=True, since=date(2026, 9, 16)), id="later"),
        ]
        assert amounts(lease(item, adjustments=halves), by) == {"rent": "1000.00", "off/rent": "-100.00"}


def test_a_recurring_amount_stops_where_its_item_does() -> None:
    stall = LeaseItem("stall", [Price(cad("60")), Price(cad("0"), since=date(2026, 9, 11))], category=Category.FEATURE)
    both = lease(rent(), stall, adjustments=[less(cad("-30"), recurring=True, item="stall")])
    assert amounts(both, policy()) == {"rent": "1000.00", "stall": "20.00", "off": "-10.00"}
    assert amounts(both, policy(), period_at(monthly(1), OCT_1)) == {"rent": "1000.00"}


def test_what_happens_after_the_last_billed_day_is_on_the_final_bill() -> None:
    clean = less(cad("150"), since=date(2026, 10, 3))
    left = lease(adjustments=[clean], move_out=OCT_1)
    assert amounts(left, policy(counts_move_out=False)) == {"rent": "1000.00", "off": "150.00"}
    assert amounts(left, policy(), period_at(monthly(1), OCT_1)) == {"rent": "32.26", "off": "150.00"}
    assert amounts(left, policy()) == {"rent": "1000.00"}


def test_a_deposit_for_a_day_after_the_end_is_not_asked_for() -> None:
    later = LeaseDeposit("pet", cad("200"), since=date(2026, 10, 5))
    assert amounts(lease(deposits=[later], move_out=date(2026, 9, 30)), policy()) == {"rent": "1000.00"}


@pytest.mark.parametrize("sign", [1, -1])
def test_an_adjustment_of_the_lease_is_taxed_by_its_own_code_both_ways(sign: int) -> None:
    change = less(cad("100") * sign, code="SUR")
    bill = draft_bill(lease(adjustments=[change]), SEPTEMBER, policy(taxes=GST))
    found = {bill.line_name(line): line.amount for line in bill.lines}
    assert (found["off"], found["off/GST"]) == (cad("100") * sign, cad("5") * sign)


def test_an_adjustment_that_begins_with_the_end_of_the_calendar_never_begins() -> None:
    never = less(cad("-5"), since=date.max, recurring=True)
    assert amounts(lease(adjustments=[never]), policy()) == {"rent": "1000.00"}


def test_a_credit_that_was_read_from_a_file_is_taken_back_as_what_it_was() -> None:
    """A file says of a credit neither its category nor its kind; its target does."""
    off = lease(adjustments=[less(cad("-100"), item="rent")])
    first = draft_bill(off, SEPTEMBER, policy(taxes=GST))
    read = [attrs.evolve(credit, category=Category.OTHER, code=None) for credit in first.credits]
    again = draft_bill(lease(), SEPTEMBER, policy(taxes=GST), billed=[*first.charges, *read])
    assert [(fact.id, fact.category, fact.code, fact.about) for fact in again.charges] == [
        ("L-1/2026-09-01/off#2", Category.ADJUSTMENT, None, None),
        ("L-1/2026-09-01/off/GST#2", Category.TAX, "GST", "L-1/2026-09-01/rent"),
    ]


def test_the_deposits_of_a_stay_within_one_period_open_with_its_only_bill() -> None:
    held = LeaseDeposit("deposit", cad("500"), held_since=date(2026, 1, 1))
    for given in ({}, {"move_out": date(2026, 8, 25)}):
        bills = draft_bills(lease(deposits=[held], **given), AUTUMN, policy())
        assert [len(bill.holdings) for bill in bills] == [1] + [0] * (len(bills) - 1)
    early = draft_bill(lease(deposits=[held]), Period(date(2026, 7, 1), date(2026, 8, 1)), policy())
    assert (early.holdings, early.kind.value) == ((), "first")


def test_a_deposit_does_not_pay_for_a_deposit_unless_it_is_told_to() -> None:
    asked = Charge("L-1/deposit", cad("1450"), due=AUG_20, category=Category.DEPOSIT)
    owed = Charge("R-11", cad("300"), due=AUG_20, category=Category.RENT)
    held = Holding("D-1", cad("1000"), AUG_20)
    settled = settle_deposit(held, [asked, owed], move_out=DEC_1, policy=DepositPolicy(refund_window_days=30))
    assert ([line.charge for line in settled.allocation.lines], settled.refund) == (["R-11"], cad("700"))


@attrs.frozen
class Zero:
    """A frequency of one's own that gives every day the same number."""

    per_year = 13
    in_months = None

    def start(self, number: int, /) -> date:
        return date.fromordinal(date(2026, 1, 5).toordinal() + 28 * number)

    def number(self, day: date, /) -> int:
        return 0


def test_a_frequency_that_numbers_days_wrongly_is_told() -> None:
    message = (
        "frequency Zero(): gives 2026-03-01 the number of 2026-01-05 up to 2026-02-02, which has not that day; "
        "start(number(day)) is the last start up to the day"
    )
    march = Period(date(2026, 3, 1), date(2026, 4, 1))
    for call in (
        lambda: period_at(Zero(), date(2026, 3, 1)),
        lambda: prorate(cad("1400"), march, by=proration.ACTUAL, cycle=Zero()),
    ):
        with pytest.raises(InvalidValue) as caught:
            call()
        assert str(caught.value) == message
        assert (caught.value.field, caught.value.value) == ("number", Zero())


@attrs.frozen
class FiscalYear:
    """Years of one's own, from 1 July on; each is made of months."""

    per_year = 1
    in_months = monthly(1)

    def start(self, number: int, /) -> date:
        return date(number, 7, 1)

    def number(self, day: date, /) -> int:
        return day.year - (day < date(day.year, 7, 1))


def test_years_of_ones_own_are_billed_month_by_month() -> None:
    """R24: for k months the amount over k is the monthly amount."""
    assert str(period_at(FiscalYear(), AUG_20)) == "2026-07-01 up to 2027-07-01"
    cost = prorate(cad("12000"), Period(AUG_20, OCT_1), by=proration.ACTUAL, cycle=FiscalYear())
    assert cost.formula == "1000.00 x 12/31 + 1000.00"
    assert (
        str(prorate(cad("12000"), Period(AUG_20, DEC_1), by=proration.NONE, cycle=FiscalYear()).amount)
        == "12000.00 CAD"
    )
