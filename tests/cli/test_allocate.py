"""``arledger allocate``: what it writes, where, and in which form."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from arledger import NAMED_ORDERS
from arledger.cli import main

CHARGES = """\
account,id,due,amount,currency,category
Maple 12,R-03,2026-03-01,900.00,CAD,rent
Maple 12,L-03,2026-03-06,50.00,CAD,late fee
Alder 7,R-03,2026-03-01,700.00,USD,rent
"""
MONEY = """\
account,id,received,amount,currency
Maple 12,M-1,2026-03-08,500.00,CAD
Alder 7,M-1,2026-02-01,800.00,USD
"""
ROWS = """\
account,source,charge,amount,currency,on
Maple 12,M-1,L-03,50.00,CAD,2026-03-08
Maple 12,M-1,R-03,450.00,CAD,2026-03-08
Alder 7,M-1,R-03,700.00,USD,2026-02-01
"""
EXAMPLE = Path(__file__).parents[2] / "examples" / "march"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command in a folder with the two files; its exit code and what it wrote."""
    monkeypatch.chdir(tmp_path)
    Path("charges.csv").write_text(CHARGES, encoding="utf-8")
    Path("money.csv").write_text(MONEY, encoding="utf-8")

    def run_in_folder(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        written = capfdbinary.readouterr()
        return code, written.out.decode(), written.err.decode()

    return run_in_folder


def test_accounts_with_money_and_no_charges_are_named(run: Run) -> None:
    """Money is a prepayment then, or its account is written in another way than the charges have it."""
    rows = [f"Elm {number},M-1,2026-03-08,5.00,CAD\n" for number in range(1, 8)]
    Path("other.csv").write_text(MONEY + "".join(rows[:1]), encoding="utf-8")
    code, _, err = run("allocate", "charges.csv", "other.csv", "--order", "rent-last")
    assert (code, err) == (0, "arledger: money, and no charges: Elm 1 (CAD)\n")
    Path("other.csv").write_text(MONEY + "".join(rows), encoding="utf-8")
    code, _, err = run("allocate", "charges.csv", "other.csv", "--order", "rent-last")
    assert (code, err) == (
        0,
        "arledger: money, and no charges: Elm 1 (CAD), Elm 2 (CAD), Elm 3 (CAD), Elm 4 (CAD), Elm 5 (CAD) and 2 more\n",
    )


def test_the_report(run: Run) -> None:
    code, out, err = run("allocate", "charges.csv", "money.csv", "--order", "rent-last")
    assert (code, err) == (0, "")
    assert out == (
        "applied\n"
        "\n"
        "account   source  charge  amount  currency  on\n"
        "--------  ------  ------  ------  --------  ----------\n"
        "Maple 12  M-1     L-03     50.00  CAD       2026-03-08\n"
        "Maple 12  M-1     R-03    450.00  CAD       2026-03-08\n"
        "Alder 7   M-1     R-03    700.00  USD       2026-02-01\n"
        "\n"
        "still open\n"
        "\n"
        "account   charge  due           open  currency\n"
        "--------  ------  ----------  ------  --------\n"
        "Maple 12  R-03    2026-03-01  450.00  CAD\n"
        "\n"
        "unapplied\n"
        "\n"
        "account  source  date        unapplied  currency\n"
        "-------  ------  ----------  ---------  --------\n"
        "Alder 7  M-1     2026-02-01     100.00  USD\n"
        "\n"
        "totals\n"
        "\n"
        "currency  charges   money  applied    open  unapplied\n"
        "--------  -------  ------  -------  ------  ---------\n"
        "CAD        950.00  500.00   500.00  450.00       0.00\n"
        "USD        700.00  800.00   700.00    0.00     100.00\n"
    )


def test_the_order_decides(run: Run) -> None:
    for order, first in (("rent-last", "L-03"), ("rent-first", "R-03"), ("oldest-first", "R-03")):
        _, out, _ = run("allocate", "charges.csv", "money.csv", "--order", order, "--format", "csv")
        assert out.splitlines()[1].split(",")[2] == first


def test_explain_adds_the_reasons_of_each_account(run: Run) -> None:
    plain = run("allocate", "charges.csv", "money.csv", "--order", "rent-last")[1]
    _, explained, _ = run("allocate", "charges.csv", "money.csv", "--order", "rent-last", "--explain")
    assert explained.startswith(f"{plain}\naccount Maple 12, CAD\n\n")
    assert "\n\naccount Alder 7, USD\n\n" in explained
    assert "last(where.rent)" in explained


def test_csv_has_a_row_for_each_application(run: Run) -> None:
    assert run("allocate", "charges.csv", "money.csv", "--order", "rent-last", "--format", "csv") == (0, ROWS, "")


def test_json_has_everything_explained_or_not(run: Run) -> None:
    command = ("allocate", "charges.csv", "money.csv", "--order", "rent-last", "--format", "json")
    code, out, err = run(*command)
    assert (code, err) == (0, "")
    assert run(*command, "--explain")[1] == out
    record = json.loads(out)
    assert (record["order"], record["designations"]) == ("rent-last", "only")
    assert [(of["account"], of["currency"]) for of in record["accounts"]] == [("Maple 12", "CAD"), ("Alder 7", "USD")]
    assert record["accounts"][1]["unapplied"] == [{"source": "M-1", "amount": "100.00", "currency": "USD"}]
    assert len(record["accounts"][0]["explanation"]["lines"]) == 2


@pytest.mark.parametrize(
    ("designations", "applied"),
    [
        ("only", [("R-03", "100.00")]),
        ("first", [("R-03", "100.00"), ("L-03", "50.00"), ("R-03", "350.00")]),
        ("ignore", [("L-03", "50.00"), ("R-03", "450.00")]),
    ],
)
def test_designations(run: Run, designations: str, applied: list[tuple[str, str]]) -> None:
    money = MONEY.replace("currency\n", "currency,for\n").replace("CAD\n", "CAD,R-03=100\n").replace("USD\n", "USD,\n")
    Path("money.csv").write_text(money, encoding="utf-8")
    command = ("allocate", "charges.csv", "money.csv", "--order", "rent-last", "--format", "json")
    record = json.loads(run(*command, "--designations", designations)[1])
    assert record["designations"] == designations
    lines = record["accounts"][0]["applications"]
    assert [(line["charge"], line["amount"]) for line in lines] == applied


@pytest.mark.parametrize(
    "content",
    [
        CHARGES.encode("utf-8-sig"),
        CHARGES.replace("\n", "\r\n").encode(),
        CHARGES.replace("\n", "\r").encode(),
        CHARGES.rstrip("\n").encode(),
        CHARGES.replace("\n", "\n\n").encode(),
    ],
)
def test_marks_line_ends_and_blank_rows_change_nothing(run: Run, content: bytes) -> None:
    Path("charges.csv").write_bytes(content)
    assert run("allocate", "charges.csv", "money.csv", "--order", "rent-last", "--format", "csv") == (0, ROWS, "")


@pytest.mark.parametrize(("delimiter", "character"), [(";", ";"), ("tab", "\t"), ("\t", "\t"), ("|", "|")])
def test_a_delimiter_of_all_files(run: Run, delimiter: str, character: str) -> None:
    for name, text in (("charges.csv", CHARGES), ("money.csv", MONEY)):
        Path(name).write_text(text.replace(",", character), encoding="utf-8")
    command = ("allocate", "charges.csv", "money.csv", "--order", "rent-last", "--format", "csv")
    assert run(*command, "--delimiter", delimiter) == (0, ROWS.replace(",", character), "")


@pytest.mark.parametrize(("charges", "money", "text"), [("-", "money.csv", CHARGES), ("charges.csv", "-", MONEY)])
def test_either_file_may_be_standard_input(
    run: Run, monkeypatch: pytest.MonkeyPatch, charges: str, money: str, text: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-8-sig")), encoding="ascii"))
    assert run("allocate", charges, money, "--order", "rent-last", "--format", "csv") == (0, ROWS, "")


def test_columns_that_are_ignored_are_told_once_a_file(run: Run) -> None:
    extended = "".join(f"{line},x,no,y\n" for line in CHARGES.splitlines())
    Path("charges.csv").write_text(extended.replace("x,no,y", "Memo,dispted,", 1), encoding="utf-8")
    Path("money.csv").write_text(MONEY.replace("received", "id number,received").replace(",2026", ",7,2026"), "utf-8")
    code, out, err = run("allocate", "charges.csv", "money.csv", "--order", "rent-last", "--format", "csv")
    assert (code, out) == (0, ROWS)
    assert err == (
        "arledger: charges.csv: ignored the columns memo, dispted (did you mean disputed?), (column 9)\n"
        "arledger: money.csv: ignored the columns id number\n"
    )


def test_a_column_that_is_there_is_not_what_another_was_meant_to_be(run: Run) -> None:
    extended = "".join(f"{line},yes,no\n" for line in CHARGES.splitlines())
    Path("charges.csv").write_text(extended.replace("yes,no", "dispted,disputed", 1), encoding="utf-8")
    _, _, err = run("allocate", "charges.csv", "money.csv", "--order", "rent-last")
    assert err == "arledger: charges.csv: ignored the columns dispted\n"


def test_dates_are_no_bar(run: Run) -> None:
    """Money that came long before a charge may pay it: one decision, no history."""
    early = MONEY.replace("2026-02-01", "1999-01-01")
    Path("money.csv").write_text(early, encoding="utf-8")
    _, out, _ = run("allocate", "charges.csv", "money.csv", "--order", "oldest-first", "--format", "csv")
    assert out.splitlines()[-1] == "Alder 7,M-1,R-03,700.00,USD,1999-01-01"


def test_files_with_no_rows(run: Run) -> None:
    for name, text in (("charges.csv", CHARGES), ("money.csv", MONEY)):
        Path(name).write_text(text.splitlines()[0], encoding="utf-8")
    assert run("allocate", "charges.csv", "money.csv", "--order", "rent-last", "--format", "csv") == (
        0,
        "account,source,charge,amount,currency,on\n",
        "",
    )


@pytest.mark.parametrize("order", NAMED_ORDERS)
def test_every_order_balances_the_example(run: Run, order: str) -> None:
    """Charges are applied or open, money is applied or unapplied, and the rows are what is applied."""
    files = (str(EXAMPLE / "charges.csv"), str(EXAMPLE / "money.csv"))
    record = json.loads(run("allocate", *files, "--order", order, "--format", "json")[1])
    rows = list(csv.DictReader(io.StringIO(run("allocate", *files, "--order", order, "--format", "csv")[1])))
    assert [of["currency"] for of in record["totals"]] == ["CAD", "USD"]
    for of in record["totals"]:
        cents = {name: int(text.replace(".", "")) for name, text in of.items() if name != "currency"}
        assert cents["charges"] == cents["applied"] + cents["open"]
        assert cents["money"] == cents["applied"] + cents["unapplied"]
        assert cents["applied"] == sum(
            int(row["amount"].replace(".", "")) for row in rows if row["currency"] == of["currency"]
        )


def test_the_example_of_the_readme(run: Run) -> None:
    files = (str(EXAMPLE / "charges.csv"), str(EXAMPLE / "money.csv"))
    code, out, err = run("allocate", *files, "--order", "rent-last", "--explain")
    assert (code, err) == (0, "")
    assert out.split("\n\nstill open")[0].splitlines()[2:] == [
        "account      source  charge   amount  currency  on",
        "-----------  ------  ------  -------  --------  ----------",
        "Maple 12     K-05    P-03      60.00  CAD       2026-03-02",
        "Maple 12     M-71    L-02      50.00  CAD       2026-03-03",
        "Maple 12     M-71    P-03      60.00  CAD       2026-03-03",
        "Maple 12     M-71    R-02    1850.00  CAD       2026-03-03",
        "Maple 12     M-71    R-03    1040.00  CAD       2026-03-03",
        "Maple Store  M-72    U-02      86.40  CAD       2026-03-02",
        "Maple Store  M-72    R-03    1250.97  CAD       2026-03-02",
        "Maple Store  M-72    T-03     162.63  CAD       2026-03-02",
        "Alder 7      M-73    R-03    1200.00  USD       2026-03-01",
        "Alder 7      M-73    D-01     300.00  USD       2026-03-01",
        "Alder 7      M-74    P-03      45.00  USD       2026-03-05",
        "Alder 7      M-74    R-03     300.00  USD       2026-03-05",
    ]


def test_output_to_a_file(run: Run) -> None:
    command = ("allocate", "charges.csv", "money.csv", "--order", "rent-last", "--format", "csv", "--output")
    assert run(*command, "out.csv") == (0, "", "")
    assert Path("out.csv").read_bytes() == ROWS.encode()
    assert sorted(map(str, Path().iterdir())) == ["charges.csv", "money.csv", "out.csv"]
    assert run(*command, "-") == (0, ROWS, "")


def test_a_file_is_whole_on_the_disk_before_it_is_put_in_place(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []

    def synced(descriptor: int) -> None:
        sizes.append(os.fstat(descriptor).st_size)
        assert not Path("out.csv").exists()

    monkeypatch.setattr(os, "fsync", synced)
    run("allocate", "charges.csv", "money.csv", "--order", "rent-last", "--format", "csv", "--output", "out.csv")
    assert sizes == [len(ROWS)]


def test_output_over_a_file_keeps_its_mode_and_follows_a_link(run: Run, tmp_path: Path) -> None:
    (tmp_path / "books").mkdir()
    target = tmp_path / "books" / "out.csv"
    target.write_text("older and longer " * 99, encoding="utf-8")
    target.chmod(0o640)
    Path("link.csv").symlink_to(target)
    assert run(
        "allocate", "charges.csv", "money.csv", "--order", "rent-last", "--format", "csv", "--output", "link.csv"
    ) == (
        0,
        "",
        "",
    )
    assert target.read_text(encoding="utf-8") == ROWS
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert Path("link.csv").is_symlink()
    assert list(target.parent.iterdir()) == [target]


def test_a_new_file_has_the_mode_that_any_new_file_has(run: Run) -> None:
    Path("plain").touch()
    run("allocate", "charges.csv", "money.csv", "--order", "rent-last", "--output", "out.txt")
    assert Path("out.txt").stat().st_mode == Path("plain").stat().st_mode


def test_output_is_utf_8_whatever_standard_output_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in (("charges.csv", CHARGES), ("money.csv", MONEY)):
        Path(name).write_text(text.replace("Maple", "Größe 漢"), encoding="utf-8")
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", newline="\r\n"))
    run("allocate", "charges.csv", "money.csv", "--order", "rent-last", "--format", "csv")
    assert raw.getvalue().decode() == ROWS.replace("Maple", "Größe 漢")
