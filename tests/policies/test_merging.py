"""What holds somewhere: the most specific scope wins, setting by setting, in whatever order it was said."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from arledger import (
    AutopayPolicy,
    Conflict,
    CurrencyMismatch,
    DepositPolicy,
    FreeDays,
    InvalidType,
    InvalidValue,
    Money,
    NsfFee,
    Percent,
    UnknownName,
    fee,
    include,
    proration,
)
from arledger.policies.finance import FinancePolicy
from arledger.policies.layers import DEFAULT, Origin, Policies, PolicyLayer, Scope
from arledger.policies.merging import effective
from samples import samples

Said = dict[str, Any]
BASE: Said = {
    "late_fee.amount": fee.percent(5, of=fee.OWED),
    "late_fee.grace": FreeDays(5),
    "nsf.lines": (NsfFee(amount=fee.flat(Money("25", "CAD"))),),
    "deposit.refund_window_days": 30,
}
"""Without which the sections of the drawn settings could not be made."""
DRAWN: dict[str, list[Any]] = {
    "autopay.suspends_after": [1, 2, 3, None],
    "autopay.notice_days": [0, 3, None],
    "autopay.include.deposits": [True, False],
    "autopay.include.other_fees": [True, False],
    "late_fee.code": ["A", "B", None],
    "late_fee.grace": [FreeDays(1), FreeDays(2)],
    "nsf.code": ["N", "S"],
    "deposit.refund_window_days": [15, 20],
    "payment_types.cash_only_after": [1, 2],
}
REGIONS, PROPERTIES, LEASES = ["R1", "R2"], ["P1", "P2", "P3"], ["L1", "L2", "L3"]


def cad(amount: int) -> Money:
    return Money(amount, "CAD")


class World:
    """Drawn layers, and what each name says and is in, as plain dicts."""

    def __init__(self, seed: int) -> None:
        random = Random(seed)
        self.said: dict[str, Said] = {"company": BASE | self._drawn(random)}
        self.within: dict[str, str | None] = {}
        for names, outer in ((REGIONS, []), (PROPERTIES, REGIONS), (LEASES, PROPERTIES)):
            for name in names:
                self.said[name] = self._drawn(random)
                self.within[name] = random.choice([*outer, None]) if outer else None

    @staticmethod
    def _drawn(random: Random) -> Said:
        return {name: random.choice(values) for name, values in DRAWN.items() if random.random() < 0.4}

    def layers(self) -> list[PolicyLayer]:
        found = [PolicyLayer(Scope.COMPANY, None, self.said["company"])]
        for scope, names in ((Scope.REGION, REGIONS), (Scope.PROPERTY, PROPERTIES), (Scope.LEASE, LEASES)):
            found += [PolicyLayer(scope, name, self.said[name], within=self.within[name]) for name in names]
        return found

    def answer(self, name: str | None) -> dict[str, tuple[Any, str]]:
        """Each setting with its value and the name of who said it: the nearest that did."""
        chain = []
        while name is not None:
            chain.append(name)
            name = self.within[name]
        chain.append("company")
        return {
            setting: next((self.said[one][setting], one) for one in chain if setting in self.said[one])
            for setting in {*BASE, *DRAWN}
            if any(setting in self.said[one] for one in chain)
        }


def of_name(policies: Policies, name: str | None) -> Any:
    """What holds for a name of a world."""
    if name is None:
        return effective(policies)
    kind = {"R": "region", "P": "property", "L": "lease"}[name[0]]
    return effective(policies, **{kind: name})


def test_the_most_specific_scope_wins_for_each_setting() -> None:
    """Against dicts in a list, over drawn layers."""
    for seed in range(samples(150)):
        world = World(seed)
        policies = Policies(world.layers())
        for name in [None, *REGIONS, *PROPERTIES, *LEASES]:
            found, answer = of_name(policies, name), world.answer(name)
            said = {
                setting: (value, found.origins[setting].name or "company")
                for setting, value in found.values.items()
                if found.origins[setting] != DEFAULT
            }
            boxes = [setting for setting in answer if ".include." in setting]
            assert {one: said[one] for one in said if one not in boxes} == {
                one: answer[one] for one in answer if one not in boxes
            }
            assert {one: said[one][1] for one in boxes} == {one: answer[one][1] for one in boxes}
            ticked = {one.rpartition(".")[2]: answer[one][0] for one in boxes}
            if "autopay" in {setting.partition(".")[0] for setting in answer}:
                assert found.policy.autopay.includes == include.boxes(**ticked)


def test_the_effective_policy_does_not_depend_on_the_order_of_scopes() -> None:
    """Nor on how the settings of a scope are split over its layers."""
    for seed in range(samples(150)):
        random, layers = Random(seed), World(seed).layers()
        split = []
        for layer in layers:
            pairs = list(layer.settings)
            random.shuffle(pairs)
            cut = random.randrange(len(pairs) + 1)
            split += [
                PolicyLayer(layer.scope, layer.name, dict(pairs[:cut]), within=layer.within),
                PolicyLayer(layer.scope, layer.name, dict(pairs[cut:])),
            ]
        random.shuffle(split)
        whole, parts = Policies(layers), Policies(split)
        assert parts == whole
        name = random.choice([None, *REGIONS, *PROPERTIES, *LEASES])
        assert of_name(parts, name) == of_name(whole, name)


def test_who_says_nothing_has_what_holds_around_them() -> None:
    for seed in range(samples(60)):
        layers = World(seed).layers()
        policies = Policies([*layers, PolicyLayer(Scope.LEASE, "L9", within="P1")])
        around, inside = effective(policies, property="P1"), effective(policies, lease="L9")
        assert (inside.policy, inside.values, inside.origins) == (around.policy, around.values, around.origins)
        assert inside.scopes == (*around.scopes, Origin(Scope.LEASE, "L9"))
        assert effective(policies, lease="nowhere", property="P1") == around


def test_each_box_is_what_was_said_of_it_though_another_implies_it() -> None:
    """One box stands for all, and who ticked which stays as it was said."""
    layers = [
        PolicyLayer(Scope.COMPANY, settings={"autopay.include.deposits": False, "autopay.include.other_fees": True}),
        PolicyLayer(Scope.PROPERTY, "P1", {"autopay.include.lease_adjustments": True}),
    ]
    found = effective(Policies(layers), property="P1")
    boxes = {
        name.rpartition(".")[2]: (value, found.origins[name])
        for name, value in found.values.items()
        if "include" in name
    }
    company, own = Origin(Scope.COMPANY), Origin(Scope.PROPERTY, "P1")
    assert boxes["deposits"] == (False, company)
    assert boxes["other_fees"] == (True, company)
    assert boxes["lease_adjustments"] == (True, own)
    assert boxes["new_positive_charges"] == (False, DEFAULT)
    assert found.policy.autopay is not None
    assert found.policy.autopay.includes == include.boxes(other_fees=True, lease_adjustments=True)


def test_a_long_value_goes_on_below() -> None:
    codes = [f"CODE-{number:02}" for number in range(20)]
    layers = [PolicyLayer(Scope.COMPANY, settings={"payment_types.accepted": codes})]
    lines = [line for line in str(effective(Policies(layers))).splitlines() if "CODE" in line]
    assert [line.startswith("payment_types.accepted ") for line in lines] == [True, False, False]
    assert max(map(len, lines)) <= 28 + 2 + 80 + 2 + 8
    assert lines[0].endswith("  company")


def test_an_empty_company_says_nothing() -> None:
    found = effective(Policies())
    assert (found.policy, found.values, found.origins, found.scopes) == (FinancePolicy(), {}, {}, ())


def test_a_section_that_nobody_begins_is_absent() -> None:
    found = effective(Policies(PolicyLayer(Scope.COMPANY, settings={"deposit.refund_window_days": 30})))
    assert found.policy == FinancePolicy(deposit=DepositPolicy(refund_window_days=30))
    assert {name.partition(".")[0] for name in found.values} == {"deposit"}
    assert found.origins["deposit.rates"] == DEFAULT


def test_a_field_may_be_taken_back_with_none() -> None:
    """To say none is to say something, and is not the default."""
    layers = [
        PolicyLayer(Scope.COMPANY, settings={"autopay": AutopayPolicy(limit=cad(900), notice_days=3)}),
        PolicyLayer(Scope.PROPERTY, "Oak", {"autopay.limit": None, "autopay.notice_days": None}),
    ]
    found = effective(Policies(layers), property="Oak")
    assert found.policy.autopay == AutopayPolicy(notice_days=None)
    assert str(found.origins["autopay.limit"]) == "property Oak"


def test_adjustments_and_taxes_are_merged_into_billing() -> None:
    layers = [
        PolicyLayer(Scope.COMPANY, settings={"billing.types": (), "adjustments.codes": ["GOODWILL"]}),
        PolicyLayer(Scope.PROPERTY, "Oak", {"billing.proration": proration.ACTUAL, "tax.taxes": ()}),
    ]
    with pytest.raises(
        InvalidValue, match=r"^billing: nobody says billing\.proration, and other settings of it are said"
    ):
        effective(Policies(layers))
    with pytest.raises(InvalidValue, match=r"no billing type, as said by company and property Oak; pass at least one$"):
        effective(Policies(layers), property="Oak")


MAPLE = PolicyLayer(Scope.PROPERTY, "Maple House", {"autopay.least": cad(10)}, within="West")
COMPANY = PolicyLayer(Scope.COMPANY, settings={"autopay.limit": cad(900), "autopay.excludes_last": True})
LAYERS = [COMPANY, PolicyLayer(Scope.REGION, "West"), PolicyLayer(Scope.REGION, "East"), MAPLE]


@pytest.mark.parametrize(
    ("settings", "kind", "field", "message"),
    [
        (
            {"autopay.limit": cad(5)},
            InvalidValue,
            "least",
            (
                "autopay policy: least 10.00 CAD is over the limit of 5.00 CAD, as said by company, property Maple "
                "House and lease L-7; pass a smaller one"
            ),
        ),
        (
            {"autopay.limit": Money(5, "USD")},
            CurrencyMismatch,
            "currency",
            (
                "autopay policy: 10.00 CAD beside amounts in USD, as said by company, property Maple House and lease "
                "L-7; make a policy for each currency"
            ),
        ),
        (
            {"deposit.rates": Percent(2), "deposit.covers": None},
            InvalidValue,
            "deposit.refund_window_days",
            (
                "deposit: nobody says deposit.refund_window_days, and other settings of it are said by lease "
                "L-7; say it, or leave out the section"
            ),
        ),
        (
            {"late_fee.code": "LATE"},
            InvalidValue,
            "late_fee.amount",
            (
                "late_fee: nobody says late_fee.amount and late_fee.grace, and other settings of it are said by lease "
                "L-7; say it, or leave out the section"
            ),
        ),
        (
            {"autopay.include.deposits": 1},
            InvalidType,
            "deposits",
            (
                "boxes: deposits is int, not bool, as said by company, property Maple House and lease L-7; "
                "pass True or False"
            ),
        ),
    ],
)
def test_what_a_section_refuses_names_the_scopes_that_its_settings_come_from(
    settings: Said, kind: type[Exception], field: str, message: str
) -> None:
    policies = Policies([*LAYERS, PolicyLayer(Scope.LEASE, "L-7", settings, within="Maple House")])
    with pytest.raises(kind) as caught:
        effective(policies, lease="L-7")
    assert (type(caught.value), str(caught.value)) == (kind, message)
    assert caught.value.field == field  # type: ignore[attr-defined]
    assert effective(policies, property="Maple House").policy.autopay == AutopayPolicy(
        limit=cad(900), least=cad(10), excludes_last=True
    )


@pytest.mark.parametrize(
    ("asked", "kind", "message"),
    [
        ({"property": "Maple Hose"}, UnknownName, "unknown property 'Maple Hose'; did you mean Maple House?"),
        ({"region": "Wset"}, UnknownName, "unknown region 'Wset'; did you mean West?"),
        (
            {"lease": "L-7"},
            UnknownName,
            (
                "unknown lease 'L-7'; there is no lease; give it a layer, if an empty one (where nothing is said of a "
                "lease, pass property= too)"
            ),
        ),
        ({"lease": "L-7", "property": "Oak"}, UnknownName, "unknown property 'Oak'; known are Maple House"),
        (
            {"property": "Maple House", "region": "East"},
            Conflict,
            "property Maple House is within region West, not East; leave out region=",
        ),
    ],
)
def test_a_name_that_is_not_there_is_refused(asked: dict[str, str], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        effective(Policies(LAYERS), **asked)
    assert (type(caught.value), str(caught.value)) == (kind, f"effective: {message}")


def test_a_name_may_be_told_what_it_is_in() -> None:
    """Where its layer does not say so, and where it does."""
    loose = PolicyLayer(Scope.PROPERTY, "Oak")
    strict = PolicyLayer(Scope.REGION, "East", {"autopay.limit": cad(50)})
    policies = Policies([*LAYERS, strict, loose])
    assert effective(policies, property="Oak").policy.autopay == effective(policies).policy.autopay
    assert effective(policies, property="Oak", region="East").values["autopay.limit"] == cad(50)
    assert effective(policies, property="Maple House", region="West") == effective(policies, property="Maple House")


def test_a_lease_of_another_property_is_refused() -> None:
    policies = Policies(
        [*LAYERS, PolicyLayer(Scope.LEASE, "L-7", within="Maple House"), PolicyLayer(Scope.PROPERTY, "Oak")]
    )
    with pytest.raises(
        Conflict, match=r"^effective: lease L-7 is within property Maple House, not Oak; leave out property=$"
    ):
        effective(policies, lease="L-7", property="Oak")


def test_it_prints_every_setting_with_its_origin() -> None:
    lines = str(effective(Policies(LAYERS), property="Maple House")).splitlines()
    assert lines[0].split() == ["setting", "value", "from"]
    rows = {line.split()[0]: " ".join(line.split()[1:]) for line in lines[2:]}
    assert rows["autopay.least"] == "10.00 CAD property Maple House"
    assert rows["autopay.limit"] == "900.00 CAD company"
    assert rows["autopay.notice_days"] == "10 default"
    assert len(rows) == 17
