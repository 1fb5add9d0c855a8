"""What a company says of autopay, as one value.

Source: rules R12 and R16 to R21; the vendor's "AutoPay Policy".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from arledger.autopay.classes import Includes
from arledger.checks import check_instance, check_int, shown
from arledger.dates.workdays import BusinessDays
from arledger.entries.fields import check_amount
from arledger.errors import CurrencyMismatch, InvalidValue
from arledger.money import Money


def _as_pair(pair: Sequence[Money] | None) -> tuple[Money, Money] | None:
    return tuple(pair) if isinstance(pair, list) else pair  # type: ignore[return-value]  # refused by the check


@attrs.frozen(order=False, kw_only=True)
class AutopayPolicy:
    """What autopay takes, up to which limit, and when.

    - ``includes`` are the vendor's "Include ..." boxes, from ``include``, joined with ``|``.
    - ``excludes_first`` and ``excludes_last`` leave out the periods of the move-in and of the known move-out.
    - ``limit`` and ``processor_limit`` are the most of one pull, of which the lower counts; above it the limit is
      pulled, or nothing, if ``skips_over_limit``.
    - ``least``: a smaller pull is left out.
    - ``business_days`` moves the execution from a day on which banks are closed. Absent: nothing moves.
    - ``notice_days`` is how long before a varying amount its payer is told: 10 by Regulation E and by Canada's Rule H1
      unless agreed otherwise. None where nobody need be told. Amounts of ``notice_range`` (from, to) need no notice.
    - ``suspends_after``: so many pulls that came back, one after another, suspend an agreement.
    - ``residents_may_cancel`` is a permission, and no amount: see ``cancelled``.
    """

    includes: Includes = attrs.field(factory=Includes)
    excludes_first: bool = False
    excludes_last: bool = False
    residents_may_cancel: bool = False
    limit: Money | None = None
    processor_limit: Money | None = None
    skips_over_limit: bool = False
    least: Money | None = None
    business_days: BusinessDays | None = None
    notice_days: int | None = 10
    notice_range: tuple[Money, Money] | None = attrs.field(default=None, converter=_as_pair)
    suspends_after: int | None = None

    def __attrs_post_init__(self) -> None:
        subject = "autopay policy"
        check_instance(self.includes, Includes, subject, "includes", "pass boxes, such as include.DEPOSITS")
        for field in ("excludes_first", "excludes_last", "residents_may_cancel", "skips_over_limit"):
            check_instance(getattr(self, field), bool, subject, field, "pass True or False")
        for field in ("limit", "processor_limit", "least"):
            if getattr(self, field) is not None:
                check_amount(getattr(self, field), subject, field)
        if self.business_days is not None:
            check_instance(self.business_days, BusinessDays, subject, "business_days")
        for field, lowest in (("notice_days", 0), ("suspends_after", 1)):
            value = getattr(self, field)
            if value is not None:
                check_int(value, subject, field)
                if value < lowest:
                    raise InvalidValue(
                        f"{subject}: {field} is {shown(value)}",
                        field=field,
                        value=value,
                        hint=f"pass at least {lowest}",
                    )
        self._check_range(subject)
        self._check_moneys(subject)

    def _check_moneys(self, subject: str) -> None:
        currencies = [money.currency for money in self._moneys]
        for money in self._moneys:
            if money.currency != currencies[0]:
                raise CurrencyMismatch(
                    f"{subject}: {money} beside amounts in {currencies[0]}",
                    field="currency",
                    value=money,
                    hint="make a policy for each currency",
                )
        if self.most is not None and self.least is not None and self.least > self.most:
            raise InvalidValue(
                f"{subject}: least {self.least} is over the limit of {self.most}",
                field="least",
                value=self.least,
                hint="pass a smaller one",
            )

    def _check_range(self, subject: str) -> None:
        if self.notice_range is None:
            return
        is_pair = isinstance(self.notice_range, tuple) and len(self.notice_range) == 2  # from and to
        if not is_pair or not all(isinstance(money, Money) for money in self.notice_range):
            raise InvalidValue(
                f"{subject}: notice_range is {shown(self.notice_range)}",
                field="notice_range",
                value=self.notice_range,
                hint="pass two Money: the lowest and the highest amount that need no notice",
            )
        low, high = self.notice_range
        if low.currency == high.currency and low > high:
            raise InvalidValue(
                f"{subject}: notice_range begins at {low}, over {high}",
                field="notice_range",
                value=self.notice_range,
                hint="pass the lowest amount first",
            )

    @property
    def _moneys(self) -> list[Money]:
        given = (self.limit, self.processor_limit, self.least, *(self.notice_range or ()))
        return [money for money in given if money is not None]

    @property
    def currency(self) -> str | None:
        """The currency of the sums in it; None where there is none."""
        return next((money.currency for money in self._moneys), None)

    def execution_of(self, on: date) -> date:
        """The day on which what a run of that day pulls is executed."""
        return on if self.business_days is None else self.business_days(on)

    @property
    def most(self) -> Money | None:
        """The lower of the two limits; None where there is none."""
        return min((money for money in (self.limit, self.processor_limit) if money is not None), default=None)
