"""What a billing period comes to, line by line, whatever was billed already.

The problem: a bill is not a sum but a list of reasons, and the same list must come out each time. The decision: the
lines of a period follow from the lease and the policy alone: one for each item that costs something, one for each
adjustment, one for each deposit, and after each of them the taxes on it. A line has a signed amount in minor units and
an id made of the lease, the period's first day and the names on the lease, so that it is the same line in each draft.

Source: rules R25, R30 and R31.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

import attrs

from arledger.billing.cycles import BillCycle, frequency_of
from arledger.billing.lease import Lease, LeaseAdjustment, LeaseDeposit, LeaseItem
from arledger.billing.policy import BillingPolicy
from arledger.billing.prices import Price, Prices
from arledger.billing.prorated import Prorated, per_diem, prorate
from arledger.billing.proration import NONE
from arledger.billing.taxes import slashed, tax_lines, tax_reason
from arledger.dates.frequency import Frequency
from arledger.dates.period import Period, overlap
from arledger.entries import Category, CreditKind
from arledger.errors import InvalidValue, UnknownName, did_you_mean
from arledger.money import Money, minor_text, rounded


@attrs.frozen(order=False)
class Line:
    """What one thing costs in a period: minor units, negative for a reduction, and why.

    ``about`` is the id of the line that it taxes, ``reduces`` that of the line which a reduction is for. ``recurring``
    says whether it comes again.
    """

    id: str
    minor: int
    reason: str
    category: Category
    code: str | None
    payer: str | None
    kind: CreditKind = CreditKind.ADJUSTMENT
    about: str | None = None
    reduces: str | None = None
    recurring: bool = False
    prorated: Prorated | None = None


def line_id(lease: Lease, period: Period, *names: str) -> str:
    """The id of a line. Two different lines never share one."""
    return "/".join([slashed(lease.id), str(period.start), *map(slashed, names)])


@attrs.frozen
class _Bench:
    """What all lines of one period are made with."""

    lease: Lease
    cycle: BillCycle
    policy: BillingPolicy
    frequency: Frequency

    def id(self, *names: str) -> str:
        return line_id(self.lease, self.cycle.period, *names)


def period_lines(lease: Lease, cycle: BillCycle, policy: BillingPolicy) -> list[Line]:
    """All lines of a period; none for what costs nothing."""
    bench = _Bench(lease, cycle, policy, frequency_of(lease, policy))
    lines: list[Line] = []
    if cycle.occupied is None:
        return lines

    def add(made: Iterator[Line]) -> None:
        lines.extend(line for line in made if line.minor)

    for item in lease.items:
        add(_item_lines(item, cycle.occupied, bench))
    # in an order of their own, since each reduction of an item takes its taxes down from where the last one left them
    for adjustment in sorted(lease.adjustments, key=lambda adjustment: (adjustment.since, adjustment.id)):
        add(_adjustment_lines(adjustment, cycle.occupied, tuple(lines), bench))
    for deposit in lease.deposits:
        add(_deposit_lines(deposit, bench))
    return lines


def item_cost(item: LeaseItem, stretch: Period, bench: _Bench) -> Prorated:
    """What an item costs over a stretch, by the policy's proration."""
    if item.per == "day":
        return per_diem(item.prices, stretch, rounding=bench.policy.rounding)
    if item.per == "month" and bench.frequency.in_months is None:
        raise InvalidValue(
            f"lease item {item.id}: a price per month, billed by weeks or half-months",
            field="per",
            value=item.per,
            hint='pass per="period" and the price of one period',
        )
    return _cost(item.prices, stretch, bench, proratable=item.proratable, per_month=item.per == "month")


def _cost(prices: Prices, stretch: Period, bench: _Bench, *, proratable: bool, per_month: bool) -> Prorated:
    """What prices of a month, or of a period, come to; where no days are counted, the whole period is billed."""
    policy, cycle = bench.policy, bench.frequency
    months = cycle.in_months
    if per_month and months is not None:
        if _counts_days(policy, proratable=proratable):
            cycle = months
        else:
            count = months.per_year // cycle.per_year
            prices = Prices([Price(price.amount * count, since=price.since) for price in prices.prices])
    return prorate(
        prices,
        stretch,
        by=policy.proration if proratable else NONE,
        cycle=cycle,
        rounding=policy.rounding,
        daily_rate=policy.daily_rate,
    )


def _counts_days(policy: BillingPolicy, *, proratable: bool) -> bool:
    """Whether a part of a period costs a part of its price."""
    return proratable and policy.proration != NONE


def _item_lines(item: LeaseItem, occupied: Period, bench: _Bench) -> Iterator[Line]:
    cost = item_cost(item, occupied, bench)
    line = Line(
        bench.id(item.id),
        cost.amount.minor,
        cost.formula,
        item.category,
        item.code,
        item.payer or bench.lease.payer,
        recurring=True,
        prorated=cost,
    )
    yield line
    yield from _taxes(line, (item.id,), bench)


def _deposit_lines(deposit: LeaseDeposit, bench: _Bench) -> Iterator[Line]:
    move_in = bench.lease.move_in
    if deposit.held_since is None and max(deposit.since or move_in, move_in) in bench.cycle.period:
        payer = deposit.payer or bench.lease.payer
        line = Line(bench.id(deposit.id), deposit.amount.minor, "deposit", Category.DEPOSIT, deposit.code, payer)
        yield line
        yield from _taxes(line, (deposit.id,), bench)


def _taxes(line: Line, names: tuple[str, ...], bench: _Bench) -> Iterator[Line]:
    """The taxes on a line, by its code, at the rates of the first day of its period; of a reduction, taken off."""
    day, currency = bench.cycle.start, bench.lease.currency
    for tax in tax_lines(line.minor, currency, line.code, day, bench.policy.taxes):
        yield Line(
            bench.id(*names, tax.tax),
            tax.minor,
            tax_reason(tax, currency),
            Category.TAX,
            tax.tax,
            line.payer,
            about=line.id,
            recurring=line.recurring,
        )


def _adjustment_lines(
    adjustment: LeaseAdjustment, occupied: Period, lines: Sequence[Line], bench: _Bench
) -> Iterator[Line]:
    """An adjustment in a period that it speaks of; a reduction of an item takes its part of the item's taxes too."""
    codes = bench.policy.adjustments.codes
    if adjustment.code not in codes:
        raise UnknownName(
            f"lease {bench.lease.id}: adjustment {adjustment.id} by the code {adjustment.code}, which is not allowed",
            field="code",
            value=adjustment.code,
            hint=did_you_mean(adjustment.code, codes) if codes else "the policy allows no code",
        )
    stretch = _adjusted_stretch(adjustment, occupied, bench)
    if stretch is None:
        return
    for item, names in _adjusted_items(adjustment, bench.lease):
        minor, reason, cost = _change(adjustment, stretch, item, bench)
        line = Line(
            bench.id(*names),
            minor,
            reason,
            Category.ADJUSTMENT,
            adjustment.code,
            adjustment.payer or (item.payer if item else None) or bench.lease.payer,
            kind=adjustment.kind,
            reduces=bench.id(item.id) if item else None,
            recurring=adjustment.recurring,
            prorated=cost,
        )
        yield line
        if item is not None and adjustment.is_reduction:
            yield from _tax_reductions(line, names, lines, bench)
        else:
            yield from _taxes(line, names, bench)


def _adjusted_stretch(adjustment: LeaseAdjustment, occupied: Period, bench: _Bench) -> Period | None:
    """The days of a period that an adjustment speaks of: all of it, where it happens once or is not prorated."""
    if not adjustment.recurring:
        return occupied if _happens(adjustment.since, bench) else None
    until = adjustment.until or date.max
    stretch = overlap(occupied, Period(adjustment.since, until)) if adjustment.since < until else None
    return stretch if stretch is None or adjustment.proratable else occupied


def _happens(day: date, bench: _Bench) -> bool:
    """Whether what happens once, on a day, is billed in the period.

    Before the move-in that is the first, after the move-out the last: a cleaning is on the final bill.
    """
    stay = bench.lease.stay(counts_move_out=bench.policy.counts_move_out)
    return min(max(day, stay.start), stay.end - timedelta(days=1)) in bench.cycle.period


def _adjusted_items(adjustment: LeaseAdjustment, lease: Lease) -> list[tuple[LeaseItem | None, tuple[str, ...]]]:
    """The items that an adjustment is of, with the names of its line: the one named; else, of a percentage, all rent.

    An amount of money that names none is of the lease as a whole.
    """
    if adjustment.item is not None:
        return [(item, (adjustment.id,)) for item in lease.items if item.id == adjustment.item]
    if isinstance(adjustment.change, Money):
        return [(None, (adjustment.id,))]
    return [(item, (adjustment.id, item.id)) for item in lease.items if item.category is Category.RENT]


def _change(
    adjustment: LeaseAdjustment, stretch: Period, item: LeaseItem | None, bench: _Bench
) -> tuple[int, str, Prorated | None]:
    """The signed amount of an adjustment over a stretch, its reason, and the proration that it comes from."""
    change, policy, currency = adjustment.change, bench.policy, bench.lease.currency
    if not isinstance(change, Money):
        assert item is not None
        base = _base(item, stretch, bench)
        minor = rounded(base * change.fraction, policy.rounding, currency)
        return minor, f"{change} of {minor_text(base, currency)}", None
    if not adjustment.recurring:
        return change.minor, minor_text(change.minor, currency), None
    prices = Prices(abs(change)) if item is None else _while_charged(abs(change), item)
    cost = _cost(prices, stretch, bench, proratable=adjustment.proratable, per_month=True)
    if change.minor < 0:
        return -cost.amount.minor, f"-({cost.formula})", cost
    return cost.amount.minor, cost.formula, cost


def _base(item: LeaseItem, stretch: Period, bench: _Bench) -> int:
    """What a percentage is of: the item as billed over the stretch.

    Where no days of it are counted, its price of the first day holds for the period, so a percentage from a later day
    on begins with the next one.
    """
    if item.per == "day" or _counts_days(bench.policy, proratable=item.proratable):
        return item_cost(item, stretch, bench).amount.minor
    occupied = bench.cycle.occupied
    assert occupied is not None  # else nothing is adjusted
    return 0 if stretch.start > occupied.start else item_cost(item, occupied, bench).amount.minor


def _while_charged(change: Money, item: LeaseItem) -> Prices:
    """An amount as long as the item has a price."""
    nothing = change * 0
    return Prices([Price(change if price.amount else nothing, since=price.since) for price in item.prices.prices])


def _tax_reductions(line: Line, names: tuple[str, ...], lines: Sequence[Line], bench: _Bench) -> Iterator[Line]:
    """The taxes that go with a reduction of an item: of each the same part as of the item, and never more than it."""
    item = next((other for other in lines if other.id == line.reduces), None)
    if item is None:
        return
    currency, rounding = bench.lease.currency, bench.policy.taxes.rounding
    earlier = sum(-other.minor for other in lines if other.reduces == item.id and other.minor < 0)
    parts = [min(credited, item.minor) for credited in (earlier, earlier - line.minor)]
    for tax in lines:
        if tax.about == item.id and tax.reduces is None:
            assert tax.code is not None
            before, after = (rounded(Fraction(tax.minor * part, item.minor), rounding, currency) for part in parts)
            yield Line(
                bench.id(*names, tax.code),
                before - after,
                f"{minor_text(line.minor, currency)} of {minor_text(item.minor, currency)}, its tax",
                Category.TAX,
                tax.code,
                tax.payer,
                kind=line.kind,
                about=item.id,
                reduces=tax.id,
                recurring=line.recurring,
            )
