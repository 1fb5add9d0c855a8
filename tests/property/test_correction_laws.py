"""The laws of corrections, of closed books and of applications that are held fixed (R44): one class a law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from random import Random

import hypothesis
import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from arledger import (
    REOPEN,
    Application,
    Charge,
    Designation,
    Dispute,
    InvalidValue,
    Ledger,
    Money,
    Payment,
    Position,
    Return,
    Reversal,
    WonBack,
    corrections,
    record,
    unearned_fees,
    where,
)
from ledger_cases import LAST_DAY, Case
from ledger_strategies import FEATURES, cases, later_days, reversed_charges
from samples import samples

SETTINGS = hypothesis.settings(max_examples=samples(120), deadline=None, phases=set(Phase) - {Phase.explain})
UNSENT = FEATURES - {"sends"}
MONTH_ENDS = st.sampled_from([date(2026, 1, 31), date(2026, 2, 28)])
Net = dict[tuple[str, str, date], int]


def net(lines: Iterable[Application]) -> Net:
    """What stands of applications by source, charge and day."""
    found: Counter[tuple[str, str, date]] = Counter()
    for line in lines:
        found[line.source, line.charge, line.on] += line.amount.minor * (1 if line.reverses is None else -1)
    return {key: minor for key, minor in found.items() if minor}


def less(second: Net, first: Net) -> Net:
    """What the second has and the first has not, below zero where it has less."""
    found = {key: second.get(key, 0) - first.get(key, 0) for key in {*first, *second}}
    return {key: minor for key, minor in found.items() if minor}


def balances(position: Position) -> list[dict[str, object]]:
    """Whatever a position says of charges and money."""
    parts = (position.open, position.pending, position.unapplied, position.reserved, position.trust, position.settles)
    return [dict(part) for part in parts]


class TestTheyGiveTheSecond:
    """The applications of the first position and the corrections come to those of the second, by day."""

    @SETTINGS
    @given(cases(), later_days(), later_days())
    def test_then_and_now(self, case: Case, day: date, known: date) -> None:
        first, second = case.replay(day, known), case.replay(day)
        assert net([*first.history, *corrections(first, second).lines]) == net(second.history)

    @SETTINGS
    @given(cases(), later_days(), later_days())
    def test_from_one_day_to_another(self, case: Case, day: date, later: date) -> None:
        first, second = case.replay(min(day, later)), case.replay(max(day, later))
        assert net([*first.history, *corrections(first.history, second).lines]) == net(second.history)

    @SETTINGS
    @given(cases(UNSENT), later_days(), st.randoms(use_true_random=False))
    def test_from_any_other_account_of_the_same_entries(self, case: Case, day: date, rng: Random) -> None:
        """Also where the first is in another order altogether, as after a change of policy."""
        first = case.replay(day, settle=rng.choice(list(type(case.settle))), sweep_payments=not case.sweep_payments)
        second = case.replay(day)
        assert net([*first.history, *corrections(first, second).lines]) == net(second.history)

    def test_two_parts_that_came_back_are_taken_of_two_applications(self) -> None:
        """Each is reversed by what it is and no more: 40 of the second, and then 60 of the first."""
        contested = Dispute(Money("40", "CAD"), until=date(2026, 2, 5))
        charge = Charge("C-1", Money("100", "CAD"), due=date(2026, 2, 1), disputed=contested)
        paid = Payment("P-1", Money("100", "CAD"), received=date(2026, 2, 1))
        parts = [(f"N-{day}", Money(minor, "CAD"), date(2026, 2, day)) for day, minor in ((8, "40"), (9, "60"))]
        back = [Return(name, "P-1", money, on=on, posted=date(2026, 3, 1)) for name, money, on in parts]
        books = Case(Ledger("CAD", [charge, paid, *back]))
        found = corrections(books.replay(known=date(2026, 2, 20)), books.replay())
        assert [(line.reverses, line.amount) for line in found.reversals] == [
            ("P-1>C-1@2026-02-05", Money("40", "CAD")),
            ("P-1>C-1@2026-02-01", Money("60", "CAD")),
        ]


class TestTheyCompose:
    """From the first to the second and on to the third is from the first to the third."""

    @SETTINGS
    @given(cases(), later_days(), later_days(), later_days())
    def test_two_steps_are_one(self, case: Case, day: date, known: date, later: date) -> None:
        first, second = (case.replay(day, on) for on in sorted((known, later)))
        third = case.replay(day)
        step = corrections(first, second).lines
        posted = [*first.history, *step]
        again = corrections(posted, third).lines
        assert net([*posted, *again]) == net(third.history)
        at_once = less(net(third.history), net(first.history))
        assert less(net([*posted, *again]), net(first.history)) == at_once
        assert net(corrections(first, third).lines) == at_once


class TestTheyAreMinimal:
    """No smaller set of lines does it."""

    @SETTINGS
    @given(cases(), later_days(), later_days())
    def test_each_cent_moves_once(self, case: Case, day: date, known: date) -> None:
        first, second = case.replay(day, known), case.replay(day)
        found = corrections(first, second)
        wanted = less(net(second.history), net(first.history))
        assert sum(line.amount.minor for line in found.lines) == sum(map(abs, wanted.values()))
        made = {(line.source, line.charge, line.on): line.amount.minor for line in found.applications}
        assert made == {key: minor for key, minor in wanted.items() if minor > 0}
        assert len(made) == len(found.applications)

    @SETTINGS
    @given(cases(), later_days(), later_days())
    def test_no_application_is_reversed_in_two_lines_of_a_day(self, case: Case, day: date, known: date) -> None:
        found = corrections(case.replay(day, known), case.replay(day)).reversals
        assert len({(line.reverses, line.on) for line in found}) == len(found)


class TestNothingToCorrect:
    """A position needs no correction to be itself."""

    @SETTINGS
    @given(cases(), later_days())
    def test_no_lines(self, case: Case, day: date) -> None:
        position = case.replay(day)
        assert corrections(position, position).lines == ()
        assert corrections(position.history, position).lines == ()
        assert corrections(position, position).credits == unearned_fees(position)

    @SETTINGS
    @given(cases(), later_days(), later_days())
    def test_corrected_once_nothing_is_left(self, case: Case, day: date, known: date) -> None:
        first, second = case.replay(day, known), case.replay(day)
        posted = [*first.history, *corrections(first, second).lines]
        assert corrections(posted, second).lines == ()


class TestTheSameIdsTwice:
    """Corrections are the same whenever they are worked out, and their ids are new."""

    @SETTINGS
    @given(cases(), later_days(), later_days(), st.randoms(use_true_random=False))
    def test_deterministic(self, case: Case, day: date, known: date, rng: Random) -> None:
        entries = list(case.ledger.entries)
        rng.shuffle(entries)
        again = case.holding(*entries)
        first, second = case.replay(day, known), case.replay(day)
        shuffled = list(first.history)
        rng.shuffle(shuffled)
        found = corrections(first, second)
        assert found == corrections(shuffled, again.replay(day))
        ids = [line.id for line in found.lines]
        assert len({*ids, *(line.id for line in first.history)}) == len(ids) + len(first.history)
        assert str(found) == str(corrections(first, second))


class TestClosedBooks:
    """Nothing is posted in closed books."""

    @SETTINGS
    @given(cases(), later_days(), later_days(), MONTH_ENDS)
    def test_every_line_is_posted_after_them(self, case: Case, day: date, known: date, closed: date) -> None:
        case = case.holding(*case.ledger.entries, closed=closed)
        first, second = case.replay(day, known), case.replay(day)
        found = corrections(first, second)
        assert all(line.posted > closed for line in found.lines)
        assert all(credit.posted > closed for credit in (*found.credits, *unearned_fees(second, posted=closed)))
        assert all(line.posted >= line.on for line in found.lines)
        with pytest.raises(InvalidValue):
            corrections(first, second, posted=closed)

    @SETTINGS
    @given(cases(), MONTH_ENDS)
    def test_record_refuses_what_would_be(self, case: Case, closed: date) -> None:
        books = Ledger(case.ledger.currency, closed_through=closed)
        for entry in case.ledger.entries:
            if entry.posted <= closed:
                with pytest.raises(InvalidValue):
                    record(books, entry)
            else:
                books = record(books, entry)
        assert all(entry.posted > closed for entry in books.entries)
        held = Ledger(case.ledger.currency, case.ledger.entries, closed_through=closed)
        assert record(held, case.ledger.entries) is held


def undoers(case: Case, day: date, known: date) -> set[str]:
    """The payments and credits of which something went later than was known on a day, and the charges taken back."""
    later = [entry for entry in case.ledger.changes if entry.posted > known or entry.day > day]
    found = {entry.payment for entry in later if not isinstance(entry, (Reversal, WonBack))}
    return found | {entry.of for entry in later if isinstance(entry, Reversal)} | reversed_charges(case, later)


class TestFixed:
    """A fixed application never moves: only what went back or was reversed since undoes it."""

    @SETTINGS
    @given(cases(UNSENT), later_days(), later_days())
    def test_whatever_is_recorded_later(self, case: Case, day: date, known: date) -> None:
        first = case.replay(day, known)
        later = case.replay(max(day, LAST_DAY), fixed=first.history)
        assert set(first.history) <= set(later.history)
        kept = {line.id for line in first.history}
        since = undoers(case, day, known)
        gone = reversed_charges(case)
        assert not any(later.open[charge] for charge in gone)
        assert not any(gone & settles.keys() for settles in later.settles.values())
        for line in later.history:
            if line.reverses in kept and line.id not in kept:
                assert line.source in since or line.charge in since

    @SETTINGS
    @given(cases(), later_days(), later_days())
    def test_its_own_history_reproduces_a_position(self, case: Case, day: date, known: date) -> None:
        for position in (case.replay(day), case.replay(day, max(day, known))):
            again = case.replay(day, position.known, fixed=position.history)
            assert balances(again) == balances(position)
            assert set(position.history) <= set(again.history)

    @SETTINGS
    @given(cases(FEATURES - {"wishes"}), later_days())
    def test_and_its_days_where_nothing_waits_for_a_target(self, case: Case, day: date) -> None:
        position = case.replay(day)
        assert net(case.replay(day, fixed=position.history).history) == net(position.history)

    @SETTINGS
    @given(
        cases(frozenset({"lives", "late", "bars", "taxes"}), returns=REOPEN, sweep_credits=True, sweep_payments=True),
        later_days(),
    )
    def test_the_days_that_follow_are_as_they_would_have_been(self, case: Case, day: date) -> None:
        """What given applications hold no longer is free for all that comes later.

        Where money goes back in part, which of a day's applications it is taken from may differ: given ones stand in
        the order of their ids.
        """
        held, free = case.replay(fixed=case.replay(day).history), case.replay()
        assert balances(held) == balances(free)
        assert net(held.history) == net(free.history)

    def test_a_wish_that_was_served_and_undone_is_not_served_twice(self) -> None:
        """The application is given, and so is its reversal; on its own day the wish has what it asked for."""
        wish = Designation(where.payer("ann"), Money("0.02", "CAD"))
        charge = Charge("C-1", Money("3", "CAD"), due=date(2026, 2, 25), payer="ann")
        paid = Payment("P-1", Money("1", "CAD"), received=date(2026, 1, 27), payer="ann", designations=[wish])
        position = Case(Ledger("CAD", [charge, paid, Reversal("X-1", "C-1", on=date(2026, 3, 2))])).replay()
        assert len(position.history) == 2
        assert Case(position.ledger).replay(fixed=position.history).history == position.history

    @SETTINGS
    @given(cases(), later_days(), later_days())
    def test_with_its_corrections_it_is_the_second_position(self, case: Case, day: date, known: date) -> None:
        first, second = case.replay(day, known), case.replay(day)
        posted = [*first.history, *corrections(first, second).lines]
        again = case.replay(day, fixed=posted)
        assert balances(again) == balances(second)
        assert corrections(again, second).lines == ()
