"""Lists of invoices, contacts, saved methods, associations, balances and postings, from rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from arledger import (
    AccessLevel,
    Association,
    Contact,
    ContactKind,
    ContactState,
    Invoice,
    InvoiceBalance,
    MethodKind,
    MethodState,
    Money,
    PaymentMethod,
    Posting,
    PostingState,
    RowErrors,
)
from arledger.interchange.portal_rows import ASSOCIATIONS, CONTACTS, INVOICES, METHODS, Kind, read_list
from arledger.interchange.schedule_rows import BALANCES, POSTINGS, postings_text

DAY = date(2026, 3, 1)
KINDS = "known are company, family, guarantor, guardian, other, self"
OWN_METHODS = "give each method of an account an id of its own"
FOUR_DIGITS = "write the last four digits of its number, and never more of it"
A_NUMBER = "write the number without a currency sign or letters, such as 12.34"
NOT_BELOW = "write 0 or more; what was paid too much is no part of an invoice"
AT_LEAST_ONE = "write one of them at least"
ALL_OR_NONE = "write schedule, association and run, or none of them"


def table(*rows: str) -> list[str]:
    """Rows as the lines of a file."""
    return [f"{row}\n" for row in rows]


def problems(kind: Kind[Any], *rows: str) -> list[str]:
    """What is told of rows."""
    with pytest.raises(RowErrors) as told:
        read_list(kind, table(*rows), file="f")
    return [str(problem) for problem in told.value.problems]


@pytest.mark.parametrize(
    ("kind", "rows", "fact"),
    [
        (INVOICES, ("account,invoice,date", "A,I,2026-03-01"), Invoice("I", date=DAY)),
        (
            INVOICES,
            ("due,payer,client,matter,number,account,invoice,date", "2026-03-31,ana,Roy,estate,7,A,I,2026-03-01"),
            Invoice("I", date=DAY, number="7", due=date(2026, 3, 31), payer="ana", client="Roy", matter="estate"),
        ),
        (CONTACTS, ("account,contact,payer", "A,C-1,ana"), Contact("C-1", payer="ana")),
        (
            CONTACTS,
            ("account,contact,kind,email,access,state", "A,C-1,Self,a@example.org,billing,not invited"),
            Contact(
                "C-1",
                kind=ContactKind.SELF,
                email="a@example.org",
                access=AccessLevel.BILLING,
                state=ContactState.NOT_INVITED,
            ),
        ),
        (
            METHODS,
            ("account,method,kind,last_four", "A,M-1,Bank account,0007"),
            PaymentMethod("M-1", MethodKind.BANK_ACCOUNT, last_four="0007"),
        ),
        (
            METHODS,
            (
                "account,method,kind,last_four,payer,nickname,billing_address,expires,state,default",
                "A,M-2,credit card,4242,ana,Ana's,1 Elm,2028-05-31,disabled,yes",
            ),
            PaymentMethod(
                "M-2",
                MethodKind.CREDIT_CARD,
                payer="ana",
                last_four="4242",
                nickname="Ana's",
                billing_address="1 Elm",
                expires=date(2028, 5, 31),
                state=MethodState.DISABLED,
                is_default=True,
            ),
        ),
        (ASSOCIATIONS, ("association,payer,matter", "A-1,ana,estate"), Association("A-1", "ana", matter="estate")),
        (
            BALANCES,
            ("invoice,date,outstanding,currency", "I,2026-03-01,300,USD"),
            InvoiceBalance(invoice=Invoice("I", date=DAY), outstanding=Money("300", "USD")),
        ),
        (
            BALANCES,
            (
                "invoice,date,number,client,outstanding,currency,amount,pending,disputed,as_of",
                "I,2026-03-01,7,Roy,300,USD,900,100,50,2026-03-14",
            ),
            InvoiceBalance(
                invoice=Invoice("I", date=DAY, number="7", client="Roy"),
                outstanding=Money("300", "USD"),
                amount=Money("900", "USD"),
                pending=Money("100", "USD"),
                disputed=Money("50", "USD"),
                as_of=date(2026, 3, 14),
            ),
        ),
        (
            POSTINGS,
            ("posting,invoice,amount,currency,payment", "X-1,I,200,USD,P-1"),
            Posting("X-1", Money("200", "USD"), invoice="I", payment="P-1"),
        ),
        (
            POSTINGS,
            (
                "posting,invoice,amount,currency,payment,schedule,association,run,state,posted",
                "X-1,I,200,USD,P-1,S-1,A-1,2026-03-15,posted,2026-03-17",
            ),
            Posting(
                "X-1",
                Money("200", "USD"),
                invoice="I",
                payment="P-1",
                schedule="S-1",
                association="A-1",
                run=date(2026, 3, 15),
                state=PostingState.POSTED,
                posted=date(2026, 3, 17),
            ),
        ),
    ],
)
def test_a_row_is_a_fact(kind: Kind[Any], rows: Iterable[str], fact: object) -> None:
    found = read_list(kind, table(*rows))
    assert found.all == (fact,)
    assert found.of("A" if kind.has_accounts else "") == (fact,)
    assert found.of("B") == ()


def test_facts_are_of_their_account() -> None:
    found = read_list(INVOICES, table("account,invoice,date", "A,I,2026-03-01", "B,I,2026-03-01", "A,J,2026-03-01"))
    assert [invoice.id for invoice in found.of("A")] == ["I", "J"]
    assert [(row.account, row.row) for row in found.rows] == [("A", 2), ("B", 3), ("A", 4)]


def test_columns_that_nobody_asked_for_are_ignored_and_named() -> None:
    found = read_list(ASSOCIATIONS, table("payer,note,association,client", "ana,old,A-1,Roy"))
    assert (found.file, found.ignored_columns) == ("associations", ("note",))


@pytest.mark.parametrize(
    ("kind", "rows", "told"),
    [
        (
            CONTACTS,
            ("account,contact,payer,kind,state", ",C-1,ana,cousin,activ"),
            [
                "f, row 2, column account: is empty; write the id of the account",
                f"f, row 2, column kind: unknown word 'cousin'; {KINDS}",
                "f, row 2, column state: unknown word 'activ'; did you mean active?",
            ],
        ),
        (
            CONTACTS,
            ("account,contact,payer,email", "A,C-1,,a@b", "A,C-2,ana,nowhere"),
            [
                "f, row 2, column payer: is empty, and its kind is other; write the payer, or self as the kind",
                "f, row 3, column email: 'nowhere' has no @; write an address",
            ],
        ),
        (
            METHODS,
            ("account,method,kind,last_four,default", "A,M-1,bank account,42,maybe", "A,M-1,debit card,12345,no"),
            [
                "f, row 2, column default: 'maybe' is neither yes nor no; write yes or no",
                f"f, row 3, column method: 'M-1' stands already in row 2; {OWN_METHODS}",
                f"f, row 3, column last_four: '12345' are not four digits; {FOUR_DIGITS}",
            ],
        ),
        (
            ASSOCIATIONS,
            ("association,payer", "A-1,ana"),
            [
                f"f, row 2, column client: client, matter, number and invoice are all empty; {AT_LEAST_ONE}",
            ],
        ),
        (
            BALANCES,
            (
                "invoice,date,outstanding,currency,pending",
                "I,2026-03-01,3.001,USD,",
                "J,2026-03-01,3,USD,4",
                "K,2026-03-01,x,USD,",
                "L,2026-03-01,-1,USD,",
            ),
            [
                "f, row 2, column outstanding: 3.001 has 3 decimals, USD allows 2; round it first",
                "f, row 3, column pending: 4.00 USD is over outstanding 3.00 USD; write at most what is outstanding",
                f"f, row 4, column outstanding: 'x' is no plain decimal number; {A_NUMBER}",
                f"f, row 5, column outstanding: -1.00 USD is below zero; {NOT_BELOW}",
            ],
        ),
        (
            POSTINGS,
            (
                "posting,invoice,amount,currency,payment,state,posted,schedule",
                "X-1,I,0,USD,P-1,,,",
                "X-2,I,1,USD,P-1,posted,,",
                "X-3,I,1,USD,P-1,,,S-1",
            ),
            [
                "f, row 2, column amount: 0.00 USD is not positive; write an amount above 0",
                "f, row 3, column posted: is posted, and posted is empty; write the day of it",
                f"f, row 4, column association: is empty, and schedule is S-1; {ALL_OR_NONE}",
            ],
        ),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(kind: Kind[Any], rows: Iterable[str], told: list[str]) -> None:
    assert problems(kind, *rows) == told


def test_postings_are_written_as_they_are_read() -> None:
    postings = (
        Posting("X-1", Money("200", "USD"), invoice="I", payment="P-1"),
        Posting(
            "X-2",
            Money("1.5", "USD"),
            invoice="J",
            payment="P-2",
            schedule="S-1",
            association="A-1",
            run=DAY,
            state=PostingState.REMOVED,
            posted=DAY,
        ),
    )
    text = postings_text(postings, delimiter=";")
    assert read_list(POSTINGS, text.splitlines(keepends=True), delimiter=";").all == postings
    assert postings_text(postings[:1], ["payment", "note", "posting"]) == "payment,note,posting\nP-1,,X-1\n"
