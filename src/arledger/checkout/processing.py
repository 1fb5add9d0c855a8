"""What a payment costs to process, and who bears it.

The problem: a card costs 2.9% and a bank debit nothing, somebody pays for it, and an amount that has swallowed its fee
matches no invoice any more. The decision: the fee is a line of its own, beside what is paid; it is composed like any
other fee (see ``fee``), of the payment's face value. It goes to whoever processes the payment, and is no charge of the
account.

Source: rule R53; ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import attrs

from arledger.checks import as_texts, check_id, check_instance, check_tuple
from arledger.errors import InvalidValue
from arledger.fees.amounts import FeeAmount, check_fee_amount
from arledger.fees.ground import Base
from arledger.fees.rule import check_bases


class Bearer(Enum):
    """Who bears a fee: the payer, on top of what is paid, or the company."""

    PAYER = "payer"
    COMPANY = "company"

    def __repr__(self) -> str:
        return f"Bearer.{self.name}"


@attrs.frozen
class ProcessingFee:
    """What a payment by some types costs.

    ``types`` are those of the payment ("ach", "credit_card"); none: every type that no other line names.

    >>> from arledger import fee
    >>> print(ProcessingFee(fee.percent("2.9", of=fee.FACE), types=["credit_card"], borne_by=Bearer.PAYER))
    2.9% of the payment's face value for credit_card, borne by the payer

    Refused: an amount of another base, or one that counts days.
    """

    amount: FeeAmount
    types: tuple[str, ...] = attrs.field(default=(), converter=as_texts, kw_only=True)
    borne_by: Bearer = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        subject = "processing fee"
        check_fee_amount(self.amount, subject)
        check_bases(self.amount, frozenset({Base.FACE}), subject)
        if self.amount.counts_days:
            raise InvalidValue(
                f"{subject}: {self.amount} counts days, and a payment has none",
                field="amount",
                value=self.amount,
                hint="pass an amount that stays the same",
            )
        check_tuple(self.types, subject, "types", "str")
        for one in self.types:
            check_id(one, subject, "types")
        check_instance(self.borne_by, Bearer, subject, "borne_by", "pass Bearer.PAYER or Bearer.COMPANY")

    def __str__(self) -> str:
        types = " or ".join(self.types) or "any other type"
        return f"{self.amount} for {types}, borne by the {self.borne_by.value}"


def fee_for(fees: Sequence[ProcessingFee], payment_type: str) -> ProcessingFee | None:
    """The fee that a type of payment costs: the one that names it, else the one for all others, else none."""
    named = (fee for fee in fees if payment_type in fee.types)
    return next(named, next((fee for fee in fees if not fee.types), None))
