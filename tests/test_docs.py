"""What the pages say about the code is so; their examples are run by conftest.py in the root."""

from __future__ import annotations

import ast
import inspect
import re
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

import arledger
from arledger import NAMED_ORDERS, Category, ItemClass, access, ends, fee, include, pull, wallet
from arledger.fees.amounts import Of
from arledger.interchange.facts import CHARGE_COLUMNS, MONEY_COLUMNS, OPTIONAL_CHARGE_COLUMNS, OPTIONAL_MONEY_COLUMNS
from arledger.payers.contacts import NEXT_ACCESS
from arledger.testing import LAWS

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEXT = {page: page.read_text(encoding="utf-8") for page in PAGES}
PROSE = {page: re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL) for page, text in TEXT.items()}


def page(name: str) -> str:
    return TEXT[ROOT / name]


def rows_of(text: str) -> list[list[str]]:
    """The cells of the rows of all tables."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]


def code_in(text: str) -> list[str]:
    """What stands between back-ticks."""
    return re.findall(r"`([^`]+)`", text)


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("path", PAGES, ids=[str(path.relative_to(ROOT)) for path in PAGES])
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", PROSE[path]):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        found = (path.parent / name).resolve() if name else path
        assert found.is_file(), target
        if anchor:
            assert anchor in map(slug, re.findall(r"^#+ (.*)$", TEXT[found], re.MULTILINE)), target


@pytest.mark.parametrize("path", PAGES, ids=[str(path.relative_to(ROOT)) for path in PAGES])
def test_the_map_leads_to_every_page(path: Path) -> None:
    if path.parent == ROOT or path == ROOT / "docs" / "README.md":
        return
    name = path.relative_to(ROOT / "docs").as_posix()
    assert f"]({name})" in page("docs/README.md")


def test_the_readme_starts_with_two_commands_of_one_line_each() -> None:
    start = re.search(r"^## Start$(.*?)^## ", page("README.md"), re.MULTILINE | re.DOTALL)
    assert start is not None
    blocks = re.findall(r"^```bash\n(.*?)^```$", start[1], re.MULTILINE | re.DOTALL)
    assert [block.count("\n") for block in blocks] == [1, 1]
    assert all(block.startswith("python3 -m venv .venv && ") for block in blocks)


def test_the_design_is_one_page_and_names_the_house_from_top_to_bottom() -> None:
    design = page("docs/design.md")
    assert design.count("\n") <= 60
    named = [name for cells in rows_of(design)[2:] for name in code_in(cells[0])]
    source = ROOT / "src" / "arledger"
    there = {path.stem for path in source.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert set(named) == there - {"__init__", "__main__", "_version"}


def test_the_command_line_page_has_every_column_category_and_option() -> None:
    text = page("docs/reference/command-line.md")
    charges, money = text.partition("### Money")[::2]
    first_cells = [[code for cells in rows_of(part) for code in code_in(cells[0])] for part in (charges, money)]
    for columns, cells in (
        ((*CHARGE_COLUMNS, *OPTIONAL_CHARGE_COLUMNS), first_cells[0]),
        ((*MONEY_COLUMNS, *OPTIONAL_MONEY_COLUMNS), first_cells[1]),
    ):
        assert [cell for cell in cells if cell in columns] == list(columns)
    assert {category.value for category in Category} <= set(code_in(PROSE[ROOT / "docs/reference/command-line.md"]))


def test_the_orders_page_shows_each_named_order_as_it_prints() -> None:
    rows = [[code_in(cell) for cell in cells] for cells in rows_of(page("docs/reference/orders.md"))]
    shown = {cells[1][0]: (cells[0][0], cells[2][0]) for cells in rows if len(cells) == 3 and all(cells)}
    by_name = {
        name: (getattr(arledger, python), text) for name, (python, text) in shown.items() if name in NAMED_ORDERS
    }
    assert by_name == {name: (named.order, repr(named.order)) for name, named in NAMED_ORDERS.items()}


def test_the_test_kit_page_has_every_law() -> None:
    text = page("docs/reference/testing.md")
    assert [law.name for law in LAWS.values() if f"{law.name} ({law.of}" not in text] == []


def section(name: str, heading: str) -> str:
    """What stands under a heading of a page, up to the next one of its level; without the blocks of code."""
    level, text = heading.index(" "), PROSE[ROOT / name]
    rest = text[text.index(f"\n{heading}\n") + 1 :].partition("\n")[2]
    return re.split(rf"^#{{1,{level}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def names_in(text: str) -> set[str]:
    """The words between back-ticks."""
    return {word for code in code_in(text) for word in re.findall(r"\w+", code)}


def views_of(kind: type) -> set[str]:
    """The fields and views of a value, save what other modules read, and the other name of ``on``."""
    inner = {"terms", "view", "rows", "net", "reversed", "payable_charges"} if kind is arledger.Position else set()
    return {name for name in dir(kind) if not name.startswith("_")} - inner - {"day"}


def test_the_ledger_page_has_every_argument_of_replay() -> None:
    arguments = [code_in(cells[0]) for cells in rows_of(section("docs/reference/ledger.md", "## replay"))]
    shown = [name for names in arguments if names for name in names]
    assert shown[: shown.index("fixed") + 1] == list(inspect.signature(arledger.replay).parameters)[1:]


@pytest.mark.parametrize(
    ("name", "heading", "kind"),
    [
        ("ledger", "## Ledger", arledger.Ledger),
        ("ledger", "## Position", arledger.Position),
        ("ledger", "### explanation", arledger.Story),
        ("ledger", "### explanation", arledger.StoryLine),
        ("ledger", "### explanation", arledger.StoryRest),
        ("statements", "## corrections", arledger.Corrections),
        ("statements", "## aged", arledger.Ageing),
        ("statements", "## aged", arledger.AgeingRow),
        ("statements", "## statement_of", arledger.Statement),
        ("statements", "## statement_of", arledger.StatementLine),
        ("statements", "## roll_forward", arledger.Control),
        ("statements", "## roll_forward", arledger.ControlLine),
        ("fees", "## LateFeeRule", arledger.LateFeeRule),
        ("fees", "### Limit", arledger.Limit),
        ("fees", "## assess", arledger.Assessment),
        ("fees", "## assess", arledger.AssessedItem),
        ("fees", "## assess", arledger.LimitLeft),
        ("fees", "## NsfFee, NsfSchedule", arledger.NsfFee),
        ("fees", "## NsfFee, NsfSchedule", arledger.NsfSchedule),
        ("fees", "## nsf_fees", arledger.NsfFees),
        ("fees", "## nsf_fees", arledger.NsfItem),
        ("fees", "## An amount of one's own", arledger.FeeAmount),
        ("fees", "## An amount of one's own", arledger.Worked),
        ("fees", "## An amount of one's own", arledger.Ground),
        ("payers", "## Refusal", arledger.Refusal),
        ("payers", "## Event", arledger.Event),
        ("payers", "## Contact", arledger.Contact),
        ("payers", "### Contacts", arledger.Contacts),
        ("payers", "## PaymentMethod", arledger.PaymentMethod),
        ("payers", "### PaymentMethods", arledger.PaymentMethods),
        ("payers", "## PaymentTypes", arledger.PaymentTypes),
        ("payers", "## Association", arledger.Association),
        ("payers", "## InvoiceBalance", arledger.InvoiceBalance),
        ("payers", "## readdress", arledger.Readdressed),
        ("checkout", "## CheckoutPolicy", arledger.CheckoutPolicy),
        ("checkout", "### ProcessingFee", arledger.ProcessingFee),
        ("checkout", "## Portal", arledger.Portal),
        ("checkout", "## Portal", arledger.BillingTeam),
        ("checkout", "## quote", arledger.Refused),
        ("checkout", "### Quote, as a value", arledger.Quote),
        ("checkout", "### Quote, as a value", arledger.QuoteLine),
        ("checkout", "### Quote, as a value", arledger.QuoteLeg),
        ("checkout", "## Receipt", arledger.Receipt),
        ("schedules", "## Schedule", arledger.Schedule),
        ("schedules", "## Schedule", arledger.DepositAccount),
        ("schedules", "### Enrolment", arledger.Enrolment),
        ("schedules", "## End rules", arledger.Course),
        ("schedules", "## Instalments", arledger.Instalments),
        ("schedules", "## Posting", arledger.Posting),
        ("schedules", "### ScheduleRun", arledger.ScheduleRun),
        ("schedules", "### ScheduleRun", arledger.RunLine),
        ("schedules", "### ScheduleRun", arledger.Ending),
        ("schedules", "### ScheduleRun", arledger.Subtracted),
        ("schedules", "## project", arledger.Projection),
        ("schedules", "## project", arledger.ProjectedEnd),
        ("schedules", "## RepaymentAgreement", arledger.RepaymentAgreement),
        ("schedules", "## RepaymentAgreement", arledger.RepaymentState),
        ("autopay", "## Agreement", arledger.Agreement),
        ("autopay", "### Share", arledger.Share),
        ("autopay", "### Agreements", arledger.Agreements),
        ("autopay", "## Includes", arledger.Includes),
        ("autopay", "## AutopayPolicy", arledger.AutopayPolicy),
        ("autopay", "## AutopayRun", arledger.AutopayRun),
        ("autopay", "## draft_pulls", arledger.Drafts),
        ("autopay", "## draft_pulls", arledger.Draft),
        ("autopay", "## draft_pulls", arledger.Part),
        ("autopay", "## draft_pulls", arledger.HeldBack),
        ("autopay", "## draft_pulls", arledger.Step),
        ("autopay", "## PendingIncrease", arledger.PendingIncrease),
        ("autopay", "## retry_pull", arledger.RetryRule),
        ("autopay", "## retry_pull", arledger.Retry),
        ("autopay", "## A rule of one's own", arledger.PullView),
        ("autopay", "## A rule of one's own", arledger.PullItem),
        ("autopay", "## A rule of one's own", arledger.Wanted),
        ("autopay", "## A rule of one's own", arledger.RuleFacts),
    ],
)
def test_a_page_has_every_field_and_view(name: str, heading: str, kind: type) -> None:
    assert views_of(kind) - names_in(section(f"docs/reference/{name}.md", heading)) == set()


def test_the_fees_page_shows_each_amount_as_it_prints() -> None:
    rows = [cells for cells in rows_of(section("docs/reference/fees.md", "## Amounts")) if code_in(cells[0])]
    calls = {code_in(cells[0])[0]: cells[1] for cells in rows}
    assert set(fee.__all__) <= names_in(" ".join(cells[0] for cells in rows))
    known: dict[str, Any] = {"fee": fee, "usd": lambda text: arledger.Money(text, "USD")}
    known |= {"a": fee.flat(known["usd"]("30")), "b": fee.percent(5, of=fee.OWED)}
    composed = {call: text for call, text in calls.items() if not isinstance(eval(call, known), Of)}  # our own page
    assert {call: str(eval(call, known)) for call in composed} == composed
    assert len(composed) == 14


def test_the_autopay_page_shows_each_rule_as_it_prints_and_each_box_and_class() -> None:
    text = section("docs/reference/autopay.md", "## Amount rules")
    calls = {code_in(cells[0])[0]: cells[1] for cells in rows_of(text) if code_in(cells[0])}
    assert set(pull.__all__) <= names_in(" ".join(f"`{call}`" for call in calls))
    known = {"pull": pull, "cad": lambda text: arledger.Money(text, "CAD"), "Percent": arledger.Percent}
    assert {call: str(eval(call, known)) for call in calls} == calls  # our own page
    boxes = section("docs/reference/autopay.md", "## Includes")
    assert set(include.__all__) | set(inspect.signature(include.boxes).parameters) <= names_in(boxes)
    rows = rows_of(section("docs/reference/autopay.md", "## ItemClass"))
    assert {name for cells in rows for name in code_in(cells[0])} == set(ItemClass.__members__)


@pytest.mark.parametrize(
    "kind", [kind for kind in get_args(arledger.Entry) if "on" in views_of(kind)], ids=lambda kind: kind.__name__
)
def test_the_facts_page_has_a_row_with_the_fields_of_each_entry_about_another(kind: type) -> None:
    text = section("docs/reference/facts.md", "## Entries about other entries")
    (row,) = (names_in("|".join(cells)) for cells in rows_of(text) if cells[0].startswith(f"`{kind.__name__}("))
    assert views_of(kind) - row - {"id", "posted", "sequence"} == set()
    assert {"id", "posted", "sequence"} <= names_in(text)


@pytest.mark.parametrize(
    ("name", "heading", "kind"),
    [
        ("payers", "## Refusal", arledger.RefusalKind),
        ("payers", "## Event", arledger.EventKind),
        ("payers", "## Contact", arledger.ContactKind),
        ("payers", "## Contact", arledger.AccessLevel),
        ("payers", "### access", arledger.ContactState),
        ("payers", "## PaymentMethod", arledger.MethodKind),
        ("payers", "### wallet", arledger.MethodState),
        ("payers", "## PaymentTypes", arledger.Channel),
        ("payers", "## PaymentTypes", arledger.Takes),
        ("payers", "## Association", arledger.AssociationScope),
        ("payers", "## InvoiceBalance", arledger.InvoiceStatus),
        ("checkout", "## CheckoutPolicy", arledger.Amounts),
        ("checkout", "## CheckoutPolicy", arledger.RunBy),
        ("checkout", "### ProcessingFee", arledger.Bearer),
        ("schedules", "## Posting", arledger.PostingState),
        ("schedules", "## RepaymentAgreement", arledger.RepaymentStanding),
    ],
)
def test_a_page_has_every_word_of_a_closed_set(name: str, heading: str, kind: type[Enum]) -> None:
    words = set(re.findall(r"\w+", section(f"docs/reference/{name}.md", heading)))
    assert set(kind.__members__) - words == set()


def test_the_pages_have_every_step_of_access_and_wallet_and_every_end() -> None:
    for heading, steps in (("### access", access), ("### wallet", wallet)):
        assert set(steps.__all__) <= names_in(section("docs/reference/payers.md", heading))
    assert set(ends.__all__) <= names_in(section("docs/reference/schedules.md", "## End rules"))


def test_what_may_follow_what_stands_on_the_pages_as_it_is_in_the_code() -> None:
    for name, heading, following in (
        ("payers", "### access", NEXT_ACCESS),
        ("schedules", "## Posting", arledger.NEXT_POSTING_STATES),
    ):
        rows = rows_of(section(f"docs/reference/{name}.md", heading))
        shown = {code_in(cells[0])[0]: set(re.findall(r"[A-Z_]{3,}", cells[-1])) for cells in rows if code_in(cells[0])}
        for state, after in following.items():
            assert {one.name for one in after} == shown[state.name], (name, state)


def test_the_ledger_page_has_every_kind_of_entry() -> None:
    named = {name for cells in rows_of(section("docs/reference/ledger.md", "## Entries")) for name in code_in(cells[0])}
    assert {kind.__name__ for kind in get_args(arledger.Entry)} <= named


def test_every_public_name_is_on_some_page() -> None:
    words = set(re.findall(r"\w+", "\n".join(TEXT.values())))
    assert [name for name in arledger.__all__ if name not in words] == []


def test_the_glossary_is_in_order_and_has_the_words_that_accountants_ask_for() -> None:
    words = re.findall(r"^\*\*([^*]+?)\.?\*\*", page("docs/glossary.md"), re.MULTILINE)
    assert words == sorted(words, key=str.lower)
    asked_for = (
        "Void, Write-off, Transfer, Refund, Prepayment, On account, Designation, Restriction, Ageing, Chargeback"
    )
    asked_for += ", Closed books, Control, Opening balance, Return, Reversal, Roll-forward, Statement, Trust"
    assert set(asked_for.split(", ")) <= set(words)


def carriers() -> list[str]:
    """Each test file and class, and each case, that the rule book says carries a rule."""
    lines = re.findall(r"^\*Test: (.*?)\*$", page("docs/reference/rules.md"), re.MULTILINE | re.DOTALL)
    return sorted({name for line in lines for name in [*code_in(line), *re.findall(r"\b[A-FR]\d+\b", line)]})


@cache
def defined_tests() -> frozenset[str]:
    """The names of all test functions and classes."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "tests").rglob("test_*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree))
    return frozenset(node.name for node in nodes if isinstance(node, (ast.ClassDef, ast.FunctionDef)))


@pytest.mark.parametrize("name", carriers())
def test_the_tests_that_carry_rules_are_there(name: str) -> None:
    if name.startswith("tests/"):
        assert (ROOT / name).is_file()
    else:
        assert any(name == known or f"_{name}_".lower() in f"{known}_".lower() for known in defined_tests())
