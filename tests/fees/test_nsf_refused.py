"""R40: schedules of returned payments that make no sense are refused, and so are costs of none of their returns."""

from __future__ import annotations

from typing import Any

import pytest

from account_facts import cad, day
from arledger import ArledgerError, Money, NsfFee, NsfSchedule, fee, nsf_fees
from fees.nsf_facts import STOPPED, UNCOLLECTED, bounced, cost, flat, line
from ledger_facts import standing

TWO_LINES = [
    (line(), line("30")),
    (line(), line("30", reasons=[UNCOLLECTED, STOPPED])),
    (line(methods=["ach", "check"]), line("30", methods="check")),
    (line(until=day(9)), line("30", since=day(8))),
    (line(since=day(8)), line("30", since=day(20), until=day(21))),
]


@pytest.mark.parametrize(("one", "other"), [*TWO_LINES, *(pair[::-1] for pair in TWO_LINES)])
def test_R40_two_lines_for_one_return_are_refused(one: NsfFee, other: NsfFee) -> None:
    with pytest.raises(ArledgerError, match=r"overlaps .*; a return has one fee; part them by method, reason or day"):
        NsfSchedule([one, other])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"amount": cad("25")}, "amount is Money, not FeeAmount; pass fee.flat"),
        ({"amount": fee.percent(5, of=fee.OWED)}, "what is owed is no base of it; take the payment's face value or"),
        ({"from_second": fee.percent(5, of=fee.RENT)}, "the monthly rent is no base of it"),
        ({"amount": fee.each_day(flat("5"))}, "counts days, and a return has none"),
        ({"from_second": fee.flat(Money("25", "USD"))}, "CAD and USD together"),
        ({"methods": ["check", ""]}, "methods"),
        ({"reasons": []}, "no reasons; pass at least one"),
        ({"reasons": "stopped"}, "reasons .*; pass ReturnReason values"),
        ({"since": day(7), "until": day(7)}, "until 2026-03-07 is not after since 2026-03-07"),
        ({"since": "2026-03-07"}, "since"),
    ],
)
def test_R40_a_line_that_makes_no_sense_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ArledgerError, match=message):
        NsfFee(**{"amount": flat("25"), **given})


@pytest.mark.parametrize(
    ("costs", "message"),
    [
        ([cad("5")], "bank_costs is list, not a mapping; pass a dict of costs by the return's id"),
        ({"N-2": cad("5")}, "there is no return N-2; did you mean N-1"),
        ({"N-1": 5}, "bank_costs is int"),
        ({"N-1": Money("5", "USD")}, "5.00 USD for N-1 of an account in CAD"),
        ({"N-1": cad("-5")}, "-5.00 CAD for N-1 is negative; pass 0 or more"),
    ],
)
def test_R40_costs_that_make_no_sense_are_refused(costs: Any, message: str) -> None:
    with pytest.raises(ArledgerError, match=message):
        cost(line(), bounced("1"), bank_costs=costs)


def test_R40_a_schedule_in_another_currency_is_refused() -> None:
    dollars = NsfSchedule(NsfFee(amount=fee.percent(5, of=fee.FACE), from_second=fee.flat(Money("25", "USD"))))
    assert dollars.currency == "USD"
    with pytest.raises(ArledgerError, match="a schedule in USD for an account in CAD"):
        cost(dollars, bounced("1"))
    with pytest.raises(ArledgerError, match="USD and CAD together"):
        NsfSchedule([*dollars.lines, line(reasons=STOPPED)])
    assert NsfSchedule(NsfFee(amount=fee.BANK_COST)).currency is None
    with pytest.raises(ArledgerError, match="nsf fees: schedule is NsfFee, not NsfSchedule"):
        nsf_fees(line(), standing([]))  # type: ignore[arg-type]
