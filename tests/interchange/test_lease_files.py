"""Leases and policies from TOML: every setting of the files, and what it becomes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from arledger import (
    HALF_EVEN,
    LAST,
    UP,
    AdjustmentPolicy,
    BillingPolicy,
    BillingType,
    BusinessDays,
    Category,
    CreditKind,
    DueAfterInvoice,
    DueAfterStart,
    DueOnDay,
    InvalidType,
    Lease,
    LeaseAdjustment,
    LeaseDeposit,
    LeaseItem,
    Money,
    Percent,
    Price,
    Rate,
    Tax,
    TaxPolicy,
    every_two_weeks,
    half_yearly,
    monthly,
    proration,
    quarterly,
    read_billing_policy,
    read_lease,
    twice_a_month,
    weekly,
    yearly,
)

EXAMPLES = Path(__file__).parents[2] / "examples" / "lease"

LEASE = """
id = "L-1"
currency = "CAD"
move_in = 2026-08-20
move_out = 2027-08-19
payer = "ann"
billing_type = "monthly"

[[items]]
id = "rent"
code = "RENT"
prices = [{ amount = 1000.10 }, { amount = "1100", since = 2026-09-16 }]

[[items]]
id = "meals"
category = "Other"
code = "MEAL"
price = 12
per = "Day"
proratable = false
payer = "bob"

[[adjustments]]
id = "loyal"
change = "-10%"
code = "DISC"
since = 2026-09-01
until = 2027-01-01
recurring = true
proratable = false
item = "rent"
kind = "concession"
payer = "ann"

[[adjustments]]
id = "key"
change = 25.00
code = "KEY"
since = 2026-09-01

[[deposits]]
id = "deposit"
amount = 1000
code = "DEP"
payer = "ann"
since = 2026-08-20

[[deposits]]
id = "pet"
amount = 200
held_since = 2025-01-01
"""


def cad(amount: str) -> Money:
    return Money(amount, "CAD")


def test_every_setting_of_a_lease() -> None:
    day = date(2026, 9, 1)
    assert read_lease(LEASE) == Lease(
        "L-1",
        move_in=date(2026, 8, 20),
        move_out=date(2027, 8, 19),
        payer="ann",
        billing_type="monthly",
        items=[
            LeaseItem("rent", [Price(cad("1000.10")), Price(cad("1100"), since=date(2026, 9, 16))], code="RENT"),
            LeaseItem(
                "meals",
                cad("12"),
                category=Category.OTHER,
                code="MEAL",
                per="day",
                proratable=False,
                payer="bob",
            ),
        ],
        adjustments=[
            LeaseAdjustment(
                "loyal",
                Percent(-10),
                code="DISC",
                since=day,
                until=date(2027, 1, 1),
                recurring=True,
                proratable=False,
                item="rent",
                kind=CreditKind.CONCESSION,
                payer="ann",
            ),
            LeaseAdjustment("key", cad("25"), code="KEY", since=day),
        ],
        deposits=[
            LeaseDeposit("deposit", cad("1000"), code="DEP", payer="ann", since=date(2026, 8, 20)),
            LeaseDeposit("pet", cad("200"), held_since=date(2025, 1, 1)),
        ],
    )


def test_a_single_table_is_a_list_of_one() -> None:
    text = 'id = "L"\ncurrency = "JPY"\nmove_in = 2026-01-01\n[items]\nid = "rent"\nprice = 90000\n'
    assert read_lease(text).items == (LeaseItem("rent", Money(90000, "JPY")),)


POLICY = """
proration = "30 days month"
rounding = "half even"
daily_rate = "up"
rounding_offset_days = 5
confirmation = "manual"
counts_move_out = false
adjustment_codes = ["DISC", "KEY"]
tax_rounding = "up"

[[types]]
name = "monthly"
period = "monthly"
start = "last"
due_offset_days = 2
bill_offset_days = 10
autopay_offset_days = -3
business_days = { convention = "modified following", holidays = [2026-12-25], weekend = ["Friday", "saturday"] }

[[types]]
name = "quarterly"
period = "quarterly"
start = 15
month = 2
due_on_day = 20

[[taxes]]
code = "GST"
codes = ["RENT"]
rates = [{ percent = 5, until = 2026-07-01 }, { percent = 6.5, since = 2026-07-01 }]

[[taxes]]
code = "QST"
codes = ["RENT"]
percent = "9.975%"
on_top_of = ["GST"]
"""


def test_every_setting_of_a_policy() -> None:
    july = date(2026, 7, 1)
    closed = BusinessDays("modified_following", holidays=[date(2026, 12, 25)], weekend=[4, 5])
    assert read_billing_policy(POLICY) == BillingPolicy(
        types=[
            BillingType(
                "monthly", monthly(LAST), due=2, bill_offset_days=10, autopay_offset_days=-3, business_days=closed
            ),
            BillingType("quarterly", quarterly(15, month=2), due=DueOnDay(20)),
        ],
        proration=proration.THIRTY_DAYS_MONTH,
        rounding=HALF_EVEN,
        daily_rate=UP,
        rounding_offset_days=5,
        confirmation="manual",
        counts_move_out=False,
        adjustments=AdjustmentPolicy(["DISC", "KEY"]),
        taxes=TaxPolicy(
            [
                Tax("GST", [Rate(Percent(5), until=july), Rate(Percent("6.5"), since=july)], codes=["RENT"]),
                Tax("QST", Percent("9.975"), codes=["RENT"], on_top_of=["GST"]),
            ],
            rounding=UP,
        ),
    )


@pytest.mark.parametrize(
    ("written", "method"),
    [
        ('"none"', proration.NONE),
        ('"Actual"', proration.ACTUAL),
        ('"standard"', proration.STANDARD),
        ('"30-days-month"', proration.THIRTY_DAYS_MONTH),
        ('"annual"', proration.ANNUAL),
        ('"actual/actual"', proration.ACTUAL_ACTUAL),
        ('"30/360"', proration.THIRTY_360),
        ("30", proration.FixedDivisor(30)),
        ("30.5", proration.STANDARD),
        ('"30.4"', proration.FixedDivisor("30.4")),
    ],
)
def test_a_method_by_its_name_or_its_divisor(written: str, method: Any) -> None:
    text = f'proration = {written}\ntypes = [{{ name = "m", period = "monthly", start = 1 }}]'
    assert read_billing_policy(text).proration == method


@pytest.mark.parametrize(
    ("written", "cycle"),
    [
        ('period = "weekly", start = 2026-01-05', weekly(date(2026, 1, 5))),
        ('period = "every two weeks", start = 2026-01-05', every_two_weeks(date(2026, 1, 5))),
        ('period = "twice a month", start = 1', twice_a_month(1, 16)),
        ('period = "twice-a-month", start = 15, second = "last"', twice_a_month(15, LAST)),
        ('period = "monthly", start = 31', monthly(31)),
        ('period = "monthly", start = 2026-01-31', monthly(31)),
        ('period = "Half yearly", start = 1, month = 4', half_yearly(1, month=4)),
        ('period = "yearly", start = 2026-04-15', yearly(15, month=4)),
        ('period = "monthly", start = "lease start"', monthly),
        ('period = "weekly", start = "Lease_start"', weekly),
    ],
)
def test_a_frequency_by_its_name_and_its_start(written: str, cycle: Any) -> None:
    text = f'proration = "actual"\ntypes = [{{ name = "m", {written} }}]'
    assert read_billing_policy(text).types[0].cycle == cycle


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("", DueAfterStart(0)),
        (", due_offset_days = 4", DueAfterStart(4)),
        (", due_days_after_invoice = 30", DueAfterInvoice(30)),
        (", due_on_day = 15", DueOnDay(15)),
        (', due_on_day = "last"', DueOnDay(LAST)),
    ],
)
def test_a_due_rule_by_its_name(written: str, rule: Any) -> None:
    text = f'proration = "actual"\ntypes = [{{ name = "m", period = "monthly", start = 1{written} }}]'
    assert read_billing_policy(text).types[0].due == rule


def test_the_examples_can_be_read() -> None:
    lease = read_lease((EXAMPLES / "lease.toml").read_text(encoding="utf-8"))
    policy = read_billing_policy((EXAMPLES / "policy.toml").read_text(encoding="utf-8"))
    assert (lease.id, policy.confirmation) == ("L-1", "manual")


@pytest.mark.parametrize(("given", "kind"), [(None, "None"), (b"id = 1", "bytes"), (5, "int")])
def test_a_file_that_was_not_read_is_no_text(given: Any, kind: str) -> None:
    with pytest.raises(InvalidType) as caught:
        read_lease(given)
    assert str(caught.value) == f"lease: text is {kind}, not str; pass the text of the file"
