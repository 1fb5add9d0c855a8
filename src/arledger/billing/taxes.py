"""Taxes on charges.

The problem: a tax has a rate that changes by law on a day, falls on some charges and not on others, may be taken on top
of another tax, and has to be undone with what it taxes. The decision: a ``Tax`` names the charge codes that it falls on
and has a table of rates; the taxes of a policy are checked once for rings. A tax is a charge of its own about its
parent, at the rate on the first day of the parent's period, rounded for each line. A credit on the parent carries its
tax in proportion, and all of it when the parent is credited in full (or voided).

Source: rule R31; the vendor's "Product Tax".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from graphlib import CycleError, TopologicalSorter

import attrs

from arledger.checks import as_tuple, check_id, check_instance, check_tuple, check_tuple_of
from arledger.entries import Category, Charge, Credit, Designation
from arledger.errors import Conflict, InvalidValue, UnknownName, did_you_mean
from arledger.money import minor_text, money_of, rounded, total
from arledger.rates import Percent, RateTable, as_rate_table
from arledger.rounding import HALF_UP, Rounding, check_rounding


def _as_codes(codes: Iterable[str]) -> tuple[str, ...]:
    found = (codes,) if isinstance(codes, str) else as_tuple(codes)
    if isinstance(found, tuple) and all(isinstance(code, str) for code in found):
        return tuple(dict.fromkeys(found))
    return found


@attrs.frozen(order=False)
class Tax:
    """A tax: its code, its rates, and the codes of the charges that it falls on.

    ``on_top_of`` names taxes of the same policy whose amount it taxes too (a compound tax); else taxes stack, each on
    the charge alone. A day without a rate has no tax.

    >>> Tax("QST", Percent("9.975"), codes=["RENT", "PARK"]).rates.at(date(2026, 3, 1))
    Percent('9.975')
    """

    code: str
    rates: RateTable = attrs.field(converter=as_rate_table)
    codes: tuple[str, ...] = attrs.field(converter=_as_codes, kw_only=True)
    on_top_of: tuple[str, ...] = attrs.field(default=(), converter=_as_codes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id(self.code, "tax", "code")
        subject = f"tax {self.code}"
        for field in ("codes", "on_top_of"):
            values = getattr(self, field)
            check_tuple(values, subject, field, "codes")
            for value in values:
                check_id(value, subject, field)
        if not self.codes:
            raise InvalidValue(
                f"{subject}: falls on no charge", field="codes", value=self.codes, hint="pass the codes of charges"
            )


def _as_taxes(taxes: Tax | Iterable[Tax]) -> tuple[Tax, ...]:
    return (taxes,) if isinstance(taxes, Tax) else as_tuple(taxes)


@attrs.frozen(order=False)
class TaxPolicy:
    """The vendor's "Product Tax": all taxes that there are, and how a line's tax is rounded.

    Refused: a code twice, a tax on top of one that is not there, taxes on top of each other in a ring.
    """

    taxes: tuple[Tax, ...] = attrs.field(default=(), converter=_as_taxes)
    rounding: Rounding = attrs.field(default=HALF_UP, kw_only=True)
    in_order: tuple[Tax, ...] = attrs.field(init=False, eq=False, repr=False)
    """The taxes, each after those that it is on top of; put in order once, and not for each line that is taxed."""

    def __attrs_post_init__(self) -> None:
        check_tuple_of(self.taxes, Tax, "tax policy", "taxes")
        check_rounding(self.rounding, "rounding")
        codes = [tax.code for tax in self.taxes]
        for place, tax in enumerate(self.taxes):
            if tax.code in codes[:place]:
                raise Conflict(f"tax policy: tax {tax.code} stands twice", field="taxes", value=tax.code)
            for code in tax.on_top_of:
                if code not in codes:
                    raise UnknownName(
                        f"tax {tax.code}: on top of {code}, which is no tax of the policy",
                        field="on_top_of",
                        value=code,
                        hint=did_you_mean(code, codes),
                    )
        object.__setattr__(self, "in_order", _in_order(self.taxes))


def _in_order(taxes: Sequence[Tax]) -> tuple[Tax, ...]:
    by_code = {tax.code: tax for tax in taxes}
    graph = TopologicalSorter({tax.code: tax.on_top_of for tax in taxes})
    try:
        return tuple(by_code[code] for code in graph.static_order())
    except CycleError as error:
        ring = tuple(reversed(error.args[1]))
        raise InvalidValue(
            f"tax policy: {' is on top of '.join(ring)}",
            field="on_top_of",
            value=ring,
            hint="taxes on top of each other have an end",
        ) from None


@attrs.frozen(order=False)
class TaxLine:
    """A tax on an amount, and why: its rate on the day, and what it was taken of. Amounts are in minor units."""

    tax: str
    percent: Percent
    base_minor: int
    minor: int


def tax_lines(minor: int, currency: str, code: str | None, day: date, policy: TaxPolicy) -> list[TaxLine]:
    """The kernel of ``taxes_on``: the taxes on an amount with a code, at the rates of a day."""
    found: dict[str, TaxLine] = {}
    for tax in policy.in_order:
        percent = tax.rates.at(day) if code in tax.codes else None
        if percent is None:
            continue
        base = minor + sum(found[other].minor for other in tax.on_top_of if other in found)
        amount = rounded(base * percent.fraction, policy.rounding, currency)
        found[tax.code] = TaxLine(tax.code, percent, base, amount)
    return list(found.values())


def tax_reason(line: TaxLine, currency: str) -> str:
    """Why a tax is what it is.

    >>> tax_reason(TaxLine("GST", Percent(5), 100000, 5000), "CAD")
    '5% of 1000.00'
    """
    return f"{line.percent} of {minor_text(line.base_minor, currency)}"


def taxes_on(charge: Charge, policy: TaxPolicy) -> tuple[Charge, ...]:
    """The taxes on a charge, by its code: charges about it, with its dates, its payer and its period.

    >>> from arledger import Money
    >>> policy = TaxPolicy([Tax("GST", Percent(5), codes=["RENT"])])
    >>> rent = Charge("R-03", Money("1000", "CAD"), due=date(2026, 3, 1), code="RENT")
    >>> [(tax.id, str(tax.amount), tax.about) for tax in taxes_on(rent, policy)]
    [('R-03/GST', '50.00 CAD', 'R-03')]

    A tax that comes to nothing is left out.
    """
    check_instance(charge, Charge, "taxes", "charge")
    check_instance(policy, TaxPolicy, "taxes", "policy")
    currency = charge.amount.currency
    day = charge.due if charge.period is None else charge.period.start
    return tuple(
        attrs.evolve(
            charge,
            id=f"{charge.id}/{slashed(line.tax)}",
            amount=money_of(line.minor, currency),
            category=Category.TAX,
            code=line.tax,
            about=charge.id,
            disputed=False,
        )
        for line in tax_lines(charge.amount.minor, currency, charge.code, day, policy)
        if line.minor > 0
    )


def tax_credits(
    credit: Credit,
    charge: Charge,
    taxes: Iterable[Charge],
    *,
    earlier: Iterable[Credit] = (),
    rounding: Rounding = HALF_UP,
) -> tuple[Credit, ...]:
    """What a credit on a charge takes off its taxes: of each the same part as of the charge.

    ``earlier`` are the credits on the charge that came before: the taxes are credited cumulatively, so that credits for
    all of a charge take all of its taxes, to the cent. A charge that is voided is credited in full.

    >>> from arledger import Money
    >>> rent = Charge("R-03", Money("1000", "CAD"), due=date(2026, 3, 1), code="RENT")
    >>> gst = Charge("R-03/GST", Money("50", "CAD"), due=date(2026, 3, 1), category=Category.TAX, about="R-03")
    >>> off = Credit("K-1", Money("100", "CAD"), granted=date(2026, 3, 9), designations=[Designation("R-03")])
    >>> [(tax.id, str(tax.amount)) for tax in tax_credits(off, rent, [gst])]
    [('K-1/R-03%2FGST', '5.00 CAD')]

    Refused: a tax that is not about the charge, credits above the charge.
    """
    check_instance(credit, Credit, "tax credits", "credit")
    check_instance(charge, Charge, "tax credits", "charge")
    earlier = as_tuple(earlier)
    check_tuple_of(earlier, Credit, "tax credits", "earlier")
    before = total((one.amount for one in earlier), charge.amount.currency)
    after = before + credit.amount
    if after > charge.amount:
        raise InvalidValue(
            f"tax credits: credits of {after} on charge {charge.id} of {charge.amount}",
            field="credit",
            value=after,
            hint="credit at most its amount",
        )
    found = []
    taxes = as_tuple(taxes)
    check_tuple_of(taxes, Charge, "tax credits", "taxes")
    for tax in taxes:
        if tax.about != charge.id:
            raise InvalidValue(
                f"tax credits: charge {tax.id} is not about {charge.id}",
                field="taxes",
                value=tax.id,
                hint="leave it out",
            )
        taken, taken_before = (
            rounded(tax.amount.minor * credited.over(charge.amount), rounding, tax.amount.currency)
            for credited in (after, before)
        )
        part = taken - taken_before
        if part:
            found.append(
                attrs.evolve(
                    credit,
                    id=f"{credit.id}/{slashed(tax.id)}",
                    amount=money_of(part, tax.amount.currency),
                    category=Category.TAX,
                    code=tax.code,
                    designations=[Designation(tax.id)],
                )
            )
    return tuple(found)


def slashed(name: str) -> str:
    """An id as it stands between slashes in a derived one, without the signs that part ids or targets."""
    escaped = name.replace("%", "%25")
    for sign in "/#>;=":
        escaped = escaped.replace(sign, f"%{ord(sign):02X}")
    return escaped
