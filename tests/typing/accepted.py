"""What must type-check: the public API as user code writes it. Read by mypy and pyright, never run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, assert_type

from arledger import (
    EACH_CHARGE_APART,
    HALF_UP,
    LAST,
    OLDEST_FIRST,
    REAPPLY,
    SETTLE_DUE,
    Accrual,
    AccrualSegment,
    Agreement,
    Agreements,
    Allocation,
    AmountRule,
    Application,
    Assessment,
    AutopayPolicy,
    AutopayRun,
    Bill,
    BillingPolicy,
    BillingType,
    BusinessDays,
    CashStep,
    Category,
    Charge,
    Context,
    Credit,
    CreditKind,
    DayCount,
    DepositInterest,
    DepositPolicy,
    Designation,
    Dispute,
    Draft,
    Drafts,
    DueOnDay,
    DueRule,
    Explanation,
    FeeAmount,
    FirstFeeAfter,
    FreeDays,
    Frequency,
    Grace,
    Ground,
    Holding,
    HoldingEntry,
    HoldingKind,
    Includes,
    Incoming,
    IncreaseState,
    ItemClass,
    Key,
    LateFeeRule,
    Lease,
    LeaseItem,
    Ledger,
    Limit,
    Money,
    NsfFee,
    NsfSchedule,
    OpenItem,
    Order,
    Payment,
    PaymentState,
    PaymentStep,
    PendingIncrease,
    Percent,
    Period,
    Position,
    Price,
    Prorated,
    Proration,
    PullItem,
    PullView,
    Ranking,
    Rate,
    RateTable,
    RetryRule,
    Return,
    ReturnReason,
    Rounding,
    RuleFacts,
    Selector,
    Share,
    StatementLine,
    Story,
    Tax,
    Taxes,
    TaxPolicy,
    Ties,
    Transfer,
    Void,
    Wanted,
    Worked,
    accrual,
    aged,
    allocate,
    any_payer,
    assess,
    attribute,
    autopay_run,
    cancelled,
    classify,
    corrections,
    deposit_interest,
    draft_bill,
    draft_pulls,
    due_date,
    exact_match_first,
    fee,
    first,
    in_order,
    in_turn,
    include,
    increase_charge,
    last,
    lease_run,
    monthly,
    months_after,
    nsf_fees,
    only,
    prorate,
    proration,
    pull,
    record,
    refundable,
    release,
    repeated,
    replay,
    retry_pull,
    roll_forward,
    settle_deposit,
    shared,
    small_balance_credits,
    split_by_weight,
    standard_late_fee,
    statement_of,
    total,
    transfer,
    twice_a_month,
    weekly,
    where,
)

cad = Money("12.34", "CAD")
day = date(2026, 3, 1)
march = Period.through(day, date(2026, 3, 31))
assert_type(cad + Money(1, "CAD"), Money)
assert_type(-cad * 2, Money)
assert_type(cad.minor, int)
assert_type(cad.amount, Decimal)
assert_type(cad.over(cad), Fraction)
assert_type(cad.times(Fraction(1, 3), rounding=HALF_UP), Money)
assert_type(cad.times(1, rounding=CashStep(Money("0.05", "CAD"))), Money)
assert_type(total([cad, cad], "CAD"), Money)
assert_type(split_by_weight(cad, [1, Fraction(1, 3)]), tuple[Money, ...])


def to_tens(numerator: int, denominator: int, /) -> int:
    """A user's own rounding."""
    return numerator // (denominator * 10) * 10


rounding: Rounding = to_tens

rent = Charge(
    "R-03",
    Money("1800", "CAD"),
    due=date(2026, 3, 1),
    category=Category.RENT,
    period=Period(date(2026, 3, 1), date(2026, 4, 1)),
    disputed=Dispute(Money("40", "CAD"), since=date(2026, 3, 5)),
    tags=["north", "tower"],
    attributes={"rate": Fraction(1, 10), "security": "first"},
)
assert_type(rent.tags, tuple[str, ...])
assert_type(rent.posted, date)

paid = Payment(
    "P-17",
    Money("1820", "CAD"),
    received=date(2026, 3, 3),
    designations=[Designation("R-03", Money("500", "CAD")), Designation(where.code("PARK"))],
    restriction=where.rent | where.invoice("17") & ~where.past_due,
)
waived = Credit(
    "K-1", Money("5", "CAD"), granted=date(2026, 3, 3), kind=CreditKind.WAIVER, designations=(Designation("R-03"),)
)
selector: Selector = where.matching(lambda charge: charge.amount > Money("10", "CAD"))


def newest_half(incoming: Incoming, items: Sequence[OpenItem]) -> Mapping[str, int]:
    """A user's own order."""
    return {items[-1].id: min(incoming.minor, items[-1].offered_minor) // 2}


def by_length(item: OpenItem, context: Context) -> Any:
    """A user's own key."""
    return len(item.id), context.date


key: Key = by_length
orders: list[Order] = [
    OLDEST_FIRST,
    newest_half,
    Ranking(first(where.past_due), last(where.rent), due_date, ties=Ties.PRO_RATA, taxes=Taxes.TAX_FIRST),
    Ranking(by_length, attribute("rate").descending),
    Ranking(in_order(where.rent, where.tagged("north"), rest="refuse")),
    in_turn(only(where.rent, newest_half), any_payer(exact_match_first(OLDEST_FIRST))),
    shared(among="invoice", ties=Ties.EVENLY, then=newest_half),
]

result = allocate([paid, waived], (rent,), by=newest_half, applied=[], designations="first")
assert_type(result, Allocation)
assert_type(result.lines, tuple[Application, ...])
assert_type(result.unapplied, Mapping[str, Money])
assert_type(result.by_charge["R-03"].before, Money)
assert_type(result.explanation, Explanation)
assert_type(allocate(paid, [rent], by=OLDEST_FIRST).total_open, Money)


class EveryTenDays:
    """A frequency of one's own."""

    per_year = 36
    in_months = None

    def start(self, number: int, /) -> date:
        return date(2026, 1, 1) + timedelta(days=10 * number)

    def number(self, when: date, /) -> int:
        return (when - date(2026, 1, 1)).days // 10


def by_weekdays(stretch: Period, unit: Period, per_year: int, /) -> DayCount:
    """A proration method of one's own."""
    return DayCount(min(stretch.days, per_year), unit.days)


def in_a_week(start: date, invoiced: date, /) -> date:
    """A due rule of one's own."""
    return max(start, invoiced) + timedelta(days=7)


def by_halves(held: Period, cuts: Sequence[date], /) -> Sequence[AccrualSegment]:
    """An accrual convention of one's own."""
    return [AccrualSegment(held, Fraction(len(cuts) + 1, 2), "by halves")]


frequencies: Sequence[Frequency] = [monthly(1), monthly(LAST), weekly(day), twice_a_month(1, 15), EveryTenDays()]
methods: Sequence[Proration] = [proration.ACTUAL, proration.STANDARD, proration.FixedDivisor(30), by_weekdays]
conventions: Sequence[Accrual] = [accrual.ACTUAL_365, accrual.both_ends(accrual.WHOLE_MONTHS), by_halves]
due_rules: Sequence[DueRule] = [DueOnDay(15), in_a_week]
assert_type(months_after(day, 1, anchor=31), date)
assert_type(BusinessDays("following", holidays=[day], weekend=[4, 5])(day), date)
assert_type(prorate(cad, march, by=proration.ACTUAL), Prorated)
assert_type(prorate([Price(cad), Price(cad, since=day)], march, by=by_weekdays, cycle=weekly(day)).exact, Fraction)
assert_type(RateTable(Percent("2.5")).at(day), Percent | None)
lease = Lease("L-1", move_in=day, items=[LeaseItem("rent", cad), LeaseItem("stall", [Price(cad)], per="day")])
billing = BillingPolicy(
    types=[BillingType("monthly", monthly(1), due=2), BillingType("own", monthly, due=in_a_week)],
    proration=proration.NONE,
    taxes=TaxPolicy([Tax("GST", Percent(5), codes=["RENT"]), Tax("QST", [Rate(Percent(9))], codes="RENT")]),
)
bill = draft_bill(lease, march, billing, billed=[])
assert_type(bill, Bill)
assert_type(bill.charges, tuple[Charge, ...])
assert_type(draft_bill(lease, march, billing, billed=bill.charges).credits, tuple[Credit, ...])
deposits = DepositPolicy(rates=Percent(2), refund_window_days=30, covers=where.rent, accrual=by_halves)
holding = Holding("D-1", cad, day, entries=[HoldingEntry(HoldingKind.TOP_UP, cad, day)])
assert_type(deposit_interest(holding, day, deposits), DepositInterest)
assert_type(settle_deposit(holding, bill.charges, move_out=day, policy=deposits).refund, Money)

books = Ledger("CAD", [rent, paid, Return("N-1", "P-17", on=day, reason=ReturnReason.STOPPED)], closed_through=day)
assert_type(record(books, Void("V-1", "P-17", on=day)), Ledger)
assert_type(record(books, [PaymentStep("P-17", PaymentState.PENDING, on=day), waived]), Ledger)
position = replay(books, by=newest_half, as_of=day, settle=SETTLE_DUE, returns=REAPPLY, fixed=result.lines)
assert_type(position, Position)
assert_type(position.items, tuple[OpenItem, ...])
assert_type(position.reserved, Mapping[str, Money])
assert_type(position.settles["P-17"]["R-03"], Money)
assert_type(position.states, Mapping[str, PaymentState])
assert_type(position.history, tuple[Application, ...])
assert_type(position.explanation, Story)
assert_type(corrections([], position).lines, tuple[Application, ...])
assert_type(corrections(position, position, posted=day).credits, tuple[Credit, ...])
assert_type(aged(position, brackets=[15, 30], basis="invoice", invoices=[]).buckets, tuple[Money, ...])
assert_type(statement_of(position, position).lines, tuple[StatementLine, ...])
assert_type(roll_forward(position, position).receivable.change, Money)
assert_type(refundable(position, "P-17"), Money)
assert_type(transfer(paid, cad, id="T-1", on=day, to="A-2"), tuple[Transfer, Payment])


class InTens(FeeAmount):
    """An amount of one's own."""

    def worked(self, ground: Ground, /) -> Worked:
        step = fee.OWED.worked(ground)
        return Worked(self, step.minor // 1000 * 1000 * Fraction(1, 20), (step,))


def in_two_weeks(due: date, /) -> date:
    """A grace of one's own."""
    return due + timedelta(days=14)


amounts: Sequence[FeeAmount] = [
    fee.OWED,
    fee.flat(cad) + fee.each_further_day(fee.flat(cad), since="due"),
    fee.lesser_of(fee.flat(cad), fee.percent("1.5", of=fee.RENT), InTens()),
    fee.greater_of(fee.percent(Fraction(1, 3), of=fee.CHARGE), fee.every(5, fee.percent(5, of=fee.OWED), first=1)),
    fee.by_size(fee.RENT, fee.Tier(fee.flat(cad), up_to=cad), fee.Tier(InTens())),
    fee.each_day(fee.by_part(fee.OWED, fee.Tier(fee.PAST_DUE))),
    fee.from_day(15, fee.each_month(fee.flat(cad), since="grace")),
    fee.a_year(RateTable([Rate(Percent(8))]), by=by_halves) + fee.a_year(Decimal("7.5"), by=accrual.THIRTY_360),
]
graces: Sequence[Grace] = [FirstFeeAfter(4), FreeDays(3, business_days=BusinessDays("following")), in_two_weeks]
late = LateFeeRule(
    amount=amounts[1],
    grace=in_two_weeks,
    occurs=EACH_CHARGE_APART,
    limits=[Limit(fee.flat(cad), per="charge"), Limit(fee.percent(5, of=fee.RENT), per="period")],
    least=cad,
    eligible=where.rent,
    category=Category.INTEREST,
    period=weekly(day),
    since=day,
    rounding=to_tens,
)
assert_type(late.limits, tuple[Limit, ...])
assert_type(LateFeeRule(amount=InTens(), grace=FreeDays(0), limits=Limit(fee.RENT, per="ever")).currency, str | None)
assert_type(standard_late_fee("flat_amount", cad, max_total_fee_type="unlimited", grace=graces[0]), LateFeeRule)
assessment = assess(late, position, on=day, rent=cad, payers=("ann",))
assert_type(assessment, Assessment)
assert_type(record(books, assessment.charges), Ledger)
assert_type(assessment.items[0].worked, Worked | None)
assert_type(assessment.items[0].limits[0].left, Money)
assert_type(assessment.left_out, tuple[tuple[str, str], ...])
assert_type(assessment.explanation, str)
schedule = NsfSchedule([NsfFee(amount=fee.percent(2, of=fee.FACE), methods="ach"), NsfFee(amount=fee.flat(cad))])
assert_type(nsf_fees(schedule, position, bank_costs={"N-1": cad}).charges, tuple[Charge, ...])
assert_type(small_balance_credits(position, tolerance=cad, on=day), tuple[Credit, ...])


def water_only(view: PullView, /) -> Mapping[str, Fraction]:
    """An amount rule of one's own."""
    return {item.id: item.share * item.payable_minor for item in view.items if item.charge.code == "WATER"}


def whole_cents(view: PullView, /) -> dict[str, int]:
    """One that asks for whole amounts."""
    return {item.id: item.payable_minor for item in view.items if item.item_class is ItemClass.CURRENT}


class Topped:
    """A value as amount rule, and what is known of it."""

    facts = RuleFacts(keeps_base=True, currency="CAD")

    def __call__(self, view: PullView, /) -> Wanted:
        return Wanted(view.by_payable(ItemClass.CURRENT), undesignated_minor=500, most_minor=view.stored_minor)


wanted_amounts: Sequence[AmountRule] = [
    pull.KEEP_PERCENT,
    pull.KEEP_UNCHANGED,
    pull.FIXED,
    pull.FULL_BALANCE,
    pull.RECURRING_ONLY,
    pull.percent_of_balance(Percent(50)),
    pull.capped(water_only, cad),
    pull.at_least(pull.skipped_over(Topped(), cad), cad),
    water_only,
    whole_cents,
    Topped(),
]
agreements = Agreements(
    [
        Agreement("AP-1", water_only, agreed=day, payer="ann", shares=Fraction(1, 3)),
        Agreement(
            "AP-2", wanted_amounts[0], agreed=day, until=day, shares=[Share(Percent(60), of=where.rent), Share(1)]
        ),
        Agreement("AP-3", Topped(), agreed=day, shares=Percent(60), stored=cad, method="ach", move_in=day),
        Agreement("AP-4", pull.FIXED, agreed=day, shares=Share(Fraction(1, 2), of=~where.rent), stored=cad),
    ]
)
assert_type(agreements.all, tuple[Agreement, ...])
assert_type(agreements.all[0].shares, tuple[Share, ...] | None)
assert_type(Agreements(agreements.all[0]).on(day), tuple[Agreement, ...])
assert_type(Share(1).fraction, Fraction)
increase = PendingIncrease("AGI-7", cad, effective=day, state=IncreaseState.REFUSED)
assert_type(increase_charge(increase, march), Charge)
assert_type(release(position, increase, on=day, account="A-1"), tuple[Transfer | Payment, ...])
assert_type(include.DEPOSITS | include.classes(ItemClass.NEW) | include.boxes(other_fees=True), Includes)
autopay = AutopayPolicy(
    includes=include.OTHER_FEES,
    limit=cad,
    least=cad,
    business_days=BusinessDays("preceding"),
    notice_days=None,
    notice_range=(cad, cad),
    suspends_after=2,
)
assert_type(autopay.notice_range, tuple[Money, Money] | None)
assert_type(autopay.most, Money | None)
run = autopay_run(monthly(1), day, offset_days=-4)
assert_type(repeated(run, on=day), AutopayRun)
assert_type(lease_run(lease, billing, day).previous, date | None)
drafts = draft_pulls(agreements, position, run, autopay, increases=increase)
assert_type(drafts, Drafts)
assert_type(draft_pulls(agreements.all, position, run, increases=[increase]).drafts, tuple[Draft, ...])
assert_type(record(books, drafts.payments), Ledger)
assert_type(drafts.held[0].agreement, str | None)
assert_type(drafts.drafts[0].steps[0].comes_to, Fraction)
assert_type(classify(position, agreements.all[0], run, autopay, increases=increase), tuple[PullItem, ...])
assert_type(cancelled(agreements.all[0], on=day, policy=autopay, by_resident=True), Agreement)
again = retry_pull("P-17", position, on=day, rule=RetryRule(most=1, reasons=[ReturnReason.STOPPED]))
assert_type(again.payment, Payment | None)
