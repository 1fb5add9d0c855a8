"""What every order keeps, as functions that look for a breach: None, or what breaks the law, in words."""

from __future__ import annotations

import attrs

from arledger.allocation.decision import allocate
from arledger.allocation.order import Order
from arledger.allocation.outcome import Allocation
from arledger.errors import ArledgerError
from arledger.items import Context, incoming_of
from arledger.testing.cases import Account, rebuilt
from arledger.testing.decisions import bar_between, cents, decided, is_wished, undisputed


def inputs_changed(order: Order, account: Account) -> str | None:
    """A fact that is not what it was."""
    shown = rebuilt(account, str)  # so that the account itself stays as it was drawn
    before = [repr((fact, fact.row)) for fact in (*shown.charges, *shown.money)]
    decided(order, shown)
    after = [repr((fact, fact.row)) for fact in (*shown.charges, *shown.money)]
    changed = [f"{old} became {new}" for old, new in zip(before, after, strict=True) if old != new]
    return "; ".join(changed) or None


def refused(order: Order, account: Account) -> str | None:
    """Nothing: what the core refuses is raised by the decision itself."""
    decided(order, account)
    return None


def not_conserved(order: Order, account: Account) -> str | None:
    """A fact whose lines and rest do not come to its amount."""
    result = decided(order, account)
    paid: dict[str, int] = {}
    for line in result.lines:
        for side in (line.source, line.charge):
            paid[side] = paid.get(side, 0) + line.amount.minor
    for facts, left in ((account.money, result.unapplied), (account.charges, result.open)):
        for fact in facts:
            there = paid.get(fact.id, 0) + left[fact.id].minor
            if there != fact.amount.minor:
                return f"of {fact.id}, {fact.amount}, lines and rest come to {cents(there, result)}"
    return None


def out_of_bounds(order: Order, account: Account) -> str | None:
    """A line or a balance that is too small."""
    result = decided(order, account)
    for line in result.lines:
        if line.amount.minor < 1:
            return f"the line {line.id} is of {line.amount}"
    for name, left in (*result.open.items(), *result.unapplied.items()):
        if left.minor < 0:
            return f"{left} is left of {name}"
    return None


def bar_crossed(order: Order, account: Account) -> str | None:
    """A line that its money may not pay."""
    result = decided(order, account)
    charges = {charge.id: charge for charge in account.charges}
    money = {source.id: source for source in account.money}
    open_minor = {charge.id: charge.amount.minor for charge in account.charges}
    for line in result.lines:
        source, charge = money[line.source], charges[line.charge]
        context = Context(incoming_of(source, source.amount.minor), charges)
        bar = bar_between(order, source, charge, context, account)
        if bar is None and not is_wished(source, charge, context, account):
            offered = undisputed(charge, open_minor[charge.id], line.on)
            if line.amount.minor > offered:
                bar = f"only {cents(offered, result)} of it is undisputed on {line.on}"
        if bar is not None:
            return f"{source.id} pays {line.amount} of {charge.id}, but {bar}"
        open_minor[charge.id] -= line.amount.minor
    return None


def order_of_input_counts(order: Order, account: Account) -> str | None:
    """Another outcome for the same facts, made anew and given in another order."""
    other = rebuilt(account, str)
    other = attrs.evolve(other, charges=other.charges[::-1], money=other.money[1:] + other.money[:1])
    return _difference(decided(order, account), decided(order, other), "for the same facts in another order")


def differs_again(order: Order, account: Account) -> str | None:
    """Another outcome of the same call."""
    return _difference(decided(order, account), decided(order, account), "when it was asked again")


class _Rehashed(str):
    """A text that equals itself, but hashes otherwise: what another process would see in a set."""

    __slots__ = ()

    def __hash__(self) -> int:
        return ~super().__hash__()

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other)


def hash_counts(order: Order, account: Account) -> str | None:
    """Another outcome where only the hashes of ids are others."""
    first = decided(order, account)
    other = rebuilt(account, _Rehashed)
    try:
        second = allocate(other.money, other.charges, by=order, designations=other.designations)
    except ArledgerError:
        return None  # the order makes ids of its own: what it does with them cannot be seen this way
    return _difference(first, second, "under another hash seed")


def _difference(first: Allocation, second: Allocation, when: str) -> str | None:
    """How two outcomes differ, in words."""
    told = [[f"{line.source} pays {line.amount} of {line.charge}" for line in each.lines] for each in (first, second)]
    if told[0] == told[1]:
        return None
    texts = [", ".join(lines) or "nothing is paid" for lines in told]
    return f"{texts[0]}; but {when}: {texts[1]}"


def line_twice(order: Order, account: Account) -> str | None:
    """Two lines of one id."""
    seen: set[str] = set()
    for line in decided(order, account).lines:
        if line.id in seen:
            return f"two lines have the id {line.id}"
        seen.add(line.id)
    return None


def not_continued(order: Order, account: Account) -> str | None:
    """A second call that does not go on from the lines of the first."""
    first = decided(order, account)
    second = decided(order, account, first.lines)
    if (second.open_before, second.unapplied_before) != (first.open_after, first.unapplied_after):
        return "the second call does not begin where the first one ended"
    twice = {line.id for line in first.lines} & {line.id for line in second.lines}
    return f"both calls have a line {min(twice)}" if twice else None
