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
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum

import attrs

from arledger.billing.cycles import BillCycle, cycle_of
from arledger.billing.holdings import Holding, opening_holding
from arledger.billing.lease import Lease
from arledger.billing.lines import Line, line_id, period_lines
from arledger.billing.policy import BillingPolicy
from arledger.billing.prorated import Prorated
from arledger.checks import as_tuple, check_date, check_instance, check_tuple, type_name
from arledger.dates.period import Period
from arledger.entries import Charge, Credit, Designation
from arledger.errors import Conflict, CurrencyMismatch, InvalidType, InvalidValue
from arledger.money import Money, minor_text, money_of, total
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
class BillLine:
    """What one thing comes to in the period, what of it was billed already, and the fact that makes up for the rest.

    ``amount`` and ``billed`` are negative for a reduction. ``fact`` is None where nothing is left to bill. ``prorated``
    is the explanation of an amount that was worked out from days.
    """

    id: str
    amount: Money
    billed: Money
    reason: str
    fact: Charge | Credit | None
    prorated: Prorated | None

    @property
    def difference(self) -> Money:
        """What is left to bill: above zero a charge, below zero a credit."""
        return self.amount - self.billed


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
        cycle = self.cycle
        title = f"{self.kind.value} bill {self.id}, {self.state.value}: {cycle.period}, due {cycle.due}"
        rows = [
            (
                self.line_name(line),
                _plain(line.amount),
                _plain(line.billed),
                _plain(line.difference),
                line.reason,
            )
            for line in self.lines
        ]
        rows.append(("total", "", "", _plain(self.total), ""))
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
    bill_id = line_id(lease, period)
    issued = _issued(billed, bill_id, lease.currency)
    lines = period_lines(lease, cycle, policy)
    there = {(line.id, line.payer) for line in lines}
    gone = [_gone(name, issued) for name in issued if name not in there]
    held = [deposit for deposit in lease.deposits if deposit.held_since is not None]
    opened = tuple(opening_holding(lease, deposit) for deposit in held) if lease.move_in in period else ()
    return Bill(
        id=bill_id,
        lease=lease.id,
        kind=_kind(lease, cycle, policy, opens=bool(opened)),
        state=BillState.CONFIRMED if policy.confirmation == "automatic" else BillState.DRAFT,
        cycle=cycle,
        currency=lease.currency,
        lines=_bill_lines([*lines, *gone], issued, cycle, on, lease.currency),
        holdings=opened,
    )


def confirm(bill: Bill) -> Bill:
    """The same bill, confirmed; a confirmed bill is itself.

    Source: rule R29, the vendor's "Confirmation Method".
    """
    check_instance(bill, Bill, "confirm", "bill")
    return attrs.evolve(bill, state=BillState.CONFIRMED)


_Issued = dict[tuple[str, str | None], list[Charge | Credit]]
"""What was issued for each line, by the line's id and by who owes it."""


def _issued(billed: Iterable[Charge | Credit], bill_id: str, currency: str) -> _Issued:
    facts = as_tuple(billed)
    check_tuple(facts, f"bill {bill_id}", "billed", "Charge or Credit")
    for fact in facts:
        if not isinstance(fact, (Charge, Credit)):
            raise InvalidType(
                f"bill {bill_id}: billed holds {type_name(fact)}, not Charge or Credit",
                field="billed",
                value=fact,
                hint="pass the charges and credits of earlier bills of the period",
            )
    issued: _Issued = {}
    # in the order in which they were issued, whatever the order of the input: #2 before #10
    in_order = sorted(facts, key=lambda fact: (len(fact.id), fact.id))
    for before, fact in zip([None, *in_order], in_order, strict=False):
        if before is not None and before.id == fact.id:
            raise Conflict(f"bill {bill_id}: billed {fact.id} stands twice", field="billed", value=fact.id)
        if not fact.id.startswith(f"{bill_id}/"):
            raise InvalidValue(
                f"bill {bill_id}: billed {fact.id} is of another lease or period",
                field="billed",
                value=fact.id,
                hint=f"pass those whose ids begin with {bill_id}/",
            )
        if fact.amount.currency != currency:
            raise CurrencyMismatch(
                f"bill {bill_id}: billed {fact.id} in {fact.amount.currency}, the lease is in {currency}",
                field="billed",
                value=fact.amount.currency,
            )
        issued.setdefault((fact.id.partition("#")[0], fact.payer), []).append(fact)
    return issued


def _gone(name: tuple[str, str | None], issued: _Issued) -> Line:
    """A line that was billed, and that the period no longer has, or that another owes: it comes to nothing."""
    first = next((fact for fact in issued[name] if isinstance(fact, Charge)), issued[name][0])
    if isinstance(first, Charge):
        about = first.about
    else:  # what is taken back of a tax is about what the tax is about
        targets = {designation.to for designation in first.designations}
        charges = [fact for line in issued.values() for fact in line if isinstance(fact, Charge)]
        about = next((charge.about for charge in charges if charge.id in targets), None)
    return Line(name[0], 0, "no longer owed", first.category, first.code, first.payer, about=about)


def _bill_lines(
    lines: Sequence[Line], issued: _Issued, cycle: BillCycle, on: datetime.date, currency: str
) -> tuple[BillLine, ...]:
    found: list[BillLine] = []
    facts_of: dict[str, list[Charge | Credit]] = {}
    for (name, _), facts in issued.items():
        facts_of.setdefault(name, []).extend(facts)
    for line in lines:
        own = issued.get((line.id, line.payer), [])
        before = sum(fact.amount.minor if isinstance(fact, Charge) else -fact.amount.minor for fact in own)
        fact = None
        if line.minor != before:
            fact = _fact(line, line.minor - before, own, facts_of, cycle, on, currency)
            facts_of.setdefault(line.id, []).append(fact)
        amount, billed = money_of(line.minor, currency), money_of(before, currency)
        found.append(BillLine(line.id, amount, billed, line.reason, fact, line.prorated))
    return tuple(found)


def _fact(
    line: Line,
    difference: int,
    own: Sequence[Charge | Credit],
    facts_of: Mapping[str, Sequence[Charge | Credit]],
    cycle: BillCycle,
    on: datetime.date,
    currency: str,
) -> Charge | Credit:
    """The charge or credit that makes up for a difference; the second one of a line has an id that ends in #2."""
    name = _next_id(line.id, {fact.id for fact in facts_of.get(line.id, [])})
    amount = money_of(abs(difference), currency)
    if difference > 0:
        return Charge(
            name,
            amount,
            due=max(cycle.due, on),
            posted=on,
            category=line.category,
            code=line.code,
            payer=line.payer,
            about=None if line.about is None else (_charges(facts_of.get(line.about, [])) or [line.about])[-1],
            period=cycle.occupied or cycle.period,
            recurring=line.recurring,
        )
    targets = _charges(own)
    if line.reduces is not None:
        targets += _charges(facts_of.get(line.reduces, [])) or [line.reduces]
    return Credit(
        name,
        amount,
        granted=on,
        kind=line.kind,
        category=line.category,
        code=line.code,
        payer=line.payer,
        designations=[Designation(target) for target in targets],
    )


def _charges(facts: Iterable[Charge | Credit]) -> list[str]:
    """The ids of the charges among facts."""
    return [fact.id for fact in facts if isinstance(fact, Charge)]


def _next_id(name: str, taken: Collection[str]) -> str:
    """The id of a line's next fact: the first has the line's own, then come #2, #3 and so on."""
    number = len(taken) + 1
    while (found := f"{name}#{number}" if number > 1 else name) in taken:
        number += 1
    return found


def _kind(lease: Lease, cycle: BillCycle, policy: BillingPolicy, *, opens: bool) -> BillKind:
    if lease.move_out is not None and lease.stay(counts_move_out=policy.counts_move_out).end <= cycle.period.end:
        return BillKind.FINAL
    if opens:
        return BillKind.ZERO_CYCLE
    return BillKind.FIRST if lease.move_in >= cycle.period.start else BillKind.REGULAR


def _plain(money: Money) -> str:
    return minor_text(money.minor, money.currency)
