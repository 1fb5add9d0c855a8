"""The trial of an order: the alarm that it raises, that it repeats itself, and what it draws."""

from __future__ import annotations

import importlib
import pickle
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arledger import (
    OLDEST_FIRST,
    PRO_RATA,
    Category,
    Charge,
    Credit,
    Designation,
    Incoming,
    InvalidType,
    Money,
    OpenItem,
    Order,
    OrderError,
    Payment,
    Ranking,
    allocate,
    in_order,
    in_turn,
    only,
    where,
)
from arledger.testing import (
    DETERMINISTIC,
    LAWS,
    Account,
    LawBroken,
    check_law,
    check_order,
    laws_of,
    strategies,
)
from property import sound_orders, wrong_orders
from samples import samples

DAY = date(2026, 3, 1)
FEW = hypothesis.settings(DETERMINISTIC, max_examples=samples(40))


def account_of(owed: Sequence[int], paid: Sequence[int]) -> Account:
    return Account(
        [Charge(f"C-{place}", Money.from_minor(minor, "CAD"), due=DAY) for place, minor in enumerate(owed, start=1)],
        [
            Payment(f"P-{place}", Money.from_minor(minor, "CAD"), received=DAY)
            for place, minor in enumerate(paid, start=1)
        ],
    )


def test_the_alarm_shows_the_smallestaccount_of() -> None:
    """LawBroken names the law, quotes it, and shows the account and what the order did."""
    with pytest.raises(LawBroken) as caught:
        check_order(wrong_orders.drops_the_last_cent, exhaustive=True)
    assert str(caught.value) == (
        "drops_the_last_cent breaks the law 'exhaustion': money that no wish binds stays unapplied only if nothing that"
        " it may pay is open\n"
        "\n"
        "0.01 CAD of P-1 stays unapplied, though it may pay 0.01 CAD of C-1\n"
        "\n"
        "charges = [\n"
        "    Charge('C-1', Money('0.01', 'CAD'), due=datetime.date(2026, 2, 26)),\n"
        "]\n"
        "money = [\n"
        "    Payment('P-1', Money('0.01', 'CAD'), received=datetime.date(2026, 2, 26)),\n"
        "]\n"
        "\n"
        "the order did:\n"
        "\n"
        "charge without money  open  why\n"
        "--------------------  ----  ------------------------\n"
        "C-1                   0.01  the order passed it over\n"
        "\n"
        "money unapplied  amount  why\n"
        "---------------  ------  ------------------------\n"
        "P-1                0.01  the order placed no more"
    )
    assert not hasattr(caught.value, "__notes__")


def test_the_alarm_about_a_refused_order_shows_the_refusal() -> None:
    with pytest.raises(LawBroken) as caught:
        check_order(wrong_orders.over_applies)
    assert caught.value.found == (
        "OrderError: order over_applies: proposed 0.02 for charge C-1, which was offered 0.01; "
        "propose from 0 to item.offered_minor"
    )
    assert str(caught.value).endswith("the order was refused")
    assert isinstance(caught.value.__cause__, OrderError)


def test_the_alarm_survives_pickle() -> None:
    with pytest.raises(LawBroken) as caught:
        LAWS["exhaustion"](wrong_orders.drops_the_last_cent, account_of([1], [1]))
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.found, again.account, str(again)) == (caught.value.found, caught.value.account, str(caught.value))


def test_a_trial_repeats_itself() -> None:
    """A deterministic mode is the default."""
    texts = set()
    for _ in range(2):
        with pytest.raises(LawBroken) as caught:
            check_order(wrong_orders.half_of_each, total=True)
        texts.add(str(caught.value))
    assert len(texts) == 1


def test_an_order_that_only_sometimes_breaks_a_law_is_not_the_same_again() -> None:
    """An order with hidden state or randomness is caught, whatever law is tried."""
    calls = iter(range(10**9))

    def once(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
        return {} if next(calls) == 0 else {items[0].id: min(incoming.minor, items[0].offered_minor)}

    with pytest.raises(LawBroken) as caught:
        check_law(LAWS["exhaustion"], once, accounts=st.just(account_of([1], [1])))
    assert caught.value.law is LAWS["same again"]
    assert caught.value.found == (
        "once it broke 'exhaustion' here (0.01 CAD of P-1 stays unapplied, though it may pay 0.01 CAD of C-1), and "
        "once it did not"
    )


def test_one_law_can_be_tried_alone() -> None:
    check_law(LAWS["conservation"], wrong_orders.half_of_each, settings=FEW)
    with pytest.raises(LawBroken):
        check_law(LAWS["one after another"], wrong_orders.half_of_each)


def test_a_users_accounts_are_drawn_instead() -> None:
    """An order that only knows its own codes needs accounts with these."""
    seen = []

    def noting(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
        seen.append(len(items))
        return {}

    check_order(noting, accounts=st.just(account_of([1, 2, 3, 4, 5, 6, 7], [1])))
    assert set(seen) == {7}


def test_what_refuses_charges_needs_accounts_of_its_own() -> None:
    refusing = Ranking(in_order(where.rent, rest="refuse"))
    with pytest.raises(LawBroken) as caught:
        check_order(refusing)
    assert caught.value.law is LAWS["proposals"]


def test_what_is_no_order_is_refused() -> None:
    nothing: Any = None
    for call in (lambda: check_order(nothing), lambda: laws_of(nothing)):
        with pytest.raises(InvalidType, match=r"^laws_of: None is no order; "):
            call()
    with pytest.raises(InvalidType, match=r"^check_law: None is no order; "):
        check_law(LAWS["bounds"], nothing)


@pytest.mark.parametrize(
    "order", [OLDEST_FIRST, sound_orders.latest_first, in_turn(PRO_RATA)], ids=["ranking", "function", "composition"]
)
def test_a_rebuilt_id_is_no_alarm(order: Order) -> None:
    """What an order does with ids of its own making cannot be seen under another hash, and is no breach."""

    def copying(incoming: Incoming, items: Sequence[OpenItem]) -> dict[str, int]:
        return {"".join(name): minor for name, minor in order(incoming, items).items()}

    check_order(copying, settings=FEW)


def test_accounts_print_as_code() -> None:
    charge = Charge(
        "C-1", Money("0.05", "CAD"), due=DAY, posted=date(2026, 2, 1), category=Category.RENT, attributes={"rate": 5}
    )
    money = Credit("K-1", Money("0.04", "CAD"), granted=DAY, designations=[Designation("C-1")])
    text = str(Account([charge], [money], "first"))
    assert text == (
        "charges = [\n"
        "    Charge('C-1', Money('0.05', 'CAD'), due=datetime.date(2026, 3, 1), posted=datetime.date(2026, 2, 1), "
        "category=Category.RENT, attributes=(('rate', 5),)),\n"
        "]\n"
        "money = [\n"
        "    Credit('K-1', Money('0.04', 'CAD'), granted=datetime.date(2026, 3, 1), "
        "designations=(Designation(to='C-1', amount=None),)),\n"
        "]\n"
        "designations = 'first'"
    )


@given(st.data())
def test_parts_of_an_account_are_drawn_alone(data: st.DataObject) -> None:
    """The strategies are reusable by users' own property tests."""
    near = (5, 10**18)
    charge = data.draw(strategies.charges("C-7", currency="KWD", near=near, others=("C-1",)))
    payment = data.draw(strategies.payments("P-7", currency="KWD", near=near, charge_ids=("C-7",)))
    credit = data.draw(strategies.credits_("K-7", currency="KWD", near=near, charge_ids=("C-7",)))
    selector = data.draw(strategies.selectors(("C-7",)))
    assert (charge.id, payment.id, credit.id) == ("C-7", "P-7", "K-7")
    assert charge.about in {None, "C-1", "gone"}
    assert data.draw(strategies.days()).year == 2026
    assert data.draw(strategies.minor_units()) >= 1
    result = allocate([payment, credit], [charge], by=only(selector, OLDEST_FIRST))
    assert result.currency == "KWD"


def test_accounts_are_of_one_currency_if_asked() -> None:
    @FEW
    @given(strategies.accounts(currency="JPY", most_charges=2, most_money=1))
    def small(account: Account) -> None:
        assert {fact.amount.currency for fact in (*account.charges, *account.money)} == {"JPY"}
        assert len(account.charges) <= 2
        assert len(account.money) == 1

    small()


def test_without_hypothesis_the_message_says_what_to_install() -> None:
    code = "import sys; sys.modules['hypothesis'] = None; import arledger; import arledger.testing"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.endswith(
        "ImportError: arledger.testing draws its accounts with hypothesis; "
        "install it with: pip install 'arledger[testing]'\n"
    )


def test_without_hypothesis_the_import_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    monkeypatch.delitem(sys.modules, "arledger.testing")
    with pytest.raises(ImportError, match=r"^arledger\.testing draws its accounts with hypothesis; ") as caught:
        importlib.import_module("arledger.testing")
    assert caught.value.name == "hypothesis"
