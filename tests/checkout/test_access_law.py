"""R49, R55: over 100,000 random access graphs, who sees and pays what is exactly what the oracle says.

Invoices, people and associations are drawn from pools that are made once; each graph is a portal of some of them, over
an account of which each invoice has a charge, some are paid, and some are at the bank.
"""

from __future__ import annotations

import ast
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from account_facts import paid
from arledger import (
    AccessLevel,
    Association,
    Contact,
    ContactKind,
    ContactState,
    Designation,
    Invoice,
    PaymentMethods,
    PaymentState,
    Portal,
    Quote,
    Refusal,
    RefusalKind,
    quote,
    shown_invoices,
)
from ledger_facts import step
from oracles import access as oracle
from oracles.access import Document, Person, Tie
from portal_facts import TODAY, card, care, standing
from samples import PART, samples

PROMISED = 100_000
PARTS = 4
"""In so many tests, which may run side by side."""
PAYERS = ("", "ana", "ben")
CLIENTS, MATTERS, NUMBERS = ("", "Roy", "Lee"), ("", "estate"), ("", "7")
NAMES = tuple(f"INV-{number}" for number in range(6))
PAID, AT_THE_BANK = "INV-4", "INV-5"
ACCOUNT = standing(
    *(care(f"C-{name}", "10", name) for name in NAMES),
    paid("P-1", "10", 2, designations=[Designation(f"C-{PAID}")]),
    paid("P-2", "10", 2, designations=[Designation(f"C-{AT_THE_BANK}")]),
    step("P-2", PaymentState.PENDING, 2),
)
METHODS = PaymentMethods([card(payer or None, id=f"card-{payer}") for payer in PAYERS])


class Pools(NamedTuple):
    """All that graphs are made of, each in the oracle's words and as a value."""

    people: list[tuple[Person, Contact]]
    documents: dict[str, list[tuple[Document, Invoice]]]
    ties: list[tuple[Tie, Association]]


def pools() -> Pools:
    """Everybody of every payer, level and state; every invoice with every address; every association."""
    people: list[tuple[Person, Contact]] = []
    for payer, is_resident, level, state in product(PAYERS, (False, True), AccessLevel, ContactState):
        if payer or is_resident:
            name, kind = f"K{len(people)}", ContactKind.SELF if is_resident else ContactKind.FAMILY
            email = f"{name}@example.org"
            made = Contact(name, payer=payer or None, kind=kind, email=email, access=level, state=state)
            often = 12 if (level, state) == (AccessLevel.BILLING, ContactState.ACTIVE) else 1
            people += [(Person(payer, is_resident, level.value, state.value), made)] * often
    documents: dict[str, list[tuple[Document, Invoice]]] = {name: [] for name in NAMES}
    for name, *given in product(NAMES, PAYERS, CLIENTS, MATTERS, NUMBERS):
        fields: Any = dict(zip(("payer", "client", "matter", "number"), (one or None for one in given), strict=True))
        made_invoice = Invoice(name, date=TODAY, **fields)
        documents[name].append((Document(name, *given), made_invoice))
    ties: list[tuple[Tie, Association]] = []
    for payer, client, matter, number, name in product(PAYERS[1:], CLIENTS, MATTERS, NUMBERS, ("", *NAMES[:2])):
        if client or matter or number or name:
            criteria = {"client": client, "matter": matter, "number": number, "invoice": name}
            said = {field: value for field, value in criteria.items() if value}
            made_tie = Association(f"A{len(ties)}", payer, **said)
            ties += [(Tie(payer, client, matter, number, name), made_tie)] * (4 if len(said) == 1 else 1)
    return Pools(people, documents, ties)


class Graph(NamedTuple):
    """A portal, and who acts in it, in both words."""

    portal: Portal
    person: Person
    by: str
    documents: list[Document]
    ties: list[Tie]


def draw(random: Random, pool: Pools) -> Graph:
    """Some invoices, one or two people and up to three associations."""
    documents = [random.choice(pool.documents[name]) for name in random.sample(NAMES, random.randint(1, 3))]
    person, contact = random.choice(pool.people)
    contacts = [contact]
    if random.random() < 0.3:
        other, beside = random.choice(pool.people)
        if (other.payer, other.is_resident) != (person.payer, person.is_resident):
            contacts.append(beside)
    ties = list({tie[1].id: tie for tie in random.choices(pool.ties, k=random.choice((0, 1, 2, 3)))}.values())
    portal = Portal(
        invoices=[made for _, made in documents],
        contacts=contacts,
        methods=METHODS,
        associations=[made for _, made in ties],
    )
    return Graph(portal, person, contact.id, [said for said, _ in documents], [said for said, _ in ties])


def is_as_the_oracle_says(graph: Graph, random: Random) -> tuple[int, bool]:
    """Compare what is shown, and what becomes of a quote; how many invoices are seen, and whether it is made."""
    seen = {one.name for one in graph.documents if oracle.sees(graph.person, one, graph.ties)}
    shown = shown_invoices(graph.portal, ACCOUNT, by=graph.by)
    assert (set() if isinstance(shown, Refusal) else {balance.id for balance in shown}) == seen, graph
    assert isinstance(shown, tuple) or not seen
    wanted = [one for one in graph.documents if random.random() < 0.5] or graph.documents
    payable = [
        one for one in wanted if one.name not in (PAID, AT_THE_BANK) and oracle.pays(graph.person, one, graph.ties)
    ]
    found = quote([one.name for one in wanted], ACCOUNT, graph.portal, by=graph.by, paying=f"card-{graph.person.payer}")
    assert isinstance(found, Quote) == (payable == wanted), graph
    if isinstance(found, Quote):
        assert sorted(line.invoice for line in found.lines) == sorted(one.name for one in wanted)
    elif graph.person.level == "billing" and graph.person.state == "active":
        hidden = {reason.about for reason in found.reasons if reason.kind is RefusalKind.NOT_THEIRS}
        assert hidden == {one.name for one in wanted} - seen, graph
    else:
        assert {reason.kind for reason in found.reasons} <= {RefusalKind.NO_ACCESS, RefusalKind.READ_ONLY}
    return len(seen), isinstance(found, Quote)


@pytest.mark.parametrize("part", range(PARTS))
def test_r49_r55_over_100_000_graphs_nobody_quotes_an_invoice_that_they_may_not_see(part: int) -> None:
    random, pool = Random(part), pools()
    count, seen, made = 0, 0, 0
    for _ in range(samples(PROMISED // PARTS)):
        some, is_made = is_as_the_oracle_says(draw(random, pool), random)
        count, seen, made = count + 1, seen + some, made + is_made
    assert count >= PROMISED // PARTS or PART < 1
    assert min(seen, made) * 10 > count or count < 1000  # what is drawn is neither all open nor all shut


def test_the_oracle_of_access_shares_no_code_with_what_it_judges() -> None:
    source = Path(oracle.__file__ or "").read_text(encoding="utf-8")
    imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert [getattr(node, "module", None) for node in imports] == ["__future__", "typing"]
