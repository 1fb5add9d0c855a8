"""What the commands that go through a history share: the file of entries, how it is replayed, and its help."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from textwrap import fill
from typing import Any

from arledger.allocation.named import NAMED_ORDERS
from arledger.cli.console import (
    check_known,
    day_of,
    described,
    label,
    lines_of,
    tell_ignored,
    tell_without_charges,
)
from arledger.cli.options import add_order_option, check_options
from arledger.entries import Category, ReturnReason
from arledger.interchange.entry_rows import ENTRY_COLUMNS, ENTRY_KINDS, OPTIONAL_ENTRY_COLUMNS, read_entries
from arledger.interchange.ledger_results import AccountPosition, Asked
from arledger.interchange.ledgers import AccountLedger, last_posted, ledgers_of
from arledger.ledger.events import SettleRule
from arledger.ledger.rows import ReturnRule
from arledger.ledger.timeline import replay

_SETTLE = [rule.value for rule in SettleRule]
_RETURNS = [rule.value for rule in ReturnRule]

_MORE = """\
columns of ENTRIES.csv:
{columns}
and optionally:
{more_columns}

{kinds}
A credit is an adjustment; scheduled, pending, settled, rejected and cancelled say where the payment is that "of" names,
and need no id. A void has no amount; of a return, chargeback, won_back or reversal, none means all of it.
A category is one of {categories}.
A reason is one of {reasons}.
A target of "for" is a charge's id or charge:ID, code:X, invoice:X, category:X or tag:X, and after "=" how much.
What a kind has no use for stays empty. Columns stand in any order; others are ignored. A byte-order mark is accepted.

If anything is wrong, every bad row is named with its column and what would be right, the exit code is 2, and nothing
is written.

{more}example:
  {example}"""


def history_parser(
    commands: Any, name: str, summary: str, description: str, example: str, more: str = ""
) -> argparse.ArgumentParser:
    """The parser of a command on a file of entries; ``more`` is what its help says before the example."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=description,
        epilog=_MORE.format(
            columns=described(ENTRY_COLUMNS),
            more_columns=described(OPTIONAL_ENTRY_COLUMNS),
            kinds=fill(f"A kind is one of {', '.join(ENTRY_KINDS)}.", 120),
            categories=", ".join(category.value for category in Category),
            reasons=", ".join(reason.value for reason in ReturnReason),
            more=more,
            example=example,
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("entries", metavar="ENTRIES.csv", help="entries of all kinds, or - for standard input")
    add_order_option(parser)
    return parser


def check_history_options(arguments: argparse.Namespace) -> None:
    """Refuse what is no order, no format or no way to replay."""
    check_options(arguments)
    check_known("settle", arguments.settle, _SETTLE)
    check_known("returns", arguments.returns, _RETURNS)


def read_ledgers(path: str, delimiter: str) -> tuple[AccountLedger, ...]:
    """The ledgers of the file; what is left out of it, and money without charges, is told."""
    return read_history(path, delimiter)[0]


def read_history(path: str, delimiter: str) -> tuple[tuple[AccountLedger, ...], tuple[str, ...]]:
    """As ``read_ledgers``, and the columns of the file in their order."""
    entries = read_entries(lines_of(path), file=label(path), delimiter=delimiter)
    tell_ignored(entries, [*ENTRY_COLUMNS, *OPTIONAL_ENTRY_COLUMNS])
    ledgers = ledgers_of(entries)
    tell_without_charges(of for of in ledgers if of.ledger.money and not of.ledger.charges)
    return ledgers, entries.columns


def known_of(arguments: argparse.Namespace) -> date | None:
    """The day that --known says."""
    return None if arguments.known is None else day_of(arguments.known, "--known")


def asked_of(arguments: argparse.Namespace, ledgers: Sequence[AccountLedger], as_of: date, known: date | None) -> Asked:
    """How the ledgers are to be replayed."""
    return Asked(
        order=arguments.order,
        as_of=as_of,
        known=known or last_posted(ledgers) or as_of,
        settle=SettleRule(arguments.settle),
        returns=ReturnRule(arguments.returns),
        designations=arguments.designations,
        sweep_credits=arguments.sweep_credits,
        sweep_payments=arguments.sweep_payments,
    )


def position_of(of: AccountLedger, asked: Asked) -> AccountPosition:
    """What a ledger came to."""
    position = replay(
        of.ledger,
        by=NAMED_ORDERS[asked.order].order,
        as_of=asked.as_of,
        known=asked.known,
        settle=asked.settle,
        returns=asked.returns,
        designations=asked.designations,
        sweep_credits=asked.sweep_credits,
        sweep_payments=asked.sweep_payments,
    )
    return AccountPosition(of.account, position)
