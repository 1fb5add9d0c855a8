"""The decision: which charges this money settles.

The problem: a dozen payments over two dozen charges, each with its own bars and wishes, must be placed in the same way
on every machine, to the cent, whatever the order of the input, and by an order that may be a user's function. The
cases: most accounts are plain (no payers, designations, restrictions, disputes, taxes, trust money) and their order is
a ranking that reads only the charges; one walk over two sorted lists serves them. Everything else is served one piece
of money at a time: first its designations, then the order, each over a pool of what this money may pay. The decision:
both ways end in the same rows of ints, and the rows are verified before anything is made of them.

``allocate`` is one decision at one moment: it considers every charge that it is given, whatever its dates. Time belongs
to replay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, TypeGuard

from arledger.allocation.desk import desk_of
from arledger.allocation.keys import Reads, column, refuse_rest
from arledger.allocation.order import Order, check_order
from arledger.allocation.outcome import Allocation
from arledger.allocation.ranking import Ranking, Ties, ordered
from arledger.allocation.records import AllocationRow, Designations, Served, Step, check_designations
from arledger.allocation.serving import Serving
from arledger.allocation.settled import left_of, settled_by
from arledger.checks import type_name
from arledger.currencies import currency_digits
from arledger.entries import Application, Charge, Credit, Payment
from arledger.errors import Conflict, CurrencyMismatch, InvalidType, InvalidValue, OrderError
from arledger.items import NO_MONEY, Context
from arledger.money import minor_text

_ROW = attrgetter("row")
_CHARGES = frozenset({Charge})
_MONEY = frozenset({Payment, Credit})


def allocate(
    money: Payment | Credit | Iterable[Payment | Credit],
    charges: Iterable[Charge],
    *,
    by: Order,
    applied: Iterable[Application] = (),
    designations: Designations = "only",
    currency: str | None = None,
) -> Allocation:
    """Decide which charges this money settles, and why.

    ``money`` is one payment or credit or many, served in the order (date, credits before payments, sequence, id), each
    judged on its own date. ``by`` is the order of application: a ranking, a composition, or any callable of that shape.
    ``applied`` are applications already made; they count as settled, and only new ones come out. ``designations`` says
    what becomes of designated money that its targets cannot take: "only" leaves it unapplied, "first" passes it on to
    ``by``, "ignore" passes all of it to ``by`` at once; for trust money, waivers and write-offs "only" holds always.
    ``currency`` is needed only where there are no facts to take it from.

    >>> from datetime import date
    >>> from arledger import OLDEST_FIRST, Category, Charge, Money, Payment
    >>> rent = Charge("R-03", Money("1800", "CAD"), due=date(2026, 3, 1), category=Category.RENT)
    >>> late = Charge("L-02", Money("50", "CAD"), due=date(2026, 2, 6), category=Category.LATE_FEE)
    >>> paid = Payment("P-17", Money("1820", "CAD"), received=date(2026, 3, 3))
    >>> result = allocate(paid, [rent, late], by=OLDEST_FIRST)
    >>> [(line.charge, str(line.amount)) for line in result.lines]
    [('L-02', '50.00 CAD'), ('R-03', '1770.00 CAD')]

    Refused: two currencies (``CurrencyMismatch``), an id twice or applications above a charge or its source
    (``Conflict``), an order that proposes what is not allowed (``OrderError``).

    Source: rules R1 to R8.
    """
    check_order(by, "allocate")
    check_designations(designations, "allocate")
    owed: list[Charge] = _facts(charges, _CHARGES, "charges")
    given: list[Payment | Credit] = _facts((money,) if type(money) in _MONEY else money, _MONEY, "money")
    charge_ids, open_before, charge_currencies, charge_special = _columns(owed)
    source_ids, unapplied_before, source_currencies, source_special = _columns(given)
    if len({*charge_ids, *source_ids}) != len(owed) + len(given):
        raise _id_twice([*owed, *given])
    used = {*charge_currencies, *source_currencies}
    in_currency = used.pop() if currency is None and len(used) == 1 else _one_currency([*owed, *given], currency)
    earlier = _applications(applied)
    settled = None
    if earlier:
        settled = settled_by(earlier, in_currency)
        earlier = tuple(sorted(earlier, key=attrgetter("id")))
        open_before = left_of(owed, settled.by_charge)
        unapplied_before = left_of(given, settled.by_source)

    if not (any(charge_special) or any(source_special)) and _is_plain(by):
        rows = _walk_plain(by, owed, charge_ids, open_before, unapplied_before)
        steps: tuple[Step, ...] = (Step(by),)
        served: tuple[Served, ...] = ()
    else:
        serving = Serving(by, desk_of(owed, open_before))
        within = settled.within_source if settled else {}
        for place, source in enumerate(given):
            serving.serve(place, source, unapplied_before[place], designations, within.get(source.id, {}))
        rows, steps, served = serving.rows, tuple(serving.steps), tuple(serving.served)

    open_after, unapplied_after = verified_balances(rows, open_before, unapplied_before, by, in_currency)
    return Allocation(
        in_currency,
        by,
        designations,
        tuple(owed),
        tuple(given),
        earlier,
        tuple(open_before),
        tuple(open_after),
        tuple(unapplied_before),
        tuple(unapplied_after),
        tuple(rows),
        steps,
        served,
    )


def _is_plain(by: Order) -> TypeGuard[Ranking]:
    """Whether one walk can serve it: a total ranking that reads only the charges."""
    return type(by) is Ranking and by.reads <= Reads.CHARGES and by.ties is Ties.IN_SEQUENCE


def _walk_plain(
    by: Ranking, owed: list[Charge], ids: Sequence[str], open_minor: Sequence[int], unapplied: Sequence[int]
) -> list[AllocationRow]:
    """The rows of plain facts under a total ranking: two sorted lists, walked once.

    The oracle of this walk is ``Serving``, which gives the same rows for any facts.
    """
    rows: list[AllocationRow] = []
    context = Context(NO_MONEY, dict(zip(ids, owed, strict=True)))
    if by.refuses and any(unapplied):
        refuse_rest(by.keys, [charge for charge, minor in zip(owed, open_minor, strict=True) if minor], context)
    columns = [column(key, owed, (), context) for key in by.keys]
    queue = iter(ordered(by, owed, columns))
    room = 0
    charge = -1
    for source, minor_unapplied in enumerate(unapplied):
        left = minor_unapplied
        while left:
            while not room:
                charge = next(queue, -1)
                if charge < 0:
                    return rows
                room = open_minor[charge]
            minor = min(room, left)
            rows.append((source, charge, minor, 0))
            room -= minor
            left -= minor
    return rows


def verified_balances(
    rows: Iterable[AllocationRow], open_minor: Sequence[int], unapplied: Sequence[int], by: Order, currency: str
) -> tuple[list[int], list[int]]:
    """What the rows leave open of each charge and unapplied of each source; impossible rows raise ``OrderError``."""
    open_after, unapplied_after = list(open_minor), list(unapplied)
    least = 1
    for source, charge, minor, _ in rows:
        unapplied_after[source] -= minor
        open_after[charge] -= minor
        if minor < least:  # noqa: PLR1730  # min() would cost as much as the two lines above
            least = minor
    if least < 1 or min(open_after, default=0) < 0 or min(unapplied_after, default=0) < 0:
        worst = min(least, *open_after, *unapplied_after)
        raise OrderError(
            f"order {by!r}: its rows do not balance, by {minor_text(worst, currency)}",
            field="order",
            value=by,
            hint="this is a fault of arledger: please report it",
        )
    return open_after, unapplied_after


def _facts(facts: Any, kinds: frozenset[type], field: str) -> list[Any]:
    """Facts of these kinds in canonical order."""
    try:
        found = list(facts)
    except TypeError:
        raise InvalidType(
            f"allocate: {field} is {type_name(facts)}", field=field, value=facts, hint=f"pass a list of {_names(kinds)}"
        ) from None
    if not kinds.issuperset(map(type, found)):
        wrong = next(fact for fact in found if type(fact) not in kinds)
        raise InvalidType(
            f"allocate: {field} holds {type_name(wrong)}, not {_names(kinds)}",
            field=field,
            value=wrong,
            hint=f"pass a list of {_names(kinds)}",
        )
    found.sort(key=_ROW)
    return found


def _names(kinds: Iterable[type]) -> str:
    return " or ".join(sorted(kind.__name__ for kind in kinds))


def _columns(facts: Sequence[Charge | Payment | Credit]) -> tuple[Any, Any, Any, Any]:
    """The ids, amounts, currencies and special marks of facts."""
    if not facts:
        return (), (), (), ()
    _, _, _, _, ids, minors, currencies, special = zip(*[fact.row for fact in facts], strict=True)
    return ids, minors, currencies, special


def _applications(applied: Any) -> tuple[Application, ...]:
    try:
        return tuple(applied)
    except TypeError:
        raise InvalidType(
            f"allocate: applied is {type_name(applied)}",
            field="applied",
            value=applied,
            hint="pass a list of Application",
        ) from None


def _one_currency(facts: Sequence[Charge | Payment | Credit], currency: str | None) -> str:
    """The currency of all facts, or what is wrong with it."""
    if currency is not None:
        currency_digits(currency)
    for fact in facts:
        if currency is None:
            currency = fact.amount.currency
        if fact.amount.currency != currency:
            raise CurrencyMismatch(
                f"{type(fact).__name__.lower()} {fact.id}: in {fact.amount.currency}, where others are in {currency}",
                field="currency",
                value=fact.amount.currency,
                hint="allocate each currency by itself",
            )
    if currency is None:
        raise InvalidValue("allocate: no facts to take a currency from", field="currency", hint="pass currency=")
    return currency


def _id_twice(facts: Iterable[Charge | Payment | Credit]) -> Conflict:
    """The error for facts of which two have one id."""
    known: set[str] = set()
    twice = next(fact for fact in facts if fact.id in known or known.add(fact.id))  # type: ignore[func-returns-value]
    return Conflict(
        f"{type(twice).__name__.lower()} {twice.id}: its id stands twice",
        field="id",
        value=twice.id,
        hint="ids are unique over all charges, payments and credits",
    )
