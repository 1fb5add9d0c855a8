"""Many accounts paid in portals and by schedules over some months, and one digest of all that came of it.

    python drawn_portals.py [SHUFFLE [hostile]]

As ``drawn_accounts``, whose arguments these are: SHUFFLE seeds the order in which everything is handed over. Each month
has its invoices; somebody looks at them, quotes and perhaps submits; a schedule runs over the same balances, and its
postings go on, or fail; and in the end a schedule is projected, and a policy of many scopes is merged.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

from drawn_accounts import digest_of, hostile, pick, shuffled

if TYPE_CHECKING:
    from arledger import Charge, Invoice, Ledger, Money, Portal, Posting, Receipt, Schedule

ACCOUNTS = 50
MONTHS = (2, 3, 4)
PAYERS = (None, "ana", "ben")
CLIENTS = ("Roy", "Lund")


def money(random: Random, currency: str, most: int = 90_000) -> Money:
    """An amount above zero."""
    from arledger import Money

    return Money.from_minor(random.randrange(1, most), currency)


def drawn_invoices(random: Random, month: int, currency: str) -> tuple[list[Invoice], list[Charge]]:
    """The invoices of a month, each with a few charges."""
    from arledger import Category, Charge, Invoice

    invoices, charges = [], []
    for place in range(random.randrange(1, 4)):
        payer = pick(random, *PAYERS)
        day = date(2026, month, random.randrange(1, 10))
        name = f"I{month}>{place}"
        invoices.append(
            Invoice(
                name,
                date=day,
                number=pick(random, None, str(10 * month + place)),
                due=pick(random, None, day + timedelta(days=20)),
                payer=payer,
                client=pick(random, None, *CLIENTS),
                matter=pick(random, None, "estate"),
            )
        )
        charges += [
            Charge(
                f"{name}'{line}",
                money(random, currency),
                due=day + timedelta(days=random.randrange(20)),
                posted=day,
                category=pick(random, Category.RENT, Category.FEE, Category.UTILITY),
                invoice=name,
                payer=pick(random, None, payer),
                disputed=not random.randrange(8),
            )
            for line in range(random.randrange(1, 4))
        ]
    return invoices, charges


def drawn_portal(random: Random, mixing: Random | None, invoices: list[Invoice]) -> Portal:
    """Contacts, methods and associations, and a policy."""
    from arledger import (
        EXACT,
        FLEXIBLE,
        AccessLevel,
        Association,
        Bearer,
        CheckoutPolicy,
        Contact,
        ContactKind,
        ContactState,
        MethodKind,
        MethodState,
        PaymentMethod,
        PaymentTypes,
        Portal,
        ProcessingFee,
        RunBy,
        fee,
    )

    card = ProcessingFee(fee.percent("2.9", of=fee.FACE), types="credit_card", borne_by=pick(random, *Bearer))
    policies = [
        FLEXIBLE,
        EXACT,
        CheckoutPolicy(fees=card, authorisation="Agreed."),
        CheckoutPolicy(prepayments=True, run_by=pick(random, *RunBy)),
    ]
    contacts = [
        Contact(
            f"C{place}",
            payer=payer,
            kind=ContactKind.SELF if payer is None else pick(random, ContactKind.FAMILY, ContactKind.COMPANY),
            email=f"{place}@example.org",
            access=pick(random, AccessLevel.BILLING, AccessLevel.BILLING, *AccessLevel),
            state=pick(random, ContactState.ACTIVE, ContactState.ACTIVE, *ContactState),
        )
        for place, payer in enumerate(PAYERS)
    ]
    methods = [
        PaymentMethod(
            f"M{place}>{kind.value}",
            kind,
            payer=payer,
            last_four=f"{place}{place}{place}{place}",
            state=pick(random, MethodState.ACTIVE, MethodState.ACTIVE, MethodState.DISABLED),
            is_default=kind is MethodKind.BANK_ACCOUNT,
        )
        for place, payer in enumerate(PAYERS)
        for kind in MethodKind
    ]
    types = PaymentTypes(
        accepted=shuffled(mixing, ["ach", "credit_card", "debit_card", "cash"]),
        resident_portal=shuffled(mixing, ["ach", "credit_card"]),
        cash_equivalent="cash",
        cash_only_after=pick(random, None, 1),
    )
    ties = [Association("A1", "ana", client="Roy"), Association("A2", "ben", client="Lund", matter="estate")]
    return Portal(
        invoices=shuffled(mixing, invoices),
        contacts=shuffled(mixing, contacts),
        methods=shuffled(mixing, methods),
        associations=shuffled(mixing, ties),
        policy=pick(random, *policies),
        types=pick(random, None, types),
        account="Rosa",
    )


def wishes(random: Random, invoices: list[Invoice], currency: str) -> Any:
    """What somebody wants to pay."""
    from arledger import OUTSTANDING

    names = [pick(random, *invoices).id for _ in range(2)]
    amounts = {name: pick(random, None, money(random, currency)) for name in names}
    return pick(random, OUTSTANDING, OUTSTANDING, names[0], amounts, amounts)


def parts(random: Random, place: int) -> Any:
    """By which methods somebody pays."""
    from arledger import Percent

    one, other = f"M{place}>bank_account", f"M{place}>credit_card"
    third = {one: Fraction(1, 3), other: Fraction(2, 3)}
    return pick(random, one, one, other, third, {one: Percent(60), other: Percent(40)})


def checked_out(
    random: Random, ledger: Ledger, portal: Portal, invoices: list[Invoice], day: date
) -> Iterator[str | Receipt]:
    """What is seen, quoted and submitted on a day, and what it says."""
    from arledger import (
        OLDEST_FIRST,
        BillingTeam,
        Receipt,
        Refusal,
        Refused,
        balances_text,
        quote,
        replay,
        shown_invoices,
        submit,
    )

    position = replay(ledger, by=OLDEST_FIRST, as_of=day)
    for place, payer in enumerate(PAYERS):
        by: Any = pick(random, f"C{place}", f"C{place}", BillingTeam(payer))
        seen = shown_invoices(portal, position, by=by)
        yield str(seen) if isinstance(seen, Refusal) else balances_text(seen, day) + repr(seen)
        wanted = wishes(random, invoices, ledger.currency)
        asked = quote(wanted, position, portal, by=by, paying=parts(random, place))
        yield f"{asked}\n{asked!r}"
        if isinstance(asked, Refused) or random.randrange(2):
            continue
        receipt = submit(asked, position, portal, transaction=f"T{place}")
        yield f"{receipt}\n{receipt!r}"
        if isinstance(receipt, Receipt):
            yield receipt
            return


def drawn_schedule(random: Random, currency: str) -> Schedule:
    """A schedule of ana, with two enrolments."""
    from arledger import (
        LAST,
        Association,
        DepositAccount,
        Enrolment,
        Schedule,
        ends,
        instalments,
        monthly,
        twice_a_month,
    )

    rules = [None, None, ends.after_runs(2), ends.after_total(money(random, currency)), ends.on(date(2026, 4, 1))]
    frequency, first = pick(random, (monthly(15), date(2026, 2, 15)), (twice_a_month(15, LAST), date(2026, 2, 15)))
    total = money(random, currency, 300_000)
    return Schedule(
        "S1",
        "Plan",
        payer="ana",
        account=DepositAccount("OP"),
        frequency=frequency,
        first=first,
        amount=pick(random, None, total, instalments(total, 1), total),
        enrolments=[
            Enrolment(Association("A1", "ana", client="Roy"), since=date(2026, 2, 1), ends=pick(random, *rules)),
            Enrolment(Association("A3", "ana", matter="estate"), since=date(2026, 2, 1), ends=pick(random, *rules)),
        ],
    )


def stepped(random: Random, postings: list[Posting], day: date) -> list[Posting]:
    """The postings, those of a day posted, or failed, or waiting."""
    from arledger import PostingState, step_posting

    found = []
    for posting in postings:
        if posting.run == day:
            state = pick(random, None, PostingState.POSTED, PostingState.POSTED, PostingState.FAILED)
            if state is not None:
                on = day + timedelta(days=2) if state is PostingState.POSTED else None
                posting = step_posting(posting, state, posted=on)  # noqa: PLW2901  # one after the other
        found.append(posting)
    return found


def course_of(number: int, mixing: Random | None) -> Iterator[str]:
    """The months of one account."""
    from arledger import (
        OLDEST_FIRST,
        Ledger,
        Receipt,
        Return,
        followed,
        invoice_balances,
        project,
        readdress,
        receipt_events,
        record,
        replay,
        run_schedule,
    )

    random = Random(number)
    currency = pick(random, "CAD", "CAD", "JPY", "KWD")
    schedule = drawn_schedule(random, currency)
    ledger, invoices, postings = Ledger(currency), list[Any](), list[Any]()
    for month in MONTHS:
        new, charges = drawn_invoices(random, month, currency)
        invoices += new
        ledger = record(ledger, shuffled(mixing, charges))
        portal = drawn_portal(random, mixing, invoices)
        for outcome in list(checked_out(random, ledger, portal, invoices, date(2026, month, 12))):
            if isinstance(outcome, Receipt):
                ledger = record(ledger, shuffled(mixing, list(outcome.entries)))
                payment = outcome.quote.payments[0]
                if not random.randrange(3):
                    ledger = record(ledger, [Return(f"N{month}", payment.id, on=date(2026, month, 14))])
                later = replay(ledger, by=OLDEST_FIRST, as_of=date(2026, month, 15))
                yield f"{followed(outcome, later)}\n{receipt_events(outcome, later)}"
            else:
                yield outcome
        position = replay(ledger, by=OLDEST_FIRST, as_of=date(2026, month, 15))
        balances = invoice_balances(position, shuffled(mixing, invoices))
        run = run_schedule(
            schedule, shuffled(mixing, list(balances)), shuffled(mixing, postings), date(2026, month, 15)
        )
        yield f"{run.explanation}\n{run!r}"
        postings = stepped(random, [*postings, *run.postings], date(2026, month, 15))
        yield repr(readdress(invoices[0], position, to=pick(random, *PAYERS), on=date(2026, month, 15)))
    position = replay(ledger, by=OLDEST_FIRST, as_of=date(2026, 4, 16))
    balances = invoice_balances(position, shuffled(mixing, invoices))
    yield str(project(schedule, balances, shuffled(mixing, postings), date(2026, 4, 16)))


def merged(mixing: Random | None) -> Iterator[str]:
    """A policy of many scopes, merged for each of them."""
    from arledger import Money, Policies, PolicyLayer, Scope, effective

    layers = [
        PolicyLayer(Scope.COMPANY, None, {"deposit.refund_window_days": 30, "autopay.limit": Money("5000", "CAD")}),
        PolicyLayer(Scope.REGION, "West", {"autopay.include.deposits": True}),
        PolicyLayer(
            Scope.PROPERTY,
            "Oak",
            {"autopay.include.other_fees": True, "autopay.least": Money("5", "CAD")},
            within="West",
        ),
        PolicyLayer(Scope.PROPERTY, "Elm", {"deposit.refund_window_days": 15}),
        PolicyLayer(Scope.LEASE, "L-7", {"autopay.limit": Money("900", "CAD")}, within="Oak"),
    ]
    policies = Policies(shuffled(mixing, layers))
    for scope in ({}, {"region": "West"}, {"property": "Oak"}, {"property": "Elm"}, {"lease": "L-7"}):
        yield f"{effective(policies, **scope)}"


def texts(shuffle: int | None = None) -> Iterator[str]:
    """All that the months of all accounts say, or how they are refused."""
    from arledger import ArledgerError

    mixing = None if shuffle is None else Random(shuffle)
    for number in range(ACCOUNTS):
        yield f"account {number}"
        try:
            yield from course_of(number, mixing)
        except ArledgerError as error:
            yield f"{type(error).__name__}: {error}"
    yield from merged(mixing)


def digest(shuffle: int | None = None) -> str:
    """The digest of all of it."""
    return digest_of(texts(shuffle))


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if "hostile" in arguments:
        hostile()
    sys.stdout.write(digest(int(arguments[0]) if arguments else None))
