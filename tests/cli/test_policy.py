"""``arledger policy``: what it prints, in which form, what it tells, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from arledger.cli import main
from arledger.interchange.finance_policies import read_finance_policy
from arledger.interchange.policy_reports import POLICY_COLUMNS
from arledger.policies.merging import effective
from arledger.policies.sections import SETTINGS

EXAMPLE = Path(__file__).parents[2] / "examples" / "company" / "policy.toml"
POLICY = """
[deposit]
refund_window_days = 30
percent = 2
[region.West]
deposit = { refund_window_days = 21 }
[property."Maple House"]
region = "West"
deposit = { accrual = "30/360" }
[property.Oak]
[lease.L-7]
property = "Oak"
deposit = { covers = { only_categories = ["rent"] } }
"""
MAPLE = """\
company, region West, property Maple House

setting                     value                          from
--------------------------  -----------------------------  --------------------
deposit.refund_window_days  21                             region West
deposit.rates               2%                             company
deposit.accrual             by months of 30 days over 360  property Maple House
deposit.covers              none                           default
deposit.rounding            half up                        default
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run the command in a folder with a policy; its exit code and what it wrote."""
    monkeypatch.chdir(tmp_path)
    Path("policy.toml").write_text(POLICY, encoding="utf-8")

    def run_in_folder(*arguments: str, file: str = "policy.toml") -> tuple[int, str, str]:
        code = main(["policy", file, *arguments])
        written = capfdbinary.readouterr()
        return code, written.out.decode(), written.err.decode()

    return run_in_folder


def test_the_table(run: Run) -> None:
    assert run("--property", "Maple House") == (0, MAPLE, "")


@pytest.mark.parametrize(
    ("arguments", "scopes", "days"),
    [
        ([], "company", "30"),
        (["--region", "West"], "company, region West", "21"),
        (["--property", "Oak"], "company, property Oak", "30"),
        (["--lease", "L-7"], "company, property Oak, lease L-7", "30"),
        (["--lease", "L-7", "--region", "West"], "company, region West, property Oak, lease L-7", "21"),
    ],
)
def test_whom_it_is_for(run: Run, arguments: list[str], scopes: str, days: str) -> None:
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == scopes
    assert out.splitlines()[4].split()[:2] == ["deposit.refund_window_days", days]


def test_csv(run: Run) -> None:
    code, out, err = run("--property", "Maple House", "--format", "csv", "--delimiter", ";")
    assert (code, err) == (0, "")
    header, *rows = csv.reader(io.StringIO(out), delimiter=";")
    assert tuple(header) == POLICY_COLUMNS
    assert rows == [
        ["deposit.refund_window_days", "21", "region", "West"],
        ["deposit.rates", "2%", "company", ""],
        ["deposit.accrual", "by months of 30 days over 360", "property", "Maple House"],
        ["deposit.covers", "none", "default", ""],
        ["deposit.rounding", "half up", "default", ""],
    ]


def test_json(run: Run) -> None:
    code, out, err = run("--lease", "L-7", "--format", "json")
    assert (code, err) == (0, "")
    record = json.loads(out)
    assert record["scopes"] == [
        {"scope": "company", "name": None},
        {"scope": "property", "name": "Oak"},
        {"scope": "lease", "name": "L-7"},
    ]
    assert record["settings"][1] == {
        "setting": "deposit.rates",
        "value": "2%",
        "from": {"scope": "company", "name": None},
    }
    assert record["settings"][3] == {
        "setting": "deposit.covers",
        "value": "where.rent",
        "from": {"scope": "lease", "name": "L-7"},
    }


def test_every_setting_of_the_example_is_printed(run: Run) -> None:
    code, out, err = run("--lease", "L-7", "--format", "csv", file=str(EXAMPLE))
    assert (code, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["setting"] for row in rows] == list(SETTINGS)
    found = effective(read_finance_policy(EXAMPLE.read_text(encoding="utf-8")), lease="L-7")
    assert [(row["value"], f"{row['scope']} {row['name']}".strip()) for row in rows] == [row[1:] for row in found.rows]


def test_a_lease_of_which_nothing_is_said(run: Run) -> None:
    code, out, err = run("--lease", "L-9", "--property", "Maple House")
    assert (code, out) == (0, MAPLE)
    assert err == "arledger: policy.toml says nothing of lease L-9\n"


@pytest.mark.parametrize(
    ("text", "arguments", "scopes"),
    [("", [], "company"), ("[deposit]\n[property.Oak]\n", ["--property", "Oak"], "company, property Oak")],
)
def test_a_policy_of_nothing(run: Run, text: str, arguments: list[str], scopes: str) -> None:
    Path("policy.toml").write_text(text, encoding="utf-8")
    assert run(*arguments) == (0, f"{scopes}: nothing is said\n", "")


def test_the_output_is_put_into_a_file(run: Run) -> None:
    assert run("--property", "Maple House", "--output", "out.txt") == (0, "", "")
    assert Path("out.txt").read_text(encoding="utf-8") == MAPLE
    code, _, err = run("--output", "policy.toml")
    assert (code, err) == (2, "arledger: policy.toml: is one of the files that are read\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--property", "Maple"], "policy.toml: unknown property 'Maple'; did you mean Maple House?"),
        (["--region", "East"], "policy.toml: unknown region 'East'; known are West"),
        (
            ["--lease", "L-8"],
            "policy.toml: unknown lease 'L-8'; did you mean L-7? (where nothing is said of a lease, pass --property ",
        ),
        (
            ["--lease", "L-7", "--property", "Maple House"],
            "policy.toml: lease L-7 is within property Oak, not Maple House; leave out --property",
        ),
        (
            ["--property", "Maple House", "--region", "West "],
            "policy.toml: region 'West ' has blanks around it; pass it without them",
        ),
        (["--format", "xml"], "unknown format 'xml'; known are csv, json, table"),
        (["--delimiter", "ab"], "delimiter 'ab' is no character that can stand between cells"),
    ],
)
def test_what_is_refused(run: Run, arguments: list[str], told: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"arledger: {told}")


def test_every_mistake_of_the_file_is_told(run: Run) -> None:
    Path("policy.toml").write_text(
        POLICY.replace("30\n", "-30\n") + "[lease.L-8]\nproperty = 'Aok'\n", encoding="utf-8"
    )
    code, out, err = run()
    assert (code, out) == (2, "")
    assert err == (
        "arledger: 2 mistakes in the settings:\n"
        "policy.toml, lease.L-8.property: unknown property 'Aok'; known are Maple House, Oak\n"
        "policy.toml, deposit.refund_window_days: is -30; write 0 or more days\n"
    )


def test_help_names_every_section(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for setting in SETTINGS:
        assert f"[{setting.partition('.')[0]}]" in out
