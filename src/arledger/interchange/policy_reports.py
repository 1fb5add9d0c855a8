"""What holds for a property or a lease, for people and for other programs.

The decision: a line a setting, with its value in words and the scope that it comes from, in the order of the sections;
the same as CSV and as JSON.

Source: ours.
"""

from __future__ import annotations

from typing import Any

from arledger.interchange.results import record_text, rows_text
from arledger.policies.layers import Origin
from arledger.policies.merging import EffectivePolicy
from arledger.policies.words import words_of

POLICY_COLUMNS = ("setting", "value", "scope", "name")
"""The columns of settings; the scope of a default is the word, and company and defaults have no name."""


def policy_text(found: EffectivePolicy) -> str:
    """All settings as a table, under the scopes that they come from."""
    scopes = ", ".join(map(str, found.scopes))
    return f"{scopes}\n\n{found}\n" if found.values else f"{scopes}: nothing is said\n"


def policy_rows_text(found: EffectivePolicy, *, delimiter: str = ",") -> str:
    """A header and a row for each setting."""
    rows = (
        (name, words_of(value), _scope(found.origins[name]), found.origins[name].name or "")
        for name, value in found.values.items()
    )
    return rows_text(POLICY_COLUMNS, rows, delimiter)


def policy_json(found: EffectivePolicy) -> str:
    """The scopes, and each setting with its value in words and its origin."""
    return record_text(
        {
            "scopes": [_origin_record(origin) for origin in found.scopes],
            "settings": [
                {"setting": name, "value": words_of(value), "from": _origin_record(found.origins[name])}
                for name, value in found.values.items()
            ],
        }
    )


def _scope(origin: Origin) -> str:
    return "default" if origin.scope is None else str(origin.scope)


def _origin_record(origin: Origin) -> dict[str, Any]:
    return {"scope": _scope(origin), "name": origin.name}
