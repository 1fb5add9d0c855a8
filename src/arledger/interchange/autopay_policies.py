"""What a company says of autopay, from a TOML file.

The decision: the fields of ``AutopayPolicy`` under their own names, its boxes in a table ``include`` and its cycle in a
table ``cycle``; and, since a draft is only as good as the position that it is made of, how accounts are replayed, which
other commands have as options.

Source: rules R10, R12 and R16 to R21; the vendor's "AutoPay Policy".
"""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from arledger.allocation.named import NAMED_ORDERS
from arledger.allocation.records import DESIGNATION_MODES, Designations
from arledger.autopay import include
from arledger.autopay.policy import AutopayPolicy
from arledger.autopay.runs import AutopayRun, autopay_run
from arledger.checks import shown
from arledger.dates.frequency import Frequency
from arledger.errors import InvalidValue, UnknownName, did_you_mean
from arledger.interchange.cells import word_of
from arledger.interchange.common_settings import (
    SumReader,
    business_days_of,
    currency_setting,
    made_plainly,
    period_of,
)
from arledger.interchange.settings import (
    Table,
    flag_setting,
    read_settings,
    text_setting,
    whole_number_setting,
    word_setting,
)
from arledger.ledger.events import SETTLE_POSTED, SettleRule
from arledger.ledger.rows import REOPEN, ReturnRule
from arledger.money import Money

_SETTLE = {rule.value: rule for rule in SettleRule}
_RETURNS = {rule.value: rule for rule in ReturnRule}
_DESIGNATIONS: dict[str, Designations] = {mode: mode for mode in DESIGNATION_MODES}
_BOXES = (
    "deposits",
    "pending_increases",
    "lease_adjustments",
    "other_fees",
    "new_positive_charges",
    "other_negative_charges",
)
_FLAGS = ("excludes_first", "excludes_last", "residents_may_cancel", "skips_over_limit")
_SUMS = ("limit", "processor_limit", "least")
_RANGE = ("notice_from", "notice_to")


@attrs.frozen(order=False, kw_only=True)
class AutopaySettings:
    """What a file says of autopay: the policy, the cycle of its runs, and how accounts are replayed.

    ``order`` is the name of an order of application; ``settle`` and what follows are as ``replay`` has them.
    """

    policy: AutopayPolicy
    cycle: Frequency
    offset_days: int = 0
    order: str
    settle: SettleRule = SETTLE_POSTED
    returns: ReturnRule = REOPEN
    designations: Designations = "only"
    sweep_credits: bool = True
    sweep_payments: bool = True

    def run(self, on: date) -> AutopayRun:
        """The run of a day. Refused: a day that serves no period of the cycle."""
        return autopay_run(self.cycle, on, offset_days=self.offset_days)


def read_autopay_policy(text: str, *, file: str = "policy") -> AutopaySettings:
    """What a company says of autopay, from the text of a TOML file.

    >>> settings = read_autopay_policy('''
    ... order = "rent-last"
    ... currency = "CAD"
    ... limit = 5000
    ... cycle = { repeats = "monthly", start = 1, offset_days = -3 }
    ... include = { deposits = true }
    ... ''')
    >>> settings.policy.limit, str(settings.policy.includes), settings.run(date(2026, 5, 29)).period.start
    (Money('5000.00', 'CAD'), 'deposits', datetime.date(2026, 6, 1))

    Refused, all at once, with ``SettingErrors``: what is no TOML, what is missing, what nobody knows, what the library
    refuses.
    """
    return read_settings(text, file, _settings)


def _settings(table: Table) -> AutopaySettings | None:
    replayed = replay_fields(table)
    cycle, offset_days = _cycle(table)
    policy = _policy(table)
    return table.made(AutopaySettings, {**replayed, "cycle": cycle, "offset_days": offset_days, "policy": policy})


def replay_fields(table: Table) -> dict[str, Any]:
    """What a table says of how accounts are replayed, the order by its name; None where it says nothing."""
    return {
        "order": table.required("order", _order),
        "settle": table.optional("settle", word_setting(_SETTLE)),
        "returns": table.optional("returns", word_setting(_RETURNS)),
        "designations": table.optional("designations", word_setting(_DESIGNATIONS)),
        "sweep_credits": table.optional("sweep_credits", flag_setting),
        "sweep_payments": table.optional("sweep_payments", flag_setting),
    }


def _order(value: Any) -> str:
    """An order by its name."""
    name = word_of(text_setting(value)).replace("_", "-")
    if name not in NAMED_ORDERS:
        raise UnknownName(f"unknown order {shown(value)}", hint=did_you_mean(name, NAMED_ORDERS))
    return name


def _cycle(table: Table) -> tuple[Frequency | None, int | None]:
    """The periods that runs serve, and how many days after the start of one its run is."""
    if not table.has("cycle"):
        hint = 'write it as { repeats = "monthly", start = 1, offset_days = 0 }'
        table.note("cycle", InvalidValue("is missing", hint=hint))
    inner = table.table("cycle")
    if inner is None:
        return None, None
    cycle = period_of(inner)
    offset_days = inner.optional("offset_days", whole_number_setting)
    inner.end()
    return cycle, offset_days


def _policy(table: Table) -> AutopayPolicy | None:
    sums = SumReader(table.optional("currency", currency_setting))
    values = autopay_fields(table, sums)
    sums.check_currency(table, "without sums, a policy is")
    return made_plainly(table, _made, values, {"notice_range": _RANGE[0]})


def autopay_fields(table: Table, sums: SumReader) -> dict[str, Any]:
    """What a table says of autopay; None where it says nothing.

    ``boxes`` are those that it says, by their names; ``notice_days`` are in a tuple, since none are not the same as
    nothing.
    """
    return {
        "boxes": _boxes(table),
        **{name: table.optional(name, flag_setting) for name in _FLAGS},
        **{name: table.optional(name, sums.money) for name in _SUMS},
        "business_days": business_days_of(table),
        "notice_days": table.optional("notice_days", _notice_days),
        "notice_range": _notice_range(table, sums),
        "suspends_after": table.optional("suspends_after", whole_number_setting),
    }


def _made(**values: Any) -> AutopayPolicy:
    if "notice_days" in values:
        (values["notice_days"],) = values["notice_days"]
    if "boxes" in values:
        values["includes"] = include.boxes(**values.pop("boxes"))
    return AutopayPolicy(**values)


def _boxes(table: Table) -> dict[str, bool] | None:
    inner = table.table("include")
    if inner is None:
        return None
    said = {name: inner.optional(name, flag_setting) for name in _BOXES}
    inner.end()
    return {name: ticked for name, ticked in said.items() if ticked is not None}


def _notice_days(value: Any) -> tuple[int | None]:
    """So many days, or "none", which is not the same as to leave it out."""
    if isinstance(value, str):
        return (word_setting({"none": None}, 'write a number such as 10, or "none"')(value),)
    return (whole_number_setting(value),)


def _notice_range(table: Table, sums: SumReader) -> tuple[Money, Money] | None:
    """The lowest and the highest amount that need no notice; one of them alone is a mistake."""
    given = list(map(table.has, _RANGE))
    if not any(given):
        return None
    low, high = (table.needed(name, sums.money) for name in _RANGE)
    return None if low is None or high is None else (low, high)
