"""What is known of a ledger on a day, and in which order it happened.

The problem: entries are recorded in whatever order they are found, and two systems that fold them in two orders have
two balances. The decision: one order of events, by (effective day, stage, sequence, id). Within a day come charges;
what goes back of earlier days' money, and reversals; credits; payments; what goes back of the same day's money; refunds
and transfers out; and then a sweep of what is still unapplied.

An event is an int: its day, its stage, and a place in a list, so that sorting ints sorts events.

Source: ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum, IntEnum
from functools import cached_property

import attrs

from arledger.entries import (
    Category,
    Charge,
    Credit,
    Dispute,
    Payment,
    PaymentState,
    Refund,
    Reversal,
    Transfer,
)
from arledger.ledger.books import Change, Ledger
from arledger.ledger.lives import Life, Shift, changes_by_payment, life_of


class SettleRule(Enum):
    """When a charge may be paid: from the day on which it exists, or only from the day on which it is due."""

    SETTLE_POSTED = "posted"
    SETTLE_DUE = "due"

    def __repr__(self) -> str:
        return self.name


SETTLE_POSTED = SettleRule.SETTLE_POSTED
"""Money may settle any charge that exists on its day, due or not."""
SETTLE_DUE = SettleRule.SETTLE_DUE
"""Money waits until a charge is due."""


class Stage(IntEnum):
    """The turns of a day."""

    CHARGE = 0
    GO_BACK = 1
    CREDIT = 2
    PAYMENT = 3
    GO_BACK_AT_ONCE = 4
    COME_BACK = 5
    SEND = 6
    TICK = 7


STAGE_BITS, PLACE_BITS = 3, 40
STAGE_MASK, PLACE_MASK = (1 << STAGE_BITS) - 1, (1 << PLACE_BITS) - 1


def event_of(day: int, stage: Stage, place: int) -> int:
    """An event as an int, which sorts by day, stage and place."""
    return ((day << STAGE_BITS | stage) << PLACE_BITS) | place


def parts_of(event: int) -> tuple[int, int, int]:
    """The day, the stage and the place of an event."""
    slot = event >> PLACE_BITS
    return slot >> STAGE_BITS, slot & STAGE_MASK, event & PLACE_MASK


Happening = Shift | Reversal | Refund | Transfer
"""What a change does to money that is there: some of it goes back, comes back, or is sent away."""


@attrs.frozen(eq=False)
class View:
    """What is known of a ledger on a day: its facts, each spoken of by its place, and the events in their order."""

    currency: str
    as_of: date
    known: date
    charges: Sequence[Charge]
    money: Sequence[Payment | Credit]
    lives: Mapping[str, Life]
    """Of each payment that some entry is about; all others are settled when received."""
    changes: Sequence[Change]
    happenings: Sequence[Happening]
    events: Sequence[int]

    @cached_property
    def charge_places(self) -> Mapping[str, int]:
        """The place of each charge, by its id."""
        return {charge.id: place for place, charge in enumerate(self.charges)}

    @cached_property
    def money_places(self) -> Mapping[str, int]:
        """The place of each payment and credit, by its id."""
        return {source.id: place for place, source in enumerate(self.money)}

    @cached_property
    def taxes(self) -> Mapping[str, Sequence[int]]:
        """The taxes about each charge, by the charge's id."""
        found: dict[str, list[int]] = {}
        for place, charge in enumerate(self.charges):
            if charge.category is Category.TAX and charge.about is not None:
                found.setdefault(charge.about, []).append(place)
        return found

    def with_taxes(self, charge: int) -> list[int]:
        """A charge and the taxes about it, through taxes on taxes."""
        found, queue = [charge], [charge]
        while queue:
            for tax in self.taxes.get(self.charges[queue.pop()].id, ()):
                if tax not in found:
                    found.append(tax)
                    queue.append(tax)
        return found

    @cached_property
    def is_pending(self) -> Sequence[bool]:
        """Whether each payment or credit is at the bank, by its place."""
        if not self.lives:
            return [False] * len(self.money)
        return [self.state_of(source) is PaymentState.PENDING for source in self.money]

    def state_of(self, source: Payment | Credit) -> PaymentState:
        """Where a payment is, as of the day; a credit is always settled."""
        life = self.lives.get(source.id)
        state = life.state_on(self.as_of) if life is not None else None
        return PaymentState.SETTLED if state is None else state


def view_of(ledger: Ledger, as_of: date, known: date, *, settle: SettleRule, ticks: Iterable[int]) -> View:
    """The view of a ledger that was checked.

    ``ticks`` are further days on which something may become payable.
    """
    last = _day(as_of)
    known_changes = [change for change in ledger.changes if change.posted <= known]
    changes = [change for change in known_changes if change.day <= as_of]
    first = min(as_of, known)
    charges = [charge for charge in ledger.charges if charge.posted <= first]
    lives = _lives(ledger, known_changes)
    money = [source for source in ledger.money if source.row[0] <= last and source.posted <= known]
    begins = [source.row[0] for source in money]
    if lives:
        money = [source for source in money if _came(lives.get(source.id), as_of)]
        begins = [_begins(source, lives) for source in money]
        order = sorted(range(len(money)), key=lambda at: (begins[at], *money[at].row[1:5]))
        money, begins = [money[at] for at in order], [begins[at] for at in order]
    credit = int(Stage.CREDIT)  # a payment's row says 1, and so comes after
    events = [
        day << (STAGE_BITS + PLACE_BITS) | place  # event_of, written out: Stage.CHARGE is 0
        for place, charge in enumerate(charges)
        if (day := eligible(charge, settle)) <= last
    ]
    events += [
        (begins[place] << STAGE_BITS | credit + source.row[1]) << PLACE_BITS | place
        for place, source in enumerate(money)
    ]
    happenings: list[Happening] = []
    if changes:
        days = {source.id: day for source, day in zip(money, begins, strict=True)}
        happenings, happened = _happenings(changes, lives, days, {charge.id for charge in charges})
        events += happened
    known_ticks = [*ticks, *_ticks(charges, money)]
    events += [event_of(day, Stage.TICK, 0) for day in known_ticks if day <= last]
    events.sort()
    return View(
        ledger.currency,
        as_of,
        known,
        charges,
        money,
        lives,
        changes,
        happenings,
        events,
    )


_day = date.toordinal


def eligible(charge: Charge, settle: SettleRule) -> int:
    """The day from which a charge may be paid, as an ordinal."""
    row = charge.row
    return row[1] if settle is SETTLE_POSTED or row[1] > row[0] else row[0]


def _lives(ledger: Ledger, changes: Sequence[Change]) -> dict[str, Life]:
    found = {}
    for payment, some in changes_by_payment(changes, ledger.by_id).items():
        source = ledger.by_id[payment]
        assert isinstance(source, Payment)
        found[payment] = life_of(source, some)
    return found


def _came(life: Life | None, as_of: date) -> bool:
    return life is None or (life.begins is not None and life.begins <= as_of)


def _begins(source: Payment | Credit, lives: Mapping[str, Life]) -> int:
    life = lives.get(source.id)
    day = source.day if life is None or life.begins is None else life.begins
    return _day(day)


def _happenings(
    changes: Sequence[Change], lives: Mapping[str, Life], begins: Mapping[str, int], charges: Collection[str]
) -> tuple[list[Happening], list[int]]:
    """What goes back, comes back and is sent, in the order (sequence, id), and the events of it."""
    happened = {change.id for change in changes}
    found: list[tuple[Happening, Change, str]] = [
        (shift, shift.entry, payment)
        for payment, life in lives.items()
        for shift in life.shifts
        if shift.entry.id in happened
    ]
    for change in changes:
        if isinstance(change, Reversal):
            found.append((change, change, change.of))
        elif isinstance(change, (Refund, Transfer)):
            found.append((change, change, change.payment))
    found = [row for row in found if row[2] in begins or row[2] in charges]
    found.sort(key=lambda row: (row[1].sequence is None, row[1].sequence or 0, row[1].id))
    events = []
    for place, (happening, change, of) in enumerate(found):
        day = _day(change.day)
        if isinstance(happening, (Refund, Transfer)):
            stage = Stage.SEND
        elif isinstance(happening, Shift) and happening.minor > 0:
            stage = Stage.COME_BACK
        else:
            stage = Stage.GO_BACK_AT_ONCE if begins.get(of) == day else Stage.GO_BACK
        events.append(event_of(day, stage, place))
    return [happening for happening, _, _ in found], events


def _ticks(charges: Sequence[Charge], money: Sequence[Payment | Credit]) -> list[int]:
    """Days without an event on which a charge may become payable: a dispute ends, or a date that is read comes."""
    disputes = [charge.disputed for charge in charges if isinstance(charge.disputed, Dispute)]
    ticks = [_day(dispute.until) for dispute in disputes if dispute.until is not None]
    if any(_reads_date(source) for source in money if source.row[7]):
        ticks += due_ticks(charges)
    return ticks


def due_ticks(charges: Iterable[Charge]) -> list[int]:
    """The days on which charges become due and past due, for rules that read the date."""
    return [day for charge in charges for day in (_day(charge.due), _day(charge.due) + 1)]


def _reads_date(source: Payment | Credit) -> bool:
    """Whether what it is for, or may pay, depends on the day."""
    selectors = [wish.to for wish in source.designations if not isinstance(wish.to, str)]
    if isinstance(source, Payment) and source.restriction is not None:
        selectors.append(source.restriction)
    return any(selector.reads_date for selector in selectors)
