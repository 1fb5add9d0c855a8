"""What money is for, as one cell writes it.

The problem: a payer's word ("five hundred for the March rent, the rest for parking") must fit into a cell. The
decision: targets parted by ";", each a charge's id or a kind and its value, and after "=" how much, if said:
``R-03=500.00; code:PARK; invoice:17``. The kinds are ``charge``, ``code``, ``invoice``, ``category`` and ``tag``. An id
that holds a ":" is written after ``charge:``; one that holds a ";" cannot be written here, and a target that holds a
"=" only with an amount after it.

Source: ours.
"""

from __future__ import annotations

from collections.abc import Callable

from arledger import where
from arledger.checks import shown
from arledger.entries import Designation, Selector
from arledger.errors import InvalidValue, UnknownName, did_you_mean
from arledger.interchange.cells import category_of
from arledger.money import Money, amount_text

_SELECTORS: dict[str, Callable[[str], str | Selector]] = {
    "charge": str,
    "code": where.code,
    "invoice": where.invoice,
    "category": lambda name: where.category(category_of(name)),
    "tag": where.tagged,
}


def designation_of(text: str, read_amount: Callable[[str], Money]) -> Designation:
    """One target, and how much of the money is for it; ``read_amount`` knows the currency.

    >>> designation_of("code:PARK = 40", lambda text: Money(text, "CAD"))
    Designation(to=where.code('PARK'), amount=Money('40.00', 'CAD'))
    """
    target, says_amount, amount = text.rpartition("=")
    if not says_amount:
        return Designation(target_of(text.strip()))
    return Designation(target_of(target.strip()), read_amount(amount.strip()))


def designation_text(designation: Designation) -> str:
    """A designation to a charge or to an invoice, as ``designation_of`` reads it.

    >>> designation_text(Designation("R-03", Money("500", "CAD"))), designation_text(Designation(where.invoice("17")))
    ('R-03=500.00', 'invoice:17')

    Refused: an id that holds a ";", and one that holds a "=" without an amount after it; any other selector.
    """
    target, amount = designation.to, designation.amount
    invoice = None if isinstance(target, str) else where.invoice_named(target)
    name = target if invoice is None else invoice
    if not isinstance(name, str) or ";" in name or (amount is None and "=" in name):
        raise InvalidValue(
            f"{shown(name)} cannot be written as a target",
            field="for",
            value=target,
            hint='leave out ";" and "=" in the ids of charges',
        )
    text = name if invoice is None and ":" not in name else f"{'charge' if invoice is None else 'invoice'}:{name}"
    return text if amount is None else f"{text}={amount_text(amount)}"


def target_of(text: str) -> str | Selector:
    """A charge's id, or what a kind and its value select.

    >>> target_of("R-03"), target_of("code:PARK")
    ('R-03', where.code('PARK'))
    """
    kind, says_kind, value = text.partition(":")
    if not says_kind:
        kind, value = "charge", text
    select = _SELECTORS.get(kind.strip().lower())
    if select is None:
        hint = f"write charge:{text} for a charge of that id; {did_you_mean(kind, _SELECTORS)}"
        raise UnknownName(f"unknown kind of target {shown(kind)}", field="for", value=text, hint=hint)
    if not value.strip():
        raise InvalidValue(
            "names no target", field="for", value=text, hint="write targets such as R-03=500.00; code:PARK; invoice:17"
        )
    return select(value.strip())
