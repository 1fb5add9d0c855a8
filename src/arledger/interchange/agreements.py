"""Autopay agreements from the rows of a CSV file.

The problem: shares, rules and limits of many payers stand in a spreadsheet, and a slip in it (rent=60%, a share of 60,
shares of 110%) becomes money that is pulled. The decision: one row an agreement, with the fields of ``Agreement`` under
their own names and the rules by theirs; what could be read in two ways is refused, and the agreements of each account
are checked together, so that what contradicts another row is told with its row.

Source: rules R9, R14 and R16 to R18; ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, partial

import attrs

from arledger import where
from arledger.autopay import pull
from arledger.autopay.agreements import Agreement, Agreements, Share
from arledger.autopay.wanted import AmountRule, facts_of
from arledger.checks import shown
from arledger.errors import ArledgerError, Conflict, InvalidValue, UnknownName, did_you_mean
from arledger.interchange.cells import currency_of, date_of, id_of, sum_of, word_of
from arledger.interchange.csv_rows import read_rows
from arledger.interchange.problems import RowErrors, by_place, problem_of
from arledger.interchange.row_reader import Form, Ids, RowReader
from arledger.interchange.targets import target_of
from arledger.money import Money
from arledger.rates import Percent

_RULES: Mapping[str, AmountRule] = {
    "keep_percent": pull.KEEP_PERCENT,
    "keep_unchanged": pull.KEEP_UNCHANGED,
    "fixed": pull.FIXED,
    "full_balance": pull.FULL_BALANCE,
    "recurring_only": pull.RECURRING_ONLY,
}
_PERCENT = "percent_of_balance"
RULE_NAMES = (*_RULES, _PERCENT)
"""The rules, as the column ``rule`` has them."""

AGREEMENT_COLUMNS = {
    "account": "the id of the account",
    "agreement": "an id of its own within the account",
    "rule": "how much, such as keep_percent or full_balance",
    "agreed": "the day of the agreement, YYYY-MM-DD",
}
"""The columns that a file of agreements must have, and what each holds."""

OPTIONAL_AGREEMENT_COLUMNS = {
    "payer": "whose money it is, if not the account's",
    "method": "how it is paid",
    "share": "its part of all charges: 60%, 1/3 or all",
    "shares": "its part by charge, the first that fits: category:rent=60%; code:PARK=all; everything=1/2",
    "stored": "the agreed amount, a plain number above 0, such as 500.00",
    "currency": "an ISO 4217 code; needed beside an amount, and where the account is in several",
    "percent": "of percent_of_balance: so many percent, such as 50%",
    "maximum": "the most of one pull",
    "minimum": "the least of one pull, as far as its share allows",
    "skip_over": "the amount above which nothing is pulled",
    "until": "the first day on which it no longer stands",
    "move_in": "the day of the move-in, for policies that leave out its period",
    "move_out": "the day of the move-out, for policies that leave out its period",
}
"""The columns that a file of agreements may have."""

_FORM = Form(AGREEMENT_COLUMNS | OPTIONAL_AGREEMENT_COLUMNS, {"pass rounding=": "round it first"})
_BOUNDS = ("minimum", "maximum", "skip_over")
_SHARE = re.compile(r"([0-9]{1,18}) ?/ ?([0-9]{1,18})|([0-9]{1,18}(?:\.[0-9]{1,18})?) ?%")
_WHOLE = "all"
_EVERYTHING = "everything"


@attrs.frozen(order=False)
class AgreementRow:
    """An agreement, whose it is, and the currency that its row says, if it says one."""

    account: str
    agreement: Agreement
    row: int
    currency: str | None = None


@attrs.frozen(order=False, eq=False)
class AgreementFile:
    """What a file of agreements says, in its order."""

    file: str
    columns: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    rows: tuple[AgreementRow, ...]

    def of(self, account: str, currency: str) -> Agreements | None:
        """Those of an account in a currency, together with those whose rows say none; None where there are none."""
        found = [row.agreement for row in self.by_account.get(account, ()) if row.currency in (None, currency)]
        return Agreements(found) if found else None

    @cached_property
    def by_account(self) -> Mapping[str, Sequence[AgreementRow]]:
        """The rows of each account."""
        found: dict[str, list[AgreementRow]] = {}
        for row in self.rows:
            found.setdefault(row.account, []).append(row)
        return found


def read_agreements(lines: Iterable[str], *, file: str = "agreements", delimiter: str = ",") -> AgreementFile:
    r"""The agreements, from the lines of a CSV file with the columns of ``AGREEMENT_COLUMNS``.

    >>> header = "account,agreement,payer,rule,share,agreed\n"
    >>> rows = [header, "A-1,AP-1,ana,keep_percent,60%,2026-01-15\n", "A-1,AP-2,ben,keep_percent,2/5,2026-01-15\n"]
    >>> for agreement in read_agreements(rows).of("A-1", "CAD"):
    ...     print(agreement.payer, *agreement.shares)
    ana 60% of everything
    ben 40% of everything

    Refused, all at once, with ``RowErrors``: what cannot be read, what the library refuses, an id twice in an account,
    and agreements of an account that contradict each other.
    """
    sheet = read_rows(
        lines,
        file=file,
        required=list(AGREEMENT_COLUMNS),
        optional=list(OPTIONAL_AGREEMENT_COLUMNS),
        delimiter=delimiter,
    )
    readers: dict[int, RowReader] = {}
    ids = Ids("agreement")
    words: dict[str, str] = {}
    rows: list[AgreementRow] = []
    for row in sheet.rows:
        reader = readers[row.number] = RowReader(file, row, _FORM)
        account = reader.required("account", id_of)
        currency = reader.optional("currency", currency_of)
        agreement = _agreement(reader, currency, words)
        ids.note(reader, account)
        if not reader.problems:
            assert account is not None
            rows.append(AgreementRow(account, agreement, row.number, currency))
    found = AgreementFile(file, sheet.columns, sheet.ignored_columns, tuple(rows))
    for together in found.by_account.values():
        _check_together(together, readers, words)
    problems = [*sheet.problems, *(problem for reader in readers.values() for problem in reader.problems)]
    if problems:
        raise RowErrors(by_place(problems, sheet.columns))
    return found


def _agreement(row: RowReader, currency: str | None, words: dict[str, str]) -> Agreement:
    rule = _rule(row, currency)
    if rule is not None and facts_of(rule).reads_stored:
        row.require("stored")
    stored = _sum(row, "stored", currency)
    if row.cell("currency") is None and any(row.cell(column) is not None for column in ("stored", *_BOUNDS)):
        row.note("currency", InvalidValue("is empty", hint="write that of the amounts, such as CAD"))
    agreed = row.required("agreed", date_of)
    until = row.optional("until", date_of)
    if rule is None or (stored is None and facts_of(rule).reads_stored):  # which has been told, and needs a stand-in
        rule = pull.FULL_BALANCE
    values = {
        "id": row.required("agreement", id_of),
        "rule": rule,
        "agreed": agreed,
        "until": None if agreed is None else until,
        "payer": row.optional("payer", id_of),
        "method": row.optional("method", id_of),
        "shares": _shares(row, words),
        "stored": stored,
        "move_in": row.optional("move_in", date_of),
        "move_out": row.optional("move_out", date_of),
    }
    return row.made(Agreement, "agreement", currency, values, needs=("id", "agreed"))


def _sum(row: RowReader, column: str, currency: str | None) -> Money | None:
    return row.optional(column, partial(sum_of, currency=currency))


def _rule(row: RowReader, currency: str | None) -> AmountRule | None:
    """The rule of a row, with its bounds; None if any of it is wrong."""
    name = row.required("rule", _rule_name)
    bounds = {column: _sum(row, column, currency) for column in _BOUNDS}
    minimum, maximum, skip_over = bounds.values()
    for column in ("maximum", "skip_over"):
        most = bounds[column]
        if minimum is not None and most is not None and minimum > most:
            what = f"is {row.cell('minimum')}, over the {column} of {row.cell(column)}"
            row.note("minimum", InvalidValue(what, hint="write a smaller one"))
    if name == _PERCENT:
        row.require("percent", "so many percent, such as 50%")
    percent = row.optional("percent", _percent_of)
    if name in _RULES and row.cell("percent") is not None:
        row.note("percent", InvalidValue(f"a row of rule {name} has none", hint="leave it empty"))
    rule = pull.percent_of_balance(percent) if name == _PERCENT and percent is not None else _RULES.get(name or "")
    if rule is None:
        return None
    if minimum is not None:
        rule = pull.at_least(rule, minimum)
    if maximum is not None:
        rule = pull.capped(rule, maximum)
    return rule if skip_over is None else pull.skipped_over(rule, skip_over)


def _rule_name(text: str) -> str:
    name = word_of(text)
    if name not in RULE_NAMES:
        hint = did_you_mean(name, RULE_NAMES)
        raise UnknownName(f"unknown rule {shown(text)}", field="rule", value=text, hint=hint)
    return name


def _percent_of(text: str) -> Percent:
    percent = Percent(text.removesuffix("%").rstrip())
    if not 0 <= percent.fraction <= 1:
        raise InvalidValue(f"{percent} is not 0% to 100%", field="percent", value=text, hint="write 50% for a half")
    return percent


def _shares(row: RowReader, words: dict[str, str]) -> list[Share] | None:
    """The shares of a row: of all charges, or by charge; ``words`` keeps what selectors were written as."""
    whole = row.optional("share", _fraction_of)
    text = row.optional("shares", str)
    if row.cell("share") is not None:
        if text is not None:
            row.note("shares", Conflict("stands beside share", hint="keep one of them"))
        return None if whole is None else [Share(whole)]
    if text is None:
        return None
    shares = []
    for part in text.split(";"):
        try:
            shares.append(_share_of(part.strip(), words))
        except ArledgerError as error:
            row.note("shares", error, within=f"{shown(part.strip())}: ")
    return shares


def _share_of(text: str, words: dict[str, str]) -> Share:
    """A share by charge: a target, and the part of it. A bare word could be a category, a code or a charge."""
    target, says_part, part = (side.strip() for side in text.rpartition("="))
    if not says_part:
        raise InvalidValue("says no part", field="shares", value=text, hint="write it as category:rent=60%")
    fraction = _fraction_of(part)
    if word_of(target) == _EVERYTHING:
        return Share(fraction)
    if ":" not in target:
        hint = f"write category:{target}, code:{target}, charge:{target} or {_EVERYTHING}" if target else ""
        raise InvalidValue(
            "does not say what it is a part of",
            field="shares",
            value=text,
            hint=hint or "write it as category:rent=60%",
        )
    selected = target_of(target)
    selector = where.charge(selected) if isinstance(selected, str) else selected
    words[repr(selector)] = target
    return Share(fraction, of=selector)


def _fraction_of(text: str) -> Fraction:
    """A part of the whole, exactly: 60%, 1/3 or all. A bare number could be percent or a part of one."""
    bare = text.strip()
    if word_of(bare) == _WHOLE:
        return Fraction(1)
    match = _SHARE.fullmatch(bare)
    if match is None or (match[2] is not None and int(match[2]) == 0):
        hint = f"write {bare}%, or a fraction such as 1/3" if bare.isdecimal() else "write 60%, 1/3 or all"
        raise InvalidValue(f"{shown(bare)} is no share", field="share", value=text, hint=hint)
    fraction = Percent(match[3]).fraction if match[2] is None else Fraction(int(match[1]), int(match[2]))
    if fraction > 1:
        raise InvalidValue(f"{shown(bare)} is over the whole", field="share", value=text, hint="write 100% at most")
    return fraction


def _check_together(rows: Sequence[AgreementRow], readers: Mapping[int, RowReader], words: Mapping[str, str]) -> None:
    """Note what contradicts another row of the account, by the row that makes it so."""
    for currency in dict.fromkeys(row.currency for row in rows if row.currency is not None) or (None,):
        inside = [row for row in rows if row.currency in (None, currency)]
        if _refused([row.agreement for row in inside]) is None:
            continue
        agreements: list[Agreement] = []
        for row in inside:
            error = _refused([*agreements, row.agreement])
            if error is None:
                agreements.append(row.agreement)
            elif not readers[row.row].problems:  # in one currency is enough
                _note_conflict(readers[row.row], error, words)


def _refused(agreements: Sequence[Agreement]) -> ArledgerError | None:
    try:
        Agreements(agreements)
    except ArledgerError as error:
        return error
    return None


def _note_conflict(row: RowReader, error: ArledgerError, words: Mapping[str, str]) -> None:
    """Note that a row contradicts others, in the words in which the file has its charges."""
    what = problem_of(error)
    for selector, target in words.items():
        what = what.replace(selector, target)
    column = error.field
    if column == "shares" and row.cell("shares") is None:
        column = "share"
    row.note(column, Conflict(what, hint=error.hint))
