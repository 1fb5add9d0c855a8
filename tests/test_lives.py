"""What a host relies on holds at each month's end of many accounts' lives, and the lives stay what they were.

``lives`` simulates two years of an account and asserts its promises on the way. Whatever happens in a life is drawn
from its seed alone, so a life that fails fails again: ``live(seed)``.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from drawn_accounts import digest_of
from lives.months import MONTHS, live
from samples import PART, samples

LIVES = 200
DIGEST = ""
"""Of all that the lives tell. A digest that changed is a cent that changed, or a word."""

AT_LEAST: dict[str, int] = {}
"""How often each of these happened in all lives, about half as often as it did."""


@cache
def lived(seed: int) -> tuple[Counter[str], str]:
    """What happened in a life, and the digest of what it told."""
    account, told = live(seed)
    return account.happened, digest_of(told)


@pytest.mark.parametrize("seed", range(samples(LIVES)))
def test_a_life_of_an_account_keeps_what_is_promised_to_its_host(seed: int) -> None:
    """Asserted at each of its months' ends: see ``lives.promises``."""
    lived(seed)


@pytest.mark.skipif(PART < 1, reason="the lives are not all there")
def test_the_lives_come_to_what_they_came_to() -> None:
    found = digest_of(lived(seed)[1] for seed in range(LIVES))
    assert found == DIGEST, f"what is meant to change is named in CHANGELOG.md, and the digest becomes {found}"


@pytest.mark.skipif(PART < 1, reason="the lives are not all there")
@pytest.mark.parametrize("what", AT_LEAST)
def test_the_lives_are_as_varied_as_they_are_said_to_be(what: str) -> None:
    assert sum(lived(seed)[0][what] for seed in range(LIVES)) >= AT_LEAST[what]


def test_the_same_life_is_lived_again_and_another_seed_lives_another() -> None:
    told = live(1)[1]
    assert told == live(1)[1]
    assert told != live(2)[1]
    assert len(told) > 5 * MONTHS // 3
