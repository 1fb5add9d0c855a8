"""Sections and their settings: a value is its settings, and settings are a value."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import attrs
import pytest

from arledger import (
    RENT_LAST,
    AutopayPolicy,
    BillingPolicy,
    BillingType,
    DepositPolicy,
    FreeDays,
    InvalidValue,
    ItemClass,
    LateFeeRule,
    Money,
    NsfFee,
    NsfSchedule,
    Percent,
    Tax,
    fee,
    include,
    monthly,
    proration,
    where,
)
from arledger.billing.policy import AdjustmentPolicy
from arledger.billing.taxes import TaxPolicy
from arledger.checkout.policy import EXACT
from arledger.payers.payment_types import PaymentTypes
from arledger.policies.allocation import AllocationPolicy
from arledger.policies.finance import KINDS, FinancePolicy
from arledger.policies.sections import SECTIONS, SETTINGS, WHOLE

BILLING = BillingPolicy(
    types=BillingType("monthly", monthly(1)),
    proration=proration.ACTUAL,
    adjustments=AdjustmentPolicy(["GOODWILL"]),
    taxes=TaxPolicy([Tax("GST", Percent(5), codes=["PARK"])]),
)
VALUES: dict[str, Any] = {
    "allocation": AllocationPolicy(RENT_LAST, sweep_credits=False),
    "autopay": AutopayPolicy(includes=include.DEPOSITS, limit=Money("900", "CAD"), notice_days=None),
    "billing": BILLING,
    "late_fee": LateFeeRule(amount=fee.percent(5, of=fee.OWED), grace=FreeDays(5), since=date(2026, 1, 1)),
    "nsf": NsfSchedule([NsfFee(amount=fee.flat(Money("25", "CAD")))], code="NSF"),
    "deposit": DepositPolicy(rates=Percent(2), refund_window_days=30, covers=where.rent),
    "payment_types": PaymentTypes(accepted=["ach", "check"], resident_portal=["ach"], cash_only_after=2),
    "checkout": EXACT,
}
BOXES = [name for name in SETTINGS if name.startswith("autopay.include.")]


def test_the_values_are_of_every_section() -> None:
    assert set(VALUES) == set(SECTIONS) == {field.name for field in attrs.fields(FinancePolicy)} == set(KINDS)
    assert [*WHOLE] == [
        "allocation", "autopay", "billing", "adjustments", "tax", "late_fee", "nsf", "deposit", "payment_types",
        "checkout",
    ]  # fmt: skip


@pytest.mark.parametrize("name", VALUES)
def test_a_section_is_made_of_the_settings_that_its_value_stands_for(name: str) -> None:
    settings = SECTIONS[name].settings_of(VALUES[name], name)
    assert tuple(settings) == SECTIONS[name].settings
    assert SECTIONS[name].made(settings) == VALUES[name]


def test_every_field_of_every_section_is_a_setting() -> None:
    fields = {
        f"{section.name}.{field.name}"
        for section in WHOLE.values()
        for field in attrs.fields(section.kind)
        if field.init
    }
    named = {name.rpartition(".include")[0] + ".includes" if ".include." in name else name for name in SETTINGS}
    assert named == fields - {"billing.adjustments", "billing.taxes"}
    assert len(set(SETTINGS)) == len(SETTINGS)


def test_what_a_section_cannot_be_without() -> None:
    required = {name: section.required for name, section in WHOLE.items() if section.required}
    assert required == {
        "allocation": ("allocation.order",),
        "billing": ("billing.types", "billing.proration"),
        "late_fee": ("late_fee.amount", "late_fee.grace"),
        "nsf": ("nsf.lines",),
        "deposit": ("deposit.refund_window_days",),
    }
    assert WHOLE["billing"].missing({"tax.taxes": ()}) == ["billing.types", "billing.proration"]
    assert WHOLE["late_fee"].missing({"late_fee.least": None, "late_fee.grace": None}) == ["late_fee.amount"]
    assert WHOLE["late_fee"].missing({"nsf.code": None}) == []


def test_R12_any_choice_of_boxes_is_read_back() -> None:
    """And none is ticked that another one implies, so that to untick that one unticks what it implied."""
    for ticked in product([False, True], repeat=len(BOXES)):
        chosen = dict(zip(BOXES, ticked, strict=True))
        made = SECTIONS["autopay"].made(chosen)
        again = SECTIONS["autopay"].settings_of(made, "autopay")
        assert SECTIONS["autopay"].made(again) == made
        assert all(chosen[box] for box in BOXES if again[box])
    other_fees = SECTIONS["autopay"].settings_of(AutopayPolicy(includes=include.OTHER_FEES), "autopay")
    assert [box for box in BOXES if other_fees[box]] == ["autopay.include.other_fees"]


def test_R12_what_is_no_choice_of_boxes_is_refused() -> None:
    own = AutopayPolicy(includes=include.classes(ItemClass.ARREARS))
    with pytest.raises(InvalidValue, match=r"^company: includes of arrears is no choice of boxes; pass boxes joined"):
        SECTIONS["autopay"].settings_of(own, "company")


def test_a_policy_reads_adjustments_and_taxes_from_billing() -> None:
    policy = FinancePolicy(billing=BILLING)
    assert (policy.adjustments, policy.tax) == (AdjustmentPolicy(["GOODWILL"]), BILLING.taxes)
    assert (FinancePolicy().adjustments, FinancePolicy().tax) == (None, None)
    assert FinancePolicy(**VALUES).late_fee == VALUES["late_fee"]
