"""Money that comes: early, late, in part, too much, by ways that take days, for this or that, from this one or that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from arledger import Category, Designation, Payment, PaymentState, PaymentStep, Selector, months_after, where
from drawn_accounts import pick
from lives.account import Account
from lives.notes import Mark, Source
from lives.owing import rent_of


def pay(
    account: Account,
    minor: int,
    *,
    received: date | None = None,
    posted: date | None = None,
    method: str | None = None,
    payer: str | None = None,
    designations: Sequence[Designation] = (),
    restriction: Selector | None = None,
    in_trust: bool = False,
) -> Source:
    """A payment, by a method that settles at once or takes some days."""
    method = pick(account.random, "ach", "ach", "card", "cash") if method is None else method
    posted = account.today if posted is None else posted
    received = posted if received is None else received
    payment = Payment(
        account.name("P"),
        account.money(max(1, minor)),
        received=received,
        posted=posted,
        method=method,
        payer=payer,
        designations=designations,
        restriction=restriction,
        fund="trust" if in_trust else "operating",
    )
    if method == "scheduled":
        return plan(account, payment)
    source = account.receive(payment, state="pending" if method == "ach" else "settled")
    if method == "ach":
        account.enter(PaymentStep(source.id, PaymentState.PENDING, on=received, posted=posted))
        account.happened["ach"] += 1
        account.later(1 + account.random.randrange(5), lambda account: arrive(account, source))
    return source


def plan(account: Account, payment: Payment) -> Source:
    """A payment that is agreed on for a later day; it may be called off."""
    source = account.receive(payment, state="scheduled")
    today = account.today
    account.enter(PaymentStep(source.id, PaymentState.SCHEDULED, on=today))
    account.happened["scheduled"] += 1

    def begin(account: Account) -> None:
        mark = Mark(account.today, account.today)
        source.changed = source.booked = account.today
        if account.chance(one_in=4):
            source.state = "over"
            account.enter(PaymentStep(source.id, PaymentState.CANCELLED, on=account.today))
            account.happened["cancelled"] += 1
        else:
            source.state, source.came = "pending", mark
            account.enter(PaymentStep(source.id, PaymentState.PENDING, on=account.today))
            account.later(3, lambda account: arrive(account, source))

    account.later((payment.received - today).days, begin)
    return source


def arrive(account: Account, source: Source) -> None:
    """Money on its way settles, or is refused by the bank, on a day that may be found out later."""
    from lives.mishaps import give_back

    if source.state != "pending":
        return
    posted = account.posting(source.booked)
    mark = Mark(account.effective(source.changed, posted), posted)
    if account.chance(one_in=8):
        account.move(source, -source.left, mark)
        source.state = "over"
        account.happened["rejected"] += 1
        account.enter(PaymentStep(source.id, PaymentState.REJECTED, on=mark.on, posted=mark.posted))
    elif account.chance(one_in=7):
        give_back(account, source)
        if source.state == "pending":
            account.later(2, lambda account: arrive(account, source))
    else:
        source.state, source.settled = "settled", mark
        source.changed, source.booked = mark
        account.enter(PaymentStep(source.id, PaymentState.SETTLED, on=mark.on, posted=mark.posted))


def pay_the_bill(account: Account, *, payer: str | None = None, minor: int | None = None) -> None:
    """What was billed: all of it, a part, more, in two halves, or what is open by the last month's end."""
    billed = account.billed_minor if minor is None else minor
    way = pick(account.random, "all", "all", "part", "too much", "halves", "balance")
    account.happened[f"paid {way}"] += 1
    amounts = [billed]
    if way == "part":
        amounts = [account.part(billed)]
    elif way == "too much":
        amounts = [billed + account.part(billed)]
    elif way == "halves":
        amounts = [billed // 2 + 1, billed // 2 + 1]
    elif way == "balance" and account.position is not None:
        amounts = [max(billed, account.position.balance.minor)]
    for amount in amounts:
        designations = () if account.is_plain or account.random.randrange(5) else drawn_designations(account, amount)
        account.happened["designated"] += bool(designations)
        pay(account, amount, payer=payer, designations=designations)


def drawn_designations(account: Account, minor: int) -> list[Designation]:
    """Wishes: a kind of charge, one that is open, or one that is yet to come."""
    targets: list[str | Selector] = [where.rent, where.code("PARK"), where.category(Category.UTILITY), where.past_due]
    targets += account.open_items()[:2]
    if account.chance(one_in=3):
        targets = [rent_of(months_after(account.today.replace(day=1), 1))]
        account.happened["for a charge to come"] += 1
    first = Designation(pick(account.random, *targets), account.money(account.part(minor)))
    rest = minor - (0 if first.amount is None else first.amount.minor)
    if rest and account.random.randrange(2):
        return [first, Designation(pick(account.random, *targets), account.money(account.part(rest)))]
    return pick(account.random, [first], [Designation(first.to)])


def pay_found_late(account: Account) -> None:
    """A payment of weeks ago that is found now."""
    received = account.today - timedelta(days=1 + account.random.randrange(70))
    first_open = account.ledger.first_open_day
    is_closed = first_open is not None and received < first_open
    account.happened["found late, of a closed month" if is_closed else "found late"] += 1
    minor = account.part(account.billed_minor)
    source = pay(account, minor, received=received, method=pick(account.random, "cash", "card", "ach"))
    assert source.posted == account.today


def pay_into_trust(account: Account) -> None:
    """Trust money, mostly for a charge that is open."""
    target = account.one_of(account.open_items())
    if not account.is_plain:
        account.happened["trust"] += 1
        designations = [Designation(target)] if target is not None and account.random.randrange(4) else []
        pay(account, account.part(account.billed_minor), designations=designations, in_trust=True)


def pay_restricted(account: Account) -> None:
    """Money that may pay one kind of charge only."""
    if not account.is_plain:
        account.happened["restricted"] += 1
        restriction = pick(account.random, where.rent, where.category(Category.UTILITY), ~where.past_due)
        pay(account, account.part(account.billed_minor), restriction=restriction)


def plan_a_payment(account: Account) -> None:
    """A payment that is scheduled for some days from now."""
    received = account.today + timedelta(days=2 + account.random.randrange(12))
    pay(account, account.part(account.billed_minor), received=received, posted=account.today, method="scheduled")
