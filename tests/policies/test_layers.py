"""Layers: what one scope says, and layers that are checked together."""

from __future__ import annotations

import copy
import pickle

import pytest

from arledger import Conflict, DepositPolicy, Percent, UnknownName
from arledger.policies.layers import DEFAULT, Origin, Policies, PolicyLayer, Scope

COMPANY = PolicyLayer(Scope.COMPANY, settings={"deposit": DepositPolicy(refund_window_days=30)})
WEST = PolicyLayer(Scope.REGION, "West", {"deposit.rates": Percent(2)})
MAPLE = PolicyLayer(Scope.PROPERTY, "Maple House", {"deposit.refund_window_days": 15}, within="West")
L_7 = PolicyLayer(Scope.LEASE, "L-7", within="Maple House")


def test_scopes_are_ordered_from_the_company_to_the_lease() -> None:
    assert sorted([Scope.LEASE, Scope.COMPANY, Scope.PROPERTY, Scope.REGION]) == list(Scope)
    assert [*map(str, Scope)] == ["company", "region", "property", "lease"]
    assert repr(Scope.LEASE) == "Scope.LEASE"


def test_an_origin_is_a_scope_with_its_name() -> None:
    assert [str(one) for one in (COMPANY.origin, MAPLE.origin, DEFAULT)] == [
        "company",
        "property Maple House",
        "default",
    ]
    assert Origin() == DEFAULT


def test_a_section_stands_for_all_its_settings() -> None:
    assert [name for name, _ in COMPANY.settings] == [
        "deposit.accrual", "deposit.covers", "deposit.rates", "deposit.refund_window_days", "deposit.rounding",
    ]  # fmt: skip
    assert dict(COMPANY.settings)["deposit.refund_window_days"] == 30


def test_settings_are_sorted_whatever_the_order_in_which_they_are_said() -> None:
    said = {"late_fee.code": "LATE", "autopay.least": None}
    forwards, backwards = (
        PolicyLayer(Scope.COMPANY, None, said),
        PolicyLayer(Scope.COMPANY, None, dict(reversed(said.items()))),
    )
    assert forwards == backwards
    assert forwards.settings == (("autopay.least", None), ("late_fee.code", "LATE"))


def test_layers_of_one_scope_are_one_layer() -> None:
    """A property's settings may be split over several layers, of which one says where it is."""
    more = PolicyLayer(Scope.PROPERTY, "Maple House", {"nsf.code": "NSF"})
    for layers in ([WEST, MAPLE, more], [more, WEST, MAPLE]):
        (west, maple) = Policies(layers)
        assert (west, maple.within) == (WEST, "West")
        assert maple.settings == (("deposit.refund_window_days", 15), ("nsf.code", "NSF"))


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (
            PolicyLayer(Scope.PROPERTY, "Maple House", {"deposit.refund_window_days": 15}),
            "property Maple House: says deposit.refund_window_days twice; keep one of them",
        ),
        (
            PolicyLayer(Scope.PROPERTY, "Maple House", within="East"),
            "property Maple House: within East and within West; keep one of them",
        ),
    ],
)
def test_layers_of_one_scope_that_contradict_each_other(other: PolicyLayer, message: str) -> None:
    """Even where they say the same."""
    east = PolicyLayer(Scope.REGION, "East")
    for layers in ([east, WEST, MAPLE, other], [other, MAPLE, WEST, east]):
        with pytest.raises(Conflict) as caught:
            Policies(layers)
        assert str(caught.value) == message


def test_a_scope_must_be_there_to_be_in() -> None:
    assert len(Policies([COMPANY, WEST, MAPLE, L_7]).layers) == 4
    with pytest.raises(
        UnknownName, match=r"^lease L-7: within the unknown property 'Maple House'; there is no property"
    ):
        Policies([COMPANY, L_7])


def test_names_and_layers_are_found() -> None:
    policies = Policies([L_7, MAPLE, COMPANY, WEST])
    assert policies.layers == (COMPANY, WEST, MAPLE, L_7)
    assert policies.names(Scope.PROPERTY) == ["Maple House"]
    assert policies.names(Scope.COMPANY) == []
    assert policies.layer(Scope.COMPANY) == COMPANY
    assert policies.layer(Scope.REGION, "East") is None
    assert Policies(WEST).layers == (WEST,)


def test_a_region_and_a_property_may_have_one_name() -> None:
    assert len(Policies([WEST, PolicyLayer(Scope.PROPERTY, "West", within="West")]).layers) == 2


def test_layers_survive_a_copy_and_a_pickle() -> None:
    policies = Policies([L_7, MAPLE, COMPANY, WEST])
    assert copy.deepcopy(policies) == pickle.loads(pickle.dumps(policies)) == policies
