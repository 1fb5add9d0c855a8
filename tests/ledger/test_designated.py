"""What money is for, over time: reserved for a charge to come, served when it comes; payers, bars and trust money."""

from __future__ import annotations

import pytest

from account_facts import cad, day, granted, owed, paid, tax
from arledger import (
    OLDEST_FIRST,
    REAPPLY,
    SETTLE_DUE,
    Category,
    CreditKind,
    Designation,
    Dispute,
    PaymentState,
    any_payer,
    where,
)
from arledger.allocation.records import Designations
from ledger_facts import moves, returned, reversal, some, standing, step

PARK = where.code("PARK")


def wish(to: object, amount: str | None = None) -> list[Designation]:
    """What the payer says that the money is for."""
    return [Designation(to, None if amount is None else cad(amount))]  # type: ignore[arg-type]


MODES: list[Designations] = ["only", "first", "ignore"]


class TestReserved:
    """Money that is for a charge that is not there yet is kept for it."""

    @pytest.mark.parametrize(
        ("mode", "expected"),
        [
            ("only", ({"a": "100.00"}, {}, {"P": "60.00"})),
            ("first", ({"a": "100.00"}, {}, {"P": "60.00"})),
            ("ignore", ({"a": "40.00"}, {}, {})),
        ],
    )
    def test_all_of_it(self, mode: str, expected: tuple[dict[str, str], ...]) -> None:
        position = standing([owed("a", "100"), paid("P", "60", 3, designations=wish("b"))], designations=mode)
        assert (some(position.open), some(position.unapplied), some(position.reserved)) == expected

    @pytest.mark.parametrize(
        ("mode", "expected"),
        [
            ("only", ({"a": "100.00"}, {"P": "20.00"}, {"P": "40.00"})),
            ("first", ({"a": "80.00"}, {}, {"P": "40.00"})),
            ("ignore", ({"a": "40.00"}, {}, {})),
        ],
    )
    def test_a_named_part_of_it(self, mode: str, expected: tuple[dict[str, str], ...]) -> None:
        position = standing([owed("a", "100"), paid("P", "60", 3, designations=wish("b", "40"))], designations=mode)
        assert (some(position.open), some(position.unapplied), some(position.reserved)) == expected

    @pytest.mark.parametrize("sweeps", [True, False])
    @pytest.mark.parametrize(
        ("mode", "lines"),
        [("only", ["6 P>b 50.00"]), ("first", ["6 P>b 50.00"]), ("ignore", ["3 P>a 60.00"])],
    )
    def test_it_is_served_when_its_charge_comes_whatever_the_switch(
        self, mode: str, lines: list[str], sweeps: bool
    ) -> None:
        entries = [owed("a", "100"), paid("P", "60", 3, designations=wish("b")), owed("b", "50", 6)]
        position = standing(entries, designations=mode, sweep_payments=sweeps)
        after = ["6 P>a 10.00"] if mode == "first" and sweeps else []
        assert moves(position.history) == [*lines, *after]

    def test_with_the_sweep_off_what_the_target_leaves_stays(self) -> None:
        entries = [owed("a", "100"), paid("P", "60", 3, designations=wish("b", "40")), owed("b", "30", 6)]
        position = standing(entries, designations="first", sweep_payments=False)
        assert moves(position.history) == ["3 P>a 20.00", "6 P>b 30.00"]
        assert (some(position.unapplied), some(position.reserved)) == ({"P": "10.00"}, {})

    def test_named_amounts_for_several_charges_to_come(self) -> None:
        wishes = [*wish("b", "25"), *wish("c", "15"), *wish("a")]
        position = standing([owed("a", "100"), paid("P", "60", 3, designations=wishes)])
        assert (some(position.open), some(position.reserved)) == ({"a": "80.00"}, {"P": "40.00"})

    def test_one_of_them_came_and_the_other_did_not(self) -> None:
        wishes = [*wish("b", "25"), *wish("c", "15")]
        entries = [paid("P", "60", 3, designations=wishes), owed("b", "100", 6)]
        position = standing(entries)
        assert moves(position.history) == ["6 P>b 25.00"]
        assert (some(position.unapplied), some(position.reserved)) == ({"P": "20.00"}, {"P": "15.00"})

    def test_a_return_in_part_takes_what_is_free_before_what_is_kept(self) -> None:
        entries = [paid("P", "60", 3, designations=wish("b", "40")), returned("N", "P", 5, "30")]
        position = standing(entries)
        assert (some(position.unapplied), some(position.reserved)) == ({}, {"P": "30.00"})

    def test_for_a_selector_nothing_is_kept_once_one_of_its_charges_came(self) -> None:
        """And a later one is served all the same."""
        wishes = wish(PARK)
        entries = [paid("P", "60", 3, designations=wishes), owed("may", "20", 6, code="PARK"), owed("a", "9", 6)]
        assert some(standing(entries, 5).reserved) == {"P": "60.00"}
        assert (some(standing(entries, 6).reserved), some(standing(entries, 6).unapplied)) == ({}, {"P": "40.00"})
        later = standing([*entries, owed("june", "30", 9, code="PARK")])
        assert moves(later.history) == ["6 P>may 20.00", "9 P>june 30.00"]

    def test_under_settle_due_a_target_is_not_there_before_it_is_due(self) -> None:
        entries = [owed("b", "50", 9, posted=day(2)), paid("P", "60", 3, designations=wish("b"))]
        assert some(standing(entries, 8, settle=SETTLE_DUE).reserved) == {"P": "60.00"}
        position = standing(entries, 9, settle=SETTLE_DUE)
        assert (some(position.reserved), some(position.unapplied)) == ({}, {"P": "10.00"})

    def test_what_was_applied_by_the_order_is_not_kept(self) -> None:
        entries = [owed("a", "100"), paid("P", "60", 3, designations=wish("b", "40")), owed("b", "50", 6)]
        position = standing(entries, designations="first")
        assert moves(position.history) == ["3 P>a 20.00", "6 P>b 40.00"]
        assert some(position.reserved) == {}

    def test_money_at_the_bank_is_pending_and_not_reserved(self) -> None:
        entries = [paid("P", "60", 3, designations=wish("b")), step("P", PaymentState.PENDING, 3)]
        position = standing(entries)
        assert (some(position.reserved), some(position.pending)) == ({}, {"P": "60.00"})

    def test_a_target_that_was_reversed_frees_its_money(self) -> None:
        entries = [owed("a", "100"), owed("b", "50", 2), paid("P", "60", 3, designations=wish("b", "50"))]
        position = standing([*entries, reversal("X", "b", 6)], designations="first")
        assert moves(position.history) == ["3 P>b 50.00", "3 P>a 10.00", "6 P>b -50.00", "6 P>a 50.00"]

    def test_under_reapply_it_is_kept_as_well(self) -> None:
        entries = [owed("a", "100"), paid("Q", "30", 2), paid("P", "60", 3, designations=wish("b", "40"))]
        position = standing([*entries, returned("N", "Q", 5)], returns=REAPPLY, designations="first")
        assert (some(position.open), some(position.reserved)) == ({"a": "80.00"}, {"P": "40.00"})


class TestForgiving:
    """A waiver or a write-off pays its target or nothing, whatever the mode and the switch."""

    @pytest.mark.parametrize("mode", MODES)
    @pytest.mark.parametrize("sweeps", [True, False])
    @pytest.mark.parametrize("kind", [CreditKind.WAIVER, CreditKind.WRITE_OFF])
    def test_it_waits_for_its_target(self, kind: CreditKind, sweeps: bool, mode: str) -> None:
        entries = [owed("a", "100"), granted("K", "60", 3, kind=kind, designations=wish("b"))]
        before = standing(entries, designations=mode, sweep_credits=sweeps)
        assert (some(before.open), some(before.reserved)) == ({"a": "100.00"}, {"K": "60.00"})
        after = standing([*entries, owed("b", "50", 6)], designations=mode, sweep_credits=sweeps)
        assert (moves(after.history), some(after.unapplied)) == (["6 K>b 50.00"], {"K": "10.00"})

    @pytest.mark.parametrize("mode", MODES)
    def test_a_concession_is_bound_only_where_the_mode_says_so(self, mode: str) -> None:
        entries = [owed("a", "100"), granted("K", "60", 3, kind=CreditKind.CONCESSION, designations=wish("b"))]
        position = standing(entries, designations=mode)
        assert some(position.open) == {"a": "40.00" if mode == "ignore" else "100.00"}


class TestTrust:
    """Trust money pays only what it is designated to, and is on a line of its own."""

    @pytest.mark.parametrize("mode", MODES)
    @pytest.mark.parametrize("sweeps", [True, False])
    def test_it_waits_for_its_invoice(self, sweeps: bool, mode: str) -> None:
        money = paid("P", "60", 3, fund="trust", designations=wish(where.invoice("17")))
        entries = [owed("a", "100"), money]
        before = standing(entries, designations=mode, sweep_payments=sweeps)
        assert (some(before.trust), some(before.reserved), before.balance) == ({"P": "60.00"}, {}, cad("100"))
        after = standing([*entries, owed("b", "50", 6, invoice="17")], designations=mode, sweep_payments=sweeps)
        assert (moves(after.history), some(after.trust)) == (["6 P>b 50.00"], {"P": "10.00"})

    def test_undesignated_it_stays(self) -> None:
        position = standing([owed("a", "100"), paid("P", "60", 3, fund="trust")])
        assert (position.history, some(position.trust), some(position.unapplied)) == ((), {"P": "60.00"}, {})


class TestBars:
    """Payers, restrictions and disputes bar over time as they do at once."""

    def test_money_of_a_payer_settles_theirs_and_nobodys(self) -> None:
        entries = [
            owed("hers", "50", payer="ann"),
            owed("his", "50", 2, payer="bob"),
            owed("nobodys", "50", 3),
            paid("P", "120", 5, payer="ann"),
        ]
        position = standing(entries)
        assert moves(position.history) == ["5 P>hers 50.00", "5 P>nobodys 50.00"]
        assert some(position.unapplied) == {"P": "20.00"}
        crossed = standing(entries, by=any_payer(OLDEST_FIRST))
        assert moves(crossed.history) == ["5 P>hers 50.00", "5 P>his 50.00", "5 P>nobodys 20.00"]

    def test_a_later_charge_of_another_payer_is_swept_by_nobody_else(self) -> None:
        entries = [
            paid("P", "120", 5, payer="ann"),
            owed("his", "50", 6, payer="bob"),
            owed("hers", "50", 7, payer="ann"),
        ]
        assert moves(standing(entries).history) == ["7 P>hers 50.00"]

    def test_a_restriction_is_never_crossed(self) -> None:
        entries = [owed("a", "50"), paid("P", "120", 5, restriction=PARK), owed("lot", "30", 6, code="PARK")]
        position = standing(entries)
        assert (moves(position.history), some(position.unapplied)) == (["6 P>lot 30.00"], {"P": "90.00"})

    def test_the_end_of_a_dispute_is_swept_without_any_other_event(self) -> None:
        disputed = owed("a", "50", disputed=Dispute(cad("20"), until=day(9)), category=Category.FEE)
        entries = [disputed, paid("P", "60", 5)]
        assert moves(standing(entries).history) == ["5 P>a 30.00", "9 P>a 20.00"]

    def test_a_payment_may_be_designated_to_what_is_disputed(self) -> None:
        entries = [owed("a", "50", disputed=True), paid("P", "60", 5, designations=wish("a"))]
        assert moves(standing(entries).history) == ["5 P>a 50.00"]

    def test_a_wish_for_rent_reaches_the_tax_on_a_settled_rent(self) -> None:
        entries = [
            owed("rent", "100", category=Category.RENT),
            paid("P", "100", 2, designations=wish("rent")),
            tax("gst", "10", "rent", 3),
            owed("fee", "50", 3),
            paid("Q", "25", 4, designations=wish(where.rent)),
        ]
        position = standing(entries)
        assert moves(position.history)[1:] == ["4 Q>gst 10.00"]
        assert some(position.unapplied) == {"Q": "15.00"}
