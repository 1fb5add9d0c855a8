"""Money that moves to another account: two entries, one for each ledger."""

from __future__ import annotations

import attrs
import pytest

from account_facts import cad, day, owed, paid
from arledger import CurrencyMismatch, Designation, Money, Payment, Transfer, transfer, where
from ledger_facts import moves, some, standing


def test_what_leaves_and_what_comes_say_the_same() -> None:
    source = paid("P", "900", 3)
    left, came = transfer(source, cad("40"), id="T", on=day(9), to="A-2")
    assert left == Transfer("T", "P", cad("40"), on=day(9), to="A-2")
    assert came == Payment("T", cad("40"), received=day(9))
    assert (left.day, left.posted, came.posted) == (day(9), day(9), day(9))


def test_both_are_posted_on_the_day_that_is_given() -> None:
    left, came = transfer(paid("P", "900", 3), cad("40"), id="T", on=day(9), to="A-2", posted=day(20))
    assert (left.posted, came.posted, came.received) == (day(20), day(20), day(9))


def test_the_payment_keeps_what_bars_it_and_loses_its_wishes() -> None:
    source = paid(
        "P",
        "900",
        3,
        payer="ann",
        method="ach",
        fund="trust",
        restriction=where.rent,
        sequence=7,
        designations=[Designation("R-03")],
    )
    _, came = transfer(source, cad("40"), id="T", on=day(9), to="A-2")
    assert came == attrs.evolve(source, id="T", amount=cad("40"), received=day(9), posted=day(9), designations=())


@pytest.mark.parametrize(("amount", "on"), [("900", 9), ("40", 3)], ids=["all of it", "on the day it was received"])
def test_the_widest_transfer(amount: str, on: int) -> None:
    left, _ = transfer(paid("P", "900", 3), cad(amount), id="T", on=day(on), to="A-2")
    assert (left.amount, left.on) == (cad(amount), day(on))


def test_what_leaves_one_account_pays_in_the_other() -> None:
    source = paid("P", "900", 3)
    left, came = transfer(source, cad("300"), id="T", on=day(9), to="A-2")
    here = standing([owed("rent", "500"), source, left])
    there = standing([owed("storage", "200"), came])
    assert (moves(here.history), some(here.unapplied)) == (["3 P>rent 500.00"], {"P": "100.00"})
    assert (moves(there.history), some(there.unapplied)) == (["9 T>storage 200.00"], {"T": "100.00"})


def test_another_currency_is_refused_as_money_refuses_it() -> None:
    with pytest.raises(CurrencyMismatch) as caught:
        transfer(paid("P", "900", 3), Money("40", "USD"), id="T", on=day(9), to="A-2")
    assert str(caught.value).startswith("transfer T: ")
