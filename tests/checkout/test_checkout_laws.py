"""The laws of checkout (R49 to R55), over whole accounts with whatever may befall them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any, TypeVar

import attrs
import hypothesis
from hypothesis import given
from hypothesis import strategies as st

from arledger import (
    EXACT,
    FLEXIBLE,
    OUTSTANDING,
    Bearer,
    Charge,
    InvoiceBalance,
    Payment,
    Portal,
    Position,
    Quote,
    Readdressed,
    Receipt,
    Refusal,
    RefusalKind,
    Refused,
    Return,
    access,
    invoice_balances,
    readdress,
    shown_invoices,
    submit,
    wallet,
)
from arledger.payers.invoices import KnownPayments
from portal_facts import TODAY, submitted
from portal_strategies import Case, Draw, cases, cents, made
from samples import samples

SETTINGS = hypothesis.settings(max_examples=samples(100))
SEEDS = st.integers(0, 10**9)
DAY = timedelta(days=1)
T = TypeVar("T")


def by_id(position: Position, portal: Portal) -> dict[str, InvoiceBalance]:
    """The balances of all invoices, whoever may see them."""
    return {balance.id: balance for balance in invoice_balances(position, portal.invoices)}


@SETTINGS
@given(made())
def test_r51_what_was_quoted_is_what_is_settled_whatever_the_order(both: tuple[Case, Quote]) -> None:
    """R51, R53: recorded and replayed, each invoice's payable amount is less by its line, and no other's changes."""
    case, found = both
    position = case.position()
    receipt = submitted(found, position, case.portal)
    after = case.position(*receipt.entries)
    paid = {line.invoice: line.applied.minor for line in found.lines}
    before, now = by_id(position, case.portal), by_id(after, case.portal)
    assert {name: one.payable.minor - now[name].payable.minor for name, one in before.items()} == {
        name: paid.get(name, 0) for name in before
    }
    at_the_bank = sum(leg.amount.minor for leg in found.legs if not leg.settles_at_once)
    pending = sum(now[name].pending.minor - one.pending.minor for name, one in before.items())
    assert at_the_bank - found.prepayment.minor <= pending <= at_the_bank
    left = sum(after.unapplied[one.id].minor for one in found.payments)
    kept = sum(after.pending.get(one.id, cents(0)).minor for one in found.payments) - pending
    assert left + kept == found.prepayment.minor


@SETTINGS
@given(made())
def test_r51_when_it_comes_back_all_is_payable_again(both: tuple[Case, Quote]) -> None:
    """R51: after all its payments came back, every invoice is as it was."""
    case, found = both
    position = case.position()
    receipt = submitted(found, position, case.portal)
    back = [Return(f"N-{one.id}", one.id, on=TODAY) for one in found.payments]
    after = case.position(*receipt.entries, *back)
    assert [attrs.evolve(one, knows=KnownPayments()) for one in by_id(after, case.portal).values()] == [
        attrs.evolve(one, knows=KnownPayments()) for one in by_id(position, case.portal).values()
    ]


@SETTINGS
@given(made())
def test_r53_no_cent_is_lost_between_lines_legs_and_payments(both: tuple[Case, Quote]) -> None:
    """R53: lines, legs and payments come to one amount; fees are beside it, and only the payer's are paid on top."""
    _, found = both
    assert found.amount.minor == sum(line.amount.minor for line in found.lines)
    assert found.amount.minor == sum(leg.amount.minor for leg in found.legs)
    assert [leg.amount for leg in found.legs] == [one.amount for one in found.payments]
    designated = [one.amount for payment in found.payments for one in payment.designations]
    assert sum(money.minor for money in designated if money) == (found.amount - found.prepayment).minor
    fees = sum(leg.fee.minor for leg in found.legs if leg.borne_by is Bearer.PAYER)
    assert found.total.minor == found.amount.minor + fees == sum(leg.total.minor for leg in found.legs)
    assert all((leg.borne_by is None) == (not leg.fee) for leg in found.legs)
    assert all(line.amount.minor > 0 for line in found.lines)
    assert all(leg.amount.minor > 0 for leg in found.legs)


@SETTINGS
@given(cases(), st.integers(-150, 150))
def test_r52_an_exact_policy_accepts_only_the_exact_sum(case: Case, change: int) -> None:
    """R52: of the chosen invoices, whatever is asked for; a flexible one accepts what is above 0 and not above it."""
    payer = case.portal.payers_of(case.by)[0]
    position = case.position()
    for policy in (EXACT, FLEXIBLE):
        place = attrs.evolve(case.portal, policy=policy)
        shown = invoice_balances(position, place.invoices_of(case.by))
        payable = {one.id: one.payable for one in shown if one.payable}
        for name, whole in payable.items():
            minor = whole.minor + change
            wanted = {**dict.fromkeys(payable), name: cents(minor) if minor >= 0 else -cents(-minor)}
            one = case._replace(portal=place, wanted=wanted, paying=f"card-{payer}").quote(position)
            is_made = change == 0 if policy is EXACT else 0 < minor <= whole.minor
            assert isinstance(one, Quote) == is_made
            if isinstance(one, Quote) and policy is EXACT:
                assert one.amount.minor == sum(money.minor for money in payable.values())
            if isinstance(one, Refused):
                assert [reason.about for reason in one.reasons] == [name]


@SETTINGS
@given(cases())
def test_r49_nobody_pays_what_they_do_not_see(case: Case) -> None:
    """R49, R51: a quote is of what is shown, and of no more than is shown to be payable."""
    position = case.position()
    shown = shown_invoices(case.portal, position, by=case.by)
    assert isinstance(shown, tuple)
    payable = {balance.id: balance.payable for balance in shown}
    for wanted in (case.wanted, OUTSTANDING):
        found = case._replace(wanted=wanted).quote(position)
        if isinstance(found, Quote):
            assert all(line.payable == payable[line.invoice] and line.applied <= line.payable for line in found.lines)
            assert all(payment.payer == found.payer for payment in found.payments)
        else:
            assert found.reasons


@SETTINGS
@given(made(), SEEDS)
def test_r53_the_order_in_which_anything_is_given_does_not_matter(both: tuple[Case, Quote], seed: int) -> None:
    """R53: entries, invoices, people, methods, associations, what is wanted and what it is paid with."""
    case, found = both
    random = Random(seed)

    def shuffled(values: Sequence[T]) -> list[T]:
        return random.sample(list(values), len(values))

    place = attrs.evolve(
        case.portal,
        invoices=shuffled(case.portal.invoices),
        contacts=shuffled(case.portal.contacts.all),
        methods=shuffled(case.portal.methods.all),
        associations=shuffled(case.portal.associations),
    )
    wanted, paying = case.wanted, case.paying
    if isinstance(wanted, (dict, list)):
        wanted = dict(shuffled(list(wanted.items()))) if isinstance(wanted, dict) else shuffled(wanted)
    if isinstance(paying, dict):
        paying = dict(shuffled(list(paying.items())))
    other = case._replace(entries=tuple(shuffled(case.entries)), portal=place, wanted=wanted, paying=paying)
    assert other.quote() == found
    assert place == case.portal


def reasons_of(result: Receipt | Refused) -> set[RefusalKind]:
    """The kinds of what was refused."""
    assert isinstance(result, Refused)
    return {reason.kind for reason in result.reasons}


@SETTINGS
@given(made(), SEEDS)
def test_r53_nothing_is_submitted_twice_late_or_after_a_change(both: tuple[Case, Quote], seed: int) -> None:
    """R53: on the day, nothing changed, it is submitted; and never again, on no other day, after no change."""
    (case, found), random = both, Random(seed)
    position, place = case.position(), case.portal
    receipt = submitted(found, position, place)
    assert receipt.quote == found

    def again(known: Position, there: Portal = place) -> set[RefusalKind]:
        return reasons_of(submit(found, known, there, transaction="T-2"))

    assert again(case.position(*receipt.entries)) == {RefusalKind.SUBMITTED}
    assert again(case.position(receipt.entries[0])) == {RefusalKind.SUBMITTED}
    assert again(case.position(on=TODAY + random.choice((-1, 1, 30)) * DAY)) == {RefusalKind.LATE}
    new = random.choice(
        (
            Charge("NEW", cents(1), due=TODAY, invoice="INV-1"),
            Charge("NEW", cents(1), due=TODAY + DAY, posted=TODAY),
            Payment("NEW", cents(1), received=TODAY, payer="ben"),
            Payment("NEW", cents(1), received=TODAY - DAY),
        )
    )
    assert again(case.position(new))
    method = random.choice(found.legs).method
    for step in (wallet.disable, wallet.delete):
        spoilt = attrs.evolve(place, methods=step(place.methods, method))
        assert again(position, spoilt) == {RefusalKind.METHOD_UNUSABLE}
    if isinstance(case.by, str):
        people = [access.disable(one) if one.id == case.by else one for one in place.contacts]
        assert again(position, attrs.evolve(place, contacts=people)) == {RefusalKind.NO_ACCESS}
    elsewhere = [attrs.evolve(one, payer="carl") if one.id == found.lines[0].invoice else one for one in place.invoices]
    gone = again(position, attrs.evolve(place, invoices=elsewhere))
    assert gone
    assert (RefusalKind.NOT_THEIRS in gone) == (case.wanted is not OUTSTANDING)
    cheaper = attrs.evolve(place.policy, authorisation="another text")
    assert again(position, attrs.evolve(place, policy=cheaper)) == {RefusalKind.CHANGED}


@SETTINGS
@given(cases(), st.sampled_from(["ana", "ben", "carl", None]))
def test_r49_re_addressing_changes_no_balance_and_no_past_application(case: Case, to: str | None) -> None:
    """R49: refused exactly while a payment on it is at the bank; what was open goes with it, what was paid stays."""
    position = case.position()
    for invoice in case.portal.invoices:
        balance = by_id(position, attrs.evolve(case.portal, invoices=invoice)).get(invoice.id)
        found = readdress(invoice, position, to=to, on=TODAY)
        is_pending = balance is not None and bool(balance.pending)
        assert isinstance(found, Refusal) == (is_pending and to != invoice.payer)
        if not isinstance(found, Readdressed):
            continue
        after = case.position(*found.entries)
        assert after.balance == position.balance
        assert [one for one in after.history if one.on < TODAY] == [one for one in position.history if one.on < TODAY]
        assert found.invoice == attrs.evolve(invoice, payer=to)
        if to == "carl" and to != invoice.payer:  # nobody else's charges, and no money that waits for them
            free = sum(one.payable_minor for one in _free(position, invoice.id))
            own = 0 if balance is None else balance.payable.minor
            now = by_id(after, attrs.evolve(case.portal, invoices=found.invoice)).get(invoice.id)
            assert (0 if now is None else now.payable.minor) == own
            old = by_id(after, attrs.evolve(case.portal, invoices=invoice)).get(invoice.id)
            assert (0 if old is None else old.payable.minor) <= free


def _free(position: Position, invoice: str) -> list[Any]:
    """The open charges of an invoice that are of no payer."""
    return [one for one in position.items if one.charge.invoice == invoice and one.charge.payer is None]


def test_the_cases_are_of_every_kind() -> None:
    """What is drawn is quoted and refused, by one method and by two, at once and at the bank, in part and in full."""
    found = [Draw(Random(seed)).case().quote() for seed in range(150)]
    quotes = [one for one in found if isinstance(one, Quote)]
    assert 40 <= len(quotes) <= 110
    assert any(len(one.legs) == 2 for one in quotes)
    assert any(line.amount < line.payable for one in quotes for line in one.lines)
    assert any(one.prepayment for one in quotes)
    assert {leg.settles_at_once for one in quotes for leg in one.legs} == {True, False}
    kinds = {reason.kind for one in found if isinstance(one, Refused) for reason in one.reasons}
    assert {RefusalKind.NOT_THEIRS, RefusalKind.OVER_PAYABLE, RefusalKind.NOTHING_PAYABLE} <= kinds
