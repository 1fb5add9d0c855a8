"""Invoice balances: what is outstanding, at the bank and payable, the status of it, and lists of them. R51, R52."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from account_facts import cad, day, granted, paid
from arledger import (
    SETTLE_DUE,
    Designation,
    Dispute,
    InvoiceBalance,
    InvoiceStatus,
    PaymentState,
    balances_text,
    invoice_balances,
    where,
    with_status,
)
from arledger.payers.invoices import KnownPayments
from ledger_facts import returned, reversal, step
from portal_facts import TODAY, care, invoice, outstanding, standing

DUE = invoice(due=day(5), number="7")


def balance(outstanding: str, amount: str | None = None, pending: str = "0", disputed: str = "0") -> InvoiceBalance:
    """The balance of an invoice that is due on the 5th."""
    whole = cad(outstanding if amount is None else amount)
    left, at_the_bank, contested = cad(outstanding), cad(pending), cad(disputed)
    return InvoiceBalance(invoice=DUE, outstanding=left, amount=whole, pending=at_the_bank, disputed=contested)


@pytest.mark.parametrize(
    ("found", "status", "payable", "offered"),
    [
        (balance("300"), InvoiceStatus.UNPAID, "300.00", "300.00"),
        (balance("200", "300"), InvoiceStatus.PART_PAID, "200.00", "200.00"),
        (balance("300", "300", "100"), InvoiceStatus.PART_PAID, "200.00", "200.00"),
        (balance("300", "300", "300"), InvoiceStatus.PENDING, "0.00", "0.00"),
        (balance("200", "300", "200"), InvoiceStatus.PENDING, "0.00", "0.00"),
        (balance("0", "300"), InvoiceStatus.PAID, "0.00", "0.00"),
        (balance("300", disputed="40"), InvoiceStatus.UNPAID, "300.00", "260.00"),
        (balance("300", pending="280", disputed="40"), InvoiceStatus.PART_PAID, "20.00", "0.00"),
        (balance("0"), InvoiceStatus.PAID, "0.00", "0.00"),
    ],
)
def test_r52_a_status_follows_from_the_amounts(
    found: InvoiceBalance, status: InvoiceStatus, payable: str, offered: str
) -> None:
    """R52: unpaid, part paid, pending, paid; R51: payable is outstanding less what is at the bank."""
    assert (found.status, str(found.payable.amount), str(found.offered.amount)) == (status, payable, offered)
    assert repr(status) == f"InvoiceStatus.{status.name}"


def test_r52_a_void_invoice_is_void_whatever_it_came_to() -> None:
    assert InvoiceBalance(invoice=DUE, outstanding=cad("0"), is_void=True).status is InvoiceStatus.VOID


def test_r52_overdue_is_a_flag_beside_the_status() -> None:
    """R52: after its day, while something is payable; what is at the bank counts as paid."""
    assert [balance("300").is_overdue(day(number)) for number in (4, 5, 6)] == [False, False, True]
    assert balance("200", "300").is_overdue(TODAY)
    assert not balance("300", pending="300").is_overdue(TODAY)
    assert not balance("0", "300").is_overdue(TODAY)
    assert not InvoiceBalance(invoice=invoice(), outstanding=cad("300")).is_overdue(date.max)


def test_r51_what_a_host_leaves_out_follows_from_what_is_outstanding() -> None:
    found = InvoiceBalance(invoice=DUE, outstanding=cad("300"), knows=["P-2", "P-1"])
    assert (found.amount, found.pending, found.disputed) == (cad("300"), cad("0"), cad("0"))
    assert (found.as_of, found.is_void, found.knows) == (None, False, KnownPayments(["P-1", "P-2"]))
    assert (found.id, found.currency) == ("INV-1", "CAD")


def test_r51_an_invoice_comes_to_its_charges_of_its_payer_and_of_nobody() -> None:
    """R49, R51: those of other payers are no part of it, and charges of no invoice of none."""
    charges = [
        care("C-1", "100"),
        care("C-2", "20", payer="ana"),
        care("C-3", "3", payer="ben"),
        care("C-4", "50", of=None),
        care("C-5", "7", of="INV-2"),
    ]
    position = standing(*charges)
    both = invoice(), invoice("INV-2", None)
    assert outstanding(position, *both) == {"INV-1": ("120.00", "120.00"), "INV-2": ("7.00", "7.00")}
    assert outstanding(position, invoice(payer="ben")) == {"INV-1": ("103.00", "103.00")}
    assert outstanding(position, invoice(payer=None)) == {"INV-1": ("100.00", "100.00")}


def test_r51_invoices_without_a_charge_are_left_out() -> None:
    position = standing(care())
    assert invoice_balances(position, [invoice("INV-9"), invoice()])[0].id == "INV-1"
    assert invoice_balances(position, invoice("INV-9")) == ()
    assert invoice_balances(standing(care(due=20)), invoice()) == ()
    assert invoice_balances(position, []) == ()


def test_r51_a_balance_says_of_which_day_it_is_and_what_it_reckons_with() -> None:
    """R57: the payments that have come, whatever became of them; one of a later day takes nothing off yet."""
    payments = [paid("P-2", "100"), paid("P-1", "5", 5), paid("P-3", "9", 20), returned("N-1", "P-1", 7)]
    (found,) = invoice_balances(standing(care(), *payments), DUE)
    assert (found.as_of, tuple(found.knows)) == (TODAY, ("P-1", "P-2"))
    assert (found.amount, found.outstanding) == (cad("900"), cad("800"))
    (known,) = invoice_balances(standing(care(), *payments, known=TODAY), DUE)
    assert (tuple(known.knows), "P-1" in known.knows, "P-3" in known.knows) == (("P-1", "P-2"), True, False)


def test_r52_what_is_at_the_bank_is_netted_and_restored_when_it_fails() -> None:
    """R52, R57: a bank debit counts until it is rejected or returned; a settled one counts for good."""
    pulled = paid("P-1", "900", 6), step("P-1", PaymentState.PENDING, 6)
    courses = {
        (): ("900.00", "0.00", InvoiceStatus.PENDING),
        (step("P-1", PaymentState.SETTLED, 8),): ("0.00", "0.00", InvoiceStatus.PAID),
        (step("P-1", PaymentState.REJECTED, 8),): ("900.00", "900.00", InvoiceStatus.UNPAID),
        (returned("N-1", "P-1", 8),): ("900.00", "900.00", InvoiceStatus.UNPAID),
        (returned("N-1", "P-1", 8, "100"),): ("900.00", "100.00", InvoiceStatus.PART_PAID),
    }
    for steps, (open_text, payable, status) in courses.items():
        (found,) = invoice_balances(standing(care(), *pulled, *steps), DUE)
        assert (str(found.outstanding.amount), str(found.payable.amount), found.status) == (open_text, payable, status)
        (before,) = invoice_balances(standing(care(), *pulled, *steps, on=7), DUE)
        assert before.status is InvoiceStatus.PENDING


def test_r52_an_invoice_is_void_when_all_its_charges_are_taken_back() -> None:
    both = care("C-1", "100"), care("C-2", "20")
    (found,) = invoice_balances(standing(*both, reversal("R-1", "C-1", 6)), DUE)
    assert (found.status, found.amount, found.outstanding) == (InvoiceStatus.UNPAID, cad("20"), cad("20"))
    (void,) = invoice_balances(standing(*both, reversal("R-1", "C-1", 6), reversal("R-2", "C-2", 7)), DUE)
    assert (void.status, void.amount, void.outstanding) == (InvoiceStatus.VOID, cad("0"), cad("0"))
    assert not void.is_overdue(TODAY)


def test_r51_a_credit_lowers_what_is_outstanding() -> None:
    (found,) = invoice_balances(standing(care(), granted("K-1", "100")), DUE)
    assert (found.status, found.outstanding, found.amount) == (InvoiceStatus.PART_PAID, cad("800"), cad("900"))


def test_r51_what_is_disputed_is_payable_and_not_offered() -> None:
    """R8, R51: what is at the bank or settled is not disputed twice."""
    contested = care(amount="100", disputed=Dispute(cad("40"))), care("C-2", "10", disputed=True)
    (found,) = invoice_balances(standing(*contested), DUE)
    assert (found.disputed, found.payable, found.offered) == (cad("50"), cad("110"), cad("60"))
    (part,) = invoice_balances(standing(*contested, paid("P-1", "60")), DUE)
    assert (part.outstanding, part.disputed, part.offered) == (cad("50"), cad("50"), cad("0"))


def test_r52_balances_are_filtered_by_status_and_by_what_is_overdue() -> None:
    unpaid, part, gone = balance("300"), balance("200", "300"), balance("0", "300")
    all_of_them = (unpaid, part, gone)
    assert with_status(all_of_them) == all_of_them
    assert with_status(iter(all_of_them), InvoiceStatus.UNPAID) == (unpaid,)
    assert with_status(all_of_them, InvoiceStatus.PAID, InvoiceStatus.PART_PAID) == (part, gone)
    assert with_status(all_of_them, InvoiceStatus.VOID) == ()
    assert with_status(all_of_them, overdue_on=TODAY) == (unpaid, part)
    assert with_status(all_of_them, InvoiceStatus.PART_PAID, InvoiceStatus.PAID, overdue_on=TODAY) == (part,)
    assert with_status(all_of_them, overdue_on=day(5)) == ()


def test_r52_balances_print_as_a_list_with_the_overdue_ones_marked() -> None:
    other = InvoiceBalance(invoice=invoice("INV-2", on=2), outstanding=cad("20"), pending=cad("20"))
    assert balances_text([balance("200", "300"), other], TODAY).splitlines() == [
        "invoice  date        due         status     overdue  invoiced  outstanding  pending  payable",
        "-------  ----------  ----------  ---------  -------  --------  -----------  -------  -------",
        "7        2026-03-01  2026-03-05  part paid  yes        300.00       200.00     0.00   200.00",
        "INV-2    2026-03-02              pending                20.00        20.00    20.00     0.00",
    ]
    assert "yes" not in balances_text([balance("200", "300"), other], day(5))


def test_r57_money_that_waits_for_a_charge_to_be_due_is_payable_only_once() -> None:
    """R51: what is kept for an invoice until it is due may not be paid a second time."""
    promised = paid("P-1", "900", designations=[Designation("C-1", cad("900"))])
    (found,) = invoice_balances(standing(care(due=31, posted=day(1)), promised, settle=SETTLE_DUE), invoice())
    assert found.payable == cad("0")


def test_r57_a_payment_that_is_only_scheduled_is_not_in_a_balance() -> None:
    """It takes nothing off what is payable, so that its posting has to."""
    planned = paid("P-1", "900"), step("P-1", PaymentState.SCHEDULED, 9)
    (found,) = invoice_balances(standing(care(), *planned), invoice())
    assert (found.payable, tuple(found.knows)) == (cad("900"), ())
    (sent,) = invoice_balances(standing(care(), *planned, step("P-1", PaymentState.PENDING, 10), on=10), invoice())
    assert (sent.payable, tuple(sent.knows)) == (cad("0"), ("P-1",))


@pytest.mark.parametrize("to", ["C-1", where.invoice("INV-1")])
def test_r51_what_a_scheduled_payment_will_pay_is_netted(to: Any) -> None:
    """R51: a pull that stands in the books for a later day is paid by nobody before it; if it is cancelled, it is."""
    pulled = paid("P-1", "700", 12, posted=day(2), designations=[Designation(to, cad("700"))])
    planned = paid("P-2", "150", 2, designations=[Designation(to, cad("150"))]), step("P-2", PaymentState.SCHEDULED, 2)
    (found,) = invoice_balances(standing(care(), pulled, *planned), invoice())
    assert (found.payable, found.pending, tuple(found.knows)) == (cad("50"), cad("850"), ("P-1", "P-2"))
    gone = step("P-2", PaymentState.CANCELLED, 5)
    (left,) = invoice_balances(standing(care(), pulled, *planned, gone), invoice())
    assert (left.payable, tuple(left.knows)) == (cad("200"), ("P-1", "P-2"))
    (come,) = invoice_balances(standing(care(), pulled, *planned, gone, on=12), invoice())
    assert (come.payable, come.outstanding) == (cad("200"), cad("200"))


def test_r57_what_is_kept_for_a_charge_is_netted_also_where_the_rest_goes_on() -> None:
    """R57: with designations first, only what is reserved is promised, and what the order took is not."""
    owed = [care(due=31, posted=day(1)), care("C-2", "60", of=None, due=2)]
    kept = paid("P-1", "500", 2, designations=[Designation("C-1", cad("400"))])
    terms: dict[str, Any] = {"settle": SETTLE_DUE, "designations": "first"}
    (found,) = invoice_balances(standing(*owed, kept, **terms), invoice())
    assert (found.payable, found.pending) == (cad("500"), cad("0"))


def test_r51_no_more_is_promised_to_a_charge_than_is_open_of_it() -> None:
    owed = [care(), care("C-2", "100", due=5)]
    pulled = paid("P-1", "950", 12, posted=day(2), designations=[Designation(where.invoice("INV-1"))])
    twice = paid("P-2", "900", 13, posted=day(2), designations=[Designation("C-1")])
    (found,) = invoice_balances(standing(*owed, pulled, twice), invoice())
    assert (found.payable, found.pending) == (cad("0"), cad("1000"))
    (alone,) = invoice_balances(standing(*owed, pulled), invoice())
    assert (alone.payable, alone.pending) == (cad("50"), cad("950"))


@pytest.mark.parametrize("fund", ["operating", "trust"])
@pytest.mark.parametrize("at_the_bank", [False, True])
def test_r57_money_for_an_invoice_that_is_not_due_is_payable_only_once(*, at_the_bank: bool, fund: str) -> None:
    """R57: also where only a part of the invoice is due, and where two payments wait for one charge."""
    owed = [care(due=31, posted=day(1)), care("C-2", "100", due=1)]
    promised = [
        paid("P-1", "700", designations=[Designation(where.invoice("INV-1"), cad("700"))], fund=fund),
        paid("P-2", "250", designations=[Designation("C-1")], fund=fund),
    ]
    steps = [step(one.id, PaymentState.PENDING, one.received.day) for one in promised if at_the_bank]
    for entries, payable in ((promised[:1], "300"), (promised, "50")):
        known = [one for one in steps if one.payment in {entry.id for entry in entries}]
        (found,) = invoice_balances(standing(*owed, *entries, *known, settle=SETTLE_DUE), invoice())
        assert (found.payable, bool(found.pending)) == (cad(payable), at_the_bank)


def test_r57_money_for_another_payers_charge_or_another_invoice_is_kept_for_neither() -> None:
    """R57: a selector keeps money only for what it names, and what its payer owes."""
    owed = [care(due=31, posted=day(1)), care("C-2", "100", due=31, posted=day(1), payer="ben")]
    promised = paid("P-1", "2000", payer="ana", designations=[Designation(where.invoice("INV-1", "INV-2"))])
    position = standing(*owed, promised, care("C-3", "50", "INV-2", due=31, posted=day(1)), settle=SETTLE_DUE)
    found = invoice_balances(position, [invoice(), invoice("INV-2"), invoice("INV-3")])
    assert [str(one.payable.amount) for one in found] == ["0.00", "0.00"]
    (of_ben,) = invoice_balances(standing(*owed, promised, settle=SETTLE_DUE), invoice(payer="ben"))
    assert of_ben.payable == cad("100")
    (ignored,) = invoice_balances(standing(*owed, promised, settle=SETTLE_DUE, designations="ignore"), invoice())
    assert ignored.payable == cad("900")
