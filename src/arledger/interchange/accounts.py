"""The accounts that a file of charges and a file of money speak of.

The problem: an export holds many accounts, some of them in two currencies, and an allocation is one decision about one
account in one currency. The decision: ``accounts_of`` parts what was read into these, the accounts in the order of
their first appearance and the currencies of each sorted; and it is here that reading ends, so it is here that problems
are raised, of both files and together with the ids that stand twice.

Source: ours.
"""

from __future__ import annotations

import attrs

from arledger.checks import shown
from arledger.entries import Charge, Credit, Payment
from arledger.interchange.facts import Read
from arledger.interchange.problems import Problem, RowErrors, by_place


@attrs.frozen(order=False)
class AccountFacts:
    """The charges and the money of one account in one currency, in the order of their files."""

    account: str
    currency: str
    charges: tuple[Charge, ...]
    money: tuple[Payment | Credit, ...]


def accounts_of(charges: Read[Charge], money: Read[Payment | Credit]) -> tuple[AccountFacts, ...]:
    r"""What was read, by account and currency; if any row has a problem, ``RowErrors`` with all of them.

    >>> from arledger.interchange.facts import read_charges, read_money
    >>> charges = read_charges(["account,id,due,amount,currency,category\n", "A-1,R-03,2026-03-01,900,CAD,rent\n"])
    >>> money = read_money(["account,id,received,amount,currency\n", "A-1,P-17,2026-03-03,900,CAD\n"])
    >>> [(facts.account, len(facts.charges), len(facts.money)) for facts in accounts_of(charges, money)]
    [('A-1', 1, 1)]
    """
    problems = _problems(charges, money)
    if problems:
        raise RowErrors(problems)
    parts: dict[str, dict[str, tuple[list[Charge], list[Payment | Credit]]]] = {}
    for charge in charges.facts:
        _part(parts, charge.account, charge.fact.amount.currency)[0].append(charge.fact)
    for source in money.facts:
        _part(parts, source.account, source.fact.amount.currency)[1].append(source.fact)
    return tuple(
        AccountFacts(account, currency, tuple(owed), tuple(paid))
        for account, currencies in parts.items()
        for currency, (owed, paid) in sorted(currencies.items())
    )


def _part(
    parts: dict[str, dict[str, tuple[list[Charge], list[Payment | Credit]]]], account: str, currency: str
) -> tuple[list[Charge], list[Payment | Credit]]:
    return parts.setdefault(account, {}).setdefault(currency, ([], []))


def _problems(*reads: Read[Charge | Payment | Credit]) -> list[Problem]:
    """The problems of all files, each file's by row, with the ids that stand twice in an account."""
    problems: list[Problem] = []
    first: dict[tuple[str, str], str] = {}
    for read in reads:
        repeated = []
        for row, account, fact_id in read.ids:
            place = f"{read.file}, row {row}"
            if first.setdefault((account, fact_id), place) is not place:
                repeated.append(_repeated(read.file, row, fact_id, first[account, fact_id]))
        problems.extend(by_place([*read.problems, *repeated], read.columns))
    return problems


def _repeated(file: str, row: int, fact_id: str, place: str) -> Problem:
    what = f"{shown(fact_id)} stands already in {place}"
    return Problem(file, row, "id", what, "give each charge, payment and credit of an account an id of its own")
