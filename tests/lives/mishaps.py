"""Money that goes: returned, voided, contested and won or lost, refunded, transferred."""

from __future__ import annotations

from arledger import (
    Chargeback,
    Payment,
    Refund,
    Return,
    ReturnReason,
    Void,
    WonBack,
    refundable,
    transfer,
)
from drawn_accounts import pick
from lives.account import Account
from lives.notes import Mark, Source
from lives.paying import pay


def give_back(account: Account, source: Source) -> None:
    """The bank gives back a payment, or a part of it."""
    posted = account.posting(source.booked)
    mark = Mark(account.effective(source.changed, posted), posted)
    minor = account.part(source.left)
    is_whole = minor == source.left and not source.sent
    account.happened[f"returned {'whole' if is_whole else 'part'}, {source.state}"] += 1
    account.enter(
        Return(
            account.name("R"),
            source.id,
            None if is_whole and account.random.randrange(2) else account.money(minor),
            on=mark.on,
            posted=mark.posted,
            reason=pick(account.random, *ReturnReason),
            code=pick(account.random, None, "R01"),
        )
    )
    account.move(source, -minor, mark)
    if not source.left and not source.sent:
        source.state = "over"
    if account.chance(one_in=2):
        account.later(1 + account.random.randrange(10), lambda account: _pay_again(account, minor, source.payer))


def _pay_again(account: Account, minor: int, payer: str | None) -> None:
    account.happened["paid again"] += 1
    pay(account, minor, payer=payer)


def bounce(account: Account) -> None:
    """A payment that settled some time ago comes back."""
    source = account.one_of([some for some in account.of_money("settled") if some.method != "cash"])
    if source is not None:
        account.happened["settled long ago, and back"] += (account.today - source.day).days > 30
        give_back(account, source)


def void(account: Account) -> None:
    """A payment that was entered in error: undone as of a later day, or of its own."""
    some = [source for source in account.of_money("settled", "pending") if not source.sent]
    source = account.one_of(some)
    if source is not None:
        posted = account.posting(source.booked)
        on = source.changed if account.chance(one_in=2) else account.effective(source.changed, posted)
        account.happened["void"] += 1
        account.happened["void of the same day"] += on == source.day
        account.enter(Void(account.name("V"), source.id, on=on, posted=posted))
        account.move(source, -source.left, Mark(on, posted))
        source.state = "over"


def contest(account: Account) -> None:
    """A card payment is charged back, whole or in part, and later won back, whole or in part, or lost."""
    source = account.one_of([some for some in account.of_money("settled") if some.method == "card"])
    if source is not None:
        posted = account.posting(source.booked)
        mark = Mark(account.effective(source.changed, posted), posted)
        minor = account.part(source.left)
        is_whole = minor == source.left and not source.sent
        chargeback = Chargeback(
            account.name("Q"), source.id, None if is_whole else account.money(minor), on=mark.on, posted=mark.posted
        )
        account.enter(chargeback)
        account.move(source, -minor, mark)
        account.happened["chargeback"] += 1
        if is_whole:
            source.state = "contested"
        if account.random.randrange(3):
            account.later(1 + account.random.randrange(60), lambda account: win(account, source, chargeback.id, minor))
        else:
            account.happened["chargeback lost"] += 1


def win(account: Account, source: Source, chargeback: str, contested: int) -> None:
    """A chargeback is decided for us; where the rest of the payment went back meanwhile, it is over."""
    if source.state in {"contested", "settled"} and source.left + contested <= source.minor:
        posted = account.posting(source.booked)
        mark = Mark(account.effective(source.changed, posted), posted)
        minor = account.part(contested)
        amount = None if minor == contested else account.money(minor)
        account.enter(WonBack(account.name("Y"), chargeback, amount, on=mark.on, posted=mark.posted))
        account.move(source, minor, mark)
        source.state = "settled"
        account.happened["won back"] += 1


def send(account: Account) -> None:
    """Money that is free goes back to its payer, or to another account, in the evening."""
    account.evening.append(_send)


def _send(account: Account) -> None:
    position = account.replay(account.today)
    some = [
        (source, refundable(position, source.id).minor)
        for source in account.of_money("settled")
        if source.id in position.unapplied
    ]
    free = [(source, minor) for source, minor in some if minor]
    found: tuple[Source, int] | None = account.one_of(free)
    if found is None:
        return
    source, most = found
    amount = account.money(account.part(most))
    today = account.today
    if account.random.randrange(3):
        account.happened["refund"] += 1
        account.enter(Refund(account.name("E"), source.id, amount, on=today))
    else:
        account.happened["transfer"] += 1
        payment = account.ledger.by_id[source.id]
        assert isinstance(payment, Payment)
        leaving, coming = transfer(payment, amount, id=account.name("T"), on=today, to="another account")
        assert (coming.amount, coming.received, coming.payer) == (amount, today, payment.payer)
        account.enter(leaving)
    account.move(source, -amount.minor, Mark(today, today), is_sent=True)
