"""What every command does with files and streams, and what it tells and refuses.

Input is read as a whole, output composed as a whole before the first byte of it is written, and a file is put in place
in one step.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from arledger.errors import ArledgerError, UnknownName, did_you_mean
from arledger.interchange.cells import date_of
from arledger.interchange.csv_rows import check_delimiter, nearest_column

_MOST_NAMES = 5
V = TypeVar("V")

STANDARD = "-"
"""The name of standard input and output."""


class OfAccount(Protocol):
    """Whatever is of one account in one currency."""

    @property
    def account(self) -> str:
        """The id of the account."""
        ...

    @property
    def currency(self) -> str:
        """The currency."""
        ...


A = TypeVar("A", bound=OfAccount)


class WithColumns(Protocol):
    """Whatever was read from the columns of a file."""

    @property
    def file(self) -> str:
        """The file."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it has of those that are known."""
        ...

    @property
    def ignored_columns(self) -> tuple[str, ...]:
        """Its other columns."""
        ...


class Refused(Exception):
    """What is told on standard error, a message a line; the exit code is then that of a refusal."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = messages


class Together:
    """Reads one file after the other, so that what is wrong with any of them is told together."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def tried(self, read: Callable[[], V]) -> V | None:
        """What is read; None if it is refused, which is kept."""
        try:
            return read()
        except ArledgerError as error:
            self.messages.append(str(error))
        except Refused as refused:
            self.messages.extend(refused.messages)
        return None

    def end(self) -> None:
        """Refuse, if anything was."""
        if self.messages:
            raise Refused(*self.messages)


def tell(*messages: str) -> None:
    """Say something beside the output: on standard error."""
    for message in messages:
        sys.stderr.write(f"arledger: {message}\n")


def check_known(what: str, name: str, known: Iterable[str]) -> None:
    """Refuse a name that stands for nothing."""
    if name not in known:
        raise UnknownName(f"unknown {what} {name!r}", field=what, value=name, hint=did_you_mean(name, known))


def delimiter_of(text: str) -> str:
    """The character between cells, which may be named as "tab"."""
    delimiter = "\t" if text == "tab" else text
    check_delimiter(delimiter)
    return delimiter


def day_of(text: str, option: str) -> date:
    """The day that an option says."""
    try:
        return date_of(text)
    except ArledgerError as error:
        raise Refused(f"{option}: {error}") from None


def described(columns: Mapping[str, str]) -> str:
    """Columns with what they hold, for the help of a command."""
    return "\n".join(f"  {name:10} {holds}" for name, holds in columns.items())


def tell_ignored(read: WithColumns, known: Sequence[str]) -> None:
    """Name the columns that were left out; one that looks like a column which is missing could be a slip."""
    if not read.ignored_columns:
        return
    missing = [column for column in known if column not in read.columns]
    names = [_meant(name, missing) for name in read.ignored_columns]
    tell(f"{read.file}: ignored the columns {', '.join(names)}")


def _meant(name: str, known: Sequence[str]) -> str:
    """A name, and the known one that is near, if there is one."""
    near = nearest_column(name, known)
    return f"{name} (did you mean {near}?)" if near else name


def tell_without_charges(accounts: Iterable[OfAccount]) -> None:
    """Name the accounts whose money finds no charge at all: a prepayment, or an account that is written in two ways."""
    tell_names("money, and no charges", map(account_name, accounts))


def account_name(of: OfAccount) -> str:
    """An account as messages call it."""
    return f"{of.account} ({of.currency})"


def tell_names(what: str, names: Iterable[str], known: Sequence[str] = ()) -> None:
    """Say something of all that have these names, of which the first are told; nothing where there are none.

    ``known`` are the names that they might have been meant to be.
    """
    found = list(names)
    if found:
        more = f" and {len(found) - _MOST_NAMES} more" if len(found) > _MOST_NAMES else ""
        tell(f"{what}: {', '.join(_meant(name, known) for name in found[:_MOST_NAMES])}{more}")


def decided(accounts: Iterable[A], decide: Callable[[A], V]) -> list[V]:
    """What is decided of each account; if any cannot be, all of these together are refused."""
    outcomes, messages = [], []
    for of in accounts:
        try:
            outcomes.append(decide(of))
        except ArledgerError as error:
            messages.append(f"account {of.account}, {of.currency}: {error}")
    if messages:
        raise Refused(*messages)
    return outcomes


def label(path: str) -> str:
    """A file as messages call it."""
    return "standard input" if path == STANDARD else path


def lines_of(path: str) -> io.StringIO:
    """The lines of a file or of standard input, as text; bytes that are no UTF-8 are kept for the reader to refuse."""
    try:
        content = _standard_input() if path == STANDARD else Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise Refused(f"{label(path)}: {_reason(error)}") from None
    return io.StringIO(content.decode("utf-8", "surrogateescape"), newline="")


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise ValueError("is closed")
    return sys.stdin.buffer.read()


def _reason(error: OSError | ValueError) -> str:
    reason = str(getattr(error, "strerror", None) or error)
    return reason[:1].lower() + reason[1:]


def put_out(text: str, path: str, inputs: Iterable[str]) -> None:
    """Write the output to a file, or to standard output."""
    if path == STANDARD:
        print_out(text)
    else:
        _write_file(path, text, inputs)


def print_out(text: str) -> None:
    """Write to standard output as a whole: UTF-8 and plain line feeds, whatever the system."""
    if sys.stdout is None:
        raise Refused("standard output: is closed")
    try:
        if hasattr(sys.stdout, "buffer"):
            sys.stdout.flush()
            left = memoryview(text.encode())
            while left:  # unbuffered, as PYTHONUNBUFFERED makes it, it may take a part only
                left = left[sys.stdout.buffer.write(left) :]
        else:  # a notebook's, or a StringIO in its place
            sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # what is left in the buffers would fail once more when the interpreter ends
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise
        raise Refused(f"standard output: {_reason(error)}") from None


def _write_file(path: str, text: str, inputs: Iterable[str]) -> None:
    """Put a file in place in one step; refused is what would overwrite an input, or is no plain file."""
    try:
        target = Path(path).resolve()
        if target.exists() and not target.is_file():
            raise ValueError("is no plain file")
        if target.exists() and any(target.samefile(other) for other in inputs if other != STANDARD):
            raise ValueError("is one of the files that are read")
        _replace(target, text.encode())
    except (OSError, ValueError) as error:
        raise Refused(f"{path}: {_reason(error)}") from None


def _replace(target: Path, content: bytes) -> None:
    """Write beside the target, then move over it, so that nobody ever sees half of it."""
    part = target.with_name(f".arledger-{os.getpid()}.part")
    stream = part.open("xb")
    try:
        with stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
