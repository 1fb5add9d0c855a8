"""What all agreements of an account want together, brought to what is there: money on hand, ceilings, whole cents.

Source: rules R12, R14 and R15.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil

from arledger.autopay.agreements import check_parts
from arledger.autopay.division import lowered_to, placed, rounded_divisions
from arledger.autopay.snapshot import Snapshot
from arledger.autopay.taking import Taking
from arledger.autopay.wanted import facts_of
from arledger.entries import Category, Credit, Payment
from arledger.ledger.balances import free_money

ON_HAND = "money on hand"
_ROUNDING = "rounding"
Division = tuple[list[str], list[Taking]]
"""Items that the same agreements share in the same parts, by their ids; and these agreements."""


def check_shares(takings: Sequence[Taking]) -> None:
    """Refuse charges that agreements share by more than the whole, or that one payer shares twice."""
    takers = [taking for taking in takings if facts_of(taking.agreement.rule).takes_items]
    checked: set[tuple[Fraction, ...]] = set()
    for items in zip(*(sorted(taking.items, key=lambda item: item.id) for taking in takers), strict=True):
        shares = tuple(item.share for item in items)
        if shares not in checked:
            parts = [(taking.agreement, share) for taking, share in zip(takers, shares, strict=True) if share]
            check_parts(parts, f"charge {items[0].id}")
            checked.add(shares)


def lower_by_money_on_hand(snapshot: Snapshot, takings: Sequence[Taking]) -> None:
    """Lower what is wanted by unapplied credits, as far as the policy has it, and by the payer's own payments."""
    includes = snapshot.policy.includes
    for credit, minor in _credits(snapshot):
        is_adjustment = credit.category is Category.ADJUSTMENT
        if includes.nets_adjustments if is_adjustment else includes.nets_credits:
            for taking in takings:
                by = _part_of_credit(taking, credit.payer) * minor
                if by and taking.wants:
                    taking.lower(by, f"unapplied credit {credit.id}")
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


def _part_of_credit(taking: Taking, payer: str | None) -> Fraction:
    """The part of a credit that lowers a pull: all of the payer's own; of nobody's, its share of what it pays."""
    if payer is not None:
        return Fraction(payer == taking.agreement.payer)
    asked = [item for item in taking.items if item.id in taking.wants]
    whole = sum(item.amount_minor for item in asked)
    return sum((item.share * item.amount_minor for item in asked), Fraction(0)) / whole if whole else Fraction(0)


def divide(snapshot: Snapshot, takings: Sequence[Taking]) -> None:
    """Lower what all want to what is payable, round it once, and place it on the items."""
    divisions = _divisions(takings)
    exact = _lowered(snapshot, divisions, takings)
    offered = snapshot.offered
    for (names, members), units in zip(divisions, rounded_divisions(exact), strict=True):
        wants = [[taking.wants[name] for taking in members] for name in names]
        rows = placed(units, wants, [offered.get(name, 0) for name in names])
        for name, row in zip(names, rows, strict=True):
            for taking, minor in zip(members, row, strict=True):
                if minor:
                    taking.parts[name] = minor
    sums = _sums(divisions, exact)
    for taking in takings:
        taking.parts = {item.id: taking.parts[item.id] for item in taking.items if item.id in taking.parts}
        if taking.wants:
            taking.cut(ceil(sums[taking.agreement.id]), _ROUNDING)
            taking.note(_ROUNDING, Fraction(taking.amount))


def _lowered(snapshot: Snapshot, divisions: Sequence[Division], takings: Sequence[Taking]) -> list[list[Fraction]]:
    """What each wants of each division, lowered to what is payable of it, and all together by money on hand."""
    wanted = [[sum((taking.wants[name] for name in names), Fraction(0)) for taking in own] for names, own in divisions]
    paid = [[_paid_of(snapshot, taking, names) for taking in members] for names, members in divisions]
    payable = [sum(snapshot.offered.get(name, 0) for name in names) for names, _ in divisions]
    fitting, left = [], []
    for amounts, most, own in zip(wanted, payable, paid, strict=True):
        lowered, rest = lowered_to(amounts, most, own)
        fitting.append(lowered)
        left.append(rest)
    free = sum(minor for _, minor in _free_payments(snapshot))
    flat, rest = lowered_to(
        [amount for amounts in fitting for amount in amounts],
        max(0, sum(payable) - free),
        [own for owns in left for own in owns],
    )
    found, still_left = _like(fitting, flat), _like(fitting, rest)
    paid_by, left_of, fitted, lowered_sums = (_sums(divisions, one) for one in (paid, still_left, fitting, found))
    for taking in takings:
        if taking.wants:
            name = taking.agreement.id
            own_paid = sum(taking.wants.values(), Fraction(0)) - (paid_by[name] - left_of[name])
            taking.note("paid by its payer before", own_paid)
            taking.note("what is payable of it", min(fitted[name], own_paid))
            taking.note(ON_HAND, lowered_sums[name])
            if lowered_sums[name] < fitted[name]:
                for item in taking.wants:
                    taking.reasons.setdefault(item, []).append(ON_HAND)
    return found


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
    """The items that the same agreements share in the same parts, and these agreements."""
    sharers: dict[str, list[tuple[int, Fraction]]] = {}
    for place, taking in enumerate(takings):
        for item in taking.items:
            if item.id in taking.wants:
                sharers.setdefault(item.id, []).append((place, item.share))
    grouped: dict[tuple[tuple[int, Fraction], ...], list[str]] = {}
    for name, shared in sharers.items():
        grouped.setdefault(tuple(shared), []).append(name)
    return [(names, [takings[place] for place, _ in shared]) for shared, names in grouped.items()]


def _paid_of(snapshot: Snapshot, taking: Taking, names: Iterable[str]) -> int:
    """What its payer has paid of some items, where they were asked for by what was charged."""
    asked = (name for name in names if name in taking.wanted.of_amounts)
    return sum(snapshot.paid.get((taking.agreement.payer, name), 0) for name in asked)
