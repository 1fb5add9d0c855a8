"""Bad settlements: what a deposit earns, how it is topped up, and what becomes of it at the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from arledger import (
    AccrualSegment,
    Application,
    ArledgerError,
    CashStep,
    Conflict,
    CurrencyMismatch,
    Holding,
    InvalidType,
    InvalidValue,
    Money,
    OrderError,
    Percent,
    Period,
    Rate,
    deposit_interest,
    interest_credit,
    settle_deposit,
    top_up,
)
from arledger.billing.accrual import ACTUAL_365, both_ends
from bad_inputs.common import CENT, DAY, DOLLAR, OUT_OF_RANGE, RENT, TOO_LONG, BadInput, charge
from bad_inputs.deposits import (
    EVE,
    HELD,
    LATER,
    NEXT_YEAR,
    SPRING,
    amounts,
    days,
    holding,
    names,
    of,
    policy,
    released,
)

HALF = AccrualSegment(Period(DAY, LATER), Fraction(1, 2), "half a year")
CONVENTION = "a convention takes (held, cuts) and gives its segments"
FOLLOW = "segments follow each other from the first day on"
BEYOND = "the date is out of range; dates go from the year 1 to 9999"
IN_ORDER = "pass days in their order, none before it was paid"
EARLIER = "begin the table earlier, or with a rate of 0"
POLICY = policy()


def interest(**given: Any) -> object:
    """The interest of half a year, spoilt by what is given."""
    return deposit_interest(**{"holding": HELD, "until": LATER, "policy": POLICY, **given})


def credit(**given: Any) -> object:
    """It, paid out, spoilt by what is given."""
    return interest_credit(**{"interest": deposit_interest(HELD, LATER, POLICY), "on": LATER, **given})


def topped(**given: Any) -> object:
    """A top-up by ten percent, spoilt by what is given."""
    rents = {"rent_before": Money("1000", "CAD"), "rent_after": Money("1100", "CAD")}
    return top_up(**{"holding": HELD, **rents, "due": LATER, **given})


def settlement(**given: Any) -> object:
    """A settlement without charges, spoilt by what is given."""
    return settle_deposit(**{"holding": HELD, "charges": [], "move_out": LATER, "policy": POLICY, **given})


def _kinds(noun: str, make: Callable[..., object], subject: str, field: str, wanted: str) -> list[BadInput]:
    """What is refused where one of our own values is meant."""
    bad: dict[str, object] = {
        "None": None,
        "str": "D-1",
        "int": TOO_LONG,
        "float": 1.5,
        "list": [HELD],
        "dict": {},
        "Charge": charge(),
    }
    return [
        of(noun, make, f"{field} as {name}", {field: value}, InvalidType, f"{subject}: {field} is {name}, {wanted}")
        for name, value in bad.items()
    ]


def _earns(
    what: str, given: dict[str, Any], kind: type[ArledgerError], field: str, message: str, held: Holding = HELD
) -> BadInput:
    """A policy under which nothing can be earned."""
    return BadInput(
        f"deposit interest: {what}", lambda: interest(holding=held, policy=policy(**given)), kind, field, message
    )


def _settled(what: str, given: dict[str, Any], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return BadInput(f"settlement: {what}", lambda: settlement(**given), kind, field, message)


def _greedy(incoming: Any, items: Any) -> dict[str, int]:
    return {items[0].id: items[0].offered_minor}


ROWS = [
    # interest
    *_kinds("deposit interest", interest, "deposit interest", "holding", "not Holding; pass a Holding"),
    *_kinds("deposit interest", interest, "deposit interest", "policy", "not DepositPolicy; pass a DepositPolicy"),
    *days("deposit interest", interest, "holding D-1", "until"),
    *days("deposit interest", interest, "holding D-1", "since", or_none=True),
    *(
        of("deposit interest", interest, what, given, InvalidValue, f"holding D-1: interest from {days}; {IN_ORDER}")
        for what, given, days in (
            ("until before it was paid", {"until": EVE}, "2026-03-01 up to 2026-02-28, and held since 2026-03-01"),
            ("the beginning of time", {"until": date.min}, "2026-03-01 up to 0001-01-01, and held since 2026-03-01"),
            ("since before it was paid", {"since": EVE}, "2026-02-28 up to 2026-09-01, and held since 2026-03-01"),
            (
                "until before since",
                {"until": DAY, "since": LATER},
                "2026-09-01 up to 2026-03-01, and held since 2026-03-01",
            ),
            (
                "both before it was paid",
                {"since": EVE, "until": date.min},
                "2026-02-28 up to 0001-01-01, and held since 2026-03-01",
            ),
        )
    ),
    _earns(
        "no rate on the first day",
        {"rates": NEXT_YEAR},
        InvalidValue,
        "rates",
        f"holding D-1: no rate on 2026-03-01; {EARLIER}",
    ),
    _earns(
        "no rate on a later day",
        {"rates": SPRING},
        InvalidValue,
        "rates",
        f"holding D-1: no rate on 2026-06-01; {EARLIER}",
    ),
    _earns(
        "an amount beyond the range",
        {"rates": Percent(10**35)},
        InvalidValue,
        "amount",
        f"amount is out of range; {OUT_OF_RANGE}",
        Holding("D-1", Money(10**39, "CAD"), DAY),
    ),
    _earns(
        "a cash step in another currency",
        {"rounding": CashStep(DOLLAR)},
        CurrencyMismatch,
        "rounding",
        "cash step 1.00 USD for an amount in CAD; pass a step in CAD",
    ),
    _earns(
        "a rounding that gives no int",
        {"rounding": lambda numerator, denominator: numerator / denominator},
        InvalidType,
        "rounding",
        "rounding gave float, not int; a rounding takes (numerator, denominator) and gives an int",
    ),
    *(
        _earns(
            f"a convention that gives {name}",
            {"accrual": lambda held, cuts, value=value: value},
            InvalidType,
            "accrual",
            f"accrual gave {found}, not a list of AccrualSegment; {CONVENTION}",
        )
        for name, (value, found) in {
            "None": (None, "None"),
            "a segment": (HALF, "AccrualSegment"),
            "text": ("half a year", "str"),
            "years": ([Fraction(1, 2)], "Fraction"),
            "a segment and None": ([HALF, None], "None"),
        }.items()
    ),
    _earns(
        "a convention that counts time twice",
        {"accrual": lambda held, cuts: [HALF, HALF]},
        InvalidValue,
        "accrual",
        f"accrual gave a segment from 2026-03-01, where 2026-09-01 was reached; {FOLLOW}",
    ),
    _earns(
        "a convention that counts from before",
        {"accrual": lambda held, cuts: [AccrualSegment(Period(EVE, LATER), Fraction(1, 2), "half a year")]},
        InvalidValue,
        "accrual",
        f"accrual gave a segment from 2026-02-28, where 2026-03-01 was reached; {FOLLOW}",
    ),
    BadInput(
        "deposit interest: both ends beyond the calendar",
        lambda: interest(until=date.max, policy=policy(accrual=both_ends(ACTUAL_365))),
        InvalidValue,
        "held",
        BEYOND,
    ),
    _earns(
        "no rate on a last day that counts",
        {"rates": Rate(Percent(2), until=LATER), "accrual": both_ends(ACTUAL_365)},
        InvalidValue,
        "rates",
        f"holding D-1: no rate on 2026-09-01; {EARLIER}",
    ),
    # interest that is paid out
    *days("interest credit", credit, "interest credit", "on"),
    *_kinds("interest credit", credit, "interest credit", "interest", "not DepositInterest; pass a DepositInterest"),
    *names("interest credit", credit, "credit D-1/interest@2026-09-01", "payer"),
    # top-ups
    *_kinds("top-up", topped, "top-up", "holding", "not Holding; pass a Holding"),
    *amounts("top-up", topped, "top-up", "rent_before"),
    *amounts("top-up", topped, "top-up", "rent_after"),
    *days("top-up", topped, "top-up", "due"),
    BadInput(
        "top-up: rents in two currencies",
        lambda: topped(rent_after=DOLLAR),
        CurrencyMismatch,
        "currency",
        "1.00 USD - 1000.00 CAD: two currencies; convert one of them first",
    ),
    BadInput(
        "top-up: an amount beyond the range",
        lambda: topped(holding=holding(paid=Money(10**39, "CAD")), rent_before=CENT),
        InvalidValue,
        "amount",
        f"amount is out of range; {OUT_OF_RANGE}",
    ),
    of(
        "top-up",
        topped,
        "due before it was paid",
        {"due": EVE},
        InvalidValue,
        "top-up: due 2026-02-28, and held since 2026-03-01; pass a day on which it is held",
    ),
    # settlements
    *_kinds("settlement", settlement, "settlement", "holding", "not Holding; pass a Holding"),
    *_kinds("settlement", settlement, "settlement", "policy", "not DepositPolicy; pass a DepositPolicy"),
    *days("settlement", settlement, "holding D-1", "move_out"),
    *days("settlement", settlement, "holding D-1", "interest_since", or_none=True),
    _settled(
        "before it was paid",
        {"move_out": EVE},
        InvalidValue,
        "move_out",
        "holding D-1: nothing is held on 2026-02-28; pass a day on which it is held",
    ),
    _settled(
        "nothing is held",
        {"holding": holding(entries=[released(RENT, DAY)])},
        InvalidValue,
        "move_out",
        "holding D-1: nothing is held on 2026-09-01; pass a day on which it is held",
    ),
    _settled(
        "a window beyond the calendar", {"policy": policy(refund_window_days=10**7)}, InvalidValue, "days", BEYOND
    ),
    _settled("a window too long", {"policy": policy(refund_window_days=TOO_LONG)}, InvalidValue, "days", BEYOND),
    _settled("a move-out on the last day of all", {"move_out": date.max}, InvalidValue, "days", BEYOND),
    _settled(
        "an order by name",
        {"by": "oldest-first"},
        InvalidType,
        "order",
        "allocate: str is no order; pass an order such as OLDEST_FIRST; NAMED_ORDERS has them by name",
    ),
    _settled(
        "an order that proposes more than there is",
        {"by": _greedy, "charges": [charge(amount=RENT + RENT)]},
        OrderError,
        "order",
        "order _greedy: proposed 1800.00 of payment D-1/released@2026-09-01, which has 909.07; "
        "propose at most incoming.minor in all",
    ),
    _settled(
        "no charges", {"charges": None}, InvalidType, "charges", "allocate: charges is None; pass a list of Charge"
    ),
    _settled(
        "a payment among the charges",
        {"charges": [charge(), HELD]},
        InvalidType,
        "charges",
        "allocate: charges holds Holding, not Charge; pass a list of Charge",
    ),
    _settled(
        "a charge in another currency",
        {"charges": [charge(amount=DOLLAR)]},
        CurrencyMismatch,
        "currency",
        "charge R-03: in USD, where others are in CAD; allocate each currency by itself",
    ),
    _settled(
        "a charge twice",
        {"charges": [charge(), charge()]},
        Conflict,
        "id",
        "charge R-03: its id stands twice; ids are unique over all charges, payments and credits",
    ),
    _settled(
        "None applied",
        {"applied": None},
        InvalidType,
        "applied",
        "allocate: applied is None; pass a list of Application",
    ),
    _settled(
        "applications above a charge",
        {"charges": [charge()], "applied": [Application("P-17", "R-03", RENT + CENT, DAY)]},
        Conflict,
        "applied",
        "charge R-03: applications of 900.01 exceed its 900.00 CAD; reverse what is too much",
    ),
]
