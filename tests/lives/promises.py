"""What must hold at each month's end, whatever was lived through: what a host relies on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from arledger import (
    REOPEN,
    Ageing,
    Application,
    Control,
    Corrections,
    Money,
    PaymentState,
    Position,
    Statement,
)
from lives.account import Account


def minors(moneys: Mapping[str, Money]) -> dict[str, int]:
    """The amounts that are not zero."""
    return {name: money.minor for name, money in moneys.items() if money}


def check_balances(account: Account, position: Position) -> None:
    """Each cent of each payment and of each charge is in one place, and there are none but those that were recorded."""
    when = position.as_of, position.known
    charges = {item.id: item for item in account.owed.values() if item.is_there(*when)}
    sources = {source.id: source for source in account.sources.values() if source.is_there(*when)}
    assert position.open.keys() == charges.keys()
    assert position.unapplied.keys() == position.settles.keys() == sources.keys()
    settled_on, pending_on, cash_on = (dict.fromkeys(charges, 0) for _ in range(3))
    free, pending = 0, {}
    for source in sources.values():
        net = source.net(*when)
        parts = {charge: money.minor for charge, money in position.settles[source.id].items()}
        assert all(minor > 0 for minor in parts.values())
        kept = [
            minors(amounts).get(source.id, 0) for amounts in (position.unapplied, position.reserved, position.trust)
        ]
        assert min(kept) >= 0
        assert bool(kept[2]) <= source.in_trust
        is_pending = source.is_pending(*when)
        if is_pending:
            pending[source.id] = net
            assert sum(parts.values()) <= net
            assert not any(kept)
        else:
            assert sum(parts.values()) + sum(kept) == net
            free += sum(kept)
        for charge, minor in parts.items():
            (pending_on if is_pending else settled_on)[charge] += minor
            cash_on[charge] += 0 if is_pending or source.is_credit else minor
    assert minors(position.pending) == pending
    for name, item in charges.items():
        is_reversed = item.is_reversed(*when)
        open_minor = 0 if is_reversed else item.minor - settled_on[name]
        assert position.open[name].minor == open_minor
        assert 0 <= pending_on[name] <= open_minor
        assert not (is_reversed and settled_on[name])
        assert (position.item(name).pending_minor, position.item(name).charge.id) == (pending_on[name], name)
    assert [item.id for item in position.items] == [
        charge.id for charge in position.charges if position.open[charge.id]
    ]
    deposits = [item.id for item in charges.values() if item.is_deposit]
    assert minors(position.deposits) == {name: cash_on[name] for name in deposits if cash_on[name]}
    assert position.total_open.minor - free == owed_less_paid(account, *when)
    trust = sum(minors(position.trust).values())
    assert position.balance.minor == position.total_open.minor - free + trust
    _check_states(account, position)


def owed_less_paid(account: Account, as_of: date, known: date) -> int:
    """What is owed less all money that is there, in a world in which nothing is ever applied."""
    when = as_of, known
    owed = sum(item.minor for item in account.owed.values() if item.is_there(*when) and not item.is_reversed(*when))
    paid = sum(
        source.net(*when)
        for source in account.sources.values()
        if source.is_there(*when) and not source.is_pending(*when)
    )
    return owed - paid


def _check_states(account: Account, position: Position) -> None:
    when = position.as_of, position.known
    states = position.states
    for source in account.sources.values():
        if not source.is_credit and source.is_there(*when):
            assert (states[source.id] is PaymentState.PENDING) is source.is_pending(*when)


def check_history(account: Account, position: Position) -> None:
    """The history nets to what stands, each undoing names what it undoes, and given applications stand as given."""
    history = position.history
    by_id = {line.id: line for line in history}
    assert len(by_id) == len(history)
    assert net(history) == {
        (source, charge): money.minor for source, parts in position.settles.items() for charge, money in parts.items()
    }
    given = {line.id: line for line in position.fixed}
    for line in history:
        assert line.id not in given or line == given[line.id]
        assert line.on <= min(line.posted, position.as_of)
        if line.reverses is not None:
            original = by_id[line.reverses]
            assert (line.source, line.charge) == (original.source, original.charge)
            assert original.on <= line.on or line.id in given
            if account.rules.returns is REOPEN and line.id not in given:
                assert is_undone_by_an_entry(account, position, line, by_id)


def is_undone_by_an_entry(
    account: Account, position: Position, line: Application, by_id: Mapping[str, Application]
) -> bool:
    """Whether an entry took back the money or the charge: on that day, or before it, where another is fixed on it."""
    made = by_id[str(line.reverses)]
    marks = [move.mark for move in account.sources[line.source].moves if move.minor < 0]
    reversed_ = account.owed[line.charge].reversed
    marks += [] if reversed_ is None else [reversed_]
    known = {mark.on for mark in marks if mark.holds(line.on, position.known)}
    fixed = {some.on for some in position.fixed if some.source == line.source and some.reverses is None}
    return bool(known) and (made.on == line.on or line.on in known | fixed)


def net(lines: Iterable[Application]) -> dict[tuple[str, str], int]:
    """What stands between each source and charge."""
    found: dict[tuple[str, str], int] = {}
    for line in lines:
        pair = line.source, line.charge
        found[pair] = found.get(pair, 0) + (line.amount.minor if line.reverses is None else -line.amount.minor)
    return {pair: minor for pair, minor in found.items() if minor}


def check_bars(account: Account, position: Position) -> None:
    """Nobody pays what another owes, and trust money and forgiveness go nowhere but where they were meant to."""
    for name, parts in position.settles.items():
        source = account.sources[name]
        for charge in parts:
            owner = account.owed[charge].payer
            assert owner in {None, source.payer} or (source.is_credit and charge in source.targets)
            assert not source.is_write_off or charge in source.targets


def check_same(one: Position, other: Position) -> None:
    """Two replays come to the same."""
    for name in ("open", "unapplied", "reserved", "trust", "pending", "deposits", "settles", "states", "balance"):
        assert getattr(one, name) == getattr(other, name), name


ENDS = (-(10**6), -1, 30, 60, 90, 10**6)
"""Ages in days, each the last of one bucket."""


def check_ageing(position: Position, ageing: Ageing) -> None:
    """Each open cent is in one place, and none of them is below zero."""
    assert ageing.total == position.total_open
    assert ageing.total == sum(ageing.buckets, ageing.not_due + ageing.disputed)
    cells = [cell for row in ageing.rows for cell in (row.not_due, *row.buckets, row.disputed)]
    assert all(cell.minor >= 0 for cell in cells)
    assert sum(cell.minor for cell in cells) == position.total_open.minor
    assert ageing.disputed.minor == sum(item.disputed_minor for item in position.items)
    ages = [(position.as_of - item.charge.due).days for item in position.items]
    for bucket, ends in zip((ageing.not_due, *ageing.buckets), pairwise(ENDS), strict=True):
        items = [item for item, age in zip(position.items, ages, strict=True) if ends[0] < age <= ends[1]]
        assert bucket.minor == sum(item.open_minor - item.disputed_minor for item in items)
    free = [*minors(position.unapplied).values(), *minors(position.reserved).values()]
    assert ageing.unapplied.minor == sum(free)
    assert ageing.pending.minor == sum(minors(position.pending).values())


def check_statement(before: Position, after: Position, statement: Statement) -> None:
    """The opening balance and the lines come to the closing one, line by line."""
    assert (statement.opening, statement.closing) == (before.balance, after.balance)
    balance = statement.opening
    for line in statement.lines:
        assert line.amount
        assert not line.settles or line.settles == after.settles[line.id]
        balance += line.amount
        assert line.balance == balance
    assert balance == statement.closing
    assert [line.on for line in statement.lines] == sorted(line.on for line in statement.lines)
    known = {line.id for line in before.history}
    assert {line.id for line in after.history} - known <= {line.id for line in statement.applications}


def check_control(account: Account, before: Position, after: Position, control: Control) -> None:
    """The movements explain the receivable and the money, and are those that were recorded."""
    assert not any(control.unexplained)
    assert (control.receivable.opening, control.receivable.closing) == (before.total_open, after.total_open)
    for line in control.apart:
        sides = [sum(minors(getattr(position, line.name)).values()) for position in (before, after)]
        assert sides == [line.opening.minor, line.closing.minor]
    first, last = _flows(account, before), _flows(account, after)
    assert {name: getattr(control, name).minor for name in last} == {name: last[name] - first[name] for name in last}
    assert min(control.cash.minor, control.credits.minor, control.write_offs.minor, control.undone.minor) >= 0


def _flows(account: Account, position: Position) -> dict[str, int]:
    """What came and went by the notes, from nothing on; what is on its way left out."""
    when = position.as_of, position.known
    charges = [item for item in account.owed.values() if item.is_there(*when)]
    sources = [source for source in account.sources.values() if source.is_there(*when) and not source.is_pending(*when)]
    moves = [move for source in sources for move in source.moves if move.mark.holds(*when)]
    return {
        "charges": sum(item.minor for item in charges),
        "reversed": sum(item.minor for item in charges if item.is_reversed(*when)),
        "received": sum(source.minor for source in sources if not source.is_credit),
        "granted": sum(source.minor for source in sources if source.is_credit),
        "gone_back": -sum(move.minor for move in moves if move.minor < 0 and not move.is_sent),
        "won_back": sum(move.minor for move in moves if move.minor > 0),
        "sent": -sum(move.minor for move in moves if move.is_sent),
    }


def check_corrections(account: Account, position: Position, done: Corrections) -> None:
    """What is posted lands in open books, under new ids, and brings what is posted to what is decided."""
    closed = position.ledger.closed_through
    known = {line.id for line in account.posted}
    by_id = {line.id: line for line in (*account.posted, *done.lines)}
    for line in done.lines:
        assert closed is None or line.posted > closed
        assert line.posted >= line.on
        assert line.id not in known
        known.add(line.id)
        if line.reverses is not None and by_id[line.reverses].on > line.on:
            assert not left_before(line, by_id)
    assert {(line.source, line.charge, line.on) for line in done.applications}.isdisjoint(
        (line.source, line.charge, line.on) for line in done.reversals
    )
    assert net([*account.posted, *done.lines]) == net(position.history)
    if account.rules.holds_fixed and account.rules.returns is REOPEN:
        assert all(is_undone_by_an_entry(account, position, line, by_id) for line in done.reversals)
    for credit in done.credits:
        assert closed is None or credit.posted > closed
        fee = account.owed[str(credit.designations[0].to)]
        waived = [parts.get(fee.id) for name, parts in position.settles.items() if account.sources[name].is_credit]
        assert 0 < credit.amount.minor <= fee.minor - sum(money.minor for money in waived if money)


def left_before(line: Application, by_id: Mapping[str, Application]) -> int:
    """What is left of the applications of a pair that were made by the day of one of them."""
    made = [some for some in by_id.values() if (some.source, some.charge) == (line.source, line.charge)]
    earlier = {some.id for some in made if some.reverses is None and some.on <= line.on}
    kept = [some.amount.minor for some in made if some.id in earlier]
    return sum(kept) - sum(some.amount.minor for some in made if some.reverses in earlier)
