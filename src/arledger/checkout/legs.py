"""By which methods a sum is paid, and how much by each.

The problem: 60/40 between a card and a bank account loses a cent, a part in dollars leaves the rest to nobody, and a
method may be fine in itself and not be taken from this account. The decision: a sum is split over methods exactly (by
amounts that come to it, or by parts of the whole, the odd cent to the largest remainder), and each method is checked by
itself: whose it is, its state, its type. All that is wrong is told at once.

Source: rules R48, R50, R51 and R53.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import attrs

from arledger.apportion import split_by_weight
from arledger.checkout.processing import Bearer, ProcessingFee, fee_for
from arledger.checks import check_id, type_name
from arledger.errors import CurrencyMismatch, InvalidType, InvalidValue
from arledger.fees.amounts import worked_out
from arledger.fees.ground import Base, Ground
from arledger.money import Money, money_of, rounded, total
from arledger.payers.methods import PaymentMethod, PaymentMethods, why_not_usable
from arledger.payers.payment_types import Channel, PaymentTypes, Takes, why_not_taken
from arledger.payers.refusals import Refusal, RefusalKind
from arledger.rates import Percent
from arledger.rounding import HALF_UP

Paying = str | Mapping[str, Money] | Mapping[str, Percent] | Mapping[str, Fraction]
"""A saved method, by its id; or several, each with its amount, or each with its part of the whole."""

Parts = tuple[tuple[str, Money | Fraction], ...]


@attrs.frozen(order=False)
class QuoteLeg:
    """So much by one method, and what it costs to process. ``label`` is the method's nickname or its last digits."""

    method: str
    label: str
    payment_type: str
    settles_at_once: bool
    amount: Money
    fee: Money
    borne_by: Bearer | None

    @property
    def total(self) -> Money:
        """What the method is charged: the amount, and the fee if the payer bears it."""
        return self.amount + self.fee if self.borne_by is Bearer.PAYER else self.amount


def checked_parts(paying: Any) -> Parts:
    """Methods, each with its amount or its part of the whole, by id.

    Refused: no method, amounts beside parts, what is neither, parts that are not the whole.
    """
    if isinstance(paying, str):
        check_id(paying, "quote", "paying")
        return ((paying, Fraction(1)),)
    if not isinstance(paying, Mapping):
        raise InvalidType(
            f"quote: paying is {type_name(paying)}, not a method",
            field="paying",
            value=paying,
            hint="pass the id of a method, or several with their amounts or percentages",
        )
    if not paying:
        raise InvalidValue("quote: no method", field="paying", value=paying, hint="pass the id of one")
    parts = []
    for name, part in sorted(paying.items(), key=lambda pair: str(pair[0])):
        check_id(name, "quote", "paying")
        given = part.fraction if isinstance(part, Percent) else part
        if not isinstance(given, (Money, Fraction)) or isinstance(given, Money) != isinstance(
            next(iter(paying.values())), Money
        ):
            raise InvalidType(
                f"quote: the part of {name} is {type_name(part)}",
                field="paying",
                value=part,
                hint="pass Money for each, or Percent or Fraction for each",
            )
        parts.append((name, given))
    _check_whole(parts)
    return tuple(parts)


def _check_whole(parts: Sequence[tuple[str, Money | Fraction]]) -> None:
    fractions = [part for _, part in parts if isinstance(part, Fraction)]
    if fractions and (sum(fractions) != 1 or min(fractions) <= 0):
        raise InvalidValue(
            "quote: the parts are not the whole",
            field="paying",
            value=dict(parts),
            hint="pass parts above 0 that come to 100%",
        )


def amounts_by_method(parts: Parts, whole: Money) -> dict[str, Money] | Refusal:
    """How much by each method; or a refusal, where amounts do not come to the whole, or a part to nothing.

    >>> amounts_by_method(checked_parts({"M-1": Percent(60), "M-2": Percent(40)}), Money("100", "USD"))
    {'M-1': Money('60.00', 'USD'), 'M-2': Money('40.00', 'USD')}
    """
    given = {name: part for name, part in parts if isinstance(part, Money)}
    if given:
        for money in given.values():
            if money.currency != whole.currency:
                raise CurrencyMismatch(f"quote: a part of {money} of {whole}", field="paying", value=money)
        if total(given.values(), whole.currency) != whole:
            reason = f"the parts come to {total(given.values(), whole.currency)}, and not to {whole}"
            return Refusal(RefusalKind.NOT_SPLIT, reason)
        found = given
    else:
        weights = [part for _, part in parts if isinstance(part, Fraction)]
        found = {name: money for (name, _), money in zip(parts, split_by_weight(whole, weights), strict=True)}
    nothing = next((name for name, money in found.items() if money.minor <= 0), None)
    return found if nothing is None else Refusal(RefusalKind.NOT_SPLIT, "would pay nothing", about=nothing)


def leg_of(method: PaymentMethod, amount: Money, fees: Sequence[ProcessingFee], on: date) -> QuoteLeg:
    """What is paid by a method, with its fee."""
    line = fee_for(fees, method.payment_type)
    cost = money_of(0, amount.currency)
    if line is not None:
        worked = worked_out(line.amount, Ground(amount.currency, {Base.FACE: amount.minor}, on, on, on))
        cost = money_of(rounded(worked.minor, HALF_UP, amount.currency), amount.currency)
    return QuoteLeg(
        method=method.id,
        label=str(method),
        payment_type=method.payment_type,
        settles_at_once=method.kind.settles_at_once,
        amount=amount,
        fee=cost,
        borne_by=line.borne_by if line is not None and cost else None,
    )


def why_not_by(
    name: str,
    methods: PaymentMethods,
    payers: Sequence[str | None],
    on: date,
    *,
    types: PaymentTypes | None,
    channel: Channel,
    takes: Takes,
) -> Refusal | None:
    """Why nothing can be paid by a method here; None if it can."""
    known = {one.id: one for payer in payers for one in methods if one.payer == payer}
    if name not in known:
        return Refusal(RefusalKind.NOT_THEIRS, "there is no such method", about=name)
    method = known[name]
    refusal = why_not_usable(method, on)
    if refusal is not None:
        return refusal
    if types is not None:
        return why_not_taken(method.payment_type, types, channel=channel, takes=takes)
    if takes is Takes.NOTHING:
        return Refusal(RefusalKind.TYPE_NOT_TAKEN, "the account takes no payments")
    return None
