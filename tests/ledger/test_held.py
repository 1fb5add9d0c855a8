"""Applications that are given: they keep their room and their money from the first day on, and never move."""

from __future__ import annotations

import pytest

from account_facts import cad, day, owed, paid, settles
from arledger import (
    REAPPLY,
    Application,
    Conflict,
    CurrencyMismatch,
    Designation,
    Money,
    PaymentState,
    corrections,
)
from ledger_facts import charged_back, moves, refund, returned, reversal, some, standing, step, won_back

TWO = (owed("a", "100"), owed("b", "100", 2))


def undoes(original: Application, amount: str, on: int) -> Application:
    """What takes back so much of an application."""
    return Application(original.source, original.charge, cad(amount), day(on), reverses=original.id)


class TestTheyStand:
    """Whatever an order would now say."""

    def test_they_keep_their_charge_from_money_that_came_first(self) -> None:
        """Q's 100 to a, of the 5th, holds a's room already on the 3rd, when P comes."""
        entries = [*TWO, paid("P", "100", 3), paid("Q", "100", 5)]
        position = standing(entries, fixed=[settles("Q", "a", "100", 5)])
        assert moves(position.history) == ["3 P>b 100.00", "5 Q>a 100.00"]

    def test_they_keep_their_part_of_the_money(self) -> None:
        entries = [*TWO, paid("P", "120", 3)]
        position = standing(entries, fixed=[settles("P", "b", "70", 8)])
        assert moves(position.history) == ["3 P>a 50.00", "8 P>b 70.00"]

    def test_they_keep_ids_and_days_of_their_own(self) -> None:
        given = Application("P", "a", cad("30"), day(4), id="host-7", posted=day(6))
        position = standing([*TWO, paid("P", "120", 3)], fixed=[given])
        assert given in position.history
        assert moves(position.history) == ["3 P>a 70.00", "3 P>b 20.00", "4 P>a 30.00"]

    def test_what_is_new_takes_another_id_than_theirs(self) -> None:
        given = settles("P", "a", "30", 3)
        position = standing([*TWO, paid("P", "120", 3)], fixed=[given])
        assert [line.id for line in position.history] == ["P>a@2026-03-03", "P>a@2026-03-03#2", "P>b@2026-03-03"]
        assert moves(position.history) == ["3 P>a 30.00", "3 P>a 70.00", "3 P>b 20.00"]

    def test_one_of_a_later_day_holds_its_room_and_is_no_part_of_the_position(self) -> None:
        entries = [*TWO, paid("P", "120", 3)]
        position = standing(entries, 5, fixed=[settles("P", "b", "70", 8)])
        assert moves(position.history) == ["3 P>a 50.00"]
        assert (some(position.open), some(position.unapplied)) == ({"a": "50.00", "b": "100.00"}, {"P": "70.00"})

    def test_one_posted_later_than_what_is_known_is_not_there(self) -> None:
        given = Application("P", "b", cad("70"), day(4), posted=day(20))
        position = standing([*TWO, paid("P", "100", 3)], known=day(10), fixed=[given])
        assert moves(position.history) == ["3 P>a 100.00"]

    def test_one_of_facts_that_are_not_there_yet_is_left_out_and_keeps_its_room(self) -> None:
        """P is found on the 20th and c is of the 9th: the rest of b, and the rest of Q, are free on the 6th."""
        entries = [*TWO, paid("P", "100", 3, posted=day(20)), paid("Q", "30", 4), owed("c", "10", 9)]
        fixed = [settles("P", "b", "70", 4), settles("Q", "c", "10", 9)]
        position = standing(entries, 6, known=day(10), fixed=fixed)
        assert moves(position.history) == ["4 Q>a 20.00"]
        more = standing([*entries, paid("R", "150", 5)], 6, known=day(10), fixed=fixed)
        assert moves(more.history) == ["4 Q>a 20.00", "5 R>a 80.00", "5 R>b 30.00"]

    def test_before_the_money_came_nothing_of_it_is_free(self) -> None:
        """An application may be given of a day before its payment: the host recorded it so."""
        position = standing([*TWO, paid("P", "100", 5)], fixed=[settles("P", "a", "60", 3)])
        assert moves(position.history) == ["3 P>a 60.00", "5 P>a 40.00"]

    def test_they_may_fill_a_charge_to_the_last_cent(self) -> None:
        position = standing(
            [*TWO, paid("P", "250", 3)], fixed=[settles("P", "a", "100", 3), settles("P", "b", "100", 3)]
        )
        assert (some(position.open), some(position.unapplied)) == ({}, {"P": "50.00"})

    def test_trust_money_keeps_what_it_was_given_to(self) -> None:
        position = standing([*TWO, paid("P", "250", 3, fund="trust")], fixed=[settles("P", "a", "80", 4)])
        assert (some(position.open), some(position.trust)) == ({"a": "20.00", "b": "100.00"}, {"P": "170.00"})

    def test_provisional_money_may_hold_them(self) -> None:
        entries = [*TWO, paid("P", "100", 3), step("P", PaymentState.PENDING, 3), paid("Q", "10", 4)]
        position = standing(entries, fixed=[settles("P", "b", "100", 3)])
        assert (position.item("b").payable, moves(position.history)) == (cad("0"), ["3 P>b 100.00", "4 Q>a 10.00"])


class TestTakenBack:
    """One that was taken back holds its room until that day, and one corrected away on its own day holds nothing."""

    MADE = settles("P", "a", "100", 3)

    def test_its_room_and_its_money_are_free_from_that_day_on(self) -> None:
        entries = [*TWO, paid("P", "100", 3), paid("Q", "60", 4)]
        position = standing(entries, fixed=[self.MADE, undoes(self.MADE, "100", 8)])
        assert moves(position.history) == ["3 P>a 100.00", "4 Q>b 60.00", "8 P>a -100.00", "8 P>a 100.00"]

    def test_a_part_of_it(self) -> None:
        entries = [*TWO, paid("P", "100", 3), paid("Q", "150", 4)]
        position = standing(entries, fixed=[self.MADE, undoes(self.MADE, "40", 8)])
        assert moves(position.history) == ["3 P>a 100.00", "4 Q>b 100.00", "8 P>a -40.00", "8 P>a 40.00"]

    def test_taken_back_on_its_own_day_it_holds_nothing(self) -> None:
        entries = [*TWO, paid("P", "100", 4), paid("Q", "60", 3)]
        made = settles("P", "a", "100", 4)
        position = standing(entries, fixed=[made, undoes(made, "100", 4)])
        assert moves(position.history)[0] == "3 Q>a 60.00"
        assert some(position.open) == {"b": "40.00"}

    def test_one_made_again_holds_the_most_that_will_ever_stand(self) -> None:
        again = Application("P", "a", cad("70"), day(9), id="again")
        entries = [*TWO, paid("P", "100", 3), paid("Q", "300", 4)]
        position = standing(entries, fixed=[self.MADE, undoes(self.MADE, "100", 6), again])
        lines = moves(position.history)
        assert lines[:4] == ["3 P>a 100.00", "4 Q>b 100.00", "6 P>a -100.00", "6 P>a 30.00"]
        assert (lines[4:], some(position.open)) == (["9 P>a 70.00"], {})

    def test_money_that_is_swept_never_is_not_placed_when_it_is_freed(self) -> None:
        entries = [*TWO, paid("P", "100", 3)]
        position = standing(entries, fixed=[self.MADE, undoes(self.MADE, "100", 8)], sweep_payments=False)
        assert (some(position.open), some(position.unapplied)) == ({"a": "100.00", "b": "100.00"}, {"P": "100.00"})

    def test_freed_before_the_money_counts_it_is_there_when_it_comes(self) -> None:
        made = settles("P", "a", "60", 3)
        position = standing([*TWO, paid("P", "100", 9)], fixed=[made, undoes(made, "60", 5)])
        assert moves(position.history) == ["3 P>a 60.00", "5 P>a -60.00", "9 P>a 100.00"]

    @pytest.mark.parametrize("on", [5, 8])
    def test_a_charge_that_is_reversed_is_not_opened_by_what_is_freed(self, on: int) -> None:
        entries = [*TWO, paid("P", "100", 3), reversal("X", "a", 5), paid("Q", "150", 9)]
        position = standing(entries, fixed=[self.MADE, undoes(self.MADE, "100", on)])
        assert position.open["a"] == cad("0")
        assert position.settles["Q"].get("a") is None


class TestWhatComesBack:
    """A return undoes given applications as any others: the money is not there any more."""

    def test_a_return_undoes_them(self) -> None:
        entries = [*TWO, paid("P", "100", 3), returned("N", "P", 8)]
        position = standing(entries, fixed=[settles("P", "b", "100", 3)])
        assert moves(position.history) == ["3 P>b 100.00", "8 P>b -100.00"]
        assert position.history[1].reverses == "P>b@2026-03-03"

    def test_what_was_recorded_of_the_return_is_not_undone_twice(self) -> None:
        made = settles("P", "b", "100", 3)
        entries = [*TWO, paid("P", "100", 3), returned("N", "P", 8)]
        position = standing(entries, fixed=[made, undoes(made, "100", 8)])
        assert moves(position.history) == ["3 P>b 100.00", "8 P>b -100.00"]

    def test_under_reapply_those_of_other_money_stay(self) -> None:
        entries = [*TWO, paid("P", "100", 3), paid("Q", "100", 4), returned("N", "P", 8)]
        fixed = [settles("P", "a", "100", 3), settles("Q", "b", "100", 4)]
        position = standing(entries, returns=REAPPLY, fixed=fixed)
        assert some(position.open) == {"a": "100.00"}

    def test_under_reapply_money_that_is_free_moves_up(self) -> None:
        entries = [*TWO, paid("P", "100", 3), paid("Q", "100", 4), returned("N", "P", 8)]
        position = standing(entries, returns=REAPPLY, fixed=[settles("P", "a", "100", 3)])
        assert some(position.open) == {"b": "100.00"}

    def test_under_reapply_a_part_that_comes_back_leaves_what_is_possible(self) -> None:
        entries = [*TWO, paid("P", "100", 3), returned("N", "P", 8, "30")]
        position = standing(entries, returns=REAPPLY, fixed=[settles("P", "b", "100", 3)])
        assert (some(position.unapplied), position.balance) == ({}, cad("130"))

    def test_under_reapply_a_whole_history_that_is_given_stays_as_it_is(self) -> None:
        """The host has posted the return and what it moved: nothing moves a second time."""
        entries = [*TWO, paid("P", "100", 3), paid("Q", "100", 4), returned("N", "P", 8)]
        history = standing(entries, returns=REAPPLY).history
        assert len(history) == 5
        position = standing(entries, returns=REAPPLY, fixed=history)
        assert set(position.history) == set(history)

    def test_under_reapply_what_is_taken_back_later_moves_then(self) -> None:
        made = settles("Q", "b", "100", 4)
        entries = [*TWO, paid("P", "100", 3), paid("Q", "100", 4), returned("N", "P", 8)]
        fixed = [made, undoes(made, "100", 12)]
        assert some(standing(entries, 11, returns=REAPPLY, fixed=fixed).open) == {"a": "100.00"}
        assert some(standing(entries, 12, returns=REAPPLY, fixed=fixed).open) == {"b": "100.00"}

    def test_one_taken_back_on_an_earlier_day_than_its_own_stands_in_no_world(self) -> None:
        """40 of the 9th were taken back on the 5th: 20 stood on the 6th, when all of P was charged back."""
        first, later = settles("P", "a", "60", 3), settles("P", "a", "40", 9)
        entries = [*TWO, paid("P", "100", 3), charged_back("B", "P", 6), won_back("W", "B", 7)]
        fixed = [first, later, undoes(later, "40", 5)]
        seen = [standing(entries, on, returns=REAPPLY, fixed=fixed) for on in (5, 6, 7, 9)]
        assert [some(position.open) for position in seen] == [
            {"a": "40.00", "b": "100.00"},
            {"a": "100.00", "b": "100.00"},
            {"a": "40.00", "b": "100.00"},
            {"b": "100.00"},
        ]

    def test_what_is_given_counts_toward_the_amount_that_was_designated(self) -> None:
        """60 of P are for a: 20 are given, now or later, so 40 more follow, and the rest stays."""
        entries = [*TWO, paid("P", "100", 3, designations=[Designation("a", cad("60"))])]
        for on in (3, 8):
            position = standing(entries, fixed=[settles("P", "a", "20", on)])
            assert (some(position.open), some(position.unapplied)) == (
                {"a": "40.00", "b": "100.00"},
                {"P": "40.00"},
            )

    def test_what_is_taken_back_on_a_later_day_than_the_return_never_makes_money(self) -> None:
        """30 of P came back on the 8th, and the host took its 100 back on the 9th."""
        made = settles("P", "b", "100", 3)
        entries = [*TWO, paid("P", "100", 3), returned("N", "P", 8, "30")]
        for on in (8, 9):
            position = standing(entries, on, fixed=[made, undoes(made, "100", 9)])
            assert min(money.minor for money in position.unapplied.values()) >= 0
            assert position.balance == cad("130")

    def test_under_reapply_what_was_won_back_stands_again(self) -> None:
        entries = [*TWO, paid("P", "100", 3), charged_back("B", "P", 5), won_back("W", "B", 8)]
        position = standing(entries, returns=REAPPLY, fixed=[settles("P", "b", "100", 3)])
        assert len(position.settles["P"]) == 1
        assert position.balance == cad("100")


def test_corrections_held_fixed_bring_nothing_to_correct() -> None:
    """What was posted, with its corrections, is the same again when it is given."""
    entries = [*TWO, paid("P", "100", 5)]
    before = standing(entries)
    found = paid("O", "100", 3, posted=day(20))
    lines = corrections(before, standing([*entries, found])).lines
    posted = [*before.history, *lines]
    again = standing([*entries, found], fixed=posted)
    assert {line.id for line in again.history} == {line.id for line in posted}
    assert not corrections(posted, again).lines


def fails(*fixed: Application) -> str:
    with pytest.raises(Conflict) as caught:
        standing([*TWO, paid("P", "100", 3), paid("Q", "100", 3)], fixed=fixed)
    assert caught.value.field in ("fixed", "applied")
    return str(caught.value)


class TestRefused:
    """Given applications that cannot be."""

    def test_of_what_is_not_in_the_ledger(self) -> None:
        assert fails(settles("O", "a", "10", 3)) == (
            "application O>a@2026-03-03: its source O is not in the ledger; record it too"
        )
        assert fails(settles("P", "z", "10", 3)) == (
            "application P>z@2026-03-03: its charge z is not in the ledger; record it too"
        )

    def test_above_the_charge(self) -> None:
        assert fails(settles("P", "a", "60", 3), settles("Q", "a", "50", 4)) == (
            "charge a: given applications of 110.00 exceed its 100.00 CAD on 2026-03-04; reverse what is too much"
        )

    def test_above_the_money(self) -> None:
        assert fails(settles("P", "a", "60", 3), settles("P", "b", "50", 4)) == (
            "payment P: given applications of 110.00 exceed its 100.00 CAD on 2026-03-04; reverse what is too much"
        )

    def test_above_the_charge_only_for_some_days(self) -> None:
        made = settles("P", "a", "60", 3)
        assert "charge a: given applications of 110.00" in fails(
            made, settles("Q", "a", "50", 4), undoes(made, "60", 9)
        )

    def test_reversing_one_that_is_not_given(self) -> None:
        made = settles("P", "a", "60", 3)
        assert fails(undoes(made, "60", 9)) == (
            "application P>a@2026-03-03/undone@2026-03-09: reverses P>a@2026-03-03, which is not among those applied; "
            "pass the application that it reverses too"
        )

    def test_more_than_it_reverses(self) -> None:
        made = settles("P", "a", "60", 3)
        assert fails(made, undoes(made, "70", 9)).startswith("application P>a@2026-03-03: reversals of 70.00 exceed")

    def test_twice(self) -> None:
        assert fails(settles("P", "a", "10", 3), settles("P", "a", "10", 3)).startswith(
            "application P>a@2026-03-03: stands twice"
        )

    def test_in_another_currency(self) -> None:
        given = Application("P", "a", Money("10", "USD"), day(3))
        with pytest.raises(CurrencyMismatch, match=r"application P>a@2026-03-03: in USD, where the facts are in CAD"):
            standing([*TWO, paid("P", "100", 3)], fixed=[given])

    def test_a_refund_of_what_they_hold(self) -> None:
        """60 of P is held for a, and the rest is applied too."""
        entries = [*TWO, paid("P", "100", 3), refund("F", "P", "50", 4)]
        with pytest.raises(Conflict) as caught:
            standing(entries, fixed=[settles("P", "a", "60", 3)])
        assert str(caught.value).startswith("refund F: of 50.00 CAD, and 0.00 of payment P is unapplied on 2026-03-04")


def test_source_and_charge_that_are_exchanged_are_refused() -> None:
    assert fails(settles("b", "P", "10", 3)) == (
        "application b>P@2026-03-03: its source b is no payment or credit; name a payment or credit"
    )


def test_what_is_taken_back_before_its_money_came_leaves_that_money_free() -> None:
    entries = [*TWO, paid("P", "100", 5), reversal("X", "a", 4)]
    position = standing(entries, fixed=[settles("P", "a", "60", 3)])
    assert moves(position.history) == ["3 P>a 60.00", "4 P>a -60.00", "5 P>b 100.00"]
