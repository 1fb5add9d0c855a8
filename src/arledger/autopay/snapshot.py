"""The open items of an account as one agreement sees them, each in exactly one class.

The problem: "pull what is current" has to say of every item whether it is current, in arrears, a deposit, a one-time
adjustment, new since the agreement or something else, and drafts, limits and reasons must mean the same by it. The
decision: one function puts each item in the first class that fits, with the reason; everything else asks it.

Source: rules R10 and R13.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs

from arledger.autopay.agreements import Agreement, Share, share_of
from arledger.autopay.classes import PLACES, ItemClass
from arledger.autopay.increases import IncreaseState, PendingIncrease, increase_charge, reserved_for
from arledger.autopay.policy import AutopayPolicy
from arledger.autopay.runs import AutopayRun, day_of_charge
from arledger.autopay.wanted import PullItem, facts_of
from arledger.checks import as_tuple, check_instance, check_tuple_of
from arledger.dates.frequency import period_at
from arledger.dates.period import Period
from arledger.entries import Category, Charge, Payment, PaymentState
from arledger.errors import Conflict, CurrencyMismatch
from arledger.items import NO_MONEY, Context, OpenItem
from arledger.ledger.balances import known_payments
from arledger.ledger.position import Position
from arledger.ledger.timeline import replayed_to
from arledger.payers.methods import PaymentMethods

_SERVICE = (Category.RENT, Category.FEATURE)
_NEVER_REGULAR = (Category.DEPOSIT, Category.LATE_FEE, Category.NSF_FEE, Category.INTEREST)
_ONCE = {
    Category.DEPOSIT: (ItemClass.DEPOSIT, "a deposit"),
    Category.ADJUSTMENT: (ItemClass.ONE_TIME_ADJUSTMENT, "an adjustment that does not recur"),
}
PULL_ID = re.compile(r"(?P<stem>.*/pull@(?P<start>[0-9-]{10}))(#[1-9][0-9]*)?(/retry[1-9][0-9]*)?\Z", re.DOTALL)
"""The id of a pull: of an agreement, for the period that starts on a day, numbered, and presented again."""
_NOT_SENT = (None, PaymentState.SCHEDULED)
_EVERYTHING = (Share(1),)


def classify(
    position: Position,
    agreement: Agreement,
    run: AutopayRun,
    policy: AutopayPolicy | None = None,
    *,
    increases: PendingIncrease | Iterable[PendingIncrease] = (),
) -> tuple[PullItem, ...]:
    """Every open item of a snapshot in its class, with the reason, as an agreement sees it; in the order of a draft.

    The first class that fits, of HELD, CURRENT, ARREARS, DEPOSIT, ONE_TIME_ADJUSTMENT, NEW and OTHER; and the increases
    that are pending for the period, as PENDING_INCREASE.

    >>> from arledger import Ledger, Money, OLDEST_FIRST, autopay_run, monthly, pull, replay
    >>> may, june = (Charge(f"R-{month}", Money("1000", "CAD"), due=date(2026, month, 1), category=Category.RENT)
    ...              for month in (5, 6))
    >>> position = replay(Ledger("CAD", [may, june]), by=OLDEST_FIRST, as_of=date(2026, 6, 1))
    >>> agreement = Agreement("AP-1", pull.KEEP_PERCENT, agreed=date(2026, 1, 15))
    >>> for item in classify(position, agreement, autopay_run(monthly(1), date(2026, 6, 1))):
    ...     print(item.id, item.item_class.value, item.why, sep=": ")
    R-5: arrears: of an earlier period
    R-6: current: of the period served

    Source: rule R10.
    """
    check_instance(agreement, Agreement, "classify", "agreement")
    snapshot = snapshot_of(position, run, AutopayPolicy() if policy is None else policy, increases, "classify")
    shares = _EVERYTHING if agreement.shares is None else agreement.shares
    return tuple(item for item in snapshot.seen_by(agreement, shares) if item.id in snapshot.offered)


def snapshot_of(
    position: Position,
    run: AutopayRun,
    policy: AutopayPolicy,
    increases: PendingIncrease | Iterable[PendingIncrease],
    subject: str,
    methods: PaymentMethods | None = None,
) -> Snapshot:
    """An account on the day of a run, all checked."""
    check_instance(position, Position, subject, "position", "pass what replay gave")
    check_instance(run, AutopayRun, subject, "run", "pass what autopay_run gave")
    check_instance(policy, AutopayPolicy, subject, "policy")
    if methods is not None:
        check_instance(methods, PaymentMethods, subject, "methods")
    given = (increases,) if isinstance(increases, PendingIncrease) else as_tuple(increases)
    check_tuple_of(given, PendingIncrease, subject, "increases")
    names: set[str] = set()
    for increase in given:
        if increase.amount.currency != position.currency:
            raise CurrencyMismatch(
                f"increase {increase.id}: {increase.amount} for an account in {position.currency}",
                field="increases",
                value=increase.amount,
            )
        if increase.id in names:
            raise Conflict(
                f"increase {increase.id}: stands twice", field="increases", value=increase.id, hint="keep one of them"
            )
        names.add(increase.id)
    if policy.currency not in (None, position.currency):
        raise CurrencyMismatch(
            f"{subject}: a policy in {policy.currency} for an account in {position.currency}",
            field="policy",
            value=policy,
        )
    position = replayed_to(position, run.on)
    pending = [one for one in given if one.state is IncreaseState.PENDING and one.is_for(run.period)]
    charges = [increase_charge(one, run.period) for one in sorted(pending, key=lambda one: (one.effective, one.id))]
    new = tuple(charge for charge in charges if charge.id not in position.open)
    return Snapshot(position, run, policy, new, methods)


@attrs.frozen(eq=False)
class Snapshot:
    """An account on the day of a run: what all agreements see of it."""

    position: Position
    run: AutopayRun
    policy: AutopayPolicy
    increases: tuple[Charge, ...]
    """The charges that pending increases would become."""
    methods: PaymentMethods | None = None
    """The methods that payers have saved, where they are known."""

    @property
    def open_items(self) -> tuple[OpenItem, ...]:
        """The open items of the ledger."""
        return self.position.items

    @cached_property
    def reserved(self) -> Mapping[str, Mapping[str, int]]:
        """What each payment keeps for each increase, and each charge that is not to be paid yet, in minor units."""
        waiting = [item.id for item in self.open_items if item.id not in self.position.payable_charges]
        waiting += [charge.id for charge in self.increases]
        return {name: reserved_for(self.position, name) for name in waiting}

    @cached_property
    def offered(self) -> Mapping[str, int]:
        """What of each item may be pulled: payable and not disputed; of an increase, what is not reserved for it."""
        return {name: minor - self.disputed.get(name, 0) for name, minor in self.payable.items()}

    @cached_property
    def payable(self) -> Mapping[str, int]:
        """What is open of each item, not on its way and not kept for it, disputed or not; and of the increases."""
        found = {charge.id: charge.amount.minor for charge in self.increases}
        found |= {item.id: item.payable_minor for item in self.open_items}
        gone = [(name, minor) for name, kept in self.reserved.items() for minor in kept.values()]
        for name, minor in (*gone, *((name, minor) for _, name, minor in self.scheduled)):
            if name in found:
                found[name] = max(0, found[name] - minor)
        return found

    @cached_property
    def context(self) -> Context:
        """All charges of the account, for selectors, and for taxes to find what they tax."""
        charges = {charge.id: charge for charge in (*self.position.charges, *self.increases)}
        return Context(attrs.evolve(NO_MONEY, currency=self.position.currency, date=self.run.on), charges)

    def seen_by(self, agreement: Agreement, shares: Sequence[Share]) -> tuple[PullItem, ...]:
        """All items in their classes, in the order of a draft, settled charges of the period served among them."""
        sight = _Sight(self, agreement)
        takes_items = facts_of(agreement.rule).takes_items
        found = []
        for charge in (*self._charges(), *self.increases):
            item_class, why = sight.class_of(charge)
            payable = self.offered.get(charge.id, 0)
            may_pay = takes_items and charge.payer in (None, agreement.payer)
            share = share_of(shares, charge, self.context) if may_pay else Fraction(0)
            pulled, disputed = self.pulled.get(charge.id, 0), self.disputed.get(charge.id, 0)
            found.append(PullItem(charge, item_class, why, share, payable, pulled, disputed))
        return tuple(sorted(found, key=_place))

    def _charges(self) -> Iterator[Charge]:
        """The open charges, and the settled ones that may be of the period served."""
        still_open = {item.id for item in self.open_items}
        for place, charge in enumerate(self.position.charges):
            if charge.id in still_open or (place not in self.position.reversed and self._is_current(charge)):
                yield charge

    def _is_current(self, charge: Charge) -> bool:
        return day_of_charge(charge) in self.run.period or self.is_late(charge)

    def is_late(self, charge: Charge) -> bool:
        """Whether it was billed after the run that served its period."""
        return self.run.previous is not None and charge.posted > self.run.previous

    @cached_property
    def first_charged(self) -> Mapping[tuple[Category, str | None], date]:
        """When each regular charge was first posted, by its category and code."""
        found: dict[tuple[Category, str | None], date] = {}
        for charge in self.position.charges:
            if is_regular(charge):
                key = (charge.category, charge.code)
                found[key] = min(charge.posted, found.get(key, charge.posted))
        return found

    @cached_property
    def paid(self) -> Mapping[tuple[str | None, str], int]:
        """What each payer's own payments settle of each charge, at the bank or not, or keep for an increase."""
        found: dict[tuple[str | None, str], int] = {}
        for payment, charge, minor in self._taken:
            found[payment.payer, charge] = found.get((payment.payer, charge), 0) + minor
        return found

    @cached_property
    def pulled_of(self) -> Mapping[tuple[str | None, str], int]:
        """What pulls for the period have taken of each charge, by payer and charge, where the run is repeated."""
        found: dict[tuple[str | None, str], int] = {}
        for payment, charge, minor in self._taken:
            named = PULL_ID.match(payment.id)
            if named is not None and named["start"] == str(self.run.period.start):
                found[payment.payer, charge] = found.get((payment.payer, charge), 0) + minor
        return found

    @cached_property
    def pulled(self) -> Mapping[str, int]:
        """What pulls for the period have taken of each charge, in all."""
        found: dict[str, int] = {}
        for (_, charge), minor in self.pulled_of.items():
            found[charge] = found.get(charge, 0) + minor
        return found

    @cached_property
    def scheduled(self) -> tuple[tuple[Payment, str, int], ...]:
        """The parts of pulls that are recorded, and sent only later: the payment, the charge, minor units."""
        states = self.position.states
        return tuple(
            (payment, part.to, part.amount.minor)
            for payment in known_payments(self.position)
            if PULL_ID.match(payment.id) and states.get(payment.id) in _NOT_SENT
            for part in payment.designations
            if isinstance(part.to, str) and part.amount is not None
        )

    @cached_property
    def _taken(self) -> Sequence[tuple[Payment, str, int]]:
        """What each payment takes of each charge, sent or not."""
        found = list(self.scheduled)
        for source in self.position.money:
            if isinstance(source, Payment):
                found += [(source, charge, minor) for charge, minor in self._taken_by(source.id)]
        return found

    def _taken_by(self, source: str) -> Iterator[tuple[str, int]]:
        """What a payment settles, at the bank or not, and what it keeps for charges that are not there yet."""
        for charge, money in self.position.settles[source].items():
            yield charge, money.minor
        for target, kept in self.reserved.items():
            if source in kept:
                yield target, kept[source]

    @cached_property
    def disputed(self) -> Mapping[str, int]:
        """What of each open item is payable, and disputed."""
        return {item.id: min(self.payable[item.id], item.disputed_minor) for item in self.open_items}


def is_regular(charge: Charge) -> bool:
    """Whether it is charged again and again: the service, a feature, or what says that it recurs."""
    return charge.category in _SERVICE or (charge.recurring and charge.category not in _NEVER_REGULAR)


@attrs.frozen(eq=False)
class _Sight:
    """How one agreement sees an account."""

    snapshot: Snapshot
    agreement: Agreement

    def class_of(self, charge: Charge) -> tuple[ItemClass, str]:
        """The first class that fits, and why."""
        held = self._why_held(charge)
        if held:
            return ItemClass.HELD, held
        if any(charge is increase for increase in self.snapshot.increases):
            return ItemClass.PENDING_INCREASE, "not agreed to yet"
        root = self.snapshot.context.taxed(charge)
        is_new_feature = self._is_new_feature(root)
        if is_regular(root) and not is_new_feature:
            return self._regular(charge)
        if is_new_feature:
            return ItemClass.NEW, f"first charged after the agreement of {self.agreement.agreed}"
        return _ONCE.get(root.category) or self._new_or_other(charge)

    def _new_or_other(self, charge: Charge) -> tuple[ItemClass, str]:
        if charge.posted > self.agreement.agreed:
            return ItemClass.NEW, f"posted after the agreement of {self.agreement.agreed}"
        return ItemClass.OTHER, "of no other class"

    def _why_held(self, charge: Charge) -> str:
        if self.snapshot.disputed.get(charge.id) and not self.snapshot.offered[charge.id]:
            return "disputed"
        if charge.payer not in (None, self.agreement.payer):
            return f"owed by {charge.payer}"
        day = day_of_charge(charge)
        first = self._first_period
        if first is not None and day in first:
            return "of the period of the move-in, which is left out"
        if day >= self.snapshot.run.period.end:
            return "of a later period"
        return ""

    @cached_property
    def _first_period(self) -> Period | None:
        """The period that the policy leaves out."""
        policy, move_in = self.snapshot.policy, self.agreement.move_in
        if not policy.excludes_first or policy.includes.pays_everything or move_in is None:
            return None
        return period_at(self.snapshot.run.cycles, move_in)

    def _regular(self, charge: Charge) -> tuple[ItemClass, str]:
        if day_of_charge(charge) in self.snapshot.run.period:
            return ItemClass.CURRENT, "of the period served"
        if self.snapshot.is_late(charge):
            return ItemClass.CURRENT, f"billed after the run of {self.snapshot.run.previous}"
        return ItemClass.ARREARS, "of an earlier period"

    def _is_new_feature(self, charge: Charge) -> bool:
        """Whether the agreement, which keeps what it was made for, was made before it was first charged."""
        if not facts_of(self.agreement.rule).keeps_base or charge.category is Category.RENT or not is_regular(charge):
            return False
        return self.snapshot.first_charged[charge.category, charge.code] > self._base_day

    @cached_property
    def _base_day(self) -> date:
        """The day of the agreement; or of the first bill, where that came later."""
        return max(self.agreement.agreed, min(self.snapshot.first_charged.values()))


def _place(item: PullItem) -> tuple[Any, ...]:
    charge = item.charge
    sequence = (charge.sequence is None, charge.sequence or 0)
    return (PLACES[item.item_class], charge.due, charge.posted, *sequence, charge.id)
