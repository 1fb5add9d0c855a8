"""Bad calls of allocate, bad rankings, keys and compositions, bad applications, and orders that propose wrongly."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from arledger import (
    OLDEST_FIRST,
    Application,
    ArledgerError,
    Category,
    Charge,
    Conflict,
    Credit,
    CurrencyMismatch,
    Designation,
    InvalidType,
    InvalidValue,
    OrderError,
    Payment,
    Ranking,
    Ties,
    UnknownName,
    allocate,
    any_payer,
    attribute,
    due_date,
    exact_match_first,
    first,
    group_due,
    in_order,
    in_turn,
    last,
    only,
    shared,
    where,
)
from bad_inputs.common import CENT, DAY, DOLLAR, NO_VALID_TEXT, RENT, SURROGATE, TOO_LONG, BadInput
from bad_inputs.common import application as line
from bad_inputs.common import charge as owed
from bad_inputs.common import credit as granted
from bad_inputs.common import payment as paid

decide: Any = allocate
ranking: Any = Ranking
share: Any = shared
order_by: Any = in_order
only_of: Any = only
turns: Any = in_turn

MONEY = "pass a list of Credit or Payment"
CHARGES = "pass a list of Charge"
ORDER = "pass an order such as OLDEST_FIRST, or a function (incoming, items)"
KEY = "pass a key such as due_date, or a function (item, context)"
SELECTOR = "pass a selector such as where.rent"
ONE_CURRENCY = "allocate each currency by itself"
UNIQUE = "its id stands twice; ids are unique over all charges, payments and credits"
MODES = "pass only, first or ignore"
GROUPINGS = "known are about, category, code, invoice, payer, period"
OFFERED = "was not offered for payment P-17; propose only charges among the items"
INTS = "propose ints of minor units"
BOUNDS = "propose from 0 to item.offered_minor"
ONE_TYPE = "give one type of value for all charges"


def _row(
    noun: str, what: str, call: Callable[[], object], kind: type[ArledgerError], field: str, message: str
) -> BadInput:
    return BadInput(f"{noun}: {what}", call, kind, field, message)


def _allocate(what: str, given: dict[str, Any], kind: type[ArledgerError], field: str, message: str) -> BadInput:
    """A call of allocate with payment P-17 and charge R-03, spoilt by what is given."""
    called = {"money": paid(), "charges": [owed()], "by": OLDEST_FIRST, **given}
    money, charges = called.pop("money"), called.pop("charges")
    return _row("allocate", what, lambda: decide(money, charges, **called), kind, field, message)


def _applied(what: str, lines: object, kind: type[ArledgerError], message: str) -> BadInput:
    return _allocate(what, {"applied": lines}, kind, "applied", message)


def _facts() -> list[BadInput]:
    """What is no money and what is no charge."""

    def money(what: str, given: object, problem: str) -> BadInput:
        return _allocate(what, {"money": given}, InvalidType, "money", f"allocate: money {problem}; {MONEY}")

    def charges(what: str, given: object, problem: str) -> BadInput:
        return _allocate(what, {"charges": given}, InvalidType, "charges", f"allocate: charges {problem}; {CHARGES}")

    return [
        money("no money", None, "is None"),
        money("money as a number", 900, "is int"),
        money("money as an amount", RENT, "is Money"),
        money("money as an id", "P-17", "holds str, not Credit or Payment"),
        money("money as a dict", {"P-17": paid()}, "holds str, not Credit or Payment"),
        money("a charge for money", owed(), "is Charge"),
        money("a charge among the money", [paid(), owed()], "holds Charge, not Credit or Payment"),
        money("None among the money", [paid(), None], "holds None, not Credit or Payment"),
        money("lists of money", [[paid()]], "holds list, not Credit or Payment"),
        money("a class for money", Payment, "is type"),
        charges("no charges", None, "is None"),
        charges("a single charge", owed(), "is Charge"),
        charges("charges as a number", 3, "is int"),
        charges("charges as ids", ["R-03"], "holds str, not Charge"),
        charges("charges as a dict", {"R-03": owed()}, "holds str, not Charge"),
        charges("a payment among the charges", [owed(), paid()], "holds Payment, not Charge"),
        charges("a credit among the charges", [granted()], "holds Credit, not Charge"),
        charges("an application among the charges", [line()], "holds Application, not Charge"),
    ]


def _orders() -> list[BadInput]:
    """What is no order, wherever one is asked for."""
    subjects: list[tuple[str, Callable[[Any], object]]] = [
        ("allocate", lambda by: decide(paid(), [owed()], by=by)),
        ("only", lambda by: only(where.rent, by)),
        ("in_turn", lambda by: in_turn(OLDEST_FIRST, by)),
        ("exact_match_first", exact_match_first),
        ("shared", lambda by: shared(among="code", ties=Ties.EVENLY, then=by)),
        ("any_payer", any_payer),
    ]
    bad: list[tuple[str, object, str]] = [
        ("no order", None, f"None is no order; {ORDER}"),
        (
            "an order by name",
            "oldest-first",
            "str is no order; pass an order such as OLDEST_FIRST; NAMED_ORDERS has them by name",
        ),
        ("a selector for an order", where.rent, f"_Described is no order; {ORDER}"),
        ("a list of orders", [OLDEST_FIRST], f"list is no order; {ORDER}"),
    ]
    return [
        _row(subject, what, lambda call=call, by=by: call(by), InvalidType, "order", f"{subject}: {problem}")  # type: ignore[misc]
        for subject, call in subjects
        for what, by, problem in bad
    ]


def _proposals() -> list[BadInput]:
    """What an order of a user may not propose, for 900.00 of payment P-17 and charges R-03 and R-04 of 900.00."""

    def row(what: str, answer: object, message: str) -> BadInput:
        def wrong(incoming: object, items: object) -> object:
            return answer

        wrong.__qualname__ = "wrong"
        charges = [owed(), owed(id="R-04"), owed(id="R-05", payer="bob"), owed(id="R-06", disputed=True)]
        call: Callable[[], object] = lambda: decide(paid(), charges, by=wrong)  # noqa: E731  # as in every row
        return _row("order", what, call, OrderError, "order", f"order wrong: {message}")

    def amount(what: str, minor: object, problem: str) -> BadInput:
        return row(what, {"R-03": minor}, f"proposed {problem}")

    mapping = "not a mapping; return {charge id: minor units}"
    return [
        row("nothing", None, f"proposed None, {mapping}"),
        row("a list", [("R-03", 1)], f"proposed list, {mapping}"),
        row("a number", 1, f"proposed int, {mapping}"),
        row("text", "R-03", f"proposed str, {mapping}"),
        row("an unknown charge", {"R-9": 1}, f"charge R-9 {OFFERED}"),
        row("another payer's charge", {"R-05": 1}, f"charge R-05 {OFFERED}"),
        row("a disputed charge", {"R-06": 1}, f"charge R-06 {OFFERED}"),
        row("nothing for an unknown charge", {"R-9": 0}, f"charge R-9 {OFFERED}"),
        row("a charge by number", {3: 1}, f"charge 3 {OFFERED}"),
        row("a charge by a number too long to print", {TOO_LONG: 1}, f"charge <int too long to print> {OFFERED}"),
        row("a charge by position", {0: 1, "R-03": 1}, f"charge 0 {OFFERED}"),
        row("no charge", {None: 1}, f"charge None {OFFERED}"),
        row("the source", {"P-17": 1}, f"charge P-17 {OFFERED}"),
        amount("a float", 1.0, f"float for charge R-03, not int; {INTS}"),
        amount("a bool", True, f"bool for charge R-03, not int; {INTS}"),
        amount("a Decimal", Decimal("1.00"), f"Decimal for charge R-03, not int; {INTS}"),
        amount("Money", CENT, f"Money for charge R-03, not int; {INTS}"),
        amount("text for an amount", "1", f"str for charge R-03, not int; {INTS}"),
        amount("None for an amount", None, f"None for charge R-03, not int; {INTS}"),
        amount("below zero", -1, f"-0.01 for charge R-03, which was offered 900.00; {BOUNDS}"),
        amount("a cent too much", 90001, f"900.01 for charge R-03, which was offered 900.00; {BOUNDS}"),
        amount(
            "too much to print",
            TOO_LONG,
            f"<int too long to print> for charge R-03, which was offered 900.00; {BOUNDS}",
        ),
        row(
            "more than the money",
            {"R-03": 90000, "R-04": 1},
            "proposed 900.01 of payment P-17, which has 900.00; propose at most incoming.minor in all",
        ),
    ]


def _failing(error: BaseException) -> Callable[..., Any]:
    """A function of any arguments that fails."""

    def fails(*_given: object) -> Any:
        raise error

    fails.__qualname__ = "fails"
    return fails


def _failures() -> list[BadInput]:
    """Functions of a user that fail, or give what cannot be ranked."""
    fails = _failing(KeyError("rent"))
    unprintable = _failing(KeyError(TOO_LONG))
    matching = where.matching(fails)
    wish = [Designation(matching)]
    selector = "selector where.matching(fails): failed on charge R-03 with KeyError: 'rent'"
    two = [owed(), owed(id="R-04")]

    def valued(*values: object) -> Any:
        def rank(item: Any, context: object) -> object:
            return values[item.id == "R-04"]

        rank.__qualname__ = "rank"
        return Ranking(rank)

    def incomparable(what: str, values: tuple[object, object], kinds: str) -> BadInput:
        message = f"key rank: its values do not compare ({kinds}); {ONE_TYPE}"
        return _row("ranking", what, lambda: decide(paid(), two, by=valued(*values)), OrderError, "keys", message)

    def by(noun: str, what: str, order: Any, field: str, message: str) -> BadInput:
        return _row(noun, what, lambda: decide(paid(), two, by=order), OrderError, field, message)

    return [
        by("order", "one that fails", fails, "order", "order fails: failed on payment P-17 with KeyError: 'rent'"),
        by(
            "order",
            "one that fails with what does not print",
            unprintable,
            "order",
            "order fails: failed on payment P-17 with KeyError: <KeyError too long to print>",
        ),
        by(
            "order",
            "a key for an order",
            due_date,
            "order",
            "order due_date: failed on payment P-17 with AttributeError: 'Incoming' object has no attribute 'charge'",
        ),
        by(
            "ranking",
            "a key that fails",
            Ranking(fails),
            "keys",
            "key fails: failed on charge R-03 with KeyError: 'rent'",
        ),
        by(
            "ranking",
            "a key that fails with what does not print",
            Ranking(unprintable),
            "keys",
            "key fails: failed on charge R-03 with KeyError: <KeyError too long to print>",
        ),
        by(
            "ranking",
            "first without its selector",
            ranking(first),
            "keys",
            "key first: failed on charge R-03 with TypeError: first() takes 1 positional argument but 2 were given",
        ),
        by(
            "ranking",
            "an order for a key",
            ranking(OLDEST_FIRST),
            "keys",
            "key Ranking(due_date): failed on charge R-03 with TypeError: 'Context' object is not iterable",
        ),
        incomparable("values of two types", (1, "1"), "int, str"),
        incomparable("values that have no order", (1j, 2j), "complex"),
        incomparable("dicts for values", ({}, {}), "dict"),
        incomparable("a list beside nothing", ([1], None), "list"),
        incomparable("signalling NaNs", (Decimal("sNaN"), Decimal(1)), "Decimal"),
        by("where", "a function that fails in a key", Ranking(first(matching)), "selector", selector),
        by("where", "a function that fails in only", only(matching, OLDEST_FIRST), "selector", selector),
        by("where", "a function that fails in in_order", Ranking(in_order(matching)), "selector", selector),
        _row(
            "where",
            "a function that fails in a designation",
            lambda: decide(paid(designations=wish), two, by=OLDEST_FIRST),
            OrderError,
            "selector",
            selector,
        ),
        _row(
            "where",
            "a function that fails in a restriction",
            lambda: decide(paid(restriction=~matching), two, by=OLDEST_FIRST),
            OrderError,
            "selector",
            selector,
        ),
    ]


def _keys() -> list[BadInput]:
    """Bad rankings and keys."""
    ungrouped = [
        ("an unknown field", "color", "'color'", GROUPINGS),
        ("a field almost", "invoices", "'invoices'", "did you mean invoice?"),
        ("None for a field", None, "None", GROUPINGS),
        ("a list of fields", ["code"], "['code']", GROUPINGS),
        ("a number too long to print", TOO_LONG, "<int too long to print>", GROUPINGS),
    ]
    groups: list[tuple[str, Callable[[Any], object]]] = [
        ("group_due", group_due),
        ("shared", lambda field: shared(among=field, ties=Ties.EVENLY, then=OLDEST_FIRST)),
    ]
    selecting: list[tuple[str, Callable[[Any], object]]] = [
        ("first", first),
        ("last", last),
        ("in_order", lambda selector: in_order(where.rent, selector)),
        ("only", lambda selector: only(selector, OLDEST_FIRST)),
    ]
    unselecting: list[tuple[str, object]] = [
        ("None", None),
        ("str", "rent"),
        ("Category", Category.RENT),
        ("bool", True),
    ]
    return [
        *(
            _row(
                noun,
                f"grouped by {what}",
                lambda call=call, field=field: call(field),  # type: ignore[misc]
                UnknownName,
                "field",
                f"{noun}: charges cannot be grouped by {text}; {hint}",
            )
            for noun, call in groups
            for what, field, text, hint in ungrouped
        ),
        *(
            _row(
                noun,
                f"{name} for a selector",
                lambda call=call, value=value: call(value),  # type: ignore[misc]
                InvalidType,
                "selector",
                f"{noun}: selector is {name}, not a selector; {SELECTOR}",
            )
            for noun, call in selecting
            for name, value in unselecting
        ),
        *(
            _row("ranking", f"{name} for a key", lambda key=key: ranking(key), InvalidType, "keys", message)  # type: ignore[misc]
            for name, key, message in (
                (
                    "a selector",
                    where.rent,
                    "ranking: where.rent is a selector, not a key; pass first(...) or last(...)",
                ),
                ("text", "due_date", f"ranking: str is no key; {KEY}"),
                ("None", None, f"ranking: None is no key; {KEY}"),
                ("a list", [due_date], f"ranking: list is no key; {KEY}"),
                ("a rule for ties", Ties.EVENLY, f"ranking: Ties is no key; {KEY}"),
            )
        ),
        *(
            _row(
                "ranking",
                f"{name} for ties",
                lambda value=value: ranking(ties=value),  # type: ignore[misc]
                InvalidType,
                "ties",
                f"ranking: ties is {name}, not Ties; pass a rule for ties, such as Ties.PRO_RATA",
            )
            for name, value in (("str", "pro rata"), ("None", None), ("bool", True))
        ),
        _row(
            "ranking",
            "text for taxes",
            lambda: ranking(taxes="first"),
            InvalidType,
            "taxes",
            "ranking: taxes is str, not Taxes; pass a rule for taxes, such as Taxes.TAX_FIRST",
        ),
        _row(
            "attribute",
            "no name",
            lambda: attribute(""),
            InvalidValue,
            "name",
            "attribute: name is empty; pass a non-empty str",
        ),
        _row(
            "attribute",
            "a number for a name",
            lambda: attribute(7),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            InvalidType,
            "name",
            "attribute: name is int, not str; pass str(7)",
        ),
        _row(
            "attribute",
            "no text",
            lambda: attribute(SURROGATE),
            InvalidValue,
            "name",
            f"attribute: name {NO_VALID_TEXT}",
        ),
        _row(
            "attribute",
            "values of two types",
            lambda: decide(
                paid(),
                [owed(attributes={"rate": 1}), owed(id="R-04", attributes={"rate": "1"})],
                by=Ranking(attribute("rate").descending),
            ),
            OrderError,
            "keys",
            f"key attribute('rate').descending: its values do not compare (int, str); {ONE_TYPE}",
        ),
        _row(
            "in_order", "no selector", order_by, InvalidValue, "selectors", "in_order: no selector; pass at least one"
        ),
        *(
            _row(
                "in_order",
                what,
                lambda rest=rest: order_by(where.rent, rest=rest),  # type: ignore[misc]
                InvalidValue,
                "rest",
                f"in_order: unknown rest {text}; pass last or refuse",
            )
            for what, rest, text in (
                ("an unknown rest", "first", "'first'"),
                ("None for the rest", None, "None"),
                ("a rest too long to print", TOO_LONG, "<int too long to print>"),
            )
        ),
        _row(
            "in_order",
            "a charge without a place",
            lambda: decide(paid(), [owed()], by=Ranking(in_order(where.rent, rest="refuse"))),
            OrderError,
            "rest",
            "charge R-03: no selector of in_order takes it; add a selector that does, or pass rest='last'",
        ),
    ]


def _compositions() -> list[BadInput]:
    """Bad compositions, besides those without an order or a selector."""
    return [
        _row("in_turn", "no turn", turns, InvalidValue, "orders", "in_turn: no order; pass at least one order"),
        _row(
            "shared",
            "groups in sequence",
            lambda: share(among="code", ties=Ties.IN_SEQUENCE, then=OLDEST_FIRST),
            InvalidValue,
            "ties",
            "shared: groups in sequence share nothing; pass Ties.PRO_RATA or Ties.EVENLY",
        ),
        *(
            _row(
                "shared",
                f"{name} for ties",
                lambda value=value: share(among="code", ties=value, then=OLDEST_FIRST),  # type: ignore[misc]
                InvalidType,
                "ties",
                f"shared: ties is {name}, not Ties; pass Ties.PRO_RATA or Ties.EVENLY",
            )
            for name, value in (("str", "evenly"), ("None", None))
        ),
        _row(
            "only",
            "its arguments the wrong way round",
            lambda: only_of(OLDEST_FIRST, where.rent),
            InvalidType,
            "selector",
            f"only: selector is Ranking, not a selector; {SELECTOR}",
        ),
    ]


def _settled() -> list[BadInput]:
    """Bad earlier applications."""
    lines = "pass applications, such as the lines of an earlier allocation"
    undone = line(id="U", reverses="L")
    dollars = Application("P-17", "R-03", DOLLAR, DAY)
    return [
        _applied("no applications", None, InvalidType, "allocate: applied is None; pass a list of Application"),
        _applied(
            "a single application", line(), InvalidType, "allocate: applied is Application; pass a list of Application"
        ),
        _applied("ids for applications", ["L"], InvalidType, f"applied holds str, not Application; {lines}"),
        _applied("text for applications", "L", InvalidType, f"applied holds str, not Application; {lines}"),
        _applied(
            "None among applications", [line(), None], InvalidType, f"applied holds None, not Application; {lines}"
        ),
        _applied(
            "a payment among applications", [paid()], InvalidType, f"applied holds Payment, not Application; {lines}"
        ),
        _applied(
            "an application in another currency",
            [dollars],
            CurrencyMismatch,
            f"application P-17>R-03@2026-03-01: in USD, where the facts are in CAD; {ONE_CURRENCY}",
        ),
        _applied(
            "an application twice",
            [line(amount=CENT), line(amount=CENT)],
            Conflict,
            "application P-17>R-03@2026-03-01: stands twice; pass it once, or give the second an id= of its own",
        ),
        _applied(
            "a charge over-applied",
            [line(source="P-1"), line(source="P-2", amount=CENT)],
            Conflict,
            "charge R-03: applications of 900.01 exceed its 900.00 CAD; reverse what is too much",
        ),
        _applied(
            "a payment over-applied",
            [line(charge="R-1"), line(charge="R-2", amount=CENT)],
            Conflict,
            "payment P-17: applications of 900.01 exceed its 900.00 CAD; reverse what is too much",
        ),
        _applied(
            "a reversal of nothing",
            [undone],
            Conflict,
            "application U: reverses L, which is not among those applied; pass the application that it reverses too",
        ),
        _applied(
            "a reversal of itself",
            [line(id="U", reverses="U")],
            Conflict,
            "application U: reverses U, which is not among those applied; pass the application that it reverses too",
        ),
        _applied(
            "a reversal of a reversal",
            [line(id="L"), undone, line(id="V", reverses="U")],
            Conflict,
            "application V: reverses U, which is not among those applied; pass the application that it reverses too",
        ),
        _applied(
            "a reversal of another charge's",
            [line(id="L", charge="R-9"), undone],
            Conflict,
            "application U: of P-17 to R-03, but it reverses one of P-17 to R-9; "
            "a counter-application names the same source and charge",
        ),
        _applied(
            "a reversal of too much",
            [line(id="L", amount=CENT), undone],
            Conflict,
            "application L: reversals of 900.00 exceed its 0.01 CAD; reverse at most its amount",
        ),
        _applied(
            "a reversal twice",
            [line(id="L"), undone, line(id="U-2", reverses="L")],
            Conflict,
            "application L: reversals of 1800.00 exceed its 900.00 CAD; reverse at most its amount",
        ),
    ]


def _calls() -> list[BadInput]:
    """Facts that do not go together, and bad modes and currencies."""
    dollars = Charge("R-04", DOLLAR, due=DAY)
    mixed = f"in USD, where others are in CAD; {ONE_CURRENCY}"
    code = "pass an ISO 4217 code such as"
    return [
        *(
            _allocate(
                what,
                {"designations": mode},
                InvalidValue,
                "designations",
                f"allocate: unknown designations {text}; {MODES}",
            )
            for what, mode, text in (
                ("an unknown mode", "last", "'last'"),
                ("no mode", None, "None"),
                ("a bool for a mode", True, "True"),
                ("designations for a mode", [Designation("R-03")], "[Designation(to='R-03', amount=None)]"),
                ("a mode too long to print", TOO_LONG, "<int too long to print>"),
            )
        ),
        _allocate("a charge twice", {"charges": [owed(), owed()]}, Conflict, "id", f"charge R-03: {UNIQUE}"),
        _allocate("a payment twice", {"money": [paid(), paid()]}, Conflict, "id", f"payment P-17: {UNIQUE}"),
        _allocate(
            "a credit with a payment's id",
            {"money": [paid(), granted(id="P-17")]},
            Conflict,
            "id",
            f"payment P-17: {UNIQUE}",
        ),
        _allocate(
            "a credit with a charge's id", {"money": granted(id="R-03")}, Conflict, "id", f"credit R-03: {UNIQUE}"
        ),
        _allocate(
            "a charge in another currency",
            {"charges": [owed(), dollars]},
            CurrencyMismatch,
            "currency",
            f"charge R-04: {mixed}",
        ),
        _allocate(
            "a payment in another currency",
            {"money": Payment("P-1", DOLLAR, received=DAY)},
            CurrencyMismatch,
            "currency",
            f"payment P-1: {mixed}",
        ),
        _allocate(
            "a credit in another currency",
            {"money": Credit("K-1", DOLLAR, granted=DAY)},
            CurrencyMismatch,
            "currency",
            f"credit K-1: {mixed}",
        ),
        _allocate(
            "another currency than is said",
            {"currency": "USD"},
            CurrencyMismatch,
            "currency",
            f"charge R-03: in CAD, where others are in USD; {ONE_CURRENCY}",
        ),
        _allocate(
            "an unknown currency", {"currency": "XYZ"}, UnknownName, "currency", f"unknown currency 'XYZ'; {code} CAD"
        ),
        _allocate(
            "a currency in small letters",
            {"currency": "cad"},
            UnknownName,
            "currency",
            "unknown currency 'cad'; write CAD",
        ),
        _allocate(
            "a currency that is no text",
            {"currency": 124},
            InvalidType,
            "currency",
            f"money: currency is int, not str; {code} 'CAD'",
        ),
        _allocate(
            "taxes about each other",
            {
                "charges": [
                    owed(category=Category.TAX, about="R-04"),
                    owed(id="R-04", category=Category.TAX, about="R-03"),
                ]
            },
            Conflict,
            "about",
            "charge R-03: its tax is about itself, through R-04; a tax is about what it taxes",
        ),
        _allocate(
            "the class of rankings for an order",
            {"by": Ranking},
            InvalidType,
            "keys",
            f"ranking: Incoming is no key; {KEY}",
        ),
    ]


ROWS = [
    *_facts(),
    *_orders(),
    *_proposals(),
    *_failures(),
    *_keys(),
    *_compositions(),
    *_settled(),
    *_calls(),
]
