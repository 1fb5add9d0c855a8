"""One lease from the first key to the last cent: every bill of it, with its reasons.

The tenant moves in on 20 August and pays a deposit. On 16 September the rent rises; on 10 October a parking stall is
added, which is taxed, and on 11 November it is given up. The tenant moves out on 16 November, when the bill of November
has been issued already, so a correction follows. What is open at the end is taken from the deposit, with its interest,
and the rest goes back.

Run it: python examples/lease_life.py
"""

from __future__ import annotations

from datetime import date

import attrs

from arledger import (
    OLDEST_FIRST,
    AdjustmentPolicy,
    Bill,
    BillingPolicy,
    BillingType,
    Category,
    Charge,
    Credit,
    CreditKind,
    DepositPolicy,
    Holding,
    Lease,
    LeaseAdjustment,
    LeaseDeposit,
    LeaseItem,
    Money,
    Payment,
    Percent,
    Period,
    Price,
    Tax,
    TaxPolicy,
    allocate,
    billing_cycles,
    draft_bill,
    monthly,
    proration,
    settle_deposit,
    where,
)


def cad(amount: str) -> Money:
    """An amount in Canadian dollars."""
    return Money(amount, "CAD")


BILLING = BillingPolicy(
    types=BillingType("monthly", monthly(1), due=2, bill_offset_days=10),
    proration=proration.ACTUAL,
    adjustments=AdjustmentPolicy(["WELCOME"]),
    taxes=TaxPolicy([Tax("GST", Percent(5), codes=["PARK"])]),
)
DEPOSITS = DepositPolicy(rates=Percent(2), refund_window_days=30, covers=where.rent | where.code("DAMAGE"))

LEASE = Lease(
    "L-1",
    move_in=date(2026, 8, 20),
    items=[
        LeaseItem("rent", [Price(cad("1000")), Price(cad("1100"), since=date(2026, 9, 16))], code="RENT"),
        LeaseItem(
            "parking",
            [Price(cad("120"), since=date(2026, 10, 10)), Price(cad("0"), since=date(2026, 11, 11))],
            category=Category.FEATURE,
            code="PARK",
        ),
    ],
    adjustments=[
        LeaseAdjustment(
            "welcome",
            cad("-100"),
            code="WELCOME",
            since=date(2026, 9, 1),
            item="rent",
            kind=CreditKind.CONCESSION,
        )
    ],
    deposits=[LeaseDeposit("deposit", cad("1000"))],
)


def drafted(lease: Lease, start: date, end: date) -> list[Bill]:
    """The bills of a lease over a stretch of time."""
    cycles = billing_cycles(lease, Period(start, end), BILLING)
    return [draft_bill(lease, cycle.period, BILLING) for cycle in cycles]


def main() -> None:
    """Bill, correct, pay, and settle the deposit."""
    bills = drafted(LEASE, date(2026, 8, 20), date(2026, 12, 1))
    for bill in bills:
        print(bill, end="\n\n")

    print("The tenant moves out on 16 November, and says so on the 5th.\n")
    leaving = attrs.evolve(LEASE, move_out=date(2026, 11, 16))
    november = bills[-1]
    issued: list[Charge | Credit] = [*november.charges, *november.credits]
    correction = draft_bill(leaving, november.cycle.period, BILLING, billed=issued, on=date(2026, 11, 5))
    print(correction, end="\n\n")
    print(correction.lines[0].prorated, end="\n\n")

    bills.append(correction)
    charges: list[Charge] = [charge for bill in bills for charge in bill.charges]
    charges.append(Charge("door", cad("240"), due=date(2026, 11, 16), code="DAMAGE"))
    charges.append(Charge("nsf", cad("25"), due=date(2026, 11, 3), category=Category.NSF_FEE))
    money: list[Payment | Credit] = [credit for bill in bills for credit in bill.credits]
    money.append(Payment("P-1", cad("1387.10"), received=date(2026, 8, 20)))
    money.append(Payment("P-2", cad("950.00"), received=date(2026, 9, 3)))
    money.append(Payment("P-3", cad("1189.42"), received=date(2026, 10, 3)))
    paid = allocate(money, charges, by=OLDEST_FIRST)
    print("Three payments were made. What is still open:\n")
    for charge, left in paid.open.items():
        if left:
            print(f"{charge}: {left}")
    print()

    deposit = Holding("L-1/deposit", cad("1000"), date(2026, 8, 20))
    settled = settle_deposit(deposit, charges, move_out=date(2026, 11, 16), policy=DEPOSITS, applied=paid.lines)
    print(settled.interest, end="\n\n")
    print(settled, end="\n\n")
    print(settled.allocation.explanation)


if __name__ == "__main__":
    main()
