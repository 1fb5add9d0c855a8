"""``arledger late-fees``: what it writes, in which form, what it tells, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arledger import read_late_fee_rule
from arledger.cli import main
from arledger.interchange.assessments import PROPOSED_COLUMNS
from arledger.interchange.entry_rows import ENTRY_COLUMNS, OPTIONAL_ENTRY_COLUMNS
from arledger.interchange.rents import RENT_COLUMNS

EXAMPLES = Path(__file__).parents[2] / "examples" / "late_fees"

COLUMNS = [*ENTRY_COLUMNS, *OPTIONAL_ENTRY_COLUMNS]


def entry(account: str, kind: str, name: str, on: str, amount: str = "", currency: str = "USD", **cells: str) -> str:
    """A row of a file with all columns."""
    row = {"account": account, "kind": kind, "id": name, "on": on, "amount": amount, "currency": currency, **cells}
    assert set(row) <= set(COLUMNS)
    return ",".join(row.get(column, "") for column in COLUMNS) + "\n"


HEADER = ",".join(COLUMNS) + "\n"
MAPLE = [
    entry("Maple 12", "charge", "R-02", "2026-02-01", "1000", category="rent"),
    entry("Maple 12", "charge", "R-03", "2026-03-01", "1000", category="rent"),
    entry("Maple 12", "charge", "U-03", "2026-03-01", "40", category="utility", disputed="yes"),
    entry("Maple 12", "charge", "A-03", "2026-03-01", "500", category="rent", payer="agency"),
    entry("Maple 12", "payment", "P-1", "2026-02-04", "1000"),
    entry("Maple 12", "payment", "P-2", "2026-03-03", "200"),
    entry("Maple 12", "payment", "P-3", "2026-03-04", "100"),
    entry("Maple 12", "pending", "", "2026-03-04", of="P-3"),
    entry("Maple 12", "return", "N-1", "2026-03-06", of="P-1", reason="insufficient funds"),
]
"""February was paid, and comes back on 6 March; of March, 300 of 1000 are paid or on their way."""
OAK = [
    entry("Oak 3", "charge", "R-02", "2026-02-01", "1200", category="rent"),
    entry("Oak 3", "charge", "L-02", "2026-02-07", "60", category="late fee", about="R-02"),
    entry("Oak 3", "charge", "R-03", "2026-03-01", "1200", category="rent"),
    entry("Oak 3", "payment", "P-1", "2026-02-20", "700"),
]
"""A fee for February has been charged."""
ELM = [
    entry("Elm 7", "charge", "R-03", "2026-03-01", "900", category="rent"),
    entry("Elm 7", "payment", "P-1", "2026-03-05", "900"),
]
"""Paid within the grace."""
ASH = [entry("Ash 9", "charge", "R-03", "2026-03-01", "800", "CAD", category="rent")]
"""In another currency."""
ENTRIES = HEADER + "".join([*MAPLE, *OAK, *ELM])
RULE = 'grace = { free_days = 5 }\namount = { percent = 5, of = "owed" }\n'

Run = Callable[..., tuple[int, str, str]]
FEES = ("late-fees", "entries.csv", "rule.toml", "--order", "oldest-first", "--on", "2026-03-07")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command in a folder with the two files; its exit code and what it wrote."""
    monkeypatch.chdir(tmp_path)
    write(ENTRIES)
    write(RULE, "rule.toml")

    def run_in_folder(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        written = capfdbinary.readouterr()
        return code, written.out.decode(), written.err.decode()

    return run_in_folder


def write(text: str, name: str = "entries.csv") -> None:
    Path(name).write_text(text, encoding="utf-8")


def rows_of(run: Run, *arguments: str, fees: tuple[str, ...] = FEES) -> list[dict[str, str]]:
    """What is proposed, as rows."""
    code, out, err = run(*fees, "--format", "csv", *arguments)
    assert (code, err) == (0, "")
    return list(csv.DictReader(io.StringIO(out)))


def proposed(run: Run, *arguments: str, fees: tuple[str, ...] = FEES) -> list[tuple[str, str, str]]:
    """What is proposed: accounts, what each is about, and how much."""
    return [(row["account"], row["about"], row["amount"]) for row in rows_of(run, *arguments, fees=fees)]


def record_of(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run(*FEES, *arguments, "--format", "json")
    assert (code, err) == (0, "")
    record: dict[str, Any] = json.loads(out)
    return record


REPORT = """\
as of 2026-03-07, as known on 2026-03-06

5% of what is owed, after 5 free days, once for all that is due on one day

proposed

account   charge                    payer  days late     owed  charged before  proposed  currency
--------  ------------------------  -----  ---------  -------  --------------  --------  --------
Maple 12  R-02/late_fee@2026-03-07                34  1000.00            0.00     50.00  USD
Maple 12  R-03/late_fee@2026-03-07                 6   700.00            0.00     35.00  USD
Oak 3     R-03/late_fee@2026-03-07                 6  1200.00            0.00     60.00  USD

totals

currency     owed  charged  proposed
--------  -------  -------  --------
USD       3400.00    60.00    145.00
"""


def test_R34_the_report_has_what_is_proposed_for_all_accounts_and_totals(run: Run) -> None:
    """A payment that came back is none; what is disputed, at the bank or another payer's is not owed."""
    assert run(*FEES) == (0, REPORT, "")


def test_explain_adds_the_steps_of_each_account(run: Run) -> None:
    code, out, err = run(*FEES, "--explain")
    assert (code, err) == (0, "")
    assert out.startswith(f"{REPORT}\naccount Maple 12, USD\n\n5% of what is owed, after 5 free days, ")
    assert (
        "\n\nR-03 + U-03, due 2026-03-01, 6 days late     USD\n"
        "----------------------------------------  ------\n"
        "payable                                   740.00\n"
        "less disputed                              40.00\n"
        "owed                                      700.00\n"
        "5% of what is owed                         35.00\n"
        "  what is owed                            700.00\n"
        "the rule comes to                          35.00\n"
        "charged before                              0.00\n"
        "proposed                                   35.00\n"
    ) in out
    assert "\nA-03      owed by agency\n" in out
    assert "\nproposed (charged before)" in out[out.index("account Oak 3, USD") : out.index("account Elm 7, USD")]


def test_csv_has_the_columns_of_entries(run: Run) -> None:
    write(f'{RULE}code = "LATE"\ncategory = "interest"\n', "rule.toml")
    write(HEADER + "".join(MAPLE[:4]))
    assert run(*FEES, "--payers", "agency", "--format", "csv") == (
        0,
        (
            "account,kind,id,on,amount,currency,posted,category,code,payer,about\n"
            "Maple 12,charge,R-02/LATE@2026-03-07,2026-03-07,50.00,USD,2026-03-07,interest,LATE,,R-02\n"
            "Maple 12,charge,A-03/LATE@2026-03-07,2026-03-07,25.00,USD,2026-03-07,interest,LATE,agency,A-03\n"
            "Maple 12,charge,R-03/LATE@2026-03-07,2026-03-07,50.00,USD,2026-03-07,interest,LATE,,R-03\n"
        ),
        "",
    )
    assert PROPOSED_COLUMNS[: len(ENTRY_COLUMNS)] == tuple(ENTRY_COLUMNS)
    assert set(PROPOSED_COLUMNS) <= set(COLUMNS)


def test_json_has_everything(run: Run) -> None:
    rule = 'amount = { lesser_of = [{ flat = 45 }, { percent = "3.333", of = "owed" }] }\n'
    rule += 'currency = "USD"\ngrace = { free_days = 5 }\nlimits = [{ flat = 30, per = "charge" }]\n'
    write(rule, "rule.toml")
    write(HEADER + "".join([*MAPLE, *ELM]))
    record = record_of(run, "--settle", "due", "--no-sweep-credits")
    maple, elm = record.pop("accounts")
    assert record == {
        "on": "2026-03-07",
        "order": "oldest-first",
        "known": "2026-03-06",
        "settle": "due",
        "returns": "reopen",
        "designations": "only",
        "sweep_credits": False,
        "sweep_payments": True,
        "rule": str(read_late_fee_rule(rule)),
        "totals": [{"currency": "USD", "owed": "1700.00", "charged": "0.00", "proposed": "53.33"}],
    }
    assert list(record)[:2] == ["on", "order"]
    assert maple["charges"][1] == {
        "id": "R-03/late_fee@2026-03-07",
        "amount": "23.33",
        "currency": "USD",
        "due": "2026-03-07",
        "posted": "2026-03-07",
        "category": "late_fee",
        "code": None,
        "payer": None,
        "about": "R-03",
    }
    first, second = maple["items"]
    assert (first["proposed"], first["total"]) == ("30.00", "33.33")
    assert second == {
        "about": "R-03",
        "charges": ["R-03", "U-03"],
        "payer": None,
        "due": "2026-03-01",
        "first_day": "2026-03-07",
        "days_late": 6,
        "payable": "740.00",
        "disputed": "40.00",
        "on_hand": "0.00",
        "owed": "700.00",
        "steps": {
            "text": "the lesser of 45.00 USD and 3.333% of what is owed",
            "amount": "23.331",
            "steps": [
                {"text": "45.00 USD", "amount": "45.00", "steps": []},
                {
                    "text": "3.333% of what is owed",
                    "amount": "23.331",
                    "steps": [{"text": "what is owed", "amount": "700.00", "steps": []}],
                },
            ],
        },
        "total": "23.33",
        "charged": "0.00",
        "limits": [{"limit": "at most 30.00 USD for a charge", "charged": "0.00", "left": "30.00"}],
        "proposed": "23.33",
        "reason": "",
    }
    assert maple["left_out"] == [{"charge": "A-03", "reason": "owed by agency"}]
    assert maple["totals"] == record["totals"][0]
    assert elm == {
        "account": "Elm 7",
        "currency": "USD",
        "charges": [],
        "items": [],
        "left_out": [],
        "totals": {"currency": "USD", "owed": "0.00", "charged": "0.00", "proposed": "0.00"},
    }


def test_json_says_why_nothing_is_proposed_and_has_no_steps_then(run: Run) -> None:
    item = record_of(run, "--on", "2026-03-06")["accounts"][1]["items"][1]
    assert (item["steps"], item["proposed"], item["reason"]) == (None, "0.00", "no fee before 2026-03-07")


def test_json_has_exact_steps_also_where_decimals_have_no_end(run: Run) -> None:
    write('grace = "none"\namount = { percent_a_year = "10.01", days = "actual 360" }\n', "rule.toml")
    write(HEADER + "".join(ELM[:1]))
    steps = record_of(run)["accounts"][0]["items"][0]["steps"]
    assert steps["amount"] == "1.5015"
    write('grace = "none"\namount = { percent_a_year = 10 }\n', "rule.toml")
    steps = record_of(run)["accounts"][0]["items"][0]["steps"]
    assert steps["amount"] == "108/73"  # 900 x 10% x 6/365


def added(rows: list[dict[str, str]]) -> str:
    """Rows of what was proposed, as rows of the file with all columns."""
    return "".join(",".join(row.get(column, "") for column in COLUMNS) + "\n" for row in rows)


@pytest.mark.parametrize("on", ["2026-03-07", "2026-03-31", "2026-05-20"])
@pytest.mark.parametrize(
    "rule",
    [
        RULE,
        f'{RULE}occurs = "each charge apart"\ncode = "LATE"\n',
        f'{RULE}occurs = "each invoice once"\ncategory = "interest"\n',
        f'{RULE}occurs = "balance each period"\n',
        (
            'currency = "USD"\ngrace = { first_fee_after_days = 1 }\namount = { each_day = { flat = 10 } }\n'
            'limits = [{ flat = 55, per = "month" }, { percent = 30, of = "rent", per = "ever" }]\n'
        ),
        'grace = "none"\namount = { percent_a_year = 18 }\ncategory = "interest"\nrounding = "up"\n',
    ],
)
def test_R35_what_was_proposed_is_not_proposed_again_once_it_is_among_the_entries(run: Run, rule: str, on: str) -> None:
    """The rows of the CSV stand in the file, whatever the rule; a day later, a running rule proposes a day more."""
    write(rule, "rule.toml")
    options = ("--on", on, "--payers", "agency", "--rent", "1000")
    rows = rows_of(run, *options)
    assert rows
    write(ENTRIES + added(rows))
    assert proposed(run, *options) == []


def test_R35_the_rows_of_the_example_are_appended_as_they_are(run: Run) -> None:
    """Its columns are those of the output, so nothing is moved."""
    entries = (EXAMPLES / "entries.csv").read_text(encoding="utf-8")
    write(entries)
    write((EXAMPLES / "rule.toml").read_text(encoding="utf-8"), "rule.toml")
    code, out, err = run(*FEES, "--format", "csv")
    assert (code, err) == (0, "")
    header, *lines = out.splitlines(keepends=True)
    assert header == entries.splitlines(keepends=True)[0]
    assert [line.split(",")[0] for line in lines] == ["Maple 12", "Oak 3"]
    write(entries + "".join(lines))
    assert run(*FEES, "--format", "csv") == (0, header, "")


def test_D1_a_running_rule_proposes_the_difference_each_day(run: Run) -> None:
    write(
        'currency = "USD"\ngrace = "none"\namount = { plus = [{ flat = 30 }, { each_further_day = { flat = 10 } }] }\n'
        'limits = [{ flat = 50, per = "month" }]\n',
        "rule.toml",
    )
    text, amounts = HEADER + ELM[0], []
    for day in ("02", "03", "04", "05"):
        write(text)
        rows = rows_of(run, "--on", f"2026-03-{day}")
        amounts.append([row["amount"] for row in rows])
        text += added(rows)
    assert amounts == [["30.00"], ["10.00"], ["10.00"], []]


def test_D11_a_payment_under_way_averts_a_fee_until_it_comes_back(run: Run) -> None:
    rows = [
        entry("A", "charge", "R", "2026-01-01", "1000", category="rent"),
        entry("A", "payment", "P", "2026-01-01", "1000"),
        entry("A", "pending", "", "2026-01-01", of="P"),
        entry("A", "return", "N", "2026-01-07", of="P", reason="insufficient funds"),
        entry("A", "charge", "F", "2026-01-07", "25", category="nsf fee", about="N"),
    ]
    write('currency = "USD"\ngrace = { free_days = 4 }\namount = { flat = 50 }\n', "rule.toml")
    write(HEADER + "".join(rows))
    assert proposed(run, "--on", "2026-01-06") == []
    assert proposed(run, "--on", "2026-01-07") == [("A", "R", "50.00")]


def test_the_payers_whose_charges_are_assessed_too(run: Run) -> None:
    assert ("Maple 12", "A-03", "25.00") not in proposed(run)
    assert ("Maple 12", "A-03", "25.00") in proposed(run, "--payers", "agency")
    code, out, err = run(*FEES, "--payers", "agncy, agency", "--format", "csv")
    assert (code, err) == (0, "arledger: no charge is owed by: agncy (did you mean agency?)\n")
    assert ",agency,A-03\n" in out


def test_a_payer_where_every_charge_is_the_accounts_own(run: Run) -> None:
    write(HEADER + "".join(OAK))
    assert run(*FEES, "--payers", "agency")[2] == "arledger: no charge is owed by: agency\n"


def owed_of_oak(run: Run, *options: str) -> str:
    """What Oak owes of February's rent."""
    owed: str = record_of(run, *options)["accounts"][1]["items"][0]["owed"]
    return owed


def test_the_options_of_replay_decide_what_is_owed(run: Run) -> None:
    """The order, what is known, what a return does, and whether money waits."""
    first = proposed(run)
    assert first[:2] == [("Maple 12", "R-02", "50.00"), ("Maple 12", "R-03", "35.00")]
    assert owed_of_oak(run) == "500.00"
    assert owed_of_oak(run, "--order", "rent-last") == "560.00"
    assert ("Maple 12", "R-02", "50.00") not in proposed(run, "--known", "2026-03-05")
    assert proposed(run, "--returns", "reapply")[:2] == [("Maple 12", "R-02", "35.00"), ("Maple 12", "R-03", "50.00")]
    assert proposed(run, "--on", "2026-03-06") == [("Maple 12", "R-02", "50.00")]


RENT_RULE = 'grace = { free_days = 5 }\namount = { percent = 5, of = "rent" }\n'


def test_R33_one_rent_for_all_accounts_or_one_for_each(run: Run) -> None:
    write(RENT_RULE, "rule.toml")
    write("rent,Account,currency\n1000,Maple 12,USD\n1200.50,Oak 3,USD\n800,Oak 3,CAD\n", "rents.csv")
    assert proposed(run, "--rent", "1000.00") == [
        ("Maple 12", "R-02", "50.00"),
        ("Maple 12", "R-03", "50.00"),
        ("Oak 3", "R-03", "50.00"),
    ]
    assert proposed(run, "--rents", "rents.csv") == [
        ("Maple 12", "R-02", "50.00"),
        ("Maple 12", "R-03", "50.00"),
        ("Oak 3", "R-02", "0.03"),
        ("Oak 3", "R-03", "60.03"),
    ]
    assert run(*FEES, "--rents", "rents.csv", "--delimiter", ",")[1] == run(*FEES, "--rents", "rents.csv")[1]


def test_an_account_needs_a_rent_only_while_something_is_open(run: Run) -> None:
    write(RENT_RULE, "rule.toml")
    missing = "its monthly rent is not known; pass --rent, or --rents with a row for it"
    told = f"arledger: account Maple 12, USD: {missing}\narledger: account Oak 3, USD: {missing}\n"
    assert run(*FEES) == (2, "", told)
    write("account,currency,rent\nMaple 12,USD,1000\n", "rents.csv")
    assert run(*FEES, "--rents", "rents.csv") == (2, "", f"arledger: account Oak 3, USD: {missing}\n")
    write(HEADER + "".join(ELM))
    assert proposed(run) == []
    write(f'{RENT_RULE}category = "interest"\n', "rule.toml")
    assert run(*FEES) == (2, "", f"arledger: account Elm 7, USD: {missing}\n")


def test_a_rent_may_be_passed_though_the_rule_reads_none(run: Run) -> None:
    assert run(*FEES, "--rent", "5") == (0, REPORT, "")


def test_accounts_in_another_currency_than_the_rules_are_left_out_and_told(run: Run) -> None:
    write(ENTRIES + "".join(ASH))
    assert proposed(run)[-1] == ("Ash 9", "R-03", "40.00")
    totals = run(*FEES)[1].split("totals\n\n")[1].splitlines()
    assert [line.split() for line in totals[2:]] == [
        ["CAD", "800.00", "0.00", "40.00"],
        ["USD", "3400.00", "60.00", "145.00"],
    ]
    write(f'{RULE}currency = "USD"\nleast = 10\n', "rule.toml")
    code, out, err = run(*FEES)
    assert (code, err) == (0, "arledger: rule.toml is in USD, and left out are: Ash 9 (CAD)\n")
    assert "Ash 9" not in out


def test_a_rule_whose_only_sums_are_bounds_of_tiers_is_for_their_currency(run: Run) -> None:
    tiers = '[{ up_to = 800, amount = { percent = 5, of = "owed" } }, { amount = { percent = 4, of = "owed" } }]'
    write(
        f'currency = "USD"\ngrace = {{ free_days = 5 }}\namount = {{ by_size = "owed", tiers = {tiers} }}\n',
        "rule.toml",
    )
    write(ENTRIES + "".join(ASH))
    code, out, err = run(*FEES, "--format", "csv")
    assert (code, err) == (0, "arledger: rule.toml is in USD, and left out are: Ash 9 (CAD)\n")
    assert [line.split(",")[4] for line in out.splitlines()[1:]] == ["40.00", "35.00", "48.00"]


def test_one_rent_is_in_one_currency(run: Run) -> None:
    write(ENTRIES + "".join(ASH))
    write(RENT_RULE, "rule.toml")
    assert run(*FEES, "--rent", "1000") == (2, "", "arledger: --rent: the accounts are in CAD and USD; pass --rents\n")
    write(f'{RENT_RULE}currency = "CAD"\nleast = 10\n', "rule.toml")
    assert run(*FEES, "--rent", "1000", "--format", "csv")[1].splitlines()[1:] == [
        "Ash 9,charge,R-03/late_fee@2026-03-07,2026-03-07,50.00,CAD,2026-03-07,late_fee,,,R-03"
    ]
    write(f'{RENT_RULE}currency = "EUR"\nleast = 10\n', "rule.toml")
    told = "Maple 12 (USD), Oak 3 (USD), Elm 7 (USD), Ash 9 (CAD)"
    code, out, err = run(*FEES, "--rent", "no number")
    assert (code, err) == (0, f"arledger: rule.toml is in EUR, and left out are: {told}\n")
    assert out.endswith("\n\nproposed: nothing\n\ntotals: nothing\n")


def test_fees_that_do_not_say_what_they_are_about_are_told(run: Run) -> None:
    """Of the rule's category and code, known, and not reversed; and only where it matters."""
    told = "arledger: late_fee charges without about, so that what they are for may be charged for again"
    fees = [
        entry("Oak 3", "charge", "L-1", "2026-03-02", "5", category="late fee"),
        entry("Oak 3", "charge", "L-2", "2026-03-02", "5", category="late fee", code="OTHER"),
        entry("Oak 3", "charge", "L-3", "2026-03-02", "5", category="interest"),
        entry("Oak 3", "charge", "L-4", "2026-03-02", "5", category="late fee", posted="2026-03-20"),
        entry("Oak 3", "charge", "L-5", "2026-03-02", "5", category="late fee"),
        entry("Oak 3", "reversal", "X-5", "2026-03-03", of="L-5"),
        *(entry("Elm 7", "charge", f"M-{n}", "2026-03-02", "5", category="late fee") for n in range(6)),
    ]
    write(ENTRIES + "".join(fees))
    some = "Oak 3 L-1, Elm 7 M-0, Elm 7 M-1, Elm 7 M-2, Elm 7 M-3 and 2 more"
    assert run(*FEES, "--known", "2026-03-10")[2] == f"{told}: {some}\n"
    assert "Oak 3 L-1, Oak 3 L-4," in run(*FEES)[2]
    write(f'{RULE}code = "OTHER"\n', "rule.toml")
    assert run(*FEES)[2] == f"{told}: Oak 3 L-2\n"
    write(f'{RULE}category = "interest"\n', "rule.toml")
    assert run(*FEES)[2] == f"{told.replace('late_fee', 'interest')}: Oak 3 L-3\n"
    write(f'{RULE}occurs = "balance each period"\n', "rule.toml")
    assert run(*FEES)[2] == ""


def test_what_is_ignored_is_told(run: Run) -> None:
    write(RENT_RULE, "rule.toml")
    write("account,currency,rent,memo\nMaple 12,USD,1000,x\nOak 3,USD,1000,y\n", "rents.csv")
    write(ENTRIES.replace("sequence\n", "notes\n") + entry("Fir 1", "payment", "P", "2026-03-01", "5"))
    assert run(*FEES, "--rents", "rents.csv")[2].splitlines() == [
        "arledger: entries.csv: ignored the columns notes",
        "arledger: money, and no charges: Fir 1 (USD)",
        "arledger: rents.csv: ignored the columns memo",
    ]


def test_a_file_of_no_entries(run: Run) -> None:
    write(HEADER)
    assert run(*FEES, "--rent", "5")[1] == (
        "as of 2026-03-07, as known on 2026-03-07\n\n"
        "5% of what is owed, after 5 free days, once for all that is due on one day\n\n"
        "proposed: nothing\n\ntotals: nothing\n"
    )
    assert run(*FEES, "--format", "csv") == (0, ",".join(PROPOSED_COLUMNS) + "\n", "")


def test_each_file_may_be_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("account,currency,rent\nMaple 12,USD,1000\nOak 3,USD,1200\n", "rents.csv")
    command = [*FEES, "--rents", "rents.csv"]
    for name in ("entries.csv", "rule.toml", "rents.csv"):
        content = Path(name).read_bytes()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert run(*("-" if part == name else part for part in command)) == (0, REPORT, "")


def test_another_delimiter_into_a_file(run: Run) -> None:
    write(RENT_RULE, "rule.toml")
    write(ENTRIES.replace(",", "\t"))
    write("account\tcurrency\trent\nMaple 12\tUSD\t1000\nOak 3\tUSD\t1200\n", "rents.csv")
    options = ("--rents", "rents.csv", "--format", "csv", "--delimiter", "tab", "--output", "out.csv")
    assert run(*FEES, *options) == (0, "", "")
    header, *lines = Path("out.csv").read_text(encoding="utf-8").splitlines()
    assert header.split("\t") == list(PROPOSED_COLUMNS)
    assert len(lines) == 3


def test_what_is_wrong_with_any_of_the_files_is_told_together(run: Run) -> None:
    write(HEADER + entry("A", "charge", "R", "03/04/2026", "5"))
    write('grace = 5\namount = { percent = 5, of = "rent" }\n', "rule.toml")
    write(
        "account,currency,rent\nA,USD,1000\nB,usd,1.2345\n,USD,-5\nA,USD,900\nA,CAD,0\nC,USD,\nD,CAD,1.005\nE,XYZ,x\n",
        "rents.csv",
    )
    assert run(*FEES, "--rents", "rents.csv", "--output", "out.txt") == (
        2,
        "",
        (
            "arledger: 1 problem in the rows:\n"
            "entries.csv, row 2, column on: '03/04/2026' is no ISO date; write 2026-03-04 or 2026-04-03\n"
            "arledger: 1 mistake in the settings:\n"
            "rule.toml, grace: is 5, which has two meanings; "
            "write { first_fee_after_days = 5 } for a fee from due + 5 on, or { free_days = 5 } for one day later\n"
            "arledger: 9 problems in the rows:\n"
            "rents.csv, row 3, column currency: unknown currency 'usd'; write USD\n"
            "rents.csv, row 4, column account: is empty; write the id of the account\n"
            "rents.csv, row 4, column rent: -5.00 USD is not positive; write a number above 0\n"
            "rents.csv, row 5, column account: 'A' has a rent in USD already in row 2; keep one of them\n"
            "rents.csv, row 6, column rent: 0.00 CAD is not positive; write a number above 0\n"
            "rents.csv, row 7, column rent: is empty; write the monthly rent, a plain number above 0, such as 1234.56\n"
            "rents.csv, row 8, column rent: amount 1.005 has 3 decimals, CAD allows 2; round it first\n"
            "rents.csv, row 9, column currency: unknown currency 'XYZ'; write an ISO 4217 code such as CAD\n"
            "rents.csv, row 9, column rent: amount 'x' is no plain decimal number; "
            "write the number without a currency sign or letters, such as 12.34\n"
        ),
    )


def test_rents_without_a_column(run: Run) -> None:
    write("account,currency,rnt\nMaple 12,USD,1000\n", "rents.csv")
    assert run(*FEES, "--rents", "rents.csv") == (
        2,
        "",
        (
            "arledger: 1 problem in the rows:\n"
            "rents.csv, row 1, column rent: there is no such column; name the column 'rnt' so\n"
        ),
    )


def test_what_an_account_refuses_is_told_of_every_account(run: Run) -> None:
    """A rate that begins too late, and a contradiction."""
    write('grace = "none"\namount = { rates_a_year = [{ percent = 5, since = 2026-03-03 }] }\n', "rule.toml")
    write(HEADER + OAK[2] + ELM[0] + entry("Elm 7", "void", "V-1", "2026-03-02", of="P-9"))
    assert run(*FEES) == (
        2,
        "",
        (
            "arledger: account Oak 3, USD: fee.a_year: no rate on 2026-03-01; "
            "begin the table earlier, or with a rate of 0\n"
            "arledger: account Elm 7, USD: void V-1: there is no payment P-9; record it too\n"
        ),
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--on", "03/04/2026"], "--on: '03/04/2026' is no ISO date; write 2026-03-04 or 2026-04-03"),
        (["--known", "today"], "--known: 'today' is no ISO date; write YYYY-MM-DD, such as 2026-03-31"),
        (["--order", "rent-lst"], "unknown order 'rent-lst'; did you mean rent-last?"),
        (["--settle", "dew"], "unknown settle 'dew'; did you mean due?"),
        (["--returns", "repay"], "unknown returns 'repay'; did you mean reapply?"),
        (["--format", "jsn"], "unknown format 'jsn'; did you mean json?"),
        (
            ["--format", "csv", "--explain"],
            "csv has no place for reasons; leave out --explain, or pass --format table or json",
        ),
        (["--rent", "5", "--rents", "rents.csv"], "--rent stands beside --rents; keep one of them"),
        (
            ["--rent", "1,000"],
            (
                "--rent: amount '1,000' is no plain decimal number; "
                "write the number without thousands separators, such as 1234.56"
            ),
        ),
        (["--rent", "9.999"], "--rent: amount 9.999 has 3 decimals, USD allows 2; round it first"),
        (["--rent", "0"], "--rent: 0.00 USD is not positive; write a number above 0"),
        (["--payers", "a,,b"], "--payers: 'a,,b' has a name of nothing; write names parted by single commas"),
        (["--payers", " "], "--payers: ' ' has a name of nothing; write names parted by single commas"),
        (["--rents", "nowhere.csv"], "nowhere.csv: no such file or directory"),
        (["--output", "entries.csv"], "entries.csv: is one of the files that are read"),
        (["--output", "rule.toml"], "rule.toml: is one of the files that are read"),
        (["--as-of", "2026-03-07"], "unrecognized arguments: --as-of 2026-03-07; see arledger --help"),
    ],
)
def test_refusals(run: Run, arguments: list[str], message: str) -> None:
    assert run(*FEES, *arguments) == (2, "", f"arledger: {message}\n")


def test_rents_are_not_overwritten(run: Run) -> None:
    write("account,currency,rent\n", "rents.csv")
    told = "arledger: rents.csv: is one of the files that are read\n"
    assert run(*FEES, "--rents", "rents.csv", "--output", "rents.csv") == (2, "", told)


@pytest.mark.parametrize(
    "arguments", [["-", "-"], ["-", "rule.toml", "--rents", "-"], ["entries.csv", "-", "--rents", "-"]]
)
def test_only_one_file_is_standard_input(run: Run, arguments: list[str]) -> None:
    told = "arledger: two files are standard input; name at least one of them\n"
    assert run("late-fees", *arguments, *FEES[3:]) == (2, "", told)


def test_the_day_is_required(run: Run) -> None:
    told = "arledger: the following arguments are required: --on; see arledger late-fees --help\n"
    assert run(*FEES[:5]) == (2, "", told)


def test_the_same_bytes_on_every_machine(run: Run) -> None:
    write(ENTRIES + "".join(ASH))
    command = [sys.executable, "-m", "arledger", *FEES, "--payers", "agency,nobody", "--format", "json"]
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "PYTHONIOENCODING": "utf-16"},
    ]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
    environment = {**inherited, "PYTHONPATH": os.pathsep.join(sys.path)}
    outputs = [
        subprocess.run(command, env={**environment, **surrounding}, capture_output=True, check=True).stdout
        for surrounding in surroundings
    ]
    assert outputs[0] == outputs[1] != b""


def test_help_has_the_columns_of_both_files(run: Run) -> None:
    code, out, _ = run("late-fees", "--help")
    assert code == 0
    assert "  arledger late-fees entries.csv rule.toml --order rent-last --on 2026-03-06 --explain\n" in out
    for columns in (ENTRY_COLUMNS, OPTIONAL_ENTRY_COLUMNS, RENT_COLUMNS):
        for name, holds in columns.items():
            assert f"\n  {name:10} {holds}\n" in out
    assert "\n\nRULE.toml has amount and grace, " in out
    assert "RENTS.csv" not in run("replay", "--help")[1]
