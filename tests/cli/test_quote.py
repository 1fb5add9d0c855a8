"""``arledger quote``: what it writes, in which form, what it refuses, and that what is submitted is netted."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from arledger.interchange.portal_rows import ASSOCIATIONS, CONTACTS, INVOICES, METHODS
from autopay_folder import Run, beside, change, read, write

EXAMPLE = Path(__file__).parents[2] / "examples" / "portal"
QUOTE = ("quote", "b", "--on", "2026-03-09")
OTHERS = "these charges are another payer's than their invoice's, so that nobody sees them there"
ANA = (*QUOTE, "--by", "C-1", "--from", "M-1")

REPORT = """\
account Rosa Marsh, quote ID

invoice  date        due         status     overdue  invoiced  outstanding  pending  payable
-------  ----------  ----------  ---------  -------  --------  -----------  -------  -------
5        2026-02-01  2026-02-28  part paid  yes       3345.50       345.50     0.00   345.50
7        2026-03-01  2026-03-31  unpaid               3200.00      3200.00     0.00  3200.00

invoice, 2026-03-09  payable      USD
-------------------  -------  -------
5                     345.50   345.50
7                    3200.00  1000.00
amount                        1345.50

from                           USD  processing fee  borne by  charged
--------------------------  ------  --------------  --------  -------
bank account Rosa Marsh     807.30                             807.30
credit card ending in 4242  538.20           15.61  payer      553.81
total                                                         1361.11

I authorise the community to take this amount from the accounts above, on this day.
"""


@pytest.fixture(name="run")
def run_beside_portal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Run a command beside a copy of the example, in the folder b."""
    monkeypatch.chdir(tmp_path)
    return beside(EXAMPLE, capfdbinary)


def refused(run: Run, *arguments: str) -> list[str]:
    """What is told, where nothing is written."""
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    return [line.removeprefix("arledger: ") for line in err.splitlines()]


def quote_id(run: Run, *arguments: str) -> str:
    """The id of a quote."""
    code, out, _ = run(*arguments, "--format", "json")
    assert code == 0
    found: str = json.loads(out)["quote"]
    return found


def test_chosen_invoices_by_two_methods_as_a_table(run: Run) -> None:
    chosen = ("--invoice", "INV-5", "--invoice", "INV-7=1000")
    asked = (*QUOTE, "--by", "C-1", "--from", "M-1=60%", "--from", "M-2=40%", *chosen)
    assert run(*asked) == (0, REPORT.replace("ID", quote_id(run, *asked)), "")


def test_all_that_is_outstanding_as_rows_of_entries_which_are_then_at_the_bank(run: Run) -> None:
    name = quote_id(run, *ANA)
    code, out, err = run(*ANA, "--format", "csv")
    assert (code, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["kind"], row["id"], row["amount"], row["method"], row["for"], row["of"]) for row in rows] == [
        ("payment", name, "3545.50", "ach", "CARE-02=200.00; MEDS-02=145.50; CARE-03=3200.00", ""),
        ("pending", f"{name}/pending@2026-03-09", "", "", "", name),
    ]
    write("entries.csv", read("entries.csv") + out.split("\n", 1)[1])
    assert refused(run, *ANA) == ["nothing is outstanding"]
    late = refused(run, *ANA, "--invoice", "INV-7")
    assert late == ["INV-7: nothing is payable: it is pending"]
    write("entries.csv", read("entries.csv") + f"Rosa Marsh,return,N-1,2026-03-12,,USD,,,,,,,{name}\n")
    code, out, _ = run("quote", "b", "--on", "2026-03-13", "--by", "C-1", "--from", "M-1", "--format", "json")
    assert (code, json.loads(out)["amount"]) == (0, "3545.50")


def test_a_payment_by_card_settles_at_once(run: Run) -> None:
    code, out, _ = run(*QUOTE, "--by", "C-1", "--from", "M-2", "--invoice", "INV-5", "--format", "csv")
    assert code == 0
    assert [row["kind"] for row in csv.DictReader(io.StringIO(out))] == ["payment"]


def test_the_billing_team_pays_for_a_payer(run: Run) -> None:
    code, out, _ = run(*QUOTE, "--team-for", "ben", "--from", "M-4", "--format", "json")
    assert code == 0
    record = json.loads(out)
    assert (record["by"], record["total"]) == ("the billing team for ben", "60.00")
    assert [line["invoice"] for line in record["invoices"]] == ["INV-8"]


def test_everything_as_json(run: Run) -> None:
    code, out, _ = run(*QUOTE, "--by", "C-1", "--from", "M-2", "--invoice", "INV-7=100", "--format", "json")
    assert code == 0
    record = json.loads(out)
    assert (record["amount"], record["fee"], record["total"], record["prepayment"]) == (
        "100.00",
        "2.90",
        "102.90",
        "0.00",
    )
    assert record["legs"] == [
        {
            "method": "M-2",
            "label": "credit card ending in 4242",
            "type": "credit_card",
            "amount": "100.00",
            "fee": "2.90",
            "borne_by": "payer",
            "total": "102.90",
        }
    ]
    assert record["payments"][0]["for"] == "CARE-03=100.00"
    assert record["invoices"][1]["status"] == "unpaid"


def test_amounts_by_method_must_come_to_the_whole(run: Run) -> None:
    parts = ("--from", "M-1=300", "--from", "M-2=45")
    assert refused(run, *QUOTE, "--by", "C-1", *parts, "--invoice", "INV-5") == [
        "the parts come to 345.00 USD, and not to 345.50 USD"
    ]
    code, out, _ = run(*QUOTE, "--by", "C-1", *parts, "--invoice", "INV-5=345", "--format", "json")
    assert (code, [leg["amount"] for leg in json.loads(out)["legs"]]) == (0, ["300.00", "45.00"])


def test_all_that_is_refused_is_told_together(run: Run) -> None:
    chosen = ("--invoice", "INV-8", "--invoice", "INV-9", "--invoice", "INV-5=9999")
    assert refused(run, *QUOTE, "--by", "C-1", "--from", "M-3", *chosen) == [
        "INV-8: there is no such invoice",
        "INV-9: there is no such invoice",
        "INV-5: 9999.00 USD is over the 345.50 USD that is payable",
        "M-3: method disabled",
    ]
    assert refused(run, *QUOTE, "--by", "C-3", "--from", "M-1") == ["C-3: may see invoices, and not pay"]


def test_the_policy_of_a_property_holds_where_it_is_named(run: Run) -> None:
    write("policy.toml", read("policy.toml") + '\n[property.Oak.checkout]\namounts = "exact"\n')
    part = (*ANA, "--invoice", "INV-5=100")
    assert run(*part)[0] == 0
    assert refused(run, *part, "--property", "Oak") == ["INV-5: 100.00 USD is not exactly 345.50 USD"]
    assert refused(run, *part, "--property", "Elm") == ["b/policy.toml: unknown property 'Elm'; known are Oak"]


def test_an_association_ties_a_payer_to_what_is_addressed_to_nobody(run: Run) -> None:
    change("invoices.csv", "2026-03-31,ben", "2026-03-31,")
    change("entries.csv", "INV-8,ben", "INV-8,")
    assert refused(run, *ANA, "--invoice", "INV-8") == ["INV-8: there is no such invoice"]
    write("associations.csv", "association,payer,number\nA-1,ana,8\n")
    code, out, _ = run(*ANA, "--invoice", "INV-8", "--format", "json")
    assert (code, json.loads(out)["amount"]) == (0, "60.00")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--invoice", "INV-5=1.234"), "--invoice: amount 1.234 has 3 decimals, USD allows 2; round it first"),
        (("--invoice", "INV-5", "--invoice", "INV-5=1"), "--invoice: INV-5 stands twice; name it once"),
        (("--from", "M-1"), "--from: a method stands twice; name it once"),
        (("--from", "M-2=40%"), "--from: M-1 has no part; write M-1=60% or M-1=40.00, as for the others"),
        (("--account", "Rosa"), "there is no such account; known are Rosa Marsh (USD)"),
    ],
)
def test_a_wrong_option_is_told(run: Run, arguments: tuple[str, ...], told: str) -> None:
    (found,) = refused(run, *ANA, *arguments)
    assert found == told


def test_a_percentage_that_is_no_number_is_told(run: Run) -> None:
    (told,) = refused(run, *QUOTE, "--by", "C-1", "--from", "M-1=sixty%", "--from", "M-2=40%")
    assert told.startswith("--from: percent 'sixty' is no plain decimal number; ")


def test_one_of_several_accounts_must_be_named(run: Run) -> None:
    write("entries.csv", read("entries.csv") + "Oak 3,charge,R-1,2026-03-01,10,USD,,rent,,,,,\n")
    assert refused(run, *ANA) == [
        "there are several accounts: Rosa Marsh (USD), Oak 3 (USD); name one by --account and --currency"
    ]
    assert run(*ANA, "--account", "Rosa Marsh")[0] == 0


def test_what_is_wrong_with_any_of_the_files_is_told_together(run: Run) -> None:
    change("contacts.csv", "C-2,ben,family", "C-2,ben,cousin")
    change("methods.csv", "M-4,bank account,0007", "M-4,bank account,7")
    change("invoices.csv", "INV-8,8,2026-03-04", "INV-7,8,2026-03-04")
    change("policy.toml", 'amounts = "flexible"', 'amount = "flexible"')
    told = "\n".join(refused(run, *ANA))
    for part in (
        "b/contacts.csv, row 3, column kind: unknown word 'cousin'",
        "b/methods.csv, row 5, column last_four: '7' are not four digits",
        "b/invoices.csv, row 4, column invoice: 'INV-7' stands already in row 3",
        "b/policy.toml, checkout.amount: is no setting here; did you mean amounts?",
    ):
        assert part in told


def test_a_policy_without_an_order_is_told(run: Run) -> None:
    change("policy.toml", '[allocation]\norder = "oldest-first"\n', "")
    assert refused(run, *ANA) == ["b/policy.toml: there is no [allocation]; write it, with order"]


def test_two_defaults_are_refused(run: Run) -> None:
    change("methods.csv", "2028-05-31,,", "2028-05-31,,yes")
    told = "methods M-1 and M-2: both are the default of ana; keep one of them"
    assert refused(run, *ANA) == [f"b/methods.csv: account Rosa Marsh: {told}"]
    change("contacts.csv", "C-3,ana,guardian,clerk@", "C-3,ana,guardian,ana@")
    twice = "contacts C-1 and C-3: both log in for ana as ana@example.org; keep one of them"
    assert refused(run, *ANA) == [
        f"b/contacts.csv: account Rosa Marsh: {twice}",
        f"b/methods.csv: account Rosa Marsh: {told}",
    ]


def test_charges_that_nobody_sees_are_told_to_the_operator(run: Run) -> None:
    change("entries.csv", "rent,INV-7,", "rent,INV-77,")
    change("invoices.csv", "2026-03-31,ben", "2026-03-31,ana")
    code, _, err = run(*ANA)
    assert (code, err.splitlines()) == (
        0,
        [
            "arledger: b/invoices.csv has not the invoices of these charges: CARE-03 (INV-77)",
            f"arledger: {OTHERS}: HAIR-03 of ben (INV-8)",
        ],
    )


def test_a_payer_that_nothing_is_of_is_told(run: Run) -> None:
    told = refused(run, *QUOTE, "--team-for", "anna", "--from", "M-1")
    assert told == [
        "no invoice and no method of the account is anna's",
        "nothing is outstanding",
        "M-1: there is no such method",
    ]
    code, _, err = run(*QUOTE, "--team-for", "", "--from", "M-1")
    assert (code, err.splitlines()[0]) == (2, "arledger: nothing is outstanding")


def test_an_invoice_is_named_by_its_number_too(run: Run) -> None:
    code, out, _ = run(*ANA, "--invoice", "7=100", "--format", "json")
    assert (code, [line["invoice"] for line in json.loads(out)["lines"]]) == (0, ["INV-7"])
    change("invoices.csv", "INV-8,8,", "INV-8,7,")
    assert refused(run, *ANA, "--invoice", "7=100") == ["7: there is no such invoice"]


def test_amounts_beside_percentages_are_refused(run: Run) -> None:
    assert refused(run, *QUOTE, "--by", "C-1", "--from", "M-1=50", "--from", "M-2=50%") == [
        "--from: amounts beside percentages; write one of them for all"
    ]


def test_a_missing_folder_or_file_is_told(run: Run) -> None:
    assert refused(run, "quote", "c", *ANA[2:]) == ["c: no such folder"]
    Path("b", "contacts.csv").unlink()
    assert refused(run, *ANA) == ["b/contacts.csv: no such file or directory"]


def test_a_file_whose_name_is_near_is_told(run: Run) -> None:
    write("association.csv", "association,payer\n")
    code, _, err = run(*ANA)
    assert (code, err) == (0, "arledger: there is no associations.csv, and not read is: b/association.csv\n")


def test_help_names_every_column(run: Run) -> None:
    code, out, _ = run("quote", "--help")
    assert code == 0
    for kind in (INVOICES, CONTACTS, METHODS, ASSOCIATIONS):
        for column in kind.holds:
            assert f"  {column}" in out


def test_R48_the_billing_team_takes_what_the_company_accepts(run: Run) -> None:
    """R48: the types of the portal are those of the people who pay there."""
    change("policy.toml", 'resident_portal = ["ach", "credit_card", "debit_card"]', "resident_portal = []")
    assert refused(run, *ANA) == ["ach: is not taken in the resident portal"]
    assert run(*QUOTE, "--team-for", "ben", "--from", "M-4")[0] == 0
