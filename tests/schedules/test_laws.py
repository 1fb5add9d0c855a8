"""R56 to R60: random lives of schedules against an oracle that hands out cents, and what holds in each of them."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from oracles import schedules
from samples import PART, samples
from schedules.lives import Life

LIVES = 1000
PARTS = 2
"""In so many tests, which may run side by side."""
AT_LEAST = {
    "a run that pays": 2500,
    "a run that pays nothing": 2000,
    "a run that was missed": 700,
    "came back": 2000,
    "declined": 300,
    "declined later": 900,
    "ended: cancelled": 50,
    "ended: instalments": 200,
    "ended: on": 120,
    "ended: paid": 150,
    "ended: runs": 100,
    "ended: total": 80,
    "ended: year": 90,
    "incomplete": 1500,
    "late": 10_000,
    "made again after it failed": 80,
    "of the day": 1000,
    "paid otherwise": 2500,
    "pending": 1500,
    "posted": 2000,
    "removed": 2000,
    "revived": 150,
    "runs met": 300,
    "the other way round": 1000,
    "total met": 250,
    "without a day": 4000,
}


@cache
def lives_of(part: int) -> tuple[Counter[str], int]:
    """What some of the lives saw, and how many values were compared, all of them equal."""
    saw: Counter[str] = Counter()
    compared = 0
    for seed in range(part, samples(LIVES), PARTS):
        life = Life(seed).live()
        saw += life.saw
        compared += life.compared
    return saw, compared


@pytest.mark.parametrize("part", range(PARTS))
def test_runs_never_overpay_and_stop_as_their_end_rules_say(part: int) -> None:
    """R57, R58: in every life, against the oracle; made twice, a run takes nothing; the input's order is nothing."""
    assert lives_of(part)[1] > 0


def test_the_lives_see_what_they_should() -> None:
    saw = sum((lives_of(part)[0] for part in range(PARTS)), Counter[str]())
    compared = sum(lives_of(part)[1] for part in range(PARTS))
    if PART >= 1:
        assert {what: saw[what] for what, least in AT_LEAST.items() if saw[what] < least} == {}
        assert compared >= 20_000


def test_the_oracle_shares_nothing_with_the_package() -> None:
    tree = ast.parse(Path(schedules.__file__).read_text(encoding="utf-8"))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names == {"__future__", "collections.abc", "datetime", "typing"}
