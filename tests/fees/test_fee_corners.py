"""Corners of fees that a changed sign would show only here."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import attrs
import pytest

from account_facts import cad, day, paid
from arledger import (
    EACH_CHARGE_APART,
    Category,
    Credit,
    Designation,
    FeeAmount,
    Ground,
    InvalidType,
    InvalidValue,
    Limit,
    Payment,
    PaymentState,
    PaymentStep,
    Percent,
    Rate,
    RateTable,
    Return,
    Worked,
    accrual,
    fee,
    standard_late_fee,
    where,
)
from arledger.fees.amounts import worked_out
from arledger.fees.ground import Base
from fees.facts import FEB_1, FIVE_PERCENT, assessed, feb, flat, ground, jan, pay, proposed, rent, rule_of
from fees.nsf_facts import FUNDS, cost, line


def test_R33_the_vendors_settings_are_a_rule_and_what_stands_beside_them_is_kept() -> None:
    grace = rule_of(FIVE_PERCENT).grace
    owed = standard_late_fee("percent_owed_total", Percent(5), grace=grace, occurs=EACH_CHARGE_APART, code="LATE")
    assert owed == rule_of(FIVE_PERCENT, occurs=EACH_CHARGE_APART, code="LATE")
    of_rent, most = fee.percent(5, of=fee.RENT), Limit(flat("40"), per="period")
    limited = standard_late_fee(
        "percent_monthly_rent", Percent(5), grace=grace, max_total_fee_type="flat_amount", max_total_fee=cad("40")
    )
    assert limited == rule_of(of_rent, limits=most)
    assert standard_late_fee("flat_amount", cad("30"), grace=grace) == rule_of(flat("30"))


@attrs.frozen
class Given(FeeAmount):
    """An amount of a user's that gives whatever it is told to."""

    found: object

    def worked(self, _ground: Ground, /) -> Worked:
        """What it was told to give; an exception is raised."""
        if isinstance(self.found, Exception):
            raise self.found
        return self.found  # type: ignore[return-value]  # which is what is tested


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (ValueError("no"), InvalidValue),
        (5, InvalidType),
        (Worked("half", 0.5), InvalidType),  # type: ignore[arg-type]
        (Worked("less", Fraction(-1)), InvalidValue),
    ],
    ids=["an error", "a number", "a float", "a negative"],
)
def test_R38_what_an_amount_of_ones_own_gives_wrong_names_it(found: object, kind: type[InvalidValue]) -> None:
    own = Given(found)
    with pytest.raises(kind) as caught:
        worked_out(own, ground())
    assert (caught.value.field, caught.value.value) == ("amount", own)
    assert worked_out(Given(Worked("three", 3)), ground()).minor == 3  # type: ignore[arg-type]  # an int is exact too


def test_R38_a_rate_of_nothing_is_no_mistake() -> None:
    (item,) = assessed(rule_of(fee.percent(0, of=fee.OWED)), [rent()], jan(6)).items
    assert (item.proposed, item.reason) == (cad("0"), "it comes to 0")


def test_R38_a_base_that_is_not_there_is_named() -> None:
    for base, field in ((Base.FACE, "base"), (Base.RENT, "rent"), (Base.BANK_COST, "bank_costs")):
        with pytest.raises(InvalidValue) as caught:
            ground().of(base)
        assert (caught.value.field, caught.value.value) == (field, base)


def test_R38_from_a_day_on_shows_the_step_that_it_waits_for() -> None:
    amount = fee.from_day(5, flat("10"))
    worked = worked_out(amount, ground(day=jan(6)))
    assert (worked.what, worked.steps) == (amount, (Worked(flat("10"), Fraction(1000)),))


def test_R38_a_year_counts_the_last_day_at_its_own_rate_on_what_was_owed_before_it() -> None:
    """1.00 a day for ten days, and 2.00 for the 11th, on which 400 are paid."""
    rates = RateTable([Rate(Percent("36.5"), until=jan(11)), Rate(Percent(73), since=jan(11))])
    rule = rule_of(fee.a_year(rates, by=accrual.both_ends(accrual.ACTUAL_365)), category=Category.INTEREST)
    for entries in ([rent()], [rent(), pay("P-1", "400", jan(11))]):
        assert proposed(assessed(rule, [*entries], jan(11))) == {"R-01": "12.00"}


def test_R38_a_year_follows_what_is_owed_from_payment_to_payment() -> None:
    """Ten days each at 1.00, 0.90, 0.80 and 0.70."""
    rule = rule_of(fee.a_year("36.5"), category=Category.INTEREST)
    payments = [pay(f"P-{on.day}", "100", on) for on in (jan(11), jan(21), jan(31))]
    assert proposed(assessed(rule, [rent(), *payments], feb(10))) == {"R-01": "34.00"}


def test_R33_a_rule_of_the_rent_asks_for_it() -> None:
    with pytest.raises(InvalidValue) as caught:
        assessed(rule_of(fee.percent(5, of=fee.RENT)), [rent()], jan(6))
    assert caught.value.field == "rent"
    assert str(caught.value) == (
        "assess: 5% of the monthly rent, after 4 free days, once for all that is due on one day "
        "reads the monthly rent; pass rent="
    )


def test_R37_what_was_past_due_in_an_earlier_period_is_what_its_limit_was_on() -> None:
    """5% of all that is past due: 50 in January; in February it is 100, of which 50 are more."""
    rule = rule_of(fee.percent(5, of=fee.PAST_DUE), limits=Limit(flat("60"), per="period"))
    january, february = assessed(rule, [rent(), rent("R-02", due=FEB_1)], feb(20)).items
    assert (january.total, february.total) == (cad("100"), cad("60"))


def test_R40_the_first_of_two_returns_of_a_day_is_told_by_their_numbers() -> None:
    def back(name: str, sequence: int | None) -> list[object]:
        came = Return(f"N-{name}", f"P-{name}", on=day(7), reason=FUNDS, sequence=sequence)
        return [paid(f"P-{name}", "900", 3), came]

    schedule = line(from_second=flat("35"))
    for first, second, third in (("1", "2", "3"), ("3", "2", "1"), ("2", "3", "1")):
        facts = [back(first, 0), back(second, 1), back(third, None)]
        assert cost(schedule, *facts) == {f"N-{first}": "25.00", f"N-{second}": "35.00", f"N-{third}": "35.00"}


@attrs.frozen
class Told(FeeAmount):
    """An amount of a user's that keeps what it is worked out from."""

    grounds: list[Ground]

    def worked(self, on: Ground, /) -> Worked:
        """One cent."""
        self.grounds.append(on)
        return Worked("told", Fraction(1))


def test_R40_an_amount_of_ones_own_is_told_the_currency_and_the_day_of_the_return() -> None:
    grounds: list[Ground] = []
    came = Return("N-1", "P-1", on=day(7), reason=FUNDS)
    assert cost(line(), [paid("P-1", "900", 3), came]) == {"N-1": "25.00"}
    assert cost(attrs.evolve(line(), amount=Told(grounds)), [paid("P-1", "900", 3), came]) == {"N-1": "0.01"}
    (on,) = grounds
    assert (on.currency, on.due, on.first_day, on.day, int(on.of(Base.FACE))) == ("CAD", day(7), day(7), day(7), 90_000)


@pytest.mark.parametrize("selector", [where.past_due, where.is_due], ids=str)
def test_R34_what_counts_and_what_money_may_pay_may_depend_on_the_day(selector: object) -> None:
    blocked = pay("P-1", "200", jan(3), restriction=selector, designations=[Designation("X")])
    entries = [rent(), blocked, rent("X", "1", date(2026, 1, 2))]
    rule = rule_of(FIVE_PERCENT, eligible=selector)
    (item,) = assessed(rule, entries, jan(8), sweep_payments=False).items
    assert (item.about, item.on_hand) == ("R-01", cad("199"))


def test_R34_money_of_nobody_is_not_on_hand_for_what_another_payer_owes() -> None:
    credit = Credit("C-1", cad("200"), granted=jan(2), designations=[Designation("U-1")])
    entries = [rent(payer="ann"), rent("U-1", "1", jan(3), payer="bob"), credit]
    (item,) = assessed(rule_of(FIVE_PERCENT), entries, jan(6), payers=["ann"]).items
    assert (item.about, item.on_hand) == ("R-01", cad("0"))


def test_R34_money_under_way_for_a_charge_to_come_is_not_on_hand() -> None:
    """Neither while it is at the bank nor when it has settled; what it names no more than in part is."""
    sent = pay("P-1", "300", jan(2), designations=[Designation("R-02", cad("250"))])
    steps = [PaymentStep("P-1", PaymentState.PENDING, on=jan(2)), PaymentStep("P-1", PaymentState.SETTLED, on=jan(8))]
    for on in (jan(7), jan(9)):
        entries: list[Payment | PaymentStep | object] = [rent(), sent, *steps]
        (item,) = assessed(rule_of(FIVE_PERCENT), entries, on).items
        assert (item.on_hand, item.proposed) == (cad("50"), cad("47.50"))


def test_R34_money_on_hand_is_spent_once() -> None:
    """500 are on hand: they cover the first rent, and 100 of the second."""
    blocked = pay("P-1", "501", jan(3), designations=[Designation("X")])
    entries = [rent(amount="400"), rent("R-02", "400", jan(2)), rent("X", "1", jan(2)), blocked]
    items = assessed(rule_of(FIVE_PERCENT), entries, jan(9)).items
    assert [(item.about, item.on_hand) for item in items] == [("R-02", cad("100"))]
