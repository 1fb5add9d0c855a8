"""The drawn accounts and rules as arledger takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from arledger import (
    DOWN,
    HALF_EVEN,
    HALF_UP,
    OLDEST_FIRST,
    PRO_RATA,
    RENT_LAST,
    UP,
    Accrual,
    BusinessDays,
    Category,
    Charge,
    Credit,
    CreditKind,
    Designation,
    Dispute,
    FeeAmount,
    FirstFeeAfter,
    FreeDays,
    FreeUntil,
    Grace,
    LateFeeRule,
    Ledger,
    Limit,
    Money,
    Occurrence,
    Order,
    Payment,
    PaymentState,
    PaymentStep,
    Percent,
    Position,
    Rate,
    RateTable,
    Return,
    Reversal,
    Selector,
    accrual,
    fee,
    monthly,
    only,
    replay,
    weekly,
    where,
)
from arledger.fees.rule import LimitScope
from arledger.fees.running import Since
from arledger.ledger.books import Entry
from oracles.draw_late import ALWAYS, NEVER
from oracles.fees_by_day import Account, Applied, Rule

OCCURS = {
    "day": Occurrence.EACH_CHARGE_ONCE,
    "apart": Occurrence.EACH_CHARGE_APART,
    "invoice": Occurrence.EACH_INVOICE_ONCE,
    "balance": Occurrence.BALANCE_EACH_PERIOD,
}
SCOPES: dict[str, LimitScope] = {"charge": "charge", "period": "period", "ever": "ever"}
BASES = {"owed": fee.OWED, "past due": fee.PAST_DUE, "charge": fee.CHARGE, "rent": fee.RENT}
CONVENTIONS = {
    "over 365": accrual.ACTUAL_365,
    "over 360": accrual.ACTUAL_360,
    "actual": accrual.ACTUAL_ACTUAL,
    "30/360": accrual.THIRTY_360,
    "months": accrual.WHOLE_MONTHS,
}
ROUNDINGS = {"half up": HALF_UP, "half even": HALF_EVEN, "up": UP, "down": DOWN}
ORDERS: list[Order] = [OLDEST_FIRST, OLDEST_FIRST, RENT_LAST, PRO_RATA, only(where.rent, OLDEST_FIRST)]


def cad(minor: int) -> Money:
    """So many cents."""
    return Money.from_minor(minor, "CAD")


def ledger_of(account: Account) -> Ledger:
    """The entries of an account."""
    closed = None if account.first_open == NEVER else date.fromordinal(account.first_open.toordinal() - 1)
    return Ledger("CAD", [*_charged(account), *_received(account)], closed_through=closed)


def _charged(account: Account) -> Iterator[Entry]:
    for plain in account.charges:
        yield Charge(
            plain.id,
            cad(plain.minor),
            due=plain.due,
            posted=plain.posted,
            category=Category(plain.kind),
            code=plain.code,
            invoice=plain.invoice,
            payer=plain.payer,
            about=plain.about,
            disputed=_dispute(plain.dispute),
        )
        if plain.reversed is not None:
            yield Reversal(f"X{plain.id}", plain.id, on=plain.reversed)


def _dispute(dispute: tuple[int, date, date] | None) -> bool | Dispute:
    if dispute is None:
        return False
    minor, since, until = dispute
    return Dispute(cad(minor), None if since == NEVER else since, None if until == ALWAYS else until)


def _received(account: Account) -> Iterator[Entry]:
    for plain in account.money:
        if plain.is_credit:
            fee_id = plain.id.removesuffix("/unearned")
            wishes = [] if fee_id == plain.id else [Designation(fee_id)]
            kind = CreditKind.ADJUSTMENT
            payer = plain.payer
            yield Credit(plain.id, cad(plain.minor), granted=plain.day, kind=kind, payer=payer, designations=wishes)
            continue
        restriction = None if plain.only is None else where.category(Category(plain.only))
        yield Payment(plain.id, cad(plain.minor), received=plain.day, payer=plain.payer, restriction=restriction)
        if plain.at_bank is not None:
            sent, arrived = plain.at_bank
            yield PaymentStep(plain.id, PaymentState.PENDING, on=sent)
            if arrived != ALWAYS:
                yield PaymentStep(plain.id, PaymentState.SETTLED, on=arrived)
        for number, (day, minor) in enumerate(plain.back):
            yield Return(f"N{plain.id}{number}", plain.id, cad(minor), on=day)


def applied_in(position: Position) -> tuple[Applied, ...]:
    """What settled what by a position's history, and what of that was undone."""
    undone: dict[str, list[tuple[date, int]]] = {}
    for line in position.history:
        if line.reverses is not None:
            undone.setdefault(line.reverses, []).append((line.on, line.amount.minor))
    return tuple(
        Applied(line.source, line.charge, line.amount.minor, line.on, tuple(undone.get(line.id, ())))
        for line in position.history
        if line.reverses is None
    )


def replayed(ledger: Ledger, by: Order, day: date, *, sweeps: bool) -> Position:
    """An account at the end of a day."""
    return replay(ledger, by=by, as_of=day, sweep_payments=sweeps, sweep_credits=sweeps, designations="first")


def rule_of(plain: Rule) -> LateFeeRule:
    """A rule of plain data."""
    name, anchor = plain.period
    return LateFeeRule(
        amount=amount_of(plain.amount),
        grace=_grace(plain.grace),
        occurs=OCCURS[plain.occurs],
        limits=[Limit(amount_of(amount), per=SCOPES[scope]) for amount, scope in plain.limits],
        least=cad(plain.least) if plain.least else None,
        eligible=_eligible(plain.kinds),
        category=Category(plain.category),
        code=plain.code,
        period=monthly(anchor) if name == "month" else weekly(date(2026, 6, 1 + anchor)),
        since=None if plain.since == NEVER else plain.since,
        until=None if plain.until == ALWAYS else plain.until,
        rounding=ROUNDINGS[plain.rounding],
    )


def _eligible(kinds: Sequence[str]) -> Selector:
    chosen = where.category(*(Category(kind) for kind in kinds if kind != "not"))
    return ~chosen if kinds[0] == "not" else chosen


def _grace(plain: tuple[Any, ...]) -> Grace:
    name, number, *closed = plain
    if name == "until":
        return FreeUntil(number)
    if closed:
        weekend, holidays = closed
        return FreeDays(number, business_days=BusinessDays("following", holidays=holidays, weekend=weekend))
    return FirstFeeAfter(number) if name == "after" else FreeDays(number)


def amount_of(plain: tuple[Any, ...]) -> FeeAmount:
    """An amount of nested tuples."""
    name, *parts = plain
    if name in {"plus", "lesser", "greater"}:
        first, *more = map(amount_of, parts)
        if name == "plus":
            return sum(more, start=first)
        return (fee.lesser_of if name == "lesser" else fee.greater_of)(first, *more)
    if name in {"by size", "by part"}:
        tiers = [fee.Tier(amount_of(part), up_to=None if top is None else cad(top)) for top, part in parts[1:]]
        return (fee.by_size if name == "by size" else fee.by_part)(BASES[parts[0]], *tiers)
    return _AMOUNTS[name](*parts)


def _every(step: int, part: tuple[Any, ...], first: int, since: Since) -> FeeAmount:
    if step == 1 and first in {1, 2}:
        return (fee.each_day if first == 1 else fee.each_further_day)(amount_of(part), since=since)
    return fee.every(step, amount_of(part), first=None if first == step else first, since=since)


def _a_year(rates: Sequence[tuple[date | None, Any]], by: str, since: Since) -> FeeAmount:
    table = RateTable([Rate(Percent(rate * 100), since=begin) for begin, rate in rates])
    return fee.a_year(table, by=convention_of(by), since=since)


def convention_of(by: str) -> Accrual:
    """A convention by its name."""
    name, _, inner = by.partition(" of ")
    if name == "both ends":
        return accrual.both_ends(convention_of(inner))
    return accrual.after_days(int(name), convention_of(inner)) if inner else CONVENTIONS[name]


_AMOUNTS: dict[str, Callable[..., FeeAmount]] = {
    "flat": lambda minor: fee.flat(cad(minor)),
    "percent": lambda rate, base: fee.percent(Percent(rate * 100), of=BASES[base]),
    "from day": lambda days, part: fee.from_day(days, amount_of(part)),
    "every": _every,
    "each month": lambda part, since: fee.each_month(amount_of(part), since=since),
    "a year": _a_year,
}
