"""Bills: their kinds, their confirmation, their days, their ids, and how they print. R28, R29."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arledger import (
    BillingType,
    BillKind,
    BillState,
    Category,
    Lease,
    LeaseDeposit,
    Percent,
    Period,
    Price,
    Tax,
    billing_cycles,
    confirm,
    draft_bill,
    monthly,
    quarterly,
    weekly,
)
from arledger.billing.lines import line_id
from lease_facts import (
    GST,
    SEP_16,
    SEPTEMBER,
    bills_of,
    cad,
    facts,
    feature,
    issued,
    lease,
    less,
    lines,
    month,
    policy,
    rent,
    sep,
    taxed,
)

AUTUMN = Period(date(2026, 7, 1), date(2026, 12, 1))
HELD = LeaseDeposit("deposit", cad(500), held_since=date(2024, 5, 1))
FIRST, REGULAR, FINAL, ZERO = BillKind.FIRST, BillKind.REGULAR, BillKind.FINAL, BillKind.ZERO_CYCLE


class TestKinds:
    """R29: first, regular, final, and zero cycle, which opens with deposits already held."""

    @pytest.mark.parametrize(
        ("move_in", "move_out", "kinds"),
        [
            ((2026, 8, 20), (2026, 10, 10), [FIRST, REGULAR, FINAL]),
            ((2026, 8, 1), (2026, 10, 31), [FIRST, REGULAR, FINAL]),
            ((2026, 8, 31), (2026, 10, 1), [FIRST, REGULAR, FINAL]),
            ((2026, 8, 20), (2026, 9, 30), [FIRST, FINAL]),
            ((2026, 8, 20), (2026, 8, 25), [FINAL]),
            ((2026, 8, 20), None, [FIRST, REGULAR, REGULAR, REGULAR]),
        ],
    )
    def test_R29_the_kinds_of_the_bills_of_a_stay(
        self, move_in: tuple[int, int, int], move_out: tuple[int, int, int] | None, kinds: list[BillKind]
    ) -> None:
        one = lease(move_in=date(*move_in), move_out=move_out and date(*move_out))
        assert [bill.kind for bill in bills_of(one, policy(), AUTUMN)] == kinds

    def test_R29_the_final_bill_is_that_of_the_last_day_that_is_billed(self) -> None:
        """Out on 1 October: in October where that day counts, else in September."""
        one = lease(move_in=date(2026, 8, 20), move_out=date(2026, 10, 1))
        for counts, kinds in ((True, [FIRST, REGULAR, FINAL]), (False, [FIRST, FINAL])):
            assert [bill.kind for bill in bills_of(one, policy(counts_move_out=counts), AUTUMN)] == kinds

    def test_R29_a_first_bill_with_deposits_held_already_is_a_zero_cycle(self) -> None:
        one = lease(move_in=date(2026, 8, 20), move_out=date(2026, 10, 10), deposits=[HELD])
        assert [bill.kind for bill in bills_of(one, policy(), AUTUMN)] == [ZERO, REGULAR, FINAL]

    def test_a_deposit_that_is_asked_for_makes_no_zero_cycle(self) -> None:
        one = lease(move_in=SEP_16, deposits=[LeaseDeposit("deposit", cad(500))])
        bill = draft_bill(one, SEPTEMBER, policy())
        assert (bill.kind, bill.holdings) == (FIRST, ())

    def test_a_period_before_the_stay_or_after_it_bills_nothing(self) -> None:
        one = lease(move_in=date(2026, 8, 20), move_out=date(2026, 9, 10), adjustments=[less("off", -100)])
        for number, kind in ((7, FIRST), (10, FINAL)):
            bill = draft_bill(one, month(number), policy())
            assert (bill.kind, bill.lines, bill.total) == (kind, (), cad(0))

    def test_the_kind_follows_a_move_out_that_turns_up_later(self) -> None:
        first = draft_bill(lease(), SEPTEMBER, policy())
        again = draft_bill(lease(move_out=sep(10)), SEPTEMBER, policy(), billed=first.charges)
        assert (first.kind, again.kind) == (REGULAR, FINAL)


class TestConfirmation:
    """R29: an automatic bill is confirmed as drafted, a manual one waits."""

    def test_R29_automatic_bills_are_confirmed_as_drafted(self) -> None:
        bill = draft_bill(lease(), SEPTEMBER, policy())
        assert bill.state is BillState.CONFIRMED
        assert confirm(bill) == bill

    def test_R29_manual_bills_wait_for_it(self) -> None:
        draft = draft_bill(lease(), SEPTEMBER, policy(confirmation="manual"))
        assert draft.state is BillState.DRAFT
        confirmed = confirm(draft)
        assert confirmed == attrs.evolve(draft, state=BillState.CONFIRMED) != draft
        assert confirm(confirmed) == confirmed == draft_bill(lease(), SEPTEMBER, policy())
        assert draft.state is BillState.DRAFT


class TestDays:
    """A bill's charges and credits are posted on the day of the draft, and none is due before it."""

    BY = policy(types=BillingType("monthly", monthly(1), due=4, bill_offset_days=10))
    ONE = lease(adjustments=[less("off", -100)])

    def test_absent_it_is_the_day_of_the_bill_run(self) -> None:
        bill = draft_bill(self.ONE, SEPTEMBER, self.BY)
        assert [(charge.posted, charge.due) for charge in bill.charges] == [(date(2026, 8, 22), sep(5))]
        assert [(credit.granted, credit.posted) for credit in bill.credits] == [(date(2026, 8, 22),) * 2]
        assert bill == draft_bill(self.ONE, SEPTEMBER, self.BY, on=date(2026, 8, 22))

    @pytest.mark.parametrize(("on", "due"), [(4, 5), (5, 5), (6, 6), (28, 28)])
    def test_a_late_draft_is_due_on_its_day(self, on: int, due: int) -> None:
        bill = draft_bill(self.ONE, SEPTEMBER, self.BY, on=sep(on))
        assert [(charge.posted, charge.due) for charge in bill.charges] == [(sep(on), sep(due))]
        assert [(credit.granted, credit.posted) for credit in bill.credits] == [(sep(on),) * 2]
        assert bill.cycle.due == sep(5)

    def test_the_day_changes_no_amount_no_id_and_no_tax(self) -> None:
        early, late = (draft_bill(self.ONE, SEPTEMBER, taxed(), on=sep(day)) for day in (1, 30))
        assert issued(early) == issued(late)


class TestIds:
    """Ids follow from the lease, the period and the line. Two different lines never share one."""

    def test_ids_say_what_they_are_of(self) -> None:
        one = lease(rent(), adjustments=[less("off", -100, item="rent"), less("all", Percent(-1))])
        assert [fact.id for fact in facts(draft_bill(one, SEPTEMBER, taxed()))] == [
            "L-1/2026-09-01/rent",
            "L-1/2026-09-01/rent/GST",
            "L-1/2026-09-01/all/rent",
            "L-1/2026-09-01/all/rent/GST",
            "L-1/2026-09-01/off",
            "L-1/2026-09-01/off/GST",
        ]

    NAMES = st.text("ab/#%2F3>;= ", min_size=1, max_size=6).filter(lambda name: name == name.strip())

    @given(NAMES, NAMES, st.lists(NAMES, min_size=1, max_size=3), st.lists(NAMES, min_size=1, max_size=3))
    def test_two_lines_never_share_an_id(self, one: str, other: str, names: list[str], others: list[str]) -> None:
        """Nor a lease with another; and the number of a second bill of a line is no part of any name."""
        first, second = (line_id(lease(id=name), SEPTEMBER, *some) for name, some in ((one, names), (other, others)))
        assert (first == second) is ((one, names) == (other, others))
        assert "#" not in first

    def test_names_with_slashes_and_numbers_are_told_apart(self) -> None:
        """An item like the tax of another one, and one like the second bill of another one."""
        names = ["a", "a/GST", "a#2", "a%232", "a%2FGST"]
        before = lease(*(feature(name, code="RENT") for name in names), id="L/1#2")
        after = lease(*(feature(name, 130, code="RENT") for name in names), id="L/1#2")
        bill = draft_bill(before, SEPTEMBER, taxed())
        again = draft_bill(after, SEPTEMBER, taxed(), billed=bill.charges)
        found = [charge.id for charge in (*bill.charges, *again.charges)]
        assert len(found) == len(set(found)) == 4 * len(names)
        assert found[2] == "L%2F1%232/2026-09-01/a%2FGST"
        assert found[-2:] == ["L%2F1%232/2026-09-01/a%252FGST#2", "L%2F1%232/2026-09-01/a%252FGST/GST#2"]
        assert again.total == cad(5 * 10) + cad("0.50") * 5

    def test_the_bills_of_other_periods_and_leases_have_other_ids(self) -> None:
        bills = [
            *bills_of(lease(move_in=date(2026, 8, 20)), taxed(), AUTUMN),
            *bills_of(lease(id="L"), taxed(), AUTUMN),
            *bills_of(lease(id="L-1/2026-09-01"), taxed(), AUTUMN),
        ]
        found = [charge.id for bill in bills for charge in bill.charges]
        assert len(found) == len(set(found)) == 2 * len(bills)


class TestBillsAsValues:
    """Drafting twice is the same bill, wherever and whenever."""

    ONE = lease(
        rent([Price(cad(1000)), Price(cad(1100), since=SEP_16)]),
        feature("parking", code="RENT"),
        adjustments=[less("off", Percent(-10), item="rent")],
        deposits=[HELD],
        move_in=sep(2),
    )

    def test_drafting_twice_is_the_same_bill(self) -> None:
        bill, again = (draft_bill(copy.deepcopy(self.ONE), SEPTEMBER, taxed()) for _ in range(2))
        assert bill == again
        assert (str(bill), repr(bill), hash(bill)) == (str(again), repr(again), hash(again))

    def test_a_bill_pickles_and_copies(self) -> None:
        bill = draft_bill(self.ONE, SEPTEMBER, taxed())
        assert pickle.loads(pickle.dumps(bill)) == bill == copy.deepcopy(bill)

    def test_a_bill_takes_any_iterable_of_what_was_billed(self) -> None:
        bill = draft_bill(self.ONE, SEPTEMBER, taxed())
        for billed in (facts(bill), tuple(facts(bill)), iter(facts(bill)), set(facts(bill))):
            assert facts(draft_bill(self.ONE, SEPTEMBER, taxed(), billed=billed)) == []

    def test_the_bills_of_a_lease_do_not_disturb_each_other(self) -> None:
        alone = draft_bill(self.ONE, month(10), taxed())
        assert bills_of(self.ONE, taxed(), AUTUMN)[1] == alone

    @pytest.mark.parametrize("kind", [BillingType("q", quarterly(1)), BillingType("w", weekly)], ids=["q", "w"])
    def test_a_period_is_one_of_the_leases(self, kind: BillingType) -> None:
        """What ``billing_cycles`` lists can be drafted, and its cycle is that of the bill."""
        one = Lease("L-1", move_in=SEP_16, items=[feature("bed", "70", per="period")])
        for cycle in billing_cycles(one, AUTUMN, policy(types=kind)):
            assert draft_bill(one, cycle.period, policy(types=kind)).cycle == cycle

    def test_an_explanation_comes_with_each_amount_that_was_worked_out(self) -> None:
        off = less("off", -100, recurring=True)
        bill = draft_bill(
            lease(move_in=SEP_16, adjustments=[off], deposits=[LeaseDeposit("d", cad(1))]), SEPTEMBER, taxed()
        )
        explained = {bill.line_name(line): line.prorated for line in bill.lines}
        assert [name for name, prorated in explained.items() if prorated] == ["rent", "off"]
        assert str(explained["rent"]).splitlines()[2].split() == [
            "2026-09-16",
            "2026-10-01",
            "15",
            "30",
            "1000.00",
            "500.00",
        ]


def test_a_bill_prints_as_a_table() -> None:
    """The whole of it: a stub with a price that changes, a discount with its tax, a deposit, and one that is held."""
    one = Lease(
        "L-1",
        move_in=date(2026, 8, 20),
        items=[
            rent([Price(cad(1000)), Price(cad(1100), since=date(2026, 8, 26))]),
            feature("parking", "120", proratable=False),
            feature("meals", "12.50", per="day"),
        ],
        adjustments=[less("loyalty", Percent(-10), since=date(2026, 8, 1), recurring=True, item="rent")],
        deposits=[HELD, LeaseDeposit("key", cad(20))],
    )
    qst = Tax("QST", Percent("9.975"), codes="RENT", on_top_of="GST")
    by = taxed(GST, qst, types=BillingType("monthly", monthly(1), due=2), confirmation="manual")
    assert str(draft_bill(one, month(8), by)) == (
        """\
zero cycle bill L-1/2026-08-01, draft: 2026-08-01 up to 2026-09-01, due 2026-08-22

line         amount  billed before  to bill  why
-----------  ------  -------------  -------  --------------------------------------------
rent         406.45           0.00   406.45  1000.00 x 12/31 + (1100.00 - 1000.00) x 6/31
rent/GST      20.32           0.00    20.32  5% of 406.45
rent/QST      42.57           0.00    42.57  9.975% of 426.77
parking      120.00           0.00   120.00  120.00
meals        150.00           0.00   150.00  12.50 x 12
loyalty      -40.65           0.00   -40.65  -10% of 406.45
loyalty/GST   -2.03           0.00    -2.03  -40.65 of 406.45, its tax
loyalty/QST   -4.26           0.00    -4.26  -40.65 of 406.45, its tax
key           20.00           0.00    20.00  deposit
total                                712.40
held: deposit L-1/deposit, 500.00 CAD since 2024-05-01"""
    )


def test_the_lines_of_a_bill_are_its_facts_with_their_reasons() -> None:
    bill = draft_bill(lease(adjustments=[less("off", -100)]), SEPTEMBER, taxed())
    assert [line.fact for line in bill.lines] == facts(bill)
    assert [line.difference for line in bill.lines] == [cad(1000), cad(50), cad(-100)]
    assert lines(bill) == issued(bill)
    assert [charge.category for charge in bill.charges] == [Category.RENT, Category.TAX]
    assert bill.total == cad(950)
