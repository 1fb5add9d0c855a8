"""R40: what a returned payment costs, by a schedule."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from account_facts import cad, day, owed, paid
from arledger import (
    DOWN,
    ArledgerError,
    Category,
    Charge,
    Credit,
    CreditKind,
    Designation,
    NsfFee,
    NsfItem,
    NsfSchedule,
    PaymentState,
    ReturnReason,
    Void,
    Worked,
    fee,
    nsf_fees,
    record,
)
from fees.nsf_facts import FUNDS, RENT, STOPPED, UNCOLLECTED, amounts, bounced, cost, flat, line
from ledger_facts import charged_back, returned, reversal, standing, step


def test_R40_a_fee_is_a_charge_about_the_return_on_its_day() -> None:
    found = nsf_fees(NsfSchedule(line(), code="BOUNCE"), standing([RENT, *bounced("1", payer="ann")]))
    assert found.charges == (
        Charge(
            "N-1/BOUNCE",
            cad("25"),
            due=day(7),
            posted=day(7),
            category=Category.NSF_FEE,
            code="BOUNCE",
            payer="ann",
            about="N-1",
        ),
    )
    assert (found.total, found.currency) == (cad("25"), "CAD")


def test_R40_without_a_code_it_is_named_after_the_category() -> None:
    charge = nsf_fees(NsfSchedule(line()), standing(bounced("1"))).charges[0]
    assert (charge.id, charge.code, charge.payer) == ("N-1/nsf_fee", None, None)


@pytest.mark.parametrize("reason", ReturnReason)
def test_R40_only_a_lack_of_funds_costs_a_fee_unless_other_reasons_are_listed(reason: ReturnReason) -> None:
    expected = {"N-1": "25.00"} if reason in (FUNDS, UNCOLLECTED) else {}
    assert cost(line(), bounced("1", reason=reason)) == expected


def test_R40_each_reason_may_have_a_line_of_its_own() -> None:
    schedule = NsfSchedule([line("25"), line("40", reasons=STOPPED)])
    facts = [bounced("1"), bounced("2", reason=STOPPED), bounced("3", reason=ReturnReason.ACCOUNT_CLOSED)]
    assert cost(schedule, *facts) == {"N-1": "25.00", "N-2": "40.00"}


def test_R40_a_line_for_the_method_goes_before_the_one_for_any() -> None:
    schedule = NsfSchedule([line("25"), line("40", methods="check"), line("15", methods=["ach", "card"])])
    facts = [bounced("1"), *(bounced(method, method=method) for method in ("check", "ach", "card", "cash"))]
    expected = {"N-1": "25.00", "N-ach": "15.00", "N-card": "15.00", "N-cash": "25.00", "N-check": "40.00"}
    assert cost(schedule, *facts) == expected
    assert cost(NsfSchedule(schedule.lines[::-1]), *facts) == expected


def test_R40_a_method_that_no_line_names_costs_nothing() -> None:
    found = nsf_fees(NsfSchedule(line(methods="check")), standing([*bounced("1"), *bounced("2", method="card")]))
    assert [(item.line, item.worked, item.reason) for item in found.items] == [
        (None, None, "no fee for insufficient funds"),
        (None, None, "no fee for insufficient funds of card"),
    ]
    assert not found.charges


def test_R40_the_line_in_force_on_the_day_of_the_return_counts() -> None:
    """The payments are all of the 3rd, when none of these lines but the first was in force."""
    schedule = NsfSchedule(
        [
            line("20", until=day(7)),
            line("30", since=day(7), until=day(9)),
            line("40", since=day(10)),
        ]
    )
    facts = [bounced(str(on), on=on) for on in (6, 7, 8, 9, 10)]
    expected = {"N-6": "20.00", "N-7": "30.00", "N-8": "30.00", "N-10": "40.00"}
    assert cost(schedule, *facts) == cost(NsfSchedule(schedule.lines[::-1]), *facts) == expected


def test_R40_from_the_second_return_on_another_amount_is_due() -> None:
    """By day, and on one day by the sequence, then the id: the order in which they were recorded decides nothing."""
    schedule = line("25", from_second=flat("35"))
    late = [paid("P-1", "1", 3), returned("N-1", "P-1", 8, reason=FUNDS, posted=day(20))]
    facts = [bounced("3", on=9), bounced("2", on=8), late]
    assert cost(schedule, *facts) == {"N-1": "25.00", "N-2": "35.00", "N-3": "35.00"}
    numbered = [paid("P-9", "1", 3), returned("N-9", "P-9", 8, reason=FUNDS, sequence=1)]
    assert cost(schedule, bounced("1", on=8), numbered) == {"N-9": "25.00", "N-1": "35.00"}


def test_R40_the_second_return_is_counted_for_each_payer_among_those_that_cost_a_fee() -> None:
    schedule = line("25", from_second=flat("35"))
    facts = [
        bounced("1", on=5, reason=STOPPED, payer="ann"),
        bounced("2", on=6, payer="ann"),
        bounced("3", on=7, payer="bob"),
        bounced("4", on=8, payer="ann"),
    ]
    assert cost(schedule, *facts) == {"N-2": "25.00", "N-3": "25.00", "N-4": "35.00"}


def test_R40_a_return_that_was_charged_before_is_the_first_one_still() -> None:
    schedule = NsfSchedule(line("25", from_second=flat("35")))
    first = standing(bounced("1"))
    later = [*first.ledger.entries, *nsf_fees(schedule, first).charges, *bounced("2", on=9)]
    assert amounts(nsf_fees(schedule, standing(later))) == {"N-2": "35.00"}


def test_R40_tiers_by_face_value() -> None:
    """As many statutes have it: 25 up to 50, 30 up to 300, above that 40 or 5%, whichever is greater."""
    ladder = fee.by_size(
        fee.FACE,
        fee.Tier(flat("25"), up_to=cad("50")),
        fee.Tier(flat("30"), up_to=cad("300")),
        fee.Tier(fee.greater_of(flat("40"), fee.percent(5, of=fee.FACE))),
    )
    facts = [bounced(str(n), face) for n, face in enumerate(("50", "50.01", "300", "300.01", "800.20"), 1)]
    expected = {"N-1": "25.00", "N-2": "30.00", "N-3": "30.00", "N-4": "40.00", "N-5": "40.01"}
    assert cost(NsfFee(amount=ladder), *facts) == expected


def test_R40_the_face_value_is_the_whole_payments_also_if_only_a_part_came_back() -> None:
    facts = [paid("P-1", "800", 3), returned("N-1", "P-1", 7, "100", reason=FUNDS)]
    assert cost(NsfFee(amount=fee.percent(5, of=fee.FACE)), facts) == {"N-1": "40.00"}


def test_R40_it_is_rounded_once_as_the_schedule_says() -> None:
    amount = fee.percent("0.5", of=fee.FACE) + fee.percent("0.5", of=fee.FACE)
    facts = bounced("1", "0.50")
    assert cost(NsfFee(amount=amount), facts) == {"N-1": "0.01"}
    assert cost(NsfSchedule(NsfFee(amount=amount), rounding=DOWN), facts) == {}


def test_R40_the_banks_own_cost_is_added_where_the_line_reads_it() -> None:
    schedule = NsfSchedule(NsfFee(amount=flat("15") + fee.BANK_COST))
    facts = [bounced("1"), bounced("2")]
    assert cost(schedule, *facts, bank_costs={"N-1": cad("7.50"), "N-2": cad("0")}) == {"N-1": "22.50", "N-2": "15.00"}
    assert cost(line(), *facts, bank_costs={"N-1": cad("7.50")}) == {"N-1": "25.00", "N-2": "25.00"}
    with pytest.raises(
        ArledgerError,
        match=r"what the bank charged for N-2 is not known; pass it in bank_costs=, zero where it charged nothing",
    ):
        cost(schedule, *facts, bank_costs={"N-1": cad("7.50")})


def test_R40_assessing_again_charges_nothing() -> None:
    schedule, position = NsfSchedule(line()), standing([RENT, *bounced("1")])
    charges = nsf_fees(schedule, position).charges
    again = standing(record(position.ledger, charges).entries)
    found = nsf_fees(schedule, again)
    assert (found.charges, found.items[0].reason) == ((), "charged before")
    other = nsf_fees(NsfSchedule(line("40", methods="check"), code="NEW"), again)
    assert (other.charges, other.items[0].reason) == ((), "charged before")


@pytest.mark.parametrize("amount", ["25", "10"])
def test_R40_a_waived_fee_is_not_proposed_again(amount: str) -> None:
    position, schedule = standing([RENT, *bounced("1")]), NsfSchedule(line())
    waiver = Credit("W", cad(amount), granted=day(8), kind=CreditKind.WAIVER, designations=[Designation("N-1/nsf_fee")])
    waived = standing([*position.ledger.entries, *nsf_fees(schedule, position).charges, waiver])
    assert waived.open["N-1/nsf_fee"] == cad("25") - cad(amount)
    assert nsf_fees(schedule, waived).charges == ()


def test_R40_a_fee_that_was_reversed_is_proposed_again() -> None:
    position = standing(bounced("1"))
    charges = nsf_fees(NsfSchedule(line()), position).charges
    entries = [*position.ledger.entries, *charges, reversal("X", "N-1/nsf_fee", 9)]
    (again,) = nsf_fees(NsfSchedule(line("30")), standing(entries)).charges
    assert (again.id, again.about, again.amount) == ("N-1/nsf_fee#2", "N-1", cad("30"))
    assert nsf_fees(NsfSchedule(line()), standing([*entries, again])).charges == ()


def test_R40_a_charge_of_another_kind_or_about_another_entry_is_no_fee_for_the_return() -> None:
    others = [
        owed("other", "5", 7, category=Category.FEE, about="N-1"),
        owed("unknown", "5", 7, category=Category.NSF_FEE),
        owed("rent fee", "5", 7, category=Category.NSF_FEE, about="rent"),
    ]
    assert cost(line(), [*bounced("1"), *others]) == {"N-1": "25.00"}


def test_R40_each_returned_entry_costs_one_fee() -> None:
    parts = [
        paid("P-1", "900", 3),
        returned("N-1", "P-1", 7, "400", reason=FUNDS),
        returned("N-2", "P-1", 9, "500", reason=FUNDS),
    ]
    assert cost(line(), parts) == {"N-1": "25.00", "N-2": "25.00"}


@pytest.mark.parametrize(
    "entries",
    [
        [Void("V", "P", on=day(7))],
        [step("P", PaymentState.REJECTED, 3)],
        [step("P", PaymentState.PENDING, 3), step("P", PaymentState.CANCELLED, 4)],
        [charged_back("B", "P", 7)],
        [],
    ],
    ids=["void", "declined", "cancelled", "charged back", "paid"],
)
def test_R40_what_is_no_return_costs_nothing(entries: list[Any]) -> None:
    found = nsf_fees(NsfSchedule(line(reasons=list(ReturnReason))), standing([RENT, paid("P", "900", 3), *entries]))
    assert (found.charges, found.items) == ((), ())


def test_R40_a_return_counts_from_its_day_and_once_it_is_known() -> None:
    entries = [paid("P", "900", 3), returned("N", "P", 7, reason=FUNDS, posted=day(20))]
    schedule = NsfSchedule(line())
    for position in (standing(entries, 6), standing(entries, 19, known=day(19))):
        assert nsf_fees(schedule, position).items == ()
    charge = nsf_fees(schedule, standing(entries, 20, known=day(20))).charges[0]
    assert (charge.due, charge.posted) == (day(7), day(20))


def test_R40_where_the_books_of_the_day_are_closed_it_is_posted_on_the_first_open_day() -> None:
    entries = [*bounced("1", on=7), *bounced("2", on=12), *bounced("3", on=10)]
    found = nsf_fees(NsfSchedule(line()), standing(entries, closed_through=day(10)))
    assert [(charge.about, charge.due, charge.posted) for charge in found.charges] == [
        ("N-1", day(7), day(11)),
        ("N-3", day(10), day(11)),
        ("N-2", day(12), day(12)),
    ]


def test_R40_a_fee_that_comes_to_nothing_is_not_proposed() -> None:
    found = nsf_fees(NsfSchedule(NsfFee(amount=fee.BANK_COST)), standing(bounced("1")), bank_costs={"N-1": cad("0")})
    assert (found.charges, found.items[0].reason) == ((), "it comes to 0")


def test_R40_a_line_says_all_that_it_is_for() -> None:
    everything = NsfFee(
        amount=flat("25") + fee.BANK_COST,
        from_second=flat("35"),
        methods=["check", "ach"],
        since=date(2026, 1, 1),
        until=date(2027, 1, 1),
    )
    assert str(everything) == (
        "25.00 CAD plus the bank's own cost, from the second return on 35.00 CAD, for check or ach"
        ", for insufficient funds or uncollected funds, from 2026-01-01 on, before 2027-01-01"
    )
    assert str(line(reasons=[STOPPED])) == "25.00 CAD, for any method, for stopped"


def test_R40_the_whole_explanation_and_the_table() -> None:
    schedule = NsfSchedule(
        NsfFee(
            amount=fee.lesser_of(flat("40"), fee.percent(3, of=fee.FACE)),
            from_second=flat("50") + fee.BANK_COST,
            methods="ach",
            reasons=FUNDS,
        )
    )
    facts = [
        *bounced("1", method="ach", payer="ann"),
        *bounced("2", method="ach", on=8, payer="ann"),
        *bounced("3", method="check", on=9),
    ]
    found = nsf_fees(schedule, standing([RENT, *facts]), bank_costs={"N-2": cad("5.25")})
    sentence = (
        "the lesser of 40.00 CAD and 3% of the payment's face value"
        ", from the second return on 50.00 CAD plus the bank's own cost, for ach, for insufficient funds"
    )
    assert cells(found.explanation) == [
        sentence,
        "",
        "N-1, which returned P-1 of 900.00 | CAD",
        "the lesser of 40.00 CAD and 3% of the payment's face value | 27.00",
        "  40.00 CAD | 40.00",
        "  3% of the payment's face value | 27.00",
        "    the payment's face value | 900.00",
        "proposed | 27.00",
        "",
        sentence,
        "",
        "N-2, which returned P-2 of 900.00 | CAD",
        "50.00 CAD plus the bank's own cost | 55.25",
        "  50.00 CAD | 50.00",
        "  the bank's own cost | 5.25",
        "proposed | 55.25",
        "",
        "N-3, which returned P-3 of 900.00 | CAD",
        "proposed (no fee for insufficient funds of check) | 0.00",
    ]
    assert cells(str(found)) == [
        "charge | about | payer | due | CAD",
        "N-1/nsf_fee | N-1 | ann | 2026-03-07 | 27.00",
        "N-2/nsf_fee | N-2 | ann | 2026-03-08 | 55.25",
        "total | 82.25",
    ]


def cells(table: str) -> list[str]:
    """The rows of a table, without the rule below its head and the width of its columns."""
    return [re.sub(r"(?<=\S) {2,}", " | ", row) for row in table.splitlines() if set(row) - set("- ") or not row]


def test_R40_a_view_of_an_item() -> None:
    (item,) = nsf_fees(NsfSchedule(line()), standing(bounced("1"))).items
    worked = Worked(flat("25"), Fraction(2500))
    assert item == NsfItem("N-1", "P-1", cad("900"), line(), worked, cad("25"), "")
