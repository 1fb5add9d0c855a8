"""Drafting: how much a run pulls from each payer of an account, of what, and what it leaves.

The problem: amounts that are worked out payer by payer, each from the balance that the payer before has left, depend on
who comes first; an amount without its parts settles what was held back; and nobody can say afterwards why it was 350.
The decision: one snapshot for all payers. Each agreement's rule says what it wants, exactly; what all want together is
lowered to what is payable, then by money that is on hand, rounded once, and placed on the items; a limit cuts from the
last part up. Each step is kept, and each cent that is not pulled has its reason.

Source: rules R11 and R14 to R21.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from arledger.autopay.agreements import Agreement, Agreements
from arledger.autopay.classes import ItemClass, class_words
from arledger.autopay.division import by_shares
from arledger.autopay.draft import Draft, Drafts, HeldBack, Part
from arledger.autopay.increases import PendingIncrease
from arledger.autopay.policy import AutopayPolicy
from arledger.autopay.pulls import notice_day, pull_id
from arledger.autopay.runs import AutopayRun
from arledger.autopay.sharing import share_out
from arledger.autopay.snapshot import Snapshot, snapshot_of
from arledger.autopay.taking import Taking, taking_of
from arledger.autopay.wanted import PullItem, facts_of, words_of
from arledger.entries import Designation, Payment
from arledger.errors import CurrencyMismatch
from arledger.ledger.books import open_day
from arledger.ledger.position import Position
from arledger.money import money_of
from arledger.payers.methods import PaymentMethods


def draft_pulls(
    agreements: Agreements | Agreement | Iterable[Agreement],
    position: Position,
    run: AutopayRun,
    policy: AutopayPolicy | None = None,
    *,
    increases: PendingIncrease | Iterable[PendingIncrease] = (),
    methods: PaymentMethods | None = None,
) -> Drafts:
    """What a run pulls by the agreements of an account: drafts of all payers, from one snapshot.

    The position is replayed to the day of the run, if it is of another. Nothing is changed: the payments of the drafts
    are proposals, whose ids follow from the agreement and the period served, so that recording one twice is refused.

    ``methods`` are those that payers have saved: an agreement takes the one that it names, or else its payer's default,
    and nothing is pulled by one that is disabled, deleted or expired. Without them, an agreement's method is any word.

    >>> from datetime import date
    >>> from arledger import Category, Charge, Ledger, Money, OLDEST_FIRST, Percent, autopay_run, monthly, pull, replay
    >>> rent = Charge("R-06", Money("1050", "CAD"), due=date(2026, 6, 1), category=Category.RENT)
    >>> terms = {"rule": pull.KEEP_PERCENT, "agreed": date(2026, 1, 15)}
    >>> ana = Agreement("AP-1", payer="ana", shares=Percent(60), **terms)
    >>> ben = Agreement("AP-2", payer="ben", shares=Percent(40), **terms)
    >>> position = replay(Ledger("CAD", [rent]), by=OLDEST_FIRST, as_of=date(2026, 6, 1))
    >>> run = autopay_run(monthly(1), date(2026, 6, 1))
    >>> print(draft_pulls([ana, ben], position, run, AutopayPolicy(notice_days=None)))
    agreement  payer  agreed  pull in CAD  on          notice by  why nothing
    ---------  -----  ------  -----------  ----------  ---------  -----------
    AP-1       ana                 630.00  2026-06-01
    AP-2       ben                 420.00  2026-06-01
    total                         1050.00

    Refused: another currency (``CurrencyMismatch``); shares that come to more than a charge, or two agreements of one
    payer for it (``Conflict``); a rule that asks for what it may not (``OrderError``); an agreement whose method is not
    among ``methods`` (``UnknownName``).

    Source: rules R11, R14 to R19, and R50.
    """
    subject = "draft_pulls"
    checked = agreements if isinstance(agreements, Agreements) else Agreements(agreements)
    chosen = AutopayPolicy() if policy is None else policy
    snapshot = snapshot_of(position, run, chosen, increases, subject, methods)
    for agreement in checked:
        if agreement.currency not in (None, snapshot.position.currency):
            raise CurrencyMismatch(
                f"agreement {agreement.id}: in {agreement.currency}, for an account in {snapshot.position.currency}",
                field="agreements",
                value=agreement,
            )
    shares = checked.shares_on(run.on)
    takings = [taking_of(snapshot, agreement, shares[agreement.id]) for agreement in checked.on(run.on)]
    share_out(snapshot, takings)
    for taking in takings:
        taking.limit(chosen)
    held, unclaimed = _held(snapshot, takings)
    return Drafts(
        run=run,
        policy=chosen,
        currency=snapshot.position.currency,
        position=snapshot.position,
        drafts=tuple(_draft(snapshot, taking, held[taking.agreement.id]) for taking in takings),
        unclaimed=tuple(unclaimed),
        left_out=tuple(
            (
                agreement.id,
                f"agreed on {agreement.agreed}" if run.on < agreement.agreed else f"it ended {agreement.until}",
            )
            for agreement in checked
            if not agreement.stands_on(run.on)
        ),
    )


def _held(snapshot: Snapshot, takings: Sequence[Taking]) -> tuple[dict[str, list[HeldBack]], list[HeldBack]]:
    """What is held back of each item, by the agreement whose part of it it is; and what is nobody's."""
    currency = snapshot.position.currency
    of: dict[str, list[HeldBack]] = {taking.agreement.id: [] for taking in takings}
    unclaimed = []
    seen = [{item.id: item for item in taking.items} for taking in takings]
    for name in _names(snapshot, takings):
        left = snapshot.payable[name] - sum(taking.parts.get(name, 0) for taking in takings)
        disputed = min(left, snapshot.disputed.get(name, 0))
        if disputed:
            unclaimed.append(HeldBack(name, money_of(disputed, currency), "disputed"))
            left -= disputed
        if not left:
            continue
        own = by_shares(snapshot.offered[name], [items[name].share for items in seen])
        left -= sum(taking.cut_of(name) for taking in takings)
        for taking, items, part in zip(takings, seen, own, strict=True):
            lack = min(left, max(0, part - taking.before_limits.get(name, 0)))
            left -= lack
            lack += taking.cut_of(name)
            if lack:
                reason = _why_held(taking, items[name], snapshot.policy)
                of[taking.agreement.id].append(HeldBack(name, money_of(lack, currency), reason, taking.agreement.id))
        if left:
            why = _why_unclaimed(takings, [items[name] for items in seen])
            unclaimed.append(HeldBack(name, money_of(left, currency), why))
    return of, unclaimed


def _why_unclaimed(takings: Sequence[Taking], items: Sequence[PullItem]) -> str:
    """Why nobody has a share of an item, or of the rest of it."""
    whys = {item.why for item in items if item.item_class is ItemClass.HELD}
    if not whys:
        fixed = [taking.agreement.rule for taking in takings if not facts_of(taking.agreement.rule).takes_items]
        whys = {f"{words_of(rule)} is for no charge in particular" for rule in fixed}
    rest = "the rest of it" if any(item.share for item in items) else "it"
    return " and ".join(sorted(whys)) or f"no agreement has a share of {rest}"


def _why_held(taking: Taking, item: PullItem, policy: AutopayPolicy) -> str:
    if taking.reason and not taking.wants:
        return taking.reason
    if item.item_class is ItemClass.HELD:
        return item.why
    reasons = taking.reasons.get(item.id, [])
    if item.id not in taking.wants:
        return "; ".join(reasons) or _why_not_asked(taking, item, policy)
    if taking.reason:
        return taking.reason
    if item.id not in taking.wanted.cut and taking.wanted.items[item.id] < item.share * item.base_minor:
        reasons = [f"{words_of(taking.agreement.rule)} asks for less", *reasons]
    return "; ".join(dict.fromkeys(reasons)) or "rounding"


def _why_not_asked(taking: Taking, item: PullItem, policy: AutopayPolicy) -> str:
    if item.item_class is ItemClass.CURRENT or item.item_class in policy.includes.classes:
        return f"{words_of(taking.agreement.rule)} asks for nothing of it"
    return f"{class_words(item.item_class)} are not included"


def _names(snapshot: Snapshot, takings: Sequence[Taking]) -> list[str]:
    """The ids of all that is payable, in the order of a draft."""
    found = dict.fromkeys(item.id for taking in takings for item in taking.items)
    found |= dict.fromkeys(snapshot.payable)
    return [name for name in found if snapshot.payable.get(name)]


def _draft(snapshot: Snapshot, taking: Taking, held: Sequence[HeldBack]) -> Draft:
    agreement, policy = taking.agreement, snapshot.policy
    currency, on = snapshot.position.currency, snapshot.run.on
    classes = {item.id: item.item_class for item in taking.items}
    parts = tuple(Part(name, classes[name], money_of(minor, currency)) for name, minor in taking.parts.items())
    amount = money_of(taking.amount, currency)
    execute_on = policy.execution_of(on)
    payment, saved = None, taking.method
    if amount:
        payment = Payment(
            pull_id(agreement, snapshot.run, snapshot.position),
            amount,
            received=execute_on,
            # in the books from the run on, so that a second run, as known on its day, does not pull it again
            posted=open_day(snapshot.position.ledger, min(on, execute_on)),
            method=agreement.method if saved is None else saved.payment_type,
            payer=agreement.payer,
            designations=[Designation(part.charge, part.amount) for part in parts],
        )
    return Draft(
        agreement=agreement,
        agreed=agreement.stored,
        amount=amount,
        parts=parts,
        held=tuple(held),
        steps=tuple(taking.steps),
        execute_on=execute_on,
        notice_by=notice_day(snapshot, agreement, amount.minor, execute_on),
        payment=payment,
        reason=taking.reason or ("" if amount else _why_nothing(taking)),
        ends=taking.ends,
        method=saved.id if saved is not None and payment is not None else None,
    )


def _why_nothing(taking: Taking) -> str:
    last = taking.steps[-1]
    return last.what if len(taking.steps) > 1 else "there is nothing to pull"
