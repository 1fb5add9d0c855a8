"""Bad prices, and lists of them."""

from __future__ import annotations

from typing import Any

from arledger import ArledgerError, CurrencyMismatch, InvalidType, InvalidValue, Money, Price, Prices
from bad_inputs.common import DAY, DOLLAR, MOMENT, NO_DATE, NO_MOMENT, RENT, BadInput

price: Any = Price
prices: Any = Prices
MONEY = "pass Money, such as Money('12.34', 'CAD')"
LIST = "pass Money, or a list of Price"


def _price(
    what: str, kind: type[ArledgerError], field: str, message: str, amount: object = RENT, **since: Any
) -> BadInput:
    return BadInput(f"price: {what}", lambda: price(amount, **since), kind, field, f"price: {message}")


def _prices(what: str, found: object, kind: type[ArledgerError], message: str) -> BadInput:
    return BadInput(f"prices: {what}", lambda: prices(found), kind, "prices", f"prices: {message}")


ROWS = [
    _price("a number", InvalidType, "amount", f"amount is int, not Money; {MONEY}", amount=1000),
    _price("a float", InvalidType, "amount", f"amount is float, not Money; {MONEY}", amount=1000.0),
    _price("text", InvalidType, "amount", f"amount is str, not Money; {MONEY}", amount="1000"),
    _price("None", InvalidType, "amount", f"amount is None, not Money; {MONEY}", amount=None),
    _price("a price already", InvalidType, "amount", f"amount is Price, not Money; {MONEY}", amount=Price(RENT)),
    _price(
        "negative",
        InvalidValue,
        "amount",
        "amount -0.01 CAD is negative; a reduction is a LeaseAdjustment",
        amount=Money("-0.01", "CAD"),
    ),
    _price("since a moment", InvalidType, "since", f"since is datetime, not date; {NO_MOMENT}", since=MOMENT),
    _price("since a day as text", InvalidType, "since", f"since is str, not date; {NO_DATE}", since="2026-09-16"),
    _price("since a number", InvalidType, "since", f"since is int, not date; {NO_DATE}", since=0),
    _price("since a bool", InvalidType, "since", f"since is bool, not date; {NO_DATE}", since=False),
    _prices("None", None, InvalidType, f"prices is None, not a list of Price; {LIST}"),
    _prices("a number", 1000, InvalidType, f"prices is int, not a list of Price; {LIST}"),
    _prices("a float", 1000.0, InvalidType, f"prices is float, not a list of Price; {LIST}"),
    _prices("text", "1000", InvalidType, f"prices is str, not a list of Price; {LIST}"),
    _prices("bytes", b"1000", InvalidType, f"prices is bytes, not a list of Price; {LIST}"),
    _prices("a day", DAY, InvalidType, f"prices is date, not a list of Price; {LIST}"),
    _prices("the class of prices", Price, InvalidType, f"prices is type, not a list of Price; {LIST}"),
    _prices("prices already", Prices(RENT), InvalidType, f"prices is Prices, not a list of Price; {LIST}"),
    _prices("no price", [], InvalidValue, "no price; pass Money or a list of Price"),
    _prices("a generator of none", iter(()), InvalidValue, "no price; pass Money or a list of Price"),
    _prices("an empty dict", {}, InvalidValue, "no price; pass Money or a list of Price"),
    _prices("a list of money", [RENT], InvalidType, "prices is Money, not Price; pass a Price"),
    _prices("a list with None", [Price(RENT), None], InvalidType, "prices is None, not Price; pass a Price"),
    _prices("a list of pairs", [(DAY, RENT)], InvalidType, "prices is tuple, not Price; pass a Price"),
    _prices("dates to money", {DAY: RENT}, InvalidType, "prices is date, not Price; pass a Price"),
    _prices(
        "two since ever",
        [Price(RENT), Price(RENT)],
        InvalidValue,
        "900.00 CAD and 900.00 CAD since ever; a day has one price",
    ),
    _prices(
        "two from one day",
        [Price(RENT, since=DAY), Price(Money(5, "CAD"), since=DAY)],
        InvalidValue,
        "900.00 CAD and 5.00 CAD from 2026-03-01; a day has one price",
    ),
    _prices(
        "two currencies",
        [Price(DOLLAR, since=DAY), Price(RENT)],
        CurrencyMismatch,
        "900.00 CAD, then 1.00 USD",
    ),
    BadInput(
        "prices: on a moment",
        lambda: prices(RENT).at(MOMENT),
        InvalidType,
        "day",
        f"prices: day is datetime, not date; {NO_MOMENT}",
    ),
    BadInput(
        "prices: on no day",
        lambda: prices(RENT).at(None),
        InvalidType,
        "day",
        f"prices: day is None, not date; {NO_DATE}",
    ),
]
