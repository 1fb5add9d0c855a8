"""Why somebody may not do something, as a value.

The problem: a portal must tell a payer why a card is not taken or an invoice cannot be paid, and an exception is for
programmers. The decision: what a person may not do is an outcome and no misuse: a ``Refusal`` has its kind, for a
program, and its reason, for a person. A reason names nobody else, and it does not tell whether an invoice that one may
not see exists.

Source: rule R54.
"""

from __future__ import annotations

from enum import Enum

import attrs


class RefusalKind(Enum):
    """What stands in the way."""

    NO_ACCESS = "no_access"
    """The contact has no access, or has not it any more."""
    READ_ONLY = "read_only"
    """The contact may see invoices, and not pay."""
    RUN_BY_OTHERS = "run_by_others"
    """Payments are run by the billing team, or by the payers themselves."""
    NOT_THEIRS = "not_theirs"
    """There is no such invoice, or no such method, that is theirs."""
    NOTHING_PAYABLE = "nothing_payable"
    NOT_POSITIVE = "not_positive"
    OVER_PAYABLE = "over_payable"
    NOT_EXACT = "not_exact"
    """Another amount than exactly what is payable."""
    METHOD_UNUSABLE = "method_unusable"
    """The method is disabled, deleted or expired."""
    TYPE_NOT_TAKEN = "type_not_taken"
    """The company, the portal or the account does not take that type of payment."""
    NOT_SPLIT = "not_split"
    """One payment is by one method, or the parts are not the whole."""
    CHANGED = "changed"
    """The account, or what one may do with it, is not what it was when the quote was made."""
    SUBMITTED = "submitted"
    """The quote was submitted before."""
    LATE = "late"
    """The quote is of another day."""
    UNDER_WAY = "under_way"
    """A payment on it is at the bank."""

    def __repr__(self) -> str:
        return f"RefusalKind.{self.name}"


@attrs.frozen
class Refusal:
    """Why not; prints as its reason. ``about`` is the id of the contact, the invoice or the method, if it is of one.

    >>> print(Refusal(RefusalKind.READ_ONLY, "may see invoices, and not pay", about="C-1"))
    C-1: may see invoices, and not pay
    """

    kind: RefusalKind
    reason: str
    about: str | None = attrs.field(default=None, kw_only=True)

    def __str__(self) -> str:
        return self.reason if self.about is None else f"{self.about}: {self.reason}"
