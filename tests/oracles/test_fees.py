"""R33 to R38: ``assess`` against an oracle that walks from day to day; 100,000 late items and more.

What is assessed together is one comparison, with all that is said of it: what is owed and why no more, what the rule
comes to exactly and rounded, what was charged before, what is left of each limit, what is proposed, or why nothing is.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from arledger import AssessedItem, Assessment, Order, Position, assess
from oracles import draw_late, fee_amounts_by_day, fees_by_day
from oracles.draw_late import ALWAYS, NEVER, Draw, days_later, drawn_rule
from oracles.fee_amounts_by_day import Amount
from oracles.fees_by_day import Account, Books, Charge, Late, Money, Rule, Run
from oracles.late_cases import ORDERS, applied_in, cad, ledger_of, replayed, rule_of
from samples import PART, samples

PROMISED = {"day": 36_000, "apart": 46_000, "invoice": 16_000, "balance": 2_000}
"""How many late items are compared under rules of each occurrence."""
PARTS = 4
"""Each of these in so many tests, which may run side by side."""
DAYS = 3
RULES = 10


class Case(NamedTuple):
    """An account, with what settles what in it, on some days, and rules for it."""

    account: Account
    positions: list[Position]
    rules: list[Rule]
    payers: tuple[str, ...]
    rent: int


def drawn_case(random: Random, occurs: str) -> Case:
    draw = Draw(random)
    account = draw.account()
    ledger, sweeps = ledger_of(account), random.random() < 0.7
    by: Order = random.choice(ORDERS)
    moves = [money.day for money in account.money] + [day for money in account.money for day, _ in money.back]
    days = sorted(
        random.choice((days_later(draw.first, random.randint(4, 100)), *random.sample(moves, min(1, len(moves)))))
        for _ in range(DAYS)
    )
    positions = [replayed(ledger, by, day, sweeps=sweeps) for day in days]
    rules = [drawn_rule(random, occurs, days) for _ in range(RULES)]
    settled = account._replace(applied=applied_in(positions[-1]))
    payers: tuple[str, ...] = random.choice(((), ("ann",), ("ann", "bob")))
    return Case(settled, positions, rules, payers, random.choice((1000_00, 1234_56)))


def ran(case: Case) -> Iterator[tuple[Run, Assessment]]:
    """Each rule on each day; the first one from the position of another day."""
    rules = [rule_of(plain) for plain in case.rules]
    for position in case.positions:
        books = Books(case.account, position.as_of)
        for place, (plain, rule) in enumerate(zip(case.rules, rules, strict=True)):
            known = position if place else case.positions[-1]
            found = assess(rule, known, on=position.as_of, rent=cad(case.rent), payers=case.payers)
            yield Run(books, plain, case.payers, case.rent), found


WHYS = {"no fee before": "grace", "charged before": "before", "it comes": "zero", "the limit": "limit"}


def as_late(item: AssessedItem) -> Late:
    """An assessed item in the plain numbers of the oracle."""
    why = "least" if "is past due, less than" in item.reason else item.reason
    return Late(
        about=item.about,
        charges=item.charges,
        payer=item.payer,
        due=item.due,
        first_day=item.first_day,
        days_late=item.days_late,
        payable=item.payable.minor,
        disputed=item.disputed.minor,
        on_hand=item.on_hand.minor,
        owed=item.owed.minor,
        exact=None if item.worked is None else item.worked.minor,
        total=item.total.minor,
        charged=item.charged.minor,
        left=tuple(limit.left.minor for limit in item.limits),
        proposed=item.proposed.minor,
        why=next((short for text, short in WHYS.items() if item.reason.startswith(text)), why),
    )


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("occurs", PROMISED)
def test_r33_to_r38_each_late_item_comes_to_what_its_days_say(occurs: str, part: int) -> None:
    """R33 to R38: what is owed, what a rule comes to by now, less what was charged, within the limits."""
    random = Random(f"{occurs} {part}")
    compared, promised = 0, samples(PROMISED[occurs] // PARTS)
    while compared < promised:
        for run, found in ran(drawn_case(random, occurs)):
            assert [as_late(item) for item in found.items] == run.found, (found.rule, found.on)
            assert sorted(name for name, _ in found.left_out) == sorted(run.left_out), (found.rule, found.on)
            assert [
                (fee.about, fee.amount.minor, fee.payer, fee.due, fee.posted, fee.category.value, fee.code)
                for fee in found.charges
            ] == [
                (late.about, late.proposed, late.payer, run.day, run.posted, run.rule.category, run.rule.code)
                for late in run.found
                if late.proposed
            ]
            compared += len(run.found)
    assert PART != 1 or compared >= PROMISED[occurs] // PARTS


def test_as_many_comparisons_as_promised() -> None:
    """100,000 in all; each test counts that it made its own part of them."""
    assert sum(PROMISED.values()) >= 100_000


CENSUS = 60
LEAST = {
    "amount": {
        *("flat", "percent", "plus", "lesser", "greater", "by size", "by part", "from day", "every", "each month"),
        "a year",
    },
    "base": {"owed", "past due", "charge", "rent"},
    "since": {"grace", "due"},
    "convention": {"over 365", "over 360", "actual", "30/360", "months", "both ends", "at least"},
    "grace": {"after", "free", "free working", "until"},
    "limit": {"charge", "period", "ever"},
    "why": {"", "grace", "least", "limit", "before", "zero"},
    "account": {
        *(
            "disputed",
            "on hand",
            "reversed",
            "unearned",
            "closed books",
            "came back",
            "paid in part",
            "several together",
        ),
        *("another payer", "charged before", "of the same run"),
    },
}


def test_what_is_drawn_has_what_it_is_drawn_for() -> None:
    """An oracle agrees on what it never sees: each shape of a rule, an account and an answer is a fair part of them."""
    seen: Counter[tuple[str, str]] = Counter()
    for number in range(CENSUS):
        for occurs in ("day", "balance") if number % 5 == 0 else ("apart", "invoice"):
            case = drawn_case(Random(f"census {number} {occurs}"), occurs)
            for rule in case.rules:
                seen.update(set(shapes_of_rule(rule)))
            for position in case.positions:
                for rule in case.rules[:2]:
                    run = Run(Books(case.account, position.as_of), rule, case.payers, case.rent)
                    seen.update(set(shapes_of_run(run)))
    wanted = [(kind, shape) for kind, shapes in LEAST.items() for shape in shapes]
    assert {shape: seen[shape] for shape in wanted if seen[shape] < CENSUS // 4} == {}


def shapes_of_rule(rule: Rule) -> Iterator[tuple[str, str]]:
    name, _, *closed = rule.grace
    yield "grace", "free working" if closed else name
    for amount, scope in rule.limits:
        yield "limit", scope
        yield from shapes_of_amount(amount)
    yield from shapes_of_amount(rule.amount)


def shapes_of_amount(amount: Amount) -> Iterator[tuple[str, str]]:
    yield "amount", amount[0]
    for part in amount[1:]:
        if part in LEAST["base"]:
            yield "base", part
        elif part in LEAST["since"]:
            yield "since", part
        elif amount[0] == "a year" and isinstance(part, str):
            for name in part.split(" of "):
                yield "convention", "at least" if name.isdigit() else name
        elif amount[0] in {"by size", "by part"}:
            yield from shapes_of_amount(part[1])
        elif isinstance(part, tuple) and amount[0] != "a year":
            yield from shapes_of_amount(part)


def shapes_of_run(run: Run) -> Iterator[tuple[str, str]]:
    before = sum(fee.minor for fee in run.fees)
    for late in run.found:
        yield "why", late.why
        before -= late.proposed
        flags: dict[str, Any] = {
            "disputed": late.disputed,
            "on hand": late.on_hand,
            "paid in part": 0 < late.payable < sum(run.books.by_id[name].minor for name in late.charges),
            "several together": len(late.charges) > 1,
            "another payer": late.payer,
            "charged before": late.charged,
            "of the same run": late.left and before != sum(fee.minor for fee in run.fees),
            "closed books": run.posted > run.day,
        }
        yield from (("account", name) for name, flag in flags.items() if flag)
    for charge in run.books.charges:
        if charge.reversed is not None or charge.unearned:
            yield "account", "reversed" if charge.reversed else "unearned"
    if any(day <= run.day for money in run.books.account.money for day, _ in money.back):
        yield "account", "came back"


RULE = Rule(
    *(
        ("flat", 30_00),
        ("free", 5),
        "day",
        (),
        0,
        ("not", "late_fee", "nsf_fee", "interest", "deposit"),
        "late_fee",
        None,
    ),
    *(("month", 1), NEVER, ALWAYS, "half up"),
)
JANUARY = date(2026, 1, 1)


def a_charge(name: str, minor: int, due: date = JANUARY, kind: str = "rent", **other: Any) -> Charge:
    plain = Charge(name, minor, due, due, kind, None, None, None, None, None, None, 0)
    return plain._replace(**other)


def proposed(rule: Rule, *charges: Charge, on: int, rent: int = 0, money: tuple[Money, ...] = ()) -> list[int]:
    books = Books(Account(charges, money, (), NEVER), days_later(JANUARY, on - 1))
    return [late.proposed for late in Run(books, rule, (), rent).found]


def test_the_oracle_by_example() -> None:
    """Rows D1 to D10 of the rules, each on days of January."""
    rent = a_charge("rent", 1000_00)
    running: Amount = ("plus", ("flat", 30_00), ("every", 1, ("flat", 10_00), 2, "grace"))
    d1 = RULE._replace(amount=running, limits=((("flat", 50_00), "period"),))
    assert [proposed(d1, rent, on=day) for day in (6, 7, 8, 9, 10)] == [[0], [30_00], [40_00], [50_00], [50_00]]
    d4 = RULE._replace(amount=("greater", ("percent", Fraction(5, 100), "owed"), ("flat", 25_00)))
    assert [proposed(d4, a_charge("rent", minor), on=9) for minor in (400_00, 1000_00)] == [[25_00], [50_00]]
    d5 = RULE._replace(amount=("from day", 5, ("greater", ("flat", 15_00), ("percent", Fraction(5, 100), "rent"))))
    d5 = d5._replace(grace=("free", 0))
    assert [proposed(d5, rent, on=day, rent=minor) for day, minor in ((6, 200_00), (6, 1000_00), (5, 1000_00))] == [
        [15_00],
        [50_00],
        [0],
    ]
    fee = a_charge("fee", 50_00, date(2026, 1, 8), "late_fee", about="rent")
    assert proposed(d1, rent, fee, on=20) == [0]
    assert proposed(RULE._replace(least=100_00), a_charge("rent", 75_00), on=9) == [0]
    d9 = RULE._replace(amount=("percent", Fraction(5, 100), "owed"), grace=("after", 5))
    assert proposed(d9, rent, a_charge("feb", 1000_00, date(2026, 2, 1)), fee, on=31 + 6) == [0, 50_00]
    money = (
        Money("unapplied", 200_00, JANUARY, False, None, None, None, ()),
        Money("at the bank", 300_00, JANUARY, False, None, None, (JANUARY, ALWAYS), ()),
    )
    disputed = a_charge("utility", 400_00, kind="utility", dispute=(400_00, NEVER, ALWAYS))
    others = [disputed, a_charge("deposit", 500_00, kind="deposit"), fee._replace(about=None)]
    assert proposed(d9, rent, *others, on=12, money=money) == [25_00]
    interest = ("a year", ((None, Fraction(8, 100)), (date(2026, 1, 11), Fraction(0))), "over 365", "due")
    assert proposed(RULE._replace(amount=interest, category="interest"), rent, on=21) == [2_19]


@pytest.mark.parametrize("module", [fees_by_day, fee_amounts_by_day, draw_late])
def test_the_oracle_shares_no_code(module: Any) -> None:
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imports = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert modules | imports <= {
        *("__future__", "collections", "collections.abc", "datetime", "fractions", "functools", "itertools", "math"),
        *("random", "typing", "oracles.days", "oracles.days_counted", "oracles.fee_amounts_by_day"),
        "oracles.fees_by_day",
    }
