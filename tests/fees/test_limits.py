"""How much at most, how little at least, and how it is rounded (R33, R37)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from account_facts import cad
from arledger import (
    BALANCE_EACH_PERIOD,
    DOWN,
    EACH_CHARGE_ONCE,
    HALF_EVEN,
    HALF_UP,
    UP,
    CashStep,
    Charge,
    Credit,
    CreditKind,
    Designation,
    Entry,
    FeeAmount,
    FreeDays,
    LateFeeRule,
    Ledger,
    Limit,
    Money,
    Percent,
    Reversal,
    Rounding,
    fee,
    monthly,
    standard_late_fee,
    weekly,
)
from fees.facts import (
    FEB_1,
    FIVE_PERCENT,
    JAN_1,
    MAR_1,
    assessed,
    feb,
    flat,
    jan,
    late_fee,
    nights,
    pay,
    proposed,
    reasons,
    rent,
    rule_of,
    sums,
)

A_DAY = fee.each_day(flat("10"))
FIFTY = flat("50")


@pytest.mark.parametrize("per", ["charge", "period", "ever"])
def test_R37_a_limit_is_reached_to_the_cent(per: str) -> None:
    """10 a day, at most 45: the fifth day brings 5, and no further day brings anything."""
    rule = rule_of(A_DAY, limits=Limit(flat("45"), per=per))  # type: ignore[arg-type]
    expected = {jan(6): "10.00", jan(7): "10.00", jan(8): "10.00", jan(9): "10.00", jan(10): "5.00"}
    assert nights(rule, [rent()], JAN_1, jan(31))[1] == expected
    found = assessed(rule, [rent(), late_fee("F-1", "45", jan(10))], jan(12))
    assert reasons(found) == {"R-01": "charged before" if per == "period" else "the limit is reached"}
    assert (found.items[0].limits[0].charged, found.items[0].limits[0].left) == (cad("45"), cad("0"))


def test_R37_the_scopes_of_a_limit() -> None:
    """Two rents of one month, and one of the next, each 40 for being late; at most 50."""
    rents = [rent(), rent("R-02", due=jan(10)), rent("R-03", due=FEB_1)]
    for per, expected in (
        ("charge", {jan(6): "40.00", jan(15): "40.00", feb(6): "40.00"}),
        ("period", {jan(6): "40.00", jan(15): "10.00", feb(6): "40.00"}),
        ("ever", {jan(6): "40.00", jan(15): "10.00"}),
    ):
        rule = rule_of(flat("40"), limits=Limit(FIFTY, per=per))  # type: ignore[arg-type]
        assert nights(rule, rents, JAN_1, jan(31))[1] == {day: fee for day, fee in expected.items() if day < FEB_1}
        assert nights(rule, rents[::2], JAN_1, feb(28))[1] == {
            day: fee if per != "ever" or day < FEB_1 else "10.00"
            for day, fee in {jan(6): "40.00", feb(6): "40.00"}.items()
        }


def test_R37_each_payer_has_a_limit_of_its_own() -> None:
    rents = [rent(), rent("R-02", due=jan(2), payer="ann"), rent("R-03", due=jan(3))]
    for per in ("period", "ever"):
        rule = rule_of(flat("40"), limits=Limit(FIFTY, per=per))
        assert proposed(assessed(rule, rents, jan(20), payers=["ann"])) == {
            "R-01": "40.00",
            "R-02": "40.00",
            "R-03": "10.00",
        }


@pytest.mark.parametrize("amount", [flat("60"), FIVE_PERCENT, fee.lesser_of(flat("60"), FIVE_PERCENT)])
def test_R37_what_passed_the_limit_of_a_month_is_not_made_up_for_in_the_next(amount: FeeAmount) -> None:
    """60, at most 50 a month: 50 in January, and never 10 more, be it assessed each night or seldom."""
    rule = rule_of(amount, limits=Limit(FIFTY, per="period"))
    assert nights(rule, [rent(amount="1200")], JAN_1, date(2026, 3, 31))[1] == {jan(6): "50.00"}
    for first in (FEB_1, MAR_1):
        assert sums(rule, [rent(amount="1200")], [first, date(2026, 4, 1)]) == ["50.00", "50.00"]


def test_R37_what_grows_is_limited_month_by_month() -> None:
    """10 a day, at most 50 a month; and a limit of 120 in all beside it."""
    rule = rule_of(A_DAY, limits=[Limit(FIFTY, per="period"), Limit(flat("120"), per="ever")])
    _, nightly = nights(rule, [rent()], JAN_1, date(2026, 4, 30))
    assert list(nightly) == [
        *(jan(day) for day in range(6, 11)),
        *(feb(day) for day in range(1, 6)),
        MAR_1,
        date(2026, 3, 2),
    ]
    assert set(nightly.values()) == {"10.00"}


def test_R37_what_fell_since_is_charged_for_again_only_beyond_what_it_had_reached() -> None:
    """1 a day and 10%, at most 50 a month: 126 by the end of January, 64 of February with 900 paid, 95 of March."""
    rule = rule_of(fee.each_day(flat("1")) + fee.percent(10, of=fee.OWED), limits=Limit(FIFTY, per="period"))
    entries: list[Entry] = [rent(), pay("P-1", "900", FEB_1)]
    assert sums(rule, entries, [jan(31), feb(28), date(2026, 3, 31)]) == ["50.00", "50.00", "50.00"]


def test_R37_a_period_of_ones_choice() -> None:
    """At most 20 a week, from each Monday on; the 6th is a Tuesday."""
    rule = rule_of(A_DAY, limits=Limit(flat("20"), per="period"), period=weekly(jan(5)))
    assert list(nights(rule, [rent()], JAN_1, jan(20))[1]) == [jan(6), jan(7), jan(12), jan(13), jan(19), jan(20)]


def test_R37_waived_fees_count_toward_a_limit_and_reversed_ones_do_not() -> None:
    rule = rule_of(flat("40"), limits=Limit(FIFTY, per="period"))
    charged = late_fee("F-1", "40", jan(6))
    waived = Credit("W-1", cad("40"), granted=jan(7), kind=CreditKind.WAIVER, designations=[Designation("F-1")])
    entries: list[Entry] = [rent(), rent("R-02", due=jan(10)), charged]
    assert proposed(assessed(rule, [*entries, waived], jan(15))) == {"R-02": "10.00"}
    assert proposed(assessed(rule, [*entries, Reversal("X-1", "F-1", on=jan(7))], jan(15))) == {
        "R-01": "40.00",
        "R-02": "10.00",
    }


def test_R37_a_fee_counts_in_the_period_in_which_it_was_posted() -> None:
    """January is closed, so that its fee is one of February; the next in February has what is left."""
    rule = rule_of(flat("40"), limits=Limit(FIFTY, per="period"))
    charged = late_fee("F-1", "40", jan(6), posted=FEB_1)
    assert proposed(assessed(rule, [rent(), rent("R-02", due=jan(10)), charged], feb(3))) == {"R-02": "10.00"}
    assert proposed(assessed(rule, [rent(), rent("R-02", due=jan(10)), charged], MAR_1)) == {"R-02": "40.00"}


def test_R37_a_limit_may_be_a_part_of_the_rent_or_of_the_charge_in_whole_minor_units() -> None:
    """A third of 1.00 is 0.33."""
    third = fee.percent(Fraction(100, 3), of=fee.RENT)
    rule = rule_of(flat("5"), limits=Limit(third, per="charge"), rounding=UP)
    assert proposed(assessed(rule, [rent()], jan(6), rent=cad("1"))) == {"R-01": "0.33"}
    of_charge = rule_of(flat("50"), limits=Limit(fee.percent(4, of=fee.CHARGE), per="charge"))
    assert proposed(assessed(of_charge, [rent()], jan(6))) == {"R-01": "40.00"}


def test_R37_the_least_of_several_limits_holds() -> None:
    limits = [Limit(flat("40"), per="charge"), Limit(flat("30"), per="period"), Limit(flat("20"), per="ever")]
    for left in (limits, limits[::-1]):
        found = assessed(rule_of(FIFTY, limits=left), [rent()], jan(6))
        assert proposed(found) == {"R-01": "20.00"}
        assert {limit.left for limit in found.items[0].limits} == {cad("40"), cad("30"), cad("20")}


def test_R37_a_least_balance_is_of_all_that_is_past_due() -> None:
    """60 and 60 are past due: both are charged for, also when one was charged for already; 99 is too little."""
    rule = rule_of(FIVE_PERCENT, least=cad("100"))
    rents = [rent(amount="60"), rent("R-02", "60", due=jan(10))]
    assert nights(rule, rents, JAN_1, jan(31))[1] == {jan(11): "3.00", jan(15): "3.00"}
    found = assessed(rule, [rent(amount="60"), rent("R-02", "60", payer="ann")], jan(20), payers=["ann"])
    assert reasons(found) == dict.fromkeys(("R-01", "R-02"), "60.00 CAD is past due, less than 100.00 CAD")


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        (HALF_UP, "0.13"),
        (HALF_EVEN, "0.12"),
        (UP, "0.13"),
        (DOWN, "0.12"),
        (CashStep(cad("0.05")), "0.15"),
        (lambda numerator, denominator: 7, "0.07"),
    ],
)
def test_R38_an_amount_is_rounded_once_at_its_end(rounding: Rounding, expected: str) -> None:
    """5% of 2.50 is 12.5 cents."""
    rule = rule_of(FIVE_PERCENT, rounding=rounding)
    assert proposed(assessed(rule, [rent(amount="2.50")], jan(6))) == {"R-01": expected}


def test_R38_what_grows_is_rounded_as_a_whole_and_not_each_night() -> None:
    """A third of a cent a day: a cent on the second day, and on each third one after it."""
    rule = rule_of(fee.each_day(fee.percent(Fraction(1, 3), of=fee.OWED)))
    _, nightly = nights(rule, [rent(amount="1")], JAN_1, jan(14))
    assert nightly == {jan(7): "0.01", jan(10): "0.01", jan(13): "0.01"}
    cash = rule_of(fee.each_day(flat("0.02")), rounding=CashStep(cad("0.05")))
    assert nights(cash, [rent()], JAN_1, jan(12))[1] == {jan(7): "0.05", jan(9): "0.05", jan(12): "0.05"}


def test_what_comes_to_less_than_half_a_unit_is_nothing() -> None:
    found = assessed(rule_of(fee.percent("0.4", of=fee.OWED)), [rent(amount="1")], jan(6))
    assert (found.charges, reasons(found)) == ((), {"R-01": "it comes to 0"})


@pytest.mark.parametrize(("currency", "expected"), [("JPY", "5 JPY"), ("KWD", "0.005 KWD"), ("CLF", "0.0005 CLF")])
def test_R38_a_currency_has_its_own_minor_unit(currency: str, expected: str) -> None:
    """5% of 90 minor units is 4.5 of them."""
    owed = Charge("R-01", Money.from_minor(90, currency), due=JAN_1)
    found = assessed(rule_of(FIVE_PERCENT), Ledger(currency, [owed]), jan(6))
    assert [str(charge.amount) for charge in found.charges] == [expected]


class TestTheVendorsSettings:
    """R33: base fee type and base fee, max total fee type and max total fee."""

    @pytest.mark.parametrize(
        ("rule", "composed"),
        [
            (
                standard_late_fee("percent_owed_total", Percent(5), grace=FreeDays(4)),
                rule_of(FIVE_PERCENT),
            ),
            (
                standard_late_fee(
                    "percent_monthly_rent",
                    Percent(5),
                    max_total_fee_type="flat_amount",
                    max_total_fee=cad("80"),
                    grace=FreeDays(4),
                    code="LF",
                ),
                rule_of(fee.percent(5, of=fee.RENT), limits=Limit(flat("80"), per="period"), code="LF"),
            ),
            (
                standard_late_fee(
                    "flat_amount",
                    cad("50"),
                    max_total_fee_type="percent_monthly_rent",
                    max_total_fee=Percent(8),
                    grace=FreeDays(4),
                    occurs=BALANCE_EACH_PERIOD,
                ),
                rule_of(FIFTY, limits=Limit(fee.percent(8, of=fee.RENT), per="period"), occurs=BALANCE_EACH_PERIOD),
            ),
        ],
    )
    def test_R33_they_are_a_rule_as_any_other(self, rule: LateFeeRule, composed: LateFeeRule) -> None:
        assert rule == composed
        assert (rule.occurs is EACH_CHARGE_ONCE) == (composed.occurs is EACH_CHARGE_ONCE)
        assert rule.period == monthly(1)

    @pytest.mark.parametrize(
        ("charged", "expected"), [("0", "50.00"), ("20", "50.00"), ("35", "45.00"), ("80", None), ("95", None)]
    )
    def test_R33_the_base_within_what_the_limit_leaves(self, charged: str, expected: str | None) -> None:
        """max(0, min(base, limit - already charged)): base 50, limit 80, for another charge of the month."""
        rule = standard_late_fee(
            "percent_monthly_rent",
            Percent(5),
            max_total_fee_type="percent_monthly_rent",
            max_total_fee=Percent(8),
            grace=FreeDays(4),
        )
        entries: list[Entry] = [rent()]
        if charged != "0":
            entries.append(late_fee("F-1", charged, jan(2), about="R-00"))
        found = assessed(rule, entries, jan(6), rent=cad("1000"))
        assert proposed(found) == ({} if expected is None else {"R-01": expected})
