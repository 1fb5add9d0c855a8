"""What must not type-check. Each line carries the error that mypy gives; an ignore that is not needed is an error."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from arledger import (
    HALF_UP,
    OLDEST_FIRST,
    Agreement,
    Agreements,
    AutopayPolicy,
    BillingPolicy,
    BillingType,
    BusinessDays,
    Charge,
    Designation,
    FreeDays,
    Holding,
    LateFeeRule,
    Lease,
    LeaseItem,
    Ledger,
    Limit,
    Money,
    NsfFee,
    Payment,
    PaymentStep,
    PendingIncrease,
    Percent,
    Period,
    Price,
    Ranking,
    RateTable,
    Refund,
    RetryRule,
    Return,
    Share,
    aged,
    allocate,
    assess,
    autopay_run,
    cancelled,
    classify,
    corrections,
    draft_bill,
    draft_pulls,
    fee,
    in_order,
    include,
    monthly,
    nsf_fees,
    only,
    prorate,
    proration,
    pull,
    record,
    replay,
    retry_pull,
    standard_late_fee,
    statement_of,
    weekly,
    where,
)

cad = Money("1", "CAD")
rent = Charge("R", cad, due=date(2026, 3, 1))
paid = Payment("P", cad, received=date(2026, 3, 1))

Money(12.34, "CAD")  # type: ignore[arg-type]
Money("12.34")  # type: ignore[call-arg]
cad * 1.5  # type: ignore[operator]
cad + 1  # type: ignore[operator]
_ = cad < 3  # type: ignore[operator]
cad.minor = 3  # type: ignore[misc]
cad.times(0.5, rounding=HALF_UP)  # type: ignore[arg-type]
Charge("R", cad)  # type: ignore[call-arg]
Charge("R", cad, date(2026, 3, 1))  # type: ignore[call-arg]
Charge("R", 100, due=date(2026, 3, 1))  # type: ignore[arg-type]
Charge("R", cad, due="2026-03-01")  # type: ignore[arg-type]
Charge("R", cad, due=date(2026, 3, 1), category="rent")  # type: ignore[arg-type]
rent.due = date(2026, 3, 2)  # type: ignore[misc]
sorted([rent])  # type: ignore[type-var]
Payment("P", cad, received=date(2026, 3, 1), fund="escrow")  # type: ignore[arg-type]
Payment("P", cad, received=date(2026, 3, 1), restriction=lambda charge: True)  # type: ignore[arg-type]
Designation(17)  # type: ignore[arg-type]
Ranking(3)  # type: ignore[arg-type]
in_order(where.rent, rest="first")  # type: ignore[arg-type]
only(lambda charge: True, OLDEST_FIRST)  # type: ignore[arg-type]
allocate(paid, [rent])  # type: ignore[call-arg]
allocate(paid, [paid], by=OLDEST_FIRST)  # type: ignore[list-item]
allocate(paid, [rent], by="oldest-first")  # type: ignore[arg-type]
allocate(paid, [rent], by=OLDEST_FIRST, designations="never")  # type: ignore[arg-type]

march = Period(date(2026, 3, 1), date(2026, 4, 1))
monthly(1.5)  # type: ignore[arg-type]
monthly("first")  # type: ignore[arg-type]
weekly(1)  # type: ignore[arg-type]
BusinessDays("nearest")  # type: ignore[arg-type]
Percent(0.05)  # type: ignore[arg-type]
RateTable(5)  # type: ignore[arg-type]
Price("1000")  # type: ignore[arg-type]
prorate(cad, march)  # type: ignore[call-arg]
prorate(1000, march, by=proration.ACTUAL)  # type: ignore[arg-type]
prorate(cad, march, by="actual")  # type: ignore[arg-type]
prorate(cad, (date(2026, 3, 1), date(2026, 4, 1)), by=proration.ACTUAL)  # type: ignore[arg-type]
LeaseItem("rent", "1000")  # type: ignore[arg-type]
LeaseItem("rent", cad, per="week")  # type: ignore[arg-type]
Lease("L-1", items=[LeaseItem("rent", cad)])  # type: ignore[call-arg]
BillingType("monthly", 1)  # type: ignore[arg-type]
BillingPolicy(types=BillingType("monthly", monthly(1)))  # type: ignore[call-arg]
draft_bill(march)  # type: ignore[call-arg, arg-type]
Holding("D-1", 1500, date(2026, 3, 1))  # type: ignore[arg-type]

books = Ledger("CAD", [rent, paid])
Ledger(entries=[rent])  # type: ignore[call-arg]
Ledger("CAD", [Designation("R")])  # type: ignore[list-item]
record(books, "R")  # type: ignore[arg-type]
Return("N", "P")  # type: ignore[call-arg]
Return("N", paid, on=date(2026, 3, 7))  # type: ignore[arg-type]
Return("N", "P", on=date(2026, 3, 7), reason="stopped")  # type: ignore[arg-type]
PaymentStep("P", "settled", on=date(2026, 3, 7))  # type: ignore[arg-type]
Refund("F", "P", on=date(2026, 3, 7))  # type: ignore[call-arg]
replay(books, by=OLDEST_FIRST)  # type: ignore[call-arg]
replay([rent], by=OLDEST_FIRST, as_of=date(2026, 3, 7))  # type: ignore[arg-type]
replay(books, by=OLDEST_FIRST, as_of=date(2026, 3, 7), settle="due")  # type: ignore[arg-type]
replay(books, by=OLDEST_FIRST, as_of=date(2026, 3, 7), returns=True)  # type: ignore[arg-type]
position = replay(books, by=OLDEST_FIRST, as_of=date(2026, 3, 7))
position.as_of = date(2026, 3, 8)  # type: ignore[misc]
corrections(position, [])  # type: ignore[arg-type]
aged(position, basis="posted")  # type: ignore[arg-type]
statement_of(position)  # type: ignore[call-arg]

fifty = fee.flat(cad)
fee.flat("50")  # type: ignore[arg-type]
fee.percent(0.05, of=fee.OWED)  # type: ignore[arg-type]
fee.percent(5)  # type: ignore[call-arg]
fee.percent(5, fee.OWED)  # type: ignore[call-arg]
fee.percent(5, of=fifty)  # type: ignore[arg-type]
fifty + cad  # type: ignore[operator]
fifty * 2  # type: ignore[operator]
fee.lesser_of(cad, fifty)  # type: ignore[arg-type]
fee.lesser_of([fifty, fifty])  # type: ignore[arg-type]
fee.by_size(fee.RENT, fifty)  # type: ignore[arg-type]
fee.by_part(cad, fee.Tier(fifty))  # type: ignore[arg-type]
fee.Tier(fifty, cad)  # type: ignore[call-arg]
fee.each_day(10)  # type: ignore[arg-type]
fee.each_day(fifty, since="start")  # type: ignore[arg-type]
fee.every("5", fifty)  # type: ignore[arg-type]
fee.a_year(8.5)  # type: ignore[arg-type]
fee.a_year(8, by="actual")  # type: ignore[arg-type]
Limit(fifty)  # type: ignore[call-arg]
Limit(cad, per="charge")  # type: ignore[arg-type]
Limit(fifty, per="month")  # type: ignore[arg-type]
LateFeeRule(amount=fifty)  # type: ignore[call-arg]
LateFeeRule(amount=cad, grace=FreeDays(5))  # type: ignore[arg-type]
LateFeeRule(amount=fifty, grace=5)  # type: ignore[arg-type]
LateFeeRule(amount=fifty, grace=FreeDays)  # type: ignore[arg-type]
LateFeeRule(amount=fifty, grace=FreeDays(5), occurs="once")  # type: ignore[arg-type]
LateFeeRule(amount=fifty, grace=FreeDays(5), limits=cad)  # type: ignore[arg-type]
LateFeeRule(amount=fifty, grace=FreeDays(5), eligible=lambda charge: True)  # type: ignore[arg-type]
rule = LateFeeRule(amount=fifty, grace=FreeDays(5))
rule.amount = fee.OWED  # type: ignore[misc]
standard_late_fee("percent", Percent(5), grace=FreeDays(5))  # type: ignore[arg-type]
standard_late_fee("flat_amount", 50, grace=FreeDays(5))  # type: ignore[arg-type]
assess(rule, position)  # type: ignore[call-arg]
assess(rule, books, on=date(2026, 3, 7))  # type: ignore[arg-type]
assess(fifty, position, on=date(2026, 3, 7))  # type: ignore[arg-type]
assess(rule, position, on=date(2026, 3, 7), rent=1000)  # type: ignore[arg-type]
NsfFee(fifty)  # type: ignore[call-arg]
NsfFee(amount=25)  # type: ignore[arg-type]
nsf_fees(NsfFee(amount=fifty), position)  # type: ignore[arg-type]

Share(0.6)  # type: ignore[arg-type]
Share("60%")  # type: ignore[arg-type]
Share(1, "rent")  # type: ignore[arg-type]
Share(1, of=lambda charge: True)  # type: ignore[arg-type]
Agreement("AP-1", pull.KEEP_PERCENT)  # type: ignore[call-arg]
Agreement("AP-1", agreed=date(2026, 3, 1))  # type: ignore[call-arg]
Agreement("AP-1", pull.KEEP_PERCENT, date(2026, 3, 1))  # type: ignore[call-arg]
Agreement("AP-1", "keep_percent", agreed=date(2026, 3, 1))  # type: ignore[arg-type]
Agreement("AP-1", lambda view, more: {}, agreed=date(2026, 3, 1))  # type: ignore[arg-type]
Agreement("AP-1", lambda view: {"R": 0.5}, agreed=date(2026, 3, 1))  # type: ignore[arg-type]
Agreement("AP-1", pull.FIXED, agreed=date(2026, 3, 1), stored=500)  # type: ignore[arg-type]
Agreement("AP-1", pull.KEEP_PERCENT, agreed=date(2026, 3, 1), shares=0.6)  # type: ignore[arg-type]
Agreement("AP-1", pull.KEEP_PERCENT, agreed=date(2026, 3, 1), shares=[Fraction(1, 3)])  # type: ignore[list-item]
one = Agreement("AP-1", pull.KEEP_PERCENT, agreed=date(2026, 3, 1))
one.until = date(2026, 4, 1)  # type: ignore[misc]
Agreements(["AP-1"])  # type: ignore[list-item]
pull.capped(pull.FULL_BALANCE)  # type: ignore[call-arg]
pull.capped(pull.FULL_BALANCE, 1000)  # type: ignore[arg-type]
pull.at_least(cad, cad)  # type: ignore[arg-type]
pull.percent_of_balance(50)  # type: ignore[arg-type]
include.DEPOSITS | "new"  # type: ignore[operator]
include.classes("deposit")  # type: ignore[arg-type]
include.boxes(True)  # type: ignore[call-arg]
AutopayPolicy(include.DEPOSITS)  # type: ignore[call-arg]
AutopayPolicy(includes=include.boxes)  # type: ignore[arg-type]
AutopayPolicy(limit=5000)  # type: ignore[arg-type]
AutopayPolicy(notice_range=(1, 2))  # type: ignore[arg-type]
AutopayPolicy(notice_days="10")  # type: ignore[arg-type]
PendingIncrease("AGI-7", cad)  # type: ignore[call-arg]
PendingIncrease("AGI-7", cad, effective=date(2026, 3, 1), state="pending")  # type: ignore[arg-type]
RetryRule(reasons=["stopped"])  # type: ignore[list-item]
run = autopay_run(monthly(1), date(2026, 3, 1))
autopay_run("monthly", date(2026, 3, 1))  # type: ignore[arg-type]
autopay_run(monthly(1), "2026-03-01")  # type: ignore[arg-type]
autopay_run(monthly(1), date(2026, 3, 1), offset_days=1.5)  # type: ignore[arg-type]
draft_pulls(one, books, run)  # type: ignore[arg-type]
draft_pulls(one, position, date(2026, 3, 1))  # type: ignore[arg-type]
draft_pulls(one, position, run, increases="AGI-7")  # type: ignore[arg-type]
classify(position, [one], run)  # type: ignore[arg-type]
cancelled(one, on=date(2026, 3, 7))  # type: ignore[call-arg]
retry_pull(paid, position, on=date(2026, 3, 7))  # type: ignore[arg-type]
