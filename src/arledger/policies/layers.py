"""Who says what: the layers of a company's policies.

The problem: one property has its own late fee, one lease its own limit of autopay, and copies of the company's policy
that were made for them drift away from it. The decision: a layer is what one scope says, and nothing else; layers are
checked together, once, and the order in which they are given never matters.

Source: ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from typing import Any

import attrs

from arledger.checks import as_tuple, check_id, check_instance, check_tuple_of, shown, text_of, type_name
from arledger.errors import Conflict, InvalidType, InvalidValue, UnknownName, did_you_mean
from arledger.policies.sections import SETTINGS, WHOLE


class Scope(IntEnum):
    """Whom a setting is for. The more specific one is the greater."""

    COMPANY = 0
    REGION = 1
    PROPERTY = 2
    LEASE = 3

    def __str__(self) -> str:
        return self.name.lower()

    def __repr__(self) -> str:
        return f"Scope.{self.name}"


@attrs.frozen(order=False)
class Origin:
    """Where an effective setting comes from: a scope and its name; no scope where it is the default of its section.

    >>> print(Origin(Scope.PROPERTY, "Maple House"), Origin(Scope.COMPANY), Origin(), sep=", ")
    property Maple House, company, default
    """

    scope: Scope | None = None
    name: str | None = None

    def __str__(self) -> str:
        words = "default" if self.scope is None else str(self.scope)
        return words if self.name is None else f"{words} {self.name}"


DEFAULT = Origin()
"""Nobody said it."""

_ENCLOSING = {Scope.PROPERTY: Scope.REGION, Scope.LEASE: Scope.PROPERTY}


def _as_pairs(settings: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> tuple[tuple[str, Any], ...]:
    given: Any = settings
    return tuple(given.items()) if isinstance(settings, Mapping) else given  # what is neither is refused by the check


@attrs.frozen(order=False)
class PolicyLayer:
    """What one scope says: settings by their dotted names, or whole sections by theirs.

    ``name`` is that of a region, a property or a lease; the company has none. ``within`` names the region of a
    property, and the property of a lease. ``settings`` are kept as sorted pairs, whole sections as all their settings.

    >>> layer = PolicyLayer(Scope.PROPERTY, "Maple House", {"deposit.refund_window_days": 15}, within="West")
    >>> layer.settings
    (('deposit.refund_window_days', 15),)
    >>> PolicyLayer(Scope.COMPANY, settings={"deposit.refund_window": 15})
    Traceback (most recent call last):
        ...
    arledger.errors.UnknownName: company: unknown setting 'deposit.refund_window'; did you mean \
deposit.refund_window_days?

    Refused: an unknown setting; a section beside one of its settings; a region within anything.
    """

    scope: Scope
    name: str | None = None
    settings: tuple[tuple[str, Any], ...] = attrs.field(default=(), converter=_as_pairs)
    within: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_instance(self.scope, Scope, "policy layer", "scope", "pass a Scope, such as Scope.PROPERTY")
        if self.scope is Scope.COMPANY:
            _check_absent(self.name, "company", "name", "leave it out: there is one company")
        else:
            check_id(self.name, str(self.scope), "name")
        if self.scope not in _ENCLOSING:
            _check_absent(self.within, str(self.origin), "within", "it is within the company")
        elif self.within is not None:
            check_id(self.within, str(self.origin), "within")
        object.__setattr__(self, "settings", self._expanded())

    @property
    def origin(self) -> Origin:
        """Where its settings come from."""
        return Origin(self.scope, self.name)

    def _expanded(self) -> tuple[tuple[str, Any], ...]:
        """Its settings, sorted, those of whole sections one by one."""
        subject = str(self.origin)
        if not isinstance(self.settings, tuple) or not all(
            isinstance(pair, tuple) and len(pair) == 2
            for pair in self.settings  # a name and a value
        ):
            raise InvalidType(
                f"{subject}: settings is {type_name(self.settings)}, not a mapping",
                field="settings",
                value=self.settings,
                hint='pass settings by their names: {"autopay.limit": ...}',
            )
        found: dict[str, Any] = {}
        for name, value in self.settings:
            _check_setting(name, subject)
            more = WHOLE[name].settings_of(value, subject) if name in WHOLE else {name: value}
            _check_once(found, more, subject)
            found |= more
        return tuple(sorted(found.items(), key=lambda pair: pair[0]))


def _check_absent(value: object, subject: str, field: str, hint: str) -> None:
    if value is not None:
        raise InvalidValue(f"{subject}: {field} is {shown(value)}", field=field, value=value, hint=hint)


def _check_setting(name: object, subject: str) -> None:
    """Refuse what is the name of no setting and of no section."""
    if name not in SETTINGS and name not in WHOLE:
        section = text_of(name).partition(".")[0]
        hint = (
            did_you_mean(text_of(name), WHOLE[section].settings) if section in WHOLE else did_you_mean(section, WHOLE)
        )
        raise UnknownName(f"{subject}: unknown setting {shown(name)}", field="settings", value=name, hint=hint)


def _check_once(said: Mapping[str, Any], more: Iterable[str], subject: str) -> None:
    """Refuse a setting that is said already."""
    for name in more:
        if name in said:
            raise Conflict(f"{subject}: says {name} twice", field="settings", value=name, hint="keep one of them")


def _as_layers(layers: PolicyLayer | Iterable[PolicyLayer]) -> tuple[PolicyLayer, ...]:
    return (layers,) if isinstance(layers, PolicyLayer) else as_tuple(layers)


@attrs.frozen(order=False)
class Policies:
    """The layers of a company, one a scope and name, sorted; in whatever order, and however split, they were given.

    >>> west = PolicyLayer(Scope.REGION, "West", {"deposit.refund_window_days": 15})
    >>> maple = PolicyLayer(Scope.PROPERTY, "Maple House", within="Wset")
    >>> Policies([west, maple])
    Traceback (most recent call last):
        ...
    arledger.errors.UnknownName: property Maple House: within the unknown region 'Wset'; did you mean West?

    Refused: two layers of one scope that say the same setting, or that name two regions or properties which it is in;
    a property within an unknown region, a lease within an unknown property.
    """

    layers: tuple[PolicyLayer, ...] = attrs.field(default=(), converter=_as_layers)

    def __attrs_post_init__(self) -> None:
        check_tuple_of(self.layers, PolicyLayer, "policies", "layers")
        found: dict[tuple[Scope, str], PolicyLayer] = {}
        for layer in self.layers:
            place = (layer.scope, layer.name or "")
            found[place] = _joined(found[place], layer) if place in found else layer
        object.__setattr__(self, "layers", tuple(found[place] for place in sorted(found)))
        for layer in self.layers:
            if layer.within is not None:
                self._check_within(layer, layer.within)

    def __iter__(self) -> Iterator[PolicyLayer]:
        return iter(self.layers)

    def layer(self, scope: Scope, name: str | None = None) -> PolicyLayer | None:
        """The layer of a scope; None where nothing is said there."""
        return next((layer for layer in self.layers if (layer.scope, layer.name) == (scope, name)), None)

    def names(self, scope: Scope) -> list[str]:
        """The names that a scope has layers for."""
        return [layer.name for layer in self.layers if layer.scope is scope and layer.name is not None]

    def _check_within(self, layer: PolicyLayer, name: str) -> None:
        scope = _ENCLOSING[layer.scope]
        if self.layer(scope, name) is None:
            raise unknown_scope(f"{layer.origin}: within the unknown", scope, name, self, "within")


def unknown_scope(problem: str, scope: Scope, name: str, policies: Policies, field: str) -> UnknownName:
    """The refusal of a scope that no layer is for."""
    known = policies.names(scope)
    hint = did_you_mean(name, known) if known else f"there is no {scope}; give it a layer, if an empty one"
    if scope is Scope.LEASE:
        hint += " (where nothing is said of a lease, pass property= too)"
    return UnknownName(f"{problem} {scope} {shown(name)}", field=field, value=name, hint=hint)


def _joined(layer: PolicyLayer, other: PolicyLayer) -> PolicyLayer:
    """Two layers of one scope and name as one."""
    subject = str(layer.origin)
    if None not in (layer.within, other.within) and layer.within != other.within:
        first, second = sorted([str(layer.within), str(other.within)])
        raise Conflict(
            f"{subject}: within {first} and within {second}", field="within", value=second, hint="keep one of them"
        )
    within = other.within if layer.within is None else layer.within
    return attrs.evolve(layer, settings=(*layer.settings, *other.settings), within=within)
