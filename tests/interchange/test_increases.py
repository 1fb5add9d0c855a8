"""increases.csv: every column and what it becomes, and every mistake with the words that tell it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from arledger import IncreaseState, Money, PendingIncrease, RowErrors, read_increases
from arledger.interchange.increases import INCREASE_COLUMNS, OPTIONAL_INCREASE_COLUMNS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "autopay-files.md"
HEADER = ",".join([*INCREASE_COLUMNS, *OPTIONAL_INCREASE_COLUMNS]) + "\n"
JUNE = date(2026, 6, 1)


def told(*rows: str) -> list[str]:
    """What is told of a file, without its name."""
    with pytest.raises(RowErrors) as caught:
        read_increases([HEADER, *(f"{row}\n" for row in rows)], file="increases.csv")
    return [str(problem).removeprefix("increases.csv, ") for problem in caught.value.problems]


def test_R13_every_column_of_an_increase() -> None:
    found = read_increases([HEADER, "A-1,AGI-7,30,CAD,2026-06-01,Refused,AGI\n"])
    (row,) = found.rows
    assert (row.account, row.currency, row.row) == ("A-1", "CAD", 2)
    assert row.increase == PendingIncrease(
        "AGI-7", Money("30", "CAD"), effective=JUNE, state=IncreaseState.REFUSED, code="AGI"
    )
    assert (found.file, found.ignored_columns) == ("increases", ())
    assert found.columns == (*INCREASE_COLUMNS, *OPTIONAL_INCREASE_COLUMNS)


def test_R13_an_increase_is_pending_unless_it_is_said() -> None:
    lines = ["account;increase;amount;currency;effective;note\n", "A-1;AGI-7;30;CAD;2026-06-01;x\n"]
    found = read_increases(lines, delimiter=";")
    assert found.rows[0].increase == PendingIncrease("AGI-7", Money("30", "CAD"), effective=JUNE)
    assert found.ignored_columns == ("note",)


@pytest.mark.parametrize("state", IncreaseState)
def test_R13_every_state_has_its_word(state: IncreaseState) -> None:
    found = read_increases([HEADER, f"A-1,AGI-7,30,CAD,2026-06-01,{state.value},\n"])
    assert found.rows[0].increase.state is state


def test_increases_are_found_by_account_and_currency_in_the_order_of_the_file() -> None:
    rows = ["A-1,AGI-9,30,CAD,2026-06-01,,", "A-1,AGI-7,30,CAD,2026-06-01,,", "A-1,AGI-8,30,USD,2026-06-01,,"]
    rows += ["B-2,AGI-7,5,CAD,2026-06-01,,"]
    found = read_increases([HEADER, *(f"{row}\n" for row in rows)])
    names = {
        (account, currency): [increase.id for increase in found.of(account, currency)]
        for account in ("A-1", "B-2")
        for currency in ("CAD", "USD")
    }
    assert names == {
        ("A-1", "CAD"): ["AGI-9", "AGI-7"],
        ("A-1", "USD"): ["AGI-8"],
        ("B-2", "CAD"): ["AGI-7"],
        ("B-2", "USD"): [],
    }


@pytest.mark.parametrize(
    ("row", "messages"),
    [
        (
            ",,,,,pending,",
            [
                "row 3, column account: is empty; write the id of the account",
                "row 3, column increase: is empty; write an id of its own within the account",
                (
                    "row 3, column amount: is empty; "
                    "write what it adds to a period, a plain number above 0, such as 30.00"
                ),
                "row 3, column currency: is empty; write an ISO 4217 code, such as CAD",
                "row 3, column effective: is empty; write the day from which it counts, YYYY-MM-DD",
            ],
        ),
        (
            "A-1, AGI,-5,CAD,06/01/2026,pendng, c",
            [
                "row 3, column increase: ' AGI' has blanks around it; write it without them",
                "row 3, column amount: -5.00 CAD is not positive; write a number above 0",
                "row 3, column effective: '06/01/2026' is no ISO date; write 2026-06-01 or 2026-01-06",
                "row 3, column state: unknown state 'pendng'; did you mean pending?",
                "row 3, column code: ' c' has blanks around it; write it without them",
            ],
        ),
        (
            "A-1,AGI-8,30.005,CAD,2026-06-01,granted,",
            [
                "row 3, column amount: 30.005 has 3 decimals, CAD allows 2; round it first",
                "row 3, column state: unknown state 'granted'; did you mean agreed?",
            ],
        ),
        (
            "A-1,AGI-8,30.005,XYZ,2026-06-01,,",
            ["row 3, column currency: unknown currency 'XYZ'; write an ISO 4217 code such as CAD"],
        ),
        (
            "A-1,AGI-7,30,USD,2026-06-01,,",
            [
                (
                    "row 3, column increase: 'AGI-7' stands already in row 2; "
                    "give each increase of an account an id of its own"
                )
            ],
        ),
    ],
)
def test_a_bad_row_is_told_in_these_words(row: str, messages: list[str]) -> None:
    assert told("A-1,AGI-7,30,CAD,2026-06-01,,", row) == messages


def test_a_column_that_is_missing() -> None:
    with pytest.raises(RowErrors, match="row 1, column effective: there is no such column; name the column 'efective'"):
        read_increases(["account,increase,amount,currency,efective\n"])


def test_the_page_has_every_column() -> None:
    text = PAGE.read_text(encoding="utf-8")
    cells = " ".join(line.split("|")[2] for line in text.splitlines() if line.startswith("|"))
    for name in (*INCREASE_COLUMNS, *OPTIONAL_INCREASE_COLUMNS):
        assert f"`{name}`" in cells
