"""The usual orders of application, by name.

Each is a composition that a user could write in a line; the names are there because contracts and other systems use
them. ``NAMED_ORDERS`` lists them with what each does, as the command line shows it. Sources: the finance policies of a
property-management system ("AR Settings", rule R1) for the first three; what its peers offer for the others.
"""

from __future__ import annotations

import attrs

from arledger import where
from arledger.allocation.compositions import exact_match_first
from arledger.allocation.keys import amount, attribute, due_date, first, last
from arledger.allocation.order import Order
from arledger.allocation.ranking import Ranking, Ties

OLDEST_FIRST = Ranking(due_date)
"""Oldest debt first: by due date only. Source: rule R1."""

RENT_LAST = Ranking(last(where.rent), due_date)
"""All that is no rent, oldest to newest, then rent, oldest to newest. Source: rule R1."""

OLDEST_FIRST_NON_RENT_PRIORITY = Ranking(due_date, last(where.rent))
"""Oldest debt first, and within a due date rent last. Source: rule R1."""

RENT_FIRST = Ranking(first(where.rent), due_date)
"""Rent, oldest to newest, then all else, oldest to newest."""

NEWEST_FIRST = Ranking(due_date.descending)
"""The latest due date first."""

LARGEST_FIRST = Ranking(amount.descending)
"""The largest charge first, by its own amount."""

SMALLEST_FIRST = Ranking(amount)
"""The smallest charge first, by its own amount."""

PRO_RATA = Ranking(ties=Ties.PRO_RATA)
"""All charges at once, in proportion to what is open of them."""

EVENLY = Ranking(ties=Ties.EVENLY)
"""All charges at once, the same amount to each as far as it can take it."""

PAST_DUE_FIRST_RENT_LAST = Ranking(first(where.past_due), last(where.rent), due_date)
"""Past non-rent, past rent, current non-rent, current rent; each oldest to newest."""

DUE_THEN_DEARER = Ranking(first(where.is_due), attribute("rate").descending, due_date, ties=Ties.PRO_RATA)
"""A ladder of the law: due before not due, dearer before cheaper (the attribute "rate"), older first, in proportion."""

EXACT_MATCH_FIRST = exact_match_first(OLDEST_FIRST)
"""A charge that is open for exactly this money, else the oldest debt first."""


@attrs.frozen
class NamedOrder:
    """An order, the name that the command line knows it by, and what it does in a line."""

    name: str
    order: Order
    summary: str


NAMED_ORDERS = {
    named.name: named
    for named in (
        NamedOrder("oldest-first", OLDEST_FIRST, "by due date only"),
        NamedOrder("rent-last", RENT_LAST, "all that is no rent by due date, then rent by due date"),
        NamedOrder(
            "oldest-first-non-rent-priority",
            OLDEST_FIRST_NON_RENT_PRIORITY,
            "by due date, and within a date rent last",
        ),
        NamedOrder("rent-first", RENT_FIRST, "rent by due date, then all else by due date"),
        NamedOrder("newest-first", NEWEST_FIRST, "the latest due date first"),
        NamedOrder("largest-first", LARGEST_FIRST, "the largest charge first"),
        NamedOrder("smallest-first", SMALLEST_FIRST, "the smallest charge first"),
        NamedOrder("pro-rata", PRO_RATA, "all at once, in proportion to what is open"),
        NamedOrder("evenly", EVENLY, "all at once, the same amount to each as far as it can take it"),
        NamedOrder(
            "past-due-first-rent-last",
            PAST_DUE_FIRST_RENT_LAST,
            "past due before current, in each all that is no rent before rent, by due date",
        ),
        NamedOrder(
            "due-then-dearer",
            DUE_THEN_DEARER,
            'due before not yet due, the highest attribute "rate" first, by due date, ties in proportion',
        ),
        NamedOrder("exact-match-first", EXACT_MATCH_FIRST, "a charge of exactly the money's amount, else oldest first"),
    )
}
"""The named orders, by the names that the command line knows them by."""
