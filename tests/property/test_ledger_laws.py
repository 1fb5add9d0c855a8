"""The laws of a ledger over time (R41 to R45): one class a law, the sentence in its docstring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import attrs
import hypothesis
import pytest
from hypothesis import Phase, assume, given
from hypothesis import strategies as st

from arledger import (
    REAPPLY,
    REOPEN,
    SETTLE_POSTED,
    Application,
    Category,
    Charge,
    Chargeback,
    Conflict,
    Context,
    Designation,
    Entry,
    Incoming,
    Ledger,
    Money,
    Payment,
    PaymentState,
    Position,
    Refund,
    Return,
    Reversal,
    WonBack,
    aged,
    allocate,
    in_turn,
    record,
    refundable,
    roll_forward,
    statement_of,
    total,
)
from ledger.shadow import is_bound
from ledger_cases import DAYS, FIRST_DAY, LAST_DAY, TOTAL, Case
from ledger_strategies import FEATURES, PLAIN, cases, later_days, reversed_charges
from samples import samples

SETTINGS = hypothesis.settings(max_examples=samples(120), deadline=None, phases=set(Phase) - {Phase.explain})
UNSENT = FEATURES - {"sends"}
GONE = {
    PaymentState.RETURNED,
    PaymentState.VOIDED,
    PaymentState.REJECTED,
    PaymentState.CANCELLED,
    PaymentState.CHARGED_BACK,
}


def about(case: Case, payment: str) -> list[Entry]:
    """The entries about a payment."""
    contested = [
        entry.id for entry in case.ledger.entries if isinstance(entry, Chargeback) and entry.payment == payment
    ]
    return [
        entry
        for entry in case.ledger.entries
        if getattr(entry, "payment", None) == payment or (isinstance(entry, WonBack) and entry.chargeback in contested)
    ]


def gone_payments(case: Case) -> list[Payment]:
    """The payments of which nothing is there in the end."""
    states = case.replay().states
    return [money for money in case.ledger.money if isinstance(money, Payment) and states.get(money.id) in GONE]


def money_left(position: Position) -> Money:
    """All settled money that is applied to nothing."""
    parts = (position.unapplied, position.reserved, position.trust)
    return total([money for part in parts for money in part.values()], position.currency)


def balances(position: Position) -> list[dict[str, object]]:
    """Whatever a position says of charges and money."""
    parts = (position.open, position.pending, position.unapplied, position.reserved, position.trust, position.deposits)
    return [dict(part) for part in (*parts, position.settles)]


class TestRecordingOrder:
    """The order of recording never matters."""

    @SETTINGS
    @given(cases(), st.randoms(use_true_random=False), later_days())
    def test_shuffled_and_recorded_one_by_one(self, case: Case, rng: Random, day: date) -> None:
        entries = [attrs.evolve(entry) for entry in case.ledger.entries]
        rng.shuffle(entries)
        ledger = Ledger(case.ledger.currency)
        for entry in entries:
            ledger = record(ledger, entry)
        first, second = case.replay(day), Case(ledger, **case.terms).replay(day)
        assert first == second
        assert first.history == second.history
        assert first.fingerprint == second.fingerprint
        assert str(first.explanation) == str(second.explanation)
        assert balances(first) == balances(second)


class TestReopen:
    """Under REOPEN a return moves no other source's application, and only its own amount."""

    @SETTINGS
    @given(cases(returns=REOPEN))
    def test_only_what_lost_its_money_or_its_charge_is_undone(self, case: Case) -> None:
        losers = {money.id for money in case.ledger.money if about(case, money.id)}
        losers |= {entry.of for entry in case.ledger.entries if isinstance(entry, Reversal)}
        charges = reversed_charges(case)
        for line in case.replay().history:
            assert line.reverses is None or line.source in losers or line.charge in charges

    @SETTINGS
    @given(cases(UNSENT, returns=REOPEN), later_days())
    def test_open_less_unapplied_is_that_of_a_world_without_the_payment(self, case: Case, day: date) -> None:
        for payment in gone_payments(case):
            assume(all(entry.day <= day for entry in about(case, payment.id) if not isinstance(entry, Charge)))
            here, there = case.replay(day), case.without(payment, *about(case, payment.id)).replay(day)
            assert here.total_open - money_left(here) == there.total_open - money_left(there)


class TestReapply:
    """Under REAPPLY, from the day of the return on, everything stands as if the payment had never been."""

    @SETTINGS
    @given(cases(UNSENT, returns=REAPPLY), st.integers(0, 30))
    def test_item_by_item(self, case: Case, later: int) -> None:
        for payment in gone_payments(case):
            changes = about(case, payment.id)
            last = max(entry.day for entry in changes if not isinstance(entry, Charge))
            there = case.without(payment, *changes)
            for day in (last, last + timedelta(later)):
                ours, theirs = balances(case.replay(day)), balances(there.replay(day))
                for part in ours:
                    left = part.pop(payment.id, None)
                    assert not left, left
                assert ours == theirs


class TestReturnedOnce:
    """What went back once cannot go back again."""

    @SETTINGS
    @given(cases())
    def test_a_second_return_is_refused(self, case: Case) -> None:
        for payment in gone_payments(case):
            with pytest.raises(Conflict):
                case.with_more(Return("again", payment.id, on=LAST_DAY)).replay()


def pairs_of_positions(case: Case, days: list[date]) -> Iterator[list[Position]]:
    """The positions of some days, as known on each of them, and as known now."""
    yield [case.replay(day, day) for day in days]
    yield [case.replay(day) for day in days]


THREE_DAYS = st.lists(later_days(), min_size=3, max_size=3).map(sorted)


class TestStatement:
    """Opening balance and lines come to the closing balance, and periods follow each other without a gap."""

    @SETTINGS
    @given(cases(), THREE_DAYS)
    def test_adds_up_and_chains(self, case: Case, days: list[date]) -> None:
        for first, second, third in pairs_of_positions(case, days):
            early, late, both = statement_of(first, second), statement_of(second, third), statement_of(first, third)
            for statement in (early, late, both):
                moved = total([line.amount for line in statement.lines], first.currency)
                assert statement.opening + moved == statement.closing
                assert [line.balance for line in statement.lines][-1:] == [statement.closing][: len(statement.lines)]
                assert all(line.amount for line in statement.lines)
            assert (early.opening, early.closing, late.closing) == (first.balance, late.opening, third.balance)
            assert (both.opening, both.closing) == (early.opening, late.closing)

    @SETTINGS
    @given(cases(), THREE_DAYS)
    def test_a_line_is_posted_when_its_entry_was(self, case: Case, days: list[date]) -> None:
        by_id = case.ledger.by_id
        for line in statement_of(case.replay(days[0]), case.replay(days[-1])).lines:
            if line.what not in {"from trust", "reversal"}:
                assert line.posted == by_id[line.id].posted

    @SETTINGS
    @given(cases(), later_days())
    def test_a_month_known_later_moves_what_was_found_since(self, case: Case, day: date) -> None:
        then, now = case.replay(day, day), case.replay(day)
        statement = statement_of(then, now)
        assert then.balance + total([line.amount for line in statement.lines], then.currency) == now.balance
        assert {line.id for line in then.history} | {line.id for line in statement.applications} >= {
            line.id for line in now.history
        }


class TestAgeing:
    """Every open cent is in one place of an ageing, by payer and category too."""

    @SETTINGS
    @given(cases(), later_days(), st.lists(st.integers(0, 40), min_size=1, max_size=4, unique=True).map(sorted))
    def test_sums_to_what_is_open(self, case: Case, day: date, brackets: list[int]) -> None:
        position = case.replay(day)
        ageing = aged(position, brackets=brackets)
        assert ageing.total == position.total_open
        assert total([ageing.not_due, *ageing.buckets, ageing.disputed], position.currency) == ageing.total
        owed: dict[tuple[str | None, Category], Money] = {}
        for item in position.items:
            key = item.charge.payer, item.charge.category
            owed[key] = owed.get(key, Money(0, position.currency)) + item.open
        assert {(row.payer, row.category): row.total for row in ageing.rows} == owed
        assert all(
            row.total == row.not_due + total(row.buckets, position.currency) + row.disputed for row in ageing.rows
        )
        spans = list(pairwise([-1, *brackets, 10**6]))
        for bucket, (after, last) in zip(ageing.buckets, spans, strict=True):
            old = [item for item in position.items if after < (day - item.charge.due).days <= last]
            assert bucket.minor == sum(item.open_minor - item.disputed_minor for item in old)
        assert ageing.unapplied == money_left(position) - total(position.trust.values(), position.currency)
        assert ageing.pending == total(position.pending.values(), position.currency)


class TestControl:
    """What moved receivable and money explains every cent of both."""

    @SETTINGS
    @given(cases(), THREE_DAYS)
    def test_nothing_is_unexplained(self, case: Case, days: list[date]) -> None:
        nothing = Money(0, case.ledger.currency)
        for positions in pairs_of_positions(case, days):
            for before, after in ((positions[0], positions[1]), (positions[1], positions[2])):
                control = roll_forward(before, after)
                assert control.unexplained == (nothing, nothing)
                assert control.receivable.closing == after.total_open
                assert control.receivable.opening == before.total_open
                apart = {line.name: line.closing for line in control.apart}
                assert apart["unapplied"] + apart["reserved"] + apart["trust"] == control.money.closing
                assert control.money.closing == money_left(after)
                assert apart["deposits"] == total(after.deposits.values(), after.currency)
                assert apart["pending"] == total(after.pending.values(), after.currency)

    @SETTINGS
    @given(cases(), later_days())
    def test_from_then_to_now(self, case: Case, day: date) -> None:
        nothing = Money(0, case.ledger.currency)
        control = roll_forward(case.replay(day, day), case.replay(day))
        assert control.unexplained == (nothing, nothing)


class TestBoundMoney:
    """No trust money moves by itself, and what forgives a charge reduces no other."""

    @SETTINGS
    @given(cases(FEATURES | {"bars", "wishes"}))
    def test_goes_only_where_it_was_designated_to(self, case: Case) -> None:
        money = {source.id: source for source in case.ledger.money}
        charges = {charge.id: charge for charge in case.ledger.charges}
        for line in case.replay().history:
            source = money[line.source]
            if is_bound(source):
                context = Context(
                    Incoming(id=source.id, kind="payment", minor=0, currency=line.amount.currency, date=line.on),
                    charges,
                )
                assert any(_names(wish, charges[line.charge], context) for wish in source.designations)


def _names(wish: Designation, charge: Charge, context: Context) -> bool:
    return wish.to == charge.id if isinstance(wish.to, str) else wish.to.selects(charge, context)


class TestThePast:
    """The history up to a day is the beginning of the history of any later day, as far as the same is known."""

    @SETTINGS
    @given(cases(), later_days(), later_days(), st.none() | later_days())
    def test_is_a_prefix(self, case: Case, first: date, second: date, known: date | None) -> None:
        day, later = sorted((first, second))
        before, after = case.replay(day, known or LAST_DAY), case.replay(later, known or LAST_DAY)
        assert before.history == after.history[: len(before.history)]
        assert all(line.on > day for line in after.history[len(before.history) :])

    @SETTINGS
    @given(cases(), later_days())
    def test_each_application_is_posted_no_earlier_than_what_it_is_about(self, case: Case, day: date) -> None:
        by_id = case.ledger.by_id
        for line in case.replay(day).history:
            assert line.posted >= max(line.on, by_id[line.source].posted, by_id[line.charge].posted)


def on_one_day(case: Case) -> Case:
    """Its charges, payments and credits, all of one day, designated only to what is there."""
    charges = [attrs.evolve(charge, posted=FIRST_DAY) for charge in case.ledger.charges]
    known = {charge.id for charge in charges}
    money: list[Entry] = []
    for source in case.ledger.money:
        wishes = [wish for wish in source.designations if isinstance(wish.to, str) and wish.to in known]
        if isinstance(source, Payment):
            money.append(attrs.evolve(source, received=FIRST_DAY, designations=wishes))
        elif wishes or not source.forgives:
            money.append(attrs.evolve(source, granted=FIRST_DAY, designations=wishes))
    return case.holding(*charges, *money)


class TestOneDay:
    """A ledger of one day comes to what one allocation of it does."""

    @SETTINGS
    @given(cases(settle=SETTLE_POSTED))
    def test_replay_is_allocate(self, case: Case) -> None:
        case = on_one_day(case)
        position = case.replay(FIRST_DAY + timedelta(0))
        allocation = allocate(
            case.ledger.money,
            case.ledger.charges,
            by=case.by,
            designations=case.designations,
            currency=case.ledger.currency,
        )
        assert [_said(line) for line in position.history] == [_said(line) for line in allocation.lines]
        assert position.open == allocation.open


def _said(line: Application) -> tuple[object, ...]:
    return line.id, line.source, line.charge, line.amount, line.on, line.reverses


class TestTwoPlacers:
    """Plain facts under a total ranking come to the same rows from the heap and from the desk."""

    @SETTINGS
    @given(cases(PLAIN | {"sends"}, TOTAL), later_days())
    def test_the_heap_and_the_desk_decide_alike(self, case: Case, day: date) -> None:
        heap, desk = case.replay(day), case.replay(day, by=in_turn(case.by))
        assert heap.history == desk.history
        assert balances(heap) == balances(desk)


class TestRefund:
    """A refund takes at most what is refundable when it is made."""

    @SETTINGS
    @given(cases(), later_days())
    def test_one_unit_more_is_refused(self, case: Case, day: date) -> None:
        position = case.replay(day)
        busy = {line.source for line in position.history if line.on == day}
        for source in position.money:
            if isinstance(source, Payment) and source.id not in busy and not _changes_after(case, source.id, day):
                most = refundable(position, source.id)
                if position.states[source.id] is PaymentState.SETTLED and most:
                    sent = Refund("more", source.id, most, on=day, posted=LAST_DAY + timedelta(1))
                    after = case.with_more(sent).replay(day)
                    assert not refundable(after, source.id)
                unit = Money.from_minor(1, most.currency)
                with pytest.raises(Conflict):
                    case.with_more(
                        Refund("more", source.id, most + unit, on=day, posted=LAST_DAY + timedelta(1))
                    ).replay()


def _changes_after(case: Case, payment: str, day: date) -> bool:
    return any(entry.day > day for entry in about(case, payment) if not isinstance(entry, Charge))


def test_the_days_of_the_laws_span_two_month_ends() -> None:
    """Charges, payments and what befalls them lie in three months."""
    months = {(FIRST_DAY + timedelta(number)).month for number in range(DAYS)}
    assert len(months) == 3
