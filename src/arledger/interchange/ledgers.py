"""The ledgers that a file of entries comes to: one for each account in each currency.

The problem: an export holds many accounts, some of them in two currencies, and a ledger is one account in one currency.
The decision: ``ledgers_of`` parts what was read into these, as ``accounts_of`` parts charges and money, and it is here
that reading ends, so it is here that problems are raised, with the ids that stand twice. What contradicts itself only
over time (a return of a payment that is not there) is for ``replay`` to refuse.

Source: ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from arledger.interchange.accounts import check_problems, parted
from arledger.interchange.facts import Read
from arledger.ledger.books import Entry, Ledger, effective_day


@attrs.frozen(order=False)
class AccountLedger:
    """The ledger of one account in one currency."""

    account: str
    currency: str
    ledger: Ledger


def ledgers_of(read: Read[Entry]) -> tuple[AccountLedger, ...]:
    r"""What was read, by account and currency; if any row has a problem, ``RowErrors`` with all of them.

    >>> from arledger.interchange.entry_rows import read_entries
    >>> read = read_entries(["account,kind,id,on,amount,currency\n", "A-1,payment,P-17,2026-03-03,900,CAD\n"])
    >>> ledgers_of(read)
    (AccountLedger(account='A-1', currency='CAD', ledger=<Ledger in CAD: 1 entry>),)
    """
    check_problems([read], "give each entry of an account an id of its own")
    return tuple(
        AccountLedger(account, currency, Ledger(currency, entries)) for account, currency, entries in parted(read.facts)
    )


def last_posted(ledgers: Iterable[AccountLedger]) -> date | None:
    """The last day in the books of all; None where there is no entry."""
    return max((entry.posted for of in ledgers for entry in of.ledger.entries), default=None)


def last_day(ledgers: Iterable[AccountLedger]) -> date | None:
    """The last day on which any entry counts or is posted; None where there is no entry."""
    days = (max(effective_day(entry), entry.posted) for of in ledgers for entry in of.ledger.entries)
    return max(days, default=None)
