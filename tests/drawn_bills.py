"""Many leases billed over a year by many policies, deposits settled, and one digest of all that came of it.

    python drawn_bills.py [SHUFFLE [hostile]]

As ``drawn_accounts``, whose arguments these are: SHUFFLE seeds the order in which everything is handed over.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from drawn_accounts import digest_of, hostile, pick, shuffled

if TYPE_CHECKING:
    from arledger import Bill, BillingPolicy, Charge, Credit, Frequency, Holding, Lease, Money, Percent, Price

LEASES = 60
FIRST_DAY = date(2027, 11, 20)  # a leap year follows


def day(random: Random) -> date:
    """A day of some months, over a year's end and a leap day."""
    return FIRST_DAY + timedelta(days=random.randrange(200))


def money(random: Random, currency: str) -> Money:
    """An amount above zero."""
    from arledger import Money

    return Money.from_minor(pick(random, 1, 7, 100_000, 33_333, 10 ** random.randrange(1, 15)), currency)


def drawn_prices(random: Random, currency: str) -> list[Price]:
    """One to three prices, some of them zero."""
    from arledger import Money, Price

    days = sorted({day(random) for _ in range(random.randrange(3))})
    first = [Price(money(random, currency))]
    later = [Price(pick(random, money(random, currency), Money.zero(currency)), since=since) for since in days]
    return first + later


def drawn_lease(random: Random, number: int, currency: str, per: Any, mixing: Random | None) -> Lease:
    """A lease with items, adjustments and deposits."""
    from arledger import Category, Lease, LeaseAdjustment, LeaseDeposit, LeaseItem, Percent

    items = [
        LeaseItem(
            pick(random, "rent", "it's/", "a%#") + str(place),
            drawn_prices(random, currency),
            category=pick(random, Category.RENT, Category.FEATURE),
            code=pick(random, None, "RENT", "PARK"),
            per=pick(random, per, "day"),
            proratable=bool(random.randrange(3)),
            payer=pick(random, None, "ann"),
        )
        for place in range(random.randrange(1, 4))
    ]
    adjustments = []
    for place in range(random.randrange(4)):
        changes: list[Money | Percent] = [Percent(-10), Percent("2.5"), money(random, currency)]
        changes.append(-money(random, currency))
        adjustments.append(
            LeaseAdjustment(
                f"adjustment{place}",
                pick(random, *changes),
                code="DISC",
                since=day(random),
                recurring=bool(random.randrange(2)),
                item=pick(random, None, items[0].id, items[-1].id),
            )
        )
    deposits = [
        LeaseDeposit(f"deposit{place}", money(random, currency), held_since=pick(random, None, FIRST_DAY))
        for place in range(random.randrange(3))
    ]
    move_in = day(random)
    return Lease(
        f"L>{number}",
        move_in=move_in,
        move_out=pick(random, None, move_in + timedelta(days=random.randrange(150))),
        items=shuffled(mixing, items),
        adjustments=shuffled(mixing, adjustments),
        deposits=shuffled(mixing, deposits),
    )


def drawn_policy(random: Random, mixing: Random | None) -> tuple[BillingPolicy, str]:
    """A policy, and what its prices are for."""
    from arledger import (
        HALF_EVEN,
        HALF_UP,
        AdjustmentPolicy,
        BillingPolicy,
        BillingType,
        Percent,
        Rate,
        Tax,
        TaxPolicy,
        monthly,
        proration,
        quarterly,
        twice_a_month,
        weekly,
    )

    kinds: list[Frequency | Callable[[date], Frequency]] = [
        monthly(1),
        monthly(31),
        quarterly(15),
        monthly,
        weekly(FIRST_DAY),
        twice_a_month(1, 15),
    ]
    cycle = pick(random, *kinds)
    in_months = cycle not in kinds[-2:]
    methods = [proration.NONE, proration.ACTUAL, proration.ANNUAL, proration.ACTUAL_ACTUAL]
    if in_months:
        methods += [proration.STANDARD, proration.FixedDivisor(30), proration.THIRTY_DAYS_MONTH, proration.THIRTY_360]
    taxes = [
        Tax("GST", [Rate(Percent(5)), Rate(Percent(6), since=date(2028, 1, 15))], codes=["RENT", "PARK"]),
        Tax("QST", Percent("9.975"), codes=["PARK"], on_top_of=["GST"]),
    ]
    policy = BillingPolicy(
        types=BillingType("any", cycle, due=random.randrange(5), bill_offset_days=random.randrange(12)),
        proration=pick(random, *methods),
        rounding=pick(random, HALF_UP, HALF_EVEN),
        daily_rate=pick(random, None, None, HALF_UP),
        rounding_offset_days=pick(random, None, 1, 15),
        confirmation=pick(random, "automatic", "manual"),
        adjustments=AdjustmentPolicy(["DISC"]),
        taxes=TaxPolicy(shuffled(mixing, taxes)),
    )
    return policy, "month" if in_months else "period"


def told(bill: Bill) -> Iterator[str]:
    """All that a bill says, whatever the order of its lines."""
    yield from sorted(repr(line) for line in bill.lines)
    yield from sorted(str(bill).splitlines())
    yield repr((bill.id, bill.kind, bill.state, bill.cycle, bill.total))
    yield from sorted(map(repr, bill.holdings))
    yield from sorted(str(line.prorated) for line in bill.lines)


def drawn_holding(random: Random, number: int) -> Holding:
    """A deposit with a top-up, perhaps some of it released."""
    from arledger import Holding, HoldingEntry, HoldingKind

    paid = money(random, "CAD")
    entries = [HoldingEntry(HoldingKind.TOP_UP, money(random, "CAD"), day(random))]
    if random.randrange(2):
        entries.append(HoldingEntry(HoldingKind.RELEASED, paid, entries[0].on))
    return Holding(f"D{number}", paid, FIRST_DAY, entries=entries)


def settlements(random: Random, number: int, bills: list[Bill], mixing: Random | None) -> Iterator[str]:
    """What becomes of a deposit under each convention."""
    from arledger import DepositPolicy, Percent, Rate, RateTable, accrual, settle_deposit, where

    rates = RateTable(shuffled(mixing, [Rate(Percent("1.25")), Rate(Percent("0.5"), since=date(2028, 2, 10))]))
    charges = [charge for bill in bills for charge in bill.charges if charge.amount.currency == "CAD"]
    holding = drawn_holding(random, number)
    conventions = (
        accrual.ACTUAL_365,
        accrual.ACTUAL_ACTUAL,
        accrual.after_days(90, accrual.ACTUAL_365),
        accrual.both_ends(accrual.WHOLE_MONTHS),
    )
    for convention in conventions:
        policy = DepositPolicy(rates=rates, refund_window_days=21, covers=where.rent, accrual=convention)
        settled = settle_deposit(holding, shuffled(mixing, charges), move_out=date(2028, 5, 17), policy=policy)
        yield str(settled.interest)
        yield repr((settled.interest, settled.refund, settled.refund_by, settled.payment))
        yield str(settled)


def texts(shuffle: int | None = None) -> Iterator[str]:
    """All that the bills and deposits of all leases say, or how they are refused."""
    from arledger import ArledgerError, Period, billing_cycles, draft_bill

    mixing = None if shuffle is None else Random(shuffle)
    for number in range(LEASES):
        random = Random(number)
        policy, per = drawn_policy(random, mixing)
        currency = pick(random, "CAD", "CAD", "JPY", "KWD")
        lease, changed = (drawn_lease(random, number, currency, per, mixing) for _ in range(2))
        bills = []
        yield f"lease {number}"
        for cycle in billing_cycles(lease, Period(FIRST_DAY, date(2028, 6, 1)), policy):
            bill = draft_bill(lease, cycle.period, policy)
            yield from told(bill)
            bills.append(bill)
            facts: list[Charge | Credit] = [*bill.charges, *bill.credits]
            issued = shuffled(mixing, facts)
            try:
                yield from told(draft_bill(changed, cycle.period, policy, billed=issued, on=cycle.due))
            except ArledgerError as error:
                yield f"{type(error).__name__}: {error}"
        yield from settlements(random, number, bills, mixing)


def digest(shuffle: int | None = None) -> str:
    """The digest of all of it."""
    return digest_of(texts(shuffle))


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if "hostile" in arguments:
        hostile()
    sys.stdout.write(digest(int(arguments[0]) if arguments else None))
