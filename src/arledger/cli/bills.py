"""``arledger bill``: what a lease is charged, by a policy, for a period or for several."""

from __future__ import annotations

import argparse
from typing import Any

from arledger.billing.bills import draft_bills
from arledger.billing.lease import Lease
from arledger.billing.policy import BillingPolicy
from arledger.cli.console import (
    STANDARD,
    Refused,
    Together,
    check_known,
    day_of,
    delimiter_of,
    label,
    lines_of,
    put_out,
    tell,
)
from arledger.dates.period import Period
from arledger.entries import Charge, Credit
from arledger.interchange.accounts import accounts_of
from arledger.interchange.billing_policies import read_billing_policy
from arledger.interchange.bills import bill_charges_text, bill_credits_text, bills_json, bills_text
from arledger.interchange.facts import CHARGE_COLUMNS, MONEY_COLUMNS, read_charges, read_money
from arledger.interchange.leases import read_lease

_FORMATS = ("table", "charges", "credits", "json")

_BILL = """\
Draft the bills of a lease: each billing period with a day from --from up to --to, item by item, with taxes and the
reason for each amount. What was issued before is passed in, and only the difference is billed."""

_BILL_MORE = """\
LEASE.toml has id, currency, move_in, [[items]] (id, price or [[items.prices]], code, category, per, proratable), and
optionally move_out, payer, billing_type, [[adjustments]] and [[deposits]].
POLICY.toml has proration and [[types]] (name, period, start), and optionally due_offset_days and other offsets,
rounding, confirmation, adjustment_codes and [[taxes]].
The documentation has a page with every setting, and examples/lease has files to begin with.

If anything is wrong in the files, all of it is told, the exit code is 2, and nothing is written.

example:
  arledger bill lease.toml policy.toml --from 2026-08-20 --to 2026-11-01"""


def add_bill_command(commands: Any) -> None:
    """The command, among the others."""
    parser = commands.add_parser(
        "bill",
        help="draft the bills of a lease, from two TOML files",
        description=_BILL,
        epilog=_BILL_MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(run=_bill)
    parser.add_argument("lease", metavar="LEASE.toml", help="the lease, or - for standard input")
    parser.add_argument("policy", metavar="POLICY.toml", help="the billing policy, or - for standard input")
    parser.add_argument("--from", dest="start", required=True, metavar="DAY", help="YYYY-MM-DD, in the first period")
    parser.add_argument("--to", dest="end", metavar="DAY", help="the day after the last one; default: --from alone")
    parser.add_argument("--on", metavar="DAY", help="the day of the bills; default: each period's bill run")
    parser.add_argument("--billed-charges", metavar="CSV", help="charges issued for these periods before")
    parser.add_argument("--billed-credits", metavar="CSV", help="credits issued for these periods before")
    parser.add_argument("--explain", action="store_true", help="add the days of each prorated line to the tables")
    parser.add_argument("--format", default="table", metavar="table|charges|credits|json", help="default: table")
    parser.add_argument("--output", default=STANDARD, metavar="FILE", help="default: standard output")
    parser.add_argument("--delimiter", default=",", metavar="CHARACTER", help="between cells of CSV; or the word tab")


def _bill(arguments: argparse.Namespace) -> None:
    check_known("format", arguments.format, _FORMATS)
    if arguments.explain and arguments.format != "table":
        raise Refused("only tables are explained (json has the parts always); leave out --explain")
    inputs = [arguments.lease, arguments.policy, arguments.billed_charges, arguments.billed_credits]
    if inputs.count(STANDARD) > 1:
        raise Refused("two files are standard input; name at least one of them")
    delimiter = delimiter_of(arguments.delimiter)
    start = day_of(arguments.start, "--from")
    end = None if arguments.end is None else day_of(arguments.end, "--to")
    on = None if arguments.on is None else day_of(arguments.on, "--on")

    lease, policy = _settings(arguments)
    span = Period.through(start, start) if end is None else Period(start, end)
    bills = draft_bills(lease, span, policy, billed=_billed(arguments, lease, delimiter), on=on)
    if not bills:
        raise Refused(f"lease {lease.id}: no day of {span} is billed")
    if arguments.format == "charges":
        text = bill_charges_text(bills, delimiter=delimiter)
    elif arguments.format == "credits":
        text = bill_credits_text(bills, delimiter=delimiter)
    else:
        text = bills_json(bills) if arguments.format == "json" else bills_text(bills, explain=arguments.explain)
    put_out(text, arguments.output, [path for path in inputs if path is not None])


def _settings(arguments: argparse.Namespace) -> tuple[Lease, BillingPolicy]:
    """The lease and the policy; what is wrong with either of them is told together."""
    together = Together()
    lease = together.tried(lambda: read_lease(lines_of(arguments.lease).getvalue(), file=label(arguments.lease)))
    policy = together.tried(
        lambda: read_billing_policy(lines_of(arguments.policy).getvalue(), file=label(arguments.policy))
    )
    together.end()
    assert lease is not None
    assert policy is not None
    return lease, policy


def _billed(arguments: argparse.Namespace, lease: Lease, delimiter: str) -> list[Charge | Credit]:
    """The charges and credits of the lease that were issued before."""
    charges, credits_ = arguments.billed_charges, arguments.billed_credits
    charge_lines = [",".join(CHARGE_COLUMNS)] if charges is None else lines_of(charges)
    credit_lines = [",".join(MONEY_COLUMNS)] if credits_ is None else lines_of(credits_)
    read = (
        read_charges(charge_lines, file=label(charges or ""), delimiter="," if charges is None else delimiter),
        read_money(credit_lines, file=label(credits_ or ""), delimiter="," if credits_ is None else delimiter),
    )
    facts = accounts_of(*read)
    for path, rows in zip((charges, credits_), read, strict=True):
        # of another account, or of an account that is written in another way: it would be billed again in silence
        if path is not None and lease.id not in {row.account for row in rows.facts}:
            tell(f"{rows.file}: no row of the account {lease.id}")
    return [
        fact
        for account in facts
        if account.account == lease.id
        for fact in (*account.charges, *account.money)
        if isinstance(fact, (Charge, Credit))
    ]
