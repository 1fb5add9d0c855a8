"""Control: what the receivable and the money were, what moved them, and what they are.

The problem: a month is closed when its movements explain its balances, and every cent that they do not explain is found
by hand. The decision: the roll-forward between two positions is worked out from their entries and applications alone,
and its two closing lines are those of the second position: that they are is a law, which the tests hold it to.

    receivable + charges - reversed - credits - write-offs - cash + un-applied = receivable
    money + received + won back + credits granted - gone back - sent - applied + un-applied = money

Source: rule R45.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from arledger.entries import Credit, CreditKind, Payment, Refund, Reversal, Transfer
from arledger.ledger.lives import reversed_minor
from arledger.ledger.position import Position
from arledger.ledger.statement import check_order_of_positions
from arledger.money import Money, amount_text, money_of, total
from arledger.tables import text_table


@attrs.frozen(order=False)
class ControlLine:
    """A balance that stands on a line of its own: at the first position, and at the second."""

    name: str
    opening: Money
    closing: Money

    @property
    def change(self) -> Money:
        """By how much it rose, or fell (below zero)."""
        return self.closing - self.opening


@attrs.frozen(order=False, kw_only=True)
class Control:
    """The roll-forward between two positions. Prints as a table.

    Movements are amounts at or above zero; below it only where the second position knows that something of the first
    never was.

    ``receivable`` is what is open; ``money`` what is settled and not applied, of payments, credits and trust money.
    ``cash`` is applied payments, ``credits`` applied credits but write-offs, ``undone`` what was un-applied, be it by
    an entry of the time between or by what turned out since. ``apart`` are the balances on lines of their own.
    """

    receivable: ControlLine
    charges: Money
    reversed: Money
    credits: Money
    write_offs: Money
    cash: Money
    undone: Money
    money: ControlLine
    received: Money
    granted: Money
    gone_back: Money
    won_back: Money
    sent: Money
    apart: tuple[ControlLine, ...]

    @property
    def applied(self) -> Money:
        """All that was applied: credits, write-offs and cash."""
        return self.credits + self.write_offs + self.cash

    @property
    def unexplained(self) -> tuple[Money, Money]:
        """What the movements do not explain of the receivable and of the money: nothing, ever."""
        owed = self.receivable.opening + self.charges - self.reversed - self.applied + self.undone
        held = self.money.opening + self.received + self.won_back + self.granted - self.gone_back - self.sent
        return self.receivable.closing - owed, self.money.closing - (held - self.applied + self.undone)

    def __str__(self) -> str:
        rows = [
            ("receivable before", self.receivable.opening),
            ("+ charges", self.charges),
            ("- reversed charges", self.reversed),
            ("- credits applied", self.credits),
            ("- write-offs applied", self.write_offs),
            ("- cash applied", self.cash),
            ("+ un-applied", self.undone),
            ("receivable after", self.receivable.closing),
            ("money before", self.money.opening),
            ("+ received", self.received),
            ("+ won back", self.won_back),
            ("+ credits granted", self.granted),
            ("- gone back or reversed", self.gone_back),
            ("- refunded or transferred", self.sent),
            ("- applied", self.applied),
            ("+ un-applied", self.undone),
            ("money after", self.money.closing),
        ]
        first = text_table(("", "amount"), [(name, amount_text(money)) for name, money in rows], right=(1,))
        lines = [(line.name, *map(amount_text, (line.opening, line.change, line.closing))) for line in self.apart]
        return f"{first}\n\n{text_table(('apart', 'before', 'change', 'after'), lines, right=(1, 2, 3))}"


def roll_forward(before: Position, after: Position) -> Control:
    """What moved receivable and money between two positions of an account.

    >>> from datetime import date
    >>> from arledger import OLDEST_FIRST, Charge, Ledger, replay
    >>> rent = Charge("rent", Money("900", "CAD"), due=date(2026, 1, 1))
    >>> books = Ledger("CAD", [rent, Payment("P-1", Money("400", "CAD"), received=date(2026, 1, 9))])
    >>> first, last = (replay(books, by=OLDEST_FIRST, as_of=day) for day in (date(2026, 1, 5), date(2026, 1, 31)))
    >>> control = roll_forward(first, last)
    >>> control.receivable.opening, control.cash, control.receivable.closing
    (Money('900.00', 'CAD'), Money('400.00', 'CAD'), Money('500.00', 'CAD'))

    Refused: positions of two accounts or currencies, the later one first.

    Source: rule R45.
    """
    check_order_of_positions(before, after, "control")
    currency = after.currency
    sums = {"credits": 0, "write_offs": 0, "cash": 0, "undone": 0}
    earlier, later = _applied(before), _applied(after)
    for key in {*earlier, *later}:
        kind, is_undone = key[0], key[4]
        minor = later.get(key, 0) - earlier.get(key, 0)
        # what vanished was un-applied, and an undoing that vanished was applied
        sums["undone" if (minor > 0) == is_undone else kind] += abs(minor)
    movements = {name: money_of(minor, currency) for name, minor in sums.items()}
    first_flows, last_flows = _flows(before), _flows(after)
    flows = {name: money_of(last_flows[name] - first_flows[name], currency) for name in last_flows}
    return Control(
        receivable=ControlLine("receivable", before.total_open, after.total_open),
        money=ControlLine("money", _money(before), _money(after)),
        apart=tuple(
            ControlLine(name, total(first.values(), currency), total(last.values(), currency))
            for name in ("unapplied", "reserved", "trust", "deposits", "pending")
            for first, last in [(_balances(before, name), _balances(after, name))]
        ),
        **movements,
        **flows,
    )


def _money(position: Position) -> Money:
    return total([position.left_of(source.id) for source in position.view.money], position.currency)


def _balances(position: Position, name: str) -> Mapping[str, Money]:
    found: Mapping[str, Money] = getattr(position, name)
    return found


def _applied(position: Position) -> dict[tuple[str, str, str, int, bool], int]:
    """What settled money was applied and un-applied, by kind, source, charge and day."""
    found: dict[tuple[str, str, str, int, bool], int] = {}
    view = position.view
    for source_at, charge_at, minor, day, _, _ in position.rows:
        source = view.money[source_at]
        if not view.is_pending[source_at]:
            kind = "cash"
            if isinstance(source, Credit):
                kind = "write_offs" if source.kind is CreditKind.WRITE_OFF else "credits"
            key = kind, source.id, view.charges[charge_at].id, day, minor < 0
            found[key] = found.get(key, 0) + abs(minor)
    return found


def _flows(position: Position) -> dict[str, int]:
    """What came and went by the entries of a position, from nothing on; money at the bank left out."""
    view = position.view
    settled = [source for source, is_pending in zip(view.money, view.is_pending, strict=True) if not is_pending]
    ids = {source.id for source in settled}
    found = {
        "charges": sum(charge.amount.minor for charge in view.charges),
        "reversed": sum(view.charges[place].amount.minor for place in position.reversed),
        "received": sum(source.amount.minor for source in settled if isinstance(source, Payment)),
        "granted": sum(source.amount.minor for source in settled if isinstance(source, Credit)),
        "gone_back": 0,
        "won_back": 0,
        "sent": 0,
    }
    for happening in view.happenings:
        if isinstance(happening, (Refund, Transfer)):
            found["sent"] += happening.amount.minor if happening.payment in ids else 0
        elif isinstance(happening, Reversal):
            at = view.money_places.get(happening.of)
            found["gone_back"] += 0 if at is None else reversed_minor(happening, view.money[at], view.changes)
        elif happening.payment in ids:
            found["won_back" if happening.minor > 0 else "gone_back"] += abs(happening.minor)
    return found
