"""Amount rules of the user's own: functions, values, and what is known of them. Rules R11 and R19."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

import attrs
import pytest

from arledger import (
    Agreement,
    AmountRule,
    AutopayPolicy,
    Category,
    InvalidValue,
    ItemClass,
    Money,
    OrderError,
    PendingIncrease,
    Percent,
    PullItem,
    PullView,
    RuleFacts,
    Wanted,
    include,
    pull,
)
from autopay_facts import JUNE, agreement, amounts, cad, charge, drafted, held, late_fee, of_two, paid, parts, rent

WATER = charge("W-06", 45, Category.UTILITY, code="WATER")
INCREASE = PendingIncrease("AGI-7", cad(30), effective=JUNE)


def water_only(view: PullView) -> Mapping[str, Fraction]:
    """The water, and nothing else."""
    return {item.id: item.share * item.payable_minor for item in view.items if item.charge.code == "WATER"}


@attrs.frozen
class UpToHalf:
    """A value as a rule: at most a part of each item, and of amounts that were charged."""

    part: Fraction
    facts: ClassVar[RuleFacts] = RuleFacts(reads_stored=True, currency="CAD")

    def __call__(self, view: PullView, /) -> Wanted:
        """The part of each item."""
        wants = {name: self.part * want for name, want in view.by_amount(ItemClass.CURRENT).items()}
        return Wanted(wants, of_amounts=wants, cut=dict.fromkeys(wants, "half of it was agreed"))

    def __str__(self) -> str:
        return f"up to {self.part}"


def seen_by(*entries: Any, by: Agreement | None = None, policy: AutopayPolicy | None = None, **more: Any) -> PullView:
    """The view that a rule is given."""
    seen: list[PullView] = []

    def keep(view: PullView) -> Mapping[str, Fraction]:
        seen.append(view)
        return {}

    one = agreement("A") if by is None else by
    drafted(attrs.evolve(one, rule=keep), *entries, policy=policy, **more)
    (view,) = seen
    return view


def test_a_function_is_a_rule() -> None:
    """R11: what it asks for, of each item; the rest is held, with its name."""
    drafts = drafted(agreement("A", water_only, Percent(60)), rent(6), WATER)
    assert parts(drafts) == {"A": [("W-06", "27.00")]}
    assert str(drafts.drafts[0]).startswith("AP-A, A: water_only")
    assert held(drafts)[0] == ("R-06", "600.00", "water_only asks for nothing of it")


def test_a_function_may_ask_for_ints_and_for_nothing() -> None:
    """R19: nothing of an item is as though it was not named."""
    assert amounts(drafted(agreement("A", lambda view: {"R-06": 12345}), rent(6))) == ["123.45"]
    none = drafted(agreement("A", lambda view: {"R-06": Fraction(0)}), rent(6))
    assert (amounts(none), none.drafts[0].reason) == (["0.00"], "there is nothing to pull")
    assert amounts(drafted(agreement("A", lambda view: Wanted()), rent(6))) == ["0.00"]


def test_items_come_in_the_order_of_a_draft_whatever_the_order_of_the_answer() -> None:
    """R19."""
    backwards = drafted(
        agreement("A", lambda view: {item.id: Fraction(item.payable_minor) for item in reversed(view.items)}),
        rent(5),
        rent(6),
        late_fee(),
        policy=AutopayPolicy(limit=cad(1500)),
    )
    assert parts(backwards) == {"A": [("R-05", "1000.00"), ("R-06", "500.00")]}


def test_what_a_rule_asks_for_less_of_is_held_with_its_name() -> None:
    """R19: it asked for less than its share."""

    def half(view: PullView) -> Mapping[str, Fraction]:
        return {item.id: item.share * item.payable_minor / 2 for item in view.items}

    drafts = drafted(agreement("A", half), rent(6))
    ((name, amount, reason),) = held(drafts)
    assert (name, amount) == ("R-06", "500.00")
    assert reason.endswith("half asks for less")
    limited = drafted(agreement("A", half), rent(6), policy=AutopayPolicy(limit=cad(300)))
    assert held(limited)[0][2].endswith("half asks for less; over the limit of 300.00 CAD")


def test_a_value_is_a_rule_and_says_what_is_known_of_it() -> None:
    """R11: reads a stored amount, is in a currency, has words, and a reason of its own for what it cuts."""
    rule: AmountRule = UpToHalf(Fraction(1, 2))
    drafts = drafted(agreement("A", rule, Percent(60), stored=500), rent(6), late_fee())
    assert parts(drafts) == {"A": [("R-06", "300.00")]}
    assert held(drafts) == [
        ("R-06", "300.00", "half of it was agreed"),
        ("L-05", "30.00", "new charges are not included"),
        ("R-06", "400.00", "no agreement has a share of the rest of it"),
        ("L-05", "20.00", "no agreement has a share of the rest of it"),
    ]
    assert str(drafts.drafts[0]).startswith("AP-A, A: up to 1/2")
    with pytest.raises(InvalidValue, match=r"stored is None, and up to 1/2 reads it"):
        agreement("A", rule)
    with pytest.raises(Exception, match=r"stored 5.00 USD for a rule in CAD"):
        Agreement("AP-1", rule, agreed=JUNE, stored=Money(5, "USD"))


def test_what_a_rule_asked_of_amounts_is_lowered_by_what_its_payer_paid() -> None:
    """R15: as under keep percent; without it, all in proportion."""

    def of_amounts(view: PullView) -> Wanted:
        wants = view.by_amount(ItemClass.CURRENT)
        return Wanted(wants, of_amounts=list(wants))

    def plainly(view: PullView) -> Mapping[str, Fraction]:
        return view.by_amount(ItemClass.CURRENT)

    by_hand = paid("P", 500, "A")
    assert amounts(drafted(of_two(of_amounts, first=50), rent(6), by_hand)) == ["0.00", "500.00"]
    assert amounts(drafted(of_two(plainly, first=50), rent(6), by_hand)) == ["250.00", "250.00"]


def test_a_rule_may_want_money_for_no_item_and_have_limits() -> None:
    """R9, R16: beside what it asks for of items."""

    def rounded_up(view: PullView) -> Wanted:
        return Wanted(view.by_payable(ItemClass.CURRENT), undesignated_minor=5000, most_minor=102000)

    drafts = drafted(agreement("A", rounded_up), rent(6))
    assert amounts(drafts) == ["1020.00"]
    assert parts(drafts) == {"A": [("R-06", "1000.00")]}
    (payment,) = drafts.payments
    assert [str(one.amount) for one in payment.designations] == ["1000.00 CAD"]
    assert [(step.what, int(step.comes_to)) for step in drafts.drafts[0].steps] == [
        ("test_a_rule_may_want_money_for_no_item_and_have_limits.<locals>.rounded_up", 105000),
        ("over the agreed maximum of 1020.00 CAD", 102000),
    ]
    on_hand = drafted(
        agreement("A", rounded_up), rent(6), paid("P", 40, "A", on=date(2026, 5, 20)), sweep_payments=False
    )
    assert amounts(on_hand) == ["1010.00"]
    assert [step.comes_to for step in on_hand.drafts[0].steps] == [105000, 101000]
    over = drafted(agreement("A", lambda view: Wanted(undesignated_minor=1001, skips_over_minor=1000)), rent(6))
    assert (amounts(over), over.drafts[0].reason) == (["0.00"], "over 10.00 CAD")
    at = drafted(agreement("A", lambda view: Wanted(undesignated_minor=1000, skips_over_minor=1000)), rent(6))
    assert amounts(at) == ["10.00"]
    none = drafted(agreement("A", lambda view: Wanted(undesignated_minor=1, most_minor=0)), rent(6))
    assert (amounts(none), none.drafts[0].payment) == (["0.00"], None)


def test_a_rule_that_keeps_its_base_has_new_features() -> None:
    """R10: as keep unchanged has."""

    @attrs.frozen
    class Kept:
        facts: ClassVar[RuleFacts] = RuleFacts(keeps_base=True)

        def __call__(self, view: PullView, /) -> Mapping[str, Fraction]:
            return view.by_payable(ItemClass.CURRENT)

    entries = [rent(1), paid("P", 1000), rent(6), charge("F", 50, Category.FEATURE)]
    assert amounts(drafted(agreement("A", Kept()), *entries)) == ["1000.00"]
    assert amounts(drafted(agreement("A", lambda view: view.by_payable(ItemClass.CURRENT)), *entries)) == ["1050.00"]


def test_facts_that_are_none_are_not_read() -> None:
    """A function may have anything under that name."""

    def odd(view: PullView) -> Mapping[str, Fraction]:
        return view.by_payable(ItemClass.CURRENT)

    odd.facts = {"reads_stored": True}  # type: ignore[attr-defined]
    assert amounts(drafted(agreement("A", odd), rent(6))) == ["1000.00"]


def test_the_view_of_a_rule() -> None:
    """What a rule may know: its items in their order, none that is held, and what the policy includes."""
    policy = AutopayPolicy(includes=include.DEPOSITS | include.PENDING_INCREASES)
    entries = [rent(5), rent(6), charge("H", 9, Category.RENT, payer="B"), charge("D", 500, Category.DEPOSIT)]
    view = seen_by(
        *entries, paid("P", 400), by=agreement("A", part=Percent(60), stored=5), policy=policy, increases=[INCREASE]
    )
    assert [(item.id, item.item_class.value, item.payable_minor) for item in view.items] == [
        ("R-05", "arrears", 60000),
        ("R-06", "current", 100000),
        ("D", "deposit", 50000),
        ("AGI-7@2026-06-01", "pending_increase", 3000),
    ]
    assert (view.includes, view.currency, view.on, view.stored_minor) == (policy.includes, "CAD", JUNE, 500)
    assert str(view) == "the items of 2026-06-01"
    first: PullItem = view.items[0]
    assert (first.amount_minor, str(first.payable), first.share) == (100000, "600.00 CAD", Fraction(3, 5))
    assert view.by_amount(ItemClass.ARREARS) == {"R-05": 60000}
    assert view.by_payable(ItemClass.ARREARS, ItemClass.DEPOSIT) == {"R-05": 36000, "D": 30000}
    assert view.included() == {"D": 30000, "AGI-7@2026-06-01": 1800}
    assert view.by_amount() == view.by_payable() == {}


def test_the_view_without_increases_and_without_a_stored_amount() -> None:
    view = seen_by(rent(6), increases=[INCREASE])
    assert (view.included(), view.stored_minor) == ({}, None)
    assert [item.id for item in view.items] == ["R-06"]


def test_settled_charges_of_the_period_are_in_the_view_with_nothing_payable() -> None:
    """R11: keep percent shares what was charged, whatever was paid of it since."""
    view = seen_by(rent(5), rent(6), paid("P", 2000))
    assert [(item.id, item.payable_minor) for item in view.items] == [("R-06", 0)]
    assert view.by_payable(ItemClass.CURRENT) == {}
    assert view.by_amount(ItemClass.CURRENT) == {"R-06": 100000}


def test_a_rule_is_not_asked_where_nothing_may_be_pulled() -> None:
    """R17: its failure would stop the drafts of others."""

    def failing(view: PullView) -> Mapping[str, Fraction]:
        raise ZeroDivisionError

    one = agreement("A", failing, move_in=JUNE)
    assert amounts(drafted(one, rent(6), policy=AutopayPolicy(excludes_first=True))) == ["0.00"]
    with pytest.raises(InvalidValue) as caught:
        drafted(one, rent(6))
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert caught.value.value is failing


def test_what_a_rule_asks_for_is_verified_each_time() -> None:
    """An own rule proposes; more than the share of what was charged is refused, and so is what is held."""
    entries = [rent(6), charge("H", 9, Category.RENT, payer="B")]
    for name, minor in (("R-06", 60001), ("H", 1), ("R-07", 1), ("AGI-7@2026-06-01", 1)):
        wants = {name: minor}
        with pytest.raises(OrderError):
            drafted(agreement("A", lambda view, wants=wants: wants, Percent(60)), *entries, increases=[INCREASE])
    assert amounts(drafted(agreement("A", lambda view: {"R-06": Fraction(60000)}, Percent(60)), rent(6))) == ["600.00"]


def test_rules_of_ones_own_are_composed_like_others() -> None:
    """R11: up to a maximum, at least a minimum, skipped above an amount."""
    entries = [rent(6), WATER]
    assert amounts(drafted(agreement("A", pull.capped(water_only, cad(40))), *entries)) == ["40.00"]
    assert amounts(drafted(agreement("A", pull.skipped_over(water_only, cad(40))), *entries)) == ["0.00"]
    tenth = pull.at_least(lambda view: {"W-06": Fraction(450)}, cad(20))
    assert amounts(drafted(agreement("A", tenth), *entries)) == ["20.00"]
    assert str(pull.capped(water_only, cad(40))) == "by water_only, up to 40.00 CAD"
