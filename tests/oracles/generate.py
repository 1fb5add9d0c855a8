"""Accounts from a seed: plain ``random``, since a hundred thousand of them must be drawn in a minute.

Amounts come in tiers and are often equal to another or one off it; days lie close together, so that ties are common;
ids do not sort as their numbers do. A feature that is asked for is in most accounts, and dense where it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from arledger import Application, Category, Charge, Credit, CreditKind, Designation, Dispute, Money, Payment, Selector
from arledger.allocation.records import Designations
from oracles.account import SELECTORS, Account, Source

FEATURES = frozenset({"taxes", "credits", "designations", "payers", "restrictions", "trust", "disputes", "applied"})
DAYS = tuple(date(2026, 2, 26) + timedelta(days=n) for n in range(10))
GONE = "gone"

_CURRENCIES = ("JPY", "CAD", "CAD", "KWD")
_TIERS = ((1, 9), (1, 100), (1, 100), (1, 10**4), (1, 10**18), (2**31 - 2, 2**31 + 2), (2**53 - 2, 2**53 + 2))
_CATEGORIES = (
    *(Category.RENT, Category.RENT, Category.RENT, Category.FEATURE, Category.LATE_FEE, Category.LATE_FEE),
    *(Category.UTILITY, Category.ADJUSTMENT, Category.DEPOSIT, Category.TAX, Category.OTHER),
)
_CODES = (None, None, "SERV", "PARK", "FEE")
_INVOICES = (None, None, "I1", "I2", "I3")
_PAYERS = (None, "ann", "ann", "bob")
_SEQUENCES = (None, None, None, -1, 0, 1, 1, 2)
_RATES: tuple[int | Decimal, ...] = (5, 5, 12, Decimal("5.0"), Decimal("5.25"), -1)
_FREE_KINDS = (CreditKind.CONCESSION, CreditKind.ADJUSTMENT, CreditKind.DEPOSIT_INTEREST)
_MODES: tuple[Designations, ...] = ("only", "first", "ignore")


class Draw:
    """One account in the making."""

    def __init__(self, rng: Random, features: Collection[str], *, largest: int, charges: int, money: int) -> None:
        self.rng = rng
        self.chance = rng.random
        self.features = {feature for feature in sorted(features) if rng.random() < (0.85 if len(features) < 4 else 0.5)}
        self.currency = rng.choice(_CURRENCIES)
        self.largest = largest
        self.tiers = [tier for tier in _TIERS if tier[0] <= largest]
        self.tier = rng.choice(self.tiers)
        self.is_mixed = self.chance() < 0.1
        self.seen: list[int] = []
        if largest > 10**4 and self.chance() < 0.02:
            charges, money = 4 * charges, 2 * money
        self.sizes = rng.randint(1, charges), rng.randint(1, money)

    def has(self, feature: str, share: float) -> bool:
        """Whether this fact has it."""
        return feature in self.features and self.chance() < share

    def minor(self) -> int:
        """An amount: of the tier, or near one that is there already."""
        if self.seen and self.chance() < 0.4:
            minor = self.rng.choice(self.seen) + self.rng.choice((-1, 0, 0, 1))
        else:
            minor = self.rng.randint(*(self.rng.choice(self.tiers) if self.is_mixed else self.tier))
        minor = max(1, min(minor, self.largest))
        self.seen.append(minor)
        return minor

    def money(self, minor: int) -> Money:
        """So much of the account's currency."""
        return Money.from_minor(minor, self.currency)

    def account(self) -> Account:
        """The whole of it."""
        charges: list[Charge] = []
        for number in self.rng.sample(range(1, 99), self.sizes[0]):
            charges.append(self.charge(f"C{number}", charges))
        sources = [self.source(str(number), charges) for number in self.rng.sample(range(1, 99), self.sizes[1])]
        applied = list(self.applications(charges, sources)) if "applied" in self.features else []
        for facts in (charges, sources, applied):
            self.rng.shuffle(facts)
        mode = self.rng.choice(_MODES) if "designations" in self.features else "only"
        return Account(tuple(charges), tuple(sources), tuple(applied), mode)

    def charge(self, name: str, earlier: Sequence[Charge]) -> Charge:
        """A charge; a tax is about an earlier one, or about one that is not in the call."""
        choice = self.rng.choice
        minor, due = self.minor(), choice(DAYS[:6])
        category, about = choice(_CATEGORIES), None
        if self.has("taxes", 0.45):
            category, about = Category.TAX, choice(earlier).id if earlier and self.chance() < 0.93 else GONE
        elif earlier and self.chance() < 0.05:
            about = choice(earlier).id
            category = Category.LATE_FEE
        return Charge(
            name,
            self.money(minor),
            due=due,
            posted=due if self.chance() < 0.6 else choice(DAYS[:6]),
            category=category,
            code=choice(_CODES),
            invoice=choice(_INVOICES),
            payer=choice(_PAYERS) if "payers" in self.features else None,
            about=about,
            disputed=self.dispute(minor) if self.has("disputes", 0.45) else False,
            attributes={"rate": choice(_RATES)} if self.chance() < 0.6 else {},
            sequence=choice(_SEQUENCES),
        )

    def dispute(self, minor: int) -> bool | Dispute:
        """All of it or a part, always or for some days."""
        if self.chance() < 0.3:
            return True
        since = self.rng.choice(DAYS) if self.chance() < 0.5 else None
        until = self.rng.choice(DAYS) if self.chance() < 0.5 else None
        if since and until and until <= since:
            until = since + timedelta(days=1)
        amount = self.money(self.rng.randint(1, minor)) if self.chance() < 0.6 else None
        return Dispute(amount, since, until)

    def source(self, name: str, charges: Sequence[Charge]) -> Source:
        """A payment or a credit, often for exactly what some charges come to, or one off it."""
        choice = self.rng.choice
        minor = self.minor()
        if self.chance() < 0.35:
            some = self.rng.sample(charges, self.rng.randint(1, len(charges)))
            minor = max(1, sum(charge.amount.minor for charge in some) + choice((-1, 0, 0, 0, 1)))
        is_credit = self.has("credits", 0.5)
        wants = self.has("designations", 0.65)
        designations = list(self.wishes(minor, charges)) if wants else []
        day, sequence = choice(DAYS[2:]), choice(_SEQUENCES)
        payer = choice(_PAYERS) if "payers" in self.features else None
        if is_credit:
            return Credit(
                f"K{name}",
                self.money(minor),
                granted=day,
                kind=choice(tuple(CreditKind) if designations else _FREE_KINDS),
                payer=payer,
                designations=designations,
                sequence=sequence,
            )
        return Payment(
            f"P{name}",
            self.money(minor),
            received=day,
            payer=payer,
            designations=designations,
            restriction=choice(SELECTORS) if self.has("restrictions", 0.5) else None,
            fund="trust" if self.has("trust", 0.4) else "operating",
            sequence=sequence,
        )

    def wishes(self, minor: int, charges: Sequence[Charge]) -> Iterator[Designation]:
        """Designations that name no more than the money in all."""
        left = minor
        for _ in range(self.rng.randint(1, 3)):
            to: str | Selector = self.rng.choice(SELECTORS)
            if self.chance() < 0.5:
                to = self.rng.choice(charges).id if self.chance() < 0.95 else GONE
            amount = None
            if left and self.chance() < 0.55:
                most = min(left, self.rng.choice(charges).amount.minor) if self.chance() < 0.5 else left
                part = most if self.chance() < 0.3 else self.rng.randint(1, most)
                amount, left = self.money(part), left - part
            yield Designation(to, amount)

    def applications(self, charges: Sequence[Charge], sources: Sequence[Source]) -> Iterator[Application]:
        """What was applied before, some of it undone again, some of charges or sources that are not in the call."""
        room = {fact.id: fact.amount.minor for fact in (*charges, *sources)}
        busy = self.rng.choice(sources).id  # one source has most of them, so that its wishes meet several
        for number in range(self.rng.randint(1, 5)):
            charge = self.rng.choice(charges).id if self.chance() < 0.9 else GONE
            source = busy if self.chance() < 0.6 else self.rng.choice((*(s.id for s in sources), f"{GONE} too"))
            most = min(room.get(charge, self.largest), room.get(source, self.largest))
            if not most:
                continue
            minor = most if self.chance() < 0.2 else self.rng.randint(1, most)
            name = f"A{number}"
            yield Application(source, charge, self.money(minor), DAYS[0], id=name)
            if self.chance() < 0.35:
                undone = self.rng.randint(1, minor)
                minor -= undone
                yield Application(source, charge, self.money(undone), DAYS[1], id=f"{name}-", reverses=name)
            for fact in (charge, source):
                if fact in room:
                    room[fact] -= minor


def draw_account(
    rng: Random, features: Collection[str] = FEATURES, *, largest: int = 10**18, charges: int = 6, money: int = 4
) -> Account:
    """One account with some of these features; ``charges`` and ``money`` are how many there are at most, as a rule."""
    return Draw(rng, features, largest=largest, charges=charges, money=money).account()


def features_of(account: Account) -> set[str]:
    """What is in an account, for a census of what was drawn."""
    charges, money = account.charges, account.money
    payments = [source for source in money if isinstance(source, Payment)]
    ids = {charge.id for charge in charges}
    taxes = [charge for charge in charges if charge.category is Category.TAX and charge.about in ids]
    tax_ids = {charge.id for charge in taxes}
    found = {
        "taxes": bool(taxes),
        "taxes on taxes": any(charge.about in tax_ids for charge in taxes),
        "credits": len(payments) < len(money),
        "designations": any(source.designations for source in money),
        "payers": any(charge.payer for charge in charges),
        "restrictions": any(payment.restriction is not None for payment in payments),
        "trust": any(payment.fund == "trust" for payment in payments),
        "disputes": any(charge.disputed for charge in charges),
        "disputed amounts": any(isinstance(charge.disputed, Dispute) and charge.disputed.amount for charge in charges),
        "applied": bool(account.applied),
        "counter-applications": any(application.reverses for application in account.applied),
        "ties": len({charge.due for charge in charges}) < len(charges),
        "equal amounts": len({charge.amount for charge in charges}) < len(charges),
        "many charges": len(charges) > 6,
        "large amounts": any(charge.amount.minor > 2**53 for charge in charges),
        "none": not (account.applied or any(fact.row[-1] for fact in (*charges, *money))),
    }
    return {feature for feature, is_there in found.items() if is_there}
