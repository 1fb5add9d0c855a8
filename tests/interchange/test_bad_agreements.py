"""A table of bad rows of agreements.csv, each with every problem that is told of it."""

from __future__ import annotations

import pytest

from agreement_rows import read
from arledger import RowErrors, read_agreements


def told(*rows: dict[str, str]) -> list[str]:
    """What is told of a file, without its name."""
    with pytest.raises(RowErrors) as caught:
        read(*rows)
    return [str(problem).removeprefix("agreements.csv, ") for problem in caught.value.problems]


AN_AMOUNT = "write the number without a currency sign or letters, such as 12.34"
CAD = {"currency": "CAD"}

CASES: list[tuple[dict[str, str], list[str]]] = [
    ({"account": ""}, ["row 2, column account: is empty; write the id of the account"]),
    ({"agreement": ""}, ["row 2, column agreement: is empty; write an id of its own within the account"]),
    ({"agreement": " AP"}, ["row 2, column agreement: ' AP' has blanks around it; write it without them"]),
    ({"rule": ""}, ["row 2, column rule: is empty; write how much, such as keep_percent or full_balance"]),
    ({"rule": "keep_percnt"}, ["row 2, column rule: unknown rule 'keep_percnt'; did you mean keep_percent?"]),
    ({"agreed": ""}, ["row 2, column agreed: is empty; write the day of the agreement, YYYY-MM-DD"]),
    (
        {"agreed": "01/02/2026", "until": "1999-01-01"},
        ["row 2, column agreed: '01/02/2026' is no ISO date; write 2026-01-02 or 2026-02-01"],
    ),
    (
        {"until": "2026-01-15"},
        ["row 2, column until: 2026-01-15 is not after agreed 2026-01-15; until is the first day after it"],
    ),
    (
        {"until": "2026-01-01", "move_in": "2026-05-01", "move_out": "2026-04-01"},
        [
            "row 2, column until: 2026-01-01 is not after agreed 2026-01-15; until is the first day after it",
            "row 2, column move_out: 2026-04-01 is before move_in 2026-05-01; write the day of moving out",
        ],
    ),
    ({"move_in": "soon"}, ["row 2, column move_in: 'soon' is no ISO date; write YYYY-MM-DD, such as 2026-03-31"]),
    ({"payer": "ana "}, ["row 2, column payer: 'ana ' has blanks around it; write it without them"]),
    (
        {"method": "a\x00"},
        ["row 2, column method: 'a\\x00' holds the control character '\\x00'; write plain text on one line"],
    ),
    ({"currency": "cad"}, ["row 2, column currency: unknown currency 'cad'; write CAD"]),
    # shares
    ({"share": "60"}, ["row 2, column share: '60' is no share; write 60%, or a fraction such as 1/3"]),
    ({"share": "0.6"}, ["row 2, column share: '0.6' is no share; write 60%, 1/3 or all"]),
    ({"share": "-5%"}, ["row 2, column share: '-5%' is no share; write 60%, 1/3 or all"]),
    ({"share": "1/0"}, ["row 2, column share: '1/0' is no share; write 60%, 1/3 or all"]),
    ({"share": "half"}, ["row 2, column share: 'half' is no share; write 60%, 1/3 or all"]),
    ({"share": "120%"}, ["row 2, column share: '120%' is over the whole; write 100% at most"]),
    ({"share": "4/3"}, ["row 2, column share: '4/3' is over the whole; write 100% at most"]),
    (
        {"share": "60%", "shares": "category:rent=60%"},
        ["row 2, column shares: stands beside share; keep one of them"],
    ),
    (
        {"share": "sixty", "shares": "category:rent=60%"},
        [
            "row 2, column share: 'sixty' is no share; write 60%, 1/3 or all",
            "row 2, column shares: stands beside share; keep one of them",
        ],
    ),
    (
        {"shares": "rent=60%; category:rnet=all; code:PARK; kat:rent=1/2; everything=60; =50%; code:=5%;"},
        [
            (
                "row 2, column shares: 'rent=60%': does not say what it is a part of; "
                "write category:rent, code:rent, charge:rent or everything"
            ),
            "row 2, column shares: 'category:rnet=all': unknown category 'rnet'; did you mean rent?",
            "row 2, column shares: 'code:PARK': says no part; write it as category:rent=60%",
            (
                "row 2, column shares: 'kat:rent=1/2': unknown kind of target 'kat'; "
                "write charge:kat:rent for a charge of that id; "
                "known are category, charge, code, invoice, tag"
            ),
            "row 2, column shares: 'everything=60': '60' is no share; write 60%, or a fraction such as 1/3",
            "row 2, column shares: '=50%': does not say what it is a part of; write it as category:rent=60%",
            (
                "row 2, column shares: 'code:=5%': names no target; "
                "write targets such as R-03=500.00; code:PARK; invoice:17"
            ),
            "row 2, column shares: '': says no part; write it as category:rent=60%",
        ],
    ),
    # amounts
    (
        {"rule": "keep_unchanged"},
        ["row 2, column stored: is empty; write the agreed amount, a plain number above 0, such as 500.00"],
    ),
    (
        {"rule": "fixed", **CAD},
        ["row 2, column stored: is empty; write the agreed amount, a plain number above 0, such as 500.00"],
    ),
    ({"stored": "500"}, ["row 2, column currency: is empty; write that of the amounts, such as CAD"]),
    ({"maximum": "500"}, ["row 2, column currency: is empty; write that of the amounts, such as CAD"]),
    ({"minimum": "500"}, ["row 2, column currency: is empty; write that of the amounts, such as CAD"]),
    ({"skip_over": "500"}, ["row 2, column currency: is empty; write that of the amounts, such as CAD"]),
    (
        {"rule": "fixed", "stored": "five", **CAD},
        [f"row 2, column stored: amount 'five' is no plain decimal number; {AN_AMOUNT}"],
    ),
    (
        {"stored": "1.005", **CAD},
        ["row 2, column stored: amount 1.005 has 3 decimals, CAD allows 2; round it first"],
    ),
    ({"stored": "0", **CAD}, ["row 2, column stored: 0.00 CAD is not positive; write a number above 0"]),
    (
        {"stored": "-5"},
        [
            "row 2, column stored: '-5' is not positive; write a number above 0",
            "row 2, column currency: is empty; write that of the amounts, such as CAD",
        ],
    ),
    (
        {"stored": "1.2345", "maximum": "0", "currency": "XYZ"},
        [
            "row 2, column currency: unknown currency 'XYZ'; write an ISO 4217 code such as CAD",
            "row 2, column maximum: '0' is not positive; write a number above 0",
        ],
    ),
    ({"maximum": "-1", **CAD}, ["row 2, column maximum: -1.00 CAD is not positive; write a number above 0"]),
    (
        {"minimum": "500", "maximum": "400.00", "skip_over": "300", **CAD},
        [
            "row 2, column minimum: is 500, over the maximum of 400.00; write a smaller one",
            "row 2, column minimum: is 500, over the skip_over of 300; write a smaller one",
        ],
    ),
    # percent
    (
        {"rule": "percent_of_balance"},
        ["row 2, column percent: is empty; write so many percent, such as 50%"],
    ),
    (
        {"rule": "percent_of_balance", "percent": "x"},
        [f"row 2, column percent: 'x' is no plain decimal number; {AN_AMOUNT}"],
    ),
    (
        {"rule": "percent_of_balance", "percent": "120"},
        ["row 2, column percent: 120% is not 0% to 100%; write 50% for a half"],
    ),
    (
        {"rule": "percent_of_balance", "percent": "-1%"},
        ["row 2, column percent: -1% is not 0% to 100%; write 50% for a half"],
    ),
    (
        {"rule": "keep_percent", "percent": "50%"},
        ["row 2, column percent: a row of rule keep_percent has none; leave it empty"],
    ),
    (
        {"rule": "nothing", "percent": "x"},
        [
            (
                "row 2, column rule: unknown rule 'nothing'; known are fixed, full_balance, keep_percent, "
                "keep_unchanged, percent_of_balance, recurring_only"
            ),
            f"row 2, column percent: 'x' is no plain decimal number; {AN_AMOUNT}",
        ],
    ),
]


@pytest.mark.parametrize(("cells", "messages"), CASES)
def test_a_bad_row_is_told_in_these_words(cells: dict[str, str], messages: list[str]) -> None:
    assert told(cells) == messages


def test_a_bad_row_tells_all_that_is_wrong_with_it_and_so_do_the_others() -> None:
    assert told(
        {"account": "", "agreement": "", "rule": "", "agreed": "", "share": "x", "stored": "x", "until": "x"},
        {},
        {"agreed": "2026-02-30"},
    ) == [
        "row 2, column account: is empty; write the id of the account",
        "row 2, column agreement: is empty; write an id of its own within the account",
        "row 2, column rule: is empty; write how much, such as keep_percent or full_balance",
        "row 2, column agreed: is empty; write the day of the agreement, YYYY-MM-DD",
        "row 2, column share: 'x' is no share; write 60%, 1/3 or all",
        f"row 2, column stored: amount 'x' is no plain decimal number; {AN_AMOUNT}",
        "row 2, column currency: is empty; write that of the amounts, such as CAD",
        "row 2, column until: 'x' is no ISO date; write YYYY-MM-DD, such as 2026-03-31",
        ("row 4, column agreement: 'AP-1' stands already in row 3; give each agreement of an account an id of its own"),
        "row 4, column agreed: '2026-02-30' is no day of the calendar; the days of 2026-02 go from 01 to 28",
    ]


def test_an_id_may_stand_in_two_accounts_but_only_once_in_each_whatever_the_currency() -> None:
    """A payment is named by it, and its id must be free in the account."""
    assert len(read({}, {"account": "B-2"}).rows) == 2
    assert told({"currency": "CAD"}, {"currency": "USD"}) == [
        "row 3, column agreement: 'AP-1' stands already in row 2; give each agreement of an account an id of its own"
    ]


def pair(first: dict[str, str], second: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Two rows of one account, by two payers."""
    return {"payer": "ana", **first}, {"payer": "ben", "agreement": "AP-2", **second}


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (
            {"share": "60%"},
            {"share": "50%"},
            "column share: agreements AP-1 and AP-2: 110% of everything; write shares of 100% at most",
        ),
        ({}, {}, "column share: agreements AP-1 and AP-2: 200% of everything; write shares of 100% at most"),
        (
            {"shares": "category:rent=60%"},
            {"shares": "category:Rent=1/2; everything=all"},
            "column shares: agreements AP-1 and AP-2: 110% of category:Rent; write shares of 100% at most",
        ),
        (
            {"share": "60%"},
            {"shares": "code:PARK=1/2"},
            "column shares: agreements AP-1 and AP-2: 110% of code:PARK; write shares of 100% at most",
        ),
        (
            {"share": "10%"},
            {"share": "10%", "payer": "ana"},
            (
                "column payer: agreements AP-1 and AP-2: both are of ana and for everything; "
                "end one of them, or give them shares of other charges"
            ),
        ),
    ],
)
def test_R14_what_contradicts_another_agreement_is_told_with_its_row(
    first: dict[str, str], second: dict[str, str], message: str
) -> None:
    rows = pair(first, second)
    assert told(*rows) == [f"row 3, {message}"]
    assert told({"account": "B-2"}, *rows) == [f"row 4, {message}"]
    assert told(*reversed(rows))[0].startswith("row 3, ")


def test_R14_shares_are_added_over_the_days_on_which_they_stand_together() -> None:
    rows = pair({"share": "all", "until": "2026-06-01"}, {"share": "all", "agreed": "2026-06-01"})
    assert len(read(*rows).rows) == 2


def test_R14_each_row_that_contradicts_is_told_and_those_after_it_are_held_against_the_good_ones() -> None:
    assert told(
        {"payer": "ana", "share": "60%"},
        {"payer": "ben", "share": "50%", "agreement": "AP-2"},
        {"payer": "cho", "share": "40%", "agreement": "AP-3"},
        {"payer": "dia", "share": "1%", "agreement": "AP-4"},
        {"payer": "ana", "share": "x", "agreement": "AP-5"},
    ) == [
        "row 3, column share: agreements AP-1 and AP-2: 110% of everything; write shares of 100% at most",
        "row 5, column share: agreements AP-1, AP-3 and AP-4: 101% of everything; write shares of 100% at most",
        "row 6, column share: 'x' is no share; write 60%, 1/3 or all",
    ]


def test_R14_a_row_without_a_currency_is_held_against_those_of_each_currency_and_told_once() -> None:
    rows = [
        {"agreement": f"AP-{currency}", "payer": "ana", "share": "60%", "currency": currency}
        for currency in ("CAD", "USD")
    ]
    assert len(read(*rows).rows) == 2
    assert told(*rows, {"payer": "ben", "share": "50%"}) == [
        "row 4, column share: agreements AP-CAD and AP-1: 110% of everything; write shares of 100% at most"
    ]
    assert told(*rows[1:], {"payer": "ben", "share": "50%"}) == [
        "row 3, column share: agreements AP-USD and AP-1: 110% of everything; write shares of 100% at most"
    ]


def test_columns_that_are_missing_and_rows_that_are_none() -> None:
    with pytest.raises(RowErrors) as caught:
        read_agreements(["account,agrement,rule\n", "A-1,AP-1\n"], file="agreements.csv")
    assert [str(problem) for problem in caught.value.problems] == [
        "agreements.csv, row 1, column agreement: there is no such column; name the column 'agrement' so",
        "agreements.csv, row 1, column agreed: there is no such column; add it to the header",
    ]
    with pytest.raises(RowErrors, match="row 2: has 2 cells, the header has 4"):
        read_agreements(["account,agreement,rule,agreed\n", "A-1,AP-1\n"])


def test_another_delimiter() -> None:
    found = read_agreements(["account;agreement;rule;agreed\n", "A-1;AP-1;fixed;2026-01-15\n"][:1], delimiter=";")
    assert found.rows == ()
