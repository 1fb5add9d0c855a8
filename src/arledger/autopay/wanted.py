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
from typing import Protocol

import attrs

from arledger.autopay.classes import Includes, ItemClass
from arledger.entries import Charge
from arledger.money import Money, money_of


@attrs.frozen(order=False)
class PullItem:
    """A charge as one agreement sees it, or a pending increase as the charge that it would become.

    ``share`` is the part of it that the agreement pays. ``payable_minor`` is what is open, not at the bank and not
    disputed; of a settled charge of the period served, nothing.
    """

    charge: Charge
    item_class: ItemClass
    why: str
    share: Fraction
    payable_minor: int

    @property
    def id(self) -> str:
        """The charge's id."""
        return self.charge.id

    @property
    def amount_minor(self) -> int:
        """What was charged, in minor units."""
        return self.charge.amount.minor

    @property
    def payable(self) -> Money:
        """What is payable of it."""
        return money_of(self.payable_minor, self.charge.amount.currency)


Wants = dict[str, Fraction]
"""What is asked for of each item, by its id, in minor units."""


@attrs.frozen(order=False)
class PullView:
    """What a rule may know: the items of an account as one agreement sees them, in the order of a draft's parts.

    ``items`` are all that the agreement may pay, settled charges of the period served too; none is held.
    ``stored_minor`` is the agreement's stored amount; ``includes`` what the policy takes besides the regular part.
    """

    items: tuple[PullItem, ...]
    includes: Includes
    currency: str
    on: date
    stored_minor: int | None = None

    def by_amount(self, *classes: ItemClass) -> Wants:
        """The agreement's share of what was charged, of all items of some classes, whatever was paid since."""
        return {item.id: item.share * item.amount_minor for item in self.items if item.item_class in classes}

    def by_payable(self, *classes: ItemClass) -> Wants:
        """The agreement's share of what is payable, of all items of some classes."""
        return {
            item.id: item.share * item.payable_minor
            for item in self.items
            if item.item_class in classes and item.payable_minor
        }

    def included(self) -> Wants:
        """The included part: of the classes that the policy includes; of increases, which nobody paid, the amount."""
        classes = [one for one in self.includes.classes if one is not ItemClass.PENDING_INCREASE]
        return self.by_payable(*classes) | self.increases()

    def increases(self) -> Wants:
        """The share of pending increases, where the policy includes them."""
        is_included = ItemClass.PENDING_INCREASE in self.includes.classes
        return self.by_amount(ItemClass.PENDING_INCREASE) if is_included else {}


@attrs.frozen(order=False)
class Wanted:
    """What a rule asks for.

    ``items`` are exact minor units by the item's id. ``undesignated_minor`` is money for no item in particular, which
    neither the balance nor other payers lower. ``most_minor`` is the most of one pull; above ``skips_over_minor``
    nothing is pulled. ``of_amounts`` are the items that were asked for by what was charged, so that what the payer has
    paid of them comes off first.
    """

    items: Mapping[str, Fraction] = attrs.field(factory=dict)
    undesignated_minor: int = 0
    most_minor: int | None = None
    skips_over_minor: int | None = None
    of_amounts: Collection[str] = ()
    cut: Mapping[str, str] = attrs.field(factory=dict)
    """Why less than its share is asked for of an item, by its id, where a rule has a reason of its own."""


class AmountRule(Protocol):
    """How much to pull: any ``(view) -> Wanted``, or a mapping from item ids to exact minor units (ints or Fractions).

    ``pull`` has those of the vendors. Refused, with ``OrderError``: unknown items, negative amounts, more than the
    agreement's share of what was charged.
    """

    def __call__(self, view: PullView, /) -> Wanted | Mapping[str, Fraction]:
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
