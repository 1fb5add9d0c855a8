"""The other commands, the help, and the command line as a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from arledger import NAMED_ORDERS
from arledger.cli import main
from arledger.interchange.facts import (
    CHARGE_COLUMNS,
    MONEY_COLUMNS,
    OPTIONAL_CHARGE_COLUMNS,
    OPTIONAL_MONEY_COLUMNS,
)

ROOT = Path(__file__).parents[2]
FILES = (str(ROOT / "examples" / "march" / "charges.csv"), str(ROOT / "examples" / "march" / "money.csv"))


def test_orders_are_listed_with_what_each_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["orders"]) == 0
    header, rule, *rows = capsys.readouterr().out.splitlines()
    assert header.split() == ["order", "what", "it", "does"]
    assert set(rule) == {"-", " "}
    assert [row.split(maxsplit=1) for row in rows] == [[name, of.summary] for name, of in NAMED_ORDERS.items()]


def test_the_version(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", {"arledger": "1.2.3"}.__getitem__)
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == "arledger 1.2.3\n"


def test_the_version_of_a_copy_that_is_not_installed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", unknown)
    assert main(["--version"]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err == "arledger: the version is not known: arledger runs without being installed\n"


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert "allocate" in out
    assert "orders" in out
    assert main(["orders", "--help"]) == 0
    assert "List the orders of application, with what each does." in capsys.readouterr().out


def test_help_of_allocate_says_what_dates_do_and_names_every_column(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["allocate", "--help"]) == 0
    out = capsys.readouterr().out
    assert (
        "Dates are no bar: every charge in the file may be paid by any money in it, also by money that came before the"
        " charge.\nA history with dates, returns and closed books is for replay.\n"
    ) in out
    for columns in (CHARGE_COLUMNS, OPTIONAL_CHARGE_COLUMNS, MONEY_COLUMNS, OPTIONAL_MONEY_COLUMNS):
        for name, holds in columns.items():
            assert f"\n  {name:10} {holds}\n" in out
    assert "A category is one of rent, feature, utility, " in out
    assert "  arledger allocate charges.csv money.csv --order rent-last --explain\n" in out


class _SlowBuffer(io.RawIOBase):
    """Takes three bytes at a time, as unbuffered output may."""

    def __init__(self) -> None:
        self.taken = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        assert isinstance(data, memoryview)
        self.taken += bytes(data[:3])
        return min(3, len(data))


def test_all_is_written_though_output_takes_a_part_at_a_time(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["orders"])
    whole = capsys.readouterr().out
    slow = _SlowBuffer()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(cast("BinaryIO", slow), encoding="utf-8", write_through=True))
    assert main(["orders"]) == 0
    monkeypatch.undo()
    assert slow.taken.decode() == whole


def test_output_into_a_string(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    main(["orders"])
    whole = capsys.readouterr().out
    caught = io.StringIO()
    monkeypatch.setattr(sys, "stdout", caught)
    assert main(["orders"]) == 0
    assert caught.getvalue() == whole


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, *arguments],
        env={**inherited, "PYTHONPATH": str(ROOT / "src"), **environment},
        capture_output=True,
        check=False,
    )


def test_as_a_module() -> None:
    done = process("-m", "arledger", "orders")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"order ")
    refused = process("-m", "arledger", "allocate", *FILES, "--order", "rent-lst")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert refused.stderr.split(b"\r\n" if os.linesep == "\r\n" else b"\n")[0] == (
        b"arledger: unknown order 'rent-lst'; did you mean rent-last?"
    )


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_the_same_bytes_on_every_machine(form: str) -> None:
    command = ("-m", "arledger", "allocate", *FILES, "--order", "pro-rata", "--format", form)
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "PYTHONIOENCODING": "utf-16", "COLUMNS": "20"},
        {"PYTHONHASHSEED": "3", "PYTHONUNBUFFERED": "1", "PYTHONOPTIMIZE": "2"},
    ]
    first, *others = [process(*command, **surrounding) for surrounding in surroundings]
    assert first.returncode == 0
    assert first.stdout
    assert [other.stdout for other in others] == [first.stdout] * len(others)


def test_the_command_line_loads_nothing_that_it_does_not_use() -> None:
    probe = "import sys, json, arledger.cli; arledger.cli.main(['orders']); print(json.dumps(sorted(sys.modules)))"
    loaded = set(json.loads(process("-c", probe).stdout.splitlines()[-1]))
    assert "arledger.interchange.facts" in loaded
    assert loaded.isdisjoint({"babel", "hypothesis", "dateutil", "numpy", "rich", "cattrs", "importlib.metadata"})
