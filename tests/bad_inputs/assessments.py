"""What cannot be assessed: accounts, days and rents that are none, and what functions of the user's must not give."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from arledger import (
    BALANCE_EACH_PERIOD,
    OLDEST_FIRST,
    AccrualSegment,
    ArledgerError,
    CashStep,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    Ledger,
    Money,
    Percent,
    Rate,
    RateTable,
    assess,
    fee,
    replay,
)
from bad_inputs.common import DAY, DOLLAR, MOMENT, OUT_OF_RANGE, BadInput, charge
from bad_inputs.deposits import LATER, amounts, days
from bad_inputs.fees import A_DAY, IN_DOLLARS, no_values, row
from bad_inputs.late_fees import limit, rule

ACCOUNT = replay(Ledger("CAD", [charge()]), by=OLDEST_FIRST, as_of=DAY)
END_OF_TIME = "the date is out of range; dates go from the year 1 to 9999"
CONVENTION = "a convention takes (held, cuts) and gives its segments"


def assessed(**given: Any) -> object:
    """The rent of March assessed in September, spoilt by what is given."""
    return assess(**{"rule": rule(), "position": ACCOUNT, "on": LATER, **given})


def _assessed(what: str, given: dict[str, Any], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return row("assess", what, lambda: assessed(**given), kind, field, message)


def _given(what: str, grace: Any, kind: type[ArledgerError], field: str, message: str) -> BadInput:
    """What a grace of the user's gives."""
    return _assessed(f"a grace that {what}", {"rule": rule(grace=grace)}, kind, field, f"grace <lambda>{message}")


def _segments(what: str, by: Any, kind: type[ArledgerError], message: str) -> BadInput:
    """What an accrual convention of the user's gives."""
    return _assessed(f"a convention that {what}", {"rule": rule(amount=fee.a_year(5, by=by))}, kind, "accrual", message)


def _at_the_end(what: str, **given: Any) -> BadInput:
    """A charge of the last month there is, assessed on the last day."""
    account = Ledger("CAD", [charge(due=date(9999, 12, given.pop("due", 1)))])
    position = replay(account, by=OLDEST_FIRST, as_of=date.max)
    more = {"rule": rule(**given), "position": position, "on": date.max}
    field = "days" if what == "a grace that goes beyond it" else "number"
    return _assessed(f"the end of the calendar, {what}", more, InvalidValue, field, END_OF_TIME)


ROWS = [
    # what is assessed
    *no_values("assess", "assess", lambda value: assessed(rule=value), "rule", "not LateFeeRule; pass a LateFeeRule"),
    *no_values(
        "assess", "assess", lambda value: assessed(position=value), "position", "not Position; pass what replay gave"
    ),
    *days("assess", assessed, "assess", "on"),
    *(bad for bad in amounts("assess", assessed, "assess", "rent") if "None" not in bad.id),
    _assessed(
        "payers as text",
        {"payers": "ann"},
        InvalidType,
        "payers",
        "assess: payers is str, not a list of str; pass a list of str",
    ),
    _assessed(
        "payers as None",
        {"payers": None},
        InvalidType,
        "payers",
        "assess: payers is None, not a list of str; pass a list of str",
    ),
    _assessed(
        "a number among the payers",
        {"payers": ["ann", 17]},
        InvalidType,
        "payers",
        "assess: payers is int, not str; pass str(17)",
    ),
    _assessed(
        "an empty name among the payers",
        {"payers": [""]},
        InvalidValue,
        "payers",
        "assess: payers is empty; pass a non-empty str",
    ),
    _assessed(
        "a rule in another currency",
        {"rule": rule(amount=IN_DOLLARS)},
        CurrencyMismatch,
        "rule",
        "assess: a rule in USD for an account in CAD",
    ),
    _assessed(
        "a limit in another currency",
        {"rule": rule(limits=limit(amount=IN_DOLLARS))},
        CurrencyMismatch,
        "rule",
        "assess: a rule in USD for an account in CAD",
    ),
    _assessed(
        "a rent in another currency",
        {"rent": DOLLAR},
        CurrencyMismatch,
        "rent",
        "assess: rent 1.00 USD of an account in CAD",
    ),
    _assessed(
        "a cash step in another currency",
        {"rule": rule(rounding=CashStep(DOLLAR))},
        CurrencyMismatch,
        "rounding",
        "cash step 1.00 USD for an amount in CAD; pass a step in CAD",
    ),
    _assessed(
        "a rounding that gives no int",
        {"rule": rule(rounding=lambda numerator, denominator: numerator / denominator)},
        InvalidType,
        "rounding",
        "rounding gave float, not int; a rounding takes (numerator, denominator) and gives an int",
    ),
    _assessed(
        "an amount beyond the range",
        {"rule": rule(amount=fee.percent(10**30, of=fee.RENT)), "rent": Money(10**39, "CAD")},
        InvalidValue,
        "amount",
        f"amount is out of range; {OUT_OF_RANGE}",
    ),
    _assessed(
        "a day before the first rate",
        {"rule": rule(amount=fee.a_year(RateTable(Rate(Percent(5), since=LATER))))},
        InvalidValue,
        "rates",
        "fee.a_year: no rate on 2026-03-01; begin the table earlier, or with a rate of 0",
    ),
    _given(
        "gives the due date",
        lambda due: due,
        InvalidValue,
        "grace",
        ": gave 2026-03-01 for what is due on 2026-03-01; give a later day",
    ),
    _given("gives a number", lambda due: 5, InvalidType, "day", ": day is int, not date; pass a datetime.date"),
    _given("gives nothing", lambda due: None, InvalidType, "day", ": day is None, not date; pass a datetime.date"),
    _given(
        "gives a moment",
        lambda due: MOMENT,
        InvalidType,
        "day",
        ": day is datetime, not date; pass its .date() in the time zone of the books",
    ),
    _given(
        "goes beyond the calendar",
        lambda due: due + timedelta(days=10**7),
        InvalidValue,
        "grace",
        ": failed on 2026-03-01 with OverflowError: date value out of range",
    ),
    _segments(
        "gives a number",
        lambda held, cuts: held.days + len(cuts),
        InvalidType,
        f"accrual gave int, not a list of AccrualSegment; {CONVENTION}",
    ),
    _segments(
        "gives periods",
        lambda held, cuts: [held, *cuts],
        InvalidType,
        f"accrual gave Period, not a list of AccrualSegment; {CONVENTION}",
    ),
    _segments(
        "gives a segment twice",
        lambda held, cuts: [AccrualSegment(held, Fraction(1), f"{len(cuts)}")] * 2,
        InvalidValue,
        "accrual gave a segment from 2026-03-01, where 2026-09-01 was reached; "
        "segments follow each other from the first day on",
    ),
    _at_the_end("a grace that goes beyond it", due=29),
    _at_the_end("once"),
    _at_the_end("each period", occurs=BALANCE_EACH_PERIOD),
    _at_the_end("a limit a month", amount=A_DAY, limits=limit(per="period")),
]
