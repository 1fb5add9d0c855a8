"""A table of bad policy.toml files of a company, each with every mistake that is told of it."""

from __future__ import annotations

import pytest

from arledger import Mistake, SettingErrors
from arledger.interchange.finance_policies import read_finance_policy

CAD = 'currency = "CAD"\n'
FEE = '[late_fee]\namount = { percent = 5, of = "owed" }\ngrace = "none"\n'
A_CURRENCY = ("currency", "is missing", "write that of the sums, such as USD, before the sections")
A_GRACE = 'write one such as { free_days = 5 }, { first_fee_after_days = 5 } or { free_until_day = 5 }, or "none"'
A_TABLE = "write it as { setting = value }"
BEFORE = "write it before the sections, once for all of them"
KNOWN = (
    "known are adjustments, allocation, autopay, billing, checkout, currency, deposit, late_fee, lease, nsf, "
    "payment_types, property, region, tax"
)

CASES = [
    pytest.param("[autpay]\n", [("autpay", "is no setting here", "did you mean autopay?")], id="an unknown section"),
    pytest.param("order = 5\n", [("order", "is no setting here", KNOWN)], id="a setting in no section"),
    pytest.param(
        "[autopay]\nlimits = 5\n",
        [("autopay.limits", "is no setting here", "did you mean limit?")],
        id="an unknown key",
    ),
    pytest.param(
        '[property."Maple House".deposit]\nrefund_window = 5\n',
        [
            (
                'property."Maple House".deposit.refund_window',
                "is no setting here",
                "did you mean refund_window_days?",
            )
        ],
        id="an unknown key of a property",
    ),
    pytest.param(
        "[region.West]\nautopy = {}\n[lease.L-7]\nregion = 'West'\n[region.West.region]\n",
        [
            ("region.West.autopy", "is no setting here", "did you mean autopay?"),
            (
                "region.West.region",
                "is no setting here",
                KNOWN.replace("lease, ", "").replace(", property, region", ""),
            ),
            (
                "lease.L-7.region",
                "is no setting here",
                KNOWN.replace("lease, ", "").replace("property, region", "property"),
            ),
        ],
        id="what a region and a lease cannot be in",
    ),
    pytest.param(
        "autopay = 5\nlease = 'L-7'\n[region]\nWest = 5\n",
        [
            ("autopay", "is 5, not a table", A_TABLE),
            ("region.West", "is 5, not a table", A_TABLE),
            ("lease", "is text, not a table", A_TABLE),
        ],
        id="what is no table",
    ),
    pytest.param(
        "[region.' West']\n[region.'']\n",
        [
            ('region." West"', "has blanks around its name, or none", "write a plain name"),
            ('region.""', "has blanks around its name, or none", "write a plain name"),
        ],
        id="names that are none",
    ),
    pytest.param(
        "[region.West]\n[property.Oak]\nregion = 'Wset'\nnsf.code = 'N'\n"
        "[property.Elm]\nregion = 5\n[lease.'L 7']\nproperty = 'Aok'\n",
        [
            ("property.Oak.region", "unknown region 'Wset'", "did you mean West?"),
            ("property.Elm.region", "is 5, not text", "write it in quotation marks"),
            ('lease."L 7".property', "unknown property 'Aok'", "known are Elm, Oak"),
        ],
        id="scopes that are in an unknown one",
    ),
    pytest.param(
        "[property.Oak]\nregion = 'West Coast'\n",
        [("property.Oak.region", "unknown region 'West Coast'", 'write [region."West Coast"] for it')],
        id="a region, where there is none",
    ),
    pytest.param(
        "[autopay]\nlimit = 5\n[region.W.late_fee]\nleast = 5\n[region.W.nsf]\nfees = [{ amount = { flat = 2 } }]\n",
        [A_CURRENCY],
        id="sums in no currency, told once",
    ),
    pytest.param(
        '[autopay]\nlimit = 5\n[region.West]\ncurrency = "cad"\nautopay = { least = 6 }\n',
        [A_CURRENCY, ("region.West.currency", "unknown currency 'cad'", "write CAD")],
        id="an unknown currency, and none",
    ),
    pytest.param(
        'currency = "cad"\n[autopay]\nlimit = 5\n',
        [("currency", "unknown currency 'cad'", "write CAD")],
        id="an unknown currency",
    ),
    pytest.param(
        f'{FEE}currency = "CAD"\n[autopay]\ncycle = "monthly"\norder = "evenly"\n[billing]\nadjustment_codes = []\n'
        'tax_rounding = "up"\ntaxes = []\n',
        [
            ("autopay.order", "is no setting here", "write it under [allocation]"),
            ("autopay.cycle", "is no setting here", "write autopay_offset_days under [[billing.types]]"),
            ("billing.adjustment_codes", "is no setting here", "write it as codes under [adjustments]"),
            ("billing.taxes", "is no setting here", "write it under [tax]"),
            ("billing.tax_rounding", "is no setting here", "write it as rounding under [tax]"),
            ("late_fee.currency", "is no setting here", "write it before the sections, once for all of them"),
        ],
        id="settings that stand elsewhere",
    ),
    pytest.param(
        "[late_fee]\nleast = true\ngrace = 5\n[deposit]\nrefund_window_days = -5\n[property.Oak.autopay]\nlimit = 'a'\n"
        "[property.Oak.deposit]\npercent = 3\n[lease.L-7]\nproperty = 'Oak'\nautopay.excludes_first = 1\n",
        [
            (
                "late_fee.grace",
                "is 5, which has two meanings",
                "write { first_fee_after_days = 5 } for a fee from due + 5 on, or { free_days = 5 } for one day later",
            ),
            ("late_fee.least", "is true, not a number", "write a number such as 1000.00"),
            ("currency", "is missing", "write that of the sums, such as USD, before the sections"),
            (
                "property.Oak.autopay.limit",
                "amount 'a' is no plain decimal number",
                "write the number without a currency sign or letters, such as 12.34",
            ),
            ("lease.L-7.autopay.excludes_first", "is 1, not true or false", "write true or false"),
            ("deposit.refund_window_days", "is -5", "write 0 or more days"),
        ],
        id="mistakes of every scope, at once",
    ),
    pytest.param(
        "[late_fee]\ncode = 'LATE'\n[adjustments]\ncodes = ['X']\n[nsf]\ncode = 'N'\n[deposit]\npercent = 2\n"
        "[allocation]\nsettle = 'due'\n[property.Oak.late_fee]\ncode = 'L'\n",
        [
            ("allocation.order", "is missing", "write it"),
            ("billing.types", "is missing", "write it"),
            ("billing.proration", "is missing", "write it"),
            ("late_fee.amount", "is missing", "write it"),
            ("late_fee.grace", "is missing", "write it"),
            ("nsf.fees", "is missing", "write it"),
            ("deposit.refund_window_days", "is missing", "write it"),
        ],
        id="sections that lack what they must have, told once",
    ),
    pytest.param(
        "[late_fee]\ngrace = 'none'\n[property.Oak.late_fee]\namount = { all_of = 'owed' }\n",
        [("late_fee.amount", "is missing", "write it")],
        id="a section of the company that only a property completes",
    ),
    pytest.param(
        f"{CAD}[autopay]\nlimit = 50\nleast = 60\n[property.Oak.autopay]\nexcludes_first = true\n"
        "[property.Elm.autopay]\nlimit = 40\n[region.West.autopay]\nlimit = 70\n",
        [
            ("autopay.least", "60.00 CAD is over the limit of 50.00 CAD", "write a smaller one"),
            (
                "property.Elm.autopay",
                "least 60.00 CAD is over the limit of 40.00 CAD, as said by company and property Elm",
                "write a smaller one",
            ),
        ],
        id="what is refused of the company is told once",
    ),
    pytest.param(
        f"{CAD}[autopay]\nleast = 45\n[region.West.autopay]\nlimit = 40\n[property.Oak]\nregion = 'West'\n"
        "[property.Oak.autopay]\nlimit = 30\n[property.Elm]\nregion = 'West'\nautopay.excludes_last = true\n"
        "[property.Ash]\nautopay = { limit = 40, least = 41 }\n[lease.L-7.autopay]\nleast = 5\nlimit = 4\n",
        [
            (
                "region.West.autopay",
                "least 45.00 CAD is over the limit of 40.00 CAD, as said by company and region West",
                "write a smaller one",
            ),
            (
                "property.Oak.autopay",
                "least 45.00 CAD is over the limit of 30.00 CAD, as said by company and property Oak",
                "write a smaller one",
            ),
            ("property.Ash.autopay.least", "41.00 CAD is over the limit of 40.00 CAD", "write a smaller one"),
            ("lease.L-7.autopay.least", "5.00 CAD is over the limit of 4.00 CAD", "write a smaller one"),
        ],
        id="scopes that are refused together",
    ),
    pytest.param(
        f"{CAD}[autopay]\nleast = 45\n[property.Oak]\ncurrency = 'USD'\nautopay = {{ limit = 100 }}\n",
        [
            (
                "property.Oak.autopay",
                "45.00 CAD beside amounts in USD, as said by company and property Oak",
                "make a policy for each currency",
            )
        ],
        id="two currencies in one section",
    ),
    pytest.param(
        "[tax]\ntaxes = [{ code = 'A', codes = ['R'], percent = 5, on_top_of = ['B'] }]\n"
        "[billing]\nproration = 'actual'\ntypes = [{ name = 'w', period = 'weekly', start = 2026-01-05 }]\n"
        "[property.Oak.billing]\nproration = 'standard'\n[property.Oak.tax]\ntaxes = []\n",
        [
            ("tax", "tax A: on top of B, which is no tax of the policy", "known are A"),
            (
                "property.Oak.billing.proration",
                "proration.STANDARD: a month's divisor over weeks or half-months, as said by company and property Oak",
                'write "actual" or "annual"',
            ),
        ],
        id="taxes and billing",
    ),
    pytest.param(
        "[deposit]\nrefund_window_days = 5\npercent = 2\nrates = []\ncovers = {}\n[property.Oak.deposit]\n"
        "covers = { only_codes = [], only_code = 'R' }\naccrual = 'actual/36'\n[property.Elm.deposit]\ncovers = 5\n",
        [
            ("deposit.rates", "stands beside percent", "keep one of them"),
            ("deposit.covers", "says nothing", 'write one such as { only_categories = ["rent"] }'),
            ("property.Oak.deposit.accrual", "unknown word 'actual 36'", "did you mean actual_365?"),
            ("property.Oak.deposit.covers.only_codes", "is empty", "write at least one, or leave it out"),
            ("property.Oak.deposit.covers.only_code", "is no setting here", "did you mean only_codes?"),
            ("property.Elm.deposit.covers", "is 5, not a table", "write it as { setting = value }"),
        ],
        id="deposits",
    ),
    pytest.param(
        "[payment_types]\naccepted = 'ach'\ncash_only_after = 0.5\n[property.Oak.payment_types]\ncash_only_after = 0\n"
        "[property.Elm.payment_types]\nresident_portal = ['ach']\n",
        [
            ("payment_types.accepted", "is text, not a list of texts", 'write a list such as ["RENT", "PARK"]'),
            ("payment_types.cash_only_after", "is 0.5, not a whole number", "write a number such as 3"),
        ],
        id="payment types",
    ),
    pytest.param(
        f"{CAD}[checkout]\namounts = 'exactly'\nfees = [{{ amount = {{ percent = 2, of = 'owed' }} }}, "
        "{ amount = { flat = 0.5 }, borne_by = 'payer', type = 'ach' }]\nrun_by = 'me'\n[property.Oak.payment_types]\n"
        "accepted = ['ach']\n[property.Oak.checkout]\nsplits = 0\n[property.Elm.payment_types]\naccepted = ['']\n",
        [
            ("checkout.amounts", "unknown word 'exactly'", "did you mean exact?"),
            ("checkout.run_by", "unknown word 'me'", "known are anyone, billing_team, payers"),
            ("checkout.fees[1].amount.of", "unknown word 'owed'", "known are face"),
            ("checkout.fees[1].borne_by", "is missing", "write it"),
            ("checkout.fees[2].type", "is no setting here", "did you mean types?"),
            ("property.Oak.checkout.splits", "is 0, not true or false", "write true or false"),
            ("property.Elm.payment_types.accepted", "is empty", "write a text that is not empty"),
        ],
        id="checkout",
    ),
    pytest.param(
        "[late_fee]\ngrace = 'none'\namount = { all_of = 'owed' }\nlimits = { all_of = 'rent', per = 'month' }\n"
        "[region.West.late_fee]\nperiod = 'quarterly'\n[property.Oak]\nregion = 'West'\nlate_fee = { code = 'L' }\n"
        "[property.Elm.late_fee]\nperiod = 'quarterly'\nlimits = { all_of = 'rent', per = 'period' }\n",
        [
            (
                "region.West.late_fee",
                "has limits a calendar month by company, and a period by region West",
                'write per = "period" there, or leave out the period',
            )
        ],
        id="a limit a month by one scope, and another period by another",
    ),
    pytest.param(
        f"{CAD}{FEE}[property.Oak.late_fee]\nbase_fee = 6\n[property.Elm.late_fee]\nbase_fee_type = 'flat amount'\n"
        "[property.Ash.late_fee]\nmax_total_fee = 6\n[property.Yew.late_fee]\namount = { flat = 6 }\nbase_fee = 7\n"
        "[property.Fir.autopay]\nnotice_to = 5\n",
        [
            ("property.Oak.late_fee.base_fee_type", "is missing", "write it"),
            ("property.Elm.late_fee.base_fee", "is missing", "write it"),
            ("property.Ash.late_fee.max_total_fee_type", "is missing", "write it"),
            ("property.Yew.late_fee.base_fee", "stands beside amount", "keep one of them"),
            ("property.Fir.autopay.notice_from", "is missing", "write it"),
        ],
        id="halves of what is one setting",
    ),
]


@pytest.mark.parametrize(("text", "told"), CASES)
def test_a_bad_policy_is_told_in_these_words(text: str, told: list[tuple[str, str, str]]) -> None:
    with pytest.raises(SettingErrors) as caught:
        read_finance_policy(text, file="policy.toml")
    assert list(caught.value.mistakes) == [Mistake("policy.toml", *mistake) for mistake in told]
