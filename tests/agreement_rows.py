"""Rows of agreements.csv."""

from __future__ import annotations

import csv
import io

from arledger import AgreementFile, read_agreements
from arledger.interchange.agreements import AGREEMENT_COLUMNS, OPTIONAL_AGREEMENT_COLUMNS

COLUMNS = (*AGREEMENT_COLUMNS, *OPTIONAL_AGREEMENT_COLUMNS)
ROW = {"account": "A-1", "agreement": "AP-1", "rule": "keep_percent", "agreed": "2026-01-15"}


def text_of(*rows: dict[str, str]) -> io.StringIO:
    """A file with all columns."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({**ROW, **row} for row in rows)
    text.seek(0)
    return text


def read(*rows: dict[str, str]) -> AgreementFile:
    """What a file of these rows says; cells that a row does not say are those of ROW."""
    return read_agreements(text_of(*rows), file="agreements.csv")
