"""Enrolments: an association in a schedule, since a day, and until its own end.

The problem: one schedule pays a client's new invoices for a year and an old one in parts, and each stops at another
time. The decision: an enrolment is the association with its day and its own end rule; absent, the rule follows from how
far the association reaches. Ties to a client or a matter run for a year; a tie to one invoice is a payment plan.

Source: rules R56 and R58; ClientPay's "Manage Enrollments".
"""

from __future__ import annotations

from datetime import date

import attrs

from arledger.checks import check_date, check_instance
from arledger.payers.associations import Association, AssociationScope
from arledger.schedules.ending import EndRule, check_end_rule, end_words
from arledger.schedules.ends import WHEN_PAID, WITHIN_A_YEAR


@attrs.frozen(order=False)
class Enrolment:
    """An association that a schedule pays, from a day on.

    >>> print(Enrolment(Association("A-1", "ana", client="Roy"), since=date(2026, 1, 15)))
    A-1: client Roy, since 2026-01-15, ends within a year of its start

    Refused: what is no end rule.
    """

    association: Association
    since: date = attrs.field(kw_only=True)
    ends: EndRule | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_instance(self.association, Association, "enrolment", "association")
        subject = f"enrolment {self.id}"
        check_date(self.since, subject, "since")
        if self.ends is not None:
            check_end_rule(self.ends, subject)

    @property
    def id(self) -> str:
        """The association's id."""
        return self.association.id

    @property
    def end_rule(self) -> EndRule:
        """When it ends: its own rule, or that of its association's scope."""
        if self.ends is not None:
            return self.ends
        return WHEN_PAID if self.association.scope is AssociationScope.INVOICE else WITHIN_A_YEAR

    @property
    def words(self) -> str:
        """What it is of, since when, and when it ends."""
        return f"{self.association}, since {self.since}, ends {end_words(self.end_rule)}"

    def __str__(self) -> str:
        return f"{self.id}: {self.words}"
