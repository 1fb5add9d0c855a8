"""agreements.csv: every column and what it becomes, and every mistake with the words that tell it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement_rows import COLUMNS, read
from arledger import (
    Agreement,
    Category,
    Money,
    Percent,
    Share,
    pull,
    read_agreements,
    where,
)
from arledger.autopay.wanted import AmountRule
from arledger.interchange.agreements import RULE_NAMES
from samples import samples

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "autopay-files.md"
DAY = date(2026, 1, 15)


def cad(amount: str) -> Money:
    return Money(amount, "CAD")


def agreement_of(**cells: str) -> Agreement:
    """The agreement of a single row."""
    (row,) = read(cells).rows
    return row.agreement


def test_R9_every_column_of_an_agreement() -> None:
    read_of_it = read(
        {
            "rule": "Percent of balance",
            "payer": "ana",
            "method": "ach",
            "shares": "category:rent=60%; code:PARK = all;everything=1/3",
            "stored": "500",
            "currency": "CAD",
            "percent": "50%",
            "maximum": "900",
            "minimum": "20.5",
            "skip_over": "5000.00",
            "until": "2027-01-01",
            "move_in": "2025-09-01",
            "move_out": "2026-08-31",
        }
    )
    (row,) = read_of_it.rows
    rule = pull.at_least(pull.percent_of_balance(Percent(50)), cad("20.50"))
    assert (row.account, row.currency, row.row) == ("A-1", "CAD", 2)
    assert row.agreement == Agreement(
        "AP-1",
        pull.skipped_over(pull.capped(rule, cad("900")), cad("5000")),
        agreed=DAY,
        until=date(2027, 1, 1),
        payer="ana",
        method="ach",
        shares=[
            Share(Percent(60), of=where.rent),
            Share(1, of=where.code("PARK")),
            Share(Fraction(1, 3)),
        ],
        stored=cad("500"),
        move_in=date(2025, 9, 1),
        move_out=date(2026, 8, 31),
    )
    assert (read_of_it.file, read_of_it.columns, read_of_it.ignored_columns) == ("agreements.csv", COLUMNS, ())


def test_what_is_left_out_is_as_in_python() -> None:
    found = read_agreements(["account,agreement,rule,agreed,memo\n", "A-1,AP-1,keep_percent,2026-01-15,x\n"])
    assert [row.agreement for row in found.rows] == [Agreement("AP-1", pull.KEEP_PERCENT, agreed=DAY)]
    assert (found.file, found.ignored_columns) == ("agreements", ("memo",))


@pytest.mark.parametrize(
    ("name", "cells", "rule"),
    [
        ("keep_percent", {}, pull.KEEP_PERCENT),
        ("Keep unchanged", {"stored": "5", "currency": "CAD"}, pull.KEEP_UNCHANGED),
        ("fixed", {"stored": "5", "currency": "CAD"}, pull.FIXED),
        ("full-balance", {}, pull.FULL_BALANCE),
        ("recurring_only", {}, pull.RECURRING_ONLY),
        ("percent_of_balance", {"percent": "33.3"}, pull.percent_of_balance(Percent("33.3"))),
        ("full_balance", {"maximum": "5", "currency": "CAD"}, pull.capped(pull.FULL_BALANCE, cad("5"))),
        ("full_balance", {"minimum": "5", "currency": "CAD"}, pull.at_least(pull.FULL_BALANCE, cad("5"))),
        ("full_balance", {"skip_over": "5", "currency": "CAD"}, pull.skipped_over(pull.FULL_BALANCE, cad("5"))),
    ],
)
def test_R9_R16_a_rule_is_said_by_its_name(name: str, cells: dict[str, str], rule: AmountRule) -> None:
    assert agreement_of(rule=name, **cells).rule == rule


def test_R9_every_rule_of_the_library_has_its_name() -> None:
    """But for those that compose others, which have columns of their own."""
    composing = {"capped", "at_least", "skipped_over"}
    assert set(RULE_NAMES) == {name.lower() for name in pull.__all__} - composing


@pytest.mark.parametrize(
    ("text", "fraction"),
    [
        ("60%", Fraction(3, 5)),
        ("33.3333 %", Fraction(333333, 1000000)),
        ("1/3", Fraction(1, 3)),
        (" 2 / 5 ", Fraction(2, 5)),
        ("all", Fraction(1)),
        ("All", Fraction(1)),
        ("100%", Fraction(1)),
        ("3/3", Fraction(1)),
        ("0%", Fraction(0)),
    ],
)
def test_R14_a_share_is_exact(text: str, fraction: Fraction) -> None:
    assert agreement_of(share=text).shares == (Share(fraction),)
    assert agreement_of(shares=f"category:rent={text}").shares == (Share(fraction, of=where.rent),)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("category:late fee", where.category(Category.LATE_FEE)),
        ("Category : rent", where.rent),
        ("code:PARK", where.code("PARK")),
        ("code:a=b", where.code("a=b")),
        ("invoice:17", where.invoice("17")),
        ("tag:subsidised", where.tagged("subsidised")),
        ("charge:R-06", where.charge("R-06")),
        ("everything", None),
        ("Everything", None),
    ],
)
def test_R14_a_share_is_of_what_its_target_says(text: str, of: object) -> None:
    assert agreement_of(shares=f"{text}=50%").shares == (Share(Fraction(1, 2), of=of),)  # type: ignore[arg-type]


@settings(max_examples=samples(200))
@given(part=st.fractions(0, 1, max_denominator=10**6))
def test_R14_a_share_is_read_as_it_is_written(part: Fraction) -> None:
    assert agreement_of(share=f"{part.numerator}/{part.denominator}").shares == (Share(part),)


def test_agreements_are_found_by_account_and_currency() -> None:
    """A row without a currency is for the account in whichever it is; in the order of the payers."""
    found = read(
        {"agreement": "AP-3", "payer": "cho", "share": "10%"},
        {"agreement": "AP-1", "payer": "ben", "share": "50%", "currency": "CAD"},
        {"agreement": "AP-2", "payer": "ana", "share": "80%", "currency": "USD"},
        {"account": "B-2", "payer": "dia"},
    )
    names = {
        (account, currency): None if agreements is None else [one.id for one in agreements]
        for account in ("A-1", "B-2", "C-3")
        for currency in ("CAD", "USD")
        for agreements in (found.of(account, currency),)
    }
    assert names == {
        ("A-1", "CAD"): ["AP-1", "AP-3"],
        ("A-1", "USD"): ["AP-2", "AP-3"],
        ("B-2", "CAD"): ["AP-1"],
        ("B-2", "USD"): ["AP-1"],
        ("C-3", "CAD"): None,
        ("C-3", "USD"): None,
    }
    assert [row.row for row in found.by_account["A-1"]] == [2, 3, 4]


def test_the_page_has_every_column_and_rule() -> None:
    text = PAGE.read_text(encoding="utf-8")
    cells = " ".join(line.split("|")[2] for line in text.splitlines() if line.startswith("|"))
    for name in COLUMNS:
        assert f"`{name}`" in cells
    for name in RULE_NAMES:
        assert f"`{name}`" in text
