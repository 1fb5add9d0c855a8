"""Bills: what a lease is charged for a billing period, as a draft or confirmed, and only once.

The problem: a bill that is run twice bills twice; and when a move-out, a new price or a forgotten discount turns up
after the bill was issued, somebody works out the difference by hand. The decision: ``draft_bill`` works out what the
period comes to (``lines``), takes off what was issued for it already, line by line, and drafts the rest: a charge
where more is owed, a credit where less is. Ids follow from the lease, the period and the line, so that drafting twice
gives the same bill, drafting after issuing gives an empty one, and drafting after a change gives the difference. What
was issued is passed in; nothing is remembered here.

Source: rules R25 and R29 to R31; the vendor's "Confirmation Method" and kinds of bills.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from enum import Enum

import attrs

from arledger.billing.cycles import BillCycle, cycle_of, due_date, frequency_of
from arledger.billing.differences import BillDates, BillLine, bill_lines, issued_of
from arledger.billing.holdings import Holding, opening_holding
from arledger.billing.lease import Lease
from arledger.billing.lines import line_id, period_lines
from arledger.billing.policy import BillingPolicy
from arledger.billing.taxes import slashed
from arledger.checks import as_tuple, check_date, check_instance, check_tuple
from arledger.dates.frequency import Frequency, periods_over
from arledger.dates.period import Period
from arledger.entries import Charge, Credit
from arledger.errors import InvalidValue
from arledger.money import Money, amount_text, total
from arledger.tables import text_table


class BillKind(Enum):
    """Where a bill stands in the life of its lease.

    FIRST has the move-in, or comes before it; ZERO_CYCLE is a first bill that opens with deposits held already; FINAL
    has the move-out, or comes after it (a stay within one period has a final bill only); all others are REGULAR.
    """

    FIRST = "first"
    ZERO_CYCLE = "zero cycle"
    REGULAR = "regular"
    FINAL = "final"

    def __repr__(self) -> str:
        return f"BillKind.{self.name}"


class BillState(Enum):
    """Whether a bill waits for somebody to look at it."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"

    def __repr__(self) -> str:
        return f"BillState.{self.name}"


@attrs.frozen(order=False)
class Bill:
    """The charges and credits of one billing period of a lease, each with its reason. Prints as a table.

    ``holdings`` are the deposits held already, with which the bill of the move-in opens.
    """

    id: str
    lease: str
    kind: BillKind
    state: BillState
    cycle: BillCycle
    due: datetime.date
    currency: str
    lines: tuple[BillLine, ...]
    holdings: tuple[Holding, ...] = ()

    @property
    def charges(self) -> tuple[Charge, ...]:
        """What is owed by this bill."""
        return tuple(line.fact for line in self.lines if isinstance(line.fact, Charge))

    @property
    def credits(self) -> tuple[Credit, ...]:
        """What this bill takes off."""
        return tuple(line.fact for line in self.lines if isinstance(line.fact, Credit))

    @property
    def total(self) -> Money:
        """Charges less credits; negative where more was billed before than is owed."""
        return total((line.difference for line in self.lines), self.currency)

    def line_name(self, line: BillLine) -> str:
        """A line as tables name it: by what stands behind the bill's id."""
        return line.id.removeprefix(f"{self.id}/")

    def __str__(self) -> str:
        title = f"{self.kind.value} bill {self.id}, {self.state.value}: {self.cycle.period}, due {self.due}"
        rows = [
            (
                self.line_name(line),
                amount_text(line.amount),
                amount_text(line.billed),
                amount_text(line.difference),
                line.reason,
            )
            for line in self.lines
        ]
        rows.append(("total", "", "", amount_text(self.total), ""))
        table = text_table(("line", "amount", "billed before", "to bill", "why"), rows, right=(1, 2, 3))
        return "\n".join([title, "", table, *(f"held: {holding}" for holding in self.holdings)])


def draft_bill(
    lease: Lease,
    period: Period,
    policy: BillingPolicy,
    *,
    billed: Iterable[Charge | Credit] = (),
    on: datetime.date | None = None,
) -> Bill:
    """What a lease is to be charged for a billing period, less what was issued for it already.

    ``period`` is one of the lease's billing periods (``billing_cycles`` lists them). ``billed`` are all charges and
    credits that earlier bills of the period issued. ``on`` is the day of the draft (absent: the cycle's bill run): its
    charges and credits are posted on it, and none of its charges is due before it. The bill is confirmed at once where
    the policy says so, else it waits for ``confirm``.

    >>> from arledger import BillingType, LeaseItem, monthly, proration
    >>> date = datetime.date
    >>> lease = Lease("L-1", move_in=date(2026, 8, 20), items=[LeaseItem("rent", Money("1000", "CAD"))])
    >>> policy = BillingPolicy(types=BillingType("monthly", monthly(1)), proration=proration.ACTUAL)
    >>> august = Period(date(2026, 8, 1), date(2026, 9, 1))
    >>> bill = draft_bill(lease, august, policy)
    >>> print(bill)
    first bill L-1/2026-08-01, confirmed: 2026-08-01 up to 2026-09-01, due 2026-08-20
    <BLANKLINE>
    line   amount  billed before  to bill  why
    -----  ------  -------------  -------  ---------------
    rent   387.10           0.00   387.10  1000.00 x 12/31
    total                          387.10
    >>> draft_bill(lease, august, policy, billed=bill.charges).charges
    ()

    Refused: a period that is none of the lease's; billed facts of another lease or period, or of another currency; an
    adjustment by a code that the policy does not allow.

    Source: rules R25 and R29 to R31.
    """
    cycle = cycle_of(lease, period, policy)
    if on is None:
        on = cycle.bill_run
    check_date(on, "bill", "on")
    due = due_date(lease, cycle, policy, on)
    bill_id = line_id(lease, period)
    issued = issued_of(billed, bill_id, lease.currency)
    lines = period_lines(lease, cycle, policy)
    held = [deposit for deposit in lease.deposits if deposit.held_since is not None]
    opened = tuple(opening_holding(lease, deposit) for deposit in held) if lease.move_in in period else ()
    return Bill(
        id=bill_id,
        lease=lease.id,
        kind=_kind(lease, cycle, policy, opens=bool(opened)),
        state=BillState.CONFIRMED if policy.confirmation == "automatic" else BillState.DRAFT,
        cycle=cycle,
        due=due,
        currency=lease.currency,
        lines=bill_lines(lines, issued, BillDates(on, due, cycle.occupied or cycle.period), lease.currency),
        holdings=opened,
    )


def draft_bills(
    lease: Lease,
    span: Period,
    policy: BillingPolicy,
    *,
    billed: Iterable[Charge | Credit] = (),
    on: datetime.date | None = None,
) -> tuple[Bill, ...]:
    """The bills of all periods with a day of the span: those that the lease stays in, or that were billed before.

    ``billed`` are all charges and credits that bills of the lease issued, of whatever periods; each bill takes its own.
    So a period after a move-out that came to light late is among them, and is credited.
    """
    check_instance(span, Period, "bill", "span")
    facts = as_tuple(billed)
    check_tuple(facts, f"lease {getattr(lease, 'id', '')}", "billed", "Charge or Credit")
    frequency = frequency_of(lease, policy)
    _check_periods(facts, lease, frequency)
    bills = []
    for period in periods_over(frequency, span):
        prefix = f"{line_id(lease, period)}/"
        own = [fact for fact in facts if not isinstance(fact, (Charge, Credit)) or fact.id.startswith(prefix)]
        bill = draft_bill(lease, period, policy, billed=own, on=on)
        if own or bill.cycle.occupied is not None:
            bills.append(bill)
    return tuple(bills)


def _check_periods(facts: Iterable[object], lease: Lease, frequency: Frequency) -> None:
    """Refuse facts of the lease whose period is none of its periods any more: they would be billed again in silence."""
    prefix = f"{slashed(lease.id)}/"
    for fact in facts:
        if isinstance(fact, (Charge, Credit)) and fact.id.startswith(prefix):
            day = _day_of_id(fact.id.removeprefix(prefix).partition("/")[0])
            if day is not None and frequency.start(frequency.number(day)) != day:
                raise InvalidValue(
                    f"lease {lease.id}: billed {fact.id} is of no billing period of it any more",
                    field="billed",
                    value=fact.id,
                    hint="credit it by itself, and leave it out",
                )


def _day_of_id(text: str) -> datetime.date | None:
    """The first day of a period as it stands in an id; None where there is none."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def confirm(bill: Bill) -> Bill:
    """The same bill, confirmed; a confirmed bill is itself.

    Source: rule R29, the vendor's "Confirmation Method".
    """
    check_instance(bill, Bill, "confirm", "bill")
    return attrs.evolve(bill, state=BillState.CONFIRMED)


def _kind(lease: Lease, cycle: BillCycle, policy: BillingPolicy, *, opens: bool) -> BillKind:
    if lease.move_out is not None and lease.stay(counts_move_out=policy.counts_move_out).end <= cycle.period.end:
        return BillKind.FINAL
    if opens:
        return BillKind.ZERO_CYCLE
    return BillKind.FIRST if lease.move_in >= cycle.period.start else BillKind.REGULAR
