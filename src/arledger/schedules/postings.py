"""Postings: the record that a payment was made towards an invoice, to be passed to the system that keeps its balance.

The problem: a law firm's balances are kept elsewhere, and a payment of yesterday is in them only when somebody has
posted it there. Until then the invoice looks unpaid, and the next run would pay it again. The decision: a posting is a
frozen value for each invoice that a payment pays, with a state and, once it is posted or handled by hand, the day of
it. What may follow what is one table; a payment that comes back fails its postings, also those that are posted.

Source: rules R57 and R59; ClientPay's "Manage Postings".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType

import attrs

from arledger.checks import as_sorted, check_date, check_id, check_ids_differ, check_instance, check_tuple_of
from arledger.entries.application import escaped_id
from arledger.entries.fields import check_amount, check_optional_ids
from arledger.errors import Conflict, InvalidValue
from arledger.money import Money


class PostingState(Enum):
    """Where a posting is."""

    QUEUED = "queued"
    """It waits for its payment to be sent."""
    PENDING = "pending"
    """The payment is made, and the posting waits to be passed on."""
    INCOMPLETE = "incomplete"
    """The other system did not take all of it, and somebody has to look at it."""
    POSTED = "posted"
    REMOVED = "removed"
    """It was handled by hand."""
    FAILED = "failed"
    """The payment was declined, or came back."""

    @property
    def needs_day(self) -> bool:
        """Whether it is of a day from which the balance may reckon with it."""
        return self in (PostingState.POSTED, PostingState.REMOVED)

    def __repr__(self) -> str:
        return f"PostingState.{self.name}"


_AFTER_QUEUED = (
    PostingState.PENDING,
    PostingState.INCOMPLETE,
    PostingState.POSTED,
    PostingState.REMOVED,
    PostingState.FAILED,
)

NEXT_POSTING_STATES: Mapping[PostingState, tuple[PostingState, ...]] = MappingProxyType(
    {
        PostingState.QUEUED: _AFTER_QUEUED,
        PostingState.PENDING: _AFTER_QUEUED[1:],
        PostingState.INCOMPLETE: (PostingState.PENDING, *_AFTER_QUEUED[2:]),
        PostingState.POSTED: (PostingState.FAILED,),
        PostingState.REMOVED: (PostingState.FAILED,),
        PostingState.FAILED: (),
    }
)
"""The states that may follow each; what was posted fails when its payment comes back."""


@attrs.frozen(order=False)
class Posting:
    """So much of a payment is for that invoice.

    ``schedule``, ``association`` and ``run`` (its day) say by which run of which enrolment it came about; a payment
    that was made by hand has none of them. ``posted`` is the day on which it was posted, or handled by hand.

    >>> posting = Posting("P-1>INV-7", Money("200", "USD"), payment="P-1", invoice="INV-7")
    >>> posting.state, step_posting(posting, PostingState.POSTED, posted=date(2026, 3, 17)).posted
    (PostingState.QUEUED, datetime.date(2026, 3, 17))

    Refused: a day without one of these two states, and the other way round; a run without its schedule.
    """

    id: str
    amount: Money
    payment: str = attrs.field(kw_only=True)
    invoice: str = attrs.field(kw_only=True)
    schedule: str | None = attrs.field(default=None, kw_only=True)
    association: str | None = attrs.field(default=None, kw_only=True)
    run: date | None = attrs.field(default=None, kw_only=True)
    state: PostingState = attrs.field(default=PostingState.QUEUED, kw_only=True)
    posted: date | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "posting")
        subject = f"posting {self.id}"
        check_amount(self.amount, subject)
        check_id(self.payment, subject, "payment")
        check_id(self.invoice, subject, "invoice")
        check_optional_ids(self, subject, "schedule", "association")
        for field in ("run", "posted"):
            if getattr(self, field) is not None:
                check_date(getattr(self, field), subject, field)
        for field in ("association", "run"):
            self._check_of_schedule(subject, field)
        check_instance(self.state, PostingState, subject, "state", "pass a PostingState, such as PostingState.POSTED")
        if self.state.needs_day != (self.posted is not None):
            raise InvalidValue(
                f"{subject}: is {self.state.value}, and posted is {self.posted}",
                field="posted",
                value=self.posted,
                hint="pass the day of it" if self.state.needs_day else "leave it out",
            )

    def _check_of_schedule(self, subject: str, field: str) -> None:
        value = getattr(self, field)
        if (value is None) != (self.schedule is None):
            raise InvalidValue(
                f"{subject}: {field} is {value}, and schedule is {self.schedule}",
                field=field,
                value=value,
                hint="pass schedule=, association= and run=, or none of them",
            )

    @property
    def stands(self) -> bool:
        """Whether its payment was not declined, and did not come back."""
        return self.state is not PostingState.FAILED


def posting_id(payment: str, invoice: str) -> str:
    """The id of what a payment pays of an invoice.

    >>> posting_id("S-1/run@2026-03-15", "INV-7")
    'S-1/run@2026-03-15>INV-7'
    """
    return f"{escaped_id(payment)}>{escaped_id(invoice)}"


def step_posting(posting: Posting, state: PostingState, *, posted: date | None = None) -> Posting:
    """A posting as it is in another state; ``posted`` is the day of it, if it is posted or handled by hand now.

    >>> queued = Posting("P-1>INV-7", Money("200", "USD"), payment="P-1", invoice="INV-7")
    >>> step_posting(step_posting(queued, PostingState.FAILED), PostingState.POSTED, posted=date(2026, 3, 17))
    Traceback (most recent call last):
        ...
    arledger.errors.Conflict: posting P-1>INV-7: cannot be posted after failed; nothing follows it

    Refused: a state that may not follow (``Conflict``).

    Source: rule R57; what may follow what is ours.
    """
    check_instance(posting, Posting, "step_posting", "posting")
    subject = f"posting {posting.id}"
    check_instance(state, PostingState, subject, "state", "pass a PostingState, such as PostingState.POSTED")
    following = NEXT_POSTING_STATES[posting.state]
    if state not in following:
        names = [after.value for after in following]
        raise Conflict(
            f"{subject}: cannot be {state.value} after {posting.state.value}",
            field="state",
            value=state,
            hint=f"it can be {' or '.join(names)}" if names else "nothing follows it",
        )
    return attrs.evolve(posting, state=state, posted=posted)


def checked_postings(postings: Posting | Iterable[Posting], subject: str) -> tuple[Posting, ...]:
    """Postings by their ids. Refused: what is none, and an id twice."""
    found = as_sorted(postings, Posting)
    check_tuple_of(found, Posting, subject, "postings")
    check_ids_differ(found, "posting")
    return found
