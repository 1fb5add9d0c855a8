"""``arledger ageing``: what it writes, in which form, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from arledger.cli import main

ENTRIES = """\
account,kind,id,on,posted,amount,currency,category,payer,disputed,fund,for,of
Maple 12,charge,R-01,2026-01-01,,1000.00,CAD,rent,,,,,
Maple 12,charge,R-02,2026-02-01,,1000.00,CAD,rent,,,,,
Maple 12,charge,R-03,2026-03-01,2026-02-20,1000.00,CAD,rent,,,,,
Maple 12,charge,L-01,2026-01-08,,50.00,CAD,late fee,,,,,
Maple 12,charge,A-01,2026-01-01,,300.00,CAD,rent,agency,,,,
Maple 12,payment,P-1,2026-01-20,,400.00,CAD,,,,,,
Maple 12,payment,P-2,2026-02-27,,70.00,CAD,,agency,,,,
Maple 12,pending,,2026-02-27,,,CAD,,,,,,P-2
Oak 3,opening balance,O-1,2025-11-01,2026-01-01,80.00,CAD,other,,yes,,,
Oak 3,payment,P-1,2026-01-05,,100.00,CAD,,,,,,
Oak 3,payment,P-2,2026-01-06,,30.00,CAD,,,,,R-09,
Oak 3,payment,P-3,2026-01-07,,7.00,CAD,,,,trust,,
Maple 12,charge,R-01-usd,2025-11-29,,5.00,USD,fee,,,,,
Elm 1,charge,R-01,2026-01-01,,9.00,CAD,rent,,,,,
Elm 1,payment,P-1,2026-02-28,2026-03-05,9.00,CAD,,,,,,
"""
AGEING = ("ageing", "entries.csv", "--order", "oldest-first", "--as-of", "2026-02-28")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command in a folder with the file; its exit code and what it wrote."""
    monkeypatch.chdir(tmp_path)
    Path("entries.csv").write_text(ENTRIES, encoding="utf-8")

    def run_in_folder(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        written = capfdbinary.readouterr()
        return code, written.out.decode(), written.err.decode()

    return run_in_folder


def test_R32_every_open_cent_is_in_one_place_and_money_beside_them(run: Run) -> None:
    assert run(*AGEING) == (
        0,
        (
            "as of 2026-02-28, as known on 2026-03-05\n"
            "\n"
            "still open, by age in days\n"
            "\n"
            "account   currency  payer   category  not due     0-30   31-60  61-90  over 90  disputed    total\n"
            "--------  --------  ------  --------  -------  -------  ------  -----  -------  --------  -------\n"
            "Maple 12  CAD               rent      1000.00  1000.00  600.00   0.00     0.00      0.00  2600.00\n"
            "Maple 12  CAD               late_fee     0.00     0.00   50.00   0.00     0.00      0.00    50.00\n"
            "Maple 12  CAD       agency  rent         0.00     0.00  300.00   0.00     0.00      0.00   300.00\n"
            "Maple 12  USD               fee          0.00     0.00    0.00   0.00     5.00      0.00     5.00\n"
            "Oak 3     CAD               other        0.00     0.00    0.00   0.00     0.00     80.00    80.00\n"
            "\n"
            "totals\n"
            "\n"
            "currency  not due     0-30   31-60  61-90  over 90  disputed    total  unapplied  pending\n"
            "--------  -------  -------  ------  -----  -------  --------  -------  ---------  -------\n"
            "CAD       1000.00  1000.00  950.00   0.00     0.00     80.00  3030.00     130.00    70.00\n"
            "USD          0.00     0.00    0.00   0.00     5.00      0.00     5.00       0.00     0.00\n"
        ),
        "",
    )


def test_what_is_not_yet_known_and_the_options_of_replay(run: Run) -> None:
    """Elm's payment was posted later; the order, and whether money waits for due dates, decide what is open."""

    def rows(*arguments: str) -> list[list[str]]:
        out = run(*AGEING, "--format", "csv", *arguments)[1]
        return [line.split(",") for line in out.splitlines()[1:]]

    assert [row[0] for row in rows()] == ["Maple 12"] * 4 + ["Oak 3"]
    known = rows("--known", "2026-02-28")
    assert known[-1] == ["Elm 1", "CAD", "", "rent", "0.00", "0.00", "9.00", "0.00", "0.00", "0.00", "9.00"]
    late_fee = rows("--order", "rent-last")
    assert [row[3] for row in late_fee[:2]] == ["rent", "rent"]
    assert late_fee[0][6] == "650.00"
    assert rows("--settle", "due", "--returns", "reapply", "--designations", "first") == rows()


def test_brackets(run: Run) -> None:
    code, out, err = run(*AGEING, "--brackets", "0, 27,58", "--format", "csv")
    assert (code, err) == (0, "")
    header, *rows = csv.reader(io.StringIO(out))
    assert header == [
        "account",
        "currency",
        "payer",
        "category",
        "not due",
        "0-0",
        "1-27",
        "28-58",
        "over 58",
        "disputed",
        "total",
    ]
    assert rows[0][4:] == ["1000.00", "0.00", "1000.00", "600.00", "0.00", "0.00", "2600.00"]
    assert rows[3] == ["Maple 12", "USD", "", "fee", "0.00", "0.00", "0.00", "0.00", "5.00", "0.00", "5.00"]


def test_csv_with_another_delimiter_into_a_file(run: Run) -> None:
    Path("entries.csv").write_text(ENTRIES.replace(",", "\t"), encoding="utf-8")
    assert run(*AGEING, "--format", "csv", "--delimiter", "tab", "--output", "out.csv") == (0, "", "")
    lines = Path("out.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 6
    assert lines[-1] == "Oak 3\tCAD\t\tother\t0.00\t0.00\t0.00\t0.00\t0.00\t80.00\t80.00"


def test_json_has_everything(run: Run) -> None:
    code, out, err = run(*AGEING, "--brackets", "30", "--format", "json")
    assert (code, err) == (0, "")
    record = json.loads(out)
    accounts = record.pop("accounts")

    def cells(*amounts: str) -> dict[str, object]:
        not_due, first, second, disputed, all_of_it = amounts
        buckets = [{"days": "0-30", "amount": first}, {"days": "over 30", "amount": second}]
        return {"not_due": not_due, "buckets": buckets, "disputed": disputed, "total": all_of_it}

    assert record == {
        "order": "oldest-first",
        "as_of": "2026-02-28",
        "known": "2026-03-05",
        "settle": "posted",
        "returns": "reopen",
        "designations": "only",
        "sweep_credits": True,
        "sweep_payments": True,
        "brackets": [30],
        "totals": [
            {
                "currency": "CAD",
                **cells("1000.00", "1000.00", "950.00", "80.00", "3030.00"),
                "unapplied": "130.00",
                "pending": "70.00",
            },
            {
                "currency": "USD",
                **cells("0.00", "0.00", "5.00", "0.00", "5.00"),
                "unapplied": "0.00",
                "pending": "0.00",
            },
        ],
    }
    maple, usd, oak, elm = accounts
    assert [(of["account"], of["currency"]) for of in accounts] == [
        ("Maple 12", "CAD"),
        ("Maple 12", "USD"),
        ("Oak 3", "CAD"),
        ("Elm 1", "CAD"),
    ]
    assert maple["rows"] == [
        {"payer": None, "category": "rent", **cells("1000.00", "1000.00", "600.00", "0.00", "2600.00")},
        {"payer": None, "category": "late_fee", **cells("0.00", "0.00", "50.00", "0.00", "50.00")},
        {"payer": "agency", "category": "rent", **cells("0.00", "0.00", "300.00", "0.00", "300.00")},
    ]
    assert maple["totals"] == {
        "currency": "CAD",
        **cells("1000.00", "1000.00", "950.00", "0.00", "2950.00"),
        "unapplied": "0.00",
        "pending": "70.00",
    }
    assert usd["totals"] == record["totals"][1]
    assert oak["totals"]["unapplied"] == "130.00"
    assert elm["rows"] == []


def test_a_file_of_no_entries(run: Run) -> None:
    Path("entries.csv").write_text(ENTRIES.splitlines()[0], encoding="utf-8")
    assert run(*AGEING)[1] == (
        "as of 2026-02-28, as known on 2026-02-28\n\nstill open, by age in days: nothing\n\ntotals: nothing\n"
    )
    assert run(*AGEING, "--format", "csv")[1] == (
        "account,currency,payer,category,not due,0-30,31-60,61-90,over 90,disputed,total\n"
    )


HINT = "write the last day of each bracket, such as 30,60,90"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--brackets", "30,x"], f"--brackets: '30,x' is no list of days; {HINT}"),
        (["--brackets", ""], f"--brackets: '' is no list of days; {HINT}"),
        (["--brackets", "60,30"], f"--brackets: '60,30' does not rise; {HINT}"),
        (["--brackets", "30,30"], f"--brackets: '30,30' does not rise; {HINT}"),
        (["--brackets=-1,30"], f"--brackets: '-1,30' does not rise; {HINT}"),
        (["--explain"], "unrecognized arguments: --explain; see arledger --help"),
        (["--format", "xml"], "unknown format 'xml'; known are csv, json, table"),
        (["--as-of", "today"], "--as-of: 'today' is no ISO date; write YYYY-MM-DD, such as 2026-03-31"),
        (["--output", "entries.csv"], "entries.csv: is one of the files that are read"),
    ],
)
def test_refusals(run: Run, arguments: list[str], message: str) -> None:
    assert run(*AGEING, *arguments) == (2, "", f"arledger: {message}\n")


def test_the_day_is_required(run: Run) -> None:
    message = "arledger: the following arguments are required: --as-of; see arledger ageing --help\n"
    assert run(*AGEING[:4]) == (2, "", message)


def test_contradictions_are_told_of_every_account(run: Run) -> None:
    bad = "Elm 1,void,V-1,2026-02-01,,,CAD,,,,,,P-9\nOak 3,void,V-1,2026-02-01,,,CAD,,,,,,P-9\n"
    Path("entries.csv").write_text(ENTRIES + bad, encoding="utf-8")
    what = "CAD: void V-1: there is no payment P-9; record it too"
    assert run(*AGEING) == (2, "", f"arledger: account Oak 3, {what}\narledger: account Elm 1, {what}\n")


def test_help(run: Run) -> None:
    code, out, _ = run("ageing", "--help")
    assert code == 0
    assert "  arledger ageing entries.csv --order rent-last --as-of 2026-03-31 --brackets 30,60,90\n" in out
