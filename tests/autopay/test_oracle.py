"""R9 to R21: ``draft_pulls`` against an oracle that gives and takes single cents; 100,000 compared values and more.

Each value that a draft states is one comparison: its amount, its payment, its days and its reason, every part with its
class, every class of every item that the agreement sees, and every line of what is held back.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import attrs
import pytest

from arledger import (
    OLDEST_FIRST,
    Agreement,
    AutopayPolicy,
    Category,
    Charge,
    Credit,
    Draft,
    Drafts,
    Ledger,
    Payment,
    PendingIncrease,
    Position,
    autopay_run,
    classify,
    include,
    monthly,
    replay,
)
from autopay_modes import MODES, Rule, cad, rule_of
from autopay_strategies import Case, Draw
from oracles import draft_cents, draft_items, draft_rules, drafts
from oracles.drafts import Line, Pulled, Run, Taker
from samples import PART, samples

PROMISED = 100_000
WHYS = (
    "not included",
    "asks for nothing",
    "is for no charge",
    "over the",
    "stored amount",
    "asks for less",
    "less than",
    "owed by",
)
PARTS = 4
"""In so many tests, which may run side by side."""


def run_of(case: Case, position: Position) -> Run:
    """What the oracle says of a case."""
    return Run(case.agreements, case.rules, position, case.run, case.policy, case.increases)


def as_pulled(draft: Draft) -> Pulled:
    """A draft in the plain numbers of the oracle; its reason apart."""
    return Pulled(
        draft.amount.minor,
        [(part.charge, part.item_class.value, part.amount.minor) for part in draft.parts],
        None if draft.payment is None else draft.payment.id,
        draft.execute_on,
        draft.notice_by,
        "",
        draft.ends,
    )


def compare(case: Case, found: Drafts, run: Run) -> int:
    """How many values were compared, all of them equal."""
    compared = 0
    assert [draft.agreement.id for draft in found.drafts] == [taker.agreement.id for taker in run.takers]
    assert [name for name, _ in found.left_out] == run.left_out
    for draft, taker in zip(found.drafts, run.takers, strict=True):
        pulled = run.pulled(taker)
        assert as_pulled(draft) == pulled._replace(reason=""), taker.agreement.id
        assert (draft.reason != "") == (pulled.amount == 0)
        assert draft.reason.startswith(("the period", pulled.reason) if "period" in pulled.reason else pulled.reason)
        if draft.payment is not None:
            wishes = [(wish.to, wish.amount and wish.amount.minor) for wish in draft.payment.designations]
            assert wishes == [(name, cents) for name, _, cents in pulled.parts]
            assert (draft.payment.amount, draft.payment.received) == (draft.amount, draft.execute_on)
            assert (draft.payment.payer, draft.payment.method) == (taker.agreement.payer, taker.agreement.method)
        compared += 6 + 2 * len(pulled.parts) + compare_classes(case, found, run, taker)
    return compared + compare_held(found, list(run.held()))


def compare_classes(case: Case, found: Drafts, run: Run, taker: Taker) -> int:
    """The class of every item, as ``classify`` has it."""
    items = classify(found.position, taker.agreement, case.run, case.policy, increases=case.increases)
    expected = [(item.charge.id, item.kind, item.payable) for item in taker.items]
    expected = [one for one in expected if one[0] in run.books.payable]
    assert [(item.id, item.item_class.value, item.payable_minor) for item in items] == expected
    return len(expected)


def compare_held(found: Drafts, lines: list[Line]) -> int:
    """What is held back, line by line, and in a word why."""
    held = sorted(found.held, key=lambda one: (one.charge, one.agreement or "", one.reason != "disputed"))
    lines = sorted(lines, key=lambda one: (one.charge, one.agreement or "", one.why != "disputed"))
    assert [(one.charge, one.amount.minor, one.agreement) for one in held] == [line[:3] for line in lines]
    for one, line in zip(held, lines, strict=True):
        assert line.why in one.reason
        assert one.reason
        assert line.why or not any(word in one.reason for word in WHYS)
    return 2 * len(lines)


@pytest.mark.parametrize("part", range(PARTS))
def test_r9_to_r21_a_draft_is_what_its_cents_say(part: int) -> None:
    """R9 to R21: what is pulled from whom, of what, when, and what is held back."""
    random = Random(f"autopay {part}")
    compared, promised = 0, samples(PROMISED // PARTS)
    while compared < promised:
        case = Draw(random).case()
        position = case.position()
        compared += compare(case, case.drafts(position), run_of(case, position))
    assert PART != 1 or compared >= PROMISED // PARTS


CENSUS = 600
LEAST = {
    "mode": {mode[0] for mode in MODES} | {"capped", "skipped over", "at least"},
    "class": set(draft_items.ORDER),
    "held": {"disputed", "owed by", "of the period of the move-in", "of a later period"},
    "why": {
        *("is for no charge", "over the", "more than the stored amount", "asks for less", "are not included", ""),
        "no agreement has a share",
    },
    "reason": {
        *("the period of the move-in", "the period of the move-out", "pulled before", "suspended"),
        *("over", "over the limit", "less than"),
    },
    "draft": {
        *("several payers", "stored parts", "shares by charge", "two of a payer", "several divisions", "left out"),
        *("number of a pull", "notice", "moved", "credit", "own money", "own payments come off", "loose and parts"),
        *("kept for an increase", "kept for a charge", "handed on", "in part disputed"),
    },
}


def test_what_is_drawn_has_what_it_is_drawn_for() -> None:
    """An oracle agrees on what it never sees: each shape of a rule, an item and a draft is a fair part of them."""
    seen: Counter[tuple[str, str]] = Counter()
    for number in range(CENSUS):
        case = Draw(Random(f"census {number}")).case()
        run = run_of(case, case.position())
        for rule in case.rules.values():
            seen.update(("mode", word) for word in words_of(rule))
        for taker in run.takers:
            seen.update(set(shapes_of(taker, run)))
        seen.update({("why", line.why) for line in run.held()})
        seen.update({("draft", name) for name, flag in flags_of(case, run).items() if flag})
    wanted = [(kind, shape) for kind, shapes in LEAST.items() for shape in shapes]
    assert {shape: seen[shape] for shape in wanted if seen[shape] < CENSUS // 300} == {}


def words_of(rule: Rule) -> Iterator[str]:
    yield rule[0]
    if rule[0] in draft_items.COMPOSED:
        yield from words_of(rule[1])


def shapes_of(taker: Taker, run: Run) -> Iterator[tuple[str, str]]:
    pulled = run.pulled(taker)
    yield "reason", pulled.reason
    for item in taker.items:
        yield "class", item.kind
        yield "held", item.why
    flags = {
        "notice": pulled.notice,
        "moved": pulled.on != run.books.run.on,
        "number of a pull": "#" in (pulled.payment or ""),
        "loose and parts": taker.loose and taker.parts,
        "shares by charge": len({item.share for item in taker.items}) > 2,
        "stored parts": taker.agreement.shares is None and 0 < max((item.share for item in taker.items), default=0) < 1,
        "own payments come off": any(run.paid(taker, name) for name in taker.asked),
    }
    yield from (("draft", name) for name, flag in flags.items() if flag)


def flags_of(case: Case, run: Run) -> dict[str, Any]:
    books = run.books
    payers = [taker.agreement.payer for taker in run.takers if taker.asked]
    free = [source for source in books.position.money if books.free(source)]
    return {
        "several payers": len(set(payers)) > 1,
        "two of a payer": len(set(payers)) < len(payers),
        "several divisions": len(run.divisions()) > 1,
        "left out": run.left_out,
        "credit": payers and any(isinstance(one, Credit) and one.payer is None for one in free),
        "own money": any(isinstance(one, Payment) and one.payer in payers for one in free),
        "kept for an increase": any(books.kept.get(charge.id) for charge in books.increases),
        "kept for a charge": any(kept for name, kept in books.kept.items() if name in books.open),
        "handed on": run.handed_on,
        "in part disputed": any(0 < minor < books.payable[name] for name, minor in books.disputed.items()),
    }


RENT, MAY = (
    Charge(name, cad(1000), due=date(2026, month, 1), category=Category.RENT) for name, month in (("R", 6), ("M", 5))
)
FEE = Charge("F", cad(50), due=date(2026, 5, 8), category=Category.LATE_FEE)
KEPT = ("keep unchanged",)
ALL, HALVES, THIRDS = (Fraction(1),), (Fraction(1, 2),) * 2, (Fraction(1, 3),) * 3


def pulled(
    *entries: Any,
    by: Any = ("keep percent",),
    stored: int = 1,
    shares: Sequence[Fraction] = (Fraction(3, 5), Fraction(2, 5)),
    pending: int | None = None,
    **policy: Any,
) -> list[int]:
    """What each payer pays on the first of June."""
    on = date(2026, 6, 1)
    agreements = [
        Agreement(payer, rule_of(by), agreed=date(2026, 1, 1), payer=payer, shares=share, stored=cad(stored))
        for payer, share in zip("ABC", shares, strict=False)
    ]
    rules: dict[str, Rule] = {one.id: by for one in agreements}
    position = replay(Ledger("CAD", entries), by=OLDEST_FIRST, as_of=on, sweep_payments=False)
    increases = [] if pending is None else [PendingIncrease("I", cad(pending), effective=on)]
    terms = (autopay_run(monthly(1), on), AutopayPolicy(**policy), increases)
    return [taker.amount for taker in Run(agreements, rules, position, *terms).takers]


def owing(minor: int) -> Charge:
    """The rent of June, of another amount."""
    return attrs.evolve(RENT, amount=cad(minor))


def test_the_oracle_by_example() -> None:
    """Rows B1 to B13 of the rules, where one run is all there is to them; cents for dollars."""
    b1: dict[str, Any] = {"by": KEPT, "stored": 500, "shares": HALVES}
    assert [pulled(owing(minor), **b1) for minor in (1200, 800)] == [[500, 500], [400, 400]], "B1"
    assert pulled(owing(1050)) == [630, 420], "B2"
    assert pulled(owing(300), by=("fixed",), stored=500, shares=ALL) == [500], "B3"
    assert pulled(owing(6200), shares=ALL, limit=cad(5000)) == [5000], "B4"
    most = ("capped", ("percent", Fraction(1)), 1000)
    assert [pulled(owing(minor), by=most, shares=ALL) for minor in (800, 1200)] == [[800], [1000]], "B5"
    others: dict[str, Any] = {"includes": include.OTHER_FEES}
    b6 = [owing(600), FEE]
    assert [pulled(*b6, **b1), pulled(*b6, **b1, **others)] == [[300, 300], [325, 325]], "B6"
    for by in (("keep percent",), KEPT):
        b7: dict[str, Any] = {"by": by, "stored": 1000, "shares": ALL}
        assert [pulled(MAY, RENT, FEE, **b7), pulled(MAY, RENT, FEE, **b7, **others)] == [[1000], [2050]], "B7"
    assert [pulled(RENT, pending=30), pulled(RENT, pending=30, **others)] == [[600, 400], [618, 412]], "B8"
    deposit = Charge("D", cad(500), due=date(2026, 5, 20), category=Category.DEPOSIT)
    b9 = [pulled(deposit, RENT, shares=ALL), pulled(deposit, RENT, shares=ALL, includes=include.DEPOSITS)]
    assert b9 == [[1000], [1500]], "B9"
    skips = pulled(owing(12000), limit=cad(5000), skips_over_limit=True)
    assert [pulled(owing(12000), limit=cad(5000)), skips] == [[5000, 4800], [0, 4800]], "B10"
    before = Payment("P", cad(250), received=date(2026, 5, 20), payer="A")
    assert pulled(RENT, before) == [350, 400], "B11"
    by_hand = Payment("P", cad(500), received=date(2026, 6, 1), payer="A")
    assert [pulled(RENT, by_hand, **b1), pulled(RENT, by_hand, shares=HALVES)] == [[250, 250], [0, 500]], "B12"
    assert [pulled(RENT, shares=THIRDS), pulled(RENT, shares=THIRDS[:2])] == [[334, 333, 333], [334, 333]], "B13"


@pytest.mark.parametrize("module", [draft_cents, draft_items, draft_rules, drafts])
def test_the_oracle_shares_no_code(module: Any) -> None:
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "arledger"
        for alias in node.names
    }
    assert modules <= {
        *("__future__", "collections.abc", "datetime", "fractions", "typing", "arledger", "arledger.items"),
        *("oracles.draft_cents", "oracles.draft_items", "oracles.draft_rules"),
    }
    assert names <= {
        *("Agreement", "AutopayPolicy", "AutopayRun", "IncreaseState", "PendingIncrease"),
        *("Category", "Charge", "Credit", "Payment", "PaymentState", "Position", "SETTLE_DUE"),
    }
