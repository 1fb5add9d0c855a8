"""The amounts of fees (R38), each by itself: what it comes to, its steps, its sentence, and its code."""

from __future__ import annotations

import copy
import datetime
import pickle
from fractions import Fraction
from typing import Any

import attrs
import pytest

from account_facts import cad
from arledger import (
    FeeAmount,
    InvalidValue,
    Money,
    Percent,
    Rate,
    RateTable,
    accrual,
    fee,
)
from arledger.fees.assessment import exact_text, step_rows
from arledger.fees.ground import Base
from fees.facts import FIVE_PERCENT, flat, ground, jan

NAMES: dict[str, Any] = {
    "fee": fee,
    "Money": Money,
    "Percent": Percent,
    "Rate": Rate,
    "RateTable": RateTable,
    "Fraction": Fraction,
    "datetime": datetime,
    "accrual": accrual,
}
"""What a repr is evaluated with."""

LADDER = (fee.Tier(flat("10"), up_to=cad("500")), fee.Tier(fee.percent(5, of=fee.RENT)))
RISEN = RateTable([Rate(Percent(5)), Rate(Percent(7), since=datetime.date(2026, 7, 1))])

AMOUNTS: list[tuple[FeeAmount, str, str]] = [
    (fee.OWED, "what is owed", "fee.OWED"),
    (fee.PAST_DUE, "all that is past due", "fee.PAST_DUE"),
    (fee.CHARGE, "the charge", "fee.CHARGE"),
    (fee.RENT, "the monthly rent", "fee.RENT"),
    (fee.FACE, "the payment's face value", "fee.FACE"),
    (fee.BANK_COST, "the bank's own cost", "fee.BANK_COST"),
    (flat("50"), "50.00 CAD", "fee.flat(Money('50.00', 'CAD'))"),
    (fee.percent("1.5", of=fee.OWED), "1.5% of what is owed", "fee.percent('1.5', of=fee.OWED)"),
    (
        fee.percent(Fraction(100, 3), of=fee.CHARGE),
        "100/3% of the charge",
        "fee.percent(Fraction(100, 3), of=fee.CHARGE)",
    ),
    (
        flat("30") + fee.each_further_day(flat("10")) + FIVE_PERCENT,
        "30.00 CAD plus 10.00 CAD for each further day plus 5% of what is owed",
        (
            "fee.flat(Money('30.00', 'CAD')) + fee.every(1, fee.flat(Money('10.00', 'CAD')), first=2)"
            " + fee.percent('5', of=fee.OWED)"
        ),
    ),
    (
        fee.lesser_of(flat("50"), FIVE_PERCENT),
        "the lesser of 50.00 CAD and 5% of what is owed",
        "fee.lesser_of(fee.flat(Money('50.00', 'CAD')), fee.percent('5', of=fee.OWED))",
    ),
    (
        fee.greater_of(flat("15"), fee.percent(5, of=fee.RENT), flat("1") + flat("2")),
        "the greater of 15.00 CAD, 5% of the monthly rent and (1.00 CAD plus 2.00 CAD)",
        (
            "fee.greater_of(fee.flat(Money('15.00', 'CAD')), fee.percent('5', of=fee.RENT),"
            " fee.flat(Money('1.00', 'CAD')) + fee.flat(Money('2.00', 'CAD')))"
        ),
    ),
    (
        fee.by_size(fee.RENT, *LADDER),
        "by the size of the monthly rent: up to 500.00 CAD 10.00 CAD, above 5% of the monthly rent",
        (
            "fee.by_size(fee.RENT, fee.Tier(fee.flat(Money('10.00', 'CAD')), up_to=Money('500.00', 'CAD')),"
            " fee.Tier(fee.percent('5', of=fee.RENT)))"
        ),
    ),
    (
        fee.by_part(fee.RENT, *LADDER),
        "by the part of the monthly rent: up to 500.00 CAD 10.00 CAD, above 5% of the monthly rent",
        (
            "fee.by_part(fee.RENT, fee.Tier(fee.flat(Money('10.00', 'CAD')), up_to=Money('500.00', 'CAD')),"
            " fee.Tier(fee.percent('5', of=fee.RENT)))"
        ),
    ),
    (
        fee.from_day(15, fee.percent(4, of=fee.CHARGE)),
        "4% of the charge from 15 days late on",
        "fee.from_day(15, fee.percent('4', of=fee.CHARGE))",
    ),
    (
        fee.from_day(1, flat("1") + fee.each_day(flat("2"))),
        "(1.00 CAD plus 2.00 CAD for each day) from 1 day late on",
        "fee.from_day(1, fee.flat(Money('1.00', 'CAD')) + fee.every(1, fee.flat(Money('2.00', 'CAD'))))",
    ),
    (fee.each_day(flat("10")), "10.00 CAD for each day", "fee.every(1, fee.flat(Money('10.00', 'CAD')))"),
    (
        fee.each_day(fee.by_size(fee.RENT, *LADDER), since="due"),
        (
            "(by the size of the monthly rent: up to 500.00 CAD 10.00 CAD, above 5% of the monthly rent)"
            " for each day since the due date"
        ),
        (
            "fee.every(1, fee.by_size(fee.RENT, fee.Tier(fee.flat(Money('10.00', 'CAD')),"
            " up_to=Money('500.00', 'CAD')), fee.Tier(fee.percent('5', of=fee.RENT))), since='due')"
        ),
    ),
    (
        fee.each_further_day(flat("10"), since="due"),
        "10.00 CAD for each further day since the due date",
        "fee.every(1, fee.flat(Money('10.00', 'CAD')), first=2, since='due')",
    ),
    (
        fee.every(1, flat("10"), first=22),
        "10.00 CAD for each day from the 22nd on",
        "fee.every(1, fee.flat(Money('10.00', 'CAD')), first=22)",
    ),
    (
        fee.every(5, FIVE_PERCENT, since="due"),
        "5% of what is owed for every 5 days since the due date",
        "fee.every(5, fee.percent('5', of=fee.OWED), since='due')",
    ),
    (
        fee.every(7, FIVE_PERCENT, first=1),
        "5% of what is owed for every 7 days from day 1 on",
        "fee.every(7, fee.percent('5', of=fee.OWED), first=1)",
    ),
    (
        fee.each_month(FIVE_PERCENT),
        "5% of what is owed for each month since the due date",
        "fee.each_month(fee.percent('5', of=fee.OWED))",
    ),
    (
        fee.each_month(fee.lesser_of(flat("5"), FIVE_PERCENT), since="grace"),
        "(the lesser of 5.00 CAD and 5% of what is owed) for each month",
        "fee.each_month(fee.lesser_of(fee.flat(Money('5.00', 'CAD')), fee.percent('5', of=fee.OWED)), since='grace')",
    ),
    (fee.a_year(8), "8% a year of what is owed, by days over 365", "fee.a_year('8')"),
    (
        fee.a_year(Percent("7.5"), by=accrual.THIRTY_360, since="grace"),
        "7.5% a year of what is owed, by months of 30 days over 360 since the grace is over",
        "fee.a_year('7.5', by=accrual.THIRTY_360, since='grace')",
    ),
    (
        fee.a_year(RISEN),
        "5%, 7% from 2026-07-01 a year of what is owed, by days over 365",
        (
            "fee.a_year(RateTable(rates=(Rate(percent=Percent('5'), since=None, until=None),"
            " Rate(percent=Percent('7'), since=datetime.date(2026, 7, 1), until=None))))"
        ),
    ),
]


@pytest.mark.parametrize(("amount", "text", "code"), AMOUNTS, ids=[text for _, text, _ in AMOUNTS])
def test_R38_an_amount_reads_as_a_sentence_and_prints_as_its_code(amount: FeeAmount, text: str, code: str) -> None:
    assert (str(amount), repr(amount)) == (text, code)
    again = eval(code, NAMES)  # the code of our own
    assert again == amount
    assert hash(again) == hash(amount)
    for copied in (pickle.loads(pickle.dumps(amount)), copy.deepcopy(amount)):
        assert (copied, repr(copied)) == (amount, code)


def test_R38_no_two_of_them_are_equal() -> None:
    assert len({amount for amount, _, _ in AMOUNTS}) == len(AMOUNTS)
    assert fee.lesser_of(flat("1"), flat("2")) != fee.greater_of(flat("1"), flat("2"))
    assert fee.by_size(fee.RENT, *LADDER) != fee.by_part(fee.RENT, *LADDER)
    assert flat("1") + flat("2") != flat("2") + flat("1")


def test_R38_an_amount_cannot_be_changed() -> None:
    for amount, _, _ in AMOUNTS:
        kind: Any = type(amount)
        for field in attrs.fields(kind):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(amount, field.name, None)


@pytest.mark.parametrize(
    ("amount", "known", "minor"),
    [
        (fee.OWED, {"owed": 100_001}, 100_001),
        (fee.PAST_DUE, {}, 100_500),
        (fee.CHARGE, {"charge": 120_000}, 120_000),
        (fee.RENT, {"rent": 90_000}, 90_000),
        (fee.FACE, {"face": 80_000}, 80_000),
        (fee.BANK_COST, {"bank_cost": 700}, 700),
        (flat("50"), {}, 5000),
        (fee.flat(Money("50", "JPY")), {}, 50),
        (fee.percent("1.5", of=fee.OWED), {"owed": 33_333}, Fraction(99_999, 200)),
        (fee.percent(Fraction(100, 3), of=fee.OWED), {"owed": 100}, Fraction(100, 3)),
        (fee.percent("9.975", of=fee.OWED), {"owed": 100}, Fraction(399, 40)),
        (fee.percent(0, of=fee.OWED), {}, 0),
        (flat("30") + FIVE_PERCENT, {}, 8000),
        (fee.lesser_of(flat("50.01"), FIVE_PERCENT), {}, 5000),
        (fee.lesser_of(flat("49.99"), FIVE_PERCENT, flat("49.98")), {}, 4998),
        (fee.greater_of(flat("49.99"), FIVE_PERCENT), {}, 5000),
        (fee.greater_of(flat("50.01"), FIVE_PERCENT, flat("50.02")), {}, 5002),
    ],
)
def test_R38_what_amounts_come_to(amount: FeeAmount, known: dict[str, int], minor: int | Fraction) -> None:
    """Exactly, in minor units: nothing is rounded here."""
    given: dict[str, Any] = {"owed": 100_000, **known}
    worked = amount.worked(ground(**given))
    assert (worked.minor, worked.text) == (minor, str(amount))
    assert isinstance(worked.minor, Fraction)


@pytest.mark.parametrize(
    ("size", "by_size", "by_part"),
    [
        (0, 1000, 0),
        (1, 1000, 1000),
        (50_000, 1000, 1000),
        (50_001, Fraction(50_001, 20), 1000 + Fraction(1, 20)),
        (100_000, 5000, 3500),
    ],
)
def test_R38_ladders(size: int, by_size: int | Fraction, by_part: int | Fraction) -> None:
    """10 up to 500, that included, and 5% above: of the whole, or of the part; of nothing, no part is reached."""
    at = ground(rent=size)
    assert fee.by_size(fee.RENT, *LADDER).worked(at).minor == by_size
    assert fee.by_part(fee.RENT, *LADDER).worked(at).minor == by_part


def test_R38_three_tiers_and_each_on_its_own_part() -> None:
    """1% of the first 100, 2% of the next 200, 3% of the rest: of 1000, 1 + 4 + 21."""
    percents = [fee.percent(percent, of=fee.OWED) for percent in (1, 2, 3)]
    tiers = [fee.Tier(percents[0], up_to=cad("100")), fee.Tier(percents[1], up_to=cad("300")), fee.Tier(percents[2])]
    worked = fee.by_part(fee.OWED, *tiers).worked(ground(100_000))
    assert [step.minor for step in worked.steps] == [100_000, 100, 400, 2100]
    assert worked.minor == 2600
    assert fee.by_part(fee.OWED, *tiers).worked(ground(25_000)).minor == 400
    assert fee.by_size(fee.OWED, *tiers).worked(ground(25_000)).minor == 500


def test_R38_a_single_tier_is_for_all() -> None:
    for ladder in (fee.by_size, fee.by_part):
        assert ladder(fee.OWED, fee.Tier(FIVE_PERCENT)).worked(ground(100_000)).minor == 5000


def test_R38_the_parts_of_a_tier_leave_other_bases_alone() -> None:
    """The part is of the base that the ladder is of; another base is the whole of it in each tier."""
    tiers = [fee.Tier(fee.percent(1, of=fee.OWED), up_to=cad("500")), fee.Tier(fee.percent(1, of=fee.RENT))]
    assert fee.by_part(fee.RENT, *tiers).worked(ground(100_000, rent=60_000)).minor == 1000 + 100


@pytest.mark.parametrize(("days_late", "minor"), [(1, 0), (4, 0), (5, 5000), (6, 5000), (400, 5000)])
def test_R38_an_amount_from_a_day_late_on(days_late: int, minor: int) -> None:
    amount = fee.from_day(5, FIVE_PERCENT)
    on = jan(1) + datetime.timedelta(days=days_late)
    worked = amount.worked(ground(day=on, first_day=jan(2)))
    assert worked.minor == minor
    if not minor:
        assert worked.text.startswith("5% of what is owed from 5 days late on: ")
        assert worked.steps == ()


def test_R38_steps_have_the_numbers_of_each_part() -> None:
    amount = fee.greater_of(flat("15"), flat("1") + fee.percent(5, of=fee.RENT))
    assert step_rows(amount.worked(ground(rent=90_001)), "CAD") == [
        ("the greater of 15.00 CAD and (1.00 CAD plus 5% of the monthly rent)", "46.0005"),
        ("  15.00 CAD", "15.00"),
        ("  1.00 CAD plus 5% of the monthly rent", "46.0005"),
        ("    1.00 CAD", "1.00"),
        ("    5% of the monthly rent", "45.0005"),
        ("      the monthly rent", "900.01"),
    ]


def test_R38_the_steps_of_a_ladder_begin_with_the_size() -> None:
    """And have the part that each tier is worked out on."""
    at = ground(rent=90_000)
    title = "of the monthly rent: up to 500.00 CAD 10.00 CAD, above 5% of the monthly rent"
    by_part, by_size = (step_rows(ladder(fee.RENT, *LADDER).worked(at), "CAD") for ladder in (fee.by_part, fee.by_size))
    assert by_part == [
        (f"by the part {title}", "30.00"),
        ("  the monthly rent", "900.00"),
        ("  10.00 CAD", "10.00"),
        ("  5% of the monthly rent", "20.00"),
        ("    the monthly rent", "400.00"),
    ]
    assert by_size == [
        (f"by the size {title}", "45.00"),
        ("  the monthly rent", "900.00"),
        ("  5% of the monthly rent", "45.00"),
        ("    the monthly rent", "900.00"),
    ]


@pytest.mark.parametrize(
    ("exact", "currency", "text"),
    [
        (Fraction(1234), "CAD", "12.34"),
        (Fraction(1, 2), "CAD", "0.005"),
        (Fraction(1, 3), "CAD", "0.0033..."),
        (Fraction(20_000, 3), "CAD", "66.6666..."),
        (Fraction(200, 3), "JPY", "66.66..."),
        (Fraction(1, 3000), "CAD", "0..."),
    ],
)
def test_the_number_of_a_step_is_exact_or_shows_that_it_goes_on(exact: Fraction, currency: str, text: str) -> None:
    assert exact_text(exact, currency) == text


@pytest.mark.parametrize(
    ("amount", "reads", "counts_days", "currency"),
    [
        (flat("1"), set(), False, "CAD"),
        (FIVE_PERCENT, {Base.OWED}, False, None),
        (fee.RENT, {Base.RENT}, False, None),
        (fee.percent(5, of=fee.RENT) + fee.each_day(flat("1")), {Base.RENT}, True, "CAD"),
        (fee.lesser_of(fee.PAST_DUE, fee.CHARGE), {Base.PAST_DUE, Base.CHARGE}, False, None),
        (fee.by_size(fee.RENT, fee.Tier(FIVE_PERCENT)), {Base.RENT, Base.OWED}, False, None),
        (fee.by_size(fee.RENT, *LADDER), {Base.RENT}, False, "CAD"),
        (fee.from_day(5, flat("1")), set(), True, "CAD"),
        (fee.every(5, fee.PAST_DUE), {Base.PAST_DUE}, True, None),
        (fee.each_month(FIVE_PERCENT), {Base.OWED}, True, None),
        (fee.a_year(5), {Base.OWED}, True, None),
    ],
)
def test_R38_an_amount_says_what_it_reads_and_whether_it_counts_days(
    amount: FeeAmount, reads: set[Base], counts_days: bool, currency: str | None
) -> None:
    assert (set(amount.reads), amount.counts_days, amount.currency) == (reads, counts_days, currency)


def test_a_base_that_is_not_known_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"^fee: the monthly rent is not known; pass rent=$") as caught:
        fee.percent(5, of=fee.RENT).worked(ground())
    assert (caught.value.field, caught.value.value) == ("rent", Base.RENT)
    with pytest.raises(InvalidValue, match=r"^fee: the bank's own cost is not known; pass bank_costs=$"):
        fee.BANK_COST.worked(ground())
    with pytest.raises(InvalidValue, match=r"^fee: the payment's face value is not known; take a percentage of"):
        fee.FACE.worked(ground())
