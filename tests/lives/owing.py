"""What makes an account owe more, or less without money: bills, fees, wrong charges, concessions, write-offs."""

from __future__ import annotations

from datetime import date, timedelta

import attrs

from arledger import (
    AdjustmentPolicy,
    BillingPolicy,
    BillingType,
    Category,
    Charge,
    Credit,
    CreditKind,
    Designation,
    Dispute,
    Lease,
    LeaseAdjustment,
    LeaseDeposit,
    LeaseItem,
    Percent,
    Period,
    Price,
    Reversal,
    Tax,
    TaxPolicy,
    billing_cycles,
    draft_bill,
    monthly,
    months_after,
    proration,
)
from drawn_accounts import pick
from lives.account import Account
from lives.notes import Mark

POLICY = BillingPolicy(
    types=BillingType("monthly", monthly(1), due=0, bill_offset_days=5),
    proration=proration.ACTUAL,
    adjustments=AdjustmentPolicy(["LOYAL", "DAMAGE"]),
    taxes=TaxPolicy([Tax("GST", Percent(5), codes="PARK"), Tax("PST", Percent(7), codes="PARK", on_top_of=["GST"])]),
)


def rent_of(month: date) -> str:
    """The id of a month's rent where bills are made by hand, so that money may be meant for it before it exists."""
    return f"rent {month:%Y-%m}"


def bill_by_hand(account: Account, month: date, rent_minor: int, *, has_agency: bool) -> None:
    """The charges of a month, some of them posted some days ahead; the agency owes a part of the rent."""
    posted = account.today
    agency = rent_minor * 7 // 10 if has_agency else 0
    charges = [
        Charge(
            rent_of(month),
            account.money(rent_minor - agency),
            due=month,
            posted=posted,
            category=Category.RENT,
            code="RENT",
            invoice=f"{month:%Y-%m}",
            payer="ann" if has_agency else None,
            recurring=True,
            attributes={"rate": 3},
        )
    ]
    if agency:
        charges.append(attrs.evolve(charges[0], id=account.name("A"), amount=account.money(agency), payer="agency"))
    parking = attrs.evolve(
        charges[0],
        id=account.name("K"),
        amount=account.money(rent_minor // 12 + 1),
        category=Category.FEATURE,
        code="PARK",
        payer=None,
        attributes={},
    )
    charges.append(parking)
    if not account.is_plain and account.random.randrange(2):
        account.happened["taxed"] += 1
        tax = account.money(parking.amount.minor // 20 + 1)
        charges.append(
            attrs.evolve(parking, id=f"{parking.id}/tax", amount=tax, category=Category.TAX, about=parking.id)
        )
    account.happened["billed by hand"] += 1
    account.billed_minor = sum(charge.amount.minor for charge in charges) - agency
    account.owe(*charges)


def drawn_lease(account: Account, start: date, rent_minor: int) -> Lease:
    """A lease that starts in the middle of a month, with parking, a deposit, and a loyal tenant's discount."""
    rent = LeaseItem("rent", account.money(rent_minor), category=Category.RENT, code="RENT")
    parking = LeaseItem("parking", account.money(rent_minor // 12 + 1), category=Category.FEATURE, code="PARK")
    loyal = LeaseAdjustment(
        "loyal", Percent(-4), code="LOYAL", since=months_after(start, 6), recurring=True, item="rent"
    )
    damage = LeaseAdjustment(
        "damage", account.money(rent_minor // 5 + 1), code="DAMAGE", since=start + timedelta(days=200)
    )
    return Lease(
        "L",
        move_in=start + timedelta(days=account.random.randrange(20)),
        items=[rent, parking],
        adjustments=[loyal, damage],
        deposits=[LeaseDeposit("deposit", account.money(rent_minor))],
    )


def bill_by_lease(account: Account, lease: Lease, span: Period) -> None:
    """Have each cycle of a lease billed on its day; the rent rises twice, and is billed anew once it is known of."""
    risen = lease
    for rise in (9, 17):
        since = months_after(span.start, rise)
        prices = [
            *risen.items[0].prices.prices,
            Price(account.money(lease_rent(lease) * (100 + rise) // 100), since=since),
        ]
        risen = attrs.evolve(risen, items=[attrs.evolve(risen.items[0], prices=prices), *risen.items[1:]])
    issued: dict[date, list[Charge | Credit]] = {}

    def bill(period: Period, known: Lease, what: str) -> None:
        drafted = draft_bill(known, period, POLICY, billed=issued.get(period.start, ()), on=account.today)
        issued.setdefault(period.start, []).extend([*drafted.charges, *drafted.credits])
        account.happened[what] += bool(drafted.lines)
        account.billed_minor = max(0, drafted.total.minor) or account.billed_minor
        account.owe(*drafted.charges)
        account.grant(*drafted.credits)

    for number, cycle in enumerate(billing_cycles(lease, span, POLICY)):
        # the rise of the ninth month is found out a month late
        known = lease if number < 10 else risen
        day = max(cycle.bill_run, span.start)
        happening = lambda _, period=cycle.period, known=known: bill(period, known, "billed by lease")  # noqa: E731
        account.agenda.setdefault(day, []).append(happening)
        if number in (8, 9):
            again = lambda _, period=cycle.period: bill(period, risen, "billed anew")  # noqa: E731
            account.agenda.setdefault(months_after(span.start, 11) + timedelta(days=3), []).append(again)


def lease_rent(lease: Lease) -> int:
    """What a lease costs at first."""
    return lease.items[0].prices.prices[0].amount.minor


def charge_deposit(account: Account, minor: int) -> str:
    """A deposit, where no lease asks for it."""
    charge = Charge(account.name("D"), account.money(minor), due=account.today, category=Category.DEPOSIT)
    account.owe(charge)
    return charge.id


def charge_utilities(account: Account) -> None:
    """A bill for water, due two weeks later, and now and then contested for a while."""
    minor = 500 + account.random.randrange(20_000)
    disputed: bool | Dispute = False
    if not account.is_plain and account.chance(one_in=3):
        amount = account.money(account.part(minor)) if account.random.randrange(2) else None
        since = account.today + timedelta(days=account.random.randrange(20))
        until = since + timedelta(days=10 + account.random.randrange(90))
        disputes: list[bool | Dispute] = [True, Dispute(amount, since, until), Dispute(amount, None, until)]
        disputed = pick(account.random, *disputes)
        account.happened["disputed"] += 1
    account.happened["utilities"] += 1
    account.owe(
        Charge(
            account.name("W"),
            account.money(minor),
            due=account.today + timedelta(days=account.random.randrange(15)),
            posted=account.today,
            category=Category.UTILITY,
            code="WATER",
            disputed=disputed,
        )
    )


def charge_wrongly(account: Account) -> None:
    """A charge that is taken back some time later, paid or not."""
    minor = 100 + account.random.randrange(90_000)
    charge = Charge(account.name("C"), account.money(minor), due=account.today, category=Category.FEE, code="CLEAN")
    account.owe(charge)
    account.happened["wrong charge"] += 1
    account.later(1 + account.random.randrange(45), lambda account: reverse_charge(account, charge.id))


def reverse_parking(account: Account) -> None:
    """Take back a parking that was never used, with the taxes on it."""
    taxed = {item.tax_of for item in account.owed.values()}
    some = [item for item in account.owed.values() if item.code == "PARK" and item.category == "feature"]
    parking = account.one_of([item for item in some if item.reversed is None])
    if parking is not None:
        account.happened["reversed with its taxes"] += parking.id in taxed
        reverse_charge(account, parking.id)


def reverse_charge(account: Account, name: str) -> None:
    """Take back a charge and the taxes on it."""
    owed = account.owed[name]
    if owed.reversed is None:
        posted = account.posting(owed.posted)
        mark = Mark(account.effective(owed.posted, posted), posted)
        family = {name}
        for item in account.owed.values():
            if item.id == name or item.tax_of in family:
                family.add(item.id)
                item.reversed = mark
        account.happened["reversed charge"] += 1
        account.enter(Reversal(account.name("X"), name, on=mark.on, posted=mark.posted))


def concede(account: Account) -> None:
    """A concession without a target."""
    minor = 100 + account.random.randrange(30_000)
    posted = account.posting()
    granted = account.effective(posted - timedelta(days=60), posted)
    account.happened["concession"] += 1
    kind = pick(account.random, CreditKind.CONCESSION, CreditKind.ADJUSTMENT, CreditKind.DEPOSIT_INTEREST)
    account.grant(Credit(account.name("G"), account.money(minor), granted=granted, posted=posted, kind=kind))


def forgive(account: Account, kind: CreditKind, target: str, minor: int) -> None:
    """A waiver or a write-off, and sometimes of more than there is left to forgive."""
    posted = account.posting(account.owed[target].posted)
    granted = account.effective(account.owed[target].posted, posted)
    account.happened[kind.value] += 1
    account.grant(
        Credit(
            account.name("G"),
            account.money(minor),
            granted=granted,
            posted=posted,
            kind=kind,
            designations=[Designation(target)],
        )
    )


def waive(account: Account) -> None:
    """Waive a late fee, whole or in part."""
    fee = account.one_of([item for item in account.owed.values() if item.is_late_fee])
    if fee is not None and not account.is_plain:
        forgive(account, CreditKind.WAIVER, fee.id, account.part(fee.minor))


def write_off(account: Account) -> None:
    """Write off what was open of a charge at the last month's end, and recover some of it later."""
    target = account.one_of(account.open_items())
    if target is not None and not account.is_plain:
        assert account.position is not None
        forgive(account, CreditKind.WRITE_OFF, target, account.part(account.position.open[target].minor))
        account.later(10 + account.random.randrange(60), recover)


def recover(account: Account) -> None:
    """Take back some of a write-off, since the debt is paid after all."""
    from lives.paying import pay

    written_off = [source for source in account.of_money("settled", is_credit=True) if source.is_write_off]
    source = account.one_of(written_off)
    if source is not None:
        minor = account.part(source.left)
        posted = account.posting(source.booked)
        mark = Mark(account.effective(source.changed, posted), posted)
        account.move(source, -minor, mark)
        account.enter(Reversal(account.name("X"), source.id, account.money(minor), on=mark.on, posted=mark.posted))
        account.happened["recovered"] += 1
        if account.random.randrange(3):
            pay(account, minor, designations=[Designation(source.targets[0], account.money(minor))])


def reverse_credit(account: Account) -> None:
    """Take back a credit that was granted in error: what is left of it."""
    source = account.one_of(account.of_money("settled", is_credit=True))
    if source is not None:
        posted = account.posting(source.booked)
        mark = Mark(account.effective(source.changed, posted), posted)
        amount = None if source.left == source.minor or account.random.randrange(2) else account.money(source.left)
        account.move(source, -source.left, mark)
        account.happened["reversed credit"] += 1
        account.enter(Reversal(account.name("X"), source.id, amount, on=mark.on, posted=mark.posted))
