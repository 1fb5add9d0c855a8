"""One missed rent in January and eleven months paid on time: one late fee, not twelve, and why.

The tenant pays nothing in January, and each later rent on its day, saying which month it is for. The lease asks for 5%
of what is owed after four free days. By a rule that assesses each charge once, that is one fee. A rule that looks at
the balance of each month charges the same rent twelve times; a loop that charges whoever owes anything charges fees on
fees.

The same tenant, saying nothing of months, is late each month where money goes to the oldest debt: February's payment
pays January, so February's is missing, and so on. Which rent is late is for the order of application to say, and not
for the fee.

Run it: python examples/one_missed_rent.py
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from arledger import (
    BALANCE_EACH_PERIOD,
    HALF_UP,
    NEWEST_FIRST,
    OLDEST_FIRST,
    Category,
    Charge,
    Designation,
    FreeDays,
    LateFeeRule,
    Ledger,
    Money,
    Order,
    Payment,
    assess,
    fee,
    record,
    replay,
)

MONTHS, JANUARY, FIRST_FEE = range(1, 13), range(1, 2), 6
FIVE_PERCENT = fee.percent(5, of=fee.OWED)
ONCE = LateFeeRule(amount=FIVE_PERCENT, grace=FreeDays(4))
EACH_MONTH = LateFeeRule(amount=FIVE_PERCENT, grace=FreeDays(4), occurs=BALANCE_EACH_PERIOD)

Job = Callable[[Ledger, date], list[Charge]]
"""What a job charges at the end of a day."""


def cad(amount: str) -> Money:
    """An amount in Canadian dollars."""
    return Money(amount, "CAD")


def a_year(*, named: bool) -> Ledger:
    """Twelve rents, and the payments of all of them but January's."""
    entries: list[Charge | Payment] = []
    for month in MONTHS:
        first = date(2026, month, 1)
        rent = Charge(f"rent-{month:02}", cad("1000"), due=first, category=Category.RENT)
        entries.append(rent)
        if month > 1:
            wishes = [Designation(rent.id)] if named else []
            entries.append(Payment(f"paid-{month:02}", rent.amount, received=first, designations=wishes))
    return Ledger("CAD", entries)


def by_rule(rule: LateFeeRule, order: Order = OLDEST_FIRST) -> Job:
    """A job that assesses a rule."""

    def job(books: Ledger, day: date) -> list[Charge]:
        return list(assess(rule, replay(books, by=order, as_of=day), on=day).charges)

    return job


def naive(books: Ledger, day: date) -> list[Charge]:
    """A job that charges 5% to whoever has a balance; it must run once a month, or it charges again."""
    owed = replay(books, by=OLDEST_FIRST, as_of=day).total_open
    if day.day != FIRST_FEE or not owed:
        return []
    amount = owed.times(Fraction(5, 100), rounding=HALF_UP)
    return [Charge(f"naive-{day}", amount, due=day, category=Category.LATE_FEE)]


def run(job: Job, books: Ledger, months: range = MONTHS) -> tuple[Ledger, list[Money]]:
    """Run a job on three days of each month: the books after it, and what each month was charged."""
    charged = []
    for month in months:
        fees = cad("0")
        for day in (date(2026, month, number) for number in (FIRST_FEE - 1, FIRST_FEE, 28)):
            charges = job(books, day)
            books = record(books, charges)
            fees += sum((charge.amount for charge in charges), cad("0"))
        charged.append(fees)
    return books, charged


def title(text: str) -> None:
    """A heading."""
    print(f"{text}\n{'=' * len(text)}\n")


def why(rule: LateFeeRule, books: Ledger, day: date) -> str:
    """What a rule makes of a day, and why."""
    return assess(rule, replay(books, by=OLDEST_FIRST, as_of=day), on=day).explanation


def main() -> None:
    """Run each job over the year, and compare."""
    named, unnamed = a_year(named=True), a_year(named=False)
    runs = {
        "each charge once": run(by_rule(ONCE), named),
        "balance each month": run(by_rule(EACH_MONTH), named),
        "naive loop": run(naive, named),
        "months not named": run(by_rule(ONCE), unnamed),
        "newest first": run(by_rule(ONCE, NEWEST_FIRST), unnamed),
    }
    title("Late fees, month by month")
    print("month    ", *(f"{name:>18}" for name in runs))
    for month in MONTHS:
        print(f"2026-{month:02}  ", *(f"{charged[month - 1].amount:>18}" for _, charged in runs.values()))
    print("in all   ", *(f"{sum(charged, cad('0')).amount:>18}" for _, charged in runs.values()))
    end = [replay(books, by=OLDEST_FIRST, as_of=date(2026, 12, 31)) for books, _ in runs.values()]
    print("balance  ", *(f"{position.balance.amount:>18}" for position in end), end="\n\n")

    title("Why there is a fee in January")
    print(why(ONCE, named, date(2026, 1, 6)), end="\n\n")

    title("Why there is none in February")
    print(why(ONCE, run(by_rule(ONCE), named, JANUARY)[0], date(2026, 2, 6)), end="\n\n")

    title("Why there is one in February, where the balance of each month is assessed")
    print(why(EACH_MONTH, run(by_rule(EACH_MONTH), named, JANUARY)[0], date(2026, 2, 6)), end="\n\n")

    title("Why there is one in February, where the payments name no month and go to the oldest debt")
    books, _ = run(by_rule(ONCE), unnamed, JANUARY)
    print(replay(books, by=OLDEST_FIRST, as_of=date(2026, 2, 6)).explanation, end="\n\n")
    print(why(ONCE, books, date(2026, 2, 6)))


if __name__ == "__main__":
    main()
