"""Outcomes for people, as whole texts."""

from __future__ import annotations

from datetime import date

from arledger import OLDEST_FIRST, Charge, Credit, Money, Payment, allocate
from arledger.interchange.accounts import AccountFacts
from arledger.interchange.reports import report_text
from arledger.interchange.results import AccountOutcome

RENT = Charge("R-1", Money("900.00", "CAD"), due=date(2026, 3, 1))
LATE = Charge("L-2", Money("50.00", "CAD"), due=date(2026, 3, 6))
PAID = Payment("M-1", Money("1000.00", "CAD"), received=date(2026, 3, 3))
CREDIT = Credit("K-1", Money("40.00", "CAD"), granted=date(2026, 3, 2))


def outcome(account: str, charges: tuple[Charge, ...], money: tuple[Payment | Credit, ...]) -> AccountOutcome:
    facts = AccountFacts(account, "CAD", charges, money)
    return AccountOutcome(facts, allocate(money, charges, by=OLDEST_FIRST, currency="CAD"))


def test_a_report() -> None:
    outcomes = [outcome("Maple 12", (LATE, RENT), (CREDIT,)), outcome("Oak 3", (), (PAID, CREDIT))]
    assert report_text(outcomes) == (
        "applied\n"
        "\n"
        "account   source  charge  amount  currency  on\n"
        "--------  ------  ------  ------  --------  ----------\n"
        "Maple 12  K-1     R-1      40.00  CAD       2026-03-02\n"
        "\n"
        "still open\n"
        "\n"
        "account   charge  due           open  currency\n"
        "--------  ------  ----------  ------  --------\n"
        "Maple 12  R-1     2026-03-01  860.00  CAD\n"
        "Maple 12  L-2     2026-03-06   50.00  CAD\n"
        "\n"
        "unapplied\n"
        "\n"
        "account  source  date        unapplied  currency\n"
        "-------  ------  ----------  ---------  --------\n"
        "Oak 3    K-1     2026-03-02      40.00  CAD\n"
        "Oak 3    M-1     2026-03-03    1000.00  CAD\n"
        "\n"
        "totals\n"
        "\n"
        "currency  charges    money  applied    open  unapplied\n"
        "--------  -------  -------  -------  ------  ---------\n"
        "CAD        950.00  1080.00    40.00  910.00    1040.00\n"
    )


def test_what_is_zero_is_left_out() -> None:
    settled = outcome("Oak 3", (RENT,), (Payment("M-1", RENT.amount, received=date(2026, 3, 3)),))
    assert report_text([settled]).split("\n\n")[2:4] == ["still open: nothing", "unapplied: nothing"]


def test_a_report_of_nothing() -> None:
    assert report_text([]) == "applied: nothing\n\nstill open: nothing\n\nunapplied: nothing\n\ntotals: nothing\n"


def test_explanations_stand_behind_it_for_each_account() -> None:
    outcomes = [outcome("Maple 12", (LATE, RENT), (CREDIT,)), outcome("Oak 3", (), (PAID, CREDIT))]
    first, second = (of.allocation.explanation for of in outcomes)
    assert report_text(outcomes, explain=True) == (
        f"{report_text(outcomes)}\naccount Maple 12, CAD\n\n{first}\n\naccount Oak 3, CAD\n\n{second}\n"
    )
