"""The worked rows of autopay, B1 to B14, under their ids."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import attrs
import pytest

from arledger import (
    OLDEST_FIRST,
    AutopayPolicy,
    BillingPolicy,
    BillingType,
    Category,
    Designation,
    Draft,
    Lease,
    LeaseItem,
    Ledger,
    PendingIncrease,
    draft_bill,
    draft_pulls,
    include,
    lease_run,
    monthly,
    proration,
    pull,
    record,
    replay,
)
from arledger.autopay.wanted import AmountRule
from autopay_facts import (
    agreement,
    amounts,
    cad,
    charge,
    drafted,
    held,
    late_fee,
    of_two,
    paid,
    parts,
    position_of,
    rent,
)

OTHER_FEES = AutopayPolicy(includes=include.OTHER_FEES)
HALVES = {"first": 50, "stored": 500}


@pytest.mark.parametrize(("balance", "pulled"), [(1000, "500.00"), (1200, "500.00"), (800, "400.00")])
def test_b1_keep_unchanged_ignores_more_and_takes_less(balance: int, pulled: str) -> None:
    """B1, R9: two at 50%, stored 500 each, of 1000; a balance of 1200 is ignored; of 800 they pay their halves."""
    assert amounts(drafted(of_two(pull.KEEP_UNCHANGED, **HALVES), rent(6, balance))) == [pulled, pulled]


def test_b1_the_share_follows_from_what_is_stored() -> None:
    """B1, R11: without a recorded share, it is the part of all that is stored."""
    both = [agreement(payer, pull.KEEP_UNCHANGED, stored=500) for payer in ("A", "B")]
    assert amounts(drafted(both, rent(6, 800))) == ["400.00", "400.00"]


def test_b2_keep_percent_follows_the_rent() -> None:
    """B2, R9: 60/40 of a rent that became 1050."""
    assert amounts(drafted(of_two(), rent(6, 1050))) == ["630.00", "420.00"]


def test_b3_fixed_may_leave_a_credit() -> None:
    """B3, R9: 500 of a balance of 300, designated to nothing, so that 200 stay as a credit."""
    fixed = agreement("A", pull.FIXED, stored=500)
    drafts = drafted(fixed, rent(6, 300))
    assert amounts(drafts) == ["500.00"]
    (payment,) = drafts.payments
    assert payment.designations == ()
    assert position_of(rent(6, 300), payment).unapplied[payment.id] == cad(200)


def test_b4_a_limit_holds_back_what_is_over_it() -> None:
    """B4, R16: 6200 with a limit of 5000."""
    drafts = drafted(agreement("A"), rent(6, 6200), policy=AutopayPolicy(limit=cad(5000)))
    assert amounts(drafts) == ["5000.00"]
    assert held(drafts) == [("R-06", "1200.00", "over the limit of 5000.00 CAD")]


@pytest.mark.parametrize(
    ("rule", "stored", "balance", "pulled"),
    [
        (pull.capped(pull.FULL_BALANCE, cad(1000)), None, 800, "800.00"),
        (pull.capped(pull.FULL_BALANCE, cad(1000)), None, 1200, "1000.00"),
        (pull.FIXED, 1000, 800, "1000.00"),
    ],
    ids=["below the maximum", "above the maximum", "fixed"],
)
def test_b5_maximum_and_fixed(rule: AmountRule, stored: int | None, balance: int, pulled: str) -> None:
    """B5: a maximum of 1000, and 1000 fixed."""
    more = {} if stored is None else {"stored": stored}
    assert amounts(drafted(agreement("A", rule, **more), rent(6, balance))) == [pulled]


@pytest.mark.parametrize(("policy", "pulled"), [(OTHER_FEES, "325.00"), (None, "300.00")], ids=["on", "off"])
def test_b6_other_fees_lift_the_stored_amount(policy: AutopayPolicy | None, pulled: str) -> None:
    """B6, R12: rent of which 600 are left and a late fee of 50, at 50% each."""
    entries = [rent(6), late_fee(), paid("P-1", 400, designations=[Designation("R-06", cad(400))])]
    assert amounts(drafted(of_two(pull.KEEP_UNCHANGED, **HALVES), *entries, policy=policy)) == [pulled, pulled]


@pytest.mark.parametrize("rule", [pull.KEEP_PERCENT, pull.KEEP_UNCHANGED], ids=str)
def test_b7_arrears_are_pulled_with_other_fees(rule: AmountRule) -> None:
    """B7, R12: May and June unpaid, a late fee; with other fees on, all of it by either mode."""
    one = agreement("A", rule, 1, stored=1000)
    assert amounts(drafted(one, rent(5), rent(6), late_fee(), policy=OTHER_FEES)) == ["2050.00"]


def test_b7_keep_percent_takes_what_is_current() -> None:
    """B7, R11: June by keep percent, and 1050 held; by keep unchanged the stored 1000, May's first."""
    entries = [rent(5), rent(6), late_fee()]
    current = drafted(agreement("A"), *entries)
    assert parts(current) == {"A": [("R-06", "1000.00")]}
    assert held(current) == [
        ("R-05", "1000.00", "arrears are not included"),
        ("L-05", "50.00", "new charges are not included"),
    ]
    unchanged = drafted(agreement("A", pull.KEEP_UNCHANGED, stored=1000), *entries)
    assert parts(unchanged) == {"A": [("R-05", "1000.00")]}


def test_b8_a_pending_increase_is_pulled_and_reserved() -> None:
    """B8, R13: 30 pending and ticked, at 60/40: 618 + 412, of which 30 are reserved; without the box 600 + 400."""
    increase = PendingIncrease("AGI-7", cad(30), effective=date(2026, 6, 1))
    ticked = AutopayPolicy(includes=include.PENDING_INCREASES)
    drafts = drafted(of_two(), rent(6), policy=ticked, increases=[increase])
    assert amounts(drafts) == ["618.00", "412.00"]
    position = position_of(rent(6), *drafts.payments)
    assert {name: money.minor for name, money in position.reserved.items()} == {
        "AP-A/pull@2026-06-01": 1800,
        "AP-B/pull@2026-06-01": 1200,
    }
    assert amounts(drafted(of_two(), rent(6), increases=[increase])) == ["600.00", "400.00"]


def test_b9_a_deposit_that_is_left_out_is_not_paid_after_all() -> None:
    """B9, R19: 1000 by keep percent, all of it to the rent, though the deposit is older; with the box 1500."""
    entries = [charge("D-1", 500, Category.DEPOSIT, date(2026, 5, 20)), rent(6)]
    drafts = drafted(agreement("A"), *entries)
    assert amounts(drafts) == ["1000.00"]
    settled = position_of(*entries, *drafts.payments)
    assert {name: money.minor for name, money in settled.open.items()} == {"D-1": 50000, "R-06": 0}
    assert amounts(drafted(agreement("A"), *entries, policy=AutopayPolicy(includes=include.DEPOSITS))) == ["1500.00"]


def test_b10_a_limit_of_each_pull() -> None:
    """B10, R16: 12,000 at 60/40 with a limit of 5000: 5000 + 4800, 2200 held; skipped instead, 0 + 4800."""
    limited = drafted(of_two(), rent(6, 12000), policy=AutopayPolicy(limit=cad(5000)))
    assert amounts(limited) == ["5000.00", "4800.00"]
    assert held(limited) == [("R-06", "2200.00", "over the limit of 5000.00 CAD")]
    skipping = AutopayPolicy(limit=cad(5000), skips_over_limit=True)
    assert amounts(drafted(of_two(), rent(6, 12000), policy=skipping)) == ["0.00", "4800.00"]


def test_b11_unapplied_money_lowers_its_payer() -> None:
    """B11, R12: 250 unapplied of A: 350 + 400."""
    entries = [rent(6), paid("P-1", 250, "A", date(2026, 5, 20))]
    assert amounts(drafted(of_two(), *entries, sweep_payments=False)) == ["350.00", "400.00"]


@pytest.mark.parametrize(
    ("rule", "pulled"),
    [(pull.KEEP_UNCHANGED, ["250.00", "250.00"]), (pull.KEEP_PERCENT, ["0.00", "500.00"])],
    ids=str,
)
def test_b12_a_payment_by_hand_on_the_day(rule: AmountRule, pulled: list[str]) -> None:
    """B12, R15: 50/50 of 1000, of which A paid 500 that day."""
    assert amounts(drafted(of_two(rule, **HALVES), rent(6), paid("P-1", 500, "A"))) == pulled


def test_b13_thirds() -> None:
    """B13, R14: the odd cent by largest remainder, ties by payer; and where only two agreed."""
    thirds = [agreement(payer, part=Fraction(1, 3)) for payer in "ABC"]
    assert amounts(drafted(thirds, rent(6))) == ["333.34", "333.33", "333.33"]
    assert amounts(drafted(thirds[:2], rent(6))) == ["333.34", "333.33"]
    assert amounts(drafted(reversed(thirds), rent(6))) == ["333.34", "333.33", "333.33"]


def test_b14_the_first_and_the_last_period() -> None:
    """B14, R17: in on 20 August, the first excluded: nothing; September 1000, the stub held; then the last excluded."""
    lease = Lease("L-1", move_in=date(2026, 8, 20), items=[LeaseItem("rent", cad(1000))])
    billing = BillingPolicy(types=BillingType("monthly", monthly(1)), proration=proration.ACTUAL)
    policy = AutopayPolicy(excludes_first=True, excludes_last=True)
    one = agreement("A", move_in=lease.move_in, agreed=date(2026, 8, 10))
    books = Ledger("CAD")
    found: list[Draft] = []
    for on in (date(2026, 8, 20), date(2026, 9, 1), date(2026, 10, 1)):
        run = lease_run(lease, billing, on)
        books = record(books, draft_bill(lease, run.period, billing, on=on).charges)
        if on.month == 10:
            one = attrs.evolve(one, move_out=date(2026, 10, 31))
        (draft,) = draft_pulls(one, replay(books, by=OLDEST_FIRST, as_of=on), run, policy).drafts
        books = record(books, [draft.payment] if draft.payment else [])
        found.append(draft)
    assert [str(draft.amount) for draft in found] == ["0.00 CAD", "1000.00 CAD", "0.00 CAD"]
    assert [draft.reason for draft in found] == [
        "the period of the move-in is left out",
        "",
        "the period of the move-out is left out, and the agreement ends",
    ]
    assert [draft.ends for draft in found] == [False, False, True]
    stub = found[1].held[0]
    assert (str(stub.amount), stub.reason) == ("387.10 CAD", "of the period of the move-in, which is left out")
