"""Bad autopay: policies, rules of retries, and runs on days that serve nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from arledger import (
    ArledgerError,
    AutopayPolicy,
    AutopayRun,
    BillingPolicy,
    BillingType,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    ItemClass,
    Lease,
    LeaseItem,
    Money,
    Period,
    RetryRule,
    ReturnReason,
    autopay_run,
    include,
    lease_run,
    monthly,
    proration,
    repeated,
    weekly,
)
from bad_inputs.autopay import optional, wrong_types
from bad_inputs.autopay_includes import MARCH, NO_BOOLS, TRUE_OR_FALSE
from bad_inputs.common import CENT, DAY, DOLLAR, OUT_OF_RANGE, RENT, TOO_LONG, BadInput
from bad_inputs.deposits import LATER, amounts, days, of

BOXES = "not Includes; pass boxes, such as include.DEPOSITS"
LOWEST_AND_HIGHEST = "pass two Money: the lowest and the highest amount that need no notice"
END_OF_TIME = "the date is out of range; dates go from the year 1 to 9999"
A_FREQUENCY = "not a frequency; pass one such as monthly(1)"
EACH_CURRENCY = "make a policy for each currency"
NO_INTS: dict[str, Any] = {"bool": True, "float": 2.0, "str": "2", "Decimal": Decimal(2), "Fraction": Fraction(2)}
NO_RUNS: dict[str, Any] = {"None": None, "date": DAY, "str": "2026-03-01", "Period": Period(DAY, LATER)}
BY_MONTHS = BillingPolicy(types=BillingType("monthly", monthly(1)), proration=proration.ACTUAL)
IN_AUGUST = Lease("L-1", move_in=date(2026, 8, 20), items=[LeaseItem("rent", RENT)])


def policy(**given: Any) -> AutopayPolicy:
    """A policy, spoilt by what is given."""
    return AutopayPolicy(**given)


def retries(**given: Any) -> RetryRule:
    """A rule of retries, spoilt by what is given."""
    return RetryRule(**given)


def run(**given: Any) -> AutopayRun:
    """A run that serves March, spoilt by what is given."""
    return AutopayRun(**{"on": DAY, "period": MARCH, "previous": None, "cycles": monthly(1), **given})


def run_on(**given: Any) -> AutopayRun:
    """The run that serves March, worked out, spoilt by what is given."""
    return autopay_run(**{"cycles": monthly(1), "on": DAY, **given})


def leased(**given: Any) -> AutopayRun:
    """The first run of a lease, worked out, spoilt by what is given."""
    return lease_run(**{"lease": IN_AUGUST, "policy": BY_MONTHS, "on": date(2026, 8, 20), **given})


def again(**given: Any) -> AutopayRun:
    """The run that serves March, on a later day, spoilt by what is given."""
    return repeated(**{"run": run(), "on": LATER, **given})


def _policy(what: str, given: dict[str, Any], kind: type[ArledgerError], problem: str) -> BadInput:
    return of("autopay policy", policy, what, given, kind, f"autopay policy: {problem}")


def _numbers(noun: str, make: Any, subject: str, field: str, *, least: int, hint: str) -> list[BadInput]:
    """What is refused as a whole number: no int, or too small."""
    too_small = {str(least - 1): least - 1, "-5": -5, "<int too long to print>": -TOO_LONG}
    return wrong_types(noun, make, subject, field, NO_INTS, "not int; pass an int") + [
        of(noun, make, f"{field} of {text}", {field: value}, InvalidValue, f"{subject}: {field} is {text}; {hint}")
        for text, value in too_small.items()
    ]


def _pair(what: str, pair: Any, text: str) -> BadInput:
    problem = f"notice_range is {text}; {LOWEST_AND_HIGHEST}"
    return _policy(f"a notice range {what}", {"notice_range": pair}, InvalidValue, problem)


def _run_on(what: str, given: dict[str, Any], field: str, message: str) -> BadInput:
    return BadInput(f"autopay_run: {what}", lambda: run_on(**given), InvalidValue, field, message)


def _leased(what: str, given: dict[str, Any], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return BadInput(f"lease_run: {what}", lambda: leased(**given), kind, field, message)


POLICIES = [
    *wrong_types(
        "autopay policy",
        policy,
        "autopay policy",
        "includes",
        {"None": None, "bool": True, "str": "deposits", "ItemClass": ItemClass.DEPOSIT, "tuple": (include.DEPOSITS,)},
        BOXES,
    ),
    *(
        row
        for field in ("excludes_first", "excludes_last", "residents_may_cancel", "skips_over_limit")
        for row in wrong_types("autopay policy", policy, "autopay policy", field, NO_BOOLS, TRUE_OR_FALSE)
    ),
    *(
        row
        for field in ("limit", "processor_limit", "least")
        for row in optional(amounts("autopay policy", policy, "autopay policy", field))
    ),
    *wrong_types(
        "autopay policy",
        policy,
        "autopay policy",
        "business_days",
        {"str": "following", "bool": True, "list": [DAY], "type": date},
        "not BusinessDays; pass a BusinessDays",
    ),
    *_numbers("autopay policy", policy, "autopay policy", "notice_days", least=0, hint="pass at least 0"),
    *_numbers("autopay policy", policy, "autopay policy", "suspends_after", least=1, hint="pass at least 1"),
    _pair("of one", (CENT,), "(Money('0.01', 'CAD'),)"),
    _pair("of none", (), "()"),
    _pair("of three", (CENT, CENT, CENT), "(Money('0.01', 'CAD'), Money('0.01', 'CAD'), Money('0.01', 'CAD'))"),
    _pair("of ints", (1, 2), "(1, 2)"),
    _pair("that ends with None", (CENT, None), "(Money('0.01', 'CAD'), None)"),
    _pair("as Money", CENT, "Money('0.01', 'CAD')"),
    _pair("as text", "0.01 to 900.00", "'0.01 to 900.00'"),
    _pair("as True", True, "True"),
    _policy(
        "a notice range that begins at its end",
        {"notice_range": (RENT, CENT)},
        InvalidValue,
        "notice_range begins at 900.00 CAD, over 0.01 CAD; pass the lowest amount first",
    ),
    *(
        BadInput(
            f"autopay policy: {what}",
            lambda given=given: policy(**given),  # type: ignore[misc]
            CurrencyMismatch,
            "currency",
            f"autopay policy: 1.00 USD beside amounts in CAD; {EACH_CURRENCY}",
        )
        for what, given in (
            ("limits in two currencies", {"limit": RENT, "processor_limit": DOLLAR}),
            ("a least in another currency", {"limit": RENT, "least": DOLLAR}),
            ("a least beside the processor's limit", {"processor_limit": RENT, "least": DOLLAR}),
            ("a notice range in two currencies", {"notice_range": (RENT, DOLLAR)}),
            ("a notice range in another currency", {"least": RENT, "notice_range": (DOLLAR, DOLLAR)}),
        )
    ),
    *(
        BadInput(
            f"autopay policy: a least over {what}",
            lambda given=given: policy(least=RENT, **given),  # type: ignore[misc]
            InvalidValue,
            "least",
            "autopay policy: least 900.00 CAD is over the limit of 0.01 CAD; pass a smaller one",
        )
        for what, given in (
            ("the limit", {"limit": CENT}),
            ("the processor's limit", {"processor_limit": CENT}),
            ("the lower limit", {"limit": Money("5000", "CAD"), "processor_limit": CENT}),
        )
    ),
]

RETRY_RULES = [
    *(
        row
        for field in ("most", "within_days")
        for row in _numbers("retry rule", retries, "retry rule", field, least=0, hint="pass 0 or more")
    ),
    *wrong_types("retry rule", retries, "retry rule", "most", {"None": None}, "not int; pass an int"),
    *wrong_types("retry rule", retries, "retry rule", "within_days", {"None": None}, "not int; pass an int"),
    *wrong_types(
        "retry rule",
        retries,
        "retry rule",
        "reasons",
        {"None": None, "int": 5, "str": "insufficient_funds", "bool": True, "ReturnReason": ReturnReason.STOPPED},
        "not a list of ReturnReason; pass a list of ReturnReason",
    ),
    *(
        of(
            "retry rule",
            retries,
            f"{name} among reasons",
            {"reasons": [ReturnReason.STOPPED, value]},
            InvalidType,
            f"retry rule: reasons is {name}, not ReturnReason; pass a ReturnReason",
        )
        for name, value in {"None": None, "str": "R01", "int": 1}.items()
    ),
]

RUNS = [
    *days("autopay run", run, "autopay run", "on"),
    *days("autopay run", run, "autopay run", "previous", or_none=True),
    *wrong_types(
        "autopay run",
        run,
        "autopay run",
        "period",
        {"None": None, "date": DAY, "tuple": (DAY, LATER), "str": "2026-03"},
        "not Period; pass a Period",
    ),
    *(
        row
        for noun, make in (("autopay run", run), ("autopay_run", run_on))
        for row in wrong_types(
            noun,
            make,
            "autopay run",
            "cycles",
            {"None": None, "str": "monthly", "int": 12, "function": monthly, "BillingType": BY_MONTHS.types[0]},
            A_FREQUENCY,
        )
    ),
    *(
        of(
            "autopay run",
            run,
            f"previous {what}",
            {"previous": day},
            InvalidValue,
            f"autopay run: previous {day} is not before 2026-03-01; pass the day of the run before",
        )
        for what, day in (("on the day", DAY), ("after it", LATER))
    ),
    *(
        of(
            "autopay run",
            run,
            f"a period that {what}",
            {"period": period},
            InvalidValue,
            f"autopay run: {period} is no period of its cycles; pass 2026-03-01 up to 2026-04-01",
        )
        for what, period in (
            ("ends too early", Period(DAY, date(2026, 3, 31))),
            ("ends too late", Period(DAY, LATER)),
            ("begins too late", Period(date(2026, 3, 2), date(2026, 4, 1))),
        )
    ),
    *days("autopay_run", run_on, "autopay run", "on"),
    *wrong_types("autopay_run", run_on, "autopay run", "offset_days", NO_INTS, "not int; pass an int"),
    *wrong_types("autopay_run", run_on, "autopay run", "offset_days", {"None": None}, "not int; pass an int"),
    *(
        _run_on(f"offset_days {what}", {"offset_days": value}, "offset_days", f"autopay run: offset_days is {problem}")
        for what, value, problem in (
            ("too long", TOO_LONG, f"out of range; {OUT_OF_RANGE}"),
            ("too low", -TOO_LONG, f"out of range; {OUT_OF_RANGE}"),
        )
    ),
    *(
        _run_on(f"offset_days of {value}", {"offset_days": value}, "days", END_OF_TIME)
        for value in (10**6, -(10**7), 10**30)
    ),
    *(
        _run_on(
            what,
            given,
            "on",
            f"autopay run: autopay on {given['on']} serves no billing period; pass {nearest}",
        )
        for what, given, nearest in (
            ("on the 2nd", {"on": date(2026, 3, 2)}, "2026-03-01 or 2026-04-01"),
            ("on the last", {"on": date(2026, 3, 31)}, "2026-03-01 or 2026-04-01"),
            ("with an offset before", {"on": DAY, "offset_days": -4}, "2026-02-25 or 2026-03-28"),
            ("with an offset after", {"on": DAY, "offset_days": 4}, "2026-02-05 or 2026-03-05"),
            ("by weeks", {"on": DAY, "cycles": weekly(date(2026, 3, 2))}, "2026-02-23 or 2026-03-02"),
        )
    ),
    _run_on("on the first day of all", {"on": date.min}, "days", END_OF_TIME),
    _run_on("in the last month of all", {"on": date(9999, 12, 1)}, "number", END_OF_TIME),
    *wrong_types("repeated", again, "repeated", "run", NO_RUNS, "not AutopayRun; pass what autopay_run gave"),
    *days("repeated", again, "repeated", "on"),
    of(
        "repeated",
        again,
        "a day before it",
        {"on": date(2026, 2, 28)},
        InvalidValue,
        "repeated: 2026-02-28 is before the run of 2026-03-01; pass that day or a later one",
    ),
    *wrong_types(
        "lease_run",
        leased,
        "autopay run",
        "lease",
        {"None": None, "str": "L-1", "BillingPolicy": BY_MONTHS, "list": [IN_AUGUST]},
        "not Lease; pass a Lease",
    ),
    *wrong_types(
        "lease_run",
        leased,
        "lease L-1",
        "policy",
        {"None": None, "str": "monthly", "AutopayPolicy": AutopayPolicy(), "BillingType": BY_MONTHS.types[0]},
        "not BillingPolicy; pass the policy that the lease is billed by",
    ),
    *days("lease_run", leased, "lease L-1", "on"),
    *(
        _leased(
            what,
            {"on": day},
            InvalidValue,
            "on",
            f"lease L-1: autopay on {day} serves no billing period; pass {nearest}",
        )
        for what, day, nearest in (
            ("before the move-in", date(2026, 8, 19), "2026-08-20 or 2026-09-01"),
            ("on the first of the move-in's month", date(2026, 8, 1), "2026-08-20 or 2026-09-01"),
            ("after the move-in", date(2026, 8, 21), "2026-08-20 or 2026-09-01"),
            ("in the midst of September", date(2026, 9, 15), "2026-09-01 or 2026-10-01"),
        )
    ),
]

ROWS = [*POLICIES, *RETRY_RULES, *RUNS]
