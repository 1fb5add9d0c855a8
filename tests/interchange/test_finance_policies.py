"""A company's policy.toml: every setting and what it becomes, scope by scope."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from arledger import (
    EACH_CHARGE_APART,
    REAPPLY,
    RENT_LAST,
    SETTLE_DUE,
    UP,
    AutopayPolicy,
    BillingPolicy,
    BillingType,
    BusinessDays,
    Category,
    DepositPolicy,
    DueOnDay,
    FreeDays,
    LateFeeRule,
    Limit,
    Money,
    NsfFee,
    NsfSchedule,
    Percent,
    Rate,
    RateTable,
    Tax,
    accrual,
    fee,
    include,
    monthly,
    proration,
    quarterly,
    where,
)
from arledger.billing.policy import AdjustmentPolicy
from arledger.billing.taxes import TaxPolicy
from arledger.checkout.policy import Amounts, CheckoutPolicy, RunBy
from arledger.checkout.processing import Bearer, ProcessingFee
from arledger.interchange.autopay_policies import read_autopay_policy
from arledger.interchange.billing_policies import read_billing_policy
from arledger.interchange.fee_rules import read_late_fee_rule
from arledger.interchange.finance_policies import read_finance_policy
from arledger.interchange.nsf_schedules import read_nsf_schedule
from arledger.payers.payment_types import PaymentTypes
from arledger.policies.allocation import AllocationPolicy
from arledger.policies.finance import FinancePolicy
from arledger.policies.layers import Policies, PolicyLayer, Scope
from arledger.policies.merging import EffectivePolicy, effective
from arledger.policies.sections import SETTINGS

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "company" / "policy.toml"
EVERYTHING = """
currency = "CAD"

[allocation]
order = "Rent last"
settle = "due"
returns = "reapply"
designations = "first"
sweep_credits = false
sweep_payments = false

[autopay]
excludes_first = true
excludes_last = true
residents_may_cancel = true
limit = 5000
processor_limit = "4999.99"
skips_over_limit = true
least = 10.5
notice_days = "none"
notice_from = 900
notice_to = 1100
suspends_after = 3
include = { deposits = true, new_positive_charges = true, other_fees = false }
business_days = { convention = "preceding", holidays = [2026-07-01] }

[billing]
proration = "annual"
rounding = "up"
daily_rate = "up"
rounding_offset_days = 1
confirmation = "manual"
counts_move_out = false
types = [{ name = "q", period = "quarterly", start = 15, month = 2, due_on_day = 5, bill_offset_days = 9 }]

[adjustments]
codes = ["DISC", "GOODWILL"]

[tax]
taxes = [{ code = "GST", codes = ["RENT"], percent = 5 }]
rounding = "up"

[late_fee]
amount = { flat = 50 }
grace = { free_days = 5 }
occurs = "each charge apart"
limits = { flat = 100, per = "ever" }
least = 20
only_categories = ["rent"]
category = "interest"
code = "INT"
period = "quarterly"
since = 2026-01-01
until = 2027-01-01
rounding = "up"

[nsf]
fees = [{ amount = { flat = 25 } }]
code = "NSF"
rounding = "up"

[deposit]
refund_window_days = 30
rates = [{ percent = 2 }, { percent = 3, since = 2026-07-01 }]
accrual = "30/360"
covers = { not_categories = ["deposit", "late fee"], only_codes = ["RENT"] }
rounding = "up"

[payment_types]
accepted = ["check", "ach"]
resident_portal = ["ach"]
prospect_portal = ["ach"]
cash_equivalent = ["ach"]
cash_only_after = 2

[checkout]
amounts = "exact"
prepayments = false
splits = false
run_by = "Billing team"
one_login_a_payer = true
authorisation = "Yes."
fees = [{ amount = { percent = 2.9, of = "face" }, types = ["check"], borne_by = "company" }]
"""


def cad(amount: str) -> Money:
    return Money(amount, "CAD")


def of(text: str, **names: str) -> EffectivePolicy:
    return effective(read_finance_policy(text), **names)


def test_every_setting() -> None:
    assert of(EVERYTHING).policy == FinancePolicy(
        allocation=AllocationPolicy(
            RENT_LAST,
            settle=SETTLE_DUE,
            returns=REAPPLY,
            designations="first",
            sweep_credits=False,
            sweep_payments=False,
        ),
        autopay=AutopayPolicy(
            includes=include.DEPOSITS | include.NEW_CHARGES,
            excludes_first=True,
            excludes_last=True,
            residents_may_cancel=True,
            limit=cad("5000"),
            processor_limit=cad("4999.99"),
            skips_over_limit=True,
            least=cad("10.50"),
            business_days=BusinessDays("preceding", holidays=[date(2026, 7, 1)]),
            notice_days=None,
            notice_range=(cad("900"), cad("1100")),
            suspends_after=3,
        ),
        billing=BillingPolicy(
            types=BillingType("q", quarterly(15, month=2), due=DueOnDay(5), bill_offset_days=9),
            proration=proration.ANNUAL,
            rounding=UP,
            daily_rate=UP,
            rounding_offset_days=1,
            confirmation="manual",
            counts_move_out=False,
            adjustments=AdjustmentPolicy(["DISC", "GOODWILL"]),
            taxes=TaxPolicy([Tax("GST", Percent(5), codes=["RENT"])], rounding=UP),
        ),
        late_fee=LateFeeRule(
            amount=fee.flat(cad("50")),
            grace=FreeDays(5),
            occurs=EACH_CHARGE_APART,
            limits=Limit(fee.flat(cad("100")), per="ever"),
            least=cad("20"),
            eligible=where.category(Category.RENT),
            category=Category.INTEREST,
            code="INT",
            period=quarterly(1),
            since=date(2026, 1, 1),
            until=date(2027, 1, 1),
            rounding=UP,
        ),
        nsf=NsfSchedule([NsfFee(amount=fee.flat(cad("25")))], code="NSF", rounding=UP),
        deposit=DepositPolicy(
            refund_window_days=30,
            rates=RateTable([Rate(Percent(2)), Rate(Percent(3), since=date(2026, 7, 1))]),
            accrual=accrual.THIRTY_360,
            covers=~where.category(Category.DEPOSIT)
            & ~where.category(Category.DEPOSIT, Category.LATE_FEE)
            & where.code("RENT"),
            rounding=UP,
        ),
        payment_types=PaymentTypes(
            accepted=["ach", "check"],
            resident_portal=["ach"],
            prospect_portal=["ach"],
            cash_equivalent=["ach"],
            cash_only_after=2,
        ),
        checkout=CheckoutPolicy(
            amounts=Amounts.EXACT,
            splits=False,
            run_by=RunBy.BILLING_TEAM,
            one_login_a_payer=True,
            authorisation="Yes.",
            fees=ProcessingFee(fee.percent("2.9", of=fee.FACE), types=["check"], borne_by=Bearer.COMPANY),
        ),
    )


def said_in(policies: Policies) -> set[str]:
    return {name for layer in policies for name, _ in layer.settings}


@pytest.mark.parametrize("text", [EVERYTHING, EXAMPLE.read_text(encoding="utf-8")], ids=["here", "example"])
def test_every_setting_that_there_is_can_be_said(text: str) -> None:
    boxes = {name for name in SETTINGS if ".include." in name} if text == EVERYTHING else set()
    assert set(SETTINGS) - said_in(read_finance_policy(text)) - boxes == set()


def test_an_empty_file_says_nothing() -> None:
    assert of("").policy == FinancePolicy()
    assert read_finance_policy("[autopay]\n[property.Oak]\n").layers == (
        PolicyLayer(Scope.COMPANY),
        PolicyLayer(Scope.PROPERTY, "Oak"),
    )


@pytest.mark.parametrize(
    ("section", "text", "read"),
    [
        ("autopay", "limit = 900\nnotice_days = 3\ninclude = { deposits = true }\n", read_autopay_policy),
        (
            "billing",
            'proration = "actual"\ntypes = [{ name = "m", period = "monthly", start = 1 }]\n',
            read_billing_policy,
        ),
        (
            "late_fee",
            'grace = "none"\nbase_fee_type = "flat amount"\nbase_fee = 5\nonly_codes = ["R"]\n',
            read_late_fee_rule,
        ),
        (
            "late_fee",
            'grace = "none"\namount = { flat = 5 }\nlimits = [{ flat = 9, per = "month" }]\n',
            read_late_fee_rule,
        ),
        ("nsf", "fees = [{ amount = { flat = 5 } }]\n", read_nsf_schedule),
    ],
)
def test_a_section_reads_as_the_file_of_its_own(section: str, text: str, read: object) -> None:
    before = 'order = "evenly"\ncycle = { repeats = "monthly" }\n' if section == "autopay" else ""
    currency = "" if section == "billing" else 'currency = "CAD"\n'
    own = read(f"{before}{currency}{text}")  # type: ignore[operator]
    value = getattr(of(f"{currency}[{section}]\n{text}").policy, section)
    assert value == (own.policy if section == "autopay" else own)


SCOPES = """
currency = "CAD"
autopay = { limit = 900 }

[region.West]
currency = "USD"
late_fee = { amount = { flat = 5 }, grace = "none" }

[property."Maple House"]
region = "West"
late_fee = { least = 20 }

[property.Oak.autopay]
least = 10

[lease."L-7"]
property = "Maple House"
deposit = { refund_window_days = 5 }
"""


def test_scopes_stand_under_their_names() -> None:
    policies = read_finance_policy(SCOPES)
    assert [(str(layer.origin), layer.within) for layer in policies] == [
        ("company", None),
        ("region West", None),
        ("property Maple House", "West"),
        ("property Oak", None),
        ("lease L-7", "Maple House"),
    ]
    found = effective(policies, lease="L-7")
    assert [str(found.origins[name]) for name in ("autopay.limit", "late_fee.amount", "late_fee.least")] == [
        "company",
        "region West",
        "property Maple House",
    ]


def test_sums_are_in_the_currency_of_the_nearest_scope_that_has_one() -> None:
    """A property's own, its region's, or the company's."""
    policies = read_finance_policy(SCOPES)
    maple, oak = effective(policies, property="Maple House"), effective(policies, property="Oak")
    assert maple.values["late_fee.least"] == Money("20", "USD")
    assert oak.policy.autopay == AutopayPolicy(limit=cad("900"), least=cad("10"))


def test_the_file_does_not_depend_on_the_order_of_its_tables() -> None:
    head, *tables = SCOPES.strip().split("\n\n")
    again = "\n\n".join([head, *reversed(tables)])
    assert again != SCOPES
    assert read_finance_policy(again) == read_finance_policy(SCOPES)


LATE = """
currency = "CAD"
[late_fee]
base_fee_type = "percent owed total"
base_fee = 5
max_total_fee_type = "flat amount"
max_total_fee = 75
grace = { free_days = 5 }
[property.Oak.late_fee]
"""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('base_fee_type = "flat amount"\nbase_fee = 20', "20.00 CAD, at most 75.00 CAD a period"),
        ("amount = { flat = 20 }", "20.00 CAD, at most 75.00 CAD a period"),
        ('max_total_fee_type = "unlimited"', "5% of what is owed"),
        (
            'max_total_fee_type = "percent monthly rent"\nmax_total_fee = 10',
            "5% of what is owed, at most 10% of the monthly rent a period",
        ),
        ('limits = [{ flat = 9, per = "ever" }]', "5% of what is owed, at most 9.00 CAD in all"),
        ("limits = []", "5% of what is owed"),
        ('grace = "none"', "5% of what is owed, at most 75.00 CAD a period"),
    ],
)
def test_R33_a_property_changes_the_fee_or_its_limit_alone(text: str, sentence: str) -> None:
    rule = of(LATE + text, property="Oak").policy.late_fee
    assert rule is not None
    assert ", ".join([str(rule.amount), *map(str, rule.limits)]) == sentence
    assert rule.grace == of(LATE).policy.late_fee.grace or "grace" in text  # type: ignore[union-attr]


def test_boxes_are_ticked_one_by_one() -> None:
    text = "[autopay.include]\ndeposits = true\nother_fees = true\n[property.Oak.autopay.include]\nother_fees = false\n"
    assert of(text, property="Oak").policy.autopay == AutopayPolicy(includes=include.DEPOSITS)


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        ('{ only_categories = ["rent"] }', where.category(Category.RENT)),
        ('{ only_codes = ["R"] }', ~where.category(Category.DEPOSIT) & where.code("R")),
        (
            '{ only_categories = ["rent", "fee"], not_codes = ["R"] }',
            where.category(Category.RENT, Category.FEE) & ~where.code("R"),
        ),
    ],
)
def test_R47_what_a_deposit_covers(text: str, selector: object) -> None:
    assert of(f"[deposit]\nrefund_window_days = 5\ncovers = {text}\n").values["deposit.covers"] == selector


def test_a_limit_a_month_stays_one_where_the_period_is_a_month() -> None:
    text = '[late_fee]\ngrace = "none"\namount = { all_of = "owed" }\nlimits = { all_of = "rent", per = "month" }\n'
    rule = of(f'{text}[property.Oak.late_fee]\nperiod = "monthly"\n', property="Oak").policy.late_fee
    assert rule is not None
    assert (rule.period, rule.limits[0].per) == (monthly(1), "period")


PAGE = ROOT / "docs" / "reference" / "policies.md"
VENDORS_NAMES = """
AR Settings Policy, Oldest Debt first, Rent Debt Last, Oldest Debt First With Non Rent Priority, AutoPay Policy, Keep
% Pay, Keep Unchanged, On Lease Charge Change Rule, Exclude First Billing Period Charge, Exclude Last Billing Period
Charge, Allow Cancellation By Resident, Up to Limit, Include Deposit Charges, Include Pending AGI Charges, Include
Lease Adjustments, Include Other Fees and Charges, Include New Positive Charges, Include Other Negative Charges,
Billing Policy, Proration Method, NONE, ACTUAL, STANDARD, 30 DAYS MONTH, ANNUAL, Rounding Offset, Confirmation Method,
Automatic, Manual, Available Billing Types, Billing Period, Billing Cycle Lease Start Date, Lease Start Date, Payment
Due Offset, Bill Execution Day Offset, Autopay Execution Day Offset, Base Fee Type, % Owed Total, % Monthly Rent, Flat
Amount, Base Fee, Max Total Fee Type, Unlimited, Insufficient Funds, Billing Tab, Late Fee Tab, NSF Fee Tab, Deposits
Policy, Annual Interest Rate, Security Refund Window, Lease Adjustments, Product Tax, Payment Types, Accepted,
Resident Portal, Prospect Portal, Cash Equivalent
"""


def test_every_setting_of_the_vendor_is_on_the_page_by_its_name() -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    names = [name.strip() for name in " ".join(VENDORS_NAMES.split()).split(", ")]
    assert [name for name in names if name not in page] == []


def test_every_setting_is_in_the_tables_of_its_section() -> None:
    """By the name that it has in the file, or in Python."""
    sections = PAGE.read_text(encoding="utf-8").split("\n### ")
    tables = {section.partition("\n")[0]: section for section in sections}
    named = [name.partition(".")[::2] for name in SETTINGS]
    assert [(section, field) for section, field in named if f"`{field}`" not in tables[section]] == []
