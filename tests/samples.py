"""How many cases the long tests draw: all that they promise, or a part of it.

``ARLEDGER_SAMPLES=0.05`` makes a run of a few seconds, for whoever changes a line and looks at what notices. The
promised numbers are asserted only where nothing was cut.
"""

from __future__ import annotations

import os

PART = float(os.environ.get("ARLEDGER_SAMPLES", "1"))
"""The part of the promised numbers that is drawn."""


def samples(promised: int) -> int:
    """So many cases, or the part of them that was asked for; at least one."""
    return max(1, round(promised * PART))
