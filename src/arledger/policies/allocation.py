"""How money is applied, as one value.

The problem: a vendor's "AR Settings" are a choice of one order of application, and a replay goes by five more terms,
which are lost or differ from job to job where each job writes them itself. The decision: they are a value beside the
other policies, and ``terms`` is what ``replay`` takes of it.

Source: rules R1 to R8 and R41 to R44; the vendor's "AR Settings Policy".
"""

from __future__ import annotations

from typing import Any

import attrs

from arledger.allocation.order import Order, check_order
from arledger.allocation.records import Designations, check_designations
from arledger.checks import check_instance
from arledger.ledger.events import SETTLE_POSTED, SettleRule
from arledger.ledger.rows import REOPEN, ReturnRule


@attrs.frozen(order=False)
class AllocationPolicy:
    """The vendor's "AR Settings Policy": an order of application, and on which terms an account is replayed.

    ``order`` is for money that names no charge; ``settle``, ``returns``, ``designations`` and the two switches are as
    in ``replay``.

    >>> from datetime import date
    >>> from arledger import RENT_LAST, Charge, Ledger, Money, Payment, replay
    >>> policy = AllocationPolicy(RENT_LAST)
    >>> rent = Charge("R-03", Money("900", "CAD"), due=date(2026, 3, 1))
    >>> books = Ledger("CAD", [rent, Payment("P-17", Money("500", "CAD"), received=date(2026, 3, 3))])
    >>> replay(books, as_of=date(2026, 3, 6), **policy.terms).total_open
    Money('400.00', 'CAD')

    Refused: what is no order, and the name of one.
    """

    order: Order
    settle: SettleRule = attrs.field(default=SETTLE_POSTED, kw_only=True)
    returns: ReturnRule = attrs.field(default=REOPEN, kw_only=True)
    designations: Designations = attrs.field(default="only", kw_only=True)
    sweep_credits: bool = attrs.field(default=True, kw_only=True)
    sweep_payments: bool = attrs.field(default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        subject = "allocation policy"
        check_order(self.order, subject)
        check_instance(self.settle, SettleRule, subject, "settle", "pass SETTLE_POSTED or SETTLE_DUE")
        check_instance(self.returns, ReturnRule, subject, "returns", "pass REOPEN or REAPPLY")
        check_designations(self.designations, subject)
        for field in ("sweep_credits", "sweep_payments"):
            check_instance(getattr(self, field), bool, subject, field, "pass True or False")

    @property
    def terms(self) -> dict[str, Any]:
        """What ``replay`` takes of it, by the names of its arguments."""
        return {
            "by": self.order,
            "settle": self.settle,
            "returns": self.returns,
            "designations": self.designations,
            "sweep_credits": self.sweep_credits,
            "sweep_payments": self.sweep_payments,
        }
