"""Outcomes for other programs: CSV rows, and JSON that has everything."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from arledger import (
    OLDEST_FIRST,
    Category,
    Charge,
    Designation,
    Money,
    Order,
    Payment,
    Ranking,
    allocate,
    attribute,
    due_date,
)
from arledger.interchange.accounts import AccountFacts
from arledger.interchange.results import (
    AccountOutcome,
    application_rows,
    csv_text,
    json_text,
    totals_of,
)
from arledger.money import amount_text

DUE = date(2026, 3, 1)


def charge(name: str, amount: str, currency: str = "CAD", rate: str | int | Decimal | Fraction | None = None) -> Charge:
    attributes = {} if rate is None else {"rate": rate}
    return Charge(name, Money(amount, currency), due=DUE, category=Category.RENT, attributes=attributes)


def paid(name: str, amount: str, currency: str = "CAD", to: str | None = None) -> Payment:
    targets = [] if to is None else [Designation(to)]
    return Payment(name, Money(amount, currency), received=date(2026, 3, 3), designations=targets)


def outcome(account: str, charges: list[Charge], money: list[Payment], by: Order = OLDEST_FIRST) -> AccountOutcome:
    facts_in: list[Charge | Payment] = [*charges, *money]
    currency = facts_in[0].amount.currency
    facts = AccountFacts(account, currency, tuple(charges), tuple(money))
    return AccountOutcome(facts, allocate(money, charges, by=by, currency=currency))


MAPLE = outcome("Maple 12", [charge("R-1", "900.00"), charge("R-2", "800.00")], [paid("M-1", "1000.00")])
ALDER = outcome("Alder 7", [charge("R-1", "5", "USD")], [paid("M-1", "7.5", "USD", to="R-1")])
TOKYO = outcome("Tokyo 3", [], [paid("M-1", "7", "JPY")])


def test_rows_of_applications() -> None:
    assert application_rows(MAPLE) == [
        ("Maple 12", "M-1", "R-1", "900.00", "CAD", "2026-03-03"),
        ("Maple 12", "M-1", "R-2", "100.00", "CAD", "2026-03-03"),
    ]
    assert application_rows(TOKYO) == []


def test_csv() -> None:
    assert csv_text([MAPLE, ALDER, TOKYO]) == (
        "account,source,charge,amount,currency,on\n"
        "Maple 12,M-1,R-1,900.00,CAD,2026-03-03\n"
        "Maple 12,M-1,R-2,100.00,CAD,2026-03-03\n"
        "Alder 7,M-1,R-1,5.00,USD,2026-03-03\n"
    )
    assert csv_text([], delimiter="\t") == "account\tsource\tcharge\tamount\tcurrency\ton\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "."])
def test_csv_reads_back_whatever_the_ids(delimiter: str) -> None:
    odd = outcome('A, "1";\t.', [charge('R,"1";.', "5.00")], [paid("M\u00e9,;", "5.00")])
    rows = list(csv.reader(io.StringIO(csv_text([odd], delimiter=delimiter), newline=""), delimiter=delimiter))
    assert list(map(tuple, rows[1:])) == application_rows(odd)


def test_totals_by_currency_sorted_by_its_code() -> None:
    totals = totals_of([ALDER, MAPLE, TOKYO, outcome("Maple 13", [], [paid("M-9", "0.01")])])
    found = [
        (of.charges.currency, *map(amount_text, (of.charges, of.money, of.applied, of.open, of.unapplied)))
        for of in totals
    ]
    assert found == [
        ("CAD", "1700.00", "1000.01", "1000.00", "700.00", "0.01"),
        ("JPY", "0", "7", "0", "0", "7"),
        ("USD", "5.00", "7.50", "5.00", "0.00", "2.50"),
    ]


def test_json_has_everything() -> None:
    text = json_text([ALDER], order="oldest-first", designations="only")
    usd = {"currency": "USD"}
    totals = {**usd, "charges": "5.00", "money": "7.50", "applied": "5.00", "open": "0.00", "unapplied": "2.50"}
    assert json.loads(text) == {
        "order": "oldest-first",
        "designations": "only",
        "accounts": [
            {
                "account": "Alder 7",
                "currency": "USD",
                "applications": [
                    {
                        "id": "M-1>R-1@2026-03-03",
                        "source": "M-1",
                        "charge": "R-1",
                        "amount": "5.00",
                        "currency": "USD",
                        "on": "2026-03-03",
                    }
                ],
                "open": [{"charge": "R-1", "amount": "0.00", "currency": "USD"}],
                "unapplied": [{"source": "M-1", "amount": "2.50", "currency": "USD"}],
                "totals": totals,
                "explanation": {
                    "lines": [
                        {
                            "source": "M-1",
                            "charge": "R-1",
                            "amount": "5.00",
                            "currency": "USD",
                            "on": "2026-03-03",
                            "step": "designated to R-1",
                            "rank": None,
                            "keys": [],
                            "before": "5.00",
                            "after": "0.00",
                        }
                    ],
                    "untouched": [],
                    "unapplied": [
                        {
                            "source": "M-1",
                            "amount": "2.50",
                            "currency": "USD",
                            "why": ALDER.allocation.explanation.unapplied[0].why.name.lower(),
                            "reason": ALDER.allocation.explanation.unapplied[0].reason,
                        }
                    ],
                },
            }
        ],
        "totals": [totals],
    }
    assert text.startswith('{\n  "order": "oldest-first",\n  "designations": "only",\n  "accounts": [\n')
    assert text.endswith("\n}\n")


def test_json_says_why_a_charge_got_nothing() -> None:
    poor = outcome("A", [charge("R-1", "5.00"), charge("R-2", "6.00")], [paid("M-1", "5.00")])
    (account,) = json.loads(json_text([poor], order="o", designations="only"))["accounts"]
    (untouched,) = poor.allocation.explanation.untouched
    assert account["explanation"]["untouched"] == [
        {"charge": "R-2", "amount": "6.00", "currency": "CAD", "why": "ran_out", "reason": untouched.reason}
    ]


@pytest.mark.parametrize(
    ("rate", "value"), [(7, 7), ("high", "high"), (Decimal("1.50"), "1.50"), (Fraction(1, 3), "1/3"), (None, None)]
)
def test_json_has_each_key_with_its_value(rate: str | int | Decimal | Fraction | None, value: object) -> None:
    by = Ranking(attribute("rate"), due_date)
    ranked = outcome("A", [charge("R-1", "5.00", rate=rate)], [paid("M-1", "5.00")], by)
    (account,) = json.loads(json_text([ranked], order="o", designations="only"))["accounts"]
    (line,) = account["explanation"]["lines"]
    names = [key["name"] for key in line["keys"]]
    assert names == [name for name, _ in ranked.allocation.explanation.lines[0].keys]
    assert [key["value"] for key in line["keys"]] == [value, "2026-03-01"]
    assert line["rank"] == 1


def test_json_keeps_letters_as_they_are() -> None:
    assert '"account": "Größe 漢"' in json_text(
        [outcome("Größe 漢", [charge("R", "1")], [])], order="o", designations="only"
    )
