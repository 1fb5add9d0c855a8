"""One company, two properties, one file of settings: what holds where, and who said it.

A company has a property in Montréal and one in Toronto. Its policy stands in examples/company/policy.toml, with what is
different in each region, in each property, and for one lease. Three households owe the same: 2,400.00 of rent for March
and 140.00 for a locksmith, and nobody has paid by the 10th. Each is charged a late fee and pulled from by what holds
for it.

Run it: python examples/company.py
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import fill

from arledger import (
    Agreement,
    Category,
    Charge,
    EffectivePolicy,
    Ledger,
    Money,
    SettingErrors,
    assess,
    autopay_run,
    draft_pulls,
    effective,
    monthly,
    pull,
    read_finance_policy,
    replay,
)

FILE = Path(__file__).parent / "company" / "policy.toml"
TEXT = FILE.read_text(encoding="utf-8")
POLICIES = read_finance_policy(TEXT, file=FILE.name)
HOUSEHOLDS = {
    "L-3, King Street West": effective(POLICIES, property="King Street West", lease="L-3"),
    "L-5, Maison Laurier": effective(POLICIES, property="Maison Laurier", lease="L-5"),
    "L-7, Maison Laurier": effective(POLICIES, lease="L-7"),
}
FIRST, TENTH = date(2026, 3, 1), date(2026, 3, 10)
BOOKS = Ledger(
    "CAD",
    [
        Charge("rent-03", Money("2400", "CAD"), due=FIRST, category=Category.RENT, recurring=True),
        Charge("locksmith", Money("140", "CAD"), due=FIRST, category=Category.OTHER),
    ],
)
"""The books of each household."""
AGREEMENT = Agreement("AP-1", pull.KEEP_PERCENT, agreed=date(2026, 1, 15))


def title(text: str) -> None:
    """A heading."""
    print(f"{text}\n{'=' * len(text)}\n")


def say(text: str) -> None:
    """A paragraph."""
    print(fill(" ".join(text.split()), width=112), end="\n\n")


def show_origins(found: EffectivePolicy, *names: str) -> None:
    """Some settings, with the scope that each comes from."""
    for name, value, origin in found.rows:
        if name in names:
            print(f"  {name:28}{value:58}{origin}")
    print()


def show_late_fees() -> None:
    """The late fee of each household on the 10th, and the settings that made it."""
    title("A late fee")
    for name, found in HOUSEHOLDS.items():
        policy = found.policy
        assert policy.allocation is not None
        assert policy.late_fee is not None
        position = replay(BOOKS, as_of=TENTH, **policy.allocation.terms)
        assessment = assess(policy.late_fee, position, on=TENTH)
        print(f"{name}: {assessment.total}")
        show_origins(found, "late_fee.amount", "late_fee.grace", "late_fee.limits")


def show_pulls() -> None:
    """What autopay pulls from each household on the 1st, and the settings that made it."""
    title("A pull")
    for name, found in HOUSEHOLDS.items():
        policy = found.policy
        assert policy.allocation is not None
        assert policy.autopay is not None
        position = replay(BOOKS, as_of=FIRST, **policy.allocation.terms)
        drafts = draft_pulls(AGREEMENT, position, autopay_run(monthly(1), FIRST), policy.autopay)
        print(f"{name}: {drafts.drafts[0].amount}")
        show_origins(found, "autopay.include.other_fees", "autopay.limit")


def show_mistakes() -> None:
    """What two slips in the file are told as."""
    title("Two slips")
    spoilt = TEXT.replace("[region.Ontario.deposit]", "[region.Ontario.deposits]").replace(
        "limit = 2000.00", "limit = 5.00"
    )
    try:
        read_finance_policy(spoilt, file=FILE.name)
    except SettingErrors as errors:
        print(errors)


def main() -> None:
    """Both, and the mistakes."""
    say(
        f"""{FILE.name} has {len(POLICIES.layers)} layers: {", ".join(str(layer.origin) for layer in POLICIES)}. Nothing
        is said of the leases L-3 and L-5, which have what holds for their property."""
    )
    show_late_fees()
    show_pulls()
    show_mistakes()


if __name__ == "__main__":
    main()
