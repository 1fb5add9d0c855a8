"""What each law finds, one by one.

The core lets none of these things through, so its results are bent by hand before a law looks at them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from arledger import (
    OLDEST_FIRST,
    PRO_RATA,
    Charge,
    Credit,
    CreditKind,
    Designation,
    Dispute,
    Incoming,
    Money,
    OpenItem,
    Order,
    Payment,
    Ranking,
    Ties,
    allocate,
    amount,
    any_payer,
    where,
)
from arledger.testing import (
    LAWS,
    Account,
    LawBroken,
    check_order,
    plain_of,
)
from arledger.testing.decisions import undisputed
from property import wrong_orders

DAY = date(2026, 3, 1)


def account_of(owed: Sequence[int], paid: Sequence[int]) -> Account:
    return Account(
        [Charge(f"C-{place}", Money.from_minor(minor, "CAD"), due=DAY) for place, minor in enumerate(owed, start=1)],
        [
            Payment(f"P-{place}", Money.from_minor(minor, "CAD"), received=DAY)
            for place, minor in enumerate(paid, start=1)
        ],
    )


def test_the_law_of_input_order_looks_at_other_objects() -> None:
    with pytest.raises(LawBroken) as caught:
        LAWS["input order"](wrong_orders.by_where_it_lies(), account_of([1, 2], [1]))
    assert caught.value.found == (
        "P-1 pays 0.01 CAD of C-1; but for the same facts in another order: P-1 pays 0.01 CAD of C-2"
    )


class Bent:
    """Something in place of the allocation, with some of its fields replaced."""

    def __init__(self, result: Any, **fields: Any) -> None:
        self.result = result
        self.fields = fields

    def __getattr__(self, name: str) -> Any:
        return self.fields[name] if name in self.fields else getattr(self.result, name)


def _bend(monkeypatch: pytest.MonkeyPatch, **fields: Any) -> None:
    def bent(*args: Any, **kwargs: Any) -> Bent:
        result = allocate(*args, **kwargs)
        return Bent(result, **{name: change(result) for name, change in fields.items()})

    monkeypatch.setattr("arledger.testing.decisions.allocate", bent)


def _found(law: str, account: Account, order: Order = OLDEST_FIRST) -> str:
    with pytest.raises(LawBroken) as caught:
        LAWS[law](order, account)
    return caught.value.found


def test_conservation_finds_a_lost_cent(monkeypatch: pytest.MonkeyPatch) -> None:
    _bend(monkeypatch, unapplied=lambda result: {"P-1": Money("0.01", "CAD")})
    assert _found("conservation", account_of([5], [5])) == "of P-1, 0.05 CAD, lines and rest come to 0.06 CAD"


def test_conservation_finds_a_charge_that_does_not_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    _bend(monkeypatch, open=lambda result: {"C-1": Money("0.02", "CAD")})
    assert _found("conservation", account_of([5], [4])) == "of C-1, 0.05 CAD, lines and rest come to 0.06 CAD"


def test_bounds_find_an_empty_line(monkeypatch: pytest.MonkeyPatch) -> None:
    class Line:
        id = "P-1>C-1@2026-03-01"
        amount = Money("0.00", "CAD")

    _bend(monkeypatch, lines=lambda result: (Line(),))
    assert _found("bounds", account_of([5], [4])) == "the line P-1>C-1@2026-03-01 is of 0.00 CAD"


@pytest.mark.parametrize("field", ["open", "unapplied"])
def test_bounds_find_a_balance_below_zero(monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    _bend(monkeypatch, **{field: lambda result: {"X-1": Money("-0.01", "CAD")}})
    assert _found("bounds", account_of([5], [4])) == "-0.01 CAD is left of X-1"


def test_one_line_an_id_finds_two(monkeypatch: pytest.MonkeyPatch) -> None:
    _bend(monkeypatch, lines=lambda result: result.lines * 2)
    assert _found("one line an id", account_of([5], [4])) == "two lines have the id P-1>C-1@2026-03-01"


def test_continuation_finds_another_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    _bend(monkeypatch, open_before=lambda result: (4,))
    assert _found("continuation", account_of([5], [4])) == "the second call does not begin where the first one ended"


def test_continuation_finds_a_line_that_is_there_already(monkeypatch: pytest.MonkeyPatch) -> None:
    account = account_of([5], [4])
    lines = allocate(account.money, account.charges, by=OLDEST_FIRST).lines
    _bend(monkeypatch, lines=lambda result: lines)
    assert _found("continuation", account) == "both calls have a line P-1>C-1@2026-03-01"


def _barred(**fields: Any) -> Account:
    charge = {key: fields.pop(key) for key in ("payer", "disputed") if key in fields}
    designations = fields.pop("mode", "only")
    money = Payment("P-1", Money("0.04", "CAD"), received=DAY, **fields)
    return Account([Charge("C-1", Money("0.05", "CAD"), due=DAY, **charge)], [money], designations)


@pytest.mark.parametrize(
    ("account", "found"),
    [
        (_barred(payer="bob"), "P-1 pays 0.04 CAD of C-1, but that is owed by bob"),
        (_barred(disputed=True), "P-1 pays 0.04 CAD of C-1, but only 0.00 CAD of it is undisputed on 2026-03-01"),
        (
            _barred(restriction=where.invoice("A")),
            "P-1 pays 0.04 CAD of C-1, but it is restricted to where.invoice('A')",
        ),
        (
            _barred(fund="trust"),
            "P-1 pays 0.04 CAD of C-1, but it pays only what it is designated to (trust money, a waiver, a write-off)",
        ),
        (
            _barred(fund="trust", mode="ignore", designations=[Designation("C-9")]),
            "P-1 pays 0.04 CAD of C-1, but it pays only what it is designated to (trust money, a waiver, a write-off)",
        ),
        (
            _barred(designations=[Designation("C-9")]),
            "P-1 pays 0.04 CAD of C-1, but designated money stays with its targets",
        ),
        (
            _barred(designations=[Designation(where.rent)]),
            "P-1 pays 0.04 CAD of C-1, but designated money stays with its targets",
        ),
    ],
)
def test_bars_find_each_bar(monkeypatch: pytest.MonkeyPatch, account: Account, found: str) -> None:
    """No bar crossed: payer, restriction, trust, dispute, designation."""
    plain = plain_of(account)
    lines = allocate(plain.money, plain.charges, by=OLDEST_FIRST).lines
    _bend(monkeypatch, lines=lambda result: lines)
    assert _found("bars", account) == found


def test_bars_let_any_payer_cross() -> None:
    LAWS["bars"](any_payer(OLDEST_FIRST), _barred(payer="bob"))
    LAWS["bars"](any_payer(OLDEST_FIRST), _barred(payer="bob", mode="first", designations=[Designation("C-9")]))


def test_bars_let_a_credit_reach_the_payer_that_it_names() -> None:
    credit = Credit("K-1", Money("0.04", "CAD"), granted=DAY, kind=CreditKind.WAIVER, designations=[Designation("C-1")])
    charge = Charge("C-1", Money("0.05", "CAD"), due=DAY, payer="bob", disputed=True)
    LAWS["bars"](OLDEST_FIRST, Account([charge], [credit]))


def test_in_calls_finds_a_call_that_goes_elsewhere() -> None:
    """An order may see what else is open, and so the number of calls would count."""

    def by_what_it_saw(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
        item = items[-1] if incoming.id == "P-2" and len(items) == 3 else items[0]
        return {item.id: min(incoming.minor, item.offered_minor)}

    account = account_of([1, 2, 3], [1, 1])
    LAWS["in calls"](by_what_it_saw, account)
    seen: list[str] = []

    def by_who_came_first(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
        seen.append(incoming.id)
        item = items[0] if len(seen) == 1 else items[-1]
        return {item.id: min(incoming.minor, item.offered_minor)}

    with pytest.raises(LawBroken) as caught:
        LAWS["in calls"](by_who_came_first, account)
    assert caught.value.found == "to place P-1 in a call before the rest leads elsewhere than one call for all"


def test_shares_find_a_later_rank_that_is_paid_too_early(monkeypatch: pytest.MonkeyPatch) -> None:
    ranking = Ranking(amount, ties=Ties.PRO_RATA)
    account = account_of([5, 5, 9], [4])

    def the_other_way(money: Any, charges: Any, **kwargs: Any) -> Any:
        (source,) = money
        by = Ranking(amount.descending) if source.amount.minor == 4 else ranking
        return allocate(money, charges, **{**kwargs, "by": by})

    monkeypatch.setattr("arledger.testing.decisions.allocate", the_other_way)
    assert (
        _found("shares in proportion", account, ranking)
        == "P-1 pays C-3, while C-1, of an earlier rank, is not settled"
    )


def test_shares_find_two_units_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Splits with the leftover cents to the wrong one."""

    def leftovers_to_the_last(units: int, weights: Sequence[int]) -> list[int]:
        parts = [units * weight // sum(weights) for weight in weights]
        parts[-1] += units - sum(parts)
        return parts

    monkeypatch.setattr("arledger.allocation.ranking.by_weight", leftovers_to_the_last)
    with pytest.raises(LawBroken) as caught:
        check_order(PRO_RATA)
    assert caught.value.law is LAWS["shares in proportion"]
    assert re.fullmatch(r"C-\d+ gets .*; its exact share is .* minor units", caught.value.found)


UNTIL_THE_THIRD = Dispute(Money("0.04", "CAD"), since=DAY, until=DAY + timedelta(2))


@pytest.mark.parametrize(
    ("disputed", "day", "minor"),
    [
        (False, DAY, 9),
        (True, DAY, 0),
        (Dispute(), DAY, 0),
        (UNTIL_THE_THIRD, DAY - timedelta(1), 9),
        (UNTIL_THE_THIRD, DAY, 5),
        (UNTIL_THE_THIRD, DAY + timedelta(1), 5),
        (UNTIL_THE_THIRD, DAY + timedelta(2), 9),
        (Dispute(Money("0.10", "CAD")), DAY, 0),
    ],
)
def test_what_is_undisputed_of_nine_cents(disputed: bool | Dispute, day: date, minor: int) -> None:
    """From a day, up to and without a day; and never below zero."""
    charge = Charge("C-1", Money("0.10", "CAD"), due=DAY, disputed=disputed)
    assert undisputed(charge, 9, day) == minor
