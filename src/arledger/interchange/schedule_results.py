"""What schedules pay, or would pay, for people and for other programs.

The decision: each run as it prints, with its explanation if asked for; and everything as JSON. Rows of postings are
written in ``schedule_rows``.

Source: rules R57 to R59; ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from arledger.interchange.entry_cells import payment_cells
from arledger.interchange.results import amount_record, record_text
from arledger.money import amount_text
from arledger.payers.events import Event
from arledger.schedules.outcome import RunLine, ScheduleRun
from arledger.schedules.projection import Projection


def runs_text(runs: Sequence[ScheduleRun], *, explain: bool = False) -> str:
    """Each run as a table with its events; explained, if asked for."""
    if not runs:
        return "nothing runs\n"
    return "\n\n".join(run.explanation if explain else str(run) for run in runs) + "\n"


def runs_json(runs: Iterable[ScheduleRun]) -> str:
    """Everything of each run: its payment, its postings, its lines, what is to be told, and what has ended."""
    return record_text({"runs": [_run_record(run) for run in runs]})


def _run_record(run: ScheduleRun) -> dict[str, Any]:
    return {
        "schedule": run.schedule.id,
        "payer": run.schedule.payer,
        "on": str(run.on),
        "run": str(run.run),
        "payment": None if run.payment is None else dict(payment_cells("", run.payment)),
        "method": run.method,
        "account": run.schedule.account.id,
        "message": run.schedule.message,
        "postings": [
            {
                "id": posting.id,
                "invoice": posting.invoice,
                "association": posting.association,
                **amount_record(posting.amount),
                "state": posting.state.value,
            }
            for posting in run.postings
        ],
        "lines": [_line_record(line) for line in run.lines],
        "events": [_event_record(event) for event in run.events],
        "ended": [{"association": one.association, "why": one.why} for one in run.ended],
    }


def _line_record(line: RunLine) -> dict[str, Any]:
    return {
        "invoice": line.invoice.id,
        "number": line.invoice.number,
        "date": str(line.invoice.date),
        "association": line.association,
        "outstanding": amount_text(line.outstanding),
        "subtracted": [
            {"amount": amount_text(one.amount), "why": one.why, "posting": one.about} for one in line.subtracted
        ],
        "payable": amount_text(line.payable),
        "paid": amount_text(line.paid),
        "currency": line.paid.currency,
        "why": line.why,
        "flag": line.flag,
    }


def _event_record(event: Event) -> dict[str, Any]:
    return {
        "kind": event.kind.value,
        "on": str(event.on),
        "about": event.about,
        "text": event.text,
        "amount": None if event.amount is None else amount_text(event.amount),
    }


def projections_text(projections: Sequence[Projection]) -> str:
    """What each schedule would do, as tables under its name."""
    return "\n\n".join(f"{one.schedule}\n\n{one}" for one in projections) + "\n"


def projections_json(projections: Iterable[Projection]) -> str:
    """What each schedule would do: the amount of each run, and when and why it ends."""
    return record_text(
        {
            "projections": [
                {
                    "schedule": one.schedule.id,
                    "since": str(one.since),
                    "until": str(one.until),
                    "currency": one.currency,
                    "runs": [
                        {
                            "run": str(run.run),
                            "total": None if run.total is None else amount_text(run.total),
                            "lines": [_line_record(line) for line in run.lines if line.paid],
                        }
                        for run in one.runs
                    ],
                    "total": None if one.total is None else amount_text(one.total),
                    "ends": [
                        {"association": end.association, "no_run_after": str(end.after), "why": end.why}
                        for end in one.ends
                    ],
                    "ends_on": None if one.ends_on is None else str(one.ends_on),
                }
                for one in projections
            ]
        }
    )
