"""``arledger autopay``: what is refused, all of it at once, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from autopay_folder import AUTOPAY, Run, change, read, run_beside_example, write

__all__ = ["run_beside_example"]


def test_what_is_wrong_with_any_of_the_files_and_with_the_day_is_told_together(run: Run) -> None:
    change("entries.csv", "Oak 3,charge,R-06,2026-06-01", "Oak 3,charge,R-06,06/01/2026")
    change("agreements.csv", "60%", "60")
    change("agreements.csv", "40%", "110%")
    change("increases.csv", "30.00", "thirty")
    change("policy.toml", "excludes_first", "exclude_first")
    assert run(*AUTOPAY, "--output", "out.txt") == (
        2,
        "",
        (
            "arledger: 1 problem in the rows:\n"
            "b/entries.csv, row 10, column on: '06/01/2026' is no ISO date; write 2026-06-01 or 2026-01-06\n"
            "arledger: 2 problems in the rows:\n"
            "b/agreements.csv, row 2, column share: '60' is no share; write 60%, or a fraction such as 1/3\n"
            "b/agreements.csv, row 3, column share: '110%' is over the whole; write 100% at most\n"
            "arledger: 1 problem in the rows:\n"
            "b/increases.csv, row 2, column amount: 'thirty' is no plain decimal number; "
            "write the number without a currency sign or letters, such as 12.34\n"
            "arledger: 1 mistake in the settings:\n"
            "b/policy.toml, exclude_first: is no setting here; did you mean excludes_first?\n"
        ),
    )
    assert not Path("out.txt").exists()


def test_R14_agreements_that_contradict_each_other_are_told_with_the_row(run: Run) -> None:
    change("agreements.csv", "40%", "50%")
    assert run(*AUTOPAY) == (
        2,
        "",
        (
            "arledger: 1 problem in the rows:\n"
            "b/agreements.csv, row 3, column share: agreements AP-1 and AP-2: 110% of everything; "
            "write shares of 100% at most\n"
        ),
    )


@pytest.mark.parametrize(
    ("on", "nearest"),
    [
        ("2026-06-02", "2026-06-01 or 2026-07-01"),
        ("2026-05-31", "2026-05-01 or 2026-06-01"),
        ("2026-12-15", "2026-12-01 or 2027-01-01"),
    ],
)
def test_R10_a_day_that_serves_no_period_is_told_with_the_nearest_days(run: Run, on: str, nearest: str) -> None:
    told = f"arledger: --on: autopay on {on} serves no billing period; pass {nearest}\n"
    assert run("autopay", "b", "--on", on) == (2, "", told)


def test_R10_such_a_day_is_told_together_with_mistakes_in_other_files(run: Run) -> None:
    change("agreements.csv", "60%", "60")
    assert run("autopay", "b", "--on", "2026-06-02")[2].splitlines()[-1] == (
        "arledger: --on: autopay on 2026-06-02 serves no billing period; pass 2026-06-01 or 2026-07-01"
    )


def test_files_that_are_not_there_are_told_together(run: Run) -> None:
    for name in ("entries.csv", "agreements.csv", "policy.toml"):
        Path("b", name).unlink()
    Path("b/increases.csv").unlink()
    Path("b/increases.csv").mkdir()
    code, out, err = run(*AUTOPAY)
    assert (code, out) == (2, "")
    assert err == (
        "arledger: b/entries.csv: no such file or directory\n"
        "arledger: b/agreements.csv: no such file or directory\n"
        "arledger: b/increases.csv: is a directory\n"
        "arledger: b/policy.toml: no such file or directory\n"
    )


def test_the_other_commands_tell_files_that_are_not_there_together_too(run: Run) -> None:
    late = ("late-fees", "no.csv", "no.toml", "--order", "oldest-first", "--on", "2026-03-07", "--rents", "none.csv")
    assert run(*late)[2].splitlines() == [
        f"arledger: {name}: no such file or directory" for name in ("no.csv", "no.toml", "none.csv")
    ]
    assert run("bill", "lease.toml", "policy.toml", "--from", "2026-09-01")[2].splitlines() == [
        f"arledger: {name}: no such file or directory" for name in ("lease.toml", "policy.toml")
    ]


def test_agreements_that_do_not_say_which_currency_of_their_account_are_refused(run: Run) -> None:
    """Unless the policy is for one of them only."""
    entries = read("entries.csv")
    write("entries.csv", f"{entries}Maple 12,charge,X-06,2026-06-01,5.00,USD,,rent,,,\n")
    assert run(*AUTOPAY)[0] == 0
    write("policy.toml", 'order = "oldest-first"\ncycle = { repeats = "monthly" }\n')
    assert run(*AUTOPAY) == (
        2,
        "",
        (
            "arledger: 2 problems in the rows:\n"
            "b/agreements.csv, row 2, column currency: is empty, and Maple 12 is in CAD and USD; write one of them\n"
            "b/agreements.csv, row 3, column currency: is empty, and Maple 12 is in CAD and USD; write one of them\n"
        ),
    )


def test_what_an_account_refuses_is_told_of_every_account(run: Run) -> None:
    """A contradiction over time, and selectors that meet in one charge."""
    entries = read("entries.csv")
    entries = entries.replace("for\n", "for,of\n", 1).replace("CAD,,rent,,,\n", "CAD,,rent,,,,\n")
    lines = entries.splitlines()
    lines = [line if line.count(",") == 11 else f"{line}," for line in lines]
    lines.append("Oak 3,void,V-1,2026-05-21,,CAD,,,,,,P-9")
    write("entries.csv", "".join(f"{line}\n" for line in lines))
    change("agreements.csv", "category:rent=0%; everything=1/3", "charge:R-06=1/3")
    assert run(*AUTOPAY) == (
        2,
        "",
        (
            "arledger: b/agreements.csv has no agreement for these, which are left out: Fir 1 (CAD)\n"
            "arledger: account Oak 3, CAD: void V-1: there is no payment P-9; record it too\n"
            "arledger: account Elm 7, CAD: agreements AP-1 and AP-2: 4/3 of charge R-06; "
            "pass shares of 100% at most\n"
        ),
    )


def test_a_charge_that_no_row_can_name_is_refused_in_csv_alone(run: Run) -> None:
    change("entries.csv", "Elm 7,charge,K-06", "Elm 7,charge,K;06")
    assert run(*AUTOPAY)[0] == 0
    code, out, err = run(*AUTOPAY, "--format", "csv", "--output", "pulls.csv")
    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == (
        'arledger: \'K;06\' cannot be written as a target; leave out ";" and "=" in the ids of charges'
    )
    assert not Path("pulls.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--on", "06/01/2026"], "--on: '06/01/2026' is no ISO date; write 2026-06-01 or 2026-01-06"),
        (["--known", "today"], "--known: 'today' is no ISO date; write YYYY-MM-DD, such as 2026-03-31"),
        (["--run-of", "1.6.26"], "--run-of: '1.6.26' is no ISO date; write YYYY-MM-DD, such as 2026-03-31"),
        (
            ["--run-of", "2026-06-02"],
            "--run-of: autopay on 2026-06-02 serves no billing period; pass 2026-06-01 or 2026-07-01",
        ),
        (
            ["--run-of", "2026-07-01"],
            "--on: 2026-06-01 is before the run of 2026-07-01; pass that day or a later one",
        ),
        (["--on", "0001-01-01"], "--on: the date is out of range; dates go from the year 1 to 9999"),
        (["--format", "jsn"], "unknown format 'jsn'; did you mean json?"),
        (
            ["--format", "csv", "--explain"],
            "csv has no place for reasons; leave out --explain, or pass --format table or json",
        ),
        (
            ["--delimiter", "ab"],
            "delimiter 'ab' is no character that can stand between cells; pass one character, such as ; or a tab",
        ),
        (["--order", "rent-last"], "unrecognized arguments: --order rent-last; see arledger --help"),
    ],
)
def test_refusals(run: Run, arguments: list[str], message: str) -> None:
    assert run(*AUTOPAY, *arguments) == (2, "", f"arledger: {message}\n")


@pytest.mark.parametrize("name", ["entries.csv", "agreements.csv", "increases.csv", "policy.toml"])
def test_no_file_of_the_folder_is_overwritten(run: Run, name: str) -> None:
    before = Path("b", name).read_bytes()
    code, out, err = run(*AUTOPAY, "--output", f"b/{name}")
    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == f"arledger: b/{name}: is one of the files that are read"
    assert Path("b", name).read_bytes() == before


@pytest.mark.parametrize("folder", ["nowhere", "b/policy.toml", "-"])
def test_a_folder_that_is_none(run: Run, folder: str) -> None:
    assert run("autopay", folder, "--on", "2026-06-01") == (2, "", f"arledger: {folder}: no such folder\n")


def test_the_folder_and_the_day_are_required(run: Run) -> None:
    told = "arledger: the following arguments are required: FOLDER, --on; see arledger autopay --help\n"
    assert run("autopay") == (2, "", told)
