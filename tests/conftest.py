"""Hypothesis profiles: "ci" repeats itself exactly, "dev" looks for something new on each run.

"mutation" is "ci" for a runner that calls the same tests again and again in one process, as mutmut does. Where only a
part of all samples is drawn, so it is of these.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from samples import samples

EXAMPLES = max(10, samples(150))

settings.register_profile("dev", max_examples=EXAMPLES, deadline=None)
settings.register_profile("ci", max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile(
    "mutation", settings.get_profile("ci"), suppress_health_check=[HealthCheck.differing_executors]
)

if "MUTANT_UNDER_TEST" in os.environ:
    settings.load_profile("mutation")
else:
    settings.load_profile("ci" if os.environ.get("CI") else "dev")
