"""What is refused, in whole messages; the exit code is then 2 and nothing is written."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from arledger.cli import CUT_OFF, REFUSED, main

CHARGES = "account,id,due,amount,currency,category,about\nA,R,2026-03-01,5.00,CAD,rent,\n"
MONEY = "account,id,received,amount,currency\nA,M,2026-03-03,5.00,CAD\n"
ALLOCATE = ("allocate", "charges.csv", "money.csv", "--order", "rent-last")

Refusal = Callable[..., str]


def files_here() -> list[Path]:
    return sorted(Path().iterdir())


@pytest.fixture
def refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Refusal:
    """Run a command that is refused; what it tells. Checks the exit code and that nothing was written."""
    monkeypatch.chdir(tmp_path)
    Path("charges.csv").write_text(CHARGES, encoding="utf-8")
    Path("money.csv").write_text(MONEY, encoding="utf-8")

    def refused(*arguments: str) -> str:
        before = files_here()
        assert main(list(arguments)) == REFUSED == 2
        written = capsys.readouterr()
        assert written.out == ""
        assert files_here() == before
        return written.err

    return refused


SEE = "see arledger allocate --help"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: COMMAND; see arledger --help"),
        (["--nope"], "the following arguments are required: COMMAND; see arledger --help"),
        (["--vers"], "the following arguments are required: COMMAND; see arledger --help"),
        (["orders", "--hel"], "unrecognized arguments: --hel; see arledger --help"),
        (["orders", "x"], "unrecognized arguments: x; see arledger --help"),
        (["allocate"], f"the following arguments are required: CHARGES.csv, MONEY.csv, --order; {SEE}"),
        (["allocate", "charges.csv", "money.csv"], f"the following arguments are required: --order; {SEE}"),
        (["allocate", "charges.csv", "money.csv", "--order"], f"argument --order: expected one argument; {SEE}"),
        (
            ["allocate", "charges.csv", "money.csv", "--ord", "rent-last"],
            f"the following arguments are required: --order; {SEE}",
        ),
        ([*ALLOCATE[:-1], "rent-lst"], "unknown order 'rent-lst'; did you mean rent-last?"),
        ([*ALLOCATE, "--format", "jsn"], "unknown format 'jsn'; did you mean json?"),
        ([*ALLOCATE, "--format", "xml"], "unknown format 'xml'; known are csv, json, table"),
        ([*ALLOCATE, "--designations", "onyl"], "unknown designations 'onyl'; did you mean only?"),
        (
            [*ALLOCATE, "--delimiter", ";;"],
            "delimiter ';;' is no character that can stand between cells; pass one character, such as ; or a tab",
        ),
        (
            [*ALLOCATE, "--format", "csv", "--explain"],
            "csv has no place for reasons; leave out --explain, or pass --format table or json",
        ),
        (
            ["allocate", "-", "-", "--order", "rent-last"],
            "both files are standard input; name at least one of them",
        ),
        (["allocate", "no.csv", "money.csv", "--order", "rent-last"], "no.csv: no such file or directory"),
        (["allocate", "charges.csv", ".", "--order", "rent-last"], ".: is a directory"),
        ([*ALLOCATE, "--output", "no/out.csv"], "no/out.csv: no such file or directory"),
        ([*ALLOCATE, "--output", "."], ".: is no plain file"),
        ([*ALLOCATE, "--output", "./charges.csv"], "./charges.csv: is one of the files that are read"),
        ([*ALLOCATE, "--output", "money.csv"], "money.csv: is one of the files that are read"),
    ],
)
def test_refusals(refusal: Refusal, arguments: list[str], message: str) -> None:
    assert refusal(*arguments) == f"arledger: {message}\n"


def test_an_unknown_command(refusal: Refusal) -> None:
    # the rest is argparse's own, and differs between versions of Python
    assert refusal("alocate").startswith("arledger: argument COMMAND: invalid choice: 'alocate' (choose from ")


def test_a_path_that_can_be_none(refusal: Refusal) -> None:
    # the rest is the interpreter's own, and differs between its versions
    assert refusal("allocate", "a\0b", "money.csv", "--order", "rent-last").startswith("arledger: a\0b: embedded null ")


def test_an_unreadable_file(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert refusal(*ALLOCATE) == "arledger: charges.csv: permission denied\n"


def test_a_fifo_is_not_replaced(refusal: Refusal) -> None:
    os.mkfifo("pipe")
    assert refusal(*ALLOCATE, "--output", "pipe") == "arledger: pipe: is no plain file\n"


def test_all_bad_rows_of_both_files_together(refusal: Refusal) -> None:
    Path("charges.csv").write_text(CHARGES + 'A,R,2026-03-01,"1,200.00",CAD,rnet,\n', encoding="utf-8")
    Path("money.csv").write_bytes(b"\xef\xbb\xbf" + MONEY.encode() + b"A,M\xff,03/04/2026,(5.00),CAD\n")
    assert refusal(*ALLOCATE, "--output", "out.csv") == (
        "arledger: 6 problems in the rows:\n"
        "charges.csv, row 3, column id: 'R' stands already in charges.csv, row 2; "
        "give each charge, payment and credit of an account an id of its own\n"
        "charges.csv, row 3, column amount: '1,200.00' is no plain decimal number; "
        "write the number without thousands separators, such as 1234.56\n"
        "charges.csv, row 3, column category: unknown category 'rnet'; did you mean rent?\n"
        "money.csv, row 3, column id: 'M\\udcff' holds bytes that are no UTF-8; save the file as CSV in UTF-8\n"
        "money.csv, row 3, column received: '03/04/2026' is no ISO date; write 2026-03-04 or 2026-04-03\n"
        "money.csv, row 3, column amount: '(5.00)' is no plain decimal number; "
        "parentheses are not read as a minus; write a plain number such as 12.34\n"
    )


def test_columns_that_are_ignored_are_told_though_rows_are_bad(refusal: Refusal) -> None:
    Path("charges.csv").write_text(CHARGES.replace("about", "abuot").replace("5.00", "5,00"), encoding="utf-8")
    assert refusal(*ALLOCATE) == (
        "arledger: charges.csv: ignored the columns abuot (did you mean about?)\n"
        "arledger: 1 problem in the rows:\n"
        "charges.csv, row 2: has 8 cells, the header has 7; put quotation marks around a cell that holds ','\n"
    )


def test_standard_input_is_named(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"account\n")))
    assert refusal("allocate", "-", "money.csv", "--order", "rent-last").splitlines()[:2] == [
        "arledger: 5 problems in the rows:",
        "standard input, row 1, column id: there is no such column; add it to the header",
    ]


def test_closed_standard_input(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert refusal("allocate", "-", "money.csv", "--order", "rent-last") == "arledger: standard input: is closed\n"


def test_facts_that_contradict_each_other_are_told_for_each_account(refusal: Refusal) -> None:
    """Two taxes about each other; the account between them is right, and nothing of it is written either."""
    ring = "{0},T,2026-03-01,1.00,CAD,tax,U\n{0},U,2026-03-01,1.00,CAD,tax,T\n"
    header, right = CHARGES.splitlines(keepends=True)
    Path("charges.csv").write_text(header + ring.format("X") + right + ring.format("Y"), encoding="utf-8")
    Path("money.csv").write_text(MONEY + "X,N,2026-03-03,1.00,CAD\nY,N,2026-03-03,1.00,CAD\n", encoding="utf-8")
    first, second = refusal(*ALLOCATE, "--output", "out.csv").splitlines()
    assert first.startswith("arledger: account X, CAD: charge T: ")
    assert second == first.replace("account X", "account Y")


def test_a_file_that_cannot_be_written_stays_as_it_was(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert refusal(*ALLOCATE, "--output", "new.csv") == "arledger: new.csv: no space left on device\n"
    Path("old.csv").write_text("as it was", encoding="utf-8")
    assert refusal(*ALLOCATE, "--output", "old.csv") == "arledger: old.csv: no space left on device\n"
    assert Path("old.csv").read_text(encoding="utf-8") == "as it was"


def test_an_interrupted_write_leaves_nothing(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    before = files_here()
    with pytest.raises(KeyboardInterrupt):
        main([*ALLOCATE, "--output", "new.csv"])
    assert files_here() == before


def test_somebody_elses_part_is_left_alone(refusal: Refusal) -> None:
    part = Path(f".arledger-{os.getpid()}.part")
    part.write_text("not ours", encoding="utf-8")
    assert refusal(*ALLOCATE, "--output", "new.csv") == "arledger: new.csv: file exists\n"
    assert part.read_text(encoding="utf-8") == "not ours"


def test_closed_standard_output(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert refusal("orders") == "arledger: standard output: is closed\n"


def test_standard_output_without_space(refusal: Refusal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with (tmp_path / ".sink").open("w", encoding="utf-8") as sink:
        monkeypatch.setattr(sys, "stdout", sink)
        monkeypatch.setattr(sys.stdout, "flush", _full, raising=False)
        assert refusal("orders") == "arledger: standard output: no space left on device\n"
        monkeypatch.undo()


def _full() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("arguments", [["orders"], ["--help"]])
def test_a_reader_that_went_away_is_no_error_to_tell(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as gone:
        monkeypatch.setattr(sys, "stdout", gone)
        assert main(arguments) == CUT_OFF == 1
        monkeypatch.undo()
    assert capsys.readouterr().err == ""
