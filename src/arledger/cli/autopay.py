"""``arledger autopay``: how much to pull from whom, by the agreements and the policy in a folder."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from arledger.autopay.agreements import Agreements
from arledger.autopay.draft import Drafts
from arledger.autopay.drafting import draft_pulls
from arledger.autopay.pulls import HELD
from arledger.autopay.runs import AutopayRun, repeated
from arledger.cli.console import (
    Refused,
    Together,
    account_name,
    day_of,
    decided,
    delimiter_of,
    described,
    lines_of,
    put_out,
    tell,
    tell_ignored,
    tell_names,
)
from arledger.cli.folders import folder_parser, list_in, paths_in
from arledger.cli.histories import known_of, position_of, read_history
from arledger.cli.options import add_explain_option, add_known_option, add_output_options, check_format
from arledger.errors import ArledgerError
from arledger.interchange.agreements import (
    AGREEMENT_COLUMNS,
    OPTIONAL_AGREEMENT_COLUMNS,
    RULE_NAMES,
    AgreementFile,
    read_agreements,
)
from arledger.interchange.autopay_policies import AutopaySettings, read_autopay_policy
from arledger.interchange.drafts import (
    PULL_COLUMNS,
    AccountDrafts,
    payments_text,
    pull_cells,
    pulls_json,
    pulls_text,
)
from arledger.interchange.entry_cells import columns_lacking
from arledger.interchange.increases import (
    INCREASE_COLUMNS,
    OPTIONAL_INCREASE_COLUMNS,
    IncreaseFile,
    read_increases,
)
from arledger.interchange.ledger_results import Asked
from arledger.interchange.ledgers import AccountLedger, last_posted
from arledger.interchange.portal_rows import METHODS, FactFile
from arledger.interchange.problems import Problem, RowErrors
from arledger.payers.methods import PaymentMethod, PaymentMethods

_ENTRIES, _AGREEMENTS, _POLICY, _INCREASES = "entries.csv", "agreements.csv", "policy.toml", "increases.csv"
_METHODS = "methods.csv"

_AUTOPAY = """\
Go through the history of each account and currency up to a day, and propose what is pulled on it by each agreement: how
much, for which charges, and what is left. Nothing is changed: CSV has the columns of entries.csv, in their order, so
that its rows can be added to it, and what is added is not pulled again."""

_MORE = """\
FOLDER has entries.csv (see arledger replay --help), agreements.csv, policy.toml and, if there are any, increases.csv
and methods.csv.

columns of agreements.csv:
{agreement_columns}
and optionally:
{more_agreement_columns}

A rule is one of {rules}.

columns of increases.csv:
{increase_columns}
and optionally:
{more_increase_columns}

columns of methods.csv, whose ids are then the methods of agreements, and whose defaults are taken where none is named:
{methods}

policy.toml has order and [cycle] (repeats, start, offset_days), and optionally [include], limit, least and other
settings. The documentation has a page with every setting, and examples/autopay has files to begin with.

If anything is wrong in the files, all of it is told, the exit code is 2, and nothing is written.

example:
  arledger autopay examples/autopay --on 2026-06-01 --explain"""

_EXCLUDED = {"excludes_first": "move_in", "excludes_last": "move_out"}


@attrs.frozen(eq=False)
class _Folder:
    """What the files of a folder say; ``agreements`` are those of each account in the currency of the policy."""

    ledgers: Sequence[AccountLedger]
    columns: Sequence[str]
    """Those of the file of entries."""
    agreements: Mapping[tuple[str, str], Agreements]
    increases: IncreaseFile
    methods: FactFile[PaymentMethod] | None
    """The methods that payers have saved; None, where there is no such file."""
    settings: AutopaySettings
    run: AutopayRun


def add_autopay_command(commands: Any) -> None:
    """The command, among the others."""
    parser = folder_parser(
        commands,
        "autopay",
        "propose what to pull from whom, from a folder of files",
        _AUTOPAY,
        _MORE.format(
            agreement_columns=described(AGREEMENT_COLUMNS),
            more_agreement_columns=described(OPTIONAL_AGREEMENT_COLUMNS),
            rules=", ".join(RULE_NAMES),
            increase_columns=described(INCREASE_COLUMNS),
            more_increase_columns=described(OPTIONAL_INCREASE_COLUMNS),
            methods=described(METHODS.holds),
        ),
        day_of="run",
    )
    parser.set_defaults(run=_autopay)
    parser.add_argument(
        "--run-of",
        metavar="DAY",
        help="repeat the run of that day on --on, where it was missed or pulls came back; default: --on",
    )
    add_known_option(parser)
    add_explain_option(parser)
    add_output_options(parser)


def _autopay(arguments: argparse.Namespace) -> None:
    check_format(arguments)
    on, known = day_of(arguments.on, "--on"), known_of(arguments)
    run_of = None if arguments.run_of is None else day_of(arguments.run_of, "--run-of")
    delimiter = delimiter_of(arguments.delimiter)
    paths = paths_in(arguments.folder, [_ENTRIES, _AGREEMENTS, _POLICY], [_INCREASES, _METHODS])

    folder = _read(paths, delimiter, on, run_of)
    settings, run = folder.settings, folder.run
    asked = Asked(
        order=settings.order,
        as_of=on,
        known=known or last_posted(folder.ledgers) or on,
        settle=settings.settle,
        returns=settings.returns,
        designations=settings.designations,
        sweep_credits=settings.sweep_credits,
        sweep_payments=settings.sweep_payments,
    )
    outcomes = decided(
        [of for of in folder.ledgers if (of.account, of.currency) in folder.agreements],
        lambda of: AccountDrafts(of.account, _drafts(folder, of, asked)),
    )
    if arguments.format == "csv":
        for outcome in outcomes:  # a table says so, and rows cannot
            held = [draft for draft in outcome.drafts.drafts if draft.reason.startswith(HELD)]
            tell(*(f"account {outcome.account}, {draft.agreement.id} is {draft.reason}" for draft in held))
        text = payments_text(outcomes, _columns(folder, outcomes, paths[_ENTRIES]), delimiter=delimiter)
    elif arguments.format == "json":
        text = pulls_json(settings, run, outcomes, asked)
    else:
        text = pulls_text(settings, run, outcomes, asked, explain=arguments.explain)
    put_out(text, arguments.output, paths.values())


def _columns(folder: _Folder, outcomes: Sequence[AccountDrafts], entries: str) -> Sequence[str]:
    """The columns of the file of entries, so that the rows fit below its own; all, where some are not there."""
    lacking = columns_lacking(pull_cells(outcomes), folder.columns)
    tell_names(f"the rows do not fit below those of {entries}, which lacks", lacking)
    return PULL_COLUMNS if lacking else folder.columns


def _read(paths: Mapping[str, str], delimiter: str, on: date, run_of: date | None) -> _Folder:
    """What the files say; what is wrong with any of them, or with the day, is told together."""
    together = Together()
    history = together.tried(lambda: read_history(paths[_ENTRIES], delimiter))
    ledgers, columns = (None, ()) if history is None else history
    agreements = together.tried(
        lambda: read_agreements(lines_of(paths[_AGREEMENTS]), file=paths[_AGREEMENTS], delimiter=delimiter)
    )
    increases = together.tried(lambda: _increases_in(paths.get(_INCREASES), delimiter))
    methods = together.tried(lambda: list_in(METHODS, paths.get(_METHODS), delimiter))
    settings = together.tried(lambda: read_autopay_policy(lines_of(paths[_POLICY]).getvalue(), file=paths[_POLICY]))
    run = None if settings is None else together.tried(lambda: _run(settings, on, run_of))
    if ledgers is not None and agreements is not None and settings is not None:
        together.tried(lambda: _check_currencies(_of_policy(settings, ledgers), agreements))
    together.end()
    assert ledgers is not None
    assert agreements is not None
    assert increases is not None
    assert methods is not None
    assert settings is not None
    assert run is not None
    inside = _of_policy(settings, ledgers)
    found = {(of.account, of.currency): agreements.of(of.account, of.currency) for of in inside}
    agreed = {key: those for key, those in found.items() if those is not None}
    saved = methods if _METHODS in paths else None
    folder = _Folder(ledgers, columns, agreed, increases, saved, settings, run)
    _tell_about(paths, folder, agreements)
    return folder


def _increases_in(path: str | None, delimiter: str) -> IncreaseFile:
    if path is None:
        return IncreaseFile(_INCREASES, (), (), ())
    return read_increases(lines_of(path), file=path, delimiter=delimiter)


def _run(settings: AutopaySettings, on: date, run_of: date | None) -> AutopayRun:
    """The run of a day, or that of another one, repeated."""
    option = "--on" if run_of is None else "--run-of"
    try:
        run = settings.run(on if run_of is None else run_of)
        option = "--on"
        return run if run.on == on else repeated(run, on=on)
    except ArledgerError as error:
        raise Refused(f"{option}: {str(error).removeprefix('autopay run: ').removeprefix('repeated: ')}") from None


def _of_policy(settings: AutopaySettings, ledgers: Iterable[AccountLedger]) -> list[AccountLedger]:
    """The accounts in the currency of the policy; where it has none, all of them."""
    return [of for of in ledgers if settings.policy.currency in (None, of.currency)]


def _check_currencies(ledgers: Iterable[AccountLedger], agreements: AgreementFile) -> None:
    """Refuse agreements that do not say which of the currencies of their account they are for."""
    currencies: dict[str, list[str]] = {}
    for of in ledgers:
        currencies.setdefault(of.account, []).append(of.currency)
    problems = [
        Problem(
            agreements.file,
            row.row,
            "currency",
            f"is empty, and {row.account} is in {' and '.join(currencies[row.account])}",
            "write one of them",
        )
        for row in agreements.rows
        if row.currency is None and len(currencies.get(row.account, ())) > 1
    ]
    if problems:
        raise RowErrors(problems)


def _tell_about(paths: Mapping[str, str], folder: _Folder, agreements: AgreementFile) -> None:
    """What is left out, and what could be a slip."""
    tell_ignored(agreements, [*AGREEMENT_COLUMNS, *OPTIONAL_AGREEMENT_COLUMNS])
    tell_ignored(folder.increases, [*INCREASE_COLUMNS, *OPTIONAL_INCREASE_COLUMNS])
    policy = folder.settings.policy
    others = [of for of in folder.ledgers if policy.currency not in (None, of.currency)]
    tell_names(f"{paths[_POLICY]} is in {policy.currency}, and left out are", map(account_name, others))
    inside = _of_policy(folder.settings, folder.ledgers)
    without = [of for of in inside if (of.account, of.currency) not in folder.agreements]
    tell_names(f"{agreements.file} has no agreement for these, which are left out", map(account_name, without))
    for rows in (agreements, folder.increases):
        _tell_unknown(paths[_ENTRIES], folder.ledgers, rows)
    for flag, column in _EXCLUDED.items():
        if getattr(policy, flag) and column not in agreements.columns:
            tell(f"{agreements.file} has no column {column}, so that {flag} leaves nothing out")


def _tell_unknown(entries: str, ledgers: Iterable[AccountLedger], read: AgreementFile | IncreaseFile) -> None:
    """Name the accounts of rows that no entry is of."""
    names = {of.account for of in ledgers} | {account_name(of) for of in ledgers}
    given = (row.account if row.currency is None else f"{row.account} ({row.currency})" for row in read.rows)
    unknown = [name for name in dict.fromkeys(given) if name not in names]
    tell_names(f"{read.file}: {entries} has none of these accounts", unknown, sorted(names))


def _drafts(folder: _Folder, of: AccountLedger, asked: Asked) -> Drafts:
    agreements = folder.agreements[of.account, of.currency]
    increases = folder.increases.of(of.account, of.currency)
    methods = None if folder.methods is None else PaymentMethods(folder.methods.of(of.account))
    return draft_pulls(
        agreements,
        position_of(of, asked).position,
        folder.run,
        folder.settings.policy,
        increases=increases,
        methods=methods,
    )
