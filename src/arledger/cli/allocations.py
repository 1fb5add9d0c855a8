"""``arledger allocate`` and ``arledger orders``: which charges the money of CSV exports settles."""

from __future__ import annotations

import argparse
from typing import Any

from arledger.allocation.decision import allocate
from arledger.allocation.named import NAMED_ORDERS
from arledger.cli.console import (
    STANDARD,
    Refused,
    decided,
    delimiter_of,
    described,
    label,
    lines_of,
    print_out,
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
from arledger.entries import Category
from arledger.interchange.accounts import AccountFacts, accounts_of
from arledger.interchange.facts import (
    CHARGE_COLUMNS,
    MONEY_COLUMNS,
    OPTIONAL_CHARGE_COLUMNS,
    OPTIONAL_MONEY_COLUMNS,
    read_charges,
    read_money,
)
from arledger.interchange.reports import report_text
from arledger.interchange.results import AccountOutcome, csv_text, json_text
from arledger.tables import text_table

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
            charges=described(CHARGE_COLUMNS),
            more_charges=described(OPTIONAL_CHARGE_COLUMNS),
            money=described(MONEY_COLUMNS),
            more_money=described(OPTIONAL_MONEY_COLUMNS),
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
    add_order_option(parser)
    add_designations_option(parser)
    add_explain_option(parser)
    add_output_options(parser)


def _orders(_: argparse.Namespace) -> None:
    print_out(text_table(("order", "what it does"), [(name, of.summary) for name, of in NAMED_ORDERS.items()]) + "\n")


def _allocate(arguments: argparse.Namespace) -> None:
    check_options(arguments)
    if arguments.charges == arguments.money == STANDARD:
        raise Refused("both files are standard input; name at least one of them")
    delimiter = delimiter_of(arguments.delimiter)

    charges = read_charges(lines_of(arguments.charges), file=label(arguments.charges), delimiter=delimiter)
    tell_ignored(charges, [*CHARGE_COLUMNS, *OPTIONAL_CHARGE_COLUMNS])
    money = read_money(lines_of(arguments.money), file=label(arguments.money), delimiter=delimiter)
    tell_ignored(money, [*MONEY_COLUMNS, *OPTIONAL_MONEY_COLUMNS])
    accounts = accounts_of(charges, money)
    tell_without_charges(facts for facts in accounts if facts.money and not facts.charges)
    outcomes = decided(accounts, lambda facts: _outcome(facts, arguments))
    if arguments.format == "csv":
        text = csv_text(outcomes, delimiter=delimiter)
    elif arguments.format == "json":
        text = json_text(outcomes, order=arguments.order, designations=arguments.designations)
    else:
        text = report_text(outcomes, explain=arguments.explain)
    put_out(text, arguments.output, [arguments.charges, arguments.money])


def _outcome(facts: AccountFacts, arguments: argparse.Namespace) -> AccountOutcome:
    allocation = allocate(
        facts.money,
        facts.charges,
        by=NAMED_ORDERS[arguments.order].order,
        designations=arguments.designations,
        currency=facts.currency,
    )
    return AccountOutcome(facts, allocation)
