"""``arledger schedule``: what it writes, in which form, what it refuses, and that what was paid is not paid again."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from arledger.interchange.portal_rows import ASSOCIATIONS
from arledger.interchange.schedule_rows import BALANCES, POSTINGS
from autopay_folder import Run, beside, change, read, write

EXAMPLE = Path(__file__).parents[2] / "examples" / "schedule"
SCHEDULE = ("schedule", "b", "--on", "2026-03-15")

REPORT = """\
S-1: run of 2026-03-15, 1200.00 USD as S-1/run@2026-03-15 by M-1
invoice  date        under  outstanding  payable     paid  why not more
-------  ----------  -----  -----------  -------  -------  -----------------------
1001     2026-01-10  A-1         450.00   250.00   250.00
1002     2026-02-10  A-1         700.00   700.00   700.00
1003     2026-02-20  A-2         900.00   900.00   250.00  up to 1200.00 USD a run
total                           2050.00  1850.00  1200.00

S-2: run of 2026-03-15
2026-03-15 S-2 autopay failed 250.00 USD: M-2: method disabled
invoice  date        under  outstanding  payable  paid  why not more
-------  ----------  -----  -----------  -------  ----  --------------------
1009     2026-02-01  A-3        1000.00  1000.00  0.00  M-2: method disabled
total                           1000.00  1000.00  0.00
"""

ROWS = """\
posting,invoice,amount,currency,payment,schedule,association,run,state,posted
S-1/run@2026-03-15>I-1,I-1,250.00,USD,S-1/run@2026-03-15,S-1,A-1,2026-03-15,queued,
S-1/run@2026-03-15>I-2,I-2,700.00,USD,S-1/run@2026-03-15,S-1,A-1,2026-03-15,queued,
S-1/run@2026-03-15>I-3,I-3,250.00,USD,S-1/run@2026-03-15,S-1,A-2,2026-03-15,queued,
"""


@pytest.fixture(name="run")
def run_beside_schedule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Run a command beside a copy of the example, in the folder b."""
    monkeypatch.chdir(tmp_path)
    return beside(EXAMPLE, capfdbinary)


def refused(run: Run, *arguments: str) -> list[str]:
    """What is told, where nothing is written."""
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    return [line.removeprefix("arledger: ") for line in err.splitlines()]


def test_R57_what_is_paid_as_tables(run: Run) -> None:
    assert run(*SCHEDULE) == (0, REPORT, "")


def test_the_explanation_says_what_was_taken_off_and_when_each_enrolment_ends(run: Run) -> None:
    code, out, _ = run(*SCHEDULE, "--explain")
    assert code == 0
    assert "1001        200.00  pending  X-1" in out
    assert "A-2        client Lund, matter estate, since 2026-03-01, ends after 2000.00 USD paid" in out


def test_R57_rows_of_postings_which_are_not_paid_again(run: Run) -> None:
    told = "arledger: 2026-03-15 S-2 autopay failed 250.00 USD: M-2: method disabled\n"
    assert run(*SCHEDULE, "--format", "csv") == (0, ROWS, told)
    write("postings.csv", read("postings.csv") + ROWS.split("\n", 1)[1])
    code, out, _ = run(*SCHEDULE, "--format", "csv")
    assert (code, out) == (0, ROWS.split("\n", 1)[0] + "\n")
    code, out, _ = run("schedule", "b", "--on", "2026-04-15", "--format", "csv")
    assert [(row["invoice"], row["amount"]) for row in csv.DictReader(io.StringIO(out))] == [("I-3", "650.00")]


def test_R59_a_failed_run_is_told_and_may_be_made_again(run: Run) -> None:
    change("methods.csv", "4242,ben,disabled", "4242,ben,active")
    code, out, _ = run(*SCHEDULE, "--format", "json")
    assert code == 0
    record = json.loads(out)["runs"][1]
    assert (record["schedule"], record["payment"]["amount"], record["events"]) == ("S-2", "250.00", [])
    failed = "S-2/run@2026-03-15>I-9,I-9,250.00,USD,S-2/run@2026-03-15,S-2,A-3,2026-03-15,failed,\n"
    write("postings.csv", read("postings.csv") + failed)
    code, out, _ = run(*SCHEDULE, "--format", "json")
    assert json.loads(out)["runs"][1]["payment"]["id"] == "S-2/run@2026-03-15#2"


def test_everything_as_json(run: Run) -> None:
    code, out, _ = run(*SCHEDULE, "--format", "json")
    assert code == 0
    first, second = json.loads(out)["runs"]
    assert first["payment"]["for"] == "invoice:I-1=250.00; invoice:I-2=700.00; invoice:I-3=250.00"
    assert (first["payment"]["method"], first["account"], first["message"]) == ("ach", "OP-1", "Thank you.")
    assert first["lines"][0] == {
        "invoice": "I-1",
        "number": "1001",
        "date": "2026-01-10",
        "association": "A-1",
        "outstanding": "450.00",
        "subtracted": [{"amount": "200.00", "why": "pending", "posting": "X-1"}],
        "payable": "250.00",
        "paid": "250.00",
        "currency": "USD",
        "why": "",
        "flag": "",
    }
    assert (second["payment"], second["postings"], second["ended"]) == (None, [], [])
    assert second["events"] == [
        {
            "kind": "autopay_failed",
            "on": "2026-03-15",
            "about": "S-2",
            "text": "M-2: method disabled",
            "amount": "250.00",
        }
    ]


def test_a_run_that_was_missed_is_made_on_a_later_day(run: Run) -> None:
    code, out, err = run("schedule", "b", "--on", "2026-03-17", "--run-of", "2026-03-15")
    assert (code, err) == (0, "")
    assert out.startswith("S-1: run of 2026-03-15, made on 2026-03-17, 1200.00 USD as S-1/run@2026-03-15 by M-1\n")
    assert refused(run, *SCHEDULE, "--run-of", "2026-03-16") == [
        "--run-of: 2026-03-16 is after 2026-03-15; pass that day or an earlier one"
    ]


def test_a_schedule_without_a_run_on_the_day_is_told_with_its_next_one(run: Run) -> None:
    code, out, err = run("schedule", "b", "--on", "2026-03-31")
    assert (code, err) == (0, "arledger: schedule S-1 has no run on 2026-03-31; its next one is on 2026-04-15\n")
    assert out.startswith("S-2: run of 2026-03-31\n")
    code, out, err = run("schedule", "b", "--on", "2026-03-01")
    assert (code, out) == (0, "nothing runs\n")
    assert err.splitlines() == [
        "arledger: schedule S-1 has no run on 2026-03-01; its next one is on 2026-03-15",
        "arledger: schedule S-2 has no run on 2026-03-01; its next one is on 2026-03-15",
    ]


def test_R60_what_schedules_would_pay_in_a_year(run: Run) -> None:
    code, out, err = run(*SCHEDULE, "--project")
    assert (code, err) == (0, "")
    assert "2026-04-15       650.00  1003                0.00" in out
    assert "A-3        2026-04-30" in out
    code, out, _ = run(*SCHEDULE, "--project", "--format", "json")
    first, second = json.loads(out)["projections"]
    assert [one["total"] for one in second["runs"]] == ["250.00"] * 4
    assert (second["total"], second["ends_on"], first["ends_on"]) == ("1000.00", "2026-04-30", None)
    assert first["ends"][0]["association"] == "A-1"
    assert first["runs"][0]["lines"][2]["paid"] == "250.00"


@pytest.mark.parametrize("more", [("--explain",), ("--format", "csv"), ("--run-of", "2026-03-15")])
def test_a_projection_has_no_place_for_what_is_of_a_run(run: Run, more: tuple[str, ...]) -> None:
    assert refused(run, *SCHEDULE, "--project", *more) == [
        "--project has no place for --explain, --run-of and csv; leave them out"
    ]


def test_two_schedules_do_not_pay_the_same_twice(run: Run) -> None:
    text = read("schedules.toml").replace('id = "S-2"', 'id = "S-3"').replace('payer = "ben"', 'payer = "ana"')
    second = text[text.index("[[schedules]]", text.index("S-1")) :].replace('"A-3"', '"A-1"')
    write("schedules.toml", read("schedules.toml") + second)
    code, out, _ = run(*SCHEDULE, "--format", "json")
    assert code == 0
    assert [line["payable"] for line in json.loads(out)["runs"][2]["lines"]] == ["0.00", "0.00"]


def test_without_postings_and_methods_every_method_is_taken(run: Run) -> None:
    Path("b", "postings.csv").unlink()
    Path("b", "methods.csv").unlink()
    code, out, _ = run(*SCHEDULE, "--format", "csv")
    assert code == 0
    assert [(row["invoice"], row["amount"]) for row in csv.DictReader(io.StringIO(out))] == [
        ("I-1", "450.00"),
        ("I-2", "700.00"),
        ("I-3", "50.00"),
        ("I-9", "250.00"),
    ]


def test_what_is_wrong_with_any_of_the_files_is_told_together(run: Run) -> None:
    change("invoices.csv", "450.00", "450.001")
    change("postings.csv", ",pending,", ",pendng,")
    change("methods.csv", "6789", "67890")
    change("schedules.toml", "amount = 1200", "amonut = 1200")
    told = refused(run, *SCHEDULE)
    for part in (
        "b/invoices.csv, row 2, column outstanding: 450.001 has 3 decimals, USD allows 2; round it first",
        "b/postings.csv, row 2, column state: unknown word 'pendng'; did you mean pending?",
        "b/methods.csv, row 2, column last_four: '67890' are not four digits; write the last four digits",
        "b/schedules.toml, schedules[1].amonut: is no setting here; did you mean amount?",
    ):
        assert any(line.startswith(part) for line in told)


def test_without_the_file_of_schedules_or_a_readable_one_of_associations_nothing_runs(run: Run) -> None:
    Path("b", "schedules.toml").unlink()
    assert refused(run, *SCHEDULE) == ["b/schedules.toml: no such file or directory"]
    write("associations.csv", "association,payer\nA-1,ana\n")
    told = refused(run, *SCHEDULE)
    assert any(line.startswith("b/associations.csv, row 2, column client: ") for line in told)


def test_what_could_be_a_slip_is_told(run: Run) -> None:
    change("postings.csv", "X-1,I-1,", "X-1,I-77,")
    change("associations.csv", "Lund,estate", "lund,estate")
    Path("b", "methods.csv").unlink()
    code, _, err = run(*SCHEDULE)
    assert (code, err.splitlines()) == (
        0,
        [
            "arledger: b/invoices.csv has no balance of the invoices of these postings: I-77 (X-1)",
            "arledger: b/invoices.csv has no invoice of these enrolments: A-2 (client lund, matter estate)",
            "arledger: there is no methods.csv, so that nothing tells whether the methods of these can pay: S-1",
        ],
    )
    change("postings.csv", ",pending,", ",failed,")
    assert "I-77" not in run(*SCHEDULE)[2]


def test_a_balance_of_a_later_day_is_refused(run: Run) -> None:
    change("invoices.csv", "450.00,USD,2026-03-14", "450.00,USD,2062-03-14")
    assert refused(run, *SCHEDULE)[0] == (
        "schedule S-1: the balance of invoice I-1 is of 2062-03-14, after 2026-03-15; "
        "pass balances of the day, or of an earlier one"
    )


def test_two_defaults_are_refused(run: Run) -> None:
    write("methods.csv", read("methods.csv") + "M-3,debit card,1111,ana,,yes\n")
    (told,) = refused(run, *SCHEDULE)
    assert told == "methods M-1 and M-3: both are the default of ana; keep one of them"


def test_paying_invoices_into_trust_is_refused(run: Run) -> None:
    change("schedules.toml", 'fund = "operating"', 'fund = "trust"')
    assert refused(run, *SCHEDULE)[-1] == (
        "b/schedules.toml, schedules[2].account: pays invoices of A-3 into OP-1, a trust account; write an operating "
        "account"
    )


def test_a_method_that_is_not_there_is_refused_by_its_schedule(run: Run) -> None:
    change("schedules.toml", 'method = "M-1"', 'method = "M-8"')
    (told,) = refused(run, *SCHEDULE)
    assert "there is no method M-8" in told


def test_help_names_every_column(run: Run) -> None:
    code, out, _ = run("schedule", "--help")
    assert code == 0
    for kind in (ASSOCIATIONS, BALANCES, POSTINGS):
        for column in kind.holds:
            assert f"  {column}" in out


def test_R57_rows_that_a_file_of_postings_has_no_columns_for_are_written_with_all(run: Run) -> None:
    """Without the run that a row is of, the run would be made again."""
    write("postings.csv", "posting,invoice,amount,currency,payment\nX-1,I-1,200.00,USD,CHECK-88\n")
    code, out, err = run(*SCHEDULE, "--format", "csv")
    assert (code, out) == (0, ROWS)
    assert err.endswith("those of b/postings.csv, which lacks: schedule, association, run\n")
