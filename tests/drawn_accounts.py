"""Many accounts decided by many orders, and one digest of all that came of it; run as a script, it prints the digest.

    python drawn_accounts.py [SHUFFLE [hostile]]

Nothing but seeded ``random.Random(...).randrange`` draws here, whose numbers are the same in every version of Python.
SHUFFLE seeds the order in which the facts are handed over, which must not matter. "hostile" sets a decimal context of
one digit that traps everything before arledger is imported.
"""

from __future__ import annotations

import decimal
import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from arledger import Allocation, Application, Charge, Credit, Designation, Incoming, OpenItem, Order, Payment

ACCOUNTS = 80
FIRST_DAY = date(2026, 1, 29)
T = TypeVar("T")


def hostile() -> None:
    """Make decimal arithmetic useless to whoever relies on the context: one digit, and every signal raises."""
    for context in (decimal.DefaultContext, decimal.getcontext()):
        context.prec = 1
        context.Emax = 1
        context.Emin = -1
        context.rounding = decimal.ROUND_UP
        for signal in context.traps:
            context.traps[signal] = True


def pick(random: Random, *values: T) -> T:
    """One of the values."""
    return values[random.randrange(len(values))]


def shuffled(random: Random | None, values: Sequence[T]) -> list[T]:
    """The values in another order, or as they are."""
    left, found = list(values), []
    while left:
        found.append(left.pop(random.randrange(len(left)) if random else 0))
    return found


def day(random: Random) -> date:
    """A day of a few weeks that span two month-ends."""
    return FIRST_DAY + timedelta(days=random.randrange(40))


def drawn_charges(random: Random, currency: str) -> list[Charge]:
    """Up to twelve charges with everything that a rule may read, taxes and taxes on taxes among them."""
    from arledger import Category, Charge, Dispute, Money, Period

    attributes: list[dict[str, Any]] = [{}, {"rate": 5}, {"rate": decimal.Decimal("5.25")}, {"rate": -1, "x": "y"}]
    charges: list[Charge] = []
    for number in range(random.randrange(1, 13)):
        due, minor = day(random), pick(random, 1, 5, 100, 33333, 10 ** random.randrange(1, 20)) + random.randrange(50)
        part = Money.from_minor(1 + random.randrange(minor), currency)
        parent = charges[random.randrange(len(charges))].id if charges else "gone"
        start = due.replace(day=1)
        disputes: list[bool | Dispute] = [False, False, False, True, Dispute(part), Dispute(None, day(random))]
        charges.append(
            Charge(
                f"{pick(random, 'C', 'é>', '%')}{number}",
                Money.from_minor(minor, currency),
                due=due,
                posted=due - timedelta(days=random.randrange(4)),
                category=pick(random, *Category, Category.RENT, Category.TAX, Category.TAX),
                code=pick(random, None, "PARK", "it's"),
                invoice=pick(random, None, "17", "18"),
                payer=pick(random, None, None, None, "ann", "bob"),
                about=pick(random, None, parent),
                period=pick(random, None, Period(start, start + timedelta(days=28))),
                disputed=pick(random, *disputes),
                tags=pick(random, (), ("old",), ("weekly", "old")),
                attributes=pick(random, *attributes),
                sequence=pick(random, None, None, random.randrange(-3, 4)),
            )
        )
    return charges


def drawn_designations(random: Random, minor: int, currency: str) -> tuple[Designation, ...]:
    """None mostly; else up to three wishes, some with amounts."""
    from arledger import Designation, Money, where

    if random.randrange(3):
        return ()
    targets: list[Any] = ["C0", "é>1", "gone", where.code("PARK"), where.rent & ~where.past_due, where.tagged("old")]
    most = minor // 3
    return tuple(
        Designation(pick(random, *targets), Money.from_minor(1 + random.randrange(most), currency))
        if most and random.randrange(2)
        else Designation(pick(random, *targets))
        for _ in range(random.randrange(1, 4))
    )


def drawn_money(random: Random, currency: str) -> list[Payment | Credit]:
    """Up to five payments and credits."""
    from arledger import Credit, CreditKind, Money, Payment, where

    money: list[Payment | Credit] = []
    for number in range(random.randrange(6)):
        minor = pick(random, 1, 7, 100, 40000, 10 ** random.randrange(1, 20)) + random.randrange(50)
        amount, wishes = Money.from_minor(minor, currency), drawn_designations(random, minor, currency)
        payer, on = pick(random, None, None, "ann", "bob"), day(random)
        if random.randrange(3):
            money.append(
                Payment(
                    f"P>{number}",
                    amount,
                    received=on,
                    payer=payer,
                    designations=wishes,
                    restriction=pick(random, None, None, None, where.invoice("17"), ~where.rent),
                    fund=pick(random, "operating", "operating", "operating", "trust"),
                    sequence=pick(random, None, random.randrange(3)),
                )
            )
        else:
            kind = pick(random, *CreditKind) if wishes else CreditKind.CONCESSION
            money.append(Credit(f"K{number}", amount, granted=on, kind=kind, payer=payer, designations=wishes))
    return money


def drawn_applied(random: Random, lines: Sequence[Application]) -> list[Application]:
    """Some of the lines, some of them undone in part."""
    from arledger import Application, Money

    applied = []
    for line in lines:
        if random.randrange(2):
            applied.append(line)
            if random.randrange(3) == 0:
                part = Money.from_minor(1 + random.randrange(line.amount.minor), line.amount.currency)
                applied.append(Application(line.source, line.charge, part, line.on, reverses=line.id))
    return applied


def from_the_back(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    """An order of a user: the last item first."""
    amounts, left = {}, incoming.minor
    for item in reversed(items):
        amounts[item.id] = min(left, item.offered_minor)
        left -= amounts[item.id]
    return amounts


def length_of_id(item: OpenItem, context: Any) -> int | None:
    """A key of a user, that has no value for some."""
    return len(item.id) if item.open_minor % 2 else None


def orders() -> list[Order]:
    """Every named order, every composition, orders and keys of users, and one that refuses."""
    from arledger import (
        NAMED_ORDERS,
        OLDEST_FIRST,
        PRO_RATA,
        Category,
        Ranking,
        Taxes,
        Ties,
        any_payer,
        attribute,
        due_date,
        exact_match_first,
        first,
        group_due,
        in_order,
        in_turn,
        only,
        parent_due,
        posted_date,
        shared,
        where,
    )

    return [
        *(named.order for named in NAMED_ORDERS.values()),
        Ranking(group_due("invoice"), parent_due.descending, posted_date, taxes=Taxes.TAX_FIRST),
        Ranking(in_order(where.code("PARK"), where.tagged("old")), ties=Ties.EVENLY, taxes=Taxes.CHARGE_FIRST),
        Ranking(in_order(where.category(*Category), where.is_due, rest="refuse"), attribute("rate")),
        Ranking(in_order(where.rent, where.category(Category.TAX), rest="refuse"), due_date),
        Ranking(length_of_id, ties=Ties.PRO_RATA),
        Ranking(first(where.past_due | where.invoice("18")), due_date.descending),
        from_the_back,
        any_payer(in_turn(only(where.rent, OLDEST_FIRST), from_the_back)),
        in_turn(PRO_RATA, any_payer(PRO_RATA)),
        shared(among="invoice", ties=Ties.PRO_RATA, then=exact_match_first(from_the_back)),
        shared(
            among="period", ties=Ties.EVENLY, then=shared(among="payer", ties=Ties.EVENLY, then=any_payer(PRO_RATA))
        ),
    ]


def told(allocation: Allocation) -> Iterator[str]:
    """All that an allocation says."""
    yield repr(allocation)
    yield repr(allocation.lines)
    yield repr(dict(allocation.open))
    yield repr(dict(allocation.unapplied))
    yield repr(dict(allocation.by_charge))
    yield repr(dict(allocation.by_source))
    yield repr(allocation.applied)
    yield repr(allocation.explanation)
    yield str(allocation.explanation)


def texts(shuffle: int | None = None) -> Iterator[str]:
    """All that the allocations of all accounts say, or how they are refused."""
    from arledger import ArledgerError, allocate, any_payer
    from arledger.allocation.records import DESIGNATION_MODES
    from arledger.checks import name_of

    by_all = orders()
    mixing = None if shuffle is None else Random(shuffle)
    for number in range(ACCOUNTS):
        random = Random(number)
        currency = pick(random, "CAD", "CAD", "JPY", "KWD")
        charges, money = drawn_charges(random, currency), drawn_money(random, currency)
        earlier = allocate(money[:2], charges, by=any_payer(by_all[0]), currency=currency).lines
        applied = drawn_applied(random, earlier) if random.randrange(2) else []
        for place, by in enumerate(by_all):
            yield f"account {number}, {name_of(by)}"
            try:
                allocation = allocate(
                    shuffled(mixing, money),
                    shuffled(mixing, charges),
                    by=by,
                    applied=shuffled(mixing, applied),
                    designations=DESIGNATION_MODES[(number + place) % len(DESIGNATION_MODES)],
                    currency=currency,
                )
                yield from told(allocation)
            except ArledgerError as error:
                yield f"{type(error).__name__}: {error}"


def digest(shuffle: int | None = None) -> str:
    """The digest of all of it."""
    return digest_of(texts(shuffle))


def digest_of(told: Iterable[str]) -> str:
    """One digest of many texts."""
    found = hashlib.sha256()
    for text in told:
        found.update(text.encode())
        found.update(b"\n")
    return found.hexdigest()


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if "hostile" in arguments:
        hostile()
    sys.stdout.write(digest(int(arguments[0]) if arguments else None))
