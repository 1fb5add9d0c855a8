"""What is owed: charges, what they are for, and what of them is disputed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import attrs

from arledger.checks import (
    as_tuple,
    check_date,
    check_id,
    check_instance,
    check_range,
    check_span,
    check_text,
    check_tuple,
    type_name,
)
from arledger.dates.period import Period
from arledger.entries.fields import (
    Row,
    check_amount,
    check_optional_ids,
    check_sequence,
    row_of,
)
from arledger.errors import CurrencyMismatch, InvalidType, InvalidValue
from arledger.money import Money

Attribute = str | int | Decimal | Fraction


class Category(Enum):
    """What a charge is for: a closed set, for rules to speak of. A charge's ``code`` is the user's own word.

    RENT is the service itself: rent, the monthly care fee, professional fees. FEATURE is a recurring extra: parking, a
    locker, a pet. COST is legal and collection cost. What has no category here (insurance) is OTHER with a code.
    """

    RENT = "rent"
    FEATURE = "feature"
    UTILITY = "utility"
    DEPOSIT = "deposit"
    ADJUSTMENT = "adjustment"
    LATE_FEE = "late_fee"
    NSF_FEE = "nsf_fee"
    FEE = "fee"
    TAX = "tax"
    INTEREST = "interest"
    COST = "cost"
    FINE = "fine"
    OTHER = "other"

    def __repr__(self) -> str:
        return f"Category.{self.name}"


def _as_tags(tags: Iterable[str]) -> tuple[str, ...]:
    found = as_tuple(tags)
    if isinstance(found, tuple) and all(isinstance(tag, str) for tag in found):
        return tuple(sorted(set(found)))
    return found


def _as_attributes(
    attributes: Mapping[str, Any] | Iterable[tuple[str, Attribute]],
) -> tuple[tuple[str, Attribute], ...]:
    given: Any = attributes.items() if isinstance(attributes, Mapping) else attributes
    pairs: tuple[tuple[str, Attribute], ...] = as_tuple(given)
    if isinstance(pairs, tuple) and all(isinstance(p, tuple) and p and isinstance(p[0], str) for p in pairs):
        return tuple(sorted(pairs, key=lambda pair: pair[0]))
    return pairs


@attrs.frozen(order=False)
class Dispute:
    """A charge, or an amount of it, that the payer contests, from ``since`` up to and without ``until``.

    No amount means all of it; no date means always.

    >>> rent = Charge("R-03", Money("900", "CAD"), due=datetime.date(2026, 3, 1), disputed=Dispute(Money("40", "CAD")))
    >>> disputed_minor(rent, datetime.date(2026, 3, 9))
    4000
    """

    amount: Money | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None

    def __attrs_post_init__(self) -> None:
        if self.amount is not None:
            check_amount(self.amount, "dispute")
        check_span(self, "dispute", "until is the first day after the dispute")

    def lasts_on(self, day: datetime.date) -> bool:
        """Whether the dispute stands on that day."""
        check_date(day, "dispute", "day")
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@attrs.frozen(order=False)
class Charge:
    """An amount owed.

    ``due`` is the day from which its age counts; ``posted`` the day from which it exists and its day in the books
    (absent: ``due``). ``payer`` is who owes it (None: the account's own), ``about`` the id of the charge that a tax, a
    late fee or interest belongs to, ``attributes`` the host's own keys for rankings to read (numbers or text, no
    floats), ``sequence`` the host's own number that decides ties.

    >>> rent = Charge("R-03", Money("1800.00", "CAD"), due=datetime.date(2026, 3, 1), category=Category.RENT)
    >>> rent.posted
    datetime.date(2026, 3, 1)

    Refused: an amount that is not positive (``InvalidValue``; a reduction is a Credit), a datetime for a date, an id
    that is no non-empty text, a charge about itself.
    """

    id: str
    amount: Money
    due: datetime.date = attrs.field(kw_only=True)
    posted: datetime.date = attrs.field(default=attrs.Factory(lambda self: self.due, takes_self=True), kw_only=True)
    category: Category = attrs.field(default=Category.OTHER, kw_only=True)
    code: str | None = attrs.field(default=None, kw_only=True)
    invoice: str | None = attrs.field(default=None, kw_only=True)
    payer: str | None = attrs.field(default=None, kw_only=True)
    about: str | None = attrs.field(default=None, kw_only=True)
    period: Period | None = attrs.field(default=None, kw_only=True)
    recurring: bool = attrs.field(default=False, kw_only=True)
    disputed: bool | Dispute = attrs.field(default=False, kw_only=True)
    tags: tuple[str, ...] = attrs.field(default=(), converter=_as_tags, kw_only=True)
    attributes: tuple[tuple[str, Attribute], ...] = attrs.field(default=(), converter=_as_attributes, kw_only=True)
    sequence: int | None = attrs.field(default=None, kw_only=True)
    row: Row = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "charge")
        subject = f"charge {self.id}"
        check_amount(self.amount, subject, hint="a reduction is a Credit with a positive amount")
        check_date(self.due, subject, "due")
        check_date(self.posted, subject, "posted")
        check_instance(self.category, Category, subject, "category", "pass a Category, such as Category.RENT")
        check_optional_ids(self, subject, "code", "invoice", "payer", "about")
        if self.about == self.id:
            raise InvalidValue(
                f"{subject}: about is its own id", field="about", value=self.about, hint="name the charge it belongs to"
            )
        if self.period is not None:
            check_instance(self.period, Period, subject, "period")
        check_instance(self.recurring, bool, subject, "recurring", "pass True or False")
        self._check_dispute(subject)
        self._check_keys(subject)
        check_sequence(self.sequence, subject)
        special = bool(
            self.payer is not None or self.disputed or (self.category is Category.TAX and self.about is not None)
        )
        row = row_of(self.due, self.posted.toordinal(), self.sequence, self.id, self.amount, special=special)
        object.__setattr__(self, "row", row)

    def attribute(self, name: str) -> Attribute | None:
        """The host's own key of that name, or None."""
        return next((value for known, value in self.attributes if known == name), None)

    def _check_dispute(self, subject: str) -> None:
        if isinstance(self.disputed, bool):
            return
        check_instance(self.disputed, Dispute, subject, "disputed", "pass True, False or a Dispute")
        amount = self.disputed.amount
        if amount is not None and amount.currency != self.amount.currency:
            raise CurrencyMismatch(
                f"{subject}: disputed {amount} of a charge in {self.amount.currency}", field="disputed", value=amount
            )
        if amount is not None and amount > self.amount:
            raise InvalidValue(
                f"{subject}: disputed {amount} of a charge of {self.amount}",
                field="disputed",
                value=amount,
                hint="pass at most the charge's amount",
            )

    def _check_keys(self, subject: str) -> None:
        check_tuple(self.tags, subject, "tags", "str")
        for tag in self.tags:
            check_id(tag, subject, "tags")
        check_tuple(self.attributes, subject, "attributes", "pairs of a name and a value")
        names = set()
        for pair in self.attributes:
            if not (isinstance(pair, tuple) and len(pair) == 2):
                raise InvalidType(
                    f"{subject}: attributes holds {type_name(pair)}, not a pair",
                    field="attributes",
                    value=pair,
                    hint="pass a dict of names and values",
                )
            name, value = pair
            check_id(name, subject, "attributes")
            if type(value) not in (str, int, Decimal, Fraction):
                raise InvalidType(
                    f"{subject}: attribute {name} is {type_name(value)}, not a str or an exact number",
                    field="attributes",
                    value=value,
                    hint="pass str, int, Decimal or Fraction",
                )
            if isinstance(value, str):
                check_text(value, f"{subject}: attribute {name}", "attributes")
            else:
                check_range(value, f"{subject}: attribute {name}", "attributes")
            if name in names:
                raise InvalidValue(f"{subject}: attribute {name} stands twice", field="attributes", value=name)
            names.add(name)


def disputed_minor(charge: Charge, on: datetime.date) -> int:
    """How many minor units of a charge are disputed on a day."""
    dispute = charge.disputed
    if isinstance(dispute, Dispute):
        if not dispute.lasts_on(on):
            return 0
        return charge.amount.minor if dispute.amount is None else dispute.amount.minor
    return charge.amount.minor if dispute else 0
