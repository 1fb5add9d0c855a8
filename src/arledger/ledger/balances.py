"""What a replay comes to: the balances that its rows add up to.

The problem: a balance is asked for by a screen, an ageing, a draft and a statement, each in other parts, and none may
be stored. The decision: what a replay gave is kept as rows of ints, and everything is read from them when it is first
asked: open items, money that is unapplied, kept for a target, in trust or still at the bank, what is held of deposits,
and the balance. ``Position`` adds the history and its reasons.

Source: rule R45.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType

import attrs

from arledger.allocation.bars import is_bound
from arledger.checks import check_date, check_id
from arledger.entries import Application, Category, Charge, Credit, Payment, PaymentState, Reversal, disputed_minor
from arledger.errors import UnknownName, did_you_mean
from arledger.items import Context, OpenItem, incoming_of
from arledger.ledger.books import Ledger
from arledger.ledger.events import View, eligible
from arledger.ledger.placing import reserved
from arledger.ledger.rows import Row, Terms, standing_on
from arledger.money import Money, money_of


@attrs.frozen(eq=False)
class Funds:
    """What is left of one source, in minor units: free, kept for targets that are not there yet, or in trust."""

    unapplied: int = 0
    reserved: int = 0
    trust: int = 0
    pending: int = 0
    """Of a payment at the bank: all that is still under way, applied or not."""


@attrs.frozen(repr=False, order=False)
class Balances:
    """What a replay was made of, and what its rows add up to."""

    ledger: Ledger
    as_of: date
    known: date
    terms: Terms
    fixed: tuple[Application, ...]
    view: View = attrs.field(eq=False)
    rows: tuple[Row, ...] = attrs.field(eq=False)
    """The applications, in the order in which they came about."""
    net: tuple[int, ...] = attrs.field(eq=False)
    """What of each source is there at all, in minor units: its amount, less what went back or was sent."""
    reversed: Mapping[int, Reversal] = attrs.field(eq=False)
    """The charges that are reversed, by their places, and by what."""

    @property
    def currency(self) -> str:
        """The currency of the ledger."""
        return self.ledger.currency

    @property
    def charges(self) -> tuple[Charge, ...]:
        """The charges that exist, in canonical order; reversed ones too."""
        return tuple(self.view.charges)

    @property
    def money(self) -> tuple[Payment | Credit, ...]:
        """The payments and credits that have come, in canonical order."""
        return tuple(self.view.money)

    @cached_property
    def items(self) -> tuple[OpenItem, ...]:
        """Every charge of which something is open, in canonical order, with what is pending and disputed of it."""
        found = []
        for charge, open_minor, pending in zip(self.view.charges, self._open, self._pending, strict=True):
            if open_minor:
                disputed = min(open_minor, disputed_minor(charge, self.as_of))
                found.append(OpenItem(charge, open_minor, pending, disputed))
        return tuple(found)

    @cached_property
    def open(self) -> Mapping[str, Money]:
        """What is open of every charge, zero included, by the charge's id."""
        return self._by_id(self.view.charges, self._open)

    @cached_property
    def pending(self) -> Mapping[str, Money]:
        """What is still at the bank, applied or not, by the payment's id."""
        return self._some({source: funds.pending for source, funds in self._funds.items()})

    @cached_property
    def unapplied(self) -> Mapping[str, Money]:
        """What is settled and free of every payment and credit, zero included, by its id."""
        return self._by_id(self.view.money, (self._funds[source.id].unapplied for source in self.view.money))

    @cached_property
    def reserved(self) -> Mapping[str, Money]:
        """What is kept for targets that are not there yet, by the id of the payment or credit."""
        return self._some({source: funds.reserved for source, funds in self._funds.items()})

    @cached_property
    def trust(self) -> Mapping[str, Money]:
        """What is left of trust money, by the payment's id."""
        return self._some({source: funds.trust for source, funds in self._funds.items()})

    @cached_property
    def deposits(self) -> Mapping[str, Money]:
        """What was paid on deposits and so is held for the payer, by the id of the deposit's charge."""
        found: dict[str, int] = {}
        for source, charge, minor, _, _, _ in self.rows:
            fact = self.view.charges[charge]
            is_cash = isinstance(self.view.money[source], Payment) and not self.view.is_pending[source]
            if fact.category is Category.DEPOSIT and is_cash:
                found[fact.id] = found.get(fact.id, 0) + minor
        return self._some(found)

    @property
    def total_open(self) -> Money:
        """What is open in all: the receivable."""
        return money_of(sum(self._open), self.currency)

    @property
    def balance(self) -> Money:
        """What is open, less what is unapplied or reserved; below zero where more was paid than is owed.

        Trust money and money still at the bank are no part of it.
        """
        free = sum(funds.unapplied + funds.reserved for funds in self._funds.values())
        return money_of(sum(self._open) - free, self.currency)

    @cached_property
    def states(self) -> Mapping[str, PaymentState]:
        """Where each payment is that is known, scheduled ones too, by its id."""
        found = {}
        for source in self.ledger.money:
            if isinstance(source, Payment) and source.posted <= self.known:
                life = self.view.lives.get(source.id)
                state = life.state_on(self.as_of) if life else None
                if life is None and source.received <= self.as_of:
                    state = PaymentState.SETTLED
                if state is not None:
                    found[source.id] = state
        return MappingProxyType(found)

    @cached_property
    def settles(self) -> Mapping[str, Mapping[str, Money]]:
        """What each payment and credit settles, by the charge's id: what stands of it, also provisionally."""
        found: dict[str, dict[str, Money]] = {source.id: {} for source in self.view.money}
        for (source, charge), minor in sorted(self._standing.items()):
            found[self.view.money[source].id][self.view.charges[charge].id] = money_of(minor, self.currency)
        return MappingProxyType({source: MappingProxyType(charges) for source, charges in found.items()})

    def left_of(self, source: str) -> Money:
        """What is settled of a payment or credit and settles nothing: unapplied, reserved or in trust."""
        parts = (self.unapplied, self.reserved, self.trust)
        return money_of(sum(amounts[source].minor for amounts in parts if source in amounts), self.currency)

    def item(self, charge: str) -> OpenItem:
        """One charge with what is open of it, be it nothing; unknown ones raise ``UnknownName``."""
        check_id(charge, "position", "charge")
        place = self.view.charge_places.get(charge)
        if place is None:
            raise UnknownName(
                f"position: there is no charge {charge} on {self.as_of}",
                field="charge",
                value=charge,
                hint=did_you_mean(charge, self.view.charge_places),
            )
        fact = self.view.charges[place]
        disputed = min(self._open[place], disputed_minor(fact, self.as_of))
        return OpenItem(fact, self._open[place], self._pending[place], disputed)

    def payable_on(self, charge: str, day: date) -> Money:
        """What was payable of a charge at the end of an earlier day, by the applications that stand here.

        What came back later counts as paid until then; before the charge existed there was nothing.
        """
        check_date(day, "position", "day")
        place = self.view.charge_places[self.item(charge).id]
        at = min(day, self.as_of).toordinal()
        gone = self.reversed.get(place)
        fact = self.view.charges[place]
        left = 0 if fact.posted > day or (gone is not None and gone.on <= day) else fact.amount.minor
        return money_of(max(0, left - self._applied_by(place, at)), self.currency)

    def _applied_by(self, place: int, day: int) -> int:
        return sum(minor for at, minor in self._moves.get(place, ()) if at <= day)

    @cached_property
    def _moves(self) -> Mapping[int, list[tuple[int, int]]]:
        """What was applied to each charge on which day."""
        found: dict[int, list[tuple[int, int]]] = {}
        for _, charge, minor, day, _, _ in self.rows:
            found.setdefault(charge, []).append((day, minor))
        return found

    @cached_property
    def _open(self) -> list[int]:
        """What is open of each charge: its amount less what settled money stands on it."""
        is_pending = self.view.is_pending
        found = [charge.amount.minor for charge in self.view.charges]
        for source, charge, minor, _, _, _ in self.rows:
            if not is_pending[source]:
                found[charge] -= minor
        for place in self.reversed:
            found[place] = 0
        return found

    @cached_property
    def _pending(self) -> list[int]:
        """What of each charge money at the bank covers."""
        found = [0] * len(self.view.charges)
        if any(self.view.is_pending):
            for source, charge, minor, _, _, _ in self.rows:
                if self.view.is_pending[source]:
                    found[charge] += minor
        return found

    @cached_property
    def _standing(self) -> dict[tuple[int, int], int]:
        """What stands between each source and charge."""
        return standing_on(self.as_of.toordinal(), self.rows)

    @cached_property
    def _funds(self) -> Mapping[str, Funds]:
        """What is left of each source, by its id."""
        applied = [0] * len(self.view.money)
        for at, _, minor, _, _, _ in self.rows:
            applied[at] += minor
        found = {}
        for place, source in enumerate(self.view.money):
            left = self.net[place] - applied[place]
            if self.view.is_pending[place]:
                found[source.id] = Funds(pending=self.net[place])
            elif isinstance(source, Payment) and source.fund == "trust":
                found[source.id] = Funds(trust=left)
            else:
                kept = kept_of(self, source, left)
                found[source.id] = Funds(left - kept, kept)
        return found

    @cached_property
    def payable_charges(self) -> Mapping[str, Charge]:
        """The charges that money may reach by the rule of settling, be they open or not, by their ids."""
        settle, last = self.terms.settle, self.as_of.toordinal()
        return {charge.id: charge for charge in self.view.charges if eligible(charge, settle) <= last}

    def _by_id(self, facts: Iterable[Charge | Payment | Credit], minors: Iterable[int]) -> Mapping[str, Money]:
        currency = self.currency
        return MappingProxyType({fact.id: money_of(minor, currency) for fact, minor in zip(facts, minors, strict=True)})

    def _some(self, minors: Mapping[str, int]) -> Mapping[str, Money]:
        """Those that are not zero."""
        return MappingProxyType({name: money_of(minor, self.currency) for name, minor in minors.items() if minor})


def kept_of(position: Balances, source: Payment | Credit, left: int) -> int:
    """What of the money that is left of a source is kept for targets that are not there yet, in minor units."""
    ignored = position.terms.designations == "ignore" and not is_bound(source)
    if not source.designations or not left or ignored:
        return 0
    earlier = {charge: money.minor for charge, money in position.settles[source.id].items()}
    context = Context(incoming_of(source, left, position.as_of), position.payable_charges)
    waiting = reserved(source, left, earlier, context)
    return left if waiting.is_open_ended else waiting.named


def known_payments(position: Balances) -> list[Payment]:
    """The payments that are known, those of later days too."""
    return [one for one in position.ledger.money if isinstance(one, Payment) and one.posted <= position.known]


def left_at_the_bank(position: Balances, source: str) -> int:
    """What of money at the bank settles nothing, in minor units; of other money there is none."""
    if source not in position.pending:
        return 0
    return position.pending[source].minor - sum(money.minor for money in position.settles[source].values())


def free_money(position: Balances) -> Iterator[tuple[int, int]]:
    """What settles nothing and might, unapplied or at the bank: the place of each such source, and its minor units."""
    for place, source in enumerate(position.view.money):
        left = position.unapplied[source.id].minor
        if source.id in position.pending:
            under_way = left_at_the_bank(position, source.id)
            left += under_way - kept_of(position, source, under_way)
        if left > 0 and not is_bound(source):
            yield place, left
