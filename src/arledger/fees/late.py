"""Assessing: which late charges a rule proposes on a day.

The problem: a job that runs each night must charge a fee once, a fee that grows only the difference, and one that a
returned payment had averted as soon as it comes back; and a second run, or a run that was missed, must not matter. The
decision: nothing is remembered but the charges themselves. A fee names what it is for, so what was charged before is
read from the ledger, and what a rule comes to by now, less that, is proposed.

What was charged counts whether it was paid, waived or written off. It does not count where the fee itself was reversed,
or credited as unearned.

Source: rules R33 to R37.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

import attrs

from arledger.checks import as_tuple, check_date, check_id, check_instance, check_tuple
from arledger.dates.frequency import period_at, periods_over
from arledger.dates.period import Period
from arledger.entries import Category, Charge, Credit
from arledger.entries.fields import check_amount
from arledger.errors import CurrencyMismatch, InvalidValue
from arledger.fees.amounts import Worked, worked_out
from arledger.fees.assessment import AssessedItem, Assessment, LimitLeft
from arledger.fees.ground import Base, Course, Ground
from arledger.fees.owing import LateAccount, LateItem, Steps, late_account
from arledger.fees.rule import BALANCE_EACH_PERIOD, LateFeeRule, Limit
from arledger.ledger.books import free_id, open_day, reversed_ids
from arledger.ledger.position import Position
from arledger.ledger.timeline import replayed_to
from arledger.ledger.unearned import unearned_id
from arledger.money import Money, money_of, rounded


def assess(
    rule: LateFeeRule, position: Position, *, on: date, rent: Money | None = None, payers: Iterable[str] = ()
) -> Assessment:
    """The late charges that a rule proposes at the end of a day: nothing that was charged before.

    ``on`` may be another day than the position's, which is then replayed to it. ``rent`` is the monthly rent, for rules
    that read it. Assessed are the charges of the account's own payer and those of ``payers``, each payer apart.

    >>> from arledger import OLDEST_FIRST, Category, FreeDays, Ledger, fee, replay
    >>> rent = Charge("R-01", Money("1000", "CAD"), due=date(2026, 1, 1), category=Category.RENT)
    >>> rule = LateFeeRule(amount=fee.percent(5, of=fee.OWED), grace=FreeDays(4))
    >>> position = replay(Ledger("CAD", [rent]), by=OLDEST_FIRST, as_of=date(2026, 1, 6))
    >>> print(assess(rule, position, on=date(2026, 1, 6)))
    charge                    about  payer  due           CAD
    ------------------------  -----  -----  ----------  -----
    R-01/late_fee@2026-01-06  R-01          2026-01-06  50.00
    total                                               50.00

    Refused: a rule or a rent in another currency; a rule that reads the rent, without one.

    Source: rules R33 to R37.
    """
    subject = "assess"
    check_instance(rule, LateFeeRule, subject, "rule")
    check_instance(position, Position, subject, "position", "pass what replay gave")
    check_date(on, subject, "on")
    names = as_tuple(payers)
    check_tuple(names, subject, "payers", "str")
    for name in names:
        check_id(name, subject, "payers")
    _check_currencies(rule, rent, position.currency)
    if Base.RENT in rule.reads and rent is None:
        raise InvalidValue(f"{subject}: {rule} reads the monthly rent", field="rent", hint="pass rent=")
    position = replayed_to(position, on)
    account = late_account(rule, position, frozenset(names))
    run = _Run(rule, position, account, rent)
    return run.assessment()


def _check_currencies(rule: LateFeeRule, rent: Money | None, currency: str) -> None:
    if rent is not None:
        check_amount(rent, "assess", "rent")
        if rent.currency != currency:
            raise CurrencyMismatch(f"assess: rent {rent} of an account in {currency}", field="rent", value=rent)
    if rule.currency not in (None, currency):
        raise CurrencyMismatch(
            f"assess: a rule in {rule.currency} for an account in {currency}", field="rule", value=rule
        )


@attrs.define(eq=False)
class _Charged:
    """What was charged under a rule, in minor units: for each charge, and of each payer in a period and ever.

    A limit of a period is on what was posted in it; a balance is assessed once for the days of a period, whenever that
    is posted.
    """

    period: Period
    """The one in which what is proposed now is posted."""
    assessed: Period
    """The one of the day of the assessment."""
    of_charge: Counter[str] = attrs.Factory(Counter)
    in_period: Counter[str | None] = attrs.Factory(Counter)
    for_period: Counter[str | None] = attrs.Factory(Counter)
    ever: Counter[str | None] = attrs.Factory(Counter)

    def add(self, fee: Charge, minor: int) -> None:
        """Count a fee."""
        if fee.about is not None:
            self.of_charge[fee.about] += minor
        self.ever[fee.payer] += minor
        if fee.posted in self.period:
            self.in_period[fee.payer] += minor
        if min(fee.due, fee.posted) in self.assessed:
            self.for_period[fee.payer] += minor


def _charged_before(rule: LateFeeRule, position: Position, posted: date) -> _Charged:
    """The charges made under a rule, as far as the position knows, and those of the day on which one is posted now.

    The books of a day may be closed as soon as it is over: its fees are then posted later than it is known as of.
    """
    ledger, known = position.ledger, max(position.known, posted)
    gone = reversed_ids(ledger, known)
    found = _Charged(period_at(rule.period, posted), period_at(rule.period, position.as_of))
    for fee in ledger.charges:
        if rule.made(fee) and fee.posted <= known and fee.id not in gone:
            credit = ledger.by_id.get(unearned_id(fee))
            unearned = 0
            if isinstance(credit, Credit) and credit.posted <= known and credit.id not in gone:
                unearned = credit.amount.minor
            found.add(fee, fee.amount.minor - unearned)
    return found


@attrs.define(eq=False)
class _Run:
    """One run over an account: what it proposes counts toward the limits of what follows."""

    rule: LateFeeRule
    position: Position
    account: LateAccount
    rent: Money | None
    posted: date = attrs.field(init=False)
    """The day in the books of what is proposed: the first open one, if the books of the day are closed."""
    charged: _Charged = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.posted = open_day(self.position.ledger, self.day)
        self.charged = _charged_before(self.rule, self.position, self.posted)

    @property
    def day(self) -> date:
        return self.position.as_of

    def assessment(self) -> Assessment:
        items, charges = [], []
        for item in self.account.items:
            if not item.owed and self.rule.category is Category.LATE_FEE:
                continue  # paid: a late fee is charged while something is owed
            if not item.owed and not any(stretch.owed for stretch in item.own_course):
                continue  # paid in time: there is nothing that interest is for
            assessed = self._assessed(item)
            if item.owed or assessed.proposed:
                items.append(assessed)
            if assessed.proposed:
                charge = self._charge(item, assessed.proposed)
                charges.append(charge)
                self.charged.add(charge, charge.amount.minor)
        return Assessment(
            self.rule, self.day, self.position.currency, tuple(charges), tuple(items), tuple(self.account.left_out)
        )

    def _assessed(self, item: LateItem) -> AssessedItem:
        worked: Worked | None = None
        limits: tuple[LimitLeft, ...] = ()
        total = proposed = 0
        reason = self._why_nothing(item)
        charged = self._charged_for(item)
        if not reason:
            past_due = self._past_due_steps(item.payer)
            course = item.course(past_due) if past_due else item.own_course
            worked, total = self._total(item, course)
            limits = self._limits(item, course, charged)
            proposed = max(0, min([total - charged, *(limit.left.minor for limit in limits)]))
            reason = "" if proposed else _why_no_more(total, charged)
        money = self._money
        return AssessedItem(
            about=item.chief.id,
            charges=item.charges,
            payer=item.payer,
            due=item.due,
            first_day=item.first_day,
            days_late=(self.day - item.due).days,
            payable=money(item.sum_of(lambda owing: owing.payable)),
            disputed=money(item.sum_of(lambda owing: owing.disputed)),
            on_hand=money(item.sum_of(lambda owing: owing.taken_off)),
            owed=money(item.owed),
            worked=worked,
            total=money(total),
            charged=money(charged),
            limits=limits,
            proposed=money(proposed),
            reason=reason,
        )

    def _past_due_steps(self, payer: str | None) -> Steps:
        """All that a payer owed, as far as the rule reads it: from day to day, or on the day."""
        if Base.PAST_DUE not in self.rule.reads:
            return []
        if self.rule.amount.counts_days or any(limit.per == "period" for limit in self.rule.limits):
            return self.account.past_due_steps[payer]
        return [(date.min.toordinal(), self.account.past_due[payer])]

    def _money(self, minor: int) -> Money:
        return money_of(minor, self.position.currency)

    def _why_nothing(self, item: LateItem) -> str:
        if self.day < item.first_day:
            return f"no fee before {item.first_day}"
        least = self.rule.least
        past_due = self.account.past_due[item.payer]
        if least is not None and past_due < least.minor:
            return f"{self._money(past_due)} is past due, less than {least}"
        return ""

    def _charged_for(self, item: LateItem) -> int:
        """What was charged for an item before, in minor units; for a balance, in this period."""
        if self.rule.occurs is BALANCE_EACH_PERIOD:
            return self.charged.for_period[item.payer]
        return sum(self.charged.of_charge[charge] for charge in (*item.charges, *item.taken_back))

    def _total(self, item: LateItem, course: Course) -> tuple[Worked, int]:
        """What the rule comes to by now: its steps, and the sum in minor units."""
        rule = self.rule
        worked = worked_out(rule.amount, self._ground(item, course, self.day))
        exact = worked.minor
        limits = [self._most(limit, item, course) for limit in rule.limits if limit.per == "period"]
        if limits and rule.occurs is not BALANCE_EACH_PERIOD:
            exact = min(exact, self._within_periods(item, course, min(limits)))
        return worked, rounded(exact, rule.rounding, self.position.currency)

    def _within_periods(self, item: LateItem, course: Course, most: int) -> Fraction:
        """What an amount comes to, where what passed the limit of a period is not made up for in the next."""
        reached, found = Fraction(0), Fraction(0)
        span = Period.through(item.first_day, self.day)
        for period in periods_over(self.rule.period, span):
            last = min(period.end - timedelta(days=1), self.day)
            by_then = worked_out(self.rule.amount, self._ground(item, course, last)).minor
            found += min(Fraction(most), max(Fraction(0), by_then - reached))
            reached = max(reached, by_then)
        return found

    def _ground(self, item: LateItem, course: Course, day: date) -> Ground:
        """What an amount is worked out from at the end of a day."""
        last = day.toordinal()
        until = tuple(
            stretch if stretch.last <= last else attrs.evolve(stretch, last=last)
            for stretch in course
            if stretch.first <= last
        )
        bases: dict[Base, int | Fraction] = {
            Base.OWED: until[-1].owed,
            Base.PAST_DUE: until[-1].past_due,
            Base.CHARGE: item.sum_of(lambda owing: owing.charge.amount.minor),
        }
        if self.rent is not None:
            bases[Base.RENT] = self.rent.minor
        return Ground(self.position.currency, bases, item.due, item.first_day, day, until)

    def _most(self, limit: Limit, item: LateItem, course: Course) -> int:
        """What a limit comes to, in whole minor units."""
        return int(worked_out(limit.amount, self._ground(item, course, self.day)).minor)

    def _limits(self, item: LateItem, course: Course, charged: int) -> tuple[LimitLeft, ...]:
        found = []
        for limit in self.rule.limits:
            scopes = {"charge": charged, "period": self.charged.in_period[item.payer]}
            before = scopes.get(limit.per, self.charged.ever[item.payer])
            left = max(0, self._most(limit, item, course) - before)
            found.append(LimitLeft(str(limit), self._money(before), self._money(left)))
        return tuple(found)

    def _charge(self, item: LateItem, proposed: Money) -> Charge:
        rule = self.rule
        return Charge(
            free_id(f"{item.chief.id}/{rule.code or rule.category.value}@{self.day}", self.position.ledger.by_id),
            proposed,
            due=self.day,
            posted=self.posted,
            category=rule.category,
            code=rule.code,
            payer=item.payer,
            about=item.chief.id,
        )


def _why_no_more(total: int, charged: int) -> str:
    if total > charged:
        return "the limit is reached"
    return "charged before" if charged else "it comes to 0"
