"""What the property tests draw from: amounts in tiers, currencies of every width, and the facts.

Amounts come in tiers since no one range finds every mistake: small ones collide and leave odd cents, those to 10^4 look
like rent, those around 2^31 and 2^53 find a C int or a float, those to 10^18 find anything else that is not exact.
Strategies without arguments of their own are cached: building them anew for each draw takes longer than drawing.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from arledger import (
    DOWN,
    HALF_EVEN,
    HALF_UP,
    UP,
    Application,
    Category,
    Charge,
    Credit,
    CreditKind,
    Designation,
    Dispute,
    Money,
    Payment,
    Period,
    RoundingMode,
    Selector,
    where,
)

CURRENCIES = ("CAD", "USD", "JPY", "KWD", "CLF")
"""Of 2, 2, 0, 3 and 4 decimals."""

FIRST_DAY = date(2025, 12, 1)
"""The days drawn are the 120 from here on: two year's ends, a February, and many equal days."""


@cache
def near(centre: int, by: int = 2) -> SearchStrategy[int]:
    """A number, or one that is off by one or two."""
    return st.integers(centre - by, centre + by)


@cache
def magnitudes(least: int = 1) -> SearchStrategy[int]:
    """Minor units from ``least`` (0 or 1) on, in tiers."""
    return st.one_of(
        st.integers(least, 100),
        st.integers(least, 10**4),
        near(2**31),
        near(2**53),
        st.integers(least, 10**18),
    )


@cache
def minors() -> SearchStrategy[int]:
    """Minor units of either sign, zero included, in tiers."""
    return st.builds(lambda magnitude, sign: magnitude * sign, magnitudes(0), st.sampled_from([1, -1]))


@cache
def currencies() -> SearchStrategy[str]:
    """Currencies of 0, 2, 3 and 4 decimals."""
    return st.sampled_from(CURRENCIES)


@st.composite
def moneys(draw: DrawFn, currency: str | None = None, least: int | None = None) -> Money:
    """Money of either sign; with ``least`` (0 or 1), of no less than that many minor units."""
    units = draw(minors() if least is None else magnitudes(least))
    return Money.from_minor(units, currency or draw(currencies()))


@st.composite
def money_pairs(draw: DrawFn) -> tuple[Money, Money]:
    """Two amounts in one currency, often equal or one minor unit apart."""
    first = draw(moneys())
    second = draw(st.one_of(minors(), near(first.minor, 1)))
    return first, Money.from_minor(second, first.currency)


@cache
def ratios() -> SearchStrategy[Fraction]:
    """Exact ratios of either sign: the halves that rounding modes differ on, tenths, and any other."""
    return st.one_of(
        st.builds(Fraction, minors(), st.sampled_from([1, 2, 10, 20, 100])),
        st.builds(Fraction, minors(), magnitudes()),
    )


@cache
def modes() -> SearchStrategy[RoundingMode]:
    """The four rounding modes."""
    return st.sampled_from([HALF_UP, HALF_EVEN, UP, DOWN])


@st.composite
def weights(draw: DrawFn, least: int = 1, most: int = 12) -> list[int]:
    """Weights for a split, not all zero: often equal, often with a zero, or far apart."""
    element = draw(
        st.sampled_from(
            [
                st.integers(0, 3),
                st.integers(0, 100),
                st.sampled_from([1, 2**31, 2**53 + 1]),
                st.integers(0, 10**18),
            ]
        )
    )
    return draw(st.lists(element, min_size=least, max_size=most).filter(any))


@cache
def days() -> SearchStrategy[date]:
    """Civil dates close together."""
    return st.integers(0, 119).map(lambda n: FIRST_DAY + timedelta(days=n))


@st.composite
def periods(draw: DrawFn) -> Period:
    """Periods of 1 to 90 days."""
    start = draw(days())
    return Period(start, start + timedelta(days=draw(st.integers(1, 90))))


@cache
def ids(prefix: str) -> SearchStrategy[str]:
    """A few ids, so that they collide and refer to each other."""
    return st.integers(1, 12).map(lambda n: f"{prefix}-{n}")


@cache
def names(*known: str) -> SearchStrategy[str | None]:
    """One of a few names, or none."""
    return st.sampled_from([None, *known])


@cache
def codes() -> SearchStrategy[str | None]:
    """A charge's code, or none."""
    return names("RENT", "PARK", "it's")


@cache
def payers() -> SearchStrategy[str | None]:
    """A payer, or none."""
    return names("ann", "bob")


@cache
def invoices() -> SearchStrategy[str | None]:
    """An invoice, or none."""
    return names("17", "18")


@cache
def tags() -> SearchStrategy[list[str]]:
    """Tags of a charge, some twice."""
    return st.sampled_from([[], [], ["old"], ["weekly", "old", "weekly"], ["subsidised"], ["old", "subsidised"]])


@cache
def sequences() -> SearchStrategy[int | None]:
    """A host's own number, or none."""
    return st.one_of(st.none(), st.integers(-3, 3), magnitudes())


@cache
def _days_or_none() -> SearchStrategy[date | None]:
    return st.none() | days()


@cache
def _attributes() -> SearchStrategy[dict[str, int]]:
    return st.sampled_from([{}, {}, {"rate": 5}, {"rate": -1, "security": 2}, {"security": 2, "rate": 5}])


@st.composite
def disputes(draw: DrawFn, amount: Money) -> bool | Dispute:
    """What a payer may contest of an amount."""
    shape = draw(st.sampled_from(["no", "no", "yes", "dispute", "dispute"]))
    if shape != "dispute":
        return shape == "yes"
    contested = draw(st.one_of(st.none(), st.integers(1, amount.minor)))
    since, until = draw(_days_or_none()), draw(_days_or_none())
    if since is not None and until is not None and until <= since:
        until = since + timedelta(days=1)
    money = None if contested is None else Money.from_minor(contested, amount.currency)
    return Dispute(money, since, until)


@st.composite
def charges(
    draw: DrawFn,
    name: str | None = None,
    currency: str = "CAD",
    about: SearchStrategy[str | None] | None = None,
    minor: SearchStrategy[int] | None = None,
) -> Charge:
    """A charge with everything that a selector or a ranking reads."""
    name = draw(ids("C")) if name is None else name
    amount = Money.from_minor(draw(magnitudes() if minor is None else minor), currency)
    parent = draw(about) if about is not None else None
    due = draw(days())
    return Charge(
        name,
        amount,
        due=due,
        posted=draw(_days_or_none()) or due,
        category=draw(st.sampled_from(Category)),
        code=draw(codes()),
        invoice=draw(invoices()),
        payer=draw(payers()),
        about=None if parent == name else parent,
        recurring=draw(st.booleans()),
        disputed=draw(disputes(amount)),
        tags=draw(tags()),
        attributes=draw(_attributes()),
        sequence=draw(sequences()),
    )


@st.composite
def accounts(draw: DrawFn, most: int = 6, currency: str = "CAD") -> list[Charge]:
    """Charges of one account, with different ids, some about an earlier one (so taxes never run in a ring)."""
    found: list[Charge] = []
    for n in range(draw(st.integers(1, most))):
        about = st.sampled_from([None, "gone", *(charge.id for charge in found)])
        found.append(draw(charges(name=f"C-{n + 1}", currency=currency, about=about)))
    return draw(st.permutations(found))


@cache
def primitive_selectors() -> SearchStrategy[Selector]:
    """One of ``arledger.where``'s selectors, none composed."""
    texts = st.sampled_from(["RENT", "PARK", "it's", "ann", "bob", "17", "18", "C-1", "C-2", "old", "weekly"])
    some = st.lists(texts, min_size=1, max_size=3)
    return st.one_of(
        st.sampled_from([where.rent, where.past_due, where.is_due]),
        st.lists(st.sampled_from(Category), min_size=1, max_size=3).map(lambda found: where.category(*found)),
        some.map(lambda found: where.code(*found)),
        some.map(lambda found: where.invoice(*found)),
        some.map(lambda found: where.payer(*found)),
        some.map(lambda found: where.charge(*found)),
        some.map(lambda found: where.tagged(*found)),
        days().map(where.due_by),
    )


@cache
def selectors() -> SearchStrategy[Selector]:
    """Selectors, composed to some depth."""
    return st.recursive(
        primitive_selectors(),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda pair: pair[0] & pair[1]),
            st.tuples(inner, inner).map(lambda pair: pair[0] | pair[1]),
            inner.map(lambda selector: ~selector),
        ),
        max_leaves=6,
    )


@st.composite
def designations(draw: DrawFn, amount: Money, most: int = 3) -> list[Designation]:
    """What a payer may say money is for: never more than the amount in total."""
    left = amount.minor
    found = []
    for _ in range(draw(st.integers(0, most))):
        named = draw(st.one_of(st.none(), st.integers(1, left))) if left else None
        left -= named or 0
        money = None if named is None else Money.from_minor(named, amount.currency)
        found.append(Designation(draw(ids("C") | selectors()), money))
    return found


@st.composite
def payments(draw: DrawFn, name: str | None = None, currency: str = "CAD") -> Payment:
    """A payment with everything that an allocation reads."""
    amount = draw(moneys(currency, least=1))
    return Payment(
        draw(ids("P")) if name is None else name,
        amount,
        received=draw(days()),
        method=draw(names("ach", "card")),
        payer=draw(payers()),
        designations=draw(designations(amount)),
        restriction=draw(st.none() | selectors()),
        fund=draw(st.sampled_from(["operating", "trust"])),
        sequence=draw(sequences()),
    )


@st.composite
def credits_(draw: DrawFn, name: str | None = None, currency: str = "CAD") -> Credit:
    """A credit; one that forgives names its target."""
    amount = draw(moneys(currency, least=1))
    kind = draw(st.sampled_from(CreditKind))
    named = draw(designations(amount))
    if kind in (CreditKind.WAIVER, CreditKind.WRITE_OFF) and not named:
        named = [Designation(draw(ids("C")))]
    return Credit(
        draw(ids("K")) if name is None else name,
        amount,
        granted=draw(days()),
        kind=kind,
        category=draw(st.sampled_from(Category)),
        code=draw(codes()),
        payer=draw(payers()),
        designations=named,
        sequence=draw(sequences()),
    )


@st.composite
def applications(draw: DrawFn, currency: str = "CAD") -> Application:
    """An application of a payment or credit to a charge; some reverse another."""
    return Application(
        draw(ids("P") | ids("K")),
        draw(ids("C")),
        draw(moneys(currency, least=1)),
        draw(days()),
        reverses=draw(names("P-1>C-1@2026-01-01")),
    )
