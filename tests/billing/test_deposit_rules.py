"""The rules of deposits (R46, R47): their worked examples to the cent, and what else each of them says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from account_facts import cad
from arledger import (
    Category,
    Charge,
    DepositPolicy,
    Holding,
    HoldingEntry,
    HoldingKind,
    Money,
    Percent,
    Rate,
    RateTable,
    deposit_interest,
    settle_deposit,
    top_up,
    where,
)

HALF_A_CENT = Fraction(1, 2)
MAY_16, NOV_1, NOV_16 = date(2026, 5, 16), date(2026, 11, 1), date(2026, 11, 16)
RESMAN = Holding("D-1", Money("2400", "USD"), date(2026, 1, 1))
RATES = RateTable([Rate(Percent("0.11")), Rate(Percent("0.09"), since=date(2026, 3, 28))])
HELD = Holding("D-1", cad("1500"), MAY_16)
POLICY = DepositPolicy(
    rates=Percent(2), refund_window_days=30, covers=where.category(Category.RENT) | where.code("DAMAGE")
)
CHARGES = (
    Charge("rent", cad("720"), due=NOV_1, category=Category.RENT),
    Charge("damage", cad("300"), due=NOV_16, category=Category.OTHER, code="DAMAGE"),
    Charge("nsf", cad("25"), due=date(2026, 9, 3), category=Category.NSF_FEE),
)


def test_R46_interest_by_rate_segment() -> None:
    """R46, ResMan: 2400, 86 days at 0.11% and 304 at 0.09%: 0.62 + 1.80 = 2.42."""
    interest = deposit_interest(RESMAN, date(2027, 1, 26), DepositPolicy(rates=RATES, refund_window_days=30))
    assert [(segment.period.days, str(segment.percent), str(segment.amount)) for segment in interest.segments] == [
        (86, "0.11%", "0.62 USD"),
        (304, "0.09%", "1.80 USD"),
    ]
    assert interest.amount == Money("2.42", "USD")
    assert str(interest) == (
        "from        up to          held  a year  counted       interest\n"
        "----------  ----------  -------  ------  ------------  --------\n"
        "2026-01-01  2026-03-28  2400.00   0.11%  86/365 days       0.62\n"
        "2026-03-28  2027-01-26  2400.00   0.09%  304/365 days      1.80\n"
        "total                                                      2.42"
    )


def test_R46_each_segment_is_rounded_by_itself() -> None:
    """R46: by rate segment, each rounded. Twice half a cent is two cents; rounded once, it would be one."""
    held = Holding("D-1", cad("3.65"), date(2026, 1, 1))
    rates = [Rate(Percent(1)), Rate(Percent(2), since=date(2026, 2, 20))]
    interest = deposit_interest(held, date(2026, 3, 17), DepositPolicy(rates=RateTable(rates), refund_window_days=30))
    assert [(segment.period.days, segment.exact, segment.amount.minor) for segment in interest.segments] == [
        (50, HALF_A_CENT, 1),
        (25, HALF_A_CENT, 1),
    ]
    assert interest.amount == cad("0.02")


def test_R46_interest_is_simple() -> None:
    """R46: a yearly rate, simple: the second year earns what the first did, also once the first was added."""
    policy = DepositPolicy(rates=Percent(10), refund_window_days=30)
    held = Holding("D-1", cad("1000"), date(2025, 1, 1))
    assert deposit_interest(held, date(2026, 1, 1), policy).amount == cad("100")
    assert deposit_interest(held, date(2027, 1, 1), policy).amount == cad("200")
    added = HoldingEntry(HoldingKind.INTEREST, cad("100"), date(2026, 1, 1))
    again = Holding("D-1", cad("1000"), date(2025, 1, 1), entries=[added])
    assert deposit_interest(again, date(2027, 1, 1), policy).amount == cad("100")


def test_R47_a_deposit_at_the_end_of_a_lease() -> None:
    """R47: 1500 held from 16 May to 16 November at 2%; it may cover rent 720 and damage 300, not NSF 25.

    Interest 15.12, applied 1020, refund 495.12 by 16 December, NSF 25 open.
    """
    settlement = settle_deposit(HELD, CHARGES, move_out=NOV_16, policy=POLICY)
    (segment,) = settlement.interest.segments
    assert (segment.period.days, segment.counted) == (184, "184/365 days")
    assert settlement.interest.amount == cad("15.12")
    assert settlement.applied == cad("1020")
    assert (settlement.refund, settlement.refund_by) == (cad("495.12"), date(2026, 12, 16))
    assert settlement.allocation.open == {"nsf": cad("25"), "rent": cad("0"), "damage": cad("0")}
    assert str(settlement) == (
        "deposit D-1               CAD\n"
        "--------------------  -------\n"
        "held                  1500.00\n"
        "interest                15.12\n"
        "less rent             -720.00\n"
        "less damage           -300.00\n"
        "refund by 2026-12-16   495.12"
    )


def test_R47_it_is_released_as_money_restricted_to_what_it_may_cover() -> None:
    """R47: the payment is an ordinary one of the account, which no order applies to anything else."""
    payment = settle_deposit(HELD, CHARGES, move_out=NOV_16, policy=POLICY).payment
    assert (payment.id, payment.amount, payment.received) == ("D-1/released@2026-11-16", cad("1515.12"), NOV_16)
    assert (payment.restriction, payment.designations, payment.fund) == (POLICY.covers, (), "operating")


def test_R47_a_holding_is_what_was_paid_topped_up_and_earned_less_what_was_released() -> None:
    """R47: held = paid + top-ups + interest - released."""
    entries = [
        HoldingEntry(HoldingKind.TOP_UP, cad("37.50"), date(2026, 6, 1)),
        HoldingEntry(HoldingKind.INTEREST, cad("12.10"), date(2026, 7, 1)),
        HoldingEntry(HoldingKind.RELEASED, cad("500"), date(2026, 8, 1)),
    ]
    held = Holding("D-1", cad("1500"), MAY_16, entries=entries)
    assert held.on(NOV_16) == cad("1500") + cad("37.50") + cad("12.10") - cad("500")


def test_R47_a_deposit_rises_by_the_percent_of_the_rent() -> None:
    """R47: it may be topped up by the rent's percent: 1000 to 1025 is 2.5%, and of 1500 that is 37.50."""
    charge = top_up(HELD, cad("1000"), cad("1025"), due=date(2027, 5, 1))
    assert charge is not None
    assert (charge.amount, charge.category) == (cad("37.50"), Category.DEPOSIT)
