"""Accounts with a portal, drawn from ``random``: what was invoiced, what was paid, who may pay, and what they want.

Amounts are a few cents, so that they meet, and every part leaves a remainder. Money came before today, and
nothing is due today, so that what is paid today is placed after all else, whatever the order of application.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from arledger import (
    EXACT,
    EXACT_MATCH_FIRST,
    FLEXIBLE,
    NEWEST_FIRST,
    OLDEST_FIRST,
    OUTSTANDING,
    PRO_RATA,
    RENT_LAST,
    SETTLE_DUE,
    SETTLE_POSTED,
    SMALLEST_FIRST,
    Association,
    Bearer,
    BillingTeam,
    Category,
    Charge,
    CheckoutPolicy,
    Contact,
    ContactKind,
    Credit,
    Designation,
    Dispute,
    Entry,
    Invoice,
    Ledger,
    Money,
    Payment,
    PaymentMethod,
    PaymentState,
    PaymentStep,
    Portal,
    Position,
    ProcessingFee,
    Quote,
    Refused,
    Return,
    Reversal,
    fee,
    only,
    quote,
    replay,
    where,
)
from portal_facts import TODAY, bank, card, contact

T = TypeVar("T")
PAYERS = ("ana", "ben")
NAMES = ("INV-1", "INV-2", "INV-3")
ORDERS = (
    OLDEST_FIRST,
    NEWEST_FIRST,
    RENT_LAST,
    PRO_RATA,
    SMALLEST_FIRST,
    EXACT_MATCH_FIRST,
    only(where.rent, OLDEST_FIRST),
)
FEES = [
    ProcessingFee(fee.percent("2.9", of=fee.FACE), types="credit_card", borne_by=Bearer.PAYER),
    ProcessingFee(fee.flat(Money("0.02", "CAD")), borne_by=Bearer.COMPANY),
]
PREPAID = CheckoutPolicy(prepayments=True, fees=FEES)
PARTS: tuple[tuple[Fraction, ...], ...] = (
    (Fraction(1),),
    (Fraction(3, 5), Fraction(2, 5)),
    (Fraction(1, 3), Fraction(2, 3)),
)


def cents(minor: int) -> Money:
    """So many cents."""
    return Money(minor, "CAD") if minor == 0 else Money(f"{minor // 100}.{minor % 100:02}", "CAD")


class Case(NamedTuple):
    """An account, its portal, and what somebody asks for."""

    entries: tuple[Entry, ...]
    terms: dict[str, Any]
    portal: Portal
    by: str | BillingTeam
    wanted: Any
    paying: Any

    def position(self, *more: Entry, on: date = TODAY) -> Position:
        """What the account comes to, with some more entries."""
        return replay(Ledger("CAD", [*self.entries, *more]), as_of=on, **self.terms)

    def quote(self, position: Position | None = None) -> Quote | Refused:
        """What becomes of what is asked for."""
        known = self.position() if position is None else position
        return quote(self.wanted, known, self.portal, by=self.by, paying=self.paying)


class Draw:
    """One case in the making."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.charges: list[Charge] = []
        self.entries: list[Entry] = []

    def pick(self, values: Sequence[T]) -> T:
        """One of them."""
        return self.random.choice(values)

    def before(self) -> date:
        """One of the days before today."""
        return TODAY - timedelta(days=self.random.randint(1, 5))

    def amount(self) -> Money:
        """Round ones that meet, and odd ones."""
        return cents(self.pick((100, 100, 50, 10, 1, self.random.randint(2, 130))))

    def case(self) -> Case:
        """The whole of it."""
        invoices = [self.invoice(name) for name in NAMES[: self.random.randint(1, 3)]]
        for one in invoices:
            for _ in range(self.pick((1, 1, 2, 3))):
                self.charge(one)
        for number in range(self.pick((0, 0, 1, 2))):
            self.receive(f"P{number}")
        if self.random.random() < 0.2:
            self.entries.append(Credit("K", self.amount(), granted=self.before()))
        for charge in self.charges:
            if self.random.random() < 0.05:
                self.entries.append(Reversal(f"V-{charge.id}", charge.id, on=TODAY - timedelta(days=1)))
        portal = self.portal(invoices)
        actors: list[str | BillingTeam] = ["K-ana", "K-ana", "K-ana", "K-ben", BillingTeam("ana"), BillingTeam()]
        by = self.pick(actors)
        payer = portal.payers_of(by)[0]
        terms = {
            "by": self.pick(ORDERS),
            "settle": self.pick((SETTLE_POSTED, SETTLE_POSTED, SETTLE_DUE)),
            "sweep_payments": self.pick((True, True, False)),
        }
        return Case((*self.charges, *self.entries), terms, portal, by, self.wanted(invoices), self.paying(payer))

    def invoice(self, name: str) -> Invoice:
        """Addressed to somebody or to nobody."""
        payer = self.pick(("ana", "ana", "ana", "ana", "ben", None))
        return Invoice(name, date=self.before(), number=self.pick((None, name[-1])), payer=payer, client="Roy")

    def charge(self, invoice: Invoice) -> None:
        """Of nobody, of the invoice's payer, or of another; due or not, contested or not."""
        amount, name = self.amount(), f"C{len(self.charges)}"
        disputed: Any = self.pick((False, False, False, True, Dispute(cents(self.random.randint(1, amount.minor)))))
        self.charges.append(
            Charge(
                name,
                amount,
                due=self.pick((TODAY - timedelta(days=1), invoice.date, invoice.date, TODAY + timedelta(days=9))),
                posted=invoice.date,
                category=self.pick((Category.RENT, Category.OTHER)),
                invoice=invoice.id,
                payer=self.pick((None, None, invoice.payer, invoice.payer, "ben")),
                disputed=disputed,
            )
        )

    def receive(self, name: str) -> None:
        """A payment of the days before: settled, at the bank, or back."""
        day = self.before()
        designations = [Designation(self.pick(self.charges).id)] if self.charges and self.random.random() < 0.3 else []
        payer = self.pick((None, *PAYERS))
        self.entries.append(Payment(name, self.amount(), received=day, payer=payer, designations=designations))
        way = self.pick(("settled", "settled", "at the bank", "back"))
        if way == "at the bank":
            self.entries.append(PaymentStep(name, PaymentState.PENDING, on=day))
        elif way == "back":
            self.entries.append(Return(f"N-{name}", name, on=day))

    def portal(self, invoices: Sequence[Invoice]) -> Portal:
        """Everybody may pay; ana may be the resident, and tied to what is addressed to nobody."""
        kind = self.pick((ContactKind.SELF, ContactKind.FAMILY, ContactKind.FAMILY))
        people: list[Contact] = [contact("ana", kind=kind), contact("ben")]
        methods: list[PaymentMethod] = [make(payer) for payer in (*PAYERS, None) for make in (bank, card)]
        ties = [Association("A-1", "ana", client="Roy"), Association("A-2", "ben", invoice="INV-1")]
        return Portal(
            invoices=invoices,
            contacts=people,
            methods=methods,
            associations=ties[: self.random.randint(0, 2)],
            policy=self.pick((FLEXIBLE, FLEXIBLE, EXACT, PREPAID, CheckoutPolicy(fees=FEES))),
        )

    def wanted(self, invoices: Sequence[Invoice]) -> Any:
        """Everything, some, or so much of some."""
        some = self.random.sample([one.id for one in invoices], self.pick((1, 1, len(invoices))))
        return self.pick((OUTSTANDING, some, {name: self.pick((None, self.amount())) for name in some}))

    def paying(self, payer: str | None) -> Any:
        """By one method, or by two."""
        parts = self.pick(PARTS)
        names = self.random.sample([f"bank-{payer}", f"card-{payer}"], len(parts))
        return names[0] if len(parts) == 1 else dict(zip(names, parts, strict=True))


def drawn(seed: int) -> Case:
    """The case of a seed."""
    return Draw(Random(seed)).case()


def cases() -> SearchStrategy[Case]:
    """Accounts with a portal."""
    return st.integers(0, 10**9).map(drawn)


def quoted(case: Case) -> tuple[Case, Quote]:
    """The case with a quote that is made: as it is, or of as much of the first invoice as there is."""
    found = case.quote()
    if isinstance(found, Quote):
        return case, found
    payer = case.portal.payers_of(case.by)[0]
    for name in NAMES:
        simple = case._replace(wanted=[name], paying=f"card-{payer}")
        found = simple.quote()
        if isinstance(found, Quote):
            return simple, found
    from hypothesis import reject

    reject()
    raise AssertionError


def made() -> SearchStrategy[tuple[Case, Quote]]:
    """Accounts with a portal, of which something is quoted."""
    return cases().map(quoted)
