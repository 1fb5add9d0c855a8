"""How money is applied, as a value: it is what a replay goes by."""

from __future__ import annotations

from datetime import date
from inspect import signature

import attrs

from arledger import OLDEST_FIRST, REAPPLY, RENT_LAST, SETTLE_DUE, Category, Charge, Ledger, Money, Payment, replay
from arledger.policies.allocation import AllocationPolicy

MARCH = date(2026, 3, 1)
RENT = Charge("R-03", Money("900", "CAD"), due=MARCH, category=Category.RENT)
LATE = Charge("L-03", Money("50", "CAD"), due=date(2026, 3, 8), category=Category.LATE_FEE)
PAID = Payment("P-17", Money("600", "CAD"), received=date(2026, 3, 9))
BOOKS = Ledger("CAD", [RENT, LATE, PAID])


def test_R1_a_replay_by_a_policy_is_a_replay_by_its_order() -> None:
    for order, left in ((OLDEST_FIRST, {"R-03": "300.00", "L-03": "50.00"}), (RENT_LAST, {"R-03": "350.00"})):
        position = replay(BOOKS, as_of=PAID.received, **AllocationPolicy(order).terms)
        assert position == replay(BOOKS, by=order, as_of=PAID.received)
        assert {name: str(money.amount) for name, money in position.open.items() if money} == left


def test_terms_are_all_that_replay_takes_but_what_is_of_a_day() -> None:
    policy = AllocationPolicy(
        RENT_LAST, settle=SETTLE_DUE, returns=REAPPLY, designations="first", sweep_credits=False, sweep_payments=False
    )
    assert set(policy.terms) == set(signature(replay).parameters) - {"ledger", "as_of", "known", "fixed"}
    values = attrs.asdict(policy, recurse=False)
    assert policy.terms == {"by": values.pop("order"), **values}


def test_what_is_left_out_is_as_in_replay() -> None:
    terms = AllocationPolicy(OLDEST_FIRST).terms
    defaults = {name: one.default for name, one in signature(replay).parameters.items() if name in terms}
    assert {**terms, "by": None} == {**defaults, "by": None}
