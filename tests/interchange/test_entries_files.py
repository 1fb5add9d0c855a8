"""Entries of all kinds from rows, and back; and the ledgers that they come to. test_bad_entries has what is refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arledger import (
    Category,
    Charge,
    Chargeback,
    Credit,
    CreditKind,
    Designation,
    Entry,
    Money,
    Payment,
    PaymentState,
    PaymentStep,
    Refund,
    Return,
    ReturnReason,
    Reversal,
    RowErrors,
    Transfer,
    Void,
    WonBack,
    where,
)
from arledger.interchange.entry_rows import ENTRY_COLUMNS, ENTRY_KINDS, OPTIONAL_ENTRY_COLUMNS, read_entries
from arledger.interchange.facts import FactRow, Read
from arledger.interchange.ledgers import AccountLedger, last_day, last_posted, ledgers_of
from samples import samples
from strategies import codes, currencies, days, invoices, moneys, payers

COLUMNS = [*ENTRY_COLUMNS, *OPTIONAL_ENTRY_COLUMNS]
DAY, BOOKED = date(2026, 3, 1), date(2026, 3, 9)
CHARGE_CELLS = {
    "category": "Late fee",
    "code": "LATE",
    "invoice": "17",
    "payer": "ann",
    "about": "R",
    "disputed": "YES",
}
CHARGE_FIELDS = {
    "category": Category.LATE_FEE,
    "code": "LATE",
    "invoice": "17",
    "payer": "ann",
    "about": "R",
    "disputed": True,
}


def cad(amount: str) -> Money:
    return Money(amount, "CAD")


def written(rows: Sequence[dict[str, object]], columns: Sequence[str] = COLUMNS, delimiter: str = ",") -> io.StringIO:
    """Rows as a CSV file has them; what is absent is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    text.seek(0)
    return text


def row(kind: str, name: str = "X", /, **cells: object) -> dict[str, object]:
    return {"account": "A-1", "kind": kind, "id": name, "on": DAY, "currency": "CAD", **cells}


def read_row(kind: str, name: str = "X", /, **cells: object) -> Entry:
    """The one entry of a row."""
    read = read_entries(written([row(kind, name, **cells)]))
    assert read.problems == ()
    (found,) = read.facts
    return found.fact


@pytest.mark.parametrize(
    ("kind", "cells", "entry"),
    [
        ("charge", {"amount": "5"}, Charge("X", cad("5"), due=DAY)),
        (
            "charge",
            {"amount": "5", "posted": BOOKED, "sequence": "-4", **CHARGE_CELLS},
            Charge("X", cad("5"), due=DAY, posted=BOOKED, sequence=-4, **CHARGE_FIELDS),  # type: ignore[arg-type]
        ),
        (
            "opening balance",
            {"amount": "5", "posted": BOOKED, "sequence": "7", **CHARGE_CELLS},
            Charge("X", cad("5"), due=DAY, posted=BOOKED, sequence=7, **CHARGE_FIELDS),  # type: ignore[arg-type]
        ),
        ("payment", {"amount": "5"}, Payment("X", cad("5"), received=DAY)),
        (
            "payment",
            {
                "amount": "5",
                "posted": BOOKED,
                "method": "ach",
                "payer": "ann",
                "for": "R=4; code:PARK",
                "fund": "Trust",
                "sequence": "1",
            },
            Payment(
                "X",
                cad("5"),
                received=DAY,
                posted=BOOKED,
                method="ach",
                payer="ann",
                designations=[Designation("R", cad("4")), Designation(where.code("PARK"))],
                fund="trust",
                sequence=1,
            ),
        ),
        ("credit", {"amount": "5"}, Credit("X", cad("5"), granted=DAY, kind=CreditKind.ADJUSTMENT)),
        ("adjustment", {"amount": "5"}, Credit("X", cad("5"), granted=DAY, kind=CreditKind.ADJUSTMENT)),
        ("deposit interest", {"amount": "5"}, Credit("X", cad("5"), granted=DAY, kind=CreditKind.DEPOSIT_INTEREST)),
        (
            "concession",
            {
                "amount": "5",
                "posted": BOOKED,
                "category": "rent",
                "code": "C",
                "payer": "ann",
                "for": "R",
                "sequence": "1",
            },
            Credit(
                "X",
                cad("5"),
                granted=DAY,
                posted=BOOKED,
                kind=CreditKind.CONCESSION,
                category=Category.RENT,
                code="C",
                payer="ann",
                designations=[Designation("R")],
                sequence=1,
            ),
        ),
        (
            "waiver",
            {"amount": "5", "for": "R"},
            Credit("X", cad("5"), granted=DAY, kind=CreditKind.WAIVER, designations=[Designation("R")]),
        ),
        (
            "write-off",
            {"amount": "5", "for": "R"},
            Credit("X", cad("5"), granted=DAY, kind=CreditKind.WRITE_OFF, designations=[Designation("R")]),
        ),
        *(
            (state.value, {"of": "P"}, PaymentStep("P", state, on=DAY, id="X"))
            for state in (
                PaymentState.SCHEDULED,
                PaymentState.PENDING,
                PaymentState.SETTLED,
                PaymentState.REJECTED,
                PaymentState.CANCELLED,
            )
        ),
        (
            "settled",
            {"of": "P", "posted": BOOKED, "sequence": "2"},
            PaymentStep("P", PaymentState.SETTLED, on=DAY, id="X", posted=BOOKED, sequence=2),
        ),
        ("return", {"of": "P"}, Return("X", "P", on=DAY)),
        (
            "return",
            {
                "of": "P",
                "amount": "5",
                "posted": BOOKED,
                "reason": "Insufficient funds",
                "code": "R01",
                "sequence": "2",
            },
            Return(
                "X",
                "P",
                cad("5"),
                on=DAY,
                posted=BOOKED,
                reason=ReturnReason.INSUFFICIENT_FUNDS,
                code="R01",
                sequence=2,
            ),
        ),
        ("void", {"of": "P", "posted": BOOKED, "sequence": "2"}, Void("X", "P", on=DAY, posted=BOOKED, sequence=2)),
        ("chargeback", {"of": "P"}, Chargeback("X", "P", on=DAY)),
        (
            "chargeback",
            {"of": "P", "amount": "5", "posted": BOOKED, "code": "13.1", "sequence": "2"},
            Chargeback("X", "P", cad("5"), on=DAY, posted=BOOKED, code="13.1", sequence=2),
        ),
        (
            "won back",
            {"of": "B", "amount": "5", "posted": BOOKED, "sequence": "2"},
            WonBack("X", "B", cad("5"), on=DAY, posted=BOOKED, sequence=2),
        ),
        ("won-back", {"of": "B"}, WonBack("X", "B", on=DAY)),
        (
            "reversal",
            {"of": "K", "amount": "5", "posted": BOOKED, "sequence": "2"},
            Reversal("X", "K", cad("5"), on=DAY, posted=BOOKED, sequence=2),
        ),
        ("reversal", {"of": "R"}, Reversal("X", "R", on=DAY)),
        (
            "refund",
            {"of": "P", "amount": "5", "posted": BOOKED, "sequence": "2"},
            Refund("X", "P", cad("5"), on=DAY, posted=BOOKED, sequence=2),
        ),
        (
            "transfer",
            {"of": "P", "amount": "5", "to": "A-2", "posted": BOOKED, "sequence": "2"},
            Transfer("X", "P", cad("5"), on=DAY, to="A-2", posted=BOOKED, sequence=2),
        ),
    ],
)
def test_each_kind_of_entry(kind: str, cells: dict[str, object], entry: Entry) -> None:
    assert read_row(kind, **cells) == entry


@pytest.mark.parametrize("kind", ENTRY_KINDS)
@pytest.mark.parametrize("sign", ["_", "-", " ", "  "])
def test_a_kind_in_any_case_and_with_any_sign_between_words(kind: str, sign: str) -> None:
    cells = {"of": "P", "amount": "5", "posted": DAY, "for": "R", "to": "A-2"}
    needed = {"refund": ("of", "amount"), "transfer": ("of", "amount", "to"), "opening_balance": ("amount", "posted")}
    needed |= dict.fromkeys(["waiver", "write_off"], ("amount", "for"))
    needed |= dict.fromkeys(
        ["charge", "payment", "credit", "adjustment", "concession", "deposit_interest"], ("amount",)
    )
    some = {column: cells[column] for column in needed.get(kind, ("of",))}
    plain = read_row(kind, **some)
    for word in (kind.replace("_", sign), kind.replace("_", sign).upper(), f" {kind.title().replace('_', sign)} "):
        assert read_row(word, **some) == plain


def test_a_step_without_an_id_has_a_derived_one() -> None:
    read = read_entries(written([row("settled", "", of="P")]))
    step = PaymentStep("P", PaymentState.SETTLED, on=DAY)
    assert read.facts == (FactRow("A-1", step, 2, currency="CAD"),)
    assert read.ids == ((2, "A-1", "P/settled@2026-03-01"),)


def test_what_was_read_and_where() -> None:
    text = (
        "account,kind,id,on,memo,amount,currency,of\nA-1,charge,R,2026-03-01,x,5,CAD,\nA-2,void,V,2026-03-02,,,USD,P\n"
    )
    read = read_entries(io.StringIO(text))
    assert read.facts == (
        FactRow("A-1", Charge("R", cad("5"), due=DAY), 2, currency="CAD"),
        FactRow("A-2", Void("V", "P", on=date(2026, 3, 2)), 3, currency="USD"),
    )
    assert read.file == "entries"
    assert read.columns == ("account", "kind", "id", "on", "amount", "currency", "of")
    assert read.ignored_columns == ("memo",)
    assert read.ids == ((2, "A-1", "R"), (3, "A-2", "V"))
    assert read_entries(io.StringIO(text.replace(",", ";")), delimiter=";").facts == read.facts


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1, max_size=8)
IDS = TEXTS.filter(lambda text: text == text.strip())
TARGETS = IDS.filter(lambda text: not set(text) & set(";=:"))
NUMBERS = st.none() | st.integers(-(10**18) + 1, 10**18 - 1)


def cells_of(entry: Any) -> dict[str, object]:
    """An entry as a row has it, its kind aside."""
    return {
        "id": entry.id,
        "on": entry.due if isinstance(entry, Charge) else entry.day,
        "posted": entry.posted,
        "amount": entry.amount.amount if getattr(entry, "amount", None) else None,
        "sequence": entry.sequence,
        "code": getattr(entry, "code", None),
        "payer": getattr(entry, "payer", None),
        "category": entry.category.value if hasattr(entry, "category") else None,
        "for": ";".join(f"charge:{wish.to}" for wish in getattr(entry, "designations", ())),
    }


@st.composite
def facts(draw: st.DrawFn, kind: str, name: str, amount: Money) -> tuple[dict[str, object], Entry]:
    """A charge, a payment or a credit, and the cells that only it has."""
    common: dict[str, Any] = {"posted": draw(days()), "sequence": draw(NUMBERS), "payer": draw(payers() | IDS)}
    wishes = [Designation(target) for target in draw(st.lists(TARGETS, min_size=1, max_size=3))]
    more: dict[str, Any] = {}
    if kind == "payment":
        more = {"method": draw(st.none() | IDS), "fund": draw(st.sampled_from(["operating", "trust"]))}
        targets = draw(st.sampled_from([(), wishes]))
        return more, Payment(name, amount, received=draw(days()), designations=targets, **common, **more)
    common |= {"category": draw(st.sampled_from(Category)), "code": draw(codes() | IDS)}
    if kind in ("charge", "opening_balance"):
        more = {"invoice": draw(invoices() | IDS), "about": draw(st.none() | IDS.filter(lambda text: text != name))}
        disputed = draw(st.booleans())
        charge = Charge(name, amount, due=draw(days()), disputed=disputed, **common, **more)
        return {**more, "disputed": "yes" if disputed else "no"}, charge
    credit = CreditKind("adjustment" if kind == "credit" else kind)
    return more, Credit(name, amount, granted=draw(days()), kind=credit, designations=wishes, **common)


@st.composite
def changes(draw: st.DrawFn, kind: str, name: str, amount: Money) -> tuple[dict[str, object], Entry]:
    """An entry about another entry, and the cells that only it has."""
    of, on, part = draw(IDS), draw(days()), draw(st.none() | st.just(amount))
    common: dict[str, Any] = {"on": on, "posted": draw(days()), "sequence": draw(NUMBERS)}
    reason, code, to = draw(st.sampled_from(ReturnReason)), draw(codes() | IDS), draw(IDS)
    made: dict[str, tuple[dict[str, object], Entry]] = {
        "return": ({"reason": reason.value}, Return(name, of, part, reason=reason, code=code, **common)),
        "void": ({}, Void(name, of, **common)),
        "chargeback": ({}, Chargeback(name, of, part, code=code, **common)),
        "won_back": ({}, WonBack(name, of, part, **common)),
        "reversal": ({}, Reversal(name, of, part, **common)),
        "refund": ({}, Refund(name, of, amount, **common)),
        "transfer": ({"to": to}, Transfer(name, of, amount, to=to, **common)),
    }
    more, entry = made.get(kind) or ({}, PaymentStep(of, PaymentState(kind), id=name, **common))
    return {"of": of, **more}, entry


FACTS = {"charge", "opening_balance", "payment", "credit", *(kind.value for kind in CreditKind)}


@st.composite
def written_entries(draw: st.DrawFn) -> tuple[dict[str, object], Entry]:
    """An entry of which every field has a column, and its row."""
    kind, name, amount = draw(st.sampled_from(ENTRY_KINDS)), draw(IDS), draw(moneys(draw(currencies()), least=1))
    more, entry = draw((facts if kind in FACTS else changes)(kind, name, amount))
    return {"account": "A-1", "kind": kind, "currency": amount.currency, **cells_of(entry), **more}, entry


@given(st.lists(written_entries(), max_size=4), st.sampled_from([",", ";", "\t", "|"]))
@settings(max_examples=samples(500))
def test_written_entries_read_back(entries: list[tuple[dict[str, object], Entry]], delimiter: str) -> None:
    read = read_entries(written([cells for cells, _ in entries], delimiter=delimiter), delimiter=delimiter)
    assert read.problems == ()
    assert [found.fact for found in read.facts] == [entry for _, entry in entries]
    assert [found.currency for found in read.facts] == [cells["currency"] for cells, _ in entries]


ANY = st.text(max_size=10) | st.sampled_from(["2026-03-01", "5.00", "CAD", "rent", "a=1;b", "yes", "R-03", ""])


@given(st.lists(st.tuples(st.sampled_from([*ENTRY_KINDS, "x"]), st.dictionaries(st.sampled_from(COLUMNS), ANY))))
@settings(max_examples=samples(500))
def test_whatever_a_file_holds_is_read_or_told(rows: list[tuple[str, dict[str, str]]]) -> None:
    """Nothing but problems comes of bad cells, and each row is an entry or has one."""
    base = {"account": "A-1", "id": "X", "on": "2026-03-01", "currency": "CAD", "of": "P"}
    read = read_entries(written([{"kind": kind, **base, **cells} for kind, cells in rows]))
    told, made = {problem.row for problem in read.problems}, {found.row for found in read.facts}
    assert not told & made
    assert told | made == set(range(2, len(rows) + 2))


def entries_of(*rows: dict[str, object]) -> Read[Entry]:
    return read_entries(written(rows), file="e.csv")


def test_ledgers_in_the_order_of_their_appearance_and_currencies_sorted() -> None:
    usd = {"currency": "USD"}
    read = entries_of(
        row("charge", "1", account="B", amount="5", **usd),
        row("payment", "1", account="A", amount="5"),
        row("return", "2", account="B", of="3", **usd),
        row("charge", "4", account="B", amount="6"),
        row("payment", "3", account="B", amount="5", **usd),
    )
    found = ledgers_of(read)
    assert [(of.account, of.currency, of.ledger.currency) for of in found] == [
        ("B", "CAD", "CAD"),
        ("B", "USD", "USD"),
        ("A", "CAD", "CAD"),
    ]
    assert [[entry.id for entry in of.ledger.entries] for of in found] == [["4"], ["1", "2", "3"], ["1"]]
    assert ledgers_of(entries_of()) == ()


def test_ids_that_stand_twice_are_told_with_the_first_row() -> None:
    """Also of rows that have another problem, of steps with derived ids, in whatever currency."""
    with pytest.raises(RowErrors) as caught:
        ledgers_of(
            entries_of(
                row("charge", "1", amount="5"),
                row("charge", "1", account="B", amount="5"),
                row("void", "1", of="P", currency="USD"),
                row("settled", "", of="P"),
                row("settled", "", of="P", posted=BOOKED),
                row("charge", "1", amount="5", category="rnet"),
            )
        )
    hint = "give each entry of an account an id of its own"
    assert list(map(str, caught.value.problems)) == [
        f"e.csv, row 4, column id: '1' stands already in e.csv, row 2; {hint}",
        f"e.csv, row 6, column id: 'P/settled@2026-03-01' stands already in e.csv, row 5; {hint}",
        f"e.csv, row 7, column id: '1' stands already in e.csv, row 2; {hint}",
        "e.csv, row 7, column category: unknown category 'rnet'; did you mean rent?",
    ]


def test_the_last_day_is_that_of_any_entry_and_the_last_posted_that_of_the_books() -> None:
    """A charge counts from the day on which it is posted; its due date is no event."""

    def days_of(*rows: dict[str, object]) -> tuple[date | None, date | None]:
        found: Sequence[AccountLedger] = ledgers_of(entries_of(*rows))
        return last_day(found), last_posted(found)

    early, late = row("charge", "1", amount="5"), date(2026, 4, 1)
    assert days_of() == (None, None)
    assert days_of(early) == (DAY, DAY)
    assert days_of(row("charge", "2", amount="5", on=late, posted=BOOKED), early) == (BOOKED, BOOKED)
    assert days_of(row("payment", "2", account="B", amount="5", posted=BOOKED), early) == (BOOKED, BOOKED)
    assert days_of(row("payment", "2", amount="5", on=late, posted=BOOKED), early) == (late, BOOKED)
