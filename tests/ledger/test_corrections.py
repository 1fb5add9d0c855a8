"""Corrections: as few lines as bring what was posted to what a position has, on open days, with ids of their own."""

from __future__ import annotations

import pytest

from account_facts import cad, day, owed, paid, settles
from arledger import (
    OLDEST_FIRST,
    Application,
    Category,
    Conflict,
    InvalidValue,
    Ledger,
    corrections,
    record,
    replay,
)
from ledger_facts import charged_back, moves, returned, reversal, some, standing, won_back

TWO = (owed("a", "100"), owed("b", "100", 2))
FOUND = paid("O", "100", 3, posted=day(20))


def net(lines: list[Application]) -> dict[tuple[str, str, int], int]:
    """What applications come to, by source, charge and day."""
    found: dict[tuple[str, str, int], int] = {}
    for line in lines:
        key = line.source, line.charge, line.on.day
        found[key] = found.get(key, 0) + (line.amount.minor if line.reverses is None else -line.amount.minor)
    return {key: minor for key, minor in found.items() if minor}


def test_nothing_to_correct_is_false_and_says_so() -> None:
    position = standing([*TWO, paid("P", "100", 5)])
    found = corrections(position, position)
    assert (bool(found), found.lines, str(found)) == (False, (), "nothing to correct")


def test_only_what_differs_is_corrected() -> None:
    entries = [*TWO, owed("c", "100", 3), paid("P", "100", 5), paid("Q", "30", 6)]
    found = corrections(standing(entries), standing([*entries, FOUND]))
    assert moves(found.applications) == ["3 O>a 100.00", "5 P>b 100.00", "6 Q>c 30.00"]
    assert moves(found.reversals) == ["5 P>a -100.00", "6 Q>b -30.00"]
    assert found.lines == (*found.reversals, *found.applications)
    assert bool(found)


def test_a_part_that_moves_is_taken_from_its_application() -> None:
    entries = [*TWO, paid("P", "100", 5)]
    found = corrections(standing(entries), standing([*entries, paid("O", "30", 3, posted=day(20))]))
    assert moves(found.applications) == ["3 O>a 30.00", "5 P>b 30.00"]
    assert [(line.reverses, line.amount) for line in found.reversals] == [("P>a@2026-03-05", cad("30"))]


def test_after_them_the_books_stand_as_the_position_does() -> None:
    entries = [*TWO, paid("P", "100", 5), paid("Q", "30", 6), returned("N", "P", 9)]
    before, after = standing(entries), standing([*entries, FOUND])
    posted = [*before.history, *corrections(before, after).lines]
    assert net(posted) == net(list(after.history))
    assert corrections(posted, after).lines == ()


def test_a_return_is_corrected_by_what_undoes_its_payment() -> None:
    entries = [*TWO, paid("P", "150", 5)]
    found = corrections(standing(entries), standing([*entries, returned("N", "P", 9)]))
    assert [(line.reverses, line.on.day) for line in found.reversals] == [
        ("P>a@2026-03-05", 9),
        ("P>b@2026-03-05", 9),
    ]
    assert found.applications == ()


def test_ids_are_derived_from_both_sides() -> None:
    """The same corrections have the same ids; others, and those of another history, have others."""
    entries = [*TWO, paid("P", "100", 5)]
    before, after = standing(entries), standing([*entries, FOUND])
    found = corrections(before, after)
    assert corrections(before, after) == found
    assert corrections(list(before.history), after) == found
    mark = found.applications[0].id.partition("~")[2]
    assert len(mark) == 12
    assert [line.id for line in found.lines] == [
        f"P>a@2026-03-05/undone@2026-03-05~{mark}",
        f"O>a@2026-03-03~{mark}",
        f"P>b@2026-03-05~{mark}",
    ]
    other = corrections(before, standing([*entries, FOUND, owed("z", "1", 31)]))
    assert {line.id for line in other.lines}.isdisjoint(line.id for line in found.lines)
    renamed = [Application("P", "a", cad("100"), day(5), id="host-1")]
    assert {line.id for line in corrections(renamed, after).lines}.isdisjoint(line.id for line in found.lines)


def test_an_id_that_the_host_has_already_is_numbered() -> None:
    entries = [*TWO, paid("P", "100", 5)]
    after = standing([*entries, FOUND])
    history = [settles("P", "a", "60", 5), Application("P", "a", cad("40"), day(5), id="P>a@2026-03-05#2")]
    found = corrections(history, after)
    assert [(line.reverses, str(line.amount.amount)) for line in found.reversals] == [
        ("P>a@2026-03-05#2", "40.00"),
        ("P>a@2026-03-05", "60.00"),
    ]
    assert len({line.id for line in (*history, *found.lines)}) == 6


class TestWeirdHistories:
    """Whatever a host has posted is brought to what stands, by reversals of what it has."""

    ENTRIES = (*TWO, paid("P", "150", 5))

    def test_nothing_was_posted_yet(self) -> None:
        found = corrections([], standing(self.ENTRIES))
        assert (moves(found.applications), found.reversals) == (["5 P>a 100.00", "5 P>b 50.00"], ())

    def test_applied_on_another_day(self) -> None:
        """The day is a part of what is posted: it is taken back on that day and made on the right one."""
        history = [settles("P", "a", "100", 6), settles("P", "b", "50", 5)]
        found = corrections(history, standing(self.ENTRIES))
        assert moves(found.lines) == ["6 P>a -100.00", "5 P>a 100.00"]
        assert found.reversals[0].reverses == "P>a@2026-03-06"

    def test_returned_by_the_host_and_then_undone_again(self) -> None:
        made = settles("P", "a", "100", 5)
        back = Application("P", "a", cad("100"), day(9), reverses=made.id)
        again = Application("P", "a", cad("100"), day(10), id="again")
        found = corrections([made, back, again, settles("P", "b", "50", 5)], standing(self.ENTRIES))
        assert moves(found.lines) == ["10 P>a -100.00", "9 P>a 100.00"]
        assert found.reversals[0].reverses == "again"

    def test_the_pair_was_reversed_too_early(self) -> None:
        """What stands is right at the end, but nothing stood from the 6th to the 8th."""
        made = settles("P", "a", "100", 5)
        history = [
            made,
            Application("P", "a", cad("100"), day(6), reverses=made.id),
            Application("P", "a", cad("100"), day(8), id="again"),
            settles("P", "b", "50", 5),
        ]
        found = corrections(history, standing(self.ENTRIES))
        assert moves(found.lines) == ["8 P>a -100.00", "6 P>a 100.00"]

    def test_a_reversal_may_undo_what_the_same_corrections_make(self) -> None:
        """Charged back on the 6th and won on the 8th: posted was only the last state of it."""
        entries = [TWO[0], paid("P", "100", 5), charged_back("B", "P", 6), won_back("W", "B", 8)]
        found = corrections([settles("P", "a", "100", 8)], standing(entries))
        assert moves(found.applications) == ["5 P>a 100.00"]
        assert [(line.on.day, line.reverses) for line in found.reversals] == [(6, found.applications[0].id)]
        assert found.lines == (*found.applications, *found.reversals)

    def test_of_several_applications_of_the_day_the_last_id_is_reversed_first(self) -> None:
        history = [Application("P", "a", cad("50"), day(5), id=name) for name in ("one", "two")]
        found = corrections(history, standing([TWO[0], paid("P", "30", 5), paid("Q", "1", 6)]))
        assert [(line.reverses, str(line.amount.amount)) for line in found.reversals] == [
            ("two", "50.00"),
            ("one", "20.00"),
        ]

    def test_applications_of_what_the_position_does_not_know(self) -> None:
        found = corrections([settles("gone", "a", "100", 5)], standing(self.ENTRIES))
        assert moves(found.reversals) == ["5 gone>a -100.00"]


class TestTheDayOfPosting:
    """The last day that is known, the day that is given, the first open one; and never before the line's own day."""

    ENTRIES = (*TWO, paid("P", "100", 5))

    def posted(self, **given: object) -> set[int]:
        after = standing([*self.ENTRIES, FOUND], closed_through=given.pop("closed_through", None))
        return {line.posted.day for line in corrections(standing(self.ENTRIES), after, **given).lines}  # type: ignore[arg-type]

    def test_it_is_what_was_known_last(self) -> None:
        assert self.posted() == {20}
        assert self.posted(closed_through=day(10)) == {20}

    def test_it_is_the_first_open_day(self) -> None:
        assert self.posted(closed_through=day(25)) == {26}

    def test_it_is_the_day_that_is_given(self) -> None:
        assert self.posted(posted=day(28)) == {28}
        assert self.posted(posted=day(26), closed_through=day(25)) == {26}

    def test_it_is_never_before_the_day_of_the_line(self) -> None:
        found = corrections(standing(self.ENTRIES), standing([*self.ENTRIES, FOUND]), posted=day(4))
        assert [(line.on.day, line.posted.day) for line in found.applications] == [(3, 4), (5, 5)]
        assert [(line.on.day, line.posted.day) for line in found.reversals] == [(5, 5)]

    def test_closed_books_are_refused(self) -> None:
        with pytest.raises(InvalidValue) as caught:
            self.posted(posted=day(25), closed_through=day(25))
        assert str(caught.value) == (
            "corrections: posted 2026-03-25, and the books are closed through 2026-03-25; pass 2026-03-26 or later"
        )


def test_histories_that_contradict_themselves_are_refused() -> None:
    made = settles("P", "a", "100", 5)
    back = Application("P", "a", cad("100"), day(9), reverses=made.id)
    with pytest.raises(Conflict, match="which is not among those applied"):
        corrections([back], standing([*TWO, paid("P", "100", 5)]))


def test_they_print_as_a_table() -> None:
    fee = owed("fee", "50", 10, category=Category.LATE_FEE, about="a")
    ledger = Ledger("CAD", [TWO[0], fee, paid("P", "150", 15)])
    before = replay(ledger, by=OLDEST_FIRST, as_of=day(31))
    found = corrections(before, replay(record(ledger, FOUND), by=OLDEST_FIRST, as_of=day(31)))
    mark = found.applications[0].id.partition("~")[2]
    assert str(found) == (
        "what     money         charge  amount  effective   posted      id\n"
        "-------  ------------  ------  ------  ----------  ----------  ---------------------------------------------\n"
        f"reverse  P             a       100.00  2026-03-15  2026-03-20  P>a@2026-03-15/undone@2026-03-15~{mark}\n"
        f"apply    O             a       100.00  2026-03-03  2026-03-20  O>a@2026-03-03~{mark}\n"
        "credit   fee/unearned  fee      50.00  2026-03-10  2026-03-20  fee/unearned"
    )


def test_reversed_charges_are_corrected_as_any_other() -> None:
    entries = [*TWO, paid("P", "100", 5)]
    found = corrections(standing(entries), standing([*entries, reversal("X", "a", 9)]))
    assert moves(found.lines) == ["9 P>a -100.00", "9 P>b 100.00"]
    assert some(standing([*entries, reversal("X", "a", 9)]).open) == {}
