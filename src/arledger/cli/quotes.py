"""``arledger quote``: what somebody may see and pay of an account, by the files in a folder."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import attrs

from arledger.checkout.choice import OUTSTANDING, Choice
from arledger.checkout.legs import Paying
from arledger.checkout.policy import FLEXIBLE
from arledger.checkout.portal import Actor, BillingTeam, Portal, shown_invoices
from arledger.checkout.quotes import Refused, quote
from arledger.checkout.receipts import submit
from arledger.cli import console
from arledger.cli.console import (
    Together,
    account_name,
    day_of,
    delimiter_of,
    described,
    lines_of,
    put_out,
    tell,
    tell_names,
)
from arledger.cli.folders import folder_parser, list_in, paths_in
from arledger.cli.histories import known_of, read_history
from arledger.cli.options import add_known_option, add_output_options, check_format
from arledger.cli.scopes import add_scope_options, effective_for
from arledger.entries import Invoice
from arledger.errors import ArledgerError
from arledger.interchange.entry_cells import PROPOSED_COLUMNS, cells_text, columns_lacking
from arledger.interchange.finance_policies import read_finance_policy
from arledger.interchange.ledgers import AccountLedger
from arledger.interchange.portal_rows import ASSOCIATIONS, CONTACTS, INVOICES, METHODS, FactFile
from arledger.interchange.quotes import quote_json, quote_text, receipt_cells
from arledger.ledger.timeline import replay
from arledger.money import Money
from arledger.payers.associations import Association
from arledger.payers.contacts import Contact, Contacts
from arledger.payers.methods import PaymentMethod, PaymentMethods
from arledger.payers.refusals import Refusal
from arledger.policies.finance import FinancePolicy
from arledger.policies.layers import Policies
from arledger.rates import Percent

_ENTRIES, _INVOICES, _CONTACTS, _METHODS = "entries.csv", "invoices.csv", "contacts.csv", "methods.csv"
_POLICY, _ASSOCIATIONS = "policy.toml", "associations.csv"

_QUOTE = """\
Say what somebody would pay on a day: all that is outstanding, or chosen invoices, by one saved method or by several; or
why they may not. Nothing is changed: CSV has the rows that submitting the quote adds to entries.csv."""

_MORE = """\
FOLDER has entries.csv (see arledger replay --help), invoices.csv, contacts.csv, methods.csv, policy.toml (see arledger
policy --help: [allocation], [checkout], [payment_types]) and, if there are any, associations.csv.

columns of invoices.csv:
{invoices}

columns of contacts.csv:
{contacts}

columns of methods.csv:
{methods}

columns of associations.csv:
{associations}

If anything is wrong in the files, or the payment is refused, all of it is told, the exit code is 2, and nothing is
written.

example:
  arledger quote examples/portal --on 2026-03-09 --by C-1 --from M-1 --invoice INV-7=400"""


@attrs.frozen(eq=False)
class _Folder:
    """What the files of a folder say."""

    ledgers: Sequence[AccountLedger]
    columns: Sequence[str]
    """Those of the file of entries."""
    invoices: FactFile[Invoice]
    contacts: FactFile[Contact]
    methods: FactFile[PaymentMethod]
    associations: FactFile[Association]
    policies: Policies


def add_quote_command(commands: Any) -> None:
    """The command, among the others."""
    parser = folder_parser(
        commands,
        "quote",
        "say what somebody would pay, or why they may not, from a folder of files",
        _QUOTE,
        _MORE.format(
            invoices=described(INVOICES.holds),
            contacts=described(CONTACTS.holds),
            methods=described(METHODS.holds),
            associations=described(ASSOCIATIONS.holds),
        ),
        day_of="payment",
    )
    parser.set_defaults(run=_quote)
    parser.add_argument("--account", metavar="ID", help="needed where entries.csv has several")
    parser.add_argument("--currency", metavar="CODE", help="needed where the account is in several")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--by", metavar="CONTACT", help="the contact who pays")
    who.add_argument("--team-for", metavar="PAYER", help="the billing team pays for a payer; empty: the account's own")
    parser.add_argument(
        "--from",
        dest="methods",
        action="append",
        required=True,
        metavar="METHOD[=PART]",
        help="a saved method; several, each with its amount (=40.00) or percentage (=40%%), share the payment",
    )
    parser.add_argument(
        "--invoice",
        dest="invoices",
        action="append",
        metavar="ID[=AMOUNT]",
        help="an invoice by its id or number, and how much of it (default: all that is payable); default: all that is "
        "outstanding",
    )
    add_scope_options(parser)
    add_known_option(parser)
    add_output_options(parser)


def _quote(arguments: argparse.Namespace) -> None:
    check_format(arguments)
    on, known = day_of(arguments.on, "--on"), known_of(arguments)
    delimiter = delimiter_of(arguments.delimiter)
    paths = paths_in(arguments.folder, [_ENTRIES, _INVOICES, _CONTACTS, _METHODS, _POLICY], [_ASSOCIATIONS])

    folder = _read(paths, delimiter)
    of = _account(folder.ledgers, arguments)
    policy = _policy(folder.policies, paths[_POLICY], arguments)
    assert policy.allocation is not None
    portal = _portal(folder, of.account, policy)
    _tell_about(paths, of, portal, arguments.team_for)
    position = replay(of.ledger, as_of=on, known=known, **policy.allocation.terms)
    by: Actor = arguments.by if arguments.team_for is None else BillingTeam(arguments.team_for or None)
    found = quote(_wanted(arguments, of, portal.invoices), position, portal, by=by, paying=_paying(arguments, of))
    if isinstance(found, Refused):
        raise console.Refused(*map(str, found.reasons))
    if arguments.format == "csv":
        receipt = submit(found, position, portal, transaction=found.id)
        assert not isinstance(receipt, Refused)  # the same account, on the same day
        rows = receipt_cells(of.account, receipt)
        lacking = columns_lacking(rows, folder.columns)
        tell_names(f"the rows do not fit below those of {paths[_ENTRIES]}, which lacks", lacking)
        text = cells_text(rows, PROPOSED_COLUMNS if lacking else folder.columns, delimiter=delimiter)
    else:
        seen = shown_invoices(portal, position, by=by)
        assert not isinstance(seen, Refusal)  # whoever may pay may see
        text = (quote_json if arguments.format == "json" else quote_text)(of.account, found, seen)
    put_out(text, arguments.output, paths.values())


def _read(paths: Mapping[str, str], delimiter: str) -> _Folder:
    """What the files say; what is wrong with any of them is told together."""
    together = Together()
    history = together.tried(lambda: read_history(paths[_ENTRIES], delimiter))
    invoices = together.tried(lambda: list_in(INVOICES, paths[_INVOICES], delimiter))
    contacts = together.tried(lambda: list_in(CONTACTS, paths[_CONTACTS], delimiter))
    methods = together.tried(lambda: list_in(METHODS, paths[_METHODS], delimiter))
    associations = together.tried(lambda: list_in(ASSOCIATIONS, paths.get(_ASSOCIATIONS), delimiter))
    policies = together.tried(lambda: read_finance_policy(lines_of(paths[_POLICY]).getvalue(), file=paths[_POLICY]))
    for kind, read, path in ((Contacts, contacts, paths[_CONTACTS]), (PaymentMethods, methods, paths[_METHODS])):
        if read is not None:
            together.tried(partial(_check_together, kind, read, path))
    together.end()
    assert history is not None
    assert invoices is not None
    assert contacts is not None
    assert methods is not None
    assert associations is not None
    assert policies is not None
    ledgers, columns = history
    return _Folder(ledgers, columns, invoices, contacts, methods, associations, policies)


def _check_together(kind: Callable[[Any], object], read: FactFile[Any], path: str) -> None:
    """Refuse facts of one account that contradict each other, by their file."""
    for account in dict.fromkeys(row.account for row in read.rows):
        try:
            kind(read.of(account))
        except ArledgerError as error:
            raise console.Refused(f"{path}: account {account}: {error}") from None


def _account(ledgers: Sequence[AccountLedger], arguments: argparse.Namespace) -> AccountLedger:
    """The one account that is meant."""
    found = [
        of for of in ledgers if arguments.account in (None, of.account) and arguments.currency in (None, of.currency)
    ]
    if len(found) == 1:
        return found[0]
    names = ", ".join(map(account_name, ledgers))
    if not found:
        raise console.Refused(f"there is no such account; known are {names}")
    raise console.Refused(f"there are several accounts: {names}; name one by --account and --currency")


def _policy(policies: Policies, path: str, arguments: argparse.Namespace) -> FinancePolicy:
    """What holds for whom the options name; the order of application must be said."""
    found = effective_for(arguments, policies, path).policy
    if found.allocation is None:
        raise console.Refused(f"{path}: there is no [allocation]; write it, with order")
    return found


def _portal(folder: _Folder, account: str, policy: FinancePolicy) -> Portal:
    return Portal(
        invoices=folder.invoices.of(account),
        contacts=folder.contacts.of(account),
        methods=folder.methods.of(account),
        associations=folder.associations.all,
        policy=policy.checkout or FLEXIBLE,
        types=policy.payment_types,
        account=account,
    )


def _tell_about(paths: Mapping[str, str], of: AccountLedger, portal: Portal, payer: str | None) -> None:
    """What could be a slip: to the operator, who may know of all invoices, and not to the payer."""
    payers = {invoice.id: invoice.payer for invoice in portal.invoices}
    named = [charge for charge in of.ledger.charges if charge.invoice is not None]
    lost = [f"{charge.id} ({charge.invoice})" for charge in named if charge.invoice not in payers]
    tell_names(f"{paths[_INVOICES]} has not the invoices of these charges", lost)
    others = [
        f"{charge.id} of {charge.payer} ({charge.invoice})"
        for charge in named
        if charge.invoice in payers and charge.payer not in (None, payers[charge.invoice])
    ]
    tell_names("these charges are another payer's than their invoice's, so that nobody sees them there", others)
    known = {*payers.values(), *(method.payer for method in portal.methods)}
    if payer and payer not in known:
        tell(f"no invoice and no method of the account is {payer}'s")


def _wanted(arguments: argparse.Namespace, of: AccountLedger, invoices: Sequence[Invoice]) -> Choice:
    """The invoices, by id or number, each with how much of it, if that is said."""
    if arguments.invoices is None:
        return OUTSTANDING
    found: dict[str, Money | None] = {}
    for text in arguments.invoices:
        given, sign, amount = text.partition("=")
        name = _id_of(given, invoices)
        if name in found:
            raise console.Refused(f"--invoice: {name} stands twice; name it once")
        found[name] = _money(amount, of, "--invoice") if sign else None
    return found


def _id_of(given: str, invoices: Sequence[Invoice]) -> str:
    """The id of an invoice that is named by its id, or by a number that no other has."""
    numbered = [invoice.id for invoice in invoices if invoice.number == given]
    is_number = len(numbered) == 1 and all(invoice.id != given for invoice in invoices)
    return numbered[0] if is_number else given


def _paying(arguments: argparse.Namespace, of: AccountLedger) -> Paying:
    """The method, or several with their parts."""
    parts = dict(text.partition("=")[::2] for text in arguments.methods)
    if len(parts) < len(arguments.methods):
        raise console.Refused("--from: a method stands twice; name it once")
    if len(parts) == 1 and not any(parts.values()):
        return str(next(iter(parts)))
    without = next((name for name, part in parts.items() if not part), None)
    if without is not None:
        raise console.Refused(
            f"--from: {without} has no part; write {without}=60% or {without}=40.00, as for the others"
        )
    is_percent = [part.endswith("%") for part in parts.values()]
    if any(is_percent) and not all(is_percent):
        raise console.Refused("--from: amounts beside percentages; write one of them for all")
    if all(is_percent):
        return {name: _percent(part) for name, part in parts.items()}
    return {name: _money(part, of, "--from") for name, part in parts.items()}


def _money(text: str, of: AccountLedger, option: str) -> Money:
    try:
        return Money(text, of.currency)
    except ArledgerError as error:
        raise console.Refused(f"{option}: {str(error).replace('pass rounding=', 'round it first')}") from None


def _percent(text: str) -> Percent:
    try:
        return Percent(text.removesuffix("%"))
    except ArledgerError as error:
        raise console.Refused(f"--from: {error}") from None
