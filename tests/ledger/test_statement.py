"""Statements: an opening balance, every line that moved it, a closing balance."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from account_facts import cad, day, granted, owed, paid, tax
from arledger import (
    OLDEST_FIRST,
    REAPPLY,
    Designation,
    InvalidValue,
    Ledger,
    PaymentState,
    PaymentStep,
    Position,
    Statement,
    Transfer,
    Void,
    record,
    replay,
    statement_of,
)
from arledger.ledger.books import Entry
from ledger_facts import charged_back, moves, refund, returned, reversal, standing, step, won_back


def lines(statement: Statement) -> list[str]:
    """Each line: the day, what it is, the amount."""
    return [f"{line.on.day} {line.what} {line.id} {line.amount.amount}" for line in statement.lines]


def between(entries: list[Any], first: int, last: int, **given: Any) -> Statement:
    """The statement between the ends of two days."""
    return statement_of(standing(entries, first, **given), standing(entries, last, **given))


ENTRIES: list[Entry] = [
    owed("rent", "900", 2),
    owed("wrong", "50", 3),
    tax("gst", "5", "wrong", 3),
    granted("K", "100", 4),
    paid("P", "400", 5),
    paid("Q", "300", 6),
    paid("R", "250", 7),
    paid("S", "60", 8),
    step("S", PaymentState.PENDING, 8),
    paid("T", "70", 9),
    step("T", PaymentState.PENDING, 9),
    step("T", PaymentState.SETTLED, 12),
    reversal("X", "wrong", 13, posted=day(14)),
    returned("N", "P", 14),
    charged_back("B", "Q", 15, "120"),
    won_back("W", "B", 16, "20"),
    Void("V", "R", on=day(17)),
    reversal("Y", "K", 18, "40"),
    paid("U", "2000", 19),
    refund("F", "U", "100", 20),
    Transfer("G", "U", cad("30"), on=day(21), to="A-2"),
    step("S", PaymentState.REJECTED, 22),
]


def test_every_kind_of_entry_has_its_line() -> None:
    """In the order of the days; the charge's tax goes with it; what was rejected at the bank never counted."""
    statement = between(ENTRIES, 1, 21)
    assert lines(statement) == [
        "2 charge rent 900.00",
        "3 charge gst 5.00",
        "3 charge wrong 50.00",
        "4 credit K -100.00",
        "5 payment P -400.00",
        "6 payment Q -300.00",
        "7 payment R -250.00",
        "12 payment T -70.00",
        "13 reversal gst -5.00",
        "13 reversal wrong -50.00",
        "14 return N 400.00",
        "15 chargeback B 120.00",
        "16 won back W -20.00",
        "17 void V 250.00",
        "18 reversal Y 40.00",
        "19 payment U -2000.00",
        "20 refund F 100.00",
        "21 transfer G 30.00",
    ]
    assert (statement.opening, statement.closing) == (cad("0"), cad("-1300"))
    assert statement.lines[-1].balance == statement.closing
    assert (statement.since, statement.through) == (day(1), day(21))
    assert statement.pending == {"S": cad("60")}


def test_a_reversal_is_posted_on_its_own_day_of_posting() -> None:
    """On the 13th, and recorded on the 14th."""
    statement = between(ENTRIES, 12, 13)
    assert [(line.id, line.on.day, line.posted.day) for line in statement.lines] == [("gst", 13, 14), ("wrong", 13, 14)]


def test_what_was_rejected_at_the_bank_comes_and_goes() -> None:
    assert lines(between(ENTRIES, 21, 22)) == [
        "8 payment S -60.00",
        "22 payment step S/rejected@2026-03-22 60.00",
    ]


def test_statements_follow_upon_each_other() -> None:
    days = [1, 4, 8, 12, 13, 14, 17, 20, 22, 31]
    found = [between(ENTRIES, first, last) for first, last in pairwise(days)]
    for earlier, later in pairwise(found):
        assert earlier.closing == later.opening
    for statement in found:
        assert statement.opening.minor + sum(line.amount.minor for line in statement.lines) == statement.closing.minor


def test_the_balance_runs_along() -> None:
    statement = between(ENTRIES, 1, 5)
    assert [str(line.balance.amount) for line in statement.lines] == ["900.00", "905.00", "955.00", "855.00", "455.00"]


def test_a_payment_and_a_credit_say_what_they_settle() -> None:
    entries = [owed("a", "100"), owed("b", "100", 2), granted("K", "30", 3), paid("P", "120", 4)]
    statement = between(entries, 2, 31)
    assert [dict(line.settles) for line in statement.lines] == [
        {"a": cad("30")},
        {"a": cad("70"), "b": cad("50")},
    ]
    assert moves(statement.applications) == ["3 K>a 30.00", "4 P>a 70.00", "4 P>b 50.00"]
    assert dict(between(entries, 0 + 1, 2).lines[0].settles) == {}


def test_what_is_at_the_bank_is_on_no_line_until_it_settles() -> None:
    entries = [
        owed("a", "100"),
        paid("P", "60", 3),
        step("P", PaymentState.PENDING, 3),
        step("P", PaymentState.SETTLED, 9),
    ]
    before = between(entries, 1, 8)
    assert (lines(before), before.closing, before.pending) == ([], cad("100"), {"P": cad("60")})
    after = between(entries, 8, 9)
    assert (lines(after), after.closing, after.pending) == (["9 payment P -60.00"], cad("40"), {})


def test_a_scheduled_payment_is_on_the_statement_of_the_day_on_which_it_settled() -> None:
    entries = [
        owed("a", "100"),
        paid("P", "60", 3),
        step("P", PaymentState.SCHEDULED, 2),
        step("P", PaymentState.PENDING, 5),
        step("P", PaymentState.SETTLED, 9),
    ]
    assert lines(between(entries, 1, 31)) == ["9 payment P -60.00"]


def test_what_comes_back_from_the_bank_shows_as_come_and_gone() -> None:
    entries = [owed("a", "100"), paid("P", "60", 3), step("P", PaymentState.PENDING, 3), returned("N", "P", 8)]
    assert lines(between(entries, 1, 31)) == ["3 payment P -60.00", "8 return N 60.00"]


def test_a_card_that_was_declined_is_on_no_statement() -> None:
    entries = [owed("a", "100"), paid("P", "60", 3), step("P", PaymentState.REJECTED, 3)]
    assert lines(between(entries, 1, 31)) == []


def test_trust_money_is_a_line_where_it_was_applied() -> None:
    """Its balance is no part of the account's; what it paid, and what of that was undone, is."""
    money = paid("P", "500", 3, fund="trust", designations=[Designation("a"), Designation("b")])
    entries = [owed("a", "100"), money, owed("b", "50", 6), returned("N", "P", 9, "480")]
    statement = between(entries, 2, 31)
    assert lines(statement) == [
        "3 from trust P to a -100.00",
        "6 charge b 50.00",
        "6 from trust P to b -50.00",
        "9 from trust P to a 80.00",
        "9 from trust P to b 50.00",
    ]
    assert statement.closing == cad("130")


def test_trust_money_may_move_twice_a_day_between_one_pair() -> None:
    money = paid("P", "100", 3, fund="trust", designations=[Designation("a")])
    entries = [owed("a", "100"), money, charged_back("B", "P", 6), won_back("W", "B", 6)]
    assert lines(between(entries, 2, 31)) == [
        "3 from trust P to a -100.00",
        "6 from trust P to a 100.00",
        "6 from trust P to a -100.00",
    ]


def test_trust_money_at_the_bank_is_on_no_line() -> None:
    money = paid("P", "100", 3, fund="trust", designations=[Designation("a")])
    assert lines(between([owed("a", "100"), money, step("P", PaymentState.PENDING, 3)], 1, 31)) == []


class TestTwoJanuaries:
    """What was posted late shows on the first statement that knows of it, on its own day."""

    LEDGER = Ledger("CAD", [owed("a", "100"), paid("P", "60", 3)])
    LATER = record(LEDGER, [paid("O", "30", 2, posted=day(20)), owed("c", "7", 15)])

    def at(self, ledger: Ledger, as_of: int, known: int) -> Position:
        return replay(ledger, by=OLDEST_FIRST, as_of=day(as_of), known=day(known))

    def test_as_it_was_sent_and_as_it_is_known_now(self) -> None:
        then = statement_of(self.at(self.LEDGER, 1, 1), self.at(self.LEDGER, 10, 10))
        assert (lines(then), then.closing) == (["3 payment P -60.00"], cad("40"))
        now = statement_of(self.at(self.LATER, 1, 20), self.at(self.LATER, 10, 20))
        assert (lines(now), now.closing) == (["2 payment O -30.00", "3 payment P -60.00"], cad("10"))

    def test_the_next_statement_knows_it(self) -> None:
        following = statement_of(self.at(self.LEDGER, 10, 10), self.at(self.LATER, 25, 25))
        assert lines(following) == ["2 payment O -30.00", "15 charge c 7.00"]
        assert (following.opening, following.closing) == (cad("40"), cad("17"))
        assert following.lines[0].posted == day(20)

    def test_a_statement_between_two_knowledges_of_one_day(self) -> None:
        found = statement_of(self.at(self.LATER, 10, 10), self.at(self.LATER, 10, 25))
        assert lines(found) == ["2 payment O -30.00"]


def test_what_turned_out_never_to_have_counted_is_taken_back() -> None:
    """A rejection of the first day is posted late: the payment that the last statement showed goes again."""
    ledger = Ledger("CAD", [owed("a", "100"), paid("P", "60", 3)])
    rejected = PaymentStep("P", PaymentState.REJECTED, on=day(3), posted=day(20))
    before = replay(ledger, by=OLDEST_FIRST, as_of=day(10))
    after = replay(record(ledger, rejected), by=OLDEST_FIRST, as_of=day(31))
    assert lines(statement_of(before, after)) == ["3 payment P 60.00"]


def test_a_line_that_was_more_or_less_than_is_known_now_shows_the_difference() -> None:
    """A return of all that was left: 60, and, as an earlier one of 20 was posted later, only 40."""
    entries: list[Entry] = [owed("a", "100"), paid("P", "60", 3), returned("N", "P", 9)]
    ledger = Ledger("CAD", entries)
    before = replay(ledger, by=OLDEST_FIRST, as_of=day(10))
    late = returned("M", "P", 8, "20", posted=day(20))
    after = replay(record(ledger, late), by=OLDEST_FIRST, as_of=day(31))
    statement = statement_of(before, after)
    assert lines(statement) == ["8 return M 20.00", "9 return N -20.00"]
    assert statement.opening == statement.closing == cad("100")


def test_the_rule_of_returns_moves_no_line() -> None:
    entries = [owed("a", "100"), owed("b", "9"), paid("P", "60", 3), paid("Q", "60", 4), returned("N", "P", 8)]
    assert lines(between(entries, 1, 31)) == lines(between(entries, 1, 31, returns=REAPPLY))


def test_it_prints_as_a_table() -> None:
    entries = [owed("rent", "900", 2), owed("fee", "1000", 3), paid("P", "1200", 5), returned("N", "P", 9, "100")]
    assert str(between(entries, 1, 31)) == (
        "on          what     id                 amount  balance  settles\n"
        "----------  -------  ---------------  --------  -------  -----------------------\n"
        "                     opening balance               0.00\n"
        "2026-03-02  charge   rent               900.00   900.00\n"
        "2026-03-03  charge   fee               1000.00  1900.00\n"
        "2026-03-05  payment  P                -1200.00   700.00  rent 900.00, fee 200.00\n"
        "2026-03-09  return   N                  100.00   800.00\n"
        "                     closing balance             800.00"
    )


def test_the_earlier_position_comes_first() -> None:
    ledger = Ledger("CAD", [owed("a", "100")])
    later, earlier = (replay(ledger, by=OLDEST_FIRST, as_of=day(on)) for on in (9, 5))
    with pytest.raises(InvalidValue) as caught:
        statement_of(later, earlier)
    assert str(caught.value) == (
        "statement: before is as of 2026-03-09, after as of 2026-03-05; pass the earlier position first"
    )


def test_only_the_lines_of_money_say_what_it_settles() -> None:
    """A refund has an id of its own, and a charge none that settles anything."""
    statement = between(ENTRIES, 1, 21)
    assert {line.what for line in statement.lines if line.settles} == {"credit", "payment"}


def test_a_second_position_that_knows_less_is_refused() -> None:
    entries = [owed("a", "100"), paid("P", "100", 3, posted=day(20))]
    with pytest.raises(InvalidValue) as caught:
        statement_of(standing(entries, 10), standing(entries, 15, known=day(15)))
    assert caught.value.field == "known"
    assert str(caught.value) == (
        "statement: before knows payment P, posted 2026-03-20, and after is as known on 2026-03-15; "
        "replay the second as known on the same day or later"
    )
    assert statement_of(standing(entries, 10), standing(entries, 15, known=day(20))).closing == cad("0")
