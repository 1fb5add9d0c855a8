from arledger import where as where
from arledger.allocation.compositions import any_payer, exact_match_first, in_turn, only, shared
from arledger.allocation.decision import allocate
from arledger.allocation.explanation import ExplainedLine, Explanation, Leftover, Untouched, Why
from arledger.allocation.keys import (
    Key,
    amount,
    attribute,
    due_date,
    first,
    group_due,
    in_order,
    last,
    parent_due,
    posted_date,
)
from arledger.allocation.named import (
    DUE_THEN_DEARER,
    EVENLY,
    EXACT_MATCH_FIRST,
    LARGEST_FIRST,
    NAMED_ORDERS,
    NEWEST_FIRST,
    OLDEST_FIRST,
    OLDEST_FIRST_NON_RENT_PRIORITY,
    PAST_DUE_FIRST_RENT_LAST,
    PRO_RATA,
    RENT_FIRST,
    RENT_LAST,
    SMALLEST_FIRST,
    NamedOrder,
)
from arledger.allocation.order import Order
from arledger.allocation.outcome import Allocation, Movement
from arledger.allocation.ranking import Ranking, Taxes, Ties
from arledger.apportion import split_by_weight, split_cumulatively, split_evenly
from arledger.autopay import include as include
from arledger.autopay import pull as pull
from arledger.autopay.agreements import Agreement, Agreements, Share
from arledger.autopay.classes import Includes, ItemClass
from arledger.autopay.draft import Draft, Drafts, HeldBack, Part, Step
from arledger.autopay.drafting import draft_pulls
from arledger.autopay.increases import IncreaseState, PendingIncrease, increase_charge, release
from arledger.autopay.policy import AutopayPolicy
from arledger.autopay.pulls import Retry, RetryRule, cancelled, retry_pull
from arledger.autopay.runs import AutopayRun, autopay_run, lease_run, repeated
from arledger.autopay.snapshot import classify
from arledger.autopay.wanted import AmountRule, PullItem, PullView, RuleFacts, Wanted
from arledger.billing import accrual as accrual
from arledger.billing import proration as proration
from arledger.billing.accrual import Accrual, AccrualSegment
from arledger.billing.billing_type import BillingType, DueAfterInvoice, DueAfterStart, DueOnDay, DueRule
from arledger.billing.bills import Bill, BillKind, BillState, confirm, draft_bill, draft_bills
from arledger.billing.cycles import BillCycle, billing_cycles, term_start
from arledger.billing.differences import BillLine
from arledger.billing.holdings import DepositPolicy, Holding, HoldingEntry, HoldingKind, top_up
from arledger.billing.interest import DepositInterest, InterestSegment, deposit_interest, interest_credit
from arledger.billing.lease import Lease, LeaseAdjustment, LeaseDeposit, LeaseItem
from arledger.billing.policy import AdjustmentPolicy, BillingPolicy
from arledger.billing.prices import Price, Prices
from arledger.billing.prorated import Prorated, ProratedPart, per_diem, prorate
from arledger.billing.proration import DayCount, FixedDivisor, Proration
from arledger.billing.settlement import DepositSettlement, settle_deposit
from arledger.billing.taxes import Tax, TaxPolicy, tax_credits, taxes_on
from arledger.checkout.choice import OUTSTANDING, QuoteLine
from arledger.checkout.legs import QuoteLeg
from arledger.checkout.policy import EXACT, FLEXIBLE, Amounts, CheckoutPolicy, RunBy
from arledger.checkout.portal import BillingTeam, Portal, shown_invoices
from arledger.checkout.processing import Bearer, ProcessingFee
from arledger.checkout.quotes import Quote, Refused, quote
from arledger.checkout.receipts import Receipt, followed, receipt_events, submit
from arledger.currencies import currency_digits
from arledger.dates.frequency import (
    Frequency,
    every_two_weeks,
    half_yearly,
    monthly,
    period_at,
    periods_over,
    quarterly,
    twice_a_month,
    weekly,
    yearly,
)
from arledger.dates.months import LAST, DayOfMonth, months_after
from arledger.dates.period import Period
from arledger.dates.workdays import BusinessDays
from arledger.entries import (
    Application,
    Category,
    Charge,
    Credit,
    CreditKind,
    Designation,
    Dispute,
    Invoice,
    Payment,
    Selector,
)
from arledger.entries.returns import Chargeback, Return, ReturnReason, Void, WonBack
from arledger.entries.reversals import Refund, Reversal, Transfer, transfer
from arledger.entries.steps import NEXT_STATES, PaymentState, PaymentStep
from arledger.errors import (
    ArledgerError,
    Conflict,
    CurrencyMismatch,
    InvalidType,
    InvalidValue,
    OrderError,
    UnknownName,
)
from arledger.fees import fee as fee
from arledger.fees.amounts import FeeAmount, Worked
from arledger.fees.assessment import AssessedItem, Assessment, LimitLeft
from arledger.fees.grace import NO_GRACE, FirstFeeAfter, FreeDays, FreeUntil, Grace
from arledger.fees.ground import Ground
from arledger.fees.late import assess
from arledger.fees.nsf import FOR_LACK_OF_FUNDS, NsfFee, NsfFees, NsfItem, NsfSchedule, nsf_fees
from arledger.fees.rule import (
    BALANCE_EACH_PERIOD,
    EACH_CHARGE_APART,
    EACH_CHARGE_ONCE,
    EACH_INVOICE_ONCE,
    LateFeeRule,
    Limit,
    Occurrence,
    standard_late_fee,
)
from arledger.fees.small_balances import small_balance_credits
from arledger.interchange.accounts import AccountFacts, accounts_of
from arledger.interchange.agreements import AgreementFile, AgreementRow, read_agreements
from arledger.interchange.autopay_policies import AutopaySettings, read_autopay_policy
from arledger.interchange.billing_policies import read_billing_policy
from arledger.interchange.entry_rows import read_entries
from arledger.interchange.facts import FactRow, Read, read_charges, read_money
from arledger.interchange.fee_rules import read_late_fee_rule
from arledger.interchange.finance_policies import read_finance_policy
from arledger.interchange.increases import IncreaseFile, IncreaseRow, read_increases
from arledger.interchange.leases import read_lease
from arledger.interchange.ledgers import AccountLedger, ledgers_of
from arledger.interchange.nsf_schedules import read_nsf_schedule
from arledger.interchange.problems import Problem, RowErrors
from arledger.interchange.schedules import read_schedules
from arledger.interchange.settings import Mistake, SettingErrors
from arledger.items import Context, Incoming, OpenItem
from arledger.ledger.ageing import Ageing, AgeingRow, aged
from arledger.ledger.books import Entry, Ledger, record
from arledger.ledger.control import Control, ControlLine, roll_forward
from arledger.ledger.difference import Corrections, corrections
from arledger.ledger.events import SETTLE_DUE, SETTLE_POSTED, SettleRule
from arledger.ledger.position import Position, refundable
from arledger.ledger.rows import REAPPLY, REOPEN, ReturnRule
from arledger.ledger.statement import Statement, StatementLine, statement_of
from arledger.ledger.story import Story, StoryLine, StoryRest
from arledger.ledger.timeline import replay
from arledger.ledger.unearned import unearned_fees
from arledger.money import CashStep, Money, total
from arledger.payers import access as access
from arledger.payers import wallet as wallet
from arledger.payers.associations import Association, AssociationScope, seen_by
from arledger.payers.contacts import AccessLevel, Contact, ContactKind, Contacts, ContactState
from arledger.payers.events import Event, EventKind
from arledger.payers.invoices import InvoiceBalance, InvoiceStatus, balances_text, invoice_balances, with_status
from arledger.payers.methods import MethodKind, MethodState, PaymentMethod, PaymentMethods, method_for_pulls
from arledger.payers.payment_types import Channel, PaymentTypes, Takes, takes_of, why_not_taken
from arledger.payers.readdressing import Readdressed, readdress
from arledger.payers.refusals import Refusal, RefusalKind
from arledger.policies.allocation import AllocationPolicy
from arledger.policies.finance import FinancePolicy
from arledger.policies.layers import Origin, Policies, PolicyLayer, Scope
from arledger.policies.merging import EffectivePolicy, effective
from arledger.rates import Percent, Rate, RateTable
from arledger.rounding import DOWN, HALF_EVEN, HALF_UP, UP, Rounding, RoundingMode
from arledger.schedules import ends as ends
from arledger.schedules.accounts import DepositAccount
from arledger.schedules.arrears import RepaymentAgreement, RepaymentStanding, RepaymentState, repayment_state
from arledger.schedules.claims import Subtracted
from arledger.schedules.courses import Ending
from arledger.schedules.ending import Course, EndRule
from arledger.schedules.enrolments import Enrolment
from arledger.schedules.keeping import spared, with_instalment
from arledger.schedules.outcome import RunLine, ScheduleRun
from arledger.schedules.plans import Instalments, equal_instalments, instalments
from arledger.schedules.postings import NEXT_POSTING_STATES, Posting, PostingState, step_posting
from arledger.schedules.projection import ProjectedEnd, Projection, project
from arledger.schedules.running import failed_run, run_schedule
from arledger.schedules.schedule import Schedule
from arledger.text.amounts import date_text, money_text
from arledger.text.receipts import ReceiptWords, receipt_html, receipt_text

__all__ = [
    "BALANCE_EACH_PERIOD",
    "DOWN",
    "DUE_THEN_DEARER",
    "EACH_CHARGE_APART",
    "EACH_CHARGE_ONCE",
    "EACH_INVOICE_ONCE",
    "EVENLY",
    "EXACT",
    "EXACT_MATCH_FIRST",
    "FLEXIBLE",
    "FOR_LACK_OF_FUNDS",
    "HALF_EVEN",
    "HALF_UP",
    "LARGEST_FIRST",
    "LAST",
    "NAMED_ORDERS",
    "NEWEST_FIRST",
    "NEXT_POSTING_STATES",
    "NEXT_STATES",
    "NO_GRACE",
    "OLDEST_FIRST",
    "OLDEST_FIRST_NON_RENT_PRIORITY",
    "OUTSTANDING",
    "PAST_DUE_FIRST_RENT_LAST",
    "PRO_RATA",
    "REAPPLY",
    "RENT_FIRST",
    "RENT_LAST",
    "REOPEN",
    "SETTLE_DUE",
    "SETTLE_POSTED",
    "SMALLEST_FIRST",
    "UP",
    "AccessLevel",
    "AccountFacts",
    "AccountLedger",
    "Accrual",
    "AccrualSegment",
    "AdjustmentPolicy",
    "Ageing",
    "AgeingRow",
    "Agreement",
    "AgreementFile",
    "AgreementRow",
    "Agreements",
    "Allocation",
    "AllocationPolicy",
    "AmountRule",
    "Amounts",
    "Application",
    "ArledgerError",
    "AssessedItem",
    "Assessment",
    "Association",
    "AssociationScope",
    "AutopayPolicy",
    "AutopayRun",
    "AutopaySettings",
    "Bearer",
    "Bill",
    "BillCycle",
    "BillKind",
    "BillLine",
    "BillState",
    "BillingPolicy",
    "BillingTeam",
    "BillingType",
    "BusinessDays",
    "CashStep",
    "Category",
    "Channel",
    "Charge",
    "Chargeback",
    "CheckoutPolicy",
    "Conflict",
    "Contact",
    "ContactKind",
    "ContactState",
    "Contacts",
    "Context",
    "Control",
    "ControlLine",
    "Corrections",
    "Course",
    "Credit",
    "CreditKind",
    "CurrencyMismatch",
    "DayCount",
    "DayOfMonth",
    "DepositAccount",
    "DepositInterest",
    "DepositPolicy",
    "DepositSettlement",
    "Designation",
    "Dispute",
    "Draft",
    "Drafts",
    "DueAfterInvoice",
    "DueAfterStart",
    "DueOnDay",
    "DueRule",
    "EffectivePolicy",
    "EndRule",
    "Ending",
    "Enrolment",
    "Entry",
    "Event",
    "EventKind",
    "ExplainedLine",
    "Explanation",
    "FactRow",
    "FeeAmount",
    "FinancePolicy",
    "FirstFeeAfter",
    "FixedDivisor",
    "FreeDays",
    "FreeUntil",
    "Frequency",
    "Grace",
    "Ground",
    "HeldBack",
    "Holding",
    "HoldingEntry",
    "HoldingKind",
    "Includes",
    "Incoming",
    "IncreaseFile",
    "IncreaseRow",
    "IncreaseState",
    "Instalments",
    "InterestSegment",
    "InvalidType",
    "InvalidValue",
    "Invoice",
    "InvoiceBalance",
    "InvoiceStatus",
    "ItemClass",
    "Key",
    "LateFeeRule",
    "Lease",
    "LeaseAdjustment",
    "LeaseDeposit",
    "LeaseItem",
    "Ledger",
    "Leftover",
    "Limit",
    "LimitLeft",
    "MethodKind",
    "MethodState",
    "Mistake",
    "Money",
    "Movement",
    "NamedOrder",
    "NsfFee",
    "NsfFees",
    "NsfItem",
    "NsfSchedule",
    "Occurrence",
    "OpenItem",
    "Order",
    "OrderError",
    "Origin",
    "Part",
    "Payment",
    "PaymentMethod",
    "PaymentMethods",
    "PaymentState",
    "PaymentStep",
    "PaymentTypes",
    "PendingIncrease",
    "Percent",
    "Period",
    "Policies",
    "PolicyLayer",
    "Portal",
    "Position",
    "Posting",
    "PostingState",
    "Price",
    "Prices",
    "Problem",
    "ProcessingFee",
    "ProjectedEnd",
    "Projection",
    "Prorated",
    "ProratedPart",
    "Proration",
    "PullItem",
    "PullView",
    "Quote",
    "QuoteLeg",
    "QuoteLine",
    "Ranking",
    "Rate",
    "RateTable",
    "Read",
    "Readdressed",
    "Receipt",
    "ReceiptWords",
    "Refund",
    "Refusal",
    "RefusalKind",
    "Refused",
    "RepaymentAgreement",
    "RepaymentStanding",
    "RepaymentState",
    "Retry",
    "RetryRule",
    "Return",
    "ReturnReason",
    "ReturnRule",
    "Reversal",
    "Rounding",
    "RoundingMode",
    "RowErrors",
    "RuleFacts",
    "RunBy",
    "RunLine",
    "Schedule",
    "ScheduleRun",
    "Scope",
    "Selector",
    "SettingErrors",
    "SettleRule",
    "Share",
    "Statement",
    "StatementLine",
    "Step",
    "Story",
    "StoryLine",
    "StoryRest",
    "Subtracted",
    "Takes",
    "Tax",
    "TaxPolicy",
    "Taxes",
    "Ties",
    "Transfer",
    "UnknownName",
    "Untouched",
    "Void",
    "Wanted",
    "Why",
    "WonBack",
    "Worked",
    "access",
    "accounts_of",
    "accrual",
    "aged",
    "allocate",
    "amount",
    "any_payer",
    "assess",
    "attribute",
    "autopay_run",
    "balances_text",
    "billing_cycles",
    "cancelled",
    "classify",
    "confirm",
    "corrections",
    "currency_digits",
    "date_text",
    "deposit_interest",
    "draft_bill",
    "draft_bills",
    "draft_pulls",
    "due_date",
    "effective",
    "ends",
    "equal_instalments",
    "every_two_weeks",
    "exact_match_first",
    "failed_run",
    "fee",
    "first",
    "followed",
    "group_due",
    "half_yearly",
    "in_order",
    "in_turn",
    "include",
    "increase_charge",
    "instalments",
    "interest_credit",
    "invoice_balances",
    "last",
    "lease_run",
    "ledgers_of",
    "method_for_pulls",
    "money_text",
    "monthly",
    "months_after",
    "nsf_fees",
    "only",
    "parent_due",
    "per_diem",
    "period_at",
    "periods_over",
    "posted_date",
    "project",
    "prorate",
    "proration",
    "pull",
    "quarterly",
    "quote",
    "read_agreements",
    "read_autopay_policy",
    "read_billing_policy",
    "read_charges",
    "read_entries",
    "read_finance_policy",
    "read_increases",
    "read_late_fee_rule",
    "read_lease",
    "read_money",
    "read_nsf_schedule",
    "read_schedules",
    "readdress",
    "receipt_events",
    "receipt_html",
    "receipt_text",
    "record",
    "refundable",
    "release",
    "repayment_state",
    "repeated",
    "replay",
    "retry_pull",
    "roll_forward",
    "run_schedule",
    "seen_by",
    "settle_deposit",
    "shared",
    "shown_invoices",
    "small_balance_credits",
    "spared",
    "split_by_weight",
    "split_cumulatively",
    "split_evenly",
    "standard_late_fee",
    "statement_of",
    "step_posting",
    "submit",
    "takes_of",
    "tax_credits",
    "taxes_on",
    "term_start",
    "top_up",
    "total",
    "transfer",
    "twice_a_month",
    "unearned_fees",
    "wallet",
    "weekly",
    "where",
    "why_not_taken",
    "with_instalment",
    "with_status",
    "yearly",
]
