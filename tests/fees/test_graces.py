"""From which day on a fee may arise (R36): each named grace with the examples of those who use it so."""

from __future__ import annotations

import datetime
import pickle
from datetime import date, timedelta

import attrs
import pytest

from arledger import (
    LAST,
    NO_GRACE,
    BusinessDays,
    FirstFeeAfter,
    FreeDays,
    FreeUntil,
    Grace,
    InvalidType,
    InvalidValue,
)
from fees.facts import FIVE_PERCENT, JAN_1, assessed, jan, nights, proposed, reasons, rent, rule_of

TWO_HOLIDAYS = BusinessDays("following", holidays=[jan(1), jan(2)])


@pytest.mark.parametrize(
    ("grace", "first_day"),
    [
        (FirstFeeAfter(4), 5),
        (FreeDays(3), 5),
        (FreeDays(4), 6),
        (FreeDays(5), 7),
        (FirstFeeAfter(1), 2),
        (FreeDays(0), 2),
        (NO_GRACE, 2),
    ],
    ids=[
        "DoorLoop, Rentec and Apartments.com: 4, the 5th",
        "Buildium: 3, the 5th",
        "Innago and eRentPayment: 4, the 6th",
        "Promas: 5, the 7th",
        "the day after",
        "no free day",
        "no grace",
    ],
)
def test_R36_for_what_is_due_on_the_1st(grace: Grace, first_day: int) -> None:
    assert grace(JAN_1) == jan(first_day)
    rule = rule_of(FIVE_PERCENT, grace=grace)
    eve = assessed(rule, [rent()], jan(first_day - 1))
    if first_day > 2:
        assert (proposed(eve), reasons(eve)) == ({}, {"R-01": f"no fee before 2026-01-0{first_day}"})
    assert proposed(assessed(rule, [rent()], jan(first_day))) == {"R-01": "50.00"}
    assert list(nights(rule, [rent()], JAN_1, jan(31))[1]) == [jan(first_day)]


def test_R36_nothing_is_late_on_its_due_date() -> None:
    assessment = assessed(rule_of(FIVE_PERCENT, grace=NO_GRACE), [rent()], JAN_1)
    assert (assessment.items, assessment.left_out) == ((), (("R-01", "due 2026-01-01"),))


@pytest.mark.parametrize(
    ("day", "due", "first_day"),
    [
        (5, "2026-01-01", "2026-01-06"),
        (5, "2026-01-04", "2026-01-06"),
        (5, "2026-01-05", "2026-01-06"),
        (5, "2026-01-06", "2026-02-06"),
        (5, "2026-12-31", "2027-01-06"),
        (31, "2026-02-10", "2026-03-01"),
        (31, "2026-02-28", "2026-03-01"),
        (31, "2026-04-30", "2026-05-01"),
        (30, "2026-01-31", "2026-03-01"),
        (29, "2028-02-01", "2028-03-01"),
        (LAST, "2026-02-01", "2026-03-01"),
        (LAST, "2026-02-28", "2026-03-01"),
        (LAST, "2026-12-05", "2027-01-01"),
        (1, "2026-01-01", "2026-01-02"),
        (1, "2026-01-02", "2026-02-02"),
    ],
)
def test_R36_a_day_of_the_month_is_the_last_free_one(day: int, due: str, first_day: str) -> None:
    assert FreeUntil(day)(date.fromisoformat(due)) == date.fromisoformat(first_day)


@pytest.mark.parametrize(
    ("days", "due", "first_day"),
    [
        (0, "2026-01-01", "2026-01-02"),
        (1, "2026-01-07", "2026-01-09"),
        (1, "2026-01-09", "2026-01-13"),
        (2, "2026-01-09", "2026-01-14"),
        (5, "2026-01-05", "2026-01-13"),
        (1, "2025-12-31", "2026-01-06"),
        (2, "2025-12-31", "2026-01-07"),
    ],
)
def test_R36_only_working_days_are_free(days: int, due: str, first_day: str) -> None:
    """The 9th is a Friday, 1 and 2 January are holidays; the first fee arises on the day after, be it open or not."""
    grace = FreeDays(days, business_days=TWO_HOLIDAYS)
    assert grace(date.fromisoformat(due)) == date.fromisoformat(first_day)


def test_R36_a_weekend_of_other_days() -> None:
    fridays_off = BusinessDays("following", weekend=[4])
    assert FreeDays(1, business_days=fridays_off)(jan(8)) == jan(11)


def of_tenants(due: date, /) -> date:
    """A user's own grace: the tenth of the month after."""
    return (due.replace(day=1) + timedelta(days=32)).replace(day=10)


@attrs.frozen
class Weeks:
    """A user's own grace, with a number, and without a text."""

    weeks: int

    def __call__(self, due: date, /) -> date:
        return due + timedelta(weeks=self.weeks)


@pytest.mark.parametrize(
    ("grace", "text"),
    [
        (FirstFeeAfter(1), "from 1 day after the due date on"),
        (FirstFeeAfter(4), "from 4 days after the due date on"),
        (FreeDays(1), "after 1 free day"),
        (FreeDays(5), "after 5 free days"),
        (FreeDays(1, business_days=TWO_HOLIDAYS), "after 1 free working day"),
        (FreeDays(3, business_days=TWO_HOLIDAYS), "after 3 free working days"),
        (NO_GRACE, "from the day after the due date on"),
        (FreeUntil(5), "after the 5th of the month"),
        (FreeUntil(22), "after the 22nd of the month"),
        (FreeUntil(LAST), "after the last day of the month"),
        (of_tenants, "by of_tenants"),
        (Weeks(2), "by Weeks(weeks=2)"),
    ],
)
def test_R36_a_grace_is_part_of_the_rules_sentence(grace: Grace, text: str) -> None:
    """One's own is called by its name, never by its address."""
    assert str(rule_of(FIVE_PERCENT, grace=grace)) == f"5% of what is owed, {text}, once for all that is due on one day"


@pytest.mark.parametrize("grace", [FirstFeeAfter(4), FreeDays(4), FreeUntil(5), FreeUntil(LAST), NO_GRACE])
def test_R36_a_grace_is_a_value(grace: Grace) -> None:
    names = {"FirstFeeAfter": FirstFeeAfter, "FreeDays": FreeDays, "FreeUntil": FreeUntil, "datetime": datetime}
    assert eval(repr(grace), names) == grace
    assert pickle.loads(pickle.dumps(grace)) == grace
    assert hash(pickle.loads(pickle.dumps(grace))) == hash(grace)


@pytest.mark.parametrize("grace", [of_tenants, Weeks(3), lambda due: due + timedelta(days=21)])
def test_R36_a_grace_of_ones_own(grace: Grace) -> None:
    nightly = nights(rule_of(FIVE_PERCENT, grace=grace), [rent()], JAN_1, date(2026, 2, 28))[1]
    assert list(nightly.values()) == ["50.00"]
    assert list(nightly) == [grace(JAN_1)]


@pytest.mark.parametrize(
    ("grace", "kind", "message"),
    [
        (lambda due: due, InvalidValue, "gave 2026-01-01 for what is due on 2026-01-01; give a later day"),
        (
            lambda due: due - timedelta(days=1),
            InvalidValue,
            "gave 2025-12-31 for what is due on 2026-01-01; give a later day",
        ),
        (lambda due: 5, InvalidType, "day is int, not date; pass a datetime.date"),
        (lambda due: None, InvalidType, "day is None, not date; pass a datetime.date"),
        (
            lambda due: datetime.datetime(2026, 1, 6, tzinfo=datetime.UTC),
            InvalidType,
            "day is datetime, not date; pass its .date() in the time zone of the books",
        ),
        (lambda due: due.nonsense, InvalidValue, "failed on 2026-01-01 with AttributeError: 'datetime.date'"),
        (lambda: None, InvalidValue, "failed on 2026-01-01 with TypeError: "),
    ],
)
def test_R36_what_a_grace_of_ones_own_must_not_give(grace: Grace, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        assessed(rule_of(FIVE_PERCENT, grace=grace), [rent()], jan(20))
    said = str(caught.value)
    assert said.startswith("grace <lambda>")
    assert message in said


def test_R36_the_same_number_is_another_grace_by_another_name() -> None:
    graces: list[Grace] = [FirstFeeAfter(5), FreeDays(5), FreeUntil(5), FreeDays(5, business_days=TWO_HOLIDAYS)]
    assert len(set(graces)) == len(graces)
