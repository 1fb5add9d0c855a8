"""How often a fee is charged, for what together, and about which of it (R35, R37)."""

from __future__ import annotations

from datetime import date

import pytest

from account_facts import cad
from arledger import (
    BALANCE_EACH_PERIOD,
    EACH_CHARGE_APART,
    EACH_CHARGE_ONCE,
    EACH_INVOICE_ONCE,
    Category,
    Charge,
    Entry,
    FirstFeeAfter,
    FreeDays,
    Ledger,
    Limit,
    Occurrence,
    fee,
    quarterly,
    record,
    where,
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
)

FIFTY = flat("50")


def charge(name: str, amount: str, due: date = JAN_1, category: Category = Category.UTILITY, **given: object) -> Charge:
    return Charge(name, cad(amount), due=due, category=category, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("occurs", "expected"),
    [
        (EACH_CHARGE_ONCE, {"R-01": "50.00", "U-03": "50.00"}),
        (EACH_CHARGE_APART, {"R-01": "50.00", "U-01": "50.00", "U-02": "50.00", "U-03": "50.00"}),
        (EACH_INVOICE_ONCE, {"R-01": "50.00", "U-02": "50.00"}),
        (BALANCE_EACH_PERIOD, {"R-01": "50.00"}),
    ],
)
def test_R37_what_is_assessed_together(occurs: Occurrence, expected: dict[str, str]) -> None:
    """Three due on one day, one of them on an invoice with the fourth, which is due a day later."""
    entries = [
        charge("U-01", "10", invoice="I-1"),
        rent(invoice="I-1"),
        charge("U-02", "20"),
        charge("U-03", "30", jan(2), invoice="I-1"),
    ]
    assert proposed(assessed(rule_of(FIFTY, occurs=occurs), entries, jan(10))) == expected


@pytest.mark.parametrize("occurs", [EACH_CHARGE_ONCE, EACH_CHARGE_APART, EACH_INVOICE_ONCE])
def test_R35_each_charge_is_assessed_once_however_long_it_is_owed(occurs: Occurrence) -> None:
    rents = [rent(), rent("R-02", due=FEB_1)]
    assert nights(rule_of(FIVE_PERCENT, occurs=occurs), rents, JAN_1, date(2026, 4, 30))[1] == {
        jan(6): "50.00",
        feb(6): "50.00",
    }


def test_R35_the_whole_balance_is_assessed_in_each_period_be_it_assessed_before_or_not() -> None:
    """5% of 1000 in January, of 2000 in February once its rent is out of grace too, and of 2000 in March."""
    rule = rule_of(FIVE_PERCENT, occurs=BALANCE_EACH_PERIOD)
    rents = [rent(), rent("R-02", due=FEB_1)]
    assert nights(rule, rents, JAN_1, date(2026, 3, 31))[1] == {
        jan(6): "50.00",
        FEB_1: "50.00",
        feb(6): "50.00",
        MAR_1: "100.00",
    }


def test_R35_the_balance_of_a_period_that_one_chooses() -> None:
    rule = rule_of(FIFTY, occurs=BALANCE_EACH_PERIOD, period=quarterly(1))
    assert list(nights(rule, [rent()], JAN_1, date(2026, 7, 31))[1]) == [jan(6), date(2026, 4, 1), date(2026, 7, 1)]


def test_R35_a_balance_within_its_limit() -> None:
    rule = rule_of(FIVE_PERCENT, occurs=BALANCE_EACH_PERIOD, limits=Limit(flat("30"), per="period"))
    assert nights(rule, [rent()], JAN_1, MAR_1)[1] == {jan(6): "30.00", FEB_1: "30.00", MAR_1: "30.00"}
    rule = rule_of(FIVE_PERCENT, occurs=BALANCE_EACH_PERIOD, limits=Limit(flat("80"), per="ever"))
    assert nights(rule, [rent()], JAN_1, MAR_1)[1] == {jan(6): "50.00", FEB_1: "30.00"}


def test_R35_the_balance_is_that_of_each_payer() -> None:
    rule = rule_of(FIVE_PERCENT, occurs=BALANCE_EACH_PERIOD)
    entries = [rent(), rent("R-02", "600", payer="ann"), rent("R-03", "200", jan(2), payer="ann")]
    assert proposed(assessed(rule, entries, jan(10), payers=["ann"])) == {"R-01": "50.00", "R-02": "40.00"}


def test_R36_what_is_still_within_its_grace_is_no_part_of_the_balance() -> None:
    rule = rule_of(FIVE_PERCENT, occurs=BALANCE_EACH_PERIOD)
    entries = [rent(), charge("U-01", "100", jan(5))]
    for on, charges in ((jan(9), ("R-01",)), (jan(10), ("R-01", "U-01"))):
        (item,) = assessed(rule, entries, on).items
        assert (item.charges, item.first_day) == (charges, jan(6))


@pytest.mark.parametrize(
    ("entries", "chief"),
    [
        ([charge("U-01", "2000"), rent(amount="10")], "R-01"),
        ([rent("R-01", "10"), rent("R-02", "20")], "R-02"),
        ([charge("U-01", "10"), charge("U-02", "20"), charge("U-03", "20")], "U-02"),
        ([charge("U-01", "10", sequence=2), charge("U-02", "10", sequence=1)], "U-02"),
        ([charge("U-01", "10"), charge("U-02", "10", posted=date(2025, 12, 1))], "U-02"),
        ([charge("T-1", "90", category=Category.TAX, about="U-01"), charge("U-01", "10")], "U-01"),
        ([charge("T-1", "90", category=Category.TAX), charge("U-01", "10")], "T-1"),
    ],
    ids=["rent", "the greater rent", "the greatest", "by sequence", "posted first", "no tax of another", "a lone tax"],
)
def test_R35_a_fee_is_about_the_chief_of_the_charges(entries: list[Entry], chief: str) -> None:
    for given in (entries, entries[::-1]):
        assert list(proposed(assessed(rule_of(FIFTY), given, jan(6)))) == [chief]


def test_R37_a_tax_goes_with_what_it_is_on_whatever_day_it_is_due() -> None:
    """Due on the 3rd, and yet of one item with the rent of the 1st, not with the utility of the 3rd."""
    tax = charge("T-1", "50", jan(3), Category.TAX, about="R-01")
    found = assessed(rule_of(FIVE_PERCENT), [rent(), tax, charge("U-01", "100", jan(3))], jan(10))
    assert proposed(found) == {"R-01": "52.50", "U-01": "5.00"}


def test_R35_a_fee_about_any_of_them_counts_for_all() -> None:
    entries = [rent(), charge("U-01", "100")]
    for about in ("R-01", "U-01"):
        assert proposed(assessed(rule_of(FIFTY), [*entries, late_fee("F-1", "50", jan(6), about)], jan(10))) == {}
    apart = rule_of(FIFTY, occurs=EACH_CHARGE_APART)
    assert proposed(assessed(apart, [*entries, late_fee("F-1", "50", jan(6), "U-01")], jan(10))) == {"R-01": "50.00"}


def test_R35_a_charge_that_is_posted_late_joins_those_of_its_day() -> None:
    """The rent was charged 5%; a utility of the same due date is found on the 20th, and adds its own 5%."""
    ledger = record(Ledger("CAD", [rent()]), assessed(rule_of(FIVE_PERCENT), [rent()], jan(6)).charges)
    ledger = record(ledger, charge("U-01", "100", posted=jan(20)))
    assert proposed(assessed(rule_of(FIVE_PERCENT), ledger, jan(20))) == {"R-01": "5.00"}
    assert proposed(assessed(rule_of(FIFTY, code="X"), ledger, jan(20))) == {"R-01": "50.00"}


def test_R37_an_invoice_is_late_from_the_first_of_its_due_dates_on() -> None:
    rule = rule_of(FIVE_PERCENT, occurs=EACH_INVOICE_ONCE, grace=FirstFeeAfter(10))
    entries = [rent(invoice="I-1"), charge("U-01", "100", jan(8), invoice="I-1"), charge("U-02", "100", jan(20))]
    (item,) = assessed(rule, entries, jan(10)).items
    assert (item.due, item.first_day, item.days_late, item.charges) == (JAN_1, jan(11), 9, ("R-01", "U-01"))
    assert nights(rule, entries, JAN_1, jan(31))[1] == {jan(11): "55.00", jan(30): "5.00"}


def test_R37_each_charge_of_an_invoice_counts_from_its_own_due_date() -> None:
    """1% a day: 10 for each of 2 to 11 January; and 1 for each day from the 8th on."""
    rule = rule_of(fee.each_day(fee.percent(1, of=fee.OWED)), occurs=EACH_INVOICE_ONCE, grace=FreeDays(0), code="DAILY")
    entries = [rent(invoice="I-1"), charge("U-01", "100", jan(8), invoice="I-1")]
    _, nightly = nights(rule, entries, JAN_1, jan(11))
    assert nightly == {
        **{jan(day): "10.00" for day in range(2, 9)},
        jan(9): "12.00",
        jan(10): "11.00",
        jan(11): "11.00",
    }


def test_R35_all_past_due_counts_what_was_charged_for_before() -> None:
    """5% of all that is past due, of each charge once: 50 for January, and 100 for February."""
    rule = rule_of(fee.percent(5, of=fee.PAST_DUE), eligible=where.rent)
    rents = [rent(), rent("R-02", due=FEB_1), rent("R-03", "400", due=FEB_1, payer="ann")]
    _, nightly = nights(rule, rents[:1], JAN_1, feb(28))
    assert nightly == {jan(6): "50.00"}
    found = assessed(rule, [*rents, late_fee("F-1", "100", jan(6))], feb(6), payers=["ann"])
    assert proposed(found) == {"R-02": "100.00", "R-03": "20.00"}


def test_R35_what_is_paid_is_passed_over_and_what_is_in_its_grace_says_so() -> None:
    entries = [rent(), pay("P-1", "1000", jan(2)), rent("R-02", due=jan(5))]
    found = assessed(rule_of(FIFTY), entries, jan(9))
    assert (found.charges, reasons(found)) == ((), {"R-02": "no fee before 2026-01-10"})
    assert found.total == cad("0")


def test_R35_a_balance_is_assessed_once_for_a_period_also_when_its_books_are_closed() -> None:
    """The run of 31 January posts on 1 February, and is one of January all the same."""
    rule = rule_of(FIVE_PERCENT, occurs=BALANCE_EACH_PERIOD)
    ledger = Ledger("CAD", [rent()])
    found = {}
    for on, closed in ((jan(6), None), (jan(31), jan(31)), (FEB_1, jan(31)), (feb(28), feb(28)), (MAR_1, feb(28))):
        ledger = Ledger("CAD", ledger.entries, closed_through=closed)
        charges = assessed(rule, ledger, on).charges
        ledger = record(ledger, charges)
        found[on] = [str(charge.amount.amount) for charge in charges]
    assert found == {jan(6): ["50.00"], jan(31): [], FEB_1: ["50.00"], feb(28): [], MAR_1: ["50.00"]}


def test_R35_what_was_paid_is_no_part_of_a_balance() -> None:
    entries = [rent("R-12", due=date(2025, 12, 1)), pay("P-12", "1000", date(2025, 12, 1)), rent()]
    (item,) = assessed(rule_of(fee.percent(5, of=fee.CHARGE), occurs=BALANCE_EACH_PERIOD), entries, jan(10)).items
    assert (item.charges, item.due, item.days_late, item.proposed) == (("R-01",), JAN_1, 9, cad("50"))


def test_R37_a_charge_of_an_invoice_that_falls_due_in_the_grace_bears_interest_from_then_on() -> None:
    """36.5% a year of 1000 for 20 days is 20.00; of 10000, due on the 5th, for 16 days 160.00."""
    rule = rule_of(fee.a_year("36.5"), occurs=EACH_INVOICE_ONCE, category=Category.INTEREST, grace=FreeDays(9))
    entries = [rent(invoice="I-1"), charge("U-01", "10000", jan(5), invoice="I-1")]
    assert proposed(assessed(rule, entries, jan(21))) == {"R-01": "180.00"}
