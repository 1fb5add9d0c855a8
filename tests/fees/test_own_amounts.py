"""Amounts of one's own: derived from FeeAmount, they compose as any other, and what they give is checked each time."""

from __future__ import annotations

import datetime
from fractions import Fraction

import attrs
import pytest

from account_facts import cad
from arledger import FeeAmount, Ground, InvalidType, InvalidValue, Worked, fee
from arledger.fees.amounts import worked_out
from arledger.fees.ground import Base
from fees.facts import FIVE_PERCENT, assessed, flat, ground, jan, proposed, rent, rule_of


@attrs.frozen
class RoundedUpTo(FeeAmount):
    """A user's own amount: another one, up to whole tens."""

    amount: FeeAmount

    @property
    def parts(self) -> tuple[FeeAmount, ...]:
        """What it is composed of."""
        return (self.amount,)

    def worked(self, on: Ground, /) -> Worked:
        """What it comes to."""
        step = self.amount.worked(on)
        return Worked(str(self), Fraction(-(-step.minor // 1000) * 1000), (step,))

    def __str__(self) -> str:
        return f"{self.amount}, up to whole tens"


def test_R38_an_amount_of_ones_own_is_composed_as_any_other() -> None:
    own = RoundedUpTo(FIVE_PERCENT)
    assert (set(own.reads), own.counts_days, own.currency, own.is_list) == ({Base.OWED}, False, None, False)
    assert str(fee.each_day(own) + flat("1")) == "5% of what is owed, up to whole tens for each day plus 1.00 CAD"
    assert RoundedUpTo(fee.each_day(flat("1"))).counts_days
    assert (own + own).worked(ground(90_100)).minor == 10_000
    rule = rule_of(fee.lesser_of(own, flat("70")))
    assert proposed(assessed(rule, [rent(amount="1001")], jan(6))) == {"R-01": "60.00"}


class Own(FeeAmount):
    """A user's own amount, which gives whatever it is given."""

    def __init__(self, found: object) -> None:
        self.found = found

    def worked(self, _ground: Ground, /) -> Worked:
        """What it was given."""
        if isinstance(self.found, Exception):
            raise self.found
        return self.found  # type: ignore[return-value]

    def __repr__(self) -> str:
        return "Own()"

    def __str__(self) -> str:
        return "our own"


@pytest.mark.parametrize(
    ("found", "kind", "message"),
    [
        (
            None,
            InvalidType,
            "fee amount Own(): gave None, not Worked; give the text, the minor units as a Fraction, and the steps",
        ),
        (
            5000,
            InvalidType,
            "fee amount Own(): gave int, not Worked; give the text, the minor units as a Fraction, and the steps",
        ),
        (Worked("x", Fraction(-1, 2)), InvalidValue, "fee amount Own(): gave Fraction(-1, 2); give 0 or more"),
        (
            Worked("x", 12.5),  # type: ignore[arg-type]
            InvalidType,
            "fee amount Own(): gave minor float, not Fraction; give an exact number of minor units",
        ),
        (
            Worked("x", None),  # type: ignore[arg-type]
            InvalidType,
            "fee amount Own(): gave minor None, not Fraction; give an exact number of minor units",
        ),
        (ZeroDivisionError("no"), InvalidValue, "fee amount Own(): failed with ZeroDivisionError: no"),
    ],
)
def test_what_an_amount_of_ones_own_must_not_give(found: object, kind: type[Exception], message: str) -> None:
    """Wherever it stands: alone, and as a part of each amount that has parts."""
    own = Own(found)
    inner: list[FeeAmount] = [
        own,
        flat("1") + own,
        fee.lesser_of(own, flat("1")),
        fee.greater_of(flat("1"), own),
        fee.by_size(fee.OWED, fee.Tier(own)),
        fee.by_part(fee.OWED, fee.Tier(own)),
        fee.from_day(1, own),
        fee.each_day(own),
        fee.each_month(own, since="grace"),
    ]
    for amount in inner:
        with pytest.raises(kind) as caught:
            worked_out(amount, ground(day=datetime.date(2026, 3, 1)))
        assert str(caught.value) == message
        with pytest.raises(kind):
            assessed(rule_of(amount), [rent()], datetime.date(2026, 3, 1))


def test_an_amount_without_its_work_is_refused_by_name() -> None:
    class Unfinished(FeeAmount):
        def __repr__(self) -> str:
            return "Unfinished()"

    with pytest.raises(InvalidValue, match=r"^fee amount Unfinished\(\): failed with NotImplementedError"):
        assessed(rule_of(Unfinished()), [rent()], jan(6))


def test_an_error_of_our_own_in_an_amount_of_the_users_stays_what_it_is() -> None:
    with pytest.raises(InvalidValue, match=r"^said by the user$"):
        worked_out(Own(InvalidValue("said by the user", field="x", value=1)), ground())


def test_only_amounts_are_added() -> None:
    with pytest.raises(
        InvalidType, match=r"^sum of fees: amounts is Money, not FeeAmount; pass fee.flat\(...\) of it$"
    ):
        flat("1") + cad("1")  # type: ignore[operator]
    with pytest.raises(InvalidType, match=r"^sum of fees: amounts is int, not FeeAmount"):
        flat("1") + 1  # type: ignore[operator]
