"""Payment types: what the company, its portals and an account take. Rule R48."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from account_facts import day, paid
from arledger import (
    OLDEST_FIRST,
    Channel,
    Chargeback,
    Ledger,
    PaymentTypes,
    Refusal,
    RefusalKind,
    Return,
    Takes,
    Void,
    replay,
    takes_of,
    why_not_taken,
)
from arledger.entries import Payment

TYPES = PaymentTypes(
    accepted=["check", "ach", "cash", "credit_card"],
    resident_portal=["ach", "credit_card"],
    prospect_portal="credit_card",
    cash_equivalent=["cash"],
)
LATER = day(31)
ONE_YEAR_LATER = date(2027, 3, 9)


def test_r48_four_sets_of_types() -> None:
    """R48: in whatever order they are ticked, each once."""
    assert TYPES.accepted == ("ach", "cash", "check", "credit_card")
    assert PaymentTypes(accepted=["cash", "ach", "cash"]) == PaymentTypes(accepted=("ach", "cash"))
    assert TYPES.taken_in(Channel.OFFICE) == TYPES.accepted
    assert TYPES.taken_in(Channel.RESIDENT_PORTAL) == ("ach", "credit_card")
    assert TYPES.taken_in(Channel.PROSPECT_PORTAL) == ("credit_card",)
    assert PaymentTypes().accepted == ()


@pytest.mark.parametrize(
    ("kind", "channel", "takes", "reason"),
    [
        ("check", Channel.OFFICE, Takes.ANYTHING, ""),
        ("wire", Channel.OFFICE, Takes.ANYTHING, "is not accepted"),
        ("wire", Channel.RESIDENT_PORTAL, Takes.NOTHING, "is not accepted"),
        ("check", Channel.RESIDENT_PORTAL, Takes.ANYTHING, "is not taken in the resident portal"),
        ("ach", Channel.PROSPECT_PORTAL, Takes.NOTHING, "is not taken in the prospect portal"),
        ("ach", Channel.RESIDENT_PORTAL, Takes.ANYTHING, ""),
        ("ach", Channel.RESIDENT_PORTAL, Takes.NOTHING, "is not taken: the account takes no payments"),
        (
            "ach",
            Channel.RESIDENT_PORTAL,
            Takes.CASH_EQUIVALENTS,
            "is not taken: the account takes cash equivalents only",
        ),
        ("cash", Channel.OFFICE, Takes.CASH_EQUIVALENTS, ""),
        ("cash", Channel.OFFICE, Takes.NOTHING, "is not taken: the account takes no payments"),
    ],
)
def test_r48_what_is_taken_where_and_from_whom(kind: str, channel: Channel, takes: Takes, reason: str) -> None:
    expected = Refusal(RefusalKind.TYPE_NOT_TAKEN, reason, about=kind) if reason else None
    assert why_not_taken(kind, TYPES, channel=channel, takes=takes) == expected


def test_r48_in_the_office_all_that_is_accepted_is_taken() -> None:
    assert why_not_taken("check", TYPES) is None


def after_returns(count: int, returned: int, on: date = LATER, *, half: bool = False) -> Takes:
    """What an account takes of which so many payments came back, where so many are too many."""
    entries: list[Payment | Return] = [paid(f"P-{number}", "100") for number in range(count)]
    entries += [Return(f"N-{one.id}", one.id, one.amount, on=day(9)) for one in entries[:] if isinstance(one, Payment)]
    if half:
        entries = [paid("P-0", "100")]
        entries += [Return(f"N-{part}", "P-0", paid("P", "50").amount, on=day(9)) for part in range(2)]
    types = PaymentTypes(accepted=["cash"], cash_equivalent=["cash"], cash_only_after=returned)
    return takes_of(replay(Ledger("CAD", entries), by=OLDEST_FIRST, as_of=on), types)


def test_r48_after_so_many_returns_an_account_takes_cash_equivalents_only() -> None:
    """R48: n returns within 12 months; the 12 months are those up to the day."""
    assert after_returns(1, 2) is Takes.ANYTHING
    assert after_returns(2, 2) is Takes.CASH_EQUIVALENTS
    assert after_returns(3, 2) is Takes.CASH_EQUIVALENTS
    assert after_returns(1, 1, on=day(8)) is Takes.ANYTHING
    assert after_returns(1, 1, on=day(9)) is Takes.CASH_EQUIVALENTS
    assert after_returns(1, 1, on=date(2027, 3, 8)) is Takes.CASH_EQUIVALENTS
    assert after_returns(1, 1, on=ONE_YEAR_LATER) is Takes.ANYTHING


def test_r48_a_payment_that_came_back_in_parts_came_back_once() -> None:
    assert after_returns(1, 2, half=True) is Takes.ANYTHING
    assert after_returns(1, 1, half=True) is Takes.CASH_EQUIVALENTS


def test_r48_an_error_of_ours_and_a_contested_card_are_no_returns() -> None:
    entries: list[Any] = [
        paid("P-1", "100"),
        Void("V-1", "P-1", on=day(6)),
        paid("P-2", "1"),
        Chargeback("B", "P-2", on=day(6)),
    ]
    position = replay(Ledger("CAD", entries), by=OLDEST_FIRST, as_of=day(31))
    assert takes_of(position, PaymentTypes(accepted=["cash"], cash_only_after=1)) is Takes.ANYTHING


def test_r48_without_a_number_returns_change_nothing() -> None:
    entries: list[Any] = [paid("P-1", "100"), Return("N-1", "P-1", on=day(6))]
    assert takes_of(replay(Ledger("CAD", entries), by=OLDEST_FIRST, as_of=day(31)), PaymentTypes()) is Takes.ANYTHING


def test_channels_print_as_they_are_written() -> None:
    assert (repr(Channel.OFFICE), repr(Takes.NOTHING)) == ("Channel.OFFICE", "Takes.NOTHING")
