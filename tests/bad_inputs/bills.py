"""Bad cycles and bills: what is refused when they are made, of the lease, the policy, and what was billed before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from arledger import (
    AdjustmentPolicy,
    ArledgerError,
    BillingPolicy,
    BillingType,
    Conflict,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    Lease,
    LeaseAdjustment,
    LeaseItem,
    Money,
    Percent,
    Period,
    UnknownName,
    billing_cycles,
    confirm,
    draft_bill,
    monthly,
    proration,
    weekly,
)
from arledger.checks import type_name
from bad_inputs.common import (
    CENT,
    DAY,
    DOLLAR,
    MOMENT,
    NO_DATE,
    NO_MOMENT,
    RENT,
    TOO_LONG,
    BadInput,
    charge,
    credit,
    payment,
)

FACTS = "pass the charges and credits of earlier bills of the period"
OUT_OF_RANGE = "the date is out of range; dates go from the year 1 to 9999"
OTHER = "is of another lease or period; pass those whose ids begin with L-1/2026-03-01/"
FREQUENCY = "not a frequency; pass one such as monthly(1)"
BY_PERIOD = 'pass per="period" and the price of one period'
ROUNDING = "a rounding takes (numerator, denominator) and gives an int"

MARCH = Period(DAY, date(2026, 4, 1))
APRIL = Period(date(2026, 4, 1), date(2026, 5, 1))
MONTHLY = BillingType("monthly", monthly(1))
STALL = LeaseItem("rent", RENT)

find: Any = billing_cycles
draft: Any = draft_bill
confirmed: Any = confirm


class Oddity:
    """What somebody may have written in place of a rule: asked anything, it gives the same thing, or raises it."""

    def __init__(self, gives: object) -> None:
        self.gives = gives

    def __call__(self, *_given: object) -> Any:
        if isinstance(self.gives, Exception):
            raise self.gives
        return self.gives

    def __repr__(self) -> str:
        return "oddity"


def lease(**given: Any) -> Lease:
    """Lease L-1 with item rent."""
    return Lease(**{"id": "L-1", "move_in": DAY, "items": [STALL], **given})


def policy(**given: Any) -> BillingPolicy:
    """Monthly bills."""
    return BillingPolicy(**{"types": MONTHLY, "proration": proration.ACTUAL, **given})


LEASE, POLICY = lease(), policy()
BILL = draft_bill(LEASE, MARCH, POLICY)
(ISSUED,) = BILL.charges


def _row(
    noun: str, what: str, call: Callable[[], object], error: type[ArledgerError], field: str, message: str
) -> BadInput:
    return BadInput(f"{noun}: {what}", call, error, field, message)


def _given(what: str, lease: object, span: object, by: object, field: str, name: str) -> list[BadInput]:
    """The wrong kind of a lease, of a span or period, or of a policy, to list cycles and to draft."""
    value = {"lease": lease, "span": span, "policy": by}[field]
    wrong = f"is {type_name(value)}, not {name}; pass a {name}"
    period = "period" if field == "span" else field
    return [
        _row(
            "billing cycles",
            what,
            lambda: find(lease, span, by),
            InvalidType,
            field,
            f"billing_cycles: {field} {wrong}",
        ),
        _row("bill", what, lambda: draft(lease, span, by), InvalidType, period, f"bill: {period} {wrong}"),
    ]


def _both(
    what: str, one: Lease, by: BillingPolicy, error: type[ArledgerError], field: str, message: str
) -> list[BadInput]:
    """A lease and a policy that do not go together, to list cycles and to draft."""
    return [
        _row("billing cycles", what, lambda: find(one, MARCH, by), error, field, message),
        _row("bill", what, lambda: draft(one, MARCH, by), error, field, message),
    ]


def _asked(field: str, what: str, gives: object, message: str) -> list[BadInput]:
    """A billing type with a rule or a cycle of a user's, which is asked and gives something else."""
    odd: dict[str, Any] = {"cycle": monthly(1), field: Oddity(gives)}
    error = InvalidValue if isinstance(gives, Exception) else InvalidType
    kind = BillingType("own", **odd)
    return _both(
        f"{field} that gives {what}", LEASE, policy(types=kind), error, field, f"billing type own: {field} {message}"
    )


CYCLES = [
    *_given("no lease", None, MARCH, POLICY, "lease", "Lease"),
    *_given("the id of a lease", "L-1", MARCH, POLICY, "lease", "Lease"),
    *_given("no period", LEASE, None, POLICY, "span", "Period"),
    *_given("a day for a period", LEASE, DAY, POLICY, "span", "Period"),
    *_given("two days for a period", LEASE, (DAY, date(2026, 4, 1)), POLICY, "span", "Period"),
    *_given("no policy", LEASE, MARCH, None, "policy", "BillingPolicy"),
    *_given("a billing type for a policy", LEASE, MARCH, MONTHLY, "policy", "BillingPolicy"),
    *_both(
        "a billing type that is unknown",
        lease(billing_type="montly"),
        POLICY,
        UnknownName,
        "billing_type",
        "lease L-1: unknown billing type montly; did you mean monthly?",
    ),
    *_both(
        "one of two billing types",
        LEASE,
        policy(types=[BillingType("weekly", weekly), MONTHLY]),
        InvalidValue,
        "billing_type",
        "lease L-1: names no billing type; name one of monthly, weekly",
    ),
    *_both(
        "in and out on a day that does not count",
        lease(move_out=DAY),
        policy(counts_move_out=False),
        InvalidValue,
        "move_out",
        "lease L-1: moves in and out on 2026-03-01, and the move-out day does not count; pass a later move_out",
    ),
    *_asked("cycle", "None", None, f"is None, {FREQUENCY}"),
    *_asked("cycle", "a number", 30, f"is int, {FREQUENCY}"),
    *_asked("cycle", "a billing type", MONTHLY, f"is BillingType, {FREQUENCY}"),
    *_asked("cycle", "an error", ZeroDivisionError("by zero"), "failed on 2026-03-01 with ZeroDivisionError: by zero"),
    *_asked("due", "None", None, f"is None, not date; {NO_DATE}"),
    *_asked("due", "a moment", MOMENT, f"is datetime, not date; {NO_MOMENT}"),
    *_asked("due", "text", "2026-03-05", f"is str, not date; {NO_DATE}"),
    *_asked("due", "a number", 5, f"is int, not date; {NO_DATE}"),
    *_asked("due", "an error", KeyError("L-1"), "failed on 2026-03-01 with KeyError: 'L-1'"),
    *(
        row
        for what, given in (
            ("bill run", {"bill_offset_days": 10**12}),
            ("autopay run", {"autopay_offset_days": 10**12}),
            ("due date", {"due": 4_000_000}),
        )
        for row in _both(
            f"{what} beyond the calendar",
            LEASE,
            policy(types=BillingType("far", monthly(1), **given)),  # type: ignore[arg-type]
            InvalidValue,
            "days",
            OUT_OF_RANGE,
        )
    ),
    _row(
        "billing cycles",
        "to the end of the calendar",
        lambda: find(LEASE, Period(date(9999, 11, 1), date.max), POLICY),
        InvalidValue,
        "number",
        OUT_OF_RANGE,
    ),
]


def _period(what: str, start: date, end: date, right: str) -> BadInput:
    return _row(
        "bill",
        what,
        lambda: draft(LEASE, Period(start, end), POLICY),
        InvalidValue,
        "period",
        f"lease L-1: {start} up to {end} is no billing period of it; pass {right}",
    )


def _on(what: str, day: object, hint: str) -> BadInput:
    message = f"bill: on is {type_name(day)}, not date; {hint}"
    return _row("bill", f"drafted on {what}", lambda: draft(LEASE, MARCH, POLICY, on=day), InvalidType, "on", message)


def _billed(what: str, billed: object, error: type[ArledgerError], message: str) -> BadInput:
    return _row(
        "bill",
        f"billed {what}",
        lambda: draft(LEASE, MARCH, POLICY, billed=billed),
        error,
        "billed",
        f"bill L-1/2026-03-01: billed {message}",
    )


def _no_list(value: object) -> BadInput:
    name = type_name(value)
    message = f"is {name}, not a list of Charge or Credit; pass a list of Charge or Credit"
    return _billed(f"is {name}", value, InvalidType, message)


def _holds(what: str, value: object) -> BadInput:
    return _billed(
        f"holds {what}", [ISSUED, value], InvalidType, f"holds {type_name(value)}, not Charge or Credit; {FACTS}"
    )


def _code(what: str, codes: list[str], hint: str) -> BadInput:
    off = LeaseAdjustment("off", Percent(-10), code="DISK", since=date(2026, 7, 1))
    return _row(
        "bill",
        f"an adjustment by {what}",
        lambda: draft(lease(adjustments=[off]), MARCH, policy(adjustments=AdjustmentPolicy(codes))),
        UnknownName,
        "code",
        f"lease L-1: adjustment off by the code DISK, which is not allowed; {hint}",
    )


def _by_weeks(what: str, one: Lease, name: str) -> BadInput:
    week = Period(DAY, date(2026, 3, 8))
    return _row(
        "bill",
        f"a price per month, {what}",
        lambda: draft(one, week, policy(types=BillingType("w", weekly))),
        InvalidValue,
        "per",
        f"lease item {name}: a price per month, billed by weeks or half-months; {BY_PERIOD}",
    )


def _made(what: str, given: dict[str, Any], error: type[ArledgerError], field: str, message: str) -> BadInput:
    """A half month's bill by a policy with something odd in it."""
    return _row(
        "bill", what, lambda: draft(lease(move_in=date(2026, 3, 16)), MARCH, policy(**given)), error, field, message
    )


BILLS = [
    _period("a part of a period", DAY, date(2026, 3, 16), "2026-03-01 up to 2026-04-01"),
    _period("two periods", DAY, date(2026, 5, 1), "2026-03-01 up to 2026-04-01"),
    _period("a period between two", date(2026, 3, 15), date(2026, 4, 15), "2026-03-01 up to 2026-04-01"),
    _on("a moment", MOMENT, NO_MOMENT),
    _on("text", "2026-03-01", NO_DATE),
    _on("a number", TOO_LONG, NO_DATE),
    *(_no_list(value) for value in (None, ISSUED, BILL, 3, True, "L-1/2026-03-01/rent")),
    _holds("None", None),
    _holds("an id", "L-1/2026-03-01/rent"),
    _holds("a payment", payment()),
    _holds("a bill", BILL),
    _holds("a line of a bill", BILL.lines[0]),
    _holds("what has no hash", [ISSUED]),
    _billed("twice", [ISSUED, ISSUED], Conflict, "L-1/2026-03-01/rent stands twice"),
    _billed(
        "as a charge and a credit",
        [ISSUED, credit(id=ISSUED.id, amount=CENT)],
        Conflict,
        "L-1/2026-03-01/rent stands twice",
    ),
    _billed(
        "of another period", draft_bill(LEASE, APRIL, POLICY).charges, InvalidValue, f"L-1/2026-04-01/rent {OTHER}"
    ),
    _billed(
        "of another lease", draft_bill(lease(id="L"), MARCH, POLICY).charges, InvalidValue, f"L/2026-03-01/rent {OTHER}"
    ),
    _billed(
        "of a lease with a longer id",
        draft_bill(lease(id="L-1/2026-03-01"), MARCH, POLICY).charges,
        InvalidValue,
        f"L-1%2F2026-03-01/2026-03-01/rent {OTHER}",
    ),
    _billed("of no bill", [charge()], InvalidValue, f"R-03 {OTHER}"),
    _row(
        "bill",
        "billed in another currency",
        lambda: draft(LEASE, MARCH, POLICY, billed=[charge(id=ISSUED.id, amount=DOLLAR)]),
        CurrencyMismatch,
        "billed",
        "bill L-1/2026-03-01: billed L-1/2026-03-01/rent in USD, the lease is in CAD",
    ),
    _code("an unknown code", ["DISC", "EXTRA"], "did you mean DISC?"),
    _code("a code where none is allowed", [], "the policy allows no code"),
    _by_weeks("by weeks", LEASE, "rent"),
    _by_weeks(
        "reduced by a percentage",
        lease(items=[LeaseItem("bed", RENT, per="period"), LeaseItem("stall", CENT)]),
        "stall",
    ),
    _made(
        "a method that gives None",
        {"proration": Oddity(None)},
        InvalidType,
        "by",
        "proration oddity: by is None, not DayCount; give a DayCount(days, divisor)",
    ),
    _made(
        "a method that gives a number",
        {"proration": Oddity(0.5)},
        InvalidType,
        "by",
        "proration oddity: by is float, not DayCount; give a DayCount(days, divisor)",
    ),
    _made(
        "a rounding that gives a float",
        {"rounding": Oddity(0.5)},
        InvalidType,
        "rounding",
        f"rounding gave float, not int; {ROUNDING}",
    ),
    _made(
        "a daily rate that gives None",
        {"daily_rate": Oddity(None)},
        InvalidType,
        "rounding",
        f"rounding gave None, not int; {ROUNDING}",
    ),
    _made(
        "a rounding that gives a bool",
        {"rounding": Oddity(True)},
        InvalidType,
        "rounding",
        f"rounding gave bool, not int; {ROUNDING}",
    ),
    _row(
        "bill",
        "beyond all amounts",
        lambda: draft(lease(items=[LeaseItem("rent", Money("9" * 40, "CAD"), per="day")]), MARCH, POLICY),
        InvalidValue,
        "amount",
        "amount is out of range; at most 40 digits stand before the point, and as many after it",
    ),
    *(
        _row(
            "confirm",
            type_name(value),
            lambda value=value: confirmed(value),  # type: ignore[misc]
            InvalidType,
            "bill",
            f"confirm: bill is {type_name(value)}, not Bill; pass a Bill",
        )
        for value in (None, "L-1/2026-03-01", ISSUED, [BILL])
    ),
]

ROWS = [*CYCLES, *BILLS]
