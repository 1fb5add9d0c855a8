"""``arledger bill``: what it writes, in which form, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from arledger.cli import main

LEASE = """\
id = "L-1"
currency = "CAD"
move_in = 2026-08-20
items = [
  { id = "rent", code = "RENT", price = 1000 },
  { id = "stall", category = "feature", price = 60, proratable = false },
]
deposits = [{ id = "deposit", amount = 500, held_since = 2026-01-01 }]
adjustments = [{ id = "off", change = "-5%", code = "DISC", since = 2026-09-01, recurring = true, item = "rent" }]
"""
POLICY = """\
proration = "actual"
adjustment_codes = ["DISC"]
types = [{ name = "monthly", period = "monthly", start = 1, due_offset_days = 2, bill_offset_days = 10 }]
taxes = [{ code = "GST", codes = ["RENT"], percent = 5 }]
"""
FILES = ("bill", "lease.toml", "policy.toml")
AUGUST = """\
zero cycle bill L-1/2026-08-01, confirmed: 2026-08-01 up to 2026-09-01, due 2026-08-22

line      amount  billed before  to bill  why
--------  ------  -------------  -------  ---------------
rent      387.10           0.00   387.10  1000.00 x 12/31
rent/GST   19.36           0.00    19.36  5% of 387.10
stall      60.00           0.00    60.00  60.00
total                             466.46
held: deposit L-1/deposit, 500.00 CAD since 2026-01-01
"""
SEPTEMBER_CHARGES = """\
account,id,due,amount,currency,category,posted,code,payer,about
L-1,L-1/2026-09-01/rent,2026-09-03,1000.00,CAD,rent,2026-08-22,RENT,,
L-1,L-1/2026-09-01/rent/GST,2026-09-03,50.00,CAD,tax,2026-08-22,GST,,L-1/2026-09-01/rent
L-1,L-1/2026-09-01/stall,2026-09-03,60.00,CAD,feature,2026-08-22,,,
"""
SEPTEMBER_CREDITS = """\
account,id,received,amount,currency,kind,payer,for
L-1,L-1/2026-09-01/off,2026-08-22,50.00,CAD,credit,,charge:L-1/2026-09-01/rent
L-1,L-1/2026-09-01/off/GST,2026-08-22,2.50,CAD,credit,,charge:L-1/2026-09-01/rent/GST
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command in a folder with the two files; its exit code and what it wrote."""
    monkeypatch.chdir(tmp_path)
    Path("lease.toml").write_text(LEASE, encoding="utf-8")
    Path("policy.toml").write_text(POLICY, encoding="utf-8")

    def run_in_folder(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        written = capfdbinary.readouterr()
        return code, written.out.decode(), written.err.decode()

    return run_in_folder


def test_a_single_period_as_a_table(run: Run) -> None:
    assert run(*FILES, "--from", "2026-08-31") == (0, AUGUST, "")


def test_each_period_with_a_day_of_the_span(run: Run) -> None:
    code, out, _ = run(*FILES, "--from", "2026-01-01", "--to", "2026-11-02")
    assert code == 0
    titles = [line.partition(",")[0] for line in out.splitlines() if ", confirmed:" in line]
    assert titles == [
        "zero cycle bill L-1/2026-08-01",
        "regular bill L-1/2026-09-01",
        "regular bill L-1/2026-10-01",
        "regular bill L-1/2026-11-01",
    ]


def test_the_days_of_each_prorated_line_if_asked_for(run: Run) -> None:
    code, out, _ = run(*FILES, "--from", "2026-08-31", "--explain")
    assert code == 0
    assert out.startswith(AUGUST)
    assert (
        """rent, prorated

from        up to       days  over       of  comes to
----------  ----------  ----  ----  -------  --------
2026-08-20  2026-09-01    12    31  1000.00  387.0968
rounded                                        387.10
"""
        in out
    )


def test_charges_and_credits_have_the_columns_of_facts(run: Run) -> None:
    assert run(*FILES, "--from", "2026-09-01", "--format", "charges") == (0, SEPTEMBER_CHARGES, "")
    assert run(*FILES, "--from", "2026-09-01", "--format", "credits") == (0, SEPTEMBER_CREDITS, "")


def test_what_was_billed_is_not_billed_again(run: Run) -> None:
    """Drafting after issuing bills nothing, after a move-out the difference."""
    Path("charges.csv").write_text(SEPTEMBER_CHARGES, encoding="utf-8")
    Path("credits.csv").write_text(SEPTEMBER_CREDITS, encoding="utf-8")
    again = (*FILES, "--from", "2026-09-01", "--billed-charges", "charges.csv", "--billed-credits", "credits.csv")
    assert run(*again, "--format", "charges") == (0, SEPTEMBER_CHARGES.splitlines(keepends=True)[0], "")
    assert run(*again, "--format", "credits") == (0, SEPTEMBER_CREDITS.splitlines(keepends=True)[0], "")
    Path("lease.toml").write_text(f"move_out = 2026-09-15\n{LEASE}", encoding="utf-8")
    code, out, _ = run(*again, "--on", "2026-09-10")
    assert code == 0
    assert "final bill L-1/2026-09-01" in out
    assert "rent      500.00        1000.00  -500.00  1000.00 x 15/30" in out
    assert run(*again, "--on", "2026-09-10", "--format", "credits") == (
        0,
        """\
account,id,received,amount,currency,kind,payer,for
L-1,L-1/2026-09-01/rent#2,2026-09-10,500.00,CAD,credit,,charge:L-1/2026-09-01/rent
L-1,L-1/2026-09-01/rent/GST#2,2026-09-10,25.00,CAD,credit,,charge:L-1/2026-09-01/rent/GST
""",
        "",
    )


def test_a_month_after_the_move_out_is_credited_where_it_was_billed(run: Run) -> None:
    Path("charges.csv").write_text(SEPTEMBER_CHARGES, encoding="utf-8")
    Path("lease.toml").write_text(f"move_out = 2026-08-31\n{LEASE}", encoding="utf-8")
    again = (*FILES, "--from", "2026-08-01", "--to", "2026-12-01", "--billed-charges", "charges.csv")
    code, out, _ = run(*again, "--format", "json")
    assert code == 0
    bills = json.loads(out)["bills"]
    assert [(bill["id"], bill["kind"], bill["total"]) for bill in bills] == [
        ("L-1/2026-08-01", "final", "466.46"),
        ("L-1/2026-09-01", "final", "-1110.00"),
    ]
    assert bills[1]["lines"][0] == {
        "id": "L-1/2026-09-01/rent",
        "amount": "0.00",
        "billed_before": "1000.00",
        "to_bill": "-1000.00",
        "reason": "no longer owed",
        "charge": None,
        "credit": "L-1/2026-09-01/rent#2",
        "parts": [],
    }


def test_json_has_everything(run: Run) -> None:
    code, out, _ = run(*FILES, "--from", "2026-08-31", "--format", "json")
    assert code == 0
    (bill,) = json.loads(out)["bills"]
    lines, charges, credits_ = (bill.pop(name) for name in ("lines", "charges", "credits"))
    assert [charge["id"] for charge in charges] == [
        "L-1/2026-08-01/rent",
        "L-1/2026-08-01/rent/GST",
        "L-1/2026-08-01/stall",
    ]
    assert charges[1] == {
        "id": "L-1/2026-08-01/rent/GST",
        "amount": "19.36",
        "due": "2026-08-22",
        "posted": "2026-08-10",
        "category": "tax",
        "code": "GST",
        "payer": None,
        "about": "L-1/2026-08-01/rent",
        "period": {"start": "2026-08-20", "end": "2026-09-01"},
        "recurring": True,
    }
    assert credits_ == []
    assert bill == {
        "id": "L-1/2026-08-01",
        "lease": "L-1",
        "kind": "zero_cycle",
        "state": "confirmed",
        "currency": "CAD",
        "start": "2026-08-01",
        "end": "2026-09-01",
        "bill_run": "2026-08-10",
        "due": "2026-08-22",
        "autopay_run": "2026-08-20",
        "total": "466.46",
        "holdings": [{"id": "L-1/deposit", "amount": "500.00", "since": "2026-01-01"}],
    }
    assert lines[0] == {
        "id": "L-1/2026-08-01/rent",
        "amount": "387.10",
        "billed_before": "0.00",
        "to_bill": "387.10",
        "reason": "1000.00 x 12/31",
        "charge": "L-1/2026-08-01/rent",
        "credit": None,
        "parts": [
            {
                "start": "2026-08-20",
                "end": "2026-09-01",
                "days": "12",
                "over": "31",
                "price": "1000.00",
                "price_before": "0.00",
                "share": "12/31",
            }
        ],
    }


def test_credits_in_json(run: Run) -> None:
    code, out, _ = run(*FILES, "--from", "2026-09-01", "--format", "json")
    assert code == 0
    assert json.loads(out)["bills"][0]["credits"][0] == {
        "id": "L-1/2026-09-01/off",
        "amount": "50.00",
        "granted": "2026-08-22",
        "posted": "2026-08-22",
        "kind": "adjustment",
        "category": "adjustment",
        "code": "DISC",
        "payer": None,
        "designations": ["L-1/2026-09-01/rent"],
    }


def test_billed_rows_of_another_account_are_named(run: Run) -> None:
    """An account that is written in another way would be billed again in silence."""
    Path("charges.csv").write_text(SEPTEMBER_CHARGES.replace("\nL-1,", "\nL1,"), encoding="utf-8")
    again = (*FILES, "--from", "2026-09-01", "--billed-charges", "charges.csv")
    assert run(*again, "--format", "charges") == (
        0,
        SEPTEMBER_CHARGES,
        "arledger: charges.csv: no row of the account L-1\n",
    )


def test_a_delimiter_is_that_of_all_csv(run: Run) -> None:
    tabs = SEPTEMBER_CHARGES.replace(",", "\t")
    assert run(*FILES, "--from", "2026-09-01", "--format", "charges", "--delimiter", "tab") == (0, tabs, "")
    Path("charges.csv").write_text(tabs, encoding="utf-8")
    again = (*FILES, "--from", "2026-09-01", "--delimiter", "tab", "--billed-charges", "charges.csv")
    assert run(*again, "--format", "charges") == (0, tabs.splitlines(keepends=True)[0], "")


def test_a_file_as_output(run: Run) -> None:
    assert run(*FILES, "--from", "2026-08-31", "--output", "bill.txt") == (0, "", "")
    assert Path("bill.txt").read_text(encoding="utf-8") == AUGUST


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--from", "2026-08-31", "--format", "csv"], "unknown format 'csv'; known are charges, credits, json, table"),
        (
            ["--from", "2026-08-31", "--format", "json", "--explain"],
            "only tables are explained (json has the parts always); leave out --explain",
        ),
        (["--from", "31.8.2026"], "--from: '31.8.2026' is no ISO date; write 2026-08-31"),
        (["--from", "2026-08-31", "--to", "soon"], "--to: 'soon' is no ISO date; write YYYY-MM-DD, such as 2026-03-31"),
        (["--from", "2026-08-31", "--on", "1"], "--on: '1' is no ISO date; write YYYY-MM-DD, such as 2026-03-31"),
        (
            ["--from", "2026-08-31", "--to", "2026-08-31"],
            "period: end 2026-08-31 is not after start 2026-08-31; the end is the first day after the period",
        ),
        (["--from", "2026-07-31"], "lease L-1: no day of 2026-07-31 up to 2026-08-01 is billed"),
        (["--from", "2026-08-31", "--billed-charges", "none.csv"], "none.csv: no such file or directory"),
        (
            ["--from", "2026-08-31", "--billed-charges", "-", "--billed-credits", "-"],
            "two files are standard input; name at least one of them",
        ),
        (["--from", "2026-08-31", "--output", "lease.toml"], "lease.toml: is one of the files that are read"),
        ([], "the following arguments are required: --from; see arledger bill --help"),
    ],
)
def test_what_is_refused(run: Run, arguments: list[str], message: str) -> None:
    assert run(*FILES, *arguments) == (2, "", f"arledger: {message}\n")


def test_the_mistakes_of_both_files_are_told_together(run: Run) -> None:
    Path("lease.toml").write_text("id = 1", encoding="utf-8")
    Path("policy.toml").write_bytes(b'proration = "\xff"')
    code, out, err = run(*FILES, "--from", "2026-08-31")
    assert (code, out) == (2, "")
    assert err == (
        "arledger: 4 mistakes in the settings:\n"
        "lease.toml, currency: is missing; write it\n"
        "lease.toml, items: is missing; write [[items]] before each\n"
        "lease.toml, id: is 1, not text; write it in quotation marks\n"
        "lease.toml, move_in: is missing; write it\n"
        "arledger: 1 mistake in the settings:\n"
        "policy.toml: holds bytes that are no UTF-8; save it in UTF-8\n"
    )


def test_bad_rows_of_what_was_billed_are_told(run: Run) -> None:
    Path("charges.csv").write_text(SEPTEMBER_CHARGES.replace("1000.00", "1e3"), encoding="utf-8")
    assert run(*FILES, "--from", "2026-09-01", "--billed-charges", "charges.csv") == (
        2,
        "",
        (
            "arledger: 1 problem in the rows:\ncharges.csv, row 2, column amount: '1e3' is no plain decimal number; "
            "write the number without an exponent\n"
        ),
    )
