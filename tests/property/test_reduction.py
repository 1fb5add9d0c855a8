"""From an account that breaks a law to a small one: what is tried, what is kept, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from arledger import Category, Charge, Credit, CreditKind, Designation, Dispute, Money, Payment, where
from arledger.testing import DETERMINISTIC, Account, reduction, strategies
from arledger.testing.reduction import smallest
from samples import samples

DAY = date(2026, 3, 1)
LATER = DAY + timedelta(days=3)


def cad(minor: int) -> Money:
    return Money.from_minor(minor, "CAD")


def rich() -> Account:
    """Nothing about it is as simple as could be."""
    return Account(
        [
            Charge("C-1", cad(10**18), due=DAY, category=Category.RENT, payer="ann", tags=["old"], sequence=4),
            Charge("C-2", cad(10**18), due=LATER, posted=DAY, disputed=Dispute(cad(7)), about="C-1", code="X"),
            Charge("C-3", cad(12345), due=LATER, attributes={"rate": 5}, invoice="A"),
        ],
        [
            Payment(
                "P-1",
                cad(10**18 - 1),
                received=LATER,
                method="ach",
                designations=[Designation("C-1", cad(5)), Designation(where.rent)],
                restriction=where.rent,
                fund="trust",
            ),
            Credit("K-1", cad(999), granted=LATER, kind=CreditKind.WAIVER, designations=[Designation("C-2")]),
        ],
        "first",
    )


def least(breaks: Callable[[Account], bool], *, leaves_out_only: bool = False) -> Account:
    return smallest(rich(), breaks, leaves_out_only=leaves_out_only)


def plain_charge(name: str, minor: int, due: date = DAY) -> Charge:
    return Charge(name, cad(minor), due=due)


def test_what_breaks_always_becomes_a_cent_and_a_cent() -> None:
    """One charge and one piece of money are left, and nothing of them that could be absent."""
    account = least(lambda account: True)
    assert account.charges == (plain_charge("C-3", 1, LATER),)
    assert account.money == (Credit("K-1", cad(1), granted=LATER, kind=CreditKind.ADJUSTMENT),)
    assert account.designations == "only"


def test_a_field_that_matters_stays() -> None:
    account = least(lambda account: any(charge.code == "X" for charge in account.charges))
    assert account.charges == (Charge("C-2", cad(1), due=LATER, code="X"),)


def test_the_mode_stays_if_it_matters() -> None:
    assert least(lambda account: account.designations == "first").designations == "first"


def test_a_wish_that_matters_stays_and_the_other_goes() -> None:
    def wants_rent(account: Account) -> bool:
        return any(wish.to == where.rent for source in account.money for wish in source.designations)

    account = least(wants_rent)
    assert account.money == (Payment("P-1", cad(1), received=LATER, designations=[Designation(where.rent)]),)


def test_what_the_facts_refuse_is_not_tried() -> None:
    """A waiver needs its target."""

    def has_a_waiver(account: Account) -> bool:
        return any(isinstance(source, Credit) and source.forgives for source in account.money)

    account = least(has_a_waiver)
    assert account.money == (
        Credit("K-1", cad(1), granted=LATER, kind=CreditKind.WAIVER, designations=[Designation("C-2")]),
    )


def test_days_become_the_first_day_that_is_due() -> None:
    """And what was posted on the day it was due still is."""

    def has_all_charges(account: Account) -> bool:
        return len(account.charges) == 3

    account = least(has_all_charges)
    assert account.charges == (plain_charge("C-1", 1), plain_charge("C-2", 1), plain_charge("C-3", 1))
    assert account.money[0].posted == DAY


def test_equal_amounts_shrink_together() -> None:
    def has_two_equal(account: Account) -> bool:
        minors = [charge.amount.minor for charge in account.charges]
        return len(minors) > len(set(minors))

    account = least(lambda account: has_two_equal(account) and account.charges[0].amount.minor > 40)
    assert account.charges == (plain_charge("C-1", 41), plain_charge("C-2", 41))


def test_a_charge_and_its_money_shrink_together() -> None:
    """Money that is one unit off its charge stays so."""

    def is_one_off(account: Account) -> bool:
        return any(
            charge.amount.minor - source.amount.minor == 1 for charge in account.charges for source in account.money
        )

    account = least(is_one_off)
    assert [charge.amount.minor for charge in account.charges] == [2]
    assert [source.amount.minor for source in account.money] == [1]


def test_what_a_user_drew_is_only_left_out() -> None:
    account = least(lambda account: True, leaves_out_only=True)
    assert account == Account(rich().charges[2:], rich().money[1:], "first")


def test_what_breaks_only_once_stays_as_it_is() -> None:
    assert least(lambda account: False) == rich()


def test_it_ends_after_so_many_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reduction, "MOST_TRIES", 1)
    assert least(lambda account: True) == Account(rich().charges[1:], rich().money, "first")


@given(strategies.accounts())
@settings(DETERMINISTIC, max_examples=samples(40))
def test_any_account_becomes_plain(account: Account) -> None:
    """It ends, and what it ends with cannot be simpler."""
    small = smallest(account, lambda other: True, leaves_out_only=False)
    (charge,), (source,) = small.charges, small.money
    assert (charge.amount.minor, source.amount.minor) == (1, 1)
    assert charge == Charge(charge.id, charge.amount, due=charge.due)
    assert not source.designations
    assert smallest(small, lambda other: True, leaves_out_only=False) == small
