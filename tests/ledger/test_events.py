"""The one order of events: by day, by the turns of a day, by sequence, by id, however the entries were recorded."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest

from account_facts import cad, day, from_the_back, granted, owed, paid, poured, tax
from arledger import (
    DUE_THEN_DEARER,
    NEWEST_FIRST,
    OLDEST_FIRST,
    PAST_DUE_FIRST_RENT_LAST,
    RENT_LAST,
    SETTLE_DUE,
    SETTLE_POSTED,
    Category,
    Designation,
    Dispute,
    Incoming,
    Ledger,
    OpenItem,
    Order,
    PaymentState,
    any_payer,
    exact_match_first,
    in_turn,
    only,
    replay,
    where,
)
from arledger.ledger.books import Entry
from arledger.ledger.events import Stage, event_of, parts_of
from ledger_facts import charged_back, moves, refund, returned, reversal, some, standing, step, won_back

RENT = Category.RENT
PENDING, SETTLED = PaymentState.PENDING, PaymentState.SETTLED


def test_an_event_is_an_int_that_sorts_by_day_stage_and_place() -> None:
    parts = [(739600, Stage.PAYMENT, 7), (739600, Stage.TICK, 0), (739601, Stage.CHARGE, 3), (739601, Stage.CHARGE, 12)]
    events = [event_of(*some_parts) for some_parts in parts]
    assert [parts_of(event) for event in events] == parts
    assert events == sorted(events)


def test_rules_of_settling_show_as_they_are_written() -> None:
    assert (repr(SETTLE_POSTED), repr(SETTLE_DUE)) == ("SETTLE_POSTED", "SETTLE_DUE")


class TestTheTurnsOfADay:
    """Charges; what goes back of earlier days, and reversals; credits; payments; and so on."""

    def test_a_charge_comes_before_the_money_of_its_day(self) -> None:
        assert moves(standing([paid("a", "60", 5), owed("z", "60", 5)]).history) == ["5 a>z 60.00"]

    def test_what_goes_back_opens_before_the_money_of_its_day_comes(self) -> None:
        entries = [owed("c", "100"), paid("P", "100", 5), returned("N", "P", 8), paid("A", "70", 8)]
        assert moves(standing(entries).history) == ["5 P>c 100.00", "8 P>c -100.00", "8 A>c 70.00"]

    def test_a_charge_is_reversed_before_the_money_of_its_day_comes(self) -> None:
        """The charge of the 8th is gone before the payment of the 8th could settle it."""
        entries = [owed("c", "100", 8), reversal("X", "c", 8), paid("A", "70", 8)]
        position = standing(entries)
        assert (position.history, some(position.unapplied)) == ((), {"A": "70.00"})

    def test_credits_come_before_payments(self) -> None:
        entries = [owed("c", "100"), paid("A", "70", 5), granted("Z", "50", 5)]
        assert moves(standing(entries).history) == ["5 Z>c 50.00", "5 A>c 50.00"]

    def test_money_that_goes_back_on_its_own_day_was_there_first(self) -> None:
        entries = [owed("c", "100"), paid("P", "100", 5), returned("N", "P", 5), paid("Q", "70", 5)]
        assert moves(standing(entries, 5).history) == ["5 P>c 100.00", "5 P>c -100.00", "5 Q>c 70.00"]

    def test_a_credit_that_is_taken_back_on_its_own_day_was_there_first(self) -> None:
        entries = [owed("c", "100"), granted("K", "30", 5), reversal("X", "K", 5)]
        assert moves(standing(entries, 5).history) == ["5 K>c 30.00", "5 K>c -30.00"]

    def test_what_is_won_back_comes_after_the_payments_of_the_day(self) -> None:
        entries = [owed("c", "100"), paid("P", "100", 5), charged_back("B", "P", 6), won_back("W", "B", 8)]
        position = standing([*entries, paid("Q", "40", 8)])
        assert moves(position.history)[2:] == ["8 Q>c 40.00", "8 P>c 60.00"]

    def test_a_refund_takes_what_the_day_left_before_the_sweep(self) -> None:
        """Q returns on the 8th and c is open again; P's 40 was refunded before the sweep could have it."""
        entries = [owed("c", "100"), paid("P", "140", 5), refund("F", "P", "40", 8), owed("d", "30", 9)]
        position = standing(entries)
        assert (some(position.open), some(position.unapplied)) == ({"d": "30.00"}, {})

    def test_a_sweep_comes_last_and_asks_credits_before_payments(self) -> None:
        entries = [
            owed("c", "100"),
            paid("P", "100", 5),
            paid("Q", "30", 6),
            granted("K", "20", 6),
            returned("N", "P", 8),
            paid("R", "60", 8),
        ]
        assert moves(standing(entries).history)[2:] == ["8 R>c 60.00", "8 K>c 20.00", "8 Q>c 20.00"]

    def test_a_day_ends_with_its_sweep_before_the_next_begins(self) -> None:
        entries = [owed("c", "100"), paid("P", "130", 5), owed("d", "50", 8), paid("Q", "50", 9)]
        assert moves(standing(entries).history) == ["5 P>c 100.00", "8 P>d 30.00", "9 Q>d 20.00"]


def test_money_of_a_day_comes_by_sequence_then_id() -> None:
    entries = [
        owed("c", "35"),
        paid("b", "10", 5),
        paid("a", "10", 5),
        paid("z", "10", 5, sequence=2),
        paid("y", "10", 5, sequence=10),
    ]
    assert moves(standing(entries).history) == ["5 z>c 10.00", "5 y>c 10.00", "5 a>c 10.00", "5 b>c 5.00"]


def test_what_goes_back_on_a_day_goes_by_sequence_then_id() -> None:
    """Both go back on the 8th; what Z opens first is not closed by P, which goes back too."""
    entries = [owed("c", "100"), paid("P", "60", 5), paid("Q", "40", 5)]
    gone = [returned("b", "P", 8), returned("a", "Q", 8), reversal("z", "c", 8, sequence=1)]
    assert moves(standing([*entries, *gone]).history)[2:] == ["8 Q>c -40.00", "8 P>c -60.00"]
    by_id = moves(standing([*entries, *gone[:2]]).history)[2:]
    assert by_id == ["8 Q>c -40.00", "8 P>c -60.00"]
    sequenced = [returned("b", "P", 8, sequence=1), returned("a", "Q", 8)]
    assert moves(standing([*entries, *sequenced]).history)[2:] == ["8 P>c -60.00", "8 Q>c -40.00"]


def test_the_order_of_recording_changes_nothing() -> None:
    """Every order of five entries of one day and its neighbours."""
    entries: list[Entry] = [
        owed("c", "100", 5),
        paid("P", "80", 5),
        granted("K", "30", 5),
        returned("N", "P", 6),
        paid("Q", "20", 6),
    ]
    positions = [
        replay(Ledger("CAD", some_order), by=OLDEST_FIRST, as_of=day(31)) for some_order in permutations(entries)
    ]
    assert {position.history for position in positions} == {positions[0].history}
    assert {position.fingerprint for position in positions} == {positions[0].fingerprint}
    assert all(position == positions[0] for position in positions)


class TestWhatExists:
    """A charge exists from its posted day; money from the day on which it came."""

    def test_nothing_is_there_before_its_day(self) -> None:
        entries = [owed("c", "100", 8, posted=day(6)), paid("P", "60", 7)]
        assert (standing(entries, 5).charges, standing(entries, 6).money) == ((), ())
        assert [len(standing(entries, on).charges) for on in (5, 6)] == [0, 1]
        assert [len(standing(entries, on).money) for on in (6, 7)] == [0, 1]

    def test_a_charge_posted_after_it_was_due_exists_from_its_posted_day(self) -> None:
        """Also under SETTLE_DUE: nobody could have paid it before."""
        entries = [owed("c", "100", 2, posted=day(8)), paid("P", "60", 5)]
        for settle in (SETTLE_POSTED, SETTLE_DUE):
            assert standing(entries, 7, settle=settle).history == ()
            assert moves(standing(entries, 8, settle=settle).history) == ["8 P>c 60.00"]

    def test_settle_due_waits_for_the_day_and_settle_posted_does_not(self) -> None:
        entries = [owed("c", "100", 9, posted=day(3)), paid("P", "60", 5)]
        assert moves(standing(entries, 9).history) == ["5 P>c 60.00"]
        assert standing(entries, 8, settle=SETTLE_DUE).history == ()
        position = standing(entries, 9, settle=SETTLE_DUE)
        assert moves(position.history) == ["9 P>c 60.00"]

    def test_what_is_not_due_yet_is_open_under_either_rule(self) -> None:
        entries = [owed("c", "100", 9, posted=day(3))]
        assert some(standing(entries, 5, settle=SETTLE_DUE).open) == {"c": "100.00"}
        assert list(standing(entries, 5, settle=SETTLE_DUE).payable_charges) == []
        assert list(standing(entries, 9, settle=SETTLE_DUE).payable_charges) == ["c"]

    def test_known_leaves_out_charges_and_money_posted_later(self) -> None:
        entries = [
            owed("c", "100", 2, posted=day(2)),
            paid("P", "60", 5, posted=day(20)),
            granted("K", "5", posted=day(9)),
        ]
        found = {on: moves(standing(entries, 9, known=day(on)).history) for on in (5, 9, 20)}
        assert found == {5: [], 9: ["5 K>c 5.00"], 20: ["5 K>c 5.00", "5 P>c 60.00"]}


class TestRulesThatReadTheDate:
    """Orders and selectors that look at the day see each event's own, and a sweep comes when their answer changes."""

    FEE = owed("fee", "50", 4)
    LATER = owed("rent", "100", 6, posted=day(2), category=RENT)
    OLD = owed("old rent", "80", 3, category=RENT)

    @pytest.mark.parametrize(("on", "first"), [(4, "old rent"), (5, "fee")])
    def test_past_due_first_ranks_by_the_day_of_the_money(self, on: int, first: str) -> None:
        """On the 4th the fee is not past due and the old rent is; on the 5th both are, and rent comes last."""
        position = standing([self.FEE, self.OLD, paid("P", "10", on)], by=PAST_DUE_FIRST_RENT_LAST)
        assert moves(position.history) == [f"{on} P>{first} 10.00"]

    def test_a_sweep_ranks_by_its_own_day(self) -> None:
        """P came on the 2nd, before anything was there; what it pays on the 5th is ranked as of the 5th."""
        entries = [
            paid("P", "10", 2),
            owed("a", "50", 4, posted=day(5)),
            owed("rent", "80", 3, posted=day(5), category=RENT),
        ]
        assert moves(standing(entries, by=PAST_DUE_FIRST_RENT_LAST).history) == ["5 P>a 10.00"]

    def test_due_then_dearer_takes_the_dearer_of_what_is_due(self) -> None:
        cheap = owed("cheap", "100", 2, attributes={"rate": 5})
        dear = owed("dear", "100", 8, posted=day(2), attributes={"rate": 9})
        by_day = {on: moves(standing([cheap, dear, paid("P", "10", on)], by=DUE_THEN_DEARER).history) for on in (7, 8)}
        assert by_day == {7: ["7 P>cheap 10.00"], 8: ["8 P>dear 10.00"]}

    @pytest.mark.parametrize(
        "by",
        [
            only(where.past_due, OLDEST_FIRST),
            any_payer(only(where.past_due, OLDEST_FIRST)),
            in_turn(only(where.rent & where.past_due, OLDEST_FIRST), only(where.past_due, RENT_LAST)),
            exact_match_first(only(where.past_due, OLDEST_FIRST)),
        ],
        ids=repr,
    )
    def test_money_is_swept_on_the_day_on_which_a_charge_is_past_due(self, by: Order) -> None:
        """The charge of the 6th is paid on the 7th, though nothing else happens on that day."""
        entries = [owed("c", "100", 6, posted=day(2)), paid("P", "60", 4)]
        assert standing(entries, 6, by=by).history == ()
        assert moves(standing(entries, 9, by=by).history) == ["7 P>c 60.00"]

    def test_money_is_swept_on_the_day_on_which_a_charge_is_due(self) -> None:
        entries = [owed("c", "100", 6, posted=day(2)), paid("P", "60", 4)]
        assert moves(standing(entries, by=only(where.is_due, OLDEST_FIRST)).history) == ["6 P>c 60.00"]

    def test_a_designation_that_reads_the_date_is_served_when_its_day_comes(self) -> None:
        entries = [owed("c", "100", 6, posted=day(2)), paid("P", "60", 4, designations=[Designation(where.past_due)])]
        assert moves(standing(entries).history) == ["7 P>c 60.00"]

    def test_a_restriction_that_reads_the_date_is_lifted_when_its_day_comes(self) -> None:
        entries = [owed("c", "100", 6, posted=day(2)), paid("P", "60", 4, restriction=where.past_due)]
        assert moves(standing(entries).history) == ["7 P>c 60.00"]

    def test_a_dispute_that_ends_lets_the_money_through(self) -> None:
        disputed = owed("c", "100", disputed=Dispute(since=day(2), until=day(9)))
        assert standing([disputed, paid("P", "60", 4)], 8).history == ()
        assert moves(standing([disputed, paid("P", "60", 4)]).history) == ["9 P>c 60.00"]

    def test_a_dispute_that_begins_later_holds_back_only_later_money(self) -> None:
        disputed = owed("c", "100", disputed=Dispute(since=day(6)))
        entries = [disputed, paid("P", "60", 4), paid("Q", "40", 6)]
        assert moves(standing(entries).history) == ["4 P>c 60.00"]

    def test_a_function_of_a_users_is_asked_on_every_day_that_may_matter(self) -> None:
        """Nobody knows what it reads; it is shown the day on which the money is placed."""
        asked = []

        def patient(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
            asked.append(incoming.date.day)
            return {} if incoming.date < day(6) else poured(incoming, items)

        entries = [owed("c", "100", 5), paid("P", "60", 5)]
        assert moves(standing(entries, by=patient).history) == ["6 P>c 60.00"]
        assert asked == [5, 5, 6]

    def test_a_function_may_give_to_the_last_item_first(self) -> None:
        entries = [owed("a", "50"), owed("b", "50", 2), paid("P", "60")]
        assert moves(standing(entries, by=from_the_back).history) == ["5 P>a 10.00", "5 P>b 50.00"]


def test_a_plain_account_and_one_with_everything_stand_alike() -> None:
    """The fast way and the general one: one more charge, of another payer and in dispute, changes only who serves."""
    entries = [
        owed("a", "100"),
        owed("b", "100", 3),
        paid("P", "150", 2),
        granted("K", "20", 4),
        paid("Q", "60", 5),
        returned("N", "P", 7),
        owed("c", "100", 9),
    ]
    special = owed("special", "1", payer="ann", disputed=True)
    begin = ["2 P>a 100.00", "3 P>b 50.00", "4 K>b 20.00", "5 Q>b 30.00", "7 P>b -50.00", "7 P>a -100.00"]
    expected = {OLDEST_FIRST: [*begin, "7 Q>a 30.00"], NEWEST_FIRST: [*begin, "7 Q>b 30.00"]}
    for by, lines in expected.items():
        assert moves(standing(entries, by=by).history) == lines
        assert moves(standing([*entries, special], by=by).history) == lines


def test_money_of_a_tax_and_its_charge_is_shared_over_time() -> None:
    """A charge and the tax on it are one item to a ranking; the tax is posted on a later day, and follows."""
    entries = [owed("rent", "100"), paid("P", "50", 2), tax("gst", "10", "rent", 3), paid("Q", "30", 4)]
    assert moves(standing(entries).history) == ["2 P>rent 50.00", "4 Q>rent 25.00", "4 Q>gst 5.00"]


def test_a_tax_on_a_tax_follows_what_is_taxed() -> None:
    entries = [owed("rent", "100"), tax("gst", "10", "rent"), tax("more", "10", "gst"), paid("P", "60")]
    assert moves(standing(entries).history) == ["5 P>rent 50.00", "5 P>gst 5.00", "5 P>more 5.00"]


def test_a_tax_about_a_settled_charge_still_counts_as_it() -> None:
    """The rent is paid, and its tax, which is open, is rent to an order that pays rent last."""
    entries = [
        owed("rent", "100", category=RENT),
        paid("P", "100", 2, designations=[Designation("rent")]),
        tax("gst", "10", "rent", 3),
        owed("fee", "20", 9, posted=day(3)),
        paid("Q", "25", 4),
    ]
    assert moves(standing(entries, by=RENT_LAST).history)[1:] == ["4 Q>fee 20.00", "4 Q>gst 5.00"]


def test_steps_of_other_payments_move_no_plain_money() -> None:
    entries = [owed("c", "100"), paid("P", "60", 5), paid("Q", "60", 6), step("Q", PENDING, 6), step("Q", SETTLED, 9)]
    assert moves(standing(entries).history) == ["5 P>c 60.00", "6 Q>c 40.00"]
    assert standing(entries).unapplied == {"P": cad("0"), "Q": cad("20")}
