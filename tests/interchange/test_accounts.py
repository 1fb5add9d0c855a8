"""Accounts and currencies parted, and all that is wrong raised together."""

from __future__ import annotations

import io

import pytest

from arledger import Charge, Credit, Payment
from arledger.interchange.accounts import AccountFacts, accounts_of
from arledger.interchange.facts import Read, read_charges, read_money
from arledger.interchange.problems import RowErrors


def charges_of(*rows: str) -> Read[Charge]:
    return read_charges(io.StringIO("account,id,due,amount,currency,category\n" + "\n".join(rows)), file="c.csv")


def money_of(*rows: str) -> Read[Payment | Credit]:
    return read_money(io.StringIO("account,id,received,amount,currency\n" + "\n".join(rows)), file="m.csv")


def names(accounts: tuple[AccountFacts, ...]) -> list[tuple[str, str, list[str], list[str]]]:
    return [
        (of.account, of.currency, [charge.id for charge in of.charges], [source.id for source in of.money])
        for of in accounts
    ]


def test_accounts_in_the_order_of_their_appearance_and_currencies_sorted() -> None:
    charges = charges_of(
        "B,1,2026-03-01,5,USD,rent",
        "A,1,2026-03-01,5,CAD,rent",
        "B,2,2026-03-01,5,CAD,rent",
        "B,3,2026-03-01,5,USD,fee",
    )
    money = money_of("C,9,2026-03-01,5,CAD", "A,9,2026-03-01,5,JPY", "B,9,2026-03-01,5,USD")
    assert names(accounts_of(charges, money)) == [
        ("B", "CAD", ["2"], []),
        ("B", "USD", ["1", "3"], ["9"]),
        ("A", "CAD", ["1"], []),
        ("A", "JPY", [], ["9"]),
        ("C", "CAD", [], ["9"]),
    ]


def test_files_without_rows_are_no_accounts() -> None:
    assert accounts_of(charges_of(), money_of()) == ()


def test_ids_that_stand_twice_are_told_with_the_first_row_over_both_files() -> None:
    """Also of rows that have another problem, in whatever currency; another account's ids are its own."""
    charges = charges_of("A,1,2026-03-01,5,CAD,rent", "B,1,2026-03-01,5,CAD,rent", "A,1,2026-03-01,5,USD,rnet")
    money = money_of("A,2,2026-03-01,5,CAD", "A,1,03/04/2026,5,CAD", "A,2,2026-03-01,5,CAD", "A,2,2026-03-01,5,CAD")
    with pytest.raises(RowErrors) as caught:
        accounts_of(charges, money)
    hint = "give each charge, payment and credit of an account an id of its own"
    assert list(map(str, caught.value.problems)) == [
        f"c.csv, row 4, column id: '1' stands already in c.csv, row 2; {hint}",
        "c.csv, row 4, column category: unknown category 'rnet'; did you mean rent?",
        f"m.csv, row 3, column id: '1' stands already in c.csv, row 2; {hint}",
        "m.csv, row 3, column received: '03/04/2026' is no ISO date; write 2026-03-04 or 2026-04-03",
        f"m.csv, row 4, column id: '2' stands already in m.csv, row 2; {hint}",
        f"m.csv, row 5, column id: '2' stands already in m.csv, row 2; {hint}",
    ]
