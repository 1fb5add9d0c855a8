"""By which methods a quote is paid: splits, fees and who bears them, and what is refused. R48, R50, R51 and R53."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

from account_facts import cad, day, paid
from arledger import (
    EXACT,
    Amounts,
    Bearer,
    BillingTeam,
    Channel,
    CheckoutPolicy,
    CurrencyMismatch,
    FeeAmount,
    Money,
    PaymentTypes,
    Percent,
    Portal,
    ProcessingFee,
    QuoteLeg,
    RefusalKind,
    Return,
    Takes,
    fee,
    wallet,
)
from arledger.checkout.legs import amounts_by_method, checked_parts
from arledger.checkout.processing import fee_for
from portal_facts import TODAY, asked, bank, card, care, contact, invoice, legs, policy, portal, refused, standing

HUNDRED = standing(care(amount="100"))
NO_SPLIT = RefusalKind.NOT_SPLIT
CARD_FEE = ProcessingFee(fee.percent("2.9", of=fee.FACE), types="credit_card", borne_by=Bearer.PAYER)
OTHER_FEE = ProcessingFee(fee.flat(cad("0.25")), borne_by=Bearer.COMPANY)


@pytest.mark.parametrize(
    "paying",
    [
        {"card-ana": Percent(60), "bank-ana": Percent(40)},
        {"bank-ana": Percent(40), "card-ana": Percent(60)},
        {"card-ana": Fraction(3, 5), "bank-ana": Percent(40)},
        {"card-ana": cad("60"), "bank-ana": cad("40")},
    ],
)
def test_f3_100_split_60_40_between_two_methods(paying: dict[str, Any]) -> None:
    """F3: 60 + 40, by parts or by amounts, in whatever order."""
    found = asked(["INV-1"], HUNDRED, paying=paying)
    assert legs(found) == {"bank-ana": "40.00", "card-ana": "60.00"}
    assert [(one.id, one.method, str(one.amount.amount)) for one in found.payments] == [
        (f"{found.id}/1", "ach", "40.00"),
        (f"{found.id}/2", "credit_card", "60.00"),
    ]
    assert found.amount == found.total == cad("100")


@pytest.mark.parametrize("whole", ["0.03", "0.04", "10", "99.99", "100.01"])
def test_r51_a_split_loses_no_cent(whole: str) -> None:
    """R51: the odd cent goes to the largest remainder."""
    thirds = {"a": Fraction(1, 3), "b": Fraction(1, 3), "c": Fraction(1, 3)}
    found = amounts_by_method(checked_parts(thirds), cad(whole))
    assert isinstance(found, dict)
    cents = [money.minor for money in found.values()]
    assert sum(cents) == cad(whole).minor
    assert cents == sorted(cents, reverse=True)
    assert cents[0] - cents[-1] <= 1


@pytest.mark.parametrize(
    ("paying", "reason"),
    [
        ({"card-ana": cad("60"), "bank-ana": cad("39.99")}, "the parts come to 99.99 CAD, and not to 100.00 CAD"),
        ({"card-ana": cad("60"), "bank-ana": cad("40.01")}, "the parts come to 100.01 CAD, and not to 100.00 CAD"),
        ({"card-ana": cad("100"), "bank-ana": cad("0")}, "bank-ana: would pay nothing"),
        ({"card-ana": cad("101"), "bank-ana": cad("-1")}, "bank-ana: would pay nothing"),
        ({"card-ana": Fraction(99999, 100000), "bank-ana": Fraction(1, 100000)}, "bank-ana: would pay nothing"),
        ({"card-ana": cad("99")}, "the parts come to 99.00 CAD, and not to 100.00 CAD"),
    ],
)
def test_r51_parts_must_come_to_the_whole_and_none_to_nothing(paying: dict[str, Any], reason: str) -> None:
    assert refused(["INV-1"], HUNDRED, paying=paying) == [(NO_SPLIT, reason)]


def test_r51_one_method_may_be_given_as_a_split_of_one() -> None:
    whole = asked(["INV-1"], HUNDRED)
    for paying in ({"card-ana": cad("100")}, {"card-ana": Fraction(1)}, {"card-ana": Percent(100)}):
        found = asked(["INV-1"], HUNDRED, paying=paying)
        assert (found.legs, found.payments) == (whole.legs, whole.payments)


def test_r52_exact_amounts_take_one_method_unless_a_policy_says_otherwise() -> None:
    """R52: also of a policy that says nothing else."""
    assert not CheckoutPolicy(amounts=Amounts.EXACT).splits
    assert CheckoutPolicy(amounts=Amounts.EXACT, splits=True).splits
    assert CheckoutPolicy().splits


def test_r52_an_exact_policy_takes_one_method() -> None:
    where = portal(policy=EXACT)
    both = {"card-ana": Percent(60), "bank-ana": Percent(40)}
    assert refused(["INV-1"], HUNDRED, where, paying=both) == [(NO_SPLIT, "a payment is by one method")]
    assert legs(asked(["INV-1"], HUNDRED, where, paying={"card-ana": Fraction(1)})) == {"card-ana": "100.00"}
    assert legs(asked(["INV-1"], HUNDRED, portal(policy=attrs.evolve(EXACT, splits=True)), paying=both))


def changed(step: Any, **given: Any) -> Portal:
    """A portal in which ana's card was changed."""
    known = portal()
    return attrs.evolve(known, methods=step(known.methods, "card-ana", **given))


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (changed(wallet.disable), "card-ana: method disabled"),
        (changed(wallet.delete), "card-ana: method deleted"),
        (changed(wallet.edit, expires=day(8)), "card-ana: method expired on 2026-03-08"),
    ],
)
def test_r50_neither_a_disabled_nor_a_deleted_nor_an_expired_method_can_pay(place: Portal, reason: str) -> None:
    assert refused(["INV-1"], HUNDRED, place) == [(RefusalKind.METHOD_UNUSABLE, reason)]
    assert legs(asked(["INV-1"], HUNDRED, place, paying="bank-ana")) == {"bank-ana": "100.00"}
    both = {"card-ana": Percent(50), "bank-ana": Percent(50)}
    assert refused(["INV-1"], HUNDRED, place, paying=both) == [(RefusalKind.METHOD_UNUSABLE, reason)]


def test_r50_a_card_is_good_on_its_last_day() -> None:
    assert legs(asked(["INV-1"], HUNDRED, changed(wallet.edit, expires=TODAY))) == {"card-ana": "100.00"}


TYPES = PaymentTypes(
    accepted=["ach", "cash", "credit_card"], resident_portal="ach", cash_equivalent=["cash", "ach"], cash_only_after=1
)


def test_r48_only_what_the_portal_takes() -> None:
    where = portal(types=TYPES)
    assert refused(["INV-1"], HUNDRED, where) == [
        (RefusalKind.TYPE_NOT_TAKEN, "credit_card: is not taken in the resident portal")
    ]
    assert legs(asked(["INV-1"], HUNDRED, where, paying="bank-ana")) == {"bank-ana": "100.00"}
    office = attrs.evolve(where, channel=Channel.OFFICE)
    assert legs(asked(["INV-1"], HUNDRED, office)) == {"card-ana": "100.00"}


def test_r48_the_billing_team_takes_at_the_office_what_the_company_accepts() -> None:
    """R48: what the portal does not take, the office may."""
    place = portal(types=PaymentTypes(accepted=["ach", "credit_card"], resident_portal=["ach"]))
    position = standing(care())
    assert refused(["INV-1"], position, place)[0][0] is RefusalKind.TYPE_NOT_TAKEN
    found = asked(["INV-1"], position, place, by=BillingTeam("ana"))
    assert found.legs[0].payment_type == "credit_card"


def test_r48_after_returns_an_account_takes_cash_equivalents_only() -> None:
    """R48: read from the account, unless a host says what the account takes."""
    bounced = standing(care(amount="100"), paid("P-1", "5", 2), Return("N-1", "P-1", on=day(3)))
    office = portal(types=TYPES, channel=Channel.OFFICE)
    cash_only = [(RefusalKind.TYPE_NOT_TAKEN, "credit_card: is not taken: the account takes cash equivalents only")]
    assert refused(["INV-1"], bounced, office) == cash_only
    assert legs(asked(["INV-1"], bounced, office, paying="bank-ana")) == {"bank-ana": "100.00"}
    assert legs(asked(["INV-1"], bounced, attrs.evolve(office, takes=Takes.ANYTHING))) == {"card-ana": "100.00"}
    assert refused(["INV-1"], HUNDRED, attrs.evolve(office, takes=Takes.CASH_EQUIVALENTS)) == cash_only


def test_r48_an_account_that_takes_nothing() -> None:
    nothing = [(RefusalKind.TYPE_NOT_TAKEN, "the account takes no payments")]
    assert refused(["INV-1"], HUNDRED, portal(takes=Takes.NOTHING)) == nothing
    types = portal(takes=Takes.NOTHING, types=TYPES)
    assert refused(["INV-1"], HUNDRED, types, paying="bank-ana") == [
        (RefusalKind.TYPE_NOT_TAKEN, "ach: is not taken: the account takes no payments")
    ]


def test_r48_cash_equivalents_only_never_means_anything() -> None:
    """R48: where nobody says what a cash equivalent is, no card passes for one."""
    try:
        place = portal(takes=Takes.CASH_EQUIVALENTS)
    except ValueError:
        return
    assert refused(["INV-1"], HUNDRED, place)[0][0] is RefusalKind.TYPE_NOT_TAKEN


def test_r53_a_fee_is_a_line_of_its_own_borne_by_whoever_bears_it() -> None:
    """R53: the payer on top of the amount, or the company; the account gets the amount."""
    where = portal(policy=policy(fees=[OTHER_FEE, CARD_FEE]))
    found = asked(["INV-1"], HUNDRED, where, paying={"card-ana": Percent(60), "bank-ana": Percent(40)})
    by_bank, by_card = found.legs
    assert (by_card.fee, by_card.borne_by, by_card.total) == (cad("1.74"), Bearer.PAYER, cad("61.74"))
    assert (by_bank.fee, by_bank.borne_by, by_bank.total) == (cad("0.25"), Bearer.COMPANY, cad("40"))
    assert (found.amount, found.fee, found.total) == (cad("100"), cad("1.74"), cad("101.74"))
    assert [str(one.amount) for one in found.payments] == ["40.00 CAD", "60.00 CAD"]
    assert str(by_card.borne_by.value if by_card.borne_by else "") == "payer"


@pytest.mark.parametrize(
    ("amount", "cost"),
    [("0.17", "0.00"), ("0.18", "0.01"), ("0.51", "0.01"), ("0.52", "0.02"), ("100", "2.90")],
)
def test_r53_a_fee_is_rounded_half_up_to_the_cent(amount: str, cost: str) -> None:
    (leg,) = asked(["INV-1"], standing(care(amount=amount)), portal(policy=policy(fees=CARD_FEE))).legs
    assert str(leg.fee.amount) == cost
    assert leg.borne_by is (Bearer.PAYER if leg.fee else None)


def test_r53_half_a_cent_is_rounded_up() -> None:
    half = ProcessingFee(fee.percent(5, of=fee.FACE), borne_by=Bearer.PAYER)
    assert asked(["INV-1"], standing(care(amount="0.10")), portal(policy=policy(fees=half))).fee == cad("0.01")


def test_r53_a_fee_of_a_type_goes_before_that_of_any_other() -> None:
    fees = (OTHER_FEE, CARD_FEE)
    assert fee_for(fees, "credit_card") is CARD_FEE
    assert fee_for(fees, "ach") is OTHER_FEE
    assert fee_for((CARD_FEE,), "ach") is None
    assert [str(one) for one in fees] == [
        "0.25 CAD for any other type, borne by the company",
        "2.9% of the payment's face value for credit_card, borne by the payer",
    ]
    two = ProcessingFee(OTHER_FEE.amount, types=["ach", "cash"], borne_by=Bearer.PAYER)
    assert str(two) == "0.25 CAD for ach or cash, borne by the payer"
    assert repr(Bearer.COMPANY) == "Bearer.COMPANY"
    assert CheckoutPolicy(fees=fees).currency == "CAD"


def dollars() -> FeeAmount:
    """A fee in another currency."""
    return fee.flat(Money("1", "USD"))


def test_r53_a_fee_in_another_currency_is_refused() -> None:
    where = portal(policy=policy(fees=ProcessingFee(dollars(), borne_by=Bearer.PAYER)))
    with pytest.raises(CurrencyMismatch):
        asked(["INV-1"], HUNDRED, where)


def test_r53_each_leg_pays_its_part_of_the_invoices_from_the_oldest_on() -> None:
    """R53: every payment is designated to what it pays, to the cent."""
    position = standing(care("C-1", "30"), care("C-2", "30", due=2), care("C-3", "40", "INV-2"))
    both = portal(invoice("INV-1"), invoice("INV-2", on=2))
    found = asked(["INV-1", "INV-2"], position, both, paying={"bank-ana": cad("50"), "card-ana": cad("50")})
    designated = [[(one.to, one.amount) for one in payment.designations] for payment in found.payments]
    assert designated == [
        [("C-1", cad("30")), ("C-2", cad("20"))],
        [("C-2", cad("10")), ("C-3", cad("40"))],
    ]


def test_r53_a_leg_is_named_after_the_payers_own_name_for_it() -> None:
    place = portal(contacts=contact(), methods=[card(nickname="Ana Roy"), bank()])
    found = asked(["INV-1"], HUNDRED, place, paying={"card-ana": Percent(60), "bank-ana": Percent(40)})
    assert [leg.label for leg in found.legs] == ["bank account ending in 6789", "credit card Ana Roy"]
    assert [(leg.method, leg.payment_type, leg.settles_at_once) for leg in found.legs] == [
        ("bank-ana", "ach", False),
        ("card-ana", "credit_card", True),
    ]
    assert found.legs[0] == QuoteLeg(
        "bank-ana",
        "bank account ending in 6789",
        "ach",
        False,
        cad("40"),
        cad("0"),
        None,
    )
