"""The row of the catalogue, and good values for calls to spoil."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from arledger import Application, ArledgerError, Charge, Credit, Dispute, Money, Payment


class BadInput(NamedTuple):
    """A call that must be refused, and how."""

    id: str
    call: Callable[[], object]
    kind: type[ArledgerError]
    field: str
    message: str


DAY = date(2026, 3, 1)
MOMENT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
RENT = Money("900.00", "CAD")
CENT = Money("0.01", "CAD")
DOLLAR = Money("1.00", "USD")
TOO_LONG = 10**9999
"""An int that CPython refuses to print."""
SURROGATE = "a\udcff"
"""Text that no file and no database takes: a byte that was decoded with surrogateescape."""

OUT_OF_RANGE = "at most 40 digits stand before the point, and as many after it"
NO_VALID_TEXT = r"'a\udcff' is no valid text; decode it from its bytes without surrogateescape"
NO_DATE = "pass a datetime.date"
NO_MOMENT = "pass its .date() in the time zone of the books"


def charge(**given: Any) -> Charge:
    """Charge R-03 of 900.00 CAD, spoilt by what is given."""
    return Charge(**{"id": "R-03", "amount": RENT, "due": DAY, **given})


def payment(**given: Any) -> Payment:
    """Payment P-17 of 900.00 CAD, spoilt by what is given."""
    return Payment(**{"id": "P-17", "amount": RENT, "received": DAY, **given})


def credit(**given: Any) -> Credit:
    """Credit K-1 of 900.00 CAD, spoilt by what is given."""
    return Credit(**{"id": "K-1", "amount": RENT, "granted": DAY, **given})


def application(**given: Any) -> Application:
    """An application of payment P-17 to charge R-03, spoilt by what is given."""
    return Application(**{"source": "P-17", "charge": "R-03", "amount": RENT, "on": DAY, **given})


def dispute(**given: Any) -> Dispute:
    """A dispute, spoilt by what is given."""
    return Dispute(**given)
