"""``arledger replay``: what it writes, in which form, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from arledger import NAMED_ORDERS
from arledger.cli import main
from arledger.interchange.entry_rows import ENTRY_COLUMNS, ENTRY_KINDS, OPTIONAL_ENTRY_COLUMNS

HEADER = "account,kind,id,on,posted,amount,currency,category,payer,about,disputed,for,fund,of,reason,to\n"
COLUMNS = HEADER.strip().split(",")


def entry(account: str, kind: str, name: str, on: str, amount: str = "", currency: str = "CAD", **cells: str) -> str:
    """A row of a file with the columns of the header."""
    row = {"account": account, "kind": kind, "id": name, "on": on, "amount": amount, "currency": currency, **cells}
    assert set(row) <= set(COLUMNS)
    return ",".join(row.get(column, "") for column in COLUMNS) + "\n"


MAPLE = [
    entry("Maple 12", "charge", "R-01", "2026-01-01", "1000", category="rent"),
    entry("Maple 12", "charge", "R-02", "2026-02-01", "1000", category="rent"),
    entry("Maple 12", "payment", "P-1", "2026-01-03", "1000"),
    entry("Maple 12", "payment", "P-2", "2026-02-03", "1000"),
    entry("Maple 12", "return", "N-1", "2026-02-06", of="P-1", reason="insufficient funds"),
    entry("Maple 12", "charge", "F-1", "2026-02-06", "25", category="nsf fee"),
]
"""Rents of January and February paid when due; the first payment comes back, and a fee is charged."""
OAK = [
    entry("Oak 3", "opening balance", "O-1", "2025-11-01", "300", posted="2026-01-01", disputed="yes"),
    entry("Oak 3", "charge", "R-01", "2026-01-01", "500", category="rent"),
    entry("Oak 3", "payment", "P-1", "2026-01-02", "250", **{"for": "R-09"}),
    entry("Oak 3", "payment", "P-2", "2026-01-04", "80", fund="trust"),
    entry("Oak 3", "payment", "P-3", "2026-01-05", "700"),
    entry("Oak 3", "refund", "F-1", "2026-01-09", "30", of="P-3"),
    entry("Oak 3", "charge", "U-1", "2026-02-01", "40", category="utility", payer="agency"),
    entry("Oak 3", "payment", "P-4", "2026-02-09", "60", payer="agency"),
    entry("Oak 3", "pending", "", "2026-02-09", of="P-4"),
]
"""Money that settles nothing: free, kept for a charge that is not there yet, in trust, and at the bank."""
ALDER = [
    entry("Alder 7", "charge", "R-01", "2026-01-01", "700", "USD", category="rent"),
    entry("Alder 7", "charge", "T-01", "2026-01-01", "70", "USD", category="tax", about="R-01"),
    entry("Alder 7", "charge", "L-01", "2026-01-10", "50", "USD", category="late fee"),
    entry("Alder 7", "payment", "P-1", "2026-01-05", "900", "USD"),
    entry("Alder 7", "waiver", "W-1", "2026-01-11", "20", "USD", **{"for": "L-01"}),
    entry("Alder 7", "write-off", "B-1", "2026-01-12", "5", "USD", **{"for": "L-01"}),
    entry("Alder 7", "concession", "K-1", "2026-01-13", "10", "USD"),
    entry("Alder 7", "reversal", "X-1", "2026-01-20", "", "USD", of="R-01"),
    entry("Alder 7", "transfer", "M-1", "2026-01-21", "100", "USD", of="P-1", to="Alder 8"),
    entry("Alder 7", "charge", "D-01", "2026-01-22", "600", "USD", category="deposit"),
    entry("Alder 7", "payment", "P-2", "2026-01-23", "200", "USD"),
    entry("Alder 7", "chargeback", "C-1", "2026-01-25", "150", "USD", of="P-2"),
    entry("Alder 7", "won back", "C-2", "2026-01-28", "40", "USD", of="C-1"),
    entry("Alder 7", "payment", "P-3", "2026-01-26", "9", "USD"),
    entry("Alder 7", "void", "V-1", "2026-01-27", "", "USD", of="P-3"),
    entry("Alder 7", "payment", "P-4", "2026-01-29", "11", "USD"),
    entry("Alder 7", "scheduled", "", "2026-01-28", "", "USD", of="P-4"),
    entry("Alder 7", "cancelled", "", "2026-01-29", "", "USD", of="P-4"),
]
"""Everything else that happens, in another currency."""
ENTRIES = HEADER + "".join([*MAPLE, *OAK, *ALDER])

Run = Callable[..., tuple[int, str, str]]
REPLAY = ("replay", "entries.csv", "--order", "oldest-first")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command in a folder with the file; its exit code and what it wrote."""
    monkeypatch.chdir(tmp_path)
    write(ENTRIES)

    def run_in_folder(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        written = capfdbinary.readouterr()
        return code, written.out.decode(), written.err.decode()

    return run_in_folder


def write(text: str, name: str = "entries.csv") -> None:
    Path(name).write_text(text, encoding="utf-8")


def record_of(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run(*REPLAY, *arguments, "--format", "json")
    assert (code, err) == (0, "")
    record: dict[str, Any] = json.loads(out)
    return record


def still_open(run: Run, *arguments: str) -> dict[str, str]:
    """What is open of each charge of the first account."""
    return {item["charge"]: item["amount"] for item in record_of(run, *arguments)["accounts"][0]["open"]}


def test_the_report(run: Run) -> None:
    code, out, err = run(*REPLAY)
    assert (code, err) == (0, "")
    assert out == (
        "as of 2026-02-09, as known on 2026-02-09\n"
        "\n"
        "still open\n"
        "\n"
        "account   charge  due            open  pending  disputed  currency\n"
        "--------  ------  ----------  -------  -------  --------  --------\n"
        "Maple 12  R-01    2026-01-01  1000.00     0.00      0.00  CAD\n"
        "Maple 12  F-1     2026-02-06    25.00     0.00      0.00  CAD\n"
        "Oak 3     O-1     2025-11-01   300.00     0.00    300.00  CAD\n"
        "Oak 3     U-1     2026-02-01    40.00    40.00      0.00  CAD\n"
        "\n"
        "unapplied\n"
        "\n"
        "account  source  date        unapplied  currency\n"
        "-------  ------  ----------  ---------  --------\n"
        "Oak 3    P-3     2026-01-05     170.00  CAD\n"
        "Alder 7  P-1     2026-01-05     160.00  USD\n"
        "Alder 7  W-1     2026-01-11      20.00  USD\n"
        "Alder 7  B-1     2026-01-12       5.00  USD\n"
        "Alder 7  P-2     2026-01-23      90.00  USD\n"
        "\n"
        "reserved\n"
        "\n"
        "account  source  date        reserved  currency\n"
        "-------  ------  ----------  --------  --------\n"
        "Oak 3    P-1     2026-01-02    250.00  CAD\n"
        "\n"
        "trust\n"
        "\n"
        "account  source  date        trust  currency\n"
        "-------  ------  ----------  -----  --------\n"
        "Oak 3    P-2     2026-01-04  80.00  CAD\n"
        "\n"
        "pending\n"
        "\n"
        "account  source  date        pending  currency\n"
        "-------  ------  ----------  -------  --------\n"
        "Oak 3    P-4     2026-02-09    60.00  CAD\n"
        "\n"
        "totals\n"
        "\n"
        "currency  charges    money  applied     open  unapplied  reserved  trust  pending  balance\n"
        "--------  -------  -------  -------  -------  ---------  --------  -----  -------  -------\n"
        "CAD       2865.00  2000.00  1500.00  1365.00     170.00    250.00  80.00    60.00   945.00\n"
        "USD        650.00   925.00   650.00     0.00     275.00      0.00   0.00     0.00  -275.00\n"
    )


def test_nothing_is_a_line_each(run: Run) -> None:
    write(HEADER + "".join(MAPLE[:1]) + entry("Maple 12", "payment", "P-1", "2026-01-03", "1000"))
    parts = run(*REPLAY)[1].split("\n\n")
    names = ("still open", "unapplied", "reserved", "trust", "pending")
    assert parts[1:6] == [f"{name}: nothing" for name in names]
    write(HEADER)
    assert run(*REPLAY, "--as-of", "2026-01-01")[1].split("\n\n") == [
        "as of 2026-01-01, as known on 2026-01-01",
        *(f"{name}: nothing" for name in names),
        "totals: nothing\n",
    ]


def test_explain_adds_the_story_of_each_account(run: Run) -> None:
    plain, explained = run(*REPLAY)[1], run(*REPLAY, "--explain")[1]
    assert explained.startswith(f"{plain}\naccount Maple 12, CAD\n\non          money  charge ")
    assert "\n\naccount Oak 3, CAD\n\n" in explained
    assert "\n\naccount Alder 7, USD\n\n" in explained
    assert "returned by N-1: insufficient funds" in explained
    assert "waits for R-09" in explained


def test_csv_is_the_history(run: Run) -> None:
    write(HEADER + "".join(MAPLE))
    assert run(*REPLAY, "--format", "csv") == (
        0,
        (
            "account,id,source,charge,amount,currency,on,posted,reverses\n"
            "Maple 12,P-1>R-01@2026-01-03,P-1,R-01,1000.00,CAD,2026-01-03,2026-01-03,\n"
            "Maple 12,P-2>R-02@2026-02-03,P-2,R-02,1000.00,CAD,2026-02-03,2026-02-03,\n"
            "Maple 12,P-1>R-01@2026-01-03/undone@2026-02-06,P-1,R-01,1000.00,CAD,2026-02-06,2026-02-06,"
            "P-1>R-01@2026-01-03\n"
        ),
        "",
    )


def test_json_says_how_it_was_asked(run: Run) -> None:
    asked = ("order", "as_of", "known", "settle", "returns", "designations", "sweep_credits", "sweep_payments")
    record = record_of(run)
    assert tuple(record) == (*asked, "accounts", "totals")
    assert [record[name] for name in asked] == [
        "oldest-first",
        "2026-02-09",
        "2026-02-09",
        "posted",
        "reopen",
        "only",
        True,
        True,
    ]
    options = ("--as-of", "2026-02-01", "--known", "2026-02-05", "--settle", "due", "--returns", "reapply")
    record = record_of(run, *options, "--designations", "first", "--no-sweep-credits", "--no-sweep-payments")
    assert [record[name] for name in asked[1:]] == [
        "2026-02-01",
        "2026-02-05",
        "due",
        "reapply",
        "first",
        False,
        False,
    ]


def test_json_has_everything(run: Run) -> None:
    maple, oak, alder = record_of(run)["accounts"]
    cad = {"currency": "CAD"}
    assert [(of["account"], of["currency"]) for of in (maple, oak, alder)] == [
        ("Maple 12", "CAD"),
        ("Oak 3", "CAD"),
        ("Alder 7", "USD"),
    ]
    assert maple["open"] == [
        {
            "charge": charge,
            "amount": amount,
            **cad,
            "due": due,
            "category": category,
            "payer": None,
            "pending": "0.00",
            "disputed": "0.00",
        }
        for charge, amount, due, category in (
            ("R-01", "1000.00", "2026-01-01", "rent"),
            ("R-02", "0.00", "2026-02-01", "rent"),
            ("F-1", "25.00", "2026-02-06", "nsf_fee"),
        )
    ]
    assert [(item["payer"], item["pending"], item["disputed"]) for item in oak["open"]] == [
        (None, "0.00", "300.00"),
        (None, "0.00", "0.00"),
        ("agency", "40.00", "0.00"),
    ]
    assert maple["unapplied"] == [{"source": name, "amount": "0.00", **cad} for name in ("P-1", "P-2")]
    assert oak["reserved"] == [{"source": "P-1", "amount": "250.00", **cad}]
    assert oak["trust"] == [{"source": "P-2", "amount": "80.00", **cad}]
    assert oak["pending"] == [{"source": "P-4", "amount": "60.00", **cad}]
    assert alder["deposits"] == [{"charge": "D-01", "amount": "590.00", "currency": "USD"}]
    assert maple["states"] == [{"source": "P-1", "state": "returned"}, {"source": "P-2", "state": "settled"}]
    assert {state["source"]: state["state"] for state in alder["states"]}["P-4"] == "cancelled"
    assert maple["settles"] == [{"source": "P-2", "charge": "R-02", "amount": "1000.00", **cad}]
    assert maple["history"][2] == {
        "id": "P-1>R-01@2026-01-03/undone@2026-02-06",
        "source": "P-1",
        "charge": "R-01",
        "amount": "1000.00",
        **cad,
        "on": "2026-02-06",
        "posted": "2026-02-06",
        "reverses": "P-1>R-01@2026-01-03",
    }
    assert maple["history"][0]["reverses"] is None
    assert maple["totals"] == {
        **cad,
        "charges": "2025.00",
        "money": "1000.00",
        "applied": "1000.00",
        "open": "1025.00",
        "unapplied": "0.00",
        "reserved": "0.00",
        "trust": "0.00",
        "pending": "0.00",
        "balance": "1025.00",
    }
    assert maple["explanation"]["lines"][2] == {
        "on": "2026-02-06",
        "source": "P-1",
        "charge": "R-01",
        "amount": "-1000.00",
        **cad,
        "before": "0.00",
        "after": "1000.00",
        "reason": "returned by N-1: insufficient funds",
    }
    assert maple["explanation"]["open"][1] == {
        "charge": "F-1",
        "amount": "25.00",
        **cad,
        "reason": "no money is left",
    }
    assert oak["explanation"]["unapplied"][0] == {
        "source": "P-1",
        "amount": "250.00",
        **cad,
        "reason": "waits for R-09",
    }
    assert len({of["fingerprint"] for of in (maple, oak, alder)}) == 3


def test_the_fingerprint_is_that_of_the_facts(run: Run) -> None:
    first = [of["fingerprint"] for of in record_of(run)["accounts"]]
    write(HEADER + "".join(reversed([*MAPLE, *OAK, *ALDER])))
    assert [of["fingerprint"] for of in record_of(run)["accounts"]] == first[::-1]
    write(ENTRIES.replace(",25,", ",26,"))
    changed = [of["fingerprint"] for of in record_of(run)["accounts"]]
    assert changed[0] != first[0]
    assert changed[1:] == first[1:]


@pytest.mark.parametrize("order", NAMED_ORDERS)
def test_R45_every_order_balances(run: Run, order: str) -> None:
    """Charges are applied or open, money is somewhere, and the rows of the history are what is applied."""
    for settle, returns in product(("posted", "due"), ("reopen", "reapply")):
        options = ("--settle", settle, "--returns", returns, "--as-of", "2026-01-27")
        for days in (options[:4], options):
            command = ("replay", "entries.csv", "--order", order, *days)
            record = json.loads(run(*command, "--format", "json")[1])
            rows = list(csv.DictReader(io.StringIO(run(*command, "--format", "csv")[1])))
            pending = {(of["account"], money["source"]) for of in record["accounts"] for money in of["pending"]}
            for of in record["totals"]:
                cents = {name: int(text.replace(".", "")) for name, text in of.items() if name != "currency"}
                assert cents["charges"] == cents["applied"] + cents["open"]
                kept = cents["unapplied"] + cents["reserved"]
                assert cents["money"] == cents["applied"] + kept + cents["trust"]
                assert cents["balance"] == cents["open"] - kept
                settled = [row for row in rows if (row["account"], row["source"]) not in pending]
                assert cents["applied"] == sum(
                    int(row["amount"].replace(".", "")) * (-1 if row["reverses"] else 1)
                    for row in settled
                    if row["currency"] == of["currency"]
                )


def test_E2_a_return_reopens_or_everything_is_reapplied(run: Run) -> None:
    assert still_open(run) == {"R-01": "1000.00", "R-02": "0.00", "F-1": "25.00"}
    assert still_open(run, "--returns", "reapply") == {"R-01": "0.00", "R-02": "1000.00", "F-1": "25.00"}


def test_E5_money_waits_for_the_due_date_or_is_not_swept(run: Run) -> None:
    rows = [
        entry("A", "charge", "03", "2026-03-01", "1000", category="rent"),
        entry("A", "payment", "P", "2026-03-25", "1500"),
        entry("A", "charge", "04", "2026-04-01", "1000", category="rent", posted="2026-03-26"),
    ]
    write(HEADER + "".join(rows))
    on_26 = ("--as-of", "2026-03-26")
    assert still_open(run, *on_26) == {"03": "0.00", "04": "500.00"}
    assert still_open(run, *on_26, "--settle", "due") == {"03": "0.00", "04": "1000.00"}
    assert still_open(run, "--as-of", "2026-04-01", "--settle", "due") == {"03": "0.00", "04": "500.00"}
    assert still_open(run, *on_26, "--no-sweep-payments") == {"03": "0.00", "04": "1000.00"}
    assert still_open(run, *on_26, "--no-sweep-credits") == {"03": "0.00", "04": "500.00"}
    write((HEADER + "".join(rows)).replace("payment", "concession"))
    assert still_open(run, *on_26, "--no-sweep-credits") == {"03": "0.00", "04": "1000.00"}
    assert still_open(run, *on_26, "--no-sweep-payments") == {"03": "0.00", "04": "500.00"}


def test_E6_what_was_known_then_and_what_is_known_today(run: Run) -> None:
    rows = [
        entry("A", "charge", "R", "2026-01-01", "1000", category="rent"),
        entry("A", "charge", "L", "2026-01-10", "50", category="late fee", about="R"),
        entry("A", "payment", "P-2", "2026-02-05", "1050"),
        entry("A", "payment", "P-0", "2026-01-04", "1000", posted="2026-02-20"),
    ]
    write(HEADER + "".join(rows))
    january = ("--as-of", "2026-01-31")
    assert still_open(run, *january, "--known", "2026-01-31") == {"R": "1000.00", "L": "50.00"}
    assert still_open(run, *january) == {"R": "0.00", "L": "50.00"}
    lines = list(csv.DictReader(io.StringIO(run(*REPLAY, *january, "--format", "csv")[1])))
    assert [(line["source"], line["on"], line["posted"]) for line in lines] == [("P-0", "2026-01-04", "2026-02-20")]
    assert run(*REPLAY, *january)[1].splitlines()[0] == "as of 2026-01-31, as known on 2026-02-20"


def test_the_last_day_in_the_file_is_the_day_if_none_is_said(run: Run) -> None:
    """Of all accounts; the last day in the books is what is known then."""
    first, last = entry("A", "charge", "R", "2026-01-01", "5"), entry("B", "charge", "R", "2026-01-02", "5", "USD")
    for days, expected in (
        ({"on": "2026-02-01", "posted": "2026-02-20"}, ("2026-02-20", "2026-02-20")),
        ({"on": "2026-02-20", "posted": "2026-02-01"}, ("2026-02-20", "2026-02-01")),
    ):
        write(HEADER + first + entry("A", "payment", "P", amount="5", **days) + last)
        record = record_of(run)
        assert (record["as_of"], record["known"]) == expected


@pytest.mark.parametrize(
    ("designations", "opened"),
    [
        ("only", {"03": "900.00", "04": "400.00"}),
        ("first", {"03": "400.00", "04": "400.00"}),
        ("ignore", {"03": "0.00", "04": "800.00"}),
    ],
)
def test_designations(run: Run, designations: str, opened: dict[str, str]) -> None:
    rows = [
        entry("A", "charge", "03", "2026-03-01", "900", category="rent"),
        entry("A", "charge", "04", "2026-03-02", "900", category="rent"),
        entry("A", "payment", "P", "2026-03-25", "1000", **{"for": "04=500"}),
    ]
    write(HEADER + "".join(rows))
    assert still_open(run, "--designations", designations) == opened


def test_the_order_of_the_rows_changes_nothing_but_the_order_of_accounts(run: Run) -> None:
    for form in ("table", "csv", "json"):
        write(HEADER + "".join(MAPLE))
        first = run(*REPLAY, "--format", form)
        write(HEADER + "".join(reversed(MAPLE)))
        assert run(*REPLAY, "--format", form) == first


def test_the_file_may_be_standard_input_with_another_delimiter(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = run(*REPLAY, "--format", "csv")[1]
    text = ENTRIES.replace(",", ";").encode("utf-8-sig")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text), encoding="ascii"))
    command = ("replay", "-", "--order", "oldest-first", "--format", "csv", "--delimiter", ";", "--output", "out.csv")
    assert run(*command) == (0, "", "")
    assert Path("out.csv").read_text(encoding="utf-8") == expected.replace(",", ";")


def test_what_is_told_beside_the_output(run: Run) -> None:
    """Columns that were left out, and accounts that have money and no charges."""
    text = "account,kind,id,on,amount,currency,memo,psted\nA,payment,P,2026-01-01,5,CAD,x,\n"
    write(text)
    code, _, err = run(*REPLAY)
    assert (code, err) == (
        0,
        (
            "arledger: entries.csv: ignored the columns memo, psted (did you mean posted?)\n"
            "arledger: money, and no charges: A (CAD)\n"
        ),
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--order", "rent-lst"], "unknown order 'rent-lst'; did you mean rent-last?"),
        (["--format", "xml"], "unknown format 'xml'; known are csv, json, table"),
        (["--designations", "onyl"], "unknown designations 'onyl'; did you mean only?"),
        (["--settle", "dew"], "unknown settle 'dew'; did you mean due?"),
        (["--returns", "undo"], "unknown returns 'undo'; known are reapply, reopen"),
        (["--as-of", "03/04/2026"], "--as-of: '03/04/2026' is no ISO date; write 2026-03-04 or 2026-04-03"),
        (
            ["--known", "2026-02-30"],
            "--known: '2026-02-30' is no day of the calendar; the days of 2026-02 go from 01 to 28",
        ),
        (
            ["--delimiter", ";;"],
            "delimiter ';;' is no character that can stand between cells; pass one character, such as ; or a tab",
        ),
        (
            ["--format", "csv", "--explain"],
            "csv has no place for reasons; leave out --explain, or pass --format table or json",
        ),
        (["--output", "entries.csv"], "entries.csv: is one of the files that are read"),
    ],
)
def test_refusals(run: Run, arguments: list[str], message: str) -> None:
    assert run(*REPLAY, *arguments) == (2, "", f"arledger: {message}\n")


def test_a_file_of_no_entries_has_no_last_day(run: Run) -> None:
    write(HEADER)
    message = "arledger: entries.csv: there is no entry, and so no last day; pass --as-of\n"
    assert run(*REPLAY) == (2, "", message)
    assert run(*REPLAY, "--as-of", "2026-01-01", "--format", "csv") == (
        0,
        "account,id,source,charge,amount,currency,on,posted,reverses\n",
        "",
    )


def test_no_file_and_no_order(run: Run) -> None:
    see = "see arledger replay --help"
    assert run("replay") == (2, "", f"arledger: the following arguments are required: ENTRIES.csv, --order; {see}\n")
    assert run("replay", "no.csv", "--order", "rent-last") == (2, "", "arledger: no.csv: no such file or directory\n")


def test_all_bad_rows_together(run: Run) -> None:
    bad = [
        entry("Maple 12", "charge", "R-01", "2026-01-01", "5", disputed="maybe"),
        entry("Maple 12", "void", "V-1", "2026-01-01", "5"),
    ]
    write(ENTRIES + "".join(bad))
    assert run(*REPLAY, "--output", "out.txt") == (
        2,
        "",
        (
            "arledger: 4 problems in the rows:\n"
            "entries.csv, row 35, column id: 'R-01' stands already in entries.csv, row 2; "
            "give each entry of an account an id of its own\n"
            "entries.csv, row 35, column disputed: 'maybe' is neither yes nor no; write yes or no\n"
            "entries.csv, row 36, column amount: a row of kind void has none; leave it empty\n"
            "entries.csv, row 36, column of: is empty; write the id of the payment\n"
        ),
    )
    assert not Path("out.txt").exists()


def test_contradictions_are_told_of_every_account(run: Run) -> None:
    """The accounts between them are right, and nothing of them is written either."""
    bad = [
        entry("Elm 1", "return", "N-1", "2026-01-01", of="P-9"),
        entry("Maple 12", "refund", "F-9", "2026-02-09", "5", of="P-2"),
        entry("Oak 3", "void", "V-9", "2026-02-09", "", "USD", of="P-1"),
    ]
    write(ENTRIES + "".join(bad))
    messages = [
        (
            "account Maple 12, CAD: refund F-9: of 5.00 CAD, and 0.00 of payment P-2 is unapplied on 2026-02-09; "
            "pass at most what of it is unapplied"
        ),
        "account Oak 3, USD: void V-9: there is no payment P-1; record it too",
        "account Elm 1, CAD: return N-1: there is no payment P-9; record it too",
    ]
    expected = "".join(f"arledger: {message}\n" for message in messages)
    assert run(*REPLAY, "--output", "out.txt") == (2, "", expected)
    assert not Path("out.txt").exists()


def test_help_names_every_column_and_kind(run: Run) -> None:
    code, out, _ = run("replay", "--help")
    assert code == 0
    for name, holds in (ENTRY_COLUMNS | OPTIONAL_ENTRY_COLUMNS).items():
        assert f"\n  {name:10} {holds}\n" in out
    kinds = out.partition("A kind is one of ")[2].partition(".")[0].replace("\n", " ")
    assert tuple(kinds.split(", ")) == ENTRY_KINDS
    assert "  arledger replay entries.csv --order rent-last --as-of 2026-03-31 --explain\n" in out


def test_the_page_has_every_column_kind_and_option(run: Run) -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    section = page.partition("\n## arledger replay\n")[2].partition("\n## ")[0]
    rows = [line.split("|") for line in section.splitlines() if line.startswith("|")]
    columns = [cells[2].strip() for cells in rows if len(cells) == 5 and "`" in cells[2]]
    assert columns == [f"`{column}`" for column in (*ENTRY_COLUMNS, *OPTIONAL_ENTRY_COLUMNS)]
    kinds = [word for cells in rows if len(cells) == 6 for word in cells[1].replace("`", "").split(", ")]
    assert sorted(kind.strip() for kind in kinds[2:]) == sorted(ENTRY_KINDS)
    options = set(re.findall(r"--[a-z-]+", run("replay", "--help")[1])) - {"--help"}
    assert [option for option in options if f"`{option}" not in section] == []


@pytest.mark.parametrize("command", ["replay", "ageing"])
def test_the_same_bytes_on_every_machine(run: Run, command: str) -> None:
    arguments = [
        sys.executable,
        "-m",
        "arledger",
        command,
        "entries.csv",
        "--order",
        "pro-rata",
        "--as-of",
        "2026-02-09",
    ]
    source = str(Path(__file__).parents[2] / "src")
    for form in ("table", "csv", "json"):
        found = {
            subprocess.run(
                [*arguments, "--format", form],
                env={**os.environ, "PYTHONPATH": source, **surroundings},
                capture_output=True,
                check=True,
            ).stdout
            for surroundings in (
                {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
                {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "PYTHONIOENCODING": "utf-16", "COLUMNS": "20"},
            )
        }
        assert len(found) == 1
        assert found != {b""}
