"""``arledger autopay``: what it writes, in which form, and that what was pulled is not pulled again."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from arledger.interchange.agreements import AGREEMENT_COLUMNS, OPTIONAL_AGREEMENT_COLUMNS, RULE_NAMES
from arledger.interchange.increases import INCREASE_COLUMNS, OPTIONAL_INCREASE_COLUMNS
from autopay_folder import AUTOPAY, TOLD, Run, append, change, pulled, read, rows_of, run_beside_example, write

__all__ = ["run_beside_example"]

REPORT = """\
as of 2026-06-01, as known on 2026-06-01

autopay for 2026-06-01 up to 2026-07-01; included: pending increases

proposed

account   agreement  payer   agreed     pull  currency  execute on  notice by   why nothing
--------  ---------  ------  ------  -------  --------  ----------  ----------  -----------
Maple 12  AP-1       ana              648.00  CAD       2026-06-01  2026-05-22
Maple 12  AP-2       ben              432.00  CAD       2026-06-01  2026-05-22
Oak 3     AP-1                       2000.00  CAD       2026-06-01  2026-05-22
Elm 7     AP-1       agency  850.00   850.00  CAD       2026-06-01
Elm 7     AP-2       cho               40.00  CAD       2026-06-01  2026-05-22

totals

currency   pulled  held_back
--------  -------  ---------
CAD       3970.00     689.50
"""

ROWS = """\
account,kind,id,on,amount,currency,posted,category,payer,method,for
Maple 12,payment,AP-1/pull@2026-06-01,2026-06-01,648.00,CAD,2026-06-01,,ana,ach,R-06=630.00; AGI-7@2026-06-01=18.00
Maple 12,payment,AP-2/pull@2026-06-01,2026-06-01,432.00,CAD,2026-06-01,,ben,card,R-06=420.00; AGI-7@2026-06-01=12.00
Oak 3,payment,AP-1/pull@2026-06-01,2026-06-01,2000.00,CAD,2026-06-01,,,ach,R-05=600.00; R-06=1400.00
Elm 7,payment,AP-1/pull@2026-06-01,2026-06-01,850.00,CAD,2026-06-01,,agency,ach,R-06=850.00
Elm 7,payment,AP-2/pull@2026-06-01,2026-06-01,40.00,CAD,2026-06-01,,cho,card,K-06=40.00
"""

OAK = """\
account Oak 3, CAD

autopay of 2026-06-01 for 2026-06-01 up to 2026-07-01; included: pending increases

AP-1: full balance, up to 2000.00 CAD        by      CAD
--------------------------------------  -------  -------
full balance, up to 2000.00 CAD         2175.00  2175.00
over the agreed maximum of 2000.00 CAD  -175.00  2000.00
pulled                                           2000.00

part  class        CAD
----  -------  -------
R-05  arrears   600.00
R-06  current  1400.00

held back     CAD  why
---------  ------  --------------------------------------
R-06       100.00  over the agreed maximum of 2000.00 CAD
L-05        75.00  over the agreed maximum of 2000.00 CAD
"""


def test_R19_the_report_of_the_example(run: Run) -> None:
    assert run(*AUTOPAY) == (0, REPORT, TOLD)


def test_R19_explain_adds_every_step_of_each_account(run: Run) -> None:
    code, out, err = run(*AUTOPAY, "--explain")
    assert (code, err) == (0, TOLD)
    assert out.startswith(f"{REPORT}\naccount Maple 12, CAD\n\nautopay of 2026-06-01 for 2026-06-01 up to ")
    assert f"\n\n{OAK}\naccount Elm 7, CAD\n\n" in out
    assert out.endswith(
        "\n\nagreement  left out, since\n---------  -------------------\nAP-0       it ended 2026-06-01\n"
    )


def test_csv_has_the_rows_of_the_payments(run: Run) -> None:
    assert run(*AUTOPAY, "--format", "csv") == (0, ROWS, TOLD)


def test_json_has_everything(run: Run) -> None:
    code, out, err = run(*AUTOPAY, "--format", "json", "--known", "2026-06-01")
    assert (code, err) == (0, TOLD)
    record = json.loads(out)
    assert list(record) == [
        *("on", "period", "previous", "order", "known", "settle", "returns", "designations", "sweep_credits"),
        *("sweep_payments", "included", "accounts", "totals"),
    ]
    maple, oak, elm = record["accounts"]
    assert [account["account"] for account in (maple, oak, elm)] == ["Maple 12", "Oak 3", "Elm 7"]
    assert [part["charge"] for part in maple["drafts"][0]["parts"]] == ["R-06", "AGI-7@2026-06-01"]
    assert oak["drafts"][0]["steps"][-1]["comes_to"] == "2000.00"
    assert elm["left_out"] == [{"agreement": "AP-0", "reason": "it ended 2026-06-01"}]
    assert [held["charge"] for held in elm["unclaimed"]] == ["K-06", "D-06"]
    assert record["totals"] == [{"currency": "CAD", "pulled": "3970.00", "held_back": "689.50"}]


def test_R18_the_rows_of_the_example_are_appended_as_they_are_and_not_pulled_again(run: Run) -> None:
    """Its columns are those of the output, so nothing is moved."""
    header, *lines = ROWS.splitlines(keepends=True)
    assert read("entries.csv").startswith(header)
    write("entries.csv", read("entries.csv") + "".join(lines))
    assert run(*AUTOPAY, "--format", "csv") == (0, header, TOLD)
    code, out, _ = run(*AUTOPAY)
    assert code == 0
    assert (
        "\nMaple 12  AP-1       ana             0.00  CAD       2026-06-01             "
        "pulled before, as AP-1/pull@2026-06-01\n"
    ) in out


def test_csv_has_the_columns_of_the_entries_in_their_order(run: Run) -> None:
    """So that rows fit below, whatever else is in the file."""
    header, first, *rest = read("entries.csv").splitlines()
    pull = "AP-1/pull@2026-06-01"
    swapped = header.replace("payer,method", "code,method,payer")
    lines = [swapped, *(",".join(_swapped(line.split(","))) for line in (first, *rest))]
    write("entries.csv", "\n".join(lines) + "\n")
    _, out, told = run(*AUTOPAY, "--format", "csv")
    assert out.splitlines()[:2] == [
        swapped,
        f"Maple 12,payment,{pull},2026-06-01,648.00,CAD,2026-06-01,,,ach,ana,R-06=630.00; AGI-7@2026-06-01=18.00",
    ]
    assert told == TOLD
    write("entries.csv", read("entries.csv") + out.split("\n", 1)[1])
    assert rows_of(run) == []


def _swapped(cells: list[str]) -> list[str]:
    payer, method = cells[8:10]
    return [*cells[:8], "", method, payer, *cells[10:]]


def test_a_column_that_the_entries_lack_is_told(run: Run) -> None:
    """On a Saturday, so that the day of the bank is another than that in the books."""
    lines = ["account,kind,id,on,amount,currency,category", "Maple 12,charge,R-08,2026-08-01,1000.00,CAD,rent"]
    write("entries.csv", "\n".join(lines) + "\n")
    code, out, told = run("autopay", "b", "--on", "2026-08-01", "--format", "csv")
    assert code == 0
    assert out.splitlines()[0] == "account,kind,id,on,amount,currency,posted,category,payer,method,for"
    lack = "arledger: the rows do not fit below those of b/entries.csv, which lacks: posted, payer, method, for\n"
    assert lack in told


@pytest.mark.parametrize("on", ["2026-06-01", "2026-08-01", "2026-11-01"])
@pytest.mark.parametrize("convention", ["following", "preceding", "modified following"])
@pytest.mark.parametrize("pending", [False, True], ids=["settled", "at the bank"])
def test_R18_what_was_pulled_is_not_pulled_again_whenever_it_is_executed(
    run: Run, on: str, convention: str, pending: bool
) -> None:
    """Also where the bank's day is another than that of the run, and where the money is still at the bank."""
    change("policy.toml", '"following"', f'"{convention}"')
    rows = rows_of(run, "--on", on)
    assert len(rows) == 5
    steps = (f"{row['account']},pending,,{row['on']},,CAD,,,,,\n" for row in rows)
    write("entries.csv", read("entries.csv").replace("for\n", "for,of\n", 1))
    text = read("entries.csv").splitlines()
    body = "".join(f"{line}{'' if place == 0 else ','}\n" for place, line in enumerate(text))
    written = io.StringIO(newline="")
    for row, step in zip(rows, steps, strict=True):
        csv.writer(written, lineterminator="\n").writerow([*row.values(), ""])
        if pending:
            written.write(f"{step[:-1]},{row['id']}\n")
    write("entries.csv", body + written.getvalue())
    assert rows_of(run, "--on", on) == []


def test_R18_a_pull_that_is_executed_later_is_not_pulled_again_as_known_on_the_day_of_the_run(run: Run) -> None:
    """1 August is a Saturday, on which the job runs twice; the pulls are executed on the 3rd."""
    rows = rows_of(run, "--on", "2026-08-01", "--known", "2026-08-01")
    assert {row["on"] for row in rows} == {"2026-08-03"}
    append(rows)
    assert rows_of(run, "--on", "2026-08-01", "--known", "2026-08-01") == []


def test_R18_a_pull_that_came_back_is_pulled_again_under_a_number(run: Run) -> None:
    rows = rows_of(run)
    write("entries.csv", read("entries.csv").replace("for\n", "for,of\n", 1))
    text = read("entries.csv").splitlines()
    text = [text[0], *(f"{line}," for line in text[1:]), *(",".join([*row.values(), ""]) for row in rows)]
    text.append("Oak 3,return,N-1,2026-06-01,,CAD,,,,,,AP-1/pull@2026-06-01")
    write("entries.csv", "".join(f"{line}\n" for line in text))
    assert pulled(run) == {"Oak 3, AP-1/pull@2026-06-01#2": "2000.00"}


def test_the_next_month_is_pulled_once_it_is_charged(run: Run) -> None:
    """Maple 12 owes what was reserved for June no more, and pays July's increase; Elm 7 gets its own in July."""
    append(rows_of(run), "Maple 12,charge,R-07,2026-07-01,1050.00,CAD,,rent,,,\n")
    assert pulled(run, "--on", "2026-07-01") == {
        "Maple 12, AP-1/pull@2026-07-01": "648.00",
        "Maple 12, AP-2/pull@2026-07-01": "432.00",
        "Oak 3, AP-1/pull@2026-07-01": "175.00",
        "Elm 7, AP-1/pull@2026-07-01": "75.00",
        "Elm 7, AP-2/pull@2026-07-01": "26.67",
    }


@pytest.mark.parametrize(("state", "amounts"), [("agreed", ["630.00", "420.00"]), ("refused", ["630.00", "420.00"])])
def test_R13_an_increase_that_is_not_pending_is_none(run: Run, state: str, amounts: list[str]) -> None:
    change("increases.csv", "CAD,2026-06-01,pending", f"CAD,2026-06-01,{state}")
    assert [row["amount"] for row in rows_of(run)][:2] == amounts


def test_there_need_be_no_increases(run: Run) -> None:
    Path("b/increases.csv").unlink()
    code, out, err = run(*AUTOPAY, "--format", "csv")
    assert (code, err) == (0, TOLD)
    assert "AGI" not in out


def test_a_policy_says_how_accounts_are_replayed(run: Run) -> None:
    """Money that is for nothing goes to the fee first, or to the rent; and is pulled for what is left."""
    change("agreements.csv", "full_balance", "recurring_only")
    change("entries.csv", "check,R-05", "check,")
    assert pulled(run)["Oak 3, AP-1/pull@2026-06-01"] == "2000.00"
    change("agreements.csv", "2000.00", "")
    change("policy.toml", "limit = 2000.00", "limit = 5000.00")
    assert pulled(run)["Oak 3, AP-1/pull@2026-06-01"] == "2175.00"
    change("policy.toml", "rent-last", "rent-first")
    assert pulled(run)["Oak 3, AP-1/pull@2026-06-01"] == "2100.00"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("settle", "due"),
        ("returns", "reapply"),
        ("designations", "ignore"),
        ("sweep_credits", False),
        ("sweep_payments", False),
    ],
)
def test_every_way_to_replay_is_handed_on(run: Run, setting: str, value: str | bool) -> None:
    write("policy.toml", f"{setting} = {json.dumps(value)}\n" + read("policy.toml"))
    code, out, _ = run(*AUTOPAY, "--format", "json")
    assert code == 0
    assert json.loads(out)[setting] == value


def test_known_leaves_out_what_was_posted_later(run: Run) -> None:
    """Neither the payment of 20 May nor the charges of June are known on the 19th; the increase is."""
    assert pulled(run, "--known", "2026-05-19") == {
        "Maple 12, AP-1/pull@2026-06-01": "18.00",
        "Maple 12, AP-2/pull@2026-06-01": "12.00",
        "Oak 3, AP-1/pull@2026-06-01": "1575.00",
    }
    code, out, _ = run(*AUTOPAY, "--known", "2026-05-19")
    assert code == 0
    assert out.startswith("as of 2026-06-01, as known on 2026-05-19\n")


def test_the_offset_of_a_cycle_moves_the_run(run: Run) -> None:
    change("policy.toml", "start = 1 }", "start = 1, offset_days = 2 }")
    code, out, _ = run(*AUTOPAY[:3], "2026-06-03")
    assert code == 0
    assert "\nautopay for 2026-06-01 up to 2026-07-01; " in out


def test_a_run_that_was_missed_is_made_on_a_later_day(run: Run) -> None:
    """It serves the same period under the same ids, and is executed later."""
    amounts = pulled(run)
    late = ("--on", "2026-06-06", "--run-of", "2026-06-01")
    assert {row["on"] for row in rows_of(run, *late)} == {"2026-06-08"}
    assert pulled(run, *late) == amounts
    assert pulled(run, "--on", "2026-06-01", "--run-of", "2026-06-01") == amounts
    append(rows_of(run))
    assert pulled(run, *late) == {}


def test_another_delimiter_into_a_file(run: Run) -> None:
    for name in ("entries.csv", "agreements.csv", "increases.csv"):
        write(name, read(name).replace(",", "\t"))
    options = ("--format", "csv", "--delimiter", "tab", "--output", "pulls.csv")
    assert run(*AUTOPAY, *options) == (0, "", TOLD)
    assert Path("pulls.csv").read_text(encoding="utf-8") == ROWS.replace(",", "\t")


def test_the_folder_may_be_the_one_that_one_stands_in(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("b")
    assert run("autopay", ".", *AUTOPAY[2:]) == (0, REPORT, TOLD.replace("b/", ""))


def test_R17_the_period_of_the_move_in_is_left_out(run: Run) -> None:
    change("agreements.csv", "2026-02-01,,2024-05-01", "2026-02-01,,2026-06-01")
    code, out, _ = run(*AUTOPAY)
    assert code == 0
    (row,) = (line for line in out.splitlines() if line.startswith("Oak 3 "))
    assert row.split("2026-06-01")[1].strip() == "the period of the move-in is left out"


def test_R50_a_draft_is_held_where_the_saved_method_cannot_pay_and_takes_the_default_where_none_is_named(
    run: Run,
) -> None:
    change("agreements.csv", "AP-1,ana,ach,", "AP-1,ana,M-1,")
    change("agreements.csv", "AP-2,ben,card,", "AP-2,ben,,")
    write(
        "methods.csv",
        "account,method,kind,last_four,payer,state,default\n"
        "Maple 12,M-1,bank account,6789,ana,disabled,\n"
        "Maple 12,M-2,debit card,4242,ben,,yes\n"
        "Oak 3,ach,bank account,0001,,,\n"
        "Elm 7,ach,bank account,0002,agency,,\n"
        "Elm 7,card,credit card,0003,cho,,\n",
    )
    code, out, _ = run(*AUTOPAY)
    assert code == 0
    (row,) = (line for line in out.splitlines() if line.startswith("Maple 12  AP-1"))
    assert row.endswith("held: method disabled")
    assert "Maple 12, AP-1 is held: method disabled" in run(*AUTOPAY, "--format", "csv")[2]
    methods = {f"{row['account']}, {row['payer']}": row["method"] for row in rows_of(run)}
    assert methods == {
        "Maple 12, ben": "debit_card",
        "Oak 3, ": "ach",
        "Elm 7, agency": "ach",
        "Elm 7, cho": "credit_card",
    }


def test_the_same_bytes_on_every_machine(run: Run) -> None:
    command = [sys.executable, "-m", "arledger", *AUTOPAY, "--format", "json"]
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


def test_help_has_the_columns_of_both_files_and_every_rule(run: Run) -> None:
    code, out, _ = run("autopay", "--help")
    assert code == 0
    assert "  arledger autopay examples/autopay --on 2026-06-01 --explain\n" in out
    for columns in (AGREEMENT_COLUMNS, OPTIONAL_AGREEMENT_COLUMNS, INCREASE_COLUMNS, OPTIONAL_INCREASE_COLUMNS):
        for name, holds in columns.items():
            assert f"\n  {name:10} {holds}\n" in out
    assert f"\nA rule is one of {', '.join(RULE_NAMES)}.\n" in out
    assert max(map(len, out.splitlines())) <= 120
    assert "propose what to pull from whom, from a folder of files" in run("--help")[1]
