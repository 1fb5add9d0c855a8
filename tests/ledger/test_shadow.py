"""R41 to R45: ``replay`` against a naive model of the same account, 20,000 positions and more, to the minor unit.

Each test draws its ledgers from a seed of its own, looks at each on a few days, and counts what it compared. What is
compared: open by charge; pending, unapplied, reserved and trust money by source; and the whole history. A difference is
cut down to the fewest entries that show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from arledger import (
    NEWEST_FIRST,
    REAPPLY,
    SETTLE_DUE,
    ArledgerError,
    Charge,
    Credit,
    Designation,
    Dispute,
    Ledger,
    Money,
    Order,
    Payment,
    PaymentStep,
    Position,
    Return,
    Selector,
)
from ledger.shadow import Picture, Shadow
from ledger_cases import DAYS, FIRST_DAY, LAST_DAY, ORDERS, TOTAL, Case
from ledger_strategies import FEATURES, PLAIN, draw_case
from samples import samples

FOCUSES: dict[str, tuple[frozenset[str], Mapping[str, Order], int]] = {
    "plain facts, total orders": (PLAIN, TOTAL, 700),
    "plain facts, any order": (PLAIN | {"sends"}, ORDERS, 300),
    "designations": (frozenset({"wishes", "late", "returns"}), ORDERS, 300),
    "bars and taxes": (frozenset({"bars", "taxes", "reversals"}), ORDERS, 300),
    "everything": (FEATURES, ORDERS, 1000),
}
"""What ledgers are drawn with, by which orders they are replayed, and how many of them."""
LOOKS = 8
"""The days on which each is looked at."""


def picture_of(position: Position) -> Picture:
    """A position as the shadow states it."""
    history: Counter[tuple[Any, ...]] = Counter()
    for line in position.history:
        minor = line.amount.minor if line.reverses is None else -line.amount.minor
        if position.terms.returns is REAPPLY:
            history[line.source, line.charge, line.on] += minor
        else:
            history[line.source, line.charge, line.on, minor] += 1

    def minors(part: Mapping[str, Money]) -> dict[str, int]:
        return {name: money.minor for name, money in part.items()}

    return Picture(
        open=minors(position.open),
        pending=minors(position.pending),
        unapplied=minors(position.unapplied),
        reserved=minors(position.reserved),
        trust=minors(position.trust),
        history=Counter({key: count for key, count in history.items() if count}),
    )


def difference(case: Case, days: list[date], known: date | None) -> tuple[date, Picture, Picture] | None:
    """The first day on which the two say something else, and what they say."""
    shown = Shadow(case, known or LAST_DAY).pictures(days)
    for day, theirs in zip(days, shown, strict=True):
        ours = picture_of(case.replay(day, known))
        if ours != theirs:
            return day, ours, theirs
    return None


def smallest(case: Case, differs: Callable[[Case], bool]) -> Case:
    """The case without any entry that the difference does not need."""

    def still(fewer: Case) -> bool:
        try:
            fewer.replay()
            return differs(fewer)
        except ArledgerError:
            return False

    shorter = (case.without(entry) for entry in case.ledger.entries)
    found = next((fewer for fewer in shorter if still(fewer)), None)
    return case if found is None else smallest(found, differs)


def compare(case: Case, days: list[date], known: date | None) -> int:
    """How many days were compared; the first difference fails, at its smallest."""
    if difference(case, days, known):
        worst = smallest(case, lambda fewer: difference(fewer, days, known) is not None)
        told = difference(worst, days, known)
        assert told is not None
        entries = "\n".join(map(repr, worst.ledger.entries))
        pytest.fail(f"{entries}\n{worst.terms}\nas of {told[0]}, known {known}\n{told[1]}\nshadow:\n{told[2]}")
    return len(days)


def draw_days(rng: Random) -> tuple[list[date], date | None]:
    """The days to look at a ledger on, and, for one in three, a day after which nothing is known."""
    found: set[date] = {LAST_DAY}
    while len(found) < LOOKS:
        found.add(FIRST_DAY + timedelta(rng.randrange(DAYS + 10)))
    return sorted(found), None if rng.randrange(3) else FIRST_DAY + timedelta(rng.randrange(DAYS + 10))


@pytest.mark.parametrize("focus", FOCUSES)
def test_replay_is_what_going_through_it_day_by_day_comes_to(focus: str) -> None:
    """R41 to R43: the same balances and the same history, as of any day, as known on any day."""
    features, orders, promised = FOCUSES[focus]
    rng = Random(focus)
    compared = 0
    for _ in range(samples(promised)):
        case = draw_case(rng, features, dict(orders))
        compared += compare(case, *draw_days(rng))
    assert compared == samples(promised) * LOOKS


def test_as_many_comparisons_as_promised() -> None:
    """20,000 positions in all; each test counts that it compared its own part of them."""
    assert sum(count for _, _, count in FOCUSES.values()) * LOOKS >= 20_000


def cad(text: str) -> Money:
    return Money(text, "CAD")


JAN, FEB = (Charge(f"rent {n}", cad("1000"), due=date(2026, n, 1)) for n in (1, 2))
PAID = [Payment(f"P-{n}", cad("1000"), received=date(2026, n, 3)) for n in (1, 2)]
BACK = Return("N-1", "P-1", on=date(2026, 2, 6))
FEE = Charge("fee", cad("25"), due=date(2026, 2, 6))
CASH = Payment("P-3", cad("1025"), received=date(2026, 2, 6))
MAR, APR = (
    Charge(f"rent {n}", cad("1000"), due=date(2026, n, 1), posted=day)
    for n, day in ((3, date(2026, 3, 1)), (4, date(2026, 3, 26)))
)
OVER = Payment("P-4", cad("1500"), received=date(2026, 3, 25))
C1, C2 = (Charge(f"c{n}", cad("100"), due=date(2026, m, 1)) for n, m in ((1, 1), (2, 6)))
EARLY = Payment("P-5", cad("100"), received=date(2026, 1, 10))

WORKED: list[tuple[str, Case, date, dict[str, int]]] = [
    ("E2", Case(Ledger("CAD", [JAN, FEB, *PAID, BACK, FEE])), LAST_DAY, {"rent 1": 1000, "rent 2": 0, "fee": 25}),
    (
        "E2, REAPPLY",
        Case(Ledger("CAD", [JAN, FEB, *PAID, BACK, FEE]), returns=REAPPLY),
        LAST_DAY,
        {"rent 1": 0, "rent 2": 1000, "fee": 25},
    ),
    ("E3", Case(Ledger("CAD", [JAN, FEB, *PAID, BACK, FEE, CASH])), LAST_DAY, {"rent 1": 0, "rent 2": 0, "fee": 0}),
    ("E4", Case(Ledger("CAD", [C1, C2, EARLY]), by=NEWEST_FIRST), date(2026, 6, 2), {"c1": 0, "c2": 100}),
    ("E5", Case(Ledger("CAD", [MAR, APR, OVER])), date(2026, 3, 26), {"rent 3": 0, "rent 4": 500}),
    (
        "E5, SETTLE_DUE",
        Case(Ledger("CAD", [MAR, APR, OVER]), settle=SETTLE_DUE),
        date(2026, 3, 26),
        {"rent 3": 0, "rent 4": 1000},
    ),
    (
        "E5, not swept",
        Case(Ledger("CAD", [MAR, APR, OVER]), sweep_payments=False),
        date(2026, 3, 26),
        {"rent 3": 0, "rent 4": 1000},
    ),
]


@pytest.mark.parametrize(("case", "day", "expected"), [row[1:] for row in WORKED], ids=[row[0] for row in WORKED])
def test_the_shadow_knows_the_worked_numbers(case: Case, day: date, expected: dict[str, int]) -> None:
    """E2 to E5: a model that is wrong in the same way would agree with anything."""
    (picture,) = Shadow(case, LAST_DAY + timedelta(400)).pictures([day])
    assert {name: minor // 100 for name, minor in picture.open.items()} == expected
    assert picture == picture_of(case.replay(day))


def features_of(case: Case) -> set[str]:
    """What a ledger has that a replay may trip over."""
    entries = case.ledger.entries
    found = {type(entry).__name__ for entry in entries}
    found |= {entry.state.value for entry in entries if isinstance(entry, PaymentStep)}
    found |= {f"{entry.kind.value}" for entry in entries if isinstance(entry, Credit)}
    found.add("late" if any(entry.posted > getattr(entry, "day", entry.posted) for entry in entries) else "on time")
    for entry in entries:
        if isinstance(entry, Charge):
            found |= {"payer"} if entry.payer else set()
            found |= {"dispute"} if isinstance(entry.disputed, Dispute) else set()
            found |= {"posted early"} if entry.posted < entry.due else set()
            found |= {"posted late"} if entry.posted > entry.due else set()
            found |= {entry.category.value}
        if isinstance(entry, Payment):
            found |= {"trust"} if entry.fund == "trust" else set()
            found |= {"restricted"} if entry.restriction is not None else set()
            wishes: tuple[Designation, ...] = entry.designations
            charges = {charge.id: charge for charge in case.ledger.charges}
            for wish in wishes:
                if isinstance(wish.to, Selector):
                    found.add("to a selector")
                elif wish.to not in charges:
                    found.add("to what never comes")
                else:
                    found.add("to a later charge" if charges[wish.to].posted > entry.received else "to a charge")
    return found


def test_what_is_drawn_has_what_it_is_drawn_for() -> None:
    """A shadow agrees on what it never sees: every kind of entry and trait is in a fair part of the ledgers."""
    rng = Random("census")
    count = max(400, samples(1000))
    seen: Counter[str] = Counter()
    by: Counter[object] = Counter()
    moved = 0
    for _ in range(count):
        case = draw_case(rng)
        seen.update(features_of(case))
        by[case.by] += 1
        moved += any(line.reverses is not None for line in case.replay().history)
    wanted = {
        *(
            "Charge",
            "Credit",
            "Payment",
            "PaymentStep",
            "Return",
            "Void",
            "Chargeback",
            "WonBack",
            "Reversal",
            "Refund",
        ),
        *("Transfer", "scheduled", "pending", "settled", "rejected", "cancelled", "late", "payer", "dispute", "tax"),
        *(
            "concession",
            "waiver",
            "adjustment",
            "write_off",
            "deposit_interest",
            "deposit",
            "late_fee",
            "rent",
            "trust",
        ),
        *("posted early", "posted late", "restricted", "to a selector", "to what never comes", "to a later charge"),
        "to a charge",
    }
    assert {name for name in wanted if seen[name] < count / 60} == set()
    assert moved > count / 4
    assert set(by) == set(ORDERS.values())
