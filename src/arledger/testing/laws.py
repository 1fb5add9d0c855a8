"""The laws that orders of application keep, as values with names.

The problem: that an order is right is a dozen claims, of which a test by example makes two. The cases: what every
order must keep, whoever wrote it; what an order keeps that never leaves money while something could be paid
(exhaustive); what one keeps that puts all charges in a line (total); and what one keeps whose ties share (pro rata,
evenly). The decision: each claim is a ``Law`` with a name and a sentence; called with an order and an ``Account``, it
raises ``LawBroken``, which shows both.

Source: ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

import attrs

from arledger.allocation.keys import Reads
from arledger.allocation.order import Order, check_order
from arledger.allocation.ranking import Ranking, Ties
from arledger.checks import name_of
from arledger.testing import duties, promises
from arledger.testing.cases import Account, plain_of, rebuilt
from arledger.testing.decisions import Refused, decided

Keeper = Literal["every", "exhaustive", "total", "pro rata", "evenly"]


class LawBroken(AssertionError):
    """An order broke a law: which one, on which account, and how.

    ``law`` is the law, ``order`` the order, ``account`` the account on which it was broken, ``found`` says how. The
    text has them all, and what the order did.
    """

    def __init__(self, law: Law, order: Order, account: Account, found: str) -> None:
        super().__init__(law, order, account, found)
        self.law = law
        self.order = order
        self.account = account
        self.found = found

    def __str__(self) -> str:
        return (
            f"{name_of(self.order)} breaks the law {self.law.name!r}: {self.law.text}\n\n{self.found}\n\n"
            f"{self.account}\n\n{_outcome_text(self.order, self.account)}"
        )


@attrs.frozen(order=False, eq=False)
class Law:
    """What orders keep: its name, its sentence, and of which orders it holds. Called with an order and an account.

    ``of`` is "every" order, or those that are "exhaustive" or "total", or whose ties share "pro rata" or "evenly". A
    ``plain`` law is about accounts without bars and wishes, and strips them from the account that it is called with.
    """

    name: str
    text: str
    of: Keeper
    breach: Callable[[Order, Account], str | None] = attrs.field(repr=False)
    plain: bool = False

    def __call__(self, order: Order, account: Account, /) -> None:
        """Raise ``LawBroken`` if the order breaks the law on this account."""
        case = plain_of(account) if self.plain else account
        try:
            found = self.breach(order, case)
        except Refused as refused:
            error = refused.error
            raise LawBroken(PROPOSALS, order, refused.account, f"{type(error).__name__}: {error}") from error
        if found is not None:
            raise LawBroken(self, order, case, found)


def laws_of(
    order: Order, *, exhaustive: bool | None = None, total: bool | None = None, ties: Ties | None = None
) -> tuple[Law, ...]:
    """The laws that an order is to keep: those of every order, and those of what it promises.

    What is not said is known of a ranking (it is exhaustive; it is total where ties are in sequence and its keys read
    neither date nor money; its ties are its own), and not claimed for any other order.
    """
    check_order(order, "laws_of")
    if isinstance(order, Ranking):
        exhaustive = True if exhaustive is None else exhaustive
        total = order.ties is Ties.IN_SEQUENCE and order.reads <= Reads.CHARGES if total is None else total
        ties = order.ties if ties is None else ties
    kept = {
        "every": True,
        "exhaustive": exhaustive,
        "total": total,
        "pro rata": ties is Ties.PRO_RATA,
        "evenly": ties is Ties.EVENLY,
    }
    return tuple(law for law in LAWS.values() if kept[law.of])


def _outcome_text(order: Order, account: Account) -> str:
    """What an order does with an account; on a copy of it, lest the order changes what it is shown."""
    try:
        return f"the order did:\n\n{decided(order, rebuilt(account, str)).explanation}"
    except Refused:
        return "the order was refused"


PROPOSALS = Law(
    "proposals",
    "an order answers with ints of minor units, from 0 to what is offered, for items that it was offered, at most the "
    "money in all; and it never fails",
    "every",
    duties.refused,
)
SAME_AGAIN = Law("same again", "the same money and charges have the same outcome again", "every", duties.differs_again)

_ALL = (
    Law("inputs unchanged", "no charge, payment or credit is changed by a decision", "every", duties.inputs_changed),
    PROPOSALS,
    SAME_AGAIN,
    Law(
        "conservation",
        "what a payment or credit pays and what stays unapplied of it are its amount, and what settles a charge and "
        "what stays open of it are its amount",
        "every",
        duties.not_conserved,
    ),
    Law("bounds", "no line is below one minor unit, and no balance below zero", "every", duties.out_of_bounds),
    Law(
        "bars",
        "money pays nothing that its payer, its restriction or its fund keeps it from, and nothing disputed; save what "
        "it is designated to, within payer and restriction",
        "every",
        duties.bar_crossed,
    ),
    Law("input order", "the order in which facts are given does not matter", "every", duties.order_of_input_counts),
    Law(
        "hash seed",
        "the outcome does not depend on the hashes of ids, as the order of a set does",
        "every",
        duties.hash_counts,
    ),
    Law("one line an id", "no two lines have the same id", "every", duties.line_twice),
    Law(
        "continuation",
        "what earlier lines settled counts as settled, and gets no line twice",
        "every",
        duties.not_continued,
    ),
    Law(
        "exhaustion",
        "money that no wish binds stays unapplied only if nothing that it may pay is open",
        "exhaustive",
        promises.not_exhausted,
    ),
    Law(
        "one after another",
        "a charge is paid only when those before it are settled, so at most one is paid in part",
        "total",
        promises.begun_before_settled,
        plain=True,
    ),
    Law("in parts", "paying x and then y is paying x + y", "total", promises.parts_differ, plain=True),
    Law(
        "in calls",
        "placing money in two calls, the later knowing the lines of the earlier, is placing it in one",
        "total",
        promises.calls_differ,
        plain=True,
    ),
    Law(
        "shares in proportion",
        "each share of what is open in a rank is less than one minor unit off its exact proportion, and a later rank "
        "waits",
        "pro rata",
        promises.off_proportion,
        plain=True,
    ),
    Law(
        "even shares",
        "each share in a rank is less than one minor unit off the level that all reach that can, and a later rank "
        "waits",
        "evenly",
        promises.off_even,
        plain=True,
    ),
)

LAWS: Mapping[str, Law] = MappingProxyType({law.name: law for law in _ALL})
"""Every law by its name."""
