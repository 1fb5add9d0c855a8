"""``arledger late-fees``: what a rule charges for being late, by the histories of a CSV export."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from arledger.cli.console import (
    STANDARD,
    Refused,
    Together,
    account_name,
    day_of,
    decided,
    delimiter_of,
    described,
    label,
    lines_of,
    put_out,
    tell_ignored,
    tell_names,
)
from arledger.cli.histories import (
    asked_of,
    check_history_options,
    history_parser,
    known_of,
    position_of,
    read_ledgers,
)
from arledger.cli.options import add_explain_option, add_output_options, add_replay_options
from arledger.entries import Category
from arledger.errors import ArledgerError, InvalidValue, did_you_mean
from arledger.fees.assessment import Assessment
from arledger.fees.ground import Base
from arledger.fees.late import assess
from arledger.fees.rule import BALANCE_EACH_PERIOD, LateFeeRule
from arledger.interchange.assessments import AccountAssessment, assessments_json, assessments_text, proposed_text
from arledger.interchange.cells import sum_of
from arledger.interchange.fee_rules import read_late_fee_rule
from arledger.interchange.ledger_results import Asked
from arledger.interchange.ledgers import AccountLedger
from arledger.interchange.rents import RENT_COLUMNS, read_rents
from arledger.ledger.books import reversed_ids
from arledger.money import Money

_LATE_FEES = """\
Go through the history of each account and currency up to the end of a day, and propose what a rule charges for being
late by then, less what was charged before. Nothing is changed: CSV has the columns of ENTRIES.csv, and what is added to
it is not proposed again."""

_MORE = """\
RULE.toml has amount and grace, and optionally currency, occurs, [[limits]], least, only_categories and other settings.
The documentation has a page with every setting, and examples/late_fees has files to begin with.

columns of RENTS.csv:
{columns}

"""

Rents = Callable[[AccountLedger], Money | None]
"""The monthly rent of an account, where it is known."""


def add_late_fees_command(commands: Any) -> None:
    """The command, among the others."""
    parser = history_parser(
        commands,
        "late-fees",
        "propose late fees, from a CSV file and a rule in TOML",
        _LATE_FEES,
        "arledger late-fees entries.csv rule.toml --order rent-last --on 2026-03-06 --explain",
        _MORE.format(columns=described(RENT_COLUMNS)),
    )
    parser.set_defaults(run=_late_fees)
    parser.add_argument("rule", metavar="RULE.toml", help="the rule, or - for standard input")
    parser.add_argument("--on", required=True, metavar="DAY", help="YYYY-MM-DD, the day at whose end fees are proposed")
    parser.add_argument("--rent", metavar="AMOUNT", help="the monthly rent, if it is the same for all accounts")
    parser.add_argument("--rents", metavar="RENTS.csv", help="the monthly rents, or - for standard input")
    parser.add_argument(
        "--payers",
        default="",
        metavar="NAMES",
        help="other payers whose charges are assessed too, parted by commas; default: only what is the account's own",
    )
    add_replay_options(parser)
    add_explain_option(parser)
    add_output_options(parser)


def _late_fees(arguments: argparse.Namespace) -> None:
    check_history_options(arguments)
    inputs = [path for path in (arguments.entries, arguments.rule, arguments.rents) if path is not None]
    if inputs.count(STANDARD) > 1:
        raise Refused("two files are standard input; name at least one of them")
    if arguments.rent is not None and arguments.rents is not None:
        raise Refused("--rent stands beside --rents; keep one of them")
    on, known = day_of(arguments.on, "--on"), known_of(arguments)
    delimiter = delimiter_of(arguments.delimiter)
    payers = _payers(arguments.payers)

    rule, ledgers, rents = _read(arguments, delimiter)
    asked = asked_of(arguments, ledgers, on, known)
    _tell_about(arguments, rule, ledgers, asked, payers)
    outcomes = decided(
        [of for of in ledgers if rule.currency in (None, of.currency)],
        lambda of: AccountAssessment(of.account, _assessed(rule, of, asked, rents, payers)),
    )
    if arguments.format == "csv":
        text = proposed_text(outcomes, delimiter=delimiter)
    elif arguments.format == "json":
        text = assessments_json(rule, outcomes, asked)
    else:
        text = assessments_text(rule, outcomes, asked, explain=arguments.explain)
    put_out(text, arguments.output, inputs)


def _payers(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",")] if text else []
    if not all(names):
        raise Refused(f"--payers: {text!r} has a name of nothing; write names parted by single commas")
    return names


def _read(arguments: argparse.Namespace, delimiter: str) -> tuple[LateFeeRule, Sequence[AccountLedger], Rents]:
    """The rule, the ledgers, and the rents; what is wrong with any of the files is told together."""
    together = Together()
    ledgers = together.tried(lambda: read_ledgers(arguments.entries, delimiter))
    rule = together.tried(lambda: read_late_fee_rule(lines_of(arguments.rule).getvalue(), file=label(arguments.rule)))
    rents = None if arguments.rents is None else together.tried(lambda: _rents_in(arguments.rents, delimiter))
    together.end()
    assert ledgers is not None
    assert rule is not None
    if arguments.rent is not None:
        of_rule = [of.currency for of in ledgers if rule.currency in (None, of.currency)]
        rents = _rent_for_all(arguments.rent, of_rule)
    return rule, ledgers, rents or (lambda _of: None)


def _rents_in(path: str, delimiter: str) -> Rents:
    read = read_rents(lines_of(path), file=label(path), delimiter=delimiter)
    tell_ignored(read, list(RENT_COLUMNS))
    return lambda of: read.by_account.get((of.account, of.currency))


def _rent_for_all(text: str, currencies: Iterable[str]) -> Rents:
    """One rent, which can only be in one currency."""
    found = sorted(set(currencies))
    if len(found) > 1:
        raise Refused(f"--rent: the accounts are in {' and '.join(found)}; pass --rents")
    if not found:
        return lambda _of: None
    try:
        rent = sum_of(text, found[0])
    except ArledgerError as error:
        raise Refused(f"--rent: {str(error).replace('pass rounding=', 'round it first')}") from None
    return lambda _of: rent


def _tell_about(
    arguments: argparse.Namespace,
    rule: LateFeeRule,
    ledgers: Sequence[AccountLedger],
    asked: Asked,
    payers: Iterable[str],
) -> None:
    """What is left out, and what could be a slip."""
    others = [of for of in ledgers if rule.currency not in (None, of.currency)]
    tell_names(f"{label(arguments.rule)} is in {rule.currency}, and left out are", map(account_name, others))
    known = {charge.payer for of in ledgers for charge in of.ledger.charges if charge.payer is not None}
    tell_names(
        "no charge is owed by",
        [f"{name} ({did_you_mean(name, known)})" if known else name for name in payers if name not in known],
    )
    if rule.occurs is not BALANCE_EACH_PERIOD:
        unclear = [f"{of.account} {charge}" for of in ledgers for charge in _about_nothing(rule, of, asked)]
        what = f"{rule.category.value} charges without about, so that what they are for may be charged for again"
        tell_names(what, unclear)


def _about_nothing(rule: LateFeeRule, of: AccountLedger, asked: Asked) -> list[str]:
    """The charges under a rule that name no charge; they cannot be told to be for any."""
    gone = reversed_ids(of.ledger)
    return [
        charge.id
        for charge in of.ledger.charges
        if rule.made(charge) and charge.about is None and charge.posted <= asked.known and charge.id not in gone
    ]


def _assessed(rule: LateFeeRule, of: AccountLedger, asked: Asked, rents: Rents, payers: Sequence[str]) -> Assessment:
    """What the rule proposes for an account; one that owes nothing needs no rent."""
    position = position_of(of, asked).position
    rent = rents(of)
    if rent is None and Base.RENT in rule.reads:
        if position.total_open or rule.category is Category.INTEREST:
            raise InvalidValue("its monthly rent is not known", hint="pass --rent, or --rents with a row for it")
        return Assessment(rule, asked.as_of, of.currency, (), (), ())
    return assess(rule, position, on=asked.as_of, rent=rent, payers=payers)
