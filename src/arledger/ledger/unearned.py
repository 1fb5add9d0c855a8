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
from arledger.ledger.position import Position
from arledger.money import money_of


def unearned_fees(position: Position, *, posted: date | None = None) -> tuple[Credit, ...]:
    """Credits for the late fees about charges of which nothing was payable on the fee's day, as it stands now.

    A credit is granted on the day of its fee, designated to it, and ``posted`` on the day given (absent: the last day
    in the books that the position knows), never in closed books. Its id is derived from the fee's, and a fee whose
    credit is in the ledger has none proposed again.

    Source: rule R44.
    """
    check_instance(position, Position, "unearned fees", "position", "pass what replay gave")
    day = last_day_of_books(position) if posted is None else posted
    check_date(day, "unearned fees", "posted")
    first = position.ledger.first_open_day
    if first is not None:
        day = max(day, first)
    credited = _credited(position)
    found = []
    for place, fee in enumerate(position.view.charges):
        if place in position.reversed or not _is_unearned(fee, position):
            continue
        minor = fee.amount.minor - credited.get(fee.id, 0)
        name = f"{fee.id}/unearned"
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


def last_day_of_books(position: Position) -> date:
    """The last day on which something that the position knows was posted; never a closed one."""
    days = [entry.posted for entry in position.ledger.entries if entry.posted <= position.known]
    first = position.ledger.first_open_day
    return max([*days, first or date.min])


def _is_unearned(fee: Charge, position: Position) -> bool:
    if fee.category is not Category.LATE_FEE or fee.about is None or fee.about not in position.view.charge_places:
        return False
    return not position.payable_on(fee.about, fee.posted)


def _credited(position: Position) -> dict[str, int]:
    """What credits took of each charge already."""
    found: dict[str, int] = {}
    for source in position.view.money:
        if isinstance(source, Credit):
            for charge, money in position.settles[source.id].items():
                found[charge] = found.get(charge, 0) + money.minor
    return found
