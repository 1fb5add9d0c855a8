"""Replay: what goes back, what is reversed, what is sent, what is swept, and what each day comes to."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import pytest

from account_facts import cad, day, from_the_back, granted, owed, paid, poured, tax
from arledger import (
    REAPPLY,
    REOPEN,
    SETTLE_DUE,
    Category,
    Conflict,
    Designation,
    Incoming,
    OpenItem,
    OrderError,
    PaymentState,
    Refund,
    ReturnRule,
    Transfer,
    Void,
    refundable,
)
from arledger.ledger.books import Entry, entry_name
from arledger.ledger.fold import Fold
from arledger.ledger.held import NOTHING_HELD
from arledger.ledger.rows import How
from ledger_facts import charged_back, moves, refund, returned, reversal, some, standing, won_back

TWO = (owed("a", "100"), owed("b", "100", 2))


class TestReopen:
    """A return undoes its payment's own applications, and no others."""

    def test_a_part_is_taken_from_what_is_unapplied_first(self) -> None:
        entries = [*TWO, paid("P", "230"), returned("N", "P", 8, "20")]
        position = standing(entries)
        assert (some(position.unapplied), len(position.history)) == ({"P": "10.00"}, 2)

    def test_then_from_the_last_application_backwards(self) -> None:
        entries = [*TWO, paid("P", "230"), returned("N", "P", 8, "150")]
        assert moves(standing(entries).history)[2:] == ["8 P>b -100.00", "8 P>a -20.00"]

    def test_several_parts_one_after_the_other(self) -> None:
        entries = [
            *TWO,
            paid("P", "200"),
            returned("N", "P", 8, "60"),
            returned("O", "P", 9, "70"),
            returned("Q", "P", 10),
        ]
        position = standing(entries)
        assert moves(position.history)[2:] == ["8 P>b -60.00", "9 P>b -40.00", "9 P>a -30.00", "10 P>a -70.00"]
        assert (position.states, some(position.open)) == (
            {"P": PaymentState.RETURNED},
            {"a": "100.00", "b": "100.00"},
        )

    def test_what_other_money_settles_stays(self) -> None:
        entries = [*TWO, paid("P", "100", 3), paid("Q", "100", 4), returned("N", "P", 8)]
        position = standing(entries)
        assert some(position.open) == {"a": "100.00"}
        assert moves(position.history) == ["3 P>a 100.00", "4 Q>b 100.00", "8 P>a -100.00"]

    def test_a_void_undoes_all(self) -> None:
        entries = [*TWO, paid("P", "150"), Void("V", "P", on=day(8))]
        position = standing(entries)
        assert (position.states, some(position.open)) == ({"P": PaymentState.VOIDED}, {"a": "100.00", "b": "100.00"})

    def test_money_that_comes_again_is_placed_as_new(self) -> None:
        entries = [*TWO, paid("P", "100", 3), charged_back("B", "P", 5), paid("Q", "60", 6), won_back("W", "B", 8)]
        assert moves(standing(entries).history) == [
            "3 P>a 100.00",
            "5 P>a -100.00",
            "6 Q>a 60.00",
            "8 P>a 40.00",
            "8 P>b 60.00",
        ]

    def test_money_swept_to_what_was_opened_stays_there_when_the_payment_is_won_back(self) -> None:
        entries = [*TWO, paid("P", "200", 3), paid("Q", "50", 4), charged_back("B", "P", 5), won_back("W", "B", 8)]
        position = standing(entries)
        assert (some(position.open), some(position.unapplied)) == ({}, {"P": "50.00"})

    def test_a_charge_can_be_paid_and_opened_many_times(self) -> None:
        entries: list[Entry] = [TWO[0]]
        for at, name in enumerate("PQR"):
            entries += [paid(name, "100", 3 + 2 * at), returned(f"N{name}", name, 4 + 2 * at)]
        assert moves(standing(entries).history) == [
            "3 P>a 100.00",
            "4 P>a -100.00",
            "5 Q>a 100.00",
            "6 Q>a -100.00",
            "7 R>a 100.00",
            "8 R>a -100.00",
        ]


class TestReapply:
    """By name: from the day of the return on, everything stands as if the payment had never been."""

    def test_later_money_moves_up(self) -> None:
        entries = [*TWO, paid("P", "100", 3), paid("Q", "100", 4), returned("N", "P", 8)]
        position = standing(entries, returns=REAPPLY)
        assert some(position.open) == {"b": "100.00"}
        assert moves(position.history) == [
            "3 P>a 100.00",
            "4 Q>b 100.00",
            "8 P>a -100.00",
            "8 Q>b -100.00",
            "8 Q>a 100.00",
        ]

    def test_before_the_day_of_the_return_nothing_has_moved(self) -> None:
        entries = [*TWO, paid("P", "100", 3), paid("Q", "100", 4), returned("N", "P", 8)]
        assert moves(standing(entries, 7, returns=REAPPLY).history) == ["3 P>a 100.00", "4 Q>b 100.00"]

    def test_after_a_return_in_part_the_rest_of_the_payment_stands_as_if_it_were_all(self) -> None:
        """A world in which P was 70: a gets 70 of it, and Q pays the rest of a."""
        entries = [*TWO, paid("P", "100", 3), paid("Q", "60", 4), returned("N", "P", 8, "30")]
        position = standing(entries, returns=REAPPLY)
        assert {name: some(charges) for name, charges in position.settles.items()} == {
            "P": {"a": "70.00"},
            "Q": {"a": "30.00", "b": "30.00"},
        }

    def test_two_returns_one_after_the_other(self) -> None:
        entries = [*TWO, paid("P", "100", 3), paid("Q", "100", 4), paid("R", "50", 5)]
        position = standing([*entries, returned("N", "P", 8), returned("O", "Q", 9)], returns=REAPPLY)
        assert {name: some(charges) for name, charges in position.settles.items()} == {
            "P": {},
            "Q": {},
            "R": {"a": "50.00"},
        }

    def test_two_returns_on_one_day(self) -> None:
        entries = [*TWO, paid("P", "100", 3), paid("Q", "100", 4), paid("R", "50", 5)]
        position = standing([*entries, returned("N", "P", 8), returned("O", "Q", 8)], returns=REAPPLY)
        assert (some(position.open), some(position.unapplied)) == ({"a": "50.00", "b": "100.00"}, {})

    def test_won_back_it_stands_as_if_it_had_never_gone(self) -> None:
        entries = [*TWO, paid("P", "100", 3), paid("Q", "100", 4), charged_back("B", "P", 8), won_back("W", "B", 9)]
        position = standing(entries, returns=REAPPLY)
        assert {name: some(charges) for name, charges in position.settles.items()} == {
            "P": {"a": "100.00"},
            "Q": {"b": "100.00"},
        }

    def test_won_back_it_takes_its_place_among_money_that_came_since(self) -> None:
        """What S, of the 10th, pays must not go where P stands again since the 9th."""
        entries = [
            *TWO,
            paid("P", "100", 3),
            charged_back("B", "P", 4),
            paid("R", "100", 5, designations=[Designation("b")]),
        ]
        position = standing([*entries, won_back("W", "B", 9), paid("S", "100", 10)], returns=REAPPLY)
        assert (some(position.open), some(position.unapplied)) == ({}, {"S": "100.00"})

    def test_what_was_refunded_stays_out(self) -> None:
        entries = [*TWO, paid("P", "100", 3), paid("Q", "150", 4), refund("F", "Q", "50", 5), returned("N", "P", 8)]
        position = standing(entries, returns=REAPPLY)
        assert {name: some(charges) for name, charges in position.settles.items()} == {"P": {}, "Q": {"a": "100.00"}}

    def test_a_reversed_charge_stays_out(self) -> None:
        entries = [*TWO, paid("P", "100", 3), reversal("X", "a", 5), paid("Q", "60", 6), returned("N", "P", 8)]
        position = standing(entries, returns=REAPPLY)
        assert (some(position.open), some(position.unapplied)) == ({"b": "40.00"}, {})
        assert position.settles["Q"] == {"b": cad("60")}

    def test_a_credit_that_was_taken_back_stays_out(self) -> None:
        entries = [*TWO, granted("K", "40", 2), paid("P", "100", 3), reversal("X", "K", 5), returned("N", "P", 8)]
        assert some(standing(entries, returns=REAPPLY).open) == {"a": "100.00", "b": "100.00"}

    def test_without_a_return_both_rules_are_one(self) -> None:
        entries = [*TWO, paid("P", "130", 3), granted("K", "20", 4), refund("F", "P", "5", 3)]
        with pytest.raises(Conflict, match="refund F"):
            standing(entries, returns=REAPPLY)
        found = [standing(entries[:-1], returns=returns) for returns in (REOPEN, REAPPLY)]
        assert found[0].history == found[1].history


class TestReversals:
    """A charge is taken back with the taxes on it; a credit whole or in part."""

    def test_what_had_paid_it_is_free_and_goes_on(self) -> None:
        entries = [*TWO, paid("P", "100", 3), reversal("X", "a", 8)]
        position = standing(entries)
        assert moves(position.history) == ["3 P>a 100.00", "8 P>a -100.00", "8 P>b 100.00"]
        assert (position.charges, some(position.open)) == (TWO, {})

    def test_taxes_on_it_and_on_them_go_with_it(self) -> None:
        taxes = [tax("gst", "10", "a"), tax("more", "5", "gst"), tax("other", "7", "b")]
        entries = [TWO[0], *taxes, owed("b", "50", 2), paid("P", "150", 3), reversal("X", "a", 8)]
        position = standing(entries)
        assert {name for name, money in position.settles["P"].items() if money} == {"b", "other"}
        assert (some(position.open), some(position.unapplied)) == ({}, {"P": "93.00"})

    def test_taxes_about_each_other_go_together(self) -> None:
        """A ring that no order could rank, with no money to place."""
        ring = [tax("T-1", "10", "T-2"), tax("T-2", "5", "T-1"), reversal("X", "T-1", 8)]
        assert some(standing(ring).open) == {}

    def test_a_fee_about_it_stays(self) -> None:
        entries = [TWO[0], owed("fee", "20", category=Category.LATE_FEE, about="a"), reversal("X", "a", 8)]
        assert some(standing(entries).open) == {"fee": "20.00"}

    def test_a_tax_can_be_taken_back_alone_and_its_charge_later(self) -> None:
        entries = [TWO[0], tax("gst", "10", "a"), paid("P", "110", 3), reversal("X", "gst", 5), reversal("Y", "a", 8)]
        assert some(standing(entries, 5).unapplied) == {"P": "10.00"}
        assert moves(standing(entries).history)[2:] == ["5 P>gst -10.00", "8 P>a -100.00"]

    def test_later_money_does_not_go_to_a_reversed_charge(self) -> None:
        """Neither in a plain account nor in one with payers."""
        for payer in (None, "ann"):
            charge = owed("a", "100", payer=payer)
            entries = [charge, paid("P", "60", 3, payer=payer), reversal("X", "a", 5), paid("Q", "100", 6, payer=payer)]
            position = standing(entries)
            assert (some(position.open), some(position.unapplied)) == ({}, {"P": "60.00", "Q": "100.00"})

    def test_nor_what_a_payment_that_comes_back_frees(self) -> None:
        entries = [TWO[0], paid("P", "60", 3), reversal("X", "a", 5), returned("N", "P", 6), paid("Q", "10", 7)]
        position = standing(entries)
        assert (some(position.open), some(position.unapplied)) == ({}, {"Q": "10.00"})

    def test_a_charge_that_is_not_due_yet_is_reversed_before_it_can_be_paid(self) -> None:
        entries = [owed("a", "100", 9, posted=day(2)), paid("P", "60", 3), reversal("X", "a", 5)]
        position = standing(entries, settle=SETTLE_DUE)
        assert (position.history, some(position.unapplied)) == ((), {"P": "60.00"})

    def test_a_credit_in_parts_and_then_the_rest(self) -> None:
        entries = [*TWO, granted("K", "150", 3), reversal("X", "K", 5, "30"), reversal("Y", "K", 8)]
        assert moves(standing(entries).history)[2:] == ["5 K>b -30.00", "8 K>b -20.00", "8 K>a -100.00"]

    def test_deposits_hold_nothing_of_a_reversed_one(self) -> None:
        entries = [owed("d", "100", category=Category.DEPOSIT), paid("P", "60", 3)]
        assert some(standing(entries).deposits) == {"d": "60.00"}
        assert some(standing([*entries, reversal("X", "d", 5)]).deposits) == {}


class TestMoneyThatLeaves:
    """A refund or a transfer takes what is unapplied on its day."""

    def test_a_refund_and_a_transfer_of_one_payment(self) -> None:
        entries = [
            TWO[0],
            paid("P", "200", 3),
            refund("F", "P", "30", 4),
            Transfer("T", "P", cad("50"), on=day(5), to="x"),
        ]
        position = standing(entries)
        assert (some(position.unapplied), refundable(position, "P")) == ({"P": "20.00"}, cad("20"))

    @pytest.mark.parametrize(
        "entry", [refund("F", "P", "60", 4), Transfer("F", "P", cad("60"), on=day(4), to="x")], ids=entry_name
    )
    def test_what_never_was_unapplied_cannot_leave(self, entry: Refund | Transfer) -> None:
        with pytest.raises(Conflict) as caught:
            standing([TWO[0], paid("P", "150", 3), entry])
        assert str(caught.value) == (
            f"{entry_name(entry)}: of 60.00 CAD, and 50.00 of payment P is unapplied on 2026-03-04; "
            "pass at most what of it is unapplied"
        )
        assert (caught.value.field, caught.value.value) == ("amount", cad("60"))

    def test_what_was_free_when_it_was_sent_gives_way_to_it_later(self) -> None:
        """A charge of the 2nd is posted on the 20th; P's 50 went out on the 4th, so only 100 can be applied."""
        late = owed("late", "50", 2, posted=day(2))
        entries = [TWO[0], paid("P", "150", 3), refund("F", "P", "50", 4)]
        assert some(standing(entries).unapplied) == {}
        credited = standing([*entries, granted("K", "30", 3, posted=day(20)), attrs.evolve(late, posted=day(20))])
        assert some(credited.open) == {"late": "20.00"}

    def test_an_older_payment_found_later_leaves_the_refund_standing(self) -> None:
        """R, found on the 20th, pays a; P is then free, and what it sent is only more of it."""
        found = paid("R", "100", 2, posted=day(20))
        entries = [TWO[0], paid("P", "150", 3), refund("F", "P", "50", 4), found]
        assert some(standing(entries).unapplied) == {"P": "100.00"}

    def test_a_charge_found_later_takes_nothing_that_was_sent(self) -> None:
        """Known late, a credit taken back opens a by 40 on the 3rd; P had 50 free and refunded them on the 4th."""
        entries = [TWO[0], granted("K", "40", 1), paid("P", "110", 3), refund("F", "P", "50", 4)]
        assert some(standing(entries).unapplied) == {}
        position = standing([*entries, reversal("X", "K", 2, posted=day(20))])
        assert moves(position.history) == ["1 K>a 40.00", "2 K>a -40.00", "3 P>a 100.00", "4 P>a -40.00"]
        assert (some(position.open), some(position.unapplied)) == ({"a": "40.00"}, {})

    def test_one_that_was_never_covered_is_refused_though_something_was_found_since(self) -> None:
        entries = [TWO[0], paid("P", "110", 3), refund("F", "P", "50", 4), owed("z", "1", 20)]
        with pytest.raises(
            Conflict, match=r"refund F: of 50.00 CAD, and 10.00 of payment P is unapplied on 2026-03-04"
        ):
            standing(entries)

    def test_trust_money_that_is_free_may_be_sent(self) -> None:
        entries = [TWO[0], paid("P", "150", 3, fund="trust")]
        assert refundable(standing(entries), "P") == cad("150")
        assert some(standing([*entries, refund("F", "P", "150", 4)]).trust) == {}

    def test_what_is_kept_for_a_charge_to_come_may_be_sent(self) -> None:
        entries = [paid("P", "150", 3, designations=[Designation("later")])]
        assert refundable(standing(entries), "P") == cad("150")

    def test_a_rule_of_returns_touches_no_refund(self) -> None:
        entries = [*TWO, paid("P", "100", 3), paid("Q", "150", 4), refund("F", "Q", "50", 9), returned("N", "P", 8)]
        for returns in (REOPEN, REAPPLY):
            with pytest.raises(Conflict, match="refund F"):
                standing(entries, returns=returns)


class TestSweeps:
    """Money that is left is asked again when something became payable since; two switches stop that."""

    ENTRIES = (owed("a", "10"), paid("P", "40", 2), granted("K", "30", 3), owed("b", "50", 5))

    @pytest.mark.parametrize(
        ("credits_", "payments", "lines"),
        [
            (True, True, ["5 K>b 30.00", "5 P>b 20.00"]),
            (False, True, ["5 P>b 30.00"]),
            (True, False, ["5 K>b 30.00"]),
            (False, False, []),
        ],
    )
    def test_each_kind_has_its_switch(self, credits_: bool, payments: bool, lines: list[str]) -> None:
        position = standing(self.ENTRIES, sweep_credits=credits_, sweep_payments=payments)
        assert moves(position.history)[1:] == lines

    def test_an_order_is_not_asked_again_while_nothing_changes(self) -> None:
        asked = []

        def stingy(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
            asked.append((incoming.id, incoming.date.day))
            return {}

        entries = [owed("a", "10"), paid("P", "40", 3), paid("Q", "5", 4), owed("b", "50", 9)]
        standing(entries, by=stingy)
        assert asked == [("P", 3), ("Q", 4), ("P", 9), ("Q", 9), ("P", 10), ("Q", 10)]

    def test_money_that_was_freed_is_not_swept_where_its_kind_is_not(self) -> None:
        entries = [*TWO, paid("P", "100", 3), reversal("X", "a", 8)]
        position = standing(entries, sweep_payments=False)
        assert (some(position.open), some(position.unapplied)) == ({"b": "100.00"}, {"P": "100.00"})

    def test_what_is_won_back_is_placed_as_it_comes_whatever_the_switches(self) -> None:
        entries = [TWO[0], paid("P", "60", 3), charged_back("B", "P", 5), won_back("W", "B", 8)]
        assert moves(standing(entries, sweep_payments=False).history)[2:] == ["8 P>a 60.00"]


def test_an_order_of_a_users_is_verified_over_time() -> None:
    def greedy(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
        return {item.id: item.offered_minor for item in items}

    with pytest.raises(OrderError, match=r"proposed 100\.00 of payment P, which has 60\.00"):
        standing([TWO[0], paid("P", "60")], by=greedy)


def test_orders_of_a_users_and_ours_agree_where_they_say_the_same() -> None:
    entries = [*TWO, paid("P", "130", 3), paid("Q", "30", 4), returned("N", "P", 8, "50"), paid("R", "20", 9)]
    assert moves(standing(entries, by=poured).history) == moves(standing(entries).history)
    assert moves(standing(entries, by=from_the_back).history)[:2] == ["3 P>a 30.00", "3 P>b 100.00"]


def test_rules_and_occasions_show_as_they_are_written() -> None:
    assert (repr(REOPEN), repr(ReturnRule.REAPPLY), repr(How.SWEPT)) == ("REOPEN", "REAPPLY", "How.SWEPT")


def test_rows_that_do_not_balance_would_be_refused() -> None:
    """The last guard: nothing that a user can write reaches it."""
    position = standing([TWO[0], paid("P", "60")])
    fold = Fold(position.view, position.terms, NOTHING_HELD, lambda _: True)
    fold.room[0] = -1
    with pytest.raises(OrderError) as caught:
        fold.run()
    assert str(caught.value) == (
        "order Ranking(due_date): its rows do not balance; this is a fault of arledger: please report it"
    )


def test_a_refund_that_a_credit_covers_which_a_view_does_not_know_gives_way_in_that_view() -> None:
    """The credit of the 2nd was posted on the 25th: as known on the 20th, the refund un-applies what it takes."""
    entries = [TWO[0], paid("P", "100", 5), refund("F", "P", "40", 10), granted("K", "40", 2, posted=day(25))]
    assert standing(entries).total_open == cad("0")
    then = standing(entries, 20, known=day(20))
    assert (then.total_open, then.balance) == (cad("40"), cad("40"))
    with pytest.raises(Conflict):  # without the credit it never was covered
        standing(entries[:3])
