"""The rule of a late charge: what is charged, for what, from when, how often, and up to what.

The problem: every system has a screen of fields for late fees, and every lease a sentence that these fields cannot say.
The decision: a rule is an amount (see ``fee``), a grace by name, how often it is charged, limits with their scope, a
least balance, and a selector of charges; it prints as the lease's sentence. Interest on what is overdue is the same,
with the category INTEREST. ``standard_late_fee`` makes the rule that the vendor's settings describe.

Source: rules R33 to R38; the vendor's "Late Fee Tab".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Literal, get_args

import attrs

from arledger import where
from arledger.checks import as_tuple, check_instance, check_span, check_tuple_of, said, shown, text_of
from arledger.dates.frequency import Frequency, check_frequency, monthly
from arledger.entries import Category, Charge, Selector
from arledger.entries.fields import check_amount, check_optional_ids
from arledger.entries.selector import check_selector
from arledger.errors import InvalidValue, UnknownName, did_you_mean
from arledger.fees.amounts import FeeAmount, Flat, PercentOf, check_currencies, check_fee_amount, currency_of
from arledger.fees.fee import OWED, RENT
from arledger.fees.grace import Grace, check_grace
from arledger.fees.ground import LATE_BASES, TIMELESS, Base
from arledger.money import Money
from arledger.rates import Percent
from arledger.rounding import HALF_UP, Rounding, check_rounding

NOT_LATE_CHARGES = ~where.category(Category.LATE_FEE, Category.NSF_FEE, Category.INTEREST, Category.DEPOSIT)
"""What a fee is charged for unless asked: all but late and NSF fees, interest and deposits, and the taxes on them."""


class Occurrence(Enum):
    """How often a fee is charged; the value is what a sentence calls it."""

    EACH_CHARGE_ONCE = "once for all that is due on one day"
    EACH_CHARGE_APART = "once for each charge"
    EACH_INVOICE_ONCE = "once for each invoice"
    BALANCE_EACH_PERIOD = "once a period for the whole balance"

    def __repr__(self) -> str:
        return self.name


EACH_CHARGE_ONCE = Occurrence.EACH_CHARGE_ONCE
"""Each charge is assessed once; those that one payer owes on one day together, in one fee about the chief of them."""
EACH_CHARGE_APART = Occurrence.EACH_CHARGE_APART
"""Each charge is assessed once, by itself with its taxes."""
EACH_INVOICE_ONCE = Occurrence.EACH_INVOICE_ONCE
"""Each charge is assessed once; those of an invoice together, late from the first of their due dates on."""
BALANCE_EACH_PERIOD = Occurrence.BALANCE_EACH_PERIOD
"""All that is past due is assessed once in each period, be it assessed before or not."""

LimitScope = Literal["charge", "period", "ever"]
"""What a limit is on: all fees for one charge (or for what is assessed together with it), all in a period, or all."""

_SCOPES = get_args(LimitScope)


@attrs.frozen
class Limit:
    """The most that fees under a rule may come to: for a charge, in a period, or ever; waived ones count.

    What a fee passes the limit of a period by is never made up for. A fee for another charge that finds no room in a
    period is charged in the next, while something is owed.

    >>> from arledger import fee
    >>> print(Limit(fee.flat(Money("50", "USD")), per="charge"))
    at most 50.00 USD for a charge

    Refused: an amount that changes from day to day, since a limit must not.
    """

    amount: FeeAmount
    per: LimitScope = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_fee_amount(self.amount, "limit")
        if self.per not in _SCOPES:
            raise UnknownName(
                f"limit: unknown per {shown(self.per)}",
                field="per",
                value=self.per,
                hint=did_you_mean(text_of(self.per), _SCOPES),
            )
        if self.amount.counts_days or not self.amount.reads <= TIMELESS:
            raise InvalidValue(
                f"limit: {self.amount} changes from day to day",
                field="amount",
                value=self.amount,
                hint="pass a flat sum, or a percentage of the rent or of the charge",
            )

    def __str__(self) -> str:
        scope = {"charge": "for a charge", "period": "a period", "ever": "in all"}[self.per]
        return f"at most {self.amount} {scope}"


def _as_limits(limits: Limit | Iterable[Limit]) -> tuple[Limit, ...]:
    return (limits,) if isinstance(limits, Limit) else as_tuple(limits)


@attrs.frozen(kw_only=True)
class LateFeeRule:
    """What is charged for being late. Prints as a sentence.

    ``grace`` says from which day on; ``occurs`` how often; ``limits`` up to how much; ``least`` is what must at least
    be past due; ``eligible`` selects the charges that count. ``category`` is LATE_FEE or INTEREST: interest is charged
    for time that passed also when the charge has been paid since, a late fee only while something is owed. ``period``
    belongs to BALANCE_EACH_PERIOD and to limits a period. ``since`` and ``until`` (exclusive) are the due dates that
    the rule is for. What was charged under a rule before is told by its category and ``code``: two rules of one account
    need two codes.

    >>> from arledger import FreeDays, fee
    >>> rule = LateFeeRule(amount=fee.percent(5, of=fee.OWED), grace=FreeDays(5), least=Money("100", "USD"))
    >>> print(rule)
    5% of what is owed, after 5 free days, once for all that is due on one day, where at least 100.00 USD is past due
    """

    amount: FeeAmount
    grace: Grace
    occurs: Occurrence = EACH_CHARGE_ONCE
    limits: tuple[Limit, ...] = attrs.field(default=(), converter=_as_limits)
    least: Money | None = None
    eligible: Selector = NOT_LATE_CHARGES
    category: Category = Category.LATE_FEE
    code: str | None = None
    period: Frequency = attrs.field(factory=lambda: monthly(1))
    since: date | None = None
    until: date | None = None
    rounding: Rounding = HALF_UP

    def __attrs_post_init__(self) -> None:
        subject = "late fee rule"
        check_fee_amount(self.amount, subject)
        check_bases(self.amount, LATE_BASES, subject)
        check_grace(self.grace, subject)
        check_instance(self.occurs, Occurrence, subject, "occurs", "pass one such as EACH_CHARGE_ONCE")
        check_tuple_of(self.limits, Limit, subject, "limits")
        if self.least is not None:
            check_amount(self.least, subject, "least")
        check_selector(self.eligible, subject, "eligible")
        if self.category not in (Category.LATE_FEE, Category.INTEREST):
            raise InvalidValue(
                f"{subject}: category is {shown(self.category)}",
                field="category",
                value=self.category,
                hint="pass Category.LATE_FEE or Category.INTEREST",
            )
        check_optional_ids(self, subject, "code")
        check_frequency(self.period, subject, "period")
        check_span(self, subject, "until is the first due date after the rule")
        check_rounding(self.rounding, "rounding")
        for limit in self.limits:
            check_bases(limit.amount, LATE_BASES, subject, "limits")
        check_currencies(self._sums, subject, "limits")
        if self.occurs is BALANCE_EACH_PERIOD and self.amount.counts_days:
            raise InvalidValue(
                f"{subject}: {self.amount} counts days, and a balance has none of its own",
                field="occurs",
                value=self.occurs,
                hint="pass EACH_CHARGE_ONCE, whose fee grows with the days",
            )

    @property
    def currency(self) -> str | None:
        """The currency of the sums in it; None where there is none."""
        return currency_of(self._sums)

    @property
    def _sums(self) -> tuple[FeeAmount | Money | None, ...]:
        return (self.amount, *(limit.amount for limit in self.limits), self.least)

    @property
    def reads(self) -> frozenset[Base]:
        """The bases that it is worked out from."""
        return self.amount.reads.union(*(limit.amount.reads for limit in self.limits))

    def made(self, charge: Charge) -> bool:
        """Whether a charge was made under this rule, by its category and code."""
        return charge.category is self.category and charge.code == self.code

    def __str__(self) -> str:
        texts = [str(self.amount), said(self.grace), self.occurs.value, *map(str, self.limits)]
        if self.least is not None:
            texts.append(f"where at least {self.least} is past due")
        if self.eligible != NOT_LATE_CHARGES:
            texts.append(f"on {self.eligible!r}")
        if self.since is not None:
            texts.append(f"of what is due from {self.since} on")
        if self.until is not None:
            texts.append(f"of what is due before {self.until}")
        if self.occurs is BALANCE_EACH_PERIOD or any(limit.per == "period" for limit in self.limits):
            texts.append("a period being a calendar month" if self.period == monthly(1) else f"by {self.period!r}")
        return ", ".join(texts)


def check_bases(amount: FeeAmount, known: frozenset[Base], subject: str, field: str = "amount") -> None:
    """Refuse an amount of a base that there is not."""
    for base in Base:
        if base in amount.reads and base not in known:
            names = [other.value for other in Base if other in known]
            raise InvalidValue(
                f"{subject}: {base.value} is no base of it",
                field=field,
                value=amount,
                hint=f"take {' or '.join(filter(None, [', '.join(names[:-1]), names[-1]]))}",
            )


BaseFeeType = Literal["percent_owed_total", "percent_monthly_rent", "flat_amount"]
MaxTotalFeeType = Literal["percent_monthly_rent", "flat_amount", "unlimited"]


def standard_late_fee(
    base_fee_type: BaseFeeType,
    base_fee: Percent | Money,
    *,
    max_total_fee_type: MaxTotalFeeType = "unlimited",
    max_total_fee: Percent | Money | None = None,
    grace: Grace,
    occurs: Occurrence = EACH_CHARGE_ONCE,
    code: str | None = None,
) -> LateFeeRule:
    """The rule of the vendor's settings: base fee type and base fee, max total fee type and max total fee.

    The total that the limit is on is that of a calendar month (ours: the vendor does not say). ``grace`` and ``occurs``
    are not among its settings; BALANCE_EACH_PERIOD is its literal reading.

    >>> from arledger import FreeDays
    >>> print(standard_late_fee("percent_monthly_rent", Percent(5), grace=FreeDays(5)))
    5% of the monthly rent, after 5 free days, once for all that is due on one day

    Refused: a percentage where the type asks for an amount, and the other way round; a limit without its amount.

    Source: rule R33.
    """
    amount = _typed(base_fee_type, base_fee, get_args(BaseFeeType), "base_fee")
    limits = []
    if max_total_fee_type != "unlimited":
        kinds = get_args(MaxTotalFeeType)
        limits.append(Limit(_typed(max_total_fee_type, max_total_fee, kinds, "max_total_fee"), per="period"))
    elif max_total_fee is not None:
        raise InvalidValue(
            f"late fee: max_total_fee {max_total_fee} is unlimited",
            field="max_total_fee",
            value=max_total_fee,
            hint="leave it out, or pass max_total_fee_type",
        )
    return LateFeeRule(amount=amount, grace=grace, occurs=occurs, limits=limits, code=code)


def _typed(kind: str, value: object, kinds: tuple[str, ...], field: str) -> FeeAmount:
    """The amount that a type of fee and its number come to."""
    if kind not in kinds:
        raise UnknownName(
            f"late fee: unknown {field}_type {shown(kind)}",
            field=f"{field}_type",
            value=kind,
            hint=did_you_mean(text_of(kind), kinds),
        )
    if kind == "flat_amount":
        check_instance(value, Money, "late fee", field, "pass Money for a flat amount")
        assert isinstance(value, Money)
        return Flat(value)
    check_instance(value, Percent, "late fee", field, "pass a Percent, such as Percent('5')")
    assert isinstance(value, Percent)
    return PercentOf(value, OWED if kind == "percent_owed_total" else RENT)
