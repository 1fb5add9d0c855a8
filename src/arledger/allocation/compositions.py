"""Orders made of orders.

Five ways to build on an order, each a frozen value and an order itself:

- ``only(selector, order)``: the order, over the charges that the selector takes and no others;
- ``in_turn(a, b, ...)``: the first order, then the next with what is left;
- ``exact_match_first(then)``: an item that is open for exactly this money, else the order;
- ``shared(among=..., ties=..., then=...)``: shares between groups of charges, and an order inside each group;
- ``any_payer(order)``: the order, over the charges of every payer.

Each passes a pool to the orders inside it, so ``any_payer`` reaches other payers' charges at any depth; called as a
plain function with items, each is bound to those items.
"""

from __future__ import annotations

import attrs

from arledger.allocation.keys import Reads, check_grouping
from arledger.allocation.order import Order, check_order
from arledger.allocation.pool import Pool, PooledOrder, Proposal, ask
from arledger.allocation.ranking import Ranking, Ties, shares
from arledger.checks import check_instance, name_of
from arledger.entries import Category, Selector, check_selector
from arledger.errors import InvalidValue
from arledger.items import Incoming


@attrs.frozen(repr=False, order=False)
class _Only(PooledOrder):
    selector: Selector
    order: Order

    def proposals(self, incoming: Incoming, pool: Pool, /) -> list[Proposal]:
        desk = pool.desk
        places = [*pool.room, *pool.beyond]
        leads = [desk.charges[desk.leads[place]] for place in places]
        flags = self.selector.flags(leads, pool.context(incoming))
        inside = pool.among(place for place, flag in zip(places, flags, strict=True) if flag)
        return [proposal.under(f"only {self.selector!r}") for proposal in ask(self.order, incoming, inside)]

    def __repr__(self) -> str:
        return f"only({self.selector!r}, {name_of(self.order)})"


@attrs.frozen(repr=False, order=False)
class _InTurn(PooledOrder):
    orders: tuple[Order, ...]

    def proposals(self, incoming: Incoming, pool: Pool, /) -> list[Proposal]:
        found: list[Proposal] = []
        for turn, order in enumerate(self.orders, start=1):
            if not incoming.minor:
                break
            for proposal in ask(order, incoming, pool):
                found.append(proposal.under(f"turn {turn}"))
                pool = pool.less(proposal.taken)
                incoming = attrs.evolve(incoming, minor=incoming.minor - sum(proposal.taken.values()))
        return found

    def __repr__(self) -> str:
        return f"in_turn({', '.join(map(name_of, self.orders))})"


@attrs.frozen(repr=False, order=False)
class _ExactMatchFirst(PooledOrder):
    then: Order

    def proposals(self, incoming: Incoming, pool: Pool, /) -> list[Proposal]:
        desk, room = pool.desk, pool.room
        for lead, minor in sorted(desk.item_room(room).items()):
            if minor == incoming.minor:
                taken = {member: room[member] for member in desk.members[lead] if member in room}
                return [Proposal(self, taken, trail=("exact match",))]
        return ask(self.then, incoming, pool)

    def __repr__(self) -> str:
        return f"exact_match_first({name_of(self.then)})"


@attrs.frozen(repr=False, order=False)
class _Shared(PooledOrder):
    among: str
    ties: Ties
    then: Order

    def proposals(self, incoming: Incoming, pool: Pool, /) -> list[Proposal]:
        room = pool.widened().room if crosses_payers(self.then) else pool.room
        groups: dict[object, list[int]] = {}
        for place in room:
            lead = pool.desk.charges[pool.desk.leads[place]]
            groups.setdefault(getattr(lead, self.among), []).append(place)
        sums = [sum(room[place] for place in places) for places in groups.values()]
        found: list[Proposal] = []
        for (group, places), minor in zip(groups.items(), shares(self.ties, incoming.minor, sums), strict=True):
            if minor:
                part = attrs.evolve(incoming, minor=minor)
                name = group.value if isinstance(group, Category) else group
                step = f"share of {self.among} {name}" if group is not None else f"share without {self.among}"
                found += (proposal.under(step) for proposal in ask(self.then, part, pool.among(places)))
        return found

    def __repr__(self) -> str:
        return f"shared(among={self.among!r}, ties={self.ties!r}, then={name_of(self.then)})"


@attrs.frozen(repr=False, order=False)
class _AnyPayer(PooledOrder):
    order: Order

    def proposals(self, incoming: Incoming, pool: Pool, /) -> list[Proposal]:
        return [proposal.under("any payer") for proposal in ask(self.order, incoming, pool.widened())]

    def __repr__(self) -> str:
        return f"any_payer({name_of(self.order)})"


def only(selector: Selector, order: Order) -> _Only:
    """The order, over the charges that the selector takes; the rest of the money stays for others.

    A tax goes with what it taxes, so the selector is asked about the latter.
    """
    check_selector(selector, "only")
    check_order(order, "only")
    return _Only(selector, order)


def in_turn(*orders: Order) -> _InTurn:
    """The first order, then the second with the money that is left, and so on."""
    if not orders:
        raise InvalidValue("in_turn: no order", field="orders", value=orders, hint="pass at least one order")
    for order in orders:
        check_order(order, "in_turn")
    return _InTurn(orders)


def exact_match_first(then: Order) -> _ExactMatchFirst:
    """The oldest item that is open for exactly this money (a charge, with the taxes on it), else the order.

    Source: iDempiere's allocation by exact amount before oldest.
    """
    check_order(then, "exact_match_first")
    return _ExactMatchFirst(then)


def shared(*, among: str, ties: Ties, then: Order) -> _Shared:
    """Shares between groups of charges, in proportion to what is open of them or evenly, and an order inside each.

    ``among`` is the field that groups: "about", "category", "code", "invoice", "payer" or "period"; charges without it
    are one group. ``ties`` is ``Ties.PRO_RATA`` or ``Ties.EVENLY``.
    """
    check_grouping(among, "shared")
    check_instance(ties, Ties, "shared", "ties", "pass Ties.PRO_RATA or Ties.EVENLY")
    if ties is Ties.IN_SEQUENCE:
        raise InvalidValue(
            "shared: groups in sequence share nothing",
            field="ties",
            value=ties,
            hint="pass Ties.PRO_RATA or Ties.EVENLY",
        )
    check_order(then, "shared")
    return _Shared(among, ties, then)


def any_payer(order: Order) -> _AnyPayer:
    """The order, over the charges of every payer: the one way in which money crosses from a payer to another's charges.

    A designation still crosses no payer, and a restriction still bars. Source: rule R6.
    """
    check_order(order, "any_payer")
    return _AnyPayer(order)


def reads_date(order: Order) -> bool:
    """Whether what an order gives may depend on the day: of a function of the user's, nobody knows."""
    if isinstance(order, Ranking):
        return order.reads >= Reads.DATE
    if isinstance(order, _InTurn):
        return any(reads_date(inner) for inner in order.orders)
    if isinstance(order, _Only):
        return order.selector.reads_date or reads_date(order.order)
    if isinstance(order, _AnyPayer):
        return reads_date(order.order)
    return reads_date(order.then) if isinstance(order, (_ExactMatchFirst, _Shared)) else True


def crosses_payers(order: Order) -> bool:
    """Whether an order holds ``any_payer`` somewhere, at any depth."""
    if isinstance(order, _AnyPayer):
        return True
    if isinstance(order, _InTurn):
        return any(crosses_payers(inner) for inner in order.orders)
    if isinstance(order, _Only):
        return crosses_payers(order.order)
    return isinstance(order, (_ExactMatchFirst, _Shared)) and crosses_payers(order.then)
