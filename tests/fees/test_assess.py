"""What was charged before, and the day of a run (R35, R44)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from account_facts import cad
from arledger import (
    OLDEST_FIRST,
    RENT_LAST,
    Category,
    Charge,
    Credit,
    CreditKind,
    Designation,
    Entry,
    FeeAmount,
    FreeDays,
    Ledger,
    Order,
    Reversal,
    assess,
    fee,
    record,
    replay,
    unearned_fees,
    where,
)
from fees.facts import (
    FEB_1,
    FIVE_PERCENT,
    JAN_1,
    assessed,
    came_back,
    feb,
    flat,
    jan,
    late_fee,
    nights,
    pay,
    proposed,
    reasons,
    rent,
    rule_of,
    sums,
)

FIVE = rule_of(FIVE_PERCENT)


def utility(name: str = "U-01", amount: str = "100", due: date = JAN_1, **given: Any) -> Charge:
    return Charge(name, cad(amount), due=due, **{"category": Category.UTILITY, **given})


def forgiven(kind: CreditKind, of: str, amount: str, on: date) -> Credit:
    """A waiver or a write-off."""
    return Credit(f"{kind.name}/{of}", cad(amount), granted=on, kind=kind, designations=[Designation(of)])


class TestChargedBefore:
    """R35: nothing is remembered but the charges themselves."""

    def test_R35_assessing_again_on_the_same_day_charges_nothing(self) -> None:
        for rule in (FIVE, rule_of(fee.each_day(flat("10"))), rule_of(fee.a_year(10), category=Category.INTEREST)):
            ledger = Ledger("CAD", [rent()])
            first = assessed(rule, ledger, jan(9))
            assert first == assessed(rule, ledger, jan(9))
            again = assessed(rule, record(ledger, first.charges), jan(9))
            assert (bool(first.charges), again.charges, reasons(again)) == (True, (), {"R-01": "charged before"})

    def test_R35_what_falls_leaves_what_was_charged_alone(self) -> None:
        entries = [rent(), pay("P-1", "600", jan(8))]
        assert sums(FIVE, entries, [jan(6), jan(8), jan(31)]) == ["50.00", "50.00", "50.00"]

    @pytest.mark.parametrize(
        ("befell", "again"),
        [
            ([], {}),
            ([pay("P-9", "50", jan(10), designations=[Designation("F-1")])], {}),
            ([forgiven(CreditKind.WAIVER, "F-1", "50", jan(10))], {}),
            ([forgiven(CreditKind.WAIVER, "F-1", "20", jan(10))], {}),
            ([forgiven(CreditKind.WRITE_OFF, "F-1", "50", jan(10))], {}),
            ([Reversal("X-1", "F-1", on=jan(10))], {"R-01": "50.00"}),
        ],
        ids=["nothing", "paid", "waived", "waived in part", "written off", "reversed"],
    )
    def test_R35_what_may_befall_a_fee(self, befell: list[Entry], again: dict[str, str]) -> None:
        found = assessed(FIVE, [rent(), late_fee("F-1", "50", jan(6)), *befell], jan(12))
        assert proposed(found) == again

    def test_R35_a_fee_that_was_credited_as_unearned_is_charged_when_the_payment_comes_back(self) -> None:
        """A payment of the 3rd is found on the 20th, and the fee of the 6th credited; then the payment comes back."""
        found = pay("P-1", "1000", jan(3), posted=jan(20))
        entries: list[Entry] = [rent(), late_fee("F-1", "50", jan(6)), found]
        (credit,) = unearned_fees(replay(Ledger("CAD", entries), by=OLDEST_FIRST, as_of=jan(20)))
        entries.append(credit)
        assert assessed(FIVE, entries, jan(21)).charges == ()
        entries.append(came_back("N-1", "P-1", jan(22)))
        assert nights(FIVE, entries, jan(20), jan(31))[1] == {jan(22): "50.00"}
        assert assessed(FIVE, [*entries, Reversal("X-1", credit.id, on=jan(22))], jan(22)).charges == ()

    @pytest.mark.parametrize("by", [OLDEST_FIRST, RENT_LAST], ids=["oldest first", "rent last"])
    def test_R35_a_fee_that_takes_the_money_of_its_own_day_does_not_grow_by_it(self, by: Order) -> None:
        """By rent last the 500 of the 6th pay the fee, as soon as there is one, and so less of the rent."""
        ledger = Ledger("CAD", [rent(), pay("P-1", "500", jan(6))])
        charged = []
        for day in (jan(6), jan(6), jan(7), jan(31)):
            charges = assess(FIVE, replay(ledger, by=by, as_of=day), on=day).charges
            ledger = record(ledger, charges)
            charged.append([str(charge.amount.amount) for charge in charges])
        assert charged == [["25.00"], [], [], []]

    def test_R35_money_that_was_meant_for_the_fee_is_not_counted_for_its_rent(self) -> None:
        meant = pay("P-1", "10", jan(6), designations=[Designation("F-1")])
        entries = [rent(), late_fee("F-1", "10", jan(6)), meant, pay("P-2", "400", jan(7))]
        assert proposed(assessed(FIVE, entries, jan(8))) == {"R-01": "20.00"}

    def test_R35_which_fees_are_those_of_a_rule(self) -> None:
        """Those of its category and its code, about one of the charges."""
        coded = rule_of(FIVE_PERCENT, code="LATE")
        entries = [rent(), utility()]
        others = [
            late_fee("F-1", "55", jan(6)),
            late_fee("F-2", "55", jan(6), code="OTHER"),
            late_fee("F-3", "55", jan(6), about="R-00", code="LATE"),
            Charge("F-4", cad("55"), due=jan(6), category=Category.NSF_FEE, about="R-01", code="LATE"),
            Charge("F-5", cad("55"), due=jan(6), category=Category.INTEREST, about="R-01", code="LATE"),
        ]
        barred = where.category(Category.RENT, Category.UTILITY)
        by_code = rule_of(FIVE_PERCENT, code="LATE", eligible=barred)
        assert proposed(assessed(by_code, [*entries, *others], jan(12))) == {"R-01": "55.00"}
        for about, left in (("R-01", "45.00"), ("U-01", "45.00")):
            ours = late_fee("F-6", "10", jan(6), about=about, code="LATE")
            assert proposed(assessed(by_code, [*entries, *others, ours], jan(12))) == {"R-01": left}
        assert [charge.code for charge in assessed(coded, entries, jan(12)).charges] == ["LATE"]

    def test_R35_two_rules_of_an_account_need_two_codes(self) -> None:
        one, other = rule_of(flat("30"), code="A"), rule_of(flat("40"), code="B")
        ledger = record(Ledger("CAD", [rent()]), assessed(one, [rent()], jan(6)).charges)
        assert proposed(assessed(other, ledger, jan(6))) == {"R-01": "40.00"}
        assert proposed(assessed(rule_of(flat("40"), code="A"), ledger, jan(6))) == {"R-01": "10.00"}

    def test_R35_ids_are_derived_and_never_taken_twice(self) -> None:
        """A fee that was reversed keeps its id; the next of that day has another."""
        entries: list[Entry] = [rent()]
        for expected in ("", "#2", "#3"):
            (charge,) = assessed(FIVE, entries, jan(6)).charges
            assert charge.id == f"R-01/late_fee@2026-01-06{expected}"
            entries += [charge, Reversal(f"X{expected}", charge.id, on=jan(6))]
        (coded,) = assessed(rule_of(FIVE_PERCENT, code="LF"), entries, jan(7)).charges
        assert coded.id == "R-01/LF@2026-01-07"
        (interest,) = assessed(rule_of(fee.a_year(10), category=Category.INTEREST), entries, jan(7)).charges
        assert interest.id == "R-01/interest@2026-01-07"

    def test_R35_only_what_was_known_was_charged(self) -> None:
        entries = [rent(), late_fee("F-1", "50", jan(6), posted=jan(9))]
        assert proposed(assessed(FIVE, entries, jan(8), known=jan(8))) == {"R-01": "50.00"}
        assert proposed(assessed(FIVE, entries, jan(8), known=jan(9))) == {}
        reversed_later = [*entries, Reversal("X-1", "F-1", on=jan(10), posted=jan(12))]
        assert proposed(assessed(FIVE, reversed_later, jan(11), known=jan(11))) == {}
        assert proposed(assessed(FIVE, reversed_later, jan(11), known=jan(12))) == {"R-01": "50.00"}


class TestTheDay:
    """The day of the run, that of the position, and the books."""

    def test_another_day_than_the_positions_is_replayed(self) -> None:
        entries: list[Entry] = [rent(), pay("P-1", "600", jan(8)), rent("R-02", due=FEB_1)]
        rule = rule_of(fee.each_day(fee.percent(1, of=fee.OWED)))
        for on in (jan(5), jan(6), jan(10), feb(20)):
            expected = assessed(rule, entries, on)
            for as_of in (date(2025, 12, 1), jan(7), feb(28)):
                position = replay(Ledger("CAD", entries), by=OLDEST_FIRST, as_of=as_of)
                assert assess(rule, position, on=on) == expected

    def test_R44_what_is_charged_for_a_day_of_closed_books_is_posted_on_the_first_open_one(self) -> None:
        (charge,) = assessed(FIVE, [rent()], jan(20), closed_through=jan(31)).charges
        assert (charge.due, charge.posted, charge.id) == (jan(20), FEB_1, "R-01/late_fee@2026-01-20")
        (charge,) = assessed(FIVE, [rent()], feb(3), closed_through=jan(31)).charges
        assert (charge.due, charge.posted) == (feb(3), feb(3))

    def test_R44_a_fee_that_was_posted_later_is_not_charged_again(self) -> None:
        ledger = Ledger("CAD", [rent()], closed_through=jan(31))
        ledger = record(ledger, assessed(FIVE, ledger, jan(20)).charges)
        assert [assessed(FIVE, ledger, on).charges for on in (jan(20), jan(25), FEB_1, feb(28))] == [()] * 4

    def test_a_proposed_charge_has_all_that_a_host_needs(self) -> None:
        (charge,) = assessed(rule_of(FIVE_PERCENT, code="LF"), [rent(payer="ann")], jan(6), payers=("ann",)).charges
        assert charge == Charge(
            "R-01/LF@2026-01-06",
            cad("50"),
            due=jan(6),
            category=Category.LATE_FEE,
            code="LF",
            payer="ann",
            about="R-01",
        )

    def test_R35_interest_is_charged_for_time_that_passed_and_a_late_fee_is_not(self) -> None:
        """36.5% a year of 1000 is 1.00 a day; paid on the 10th, and the run of each night was missed."""
        entries = [rent(), pay("P-1", "1000", jan(10))]
        for category, expected in ((Category.INTEREST, {"R-01": "9.00"}), (Category.LATE_FEE, {})):
            rule = rule_of(fee.a_year("36.5"), category=category, grace=FreeDays(0))
            assert proposed(assessed(rule, entries, jan(20))) == expected
        rule = rule_of(fee.a_year("36.5"), category=Category.INTEREST, grace=FreeDays(0))
        assert sum(map(float, nights(rule, entries, JAN_1, jan(20))[1].values())) == 9

    def test_R35_a_second_run_of_a_day_whose_books_are_closed_proposes_nothing(self) -> None:
        """As known on that day, the fee is not in the books yet: it is posted on the first open day."""
        closed, given = Ledger("CAD", [rent()], closed_through=jan(31)), {"known": jan(31)}
        charges = assessed(rule_of(FIVE_PERCENT), closed, jan(31), **given).charges
        assert [charge.posted for charge in charges] == [FEB_1]
        assert assessed(rule_of(FIVE_PERCENT), record(closed, charges), jan(31), **given).charges == ()

    @pytest.mark.parametrize(
        "amount",
        [
            fee.greater_of(fee.a_year(12), flat("5")),
            fee.a_year(12) + flat("5"),
            fee.percent(1, of=fee.CHARGE),
            fee.from_day(10, flat("5")),
        ],
        ids=str,
    )
    def test_R35_what_was_paid_in_time_bears_no_interest_of_any_kind(self, amount: FeeAmount) -> None:
        rule = rule_of(amount, category=Category.INTEREST)
        in_time: list[list[Entry]] = [[rent(), pay("P-1", "1000", on)] for on in (date(2025, 12, 20), jan(6))]
        disputed: list[Entry] = [rent(disputed=True)]
        for entries in (disputed, *in_time):
            assert assessed(rule, entries, jan(20)).items == ()

    def test_R38_what_was_paid_before_it_was_so_many_days_late_never_gets_so_late(self) -> None:
        """36.5% a year of 1000 is 1.00 a day, and 2.00 once it is 15 days late."""
        doubled = fee.a_year("36.5") + fee.from_day(15, fee.a_year("36.5"))
        rule = rule_of(doubled, category=Category.INTEREST, grace=FreeDays(0))
        for paid, expected in ((jan(11), "10.00"), (jan(16), "15.00"), (jan(17), "32.00")):
            assert proposed(assessed(rule, [rent(), pay("P-1", "1000", paid)], jan(31))) == {"R-01": expected}

    def test_R35_a_rent_that_is_billed_anew_is_charged_for_once(self) -> None:
        """55.00 were charged for both; then the rent is taken back, and billed at 900 for the same day."""
        entries = [rent(), rent("K-01", "100", category=Category.FEATURE)]
        entries += assessed(FIVE, entries, jan(6)).charges
        anew = [*entries, Reversal("X-1", "R-01", on=jan(10)), rent("R-01b", "900")]
        assert assessed(FIVE, anew, jan(12)).charges == ()
        assert proposed(assessed(FIVE, [*anew, Reversal("X-2", "R-01/late_fee@2026-01-06", on=jan(10))], jan(12))) == {
            "R-01b": "50.00"
        }

    def test_R44_a_fee_of_closed_books_was_earned_on_its_day_and_is_charged_once(self) -> None:
        """It is posted on 1 February, when the rent had been paid: it stays, and comes once."""
        ledger = Ledger("CAD", [rent(), pay("P-1", "1000", jan(20))], closed_through=jan(31))
        ledger = record(ledger, assessed(FIVE, ledger, jan(10)).charges)
        assert unearned_fees(replay(ledger, by=OLDEST_FIRST, as_of=feb(2))) == ()
        assert assessed(FIVE, ledger, jan(10)).charges == ()
