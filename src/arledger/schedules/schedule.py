"""A schedule: who pays which invoices, how often, how much, from what and into which account.

The problem: a monthly payment of "up to 400" over three matters has to say whose invoices these are, by which card, on
which days, and when it stops for each of them. The decision: a schedule is one frozen value with all of it; what a run
pays follows from it, from the balances of the day and from what was paid before, and from nothing that is stored.

Source: rule R56; ClientPay's "Auto-Pays".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from arledger.checks import as_sorted, check_date, check_id, check_instance, check_tuple_of, type_name
from arledger.dates.frequency import Frequency
from arledger.entries.fields import check_amount, check_optional_ids
from arledger.errors import Conflict, CurrencyMismatch, InvalidType, InvalidValue
from arledger.money import Money
from arledger.schedules.accounts import DepositAccount
from arledger.schedules.ending import AfterTotal
from arledger.schedules.enrolments import Enrolment
from arledger.schedules.plans import Instalments
from arledger.schedules.run_days import check_starts


def _as_enrolments(enrolments: Enrolment | Iterable[Enrolment]) -> tuple[Enrolment, ...]:
    return as_sorted(enrolments, Enrolment)


@attrs.frozen(order=False)
class Schedule:
    """A recurring payment of invoices.

    - ``payer`` is whose money it is, and whose associations are enrolled.
    - ``method`` is the id of a saved method; None takes the payer's default on the day.
    - ``account`` is the firm's account that the money goes to; ``message`` goes with the payment.
    - ``frequency`` and ``first`` say on which days it runs: on the first day of each period, from ``first`` on.
    - ``amount`` is the most of one run, or the ``Instalments`` of a plan; None takes all that is outstanding.
    - ``until`` is the day from which on it is cancelled.

    >>> from arledger import monthly
    >>> schedule = Schedule("S-1", "Monthly", payer="ana", account=DepositAccount("OP-1"), frequency=monthly(15),
    ...                     first=date(2026, 3, 15), amount=Money("400", "USD"))
    >>> print(schedule)
    S-1 Monthly: ana pays up to 400.00 USD a run into OP-1, by monthly(15) from 2026-03-15 on

    Refused: a first day that the frequency has not; an association of another payer, or one twice (``Conflict``); two
    currencies; invoices that are paid into a trust account.
    """

    id: str
    name: str
    payer: str = attrs.field(kw_only=True)
    account: DepositAccount = attrs.field(kw_only=True)
    frequency: Frequency = attrs.field(kw_only=True)
    first: date = attrs.field(kw_only=True)
    amount: Money | Instalments | None = attrs.field(default=None, kw_only=True)
    enrolments: tuple[Enrolment, ...] = attrs.field(default=(), converter=_as_enrolments, kw_only=True)
    method: str | None = attrs.field(default=None, kw_only=True)
    message: str | None = attrs.field(default=None, kw_only=True)
    until: date | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "schedule")
        subject = f"schedule {self.id}"
        check_id(self.name, subject, "name")
        check_id(self.payer, subject, "payer")
        check_instance(self.account, DepositAccount, subject, "account", "pass a DepositAccount of the firm")
        check_starts(self.frequency, self.first, subject)
        self._check_amount(subject)
        check_tuple_of(self.enrolments, Enrolment, subject, "enrolments")
        check_optional_ids(self, subject, "method", "message")
        if self.until is not None:
            check_date(self.until, subject, "until")
        self._check_enrolments(subject)
        if self.account.fund == "trust" and self.enrolments:
            names = ", ".join(enrolment.id for enrolment in self.enrolments)
            raise InvalidValue(
                f"{subject}: pays invoices of {names} into {self.account.id}, a trust account",
                field="account",
                value=self.account,
                hint="pass an operating account",
            )

    def _check_amount(self, subject: str) -> None:
        if self.amount is None or isinstance(self.amount, Instalments):
            return
        if not isinstance(self.amount, Money):
            raise InvalidType(
                f"{subject}: amount is {type_name(self.amount)}, not Money or Instalments",
                field="amount",
                value=self.amount,
                hint="pass the most of one run, the instalments of a plan, or None for all that is outstanding",
            )
        check_amount(self.amount, subject)

    def _check_enrolments(self, subject: str) -> None:
        seen: set[str] = set()
        for enrolment in self.enrolments:
            if enrolment.id in seen:
                raise Conflict(
                    f"{subject}: {enrolment.id} is enrolled twice",
                    field="enrolments",
                    value=enrolment.id,
                    hint="keep one of them",
                )
            seen.add(enrolment.id)
            if enrolment.association.payer != self.payer:
                raise Conflict(
                    f"{subject}: {enrolment.id} is an association of {enrolment.association.payer}, and {self.payer} "
                    "pays",
                    field="enrolments",
                    value=enrolment.id,
                    hint="enrol associations of the payer",
                )
        for one in self._sums:
            if one.currency != self.currency:
                raise CurrencyMismatch(
                    f"{subject}: {one} beside amounts in {self.currency}", field="currency", value=one
                )

    @property
    def _sums(self) -> list[Money]:
        """The sums in it."""
        amount = self.amount.total if isinstance(self.amount, Instalments) else self.amount
        totals = [one.ends.total for one in self.enrolments if isinstance(one.ends, AfterTotal)]
        return totals if amount is None else [amount, *totals]

    @property
    def currency(self) -> str | None:
        """The currency of the sums in it; None where there is none."""
        return next((one.currency for one in self._sums), None)

    @property
    def amount_text(self) -> str:
        """How much it pays a run, in words."""
        if self.amount is None:
            return "all that is outstanding"
        return str(self.amount) if isinstance(self.amount, Instalments) else f"up to {self.amount} a run"

    def __str__(self) -> str:
        until = "" if self.until is None else f", cancelled from {self.until} on"
        return (
            f"{self.id} {self.name}: {self.payer} pays {self.amount_text} into {self.account.id}, "
            f"by {self.frequency!r} from {self.first} on{until}"
        )
