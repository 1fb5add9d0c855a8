"""Bad policies of a company: sections, layers, names that are not there, and the file that has them all."""

from __future__ import annotations

from typing import Any

from arledger import (
    OLDEST_FIRST,
    REOPEN,
    SETTLE_POSTED,
    ArledgerError,
    AutopayPolicy,
    Conflict,
    DepositPolicy,
    InvalidType,
    InvalidValue,
    ItemClass,
    Money,
    Percent,
    SettingErrors,
    UnknownName,
    include,
)
from arledger.interchange.finance_policies import read_finance_policy
from arledger.policies.allocation import AllocationPolicy
from arledger.policies.finance import KINDS, FinancePolicy
from arledger.policies.layers import Policies, PolicyLayer, Scope
from arledger.policies.merging import EffectivePolicy, effective
from bad_inputs.autopay import wrong_types
from bad_inputs.autopay_includes import NO_BOOLS, TRUE_OR_FALSE
from bad_inputs.common import DAY, NO_VALID_TEXT, RENT, SURROGATE, BadInput

TWO = {"deposit.refund_window_days": 30, "deposit.rates": Percent(2)}
WEST = PolicyLayer(Scope.REGION, "West")
MAPLE = PolicyLayer(Scope.PROPERTY, "Maple House", TWO, within="West")
L_7 = PolicyLayer(Scope.LEASE, "L-7", within="Maple House")
LAYERS = [WEST, PolicyLayer(Scope.REGION, "East"), MAPLE, L_7]
BY_NAMES = 'pass settings by their names: {"autopay.limit": ...}'
NO_ORDER = "pass an order such as OLDEST_FIRST, or a function (incoming, items)"
KNOWN = "known are adjustments, allocation, autopay, billing, checkout, deposit, late_fee, nsf, payment_types, tax"


def allocation(**given: Any) -> AllocationPolicy:
    """A policy of application, spoilt by what is given."""
    return AllocationPolicy(**{"order": OLDEST_FIRST, **given})


def finance(**given: Any) -> FinancePolicy:
    """A policy, spoilt by what is given."""
    return FinancePolicy(**given)


def layer(**given: Any) -> PolicyLayer:
    """A layer of property Maple House, spoilt by what is given."""
    return PolicyLayer(**{"scope": Scope.PROPERTY, "name": "Maple House", **given})


def policies(**given: Any) -> Policies:
    """Layers, spoilt by what is given."""
    return Policies(**given)


def found(**given: Any) -> EffectivePolicy:
    """What holds for a name, spoilt by what is given."""
    return effective(**{"policies": Policies(LAYERS), **given})


def row(noun: str, what: str, call: Any, kind: type[ArledgerError], field: str, message: str) -> BadInput:
    """A row of its own."""
    return BadInput(f"{noun}: {what}", call, kind, field, message)


def _layer(what: str, given: dict[str, Any], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return row("policy layer", what, lambda: layer(**given), kind, field, message)


def _settings(what: str, settings: Any, kind: type[ArledgerError], message: str, field: str = "settings") -> BadInput:
    return _layer(what, {"settings": settings}, kind, field, f"property Maple House: {message}")


def _policies(what: str, layers: Any, kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return row("policies", what, lambda: Policies(layers), kind, field, message)


def _found(what: str, given: dict[str, Any], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    return row("effective", what, lambda: found(**given), kind, field, f"effective: {message}")


def _said(what: str, settings: dict[str, Any], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    """What the company says, which is refused when it is asked for."""
    said = PolicyLayer(Scope.COMPANY, settings=settings)
    return row("effective", what, lambda: effective(Policies(said)), kind, field, message)


def _file(what: str, text: str, *told: str) -> BadInput:
    count = "1 mistake" if len(told) == 1 else f"{len(told)} mistakes"
    message = "\n".join([f"{count} in the settings:", *(f"policy.toml, {mistake}" for mistake in told)])
    call = lambda: read_finance_policy(text, file="policy.toml")  # noqa: E731
    return row("read_finance_policy", what, call, SettingErrors, "", message)


ALLOCATIONS = [
    *(
        row(
            "allocation policy",
            f"an order as {name}",
            lambda value=value: allocation(order=value),
            InvalidType,
            "order",
            f"allocation policy: {name} is no order; {hint}",
        )
        for name, value, hint in (
            ("None", None, NO_ORDER),
            ("int", 5, NO_ORDER),
            ("str", "oldest-first", "pass an order such as OLDEST_FIRST; NAMED_ORDERS has them by name"),
        )
    ),
    *wrong_types(
        "allocation policy",
        allocation,
        "allocation policy",
        "settle",
        {"None": None, "str": "posted", "ReturnRule": REOPEN},
        "not SettleRule; pass SETTLE_POSTED or SETTLE_DUE",
    ),
    *wrong_types(
        "allocation policy",
        allocation,
        "allocation policy",
        "returns",
        {"None": None, "str": "reopen", "SettleRule": SETTLE_POSTED},
        "not ReturnRule; pass REOPEN or REAPPLY",
    ),
    *(
        row(
            "allocation policy",
            f"designations of {value!r}",
            lambda value=value: allocation(designations=value),
            InvalidValue,
            "designations",
            f"allocation policy: unknown designations {value!r}; pass only, first or ignore",
        )
        for value in (None, "last", True)
    ),
    *(
        one
        for field in ("sweep_credits", "sweep_payments")
        for one in wrong_types("allocation policy", allocation, "allocation policy", field, NO_BOOLS, TRUE_OR_FALSE)
    ),
]

SECTIONS = [
    one
    for field, kind in KINDS.items()
    for one in wrong_types(
        "finance policy",
        finance,
        "finance policy",
        field,
        {"bool": True, "str": "policy", "dict": {}, "type": kind},
        f"not {kind.__name__}; pass {'an' if kind.__name__[0] == 'A' else 'a'} {kind.__name__}",
    )
]

LAYER_ROWS = [
    *wrong_types(
        "policy layer",
        layer,
        "policy layer",
        "scope",
        {"None": None, "str": "property", "int": 2, "bool": True},
        "not Scope; pass a Scope, such as Scope.PROPERTY",
    ),
    _layer("no name", {"name": None}, InvalidType, "name", "property: name is None, not str; pass it as text"),
    _layer("an empty name", {"name": ""}, InvalidValue, "name", "property: name is empty; pass a non-empty str"),
    _layer("a name of a number", {"name": 7}, InvalidType, "name", "property: name is int, not str; pass str(7)"),
    _layer("a name of no text", {"name": SURROGATE}, InvalidValue, "name", f"property: name {NO_VALID_TEXT}"),
    _layer(
        "a name of the company",
        {"scope": Scope.COMPANY},
        InvalidValue,
        "name",
        "company: name is 'Maple House'; leave it out: there is one company",
    ),
    _layer(
        "a company within a region",
        {"scope": Scope.COMPANY, "name": None, "within": "West"},
        InvalidValue,
        "within",
        "company: within is 'West'; it is within the company",
    ),
    _layer(
        "a region within a region",
        {"scope": Scope.REGION, "name": "East", "within": "West"},
        InvalidValue,
        "within",
        "region East: within is 'West'; it is within the company",
    ),
    _layer(
        "within a layer",
        {"within": WEST},
        InvalidType,
        "within",
        "property Maple House: within is PolicyLayer, not str; pass it as text",
    ),
    _layer(
        "within a name with blanks",
        {"within": " West"},
        InvalidValue,
        "within",
        "property Maple House: within ' West' has blanks around it; pass it without them",
    ),
    *(
        _settings(f"settings as {name}", value, InvalidType, f"settings is {name}, not a mapping; {BY_NAMES}")
        for name, value in {
            "None": None,
            "list": [("autopay.limit", RENT)],
            "str": "autopay",
            "AutopayPolicy": AutopayPolicy(),
            "tuple": ("autopay.limit", RENT),
        }.items()
    ),
    _settings(
        "an unknown setting",
        {"autopay.limt": RENT},
        UnknownName,
        "unknown setting 'autopay.limt'; did you mean autopay.limit?",
    ),
    _settings(
        "an unknown section",
        {"autopy.limit": RENT},
        UnknownName,
        "unknown setting 'autopy.limit'; did you mean autopay?",
    ),
    _settings("a setting without its section", {"limit": RENT}, UnknownName, f"unknown setting 'limit'; {KNOWN}"),
    _settings("a setting of a number", {5: RENT}, UnknownName, f"unknown setting 5; {KNOWN}"),
    _settings(
        "the name that a setting has in files",
        {"nsf.fees": ()},
        UnknownName,
        "unknown setting 'nsf.fees'; did you mean nsf.lines?",
    ),
    _settings(
        "a section of another kind",
        {"deposit": AutopayPolicy()},
        InvalidType,
        "deposit is AutopayPolicy, not DepositPolicy; pass a DepositPolicy",
        "deposit",
    ),
    _settings(
        "a section as a mapping",
        {"autopay": {"limit": RENT}},
        InvalidType,
        "autopay is dict, not AutopayPolicy; pass an AutopayPolicy",
        "autopay",
    ),
    _settings(
        "a section beside one of its settings",
        {"deposit": DepositPolicy(refund_window_days=30), "deposit.covers": None},
        Conflict,
        "says deposit.covers twice; keep one of them",
    ),
    _settings(
        "boxes of one's own",
        {"autopay": AutopayPolicy(includes=include.classes(ItemClass.OTHER))},
        InvalidValue,
        "includes of other charges is no choice of boxes; pass boxes joined with |, such as include.DEPOSITS",
        "includes",
    ),
]

POLICIES = [
    *wrong_types(
        "policies",
        policies,
        "policies",
        "layers",
        {"None": None, "str": "West", "Scope": Scope.REGION},
        "not a list of PolicyLayer; pass a list of PolicyLayer",
    ),
    *(
        _policies(
            f"{name} among layers",
            [WEST, value],
            InvalidType,
            "layers",
            f"policies: layers is {name}, not PolicyLayer; pass a PolicyLayer",
        )
        for name, value in {"None": None, "dict": TWO, "FinancePolicy": FinancePolicy()}.items()
    ),
    _policies(
        "a scope that says a setting twice",
        [WEST, MAPLE, MAPLE],
        Conflict,
        "settings",
        "property Maple House: says deposit.rates twice; keep one of them",
    ),
    _policies(
        "a property within two regions",
        [*LAYERS, PolicyLayer(Scope.PROPERTY, "Maple House", within="East")],
        Conflict,
        "within",
        "property Maple House: within East and within West; keep one of them",
    ),
    _policies(
        "a property within an unknown region",
        [MAPLE, PolicyLayer(Scope.REGION, "Wast")],
        UnknownName,
        "within",
        "property Maple House: within the unknown region 'West'; did you mean Wast?",
    ),
    _policies(
        "a property within a region, where there is none",
        [MAPLE],
        UnknownName,
        "within",
        "property Maple House: within the unknown region 'West'; there is no region; give it a layer, if an empty one",
    ),
    _policies(
        "a lease within a region",
        [WEST, PolicyLayer(Scope.PROPERTY, "Oak"), PolicyLayer(Scope.LEASE, "L-7", within="West")],
        UnknownName,
        "within",
        "lease L-7: within the unknown property 'West'; known are Oak",
    ),
]

FOUND = [
    *wrong_types(
        "effective",
        found,
        "effective",
        "policies",
        {"None": None, "list": LAYERS, "PolicyLayer": WEST, "FinancePolicy": FinancePolicy()},
        "not Policies; pass Policies([...])",
    ),
    *(
        _found(f"{field} {what}", {field: value}, kind, field, f"{field} {problem}")
        for field in ("region", "property", "lease")
        for what, value, kind, problem in (
            ("of a number", 7, InvalidType, "is int, not str; pass str(7)"),
            ("that is empty", "", InvalidValue, "is empty; pass a non-empty str"),
            ("with blanks", "a ", InvalidValue, "'a ' has blanks around it; pass it without them"),
            ("of a layer", WEST, InvalidType, "is PolicyLayer, not str; pass it as text"),
        )
    ),
    _found("an unknown region", {"region": "Wset"}, UnknownName, "region", "unknown region 'Wset'; did you mean West?"),
    _found(
        "an unknown property",
        {"property": "Oak"},
        UnknownName,
        "property",
        "unknown property 'Oak'; known are Maple House",
    ),
    _found(
        "an unknown property of a known region",
        {"property": "Oak", "region": "West"},
        UnknownName,
        "property",
        "unknown property 'Oak'; known are Maple House",
    ),
    _found(
        "an unknown lease",
        {"lease": "L-9"},
        UnknownName,
        "lease",
        "unknown lease 'L-9'; did you mean L-7? (where nothing is said of a lease, pass property= too)",
    ),
    _found(
        "a property of another region",
        {"property": "Maple House", "region": "East"},
        Conflict,
        "region",
        "property Maple House is within region West, not East; leave out region=",
    ),
    _found(
        "a lease of another property",
        {"lease": "L-7", "property": "Oak"},
        Conflict,
        "property",
        "lease L-7 is within property Maple House, not Oak; leave out property=",
    ),
    _said(
        "a section without what it must have",
        {"late_fee.code": "LATE"},
        InvalidValue,
        "late_fee.amount",
        "late_fee: nobody says late_fee.amount and late_fee.grace, and other settings of it are said by company; "
        "say it, or leave out the section",
    ),
    _said(
        "adjustments without billing",
        {"adjustments.codes": ["X"]},
        InvalidValue,
        "billing.types",
        "billing: nobody says billing.types and billing.proration, and other settings of it are said by company; "
        "say it, or leave out the section",
    ),
    _said(
        "a value of the wrong type",
        {"autopay.limit": "900"},
        InvalidType,
        "limit",
        "autopay policy: limit is str, not Money, as said by company; pass Money, such as Money('12.34', 'CAD')",
    ),
    _said(
        "a box of the wrong type",
        {"autopay.include.deposits": 1},
        InvalidType,
        "deposits",
        "boxes: deposits is int, not bool, as said by company; pass True or False",
    ),
    _said(
        "a day for a sum",
        {"deposit.refund_window_days": DAY},
        InvalidType,
        "refund_window_days",
        "deposit policy: refund_window_days is date, not int, as said by company; pass an int",
    ),
    _said(
        "a least over the limit",
        {"autopay.limit": Money("5", "CAD"), "autopay.least": RENT},
        InvalidValue,
        "least",
        "autopay policy: least 900.00 CAD is over the limit of 5.00 CAD, as said by company; pass a smaller one",
    ),
]

FILES = [
    _file("an unknown key", "[autopay]\nlimits = 5\n", "autopay.limits: is no setting here; did you mean limit?"),
    _file("an unknown section", "[late_fees]\n", "late_fees: is no setting here; did you mean late_fee?"),
    _file(
        "an unknown key of a property",
        '[property."Maple House".deposit]\nrefund_window = 5\n',
        'property."Maple House".deposit.refund_window: is no setting here; did you mean refund_window_days?',
    ),
    _file(
        "a property in an unknown region",
        "[region.West]\n[property.Oak]\nregion = 'Wset'\n",
        "property.Oak.region: unknown region 'Wset'; did you mean West?",
    ),
    _file(
        "a sum in no currency",
        "[autopay]\nlimit = 5\n",
        "currency: is missing; write that of the sums, such as USD, before the sections",
    ),
    _file(
        "two scopes that are refused together",
        'currency = "CAD"\nautopay = { least = 9 }\n[property.Oak]\nautopay = { limit = 5 }\n',
        "property.Oak.autopay: least 9.00 CAD is over the limit of 5.00 CAD, as said by company and property Oak; "
        "write a smaller one",
    ),
    _file(
        "three mistakes",
        "[deposit]\nrefund_window_days = -1\n[nsf]\nfees = []\ncod = 5\n[lease.L-7]\nproperty = 'Oak'\n",
        "nsf.cod: is no setting here; did you mean code?",
        "lease.L-7.property: unknown property 'Oak'; write [property.Oak] for it",
        "deposit.refund_window_days: is -1; write 0 or more days",
    ),
    row(
        "read_finance_policy",
        "a policy as bytes",
        lambda: read_finance_policy(b""),  # type: ignore[arg-type]
        InvalidType,
        "text",
        "policy: text is bytes, not str; pass the text of the file",
    ),
]

ROWS = [*ALLOCATIONS, *SECTIONS, *LAYER_ROWS, *POLICIES, *FOUND, *FILES]
