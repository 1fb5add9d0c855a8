"""Late fees that turn out unearned.

The problem: a payment of the 4th is found on the 20th, and the late fee of the 10th was charged for nothing. The
decision: the fee stays a fact, and a credit for what of it is not credited yet is proposed, effective on the fee's own
day. Here a fee is unearned where nothing was payable, at the end of its day, of the charge that it is about.

Source: rule R44.
"""

from __future__ import annotations

from datetime import date

from arledger.checks import check_date, check_instance
from arledger.entries import Category, Charge, Credit, Designation
from arledger.ledger.books import open_day
from arledger.ledger.position import Position
from arledger.money import money_of


def unearned_fees(position: Position, *, posted: date | None = None) -> tuple[Credit, ...]:
    """Credits for the late fees about charges of which nothing was payable on the fee's day, as it stands now.

    The fee's day is the one on which it was due, or posted if that was earlier: where books were closed, it was posted
    later than it was earned. A payment that came back since takes no ground from a fee: what was
    owed was not paid. What credits took of the fee already, or are there to take, is left out.

    A credit is granted on the day on which its fee was posted, designated to it, and ``posted`` on the day given
    (absent: the last day in the books that the position knows), never in closed books. Its id is derived from the
    fee's, and a fee whose credit is in the ledger has none proposed again.

    Source: rule R44.
    """
    check_instance(position, Position, "unearned fees", "position", "pass what replay gave")
    day = last_day_of_books(position) if posted is None else posted
    check_date(day, "unearned fees", "posted")
    day = open_day(position.ledger, day)
    credited = _credited(position)
    found = []
    for place, fee in enumerate(position.view.charges):
        if place in position.reversed or not _is_unearned(fee, position):
            continue
        minor = fee.amount.minor - credited.get(fee.id, 0)
        name = unearned_id(fee)
        if minor > 0 and name not in position.ledger.by_id:
            found.append(
                Credit(
                    name,
                    money_of(minor, position.currency),
                    granted=fee.posted,
                    posted=max(day, fee.posted),
                    category=fee.category,
                    code=fee.code,
                    payer=fee.payer,
                    designations=[Designation(fee.id)],
                )
            )
    return tuple(found)


def unearned_id(fee: Charge) -> str:
    """The id of the credit for a fee that turned out unearned."""
    return f"{fee.id}/unearned"


def last_day_of_books(position: Position) -> date:
    """The last day on which something that the position is made of was posted; never a closed one."""
    view = position.view
    days = [entry.posted for entries in (view.charges, view.money, view.changes) for entry in entries]
    first = position.ledger.first_open_day
    return max([*days, first or date.min])


def _is_unearned(fee: Charge, position: Position) -> bool:
    """Whether nothing was payable, on the fee's day, of what it is about: by money that did not come back since."""
    if fee.category is not Category.LATE_FEE or fee.about is None or fee.about not in position.view.charge_places:
        return False
    day = min(fee.due, fee.posted)
    return not position.payable_on(fee.about, day) and not _came_back(fee.about, day, position)


def _came_back(charge: str, day: date, position: Position) -> bool:
    """Whether some of what settled a charge on a day was undone since, its money having gone back."""
    view, place, last = position.view, position.view.charge_places[charge], day.toordinal()
    return any(
        to == place
        and minor < 0
        and on > last
        and position.rows[reverses][3] <= last
        and position.net[source] < view.money[source].amount.minor
        for source, to, minor, on, reverses, _ in position.rows
    )


def _credited(position: Position) -> dict[str, int]:
    """What credits took of each charge already, and what is left of those that name it."""
    found: dict[str, int] = {}
    for source in position.view.money:
        if isinstance(source, Credit):
            for charge, money in position.settles[source.id].items():
                found[charge] = found.get(charge, 0) + money.minor
            named = next((wish.to for wish in source.designations if isinstance(wish.to, str)), None)
            if named is not None:
                found[named] = found.get(named, 0) + position.left_of(source.id).minor
    return found
