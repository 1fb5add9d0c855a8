"""``arledger policy``: what a company's policy comes to for a property or a lease, and who said it."""

from __future__ import annotations

import argparse
from typing import Any

from arledger.cli.console import delimiter_of, label, lines_of, put_out, tell
from arledger.cli.options import add_output_options, check_format
from arledger.cli.scopes import add_scope_options, effective_for
from arledger.interchange.finance_policies import read_finance_policy
from arledger.interchange.policy_reports import policy_json, policy_rows_text, policy_text
from arledger.policies.layers import Scope

_POLICY = """\
Read a company's policy, check what it comes to for the company and for every region, property and lease in it, and
print what holds for one of them: each setting, its value, and the scope that it comes from."""

_MORE = """\
POLICY.toml has sections for the company ([allocation], [autopay], [billing], [late_fee], [nsf], [deposit],
[adjustments], [tax], [payment_types], [checkout]), and under [region.NAME], [property.NAME] and [lease.NAME] what is
different there. The documentation has a page with every setting, and examples/company has a file to begin with.

If anything is wrong in the file, all of it is told, the exit code is 2, and nothing is written.

example:
  arledger policy examples/company/policy.toml --property "Maple House\""""


def add_policy_command(commands: Any) -> None:
    """The command, among the others."""
    parser = commands.add_parser(
        "policy",
        help="print what a company's policy comes to for a property or a lease",
        description=_POLICY,
        epilog=_MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(run=_policy)
    parser.add_argument("policy", metavar="POLICY.toml", help="the company's policy, or - for standard input")
    add_scope_options(parser)
    add_output_options(parser)


def _policy(arguments: argparse.Namespace) -> None:
    check_format(arguments)
    delimiter = delimiter_of(arguments.delimiter)
    policies = read_finance_policy(lines_of(arguments.policy).getvalue(), file=label(arguments.policy))
    found = effective_for(arguments, policies, label(arguments.policy))
    if arguments.lease is not None and policies.layer(Scope.LEASE, arguments.lease) is None:
        tell(f"{label(arguments.policy)} says nothing of lease {arguments.lease}")
    if arguments.format == "csv":
        text = policy_rows_text(found, delimiter=delimiter)
    else:
        text = policy_json(found) if arguments.format == "json" else policy_text(found)
    put_out(text, arguments.output, [arguments.policy])
