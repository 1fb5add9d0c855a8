"""The command line: CSV exports in, allocations out.

The problem: an accountant with two exports wants to know which charges the money settles, without a line of Python. The
decision: a thin edge over the public functions. It reads the files, calls ``allocate`` for each account and currency,
and writes a report, CSV or JSON. It decides nothing about money itself.

What is refused is told on standard error, all of it at once, and the exit code is 2; then nothing is written. The
output is composed as a whole before the first byte of it is written, and a file is put in place in one step.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from arledger.allocation.decision import allocate
from arledger.allocation.named import NAMED_ORDERS
from arledger.allocation.records import DESIGNATION_MODES
from arledger.entries import Category, Charge, Credit, Payment
from arledger.errors import ArledgerError, UnknownName, did_you_mean
from arledger.interchange.accounts import AccountFacts, accounts_of
from arledger.interchange.csv_rows import check_delimiter, nearest_column
from arledger.interchange.facts import (
    CHARGE_COLUMNS,
    MONEY_COLUMNS,
    OPTIONAL_CHARGE_COLUMNS,
    OPTIONAL_MONEY_COLUMNS,
    Read,
    read_charges,
    read_money,
)
from arledger.interchange.reports import report_text
from arledger.interchange.results import AccountOutcome, csv_text, json_text
from arledger.tables import text_table

REFUSED = 2
"""The exit code when something is wrong with the arguments, the files or the facts."""

CUT_OFF = 1
"""The exit code when whoever reads the output stopped reading."""

_STANDARD = "-"
_MOST_NAMES = 5
_FORMATS = ("table", "csv", "json")

_ALLOCATE = """\
Decide which charges the money settles, for each account and currency of the files.

Dates are no bar: every charge in the file may be paid by any money in it, also by money that came before the charge.
A history with dates, returns and closed books is for replay."""

_ALLOCATE_MORE = """\
columns of CHARGES.csv:
{charges}
and optionally:
{more_charges}

columns of MONEY.csv:
{money}
and optionally:
{more_money}

A category is one of {categories}.
A target of "for" is a charge's id or charge:ID, code:X, invoice:X, category:X or tag:X, and after "=" how much.
Columns stand in any order; others are ignored. A byte-order mark is accepted.

If anything is wrong, every bad row is named with its column and what would be right, the exit code is 2, and nothing
is written.

example:
  arledger allocate charges.csv money.csv --order rent-last --explain"""


class _Refused(Exception):
    """What is told on standard error, a message a line; the exit code is then ``REFUSED``."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = messages


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in a line, and leaves the usage to --help."""

    def error(self, message: str) -> NoReturn:
        raise _Refused(f"{message}; see {self.prog} --help")


class _Version(argparse.Action):
    """Prints the version; looks for it only then, since the look-up costs more than all other imports."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            _print_out(f"arledger {version('arledger')}\n")
        except PackageNotFoundError:
            raise _Refused("the version is not known: arledger runs without being installed") from None
        parser.exit()


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command, and return its exit code."""
    try:
        _run(argv)
    except BrokenPipeError:
        return CUT_OFF
    except ArledgerError as error:
        _tell(str(error))
    except _Refused as refused:
        _tell(*refused.messages)
    else:
        return 0
    return REFUSED


def _run(argv: Sequence[str] | None) -> None:
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit:  # after --help and --version
        _print_out("")
    else:
        arguments.run(arguments)


def _tell(*messages: str) -> None:
    for message in messages:
        sys.stderr.write(f"arledger: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="arledger", description="Decides which charges money settles, and says why.", allow_abbrev=False
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    orders = commands.add_parser("orders", help="list the orders of application", allow_abbrev=False)
    orders.description = "List the orders of application, with what each does."
    orders.set_defaults(run=_orders)
    allocate_parser = commands.add_parser(
        "allocate",
        help="decide which charges money settles, from two CSV files",
        description=_ALLOCATE,
        epilog=_ALLOCATE_MORE.format(
            charges=_described(CHARGE_COLUMNS),
            more_charges=_described(OPTIONAL_CHARGE_COLUMNS),
            money=_described(MONEY_COLUMNS),
            more_money=_described(OPTIONAL_MONEY_COLUMNS),
            categories=", ".join(category.value for category in Category),
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_allocate_arguments(allocate_parser)
    return parser


def _add_allocate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_allocate)
    parser.add_argument("charges", metavar="CHARGES.csv", help="the charges, or - for standard input")
    parser.add_argument("money", metavar="MONEY.csv", help="payments and credits, or - for standard input")
    parser.add_argument("--order", required=True, metavar="NAME", help="who is paid first: see arledger orders")
    parser.add_argument(
        "--designations",
        default="only",
        metavar="only|first|ignore",
        help="what the targets of money cannot take: only leaves it unapplied (default), first passes it on to the "
        "order, ignore passes all money to the order",
    )
    parser.add_argument("--explain", action="store_true", help="add the reasons to the tables (JSON has them always)")
    parser.add_argument("--format", default="table", metavar="table|csv|json", help="default: table")
    parser.add_argument("--output", default=_STANDARD, metavar="FILE", help="default: standard output")
    parser.add_argument(
        "--delimiter", default=",", metavar="CHARACTER", help="between cells, also of CSV output; or the word tab"
    )


def _described(columns: Mapping[str, str]) -> str:
    return "\n".join(f"  {name:10} {holds}" for name, holds in columns.items())


def _orders(_: argparse.Namespace) -> None:
    _print_out(text_table(("order", "what it does"), [(name, of.summary) for name, of in NAMED_ORDERS.items()]) + "\n")


def _allocate(arguments: argparse.Namespace) -> None:
    _check_known("order", arguments.order, NAMED_ORDERS)
    _check_known("format", arguments.format, _FORMATS)
    _check_known("designations", arguments.designations, DESIGNATION_MODES)
    if arguments.explain and arguments.format == "csv":
        raise _Refused("csv has no place for reasons; leave out --explain, or pass --format table or json")
    if arguments.charges == arguments.money == _STANDARD:
        raise _Refused("both files are standard input; name at least one of them")
    delimiter = "\t" if arguments.delimiter == "tab" else arguments.delimiter
    check_delimiter(delimiter)

    charges = read_charges(_lines_of(arguments.charges), file=_label(arguments.charges), delimiter=delimiter)
    _tell_ignored(charges, [*CHARGE_COLUMNS, *OPTIONAL_CHARGE_COLUMNS])
    money = read_money(_lines_of(arguments.money), file=_label(arguments.money), delimiter=delimiter)
    _tell_ignored(money, [*MONEY_COLUMNS, *OPTIONAL_MONEY_COLUMNS])
    accounts = accounts_of(charges, money)
    _tell_without_charges(accounts)
    outcomes = _decided(accounts, arguments)
    if arguments.format == "csv":
        text = csv_text(outcomes, delimiter=delimiter)
    elif arguments.format == "json":
        text = json_text(outcomes, order=arguments.order, designations=arguments.designations)
    else:
        text = report_text(outcomes, explain=arguments.explain)
    if arguments.output == _STANDARD:
        _print_out(text)
    else:
        _write_file(arguments.output, text, [arguments.charges, arguments.money])


def _check_known(what: str, name: str, known: Iterable[str]) -> None:
    if name not in known:
        raise UnknownName(f"unknown {what} {name!r}", field=what, value=name, hint=did_you_mean(name, known))


def _decided(accounts: Iterable[AccountFacts], arguments: argparse.Namespace) -> list[AccountOutcome]:
    """The allocation of each account; if any cannot be, all of these together are refused."""
    outcomes, messages = [], []
    for facts in accounts:
        try:
            allocation = allocate(
                facts.money,
                facts.charges,
                by=NAMED_ORDERS[arguments.order].order,
                designations=arguments.designations,
                currency=facts.currency,
            )
        except ArledgerError as error:
            messages.append(f"account {facts.account}, {facts.currency}: {error}")
        else:
            outcomes.append(AccountOutcome(facts, allocation))
    if messages:
        raise _Refused(*messages)
    return outcomes


def _tell_ignored(read: Read[Charge | Payment | Credit], known: Sequence[str]) -> None:
    """Name the columns that were left out; one that looks like a column which is missing could be a slip."""
    if not read.ignored_columns:
        return
    missing = [column for column in known if column not in read.columns]
    names = []
    for name in read.ignored_columns:
        near = nearest_column(name, missing)
        names.append(f"{name} (did you mean {near}?)" if near else name)
    _tell(f"{read.file}: ignored the columns {', '.join(names)}")


def _tell_without_charges(accounts: Iterable[AccountFacts]) -> None:
    """Name the accounts whose money finds no charge at all: a prepayment, or an account that is written in two ways."""
    names = [f"{facts.account} ({facts.currency})" for facts in accounts if facts.money and not facts.charges]
    if names:
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        _tell(f"money, and no charges: {', '.join(names[:_MOST_NAMES])}{more}")


def _label(path: str) -> str:
    return "standard input" if path == _STANDARD else path


def _lines_of(path: str) -> io.StringIO:
    """The lines of a file or of standard input, as text; bytes that are no UTF-8 are kept for the reader to refuse."""
    try:
        content = _standard_input() if path == _STANDARD else Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise _Refused(f"{_label(path)}: {_reason(error)}") from None
    return io.StringIO(content.decode("utf-8", "surrogateescape"), newline="")


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise ValueError("is closed")
    return sys.stdin.buffer.read()


def _reason(error: OSError | ValueError) -> str:
    reason = str(getattr(error, "strerror", None) or error)
    return reason[:1].lower() + reason[1:]


def _print_out(text: str) -> None:
    """Write to standard output as a whole: UTF-8 and plain line feeds, whatever the system."""
    if sys.stdout is None:
        raise _Refused("standard output: is closed")
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
        raise _Refused(f"standard output: {_reason(error)}") from None


def _write_file(path: str, text: str, inputs: Iterable[str]) -> None:
    """Put a file in place in one step; refused is what would overwrite an input, or is no plain file."""
    try:
        target = Path(path).resolve()
        if target.exists() and not target.is_file():
            raise ValueError("is no plain file")
        if target.exists() and any(target.samefile(other) for other in inputs if other != _STANDARD):
            raise ValueError("is one of the files that are read")
        _replace(target, text.encode())
    except (OSError, ValueError) as error:
        raise _Refused(f"{path}: {_reason(error)}") from None


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
