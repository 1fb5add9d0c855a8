"""The laws of autopay drafts (R13 to R20), over whole accounts with whatever may befall them.

Where a law speaks of what is pulled, money for nothing in particular is left out: that of fixed amounts, and what a
rule of one's own asks for beside its items; neither the balance nor other payers lower it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from fractions import Fraction
from functools import reduce
from math import ceil
from operator import or_
from random import Random

import attrs
import hypothesis
from hypothesis import given
from hypothesis import strategies as st

from arledger import (
    SETTLE_POSTED,
    Agreement,
    Category,
    Draft,
    Drafts,
    HeldBack,
    Includes,
    IncreaseState,
    Ledger,
    Part,
    Payment,
    PaymentState,
    PaymentStep,
    Position,
    Share,
    classify,
    include,
    pull,
    record,
    where,
)
from autopay_modes import cad, mode_of, rule_of
from autopay_strategies import BOXES, PLANS, Case, Draw, cases
from samples import samples

SETTINGS = hypothesis.settings(max_examples=samples(100))
SEEDS = st.integers(0, 10**9)


def of_items(case: Case) -> Case:
    """The case without agreements that pull money for nothing in particular."""
    kept = tuple(one for one in case.agreements if mode_of(case.rules[one.id]) not in {"fixed", "some more"})
    return case._replace(agreements=kept)


def unlimited(case: Case) -> Case:
    """The case without the limits of the policy, and pulled on the day of the run itself."""
    free = attrs.evolve(
        case.policy, limit=None, processor_limit=None, least=None, skips_over_limit=False, business_days=None
    )
    return case._replace(policy=free)


def ruled_by(case: Case, change: Callable[[Agreement], Agreement]) -> Case:
    """The case with other agreements."""
    return case._replace(agreements=tuple(change(one) for one in case.agreements))


def uncomposed(agreement: Agreement, case: Case) -> Agreement:
    """The agreement without a maximum or a minimum of its own."""
    return attrs.evolve(agreement, rule=rule_of((mode_of(case.rules[agreement.id]), Fraction(1, 3))))


def by_item(lines: Iterable[Part | HeldBack]) -> Counter[str]:
    """How much of each item, in minor units."""
    found = Counter[str]()
    for line in lines:
        found[line.charge] += line.amount.minor
    return found


def parts_of(drafts: Drafts) -> Counter[str]:
    """How much of each item is pulled."""
    return by_item(part for draft in drafts.drafts for part in draft.parts)


def payable_of(case: Case, position: Position) -> Counter[str]:
    """What is payable of each open item, and of each increase that is pending for the period."""
    found = Counter({item.id: item.payable_minor for item in position.items})
    for one in case.increases:
        name = f"{one.id}@{case.run.period.start}"
        is_for = one.state is IncreaseState.PENDING and one.effective <= case.run.period.start
        if is_for and name not in position.open:
            found[name] = one.amount.minor
    for name in found:
        if not is_payable(name, case, position):
            found[name] = max(0, found[name] - sum(kept_for(name, position).values()))
    return +found


def is_payable(name: str, case: Case, position: Position) -> bool:
    """Whether a charge may be paid by now."""
    return name in position.open and (
        case.terms["settle"] is SETTLE_POSTED or position.item(name).charge.due <= case.run.on
    )


def kept_for(name: str, position: Position) -> Counter[str]:
    """What payments keep for a charge that is not there or not due yet, settled or at the bank."""
    found = Counter[str]()
    for source in position.money:
        named = [wish.amount for wish in source.designations if wish.to == name]
        if named and source.id in position.pending:
            used = sum(money.minor for money in position.settles[source.id].values())
            left = position.pending[source.id].minor - used
        else:
            left = position.reserved[source.id].minor if source.id in position.reserved else 0
        found[source.id] = min(left, sum(left if amount is None else amount.minor for amount in named))
    return found


def unapplied(position: Position) -> int:
    """Payments that settle nothing, settled or at the bank, and could settle anything."""
    found = 0
    for payment in position.money:
        if isinstance(payment, Payment) and payment.restriction is None and payment.fund == "operating":
            found += position.unapplied[payment.id].minor
            if payment.id in position.pending and not payment.designations:
                used = sum(money.minor for money in position.settles[payment.id].values())
                found += position.pending[payment.id].minor - used
    return found


@SETTINGS
@given(cases())
def test_r15_no_more_is_pulled_than_is_payable(case: Case) -> None:
    """R15, R16: in all at most what is payable, with the increases, less unapplied payments; each within its limit."""
    position = case.position()
    drafts = case.drafts(position)
    assert parts_of(drafts).total() <= max(0, payable_of(case, position).total() - unapplied(position))
    for draft in drafts.drafts:
        for limit in (case.policy.limit, case.policy.processor_limit):
            assert limit is None or draft.amount <= limit
        if draft.amount.minor and case.policy.least is not None and mode_of(case.rules[draft.agreement.id]) != "fixed":
            assert draft.amount >= case.policy.least


@SETTINGS
@given(cases())
def test_r15_what_is_at_the_bank_is_not_pulled_again(case: Case) -> None:
    """R15: pulls under way are in no second run, neither by their agreements nor by others for the same items.

    No other money is laid on the items that day: beside the pulls, it would be so in other proportions.
    """
    of_the_day = {one.id for one in case.ledger.money if one.day == case.run.on}
    entries = [entry for entry in case.ledger.entries if getattr(entry, "payment", entry.id) not in of_the_day]
    terms = case.terms | {"sweep_payments": False, "sweep_credits": False}
    case = of_items(unlimited(case))._replace(ledger=Ledger("CAD", entries), terms=terms)
    first = case.drafts()
    steps = [PaymentStep(payment.id, PaymentState.PENDING, on=payment.received) for payment in first.payments]
    after = case._replace(ledger=record(case.ledger, [*first.payments, *steps]))
    again = after.drafts()
    for draft, earlier in zip(again.drafts, first.drafts, strict=True):
        assert earlier.payment is None or (draft.amount.minor, draft.reason[:13]) == (0, "pulled before")
    renamed = ruled_by(after, lambda one: attrs.evolve(one, id=f"{one.id}/new"))
    payable = payable_of(case, case.position())
    for name, minor in (parts_of(first) + parts_of(renamed.drafts())).items():
        assert minor <= payable[name]
    assert all(item.payable_minor >= 0 for item in after.position().items)


@SETTINGS
@given(cases())
def test_r19_a_pull_settles_its_parts_and_nothing_else(case: Case) -> None:
    """R19: recorded, each pull pays exactly its parts; what is not there yet or not due yet is kept for its part."""
    case = of_items(unlimited(case))
    drafts = case.drafts()
    position = case.position(ledger=record(case.ledger, drafts.payments))
    for draft in drafts.drafts:
        if draft.payment is not None:
            settled = Counter({name: money.minor for name, money in position.settles[draft.payment.id].items()})
            is_waiting = [part for part in draft.parts if not is_payable(part.charge, case, position)]
            assert settled + by_item(is_waiting) == by_item(draft.parts)
            kept = position.reserved.get(draft.payment.id)
            assert by_item(is_waiting).total() == (0 if kept is None else kept.minor)


@SETTINGS
@given(cases())
def test_r19_parts_and_what_is_held_back_are_all_that_is_payable(case: Case) -> None:
    """R19: item by item, the parts of all payers and what is held back are what is payable, and the increases."""
    position = case.position()
    drafts = case.drafts(position)
    assert parts_of(drafts) + by_item(drafts.held) == payable_of(case, position)


@SETTINGS
@given(cases(), SEEDS)
def test_r14_the_order_of_payers_and_entries_does_not_matter(case: Case, seed: int) -> None:
    """R14: the drafts are those of a set of agreements, and of a set of entries."""
    random = Random(seed)
    entries, agreements, increases = list(case.ledger.entries), list(case.agreements), list(case.increases)
    for given_in_order in (entries, agreements, increases):
        random.shuffle(given_in_order)
    other = case._replace(ledger=Ledger("CAD", entries), agreements=tuple(agreements), increases=tuple(increases))
    assert said_by(other.drafts()) == said_by(case.drafts())


def said_by(drafts: Drafts) -> tuple[object, ...]:
    """All that drafts state."""
    return drafts.drafts, drafts.unclaimed, drafts.left_out


@SETTINGS
@given(cases(), st.sampled_from(BOXES))
def test_r12_a_box_never_lowers_what_is_pulled(case: Case, box: Includes) -> None:
    """R12: before limits and rounding, one more box of classes lowers neither a payer's want nor the sum of pulls."""
    case = of_items(unlimited(case))
    simple = ruled_by(case, lambda one: uncomposed(one, case))
    more = case.policy.includes | Includes(box.classes, pays_everything=box.pays_everything)
    ticked = simple._replace(policy=attrs.evolve(case.policy, includes=more))
    before, after = simple.drafts().drafts, ticked.drafts().drafts
    for less, most in zip(before, after, strict=True):
        assert less.steps[0].comes_to <= most.steps[0].comes_to
    assert sum(map(exactly, before)) <= sum(map(exactly, after))


def exactly(draft: Draft) -> Fraction:
    """What a pull came to before it was rounded."""
    return [step for step in draft.steps if step.what != "rounding"][-1].comes_to


@SETTINGS
@given(cases())
def test_r18_drafting_twice_proposes_the_same(case: Case) -> None:
    """R18, R19: the same drafts, with the same ids, which nothing in the ledger has."""
    drafts = case.drafts()
    assert drafts == case.drafts()
    names = [payment.id for payment in drafts.payments]
    assert len({*names, *case.ledger.by_id}) == len(names) + len(case.ledger.by_id)


@SETTINGS
@given(cases(), st.integers(-40, 40))
def test_r10_a_position_of_another_day_gives_the_same_drafts(case: Case, days: int) -> None:
    """R10: there is one snapshot, that of the day of the run."""
    other = case.position(case.run.on + timedelta(days=days))
    assert said_by(case.drafts(other)) == said_by(case.drafts())


@SETTINGS
@given(cases(), st.integers(1, 150))
def test_r11_a_maximum_is_one(case: Case, most: int) -> None:
    """R11: a capped rule pulls at most that, and where the rule would pull less, exactly what the rule pulls."""
    capped = ruled_by(case, lambda one: attrs.evolve(one, rule=pull.capped(one.rule, cad(most))))
    case = unlimited(case)
    for plain, draft in zip(case.drafts().drafts, unlimited(capped).drafts().drafts, strict=True):
        assert draft.amount.minor == min(plain.amount.minor, most)
        if plain.amount.minor <= most:
            assert (draft.parts, draft.payment) == (plain.parts, plain.payment)


@SETTINGS
@given(cases(), st.integers(1, 150))
def test_r11_a_minimum_raises_up_to_the_share_of_what_is_payable(case: Case, least: int) -> None:
    """R11: with a minimum, one agreement pulls no less; and no more than it did, the minimum, or its share."""
    case = of_items(unlimited(case))
    for one in case.agreements[:1]:
        alone = case._replace(agreements=(uncomposed(one, case),))
        raised = ruled_by(alone, lambda one: attrs.evolve(one, rule=pull.at_least(one.rule, cad(least))))
        before, after = (each.drafts() for each in (alone, raised))
        items = classify(before.position, one, case.run, case.policy, increases=case.increases)
        share = sum((item.share * item.payable_minor for item in items), Fraction(0))
        for plain, draft in zip(before.drafts, after.drafts, strict=True):
            assert plain.amount <= draft.amount
            assert draft.amount.minor <= max(plain.amount.minor, min(least, ceil(share)))


@SETTINGS
@given(SEEDS)
def test_r12_with_all_boxes_all_that_is_payable_is_pulled(seed: int) -> None:
    """R12, R14: by shares of 100% in all, where nothing was paid, keep percent with all boxes pulls everything."""
    draw = Draw(Random(seed))
    case = draw.case()
    charges = [
        attrs.evolve(one, payer=None, disputed=False)
        for one in case.position().charges
        if (one.due if one.period is None else one.period.start) < case.run.period.end
    ]
    known = {charge.id for charge in charges}
    charges = [charge for charge in charges if charge.category is not Category.TAX or charge.about in {None, *known}]
    plan = draw.pick([one for one in PLANS if sum(one) == 1])
    both = draw.pick([one for one in PLANS if sum(one) == 1 and len(one) == len(plan)])
    agreements = [
        Agreement(
            f"AP-{payer}",
            pull.KEEP_PERCENT,
            agreed=case.run.on - timedelta(days=draw.pick((0, 20, 90))),
            payer=payer,
            shares=[Share(first, where.rent), Share(other)],
        )
        for payer, first, other in zip("ABC", plan, both, strict=False)
    ]
    boxes = reduce(or_, (include.OTHER_FEES, include.DEPOSITS))
    everything = case._replace(
        ledger=Ledger("CAD", charges),
        agreements=tuple(agreements),
        policy=attrs.evolve(unlimited(case).policy, includes=boxes, excludes_first=True),
    )
    position = everything.position()
    drafts = everything.drafts(position)
    assert parts_of(drafts) == payable_of(everything, position)
    assert drafts.held == ()
