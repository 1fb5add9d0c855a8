"""The accounts that a file of charges and a file of money speak of.

The problem: an export holds many accounts, some of them in two currencies, and an allocation is one decision about one
account in one currency. The decision: ``accounts_of`` parts what was read into these, the accounts in the order of
their first appearance and the currencies of each sorted; and it is here that reading ends, so it is here that problems
are raised, of both files and together with the ids that stand twice.

Source: ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

import attrs

from arledger.checks import shown
from arledger.entries import Charge, Credit, Payment
from arledger.interchange.facts import FactRow, Read
from arledger.interchange.problems import Problem, RowErrors, by_place

if TYPE_CHECKING:
    from arledger.ledger.books import Entry

F = TypeVar("F", bound="Entry")


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
    check_problems((charges, money), "give each charge, payment and credit of an account an id of its own")
    rows: list[FactRow[Charge | Payment | Credit]] = [*charges.facts, *money.facts]
    return tuple(
        AccountFacts(
            account,
            currency,
            tuple(fact for fact in facts if isinstance(fact, Charge)),
            tuple(fact for fact in facts if not isinstance(fact, Charge)),
        )
        for account, currency, facts in parted(rows)
    )


def parted(rows: Iterable[FactRow[F]]) -> list[tuple[str, str, list[F]]]:
    """The facts of each account in each currency: accounts as they first appear, currencies sorted."""
    parts: dict[str, dict[str, list[F]]] = {}
    for row in rows:
        parts.setdefault(row.account, {}).setdefault(row.currency, []).append(row.fact)
    return [
        (account, currency, facts)
        for account, currencies in parts.items()
        for currency, facts in sorted(currencies.items())
    ]


def check_problems(reads: Iterable[Read[Entry]], hint: str) -> None:
    """Raise ``RowErrors`` with the problems of all files, and with the ids that stand twice in an account.

    The problems stand file by file and by row; ``hint`` is what would be right instead of an id that stands twice.
    """
    problems: list[Problem] = []
    first: dict[tuple[str, str], str] = {}
    for read in reads:
        repeated = []
        for row, account, fact_id in read.ids:
            place = f"{read.file}, row {row}"
            if first.setdefault((account, fact_id), place) is not place:
                what = f"{shown(fact_id)} stands already in {first[account, fact_id]}"
                repeated.append(Problem(read.file, row, "id", what, hint))
        problems.extend(by_place([*read.problems, *repeated], read.columns))
    if problems:
        raise RowErrors(problems)
