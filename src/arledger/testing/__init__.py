"""What users check their own orders of application with.

The problem: an order is any callable, and a wrong one is easily written: it forgets the last cent, reads the clock, or
pays in the order of a set. The core refuses what is impossible, but cannot know what was promised. The decision: the
laws that orders keep are values with names, and ``check_order`` draws accounts that are hard to get right and tries
each law on them; what it raises shows the smallest account that breaks one.

>>> from arledger import OLDEST_FIRST
>>> from arledger.testing import check_order
>>> check_order(OLDEST_FIRST)

An order of your own may promise more than what every order keeps:

>>> def newest_first(incoming, items):
...     given, left = {}, incoming.minor
...     for item in sorted(items, key=lambda item: item.charge.due, reverse=True):
...         given[item.id] = min(left, item.offered_minor)
...         left -= given[item.id]
...     return given
>>> check_order(newest_first, exhaustive=True, total=True)

Accounts are drawn by Hypothesis, from the extra ``arledger[testing]``; ``arledger.testing.strategies`` has what they
are drawn from, for property tests of your own.
"""

try:
    import hypothesis as _hypothesis
except ImportError as missing:
    message = "arledger.testing draws its accounts with hypothesis; install it with: pip install 'arledger[testing]'"
    raise ImportError(message, name="hypothesis") from missing

from arledger.testing import strategies
from arledger.testing.cases import Account, plain_of
from arledger.testing.laws import LAWS, Law, LawBroken, laws_of
from arledger.testing.trial import DETERMINISTIC, check_law, check_order

del _hypothesis

__all__ = [
    "DETERMINISTIC",
    "LAWS",
    "Account",
    "Law",
    "LawBroken",
    "check_law",
    "check_order",
    "laws_of",
    "plain_of",
    "strategies",
]
