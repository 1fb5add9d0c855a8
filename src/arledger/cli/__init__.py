"""The command line: exports and settings in, decisions out.

The problem: an accountant with two exports wants to know which charges the money settles, or what next month's bill
comes to, without a line of Python. The decision: a thin edge over the public functions, a module a family of commands.
It reads files, calls what everybody may call, and writes a report, CSV or JSON. It decides nothing about money itself.

What is refused is told on standard error, all of it at once, and the exit code is 2; then nothing is written.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from arledger.cli.allocations import add_allocation_commands
from arledger.cli.autopay import add_autopay_command
from arledger.cli.bills import add_bill_command
from arledger.cli.console import Refused, print_out, tell
from arledger.cli.fees import add_late_fees_command
from arledger.cli.ledgers import add_ledger_commands
from arledger.cli.policies import add_policy_command
from arledger.cli.quotes import add_quote_command
from arledger.cli.schedules import add_schedule_command
from arledger.errors import ArledgerError

REFUSED = 2
"""The exit code when something is wrong with the arguments, the files or the facts."""

CUT_OFF = 1
"""The exit code when whoever reads the output stopped reading."""


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in a line, and leaves the usage to --help."""

    def error(self, message: str) -> NoReturn:
        raise Refused(f"{message}; see {self.prog} --help")


class _Version(argparse.Action):
    """Prints the version; looks for it only then, since the look-up costs more than all other imports."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print_out(f"arledger {version('arledger')}\n")
        except PackageNotFoundError:
            raise Refused("the version is not known: arledger runs without being installed") from None
        parser.exit()


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command, and return its exit code."""
    try:
        _run(argv)
    except BrokenPipeError:
        return CUT_OFF
    except ArledgerError as error:
        tell(str(error))
    except Refused as refused:
        tell(*refused.messages)
    else:
        return 0
    return REFUSED


def _run(argv: Sequence[str] | None) -> None:
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit:  # after --help and --version
        print_out("")
    else:
        arguments.run(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="arledger", description="Decides what is owed, which charges money settles, and why.", allow_abbrev=False
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    add_allocation_commands(commands)
    add_ledger_commands(commands)
    add_bill_command(commands)
    add_late_fees_command(commands)
    add_autopay_command(commands)
    add_quote_command(commands)
    add_schedule_command(commands)
    add_policy_command(commands)
    return parser
