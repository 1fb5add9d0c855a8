"""What all agreements of an account want together, brought to what is there: money on hand, ceilings, whole cents.

Source: rules R12, R14 and R15.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil

from arledger.autopay.agreements import check_parts
from arledger.autopay.classes import ItemClass
from arledger.autopay.division import lowered_beside, placed, rounded_divisions, spread
from arledger.autopay.snapshot import Snapshot
from arledger.autopay.taking import Taking
from arledger.entries import Category, Credit, Payment
from arledger.ledger.balances import free_money

ON_HAND = "money on hand"
_ROUNDING = "rounding"
_PAID = "paid by its payer before"
Division = tuple[list[str], list[Taking]]
"""Items that the same agreements share in the same parts, by their ids; and these agreements."""


def share_out(snapshot: Snapshot, takings: Sequence[Taking]) -> None:
    """From what each wants to the whole cents of each item that each pulls, limits apart."""
    _check_shares(takings)
    divisions = _divisions(takings)
    still_paid = _fit(snapshot, divisions, takings)
    _lower_by_money_on_hand(snapshot, takings)
    exact = _within_account(snapshot, divisions, takings, still_paid)
    _place(snapshot, divisions, takings, exact)


def _check_shares(takings: Sequence[Taking]) -> None:
    """Refuse charges that agreements share by more than the whole, or that one payer shares twice."""
    checked: set[tuple[Fraction, ...]] = set()
    for items in zip(*(sorted(taking.items, key=lambda item: item.id) for taking in takings), strict=True):
        shares = tuple(item.share for item in items)
        if shares not in checked:
            parts = [(taking.agreement, share) for taking, share in zip(takings, shares, strict=True) if share]
            check_parts(parts, f"charge {items[0].id}")
            checked.add(shares)


def _lower_by_money_on_hand(snapshot: Snapshot, takings: Sequence[Taking]) -> None:
    """Lower what is wanted by unapplied credits, as far as the policy has it, and by the payer's own payments."""
    includes = snapshot.policy.includes
    for credit, minor in _credits(snapshot):
        is_adjustment = credit.category is Category.ADJUSTMENT
        if includes.nets_adjustments if is_adjustment else includes.nets_credits:
            left_of_it = Fraction(minor)
            for taking, part in zip(takings, _parts_of_credit(takings, credit.payer), strict=True):
                by = min(part * minor, left_of_it)
                if by and taking.wants:
                    left_of_it -= by - taking.lower(by, f"unapplied credit {credit.id}")
    left = _own_money(snapshot)
    for taking in takings:
        payer = taking.agreement.payer
        if taking.wants and left.get(payer):
            left[payer] = taking.lower(left[payer], f"{ON_HAND} of its payer")


def _credits(snapshot: Snapshot) -> list[tuple[Credit, int]]:
    money = snapshot.position.money
    found = ((money[place], minor) for place, minor in free_money(snapshot.position))
    return [(source, minor) for source, minor in found if isinstance(source, Credit)]


def _free_payments(snapshot: Snapshot) -> list[tuple[Payment, int]]:
    """Payments that settle nothing and might; one that is restricted would have paid what it may."""
    money = snapshot.position.money
    found = ((money[place], minor) for place, minor in free_money(snapshot.position))
    return [(source, minor) for source, minor in found if isinstance(source, Payment) and source.restriction is None]


def _own_money(snapshot: Snapshot) -> dict[str | None, Fraction]:
    """What each payer has on hand; what is of a payer without an agreement lowers all, by the ceiling."""
    found: dict[str | None, Fraction] = {}
    for payment, minor in _free_payments(snapshot):
        found[payment.payer] = found.get(payment.payer, Fraction(0)) + minor
    return found


def _parts_of_credit(takings: Sequence[Taking], payer: str | None) -> list[Fraction]:
    """The part of a credit that lowers each pull: all of the payer's own; of nobody's, its share of what it pays.

    Where they pay other items, these may come to more than the whole; then it is its share of what all pay.
    """
    if payer is not None:
        return [Fraction(payer == taking.agreement.payer) for taking in takings]
    asked = [[item for item in taking.items if item.id in taking.wants] for taking in takings]
    own = [sum((item.share * item.amount_minor for item in items), Fraction(0)) for items in asked]
    wholes = [sum(item.amount_minor for item in items) for items in asked]
    if sum(one / whole for one, whole in zip(own, wholes, strict=True) if whole) > 1:
        of_all = {item.id: item.amount_minor for items in asked for item in items}
        wholes = [sum(of_all.values())] * len(takings)
    return [one / whole if whole else one for one, whole in zip(own, wholes, strict=True)]


def _fit(snapshot: Snapshot, divisions: Sequence[Division], takings: Sequence[Taking]) -> list[list[Fraction]]:
    """Lower what all want of each division to what is payable of it, less what each has paid of it first.

    Where a run is repeated, nobody is asked for another sum since others were first. What is left of what each has
    paid, in each division.
    """
    paid_of: dict[str, Fraction] = {}
    found = []
    for names, members in divisions:
        payable = [snapshot.offered.get(name, 0) for name in names]
        wants = [[taking.wants[name] for taking in members] for name in names]
        totals = [sum(column, Fraction(0)) for column in zip(*wants, strict=True)]
        paid = [_paid_of(snapshot, taking, names) for taking in members]
        lowered, left = lowered_beside(
            totals,
            sum(payable),
            paid,
            pulled=[_of(snapshot.pulled_of, taking, names) for taking in members],
            pulled_in_all=sum(snapshot.pulled.get(name, 0) for name in names),
        )
        for name, row in zip(names, spread(lowered, wants, payable), strict=True):
            for taking, want in zip(members, row, strict=True):
                taking.wants[name] = want
        for taking, by_hand, rest in zip(members, paid, left, strict=True):
            paid_of[taking.agreement.id] = paid_of.get(taking.agreement.id, Fraction(0)) + by_hand - rest
        found.append(left)
    for taking in takings:
        if taking.wants:
            taking.note(_PAID, taking.wanted_sum - paid_of[taking.agreement.id])
            taking.note("what is payable of it", sum(taking.wants.values(), Fraction(0)))
    return found


def _within_account(
    snapshot: Snapshot,
    divisions: Sequence[Division],
    takings: Sequence[Taking],
    paid: Sequence[Sequence[Fraction]],
) -> list[list[Fraction]]:
    """Lower what all want together to what is payable of it, less all unapplied payments: a row for each division."""
    wants = [[sum((taking.wants[name] for name in names), Fraction(0)) for taking in own] for names, own in divisions]
    payable = sum(snapshot.offered.get(name, 0) for names, _ in divisions for name in names)
    free = sum(minor for _, minor in _free_payments(snapshot))
    pulled = [_of(snapshot.pulled_of, taking, names) for names, members in divisions for taking in members]
    flat = [amount for row in wants for amount in row]
    lowered, left = lowered_beside(
        [amount + own for amount, own in zip(flat, pulled, strict=True)],
        payable - free,
        [own for row in paid for own in row],
        pulled=pulled,
        pulled_in_all=sum(snapshot.pulled.get(name, 0) for names, _ in divisions for name in names),
    )
    found = _like(wants, lowered)
    before, used, after = _sums(divisions, wants), _sums(divisions, paid), _sums(divisions, found)
    still_paid = _sums(divisions, _like(wants, left))
    for taking in takings:
        if taking.wants:
            name = taking.agreement.id
            taking.note(_PAID, before[name] - used[name] + still_paid[name])
            taking.note(ON_HAND, after[name])
            if after[name] < before[name]:
                for item in taking.wants:
                    taking.reasons.setdefault(item, []).append(ON_HAND)
    return found


def _place(
    snapshot: Snapshot,
    divisions: Sequence[Division],
    takings: Sequence[Taking],
    exact: Sequence[Sequence[Fraction]],
) -> None:
    """Round what all pull together once, and put it on the items."""
    offered = snapshot.offered
    for (names, members), units in zip(divisions, rounded_divisions(exact), strict=True):
        wants = [[taking.wants[name] for taking in members] for name in names]
        rows = placed(units, wants, [offered.get(name, 0) for name in names])
        for name, row in zip(names, rows, strict=True):
            for taking, minor in zip(members, row, strict=True):
                if minor:
                    taking.parts[name] = minor
    most = {name: ceil(exactly) for name, exactly in _sums(divisions, exact).items()}
    before = sum(taking.amount for taking in takings)
    for taking in takings:
        _put_in_order(taking)
        if taking.wants:
            taking.cut(most[taking.agreement.id] + taking.undesignated, _ROUNDING)
    for _ in range(before - sum(taking.amount for taking in takings)):
        _hand_on(takings, _sums(divisions, exact), offered)
    for taking in takings:
        _put_in_order(taking)
        if taking.wants:
            taking.note(_ROUNDING, Fraction(sum(taking.parts.values())))


def _put_in_order(taking: Taking) -> None:
    taking.parts = {item.id: taking.parts[item.id] for item in taking.items if item.id in taking.parts}


def _hand_on(takings: Sequence[Taking], sums: Mapping[str, Fraction], offered: Mapping[str, int]) -> None:
    """Give a unit that was one too many for its payer to whoever lacks most of its own sum, and has room for it."""
    lacks = {taking: sums[taking.agreement.id] - sum(taking.parts.values()) for taking in takings if taking.wants}
    room = {name: minor - sum(taking.parts.get(name, 0) for taking in takings) for name, minor in offered.items()}
    for taking in sorted(lacks, key=lambda taking: -lacks[taking]):
        fitting = [name for name, want in taking.wants.items() if want and room.get(name)]
        if lacks[taking] > 0 and fitting:
            taking.parts[fitting[0]] = taking.parts.get(fitting[0], 0) + 1
            return


def _like(rows: Sequence[Sequence[Fraction]], flat: Iterable[Fraction]) -> list[list[Fraction]]:
    """Numbers one after another, in rows as long as others are."""
    rest = iter(flat)
    return [[next(rest) for _ in row] for row in rows]


def _sums(divisions: Sequence[Division], amounts: Sequence[Sequence[Fraction | int]]) -> dict[str, Fraction]:
    """What the parts of each agreement come to, over all divisions, by its id."""
    found: dict[str, Fraction] = {}
    for (_, members), row in zip(divisions, amounts, strict=True):
        for taking, amount in zip(members, row, strict=True):
            found[taking.agreement.id] = found.get(taking.agreement.id, Fraction(0)) + amount
    return found


def _divisions(takings: Sequence[Taking]) -> list[Division]:
    """The items that the same agreements share in the same parts, and these agreements.

    Pending increases are apart: what is pulled for one may go back to its payer, so each pays their own part of it.
    """
    sharers: dict[tuple[bool, str], list[tuple[int, Fraction]]] = {}
    for place, taking in enumerate(takings):
        for item in taking.items:
            if item.id in taking.wants:
                is_increase = item.item_class is ItemClass.PENDING_INCREASE
                sharers.setdefault((is_increase, item.id), []).append((place, item.share))
    grouped: dict[tuple[bool, tuple[tuple[int, Fraction], ...]], list[str]] = {}
    for (is_increase, name), shared in sharers.items():
        grouped.setdefault((is_increase, tuple(shared)), []).append(name)
    return [(names, [takings[place] for place, _ in shared]) for (_, shared), names in grouped.items()]


def _paid_of(snapshot: Snapshot, taking: Taking, names: Iterable[str]) -> int:
    """What its payer has paid otherwise of items that were asked for by what was charged."""
    asked = [name for name in names if name in taking.wanted.of_amounts]
    return _of(snapshot.paid, taking, asked) - _of(snapshot.pulled_of, taking, asked)


def _of(amounts: Mapping[tuple[str | None, str], int], taking: Taking, names: Iterable[str]) -> int:
    """What amounts by payer and item come to for some items."""
    return sum(amounts.get((taking.agreement.payer, name), 0) for name in names)
