"""What assessing a rule comes to: proposed charges, and every step that led to each.

Source: rules R33 to R35.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import attrs

from arledger.currencies import currency_digits
from arledger.entries import Charge
from arledger.fees.amounts import Worked, counted
from arledger.fees.rule import LateFeeRule
from arledger.money import Money, amount_text, minor_text, total
from arledger.rates import number_text
from arledger.tables import text_table


@attrs.frozen(order=False)
class LimitLeft:
    """A limit, what was charged under it before, and what is left of it."""

    limit: str
    charged: Money
    left: Money


@attrs.frozen(order=False)
class AssessedItem:
    """What is assessed together, and what it came to.

    ``about`` is the charge that the fee names, the chief of ``charges``. ``owed`` is ``payable`` less what is
    ``disputed`` and less money that is ``on_hand``. ``worked`` has the steps of the rule's amount, ``total`` what the
    rule comes to by now, ``charged`` what was charged before; ``proposed`` is the rest, within the limits. ``reason``
    says why it is nothing, where it is.
    """

    about: str
    charges: tuple[str, ...]
    payer: str | None
    due: date
    first_day: date
    days_late: int
    payable: Money
    disputed: Money
    on_hand: Money
    owed: Money
    worked: Worked | None
    total: Money
    charged: Money
    limits: tuple[LimitLeft, ...]
    proposed: Money
    reason: str = ""

    def __str__(self) -> str:
        title = f"{' + '.join(self.charges)}, due {self.due}, {counted(self.days_late, 'day')} late"
        rows = [("payable", amount_text(self.payable))]
        for word, money in (("disputed", self.disputed), ("money on hand", self.on_hand)):
            if money:
                rows.append((f"less {word}", amount_text(money)))
        rows.append(("owed", amount_text(self.owed)))
        if self.worked is not None:
            rows.extend(step_rows(self.worked, self.owed.currency))
            rows.append(("the rule comes to", amount_text(self.total)))
            rows.append(("charged before", amount_text(self.charged)))
        rows.extend(
            (f"{limit.limit}, {amount_text(limit.charged)} charged, leaves", amount_text(limit.left))
            for limit in self.limits
        )
        rows.append((f"proposed ({self.reason})" if self.reason else "proposed", amount_text(self.proposed)))
        return text_table((title, self.owed.currency), rows, right=(1,))


def step_rows(worked: Worked, currency: str, depth: int = 0) -> list[tuple[str, str]]:
    """The steps of an amount, each below the one that it is a part of."""
    rows = [(f"{'  ' * depth}{worked.text}", exact_text(worked.minor, currency))]
    for step in worked.steps:
        rows.extend(step_rows(step, currency, depth + 1))
    return rows


def full_text(minor: Fraction, currency: str) -> str:
    """Minor units in major units, exactly: as a decimal number, or as a fraction where that has no end."""
    if minor.denominator == 1:
        return minor_text(minor.numerator, currency)
    return number_text(minor / 10 ** currency_digits(currency))


def exact_text(minor: Fraction, currency: str) -> str:
    """Minor units as plain text in major units; what has no end in decimals is cut two places below the minor unit.

    >>> exact_text(Fraction(1234), "CAD"), exact_text(Fraction(25, 2), "CAD"), exact_text(Fraction(10000, 3), "CAD")
    ('12.34', '0.125', '33.3333...')
    """
    text = full_text(minor, currency)
    if "/" not in text:
        return text
    return number_text(Fraction(int(minor * 100), 10 ** (currency_digits(currency) + 2))) + "..."


@attrs.frozen(order=False)
class Assessment:
    """What a rule charges on a day: the proposed ``charges``, what was assessed, and what was left out, and why."""

    rule: LateFeeRule
    on: date
    currency: str
    charges: tuple[Charge, ...]
    items: tuple[AssessedItem, ...]
    left_out: tuple[tuple[str, str], ...]
    """The open charges that count for nothing, by id, each with the reason."""

    @property
    def total(self) -> Money:
        """All that is proposed."""
        return total([charge.amount for charge in self.charges], self.currency)

    @property
    def explanation(self) -> str:
        """The rule, the steps of each item, and what was left out."""
        parts = [f"{self.rule}, on {self.on}", *map(str, self.items)]
        if self.left_out:
            parts.append(text_table(("left out", "why"), self.left_out))
        return "\n\n".join(parts)

    def __str__(self) -> str:
        return charges_text(self.charges, self.currency)


def charges_text(charges: Sequence[Charge], currency: str) -> str:
    """Proposed charges as a table, with their total."""
    rows = [
        (charge.id, charge.about or "", charge.payer or "", str(charge.due), amount_text(charge.amount))
        for charge in charges
    ]
    rows.append(("total", "", "", "", amount_text(total([charge.amount for charge in charges], currency))))
    return text_table(("charge", "about", "payer", "due", currency), rows, right=(4,))
