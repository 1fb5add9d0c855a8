"""For whom a policy is asked: the options that name a region, a property or a lease."""

from __future__ import annotations

import argparse

from arledger.cli.console import Refused
from arledger.errors import ArledgerError
from arledger.policies.layers import Policies
from arledger.policies.merging import EffectivePolicy, effective


def add_scope_options(parser: argparse.ArgumentParser) -> None:
    """Add --region, --property and --lease."""
    parser.add_argument("--region", metavar="NAME", help="what holds for a region")
    parser.add_argument("--property", metavar="NAME", help="what holds for a property")
    parser.add_argument(
        "--lease",
        metavar="ID",
        help="what holds for a lease; one of which the policy says nothing needs its --property beside it",
    )


def effective_for(arguments: argparse.Namespace, policies: Policies, file: str) -> EffectivePolicy:
    """What holds for whom the options name; the file having been checked, only a name can be wrong."""
    try:
        return effective(policies, region=arguments.region, property=arguments.property, lease=arguments.lease)
    except ArledgerError as error:
        told = str(error).removeprefix("effective: ").replace("give it a layer", "write a table for it")
        for option in ("region", "property"):
            told = told.replace(f"{option}=", f"--{option}")
        raise Refused(f"{file}: {told}") from None
