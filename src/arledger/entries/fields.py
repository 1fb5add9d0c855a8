"""What the fields of facts have in common: their checks, and the row that kernels read.

Each charge, payment and credit keeps, beside what it was given, a row of plain values that the kernels sort and read.
Two facts stand in the canonical order when their rows do.
"""

from __future__ import annotations

import datetime
from typing import Any

from arledger.checks import check_date, check_id, check_instance, check_int, check_range
from arledger.errors import InvalidValue
from arledger.money import Money

Row = tuple[int, int, bool, int, str, int, str, bool]
"""Day, second day (of a charge) or kind (of money), has no sequence, sequence, id, minor units, currency, special.

"Special" marks what the fast walk of an allocation cannot serve: a payer, a dispute, a tax about another charge; a
designation, a restriction, trust money.
"""


def row_of(day: datetime.date, second: int, sequence: int | None, name: str, amount: Money, *, special: bool) -> Row:
    """The row of a fact."""
    return (day.toordinal(), second, sequence is None, sequence or 0, name, amount.minor, amount.currency, special)


def check_amount(amount: object, subject: str, field: str = "amount", hint: str = "pass an amount above 0") -> None:
    """Refuse what is no positive amount of money."""
    check_instance(amount, Money, subject, field, "pass Money, such as Money('12.34', 'CAD')")
    assert isinstance(amount, Money)
    if amount.minor <= 0:
        raise InvalidValue(f"{subject}: {field} {amount} is not positive", field=field, value=amount, hint=hint)


def check_optional_ids(fact: object, subject: str, *fields: str) -> None:
    """Refuse fields that hold something that is no id; None is no id, and fine."""
    for field in fields:
        value = getattr(fact, field)
        if value is not None:
            check_id(value, subject, field)


def check_event(fact: Any, kind: str) -> None:
    """Refuse an entry about other entries whose id, days or sequence are none."""
    check_id(fact.id, kind)
    subject = f"{kind} {fact.id}"
    check_date(fact.on, subject, "on")
    check_date(fact.posted, subject, "posted")
    check_sequence(fact.sequence, subject)


def check_sequence(sequence: object, subject: str) -> None:
    """Refuse what is no sequence number; None is none, and fine."""
    if sequence is not None:
        check_int(sequence, subject, "sequence")
        assert isinstance(sequence, int)
        check_range(sequence, f"{subject}: sequence", "sequence")
