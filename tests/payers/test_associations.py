"""Associations: what they tie, and whose an invoice is. Rules R49 and R55."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from account_facts import day
from arledger import Association, AssociationScope, Invoice, seen_by
from arledger.payers.associations import is_seen_by
from portal_facts import invoice

ESTATE = Invoice("E-1", date=day(1), client="Roy", matter="estate", number="7")
TAXES = Invoice("T-1", date=day(1), client="Roy", matter="taxes", number="8")
OTHER = Invoice("O-1", date=day(1), client="Lee", matter="estate", number="7")
BARE = Invoice("B-1", date=day(1))
ALL = (ESTATE, TAXES, OTHER, BARE)


def seen(*associations: Association, payer: str | None = "ana") -> list[str]:
    """The ids of the invoices of a payer."""
    return sorted(one.id for one in seen_by(payer, ALL, associations))


@pytest.mark.parametrize(
    ("criteria", "scope", "ids", "text"),
    [
        ({"client": "Roy"}, AssociationScope.CLIENT, ["E-1", "T-1"], "client Roy"),
        ({"matter": "estate"}, AssociationScope.MATTER, ["E-1", "O-1"], "matter estate"),
        (
            {"client": "Roy", "matter": "estate"},
            AssociationScope.MATTER,
            ["E-1"],
            "client Roy, matter estate",
        ),
        ({"number": "7"}, AssociationScope.INVOICE, ["E-1", "O-1"], "number 7"),
        ({"number": "7", "client": "Lee"}, AssociationScope.INVOICE, ["O-1"], "client Lee, number 7"),
        ({"invoice": "B-1"}, AssociationScope.INVOICE, ["B-1"], "invoice B-1"),
        ({"invoice": "B-1", "client": "Roy"}, AssociationScope.INVOICE, [], "client Roy, invoice B-1"),
        ({"client": "roy"}, AssociationScope.CLIENT, [], "client roy"),
    ],
)
def test_r55_criteria_within_one_association_narrow(
    criteria: dict[str, Any], scope: AssociationScope, ids: list[str], text: str
) -> None:
    """R55: all of its criteria must be met; it reaches as far as its narrowest."""
    association = Association("A-1", "ana", **criteria)
    assert association.scope is scope
    assert str(association) == text
    assert repr(scope) == f"AssociationScope.{scope.name}"
    assert seen(association) == ids
    assert seen(association, payer="ben") == []


def test_r55_several_associations_add_up_and_each_invoice_is_seen_once() -> None:
    given = [
        Association("A-1", "ana", client="Roy"),
        Association("A-2", "ana", matter="estate"),
        Association("A-3", "ben", invoice="B-1"),
        Association("A-4", "ana", number="7"),
    ]
    for ordered in permutations(given):
        assert [one.id for one in seen_by("ana", ALL, ordered)] == ["E-1", "O-1", "T-1"]
    assert seen_by("ana", [ESTATE, ESTATE], given) == (ESTATE,)
    assert seen_by("ana", iter(ALL), iter(given)) == seen_by("ana", reversed(ALL), given)
    assert seen_by("ben", ALL, [given[2]]) == (BARE,)


def test_r49_an_invoice_that_is_addressed_is_theirs_alone() -> None:
    """R49, R55: no association crosses an address."""
    mine, theirs = invoice("M-1", "ana", client="Roy"), invoice("M-2", "ben", client="Roy")
    every = Association("A-1", "ana", client="Roy")
    assert (every.ties(mine), every.ties(theirs)) == (True, False)
    assert seen_by("ana", [mine, theirs], [every]) == (mine,)
    assert seen_by("ana", [mine, theirs]) == (mine,)
    assert (is_seen_by("ben", theirs), is_seen_by("ana", theirs, [every])) == (True, False)


def test_r49_invoices_of_nobody_are_the_accounts_own() -> None:
    """R49: without an association, no payer sees them; the account's own payer does."""
    assert is_seen_by(None, BARE)
    assert not is_seen_by("ana", BARE)
    assert not is_seen_by(None, invoice("M-1", "ana"))
    assert seen(payer=None) == ["B-1", "E-1", "O-1", "T-1"]


def test_r52_invoices_stand_oldest_first_by_date_number_and_id() -> None:
    """R52, R57: numbers of digits as numbers, then other text, then those without."""
    expected = [
        invoice("Z", on=1),
        invoice("a", on=2, number="9"),
        invoice("c", on=2, number="009"),
        invoice("b", on=2, number="10"),
        invoice("e", on=2, number="10"),
        invoice("d", on=2, number="10-A"),
        invoice("A", on=2, number="²"),
        invoice("B", on=2),
        invoice("C", on=2),
        invoice("0", on=3, number="1"),
    ]
    for given in (expected, expected[::-1], expected[3:] + expected[:3]):
        found = [one.id for one in seen_by("ana", given)]
        assert set(found[1:3]) == {"a", "c"}
        assert [name for name in found if name not in "ac"] == [one.id for one in expected if one.id not in "ac"]


def test_r52_a_number_may_be_of_any_length() -> None:
    long, short = invoice("L", number="1" * 5000), invoice("S", number="2")
    assert seen_by("ana", [long, short]) == (short, long)
