"""The amount rules, as values.

Source: rules R9, R11 and R16; the modes of DoorLoop, Rentvine, ClickPay and RentPayment.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import attrs

from arledger.autopay.classes import REGULAR, ItemClass
from arledger.autopay.wanted import AmountRule, PullView, RuleFacts, Wanted, Wants, checked_wanted, facts_of
from arledger.checks import check_instance, said, type_name
from arledger.entries.fields import check_amount
from arledger.errors import CurrencyMismatch, InvalidType, InvalidValue
from arledger.money import Money
from arledger.rates import Percent, check_rate

_ALL = tuple(one for one in ItemClass if one not in (ItemClass.HELD, ItemClass.PENDING_INCREASE))


@attrs.frozen
class KeepPercent:
    """The share of every current charge as it now is, and of what the policy includes."""

    facts: RuleFacts = attrs.field(default=RuleFacts(), init=False, repr=False)

    def __call__(self, view: PullView, /) -> Wanted:
        """The share of what was charged: what is paid of it comes off in the run."""
        current = view.by_amount(ItemClass.CURRENT)
        return Wanted(view.included() | current, of_amounts=frozenset(current))

    def __str__(self) -> str:
        return "keep percent"


@attrs.frozen
class KeepUnchanged:
    """The stored amount, or the share of the regular charges that is payable, if that is less; and what is included."""

    facts: RuleFacts = attrs.field(default=RuleFacts(reads_stored=True, keeps_base=True), init=False, repr=False)

    def __call__(self, view: PullView, /) -> Wanted:
        """The lesser of the two; where the policy pays everything, the share."""
        regular = view.by_payable(*REGULAR)
        kept, cut = regular, {}
        if not view.includes.pays_everything and view.stored_minor is not None:
            kept = filled(regular, Fraction(view.stored_minor))
            cut = dict.fromkeys((name for name in regular if kept[name] < regular[name]), "more than the stored amount")
        return Wanted(view.included() | kept, cut=cut)

    def __str__(self) -> str:
        return "keep unchanged"


@attrs.frozen
class FixedAmount:
    """The stored amount, whatever the balance; it may leave a credit, and is designated to nothing."""

    facts: RuleFacts = attrs.field(default=RuleFacts(reads_stored=True, takes_items=False), init=False, repr=False)

    def __call__(self, view: PullView, /) -> Wanted:
        """The stored amount, for no item in particular."""
        return Wanted(undesignated_minor=view.stored_minor or 0)

    def __str__(self) -> str:
        return "fixed amount"


@attrs.frozen
class PercentOfBalance:
    """So many percent of the agreement's share of all that is payable.

    Refused: less than 0%, more than 100%.
    """

    percent: Percent
    facts: RuleFacts = attrs.field(default=RuleFacts(), init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        subject = "percent of balance"
        check_instance(self.percent, Percent, subject, "percent", "pass a Percent, such as Percent(50)")
        check_rate(self.percent, subject)
        if self.percent.fraction > 1:
            raise InvalidValue(
                f"{subject}: percent {self.percent} is over 100%",
                field="percent",
                value=self.percent,
                hint="pass 100% at most",
            )

    def __call__(self, view: PullView, /) -> Wanted:
        """The percentage of each item."""
        return Wanted({name: self.percent.fraction * want for name, want in view.by_payable(*_ALL).items()})

    def __str__(self) -> str:
        return "full balance" if self.percent.fraction == 1 else f"{self.percent} of the balance"


@attrs.frozen
class RecurringOnly:
    """The share of the regular charges that is payable, of the period served and of earlier ones, and nothing else."""

    facts: RuleFacts = attrs.field(default=RuleFacts(), init=False, repr=False)

    def __call__(self, view: PullView, /) -> Wanted:
        """The share of what is payable."""
        return Wanted(view.by_payable(*REGULAR))

    def __str__(self) -> str:
        return "recurring charges only"


def _check_composed(rule: object, money: object, subject: str, field: str) -> None:
    if not callable(rule):
        raise InvalidType(
            f"{subject}: rule is {type_name(rule)}, not an amount rule",
            field="rule",
            value=rule,
            hint="pass one such as pull.FULL_BALANCE",
        )
    check_amount(money, subject, field)
    assert isinstance(money, Money)
    inner = facts_of(rule).currency
    if inner not in (None, money.currency):
        raise CurrencyMismatch(f"{subject}: {money} of a rule in {inner}", field=field, value=money)


def _composed_facts(rule: AmountRule, money: Money) -> RuleFacts:
    return attrs.evolve(facts_of(rule), currency=money.currency)


@attrs.frozen
class Capped:
    """A rule, and the most of one pull."""

    rule: AmountRule
    most: Money

    def __attrs_post_init__(self) -> None:
        _check_composed(self.rule, self.most, "capped", "most")

    @property
    def facts(self) -> RuleFacts:
        """Those of the rule."""
        return _composed_facts(self.rule, self.most)

    def __call__(self, view: PullView, /) -> Wanted:
        """What the rule wants, with a most."""
        wanted = wanted_by(self.rule, view)
        return attrs.evolve(wanted, most_minor=_lower(self.most.minor, wanted.most_minor))

    def __str__(self) -> str:
        return f"{said(self.rule)}, up to {self.most}"


@attrs.frozen
class SkippedOver:
    """A rule, and the amount above which nothing is pulled."""

    rule: AmountRule
    most: Money

    def __attrs_post_init__(self) -> None:
        _check_composed(self.rule, self.most, "skipped over", "most")

    @property
    def facts(self) -> RuleFacts:
        """Those of the rule."""
        return _composed_facts(self.rule, self.most)

    def __call__(self, view: PullView, /) -> Wanted:
        """What the rule wants, with an amount above which it is skipped."""
        wanted = wanted_by(self.rule, view)
        return attrs.evolve(wanted, skips_over_minor=_lower(self.most.minor, wanted.skips_over_minor))

    def __str__(self) -> str:
        return f"{said(self.rule)}, nothing above {self.most}"


@attrs.frozen
class AtLeast:
    """A rule, and the least of one pull: as far as the agreement's share of what the rule takes allows.

    Of a fixed amount, which no balance lowers, the minimum is the least in any case.
    """

    rule: AmountRule
    minimum: Money

    def __attrs_post_init__(self) -> None:
        _check_composed(self.rule, self.minimum, "at least", "minimum")

    @property
    def facts(self) -> RuleFacts:
        """Those of the rule."""
        return _composed_facts(self.rule, self.minimum)

    def __call__(self, view: PullView, /) -> Wanted:
        """What the rule wants, raised from the first item on."""
        wanted = wanted_by(self.rule, view)
        lack = self.minimum.minor - sum(wanted.items.values(), Fraction(wanted.undesignated_minor))
        if lack <= 0:
            return wanted
        if not facts_of(self.rule).takes_items:
            return attrs.evolve(wanted, undesignated_minor=self.minimum.minor)
        room = {
            item.id: max(Fraction(0), item.share * item.base_minor - wanted.items[item.id])
            for item in view.items
            if item.id in wanted.items
        }
        more = filled(room, Fraction(lack))
        cut = {name: why for name, why in wanted.cut.items() if more.get(name, 0) < room.get(name, 0)}
        items = {name: want + more.get(name, 0) for name, want in wanted.items.items()}
        return attrs.evolve(wanted, items=items, cut=cut)

    def __str__(self) -> str:
        return f"{said(self.rule)}, at least {self.minimum}"


def wanted_by(rule: AmountRule, view: PullView) -> Wanted:
    """What a rule asks for; a mapping is what it wants of each item."""
    return checked_wanted(rule(view), rule, "rule")


def filled(wants: Mapping[str, Fraction], most: Fraction) -> Wants:
    """Wants from the first on, up to an amount in all: what is above it is cut from the last one up."""
    left, found = most, {}
    for name, want in wants.items():
        found[name] = max(Fraction(0), min(want, left))
        left -= found[name]
    return found


def _lower(one: int, other: int | None) -> int:
    return one if other is None else min(one, other)
