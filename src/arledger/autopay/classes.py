"""The classes of items that autopay tells apart, and what a policy includes of them.

Source: rules R10 and R12.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import attrs

from arledger.checks import as_tuple, check_instance, check_tuple_of
from arledger.errors import InvalidValue


class ItemClass(Enum):
    """What an item is to a run of autopay, in the order in which a draft lists its parts.

    ARREARS and CURRENT are the regular charges (the service, features, what recurs, and taxes on them) of earlier
    periods and of the one served. NEW is posted after the agreement and in no base of it. A PENDING_INCREASE is no item
    of the ledger. HELD is what the agreement may not pay: disputed, another payer's, of a period that is left out.
    """

    ARREARS = "arrears"
    CURRENT = "current"
    DEPOSIT = "deposit"
    ONE_TIME_ADJUSTMENT = "one_time_adjustment"
    NEW = "new"
    OTHER = "other"
    PENDING_INCREASE = "pending_increase"
    HELD = "held"

    def __repr__(self) -> str:
        return f"ItemClass.{self.name}"


REGULAR = (ItemClass.ARREARS, ItemClass.CURRENT)
"""The classes of what is charged again and again."""

PLACES = {item_class: place for place, item_class in enumerate(ItemClass)}
"""The place of each class in a draft."""

_WORDS = {
    ItemClass.ARREARS: "arrears",
    ItemClass.CURRENT: "current charges",
    ItemClass.DEPOSIT: "deposits",
    ItemClass.ONE_TIME_ADJUSTMENT: "one-time adjustments",
    ItemClass.NEW: "new charges",
    ItemClass.OTHER: "other charges",
    ItemClass.PENDING_INCREASE: "pending increases",
}


def class_words(item_class: ItemClass) -> str:
    """A class as sentences say it."""
    return _WORDS[item_class]


def _in_order(classes: Iterable[ItemClass]) -> tuple[ItemClass, ...]:
    given = as_tuple(classes)
    if isinstance(given, tuple) and all(isinstance(one, ItemClass) for one in given):
        return tuple(sorted(set(given), key=PLACES.__getitem__))
    return given


@attrs.frozen(order=False)
class Includes:
    """What autopay takes besides the regular part. ``arledger.include`` has the boxes; they are joined with ``|``.

    ``classes`` are the classes of items that are taken too. ``nets_adjustments`` and ``nets_credits`` say whether
    unapplied credits lower a pull: those that are adjustments, and all others. ``pays_everything`` lifts a stored
    amount as a ceiling.
    """

    classes: tuple[ItemClass, ...] = attrs.field(default=(), converter=_in_order)
    nets_adjustments: bool = attrs.field(default=False, kw_only=True)
    nets_credits: bool = attrs.field(default=False, kw_only=True)
    pays_everything: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_tuple_of(self.classes, ItemClass, "includes", "classes", "pass ItemClass values, such as .DEPOSIT")
        if ItemClass.HELD in self.classes:
            raise InvalidValue(
                "includes: what is held is never pulled", field="classes", value=ItemClass.HELD, hint="leave it out"
            )
        for field in ("nets_adjustments", "nets_credits", "pays_everything"):
            check_instance(getattr(self, field), bool, "includes", field, "pass True or False")

    def __or__(self, other: Includes) -> Includes:
        check_instance(other, Includes, "includes", "other", "join it with a box, such as include.DEPOSITS")
        return Includes(
            (*self.classes, *other.classes),
            nets_adjustments=self.nets_adjustments or other.nets_adjustments,
            nets_credits=self.nets_credits or other.nets_credits,
            pays_everything=self.pays_everything or other.pays_everything,
        )

    def __str__(self) -> str:
        words = [class_words(one) for one in self.classes]
        if self.nets_credits:
            words.append("credits")
        elif self.nets_adjustments:
            words.append("credits that are adjustments")
        if self.pays_everything:
            words.append("whatever the stored amount")
        if len(words) < 2:  # nothing to join
            return words[0] if words else "nothing else"
        return f"{', '.join(words[:-1])} and {words[-1]}"
