"""Where each payment is on its way, and what entries say of other entries.

The problem: a return of a payment that is not there, a second return of it, a refund of money that is still at the
bank: each is a fact that cannot be, and would make every balance after it wrong. The cases: entries arrive in any
order, so nothing can be refused when it is recorded that a later one may complete. The decision: what the entries about
one payment say is read in the order of their days, each step looked up in the one table of allowed steps, before
anything is replayed; and what was not yet known on a day is left out of that day's view.

Source: rules R42 and R43.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import attrs

from arledger.entries import (
    NEXT_STATES,
    Charge,
    Chargeback,
    Credit,
    Payment,
    PaymentState,
    PaymentStep,
    Refund,
    Return,
    Reversal,
    Transfer,
    Void,
    WonBack,
)
from arledger.errors import Conflict, InvalidValue
from arledger.ledger.books import Change, Entry, Ledger, effective_day, entry_name
from arledger.money import minor_text

OfPayment = PaymentStep | Return | Void | Chargeback | WonBack | Refund | Transfer
"""A change of a payment."""

_STATES_WITHOUT_MONEY = (PaymentState.SCHEDULED, PaymentState.REJECTED, PaymentState.CANCELLED)
_TURNS = {PaymentState.SCHEDULED: 0, PaymentState.PENDING: 1, PaymentState.SETTLED: 2}
_TURN_OF_ENDS, _TURN_OF_WINS, _TURN_OF_REFUNDS = 3, 4, 5


@attrs.frozen(eq=False)
class Shift:
    """Money that leaves a payment against our will (below zero), or comes back to it: so much, by which entry."""

    payment: str
    minor: int
    entry: OfPayment


@attrs.frozen(eq=False)
class Life:
    """What became of one payment: its states by day, the day from which its money counts, and what of it went back.

    ``begins`` is None where there never was any money.
    """

    states: tuple[tuple[date, PaymentState], ...]
    begins: date | None
    shifts: tuple[Shift, ...] = ()

    def state_on(self, day: date) -> PaymentState | None:
        """Its state at the end of a day; None before there is one."""
        found = None
        for since, state in self.states:
            if since <= day:
                found = state
        return found


def target_of(change: Change) -> str:
    """The id of the entry that a change is about."""
    if isinstance(change, Reversal):
        return change.of
    return change.chargeback if isinstance(change, WonBack) else change.payment


def check_changes(ledger: Ledger) -> None:
    """Refuse a ledger in which an entry is about one that is not there, or says what cannot be."""
    for change in ledger.changes:
        _check_target(change, ledger.by_id.get(target_of(change)))
    for payment, changes in changes_by_payment(ledger.changes, ledger.by_id).items():
        found = ledger.by_id[payment]
        assert isinstance(found, Payment)
        life_of(found, changes, is_checked=True)
    _check_reversals(ledger)


def changes_by_payment(changes: Iterable[Change], by_id: Mapping[str, Entry]) -> dict[str, list[OfPayment]]:
    """The changes of payments, by the payment's id; those of charges and credits are left out."""
    grouped: dict[str, list[OfPayment]] = {}
    for change in changes:
        if isinstance(change, Reversal):
            continue
        payment = target_of(change)
        if isinstance(change, WonBack):
            payment = by_id[payment].payment  # type: ignore[union-attr]  # a chargeback, as was checked
        grouped.setdefault(payment, []).append(change)
    return grouped


def _check_target(change: Change, target: Entry | None) -> None:
    """Refuse a change of nothing, of the wrong kind of entry, or from before it."""
    name, of = entry_name(change), target_of(change)
    field, wanted = _target_kinds(change)
    kinds = " or ".join(kind.__name__.lower() for kind in wanted)
    if target is None:
        raise Conflict(f"{name}: there is no {kinds} {of}", field=field, value=of, hint="record it too")
    if not isinstance(target, wanted):
        raise Conflict(f"{name}: {entry_name(target)} is no {kinds}", field=field, value=of, hint=f"name a {kinds}")
    is_plan = isinstance(change, PaymentStep) and change.state in _STATES_WITHOUT_MONEY
    if change.day < effective_day(target) and not is_plan:
        raise InvalidValue(
            f"{name}: on {change.day}, and {entry_name(target)} is of {effective_day(target)}",
            field="on",
            value=change.day,
            hint="pass that day or a later one",
        )
    if change.posted < target.posted and not is_plan:
        raise InvalidValue(
            f"{name}: posted {change.posted}, and {entry_name(target)} was posted {target.posted}",
            field="posted",
            value=change.posted,
            hint="post it on that day or later",
        )


def _target_kinds(change: Change) -> tuple[str, tuple[type[Entry], ...]]:
    """The field that names what a change is about, and what may stand there."""
    if isinstance(change, Reversal):
        return "of", (Charge, Credit)
    return ("chargeback", (Chargeback,)) if isinstance(change, WonBack) else ("payment", (Payment,))


def _check_reversals(ledger: Ledger) -> None:
    """Refuse a charge that is reversed in part or twice, and more of a credit than there is."""
    reversed_minor: dict[str, int] = {}
    reversals = [change for change in ledger.changes if isinstance(change, Reversal)]
    for reversal in sorted(reversals, key=lambda change: (change.on, change.id)):
        target = ledger.by_id[reversal.of]
        assert isinstance(target, (Charge, Credit))
        name = entry_name(target)
        if isinstance(target, Charge) and reversal.amount is not None:
            raise InvalidValue(
                f"reversal {reversal.id}: {reversal.amount} of {name}, which is reversed whole or not at all",
                field="amount",
                value=reversal.amount,
                hint="grant a Credit for a part of a charge",
            )
        before = reversed_minor.get(reversal.of, 0)
        minor = part_of(reversal, target.amount.minor - before)
        reversed_minor[reversal.of] = before + minor
        if minor == 0 or before + minor > target.amount.minor:
            left = target.amount.minor - before
            parts = (minor_text(part, ledger.currency) for part in (minor, left))
            problem = "of {}, and {} of {} is left".format(*parts, name) if left else f"nothing of {name} is left"
            raise Conflict(
                f"reversal {reversal.id}: {problem}",
                field="of",
                value=reversal.of,
                hint="reverse it once",
            )


def part_of(change: Return | Chargeback | WonBack | Reversal | Refund | Transfer, whole: int) -> int:
    """The minor units that a change speaks of: its amount, or the whole."""
    return whole if change.amount is None else change.amount.minor


def reversed_minor(reversal: Reversal, credit: Credit | Payment, changes: Iterable[Change]) -> int:
    """What a reversal takes of a credit: its amount, or all that the others, which then name theirs, leave."""
    others = (
        change.amount.minor
        for change in changes
        if isinstance(change, Reversal) and change.of == reversal.of and change.amount is not None
    )
    return credit.amount.minor - sum(others) if reversal.amount is None else reversal.amount.minor


def _place(change: OfPayment) -> tuple[date, int, bool, int, str]:
    """The order of the entries about one payment: by day, on a day as they must follow, then sequence and id."""
    turn = _TURN_OF_ENDS
    if isinstance(change, PaymentStep):
        turn = _TURNS.get(change.state, _TURN_OF_ENDS)
    elif isinstance(change, WonBack):
        turn = _TURN_OF_WINS
    elif isinstance(change, (Refund, Transfer)):
        turn = _TURN_OF_REFUNDS
    return change.day, turn, change.sequence is None, change.sequence or 0, change.id


@attrs.define(eq=False)
class _Course:
    """The life of a payment as far as it was read."""

    payment: Payment
    is_checked: bool
    state: PaymentState | None = None
    begins: date | None = None
    left: int = 0
    """What of it did not go back against our will."""
    sent: int = 0
    """What of it was refunded or transferred."""
    contested: dict[str, int] = attrs.field(factory=dict)
    """What of each chargeback is not won back."""
    states: list[tuple[date, PaymentState]] = attrs.field(factory=list)
    shifts: list[Shift] = attrs.field(factory=list)

    def enter(self, day: date, state: PaymentState) -> None:
        """Be in a state from a day on."""
        if state is not self.state:
            self.state = state
            self.states.append((day, state))
        if self.begins is None and state in (PaymentState.PENDING, PaymentState.SETTLED):
            self.begins = day

    def follow(self, change: OfPayment) -> None:
        """Read one more entry."""
        if isinstance(change, (Refund, Transfer)):
            self._check_sent(change)
            self.sent += change.amount.minor
            return
        minor, to = self._effect(change)
        if self.is_checked:
            self._check_step(change, to)
            self._check_amount(change, minor)
        if isinstance(change, Chargeback):
            self.contested[change.id] = -minor
        if isinstance(change, WonBack):
            self.contested[change.chargeback] -= minor
        self.left += minor
        if minor and self.begins is not None:
            self.shifts.append(Shift(self.payment.id, minor, change))
        if isinstance(change, PaymentStep) or minor > 0 or not self.left:
            self.enter(change.day, to)

    def _effect(self, change: OfPayment) -> tuple[int, PaymentState]:
        """The money that an entry moves, and the state that it leads to."""
        if isinstance(change, PaymentStep):
            ends = change.state in (PaymentState.REJECTED, PaymentState.CANCELLED)
            return -self.left if ends else 0, change.state
        if isinstance(change, Void):
            return -self.left, PaymentState.VOIDED
        if isinstance(change, WonBack):
            return self._part(change, self.contested[change.chargeback]), PaymentState.SETTLED
        assert isinstance(change, (Return, Chargeback))
        is_return = isinstance(change, Return)
        return -self._part(change, self.left), PaymentState.RETURNED if is_return else PaymentState.CHARGED_BACK

    def _part(self, change: Return | Chargeback | WonBack, most: int) -> int:
        """The money that a change speaks of; in a view, no more than was known to be there."""
        minor = part_of(change, most)
        return minor if self.is_checked else min(minor, most)

    def _check_step(self, change: OfPayment, to: PaymentState) -> None:
        """Refuse a step that the table does not allow; of a part won back the payment was settled all the time."""
        is_won = isinstance(change, WonBack)
        if self.state is PaymentState.CHARGED_BACK and to is PaymentState.SETTLED and not is_won:
            raise Conflict(
                f"{entry_name(change)}: payment {self.payment.id} is charged back on {change.day}",
                field="state",
                value=to,
                hint="record a WonBack",
            )
        if to in NEXT_STATES[self.state] or (is_won and self.state is PaymentState.SETTLED):
            return
        was = "new" if self.state is None else self.state.value.replace("_", " ")
        allowed = ", ".join(state.value.replace("_", " ") for state in NEXT_STATES[self.state])
        raise Conflict(
            f"{entry_name(change)}: payment {self.payment.id} is {was} on {change.day}, "
            f"and cannot become {to.value.replace('_', ' ')}",
            field="state",
            value=to,
            hint=f"after {was} comes {allowed or 'nothing'}",
        )

    def _check_amount(self, change: OfPayment, minor: int) -> None:
        """Refuse more than there is, and money that we sent on already."""
        currency = self.payment.amount.currency
        if isinstance(change, WonBack):
            most, what = self.contested[change.chargeback], f"chargeback {change.chargeback}"
        else:
            most, what = self.left, f"payment {self.payment.id}"
        if abs(minor) > most or (minor == 0 and not isinstance(change, PaymentStep)):
            problem = f"of {minor_text(abs(minor), currency)}, and {minor_text(most, currency)} of {what} is left"
            raise Conflict(
                f"{entry_name(change)}: {problem if most else f'nothing of {what} is left'}",
                field="amount",
                value=change.id,
                hint="pass at most what is left" if most else "record each part once",
            )
        if self.left + minor < self.sent:
            left, sent = (minor_text(part, currency) for part in (self.left - self.sent, self.sent))
            raise Conflict(
                f"{entry_name(change)}: of {minor_text(-minor, currency)} of payment {self.payment.id}, "
                f"of which {sent} was refunded or transferred",
                field="amount",
                value=change.id,
                hint=f"record {left} as given back, and charge the rest to whoever got the refund"
                if self.left > self.sent
                else "charge it to whoever got the refund",
            )

    def _check_sent(self, change: Refund | Transfer) -> None:
        if not self.is_checked:
            return
        if self.state is not PaymentState.SETTLED:
            was = "new" if self.state is None else self.state.value.replace("_", " ")
            raise Conflict(
                f"{entry_name(change)}: payment {self.payment.id} is {was} on {change.day}",
                field="payment",
                value=self.payment.id,
                hint="only settled money can leave",
            )
        if change.amount.minor > self.left - self.sent:
            raise Conflict(
                f"{entry_name(change)}: of {change.amount}, and "
                f"{minor_text(self.left - self.sent, change.amount.currency)} of payment {self.payment.id} is left",
                field="amount",
                value=change.amount,
                hint="pass at most what of it is unapplied",
            )


def life_of(payment: Payment, changes: Iterable[OfPayment], *, is_checked: bool = False) -> Life:
    """What the entries about a payment say became of it; with ``is_checked``, an impossible one is refused.

    A view of what was known on a day may lack a step that was recorded late, so views are not checked: the whole is.
    """
    ordered = sorted(changes, key=_place)
    steps = [change for change in ordered if isinstance(change, PaymentStep)]
    course = _Course(payment, is_checked, left=payment.amount.minor)
    if not steps:
        course.enter(payment.received, PaymentState.SETTLED)
    elif steps[0].state is PaymentState.PENDING or (
        steps[0].state is not PaymentState.SCHEDULED and steps[0].on > payment.received
    ):
        course.enter(payment.received, PaymentState.PENDING)
        if steps[0].state is PaymentState.PENDING and ordered[0] is steps[0]:
            ordered.remove(steps[0])
    for change in ordered:
        course.follow(change)
    return Life(tuple(course.states), course.begins, tuple(course.shifts))
