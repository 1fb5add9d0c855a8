"""The laws of bills: drafting is idempotent, a change bills its difference, and each day is billed once.

Leases, policies and what becomes of them are drawn from ``lease_strategies``. What a line comes to is worked out by
walking the days, where the method adds up, and from rule R24 where it does not.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import attrs
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from arledger import (
    Bill,
    BillingPolicy,
    BillingType,
    BillKind,
    BillState,
    Category,
    Charge,
    Credit,
    Lease,
    LeaseAdjustment,
    LeaseItem,
    Money,
    Percent,
    Period,
    Price,
    Proration,
    TaxPolicy,
    billing_cycles,
    confirm,
    draft_bill,
    monthly,
    period_at,
    proration,
    taxes_on,
)
from arledger.billing.cycles import frequency_of
from arledger.billing.taxes import slashed
from arledger.rounding import HALF_UP
from lease_strategies import FIRST_DAY, IN_MONTHS, Case, billing_types, cases, days, leases, lives, policies, prices
from strategies import magnitudes

Fact = Charge | Credit
LONG = Period(FIRST_DAY - timedelta(days=800), FIRST_DAY + timedelta(days=800))
"""Any stay that is drawn with a move-out is in it."""


def facts(bill: Bill) -> list[Fact]:
    """What a bill issues."""
    return [*bill.charges, *bill.credits]


def draft(case: Case, billed: Iterable[Fact] = ()) -> Bill:
    """The bill of a case."""
    return draft_bill(case.lease, case.period, case.policy, billed=billed)


def by_line(found: Iterable[Fact]) -> dict[str, int]:
    """Charges less credits of each line, in minor units; nothing where they cancel out."""
    sums: dict[str, int] = {}
    for fact in found:
        name = fact.id.partition("#")[0]
        sums[name] = sums.get(name, 0) + (fact.amount.minor if isinstance(fact, Charge) else -fact.amount.minor)
    return {name: minor for name, minor in sums.items() if minor}


def drafts(life: list[Case]) -> list[Bill]:
    """A bill after each change, less all that was issued before."""
    bills: list[Bill] = []
    for case in life:
        bills.append(draft(case, [fact for bill in bills for fact in facts(bill)]))
    return bills


class TestDraftingAgain:
    """Drafting is idempotent; a re-draft after a change yields only the difference."""

    @given(cases())
    def test_drafting_twice_is_the_same_bill(self, case: Case) -> None:
        again = copy.deepcopy(case)
        bill = draft(case)
        assert bill == draft(again)
        assert str(bill) == str(draft(again))

    @given(cases())
    def test_what_was_issued_is_not_issued_again(self, case: Case) -> None:
        first = draft(case)
        again = draft(case, facts(first))
        assert facts(again) == []
        assert [line.amount for line in again.lines] == [line.amount for line in first.lines]

    @given(lives())
    def test_whatever_changes_what_is_issued_in_all_is_what_the_last_lease_owes(self, life: list[Case]) -> None:
        bills = drafts(life)
        found = [fact for bill in bills for fact in facts(bill)]
        assert by_line(found) == by_line(facts(draft(life[-1])))
        assert len({fact.id for fact in found}) == len(found)
        assert facts(draft(life[-1], found)) == []

    @given(lives(), st.data())
    def test_the_way_there_does_not_matter_to_what_is_left_to_bill(self, life: list[Case], data: DataObject) -> None:
        """Some of what the bills before issued, in any order: each line is made up to what it comes to."""
        found = [fact for bill in drafts(life[:-1]) for fact in facts(bill)]
        bill = draft(life[-1], data.draw(st.permutations(found)))
        assert bill == draft(life[-1], found)
        owed, before = by_line(facts(draft(life[-1]))), by_line(found)
        for name in {*owed, *before}:
            assert by_line(facts(bill)).get(name, 0) == owed.get(name, 0) - before.get(name, 0)

    @given(cases(), st.data())
    def test_the_order_on_the_lease_and_the_policy_does_not_matter(self, case: Case, data: DataObject) -> None:
        lease, policy, period = case
        other = attrs.evolve(
            lease,
            items=data.draw(st.permutations(lease.items)),
            adjustments=data.draw(st.permutations(lease.adjustments)),
            deposits=data.draw(st.permutations(lease.deposits)),
        )
        taxes = attrs.evolve(policy.taxes, taxes=data.draw(st.permutations(policy.taxes.taxes)))
        again = draft_bill(other, period, attrs.evolve(policy, taxes=taxes))
        assert set(facts(again)) == set(facts(draft(case)))
        assert set(again.holdings) == set(draft(case).holdings)

    @given(cases())
    def test_a_draft_changes_nothing_that_it_was_given(self, case: Case) -> None:
        first = draft(case)
        billed = facts(first)
        before = copy.deepcopy((case, billed))
        draft(case, billed)
        confirm(first)
        assert (case, billed) == before


class TestFacts:
    """What a bill issues holds together."""

    @given(lives())
    def test_taxes_and_credits_name_charges_that_are_there(self, life: list[Case]) -> None:
        """A tax is about a charge of the bill or of one before, a credit reduces one; or an item that costs nothing."""
        known: set[str] = set()
        for case, bill in zip(life, drafts(life), strict=True):
            known |= {charge.id for charge in bill.charges}
            free = {f"{bill.id}/{slashed(item.id)}" for item in case.lease.items}
            for charge in bill.charges:
                assert (charge.about in known) if charge.category is Category.TAX else (charge.about is None)
            for credit in bill.credits:
                assert {designation.to for designation in credit.designations} <= known | free

    @given(lives())
    def test_the_total_is_charges_less_credits(self, life: list[Case]) -> None:
        for bill in drafts(life):
            charged, credited = (sum(fact.amount.minor for fact in some) for some in (bill.charges, bill.credits))
            assert bill.total == Money.from_minor(charged - credited, bill.currency)
            assert all(fact.amount.minor > 0 and fact.amount.currency == bill.currency for fact in facts(bill))
            assert all(line.amount - line.billed == line.difference for line in bill.lines)

    @given(cases(), days())
    def test_nothing_is_due_before_it_is_posted(self, case: Case, on: date) -> None:
        bill = draft_bill(case.lease, case.period, case.policy, on=on)
        for charge in bill.charges:
            assert charge.posted == on <= charge.due == bill.due
            assert charge.period == bill.cycle.occupied
        assert {credit.granted for credit in bill.credits} <= {on}

    @given(cases())
    def test_the_state_and_the_kind_follow_from_the_policy_and_the_stay(self, case: Case) -> None:
        bill = draft(case)
        assert (bill.state is BillState.CONFIRMED) is (case.policy.confirmation == "automatic")
        assert confirm(bill) == confirm(confirm(bill))
        assert confirm(bill).state is BillState.CONFIRMED
        held = {deposit.id for deposit in case.lease.deposits if deposit.held_since}
        assert len(bill.holdings) == (len(held) if bill.kind is BillKind.ZERO_CYCLE else 0)
        assert held or bill.kind is not BillKind.ZERO_CYCLE

    @given(cases())
    def test_the_taxes_of_a_first_bill_are_those_on_its_charges(self, case: Case) -> None:
        """R31: what ``taxes_on`` says of each charge."""
        bill = draft(case)
        parents = [charge for charge in bill.charges if charge.category is not Category.TAX]
        taxes = [charge for charge in bill.charges if charge.category is Category.TAX]
        assert set(taxes) == {tax for parent in parents for tax in taxes_on(parent, case.policy.taxes)}

    @given(cases())
    def test_no_more_is_taken_off_a_tax_than_the_tax(self, case: Case) -> None:
        """R31: however many reductions there are of its item, and however large they are."""
        bill = draft(case)
        for tax in bill.charges:
            if tax.category is Category.TAX:
                off = [one.amount.minor for one in bill.credits if [to.to for to in one.designations] == [tax.id]]
                assert sum(off) <= tax.amount.minor

    @given(cases())
    def test_nothing_is_left_of_an_item_that_is_forgiven_in_full(self, case: Case) -> None:
        """R31: a reduction by 100% takes the item and all of its taxes, to the cent."""
        stay = draft(case).cycle.occupied
        item = case.lease.items[0]
        since = case.period.start if stay is None else stay.start
        free = LeaseAdjustment("free", Percent(-100), code="DISC", since=since, item=item.id)
        bill = draft(case._replace(lease=attrs.evolve(case.lease, items=[item], adjustments=[free], deposits=[])))
        assert bill.total.minor == 0

    @given(cases())
    def test_bills_of_a_stay_share_no_id(self, case: Case) -> None:
        lease, policy, _period = case
        span = Period(lease.move_in, lease.move_in + timedelta(days=100))
        bills = [draft_bill(lease, cycle.period, policy) for cycle in billing_cycles(lease, span, policy)]
        found = [fact.id for bill in bills for fact in facts(bill)]
        assert len(set(found)) == len(found)
        deposits = [name for name in found for deposit in lease.deposits if name.endswith(f"/{slashed(deposit.id)}")]
        assert len(set(deposits)) == len(deposits) <= len(lease.deposits)


class TestCycles:
    """R27: periods tile time, and so do the days that are billed."""

    @given(cases())
    def test_the_cycles_of_a_stay_tile_it(self, case: Case) -> None:
        lease, policy, _period = case
        move_out = lease.move_out or lease.move_in + timedelta(days=199)
        lease = attrs.evolve(lease, move_out=move_out)
        found = billing_cycles(lease, LONG, policy)
        assert all(first.period.end == second.period.start for first, second in pairwise(found))
        occupied = [cycle.occupied for cycle in found if cycle.occupied]
        assert len(occupied) == len(found)
        assert all(first.end == second.start for first, second in pairwise(occupied))
        last = move_out if policy.counts_move_out else move_out - timedelta(days=1)
        assert (occupied[0].start, occupied[-1].end) == (lease.move_in, last + timedelta(days=1))

    @given(cases())
    def test_the_dates_of_a_cycle_count_from_its_first_billed_day(self, case: Case) -> None:
        kind = case.policy.types[0]
        for cycle in billing_cycles(case.lease, Period(FIRST_DAY, FIRST_DAY + timedelta(days=250)), case.policy):
            assert cycle.start == max(cycle.period.start, case.lease.move_in)
            assert cycle.bill_run == cycle.start - timedelta(days=kind.bill_offset_days)
            assert cycle.autopay_run == cycle.start + timedelta(days=kind.autopay_offset_days) >= cycle.bill_run
            assert cycle == draft_bill(case.lease, cycle.period, case.policy).cycle


@st.composite
def stays(draw: st.DrawFn, minor: st.SearchStrategy[int]) -> tuple[Lease, BillingPolicy]:
    """A stay with one proratable item, billed by ACTUAL; its prices are such that no line rounds to nothing."""
    kind = draw(billing_types())
    policy = draw(policies(kind, "CAD", proration.ACTUAL))
    lease = draw(leases(kind, "CAD"))
    unit = draw(st.sampled_from(["month", "period"])) if kind.cycle in IN_MONTHS else "period"
    item = LeaseItem("rent", draw(prices("CAD", minor)), per=unit)  # type: ignore[arg-type]
    move_out = lease.move_out or lease.move_in + timedelta(days=150)
    plain = attrs.evolve(lease, items=[item], adjustments=[], deposits=[], move_out=move_out)
    return plain, attrs.evolve(policy, taxes=TaxPolicy(), rounding=HALF_UP)


class TestEachDayOnce:
    """R24: whole periods are whole, and the parts of one are its days."""

    @given(stays(st.just(0) | st.integers(10**5, 10**9)))
    def test_the_bills_of_a_stay_bill_each_of_its_days_once(self, stay: tuple[Lease, BillingPolicy]) -> None:
        """Under ACTUAL each day costs its price over the days of its month, of its week or of its half-month."""
        lease, policy = stay
        (item,) = lease.items
        frequency = frequency_of(lease, policy)
        units = frequency.in_months or frequency
        shares = units.per_year // frequency.per_year if item.per == "period" else 1
        day, expected = lease.move_in, Fraction(0)
        assert lease.move_out is not None
        end = lease.move_out + timedelta(days=policy.counts_move_out)
        while day < end:
            expected += Fraction(item.prices.at(day).minor, period_at(units, day).days * shares)
            day += timedelta(days=1)
        bills = [draft_bill(lease, cycle.period, policy) for cycle in billing_cycles(lease, LONG, policy)]
        found = [line for bill in bills for line in bill.lines]
        exact = [line.prorated.exact for line in found if line.prorated]
        assert sum(exact) == expected
        assert [line.amount.minor for line in found] == [HALF_UP(*number.as_integer_ratio()) for number in exact]

    @given(stays(st.integers(10**5, 10**9)), st.data())
    def test_a_move_out_that_turns_up_leaves_the_days_before_it(
        self, stay: tuple[Lease, BillingPolicy], data: DataObject
    ) -> None:
        """What was billed of the days after it comes back, whole periods with it."""
        lease, policy = stay
        assert lease.move_out is not None
        move_out = lease.move_in + timedelta(days=data.draw(st.integers(1, (lease.move_out - lease.move_in).days)))
        shorter = attrs.evolve(lease, move_out=move_out)
        for cycle in billing_cycles(lease, LONG, policy):
            billed = facts(draft_bill(lease, cycle.period, policy))
            again = draft_bill(shorter, cycle.period, policy, billed=billed)
            assert again.charges == ()
            assert by_line([*billed, *again.credits]) == by_line(facts(draft_bill(shorter, cycle.period, policy)))

    @given(cases(), magnitudes())
    def test_a_fully_occupied_period_costs_the_whole(self, case: Case, minor: int) -> None:
        """By any method, in any cycle: the price a period, the price of each month of it, or that of each day."""
        frequency = frequency_of(case.lease, case.policy)
        price = Money.from_minor(minor, case.lease.currency)
        months = 12 // frequency.per_year if frequency.in_months else 1
        kinds = {"month": months, "period": 1, "day": case.period.days}
        for per, times in kinds.items():
            if per == "month" and frequency.in_months is None:
                continue
            item = LeaseItem("rent", price, per=per)  # type: ignore[arg-type]
            whole = attrs.evolve(
                case.lease,
                move_in=case.period.start,
                move_out=None,
                items=[item],
                adjustments=[],
                deposits=[],
            )
            if frequency_of(whole, case.policy) != frequency:
                continue  # cycles that begin with the lease
            bill = draft_bill(whole, case.period, attrs.evolve(case.policy, taxes=TaxPolicy()))
            assert bill.total == (price * times).times(1, rounding=case.policy.rounding)

    DIVISORS: tuple[tuple[Proration, Fraction | None], ...] = (
        (proration.ACTUAL, None),
        (proration.STANDARD, Fraction(61, 2)),
        (proration.FixedDivisor(28), Fraction(28)),
        (proration.ANNUAL, Fraction(365, 12)),
    )

    @given(st.sampled_from(DIVISORS), days(), magnitudes(0), magnitudes(0))
    def test_a_fully_occupied_month_costs_the_changed_whole(
        self, method: tuple[Proration, Fraction | None], change: date, old: int, new: int
    ) -> None:
        """R24: whole(old) + (new - old) x days left / divisor, and days left are at most the divisor."""
        by, divisor = method
        month = period_at(monthly(1), change)
        left = Fraction((month.end - change).days) / (divisor or month.days)
        rises = [Price(Money.from_minor(old, "CAD")), Price(Money.from_minor(new, "CAD"), since=change)]
        lease = Lease("L", move_in=date(2020, 1, 1), items=[LeaseItem("rent", rises)])
        bill = draft_bill(lease, month, BillingPolicy(types=BillingType("monthly", monthly(1)), proration=by))
        share = min(left, Fraction(1))
        if change == month.start or not old:
            expected = new * (Fraction(1) if change == month.start else share)
        elif not new:
            expected = old * min(Fraction((change - month.start).days) / (divisor or month.days), Fraction(1))
        else:
            expected = old + (new - old) * share
        assert bill.total.minor == HALF_UP(*expected.as_integer_ratio())
