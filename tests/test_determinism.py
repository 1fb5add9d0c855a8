"""The same input gives the same output on every machine: a digest of many decisions, wherever it is computed.

``drawn_accounts`` draws accounts, decides them by every kind of order, and digests all that comes of it: lines with
their ids, balances, movements, explanations as data and in print, representations, refusals. ``drawn_bills`` does the
same with leases, their bills under every kind of policy, and their deposits; ``drawn_lives`` with accounts over two
years, and what a host makes of each of their months; ``drawn_pulls`` with autopay over some months, ``drawn_portals``
with what is seen, quoted, submitted and paid by schedules, and with a policy of many scopes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from types import ModuleType

import pytest

import drawn_accounts
import drawn_bills
import drawn_lives
import drawn_portals
import drawn_pulls

# A digest that changed is a cent that changed, or a word: what, and why, is named in CHANGELOG.md.
DIGESTS = {
    drawn_accounts: "7d9a0016b1c43977dcb1542dc3e44c2a797add6eecccfe9499e82de7693589e3",
    drawn_bills: "119c715164e98b93ce1a3fafc73909064e610a1be5c794670ef4d7680e3b6be0",
    drawn_pulls: "e175f09f6804ac482dfe921a527915a29e51c865b4a05224c25dd3286547f227",
    drawn_portals: "de35436eb0ba446554596cbccf6a6c85350e5580cf72c2c8790515112893b3ca",
    drawn_lives: "a121d0205e919c025071e2f7ac3395bcba9bf075c2bce3190b809422ceced3fc",
}
DRAWN = pytest.mark.parametrize("drawn", DIGESTS, ids=["accounts", "bills", "pulls", "portals", "lives"])

WORLDS: list[tuple[dict[str, str], list[str]]] = [
    ({"PYTHONHASHSEED": "0"}, []),
    ({"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"}, ["1"]),
    ({"PYTHONHASHSEED": "4294967295", "TZ": "Pacific/Kiritimati", "LC_ALL": "de_DE.UTF-8"}, ["2"]),
    ({"PYTHONHASHSEED": "77", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"}, ["3", "hostile"]),
    ({"PYTHONHASHSEED": "random", "TZ": "XXX+12:34:56", "LC_ALL": "C.UTF-8", "PYTHONOPTIMIZE": "2"}, ["4", "hostile"]),
    ({"PYTHONHASHSEED": "random", "PYTHONINTMAXSTRDIGITS": "640", "PYTHONDEVMODE": "1"}, ["5"]),
]


@pytest.mark.parametrize(("environment", "arguments"), WORLDS, ids=[" ".join(world) for world, _ in WORLDS])
@DRAWN
def test_another_process_has_the_same_outcomes(
    drawn: ModuleType, environment: dict[str, str], arguments: list[str]
) -> None:
    """Whatever the hash seed, the time zone, the locale, the decimal context and the order of the input."""
    ran = subprocess.run(
        [sys.executable, str(drawn.__file__), *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == DIGESTS[drawn]


@DRAWN
def test_so_has_this_one(drawn: ModuleType) -> None:
    assert drawn.digest() == DIGESTS[drawn]


def test_the_digest_is_of_many_different_outcomes() -> None:
    """Lest it be the digest of nothing: lines, refusals, and every part of an explanation are in it."""
    texts = list(drawn_accounts.texts())
    assert len(set(texts)) > 5_000
    for part in (
        "Application(",
        "OrderError: ",
        "#2'",
        "charge without money",
        "money unapplied",
        "no money may pay it",
    ):
        assert sum(part in text for text in texts) > 20, part


def test_so_it_is_of_bills_and_deposits() -> None:
    texts = list(drawn_bills.texts())
    assert len(set(texts)) > 5_000
    for part in ("Charge(", "Credit(", "#2'", " x ", "its tax", "BillKind.ZERO_CYCLE", "BillKind.FINAL", "refund by"):
        assert sum(part in text for text in texts) > 10, part


def test_so_it_is_of_lives() -> None:
    texts = list(drawn_lives.texts())
    assert len(set(texts)) > 300
    for part in ("opening balance", "receivable before", "disputed", "reverse", "31-60"):
        assert sum(part in text for text in texts) > 50, part
    for part in ("swept", "returned by", "held fixed", "as if never paid", "provisionally", "the rule comes to"):
        assert any(part in text for text in texts), part


def test_so_it_is_of_pulls() -> None:
    texts = list(drawn_pulls.texts())
    assert len(set(texts)) > 5_000
    for part in (
        "AP>0/pull@",
        "#2'",
        "over the limit",
        "paid by its payer before",
        "pulled before",
        "suspended",
        "disputed",
    ):
        assert sum(part in text for text in texts) > 20, part
    for part in (
        "/retry1",
        "less is payable now",
        "more than the stored amount",
        "PENDING_INCREASE",
        "unapplied credit",
    ):
        assert any(part in text for text in texts), part


@DRAWN
def test_the_digest_notices_a_changed_word(drawn: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = list(drawn.texts())
    monkeypatch.setattr(drawn, "texts", lambda shuffle: [*texts[:-1], f"{texts[-1]}."])
    assert drawn.digest() != DIGESTS[drawn]
