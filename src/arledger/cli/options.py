"""The options that commands share, each said once."""

from __future__ import annotations

import argparse

from arledger.allocation.named import NAMED_ORDERS
from arledger.allocation.records import DESIGNATION_MODES
from arledger.cli.console import STANDARD, Refused, check_known

_FORMATS = ("table", "csv", "json")


def add_order_option(parser: argparse.ArgumentParser) -> None:
    """Add --order."""
    parser.add_argument("--order", required=True, metavar="NAME", help="who is paid first: see arledger orders")


def add_designations_option(parser: argparse.ArgumentParser) -> None:
    """Add --designations."""
    parser.add_argument(
        "--designations",
        default="only",
        metavar="only|first|ignore",
        help="what the targets of money cannot take: only leaves it unapplied (default), first passes it on to the "
        "order, ignore passes all money to the order",
    )


def add_known_option(parser: argparse.ArgumentParser) -> None:
    """Add --known."""
    parser.add_argument(
        "--known", metavar="DAY", help="leave out what was posted later; default: the last day in the books"
    )


def add_replay_options(parser: argparse.ArgumentParser) -> None:
    """Add what replay goes by."""
    add_known_option(parser)
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


def add_explain_option(parser: argparse.ArgumentParser) -> None:
    """Add --explain."""
    parser.add_argument("--explain", action="store_true", help="add the reasons to the tables (JSON has them always)")


def add_output_options(parser: argparse.ArgumentParser) -> None:
    """Add --format, --output and --delimiter."""
    parser.add_argument("--format", default="table", metavar="table|csv|json", help="default: table")
    parser.add_argument("--output", default=STANDARD, metavar="FILE", help="default: standard output")
    parser.add_argument(
        "--delimiter", default=",", metavar="CHARACTER", help="between cells, also of CSV output; or the word tab"
    )


def check_options(arguments: argparse.Namespace) -> None:
    """Refuse what is no order, no format or no way with designations."""
    check_known("order", arguments.order, NAMED_ORDERS)
    check_format(arguments)
    check_known("designations", arguments.designations, DESIGNATION_MODES)


def check_format(arguments: argparse.Namespace) -> None:
    """Refuse what is no format, and reasons in CSV."""
    check_known("format", arguments.format, _FORMATS)
    if arguments.format == "csv" and getattr(arguments, "explain", False):
        raise Refused("csv has no place for reasons; leave out --explain, or pass --format table or json")
