"""What holds for a lease, a property, a region or the company, and where each of its settings comes from.

The problem: four people write settings for four scopes, and nobody can say afterwards which late fee a lease has and
who decided it. The decision: setting by setting, the most specific scope that says it wins; the result is a
``FinancePolicy`` like any other, and beside it stands the origin of each of its settings. What the class of a section
refuses is told with the scopes that its settings come from.

Source: ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from types import MappingProxyType
from typing import Any

import attrs

from arledger.checks import check_id, check_instance
from arledger.errors import ArledgerError, Conflict, InvalidValue, UnknownName
from arledger.policies.finance import FinancePolicy
from arledger.policies.layers import DEFAULT, Origin, Policies, PolicyLayer, Scope, unknown_scope
from arledger.policies.sections import SECTIONS, Section
from arledger.policies.words import words_of
from arledger.tables import text_table

_WIDEST = 80
"""How wide a value is printed; a longer one goes on below."""

Said = Mapping[str, tuple[Any, Origin]]
"""Settings by their dotted names, each with its value and who said it."""


@attrs.frozen(order=False)
class EffectivePolicy:
    """What holds somewhere. Prints as a table of all its settings.

    ``scopes`` are those that it was merged from, from the company on; ``values`` are the settings of ``policy`` by
    their dotted names, and ``origins`` says where each comes from.
    """

    policy: FinancePolicy
    scopes: tuple[Origin, ...]
    values: Mapping[str, Any]
    origins: Mapping[str, Origin]

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """Each setting, its value in words, and where it comes from."""
        return [(name, words_of(value), str(self.origins[name])) for name, value in self.values.items()]

    def __str__(self) -> str:
        rows = []
        for name, value, origin in self.rows:
            first, *more = wrap(value, _WIDEST) or [""]
            rows += [(name, first, origin), *(("", line, "") for line in more)]
        return text_table(("setting", "value", "from"), rows)


def effective(
    policies: Policies,
    *,
    region: str | None = None,
    property: str | None = None,  # noqa: A002  # the word of the trade
    lease: str | None = None,
) -> EffectivePolicy:
    """What holds for a lease, a property or a region; for the company, where none is named.

    A lease names its property and a property its region, so that one name is enough. A lease of which nothing is said
    has what holds for ``property``.

    >>> layers = [
    ...     PolicyLayer(Scope.COMPANY, settings={"deposit.refund_window_days": 30}),
    ...     PolicyLayer(Scope.PROPERTY, "Maple House", {"deposit.refund_window_days": 15}),
    ... ]
    >>> print(effective(Policies(layers), property="Maple House"))
    setting                     value             from
    --------------------------  ----------------  --------------------
    deposit.refund_window_days  15                property Maple House
    deposit.rates               none              default
    deposit.accrual             by days over 365  default
    deposit.covers              none              default
    deposit.rounding            half up           default

    Refused: a region or a property that no layer is of, one that another layer contradicts; a section that lacks what
    it must have, or that its class refuses.
    """
    check_instance(policies, Policies, "effective", "policies", "pass Policies([...])")
    for field, name in (("region", region), ("property", property), ("lease", lease)):
        if name is not None:
            check_id(name, "effective", field)
    chain = _chain(policies, region, property, lease)
    said = said_by(chain)
    sections: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for section in SECTIONS.values():
        made = section_from(section, said)
        if made is not None:
            sections[section.name] = made
            values |= section.settings_of(made, section.name)
            # as they were ticked: one box may imply others, which the section itself cannot tell
            values |= {name: said[name][0] for name in section.boxes if name in said}
    return EffectivePolicy(
        FinancePolicy(**sections),
        tuple(layer.origin for layer in chain),
        MappingProxyType(values),
        MappingProxyType({name: said[name][1] if name in said else DEFAULT for name in values}),
    )


def said_by(chain: Iterable[PolicyLayer]) -> Said:
    """What layers say, from the company on: the last one that says a setting wins."""
    return {name: (value, layer.origin) for layer in chain for name, value in layer.settings}


def section_from(section: Section, said: Said) -> Any:
    """The value of a section; None where nothing is said of it."""
    begun = [name for name in section.settings if name in said]
    if not begun:
        return None
    missing = section.missing(said)
    scopes = scopes_text(said[name][1] for name in begun)
    if missing:
        raise InvalidValue(
            f"{section.name}: nobody says {_listed(missing)}, and other settings of it are said by {scopes}",
            field=missing[0],
            value=tuple(missing),
            hint="say it, or leave out the section",
        )
    try:
        return section.made({name: said[name][0] for name in begun})
    except ArledgerError as error:
        raise with_scopes(error, scopes) from None


def with_scopes(error: ArledgerError, scopes: str) -> ArledgerError:
    """What a section's class refused, told with the scopes that its settings come from."""
    told = f"{str(error).removesuffix(f'; {error.hint}')}, as said by {scopes}"
    return type(error)(told, field=error.field, value=error.value, hint=error.hint)


def scopes_text(origins: Iterable[Origin]) -> str:
    """Scopes as a sentence says them, from the company on, each once."""
    found = sorted(set(origins), key=lambda origin: (origin.scope is not None, origin.scope, origin.name or ""))
    return _listed([str(origin) for origin in found])


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _chain(policies: Policies, region: str | None, held: str | None, lease: str | None) -> Sequence[PolicyLayer]:
    """The layers that hold somewhere, from the company on."""
    found: list[PolicyLayer | None] = []
    if lease is not None:
        layer = policies.layer(Scope.LEASE, lease)
        if layer is None and held is None:
            raise _unknown(policies, Scope.LEASE, lease)
        found.append(layer)
        held = _enclosing(layer, held, Scope.PROPERTY)
    if held is not None:
        layer = _known(policies, Scope.PROPERTY, held)
        found.append(layer)
        region = _enclosing(layer, region, Scope.REGION)
    if region is not None:
        found.append(_known(policies, Scope.REGION, region))
    found.append(policies.layer(Scope.COMPANY))
    return [layer for layer in reversed(found) if layer is not None]


def _known(policies: Policies, scope: Scope, name: str) -> PolicyLayer:
    layer = policies.layer(scope, name)
    if layer is None:
        raise _unknown(policies, scope, name)
    return layer


def _unknown(policies: Policies, scope: Scope, name: str) -> UnknownName:
    return unknown_scope("effective: unknown", scope, name, policies, str(scope))


def _enclosing(layer: PolicyLayer | None, given: str | None, scope: Scope) -> str | None:
    """The name of the scope that a layer is in, or the given one where it says none."""
    within = None if layer is None else layer.within
    if layer is not None and None not in (within, given) and within != given:
        raise Conflict(
            f"effective: {layer.origin} is within {scope} {within}, not {given}",
            field=str(scope),
            value=given,
            hint=f"leave out {scope}=",
        )
    return given if within is None else within
