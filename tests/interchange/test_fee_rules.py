"""Late fee rules from TOML: every setting of a file, every word of an amount, and what it becomes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arledger import (
    BALANCE_EACH_PERIOD,
    EACH_CHARGE_APART,
    EACH_CHARGE_ONCE,
    EACH_INVOICE_ONCE,
    HALF_EVEN,
    NO_GRACE,
    UP,
    BusinessDays,
    Category,
    FeeAmount,
    FirstFeeAfter,
    FreeDays,
    FreeUntil,
    Grace,
    InvalidType,
    LateFeeRule,
    Limit,
    Money,
    Occurrence,
    Percent,
    Rate,
    RateTable,
    Selector,
    SettingErrors,
    accrual,
    every_two_weeks,
    fee,
    half_yearly,
    monthly,
    quarterly,
    read_late_fee_rule,
    standard_late_fee,
    twice_a_month,
    weekly,
    where,
    yearly,
)
from arledger.fees.rule import NOT_LATE_CHARGES
from arledger.interchange.fee_amounts import LATE_WORDS

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "late_fees"
PAGE = ROOT / "docs" / "reference" / "fee-files.md"

BASE = 'currency = "USD"\ngrace = { free_days = 5 }\n'
FLAT = BASE + "amount = { flat = 50 }\n"


def usd(amount: str) -> Money:
    return Money(amount, "USD")


def dollars(amount: str) -> FeeAmount:
    return fee.flat(usd(amount))


def _cents(cents: int) -> FeeAmount:
    return fee.flat(Money.from_minor(cents, "USD"))


FIVE_PERCENT = fee.percent(5, of=fee.OWED)


def amount_of(text: str) -> FeeAmount:
    """The amount of a rule that has a sum beside it, so that its currency is in use."""
    return read_late_fee_rule(f"{BASE}least = 1\namount = {text}\n").amount


AMOUNTS = [
    ("{ flat = 50 }", dollars("50")),
    ('{ flat = "12.50" }', dollars("12.50")),
    ("{ flat = 1000.10 }", dollars("1000.10")),
    ('{ percent = 5, of = "owed" }', FIVE_PERCENT),
    ('{ percent = "7.5%", of = "Past due" }', fee.percent("7.5", of=fee.PAST_DUE)),
    ('{ percent = 0.1, of = "charge" }', fee.percent("0.1", of=fee.CHARGE)),
    ('{ percent = 100, of = "rent" }', fee.percent(100, of=fee.RENT)),
    ('{ all_of = "rent" }', fee.RENT),
    ('{ plus = [{ flat = 30 }, { percent = 5, of = "owed" }] }', dollars("30") + FIVE_PERCENT),
    ("{ plus = [{ flat = 1 }, { flat = 2 }, { flat = 3 }] }", dollars("1") + dollars("2") + dollars("3")),
    ('{ lesser_of = [{ flat = 50 }, { percent = 5, of = "owed" }] }', fee.lesser_of(dollars("50"), FIVE_PERCENT)),
    ('{ greater_of = [{ flat = 15 }, { all_of = "owed" }] }', fee.greater_of(dollars("15"), fee.OWED)),
    ("{ each_day = { flat = 10 } }", fee.each_day(dollars("10"))),
    ('{ each_day = { flat = 10 }, since = "due" }', fee.each_day(dollars("10"), since="due")),
    ("{ each_further_day = { flat = 10 } }", fee.each_further_day(dollars("10"))),
    (
        '{ each_further_day = { flat = 10 }, since = "due" }',
        fee.each_further_day(dollars("10"), since="due"),
    ),
    ('{ every_days = 5, amount = { percent = 5, of = "owed" } }', fee.every(5, FIVE_PERCENT)),
    (
        '{ every_days = 7, amount = { flat = 20 }, first = 1, since = "due" }',
        fee.every(7, dollars("20"), first=1, since="due"),
    ),
    ("{ each_month = { flat = 10 } }", fee.each_month(dollars("10"))),
    ('{ each_month = { flat = 10 }, since = "grace" }', fee.each_month(dollars("10"), since="grace")),
    ("{ percent_a_year = 8 }", fee.a_year(8)),
    (
        '{ percent_a_year = "8.25%", days = "actual/360", since = "grace" }',
        fee.a_year("8.25", by=accrual.ACTUAL_360, since="grace"),
    ),
    (
        "{ rates_a_year = [{ percent = 8 }, { percent = 9.5, since = 2026-07-01, until = 2027-01-01 }] }",
        fee.a_year(
            RateTable(
                [Rate(Percent(8)), Rate(Percent("9.5"), since=date(2026, 7, 1), until=date(2027, 1, 1))],
            )
        ),
    ),
    ('{ percent_a_year = 8, days = "actual 365" }', fee.a_year(8)),
    ('{ percent_a_year = 8, days = "Actual/Actual" }', fee.a_year(8, by=accrual.ACTUAL_ACTUAL)),
    ('{ percent_a_year = 8, days = "30/360" }', fee.a_year(8, by=accrual.THIRTY_360)),
    ('{ percent_a_year = 8, days = "whole months" }', fee.a_year(8, by=accrual.WHOLE_MONTHS)),
    ("{ from_day = 10, amount = { flat = 25 } }", fee.from_day(10, dollars("25"))),
    (
        '{ by_size = "rent", tiers = [{ up_to = 700, amount = { flat = 12 } }, { amount = { flat = 20 } }] }',
        fee.by_size(fee.RENT, fee.Tier(dollars("12"), up_to=usd("700")), fee.Tier(dollars("20"))),
    ),
    (
        (
            '{ by_part = "owed", tiers = [{ up_to = 500, amount = { flat = 10 } }, '
            '{ amount = { percent = 5, of = "owed" } }] }'
        ),
        fee.by_part(fee.OWED, fee.Tier(dollars("10"), up_to=usd("500")), fee.Tier(FIVE_PERCENT)),
    ),
    (
        (
            "{ each_day = { lesser_of = [{ flat = 5 }, "
            '{ by_part = "rent", tiers = [{ amount = { percent = 1, of = "rent" } }] }] } }'
        ),
        fee.each_day(
            fee.lesser_of(dollars("5"), fee.by_part(fee.RENT, fee.Tier(fee.percent(1, of=fee.RENT)))),
        ),
    ),
]


@pytest.mark.parametrize(("text", "amount"), AMOUNTS, ids=[text for text, _ in AMOUNTS])
def test_R38_an_amount_becomes_what_the_same_words_make_in_python(text: str, amount: FeeAmount) -> None:
    assert amount_of(text) == amount
    assert str(amount_of(text)) == str(amount)


def test_R38_every_amount_and_base_of_a_late_fee_has_its_words() -> None:
    """What the algebra has, a file can say: each name of ``fee`` is in one of the amounts above."""
    made = " ".join(repr(amount) for _, amount in AMOUNTS)
    written = {"each_day", "each_further_day"}  # which print as every
    names = set(fee.__all__) - {"FACE", "BANK_COST"} - written  # which a late charge has not
    assert [name for name in sorted(names) if f"fee.{name}" not in made] == []
    assert {str(base) for base in LATE_WORDS.values()} == {
        str(base) for base in (fee.OWED, fee.PAST_DUE, fee.CHARGE, fee.RENT)
    }


Written = tuple[str, FeeAmount]


def _composed(inner: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    """Amounts that do not count days, around others that do not."""
    several = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda parts: _list("plus", parts, parts[0][1] + _sum(parts[1:]))),
        several.map(lambda parts: _list("lesser_of", parts, fee.lesser_of(*(amount for _, amount in parts)))),
        several.map(lambda parts: _list("greater_of", parts, fee.greater_of(*(amount for _, amount in parts)))),
        st.tuples(inner, inner, st.integers(1, 900)).map(lambda drawn: _ladder("by_size", *drawn)),
        st.tuples(inner, inner, st.integers(1, 900)).map(lambda drawn: _ladder("by_part", *drawn)),
    )


def _sum(parts: list[Written]) -> FeeAmount:
    first, *others = [amount for _, amount in parts]
    for amount in others:
        first += amount
    return first


def _list(word: str, parts: list[Written], amount: FeeAmount) -> Written:
    return f"{{ {word} = [{', '.join(text for text, _ in parts)}] }}", amount


def _ladder(word: str, low: Written, high: Written, bound: int) -> Written:
    make = fee.by_size if word == "by_size" else fee.by_part
    tiers = f"[{{ up_to = {bound}, amount = {low[0]} }}, {{ amount = {high[0]} }}]"
    amount = make(fee.RENT, fee.Tier(low[1], up_to=usd(str(bound))), fee.Tier(high[1]))
    return f'{{ {word} = "rent", tiers = {tiers} }}', amount


def _in_days(still: Written, days: int, since: str) -> list[Written]:
    """Amounts that count days, around one that does not."""
    text, amount = still
    more = f', since = "{since}"'
    return [
        (f"{{ each_day = {text}{more} }}", fee.each_day(amount, since=since)),  # type: ignore[arg-type]
        (f"{{ each_month = {text}{more} }}", fee.each_month(amount, since=since)),  # type: ignore[arg-type]
        (f"{{ every_days = {days}, amount = {text}{more} }}", fee.every(days, amount, since=since)),  # type: ignore[arg-type]
        (f"{{ from_day = {days}, amount = {text} }}", fee.from_day(days, amount)),
    ]


PLAIN: st.SearchStrategy[Written] = st.one_of(
    st.integers(1, 10**6).map(lambda cents: (f"{{ flat = {cents // 100}.{cents % 100:02} }}", _cents(cents))),
    st.tuples(st.integers(0, 200), st.sampled_from(sorted(LATE_WORDS))).map(
        lambda drawn: (f'{{ percent = {drawn[0]}, of = "{drawn[1]}" }}', fee.percent(drawn[0], of=LATE_WORDS[drawn[1]]))
    ),
)


@given(
    still=st.recursive(PLAIN, _composed, max_leaves=6), days=st.integers(1, 40), since=st.sampled_from(["due", "grace"])
)
def test_R38_amounts_nest_as_they_do_in_python(still: Written, days: int, since: str) -> None:
    for text, amount in (still, *_in_days(still, days, since)):
        assert amount_of(text) == amount


RULE = """
currency = "USD"
grace = { first_fee_after_days = 4 }
amount = { flat = 30 }
occurs = "Each invoice once"
limits = [{ flat = 50, per = "period" }, { percent = 10, of = "rent", per = "charge" }, { flat = 500, per = "ever" }]
least = 100
only_categories = ["rent", "Late fee"]
not_categories = ["utility"]
only_codes = ["RENT", "PARK"]
not_codes = ["GYM"]
category = "interest"
code = "LATE"
period = { repeats = "quarterly", start = 15, month = 2 }
since = 2026-01-01
until = 2027-01-01
rounding = "half even"
"""


def test_every_setting_of_a_rule() -> None:
    assert read_late_fee_rule(RULE) == LateFeeRule(
        amount=dollars("30"),
        grace=FirstFeeAfter(4),
        occurs=EACH_INVOICE_ONCE,
        limits=[
            Limit(dollars("50"), per="period"),
            Limit(fee.percent(10, of=fee.RENT), per="charge"),
            Limit(dollars("500"), per="ever"),
        ],
        least=usd("100"),
        eligible=where.category(Category.RENT, Category.LATE_FEE)
        & ~where.category(Category.UTILITY)
        & where.code("RENT", "PARK")
        & ~where.code("GYM"),
        category=Category.INTEREST,
        code="LATE",
        period=quarterly(15, month=2),
        since=date(2026, 1, 1),
        until=date(2027, 1, 1),
        rounding=HALF_EVEN,
    )


def test_what_is_left_out_is_as_in_python() -> None:
    assert read_late_fee_rule(FLAT) == LateFeeRule(amount=dollars("50"), grace=FreeDays(5))


def test_a_rule_whose_only_sums_are_bounds_of_tiers_is_in_their_currency() -> None:
    tiers = '[{ up_to = 700, amount = { percent = 5, of = "owed" } }, { amount = { percent = 4, of = "owed" } }]'
    assert read_late_fee_rule(f'{BASE}amount = {{ by_size = "rent", tiers = {tiers} }}\n').currency == "USD"


def test_a_rule_of_percentages_has_no_currency_and_needs_none() -> None:
    rule = read_late_fee_rule('grace = "none"\namount = { percent = 5, of = "owed" }\n')
    assert rule.currency is None


@pytest.mark.parametrize(
    ("text", "grace"),
    [
        ("{ free_days = 5 }", FreeDays(5)),
        ("{ free_days = 0 }", NO_GRACE),
        ('"none"', NO_GRACE),
        ('"None"', NO_GRACE),
        ("{ first_fee_after_days = 4 }", FirstFeeAfter(4)),
        ("{ free_until_day = 5 }", FreeUntil(5)),
        ('{ free_until_day = "last" }', FreeUntil("last")),
        ("{ free_working_days = 3 }", FreeDays(3, business_days=BusinessDays("following"))),
        (
            '{ free_working_days = 3, holidays = [2026-01-01], weekend = ["sunday"] }',
            FreeDays(
                3,
                business_days=BusinessDays("following", holidays=[date(2026, 1, 1)], weekend=[6]),
            ),
        ),
    ],
)
def test_R36_a_grace_is_said_by_name(text: str, grace: Grace) -> None:
    assert read_late_fee_rule(f'grace = {text}\namount = {{ percent = 5, of = "owed" }}\n').grace == grace


@pytest.mark.parametrize(
    ("text", "occurs"),
    [
        ("each charge once", EACH_CHARGE_ONCE),
        ("each-charge-apart", EACH_CHARGE_APART),
        ("Each_Invoice_Once", EACH_INVOICE_ONCE),
        ("balance each period", BALANCE_EACH_PERIOD),
    ],
)
def test_R37_how_often_is_said_in_words(text: str, occurs: Occurrence) -> None:
    assert read_late_fee_rule(f'{FLAT}occurs = "{text}"\n').occurs is occurs


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ('"monthly"', monthly(1)),
        ('"Quarterly"', quarterly(1)),
        ('"half-yearly"', half_yearly(1)),
        ('"yearly"', yearly(1)),
        ('"twice a month"', twice_a_month(1)),
        ('{ repeats = "monthly" }', monthly(1)),
        ('{ repeats = "monthly", start = "last" }', monthly("last")),
        ('{ repeats = "twice a month", start = 5, second = 20 }', twice_a_month(5, 20)),
        ('{ repeats = "weekly", start = 2026-01-05 }', weekly(date(2026, 1, 5))),
        ('{ repeats = "fortnightly", start = 2026-01-05 }', every_two_weeks(date(2026, 1, 5))),
        ('{ repeats = "yearly", month = 7 }', yearly(1, month=7)),
    ],
)
def test_a_period_is_a_word_or_has_a_start(text: str, period: object) -> None:
    assert read_late_fee_rule(f"{FLAT}period = {text}\n").period == period


@pytest.mark.parametrize(
    ("text", "eligible"),
    [
        ("", NOT_LATE_CHARGES),
        ('only_categories = ["rent"]', where.category(Category.RENT)),
        ('not_categories = ["utility", "fee"]', NOT_LATE_CHARGES & ~where.category(Category.UTILITY, Category.FEE)),
        ('only_codes = ["RENT"]', NOT_LATE_CHARGES & where.code("RENT")),
        ('not_codes = ["GYM"]', NOT_LATE_CHARGES & ~where.code("GYM")),
        ('only_categories = ["late fee"]', where.category(Category.LATE_FEE)),
    ],
)
def test_R34_what_counts_is_all_but_late_charges_unless_categories_are_named(text: str, eligible: Selector) -> None:
    assert read_late_fee_rule(f"{FLAT}{text}\n").eligible == eligible


def test_a_limit_a_month_is_one_a_period_where_that_is_a_month() -> None:
    (limit,) = read_late_fee_rule(f'{FLAT}limits = [{{ flat = 50, per = "month" }}]\n').limits
    assert limit == Limit(dollars("50"), per="period")


def test_a_single_limit_needs_no_list() -> None:
    (limit,) = read_late_fee_rule(f'{FLAT}limits = {{ percent = 10, of = "charge", per = "charge" }}\n').limits
    assert limit == Limit(fee.percent(10, of=fee.CHARGE), per="charge")


VENDORS = 'currency = "USD"\ngrace = { free_days = 5 }\n'


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            'base_fee_type = "flat amount"\nbase_fee = 50\n',
            standard_late_fee("flat_amount", usd("50"), grace=FreeDays(5)),
        ),
        (
            (
                'base_fee_type = "percent owed total"\nbase_fee = 5\nmax_total_fee_type = "flat amount"\n'
                "max_total_fee = 75.00\n"
            ),
            standard_late_fee(
                "percent_owed_total",
                Percent(5),
                max_total_fee_type="flat_amount",
                max_total_fee=usd("75"),
                grace=FreeDays(5),
            ),
        ),
        (
            (
                'base_fee_type = "flat amount"\nbase_fee = 50\nmax_total_fee_type = "percent monthly rent"\n'
                'max_total_fee = "10%"\n'
            ),
            standard_late_fee(
                "flat_amount",
                usd("50"),
                max_total_fee_type="percent_monthly_rent",
                max_total_fee=Percent(10),
                grace=FreeDays(5),
            ),
        ),
        (
            'base_fee_type = "flat amount"\nbase_fee = 50\nmax_total_fee_type = "unlimited"\n',
            standard_late_fee("flat_amount", usd("50"), grace=FreeDays(5)),
        ),
        (
            'base_fee_type = "flat amount"\nbase_fee = 50\noccurs = "balance each period"\ncode = "LATE"\n',
            standard_late_fee("flat_amount", usd("50"), grace=FreeDays(5), occurs=BALANCE_EACH_PERIOD, code="LATE"),
        ),
    ],
)
def test_R33_the_vendors_settings_stand_in_place_of_an_amount_and_its_limit(text: str, rule: LateFeeRule) -> None:
    assert read_late_fee_rule(VENDORS + text) == rule


def test_the_vendors_settings_go_with_all_others() -> None:
    text = f'base_fee_type = "percent monthly rent"\nbase_fee = 5\nleast = 20\nrounding = "up"\n{VENDORS}'
    text += 'max_total_fee_type = "flat amount"\nmax_total_fee = 75\nlimits = { flat = 200, per = "ever" }\n'
    assert read_late_fee_rule(text) == LateFeeRule(
        amount=fee.percent(5, of=fee.RENT),
        grace=FreeDays(5),
        limits=[Limit(dollars("75"), per="period"), Limit(dollars("200"), per="ever")],
        least=usd("20"),
        rounding=UP,
    )


def test_amounts_are_read_exactly_as_they_are_written() -> None:
    rule = read_late_fee_rule('currency = "JPY"\ngrace = "none"\namount = { flat = 5000 }\nleast = "90000"\n')
    assert (rule.amount, rule.least) == (fee.flat(Money(5000, "JPY")), Money(90000, "JPY"))


def test_dotted_names_and_tables_of_their_own_say_the_same() -> None:
    text = 'currency = "USD"\ngrace.free_days = 5\namount.flat = 50\n[[limits]]\nflat = 70\nper = "ever"\n'
    assert read_late_fee_rule(text) == LateFeeRule(
        amount=dollars("50"), grace=FreeDays(5), limits=Limit(dollars("70"), per="ever")
    )


def test_the_example_prints_as_the_sentence_above_it() -> None:
    rule = read_late_fee_rule((EXAMPLES / "rule.toml").read_text(encoding="utf-8"))
    assert str(rule) == (
        "the greater of 25.00 USD and 5% of what is owed, after 5 free days, once for all that is due on one day, at "
        "most 10% of the charge for a charge"
    )
    assert rule.code == "LATE"


def known_in(text: str) -> set[str]:
    """The settings that are known where one stands that nobody knows."""
    with pytest.raises(SettingErrors) as caught:
        read_late_fee_rule(f"{BASE}{text}\n")
    (hint,) = (mistake.hint for mistake in caught.value.mistakes if mistake.place.endswith("qqq"))
    return set(hint.removeprefix("known are ").split(", "))


@pytest.mark.parametrize(
    "text",
    [
        "qqq = 1\nbase_fee = 5",
        "amount = { qqq = 1 }",
        'amount = { flat = 5 }\nlimits = { flat = 50, qqq = 1, per = "ever" }',
        "amount = { flat = 5 }\nperiod = { repeats = 'twice a month', qqq = 1 }",
        "amount = { flat = 5 }\nperiod = { repeats = 'yearly', qqq = 1 }",
        "amount = { by_size = 'rent', tiers = [{ qqq = 1, amount = { flat = 5 } }] }",
    ],
)
def test_the_page_has_every_setting(text: str) -> None:
    shown = set(re.findall(r"\w+", PAGE.read_text(encoding="utf-8")))
    assert known_in(text) - shown == set()


def test_the_page_has_every_word_and_every_grace() -> None:
    shown = PAGE.read_text(encoding="utf-8")
    words = [*LATE_WORDS, "grace", "due", "charge", "period", "month", "ever", "late_fee", "interest", "whole_months"]
    words += ["each_charge_once", "each_charge_apart", "each_invoice_once", "balance_each_period", "none", "last"]
    assert [word for word in words if f'"{word.replace("_", " ")}"' not in shown and f'"{word}"' not in shown] == []
    graces = ["free_days", "first_fee_after_days", "free_until_day", "free_working_days", "holidays", "weekend"]
    assert [grace for grace in graces if grace not in shown] == []


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(InvalidType, match="rule: text is bytes, not str"):
        read_late_fee_rule(b"")  # type: ignore[arg-type]
