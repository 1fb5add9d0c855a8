"""Bad autopay: what it includes, amount rules that are composed, and pending increases."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from arledger import (
    ArledgerError,
    Category,
    Conflict,
    CurrencyMismatch,
    Includes,
    IncreaseState,
    InvalidType,
    InvalidValue,
    ItemClass,
    PendingIncrease,
    Percent,
    Period,
    Rate,
    include,
    increase_charge,
    pull,
)
from bad_inputs.autopay import NO_PARTS, NO_RULES, wrong_types
from bad_inputs.common import CENT, DAY, DOLLAR, RENT, BadInput
from bad_inputs.deposits import LATER, amounts, days, names, of

A_RULE_TO_COMPOSE = "not an amount rule; pass one such as pull.FULL_BALANCE"
CLASSES = "pass ItemClass values, such as .DEPOSIT"
TRUE_OR_FALSE = "not bool; pass True or False"
NO_BOOLS: dict[str, Any] = {"None": None, "int": 1, "str": "yes", "float": 1.0, "list": [True], "date": DAY}
NO_CLASSES: dict[str, Any] = {"None": None, "str": "deposit", "int": 2, "bool": True, "Category": Category.DEPOSIT}
MARCH = Period(DAY, date(2026, 4, 1))
BOX_NAMES = (
    "deposits",
    "pending_increases",
    "lease_adjustments",
    "other_fees",
    "new_positive_charges",
    "other_negative_charges",
)


def includes(**given: Any) -> Includes:
    """What includes deposits, spoilt by what is given."""
    return Includes(**{"classes": [ItemClass.DEPOSIT], **given})


def increase(**given: Any) -> PendingIncrease:
    """An increase of a cent from March on, spoilt by what is given."""
    return PendingIncrease(**{"id": "AGI-7", "amount": CENT, "effective": DAY, **given})


def charged(**given: Any) -> object:
    """The charge of an increase for March, spoilt by what is given."""
    return increase_charge(**{"increase": increase(), "period": MARCH, **given})


def _includes(what: str, given: dict[str, Any], kind: type[ArledgerError], problem: str) -> BadInput:
    return of("includes", includes, what, given, kind, f"includes: {problem}")


def _composed(name: str, field: str) -> list[BadInput]:
    """What is refused by a function that composes a rule with an amount."""
    noun, subject = f"pull.{name}", name.replace("_", " ")
    compose: Any = getattr(pull, name)
    in_dollars = pull.skipped_over(pull.KEEP_PERCENT, DOLLAR)
    return [
        *wrong_types(noun, lambda rule: compose(rule, RENT), subject, "rule", NO_RULES, A_RULE_TO_COMPOSE),
        *amounts(noun, lambda **given: compose(pull.FULL_BALANCE, **given), subject, field),
        BadInput(
            f"{noun}: a rule in another currency",
            lambda: compose(in_dollars, RENT),
            CurrencyMismatch,
            field,
            f"{subject}: 900.00 CAD of a rule in USD",
        ),
        BadInput(
            f"{noun}: a composed rule in another currency",
            lambda: compose(pull.capped(in_dollars, DOLLAR), CENT),
            CurrencyMismatch,
            field,
            f"{subject}: 0.01 CAD of a rule in USD",
        ),
    ]


INCLUDED = [
    *wrong_types(
        "includes",
        includes,
        "includes",
        "classes",
        {**NO_CLASSES, "ItemClass": ItemClass.DEPOSIT, "bytes": b"deposit"},
        f"not a list of ItemClass; {CLASSES}",
    ),
    *(
        _includes(
            f"{name} among classes",
            {"classes": [ItemClass.NEW, value]},
            InvalidType,
            f"classes is {name}, not ItemClass; pass an ItemClass",
        )
        for name, value in {**NO_CLASSES, "list": [ItemClass.NEW], "Includes": include.DEPOSITS}.items()
    ),
    _includes(
        "what is held", {"classes": [ItemClass.HELD]}, InvalidValue, "what is held is never pulled; leave it out"
    ),
    *(
        row
        for field in ("nets_adjustments", "nets_credits", "pays_everything")
        for row in wrong_types("includes", includes, "includes", field, NO_BOOLS, TRUE_OR_FALSE)
    ),
    *(
        BadInput(
            f"includes: joined with {name}",
            lambda value=value: include.DEPOSITS | value,  # type: ignore[misc]
            InvalidType,
            "other",
            f"includes: other is {name}, not Includes; join it with a box, such as include.DEPOSITS",
        )
        for name, value in {**NO_CLASSES, "ItemClass": ItemClass.NEW, "tuple": (ItemClass.NEW,)}.items()
    ),
    *(
        BadInput(
            f"include.classes: {name}",
            lambda value=value: include.classes(value),  # type: ignore[misc]
            InvalidType,
            "classes",
            f"includes: classes is {name}, not ItemClass; pass an ItemClass",
        )
        for name, value in {**NO_CLASSES, "list": [ItemClass.NEW]}.items()
    ),
    BadInput(
        "include.classes: what is held",
        lambda: include.classes(ItemClass.DEPOSIT, ItemClass.HELD),
        InvalidValue,
        "classes",
        "includes: what is held is never pulled; leave it out",
    ),
    *(
        row
        for field in BOX_NAMES
        for row in wrong_types("include.boxes", include.boxes, "boxes", field, NO_BOOLS, TRUE_OR_FALSE)
    ),
]

a_percentage: Any = pull.percent_of_balance
RULES = [
    *(
        row
        for name, field in (("capped", "most"), ("skipped_over", "most"), ("at_least", "minimum"))
        for row in _composed(name, field)
    ),
    *(
        BadInput(
            f"pull.percent_of_balance: {name}",
            lambda value=value: a_percentage(value),  # type: ignore[misc]
            InvalidType,
            "percent",
            f"percent of balance: percent is {name}, not Percent; pass a Percent, such as Percent(50)",
        )
        for name, value in {**NO_PARTS, "int": 50, "Fraction": Fraction(1, 2), "Rate": Rate(Percent(50))}.items()
    ),
    *(
        BadInput(
            f"pull.percent_of_balance: {text}",
            lambda value=value: a_percentage(value),  # type: ignore[misc]
            InvalidValue,
            "percent",
            f"percent of balance: percent {text} is {problem}",
        )
        for text, value, problem in (
            ("101%", Percent(101), "over 100%; pass 100% at most"),
            ("100.01%", Percent("100.01"), "over 100%; pass 100% at most"),
            ("-1%", Percent(-1), "negative; pass 0 or more"),
        )
    ),
]

INCREASES = [
    *names("increase", increase, "increase", "id"),
    *amounts("increase", increase, "increase AGI-7", "amount"),
    *days("increase", increase, "increase AGI-7", "effective"),
    *names("increase", increase, "increase AGI-7", "code"),
    *wrong_types(
        "increase",
        increase,
        "increase AGI-7",
        "state",
        {"None": None, "str": "pending", "bool": True, "EnumType": IncreaseState},
        "not IncreaseState; pass an IncreaseState, such as .AGREED",
    ),
    *wrong_types(
        "increase",
        lambda **given: increase().is_for(given["period"]),
        "increase AGI-7",
        "period",
        {"None": None, "date": DAY, "str": "2026-03", "tuple": (DAY, LATER)},
        "not Period; pass a Period",
    ),
    *wrong_types(
        "increase_charge",
        charged,
        "increase_charge",
        "increase",
        {"None": None, "str": "AGI-7", "Money": CENT, "list": [increase()]},
        "not PendingIncrease; pass a PendingIncrease",
    ),
    *wrong_types(
        "increase_charge",
        charged,
        "increase AGI-7",
        "period",
        {"None": None, "date": DAY, "str": "2026-03", "tuple": (DAY, LATER)},
        "not Period; pass a Period",
    ),
    *(
        row
        for field in ("due", "posted")
        for row in days("increase_charge", charged, "charge AGI-7@2026-03-01", field, or_none=True)
    ),
    of(
        "increase_charge",
        charged,
        "a period before it",
        {"period": Period(date(2026, 2, 1), DAY)},
        Conflict,
        "increase AGI-7: 2026-02-01 up to 2026-03-01 begins before 2026-03-01; pass a period from that day on",
    ),
    of(
        "increase_charge",
        charged,
        "a period that it begins in",
        {"period": Period(date(2026, 2, 28), LATER)},
        Conflict,
        "increase AGI-7: 2026-02-28 up to 2026-09-01 begins before 2026-03-01; pass a period from that day on",
    ),
]

ROWS = [*INCLUDED, *RULES, *INCREASES]
