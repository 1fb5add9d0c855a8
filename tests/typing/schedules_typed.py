"""What must type-check of schedules, and what must not, with the error that mypy gives. Never run."""

from __future__ import annotations

from datetime import date
from typing import assert_type

from arledger import (
    AmountRule,
    Association,
    Course,
    DepositAccount,
    EndRule,
    Enrolment,
    Instalments,
    Invoice,
    InvoiceBalance,
    LateFeeRule,
    Money,
    Payment,
    PaymentMethods,
    Position,
    Posting,
    PostingState,
    Projection,
    RepaymentAgreement,
    RepaymentState,
    Schedule,
    ScheduleRun,
    ends,
    equal_instalments,
    failed_run,
    instalments,
    monthly,
    project,
    pull,
    repayment_state,
    run_schedule,
    spared,
    step_posting,
    with_instalment,
)

day = date(2026, 3, 15)
usd = Money("400", "USD")
tie = Association("A-1", "ana", client="Roy")


def until_summer(course: Course) -> str | None:
    """A user's own end rule."""
    return "summer has come" if course.on >= date(2026, 6, 21) else None


def at_most_a_hundred(course: Course) -> Money:
    """One that never ends."""
    return Money.from_minor(max(0, 10_000 - course.taken_minor("attempted")), "USD")


own: EndRule = until_summer
rules: list[EndRule] = [own, at_most_a_hundred, ends.NEVER, ends.on(day), ends.after_runs(3, "attempted")]
schedule = Schedule(
    "S-1",
    "Monthly",
    payer="ana",
    account=DepositAccount("OP-1", "operating"),
    frequency=monthly(15),
    first=day,
    amount=instalments(usd, 3),
    enrolments=[Enrolment(tie, since=day, ends=until_summer)],
)
Schedule(
    "S-1",
    "Monthly",
    payer="ana",
    account=DepositAccount("OP-1"),
    frequency=monthly(15),
    first=day,
    enrolments=Enrolment(tie, since=day),
)
balance = InvoiceBalance(invoice=Invoice("INV-7", date=day), outstanding=usd)
made = run_schedule(schedule, balance, [], day, methods=PaymentMethods())
assert_type(made, ScheduleRun)
assert_type(made.payment, Payment | None)
assert_type(made.postings, tuple[Posting, ...])
assert_type(made.total, Money | None)
assert_type(failed_run(made, "declined"), ScheduleRun)
assert_type(step_posting(made.postings[0], PostingState.POSTED, posted=day), Posting)
assert_type(project(schedule, [balance], made.postings, day), Projection)
assert_type(equal_instalments(usd, 3), Instalments)

agreement = RepaymentAgreement("RA-1", "R-01", Instalments([usd]), frequency=monthly(15), first=day, agreed=day)


def kept(position: Position, rule: LateFeeRule) -> None:
    """Repayment agreements, of one account."""
    assert_type(repayment_state(agreement, position), RepaymentState)
    assert_type(spared(rule, agreement, position), LateFeeRule)
    assert_type(with_instalment(pull.KEEP_PERCENT, agreement, position), AmountRule)
    with_instalment(pull.KEEP_PERCENT, agreement)  # type: ignore[call-arg]


DepositAccount("OP-1", "savings")  # type: ignore[arg-type]
Enrolment(tie, day)  # type: ignore[call-arg]
Enrolment(tie, since=day, ends="never")  # type: ignore[arg-type]
Enrolment(tie, since=day, ends=ends.on)  # type: ignore[arg-type]
ends.after_runs(3, "made")  # type: ignore[arg-type]
instalments(400, 3)  # type: ignore[arg-type]
Posting("N-1", usd)  # type: ignore[call-arg]
run_schedule(schedule, balance, day)  # type: ignore[call-arg, arg-type]
made.payment.amount  # type: ignore[union-attr]  # noqa: B018
