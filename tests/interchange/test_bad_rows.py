"""A table of bad cells and bad files, each with everything that is told of it.

Each case is a whole file whose other cells are right, so that nothing but what is named may be told.
"""

from __future__ import annotations

import csv
import io

import pytest

from arledger.interchange.facts import read_charges, read_money
from arledger.interchange.problems import Problem

CHARGE = {
    "account": "A-1",
    "id": "R-03",
    "due": "2026-03-01",
    "amount": "900.00",
    "currency": "CAD",
    "category": "rent",
    "posted": "",
    "code": "",
    "invoice": "",
    "payer": "",
    "about": "",
    "disputed": "",
    "sequence": "",
}
MONEY = {
    "account": "A-1",
    "id": "P-17",
    "received": "2026-03-03",
    "amount": "900.00",
    "currency": "CAD",
    "kind": "",
    "method": "",
    "payer": "",
    "for": "",
    "fund": "",
    "sequence": "",
}

KNOWN = (
    "known are adjustment, cost, deposit, feature, fee, fine, interest, late_fee, nsf_fee, other, rent, tax, utility"
)

# column, cell, what, hint
CHARGE_CELLS = [
    ("account", "", "is empty", "write the id of the account"),
    ("account", "   ", "is empty", "write the id of the account"),
    ("account", " A-1", "' A-1' has blanks around it", "write it without them"),
    ("account", "A\x00", "'A\\x00' holds the control character '\\x00'", "write plain text on one line"),
    ("account", "A\nB", "'A\\nB' holds the control character '\\n'", "write plain text on one line"),
    ("account", "A\udcff", "'A\\udcff' holds bytes that are no UTF-8", "save the file as CSV in UTF-8"),
    ("id", "", "is empty", "write an id of its own within the account"),
    ("id", "R-03 ", "'R-03 ' has blanks around it", "write it without them"),
    ("id", "\x1b[31mR", "'\\x1b[31mR' holds the control character '\\x1b'", "write plain text on one line"),
    ("due", "", "is empty", "write a day, YYYY-MM-DD"),
    ("due", "03/04/2026", "'03/04/2026' is no ISO date", "write 2026-03-04 or 2026-04-03"),
    ("due", "04/04/2026", "'04/04/2026' is no ISO date", "write 2026-04-04"),
    ("due", "13/04/2026", "'13/04/2026' is no ISO date", "write 2026-04-13"),
    ("due", "04-13-2026", "'04-13-2026' is no ISO date", "write 2026-04-13"),
    ("due", "3.4.2026", "'3.4.2026' is no ISO date", "write 2026-03-04 or 2026-04-03"),
    ("due", "2026/03/04", "'2026/03/04' is no ISO date", "write 2026-03-04"),
    ("due", "2026-3-4", "'2026-3-4' is no ISO date", "write 2026-03-04"),
    ("due", "20260304", "'20260304' is no ISO date", "write 2026-03-04"),
    ("due", "2026304", "'2026304' is no ISO date", "write YYYY-MM-DD, such as 2026-03-31"),
    ("due", "2026111", "'2026111' is no ISO date", "write YYYY-MM-DD, such as 2026-03-31"),
    ("due", "2026-W10-3", "'2026-W10-3' is no ISO date", "write YYYY-MM-DD, such as 2026-03-31"),
    ("due", "2026-063", "'2026-063' is no ISO date", "write YYYY-MM-DD, such as 2026-03-31"),
    ("due", "2026-03-04T00:00:00", "'2026-03-04T00:00:00' is no ISO date", "write 2026-03-04"),
    ("due", "3/4/2026 12:00 AM", "'3/4/2026 12:00 AM' is no ISO date", "write 2026-03-04 or 2026-04-03"),
    ("due", " 2026-03-04", "' 2026-03-04' is no ISO date", "write 2026-03-04"),
    ("due", "31/02/2026", "'31/02/2026' is no ISO date", "write YYYY-MM-DD, such as 2026-03-31"),
    ("due", "03/04/26", "'03/04/26' is no ISO date", "write YYYY-MM-DD, such as 2026-03-31"),
    ("due", "4 March 2026", "'4 March 2026' is no ISO date", "write YYYY-MM-DD, such as 2026-03-31"),
    ("due", "46085", "'46085' is no ISO date", "write YYYY-MM-DD, such as 2026-03-31"),
    ("due", "٢٠٢٦-03-04", "'٢٠٢٦-03-04' is no ISO date", "write YYYY-MM-DD, such as 2026-03-31"),
    ("due", "2026-02-29", "'2026-02-29' is no day of the calendar", "the days of 2026-02 go from 01 to 28"),
    ("due", "2026-01-00", "'2026-01-00' is no day of the calendar", "the days of 2026-01 go from 01 to 31"),
    ("due", "2026-12-32", "'2026-12-32' is no day of the calendar", "the days of 2026-12 go from 01 to 31"),
    ("due", "2026-13-01", "'2026-13-01' is no day of the calendar", "months go from 01 to 12"),
    ("due", "2026-00-10", "'2026-00-10' is no day of the calendar", "months go from 01 to 12"),
    ("due", "0000-01-01", "'0000-01-01' is no day of the calendar", "years begin at 0001"),
    ("due", "2026-04-00", "'2026-04-00' is no day of the calendar", "the days of 2026-04 go from 01 to 30"),
    ("amount", "", "is empty", "write a plain number above 0, such as 1234.56"),
    (
        "amount",
        "1,200.00",
        "'1,200.00' is no plain decimal number",
        "write the number without thousands separators, such as 1234.56",
    ),
    (
        "amount",
        "1.200,00",
        "'1.200,00' is no plain decimal number",
        "write the number without thousands separators, such as 1234.56",
    ),
    (
        "amount",
        "1 200.00",
        "'1 200.00' is no plain decimal number",
        "write the number without thousands separators, such as 1234.56",
    ),
    (
        "amount",
        "1'200.00",
        '"1\'200.00" is no plain decimal number',
        "write the number without thousands separators, such as 1234.56",
    ),
    (
        "amount",
        "1_200",
        "'1_200' is no plain decimal number",
        "write the number without thousands separators, such as 1234.56",
    ),
    ("amount", "12,50", "'12,50' is no plain decimal number", "write a point for the decimals, such as 12.34"),
    (
        "amount",
        "$900.00",
        "'$900.00' is no plain decimal number",
        "write the number without a currency sign or letters, such as 12.34",
    ),
    (
        "amount",
        "900.00 CAD",
        "'900.00 CAD' is no plain decimal number",
        "write the number without a currency sign or letters, such as 12.34",
    ),
    (
        "amount",
        "€900",
        "'€900' is no plain decimal number",
        "write the number with the digits 0 to 9, without a currency sign, such as 12.34",
    ),
    (
        "amount",
        "(900.00)",
        "'(900.00)' is no plain decimal number",
        "parentheses are not read as a minus; write a plain number such as 12.34",
    ),
    ("amount", "-900.00", "-900.00 CAD is not positive", "a reduction is a row of kind credit among the money"),
    ("amount", "+900.00", "'+900.00' is no plain decimal number", "write the number without a plus"),
    ("amount", "0.00", "0.00 CAD is not positive", "a reduction is a row of kind credit among the money"),
    ("amount", "900.005", "900.005 has 3 decimals, CAD allows 2", "round it first"),
    ("amount", "1e3", "'1e3' is no plain decimal number", "write the number without an exponent"),
    (
        "amount",
        "NaN",
        "'NaN' is no plain decimal number",
        "write the number without a currency sign or letters, such as 12.34",
    ),
    (
        "amount",
        "inf",
        "'inf' is no plain decimal number",
        "write the number without a currency sign or letters, such as 12.34",
    ),
    ("amount", " 900.00", "' 900.00' is no plain decimal number", "write the number without blanks around it"),
    ("amount", ".50", "'.50' is no plain decimal number", "write digits before and after the point, such as 0.50"),
    ("amount", "5.", "'5.' is no plain decimal number", "write digits before and after the point, such as 0.50"),
    (
        "amount",
        "99999999999999999999999999999999999999999",
        "'99999999999999999999999999999999999999999' is no plain decimal number",
        "write at most 40 digits before the point, and after it",
    ),
    (
        "amount",
        "٩٠٠",
        "'٩٠٠' is no plain decimal number",
        "write the number with the digits 0 to 9, without a currency sign, such as 12.34",
    ),
    ("amount", "900.00-", "'900.00-' is no plain decimal number", "write a number such as 12.34"),
    ("amount", "--", "'--' is no plain decimal number", "write a number such as 12.34"),
    ("currency", "", "is empty", "write an ISO 4217 code, such as CAD"),
    ("currency", "cad", "unknown currency 'cad'", "write CAD"),
    ("currency", "CDN", "unknown currency 'CDN'", "write an ISO 4217 code such as CAD"),
    ("currency", "$", "unknown currency '$'", "write an ISO 4217 code such as CAD"),
    ("currency", "XAU", "unknown currency 'XAU'", "write an ISO 4217 code such as CAD"),
    ("category", "", "is empty", "write what it is for, such as rent, feature, utility, late_fee or tax"),
    ("category", "rnet", "unknown category 'rnet'", "did you mean rent?"),
    (
        "category",
        "parking",
        "unknown category 'parking'",
        KNOWN,
    ),
    ("category", "late--feee", "unknown category 'late--feee'", "did you mean late_fee?"),
    ("posted", "yesterday", "'yesterday' is no ISO date", "write YYYY-MM-DD, such as 2026-03-31"),
    ("code", " PARK", "' PARK' has blanks around it", "write it without them"),
    ("invoice", "17\t", "'17\\t' holds the control character '\\t'", "write plain text on one line"),
    ("payer", "ann ", "'ann ' has blanks around it", "write it without them"),
    ("about", "R-03", "is its own id", "name the charge it belongs to"),
    ("about", " L-02", "' L-02' has blanks around it", "write it without them"),
    ("disputed", "maybe", "'maybe' is neither yes nor no", "write yes or no"),
    ("disputed", "1", "'1' is neither yes nor no", "write yes or no"),
    ("sequence", "1.0", "'1.0' is no whole number", "write up to 18 digits, such as 3"),
    ("sequence", "x", "'x' is no whole number", "write up to 18 digits, such as 3"),
    ("sequence", "٣", "'٣' is no whole number", "write up to 18 digits, such as 3"),
    ("sequence", "1111111111111111111", "'1111111111111111111' is no whole number", "write up to 18 digits, such as 3"),
    ("sequence", "+1", "'+1' is no whole number", "write up to 18 digits, such as 3"),
]

# column, cell, what, hint
MONEY_CELLS = [
    ("account", "", "is empty", "write the id of the account"),
    ("id", "", "is empty", "write an id of its own within the account"),
    ("received", "", "is empty", "write a day, YYYY-MM-DD"),
    ("received", "03/04/2026", "'03/04/2026' is no ISO date", "write 2026-03-04 or 2026-04-03"),
    ("amount", "-5.00", "-5.00 CAD is not positive", "money that goes back is no row here"),
    ("amount", "0", "0.00 CAD is not positive", "money that goes back is no row here"),
    ("currency", "usd", "unknown currency 'usd'", "write USD"),
    ("kind", "refund", "unknown kind 'refund'", "known are credit, payment"),
    ("kind", "paymnt", "unknown kind 'paymnt'", "did you mean payment?"),
    ("method", " ach", "' ach' has blanks around it", "write it without them"),
    ("payer", "ann ", "'ann ' has blanks around it", "write it without them"),
    ("fund", "escrow", "unknown fund 'escrow'", "write operating or trust"),
    ("fund", "trsut", "unknown fund 'trsut'", "write operating or trust"),
    ("sequence", "first", "'first' is no whole number", "write up to 18 digits, such as 3"),
    (
        "for",
        "R-03=500.00; code:PARK; invoice:17=600.00",
        "designations of 1100.00 CAD from 900.00 CAD",
        "name at most its amount",
    ),
    ("for", "R-03=500.00;", "'': names no target", "write targets such as R-03=500.00; code:PARK; invoice:17"),
    ("for", "code:", "'code:': names no target", "write targets such as R-03=500.00; code:PARK; invoice:17"),
    ("for", "=5.00", "'=5.00': names no target", "write targets such as R-03=500.00; code:PARK; invoice:17"),
    (
        "for",
        "cod:PARK",
        "'cod:PARK': unknown kind of target 'cod'",
        "write charge:cod:PARK for a charge of that id; did you mean code?",
    ),
    (
        "for",
        "R:03",
        "'R:03': unknown kind of target 'R'",
        "write charge:R:03 for a charge of that id; known are category, charge, code, invoice, tag",
    ),
    ("for", "category:rnt", "'category:rnt': unknown category 'rnt'", "did you mean rent?"),
    (
        "for",
        "R-03=5OO",
        "'R-03=5OO': amount '5OO' is no plain decimal number",
        "write the number without a currency sign or letters, such as 12.34",
    ),
    ("for", "R-03=", "'R-03=': amount '' is no plain decimal number", "write a number such as 12.34"),
    ("for", "R-03=0", "'R-03=0': amount 0.00 CAD is not positive", "write an amount above 0"),
    ("for", "R-03=-5", "'R-03=-5': amount -5.00 CAD is not positive", "write an amount above 0"),
    (
        "for",
        "R-03=1,200.00",
        "'R-03=1,200.00': amount '1,200.00' is no plain decimal number",
        "write the number without thousands separators, such as 1234.56",
    ),
    ("for", "R-03=5.001", "'R-03=5.001': amount 5.001 has 3 decimals, CAD allows 2", "round it first"),
]

CHARGES = "account,id,due,amount,currency,category"
PAID = "account,id,received,amount,currency"
GOOD = "A-1,R-03,2026-03-01,900.00,CAD,rent"
ASKED = "write a header with the columns account, id, due, amount, currency, category"
LONG = "A" * 131_073
QUOTES = "close each quotation mark, and double those inside a cell"

# the file of charges; (row, column, what, hint) of each problem
CHARGE_FILES = [
    ("", [(1, "", "there is no header", ASKED)]),
    ("\n\n\n", [(1, "", "there is no header", ASKED)]),
    ("\ufeff", [(1, "", "there is no header", ASKED)]),
    (",,,\n", [(1, "", "there is no header", ASKED)]),
    (
        "account,id,due,amount,currency\nA-1,R-03,2026-03-01,900.00,CAD\n",
        [(1, "category", "there is no such column", "add it to the header")],
    ),
    (
        "account,id,due_date,amount,curency,category\n",
        [
            (1, "due", "there is no such column", "add it to the header"),
            (1, "currency", "there is no such column", "name the column 'curency' so"),
        ],
    ),
    (f"{CHARGES},Amount\n{GOOD},900\n", [(1, "amount", "stands 2 times in the header", "keep one of them")]),
    (
        "account;id;due;amount;currency;category\nA-1;R-03;2026-03-01;900.00;CAD;rent\n",
        [(1, "", "the header is a single column", "the delimiter seems to be ';'")],
    ),
    (
        "account\tid\tdue\tamount\tcurrency\tcategory\n",
        [(1, "", "the header is a single column", "the delimiter seems to be '\\t'")],
    ),
    (
        "account\nA-1\n",
        [
            (1, "id", "there is no such column", "add it to the header"),
            (1, "due", "there is no such column", "add it to the header"),
            (1, "amount", "there is no such column", "add it to the header"),
            (1, "currency", "there is no such column", "add it to the header"),
            (1, "category", "there is no such column", "add it to the header"),
        ],
    ),
    (
        "account,id,due,amount,currency,cat\x00egory\n",
        [(1, "", "the column 'cat\\x00egory' holds the control character '\\x00'", "write plain text on one line")],
    ),
    (
        "\udcff\udcfea\x00c\x00\n",
        [
            (
                1,
                "",
                "the column '\\udcff\\udcfea\\x00c\\x00' holds bytes that are no UTF-8",
                "save the file as CSV in UTF-8",
            )
        ],
    ),
    (
        f"{CHARGES}\nA-1,R-03,2026-03-01,1,200.00,CAD,rent\n",
        [(2, "", "has 7 cells, the header has 6", "put quotation marks around a cell that holds ','")],
    ),
    (
        f"{CHARGES}\nA-1,R-03,2026-03-01\n",
        [(2, "", "has 3 cells, the header has 6", "write every cell, the empty ones too")],
    ),
    (f"{CHARGES}\nA-1\n", [(2, "", "has 1 cell, the header has 6", "write every cell, the empty ones too")]),
    (
        f"{CHARGES}\n{GOOD},\n",
        [(2, "", "has 7 cells, the header has 6", "put quotation marks around a cell that holds ','")],
    ),
    (
        f'{CHARGES}\nA-1,"R-03"x,2026-03-01,900.00,CAD,rent\nA-1,R-04,2026-03-01,900.00,CAD,rnt\n',
        [
            (2, "", "is no CSV row (',' expected after '\"')", QUOTES),
            (3, "category", "unknown category 'rnt'", "did you mean rent?"),
        ],
    ),
    (
        f'{CHARGES}\nA-1,"R-03,2026-03-01,900.00,CAD,rent\nA-1,R-04,2026-03-01,900.00,CAD,rnt\n',
        [(2, "", "is no CSV row (unexpected end of data)", QUOTES)],
    ),
    (f'"{CHARGES}\n{GOOD}\n', [(1, "", "is no CSV row (unexpected end of data)", QUOTES)]),
    (
        f"{CHARGES}\n{LONG}\nA-1,R-04,2026-03-01,900.00,CAD,rnt\n",
        [
            (2, "", "is no CSV row (field larger than field limit (131072))", QUOTES),
            (3, "category", "unknown category 'rnt'", "did you mean rent?"),
        ],
    ),
    (
        f'{CHARGES}\n\n\n"A-1",R-03,2026-03-01,"9\n0",CAD,rent\n,,,,,\nA-1,R-04,2026-03-01,900.00,CAD,rnt\n',
        [
            (4, "amount", "'9\\n0' holds the control character '\\n'", "write plain text on one line"),
            (6, "category", "unknown category 'rnt'", "did you mean rent?"),
        ],
    ),
    (
        f"{CHARGES}\nA-1,R-03,03/04/2026,$5,cad,rnet\n",
        [
            (2, "due", "'03/04/2026' is no ISO date", "write 2026-03-04 or 2026-04-03"),
            (
                2,
                "amount",
                "'$5' is no plain decimal number",
                "write the number without a currency sign or letters, such as 12.34",
            ),
            (2, "currency", "unknown currency 'cad'", "write CAD"),
            (2, "category", "unknown category 'rnet'", "did you mean rent?"),
        ],
    ),
    (
        f"{CHARGES},about\nA-1,R-03,2026-03-01,-5.00,CAD,rnet,R-03\n",
        [
            (2, "amount", "-5.00 CAD is not positive", "a reduction is a row of kind credit among the money"),
            (2, "category", "unknown category 'rnet'", "did you mean rent?"),
            (2, "about", "is its own id", "name the charge it belongs to"),
        ],
    ),
    (
        f"{CHARGES}\n,,,,,x\n",
        [
            (2, "account", "is empty", "write the id of the account"),
            (2, "id", "is empty", "write an id of its own within the account"),
            (2, "due", "is empty", "write a day, YYYY-MM-DD"),
            (2, "amount", "is empty", "write a plain number above 0, such as 1234.56"),
            (2, "currency", "is empty", "write an ISO 4217 code, such as CAD"),
            (
                2,
                "category",
                "unknown category 'x'",
                KNOWN,
            ),
        ],
    ),
    (
        f"{CHARGES}\nA-1,R-03,2026-03-01,5.001,CDN,rent\n",
        [(2, "currency", "unknown currency 'CDN'", "write an ISO 4217 code such as CAD")],
    ),
    (
        f"{CHARGES}\nA-1,R-03,2026-03-01,5.0.1,CDN,rent\n",
        [
            (2, "amount", "'5.0.1' is no plain decimal number", "write a number such as 12.34"),
            (2, "currency", "unknown currency 'CDN'", "write an ISO 4217 code such as CAD"),
        ],
    ),
]

# the file of money; (row, column, what, hint) of each problem
MONEY_FILES = [
    (
        f"{PAID},kind,method,fund\nA-1,K-1,2026-03-03,5.00,CAD,credit,ach,trust\n",
        [
            (2, "method", "a credit has no method", "leave it empty, or write kind payment"),
            (2, "fund", "a credit has no fund", "leave it empty, or write kind payment"),
        ],
    ),
    (
        f"{PAID},kind,for\nA-1,K-1,2026-03-03,5.00,CAD,credit,R-03=6.00\n",
        [(2, "for", "designations of 6.00 CAD from 5.00 CAD", "name at most its amount")],
    ),
    (
        f"{PAID},for\nA-1,P-1,2026-03-03,-5.00,CAD,R-03=6.00\n",
        [(2, "amount", "-5.00 CAD is not positive", "money that goes back is no row here")],
    ),
    (
        f"{PAID},for\nA-1,P-1,2026-03-03,5.00,cad,R-03=6.001; R-04=x\n",
        [
            (2, "currency", "unknown currency 'cad'", "write CAD"),
            (
                2,
                "for",
                "'R-04=x': amount 'x' is no plain decimal number",
                "write the number without a currency sign or letters, such as 12.34",
            ),
        ],
    ),
    (
        f"{PAID},for\nA-1,P-1,2026-03-03,5.00,CAD,;\n",
        [
            (2, "for", "'': names no target", "write targets such as R-03=500.00; code:PARK; invoice:17"),
            (2, "for", "'': names no target", "write targets such as R-03=500.00; code:PARK; invoice:17"),
        ],
    ),
    (
        f'{PAID},for,fund\nA-1,P-1,2026-03-03,5.00,CAD,"a=1,0; b:2; ;code:c",trustee\n',
        [
            (
                2,
                "for",
                "'a=1,0': amount '1,0' is no plain decimal number",
                "write a point for the decimals, such as 12.34",
            ),
            (
                2,
                "for",
                "'b:2': unknown kind of target 'b'",
                "write charge:b:2 for a charge of that id; known are category, charge, code, invoice, tag",
            ),
            (2, "for", "'': names no target", "write targets such as R-03=500.00; code:PARK; invoice:17"),
            (2, "fund", "unknown fund 'trustee'", "write operating or trust"),
        ],
    ),
]


def _file(row: dict[str, str]) -> io.StringIO:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([row, row.values()])
    text.seek(0)
    return text


@pytest.mark.parametrize(("column", "cell", "what", "hint"), CHARGE_CELLS)
def test_a_bad_cell_of_a_charge(column: str, cell: str, what: str, hint: str) -> None:
    read = read_charges(_file({**CHARGE, column: cell}), file="f.csv")
    assert read.problems == (Problem("f.csv", 2, column, what, hint),)
    assert read.facts == ()


@pytest.mark.parametrize(("column", "cell", "what", "hint"), MONEY_CELLS)
def test_a_bad_cell_of_money(column: str, cell: str, what: str, hint: str) -> None:
    read = read_money(_file({**MONEY, column: cell}), file="f.csv")
    assert read.problems == (Problem("f.csv", 2, column, what, hint),)
    assert read.facts == ()


@pytest.mark.parametrize(("text", "problems"), CHARGE_FILES)
def test_a_bad_file_of_charges(text: str, problems: list[tuple[int, str, str, str]]) -> None:
    read = read_charges(io.StringIO(text, newline=""), file="f.csv")
    assert read.problems == tuple(Problem("f.csv", *problem) for problem in problems)


@pytest.mark.parametrize(("text", "problems"), MONEY_FILES)
def test_a_bad_file_of_money(text: str, problems: list[tuple[int, str, str, str]]) -> None:
    read = read_money(io.StringIO(text, newline=""), file="f.csv")
    assert read.problems == tuple(Problem("f.csv", *problem) for problem in problems)


def test_the_rows_around_are_right() -> None:
    """Else every case above would be told something anyway."""
    assert len(read_charges(_file(CHARGE)).facts) == 1
    assert len(read_money(_file(MONEY)).facts) == 1
