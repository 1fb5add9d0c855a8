"""What a payer does with saved methods, each step by its name.

One namespace of functions, imported as a module: each takes ``PaymentMethods`` and gives them as they are then.

>>> from arledger import MethodKind, wallet
>>> checking = PaymentMethod("M-1", MethodKind.BANK_ACCOUNT, last_four="6789", is_default=True)
>>> card = PaymentMethod("M-2", MethodKind.CREDIT_CARD, last_four="4242", expires=date(2028, 5, 31))
>>> saved = wallet.make_default(wallet.add(PaymentMethods(checking), card), "M-2")
>>> saved.default_of(None).id, wallet.delete(saved, "M-2").default_of(None)
('M-2', None)

Source: rule R50; ALIS's "Options" of a payment method: Edit, Disable, Delete.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from arledger.checks import check_instance
from arledger.errors import Conflict
from arledger.payers.methods import MethodState, PaymentMethod, PaymentMethods

__all__ = ["add", "delete", "disable", "edit", "enable", "make_default"]


def add(methods: PaymentMethods, method: PaymentMethod) -> PaymentMethods:
    """With one more; if it is the default, the payer's default until now is none any more."""
    check_instance(methods, PaymentMethods, "wallet", "methods")
    check_instance(method, PaymentMethod, "wallet", "method")
    if method.is_default:
        methods = _without_default(methods, method.payer)
    return PaymentMethods((*methods.all, method))


def edit(
    methods: PaymentMethods,
    name: str,
    *,
    nickname: str | None = None,
    billing_address: str | None = None,
    expires: date | None = None,
) -> PaymentMethods:
    """With another nickname, address or expiry of a method; what is left out stays. Refused: a deleted one."""
    given: dict[str, Any] = {"nickname": nickname, "billing_address": billing_address, "expires": expires}
    changes = {field: value for field, value in given.items() if value is not None}
    return _replaced(methods, attrs.evolve(_living(methods, name), **changes))


def disable(methods: PaymentMethods, name: str) -> PaymentMethods:
    """With a method of no use for a while; a default stays marked, and what is pulled by it is held."""
    return _replaced(methods, attrs.evolve(_living(methods, name), state=MethodState.DISABLED))


def enable(methods: PaymentMethods, name: str) -> PaymentMethods:
    """With a method of use again. Refused: a deleted one."""
    return _replaced(methods, attrs.evolve(_living(methods, name), state=MethodState.ACTIVE))


def delete(methods: PaymentMethods, name: str) -> PaymentMethods:
    """With a method deleted, for good; if it was the default, there is none."""
    return _replaced(methods, attrs.evolve(_living(methods, name), state=MethodState.DELETED, is_default=False))


def make_default(methods: PaymentMethods, name: str) -> PaymentMethods:
    """With a method as its payer's only default. Refused: a deleted one."""
    method = _living(methods, name)
    return _replaced(_without_default(methods, method.payer), attrs.evolve(method, is_default=True))


def _living(methods: PaymentMethods, name: str) -> PaymentMethod:
    check_instance(methods, PaymentMethods, "wallet", "methods")
    method = methods.method(name, "wallet")
    if method.state is MethodState.DELETED:
        raise Conflict(f"method {name}: is deleted, for good", field="method", value=name, hint="add it as a new one")
    return method


def _without_default(methods: PaymentMethods, payer: str | None) -> PaymentMethods:
    default = methods.default_of(payer)
    return methods if default is None else _replaced(methods, attrs.evolve(default, is_default=False))


def _replaced(methods: PaymentMethods, method: PaymentMethod) -> PaymentMethods:
    return PaymentMethods([method if one.id == method.id else one for one in methods])
