"""A company's policy from a TOML file, with what regions, properties and leases say for themselves.

The problem: settings for a company and its forty properties are forty-one files that drift apart, or one in which
nobody sees what a property changes. The decision: one file. The company's sections stand at the top, ``[late_fee]``;
what a region, a property or a lease says for itself stands under its name, ``[property."Maple House".late_fee]``, and
is only what differs. After everything is read, what holds for the company and for each name is made once, so that two
scopes which are refused together are told too.

Source: ours; the settings are those of the vendor's "Policies: Finance".
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import attrs

from arledger.checks import shown
from arledger.dates.frequency import monthly
from arledger.errors import ArledgerError, Conflict, InvalidValue, UnknownName, did_you_mean
from arledger.interchange.cells import word_of
from arledger.interchange.common_settings import currency_setting, note_plainly
from arledger.interchange.policy_sections import section_settings
from arledger.interchange.settings import Table, read_settings, text_setting
from arledger.policies.layers import Policies, PolicyLayer, Scope
from arledger.policies.merging import Said, said_by, scopes_text, with_scopes
from arledger.policies.sections import SECTIONS, WHOLE, Section

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_KEYS = {"lines": "fees", "notice_range": "notice_from", "includes": "include"}
"""The settings that fields of another name stand under."""


def read_finance_policy(text: str, *, file: str = "policy") -> Policies:
    """A company's policy, from the text of a TOML file; ``effective`` says what holds for a property or a lease.

    >>> from arledger import effective
    >>> policies = read_finance_policy('''
    ... currency = "CAD"
    ... [late_fee]
    ... amount = { percent = 5, of = "owed" }
    ... grace = { free_days = 5 }
    ... [property."Maple House".late_fee]
    ... least = 50
    ... ''')
    >>> found = effective(policies, property="Maple House")
    >>> print(found.policy.late_fee, found.origins["late_fee.least"], sep="; ")
    5% of what is owed, after 5 free days, once for all that is due on one day, where at least 50.00 CAD is past due; \
property Maple House

    Refused, all at once, with ``SettingErrors``: what is no TOML, what nobody knows, a property in an unknown region,
    and what the library refuses of the company or of any name in the file.
    """
    return read_settings(text, file, _policies)


def _policies(table: Table) -> Policies | None:
    company = _node(table, PolicyLayer(Scope.COMPANY))
    regions = {
        name: _node(inner, PolicyLayer(Scope.REGION, name), company)
        for name, inner in _named(table, Scope.REGION).items()
    }
    properties = _nodes_within(table, Scope.PROPERTY, Scope.REGION, regions, company)
    leases = _nodes_within(table, Scope.LEASE, Scope.PROPERTY, properties, company)
    table.end()
    nodes = [company, *regions.values(), *properties.values(), *leases.values()]
    for node in nodes:
        for section in SECTIONS.values():
            _check(node, section)
    return None if table.mistakes else Policies(node.layer for node in nodes)


@attrs.frozen(eq=False)
class _Node:
    """What the table of one scope says, and the scopes that it is in, from the company on.

    ``wrong`` are its sections that could not be read; ``refused`` what the library refuses of it, by section.
    """

    table: Table
    layer: PolicyLayer
    outer: tuple[_Node, ...]
    currency: str | None
    wrong: frozenset[str]
    refused: set[tuple[str, str]] = attrs.field(factory=set, init=False)

    @property
    def chain(self) -> tuple[_Node, ...]:
        return (*self.outer, self)


def _node(table: Table, empty: PolicyLayer, outer: _Node | None = None) -> _Node:
    """What a table says, section by section; its sums are in its own currency, or in that of what it is in."""
    currency = table.optional("currency", currency_setting) or (None if outer is None else outer.currency)
    settings: dict[str, Any] = {}
    wrong: set[str] = set()
    for name in WHOLE:
        inner = table.table(name)
        if inner is not None:
            fields, has_sums = section_settings(inner, name, currency)
            settings |= {f"{name}.{field}": value for field, value in fields.items()}
            if has_sums and currency is None:
                _note_currency(table)
                wrong.add(name)
        if table.is_wrong(name):
            wrong.add(name)
    if outer is not None:
        table.end()
    return _Node(
        table,
        attrs.evolve(empty, settings=settings),
        () if outer is None else outer.chain,
        currency,
        frozenset(wrong),
    )


def _note_currency(table: Table) -> None:
    """Note, once, that there is a sum in no currency."""
    if not any(mistake.place.rpartition(".")[2] == "currency" for mistake in table.mistakes):
        hint = "write that of the sums, such as USD, before the sections"
        Table(table.file, "", {}, table.mistakes).note("currency", InvalidValue("is missing", hint=hint))


def _named(table: Table, scope: Scope) -> dict[str, Table]:
    """The tables of a scope by their names."""
    outer = table.table(str(scope))
    if outer is None:
        return {}
    by_place = table.inside(str(scope), {_quoted(name): inner for name, inner in outer.settings.items()})
    found = {}
    for name in outer.settings:
        inner = by_place.table(_quoted(name))
        if not name or name != name.strip():
            by_place.note(_quoted(name), InvalidValue("has blanks around its name, or none", hint="write a plain name"))
        elif inner is not None:
            found[name] = inner
    return found


def _quoted(name: str) -> str:
    """A name as a key of TOML."""
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _nodes_within(
    table: Table, scope: Scope, enclosing: Scope, known: Mapping[str, _Node], company: _Node
) -> dict[str, _Node]:
    """What the tables of a scope say that may name another one which it is in."""
    found = {}
    for name, inner in _named(table, scope).items():
        within = inner.optional(str(enclosing), text_setting)
        if within is None or within in known:
            outer = company if within is None else known[within]
            found[name] = _node(inner, PolicyLayer(scope, name, within=within), outer)
        else:
            hint = did_you_mean(within, known) if known else f"write [{enclosing}.{_quoted(within)}] for it"
            inner.note(str(enclosing), UnknownName(f"unknown {enclosing} {shown(within)}", hint=hint))
            node = _node(inner, PolicyLayer(scope, name), company)
            found[name] = attrs.evolve(node, wrong=frozenset(WHOLE))  # what holds for it is not to be known
    return found


def _check(node: _Node, section: Section) -> None:
    """Note what the library refuses of a section as it holds for a scope, unless that was told of what it is in."""
    parts = (*section.inner.values(), section)
    if any(part.name in one.wrong for one in node.chain for part in parts):
        return  # what it comes to is not to be known
    if not any(name in section.settings for name, _ in node.layer.settings):
        return  # it comes to the same as what the scope is in
    said = said_by(one.layer for one in node.chain)
    if all(_check_part(node, part, said) for part in parts) and section.name == "late_fee":
        _check_months(node, said)


def _check_part(node: _Node, part: Section, said: Said) -> bool:
    """Note what a section, its inner ones apart, lacks, or what its class refuses; whether it is nothing."""
    table = node.table.inside(part.name, node.table.settings.get(part.name, {}))
    missing = part.missing(said)
    for name in missing:
        field = name.partition(".")[2]
        if _is_new(node, part.name, field):
            table.note(_KEYS.get(field, field), InvalidValue("is missing", hint="write it"))
    if missing:
        return False
    begun = [name for name in part.settings if name in said]
    try:
        part.made({name: said[name][0] for name in begun})
    except ArledgerError as error:
        if _is_new(node, part.name, str(error)):
            scopes = {said[name][1] for name in begun}
            told = error if len(scopes) == 1 else with_scopes(error, scopes_text(scopes))
            if _KEYS.get(error.field, error.field) not in table.settings:
                told.field = ""  # another scope says it, so that the message has to name it
            note_plainly(table, told, _KEYS)
        return False
    return True


def _is_new(node: _Node, section: str, what: str) -> bool:
    """Whether something was not told of a scope that this one is in; from now on it is told."""
    node.refused.add((section, what))
    return not any((section, what) in one.refused for one in node.outer)


def _check_months(node: _Node, said: Said) -> None:
    """Note a limit a calendar month, of one scope, that another scope's period would make a limit of something else."""
    limits, period = said.get("late_fee.limits"), said.get("late_fee.period")
    if limits is None or period is None or period[0] == monthly(1):
        return
    by = next(one for one in node.chain if one.layer.origin == limits[1])
    written = by.table.settings["late_fee"].get("limits", [])
    per = [limit["per"] for limit in (written if isinstance(written, list) else [written])]
    if any(word_of(word) == "month" for word in per) and _is_new(node, "late_fee", "months"):
        table = node.table.inside("late_fee", {})
        hint = 'write per = "period" there, or leave out the period'
        table.note("", Conflict(f"has limits a calendar month by {limits[1]}, and a period by {period[1]}", hint=hint))
