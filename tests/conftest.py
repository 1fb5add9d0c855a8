"""Hypothesis profiles: "ci" repeats itself exactly, "dev" looks for something new on each run.

"mutation" is "ci" for a runner that calls the same tests again and again in one process, as mutmut does.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("dev", max_examples=150, deadline=None)
settings.register_profile("ci", max_examples=150, derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile(
    "mutation", settings.get_profile("ci"), suppress_health_check=[HealthCheck.differing_executors]
)

if "MUTANT_UNDER_TEST" in os.environ:
    settings.load_profile("mutation")
else:
    settings.load_profile("ci" if os.environ.get("CI") else "dev")
