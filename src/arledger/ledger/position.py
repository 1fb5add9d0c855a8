"""What a ledger comes to as of a day, with its history and its reasons.

Source: rule R45.
"""

from __future__ import annotations

import hashlib
from functools import cached_property

import attrs

from arledger.checks import check_id, check_instance, name_of
from arledger.entries import Application, Credit
from arledger.errors import UnknownName, did_you_mean
from arledger.ledger.balances import Balances
from arledger.ledger.history import history_of
from arledger.ledger.story import Story, story_of
from arledger.money import Money, minor_text, money_of


@attrs.frozen(repr=False, order=False)
class Position(Balances):
    """What a ledger comes to at the end of the day ``as_of``, as far as it was known on the day ``known``.

    Made by ``replay``. Two positions are equal when they were made of the same.
    """

    @cached_property
    def history(self) -> tuple[Application, ...]:
        """Every application, and every one that undid one, day after day; the given ones keep their ids."""
        return history_of(self)

    @cached_property
    def fingerprint(self) -> str:
        """A digest of all that the position was made from: another one means that the account has changed."""
        found = hashlib.sha256()
        terms = self.terms
        texts = [self.currency, str(self.as_of), str(self.ledger.closed_through), name_of(terms.by)]
        texts += [repr(attrs.astuple(terms, recurse=False)[1:])]
        texts += [repr(fact) for facts in (self.view.charges, self.view.money, self.view.changes) for fact in facts]
        texts += [f"{payment} {life.state_on(self.as_of)}" for payment, life in self.view.lives.items()]
        texts += [repr(application) for application in self.fixed]
        for text in texts:
            found.update(text.encode())
            found.update(b"\n")
        return found.hexdigest()

    @cached_property
    def explanation(self) -> Story:
        """Why each line is what it is, why charges are open, and why money is unapplied."""
        return story_of(self)

    def __repr__(self) -> str:
        open_text, balance = (minor_text(money.minor, self.currency) for money in (self.total_open, self.balance))
        return f"<Position as of {self.as_of} in {self.currency}: {open_text} open, balance {balance}>"


def refundable(position: Position, payment: str) -> Money:
    """What of a payment may be refunded or transferred: settled, and applied to nothing. Of a credit there is nothing.

    >>> from datetime import date
    >>> from arledger import OLDEST_FIRST, Charge, Ledger, Payment, replay
    >>> rent = Charge("rent", Money("900", "CAD"), due=date(2026, 1, 1))
    >>> books = Ledger("CAD", [rent, Payment("P-1", Money("1000", "CAD"), received=date(2026, 1, 9))])
    >>> refundable(replay(books, by=OLDEST_FIRST, as_of=date(2026, 1, 31)), "P-1")
    Money('100.00', 'CAD')

    Refused: a payment that had not come (``UnknownName``).

    Source: rule R43.
    """
    check_instance(position, Position, "refundable", "position", "pass what replay gave")
    check_id(payment, "refundable", "payment")
    place = position.view.money_places.get(payment)
    if place is None:
        raise UnknownName(
            f"refundable: there is no payment {payment} on {position.as_of}",
            field="payment",
            value=payment,
            hint=did_you_mean(payment, position.view.money_places),
        )
    if isinstance(position.view.money[place], Credit):
        return money_of(0, position.currency)
    return position.left_of(payment)
