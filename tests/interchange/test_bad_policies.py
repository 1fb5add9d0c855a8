"""A table of bad policy files, each with every mistake that is told of it."""

from __future__ import annotations

import pytest

from arledger import Mistake, SettingErrors, read_billing_policy

ACTUAL = 'proration = "actual"\n'
MONTHLY = '[[types]]\nname = "m"\nperiod = "monthly"\nstart = 1\n'
GST = '[[taxes]]\ncode = "GST"\ncodes = ["RENT"]\n'

KNOWN_OF_TYPES = (
    "known are autopay_offset_days, bill_offset_days, business_days, due_days_after_invoice, due_offset_days, "
    "due_on_day, name, period, start"
)

CASES = [
    pytest.param(
        ACTUAL + MONTHLY + "rabatt = 5\nkonto = 6\n",
        [(f"types[1].{name}", "is no setting here", KNOWN_OF_TYPES) for name in ("rabatt", "konto")],
        id="two settings that nobody knows",
    ),
    pytest.param(
        "",
        [("types", "is missing", "write [[types]] before each"), ("proration", "is missing", "write it")],
        id="nothing at all",
    ),
    pytest.param(ACTUAL, [("types", "is missing", "write [[types]] before each")], id="no types"),
    pytest.param(
        ACTUAL + "types = []",
        [("types", "billing policy: no billing type", "write at least one")],
        id="an empty list of types",
    ),
    pytest.param(MONTHLY, [("proration", "is missing", "write it")], id="no proration"),
    pytest.param(
        'proration = "acutal"\n' + MONTHLY,
        [("proration", "unknown word 'acutal'", "did you mean actual?")],
        id="a misspelled proration",
    ),
    pytest.param(
        "proration = 0\n" + MONTHLY,
        [("proration", "fixed divisor: divisor is 0", "write days above 0")],
        id="a divisor of nothing",
    ),
    pytest.param(
        'proration = "30x"\n' + MONTHLY,
        [
            (
                "proration",
                "divisor '30x' is no plain decimal number",
                "write the number without a currency sign or letters, such as 12.34",
            )
        ],
        id="a divisor that is no number",
    ),
    pytest.param(
        "proration = true\n" + MONTHLY,
        [("proration", "is true, not a number", "write a number such as 1000.00")],
        id="a proration that is true",
    ),
    pytest.param(
        ACTUAL + 'rounding = "nearest"\ndaily_rate = 5\nconfirmation = '
        '"auto"\ncounts_move_out = 1\nrounding_offset_days = 0.5\n' + MONTHLY,
        [
            ("rounding", "unknown word 'nearest'", "known are down, half_even, half_up, up"),
            ("daily_rate", "is 5, not text", "write it in quotation marks"),
            ("rounding_offset_days", "is 0.5, not a whole number", "write a number such as 3"),
            ("confirmation", "unknown word 'auto'", "did you mean automatic?"),
            ("counts_move_out", "is 1, not true or false", "write true or false"),
        ],
        id="five wrong settings",
    ),
    pytest.param(
        ACTUAL + "rounding_offset_days = 0\n" + MONTHLY,
        [
            (
                "rounding_offset_days",
                "billing policy: rounding_offset_days is 0",
                "write the last day of a month, 1 to 31, on which a move-in starts the term in that month",
            )
        ],
        id="a rounding offset of 0",
    ),
    pytest.param(
        ACTUAL + 'adjustment_codes = "DISC"\n' + MONTHLY,
        [("adjustment_codes", "is text, not a list of texts", 'write a list such as ["RENT", "PARK"]')],
        id="codes that are text",
    ),
    pytest.param(
        ACTUAL + 'adjustment_codes = ["DISC "]\n' + MONTHLY,
        [("adjustment_codes", "adjustment policy: codes 'DISC ' has blanks around it", "write it without them")],
        id="a code with a blank",
    ),
    pytest.param(
        ACTUAL + '[[types]]\nname = "m"\nperiod = "every month"\nstart = 1\n',
        [
            (
                "types[1].period",
                "unknown word 'every month'",
                "write weekly, every two weeks, twice a month, monthly, quarterly, half yearly or yearly",
            )
        ],
        id="an unknown period",
    ),
    pytest.param(
        ACTUAL + '[[types]]\nname = "m"\nperiod = "monthly"\nstart = 32\n',
        [("types[1].start", "monthly: day is 32", 'write 1 to 31, or "last"')],
        id="a start on the 32nd",
    ),
    pytest.param(
        ACTUAL + '[[types]]\nname = "m"\nperiod = "monthly"\nstart = "first"\n',
        [("types[1].start", "unknown word 'first'", "known are last, lease_start")],
        id="a start in a word",
    ),
    pytest.param(
        ACTUAL + '[[types]]\nname = "m"\nperiod = "monthly"\nstart = true\n',
        [("types[1].start", "is true or false, not a whole number", "write a number such as 3")],
        id="a start that is true",
    ),
    pytest.param(
        ACTUAL + '[[types]]\nname = "m"\nperiod = "weekly"\nstart = 1\n',
        [("types[1].start", "is no day", 'write a day such as 2026-01-05, on which weeks start, or "lease start"')],
        id="a week that starts on the 1st",
    ),
    pytest.param(
        ACTUAL + '[[types]]\nname = "m"\nperiod = "quarterly"\nstart = 1\nmonth = 13\n',
        [("types[1].month", "quarterly: month is 13", "write 1 to 12")],
        id="a 13th month",
    ),
    pytest.param(
        ACTUAL + MONTHLY + "month = 2\n",
        [
            (
                "types[1].month",
                "is no setting here",
                (
                    "known are autopay_offset_days, bill_offset_days, business_days, "
                    "due_days_after_invoice, due_offset_days, due_on_day, name, period, start"
                ),
            )
        ],
        id="a month of a monthly period",
    ),
    pytest.param(
        ACTUAL + '[[types]]\nname = "m"\nperiod = "twice a month"\nstart = 15\nsecond = 1\n',
        [
            (
                "types[1].second",
                "twice_a_month: second 1 is not after first 15 in February",
                "write two days that differ in each month, the earlier one first",
            )
        ],
        id="a second half before the first",
    ),
    pytest.param(
        ACTUAL + '[[types]]\nname = "m"\nperiod = "quarterly"\nstart = "lease start"\nmonth = 2\n',
        [("types[1].month", 'stands beside start = "lease start"', "leave it out")],
        id="a month beside the lease's start",
    ),
    pytest.param(
        ACTUAL + MONTHLY + "bill_offset_days = 2\nautopay_offset_days = -3\n",
        [
            (
                "types[1].autopay_offset_days",
                "billing type m: the bill runs 2 days before the cycle starts, after the autopay run 3 days before it",
                "write at least -2, or a larger bill_offset_days",
            )
        ],
        id="a bill run after its autopay run",
    ),
    pytest.param(
        ACTUAL + MONTHLY + 'due_offset_days = -1\nbill_offset_days = "10"\n',
        [
            ("types[1].due_offset_days", "due after start: days is -1", "write 0 or more days"),
            ("types[1].bill_offset_days", "is text, not a whole number", "write a number such as 3"),
        ],
        id="offsets that are none",
    ),
    pytest.param(
        ACTUAL + MONTHLY + "due_offset_days = 1\ndue_on_day = 15\n",
        [("types[1].due_on_day", "stands beside due_offset_days", "keep one of them")],
        id="two due rules",
    ),
    pytest.param(
        ACTUAL + MONTHLY + 'due_on_day = "frist"\n',
        [("types[1].due_on_day", "unknown word 'frist'", "known are last")],
        id="a due day in a word",
    ),
    pytest.param(
        ACTUAL + MONTHLY + MONTHLY,
        [("types", "billing policy: billing type m stands twice", "")],
        id="a billing type twice",
    ),
    pytest.param(
        'proration = "standard"\n[[types]]\nname = "m"\nperiod = "weekly"\nstart = 2026-01-05\n',
        [
            (
                "proration",
                "proration.STANDARD: a month's divisor over weeks or half-months",
                'write "actual" or "annual"',
            )
        ],
        id="a month divisor over weeks",
    ),
    pytest.param(
        ACTUAL + MONTHLY + 'business_days = "following"\n',
        [("types[1].business_days", "is text, not a table", "write it as { setting = value }")],
        id="business days that are text",
    ),
    pytest.param(
        ACTUAL
        + MONTHLY
        + '[types.business_days]\nconvention = "nearest"\nholidays = ["2026-12-25"]\nweekend = ["caturday"]\n',
        [
            (
                "types[1].business_days.convention",
                "unknown word 'nearest'",
                "known are following, modified_following, preceding",
            ),
            (
                "types[1].business_days.holidays",
                "is text, not a day",
                "write a day such as 2026-03-31, without quotation marks",
            ),
            ("types[1].business_days.weekend", "unknown word 'caturday'", "did you mean saturday?"),
        ],
        id="business days of three mistakes",
    ),
    pytest.param(
        ACTUAL + MONTHLY + '[types.business_days]\nconvention = "following"\nholidays = 2026-12-25\n',
        [("types[1].business_days.holidays", "is a day, not a list of days", "write a list such as [2026-12-25]")],
        id="a single holiday",
    ),
    pytest.param(ACTUAL + MONTHLY + GST, [("taxes[1].percent", "is missing", "write it")], id="a tax without a rate"),
    pytest.param(
        ACTUAL + MONTHLY + '[[taxes]]\ncode = "GST"\ncodes = []\npercent = 5\n',
        [("taxes[1].codes", "tax GST: falls on no charge", "write the codes of charges")],
        id="a tax on nothing",
    ),
    pytest.param(
        ACTUAL + MONTHLY + GST + "percent = -5\nrates = []\n",
        [("taxes[1].rates", "stands beside percent", "keep one of them")],
        id="a rate and rates",
    ),
    pytest.param(
        ACTUAL + MONTHLY + GST + "rates = [{ percent = 5, until = 2026-01-01 }, { percent = 6, since = 2026-02-01 }]\n",
        [
            (
                "taxes[1].rates",
                "rate table: no rate from 2026-01-01 up to 2026-02-01",
                "leave out until, or write a rate of 0 in between",
            )
        ],
        id="a gap between rates",
    ),
    pytest.param(
        ACTUAL + MONTHLY + GST + "rates = [{ percent = 5, until = 2026-03-01 }, { percent = 6, since = 2026-02-01 }]\n",
        [("taxes[1].rates", "rate table: 5% up to 2026-03-01 overlaps 6% from 2026-02-01", "a day has one rate")],
        id="rates that overlap",
    ),
    pytest.param(
        ACTUAL + MONTHLY + '[[taxes]]\ncode = "A"\ncodes = ["RENT"]\npercent = 5\non_top_of = '
        '["B"]\n[[taxes]]\ncode = "B"\ncodes = ["RENT"]\npercent = 5\non_top_of = ["A"]\n',
        [("taxes", "tax policy: A is on top of B is on top of A", "taxes on top of each other have an end")],
        id="a ring of taxes",
    ),
    pytest.param(
        ACTUAL + MONTHLY + '[[taxes]]\ncode = "A"\ncodes = ["RENT"]\npercent = 5\non_top_of = ["C"]\n',
        [("taxes", "tax A: on top of C, which is no tax of the policy", "known are A")],
        id="a tax on top of none",
    ),
    pytest.param(
        ACTUAL + MONTHLY + '[[taxes]]\ncode = "A"\ncodes = ["RENT"]\npercent = 5\n[[taxes]]\ncode '
        '= "A"\ncodes = ["PARK"]\npercent = 5\n',
        [("taxes", "tax policy: tax A stands twice", "")],
        id="a tax twice",
    ),
    pytest.param(
        ACTUAL + 'tax_rounding = "nearest"\n' + MONTHLY,
        [("tax_rounding", "unknown word 'nearest'", "known are down, half_even, half_up, up")],
        id="an unknown rounding of taxes",
    ),
]


@pytest.mark.parametrize(("text", "told"), CASES)
def test_a_bad_policy_file_is_told_in_these_words(text: str, told: list[tuple[str, str, str]]) -> None:
    with pytest.raises(SettingErrors) as caught:
        read_billing_policy(text, file="policy.toml")
    assert list(caught.value.mistakes) == [Mistake("policy.toml", *mistake) for mistake in told]
