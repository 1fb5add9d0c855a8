"""What a returned payment costs.

The problem: a fee for a payment that came back depends on how it was paid, why it came back, how much it was, whether
it was the first one, and on the day, and it must be charged once for each entry that came back. The cases: a card that
was declined at once was never a payment, and a void or a cancelled payment is nobody's fault: none of them is a
``Return``, so none costs a fee. The decision: a schedule has lines, each for some methods and reasons and from a day
on; each returned entry finds its one line, whose amount is composed as any other fee (see ``fee``): of the payment's
face value, and of what the bank itself charged.

Source: rule R40; the vendor's "NSF Fee Tab".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations

import attrs

from arledger.checks import as_texts, as_tuple, check_id, check_instance, check_span, check_tuple, check_tuple_of
from arledger.entries import Category, Charge, Payment, Return, ReturnReason
from arledger.entries.fields import check_optional_ids
from arledger.errors import CurrencyMismatch, InvalidType, InvalidValue, UnknownName, did_you_mean
from arledger.fees.amounts import FeeAmount, Worked, check_currencies, check_fee_amount, currency_of, worked_out
from arledger.fees.assessment import charges_text, step_rows
from arledger.fees.ground import RETURN_BASES, Base, Ground
from arledger.fees.rule import check_bases
from arledger.ledger.books import free_id, open_day, reversed_ids
from arledger.ledger.position import Position
from arledger.money import Money, amount_text, money_of, rounded, total
from arledger.rounding import HALF_UP, Rounding, check_rounding
from arledger.tables import text_table

FOR_LACK_OF_FUNDS = (ReturnReason.INSUFFICIENT_FUNDS, ReturnReason.UNCOLLECTED_FUNDS)
"""The reasons that cost a fee unless a schedule says otherwise."""


def _as_reasons(reasons: ReturnReason | Iterable[ReturnReason]) -> tuple[ReturnReason, ...]:
    return (reasons,) if isinstance(reasons, ReturnReason) else as_tuple(reasons)


@attrs.frozen(kw_only=True)
class NsfFee:
    """A line of a schedule: what a returned payment costs. Prints as a sentence.

    ``methods`` are the methods of payment that it is for (none: every method that no other line names), ``reasons``
    those for which it came back; ``since`` and ``until`` (exclusive) the days of the return. ``from_second`` is the
    amount from the second return on that costs a fee (absent: the same).

    >>> from arledger import fee
    >>> print(NsfFee(amount=fee.flat(Money("25", "USD")), from_second=fee.flat(Money("35", "USD")), methods=["check"]))
    25.00 USD, from the second return on 35.00 USD, for check, for insufficient funds or uncollected funds
    """

    amount: FeeAmount
    from_second: FeeAmount | None = None
    methods: tuple[str, ...] = attrs.field(default=(), converter=as_texts)
    reasons: tuple[ReturnReason, ...] = attrs.field(default=FOR_LACK_OF_FUNDS, converter=_as_reasons)
    since: date | None = None
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        subject = "nsf fee"
        for field in ("amount", "from_second"):
            amount = getattr(self, field)
            if field == "amount" or amount is not None:
                check_fee_amount(amount, subject, field)
                check_bases(amount, RETURN_BASES, subject, field)
                if amount.counts_days:
                    raise InvalidValue(
                        f"{subject}: {amount} counts days, and a return has none",
                        field=field,
                        value=amount,
                        hint="pass an amount that stays the same",
                    )
        check_currencies([self.amount, self.from_second], subject, "from_second")
        check_tuple(self.methods, subject, "methods", "str")
        for method in self.methods:
            check_id(method, subject, "methods")
        check_tuple_of(self.reasons, ReturnReason, subject, "reasons", "pass ReturnReason values, such as .STOPPED")
        if not self.reasons:
            raise InvalidValue(f"{subject}: no reasons", field="reasons", value=self.reasons, hint="pass at least one")
        check_span(self, subject, "until is the first day after the line")

    def is_for(self, reason: ReturnReason, on: date) -> bool:
        """Whether it is for a return of that reason on that day, the method apart."""
        is_in_force = (self.since is None or self.since <= on) and (self.until is None or on < self.until)
        return is_in_force and reason in self.reasons

    def __str__(self) -> str:
        texts = [str(self.amount)]
        if self.from_second is not None:
            texts.append(f"from the second return on {self.from_second}")
        texts.append(f"for {' or '.join(self.methods)}" if self.methods else "for any method")
        texts.append(f"for {' or '.join(reason.value.replace('_', ' ') for reason in self.reasons)}")
        if self.since is not None:
            texts.append(f"from {self.since} on")
        if self.until is not None:
            texts.append(f"before {self.until}")
        return ", ".join(texts)


def _as_lines(lines: NsfFee | Iterable[NsfFee]) -> tuple[NsfFee, ...]:
    return (lines,) if isinstance(lines, NsfFee) else as_tuple(lines)


@attrs.frozen
class NsfSchedule:
    """What returned payments cost: lines of which each return finds at most one.

    A line that names the payment's method goes before one for any method. A return that finds no line costs nothing.
    Refused: two lines that name one method, or none, for one reason on one day.
    """

    lines: tuple[NsfFee, ...] = attrs.field(converter=_as_lines)
    code: str | None = attrs.field(default=None, kw_only=True)
    rounding: Rounding = attrs.field(default=HALF_UP, kw_only=True)

    def __attrs_post_init__(self) -> None:
        subject = "nsf schedule"
        check_tuple_of(self.lines, NsfFee, subject, "lines")
        for one, other in combinations(self.lines, 2):
            if _overlap(one, other):
                raise InvalidValue(
                    f"{subject}: ({one}) overlaps ({other})",
                    field="lines",
                    value=other,
                    hint="a return has one fee; part them by method, reason or day",
                )
        check_optional_ids(self, subject, "code")
        check_rounding(self.rounding, "rounding")
        check_currencies(self._amounts, subject, "lines")

    @property
    def currency(self) -> str | None:
        """The currency of the sums in it; None where there is none."""
        return currency_of(self._amounts)

    @property
    def _amounts(self) -> list[FeeAmount | None]:
        return [amount for line in self.lines for amount in (line.amount, line.from_second)]

    def line_for(self, method: str | None, reason: ReturnReason, on: date) -> NsfFee | None:
        """The line that a return finds, or None."""
        lines = [line for line in self.lines if line.is_for(reason, on)]
        named = [line for line in lines if method in line.methods]
        return next(iter(named or [line for line in lines if not line.methods]), None)


def _overlap(one: NsfFee, other: NsfFee) -> bool:
    """Whether a return might find both lines."""
    if not set(one.reasons) & set(other.reasons):
        return False
    if bool(one.methods) != bool(other.methods) or (one.methods and not set(one.methods) & set(other.methods)):
        return False
    starts = max(one.since or date.min, other.since or date.min)
    return all(line.until is None or starts < line.until for line in (one, other))


@attrs.frozen(order=False)
class NsfItem:
    """A returned payment, its line of the schedule, and what it came to; ``reason`` where nothing is proposed."""

    about: str
    payment: str
    face: Money
    line: NsfFee | None
    worked: Worked | None
    proposed: Money
    reason: str = ""

    def __str__(self) -> str:
        rows = [] if self.worked is None else step_rows(self.worked, self.face.currency)
        rows.append((f"proposed ({self.reason})" if self.reason else "proposed", amount_text(self.proposed)))
        title = f"{self.about}, which returned {self.payment} of {amount_text(self.face)}"
        table = text_table((title, self.face.currency), rows, right=(1,))
        return table if self.line is None else f"{self.line}\n\n{table}"


@attrs.frozen(order=False)
class NsfFees:
    """What the returned payments of an account cost: the proposed ``charges``, and the steps of each."""

    currency: str
    charges: tuple[Charge, ...]
    items: tuple[NsfItem, ...]

    @property
    def total(self) -> Money:
        """All that is proposed."""
        return total([charge.amount for charge in self.charges], self.currency)

    @property
    def explanation(self) -> str:
        """The steps of each returned payment."""
        return "\n\n".join(map(str, self.items))

    def __str__(self) -> str:
        return charges_text(self.charges, self.currency)


def nsf_fees(schedule: NsfSchedule, position: Position, *, bank_costs: Mapping[str, Money] | None = None) -> NsfFees:
    """The fees for the payments that came back by the day of a position: one for each return, once.

    A fee names the return that it is about, is due on the day of the return, and is posted with it, or on the first
    open day. A return that has a fee already, whether it was paid or waived, has none proposed again, unless that fee
    was reversed. ``bank_costs`` are what the bank charged, by the return's id, for schedules that read it.

    >>> from arledger import OLDEST_FIRST, Ledger, fee, replay
    >>> back = Return("N-1", "P-17", on=date(2026, 3, 7), reason=ReturnReason.INSUFFICIENT_FUNDS)
    >>> books = Ledger("USD", [Payment("P-17", Money("900", "USD"), received=date(2026, 3, 3), method="check"), back])
    >>> schedule = NsfSchedule(NsfFee(amount=fee.flat(Money("25", "USD"))))
    >>> print(nsf_fees(schedule, replay(books, by=OLDEST_FIRST, as_of=date(2026, 3, 7))))
    charge       about  payer  due           USD
    -----------  -----  -----  ----------  -----
    N-1/nsf_fee  N-1           2026-03-07  25.00
    total                                  25.00

    Refused: a schedule or a cost in another currency; the cost of what is no return.

    Source: rule R40.
    """
    subject = "nsf fees"
    check_instance(schedule, NsfSchedule, subject, "schedule")
    check_instance(position, Position, subject, "position", "pass what replay gave")
    if schedule.currency not in (None, position.currency):
        raise CurrencyMismatch(
            f"{subject}: a schedule in {schedule.currency} for an account in {position.currency}",
            field="schedule",
            value=schedule,
        )
    returns = [change for change in position.view.changes if isinstance(change, Return)]
    costs = _checked_costs(bank_costs, returns, position.currency)
    ledger = position.ledger
    gone = reversed_ids(ledger)
    fees = [fee for fee in ledger.charges if fee.category is Category.NSF_FEE and fee.about is not None]
    charged = {fee.about for fee in fees if fee.id not in gone}
    items, charges = [], []
    payers: set[str | None] = set()  # of whom a payment came back before
    for back in sorted(returns, key=_when):
        payment = ledger.by_id[back.payment]
        assert isinstance(payment, Payment)  # as replay has checked
        is_first = payment.payer not in payers
        item = _item(schedule, back, payment, costs, is_first=is_first, is_charged=back.id in charged)
        items.append(item)
        if item.line is not None:
            payers.add(payment.payer)
        if item.proposed:
            charges.append(
                Charge(
                    free_id(f"{back.id}/{schedule.code or Category.NSF_FEE.value}", ledger.by_id),
                    item.proposed,
                    due=back.on,
                    posted=open_day(ledger, back.posted),
                    category=Category.NSF_FEE,
                    code=schedule.code,
                    payer=payment.payer,
                    about=back.id,
                )
            )
    return NsfFees(position.currency, tuple(charges), tuple(items))


def _when(back: Return) -> tuple[date, bool, int, str]:
    return (back.on, back.sequence is None, back.sequence or 0, back.id)


def _checked_costs(costs: Mapping[str, Money] | None, returns: list[Return], currency: str) -> Mapping[str, Money]:
    if costs is None:
        return {}
    if not isinstance(costs, Mapping):
        raise InvalidType(
            f"nsf fees: bank_costs is {type(costs).__name__}, not a mapping",
            field="bank_costs",
            value=costs,
            hint="pass a dict of costs by the return's id",
        )
    known = [back.id for back in returns]
    for name, cost in costs.items():
        if name not in known:
            raise UnknownName(
                f"nsf fees: there is no return {name}", field="bank_costs", value=name, hint=did_you_mean(name, known)
            )
        check_instance(cost, Money, "nsf fees", "bank_costs", "pass Money, zero where the bank charged nothing")
        if cost.currency != currency:
            raise CurrencyMismatch(
                f"nsf fees: {cost} for {name} of an account in {currency}", field="bank_costs", value=cost
            )
        if cost.minor < 0:
            raise InvalidValue(
                f"nsf fees: {cost} for {name} is negative", field="bank_costs", value=cost, hint="pass 0 or more"
            )
    return costs


def _item(
    schedule: NsfSchedule,
    back: Return,
    payment: Payment,
    costs: Mapping[str, Money],
    *,
    is_first: bool,
    is_charged: bool,
) -> NsfItem:
    currency = payment.amount.currency
    line = schedule.line_for(payment.method, back.reason, back.on)
    if line is None or is_charged:
        reason = "charged before" if is_charged else f"no fee for {_what(payment.method, back.reason)}"
        return NsfItem(back.id, payment.id, payment.amount, line, None, money_of(0, currency), reason)
    amount = line.amount if is_first or line.from_second is None else line.from_second
    bases: dict[Base, int] = {Base.FACE: payment.amount.minor}
    if back.id in costs:
        bases[Base.BANK_COST] = costs[back.id].minor
    elif Base.BANK_COST in amount.reads:
        raise InvalidValue(
            f"nsf fees: what the bank charged for {back.id} is not known",
            field="bank_costs",
            value=back.id,
            hint="pass it in bank_costs=, zero where it charged nothing",
        )
    worked = worked_out(amount, Ground(currency, bases, back.on, back.on, back.on))
    proposed = money_of(rounded(worked.minor, schedule.rounding, currency), currency)
    return NsfItem(back.id, payment.id, payment.amount, line, worked, proposed, "" if proposed else "it comes to 0")


def _what(method: str | None, reason: ReturnReason) -> str:
    return f"{reason.value.replace('_', ' ')}{'' if method is None else f' of {method}'}"
