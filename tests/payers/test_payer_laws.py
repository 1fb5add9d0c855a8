"""The laws of payers (R49, R50): whatever is done to a wallet or an access, it is valid and changes nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import groupby, pairwise
from random import Random

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arledger import (
    AccessLevel,
    ArledgerError,
    Contact,
    ContactState,
    MethodKind,
    MethodState,
    PaymentMethod,
    PaymentMethods,
    access,
    method_for_pulls,
    wallet,
)
from arledger.payers.contacts import NEXT_ACCESS, why_not_pay, why_not_see
from arledger.payers.methods import why_not_usable
from portal_facts import TODAY
from samples import samples

SETTINGS = hypothesis.settings(max_examples=samples(100))
SEEDS = st.integers(0, 10**9)
PAYERS = ("ana", "ben", None)
Step = Callable[[PaymentMethods, Random], PaymentMethods]


def some(methods: PaymentMethods, random: Random) -> str:
    """The id of one of them, or of none."""
    return random.choice([one.id for one in methods] or ["M-0"])


def added(methods: PaymentMethods, random: Random) -> PaymentMethods:
    """With one more, which may be the default; now and then under an id that is taken."""
    kind = random.choice(list(MethodKind))
    expires = None if kind is MethodKind.BANK_ACCOUNT else random.choice((None, TODAY, TODAY - timedelta(days=1)))
    return wallet.add(
        methods,
        PaymentMethod(
            f"M-{random.choice((len(methods.all), len(methods.all), 0))}",
            kind,
            payer=random.choice(PAYERS),
            last_four="1234",
            expires=expires,
            is_default=random.random() < 0.4,
        ),
    )


STEPS: tuple[Step, ...] = (
    added,
    added,
    lambda methods, random: wallet.disable(methods, some(methods, random)),
    lambda methods, random: wallet.enable(methods, some(methods, random)),
    lambda methods, random: wallet.delete(methods, some(methods, random)),
    lambda methods, random: wallet.make_default(methods, some(methods, random)),
    lambda methods, random: wallet.edit(methods, some(methods, random), nickname="Ana", expires=TODAY),
)


def check_valid(methods: PaymentMethods) -> None:
    """At most one default a payer, which is not deleted; by id, and each id once."""
    assert PaymentMethods(methods.all) == methods
    assert [one.id for one in methods] == sorted({one.id for one in methods})
    for payer in PAYERS:
        defaults = [one for one in methods if one.payer == payer and one.is_default]
        assert len(defaults) <= 1
        assert all(one.state is not MethodState.DELETED for one in defaults)
        assert methods.default_of(payer) == (defaults[0] if defaults else None)
        pulled = method_for_pulls(methods, payer, TODAY)
        assert isinstance(pulled, PaymentMethod) == bool(defaults and why_not_usable(defaults[0], TODAY) is None)


@SETTINGS
@given(SEEDS)
def test_r50_a_wallet_is_always_valid_and_at_most_one_method_is_the_default(seed: int) -> None:
    """R50: after each of many steps; one that is refused changes nothing, and no step brings back what is deleted."""
    random, methods = Random(seed), PaymentMethods()
    for _ in range(25):
        before, step = methods, random.choice(STEPS)
        try:
            methods = step(methods, random)
        except ArledgerError:
            assert methods is before
        check_valid(methods)
        gone = {one.id: one for one in before if one.state is MethodState.DELETED}
        assert {one.id: one for one in methods if one.id in gone} == gone
        assert fixed(before) <= fixed(methods)


def fixed(methods: PaymentMethods) -> set[object]:
    """What of methods no step changes."""
    return {(one.id, one.kind, one.payer, one.last_four) for one in methods}


@SETTINGS
@given(SEEDS)
def test_r50_a_step_with_one_payers_methods_changes_no_other_payers(seed: int) -> None:
    random, methods = Random(seed), PaymentMethods()
    for _ in range(25):
        try:
            after = random.choice(STEPS)(methods, random)
        except ArledgerError:
            continue
        changed = {one.payer for one in {*after} ^ {*methods}}
        assert len(changed) <= 1
        methods = after


@SETTINGS
@given(SEEDS)
def test_r49_an_access_is_always_valid_and_goes_by_the_table(seed: int) -> None:
    """R49: only who is invited becomes active, and only who is active with billing pays."""
    random, one = Random(seed), Contact("K-1", payer="ana")
    states = [one.state]
    for _ in range(12):
        before = one
        try:
            one = random.choice(
                (
                    lambda contact: access.invite(
                        contact,
                        level=random.choice(list(AccessLevel)),
                        authorised=random.random() < 0.8,
                        email=random.choice((None, "a@b", "not an address")),
                    ),
                    access.activate,
                    access.activate,
                    access.disable,
                    lambda contact: access.change_email(contact, random.choice(("c@d", " "))),
                )
            )(one)
        except ArledgerError:
            assert one is before
            continue
        assert (one.id, one.payer, one.kind) == (before.id, before.payer, before.kind)
        assert one.email is None or "@" in one.email
        assert one.state is ContactState.NOT_INVITED or one.email is not None
        states.append(one.state)
        assert (why_not_see(one) is None) == (one.state is ContactState.ACTIVE and one.access is not AccessLevel.NONE)
        assert (why_not_pay(one) is None) == (one.state is ContactState.ACTIVE and one.access is AccessLevel.BILLING)
    steps = [state for state, _ in groupby(states)]
    assert all(to in NEXT_ACCESS[state] for state, to in pairwise(steps))


@pytest.mark.parametrize("seed", range(3))
def test_the_walks_reach_every_state(seed: int) -> None:
    """What the laws above walk through is of every state, with defaults and without."""
    random, seen = Random(seed), set[tuple[MethodState, bool]]()
    methods = PaymentMethods()
    for _ in range(200):
        try:
            methods = random.choice(STEPS)(methods, random)
        except ArledgerError:
            continue
        seen.update((one.state, one.is_default) for one in methods)
    assert len(seen) == 5
