"""A table of bad entries, each with everything that is told of it; test_bad_rows has what is told of any file."""

from __future__ import annotations

import csv
import io

import pytest

from arledger.interchange.entry_rows import ENTRY_COLUMNS, ENTRY_KINDS, OPTIONAL_ENTRY_COLUMNS, read_entries
from arledger.interchange.problems import Problem

COLUMNS = [*ENTRY_COLUMNS, *OPTIONAL_ENTRY_COLUMNS]
CELLS = {
    "account": "A-1",
    "id": "X-1",
    "on": "2026-03-01",
    "amount": "900.00",
    "currency": "CAD",
    "posted": "2026-03-02",
    "category": "rent",
    "code": "C-1",
    "invoice": "17",
    "payer": "ann",
    "about": "R-03",
    "disputed": "no",
    "method": "ach",
    "for": "R-03",
    "fund": "trust",
    "of": "P-17",
    "reason": "stopped",
    "to": "A-2",
    "sequence": "3",
}
"""A cell of each column that is right wherever it may stand."""

EVERY = ("account", "on", "currency")
CHARGE = ("id", "amount"), ("posted", "category", "code", "invoice", "payer", "about", "disputed", "sequence")
CREDIT = ("id", "amount"), ("posted", "category", "code", "payer", "for", "sequence")
FORGIVING = ("id", "amount", "for"), ("posted", "category", "code", "payer", "sequence")
STEP = ("of",), ("id", "posted", "sequence")
COLUMNS_OF = {
    "charge": CHARGE,
    "opening_balance": (("id", "amount", "posted"), CHARGE[1][1:]),
    "payment": (("id", "amount"), ("posted", "method", "payer", "for", "fund", "sequence")),
    **dict.fromkeys(("credit", "adjustment", "concession", "deposit_interest"), CREDIT),
    **dict.fromkeys(("waiver", "write_off"), FORGIVING),
    **dict.fromkeys(("scheduled", "pending", "settled", "rejected", "cancelled"), STEP),
    "return": (("id", "of"), ("amount", "posted", "reason", "code", "sequence")),
    "void": (("id", "of"), ("posted", "sequence")),
    "chargeback": (("id", "of"), ("amount", "posted", "code", "sequence")),
    "won_back": (("id", "of"), ("amount", "posted", "sequence")),
    "reversal": (("id", "of"), ("amount", "posted", "sequence")),
    "refund": (("id", "of", "amount"), ("posted", "sequence")),
    "transfer": (("id", "of", "amount", "to"), ("posted", "sequence")),
}
"""Of each kind, what it cannot do without, and what it may have."""

HOLDS = {
    "account": "the id of the account",
    "id": "an id of its own within the account",
    "on": "the day on which it counts, YYYY-MM-DD; of a charge, the day on which it is due",
    "currency": "an ISO 4217 code, such as CAD",
    "amount": "a plain number above 0, such as 1234.56",
    "posted": "the day on which it was brought in, YYYY-MM-DD",
    "for": "targets such as R-03=500.00; code:PARK; invoice:17",
    "to": "the id of the account that money moves to",
}
OF = {"won_back": "the id of the chargeback", "reversal": "the id of the charge or credit"}
KINDS = (
    "known are adjustment, cancelled, charge, chargeback, concession, credit, deposit_interest, opening_balance, "
    "payment, pending, refund, rejected, return, reversal, scheduled, settled, transfer, void, waiver, won_back, "
    "write_off"
)
REASONS = "known are account_closed, insufficient_funds, no_account, not_authorised, other, stopped, uncollected_funds"


def full(kind: str) -> dict[str, str]:
    """A row with every cell that a kind may have."""
    needs, takes = COLUMNS_OF[kind]
    return {"kind": kind, **{column: CELLS[column] for column in (*EVERY, *needs, *takes)}}


def told(*rows: dict[str, str]) -> tuple[tuple[int, str, str, str], ...]:
    """The problems of rows, the file aside; a row with a problem is no entry."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    text.seek(0)
    read = read_entries(text, file="f.csv")
    assert not {problem.row for problem in read.problems} & {fact.row for fact in read.facts}
    assert {problem.file for problem in read.problems} <= {"f.csv"}
    return tuple((problem.row, problem.column, problem.what, problem.hint) for problem in read.problems)


def test_the_table_has_every_kind() -> None:
    assert sorted(COLUMNS_OF) == sorted(ENTRY_KINDS)


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_the_rows_around_are_right(kind: str) -> None:
    """Else every case below would be told something anyway; and what a kind may have need not be there."""
    least = {column: cell for column, cell in full(kind).items() if column not in COLUMNS_OF[kind][1]}
    assert told(full(kind), least) == ()


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_what_a_kind_needs(kind: str) -> None:
    needed = [column for column in COLUMNS if column in (*EVERY, *COLUMNS_OF[kind][0])]
    assert [column for column in needed if told({**full(kind), column: ""}) == ()] == []
    for column in needed:
        holds = OF.get(kind, "the id of the payment") if column == "of" else HOLDS[column]
        assert told({**full(kind), column: " "}) == ((2, column, "is empty", f"write {holds}"),)


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_what_a_kind_has_no_use_for(kind: str) -> None:
    useless = [column for column in COLUMNS if column not in (*full(kind), "kind")]
    what = f"a row of kind {kind} has none"
    for column in useless:
        assert told({**full(kind), column: CELLS[column]}) == ((2, column, what, "leave it empty"),)
    assert told({**CELLS, "kind": kind}) == tuple((2, column, what, "leave it empty") for column in useless)


@pytest.mark.parametrize(
    ("kind", "column", "cell", "what", "hint"),
    [
        ("charge", "amount", "-5.00", "-5.00 CAD is not positive", "a reduction is a row of kind credit"),
        ("charge", "amount", "900.005", "900.005 has 3 decimals, CAD allows 2", "round it first"),
        ("charge", "about", "X-1", "is its own id", "name the charge it belongs to"),
        ("charge", "category", "rnet", "unknown category 'rnet'", "did you mean rent?"),
        ("charge", "disputed", "maybe", "'maybe' is neither yes nor no", "write yes or no"),
        ("charge", "on", "03/04/2026", "'03/04/2026' is no ISO date", "write 2026-03-04 or 2026-04-03"),
        (
            "opening_balance",
            "posted",
            "yesterday",
            "'yesterday' is no ISO date",
            "write YYYY-MM-DD, such as 2026-03-31",
        ),
        (
            "payment",
            "amount",
            "0",
            "0.00 CAD is not positive",
            "money that goes back is a row of kind return or refund",
        ),
        ("payment", "fund", "escrow", "unknown fund 'escrow'", "write operating or trust"),
        ("payment", "for", "R-03=901", "designations of 901.00 CAD from 900.00 CAD", "name at most its amount"),
        ("payment", "method", " ach", "' ach' has blanks around it", "write it without them"),
        ("concession", "amount", "-1", "-1.00 CAD is not positive", "write an amount above 0"),
        (
            "waiver",
            "for",
            "rent:",
            "'rent:': unknown kind of target 'rent'",
            "write charge:rent: for a charge of that id; known are category, charge, code, invoice, tag",
        ),
        ("waiver", "amount", "-1", "-1.00 CAD is not positive", "write an amount above 0"),
        ("settled", "of", "P-17 ", "'P-17 ' has blanks around it", "write it without them"),
        ("settled", "id", " X", "' X' has blanks around it", "write it without them"),
        ("settled", "on", "soon", "'soon' is no ISO date", "write YYYY-MM-DD, such as 2026-03-31"),
        ("return", "amount", "-5.00", "-5.00 CAD is not positive", "leave it empty for all of it"),
        (
            "return",
            "reason",
            "insuficient funds",
            "unknown reason 'insuficient funds'",
            "did you mean insufficient_funds?",
        ),
        ("return", "reason", "R01", "unknown reason 'R01'", REASONS),
        ("chargeback", "amount", "0", "0.00 CAD is not positive", "leave it empty for all of it"),
        ("won_back", "amount", "0", "0.00 CAD is not positive", "leave it empty for all of it"),
        ("reversal", "amount", "0", "0.00 CAD is not positive", "leave it empty for all of it"),
        ("refund", "amount", "0", "0.00 CAD is not positive", "write an amount above 0"),
        ("transfer", "amount", "0", "0.00 CAD is not positive", "write an amount above 0"),
        ("transfer", "to", "A\x07", "'A\\x07' holds the control character '\\x07'", "write plain text on one line"),
        ("void", "sequence", "first", "'first' is no whole number", "write up to 18 digits, such as 3"),
        ("void", "kind", "viod", "unknown kind 'viod'", "did you mean void?"),
        ("void", "kind", "", "is empty", "write what it is, such as charge, payment or return"),
        ("void", "kind", "NSF", "unknown kind 'NSF'", KINDS),
        ("void", "currency", "cad", "unknown currency 'cad'", "write CAD"),
    ],
)
def test_a_bad_cell(kind: str, column: str, cell: str, what: str, hint: str) -> None:
    assert told({**full(kind), column: cell}) == ((2, column, what, hint),)


def test_all_that_is_wrong_with_a_row_is_told_in_the_order_of_the_columns() -> None:
    bad = {"kind": "waiver", "on": "1 March", "amount": "1,0", "for": "cod:PARK", "currency": "CDN", "of": "R-03"}
    assert told(bad) == (
        (2, "account", "is empty", "write the id of the account"),
        (2, "id", "is empty", "write an id of its own within the account"),
        (2, "on", "'1 March' is no ISO date", "write YYYY-MM-DD, such as 2026-03-31"),
        (2, "amount", "'1,0' is no plain decimal number", "write a point for the decimals, such as 12.34"),
        (2, "currency", "unknown currency 'CDN'", "write an ISO 4217 code such as CAD"),
        (
            2,
            "for",
            "'cod:PARK': unknown kind of target 'cod'",
            "write charge:cod:PARK for a charge of that id; did you mean code?",
        ),
        (2, "of", "a row of kind waiver has none", "leave it empty"),
    )


def test_of_an_unknown_kind_the_cells_are_read_and_nothing_more_is_asked() -> None:
    """What it needs and what it has no use for is not to be known."""
    assert told({**CELLS, "kind": "viod", "posted": "soon", "amount": "x", "for": "a:b"}) == (
        (2, "kind", "unknown kind 'viod'", "did you mean void?"),
        (
            2,
            "amount",
            "'x' is no plain decimal number",
            "write the number without a currency sign or letters, such as 12.34",
        ),
        (2, "posted", "'soon' is no ISO date", "write YYYY-MM-DD, such as 2026-03-31"),
        (
            2,
            "for",
            "'a:b': unknown kind of target 'a'",
            "write charge:a:b for a charge of that id; known are category, charge, code, invoice, tag",
        ),
    )
    assert told({"account": "A-1", "kind": "viod", "currency": "CAD"}) == (
        (2, "kind", "unknown kind 'viod'", "did you mean void?"),
        (2, "on", "is empty", f"write {HOLDS['on']}"),
    )


def test_a_file_without_a_needed_column() -> None:
    read = read_entries(["account,type,id,due,amount,currency\n"], file="f.csv")
    assert read.problems == (
        Problem("f.csv", 1, "kind", "there is no such column", "add it to the header"),
        Problem("f.csv", 1, "on", "there is no such column", "add it to the header"),
    )
