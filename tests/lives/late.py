"""The evenings on which a host looks at what is late, and charges what its rules propose; and fees for returns."""

from __future__ import annotations

import attrs

from arledger import (
    BALANCE_EACH_PERIOD,
    EACH_CHARGE_APART,
    EACH_INVOICE_ONCE,
    Assessment,
    Category,
    Charge,
    FeeAmount,
    FirstFeeAfter,
    FreeDays,
    FreeUntil,
    LateFeeRule,
    Limit,
    Money,
    NsfFee,
    NsfSchedule,
    Percent,
    Position,
    Return,
    ReturnReason,
    assess,
    fee,
    nsf_fees,
    standard_late_fee,
    unearned_fees,
    where,
)
from drawn_accounts import pick
from lives.account import Account


@attrs.frozen(eq=False)
class LateTerms:
    """What an account is charged for being late, and for payments that come back."""

    rules: dict[str, LateFeeRule]
    most: dict[str, int]
    """The limit of each rule that has one, in minor units."""
    schedule: NsfSchedule
    rent_minor: int
    payers: tuple[str, ...]

    def assessed(self, rule: LateFeeRule, position: Position) -> Assessment:
        """What a rule proposes at the end of a position's day."""
        rent = Money.from_minor(self.rent_minor, position.currency)
        return assess(rule, position, on=position.as_of, rent=rent, payers=self.payers)


def drawn_terms(account: Account, rent_minor: int, payers: tuple[str, ...]) -> LateTerms:
    """A rule of one of several shapes, in every fifth account interest too, and a schedule for returns."""
    rules = _rules(account)
    most = {"running": 90_00, "each charge": 60_00, "invoice": 500_00, "standard": rent_minor * 6 // 100}
    names = [pick(account.random, *(name for name in rules if name != "interest"))]
    names += ["interest"] if account.chance(one_in=5) else []
    for name in names:
        account.happened[f"late by: {name}"] += 1
    schedule = NsfSchedule(
        [
            NsfFee(
                amount=fee.flat(account.money(25_00)),
                from_second=fee.flat(account.money(35_00)),
                methods=["ach", "scheduled"],
                reasons=list(ReturnReason),
            ),
            NsfFee(amount=fee.greater_of(fee.flat(account.money(5_00)), fee.percent(2, of=fee.FACE))),
        ]
    )
    kept = {name: rules[name] for name in names}
    return LateTerms(kept, {name: most[name] for name in names if name in most}, schedule, rent_minor, payers)


def _rules(account: Account) -> dict[str, LateFeeRule]:
    """The rules of hosts, by what they are called here."""

    def flat(minor: int) -> FeeAmount:
        return fee.flat(account.money(minor))

    five = fee.percent(5, of=fee.OWED)
    tiers = [fee.Tier(flat(7_00), up_to=account.money(90_00)), fee.Tier(fee.percent(4, of=fee.OWED))]
    running = flat(30_00) + fee.each_further_day(flat(5_00))
    return {
        "percent": LateFeeRule(amount=five, grace=FreeDays(4)),
        "running": LateFeeRule(
            amount=running, grace=FreeUntil(5), limits=Limit(flat(90_00), per="period"), least=account.money(50_00)
        ),
        "each charge": LateFeeRule(
            amount=fee.by_part(fee.OWED, *tiers) + fee.from_day(15, flat(3_00)),
            grace=FirstFeeAfter(3),
            occurs=EACH_CHARGE_APART,
            limits=Limit(flat(60_00), per="charge"),
        ),
        "invoice": LateFeeRule(
            amount=fee.every(7, fee.greater_of(flat(4_00), fee.percent(1, of=fee.OWED)), since="due"),
            grace=FreeDays(2),
            occurs=EACH_INVOICE_ONCE,
            limits=Limit(flat(500_00), per="ever"),
        ),
        "balance": LateFeeRule(amount=fee.percent(3, of=fee.OWED), grace=FreeDays(9), occurs=BALANCE_EACH_PERIOD),
        "standard": standard_late_fee(
            "percent_monthly_rent",
            Percent(4),
            max_total_fee_type="percent_monthly_rent",
            max_total_fee=Percent(6),
            grace=FreeDays(5),
            code="LATE",
        ),
        "interest": LateFeeRule(
            amount=fee.a_year(18), grace=FreeDays(10), category=Category.INTEREST, eligible=where.rent
        ),
    }


def look(account: Account, terms: LateTerms) -> None:
    """Have what is late looked at in the evening, before money is sent away."""
    account.evening.insert(0, lambda account: _look(account, terms))


def _look(account: Account, terms: LateTerms) -> None:
    """Charge what the rules propose, each time once; and what payments that came back cost."""
    position = account.replay(account.today)
    charged: list[Charge] = []
    for name, rule in terms.rules.items():
        found = terms.assessed(rule, position)
        check_assessment(account, position, found, terms.most.get(name))
        charged += found.charges
        kind = "interest" if name == "interest" else "late fee"
        account.happened[kind] += len(found.charges)
        account.happened[f"{kind} for what was charged before"] += sum(
            bool(item.proposed and item.charged) for item in found.items
        )
        account.happened["held back by a limit"] += sum(item.reason == "the limit is reached" for item in found.items)
        account.told.append(found.explanation if account.chance(one_in=8) else str(found))
    account.owe(*charged)
    if charged and account.chance(one_in=3):
        _look_again(account, terms, charged)
    charge_for_returns(account, terms, position)


def _look_again(account: Account, terms: LateTerms, charged: list[Charge]) -> None:
    """Once recorded, nothing is proposed again; but where money of the day settles a fee, more is owed of the rest."""
    position = account.replay(account.today)
    if all(position.payable_on(charge.id, account.today) == charge.amount for charge in charged):
        account.happened["assessed again at once"] += 1
        for rule in terms.rules.values():
            assert not terms.assessed(rule, position).charges
    unearned = {credit.designations[0].to for credit in unearned_fees(position)}
    assert unearned.isdisjoint(charge.id for charge in charged)


def check_assessment(account: Account, position: Position, found: Assessment, most: int | None) -> None:
    """What is proposed is about a charge that is late, of the same payer, is no fee of a fee, and keeps its limit."""
    today = account.today
    assert [charge.amount for charge in found.charges] == [item.proposed for item in found.items if item.proposed]
    of_rule = found.rule.category.value, found.rule.code
    earlier = [item for item in account.owed.values() if (item.category, item.code) == of_rule]
    counted = {item.id: item.minor for item in earlier if item.reversed is None}
    for credit in position.ledger.money:
        if credit.id.removesuffix("/unearned") in counted and credit.id.endswith("/unearned"):
            counted[credit.id.removesuffix("/unearned")] -= credit.amount.minor
    for charge in found.charges:
        about = account.owed[str(charge.about)]
        assert about.posted <= today
        assert not about.is_reversed(today, today)
        assert about.payer == charge.payer
        assert about.category not in {"late_fee", "interest", "deposit"}
        assert charge.amount.minor > 0
        assert (charge.due, charge.posted) == (today, today)
        if found.rule.category is Category.LATE_FEE:
            assert position.payable_on(about.id, today)
    for limit in found.rule.limits:
        _check_limit(account, found, limit, counted, most)


def _check_limit(account: Account, found: Assessment, limit: Limit, counted: dict[str, int], most: int | None) -> None:
    """No payer is charged more than the limit in its scope, what was charged before included."""
    assert most is not None
    for item in found.items:
        if item.proposed:
            fees = [account.owed[name] for name in counted if account.owed[name].payer == item.payer]
            proposed = [charge for charge in found.charges if charge.payer == item.payer]
            if limit.per == "charge":
                fees = [one for one in fees if one.about in item.charges]
                proposed = [charge for charge in proposed if charge.about == item.about]
            elif limit.per == "period":
                fees = [one for one in fees if one.posted.replace(day=1) == account.today.replace(day=1)]
            total = sum(counted[one.id] for one in fees) + sum(charge.amount.minor for charge in proposed)
            assert total <= most


def charge_for_returns(account: Account, terms: LateTerms, position: Position) -> None:
    """Charge for payments that came back, by the day on which it is seen; once for each return."""
    found = nsf_fees(terms.schedule, position)
    for charge in found.charges:
        back = position.ledger.by_id[str(charge.about)]
        assert isinstance(back, Return)
        assert back.posted <= account.today
        assert charge.payer == account.sources[back.payment].payer
        assert back.id not in account.charged_returns
        account.charged_returns.add(back.id)
        account.happened["nsf fee"] += 1
        account.owe(attrs.evolve(charge, posted=account.today))
