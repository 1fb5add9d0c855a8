"""What a run comes to: for each agreement an amount, its parts, what was held back, and every step.

Source: rules R19 and R21.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

import attrs

from arledger.autopay.agreements import Agreement
from arledger.autopay.classes import ItemClass
from arledger.autopay.policy import AutopayPolicy
from arledger.autopay.runs import AutopayRun
from arledger.autopay.wanted import words_of
from arledger.entries import Payment
from arledger.fees.assessment import exact_text
from arledger.ledger.position import Position
from arledger.money import Money, amount_text, total
from arledger.tables import text_table


@attrs.frozen(order=False)
class Part:
    """So much of a pull is for that charge."""

    charge: str
    item_class: ItemClass
    amount: Money


@attrs.frozen(order=False)
class HeldBack:
    """So much of a charge nobody pulls, and why. ``agreement`` is whose part of it it is; None where it is nobody's."""

    charge: str
    amount: Money
    reason: str
    agreement: str | None = None


@attrs.frozen(order=False)
class Step:
    """A step of the sum: what it is, by how much, in exact minor units, and what it came to."""

    what: str
    change: Fraction
    comes_to: Fraction


@attrs.frozen(order=False)
class Draft:
    """What autopay would pull by one agreement.

    ``agreed`` is the stored amount, which a run never changes, and ``amount`` what would be pulled; its ``parts`` are
    what it is for, and ``held`` what it left of the agreement's own part of each item. ``payment`` is what the pull
    would become on ``execute_on``, designated to its parts; None where nothing is pulled, and ``reason`` then says why.
    ``notice_by`` is the day by which the payer is to be told of the amount, where it varies. ``ends`` says that the
    agreement ends with this run. ``method`` is the id of the saved method that is charged, where saved methods are
    known.
    """

    agreement: Agreement
    agreed: Money | None
    amount: Money
    parts: tuple[Part, ...]
    held: tuple[HeldBack, ...]
    steps: tuple[Step, ...]
    execute_on: date
    notice_by: date | None
    payment: Payment | None
    reason: str = ""
    ends: bool = False
    method: str | None = None

    @property
    def payer(self) -> str | None:
        """Whose money it is."""
        return self.agreement.payer

    def __str__(self) -> str:
        currency = self.amount.currency
        heading = f"{self.agreement.id}{f', {self.payer}' if self.payer else ''}: {words_of(self.agreement.rule)}"
        rows = [
            (step.what, exact_text(step.change, currency), exact_text(step.comes_to, currency)) for step in self.steps
        ]
        rows.append((f"pulled ({self.reason})" if self.reason else "pulled", "", amount_text(self.amount)))
        texts = [text_table((heading, "by", currency), rows, right=(1, 2))]
        if self.parts:
            parts = [(part.charge, part.item_class.value, amount_text(part.amount)) for part in self.parts]
            texts.append(text_table(("part", "class", currency), parts, right=(2,)))
        if self.held:
            texts.append(held_text(self.held, currency))
        return "\n\n".join(texts)


def held_text(held: Iterable[HeldBack], currency: str) -> str:
    """What was held back, as a table."""
    rows = [(one.charge, amount_text(one.amount), one.reason) for one in held]
    return text_table(("held back", currency, "why"), rows, right=(1,))


@attrs.frozen(order=False)
class Drafts:
    """What a run pulls from all payers of an account, from one snapshot of it.

    ``drafts`` are in the order of the payers' ids. ``unclaimed`` is what no agreement takes of each item: disputed, of
    no share, or of payers without an agreement. All parts, and all that is held back, are what was payable, and the
    pending increases. ``left_out`` are the agreements that do not stand on the day, by id, with the reason.
    """

    run: AutopayRun
    policy: AutopayPolicy
    currency: str
    position: Position = attrs.field(repr=False)
    """The snapshot, as of the day of the run; its fingerprint tells whether the account has changed since."""
    drafts: tuple[Draft, ...]
    unclaimed: tuple[HeldBack, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def payments(self) -> tuple[Payment, ...]:
        """The payments that the drafts would become."""
        return tuple(draft.payment for draft in self.drafts if draft.payment is not None)

    @property
    def held(self) -> tuple[HeldBack, ...]:
        """All that is held back, of each agreement and of none."""
        return (*(one for draft in self.drafts for one in draft.held), *self.unclaimed)

    @property
    def total(self) -> Money:
        """All that is pulled."""
        return total([draft.amount for draft in self.drafts], self.currency)

    @property
    def explanation(self) -> str:
        """Every step of every draft, its parts, and what was held back."""
        texts = [f"autopay of {self.run.on} for {self.run.period}; included: {self.policy.includes}"]
        texts += map(str, self.drafts)
        if self.unclaimed:
            texts.append(held_text(self.unclaimed, self.currency))
        if self.left_out:
            texts.append(text_table(("agreement", "left out, since"), self.left_out))
        return "\n\n".join(texts)

    def __str__(self) -> str:
        return drafts_text(self.drafts, self.currency)


def drafts_text(drafts: Sequence[Draft], currency: str) -> str:
    """Drafts as a table, with their total."""
    rows = [
        (
            draft.agreement.id,
            draft.payer or "",
            "" if draft.agreed is None else amount_text(draft.agreed),
            amount_text(draft.amount),
            str(draft.execute_on),
            "" if draft.notice_by is None else str(draft.notice_by),
            draft.reason,
        )
        for draft in drafts
    ]
    rows.append(("total", "", "", amount_text(total([draft.amount for draft in drafts], currency)), "", "", ""))
    header = ("agreement", "payer", "agreed", f"pull in {currency}", "on", "notice by", "why nothing")
    return text_table(header, rows, right=(2, 3))
