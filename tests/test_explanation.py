"""The explanation: a reason for each line, each charge without money, each unapplied amount, as data and in print."""

from __future__ import annotations

from textwrap import dedent
from typing import Any, ClassVar

import pytest

from account_facts import cad, day, from_the_back, granted, owed, paid, settles, tax
from arledger import (
    EXACT_MATCH_FIRST,
    NEWEST_FIRST,
    OLDEST_FIRST,
    PRO_RATA,
    Allocation,
    Category,
    Charge,
    Context,
    Credit,
    CreditKind,
    Designation,
    Dispute,
    ExplainedLine,
    Explanation,
    Leftover,
    OpenItem,
    Order,
    Payment,
    Period,
    Ranking,
    Taxes,
    Ties,
    Untouched,
    Why,
    allocate,
    amount,
    any_payer,
    attribute,
    due_date,
    exact_match_first,
    first,
    group_due,
    in_order,
    in_turn,
    last,
    only,
    parent_due,
    posted_date,
    shared,
    where,
)
from arledger.allocation.explanation import value_text

X = where.code("X")


def is_b(item: OpenItem, context: Context) -> bool:
    return item.id == "B"


def whys(result: Allocation) -> list[str]:
    """The last column of the table of lines."""
    return [line.split("  ")[-1] for line in str(result.explanation).split("\n\n")[0].splitlines()[2:]]


def untouched(result: Allocation) -> dict[str, tuple[Why, str]]:
    return {each.charge: (each.why, each.reason) for each in result.explanation.untouched}


def leftover(result: Allocation) -> dict[str, tuple[Why, str]]:
    return {each.source: (each.why, each.reason) for each in result.explanation.unapplied}


class TestPrint:
    """Whole tables, as people read them."""

    def test_a_ladder_of_keys(self) -> None:
        charges = [
            owed("R-03", "900", 1, category=Category.RENT),
            owed("L-02", "50", 6, category=Category.LATE_FEE),
            owed("P-03", "120", 1, code="PARK"),
        ]
        by = Ranking(first(where.past_due), last(where.rent), due_date)
        assert str(allocate(paid("M-1", "240", 5), charges, by=by).explanation) == dedent(
            """\
            money  charge  amount  open before  open after  rank  why
            -----  ------  ------  -----------  ----------  ----  ----------------------------------------------------------------------------
            M-1    P-03    120.00       120.00        0.00     1  ranked: first(where.past_due) yes, last(where.rent) no, due_date 2026-03-01
            M-1    R-03    120.00       900.00      780.00     2  ranked: first(where.past_due) yes, last(where.rent) yes, due_date 2026-03-01

            charge without money   open  why
            --------------------  -----  --------------------------
            L-02                  50.00  the money did not reach it"""  # noqa: E501
        )

    def test_trust_money_with_two_wishes(self) -> None:
        money = paid(
            "M",
            "130",
            5,
            fund="trust",
            restriction=where.invoice("17"),
            designations=[Designation("A", cad("20")), Designation("B", cad("60"))],
        )
        charges = [owed("A", "100", 1), owed("B", "50", 2, invoice="17"), owed("C", "5", 3)]
        assert str(allocate(money, charges, by=NEWEST_FIRST).explanation) == dedent(
            """\
            money  charge  amount  open before  open after  rank  why
            -----  ------  ------  -----------  ----------  ----  ---------------
            M      B        50.00        50.00        0.00        designated to B

            charge without money    open  why
            --------------------  ------  ------------------------------------------------------
            A                     100.00  no money may pay it: restricted to where.invoice('17')
            C                       5.00  no money may pay it: M is for what it is designated to

            money unapplied  amount  why
            ---------------  ------  ---------------------------------------------------------------------------------------------------------------------------------------------
            M                 80.00  0.00 of 20.00 for A: barred, restricted to where.invoice('17'); 50.00 of 60.00 for B: settled; trust money pays only what it is designated to"""  # noqa: E501
        )

    def test_only_what_there_is_to_tell(self) -> None:
        assert str(allocate([], [], by=OLDEST_FIRST, currency="CAD").explanation) == "nothing was placed"
        assert str(allocate(paid("M", "3"), [], by=OLDEST_FIRST).explanation) == dedent(
            """\
            money unapplied  amount  why
            ---------------  ------  -------------------------------
            M                  3.00  nothing is open that it may pay"""
        )
        assert str(allocate([], [owed("A", "1")], by=OLDEST_FIRST).explanation) == dedent(
            """\
            charge without money  open  why
            --------------------  ----  -----------------
            A                     1.00  no money to place"""
        )
        assert str(allocate(paid("M", "1"), [owed("A", "1")], by=PRO_RATA).explanation) == dedent(
            """\
            money  charge  amount  open before  open after  rank  why
            -----  ------  ------  -----------  ----------  ----  ---------------------
            M      A         1.00         1.00        0.00     1  ranked, ties pro rata"""
        )


class TestLines:
    """Who decided a line, with rank, keys and balances."""

    CHARGES: ClassVar[list[Charge]] = [owed("A", "100", 1), owed("B", "50", 2)]

    def test_as_data(self) -> None:
        result = allocate(paid("M", "130"), self.CHARGES, by=Ranking(amount.descending, due_date))
        keys_a = (("amount.descending", cad("100")), ("due_date", day(1)))
        keys_b = (("amount.descending", cad("50")), ("due_date", day(2)))
        assert result.explanation == Explanation(
            (
                ExplainedLine("M", "A", cad("100"), day(5), "ranked", 1, keys_a, cad("100"), cad("0")),
                ExplainedLine("M", "B", cad("30"), day(5), "ranked", 2, keys_b, cad("50"), cad("20")),
            ),
            (),
            (),
        )

    def test_of_the_same_charge_follow_each_other(self) -> None:
        money = [paid("M-1", "30", 5), paid("M-2", "40", 6)]
        result = allocate(money, self.CHARGES, by=NEWEST_FIRST, applied=[settles("Q", "B", "5")])
        found = [(line.charge, str(line.before.amount), str(line.after.amount)) for line in result.explanation.lines]
        assert found == [("B", "45.00", "15.00"), ("B", "15.00", "0.00"), ("A", "100.00", "75.00")]

    def test_have_every_key_by_name_and_value(self) -> None:
        charges = [
            owed("A", "100", 1, attributes={"rate": 5}, invoice="17", about="B"),
            owed("B", "50", 2, code="PARK", posted=day(3)),
        ]
        by = Ranking(
            in_order(where.code("PARK")),
            attribute("rate").descending,
            amount.descending,
            group_due("invoice"),
            posted_date,
            parent_due,
        )
        assert [line.keys for line in allocate(paid("M", "130"), charges, by=by).explanation.lines] == [
            (
                ("in_order", "where.code('PARK')"),
                ("attribute('rate').descending", None),
                ("amount.descending", cad("50")),
                ("group_due('invoice')", day(2)),
                ("posted_date", day(3)),
                ("parent_due", day(2)),
            ),
            (
                ("in_order", "the rest"),
                ("attribute('rate').descending", 5),
                ("amount.descending", cad("100")),
                ("group_due('invoice')", day(1)),
                ("posted_date", day(1)),
                ("parent_due", day(2)),
            ),
        ]

    def test_name_the_selector_that_gave_a_place(self) -> None:
        by = Ranking(in_order(where.code("PARK"), where.charge("A"), where.charge("B")))
        assert whys(allocate(paid("M", "130"), self.CHARGES, by=by)) == [
            "ranked: in_order where.charge('A')",
            "ranked: in_order where.charge('B')",
        ]

    def test_of_the_fast_walk_and_of_the_other_are_explained_alike(self) -> None:
        money = paid("M", "130")
        plain = allocate(money, self.CHARGES, by=NEWEST_FIRST, applied=[settles("Q", "B", "50")])
        charges = [*self.CHARGES, owed("C", "1", payer="ann")]
        other = allocate(money, charges, by=NEWEST_FIRST, applied=[settles("Q", "B", "50"), settles("Q", "C", "1")])
        assert plain.explanation.lines == other.explanation.lines
        assert [(line.charge, line.rank) for line in plain.explanation.lines] == [("A", 1)]

    def test_of_a_function_that_is_a_key(self) -> None:
        result = allocate(paid("M", "130"), self.CHARGES, by=Ranking(is_b, ties=Ties.EVENLY))
        assert [line.keys for line in result.explanation.lines] == [(("is_b", False),), (("is_b", True),)]
        assert whys(result) == ["ranked, ties evenly: is_b no", "ranked, ties evenly: is_b yes"]

    def test_of_one_rank_share_it(self) -> None:
        result = allocate(paid("M", "60"), [*self.CHARGES, owed("C", "9", 3)], by=Ranking(is_b, ties=Ties.PRO_RATA))
        assert [(line.charge, line.rank) for line in result.explanation.lines] == [("A", 1), ("C", 1)]

    def test_of_a_tax_have_the_rank_and_keys_of_its_charge(self) -> None:
        charges = [owed("R", "100", 3), tax("T", "10", "R", 1), owed("Z", "5", 2)]
        by = Ranking(due_date, taxes=Taxes.TAX_FIRST)
        result = allocate(paid("M", "30"), charges, by=by)
        assert [(line.charge, line.rank, line.keys) for line in result.explanation.lines] == [
            ("Z", 1, (("due_date", day(2)),)),
            ("T", 2, (("due_date", day(3)),)),
            ("R", 2, (("due_date", day(3)),)),
        ]

    def test_of_keys_that_read_the_date_are_of_that_date(self) -> None:
        money = [paid("M-1", "30", 2), paid("M-2", "30", 3)]
        result = allocate(money, self.CHARGES, by=Ranking(first(where.past_due), due_date.descending))
        assert [(line.charge, line.rank, line.keys[0][1]) for line in result.explanation.lines] == [
            ("A", 1, True),
            ("B", 1, True),
        ]

    def test_of_an_order_of_a_user(self) -> None:
        result = allocate(paid("M", "130"), self.CHARGES, by=from_the_back)
        assert whys(result) == ["by from_the_back", "by from_the_back"]
        assert [(line.rank, line.keys) for line in result.explanation.lines] == [(None, ()), (None, ())]

    COMPOSED: ClassVar[list[tuple[Any, list[str]]]] = [
        (only(where.charge("B"), from_the_back), ["only where.charge('B'), by from_the_back"]),
        (
            in_turn(only(where.charge("B"), PRO_RATA), OLDEST_FIRST),
            [
                "turn 1, only where.charge('B'), ranked, ties pro rata",
                "turn 2, ranked: due_date 2026-03-01",
            ],
        ),
        (any_payer(from_the_back), ["any payer, by from_the_back", "any payer, by from_the_back"]),
        (
            shared(among="code", ties=Ties.EVENLY, then=PRO_RATA),
            ["share without code, ranked, ties pro rata", "share without code, ranked, ties pro rata"],
        ),
        (
            shared(among="category", ties=Ties.EVENLY, then=from_the_back),
            ["share of category other, by from_the_back", "share of category other, by from_the_back"],
        ),
        (exact_match_first(from_the_back), ["by from_the_back", "by from_the_back"]),
        (
            only(where.charge("A", "B"), in_turn(only(where.charge("B"), from_the_back))),
            ["only where.charge('A', 'B'), turn 1, only where.charge('B'), by from_the_back"],
        ),
    ]

    @pytest.mark.parametrize(("by", "expected"), COMPOSED, ids=[repr(by) for by, _ in COMPOSED])
    def test_of_a_composition_tell_the_way_from_the_outermost_in(self, by: Order, expected: list[str]) -> None:
        assert whys(allocate(paid("M", "130"), self.CHARGES, by=by)) == expected

    def test_of_an_exact_match(self) -> None:
        result = allocate([paid("M", "50", 5), paid("N", "7", 6)], self.CHARGES, by=EXACT_MATCH_FIRST)
        assert whys(result) == ["exact match", "ranked: due_date 2026-03-01"]
        assert [(line.rank, line.keys) for line in result.explanation.lines] == [
            (None, ()),
            (1, (("due_date", day(1)),)),
        ]

    def test_of_shares_among_periods_and_invoices(self) -> None:
        period = Period(day(1), day(9))
        charges = [owed("A", "10", 1, period=period, invoice="17")]
        by = shared(among="period", ties=Ties.EVENLY, then=from_the_back)
        assert whys(allocate(paid("M", "5"), charges, by=by)) == [f"share of period {period}, by from_the_back"]
        by = shared(among="invoice", ties=Ties.EVENLY, then=from_the_back)
        assert whys(allocate(paid("M", "5"), charges, by=by)) == ["share of invoice 17, by from_the_back"]

    def test_of_a_designation(self) -> None:
        money = paid("M", "130", designations=[Designation("A", cad("20")), Designation(where.charge("B"))])
        for by, second in (
            (NEWEST_FIRST, ", ranked: due_date.descending 2026-03-02"),
            (from_the_back, ", by from_the_back"),
        ):
            result = allocate(money, self.CHARGES, by=by)
            assert whys(result) == ["designated to A", f"designated to where.charge('B'){second}"]
            assert result.explanation.lines[0].rank is None
        result = allocate(money, self.CHARGES, by=any_payer(OLDEST_FIRST))
        assert whys(result)[1] == "designated to where.charge('B'), any payer, ranked: due_date 2026-03-02"


class TestUntouched:
    """Why a charge got nothing."""

    def test_it_was_settled_before(self) -> None:
        result = allocate(
            paid("M", "1"), [owed("A", "5"), owed("B", "5", 2)], by=OLDEST_FIRST, applied=[settles("Q", "B", "5")]
        )
        assert result.explanation.untouched == (Untouched("B", cad("0"), Why.SETTLED, "settled before"),)

    def test_there_is_no_money(self) -> None:
        charges = [owed("A", "5")]
        assert untouched(allocate([], charges, by=OLDEST_FIRST)) == {"A": (Why.NO_MONEY, "no money to place")}
        used_up = allocate(paid("M", "1"), charges, by=OLDEST_FIRST, applied=[settles("M", "Z", "1")])
        assert used_up.explanation.untouched == (Untouched("A", cad("5"), Why.NO_MONEY, "no money to place"),)

    def test_the_money_did_not_reach_it(self) -> None:
        result = allocate(paid("M", "5"), [owed("A", "5"), owed("B", "5", 2)], by=OLDEST_FIRST)
        assert untouched(result) == {"B": (Why.RAN_OUT, "the money did not reach it")}

    def test_the_order_passed_it_over(self) -> None:
        charges = [owed("A", "5"), owed("B", "5", 2)]
        result = allocate(paid("M", "9"), charges, by=only(where.charge("A"), OLDEST_FIRST))
        assert untouched(result) == {"B": (Why.PASSED_OVER, "the order passed it over")}

    BARRED: ClassVar[list[tuple[Payment | Credit, Charge, str]]] = [
        (paid("M", "9", payer="ann"), owed("A", "5", payer="bob"), "owed by bob"),
        (paid("M", "9"), owed("A", "5", payer="bob"), "owed by bob"),
        (paid("M", "9", restriction=X), owed("A", "5"), "restricted to where.code('X')"),
        (paid("M", "9"), owed("A", "5", disputed=True), "disputed"),
        (
            paid("M", "9", restriction=X),
            owed("A", "5", payer="bob", disputed=True),
            "disputed; owed by bob; restricted to where.code('X')",
        ),
        (paid("M", "9", designations=[Designation("Z")]), owed("A", "5"), "M is for what it is designated to"),
        (paid("M", "9", fund="trust"), owed("A", "5"), "M is for what it is designated to"),
        (
            granted("M", "9", kind=CreditKind.WAIVER, designations=[Designation("Z")]),
            owed("A", "5"),
            "M is for what it is designated to",
        ),
        (
            paid("M", "9", payer="ann", designations=[Designation("A")]),
            owed("A", "5", payer="bob", disputed=True),
            "owed by bob",
        ),
        (
            paid("M", "9", payer="ann", designations=[Designation(X)]),
            owed("A", "5", code="X", payer="bob"),
            "owed by bob",
        ),
        (
            granted("M", "9", payer="ann", designations=[Designation("A")]),
            owed("A", "5", payer="bob"),
            "owed by bob",
        ),
    ]

    @pytest.mark.parametrize(("money", "charge", "bars"), BARRED)
    def test_no_money_may_pay_it(self, money: Payment | Credit, charge: Charge, bars: str) -> None:
        result = allocate(money, [charge], by=OLDEST_FIRST)
        assert untouched(result) == {"A": (Why.BARRED, f"no money may pay it: {bars}")}

    def test_the_bars_of_all_money_are_told_once_each(self) -> None:
        money = [paid("M", "9", payer="ann"), paid("N", "9", payer="eve"), paid("O", "9", 6, restriction=X)]
        result = allocate(money, [owed("A", "5", payer="bob")], by=OLDEST_FIRST)
        assert untouched(result) == {
            "A": (Why.BARRED, "no money may pay it: owed by bob; restricted to where.code('X')")
        }

    def test_money_that_is_not_barred_and_spent_elsewhere_did_not_reach_it(self) -> None:
        money = [paid("M", "9", payer="ann"), paid("N", "5", 6, payer="bob")]
        result = allocate(money, [owed("A", "5", payer="bob"), owed("B", "5", 2, payer="bob")], by=OLDEST_FIRST)
        assert untouched(result) == {"B": (Why.RAN_OUT, "the money did not reach it")}

    def test_any_payer_lifts_the_bar(self) -> None:
        charges = [owed("A", "5"), owed("B", "5", 2, payer="bob")]
        result = allocate(paid("M", "5"), charges, by=any_payer(OLDEST_FIRST))
        assert untouched(result) == {"B": (Why.RAN_OUT, "the money did not reach it")}

    def test_a_dispute_in_part_is_no_bar(self) -> None:
        charges = [owed("A", "5"), owed("B", "5", 2, disputed=Dispute(cad("4.99")))]
        assert untouched(allocate(paid("M", "5"), charges, by=OLDEST_FIRST))["B"][0] is Why.RAN_OUT
        settled = allocate(paid("M", "5"), charges, by=OLDEST_FIRST, applied=[settles("Q", "B", "0.01")])
        assert untouched(settled)["B"] == (Why.BARRED, "no money may pay it: disputed")

    def test_what_a_wish_could_have_paid_is_not_barred(self) -> None:
        money = paid("M", "5", designations=[Designation("A"), Designation("B")])
        charges = [owed("A", "5"), owed("B", "5", 2, disputed=True)]
        for mode in ("only", "first"):
            found = untouched(allocate(money, charges, by=OLDEST_FIRST, designations=mode))
            assert found == {"B": (Why.RAN_OUT, "the money did not reach it")}
        ignored = allocate(money, charges, by=OLDEST_FIRST, designations="ignore")
        assert untouched(ignored) == {"B": (Why.BARRED, "no money may pay it: disputed")}

    def test_a_mode_that_lifts_the_wish_lifts_the_bar(self) -> None:
        money = paid("M", "5", designations=[Designation("A")])
        charges = [owed("A", "5"), owed("B", "5", 2)]
        found = [
            untouched(allocate(money, charges, by=OLDEST_FIRST, designations=mode))["B"][1]
            for mode in ("only", "first", "ignore")
        ]
        assert found == [
            "no money may pay it: M is for what it is designated to",
            "the money did not reach it",
            "the money did not reach it",
        ]


class TestLeftover:
    """Why money stays unapplied."""

    def test_nothing_is_open(self) -> None:
        result = allocate(paid("M", "9"), [owed("A", "5")], by=OLDEST_FIRST)
        assert result.explanation.unapplied == (
            Leftover("M", cad("4"), Why.NOTHING_OPEN, "nothing is open that it may pay"),
        )

    def test_nothing_is_open_that_it_may_pay(self) -> None:
        charges = [owed("A", "5", payer="bob"), owed("B", "5", disputed=Dispute(cad("2"))), owed("C", "1")]
        assert leftover(allocate(paid("M", "9", payer="ann"), charges, by=OLDEST_FIRST)) == {
            "M": (Why.NOTHING_OPEN, "nothing is open that it may pay (disputed; owed by bob)")
        }
        assert leftover(allocate(paid("M", "9", restriction=X), charges[2:], by=OLDEST_FIRST)) == {
            "M": (Why.NOTHING_OPEN, "nothing is open that it may pay (restricted to where.code('X'))")
        }

    def test_the_order_placed_no_more(self) -> None:
        charges = [owed("A", "5"), owed("B", "5", 2, payer="bob")]
        for by in (only(where.charge("Z"), OLDEST_FIRST), lambda incoming, items: {"A": 1}):
            assert leftover(allocate(paid("M", "9"), charges, by=by)) == {
                "M": (Why.LEFT_OVER, "the order placed no more")
            }

    def test_any_payer_could_have_placed_more(self) -> None:
        by = only(where.charge("A"), any_payer(OLDEST_FIRST))
        result = allocate(paid("M", "9"), [owed("A", "5"), owed("B", "5", 2, payer="bob")], by=by)
        assert leftover(result) == {"M": (Why.LEFT_OVER, "the order placed no more")}
        assert untouched(result) == {"B": (Why.PASSED_OVER, "the order passed it over")}

    REST = "the rest of designated money stays unapplied"
    WISHES: ClassVar[list[tuple[Payment | Credit, str]]] = [
        (paid("M", "9", designations=[Designation("A", cad("3"))]), REST),
        (paid("M", "9", designations=[Designation("A")]), f"5.00 of 9.00 for A: settled; {REST}"),
        (paid("M", "9", designations=[Designation("Z")]), f"0.00 of 9.00 for Z: no such charge here; {REST}"),
        (
            paid("M", "9", designations=[Designation(where.code("Z"), cad("8"))]),
            f"0.00 of 8.00 for where.code('Z'): no such charge here; {REST}",
        ),
        (
            paid("M", "9", payer="ann", designations=[Designation("B")]),
            f"0.00 of 9.00 for B: barred, owed by bob; {REST}",
        ),
        (
            paid("M", "9", restriction=where.rent, designations=[Designation(where.charge("A", "B"))]),
            f"0.00 of 9.00 for where.charge('A', 'B'): barred, owed by bob; restricted to where.rent; {REST}",
        ),
        (
            paid("M", "19", designations=[Designation("A", cad("9")), Designation(X, cad("8"))]),
            f"5.00 of 9.00 for A: settled; 4.00 of 8.00 for where.code('X'): settled; {REST}",
        ),
        (
            paid("M", "9", fund="trust", designations=[Designation("A")]),
            "5.00 of 9.00 for A: settled; trust money pays only what it is designated to",
        ),
        (paid("M", "9", fund="trust"), "trust money pays only what it is designated to"),
        (
            granted("M", "9", kind=CreditKind.WAIVER, designations=[Designation("A", cad("2"))]),
            "a waiver pays only what it is designated to",
        ),
        (
            granted("M", "9", kind=CreditKind.WRITE_OFF, designations=[Designation("A")]),
            "5.00 of 9.00 for A: settled; a write-off pays only what it is designated to",
        ),
    ]

    @pytest.mark.parametrize(("money", "reason"), WISHES, ids=[reason for _, reason in WISHES])
    def test_designated_money(self, money: Payment | Credit, reason: str) -> None:
        charges = [owed("A", "5"), owed("B", "5", payer="bob"), owed("C", "4", code="X")]
        result = allocate(money, charges, by=OLDEST_FIRST)
        assert leftover(result) == {"M": (Why.DESIGNATED, reason)}

    def test_a_wish_that_the_order_did_not_fill(self) -> None:
        money = paid("M", "20", designations=[Designation(X)])
        charges = [owed("A", "5", code="X"), owed("B", "5", 2, code="X")]
        by = only(where.charge("A"), OLDEST_FIRST)
        wish = "5.00 of 20.00 for where.code('X'): the order placed no more"
        assert leftover(allocate(money, charges, by=by)) == {
            "M": (Why.DESIGNATED, f"{wish}; the rest of designated money stays unapplied")
        }
        assert leftover(allocate(money, charges, by=by, designations="first")) == {
            "M": (Why.LEFT_OVER, f"{wish}; the order placed no more")
        }

    def test_what_the_wish_and_then_the_order_left(self) -> None:
        money = paid("M", "20", payer="ann", designations=[Designation("B")])
        charges = [owed("A", "5"), owed("B", "5", 2, payer="bob")]
        assert leftover(allocate(money, charges, by=OLDEST_FIRST, designations="first")) == {
            "M": (
                Why.NOTHING_OPEN,
                "0.00 of 20.00 for B: barred, owed by bob; nothing is open that it may pay (owed by bob)",
            )
        }
        assert leftover(allocate(money, charges, by=OLDEST_FIRST, designations="ignore")) == {
            "M": (Why.NOTHING_OPEN, "nothing is open that it may pay (owed by bob)")
        }

    def test_only_money_that_is_left_has_a_reason(self) -> None:
        result = allocate([paid("M", "3", 5), paid("N", "3", 6)], [owed("A", "5")], by=OLDEST_FIRST)
        assert list(leftover(result)) == ["N"]
        assert result.explanation.unapplied[0].amount == cad("1")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "yes"),
        (False, "no"),
        (None, "none"),
        (0, "0"),
        ("x", "x"),
        (day(1), "2026-03-01"),
        (cad("1"), "1.00 CAD"),
        (10**9999, "<int too long to print>"),
    ],
    ids=["a yes", "a no", "none", "a number", "text", "a date", "money", "a number too long to print"],
)
def test_values_are_printed_as_people_read_them(value: object, text: str) -> None:
    assert value_text(value) == text


def test_kinds_of_reasons_print_by_name() -> None:
    assert [repr(why) for why in Why] == [
        "Why.SETTLED",
        "Why.NO_MONEY",
        "Why.BARRED",
        "Why.RAN_OUT",
        "Why.PASSED_OVER",
        "Why.DESIGNATED",
        "Why.NOTHING_OPEN",
        "Why.LEFT_OVER",
    ]


def test_an_explanation_is_a_frozen_value() -> None:
    explanation: Any = allocate(paid("M", "3"), [owed("A", "5")], by=OLDEST_FIRST).explanation
    assert explanation == allocate(paid("M", "3"), [owed("A", "5")], by=OLDEST_FIRST).explanation
    for part in (explanation, explanation.lines[0]):
        with pytest.raises(AttributeError):
            part.lines = ()
