"""Documents: charges that were sent together."""

from __future__ import annotations

import datetime

import attrs

from arledger.checks import check_date, check_id
from arledger.entries.fields import check_optional_ids


@attrs.frozen(order=False)
class Invoice:
    """A document: charges that were sent together to one payer. A charge carries its invoice's id.

    >>> Invoice("17", date=datetime.date(2026, 3, 1), matter="estate").matter
    'estate'
    """

    id: str
    date: datetime.date = attrs.field(kw_only=True)
    number: str | None = attrs.field(default=None, kw_only=True)
    due: datetime.date | None = attrs.field(default=None, kw_only=True)
    payer: str | None = attrs.field(default=None, kw_only=True)
    client: str | None = attrs.field(default=None, kw_only=True)
    matter: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "invoice")
        subject = f"invoice {self.id}"
        check_date(self.date, subject, "date")
        if self.due is not None:
            check_date(self.due, subject, "due")
        check_optional_ids(self, subject, "number", "payer", "client", "matter")
