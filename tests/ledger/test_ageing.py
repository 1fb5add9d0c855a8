"""Ageing: every open cent in one place, and money beside the buckets, never in them."""

from __future__ import annotations

from datetime import date

import pytest

from account_facts import cad, day, granted, owed, paid, tax
from arledger import SETTLE_DUE, Ageing, AgeingRow, Category, Designation, Dispute, Invoice, PaymentState, aged
from ledger_facts import standing, step

RENT, FEE = Category.RENT, Category.LATE_FEE


def texts(ageing: Ageing) -> list[str]:
    """What is not due, the buckets, what is disputed."""
    return [str(money.amount) for money in (ageing.not_due, *ageing.buckets, ageing.disputed)]


@pytest.mark.parametrize(
    ("due", "bucket"),
    [
        (date(2026, 4, 1), 0),
        (date(2026, 3, 31), 1),
        (date(2026, 3, 1), 1),
        (date(2026, 2, 28), 2),
        (date(2026, 1, 30), 2),
        (date(2026, 1, 29), 3),
        (date(2025, 12, 31), 3),
        (date(2025, 12, 30), 4),
        (date(2016, 1, 1), 4),
    ],
    ids=["due tomorrow", "due today", "30 days", "31", "60", "61", "90", "91", "years"],
)
def test_the_edges_of_the_buckets(due: date, bucket: int) -> None:
    """As of 31 March, in brackets of 30, 60 and 90 days."""
    charge = owed("c", "10", posted=day(1))
    moved = standing([type(charge)("c", cad("10"), due=due, posted=min(due, day(31)))])
    expected = ["0.00"] * 6
    expected[bucket] = "10.00"
    assert texts(aged(moved)) == expected


def test_the_labels_and_brackets_of_ones_own() -> None:
    position = standing([owed("c", "10", 1), owed("d", "20", 20)])
    ageing = aged(position, brackets=[7, 14])
    assert (ageing.labels, texts(ageing)) == (("0-7", "8-14", "over 14"), ["0.00", "0.00", "20.00", "10.00", "0.00"])
    assert aged(position).labels == ("0-30", "31-60", "61-90", "over 90")
    only_today = aged(position, brackets=(0,))
    assert (only_today.labels, texts(only_today)) == (("0-0", "over 0"), ["0.00", "0.00", "30.00", "0.00"])


class TestByInvoiceDate:
    """Or from the date of the charge's invoice."""

    POSITION = standing(
        [
            owed("billed", "10", 31, invoice="17", posted=day(1)),
            owed("unbilled", "20", 31, posted=day(1)),
            owed("unknown", "40", 31, invoice="99", posted=day(1)),
        ]
    )
    INVOICES = (Invoice("17", date=date(2026, 2, 1)), Invoice("18", date=date(2020, 1, 1)))

    def test_a_charge_without_one_ages_from_its_due_date(self) -> None:
        ageing = aged(self.POSITION, basis="invoice", invoices=self.INVOICES)
        assert texts(ageing) == ["0.00", "60.00", "10.00", "0.00", "0.00", "0.00"]

    def test_invoices_mean_nothing_to_an_ageing_by_due_date(self) -> None:
        ageing = aged(self.POSITION, invoices=self.INVOICES)
        assert texts(ageing) == ["0.00", "70.00", "0.00", "0.00", "0.00", "0.00"]

    def test_an_invoice_of_a_later_day_is_not_due_yet(self) -> None:
        ageing = aged(self.POSITION, basis="invoice", invoices=[Invoice("17", date=date(2026, 4, 1))])
        assert texts(ageing)[0] == "10.00"


def test_only_what_is_open_ages() -> None:
    position = standing([owed("c", "100", 1), paid("P", "60", 9)])
    assert texts(aged(position)) == ["0.00", "40.00", "0.00", "0.00", "0.00", "0.00"]


def test_what_is_disputed_is_apart_be_it_due_or_not() -> None:
    entries = [
        owed("c", "100", 1, disputed=Dispute(cad("30"))),
        owed("d", "50", 31, posted=day(1), disputed=True),
        owed("e", "20", 1, disputed=Dispute(until=day(31))),
    ]
    ageing = aged(standing(entries))
    assert texts(ageing) == ["0.00", "90.00", "0.00", "0.00", "0.00", "80.00"]
    assert ageing.total == cad("170")


def test_rows_are_by_payer_and_category() -> None:
    """Those of no payer first, then by name; within a payer in the order of the categories."""
    entries = [
        owed("1", "1", category=FEE, payer="bob"),
        owed("2", "2", category=RENT, payer="bob"),
        owed("3", "4", category=RENT, payer="ann"),
        owed("4", "8", category=FEE),
        owed("5", "16", 31, category=RENT, payer="bob", posted=day(1)),
        tax("6", "32", "2", payer="bob"),
    ]
    ageing = aged(standing(entries, 20))
    assert [(row.payer, row.category, str(row.not_due.amount), str(row.total.amount)) for row in ageing.rows] == [
        (None, FEE, "0.00", "8.00"),
        ("ann", RENT, "0.00", "4.00"),
        ("bob", RENT, "16.00", "18.00"),
        ("bob", FEE, "0.00", "1.00"),
        ("bob", Category.TAX, "0.00", "32.00"),
    ]
    assert ageing.rows[1] == AgeingRow("ann", RENT, cad("0"), (cad("4"), cad("0"), cad("0"), cad("0")), cad("0"))


def test_money_stands_beside_the_buckets() -> None:
    entries = [
        owed("c", "100", 31, posted=day(1)),
        paid("P", "10", 3, restriction=None),
        granted("K", "5", 3),
        paid("Q", "20", 3, designations=[Designation("later")]),
        paid("R", "40", 3, fund="trust"),
        paid("S", "80", 3),
        step("S", PaymentState.PENDING, 3),
    ]
    ageing = aged(standing(entries, 20, settle=SETTLE_DUE))
    assert (ageing.unapplied, ageing.pending, ageing.total) == (cad("35"), cad("80"), cad("100"))
    assert texts(ageing) == ["100.00", "0.00", "0.00", "0.00", "0.00", "0.00"]


def test_what_the_bank_covers_is_open_and_ages() -> None:
    entries = [owed("c", "100", 1), paid("S", "80", 3), step("S", PaymentState.PENDING, 3)]
    assert texts(aged(standing(entries))) == ["0.00", "100.00", "0.00", "0.00", "0.00", "0.00"]


def test_it_prints_as_a_table() -> None:
    entries = [
        owed("1", "1", category=FEE, payer="bob"),
        type(owed("2", "2"))("2", cad("1200"), due=date(2026, 1, 1), category=RENT),
        owed("3", "4", 31, category=RENT, posted=day(1), disputed=Dispute(cad("1"))),
    ]
    assert str(aged(standing(entries, 20))) == (
        "payer  category  not due  0-30  31-60    61-90  over 90  disputed    total\n"
        "-----  --------  -------  ----  -----  -------  -------  --------  -------\n"
        "       rent         3.00  0.00   0.00  1200.00     0.00      1.00  1204.00\n"
        "bob    late_fee     0.00  1.00   0.00     0.00     0.00      0.00     1.00\n"
        "       total        3.00  1.00   0.00  1200.00     0.00      1.00  1205.00"
    )


def test_an_empty_account_has_a_row_of_totals() -> None:
    ageing = aged(standing([]))
    assert (ageing.rows, ageing.total, ageing.as_of, ageing.currency) == ((), cad("0"), day(31), "CAD")
    assert str(ageing).splitlines()[2] == ("       total        0.00  0.00   0.00   0.00     0.00      0.00   0.00")
