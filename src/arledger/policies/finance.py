"""All settings of a company as one value.

The problem: what a system does with a charge, a payment and a deposit is spread over ten screens, and a job that is
handed five of them works by another rule than the job beside it. The decision: one frozen value holds every policy that
there is; a section of which nothing is said is absent, and no default is made up for it.

Source: the vendor's "Policies: Finance"; ours.
"""

from __future__ import annotations

import attrs

from arledger.autopay.policy import AutopayPolicy
from arledger.billing.holdings import DepositPolicy
from arledger.billing.policy import AdjustmentPolicy, BillingPolicy
from arledger.billing.taxes import TaxPolicy
from arledger.checkout.policy import CheckoutPolicy
from arledger.checks import check_instance
from arledger.fees.nsf import NsfSchedule
from arledger.fees.rule import LateFeeRule
from arledger.payers.payment_types import PaymentTypes
from arledger.policies.allocation import AllocationPolicy

KINDS: dict[str, type] = {
    "allocation": AllocationPolicy,
    "autopay": AutopayPolicy,
    "billing": BillingPolicy,
    "late_fee": LateFeeRule,
    "nsf": NsfSchedule,
    "deposit": DepositPolicy,
    "payment_types": PaymentTypes,
    "checkout": CheckoutPolicy,
}
"""What each section of a policy is."""


@attrs.frozen(order=False, kw_only=True)
class FinancePolicy:
    """The vendor's "Policies: Finance": how money is applied, pulled, billed, charged for, held and taken.

    - ``allocation`` is the "AR Settings Policy", ``autopay`` the "AutoPay Policy".
    - ``billing`` is the "Billing Tab"; it has the "Lease Adjustments" and the "Product Tax", which ``adjustments`` and
      ``tax`` read.
    - ``late_fee`` is the "Late Fee Tab", ``nsf`` the "NSF Fee Tab", ``deposit`` the "Deposits Policy".
    - ``payment_types`` are the "Payment Types", ``checkout`` what a payer may do with them.

    >>> from arledger import Percent
    >>> policy = FinancePolicy(deposit=DepositPolicy(rates=Percent(2), refund_window_days=30))
    >>> policy.deposit.refund_window_days, policy.autopay, policy.tax
    (30, None, None)

    Refused: a section of another kind.
    """

    allocation: AllocationPolicy | None = None
    autopay: AutopayPolicy | None = None
    billing: BillingPolicy | None = None
    late_fee: LateFeeRule | None = None
    nsf: NsfSchedule | None = None
    deposit: DepositPolicy | None = None
    payment_types: PaymentTypes | None = None
    checkout: CheckoutPolicy | None = None

    def __attrs_post_init__(self) -> None:
        for field, kind in KINDS.items():
            value = getattr(self, field)
            if value is not None:
                check_instance(value, kind, "finance policy", field)

    @property
    def adjustments(self) -> AdjustmentPolicy | None:
        """The "Lease Adjustments" of the billing policy; None where there is none."""
        return None if self.billing is None else self.billing.adjustments

    @property
    def tax(self) -> TaxPolicy | None:
        """The "Product Tax" of the billing policy; None where there is none."""
        return None if self.billing is None else self.billing.taxes
