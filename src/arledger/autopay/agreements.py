"""Autopay agreements: who pays which share of what, by which rule, since when.

The problem: two roommates at 33.33% and 66.67% are neither a third nor the whole, a share may be of the rent only, and
shares that were edited one by one come to 120% unnoticed until the account is overdrawn. The decision: an agreement is
a frozen value with exact shares, of the whole or by charge; the agreements of an account are checked together when they
are made, and again for each charge when they are drafted, since selectors may meet in one charge.

Source: rules R9, R14, R17 and R18.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

import attrs

from arledger.autopay.wanted import AmountRule, facts_of
from arledger.checks import (
    as_tuple,
    check_date,
    check_id,
    check_ids_differ,
    check_span,
    check_tuple_of,
    said,
    type_name,
)
from arledger.entries import Charge, SelectionContext, Selector
from arledger.entries.fields import check_amount, check_optional_ids
from arledger.entries.selector import check_selector
from arledger.errors import Conflict, CurrencyMismatch, InvalidType, InvalidValue
from arledger.money import Money
from arledger.rates import Percent, number_text


def _as_fraction(fraction: Fraction | Percent | int) -> Fraction:
    if isinstance(fraction, Percent):
        return fraction.fraction
    return Fraction(fraction) if type(fraction) is int else fraction  # type: ignore[return-value]  # a bool is refused


@attrs.frozen(order=False)
class Share:
    """A part of what is charged: a Fraction, a Percent, or 1 for all of it; of what ``of`` selects, or of everything.

    >>> from arledger import Percent, where
    >>> print(Share(Percent(60), of=where.rent), "and", Share(Fraction(1, 3)))
    60% of where.rent and 1/3 of everything

    Refused: a float (33.33 is no third), a share below 0 or over 1.
    """

    fraction: Fraction = attrs.field(converter=_as_fraction)
    of: Selector | None = None

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.fraction, Fraction):
            raise InvalidType(
                f"share: fraction is {type_name(self.fraction)}, not Fraction or Percent",
                field="fraction",
                value=self.fraction,
                hint="pass Fraction(1, 3), Percent(60), or 1 for all of it",
            )
        if not 0 <= self.fraction <= 1:
            raise InvalidValue(
                f"share: fraction is {number_text(self.fraction) if abs(self.fraction) < 10**9 else 'beyond 1'}",
                field="fraction",
                value=self.fraction,
                hint="pass 0 to 1; 60% is Percent(60)",
            )
        if self.of is not None:
            check_selector(self.of, "share", "of")

    def __str__(self) -> str:
        return f"{share_text(self.fraction)} of {'everything' if self.of is None else repr(self.of)}"


def share_text(fraction: Fraction) -> str:
    """A share as people read it: in percent, or as a fraction where that has no end.

    >>> share_text(Fraction(3, 5)), share_text(Fraction(1, 3))
    ('60%', '1/3')
    """
    text = number_text(fraction * 100)
    return str(fraction) if "/" in text else f"{text}%"


def _as_shares(shares: Share | Fraction | Percent | int | Iterable[Share] | None) -> tuple[Share, ...] | None:
    if shares is None:
        return None
    if isinstance(shares, Share):
        return (shares,)
    return as_tuple(shares) if isinstance(shares, Iterable) else (Share(shares),)


@attrs.frozen(order=False)
class Agreement:
    """What a payer agreed to have pulled.

    - ``rule`` is how much: one of ``pull``, such as ``pull.KEEP_PERCENT``, or a function of your own.
    - ``agreed`` is the day of the agreement, ``until`` the first day on which it no longer stands.
    - ``payer`` is whose money it is, and pays that payer's charges and those of no payer (None: the account's own).
    - ``shares`` is a Share, or a part of the whole, or a list of Shares by charge, of which the first that fits counts;
      what none fits is not paid. Absent: everything; where the rule keeps a stored amount, that amount's part of all
      stored amounts of the account.
    - ``stored`` is the agreed amount, which some rules read, and a draft states beside its own.
    - ``move_in`` and ``move_out`` are for policies that leave out the first or the last period.

    Money that was pulled for an increase that is pending is reserved in the ledger, by its designation, and not here.

    >>> from arledger import pull
    >>> Agreement("AP-1", pull.KEEP_UNCHANGED, agreed=date(2026, 1, 15), payer="ana", stored=Money("500", "CAD")).shares

    Refused: a rule that reads a stored amount, without one; an end before its day.
    """

    id: str
    rule: AmountRule
    agreed: date = attrs.field(kw_only=True)
    until: date | None = attrs.field(default=None, kw_only=True)
    payer: str | None = attrs.field(default=None, kw_only=True)
    method: str | None = attrs.field(default=None, kw_only=True)
    shares: tuple[Share, ...] | None = attrs.field(default=None, converter=_as_shares, kw_only=True)
    stored: Money | None = attrs.field(default=None, kw_only=True)
    move_in: date | None = attrs.field(default=None, kw_only=True)
    move_out: date | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id(self.id, "agreement")
        subject = f"agreement {self.id}"
        if not callable(self.rule):
            raise InvalidType(
                f"{subject}: rule is {type_name(self.rule)}, not an amount rule",
                field="rule",
                value=self.rule,
                hint="pass one such as pull.KEEP_PERCENT, or a function of your own",
            )
        check_date(self.agreed, subject, "agreed")
        check_span(self, subject, "until is the first day after it", "agreed")
        for field in ("move_in", "move_out"):
            if getattr(self, field) is not None:
                check_date(getattr(self, field), subject, field)
        check_optional_ids(self, subject, "payer", "method")
        if self.shares is not None:
            check_tuple_of(self.shares, Share, subject, "shares", "pass a Fraction, a Percent, or a list of Share")
            _check_reached(self.shares, subject)
        if self.stored is not None:
            check_amount(self.stored, subject, "stored")
        if self.move_in is not None and self.move_out is not None and self.move_out < self.move_in:
            raise InvalidValue(
                f"{subject}: move_out {self.move_out} is before move_in {self.move_in}",
                field="move_out",
                value=self.move_out,
                hint="pass the day of moving out",
            )
        facts = facts_of(self.rule)
        if facts.reads_stored and self.stored is None:
            raise InvalidValue(
                f"{subject}: stored is None, and {said(self.rule)} reads it", field="stored", hint="pass stored="
            )
        currency = facts.currency
        if self.stored is not None and currency not in (None, self.stored.currency):
            raise CurrencyMismatch(
                f"{subject}: stored {self.stored} for a rule in {currency}", field="stored", value=self.stored
            )

    @property
    def currency(self) -> str | None:
        """The currency of the sums in it; None where there is none."""
        return facts_of(self.rule).currency if self.stored is None else self.stored.currency

    def stands_on(self, day: date) -> bool:
        """Whether it stands on a day."""
        check_date(day, f"agreement {self.id}", "day")
        return self.agreed <= day and (self.until is None or day < self.until)


def _check_reached(shares: Sequence[Share], subject: str) -> None:
    """Refuse a share after one of everything."""
    for share, following in pairwise(shares):
        if share.of is None:
            raise InvalidValue(
                f"{subject}: shares: {following} stands after {share}, and is never reached",
                field="shares",
                value=following,
                hint="put the share of everything last",
            )


def _as_agreements(agreements: Agreement | Iterable[Agreement]) -> tuple[Agreement, ...]:
    given = (agreements,) if isinstance(agreements, Agreement) else as_tuple(agreements)
    if isinstance(given, tuple) and all(isinstance(one, Agreement) for one in given):
        return tuple(sorted(given, key=_place))
    return given


def _place(agreement: Agreement) -> tuple[str, str]:
    return (agreement.payer or "", agreement.id)


@attrs.frozen(order=False)
class Agreements:
    """The agreements of an account, by payer and id, checked together: with each other, on every day.

    >>> from arledger import Percent, pull
    >>> ana = Agreement("AP-1", pull.KEEP_PERCENT, agreed=date(2026, 1, 15), payer="ana", shares=Percent(60))
    >>> ben = Agreement("AP-2", pull.KEEP_PERCENT, agreed=date(2026, 1, 15), payer="ben", shares=Percent(50))
    >>> Agreements([ana, ben])
    Traceback (most recent call last):
        ...
    arledger.errors.Conflict: agreements AP-1 and AP-2: 110% of everything; pass shares of 100% at most

    Refused: an id twice; shares over 100%; two agreements of a payer for the same charges; two currencies.
    """

    all: tuple[Agreement, ...] = attrs.field(converter=_as_agreements)

    def __attrs_post_init__(self) -> None:
        check_tuple_of(self.all, Agreement, "agreements", "all")
        check_ids_differ(self.all, "agreement")
        currencies = {one.currency: one for one in self.all if one.currency is not None}
        if len(currencies) > 1:
            first, other = list(currencies.values())[:2]
            raise CurrencyMismatch(
                f"agreement {other.id}: in {other.currency}, and {first.id} is in {first.currency}",
                field="currency",
                value=other.currency,
                hint="an account is in one currency",
            )
        days = {day for one in self.all for day in (one.agreed, one.until) if day is not None}
        for day in sorted(days):  # on which shares change
            self._check_shares(day)

    def __iter__(self) -> Iterator[Agreement]:
        return iter(self.all)

    def on(self, day: date) -> tuple[Agreement, ...]:
        """Those that stand on a day."""
        check_date(day, "agreements", "day")
        return tuple(agreement for agreement in self.all if agreement.stands_on(day))

    def shares_on(self, day: date) -> dict[str, tuple[Share, ...]]:
        """The shares of each agreement that stands on a day, absent ones worked out."""
        standing = self.on(day)
        kept = {one.id: one.stored.minor for one in standing if one.stored is not None and _keeps(one)}
        found = {}
        for agreement in standing:
            part = Fraction(kept[agreement.id], sum(kept.values())) if agreement.id in kept else 1
            found[agreement.id] = (Share(part),) if agreement.shares is None else agreement.shares
        return found

    def _check_shares(self, day: date) -> None:
        """Refuse what is over 100%, or a payer's twice, of all that one selector, or none, speaks of."""
        shares_of = self.shares_on(day)
        takers = [agreement for agreement in self.on(day) if facts_of(agreement.rule).takes_items]
        selectors = {repr(share.of): share.of for agreement in takers for share in shares_of[agreement.id]}
        for selector in selectors.values():
            parts = [
                (agreement, part) for agreement in takers if (part := _part_of(shares_of[agreement.id], selector)) > 0
            ]
            check_parts(parts, _what(selector, selectors))


def _keeps(agreement: Agreement) -> bool:
    facts = facts_of(agreement.rule)
    return facts.reads_stored and facts.takes_items


def _part_of(shares: Sequence[Share], selector: Selector | None) -> Fraction:
    """The part of what a selector speaks of: the share of it by that name, or the one of everything."""
    return next((share.fraction for share in shares if share.of is None or share.of == selector), Fraction(0))


def _what(selector: Selector | None, selectors: Mapping[str, Selector | None]) -> str:
    if selector is None:
        return "everything" if len(selectors) == 1 else "everything else"
    return repr(selector)


def check_parts(parts: Sequence[tuple[Agreement, Fraction]], what: str) -> None:
    """Refuse parts of one thing that are over the whole, or two of a payer."""
    payers: dict[str | None, Agreement] = {}
    for agreement, _ in parts:
        other = payers.setdefault(agreement.payer, agreement)
        if other is not agreement:
            raise Conflict(
                f"agreements {other.id} and {agreement.id}: both are of {_payer_text(agreement.payer)} and for {what}",
                field="payer",
                value=agreement.payer,
                hint="end one of them, or give them shares of other charges",
            )
    whole = sum(part for _, part in parts)
    if whole > 1:
        names = [agreement.id for agreement, _ in parts]
        raise Conflict(
            f"agreements {', '.join(names[:-1])} and {names[-1]}: {share_text(Fraction(whole))} of {what}",
            field="shares",
            value=whole,
            hint="pass shares of 100% at most",
        )


def _payer_text(payer: str | None) -> str:
    return "the account" if payer is None else payer


def share_of(shares: Sequence[Share], charge: Charge, context: SelectionContext) -> Fraction:
    """The part of a charge: that of the first share that fits; none fits, none is paid."""
    for share in shares:
        if share.of is None or share.of.selects(charge, context):
            return share.fraction
    return Fraction(0)
