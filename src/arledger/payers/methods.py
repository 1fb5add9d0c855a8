"""Payment methods that payers have saved: accounts and cards, their states, and the one default.

The problem: a card that was disabled for a while is pulled all the same, a deleted one comes back with the next edit,
and nobody knows which of two defaults a recurring pull takes. The decision: a saved method is a frozen value with a
state; the methods of a host are checked together (at most one default a payer), and the steps are functions in
``wallet``. What an account or a card is, its number, never changes: another number is another method.

Source: rule R50; ALIS's "My Payment Methods".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum

import attrs

from arledger.checks import as_sorted, check_date, check_id, check_ids_differ, check_instance, check_tuple_of, shown
from arledger.entries.fields import check_optional_ids
from arledger.errors import Conflict, InvalidValue, UnknownName, did_you_mean
from arledger.payers.refusals import Refusal, RefusalKind


class MethodKind(Enum):
    """What a saved method is."""

    BANK_ACCOUNT = "bank_account"
    CREDIT_CARD = "credit_card"
    DEBIT_CARD = "debit_card"

    @property
    def payment_type(self) -> str:
        """The type of the payments by it, as ``Payment.method``, fees and payment types name it."""
        return "ach" if self is MethodKind.BANK_ACCOUNT else self.value

    @property
    def settles_at_once(self) -> bool:
        """Whether a payment by it is settled when it is made; else it is under way at the bank."""
        return self is not MethodKind.BANK_ACCOUNT

    def __repr__(self) -> str:
        return f"MethodKind.{self.name}"


class MethodState(Enum):
    """Whether a method is of use. DELETED is for good."""

    ACTIVE = "active"
    DISABLED = "disabled"
    DELETED = "deleted"

    def __repr__(self) -> str:
        return f"MethodState.{self.name}"


@attrs.frozen(order=False)
class PaymentMethod:
    """An account or a card that a payer has saved.

    ``last_four`` are the last digits of its number, ``nickname`` the payer's own name for it, ``expires`` the last day
    on which a card is good. ``is_default`` marks the one that recurring pulls take.

    >>> print(PaymentMethod("M-1", MethodKind.BANK_ACCOUNT, payer="ana", last_four="6789", nickname="Ana Roy"))
    bank account Ana Roy

    Refused: last digits that are not four; an expiry of a bank account; a deleted default.
    """

    id: str
    kind: MethodKind
    payer: str | None = attrs.field(default=None, kw_only=True)
    last_four: str = attrs.field(kw_only=True)
    nickname: str | None = attrs.field(default=None, kw_only=True)
    billing_address: str | None = attrs.field(default=None, kw_only=True)
    expires: date | None = attrs.field(default=None, kw_only=True)
    state: MethodState = attrs.field(default=MethodState.ACTIVE, kw_only=True)
    is_default: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "method")
        subject = f"method {self.id}"
        check_instance(self.kind, MethodKind, subject, "kind", "pass a MethodKind, such as MethodKind.BANK_ACCOUNT")
        check_optional_ids(self, subject, "payer", "nickname", "billing_address")
        check_id(self.last_four, subject, "last_four")
        if len(self.last_four) != 4 or not (self.last_four.isascii() and self.last_four.isdigit()):
            raise InvalidValue(
                f"{subject}: last_four {shown(self.last_four)} are not four digits",
                field="last_four",
                value=self.last_four,
                hint="pass the last four digits of its number, and never more of it",
            )
        if self.expires is not None:
            check_date(self.expires, subject, "expires")
            if self.kind is MethodKind.BANK_ACCOUNT:
                raise InvalidValue(
                    f"{subject}: a bank account that expires", field="expires", value=self.expires, hint="leave it out"
                )
        check_instance(self.state, MethodState, subject, "state", "pass a MethodState, such as MethodState.ACTIVE")
        check_instance(self.is_default, bool, subject, "is_default", "pass True or False")
        if self.is_default and self.state is MethodState.DELETED:
            raise InvalidValue(
                f"{subject}: is deleted, and the default",
                field="is_default",
                value=self.is_default,
                hint="a deleted method is no default",
            )

    @property
    def payment_type(self) -> str:
        """The type of the payments by it: "ach", "credit_card" or "debit_card"."""
        return self.kind.payment_type

    def __str__(self) -> str:
        kind = self.kind.value.replace("_", " ")
        return f"{kind} {self.nickname}" if self.nickname else f"{kind} ending in {self.last_four}"


def why_not_usable(method: PaymentMethod, on: date) -> Refusal | None:
    """Why nothing can be paid by a method on a day; None if it can.

    >>> card = PaymentMethod("M-2", MethodKind.CREDIT_CARD, last_four="4242", expires=date(2026, 3, 31))
    >>> print(why_not_usable(card, date(2026, 4, 1)))
    M-2: method expired on 2026-03-31
    """
    check_instance(method, PaymentMethod, "method", "method")
    check_date(on, f"method {method.id}", "on")
    if method.state is not MethodState.ACTIVE:
        return Refusal(RefusalKind.METHOD_UNUSABLE, f"method {method.state.value}", about=method.id)
    if method.expires is not None and method.expires < on:
        return Refusal(RefusalKind.METHOD_UNUSABLE, f"method expired on {method.expires}", about=method.id)
    return None


def _as_methods(methods: PaymentMethod | Iterable[PaymentMethod]) -> tuple[PaymentMethod, ...]:
    return as_sorted(methods, PaymentMethod)


@attrs.frozen(order=False)
class PaymentMethods:
    """Saved methods, of one payer or of many, by id, checked together: at most one default a payer.

    >>> checking = PaymentMethod("M-1", MethodKind.BANK_ACCOUNT, last_four="6789", is_default=True)
    >>> PaymentMethods([checking, PaymentMethod("M-2", MethodKind.DEBIT_CARD, last_four="4242", is_default=True)])
    Traceback (most recent call last):
        ...
    arledger.errors.Conflict: methods M-1 and M-2: both are the default of the account; keep one of them

    Refused: an id twice, two defaults.
    """

    all: tuple[PaymentMethod, ...] = attrs.field(default=(), converter=_as_methods)

    def __attrs_post_init__(self) -> None:
        check_tuple_of(self.all, PaymentMethod, "methods", "all")
        check_ids_differ(self.all, "method")
        defaults: dict[str | None, PaymentMethod] = {}
        for method in self.all:
            if method.is_default:
                other = defaults.setdefault(method.payer, method)
                if other is not method:
                    whose = "the account" if method.payer is None else method.payer
                    raise Conflict(
                        f"methods {other.id} and {method.id}: both are the default of {whose}",
                        field="is_default",
                        value=method.id,
                        hint="keep one of them",
                    )

    def __iter__(self) -> Iterator[PaymentMethod]:
        return iter(self.all)

    def of(self, payer: str | None) -> tuple[PaymentMethod, ...]:
        """The methods of a payer that are not deleted: what they see of them."""
        return tuple(one for one in self.all if one.payer == payer and one.state is not MethodState.DELETED)

    def default_of(self, payer: str | None) -> PaymentMethod | None:
        """The method that recurring pulls of a payer take, also while it is disabled; None where there is none."""
        return next((one for one in self.all if one.payer == payer and one.is_default), None)

    def method(self, name: str, subject: str = "methods") -> PaymentMethod:
        """The method with that id; unknown ones raise ``UnknownName``."""
        check_id(name, subject, "method")
        found = next((one for one in self.all if one.id == name), None)
        if found is None:
            hint = did_you_mean(name, [one.id for one in self.all]) if self.all else "there are none yet"
            raise UnknownName(f"{subject}: there is no method {name}", field="method", value=name, hint=hint)
        return found


def method_for_pulls(
    methods: PaymentMethods,
    payer: str | None,
    on: date,
    *,
    named: str | None = None,
    subject: str = "method_for_pulls",
) -> PaymentMethod | Refusal:
    """What a recurring pull takes on a day: the named method, or the payer's default; or why it takes nothing.

    >>> print(method_for_pulls(PaymentMethods(), "ana", date(2026, 6, 1)))
    no default method

    Refused: a named method that is not there (``UnknownName``, which names the ``subject``).

    Source: rule R50.
    """
    check_instance(methods, PaymentMethods, subject, "methods")
    if named is None:
        found = methods.default_of(payer)
        if found is None:
            return Refusal(RefusalKind.METHOD_UNUSABLE, "no default method")
    else:
        found = methods.method(named, subject)
        if found.payer != payer:
            return Refusal(RefusalKind.NOT_THEIRS, "the method is not theirs", about=named)
    return why_not_usable(found, on) or found
