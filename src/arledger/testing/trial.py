"""The trial of an order: accounts are drawn until one breaks a law, and that one is made as small as can be.

The decision: a trial repeats itself exactly (the same accounts on each run, on every machine), since a test suite that
fails now and then is not believed; a wider search is a matter of other settings. Making the account small is our own
work and not Hypothesis's: it knows numbers and lists, we know which fields a charge can do without.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.strategies import SearchStrategy

from arledger.allocation.order import Order
from arledger.allocation.order import check_order as refuse_no_order
from arledger.allocation.ranking import Ties
from arledger.testing import strategies
from arledger.testing.cases import Account
from arledger.testing.laws import SAME_AGAIN, Law, LawBroken, laws_of
from arledger.testing.reduction import smallest

DETERMINISTIC = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=150,
    phases=(Phase.generate,),
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=tuple(HealthCheck),  # pyright: ignore[reportArgumentType]  # an odd metaclass
    verbosity=Verbosity.quiet,
)
"""The settings of a trial: 150 accounts, the same on every run.

For more of them pass ``settings(DETERMINISTIC, max_examples=5000)``, for others ``settings(DETERMINISTIC,
derandomize=False)``.
"""


def check_order(
    order: Order,
    *,
    exhaustive: bool | None = None,
    total: bool | None = None,
    ties: Ties | None = None,
    accounts: SearchStrategy[Account] | None = None,
    settings: settings = DETERMINISTIC,
) -> None:
    """Try every law that an order is to keep on drawn accounts; raise ``LawBroken`` with the smallest that breaks one.

    ``exhaustive`` claims that no money stays while it could pay something, ``total`` that all charges stand in one line
    whatever the money and its date, ``ties`` that all that is offered shares pro rata or evenly. Of a ranking all three
    are known; of any other order they are not claimed unless said. ``accounts`` are drawn instead of
    ``strategies.accounts()``: for an order that only knows its own codes, say.
    """
    _try(order, laws_of(order, exhaustive=exhaustive, total=total, ties=ties), accounts, settings)


def check_law(
    law: Law,
    order: Order,
    *,
    accounts: SearchStrategy[Account] | None = None,
    settings: settings = DETERMINISTIC,
) -> None:
    """Try one law on drawn accounts; raise ``LawBroken`` with the smallest that breaks it.

    >>> from arledger import OLDEST_FIRST
    >>> from arledger.testing import LAWS
    >>> check_law(LAWS["in parts"], OLDEST_FIRST)
    """
    refuse_no_order(order, "check_law")
    _try(order, (law,), accounts, settings)


def _try(order: Order, laws: Iterable[Law], accounts: SearchStrategy[Account] | None, chosen: settings) -> None:
    tried = tuple(laws)
    broken: list[tuple[Law, LawBroken]] = []

    @chosen
    @given(strategies.accounts() if accounts is None else accounts)
    def hold(account: Account) -> None:
        if broken:
            raise broken[0][1]  # Hypothesis asks once more, and an order with a memory must not confuse it
        for law in tried:
            found = _breach(law, order, account)
            if found is not None:
                broken.append((law, found))
                raise found

    with suppress(LawBroken):
        hold()
    if not broken:
        return
    law, found = broken[0]
    if _breach(law, order, found.account) is None:
        said = f"once it broke {found.law.name!r} here ({found.found}), and once it did not"
        raise LawBroken(SAME_AGAIN, order, found.account, said)
    least = smallest(
        found.account,
        lambda account: (other := _breach(law, order, account)) is not None and other.law is found.law,
        leaves_out_only=accounts is not None,
    )
    raise _breach(law, order, least) or found


def _breach(law: Law, order: Order, account: Account) -> LawBroken | None:
    """How the order breaks the law on this account, or None."""
    try:
        law(order, account)
    except LawBroken as found:
        return found
    return None
