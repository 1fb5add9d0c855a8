"""Agreements: their shares, when they stand, and what is refused of them together. Rules R9, R14 and R18."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from arledger import (
    Agreement,
    Agreements,
    AutopayPolicy,
    Category,
    Conflict,
    Money,
    Percent,
    Share,
    cancelled,
    pull,
    where,
)
from arledger.autopay.agreements import share_text
from autopay_facts import AGREED, JUNE, agreement, amounts, cad, charge, drafted, of_two, rent

DAY = timedelta(days=1)
JULY = date(2026, 7, 1)
FIRST_OF_JULY = "agreed on 2026-07-01"


def shares(*agreements: Agreement, on: date = JUNE) -> dict[str, list[Fraction]]:
    """The fractions of those that stand on a day."""
    return {name: [one.fraction for one in own] for name, own in Agreements(agreements).shares_on(on).items()}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, None),
        (1, (Share(1),)),
        (0, (Share(0),)),
        (Fraction(1, 3), (Share(Fraction(1, 3)),)),
        (Percent(60), (Share(Fraction(3, 5)),)),
        (Share(1, of=where.rent), (Share(1, of=where.rent),)),
        ([Share(1, of=where.rent), Share(0)], (Share(1, of=where.rent), Share(0))),
        ([], ()),
    ],
)
def test_shares_are_a_part_of_the_whole_or_by_charge(given: object, expected: object) -> None:
    """R9, R14: exact fractions."""
    one: Agreement = agreement("A", part=given)  # type: ignore[arg-type]
    assert one.shares == expected


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Share(1), "100% of everything"),
        (Share(0), "0% of everything"),
        (Share(Percent("33.3")), "33.3% of everything"),
        (Share(Fraction(1, 3)), "1/3 of everything"),
        (Share(Fraction(1, 8), of=where.code("PARK")), "12.5% of where.code('PARK')"),
    ],
)
def test_shares_in_words(share: Share, text: str) -> None:
    assert str(share) == text
    assert share_text(share.fraction) == text.split(" ", maxsplit=1)[0]


def test_an_agreement_stands_from_its_day_up_to_its_end() -> None:
    """R18: ``until`` is the first day on which it no longer stands."""
    one = agreement("A", until=JULY)
    assert [one.stands_on(day) for day in (AGREED - DAY, AGREED, JUNE, JULY - DAY, JULY)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert agreement("A").stands_on(date.max)


def test_agreements_are_in_the_order_of_payers_and_ids() -> None:
    """R14: whatever the order in which they are given; nobody's come first."""
    given = [
        Agreement(name, pull.FIXED, agreed=AGREED, payer=payer, stored=cad(5))
        for name, payer in (("3", "B"), ("2", "A"), ("10", "A"), ("9", None))
    ]
    assert [one.id for one in Agreements(given)] == ["9", "10", "2", "3"]
    assert Agreements(given) == Agreements(reversed(given)) == Agreements(one for one in given)
    assert Agreements(given[0]).all == (given[0],)
    assert Agreements([]).all == ()
    assert [one.id for one in Agreements(given).on(AGREED)] == ["9", "10", "2", "3"]
    assert Agreements(given).on(AGREED - DAY) == ()


def test_absent_shares_are_everything_or_the_part_of_all_that_is_stored() -> None:
    """R11: stored over the sum of stored, of the agreements that keep such an amount and stand on the day."""
    three = [agreement(payer, pull.KEEP_UNCHANGED, stored=stored) for payer, stored in (("A", 600), ("B", 300))]
    assert shares(*three) == {"AP-A": [Fraction(2, 3)], "AP-B": [Fraction(1, 3)]}
    fixed = agreement("C", pull.FIXED, stored=100)
    assert shares(*three, fixed) == {"AP-A": [Fraction(2, 3)], "AP-B": [Fraction(1, 3)], "AP-C": [Fraction(1)]}
    later = agreement("D", pull.KEEP_UNCHANGED, stored=900, agreed=JULY)
    assert shares(*three, later)["AP-A"] == [Fraction(2, 3)]
    assert shares(*three, later, on=JULY)["AP-A"] == [Fraction(1, 3)]
    ending = agreement("D", pull.KEEP_UNCHANGED, stored=900, until=JULY)
    assert shares(*three, ending)["AP-A"] == [Fraction(1, 3)]
    assert shares(*three, ending, on=JULY)["AP-A"] == [Fraction(2, 3)]


def test_a_stored_amount_that_the_rule_does_not_read_is_no_base_of_a_share() -> None:
    """R11: keep percent states it, and shares everything."""
    assert shares(agreement("A", pull.KEEP_PERCENT, stored=600)) == {"AP-A": [Fraction(1)]}
    kept = agreement("B", pull.KEEP_UNCHANGED, 0, stored=300)
    assert shares(agreement("A", pull.KEEP_UNCHANGED, stored=600), kept) == {
        "AP-A": [Fraction(2, 3)],
        "AP-B": [Fraction(0)],
    }


def test_a_recorded_share_counts_and_not_the_stored_amount() -> None:
    """R11: the recorded one, else the part of what is stored."""
    both = of_two(pull.KEEP_UNCHANGED, first=50, stored=900)
    assert amounts(drafted(both, rent(6, 800))) == ["400.00", "400.00"]


def test_shares_over_the_whole_are_refused_when_they_meet() -> None:
    """R14: refused at set-up for each day, not only for today's; one after another they are fine."""
    first = agreement("A", part=Percent(60), until=JULY)
    second = agreement("B", part=Percent(60), agreed=JULY)
    assert len(Agreements([first, second]).all) == 2
    with pytest.raises(Conflict, match="120% of everything"):
        Agreements([first, agreement("B", part=Percent(60), agreed=JULY - DAY)])


def test_the_end_of_an_agreement_may_raise_the_shares_of_others() -> None:
    """R11, R14: the part of all that is stored grows when one ends, and is checked on that day too."""
    half = agreement("A", part=Percent(50))
    kept = [
        agreement("B", pull.KEEP_UNCHANGED, stored=500),
        agreement("C", pull.KEEP_UNCHANGED, 0, stored=500, until=JULY),
    ]
    with pytest.raises(Conflict, match=r"agreements AP-A and AP-B: 150% of everything"):
        Agreements([half, *kept])


def test_a_hundred_percent_is_not_too_much() -> None:
    """R14: thirds are a whole."""
    assert len(Agreements([agreement(payer, part=Fraction(1, 3)) for payer in "ABC"]).all) == 3
    assert len(Agreements(of_two(first=100)).all) == 2


def test_a_fixed_amount_has_no_share_that_could_be_too_much() -> None:
    """R9: beside one that pays everything, and beside another one of the same payer."""
    fixed = agreement("A", pull.FIXED, stored=100)
    again = Agreement("AP-2", pull.FIXED, agreed=AGREED, payer="A", stored=cad(50))
    drafts = drafted([agreement("B"), fixed, again], rent(6))
    assert amounts(drafts) == ["50.00", "100.00", "1000.00"]


def test_two_agreements_of_one_payer_for_other_charges() -> None:
    """R14: one for the rent, another for the parking; what both have no share of is nobody's."""
    rent_only = agreement("A", part=[Share(1, of=where.rent)])
    parking = Agreement("AP-2", pull.KEEP_PERCENT, agreed=AGREED, payer="A", shares=Share(1, of=where.code("PARK")))
    drafts = drafted([rent_only, parking], rent(6), charge("F", 50, Category.FEATURE, code="PARK"))
    assert amounts(drafts) == ["50.00", "1000.00"]


def test_two_agreements_of_the_account_itself_are_refused() -> None:
    """R14: no payer is a payer too."""
    both = [Agreement(name, pull.KEEP_PERCENT, agreed=AGREED, shares=Percent(50)) for name in ("AP-1", "AP-2")]
    with pytest.raises(Conflict) as caught:
        Agreements(both)
    assert str(caught.value) == (
        "agreements AP-1 and AP-2: both are of the account and for everything; "
        "end one of them, or give them shares of other charges"
    )


def test_a_share_of_nothing_is_in_nobodys_way() -> None:
    """R14: a payer may have a second agreement with no share of the charge."""
    none = Agreement("AP-2", pull.KEEP_PERCENT, agreed=AGREED, payer="A", shares=0)
    drafts = drafted([agreement("A"), none], rent(6))
    assert amounts(drafts) == ["0.00", "1000.00"]


def test_the_currency_of_an_agreement() -> None:
    """That of its stored amount, or of the sums of its rule; None where it has none."""
    dollars = Money(5, "USD")
    assert agreement("A").currency is None
    assert agreement("A", pull.FIXED, stored=5).currency == "CAD"
    assert agreement("A", pull.capped(pull.KEEP_PERCENT, dollars)).currency == "USD"
    assert agreement("A", pull.at_least(pull.skipped_over(pull.KEEP_PERCENT, dollars), dollars)).currency == "USD"


def test_cancelling_ends_an_agreement_on_a_day() -> None:
    """R18: no amount changes; what ended before stays as it was."""
    policy = AutopayPolicy(residents_may_cancel=True)
    one = agreement("A", until=JULY)
    assert cancelled(one, on=JUNE, policy=policy, by_resident=True) == agreement("A", until=JUNE)
    assert cancelled(one, on=JUNE, policy=AutopayPolicy()).until == JUNE
    assert cancelled(one, on=JULY, policy=policy) is one
    assert cancelled(one, on=JULY + DAY, policy=policy) is one
    assert cancelled(agreement("A"), on=JULY, policy=policy).until == JULY


def test_a_resident_may_not_cancel_without_permission() -> None:
    """R18: it is refused even where nothing would change."""
    one = agreement("A", until=JUNE)
    with pytest.raises(Conflict, match="residents may not cancel"):
        cancelled(one, on=JULY, policy=AutopayPolicy(), by_resident=True)


def test_what_does_not_stand_is_left_out_with_the_reason() -> None:
    """R18: neither drafts nor shares of it."""
    given = [
        agreement("A", part=Percent(60)),
        agreement("B", part=Percent(40), until=JUNE),
        agreement("C", part=Percent(40), agreed=JULY),
        agreement("D", part=0, until=JUNE + DAY),
    ]
    drafts = drafted(given, rent(6))
    assert amounts(drafts) == ["600.00", "0.00"]
    assert drafts.left_out == (("AP-B", "it ended 2026-06-01"), ("AP-C", FIRST_OF_JULY))
    assert drafted([], rent(6)).left_out == ()


def test_every_charge_is_looked_at_and_not_only_the_first() -> None:
    """R14: the parking is 60/40, and the rent 110% where two selectors meet in it."""
    both = [
        agreement("A", part=[Share(Percent(60), of=where.rent), Share(Percent(60), of=where.code("PARK"))]),
        agreement("B", part=[Share(Percent(50), of=where.code("HOME")), Share(Percent(40), of=where.code("PARK"))]),
    ]
    parking = charge("F", 50, Category.FEATURE, code="PARK")
    assert amounts(drafted(both, parking)) == ["30.00", "20.00"]
    with pytest.raises(Conflict, match="110% of charge R-06"):
        drafted(both, parking, rent(6, code="HOME"))


def test_what_other_shares_leave_is_checked_too() -> None:
    """R14: 60% and 50% of what is no home and no parking; 40% of it is not too much."""
    first = agreement("A", part=[Share(1, of=where.code("HOME")), Share(Percent(60))])
    second = [Share(0, of=where.code("HOME")), Share(0, of=where.code("PARK"))]
    with pytest.raises(Conflict, match="AP-A and AP-B: 110% of everything else; pass shares of 100% at most"):
        Agreements([first, agreement("B", part=[*second, Share(Percent(50))])])
    both = [first, agreement("B", part=[*second, Share(Percent(40))])]
    assert amounts(drafted(both, rent(6, code="HOME"))) == ["1000.00", "0.00"]
    assert amounts(drafted(both, rent(6))) == ["600.00", "400.00"]
