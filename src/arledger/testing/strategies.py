"""What accounts are drawn from: Hypothesis strategies, for ``check_order`` and for property tests of your own.

The problem: a random account is an easy one. Its amounts never meet, its dates never tie, and its money is never to the
cent what is open. The decision: amounts in tiers (to 100, to 10^4, around 2^31 and 2^53, to 10^18), often equal to
another amount of the account or one unit off; days of one week; few payers, codes and invoices; currencies of 0, 2 and
3 decimals. What is drawn is a list of plans, each read against the charges before it, so that it shrinks to few plain
charges and one plain payment.

>>> from hypothesis import given
>>> from arledger import OLDEST_FIRST, allocate
>>> from arledger.testing.strategies import accounts
>>> @given(accounts())
... def test_something(account):
...     allocate(account.money, account.charges, by=OLDEST_FIRST, designations=account.designations)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from arledger import where
from arledger.allocation.records import Designations
from arledger.entries import Category, Charge, Credit, CreditKind, Designation, Dispute, Payment, Selector
from arledger.money import Money
from arledger.testing.cases import Account

__all__ = [
    "CURRENCIES",
    "FIRST_DAY",
    "accounts",
    "charges",
    "credits_",
    "days",
    "minor_units",
    "payments",
    "selectors",
]

CURRENCIES = ("CAD", "JPY", "KWD")
"""Of 2, 0 and 3 decimals."""

FIRST_DAY = date(2026, 2, 26)
"""Days are drawn from the week that begins here, over a month's end."""

_CURRENCIES = st.sampled_from(CURRENCIES)
_TIERS = st.one_of(
    st.integers(1, 100),
    st.integers(1, 10**4),
    st.sampled_from([2**31 - 1, 2**31, 2**53 - 1, 2**53, 2**53 + 1, 10**18]),
    st.integers(1, 10**18),
)
_MEETINGS = st.sampled_from([None, None, 0, -1, 1])  # units off another amount, or an amount of its own
_PLACES = st.integers(0, 11)  # of something among others, modulo their number
_DAYS = st.sampled_from([FIRST_DAY + timedelta(number) for number in range(7)])
_PAYERS = st.sampled_from([None, None, "ann", "bob"])
_SEQUENCES = st.sampled_from([None, None, 0, 1, 2, -1, 2**53 + 1])
_SELDOM = st.sampled_from([False, False, False, True])
_OFTEN = st.sampled_from([True, True, False])
_MODES: SearchStrategy[Designations] = st.sampled_from(["only", "first", "ignore"])
_AMOUNTS = st.tuples(_MEETINGS, _PLACES, _TIERS)
_SELECTORS: SearchStrategy[Selector | None] = st.sampled_from(
    [
        None,
        where.rent,
        where.past_due,
        where.is_due,
        where.tagged("old"),
        where.code("RENT"),
        where.invoice("A"),
        where.payer("ann"),
        where.due_by(FIRST_DAY + timedelta(2)),
    ]
)
_CHOICES = st.tuples(
    st.sampled_from(["one", "one", "not", "and", "or"]), st.tuples(_SELECTORS, _PLACES), st.tuples(_SELECTORS, _PLACES)
)
_WISHES = st.fixed_dictionaries({"is_charge": _OFTEN, "place": _PLACES, "choice": _CHOICES, "part": st.none() | _TIERS})
_FEW_WISHES: SearchStrategy[list[Any]] = st.one_of(st.just([]), st.just([]), st.lists(_WISHES, max_size=2))
_CHARGES = st.fixed_dictionaries(
    {
        "amount": _AMOUNTS,
        "category": st.sampled_from(
            [Category.OTHER, Category.RENT, Category.LATE_FEE, Category.TAX, Category.TAX, *Category]
        ),
        "due": _DAYS,
        "posted": st.one_of(st.none(), st.none(), _DAYS),
        "code": st.sampled_from([None, "RENT", "PARK"]),
        "invoice": st.sampled_from([None, "A", "B"]),
        "payer": _PAYERS,
        "is_about": _OFTEN,
        "about": _PLACES,
        "disputed": st.sampled_from(["none", "none", "none", "none", "whole", "part"]),
        "contested": st.none() | _TIERS,
        "lasting": st.sampled_from([(None, None), (None, 3), (3, None), (2, 4)]),
        "tags": st.sampled_from([(), (), ("old",), ("old", "subsidised")]),
        "rate": st.sampled_from([None, None, 0, 5, Fraction(1, 3), Decimal("7.25"), 2**53, 2**53 + 1]),
        "sequence": _SEQUENCES,
    }
)
_PAYMENTS = st.fixed_dictionaries(
    {
        "amount": _AMOUNTS,
        "day": _DAYS,
        "method": st.sampled_from([None, "ach"]),
        "payer": _PAYERS,
        "wishes": _FEW_WISHES,
        "is_restricted": _SELDOM,
        "restriction": _CHOICES,
        "is_trust": _SELDOM,
        "sequence": _SEQUENCES,
    }
)
_CREDITS = st.fixed_dictionaries(
    {
        "amount": _AMOUNTS,
        "day": _DAYS,
        "kind": st.sampled_from([CreditKind.ADJUSTMENT, CreditKind.ADJUSTMENT, *CreditKind]),
        "payer": _PAYERS,
        "wishes": _FEW_WISHES,
        "target": _WISHES,
        "sequence": _SEQUENCES,
    }
)
_MONEY = st.tuples(_SELDOM, _PAYMENTS, _CREDITS)

Plan = dict[str, Any]


def days() -> SearchStrategy[date]:
    """Days of one week, so that many are equal."""
    return _DAYS


def minor_units(near: Sequence[int] = ()) -> SearchStrategy[int]:
    """Minor units above zero, in tiers; with ``near``, often one of these, their sum, or one unit off."""
    return _AMOUNTS.map(lambda plan: _minor_of(plan, near))


def selectors(charge_ids: Sequence[str] = ("C-1",)) -> SearchStrategy[Selector]:
    """Selectors of a few kinds, some composed; those by id take one of ``charge_ids``."""
    return _CHOICES.map(lambda plan: _selector_of(plan, charge_ids))


def charges(
    name: str = "C-1", *, currency: str = "CAD", near: Sequence[int] = (), others: Sequence[str] = ()
) -> SearchStrategy[Charge]:
    """A charge with all that orders and bars read; ``others`` are the ids of charges that it may be about.

    A tax is mostly about one of the others, so that charges and their taxes are common.
    """
    return _CHARGES.map(lambda plan: _charge_of(plan, name, currency, near, others))


def payments(
    name: str = "P-1", *, currency: str = "CAD", near: Sequence[int] = (), charge_ids: Sequence[str] = ("C-1",)
) -> SearchStrategy[Payment]:
    """A payment, with or without a payer, designations, a restriction; some of a trust fund."""
    return _PAYMENTS.map(lambda plan: _payment_of(plan, name, currency, near, charge_ids))


def credits_(
    name: str = "K-1", *, currency: str = "CAD", near: Sequence[int] = (), charge_ids: Sequence[str] = ("C-1",)
) -> SearchStrategy[Credit]:
    """A credit of any kind; one that forgives names its target."""
    return _CREDITS.map(lambda plan: _credit_of(plan, name, currency, near, charge_ids))


def accounts(*, most_charges: int = 5, most_money: int = 3, currency: str | None = None) -> SearchStrategy[Account]:
    """Charges, and the payments and credits that are to settle them.

    The ids do not rise with the days, and taxes never run in a ring.
    """
    return st.builds(
        _account_of,
        _CURRENCIES if currency is None else st.just(currency),
        st.lists(_CHARGES, min_size=1, max_size=most_charges),
        st.lists(_MONEY, min_size=1, max_size=most_money),
        _MODES,
    )


def _account_of(
    currency: str, owed: Sequence[Plan], given: Sequence[tuple[bool, Plan, Plan]], mode: Designations
) -> Account:
    charges: list[Charge] = []
    for number, plan in enumerate(owed):
        name = f"C-{number // 11 * 11 + number * 7 % 11 + 1}"
        near = [charge.amount.minor for charge in charges]
        charges.append(_charge_of(plan, name, currency, near, [charge.id for charge in charges]))
    near = [charge.amount.minor for charge in charges]
    names = [charge.id for charge in charges]
    money = [
        _credit_of(credit, f"K-{number}", currency, near, names)
        if is_credit
        else _payment_of(payment, f"P-{number}", currency, near, names)
        for number, (is_credit, payment, credit) in enumerate(given, start=1)
    ]
    return Account(charges, money, mode)


def _minor_of(plan: tuple[int | None, int, int], near: Sequence[int]) -> int:
    off, place, minor = plan
    if off is None or not near:
        return minor
    return max(1, [*near, sum(near)][place % (len(near) + 1)] + off)


def _part_of(plan: int, minor: int) -> int:
    """Some of an amount, or all of it."""
    return 1 + (plan - 1) % minor


def _one_of(names: Sequence[str], place: int) -> str:
    return names[place % len(names)]


def _selector_of(plan: tuple[str, Any, Any], charge_ids: Sequence[str]) -> Selector:
    joint, *parts = plan
    first, second = (where.charge(_one_of(charge_ids, place)) if it is None else it for it, place in parts)
    composed = {"one": first, "not": ~first, "and": first & second, "or": first | second}
    return composed[joint]


def _charge_of(plan: Plan, name: str, currency: str, near: Sequence[int], others: Sequence[str]) -> Charge:
    minor = _minor_of(plan["amount"], near)
    known = [*others, "gone"]
    is_about = plan["is_about"] and (plan["category"] is Category.TAX or plan["about"] > 8)
    return Charge(
        name,
        Money.from_minor(minor, currency),
        due=plan["due"],
        posted=plan["posted"] or plan["due"],
        category=plan["category"],
        code=plan["code"],
        invoice=plan["invoice"],
        payer=plan["payer"],
        about=_one_of(known, plan["about"]) if is_about else None,
        disputed=_dispute_of(plan, minor, currency),
        tags=plan["tags"],
        attributes={} if plan["rate"] is None else {"rate": plan["rate"]},
        sequence=plan["sequence"],
    )


def _dispute_of(plan: Plan, minor: int, currency: str) -> bool | Dispute:
    if plan["disputed"] != "part":
        return bool(plan["disputed"] == "whole")
    contested = plan["contested"]
    since, until = (None if number is None else FIRST_DAY + timedelta(number) for number in plan["lasting"])
    return Dispute(None if contested is None else Money.from_minor(_part_of(contested, minor), currency), since, until)


def _wishes_of(plans: Iterable[Plan], minor: int, currency: str, charge_ids: Sequence[str]) -> list[Designation]:
    """Designations that come to no more than an amount."""
    found: list[Designation] = []
    left = minor
    for plan in plans:
        named = _part_of(plan["part"], left) if left and plan["part"] else None
        left -= named or 0
        found.append(
            Designation(
                _one_of(charge_ids, plan["place"]) if plan["is_charge"] else _selector_of(plan["choice"], charge_ids),
                None if named is None else Money.from_minor(named, currency),
            )
        )
    return found


def _payment_of(plan: Plan, name: str, currency: str, near: Sequence[int], charge_ids: Sequence[str]) -> Payment:
    minor = _minor_of(plan["amount"], near)
    return Payment(
        name,
        Money.from_minor(minor, currency),
        received=plan["day"],
        method=plan["method"],
        payer=plan["payer"],
        designations=_wishes_of(plan["wishes"], minor, currency, charge_ids),
        restriction=_selector_of(plan["restriction"], charge_ids) if plan["is_restricted"] else None,
        fund="trust" if plan["is_trust"] else "operating",
        sequence=plan["sequence"],
    )


def _credit_of(plan: Plan, name: str, currency: str, near: Sequence[int], charge_ids: Sequence[str]) -> Credit:
    minor = _minor_of(plan["amount"], near)
    forgives = plan["kind"] in (CreditKind.WAIVER, CreditKind.WRITE_OFF)
    wishes = plan["wishes"] or ([plan["target"]] if forgives else [])
    return Credit(
        name,
        Money.from_minor(minor, currency),
        granted=plan["day"],
        kind=plan["kind"],
        payer=plan["payer"],
        designations=_wishes_of(wishes, minor, currency, charge_ids),
        sequence=plan["sequence"],
    )
