"""Earlier applications: what they settled counts on both sides, and what cannot be is refused."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from account_facts import cad, given, granted, left, owed, paid, placed, settles, still_open
from arledger import (
    OLDEST_FIRST,
    PRO_RATA,
    Application,
    Conflict,
    CurrencyMismatch,
    InvalidType,
    Money,
    allocate,
)

CHARGES = [owed("A", "100", 1), owed("B", "50", 2)]


def test_what_is_applied_counts_as_settled_on_both_sides() -> None:
    result = allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=[settles("P", "A", "30")])
    assert given(result) == {"A": "50.00"}
    assert (still_open(result), left(result)) == ({"A": "20.00", "B": "50.00"}, {"P": "0.00"})


def test_only_new_lines_come_out() -> None:
    result = allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=[settles("P", "A", "80")])
    assert result.lines == ()
    assert (still_open(result), left(result)) == ({"A": "20.00", "B": "50.00"}, {"P": "0.00"})


def test_an_application_of_an_unknown_source_still_settles_its_charge() -> None:
    result = allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=[settles("P-0", "A", "90")])
    assert given(result) == {"A": "10.00", "B": "50.00"}
    assert left(result) == {"P": "20.00"}


def test_an_application_to_an_unknown_charge_still_uses_its_source() -> None:
    result = allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=[settles("P", "Z", "79.99")])
    assert given(result) == {"A": "0.01"}


def test_an_application_of_two_unknowns_changes_nothing() -> None:
    result = allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=[settles("P-0", "Z", "5")])
    assert given(result) == {"A": "80.00"}


def test_a_counter_application_takes_back_on_both_sides() -> None:
    made = settles("P", "A", "80", id="L")
    undone = settles("P", "A", "80", 4, reverses="L")
    result = allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=[made, undone])
    assert given(result) == {"A": "80.00"}
    assert still_open(result) == {"A": "20.00", "B": "50.00"}


def test_a_counter_application_may_take_back_a_part_and_then_the_rest() -> None:
    made = settles("P", "A", "80", id="L")
    first = settles("P", "A", "30", 3, reverses="L")
    second = settles("P", "A", "50", 4, reverses="L")
    result = allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=[made, first])
    assert given(result) == {"A": "30.00"}
    result = allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=[made, first, second])
    assert given(result) == {"A": "80.00"}


def test_a_counter_application_may_stand_before_what_it_reverses() -> None:
    made = settles("P", "A", "80", id="L")
    undone = settles("P", "A", "80", 4, reverses="L")
    result = allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=[undone, made])
    assert given(result) == {"A": "80.00"}


def test_net_sums_count_not_gross_ones() -> None:
    """Twice its amount passed through the charge, but never more than it at once, on balance."""
    applied = [
        settles("P-1", "A", "100", id="L-1"),
        settles("P-1", "A", "100", 3, reverses="L-1"),
        settles("P-2", "A", "100", id="L-2"),
    ]
    result = allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=applied)
    assert given(result) == {"B": "50.00"}


def test_applications_in_parts_add_up() -> None:
    applied = [settles("P", "A", "30"), settles("P-1", "A", "20"), settles("P", "B", "10")]
    result = allocate(paid("P", "80"), CHARGES, by=PRO_RATA, applied=applied)
    assert (result.open_before, result.unapplied_before) == ((5000, 4000), (4000,))
    assert given(result) == {"A": "22.22", "B": "17.78"}


def test_a_credit_is_used_up_like_a_payment() -> None:
    result = allocate(granted("K", "80"), CHARGES, by=OLDEST_FIRST, applied=[settles("K", "B", "50")])
    assert given(result) == {"A": "30.00"}


def test_the_order_of_the_applications_does_not_matter() -> None:
    applied = [settles("P", "A", "30"), settles("P", "B", "10"), settles("P-1", "A", "20")]
    outcomes = [
        allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=shuffled) for shuffled in permutations(applied)
    ]
    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert placed(outcomes[0]) == [("P", "A", "40.00")]


def test_earlier_applications_may_be_a_generator() -> None:
    result = allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=(settles("P", "A", "30") for _ in "1"))
    assert given(result) == {"A": "50.00"}


def test_exactly_settled_is_no_over_application() -> None:
    applied = [settles("P", "A", "100")]
    result = allocate(paid("P", "100"), CHARGES, by=OLDEST_FIRST, applied=applied)
    assert (still_open(result), left(result)) == ({"A": "0.00", "B": "50.00"}, {"P": "0.00"})


def refused(*applied: Application) -> tuple[str, object, str]:
    """The message, the value and the field of the conflict that applications make."""
    with pytest.raises(Conflict) as caught:
        allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=applied)
    return str(caught.value), caught.value.value, caught.value.field


def test_a_charge_over_applied_is_refused() -> None:
    assert refused(settles("P-0", "A", "60"), settles("P-1", "A", "40.01")) == (
        "charge A: applications of 100.01 exceed its 100.00 CAD; reverse what is too much",
        "A",
        "applied",
    )


def test_a_payment_over_applied_is_refused() -> None:
    assert refused(settles("P", "A", "60"), settles("P", "Z", "20.01")) == (
        "payment P: applications of 80.01 exceed its 80.00 CAD; reverse what is too much",
        "P",
        "applied",
    )


def test_a_credit_over_applied_is_refused_by_its_name() -> None:
    with pytest.raises(Conflict) as caught:
        allocate(granted("K", "5"), CHARGES, by=OLDEST_FIRST, applied=[settles("K", "A", "5.01")])
    assert str(caught.value) == "credit K: applications of 5.01 exceed its 5.00 CAD; reverse what is too much"


def test_an_application_twice_is_refused() -> None:
    assert refused(settles("P", "A", "10"), settles("P", "A", "20")) == (
        "application P>A@2026-03-02: stands twice; pass it once, or give the second an id= of its own",
        "P>A@2026-03-02",
        "applied",
    )


def test_a_second_of_a_pair_with_its_own_id_is_none_twice() -> None:
    applied = [settles("P", "A", "10"), settles("P", "A", "20", id="second")]
    assert given(allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=applied)) == {"A": "50.00"}


def test_a_reversal_of_nothing_known_is_refused() -> None:
    assert refused(settles("P", "A", "10", reverses="L")) == (
        (
            "application L/undone@2026-03-02: reverses L, which is not among those applied; "
            "pass the application that it reverses too"
        ),
        "L",
        "applied",
    )


def test_a_reversal_of_a_reversal_is_refused() -> None:
    made = settles("P", "A", "10", id="L")
    undone = settles("P", "A", "10", id="U", reverses="L")
    assert refused(made, undone, settles("P", "A", "10", id="V", reverses="U"))[0] == (
        "application V: reverses U, which is not among those applied; pass the application that it reverses too"
    )


@pytest.mark.parametrize(("source", "charge"), [("P", "B"), ("P-1", "A")])
def test_a_reversal_of_another_pair_is_refused(source: str, charge: str) -> None:
    assert refused(settles("P", "A", "10", id="L"), settles(source, charge, "10", id="U", reverses="L")) == (
        (
            f"application U: of {source} to {charge}, but it reverses one of P to A; "
            "a counter-application names the same source and charge"
        ),
        "L",
        "applied",
    )


def test_a_reversal_of_more_than_was_applied_is_refused() -> None:
    made = settles("P", "A", "10", id="L")
    assert refused(made, settles("P", "A", "10.01", id="U", reverses="L")) == (
        "application L: reversals of 10.01 exceed its 10.00 CAD; reverse at most its amount",
        "U",
        "applied",
    )


def test_reversals_in_parts_may_not_exceed_it_either() -> None:
    parts = [settles("P", "A", "6", id=f"U-{n}", reverses="L") for n in range(2)]
    assert refused(settles("P", "A", "10", id="L"), *parts) == (
        "application L: reversals of 12.00 exceed its 10.00 CAD; reverse at most its amount",
        "U-1",
        "applied",
    )


def test_another_currency_among_those_applied_is_refused() -> None:
    line = Application("P", "A", Money("1", "USD"), date(2026, 3, 2))
    with pytest.raises(CurrencyMismatch) as caught:
        allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=[line])
    assert str(caught.value) == (
        "application P>A@2026-03-02: in USD, where the facts are in CAD; allocate each currency by itself"
    )
    assert caught.value.value == Money("1", "USD")


def test_what_is_no_application_is_refused() -> None:
    with pytest.raises(InvalidType) as caught:
        allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=[("P", "A", cad("1"))])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    assert str(caught.value) == (
        "applied holds tuple, not Application; pass applications, such as the lines of an earlier allocation"
    )


def test_what_is_applied_stands_in_the_outcome_by_id() -> None:
    lines = [settles("P", "B", "1"), settles("P", "A", "1")]
    result = allocate(paid("P", "80"), CHARGES, by=OLDEST_FIRST, applied=lines)
    assert result.applied == (lines[1], lines[0])
