"""Folders of files that a command reads: which are there, which may be missing, and what stands in them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from arledger.cli.console import Refused, lines_of, tell_ignored, tell_names
from arledger.interchange.csv_rows import nearest_column
from arledger.interchange.portal_rows import FactFile, Kind, read_list

F = TypeVar("F")


def folder_parser(
    commands: Any, name: str, summary: str, description: str, more: str, *, day_of: str
) -> argparse.ArgumentParser:
    """The parser of a command on a folder of files, on a day; ``more`` is the end of its help."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=description,
        epilog=more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("folder", metavar="FOLDER", help="where the files are")
    parser.add_argument("--on", required=True, metavar="DAY", help=f"YYYY-MM-DD, the day of the {day_of}")
    return parser


def paths_in(folder: str, needed: Sequence[str], optional: Sequence[str] = ()) -> dict[str, str]:
    """The files of a folder, each as messages call it; of the optional ones, those that are there.

    A name that is near that of a file which is not there is told: it could be a slip.
    """
    inside = Path(folder)
    if not inside.is_dir():
        raise Refused(f"{folder}: no such folder")
    names = list(needed)
    for name in optional:
        if (inside / name).exists():
            names.append(name)
        else:
            meant = [path.as_posix() for path in sorted(inside.iterdir()) if nearest_column(path.name, [name])]
            tell_names(f"there is no {name}, and not read is", meant)
    return {name: (inside / name).as_posix() for name in names}


def list_in(kind: Kind[F], path: str | None, delimiter: str) -> FactFile[F]:
    """The facts of a list; none, where there is no file."""
    if path is None:
        return FactFile("", (), (), ())
    found = read_list(kind, lines_of(path), file=path, delimiter=delimiter)
    tell_ignored(found, [*kind.required, *kind.optional])
    return found
