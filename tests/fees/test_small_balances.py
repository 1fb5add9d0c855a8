"""R39: what is too small to pursue is written off by a credit that is proposed; nothing is dropped in silence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from account_facts import cad, day, granted, owed, paid
from arledger import (
    ArledgerError,
    Category,
    Credit,
    CreditKind,
    Designation,
    Dispute,
    Money,
    PaymentState,
    record,
    small_balance_credits,
)
from ledger_facts import as_day, standing, step

RENT = owed("rent", "900.03", category=Category.RENT, code="R")
FEE = owed("fee", "0.02", 3, category=Category.LATE_FEE, payer="ann")


def credits_of(*entries: Any, on: int | date = 20, tolerance: str = "0.05", **given: Any) -> dict[str, str]:
    """What is proposed at the end of a day, by what it writes off."""
    position = standing(entries, on, **given)
    found = small_balance_credits(position, tolerance=cad(tolerance), on=as_day(on))
    return {str(credit.designations[0].to): str(credit.amount.amount) for credit in found}


def test_R39_what_is_left_is_written_off_by_a_credit_for_each_charge() -> None:
    position = standing([RENT, FEE, paid("P", "900", 1)], 20)
    proposed = small_balance_credits(position, tolerance=cad("0.05"), on=day(20))
    assert proposed == (
        Credit(
            "rent/small_balance@2026-03-20",
            cad("0.03"),
            granted=day(20),
            kind=CreditKind.WRITE_OFF,
            category=Category.RENT,
            code="R",
            designations=[Designation("rent")],
        ),
        Credit(
            "fee/small_balance@2026-03-20",
            cad("0.02"),
            granted=day(20),
            kind=CreditKind.WRITE_OFF,
            category=Category.LATE_FEE,
            payer="ann",
            designations=[Designation("fee")],
        ),
    )


def test_R39_recorded_it_settles_the_account_and_nothing_more_is_proposed() -> None:
    position = standing([RENT, FEE, paid("P", "900", 1)], 20)
    books = record(position.ledger, small_balance_credits(position, tolerance=cad("0.05"), on=day(20)))
    assert standing(books.entries, 20).total_open == cad("0")
    assert credits_of(*books.entries) == {}
    assert credits_of(*books.entries, on=21) == {}


@pytest.mark.parametrize(("tolerance", "is_small"), [("0.04", False), ("0.05", True), ("0.06", True)])
def test_R39_the_account_is_small_as_a_whole_up_to_the_tolerance(tolerance: str, is_small: bool) -> None:
    expected = {"rent": "0.03", "fee": "0.02"} if is_small else {}
    assert credits_of(RENT, FEE, paid("P", "900", 1), tolerance=tolerance) == expected


def test_R39_many_small_charges_are_not_dropped_one_by_one() -> None:
    assert credits_of(*(owed(f"C-{number}", "0.02") for number in range(3))) == {}


@pytest.mark.parametrize(("on", "expected"), [(1, {}), (2, {"rent": "0.03"})])
def test_R39_only_what_is_past_due_counts(on: int, expected: dict[str, str]) -> None:
    """What is due on the day or later is neither written off nor a part of the sum."""
    later = owed("later", "500", 2, posted=day(1))
    assert credits_of(RENT, paid("P", "900", 1), later, on=on) == expected


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(
            paid("P-2", "5", 4, designations=[Designation("a charge of April")]), id="reserved for what is to come"
        ),
        pytest.param(granted("K", "1", 4, payer="bob"), id="unapplied"),
    ],
)
def test_R39_nothing_is_written_off_while_money_is_there(entry: Any) -> None:
    assert credits_of(RENT, paid("P", "900", 1), entry) == {}


def test_R39_nothing_is_written_off_while_money_is_under_way() -> None:
    entries = [RENT, paid("P", "900", 1), paid("P-2", "0.01", 4), step("P-2", PaymentState.PENDING, 4)]
    assert credits_of(*entries) == {}
    assert credits_of(*entries, step("P-2", PaymentState.SETTLED, 5)) == {"rent": "0.02"}


def test_R39_what_is_disputed_is_not_written_off() -> None:
    disputed = owed("rent", "900.03", disputed=Dispute(cad("0.01"), until=day(20)))
    assert credits_of(disputed, paid("P", "900", 1), on=19) == {}
    assert credits_of(disputed, paid("P", "900", 1), on=20) == {"rent": "0.03"}


def test_R39_nothing_open_gives_nothing() -> None:
    assert credits_of(RENT, paid("P", "900.03", 1)) == {}
    assert credits_of() == {}


def test_R39_the_position_is_taken_to_the_day() -> None:
    """On the 20th so little is left; on the 9th it was 100 more."""
    entries = [RENT, paid("P", "800", 1), paid("P-2", "100", 10)]
    late, early = standing(entries, 20), standing(entries, 9)
    for position in (late, early):
        assert small_balance_credits(position, tolerance=cad("1"), on=day(9)) == ()
        (credit,) = small_balance_credits(position, tolerance=cad("1"), on=day(20))
        assert (credit.amount, credit.granted) == (cad("0.03"), day(20))


@pytest.mark.parametrize(("closed", "posted"), [(10, 20), (20, 21), (25, 26)])
def test_R39_in_closed_books_it_is_posted_on_the_first_open_day(closed: int, posted: int) -> None:
    position = standing([RENT, paid("P", "900", 1)], 20, closed_through=day(closed))
    (credit,) = small_balance_credits(position, tolerance=cad("0.05"), on=day(20))
    assert (credit.granted, credit.posted) == (day(20), day(posted))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"tolerance": cad("0")}, "tolerance"),
        ({"tolerance": cad("-1")}, "tolerance"),
        ({"tolerance": 5}, "tolerance is int"),
        ({"tolerance": Money("1", "USD")}, "tolerance 1.00 USD for an account in CAD"),
        ({"on": "2026-03-20"}, "on is str"),
        ({"position": None}, "position is None.*; pass what replay gave"),
    ],
)
def test_R39_what_makes_no_sense_is_refused(given: dict[str, Any], message: str) -> None:
    arguments = {"position": standing([RENT], 20), "tolerance": cad("1"), "on": day(20), **given}
    with pytest.raises(ArledgerError, match=message):
        small_balance_credits(arguments.pop("position"), **arguments)
