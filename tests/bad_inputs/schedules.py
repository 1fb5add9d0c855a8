"""Bad schedules: accounts, instalments, postings, ends, enrolments, runs, projections and repayment agreements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from arledger import (
    OLDEST_FIRST,
    Association,
    Charge,
    Conflict,
    CurrencyMismatch,
    DepositAccount,
    Enrolment,
    FreeDays,
    Instalments,
    InvalidType,
    InvalidValue,
    Invoice,
    InvoiceBalance,
    LateFeeRule,
    Ledger,
    PaymentMethods,
    Posting,
    PostingState,
    Projection,
    RepaymentAgreement,
    RepaymentState,
    Schedule,
    ScheduleRun,
    UnknownName,
    ends,
    equal_instalments,
    failed_run,
    fee,
    instalments,
    monthly,
    project,
    pull,
    repayment_state,
    replay,
    run_schedule,
    spared,
    step_posting,
    weekly,
    with_instalment,
)
from bad_inputs.autopay import optional, wrong_types
from bad_inputs.autopay_policies import A_FREQUENCY, NO_INTS
from bad_inputs.common import CENT, DAY, DOLLAR, OUT_OF_RANGE, RENT, TOO_LONG, BadInput
from bad_inputs.deposits import LATER, amounts, days, names, of

ANY: dict[str, Any] = {"None": None, "str": "x", "int": 5, "date": DAY, "Money": RENT}
"""What is nothing that is asked for."""
FOURTH, FIFTEENTH = date(2026, 3, 4), date(2026, 3, 15)
AN_END = "not an end rule; pass one such as ends.NEVER or ends.after_runs(12), or a function of your own"
CLIENT = Association("A-1", "ana", client="Roy")
OPERATING, TRUST = DepositAccount("OP-1"), DepositAccount("TR-1", "trust")
INVOICE = Invoice("INV-7", date=DAY, client="Roy")
OWED = InvoiceBalance(invoice=INVOICE, outstanding=RENT)
BY_MONTH = monthly(15)
HALVES = Instalments([RENT, RENT])
ARREARS = Charge("R-01", RENT, due=DAY)
BOOKS = replay(Ledger("CAD", [ARREARS, Charge("R-02", RENT, due=DAY, payer="ben")]), by=OLDEST_FIRST, as_of=LATER)
RULE = LateFeeRule(amount=fee.flat(CENT), grace=FreeDays(5))


def account(**given: Any) -> DepositAccount:
    return DepositAccount(**{"id": "OP-1", **given})


def parts(**given: Any) -> Instalments:
    return instalments(**{"money": RENT, "n": 3, **given})


def times(**given: Any) -> Instalments:
    return equal_instalments(**{"amount": RENT, "n": 3, **given})


def posting(**given: Any) -> Posting:
    """A posting of 900.00 CAD by hand, spoilt by what is given."""
    return Posting(**{"id": "N-1", "amount": RENT, "payment": "P-1", "invoice": "INV-7", **given})


def step(**given: Any) -> Posting:
    return step_posting(**{"posting": posting(), "state": PostingState.PENDING, **given})


def enrolment(**given: Any) -> Enrolment:
    return Enrolment(**{"association": CLIENT, "since": DAY, **given})


def schedule(**given: Any) -> Schedule:
    """A schedule of one client's invoices on the 15th, spoilt by what is given."""
    return Schedule(
        **{
            "id": "S-1",
            "name": "Monthly",
            "payer": "ana",
            "account": OPERATING,
            "frequency": BY_MONTH,
            "first": FIFTEENTH,
            "enrolments": enrolment(),
            **given,
        }
    )


def run(**given: Any) -> ScheduleRun:
    return run_schedule(**{"schedule": schedule(), "balances": OWED, "postings": [], "on": FIFTEENTH, **given})


def declined(**given: Any) -> ScheduleRun:
    return failed_run(**{"run": run(), "reason": "declined", **given})


def projected(**given: Any) -> Projection:
    return project(**{"schedule": schedule(), "balances": OWED, "postings": [], "since": DAY, **given})


def agreement(**given: Any) -> RepaymentAgreement:
    """An agreement on one charge in two parts, spoilt by what is given."""
    return RepaymentAgreement(
        **{
            "id": "RA-1",
            "charges": ["R-01"],
            "instalments": HALVES,
            "frequency": BY_MONTH,
            "first": FIFTEENTH,
            "agreed": DAY,
            **given,
        }
    )


def state(**given: Any) -> RepaymentState:
    return repayment_state(**{"agreement": agreement(), "position": BOOKS, **given})


def sparing(**given: Any) -> LateFeeRule:
    return spared(**{"rule": RULE, "agreements": agreement(), "position": BOOKS, **given})


def added(**given: Any) -> object:
    return with_instalment(**{"rule": pull.KEEP_PERCENT, "agreement": agreement(), "position": BOOKS, **given})


def _counts(noun: str, make: Callable[..., object], subject: str, field: str, least: str) -> list[BadInput]:
    """What is refused as a count of one or more."""
    rows = wrong_types(noun, make, subject, field, {**NO_INTS, "None": None}, "not int; pass an int")
    for what, value in (("nothing", 0), ("below nothing", -1)):
        text = f"{subject}: {field} is {value}; {least}"
        rows.append(of(noun, make, f"{field}, {what}", {field: value}, InvalidValue, text))
    return rows


def _lists(noun: str, make: Callable[..., object], subject: str, field: str, item: str, hint: str) -> list[BadInput]:
    """What is refused as a list, and among its items."""
    return [
        *wrong_types(noun, make, subject, field, {"None": None, "str": "x", "int": 5}, f"not a list of {item}; {hint}"),
        *(
            of(
                noun,
                make,
                f"{name} among {field}",
                {field: [value]},
                InvalidType,
                f"{subject}: {field} is {name}, not {item}; pass {'an' if item[0] in 'EI' else 'a'} {item}",
            )
            for name, value in ANY.items()
        ),
    ]


ACCOUNTS = [
    *names("deposit account", account, "deposit account", "id"),
    *(
        of(
            "deposit account",
            account,
            f"fund {name}",
            {"fund": value},
            InvalidValue,
            f"deposit account OP-1: unknown fund {text}; pass operating or trust",
        )
        for name, value, text in (("in capitals", "Trust", "'Trust'"), ("as a number", 1, "1"), ("of a list", [], "[]"))
    ),
]

PLANS = [
    *amounts("instalments", parts, "instalments", "money"),
    *_counts("instalments", parts, "instalments", "n", "pass at least 1"),
    of("instalments", parts, "too many", {"n": 10_001}, InvalidValue, "instalments: n is 10001; pass at most 10000"),
    of(
        "instalments",
        parts,
        "of less than a cent",
        {"n": 2, "money": CENT},
        InvalidValue,
        "instalments: 0.01 CAD in 2 parts leaves some with nothing; pass 1 at most",
    ),
    *amounts("equal instalments", times, "equal instalments", "amount"),
    *_counts("equal instalments", times, "equal instalments", "n", "pass at least 1"),
    of(
        "equal instalments",
        times,
        "too many",
        {"n": 10_001},
        InvalidValue,
        "equal instalments: n is 10001; pass at most 10000",
    ),
    *(
        BadInput(f"plan: {what}", lambda value=value: Instalments(value), kind, "amounts", f"instalments: {problem}")  # type: ignore[misc]
        for what, value, kind, problem in (
            ("None", None, InvalidType, "amounts is None, not a list of Money; pass a list of Money"),
            ("text", "900.00", InvalidType, "amounts is str, not a list of Money; pass a list of Money"),
            ("none", [], InvalidValue, "there are none; pass at least one amount"),
            (
                "a number among amounts",
                [RENT, 5],
                InvalidType,
                "amounts is int, not Money; pass Money, such as Money('12.34', 'CAD')",
            ),
            ("a reduction", [-CENT], InvalidValue, "amounts -0.01 CAD is not positive; pass an amount above 0"),
            ("two currencies", [RENT, DOLLAR], CurrencyMismatch, "1.00 USD beside amounts in CAD"),
        )
    ),
]

POSTINGS = [
    *names("posting", posting, "posting", "id"),
    *amounts("posting", posting, "posting N-1", "amount"),
    *(
        row
        for field in ("payment", "invoice", "schedule", "association")
        for row in names("posting", posting, "posting N-1", field)
    ),
    *(row for field in ("run", "posted") for row in days("posting", posting, "posting N-1", field, or_none=True)),
    *wrong_types(
        "posting",
        posting,
        "posting N-1",
        "state",
        ANY,
        "not PostingState; pass a PostingState, such as PostingState.POSTED",
    ),
    of(
        "posting",
        posting,
        "posted without its day",
        {"posted": None, "state": PostingState.POSTED},
        InvalidValue,
        "posting N-1: is posted, and posted is None; pass the day of it",
    ),
    of(
        "posting",
        posting,
        "a day of what waits",
        {"posted": DAY},
        InvalidValue,
        "posting N-1: is queued, and posted is 2026-03-01; leave it out",
    ),
    of(
        "posting",
        posting,
        "an association without its schedule",
        {"association": "A-1"},
        InvalidValue,
        "posting N-1: association is A-1, and schedule is None; pass schedule=, association= and run=, or none of them",
    ),
    of(
        "posting",
        posting,
        "a schedule without its run",
        {"run": None, "schedule": "S-1", "association": "A-1"},
        InvalidValue,
        "posting N-1: run is None, and schedule is S-1; pass schedule=, association= and run=, or none of them",
    ),
    *wrong_types("step posting", step, "step_posting", "posting", ANY, "not Posting; pass a Posting"),
    *wrong_types(
        "step posting",
        step,
        "posting N-1",
        "state",
        ANY,
        "not PostingState; pass a PostingState, such as PostingState.POSTED",
    ),
    of(
        "step posting",
        step,
        "after it failed",
        {"state": PostingState.POSTED, "posting": posting(state=PostingState.FAILED), "posted": DAY},
        Conflict,
        "posting N-1: cannot be posted after failed; nothing follows it",
    ),
    of(
        "step posting",
        step,
        "back",
        {"state": PostingState.QUEUED, "posting": posting(state=PostingState.POSTED, posted=DAY)},
        Conflict,
        "posting N-1: cannot be queued after posted; it can be failed",
    ),
]

ENDS = [
    *_counts("after runs", ends.after_runs, "after runs", "n", "pass at least 1"),
    *(
        BadInput(
            f"{noun}: counting {what}",
            lambda make=make, value=value: make(value),  # type: ignore[misc]
            UnknownName,
            "counting",
            f"{noun}: unknown counting {value!r}; {hint}",
        )
        for noun, make in (
            ("after runs", lambda value: ends.after_runs(1, value)),
            ("after total", lambda value: ends.after_total(RENT, value)),
        )
        for what, value, hint in (
            ("misspelt", "payed", "did you mean paid?"),
            ("of a number", 5, "known are attempted, paid"),
        )
    ),
    *days("ends on", ends.on, "ends on", "day"),
    *amounts("after total", ends.after_total, "after total", "total"),
]

ENROLMENTS = [
    *wrong_types("enrolment", enrolment, "enrolment", "association", ANY, "not Association; pass an Association"),
    *days("enrolment", enrolment, "enrolment A-1", "since"),
    *wrong_types(
        "enrolment", enrolment, "enrolment A-1", "ends", {"str": "never", "int": 12, "date": DAY, "Money": RENT}, AN_END
    ),
    of(
        "enrolment",
        enrolment,
        "ends as a class",
        {"ends": Posting},
        InvalidType,
        f"enrolment A-1: ends is type, {AN_END}",
    ),
]

SCHEDULES = [
    *names("schedule", schedule, "schedule", "id"),
    *(
        row
        for field in ("name", "payer", "method", "message")
        for row in names("schedule", schedule, "schedule S-1", field)
    ),
    *wrong_types(
        "schedule", schedule, "schedule S-1", "account", ANY, "not DepositAccount; pass a DepositAccount of the firm"
    ),
    *wrong_types("schedule", schedule, "schedule S-1", "frequency", ANY, A_FREQUENCY),
    *days("schedule", schedule, "schedule S-1", "first"),
    *days("schedule", schedule, "schedule S-1", "until", or_none=True),
    *wrong_types(
        "schedule",
        schedule,
        "schedule S-1",
        "amount",
        {"str": "400", "int": 400, "float": 400.0, "Decimal": Decimal(400), "Fraction": Fraction(400), "list": [RENT]},
        "not Money or Instalments; pass the most of one run, the instalments of a plan, or None for all that is "
        "outstanding",
    ),
    *(row for row in optional(amounts("schedule", schedule, "schedule S-1", "amount")) if row.kind is InvalidValue),
    *_lists("schedule", schedule, "schedule S-1", "enrolments", "Enrolment", "pass a list of Enrolment"),
    of(
        "schedule",
        schedule,
        "a first day that its frequency has not",
        {"first": FOURTH},
        InvalidValue,
        "schedule S-1: first 2026-03-04 is no day of monthly(15); pass 2026-02-15 or 2026-03-15",
    ),
    of(
        "schedule",
        schedule,
        "a first day of another week",
        {"first": FOURTH, "frequency": weekly(DAY)},
        InvalidValue,
        "schedule S-1: first 2026-03-04 is no day of weekly(datetime.date(2026, 3, 1)); pass 2026-03-01 or 2026-03-08",
    ),
    of(
        "schedule",
        schedule,
        "one association twice",
        {"enrolments": [enrolment(), enrolment(since=LATER)]},
        Conflict,
        "schedule S-1: A-1 is enrolled twice; keep one of them",
    ),
    of(
        "schedule",
        schedule,
        "an association of another payer",
        {"enrolments": [enrolment(association=Association("A-2", "ben", client="Roy"))]},
        Conflict,
        "schedule S-1: A-2 is an association of ben, and ana pays; enrol associations of the payer",
    ),
    of(
        "schedule",
        schedule,
        "invoices paid into trust",
        {"account": TRUST},
        InvalidValue,
        "schedule S-1: pays invoices of A-1 into TR-1, a trust account; pass an operating account",
    ),
    BadInput(
        "schedule: a total in another currency",
        lambda: schedule(amount=RENT, enrolments=enrolment(ends=ends.after_total(DOLLAR))),
        CurrencyMismatch,
        "currency",
        "schedule S-1: 1.00 USD beside amounts in CAD",
    ),
]

RUNS = [
    *wrong_types("schedule run", run, "run_schedule", "schedule", ANY, "not Schedule; pass a Schedule"),
    *_lists(
        "schedule run",
        run,
        "schedule S-1",
        "balances",
        "InvoiceBalance",
        "pass what invoice_balances gave, or your own",
    ),
    *_lists("schedule run", run, "schedule S-1", "postings", "Posting", "pass a list of Posting"),
    *days("schedule run", run, "schedule S-1", "on"),
    *days("schedule run", run, "schedule S-1", "run_of", or_none=True),
    *wrong_types(
        "schedule run",
        run,
        "schedule S-1",
        "methods",
        {"str": "M-1", "list": [], "int": 5},
        "not PaymentMethods; pass PaymentMethods([...])",
    ),
    of(
        "schedule run",
        run,
        "before the first date",
        {"on": date(2026, 2, 15)},
        InvalidValue,
        "schedule S-1: 2026-02-15 is before the first run on 2026-03-15; pass 2026-03-15 or a later run day",
    ),
    of(
        "schedule run",
        run,
        "of a day before the first date",
        {"run_of": date(2026, 2, 15)},
        InvalidValue,
        "schedule S-1: 2026-02-15 is before the first run on 2026-03-15; pass 2026-03-15 or a later run day",
    ),
    of(
        "schedule run",
        run,
        "between two runs",
        {"on": date(2026, 4, 1)},
        InvalidValue,
        "schedule S-1: 2026-04-01 is no run day; pass 2026-03-15 or 2026-04-15",
    ),
    of(
        "schedule run",
        run,
        "of a day between two runs",
        {"run_of": date(2026, 4, 1), "on": LATER},
        InvalidValue,
        "schedule S-1: 2026-04-01 is no run day; pass 2026-03-15 or 2026-04-15",
    ),
    of(
        "schedule run",
        run,
        "before its day",
        {"on": date(2026, 4, 14), "run_of": date(2026, 4, 15)},
        InvalidValue,
        "schedule S-1: 2026-04-14 is before the run of 2026-04-15; pass that day or a later one",
    ),
    of(
        "schedule run",
        run,
        "an invoice with two balances",
        {"balances": [OWED, OWED]},
        Conflict,
        "invoice INV-7: has two balances; keep one of them",
    ),
    BadInput(
        "schedule run: a posting twice",
        lambda: run(postings=[posting(), posting()]),
        Conflict,
        "id",
        "posting N-1: stands twice; keep one of them",
    ),
    of(
        "schedule run",
        run,
        "an invoice in another currency",
        {"balances": OWED, "schedule": schedule(amount=DOLLAR)},
        CurrencyMismatch,
        "schedule S-1: invoice INV-7 is in CAD, and the run is in USD; make a schedule for each currency",
    ),
    of(
        "schedule run",
        run,
        "a posting in another currency than its invoice",
        {"postings": posting(amount=DOLLAR)},
        CurrencyMismatch,
        "posting N-1: 1.00 USD for invoice INV-7 in CAD",
    ),
    of(
        "schedule run",
        run,
        "a posting of its own in another currency",
        {"postings": posting(amount=DOLLAR, invoice="INV-6", schedule="S-1", association="A-1", run=FIFTEENTH)},
        CurrencyMismatch,
        "posting N-1: 1.00 USD, and schedule S-1 is in CAD",
    ),
    BadInput(
        "schedule run: a method that is not there",
        lambda: run(schedule=schedule(method="M-9"), methods=PaymentMethods()),
        UnknownName,
        "method",
        "schedule S-1: there is no method M-9; there are none yet",
    ),
    *wrong_types("failed run", declined, "failed_run", "run", ANY, "not ScheduleRun; pass what run_schedule gave"),
    *names("failed run", declined, "schedule S-1", "reason"),
    of(
        "failed run",
        declined,
        "that pays nothing",
        {"run": run(balances=[])},
        Conflict,
        "schedule S-1: the run of 2026-03-15 pays nothing that could fail; pass a run with a payment",
    ),
    *wrong_types("projection", projected, "project", "schedule", ANY, "not Schedule; pass a Schedule"),
    *days("projection", projected, "schedule S-1", "since"),
    *days("projection", projected, "schedule S-1", "until", or_none=True),
    of(
        "projection",
        projected,
        "that ends as it begins",
        {"until": DAY},
        InvalidValue,
        "schedule S-1: until 2026-03-01 is not after since 2026-03-01; until is the first day after it",
    ),
]

REPAYMENTS = [
    *names("repayment agreement", agreement, "repayment agreement", "id"),
    *wrong_types(
        "repayment agreement",
        agreement,
        "repayment agreement RA-1",
        "charges",
        {"None": None, "int": 5, "bytes": b"R-01"},
        "not a list of ids; pass a list of ids",
    ),
    *(
        of(
            "repayment agreement",
            agreement,
            f"charges, {what}",
            {"charges": value},
            kind,
            f"repayment agreement RA-1: {problem}",
        )
        for what, value, kind, problem in (
            ("none", [], InvalidValue, "names no charge; pass their ids"),
            ("a number", [17], InvalidType, "charges is int, not str; pass str(17)"),
            ("empty", "", InvalidValue, "charges is empty; pass a non-empty str"),
        )
    ),
    *wrong_types(
        "repayment agreement",
        agreement,
        "repayment agreement RA-1",
        "instalments",
        {**ANY, "list": [RENT]},
        "not Instalments; pass what instalments(...) gave",
    ),
    *wrong_types("repayment agreement", agreement, "repayment agreement RA-1", "frequency", ANY, A_FREQUENCY),
    *(
        row
        for field in ("first", "agreed")
        for row in days("repayment agreement", agreement, "repayment agreement RA-1", field)
    ),
    *names("repayment agreement", agreement, "repayment agreement RA-1", "payer"),
    *wrong_types(
        "repayment agreement",
        agreement,
        "repayment agreement RA-1",
        "grace_days",
        {**NO_INTS, "None": None},
        "not int; pass an int",
    ),
    *(
        of(
            "repayment agreement",
            agreement,
            what,
            given,
            InvalidValue,
            f"repayment agreement RA-1: {problem}",
        )
        for what, given, problem in (
            ("grace below nothing", {"grace_days": -1}, "grace_days is -1; pass 0 or more"),
            ("grace too long to print", {"grace_days": TOO_LONG}, f"grace_days is out of range; {OUT_OF_RANGE}"),
            (
                "a first day that its frequency has not",
                {"first": FOURTH},
                "first 2026-03-04 is no day of monthly(15); pass 2026-02-15 or 2026-03-15",
            ),
            (
                "a first day before it",
                {"first": FIFTEENTH, "agreed": date(2026, 3, 16)},
                "first 2026-03-15 is before agreed 2026-03-16; pass the day of the first instalment",
            ),
        )
    ),
    BadInput(
        "repayment agreement: due by text",
        lambda: agreement().due_by("2026-03-15"),  # type: ignore[arg-type]
        InvalidType,
        "day",
        "repayment agreement RA-1: day is str, not date; pass a datetime.date",
    ),
    *wrong_types(
        "repayment state",
        state,
        "repayment_state",
        "agreement",
        ANY,
        "not RepaymentAgreement; pass a RepaymentAgreement",
    ),
    *wrong_types(
        "repayment state",
        state,
        "repayment agreement RA-1",
        "position",
        {**ANY, "Ledger": Ledger("CAD")},
        "not Position; pass what replay gave",
    ),
    *days("repayment state", state, "repayment agreement RA-1", "on", or_none=True),
    of(
        "repayment state",
        state,
        "before the agreement",
        {"on": date(2026, 2, 28)},
        InvalidValue,
        "repayment agreement RA-1: 2026-02-28 is before it was agreed on 2026-03-01; pass that day or a later one",
    ),
    BadInput(
        "repayment state: of another payer's charge",
        lambda: state(agreement=agreement(charges="R-02")),
        Conflict,
        "charges",
        "repayment agreement RA-1: charge R-02 is owed by ben; make an agreement of each payer",
    ),
    BadInput(
        "repayment state: of a charge that is not there",
        lambda: state(agreement=agreement(charges="R-05")),
        UnknownName,
        "charge",
        "position: there is no charge R-05 on 2026-09-01; did you mean R-02?",
    ),
    BadInput(
        "repayment state: in another currency",
        lambda: state(agreement=agreement(instalments=Instalments(DOLLAR))),
        CurrencyMismatch,
        "position",
        "repayment agreement RA-1: in USD, for an account in CAD",
    ),
    *wrong_types("spared", sparing, "spared", "rule", ANY, "not LateFeeRule; pass a LateFeeRule"),
    *wrong_types("spared", sparing, "spared", "position", ANY, "not Position; pass what replay gave"),
    *wrong_types(
        "spared",
        sparing,
        "spared",
        "agreements",
        {"None": None, "str": "x", "int": 5},
        "not a list of RepaymentAgreement; pass a list of RepaymentAgreement",
    ),
    *wrong_types(
        "with instalment",
        added,
        "with instalment",
        "rule",
        ANY,
        "not an amount rule; pass one such as pull.KEEP_PERCENT",
    ),
    *wrong_types(
        "with instalment",
        added,
        "with instalment",
        "agreement",
        ANY,
        "not RepaymentAgreement; pass a RepaymentAgreement",
    ),
    *wrong_types("with instalment", added, "with instalment", "position", ANY, "not Position; pass what replay gave"),
    of(
        "with instalment",
        added,
        "of a fixed amount",
        {"rule": pull.FIXED},
        InvalidValue,
        "with instalment: fixed amount is for no charge in particular; pass a rule that takes items, such as "
        "pull.KEEP_PERCENT",
    ),
    of(
        "with instalment",
        added,
        "of a rule in another currency",
        {"agreement": agreement(), "rule": pull.capped(pull.FULL_BALANCE, DOLLAR)},
        CurrencyMismatch,
        "with instalment: instalments in CAD, beside USD",
    ),
]

ROWS = [*ACCOUNTS, *PLANS, *POSTINGS, *ENDS, *ENROLMENTS, *SCHEDULES, *RUNS, *REPAYMENTS]
