"""A life: two years, day after day, and at each month's end what a host does then.

The host replays the month as known at its end, posts what was applied (or corrections to it), ages what is open, makes
the statement and the roll-forward of the month, proposes credits for fees that turned out unearned, and closes its
books, some days into the next month. What was closed is looked at again when the life is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import attrs

from arledger import (
    DUE_THEN_DEARER,
    EXACT_MATCH_FIRST,
    NEWEST_FIRST,
    OLDEST_FIRST,
    OLDEST_FIRST_NON_RENT_PRIORITY,
    PAST_DUE_FIRST_RENT_LAST,
    PRO_RATA,
    REAPPLY,
    RENT_FIRST,
    RENT_LAST,
    SMALLEST_FIRST,
    Charge,
    Designation,
    InvalidValue,
    Ledger,
    Period,
    Position,
    aged,
    corrections,
    in_turn,
    months_after,
    record,
    roll_forward,
    statement_of,
)
from drawn_accounts import pick, shuffled
from lives import late, mishaps, owing, paying, promises
from lives.account import Account, Happening, drawn_rules

MONTHS = 24
ORDERS = {
    "oldest first": OLDEST_FIRST,
    "rent last": RENT_LAST,
    "non-rent priority": OLDEST_FIRST_NON_RENT_PRIORITY,
    "rent first": RENT_FIRST,
    "newest first": NEWEST_FIRST,
    "smallest first": SMALLEST_FIRST,
    "pro rata": PRO_RATA,
    "past due first": PAST_DUE_FIRST_RENT_LAST,
    "due then dearer": DUE_THEN_DEARER,
    "exact match first": EXACT_MATCH_FIRST,
}
DECK: list[Happening] = [
    owing.charge_utilities,
    owing.charge_utilities,
    owing.charge_wrongly,
    owing.reverse_parking,
    owing.concede,
    owing.waive,
    owing.write_off,
    owing.reverse_credit,
    paying.pay_found_late,
    paying.pay_found_late,
    paying.pay_into_trust,
    paying.pay_restricted,
    paying.plan_a_payment,
    mishaps.bounce,
    mishaps.bounce,
    mishaps.void,
    mishaps.contest,
    mishaps.contest,
    mishaps.send,
]


@attrs.frozen(eq=False)
class Closed:
    """What a closed month came to, as known when it was closed."""

    end: date
    position: Position


def live(seed: int, mixing: Random | None = None) -> tuple[Account, list[str]]:
    """One life, and what is to be told of it."""
    random = Random(seed)
    start = date(2026 + random.randrange(3), 1 + random.randrange(12), 1)
    currency = pick(random, "CAD", "CAD", "CAD", "JPY", "KWD")
    ledger = Ledger(currency, closed_through=start - timedelta(days=1))
    is_plain = not random.randrange(4)
    account = Account(random, mixing, drawn_rules(random, ORDERS), is_plain=is_plain, today=start, ledger=ledger)
    account.position = account.replay(start - timedelta(days=1))
    habits = _habits(account, start)
    told: list[str] = []
    closed: list[Closed] = []
    for number in range(MONTHS + 1):
        first = months_after(start, number)
        day_of_closing = first + timedelta(days=random.randrange(6))
        _plan(account, first, habits)
        while account.today < months_after(first, 1):
            if number and number % habits.months_to_close == 0 and account.today == day_of_closing:
                told += _end_month(account, first - timedelta(days=1), closed, takes_credits=habits.takes_credits)
                if number == MONTHS:
                    return account, [*told, *_look_back(account, closed)]
            _live_a_day(account)
    raise AssertionError("a life ends with its last month")


@attrs.frozen
class Habits:
    """What recurs in an account."""

    rent_minor: int
    is_leased: bool
    has_agency: bool
    bills_ahead: bool
    months_to_close: int
    """How many months the host ends at a time."""
    takes_credits: bool
    """Whether the host grants the credits that are proposed for unearned fees."""
    terms: late.LateTerms


def _habits(account: Account, start: date) -> Habits:
    """What recurs in an account, the deposit at its start, and all bills where there is a lease."""
    account.happened[f"order: {account.rules.name}"] += 1
    account.happened[f"{account.rules.returns!r}, {'held fixed' if account.rules.holds_fixed else 'corrected'}"] += 1
    rent_minor = 80_000 + account.random.randrange(150_000)
    is_leased = not account.is_plain and account.chance(one_in=2)
    has_agency = not account.is_plain and not is_leased and account.chance(one_in=2)
    account.happened["agency"] += has_agency
    if is_leased:
        lease = owing.drawn_lease(account, start, rent_minor)
        owing.bill_by_lease(account, lease, Period(start, months_after(start, MONTHS)))
    else:
        deposit = owing.charge_deposit(account, rent_minor)
        wish = [] if account.is_plain else [Designation(deposit)]
        paying.pay(account, account.part(rent_minor), designations=wish)
    months_to_close = 3 if account.rules.returns is REAPPLY else pick(account.random, 1, 3, 3)
    account.happened["leased"] += is_leased
    account.happened["plain"] += account.is_plain
    account.happened[f"closes {months_to_close} months at a time"] += 1
    takes_credits = bool(account.random.randrange(4))
    terms = late.drawn_terms(account, rent_minor, ("ann", "agency") if has_agency else ())
    return Habits(rent_minor, is_leased, has_agency, account.chance(one_in=2), months_to_close, takes_credits, terms)


def _plan(account: Account, first: date, habits: Habits) -> None:
    """What is to happen in a month."""
    random = account.random
    next_month = months_after(first, 1)

    def on(day: int, happening: Happening) -> None:
        account.agenda.setdefault(first + timedelta(days=day - 1), []).append(happening)

    def bill(day: int, month: date) -> None:
        on(day, lambda some: owing.bill_by_hand(some, month, habits.rent_minor, has_agency=habits.has_agency))

    if not habits.is_leased:
        if not habits.bills_ahead or not account.owed.keys() & {owing.rent_of(first)}:
            bill(1, first)
        if habits.bills_ahead:
            bill(26, next_month)
    account.happened["paid early"] += (day := pick(random, 1, 1, 2, 3, 12, 20, 27, 28)) > 26 and not habits.bills_ahead
    on(day, lambda some: paying.pay_the_bill(some, payer="ann" if habits.has_agency else None))
    if habits.has_agency:
        minor = habits.rent_minor * 7 // 10
        on(1 + random.randrange(15), lambda some: paying.pay_the_bill(some, payer="agency", minor=minor))
    for _ in range(random.randrange(4)):
        on(1 + random.randrange(27), pick(random, *DECK))
    if account.chance(one_in=5):
        on(6 + random.randrange(7), lambda some: late.look(some, habits.terms))
        on(15 + random.randrange(13), lambda some: late.look(some, habits.terms))


def _live_a_day(account: Account) -> None:
    """What is on the agenda, what comes of it, and in the evening what sends money away."""
    for happening in account.agenda.pop(account.today, ()):
        happening(account)
    for happening in account.evening:
        happening(account)
    account.evening.clear()
    account.flush()
    account.today += timedelta(days=1)


def _end_month(account: Account, end: date, closed: list[Closed], *, takes_credits: bool) -> Iterator[str]:
    """The work of a month's end, and what it gave."""
    before = account.position
    assert before is not None
    waits = account.chance(one_in=3)  # until the books of the next month are open
    posting = end + timedelta(days=1) if waits else None
    while True:
        position = account.replay(end, end)
        done = corrections(shuffled(account.mixing, account.posted), position, posted=posting)
        promises.check_corrections(account, position, done)
        account.posted += done.lines
        yield str(done)
        if not (takes_credits and done.credits):
            break
        account.happened["credit for an unearned fee"] += 1
        account.grant(*done.credits)
        if waits:
            break
    account.happened["reversed by corrections"] += bool(done.reversals)
    ageing, statement, control = aged(position), statement_of(before, position), roll_forward(before, position)
    promises.check_balances(account, position)
    promises.check_history(account, position)
    promises.check_bars(account, position)
    promises.check_ageing(position, ageing)
    promises.check_statement(before, position, statement)
    promises.check_control(account, before, position, control)
    yield from map(str, (position, ageing, statement, control))
    yield from account.told
    account.told.clear()
    account.position = position
    closed.append(Closed(end, position))
    account.flush()
    account.ledger = attrs.evolve(account.ledger, closed_through=end)
    _try_the_closed_books(account, end)


def _try_the_closed_books(account: Account, end: date) -> None:
    """Closed books take nothing new, and what they have already changes nothing."""
    try:
        record(account.ledger, Charge("late", account.money(1), due=end))
    except InvalidValue as refused:
        account.happened["refused by closed books"] += "the books are closed through" in str(refused)
    assert record(account.ledger, account.ledger.entries[-3:]) is account.ledger


def _look_back(account: Account, closed: list[Closed]) -> Iterator[str]:
    """Closed months are what they were, as known then; and all of it as known today."""
    then = account.one_of(closed)
    promises.check_same(account.replay(then.end, then.end), then.position)
    today = account.replay(account.today)
    promises.check_balances(account, today)
    promises.check_history(account, today)
    if account.is_plain:
        promises.check_same(account.replay(account.today, by=in_turn(account.rules.by)), today)
    if account.chance(one_in=2):
        _hold_all(account, today)
    elif account.chance(one_in=2):
        known_today = account.replay(closed[len(closed) // 2].end)
        promises.check_balances(account, known_today)
        yield repr((known_today, dict(known_today.open), dict(known_today.unapplied)))
    yield repr(today.history)
    yield str(today.explanation)
    yield repr((dict(today.open), dict(today.unapplied)))
    yield today.fingerprint


def _hold_all(account: Account, today: Position) -> None:
    """A host that holds all that came about fixed has the same account, and nothing to correct."""
    posted = [*account.posted, *corrections(account.posted, today).lines]
    held = account.replay(account.today, fixed=shuffled(account.mixing, posted))
    promises.check_same(held, today)
    assert {line.id for line in posted} <= {line.id for line in held.history}
    assert not corrections(posted, held).lines
