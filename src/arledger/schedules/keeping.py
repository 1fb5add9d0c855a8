"""What a repayment agreement changes elsewhere: late fees, and what autopay takes.

The problem: a late fee for arrears that are being paid off as agreed breaks the promise from the other side, and an
autopay that takes "the balance" takes all arrears at once. The decision: both are the rule that was there, changed by
the agreement and by the position: a late fee rule that leaves out the charges of agreements that are kept, and an
amount rule that asks of them for the instalment, and for everything else what it asked before.

Source: rule R60.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from arledger import where
from arledger.autopay.rules import filled, wanted_by
from arledger.autopay.wanted import AmountRule, PullItem, PullView, RuleFacts, Wanted, Wants, facts_of, words_of
from arledger.checks import as_tuple, check_instance, check_tuple_of, type_name
from arledger.errors import CurrencyMismatch, InvalidType, InvalidValue
from arledger.fees.rule import LateFeeRule
from arledger.items import NO_MONEY, Context
from arledger.ledger.position import Position
from arledger.ledger.timeline import replayed_to
from arledger.schedules.arrears import RepaymentAgreement, paid_since, repayment_state


def spared(
    rule: LateFeeRule, agreements: RepaymentAgreement | Iterable[RepaymentAgreement], position: Position
) -> LateFeeRule:
    """A late fee rule without the charges of agreements that are kept on the position's day, and the taxes on them.

    An agreement of a later day changes nothing, and neither does one that is broken.

    >>> from datetime import date
    >>> from arledger import OLDEST_FIRST, Charge, FreeDays, Ledger, Money, fee, instalments, monthly, replay
    >>> agreement = RepaymentAgreement("RA-1", "R-01", instalments(Money("1000", "USD"), 4), frequency=monthly(1),
    ...     first=date(2026, 4, 1), agreed=date(2026, 3, 20))
    >>> owed = Charge("R-01", Money("1000", "USD"), due=date(2026, 1, 1))
    >>> rule = LateFeeRule(amount=fee.flat(Money("50", "USD")), grace=FreeDays(5))
    >>> position = replay(Ledger("USD", [owed]), by=OLDEST_FIRST, as_of=date(2026, 3, 31))
    >>> "~where.charge('R-01')" in str(spared(rule, agreement, position))
    True

    Refused: what ``repayment_state`` refuses.

    Source: rule R60.
    """
    check_instance(rule, LateFeeRule, "spared", "rule")
    check_instance(position, Position, "spared", "position", "pass what replay gave")
    given = (agreements,) if isinstance(agreements, RepaymentAgreement) else as_tuple(agreements)
    check_tuple_of(given, RepaymentAgreement, "spared", "agreements")
    names = {
        name
        for agreement in given
        if agreement.agreed <= position.as_of and repayment_state(agreement, position).is_kept
        for name in agreement.charges
    }
    if not names:
        return rule
    context = Context(NO_MONEY, {charge.id: charge for charge in position.charges})
    names |= {charge.id for charge in position.charges if context.taxed(charge).id in names}
    return attrs.evolve(rule, eligible=rule.eligible & ~where.charge(*sorted(names)))


@attrs.frozen
class WithInstalment:
    """An amount rule that asks for the instalments of a repayment agreement; see ``with_instalment``."""

    rule: AmountRule
    agreement: RepaymentAgreement
    position: Position

    def __attrs_post_init__(self) -> None:
        subject = "with instalment"
        if not callable(self.rule):
            raise InvalidType(
                f"{subject}: rule is {type_name(self.rule)}, not an amount rule",
                field="rule",
                value=self.rule,
                hint="pass one such as pull.KEEP_PERCENT",
            )
        check_instance(self.agreement, RepaymentAgreement, subject, "agreement")
        check_instance(self.position, Position, subject, "position", "pass what replay gave")
        facts = facts_of(self.rule)
        if not facts.takes_items:
            raise InvalidValue(
                f"{subject}: {words_of(self.rule)} is for no charge in particular",
                field="rule",
                value=self.rule,
                hint="pass a rule that takes items, such as pull.KEEP_PERCENT",
            )
        currency = self.agreement.instalments.currency
        for other in (facts.currency, self.position.currency):
            if other not in (None, currency):
                raise CurrencyMismatch(
                    f"{subject}: instalments in {currency}, beside {other}", field="agreement", value=self.agreement
                )

    @property
    def facts(self) -> RuleFacts:
        """Those of the rule."""
        return attrs.evolve(facts_of(self.rule), currency=self.agreement.instalments.currency)

    def __call__(self, view: PullView, /) -> Wanted:
        """What the rule wants of everything else, and the share of what the instalments are behind."""
        if view.on < self.agreement.agreed:
            return wanted_by(self.rule, view)
        own = [item for item in view.items if item.id in self.agreement.charges]
        others = tuple(item for item in view.items if item.id not in self.agreement.charges)
        wanted = wanted_by(self.rule, attrs.evolve(view, items=others))
        parts = filled({item.id: Fraction(item.base_minor) for item in own}, Fraction(self._behind(view, own)))
        wants: Wants = {item.id: item.share * parts[item.id] for item in own if parts[item.id]}
        no_more = f"no more is due of {self.agreement.id}"
        cut = {item.id: no_more for item in own if parts[item.id] < item.base_minor}
        return attrs.evolve(wanted, items={**wanted.items, **wants}, cut={**wanted.cut, **cut})

    def _behind(self, view: PullView, own: list[PullItem]) -> int:
        """What has fallen due by the run's day, less what is paid, as it was before the pulls for the period.

        What was pulled for the period is asked for again, as of any rule; the run takes it off. What is recorded and
        sent only later counts as paid, though the position does not yet say so.
        """
        position = replayed_to(self.position, view.on)
        since = sum(
            position.item(item.id).payable_minor - item.payable_minor - item.disputed_minor - item.pulled_minor
            for item in own
        )
        return max(0, self.agreement.due_by(view.on).minor - paid_since(self.agreement, position) - since)

    def __str__(self) -> str:
        return f"{words_of(self.rule)}, and the instalments of {self.agreement.id}"


def with_instalment(rule: AmountRule, agreement: RepaymentAgreement, position: Position) -> AmountRule:
    """An amount rule that takes the instalments of a repayment agreement with what it takes of everything else.

    Of the agreement's charges it asks for exactly what the instalments due by the run's day are behind, whatever the
    policy includes, from the first charge on, and each payer for their share of it; the rule is asked about everything
    else only. ``position`` is the account's, which says what was paid since the agreement: pass that of the run.

    >>> from datetime import date
    >>> from arledger import (Agreement, Category, Charge, Ledger, Money, OLDEST_FIRST, autopay_run, draft_pulls,
    ...                       instalments, monthly, pull, replay)
    >>> owed, rent = (Charge(f"R-{month}", Money("1000", "USD"), due=date(2026, month, 1), category=Category.RENT)
    ...               for month in (1, 4))
    >>> plan = RepaymentAgreement("RA-1", "R-1", instalments(Money("1000", "USD"), 4), frequency=monthly(1),
    ...     first=date(2026, 4, 1), agreed=date(2026, 3, 20))
    >>> position = replay(Ledger("USD", [owed, rent]), by=OLDEST_FIRST, as_of=date(2026, 4, 1))
    >>> rule = with_instalment(pull.FULL_BALANCE, plan, position)
    >>> drafts = draft_pulls(Agreement("AP-1", rule, agreed=date(2026, 1, 1)), position,
    ...     autopay_run(monthly(1), date(2026, 4, 1)))
    >>> [(part.charge, str(part.amount)) for part in drafts.drafts[0].parts]
    [('R-1', '250.00 USD'), ('R-4', '1000.00 USD')]

    Refused: a rule that is for no charge in particular, another currency.

    Source: rule R60.
    """
    return WithInstalment(rule, agreement, position)
