"""One account, two Januaries: a payment is found after the month was closed, and another one comes back.

The rent of January seems unpaid, so there is a late fee, and January is closed with 1,050 open. In February the tenant
pays what is asked. On 20 February a payment of 1 January is found in the post: the fee was charged for nothing, and
money that had gone to January is free. In March a bank debit of February comes back, after two later payments. The host
keeps the applications that it has posted, never rewrites one, and posts what ``corrections`` proposes.

Run it: python examples/two_januaries.py
"""

from __future__ import annotations

from datetime import date

import attrs

from arledger import (
    OLDEST_FIRST,
    Application,
    Category,
    Charge,
    Ledger,
    Money,
    Payment,
    PaymentState,
    PaymentStep,
    Position,
    Return,
    ReturnReason,
    aged,
    corrections,
    record,
    replay,
    roll_forward,
    statement_of,
)


def cad(amount: str) -> Money:
    """An amount in Canadian dollars."""
    return Money(amount, "CAD")


def rent(name: str, due: date) -> Charge:
    """A month's rent."""
    return Charge(name, cad("1000"), due=due, category=Category.RENT)


def position(books: Ledger, as_of: date, known: date | None = None) -> Position:
    """What the books come to, oldest debt first."""
    return replay(books, by=OLDEST_FIRST, as_of=as_of, known=known)


def post(posted: list[Application], now: Position) -> None:
    """Post what brings the posted applications to the position, and say what it is."""
    fixes = corrections(posted, now)
    posted.extend(fixes.lines)
    print(f"{fixes}\n")


def title(text: str) -> None:
    """A heading."""
    print(f"{text}\n{'=' * len(text)}\n")


BEFORE, JANUARY, FEBRUARY, MARCH = date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
posted: list[Application] = []

books = Ledger(
    "CAD",
    [
        rent("rent-01", date(2026, 1, 1)),
        Charge("late-01", cad("50"), due=date(2026, 1, 10), category=Category.LATE_FEE, about="rent-01"),
    ],
)

title("January, as it was closed")
closed = position(books, JANUARY)
print(f"{statement_of(position(books, BEFORE), closed)}\n")
books = attrs.evolve(books, closed_through=JANUARY)

title("Posted in February: the tenant pays what is asked")
books = record(
    books,
    [
        rent("rent-02", date(2026, 2, 1)),
        Payment("P-2", cad("1050"), received=date(2026, 2, 5), method="bank debit"),
        PaymentStep("P-2", PaymentState.PENDING, on=date(2026, 2, 5)),
        PaymentStep("P-2", PaymentState.SETTLED, on=date(2026, 2, 9)),
        Payment("P-3", cad("1000"), received=date(2026, 2, 12), method="cash"),
    ],
)
post(posted, position(books, date(2026, 2, 19)))

title("Posted on 20 February: a payment of 1 January was found")
books = record(books, Payment("P-1", cad("1000"), received=date(2026, 1, 1), posted=date(2026, 2, 20)))
found = position(books, date(2026, 2, 20))
fixes = corrections(posted, found)
posted.extend(fixes.lines)
print(f"{fixes}\n")

title("The proposed credit is granted, and what it frees is posted")
books = record(books, fixes.credits)
post(posted, position(books, date(2026, 2, 20)))

title("January, as it is known now")
print(f"{statement_of(position(books, BEFORE), position(books, JANUARY))}\n")
print(f"as known then: {position(books, JANUARY, known=JANUARY).balance}\n")

title("Posted in March: a further rent and payment, and the debit of February comes back")
books = record(
    attrs.evolve(books, closed_through=FEBRUARY),
    [
        rent("rent-03", date(2026, 3, 1)),
        Payment("P-4", cad("100"), received=date(2026, 3, 2), method="cash"),
        Return("N-1", "P-2", on=date(2026, 3, 9), reason=ReturnReason.INSUFFICIENT_FUNDS, code="R01"),
        Charge("nsf-1", cad("25"), due=date(2026, 3, 9), category=Category.NSF_FEE),
    ],
)
now = position(books, MARCH)
post(posted, now)

title("Why the account stands as it does")
print(f"{now.explanation}\n")

title("What is open, by age")
print(f"{aged(now)}\n")

title("The roll-forward of February and March, in the books")
print(roll_forward(closed, now))
