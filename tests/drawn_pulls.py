"""Many accounts pulled by autopay over some months, and one digest of all that came of it.

    python drawn_pulls.py [SHUFFLE [hostile]]

As ``drawn_accounts``, whose arguments these are: SHUFFLE seeds the order in which everything is handed over. Each month
has a bill, payments by hand, a run, and what becomes of its pulls: some are recorded, some come back, and of these some
are presented again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

from drawn_accounts import digest_of, hostile, pick, shuffled

if TYPE_CHECKING:
    from arledger import Agreement, AutopayPolicy, Charge, Drafts, Ledger, Money, Payment

ACCOUNTS = 150
MONTHS = (3, 4, 5, 6)
PAYERS = ("ana", "ben", "cy")


def money(random: Random, currency: str, most: int = 120_000) -> Money:
    """An amount above zero."""
    from arledger import Money

    return Money.from_minor(random.randrange(1, most), currency)


def drawn_policy(random: Random, currency: str) -> AutopayPolicy:
    """Some boxes, and perhaps limits."""
    from arledger import AutopayPolicy, BusinessDays, include

    boxes = include.NOTHING
    for box in (
        include.DEPOSITS,
        include.PENDING_INCREASES,
        include.LEASE_ADJUSTMENTS,
        include.OTHER_FEES,
        include.NEW_CHARGES,
        include.NEGATIVE_CHARGES,
    ):
        if not random.randrange(3):
            boxes |= box
    return AutopayPolicy(
        includes=boxes,
        excludes_first=not random.randrange(4),
        excludes_last=not random.randrange(4),
        limit=pick(random, None, None, money(random, currency)),
        skips_over_limit=not random.randrange(4),
        business_days=pick(random, None, BusinessDays("following")),
        suspends_after=pick(random, None, 1, 2),
    )


def drawn_agreements(random: Random, currency: str) -> list[Agreement]:
    """One to three payers, in parts of the whole or of some charges."""
    from arledger import Agreement, Category, Money, Percent, Share, pull, where

    rules: list[Any] = [pull.KEEP_PERCENT, pull.KEEP_UNCHANGED, pull.FIXED, pull.FULL_BALANCE, pull.RECURRING_ONLY]
    rules += [pull.percent_of_balance(Percent(50)), pull.capped(pull.KEEP_PERCENT, Money.from_minor(40_000, currency))]
    rules += [pull.skipped_over(pull.FULL_BALANCE, Money.from_minor(90_000, currency))]
    rules += [pull.at_least(pull.percent_of_balance(Percent(5)), Money.from_minor(3_000, currency))]
    payers = PAYERS[: random.randrange(1, 4)]
    rule = pick(random, *rules)
    found = []
    for place, payer in enumerate(payers):
        part = Fraction(1, len(payers))
        parking = Share(1 if place == 0 else 0, of=where.category(Category.FEATURE))
        shares: list[Fraction | list[Share]] = [part, part, [parking, Share(part)]]
        found.append(
            Agreement(
                f"AP>{place}",
                pick(random, rule, rule, *rules),
                agreed=date(2026, pick(random, 1, 1, 4), 15),
                payer=payer,
                method="ach",
                shares=pick(random, *shares),
                stored=money(random, currency),
                move_in=pick(random, None, date(2026, 3, 10)),
                move_out=pick(random, None, date(2026, 6, 20)),
            )
        )
    return found


def drawn_bill(random: Random, month: int, currency: str) -> list[Charge]:
    """The charges of a month."""
    from arledger import Category, Charge, Dispute

    found = [
        Charge(f"rent'{month}", money(random, currency), due=date(2026, month, 1), category=Category.RENT, code="RENT"),
        Charge(
            f"tax'{month}",
            money(random, currency, 9_000),
            due=date(2026, month, 1),
            category=Category.TAX,
            about=f"rent'{month}",
            sequence=pick(random, None, 1),
        ),
    ]
    for place in range(random.randrange(4)):
        category = pick(
            random, Category.FEATURE, Category.DEPOSIT, Category.ADJUSTMENT, Category.LATE_FEE, Category.FINE
        )
        amount = money(random, currency, 50_000)
        disputes: list[bool | Dispute] = [False, False, True, Dispute(amount, until=date(2026, 5, 1))]
        found.append(
            Charge(
                f"extra{place}'{month}",
                amount,
                due=date(2026, month, pick(random, 1, 1, 7)),
                category=category,
                payer=pick(random, None, None, "ben"),
                recurring=category is Category.FEATURE,
                disputed=pick(random, *disputes),
            )
        )
    return found


def by_hand(random: Random, month: int, currency: str) -> list[Any]:
    """What comes in besides pulls: payments, some of them for nothing that is there, and credits."""
    from arledger import Category, Credit, Designation, Payment

    found: list[Any] = []
    for place in range(random.randrange(3)):
        wishes = pick(random, [], [], [Designation("nothing here")], [Designation(f"rent'{month}")])
        found.append(
            Payment(
                f"hand{place}'{month}",
                money(random, currency, 60_000),
                received=date(2026, month, 1) - timedelta(days=random.randrange(6)),
                payer=pick(random, None, *PAYERS),
                designations=wishes,
            )
        )
    if not random.randrange(4):
        category = pick(random, Category.ADJUSTMENT, Category.OTHER)
        granted = date(2026, month, 1)
        wish = [Designation(f"tax'{month}")]  # of which it leaves something, or nothing
        amount = money(random, currency, 9_000)
        found.append(Credit(f"credit'{month}", amount, granted=granted, category=category, designations=wish))
    return found


def what_became(random: Random, drafts: Drafts, month: int) -> Iterator[Any]:
    """The pulls that were recorded; some are at the bank for days, and some come back."""
    from arledger import PaymentState, PaymentStep, Return, ReturnReason

    for payment in drafts.payments:
        if not random.randrange(6):
            continue
        yield payment
        if random.randrange(2):
            yield PaymentStep(payment.id, PaymentState.PENDING, on=payment.received)
        if not random.randrange(3):
            reason = pick(random, ReturnReason.INSUFFICIENT_FUNDS, ReturnReason.STOPPED)
            yield Return(f"{payment.id} back", payment.id, on=date(2026, month, 12), reason=reason)


def told(drafts: Drafts) -> Iterator[str]:
    """All that a run says."""
    yield str(drafts)
    yield drafts.explanation
    yield from map(repr, drafts.drafts)
    yield from map(repr, (*drafts.unclaimed, *drafts.left_out, *drafts.payments))
    yield drafts.position.fingerprint


def retried(ledger: Ledger, drafts: Drafts, day: date) -> Iterator[Payment | str]:
    """What is presented again of the pulls of a run, and why others are not."""
    from arledger import OLDEST_FIRST, replay, retry_pull

    position = replay(ledger, by=OLDEST_FIRST, as_of=day)
    for payment in drafts.payments:
        if payment.id in ledger.by_id:
            again = retry_pull(payment.id, position, on=day)
            yield repr(again)
            if again.payment is not None:
                yield again.payment


def course_of(number: int, mixing: Random | None) -> Iterator[str]:
    """The months of one account."""
    from arledger import (
        OLDEST_FIRST,
        Ledger,
        PendingIncrease,
        autopay_run,
        classify,
        draft_pulls,
        monthly,
        record,
        repeated,
        replay,
    )

    random = Random(number)
    currency = pick(random, "CAD", "CAD", "JPY", "KWD")
    policy, agreements = drawn_policy(random, currency), drawn_agreements(random, currency)
    increases = [PendingIncrease("AGI", money(random, currency, 5_000), effective=date(2026, 4, 1))]
    ledger = Ledger(currency)
    for month in MONTHS:
        ledger = record(
            ledger, shuffled(mixing, [*drawn_bill(random, month, currency), *by_hand(random, month, currency)])
        )
        run = autopay_run(monthly(1), date(2026, month, 1))
        sweeps = bool(random.randrange(4))
        position = replay(ledger, by=OLDEST_FIRST, as_of=run.on, sweep_payments=sweeps)
        drafts = draft_pulls(shuffled(mixing, agreements), position, run, policy, increases=increases)
        yield from told(drafts)
        yield repr(classify(position, agreements[0], run, policy, increases=increases))
        ledger = record(ledger, shuffled(mixing, list(what_became(random, drafts, month))))
        for outcome in retried(ledger, drafts, date(2026, month, 15)):
            if isinstance(outcome, str):
                yield outcome
            else:
                ledger = record(ledger, [outcome])
        late = repeated(run, on=date(2026, month, 20))
        position = replay(ledger, by=OLDEST_FIRST, as_of=late.on)
        yield from told(draft_pulls(shuffled(mixing, agreements), position, late, policy, increases=increases))


def texts(shuffle: int | None = None) -> Iterator[str]:
    """All that the runs of all accounts say, or how they are refused."""
    from arledger import ArledgerError

    mixing = None if shuffle is None else Random(shuffle)
    for number in range(ACCOUNTS):
        yield f"account {number}"
        try:
            yield from course_of(number, mixing)
        except ArledgerError as error:
            yield f"{type(error).__name__}: {error}"


def digest(shuffle: int | None = None) -> str:
    """The digest of all of it."""
    return digest_of(texts(shuffle))


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if "hostile" in arguments:
        hostile()
    sys.stdout.write(digest(int(arguments[0]) if arguments else None))
