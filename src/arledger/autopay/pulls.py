"""The pulls that were made by an agreement: whether there may be another, and what becomes of one that came back.

The problem: a run that is started twice pulls twice, a pull that bounced is presented again under a new amount and a
new name until the bank closes the door, and nobody was told of an amount that had changed. The decision: a pull's id
follows from its agreement and the period that it serves, so the pulls of an agreement are found in the ledger, with
what became of them; there is nothing else to store.

Source: rules R17, R18, R20 and R21; the Nacha rules on reinitiated entries, 12 CFR 1005.10(d).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import attrs

from arledger.autopay.agreements import Agreement
from arledger.autopay.increases import reserved_for
from arledger.autopay.policy import AutopayPolicy
from arledger.autopay.runs import AutopayRun
from arledger.autopay.snapshot import PULL_ID, Snapshot
from arledger.autopay.wanted import facts_of
from arledger.billing.billing_type import days_after
from arledger.checks import as_tuple, check_date, check_id, check_instance, check_int, check_tuple_of, shown
from arledger.dates.workdays import BusinessDays
from arledger.entries import Payment, PaymentState, Return, ReturnReason
from arledger.errors import Conflict, InvalidValue, UnknownName, did_you_mean
from arledger.fees.nsf import FOR_LACK_OF_FUNDS
from arledger.ledger.balances import known_payments
from arledger.ledger.books import free_id, open_day
from arledger.ledger.position import Position
from arledger.ledger.timeline import replayed_to
from arledger.money import money_of
from arledger.payers.methods import PaymentMethod, method_for_pulls, why_not_usable
from arledger.payers.refusals import Refusal

HELD = "held: "
"""With which the reason of a draft begins that is held for want of a method that can pay."""

_CAME_TO_NOTHING = (PaymentState.RETURNED, PaymentState.REJECTED, PaymentState.CANCELLED, PaymentState.VOIDED)
_RETRY = re.compile(r"(.*)/retry[1-9][0-9]*\Z", re.DOTALL)


def pull_id(agreement: Agreement, run: AutopayRun, position: Position) -> str:
    """The id of a pull: of its agreement and the period served; numbered, where an earlier one came to nothing.

    Of those that are known: what is not known yet has the id, so that recording another is refused.
    """
    stem = _stem(agreement, run)
    return free_id(stem, {payment.id for payment in _pulls(position, stem)})


def _stem(agreement: Agreement, run: AutopayRun) -> str:
    return f"{agreement.id}/pull@{run.period.start}"


def _pulls(position: Position, stem: str) -> list[Payment]:
    """The pulls whose id begins so, retries too, as far as they are known, in the order of their days."""
    found = [
        payment for payment in known_payments(position) if payment.id.startswith(stem) and PULL_ID.match(payment.id)
    ]
    return sorted(found, key=lambda payment: (payment.received, len(payment.id), payment.id))


def why_no_pull(snapshot: Snapshot, agreement: Agreement, method: PaymentMethod | Refusal | None) -> tuple[str, bool]:
    """Why an agreement pulls nothing in this run, whatever is open; and whether it ends with it."""
    run, policy = snapshot.run, snapshot.policy
    if policy.excludes_first and agreement.move_in is not None and agreement.move_in in run.period:
        return "the period of the move-in is left out", False
    if policy.excludes_last and agreement.move_out is not None and agreement.move_out < run.period.end:
        return "the period of the move-out is left out, and the agreement ends", True
    if policy.suspends_after is not None:
        back = _back_in_a_row(snapshot.position, agreement)
        if back >= policy.suspends_after:
            return f"suspended: pulls that came back in a row: {back}", False
    return (f"{HELD}{method.reason}" if isinstance(method, Refusal) else ""), False


def method_of(snapshot: Snapshot, agreement: Agreement) -> PaymentMethod | Refusal | None:
    """What an agreement takes on the day of execution, or why nothing; None where saved methods are not known."""
    if snapshot.methods is None:
        return None
    day = snapshot.policy.execution_of(snapshot.run.on)
    subject = f"agreement {agreement.id}"
    return method_for_pulls(snapshot.methods, agreement.payer, day, named=agreement.method, subject=subject)


def pulled_before(snapshot: Snapshot, agreement: Agreement) -> str | None:
    """The id of the pull by an agreement for the period that stands, if there is one."""
    position = snapshot.position
    pulls = _pulls(position, _stem(agreement, snapshot.run))
    if not facts_of(agreement.rule).takes_items:  # no item tells that an agreement that this one replaced was pulled
        pulls += [pull for pull in _pulls(position, "") if _is_fixed_of(pull, agreement, snapshot.run)]
    return _first_standing(pulls, position)


def _first_standing(pulls: Iterable[Payment], position: Position) -> str | None:
    """The id of the first pull that did not come to nothing."""
    return next((pull.id for pull in pulls if position.states.get(pull.id) not in _CAME_TO_NOTHING), None)


def _is_fixed_of(pull: Payment, agreement: Agreement, run: AutopayRun) -> bool:
    """Whether a pull is the payer's for the period, and for no charge in particular."""
    named = PULL_ID.match(pull.id)
    is_of_period = named is not None and named["start"] == str(run.period.start)
    return is_of_period and pull.payer == agreement.payer and not pull.designations


def _back_in_a_row(position: Position, agreement: Agreement) -> int:
    """How many pulls came back, the last ones, one after another, since the agreement was made."""
    count = 0
    for payment in reversed(_pulls(position, f"{agreement.id}/pull@")):
        state = position.states.get(payment.id)
        if payment.received < agreement.agreed or state in (PaymentState.SETTLED, PaymentState.CHARGED_BACK):
            break
        count += state is PaymentState.RETURNED
    return count


def notice_day(snapshot: Snapshot, agreement: Agreement, minor: int, execute_on: date) -> date | None:
    """By when a payer is to be told of an amount; None where it does not vary, or nobody need be told.

    It varies if it is another than the stored amount, or than that of the pull before; and where there is neither.
    """
    policy = snapshot.policy
    if policy.notice_days is None or not minor:
        return None
    if policy.notice_range is not None and policy.notice_range[0].minor <= minor <= policy.notice_range[1].minor:
        return None
    earlier = [pull for pull in _pulls(snapshot.position, f"{agreement.id}/pull@") if pull.received < execute_on]
    known = [pull.amount.minor for pull in earlier[-1:]]
    if agreement.stored is not None:
        known.append(agreement.stored.minor)
    if known and all(amount == minor for amount in known):
        return None
    return days_after(execute_on, -policy.notice_days)


def cancelled(agreement: Agreement, *, on: date, policy: AutopayPolicy, by_resident: bool = False) -> Agreement:
    """An agreement that no longer stands from a day on.

    Refused: a resident's cancellation where the policy has no permission for it (``Conflict``).

    Source: rule R18, the vendor's "Allow Cancellation By Resident".
    """
    check_instance(agreement, Agreement, "cancelled", "agreement")
    subject = f"agreement {agreement.id}"
    check_date(on, subject, "on")
    check_instance(policy, AutopayPolicy, subject, "policy")
    check_instance(by_resident, bool, subject, "by_resident", "pass True or False")
    if by_resident and not policy.residents_may_cancel:
        raise Conflict(
            f"{subject}: residents may not cancel",
            field="by_resident",
            value=by_resident,
            hint="have the office cancel it, or allow it: residents_may_cancel=True",
        )
    if agreement.until is not None and agreement.until <= on:
        return agreement
    return attrs.evolve(agreement, until=on)


def _as_reasons(reasons: Iterable[ReturnReason]) -> tuple[ReturnReason, ...]:
    return as_tuple(reasons)


@attrs.frozen(order=False, kw_only=True)
class RetryRule:
    """How often, how long and for which reasons a pull that came back is presented again.

    By default as Nacha has it: twice, within 180 days of the original, for insufficient or uncollected funds.
    """

    most: int = 2
    within_days: int = 180
    reasons: tuple[ReturnReason, ...] = attrs.field(default=FOR_LACK_OF_FUNDS, converter=_as_reasons)

    def __attrs_post_init__(self) -> None:
        for field in ("most", "within_days"):
            value = getattr(self, field)
            check_int(value, "retry rule", field)
            if value < 0:
                raise InvalidValue(
                    f"retry rule: {field} is {shown(value)}", field=field, value=value, hint="pass 0 or more"
                )
        check_tuple_of(self.reasons, ReturnReason, "retry rule", "reasons")


@attrs.frozen(order=False)
class Retry:
    """A pull that is presented again, or why it is not. ``number`` counts the retries of the original, this one too."""

    original: str
    number: int
    payment: Payment | None
    reason: str = ""

    def __str__(self) -> str:
        if self.payment is None:
            return f"{self.original} is not presented again: {self.reason}"
        return f"{self.payment.id}: {self.payment.amount} on {self.payment.received}"


def retry_pull(
    payment: str,
    position: Position,
    *,
    on: date,
    rule: RetryRule | None = None,
    business_days: BusinessDays | None = None,
    method: PaymentMethod | None = None,
) -> Retry:
    """A pull that came back, presented again on a day: exactly the original amount, for exactly the same parts.

    Also for an increase that was refused meanwhile: draft anew instead. Where it may not be, the reason is given and no
    payment. Where less is payable now than was pulled, it is not presented again either: a new draft, of the run
    ``repeated`` on a later day, pulls what is left. ``method`` is the saved method that it is presented by: it is not,
    where that cannot pay.

    >>> from arledger import Ledger, Money, OLDEST_FIRST, replay
    >>> pulled = Payment("AP-1/pull@2026-06-01", Money("600", "CAD"), received=date(2026, 6, 1))
    >>> back = Return("N-1", pulled.id, on=date(2026, 6, 4), reason=ReturnReason.INSUFFICIENT_FUNDS)
    >>> position = replay(Ledger("CAD", [pulled, back]), by=OLDEST_FIRST, as_of=date(2026, 6, 10))
    >>> retry_pull(pulled.id, position, on=date(2026, 6, 10)).payment.id
    'AP-1/pull@2026-06-01/retry1'

    Refused: a payment that is not there (``UnknownName``).

    Source: rule R20.
    """
    subject = "retry"
    check_id(payment, subject, "payment")
    check_instance(position, Position, subject, "position", "pass what replay gave")
    check_date(on, subject, "on")
    chosen = RetryRule() if rule is None else rule
    check_instance(chosen, RetryRule, subject, "rule")
    if business_days is not None:
        check_instance(business_days, BusinessDays, subject, "business_days")
    if method is not None:
        check_instance(method, PaymentMethod, subject, "method")
    position = replayed_to(position, on)
    known = {pull.id: pull for pull in known_payments(position)}
    named = _RETRY.match(payment)
    original = known.get(payment if named is None else named.group(1))
    if payment not in known or original is None:
        raise UnknownName(
            f"{subject}: there is no payment {payment} on {on}",
            field="payment",
            value=payment,
            hint=did_you_mean(payment, known),
        )
    chain = list(_presented(original, known))
    day = on if business_days is None else business_days(on)
    refusal = None if method is None else why_not_usable(method, day)
    reason = f"{HELD}{refusal.reason}" if refusal is not None else _why_no_retry(chain, position, day, chosen)
    number = len(chain)
    if reason:
        return Retry(original.id, number, None, reason)
    again = attrs.evolve(
        original, id=f"{original.id}/retry{number}", received=day, posted=open_day(position.ledger, min(on, day))
    )
    return Retry(original.id, number, again)


def _presented(original: Payment, known: dict[str, Payment]) -> Iterator[Payment]:
    """The original and its retries."""
    yield original
    number = 1
    while (again := known.get(f"{original.id}/retry{number}")) is not None:
        yield again
        number += 1


def _why_no_retry(chain: Sequence[Payment], position: Position, day: date, rule: RetryRule) -> str:
    original, last = chain[0], chain[-1]
    if position.states.get(last.id) is not PaymentState.RETURNED:
        return f"{last.id} did not come back"
    named = PULL_ID.match(original.id)
    another = None if named is None else _first_standing(_pulls(position, named["stem"]), position)
    if another is not None:
        return f"pulled again, as {another}"
    backs = [change for change in position.view.changes if isinstance(change, Return) and change.payment == last.id]
    wrong = next((back for back in backs if back.reason not in rule.reasons), None)
    if wrong is not None:
        return f"it came back for another reason: {wrong.reason.value.replace('_', ' ')}"
    if len(chain) > rule.most:
        return f"it was presented as often as it may be: {len(chain)}"
    if day > days_after(original.received, rule.within_days):
        return f"it is over {rule.within_days} days old"
    short = _short_of(original, position)
    return "" if short is None else f"less is payable now: {short}"


def _short_of(original: Payment, position: Position) -> str | None:
    """A part of a pull of which less is payable now, if there is one."""
    for designation in original.designations:
        target = designation.to
        if isinstance(target, str) and target in position.open and designation.amount is not None:
            is_waiting = target not in position.payable_charges  # by SETTLE_DUE, until it is due
            kept = sum(reserved_for(position, target).values()) if is_waiting else 0
            payable = money_of(max(0, position.item(target).offered_minor - kept), position.currency)
            if payable < designation.amount:
                return f"{payable} of {target}"
    return None
