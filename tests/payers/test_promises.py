"""Money that is promised to a charge counts once: what waits until it is due, and what is not sent yet. R51 and R57."""

from __future__ import annotations

from typing import Any

import pytest

from account_facts import cad, day, paid
from arledger import (
    SETTLE_DUE,
    Credit,
    Designation,
    Invoice,
    PaymentState,
    Position,
    invoice_balances,
    where,
)
from ledger_facts import step
from portal_facts import care, invoice, standing

OF_INVOICE = where.invoice("INV-1")


def waits(name: str, amount: str, **given: Any) -> Any:
    """A charge that exists, and is paid when it is due, on the 31st."""
    return care(name, amount, due=31, posted=day(1), **given)


def amounts(position: Position, of: Invoice | None = None) -> tuple[str, str, str]:
    """What is outstanding, pending and payable of the invoice."""
    (found,) = invoice_balances(position, invoice() if of is None else of)
    return str(found.outstanding.amount), str(found.pending.amount), str(found.payable.amount)


def held(*entries: Any, **terms: Any) -> Position:
    """The account of the 9th, where charges are paid when they are due."""
    return standing(*entries, **{"settle": SETTLE_DUE, **terms})


@pytest.mark.parametrize(
    ("is_pending", "expected"), [(False, ("250.00", "0.00", "250.00")), (True, ("750.00", "500.00", "250.00"))]
)
def test_each_target_gets_what_was_named_for_it(is_pending: bool, expected: tuple[str, str, str]) -> None:
    """R51: and not the rest of the payment."""
    wishes = [Designation("C-1", cad("300")), Designation("C-2", cad("200"))]
    money = [paid("P-1", "700", 2, designations=wishes)]
    steps = [step("P-1", PaymentState.PENDING, 2)] if is_pending else []
    assert amounts(held(waits("C-1", "500"), waits("C-2", "250"), *money, *steps)) == expected


@pytest.mark.parametrize(
    ("is_pending", "expected"), [(False, ("400.00", "0.00", "400.00")), (True, ("1000.00", "600.00", "400.00"))]
)
def test_what_the_first_target_takes_is_not_there_for_the_second(
    is_pending: bool, expected: tuple[str, str, str]
) -> None:
    """R51: 600 for two charges of 500, neither with an amount of its own."""
    money = [paid("P-1", "600", 2, designations=[Designation("C-1"), Designation("C-2")])]
    steps = [step("P-1", PaymentState.PENDING, 2)] if is_pending else []
    assert amounts(held(waits("C-1", "500"), waits("C-2", "500"), *money, *steps)) == expected
    both = [paid("P-1", "600", 2, designations=[Designation(OF_INVOICE)])]
    assert amounts(held(waits("C-1", "500"), waits("C-2", "500"), *both, *steps)) == expected


def test_two_payments_share_the_room_of_a_charge() -> None:
    """R57: one after the other, and no more than is open."""
    settled = paid("P-1", "100", 2, designations=[Designation("C-1")])
    sent = paid("P-2", "300", 3, designations=[Designation("C-1")]), step("P-2", PaymentState.PENDING, 3)
    more = paid("P-3", "900", 4, designations=[Designation("C-1")])
    assert amounts(held(waits("C-1", "500"), settled, *sent)) == ("400.00", "300.00", "100.00")
    assert amounts(held(waits("C-1", "500"), settled, *sent, more)) == ("300.00", "300.00", "0.00")


def test_a_selector_fills_the_charges_that_are_due_first() -> None:
    later = care("C-0", "250", due=31, posted=day(1))
    sooner = care("C-2", "500", due=20, posted=day(1))
    money = paid("P-1", "600", 2, designations=[Designation(OF_INVOICE, cad("600"))])
    assert amounts(held(later, sooner, money)) == ("150.00", "0.00", "150.00")
    named = paid("P-2", "200", 3, designations=[Designation("C-0", cad("200"))])
    assert amounts(held(later, sooner, money, named)) == ("0.00", "0.00", "0.00")


def test_what_a_wish_has_settled_is_no_promise_any_more() -> None:
    """R57: of 700 named, 100 have settled what was due; the rest of the payment was named for nothing."""
    money = paid("P-1", "1000", 2, designations=[Designation(OF_INVOICE, cad("700"))])
    assert amounts(held(waits("C-1", "900"), care("C-2", "100", due=1), money)) == ("300.00", "0.00", "300.00")


@pytest.mark.parametrize("designations", ["only", "first"])
def test_money_whose_target_is_settled_promises_nothing(designations: str) -> None:
    money = paid("P-1", "150", 2, designations=[Designation("C-2")])
    position = held(waits("C-1", "900"), care("C-2", "100", due=1), money, designations=designations)
    assert amounts(position) == ("900.00", "0.00", "900.00")


def test_a_credit_that_is_nobodys_is_promised_to_any_payers_charge() -> None:
    credit = Credit("K-1", cad("200"), granted=day(2), designations=[Designation("C-1")])
    assert amounts(held(waits("C-1", "900", payer="ana"), credit)) == ("700.00", "0.00", "700.00")


def test_where_wishes_are_not_looked_at_nothing_is_promised() -> None:
    """R51: neither by what has come, nor by what is not sent yet."""
    money = paid("P-1", "150", 2, designations=[Designation("C-1")])
    planned = paid("P-2", "300", 12, posted=day(2), designations=[Designation("C-1")])
    position = held(waits("C-1", "900"), money, planned, designations="ignore")
    assert amounts(position) == ("900.00", "0.00", "900.00")


def test_what_is_not_sent_reaches_what_is_due_too_and_only_what_its_payer_owes() -> None:
    planned = paid("P-1", "500", 12, posted=day(2), payer="ana", designations=[Designation(OF_INVOICE)])
    owed = [care("C-1", "200", due=1), care("C-2", "100", due=1, payer="ben"), waits("C-3", "400")]
    assert amounts(held(*owed, planned)) == ("600.00", "500.00", "100.00")
    assert amounts(held(*owed, planned), invoice(payer="ben")) == ("700.00", "500.00", "200.00")
    unnamed = paid("P-2", "500", 12, posted=day(2), payer="ana")
    assert amounts(held(*owed, unnamed)) == ("600.00", "0.00", "600.00")
