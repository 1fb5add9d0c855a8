"""Some lives of accounts, two years each, and one digest of all that came of them.

    python drawn_lives.py [SHUFFLE [hostile]]

As ``drawn_accounts``, whose arguments these are: SHUFFLE seeds the order in which everything is handed over.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from random import Random

from drawn_accounts import digest_of, hostile

SEEDS = (2, 7, 11, 17, 18, 20)
"""Held fixed and corrected, REOPEN and REAPPLY, by the plainest way of deciding and by the general one; interest."""


def texts(shuffle: int | None = None) -> Iterator[str]:
    """All that the lives tell: corrections, ageings, statements and controls of all months, histories and reasons."""
    from lives.months import live

    mixing = None if shuffle is None else Random(shuffle)
    for seed in SEEDS:
        yield f"life {seed}"
        yield from live(seed, mixing)[1]


def digest(shuffle: int | None = None) -> str:
    """The digest of all of it."""
    return digest_of(texts(shuffle))


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if "hostile" in arguments:
        hostile()
    sys.stdout.write(digest(int(arguments[0]) if arguments else None))
