"""What autopay pulls from many accounts, as tables, as rows of entries, and as JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arledger import (
    Agreement,
    AutopayPolicy,
    AutopaySettings,
    Category,
    Designation,
    Drafts,
    InvalidValue,
    Money,
    PendingIncrease,
    Percent,
    Share,
    include,
    ledgers_of,
    monthly,
    pull,
    read_entries,
    where,
)
from arledger.interchange.drafts import (
    PULL_COLUMNS,
    AccountDrafts,
    DraftTotals,
    draft_totals,
    payments_text,
    pulls_json,
    pulls_text,
)
from arledger.interchange.entry_rows import ENTRY_COLUMNS, OPTIONAL_ENTRY_COLUMNS
from arledger.interchange.ledger_results import Asked
from arledger.interchange.targets import designation_of, designation_text
from arledger.ledger.events import SETTLE_POSTED
from arledger.ledger.rows import REOPEN
from autopay_facts import JUNE, agreement, cad, charge, drafted, of_two, rent, run_of
from samples import samples

SETTINGS = AutopaySettings(policy=AutopayPolicy(), cycle=monthly(1), order="oldest-first")
ASKED = Asked("oldest-first", JUNE, date(2026, 5, 31), SETTLE_POSTED, REOPEN, "only", True, True)


def text_of(*outcomes: AccountDrafts, explain: bool = False) -> str:
    return pulls_text(SETTINGS, run_of(), outcomes, ASKED, explain=explain)


def record_of(*outcomes: AccountDrafts) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(pulls_json(SETTINGS, run_of(), outcomes, ASKED))
    return record


def two() -> Drafts:
    """60/40 of 1000.01 of rent, and 100 of a deposit that nobody pulls."""
    return drafted(of_two(method="ach"), rent(6, "1000.01"), charge("D-1", 100, Category.DEPOSIT))


def test_R19_the_tables() -> None:
    fixed = drafted(agreement(None, pull.FIXED, stored=75), rent(6), policy=AutopayPolicy(notice_days=None))
    assert text_of(AccountDrafts("Maple 12", two()), AccountDrafts("Oak 3", fixed)) == (
        "as of 2026-06-01, as known on 2026-05-31\n"
        "\n"
        "autopay for 2026-06-01 up to 2026-07-01; included: nothing else\n"
        "\n"
        "proposed\n"
        "\n"
        "account   agreement  payer  agreed    pull  currency  execute on  notice by   why nothing\n"
        "--------  ---------  -----  ------  ------  --------  ----------  ----------  -----------\n"
        "Maple 12  AP-A       A              600.01  CAD       2026-06-01  2026-05-22\n"
        "Maple 12  AP-B       B              400.00  CAD       2026-06-01  2026-05-22\n"
        "Oak 3     AP-0               75.00   75.00  CAD       2026-06-01\n"
        "\n"
        "totals\n"
        "\n"
        "currency   pulled  held_back\n"
        "--------  -------  ---------\n"
        "CAD       1075.01    1100.00\n"
    )


def test_R19_what_is_explained_follows_account_by_account() -> None:
    drafts = two()
    text = text_of(AccountDrafts("Maple 12", drafts), AccountDrafts("Oak 3", drafts), explain=True)
    plain = text_of(AccountDrafts("Maple 12", drafts), AccountDrafts("Oak 3", drafts))
    parts = "\n".join(f"\naccount {name}, CAD\n\n{drafts.explanation}" for name in ("Maple 12", "Oak 3"))
    assert text == f"{plain}{parts}\n"


def test_a_run_without_accounts() -> None:
    assert text_of().endswith("\n\nproposed: nothing\n\ntotals: nothing\n")
    assert payments_text([]) == ",".join(PULL_COLUMNS) + "\n"
    assert record_of()["accounts"] == record_of()["totals"] == []


def test_why_nothing_is_pulled_is_in_the_table() -> None:
    text = text_of(AccountDrafts("Elm 7", drafted(agreement("A"))))
    assert (
        "\nElm 7    AP-A       A              0.00  CAD       2026-06-01             there is nothing to pull\n" in text
    )


def test_totals_are_by_currency() -> None:
    assert draft_totals([AccountDrafts("A", two()), AccountDrafts("B", two())]) == [
        DraftTotals(pulled=cad("2000.02"), held_back=cad(200))
    ]
    assert draft_totals([]) == []


def test_R19_json_has_everything_of_a_draft() -> None:
    third = Agreement(
        "AP-1",
        pull.capped(pull.KEEP_PERCENT, cad(300)),
        agreed=date(2026, 1, 15),
        payer="ana",
        method="ach",
        shares=[Share(Percent("33.335"), of=where.rent)],
        stored=cad("333.33"),
    )
    increase = PendingIncrease("AGI-7", cad(30), effective=JUNE)
    drafts = drafted(
        [third, agreement("B", part=Percent(10), agreed=date(2026, 7, 1))],
        rent(6),
        charge("D-1", 100, Category.DEPOSIT),
        policy=AutopayPolicy(includes=include.PENDING_INCREASES),
        increases=[increase],
    )
    record = record_of(AccountDrafts("Maple 12", drafts))
    (account,) = record.pop("accounts")
    assert record == {
        "on": "2026-06-01",
        "period": {"start": "2026-06-01", "end": "2026-07-01"},
        "previous": "2026-05-01",
        "order": "oldest-first",
        "known": "2026-05-31",
        "settle": "posted",
        "returns": "reopen",
        "designations": "only",
        "sweep_credits": True,
        "sweep_payments": True,
        "included": "nothing else",
        "totals": [{"currency": "CAD", "pulled": "300.00", "held_back": "830.00"}],
    }
    (draft,) = account.pop("drafts")
    assert account == {
        "account": "Maple 12",
        "currency": "CAD",
        "fingerprint": drafts.position.fingerprint,
        "unclaimed": [
            {"charge": "R-06", "amount": "666.65", "reason": "no agreement has a share of the rest of it"},
            {"charge": "D-1", "amount": "100.00", "reason": "no agreement has a share of it"},
            {"charge": "AGI-7@2026-06-01", "amount": "20.00", "reason": "no agreement has a share of the rest of it"},
        ],
        "left_out": [{"agreement": "AP-B", "reason": "agreed on 2026-07-01"}],
        "totals": {"currency": "CAD", "pulled": "300.00", "held_back": "830.00"},
    }
    assert draft == {
        "agreement": "AP-1",
        "payer": "ana",
        "rule": "keep percent, up to 300.00 CAD",
        "agreed": "333.33",
        "amount": "300.00",
        "currency": "CAD",
        "execute_on": "2026-06-01",
        "notice_by": "2026-05-22",
        "reason": "",
        "ends": False,
        "method": None,
        "parts": [{"charge": "R-06", "class": "current", "amount": "300.00"}],
        "held": [
            {"charge": "R-06", "amount": "33.35", "reason": "over the agreed maximum of 300.00 CAD"},
            {"charge": "AGI-7@2026-06-01", "amount": "10.00", "reason": "over the agreed maximum of 300.00 CAD"},
        ],
        "steps": [
            {"what": "keep percent, up to 300.00 CAD", "change": "343.3505", "comes_to": "343.3505"},
            {"what": "rounding", "change": "-0.0005", "comes_to": "343.35"},
            {"what": "over the agreed maximum of 300.00 CAD", "change": "-43.35", "comes_to": "300.00"},
        ],
        "payment": {
            "id": "AP-1/pull@2026-06-01",
            "amount": "300.00",
            "currency": "CAD",
            "received": "2026-06-01",
            "posted": "2026-06-01",
            "payer": "ana",
            "method": "ach",
            "designations": [{"to": "R-06", "amount": "300.00"}],
        },
    }


def test_R17_json_says_that_nothing_is_pulled_and_that_an_agreement_ends() -> None:
    leaving = agreement(None, move_out=date(2026, 6, 30))
    drafts = drafted(leaving, rent(6), policy=AutopayPolicy(excludes_last=True))
    (draft,) = record_of(AccountDrafts("A", drafts))["accounts"][0]["drafts"]
    assert (draft["payer"], draft["agreed"], draft["notice_by"], draft["payment"]) == (None, None, None, None)
    assert (draft["ends"], draft["reason"]) == (True, "the period of the move-out is left out, and the agreement ends")


def test_R18_rows_are_rows_of_entries_in_columns_that_a_file_of_entries_has() -> None:
    text = payments_text([AccountDrafts("Maple 12", two())], delimiter=";")
    assert text == (
        "account;kind;id;on;amount;currency;posted;category;payer;method;for\n"
        "Maple 12;payment;AP-A/pull@2026-06-01;2026-06-01;600.01;CAD;2026-06-01;;A;ach;R-06=600.01\n"
        "Maple 12;payment;AP-B/pull@2026-06-01;2026-06-01;400.00;CAD;2026-06-01;;B;ach;R-06=400.00\n"
    )
    assert PULL_COLUMNS[: len(ENTRY_COLUMNS)] == tuple(ENTRY_COLUMNS)
    assert set(PULL_COLUMNS) <= {*ENTRY_COLUMNS, *OPTIONAL_ENTRY_COLUMNS}


def test_R18_rows_are_read_as_the_payments_that_were_proposed() -> None:
    """With and without payer and method, with several targets, and with none."""
    entries = [rent(5), rent(6), charge("code:X=1", "9.99", Category.RENT)]
    accounts = {
        "A-1": drafted(of_two(pull.FULL_BALANCE, method="ach"), *entries),
        "B-2": drafted(agreement(None, pull.FIXED, stored=75), *entries),
    }
    text = payments_text(AccountDrafts(name, drafts) for name, drafts in accounts.items())
    ledgers = ledgers_of(read_entries(text.splitlines(keepends=True)))
    assert {of.account: of.ledger.entries for of in ledgers} == {
        name: drafts.payments for name, drafts in accounts.items()
    }
    assert max(len(payment.designations) for payment in accounts["A-1"].payments) == 3


IDS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1).filter(lambda text: ";" not in text)


@settings(max_examples=samples(300))
@given(name=IDS, minor=st.integers(1, 10**12))
def test_a_target_is_read_as_it_was_written(name: str, minor: int) -> None:
    for amount in (Money.from_minor(minor, "CAD"), None):
        designation = Designation(name, amount)
        if amount is not None or "=" not in name:
            text = designation_text(designation)
            assert designation_of(text, lambda text: Money(text, "CAD")) == designation


@pytest.mark.parametrize(
    "designation", [Designation("a;b", cad(5)), Designation("a;b"), Designation("a=b")], ids=["with", "without", "sum"]
)
def test_a_target_that_no_cell_can_hold_is_refused(designation: Designation) -> None:
    with pytest.raises(InvalidValue) as caught:
        designation_text(designation)
    assert str(caught.value) == (
        f'{designation.to!r} cannot be written as a target; leave out ";" and "=" in the ids of charges'
    )
