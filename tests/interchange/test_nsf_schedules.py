"""Schedules of fees for returned payments from TOML: every setting, and every mistake that is told."""

from __future__ import annotations

from datetime import date

import pytest

from arledger import (
    UP,
    Mistake,
    Money,
    NsfFee,
    NsfSchedule,
    ReturnReason,
    SettingErrors,
    fee,
    read_nsf_schedule,
)

SCHEDULE = """
currency = "USD"
code = "NSF"
rounding = "up"

[[fees]]
amount = { flat = 25 }
from_second = { lesser_of = [{ flat = 35 }, { percent = 5, of = "face" }] }
methods = ["check", "ach"]
reasons = ["insufficient funds", "Stopped"]
since = 2026-01-01
until = 2027-01-01

[[fees]]
amount = { plus = [{ flat = 20 }, { all_of = "bank cost" }] }
"""


def dollars(amount: str) -> Money:
    return Money(amount, "USD")


def test_R40_every_setting_of_a_schedule() -> None:
    first = NsfFee(
        amount=fee.flat(dollars("25")),
        from_second=fee.lesser_of(fee.flat(dollars("35")), fee.percent(5, of=fee.FACE)),
        methods=["check", "ach"],
        reasons=[ReturnReason.INSUFFICIENT_FUNDS, ReturnReason.STOPPED],
        since=date(2026, 1, 1),
        until=date(2027, 1, 1),
    )
    second = NsfFee(amount=fee.flat(dollars("20")) + fee.BANK_COST)
    assert read_nsf_schedule(SCHEDULE) == NsfSchedule([first, second], code="NSF", rounding=UP)


def test_a_schedule_of_percentages_has_no_currency_and_needs_none() -> None:
    schedule = read_nsf_schedule('fees = { amount = { percent = 5, of = "face" } }')
    assert schedule == NsfSchedule(NsfFee(amount=fee.percent(5, of=fee.FACE)))
    assert schedule.currency is None


AN_AMOUNT = 'write one such as { flat = 50 } or { percent = 5, of = "owed" }'
USD = 'currency = "USD"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", [("fees", "is missing", "write [[fees]] before each")]),
        ("fees = 25", [("fees", "is 25, not a list of tables", "write [[fees]] before each")]),
        (
            "fees = [{ amount = { flat = 25 } }]",
            [("currency", "is missing", "write that of the sums here, such as USD")],
        ),
        (
            USD + 'fees = [{ amount = { percent = 5, of = "face" } }]',
            [
                (
                    "currency",
                    "there is no sum here that would be in it",
                    "leave it out: percentages alone are for accounts in any currency",
                )
            ],
        ),
        (
            'fees = [{ amount = { percent = 5, of = "owed" } }]',
            [("fees[1].amount.of", "unknown word 'owed'", "known are bank_cost, face")],
        ),
        (
            USD + 'fees = [{ reasons = [] }, { amount = { flat = 0 }, from_second = 5, methods = "check" }]',
            [
                ("fees[1].amount", "is missing", AN_AMOUNT),
                ("fees[2].from_second", "is no amount of a fee", AN_AMOUNT),
                ("fees[2].amount.flat", "0.00 USD is not positive", "write an amount above 0"),
                ("fees[2].methods", "is text, not a list of texts", 'write a list such as ["RENT", "PARK"]'),
            ],
        ),
        (
            USD + "fees = [{ amount = { flat = 25 }, reasons = [] }]",
            [("fees[1].reasons", "no reasons", "write at least one")],
        ),
        (
            USD + 'fees = [{ amount = { flat = 25 }, reasons = ["stoped"], since = "2026-01-01" }]',
            [
                ("fees[1].reasons", "unknown word 'stoped'", "did you mean stopped?"),
                ("fees[1].since", "is text, not a day", "write a day such as 2026-03-31, without quotation marks"),
            ],
        ),
        (
            USD + "fees = [{ amount = { each_day = { flat = 25 } } }]\nrounding = 'nearest'\nlines = []",
            [
                (
                    "fees[1].amount",
                    "25.00 USD for each day counts days, and a return has none",
                    "write an amount that stays the same",
                ),
                ("rounding", "unknown word 'nearest'", "known are down, half_even, half_up, up"),
                ("lines", "is no setting here", "known are code, currency, fees, rounding"),
            ],
        ),
        (
            USD + "fees = { amount = { flat = 25 }, since = 2026-01-01, until = 2026-01-01 }",
            [("fees[1].until", "2026-01-01 is not after since 2026-01-01", "until is the first day after the line")],
        ),
        (
            USD + 'fees = [{ amount = { flat = 25 }, methods = ["a"] }, { amount = { flat = 5 }, methods = ["a"] }]',
            [
                (
                    "fees",
                    (
                        "(25.00 USD, for a, for insufficient funds or uncollected funds) overlaps "
                        "(5.00 USD, for a, for insufficient funds or uncollected funds)"
                    ),
                    "a return has one fee; part them by method, reason or day",
                )
            ],
        ),
    ],
)
def test_a_bad_schedule_is_told_in_these_words(text: str, told: list[tuple[str, str, str]]) -> None:
    with pytest.raises(SettingErrors) as caught:
        read_nsf_schedule(text, file="nsf.toml")
    assert list(caught.value.mistakes) == [Mistake("nsf.toml", *mistake) for mistake in told]
