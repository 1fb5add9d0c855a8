"""Bad autopay: what cannot be drafted, classified, released, cancelled or presented again."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from arledger import (
    OLDEST_FIRST,
    Agreement,
    Agreements,
    ArledgerError,
    AutopayPolicy,
    Category,
    Conflict,
    CurrencyMismatch,
    IncreaseState,
    InvalidType,
    InvalidValue,
    Ledger,
    Percent,
    RetryRule,
    Return,
    ReturnReason,
    Share,
    UnknownName,
    autopay_run,
    cancelled,
    classify,
    draft_pulls,
    monthly,
    pull,
    release,
    replay,
    retry_pull,
    where,
)
from bad_inputs.autopay import FIXED_THERE, agreement, two, wrong_types
from bad_inputs.autopay_includes import NO_BOOLS, TRUE_OR_FALSE, increase
from bad_inputs.autopay_policies import END_OF_TIME, NO_RUNS, policy
from bad_inputs.common import CENT, DAY, DOLLAR, RENT, BadInput, charge, payment
from bad_inputs.deposits import LATER, days, names, of

REPLAYED = "not Position; pass what replay gave"
OF_ALL = "pass shares of 100% at most"
END_ONE = "end one of them, or give them shares of other charges"
SERVED = autopay_run(monthly(1), DAY)
ACCOUNT = replay(Ledger("CAD", [charge(category=Category.RENT, code="A")]), by=OLDEST_FIRST, as_of=DAY)
BACK = Return("N-1", "P-17", on=DAY, reason=ReturnReason.INSUFFICIENT_FUNDS)
RETURNED = replay(Ledger("CAD", [payment(), BACK]), by=OLDEST_FIRST, as_of=DAY)
REFUSED = increase(state=IncreaseState.REFUSED)
NO_POSITIONS: dict[str, Any] = {"None": None, "str": "A-1", "Ledger": ACCOUNT.ledger, "list": [charge()]}
NO_POLICIES: dict[str, Any] = {"str": "all", "bool": True, "int": 5, "list": [AutopayPolicy()], "type": AutopayPolicy}
NO_INCREASES: dict[str, Any] = {"None": None, "int": 30, "str": "AGI-7", "Money": CENT}


def drafts(**given: Any) -> object:
    """The drafts of March, spoilt by what is given."""
    return draft_pulls(**{"agreements": agreement(), "position": ACCOUNT, "run": SERVED, **given})


def classified(**given: Any) -> object:
    """The items of March, spoilt by what is given."""
    return classify(**{"position": ACCOUNT, "agreement": agreement(), "run": SERVED, **given})


def freed(**given: Any) -> object:
    """What is released, spoilt by what is given."""
    return release(**{"position": ACCOUNT, "increases": REFUSED, "on": DAY, "account": "A-1", **given})


def ended(**given: Any) -> object:
    """An agreement that is cancelled, spoilt by what is given."""
    return cancelled(**{"agreement": agreement(), "on": LATER, "policy": AutopayPolicy(), **given})


def again(**given: Any) -> object:
    """A pull that is presented again, spoilt by what is given."""
    return retry_pull(**{"payment": "P-17", "position": RETURNED, "on": DAY, **given})


def row(noun: str, make: Any, given: dict[str, Any], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    """A call with its noun and what is wrong with it."""
    return BadInput(noun, lambda: make(**given), kind, field, message)


def _shared(what: str, agreements: list[Agreement], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return row(f"draft_pulls: {what}", drafts, {"agreements": agreements}, kind, field, message)


def _asked_of_both(noun: str, make: Any) -> list[BadInput]:
    """What drafts and classes refuse alike."""
    incs = {name: value for name, value in NO_INCREASES.items() if name != "Money"}
    in_dollars = increase(amount=DOLLAR)
    return [
        *wrong_types(noun, make, noun, "position", NO_POSITIONS, REPLAYED),
        *wrong_types(noun, make, noun, "run", NO_RUNS, "not AutopayRun; pass what autopay_run gave"),
        *wrong_types(noun, make, noun, "policy", NO_POLICIES, "not AutopayPolicy; pass an AutopayPolicy"),
        *wrong_types(
            noun,
            make,
            noun,
            "increases",
            incs,
            "not a list of PendingIncrease; pass a list of PendingIncrease",
        ),
        *(
            of(
                noun,
                make,
                f"{name} among increases",
                {"increases": [increase(), value]},
                InvalidType,
                f"{noun}: increases is {name}, not PendingIncrease; pass a PendingIncrease",
            )
            for name, value in NO_INCREASES.items()
        ),
        of(
            noun,
            make,
            "an increase twice",
            {"increases": [increase(), increase(amount=RENT)]},
            Conflict,
            "increase AGI-7: stands twice; keep one of them",
        ),
        of(
            noun,
            make,
            "an increase in another currency",
            {"increases": in_dollars},
            CurrencyMismatch,
            "increase AGI-7: 1.00 USD for an account in CAD",
        ),
        *(
            of(
                noun,
                make,
                f"a policy in another currency by its {field}",
                {"policy": policy(**{field: value})},
                CurrencyMismatch,
                f"{noun}: a policy in USD for an account in CAD",
            )
            for field, value in (
                ("limit", DOLLAR),
                ("processor_limit", DOLLAR),
                ("least", DOLLAR),
                ("notice_range", (DOLLAR, DOLLAR)),
            )
        ),
    ]


ALL_RENT, ALL_OF_A = where.rent, where.code("A")
DRAFTED = [
    *(
        row(
            f"draft_pulls: agreements as {name}",
            drafts,
            {"agreements": value},
            InvalidType,
            "all",
            f"agreements: all is {name}, not a list of Agreement; pass a list of Agreement",
        )
        for name, value in {"None": None, "int": 5, "str": "AP-1", "Money": RENT}.items()
    ),
    *_asked_of_both("draft_pulls", drafts),
    *(
        _shared(
            f"an agreement in another currency by {what}",
            [agreement(**given)],
            CurrencyMismatch,
            "agreements",
            "agreement AP-1: in USD, for an account in CAD",
        )
        for what, given in (
            ("its stored amount", FIXED_THERE),
            ("the amount of its rule", {"rule": pull.capped(pull.KEEP_PERCENT, DOLLAR)}),
        )
    ),
    *(
        _shared(
            f"a charge at {what}",
            two(first, second),
            Conflict,
            "shares",
            f"agreements AP-1 and AP-2: {text} of charge R-03; {OF_ALL}",
        )
        for what, first, second, text in (
            (
                "60% and 50%, by category and by code",
                [Share(Percent(60), of=ALL_RENT)],
                [Share(Percent(50), of=ALL_OF_A)],
                "110%",
            ),
            (
                "two thirds and a half",
                [Share(Fraction(2, 3), of=ALL_RENT)],
                [Share(Fraction(1, 2), of=ALL_OF_A)],
                "7/6",
            ),
        )
    ),
    _shared(
        "a charge that two of a payer take",
        [
            agreement(payer="ann", shares=[Share(Percent(60), of=ALL_RENT)]),
            agreement(id="AP-2", payer="ann", shares=[Share(Percent(40), of=ALL_OF_A)]),
        ],
        Conflict,
        "payer",
        f"agreements AP-1 and AP-2: both are of ann and for charge R-03; {END_ONE}",
    ),
    row(
        "draft_pulls: a notice that is due before the year 1",
        drafts,
        {"policy": AutopayPolicy(notice_days=10**6)},
        InvalidValue,
        "days",
        END_OF_TIME,
    ),
]

CLASSIFIED = [
    *wrong_types(
        "classify",
        classified,
        "classify",
        "agreement",
        {"None": None, "str": "AP-1", "list": [agreement()], "Agreements": Agreements(agreement())},
        "not Agreement; pass an Agreement",
    ),
    *_asked_of_both("classify", classified),
]

OTHERS = [
    # releases
    *wrong_types("release", freed, "release", "position", NO_POSITIONS, REPLAYED),
    *wrong_types(
        "release",
        freed,
        "release",
        "increases",
        NO_INCREASES,
        "not a list of PendingIncrease; pass a list of PendingIncrease",
    ),
    *(
        of(
            "release",
            freed,
            f"{name} among increases",
            {"increases": [REFUSED, value]},
            InvalidType,
            f"release: increases is {name}, not PendingIncrease; pass a PendingIncrease",
        )
        for name, value in NO_INCREASES.items()
    ),
    *days("release", freed, "release", "on"),
    *names("release", freed, "release", "account"),
    *(
        of(
            "release",
            freed,
            f"an increase that is {state}",
            {"increases": [REFUSED, increase(id="AGI-8", state=IncreaseState(state))]},
            Conflict,
            f"increase AGI-8: is {state}, and its money stays reserved; release what is refused",
        )
        for state in ("pending", "agreed")
    ),
    # cancellations
    *wrong_types(
        "cancelled",
        ended,
        "cancelled",
        "agreement",
        {"None": None, "str": "AP-1", "Agreements": Agreements(agreement())},
        "not Agreement; pass an Agreement",
    ),
    *days("cancelled", ended, "agreement AP-1", "on"),
    *wrong_types(
        "cancelled",
        ended,
        "agreement AP-1",
        "policy",
        {"None": None, **NO_POLICIES},
        "not AutopayPolicy; pass an AutopayPolicy",
    ),
    *wrong_types("cancelled", ended, "agreement AP-1", "by_resident", NO_BOOLS, TRUE_OR_FALSE),
    of(
        "cancelled",
        ended,
        "by a resident who may not",
        {"by_resident": True},
        Conflict,
        "agreement AP-1: residents may not cancel; have the office cancel it, or allow it: residents_may_cancel=True",
    ),
    *(
        row(
            f"cancelled: {what}",
            ended,
            {"on": day},
            InvalidValue,
            "until",
            f"agreement AP-1: until {day} is not after agreed 2026-03-01; until is the first day after it",
        )
        for what, day in (("on the day of the agreement", DAY), ("before the agreement", date(2026, 2, 1)))
    ),
    # retries
    *names("retry_pull", again, "retry", "payment"),
    *wrong_types("retry_pull", again, "retry", "position", NO_POSITIONS, REPLAYED),
    *days("retry_pull", again, "retry", "on"),
    *wrong_types(
        "retry_pull",
        again,
        "retry",
        "rule",
        {"int": 2, "bool": True, "str": "nacha", "type": RetryRule},
        "not RetryRule; pass a RetryRule",
    ),
    *wrong_types(
        "retry_pull",
        again,
        "retry",
        "business_days",
        {"str": "following", "bool": True, "list": [DAY]},
        "not BusinessDays; pass a BusinessDays",
    ),
    *(
        of(
            "retry_pull",
            again,
            what,
            {"payment": name},
            UnknownName,
            f"retry: there is no payment {name} on 2026-03-01; {hint}",
        )
        for what, name, hint in (
            ("an unknown payment", "P-18", "did you mean P-17?"),
            ("a payment that is nothing like it", "AP-9/pull@2026-01-01", "known are P-17"),
            ("the id of its return", "N-1", "known are P-17"),
            ("a retry that was not made", "P-17/retry1", "known are P-17"),
        )
    ),
    row(
        "retry_pull: a rule beyond the calendar",
        again,
        {"rule": RetryRule(within_days=10**7)},
        InvalidValue,
        "days",
        END_OF_TIME,
    ),
]

ROWS = [*DRAFTED, *CLASSIFIED, *OTHERS]
