"""Selectors by example: what each one selects, how it prints, what it refuses to be."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import attrs
import pytest

from arledger import Category, Charge, Context, Incoming, InvalidType, Money, OrderError, Selector, where
from arledger.entries import SelectionContext

DUE = date(2026, 3, 1)
DAY = timedelta(days=1)
CENT = Money("0.01", "CAD")


def charge(name: str, **given: Any) -> Charge:
    return Charge(**{"id": name, "amount": CENT, "due": DUE, **given})


RENT = charge("rent", category=Category.RENT, code="RENT", invoice="17", payer="ann", tags=["subsidised"])
TAX_ON_RENT = charge("tax", category=Category.TAX, code="GST", about="rent", invoice="18", tags=["new"])
SURTAX = charge("surtax", category=Category.TAX, about="tax")
LATE_FEE = charge("late", category=Category.LATE_FEE, about="rent", due=DUE + 5 * DAY, payer="bob")
PARKING = charge("parking", category=Category.FEATURE, code="PARK", due=DUE - DAY, tags=["old", "subsidised"])
LONE_TAX = charge("lone", category=Category.TAX, code="GST", about="gone")
ALL = [RENT, TAX_ON_RENT, SURTAX, LATE_FEE, PARKING, LONE_TAX]


def context_on(day: date, charges: Sequence[Charge] = ALL) -> Context:
    incoming = Incoming(id="P-17", kind="payment", minor=1, currency="CAD", date=day)
    return Context(incoming, {found.id: found for found in charges})


def selected(selector: Selector, day: date = DUE) -> list[str]:
    context = context_on(day)
    flags = selector.flags(ALL, context)
    assert flags == [selector.selects(found, context) for found in ALL]
    assert all(type(flag) is bool for flag in flags)
    return [found.id for found, flag in zip(ALL, flags, strict=True) if flag]


def is_dear(found: Charge) -> bool:
    return found.amount.minor > 100


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        (where.rent, ["rent", "tax", "surtax"]),
        (where.category(Category.RENT), ["rent", "tax", "surtax"]),
        (where.category(Category.TAX), ["tax", "surtax", "lone"]),
        (where.category(Category.LATE_FEE, Category.FEATURE), ["late", "parking"]),
        (where.category(Category.FINE), []),
        (where.code("RENT"), ["rent", "tax", "surtax"]),
        (where.code("GST"), ["tax", "lone"]),
        (where.code("PARK", "RENT"), ["rent", "tax", "surtax", "parking"]),
        (where.invoice("17"), ["rent"]),
        (where.invoice("17", "18"), ["rent", "tax"]),
        (where.payer("ann"), ["rent"]),
        (where.payer("ann", "bob"), ["rent", "late"]),
        (where.charge("rent", "lone"), ["rent", "lone"]),
        (where.tagged("subsidised"), ["rent", "tax", "surtax", "parking"]),
        (where.tagged("new"), ["tax"]),
        (where.tagged("old", "new"), ["tax", "parking"]),
        (where.due_by(DUE - DAY), ["parking"]),
        (where.due_by(DUE), ["rent", "tax", "surtax", "parking", "lone"]),
        (where.matching(lambda found: found.id < "m"), ["late", "lone"]),
        (where.rent & where.invoice("17"), ["rent"]),
        (where.rent | where.payer("bob"), ["rent", "tax", "surtax", "late"]),
        (~where.rent, ["late", "parking", "lone"]),
        (where.rent & ~where.invoice("17") | where.code("PARK"), ["tax", "surtax", "parking"]),
        (where.rent & (where.invoice("18") | where.code("PARK")), ["tax"]),
    ],
)
def test_what_a_selector_selects(selector: Selector, expected: list[str]) -> None:
    assert selected(selector) == expected
    assert not selector.reads_date


def test_R3_a_late_fee_is_not_what_it_is_about() -> None:
    """A tax counts as what it taxes (R3); nothing else does."""
    assert "late" not in selected(where.rent)
    assert "tax" in selected(where.rent)


def test_past_due_and_is_due_read_the_date_of_the_money() -> None:
    """`past_due` is due < the money's date, `is_due` is due <= it."""
    by_day = {
        n: (selected(where.past_due, DUE + n * DAY), selected(where.is_due, DUE + n * DAY)) for n in (-2, -1, 0, 1)
    }
    first = [found.id for found in ALL if found.due == DUE]
    assert by_day == {
        -2: ([], []),
        -1: ([], ["parking"]),
        0: (["parking"], sorted([*first, "parking"], key=[found.id for found in ALL].index)),
        1: (
            sorted([*first, "parking"], key=[found.id for found in ALL].index),
            sorted([*first, "parking"], key=[found.id for found in ALL].index),
        ),
    }


@pytest.mark.parametrize(
    ("selector", "reads"),
    [
        (where.past_due, True),
        (where.is_due, True),
        (~where.past_due, True),
        (where.rent & where.past_due, True),
        (where.rent | ~(where.is_due & where.rent), True),
        (where.rent | ~(where.due_by(DUE) & where.rent), False),
        (where.matching(is_dear), False),
    ],
)
def test_which_selectors_read_the_date(selector: Selector, reads: bool) -> None:
    assert selector.reads_date is reads


@pytest.mark.parametrize(
    ("selector", "text"),
    [
        (where.rent, "where.rent"),
        (where.category(Category.RENT), "where.rent"),
        (where.category(Category.RENT, Category.FEE), "where.category(Category.RENT, Category.FEE)"),
        (where.category(Category.FEE, Category.RENT, Category.FEE), "where.category(Category.RENT, Category.FEE)"),
        (where.code("b", "a", "b"), "where.code('a', 'b')"),
        (where.code("it's"), 'where.code("it\'s")'),
        (where.invoice("9", "10"), "where.invoice('10', '9')"),
        (where.payer("ann"), "where.payer('ann')"),
        (where.charge("R-03"), "where.charge('R-03')"),
        (where.tagged("b", "a"), "where.tagged('a', 'b')"),
        (where.due_by(DUE), "where.due_by(datetime.date(2026, 3, 1))"),
        (where.past_due, "where.past_due"),
        (where.is_due, "where.is_due"),
        (where.matching(is_dear), "where.matching(is_dear)"),
        (~where.rent, "~where.rent"),
        (~~where.rent, "where.rent"),
        (~(where.rent | where.past_due), "~(where.rent | where.past_due)"),
        (~where.rent & ~where.past_due, "~where.rent & ~where.past_due"),
        (where.rent & where.past_due & where.code("a"), "where.rent & where.past_due & where.code('a')"),
        (where.rent & (where.past_due & where.code("a")), "where.rent & where.past_due & where.code('a')"),
        (where.rent | (where.past_due | where.code("a")), "where.rent | where.past_due | where.code('a')"),
        (where.rent & (where.past_due | where.code("a")), "where.rent & (where.past_due | where.code('a'))"),
        (where.rent & where.past_due | where.code("a"), "where.rent & where.past_due | where.code('a')"),
        ((where.rent | where.past_due) & where.code("a"), "(where.rent | where.past_due) & where.code('a')"),
    ],
)
def test_how_a_selector_prints(selector: Selector, text: str) -> None:
    """Frozen, printable, sets kept as sorted tuples."""
    assert repr(selector) == text


def test_a_partial_function_prints_as_itself() -> None:
    class Dear:
        def __call__(self, found: Charge) -> bool:
            return is_dear(found)

        def __repr__(self) -> str:
            return "Dear()"

    assert repr(where.matching(Dear())) == "where.matching(Dear())"


def test_selectors_are_values() -> None:
    assert where.code("a", "b") == where.code("b", "a") != where.code("a")
    assert where.code("a") != where.tagged("a")
    assert where.invoice("a") != where.payer("a") != where.charge("a")
    assert where.past_due != where.is_due
    assert where.rent & where.past_due != where.rent | where.past_due
    assert where.rent & where.past_due != where.past_due & where.rent
    assert len({where.rent, where.category(Category.RENT), ~~where.rent, ~where.rent}) == 2
    assert where.matching(is_dear) == where.matching(is_dear)
    assert pickle.loads(pickle.dumps(where.matching(is_dear) | where.rent)) == where.matching(is_dear) | where.rent


def test_a_selector_cannot_be_changed() -> None:
    for selector in (where.rent, where.code("a"), where.tagged("a"), where.rent & where.past_due, ~where.rent):
        mutable: Any = selector
        with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
            mutable.values = ()


@pytest.mark.parametrize("selector", [where.rent, where.past_due, ~where.rent, where.rent & where.past_due])
def test_a_selector_is_neither_true_nor_false(selector: Selector) -> None:
    with pytest.raises(InvalidType) as caught:
        bool(selector)
    assert str(caught.value) == f"{selector!r} is neither true nor false; compose selectors with & | ~"


class Dearer:
    """A selector of the user's own, which needs only the shape."""

    reads_date = False

    def flags(self, charges: Sequence[Charge], context: SelectionContext, /) -> list[bool]:
        return [is_dear(found) for found in charges]

    def selects(self, found: Charge, context: SelectionContext, /) -> bool:
        return is_dear(found)

    def __and__(self, other: Selector, /) -> Selector:
        return NotImplemented

    def __or__(self, other: Selector, /) -> Selector:
        return NotImplemented

    def __invert__(self) -> Selector:
        raise NotImplementedError

    def __repr__(self) -> str:
        return "Dearer()"


def test_a_users_own_selector_composes_on_either_side() -> None:
    own = Dearer()
    assert [
        repr(composed) for composed in (own & where.rent, own | where.rent, where.rent & own, where.rent | own)
    ] == [
        "Dearer() & where.rent",
        "Dearer() | where.rent",
        "where.rent & Dearer()",
        "where.rent | Dearer()",
    ]
    assert selected(own | where.rent) == ["rent", "tax", "surtax"]


def test_a_users_own_selector_gives_one_flag_a_charge() -> None:
    class Forgetful(Dearer):
        def flags(self, charges: Sequence[Charge], context: SelectionContext, /) -> list[bool]:
            return [True]

    for composed in (Forgetful() & where.rent, where.rent | Forgetful()):
        with pytest.raises(OrderError) as caught:
            selected(composed)
        assert str(caught.value) == "selector Dearer(): gave 1 flags for 6 charges; give one flag a charge"
        assert (caught.value.field, type(caught.value.value)) == ("selector", Forgetful)


def test_the_namespace_is_its_selectors() -> None:
    """Selectors live in one namespace, so that they shadow nobody's variables."""
    assert where.__all__ == sorted(where.__all__)
    assert {name for name in vars(where) if not name.startswith("_")} >= set(where.__all__)
    for name in where.__all__:
        assert isinstance(getattr(where, name), Selector) or callable(getattr(where, name))


def test_a_kind_of_selector_must_say_what_it_selects() -> None:
    class Unfinished(type(where.rent).__mro__[1]):  # type: ignore[misc]
        __slots__ = ()

    with pytest.raises(NotImplementedError):
        Unfinished().selects(RENT, context_on(DUE))
