"""Values of settings, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from arledger import (
    EACH_CHARGE_ONCE,
    HALF_UP,
    NAMED_ORDERS,
    REOPEN,
    BillingType,
    BusinessDays,
    Category,
    DueAfterInvoice,
    DueOnDay,
    FreeDays,
    Limit,
    Money,
    Percent,
    Rate,
    RateTable,
    Tax,
    accrual,
    fee,
    monthly,
    proration,
    quarterly,
    weekly,
    where,
)
from arledger.billing.proration import FixedDivisor
from arledger.policies.words import words_of

TEN = Money("10", "CAD")


def by_name(incoming: Any, items: Any) -> Mapping[str, int]:
    """An order of one's own."""
    return {}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "none"),
        ((), "none"),
        ("", "none"),
        ("HALF_UP", "HALF_UP"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (TEN, "10.00 CAD"),
        ((TEN, TEN), "10.00 CAD to 10.00 CAD"),
        (("ach", "check"), "ach, check"),
        (REOPEN, "reopen"),
        (Category.LATE_FEE, "late fee"),
        (EACH_CHARGE_ONCE, "once for all that is due on one day"),
        (HALF_UP, "half up"),
        (proration.THIRTY_360, "thirty 360"),
        (proration.STANDARD, "standard"),
        (FixedDivisor(30), "a month of 30 days"),
        (accrual.ACTUAL_365, "by days over 365"),
        (where.rent, "where.rent"),
        (FreeDays(5), "after 5 free days"),
        (quarterly(15, month=2), "quarterly(15, month=2)"),
        (weekly(date(2026, 1, 5)), "weekly(2026-01-05)"),
        (by_name, "by_name"),
        (RateTable([Rate(Percent(2)), Rate(Percent(3), since=date(2026, 7, 1))]), "2%, 3% from 2026-07-01"),
        ((Limit(fee.flat(TEN), per="ever"),), "at most 10.00 CAD in all"),
        (
            (
                Tax("GST", Percent(5), codes=["PARK"]),
                Tax("QST", Percent(9), codes=["PARK", "STORE"], on_top_of=["GST"]),
            ),
            "GST 5% on PARK; QST 9% on PARK, STORE and on GST",
        ),
        (
            BusinessDays("modified_following", holidays=[date(2026, 7, 1)]),
            "modified following business day, closed on Saturday, Sunday, 2026-07-01",
        ),
        (BusinessDays("preceding", weekend=[]), "preceding business day, closed on no day"),
    ],
)
def test_a_value_in_words(value: Any, words: str) -> None:
    assert words_of(value) == words


@pytest.mark.parametrize("name", NAMED_ORDERS)
def test_a_named_order_is_called_by_its_name(name: str) -> None:
    assert words_of(NAMED_ORDERS[name].order) == name


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (BillingType("m", monthly(1)), "m: monthly(1)"),
        (BillingType("m", monthly), "m: monthly from the start of the lease"),
        (
            BillingType("m", monthly(1), due=1, bill_offset_days=10, autopay_offset_days=-4),
            "m: monthly(1), billed 10 days before its start, due 1 day after its start, pulled 4 days before its start",
        ),
        (BillingType("m", monthly(1), due=DueAfterInvoice(30)), "m: monthly(1), due 30 days after the bill"),
        (BillingType("m", monthly(1), due=DueAfterInvoice(0)), "m: monthly(1), due with the bill"),
        (BillingType("m", monthly(1), due=DueOnDay(15)), "m: monthly(1), due on day 15 of the month"),
        (BillingType("m", monthly(1), due=DueOnDay("last")), "m: monthly(1), due on the last of the month"),
        (
            BillingType("m", monthly(1), business_days=BusinessDays("following", weekend=[6])),
            "m: monthly(1), moved to the following business day, closed on Sunday",
        ),
    ],
)
def test_a_billing_type_in_words(kind: BillingType, words: str) -> None:
    assert words_of((kind,)) == words
