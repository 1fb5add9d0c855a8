"""Runs the examples of README.md, of docs/ and of the docstrings, so that none of them can go stale.

In Markdown a ``python`` block is run (as a doctest where it begins with ``>>>``), and a ``text`` block after it is what
it prints. A ``console`` block is run line by line (``$ arledger ...``, ``$ python ...``, ``$ cat ...``, ``$ echo $?``)
and must print what it shows. A block after ``<!-- file: NAME -->`` becomes a file that the console sees, beside the
folder ``examples``. Whatever else is fenced must say ``<!-- not run: WHY -->``; without it, collecting fails.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sybil import Document, Example, Region, Sybil
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent
FENCED = re.compile(
    r"^(?:<!-- (?P<mark>file|not run): (?P<said>[^\n]+) -->\n)?```(?P<language>[^\n]*)\n(?P<source>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Blocks:
    """All fenced blocks of a Markdown document, save those of Python that are doctests."""

    def __call__(self, document: Document) -> Iterator[Region]:
        """The blocks, each with what runs it."""
        for match in FENCED.finditer(document.text):
            evaluator = self._evaluator(match, document)
            if evaluator is not None:
                parsed = (match["said"], match["source"])
                yield Region(match.start(), match.end(), parsed=parsed, evaluator=evaluator)

    def _evaluator(self, match: re.Match[str], document: Document) -> Any:
        language, mark = match["language"], match["mark"]
        if mark == "not run" or (language == "python" and match["source"].startswith(">>>")):
            return None
        if mark == "file":
            return write_file
        if language in EVALUATORS:
            return EVALUATORS[language]
        line = document.text.count("\n", 0, match.start()) + 1
        raise ValueError(f"{document.path}:{line}: nothing runs this block; write <!-- not run: WHY --> before it")


def run_python(example: Example) -> None:
    """Run a block, and keep what it prints for the ``text`` block that must follow."""
    refuse_unshown(example.namespace)
    printed = io.StringIO()
    source = "\n" * example.line + example.parsed[1]  # so that a traceback names the line of the page
    with redirect_stdout(printed):
        exec(compile(source, example.path, "exec", dont_inherit=True), example.namespace)  # noqa: S102  # our own pages
    example.namespace["__printed__"] = printed.getvalue()


def compare_printed(example: Example) -> str | None:
    """What is wrong with a ``text`` block: it must be what the Python before it printed."""
    return difference(example.namespace.pop("__printed__", ""), example.parsed[1])


def run_console(example: Example) -> str | None:
    """What is wrong with a ``console`` block: each command must print what stands below it."""
    folder = example.namespace["__folder__"]
    for command, shown in re.findall(r"^\$ ([^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", example.parsed[1], re.MULTILINE):
        if command == "echo $?":
            printed = f"{example.namespace['__code__']}\n"
        else:
            done = subprocess.run(  # noqa: S603  # the commands of our own pages
                argv_of(command),
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "COLUMNS": "80"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                check=False,
            )
            example.namespace["__code__"], printed = done.returncode, done.stdout
        wrong = difference(printed, shown)
        if wrong:
            return f"$ {command}\n{wrong}"
    return None


def argv_of(command: str) -> list[str]:
    """A command of a page as a list of arguments; only these three programs are run."""
    program, *arguments = shlex.split(command)
    programs = {"arledger": [sys.executable, "-m", "arledger"], "python": [sys.executable], "cat": ["cat"]}
    return [*programs[program], *arguments]


def write_file(example: Example) -> None:
    """Put a block into a file that the console sees."""
    name, source = example.parsed
    Path(example.namespace["__folder__"], name).write_text(source, encoding="utf-8")


def difference(printed: str, shown: str) -> str:
    """Empty if the texts are the same, else both of them."""
    printed, shown = ("\n".join(map(str.rstrip, text.strip("\n").splitlines())) for text in (printed, shown))
    return "" if printed == shown else f"Shown:\n{shown}\nPrinted:\n{printed}"


def refuse_unshown(namespace: dict[str, Any]) -> None:
    """Refuse a page whose Python printed what no ``text`` block shows."""
    printed = namespace.pop("__printed__", "")
    if printed:
        raise AssertionError(f"no text block shows what this printed:\n{printed}")


def open_folder(namespace: dict[str, Any]) -> None:
    """A folder for the page's files, with the examples in it."""
    folder = tempfile.mkdtemp(prefix="arledger-docs-")
    namespace["__folder__"] = folder
    if (ROOT / "examples").is_dir():
        shutil.copytree(ROOT / "examples", Path(folder, "examples"))


def close_folder(namespace: dict[str, Any]) -> None:
    """Remove the page's folder."""
    shutil.rmtree(namespace["__folder__"])
    refuse_unshown(namespace)


EVALUATORS = {"python": run_python, "text": compare_printed, "console": run_console}


class Doctests(PythonCodeBlockParser):
    """Blocks of Python that begin with ``>>>``."""

    def __call__(self, document: Document) -> Iterator[Region]:
        """The doctests; other blocks of Python are left to ``Blocks``."""
        return (region for region in super().__call__(document) if not isinstance(region.parsed, str))


pytest_collect_file = (
    Sybil(parsers=[Doctests(), Blocks()], patterns=["*.md"], setup=open_folder, teardown=close_folder)
    + Sybil(parsers=[DocTestParser()], patterns=["src/arledger/*.py", "src/arledger/**/*.py"])
).pytest()
