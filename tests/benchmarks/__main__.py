"""The budgets of speed, as ratios measured in one process: ``python tests/benchmarks``.

Prints a table and exits with 1 where a budget is missed. A ratio is between the best of seven interleaved rounds of one
thing and of another, so that a slow moment of the machine hits both; no wall-clock time is judged.
"""

from __future__ import annotations

import math
import os
import random
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from time import perf_counter

import attrs
from assessments import INTEREST, assessed, late_ledger
from bare_loop import bare_loop
from invoices import balances_of, portal_of, quoted, run_of
from leases import bills_of, leases, months
from moneyed import Money as Moneyed
from pulls import charges_of, drafted, payments_of, positions_of
from replays import ledger_of, memory_of, replayed, unread, with_returns

from arledger import DUE_THEN_DEARER, OLDEST_FIRST, RENT_LAST, Category, Charge, Money, Payment, allocate, in_turn
from arledger.tables import text_table

ROUNDS = 7
BATCHES = 4
ATTEMPTS = 5
FIRST_DAY = date(2025, 1, 1).toordinal()


@attrs.frozen
class Budget:
    """How many times as long as another thing one thing may take; no limit where it is only shown."""

    what: str
    timed: str
    against: str
    most: float | None


@attrs.frozen
class Account:
    """The same account as rows of tuples and as facts."""

    charge_rows: list[tuple[int, int, int]]
    payment_rows: list[tuple[int, int, int]]
    charges: list[Charge]
    payments: list[Payment]


def account(charges: int, payments: int) -> Account:
    """An account with dates over 400 days, and about as much paid as is owed."""
    drawn = random.Random(20261121)
    rent = 200_000
    charge_rows = [(FIRST_DAY + drawn.randrange(400), number, drawn.randint(1_000, rent)) for number in range(charges)]
    most = rent * charges // payments
    payment_rows = [
        (FIRST_DAY + drawn.randrange(400), number, drawn.randint(1_000, most)) for number in range(payments)
    ]
    return Account(
        charge_rows,
        payment_rows,
        [
            Charge(
                f"C{number:05}",
                Money.from_minor(minor, "CAD"),
                due=date.fromordinal(day),
                category=Category.RENT if number % 2 else Category.UTILITY,
            )
            for day, number, minor in charge_rows
        ],
        [
            Payment(f"P{number:05}", Money.from_minor(minor, "CAD"), received=date.fromordinal(day))
            for day, number, minor in payment_rows
        ],
    )


def best_of_rounds(
    tasks: Mapping[str, Callable[[], object]], times: int, *, rounds: int = ROUNDS, batches: int = BATCHES
) -> dict[str, float]:
    """The best time of each task, all of them taking turns; a round is a few short batches."""
    best = dict.fromkeys(tasks, float("inf"))
    for _ in range(rounds):
        for name, task in tasks.items():
            for _ in range(batches):
                begin = perf_counter()
                for _ in range(times):
                    task()
                best[name] = min(best[name], (perf_counter() - begin) / times)
    return best


def allocation_tasks(drawn: Account) -> dict[str, Callable[[], object]]:
    """The loops and the allocations of one account."""
    decimals, moneys = (
        tuple(
            [(day, number, kind(minor)) for day, number, minor in rows]
            for rows in (drawn.charge_rows, drawn.payment_rows)
        )
        for kind in (lambda minor: Decimal(minor) / 100, lambda minor: Moneyed(Decimal(minor) / 100, "CAD"))
    )
    return {
        "bare loop": lambda: bare_loop(drawn.charge_rows, drawn.payment_rows),
        "Decimal loop": lambda: bare_loop(*decimals),
        "py-moneyed loop": lambda: bare_loop(*moneys),
        "oldest first": lambda: allocate(drawn.payments, drawn.charges, by=OLDEST_FIRST),
        "rent last": lambda: allocate(drawn.payments, drawn.charges, by=RENT_LAST),
        "every line read": lambda: allocate(drawn.payments, drawn.charges, by=OLDEST_FIRST).lines,
    }


def import_time(statement: str) -> float:
    """How long an import takes in a process of its own, without the start of the interpreter."""
    code = f"from time import perf_counter as now\nbegin = now()\n{statement}\nprint(now() - begin)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    return float(ran.stdout)


def import_times() -> dict[str, float]:
    """The best time of each import, taking turns."""
    statements = {
        "import attrs": "import attrs",
        "import arledger": "import arledger",
        "allocate imported": "from arledger import OLDEST_FIRST, Charge, Money, Payment, allocate",
    }
    rounds = [{name: import_time(statement) for name, statement in statements.items()} for _ in range(ROUNDS)]
    return {name: min(times[name] for times in rounds) for name in statements}


def gate(title: str, measured: Callable[[], Mapping[str, float]], budgets: Sequence[Budget]) -> bool:
    """Measure and print the ratios; whether every budget holds.

    A busy machine only ever raises a ratio, so where a budget is missed all is measured again, a few times at the most,
    and of each ratio the least counts.
    """
    ratios = dict.fromkeys(budgets, float("inf"))
    missed = set(budgets)
    for _ in range(ATTEMPTS):
        times = measured()
        ratios = {budget: min(ratio, times[budget.timed] / times[budget.against]) for budget, ratio in ratios.items()}
        missed = {budget for budget, ratio in ratios.items() if budget.most is not None and ratio > budget.most}
        if not missed:
            break
    rows = [
        (
            budget.what,
            f"{ratio:.2f}",
            "shown only" if budget.most is None else f"at most {budget.most:g}",
            "MISSED" if budget in missed else "",
        )
        for budget, ratio in ratios.items()
    ]
    print(text_table((title, "ratio", "budget", ""), rows, right=(1,)), end="\n\n")  # noqa: T201
    return not missed


def replays_hold() -> bool:
    """Whether replay keeps its budgets, beside one allocation of the same facts and as it grows."""
    thousand, long, longest = account(500, 500), account(5_000, 5_000), account(50_000, 50_000)
    ledger, long_ledger, longest_ledger = (ledger_of(some.charges, some.payments) for some in (thousand, long, longest))
    returning = with_returns(ledger, 20)
    long_returning = with_returns(long_ledger, 20)

    def beside() -> dict[str, float]:
        copies, times = unread(ledger, ROUNDS * BATCHES * 5), 5
        tasks: dict[str, Callable[[], object]] = {
            "allocate": lambda: allocate(thousand.payments, thousand.charges, by=OLDEST_FIRST),
            "replay": lambda: replayed(next(copies)),
            "with returns": lambda: replayed(returning),
            "served one by one": lambda: replayed(ledger, in_turn(OLDEST_FIRST)),
        }
        return best_of_rounds(tasks, times)

    def growth() -> dict[str, float]:
        sizes = {"1,000": ledger, "10,000": long_ledger, "100,000": longest_ledger}
        returned = {"1,000 with returns": returning, "10,000 with returns": long_returning}
        times = {
            name: min(best_of_rounds({name: partial(replayed, some)}, 1, rounds=3, batches=1).values())
            for name, some in {**sizes, **returned}.items()
        }
        # over n log n, so that a ratio of 1 is growth by it
        return {name: time / n_log_n(int(name.split()[0].replace(",", ""))) for name, time in times.items()}

    def memory() -> dict[str, float]:
        return {"10,000": memory_of(long_ledger) / 10_000, "100,000": memory_of(longest_ledger) / 100_000}

    return all(
        [
            gate(
                "replay of 1,000 entries",
                beside,
                (
                    Budget("replay, nothing read before / allocate", "replay", "allocate", 4),
                    Budget("replay with 25 returns / allocate", "with returns", "allocate", None),
                    Budget("replay, each payment on a desk / allocate", "served one by one", "allocate", None),
                ),
            ),
            gate(
                "replay as it grows, each time over n log n",
                growth,
                (
                    Budget("10,000 entries / 1,000", "10,000", "1,000", 1.5),
                    Budget("100,000 entries / 1,000", "100,000", "1,000", 1.5),
                    Budget("10,000 entries with returns / 1,000", "10,000 with returns", "1,000 with returns", 1.5),
                ),
            ),
            gate(
                "memory of a replay, each entry's",
                memory,
                (Budget("100,000 entries / 10,000", "100,000", "10,000", 1.3),),
            ),
        ]
    )


def assessments_hold() -> bool:
    """Whether assessing what is late keeps its budgets, beside one replay of the same ledger and as it grows."""
    ledger = late_ledger(1_000)
    position = replayed(ledger)

    def beside() -> dict[str, float]:
        copies = unread(ledger, ROUNDS * BATCHES)
        tasks: dict[str, Callable[[], object]] = {
            "replay": lambda: replayed(next(copies)),
            "running": lambda: assessed(position),
            "interest": lambda: assessed(position, INTEREST),
        }
        return best_of_rounds(tasks, 1)

    positions = {size: replayed(late_ledger(size)) for size in (1_000, 10_000)}

    def growth() -> dict[str, float]:
        times = best_of_rounds({str(size): partial(assessed, some) for size, some in positions.items()}, 1, batches=1)
        return {size: time / n_log_n(int(size)) for size, time in times.items()}

    return all(
        [
            gate(
                "assessing 600 charges, 400 payments",
                beside,
                (
                    Budget("a running fee / one replay, nothing read before", "running", "replay", 20),
                    Budget("interest, on what was paid too / one replay", "interest", "replay", 60),
                ),
            ),
            gate(
                "assessing as it grows, each time over n log n",
                growth,
                (Budget("10,000 entries / 1,000", "10000", "1000", 1.5),),
            ),
        ]
    )


def drafts_hold() -> bool:
    """Whether drafting what autopay pulls grows as the accounts do, beside one allocation of each."""
    some, many = 1_000, 10_000
    facts = [(payments_of(number), charges_of(number)) for number in range(some)]

    def measured() -> dict[str, float]:
        # a position keeps what was read of it, so each is drafted once
        turns = iter([positions_of(some) for _ in range(3)])
        times = best_of_rounds(
            {
                "1,000 accounts": lambda: drafted(next(turns)),
                "1,000 allocations": lambda: [allocate(paid, owed, by=OLDEST_FIRST) for paid, owed in facts],
            },
            1,
            rounds=3,
            batches=1,
        )
        all_positions = positions_of(many)
        begin = perf_counter()
        drafted(all_positions)
        return {**times, "10,000 accounts": (perf_counter() - begin) / (many / some)}

    return gate(
        "autopay of accounts with 2 payers and 12 items",
        measured,
        (
            Budget("drafts of an account / one allocation of it", "1,000 accounts", "1,000 allocations", 40),
            Budget("drafts of 10,000 accounts / 10 times those of 1,000", "10,000 accounts", "1,000 accounts", 1.3),
        ),
    )


def invoices_hold() -> bool:
    """Whether quotes and runs of schedules grow as the invoices do."""
    portals = {size: portal_of(size) for size in (1_000, 10_000)}
    balances = {size: balances_of(*some) for size, some in portals.items()}

    def growth() -> dict[str, float]:
        tasks: dict[str, Callable[[], object]] = {}
        for size, (portal, position) in portals.items():
            tasks[f"{size} quoted"] = partial(quoted, portal, position)
            tasks[f"{size} paid"] = partial(run_of, balances[size])
        times = best_of_rounds(tasks, 1, rounds=3, batches=1)
        return {name: time / n_log_n(int(name.split()[0])) for name, time in times.items()}

    return gate(
        "invoices of an account, each time over n log n",
        growth,
        (
            Budget("a quote of 10,000 invoices / of 1,000", "10000 quoted", "1000 quoted", 1.5),
            Budget("a run of a schedule over 10,000 invoices / over 1,000", "10000 paid", "1000 paid", 1.5),
        ),
    )


def n_log_n(size: int) -> float:
    """What sorting grows by."""
    return size * math.log(size)


def main() -> int:
    """Measure, print, and say whether all budgets hold."""
    allocation_budgets = (
        Budget("oldest first, result ready / bare loop", "oldest first", "bare loop", 4),
        Budget("rent last, result ready / bare loop", "rent last", "bare loop", 4),
        Budget("oldest first, every line read / bare loop", "every line read", "bare loop", 8),
        Budget("oldest first, every line read / Decimal loop", "every line read", "Decimal loop", None),
        Budget("oldest first, every line read / py-moneyed loop", "every line read", "py-moneyed loop", 1),
    )
    small = allocation_tasks(account(24, 12))
    large = allocation_tasks(account(10_000, 1_000))
    drawn = account(2_000, 500)
    dated = {
        "static": lambda: allocate(drawn.payments, drawn.charges, by=OLDEST_FIRST),
        "dated": lambda: allocate(drawn.payments, drawn.charges, by=DUE_THEN_DEARER),
    }
    dated_budget = Budget("a ranking made anew each date / one made once", "dated", "static", None)
    some, many = leases(50), leases(500)
    billed = {
        # as many bills on either side of a ratio, so that 1 is linear
        "50 leases, 10 times": lambda: [bills_of(some, months(2026, 1)[:1]) for _ in range(10)],
        "500 leases": lambda: bills_of(many, months(2026, 1)[:1]),
        "a year, 4 times": lambda: [bills_of(some, months(2027, 1)) for _ in range(4)],
        "4 years": lambda: bills_of(some, months(2027, 4)),
    }
    all_leases = leases(1_000)
    yearly = {
        "1,000 leases, 12 months": lambda: bills_of(all_leases, months(2026, 1)),
        "as many small allocations": lambda: [small["oldest first"]() for _ in range(12_000)],
    }
    bill_budgets = (
        Budget("bills of 10 times the leases / 10 times their bills", "500 leases", "50 leases, 10 times", 1.3),
        Budget("bills of 4 years / 4 times those of one", "4 years", "a year, 4 times", 1.3),
    )
    yearly_budget = Budget(
        "a bill / an allocation of 12 payments over 24 charges",
        "1,000 leases, 12 months",
        "as many small allocations",
        None,
    )
    import_budgets = (
        Budget("import arledger / import attrs", "import arledger", "import attrs", 1.5),
        Budget("allocate and its facts imported / import attrs", "allocate imported", "import attrs", None),
    )
    held = [
        gate("12 payments over 24 charges", lambda: best_of_rounds(small, 50), allocation_budgets),
        gate("1,000 payments over 10,000 charges", lambda: best_of_rounds(large, 1), allocation_budgets),
        gate("500 payments over 2,000 charges", lambda: best_of_rounds(dated, 1), (dated_budget,)),
        gate("bills, linear in leases and in months", lambda: best_of_rounds(billed, 1, batches=1), bill_budgets),
        gate(
            "bills of 1,000 leases over 12 months",
            lambda: best_of_rounds(yearly, 1, rounds=1, batches=1),
            (yearly_budget,),
        ),
        replays_hold(),
        assessments_hold(),
        drafts_hold(),
        invoices_hold(),
        gate("imports", import_times, import_budgets),
    ]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
