"""What may be paid, by both policies, and what is refused of it. Rules R51 and R52."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import pytest

from account_facts import cad, paid
from arledger import (
    EXACT,
    EXACT_MATCH_FIRST,
    FLEXIBLE,
    NEWEST_FIRST,
    OLDEST_FIRST,
    OUTSTANDING,
    PRO_RATA,
    RENT_LAST,
    SETTLE_DUE,
    Category,
    CheckoutPolicy,
    Designation,
    Dispute,
    Incoming,
    OpenItem,
    Order,
    PaymentState,
    RefusalKind,
    in_turn,
    only,
    quote,
    where,
)
from ledger_facts import returned, step
from portal_facts import (
    asked,
    care,
    invoice,
    later,
    lines,
    outstanding,
    policy,
    portal,
    refused,
    said,
    standing,
    submitted,
)

OLD, NEW = invoice("INV-1"), invoice("INV-2", on=5, number="8")
BOTH = care("C-1", "900", "INV-1"), care("C-2", "60", "INV-2")
POSITION = standing(*BOTH)
FREE = portal(OLD, NEW)
STRICT = portal(OLD, NEW, policy=EXACT)
PREPAID = portal(OLD, NEW, policy=policy(prepayments=True))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (OUTSTANDING, {"INV-1": "900.00", "INV-2": "60.00"}),
        (["INV-2"], {"INV-2": "60.00"}),
        ("INV-2", {"INV-2": "60.00"}),
        (["INV-2", "INV-1"], {"INV-1": "900.00", "INV-2": "60.00"}),
        ({"INV-2", "INV-1"}, {"INV-1": "900.00", "INV-2": "60.00"}),
        ({"INV-2": None}, {"INV-2": "60.00"}),
        ({"INV-2": cad("60"), "INV-1": None}, {"INV-1": "900.00", "INV-2": "60.00"}),
    ],
)
def test_r51_r52_both_policies_take_all_or_chosen_invoices(wanted: Any, expected: dict[str, str]) -> None:
    """R51, R52: the full outstanding balance, or one or more invoices; the oldest first."""
    for place in (FREE, STRICT):
        found = asked(wanted, POSITION, place)
        assert lines(found) == expected
        assert list(lines(found)) == sorted(expected)
        assert sum(line.amount.minor for line in found.lines) == found.amount.minor
        assert found.prepayment == cad("0")


@pytest.mark.parametrize("amount", ["0.01", "59.99", "59"])
def test_r51_a_flexible_amount_may_be_any_up_to_what_is_payable(amount: str) -> None:
    """R51: 0 < x ≤ payable."""
    assert lines(asked({"INV-2": cad(amount)}, POSITION, FREE)) == {"INV-2": str(cad(amount).amount)}


@pytest.mark.parametrize("amount", ["0.01", "59.99", "60.01", "900"])
def test_r52_an_exact_policy_takes_exactly_what_is_payable(amount: str) -> None:
    """R52: exactly the sum of the payable amounts."""
    assert refused({"INV-2": cad(amount), "INV-1": None}, POSITION, STRICT) == [
        (RefusalKind.NOT_EXACT, f"INV-2: {cad(amount)} is not exactly 60.00 CAD")
    ]


@pytest.mark.parametrize("amount", ["60.01", "900"])
def test_r51_more_than_is_payable_is_refused(amount: str) -> None:
    assert refused({"INV-2": cad(amount)}, POSITION, FREE) == [
        (RefusalKind.OVER_PAYABLE, f"INV-2: {cad(amount)} is over the 60.00 CAD that is payable")
    ]


@pytest.mark.parametrize("place", [FREE, STRICT, PREPAID])
@pytest.mark.parametrize("amount", ["0", "-1", "-60"])
def test_r51_nothing_and_less_are_no_amounts(place: Any, amount: str) -> None:
    assert refused({"INV-2": cad(amount)}, POSITION, place) == [
        (RefusalKind.NOT_POSITIVE, f"INV-2: {cad(amount)} is no amount to pay")
    ]


def test_r51_more_is_a_prepayment_where_one_is_allowed() -> None:
    """R51: what is over stays unapplied, and pays no invoice that was not chosen."""
    found = asked({"INV-2": cad("100")}, POSITION, PREPAID)
    assert (found.amount, found.prepayment, found.lines[0].applied) == (cad("100"), cad("40"), cad("60"))
    after = later(POSITION, *submitted(found, POSITION, PREPAID).entries)
    assert outstanding(after, OLD, NEW) == {"INV-1": ("900.00", "900.00"), "INV-2": ("0.00", "0.00")}
    assert after.unapplied[found.id] == cad("40")
    assert lines(asked({"INV-2": cad("60")}, POSITION, PREPAID)) == {"INV-2": "60.00"}


def test_r51_a_prepayment_by_a_method_of_its_own_stays_unapplied_too() -> None:
    """R51: it pays no other invoice either, whichever method comes first."""
    found = asked({"INV-2": cad("100")}, POSITION, PREPAID, paying={"bank-ana": cad("60"), "card-ana": cad("40")})
    after = later(POSITION, *submitted(found, POSITION, PREPAID).entries)
    assert outstanding(after, OLD, NEW) == {"INV-1": ("900.00", "900.00"), "INV-2": ("60.00", "0.00")}
    assert after.unapplied[f"{found.id}/2"] == cad("40")


@pytest.mark.parametrize("place", [FREE, STRICT, PREPAID])
def test_r51_nothing_is_paid_where_nothing_is_payable(place: Any) -> None:
    """R51, R52: of an invoice that is paid, pending or void, and of nothing at all."""
    settled = later(POSITION, paid("P-1", "960", 9))
    for wanted in (["INV-2"], {"INV-2": cad("1")}, {"INV-2": cad("-1")}):
        assert refused(wanted, settled, place) == [
            (RefusalKind.NOTHING_PAYABLE, "INV-2: nothing is payable: it is paid")
        ]
    assert refused(OUTSTANDING, settled, place) == [(RefusalKind.NOTHING_PAYABLE, "nothing is outstanding")]
    nothing: list[Any] = [[], {}, ()]
    for one in nothing:
        assert refused(one, POSITION, place) == [(RefusalKind.NOTHING_PAYABLE, "no invoice is chosen")]


def test_r51_what_is_at_the_bank_is_not_paid_twice_and_is_payable_again_when_it_fails() -> None:
    """R51, R52: pending bank debits are netted; a return or a rejection restores what is payable."""
    pulled = later(POSITION, paid("P-1", "900", 9, payer="ana"), step("P-1", PaymentState.PENDING, 9))
    for place in (FREE, STRICT):
        assert lines(asked(OUTSTANDING, pulled, place)) == {"INV-2": "60.00"}
        assert refused(["INV-1"], pulled, place) == [
            (RefusalKind.NOTHING_PAYABLE, "INV-1: nothing is payable: it is pending")
        ]
        for failed in (returned("N-1", "P-1", 9), step("P-1", PaymentState.REJECTED, 9)):
            assert lines(asked(OUTSTANDING, later(pulled, failed), place)) == {"INV-1": "900.00", "INV-2": "60.00"}
    part = later(POSITION, paid("P-1", "300", 9, payer="ana"), step("P-1", PaymentState.PENDING, 9))
    assert lines(asked(["INV-1"], part, STRICT)) == {"INV-1": "600.00"}
    assert refused({"INV-1": cad("900")}, part, FREE)[0][0] is RefusalKind.OVER_PAYABLE


def test_r51_what_is_disputed_is_paid_only_where_the_invoice_is_chosen() -> None:
    """R8, R51: everything that is outstanding leaves out what is contested; an exact sum is that of the invoice."""
    contested = standing(care("C-1", "900", disputed=Dispute(cad("40"))), care("C-2", "60", "INV-2", disputed=True))
    assert lines(asked(OUTSTANDING, contested, FREE)) == {"INV-1": "860.00"}
    assert lines(asked(OUTSTANDING, contested, STRICT)) == {"INV-1": "900.00", "INV-2": "60.00"}
    assert lines(asked(["INV-1"], contested, FREE)) == {"INV-1": "900.00"}
    assert lines(asked({"INV-1": cad("880")}, contested, FREE)) == {"INV-1": "880.00"}
    assert refused(OUTSTANDING, standing(care(disputed=True)), FREE) == [
        (RefusalKind.NOTHING_PAYABLE, "nothing is outstanding")
    ]


def test_r54_all_that_is_wrong_is_told_at_once() -> None:
    wanted = {"INV-0": None, "INV-1": cad("901"), "INV-2": cad("0")}
    assert refused(wanted, POSITION, FREE, paying="bank-carl") == [
        (RefusalKind.NOT_THEIRS, "INV-0: there is no such invoice"),
        (RefusalKind.OVER_PAYABLE, "INV-1: 901.00 CAD is over the 900.00 CAD that is payable"),
        (RefusalKind.NOT_POSITIVE, "INV-2: 0.00 CAD is no amount to pay"),
        (RefusalKind.NOT_THEIRS, "bank-carl: there is no such method"),
    ]
    found = quote(wanted, POSITION, FREE, by="K-ana", paying="bank-carl")
    assert str(found).splitlines() == [text for _, text in said(found)]
    assert len(str(found).splitlines()) == 4


def half(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
    """An order that pays half of the first charge."""
    return {items[0].id: min(incoming.minor, items[0].offered_minor // 2)} if items else {}


@pytest.mark.parametrize("by", [OLDEST_FIRST, RENT_LAST, PRO_RATA, EXACT_MATCH_FIRST, only(where.rent, OLDEST_FIRST)])
@pytest.mark.parametrize("amount", ["1", "40", "100", "129.99", "130"])
def test_r51_a_part_of_an_invoice_lowers_it_by_that_part_whatever_the_order(by: Order, amount: str) -> None:
    """R51: what the payer was told is what happens, also by an order that would not pay the charge by itself."""
    place = portal(OLD, policy=FLEXIBLE)
    position = standing(care("C-1", "100"), care("C-2", "30", due=5), by=by)
    found = asked({"INV-1": cad(amount)}, position, place)
    after = later(position, *submitted(found, position, place).entries)
    assert outstanding(after, OLD)["INV-1"][0] == str((cad("130") - cad(amount)).amount)


MIXED = [
    care("C-1", "100", category=Category.RENT),
    care("C-2", "30", due=5, category=Category.FEE),
    care("C-3", "50", due=6, category=Category.RENT),
    care("C-4", "20", due=7, category=Category.FEE, disputed=True),
]


@pytest.mark.parametrize("payer", [None, "ana"])
@pytest.mark.parametrize(
    ("by", "amount", "left"),
    [
        (OLDEST_FIRST, "140", {"C-3": "40.00", "C-4": "20.00"}),
        (RENT_LAST, "140", {"C-3": "40.00", "C-4": "20.00"}),
        (RENT_LAST, "40", {"C-1": "90.00", "C-3": "50.00", "C-4": "20.00"}),
        (NEWEST_FIRST, "70", {"C-1": "100.00", "C-2": "10.00", "C-4": "20.00"}),
        # what the order leaves: the charges from the first on, and what is contested last
        (only(where.category(Category.FEE), OLDEST_FIRST), "35", {"C-1": "95.00", "C-3": "50.00", "C-4": "20.00"}),
        (only(where.category(Category.FEE), OLDEST_FIRST), "185", {"C-4": "15.00"}),
        (only(where.charge("C-9"), OLDEST_FIRST), "181", {"C-4": "19.00"}),
        (in_turn(half, OLDEST_FIRST), "60", {"C-1": "40.00", "C-2": "30.00", "C-3": "50.00", "C-4": "20.00"}),
    ],
)
def test_r51_within_a_part_of_an_invoice_the_accounts_order_ranks(
    by: Order, amount: str, left: dict[str, str], payer: str | None
) -> None:
    """R51: what is said beside each charge that is not paid in full."""
    position = standing(*(attrs.evolve(charge, payer=payer) for charge in MIXED), by=by)
    found = asked({"INV-1": cad(amount)}, position)
    after = later(position, *submitted(found, position).entries)
    assert {name: str(money.amount) for name, money in after.open.items() if money} == left
    assert sum(one.amount.minor for one in found.payments[0].designations if one.amount) == cad(amount).minor


def test_r51_a_charge_that_is_paid_in_part_takes_no_more_than_its_rest() -> None:
    position = standing(*MIXED, paid("P-1", "60", 2, designations=[Designation("C-1")]), by=RENT_LAST)
    found = asked({"INV-1": cad("75")}, position)
    assert [(one.to, str(one.amount)) for one in found.payments[0].designations] == [
        ("C-1", "40.00 CAD"),
        ("C-2", "30.00 CAD"),
        ("C-3", "5.00 CAD"),
    ]


def test_r51_a_part_of_an_invoice_is_no_part_of_what_is_disputed() -> None:
    """R8: a contested charge of a chosen invoice is paid last."""
    position = standing(care("C-1", "100", disputed=True), care("C-2", "30", due=5))
    after = later(position, *submitted(asked({"INV-1": cad("20")}, position), position).entries)
    assert (after.open["C-1"], after.open["C-2"]) == (cad("100"), cad("10"))


def test_r51_a_part_of_an_invoice_beside_another_payment_of_the_day() -> None:
    """R51: whichever of them is placed first when the day is replayed."""
    shared, own = care("C-1", "50"), care("C-2", "50", payer="ana")
    position = standing(shared, own, paid("Z", "50", 9, payer="ben"))
    after = later(position, *submitted(asked({"INV-1": cad("20")}, position), position).entries)
    assert outstanding(position, OLD)["INV-1"][0] == "50.00"
    assert outstanding(after, OLD)["INV-1"][0] == "30.00"


def test_r51_what_is_paid_before_it_may_settle_is_not_paid_twice() -> None:
    """R51: money that waits until the invoice is due has paid it, for whoever would pay it again."""
    position = standing(care(due=31, posted=BOTH[0].due), settle=SETTLE_DUE)
    after = later(position, *submitted(asked(["INV-1"], position), position).entries)
    assert refused(["INV-1"], after)[0][0] is RefusalKind.NOTHING_PAYABLE


def test_r51_a_policy_is_one_value() -> None:
    assert repr(OUTSTANDING) == "OUTSTANDING"
    assert CheckoutPolicy(prepayments=True) == PREPAID.policy != FREE.policy


@pytest.mark.parametrize("name", ["quoted", "settled"])
def test_r51_a_part_may_be_paid_whatever_the_charges_are_called(name: str) -> None:
    position = standing(care(name, "900"), care("C-2", "60"), paid("P-1", "100"))
    assert lines(asked({"INV-1": cad("700")}, position)) == {"INV-1": "700.00"}
