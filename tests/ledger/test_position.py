"""A ledger and what a position says of it: balances, items, states, what makes two of them the same."""

from __future__ import annotations

from datetime import date

import pytest

from account_facts import cad, day, granted, owed, paid
from arledger import (
    OLDEST_FIRST,
    REAPPLY,
    RENT_LAST,
    Designation,
    InvalidType,
    Ledger,
    PaymentState,
    record,
    replay,
)
from arledger.ledger.books import Entry
from ledger_facts import charged_back, returned, reversal, some, standing, step, won_back

TWO = (owed("a", "100"), owed("b", "100", 2))


class TestWhatAPositionSays:
    """Balances, items and states, read when they are asked for."""

    def test_the_shape_of_an_empty_account(self) -> None:
        position = standing([])
        assert (position.items, position.history, position.money, position.charges) == ((), (), (), ())
        assert (position.balance, position.total_open) == (cad("0"), cad("0"))
        assert repr(position) == "<Position as of 2026-03-31 in CAD: 0.00 open, balance 0.00>"

    def test_known_is_the_last_posted_day_unless_it_is_said(self) -> None:
        entries = [owed("a", "100"), paid("P", "60", 3, posted=day(20))]
        assert standing(entries, 9).known == day(20)
        assert standing([], 9).known == day(9)
        assert standing(entries, 9, known=day(4)).known == day(4)

    def test_items_are_what_is_open_and_item_is_any(self) -> None:
        entries = [*TWO, paid("P", "130", 3)]
        position = standing(entries)
        assert [(item.id, item.open) for item in position.items] == [("b", cad("70"))]
        assert position.item("a").open == cad("0")

    def test_disputed_is_at_most_what_is_open(self) -> None:
        entries = [owed("a", "100", disputed=True), paid("P", "70", 3, designations=[Designation("a")])]
        position = standing(entries)
        assert [(item.open_minor, item.disputed_minor) for item in (*position.items, position.item("a"))] == [
            (3000, 3000)
        ] * 2

    def test_balance_leaves_out_trust_and_what_is_at_the_bank(self) -> None:
        entries = [
            owed("a", "100", payer="ann"),
            paid("P", "10", 3),
            paid("Q", "20", 3, designations=[Designation("later")]),
            paid("R", "40", 3, fund="trust"),
            paid("S", "80", 3),
            step("S", PaymentState.PENDING, 3),
        ]
        position = standing(entries)
        assert position.balance == cad("70")
        assert (some(position.trust), some(position.reserved), some(position.pending)) == (
            {"R": "40.00"},
            {"Q": "20.00"},
            {"S": "80.00"},
        )

    def test_states_are_of_the_payments_that_are_known(self) -> None:
        entries = [
            granted("K", "1", 3),
            paid("P", "1", 3),
            paid("Q", "1", 3, posted=day(20)),
            paid("R", "1", 9),
            paid("S", "1", 9),
            step("S", PaymentState.SCHEDULED, 2),
        ]
        position = standing(entries, 5, known=day(10))
        assert position.states == {"P": PaymentState.SETTLED, "S": PaymentState.SCHEDULED}

    def test_payable_on_an_earlier_day(self) -> None:
        entries = [owed("a", "100"), paid("P", "60", 3), paid("Q", "30", 6), returned("N", "P", 8)]
        position = standing(entries, 9)
        assert [str(position.payable_on("a", day(on)).amount) for on in (2, 3, 6, 8, 20)] == [
            "100.00",
            "40.00",
            "10.00",
            "70.00",
            "70.00",
        ]

    def test_nothing_is_payable_of_a_reversed_charge_from_that_day_on(self) -> None:
        entries = [owed("a", "100"), paid("P", "60", 3), reversal("X", "a", 6)]
        position = standing(entries, 9)
        assert [str(position.payable_on("a", day(on)).amount) for on in (2, 5, 6, 8)] == [
            "100.00",
            "40.00",
            "0.00",
            "0.00",
        ]

    def test_equal_when_made_of_the_same(self) -> None:
        ledger = Ledger("CAD", [*TWO, paid("P", "130", 3)])
        first, again = (replay(ledger, by=OLDEST_FIRST, as_of=day(9)) for _ in range(2))
        assert first == again
        assert first != replay(ledger, by=RENT_LAST, as_of=day(9))
        assert first != replay(ledger, by=OLDEST_FIRST, as_of=day(10))

    def test_the_fingerprint_follows_everything_that_it_was_made_of(self) -> None:
        entries = [*TWO, paid("P", "130", 3), step("P", PaymentState.SETTLED, 20)]
        ways = [
            standing(entries, 9),
            standing(entries, 10),
            standing(entries, 9, by=RENT_LAST),
            standing(entries, 9, returns=REAPPLY),
            standing(entries, 9, sweep_payments=False),
            standing(entries, 9, closed_through=day(1)),
            standing(entries, 9, fixed=standing(entries, 9).history),
            standing(entries[:-1], 9),
            standing([*entries, paid("Q", "1", 4)], 9),
            standing([*entries, returned("N", "P", 4, "1")], 9),
            standing([*entries, owed("c", "1", 4)], 9),
        ]
        assert len({position.fingerprint for position in ways}) == len(ways)
        assert standing([*entries, owed("c", "1", 30)], 9).fingerprint == ways[0].fingerprint


class TestHistory:
    """Every application, and every one that undid one, with ids and days of their own."""

    def test_a_line_is_posted_once_all_that_it_came_about_by_was(self) -> None:
        """What is posted on the 9th, the 12th and the 20th keeps its lines out of the books until then."""
        late_money = [TWO[0], paid("P", "10", 3, posted=day(9))]
        late_charge = [owed("c", "10", 1, posted=day(12)), paid("P", "10", 3)]
        late_return = [*late_money, returned("N", "P", 5, posted=day(20))]
        assert [
            [(line.on.day, line.posted.day) for line in standing(some_entries).history]
            for some_entries in (
                late_money,
                late_charge,
                late_return,
            )
        ] == [[(3, 9)], [(12, 12)], [(3, 9), (5, 20)]]

    def test_the_same_pair_twice_a_day_is_numbered(self) -> None:
        """Charged back and won on one day, twice: each application has an id, and each undoing names its own."""
        entries: list[Entry] = [owed("a", "10"), paid("P", "10", 3)]
        for name in "BC":
            entries += [charged_back(name, "P", 3, "4"), won_back(f"W{name}", name, 3)]
        history = standing(entries).history
        assert [(line.id, line.reverses) for line in history] == [
            ("P>a@2026-03-03", None),
            ("P>a@2026-03-03/undone@2026-03-03", "P>a@2026-03-03"),
            ("P>a@2026-03-03/undone@2026-03-03#2", "P>a@2026-03-03"),
            ("P>a@2026-03-03#2", None),
            ("P>a@2026-03-03#3", None),
        ]

    def test_to_the_last_cent(self) -> None:
        """Of a plain account and of one with payers."""
        for payer in (None, "ann"):
            entries = [owed("a", "10", payer=payer), owed("b", "10", 2), paid("P", "10.01", 3, payer=payer)]
            assert some(standing(entries).open) == {"b": "9.99"}


class TestRecording:
    """A ledger is a set of entries; recording gives a new one."""

    LEDGER = Ledger("CAD", TWO, closed_through=date(2026, 2, 28))

    def test_what_is_there_already_changes_nothing(self) -> None:
        assert record(self.LEDGER, TWO[0]) is self.LEDGER
        assert record(self.LEDGER, [*TWO]) is self.LEDGER
        assert record(self.LEDGER, []) is self.LEDGER

    def test_one_more_or_many(self) -> None:
        one = record(self.LEDGER, paid("P", "10"))
        many = record(self.LEDGER, (entry for entry in (TWO[1], paid("P", "10"), paid("P", "10"))))
        assert one == many
        assert [entry.id for entry in one.entries] == ["P", "a", "b"]
        assert (one.closed_through, self.LEDGER.first_open_day) == (date(2026, 2, 28), day(1))

    def test_facts_stand_in_canonical_order_and_changes_by_id(self) -> None:
        entries: list[Entry] = [
            paid("P", "1", 5),
            granted("K", "1", 5),
            paid("O", "1", 3),
            returned("z", "P", 6),
            returned("y", "O", 6),
        ]
        ledger = Ledger("CAD", [*entries, TWO[1], TWO[0]])
        assert [charge.id for charge in ledger.charges] == ["a", "b"]
        assert [source.id for source in ledger.money] == ["O", "K", "P"]
        assert [change.id for change in ledger.changes] == ["y", "z"]

    def test_it_shows_how_much_is_in_it(self) -> None:
        assert repr(self.LEDGER) == "<Ledger in CAD: 2 entries, closed through 2026-02-28>"
        assert repr(Ledger("CAD", TWO[:1])) == "<Ledger in CAD: 1 entry>"
        assert Ledger("CAD").first_open_day is None

    def test_old_entries_may_stand_in_closed_books(self) -> None:
        """Only what is new must be posted on an open day: the history of years is loaded at once."""
        assert Ledger("CAD", TWO, closed_through=day(9)).charges == TWO


def test_nothing_is_payable_of_a_charge_before_it_exists() -> None:
    position = standing([owed("c", "100", 9, posted=day(5))])
    assert [str(position.payable_on("c", day(on)).amount) for on in (4, 5)] == ["0.00", "100.00"]


def test_the_day_of_what_was_payable_is_a_date() -> None:
    with pytest.raises(InvalidType, match="position: day is str, not date"):
        standing([owed("c", "100", 9)]).payable_on("c", "2026-03-09")  # type: ignore[arg-type]
