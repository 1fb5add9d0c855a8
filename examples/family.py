"""A family pays for a resident: once by ALIS's rules, once by RapidWorks's.

Rosa Marsh lives in a community. Her daughter Ana pays the care, her son Ben the hairdresser; a clerk may look. They do
the same things in two portals:

- flexible, as in ALIS Connect: all that is outstanding, or chosen invoices with any amount up to what is payable, split
  over two methods;
- exact, as in RapidWorks's portal: whole invoices, by one method, and exactly what they come to.

A bank debit is netted from what is payable while it is at the bank, and when it comes back, it is payable again. Then
Ben's invoice is addressed to Ana, who pays it.

Run it: python examples/family.py
"""

from __future__ import annotations

from datetime import date

import attrs

from arledger import (
    EXACT,
    FLEXIBLE,
    OLDEST_FIRST,
    OUTSTANDING,
    AccessLevel,
    Bearer,
    BillingTeam,
    Category,
    Charge,
    CheckoutPolicy,
    Contact,
    ContactKind,
    Invoice,
    InvoiceStatus,
    Ledger,
    MethodKind,
    Money,
    Payment,
    PaymentMethod,
    PaymentMethods,
    PaymentTypes,
    Percent,
    Portal,
    Position,
    ProcessingFee,
    Readdressed,
    Receipt,
    Refusal,
    Refused,
    Return,
    ReturnReason,
    access,
    balances_text,
    fee,
    quote,
    readdress,
    receipt_events,
    receipt_text,
    record,
    replay,
    shown_invoices,
    submit,
    wallet,
    with_status,
)

MARCH_9, MARCH_12, MARCH_13 = date(2026, 3, 9), date(2026, 3, 12), date(2026, 3, 13)
CARD_FEE = ProcessingFee(fee.percent("2.9", of=fee.FACE), types="credit_card", borne_by=Bearer.PAYER)
AGREED = "I authorise the community to take this amount, on this day."
INVOICES = [
    Invoice("INV-5", date=date(2026, 2, 1), number="5", due=date(2026, 2, 28), payer="ana"),
    Invoice("INV-7", date=date(2026, 3, 1), number="7", due=date(2026, 3, 31), payer="ana"),
    Invoice("INV-8", date=date(2026, 3, 4), number="8", due=date(2026, 3, 31), payer="ben"),
]


def usd(amount: str) -> Money:
    """So many dollars."""
    return Money(amount, "USD")


def books() -> Ledger:
    """Rosa's account: February's care is paid but for 200.00, March's is open."""
    february, march = date(2026, 2, 1), date(2026, 3, 1)
    due = date(2026, 2, 28), date(2026, 3, 31)
    return Ledger(
        "USD",
        [
            Charge("CARE-02", usd("3200"), due=due[0], posted=february, category=Category.RENT, invoice="INV-5"),
            Charge("MEDS-02", usd("145.50"), due=due[0], posted=february, category=Category.FEE, invoice="INV-5"),
            Payment("P-1", usd("3000"), received=date(2026, 2, 20), payer="ana", method="check"),
            Charge("CARE-03", usd("3200"), due=due[1], posted=march, category=Category.RENT, invoice="INV-7"),
            Charge("HAIR-03", usd("60"), due=due[1], posted=date(2026, 3, 4), invoice="INV-8", payer="ben"),
        ],
    )


def family() -> list[Contact]:
    """Ana and Ben may pay, the clerk may look: all three were invited, and registered."""
    people = [
        Contact("C-1", payer="ana", kind=ContactKind.FAMILY, email="ana@example.org"),
        Contact("C-2", payer="ben", kind=ContactKind.FAMILY, email="ben@example.org"),
        Contact("C-3", payer="ana", kind=ContactKind.GUARDIAN, email="clerk@example.org"),
    ]
    levels = [AccessLevel.BILLING, AccessLevel.BILLING, AccessLevel.READ]
    return [
        access.activate(access.invite(contact, level=level, authorised=True))
        for contact, level in zip(people, levels, strict=True)
    ]


def methods() -> PaymentMethods:
    """What the two have saved; Ana's old card is disabled."""
    saved = PaymentMethods()
    for method in (
        PaymentMethod("M-1", MethodKind.BANK_ACCOUNT, payer="ana", last_four="6789", nickname="Rosa Marsh"),
        PaymentMethod("M-2", MethodKind.CREDIT_CARD, payer="ana", last_four="4242", expires=date(2028, 5, 31)),
        PaymentMethod("M-3", MethodKind.DEBIT_CARD, payer="ana", last_four="1111"),
        PaymentMethod("M-4", MethodKind.BANK_ACCOUNT, payer="ben", last_four="0007"),
    ):
        saved = wallet.add(saved, method)
    return wallet.make_default(wallet.disable(saved, "M-3"), "M-1")


def portal(policy: CheckoutPolicy, contacts: list[Contact]) -> Portal:
    """The portal of the community, with one way to be paid or the other."""
    return Portal(
        invoices=INVOICES,
        contacts=contacts,
        methods=methods(),
        policy=attrs.evolve(policy, fees=CARD_FEE, authorisation=AGREED),
        types=PaymentTypes(
            accepted=["ach", "check", "credit_card", "debit_card"],
            resident_portal=["ach", "credit_card", "debit_card"],
        ),
        account="Rosa Marsh",
    )


def standing(ledger: Ledger, on: date) -> Position:
    """What the account comes to on a day."""
    return replay(ledger, by=OLDEST_FIRST, as_of=on)


def show(place: Portal, position: Position, by: str | BillingTeam) -> None:
    """What somebody sees."""
    seen = shown_invoices(place, position, by=by)
    print(f"{by} sees:\n{seen if isinstance(seen, Refusal) else balances_text(seen, position.as_of)}\n")


def paid(receipt: Receipt | Refused) -> Receipt:
    """A receipt, which was not refused."""
    assert isinstance(receipt, Receipt), receipt
    return receipt


def flexible() -> None:
    """A day at ALIS Connect, and the three after it."""
    print("Flexible, as in ALIS Connect\n")
    place, ledger = portal(FLEXIBLE, family()), books()
    today = standing(ledger, MARCH_9)
    show(place, today, "C-1")
    show(place, today, "C-2")

    print("The clerk tries to pay, Ana tries Ben's invoice, too much, and her old card:")
    print(quote(OUTSTANDING, today, place, by="C-3", paying="M-1"))
    print(quote({"INV-8": None, "INV-5": usd("400")}, today, place, by="C-1", paying="M-3"))

    print("\nAna pays February and 1,000.00 of March, 60% from the bank and 40% by card. She verifies:\n")
    asked = quote(
        {"INV-5": None, "INV-7": usd("1000")},
        today,
        place,
        by="C-1",
        paying={"M-1": Percent(60), "M-2": Percent(40)},
    )
    assert not isinstance(asked, Refused)
    print(asked)
    receipt = paid(submit(asked, today, place, transaction="T-1001"))
    ledger = record(ledger, receipt.entries)
    print("\nShe submits, presses the button again, and once more three days later:\n")
    print(receipt_text(receipt, locale="en_US"))
    print(submit(asked, standing(ledger, MARCH_9), place, transaction="T-1002"))
    print(submit(asked, standing(books(), MARCH_12), place, transaction="T-1003"))

    print("\nWhile the debit is at the bank, it is netted:\n")
    show(place, standing(ledger, MARCH_9), "C-1")
    (debit, _) = receipt.quote.payments
    ledger = record(ledger, [Return("N-1", debit.id, on=MARCH_12, reason=ReturnReason.INSUFFICIENT_FUNDS)])
    later = standing(ledger, MARCH_12)
    print("It comes back, and is payable again:\n")
    show(place, later, "C-1")
    for event in receipt_events(receipt, later):
        print(event)


def exact() -> None:
    """The same at RapidWorks."""
    print("\n\nExact, as in RapidWorks's portal: one login a customer, so the clerk has none\n")
    place, ledger = portal(EXACT, family()[:2]), books()
    today = standing(ledger, MARCH_9)
    seen = shown_invoices(place, today, by="C-1")
    assert not isinstance(seen, Refusal)
    unpaid = with_status(seen, InvoiceStatus.UNPAID, InvoiceStatus.PART_PAID)
    print(f"Ana filters by status: {', '.join(balance.id for balance in unpaid)}\n")
    print("She tries a part of an invoice, and two methods:")
    print(quote({"INV-7": usd("1000")}, today, place, by="C-1", paying="M-1"))
    print(quote(["INV-5"], today, place, by="C-1", paying={"M-1": Percent(60), "M-2": Percent(40)}))
    print("\nShe selects both, and pays exactly what they come to:\n")
    asked = quote(["INV-5", "INV-7"], today, place, by="C-1", paying="M-1")
    assert not isinstance(asked, Refused)
    print(asked)
    receipt = paid(submit(asked, today, place, transaction="T-2001"))
    ledger = record(ledger, receipt.entries)
    print(f"\n{receipt.transaction} is {receipt.state.value}\n")

    print("Ben's invoice is addressed to Ana:\n")
    moved = readdress(INVOICES[2], standing(ledger, MARCH_13), to="ana", on=MARCH_13)
    assert isinstance(moved, Readdressed)
    for entry in moved.entries:
        print(f"  {type(entry).__name__} {entry.id}: {entry.amount}")
    ledger = record(ledger, moved.entries)
    place = attrs.evolve(place, invoices=[*INVOICES[:2], moved.invoice])
    print()
    show(place, standing(ledger, MARCH_13), "C-1")
    show(place, standing(ledger, MARCH_13), "C-2")
    print("The billing team pays it for her, with the card that she has saved:\n")
    by_team = quote(["INV-8"], standing(ledger, MARCH_13), place, by=BillingTeam("ana"), paying="M-2")
    assert not isinstance(by_team, Refused)
    print(paid(submit(by_team, standing(ledger, MARCH_13), place, transaction="T-2002")))


if __name__ == "__main__":
    flexible()
    exact()
