"""Each script in examples/ prints what the text beside it shows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = sorted((ROOT / "examples").glob("*.py"))


@pytest.mark.parametrize("script", SCRIPTS, ids=[script.stem for script in SCRIPTS])
def test_a_script_prints_the_text_beside_it(script: Path) -> None:
    done = subprocess.run(  # our own examples
        [sys.executable, script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == script.with_suffix(".txt").read_text(encoding="utf-8")


def test_there_are_scripts() -> None:
    names = ["company", "custom_order", "family", "house_rules", "law_firm", "lease_life", "one_missed_rent"]
    assert [script.stem for script in SCRIPTS] == [*names, "roommates", "two_januaries"]
