"""Which settings there are, section by section, and what they make.

The problem: a property that changes one field of a policy must not repeat the other eleven, and each check box of
autopay is somebody's decision. The decision: a setting is a field of a section by its dotted name, ``late_fee.grace``;
the "Include ..." boxes are a setting each, ``autopay.include.deposits``. A section's value stands for all its settings,
and settings make a section's value. Adjustments and taxes are sections of their own, inside that of billing.

Source: ours.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from inspect import signature
from typing import Any

import attrs

from arledger.autopay import include
from arledger.autopay.classes import Includes
from arledger.billing.policy import AdjustmentPolicy
from arledger.billing.taxes import TaxPolicy
from arledger.checks import check_instance
from arledger.errors import InvalidValue
from arledger.policies.finance import KINDS

_INCLUDES = "includes"
_BOXES = {name: include.boxes(**{name: True}) for name in signature(include.boxes).parameters}


@attrs.frozen(order=False)
class Section:
    """A part of a policy: its name, what it is, and the fields of it that are sections of their own."""

    name: str
    kind: type[Any]
    inner: Mapping[str, Section] = attrs.field(factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of what is said of it, its inner sections apart."""
        own = [field.name for field in attrs.fields(self.kind) if field.init and field.name not in self.inner]
        return tuple(name for field in own for name in (_BOX_FIELDS if field == _INCLUDES else (field,)))

    @property
    def settings(self) -> tuple[str, ...]:
        """The dotted names of all that can be said of it, its inner sections included."""
        own = tuple(f"{self.name}.{field}" for field in self.fields)
        return own + tuple(setting for section in self.inner.values() for setting in section.settings)

    @property
    def boxes(self) -> tuple[str, ...]:
        """The dotted names of its boxes, of which one may imply others."""
        return tuple(f"{self.name}.{field}" for field in self.fields if field in _BOX_FIELDS)

    @property
    def required(self) -> tuple[str, ...]:
        """The dotted names without which there is no value."""
        defaults = {field.name: field.default for field in attrs.fields(self.kind)}
        return tuple(f"{self.name}.{name}" for name in self.fields if defaults.get(name) is attrs.NOTHING)

    def missing(self, said: Collection[str]) -> list[str]:
        """What is required and not said, where anything is said of it; nothing where nothing is."""
        is_begun = any(setting in said for setting in self.settings)
        return [setting for setting in self.required if setting not in said] if is_begun else []

    def made(self, said: Mapping[str, Any]) -> Any:
        """The value that settings make; what its class refuses is refused."""
        values = {field: said[f"{self.name}.{field}"] for field in self.fields if f"{self.name}.{field}" in said}
        values |= {field: section.made(said) for field, section in self.inner.items()}
        boxes = {box: values.pop(field) for box, field in zip(_BOXES, _BOX_FIELDS, strict=True) if field in values}
        return self.kind(**values, **({_INCLUDES: include.boxes(**boxes)} if boxes else {}))

    def settings_of(self, value: Any, subject: str) -> dict[str, Any]:
        """The settings that a value stands for."""
        check_instance(value, self.kind, subject, self.name)
        boxes = _ticked(value.includes, subject) if _INCLUDES in attrs.fields_dict(self.kind) else {}
        found = {
            f"{self.name}.{field}": boxes[field] if field in boxes else getattr(value, field) for field in self.fields
        }
        for field, section in self.inner.items():
            found |= section.settings_of(getattr(value, field), subject)
        return found


_BOX_FIELDS = tuple(f"include.{name}" for name in _BOXES)


def _ticked(includes: Includes, subject: str) -> dict[str, bool]:
    """The boxes that come to it; of boxes that one of them implies, none is ticked."""
    within = {name: box for name, box in _BOXES.items() if includes | box == includes}
    ticked = {
        name: box
        for name, box in within.items()
        if not any(name != other and box | more == more for other, more in within.items())
    }
    if include.boxes(**dict.fromkeys(ticked, True)) != includes:
        raise InvalidValue(
            f"{subject}: includes of {includes} is no choice of boxes",
            field=_INCLUDES,
            value=includes,
            hint="pass boxes joined with |, such as include.DEPOSITS",
        )
    return {field: name in ticked for name, field in zip(_BOXES, _BOX_FIELDS, strict=True)}


_INNER = {
    "billing": {"adjustments": Section("adjustments", AdjustmentPolicy), "taxes": Section("tax", TaxPolicy)},
}

SECTIONS: Mapping[str, Section] = {name: Section(name, kind, _INNER.get(name, {})) for name, kind in KINDS.items()}
"""The sections of a policy by their names, inner ones apart."""

WHOLE: Mapping[str, Section] = {
    section.name: section for outer in SECTIONS.values() for section in (outer, *outer.inner.values())
}
"""All sections by their names, each after the one that it is in."""

SETTINGS: tuple[str, ...] = tuple(setting for section in SECTIONS.values() for setting in section.settings)
"""The dotted names of all settings."""
