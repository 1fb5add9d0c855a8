"""Re-addressing: what is payable moves to another payer, and what was paid stays. Rule R49."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from account_facts import cad, day, granted, paid, tax
from arledger import (
    Category,
    Charge,
    Credit,
    CreditKind,
    Designation,
    Dispute,
    FreeDays,
    Invoice,
    LateFeeRule,
    PaymentState,
    Position,
    Readdressed,
    Refusal,
    RefusalKind,
    assess,
    fee,
    readdress,
)
from ledger_facts import returned, reversal, step
from portal_facts import TODAY, care, invoice, later, outstanding, standing

OWED = care(payer="ana", category=Category.RENT, code="CARE", sequence=3, tags=["x"], recurring=True)


def moved(
    position: Position, to: str | None = "ben", what: Invoice | None = None, on: date = TODAY
) -> tuple[Readdressed, Position]:
    """An invoice that was re-addressed, and the position in which that is recorded."""
    found = readdress(invoice() if what is None else what, position, to=to, on=on)
    assert isinstance(found, Readdressed), found
    after = later(position, *found.entries)
    assert (after.balance, after.total_open) == (position.balance, position.total_open)
    assert [one for one in after.history if one.on < on] == [one for one in position.history if one.on < on]
    return found, after


def test_r49_what_is_open_is_charged_to_the_new_payer_and_what_was_paid_stays() -> None:
    """R49: the charge is the same but for its payer, its amount, and its days: the new payer is not late yet."""
    position = standing(OWED, paid("P-1", "400", 2, payer="ana"))
    found, after = moved(position)
    assert found.invoice == invoice(payer="ben")
    assert found.entries == (
        Credit(
            "C-1/moved@2026-03-09",
            cad("500"),
            granted=TODAY,
            kind=CreditKind.ADJUSTMENT,
            category=Category.RENT,
            code="CARE",
            designations=[Designation("C-1", cad("500"))],
        ),
        attrs.evolve(OWED, id="C-1/of ben", amount=cad("500"), payer="ben", due=TODAY, posted=TODAY),
    )
    assert {name: str(money) for name, money in after.open.items()} == {"C-1": "0.00 CAD", "C-1/of ben": "500.00 CAD"}
    assert after.settles["P-1"] == {"C-1": cad("400")}
    assert outstanding(after, found.invoice) == {"INV-1": ("500.00", "500.00")}


def test_r49_what_is_not_due_yet_stays_due_when_it_was() -> None:
    found, _ = moved(standing(care(payer="ana", due=31, posted=day(1))))
    assert [(entry.due, entry.posted) for entry in found.entries if isinstance(entry, Charge)] == [(day(31), TODAY)]


def test_r49_the_new_payer_is_charged_no_late_fee_for_days_before_the_move() -> None:
    """And the fee of the old one stays: each is late by themselves."""
    rule = LateFeeRule(amount=fee.flat(cad("50")), grace=FreeDays(5))
    position = standing(care(payer="ana", due=1))
    late = assess(rule, position, on=TODAY, payers=["ana", "ben"])
    assert [charge.payer for charge in late.charges] == ["ana"]
    _, after = moved(later(position, *late.charges))
    assert assess(rule, after, on=day(14), payers=["ana", "ben"]).charges == ()
    assert [charge.payer for charge in assess(rule, after, on=day(15), payers=["ana", "ben"]).charges] == ["ben"]


def test_r49_what_a_scheduled_payment_will_pay_does_not_move() -> None:
    planned = paid("P-1", "900", 12, payer="ana", designations=[Designation("C-1", cad("900"))], posted=day(2))
    position = standing(care(payer="ana", due=1), planned)
    refusal = readdress(invoice(), position, to="ben", on=TODAY)
    assert isinstance(refusal, Refusal)
    assert refusal.kind is RefusalKind.UNDER_WAY


def test_r49_a_part_that_is_paid_stays_with_whoever_paid_it() -> None:
    position = standing(OWED, care("C-2", "60", payer="ana", due=2), paid("P-1", "900", 3, payer="ana"))
    found, after = moved(position)
    assert [entry.id for entry in found.entries] == ["C-2/moved@2026-03-09", "C-2/of ben"]
    assert outstanding(after, found.invoice) == {"INV-1": ("60.00", "60.00")}
    assert after.settles["P-1"] == {"C-1": cad("900")}


def test_r49_the_new_payers_money_settles_it_and_the_old_ones_does_not() -> None:
    found, after = moved(standing(OWED))
    by_ana = later(after, paid("P-1", "900", 9, payer="ana"))
    assert outstanding(by_ana, found.invoice) == {"INV-1": ("900.00", "900.00")}
    by_ben = later(after, paid("P-1", "900", 9, payer="ben"))
    assert outstanding(by_ben, found.invoice) == {"INV-1": ("0.00", "0.00")}


def test_r49_a_tax_moves_with_what_it_taxes() -> None:
    position = standing(OWED, tax("T-1", "90", "C-1", invoice="INV-1", payer="ana"))
    found, after = moved(position)
    charges = {entry.id: entry for entry in found.entries if isinstance(entry, Charge)}
    assert charges["T-1/of ben"].about == "C-1/of ben"
    assert outstanding(after, found.invoice) == {"INV-1": ("990.00", "990.00")}


def test_r49_a_tax_on_what_is_paid_stays_about_it() -> None:
    paid_for = paid("P-1", "900", 2, payer="ana", designations=[Designation("C-1")])
    found, after = moved(standing(OWED, tax("T-1", "90", "C-1", invoice="INV-1", payer="ana"), paid_for))
    (charge,) = (entry for entry in found.entries if isinstance(entry, Charge))
    assert (charge.id, charge.about, charge.amount) == ("T-1/of ben", "C-1", cad("90"))
    assert outstanding(after, found.invoice) == {"INV-1": ("90.00", "90.00")}


def test_r49_charges_of_no_payer_stay_and_are_seen_by_the_new_one() -> None:
    """R49: they are anybody's; so are those that are settled, reversed or another payer's."""
    position = standing(
        care("C-1", "100"),
        care("C-2", "20", payer="ana"),
        care("C-3", "3", payer="ana"),
        care("C-4", "4", payer="ben"),
        granted("K-1", "20", 2, designations=[Designation("C-2")]),
        reversal("V-1", "C-3", 3),
    )
    found, after = moved(position)
    assert found == Readdressed(invoice(payer="ben"))
    assert outstanding(after, found.invoice) == {"INV-1": ("104.00", "104.00")}
    assert readdress(invoice(payer=None), position, to="ben", on=TODAY) == found


def test_r49_to_the_account_itself() -> None:
    found, after = moved(standing(OWED), to=None)
    (charge,) = (entry for entry in found.entries if isinstance(entry, Charge))
    assert (charge.id, charge.payer, found.invoice.payer) == ("C-1/of the account", None, None)
    assert outstanding(after, found.invoice) == {"INV-1": ("900.00", "900.00")}


def test_r49_to_the_same_payer_nothing_happens() -> None:
    pending = standing(OWED, paid("P-1", "400", 2, payer="ana"), step("P-1", PaymentState.PENDING, 2))
    assert readdress(invoice(), pending, to="ana", on=TODAY) == Readdressed(invoice())


def test_r49_there_and_back_again_on_one_day_every_entry_has_its_own_id() -> None:
    found, after = moved(standing(OWED))
    back, once_more = moved(after, "ana", found.invoice)
    assert [entry.id for entry in back.entries] == ["C-1/of ben/moved@2026-03-09", "C-1/of ben/of ana"]
    assert outstanding(once_more, back.invoice) == {"INV-1": ("900.00", "900.00")}
    assert outstanding(once_more, found.invoice) == {"INV-1": ("0.00", "0.00")}
    again, last = moved(once_more, "ben", back.invoice)
    assert outstanding(last, again.invoice) == {"INV-1": ("900.00", "900.00")}


def test_r49_what_reopens_moves_under_an_id_that_is_free() -> None:
    position = standing(OWED, paid("P-1", "400", 2, payer="ana"))
    found, after = moved(position)
    reopened = later(after, returned("N-1", "P-1", 9))
    assert reopened.open["C-1"] == cad("400")
    again, last = moved(reopened, "ben", invoice())
    assert [entry.id for entry in again.entries] == ["C-1/moved@2026-03-09#2", "C-1/of ben#2"]
    assert outstanding(last, found.invoice) == {"INV-1": ("900.00", "900.00")}


@pytest.mark.parametrize("amount", ["900", "1"])
def test_r49_nothing_moves_while_a_payment_on_it_is_at_the_bank(amount: str) -> None:
    """R49: refused while pending; when it has settled or failed, it may move again."""
    pulled = OWED, paid("P-1", amount, 2, payer="ana"), step("P-1", PaymentState.PENDING, 2)
    refusal = Refusal(RefusalKind.UNDER_WAY, "a payment on it is at the bank", about="INV-1")
    assert readdress(invoice(), standing(*pulled), to="ben", on=TODAY) == refusal
    settled, _ = moved(standing(*pulled, step("P-1", PaymentState.SETTLED, 8)))
    assert len(settled.entries) == (0 if amount == "900" else 2)
    back, _ = moved(standing(*pulled, returned("N-1", "P-1", 8)))
    assert back.entries[0].amount == cad("900")
    assert readdress(invoice(), standing(*pulled, returned("N-1", "P-1", 8)), to="ben", on=day(7)) == refusal


def test_r49_a_payment_at_the_bank_on_another_invoice_is_in_nobodys_way() -> None:
    other = (
        care("C-2", "50", "INV-2", payer="ana"),
        paid("P-1", "50", 2, payer="ana", designations=[Designation("C-2")]),
    )
    found, _ = moved(standing(OWED, *other, step("P-1", PaymentState.PENDING, 2)))
    assert len(found.entries) == 2


def test_r49_on_a_day_its_position_is_that_of_the_day() -> None:
    position = standing(OWED, paid("P-1", "400", 8, payer="ana"), on=5)
    found = readdress(invoice(), position, to="ben", on=TODAY)
    assert isinstance(found, Readdressed)
    assert found.entries[0].amount == cad("500")


def test_r49_in_closed_books_the_move_is_of_the_first_open_day_and_no_balance_changes() -> None:
    """R44, R49: credit and charge count from one day on, whatever day one looks at."""
    position = standing(OWED, closed_through=day(10))
    found, after = moved(position)
    assert {entry.posted for entry in found.entries} == {day(11)}
    for number in (9, 10, 11, 12):
        assert later(after, on=number).balance == position.balance


@pytest.mark.parametrize("disputed", [True, Dispute(cad("600")), Dispute(cad("40"), day(3), day(20))])
def test_r49_what_is_contested_moves_with_its_dispute(disputed: bool | Dispute) -> None:
    """R8, R49: of a part that is paid nothing is contested any more."""
    contested = attrs.evolve(OWED, disputed=disputed)
    position = standing(contested, paid("P-1", "400", 2, payer="ana", designations=[Designation("C-1")]))
    before, after = position.item("C-1"), moved(position)[1].item("C-1/of ben")
    assert (after.open_minor, after.disputed_minor) == (before.open_minor, before.disputed_minor)
