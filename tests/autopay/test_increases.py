"""Increases that are not agreed to yet: pulled, reserved, billed or released. Rule R13."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from arledger import (
    OLDEST_FIRST,
    AutopayPolicy,
    Category,
    Charge,
    Designation,
    IncreaseState,
    ItemClass,
    Ledger,
    Payment,
    PaymentState,
    PaymentStep,
    PendingIncrease,
    Period,
    Return,
    draft_pulls,
    include,
    increase_charge,
    pull,
    record,
    release,
    replay,
    where,
)
from arledger.autopay.wanted import AmountRule
from autopay_facts import JUNE, agreement, amounts, cad, drafted, held, of_two, paid, parts, position_of, rent, run_of

JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)
JUNE_PERIOD = Period(JUNE, JULY)
TICKED = AutopayPolicy(includes=include.PENDING_INCREASES)


def increase(**more: Any) -> PendingIncrease:
    """An increase of 30 a month from June on."""
    return PendingIncrease("AGI-7", cad(30), **{"effective": JUNE, **more})


REFUSED = increase(state=IncreaseState.REFUSED)


def kept(name: str, amount: int, target: str = "AGI-7@2026-06-01", **more: Any) -> Payment:
    """Money that is wholly for the increase."""
    return paid(name, amount, designations=[Designation(target)], **more)


def test_the_charge_that_an_increase_becomes() -> None:
    """R13: agreed, it is rent of the period, and recurs."""
    assert increase_charge(increase(code="AGI"), JUNE_PERIOD) == Charge(
        "AGI-7@2026-06-01",
        cad(30),
        due=JUNE,
        category=Category.RENT,
        code="AGI",
        period=JUNE_PERIOD,
        recurring=True,
    )
    dated = increase_charge(increase(), JUNE_PERIOD, due=date(2026, 6, 5))
    assert (dated.due, dated.posted) == (date(2026, 6, 5), date(2026, 6, 5))
    posted = increase_charge(increase(), JUNE_PERIOD, posted=AUGUST)
    assert (posted.due, posted.posted) == (JUNE, AUGUST)


def test_an_increase_adds_to_periods_that_begin_with_it_or_after() -> None:
    """R13: none to the period that it begins within."""
    given = increase(effective=date(2026, 6, 2))
    assert [given.is_for(Period(day, AUGUST)) for day in (JUNE, date(2026, 6, 2), JULY)] == [False, True, True]


def test_an_increase_by_each_rule() -> None:
    """R13: those that read no boxes take none of it; held back with the reason."""
    assert amounts(drafted(agreement("A"), rent(6), policy=TICKED, increases=[increase()])) == ["1030.00"]
    one = agreement("A", pull.KEEP_UNCHANGED, stored=500)
    assert amounts(drafted(one, rent(6), policy=TICKED, increases=[increase()])) == ["530.00"]
    balance = drafted(agreement("A", pull.FULL_BALANCE), rent(6), policy=TICKED, increases=[increase()])
    assert parts(balance) == {"A": [("R-06", "1000.00")]}
    assert held(balance) == [("AGI-7@2026-06-01", "30.00", "full balance asks for nothing of it")]


@pytest.mark.parametrize("rule", [pull.KEEP_PERCENT, pull.KEEP_UNCHANGED], ids=str)
def test_what_is_reserved_already_is_not_pulled_again(rule: AmountRule) -> None:
    """R13, R15: 20 of 30 are kept; the 10 that are left are shared, whoever kept the others."""
    both = of_two(rule, stored=2000)
    own = drafted(both, rent(6), kept("P", 20, payer="A"), policy=TICKED, increases=[increase()])
    assert amounts(own) == ["606.00", "404.00"]
    all_of_it = drafted(both, rent(6), kept("P", 30), policy=TICKED, increases=[increase()])
    assert amounts(all_of_it) == ["600.00", "400.00"]


def test_what_is_reserved_already_raises_no_stored_amount() -> None:
    """R11, R13: nothing of the increase is payable any more, and the stored amount is the most of the rest."""
    one = agreement("A", pull.KEEP_UNCHANGED, stored=500)
    assert amounts(drafted(one, rent(6), kept("P", 30), policy=TICKED, increases=[increase()])) == ["500.00"]
    assert amounts(drafted(one, rent(6), kept("P", 20), policy=TICKED, increases=[increase()])) == ["510.00"]


def test_a_draft_for_an_increase_is_reserved_and_then_settles_it() -> None:
    """R13: agreed and billed in August, the money that was kept since June pays it."""
    entries = [rent(6)]
    drafts = drafted(of_two(), *entries, policy=TICKED, increases=[increase()])
    assert parts(drafts)["A"] == [("R-06", "600.00"), ("AGI-7@2026-06-01", "18.00")]
    assert [part.item_class for part in drafts.drafts[0].parts] == [ItemClass.CURRENT, ItemClass.PENDING_INCREASE]
    waiting = position_of(*entries, *drafts.payments, on=AUGUST)
    assert {name: str(money.amount) for name, money in waiting.reserved.items()} == {
        "AP-A/pull@2026-06-01": "18.00",
        "AP-B/pull@2026-06-01": "12.00",
    }
    agreed = increase_charge(increase(state=IncreaseState.AGREED), JUNE_PERIOD, posted=AUGUST)
    billed = position_of(*entries, *drafts.payments, agreed, on=AUGUST)
    assert billed.total_open == cad(0)
    assert not any(billed.reserved.values())
    assert billed.settles["AP-A/pull@2026-06-01"]["AGI-7@2026-06-01"] == cad(18)


def test_an_increase_of_a_second_month_is_another_item() -> None:
    """R13: July asks for July's, whatever is kept for June's."""
    first = drafted(agreement("A"), rent(6), policy=TICKED, increases=[increase()])
    second = drafted(agreement("A"), rent(6), *first.payments, rent(7), on=JULY, policy=TICKED, increases=[increase()])
    assert parts(second) == {"A": [("R-07", "1000.00"), ("AGI-7@2026-07-01", "30.00")]}


def test_a_refused_increase_is_released_and_lowers_the_next_pull() -> None:
    """R13: 18 and 12 that were kept are free again, each of its payer, and come off that payer's next pull."""
    drafts = drafted(of_two(), rent(6), policy=TICKED, increases=[increase()])
    books = Ledger("CAD", [rent(6), *drafts.payments])
    position = replay(books, by=OLDEST_FIRST, as_of=date(2026, 6, 20))
    entries = release(position, REFUSED, on=date(2026, 6, 20), account="A-1")
    assert [(entry.id, str(entry.amount)) for entry in entries] == [
        ("AP-A/pull@2026-06-01/released@2026-06-20", "18.00 CAD"),
        ("AP-A/pull@2026-06-01/free@2026-06-20", "18.00 CAD"),
        ("AP-B/pull@2026-06-01/released@2026-06-20", "12.00 CAD"),
        ("AP-B/pull@2026-06-01/free@2026-06-20", "12.00 CAD"),
    ]
    free = replay(record(books, entries), by=OLDEST_FIRST, as_of=date(2026, 6, 20))
    assert free.total_open == cad(0)
    assert not any(free.reserved.values())
    assert release(free, REFUSED, on=date(2026, 6, 20), account="A-1") == ()
    assert release(free, REFUSED, on=JULY, account="A-1") == ()
    july = replay(record(books, [*entries, rent(7)]), by=OLDEST_FIRST, as_of=JULY)
    assert amounts(draft_pulls(of_two(), july, run_of(JULY))) == ["582.00", "388.00"]


def test_released_money_is_a_payment_of_the_same_payer_and_account() -> None:
    """R13: designated to nothing, of the day of the release."""
    pulled = kept("P", 30, payer="A", method="ach")
    left, came = release(position_of(rent(6, 1), pulled), REFUSED, on=AUGUST, account="A-1")
    assert came == Payment("P/free@2026-08-01", cad(30), received=AUGUST, payer="A", method="ach")
    assert (left.id, left.on, left.payment, left.to) == ("P/released@2026-08-01", AUGUST, "P", "A-1")  # type: ignore[union-attr]


def test_only_the_part_that_is_kept_for_it_is_released() -> None:
    """R13: 70 of 100 are for the rent and for another increase."""
    wishes = [
        Designation("R-06", cad(50)),
        Designation("AGI-7@2026-06-01", cad(30)),
        Designation("AGI-77@2026-06-01", cad(20)),
    ]
    position = position_of(rent(6), paid("P", 100, designations=wishes))
    (left, _) = release(position, [REFUSED], on=JUNE, account="A-1")
    assert str(left.amount) == "30.00 CAD"
    both = [REFUSED, PendingIncrease("AGI-77", cad(20), effective=JUNE, state=IncreaseState.REFUSED)]
    (left, _) = release(position, iter(both), on=JUNE, account="A-1")
    assert str(left.amount) == "50.00 CAD"
    assert release(position, [], on=JUNE, account="A-1") == ()


def test_all_months_of_an_increase_are_released_together() -> None:
    """R13: one transfer for each payment, whatever months it was for."""
    wishes = [Designation("AGI-7@2026-06-01", cad(30)), Designation("AGI-7@2026-07-01", cad(30))]
    (left, came) = release(position_of(paid("P", 60, designations=wishes)), REFUSED, on=AUGUST, account="A-1")
    assert left.amount == came.amount == cad(60)


def test_months_without_amounts_share_what_is_kept() -> None:
    """R13: each of two may have all of it, and no more than 60 is there."""
    wishes = [Designation("AGI-7@2026-06-01"), Designation("AGI-7@2026-07-01")]
    (left, _) = release(position_of(paid("P", 60, designations=wishes)), REFUSED, on=AUGUST, account="A-1")
    assert left.amount == cad(60)


def test_what_came_back_or_is_at_the_bank_is_not_released() -> None:
    """R13: there is no money to set free; at the bank it may still come back."""
    back = Return("N", "P", on=date(2026, 6, 9))
    assert release(position_of(kept("P", 30), back), REFUSED, on=AUGUST, account="A-1") == ()
    pending = PaymentStep("P", PaymentState.PENDING, on=JUNE)
    assert release(position_of(kept("P", 30), pending), REFUSED, on=AUGUST, account="A-1") == ()


def test_a_selector_names_no_increase() -> None:
    """R13: what is designated to rent in general is kept for no increase."""
    wish = [Designation(where.charge("AGI-7@2026-06-01"))]
    assert release(position_of(paid("P", 30, designations=wish)), REFUSED, on=AUGUST, account="A-1") == ()


def test_a_release_is_posted_into_books_that_are_open() -> None:
    """R44: the day is in closed books, so that it is posted on the first open one."""
    closed = Ledger("CAD", [kept("P", 30)], closed_through=date(2026, 6, 30))
    position = replay(closed, by=OLDEST_FIRST, as_of=JUNE)
    entries = release(position, REFUSED, on=JUNE, account="A-1")
    assert entries[0].posted == JULY
    assert entries[1].posted == JULY


def test_a_pull_at_the_bank_counts_for_the_increase_too() -> None:
    """R15: what is pending is never pulled twice, also where it is for an increase."""
    pending = PaymentStep("P", PaymentState.PENDING, on=JUNE)
    drafts = drafted(agreement("A"), kept("P", 30), pending, policy=TICKED, increases=[increase()])
    assert amounts(drafts) == ["0.00"]
    more = drafted(agreement("A"), kept("P", 20), pending, policy=TICKED, increases=[increase()])
    assert amounts(more) == ["10.00"]


def test_a_host_that_says_nothing_of_its_state_has_it_pending() -> None:
    assert increase().state is IncreaseState.PENDING
    assert attrs.evolve(REFUSED, state=IncreaseState.PENDING) == increase()


def test_two_increases_of_one_pull_are_released_on_one_day() -> None:
    """R13: each by itself, and what is named alike is not taken with it."""
    wishes = [Designation(f"{name}@2026-06-01", cad(amount)) for name, amount in (("AGI-7", 30), ("AGI-7@b", 20))]
    books: list[Any] = [paid("AP-A/pull@2026-06-01", 50, "A", designations=wishes)]
    on = date(2026, 8, 1)
    for name, amount in (("AGI-7", 30), ("AGI-7@b", 20)):
        refused = PendingIncrease(name, cad(amount), effective=JUNE, state=IncreaseState.REFUSED)
        entries = release(position_of(*books, on=on), refused, on=on, account="A-1")
        assert [entry.amount for entry in entries] == [cad(amount)] * 2
        books += entries
    assert position_of(*books, on=on).reserved == {}


def test_what_is_paid_of_the_rent_is_not_paid_of_an_increase() -> None:
    """R13, R15: A paid 300 of the rent by hand; of the increase each pays their own part, which may come back."""
    by_hand = paid("P", 300, "A", designations=[Designation("R-06")])
    policy = AutopayPolicy(includes=include.PENDING_INCREASES)
    increase = PendingIncrease("AGI-7", cad(30), effective=JUNE)
    found = drafted(of_two(), rent(6), by_hand, policy=policy, increases=[increase])
    assert parts(found) == {
        "A": [("R-06", "300.00"), ("AGI-7@2026-06-01", "18.00")],
        "B": [("R-06", "400.00"), ("AGI-7@2026-06-01", "12.00")],
    }
