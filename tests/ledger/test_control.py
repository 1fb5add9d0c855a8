"""Control: opening balance, movements, closing balance, to the cent, with nothing unexplained."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from account_facts import cad, day, granted, owed, paid
from arledger import (
    OLDEST_FIRST,
    REAPPLY,
    Category,
    Control,
    ControlLine,
    CreditKind,
    Designation,
    InvalidValue,
    Ledger,
    PaymentState,
    PaymentStep,
    Transfer,
    record,
    replay,
    roll_forward,
)
from arledger.ledger.books import Entry
from ledger_facts import charged_back, refund, returned, reversal, standing, step, won_back

ENTRIES: list[Entry] = [
    owed("old", "1000", 1),
    owed("rent", "900", 5),
    owed("wrong", "50", 5),
    owed("deposit", "300", 6, category=Category.DEPOSIT),
    granted("K", "100", 7),
    granted("W", "80", 7, kind=CreditKind.WRITE_OFF, designations=[Designation("old")]),
    paid("P", "700", 8),
    paid("Q", "600", 9),
    paid("D", "200", 9, designations=[Designation("deposit")]),
    paid("L", "25", 9, designations=[Designation("later")]),
    paid("T", "40", 9, fund="trust"),
    paid("B", "60", 9),
    step("B", PaymentState.PENDING, 9),
    returned("N", "P", 10, "100"),
    charged_back("C", "Q", 11, "90"),
    won_back("O", "C", 12, "30"),
    reversal("X", "wrong", 13),
    reversal("Y", "K", 13, "40"),
    paid("U", "2000", 14),
    refund("F", "U", "15", 15),
    Transfer("G", "U", cad("5"), on=day(15), to="A-2"),
]


def between(first: int, last: int, entries: list[Any] | None = None, **given: Any) -> Control:
    """The roll-forward between the ends of two days."""
    some = ENTRIES if entries is None else entries
    return roll_forward(standing(some, first, **given), standing(some, last, **given))


def test_every_kind_of_movement_has_its_line() -> None:
    """B's 60 is at the bank and covers the last of the old debt; U's 660 settles what the others left."""
    assert str(between(4, 15)) == (
        "                            amount\n"
        "-------------------------  -------\n"
        "receivable before          1000.00\n"
        "+ charges                  1250.00\n"
        "- reversed charges           50.00\n"
        "- credits applied           100.00\n"
        "- write-offs applied         80.00\n"
        "- cash applied             2190.00\n"
        "+ un-applied                230.00\n"
        "receivable after             60.00\n"
        "money before                  0.00\n"
        "+ received                 3565.00\n"
        "+ won back                   30.00\n"
        "+ credits granted           180.00\n"
        "- gone back or reversed     230.00\n"
        "- refunded or transferred    20.00\n"
        "- applied                  2370.00\n"
        "+ un-applied                230.00\n"
        "money after                1385.00\n"
        "\n"
        "apart      before   change    after\n"
        "---------  ------  -------  -------\n"
        "unapplied    0.00  1320.00  1320.00\n"
        "reserved     0.00    25.00    25.00\n"
        "trust        0.00    40.00    40.00\n"
        "deposits     0.00   300.00   300.00\n"
        "pending      0.00    60.00    60.00"
    )


def test_nothing_is_ever_unexplained() -> None:
    ways: list[dict[str, Any]] = [{}, {"returns": REAPPLY}, {"sweep_payments": False}]
    for given in ways:
        for first, last in ((1, 4), (4, 9), (9, 10), (10, 13), (4, 15), (15, 31), (31, 31)):
            assert between(first, last, **given).unexplained == (cad("0"), cad("0"))


def test_movements_add_up_over_periods() -> None:
    parts = [between(first, last) for first, last in ((4, 8), (8, 11), (11, 15))]
    whole = between(4, 15)
    for name in ("charges", "reversed", "credits", "write_offs", "cash", "undone", "received", "granted", "sent"):
        assert sum(getattr(control, name).minor for control in parts) == getattr(whole, name).minor
    assert whole.applied == whole.credits + whole.write_offs + whole.cash


def test_what_is_not_explained_would_show() -> None:
    """The law is worked out from the lines: another line gives another sum."""
    control = between(4, 15)
    assert attrs.evolve(control, charges=control.charges + cad("1")).unexplained == (cad("-1"), cad("0"))
    assert attrs.evolve(control, received=control.received + cad("2")).unexplained == (cad("0"), cad("-2"))
    assert attrs.evolve(control, undone=control.undone + cad("3")).unexplained == (cad("-3"), cad("-3"))
    assert attrs.evolve(control, cash=control.cash + cad("3")).unexplained == (cad("3"), cad("3"))
    assert attrs.evolve(control, reversed=control.reversed + cad("4")).unexplained == (cad("4"), cad("0"))
    assert attrs.evolve(control, gone_back=control.gone_back + cad("5")).unexplained == (cad("0"), cad("5"))
    assert attrs.evolve(control, won_back=control.won_back + cad("5")).unexplained == (cad("0"), cad("-5"))
    assert attrs.evolve(control, granted=control.granted + cad("5")).unexplained == (cad("0"), cad("-5"))
    assert attrs.evolve(control, sent=control.sent + cad("6")).unexplained == (cad("0"), cad("6"))


def test_a_line_knows_by_how_much_it_changed() -> None:
    assert ControlLine("pending", cad("5"), cad("2")).change == cad("-3")


class TestTheBank:
    """Money at the bank is on a line of its own, and no movement until it settles."""

    def test_what_settles_is_received_and_applied_then(self) -> None:
        entries = [
            owed("a", "100"),
            paid("P", "60", 3),
            step("P", PaymentState.PENDING, 3),
            step("P", PaymentState.SETTLED, 9),
        ]
        first, second = between(2, 8, entries), between(8, 9, entries)
        assert (first.received, first.cash, first.apart[-1]) == (
            cad("0"),
            cad("0"),
            ControlLine("pending", cad("0"), cad("60")),
        )
        assert (second.received, second.cash, second.apart[-1].closing) == (cad("60"), cad("60"), cad("0"))

    def test_what_is_rejected_came_and_went(self) -> None:
        entries = [
            owed("a", "100"),
            paid("P", "60", 3),
            step("P", PaymentState.PENDING, 3),
            step("P", PaymentState.REJECTED, 9),
        ]
        control = between(2, 9, entries)
        assert (control.received, control.gone_back, control.cash, control.undone) == (cad("60"),) * 4

    def test_a_return_of_what_is_at_the_bank_moves_nothing(self) -> None:
        entries = [
            owed("a", "100"),
            paid("P", "60", 3),
            step("P", PaymentState.PENDING, 3),
            returned("N", "P", 5, "20"),
        ]
        control = between(2, 9, entries)
        assert (control.received, control.gone_back, control.cash, control.undone) == (cad("0"),) * 4
        assert control.unexplained == (cad("0"), cad("0"))


class TestWhatTurnedOutSince:
    """Between two positions that know different things, what vanished was un-applied."""

    LEDGER = Ledger("CAD", [owed("a", "100"), owed("b", "100", 2), paid("P", "100", 5)])

    def test_a_payment_found_late(self) -> None:
        found = record(self.LEDGER, paid("O", "100", 3, posted=day(20)))
        control = roll_forward(
            replay(self.LEDGER, by=OLDEST_FIRST, as_of=day(31)), replay(found, by=OLDEST_FIRST, as_of=day(31))
        )
        assert (control.cash, control.undone, control.received) == (cad("200"), cad("100"), cad("100"))
        assert control.unexplained == (cad("0"), cad("0"))

    def test_an_undoing_that_vanished_was_applied(self) -> None:
        """The return of 60 was of all that was left: known late, 40 went back before."""
        before = record(self.LEDGER, returned("N", "P", 9))
        after = record(before, returned("M", "P", 8, "40", posted=day(20)))
        control = roll_forward(
            replay(before, by=OLDEST_FIRST, as_of=day(31)), replay(after, by=OLDEST_FIRST, as_of=day(31))
        )
        assert (control.cash, control.undone) == (cad("40"), cad("40"))
        assert control.unexplained == (cad("0"), cad("0"))

    def test_a_payment_that_never_was(self) -> None:
        rejected = PaymentStep("P", PaymentState.REJECTED, on=day(5), posted=day(20))
        control = roll_forward(
            replay(self.LEDGER, by=OLDEST_FIRST, as_of=day(10)),
            replay(record(self.LEDGER, rejected), by=OLDEST_FIRST, as_of=day(31)),
        )
        assert (control.received - control.gone_back, control.undone) == (cad("-100"), cad("100"))
        assert control.unexplained == (cad("0"), cad("0"))


def test_refunds_of_money_at_the_bank_are_no_movement() -> None:
    """Nothing was sent that counts: it is refused before, and a view that does not know it settled shows it so."""
    entries = [
        paid("P", "60", 3),
        step("P", PaymentState.PENDING, 3),
        step("P", PaymentState.SETTLED, 4, posted=day(20)),
        refund("F", "P", "10", 5),
    ]
    control = between(2, 9, entries, known=day(10))
    assert (control.sent, control.received, control.apart[-1].closing) == (cad("0"), cad("0"), cad("50"))
    assert between(2, 9, entries).sent == cad("10")


@pytest.mark.parametrize("other", [Ledger("USD"), Ledger("CAD", [owed("z", "1")])], ids=["currency", "facts"])
def test_two_accounts_have_no_roll_forward(other: Ledger) -> None:
    with pytest.raises(InvalidValue) as caught:
        roll_forward(standing(ENTRIES, 4), replay(other, by=OLDEST_FIRST, as_of=day(9)))
    assert str(caught.value) == (
        "control: the two positions are not of one account; "
        "pass positions of one ledger, or of what was recorded into it"
    )
