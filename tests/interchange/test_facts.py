"""Charges and money from rows, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arledger import Category, Charge, Credit, CreditKind, Designation, Money, Payment, where
from arledger.interchange.facts import (
    CHARGE_COLUMNS,
    MONEY_COLUMNS,
    OPTIONAL_CHARGE_COLUMNS,
    OPTIONAL_MONEY_COLUMNS,
    FactRow,
    read_charges,
    read_money,
)
from strategies import codes, currencies, days, invoices, moneys, payers, sequences

CHARGES = """\
account,id,due,amount,currency,category,posted,code,invoice,payer,about,disputed,sequence
A-1,R-03,2026-03-01,1850,CAD,rent,,,,,,,
A-2,T-03,2026-03-01,0.5,KWD,Tax,2026-02-20,HST,17,ann,R-03,YES,-4
"""
MONEY = """\
account,id,received,amount,currency,kind,method,payer,for,fund,sequence
A-1,M-1,2026-03-03,1850.00,CAD,,,,,,
A-1,M-2,2026-03-03,10,JPY,Payment,ach,ann,R-03=4; code:PARK,Trust,7
A-2,K-1,2026-03-03,10.00,CAD,CREDIT,,ann,category:rent,,2
"""


def lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")


def test_charges() -> None:
    plain = Charge("R-03", Money(1850, "CAD"), due=date(2026, 3, 1), category=Category.RENT)
    full = Charge(
        "T-03",
        Money("0.500", "KWD"),
        due=date(2026, 3, 1),
        category=Category.TAX,
        posted=date(2026, 2, 20),
        code="HST",
        invoice="17",
        payer="ann",
        about="R-03",
        disputed=True,
        sequence=-4,
    )
    read = read_charges(lines(CHARGES))
    assert read.facts == (FactRow("A-1", plain, 2), FactRow("A-2", full, 3))
    assert (read.problems, read.ignored_columns) == ((), ())
    assert read.ids == ((2, "A-1", "R-03"), (3, "A-2", "T-03"))
    assert read.file == "charges"
    assert read.columns == (*CHARGE_COLUMNS, *OPTIONAL_CHARGE_COLUMNS)


def test_money() -> None:
    day = date(2026, 3, 3)
    targets = [Designation("R-03", Money(4, "JPY")), Designation(where.code("PARK"))]
    read = read_money(lines(MONEY))
    assert [row.fact for row in read.facts] == [
        Payment("M-1", Money(1850, "CAD"), received=day),
        Payment(
            "M-2",
            Money(10, "JPY"),
            received=day,
            method="ach",
            payer="ann",
            designations=targets,
            fund="trust",
            sequence=7,
        ),
        Credit(
            "K-1",
            Money(10, "CAD"),
            granted=day,
            kind=CreditKind.ADJUSTMENT,
            payer="ann",
            designations=[Designation(where.rent)],
            sequence=2,
        ),
    ]
    assert read.problems == ()
    assert read.file == "money"


def test_another_delimiter() -> None:
    assert read_charges(lines(CHARGES.replace(",", ";")), delimiter=";").facts == read_charges(lines(CHARGES)).facts
    tabs = MONEY.replace("; ", " | ").replace(",", "\t").replace(" | ", "; ")
    assert read_money(lines(tabs), delimiter="\t").facts == read_money(lines(MONEY)).facts


def test_a_row_with_a_problem_gives_no_fact_and_keeps_its_id() -> None:
    read = read_charges(lines(CHARGES.replace("1850", "1,850")[:-1].replace(",1,850", ',"1,850"')), file="f.csv")
    assert [row.row for row in read.facts] == [3]
    assert [problem.row for problem in read.problems] == [2]
    assert [row for row, _, _ in read.ids] == [2, 3]


@pytest.mark.parametrize("row", [",R-9,2026-03-01,5,CAD,rent", "A-1,,2026-03-01,5,CAD,rent"])
def test_a_row_without_account_or_id_has_none_to_keep(row: str) -> None:
    assert read_charges([",".join(CHARGE_COLUMNS) + "\n", row]).ids == ()


@pytest.mark.parametrize("row", ["", "   ,,,,,"])
def test_a_blank_row_is_none(row: str) -> None:
    read = read_charges([",".join(CHARGE_COLUMNS) + "\n", row])
    assert (read.facts, read.problems) == ((), ())


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1, max_size=8)
IDS = TEXTS.filter(lambda text: text == text.strip())
TARGETS = IDS.filter(lambda text: ";" not in text and "=" not in text)


@st.composite
def written_charges(draw: st.DrawFn) -> Charge:
    """A charge of which every field has a column."""
    name = draw(IDS)
    return Charge(
        name,
        draw(moneys(draw(currencies()), least=1)),
        due=draw(days()),
        category=draw(st.sampled_from(Category)),
        posted=draw(days()),
        code=draw(codes() | IDS),
        invoice=draw(invoices() | IDS),
        payer=draw(payers() | IDS),
        about=draw(st.none() | IDS.filter(lambda text: text != name)),
        disputed=draw(st.booleans()),
        sequence=draw(sequences().filter(lambda number: number is None or abs(number) < 10**18)),
    )


@st.composite
def written_money(draw: st.DrawFn) -> tuple[Payment | Credit, str]:
    """A payment or credit of which every field has a column, and its targets as a cell."""
    amount = draw(moneys(draw(currencies()), least=1))
    left, designations, cells = amount.minor, [], []
    for kind in draw(st.lists(st.sampled_from(["charge", "code", "invoice", "tag", "category"]), max_size=3)):
        text = draw(st.sampled_from(Category)).value if kind == "category" else draw(TARGETS)
        selectors = {"code": where.code, "invoice": where.invoice, "tag": where.tagged}
        to = (
            text
            if kind == "charge"
            else where.category(Category(text))
            if kind == "category"
            else selectors[kind](text)
        )
        named = draw(st.none() | st.integers(1, left)) if left else None
        left -= named or 0
        money = None if named is None else Money.from_minor(named, amount.currency)
        designations.append(Designation(to, money))
        cells.append(f"{kind}:{text}" + (f"={money.amount}" if money else ""))
    name, day, payer = draw(IDS), draw(days()), draw(payers() | IDS)
    sequence = draw(sequences().filter(lambda number: number is None or abs(number) < 10**18))
    if draw(st.booleans()):
        credit = Credit(name, amount, granted=day, payer=payer, designations=designations, sequence=sequence)
        return credit, "; ".join(cells)
    payment = Payment(
        name,
        amount,
        received=day,
        method=draw(st.none() | IDS),
        payer=payer,
        designations=designations,
        fund=draw(st.sampled_from(["operating", "trust"])),
        sequence=sequence,
    )
    return payment, "; ".join(cells)


def written(columns: Sequence[str], rows: Sequence[Sequence[object]], delimiter: str) -> io.StringIO:
    """Rows as a CSV file has them; what is absent is an empty cell."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([columns, *rows])
    text.seek(0)
    return text


DELIMITERS = st.sampled_from([",", ";", "\t", "|"])


@given(st.lists(written_charges(), max_size=4), DELIMITERS)
def test_written_charges_read_back(charges: list[Charge], delimiter: str) -> None:
    columns = [*CHARGE_COLUMNS, *OPTIONAL_CHARGE_COLUMNS]
    rows = [
        (
            "A-1",
            charge.id,
            charge.due,
            charge.amount.amount,
            charge.amount.currency,
            charge.category.value,
            charge.posted,
            charge.code,
            charge.invoice,
            charge.payer,
            charge.about,
            "yes" if charge.disputed else None,
            charge.sequence,
        )
        for charge in charges
    ]
    read = read_charges(written(columns, rows, delimiter), delimiter=delimiter)
    assert read.problems == ()
    assert [row.fact for row in read.facts] == charges


@given(st.lists(written_money(), max_size=4), DELIMITERS)
def test_written_money_reads_back(money: list[tuple[Payment | Credit, str]], delimiter: str) -> None:
    columns = [*MONEY_COLUMNS, *OPTIONAL_MONEY_COLUMNS]
    rows = [
        (
            "A-1",
            source.id,
            source.granted if isinstance(source, Credit) else source.received,
            source.amount.amount,
            source.amount.currency,
            type(source).__name__.lower(),
            None if isinstance(source, Credit) else source.method,
            source.payer,
            cell,
            None if isinstance(source, Credit) else source.fund,
            source.sequence,
        )
        for source, cell in money
    ]
    read = read_money(written(columns, rows, delimiter), delimiter=delimiter)
    assert read.problems == ()
    assert [row.fact for row in read.facts] == [source for source, _ in money]


ANY = st.text(max_size=10) | st.sampled_from(["2026-03-01", "5.00", "CAD", "rent", "credit", "a=1;b", "yes", "R-03"])


@given(st.lists(st.lists(ANY, min_size=13, max_size=13), max_size=4))
def test_whatever_a_file_holds_is_read_or_told(rows: list[list[str]]) -> None:
    """Nothing but problems comes of bad cells, and each row that is not blank is a fact or has one."""
    charge_columns = [*CHARGE_COLUMNS, *OPTIONAL_CHARGE_COLUMNS]
    charges = read_charges(written(charge_columns, rows, ","))
    money = read_money(written([*MONEY_COLUMNS, *OPTIONAL_MONEY_COLUMNS], [row[:11] for row in rows], ","))
    for read, width in ((charges, 13), (money, 11)):
        told = {problem.row for problem in read.problems}
        made = {row.row for row in read.facts}
        assert not told & made
        assert told | made == {n for n, row in enumerate(rows, 2) if any(cell.strip() for cell in row[:width])}
