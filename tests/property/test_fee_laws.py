"""The laws of fees (R33 to R38), over rules composed of all that there is and accounts with whatever may befall them.

Drawn accounts have no wishes and are paid oldest first, so that a fee, which is due last, never takes the money that
had paid what it is about: where an order pays fees first, a payment of the same day is theirs, and more is owed.
"""

from __future__ import annotations

import copy
import datetime
import pickle
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import attrs
import hypothesis
from hypothesis import given
from hypothesis import strategies as st

import arledger
from arledger import (
    BALANCE_EACH_PERIOD,
    OLDEST_FIRST,
    Assessment,
    Category,
    Charge,
    FeeAmount,
    Grace,
    LateFeeRule,
    Ledger,
    Limit,
    Money,
    Occurrence,
    Worked,
    assess,
    fee,
    record,
    replay,
)
from arledger.dates.frequency import period_at
from arledger.fees.amounts import OneOf, Plus
from arledger.fees.rule import NOT_LATE_CHARGES
from fee_strategies import RENT, accounts, assessed_days, fee_amounts, graces, limits, nights, rules, unpaid
from ledger_cases import FIRST_DAY, Case
from samples import PART, samples

SETTINGS = hypothesis.settings(max_examples=samples(100))
FEW = hypothesis.settings(max_examples=samples(12))
PAYERS = ["ann", "bob"]
NAMES: dict[str, Any] = {"fee": fee, "datetime": datetime, "Fraction": Fraction} | {
    name: getattr(arledger, name) for name in dir(arledger) if not name.startswith("_") and name != "fee"
}
A_YEAR = 365


def of_case(rule: LateFeeRule, case: Case, on: date, ledger: Ledger | None = None) -> Assessment:
    position = replay(case.ledger if ledger is None else ledger, as_of=on, **case.terms)
    return assess(rule, position, on=on, rent=RENT, payers=PAYERS)


def of_unpaid(rule: LateFeeRule, charges: Ledger | Sequence[Charge], on: date) -> Assessment:
    ledger = charges if isinstance(charges, Ledger) else Ledger("CAD", charges)
    return assess(rule, replay(ledger, by=OLDEST_FIRST, as_of=on), on=on, rent=RENT)


def totals(assessment: Assessment) -> int:
    return sum(item.total.minor for item in assessment.items)


def all_nights(rule: LateFeeRule, case: Case, run: Sequence[date]) -> tuple[Ledger, list[Charge]]:
    """The ledger after a run on each of some days, and what was charged."""
    ledger = case.ledger
    found: list[Charge] = []
    for on in run:
        charges = of_case(rule, case, on, ledger).charges
        ledger = record(ledger, charges)
        found += charges
    return ledger, found


@st.composite
def steady_rules(draw: st.DrawFn) -> LateFeeRule:
    """Rules that look at no periods, and whose amounts never fall."""
    occurs = draw(st.sampled_from([each for each in Occurrence if each is not BALANCE_EACH_PERIOD]))
    some = draw(limits(scopes=("charge", "ever")))
    eligible = draw(st.sampled_from([NOT_LATE_CHARGES, arledger.where.rent]))
    return draw(rules(fee_amounts(rising=True), occurs=occurs, limits=some, eligible=eligible))


class TestWhatGrows:
    """Monotone in days late, and in what is owed."""

    @SETTINGS
    @given(rules(), unpaid(most=1), nights(FIRST_DAY + timedelta(days=1), 160, 12))
    def test_a_day_more_is_never_less(self, rule: LateFeeRule, charges: list[Charge], run: list[date]) -> None:
        """While the same is owed."""
        found: list[int] = [totals(of_unpaid(rule, charges, on)) for on in run]
        assert found == sorted(found)

    @SETTINGS
    @given(rules(fee_amounts(rising=True)), unpaid(), st.integers(1, 90), st.integers(1, 5000))
    def test_more_owed_is_never_less(self, rule: LateFeeRule, charges: list[Charge], day: int, more: int) -> None:
        """Where the amount rises with its bases: each of the charges may be more, and the fee is no less."""
        on = FIRST_DAY + timedelta(days=day)
        before = totals(of_unpaid(rule, charges, on))
        for place, charge in enumerate(charges):
            raised = attrs.evolve(charge, amount=charge.amount + Money.from_minor(more, "CAD"))
            assert totals(of_unpaid(rule, [*charges[:place], raised, *charges[place + 1 :]], on)) >= before

    @SETTINGS
    @given(rules(limits=()), unpaid(), st.integers(1, 90), limits())
    def test_a_limit_never_raises_what_is_proposed(
        self, rule: LateFeeRule, charges: list[Charge], day: int, some: list[Limit]
    ) -> None:
        on = FIRST_DAY + timedelta(days=day)
        limited = attrs.evolve(rule, limits=some)
        assert of_unpaid(limited, charges, on).total <= of_unpaid(rule, charges, on).total


class TestLimits:
    """Never above any limit, never negative."""

    @SETTINGS
    @given(rules(), accounts(), nights(FIRST_DAY, A_YEAR, 30))
    def test_no_limit_is_ever_passed(self, rule: LateFeeRule, case: Case, run: list[date]) -> None:
        """Over up to thirty nights of a year."""
        keeps_its_limits(rule, case, run)

    @FEW
    @given(rules(), unpaid(most=2))
    def test_no_limit_is_passed_in_a_year_of_nightly_runs(self, rule: LateFeeRule, charges: list[Charge]) -> None:
        keeps_its_limits(rule, Case(Ledger("CAD", charges)), [FIRST_DAY + timedelta(days=n) for n in range(A_YEAR)])


def keeps_its_limits(rule: LateFeeRule, case: Case, run: Sequence[date]) -> None:
    ledger, found = all_nights(rule, case, run)
    assert all(charge.amount.minor > 0 for charge in found)
    for limit in rule.limits:
        spent = Counter[Any]()
        for charge in found:
            if limit.per != "charge":
                period = period_at(rule.period, charge.posted) if limit.per == "period" else None
                spent[charge.payer, period] += charge.amount.minor
        if limit.per == "charge" and rule.occurs is not BALANCE_EACH_PERIOD:
            for item in of_case(rule, case, run[-1], ledger).items:
                spent[item.about] = sum(charge.amount.minor for charge in found if charge.about in item.charges)
        assert all(minor <= by_hand(limit.amount) for minor in spent.values()), (limit, spent)


def by_hand(amount: FeeAmount) -> int:
    """What a limit that is drawn comes to, in whole minor units: a sum, the rent, a third of it, the lesser of two."""
    if amount.currency is None:
        return RENT.minor if amount == fee.RENT else RENT.minor // 3
    return min(RENT.minor, 500) if fee.RENT in amount.parts else Money(str(amount).split()[0], "CAD").minor


class TestOnce:
    """What was charged is not charged again, whenever and in whatever order it was assessed and recorded."""

    @SETTINGS
    @given(rules(), accounts(), assessed_days())
    def test_assessed_and_recorded_there_is_nothing_left(self, rule: LateFeeRule, case: Case, on: date) -> None:
        found = of_case(rule, case, on)
        again = of_case(rule, case, on)
        assert (again, again.explanation) == (found, found.explanation)
        assert of_case(rule, case, on, record(case.ledger, found.charges)).charges == ()

    @SETTINGS
    @given(rules(), accounts(), assessed_days(), st.randoms(use_true_random=False))
    def test_what_is_recorded_in_part_leaves_the_rest(
        self, rule: LateFeeRule, case: Case, on: date, chance: Random
    ) -> None:
        """Some of the proposed charges are recorded, in any order: the others are proposed again, and nothing else."""
        found = list(of_case(rule, case, on).charges)
        chance.shuffle(found)
        some = found[: chance.randrange(len(found) + 1)]
        again = of_case(rule, case, on, record(case.ledger, some)).charges
        assert {charge.id: charge for charge in again} == {charge.id: charge for charge in found[len(some) :]}

    @SETTINGS
    @given(steady_rules(), unpaid(), nights(FIRST_DAY, 90, 15))
    def test_every_night_comes_to_the_same_as_once_at_the_end(
        self, rule: LateFeeRule, charges: list[Charge], run: list[date]
    ) -> None:
        """Where what is owed stays the same, and no limit is on a period, which a run that was missed has lost."""
        last = of_unpaid(rule, charges, run[-1])
        _, found = all_nights(rule, Case(Ledger("CAD", charges)), run)
        assert sum(charge.amount.minor for charge in found) == last.total.minor

    @SETTINGS
    @given(rules(), rules(), accounts(), assessed_days())
    def test_the_order_of_two_rules_does_not_matter(
        self, one: LateFeeRule, other: LateFeeRule, case: Case, on: date
    ) -> None:
        other = attrs.evolve(other, code="THEIRS")
        found: list[set[Charge]] = []
        for first, second in ((one, other), (other, one)):
            charges = of_case(first, case, on).charges
            later = of_case(second, case, on, record(case.ledger, charges)).charges
            found.append({*charges, *later})
        assert found[0] == found[1]

    @SETTINGS
    @given(rules(), accounts(), assessed_days(), st.randoms(use_true_random=False))
    def test_the_order_of_the_entries_does_not_matter(
        self, rule: LateFeeRule, case: Case, on: date, chance: Random
    ) -> None:
        entries = list(case.ledger.entries)
        chance.shuffle(entries)
        assert of_case(rule, case, on, Ledger("CAD", entries)) == of_case(rule, case, on)

    @SETTINGS
    @given(rules(), accounts(), assessed_days(), assessed_days())
    def test_the_day_of_the_position_does_not_matter(
        self, rule: LateFeeRule, case: Case, on: date, other: date
    ) -> None:
        """As far as the same is known."""
        known = max(on, other, *(entry.posted for entry in case.ledger.entries))
        position = replay(case.ledger, as_of=other, known=known, **case.terms)
        found = assess(rule, position, on=on, rent=RENT, payers=PAYERS)
        assert found == assess(
            rule, replay(case.ledger, as_of=on, known=known, **case.terms), on=on, rent=RENT, payers=PAYERS
        )


class TestWhatIsProposed:
    """The parts of an assessment agree with each other and with the account."""

    @SETTINGS
    @given(rules(), accounts(), assessed_days())
    def test_the_charges_are_what_the_items_propose(self, rule: LateFeeRule, case: Case, on: date) -> None:
        found = of_case(rule, case, on)
        proposed = [item for item in found.items if item.proposed]
        assert [(charge.about, charge.payer, charge.amount) for charge in found.charges] == [
            (item.about, item.payer, item.proposed) for item in proposed
        ]
        assert found.total.minor == sum(item.proposed.minor for item in found.items)
        for item in found.items:
            assert item.owed == item.payable - item.disputed - item.on_hand
            assert bool(item.reason) == (not item.proposed)
            assert min(money.minor for money in (item.owed, item.disputed, item.on_hand, item.proposed)) >= 0
            assert not item.proposed or item.proposed <= item.total - item.charged
            assert all(item.proposed <= limit.left for limit in item.limits)
            assert item.about in item.charges
            assert item.worked is None or on >= item.first_day > item.due

    @SETTINGS
    @given(rules(), accounts(), assessed_days())
    def test_each_charge_is_assessed_in_one_item_or_left_out(self, rule: LateFeeRule, case: Case, on: date) -> None:
        found = of_case(rule, case, on)
        names = [name for item in found.items for name in item.charges]
        names += [name for name, _ in found.left_out]
        assert max(Counter(names).values(), default=1) == 1
        charges = {charge.id: charge for charge in case.ledger.charges}
        for item in found.items:
            assert all(charges[name].due < on and charges[name].payer == item.payer for name in item.charges)
            assert item.due == min(charges[name].due for name in item.charges)

    @SETTINGS
    @given(rules(), accounts(), assessed_days())
    def test_a_step_is_what_its_steps_come_to(self, rule: LateFeeRule, case: Case, on: date) -> None:
        for item in of_case(rule, case, on).items:
            if item.worked is not None:
                assert all(adds_up(step) for step in steps_of(item.worked))

    @SETTINGS
    @given(rules(), accounts(), nights(FIRST_DAY, 200, 6))
    def test_a_fee_of_a_fee_never_arises_unless_asked(self, rule: LateFeeRule, case: Case, run: list[date]) -> None:
        """Nor one of interest, of a deposit, or of a tax on any of them; however long they are owed."""
        plain = attrs.evolve(rule, eligible=NOT_LATE_CHARGES)
        ledger, found = all_nights(plain, case, run)
        for charge in found:
            about = ledger.by_id[str(charge.about)]
            assert isinstance(about, Charge)
            assert taxed(about, ledger, charge.due).category not in BARRED


BARRED = {Category.LATE_FEE, Category.INTEREST, Category.DEPOSIT}


def taxed(charge: Charge, ledger: Ledger, on: date) -> Charge:
    """What a tax is on, as far as that is there on the day; of anything else, itself."""
    parent = ledger.by_id.get(str(charge.about))
    is_tax_on = charge.category is Category.TAX and isinstance(parent, Charge) and parent.posted <= on
    return taxed(parent, ledger, on) if is_tax_on and isinstance(parent, Charge) else charge


def steps_of(worked: Worked) -> Iterator[Worked]:
    yield worked
    for step in worked.steps:
        yield from steps_of(step)


def adds_up(worked: Worked) -> bool:
    """Whether a sum is that of its steps, and a choice one of them."""
    parts = [step.minor for step in worked.steps]
    if isinstance(worked.what, Plus):
        return worked.minor == sum(parts)
    if isinstance(worked.what, OneOf):
        return worked.minor == (min if worked.what.name == "lesser_of" else max)(parts)
    return worked.minor >= 0


class TestText:
    """A rule prints as a sentence that has all its parts, and as code that reads back."""

    @SETTINGS
    @given(rules())
    def test_a_rules_sentence_names_each_of_its_parts(self, rule: LateFeeRule) -> None:
        text = str(rule)
        assert text.startswith(f"{rule.amount}, {rule.grace}, {rule.occurs.value}")
        for amount in parts_of(rule.amount):
            assert str(amount) in text
        assert all(str(limit) in text and str(limit.amount) in text for limit in rule.limits)
        assert (rule.least is not None) == ("is past due, " in f"{text}, ".replace("all that is past due", ""))
        assert rule.least is None or f"at least {rule.least} is past due" in text

    @SETTINGS
    @given(fee_amounts(), graces())
    def test_amounts_and_graces_read_back(self, amount: FeeAmount, grace: Grace) -> None:
        for value in (amount, grace):
            again = eval(repr(value), NAMES)
            assert (again, hash(again), repr(again), str(again)) == (value, hash(value), repr(value), str(value))

    @SETTINGS
    @given(rules())
    def test_a_rule_reads_back_and_survives_pickle(self, rule: LateFeeRule) -> None:
        for again in (eval(repr(rule), NAMES), pickle.loads(pickle.dumps(rule)), copy.deepcopy(rule)):
            assert (again, hash(again), str(again)) == (rule, hash(rule), str(rule))

    @FEW
    @given(rules(), accounts(), assessed_days())
    def test_an_assessment_survives_pickle(self, rule: LateFeeRule, case: Case, on: date) -> None:
        found = of_case(rule, case, on)
        again = pickle.loads(pickle.dumps(found))
        assert (again, str(again), again.explanation) == (found, str(found), found.explanation)


def parts_of(amount: FeeAmount) -> Iterator[FeeAmount]:
    yield amount
    for part in amount.parts:
        yield from parts_of(part)


def test_what_is_drawn_has_what_it_is_drawn_for() -> None:
    """A law holds of nothing, too: much of what is drawn is late, charged, limited, disputed or in its grace."""
    seen = Counter[str]()

    @hypothesis.settings(SETTINGS, max_examples=samples(150))
    @given(rules(), accounts(), assessed_days())
    def look(rule: LateFeeRule, case: Case, on: date) -> None:
        found = of_case(rule, case, on)
        seen.update({"late"} if found.items else ())
        seen.update({"charged"} if found.charges else ())
        seen.update({"growing"} if rule.amount.counts_days else {"still"})
        seen.update({"composed"} if rule.amount.parts else ())
        seen.update({"limited"} if any(item.total - item.charged > item.proposed for item in found.items) else ())
        seen.update({"disputed"} if any(item.disputed for item in found.items) else ())
        seen.update({item.reason.split()[0] for item in found.items if item.reason})

    look()
    if PART == 1:
        most = {"late": 50, "charged": 30, "growing": 30, "still": 30, "composed": 50, "limited": 5, "disputed": 4}
        few = {"no": 1, "it": 1, "the": 1}  # fee before, comes to 0, limit is reached
        assert {word for word, least in (most | few).items() if seen[word] < least} == set()
