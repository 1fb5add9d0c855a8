"""The firm's account that the money of a schedule goes to.

The problem: a law firm has an account of its own and one of money that it only keeps for its clients, and an invoice
that is paid into the second one is still unpaid. The decision: an account says which fund it is; a schedule that pays
invoices into a trust account cannot be made.

Source: rule R56; ClientPay's "Select which bank account should be debited for each payment".
"""

from __future__ import annotations

import attrs

from arledger.checks import check_id, shown
from arledger.entries import Fund
from arledger.errors import InvalidValue


@attrs.frozen
class DepositAccount:
    """An account of the firm, for its own money ("operating") or for its clients' ("trust").

    >>> DepositAccount("OP-1").fund
    'operating'

    Refused: an unknown fund.
    """

    id: str
    fund: Fund = "operating"

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "deposit account")
        if self.fund not in ("operating", "trust"):
            raise InvalidValue(
                f"deposit account {self.id}: unknown fund {shown(self.fund)}",
                field="fund",
                value=self.fund,
                hint="pass operating or trust",
            )
