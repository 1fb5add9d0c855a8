"""What a rule sees of an account, and what it asks for: the protocol of amount rules.

The problem: "keep percent", "up to a maximum" and the next portal's mode differ in how much they ask for, and in
nothing else: limits, money on hand, rounding and reasons are the same for all, and must not be written again for each.
The decision: a rule is any callable that is given a ``PullView``, one agreement's view of the open items, and returns
what it wants of each item, exactly, as Fractions of minor units. What then becomes of it is for the run to say, which
also verifies it.

Source: rules R11 and R19; ours.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

import attrs

from arledger.autopay.classes import Includes, ItemClass
from arledger.checks import said, shown, type_name
from arledger.entries import Charge
from arledger.errors import OrderError
from arledger.money import Money, money_of


@attrs.frozen(order=False)
class PullItem:
    """A charge as one agreement sees it, or a pending increase as the charge that it would become.

    ``share`` is the part of it that the agreement pays. ``payable_minor`` is what is open, not at the bank and not
    disputed; of a settled charge of the period served, nothing. ``pulled_minor`` is what autopay has pulled of it for
    this period already, where a run is repeated.
    """

    charge: Charge
    item_class: ItemClass
    why: str
    share: Fraction
    payable_minor: int
    pulled_minor: int = 0
    disputed_minor: int = 0

    @property
    def id(self) -> str:
        """The charge's id."""
        return self.charge.id

    @property
    def base_minor(self) -> int:
        """What shares are taken of: what is payable, or was, before the period's first pull."""
        return self.payable_minor + self.pulled_minor

    @property
    def amount_minor(self) -> int:
        """What was charged, less what of it is disputed, in minor units."""
        return self.charge.amount.minor - self.disputed_minor

    @property
    def payable(self) -> Money:
        """What is payable of it."""
        return money_of(self.payable_minor, self.charge.amount.currency)


Wants = dict[str, Fraction]
"""What is asked for of each item, by its id, in minor units."""


@attrs.frozen(order=False)
class PullView:
    """What a rule may know: the items of an account as one agreement sees them, in the order of a draft's parts.

    ``items`` are all that the agreement may pay, settled charges of the period served too; none is held, and pending
    increases are among them where the policy includes them.
    ``stored_minor`` is the agreement's stored amount; ``includes`` what the policy takes besides the regular part.
    """

    items: tuple[PullItem, ...]
    includes: Includes
    currency: str
    on: date
    stored_minor: int | None = None

    def __str__(self) -> str:
        return f"the items of {self.on}"

    def by_amount(self, *classes: ItemClass) -> Wants:
        """The agreement's share of what was charged and is not disputed, of all items of some classes.

        Whatever was paid since: what its payer has paid of it, the run takes off, if ``Wanted.of_amounts`` names it.
        """
        return {item.id: item.share * item.amount_minor for item in self.items if item.item_class in classes}

    def by_payable(self, *classes: ItemClass) -> Wants:
        """The agreement's share of what is payable, of all items of some classes.

        Where a run is repeated, what was pulled for the period counts as payable still, so that nobody is asked for
        less since somebody else was first; what there is no longer, the run itself takes off.
        """
        return {
            item.id: item.share * item.base_minor
            for item in self.items
            if item.item_class in classes and item.payable_minor
        }

    def included(self) -> Wants:
        """The included part: the share of what is payable of the classes that the policy includes."""
        return self.by_payable(*self.includes.classes)


@attrs.frozen(order=False)
class Wanted:
    """What a rule asks for.

    ``items`` are exact minor units by the item's id. ``undesignated_minor`` is money for no item in particular, which
    neither the balance nor other payers lower. ``most_minor`` is the most of one pull; above ``skips_over_minor``
    nothing is pulled. ``of_amounts`` are the items that were asked for by what was charged, so that what the payer has
    paid of them comes off first.
    """

    items: Mapping[str, Fraction | int] = attrs.field(factory=dict)
    undesignated_minor: int = 0
    most_minor: int | None = None
    skips_over_minor: int | None = None
    of_amounts: Collection[str] = ()
    cut: Mapping[str, str] = attrs.field(factory=dict)
    """Why less than its share is asked for of an item, by its id, where a rule has a reason of its own."""


def checked_wanted(answer: Any, rule: Callable[..., object], subject: str) -> Wanted:
    """What a rule answered, as ``Wanted``, each field of its type; what it may want is for the run to say."""
    wanted = answer if isinstance(answer, Wanted) else Wanted(answer)
    if not isinstance(wanted.items, Mapping):
        raise OrderError(
            f"{subject}: {words_of(rule)} returned {type_name(wanted.items)}, not a mapping",
            field="rule",
            value=wanted.items,
            hint="return exact minor units by the item's id, or Wanted",
        )
    for name, want in wanted.items.items():
        if type(want) not in (int, Fraction):
            raise wrong_want(rule, subject, f"{type_name(want)} of {name}", "return ints or Fractions of minor units")
        if want < 0:
            raise wrong_want(rule, subject, f"{want} of {name}", "return 0 or more")
    for minor in (wanted.undesignated_minor, wanted.most_minor, wanted.skips_over_minor):
        if minor is not None and (type(minor) is not int or minor < 0):
            raise wrong_want(rule, subject, f"{shown(minor)} minor units", "pass ints of 0 or more")
    if wanted.undesignated_minor is None:
        raise wrong_want(rule, subject, "None for no item in particular", "pass an int of 0 or more")
    if isinstance(wanted.of_amounts, str) or not isinstance(wanted.of_amounts, Collection):
        raise wrong_want(rule, subject, f"of_amounts as {type_name(wanted.of_amounts)}", "pass the items' ids")
    if not isinstance(wanted.cut, Mapping) or not all(isinstance(why, str) for why in wanted.cut.values()):
        raise wrong_want(rule, subject, f"cut as {shown(wanted.cut)}", "pass reasons by the item's id, as text")
    return wanted


def wrong_want(rule: Callable[..., object], subject: str, what: str, hint: str) -> OrderError:
    """The refusal of what a rule wants."""
    return OrderError(f"{subject}: {words_of(rule)} wants {what}", field="rule", value=rule, hint=hint)


def words_of(rule: Callable[..., object]) -> str:
    """A rule as messages print it."""
    return said(rule).removeprefix("by ")


class AmountRule(Protocol):
    """How much to pull: any ``(view) -> Wanted``, or a mapping from item ids to exact minor units (ints or Fractions).

    ``pull`` has those of the vendors. Refused, with ``OrderError``: unknown items, negative amounts, more than the
    agreement's share of what was charged.
    """

    def __call__(self, view: PullView, /) -> Wanted | Mapping[str, Fraction | int]:
        """What is wanted of each item."""
        ...


@attrs.frozen
class RuleFacts:
    """What is to be known of a rule before it is asked."""

    reads_stored: bool = False
    """It reads the stored amount."""
    keeps_base: bool = False
    """It is for what was charged when it was agreed: features added later are new to it."""
    takes_items: bool = True
    """What it pulls is for items, so that it has a share of them."""
    currency: str | None = None
    """The currency of the sums in it."""


def facts_of(rule: Callable[..., object]) -> RuleFacts:
    """What is to be known of a rule; a function of the user's own reads nothing stored, and takes items."""
    facts = getattr(rule, "facts", None)
    return facts if isinstance(facts, RuleFacts) else RuleFacts()
