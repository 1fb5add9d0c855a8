"""The facts: what was charged, what was paid or granted, and which of it settles what.

The problem: a system that stores balances and statuses must keep them true for ever, and cannot say why they are what
they are. The decision: only facts are stored, frozen, each with an id, and everything else (open balances, unapplied
money, statuses) follows from them. A ``Charge`` is owed, a ``Payment`` is money, a ``Credit`` is a reduction that is no
cash, an ``Application`` says how much of one of the latter settles one of the former. There is no negative charge: that
is a Credit. Nothing here compares by size: who comes first is a ranking's decision.
"""

from arledger.entries.application import Application, application_id, application_of, escaped_id
from arledger.entries.charge import Attribute, Category, Charge, Dispute, disputed_minor
from arledger.entries.invoice import Invoice
from arledger.entries.payment import Credit, CreditKind, Designation, Fund, Payment
from arledger.entries.returns import Chargeback, Return, ReturnReason, Void, WonBack
from arledger.entries.reversals import Refund, Reversal, Transfer, transfer
from arledger.entries.selector import SelectionContext, Selector, check_selector
from arledger.entries.steps import NEXT_STATES, PaymentState, PaymentStep

__all__ = [
    "NEXT_STATES",
    "Application",
    "Attribute",
    "Category",
    "Charge",
    "Chargeback",
    "Credit",
    "CreditKind",
    "Designation",
    "Dispute",
    "Fund",
    "Invoice",
    "Payment",
    "PaymentState",
    "PaymentStep",
    "Refund",
    "Return",
    "ReturnReason",
    "Reversal",
    "SelectionContext",
    "Selector",
    "Transfer",
    "Void",
    "WonBack",
    "application_id",
    "application_of",
    "check_selector",
    "disputed_minor",
    "escaped_id",
    "transfer",
]
