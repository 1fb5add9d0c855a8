"""Every setting and sentence of the source documents has its line, and each line leads to code, a page and a test.

What is linked is looked up: a name in the package, with its field or its argument; a heading on a page; a test in its
file. What a line has no code for it calls a screen's.
"""

from __future__ import annotations

import ast
import inspect
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import arledger

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "sources.md"
TEXT = PAGE.read_text(encoding="utf-8")
NONE = "\u2013"
"""What stands where a line has no test."""
LINK = re.compile(r"\[(`[^`]+`|[^\]]+)\]\(([^)]+)\)")
DOCUMENTS = (
    "Finance policies",
    "ALIS Connect for payers",
    "How to pay bills in ALIS Connect",
    "Setting up Connect Associations",
    "The payment portal guide",
)
LABELS = {
    "Finance policies": """
        AR Settings Policy; Oldest Debt first; Rent Debt Last; Oldest Debt First With Non Rent Priority; AutoPay
        Policy; On Lease Charge Change Rule; Keep % Pay; Keep Unchanged; Exclude First Billing Period Charge; Exclude
        Last Billing Period Charge; Allow Cancellation By Resident; Up to Limit; Include Deposit Charges; Include
        Pending AGI Charges; Include Lease Adjustments; Include Other Fees and Charges; Include New Positive Charges;
        Include Other Negative Charges; Billing Policy; Billing Tab; Proration Method; NONE; ACTUAL; STANDARD; 30 DAYS
        MONTH; ANNUAL; Rounding Offset; Confirmation Method; Automatic; Manual; Available Billing Types; Billing
        Period; Billing Cycle Lease Start Date; Payment Due Offset; Bill Execution Day Offset; Autopay Execution Day
        Offset; Late Fee Tab; Base Fee Type; % Owed Total; % Monthly Rent; Flat Amount; Base Fee; Max Total Fee Type;
        Unlimited; NSF Fee Tab; Deposits Policy; Annual Interest Rate; Security Refund Window; Lease Adjustments;
        Product Tax; Payment Types; Accepted; Resident Portal; Prospect Portal; Cash Equivalent""",
    "ALIS Connect for payers": """
        ALIS Pay; Access tab; level of ALIS Connect access; addressed to them; Options>Edit; +Add Payment Method; bank
        account or credit card; billing address; Payment Center; +Add Contact; +Add Payer; Contact Type "Self";
        Connect Center icon; Residents and Applicants; Manage button; Send Invite; confirm their email address; User
        Profile; confirm their authorization; update the email; resend the invitation; reset their password; disable
        access; complete the pulls""",
    "How to pay bills in ALIS Connect": """
        Print Article; Enter your email address; Enter your password; Log In; Billing icon; My Payment Methods; Add
        New Bank Account; Add New Card; Account Nickname; Default Payment Method; Billing Address; Add Payment Method;
        Invoices tab; Pay Outstanding; Pay Invoice; From; Payment Amount; Outstanding Balance; Specific Invoice(s); "$
        _____" field; Payment Date; Verify Payment; authorization agreement; Make Changes; Submit Payment; Download
        Receipt; Edit; Disable; Delete""",
    "Setting up Connect Associations": """
        Connect tab; Associations; Search By; Client Name; Matter Number; Create Association; Auto-Pay; payment
        method; name for the schedule; bank account; A/R message; frequency; date of the first payment/query; all
        outstanding invoices; up to a certain amount; Save and Manage Enrollments; Enroll and Save; Save to save the
        schedule; oldest to newest; posting payment records; accurate balances; up to one year; turned off; new
        invoices; particular invoice number; as soon as that invoice is paid off; Manage Postings; Error-Failed
        AutoPay""",
    "The payment portal guide": """
        Send Payment Portal Activation Link; activation email; registration link; Only one login; list of all
        outstanding invoices with their statuses; Pay Selected Invoices; filter drop-down; Credit card; ACH bank
        transfer; clicks Pay; confirmation screen; transaction ID; Pending; success or failure; exact amount due;
        Payment records; primary email""",
}


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def sections() -> dict[str, str]:
    """The text of each document's section, by its heading."""
    found = re.split(r"^## (.*)$", TEXT, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


def rows() -> list[tuple[str, str, str]]:
    """The lines of all tables, headings apart."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line[:1] == "|"]
    return [(row[0], row[1], row[2]) for row in cells if row[0] not in ("the document says", "---")]


def resolved(code: str) -> Any:
    """What a name in back-ticks is in the package; with ``(field=)`` the argument of a function."""
    path, _, argument = code.partition("(")
    value: Any = arledger
    for part in path.split("."):
        value = getattr(value, part)
    if argument:
        assert argument.removesuffix("=)") in inspect.signature(value).parameters, code
    return value


@cache
def defined_in(path: Path) -> frozenset[str]:
    """The names of the tests of a file."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return frozenset(node.name for node in nodes if isinstance(node, (ast.ClassDef, ast.FunctionDef)))


def test_the_documents_are_named_and_have_their_sections() -> None:
    assert tuple(sections()) == DOCUMENTS
    assert [name for name in DOCUMENTS if f"[{name}](#{slug(name)})" not in TEXT] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_label_of_a_document_has_its_line(document: str) -> None:
    text = sections()[document]
    said = [*re.findall(r"^#+ (.*)$", text, re.MULTILINE), *(line for line in text.splitlines() if line[:1] == "|")]
    first_cells = " ".join(line.strip("|").split("|")[0] for line in said)
    labels = [" ".join(label.split()) for label in LABELS[document].split(";")]
    assert [label for label in labels if label not in first_cells] == []


def test_labels_are_asked_for_as_a_whole() -> None:
    """A label within another one has a line of its own: "Base Fee" beside "Base Fee Type"."""
    quoted = re.findall(r'"([^"]+)"', " ".join(said for said, _, _ in rows()))
    whole = ("Base Fee", "Billing Period", "Keep % Pay", "Flat Amount", "ANNUAL", "NONE", "Accepted", "Manual")
    assert [label for label in whole if label not in quoted] == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: slug(row[0])[:60])
def test_a_line_leads_to_code_that_is_there_or_is_a_screens(row: tuple[str, str, str]) -> None:
    _, here, tests = row
    names = [text.strip("`") for text, _ in LINK.findall(here) if text.startswith("`")]
    for name in names:
        resolved(name)
    assert names or here.startswith("A screen")
    assert bool(LINK.findall(tests)) == bool(names), "a line has a test where it has code"


@pytest.mark.parametrize("target", sorted({target for _, here, _ in rows() for _, target in LINK.findall(here)}))
def test_a_link_leads_to_a_heading_that_is_there(target: str) -> None:
    name, _, anchor = target.partition("#")
    page = (PAGE.parent / name).resolve() if name else PAGE
    assert anchor, "a link names its section"
    assert anchor in map(slug, re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("link", sorted({link for _, _, tests in rows() for link in LINK.findall(tests)}))
def test_a_test_is_in_the_file_that_is_named(link: tuple[str, str]) -> None:
    name, target = link
    path = (PAGE.parent / target).resolve()
    assert name.strip("`") in defined_in(path)
    assert path.is_relative_to(ROOT / "tests")


def test_the_tests_of_a_line_are_links() -> None:
    """What is in the third cell beside links would be checked by nobody."""
    assert [tests for _, _, tests in rows() if LINK.sub("", tests).strip(", ") not in ("", NONE)] == []
