"""How a company lets itself be paid, as one value.

The problem: one portal lets a payer type any amount up to what is open, another takes exactly what selected invoices
come to, and both call it "pay invoices". The decision: what may be paid is one field of the policy, and who may run a
payment, splits, fees and the text that is agreed to stand beside it; the two portals are policies by name.

Source: rules R51 to R54; ALIS Connect and RapidWorks's payment portal.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import attrs

from arledger.checkout.processing import ProcessingFee
from arledger.checks import as_tuple, check_instance, check_text, check_tuple_of
from arledger.errors import Conflict
from arledger.fees.amounts import check_currencies, currency_of


class Amounts(Enum):
    """What may be paid.

    FLEXIBLE is all that is outstanding, or chosen invoices, each with an amount up to what is payable of it. EXACT is
    one or more invoices, and exactly what is payable of them.
    """

    FLEXIBLE = "flexible"
    EXACT = "exact"

    def __repr__(self) -> str:
        return f"Amounts.{self.name}"


class RunBy(Enum):
    """Who may run a payment. It changes who may, and never how much."""

    ANYONE = "anyone"
    PAYERS = "payers"
    BILLING_TEAM = "billing_team"

    def __repr__(self) -> str:
        return f"RunBy.{self.name}"


def _as_fees(fees: ProcessingFee | Iterable[ProcessingFee]) -> tuple[ProcessingFee, ...]:
    return (fees,) if isinstance(fees, ProcessingFee) else as_tuple(fees)


@attrs.frozen(kw_only=True)
class CheckoutPolicy:
    """How payments are made.

    - ``amounts`` says what may be paid; ``prepayments`` whether more than is payable of an invoice may be, where
      amounts are flexible.
    - ``splits``: whether one payment may be split over several methods. Absent: where amounts are flexible.
    - ``run_by``: whether payers pay in the portal, the billing team with the methods that they have saved, or either.
    - ``one_login_a_payer``: whether a payer has one contact at most who may log in.
    - ``fees`` are what processing costs, by the type of payment.
    - ``authorisation`` is the text that whoever submits agrees to; quotes and receipts state it.

    >>> EXACT.amounts, EXACT.splits, FLEXIBLE.splits
    (Amounts.EXACT, False, True)

    Refused: prepayments of exact amounts; two fees for one type.
    """

    amounts: Amounts = Amounts.FLEXIBLE
    prepayments: bool = False
    splits: bool = attrs.field(default=attrs.Factory(lambda self: self.amounts is Amounts.FLEXIBLE, takes_self=True))
    run_by: RunBy = RunBy.ANYONE
    one_login_a_payer: bool = False
    fees: tuple[ProcessingFee, ...] = attrs.field(default=(), converter=_as_fees)
    authorisation: str = ""

    def __attrs_post_init__(self) -> None:
        subject = "checkout policy"
        check_instance(self.amounts, Amounts, subject, "amounts", "pass Amounts.FLEXIBLE or Amounts.EXACT")
        for field in ("prepayments", "splits", "one_login_a_payer"):
            check_instance(getattr(self, field), bool, subject, field, "pass True or False")
        check_instance(self.run_by, RunBy, subject, "run_by", "pass a RunBy, such as RunBy.ANYONE")
        check_tuple_of(self.fees, ProcessingFee, subject, "fees")
        check_currencies([fee.amount for fee in self.fees], subject, "fees")
        check_instance(self.authorisation, str, subject, "authorisation", "pass the text, or leave it out")
        check_text(self.authorisation, f"{subject}: authorisation", "authorisation")
        if self.prepayments and self.amounts is Amounts.EXACT:
            raise Conflict(
                f"{subject}: prepayments are taken beside exact amounts",
                field="prepayments",
                value=self.prepayments,
                hint="leave them out, or pass Amounts.FLEXIBLE",
            )
        self._check_fees(subject)

    def _check_fees(self, subject: str) -> None:
        named: set[str | None] = set()
        for fee in self.fees:
            for one in fee.types or (None,):
                if one in named:
                    what = "any other type" if one is None else one
                    raise Conflict(f"{subject}: two fees for {what}", field="fees", value=fee, hint="keep one of them")
                named.add(one)

    @property
    def currency(self) -> str | None:
        """The currency of the sums in it; None where there is none."""
        return currency_of([fee.amount for fee in self.fees])


FLEXIBLE = CheckoutPolicy()
"""As in ALIS Connect: all that is outstanding, or chosen invoices with an amount for each; splits are possible."""

EXACT = CheckoutPolicy(amounts=Amounts.EXACT, one_login_a_payer=True)
"""As in RapidWorks's portal: whole invoices, by one method; one login a customer."""
