"""Which charges a payment settles and why: exact decisions about amounts in receivables.

Everything a user needs is importable from here; ``arledger.testing`` checks one's own orders of application. Each name
loads its module when it is first asked for (PEP 562), so that importing arledger costs next to nothing and a program
pays only for what it uses. ``__init__.pyi`` beside this file says the same to type checkers and editors.
"""

from importlib import import_module

_NAMES_BY_MODULE = {
    "arledger.allocation.compositions": "any_payer exact_match_first in_turn only shared",
    "arledger.allocation.decision": "allocate",
    "arledger.allocation.explanation": "ExplainedLine Explanation Leftover Untouched Why",
    "arledger.allocation.keys": "Key amount attribute due_date first group_due in_order last parent_due posted_date",
    "arledger.allocation.named": (
        "DUE_THEN_DEARER EVENLY EXACT_MATCH_FIRST LARGEST_FIRST NAMED_ORDERS NEWEST_FIRST NamedOrder OLDEST_FIRST "
        "OLDEST_FIRST_NON_RENT_PRIORITY PAST_DUE_FIRST_RENT_LAST PRO_RATA RENT_FIRST RENT_LAST SMALLEST_FIRST"
    ),
    "arledger.allocation.order": "Order",
    "arledger.allocation.outcome": "Allocation Movement",
    "arledger.allocation.ranking": "Ranking Taxes Ties",
    "arledger.apportion": "split_by_weight split_cumulatively split_evenly",
    "arledger.autopay.agreements": "Agreement Agreements Share",
    "arledger.autopay.classes": "Includes ItemClass",
    "arledger.autopay.draft": "Draft Drafts HeldBack Part Step",
    "arledger.autopay.drafting": "draft_pulls",
    "arledger.autopay.increases": "IncreaseState PendingIncrease increase_charge release",
    "arledger.autopay.policy": "AutopayPolicy",
    "arledger.autopay.pulls": "Retry RetryRule cancelled retry_pull",
    "arledger.autopay.runs": "AutopayRun autopay_run lease_run repeated",
    "arledger.autopay.snapshot": "classify",
    "arledger.autopay.wanted": "AmountRule PullItem PullView RuleFacts Wanted",
    "arledger.billing.accrual": "Accrual AccrualSegment",
    "arledger.billing.billing_type": "BillingType DueAfterInvoice DueAfterStart DueOnDay DueRule",
    "arledger.billing.bills": "Bill BillKind BillState confirm draft_bill draft_bills",
    "arledger.billing.cycles": "BillCycle billing_cycles term_start",
    "arledger.billing.differences": "BillLine",
    "arledger.billing.holdings": "DepositPolicy Holding HoldingEntry HoldingKind top_up",
    "arledger.billing.interest": "DepositInterest InterestSegment deposit_interest interest_credit",
    "arledger.billing.lease": "Lease LeaseAdjustment LeaseDeposit LeaseItem",
    "arledger.billing.policy": "AdjustmentPolicy BillingPolicy",
    "arledger.billing.prices": "Price Prices",
    "arledger.billing.prorated": "Prorated ProratedPart per_diem prorate",
    "arledger.billing.proration": "DayCount FixedDivisor Proration",
    "arledger.billing.settlement": "DepositSettlement settle_deposit",
    "arledger.billing.taxes": "Tax TaxPolicy tax_credits taxes_on",
    "arledger.checkout.choice": "OUTSTANDING QuoteLine",
    "arledger.checkout.legs": "QuoteLeg",
    "arledger.checkout.policy": "EXACT FLEXIBLE Amounts CheckoutPolicy RunBy",
    "arledger.checkout.portal": "BillingTeam Portal shown_invoices",
    "arledger.checkout.processing": "Bearer ProcessingFee",
    "arledger.checkout.quotes": "Quote Refused quote",
    "arledger.checkout.receipts": "Receipt followed receipt_events submit",
    "arledger.currencies": "currency_digits",
    "arledger.dates.frequency": (
        "Frequency every_two_weeks half_yearly monthly period_at periods_over quarterly twice_a_month weekly yearly"
    ),
    "arledger.dates.months": "DayOfMonth LAST months_after",
    "arledger.dates.period": "Period",
    "arledger.dates.workdays": "BusinessDays",
    "arledger.entries": "Application Category Charge Credit CreditKind Designation Dispute Invoice Payment Selector",
    "arledger.entries.returns": "Chargeback Return ReturnReason Void WonBack",
    "arledger.entries.reversals": "Refund Reversal Transfer transfer",
    "arledger.entries.steps": "NEXT_STATES PaymentState PaymentStep",
    "arledger.errors": "ArledgerError Conflict CurrencyMismatch InvalidType InvalidValue OrderError UnknownName",
    "arledger.fees.amounts": "FeeAmount Worked",
    "arledger.fees.assessment": "AssessedItem Assessment LimitLeft",
    "arledger.fees.grace": "FirstFeeAfter FreeDays FreeUntil Grace NO_GRACE",
    "arledger.fees.ground": "Ground",
    "arledger.fees.late": "assess",
    "arledger.fees.nsf": "FOR_LACK_OF_FUNDS NsfFee NsfFees NsfItem NsfSchedule nsf_fees",
    "arledger.fees.rule": (
        "BALANCE_EACH_PERIOD EACH_CHARGE_APART EACH_CHARGE_ONCE EACH_INVOICE_ONCE LateFeeRule Limit Occurrence "
        "standard_late_fee"
    ),
    "arledger.fees.small_balances": "small_balance_credits",
    "arledger.interchange.accounts": "AccountFacts accounts_of",
    "arledger.interchange.agreements": "AgreementFile AgreementRow read_agreements",
    "arledger.interchange.autopay_policies": "AutopaySettings read_autopay_policy",
    "arledger.interchange.billing_policies": "read_billing_policy",
    "arledger.interchange.entry_rows": "read_entries",
    "arledger.interchange.facts": "FactRow Read read_charges read_money",
    "arledger.interchange.fee_rules": "read_late_fee_rule",
    "arledger.interchange.finance_policies": "read_finance_policy",
    "arledger.interchange.increases": "IncreaseFile IncreaseRow read_increases",
    "arledger.interchange.leases": "read_lease",
    "arledger.interchange.ledgers": "AccountLedger ledgers_of",
    "arledger.interchange.nsf_schedules": "read_nsf_schedule",
    "arledger.interchange.problems": "Problem RowErrors",
    "arledger.interchange.settings": "Mistake SettingErrors",
    "arledger.interchange.schedules": "read_schedules",
    "arledger.items": "Context Incoming OpenItem",
    "arledger.ledger.ageing": "Ageing AgeingRow aged",
    "arledger.ledger.books": "Entry Ledger record",
    "arledger.ledger.control": "Control ControlLine roll_forward",
    "arledger.ledger.difference": "Corrections corrections",
    "arledger.ledger.events": "SETTLE_DUE SETTLE_POSTED SettleRule",
    "arledger.ledger.position": "Position refundable",
    "arledger.ledger.rows": "REAPPLY REOPEN ReturnRule",
    "arledger.ledger.statement": "Statement StatementLine statement_of",
    "arledger.ledger.story": "Story StoryLine StoryRest",
    "arledger.ledger.timeline": "replay",
    "arledger.ledger.unearned": "unearned_fees",
    "arledger.money": "CashStep Money total",
    "arledger.payers.associations": "Association AssociationScope seen_by",
    "arledger.payers.contacts": "AccessLevel Contact ContactKind ContactState Contacts",
    "arledger.payers.events": "Event EventKind",
    "arledger.payers.invoices": "InvoiceBalance InvoiceStatus balances_text invoice_balances with_status",
    "arledger.payers.methods": "MethodKind MethodState PaymentMethod PaymentMethods method_for_pulls",
    "arledger.payers.payment_types": "Channel PaymentTypes Takes takes_of why_not_taken",
    "arledger.payers.readdressing": "Readdressed readdress",
    "arledger.payers.refusals": "Refusal RefusalKind",
    "arledger.policies.allocation": "AllocationPolicy",
    "arledger.policies.finance": "FinancePolicy",
    "arledger.policies.layers": "Origin Policies PolicyLayer Scope",
    "arledger.policies.merging": "EffectivePolicy effective",
    "arledger.rates": "Percent Rate RateTable",
    "arledger.rounding": "DOWN HALF_EVEN HALF_UP Rounding RoundingMode UP",
    "arledger.schedules.accounts": "DepositAccount",
    "arledger.schedules.arrears": "RepaymentAgreement RepaymentStanding RepaymentState repayment_state",
    "arledger.schedules.claims": "Subtracted",
    "arledger.schedules.courses": "Ending",
    "arledger.schedules.ending": "Course EndRule",
    "arledger.schedules.enrolments": "Enrolment",
    "arledger.schedules.keeping": "spared with_instalment",
    "arledger.schedules.outcome": "RunLine ScheduleRun",
    "arledger.schedules.plans": "Instalments equal_instalments instalments",
    "arledger.schedules.postings": "NEXT_POSTING_STATES Posting PostingState step_posting",
    "arledger.schedules.projection": "ProjectedEnd Projection project",
    "arledger.schedules.running": "failed_run run_schedule",
    "arledger.schedules.schedule": "Schedule",
    "arledger.text.amounts": "date_text money_text",
    "arledger.text.receipts": "ReceiptWords receipt_html receipt_text",
}
_MODULE_BY_NAME = {name: module for module, names in _NAMES_BY_MODULE.items() for name in names.split()}

_NAMESPACES = {
    "access": "arledger.payers.access",
    "accrual": "arledger.billing.accrual",
    "ends": "arledger.schedules.ends",
    "fee": "arledger.fees.fee",
    "include": "arledger.autopay.include",
    "proration": "arledger.billing.proration",
    "pull": "arledger.autopay.pull",
    "wallet": "arledger.payers.wallet",
    "where": "arledger.where",
}

__all__ = sorted([*_MODULE_BY_NAME, *_NAMESPACES])  # noqa: PLE0605  # the stub has it as a literal


def __getattr__(name: str) -> object:
    if name in _NAMESPACES:
        return import_module(_NAMESPACES[name])
    if name not in _MODULE_BY_NAME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = globals()[name] = getattr(import_module(_MODULE_BY_NAME[name]), name)
    return value


def __dir__() -> list[str]:
    return __all__
