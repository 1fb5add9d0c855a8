"""``arledger replay`` and ``arledger ageing``: what the histories of a CSV export come to as of a day."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise
from textwrap import fill
from typing import Any

from arledger.allocation.named import NAMED_ORDERS
from arledger.cli.console import (
    Refused,
    check_known,
    day_of,
    decided,
    delimiter_of,
    described,
    label,
    lines_of,
    put_out,
    tell_ignored,
    tell_without_charges,
)
from arledger.cli.options import (
    add_designations_option,
    add_explain_option,
    add_order_option,
    add_output_options,
    check_options,
)
from arledger.entries import Category, ReturnReason
from arledger.errors import ArledgerError
from arledger.interchange.ageings import AccountAgeing, ageings_csv, ageings_json, ageings_text
from arledger.interchange.cells import whole_number_of
from arledger.interchange.entry_rows import ENTRY_COLUMNS, ENTRY_KINDS, OPTIONAL_ENTRY_COLUMNS, read_entries
from arledger.interchange.ledger_reports import positions_text
from arledger.interchange.ledger_results import AccountPosition, Asked, history_text, positions_json
from arledger.interchange.ledgers import AccountLedger, last_day, last_posted, ledgers_of
from arledger.ledger.ageing import aged
from arledger.ledger.events import SettleRule
from arledger.ledger.rows import ReturnRule
from arledger.ledger.timeline import replay

_SETTLE = [rule.value for rule in SettleRule]
_RETURNS = [rule.value for rule in ReturnRule]

_REPLAY = """\
Go through the history of each account and currency, day after day, and tell what it comes to: what is open, where money
is that settles nothing, and what settled what."""

_AGEING = """\
Go through the history of each account and currency, and tell for how many days what is open has been due, by payer and
category. What is disputed and what is not due yet stand apart; money is never netted."""

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

example:
  {example}"""


def add_ledger_commands(commands: Any) -> None:
    """The two commands, among the others."""
    parser = _parser(
        commands,
        "replay",
        "decide what a history comes to, from a CSV file",
        _REPLAY,
        "arledger replay entries.csv --order rent-last --as-of 2026-03-31 --explain",
    )
    parser.set_defaults(run=_replay)
    parser.add_argument("--as-of", metavar="DAY", help="YYYY-MM-DD; default: the last day in the file")
    _add_replay_options(parser)
    add_explain_option(parser)
    add_output_options(parser)
    parser = _parser(
        commands,
        "ageing",
        "tell how long what is open has been due, from a CSV file",
        _AGEING,
        "arledger ageing entries.csv --order rent-last --as-of 2026-03-31 --brackets 30,60,90",
    )
    parser.set_defaults(run=_ageing)
    parser.add_argument("--as-of", required=True, metavar="DAY", help="YYYY-MM-DD, the day on which ages are counted")
    parser.add_argument(
        "--brackets", default="30,60,90", metavar="DAYS", help="the last day of each bracket; default: 30,60,90"
    )
    _add_replay_options(parser)
    add_output_options(parser)


def _parser(commands: Any, name: str, summary: str, description: str, example: str) -> argparse.ArgumentParser:
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
            example=example,
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("entries", metavar="ENTRIES.csv", help="entries of all kinds, or - for standard input")
    add_order_option(parser)
    return parser


def _add_replay_options(parser: argparse.ArgumentParser) -> None:
    """What replay goes by."""
    parser.add_argument(
        "--known", metavar="DAY", help="leave out what was posted later; default: the last day in the books"
    )
    parser.add_argument(
        "--settle",
        default="posted",
        metavar="posted|due",
        help="from when a charge may be paid: the day from which it exists (default), or the day on which it is due",
    )
    parser.add_argument(
        "--returns",
        default="reopen",
        metavar="reopen|reapply",
        help="what money that goes back does: reopen what it had settled (default), or reapply all as if it had never "
        "been",
    )
    add_designations_option(parser)
    for kind in ("credits", "payments"):
        parser.add_argument(
            f"--no-sweep-{kind}",
            action="store_false",
            dest=f"sweep_{kind}",
            help=f"leave {kind} that found nothing to settle unapplied, whatever is charged later",
        )


def _replay(arguments: argparse.Namespace) -> None:
    delimiter, ledgers, asked = _read(arguments)
    outcomes = decided(ledgers, lambda of: _position(of, asked))
    if arguments.format == "csv":
        text = history_text(outcomes, delimiter=delimiter)
    elif arguments.format == "json":
        text = positions_json(outcomes, asked)
    else:
        text = positions_text(outcomes, asked, explain=arguments.explain)
    put_out(text, arguments.output, [arguments.entries])


def _ageing(arguments: argparse.Namespace) -> None:
    brackets = _brackets(arguments.brackets)
    delimiter, ledgers, asked = _read(arguments)
    outcomes = decided(
        ledgers, lambda of: AccountAgeing(of.account, aged(_position(of, asked).position, brackets=brackets))
    )
    if arguments.format == "csv":
        text = ageings_csv(outcomes, asked, brackets, delimiter=delimiter)
    elif arguments.format == "json":
        text = ageings_json(outcomes, asked, brackets)
    else:
        text = ageings_text(outcomes, asked, brackets)
    put_out(text, arguments.output, [arguments.entries])


def _brackets(text: str) -> list[int]:
    """The last days of the brackets."""
    hint = "write the last day of each bracket, such as 30,60,90"
    try:
        days = [whole_number_of(part.strip()) for part in text.split(",")]
    except ArledgerError:
        raise Refused(f"--brackets: {text!r} is no list of days; {hint}") from None
    if any(later <= earlier for earlier, later in pairwise([-1, *days])):
        raise Refused(f"--brackets: {text!r} does not rise; {hint}")
    return days


def _read(arguments: argparse.Namespace) -> tuple[str, Sequence[AccountLedger], Asked]:
    """The delimiter, the ledgers, and how they are to be replayed."""
    check_options(arguments)
    check_known("settle", arguments.settle, _SETTLE)
    check_known("returns", arguments.returns, _RETURNS)
    as_of = None if arguments.as_of is None else day_of(arguments.as_of, "--as-of")
    known = None if arguments.known is None else day_of(arguments.known, "--known")
    delimiter = delimiter_of(arguments.delimiter)

    entries = read_entries(lines_of(arguments.entries), file=label(arguments.entries), delimiter=delimiter)
    tell_ignored(entries, [*ENTRY_COLUMNS, *OPTIONAL_ENTRY_COLUMNS])
    ledgers = ledgers_of(entries)
    tell_without_charges(of for of in ledgers if of.ledger.money and not of.ledger.charges)
    as_of = as_of or last_day(ledgers)
    if as_of is None:
        raise Refused(f"{entries.file}: there is no entry, and so no last day; pass --as-of")
    asked = Asked(
        order=arguments.order,
        as_of=as_of,
        known=known or last_posted(ledgers) or as_of,
        settle=SettleRule(arguments.settle),
        returns=ReturnRule(arguments.returns),
        designations=arguments.designations,
        sweep_credits=arguments.sweep_credits,
        sweep_payments=arguments.sweep_payments,
    )
    return delimiter, ledgers, asked


def _position(of: AccountLedger, asked: Asked) -> AccountPosition:
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
