"""The oracle of autopay drafts: it hands out and takes back single cents, and asks each item what the rules say of it.

Nothing of it is shared with the package: it reads the facts of a position and of the agreements, and an amount rule as
words. Wants are exact, step by step; whole cents are given one at a time, to whoever lacks most.

Source: rules R9 to R21, as written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from arledger import Agreement, AutopayPolicy, AutopayRun, Credit, Payment, PaymentState, PendingIncrease, Position
from oracles.draft_cents import brought_down, hand_out, off_the_end, whole
from oracles.draft_items import NOTHING, Books, Cents, Rule, mode_of
from oracles.draft_rules import Wish, wish_of

STANDING = {PaymentState.SETTLED, PaymentState.CHARGED_BACK}


class Line(NamedTuple):
    """What is held back of an item, whose part of it it is, and in a word why."""

    charge: str
    cents: int
    agreement: str | None
    why: str


class Pulled(NamedTuple):
    """What an agreement comes to."""

    amount: int
    parts: list[tuple[str, str, int]]
    payment: str | None
    on: date
    notice: date | None
    reason: str
    ends: bool


class Taker:
    """One agreement on its way."""

    def __init__(self, books: Books, agreement: Agreement, rule: Rule, shares: Sequence[tuple[Fraction, Any]]) -> None:
        self.books, self.agreement, self.mode = books, agreement, mode_of(rule)
        self.items = books.items(agreement, rule, shares)
        self.reason = next(self.why_nothing(), "")
        self.is_pulled = not self.reason and self.was_pulled()
        barred = {"held"} if "pending_increase" in books.boxes else {"held", "pending_increase"}
        free = [item for item in self.items if item.kind not in barred]
        stored = agreement.stored.minor if agreement.stored else 0
        self.wish = Wish({}) if self.reason else wish_of(rule, free, books, stored)
        names = [item.charge.id for item in free]
        self.wants = {name: self.wish.wants[name] for name in names if self.wish.wants.get(name)}
        self.asked = frozenset(self.wants)
        self.parts: Cents = {}
        self.cut_off: Cents = {}
        """What limits took of its parts."""
        self.loose = self.wish.loose

    @property
    def amount(self) -> int:
        """What is pulled."""
        return sum(self.parts.values()) + self.loose

    def share(self, name: str) -> Fraction:
        """Its share of an item."""
        return next((item.share for item in self.items if item.charge.id == name), NOTHING)

    def pulls(self, of: str) -> list[Payment]:
        """Its pulls that are known, the first first."""
        position = self.books.position
        found = [
            payment
            for payment in position.ledger.money
            if isinstance(payment, Payment) and payment.id.startswith(of) and payment.posted <= position.known
        ]
        return sorted(found, key=lambda payment: (payment.received, len(payment.id), payment.id))

    def why_nothing(self) -> Iterator[str]:
        """R17, R20: why nothing is pulled, whatever is owed."""
        agreement, policy, run = self.agreement, self.books.policy, self.books.run
        states = self.books.position.states
        if policy.excludes_first and agreement.move_in and run.period.start <= agreement.move_in < run.period.end:
            yield "the period of the move-in"
        if policy.excludes_last and agreement.move_out and agreement.move_out < run.period.end:
            yield "the period of the move-out"
        back = 0
        for payment in self.pulls(f"{agreement.id}/pull@"):
            if payment.received >= agreement.agreed:
                state = states.get(payment.id)
                back = 0 if state in STANDING else back + (state is PaymentState.RETURNED)
        if policy.suspends_after and back >= policy.suspends_after:
            yield "suspended"

    def was_pulled(self) -> bool:
        """R20: whether a pull of it for the period stands; it then only keeps its part from the others."""
        states = self.books.position.states
        return any(
            states.get(payment.id) in {None, PaymentState.SCHEDULED, *STANDING, PaymentState.PENDING}
            for payment in self.pulls(f"{self.agreement.id}/pull@{self.books.run.period.start}")
        )

    def cut(self, most: int) -> None:
        """R16: cent by cent from the last part up; what is of no part goes first."""
        while self.amount > most:
            if self.loose:
                self.loose -= 1
                continue
            self.take_back()

    def take_back(self) -> None:
        """One cent of the last part."""
        name = [item.charge.id for item in self.items if self.parts.get(item.charge.id)][-1]
        self.parts[name] -= 1
        if not self.parts[name]:
            del self.parts[name]

    def why_held(self, name: str) -> str:
        """In a word, why less than its part of an item is pulled; nothing where the steps of the sum say it."""
        item = next(item for item in self.items if item.charge.id == name)
        if item.why or (self.reason and not self.asked):
            return (self.reason if not self.asked else "") or item.why
        if name in self.asked and self.reason:
            return self.reason
        if name in self.cut_off:
            return "over the"
        is_full = self.mode == "keep unchanged" and item.kind in {"arrears", "current"}
        if name in self.asked:
            is_less = self.wish.wants[name] < item.share * item.base
            return ("more than the stored amount" if is_full else "asks for less") if is_less else ""
        if is_full:
            return "more than the stored amount"
        return "asks for nothing" if item.kind in {"current", *self.books.boxes} else "are not included"

    def limit(self) -> None:
        """R16: the limits of a pull, and the least of one."""
        before = dict(self.parts)
        if self.is_pulled:
            self.skip("pulled before")
        policy, wish = self.books.policy, self.wish
        limits = [money.minor for money in (policy.limit, policy.processor_limit) if money]
        if wish.skips is not None and self.amount > wish.skips:
            self.skip("over")
        self.cut(self.amount if wish.most is None else wish.most)
        if limits and self.amount > min(limits):
            if policy.skips_over_limit:
                self.skip("over the limit")
            self.cut(min(limits))
        if policy.least and self.mode != "fixed" and 0 < self.amount < policy.least.minor:
            self.skip("less than")
        self.cut_off = {
            name: cents - self.parts.get(name, 0) for name, cents in before.items() if cents != self.parts.get(name)
        }

    def skip(self, why: str) -> None:
        """Nothing at all."""
        self.cut(0)
        self.reason = self.reason or why


class Run:
    """All agreements of an account together."""

    def __init__(
        self,
        agreements: Sequence[Agreement],
        rules: Mapping[str, Rule],
        position: Position,
        run: AutopayRun,
        policy: AutopayPolicy,
        increases: Sequence[PendingIncrease],
    ) -> None:
        self.books = Books(position, run, policy, increases)
        self.left_out = []
        standing = []
        for agreement in sorted(agreements, key=lambda one: (one.payer or "", one.id)):
            if agreement.agreed <= run.on and (agreement.until is None or run.on < agreement.until):
                standing.append(agreement)
            else:
                self.left_out.append(agreement.id)
        keeps = [one for one in standing if mode_of(rules[one.id]) == "keep unchanged" and one.stored]
        stored = sum(one.stored.minor for one in keeps if one.stored)
        self.takers = []
        for one in standing:
            shares: list[tuple[Fraction, Any]] = [(share.fraction, share.of) for share in one.shares or ()]
            if one.shares is None:
                shares = [(Fraction(one.stored.minor, stored) if one in keeps and one.stored else Fraction(1), None)]
            self.takers.append(Taker(self.books, one, rules[one.id], shares))
        self.still_paid = list[Fraction]()
        self.fit()
        self.net()
        self.share_out()
        for taker in self.takers:
            taker.limit()

    def net(self) -> None:
        """R12: unapplied credits lower what is wanted, then the payer's own unapplied payments."""
        includes, money = self.books.policy.includes, self.books.position.money
        for credit in money:
            if isinstance(credit, Credit):
                nets = includes.nets_adjustments if credit.category.value == "adjustment" else includes.nets_credits
                minor = Fraction(self.books.free(credit) if nets else 0)
                parts = self.parts_of_all()
                for taker, part in zip(self.takers, parts, strict=True):
                    if credit.payer is None:
                        off_the_end(taker.wants, part * minor)
                    elif credit.payer == taker.agreement.payer:
                        minor = off_the_end(taker.wants, minor)
        for payment in money:
            if isinstance(payment, Payment):
                minor = Fraction(self.books.free(payment))
                for taker in self.takers:
                    if taker.agreement.payer == payment.payer:
                        minor = off_the_end(taker.wants, minor)

    def parts_of_all(self) -> list[Fraction]:
        """The share of each in what it asks for; where these are more than the whole, in what anybody asks for."""
        charges = [item.charge for taker in self.takers for item in taker.items]
        amounts = {charge.id: charge.amount.minor - self.books.disputed.get(charge.id, 0) for charge in charges}
        own = [sum((taker.share(name) * amounts[name] for name in taker.asked), NOTHING) for taker in self.takers]
        asked = [sum(amounts[name] for name in taker.asked) for taker in self.takers]
        parts = [part / max(1, every) for part, every in zip(own, asked, strict=True)]
        every = sum(amounts[name] for name in frozenset[str]().union(*(taker.asked for taker in self.takers)))
        return [part / every for part in own] if sum(parts) > 1 else parts

    def divisions(self) -> list[tuple[list[str], list[Taker]]]:
        """Items that the same agreements ask for, in the same parts; increases apart, which may be refused."""
        increases = {charge.id for charge in self.books.increases}
        found: list[tuple[list[str], list[Taker], tuple[bool, list[Fraction]]]] = []
        seen = set[str]()
        for name in (item.charge.id for taker in self.takers for item in taker.items if item.charge.id in taker.asked):
            takers = [taker for taker in self.takers if name in taker.asked]
            parts = (name in increases, [taker.share(name) for taker in takers])
            same = [names for names, others, theirs in found if others == takers and theirs == parts]
            if not same:
                found.append(([name], takers, parts))
            elif name not in seen:
                same[0].append(name)
            seen.add(name)
        return [(names, takers) for names, takers, _ in found]

    def paid(self, taker: Taker, name: str) -> int:
        """What a payer has paid, pulls for the period apart, of an item that was asked for by what was charged."""
        if name not in taker.wish.paid_counts:
            return 0
        sources = [one for one in self.books.payments() if not self.books.is_of_period(one)]
        return sum(self.books.taken(one, name) for one in sources if one.payer == taker.agreement.payer)

    def own_pull(self, taker: Taker, name: str) -> int:
        """What was pulled of its payer for the period of an item."""
        sources = [source for source in self.books.payments() if self.books.is_of_period(source)]
        return sum(self.books.taken(one, name) for one in sources if one.payer == taker.agreement.payer)

    def without_pulls(self, each: list[tuple[Taker, list[str], Fraction]], most: int) -> list[Fraction]:
        """What is left of each sum beside what was pulled of it; in all no more than there is."""
        left = [
            max(NOTHING, amount - sum(self.own_pull(taker, name) for name in names)) for taker, names, amount in each
        ]
        return list(brought_down(left, most, [NOTHING] * len(left)))

    def offered(self, name: str) -> int:
        """What is payable of an item, and not disputed."""
        return self.books.payable.get(name, 0) - self.books.disputed.get(name, 0)

    def fit(self) -> None:
        """R15: within each division, what is wanted comes to what is payable, own parts of an item first."""
        for names, takers in self.divisions():
            wants = [sum((taker.wants[name] for name in names), NOTHING) for taker in takers]
            paid = [Fraction(sum(self.paid(taker, name) for name in names)) for taker in takers]
            there = sum(self.offered(name) for name in names)
            at_first = brought_down(wants, there + sum(self.books.pulled(name) for name in names), paid)
            left = self.without_pulls(list(zip(takers, [names] * len(takers), at_first, strict=True)), there)
            self.still_paid += paid
            room = {name: Fraction(self.offered(name)) for name in names}
            for name in names:
                own = brought_down([taker.wants[name] for taker in takers], self.offered(name), [NOTHING] * len(takers))
                for place, taker in enumerate(takers):
                    taker.wants[name] = min(own[place], left[place])
                    left[place] -= taker.wants[name]
                    room[name] -= taker.wants[name]
            for name in names:
                for place, taker in enumerate(takers):
                    more = min(left[place], room[name])
                    taker.wants[name] += more
                    left[place] -= more
                    room[name] -= more

    def share_out(self) -> None:
        """R14, R15: in all, what is wanted comes to what is payable less all unapplied payments; rounded once."""
        divisions = self.divisions()
        exact = [sum((taker.wants[name] for name in names), NOTHING) for names, own in divisions for taker in own]
        most = sum(self.offered(name) for names, _ in divisions for name in names)
        on_hand = sum(self.books.free(one) for one in self.books.position.money if isinstance(one, Payment))
        pulled = [sum(self.own_pull(taker, name) for name in names) for names, own in divisions for taker in own]
        at_first = [amount + own for amount, own in zip(exact, pulled, strict=True)]
        gone = sum(self.books.pulled(name) for names, _ in divisions for name in names)
        at_first = brought_down(at_first, max(0, most + gone - on_hand), self.still_paid)
        takers_names = [(taker, names) for names, own in divisions for taker in own]
        each = [(taker, names, amount) for (taker, names), amount in zip(takers_names, at_first, strict=True)]
        rest = iter(self.without_pulls(each, max(0, most - on_hand)))
        reached, given, sums = NOTHING, 0, dict[str, Fraction]()
        for names, takers in divisions:
            amounts = [next(rest) for _ in takers]
            reached += sum(amounts, NOTHING)
            self.place(names, takers, hand_out(amounts, whole(reached) - given))
            given = whole(reached)
            for taker, amount in zip(takers, amounts, strict=True):
                sums[taker.agreement.id] = sums.get(taker.agreement.id, NOTHING) + amount
        self.hand_on({taker: sums.get(taker.agreement.id, NOTHING) for taker in self.takers})

    def hand_on(self, sums: dict[Taker, Fraction]) -> None:
        """R14: nobody pays more than the exact sum rounded up; a cent too many goes to who lacks most and has room."""
        spare = 0
        for taker, exact in sums.items():
            while taker.parts and sum(taker.parts.values()) >= exact + 1:
                taker.take_back()
                spare += 1
        self.handed_on = spare
        for _ in range(spare):
            lacks = {taker: exact - sum(taker.parts.values()) for taker, exact in sums.items()}
            for taker in sorted(lacks, key=lambda taker: -lacks[taker]):
                names = [name for name in taker.wants if taker.wants[name] and self.room(name)]
                if names and lacks[taker] > 0:
                    taker.parts[names[0]] = taker.parts.get(names[0], 0) + 1
                    break

    def room(self, name: str) -> int:
        """What nobody pulls of an item."""
        return self.offered(name) - sum(taker.parts.get(name, 0) for taker in self.takers)

    def place(self, names: list[str], takers: list[Taker], left: list[int]) -> None:
        """R19: each payer's own part of an item first, then what is left anywhere; from the first item on."""
        room = {name: self.offered(name) for name in names}
        for name in names:
            own = brought_down([taker.wants[name] for taker in takers], room[name], [NOTHING] * len(takers))
            for place, cents in enumerate(hand_out(own, whole(sum(own, NOTHING)))):
                self.give(takers, left, room, place, name, cents)
        for name in names:
            for place in range(len(takers)):
                self.give(takers, left, room, place, name, room[name])

    @staticmethod
    def give(takers: list[Taker], left: list[int], room: Cents, place: int, name: str, cents: int) -> None:
        """Cents of an item to a payer, while there are any and the payer has some left."""
        for _ in range(cents):
            if left[place] and room[name]:
                takers[place].parts[name] = takers[place].parts.get(name, 0) + 1
                left[place] -= 1
                room[name] -= 1

    def pulled(self, taker: Taker) -> Pulled:
        """R19 to R21: what an agreement comes to, when, and under which id."""
        policy, on = self.books.policy, self.books.run.on
        days = policy.business_days
        while days and (on in days.holidays or on.weekday() in days.weekend):
            on += timedelta(days=1)
        name = stem = f"{taker.agreement.id}/pull@{self.books.run.period.start}"
        number = 1
        while name in self.books.position.ledger.by_id:
            number += 1
            name = f"{stem}#{number}"
        before = [
            payment.amount.minor for payment in taker.pulls(f"{taker.agreement.id}/pull@") if payment.received < on
        ]
        expected = before[-1:] + ([taker.agreement.stored.minor] if taker.agreement.stored else [])
        notice = on - timedelta(days=policy.notice_days or 0)
        is_told = policy.notice_days is not None and taker.amount > 0 and {taker.amount} != set(expected)
        if policy.notice_range:
            low, high = policy.notice_range
            is_told = is_told and not low.minor <= taker.amount <= high.minor
        kinds = {item.charge.id: item.kind for item in taker.items}
        return Pulled(
            taker.amount,
            [(part, kind, taker.parts[part]) for part, kind in kinds.items() if part in taker.parts],
            name if taker.amount else None,
            on,
            notice if is_told else None,
            taker.reason,
            taker.reason == "the period of the move-out",
        )

    def held(self) -> Iterator[Line]:
        """R19: what is held back of each item, and whose part of it it is."""
        for name, payable in self.books.payable.items():
            left = payable - sum(taker.parts.get(name, 0) for taker in self.takers)
            disputed = min(left, self.books.disputed.get(name, 0))
            if disputed:
                yield Line(name, disputed, None, "disputed")
            left -= disputed
            shares = [taker.share(name) * self.offered(name) for taker in self.takers]
            left -= sum(taker.cut_off.get(name, 0) for taker in self.takers)
            for taker, cents in zip(self.takers, hand_out(shares, whole(sum(shares, NOTHING))), strict=True):
                cut = taker.cut_off.get(name, 0)
                lack = min(left, max(0, cents - cut - taker.parts.get(name, 0)))
                if cut + lack:
                    yield Line(name, cut + lack, taker.agreement.id, taker.why_held(name))
                left -= lack
            if left:
                whys = [
                    item.why for taker in self.takers for item in taker.items if item.charge.id == name and item.why
                ]
                if not whys and any(taker.mode == "fixed" for taker in self.takers):
                    whys = ["is for no charge"]
                yield Line(name, left, None, min(whys, default="no agreement has a share"))
