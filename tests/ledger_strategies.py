"""Whole ledgers with the terms on which they are replayed: a dozen or two entries over 60 days and two month-ends.

One function draws them, from whatever has ``randrange``: a seeded ``random.Random`` where tens of thousands are
compared, and Hypothesis where a law is to fail on the smallest ledger that breaks it. Days and amounts are few, so that
entries meet on days and to the cent. Only what can be is drawn: what goes back is there, and is sent only where it is
unapplied, by asking a replay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from arledger import (
    REAPPLY,
    REOPEN,
    SETTLE_DUE,
    SETTLE_POSTED,
    ArledgerError,
    Category,
    Charge,
    Chargeback,
    Credit,
    CreditKind,
    Designation,
    Dispute,
    Entry,
    Ledger,
    Money,
    Order,
    Payment,
    PaymentState,
    PaymentStep,
    Refund,
    Return,
    ReturnReason,
    Reversal,
    Selector,
    Transfer,
    Void,
    WonBack,
    refundable,
    where,
)
from ledger_cases import DAYS, FIRST_DAY, LAST_DAY, ORDERS, Case

T = TypeVar("T")

PLAIN: frozenset[str] = frozenset({"lives", "returns", "reversals", "late"})
"""What may befall facts without bars and wishes."""
FEATURES = PLAIN | {"bars", "wishes", "taxes", "sends"}

SELECTORS: tuple[Selector, ...] = (
    where.rent,
    where.past_due,
    where.category(Category.LATE_FEE, Category.UTILITY),
    where.payer("ann"),
    where.tagged("late"),
)
_CATEGORIES = (Category.RENT, Category.RENT, Category.UTILITY, Category.LATE_FEE, Category.DEPOSIT, Category.OTHER)
_FORGIVING = (CreditKind.WAIVER, CreditKind.WRITE_OFF)


@dataclass
class Drawing:
    """A ledger while it is drawn."""

    rng: Random
    features: frozenset[str]
    currency: str = "CAD"
    days: list[date] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def chance(self, many: int) -> bool:
        """Once in so many times; shrinks to no."""
        return self.rng.randrange(many) == many - 1

    def pick(self, values: Sequence[T]) -> T:
        """One of the values; shrinks to the first."""
        return values[self.rng.randrange(len(values))]

    def amount(self, most: int | None = None) -> Money:
        """Round ones that meet, odd ones that leave cents, and seldom a very large one."""
        minor = self.pick((100, 300, 50, 1, 2, 1000))
        if self.chance(3):
            minor += self.rng.randrange(40)
        if self.chance(12):
            minor = 2**53 + self.rng.randrange(5)
        if most is not None:
            minor = 1 + (minor - 1) % most
        return Money.from_minor(minor, self.currency)

    def day(self, since: date | None = None) -> date:
        """One of the ledger's few days, or soon after another."""
        if since is None:
            return self.pick(self.days)
        later = [day for day in self.days if day >= since]
        return self.pick(later) if later and not self.chance(3) else since + timedelta(self.rng.randrange(4))

    def posted(self, on: date, least: date | None = None) -> date:
        """The day in the books: mostly the day itself, else one that is found later."""
        day = max(on, least or on)
        if "late" in self.features and self.chance(4):
            day += timedelta(1 + self.rng.randrange(25))
        return min(day, LAST_DAY)

    def sequence(self) -> int | None:
        """A host's own number now and then."""
        return self.pick((None, None, None, 1, 2, -1))

    def payer(self) -> str | None:
        """Who owes or pays."""
        return self.pick((None, None, "ann", "bob")) if "bars" in self.features else None

    def charges(self) -> list[Charge]:
        """Those drawn so far."""
        return [entry for entry in self.entries if isinstance(entry, Charge)]


def draw_case(rng: Random, features: frozenset[str] = FEATURES, orders: dict[str, Order] | None = None) -> Case:
    """A ledger and its terms."""
    draw = Drawing(rng, features, currency="JPY" if rng.randrange(6) == 5 else "CAD")
    choice = ORDERS if orders is None else orders
    terms: dict[str, Any] = {
        "by": choice[draw.pick(list(choice))],
        "settle": draw.pick((SETTLE_POSTED, SETTLE_POSTED, SETTLE_DUE)),
        "returns": draw.pick((REOPEN, REOPEN, REAPPLY)),
        "designations": draw.pick(("only", "first", "ignore")),
        "sweep_credits": not draw.chance(5),
        "sweep_payments": not draw.chance(5),
    }
    count = 3 + rng.randrange(8)
    draw.days = sorted(FIRST_DAY + timedelta(rng.randrange(DAYS)) for _ in range(count))
    for number in range(1 + rng.randrange(6)):
        draw_charge(draw, f"C-{number + 1}")
    for number in range(rng.randrange(4)):
        draw_credit(draw, f"K-{number + 1}")
    for number in range(1 + rng.randrange(5)):
        draw_payment(draw, f"P-{number + 1}")
    if "reversals" in features:
        draw_reversals(draw)
    case = Case(Ledger(draw.currency, draw.entries), **terms)
    return draw_sends(draw, case) if "sends" in features and draw.chance(2) else case


def draw_charge(draw: Drawing, name: str) -> None:
    """A charge posted before, at or after it is due; a tax or a late fee about an earlier one, a deposit, a dispute."""
    due, amount = draw.day(), draw.amount()
    category = draw.pick(_CATEGORIES)
    earlier = draw.charges()
    about = None
    if earlier and category is Category.LATE_FEE:
        about = draw.pick(earlier).id
    if earlier and "taxes" in draw.features and draw.chance(5):
        category, about = Category.TAX, draw.pick(earlier).id
    disputed: bool | Dispute = False
    if "bars" in draw.features and draw.chance(5):
        since = draw.pick((None, draw.day()))
        until = draw.pick((None, draw.day(since) + timedelta(1)))
        dispute = Dispute(draw.pick((None, draw.amount(amount.minor))), since, until)
        disputed = draw.chance(3) or dispute
    draw.entries.append(
        Charge(
            name,
            amount,
            due=due,
            posted=due + timedelta(draw.pick((0, 0, -5, -20, 3, 12))),
            category=category,
            about=about,
            payer=draw.payer(),
            disputed=disputed,
            tags=draw.pick(((), ("late",))),
            sequence=draw.sequence(),
        )
    )


def draw_designations(draw: Drawing, amount: Money, *, at_least: int = 0) -> list[Designation]:
    """To charges of now and later, to one that never comes, and to selectors; some with amounts."""
    count = at_least
    if "wishes" in draw.features and draw.chance(3):
        count += 1 + draw.rng.randrange(2)
    targets: list[str | Selector] = [*(charge.id for charge in draw.charges()), "C-9", *SELECTORS]
    left, found = amount.minor, []
    for _ in range(count):
        money = None
        if left and draw.chance(2):
            money = Money.from_minor(1 + draw.rng.randrange(left), amount.currency)
            left -= money.minor
        found.append(Designation(draw.pick(targets), money))
    return found


def draw_credit(draw: Drawing, name: str) -> None:
    """A credit of any kind; one that forgives names a target, and is only drawn where there may be wishes."""
    amount, granted = draw.amount(), draw.day()
    kinds = [kind for kind in CreditKind if "wishes" in draw.features or kind not in _FORGIVING]
    kind = draw.pick(kinds)
    draw.entries.append(
        Credit(
            name,
            amount,
            granted=granted,
            posted=draw.posted(granted),
            kind=kind,
            payer=draw.payer(),
            designations=draw_designations(draw, amount, at_least=int(kind in _FORGIVING)),
            sequence=draw.sequence(),
        )
    )


def draw_payment(draw: Drawing, name: str) -> None:
    """A payment, with whatever becomes of it but what is sent on."""
    amount, received = draw.amount(), draw.day()
    bars = "bars" in draw.features
    payment = Payment(
        name,
        amount,
        received=received,
        posted=draw.posted(received),
        payer=draw.payer(),
        designations=draw_designations(draw, amount),
        restriction=draw.pick(SELECTORS) if bars and draw.chance(8) else None,
        fund="trust" if bars and draw.chance(8) else "operating",
        sequence=draw.sequence(),
    )
    draw.entries.append(payment)
    day = received
    if "lives" in draw.features and draw.chance(3):
        last = draw_steps(draw, payment)
        if last is None:
            return
        day = last
    if "returns" in draw.features and draw.chance(2):
        draw_return(draw, payment, day)


def draw_steps(draw: Drawing, payment: Payment) -> date | None:
    """Its steps; the day from which it may go back, or None where it never will."""
    plan = draw.pick(("settles", "pending", "rejected", "scheduled", "cancelled", "refused", "planned", "runs"))
    on = payment.received
    steps: list[tuple[PaymentState, date]] = []
    if plan in ("scheduled", "cancelled", "planned", "runs"):
        steps.append((PaymentState.SCHEDULED, on - timedelta(3)))
    if plan == "refused":
        steps.append((PaymentState.REJECTED, on))
    if plan == "cancelled":
        steps.append((PaymentState.CANCELLED, on - timedelta(1)))
    if plan in ("pending", "rejected", "runs"):
        on = draw.day(on)
        steps.append((PaymentState.PENDING, on))
    if plan == "rejected":
        on = draw.day(on)
        steps.append((PaymentState.REJECTED, on))
    if plan in ("settles", "scheduled", "runs"):
        on = draw.day(on)
        steps.append((PaymentState.SETTLED, on))
    least = payment.posted
    for state, day in steps:
        posted = day  # of a plan, which may be known before the payment
        if day >= payment.received:
            posted = least = draw.posted(day, least)
        draw.entries.append(PaymentStep(payment.id, state, on=day, posted=posted, sequence=draw.sequence()))
    return on if plan in ("settles", "pending", "scheduled", "runs") else None


def draw_return(draw: Drawing, payment: Payment, since: date) -> None:
    """It goes back, whole or in two parts; a pending one is returned or voided, a settled one may be contested too."""
    on = draw.day(since)
    name, whole = payment.id, payment.amount.minor
    about = [entry for entry in draw.entries if getattr(entry, "payment", "") == name]
    states = [entry.state for entry in about if isinstance(entry, PaymentStep)]
    least = max((payment.posted, *(entry.posted for entry in about)))
    posted, sequence = draw.posted(on, least), draw.sequence()
    is_settled = not states or PaymentState.SETTLED in states
    part = Money.from_minor(1 + draw.rng.randrange(whole), draw.currency) if draw.chance(2) else None
    kind = draw.pick(("return", "void", "chargeback", "chargeback") if is_settled else ("return", "void"))
    if kind == "void":
        draw.entries.append(Void(f"V-{name}", name, on=on, posted=posted, sequence=sequence))
        return
    if kind == "return":
        reason = draw.pick(tuple(ReturnReason))
        draw.entries.append(Return(f"N-{name}", name, part, on=on, posted=posted, reason=reason, sequence=sequence))
        if part is not None and part.minor < whole and draw.chance(2):
            again = draw.day(on + timedelta(1))
            draw.entries.append(Return(f"N2-{name}", name, on=again, posted=draw.posted(again, posted)))
        return
    draw.entries.append(Chargeback(f"B-{name}", name, part, on=on, posted=posted, sequence=sequence))
    if draw.chance(2):
        won = draw.day(on)
        amount = None if draw.chance(2) else draw.amount(whole if part is None else part.minor)
        later = draw.posted(won, posted)
        draw.entries.append(WonBack(f"W-{name}", f"B-{name}", amount, on=won, posted=later, sequence=draw.sequence()))


def draw_reversals(draw: Drawing) -> None:
    """Some charges are taken back, and some credits, whole or in parts."""
    for entry in list(draw.entries):
        if not isinstance(entry, (Charge, Credit)) or not draw.chance(6):
            continue
        on = draw.day(last_of_taxes(draw, entry) if isinstance(entry, Charge) else entry.granted)
        posted = draw.posted(on, entry.posted)
        part = draw.amount(entry.amount.minor) if isinstance(entry, Credit) and draw.chance(2) else None
        draw.entries.append(Reversal(f"X-{entry.id}", entry.id, part, on=on, posted=posted, sequence=draw.sequence()))
        if part is not None and part < entry.amount and draw.chance(2):
            again = draw.day(on)
            draw.entries.append(Reversal(f"Y-{entry.id}", entry.id, on=again, posted=draw.posted(again, posted)))


def last_of_taxes(draw: Drawing, charge: Charge) -> date:
    """The first day on which a charge is there with all taxes on it, which are taken back with it."""
    taxes = [tax for tax in draw.charges() if tax.category is Category.TAX and tax.about == charge.id]
    return max((charge.posted, *(last_of_taxes(draw, tax) for tax in taxes)))


def draw_sends(draw: Drawing, case: Case) -> Case:
    """Refunds and transfers of what is unapplied, as was known when they were made; none where there is nothing."""
    for number in range(2):
        on = draw.day()
        posted = draw.posted(on)
        try:
            position = case.replay(on, posted)
        except ArledgerError:
            break
        free = {source.id: refundable(position, source.id).minor for source in position.money}
        states = position.states
        some = [name for name, minor in free.items() if minor and states.get(name) is PaymentState.SETTLED]
        if not some:
            continue
        name = draw.pick(some)
        money = Money.from_minor(1 + draw.rng.randrange(free[name]) if draw.chance(2) else free[name], draw.currency)
        sent: Refund | Transfer = Refund(f"F-{number}", name, money, on=on, posted=posted)
        if draw.chance(3):
            sent = Transfer(f"T-{number}", name, money, on=on, posted=posted, to="A-2")
        more = case.with_more(sent)
        if all(_is_possible(more, known) for known in (None, *sends_posted(more))):
            case = more
    return case


def sends_posted(case: Case) -> list[date]:
    """The days on which money was sent, in the books."""
    return [entry.posted for entry in case.ledger.entries if isinstance(entry, (Refund, Transfer))]


def _is_possible(case: Case, known: date | None) -> bool:
    try:
        case.replay(known=known)
    except ArledgerError:
        return False
    return True


def cases(
    features: frozenset[str] = FEATURES, orders: dict[str, Order] | None = None, **terms: Any
) -> SearchStrategy[Case]:
    """Ledgers with terms, some of them given; shrinks to few entries on few days."""

    def drawn(rng: Random) -> Case:
        case = draw_case(rng, features, orders)
        return Case(case.ledger, **{**case.terms, **terms}) if terms else case

    return st.randoms(use_true_random=False).map(drawn)


def later_days() -> SearchStrategy[date]:
    """Days to look at a ledger on."""
    return st.integers(0, DAYS + 29).map(lambda n: FIRST_DAY + timedelta(n))


def reversed_charges(case: Case, changes: Iterable[Entry] | None = None) -> set[str]:
    """The charges that are taken back, by these changes or by any, with the taxes on them."""
    found = {entry.of for entry in (case.ledger.changes if changes is None else changes) if isinstance(entry, Reversal)}
    for _ in case.ledger.charges:
        found |= {tax.id for tax in case.ledger.charges if tax.category is Category.TAX and tax.about in found}
    return found & {charge.id for charge in case.ledger.charges}
