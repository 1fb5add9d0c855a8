"""``arledger autopay``: what it tells beside its output: what is left out, and what could be a slip."""

from __future__ import annotations

from pathlib import Path

from arledger.interchange.drafts import PULL_COLUMNS
from autopay_folder import AUTOPAY, TOLD, Run, append, change, pulled, read, run_beside_example, write

__all__ = ["run_beside_example"]


def test_accounts_that_are_written_otherwise_are_told(run: Run) -> None:
    """Of another currency than the policy; without an agreement; agreements and increases of no account."""
    append([], "Ash 9,charge,R-06,2026-06-01,800.00,USD,,rent,,,\n")
    change("agreements.csv", "Oak 3,AP-1", "Oka 3,AP-1")
    write("agreements.csv", read("agreements.csv") + "Elm 7,AP-9,,,fixed,,,5.00,,USD,2026-03-01,,\n")
    write("increases.csv", read("increases.csv") + "Zzz,AGI-9,1,CAD,2026-06-01,\n")
    assert run(*AUTOPAY, "--format", "csv")[2] == (
        "arledger: b/policy.toml is in CAD, and left out are: Ash 9 (USD)\n"
        "arledger: b/agreements.csv has no agreement for these, which are left out: Oak 3 (CAD), Fir 1 (CAD)\n"
        "arledger: b/agreements.csv: b/entries.csv has none of these accounts: "
        "Oka 3 (CAD) (did you mean Oak 3 (CAD)?), "
        "Elm 7 (USD) (did you mean Elm 7 (CAD)?)\n"
        "arledger: b/increases.csv: b/entries.csv has none of these accounts: Zzz (CAD)\n"
    )


def test_an_account_in_two_currencies_is_two_and_a_policy_without_sums_is_for_both(run: Run) -> None:
    write("policy.toml", 'order = "oldest-first"\ncycle = { repeats = "monthly" }\n')
    header = read("entries.csv").splitlines(keepends=True)[0]
    rows = (f"A,charge,R-{currency},2026-06-01,100,{currency},,rent,,,\n" for currency in ("USD", "CAD"))
    write("entries.csv", header + "".join(rows))
    row = "A,AP-{0},,,keep_percent,,,,,{0},2026-01-15,,\n"
    header = read("agreements.csv").splitlines(keepends=True)[0]
    write("agreements.csv", header + row.format("USD") + row.format("CAD"))
    write("increases.csv", "account,increase,amount,currency,effective\n")
    assert pulled(run) == {"A, AP-CAD/pull@2026-06-01": "100.00", "A, AP-USD/pull@2026-06-01": "100.00"}
    code, out, err = run(*AUTOPAY)
    assert (code, err) == (0, "")
    assert out.endswith("CAD       100.00       0.00\nUSD       100.00       0.00\n")


def test_columns_that_are_ignored_are_told(run: Run) -> None:
    change("agreements.csv", "until,move_in", "til,movein")
    change("increases.csv", "state", "stte")
    assert run(*AUTOPAY, "--format", "csv")[2] == (
        "arledger: b/agreements.csv: ignored the columns til (did you mean until?), movein (did you mean move_in?)\n"
        "arledger: b/increases.csv: ignored the columns stte (did you mean state?)\n"
        f"{TOLD}"
        "arledger: b/agreements.csv has no column move_in, so that excludes_first leaves nothing out\n"
    )


def test_a_policy_that_leaves_out_the_last_period_needs_the_days_of_moving_out(run: Run) -> None:
    told = "arledger: b/agreements.csv has no column move_out, so that excludes_last leaves nothing out\n"
    write("policy.toml", "excludes_last = true\n" + read("policy.toml"))
    assert run(*AUTOPAY)[::2] == (0, TOLD + told)


def test_a_file_of_a_name_that_is_near_is_told(run: Run) -> None:
    Path("b/increases.csv").rename("b/Increase.csv")
    told = "arledger: there is no increases.csv, and not read is: b/Increase.csv\n"
    assert run(*AUTOPAY, "--format", "csv")[2] == told + TOLD


def test_a_file_of_no_entries(run: Run) -> None:
    write("entries.csv", ",".join(PULL_COLUMNS) + "\n")
    code, out, err = run(*AUTOPAY)
    assert code == 0
    assert out.endswith("\n\nproposed: nothing\n\ntotals: nothing\n")
    assert out.startswith("as of 2026-06-01, as known on 2026-06-01\n")
    assert err == (
        "arledger: b/agreements.csv: b/entries.csv has none of these accounts: "
        "Maple 12, Oak 3 (CAD), Elm 7 (CAD), Elm 7\n"
        "arledger: b/increases.csv: b/entries.csv has none of these accounts: Maple 12 (CAD), Elm 7 (CAD)\n"
    )
