"""Which types of payment are taken: by the company, in its portals, and from an account.

The problem: four lists of check boxes that contradict each other, and an account whose checks have bounced twice that
still gives them. The decision: four sets in one value that is checked when it is made: what a portal takes must be
accepted, and so must a cash equivalent. What an account takes is read from its ledger: after so many returns within
12 months, cash equivalents only; a host may also say that it takes nothing.

Source: rule R48; the vendor's "Payment Types".
"""

from __future__ import annotations

from enum import Enum

import attrs

from arledger.checks import as_text_set, check_id, check_instance, check_int, check_tuple, shown
from arledger.dates.months import months_after
from arledger.entries import Return
from arledger.errors import InvalidValue
from arledger.ledger.position import Position
from arledger.payers.refusals import Refusal, RefusalKind

_PORTALS = ("resident_portal", "prospect_portal")
_MONTHS_LOOKED_BACK = 12


class Channel(Enum):
    """Where a payment is made."""

    OFFICE = "office"
    RESIDENT_PORTAL = "resident_portal"
    PROSPECT_PORTAL = "prospect_portal"

    def __repr__(self) -> str:
        return f"Channel.{self.name}"


class Takes(Enum):
    """What an account takes."""

    ANYTHING = "anything"
    CASH_EQUIVALENTS = "cash_equivalents"
    NOTHING = "nothing"

    def __repr__(self) -> str:
        return f"Takes.{self.name}"


@attrs.frozen(kw_only=True)
class PaymentTypes:
    """The vendor's "Payment Types": four sets of types, in the host's own words ("ach", "check", "credit_card").

    - ``accepted`` are those that the company takes, "behind the scenes".
    - ``resident_portal`` and ``prospect_portal`` are those that each portal takes.
    - ``cash_equivalent`` are those that cannot bounce.
    - ``cash_only_after``: so many returned payments within 12 months, and an account takes cash equivalents only.

    >>> PaymentTypes(accepted=["ach", "check"], resident_portal=["ach", "credit_card"])
    Traceback (most recent call last):
        ...
    arledger.errors.InvalidValue: payment types: resident_portal has credit_card, which is not accepted; add it to \
accepted, or leave it out
    """

    accepted: tuple[str, ...] = attrs.field(default=(), converter=as_text_set)
    resident_portal: tuple[str, ...] = attrs.field(default=(), converter=as_text_set)
    prospect_portal: tuple[str, ...] = attrs.field(default=(), converter=as_text_set)
    cash_equivalent: tuple[str, ...] = attrs.field(default=(), converter=as_text_set)
    cash_only_after: int | None = None

    def __attrs_post_init__(self) -> None:
        subject = "payment types"
        for field in ("accepted", *_PORTALS, "cash_equivalent"):
            types = getattr(self, field)
            check_tuple(types, subject, field, "str")
            for one in types:
                check_id(one, subject, field)
                if one not in self.accepted:
                    raise InvalidValue(
                        f"{subject}: {field} has {one}, which is not accepted",
                        field=field,
                        value=one,
                        hint="add it to accepted, or leave it out",
                    )
        if self.cash_only_after is not None:
            check_int(self.cash_only_after, subject, "cash_only_after")
            if self.cash_only_after < 1:
                raise InvalidValue(
                    f"{subject}: cash_only_after is {shown(self.cash_only_after)}",
                    field="cash_only_after",
                    value=self.cash_only_after,
                    hint="pass how many returns, 1 or more",
                )

    def taken_in(self, channel: Channel) -> tuple[str, ...]:
        """The types that are taken somewhere."""
        return self.accepted if channel is Channel.OFFICE else getattr(self, channel.value)


def takes_of(position: Position, types: PaymentTypes) -> Takes:
    """What an account takes on the day of a position: cash equivalents only, where payments came back too often.

    Counted are payments with a Return; a card holder's chargeback is none.

    >>> from datetime import date
    >>> from arledger import OLDEST_FIRST, Ledger, Money, Payment, replay
    >>> paid = Payment("P-1", Money("900", "CAD"), received=date(2026, 3, 1), method="check")
    >>> books = Ledger("CAD", [paid, Return("N-1", "P-1", on=date(2026, 3, 7))])
    >>> strict = PaymentTypes(accepted=["cash", "check"], cash_equivalent=["cash"], cash_only_after=1)
    >>> takes_of(replay(books, by=OLDEST_FIRST, as_of=date(2026, 3, 31)), strict)
    Takes.CASH_EQUIVALENTS

    Source: rule R48; how returns are counted is ours.
    """
    check_instance(position, Position, "takes_of", "position", "pass what replay gave")
    check_instance(types, PaymentTypes, "takes_of", "types")
    if types.cash_only_after is None:
        return Takes.ANYTHING
    day = position.as_of
    since = months_after(day, -_MONTHS_LOOKED_BACK)
    backs = {
        change.payment for change in position.view.changes if isinstance(change, Return) and since < change.on <= day
    }
    return Takes.ANYTHING if len(backs) < types.cash_only_after else Takes.CASH_EQUIVALENTS


def why_not_taken(
    kind: str, types: PaymentTypes, *, channel: Channel = Channel.OFFICE, takes: Takes = Takes.ANYTHING
) -> Refusal | None:
    """Why a type of payment is not taken from an account somewhere; None if it is.

    >>> types = PaymentTypes(accepted=["ach", "check"], resident_portal=["ach"])
    >>> print(why_not_taken("check", types, channel=Channel.RESIDENT_PORTAL))
    check: is not taken in the resident portal
    """
    check_id(kind, "why_not_taken", "kind")
    check_instance(types, PaymentTypes, "why_not_taken", "types")
    check_instance(channel, Channel, "why_not_taken", "channel", "pass a Channel, such as Channel.OFFICE")
    check_instance(takes, Takes, "why_not_taken", "takes", "pass a Takes, such as Takes.ANYTHING")
    reason = ""
    if kind not in types.accepted:
        reason = "is not accepted"
    elif kind not in types.taken_in(channel):
        reason = f"is not taken in the {channel.value.replace('_', ' ')}"
    elif takes is Takes.NOTHING:
        reason = "is not taken: the account takes no payments"
    elif takes is Takes.CASH_EQUIVALENTS and kind not in types.cash_equivalent:
        reason = "is not taken: the account takes cash equivalents only"
    return Refusal(RefusalKind.TYPE_NOT_TAKEN, reason, about=kind) if reason else None
