"""``arledger replay`` and ``arledger ageing``: what the histories of a CSV export come to as of a day."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from arledger.cli.console import Refused, day_of, decided, delimiter_of, label, put_out
from arledger.cli.histories import (
    asked_of,
    check_history_options,
    history_parser,
    known_of,
    position_of,
    read_ledgers,
)
from arledger.cli.options import add_explain_option, add_output_options, add_replay_options
from arledger.errors import ArledgerError
from arledger.interchange.ageings import AccountAgeing, ageings_csv, ageings_json, ageings_text
from arledger.interchange.cells import whole_number_of
from arledger.interchange.ledger_reports import positions_text
from arledger.interchange.ledger_results import Asked, history_text, positions_json
from arledger.interchange.ledgers import AccountLedger, last_day
from arledger.ledger.ageing import aged

_REPLAY = """\
Go through the history of each account and currency, day after day, and tell what it comes to: what is open, where money
is that settles nothing, and what settled what."""

_AGEING = """\
Go through the history of each account and currency, and tell for how many days what is open has been due, by payer and
category. What is disputed and what is not due yet stand apart; money is never netted."""


def add_ledger_commands(commands: Any) -> None:
    """The two commands, among the others."""
    parser = history_parser(
        commands,
        "replay",
        "decide what a history comes to, from a CSV file",
        _REPLAY,
        "arledger replay entries.csv --order rent-last --as-of 2026-03-31 --explain",
    )
    parser.set_defaults(run=_replay)
    parser.add_argument("--as-of", metavar="DAY", help="YYYY-MM-DD; default: the last day in the file")
    add_replay_options(parser)
    add_explain_option(parser)
    add_output_options(parser)
    parser = history_parser(
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
    add_replay_options(parser)
    add_output_options(parser)


def _replay(arguments: argparse.Namespace) -> None:
    delimiter, ledgers, asked = _read(arguments)
    outcomes = decided(ledgers, lambda of: position_of(of, asked))
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
        ledgers, lambda of: AccountAgeing(of.account, aged(position_of(of, asked).position, brackets=brackets))
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
    check_history_options(arguments)
    as_of = None if arguments.as_of is None else day_of(arguments.as_of, "--as-of")
    known = known_of(arguments)
    delimiter = delimiter_of(arguments.delimiter)
    ledgers = read_ledgers(arguments.entries, delimiter)
    as_of = as_of or last_day(ledgers)
    if as_of is None:
        raise Refused(f"{label(arguments.entries)}: there is no entry, and so no last day; pass --as-of")
    return delimiter, ledgers, asked_of(arguments, ledgers, as_of, known)
