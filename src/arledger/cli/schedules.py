"""``arledger schedule``: what schedules pay on a day, or would pay over a year, by the files in a folder."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import attrs

from arledger.cli.console import (
    Refused,
    Together,
    day_of,
    delimiter_of,
    described,
    lines_of,
    put_out,
    tell,
    tell_names,
)
from arledger.cli.folders import folder_parser, list_in, paths_in
from arledger.cli.options import add_explain_option, add_output_options, check_format
from arledger.errors import ArledgerError
from arledger.interchange.portal_rows import ASSOCIATIONS, METHODS
from arledger.interchange.schedule_results import projections_json, projections_text, runs_json, runs_text
from arledger.interchange.schedule_rows import BALANCES, POSTINGS, columns_lacking, postings_text
from arledger.interchange.schedules import read_schedules
from arledger.payers.invoices import InvoiceBalance
from arledger.payers.methods import PaymentMethods
from arledger.schedules.outcome import ScheduleRun
from arledger.schedules.postings import Posting
from arledger.schedules.projection import project
from arledger.schedules.run_days import days_from
from arledger.schedules.running import run_schedule
from arledger.schedules.schedule import Schedule

_SCHEDULES, _ASSOCIATIONS, _INVOICES = "schedules.toml", "associations.csv", "invoices.csv"
_POSTINGS, _METHODS = "postings.csv", "methods.csv"
_SAVED = attrs.evolve(METHODS, has_accounts=False)
"""The columns of saved methods, where there is no account."""

_SCHEDULE = """\
Say what the schedules in a folder pay on a day: which invoices, how much of each, and why not more. Nothing is changed:
CSV has the columns of postings.csv, so that its rows can be added to it, and what is added is not paid again."""

_MORE = """\
FOLDER has schedules.toml, associations.csv, invoices.csv and, if there are any, postings.csv and methods.csv.

columns of associations.csv:
{associations}

columns of invoices.csv:
{invoices}

columns of postings.csv:
{postings}

columns of methods.csv:
{methods}

schedules.toml has currency and [[schedules]]: id, name, payer, account, repeats, first, enrolments, and optionally
amount or instalments, method, message and until. The documentation has a page with every setting, and examples/schedule
has files to begin with.

If anything is wrong in the files, all of it is told, the exit code is 2, and nothing is written.

example:
  arledger schedule examples/schedule --on 2026-03-15 --explain"""


@attrs.frozen(eq=False)
class _Folder:
    """What the files of a folder say."""

    schedules: Sequence[Schedule]
    balances: Sequence[InvoiceBalance]
    postings: Sequence[Posting]
    columns: Sequence[str]
    """Those of the file of postings; none, where there is no such file."""
    methods: PaymentMethods | None


def add_schedule_command(commands: Any) -> None:
    """The command, among the others."""
    parser = folder_parser(
        commands,
        "schedule",
        "say what schedules pay on a day, or would pay over a year, from a folder of files",
        _SCHEDULE,
        _MORE.format(
            associations=described(ASSOCIATIONS.holds),
            invoices=described(BALANCES.holds),
            postings=described(POSTINGS.holds),
            methods=described(_SAVED.holds),
        ),
        day_of="run",
    )
    parser.set_defaults(run=_schedule)
    parser.add_argument("--run-of", metavar="DAY", help="make the run of that day on --on, where it was missed")
    parser.add_argument(
        "--project", action="store_true", help="instead of a run, what each schedule would pay in the year from --on on"
    )
    add_explain_option(parser)
    add_output_options(parser)


def _schedule(arguments: argparse.Namespace) -> None:
    check_format(arguments)
    if arguments.project and (arguments.explain or arguments.format == "csv" or arguments.run_of is not None):
        raise Refused("--project has no place for --explain, --run-of and csv; leave them out")
    on = day_of(arguments.on, "--on")
    run_of = None if arguments.run_of is None else day_of(arguments.run_of, "--run-of")
    if run_of is not None and run_of > on:
        raise Refused(f"--run-of: {run_of} is after {on}; pass that day or an earlier one")
    delimiter = delimiter_of(arguments.delimiter)
    paths = paths_in(arguments.folder, [_SCHEDULES, _ASSOCIATIONS, _INVOICES], [_POSTINGS, _METHODS])
    folder = _read(paths, delimiter)
    text = _projected(arguments, folder, on) if arguments.project else _run(arguments, folder, on, run_of, delimiter)
    put_out(text, arguments.output, paths.values())


def _read(paths: Mapping[str, str], delimiter: str) -> _Folder:
    """What the files say; what is wrong with any of them is told together."""
    together = Together()
    associations = together.tried(lambda: list_in(ASSOCIATIONS, paths[_ASSOCIATIONS], delimiter))
    balances = together.tried(lambda: list_in(BALANCES, paths[_INVOICES], delimiter))
    postings = together.tried(lambda: list_in(POSTINGS, paths.get(_POSTINGS), delimiter))
    saved = together.tried(lambda: list_in(_SAVED, paths.get(_METHODS), delimiter))
    schedules: tuple[Schedule, ...] | None = None
    if associations is not None:
        text = together.tried(lambda: lines_of(paths[_SCHEDULES]).getvalue())
        if text is not None:
            schedules = together.tried(lambda: read_schedules(text, associations.all, file=paths[_SCHEDULES]))
    together.end()
    assert balances is not None
    assert postings is not None
    assert saved is not None
    assert schedules is not None
    methods = together.tried(lambda: PaymentMethods(saved.all)) if _METHODS in paths else None
    together.end()
    _tell_about(paths, schedules, balances.all, postings.all)
    return _Folder(schedules, balances.all, postings.all, postings.columns, methods)


def _tell_about(
    paths: Mapping[str, str],
    schedules: Sequence[Schedule],
    balances: Sequence[InvoiceBalance],
    postings: Sequence[Posting],
) -> None:
    """What could be a slip."""
    known = {balance.id for balance in balances}
    unknown = [f"{one.invoice} ({one.id})" for one in postings if one.invoice not in known and one.stands]
    tell_names(f"{paths[_INVOICES]} has no balance of the invoices of these postings", unknown)
    idle = [
        one.association
        for schedule in schedules
        for one in schedule.enrolments
        if not any(one.association.ties(balance.invoice) for balance in balances)
    ]
    tell_names(f"{paths[_INVOICES]} has no invoice of these enrolments", [f"{one.id} ({one})" for one in idle])
    named = [one.id for one in schedules if one.method is not None]
    if _METHODS not in paths:
        tell_names(f"there is no {_METHODS}, so that nothing tells whether the methods of these can pay", named)


def _projected(arguments: argparse.Namespace, folder: _Folder, on: date) -> str:
    found = [project(one, folder.balances, folder.postings, on) for one in folder.schedules]
    return projections_json(found) if arguments.format == "json" else projections_text(found)


def _run(arguments: argparse.Namespace, folder: _Folder, on: date, run_of: date | None, delimiter: str) -> str:
    day = on if run_of is None else run_of
    idle = [one for one in folder.schedules if next(days_from(one.frequency, one.first, day)) != day]
    for one in idle:
        following = next(days_from(one.frequency, one.first, day))
        tell(f"schedule {one.id} has no run on {day}; its next one is on {following}")
    runs = _runs([one for one in folder.schedules if one not in idle], folder, on, run_of)
    if arguments.format == "json":
        return runs_json(runs)
    if arguments.format == "csv":
        tell(*(str(event) for run in runs for event in run.events))
        new = [posting for run in runs for posting in run.postings]
        lacking = columns_lacking(new, folder.columns)
        path = (Path(arguments.folder) / _POSTINGS).as_posix()
        tell_names(f"the rows do not fit below those of {path}, which lacks", lacking)
        return postings_text(new, () if lacking else folder.columns, delimiter=delimiter)
    return runs_text(runs, explain=arguments.explain)


def _runs(schedules: Sequence[Schedule], folder: _Folder, on: date, run_of: date | None) -> list[ScheduleRun]:
    """The runs, one schedule after another: what one of them pays, the next one takes off."""
    postings = list(folder.postings)
    found, messages = [], []
    for schedule in schedules:
        try:
            run = run_schedule(schedule, folder.balances, postings, on, methods=folder.methods, run_of=run_of)
        except ArledgerError as error:
            messages.append(str(error))
            continue
        postings += run.postings
        found.append(run)
    if messages:
        raise Refused(*messages)
    return found
