"""The outcome of a decision: lines, balances, movements, ids, and what kind of value it is."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import attrs
import pytest

from account_facts import cad, day, granted, owed, paid, placed, poured, settles, tax
from arledger import (
    NEWEST_FIRST,
    OLDEST_FIRST,
    PRO_RATA,
    Allocation,
    Application,
    Charge,
    Credit,
    Designation,
    Incoming,
    Money,
    Movement,
    Payment,
    allocate,
    in_turn,
)

CHARGES = [owed("A", "30", 1), owed("B", "20", 2), owed("C", "10", 3)]


def outcome() -> Allocation:
    """Two pieces of money over three charges, one of them touched before."""
    money: list[Payment | Credit] = [paid("P-1", "25", 5), granted("K-1", "10", 6)]
    return allocate(money, CHARGES, by=OLDEST_FIRST, applied=[settles("P-0", "A", "5"), settles("P-1", "Z", "1")])


class TestViews:
    """What an outcome says, in money."""

    def test_lines(self) -> None:
        assert outcome().lines == (
            Application("P-1", "A", cad("24"), day(5)),
            Application("K-1", "A", cad("1"), day(6)),
            Application("K-1", "B", cad("9"), day(6)),
        )

    @pytest.mark.parametrize("amount", ["0.01", "29.99", "30"])
    def test_a_line_has_the_amount_that_was_placed(self, amount: str) -> None:
        assert allocate(paid("P", amount), CHARGES, by=OLDEST_FIRST).lines[0].amount == cad(amount)

    def test_open_has_every_charge(self) -> None:
        assert list(outcome().open.items()) == [("A", cad("0")), ("B", cad("11")), ("C", cad("10"))]
        assert outcome().total_open == cad("21")

    def test_unapplied_has_every_source(self) -> None:
        assert list(outcome().unapplied.items()) == [("P-1", cad("0")), ("K-1", cad("0"))]
        assert outcome().total_unapplied == cad("0")
        result = allocate([paid("P-1", "59"), paid("P-2", "9")], CHARGES, by=OLDEST_FIRST)
        assert dict(result.unapplied) == {"P-1": cad("0"), "P-2": cad("8")}
        assert result.total_unapplied == cad("8")

    def test_by_charge(self) -> None:
        result = outcome()
        first, second, third = result.lines
        assert dict(result.by_charge) == {
            "A": Movement(cad("25"), (first, second), cad("0")),
            "B": Movement(cad("20"), (third,), cad("11")),
            "C": Movement(cad("10"), (), cad("10")),
        }

    def test_by_source(self) -> None:
        result = outcome()
        first, second, third = result.lines
        assert dict(result.by_source) == {
            "P-1": Movement(cad("24"), (first,), cad("0")),
            "K-1": Movement(cad("10"), (second, third), cad("0")),
        }

    def test_views_are_built_once(self) -> None:
        result = outcome()
        for view in ("lines", "open", "unapplied", "by_charge", "by_source", "explanation"):
            assert getattr(result, view) is getattr(result, view)

    def test_other_currencies_have_their_own_digits(self) -> None:
        charge = Charge("A", Money("3000", "JPY"), due=day(1))
        result = allocate(Payment("P", Money("1000", "JPY"), received=day(2)), [charge], by=OLDEST_FIRST)
        assert (result.lines[0].amount, result.total_open) == (Money("1000", "JPY"), Money("2000", "JPY"))
        assert repr(result) == "<Allocation in JPY: 1 line, 2000 open, 0 unapplied>"


class TestIds:
    """Lines have derived ids, and no two the same."""

    def test_are_made_of_source_charge_and_day(self) -> None:
        assert [line.id for line in outcome().lines] == [
            "P-1>A@2026-03-05",
            "K-1>A@2026-03-06",
            "K-1>B@2026-03-06",
        ]

    def test_escape_what_would_make_two_pairs_look_alike(self) -> None:
        charges = [owed("B>C", "1", 1), owed("C", "1", 2), owed("50%", "1", 3)]
        money = [paid("A", "1", 5), paid("A>B", "1", 6), paid("A%3E", "1", 6)]
        assert [line.id for line in allocate(money, charges, by=OLDEST_FIRST).lines] == [
            "A>B%3EC@2026-03-05",
            "A%253E>C@2026-03-06",
            "A%3EB>50%25@2026-03-06",
        ]

    def test_are_those_that_an_application_derives(self) -> None:
        for line in outcome().lines:
            assert attrs.evolve(line, id=Application(line.source, line.charge, line.amount, line.on).id) == line

    def test_of_a_pair_that_stands_among_those_applied_are_numbered(self) -> None:
        money = paid("P", "25", 2)
        first = allocate(money, CHARGES, by=OLDEST_FIRST, applied=[settles("P", "Z", "20")])
        assert [line.id for line in first.lines] == ["P>A@2026-03-02"]
        then = allocate(money, CHARGES, by=OLDEST_FIRST, applied=first.lines)
        assert [line.id for line in then.lines] == ["P>A@2026-03-02#2"]
        known = [*first.lines, attrs.evolve(then.lines[0], amount=cad("1"))]
        last = allocate(money, CHARGES, by=OLDEST_FIRST, applied=known)
        assert [(line.id, line.amount) for line in last.lines] == [("P>A@2026-03-02#3", cad("19"))]

    def test_fill_the_first_number_that_is_free(self) -> None:
        applied = [settles("P", "A", "1", id="P>A@2026-03-05"), settles("P", "A", "1", id="P>A@2026-03-05#3")]
        for expected in ("P>A@2026-03-05#2", "P>A@2026-03-05#4"):
            result = allocate(paid("P", "25"), CHARGES, by=OLDEST_FIRST, applied=applied)
            assert result.lines[0].id == expected
            applied.append(attrs.evolve(result.lines[0], amount=cad("1")))

    def test_of_a_pair_twice_in_one_decision_are_numbered(self) -> None:
        money = paid("P", "15", designations=[Designation("A", cad("5"))])
        result = allocate(money, CHARGES, by=OLDEST_FIRST, designations="first")
        assert [(line.id, line.amount) for line in result.lines] == [
            ("P>A@2026-03-05", cad("5")),
            ("P>A@2026-03-05#2", cad("10")),
        ]

    def test_of_different_days_need_no_number(self) -> None:
        applied = [settles("P", "A", "1", 4)]
        result = allocate(paid("P", "25"), CHARGES, by=OLDEST_FIRST, applied=applied)
        assert [line.id for line in result.lines] == ["P>A@2026-03-05"]

    def test_are_the_same_wherever_the_line_stands(self) -> None:
        """What else is in the call changes no id of a line that both calls have."""
        alone = allocate(paid("P", "5"), CHARGES, by=OLDEST_FIRST).lines[0]
        others = allocate([paid("P", "5"), paid("Q", "9", 9), granted("K", "1", 9)], CHARGES, by=OLDEST_FIRST).lines
        assert alone in others


class TestValue:
    """An outcome is a frozen value that compares, hashes, pickles and prints."""

    def test_equal_where_the_same_was_decided_of_the_same(self) -> None:
        assert outcome() == outcome()
        assert hash(outcome()) == hash(outcome())

    def test_unequal_where_facts_or_order_differ(self) -> None:
        one = allocate(paid("P", "5"), CHARGES, by=OLDEST_FIRST)
        assert one != allocate(paid("P", "5.01"), CHARGES, by=OLDEST_FIRST)
        assert one != allocate(paid("P", "5", method="card"), CHARGES, by=OLDEST_FIRST)
        assert one != allocate(paid("P", "5"), CHARGES[:2], by=OLDEST_FIRST)
        assert one != allocate(paid("P", "5"), CHARGES, by=in_turn(OLDEST_FIRST))
        assert one != allocate(paid("P", "5"), CHARGES, by=NEWEST_FIRST)
        assert one != allocate(paid("P", "5"), CHARGES, by=OLDEST_FIRST, designations="first")
        assert one != allocate(paid("P", "5"), CHARGES, by=OLDEST_FIRST, applied=[settles("P-0", "Z", "1")])

    @pytest.mark.parametrize("by", [OLDEST_FIRST, PRO_RATA, in_turn(NEWEST_FIRST, poured)])
    def test_it_pickles_read_or_unread(self, by: Any) -> None:
        charges = [*CHARGES, tax("T", "1", "A"), owed("D", "3", payer="bob")]
        result = allocate([paid("P", "25"), granted("K", "1", designations=[Designation("C")])], charges, by=by)
        unread = pickle.loads(pickle.dumps(result))
        views = [result.lines, dict(result.open), dict(result.by_charge), dict(result.by_source)]
        explained = str(result.explanation)
        read = pickle.loads(pickle.dumps(result))
        for again in (unread, read, copy.deepcopy(result)):
            assert again == result
            assert [again.lines, dict(again.open), dict(again.by_charge), dict(again.by_source)] == views
            assert str(again.explanation) == explained

    def test_it_prints_its_totals(self) -> None:
        assert repr(outcome()) == "<Allocation in CAD: 3 lines, 21.00 open, 0.00 unapplied>"
        assert repr(allocate([], CHARGES, by=OLDEST_FIRST)) == (
            "<Allocation in CAD: 0 lines, 60.00 open, 0.00 unapplied>"
        )
        assert repr(allocate(paid("P", "5"), [], by=OLDEST_FIRST)) == (
            "<Allocation in CAD: 0 lines, 0.00 open, 5.00 unapplied>"
        )

    def test_nothing_of_it_can_be_changed(self) -> None:
        result: Any = outcome()
        for field in ("rows", "lines", "open", "by"):
            with pytest.raises(AttributeError):
                setattr(result, field, ())
        for view in (result.open, result.unapplied, result.by_charge, result.by_source):
            with pytest.raises(TypeError):
                view["A"] = cad("1")
            with pytest.raises(TypeError):
                del view["A"]
        with pytest.raises(AttributeError):
            result.by_charge["A"].after = cad("1")
        assert isinstance(result.lines, tuple)
        assert isinstance(result.charges, tuple)
        assert isinstance(result.money, tuple)

    def test_it_keeps_its_facts_in_canonical_order(self) -> None:
        result = allocate([paid("P", "1", 6), paid("Q", "1", 5)], CHARGES[::-1], by=OLDEST_FIRST)
        assert [charge.id for charge in result.charges] == ["A", "B", "C"]
        assert [source.id for source in result.money] == ["Q", "P"]

    def test_inputs_are_unchanged(self) -> None:
        charges, money, applied = list(CHARGES[::-1]), [paid("P", "5")], [settles("P-0", "B", "1")]
        before = copy.deepcopy((charges, money, applied))
        allocate(money, charges, by=PRO_RATA, applied=applied)
        assert (charges, money, applied) == before

    def test_an_order_cannot_change_what_it_is_shown(self) -> None:
        def meddling(incoming: Incoming, items: Any) -> dict[str, int]:
            items.clear()
            return {"A": 100}

        def looking(incoming: Incoming, items: Any) -> dict[str, int]:
            return {item.id: 1 for item in items}

        result = allocate(paid("P", "5"), CHARGES, by=in_turn(meddling, looking))
        assert placed(result) == [("P", "A", "1.00"), ("P", "A", "0.01"), ("P", "B", "0.01"), ("P", "C", "0.01")]


def test_amounts_beyond_any_machine_word() -> None:
    huge = "1" + "0" * 30
    charges = [owed("A", huge, 1), owed("B", huge, 2)]
    result = allocate(paid("P", "1" + "0" * 30 + ".01"), charges, by=OLDEST_FIRST)
    assert [line.amount.minor for line in result.lines] == [10**32, 1]
    shares = allocate(paid("P", "1" + "0" * 30 + ".01"), charges, by=PRO_RATA)
    assert [line.amount.minor for line in shares.lines] == [5 * 10**31 + 1, 5 * 10**31]


def test_lines_of_a_function_stand_in_canonical_order_and_those_of_a_ranking_as_ranked() -> None:
    def backwards(incoming: Incoming, items: Any) -> dict[str, int]:
        return {item.id: 1 for item in items[::-1]}

    assert [line.charge for line in allocate(paid("P", "60"), CHARGES, by=backwards).lines] == ["A", "B", "C"]
    assert [line.charge for line in allocate(paid("P", "60"), CHARGES, by=NEWEST_FIRST).lines] == ["C", "B", "A"]
