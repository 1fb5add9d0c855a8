"""The story of an account: every line with its reason, why charges are open, why money is unapplied."""

from __future__ import annotations

from typing import Any

import pytest

from account_facts import cad, day, granted, owed, paid, poured, settles
from arledger import (
    LARGEST_FIRST,
    REAPPLY,
    RENT_LAST,
    Category,
    CreditKind,
    Designation,
    PaymentState,
    Ranking,
    ReturnReason,
    Story,
    StoryLine,
    StoryRest,
    Void,
    in_order,
    in_turn,
    only,
    where,
)
from arledger.ledger.books import Entry
from ledger_facts import charged_back, refund, returned, reversal, standing, step, won_back

ENTRIES: list[Entry] = [
    owed("rent", "900", 1, category=Category.RENT),
    owed("fee", "50", 2, category=Category.LATE_FEE),
    owed("contested", "30", 2, disputed=True),
    owed("his", "70", 2, payer="bob"),
    granted("K", "20", 3),
    paid("P", "500", 4),
    paid("Q", "100", 5),
    step("Q", PaymentState.PENDING, 5),
    step("Q", PaymentState.REJECTED, 8),
    returned("N", "P", 9, "200", reason=ReturnReason.INSUFFICIENT_FUNDS, code="R01"),
    returned("M", "P", 10, "50", reason=ReturnReason.STOPPED),
    charged_back("B", "P", 11, "30"),
    won_back("W", "B", 12),
    reversal("X", "fee", 13),
    paid("D", "40", 14, designations=[Designation("fee 2")]),
    paid("E", "25", 14, designations=[Designation(where.code("PARK"), cad("15"))]),
    owed("lot", "10", 15, code="PARK"),
    paid("T", "33", 16, fund="trust"),
    paid("G", "5", 17),
    step("G", PaymentState.PENDING, 17),
    paid("Z", "1000", 18, restriction=where.rent),
    reversal("Y", "K", 20),
]

LINES = """\
on          money  charge   amount  before   after  why
----------  -----  ------  -------  ------  ------  -----------------------------------------------------------------------------------------
2026-03-03  K      fee       20.00   50.00   30.00  ranked: last(where.rent) no, due_date 2026-03-02
2026-03-04  P      fee       30.00   30.00    0.00  ranked: last(where.rent) no, due_date 2026-03-02
2026-03-04  P      rent     470.00  900.00  430.00  ranked: last(where.rent) yes, due_date 2026-03-01
2026-03-05  Q      rent     100.00  430.00  330.00  provisionally, ranked: last(where.rent) yes, due_date 2026-03-01
2026-03-08  Q      rent    -100.00  330.00  430.00  rejected on 2026-03-08
2026-03-09  P      rent    -200.00  430.00  630.00  returned by N: insufficient funds R01
2026-03-10  P      rent     -50.00  630.00  680.00  returned by M: stopped
2026-03-11  P      rent     -30.00  680.00  710.00  by chargeback B
2026-03-12  P      rent      30.00  710.00  680.00  ranked: last(where.rent) yes, due_date 2026-03-01
2026-03-13  P      fee      -30.00    0.00   30.00  by reversal X
2026-03-13  K      fee      -20.00   30.00   50.00  by reversal X
2026-03-13  K      rent      20.00  680.00  660.00  swept, ranked: last(where.rent) yes, due_date 2026-03-01
2026-03-13  P      rent      30.00  660.00  630.00  swept, ranked: last(where.rent) yes, due_date 2026-03-01
2026-03-14  E      rent      10.00  630.00  620.00  ranked: last(where.rent) yes, due_date 2026-03-01
2026-03-15  E      lot       10.00   10.00    0.00  swept, designated to where.code('PARK'), ranked: last(where.rent) no, due_date 2026-03-15
2026-03-15  E      rent       5.00  620.00  615.00  swept, ranked: last(where.rent) yes, due_date 2026-03-01
2026-03-17  G      rent       5.00  615.00  610.00  provisionally, ranked: last(where.rent) yes, due_date 2026-03-01
2026-03-18  Z      rent     610.00  610.00    0.00  ranked: last(where.rent) yes, due_date 2026-03-01
2026-03-20  K      rent     -20.00    0.00   20.00  by reversal Y
2026-03-20  Z      rent      20.00   20.00    0.00  swept, ranked: last(where.rent) yes, due_date 2026-03-01

"""  # noqa: E501  # as it prints

RESTS = """\
open charge  amount  why
-----------  ------  ---------------------------------------------------------------------------------------------
rent           5.00  money at the bank covers it
contested     30.00  no money may pay it: T is for what it is designated to; disputed; restricted to where.rent
his           70.00  no money may pay it: T is for what it is designated to; owed by bob; restricted to where.rent

money unapplied  amount  why
---------------  ------  ---------------------------------------------------------------------------------
D                 40.00  waits for fee 2
T                 33.00  trust money pays only what it is designated to
Z                370.00  nothing is open that it may pay (disputed; owed by bob; restricted to where.rent)"""


def test_an_account_with_every_kind_of_reason() -> None:
    story = standing(ENTRIES, by=RENT_LAST, designations="first").explanation
    assert str(story) == LINES + RESTS


def test_under_reapply_what_stands_as_if_says_so() -> None:
    entries = [
        owed("a", "100"),
        owed("b", "100", 2),
        paid("P", "100", 3),
        paid("Q", "100", 4),
        charged_back("B", "P", 8),
        won_back("W", "B", 9),
    ]
    lines = standing(entries, returns=REAPPLY).explanation.lines
    assert [(line.on.day, line.source, line.charge, str(line.amount.amount), line.reason) for line in lines[2:]] == [
        (8, "P", "a", "-100.00", "by chargeback B"),
        (8, "Q", "b", "-100.00", "as if never paid, by chargeback B"),
        (8, "Q", "a", "100.00", "as if never paid, by chargeback B"),
        (9, "Q", "a", "-100.00", "as if never gone, by won back W"),
        (9, "P", "a", "100.00", "as if never gone, by won back W"),
        (9, "Q", "b", "100.00", "as if never gone, by won back W"),
    ]


def test_a_line_is_data() -> None:
    position = standing([owed("a", "100"), paid("P", "60", 3)])
    assert position.explanation == Story(
        (StoryLine(day(3), "P", "a", cad("60"), cad("100"), cad("40"), "ranked: due_date 2026-03-01"),),
        (StoryRest("a", cad("40"), "no money is left"),),
        (),
    )


def test_nothing_happened() -> None:
    assert str(standing([]).explanation) == "nothing happened"


def test_what_was_given_and_what_a_users_function_gave() -> None:
    by = in_turn(only(where.charge("b"), LARGEST_FIRST), poured)
    entries = [owed("a", "100"), owed("b", "50"), paid("P", "70", 3), paid("Q", "90", 3)]
    assert str(standing(entries, fixed=[settles("P", "a", "30", 3)], by=by).explanation) == (
        "on          money  charge  amount  before  after  why\n"
        "----------  -----  ------  ------  ------  -----  "
        "-------------------------------------------------------------------\n"
        "2026-03-03  P      a        30.00  100.00  70.00  posted before, held fixed\n"
        "2026-03-03  P      b        40.00   50.00  10.00  "
        "turn 1, only where.charge('b'), ranked: amount.descending 50.00 CAD\n"
        "2026-03-03  Q      b        10.00   10.00   0.00  "
        "turn 1, only where.charge('b'), ranked: amount.descending 50.00 CAD\n"
        "2026-03-03  Q      a        70.00   70.00   0.00  turn 2, by poured\n"
        "\n"
        "money unapplied  amount  why\n"
        "---------------  ------  -------------------------------\n"
        "Q                 10.00  nothing is open that it may pay"
    )


def reasons(entries: list[Any], **given: Any) -> list[str]:
    """The reason of each line."""
    return [line.reason for line in standing(entries, **given).explanation.lines]


def test_plain_accounts_and_others_give_the_same_reasons() -> None:
    """The fast way keeps no reasons and works them out again; the other way keeps them."""
    entries: list[Entry] = [
        owed("a", "100"),
        owed("b", "50", 2),
        paid("P", "120", 3),
        owed("c", "9", 5),
        paid("Q", "5", 6),
    ]
    by = Ranking(in_order(where.charge("b")), LARGEST_FIRST.keys[0])
    plain = reasons(entries, by=by)
    assert plain == [
        "ranked: in_order where.charge('b'), amount.descending 50.00 CAD",
        "ranked: in_order the rest, amount.descending 100.00 CAD",
        "ranked: in_order the rest, amount.descending 100.00 CAD",
    ]
    assert reasons([*entries, owed("z", "1", 20, payer="bob")], by=by) == plain


def test_a_ranking_without_keys_has_no_values() -> None:
    assert reasons([owed("a", "100"), paid("P", "60")], by=Ranking()) == ["ranked"]


def test_a_designation_to_one_charge_needs_no_values() -> None:
    assert reasons([owed("a", "100"), paid("P", "60", designations=[Designation("a")])]) == ["designated to a"]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (returned("N", "P", 8), "returned by N: other"),
        (Void("V", "P", on=day(8)), "by void V"),
        (step("P", PaymentState.CANCELLED, 8), "cancelled on 2026-03-08"),
        (reversal("X", "a", 8), "by reversal X"),
    ],
)
def test_what_undid_it_is_named(entry: Entry, reason: str) -> None:
    assert reasons([owed("a", "60"), paid("P", "60", 3), step("P", PaymentState.PENDING, 3), entry])[1] == reason


def test_a_refund_that_took_its_money_back_is_named() -> None:
    """P's 50 was free on the 4th; that the credit was taken back on the 2nd is posted on the 20th."""
    entries = [owed("a", "100"), granted("K", "40", 1), paid("P", "110", 3), refund("F", "P", "50", 4)]
    assert reasons([*entries, reversal("X", "K", 2, posted=day(20))])[-1] == "by refund F"


class TestWhyItIsOpen:
    """A charge that is open says why."""

    def rests(self, entries: list[Any], **given: Any) -> list[tuple[str, str, str]]:
        rests = standing(entries, **given).explanation.open
        return [(rest.id, str(rest.amount.amount), rest.reason) for rest in rests]

    def test_no_money(self) -> None:
        assert self.rests([owed("a", "100")]) == [("a", "100.00", "no money is left")]

    def test_part_of_it_is_at_the_bank(self) -> None:
        entries = [owed("a", "100"), paid("P", "60", 3), step("P", PaymentState.PENDING, 3)]
        assert self.rests(entries) == [("a", "100.00", "60.00 at the bank; the rest: no money is left")]

    def test_the_money_there_is_may_not_pay_it(self) -> None:
        entries = [owed("a", "100", payer="bob"), paid("P", "60", 3, payer="ann")]
        assert self.rests(entries) == [("a", "100.00", "no money may pay it: owed by bob")]


class TestWhyItIsUnapplied:
    """Money that is left says why."""

    def rests(self, entries: list[Any], **given: Any) -> list[tuple[str, str, str]]:
        rests = standing(entries, **given).explanation.unapplied
        return [(rest.id, str(rest.amount.amount), rest.reason) for rest in rests]

    def test_nothing_is_open(self) -> None:
        assert self.rests([paid("P", "60", 3)]) == [("P", "60.00", "nothing is open that it may pay")]

    @pytest.mark.parametrize("name", ["P", "K"])
    def test_its_kind_is_not_swept(self, name: str) -> None:
        money = paid("P", "60", 3) if name == "P" else granted("K", "60", 3)
        rests = self.rests([money, owed("a", "10", 5)], sweep_payments=False, sweep_credits=False)
        assert rests == [(name, "60.00", "is not swept; the order placed no more")]

    def test_it_waits_for_all_that_is_not_there_yet(self) -> None:
        wishes = [
            Designation(where.code("PARK"), cad("10")),
            Designation("later", cad("20")),
            Designation("a", cad("5")),
        ]
        entries = [owed("a", "3"), paid("P", "60", 3, designations=wishes)]
        assert self.rests(entries) == [
            ("P", "27.00", "the rest of designated money stays unapplied"),
            ("P", "30.00", "waits for where.code('PARK'), later"),
        ]

    def test_it_does_not_wait_for_what_is_there(self) -> None:
        wishes = [Designation(where.code("PARK"), cad("10")), Designation("later")]
        entries = [owed("lot", "10", code="PARK"), paid("P", "60", 3, designations=wishes)]
        assert self.rests(entries) == [("P", "50.00", "waits for later")]

    @pytest.mark.parametrize(
        ("mode", "reason"), [("only", "the rest of designated money stays unapplied"), ("first", "")]
    )
    def test_it_is_for_something_else(self, mode: str, reason: str) -> None:
        entries = [owed("a", "100"), owed("b", "10", 2), paid("P", "60", 3, designations=[Designation("b")])]
        assert self.rests(entries, designations=mode) == ([("P", "50.00", reason)] if reason else [])

    def test_a_waiver_is_for_its_target(self) -> None:
        waiver = granted("K", "60", 3, kind=CreditKind.WAIVER, designations=[Designation("b")])
        for mode in ("only", "first", "ignore"):
            assert self.rests([owed("a", "100"), owed("b", "10", 2), waiver], designations=mode) == [
                ("K", "50.00", "a waiver pays only what it is designated to")
            ]

    def test_trust_money(self) -> None:
        assert self.rests([owed("a", "3"), paid("P", "60", 3, fund="trust")]) == [
            ("P", "60.00", "trust money pays only what it is designated to")
        ]
