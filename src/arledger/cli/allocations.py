"""``arledger allocate`` and ``arledger orders``: which charges the money of CSV exports settles."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from arledger.allocation.decision import allocate
from arledger.allocation.named import NAMED_ORDERS
from arledger.allocation.records import DESIGNATION_MODES
from arledger.cli.console import STANDARD, Refused, check_known, delimiter_of, label, lines_of, print_out, put_out, tell
from arledger.entries import Category, Charge, Credit, Payment
from arledger.errors import ArledgerError
from arledger.interchange.accounts import AccountFacts, accounts_of
from arledger.interchange.csv_rows import nearest_column
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


def add_allocation_commands(commands: Any) -> None:
    """The two commands, among the others."""
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
    parser.add_argument("--output", default=STANDARD, metavar="FILE", help="default: standard output")
    parser.add_argument(
        "--delimiter", default=",", metavar="CHARACTER", help="between cells, also of CSV output; or the word tab"
    )


def _described(columns: Mapping[str, str]) -> str:
    return "\n".join(f"  {name:10} {holds}" for name, holds in columns.items())


def _orders(_: argparse.Namespace) -> None:
    print_out(text_table(("order", "what it does"), [(name, of.summary) for name, of in NAMED_ORDERS.items()]) + "\n")


def _allocate(arguments: argparse.Namespace) -> None:
    check_known("order", arguments.order, NAMED_ORDERS)
    check_known("format", arguments.format, _FORMATS)
    check_known("designations", arguments.designations, DESIGNATION_MODES)
    if arguments.explain and arguments.format == "csv":
        raise Refused("csv has no place for reasons; leave out --explain, or pass --format table or json")
    if arguments.charges == arguments.money == STANDARD:
        raise Refused("both files are standard input; name at least one of them")
    delimiter = delimiter_of(arguments.delimiter)

    charges = read_charges(lines_of(arguments.charges), file=label(arguments.charges), delimiter=delimiter)
    _tell_ignored(charges, [*CHARGE_COLUMNS, *OPTIONAL_CHARGE_COLUMNS])
    money = read_money(lines_of(arguments.money), file=label(arguments.money), delimiter=delimiter)
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
    put_out(text, arguments.output, [arguments.charges, arguments.money])


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
        raise Refused(*messages)
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
    tell(f"{read.file}: ignored the columns {', '.join(names)}")


def _tell_without_charges(accounts: Iterable[AccountFacts]) -> None:
    """Name the accounts whose money finds no charge at all: a prepayment, or an account that is written in two ways."""
    names = [f"{facts.account} ({facts.currency})" for facts in accounts if facts.money and not facts.charges]
    if names:
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        tell(f"money, and no charges: {', '.join(names[:_MOST_NAMES])}{more}")
