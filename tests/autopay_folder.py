"""A folder of the command ``autopay``, beside which it is run: a copy of the example."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from arledger.cli import main
from arledger.interchange.drafts import PULL_COLUMNS

EXAMPLE = Path(__file__).parents[1] / "examples" / "autopay"
Run = Callable[..., tuple[int, str, str]]
AUTOPAY = ("autopay", "b", "--on", "2026-06-01")
TOLD = "arledger: b/agreements.csv has no agreement for these, which are left out: Fir 1 (CAD)\n"


@pytest.fixture(name="run")
def run_beside_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Run a command beside a copy of the example, in the folder b; its exit code and what it wrote."""
    monkeypatch.chdir(tmp_path)
    return beside(EXAMPLE, capfdbinary)


def beside(example: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """What runs a command beside a copy of an example, in the folder b of the folder that one is in."""
    shutil.copytree(example, "b")

    def run_in_folder(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        written = capfdbinary.readouterr()
        return code, written.out.decode(), written.err.decode()

    return run_in_folder


def write(name: str, text: str) -> None:
    """Write a file of the folder."""
    Path("b", name).write_text(text, encoding="utf-8")


def read(name: str) -> str:
    """Read a file of the folder."""
    return Path("b", name).read_text(encoding="utf-8")


def change(name: str, old: str, new: str) -> None:
    """Change a file of the folder in one place."""
    text = read(name)
    assert text.count(old) == 1
    write(name, text.replace(old, new))


def rows_of(run: Run, *arguments: str) -> list[dict[str, str]]:
    """What is pulled, as rows."""
    code, out, _ = run(*AUTOPAY, "--format", "csv", *arguments)
    assert code == 0
    return list(csv.DictReader(io.StringIO(out)))


def pulled(run: Run, *arguments: str) -> dict[str, str]:
    """What is pulled, by account and id."""
    return {f"{row['account']}, {row['id']}": row["amount"] for row in rows_of(run, *arguments)}


def append(rows: list[dict[str, str]], *more: str) -> None:
    """Put rows, and lines as they are, among the entries."""
    text = io.StringIO(newline="")
    csv.DictWriter(text, PULL_COLUMNS, lineterminator="\n").writerows(rows)
    write("entries.csv", read("entries.csv") + text.getvalue() + "".join(more))
