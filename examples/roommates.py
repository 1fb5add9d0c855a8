"""Two roommates at 60/40, five months, four rules: what autopay pulls from whom, and why.

Ana pays 60% and Ben 40% of a rent of 1,000.00. Four households live through the same months, each by another rule:

- keep percent: 60% and 40% of what is charged for the month;
- keep unchanged: 600.00 and 400.00 were agreed; less is pulled where less is owed, and never more;
- fixed: 600.00 and 400.00, whatever is owed;
- full balance: 60% and 40% of all that is open, from Ana at most 620.00 and from Ben at most 450.00.

In June the rent rises to 1,050.00. In July Ana pays 300.00 by hand on the day of the run. In August an increase of
30.00 is applied for, and the policy takes it already. In September Ben's pull bounces and is presented again; in one
case Ana has paid a part of it meanwhile. In October the increase is refused, and the money goes free.

Run it: python examples/roommates.py
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from textwrap import fill

import attrs

from arledger import (
    OLDEST_FIRST,
    Agreement,
    Agreements,
    AutopayPolicy,
    Category,
    Charge,
    Designation,
    Draft,
    Drafts,
    IncreaseState,
    Ledger,
    Money,
    Payment,
    PendingIncrease,
    Percent,
    Position,
    Return,
    ReturnReason,
    autopay_run,
    draft_pulls,
    include,
    monthly,
    pull,
    record,
    release,
    repeated,
    replay,
    retry_pull,
    total,
)

SPRING = date(2026, 4, 15)
POLICY = AutopayPolicy(includes=include.PENDING_INCREASES)
INCREASE = PendingIncrease("AGI-7", Money("30", "CAD"), effective=date(2026, 8, 1))


def cad(amount: int | str) -> Money:
    """An amount in Canadian dollars."""
    return Money(amount, "CAD")


SHARES = {"ana": Percent(60), "ben": Percent(40)}
STORED = {"ana": cad(600), "ben": cad(400)}
MOST = {"ana": cad(620), "ben": cad(450)}
HOUSEHOLDS = {
    "keep percent": [
        Agreement(f"AP-{name}", pull.KEEP_PERCENT, agreed=SPRING, payer=name, shares=share)
        for name, share in SHARES.items()
    ],
    "keep unchanged": [
        Agreement(f"AP-{name}", pull.KEEP_UNCHANGED, agreed=SPRING, payer=name, stored=stored)
        for name, stored in STORED.items()
    ],
    "fixed": [
        Agreement(f"AP-{name}", pull.FIXED, agreed=SPRING, payer=name, stored=stored) for name, stored in STORED.items()
    ],
    "full balance": [
        Agreement(f"AP-{name}", pull.capped(pull.FULL_BALANCE, MOST[name]), agreed=SPRING, payer=name, shares=share)
        for name, share in SHARES.items()
    ],
}

Books = dict[str, Ledger]
"""The books of each household."""


def standing(books: Ledger, day: date) -> Position:
    """An account at the end of a day."""
    return replay(books, by=OLDEST_FIRST, as_of=day)


def run(books: Books, month: int, rent: int, *more: Payment) -> tuple[Books, dict[str, Drafts]]:
    """A month of every household: the rent is billed, more comes in, autopay runs, and its pulls are recorded."""
    first = date(2026, month, 1)
    bill = Charge(f"rent-{month:02}", cad(rent), due=first, category=Category.RENT, recurring=True)
    drafts = {}
    for name, ledger in books.items():
        position = standing(record(ledger, [bill, *more]), first)
        pulls = draft_pulls(
            Agreements(HOUSEHOLDS[name]), position, autopay_run(monthly(1), first), POLICY, increases=[INCREASE]
        )
        books = books | {name: record(position.ledger, pulls.payments)}
        drafts[name] = pulls
    return books, drafts


def say(text: str) -> None:
    """A paragraph."""
    print(fill(" ".join(text.split()), width=112), end="\n\n")


def title(text: str) -> None:
    """A heading."""
    print(f"{text}\n{'=' * len(text)}\n")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows in columns; those of amounts are set right."""
    lines = [header, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    for line in (header, ["-" * width for width in widths], *lines[1:]):
        cells = [
            cell.rjust(width) if name == "CAD" else cell.ljust(width)
            for name, cell, width in zip(header, line, widths, strict=True)
        ]
        print("  ".join(cells).rstrip())
    print()


def how(draft: Draft) -> str:
    """The steps of a sum, in a line."""
    changes = [Money.from_minor(int(step.change), "CAD").amount for step in draft.steps]
    words = ["by the rule", *(step.what for step in draft.steps[1:])]
    return draft.reason or ", ".join(f"{change} {what}" for change, what in zip(changes, words, strict=True))


def what_for(draft: Draft) -> str:
    """The parts of a pull, in a line."""
    parts = ", ".join(f"{part.charge} {part.amount.amount}" for part in draft.parts)
    return parts or ("no charge in particular" if draft.amount else "")


def show(drafts: dict[str, Drafts]) -> None:
    """What is pulled from whom, how it comes to that, what it is for, and what is left."""
    table(
        ("household", "payer", "CAD", "how it comes to that", "for"),
        [
            (name, draft.payer or "", str(draft.amount.amount), how(draft), what_for(draft))
            for name, pulls in drafts.items()
            for draft in pulls.drafts
        ],
    )
    left = [
        (name, held.agreement or "nobody", held.charge, str(held.amount.amount), held.reason)
        for name, pulls in drafts.items()
        if name != "fixed"  # it is for no charge, so it leaves all of them
        for held in pulls.held
    ]
    if left:
        table(("household", "left by", "of", "CAD", "since"), left)


def show_open(books: Books, day: date) -> None:
    """What is open and what is left over, once the pulls of the day are in."""
    print(f"{f'at the end of {day}':26}{'open':>10}{'unapplied':>12}{'reserved':>12}")
    for name, ledger in books.items():
        at = standing(ledger, day)
        sums = (at.total_open, total(at.unapplied.values(), "CAD"), total(at.reserved.values(), "CAD"))
        print(f"{name:24}", *(f"{money.amount:>11}" for money in sums))
    print()


def months_to_july(books: Books) -> Books:
    """An ordinary month, a rise, and a payment by hand."""
    title("May: nothing special")
    books, drafts = run(books, 5, 1000)
    show(drafts)

    title("June: the rent is 1,050.00")
    say(
        """Keep percent follows the rent. Keep unchanged does not: it leaves 50.00. The full balance follows it too,
        but Ana allowed 620.00, and what is over her limit does not move to Ben."""
    )
    books, drafts = run(books, 6, 1050)
    show(drafts)
    show_open(books, date(2026, 6, 1))

    title("July: Ana pays 300.00 by hand, on the day of the run")
    say(
        """By the order of this account the 300.00 settle the oldest debt first. By keep percent what settles July
        lowers Ana's pull: 60% of the month is hers, and she has paid a part of it. Keep unchanged and the full balance
        look at what is left, and each pays a share of that, so both are lowered. Fixed amounts know no balance: they
        leave money over."""
    )
    books, drafts = run(books, 7, 1050, Payment("by-hand", cad(300), received=date(2026, 7, 1), payer="ana"))
    show(drafts)
    show_open(books, date(2026, 7, 1))
    title("July in full, by keep percent")
    print(drafts["keep percent"].explanation, end="\n\n")
    return books


def august(books: Books) -> Books:
    """An increase that is not agreed to yet."""
    title("August: an increase of 30.00 a month is applied for")
    say(
        """It is no charge yet. The policy takes it already, by the same shares, and the money stays reserved for it.
        Keep unchanged takes it beside the stored amount, which was agreed for the rent. The full balance is what is
        open, and an increase is not."""
    )
    books, drafts = run(books, 8, 1050)
    show(drafts)
    show_open(books, date(2026, 8, 1))
    return books


def september(books: Books) -> Books:
    """A pull that bounces, and is presented again."""
    title("September: Ben's pull bounces")
    say(
        """What was left in August is in arrears. Keep unchanged and the full balance take arrears, by the shares and
        the oldest first: so Ben pays his part of what Ana's limit held back a month ago."""
    )
    books, drafts = run(books, 9, 1050)
    show(drafts)
    bounced = "AP-ben/pull@2026-09-01"
    back = Return("back-09", bounced, on=date(2026, 9, 4), reason=ReturnReason.INSUFFICIENT_FUNDS)
    books = {name: record(ledger, [back]) for name, ledger in books.items()}
    say("It comes back on the 4th, for insufficient funds. On the 9th it is presented again, exactly as it was.")
    ninth = date(2026, 9, 9)
    retries = {name: retry_pull(bounced, standing(ledger, ninth), on=ninth) for name, ledger in books.items()}
    table(
        ("household", "CAD", "payment"),
        [
            (name, str(retry.payment.amount.amount), retry.payment.id)
            for name, retry in retries.items()
            if retry.payment is not None
        ],
    )

    say(
        """Had Ana paid 100.00 of the September rent meanwhile, it could not be presented again, since less is payable.
        A new draft pulls what is left:"""
    )
    helped = Payment(
        "by-hand-09", cad(100), received=date(2026, 9, 6), payer="ana", designations=[Designation("rent-09")]
    )
    position = standing(record(books["keep percent"], [helped]), ninth)
    print(f"AP-ben: {retry_pull(bounced, position, on=ninth).reason}\n")
    late = repeated(drafts["keep percent"].run, on=ninth)
    show({"keep percent": draft_pulls(HOUSEHOLDS["keep percent"], position, late, POLICY, increases=[INCREASE])})

    return {
        name: record(ledger, [again]) if (again := retries[name].payment) is not None else ledger
        for name, ledger in books.items()
    }


def october(books: Books) -> None:
    """The increase is refused."""
    title("October: the increase is refused")
    say("What was reserved for it goes free, to whom it came from. From then on it is money like any other.")
    tenth = date(2026, 10, 10)
    refused = attrs.evolve(INCREASE, state=IncreaseState.REFUSED)
    rows = []
    for name, ledger in books.items():
        freed = release(standing(ledger, tenth), refused, on=tenth, account="Maple 12")
        rows += [
            (name, entry.payer or "", str(entry.amount.amount), entry.id)
            for entry in freed
            if isinstance(entry, Payment)
        ]
    table(("household", "payer", "CAD", "free, as"), rows)


def main() -> None:
    """Live through the months."""
    books = {name: Ledger("CAD") for name in HOUSEHOLDS}
    books = months_to_july(books)
    books = august(books)
    books = september(books)
    october(books)


if __name__ == "__main__":
    main()
