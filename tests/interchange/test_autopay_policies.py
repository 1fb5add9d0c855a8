"""policy.toml: every setting and what it becomes, and every mistake with the words that tell it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs
import pytest

from arledger import (
    REAPPLY,
    SETTLE_DUE,
    AutopayPolicy,
    AutopaySettings,
    BusinessDays,
    Frequency,
    Includes,
    InvalidValue,
    Mistake,
    Money,
    SettingErrors,
    every_two_weeks,
    include,
    monthly,
    quarterly,
    read_autopay_policy,
    twice_a_month,
    weekly,
    yearly,
)
from arledger.interchange.autopay_policies import _BOXES

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "autopay-files.md"
BASE = 'order = "rent-last"\ncycle = { repeats = "monthly" }\n'
EVERYTHING = """
order = "oldest-first"
settle = "due"
returns = "reapply"
designations = "first"
sweep_credits = false
sweep_payments = false
currency = "CAD"
excludes_first = true
excludes_last = true
residents_may_cancel = true
limit = 5000
processor_limit = "4999.99"
skips_over_limit = true
least = 10.5
notice_days = 7
notice_from = 900
notice_to = 1100
suspends_after = 3

[cycle]
repeats = "quarterly"
start = 15
month = 2
offset_days = -3

[include]
deposits = true
pending_increases = false
lease_adjustments = false
other_fees = false
new_positive_charges = true
other_negative_charges = true

[business_days]
convention = "modified following"
holidays = [2026-07-01]
weekend = ["friday", "saturday"]
"""


def cad(amount: str) -> Money:
    return Money(amount, "CAD")


def test_every_setting() -> None:
    assert read_autopay_policy(EVERYTHING) == AutopaySettings(
        order="oldest-first",
        settle=SETTLE_DUE,
        returns=REAPPLY,
        designations="first",
        sweep_credits=False,
        sweep_payments=False,
        cycle=quarterly(15, month=2),
        offset_days=-3,
        policy=AutopayPolicy(
            includes=include.DEPOSITS | include.NEW_CHARGES | include.NEGATIVE_CHARGES,
            excludes_first=True,
            excludes_last=True,
            residents_may_cancel=True,
            limit=cad("5000"),
            processor_limit=cad("4999.99"),
            skips_over_limit=True,
            least=cad("10.50"),
            business_days=BusinessDays("modified_following", holidays=[date(2026, 7, 1)], weekend=[4, 5]),
            notice_days=7,
            notice_range=(cad("900"), cad("1100")),
            suspends_after=3,
        ),
    )


def test_what_is_left_out_is_as_in_python() -> None:
    assert read_autopay_policy(BASE) == AutopaySettings(order="rent-last", cycle=monthly(1), policy=AutopayPolicy())


def test_every_field_of_a_policy_has_its_setting() -> None:
    """But for those that are tables or pairs under another name."""
    fields = {field.name for field in (*attrs.fields(AutopayPolicy), *attrs.fields(AutopaySettings))}
    named = {name.split(" = ")[0].strip("[]") for name in EVERYTHING.splitlines()}
    assert fields - named == {"policy", "includes", "notice_range"}


@pytest.mark.parametrize("box", _BOXES)
def test_R12_each_box_is_ticked_alone(box: str) -> None:
    settings = read_autopay_policy(f"{BASE}include = {{ {box} = true }}\n")
    assert settings.policy.includes == include.boxes(**{box: True}) != Includes()
    assert read_autopay_policy(f"{BASE}include = {{ {box} = false }}\n").policy.includes == Includes()


@pytest.mark.parametrize(("text", "days"), [('"none"', None), ('"None"', None), ("0", 0), ("3", 3), (None, 10)])
def test_R21_notice_is_so_many_days_or_none(text: str | None, days: int | None) -> None:
    settings = read_autopay_policy(BASE if text is None else f"{BASE}notice_days = {text}\n")
    assert settings.policy.notice_days == days


@pytest.mark.parametrize("text", ["rent-last", "Rent last", "RENT_LAST"])
def test_an_order_is_said_by_its_name(text: str) -> None:
    assert read_autopay_policy(f'order = "{text}"\ncycle = {{ repeats = "monthly" }}\n').order == "rent-last"


@pytest.mark.parametrize(
    ("text", "cycle"),
    [
        ('{ repeats = "monthly", start = "last" }', monthly("last")),
        ('{ repeats = "twice a month", start = 5, second = 20 }', twice_a_month(5, 20)),
        ('{ repeats = "weekly", start = 2026-01-05 }', weekly(date(2026, 1, 5))),
        ('{ repeats = "biweekly", start = 2026-01-05 }', every_two_weeks(date(2026, 1, 5))),
        ('{ repeats = "Yearly", month = 7, offset_days = 0 }', yearly(1, month=7)),
    ],
)
def test_R10_the_cycle_is_said_as_billing_policies_say_it(text: str, cycle: Frequency) -> None:
    assert read_autopay_policy(f'order = "evenly"\ncycle = {text}\n').cycle == cycle


def test_R10_a_run_serves_the_period_that_the_offset_leads_to() -> None:
    settings = read_autopay_policy(EVERYTHING)
    run = settings.run(date(2026, 5, 12))
    assert (run.period.start, run.previous) == (date(2026, 5, 15), date(2026, 2, 12))
    with pytest.raises(InvalidValue, match="serves no billing period; pass 2026-02-12 or 2026-05-12"):
        settings.run(date(2026, 5, 11))


A_NUMBER = "write the number without a currency sign or letters, such as 12.34"
KNOWN_BOXES = (
    "known are deposits, lease_adjustments, new_positive_charges, other_fees, other_negative_charges, pending_increases"
)

CASES = [
    pytest.param(
        "",
        [
            ("order", "is missing", "write it"),
            ("cycle", "is missing", 'write it as { repeats = "monthly", start = 1, offset_days = 0 }'),
        ],
        id="nothing at all",
    ),
    pytest.param(
        "order = rent-last\n",
        [
            (
                "",
                "is no TOML: invalid value (at line 1, column 9)",
                "write numbers without thousands separators, texts in quotation marks, and lists as [[items]]",
            )
        ],
        id="no TOML",
    ),
    pytest.param(
        'order = "rent-lst"\ncycle = "monthly"\n',
        [
            ("order", "unknown order 'rent-lst'", "did you mean rent-last?"),
            ("cycle", "is text, not a table", "write it as { setting = value }"),
        ],
        id="an unknown order, and a cycle that is a word",
    ),
    pytest.param(
        'order = 5\ncycle = { start = 1, offset_days = "3", second = 5 }\n',
        [
            ("order", "is 5, not text", "write it in quotation marks"),
            ("cycle.repeats", "is missing", "write it"),
            ("cycle.offset_days", "is text, not a whole number", "write a number such as 3"),
        ],
        id="a cycle that does not say how often",
    ),
    pytest.param(
        'order = "evenly"\ncycle = { repeats = "monthlly", offset_dys = 3, month = 5 }\n',
        [
            (
                "cycle.repeats",
                "unknown word 'monthlly'",
                "write weekly, every two weeks, twice a month, monthly, quarterly, half yearly or yearly",
            ),
            ("cycle.offset_dys", "is no setting here", "did you mean offset_days?"),
        ],
        id="a cycle of two slips",
    ),
    pytest.param(
        'order = "evenly"\ncycle = { repeats = "weekly" }\n',
        [("cycle.start", "is no day", "write a day such as 2026-01-05, on which weeks start")],
        id="weeks without a first day",
    ),
    pytest.param(
        'order = "evenly"\ncycle = { repeats = "monthly", start = 32 }\n',
        [("cycle.start", "monthly: day is 32", 'write 1 to 31, or "last"')],
        id="months from the 32nd",
    ),
    pytest.param(
        BASE + 'settle = "dew"\nreturns = "repay"\ndesignations = "fist"\nsweep_credits = "no"\nsweep_payments = 1\n',
        [
            ("settle", "unknown word 'dew'", "did you mean due?"),
            ("returns", "unknown word 'repay'", "did you mean reapply?"),
            ("designations", "unknown word 'fist'", "did you mean first?"),
            ("sweep_credits", "is text, not true or false", "write true or false"),
            ("sweep_payments", "is 1, not true or false", "write true or false"),
        ],
        id="how accounts are replayed",
    ),
    pytest.param(
        BASE + "include = { deposit = true, other_fees = 1, x = 1 }\n",
        [
            ("include.other_fees", "is 1, not true or false", "write true or false"),
            ("include.deposit", "is no setting here", "did you mean deposits?"),
            ("include.x", "is no setting here", KNOWN_BOXES),
        ],
        id="boxes",
    ),
    pytest.param(
        BASE + 'include = ["deposits"]\n',
        [("include", "is a list, not a table", "write it as { setting = value }")],
        id="boxes as a list",
    ),
    pytest.param(
        BASE + 'excludes_first = "yes"\nexcludes_last = 0\nresidents_may_cancel = 1\nskips_over_limit = "no"\n',
        [
            ("excludes_first", "is text, not true or false", "write true or false"),
            ("excludes_last", "is 0, not true or false", "write true or false"),
            ("residents_may_cancel", "is 1, not true or false", "write true or false"),
            ("skips_over_limit", "is text, not true or false", "write true or false"),
        ],
        id="flags",
    ),
    pytest.param(
        BASE + "limit = 5000\n",
        [("currency", "is missing", "write that of the sums here, such as USD")],
        id="a sum without a currency",
    ),
    pytest.param(
        BASE + 'currency = "CAD"\n',
        [
            (
                "currency",
                "there is no sum here that would be in it",
                "leave it out: without sums, a policy is for accounts in any currency",
            )
        ],
        id="a currency without a sum",
    ),
    pytest.param(
        BASE + 'currency = "cad"\nlimit = "5,000"\nprocessor_limit = "a lot"\nleast = true\n',
        [
            ("currency", "unknown currency 'cad'", "write CAD"),
            (
                "limit",
                "amount '5,000' is no plain decimal number",
                "write the number without thousands separators, such as 1234.56",
            ),
            ("processor_limit", "amount 'a lot' is no plain decimal number", A_NUMBER),
            ("least", "is true, not a number", "write a number such as 1000.00"),
        ],
        id="sums that are none",
    ),
    pytest.param(
        BASE + 'currency = "CAD"\nlimit = 5.005\n',
        [("limit", "amount 5.005 has 3 decimals, CAD allows 2", "round it first")],
        id="a sum of three decimals",
    ),
    pytest.param(
        BASE + 'currency = "CAD"\nlimit = -5\n',
        [("limit", "-5.00 CAD is not positive", "write an amount above 0")],
        id="a negative limit",
    ),
    pytest.param(
        BASE + 'currency = "CAD"\nlimit = 50\nprocessor_limit = 40\nleast = 45\n',
        [("least", "45.00 CAD is over the limit of 40.00 CAD", "write a smaller one")],
        id="a least over the limit",
    ),
    pytest.param(
        BASE + 'notice_days = "ten"\n',
        [("notice_days", "unknown word 'ten'", 'write a number such as 10, or "none"')],
        id="notice in words",
    ),
    pytest.param(BASE + "notice_days = -1\n", [("notice_days", "is -1", "write at least 0")], id="notice afterwards"),
    pytest.param(
        BASE + "notice_days = 1.5\n",
        [("notice_days", "is 1.5, not a whole number", "write a number such as 3")],
        id="a day and a half of notice",
    ),
    pytest.param(
        BASE + 'currency = "CAD"\nnotice_from = 900\n',
        [("notice_to", "is missing", "write it")],
        id="a range without an end",
    ),
    pytest.param(
        BASE + 'currency = "CAD"\nnotice_to = "x"\n',
        [
            ("notice_from", "is missing", "write it"),
            ("notice_to", "amount 'x' is no plain decimal number", A_NUMBER),
        ],
        id="a range without a beginning",
    ),
    pytest.param(
        BASE + 'currency = "CAD"\nnotice_from = 900\nnotice_to = 800\n',
        [("notice_from", "begins at 900.00 CAD, over 800.00 CAD", "write the lowest amount first")],
        id="a range that is upside down",
    ),
    pytest.param(
        BASE + "suspends_after = 0\n", [("suspends_after", "is 0", "write at least 1")], id="suspended after none"
    ),
    pytest.param(
        BASE + 'business_days = { convention = "nearest", weekend = ["caturday"] }\n',
        [
            (
                "business_days.convention",
                "unknown word 'nearest'",
                "known are following, modified_following, preceding",
            ),
            ("business_days.weekend", "unknown word 'caturday'", "did you mean saturday?"),
        ],
        id="business days",
    ),
    pytest.param(
        BASE + "limits = 5\nnotice = 10\n",
        [
            ("limits", "is no setting here", "did you mean limit?"),
            ("notice", "is no setting here", "did you mean notice_to?"),
        ],
        id="settings that nobody knows",
    ),
]


@pytest.mark.parametrize(("text", "told"), CASES)
def test_a_bad_policy_is_told_in_these_words(text: str, told: list[tuple[str, str, str]]) -> None:
    with pytest.raises(SettingErrors) as caught:
        read_autopay_policy(text, file="policy.toml")
    assert list(caught.value.mistakes) == [Mistake("policy.toml", *mistake) for mistake in told]


def test_the_page_has_every_setting() -> None:
    text = PAGE.read_text(encoding="utf-8")
    cells = " ".join(line.split("|")[1] for line in text.splitlines() if line.startswith("|"))
    names = [line.split(" = ")[0] for line in EVERYTHING.splitlines() if line and not line.startswith("[")]
    assert [name for name in (*names, "cycle", "include", "business_days", "second") if f"`{name}`" not in cells] == []
