"""A table of bad rule files, each with every mistake that is told of it."""

from __future__ import annotations

import pytest

from arledger import Mistake, SettingErrors, read_late_fee_rule

GRACE = "grace = { free_days = 5 }\n"
BASE = f'currency = "USD"\n{GRACE}'
FLAT = f"{BASE}amount = {{ flat = 50 }}\n"
FIVE = 'amount = { percent = 5, of = "owed" }\n'

AN_AMOUNT = 'write one such as { flat = 50 } or { percent = 5, of = "owed" }'
A_GRACE = 'write one such as { free_days = 5 }, { first_fee_after_days = 5 } or { free_until_day = 5 }, or "none"'
A_PERIOD = "write weekly, every two weeks, twice a month, monthly, quarterly, half yearly or yearly"
KNOWN = (
    "known are all_of, by_part, by_size, each_day, each_further_day, each_month, every_days, flat, from_day, "
    "greater_of, lesser_of, percent, percent_a_year, plus, rates_a_year"
)

CASES = [
    pytest.param("", [("amount", "is missing", AN_AMOUNT), ("grace", "is missing", A_GRACE)], id="nothing at all"),
    pytest.param(
        "amount = 5%\n",
        [
            (
                "",
                "is no TOML: expected newline or end of document after a statement (at line 1, column 11)",
                "write numbers without thousands separators, texts in quotation marks, and lists as [[items]]",
            )
        ],
        id="no TOML",
    ),
    pytest.param(
        "code = 'L\udcff'\n", [("", "holds bytes that are no UTF-8", "save it in UTF-8")], id="a byte that is no UTF-8"
    ),
    pytest.param(
        FIVE + "grace = 5\n",
        [
            (
                "grace",
                "is 5, which has two meanings",
                "write { first_fee_after_days = 5 } for a fee from due + 5 on, or { free_days = 5 } for one day later",
            )
        ],
        id="a grace given as a bare number, which has two meanings",
    ),
    pytest.param(FIVE + 'grace = "5 days"\n', [("grace", "unknown word '5 days'", A_GRACE)], id="a grace that is text"),
    pytest.param(
        FIVE + "grace = true\n",
        [("grace", "is true, not a table", "write it as { setting = value }")],
        id="a grace that is true",
    ),
    pytest.param(FIVE + "grace = {}\n", [("grace", "says no grace", A_GRACE)], id="a grace of nothing"),
    pytest.param(
        FIVE + "grace = { free_day = 5 }\n",
        [("grace.free_day", "is no setting here", "did you mean free_days?")],
        id="a misspelled grace",
    ),
    pytest.param(
        FIVE + "grace = { free_days = 5, free_until_day = 5, holidays = [] }\n",
        [("grace.free_until_day", "stands beside free_days", "keep one of them")],
        id="two graces",
    ),
    pytest.param(
        FIVE + "grace = { free_days = -1 }\n",
        [("grace.free_days", "is -1", "write 0 or more")],
        id="free days below zero",
    ),
    pytest.param(
        FIVE + "grace = { first_fee_after_days = 0 }\n",
        [("grace.first_fee_after_days", "is 0", "write 1 or more")],
        id="a first fee on the due date",
    ),
    pytest.param(
        FIVE + 'grace = { free_days = "5" }\n',
        [("grace.free_days", "is text, not a whole number", "write a number such as 3")],
        id="free days in quotation marks",
    ),
    pytest.param(
        FIVE + "grace = { free_until_day = 32 }\n",
        [("grace.free_until_day", "is 32", 'write 1 to 31, or "last"')],
        id="free until the 32nd",
    ),
    pytest.param(
        FIVE + 'grace = { free_until_day = "first" }\n',
        [("grace.free_until_day", "unknown word 'first'", "known are last")],
        id="free until a word",
    ),
    pytest.param(
        FIVE + "grace = { free_days = 5, holidays = [] }\n",
        [("grace.holidays", "stands beside free_days", "write free_working_days, or leave it out")],
        id="holidays of days that are counted all",
    ),
    pytest.param(
        FIVE + 'grace = { free_working_days = "3", holidays = ["2026-12-25"], weekend = ["caturday"] }\n',
        [
            ("grace.free_working_days", "is text, not a whole number", "write a number such as 3"),
            ("grace.holidays", "is text, not a day", "write a day such as 2026-03-31, without quotation marks"),
            ("grace.weekend", "unknown word 'caturday'", "did you mean saturday?"),
        ],
        id="working days of three mistakes",
    ),
    pytest.param(
        FIVE
        + 'grace = { free_working_days = 3, weekend = ["monday", "tuesday", "wednesday", "thursday", '
        + '"friday", "saturday", "sunday"] }\n',
        [("grace.weekend", "every day is a weekend", "leave out the days of work")],
        id="a week without working days",
    ),
    pytest.param(
        BASE + "amount = 50\n", [("amount", "is no amount of a fee", AN_AMOUNT)], id="an amount given as a bare number"
    ),
    pytest.param(BASE + "amount = {}\n", [("amount", "says no amount", AN_AMOUNT)], id="an amount of nothing"),
    pytest.param(
        BASE + "amount = { lesserof = [{ flat = 50 }, { flat = 5 }] }\n",
        [("amount.lesserof", "is no setting here", "did you mean lesser_of?")],
        id="a misspelled word",
    ),
    pytest.param(
        GRACE + 'amount = { of = "owed" }\n', [("amount", "says no amount", AN_AMOUNT)], id="a word without an amount"
    ),
    pytest.param(
        BASE + 'amount = { flat = 50, percent = 5, of = "owed" }\n',
        [("amount.percent", "stands beside flat", "write plus, lesser_of or greater_of")],
        id="two amounts in one table",
    ),
    pytest.param(
        BASE + "amount = { flat = 0 }\n",
        [("amount.flat", "0.00 USD is not positive", "write an amount above 0")],
        id="a sum of nothing",
    ),
    pytest.param(
        BASE + "amount = { flat = -5 }\n",
        [("amount.flat", "-5.00 USD is not positive", "write an amount above 0")],
        id="a negative sum",
    ),
    pytest.param(
        BASE + 'amount = { flat = "1,000" }\n',
        [
            (
                "amount.flat",
                "amount '1,000' is no plain decimal number",
                "write the number without thousands separators, such as 1234.56",
            )
        ],
        id="a sum with a thousands separator",
    ),
    pytest.param(
        BASE + "amount = { flat = 12.345 }\n",
        [("amount.flat", "amount 12.345 has 3 decimals, USD allows 2", "round it first")],
        id="a sum finer than a cent",
    ),
    pytest.param(
        BASE + "amount = { flat = true }\n",
        [("amount.flat", "is true, not a number", "write a number such as 1000.00")],
        id="a sum that is true",
    ),
    pytest.param(
        GRACE + 'amount = { lesser_of = [{ flat = 50 }, { flat = "5x" }] }\n',
        [
            (
                "amount.lesser_of[2].flat",
                "amount '5x' is no plain decimal number",
                "write the number without a currency sign or letters, such as 12.34",
            ),
            ("currency", "is missing", "write that of the sums here, such as USD"),
        ],
        id="no currency for two sums",
    ),
    pytest.param(
        GRACE + 'currency = "usd"\namount = { flat = 12.345 }\n',
        [("currency", "unknown currency 'usd'", "write USD")],
        id="a currency in small letters",
    ),
    pytest.param(
        BASE + FIVE,
        [
            (
                "currency",
                "there is no sum here that would be in it",
                "leave it out: percentages alone are for accounts in any currency",
            )
        ],
        id="a currency, and no sum",
    ),
    pytest.param(
        BASE + "amount = { flatt = 50 }\n",
        [("amount.flatt", "is no setting here", "did you mean flat?")],
        id="a currency, and a sum that is misspelled",
    ),
    pytest.param(
        GRACE + 'amount = { percent = -5, of = "owed" }\n',
        [("amount.percent", "-5% is negative", "write 0 or more")],
        id="a negative rate",
    ),
    pytest.param(
        GRACE + "amount = { percent = 5 }\n", [("amount.of", "is missing", "write it")], id="a percentage of nothing"
    ),
    pytest.param(
        GRACE + 'amount = { percent = 5, of = "face" }\n',
        [("amount.of", "unknown word 'face'", "known are charge, owed, past_due, rent")],
        id="a percentage of an unknown base",
    ),
    pytest.param(
        GRACE + 'amount = { percent = "five", of = "owed" }\n',
        [
            (
                "amount.percent",
                "'five' is no plain decimal number",
                "write the number without a currency sign or letters, such as 12.34",
            )
        ],
        id="a rate that is no number",
    ),
    pytest.param(
        GRACE + 'amount = { all_of = "rnet" }\n',
        [("amount.all_of", "unknown word 'rnet'", "did you mean rent?")],
        id="all of an unknown base",
    ),
    pytest.param(
        BASE + "amount = { plus = [{ flat = 5 }] }\n",
        [("amount.plus", "takes two amounts or more", "write another one")],
        id="a sum of one",
    ),
    pytest.param(
        BASE + "amount = { lesser_of = [] }\n",
        [("amount.lesser_of", "takes two amounts or more", "write another one")],
        id="the lesser of none",
    ),
    pytest.param(
        BASE + "amount = { lesser_of = [5, 10] }\n",
        [("amount.lesser_of", "is a list, not a list of tables", "write them as [{ setting = value }]")],
        id="the lesser of numbers",
    ),
    pytest.param(
        BASE + 'amount = { greater_of = [{ flat = 5 }, { flat = "x" }, { prcent = 5, of = "owed" }] }\n',
        [
            (
                "amount.greater_of[2].flat",
                "amount 'x' is no plain decimal number",
                "write the number without a currency sign or letters, such as 12.34",
            ),
            ("amount.greater_of[3].prcent", "is no setting here", "did you mean percent?"),
        ],
        id="mistakes inside a list",
    ),
    pytest.param(
        BASE + "amount = { each_day = { each_day = { flat = 5 } } }\n",
        [("amount.each_day", "the amount counts days itself", "add the two, or take one of them")],
        id="a day of an amount that counts days itself",
    ),
    pytest.param(
        BASE + "amount = { each_month = { percent_a_year = 8 } }\n",
        [("amount.each_month", "the amount counts days itself", "add the two, or take one of them")],
        id="a month of an amount that counts days itself",
    ),
    pytest.param(
        BASE + "amount = { each_day = 10 }\n",
        [("amount.each_day", "is no amount of a fee", AN_AMOUNT)],
        id="each day of a bare number",
    ),
    pytest.param(
        BASE + 'amount = { each_day = { flat = 5 }, since = "move in" }\n',
        [("amount.since", "unknown word 'move in'", "known are due, grace")],
        id="days counted from an unknown day",
    ),
    pytest.param(
        BASE + "amount = { every_days = 0, amount = { flat = 5 } }\n",
        [("amount.every_days", "is 0", "write 1 or more")],
        id="a step of no days",
    ),
    pytest.param(
        BASE + "amount = { every_days = 5 }\n",
        [("amount.amount", "is missing", AN_AMOUNT)],
        id="a step without an amount",
    ),
    pytest.param(
        BASE + "amount = { every_days = 5, first = 0, amount = { flat = 5 } }\n",
        [("amount.first", "is 0", "write 1 or more")],
        id="a first day before the first",
    ),
    pytest.param(
        BASE + "amount = { every_days = 5, amount = { from_day = 9, amount = { flat = 5 } } }\n",
        [("amount.amount", "the amount counts days itself", "add the two, or take one of them")],
        id="a step of an amount that counts days itself",
    ),
    pytest.param(
        BASE + "amount = { from_day = 0, amount = { flat = 5 } }\n",
        [("amount.from_day", "is 0", "write 1 or more")],
        id="from no day",
    ),
    pytest.param(
        GRACE + "amount = { percent_a_year = -8 }\n",
        [("amount.percent_a_year", "-8% is negative", "write 0 or more")],
        id="a negative rate a year",
    ),
    pytest.param(
        GRACE + 'amount = { percent_a_year = 8, days = "actual/364" }\n',
        [("amount.days", "unknown word 'actual 364'", "did you mean actual_365?")],
        id="an unknown day count",
    ),
    pytest.param(
        GRACE + "amount = { percent_a_year = 8, days = 365 }\n",
        [("amount.days", "is 365, not text", "write it in quotation marks")],
        id="a day count that is a number",
    ),
    pytest.param(
        GRACE
        + "amount = { rates_a_year = [{ percent = 8, until = 2026-01-01 }, { percent = 9, since = 2026-07-01 }] }\n",
        [
            (
                "amount.rates_a_year",
                "rate table: no rate from 2026-01-01 up to 2026-07-01",
                "leave out until, or write a rate of 0 in between",
            )
        ],
        id="a gap between rates a year",
    ),
    pytest.param(
        GRACE + "amount = { rates_a_year = [{ since = 2026-01-01 }] }\n",
        [("amount.rates_a_year[1].percent", "is missing", "write it")],
        id="a rate a year without its percent",
    ),
    pytest.param(
        GRACE + "amount = { rates_a_year = [] }\n",
        [("amount.rates_a_year", "rate table: no rates", "write at least one")],
        id="no rates a year",
    ),
    pytest.param(
        BASE
        + 'amount = { by_size = "rent", tiers = [{ up_to = 700, amount = { flat = 12 } }, { up_to = 600, '
        + "amount = { flat = 20 } }, { amount = { flat = 30 } }] }\n",
        [
            (
                "amount.tiers",
                "the tier up to 600.00 USD overlaps the one up to 700.00 USD",
                "write tiers that rise, and only the last one without up_to",
            )
        ],
        id="tiers that overlap",
    ),
    pytest.param(
        BASE + 'amount = { by_size = "rent", tiers = [{ up_to = 700, amount = { flat = 12 } }] }\n',
        [("amount.tiers", "no tier for all above", "write a last one without up_to")],
        id="no tier for all above",
    ),
    pytest.param(
        BASE + 'amount = { by_part = "rent", tiers = [{ amount = { flat = 12 } }, { amount = { flat = 20 } }] }\n',
        [("amount.tiers", "two tiers for all above", "keep the last one")],
        id="two tiers for all above",
    ),
    pytest.param(
        BASE + 'amount = { by_size = "rent" }\n',
        [("amount.tiers", "is missing", "write it as [{ up_to = 500, amount = { flat = 10 } }]")],
        id="a ladder without tiers",
    ),
    pytest.param(
        BASE
        + 'amount = { by_size = "rent", tiers = [{ up_to = 0, amount = { flat = 5 } }, { amount = { flat = 20 } }] }\n',
        [("amount.tiers[1].up_to", "0.00 USD is not positive", "write an amount above 0")],
        id="a tier up to nothing",
    ),
    pytest.param(
        BASE + 'amount = { by_size = "rent", tiers = [{ up_to = 700 }, { amount = { flat = 20 } }] }\n',
        [("amount.tiers[1].amount", "is missing", AN_AMOUNT)],
        id="a tier without an amount",
    ),
    pytest.param(
        BASE + 'amount = { by_part = "owed", tiers = [{ amount = { each_day = { flat = 3 } } }] }\n',
        [("amount.tiers", "a tier counts days", "count the days of the whole: each_day = { by_part = ... }")],
        id="a part that counts days",
    ),
    pytest.param(
        BASE + 'amount = { flat = 50, of = "rent" }\n',
        [("amount.of", "is no setting here", KNOWN)],
        id="a setting that nobody knows inside an amount",
    ),
    pytest.param(
        BASE + "amount." + "each_day." * 25 + "flat = 5\n",
        [("amount" + ".each_day" * 21, "is composed too deeply", "compose at most 20 amounts in a row")],
        id="amounts inside amounts without end",
    ),
    pytest.param(
        FLAT + "limits = 50\n",
        [("limits", "is 50, not a list of tables", "write [[limits]] before each")],
        id="a limit that is a number",
    ),
    pytest.param(
        FLAT + "limits = [{ flat = 50 }]\n",
        [("limits[1].per", "is missing", "write it")],
        id="a limit without its scope",
    ),
    pytest.param(
        FLAT + 'limits = [{ flat = 50, per = "year" }]\n',
        [("limits[1].per", "unknown word 'year'", "known are charge, ever, month, period")],
        id="a limit of an unknown scope",
    ),
    pytest.param(
        FLAT + 'limits = [{ per = "charge" }]\n',
        [("limits[1]", "says no amount", AN_AMOUNT)],
        id="a scope without a limit",
    ),
    pytest.param(
        FLAT + 'limits = [{ flat = 50, per = "ever" }, { percent = 10, of = "owed", per = "charge" }]\n',
        [
            (
                "limits[2]",
                "10% of what is owed changes from day to day",
                "write a flat sum, or a percentage of the rent or of the charge",
            )
        ],
        id="a limit that changes from day to day",
    ),
    pytest.param(
        FLAT + 'period = "quarterly"\nlimits = [{ flat = 50, per = "month" }]\n',
        [("limits[1].per", "the period of the rule is no calendar month", 'write "period"')],
        id="a limit a month where a period is another",
    ),
    pytest.param(
        FLAT + 'occurs = "each charge twice"\n',
        [("occurs", "unknown word 'each charge twice'", "did you mean each_charge_once?")],
        id="an unknown word on how often",
    ),
    pytest.param(
        BASE + 'amount = { each_day = { flat = 5 } }\noccurs = "balance each period"\n',
        [
            (
                "occurs",
                "5.00 USD for each day counts days, and a balance has none of its own",
                'write occurs = "each charge once", whose fee grows with the days',
            )
        ],
        id="a balance that counts days",
    ),
    pytest.param(
        FLAT + 'period = "weekly"\n',
        [("period", "has no start", 'write it as { repeats = "weekly", start = 2026-01-05 }')],
        id="weeks without a start",
    ),
    pytest.param(
        FLAT + 'period = "every month"\n', [("period", "unknown word 'every month'", A_PERIOD)], id="an unknown period"
    ),
    pytest.param(
        FLAT + "period = 30\n",
        [("period", "is 30, not a table", "write it as { setting = value }")],
        id="a period that is a number",
    ),
    pytest.param(
        FLAT + 'period = { repeats = "sometimes", start = 1, month = 2 }\n',
        [("period.repeats", "unknown word 'sometimes'", A_PERIOD)],
        id="a period that repeats in no known way",
    ),
    pytest.param(
        FLAT + "period = { start = 1 }\n", [("period.repeats", "is missing", "write it")], id="a period without a word"
    ),
    pytest.param(
        FLAT + 'period = { repeats = "weekly", start = 1 }\n',
        [("period.start", "is no day", "write a day such as 2026-01-05, on which weeks start")],
        id="weeks that start on a day of the month",
    ),
    pytest.param(
        FLAT + 'period = { repeats = "monthly", start = 32 }\n',
        [("period.start", "monthly: day is 32", 'write 1 to 31, or "last"')],
        id="a period from the 32nd on",
    ),
    pytest.param(
        FLAT + 'period = { repeats = "twice a month", start = 15, second = 1 }\n',
        [
            (
                "period.second",
                "twice_a_month: second 1 is not after first 15 in February",
                "write two days that differ in each month, the earlier one first",
            )
        ],
        id="a second half before the first",
    ),
    pytest.param(
        FLAT + 'period = { repeats = "monthly", month = 2 }\n',
        [("period.month", "is no setting here", "known are repeats, start")],
        id="a month of a monthly period",
    ),
    pytest.param(
        FLAT + 'period = { repeats = "monthly", start = "lease start" }\n',
        [("period.start", "unknown word 'lease start'", "known are last")],
        id="a period from the start of a lease",
    ),
    pytest.param(
        FLAT
        + 'only_categories = []\nnot_categories = ["rnet"]\nonly_codes = "RENT"\nnot_codes = ["GYM "]\n'
        + 'only_code = ["A"]\n',
        [
            ("only_categories", "is empty", "write at least one, or leave it out"),
            ("not_categories", "unknown category 'rnet'", "did you mean rent?"),
            ("only_codes", "is text, not a list of texts", 'write a list such as ["RENT", "PARK"]'),
            ("not_codes", "codes: code 'GYM ' has blanks around it", "write it without them"),
            ("only_code", "is no setting here", "did you mean only_codes?"),
        ],
        id="selections of five mistakes",
    ),
    pytest.param(
        FLAT + 'category = "rent"\n',
        [("category", "unknown word 'rent'", "known are interest, late_fee")],
        id="a category of no late charge",
    ),
    pytest.param(
        FLAT + "least = 0\n",
        [("least", "0.00 USD is not positive", "write an amount above 0")],
        id="a least balance of nothing",
    ),
    pytest.param(
        FLAT + 'code = " "\n', [("code", "is empty", "write a text that is not empty")], id="a code of blanks"
    ),
    pytest.param(
        FLAT + 'since = "2026-01-01"\nuntil = 2026-01-01T00:00:00\nrounding = "nearest"\n',
        [
            ("since", "is text, not a day", "write a day such as 2026-03-31, without quotation marks"),
            ("until", "is a moment, not a day", "write a day such as 2026-03-31"),
            ("rounding", "unknown word 'nearest'", "known are down, half_even, half_up, up"),
        ],
        id="days and roundings that are none",
    ),
    pytest.param(
        FLAT + 'base_fee_type = "flat amount"\nbase_fee = 50\n',
        [("base_fee_type", "stands beside amount", "keep one of them")],
        id="the vendor's settings beside an amount",
    ),
    pytest.param(BASE + "base_fee = 50\n", [("base_fee_type", "is missing", "write it")], id="a fee without its type"),
    pytest.param(
        BASE + 'base_fee_type = "percent owed total"\n',
        [("base_fee", "is missing", "write it")],
        id="a type without its fee",
    ),
    pytest.param(
        BASE + 'base_fee_type = "percent"\nbase_fee = 5\n',
        [
            (
                "base_fee_type",
                "unknown word 'percent'",
                "known are flat_amount, percent_monthly_rent, percent_owed_total",
            )
        ],
        id="an unknown type of fee",
    ),
    pytest.param(
        GRACE + 'base_fee_type = "percent owed total"\nbase_fee = -5\n',
        [("base_fee", "-5% is negative", "write 0 or more")],
        id="a negative base fee",
    ),
    pytest.param(
        BASE + 'base_fee_type = "flat amount"\nbase_fee = 0\n',
        [("base_fee", "0.00 USD is not positive", "write an amount above 0")],
        id="a flat base fee of nothing",
    ),
    pytest.param(
        BASE + 'base_fee_type = "flat amount"\nbase_fee = 50\nmax_total_fee = 75\n',
        [("max_total_fee_type", "is missing", "write it")],
        id="a total without its type",
    ),
    pytest.param(
        BASE + 'base_fee_type = "flat amount"\nbase_fee = 50\nmax_total_fee_type = "flat amount"\n',
        [("max_total_fee", "is missing", "write it")],
        id="a type of total without the total",
    ),
    pytest.param(
        BASE + 'base_fee_type = "flat amount"\nbase_fee = 50\nmax_total_fee_type = "unlimited"\nmax_total_fee = 75\n',
        [("max_total_fee", "stands beside an unlimited total", "leave it out")],
        id="a total that is unlimited",
    ),
    pytest.param(
        BASE
        + 'base_fee_type = "flat amount"\nbase_fee = 50\nmax_total_fee_type = "percent monthly rent"\n'
        + "max_total_fee = -10\n",
        [("max_total_fee", "-10% is negative", "write 0 or more")],
        id="a negative total",
    ),
    pytest.param(
        FLAT + "since = 2026-03-01\nuntil = 2026-03-01\n",
        [("until", "2026-03-01 is not after since 2026-03-01", "until is the first due date after the rule")],
        id="a rule for no due date",
    ),
    pytest.param(
        GRACE
        + 'currency = "USD"\namont = { flat = 50 }\nlimits = [{ flat = "50 USD", per = "charge" }]\n'
        + 'ocurs = "each charge once"\n',
        [
            ("amount", "is missing", AN_AMOUNT),
            (
                "limits[1].flat",
                "amount '50 USD' is no plain decimal number",
                "write the number without a currency sign or letters, such as 12.34",
            ),
            ("amont", "is no setting here", "did you mean amount?"),
            ("ocurs", "is no setting here", "did you mean occurs?"),
        ],
        id="four mistakes in four places",
    ),
]


@pytest.mark.parametrize(("text", "told"), CASES)
def test_a_bad_rule_file_is_told_in_these_words(text: str, told: list[tuple[str, str, str]]) -> None:
    with pytest.raises(SettingErrors) as caught:
        read_late_fee_rule(text, file="rule.toml")
    assert list(caught.value.mistakes) == [Mistake("rule.toml", *mistake) for mistake in told]


@pytest.mark.parametrize("depth", [300, 3_000])
def test_a_file_of_any_depth_is_refused_and_breaks_nothing(depth: int) -> None:
    """TOML nests dotted names as deeply as they are written; brackets it refuses itself."""
    for text in ("amount." + "each_day." * depth + "flat = 5\n", "amount = " + "{ plus = [" * depth):
        with pytest.raises(SettingErrors, match=r"too deeply|no TOML"):
            read_late_fee_rule(BASE + text)
