"""Where a payment is on its way: what may follow what, when it is money, and what stands provisionally."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from account_facts import cad, day, owed, paid, placed, poured
from arledger import (
    NEXT_STATES,
    OLDEST_FIRST,
    Chargeback,
    Conflict,
    Incoming,
    Ledger,
    OpenItem,
    PaymentState,
    PaymentStep,
    Position,
    Refund,
    Return,
    ReturnReason,
    Reversal,
    Transfer,
    Void,
    WonBack,
    allocate,
    refundable,
    replay,
)
from arledger.ledger.books import Change
from arledger.ledger.lives import Life
from ledger_facts import charged_back, moves, refund, returned, some, standing, step, won_back

SCHEDULED, PENDING, SETTLED = PaymentState.SCHEDULED, PaymentState.PENDING, PaymentState.SETTLED
REJECTED, CANCELLED = PaymentState.REJECTED, PaymentState.CANCELLED

WAYS: dict[str, list[Change]] = {
    "new": [],
    "scheduled": [step("P", SCHEDULED, 2)],
    "pending": [step("P", PENDING, 5)],
    "settled": [step("P", SETTLED, 5)],
    "returned": [step("P", SETTLED, 5), returned("N", "P", 6)],
    "rejected": [step("P", PENDING, 5), step("P", REJECTED, 6)],
    "voided": [step("P", SETTLED, 5), Void("V", "P", on=day(6))],
    "cancelled": [step("P", PENDING, 5), step("P", CANCELLED, 6)],
    "charged back": [step("P", SETTLED, 5), charged_back("B", "P", 6)],
}
"""How a payment that is received on the 5th comes to each state."""

STEPS: dict[str, str] = {
    "scheduled": "payment step P/scheduled@2026-03-",
    "pending": "payment step P/pending@2026-03-",
    "settled": "payment step P/settled@2026-03-",
    "rejected": "payment step P/rejected@2026-03-",
    "cancelled": "payment step P/cancelled@2026-03-",
    "returned": "return X",
    "voided": "void X",
    "charged back": "chargeback X",
}
"""What each step is called in a message; those of a payment's own end in the day."""

ALLOWED: dict[str, list[str]] = {
    "new": ["scheduled", "pending", "settled", "rejected"],
    "scheduled": ["pending", "settled", "rejected", "cancelled"],
    "pending": ["settled", "returned", "rejected", "voided", "cancelled"],
    "settled": ["returned", "voided", "charged back"],
    "charged back": ["settled"],
    "returned": [],
    "rejected": [],
    "voided": [],
    "cancelled": [],
}
"""What may follow, in the words and the order of the messages."""


def entry_of(word: str, on: int) -> Change:
    """The entry of a step."""
    made: dict[str, Change] = {
        "returned": returned("X", "P", on),
        "voided": Void("X", "P", on=day(on)),
        "charged back": charged_back("X", "P", on),
    }
    return made.get(word) or step("P", PaymentState(word), on)


def after(way: str, further: Sequence[Change], on: int) -> Position:
    """A payment of 100 that came to a state, and what follows, as of a day."""
    return standing([owed("c", "100"), paid("P", "100"), *WAYS[way], *further], on)


@pytest.mark.parametrize(
    ("way", "word"),
    [
        (way, word)
        for way in WAYS
        for word in STEPS
        # without a step of its own a payment settles when it is received; and what is charged back is won by a WonBack
        if not (way == "new" and word in ("returned", "voided", "charged back"))
        and (way, word) != ("charged back", "settled")
    ],
)
def test_the_table_of_steps(way: str, word: str) -> None:
    """R42: each state and each step, allowed or refused in these words."""
    on = 5 if way == "new" else 8
    if word in ALLOWED[way]:
        assert after(way, [entry_of(word, on)], on).states == {"P": PaymentState(word.replace(" ", "_"))}
        return
    with pytest.raises(Conflict) as caught:
        after(way, [entry_of(word, on)], on)
    name = STEPS[word] + (f"0{on}" if STEPS[word].endswith("-") else "")
    assert str(caught.value) == (
        f"{name}: payment P is {way} on 2026-03-0{on}, and cannot become {word}; "
        f"after {way} comes {', '.join(ALLOWED[way]) or 'nothing'}"
    )
    assert (caught.value.field, caught.value.value) == ("state", PaymentState(word.replace(" ", "_")))


@pytest.mark.parametrize("word", ["returned", "voided", "charged back"])
def test_a_payment_without_steps_is_settled_when_received(word: str) -> None:
    state = PaymentState(word.replace(" ", "_"))
    assert after("new", [], 5).states == {"P": SETTLED}
    assert after("new", [entry_of(word, 6)], 6).states == {"P": state}


def test_a_chargeback_is_won_by_an_entry_of_its_own() -> None:
    assert after("charged back", [won_back("W", "B", 8)], 8).states == {"P": SETTLED}
    with pytest.raises(Conflict) as caught:
        after("charged back", [step("P", SETTLED, 8)], 8)
    assert str(caught.value) == (
        "payment step P/settled@2026-03-08: payment P is charged back on 2026-03-08; record a WonBack"
    )


def test_the_table_that_users_see_says_the_same() -> None:
    def word(state: PaymentState | None) -> str:
        return "new" if state is None else state.value.replace("_", " ")

    assert {word(state): [word(later) for later in following] for state, following in NEXT_STATES.items()} == ALLOWED


def test_a_step_has_an_id_of_what_it_says() -> None:
    found = PaymentStep("P-17", SETTLED, on=day(5))
    assert (found.id, found.day, found.posted, found.sequence) == ("P-17/settled@2026-03-05", day(5), day(5), None)
    assert PaymentStep("P-17", SETTLED, on=day(5), id="S-1").id == "S-1"
    assert PaymentStep("P-17", SETTLED, on=day(5), posted=day(9)).posted == day(9)


def test_entries_about_payments_are_posted_on_their_day_unless_told() -> None:
    entries: list[Change] = [
        Return("N", "P", on=day(5)),
        Void("V", "P", on=day(5)),
        Chargeback("B", "P", on=day(5)),
        WonBack("W", "B", on=day(5)),
        Reversal("X", "c", on=day(5)),
        Refund("F", "P", cad("1"), on=day(5)),
        Transfer("T", "P", cad("1"), on=day(5), to="A-2"),
    ]
    assert {(entry.day, entry.posted, entry.sequence) for entry in entries} == {(day(5), day(5), None)}
    assert Return("N", "P", on=day(5)).reason is ReturnReason.OTHER


def test_states_and_reasons_show_as_they_are_written() -> None:
    assert repr(PaymentState.CHARGED_BACK) == "PaymentState.CHARGED_BACK"
    assert repr(ReturnReason.INSUFFICIENT_FUNDS) == "ReturnReason.INSUFFICIENT_FUNDS"


def test_a_life_has_no_state_before_its_first_day() -> None:
    life = Life(((day(5), PENDING), (day(8), SETTLED)), day(5))
    assert [life.state_on(day(on)) for on in (4, 5, 7, 8)] == [None, PENDING, PENDING, SETTLED]


class TestScheduled:
    """A plan is no money until it is pending or settled."""

    PLAN = (owed("c", "100"), paid("P", "100"), step("P", SCHEDULED, 2))

    def test_before_anything_is_known_of_it(self) -> None:
        assert standing(self.PLAN, 1).states == {}

    def test_it_is_known_and_no_money(self) -> None:
        position = standing(self.PLAN, 9)
        assert (position.states, position.money, position.pending) == ({"P": SCHEDULED}, (), {})
        assert position.total_open == cad("100")

    @pytest.mark.parametrize("state", [PENDING, SETTLED])
    def test_it_is_money_from_the_day_on_which_it_is_pending_or_settled(self, state: PaymentState) -> None:
        entries = [*self.PLAN, step("P", state, 7)]
        assert standing(entries, 6).history == ()
        assert moves(standing(entries, 7).history) == ["7 P>c 100.00"]

    @pytest.mark.parametrize("state", [REJECTED, CANCELLED])
    def test_one_that_was_never_sent_leaves_no_trace(self, state: PaymentState) -> None:
        position = standing([*self.PLAN, step("P", state, 4)], 9)
        assert (position.states, position.history) == ({"P": state}, ())

    def test_money_stands_in_the_order_in_which_it_came(self) -> None:
        """P was received on the 5th but sent on the 7th, so Q, of the 6th, comes first."""
        position = standing([*self.PLAN, step("P", SETTLED, 7), paid("Q", "60", 6)], 9)
        assert [source.id for source in position.money] == ["Q", "P"]
        assert moves(position.history) == ["6 Q>c 60.00", "7 P>c 40.00"]


class TestPending:
    """Money at the bank is applied provisionally: the charge stays open, and is payable no more."""

    SENT = (owed("c", "100"), paid("P", "130"), step("P", PENDING, 5))

    def test_open_and_payable_differ(self) -> None:
        position = standing(self.SENT)
        item = position.item("c")
        assert (item.open, item.pending, item.payable) == (cad("100"), cad("100"), cad("0"))
        assert (some(position.pending), some(position.unapplied)) == ({"P": "130.00"}, {})
        assert position.balance == cad("100")
        assert position.settles == {"P": {"c": cad("100")}}

    def test_it_is_not_paid_a_second_time(self) -> None:
        position = standing([*self.SENT, paid("Q", "50", 6)])
        assert (some(position.unapplied), moves(position.history)) == ({"Q": "50.00"}, ["5 P>c 100.00"])

    def test_what_settles_stays_where_it_is(self) -> None:
        position = standing([*self.SENT, step("P", SETTLED, 8)])
        assert (some(position.open), some(position.unapplied), some(position.pending)) == ({}, {"P": "30.00"}, {})
        assert moves(position.history) == ["5 P>c 100.00"]

    def test_a_first_step_on_a_later_day_says_that_it_was_at_the_bank_until_then(self) -> None:
        """One with steps is pending from the day on which it is received until a step says otherwise."""
        entries = [owed("c", "100"), paid("P", "130"), step("P", SETTLED, 8)]
        assert [standing(entries, on).states.get("P") for on in (4, 5, 7, 8)] == [None, PENDING, PENDING, SETTLED]
        assert standing(entries, 7).total_open == cad("100")

    def test_a_settlement_that_was_not_known_yet_says_nothing(self) -> None:
        entries = [owed("c", "100"), paid("P", "130"), step("P", SETTLED, 8)]
        assert standing(entries, 7, known=day(7)).states == {"P": SETTLED}

    def test_a_rejection_on_a_later_day_undoes_what_was_provisional(self) -> None:
        entries = [owed("c", "100"), paid("P", "130"), step("P", REJECTED, 8)]
        assert standing(entries, 7).states == {"P": PENDING}
        position = standing(entries, 8)
        assert moves(position.history) == ["5 P>c 100.00", "8 P>c -100.00"]
        assert (position.states, some(position.pending)) == ({"P": REJECTED}, {})

    @pytest.mark.parametrize("gone", [returned("N", "P", 8), Void("N", "P", on=day(8)), step("P", CANCELLED, 8)])
    def test_what_comes_back_from_the_bank_opens_the_charge(self, gone: Change) -> None:
        position = standing([*self.SENT, gone])
        assert (some(position.open), some(position.pending)) == ({"c": "100.00"}, {})
        assert position.item("c").payable == cad("100")

    def test_a_part_may_come_back_and_the_rest_stay_at_the_bank(self) -> None:
        """30 was applied to nothing and goes first; 20 more re-open."""
        position = standing([*self.SENT, returned("N", "P", 8, "50")])
        assert (position.states, some(position.pending)) == ({"P": PENDING}, {"P": "80.00"})
        assert position.item("c").payable == cad("20")

    def test_nothing_of_it_can_be_refunded(self) -> None:
        assert refundable(standing(self.SENT), "P") == cad("0")

    def test_an_order_sees_what_is_at_the_bank_on_the_same_day_and_later(self) -> None:
        """A function of a user's is shown what is open, and offered only what is payable."""
        seen = []

        def noting(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
            seen.append([(item.open_minor, item.pending_minor, item.offered_minor) for item in items])
            return poured(incoming, items)

        entries = [owed("c", "100"), paid("P", "40"), step("P", PENDING, 5), paid("Q", "10", 5), paid("R", "10", 6)]
        standing(entries, by=noting)
        assert seen == [[(10000, 0, 10000)], [(10000, 4000, 6000)], [(9000, 4000, 5000)]]

    def test_what_came_back_from_the_bank_covers_nothing_any_more(self) -> None:
        """R, of the 9th, is offered what a return in part opened, and no cent of what it left."""
        seen = []

        def noting(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
            seen.append([(item.id, item.pending_minor, item.offered_minor) for item in items])
            return poured(incoming, items)

        entries = [
            owed("a", "60"),
            owed("b", "50", 2),
            paid("P", "100"),
            step("P", PENDING, 5),
            returned("N", "P", 8, "40"),
            paid("R", "10", 9),
        ]
        standing(entries, by=noting)
        assert seen[-1] == [("b", 0, 5000)]


class TestChargedBack:
    """A chargeback takes a part or all; what is won is there again, from that day on."""

    PAID = (owed("c", "100"), paid("P", "130"))

    def test_a_part_leaves_the_payment_settled(self) -> None:
        position = standing([*self.PAID, charged_back("B", "P", 8, "50")])
        assert (position.states, some(position.open)) == ({"P": SETTLED}, {"c": "20.00"})

    def test_a_part_is_won_in_parts(self) -> None:
        entries = [*self.PAID, charged_back("B", "P", 8, "50"), won_back("W1", "B", 9, "15"), won_back("W2", "B", 10)]
        position = standing(entries)
        assert (some(position.open), some(position.unapplied)) == ({}, {"P": "30.00"})
        assert moves(position.history) == ["5 P>c 100.00", "8 P>c -20.00", "9 P>c 15.00", "10 P>c 5.00"]

    def test_all_of_it_won_in_part_is_settled_again(self) -> None:
        entries = [*self.PAID, charged_back("B", "P", 8), won_back("W", "B", 9, "60")]
        assert standing(entries, 8).states == {"P": PaymentState.CHARGED_BACK}
        position = standing(entries)
        assert (position.states, some(position.open)) == ({"P": SETTLED}, {"c": "40.00"})

    def test_what_was_won_may_be_charged_back_again(self) -> None:
        entries = [*self.PAID, charged_back("B", "P", 8), won_back("W", "B", 9), charged_back("C", "P", 10)]
        assert standing(entries).states == {"P": PaymentState.CHARGED_BACK}

    def test_charged_back_and_won_on_the_day_of_the_payment_it_never_has_more_than_its_amount(self) -> None:
        entries = [owed("c", "60"), owed("d", "60"), paid("P", "100"), charged_back("B", "P", 5), won_back("W", "B", 5)]
        position = standing(entries)
        assert some(position.open) == {"d": "20.00"}
        standing_now, most = 0, 0
        for line in position.history:
            standing_now += -line.amount.minor if line.reverses else line.amount.minor
            most = max(most, standing_now)
        assert most == 10000

    def test_a_win_that_was_posted_late_takes_no_money_from_an_earlier_view(self) -> None:
        """As known on the 10th the charge is open: that the chargeback was won is posted on the 20th."""
        entries = [
            *self.PAID,
            charged_back("B", "P", 6),
            won_back("W", "B", 7, posted=day(20)),
            returned("N", "P", 8),
        ]
        position = standing(entries, 9, known=day(10))
        assert (some(position.open), some(position.unapplied)) == ({"c": "100.00"}, {})
        assert moves(standing(entries, 7).history) == ["5 P>c 100.00", "6 P>c -100.00", "7 P>c 100.00"]
        named = [*entries[:-1], returned("N", "P", 8, "130")]
        assert some(standing(named, 9, known=day(10)).open) == {"c": "100.00"}


def test_entries_of_one_day_are_read_as_they_must_follow() -> None:
    """Sent, settled, charged back, won and refunded on one day, whatever their ids."""
    entries = [
        paid("P", "100"),
        step("P", PENDING, 5, id="z"),
        step("P", SETTLED, 5, id="y"),
        charged_back("x", "P", 5),
        won_back("w", "x", 5),
        refund("a", "P", "100", 5),
    ]
    position = standing(entries, 5)
    assert (position.states, some(position.unapplied)) == ({"P": SETTLED}, {})


def test_two_entries_of_one_kind_and_day_are_read_by_sequence_and_id() -> None:
    """The first takes 60, and the one without an amount what is left."""
    parts = {"a": None, "b": "60"}
    by_id = [returned(name, "P", 8, amount) for name, amount in parts.items()]
    with pytest.raises(Conflict, match="return b: payment P is returned"):
        standing([paid("P", "100"), *by_id])
    sequenced = [returned(name, "P", 8, parts[name], sequence=at) for at, name in enumerate("ba")]
    assert standing([paid("P", "100"), *sequenced]).states == {"P": PaymentState.RETURNED}


def test_a_day_of_posting_earlier_than_the_payment_is_refused_but_for_plans() -> None:
    entries = [paid("P", "100", 5, posted=day(9)), step("P", SCHEDULED, 1), step("P", SETTLED, 9)]
    assert standing(entries, 9).states == {"P": SETTLED}


def test_an_allocation_knows_nothing_of_steps() -> None:
    """``allocate`` is one decision at one moment: it is given the money that there is."""
    assert placed(allocate(paid("P", "100"), [owed("c", "100")], by=OLDEST_FIRST)) == [("P", "c", "100.00")]


def test_a_ledger_of_steps_alone_names_what_is_missing() -> None:
    with pytest.raises(Conflict) as caught:
        replay(Ledger("CAD", [step("P", SETTLED, 5)]), by=OLDEST_FIRST, as_of=date(2026, 3, 31))
    assert str(caught.value) == "payment step P/settled@2026-03-05: there is no payment P; record it too"
